//! What a plan asks for, and offers that fit, for its makers.

use super::{card, flash, intro_row};
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::{convert, key};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::access::{Act, decide};
use domain::form::{Errors, Raw};
use domain::help::Side;
use domain::urls;
use pages::help::plan::PlanHelpView;
use services::{ActError, help as acts};
use store::help as rows;

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::InitiativeHelp>(), get(one).post(add))
        .route(at::<urls::InitiativeHelpDrop>(), post(drop_need).get(back))
}

async fn back(visit: Visit, Path(path): Path<urls::InitiativeHelp>) -> Response {
    see_other(&visit.ctx.url(&path))
}

async fn one(mut visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeHelp>) -> Answer {
    flash(&mut visit);
    page(&app, &visit, path.id, Raw::default(), Errors::default()).await
}

async fn page(app: &App, visit: &Visit, id: i64, typed: Raw, errors: Errors) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let data = view(app, visit, id, typed, errors).await.or_fault(visit)?;
    Ok(show(visit, status, move |ctx| pages::help::plan::plan(ctx, &data)).await)
}

async fn view(app: &App, visit: &Visit, id: i64, typed: Raw, errors: Errors) -> Result<PlanHelpView, ActError> {
    let mut c = app.world.db.read().await?;
    let p = convert::visible(&mut c, visit, id).await?;
    decide(Act::AskForHelp, &visit.actor, &p.subject())?;
    let matches = acts::matches(&mut c, &visit.actor, &p, visit.ctx.now).await?;
    let introductions = rows::introductions_of_plan(&mut c, id).await?;
    Ok(PlanHelpView {
        id,
        public: decide(Act::Introduce, &visit.actor, &p.subject()).is_ok(),
        needs: rows::needs_of(&mut c, id).await?,
        matches: matches.into_iter().map(|m| (card(m.offer), m.introduction)).collect(),
        introductions: introductions.iter().map(|x| intro_row(&p.title, x, Side::Plan)).collect(),
        title: p.title,
        typed,
        errors,
    })
}

async fn add(State(app): State<App>, Path(path): Path<urls::InitiativeHelp>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    match acts::add(&app.world, &visit.actor, key(&sent), path.id, &sent.raw).await {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => page(&app, visit, path.id, sent.raw.clone(), errors).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}

async fn drop_need(State(app): State<App>, Path(path): Path<urls::InitiativeHelpDrop>, sent: Sent) -> Answer {
    let place = acts::drop(&app.world, &sent.visit.actor, key(&sent), path.id, &sent.raw).await;
    Ok(see_other(&place.or_fault(&sent.visit)?))
}
