//! What makers do with a plan that has money, and how neighbours thank them.

use super::{Asked, answer, ask, find, photos, receipts, with_photos};
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::{flash, key};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use domain::access::Act;
use domain::form::{Errors, Raw};
use domain::urls;
use pages::execution::forms::Screen;
use pages::execution::makers;
use services::ActError;
use services::execution::account::AccountForm;
use services::execution::changes::ChangeForm;
use services::execution::steps::{self, DoneForm, LaterForm, StepForm};
use services::execution::{account, agreement, changes, thanks};

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::InitiativeExecution>(), get(page))
        .route(at::<urls::InitiativeAgree>(), post(agree))
        .route(at::<urls::InitiativeStepNew>(), get(step_page).post(step))
        .route(at::<urls::InitiativeStep>(), with_photos(get(done_page).post(done)))
        .route(at::<urls::InitiativeStepLater>(), get(later_page).post(later))
        .route(at::<urls::InitiativeChange>(), get(change_page).post(change))
        .route(at::<urls::InitiativeAccount>(), with_photos(get(account_page).post(hand_in)))
        .route(at::<urls::InitiativeThanks>(), post(thank))
}

async fn page(mut visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeExecution>) -> Answer {
    flash(&mut visit);
    draw(&app, &visit, path.id, Errors::default()).await
}

async fn draw(app: &App, visit: &Visit, id: i64, errors: Errors) -> Answer {
    let (_, run) = find(app, visit, id, Act::TellStep).await.or_fault(visit)?;
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show(visit, status, move |ctx| makers::makers(ctx, &run, &errors)).await)
}

async fn agree(State(app): State<App>, Path(path): Path<urls::InitiativeAgree>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let version = sent.raw.get("version").parse().unwrap_or(0);
    match agreement::accept(&app.world, &visit.actor, key(&sent), path.id, version).await {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => draw(&app, visit, path.id, errors).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}

fn of(id: i64, screen: Screen) -> Asked {
    Asked { id, screen, staff: false }
}

async fn step_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeStepNew>) -> Answer {
    ask(&app, &visit, of(path.id, Screen::StepNew), Raw::default(), Errors::default()).await
}

async fn step(State(app): State<App>, Path(path): Path<urls::InitiativeStepNew>, sent: Sent) -> Answer {
    let outcome =
        async { steps::plan(&app.world, &sent.visit.actor, key(&sent), path.id, StepForm::parse(&sent.raw)?).await };
    let outcome = outcome.await;
    answer(&app, sent, of(path.id, Screen::StepNew), outcome).await
}

async fn done_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeStep>) -> Answer {
    ask(&app, &visit, of(path.id, Screen::Step(path.step)), Raw::default(), Errors::default()).await
}

async fn done(State(app): State<App>, Path(path): Path<urls::InitiativeStep>, mut sent: Sent) -> Answer {
    let outcome = async {
        let note = DoneForm::parse(&sent.raw)?;
        let photos = photos(&mut sent).await?;
        steps::done(&app.world, &sent.visit.actor, key(&sent), (path.id, path.step), note, photos).await
    };
    let outcome = outcome.await;
    answer(&app, sent, of(path.id, Screen::Step(path.step)), outcome).await
}

async fn later_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeStepLater>) -> Answer {
    ask(&app, &visit, of(path.id, Screen::StepLater(path.step)), Raw::default(), Errors::default()).await
}

async fn later(State(app): State<App>, Path(path): Path<urls::InitiativeStepLater>, sent: Sent) -> Answer {
    let outcome = async {
        let form = LaterForm::parse(&sent.raw)?;
        steps::later(&app.world, &sent.visit.actor, key(&sent), (path.id, path.step), form).await
    };
    let outcome = outcome.await;
    answer(&app, sent, of(path.id, Screen::StepLater(path.step)), outcome).await
}

async fn change_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeChange>) -> Answer {
    ask(&app, &visit, of(path.id, Screen::ChangeNew), Raw::default(), Errors::default()).await
}

async fn change(State(app): State<App>, Path(path): Path<urls::InitiativeChange>, sent: Sent) -> Answer {
    let outcome = async {
        let form = ChangeForm::parse(&sent.raw)?;
        changes::propose(&app.world, &sent.visit.actor, key(&sent), path.id, form).await
    };
    let outcome = outcome.await;
    answer(&app, sent, of(path.id, Screen::ChangeNew), outcome).await
}

async fn account_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeAccount>) -> Answer {
    let typed = super::typed_account(&app, &visit, path.id).await.or_fault(&visit)?;
    ask(&app, &visit, of(path.id, Screen::Account), typed, Errors::default()).await
}

async fn hand_in(State(app): State<App>, Path(path): Path<urls::InitiativeAccount>, mut sent: Sent) -> Answer {
    let outcome = async {
        let form = AccountForm::parse(&sent.raw)?;
        let receipts = receipts(&mut sent).await?;
        account::hand_in(&app.world, &sent.visit.actor, key(&sent), path.id, form, receipts).await
    };
    let outcome = outcome.await;
    answer(&app, sent, of(path.id, Screen::Account), outcome).await
}

async fn thank(State(app): State<App>, Path(path): Path<urls::InitiativeThanks>, sent: Sent) -> Answer {
    let place = thanks::thank(&app.world, &sent.visit.actor, key(&sent), path.id).await.or_fault(&sent.visit)?;
    Ok(see_other(&place))
}
