//! `/beheer/stemrondes/{round}/kiezers`: the roll, its codes and their letters.

use super::may_see;
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use domain::form::{Errors, Problem, Raw};
use domain::round::Phase;
use domain::urls;
use pages::admin::roll::{RollView, UploadView};
use services::codes::Letter;
use services::letters::{self, Look};
use services::rolls::Checked;
use services::{ActError, codes, rolls, voters};
use store::rounds::Round;

/// Most letters that a page makes; more are made on the server itself.
const MOST_LETTERS: i64 = 5_000;
/// Addresses shown of a list.
const SHOWN: usize = 3;

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::AdminRoundRoll>(), get(roll).post(upload))
        .route(at::<urls::AdminRoundRollAdd>(), post(add))
        .route(at::<urls::AdminRoundLetters>(), post(look))
        .route(at::<urls::AdminRoundCodes>(), post(issue))
}

async fn roll(mut visit: Visit, State(app): State<App>, Path(path): Path<urls::AdminRoundRoll>) -> Answer {
    crate::plans::flash(&mut visit);
    page(&app, &visit, &path.round, None, None).await
}

async fn find(app: &App, visit: &Visit, slug: &str) -> Result<Round, Fault> {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    store::rounds::by_slug(&mut c, slug)
        .await
        .or_fault(visit)?
        .filter(voters::by_code)
        .ok_or_else(|| Fault::new(visit, ActError::NotFound))
}

async fn page(
    app: &App,
    visit: &Visit,
    slug: &str,
    upload: Option<UploadView>,
    wrong_look: Option<(Raw, Errors)>,
) -> Answer {
    may_see(visit)?;
    let round = find(app, visit, slug).await?;
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let figures = store::rounds::roll_figures(&mut c, round.id).await.or_fault(visit)?;
    let anomalies = services::count::anomaly_sums(&mut c, round.id).await.or_fault(visit)?;
    let before = matches!(round.phase, Phase::Setup | Phase::Published);
    let wrong =
        upload.as_ref().is_some_and(|upload| !upload.right || !upload.errors.0.is_empty()) || wrong_look.is_some();
    let (look, look_errors) = wrong_look.unwrap_or_else(|| (kept_look(&round), Errors::default()));
    let data = RollView {
        card: crate::rounds::card(&round, visit.ctx.now),
        figures: (figures.entries, figures.coded, figures.paper),
        reissued: round.codes_reissued,
        // A roll whose codes were made stays as it is.
        may_import: before && figures.coded == 0,
        may_renew: before && figures.coded > 0,
        may_issue: before || round.phase == Phase::Voting && visit.ctx.now < round.closes_at,
        letters: app.letters.is_some(),
        look,
        look_errors,
        upload,
        anomalies,
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(show(visit, status, move |ctx| pages::admin::roll::roll(ctx, &data)).await)
}

fn upload_view(checked: &Checked, digest: String) -> UploadView {
    UploadView {
        rows: checked.rows,
        voters: checked.addresses.len(),
        wrong: checked.wrong.iter().map(|(line, why)| (*line, why.key())).collect(),
        wrong_count: checked.wrong_count,
        no_header: checked.no_header,
        right: checked.is_right(),
        ignored: checked.ignored.clone(),
        digest,
        errors: Errors::default(),
        first: checked.addresses.iter().take(SHOWN).cloned().collect(),
    }
}

async fn upload(State(app): State<App>, Path(path): Path<urls::AdminRoundRoll>, mut sent: Sent) -> Answer {
    let file = sent.take_file().unwrap_or_default();
    let visit = &sent.visit;
    // No file at all reads as a list without a header; other bytes than UTF-8 are told by their line.
    let csv = String::from_utf8_lossy(&file).into_owned();
    let digest = rolls::digest(&csv);
    let checked = rolls::upload(&app.world, &visit.actor, &path.round, csv).await.or_fault(visit)?;
    page(&app, visit, &path.round, Some(upload_view(&checked, digest)), None).await
}

async fn add(State(app): State<App>, Path(path): Path<urls::AdminRoundRollAdd>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    match rolls::add(&app.world, &visit.actor, &path.round, sent.raw.get("seen")).await {
        Ok(_) => Ok(see_other(&visit.ctx.url(&urls::AdminRoundRoll { round: path.round }))),
        Err(ActError::Form(errors)) => {
            // What was uploaded since, to be looked at anew.
            let now = rolls::uploaded(&app.world, &visit.actor, &path.round).await.or_fault(visit)?;
            let upload = now.map(|(checked, digest)| UploadView { errors, ..upload_view(&checked, digest) });
            page(&app, visit, &path.round, upload, None).await
        }
        Err(error) => Err(error).or_fault(visit),
    }
}

/// The look of its letters as a form would send it.
fn kept_look(round: &Round) -> Raw {
    let mut raw = Raw(round.letters_in.split(',').map(|code| ("language".into(), code.into())).collect());
    raw.set("size", round.letter_size.clone());
    raw.set("sender", round.letter_sender.clone());
    raw
}

/// Shows a letter with a code that is none, or keeps how the letters look.
async fn look(State(app): State<App>, Path(path): Path<urls::AdminRoundLetters>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    may_see(visit)?;
    let wrong = |errors| page(&app, visit, &path.round, None, Some((sent.raw.clone(), errors)));
    let look = match Look::parse(&sent.raw) {
        Ok(look) => look,
        Err(errors) => return wrong(errors).await,
    };
    if sent.raw.get("proof") == "1" {
        let round = look.of(find(&app, visit, &path.round).await?);
        return match proof(&app, visit, &round).await? {
            Ok(pdf) => Ok(download(pdf, "application/pdf", &format!("proefbrief-{}.pdf", path.round))),
            Err(errors) => wrong(errors).await,
        };
    }
    let key = crate::plans::key(&sent);
    let place = letters::set_look(&app.world, &visit.actor, key, &path.round, look).await.or_fault(visit)?;
    Ok(see_other(&place))
}

/// One letter as PDF, or what is wrong with it.
async fn proof(app: &App, visit: &Visit, round: &Round) -> Result<Result<Vec<u8>, Errors>, Fault> {
    let printer = app.letters.as_ref().ok_or_else(|| Fault::new(visit, ActError::NotFound))?;
    let one = letters::proof(&app.world, round).await.or_fault(visit)?;
    Ok(letters::print(printer, &letters::job(round, &app.base_url, &[one])).await.map_err(|why| {
        tracing::warn!("A proof of a letter could not be printed: {why}");
        Errors::one("sender", Problem::Unprintable)
    }))
}

fn download(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    (StatusCode::OK, [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}

/// The codes leave in this answer, once.
async fn issue(State(app): State<App>, Path(path): Path<urls::AdminRoundCodes>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let here = urls::AdminRoundRoll { round: path.round.clone() };
    let kind = sent.raw.get("soort").to_owned();
    if kind == "opnieuw" {
        codes::anew(&app.world, &visit.actor, &path.round).await.or_fault(visit)?;
        return Ok(see_other(&visit.ctx.url(&here)));
    }
    let round = find(&app, visit, &path.round).await?;
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let figures = store::rounds::roll_figures(&mut c, round.id).await.or_fault(visit)?;
    drop(c);
    if figures.entries - figures.coded - figures.paper > MOST_LETTERS {
        let text = visit.ctx.ta("roll-too-many", &[("round", path.round.as_str().into())]);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text)
            .into_response());
    }
    // A printer that is missing must be known before codes are made that nobody would see.
    let printer = match (kind.as_str(), &app.letters) {
        ("pdf", Some(printer)) => Some(printer.clone()),
        ("csv", _) => None,
        _ => return Err(Fault::new(visit, ActError::NotFound)),
    };
    if printer.is_some()
        && let Err(errors) = proof(&app, visit, &round).await?
    {
        let kept = kept_look(&round);
        return page(&app, visit, &path.round, None, Some((kept, errors))).await;
    }
    let mut made: Vec<Letter> = Vec::new();
    codes::issue(&app.world, &visit.actor, &path.round, |some| {
        made.extend(some);
        Ok(())
    })
    .await
    .or_fault(visit)?;
    // Tapped twice: the first answer has them all, and an empty file would only hide it.
    if made.is_empty() {
        return Ok(see_other(&visit.ctx.url(&here)));
    }
    let name = |kind| format!("stemcodes-{}.{kind}", round.slug);
    match printer {
        Some(printer) => {
            let printed = letters::print(&printer, &letters::job(&round, &app.base_url, &made)).await;
            let lost =
                |why| ActError::Broken(format!("{why} Their codes are made: 'make all codes anew' takes them back."));
            Ok(download(printed.map_err(lost).or_fault(visit)?, "application/pdf", &name("pdf")))
        }
        None => {
            let csv = letters::csv(&round, &app.base_url, &made, true).map_err(ActError::Broken).or_fault(visit)?;
            Ok(download(csv, "text/csv; charset=utf-8", &name("csv")))
        }
    }
}
