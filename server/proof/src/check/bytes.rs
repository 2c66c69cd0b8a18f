//! The files of a bundle: there, whole, and readable.

use super::{Asked, Report, Wrong};
use crate::files::{FORMAT, Facts, Index};
use crate::pack::{Files, INDEX};
use crate::tokens::{self, List};
use crate::{papers, whole};
use domain::round::{Ballot, Outcome, Paper};
use domain::tally::Limit;
use std::collections::{BTreeMap, BTreeSet};

/// A bundle, read.
pub struct Read {
    pub facts: Facts,
    pub paper: Paper,
    pub outcome: Outcome,
    pub lists: BTreeMap<List, Vec<[u8; 32]>>,
    pub ballots: Option<Vec<Ballot>>,
    /// Lines of `money.csv` after the head.
    pub money: Vec<(String, Option<i64>, i64)>,
}

fn get<'a>(files: &'a Files, name: &str) -> Option<&'a [u8]> {
    files.iter().find(|(n, _)| n == name).map(|(_, bytes)| bytes.as_slice())
}

/// Reads a JSON file, saying what is wrong.
fn json<T: serde::de::DeserializeOwned>(files: &Files, name: &str, report: &mut Report) -> Option<T> {
    let Some(bytes) = get(files, name) else {
        report.add(Wrong::File, name, "it is missing");
        return None;
    };
    match serde_json::from_slice(bytes) {
        Ok(value) => Some(value),
        Err(e) => {
            report.add(Wrong::Format, name, e.to_string());
            None
        }
    }
}

/// Reads everything; `None` where too little can be read to go on.
pub fn read(files: &Files, asked: &Asked, report: &mut Report) -> Option<Read> {
    let index: Option<Index> = json(files, INDEX, report);
    if let Some(index) = &index {
        indexed(files, index, report);
    }
    let facts: Facts = json(files, "round.json", report)?;
    let paper: Paper = json(files, "paper.json", report)?;
    let outcome: Outcome = json(files, "result.json", report)?;
    if !sane(&paper) {
        report.add(Wrong::Format, "paper.json", "its amounts or numbers are out of this world");
        return None;
    }
    if index.is_some_and(|index| index.round != facts.round) || paper.round != facts.round {
        report.add(Wrong::Format, "round.json", "index, paper and round are of different rounds");
    }
    report.say(format!("round: {} ({}), {} plans, rule {}", facts.title, facts.round, paper.plans.len(), paper.rule));
    of_papers(files, &facts, &paper, asked, report);
    let lists = of_lists(files, &facts, &paper, report);
    let ballots = get(files, "ballots.pb").and_then(|bytes| match whole::read(bytes, &paper) {
        Ok(ballots) => Some(ballots),
        Err(why) => {
            report.add(Wrong::Ballots, "ballots.pb", why);
            None
        }
    });
    let money = money(files, report)?;
    Some(Read { facts, paper, outcome, lists, ballots, money })
}

/// Whether sums over a paper stay within their types.
fn sane(paper: &Paper) -> bool {
    let amount = |c: domain::money::Cents| (0..=Limit::AMOUNT).contains(&c.0);
    let most = [paper.max_picks, paper.points as usize, paper.points_each as usize];
    amount(paper.pot)
        && paper.plans.len() <= Limit::PLANS
        // No ZIP file holds more lists.
        && tokens::lists_of(paper) <= usize::from(u16::MAX)
        && most.iter().all(|n| *n <= Limit::SCORE as usize)
        && paper.plans.iter().all(|p| amount(p.minimum) && amount(p.desired))
}

fn indexed(files: &Files, index: &Index, report: &mut Report) {
    if index.format != FORMAT {
        report.add(Wrong::Format, INDEX, format!("its format is {}, not {FORMAT}", index.format));
    }
    let mut seen = BTreeSet::new();
    for (name, _) in files {
        if !seen.insert(name) {
            report.add(Wrong::Zip, name.as_str(), "it stands twice");
        }
    }
    for entry in &index.files {
        match get(files, &entry.name) {
            None => report.add(Wrong::File, entry.name.as_str(), "it is missing"),
            Some(bytes) if bytes.len() as u64 != entry.bytes => {
                report.add(Wrong::File, entry.name.as_str(), "it is not as long as the index says")
            }
            Some(bytes) if crate::digest(bytes) != entry.sha256 => {
                report.add(Wrong::File, entry.name.as_str(), "its digest is not that of the index")
            }
            Some(_) => {}
        }
    }
    let names = files.iter().map(|(name, _)| name.as_str());
    if names.ne(std::iter::once(INDEX).chain(index.files.iter().map(|e| e.name.as_str()))) {
        report.add(Wrong::File, INDEX, "the files are not those that it names, in its order");
    }
    let known = |name: &str| {
        ["readme.txt", "round.json", "paper.json", "result.json", "explanation.json", "money.csv", "ballots.pb"]
            .contains(&name)
            || name.starts_with("papers/")
            || name.starts_with("tokens/")
    };
    if let Some(entry) = index.files.iter().find(|e| !known(&e.name)) {
        report.add(Wrong::File, entry.name.as_str(), "no such file belongs to a bundle");
    }
}

fn of_papers(files: &Files, facts: &Facts, paper: &Paper, asked: &Asked, report: &mut Report) {
    let digest = get(files, "paper.json").map(crate::digest).unwrap_or_default();
    if digest != facts.paper_sha256 {
        report.add(Wrong::Paper, "paper.json", "its digest is not that of round.json");
    }
    let (last, earlier) = match facts.papers.split_last() {
        Some((last, earlier)) => (Some(last), earlier),
        None => (None, &[][..]),
    };
    if last.is_some_and(|last| last.paper_sha256 != digest) {
        report.add(Wrong::Paper, "paper.json", "it is not the last version");
    }
    let numbers = facts.papers.iter().map(|v| v.version);
    if !numbers.clone().zip(numbers.skip(1)).all(|(a, b)| a < b) {
        report.add(Wrong::Paper, "round.json", "its versions of the paper are out of order");
    }
    if !facts.withdrawn.iter().all(|id| paper.plans.iter().any(|p| p.id == *id)) {
        report.add(Wrong::Format, "round.json", "a withdrawn plan is not on the paper");
    }
    let mut versions = Vec::new();
    let mut opened = digest;
    for (at, version) in earlier.iter().enumerate() {
        let name = format!("papers/{}.json", version.version);
        let Some(older) = json::<Paper>(files, &name, report) else { continue };
        let digest = get(files, &name).map(crate::digest).unwrap_or_default();
        if digest != version.paper_sha256 {
            report.add(Wrong::Paper, name.as_str(), "its digest is not that of round.json");
        }
        if at == 0 {
            opened = digest;
        }
        versions.push((name, older));
    }
    for (name, _) in files.iter().filter(|(name, _)| name.starts_with("papers/")) {
        if !versions.iter().any(|(n, _)| n == name) {
            report.add(Wrong::File, name.as_str(), "round.json knows no such version");
        }
    }
    for (name, older) in &versions {
        if let Some(what) = papers::changed(older, paper) {
            report.add(Wrong::PaperChanged, name.as_str(), format!("{what} changed after the opening"));
        }
    }
    if asked.paper.as_ref().is_some_and(|published| published.trim().to_lowercase() != opened) {
        report.add(Wrong::Paper, "paper", "the paper at the opening is not the one whose digest was published");
    }
}

fn of_lists(files: &Files, facts: &Facts, paper: &Paper, report: &mut Report) -> BTreeMap<List, Vec<[u8; 32]>> {
    let mut lists = BTreeMap::new();
    let expected = if facts.receipts { tokens::lists(paper) } else { Vec::new() };
    for list in &expected {
        let name = list.name();
        let Some(bytes) = get(files, &name) else {
            report.add(Wrong::File, name, "it is missing");
            continue;
        };
        let (tokens, wrong) = tokens::read(bytes);
        if let Some(line) = wrong {
            report.add(Wrong::Token, name, format!("line {line} is no token, or out of order"));
        }
        lists.insert(*list, tokens);
    }
    for (name, _) in files.iter().filter(|(name, _)| name.starts_with("tokens/")) {
        if !expected.iter().any(|list| list.name() == *name) {
            report.add(Wrong::File, name.as_str(), "the paper has no such list");
        }
    }
    if let Some((list, _)) = tokens::twice(&lists) {
        report.add(Wrong::Token, list.name(), "a token stands in two lists, or twice");
    }
    let sum: usize = lists.values().map(Vec::len).sum();
    report.say(format!("tokens: {sum} in {} lists", lists.len()));
    lists
}

fn money(files: &Files, report: &mut Report) -> Option<Vec<(String, Option<i64>, i64)>> {
    let Some(bytes) = get(files, "money.csv") else {
        report.add(Wrong::File, "money.csv", "it is missing");
        return None;
    };
    let mut reader = csv::Reader::from_reader(bytes);
    let head = reader.headers().is_ok_and(|h| h.iter().eq(["what", "plan", "cents"]));
    let mut lines = Vec::new();
    for record in reader.records() {
        let line = record.ok().and_then(|r| {
            let plan = match r.get(1)? {
                "" => None,
                plan => Some(plan.parse().ok()?),
            };
            Some((r.get(0)?.to_owned(), plan, r.get(2)?.parse().ok()?))
        });
        let Some(line) = line else {
            report.add(Wrong::Format, "money.csv", "a line cannot be read");
            return None;
        };
        lines.push(line);
    }
    if !head {
        report.add(Wrong::Format, "money.csv", "its head is not what,plan,cents");
    }
    Some(lines)
}
