//! Home, the buurten, and the choice of a buurt.

use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::convert::{self, Shares};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use domain::initiative::State as PlanState;
use domain::urls;
use pages::buurten::{BuurtView, HomeView, Place};
use services::ActError;
use store::initiatives::{self as rows, Filter};
use store::places::{self, Buurt};
use texts::Lang;

/// Plans on the home page.
const HOME_PLANS: i64 = 4;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::Home>(), get(home))
        .route(at::<urls::ChooseBuurt>(), post(choose).get(to_home))
        .route(at::<urls::Buurten>(), get(list))
        .route(at::<urls::Buurt>(), get(one))
}

fn place(b: &Buurt, lang: Lang) -> Place {
    let line = if lang == Lang::En && !b.line_en.is_empty() { &b.line_en } else { &b.line_nl };
    Place { slug: b.slug.clone(), name: b.name.clone(), wijk: b.wijk.clone(), line: line.clone() }
}

async fn home(visit: Visit, State(app): State<App>) -> Answer {
    let data = home_view(&app, &visit).await.or_fault(&visit)?;
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::buurten::home(ctx, &data)).await)
}

async fn home_view(app: &App, visit: &Visit) -> Result<HomeView, ActError> {
    let mut c = app.world.db.read().await?;
    let now = visit.ctx.now;
    let buurten = places::buurten(&mut c).await?;
    let mine = buurten
        .iter()
        .find(|b| visit.chosen_buurt.as_deref() == Some(b.slug.as_str()))
        .or_else(|| buurten.iter().find(|b| visit.actor.resident_of == Some(b.id)));
    let round = match mine {
        Some(b) => rows::home_round(&mut c, b.id, now).await?.map(|r| (r.slug, r.title, r.pot, r.closes_at)),
        None => None,
    };
    // One round is what the page is about; others of the same buurt, by theme, stand below it.
    let mut voting = store::rounds::all(&mut c).await?;
    voting.retain(|r| {
        let main = round.as_ref().is_some_and(|(slug, ..)| *slug == r.slug);
        r.takes_votes(now) && !main && mine.is_none_or(|b| b.id == r.buurt_id)
    });
    let here = Filter { buurt: mine.map(|b| b.id), limit: 40, ..Filter::default() };
    let mut plans = rows::public(&mut c, &here).await?;
    if mine.is_some() {
        // What is being done first, then the newest.
        plans.sort_by_key(|p| !matches!(p.state, PlanState::InExecution | PlanState::Funded));
    }
    plans.truncate(usize::try_from(HOME_PLANS).unwrap_or(4));
    Ok(HomeView {
        buurt: mine.map(|b| place(b, visit.ctx.lang)),
        buurten: buurten.iter().map(|b| place(b, visit.ctx.lang)).collect(),
        round,
        voting: voting.iter().map(|r| crate::rounds::card(r, now)).collect(),
        wave: rows::home_wave(&mut c, now).await?,
        plans: plans.iter().map(convert::card).collect(),
    })
}

async fn to_home(visit: Visit) -> Response {
    see_other(&visit.ctx.url(&urls::Home {}))
}

async fn choose(State(app): State<App>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    if sent.raw.get("buurt").is_empty() {
        return Ok(see_other(&visit.ctx.url(&urls::Home {})));
    }
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let buurt = places::buurt_by_slug(&mut c, sent.raw.get("buurt"))
        .await
        .or_fault(visit)?
        .ok_or_else(|| Fault::new(visit, ActError::NotFound))?;
    let mut response = see_other(&visit.ctx.url(&urls::Home {}));
    let secure = if app.https { "; Secure" } else { "" };
    if let Ok(value) = HeaderValue::from_str(&format!(
        "buurt={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000{secure}",
        buurt.slug
    )) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

async fn list(visit: Visit, State(app): State<App>) -> Answer {
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let data: Vec<Place> =
        places::buurten(&mut c).await.or_fault(&visit)?.iter().map(|b| place(b, visit.ctx.lang)).collect();
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::buurten::buurten(ctx, &data)).await)
}

async fn one(visit: Visit, State(app): State<App>, Path(path): Path<urls::Buurt>) -> Answer {
    let data = buurt_view(&app, &visit, &path.buurt).await.or_fault(&visit)?;
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::buurten::buurt(ctx, &data)).await)
}

async fn buurt_view(app: &App, visit: &Visit, slug: &str) -> Result<BuurtView, ActError> {
    let mut c = app.world.db.read().await?;
    let b = places::buurt_by_slug(&mut c, slug).await?.ok_or(ActError::NotFound)?;
    let take = Shares::load(&mut c).await?.take(&mut c, b.wijk_id, None, false).await?;
    let forecast = match &take {
        Some(t) => Some(services::forecast::forecast(&mut c, b.wijk_id, t.year, &t.share, false).await?),
        None => None,
    };
    let rounds = store::rounds::all(&mut c)
        .await?
        .iter()
        .filter(|r| r.buurt_id == b.id && r.takes_votes(visit.ctx.now))
        .map(|r| crate::rounds::card(r, visit.ctx.now))
        .collect();
    let plans = rows::public(&mut c, &Filter { buurt: Some(b.id), limit: 200, ..Filter::default() }).await?;
    let mut data = BuurtView {
        place: place(&b, visit.ctx.lang),
        rounds,
        take,
        forecast,
        working: Vec::new(),
        open: Vec::new(),
        other: Vec::new(),
    };
    for p in &plans {
        match p.state {
            PlanState::Published | PlanState::Feasible | PlanState::OnBallot => data.open.push(convert::card(p)),
            PlanState::Funded | PlanState::InExecution | PlanState::Completed => data.working.push(convert::card(p)),
            _ => data.other.push(convert::card(p)),
        }
    }
    Ok(data)
}
