//! What becomes of a closed wave's answers: its result, the desk of themes and quotes, publication, answers to the answers.

mod desk;
mod publication;

use crate::address::{Path, Query};
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::{flash, key};
use crate::survey::{card, find};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::disclosure::AreaId;
use domain::form::Raw;
use domain::survey::Published;
use domain::urls;
use pages::survey::result::{ReplyView, WaveResultView};
use services::ActError;
use services::surveys::{self, desk::held};
use store::results;
use store::waves::Wave;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::WaveResult>(), get(result))
        .route(at::<urls::WaveFollow>(), post(follow).get(back))
        .merge(desk::routes())
        .merge(publication::routes())
}

async fn back(visit: Visit, Path(path): Path<urls::WaveFollow>) -> Response {
    see_other(&visit.ctx.url(&urls::WaveResult { wave: path.wave }))
}

/// The area that an address asks for (`?buurt=`, `?wijk=`); the scope where it asks for none, or for one that was not asked.
fn chosen(doc: &Published, asked: &Raw) -> AreaId {
    let wanted = |a: &&domain::survey::Area| match a.id {
        AreaId::Buurt(_) => a.slug == asked.get("buurt"),
        AreaId::Wijk(_) => a.slug == asked.get("wijk"),
        AreaId::City => false,
    };
    let scope = doc.scope().map_or(AreaId::City, |s| s.id);
    doc.areas.iter().find(wanted).map_or(scope, |a| a.id)
}

async fn result(
    mut visit: Visit,
    State(app): State<App>,
    Path(path): Path<urls::WaveResult>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    flash(&mut visit);
    let wave = find(&app, &visit, &path.wave).await?;
    if !wave.closed {
        return Ok(see_other(&visit.ctx.url(&urls::Wave { wave: path.wave })));
    }
    let data = view(&app, &visit, &wave, &Raw(asked)).await.or_fault(&visit)?;
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::survey::result::result(ctx, &data)).await)
}

async fn view(app: &App, visit: &Visit, wave: &Wave, asked: &Raw) -> Result<WaveResultView, ActError> {
    let mut c = app.world.db.read().await?;
    let mut series = results::published(&mut c).await?;
    let doc = series.iter().find(|d| d.slug == wave.slug).cloned();
    series.retain(|d| doc.as_ref().is_some_and(|doc| doc.same_place(d) && d.closes_at <= doc.closes_at));
    let held = held(&mut c, &wave.slug).await?;
    let (near, whole) = surveys::replies::reach(&held, &visit.actor);
    let mut replies = Vec::new();
    let programmes = store::places::programmes(&mut c).await?;
    for r in results::replies(&mut c, wave.id).await? {
        // A plan that is no longer public is no longer named.
        let plan = match r.said.initiative {
            Some(id) => store::initiatives::get(&mut c, id).await?.filter(|p| p.state.is_public()),
            None => None,
        };
        replies.push(ReplyView {
            theme: r.said.theme,
            place: held.buurten.iter().find(|b| Some(b.id) == r.said.buurt).map(|b| b.name.clone()).unwrap_or_default(),
            stance: r.said.stance,
            words: r.said.words,
            plan: plan.map(|p| (p.id, p.title)),
            programme: programmes
                .iter()
                .find(|p| Some(p.id) == r.said.programme)
                .map(|p| p.name.clone())
                .unwrap_or_default(),
            by_at: r.said.by_at,
            organisation: r.said.organisation,
            at: r.at,
        });
    }
    let follows = match visit.actor.account {
        Some(account) => Some(results::follows(&mut c, wave.id, account).await?),
        None => None,
    };
    Ok(WaveResultView {
        card: card(wave, visit.ctx.now),
        area: doc.as_ref().map_or(AreaId::City, |doc| chosen(doc, asked)),
        may_reply: doc.is_some() && (whole || !near.is_empty()),
        doc,
        series,
        replies,
        follows,
    })
}

async fn follow(State(app): State<App>, Path(path): Path<urls::WaveFollow>, sent: Sent) -> Answer {
    let place = surveys::replies::follow(&app.world, &sent.visit.actor, key(&sent), &path.wave, &sent.raw).await;
    place.map(|place| see_other(&place)).map_err(|e| Fault::new(&sent.visit, e))
}
