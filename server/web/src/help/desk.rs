//! `/moderatie/hulp`: help in the buurten of a moderator.

use super::{card, flash};
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::key;
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::form::{Errors, Raw};
use domain::urls;
use pages::help::desk::{DeskOffer, HelpDeskView};
use services::{ActError, help as acts};

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::ModerationHelp>(), get(desk))
        .route(at::<urls::ModerationHelpOffer>(), post(judge_offer).get(back))
        .route(at::<urls::ModerationHelpMessage>(), post(judge_message).get(back))
}

async fn back(visit: Visit) -> Response {
    see_other(&visit.ctx.url(&urls::ModerationHelp {}))
}

async fn desk(mut visit: Visit, State(app): State<App>) -> Answer {
    flash(&mut visit);
    page(&app, &visit, (Raw::default(), Errors::default())).await
}

async fn page(app: &App, visit: &Visit, wrong: (Raw, Errors)) -> Answer {
    let status = if wrong.1.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let found = acts::at_desk(&mut c, &visit.actor, visit.ctx.now).await.or_fault(visit)?;
    drop(c);
    let offers = found.offers.into_iter().map(|(o, late)| DeskOffer {
        judge: acts::may_hide_offer(&visit.actor, &o).is_ok(),
        hidden: o.hidden.clone(),
        late,
        card: card(o),
    });
    let data = HelpDeskView {
        offers: offers.collect(),
        waiting: found.waiting.into_iter().map(|w| (w.plan, w.title, w.on, w.at)).collect(),
        reported: found.reported.into_iter().map(|(m, title)| (m.id, title, m.body, m.reported)).collect(),
        wrong,
    };
    Ok(show(visit, status, move |ctx| pages::help::desk::desk(ctx, &data)).await)
}

async fn respond(app: &App, sent: &Sent, outcome: Result<String, ActError>) -> Answer {
    match outcome {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => page(app, &sent.visit, (sent.raw.clone(), errors)).await,
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn judge_offer(State(app): State<App>, Path(path): Path<urls::ModerationHelpOffer>, sent: Sent) -> Answer {
    let outcome = acts::judge_offer(&app.world, &sent.visit.actor, key(&sent), path.offer, &sent.raw).await;
    respond(&app, &sent, outcome).await
}

async fn judge_message(State(app): State<App>, Path(path): Path<urls::ModerationHelpMessage>, sent: Sent) -> Answer {
    let outcome = acts::judge_message(&app.world, &sent.visit.actor, key(&sent), path.message, &sent.raw).await;
    respond(&app, &sent, outcome).await
}
