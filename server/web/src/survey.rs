//! `/peiling`: the survey and what neighbours said.

use crate::address::{Path, Query};
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::network::Network;
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use domain::access::Denied;
use domain::form::{Errors, Problem, Raw};
use domain::survey::{Answer as Given, Reach};
use domain::urls;
use pages::survey::WaveCard;
use pages::survey::form::{Door, WaveView};
use pages::survey::thanks::{self, ThanksView};
use serde::Deserialize;
use services::surveys::{self, Entrance, Taken};
use services::{ActError, limits};
use store::waves::Wave;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::Waves>(), get(list))
        .route(at::<urls::Wave>(), get(wave).post(answer))
        .route(at::<urls::WaveCode>(), get(code_page).post(enter))
}

pub(crate) fn card(wave: &Wave, now: i64) -> WaveCard {
    WaveCard {
        slug: wave.slug.clone(),
        title: wave.title.clone(),
        opens_at: wave.opens_at,
        closes_at: wave.closes_at,
        open: wave.takes_answers(now),
        result: wave.published,
    }
}

async fn list(visit: Visit, State(app): State<App>) -> Answer {
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let cards: Vec<WaveCard> =
        store::waves::all(&mut c).await.or_fault(&visit)?.iter().map(|w| card(w, visit.ctx.now)).collect();
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::survey::list(ctx, &cards)).await)
}

pub(crate) async fn find(app: &App, visit: &Visit, slug: &str) -> Result<Wave, Fault> {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    store::waves::by_slug(&mut c, slug).await.or_fault(visit)?.ok_or_else(|| Fault::new(visit, ActError::NotFound))
}

/// Buurten that the wave asks, to choose from; none where there is nothing to choose.
pub(crate) async fn choosable(app: &App, visit: &Visit, wave: &Wave) -> Result<Vec<(String, String)>, Fault> {
    if matches!(wave.reach, Reach::Buurt(_)) {
        return Ok(Vec::new());
    }
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let all = store::places::buurten(&mut c).await.or_fault(visit)?;
    let asked = all.into_iter().filter(|b| wave.reach.holds(b.id, b.wijk_id));
    Ok(asked.map(|b| (b.id.to_string(), b.name)).collect())
}

async fn door(app: &App, visit: &Visit, wave: &Wave, code: &str) -> Result<Door, Fault> {
    match surveys::entrance(&app.world, &visit.actor, wave, code).await {
        Ok(Entrance::Account(_)) => Ok(Door::Resident),
        Ok(Entrance::Letter(_)) => Ok(Door::Letter),
        Ok(Entrance::Own(_)) => Ok(Door::Own),
        Ok(Entrance::Open) => Ok(Door::Open(choosable(app, visit, wave).await?)),
        Err(ActError::Denied(Denied::SignIn)) => Ok(Door::SignIn),
        Err(ActError::Denied(_)) if visit.actor.resident_of.is_some() => Ok(Door::Elsewhere),
        // A code that is not one is told by who typed it; here it opens nothing.
        Err(ActError::Denied(_) | ActError::Form(_)) => Ok(Door::Residence),
        Err(error) => Err(Fault::new(visit, error)),
    }
}

#[derive(Deserialize)]
struct Asked {
    buurt: Option<String>,
}

async fn wave(
    visit: Visit,
    State(app): State<App>,
    Path(path): Path<urls::Wave>,
    Query(asked): Query<Asked>,
) -> Answer {
    let wave = find(&app, &visit, &path.wave).await?;
    let mut typed = Raw::default();
    // A poster says where it hangs.
    if let Some(id) = asked.buurt.filter(|id| id.bytes().all(|b| b.is_ascii_digit())) {
        typed.set("buurt", id);
    }
    page(&app, &visit, &wave, typed, Errors::default(), Turn::Stay(0)).await
}

/// Which screen is next.
enum Turn {
    /// This one.
    Stay(usize),
    /// From one to another.
    To(usize, usize),
    /// Where the first field is that is wrong.
    Wrong,
}

/// A page of the survey that the phone may show again when its reader goes back: it answers to a form, which a browser would
/// otherwise ask to send anew.
fn again(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

async fn page(app: &App, visit: &Visit, wave: &Wave, typed: Raw, errors: Errors, turn: Turn) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let door =
        if wave.takes_answers(visit.ctx.now) { door(app, visit, wave, typed.get("code")).await? } else { Door::SignIn };
    let mut data =
        WaveView { card: card(wave, visit.ctx.now), asked: wave.asked.clone(), door, step: 0, typed, errors };
    data.step = match turn {
        Turn::Stay(step) => step,
        Turn::To(from, to) => data.reach(from, to),
        Turn::Wrong => data.wrong_step(),
    };
    Ok(again(show(visit, status, move |ctx| pages::survey::form::wave(ctx, &data)).await))
}

/// One form for every button: a tap on a mark, the way to another question, and sending.
async fn answer(State(app): State<App>, Path(path): Path<urls::Wave>, network: Network, mut sent: Sent) -> Answer {
    let wave = find(&app, &sent.visit, &path.wave).await?;
    let now = sent.raw.number("step", 0, 99).ok().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let tapped = sent.raw.get("tap").to_owned();
    if !tapped.is_empty() {
        sent.raw.set("mark", tapped);
    }
    let visit = &sent.visit;
    if sent.raw.get("send") != "1" {
        let to = sent.raw.number("to", 0, 99).ok().and_then(|n| usize::try_from(n).ok()).unwrap_or(now + 1);
        return page(&app, visit, &wave, sent.raw.clone(), Errors::default(), Turn::To(now, to)).await;
    }
    let lang = visit.ctx.lang.code();
    let given = async {
        let code = sent.raw.get("code");
        let door = surveys::enter(&app.world, &visit.actor, &wave, code, &network.0).await;
        // What is no answer yet does not count against others in the same library.
        let whole = Given::parse(&sent.raw, &wave.asked, lang).is_ok() && wave.takes_answers(visit.ctx.now);
        if whole && matches!(door, Ok(Entrance::Open)) {
            limits::OPEN_ANSWERS.count(&app.world, &network.0).await?;
        }
        surveys::answer(&app.world, &visit.actor, &path.wave, &sent.raw, lang, &sent.key).await
    };
    match given.await {
        Ok(Taken { code, answer }) => {
            let data = ThanksView {
                card: card(&wave, visit.ctx.now),
                code: code.grouped(),
                better: answer.better,
                can_do: answer.can_do,
            };
            Ok(again(show(visit, StatusCode::OK, move |ctx| thanks::thanks(ctx, &data)).await))
        }
        // A code that was good a moment ago: its answer was changed with another form of the same code's owner.
        Err(ActError::Form(errors)) if errors.of("code").is_some() => {
            let (card, typed) = (card(&wave, visit.ctx.now), sent.raw.clone());
            Ok(show(visit, StatusCode::UNPROCESSABLE_ENTITY, move |ctx| thanks::code(ctx, &card, &typed, &errors))
                .await)
        }
        Err(ActError::Form(errors)) => page(&app, visit, &wave, sent.raw.clone(), errors, Turn::Wrong).await,
        // Too many from one network: everything stays in the form, to send again later.
        Err(ActError::TooMany) => {
            let errors = Errors::one("mark", Problem::TooOften);
            page(&app, visit, &wave, sent.raw.clone(), errors, Turn::Stay(now)).await
        }
        // Who may not answer, or not now, sees why, and what they typed.
        Err(ActError::Denied(_)) => {
            page(&app, visit, &wave, sent.raw.clone(), Errors::default(), Turn::Stay(now)).await
        }
        Err(error) => Err(Fault::new(visit, error)),
    }
}

async fn code_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::WaveCode>) -> Answer {
    let wave = find(&app, &visit, &path.wave).await?;
    if !wave.takes_answers(visit.ctx.now) {
        return Ok(see_other(&visit.ctx.url(&urls::Wave { wave: path.wave })));
    }
    let card = card(&wave, visit.ctx.now);
    Ok(show(&visit, StatusCode::OK, move |ctx| thanks::code(ctx, &card, &Raw::default(), &Errors::default())).await)
}

/// The code travels on in the form; the server and the browser keep nothing of it.
async fn enter(State(app): State<App>, Path(path): Path<urls::WaveCode>, network: Network, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let wave = find(&app, visit, &path.wave).await?;
    let typed = sent.raw.get("code").to_owned();
    if !wave.takes_answers(visit.ctx.now) {
        return Ok(see_other(&visit.ctx.url(&urls::Wave { wave: path.wave })));
    }
    let entered = if typed.trim().is_empty() {
        Err(ActError::Form(Errors::one("code", Problem::Missing)))
    } else {
        surveys::enter(&app.world, &visit.actor, &wave, &typed, &network.0).await
    };
    match entered {
        Ok(entrance) => {
            let mut raw = Raw::from_pairs(&[("code", &typed)]);
            if matches!(entrance, Entrance::Own(_))
                && let Some(given) = surveys::own_answer(&app.world, &wave, &typed).await.or_fault(visit)?
            {
                given.fill(&mut raw);
            }
            page(&app, visit, &wave, raw, Errors::default(), Turn::Stay(0)).await
        }
        Err(ActError::Form(errors)) => {
            let (card, typed) = (card(&wave, visit.ctx.now), sent.raw.clone());
            Ok(show(visit, StatusCode::UNPROCESSABLE_ENTITY, move |ctx| thanks::code(ctx, &card, &typed, &errors))
                .await)
        }
        Err(error) => Err(Fault::new(visit, error)),
    }
}
