//! Publishing rounds, opening and stopping them. Setting them up, ballots and counting have files of their own.

mod changes;
mod form;
mod lots;
mod paper;
mod set_up;

pub use changes::{ChangeForm, agree, basis, can_change, paper_now, propose, refuse};
pub use form::RoundForm;
pub(crate) use form::term;
pub use lots::{LOST, colleague_can_lose, give_lot, lose_lot, propose_secret, reveal_lot};
pub use paper::frozen;
pub(crate) use paper::{freeze, seeded};
pub(crate) use set_up::SUMMARY_MAX;
pub use set_up::{Desk, again, desk, look, set_up};

use crate::{ActError, Actor, World, audit, boxkeys, counting, fail_point, once, remember};
use domain::access::{Act, Denied, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{State, TEXT_MAX};
use domain::money::Cents;
use domain::round::Phase;
use store::ledger::{self, Kind, Transfer};
use store::rounds::{self, Round};
use store::{Unit, initiatives};

/// Moves a plan along with its event; [`Denied::State`] when somebody was first.
pub(crate) async fn move_plan(
    u: &mut Unit,
    id: i64,
    (from, to): (State, State),
    act: &str,
    (actor, words, amount): (Option<i64>, &str, Option<Cents>),
    now: i64,
) -> Result<(), ActError> {
    if !initiatives::set_state(u, id, from, to).await? {
        return Err(Denied::State.into());
    }
    let event = initiatives::Event {
        at: now,
        act: act.into(),
        state: to,
        actor_role: "administrator".into(),
        reason: String::new(),
        words: words.into(),
        amount,
        organisation: String::new(),
    };
    Ok(initiatives::add_event(u, id, actor, &event).await?)
}

/// What an administrator can do with a round beside counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The paper can be read.
    Publish,
    /// The paper is frozen; votes are taken as soon as the clock says so.
    Open,
    /// Empty the box after the clock said stop.
    Close,
    /// Count.
    Count,
    /// Publish the count and move the money.
    PublishResult,
    /// Stop it publicly.
    Stop,
}

impl Step {
    /// As in forms; texts are `step-<key>`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Open => "open",
            Self::Close => "close",
            Self::Count => "count",
            Self::PublishResult => "result",
            Self::Stop => "stop",
        }
    }

    /// From a form.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Publish, Self::Open, Self::Close, Self::Count, Self::PublishResult, Self::Stop]
            .into_iter()
            .find(|s| s.key() == key)
    }

    /// What can be done now, the ordinary step first.
    pub fn possible(round: &Round, counted: bool, now: i64) -> Vec<Self> {
        match round.phase {
            Phase::Setup => vec![Self::Publish, Self::Stop],
            Phase::Published if now < round.closes_at => vec![Self::Open, Self::Stop],
            Phase::Published => vec![Self::Stop],
            Phase::Voting if now >= round.closes_at => vec![Self::Close, Self::Stop],
            Phase::Voting => vec![Self::Stop],
            Phase::Counting if counted => vec![Self::PublishResult, Self::Count, Self::Stop],
            Phase::Counting => vec![Self::Count, Self::Stop],
            Phase::Result | Phase::Stopped => Vec::new(),
        }
    }
}

/// The phase as readers should see it: the clock decides, the stored phase may lag behind it.
pub fn shown_phase(round: &Round, now: i64) -> Phase {
    match round.phase {
        Phase::Voting if now < round.opens_at => Phase::Published,
        Phase::Voting if now >= round.closes_at => Phase::Counting,
        phase => phase,
    }
}

/// Does one step of a round. `reason` is asked for stopping alone.
///
/// # Errors
/// [`Denied::State`] when the round is not there (any more); on `reason` when it is missing.
pub async fn step(
    world: &World,
    actor: &Actor,
    slug: &str,
    step: Step,
    raw: &Raw,
    key: String,
    key_actor: String,
) -> Result<(), ActError> {
    let act = if matches!(step, Step::Count | Step::PublishResult) { Act::CountRound } else { Act::RunRound };
    let round = rounds::by_slug(&mut world.db.read().await?, slug).await?.ok_or(ActError::NotFound)?;
    decide(act, actor, &round.subject())?;
    let form = StepForm { who: actor.account, key, key_actor, now: world.now() };
    match step {
        Step::Publish => publish(world, round, form).await,
        Step::Open => open(world, round, form).await,
        Step::Close => crate::count::close(world, &round, form.who).await,
        Step::Count => crate::count::count(world, round, form, raw).await,
        Step::PublishResult => crate::count::publish(world, round, form, raw).await,
        Step::Stop => {
            let reason = raw.text("reason", TEXT_MAX).map_err(|p| Errors::one("reason", p));
            stop(world, round, reason, form).await
        }
    }
}

/// Who sent the step's form, and when.
pub struct StepForm {
    /// Account.
    pub who: Option<i64>,
    /// Idempotency key.
    pub key: String,
    /// Whom the key belongs to.
    pub key_actor: String,
    /// UTC seconds.
    pub now: i64,
}

impl StepForm {
    pub(crate) async fn begin(&self, u: &mut Unit, step: Step) -> Result<(), ActError> {
        once(u, &self.key, step.key(), &self.key_actor).await
    }

    pub(crate) async fn end(&self, u: &mut Unit, step: Step, round: &Round) -> Result<(), ActError> {
        audit(u, self.now, self.who, &format!("round_{}", step.key()), ("round", round.id), "").await?;
        let location = domain::urls::AdminRound { round: round.slug.clone() }.to_string();
        remember(u, &self.key, step.key(), &self.key_actor, &location, self.now).await
    }
}

async fn publish(world: &World, round: Round, form: StepForm) -> Result<(), ActError> {
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.begin(u, Step::Publish).await?;
                if !rounds::set_phase(u, round.id, Phase::Setup, Phase::Published).await? {
                    return Err(Denied::State.into());
                }
                form.end(u, Step::Publish, &round).await
            })
        })
        .await
}

async fn open(world: &World, round: Round, form: StepForm) -> Result<(), ActError> {
    let ready = round.phase == Phase::Published && round.key_fingerprint.is_none() && form.now < round.closes_at;
    // The key is on disk before the unit that leans on it commits.
    let fingerprint = if ready { Some(boxkeys::make(world, &boxkeys::round_key(world, round.id))?) } else { None };
    fail_point::at("open-key-written");
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                // A form that opened it before is led on, even though it can be opened no more.
                form.begin(u, Step::Open).await?;
                let fingerprint = fingerprint.ok_or(Denied::State)?;
                u.lock_exclusive(round.id).await?;
                // As it stands under the lock: texts may have changed meanwhile.
                let round = rounds::by_slug(u, &round.slug).await?.ok_or(ActError::NotFound)?;
                let paper = paper::current(u, &round).await?;
                if paper.plans.is_empty() {
                    return Err(Denied::State.into());
                }
                if round.lots && paper.lots.len() != lots::PARTS {
                    return Err(Errors::one("step", Problem::LotsMissing).into());
                }
                // It was made for the paper before opening: agree on it, or turn it down, first.
                if changes::waits(u, round.id).await? {
                    return Err(Errors::one("step", Problem::Waiting).into());
                }
                crate::settings::keep_unique_limit(u, round.id).await?;
                let (text, digest) = changes::keep_opened(u, round.id, paper, &form).await?;
                if !rounds::open(u, round.id, &text, &digest, &fingerprint, form.now).await? {
                    return Err(Denied::State.into());
                }
                if crate::voters::by_code(&round) {
                    // Nobody could vote: the roll and its codes come first.
                    if rounds::roll_figures(u, round.id).await?.coded == 0 {
                        return Err(Errors::one("step", Problem::Missing).into());
                    }
                } else {
                    rounds::enrol(u, round.id, round.buurt_id, round.closes_at).await?;
                }
                form.end(u, Step::Open, &round).await?;
                fail_point::at("open-written");
                Ok::<_, ActError>(())
            })
        })
        .await?;
    fail_point::at("open-committed");
    Ok(())
}

/// Stops a round, once counted only by two: nobody alone makes a result that does not please go away. Its money goes back to the share, its plans are feasible again, its box is emptied and its key destroyed.
async fn stop(world: &World, round: Round, reason: Result<String, Errors>, form: StepForm) -> Result<(), ActError> {
    let path = boxkeys::round_key(world, round.id);
    let stopped = world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                form.begin(u, Step::Stop).await?;
                u.lock_exclusive(round.id).await?;
                let counted = rounds::result(u, round.id).await?;
                if matches!(round.phase, Phase::Result | Phase::Stopped) {
                    return Err(Denied::State.into());
                }
                let version = counted.as_ref().map_or(0, |result| result.version);
                let reason = match counting::first(u, round.id, version, Step::Stop.key()).await? {
                    Some(first) => first.reason,
                    None => reason?,
                };
                let yes = (version, Step::Stop.key(), "step");
                if counted.is_some() && !counting::both(u, &round, yes, (&reason, ""), &form).await? {
                    counting::asked(u, Step::Stop, &round, &form).await?;
                    return Ok(false);
                }
                if !rounds::stop(u, round.id, round.phase, &reason, form.now).await? {
                    return Err(Denied::State.into());
                }
                rounds::empty_box(u, round.id).await?;
                let path = domain::urls::Round { round: round.slug.clone() }.to_string();
                counting::tell(u, &round, ("round-stopped", path), &reason, form.now).await?;
                rounds::forget_addresses(u, round.id).await?;
                return_pot(u, &round, "pot_stopped", form.who, form.now).await?;
                for plan in rounds::plans(u, round.id).await?.iter().filter(|p| !p.withdrawn) {
                    move_plan(
                        u,
                        plan.id,
                        (State::OnBallot, State::Feasible),
                        "off_ballot",
                        (form.who, &reason, None),
                        form.now,
                    )
                    .await?;
                }
                form.end(u, Step::Stop, &round).await?;
                Ok(true)
            })
        })
        .await?;
    if stopped { boxkeys::bury(world, &path).await } else { Ok(()) }
}

/// What is left in the pot goes back to its share; gives how much.
pub(crate) async fn return_pot(
    u: &mut Unit,
    round: &Round,
    reason: &str,
    actor: Option<i64>,
    now: i64,
) -> Result<Cents, ActError> {
    let pot = Kind::Pot { round: round.id };
    let left = ledger::balance(u, pot).await?;
    if left > Cents::ZERO {
        let key = format!("{reason}/{}", round.id);
        let to = Kind::Share { wijk: round.wijk_id, year: round.year };
        ledger::transfer(
            u,
            &Transfer {
                from: pot,
                to,
                amount: left,
                reason,
                reference: &round.slug,
                note: "",
                actor,
                key: &key,
                at: now,
            },
        )
        .await?;
    }
    Ok(left)
}
