//! Offering help, and one's own offers.

use super::{asking, card, flash, intro_row};
use crate::address::{Path, Query};
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::key;
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::access::{Act, Denied, decide};
use domain::form::{Errors, Raw};
use domain::help::{Side, day};
use domain::urls;
use pages::help::form::OfferForm;
use pages::help::mine::{HelpMineView, OwnOffer};
use serde::Deserialize;
use services::{ActError, help as acts};
use store::help as rows;
use store::initiatives as plans;

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::HelpNew>(), get(start).post(send))
        .route(at::<urls::HelpMine>(), get(mine))
        .route(at::<urls::HelpOffer>(), get(change_page).post(change))
        .route(at::<urls::HelpOfferStep>(), post(step).get(back))
}

async fn back(visit: Visit, Path(_): Path<urls::HelpOfferStep>) -> Response {
    see_other(&visit.ctx.url(&urls::HelpMine {}))
}

#[derive(Deserialize)]
struct Asked {
    plan: Option<i64>,
}

/// Whether the reader may offer help; others see what signing in is for.
fn known(visit: &Visit) -> bool {
    decide(Act::OfferHelp, &visit.actor, &domain::access::Subject::default()).is_ok()
}

/// The form with what was typed.
async fn page(
    app: &App,
    visit: &Visit,
    (mut typed, errors): (Raw, Errors),
    (plan, offer): (Option<i64>, Option<i64>),
    carried: bool,
) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let buurten = store::places::buurten(&mut c).await.or_fault(visit)?;
    if offer.is_none() && errors.0.is_empty() {
        let chosen = buurten.iter().find(|b| visit.chosen_buurt.as_deref() == Some(b.slug.as_str())).map(|b| b.id);
        if let Some(id) = visit.actor.resident_of.or(chosen).filter(|_| typed.get("buurt").is_empty()) {
            typed.set("buurt", id.to_string());
        }
    }
    let mut about = None;
    if let Some(id) = plan {
        let p = plans::get(&mut c, id).await.or_fault(visit)?;
        about = p.filter(|p| p.state.is_public()).map(|p| (p.id, p.title));
    }
    drop(c);
    let data = OfferForm {
        typed,
        errors,
        buurten: buurten.into_iter().map(|b| (b.id.to_string(), b.name)).collect(),
        known: known(visit),
        carried,
        plan: about,
        offer,
    };
    Ok(show(visit, status, move |ctx| pages::help::form::form(ctx, &data)).await)
}

async fn start(visit: Visit, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    page(&app, &visit, Default::default(), (asked.plan, None), false).await
}

/// Makes the offer; or shows the form with a text that another page sent along, and writes nothing.
async fn send(State(app): State<App>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let plan = sent.raw.id("plan").ok();
    if sent.raw.get("send") != "1" {
        // Of the survey nothing comes along but these words.
        let typed = Raw::from_pairs(&[("words", sent.raw.get("words"))]);
        let carried = sent.raw.get("from") == "survey" && !typed.get("words").trim().is_empty();
        return page(&app, visit, (typed, Errors::default()), (None, None), carried).await;
    }
    match acts::offer(&app.world, &visit.actor, key(&sent), &sent.raw, plan).await {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => page(&app, visit, (sent.raw.clone(), errors), (plan, None), false).await,
        // Signed out meanwhile: nothing typed is lost.
        Err(ActError::Denied(Denied::SignIn)) => {
            page(&app, visit, (sent.raw.clone(), Errors::default()), (plan, None), false).await
        }
        Err(error) => Err(Fault::new(visit, error)),
    }
}

async fn mine(mut visit: Visit, State(app): State<App>) -> Answer {
    flash(&mut visit);
    let data = mine_view(&app, &visit).await.or_fault(&visit)?;
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::help::mine::mine(ctx, &data)).await)
}

async fn mine_view(app: &App, visit: &Visit) -> Result<HelpMineView, ActError> {
    let account = visit.actor.account.ok_or(Denied::SignIn)?;
    let mut c = app.world.db.read().await?;
    let (now, today) = (visit.ctx.now, day(visit.ctx.now));
    let offers = rows::offers_of_account(&mut c, account).await?;
    let offers = offers.into_iter().map(|o| OwnOffer {
        paused: o.paused,
        over: o.offer.until.is_some_and(|last| last < today),
        asked: o.asked.is_some(),
        hidden: o.hidden.clone(),
        card: card(o),
    });
    let fitting = acts::asked_of(&mut c, &visit.actor, now).await?;
    let mut introductions = Vec::new();
    for x in rows::introductions_of_account(&mut c, account).await? {
        if let Some(p) = plans::get(&mut c, x.plan).await? {
            let side = if x.helper == Some(account) { Side::Helper } else { Side::Plan };
            introductions.push(intro_row(&p.title, &x, side));
        }
    }
    // What waits for the reader comes first.
    introductions.sort_by_key(|x| !(x.to_answer || x.asks_outcome));
    Ok(HelpMineView {
        offers: offers.collect(),
        plans: fitting.into_iter().map(|(p, needs)| asking(&p, needs)).collect(),
        introductions,
    })
}

/// One's own offer; others find nothing there.
async fn own(app: &App, visit: &Visit, id: i64) -> Result<rows::OfferRow, ActError> {
    visit.actor.account.ok_or(Denied::SignIn)?;
    let found = rows::offer(&mut app.world.db.read().await?, id).await?.ok_or(ActError::NotFound)?;
    decide(Act::ChangeOffer, &visit.actor, &found.subject()).map_err(|_| ActError::NotFound)?;
    Ok(found)
}

async fn change_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::HelpOffer>) -> Answer {
    let o = own(&app, &visit, path.offer).await.or_fault(&visit)?.offer;
    let (buurt, hours) = (o.buurt.to_string(), o.hours.map(|n| n.to_string()).unwrap_or_default());
    let until = o.until.map(acts::typed_day).unwrap_or_default();
    let mut fields = vec![
        ("words", o.words.as_str()),
        ("buurt", &buurt),
        ("reach", o.reach.key()),
        ("hours", &hours),
        ("other_language", &o.other_language),
        ("until", &until),
    ];
    fields.extend(o.kinds.iter().map(|key| ("kind", *key)));
    fields.extend(o.times.iter().map(|key| ("time", *key)));
    fields.extend(o.languages.iter().map(|key| ("language", *key)));
    page(&app, &visit, (Raw::from_pairs(&fields), Errors::default()), (None, Some(path.offer)), false).await
}

async fn change(State(app): State<App>, Path(path): Path<urls::HelpOffer>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    match acts::change(&app.world, &visit.actor, key(&sent), path.offer, &sent.raw).await {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => {
            page(&app, visit, (sent.raw.clone(), errors), (None, Some(path.offer)), false).await
        }
        Err(error) => Err(Fault::new(visit, error)),
    }
}

async fn step(State(app): State<App>, Path(path): Path<urls::HelpOfferStep>, sent: Sent) -> Answer {
    let place = acts::step(&app.world, &sent.visit.actor, key(&sent), path.offer, &sent.raw).await;
    Ok(see_other(&place.or_fault(&sent.visit)?))
}
