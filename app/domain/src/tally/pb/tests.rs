//! Files made for one rule each.

mod counting;
mod numbers;
mod properties;
mod reading;

use super::{Options, Pb, PbError, Warning, read};
use crate::tally::Election;

/// A small file; `meta` and `votes` are added lines, `votes` with its header.
fn file(meta: &str, projects: &str, votes: &str) -> String {
    format!("META\nkey;value\nbudget;10\nvote_type;approval\n{meta}PROJECTS\n{projects}VOTES\n{votes}")
}

const PLANS: &str = "project_id;cost\na;6\nb;5\nc;4\n";

fn read_text(text: &str) -> Result<Pb, PbError> {
    read(text.as_bytes())
}

fn counted(text: &str) -> Result<(Election, Vec<Warning>), PbError> {
    read_text(text)?.election(&Options::default())
}

fn error(text: &str) -> (u64, String) {
    let error = counted(text).expect_err("it cannot be used");
    (error.line, error.to_string())
}

/// Voters, plans and scores of each group.
type Groups = Vec<(u32, Vec<(u32, u32)>)>;

/// All groups, and what was remarked by reading and counting.
fn ballots(text: &str) -> (Groups, Vec<String>) {
    let pb = read_text(text).expect("it is read");
    let (election, warnings) = pb.election(&Options::default()).expect("it is counted");
    let groups = election.profile.groups().map(|group| (group.voters, group.picks.to_vec())).collect();
    (groups, pb.warnings.iter().chain(&warnings).map(ToString::to_string).collect())
}
