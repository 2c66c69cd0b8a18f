//! When a decision can be undone no more: it takes effect, shows and is mailed together. Its time is that of the tap.

use super::Decision;
use crate::initiatives::{FormKey, move_on, plan, step, tell_at};
use crate::{ActError, World, audit, letter, notices};
use domain::access::{Act, Actor, Denied, decide};
use domain::initiative::State;
use domain::notice::Kind;
use domain::urls;
use mail::Values;
use store::Unit;
use store::accounts;
use store::initiatives::{self as rows, Event, Initiative, Pending};

/// Carries a decision out in its unit. One whose plan was changed, taken back or answered meanwhile lapses: the plan waits on.
pub(super) async fn take(u: &mut Unit, pending: &Pending, now: i64) -> Result<(), ActError> {
    let id = pending.initiative;
    // One after the other, whoever handles the plan.
    rows::hold(u, id).await?;
    if !rows::remove_pending(u, id).await? {
        return Ok(());
    }
    let decision: Decision = serde_json::from_str(&pending.decision)
        .map_err(|e| ActError::Broken(format!("the decision on plan {id} cannot be read: {e}")))?;
    let p = plan(u, id).await?;
    let (to, act, mail) = match &decision {
        Decision::Publish(_) => (State::Published, "published", "published"),
        Decision::Return(_) => (State::Returned, "returned", "returned"),
        Decision::Reject(..) => (State::Rejected, "rejected", "rejected"),
        Decision::Refer(..) => (State::Rejected, "referred", "referred"),
        // A plan that is public stays so while both sides are asked.
        Decision::Merge(..) if p.state.is_public() => (p.state, "merge_asked", "merge-asked"),
        Decision::Merge(..) => (State::Returned, "merge_asked", "merge-asked"),
        Decision::Split(_) => (State::Returned, "split_asked", "split-asked"),
        Decision::Programme(_) | Decision::Supporter(_) => return Ok(()),
    };
    let stays = to == p.state && matches!(decision, Decision::Merge(..));
    let mut lapses = p.version != pending.version || !(stays || p.state.next().contains(&to));
    if let Decision::Merge(into, words) = &decision {
        lapses = lapses || !crate::merges::ask(u, &p, *into, words, &pending.organisation, now).await?;
    }
    if lapses {
        return lapsed(u, &p, pending, now).await;
    }
    if !stays {
        move_on(u, &p, to).await?;
    }
    rows::set_replied(u, id, pending.tapped_at, &pending.organisation).await?;
    if to == State::Published {
        rows::set_published(u, id, now).await?;
    }
    let (reason, words) = match decision {
        Decision::Reject(reason, words) => (reason, words),
        Decision::Refer(to, whom, words) => (to, format!("{whom}\n\n{words}")),
        Decision::Publish(words) | Decision::Return(words) | Decision::Merge(_, words) | Decision::Split(words) => {
            (String::new(), words)
        }
        Decision::Programme(_) | Decision::Supporter(_) => Default::default(),
    };
    let event = Event {
        reason: reason.clone(),
        words: words.clone(),
        organisation: pending.organisation.clone(),
        ..step(pending.tapped_at, act, to, &pending.role)
    };
    rows::add_event(u, id, Some(pending.actor), &event).await?;
    let quoted = |lang| match act {
        "rejected" => format!("{}\n\n{words}", texts::t(lang, &format!("reject-{reason}"))),
        "referred" => format!("{}: {words}", texts::t(lang, &format!("refer-{reason}"))),
        _ => words.clone(),
    };
    let path = match act {
        "merge_asked" => urls::InitiativeMerge { id }.to_string(),
        "split_asked" => urls::InitiativeSplit { id }.to_string(),
        _ => urls::Initiative { id }.to_string(),
    };
    tell_at(u, &p, mail, &path, quoted, now).await?;
    if act == "published" {
        let event = notices::event(u, id).await?;
        notices::tell_staff(u, &p, Kind::ToJudge, &event, now).await?;
    }
    Ok(())
}

/// A decision comes to nothing, because the plan is not what was read: whoever took it hears so.
async fn lapsed(u: &mut Unit, p: &Initiative, pending: &Pending, now: i64) -> Result<(), ActError> {
    audit(u, now, None, "decision_lapsed", ("initiative", p.id), &pending.act).await?;
    // What was withdrawn, or answered by others, waits for nobody.
    if !matches!(p.state, State::Submitted | State::Returned | State::Published) {
        return Ok(());
    }
    let Some(to) = accounts::get(u, pending.actor).await? else { return Ok(()) };
    let values = Values {
        path: urls::ModerationCase { id: p.id }.to_string(),
        title: p.title.clone(),
        name: to.name.clone(),
        ..Values::default()
    };
    Ok(letter(u, now, "decision-lapsed", &to.email, &to.lang, &values).await?)
}

/// Its submitter changed a plan: a decision that waits to take effect was about what is no more.
///
/// # Errors
/// The store's.
pub(crate) async fn changed(u: &mut Unit, id: i64, now: i64) -> Result<(), ActError> {
    let Some(pending) = rows::pending(u, id).await? else { return Ok(()) };
    if rows::remove_pending(u, id).await? {
        let p = plan(u, id).await?;
        lapsed(u, &p, &pending, now).await?;
    }
    Ok(())
}

/// Carries out what can be undone no more; for the job.
///
/// # Errors
/// The store's.
pub async fn carry_out(world: &World) -> Result<(), ActError> {
    let now = world.now();
    let due = rows::due_pending(&mut world.db.read().await?, now).await?;
    let mut failed = Ok(());
    for pending in due {
        // One that cannot be carried out holds nobody else's up.
        let done = world.db.write(move |u| Box::pin(async move { take(u, &pending, now).await })).await;
        failed = failed.and(done);
    }
    failed
}

/// Takes a decision back before it takes effect: the clock of the plan never stopped. Gives where to go.
///
/// # Errors
/// [`ActError::Denied`] at another desk, or when it took effect.
pub async fn undo(world: &World, actor: &Actor, form: FormKey, id: i64) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "undo_decision").await?;
                rows::hold(u, id).await?;
                let p = plan(u, id).await?;
                decide(Act::UndoDecision, &actor, &p.subject())?;
                let pending = rows::pending(u, id).await?.filter(|pending| pending.effective_at > now);
                let Some(pending) = pending else { return Err(Denied::State.into()) };
                if !rows::remove_pending(u, id).await? {
                    return Err(Denied::State.into());
                }
                audit(u, now, actor.account, "undo_decision", ("initiative", id), &pending.act).await?;
                form.led_to(u, "undo_decision", &urls::ModerationCase { id }, "teruggedraaid", now).await
            })
        })
        .await
}
