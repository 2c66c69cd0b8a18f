//! `/beheer`: desk, share, rounds, waves.

mod clock;
mod counting;
mod log;
mod roll;
mod round;
mod round_new;
mod settings;
mod share;
mod wave;

use crate::answer::{Answer, OrFault as _, at, show};
use crate::{App, Fault, Routes, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use domain::access::{Act, Subject, decide};
use domain::form::Errors;
use domain::urls;
use pages::admin::DeskView;
use pages::rounds::RoundCard;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::Admin>(), get(desk))
        .route(at::<urls::AdminRounds>(), get(list))
        .merge(clock::routes())
        .merge(log::routes())
        .merge(roll::routes())
        .merge(round::routes())
        .merge(round_new::routes())
        .merge(settings::routes())
        .merge(share::routes())
        .merge(wave::routes())
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
