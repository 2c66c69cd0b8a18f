//! `fijnebuurt verify`: everything that the public files of a round can tell.

mod bytes;
mod figures;

use crate::count::{Recount, recount};
use crate::pack::{BadZip, unpack};
use crate::tokens;
use domain::round::plain::Plain;
use domain::round::{BallotForm, Receipt};
use std::fmt;

/// What is wrong; [`Wrong::key`] is the code of `docs/verify.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// Not the published bundle.
    Digest,
    /// The ZIP.
    Zip,
    /// A file and the index.
    File,
    /// A file cannot be read.
    Format,
    /// Not the published paper.
    Paper,
    /// A paper changed beyond texts and dates.
    PaperChanged,
    /// Ballots, sheets and roll.
    Turnout,
    /// A line of a list.
    Token,
    /// Too many tokens for a plan.
    MostPerPlan,
    /// Too many tokens for the ballots.
    MostPerBallot,
    /// Votes and lists.
    Votes,
    /// Whole ballots.
    Ballots,
    /// The lot.
    Lots,
    /// The count.
    Count,
    /// Amounts and pot.
    Pot,
    /// Money and result.
    Money,
    /// The receipt.
    Receipt,
}

impl Wrong {
    /// As printed.
    pub fn key(self) -> &'static str {
        match self {
            Self::Digest => "digest",
            Self::Zip => "zip",
            Self::File => "file",
            Self::Format => "format",
            Self::Paper => "paper",
            Self::PaperChanged => "paper-changed",
            Self::Turnout => "turnout",
            Self::Token => "token",
            Self::MostPerPlan => "most-per-plan",
            Self::MostPerBallot => "most-per-ballot",
            Self::Votes => "votes",
            Self::Ballots => "ballots",
            Self::Lots => "lots",
            Self::Count => "count",
            Self::Pot => "pot",
            Self::Money => "money",
            Self::Receipt => "receipt",
        }
    }
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Kind.
    pub code: Wrong,
    /// A file, a plan, or what was given.
    pub place: String,
    /// In words.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wrong {} {}: {}", self.code.key(), self.place, self.what)
    }
}

/// What a bundle is held against.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The published digest of the bundle.
    pub digest: Option<String>,
    /// The digest of the paper that was published at the opening.
    pub paper: Option<String>,
    /// A receipt, as typed.
    pub receipt: Option<String>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What was looked at, a line each.
    pub looked: Vec<String>,
    /// What is wrong.
    pub wrong: Vec<Finding>,
    /// Winners and what is left, counted again.
    pub recounted: Option<Plain>,
    /// Picks that a receipt found: title, and points or place (1 in other forms).
    pub picks: Vec<(String, u32)>,
}

impl Report {
    fn add(&mut self, code: Wrong, place: impl Into<String>, what: impl Into<String>) {
        self.wrong.push(Finding { code, place: place.into(), what: what.into() });
    }

    fn say(&mut self, line: impl Into<String>) {
        self.looked.push(line.into());
    }

    /// Codes of all that is wrong, each once.
    pub fn codes(&self) -> Vec<Wrong> {
        let mut codes: Vec<Wrong> = self.wrong.iter().map(|f| f.code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

/// Checks a bundle; beside the report whether it could be unpacked at all.
pub fn check(bytes: &[u8], asked: &Asked) -> (Report, bool) {
    let mut report = Report::default();
    let digest = crate::digest(bytes);
    report.say(format!("bundle: {} bytes, digest {digest}", bytes.len()));
    if let Some(published) = &asked.digest
        && published.trim().to_lowercase() != digest
    {
        report.add(Wrong::Digest, "bundle", "this is not the file whose digest was published");
    }
    if asked.digest.is_none() {
        report.say("not compared with a published digest: give --digest");
    }
    let files = match unpack(bytes) {
        Ok(files) => files,
        Err(BadZip::Strange(why, files)) => {
            report.add(Wrong::Zip, "bundle", why);
            files
        }
        Err(BadZip::Unreadable(why)) => {
            report.add(Wrong::Zip, "bundle", why);
            return (report, false);
        }
    };
    let Some(read) = bytes::read(&files, asked, &mut report) else { return (report, true) };
    figures::check(&read, &mut report);
    recounted(&read, &mut report);
    if let Some(receipt) = &asked.receipt {
        find(&read, receipt, &mut report);
    }
    (report, true)
}

fn recounted(read: &bytes::Read, report: &mut Report) {
    // Without receipts the votes are told, not shown; the count must follow from what is told all the same.
    let told = || read.outcome.steps.iter().map(|s| (s.id, s.votes as u64)).collect();
    if !read.facts.receipts {
        report.say("no receipts, so no lists: the votes are told, not shown");
    }
    let lists = if read.facts.receipts { tokens::votes(&read.paper, &read.lists) } else { told() };
    let again =
        recount(&read.paper, read.facts.seed.as_deref(), &lists, read.ballots.as_deref(), &read.facts.withdrawn);
    match again {
        Recount::Done(plain) => {
            report.say(format!("counted again: {} winners, {} cents left", plain.funded.len(), plain.left.0));
            if plain != domain::round::plain::of(&read.outcome) {
                report.add(Wrong::Count, "result.json", "counted again, other plans win, or with other amounts");
            }
            report.recounted = Some(plain);
        }
        Recount::NotPublished => report.say("not counted again: what this rule needs is not published"),
        Recount::Failed(why) => report.add(Wrong::Count, "result.json", why),
    }
    if let Some((plan, why)) = crate::count::verdicts(&read.paper, &read.outcome, &read.facts.withdrawn) {
        report.add(Wrong::Count, format!("plan {plan}"), why);
    }
}

fn find(read: &bytes::Read, typed: &str, report: &mut Report) {
    let Some(receipt) = Receipt::parse(typed) else {
        report.add(Wrong::Receipt, "receipt", "a receipt has 26 letters and figures; one is missing or mistyped");
        return;
    };
    let Some(form) = read.paper.ballot_form() else { return };
    for plan in &read.paper.plans {
        let has = |place, i| {
            let token = receipt.token(&read.paper.round, plan.id, i);
            read.lists.get(&tokens::List { plan: plan.id, place }).is_some_and(|l| l.binary_search(&token).is_ok())
        };
        let found = match form {
            BallotForm::Approval { .. } | BallotForm::Knapsack => u32::from(has(0, 1)),
            BallotForm::Points { each, .. } => (1..=each).take_while(|i| has(0, *i)).count().try_into().unwrap_or(0),
            BallotForm::Ranking { most } => {
                (1..=u32::try_from(most).unwrap_or(0)).find(|place| has(*place, *place)).unwrap_or(0)
            }
        };
        if found > 0 {
            report.picks.push((plan.title.clone(), found));
        }
    }
    if report.picks.is_empty() {
        report.add(Wrong::Receipt, "receipt", "none of its picks is in the lists: mistyped, or of another round");
    }
}
