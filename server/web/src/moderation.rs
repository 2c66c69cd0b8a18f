//! `/moderatie`: the queue and one plan to answer.

use crate::address::{Path, Query};
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::convert::{self, Shares};
use crate::plans::{flash, key};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::access::{Act, Role, Subject, decide};
use domain::form::{Errors, Raw};
use domain::initiative::State as PlanState;
use domain::urls;
use pages::moderation::{CaseView, QueueView};
use serde::Deserialize;
use services::ActError;
use services::moderation::{Decision, Tab, answer, median_reply, queue};
use store::initiatives as rows;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::Moderation>(), get(desk))
        .route(at::<urls::ModerationCase>(), get(case))
        .route(at::<urls::ModerationDecide>(), post(decide_case).get(back))
        .route(at::<urls::ModerationSmall>(), post(small).get(back))
}

#[derive(Deserialize)]
struct Asked {
    tab: Option<String>,
}

async fn back(visit: Visit, Path(path): Path<urls::ModerationCase>) -> Response {
    see_other(&visit.ctx.url(&urls::ModerationCase { id: path.id }))
}

async fn desk(mut visit: Visit, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    flash(&mut visit);
    decide(Act::SeeModeration, &visit.actor, &Subject::default()).or_fault(&visit)?;
    let data = queue_view(&app, &visit, asked.tab.as_deref().unwrap_or("")).await.or_fault(&visit)?;
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::moderation::queue(ctx, &data)).await)
}

async fn queue_view(app: &App, visit: &Visit, tab: &str) -> Result<QueueView, ActError> {
    let mut c = app.world.db.read().await?;
    let to_do = queue(&mut c, &visit.actor, Tab::ToDo).await?;
    let waiting = queue(&mut c, &visit.actor, Tab::Waiting).await?;
    let counts = [to_do.len(), waiting.len()];
    let (at, plans) = match tab {
        "wacht" => (1, waiting),
        "klaar" => (2, queue(&mut c, &visit.actor, Tab::Done).await?),
        _ => (0, to_do),
    };
    let mut shares = Shares::load(&mut c).await?;
    let href = |id| visit.ctx.url(&urls::ModerationCase { id });
    let (mut listed, mut small) = (Vec::new(), Vec::new());
    for p in &plans {
        listed.push(shares.row(&mut c, p, href(p.id), at == 0).await?);
    }
    if at == 0 {
        let limit = services::small_plans::limit(&mut c).await?;
        for p in rows::in_state(&mut c, PlanState::Feasible).await? {
            if p.desired <= limit
                && p.small_moderator_id.is_none()
                && decide(Act::SeeModeration, &visit.actor, &p.subject()).is_ok()
            {
                small.push(shares.row(&mut c, &p, href(p.id), false).await?);
            }
        }
    }
    Ok(QueueView { tab: at, counts, rows: listed, small, median: median_reply(&mut c).await? })
}

async fn case(mut visit: Visit, State(app): State<App>, Path(path): Path<urls::ModerationCase>) -> Answer {
    flash(&mut visit);
    page(&app, &visit, path.id, Raw::default(), Errors::default()).await
}

async fn page(app: &App, visit: &Visit, id: i64, typed: Raw, errors: Errors) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let data = case_view(app, visit, id, typed, errors).await.or_fault(visit)?;
    Ok(show(visit, status, move |ctx| pages::moderation::case(ctx, &data)).await)
}

async fn case_view(app: &App, visit: &Visit, id: i64, typed: Raw, errors: Errors) -> Result<CaseView, ActError> {
    let mut c = app.world.db.read().await?;
    let p = rows::get(&mut c, id).await?.ok_or(ActError::NotFound)?;
    decide(Act::SeeModeration, &visit.actor, &p.subject())?;
    let small = Shares::load(&mut c)
        .await?
        .small(&mut c, &p, visit.ctx.url(&urls::ModerationSmall { id }), Act::SmallPlanModerator, visit)
        .await?;
    let programmes = store::places::programmes(&mut c).await?.into_iter().map(|k| (k.id.to_string(), k.name)).collect();
    let may = |act| decide(act, &visit.actor, &p.subject()).is_ok();
    Ok(CaseView {
        plan: convert::view(&mut c, visit, &p).await?,
        author: p.author.clone(),
        version: p.version,
        due_at: p.due_at.filter(|_| p.state == PlanState::Submitted),
        typed,
        errors,
        programmes,
        open: may(Act::Publish),
        can_reject: may(Act::Reject),
        small,
    })
}

async fn decide_case(State(app): State<App>, Path(path): Path<urls::ModerationDecide>, sent: Sent) -> Answer {
    let outcome = async {
        let version = sent.raw.id("version").unwrap_or_default();
        answer(&app.world, &sent.visit.actor, key(&sent), (path.id, version), Decision::parse(&sent.raw)?).await
    };
    let outcome = outcome.await;
    respond(&app, sent, path.id, outcome).await
}

async fn small(State(app): State<App>, Path(path): Path<urls::ModerationSmall>, sent: Sent) -> Answer {
    let outcome = async {
        let year = sent.raw.id("year").map_err(|problem| Errors::one("year", problem))?;
        services::small_plans::sign(&app.world, &sent.visit.actor, key(&sent), path.id, Role::Moderator, year).await
    };
    let outcome = outcome.await;
    respond(&app, sent, path.id, outcome).await
}

async fn respond(app: &App, sent: Sent, id: i64, outcome: Result<String, ActError>) -> Answer {
    match outcome {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => page(app, &sent.visit, id, sent.raw, errors).await,
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}
