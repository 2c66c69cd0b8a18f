//! What moderators and staff are told of what waits at their desk, and how they want to hear of it.
//!
//! Add a kind: a variant of [`Kind`] with its key, its act and where its link leads; its text `notice-ask-..` in `services`.

use crate::access::Act;
use crate::form::{Errors, Problem, Raw};
use crate::time::{DAY, Seconds};
use crate::urls;

/// When the digest goes out, in Europe/Amsterdam.
pub const MORNING: (i8, i8) = (7, 0);
/// Most lines of a digest; the rest is counted.
pub const LINES_MAX: usize = 50;
/// How long a notice is kept.
pub const TERM: Seconds = 30 * DAY;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A plan came in, or was handed in again with an answer.
    Submitted,
    /// It came from another desk.
    HandedOver,
    /// It was published: the stadsdeel judges it.
    ToJudge,
    /// Its submitter does not agree with the rejection.
    Appealed,
    /// A public plan has a new text to read.
    NewText,
    /// Somebody reported a comment.
    Reported,
    /// Somebody reported a message about helping with it.
    HelpReported,
    /// A question to be introduced about it waits for a week.
    HelpWaiting,
}

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Submitted,
        Self::HandedOver,
        Self::ToJudge,
        Self::Appealed,
        Self::NewText,
        Self::Reported,
        Self::HelpReported,
        Self::HelpWaiting,
    ];

    /// As stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::HandedOver => "handed_over",
            Self::ToJudge => "to_judge",
            Self::Appealed => "appealed",
            Self::NewText => "new_text",
            Self::Reported => "reported",
            Self::HelpReported => "help_reported",
            Self::HelpWaiting => "help_waiting",
        }
    }

    /// From storage.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    /// The act that is asked for: as long as somebody may do it, the plan waits for them.
    pub fn act(self) -> Act {
        match self {
            Self::Submitted | Self::HandedOver => Act::Publish,
            Self::ToJudge => Act::Verdict,
            Self::Appealed => Act::AnswerAppeal,
            Self::NewText => Act::DecideText,
            Self::Reported => Act::HideComment,
            Self::HelpReported => Act::HideMessage,
            Self::HelpWaiting => Act::SeeHelpDesk,
        }
    }

    /// Where that is done.
    pub fn path(self, id: i64) -> String {
        match self {
            Self::Submitted | Self::HandedOver => urls::ModerationCase { id }.to_string(),
            Self::NewText => urls::ModerationText { id }.to_string(),
            // The queue names each reported comment.
            Self::Reported => urls::Moderation {}.to_string(),
            Self::ToJudge | Self::Appealed => urls::DistrictCase { id }.to_string(),
            Self::HelpReported | Self::HelpWaiting => urls::ModerationHelp {}.to_string(),
        }
    }
}

/// How somebody wants to be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum How {
    /// Once a day, together.
    #[default]
    Morning,
    /// A mail for each.
    AtOnce,
    /// Not at all; warnings still come.
    Never,
}

impl How {
    /// Every choice.
    pub const ALL: &'static [Self] = &[Self::Morning, Self::AtOnce, Self::Never];

    /// As stored and sent.
    pub fn key(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::AtOnce => "at_once",
            Self::Never => "none",
        }
    }

    /// From storage.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|how| how.key() == key)
    }

    /// Field: `how`.
    ///
    /// # Errors
    /// [`Problem::NotAChoice`] on it.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        Self::from_key(raw.get("how")).ok_or_else(|| Errors::one("how", Problem::NotAChoice))
    }
}

/// A plan that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Plan.
    pub plan: i64,
    /// Its title.
    pub title: String,
    /// What is asked.
    pub kind: Kind,
    /// When it is due, where it is.
    pub due: Option<Seconds>,
    /// When they were told.
    pub at: Seconds,
}

/// The lines of a digest: one for each plan and what is asked about it, oldest due first, those without a term last; and how many more there are.
pub fn lines(waiting: Vec<Waiting>) -> (Vec<Waiting>, usize) {
    let mut all: Vec<Waiting> = Vec::with_capacity(waiting.len());
    for one in waiting {
        let same = |known: &&mut Waiting| known.plan == one.plan && known.kind.act() == one.kind.act();
        match all.iter_mut().find(same) {
            Some(known) if known.at <= one.at => *known = one,
            Some(_) => {}
            None => all.push(one),
        }
    }
    all.sort_by_key(|w| (w.due.unwrap_or(Seconds::MAX), w.at, w.plan));
    let more = all.len().saturating_sub(LINES_MAX);
    all.truncate(LINES_MAX);
    (all, more)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(plan: i64, kind: Kind, due: Option<Seconds>, at: Seconds) -> Waiting {
        Waiting { plan, title: String::new(), kind, due, at }
    }

    #[test]
    fn one_line_for_each_plan_oldest_due_first() {
        let (shown, more) = lines(vec![
            waits(1, Kind::ToJudge, None, 1),
            waits(2, Kind::Submitted, Some(90), 2),
            waits(3, Kind::Submitted, Some(80), 3),
            waits(2, Kind::HandedOver, Some(90), 4),
            waits(1, Kind::Reported, None, 5),
        ]);
        assert_eq!(
            shown.iter().map(|w| (w.plan, w.kind)).collect::<Vec<_>>(),
            [(3, Kind::Submitted), (2, Kind::HandedOver), (1, Kind::ToJudge), (1, Kind::Reported)]
        );
        assert_eq!(more, 0);
        let many = (0..60).map(|n| waits(n, Kind::Submitted, Some(n), 0)).collect();
        let (shown, more) = lines(many);
        assert_eq!((shown.len(), shown[49].plan, more), (50, 49, 10));
    }

    #[test]
    fn keys_lead_back() {
        assert!(Kind::ALL.iter().all(|kind| Kind::from_key(kind.key()) == Some(*kind)));
        assert!(How::ALL.iter().all(|how| How::from_key(how.key()) == Some(*how)));
        assert_eq!(How::parse(&Raw::from_pairs(&[("how", "at_once")])), Ok(How::AtOnce));
        for wrong in ["", "Morning", "'; DROP"] {
            let raw = Raw::from_pairs(&[("how", wrong)]);
            assert_eq!(How::parse(&raw), Err(Errors::one("how", Problem::NotAChoice)), "{wrong}");
        }
    }
}
