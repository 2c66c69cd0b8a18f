//! What follows by itself: reminders, questions after a month and after a year, and what is kept no longer. For the job.

use super::tell_side;
use crate::initiatives::plan;
use crate::{ActError, World, audit, letter, notices};
use domain::help::{ASK_AFTER, KEEP, OUTCOME_AFTER, PAUSE_AFTER, REMIND_AFTER, Side, TELL_AFTER, day};
use domain::notice::Kind;
use domain::time::DAY;
use domain::urls;
use mail::Values;
use store::help as rows;
use store::{Unit, accounts};

/// Does all that is due. What goes wrong with one holds none of the others up.
///
/// # Errors
/// The first that something met.
pub async fn follow_up(world: &World) -> Result<(), ActError> {
    let now = world.now();
    let today = day(now);
    let mut c = world.db.read().await?;
    let remind = rows::unanswered(&mut c, now - REMIND_AFTER, false).await?;
    let tell = rows::unanswered(&mut c, now - TELL_AFTER, true).await?;
    let outcomes = rows::outcome_due(&mut c, now - OUTCOME_AFTER).await?;
    let lapsed = rows::lapsed_offers(&mut c, today - PAUSE_AFTER, today).await?;
    let ask = rows::offers_to_ask(&mut c, today - ASK_AFTER).await?;
    drop(c);
    let mut outcome = world
        .db
        .write(move |u| {
            Box::pin(async move {
                rows::lapse(u).await?;
                Ok::<_, ActError>(rows::forget_old(u, now - KEEP).await?)
            })
        })
        .await;
    for id in lapsed {
        let done = world.db.write(move |u| Box::pin(async move { pause(u, id, today).await })).await;
        outcome = outcome.and(done);
    }
    for id in ask {
        let done = world.db.write(move |u| Box::pin(async move { ask_again(u, id, today, now).await })).await;
        outcome = outcome.and(done);
    }
    for id in remind {
        let done = world.db.write(move |u| Box::pin(async move { remind_of(u, id, now).await })).await;
        outcome = outcome.and(done);
    }
    for id in tell {
        let done = world.db.write(move |u| Box::pin(async move { tell_moderators(u, id, now).await })).await;
        outcome = outcome.and(done);
    }
    for id in outcomes {
        let done = world.db.write(move |u| Box::pin(async move { ask_outcome(u, id, now).await })).await;
        outcome = outcome.and(done);
    }
    outcome
}

/// Nobody said that it holds, or its last day is over.
async fn pause(u: &mut Unit, id: i64, today: i64) -> Result<(), ActError> {
    let due = rows::offer(u, id).await?.is_some_and(|o| {
        !o.paused && (o.asked.is_some_and(|at| at <= today - PAUSE_AFTER) || o.offer.until.is_some_and(|d| d < today))
    });
    if due {
        rows::set_paused(u, id, true, today).await?;
        audit(u, today * DAY, None, "pause_offer", ("help_offer", id), "").await?;
    }
    Ok(())
}

/// Does it still hold, after a year?
async fn ask_again(u: &mut Unit, id: i64, today: i64, now: i64) -> Result<(), ActError> {
    let Some(offer) = rows::offer(u, id).await? else { return Ok(()) };
    if !rows::set_offer_asked(u, id, today).await? {
        return Ok(());
    }
    let Some(to) = accounts::get(u, offer.account).await? else { return Ok(()) };
    let values = Values { path: urls::HelpMine {}.to_string(), name: to.name.clone(), ..Values::default() };
    letter(u, now, "help-holds", &to.email, &to.lang, &values).await?;
    audit(u, today * DAY, None, "ask_offer", ("help_offer", id), "").await?;
    Ok(())
}

async fn remind_of(u: &mut Unit, id: i64, now: i64) -> Result<(), ActError> {
    if !rows::set_reminded(u, id, now).await? {
        return Ok(());
    }
    let Some(x) = rows::introduction(u, id).await? else { return Ok(()) };
    let p = plan(u, x.plan).await?;
    tell_side(u, &p, &x, x.asked_by.other(), "help-remind", now).await?;
    audit(u, now, None, "remind_introduction", ("introduction", id), "").await?;
    Ok(())
}

async fn tell_moderators(u: &mut Unit, id: i64, now: i64) -> Result<(), ActError> {
    if !rows::set_told(u, id, now).await? {
        return Ok(());
    }
    let Some(x) = rows::introduction(u, id).await? else { return Ok(()) };
    let p = plan(u, x.plan).await?;
    notices::tell_desk(u, &p, Kind::HelpWaiting, &format!("introduction {id}"), now).await?;
    audit(u, now, None, "tell_introduction", ("introduction", id), "").await?;
    Ok(())
}

async fn ask_outcome(u: &mut Unit, id: i64, now: i64) -> Result<(), ActError> {
    if !rows::set_outcome_asked(u, id, now).await? {
        return Ok(());
    }
    let Some(x) = rows::introduction(u, id).await? else { return Ok(()) };
    let p = plan(u, x.plan).await?;
    for side in [Side::Helper, Side::Plan] {
        tell_side(u, &p, &x, side, "help-outcome", now).await?;
    }
    audit(u, now, None, "ask_outcome", ("introduction", id), "").await?;
    Ok(())
}
