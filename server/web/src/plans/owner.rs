//! What who handed a plan in can do with it.

use super::key;
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use domain::access::{Act, decide};
use domain::dialogue::PlanText;
use domain::form::{Errors, Raw};
use domain::initiative::{More, State as PlanState, TEXT_MAX};
use domain::urls;
use pages::plans::owner::{self, OwnerView};
use services::initiatives::{Changed, change, complete, withdraw};
use services::{ActError, plan_texts};
use store::initiatives::{self as rows, Initiative};

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::InitiativeEdit>(), get(edit_page).post(edit))
        .route(at::<urls::InitiativeMore>(), get(more_page).post(more))
        .route(at::<urls::InitiativeWithdraw>(), get(withdraw_page).post(take_back))
        .route(at::<urls::InitiativeAppeal>(), get(appeal_page).post(appeal))
}

/// The plan, when this reader may do this act to it.
pub(super) async fn mine(app: &App, visit: &Visit, id: i64, act: Act) -> Result<Initiative, ActError> {
    let mut c = app.world.db.read().await?;
    let p = super::convert::visible(&mut c, visit, id).await?;
    decide(act, &visit.actor, &p.subject())?;
    Ok(p)
}

async fn page(
    app: &App,
    visit: &Visit,
    p: &Initiative,
    typed: Raw,
    errors: Errors,
    draw: fn(&pages::Ctx, &OwnerView) -> pages::AnyView,
) -> Answer {
    let mut question = None;
    if p.state == PlanState::Returned {
        let mut c = app.world.db.read().await.or_fault(visit)?;
        question = rows::events(&mut c, p.id)
            .await
            .or_fault(visit)?
            .into_iter()
            .rev()
            .find(|e| matches!(e.act.as_str(), "returned" | "split_asked" | "merge_asked"))
            .map(|e| e.words);
    }
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let data = OwnerView { id: p.id, title: p.title.clone(), typed, errors, question, public: p.state.is_public() };
    Ok(show(visit, status, move |ctx| draw(ctx, &data)).await)
}

async fn edit_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeEdit>) -> Answer {
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let p = super::convert::visible(&mut c, &visit, path.id).await.or_fault(&visit)?;
    decide(changing(&p), &visit.actor, &p.subject()).or_fault(&visit)?;
    // Who changes a text that waits goes on with that one.
    let waits = rows::change(&mut c, p.id).await.or_fault(&visit)?.filter(|_| p.state.is_public());
    drop(c);
    let since = waits.as_ref().map_or(0, |waits| waits.at).to_string();
    let text = waits.map_or_else(|| plan_texts::words_of(&p), |waits| waits.text);
    let version = p.version.to_string();
    let typed = Raw::from_pairs(&[
        ("title", &text.idea.title),
        ("what", &text.idea.what),
        ("why", &text.idea.why),
        ("place", &text.place),
        ("version", &version),
        ("waits", &since),
    ]);
    page(&app, &visit, &p, typed, Errors::default(), owner::edit).await
}

/// What changing this plan's words is: at once, or by a moderator's leave.
fn changing(p: &Initiative) -> Act {
    if p.state.is_public() { Act::ProposeText } else { Act::EditPlan }
}

fn changed(raw: &Raw, returned: bool) -> Result<Changed, Errors> {
    let mut errors = Errors::default();
    let text = PlanText::parse(raw).map_err(|e| errors.0.extend(e.0)).ok();
    let answer = errors.take("answer", if returned { raw.text("answer", TEXT_MAX) } else { Ok(String::new()) });
    let version = raw.get("version").parse().unwrap_or(0);
    let Some(text) = text.filter(|_| errors.0.is_empty()) else { return Err(errors) };
    Ok(Changed { idea: text.idea, place: text.place, version, answer })
}

async fn edit(State(app): State<App>, Path(path): Path<urls::InitiativeEdit>, sent: Sent) -> Answer {
    // A repeated form of a plan that went on since is answered by the act itself.
    let visible = async { super::convert::visible(&mut app.world.db.read().await?, &sent.visit, path.id).await };
    let p: Initiative = visible.await.or_fault(&sent.visit)?;
    let (world, actor) = (&app.world, &sent.visit.actor);
    let outcome = match changed(&sent.raw, p.state == PlanState::Returned) {
        Ok(new) if p.state.is_public() => {
            let text = PlanText { idea: new.idea, place: new.place };
            let waits = sent.raw.get("waits").parse().unwrap_or(0);
            plan_texts::propose(world, actor, key(&sent), (path.id, new.version, waits), text).await
        }
        Ok(changed) => change(world, actor, key(&sent), path.id, changed).await,
        Err(errors) => decide(changing(&p), actor, &p.subject()).map_err(ActError::from).and(Err(errors.into())),
    };
    respond(&app, sent, &p, outcome, owner::edit).await
}

/// A redirect, the same page with its errors, or a fault.
async fn respond(
    app: &App,
    sent: Sent,
    p: &Initiative,
    outcome: Result<String, ActError>,
    draw: fn(&pages::Ctx, &OwnerView) -> pages::AnyView,
) -> Answer {
    match outcome {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => {
            let mut raw = sent.raw;
            if errors.0.iter().any(|(_, problem)| *problem == domain::form::Problem::Changed) {
                raw.set("version", p.version.to_string());
                let mut c = app.world.db.read().await.or_fault(&sent.visit)?;
                let waits = rows::change(&mut c, p.id).await.or_fault(&sent.visit)?;
                raw.set("waits", waits.map_or(0, |waits| waits.at).to_string());
            }
            page(app, &sent.visit, p, raw, errors, draw).await
        }
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn more_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeMore>) -> Answer {
    let p = mine(&app, &visit, path.id, Act::CompletePlan).await.or_fault(&visit)?;
    let amount = |c| if p.cost_known { texts::money_plain(c) } else { String::new() };
    let (minimum, desired, version) = (amount(p.minimum), amount(p.desired), p.version.to_string());
    let typed = Raw::from_pairs(&[
        ("minimum", &minimum),
        ("desired", &desired),
        ("helpers", &p.helpers),
        ("for_kind", &p.for_kind),
        ("for_name", &p.for_name),
        ("wants_supporter", if p.wants_supporter { "1" } else { "" }),
        ("version", &version),
    ]);
    page(&app, &visit, &p, typed, Errors::default(), owner::more).await
}

async fn more(State(app): State<App>, Path(path): Path<urls::InitiativeMore>, mut sent: Sent) -> Answer {
    let p = mine(&app, &sent.visit, path.id, Act::CompletePlan).await.or_fault(&sent.visit)?;
    let file = sent.take_file();
    let outcome = async {
        let more = More::parse(&sent.raw)?;
        let picture = services::pictures::read(file).await?;
        let version = sent.raw.get("version").parse().unwrap_or(0);
        complete(&app.world, &sent.visit.actor, key(&sent), path.id, version, more, picture).await
    };
    let outcome = outcome.await;
    respond(&app, sent, &p, outcome, owner::more).await
}

async fn withdraw_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeWithdraw>) -> Answer {
    let p = mine(&app, &visit, path.id, Act::WithdrawPlan).await.or_fault(&visit)?;
    page(&app, &visit, &p, Raw::default(), Errors::default(), owner::withdraw).await
}

async fn take_back(State(app): State<App>, Path(path): Path<urls::InitiativeWithdraw>, sent: Sent) -> Answer {
    let place = withdraw(&app.world, &sent.visit.actor, key(&sent), path.id).await.or_fault(&sent.visit)?;
    Ok(see_other(&place))
}

async fn appeal_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeAppeal>) -> Answer {
    let p = mine(&app, &visit, path.id, Act::Appeal).await.or_fault(&visit)?;
    page(&app, &visit, &p, Raw::default(), Errors::default(), owner::appeal).await
}

async fn appeal(State(app): State<App>, Path(path): Path<urls::InitiativeAppeal>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    match services::appeals::appeal(&app.world, &visit.actor, key(&sent), path.id, &sent.raw).await {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => {
            let p = mine(&app, visit, path.id, Act::Appeal).await.or_fault(visit)?;
            page(&app, visit, &p, sent.raw.clone(), errors, owner::appeal).await
        }
        Err(error) => Err(error).or_fault(visit),
    }
}
