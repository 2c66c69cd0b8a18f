//! `/stadsdeel/stemmen/{round}/papier`: the paper box and its sheets.

use super::form;
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::rounds::{card, plan_cards};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use domain::access::Denied;
use domain::form::{Errors, Raw};
use domain::round::Ballot;
use domain::urls;
use pages::vote_desk::paper::{BatchView, PaperView, SheetRow, SheetView};
use services::sheets::{self, SheetState};
use services::{ActError, codes};
use store::rounds::Sheet;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::VoteDeskAcceptPaper>(), post(accept))
        .route(at::<urls::VoteDeskPaper>(), get(paper).post(take_up))
        .route(at::<urls::VoteDeskPutBack>(), post(put_back))
        .route(at::<urls::VoteDeskSheet>(), get(sheet).post(enter))
}

fn status(errors: &Errors) -> StatusCode {
    if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

async fn accept(State(app): State<App>, Path(path): Path<urls::VoteDeskAcceptPaper>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let entry = sent.raw.id("kiezer").map_err(|_| Fault::new(visit, ActError::NotFound))?;
    codes::accept_paper(&app.world, &visit.actor, &path.round, entry, form(&sent)).await.or_fault(visit)?;
    Ok(see_other(&visit.ctx.url(&urls::VoteDeskRound { round: path.round })))
}

async fn paper(visit: Visit, State(app): State<App>, Path(path): Path<urls::VoteDeskPaper>) -> Answer {
    paper_page(&app, &visit, &path.round, Raw::default(), Errors::default()).await
}

fn state_key(sheet: &Sheet) -> &'static str {
    match sheets::state(sheet) {
        SheetState::Unread => "unread",
        SheetState::Once => "once",
        SheetState::Differs => "differs",
        SheetState::Valid => "valid",
        SheetState::Invalid => "invalid",
    }
}

async fn paper_page(app: &App, visit: &Visit, slug: &str, typed: Raw, errors: Errors) -> Answer {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let found = sheets::paper_box(&mut c, &visit.actor, slug).await.or_fault(visit)?;
    let own = visit.actor.audited().unwrap_or(0);
    let row =
        |sheet: &Sheet| SheetRow { sheet: sheet.sheet, state: state_key(sheet), for_you: sheets::is_for(sheet, own) };
    let batches = found.sheets.chunk_by(|one, other| one.batch == other.batch);
    let data = PaperView {
        card: card(&found.round, visit.ctx.now),
        open: found.open,
        closed_codes: found.closed_codes,
        batches: batches
            .map(|some| BatchView { batch: some[0].batch, sheets: some.iter().map(row).collect() })
            .collect(),
        typed,
        errors,
    };
    Ok(show(visit, status(&data.errors), move |ctx| pages::vote_desk::paper::paper(ctx, &data)).await)
}

async fn take_up(State(app): State<App>, Path(path): Path<urls::VoteDeskPaper>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    match sheets::take_up(&app.world, &visit.actor, &path.round, &sent.raw, form(&sent)).await {
        Ok(()) => Ok(see_other(&visit.ctx.url(&path))),
        Err(ActError::Form(errors)) => paper_page(&app, visit, &path.round, sent.raw.clone(), errors).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}

async fn put_back(State(app): State<App>, Path(path): Path<urls::VoteDeskPutBack>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    sheets::put_back(&app.world, &visit.actor, &path.round, path.batch, form(&sent)).await.or_fault(visit)?;
    Ok(see_other(&visit.ctx.url(&urls::VoteDeskPaper { round: path.round })))
}

async fn sheet(visit: Visit, State(app): State<App>, Path(path): Path<urls::VoteDeskSheet>) -> Answer {
    sheet_page(&app, &visit, &path, Raw::default(), Errors::default()).await
}

/// The sheet, for whose turn it is; others are led back to the paper box.
async fn sheet_page(app: &App, visit: &Visit, path: &urls::VoteDeskSheet, typed: Raw, errors: Errors) -> Answer {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let found = sheets::paper_box(&mut c, &visit.actor, &path.round).await.or_fault(visit)?;
    let sheet = found.sheets.iter().find(|s| (s.batch, s.sheet) == (path.batch, path.sheet));
    let sheet = sheet.ok_or_else(|| Fault::new(visit, ActError::NotFound))?;
    if !found.open || !sheets::is_for(sheet, visit.actor.audited().unwrap_or(0)) {
        return Ok(see_other(&visit.ctx.url(&urls::VoteDeskPaper { round: path.round.clone() })));
    }
    // Only a third reader sees what the others read.
    let readings = match (&sheet.first, &sheet.second) {
        (Some((_, first)), Some((_, second))) => [first, second]
            .map(|picks| Some(picks).filter(|picks| !picks.is_empty()).and_then(|picks| Ballot::from_text(picks)))
            .into(),
        _ => Vec::new(),
    };
    let frozen = services::rounds::frozen(&found.round).or_fault(visit)?;
    let mut plans = plan_cards(&store::rounds::plans(&mut c, found.round.id).await.or_fault(visit)?);
    plans.retain(|plan| frozen.plans.iter().any(|frozen| frozen.id == plan.id));
    // A plan that was withdrawn can stand ticked on a sheet; the count skips it.
    plans.iter_mut().for_each(|plan| plan.withdrawn = false);
    let data = SheetView {
        card: card(&found.round, visit.ctx.now),
        form: found.round.form,
        plans,
        number: (path.batch, path.sheet),
        readings,
        chosen: Ballot::typed(&typed, found.round.form),
        invalid: typed.get("ongeldig") == "1",
        errors,
    };
    Ok(show(visit, status(&data.errors), move |ctx| pages::vote_desk::paper::sheet(ctx, &data)).await)
}

async fn enter(State(app): State<App>, Path(path): Path<urls::VoteDeskSheet>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let number = (path.batch, path.sheet);
    let done = sheets::enter(&app.world, &visit.actor, &path.round, number, &sent.raw, form(&sent)).await;
    match done {
        Ok(_) => {}
        Err(ActError::Form(errors)) => return sheet_page(&app, visit, &path, sent.raw.clone(), errors).await,
        // Somebody else settled it meanwhile, or it was read before: the paper box shows how it stands.
        Err(ActError::Denied(Denied::State)) => {}
        Err(error) => return Err(Fault::new(visit, error)),
    }
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let found = sheets::paper_box(&mut c, &visit.actor, &path.round).await.or_fault(visit)?;
    let own = visit.actor.audited().unwrap_or(0);
    let next = found
        .sheets
        .iter()
        .find(|s| s.batch == path.batch && s.sheet > path.sheet && found.open && sheets::is_for(s, own));
    Ok(see_other(&match next {
        Some(next) => visit.ctx.url(&urls::VoteDeskSheet { round: path.round, batch: next.batch, sheet: next.sheet }),
        None => visit.ctx.url(&urls::VoteDeskPaper { round: path.round }),
    }))
}
