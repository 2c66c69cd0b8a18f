//! The bundle that everyone can check: drawn up when two people look at the result, put out with it, kept byte for byte.

use crate::count::{counted_ballots, outcome};
use crate::{ActError, World, counting, rounds::Step};
use domain::round::{BallotForm, Outcome, Phase, Verdict, lot_seed, procedure};
use proof::{Contents, Counted, Facts, List, Lot, PaperVersion, Whole};
use std::collections::{BTreeMap, HashMap};
use store::rounds::{self, Round, VersionState};
use store::{Conn, Unit};

/// A bundle as it would be put out.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Version of the count.
    pub version: i64,
    /// Why whole ballots are in it although many are like no other; empty otherwise.
    pub whole: String,
    /// Whole ballots are in it.
    pub is_whole: bool,
    /// Its digest.
    pub digest: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Draft {
    fn kept(&self, now: i64) -> rounds::Bundle {
        let length = i64::try_from(self.bytes.len()).unwrap_or(i64::MAX);
        let (digest, whole_reason) = (self.digest.clone(), self.whole.clone());
        rounds::Bundle { digest, length, made_at: now, whole: self.is_whole, whole_reason }
    }
}

/// How a round stands with whole ballots: only rules that do not add up ask for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WholeBallots {
    /// The rule cannot be recounted without them.
    pub needed: bool,
    /// Ballots like no other, of how many.
    pub unique: [u64; 2],
    /// How many are few enough, of how many.
    pub limit: [u64; 2],
    /// That is few enough.
    pub within: bool,
}

/// How a counted round stands with whole ballots.
///
/// # Errors
/// The store's; ballots or a paper that cannot be read.
pub async fn whole_ballots(c: &mut Conn, round: &Round) -> Result<WholeBallots, ActError> {
    let paper = crate::rounds::frozen(round)?;
    let needed = procedure(&paper.drawn("")).is_ok_and(|p| !p.is_greedy());
    if !needed {
        return Ok(WholeBallots { needed, unique: [0, 0], limit: [0, 0], within: false });
    }
    let limit = crate::settings::unique_limit(c, Some(round.id)).await?;
    let unique = proof::unique(&counted_ballots(c, round).await?);
    Ok(WholeBallots { needed, unique, limit, within: unique[0] * limit[1] <= limit[0] * unique[1] })
}

/// The bundle of the newest count; `None` before there is one. `whole`: why whole ballots are published above the limit; what the
/// first of two said goes before it.
///
/// # Errors
/// The store's; [`ActError::Broken`] for rows that cannot be read.
pub async fn draft(world: &World, round: &Round, whole: &str) -> Result<Option<Draft>, ActError> {
    // The bundle says why a plan lost: worked out now, where the job has not come to it yet.
    crate::explain::explain_round(world, &round.slug).await?;
    let mut c = world.db.read().await?;
    let Some(result) = rounds::result(&mut c, round.id).await? else { return Ok(None) };
    let round = rounds::by_slug(&mut c, &round.slug).await?.ok_or(ActError::NotFound)?;
    let first = counting::first(&mut c, round.id, result.version, Step::PublishResult.key()).await?;
    let whole = first.map_or_else(|| whole.to_owned(), |first| first.reason);
    let (contents, whole) = contents(&mut c, &round, &result, whole).await?;
    let is_whole = contents.ballots.is_some();
    drop(c);
    let packed = tokio::task::spawn_blocking(move || proof::bundle(&contents)).await;
    let broken = |why: String| ActError::Broken(format!("the bundle of round {} cannot be made: {why}", round.id));
    let bytes = packed.map_err(|e| broken(e.to_string()))?.map_err(broken)?;
    Ok(Some(Draft { version: result.version, whole, is_whole, digest: proof::digest(&bytes), bytes }))
}

async fn contents(
    c: &mut Conn,
    round: &Round,
    result: &rounds::RoundResult,
    whole: String,
) -> Result<(Contents, String), ActError> {
    let outcome = outcome(result)?;
    let stands = whole_ballots(c, round).await?;
    let whole = if stands.needed && !stands.within { whole } else { String::new() };
    let published = stands.needed && (stands.within || !whole.is_empty());
    let ballots = if published { Some(counted_ballots(c, round).await?) } else { None };
    let versions = rounds::versions(c, round.id).await?.into_iter().filter(|v| v.state == VersionState::Agreed);
    let papers: Vec<PaperVersion> = versions
        .filter_map(|v| {
            Some(PaperVersion { version: v.version, at: v.decided_at?, reason: v.reason, paper_sha256: v.digest? })
        })
        .collect();
    let mut earlier = Vec::new();
    for version in papers.iter().rev().skip(1).rev() {
        let text = rounds::version_paper(c, round.id, version.version).await?;
        earlier.push((version.version, text.ok_or_else(|| ActError::Broken("a paper is missing".into()))?));
    }
    let mut lots: Vec<_> = rounds::lots(c, round.id).await?.into_iter().map(|lot| lot.share).collect();
    lots.sort_by(|a, b| a.digest.cmp(&b.digest));
    let counted = |n: Option<i64>| n.and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
    let unique = (stands.unique, stands.limit);
    let counts = rounds::counts(c, round.id).await?.into_iter();
    let facts = Facts {
        round: round.slug.clone(),
        title: round.title.clone(),
        buurt: round.buurt.clone(),
        papers,
        opened_at: round.opened_at,
        closed_at: round.closed_at,
        counted_at: result.counted_at,
        counts: counts.map(|(version, at, reason)| Counted { version, at, reason }).collect(),
        roll: counted(round.roll_size),
        turnout: counted(round.turnout),
        sheets: counted(round.paper_turnout),
        paper_codes: counted(Some(rounds::roll_figures(c, round.id).await?.paper)),
        stray: counted(round.stray),
        codes_reissued: counted(Some(round.codes_reissued)),
        anomalies: crate::count::anomaly_sums(c, round.id).await?.into_iter().collect(),
        receipts: round.receipts,
        withdrawn: outcome.steps.iter().filter(|s| s.verdict == Verdict::Withdrawn).map(|s| s.id).collect(),
        seed: (round.lots && !lots.is_empty()).then(|| lot_seed(&lots)),
        lots: lots.into_iter().map(|l| Lot { digest: l.digest, secret: l.secret }).collect(),
        whole_ballots: Whole { published, unique: unique.0, limit: unique.1, reason: whole.clone() },
        ..Facts::default()
    };
    let paper = round.paper.clone().ok_or_else(|| ActError::Broken(format!("round {} has no paper", round.id)))?;
    Ok((
        Contents {
            facts,
            paper,
            papers: earlier,
            explanation: crate::explain::explanation(c, round.id, result.version).await?,
            tokens: tokens(c, round).await?,
            ballots,
            pot: round.pot.0,
            granted: granted(&outcome),
            returned: outcome.left.0,
            outcome,
        },
        whole,
    ))
}

fn granted(outcome: &Outcome) -> Vec<(i64, i64)> {
    outcome.steps.iter().filter(|s| s.verdict == Verdict::Funded).map(|s| (s.id, s.granted.0)).collect()
}

async fn tokens(c: &mut Conn, round: &Round) -> Result<BTreeMap<List, Vec<[u8; 32]>>, ActError> {
    let mut lists: BTreeMap<List, Vec<[u8; 32]>> = BTreeMap::new();
    let ranked = matches!(round.form, BallotForm::Ranking { .. });
    for (plan, place, token) in rounds::tokens(c, round.id).await? {
        let token = token.try_into().map_err(|_| ActError::Broken(format!("a token of round {}", round.id)))?;
        lists.entry(List { plan, place: if ranked { place } else { 0 } }).or_default().push(token);
    }
    lists.values_mut().for_each(|list| list.sort_unstable());
    Ok(lists)
}

/// Puts a bundle out, with a mail to everyone who asked for it. The ledger must have moved what the bundle says.
///
/// # Errors
/// [`ActError::Broken`] when it has not.
pub(crate) async fn put_out(u: &mut Unit, round: &Round, draft: &Draft, now: i64) -> Result<(), ActError> {
    let outcome = outcome(&rounds::result(u, round.id).await?.ok_or(ActError::NotFound)?)?;
    let mut moved: HashMap<Option<i64>, i64> = HashMap::new();
    for (reason, plan, cents) in rounds::pot_moves(u, round.id).await? {
        if reason == "granted" || reason == "pot_rest" {
            *moved.entry(plan).or_default() -= cents;
        }
    }
    let told = granted(&outcome).into_iter().map(|(plan, cents)| (Some(plan), cents)).chain([(None, outcome.left.0)]);
    if !told.clone().all(|(plan, cents)| moved.get(&plan).copied().unwrap_or(0) == cents)
        || moved.values().sum::<i64>() != told.map(|(_, cents)| cents).sum::<i64>()
    {
        return Err(ActError::Broken(format!("the money of round {} did not move as its bundle says", round.id)));
    }
    rounds::add_bundle(u, (round.id, draft.version), &draft.kept(now), &draft.bytes).await?;
    let path = domain::urls::RoundResult { round: round.slug.clone() }.to_string();
    counting::tell(u, round, ("round-result", path), &draft.digest, now).await
}

/// Makes bundles of results that were published before there were any; gives how many.
///
/// # Errors
/// The first that could not be made.
pub async fn bundle_old(world: &World) -> Result<usize, ActError> {
    let due = rounds::unbundled(&mut world.db.read().await?).await?;
    let mut made = 0;
    for slug in due {
        let Some(round) = rounds::by_slug(&mut world.db.read().await?, &slug).await? else { continue };
        let Some(draft) = draft(world, &round, "").await?.filter(|_| round.phase == Phase::Result) else { continue };
        let (id, now) = (round.id, world.now());
        let kept = world.db.write(move |u| {
            Box::pin(async move {
                let put = rounds::add_bundle(u, (id, draft.version), &draft.kept(now), &draft.bytes).await?;
                Ok::<_, ActError>(put)
            })
        });
        made += usize::from(kept.await?);
    }
    Ok(made)
}
