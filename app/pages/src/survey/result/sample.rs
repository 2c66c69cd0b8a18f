//! Sample data.

use super::{ReplyView, WaveCard, WaveResultView};
use domain::disclosure::{AreaId, Shown, ShownArea, ShownQuestion, ShownTheme};
use domain::survey::{Area, AskedIn, Kind, Published, PublishedQuestion, Quote, Stance, Texts, Theme, Wording, Words};

fn shown(id: AreaId, answers: Option<usize>, mean_tenths: Option<i64>, themes: [Option<usize>; 2]) -> ShownArea {
    let themes = [(2, themes[0]), (5, themes[1])];
    ShownArea {
        id,
        parent: (id != AreaId::Wijk(1)).then_some(AreaId::Wijk(1)),
        answers,
        mean_tenths,
        themes: themes.into_iter().map(|(theme, answers)| ShownTheme { theme, answers }).collect(),
        posters: Some(12),
    }
}

fn area(id: AreaId, name: &str, residents: Option<i64>, interval: Option<(i64, i64)>) -> Area {
    Area { id, slug: name.to_lowercase(), name: name.into(), residents, interval }
}

/// A published wave of a wijk.
pub(crate) fn published(slug: &str, title: &str, wording: Option<Words>) -> Published {
    let (wijk, big, small) = (AreaId::Wijk(1), AreaId::Buurt(2), AreaId::Buurt(3));
    Published {
        version: 1,
        at: 1_795_000_000,
        slug: slug.into(),
        title: title.into(),
        opens_at: 1_794_000_000,
        closes_at: 1_794_900_000,
        wording: Wording(wording),
        open_link: true,
        shown: Shown {
            areas: vec![
                shown(wijk, Some(120), Some(71), [Some(41), Some(33)]),
                shown(big, Some(60), Some(68), [Some(22), None]),
                shown(small, None, None, [None, None]),
            ],
            questions: vec![ShownQuestion { id: 0, options: vec![Some(70), None, Some(38)] }],
        },
        areas: vec![
            area(wijk, "Noord", Some(23_355), Some((68, 74))),
            area(big, "Vogelbuurt", Some(6_000), Some((64, 72))),
            area(small, "IJplein", Some(3_000), None),
        ],
        themes: vec![
            Theme { id: 2, asked: AskedIn::Good, title_nl: "Groen".into(), title_en: "Greenery".into() },
            Theme { id: 5, asked: AskedIn::Better, title_nl: "Verkeer".into(), title_en: "Traffic".into() },
        ],
        questions: vec![PublishedQuestion {
            id: 0,
            kind: Kind::Choice,
            text: Texts::of(&[("nl", "Kom je op het plein?"), ("en", "Do you come to the square?")]),
            options: vec![Texts::of(&[("nl", "Ja"), ("en", "Yes")]), Texts::of(&[("nl", "Nee"), ("en", "No")])],
        }],
        quotes: vec![
            quote("De buren <i>kennen</i> elkaar.", "good", &[2], big),
            quote("Laat ▮▮▮ het plein openen.", "better", &[5], wijk),
            quote("Meer licht.", "better", &[], wijk),
        ],
    }
}

fn quote(words: &str, question: &str, themes: &[i64], area: AreaId) -> Quote {
    Quote {
        words: words.into(),
        question: question.into(),
        themes: themes.to_vec(),
        area,
        poster: question == "better",
    }
}

impl WaveResultView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let doc = published("najaar-2008", "Peiling najaar 2008", None);
        let before = published("voorjaar-2008", "Peiling voorjaar 2008", None);
        let other = published("najaar-2007", "Peiling najaar 2007", Some(Words::default()));
        Self {
            card: WaveCard { open: false, result: true, ..WaveCard::sample() },
            series: vec![other, before, doc.clone()],
            doc: Some(doc),
            area: AreaId::Wijk(1),
            replies: vec![
                ReplyView {
                    theme: 5,
                    place: "Vogelbuurt".into(),
                    stance: Stance::Do,
                    words: "In het voorjaar komen er drempels in de Meeuwenlaan.".into(),
                    plan: Some((7, "Drempels".into())),
                    programme: "Wonen".into(),
                    by_at: Some(1_800_000_000),
                    organisation: "Buurtwerk Noord".into(),
                    at: 1_795_000_000,
                },
                ReplyView {
                    theme: 5,
                    place: String::new(),
                    stance: Stance::NotYet,
                    words: "Er is dit jaar geen geld.".into(),
                    plan: None,
                    programme: String::new(),
                    by_at: None,
                    organisation: String::new(),
                    at: 1_794_990_000,
                },
            ],
            follows: Some(true),
            may_reply: true,
        }
    }
}
