//! `/beheer/aandeel`: the share's desk.

use super::{may_see, status};
use crate::address::Query;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::{flash, key};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::form::{Errors, Raw};
use domain::urls;
use pages::admin::share::{MovedView, ShareView, share, share_empty};
use serde::Deserialize;
use services::ActError;
use services::shares::{self, CeilingForm, CloseForm, CorrectForm, FundForm};

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::AdminShare>(), get(page).post(fund))
        .route(at::<urls::AdminShareCeiling>(), post(ceiling).get(back))
        .route(at::<urls::AdminShareCorrect>(), post(correct).get(back))
        .route(at::<urls::AdminShareClose>(), post(close).get(back))
}

#[derive(Deserialize)]
struct Chosen {
    wijk: Option<i64>,
    jaar: Option<i64>,
    /// The movement to book back.
    boek: Option<i64>,
}

async fn back(visit: Visit) -> Response {
    see_other(&visit.ctx.url(&urls::AdminShare {}))
}

async fn page(mut visit: Visit, State(app): State<App>, Query(chosen): Query<Chosen>) -> Answer {
    flash(&mut visit);
    let (sent, typed) = match chosen.boek {
        Some(id) => ("correct", Raw(vec![("transfer".into(), id.to_string())])),
        None => ("fund", Raw::default()),
    };
    draw(&app, &visit, (chosen.wijk, chosen.jaar), sent, typed, Errors::default()).await
}

async fn draw(
    app: &App,
    visit: &Visit,
    (wijk, year): (Option<i64>, Option<i64>),
    sent: &'static str,
    typed: Raw,
    errors: Errors,
) -> Answer {
    may_see(visit)?;
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let wijken = store::places::wijken(&mut c).await.or_fault(visit)?;
    let programmes = store::places::programmes(&mut c).await.or_fault(visit)?;
    let years = shares::years(&mut c).await.or_fault(visit)?;
    let wijk = wijk.filter(|id| wijken.iter().any(|w| w.id == *id)).or(wijken.first().map(|w| w.id));
    let year = year.filter(|y| years.contains(y)).or(years.first().copied());
    let (Some(wijk), Some(year)) = (wijk, year) else {
        return Ok(show(visit, StatusCode::OK, share_empty).await);
    };
    let desk = shares::desk(&mut c, wijk, year).await.or_fault(visit)?;
    let status = status(&errors);
    let name = |id| programmes.iter().find(|p| Some(p.id) == id).map(|p| p.name.clone()).unwrap_or_default();
    let moved = desk.moved.into_iter().map(|m| MovedView {
        id: m.id,
        programme: name(m.programme),
        amount: m.amount,
        can_correct: !m.out && !m.corrected && m.programme.is_some() && m.reason == "share",
        reason: m.reason,
        note: m.note,
        at: m.at,
        out: m.out,
    });
    let data = ShareView {
        wijken: wijken.into_iter().map(|w| (w.id, w.name)).collect(),
        wijk,
        years,
        year,
        share: desk.share,
        basis_points: desk.basis_points,
        closed: desk.closed,
        lines: desk.lines.into_iter().map(|l| (l.programme, l.name, l.earmarked, l.left)).collect(),
        moved: moved.collect(),
        sent,
        typed,
        errors,
    };
    Ok(show(visit, status, move |ctx| share(ctx, &data)).await)
}

async fn respond(app: &App, sent: &Sent, form: &'static str, done: Result<String, ActError>) -> Answer {
    match done {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => {
            let chosen = (sent.raw.id("wijk").ok(), sent.raw.id("year").ok());
            draw(app, &sent.visit, chosen, form, sent.raw.clone(), errors).await
        }
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn fund(State(app): State<App>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let done = match FundForm::parse(&sent.raw) {
        Ok(form) => {
            let query = format!("{}?wijk={}&jaar={}&klaar=bewaard", urls::AdminShare {}, form.wijk, form.year);
            let location = visit.ctx.local(&query);
            shares::fund(&app.world, &visit.actor, form, sent.key.clone(), sent.key_actor.clone(), location.clone())
                .await
                .map(|()| location)
        }
        Err(errors) => Err(ActError::Form(errors)),
    };
    respond(&app, &sent, "fund", done).await
}

async fn ceiling(State(app): State<App>, sent: Sent) -> Answer {
    let done = match CeilingForm::parse(&sent.raw) {
        Ok(form) => shares::set_ceiling(&app.world, &sent.visit.actor, key(&sent), form).await,
        Err(errors) => Err(errors.into()),
    };
    respond(&app, &sent, "ceiling", done).await
}

async fn correct(State(app): State<App>, sent: Sent) -> Answer {
    let done = match CorrectForm::parse(&sent.raw) {
        Ok(form) => shares::correct(&app.world, &sent.visit.actor, key(&sent), form).await,
        Err(errors) => Err(errors.into()),
    };
    respond(&app, &sent, "correct", done).await
}

async fn close(State(app): State<App>, sent: Sent) -> Answer {
    let done = match CloseForm::parse(&sent.raw) {
        Ok(form) => shares::close(&app.world, &sent.visit.actor, key(&sent), form).await,
        Err(errors) => Err(errors.into()),
    };
    respond(&app, &sent, "close", done).await
}
