//! What a wave asks, and where.

use super::wording::{LANGS, Texts, WORDS_MAX, Wording};
use crate::form::{Errors, Problem, Raw};

/// Own questions of a buurt that one wave may hold.
pub const OWN_QUESTIONS: usize = 3;
/// Options of one own question, at most.
pub const OPTIONS_MAX: usize = 8;
/// Characters of one option.
const OPTION_MAX: usize = 60;
/// A scale runs from 1 to this.
pub const SCALE: i64 = 5;
/// What an answer can be about, where a wave asks: keys of texts `survey-theme-...`.
pub const THEMES: [&str; 12] = [
    "green",
    "traffic",
    "clean",
    "safe",
    "youth",
    "together",
    "shops",
    "quiet",
    "homes",
    "care",
    "sports",
    "transport",
];

/// Where a wave asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everywhere.
    City,
    /// One wijk, by id.
    Wijk(i64),
    /// One buurt, by id.
    Buurt(i64),
}

impl Reach {
    /// As stored: kind and id.
    pub fn parts(self) -> (&'static str, Option<i64>) {
        match self {
            Self::City => ("city", None),
            Self::Wijk(id) => ("wijk", Some(id)),
            Self::Buurt(id) => ("buurt", Some(id)),
        }
    }

    /// From storage.
    pub fn from_parts(kind: &str, id: Option<i64>) -> Self {
        match (kind, id) {
            ("wijk", Some(id)) => Self::Wijk(id),
            ("buurt", Some(id)) => Self::Buurt(id),
            _ => Self::City,
        }
    }

    /// As a form carries it: `city`, `wijk-3`, `buurt-5`.
    pub fn key(self) -> String {
        match self.parts() {
            (kind, Some(id)) => format!("{kind}-{id}"),
            (kind, None) => kind.to_owned(),
        }
    }

    /// From a form.
    pub fn from_key(key: &str) -> Option<Self> {
        match key.split_once('-') {
            None => (key == "city").then_some(Self::City),
            Some((kind, id)) => {
                let id = id.parse().ok().filter(|id| *id > 0)?;
                match kind {
                    "wijk" => Some(Self::Wijk(id)),
                    "buurt" => Some(Self::Buurt(id)),
                    _ => None,
                }
            }
        }
    }

    /// Whether a buurt of this wijk is asked.
    pub fn holds(self, buurt: i64, wijk: i64) -> bool {
        match self {
            Self::City => true,
            Self::Wijk(id) => id == wijk,
            Self::Buurt(id) => id == buurt,
        }
    }
}

/// How an own question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Kind {
    /// One of its options.
    Choice,
    /// 1 to [`SCALE`]; its two options say what the ends mean.
    Scale,
    /// Own words.
    Open,
}

impl Kind {
    /// As a form carries it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Scale => "scale",
            Self::Open => "open",
        }
    }

    /// From a form.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Choice, Self::Scale, Self::Open].into_iter().find(|kind| kind.key() == key)
    }
}

/// Asked only of who gave this option to an earlier own question (both counted from 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct When {
    /// Which question.
    pub question: usize,
    /// Which option.
    pub option: usize,
}

/// One own question of a buurt.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Question {
    /// How it is answered.
    pub kind: Kind,
    /// Its words.
    pub text: Texts,
    /// What can be chosen, or what the ends of the scale mean.
    pub options: Vec<Texts>,
    /// Only of some.
    pub when: Option<When>,
}

/// Names of the fields of each own question.
const FIELDS: [[&str; 5]; OWN_QUESTIONS] = [
    ["q1_kind", "q1_nl", "q1_en", "q1_options", "q1_if"],
    ["q2_kind", "q2_nl", "q2_en", "q2_options", "q2_if"],
    ["q3_kind", "q3_nl", "q3_en", "q3_options", "q3_if"],
];

/// Everything a wave asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The fixed questions.
    pub wording: Wording,
    /// Own questions, in order.
    pub questions: Vec<Question>,
    /// Which of [`THEMES`] it is about may be ticked.
    pub themes: bool,
}

impl Asked {
    /// Fields: those of the wording; `themes` (`1`); per own question `q1_kind` (empty: none), `q1_nl`, `q1_en`,
    /// `q1_options` (one a line, `Ja | Yes`), `q1_if` (empty, or `1:2`: who gave option 2 to question 1).
    pub fn parse(raw: &Raw, errors: &mut Errors) -> Self {
        let wording = Wording::parse(raw, errors);
        let mut questions: Vec<Question> = Vec::new();
        for [kind_field, nl, en, options_field, if_field] in FIELDS {
            let kind = match raw.get(kind_field).trim() {
                "" => continue,
                typed => Kind::from_key(typed),
            };
            let Some(kind) = kind else {
                errors.0.push((kind_field, Problem::NotAChoice));
                continue;
            };
            let text = Texts(
                [(LANGS[0], nl), (LANGS[1], en)]
                    .into_iter()
                    .map(|(lang, field)| {
                        (lang.to_owned(), errors.take(field, raw.text(field, WORDS_MAX)).replace('\n', " "))
                    })
                    .collect(),
            );
            let options = errors.take(options_field, options(kind, raw.get(options_field)));
            let when = errors.take(if_field, when(raw.get(if_field).trim(), &questions));
            questions.push(Question { kind, text, options, when });
        }
        Self { wording, questions, themes: raw.get("themes") == "1" }
    }

    /// The other way round, to fill a form with what an earlier wave asked.
    pub fn fill(&self, raw: &mut Raw) {
        self.wording.fill(raw);
        if self.themes {
            raw.set("themes", "1");
        }
        for (question, [kind, nl, en, options, when]) in self.questions.iter().zip(FIELDS) {
            raw.set(kind, question.kind.key());
            raw.set(nl, question.text.in_lang("nl"));
            raw.set(en, question.text.in_lang("en"));
            let line = |o: &Texts| format!("{} | {}", o.in_lang("nl"), o.in_lang("en"));
            raw.set(options, question.options.iter().map(line).collect::<Vec<_>>().join("\n"));
            if let Some(w) = question.when {
                raw.set(when, format!("{}:{}", w.question + 1, w.option + 1));
            }
        }
    }
}

/// One option a line, in both languages.
fn options(kind: Kind, typed: &str) -> Result<Vec<Texts>, Problem> {
    let lines: Vec<&str> = typed.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let few = match kind {
        Kind::Open => return Ok(Vec::new()),
        Kind::Scale => lines.len() != 2,
        Kind::Choice => lines.len() < 2,
    };
    if few {
        return Err(Problem::Missing);
    }
    if lines.len() > OPTIONS_MAX {
        return Err(Problem::TooMany(OPTIONS_MAX));
    }
    lines
        .iter()
        .map(|line| {
            let (nl, en) = line.split_once('|').map_or((*line, *line), |(nl, en)| (nl.trim(), en.trim()));
            let long = [nl, en].iter().any(|text| text.chars().count() > OPTION_MAX);
            if long { Err(Problem::TooLong(OPTION_MAX)) } else { Ok(Texts::of(&[("nl", nl), ("en", en)])) }
        })
        .collect()
}

/// `1:2` must name an option of an earlier question of choice.
fn when(typed: &str, before: &[Question]) -> Result<Option<When>, Problem> {
    if typed.is_empty() {
        return Ok(None);
    }
    let found = typed.split_once(':').and_then(|(question, option)| {
        let question = question.trim().parse::<usize>().ok()?.checked_sub(1)?;
        let option = option.trim().parse::<usize>().ok()?.checked_sub(1)?;
        let asked = before.get(question).filter(|q| q.kind == Kind::Choice)?;
        (option < asked.options.len()).then_some(When { question, option })
    });
    found.map(Some).ok_or(Problem::NotAChoice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Raw {
        let mut raw = Raw::from_pairs(&[
            ("q1_kind", "choice"),
            ("q1_nl", "Kom je op het plein?"),
            ("q1_en", "Do you come to the square?"),
            ("q1_options", "Ja | Yes\nNee | No"),
            ("q2_kind", "open"),
            ("q2_nl", "Waarom niet?"),
            ("q2_en", "Why not?"),
            ("q2_if", "1:2"),
            ("themes", "1"),
        ]);
        for name in ["mark", "good", "better", "can_do"] {
            raw.set(&format!("{name}_nl"), "Vraag?");
            raw.set(&format!("{name}_en"), "Question?");
        }
        raw
    }

    #[test]
    fn what_a_form_asks_comes_back_to_the_form() {
        let mut errors = Errors::default();
        let asked = Asked::parse(&typed(), &mut errors);
        assert_eq!(errors.done(), Ok(()));
        assert_eq!(asked.questions.len(), 2);
        assert_eq!(asked.questions[1].when, Some(When { question: 0, option: 1 }));
        let mut raw = Raw::default();
        asked.fill(&mut raw);
        let mut errors = Errors::default();
        assert_eq!(Asked::parse(&raw, &mut errors), asked);
        let json = serde_json::to_string(&asked.questions).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Question>>(&json).unwrap(), asked.questions);
    }

    #[test]
    fn other_words_are_another_series_and_another_language_is_not() {
        let mut errors = Errors::default();
        let one = Asked::parse(&typed(), &mut errors).wording;
        let mut two = one.clone();
        assert!(one.same_series(&two));
        if let Some(words) = &mut two.0 {
            words.mark.0.insert("tr".into(), "Soru?".into());
        }
        assert!(one.same_series(&two) && two.same_series(&one));
        if let Some(words) = &mut two.0 {
            words.mark.0.insert("nl".into(), "Andere vraag?".into());
        }
        assert!(!one.same_series(&two));
        assert!(!one.same_series(&Wording(None)));
    }

    #[test]
    fn wrong_questions_are_named() {
        let wrong = |name: &str, value: &str| {
            let mut raw = typed();
            raw.set(name, value);
            let mut errors = Errors::default();
            Asked::parse(&raw, &mut errors);
            errors.0
        };
        assert_eq!(wrong("q1_options", "Ja"), [("q1_options", Problem::Missing), ("q2_if", Problem::NotAChoice)]);
        assert_eq!(wrong("q2_if", "2:1"), [("q2_if", Problem::NotAChoice)]);
        assert_eq!(wrong("q1_kind", "essay"), [("q1_kind", Problem::NotAChoice), ("q2_if", Problem::NotAChoice)]);
        assert_eq!(wrong("q2_en", " "), [("q2_en", Problem::Missing)]);
        assert_eq!(wrong("mark_en", &"x".repeat(201)), [("mark_en", Problem::TooLong(200))]);
    }
}
