//! Offering help, changing, pausing and withdrawing an offer.

use crate::initiatives::FormKey;
use crate::limits::{OFFERS, Turns};
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, Denied, Subject, decide};
use domain::form::{Errors, Problem, Raw};
use domain::help::{MOST_OFFERS, Offer, day};
use domain::time::DAY;
use domain::urls;
use store::help::{self as rows, OfferRow};
use store::{Conn, Unit, places};

/// The day (UTC) that was typed; none: empty.
fn until(raw: &Raw) -> Result<Option<i64>, Problem> {
    match raw.get("until").trim() {
        "" => Ok(None),
        typed => texts::local_seconds(&format!("{typed}T12:00")).map(|at| Some(day(at))).ok_or(Problem::NotADate),
    }
}

/// A day as it stands in a field.
pub fn typed_day(day: i64) -> String {
    texts::rfc3339_day(day * DAY + DAY / 2)
}

fn parse(raw: &Raw, today: i64) -> Result<Offer, Errors> {
    Offer::parse(raw, until(raw), today)
}

async fn known_buurt(c: &mut Conn, offer: &Offer) -> Result<(), ActError> {
    match places::buurt_by_id(c, offer.buurt).await? {
        Some(_) => Ok(()),
        None => Err(Errors::one("buurt", Problem::NotAChoice).into()),
    }
}

/// Makes an offer; gives where to go: to the plan it was made for, where there is one.
///
/// # Errors
/// Fields of [`Offer::parse`]; on `offers` beyond [`MOST_OFFERS`]; [`ActError::TooMany`] beyond ten a day.
pub async fn offer(
    world: &World,
    actor: &Actor,
    form: FormKey,
    raw: &Raw,
    plan: Option<i64>,
) -> Result<String, ActError> {
    let (actor, today) = (actor.clone(), day(world.now()));
    decide(Act::OfferHelp, &actor, &Subject::default())?;
    let account = actor.account.ok_or(Denied::SignIn)?;
    let offer = parse(raw, today)?;
    let turns = Turns::of(world, &[(OFFERS, &account.to_string())]);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "offer_help").await?;
                known_buurt(u, &offer).await?;
                // Two forms of one account follow each other, so that they are counted.
                u.lock_exclusive(-6_000_000_000 - account).await?;
                if rows::offers_of_account(u, account).await?.len() >= MOST_OFFERS {
                    return Err(Errors::one("offers", Problem::TooMany(MOST_OFFERS)).into());
                }
                turns.take_in(u).await?;
                let id = rows::add_offer(u, account, &offer, today).await?;
                audit(u, today * DAY, actor.account, "offer_help", ("help_offer", id), "").await?;
                let done = "hulp-aangeboden";
                match plan {
                    Some(id) => form.led_to(u, "offer_help", &urls::InitiativeCanHelp { id }, done, today * DAY).await,
                    None => form.led_to(u, "offer_help", &urls::HelpMine {}, done, today * DAY).await,
                }
            })
        })
        .await
}

/// An offer that the actor may change; others find nothing there.
async fn own(u: &mut Unit, actor: &Actor, id: i64) -> Result<OfferRow, ActError> {
    actor.account.ok_or(Denied::SignIn)?;
    let found = rows::offer(u, id).await?.ok_or(ActError::NotFound)?;
    decide(Act::ChangeOffer, actor, &found.subject()).map_err(|_| ActError::NotFound)?;
    Ok(found)
}

/// Writes one's own offer anew; gives where to go.
///
/// # Errors
/// Fields of [`Offer::parse`]; [`ActError::NotFound`] for another's.
pub async fn change(world: &World, actor: &Actor, form: FormKey, id: i64, raw: &Raw) -> Result<String, ActError> {
    let (actor, today) = (actor.clone(), day(world.now()));
    let parsed = parse(raw, today);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "change_offer").await?;
                own(u, &actor, id).await?;
                let offer = parsed?;
                known_buurt(u, &offer).await?;
                rows::change_offer(u, id, &offer, today).await?;
                audit(u, today * DAY, actor.account, "change_offer", ("help_offer", id), "").await?;
                form.led_to(u, "change_offer", &urls::HelpMine {}, "hulp-bewaard", today * DAY).await
            })
        })
        .await
}

/// Pauses one's own offer, goes on with it, says that it holds, or withdraws it. Field: `act` (`pause`, `resume`, `holds`,
/// `withdraw`). Gives where to go.
///
/// # Errors
/// On `act`; [`ActError::NotFound`] for another's.
pub async fn step(world: &World, actor: &Actor, form: FormKey, id: i64, raw: &Raw) -> Result<String, ActError> {
    let (actor, today) = (actor.clone(), day(world.now()));
    let (act, done) = match raw.get("act") {
        "pause" => ("pause", "hulp-gepauzeerd"),
        "resume" => ("resume", "hulp-hervat"),
        "holds" => ("holds", "hulp-klopt"),
        "withdraw" => ("withdraw", "hulp-weg"),
        _ => return Err(Errors::one("act", Problem::NotAChoice).into()),
    };
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "step_offer").await?;
                let was = own(u, &actor, id).await?;
                match act {
                    "withdraw" => rows::withdraw_offer(u, id).await?,
                    // One whose last day is over needs another day first.
                    "resume" | "holds" if was.offer.until.is_some_and(|last| last < today) => {
                        return Err(Denied::State.into());
                    }
                    _ => rows::set_paused(u, id, act == "pause", today).await?,
                }
                audit(u, today * DAY, actor.account, "step_offer", ("help_offer", id), act).await?;
                form.led_to(u, "step_offer", &urls::HelpMine {}, done, today * DAY).await
            })
        })
        .await
}
