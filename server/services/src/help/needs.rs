//! What a plan asks for, and what fits: offers for its makers, plans for who offers.

use super::lock;
use crate::initiatives::{FormKey, plan};
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, Denied, decide};
use domain::form::{Errors, Problem, Raw};
use domain::help::{MOST_NEEDS, Need, Spot, best, day};
use domain::urls;
use store::Conn;
use store::help::{self as rows, OfferRow};
use store::initiatives::{self as plans, Initiative};

/// Offers that a plan's makers see at once.
const SHOWN: usize = 40;

/// Says what a plan asks for; gives where to go.
///
/// # Errors
/// Fields of [`Need::parse`]; on `kind` beyond [`MOST_NEEDS`]; [`Denied`].
pub async fn add(world: &World, actor: &Actor, form: FormKey, id: i64, raw: &Raw) -> Result<String, ActError> {
    let (actor, now, parsed) = (actor.clone(), world.now(), Need::parse(raw));
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "ask_for_help").await?;
                u.lock_exclusive(lock(id)).await?;
                let p = plan(u, id).await?;
                decide(Act::AskForHelp, &actor, &p.subject())?;
                let need = parsed?;
                if rows::needs_of(u, id).await?.len() >= MOST_NEEDS {
                    return Err(Errors::one("needs", Problem::TooMany(MOST_NEEDS)).into());
                }
                rows::add_need(u, id, &need).await?;
                audit(u, now, actor.account, "ask_for_help", ("initiative", id), "").await?;
                form.led_to(u, "ask_for_help", &urls::InitiativeHelp { id }, "hulp-gevraagd", now).await
            })
        })
        .await
}

/// Does not ask for something any more. Field: `need`. Gives where to go.
///
/// # Errors
/// [`ActError::NotFound`] for what it does not ask for; [`Denied`].
pub async fn drop(world: &World, actor: &Actor, form: FormKey, id: i64, raw: &Raw) -> Result<String, ActError> {
    let (actor, now, need) = (actor.clone(), world.now(), raw.id("need"));
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "drop_need").await?;
                let p = plan(u, id).await?;
                decide(Act::AskForHelp, &actor, &p.subject())?;
                if !rows::remove_need(u, id, need.map_err(|_| ActError::NotFound)?).await? {
                    return Err(ActError::NotFound);
                }
                audit(u, now, actor.account, "drop_need", ("initiative", id), "").await?;
                form.led_to(u, "drop_need", &urls::InitiativeHelp { id }, "hulp-niet-meer", now).await
            })
        })
        .await
}

/// An offer that fits a plan. Nothing here tells who made it.
#[derive(Clone, Debug)]
pub struct Match {
    /// The offer.
    pub offer: OfferRow,
    /// The introduction that its maker and this plan have, if any.
    pub introduction: Option<i64>,
}

fn spot(p: &Initiative) -> Spot {
    Spot { buurt: p.buurt_id, wijk: p.wijk_id }
}

/// Who makes a plan: its owner, co-authors and those whose plans were merged into it.
pub(super) fn makers(p: &Initiative) -> Vec<i64> {
    [p.account_id].into_iter().chain(p.co_authors).chain(p.makers).filter(|id| *id > 0).collect()
}

/// Accounts that are no help from outside.
fn makes(p: &Initiative, account: i64) -> bool {
    p.account_id == account || p.co_authors.contains(&account) || p.makers.contains(&account)
}

/// Offers that fit a plan, the best first, for its makers; none before everybody may read the plan.
///
/// # Errors
/// [`Denied`] for who does not make it, the store's.
pub async fn matches(c: &mut Conn, actor: &Actor, p: &Initiative, now: i64) -> Result<Vec<Match>, ActError> {
    decide(Act::AskForHelp, actor, &p.subject())?;
    if decide(Act::Introduce, actor, &p.subject()).is_err() {
        return Ok(Vec::new());
    }
    let needs: Vec<Need> = rows::needs_of(c, p.id).await?.into_iter().map(|(_, need)| need).collect();
    if needs.is_empty() {
        return Ok(Vec::new());
    }
    let known = rows::introductions_of_plan(c, p.id).await?;
    let offers = rows::candidates(c, spot(p), day(now)).await?;
    let mut fits: Vec<_> = offers
        .into_iter()
        .filter(|o| !makes(p, o.account))
        .filter_map(|o| best(&needs, spot(p), &o.offer, o.spot()).map(|fit| (fit, o)))
        .collect();
    fits.sort_by_key(|(fit, o)| (*fit, o.id));
    let mut found = Vec::new();
    for (_, offer) in fits {
        if found.len() >= SHOWN {
            break;
        }
        if rows::is_stopped_between(c, &makers(p), offer.account).await? {
            continue;
        }
        let introduction = known.iter().find(|x| x.helper == Some(offer.account)).map(|x| x.id);
        found.push(Match { offer, introduction });
    }
    Ok(found)
}

/// Whether an offer fits what a plan asks for.
pub(super) async fn fits(c: &mut Conn, p: &Initiative, o: &OfferRow) -> Result<bool, ActError> {
    let needs: Vec<Need> = rows::needs_of(c, p.id).await?.into_iter().map(|(_, need)| need).collect();
    Ok(!makes(p, o.account) && best(&needs, spot(p), &o.offer, o.spot()).is_some())
}

/// Who may offer help to a plan: nobody who makes it.
pub(super) fn from_outside(actor: &Actor, p: &Initiative) -> Result<i64, ActError> {
    let account = actor.account.ok_or(Denied::SignIn)?;
    if makes(p, account) { Err(Denied::NotYours.into()) } else { Ok(account) }
}

/// Plans that ask for what an account offers, the best first, without those it was introduced to or asked about.
///
/// # Errors
/// [`Denied::SignIn`]; the store's.
pub async fn asked_of(c: &mut Conn, actor: &Actor, now: i64) -> Result<Vec<(Initiative, Vec<Need>)>, ActError> {
    let account = actor.account.ok_or(Denied::SignIn)?;
    let today = day(now);
    let mut offers = rows::offers_of_account(c, account).await?;
    offers.retain(|o| o.is_open(today));
    if offers.is_empty() {
        return Ok(Vec::new());
    }
    let mut fits = Vec::new();
    for rows::Asking { plan: id, spot, needs } in rows::asking_plans(c, 300).await? {
        let fit = offers.iter().filter_map(|o| best(&needs, spot, &o.offer, o.spot())).min();
        let Some(fit) = fit else { continue };
        let Some(p) = plans::get(c, id).await?.filter(|p| !makes(p, account)) else { continue };
        let known = rows::introduction_between(c, id, account).await?.is_some();
        if !known && !rows::is_stopped_between(c, &makers(&p), account).await? {
            fits.push((fit, p, needs));
        }
    }
    fits.sort_by_key(|(fit, p, _)| (*fit, std::cmp::Reverse(p.id)));
    Ok(fits.into_iter().take(20).map(|(_, p, needs)| (p, needs)).collect())
}
