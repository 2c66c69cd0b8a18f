//! How people talk about a plan on the site: comments, new texts of public plans, people who work on it together.

use crate::form::{Errors, Problem, Raw};
use crate::initiative::{Idea, NAME_MAX};

/// Longest comment in characters.
pub const COMMENT_MAX: usize = 1000;
/// Most people who work on a plan beside who handed it in.
pub const MOST_CO_AUTHORS: usize = 4;
/// What can be wrong with a comment, for who reports it and for who hides it; texts are `comment-why-<key>`.
pub const COMMENT_REASONS: &[&str] = &["rude", "private", "off_topic", "advert", "unlawful"];

/// Accounts that work on a plan beside its owner; 0 where there is none.
pub type CoAuthors = [i64; MOST_CO_AUTHORS];

/// Accounts that ever worked on a plan, the latest twelve; 0 where there is none.
pub type Makers = [i64; 12];

/// The last ids of `,4,9,`, or of an empty text.
fn ids<const N: usize>(stored: &str) -> [i64; N] {
    let mut found = [0; N];
    let all: Vec<i64> = stored.split(',').filter_map(|id| id.parse().ok()).collect();
    for (place, id) in found.iter_mut().zip(&all[all.len().saturating_sub(N)..]) {
        *place = *id;
    }
    found
}

/// Who works on a plan, from storage: `,4,9,`, or empty.
pub fn co_authors(stored: &str) -> CoAuthors {
    ids(stored)
}

/// Who ever did, from storage.
pub fn makers(stored: &str) -> Makers {
    ids(stored)
}

/// For storage.
pub fn store_co_authors(them: &[i64]) -> String {
    if them.is_empty() {
        return String::new();
    }
    format!(",{},", them.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
}

/// Who wrote a comment, as far as readers see: nobody's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// Handed the plan in, or works on it.
    Author,
    /// Lives in its buurt, by the proof of residence.
    Neighbour,
    /// Somebody else with an account.
    Reader,
    /// In the name of an organisation or the stadsdeel.
    Desk,
}

impl Voice {
    /// As stored and as in the catalogues (`comment-by-<key>`).
    pub fn key(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Neighbour => "neighbour",
            Self::Reader => "reader",
            Self::Desk => "desk",
        }
    }

    /// From storage.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Author, Self::Neighbour, Self::Reader, Self::Desk].into_iter().find(|v| v.key() == key)
    }
}

/// A comment as typed. Field: `comment`.
///
/// # Errors
/// On `comment`.
pub fn comment(raw: &Raw) -> Result<String, Errors> {
    raw.text("comment", COMMENT_MAX).map_err(|problem| Errors::one("comment", problem))
}

/// Why a comment is reported or hidden. Field: `why`, one of [`COMMENT_REASONS`].
///
/// # Errors
/// On `why`.
pub fn comment_reason(raw: &Raw) -> Result<&'static str, Errors> {
    COMMENT_REASONS
        .iter()
        .copied()
        .find(|reason| *reason == raw.get("why"))
        .ok_or(Errors::one("why", Problem::NotAChoice))
}

/// The words of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanText {
    /// Title, what and why.
    pub idea: Idea,
    /// Street or building; may be empty.
    pub place: String,
}

impl PlanText {
    /// Fields: `title`, `what`, `why`, `place`.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let idea = Idea::parse(raw).map_err(|e| errors.0.extend(e.0));
        let place = errors.take("place", raw.optional_text("place", NAME_MAX)).replace('\n', " ");
        errors.clone().done()?;
        let Ok(idea) = idea else { return Err(errors) };
        Ok(Self { idea, place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn co_authors_come_back_and_never_more_than_there_is_room_for() {
        assert_eq!(co_authors(""), [0; MOST_CO_AUTHORS]);
        assert_eq!(co_authors(&store_co_authors(&[7, 12])), [7, 12, 0, 0]);
        assert_eq!(co_authors(",1,2,3,4,5,6,"), [3, 4, 5, 6]);
    }

    #[test]
    fn voices_come_back() {
        for voice in [Voice::Author, Voice::Neighbour, Voice::Reader, Voice::Desk] {
            assert_eq!(Voice::from_key(voice.key()), Some(voice));
        }
    }

    #[test]
    fn an_empty_comment_and_an_unknown_reason_are_refused() {
        assert_eq!(comment(&Raw::from_pairs(&[("comment", " \n ")])), Err(Errors::one("comment", Problem::Missing)));
        let long = "x".repeat(COMMENT_MAX + 1);
        assert_eq!(
            comment(&Raw::from_pairs(&[("comment", &long)])),
            Err(Errors::one("comment", Problem::TooLong(COMMENT_MAX)))
        );
        assert_eq!(comment_reason(&Raw::from_pairs(&[("why", "x")])), Err(Errors::one("why", Problem::NotAChoice)));
        assert_eq!(comment_reason(&Raw::from_pairs(&[("why", "rude")])), Ok("rude"));
    }
}
