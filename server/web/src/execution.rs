//! Plans with money: for their makers (`makers`), for the stadsdeel (`staff`, `payments`), and their pictures.

pub(crate) mod convert;
mod makers;
mod payments;
mod staff;

use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, show};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get};
use domain::access::{Act, decide};
use domain::execution::{PHOTOS, RECEIPTS};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use pages::execution::RunView;
use pages::execution::forms::{FormView, Screen, form};
use services::ActError;
use services::execution::{read, steps};
use services::pictures::{self, Ready};
use store::initiatives::{self as rows, Initiative, Picture};

/// Most bytes of a form with several photos.
const PHOTOS_LIMIT: usize = 17 * 1024 * 1024;

/// What was just done: value of `?klaar=`, key of its text.
pub(crate) const DONE: &[(&str, &str)] = &[
    ("afgesproken", "run-done-written"),
    ("akkoord", "run-done-agreed"),
    ("toegezegd", "run-done-committed"),
    ("rest-terug", "run-done-given-back"),
    ("klaargezet", "run-done-prepared"),
    ("goedgekeurd", "run-done-approved"),
    ("teruggezet", "run-done-refused"),
    ("gepland", "run-done-planned"),
    ("gezet", "run-done-step"),
    ("bevestigd", "run-done-confirmed"),
    ("later-gevraagd", "run-done-later"),
    ("voorgesteld", "run-done-proposed"),
    ("wijziging-goed", "run-done-change-yes"),
    ("wijziging-nee", "run-done-change-no"),
    ("gestopt", "run-done-stopped"),
    ("afgerekend", "run-done-account"),
    ("afrekening-goed", "run-done-checked"),
    ("afrekening-terug", "run-done-asked"),
    ("bedankt", "run-done-thanks"),
    ("bevestigingen", "run-done-booked"),
    ("bevestigingen-al", "run-done-before"),
    ("opdracht", "run-done-order"),
];

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::InitiativeStepPhoto>(), get(photo))
        .route(at::<urls::InitiativeReceipt>(), get(receipt))
        .merge(makers::routes())
        .merge(staff::routes())
        .merge(payments::routes())
}

/// Takes forms with several photos.
fn with_photos(route: MethodRouter<App>) -> MethodRouter<App> {
    route.layer(DefaultBodyLimit::max(PHOTOS_LIMIT))
}

/// The plan with its execution; as if it were not there for one that never had money, or who may not do this.
async fn find(app: &App, visit: &Visit, id: i64, act: Act) -> Result<(Initiative, RunView), ActError> {
    let mut c = app.world.db.read().await?;
    let p = rows::get(&mut c, id).await?.ok_or(ActError::NotFound)?;
    decide(act, &visit.actor, &p.subject())?;
    let run = convert::run(&mut c, visit, &p).await?.ok_or(ActError::NotFound)?;
    Ok((p, run))
}

/// Which form, of which plan, at which desk.
#[derive(Clone, Copy)]
struct Asked {
    id: i64,
    screen: Screen,
    staff: bool,
}

impl Asked {
    /// What who opens the form must be allowed to do.
    fn act(self) -> Act {
        match self.screen {
            Screen::Agreement => Act::WriteAgreement,
            Screen::GiveBack => Act::CommitMoney,
            Screen::InstalmentNew => Act::PreparePayment,
            Screen::Instalment(_) => Act::SeeDistrict,
            Screen::StepNew => Act::PlanStep,
            Screen::Step(_) if self.staff => Act::ConfirmStep,
            Screen::Step(_) => Act::TellStep,
            Screen::StepLater(_) | Screen::ChangeNew | Screen::Stop => Act::AskPlanChange,
            Screen::Change(_) => Act::DecidePlanChange,
            Screen::Account => Act::AccountForMoney,
            Screen::Check => Act::CheckAccount,
        }
    }
}

/// Whether what the form is about is there.
fn is_there(screen: Screen, run: &RunView) -> bool {
    match screen {
        Screen::Step(id) | Screen::StepLater(id) => run.steps.iter().any(|s| s.id == id),
        Screen::Instalment(id) => run.instalments.iter().any(|i| i.id == id),
        Screen::Change(id) => run.changes.iter().any(|x| x.id == id),
        Screen::Check => run.account.is_some(),
        _ => true,
    }
}

/// A form, with what was typed and what is wrong.
async fn ask(app: &App, visit: &Visit, asked: Asked, typed: Raw, errors: Errors) -> Answer {
    let (_, run) = find(app, visit, asked.id, asked.act()).await.or_fault(visit)?;
    if !is_there(asked.screen, &run) {
        return Err(Fault::new(visit, ActError::NotFound));
    }
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let data = FormView { screen: asked.screen, run, staff: asked.staff, typed, errors };
    Ok(show(visit, status, move |ctx| form(ctx, &data)).await)
}

/// A redirect, the form with its errors, or a fault.
async fn answer(app: &App, sent: Sent, asked: Asked, outcome: Result<String, ActError>) -> Answer {
    match outcome {
        Ok(place) => Ok(crate::answer::see_other(&place)),
        Err(ActError::Form(errors)) => ask(app, &sent.visit, asked, sent.raw, errors).await,
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

/// Reads a picture; what is wrong with it is told in the field of this name.
async fn picture(bytes: Vec<u8>, field: &'static str) -> Result<Option<Ready>, ActError> {
    match pictures::read(Some(bytes)).await {
        Err(ActError::Form(errors)) => {
            Err(Errors(errors.0.into_iter().map(|(_, problem)| (field, problem)).collect()).into())
        }
        other => other,
    }
}

/// The photos of a step.
async fn photos(sent: &mut Sent) -> Result<Vec<steps::Photo>, ActError> {
    let files = std::mem::take(&mut sent.files);
    if files.len() > PHOTOS {
        return Err(Errors::one("photo", Problem::TooMany(PHOTOS)).into());
    }
    let mut photos = Vec::new();
    for (name, bytes) in files {
        let (before, field) = match name.as_str() {
            "before" => (true, "before"),
            "photos" => (false, "photos"),
            _ => (false, "photo"),
        };
        photos.extend(picture(bytes, field).await?.map(|picture| steps::Photo { before, picture }));
    }
    Ok(photos)
}

/// The receipts of an account.
async fn receipts(sent: &mut Sent) -> Result<Vec<Ready>, ActError> {
    let files = std::mem::take(&mut sent.files);
    if files.len() > RECEIPTS {
        return Err(Errors::one("receipt", Problem::TooMany(RECEIPTS)).into());
    }
    let mut found = Vec::new();
    for (_, bytes) in files {
        found.extend(picture(bytes, "receipt").await?);
    }
    Ok(found)
}

/// What was typed for an account that came back with a question.
async fn typed_account(app: &App, visit: &Visit, id: i64) -> Result<Raw, ActError> {
    let (_, run) = find(app, visit, id, Act::AccountForMoney).await?;
    let Some(kept) = run.account else { return Ok(Raw::default()) };
    let mut typed = Raw::from_pairs(&[("words", &kept.words)]);
    for (what, amount) in kept.lines {
        typed.0.extend([("line_what".to_owned(), what), ("line_amount".to_owned(), texts::money_plain(amount))]);
    }
    Ok(typed)
}

fn shown(visit: &Visit, picture: Option<Picture>, cache: &'static str) -> Answer {
    let picture = picture.ok_or_else(|| Fault::new(visit, ActError::NotFound))?;
    let headers = [(header::CONTENT_TYPE, picture.mime), (header::CACHE_CONTROL, cache.to_owned())];
    Ok((headers, picture.bytes).into_response())
}

/// Everybody may see the photos of a plan that they may see, once the stadsdeel saw them.
async fn photo(visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeStepPhoto>) -> Answer {
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let p = crate::plans::convert::visible(&mut c, &visit, path.id).await.or_fault(&visit)?;
    let may = |act| decide(act, &visit.actor, &p.subject()).is_ok();
    let inside = may(Act::TellStep) || may(Act::SeeDistrict);
    let found = read::photo(&mut c, path.id, path.photo, !inside).await.or_fault(&visit)?;
    shown(&visit, found, "private, max-age=600")
}

/// Only makers and staff see a receipt: names and addresses may stand on it.
async fn receipt(
    visit: Visit,
    State(app): State<App>,
    Path(path): Path<urls::InitiativeReceipt>,
) -> Result<Response, Fault> {
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let p = rows::get(&mut c, path.id).await.or_fault(&visit)?.ok_or_else(|| Fault::new(&visit, ActError::NotFound))?;
    decide(Act::SeeReceipts, &visit.actor, &p.subject()).or_fault(&visit)?;
    let found = read::receipt(&mut c, path.id, path.receipt).await.or_fault(&visit)?;
    shown(&visit, found, "private, no-store")
}
