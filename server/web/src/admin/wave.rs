//! `/beheer/peilingen`: setting waves up, looking at them first, and asking residents to answer.

use super::{may_see, status};
use crate::address::{Path, Query};
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::rounds::qr::qr;
use crate::survey::{card, choosable, find};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use domain::access::Denied;
use domain::form::{Errors, Problem, Raw};
use domain::survey::{Asked, Reach, Texts, Wording, Words};
use domain::urls;
use pages::admin::wave::{self, FormView, Poster, ShowView};
use pages::admin::waves;
use pages::survey::form::{Door, WaveView};
use serde::Deserialize;
use services::ActError;
use services::surveys::{self, WaveForm};
use store::waves::Wave;
use texts::Lang;

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::AdminWaves>(), get(list))
        .route(at::<urls::AdminWaveNew>(), get(new).post(set_up))
        .route(at::<urls::AdminWave>(), get(one))
        .route(at::<urls::AdminWaveChange>(), get(change_page).post(change))
        .route(at::<urls::AdminWavePreview>(), get(preview))
        .route(at::<urls::AdminWaveInvite>(), get(back_to_invite).post(invite))
        .route(at::<urls::AdminWaveRemind>(), get(back_to_remind).post(remind))
        .route(at::<urls::AdminWaveLetters>(), get(back_to_letters).post(letters))
        .route(at::<urls::AdminWavePoster>(), get(poster))
}

async fn list(visit: Visit, State(app): State<App>) -> Answer {
    may_see(&visit)?;
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let all = store::waves::all(&mut c).await.or_fault(&visit)?;
    let cards: Vec<_> = all.iter().map(|w| card(w, visit.ctx.now)).collect();
    Ok(show(&visit, StatusCode::OK, move |ctx| waves::waves(ctx, &cards)).await)
}

#[derive(Deserialize)]
struct Copied {
    /// Slug of the wave to start from.
    van: Option<String>,
}

/// The fixed questions as the catalogues have them.
fn words() -> Words {
    let text = |key: &str| Texts::of(&[("nl", &texts::t(Lang::Nl, key)), ("en", &texts::t(Lang::En, key))]);
    Words {
        mark: text("survey-mark"),
        good: text("survey-good"),
        better: text("survey-better"),
        can_do: text("survey-can-do"),
    }
}

/// What the form starts with: what an earlier wave asked (without its dates), or the questions of the catalogues.
fn start(earlier: Option<&Wave>) -> Raw {
    let mut raw = Raw::default();
    let asked = earlier.map_or_else(Asked::default, |w| w.asked.clone());
    let wording = if asked.wording.0.is_some() { asked.wording.clone() } else { Wording(Some(words())) };
    Asked { wording, ..asked }.fill(&mut raw);
    let reach = earlier.map_or(Reach::City, |w| w.reach);
    raw.set("reach", reach.key());
    // No title: every wave has one of its own.
    if earlier.is_some_and(|wave| wave.open_link) {
        raw.set("open_link", "1");
    }
    raw
}

/// What an earlier wave asked, under what was typed: own words are kept, and own questions as a whole.
fn copied(earlier: &Wave, typed: &Raw) -> Raw {
    let (mut raw, empty) = (start(Some(earlier)), start(None));
    let own = |field: &str| matches!(field.as_bytes(), [b'q', b'1'..=b'3', b'_', ..]);
    let written = |(field, value): &&(String, String)| !value.trim().is_empty() && empty.get(field) != value;
    if typed.0.iter().filter(written).any(|(field, _)| own(field)) {
        raw.0.retain(|(field, _)| !own(field));
    }
    for (field, value) in typed.0.iter().filter(written) {
        raw.set(field, value.clone());
    }
    raw
}

/// Whether these fixed questions start a series of their own: the wave before them in that place asked in other words.
fn new_series(all: &[Wave], reach: Reach, wording: &Wording, (own, closes_at): (Option<i64>, i64)) -> bool {
    let before = all.iter().filter(|w| Some(w.id) != own && w.reach == reach && w.closes_at <= closes_at);
    before.max_by_key(|w| (w.closes_at, w.id)).is_some_and(|w| !w.asked.wording.same_series(wording))
}

async fn places(app: &App, visit: &Visit) -> Result<Vec<(String, String)>, Fault> {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let mut all = vec![(Reach::City.key(), visit.ctx.t("admin-wave-city"))];
    for wijk in store::places::wijken(&mut c).await.or_fault(visit)? {
        let name = visit.ctx.ta("admin-wave-wijk", &[("name", wijk.name.as_str().into())]);
        all.push((Reach::Wijk(wijk.id).key(), name));
    }
    let buurten = store::places::buurten(&mut c).await.or_fault(visit)?;
    all.extend(buurten.into_iter().map(|b| (Reach::Buurt(b.id).key(), b.name)));
    Ok(all)
}

async fn form(app: &App, visit: &Visit, of: Option<&Wave>, typed: Raw, errors: Errors) -> Answer {
    may_see(visit)?;
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let earlier = store::waves::all(&mut c).await.or_fault(visit)?;
    drop(c);
    let (own, closes_at) = (of.map(|w| w.id), texts::local_seconds(typed.get("closes")).unwrap_or(i64::MAX));
    let asked = Asked::parse(&typed, &mut Errors::default());
    let reach = Reach::from_key(typed.get("reach").trim()).unwrap_or(Reach::City);
    let data = FormView {
        wave: of.map(|w| card(w, visit.ctx.now)),
        new_series: new_series(&earlier, reach, &asked.wording, (own, closes_at)),
        earlier: earlier.iter().map(|w| (w.slug.clone(), w.title.clone())).collect(),
        places: places(app, visit).await?,
        typed,
        errors,
    };
    Ok(show(visit, status(&data.errors), move |ctx| wave::form(ctx, &data)).await)
}

async fn new(visit: Visit, State(app): State<App>, Query(copied): Query<Copied>) -> Answer {
    let earlier = match copied.van.filter(|slug| !slug.is_empty()) {
        Some(slug) => Some(find(&app, &visit, &slug).await?),
        None => None,
    };
    form(&app, &visit, None, start(earlier.as_ref()), Errors::default()).await
}

async fn set_up(State(app): State<App>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    if sent.raw.get("copy") == "1" {
        may_see(visit)?;
        let typed = copied(&find(&app, visit, sent.raw.get("van")).await?, &sent.raw);
        return form(&app, visit, None, typed, Errors::default()).await;
    }
    let done = match WaveForm::parse(&sent.raw) {
        Ok(form) => surveys::set_up(&app.world, &visit.actor, form, sent.key.clone(), sent.key_actor.clone()).await,
        Err(errors) => Err(ActError::Form(errors)),
    };
    match done {
        Ok(slug) => Ok(see_other(&visit.ctx.url(&urls::AdminWave { wave: slug }))),
        Err(ActError::Form(errors)) => form(&app, visit, None, sent.raw.clone(), errors).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}

async fn change_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::AdminWaveChange>) -> Answer {
    let wave = find(&app, &visit, &path.wave).await?;
    if wave.opens_at <= visit.ctx.now || wave.closed {
        may_see(&visit)?;
        let card = card(&wave, visit.ctx.now);
        return Ok(show(&visit, StatusCode::OK, move |ctx| wave::fixed(ctx, &card)).await);
    }
    let mut typed = start(Some(&wave));
    typed.set("title", wave.title.clone());
    typed.set("opens", texts::typed_local(wave.opens_at));
    typed.set("closes", texts::typed_local(wave.closes_at));
    form(&app, &visit, Some(&wave), typed, Errors::default()).await
}

async fn change(State(app): State<App>, Path(path): Path<urls::AdminWaveChange>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let wave = find(&app, visit, &path.wave).await?;
    let done = match WaveForm::parse(&sent.raw) {
        Ok(form) => surveys::change(&app.world, &visit.actor, &wave, form).await,
        Err(errors) => Err(ActError::Form(errors)),
    };
    match done {
        Ok(()) => Ok(see_other(&visit.ctx.url(&urls::AdminWave { wave: path.wave }))),
        Err(ActError::Form(errors)) => form(&app, visit, Some(&wave), sent.raw.clone(), errors).await,
        // It opened while somebody was typing.
        Err(ActError::Denied(Denied::State)) => {
            let errors = Errors::one("title", Problem::TooLate);
            form(&app, visit, Some(&wave), sent.raw.clone(), errors).await
        }
        Err(error) => Err(Fault::new(visit, error)),
    }
}

async fn one(visit: Visit, State(app): State<App>, Path(path): Path<urls::AdminWave>) -> Answer {
    may_see(&visit)?;
    let wave = find(&app, &visit, &path.wave).await?;
    page(&app, &visit, &wave, Raw::default(), Errors::default()).await
}

async fn page(app: &App, visit: &Visit, wave: &Wave, typed: Raw, errors: Errors) -> Answer {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let buurten = store::places::buurten(&mut c).await.or_fault(visit)?;
    let all = store::waves::all(&mut c).await.or_fault(visit)?;
    let made = store::waves::codes_made(&mut c, wave.id).await.or_fault(visit)?;
    drop(c);
    let name = |id: i64| buurten.iter().find(|b| b.id == id).map_or_else(String::new, |b| b.name.clone());
    let place = match wave.reach {
        Reach::City => visit.ctx.t("admin-wave-city"),
        Reach::Wijk(id) => {
            let wijk = buurten.iter().find(|b| b.wijk_id == id).map_or("", |b| b.wijk.as_str());
            visit.ctx.ta("admin-wave-wijk", &[("name", wijk.into())])
        }
        Reach::Buurt(id) => name(id),
    };
    let asked = buurten.iter().filter(|b| wave.reach.holds(b.id, b.wijk_id));
    let data = ShowView {
        card: card(wave, visit.ctx.now),
        place,
        open_link: wave.open_link,
        new_series: new_series(&all, wave.reach, &wave.asked.wording, (Some(wave.id), wave.closes_at)),
        invited: wave.invited_at.map(|at| (at, wave.invited)),
        reminded_at: wave.reminded_at,
        codes: made.into_iter().map(|(id, n)| (name(id), n)).collect(),
        buurten: asked.map(|b| (b.id.to_string(), b.name.clone())).collect(),
        typed,
        errors,
    };
    Ok(show(visit, status(&data.errors), move |ctx| wave::one(ctx, &data)).await)
}

async fn preview(visit: Visit, State(app): State<App>, Path(path): Path<urls::AdminWavePreview>) -> Answer {
    may_see(&visit)?;
    let wave = find(&app, &visit, &path.wave).await?;
    let data = WaveView {
        card: card(&wave, visit.ctx.now),
        asked: wave.asked.clone(),
        door: Door::Preview,
        step: 0,
        typed: Raw::default(),
        errors: Errors::default(),
    };
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::survey::form::wave(ctx, &data)).await)
}

async fn back_to_invite(visit: Visit, Path(path): Path<urls::AdminWaveInvite>) -> Response {
    see_other(&visit.ctx.url(&urls::AdminWave { wave: path.wave }))
}

async fn back_to_remind(visit: Visit, Path(path): Path<urls::AdminWaveRemind>) -> Response {
    see_other(&visit.ctx.url(&urls::AdminWave { wave: path.wave }))
}

async fn back_to_letters(visit: Visit, Path(path): Path<urls::AdminWaveLetters>) -> Response {
    see_other(&visit.ctx.url(&urls::AdminWave { wave: path.wave }))
}

async fn invite(State(app): State<App>, Path(path): Path<urls::AdminWaveInvite>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let wave = find(&app, visit, &path.wave).await?;
    surveys::invite(&app.world, &visit.actor, &wave, sent.key.clone(), sent.key_actor.clone()).await.or_fault(visit)?;
    Ok(see_other(&visit.ctx.url(&urls::AdminWave { wave: path.wave })))
}

async fn remind(State(app): State<App>, Path(path): Path<urls::AdminWaveRemind>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let wave = find(&app, visit, &path.wave).await?;
    surveys::remind(&app.world, &visit.actor, &wave, sent.key.clone(), sent.key_actor.clone()).await.or_fault(visit)?;
    Ok(see_other(&visit.ctx.url(&urls::AdminWave { wave: path.wave })))
}

/// The codes leave once, as a file for the printer: each with the address that its QR code holds.
async fn letters(State(app): State<App>, Path(path): Path<urls::AdminWaveLetters>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let wave = find(&app, visit, &path.wave).await?;
    match surveys::issue_codes(&app.world, &visit.actor, &wave, &sent.raw).await {
        Ok((buurt, letters)) => {
            let place = urls::WaveCode { wave: path.wave.clone() };
            let mut file = String::from("buurt;code;link\r\n");
            let buurt = buurt.replace(['"', ';'], " ");
            for letter in letters {
                let link = format!("{}{place}#{}", app.base_url, letter.code.plain());
                file.push_str(&format!("\"{buurt}\";{};{link}\r\n", letter.code.grouped()));
            }
            let name = format!("attachment; filename=\"brieven-{}.csv\"", path.wave);
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                (header::CONTENT_DISPOSITION, name),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            Ok((headers, file).into_response())
        }
        Err(ActError::Form(errors)) => page(&app, visit, &wave, sent.raw.clone(), errors).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}

#[derive(Deserialize)]
struct Hung {
    /// Buurt (id) where the poster hangs.
    buurt: Option<i64>,
}

/// A page to print: the question, the address and its QR code.
async fn poster(
    visit: Visit,
    State(app): State<App>,
    Path(path): Path<urls::AdminWavePoster>,
    Query(hung): Query<Hung>,
) -> Result<Response, Fault> {
    may_see(&visit)?;
    let wave = find(&app, &visit, &path.wave).await?;
    let buurten = choosable(&app, &visit, &wave).await?;
    let here = hung.buurt.map(|id| id.to_string()).filter(|id| buurten.iter().any(|(known, _)| known == id));
    let mut link = format!("{}{}", app.base_url, urls::Wave { wave: path.wave.clone() });
    if let Some(id) = here {
        link.push_str(&format!("?buurt={id}"));
    }
    let data = Poster { card: card(&wave, visit.ctx.now), qr: qr(&link), link, open_link: wave.open_link, buurten };
    Ok(show(&visit, StatusCode::OK, move |ctx| wave::poster(ctx, &data)).await)
}
