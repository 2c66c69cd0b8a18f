//! `/peiling`: the survey and what neighbours said.

use crate::address::{Path, Query};
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use domain::access::Denied;
use domain::form::{Errors, Raw};
use domain::survey::Answer as Given;
use domain::urls;
use pages::survey::{Standing, WaveCard, WaveResultView, WaveView};
use serde::Deserialize;
use services::{ActError, surveys};
use store::waves::Wave;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::Waves>(), get(list))
        .route(at::<urls::Wave>(), get(wave).post(answer))
        .route(at::<urls::WaveResult>(), get(result))
}

pub(crate) fn card(wave: &Wave, now: i64) -> WaveCard {
    WaveCard {
        slug: wave.slug.clone(),
        title: wave.title.clone(),
        opens_at: wave.opens_at,
        closes_at: wave.closes_at,
        open: wave.takes_answers(now),
        result: wave.closed,
    }
}

async fn list(visit: Visit, State(app): State<App>) -> Answer {
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let cards: Vec<WaveCard> =
        store::waves::all(&mut c).await.or_fault(&visit)?.iter().map(|w| card(w, visit.ctx.now)).collect();
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::survey::list(ctx, &cards)).await)
}

async fn find(app: &App, visit: &Visit, slug: &str) -> Result<Wave, Fault> {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    store::waves::by_slug(&mut c, slug).await.or_fault(visit)?.ok_or_else(|| Fault::new(visit, ActError::NotFound))
}

#[derive(Deserialize)]
struct Asked {
    klaar: Option<String>,
}

async fn wave(
    visit: Visit,
    State(app): State<App>,
    Path(path): Path<urls::Wave>,
    Query(asked): Query<Asked>,
) -> Answer {
    let wave = find(&app, &visit, &path.wave).await?;
    page(&visit, &wave, asked.klaar.is_some(), Raw::default(), Errors::default()).await
}

async fn page(visit: &Visit, wave: &Wave, thanks: bool, typed: Raw, errors: Errors) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let standing = match surveys::may_answer(&visit.actor) {
        Ok(()) => Standing::Resident,
        Err(Denied::SignIn) => Standing::SignIn,
        Err(_) => Standing::Residence,
    };
    let data = WaveView { card: card(wave, visit.ctx.now), standing, thanks, typed, errors };
    Ok(show(visit, status, move |ctx| pages::survey::wave(ctx, &data)).await)
}

async fn answer(State(app): State<App>, Path(path): Path<urls::Wave>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let wave = find(&app, visit, &path.wave).await?;
    let here = visit.ctx.url(&urls::Wave { wave: path.wave.clone() });
    let given = match Given::parse(&sent.raw) {
        Ok(given) => given,
        Err(errors) => return page(visit, &wave, false, sent.raw.clone(), errors).await,
    };
    match surveys::answer(&app.world, &visit.actor, &path.wave, given, &sent.key).await {
        Ok(()) => Ok(see_other(&format!("{here}?klaar=1"))),
        // Who may not answer, or not now, sees the page that says why.
        Err(ActError::Denied(_)) => Ok(see_other(&here)),
        Err(error) => Err(Fault::new(visit, error)),
    }
}

async fn result(visit: Visit, State(app): State<App>, Path(path): Path<urls::WaveResult>) -> Answer {
    let wave = find(&app, &visit, &path.wave).await?;
    if !wave.closed {
        return Ok(see_other(&visit.ctx.url(&urls::Wave { wave: path.wave })));
    }
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let (shown, quotes) = surveys::result(&mut c, &wave).await.or_fault(&visit)?;
    let buurten = store::places::buurten(&mut c).await.or_fault(&visit)?;
    let name = |id: i64| buurten.iter().find(|b| b.id == id).map_or_else(String::new, |b| b.name.clone());
    let data = WaveResultView {
        card: card(&wave, visit.ctx.now),
        city: shown.city,
        partial: shown.partial,
        buurten: shown.per_buurt.into_iter().map(|(id, figures)| (name(id), figures)).collect(),
        quotes: quotes.into_iter().map(|(id, words)| (name(id), words)).collect(),
    };
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::survey::result(ctx, &data)).await)
}
