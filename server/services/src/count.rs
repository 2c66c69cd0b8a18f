//! The close, the count and the result. Voting ends by the clock; counting and publishing are steps of their own.

mod json;
pub mod open_data;

pub use json::public_json;

use crate::rounds::{Step, StepForm, frozen, move_plan, return_pot, seeded};
use crate::{ActError, World, audit, ballots, boxkeys, bundles, counting, fail_point, hex, letter, sheets};
use domain::access::Denied;
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{State, TEXT_MAX};
use domain::money::Cents;
use domain::round::{Ballot, Explanation, LotShare, Outcome, Phase, Verdict, count_twice};
use domain::time::{DAY, HOUR};
use rand::seq::SliceRandom as _;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;
use store::ledger::{self, Kind, Transfer};
use store::rounds::{self, Boxed, Round};
use store::{Conn, Unit};

/// Closes every round whose time is over and destroys keys that are done with; gives how many it closed. Run it often.
///
/// # Errors
/// The first that a round met; the others were still tried.
pub async fn close_due(world: &World) -> Result<usize, ActError> {
    let all = rounds::all(&mut world.db.read().await?).await?;
    let (mut closed, mut failed) = (0, None);
    for round in all {
        let outcome = match round.phase {
            Phase::Voting if world.now() >= round.closes_at => close(world, &round, None).await.map(|()| closed += 1),
            Phase::Voting => match ballots::complete_roll(world, &round).await {
                Ok(()) => count_changes_hourly(world, &round).await,
                Err(error) => Err(error),
            },
            // The process may have ended between the commit and the destruction.
            Phase::Counting | Phase::Result | Phase::Stopped => boxkeys::destroy(&boxkeys::round_key(world, round.id)),
            _ => Ok(()),
        };
        match outcome {
            // Another process or an administrator was first.
            Ok(()) | Err(ActError::Denied(Denied::State)) => {}
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(closed), Err)
}

/// Empties the box of a round whose time is over: in one unit pseudonyms go, ballots are shuffled, tokens parted from them.
///
/// # Errors
/// [`Denied::State`] before its time or when it is closed; [`ActError::Broken`] when the round key is missing or wrong.
pub async fn close(world: &World, round: &Round, actor: Option<i64>) -> Result<(), ActError> {
    if round.phase != Phase::Voting || world.now() < round.closes_at {
        return Err(Denied::State.into());
    }
    let path = boxkeys::round_key(world, round.id);
    let key = boxkeys::load(&path, round.key_fingerprint.as_deref())?;
    let (rng, clock, round) = (world.rng.clone(), world.clock.clone(), round.clone());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                u.lock_exclusive(round.id).await?;
                let now = clock.now();
                let round = rounds::by_slug(u, &round.slug).await?.ok_or(ActError::NotFound)?;
                if round.phase != Phase::Voting || now < round.closes_at {
                    return Err(Denied::State.into());
                }
                // Everyone entitled stands on the roll, whether they voted or not.
                if !crate::voters::by_code(&round) {
                    rounds::enrol(u, round.id, round.buurt_id, round.closes_at).await?;
                }
                let voters: BTreeSet<[u8; 32]> =
                    rounds::roll(u, round.id).await?.into_iter().map(|entry| ballots::pseudonym(&key, entry)).collect();
                let all = rounds::box_of(u, round.id).await?;
                let cast = all.len();
                let mut kept: Vec<Boxed> = all
                    .into_iter()
                    .filter(|b| <[u8; 32]>::try_from(b.pseudonym.as_slice()).is_ok_and(|p| voters.contains(&p)))
                    .map(|b| ballots::opened(&key, b))
                    .collect::<Result<_, _>>()?;
                kept.shuffle(&mut *rng.lock().unwrap_or_else(PoisonError::into_inner));
                write_counted(u, round.id, &kept).await?;
                // Who votes on paper stands on the roll too, and has no ballot in the box.
                let paper = rounds::roll_figures(u, round.id).await?.paper;
                let roll = i64::try_from(voters.len()).unwrap_or(i64::MAX).saturating_add(paper);
                if !rounds::close(u, round.id, kept.len(), roll, cast - kept.len(), now).await? {
                    return Err(Denied::State.into());
                }
                count_changes(u, round.id, now).await?;
                rounds::empty_box(u, round.id).await?;
                audit(u, now, actor, "round_close", ("round", round.id), "").await?;
                fail_point::at("close-written");
                Ok::<(), ActError>(())
            })
        })
        .await?;
    fail_point::at("close-committed");
    boxkeys::bury(world, &path).await
}

/// Counts ballots that replaced an earlier one, into the day's counter: looked at once an hour and at the close, so that no
/// cast writes anything else.
async fn count_changes(u: &mut Unit, round: i64, now: i64) -> Result<(), ActError> {
    let counted: i64 =
        rounds::anomalies(u, round).await?.iter().filter(|(kind, ..)| kind == "changed").map(|(.., n)| n).sum();
    let more = rounds::replaced(u, round).await? - counted;
    if more > 0 {
        rounds::count_anomaly(u, round, "changed", now / DAY, more).await?;
    }
    Ok(())
}

/// [`count_changes`] in the first seconds of each hour.
async fn count_changes_hourly(world: &World, round: &Round) -> Result<(), ActError> {
    let (now, id) = (world.now(), round.id);
    if now.rem_euclid(HOUR) >= 10 {
        return Ok(());
    }
    world.db.write(move |u| Box::pin(async move { count_changes(u, id, now).await })).await
}

async fn write_counted(u: &mut Unit, round: i64, kept: &[Boxed]) -> Result<(), ActError> {
    let mut tokens = BTreeSet::new();
    for (position, boxed) in kept.iter().enumerate() {
        rounds::add_counted(u, round, position, &boxed.picks).await?;
        for kept in boxed.tokens.split(',').filter(|p| !p.is_empty()) {
            let token = ballots::read_token(kept)
                .ok_or_else(|| ActError::Broken(format!("a token of round {round} cannot be read")))?;
            tokens.insert(token);
        }
    }
    // Sorted, so that the order of writing tells nothing either.
    for token in &tokens {
        rounds::add_token(u, round, token).await?;
    }
    Ok(())
}

/// Counts by two ways that share nothing; they must agree.
async fn outcome_now(u: &mut Unit, round: &Round) -> Result<Outcome, ActError> {
    let paper = seeded(u, round).await?;
    let withdrawn: Vec<i64> = rounds::plans(u, round.id).await?.iter().filter(|p| p.withdrawn).map(|p| p.id).collect();
    let ballots = counted_ballots(u, round).await?;
    count_twice(&paper, &ballots, &withdrawn).map_err(|e| ActError::Broken(format!("round {}: {e}", round.id)))
}

/// The ballots of a closed round: those of the box in their shuffled order, then the sheets of paper.
pub(crate) async fn counted_ballots(c: &mut Conn, round: &Round) -> Result<Vec<Ballot>, ActError> {
    let mut ballots = rounds::counted(c, round.id)
        .await?
        .iter()
        .map(|picks| Ballot::from_text(picks))
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| ActError::Broken(format!("a counted ballot of round {} cannot be read", round.id)))?;
    ballots.extend(sheets::counted(c, round).await?);
    Ok(ballots)
}

/// What a yes to counting without the sheets that are missing keeps in the place of a digest: both say so, or neither.
const WITHOUT: &str = "zonder";

/// Counts a closed round, once two people said so; a count that is not published yet may be made again, with a reason. The first
/// count closes the paper box and needs the secrets of the lot; `zonder`: sheets of paper that are missing will not come any
/// more.
pub(crate) async fn count(world: &World, round: Round, form: StepForm, raw: &Raw) -> Result<(), ActError> {
    let (act_world, without, sent) = (world.clone(), raw.get("zonder") == "1", raw.clone());
    let why = raw.text("recount", TEXT_MAX).map_err(|p| Errors::one("recount", p));
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.begin(u, Step::Count).await?;
                u.lock_exclusive(round.id).await?;
                // As it stands under the lock: another administrator may have published meanwhile.
                let round = rounds::by_slug(u, &round.slug).await?.ok_or(ActError::NotFound)?;
                if round.phase != Phase::Counting {
                    return Err(Denied::State.into());
                }
                if round.lots && !rounds::lots(u, round.id).await?.iter().all(rounds::Lot::is_settled) {
                    return Err(Errors::one("step", Problem::LotsMissing).into());
                }
                counting::as_shown(u, round.id, &sent).await?;
                sheets::ready(u, &round, without).await?;
                let version = rounds::result(u, round.id).await?.map_or(1, |r| r.version + 1);
                let first = counting::first(u, round.id, version, Step::Count.key()).await?;
                let reason = match &first {
                    Some(first) => first.reason.clone(),
                    None if version > 1 => why?,
                    None => String::new(),
                };
                if !counting::both(
                    u,
                    &round,
                    (version, Step::Count.key(), "step"),
                    (&reason, if without { WITHOUT } else { "" }),
                    &form,
                )
                .await?
                {
                    return counting::asked(u, Step::Count, &round, &form).await;
                }
                sheets::close(&act_world, u, &round, without.then_some(&form)).await?;
                let outcome = serde_json::to_string(&outcome_now(u, &round).await?)
                    .map_err(|e| ActError::Broken(e.to_string()))?;
                rounds::add_result(u, round.id, version, (&outcome, &reason), form.now).await?;
                // Counting again is an answer to what held the result back.
                rounds::settle_disputes(u, round.id, form.who, &reason, form.now).await?;
                fail_point::at("count-written");
                form.end(u, Step::Count, &round).await
            })
        })
        .await?;
    fail_point::at("count-committed");
    Ok(())
}

/// A kept outcome.
///
/// # Errors
/// [`ActError::Broken`] when it cannot be read.
pub fn outcome(result: &rounds::RoundResult) -> Result<Outcome, ActError> {
    serde_json::from_str(&result.outcome)
        .map_err(|e| ActError::Broken(format!("a round's outcome cannot be read: {e}")))
}

/// Publishes the newest count, once two people said so of the same bundle: winners get their money, what is left returns to the
/// share, every plan hears what became of it, and the bundle is out with its digest.
pub(crate) async fn publish(world: &World, round: Round, form: StepForm, raw: &Raw) -> Result<(), ActError> {
    let whole = raw.optional_text("whole", TEXT_MAX).map_err(|p| Errors::one("whole", p));
    let sent = raw.clone();
    let draft = bundles::draft(world, &round, whole.as_deref().unwrap_or_default()).await?;
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.begin(u, Step::PublishResult).await?;
                u.lock_exclusive(round.id).await?;
                // What is out, or stopped, stays so: nobody's yes is touched any more.
                let now = rounds::by_slug(u, &round.slug).await?.ok_or(ActError::NotFound)?;
                if now.phase != Phase::Counting {
                    return Err(Denied::State.into());
                }
                counting::as_shown(u, round.id, &sent).await?;
                whole?;
                let draft = draft.ok_or(Denied::State)?;
                let result = rounds::result(u, round.id).await?.ok_or(Denied::State)?;
                let outcome = outcome(&result)?;
                if rounds::disputes(u, round.id).await?.iter().any(|d| d.settled_at.is_none()) {
                    return Err(Errors::one("step", Problem::HeldBack).into());
                }
                // A plan withdrawn since the count: count again first.
                if outcome != outcome_now(u, &round).await? || draft.version != result.version {
                    return Err(Errors::one("step", Problem::Changed).into());
                }
                let step = (result.version, Step::PublishResult.key(), "step");
                if !counting::both(u, &round, step, (&draft.whole, &draft.digest), &form).await? {
                    return counting::asked(u, Step::PublishResult, &round, &form).await;
                }
                if !rounds::publish_result(u, round.id, result.version, form.now).await?
                    || !rounds::set_phase(u, round.id, Phase::Counting, Phase::Result).await?
                {
                    return Err(Denied::State.into());
                }
                let reserve = outcome.steps.iter().find(|s| s.verdict == Verdict::DidNotFit).map(|s| s.id);
                for step in &outcome.steps {
                    let (to, act) = match step.verdict {
                        Verdict::Funded => {
                            grant(u, &round, step.id, step.granted, &form).await?;
                            continue;
                        }
                        Verdict::Withdrawn => continue,
                        _ if reserve == Some(step.id) => (State::Reserve, "reserve"),
                        _ => (State::NotFunded, "not_funded"),
                    };
                    move_plan(u, step.id, (State::OnBallot, to), act, (form.who, "", None), form.now).await?;
                }
                let left = return_pot(u, &round, "pot_rest", form.who, form.now).await?;
                if left != outcome.left {
                    return Err(ActError::Broken(format!(
                        "the pot of round {} held {} cents after the count, {} were expected",
                        round.id, left.0, outcome.left.0
                    )));
                }
                bundles::put_out(u, &round, &draft, form.now).await?;
                rounds::forget_addresses(u, round.id).await?;
                fail_point::at("result-written");
                form.end(u, Step::PublishResult, &round).await
            })
        })
        .await?;
    fail_point::at("result-committed");
    Ok(())
}

async fn grant(u: &mut Unit, round: &Round, plan: i64, amount: Cents, form: &StepForm) -> Result<(), ActError> {
    let key = format!("granted/{}/{plan}", round.id);
    let (from, to) = (Kind::Pot { round: round.id }, Kind::Reserved { initiative: plan });
    ledger::transfer(
        u,
        &Transfer {
            from,
            to,
            amount,
            reason: "granted",
            reference: &round.slug,
            note: "",
            actor: form.who,
            key: &key,
            at: form.now,
        },
    )
    .await?;
    move_plan(u, plan, (State::OnBallot, State::Funded), "funded", (form.who, "", Some(amount)), form.now).await?;
    let initiative = store::initiatives::get(u, plan).await?.ok_or(ActError::NotFound)?;
    if let Some(author) = store::accounts::get(u, initiative.account_id).await? {
        let values = mail::Values {
            path: domain::urls::Initiative { id: plan }.to_string(),
            title: initiative.title,
            name: author.name,
            ..mail::Values::default()
        };
        letter(u, form.now, "funded", &author.email, &author.lang, &values).await?;
    }
    Ok(())
}

/// The daily counters of a round, summed by kind.
///
/// # Errors
/// The store's.
pub async fn anomaly_sums(c: &mut Conn, round: i64) -> Result<Vec<(String, i64)>, ActError> {
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for (kind, _, count) in rounds::anomalies(c, round).await? {
        *sums.entry(kind).or_default() += count;
    }
    Ok(sums.into_iter().collect())
}

/// The published count of a round with its paper.
pub struct Published {
    /// The round.
    pub round: Round,
    /// The frozen paper.
    pub paper: domain::round::Paper,
    /// The count.
    pub outcome: Outcome,
    /// Why it came out so, once a job has worked that out.
    pub explanation: Option<Explanation>,
    /// When it was published.
    pub published_at: i64,
    /// Codes that were closed for paper, and valid sheets that were counted.
    pub paper_figures: (i64, i64),
    /// What stood out: kind and sum.
    pub anomalies: Vec<(String, i64)>,
    /// Versions of texts and dates.
    pub versions: Vec<rounds::Version>,
    /// The secrets of the lot, where there was one.
    pub lots: Vec<LotShare>,
}

/// Tokens of a round as (plan, place of a ranking or 0, hexadecimal), sorted: many in a large round, so only for who lists them.
///
/// # Errors
/// The store's.
pub async fn tokens(c: &mut Conn, round: i64) -> Result<Vec<(i64, u32, String)>, ActError> {
    let all = rounds::tokens(c, round).await?;
    Ok(all.into_iter().map(|(plan, place, token)| (plan, place, hex(&token))).collect())
}

/// What was published of a round; `None` before its result is out.
///
/// # Errors
/// [`ActError::NotFound`] for no such round.
pub async fn published(c: &mut Conn, slug: &str) -> Result<Option<Published>, ActError> {
    let round = rounds::by_slug(c, slug).await?.ok_or(ActError::NotFound)?;
    let Some(result) = rounds::published_result(c, round.id).await? else { return Ok(None) };
    let Some(published_at) = result.published_at else { return Ok(None) };
    let explanation = crate::explain::explanation(c, round.id, result.version).await?;
    let paper_figures = (rounds::roll_figures(c, round.id).await?.paper, round.paper_turnout.unwrap_or(0));
    let anomalies = anomaly_sums(c, round.id).await?;
    let versions = rounds::versions(c, round.id).await?;
    let lots = rounds::lots(c, round.id).await?.into_iter().map(|lot| lot.share).collect();
    Ok(Some(Published {
        paper: frozen(&round)?,
        outcome: outcome(&result)?,
        explanation,
        published_at,
        paper_figures,
        anomalies,
        versions,
        lots,
        round,
    }))
}
