//! `/stemmen/{round}/code` and `/brief-weg`: the code of a letter, and letters that are gone.

use super::card;
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::network::Network;
use crate::visit::set_code_cookie;
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use domain::access::Denied;
use domain::form::{Errors, Raw};
use domain::round::Phase;
use domain::urls;
use pages::code::CodeView;
use services::{ActError, codes, voters};
use store::rounds::Round;

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::RoundCode>(), get(enter_page).post(enter))
        .route(at::<urls::RoundCodeForget>(), post(forget))
        .route(at::<urls::RoundCodeLost>(), get(lost_page).post(lost))
}

/// The answer with a vote code for the browser to hold, or to forget.
pub(crate) fn with_code(app: &App, mut response: Response, value: &str, seconds: i64) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(&set_code_cookie(app.https, value, seconds)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

async fn find(app: &App, visit: &Visit, slug: &str) -> Result<Round, Fault> {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    store::rounds::by_slug(&mut c, slug)
        .await
        .or_fault(visit)?
        .filter(|r| r.phase != Phase::Setup)
        .ok_or_else(|| Fault::new(visit, ActError::NotFound))
}

fn view(visit: &Visit, round: &Round, typed: Raw, errors: Errors) -> (StatusCode, CodeView) {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, CodeView { card: card(round, visit.ctx.now), signed_in: visit.actor.account.is_some(), typed, errors })
}

/// A round that takes no codes, or not now, says on its own page what there is to do.
async fn enter_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::RoundCode>) -> Answer {
    let round = find(&app, &visit, &path.round).await?;
    if !voters::by_code(&round) || !round.takes_votes(visit.ctx.now) {
        return Ok(see_other(&visit.ctx.url(&urls::Round { round: path.round })));
    }
    let (status, data) = view(&visit, &round, Raw::default(), Errors::default());
    Ok(show(&visit, status, move |ctx| pages::code::code(ctx, &data)).await)
}

async fn enter(State(app): State<App>, Path(path): Path<urls::RoundCode>, network: Network, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let here = visit.ctx.url(&urls::Round { round: path.round.clone() });
    match codes::enter(&app.world, &visit.actor, &path.round, &sent.raw, &network.0, false).await {
        Ok(entered) => Ok(with_code(&app, see_other(&here), &entered.cookie, entered.seconds)),
        Err(ActError::Form(errors)) => {
            let round = find(&app, visit, &path.round).await?;
            let (status, data) = view(visit, &round, sent.raw.clone(), errors);
            Ok(show(visit, status, move |ctx| pages::code::code(ctx, &data)).await)
        }
        Err(ActError::Denied(Denied::State)) => Ok(see_other(&here)),
        Err(error) => Err(Fault::new(visit, error)),
    }
}

/// Nothing of the code stays on this device.
async fn forget(State(app): State<App>, Path(path): Path<urls::RoundCodeForget>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let assisted = visit.actor.code.is_some_and(|code| code.assisted);
    let to = if assisted {
        visit.ctx.url(&urls::VoteDeskRound { round: path.round.clone() })
    } else {
        visit.ctx.url(&urls::Round { round: path.round.clone() })
    };
    if !assisted {
        codes::forget(&app.world, &visit.actor, &path.round).await.or_fault(visit)?;
    }
    let mut response = with_code(&app, see_other(&to), "", 0);
    // What scripts kept for the ballot goes too.
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"storage\""));
    Ok(response)
}

async fn lost_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::RoundCodeLost>) -> Answer {
    let round = find(&app, &visit, &path.round).await?;
    if !voters::by_code(&round) {
        return Ok(see_other(&visit.ctx.url(&urls::Round { round: path.round })));
    }
    let (status, data) = view(&visit, &round, Raw::default(), Errors::default());
    Ok(show(&visit, status, move |ctx| pages::code::lost(ctx, &data)).await)
}

async fn lost(State(app): State<App>, Path(path): Path<urls::RoundCodeLost>, network: Network, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let round = find(&app, visit, &path.round).await?;
    match codes::report_lost(&app.world, &path.round, &sent.raw, &network.0).await {
        Ok(()) => {
            let card = card(&round, visit.ctx.now);
            Ok(show(visit, StatusCode::OK, move |ctx| pages::code::lost_told(ctx, &card)).await)
        }
        Err(ActError::Form(errors)) => {
            let (status, data) = view(visit, &round, sent.raw.clone(), errors);
            Ok(show(visit, status, move |ctx| pages::code::lost(ctx, &data)).await)
        }
        Err(error) => Err(Fault::new(visit, error)),
    }
}
