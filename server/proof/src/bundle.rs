//! Making a bundle. The same contents give the same bytes, whenever and however often it is made.

use crate::files::Facts;
use crate::pack::{Files, pack};
use crate::tokens::{List, lists, written};
use crate::whole;
use domain::round::{Ballot, Explanation, Outcome, Paper};
use std::collections::BTreeMap;

/// The licence of every published file.
pub const LICENCE: &str = "CC0-1.0";

const README: &str = "\
De uitslag van een stemronde, om zelf na te rekenen. Hoe dat gaat staat op de pagina van de uitslag onder 'Reken zelf na', en
op de site bij 'Open data' (/data/narekenen.html). Alles in dit bestand mag iedereen gebruiken (CC0 1.0).

The result of a vote, to count again yourself. How to do so is on the page of the result, and in docs/verify.md of the program.
Everyone may use all that is in this file (CC0 1.0).
";

/// What is published of a round.
#[derive(Clone, Debug)]
pub struct Contents {
    /// `round.json`; what it says of the paper is filled in here.
    pub facts: Facts,
    /// The frozen paper as it was hashed.
    pub paper: String,
    /// Earlier versions since the opening, as they were hashed.
    pub papers: Vec<(i64, String)>,
    /// The result.
    pub outcome: Outcome,
    /// Why it came out so.
    pub explanation: Option<Explanation>,
    /// Tokens by list, sorted.
    pub tokens: BTreeMap<List, Vec<[u8; 32]>>,
    /// Whole ballots, where they are published.
    pub ballots: Option<Vec<Ballot>>,
    /// What was put in the pot, in cents.
    pub pot: i64,
    /// What went to plans, in the order of the result, and back.
    pub granted: Vec<(i64, i64)>,
    /// What went back to the wijk's share.
    pub returned: i64,
}

/// The bundle's bytes.
///
/// # Errors
/// A paper that cannot be read, or what the packer reports.
pub fn bundle(c: &Contents) -> Result<Vec<u8>, String> {
    let paper: Paper = serde_json::from_str(&c.paper).map_err(|e| format!("the paper cannot be read: {e}"))?;
    let json = |what: Result<Vec<u8>, serde_json::Error>| what.map_err(|e| e.to_string());
    let facts = Facts { licence: LICENCE.into(), paper_sha256: crate::digest(c.paper.as_bytes()), ..c.facts.clone() };
    let mut files: Files = vec![
        ("readme.txt".into(), README.into()),
        ("round.json".into(), json(serde_json::to_vec_pretty(&facts))?),
        ("paper.json".into(), c.paper.clone().into_bytes()),
    ];
    files.extend(c.papers.iter().map(|(n, text)| (format!("papers/{n}.json"), text.clone().into_bytes())));
    files.push(("result.json".into(), json(serde_json::to_vec_pretty(&c.outcome))?));
    if let Some(explanation) = &c.explanation {
        files.push(("explanation.json".into(), json(serde_json::to_vec_pretty(explanation))?));
    }
    files.push(("money.csv".into(), money(c)));
    if let Some(ballots) = &c.ballots {
        files.push(("ballots.pb".into(), whole::write(&paper, &facts.buurt, ballots, &facts.withdrawn)));
    }
    if facts.receipts {
        for list in lists(&paper) {
            files.push((list.name(), written(c.tokens.get(&list).into_iter().flatten())));
        }
    }
    pack(&facts.round, &files)
}

fn money(c: &Contents) -> Vec<u8> {
    let mut text = format!("what,plan,cents\npot,,{}\n", c.pot);
    for (plan, cents) in &c.granted {
        text.push_str(&format!("granted,{plan},{cents}\n"));
    }
    text.push_str(&format!("returned,,{}\n", c.returned));
    text.into_bytes()
}
