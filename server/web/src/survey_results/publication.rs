//! `/beheer/peilingen/{wave}/publicatie`: the look before publication, and publication.

use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::{flash, key};
use crate::survey::{card, find};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::form::{Errors, Raw};
use domain::urls;
use pages::admin::publication::{self as pages_of, DraftView, PublicationView};
use services::ActError;
use services::surveys::{self, publication};

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::AdminWavePublication>(), get(look).post(publish))
        .route(at::<urls::AdminWaveRead>(), post(read).get(back))
}

async fn back(visit: Visit, Path(path): Path<urls::AdminWaveRead>) -> Response {
    see_other(&visit.ctx.url(&urls::AdminWavePublication { wave: path.wave }))
}

async fn look(mut visit: Visit, State(app): State<App>, Path(path): Path<urls::AdminWavePublication>) -> Answer {
    flash(&mut visit);
    page(&app, &visit, &path.wave, Raw::default(), Errors::default()).await
}

async fn page(app: &App, visit: &Visit, slug: &str, typed: Raw, errors: Errors) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let (held, draft) = publication::preview(&mut c, &visit.actor, slug, visit.ctx.now).await.or_fault(visit)?;
    let draft = draft.map(|d| DraftView {
        data: d.data,
        report: d.report,
        before: d.before,
        same: d.same,
        undecided: d.undecided,
        quotes: d.quotes,
        seen: d.seen,
    });
    let data = PublicationView { card: card(&held.wave, visit.ctx.now), draft, typed, errors };
    Ok(show(visit, status, move |ctx| pages_of::publication(ctx, &data)).await)
}

async fn publish(State(app): State<App>, Path(path): Path<urls::AdminWavePublication>, sent: Sent) -> Answer {
    match publication::publish(&app.world, &sent.visit.actor, key(&sent), &path.wave, &sent.raw).await {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => page(&app, &sent.visit, &path.wave, sent.raw, errors).await,
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn read(State(app): State<App>, Path(path): Path<urls::AdminWaveRead>, sent: Sent) -> Answer {
    let wave = find(&app, &sent.visit, &path.wave).await?;
    let done = surveys::read_now(&app.world, &sent.visit.actor, key(&sent), &wave).await;
    done.map(|place| see_other(&place)).map_err(|e| Fault::new(&sent.visit, e))
}
