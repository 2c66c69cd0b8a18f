//! What staff do with plans that have money: the list, the file, and its forms.

use super::{Asked, answer, ask, find, photos, receipts, with_photos};
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::{flash, key};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use domain::access::{Act, Subject, decide};
use domain::execution::InstalmentState;
use domain::form::{Errors, Raw};
use domain::money::Cents;
use domain::urls;
use pages::execution::desk::{RunRow, RunningView};
use pages::execution::forms::Screen;
use pages::execution::{desk, file};
use services::ActError;
use services::execution::account::{AccountForm, Check};
use services::execution::agreement::{self, AgreementForm};
use services::execution::changes::{self, ChangeForm, Verdict};
use services::execution::payments::{InstalmentAct, InstalmentForm};
use services::execution::read::{self, Running};
use services::execution::steps::{self, DoneForm, StepForm};
use services::execution::{account, payments};

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::DistrictRunning>(), get(running))
        .route(at::<urls::DistrictExecution>(), get(page))
        .route(at::<urls::DistrictAgreement>(), get(agreement_page).post(write))
        .route(at::<urls::DistrictCommit>(), post(commit))
        .route(at::<urls::DistrictGiveBack>(), get(give_back_page).post(give_back))
        .route(at::<urls::DistrictInstalmentNew>(), get(instalment_page).post(prepare))
        .route(at::<urls::DistrictInstalment>(), get(one_page).post(one))
        .route(at::<urls::DistrictStepNew>(), get(step_page).post(step))
        .route(at::<urls::DistrictStep>(), with_photos(get(seen_page).post(seen)))
        .route(at::<urls::DistrictChangeNew>(), get(change_page).post(change))
        .route(at::<urls::DistrictChange>(), get(verdict_page).post(verdict))
        .route(at::<urls::DistrictStop>(), get(stop_page).post(stop))
        .route(at::<urls::DistrictAccountNew>(), with_photos(get(account_page).post(hand_in)))
        .route(at::<urls::DistrictAccount>(), get(check_page).post(check))
}

/// What staff do next with a plan of the list.
fn need(r: &Running, agreed: bool) -> Option<&'static str> {
    let w = &r.waits;
    let needs = [
        (w.to_commit, "commit"),
        (!agreed, "agreement"),
        (w.to_decide > 0, "change"),
        (w.to_check, "account"),
        (w.to_approve > 0, "approve"),
        (w.refused > 0, "refused"),
        (w.to_confirm > 0, "confirm"),
        (w.late > 0, "late"),
    ];
    needs.into_iter().find(|(is, _)| *is).map(|(_, key)| key)
}

fn row(r: Running, agreed: bool) -> RunRow {
    let p = r.purse;
    let whole = if p.committed + p.paid > Cents::ZERO { p.committed + p.paid } else { p.reserved };
    RunRow {
        id: r.plan.id,
        need: need(&r, agreed),
        late: r.waits.late,
        money: (whole, p.paid, p.open),
        buurt: r.plan.buurt,
        state: r.plan.state,
        title: r.plan.title,
    }
}

async fn running(mut visit: Visit, State(app): State<App>) -> Answer {
    flash(&mut visit);
    decide(Act::SeeDistrict, &visit.actor, &Subject::default()).or_fault(&visit)?;
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let plans = read::running(&mut c, &visit.actor, visit.ctx.now).await.or_fault(&visit)?;
    let open = payments::open(&mut c, &visit.actor).await.or_fault(&visit)?;
    let mut rows = Vec::new();
    for r in plans {
        let agreed = store::execution::agreement(&mut c, r.plan.id).await.or_fault(&visit)?.is_some();
        rows.push(row(r, agreed));
    }
    // Beside what waits for staff, an agreement to write is as urgent.
    rows.sort_by_key(|r| r.need.is_none());
    drop(c);
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let data = RunningView {
        rows,
        payments: (
            count(open.iter().filter(|o| o.instalment.state == InstalmentState::Prepared).count()),
            count(open.iter().filter(|o| o.instalment.state == InstalmentState::Approved).count()),
        ),
    };
    Ok(show(&visit, StatusCode::OK, move |ctx| desk::running(ctx, &data)).await)
}

async fn page(mut visit: Visit, State(app): State<App>, Path(path): Path<urls::DistrictExecution>) -> Answer {
    flash(&mut visit);
    draw(&app, &visit, path.id, Errors::default()).await
}

async fn draw(app: &App, visit: &Visit, id: i64, errors: Errors) -> Answer {
    let (_, run) = find(app, visit, id, Act::SeeDistrict).await.or_fault(visit)?;
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show(visit, status, move |ctx| file::file(ctx, &run, &errors)).await)
}

fn of(id: i64, screen: Screen) -> Asked {
    Asked { id, screen, staff: true }
}

/// The agreement as it stands, to write it anew.
async fn agreement_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::DistrictAgreement>) -> Answer {
    let (_, run) = find(&app, &visit, path.id, Act::WriteAgreement).await.or_fault(&visit)?;
    let mut typed = Raw::default();
    match run.agreement {
        Some(a) => {
            typed = Raw::from_pairs(&[
                ("amount", &texts::money_plain(a.amount)),
                ("conditions", &a.conditions),
                ("contact", &a.contact),
                ("responsible", &a.responsible),
                ("ends", &texts::rfc3339_day(a.ends_at)),
            ]);
            for (kind, name) in a.partners {
                typed.0.extend([("partner_kind".to_owned(), kind), ("partner".to_owned(), name)]);
            }
        }
        None => typed.set("amount", texts::money_plain(run.purse.reserved)),
    }
    ask(&app, &visit, of(path.id, Screen::Agreement), typed, Errors::default()).await
}

async fn write(State(app): State<App>, Path(path): Path<urls::DistrictAgreement>, sent: Sent) -> Answer {
    let outcome = async {
        let form = AgreementForm::parse(&sent.raw)?;
        agreement::write(&app.world, &sent.visit.actor, key(&sent), path.id, form).await
    };
    let outcome = outcome.await;
    answer(&app, sent, of(path.id, Screen::Agreement), outcome).await
}

async fn commit(State(app): State<App>, Path(path): Path<urls::DistrictCommit>, sent: Sent) -> Answer {
    let version = sent.raw.get("version").parse().unwrap_or(0);
    let done = agreement::commit(&app.world, &sent.visit.actor, key(&sent), path.id, version).await;
    on_file(&app, sent, path.id, done).await
}

/// A redirect, the file with what is wrong, or a fault.
async fn on_file(app: &App, sent: Sent, id: i64, done: Result<String, ActError>) -> Answer {
    match done {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => draw(app, &sent.visit, id, errors).await,
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn give_back_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::DistrictGiveBack>) -> Answer {
    ask(&app, &visit, of(path.id, Screen::GiveBack), Raw::default(), Errors::default()).await
}

async fn give_back(State(app): State<App>, Path(path): Path<urls::DistrictGiveBack>, sent: Sent) -> Answer {
    let done = agreement::give_back(&app.world, &sent.visit.actor, key(&sent), path.id).await;
    answer(&app, sent, of(path.id, Screen::GiveBack), done).await
}

async fn instalment_page(
    visit: Visit,
    State(app): State<App>,
    Path(path): Path<urls::DistrictInstalmentNew>,
) -> Answer {
    ask(&app, &visit, of(path.id, Screen::InstalmentNew), Raw::default(), Errors::default()).await
}

async fn prepare(State(app): State<App>, Path(path): Path<urls::DistrictInstalmentNew>, sent: Sent) -> Answer {
    let outcome = async {
        let form = InstalmentForm::parse(&sent.raw)?;
        payments::prepare(&app.world, &sent.visit.actor, key(&sent), path.id, form).await
    };
    let outcome = outcome.await;
    answer(&app, sent, of(path.id, Screen::InstalmentNew), outcome).await
}

async fn one_page(mut visit: Visit, State(app): State<App>, Path(path): Path<urls::DistrictInstalment>) -> Answer {
    flash(&mut visit);
    ask(&app, &visit, of(path.id, Screen::Instalment(path.instalment)), Raw::default(), Errors::default()).await
}

async fn one(State(app): State<App>, Path(path): Path<urls::DistrictInstalment>, sent: Sent) -> Answer {
    let outcome = async {
        let act = InstalmentAct::parse(&sent.raw)?;
        payments::act(&app.world, &sent.visit.actor, key(&sent), path.id, path.instalment, act).await
    };
    let outcome = outcome.await;
    answer(&app, sent, of(path.id, Screen::Instalment(path.instalment)), outcome).await
}

async fn step_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::DistrictStepNew>) -> Answer {
    ask(&app, &visit, of(path.id, Screen::StepNew), Raw::default(), Errors::default()).await
}

async fn step(State(app): State<App>, Path(path): Path<urls::DistrictStepNew>, sent: Sent) -> Answer {
    let outcome =
        async { steps::plan(&app.world, &sent.visit.actor, key(&sent), path.id, StepForm::parse(&sent.raw)?).await };
    let outcome = outcome.await;
    answer(&app, sent, of(path.id, Screen::StepNew), outcome).await
}

async fn seen_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::DistrictStep>) -> Answer {
    ask(&app, &visit, of(path.id, Screen::Step(path.step)), Raw::default(), Errors::default()).await
}

async fn seen(State(app): State<App>, Path(path): Path<urls::DistrictStep>, mut sent: Sent) -> Answer {
    let outcome = async {
        let note = DoneForm::parse(&sent.raw)?;
        let photos = photos(&mut sent).await?;
        steps::confirm(&app.world, &sent.visit.actor, key(&sent), (path.id, path.step), note, photos).await
    };
    let outcome = outcome.await;
    answer(&app, sent, of(path.id, Screen::Step(path.step)), outcome).await
}

async fn change_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::DistrictChangeNew>) -> Answer {
    ask(&app, &visit, of(path.id, Screen::ChangeNew), Raw::default(), Errors::default()).await
}

async fn change(State(app): State<App>, Path(path): Path<urls::DistrictChangeNew>, sent: Sent) -> Answer {
    let outcome = async {
        let form = ChangeForm::parse(&sent.raw)?;
        changes::propose(&app.world, &sent.visit.actor, key(&sent), path.id, form).await
    };
    let outcome = outcome.await;
    answer(&app, sent, of(path.id, Screen::ChangeNew), outcome).await
}

async fn verdict_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::DistrictChange>) -> Answer {
    ask(&app, &visit, of(path.id, Screen::Change(path.change)), Raw::default(), Errors::default()).await
}

async fn verdict(State(app): State<App>, Path(path): Path<urls::DistrictChange>, sent: Sent) -> Answer {
    let outcome = async {
        let verdict = Verdict::parse(&sent.raw)?;
        changes::decide_on(&app.world, &sent.visit.actor, key(&sent), (path.id, path.change), verdict).await
    };
    let outcome = outcome.await;
    answer(&app, sent, of(path.id, Screen::Change(path.change)), outcome).await
}

async fn stop_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::DistrictStop>) -> Answer {
    ask(&app, &visit, of(path.id, Screen::Stop), Raw::default(), Errors::default()).await
}

async fn stop(State(app): State<App>, Path(path): Path<urls::DistrictStop>, sent: Sent) -> Answer {
    let outcome = async {
        let form = ChangeForm::stop(&sent.raw)?;
        changes::propose(&app.world, &sent.visit.actor, key(&sent), path.id, form).await
    };
    let outcome = outcome.await;
    answer(&app, sent, of(path.id, Screen::Stop), outcome).await
}

async fn account_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::DistrictAccountNew>) -> Answer {
    let typed = super::typed_account(&app, &visit, path.id).await.or_fault(&visit)?;
    ask(&app, &visit, of(path.id, Screen::Account), typed, Errors::default()).await
}

async fn hand_in(State(app): State<App>, Path(path): Path<urls::DistrictAccountNew>, mut sent: Sent) -> Answer {
    let outcome = async {
        let form = AccountForm::parse(&sent.raw)?;
        let receipts = receipts(&mut sent).await?;
        account::hand_in(&app.world, &sent.visit.actor, key(&sent), path.id, form, receipts).await
    };
    let outcome = outcome.await;
    answer(&app, sent, of(path.id, Screen::Account), outcome).await
}

async fn check_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::DistrictAccount>) -> Answer {
    ask(&app, &visit, of(path.id, Screen::Check), Raw::default(), Errors::default()).await
}

async fn check(State(app): State<App>, Path(path): Path<urls::DistrictAccount>, sent: Sent) -> Answer {
    let outcome =
        async { account::check(&app.world, &sent.visit.actor, key(&sent), path.id, Check::parse(&sent.raw)?).await };
    let outcome = outcome.await;
    answer(&app, sent, of(path.id, Screen::Check), outcome).await
}
