//! Bundles of made-up rounds, for the tests of the verifiers.

use domain::money::Cents;
use domain::round::{Ballot, LotShare, Paper, PaperPlan, Receipt, count_round, explain, lot_digest, lot_seed};
use domain::tally::Bound;
use proof::{Contents, Counted, Facts, LIMIT, List, Lot, PaperVersion, Whole, digest, unique};
use std::collections::BTreeMap;

/// SplitMix64.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((z ^ (z >> 31)) as u128 * u128::from(limit)) >> 64) as u64
    }

    fn receipt(&mut self) -> Receipt {
        let mut bytes = [0; 16];
        bytes.iter_mut().for_each(|b| *b = self.below(256) as u8);
        Receipt::from_bytes(bytes)
    }
}

/// A round with everything that its bundle is made of, and each voter's receipt.
pub struct Made {
    pub contents: Contents,
    pub receipts: Vec<Receipt>,
    pub ballots: Vec<Ballot>,
}

/// The ways that rounds differ.
#[derive(Clone, Copy)]
pub struct Kind {
    pub form: &'static str,
    pub rule: &'static str,
    pub lot: bool,
    pub voters: u64,
    pub plans: u64,
    /// Most points for one plan, or most places; 3 places and 4 points where 0.
    pub most: u32,
    /// The first plan of the paper was withdrawn.
    pub withdrawn: bool,
    pub receipts: bool,
}

impl Kind {
    /// A small round.
    pub fn new() -> Self {
        Self {
            form: "approval",
            rule: "greedy/1",
            lot: false,
            voters: 60,
            plans: 7,
            most: 0,
            withdrawn: false,
            receipts: true,
        }
    }
}

fn paper(dice: &mut Dice, kind: Kind, slug: &str, lots: Vec<String>) -> Paper {
    let plan = |id: u64, dice: &mut Dice| {
        let minimum = 50_000 + 1_000 * dice.below(300) as i64;
        PaperPlan {
            id: 10 + id as i64,
            title: format!("Plan {id}"),
            summary: "Waarom".into(),
            minimum: Cents(minimum),
            desired: Cents(minimum + 1_000 * dice.below(40) as i64),
            ..PaperPlan::default()
        }
    };
    Paper {
        round: slug.into(),
        title: "Buurtbudget".into(),
        pot: Cents(80_000 * kind.plans as i64),
        year: 2008,
        form: kind.form.into(),
        max_picks: if kind.most > 0 { kind.most as usize } else { 3 },
        points: if kind.form == "points" { 6 } else { 0 },
        points_each: match kind.form {
            "points" if kind.most > 0 => kind.most,
            "points" => 4,
            _ => 0,
        },
        weights: if kind.form == "ranking" { "borda".into() } else { String::new() },
        rule: kind.rule.into(),
        ties: if kind.lot { "lot".into() } else { "cost-votes-id".into() },
        lots,
        version: 2,
        opens_at: 1_000,
        closes_at: 2_000,
        plans: (0..kind.plans).map(|id| plan(id, dice)).collect(),
        ..Paper::default()
    }
}

fn ballot(dice: &mut Dice, paper: &Paper) -> Ballot {
    // Some plans are liked more than others, and few ballots are like no other.
    let mut ids: Vec<i64> = paper.plans.iter().map(|p| p.id).collect();
    let likes = (1 + dice.below(3) as usize).min(if paper.form == "points" { 3 } else { paper.max_picks });
    let start = (dice.below(4) * dice.below(4) / 3) as usize;
    ids.rotate_left(start % paper.plans.len());
    let mut picks: Vec<i64> = ids.into_iter().take(likes).collect();
    if paper.form == "knapsack" {
        let cost = |id: &i64| paper.plans.iter().find(|p| p.id == *id).unwrap().minimum;
        let mut left = paper.pot;
        picks.retain(|id| {
            let fits = cost(id) <= left;
            if fits {
                left = left - cost(id);
            }
            fits
        });
    }
    match paper.form.as_str() {
        "points" => {
            let mut given: Vec<(i64, u32)> =
                picks.into_iter().zip([3, 2, 1].map(|p| p.min(paper.points_each))).collect();
            given.sort_unstable();
            Ballot(given)
        }
        "ranking" => Ballot(picks.into_iter().zip(1..).collect()),
        _ => {
            picks.sort_unstable();
            Ballot::of_plans(picks)
        }
    }
}

/// The tokens of a ballot.
pub fn tokens(paper: &Paper, receipt: Receipt, ballot: &Ballot) -> Vec<(List, [u8; 32])> {
    let mut all = Vec::new();
    for (plan, value) in &ballot.0 {
        let (numbers, place) = match paper.form.as_str() {
            "points" => (1..=*value, 0),
            "ranking" => (*value..=*value, *value),
            _ => (1..=1, 0),
        };
        all.extend(numbers.map(|i| (List { plan: *plan, place }, receipt.token(&paper.round, *plan, i))));
    }
    all
}

/// Makes a round.
pub fn made(seed: u64, kind: Kind, slug: &str) -> Made {
    let mut dice = Dice(seed);
    let secrets = [format!("een lang geheim {seed}"), format!("nog een lang geheim {seed}")];
    let mut lots: Vec<LotShare> = if kind.lot {
        secrets.iter().map(|s| LotShare { digest: lot_digest(s), secret: Some(s.clone()) }).collect()
    } else {
        Vec::new()
    };
    lots.sort_by(|a, b| a.digest.cmp(&b.digest));
    let paper = paper(&mut dice, kind, slug, lots.iter().map(|l| l.digest.clone()).collect());
    let ballots: Vec<Ballot> = (0..kind.voters).map(|_| ballot(&mut dice, &paper)).collect();
    let receipts: Vec<Receipt> = ballots.iter().map(|_| dice.receipt()).collect();
    let mut lists: BTreeMap<List, Vec<[u8; 32]>> = BTreeMap::new();
    for (receipt, ballot) in receipts.iter().zip(&ballots) {
        for (list, token) in tokens(&paper, *receipt, ballot) {
            lists.entry(list).or_default().push(token);
        }
    }
    lists.values_mut().for_each(|list| list.sort_unstable());
    if !kind.receipts {
        lists.clear();
    }
    let withdrawn: Vec<i64> = if kind.withdrawn { vec![paper.plans[0].id] } else { Vec::new() };
    let seed = kind.lot.then(|| lot_seed(&lots));
    let drawn = paper.clone().drawn(seed.as_deref().unwrap_or_default());
    let outcome = count_round(&drawn, &ballots, &withdrawn).unwrap();
    let explanation = (kind.voters < 5_000).then(|| explain(&drawn, &ballots, &withdrawn, Bound::default()).unwrap());
    let first = Paper { version: 1, title: "Buurtbudget, tikfout".into(), ..paper.clone() };
    let [first, text] = [first, paper].map(|p| serde_json::to_string(&p).unwrap());
    let version = |version, text: &str| PaperVersion {
        version,
        at: 1_000,
        reason: String::new(),
        paper_sha256: digest(text.as_bytes()),
    };
    let shares = kind.rule.starts_with("equal-shares");
    let facts = Facts {
        round: slug.into(),
        title: "Buurtbudget".into(),
        buurt: "Vogelbuurt".into(),
        papers: vec![version(1, &first), version(2, &text)],
        opened_at: Some(1_000),
        closed_at: Some(2_000),
        counted_at: 3_000,
        counts: vec![Counted { version: 1, at: 3_000, reason: String::new() }],
        roll: kind.voters + 20,
        turnout: kind.voters - 5,
        sheets: 5,
        paper_codes: 5,
        receipts: kind.receipts,
        withdrawn,
        seed,
        lots: lots.into_iter().map(|l| Lot { digest: l.digest, secret: l.secret }).collect(),
        whole_ballots: Whole {
            published: shares,
            unique: if shares { unique(&ballots) } else { [0, 0] },
            limit: if shares { LIMIT } else { [0, 0] },
            reason: if shares { "Iedereen wil het narekenen.".into() } else { String::new() },
        },
        ..Facts::default()
    };
    let contents = Contents {
        facts,
        paper: text,
        papers: vec![(1, first)],
        explanation,
        tokens: lists,
        ballots: shares.then(|| ballots.clone()),
        pot: 80_000 * kind.plans as i64,
        granted: outcome.steps.iter().filter(|s| s.granted.0 > 0).map(|s| (s.id, s.granted.0)).collect(),
        returned: outcome.left.0,
        outcome,
    };
    Made { contents, receipts, ballots }
}

/// The bundle, and what it is held against.
pub fn published(m: &Made) -> (Vec<u8>, proof::Asked) {
    let bytes = proof::bundle(&m.contents).unwrap();
    let paper = m.contents.papers.first().map_or(&m.contents.paper, |(_, text)| text);
    (bytes.clone(), proof::Asked { digest: Some(digest(&bytes)), paper: Some(digest(paper.as_bytes())), receipt: None })
}
