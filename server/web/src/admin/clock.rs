//! `/beheer/klok`: the demo city's clock; not there on a real site.

use super::may_see;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use domain::form::Errors;
use domain::urls;
use services::{ActError, demo};

pub(super) fn routes() -> Routes {
    Router::new().route(at::<urls::AdminClock>(), get(page).post(forward))
}

async fn page(visit: Visit, State(app): State<App>) -> Answer {
    if !app.demo {
        return Err(Fault::new(&visit, ActError::NotFound));
    }
    may_see(&visit)?;
    draw(&visit, StatusCode::OK, Errors::default()).await
}

async fn draw(visit: &Visit, status: StatusCode, errors: Errors) -> Answer {
    let steps = demo::STEPS.map(|(key, _)| key);
    Ok(show(visit, status, move |ctx| pages::admin::clock::clock(ctx, &steps, &errors)).await)
}

async fn forward(State(app): State<App>, sent: Sent) -> Answer {
    let step = sent.raw.get("step").to_owned();
    match demo::move_clock(&app.world, &sent.visit.actor, &step, crate::plans::key(&sent)).await {
        Ok(()) => Ok(see_other(&sent.visit.ctx.url(&urls::AdminClock {}))),
        Err(ActError::Form(errors)) => draw(&sent.visit, StatusCode::UNPROCESSABLE_ENTITY, errors).await,
        Err(error) => Err(error).or_fault(&sent.visit),
    }
}
