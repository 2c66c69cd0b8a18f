//! `/inloggen` in all its ways, and `/uitloggen`.

use super::{Asked, Network, browser, local_path, onward, signed_in, with_cookie};
use crate::address::{Path, Query};
use crate::answer::{Answer, OrFault as _, at, encode, see_other, show};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use domain::account::SignIn;
use domain::form::{Errors, Raw};
use domain::urls;
use pages::people::Typed;
use pages::people::links::{DemoPerson, OpenView, Opens};
use pages::people::sign::SignInView;
use services::{ActError, accounts};

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::SignIn>(), get(page).post(send))
        .route(at::<urls::SignInLink>(), get(link_page).post(ask_link))
        .route(at::<urls::SignInSent>(), get(sent_page))
        .route(at::<urls::SignInWith>(), get(open_page).post(open))
        .route(at::<urls::SignInDemo>(), get(demo_page).post(demo))
        .route(at::<urls::SignOut>(), post(sign_out))
}

/// Where to go on to, when it is ours.
fn next_of(asked: &Asked) -> String {
    asked.verder.as_deref().and_then(local_path).unwrap_or("").to_owned()
}

fn start(asked: &Asked) -> Typed {
    Typed { raw: Raw::from_pairs(&[("verder", &next_of(asked))]), errors: Errors::default() }
}

/// Typed values to show again: where to go on to stays, when it is ours.
fn again(mut raw: Raw, errors: Errors) -> SignInView {
    let next = local_path(raw.get("verder")).unwrap_or("").to_owned();
    raw.set("verder", next);
    SignInView { form: Typed::wrong(raw, errors) }
}

async fn page(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    if visit.actor.account.is_some() {
        return Ok(see_other(&onward(&visit, asked.verder.as_deref().unwrap_or(""), &urls::Mine {})));
    }
    let data = SignInView { form: start(&asked) };
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::people::sign::sign_in(ctx, &data)).await)
}

async fn send(State(app): State<App>, network: Network, sent: Sent) -> Answer {
    let browser = browser(&app, &sent, network);
    let done = match SignIn::parse(&sent.raw) {
        Ok(form) => accounts::sign_in(&app.world, &form, &browser).await,
        Err(errors) => Err(errors.into()),
    };
    match done {
        Ok(_) => Ok(signed_in(&app, &browser, &onward(&sent.visit, sent.raw.get("verder"), &urls::Mine {}))),
        Err(ActError::Form(errors)) => {
            let data = again(sent.raw, errors);
            Ok(show(&sent.visit, StatusCode::UNPROCESSABLE_ENTITY, move |ctx| pages::people::sign::sign_in(ctx, &data))
                .await)
        }
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn link_page(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let data = SignInView { form: start(&asked) };
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::people::sign::ask_link(ctx, &data)).await)
}

async fn ask_link(State(app): State<App>, network: Network, sent: Sent) -> Answer {
    let browser = browser(&app, &sent, network);
    match sent.raw.email("email") {
        Ok(email) => {
            let next =
                local_path(sent.raw.get("verder")).map_or_else(String::new, |p| format!("?verder={}", encode(p)));
            accounts::ask_link(&app.world, &email, &next, &browser).await.or_fault(&sent.visit)?;
            Ok(see_other(&format!("{}{next}", sent.visit.ctx.url(&urls::SignInSent {}))))
        }
        Err(problem) => {
            let data = again(sent.raw, Errors::one("email", problem));
            Ok(show(&sent.visit, StatusCode::UNPROCESSABLE_ENTITY, move |ctx| {
                pages::people::sign::ask_link(ctx, &data)
            })
            .await)
        }
    }
}

async fn sent_page(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let next = next_of(&asked);
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::people::links::sent(ctx, false, &next)).await)
}

async fn open_page(
    visit: Visit,
    State(app): State<App>,
    Path(path): Path<urls::SignInWith>,
    Query(asked): Query<Asked>,
) -> Answer {
    let works = accounts::link_works(&app.world, &path.token, "sign_in").await.or_fault(&visit)?;
    let data = OpenView { opens: Opens::SignIn, token: path.token, works, next: next_of(&asked) };
    let status = if works { StatusCode::OK } else { StatusCode::GONE };
    Ok(show(&visit, status, move |ctx| pages::people::links::open(ctx, &data)).await)
}

async fn open(State(app): State<App>, Path(path): Path<urls::SignInWith>, network: Network, sent: Sent) -> Answer {
    let browser = browser(&app, &sent, network);
    match accounts::open_link(&app.world, &path.token, "sign_in", &browser).await {
        Ok(_) => Ok(signed_in(&app, &browser, &onward(&sent.visit, sent.raw.get("verder"), &urls::Mine {}))),
        Err(ActError::NotFound) => {
            let next = local_path(sent.raw.get("verder")).unwrap_or("").to_owned();
            let data = OpenView { opens: Opens::SignIn, token: path.token, works: false, next };
            Ok(show(&sent.visit, StatusCode::GONE, move |ctx| pages::people::links::open(ctx, &data)).await)
        }
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn demo_page(visit: Visit, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let people: Vec<DemoPerson> = accounts::demo_people(&app.world)
        .await
        .or_fault(&visit)?
        .into_iter()
        .map(|p| DemoPerson { email: p.email, name: p.name, line: p.line })
        .collect();
    if people.is_empty() {
        return Err(Fault::new(&visit, ActError::NotFound));
    }
    let next = next_of(&asked);
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::people::links::demo(ctx, &people, &next)).await)
}

async fn demo(State(app): State<App>, network: Network, sent: Sent) -> Answer {
    let browser = browser(&app, &sent, network);
    let ready = accounts::demo_people(&app.world).await.or_fault(&sent.visit)?;
    let email = sent.raw.get("email");
    if !ready.iter().any(|p| p.email == email) {
        return Err(Fault::new(&sent.visit, ActError::NotFound));
    }
    accounts::demo_sign_in(&app.world, email, &browser.new).await.or_fault(&sent.visit)?;
    Ok(signed_in(&app, &browser, &onward(&sent.visit, sent.raw.get("verder"), &urls::Home {})))
}

async fn sign_out(State(app): State<App>, sent: Sent) -> Answer {
    accounts::sign_out(&app.world, &sent.visit.actor, &sent.visit.cookie, sent.raw.get("overal") == "1")
        .await
        .or_fault(&sent.visit)?;
    Ok(with_cookie(&app, see_other(&sent.visit.ctx.url(&urls::Home {})), "", 0))
}
