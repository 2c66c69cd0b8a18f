//! A closed wave, counted: what disclosure control reads, and which themes an answer speaks of.

use super::desk::Held;
use crate::ActError;
use domain::disclosure::{self, Area, AreaId, Counts};
use domain::survey::{AskedIn, Kind, Own, PublishedQuestion, Question, Reach, SCALE, THEMES, Theme};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::results::{self, Proposal, State};
use store::waves::{self, Closed};
use store::{Conn, places};
use texts::Lang;

/// Counted.
pub struct Counted {
    /// For disclosure control.
    pub wave: disclosure::Wave,
    /// How many residents of each area gave each mark.
    pub marks: BTreeMap<AreaId, [usize; 10]>,
    /// Names of the areas: address, name, inhabitants.
    pub areas: BTreeMap<AreaId, (String, String, Option<i64>)>,
    /// Themes to publish, by question and name.
    pub themes: Vec<Theme>,
    /// Own questions to publish.
    pub questions: Vec<PublishedQuestion>,
    /// Which published themes the words of an answer (by place) to a question speak of.
    pub spoken: HashMap<(i64, String), BTreeSet<i64>>,
    /// Proposals as they were counted.
    pub proposals: Vec<Proposal>,
}

/// Themes to publish: those of approved proposals, and those that could be ticked.
async fn themes(c: &mut Conn, held: &Held, proposals: &[Proposal]) -> Result<Vec<Theme>, ActError> {
    let names = results::themes(c).await?;
    let mut found: BTreeMap<(AskedIn, String), Theme> = BTreeMap::new();
    for p in proposals.iter().filter(|p| p.state == State::Approved) {
        let (Some(asked), Some(theme)) = (AskedIn::open(&p.question), p.theme) else { continue };
        let Some(name) = names.iter().find(|t| t.id == theme) else { continue };
        let named =
            Theme { id: asked.id(theme), asked, title_nl: name.title_nl.clone(), title_en: name.title_en.clone() };
        found.insert((asked, name.title_nl.clone()), named);
    }
    if held.wave.asked.themes {
        for (n, key) in (0..).zip(THEMES) {
            let title = |lang| texts::t(lang, &format!("survey-theme-{key}"));
            let (title_nl, title_en) = (title(Lang::Nl), title(Lang::En));
            let theme = Theme { id: AskedIn::Ticked.id(n), asked: AskedIn::Ticked, title_nl, title_en };
            found.insert((AskedIn::Ticked, theme.title_nl.clone()), theme);
        }
    }
    Ok(found.into_values().collect())
}

/// What one buurt's answers come to.
fn of_buurt(answers: &[&Closed], spoken: &HashMap<(i64, String), BTreeSet<i64>>, themes: &[Theme]) -> Counts {
    let mut counts = Counts::default();
    for a in answers {
        if a.open {
            counts.posters += 1;
            continue;
        }
        counts.answers += 1;
        if let Some(mark) = a.answer.mark.and_then(|m| usize::try_from(m).ok()) {
            counts.marks += 1;
            counts.mark_sum += mark;
        }
        for theme in themes {
            let mentions = match theme.asked {
                AskedIn::Ticked => THEMES
                    .iter()
                    .zip(0..)
                    .any(|(key, n)| AskedIn::Ticked.id(n) == theme.id && a.answer.themes.iter().any(|t| t == key)),
                asked => spoken.get(&(a.position, asked.key().to_owned())).is_some_and(|s| s.contains(&theme.id)),
            };
            if mentions {
                *counts.themes.entry(theme.id).or_default() += 1;
            }
        }
    }
    counts
}

/// Whether a question was asked of who answered so.
fn was_asked(questions: &[Question], own: &[Own], place: usize) -> bool {
    questions.get(place).and_then(|q| q.when).is_none_or(|w| {
        w.question < place
            && own.get(w.question) == Some(&Own::Option(w.option))
            && was_asked(questions, own, w.question)
    })
}

/// Own questions with choices, and how often residents gave each, the last being 'skipped'; one with a condition counts only
/// those who were asked it, so that its sum is that of the option it hangs on.
fn own(held: &Held, answers: &[Closed]) -> Vec<(PublishedQuestion, Vec<usize>)> {
    let mut found = Vec::new();
    for (place, question) in held.wave.asked.questions.iter().enumerate() {
        let size = match question.kind {
            Kind::Choice => question.options.len(),
            Kind::Scale => usize::try_from(SCALE).unwrap_or(0),
            Kind::Open => continue,
        };
        let mut given = vec![0; size + 1];
        let asked = |a: &&Closed| !a.open && was_asked(&held.wave.asked.questions, &a.answer.own, place);
        for a in answers.iter().filter(asked) {
            let at = match a.answer.own.get(place) {
                Some(Own::Option(n)) => *n,
                Some(Own::Scale(n)) => usize::try_from(n - 1).unwrap_or(size),
                _ => size,
            };
            given[at.min(size)] += 1;
        }
        let published = PublishedQuestion {
            id: i64::try_from(place).unwrap_or(0),
            kind: question.kind,
            text: question.text.clone(),
            options: question.options.clone(),
        };
        found.push((published, given));
    }
    found
}

/// Counts a closed wave.
pub async fn count(c: &mut Conn, held: &Held) -> Result<Counted, ActError> {
    let answers = waves::answers(c, held.wave.id).await?;
    let proposals = results::proposals(c, held.wave.id).await?;
    let themes = themes(c, held, &proposals).await?;
    let mut spoken: HashMap<(i64, String), BTreeSet<i64>> = HashMap::new();
    let approved: HashMap<i64, (&str, i64)> = proposals
        .iter()
        .filter(|p| p.state == State::Approved)
        .filter_map(|p| Some((p.id, (p.question.as_str(), AskedIn::open(&p.question)?.id(p.theme?)))))
        .collect();
    for (proposal, position, _) in results::members(c, held.wave.id).await? {
        if let Some((question, theme)) = approved.get(&proposal) {
            spoken.entry((position, (*question).to_owned())).or_default().insert(*theme);
        }
    }
    let wijken = places::wijken(c).await?;
    let (mut marks, mut areas): (BTreeMap<AreaId, [usize; 10]>, BTreeMap<_, _>) = (BTreeMap::new(), BTreeMap::new());
    let mut parts: BTreeMap<i64, Vec<Area>> = BTreeMap::new();
    for b in &held.buurten {
        let here: Vec<&Closed> = answers.iter().filter(|a| a.buurt == b.id).collect();
        for mark in here.iter().filter(|a| !a.open).filter_map(|a| a.answer.mark) {
            for area in [AreaId::Buurt(b.id), AreaId::Wijk(b.wijk_id), AreaId::City] {
                if let Some(n) = usize::try_from(mark - 1).ok().and_then(|i| marks.entry(area).or_default().get_mut(i))
                {
                    *n += 1;
                }
            }
        }
        areas.insert(AreaId::Buurt(b.id), (b.slug.clone(), b.name.clone(), None));
        parts.entry(b.wijk_id).or_default().push(Area::buurt(b.id, of_buurt(&here, &spoken, &themes)));
    }
    for w in &wijken {
        areas.insert(AreaId::Wijk(w.id), (w.slug.clone(), w.name.clone(), w.residents));
    }
    areas.insert(AreaId::City, (String::new(), String::new(), None));
    // In the order of their names, never of their marks.
    let mut wide: Vec<Area> = Vec::new();
    for w in &wijken {
        if let Some(parts) = parts.remove(&w.id) {
            wide.push(Area::of(AreaId::Wijk(w.id), parts));
        }
    }
    let scope = match held.wave.reach {
        Reach::City => Area::of(AreaId::City, wide),
        Reach::Wijk(_) => wide.pop().ok_or(ActError::NotFound)?,
        Reach::Buurt(_) => wide.pop().and_then(|mut w| w.parts.pop()).ok_or(ActError::NotFound)?,
    };
    let (questions, given): (Vec<_>, Vec<_>) = own(held, &answers).into_iter().unzip();
    let wave = disclosure::Wave {
        scope,
        themes: themes.iter().map(|t| t.id).collect(),
        questions: questions.iter().zip(given).map(|(q, options)| disclosure::Question { id: q.id, options }).collect(),
    };
    Ok(Counted { wave, marks, areas, themes, questions, spoken, proposals })
}
