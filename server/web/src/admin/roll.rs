//! `/beheer/stemrondes/{round}/kiezers`: the roll, its codes and their letters.

use super::may_see;
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use domain::round::Phase;
use domain::urls;
use pages::admin::roll::{RollView, UploadView};
use services::codes::Letter;
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
        .route(at::<urls::AdminRoundCodes>(), post(issue))
}

async fn roll(visit: Visit, State(app): State<App>, Path(path): Path<urls::AdminRoundRoll>) -> Answer {
    page(&app, &visit, &path.round, None).await
}

async fn find(app: &App, visit: &Visit, slug: &str) -> Result<Round, Fault> {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    store::rounds::by_slug(&mut c, slug)
        .await
        .or_fault(visit)?
        .filter(voters::by_code)
        .ok_or_else(|| Fault::new(visit, ActError::NotFound))
}

async fn page(app: &App, visit: &Visit, slug: &str, upload: Option<UploadView>) -> Answer {
    may_see(visit)?;
    let round = find(app, visit, slug).await?;
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let figures = store::rounds::roll_figures(&mut c, round.id).await.or_fault(visit)?;
    let anomalies = services::count::anomaly_sums(&mut c, round.id).await.or_fault(visit)?;
    let before = matches!(round.phase, Phase::Setup | Phase::Published);
    let wrong = upload.as_ref().is_some_and(|upload| !upload.right);
    let data = RollView {
        card: crate::rounds::card(&round, visit.ctx.now),
        figures: (figures.entries, figures.coded, figures.paper),
        reissued: round.codes_reissued,
        may_import: before,
        may_issue: before || round.phase == Phase::Voting && visit.ctx.now < round.closes_at,
        letters: app.letters.is_some(),
        upload,
        anomalies,
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(show(visit, status, move |ctx| pages::admin::roll::roll(ctx, &data)).await)
}

fn upload_view(checked: &Checked) -> UploadView {
    UploadView {
        rows: checked.rows,
        voters: checked.addresses.len(),
        wrong: checked.wrong.iter().map(|(line, why)| (*line, why.key())).collect(),
        wrong_count: checked.wrong_count,
        no_header: checked.no_header,
        right: checked.is_right(),
        first: checked.addresses.iter().take(SHOWN).cloned().collect(),
    }
}

async fn upload(State(app): State<App>, Path(path): Path<urls::AdminRoundRoll>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    // No file at all reads as a list without a header; other bytes than UTF-8 are told by their line.
    let csv = String::from_utf8_lossy(sent.file.as_deref().unwrap_or_default()).into_owned();
    let checked = rolls::upload(&app.world, &visit.actor, &path.round, csv).await.or_fault(visit)?;
    page(&app, visit, &path.round, Some(upload_view(&checked))).await
}

async fn add(State(app): State<App>, Path(path): Path<urls::AdminRoundRollAdd>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    rolls::add(&app.world, &visit.actor, &path.round).await.or_fault(visit)?;
    Ok(see_other(&visit.ctx.url(&urls::AdminRoundRoll { round: path.round })))
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
    let mut letters: Vec<Letter> = Vec::new();
    codes::issue(&app.world, &visit.actor, &path.round, |some| {
        letters.extend(some);
        Ok(())
    })
    .await
    .or_fault(visit)?;
    // Tapped twice: the first answer has them all, and an empty file would only hide it.
    if letters.is_empty() {
        return Ok(see_other(&visit.ctx.url(&here)));
    }
    let (bytes, kind, name) = match printer {
        Some(printer) => {
            let job = services::letters::job(&round, &app.base_url, &letters);
            let pdf = services::letters::print(&printer, &job).await.or_fault(visit)?;
            (pdf, "application/pdf", "pdf")
        }
        None => {
            let csv = services::letters::csv(&round, &app.base_url, &letters, true)
                .map_err(ActError::Broken)
                .or_fault(visit)?;
            (csv, "text/csv; charset=utf-8", "csv")
        }
    };
    let disposition = format!("attachment; filename=\"stemcodes-{}.{name}\"", round.slug);
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response())
}
