//! `/beheer/instellingen`.

use super::{may_see, status};
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::{flash, key};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use domain::form::{Errors, Raw};
use domain::urls;
use pages::admin::settings::{SettingsView, settings};
use services::settings::SettingsForm;
use services::terms::{self, HolidayForm};
use services::{ActError, small_plans};

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::AdminSettings>(), get(page).post(change))
        .route(at::<urls::AdminHoliday>(), post(holiday).get(back))
}

async fn back(visit: Visit) -> Response {
    see_other(&visit.ctx.url(&urls::AdminSettings {}))
}

async fn page(mut visit: Visit, State(app): State<App>) -> Answer {
    flash(&mut visit);
    draw(&app, &visit, Raw::default(), Errors::default()).await
}

async fn draw(app: &App, visit: &Visit, mut typed: Raw, errors: Errors) -> Answer {
    may_see(visit)?;
    let mut c = app.world.db.read().await.or_fault(visit)?;
    if !typed.0.iter().any(|(name, _)| name == "small_plan") {
        typed.set("small_plan", texts::money_plain(small_plans::limit(&mut c).await.or_fault(visit)?));
        let payment = services::execution::payments::limit(&mut c).await.or_fault(visit)?;
        typed.set("payment_limit", texts::money_plain(payment));
        let [percent, _] = services::settings::unique_limit(&mut c, None).await.or_fault(visit)?;
        typed.set("unique", percent.to_string());
        typed.set("bezwaar", services::settings::bezwaar(&mut c).await.or_fault(visit)?);
    }
    let noon = |day: &str| texts::local_seconds(&format!("{day}T12:00"));
    let holidays = store::initiatives::holidays(&mut c).await.or_fault(visit)?;
    let holidays = holidays
        .into_iter()
        .filter_map(|(day, title)| Some((noon(&day).filter(|at| *at > visit.ctx.now)?, day, title)))
        .map(|(at, day, title)| (day, title, texts::date(visit.ctx.lang, at)))
        .collect();
    let status = status(&errors);
    let data = SettingsView { holidays, typed, errors };
    Ok(show(visit, status, move |ctx| settings(ctx, &data)).await)
}

async fn respond(app: &App, sent: Sent, done: Result<String, ActError>) -> Answer {
    match done {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => draw(app, &sent.visit, sent.raw, errors).await,
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn change(State(app): State<App>, sent: Sent) -> Answer {
    let done = match SettingsForm::parse(&sent.raw) {
        Ok(form) => services::settings::change(&app.world, &sent.visit.actor, key(&sent), form).await,
        Err(errors) => Err(errors.into()),
    };
    respond(&app, sent, done).await
}

async fn holiday(State(app): State<App>, sent: Sent) -> Answer {
    let done = match HolidayForm::parse(&sent.raw) {
        Ok(form) => terms::set_holiday(&app.world, &sent.visit.actor, key(&sent), form).await,
        Err(errors) => Err(errors.into()),
    };
    respond(&app, sent, done).await
}
