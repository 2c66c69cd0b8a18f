//! The `.pb` reader and writer against real files.

mod pabulib;

use domain::tally::Election;
use domain::tally::pb::{self, Options, Pb, PbError, PbErrorKind, WarningKind};
use std::fs::{File, read_dir};
use std::io::BufReader;
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = read_dir(folder).expect("the folder can be listed");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "pb"));
    files.sort();
    files
}

fn read(path: &Path) -> Result<Pb, PbError> {
    pb::read(BufReader::new(File::open(path).expect("the file opens")))
}

/// Reads what writing gives, and compares it with what was written.
fn round_trip(pb: &Pb) -> Pb {
    let mut bytes = Vec::new();
    pb::write(pb, &mut bytes).expect("a vector takes all");
    let again = pb::read(bytes.as_slice()).expect("what was written is read");
    assert!(again == *pb, "written and read again, it is another");
    again
}

/// Real files are odd in these ways, and in no other.
fn is_known(kind: &WarningKind) -> bool {
    use WarningKind::{Bound, More, PlanTwice, SumDiffers, VoterTwice};
    matches!(kind, VoterTwice { .. } | PlanTwice(_) | Bound { .. } | SumDiffers { .. } | More { .. })
}

#[test]
fn every_real_election_is_read_and_survives_writing() {
    let Some(folder) = pabulib::folder() else { return };
    let files = files(&folder.join("elections"));
    assert!(files.len() >= 80, "only {} elections", files.len());
    for path in files {
        let name = path.display();
        let pb = read(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (election, warnings) = pb.election(&Options::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(election.plans.len(), pb.projects.len(), "{name}");
        assert_eq!(election.profile.voters(), pb.votes.len() as u64, "{name}");
        for warning in pb.warnings.iter().chain(&warnings) {
            assert!(is_known(&warning.kind), "{name}: {warning}");
        }
        let (again, _) = round_trip(&pb).election(&Options::default()).expect("as before");
        assert!(again == election, "{name}: another election");
    }
}

#[test]
fn every_edge_file_gives_what_is_written_down_for_it() {
    let Some(folder) = pabulib::folder() else { return };
    let mut seen = 0;
    for path in files(&folder.join("edge")) {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_string();
        let pb = read(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let outcome = pb.election(&Options::default());
        round_trip(&pb);
        seen += 1;
        if name == "unknown_id" {
            let error = outcome.expect_err("no such plan");
            assert_eq!((error.line, error.field.as_str()), (18, "vote"));
            assert_eq!(error.kind, PbErrorKind::UnknownPlan("zz".into()));
            continue;
        }
        let (election, warnings) = outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
        let remarks: Vec<String> = warnings.iter().map(|w| format!("{}: {}", w.line, topic(&w.kind))).collect();
        let (picks, expected) = expected(&name).unwrap_or_else(|| panic!("{name} is new: say what it gives"));
        assert_eq!(remarks, expected, "{name}");
        assert_eq!(figures(&election), picks, "{name}");
    }
    assert!(seen >= 18, "only {seen} edge files");
}

fn topic(kind: &WarningKind) -> &'static str {
    match kind {
        WarningKind::VoterTwice { .. } => "voter twice",
        WarningKind::PlanTwice(_) => "plan twice",
        WarningKind::NoneVote => "none",
        WarningKind::Bound { bound, .. } => bound,
        WarningKind::SumDiffers { .. } => "other sum",
        _ => "another",
    }
}

/// Budget, decimals, voters, and votes by plan.
fn figures(election: &Election) -> (i64, u32, u64, Vec<u64>) {
    let mut votes = vec![0; election.plans.len()];
    for group in election.profile.groups() {
        for (plan, _) in group.picks {
            votes[*plan as usize] += u64::from(group.voters);
        }
    }
    (election.budget, election.decimals, election.profile.voters(), votes)
}

type Expected = ((i64, u32, u64, Vec<u64>), Vec<&'static str>);

fn expected(name: &str) -> Option<Expected> {
    let (budget, decimals, voters, votes, warnings): (_, _, _, &[u64], &[&'static str]) = match name {
        "add1_start" => (10, 0, 3, &[2, 1], &[]),
        "cost_gt_budget" => (10, 0, 4, &[4, 1, 1], &[]),
        "dd" => {
            let votes = &[124, 120, 107, 51, 42, 37, 31, 20, 14, 11];
            (190_476, 0, 175, votes, &["21: other sum", "24: other sum", "25: other sum"])
        }
        "dup_in_vote" => (10, 0, 3, &[1, 2], &["18: plan twice"]),
        "dupvoter" => (10, 0, 2, &[2], &["18: voter twice"]),
        "empty_ballot" => (10, 0, 4, &[2, 1], &[]),
        "float_full" => (100_000, 0, 11, &[11, 0], &[]),
        "frac_cost" => (100, 1, 2, &[1, 1], &[]),
        "js_cmp" => (10, 0, 10, &[4, 3, 3], &[]),
        "lexico" => (10, 0, 2, &[2, 2, 2], &[]),
        "max_len" => (10, 0, 2, &[1, 2], &["19: max_length"]),
        "none_ballot" => (10, 0, 2, &[1], &["18: none"]),
        "u2028" | "voterid_votes" => (10, 0, 2, &[1, 1], &[]),
        "whitespace" => (10, 0, 2, &[2, 1], &[]),
        "zero_cost" => (10, 0, 2, &[1, 2, 0], &[]),
        "zero_votes" => (10, 0, 2, &[2, 0], &[]),
        _ => return None,
    };
    Some(((budget, decimals, voters, votes.to_vec()), warnings.to_vec()))
}
