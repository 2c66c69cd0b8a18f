//! `/aanmelden` and `/bevestigen/{token}`.

use super::{Network, browser, choices, signed_in};
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use domain::account::SignUp;
use domain::form::{Errors, Raw};
use domain::urls;
use pages::people::Typed;
use pages::people::links::{OpenView, Opens};
use pages::people::sign::SignUpView;
use services::{ActError, accounts};

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::SignUp>(), get(page).post(send))
        .route(at::<urls::SignUpSent>(), get(sent_page))
        .route(at::<urls::Confirm>(), get(confirm_page).post(confirm))
}

async fn page(visit: Visit, State(app): State<App>) -> Answer {
    let mut raw = Raw::default();
    if let Some(slug) = &visit.chosen_buurt {
        let mut c = app.world.db.read().await.or_fault(&visit)?;
        if let Some(buurt) = store::places::buurt_by_slug(&mut c, slug).await.or_fault(&visit)? {
            raw.set("buurt", buurt.id.to_string());
        }
    }
    draw(&app, &visit, StatusCode::OK, Typed { raw, errors: Errors::default() }).await
}

async fn draw(app: &App, visit: &Visit, status: StatusCode, form: Typed) -> Answer {
    let buurten = store::places::buurten(&mut app.world.db.read().await.or_fault(visit)?).await.or_fault(visit)?;
    let data = SignUpView { buurten: choices(&buurten), form };
    Ok(show(visit, status, move |ctx| pages::people::sign::sign_up(ctx, &data)).await)
}

async fn send(State(app): State<App>, network: Network, sent: Sent) -> Answer {
    let browser = browser(&app, &sent, network);
    let done = match SignUp::parse(&sent.raw) {
        Ok(form) => accounts::sign_up(&app.world, form, &browser).await,
        Err(errors) => Err(errors.into()),
    };
    match done {
        Ok(()) => Ok(see_other(&sent.visit.ctx.url(&urls::SignUpSent {}))),
        Err(ActError::Form(errors)) => {
            draw(&app, &sent.visit, StatusCode::UNPROCESSABLE_ENTITY, Typed::wrong(sent.raw, errors)).await
        }
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn sent_page(visit: Visit) -> Answer {
    Ok(show(&visit, StatusCode::OK, |ctx| pages::people::links::sent(ctx, true, "")).await)
}

/// Looks only: link scanners of mail servers open links too.
async fn confirm_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::Confirm>) -> Answer {
    let works = accounts::link_works(&app.world, &path.token, "confirm").await.or_fault(&visit)?;
    let plan = accounts::link_hands_in(&app.world, &path.token).await.or_fault(&visit)?;
    let opens = if plan { Opens::Plan } else { Opens::Confirm };
    let data = OpenView { opens, token: path.token, works, next: String::new() };
    let status = if works { StatusCode::OK } else { StatusCode::GONE };
    Ok(show(&visit, status, move |ctx| pages::people::links::open(ctx, &data)).await)
}

async fn confirm(State(app): State<App>, Path(path): Path<urls::Confirm>, network: Network, sent: Sent) -> Answer {
    let browser = browser(&app, &sent, network);
    match accounts::open_link(&app.world, &path.token, "confirm", &browser).await {
        Ok(arrived) => {
            let ctx = &sent.visit.ctx;
            let onward = match arrived.plan {
                Some(id) => format!("{}?klaar=ingediend", ctx.url(&urls::Initiative { id })),
                None => format!("{}?klaar=bevestigd", ctx.url(&urls::Mine {})),
            };
            Ok(signed_in(&app, &browser, &onward))
        }
        Err(ActError::NotFound) => {
            let data = OpenView { opens: Opens::Confirm, token: path.token, works: false, next: String::new() };
            Ok(show(&sent.visit, StatusCode::GONE, move |ctx| pages::people::links::open(ctx, &data)).await)
        }
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}
