//! What makers tell about a finished plan, so that the next buurt need not find it out again.

use crate::form::{Errors, Problem, Raw};
use crate::time::{DAY, Seconds};

/// Longest answer in characters.
pub const ANSWER_MAX: usize = 2000;
/// Makers who did not answer are reminded once after this many seconds, and never again.
pub const REMIND_AFTER: Seconds = 14 * DAY;
/// Amounts in euro up to which recipes can be searched.
pub const COST_STEPS: &[i64] = &[500, 2500, 10_000];

/// Would they do it again?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Yes, but in another way.
    Differently,
}

impl Again {
    /// In the order of the form.
    pub const ALL: [Self; 3] = [Self::Yes, Self::Differently, Self::No];

    /// As stored and as in the catalogues (`again-<key>`).
    pub fn key(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Differently => "differently",
        }
    }

    /// From storage or a form.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.key() == key)
    }
}

/// The four answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// What worked.
    pub worked: String,
    /// What did not; may be empty.
    pub failed: String,
    /// What they would tell the next buurt.
    pub advice: String,
    /// Would they do it again?
    pub again: Again,
}

impl Evaluation {
    /// Fields: `worked`, `failed` (may be empty), `advice`, `again` (a key of [`Again`]).
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let worked = errors.take("worked", raw.text("worked", ANSWER_MAX));
        let failed = errors.take("failed", raw.optional_text("failed", ANSWER_MAX));
        let advice = errors.take("advice", raw.text("advice", ANSWER_MAX));
        match Again::from_key(raw.get("again")) {
            Some(again) if errors.0.is_empty() => Ok(Self { worked, failed, advice, again }),
            Some(_) => Err(errors),
            None => {
                let problem = if raw.get("again").is_empty() { Problem::Missing } else { Problem::NotAChoice };
                errors.0.push(("again", problem));
                Err(errors)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named_and_nothing_bad_may_be_no_answer() {
        let none = Evaluation::parse(&Raw::default()).unwrap_err();
        assert_eq!(none.0.iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["worked", "advice", "again"]);
        let long = "x".repeat(ANSWER_MAX + 1);
        let raw =
            Raw::from_pairs(&[("worked", "De soep"), ("failed", &long), ("advice", "Begin klein"), ("again", "yes")]);
        assert_eq!(Evaluation::parse(&raw), Err(Errors::one("failed", Problem::TooLong(ANSWER_MAX))));
        let raw = Raw::from_pairs(&[("worked", "De soep"), ("advice", "Begin klein"), ("again", "misschien")]);
        assert_eq!(Evaluation::parse(&raw), Err(Errors::one("again", Problem::NotAChoice)));
        for again in Again::ALL {
            let raw = Raw::from_pairs(&[("worked", " De soep "), ("advice", "Begin klein"), ("again", again.key())]);
            let read = Evaluation::parse(&raw).unwrap();
            assert_eq!((read.worked.as_str(), read.failed.as_str(), read.again), ("De soep", "", again));
        }
    }
}
