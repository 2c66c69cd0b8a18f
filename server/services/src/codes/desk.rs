//! Letters that are gone: neighbours say so, staff check who asks, revoke, and make a new code.

use super::{hash, new_code};
use crate::limits::LOST_LETTERS;
use crate::rounds::StepForm;
use crate::{ActError, Actor, World, audit, ballots, boxkeys, once, remember};
use domain::access::{Act, Denied, decide};
use domain::form::{Errors, Raw};
use domain::initiative::NAME_MAX;
use domain::round::Phase;
use domain::urls;
use domain::vote_code::VoteCode;
use store::Unit;
use store::rounds::{self, Addressed, Round};

/// What a neighbour says whose letter is gone. Fields: `name`, `address`, `contact` (may be empty).
///
/// # Errors
/// Each field that is wrong; [`Denied::State`] when the round takes no codes or is over; [`ActError::TooMany`].
pub async fn report_lost(world: &World, slug: &str, raw: &Raw, network: &str) -> Result<(), ActError> {
    let round = rounds::by_slug(&mut world.db.read().await?, slug).await?.ok_or(ActError::NotFound)?;
    let running = matches!(round.phase, Phase::Published | Phase::Voting) && world.now() < round.closes_at;
    if !crate::voters::by_code(&round) || !running {
        return Err(Denied::State.into());
    }
    let mut errors = Errors::default();
    let name = errors.take("name", raw.text("name", NAME_MAX)).replace('\n', " ");
    let address = errors.take("address", raw.text("address", 200)).replace('\n', " ");
    let contact = errors.take("contact", raw.optional_text("contact", 200)).replace('\n', " ");
    errors.done()?;
    LOST_LETTERS.count(world, network).await?;
    let now = world.now();
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                Ok::<_, ActError>(rounds::add_request(u, round.id, (&name, &address, &contact), now).await?)
            })
        })
        .await
}

/// How a new code reaches its voter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    /// In a new letter to the roll's address: it gets its code with the next letters.
    Post,
    /// At the desk, at once.
    Desk,
}

/// Revokes the code of an entry after a check of identity, which voids its ballot at once, and makes a new one. Gives the
/// code where it is handed over at the desk.
///
/// # Errors
/// [`ActError::Denied`] without the right there, or when the round is over; [`ActError::NotFound`] for no such entry;
/// [`ActError::Done`] for a form that was sent before: its code was shown once.
async fn reissue_in(
    world: &World,
    u: &mut Unit,
    round: &Round,
    entry: &Addressed,
    handed: Handed,
) -> Result<Option<VoteCode>, ActError> {
    // No cast of this round is under way, and those that wait will see the code gone.
    u.lock_exclusive(round.id).await?;
    if entry.paper {
        return Err(Denied::State.into());
    }
    rounds::revoke_code(u, round.id, entry.entry, "lost").await?;
    void(world, u, round, entry.entry).await?;
    rounds::count_reissue(u, round.id).await?;
    if handed == Handed::Post {
        return Ok(None);
    }
    let code = new_code(world);
    if !rounds::set_code(u, round.id, entry.entry, &hash(world, &code)).await? {
        return Err(Denied::State.into());
    }
    Ok(Some(code))
}

/// Takes the ballot of an entry out of the box, once there is a box.
async fn void(world: &World, u: &mut Unit, round: &Round, entry: i64) -> Result<(), ActError> {
    if round.key_fingerprint.is_none() {
        return Ok(());
    }
    let key = boxkeys::load(&boxkeys::round_key(world, round.id), round.key_fingerprint.as_deref())?;
    rounds::void_boxed(u, round.id, &ballots::pseudonym(&key, entry)).await?;
    Ok(())
}

/// [`reissue_in`] as an act of its own: `request` is answered along with it, where it answers one.
///
/// # Errors
/// As [`reissue_in`].
pub async fn reissue(
    world: &World,
    actor: &Actor,
    slug: &str,
    (entry, request): (i64, Option<i64>),
    handed: Handed,
    form: StepForm,
) -> Result<Option<VoteCode>, ActError> {
    let mut c = world.db.read().await?;
    let round = rounds::by_slug(&mut c, slug).await?.ok_or(ActError::NotFound)?;
    decide(Act::ReissueCode, actor, &round.subject())?;
    let found = rounds::entry(&mut c, round.id, entry).await?.ok_or(ActError::NotFound)?;
    drop(c);
    let running = matches!(round.phase, Phase::Published | Phase::Voting) && world.now() < round.closes_at;
    if !crate::voters::by_code(&round) || !running {
        return Err(Denied::State.into());
    }
    let act_world = world.clone();
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                let act = "reissue_vote_code";
                once(u, &form.key, act, &form.key_actor).await?;
                let code = reissue_in(&act_world, u, &round, &found, handed).await?;
                if let Some(request) = request {
                    let outcome = if handed == Handed::Post { "post" } else { "desk" };
                    rounds::close_request(u, round.id, request, outcome, form.now).await?;
                }
                let how = if handed == Handed::Post { "post" } else { "desk" };
                audit(u, form.now, form.who, act, ("roll_entry", found.entry), how).await?;
                let location = urls::VoteDeskRound { round: round.slug.clone() }.to_string();
                remember(u, &form.key, act, &form.key_actor, &location, form.now).await?;
                Ok(code)
            })
        })
        .await
}

/// Takes a ballot on paper from the voter of an entry, after a check of identity: its code is closed and its ballot in the
/// box void, at once. The sheet goes into the paper box unread and unmarked.
///
/// # Errors
/// [`ActError::Denied`] without the right there, when voting does not run, or when it was done before;
/// [`ActError::NotFound`] for no such entry.
pub async fn accept_paper(
    world: &World,
    actor: &Actor,
    slug: &str,
    entry: i64,
    form: StepForm,
) -> Result<(), ActError> {
    let mut c = world.db.read().await?;
    let round = rounds::by_slug(&mut c, slug).await?.ok_or(ActError::NotFound)?;
    decide(Act::AcceptPaper, actor, &round.subject())?;
    rounds::entry(&mut c, round.id, entry).await?.ok_or(ActError::NotFound)?;
    drop(c);
    if !crate::voters::by_code(&round) {
        return Err(Denied::State.into());
    }
    let act_world = world.clone();
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                let act = "accept_paper";
                once(u, &form.key, act, &form.key_actor).await?;
                u.lock_exclusive(round.id).await?;
                let round = rounds::by_slug(u, &round.slug).await?.ok_or(ActError::NotFound)?;
                let found = rounds::entry(u, round.id, entry).await?.ok_or(ActError::NotFound)?;
                if found.paper || !round.takes_votes(act_world.now()) {
                    return Err(Denied::State.into());
                }
                rounds::revoke_code(u, round.id, entry, "paper").await?;
                void(&act_world, u, &round, entry).await?;
                audit(u, form.now, form.who, act, ("roll_entry", entry), "").await?;
                let location = urls::VoteDeskRound { round: round.slug.clone() }.to_string();
                remember(u, &form.key, act, &form.key_actor, &location, form.now).await
            })
        })
        .await
}

/// Turns a request down: the claim could not be checked.
///
/// # Errors
/// [`ActError::Denied`] without the right there, or when it was answered before.
pub async fn refuse_request(
    world: &World,
    actor: &Actor,
    slug: &str,
    request: i64,
    form: StepForm,
) -> Result<(), ActError> {
    let round = rounds::by_slug(&mut world.db.read().await?, slug).await?.ok_or(ActError::NotFound)?;
    decide(Act::ReissueCode, actor, &round.subject())?;
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                let act = "refuse_code_request";
                once(u, &form.key, act, &form.key_actor).await?;
                if !rounds::close_request(u, round.id, request, "refused", form.now).await? {
                    return Err(Denied::State.into());
                }
                audit(u, form.now, form.who, act, ("code_request", request), "").await?;
                let location = urls::VoteDeskRound { round: round.slug.clone() }.to_string();
                remember(u, &form.key, act, &form.key_actor, &location, form.now).await
            })
        })
        .await
}
