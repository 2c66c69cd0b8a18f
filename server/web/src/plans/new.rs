//! A new plan in three screens; nothing is kept between them but what travels in the form.

use super::key;
use crate::address::Query;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::network::Network;
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::form::{Errors, Raw};
use domain::initiative::{Idea, Sender, Whereabouts};
use domain::urls;
use pages::plans::new::{self, NewView};
use serde::Deserialize;
use services::ActError;
use services::initiatives::{NewPlan, leave_draft, submit};

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::NewInitiative>(), get(start).post(again))
        .route(at::<urls::NewInitiativePlace>(), get(to_start).post(place))
        .route(at::<urls::NewInitiativeSend>(), get(to_start).post(send))
        .route(at::<urls::NewInitiativeSent>(), get(sent_page))
}

#[derive(Deserialize)]
struct Asked {
    buurt: Option<String>,
}

/// Which screen.
#[derive(Clone, Copy)]
enum Screen {
    Idea,
    Place,
    Send,
}

async fn screen(app: &App, visit: &Visit, typed: Raw, errors: Errors, which: Screen) -> Answer {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let buurten =
        store::places::buurten(&mut c).await.or_fault(visit)?.into_iter().map(|b| (b.id.to_string(), b.name)).collect();
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let source = match typed.id("source") {
        Ok(id) => store::initiatives::recipe(&mut c, id).await.or_fault(visit)?.filter(|r| r.is_public()),
        Err(_) => None,
    };
    let known = visit.actor.confirmed && visit.actor.account.is_some();
    let data = NewView { typed, errors, buurten, known, source: source.map(|r| r.plan.buurt) };
    let draw = match which {
        Screen::Idea => new::idea,
        Screen::Place => new::place,
        Screen::Send => new::send,
    };
    Ok(show(visit, status, move |ctx| draw(ctx, &data)).await)
}

async fn start(visit: Visit, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let mut typed = Raw::default();
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let buurten = store::places::buurten(&mut c).await.or_fault(&visit)?;
    drop(c);
    let named = asked
        .buurt
        .as_deref()
        .or(visit.chosen_buurt.as_deref())
        .and_then(|slug| buurten.iter().find(|b| b.slug == slug))
        .map(|b| b.id);
    if let Some(id) = named.or(visit.actor.resident_of) {
        typed.set("buurt", id.to_string());
    }
    screen(&app, &visit, typed, Errors::default(), Screen::Idea).await
}

/// Back to the first screen, with everything typed so far; other pages may send a first text along.
async fn again(State(app): State<App>, sent: Sent) -> Answer {
    screen(&app, &sent.visit, sent.raw, Errors::default(), Screen::Idea).await
}

async fn to_start(visit: Visit) -> Response {
    see_other(&visit.ctx.url(&urls::NewInitiative {}))
}

async fn place(State(app): State<App>, sent: Sent) -> Answer {
    match Idea::parse(&sent.raw) {
        Err(errors) => screen(&app, &sent.visit, sent.raw, errors, Screen::Idea).await,
        Ok(_) => screen(&app, &sent.visit, sent.raw, Errors::default(), Screen::Place).await,
    }
}

async fn send(State(app): State<App>, network: Network, mut sent: Sent) -> Answer {
    let idea = match Idea::parse(&sent.raw) {
        Ok(idea) => idea,
        Err(errors) => return screen(&app, &sent.visit, sent.raw, errors, Screen::Idea).await,
    };
    let place = match Whereabouts::parse(&sent.raw) {
        Ok(place) => place,
        Err(errors) => return screen(&app, &sent.visit, sent.raw, errors, Screen::Place).await,
    };
    if sent.raw.get("klaar") != "1" {
        return screen(&app, &sent.visit, sent.raw, Errors::default(), Screen::Send).await;
    }
    let form = key(&sent);
    let file = sent.take_file();
    let Sent { visit, raw, .. } = sent;
    let new =
        NewPlan { idea, place, wants_supporter: raw.get("wants_supporter") == "1", source: raw.id("source").ok() };
    match finish(&app, &visit, &raw, file, form, new, &network.0).await {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => {
            let which = if errors.of("buurt").is_some() { Screen::Place } else { Screen::Send };
            screen(&app, &visit, raw, errors, which).await
        }
        Err(error) => Err(Fault::new(&visit, error)),
    }
}

async fn finish(
    app: &App,
    visit: &Visit,
    raw: &Raw,
    file: Option<Vec<u8>>,
    form: services::initiatives::FormKey,
    new: NewPlan,
    network: &str,
) -> Result<String, ActError> {
    if visit.actor.confirmed && visit.actor.account.is_some() {
        let picture = services::pictures::read(file).await?;
        return submit(&app.world, &visit.actor, form, new, picture).await;
    }
    let sender = Sender::parse(raw)?;
    let picture = services::pictures::read(file).await?;
    leave_draft(&app.world, form, new, sender, picture, network).await
}

async fn sent_page(visit: Visit) -> Response {
    show(&visit, StatusCode::OK, new::sent).await
}
