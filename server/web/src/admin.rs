//! `/beheer`: desk, share, rounds, waves.

mod clock;
mod roll;
mod round;
mod round_new;
mod settings;
mod share;

use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use domain::access::{Act, Subject, decide};
use domain::form::{Errors, Raw};
use domain::urls;
use pages::admin::DeskView;
use pages::rounds::RoundCard;
use services::ActError;
use services::surveys::{self, WaveForm};

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::Admin>(), get(desk))
        .route(at::<urls::AdminRounds>(), get(list))
        .route(at::<urls::AdminWaves>(), get(waves).post(set_up_wave))
        .merge(clock::routes())
        .merge(roll::routes())
        .merge(round::routes())
        .merge(round_new::routes())
        .merge(settings::routes())
        .merge(share::routes())
}

fn may_see(visit: &Visit) -> Result<(), Fault> {
    decide(Act::SeeAdmin, &visit.actor, &Subject::default()).or_fault(visit)
}

fn status(errors: &Errors) -> StatusCode {
    if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

async fn desk(visit: Visit, State(app): State<App>) -> Answer {
    may_see(&visit)?;
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let data = DeskView { figures: store::rounds::desk_figures(&mut c).await.or_fault(&visit)?, demo: app.demo };
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::admin::desk(ctx, &data)).await)
}

async fn list(visit: Visit, State(app): State<App>) -> Answer {
    may_see(&visit)?;
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let cards: Vec<RoundCard> = store::rounds::all(&mut c)
        .await
        .or_fault(&visit)?
        .iter()
        .map(|r| crate::rounds::card(r, visit.ctx.now))
        .collect();
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::admin::rounds::list(ctx, &cards)).await)
}

async fn waves(visit: Visit, State(app): State<App>) -> Answer {
    waves_page(&app, &visit, Raw::default(), Errors::default()).await
}

async fn waves_page(app: &App, visit: &Visit, typed: Raw, errors: Errors) -> Answer {
    may_see(visit)?;
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let cards: Vec<_> = store::waves::all(&mut c)
        .await
        .or_fault(visit)?
        .iter()
        .map(|w| crate::survey::card(w, visit.ctx.now))
        .collect();
    Ok(show(visit, status(&errors), move |ctx| pages::admin::waves::waves(ctx, &cards, &typed, &errors)).await)
}

async fn set_up_wave(State(app): State<App>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let done = match WaveForm::parse(&sent.raw) {
        Ok(form) => surveys::set_up(&app.world, &visit.actor, form, sent.key.clone(), sent.key_actor.clone()).await,
        Err(errors) => Err(ActError::Form(errors)),
    };
    match done {
        Ok(_) => Ok(see_other(&visit.ctx.url(&urls::AdminWaves {}))),
        Err(ActError::Form(errors)) => waves_page(&app, visit, sent.raw.clone(), errors).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}
