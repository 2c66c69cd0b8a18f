//! An initiative: its states, the ways between them, and the forms residents fill in.

use crate::form::{Errors, Problem, Raw};
use crate::money::Cents;
use serde::{Deserialize, Serialize};

/// Longest title in characters.
pub const TITLE_MAX: usize = 60;
/// Longest text (what, why, helpers) in characters.
pub const TEXT_MAX: usize = 2000;
/// Longest name of a person, group or place in characters.
pub const NAME_MAX: usize = 80;
/// How long an unconfirmed plan waits for its mail to be opened, in seconds.
pub const DRAFT_TERM: i64 = 7 * crate::time::DAY;
/// First reply due after this many seconds, unless the round says otherwise (DESIGN 9).
pub const FIRST_REPLY_TERM: i64 = 48 * crate::time::HOUR;

macro_rules! states {
    ($($(#[$doc:meta])* $name:ident = $key:literal),+ $(,)?) => {
        /// Where an initiative stands.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum State { $($(#[$doc])* $name),+ }
        impl State {
            /// Every state, in the order of the road.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];
            /// As stored and as in the catalogues (`state-<key>`).
            pub fn key(self) -> &'static str { match self { $(Self::$name => $key),+ } }
            /// From storage or a filter.
            pub fn from_key(key: &str) -> Option<Self> { match key { $($key => Some(Self::$name),)+ _ => None } }
        }
    };
}

states! {
    /// Not yet handed in.
    Draft = "draft",
    /// Waits for a moderator.
    Submitted = "submitted",
    /// The moderator asked something.
    Returned = "returned",
    /// For all to see and support.
    Published = "published",
    /// Staff: it can be done, for this cost.
    Feasible = "feasible",
    /// Staff: it cannot be done.
    Infeasible = "infeasible",
    /// On the ballot paper of a round.
    OnBallot = "on_ballot",
    /// Has money.
    Funded = "funded",
    /// Next in line.
    Reserve = "reserve",
    /// Voted on, no money.
    NotFunded = "not_funded",
    /// Being done.
    InExecution = "in_execution",
    /// Done.
    Completed = "completed",
    /// Stopped after it was funded.
    Cancelled = "cancelled",
    /// Taken back by who handed it in.
    Withdrawn = "withdrawn",
    /// The moderator said no.
    Rejected = "rejected",
}

impl State {
    /// Whether everyone may see it.
    pub fn is_public(self) -> bool {
        !matches!(self, Self::Draft | Self::Submitted | Self::Returned | Self::Withdrawn | Self::Rejected)
    }

    /// The states one act can lead to from here; anything else is refused.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::Submitted, Self::Withdrawn],
            Self::Submitted => &[Self::Published, Self::Returned, Self::Rejected, Self::Withdrawn],
            Self::Returned => &[Self::Submitted, Self::Rejected, Self::Withdrawn],
            Self::Published => &[Self::Feasible, Self::Infeasible, Self::Withdrawn],
            Self::Feasible => &[Self::OnBallot, Self::Funded, Self::Withdrawn],
            Self::OnBallot => &[Self::Funded, Self::Reserve, Self::NotFunded, Self::Withdrawn, Self::Feasible],
            Self::Reserve => &[Self::Funded, Self::NotFunded, Self::Withdrawn],
            Self::NotFunded => &[Self::Feasible],
            Self::Funded => &[Self::InExecution, Self::Cancelled],
            Self::InExecution => &[Self::Completed, Self::Cancelled],
            // After an appeal that was right.
            Self::Rejected => &[Self::Submitted],
            Self::Infeasible | Self::Completed | Self::Cancelled | Self::Withdrawn => &[],
        }
    }
}

/// For whom a plan is handed in; texts are `for-<key>`.
pub const FOR_KINDS: &[&str] = &["resident", "group", "organisation", "shop"];
/// Reasons from the list for saying no; texts are `reject-<key>`.
pub const REJECT_REASONS: &[&str] =
    &["not_here", "not_public", "duplicate", "unclear", "unlawful", "already_done", "too_expensive", "offensive"];
/// Questions that help a plan on; texts are `ask-<key>`.
pub const QUESTIONS: &[&str] = &["who", "where", "cost", "upkeep", "neighbours", "ground", "private"];
/// To whom a plan can be referred; texts are `refer-<key>`.
pub const REFERRALS: &[&str] = &["programme", "service", "partner"];
/// Drawings that stand in for a photo; files are `pictures/<key>.svg`.
pub const DRAWINGS: &[&str] = &[
    "buurt",
    "spelen",
    "groen",
    "licht",
    "taal",
    "eten",
    "muziek",
    "fiets",
    "sport",
    "zorg",
    "schoon",
    "kunst",
    "werk",
    "ontmoeten",
];

/// Screen 1: the idea.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Idea {
    /// Short name.
    pub title: String,
    /// What shall be done.
    pub what: String,
    /// Why here.
    pub why: String,
}

impl Idea {
    /// Fields: `title`, `what`, `why`.
    ///
    /// # Errors
    /// Each field that is empty or too long.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let title = errors.take("title", raw.text("title", TITLE_MAX)).replace('\n', " ");
        let what = errors.take("what", raw.text("what", TEXT_MAX));
        let why = errors.take("why", raw.text("why", TEXT_MAX));
        errors.done()?;
        Ok(Self { title, what, why })
    }
}

/// Screen 2: the place and what it may cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whereabouts {
    /// Buurt id.
    pub buurt: i64,
    /// Street, square, building; may be empty.
    pub place: String,
    /// `None`: 'weet ik niet'.
    pub cost: Option<Cents>,
}

impl Whereabouts {
    /// Fields: `buurt` (id), `place`, `cost` (euro; empty is 'weet ik niet').
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let buurt = errors.take("buurt", raw.id("buurt"));
        let place = errors.take("place", raw.optional_text("place", NAME_MAX)).replace('\n', " ");
        let cost = errors.take("cost", raw.amount("cost"));
        errors.done()?;
        Ok(Self { buurt, place, cost: cost.filter(|c| *c > Cents::ZERO) })
    }
}

/// Screen 3: who sends it, when not signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// As shown to moderators and staff.
    pub name: String,
    /// Where the confirming mail goes.
    pub email: String,
}

impl Sender {
    /// Fields: `name`, `email`.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let name = errors.take("name", raw.text("name", NAME_MAX)).replace('\n', " ");
        let email = errors.take("email", raw.email("email"));
        errors.done()?;
        Ok(Self { name, email })
    }
}

/// What is asked afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct More {
    /// Least it can be done for, when known.
    pub minimum: Option<Cents>,
    /// What it would best have.
    pub desired: Option<Cents>,
    /// Who helps; may be empty.
    pub helpers: String,
    /// One of [`FOR_KINDS`].
    pub for_kind: String,
    /// Name of the group, organisation or shop.
    pub for_name: String,
    /// Who hands it in would like somebody who thinks along.
    pub wants_supporter: bool,
}

impl More {
    /// Fields: `minimum`, `desired`, `helpers`, `for_kind`, `for_name`, `wants_supporter` (`1` or nothing).
    ///
    /// # Errors
    /// Each field that is wrong; `desired` below `minimum`.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let minimum = errors.take("minimum", raw.amount("minimum"));
        let desired = errors.take("desired", raw.amount("desired"));
        let helpers = errors.take("helpers", raw.optional_text("helpers", TEXT_MAX));
        let for_kind = errors.take(
            "for_kind",
            Some(raw.get("for_kind")).filter(|k| FOR_KINDS.contains(k)).map(str::to_owned).ok_or(Problem::NotAChoice),
        );
        let for_name = errors.take("for_name", raw.optional_text("for_name", NAME_MAX)).replace('\n', " ");
        if FOR_KINDS[1..].contains(&for_kind.as_str()) && for_name.is_empty() && errors.of("for_name").is_none() {
            errors.0.push(("for_name", Problem::Missing));
        }
        if let (Some(low), Some(high)) = (minimum, desired)
            && high < low
        {
            errors.0.push(("desired", Problem::BelowMinimum));
        }
        errors.done()?;
        Ok(Self {
            minimum: minimum.or(desired),
            desired: desired.or(minimum),
            helpers,
            for_kind,
            for_name,
            wants_supporter: raw.get("wants_supporter") == "1",
        })
    }
}

/// How much two texts are alike: of the words of four letters and more in the shorter one, how many per hundred stand in the
/// other too (the overlap coefficient); 0 below a third, or when there are fewer than three words to go by.
pub fn alike(one: &str, other: &str) -> usize {
    let words = |text: &str| -> std::collections::BTreeSet<String> {
        let lower = text.to_lowercase();
        lower.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3).map(str::to_owned).collect()
    };
    let (one, other) = (words(one), words(other));
    let least = one.len().min(other.len());
    if least < 3 {
        return 0;
    }
    let percent = 100 * one.intersection(&other).count() / least;
    if percent < 33 { 0 } else { percent }
}

/// As [`alike`] of title and text together; two titles of which the shorter one's words (two or more of four letters, or all of
/// them in the same order) stand in the other too say the same, however short they are.
pub fn plans_alike(one: (&str, &str), other: (&str, &str)) -> usize {
    let words = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase();
        lower.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3).map(str::to_owned).collect()
    };
    let (a, b) = (words(one.0), words(other.0));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let same = a == b && !a.is_empty();
    if same || short.len() > 1 && short.iter().all(|word| long.contains(word)) {
        return 100;
    }
    alike(&format!("{} {}", one.0, one.1), &format!("{} {}", other.0, other.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_that_say_the_same_are_found() {
        let bench = "Een bank op het plein. Buren kunnen daar zitten en praten.";
        assert_eq!(alike(bench, bench), 100);
        assert!(alike(bench, "Op het plein willen buren een bank om te zitten") >= 60);
        assert_eq!(alike(bench, "Taalles voor moeders in het buurthuis"), 0);
        assert_eq!(alike("bank", "bank"), 0, "one word says too little");
        assert_eq!(plans_alike(("Lamp bij de fietstunnel", "x"), ("Een lamp bij de fietstunnel", "y")), 100);
        assert_eq!(plans_alike(("Een bank", "met buren"), ("Een lamp", "bij de fiets")), 0);
    }

    #[test]
    fn keys_come_back() {
        for &state in State::ALL {
            assert_eq!(State::from_key(state.key()), Some(state));
        }
        assert_eq!(State::from_key("gone"), None);
    }

    #[test]
    fn every_state_can_be_reached_from_submitted() {
        let mut seen = vec![State::Submitted];
        let mut at = 0;
        while at < seen.len() {
            for &next in seen[at].next() {
                if !seen.contains(&next) {
                    seen.push(next);
                }
            }
            at += 1;
        }
        let missed: Vec<_> = State::ALL.iter().filter(|s| **s != State::Draft && !seen.contains(s)).collect();
        assert!(missed.is_empty(), "{missed:?}");
    }

    #[test]
    fn one_look_finds_every_wrong_field() {
        let raw = Raw::from_pairs(&[("title", &"x".repeat(61)), ("what", " ")]);
        let errors = Idea::parse(&raw).err().map(|e| e.0);
        assert_eq!(
            errors,
            Some(vec![("title", Problem::TooLong(60)), ("what", Problem::Missing), ("why", Problem::Missing)])
        );
    }

    #[test]
    fn cost_may_be_unknown_and_desired_is_never_below_minimum() {
        let raw = Raw::from_pairs(&[("buurt", "3"), ("cost", "")]);
        assert_eq!(Whereabouts::parse(&raw).map(|w| w.cost), Ok(None));
        let raw = Raw::from_pairs(&[("minimum", "500"), ("desired", "400"), ("for_kind", "resident")]);
        assert_eq!(More::parse(&raw), Err(Errors::one("desired", Problem::BelowMinimum)));
        let raw = Raw::from_pairs(&[("minimum", "500"), ("for_kind", "group")]);
        assert_eq!(More::parse(&raw), Err(Errors::one("for_name", Problem::Missing)));
    }
}
