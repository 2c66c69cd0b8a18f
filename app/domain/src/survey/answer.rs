//! One resident's answer.

use super::wave::{Asked, Kind, SCALE, THEMES};
use crate::form::{Errors, Problem, Raw};
use crate::initiative::TEXT_MAX;

/// What was given to an own question.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Own {
    /// Nothing, or it was not asked.
    #[default]
    Skipped,
    /// An option, counted from 0.
    Option(usize),
    /// A step of the scale, 1 to [`SCALE`].
    Scale(i64),
    /// Own words.
    Words(String),
}

/// One answer; everything may be skipped, but not all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Answer {
    /// 1 to 10.
    pub mark: Option<i64>,
    /// 'Waarom is dit een fijne buurt?'
    pub good: String,
    /// 'Wat zou er moeten gebeuren?'
    pub better: String,
    /// 'Wat wilt u doen, wat kunt u doen?'
    pub can_do: String,
    /// Which of [`THEMES`] it is about, as ticked.
    #[serde(default)]
    pub themes: Vec<String>,
    /// To the own questions, in their order.
    #[serde(default)]
    pub own: Vec<Own>,
    /// Language of the page it was written on.
    #[serde(default)]
    pub lang: String,
}

/// Names of the fields of the answers to own questions.
const OWN_FIELDS: [&str; super::OWN_QUESTIONS] = ["own_1", "own_2", "own_3"];

impl Answer {
    /// Fields: `mark`, `good`, `better`, `can_do`, `about` (several), `own_1` to `own_3` (an option counted from 0, a step
    /// of the scale, or words).
    ///
    /// # Errors
    /// A mark outside 1..10, too long a text, what is no option, or (on `mark`) nothing filled in at all.
    pub fn parse(raw: &Raw, asked: &Asked, lang: &str) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let mark = match raw.get("mark").trim() {
            "" => None,
            _ => Some(errors.take("mark", raw.number("mark", 1, 10))),
        };
        let mut words = |field| errors.take(field, raw.optional_text(field, TEXT_MAX));
        let (good, better, can_do) = (words("good"), words("better"), words("can_do"));
        let ticked = raw.all("about");
        let about = THEMES.iter().filter(|theme| asked.themes && ticked.contains(theme));
        let themes = about.map(|theme| (*theme).to_owned()).collect();
        let mut own: Vec<Own> = Vec::new();
        for (question, field) in asked.questions.iter().zip(OWN_FIELDS) {
            let reached = question.when.is_none_or(|w| own.get(w.question) == Some(&Own::Option(w.option)));
            let given =
                if reached { self::own(question.kind, question.options.len(), raw, field) } else { Ok(Own::Skipped) };
            own.push(errors.take(field, given));
        }
        let answer = Self { mark, good, better, can_do, themes, own, lang: lang.to_owned() };
        if errors.0.is_empty() && answer.says_nothing() {
            errors.0.push(("mark", Problem::Missing));
        }
        errors.done()?;
        Ok(answer)
    }

    fn says_nothing(&self) -> bool {
        self.mark.is_none()
            && self.good.is_empty()
            && self.better.is_empty()
            && self.can_do.is_empty()
            && self.themes.is_empty()
            && self.own.iter().all(|own| *own == Own::Skipped)
    }

    /// The other way round, to fill the form of who changes an answer.
    pub fn fill(&self, raw: &mut Raw) {
        if let Some(mark) = self.mark {
            raw.set("mark", mark.to_string());
        }
        for (field, words) in [("good", &self.good), ("better", &self.better), ("can_do", &self.can_do)] {
            raw.set(field, words.as_str());
        }
        raw.0.extend(self.themes.iter().map(|theme| ("about".to_owned(), theme.clone())));
        for (given, field) in self.own.iter().zip(OWN_FIELDS) {
            match given {
                Own::Skipped => {}
                Own::Option(n) => raw.set(field, n.to_string()),
                Own::Scale(n) => raw.set(field, n.to_string()),
                Own::Words(words) => raw.set(field, words.as_str()),
            }
        }
    }
}

fn own(kind: Kind, options: usize, raw: &Raw, field: &str) -> Result<Own, Problem> {
    let typed = raw.get(field).trim();
    if typed.is_empty() {
        return Ok(Own::Skipped);
    }
    match kind {
        Kind::Choice => typed.parse().ok().filter(|n| *n < options).map(Own::Option).ok_or(Problem::NotAChoice),
        Kind::Scale => raw.number(field, 1, SCALE).map(Own::Scale),
        Kind::Open => raw
            .optional_text(field, TEXT_MAX)
            .map(|words| if words.is_empty() { Own::Skipped } else { Own::Words(words) }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Question, Texts, When};
    use super::*;

    fn parse(pairs: &[(&str, &str)], asked: &Asked) -> Result<Answer, Errors> {
        Answer::parse(&Raw::from_pairs(pairs), asked, "nl")
    }

    #[test]
    fn something_must_be_said() {
        let asked = Asked::default();
        assert_eq!(parse(&[], &asked), Err(Errors::one("mark", Problem::Missing)));
        assert_eq!(parse(&[("good", " \n\u{200b} ")], &asked), Err(Errors::one("mark", Problem::Missing)));
        assert_eq!(parse(&[("mark", "11")], &asked), Err(Errors::one("mark", Problem::OutOfRange(1, 10))));
        assert!(parse(&[("good", "De markt. 🌳")], &asked).is_ok());
        let themed = Asked { themes: true, ..Asked::default() };
        assert_eq!(parse(&[("about", "green"), ("about", "made-up")], &themed).unwrap().themes, ["green"]);
        assert!(parse(&[("about", "green")], &asked).is_err(), "themes that were not asked say nothing");
    }

    #[test]
    fn own_questions_are_read_by_their_kind_and_their_condition() {
        let option = |text: &str| Texts::of(&[("nl", text)]);
        let question = |kind, when| Question {
            kind,
            text: option("?"),
            options: if kind == Kind::Open { Vec::new() } else { vec![option("a"), option("b")] },
            when,
        };
        let asked = Asked {
            questions: vec![
                question(Kind::Choice, None),
                question(Kind::Open, Some(When { question: 0, option: 1 })),
                question(Kind::Scale, None),
            ],
            ..Asked::default()
        };
        let given = parse(&[("own_1", "1"), ("own_2", "Te druk."), ("own_3", "5")], &asked).unwrap();
        assert_eq!(given.own, [Own::Option(1), Own::Words("Te druk.".into()), Own::Scale(5)]);
        let mut raw = Raw::default();
        given.fill(&mut raw);
        assert_eq!(Answer::parse(&raw, &asked, "nl").unwrap(), given);
        let other = parse(&[("own_1", "0"), ("own_2", "Te druk."), ("own_3", "")], &asked).unwrap();
        assert_eq!(other.own, [Own::Option(0), Own::Skipped, Own::Skipped]);
        assert_eq!(parse(&[("own_1", "2")], &asked), Err(Errors::one("own_1", Problem::NotAChoice)));
        assert_eq!(parse(&[("own_3", "6")], &asked), Err(Errors::one("own_3", Problem::OutOfRange(1, SCALE))));
    }
}
