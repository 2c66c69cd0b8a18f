//! `/inloggen/tweede-stap` and its set-up.

use super::{Asked, Network, browser, local_path, onward, signed_in, with_cookie};
use crate::address::Query;
use crate::answer::{Answer, OrFault as _, at, encode, see_other, show};
use crate::{App, Fault, Routes, SESSION_HOURS, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use domain::account::grouped;
use domain::form::{Errors, Raw};
use domain::urls;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use pages::people::Typed;
use pages::people::factor::SetupView;
use services::{ActError, accounts, second_factor};

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::SecondFactor>(), get(page).post(send))
        .route(at::<urls::SecondFactorSetup>(), get(setup_page).post(set_up))
}

fn start(asked: &Asked) -> Typed {
    let next = asked.verder.as_deref().and_then(local_path).unwrap_or("");
    Typed { raw: Raw::from_pairs(&[("verder", next)]), errors: Errors::default() }
}

/// A code is never shown again; where to go on to is.
fn again(raw: &Raw, errors: Errors) -> Typed {
    Typed { raw: Raw::from_pairs(&[("verder", local_path(raw.get("verder")).unwrap_or(""))]), errors }
}

async fn page(visit: Visit, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let account = accounts::own(&app.world, &visit.actor).await.or_fault(&visit)?;
    if account.totp_at.is_none() {
        let next =
            asked.verder.as_deref().and_then(local_path).map_or_else(String::new, |p| format!("?verder={}", encode(p)));
        return Ok(see_other(&format!("{}{next}", visit.ctx.url(&urls::SecondFactorSetup {}))));
    }
    let form = start(&asked);
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::people::factor::step(ctx, &form)).await)
}

async fn send(State(app): State<App>, network: Network, sent: Sent) -> Answer {
    let browser = browser(&app, &sent, network);
    match second_factor::show(&app.world, &sent.visit.actor, sent.raw.get("code"), &browser).await {
        Ok(()) => Ok(signed_in(&app, &browser, &onward(&sent.visit, sent.raw.get("verder"), &urls::Mine {}))),
        Err(ActError::Form(errors)) => {
            let form = again(&sent.raw, errors);
            Ok(show(&sent.visit, StatusCode::UNPROCESSABLE_ENTITY, move |ctx| pages::people::factor::step(ctx, &form))
                .await)
        }
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn setup_page(visit: Visit, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    draw(&app, &visit, StatusCode::OK, start(&asked)).await
}

async fn draw(app: &App, visit: &Visit, status: StatusCode, form: Typed) -> Answer {
    let setup = second_factor::prepare(&app.world, &visit.actor, &visit.cookie).await.or_fault(visit)?;
    let code =
        QRBuilder::new(setup.uri).build().map_err(|e| Fault::new(visit, ActError::Broken(format!("qr: {e}"))))?;
    let data = SetupView { qr: SvgBuilder::default().to_str(&code), secret: setup.secret, form };
    Ok(show(visit, status, move |ctx| pages::people::factor::setup(ctx, &data)).await)
}

/// The answer shows the recovery codes, this once.
async fn set_up(State(app): State<App>, network: Network, mut sent: Sent) -> Answer {
    let browser = browser(&app, &sent, network);
    match second_factor::set_up(&app.world, &sent.visit.actor, sent.raw.get("code"), &browser).await {
        Ok(codes) => {
            // The session goes on under a new cookie: so do the page's forms.
            sent.visit.ctx.csrf = app.world.keys.csrf(&browser.new, app.world.random::<32>());
            let codes: Vec<String> = codes.iter().map(|c| grouped(c)).collect();
            let next = onward(&sent.visit, sent.raw.get("verder"), &urls::Mine {});
            let page =
                show(&sent.visit, StatusCode::OK, move |ctx| pages::people::factor::recovery(ctx, &codes, &next)).await;
            Ok(with_cookie(&app, page, &browser.new, SESSION_HOURS * 3600))
        }
        Err(ActError::Form(errors)) => {
            draw(&app, &sent.visit, StatusCode::UNPROCESSABLE_ENTITY, again(&sent.raw, errors)).await
        }
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}
