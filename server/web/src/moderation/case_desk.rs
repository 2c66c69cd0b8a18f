//! Around a case: undo, claims, hand-over, being away, what if; and the public clock.

use super::{Typed, desk_page, respond};
use crate::address::{Path, Query};
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::convert::Shares;
use crate::plans::key;
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use domain::access::{Act, Subject, decide};
use domain::form::Raw;
use domain::urls;
use pages::moderation::what_if::{PaceView, WijkWhatIf};
use services::ActError;
use services::moderation::{self, Away, HandOver};
use std::collections::BTreeMap;
use store::initiatives as rows;

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::ModerationUndo>(), post(undo).get(super::back))
        .route(at::<urls::ModerationClaim>(), post(claim).get(super::back))
        .route(at::<urls::ModerationHandOver>(), post(hand_over).get(super::back))
        .route(at::<urls::ModerationAway>(), post(away).get(super::to_desk))
        .route(at::<urls::ModerationWhatIf>(), get(what_if))
        .route(at::<urls::ReplyTimes>(), get(paces))
}

async fn undo(State(app): State<App>, Path(path): Path<urls::ModerationUndo>, sent: Sent) -> Answer {
    let outcome = moderation::undo(&app.world, &sent.visit.actor, key(&sent), path.id).await;
    respond(&app, sent, path.id, outcome).await
}

async fn claim(State(app): State<App>, Path(path): Path<urls::ModerationClaim>, sent: Sent) -> Answer {
    let outcome = moderation::claim(&app.world, &sent.visit.actor, key(&sent), path.id).await;
    respond(&app, sent, path.id, outcome).await
}

async fn hand_over(State(app): State<App>, Path(path): Path<urls::ModerationHandOver>, sent: Sent) -> Answer {
    let outcome = match HandOver::parse(&sent.raw) {
        Ok(wanted) => moderation::hand_over(&app.world, &sent.visit.actor, key(&sent), path.id, wanted).await,
        Err(errors) => Err(errors.into()),
    };
    respond(&app, sent, path.id, outcome).await
}

async fn away(State(app): State<App>, sent: Sent) -> Answer {
    let (world, actor) = (&app.world, &sent.visit.actor);
    let done = if sent.raw.get("back") == "1" {
        moderation::come_back(world, actor, key(&sent)).await
    } else {
        match Away::parse(&sent.raw, sent.visit.ctx.now) {
            Ok(away) => moderation::go_away(world, actor, key(&sent), away).await,
            Err(errors) => Err(errors.into()),
        }
    };
    match done {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => {
            let typed = Typed { away: (sent.raw.clone(), errors), ..Typed::default() };
            desk_page(&app, &sent.visit, Raw::default(), typed).await
        }
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn what_if(visit: Visit, State(app): State<App>, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    decide(Act::SeeWhatIf, &visit.actor, &Subject::default()).or_fault(&visit)?;
    let wijken = ticked(&app, &visit, &Raw(asked)).await.or_fault(&visit)?;
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::moderation::what_if::what_if(ctx, &wijken)).await)
}

/// The ticked plans that the reader may see, by wijk.
async fn ticked(app: &App, visit: &Visit, asked: &Raw) -> Result<Vec<WijkWhatIf>, ActError> {
    let mut c = app.world.db.read().await?;
    let mut shares = Shares::load(&mut c).await?;
    let mut wijken: BTreeMap<i64, WijkWhatIf> = BTreeMap::new();
    for id in asked.all("plan").iter().filter_map(|id| id.parse().ok()).take(100) {
        let Some(p) = rows::get(&mut c, id).await? else { continue };
        if decide(Act::SeeWhatIf, &visit.actor, &p.subject()).is_err() {
            continue;
        }
        let Some(take) = shares.of(&mut c, &p).await? else { continue };
        wijken
            .entry(p.wijk_id)
            .or_insert_with(|| WijkWhatIf {
                wijk: take.wijk,
                year: take.year,
                share: take.share,
                plans: Vec::new(),
                forecast: None,
            })
            .plans
            .push((p.title, p.cost_known.then_some((p.minimum, p.desired))));
    }
    for (wijk, w) in &mut wijken {
        w.forecast = Some(services::forecast::forecast(&mut c, *wijk, w.year, &w.share, true).await?);
    }
    Ok(wijken.into_values().collect())
}

async fn paces(visit: Visit, State(app): State<App>) -> Answer {
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let all = moderation::paces(&mut c, visit.ctx.now).await.or_fault(&visit)?;
    let all: Vec<PaceView> = all
        .into_iter()
        .map(|p| PaceView {
            name: p.name,
            stadsdeel: p.stadsdeel,
            replies: p.replies,
            median: p.median,
            ninetieth: p.ninetieth,
            in_time: p.in_time,
        })
        .collect();
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::moderation::what_if::paces(ctx, &all)).await)
}
