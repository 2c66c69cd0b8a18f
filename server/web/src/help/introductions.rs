//! Asking to be introduced, answering, and what two write to each other.

use super::{card, flash};
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::key;
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::access::Denied;
use domain::form::{Errors, Problem, Raw};
use domain::help::{Side, day};
use domain::urls;
use pages::help::ask::AskView;
use pages::help::thread::{LineView, ThreadView};
use services::{ActError, accounts, help as acts};
use store::help as rows;
use store::initiatives as plans;

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::InitiativeCanHelp>(), get(can_help).post(send_help))
        .route(at::<urls::InitiativeHelpAsk>(), get(ask_page).post(ask))
        .route(at::<urls::HelpIntroduction>(), get(one))
        .route(at::<urls::HelpAnswer>(), post(answer).get(back))
        .route(at::<urls::HelpMessage>(), post(write).get(back))
        .route(at::<urls::HelpReport>(), post(report).get(back))
        .route(at::<urls::HelpStop>(), post(stop).get(back))
        .route(at::<urls::HelpOutcome>(), post(outcome).get(back))
}

async fn back(visit: Visit, Path(path): Path<urls::HelpIntroduction>) -> Response {
    see_other(&visit.ctx.url(&path))
}

fn status(errors: &Errors) -> StatusCode {
    if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// The reader's own first name, where nothing else was typed.
async fn with_name(app: &App, visit: &Visit, typed: &mut Raw) -> Result<(), ActError> {
    if !typed.0.iter().any(|(name, _)| name == "call") {
        let name = accounts::own(&app.world, &visit.actor).await?.name;
        typed.set("call", name.split_whitespace().next().unwrap_or_default());
    }
    Ok(())
}

/// 'I can help': who offers nothing yet makes an offer for this plan first.
async fn can_help(mut visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeCanHelp>) -> Answer {
    flash(&mut visit);
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let p = crate::plans::convert::visible(&mut c, &visit, path.id).await.or_fault(&visit)?;
    if visit.actor.account.is_none() && p.state.is_public() {
        return Ok(to_form(&visit, path.id));
    }
    let account = visit.actor.account.ok_or_else(|| Fault::new(&visit, Denied::SignIn))?;
    if let Some(x) = rows::introduction_between(&mut c, path.id, account).await.or_fault(&visit)? {
        return Ok(see_other(&visit.ctx.url(&urls::HelpIntroduction { introduction: x.id })));
    }
    drop(c);
    help_page(&app, &visit, path.id, Raw::default(), Errors::default()).await
}

fn to_form(visit: &Visit, plan: i64) -> Response {
    see_other(&format!("{}?plan={plan}", visit.ctx.url(&urls::HelpNew {})))
}

async fn help_page(app: &App, visit: &Visit, id: i64, mut typed: Raw, errors: Errors) -> Answer {
    let status = status(&errors);
    let account = visit.actor.account.ok_or_else(|| Fault::new(visit, Denied::SignIn))?;
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let p = plans::get(&mut c, id).await.or_fault(visit)?.ok_or_else(|| Fault::new(visit, ActError::NotFound))?;
    let today = day(visit.ctx.now);
    let offers = rows::offers_of_account(&mut c, account).await.or_fault(visit)?;
    let open: Vec<_> = offers.into_iter().filter(|o| o.is_open(today)).collect();
    let Some(first) = open.first() else { return Ok(to_form(visit, id)) };
    if errors.0.is_empty() {
        acts::may_ask(&mut c, &visit.actor, &p, first, Side::Helper, visit.ctx.now).await.or_fault(visit)?;
    }
    drop(c);
    with_name(app, visit, &mut typed).await.or_fault(visit)?;
    let own = open.into_iter().map(|o| (o.id.to_string(), o.offer.kinds)).collect();
    let data = AskView { plan: (p.id, p.title), offer: None, own, typed, errors };
    Ok(show(visit, status, move |ctx| pages::help::ask::ask(ctx, &data)).await)
}

async fn send_help(State(app): State<App>, Path(path): Path<urls::InitiativeCanHelp>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    // Whether the plan is there for this reader comes before what is wrong with the form.
    let seen = async { crate::plans::convert::visible(&mut app.world.db.read().await?, visit, path.id).await };
    let p = seen.await.or_fault(visit)?;
    domain::access::decide(domain::access::Act::Introduce, &visit.actor, &p.subject()).or_fault(visit)?;
    let outcome = match sent.raw.id("offer") {
        Ok(offer) => {
            acts::introduce(&app.world, &visit.actor, key(&sent), (path.id, offer), Side::Helper, &sent.raw).await
        }
        Err(problem) => Err(Errors::one("offer", problem).into()),
    };
    match outcome {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => help_page(&app, visit, path.id, sent.raw.clone(), errors).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}

async fn ask_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeHelpAsk>) -> Answer {
    question(&app, &visit, &path, Raw::default(), Errors::default()).await
}

async fn question(app: &App, visit: &Visit, path: &urls::InitiativeHelpAsk, mut typed: Raw, errors: Errors) -> Answer {
    let status = status(&errors);
    let found = async {
        let mut c = app.world.db.read().await?;
        let p = crate::plans::convert::visible(&mut c, visit, path.id).await?;
        let offer = rows::offer(&mut c, path.offer).await?.ok_or(ActError::NotFound)?;
        match acts::may_ask(&mut c, &visit.actor, &p, &offer, Side::Plan, visit.ctx.now).await {
            // Asked before: the page says so, where the form was sent twice.
            Err(ActError::Form(known)) if errors == known => {}
            Err(ActError::Form(_)) => return Err(Denied::State.into()),
            other => _ = other?,
        }
        drop(c);
        with_name(app, visit, &mut typed).await?;
        Ok::<_, ActError>(AskView { plan: (p.id, p.title), offer: Some(card(offer)), own: Vec::new(), typed, errors })
    };
    let data = found.await.or_fault(visit)?;
    Ok(show(visit, status, move |ctx| pages::help::ask::ask(ctx, &data)).await)
}

async fn ask(State(app): State<App>, Path(path): Path<urls::InitiativeHelpAsk>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let about = (path.id, path.offer);
    match acts::introduce(&app.world, &visit.actor, key(&sent), about, Side::Plan, &sent.raw).await {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => question(&app, visit, &path, sent.raw.clone(), errors).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}

async fn one(mut visit: Visit, State(app): State<App>, Path(path): Path<urls::HelpIntroduction>) -> Answer {
    flash(&mut visit);
    thread_page(&app, &visit, path.introduction, Raw::default(), Errors::default()).await
}

async fn thread_page(app: &App, visit: &Visit, id: i64, mut typed: Raw, errors: Errors) -> Answer {
    let status = status(&errors);
    let found = async {
        let t = acts::thread(&mut app.world.db.read().await?, &visit.actor, id).await?;
        if t.to_answer() {
            with_name(app, visit, &mut typed).await?;
        }
        Ok::<_, ActError>(t)
    };
    let t = found.await.or_fault(visit)?;
    let (to_answer, reason) = (t.to_answer(), t.reason().map(str::to_owned));
    let x = t.introduction;
    let lines = t.lines.into_iter().map(|m| LineView {
        id: m.id,
        own: m.own,
        call: m.call,
        body: m.body,
        at: m.at,
        gone: m.gone,
        hidden: m.hidden,
        reported: m.reported,
    });
    let data = ThreadView {
        id,
        plan: (t.plan.id, t.plan.title),
        stand: x.stand,
        to_answer,
        asked: x.asked_by == t.side,
        kinds: x.kinds,
        words: x.words,
        reason,
        other: t.other,
        lines: lines.collect(),
        outcome: if t.side == Side::Helper { x.helper_outcome } else { x.plan_outcome },
        agreed: x.agreed_at.is_some(),
        typed,
        errors,
    };
    Ok(show(visit, status, move |ctx| pages::help::thread::thread(ctx, &data)).await)
}

async fn respond(app: &App, sent: &Sent, id: i64, outcome: Result<String, ActError>) -> Answer {
    match outcome {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => {
            let mut typed = sent.raw.clone();
            // Nobody's name is put into a form that asked for none.
            if errors.of("call") == Some(Problem::Missing) {
                typed.set("call", "");
            }
            thread_page(app, &sent.visit, id, typed, errors).await
        }
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn answer(State(app): State<App>, Path(path): Path<urls::HelpAnswer>, sent: Sent) -> Answer {
    let id = path.introduction;
    let outcome = acts::answer(&app.world, &sent.visit.actor, key(&sent), id, &sent.raw).await;
    respond(&app, &sent, id, outcome).await
}

async fn write(State(app): State<App>, Path(path): Path<urls::HelpMessage>, sent: Sent) -> Answer {
    let id = path.introduction;
    let outcome = acts::write(&app.world, &sent.visit.actor, key(&sent), id, &sent.raw).await;
    respond(&app, &sent, id, outcome).await
}

async fn report(State(app): State<App>, Path(path): Path<urls::HelpReport>, sent: Sent) -> Answer {
    let id = path.introduction;
    let outcome = acts::report(&app.world, &sent.visit.actor, key(&sent), id, &sent.raw).await;
    respond(&app, &sent, id, outcome).await
}

async fn stop(State(app): State<App>, Path(path): Path<urls::HelpStop>, sent: Sent) -> Answer {
    let id = path.introduction;
    let outcome = acts::stop(&app.world, &sent.visit.actor, key(&sent), id).await;
    respond(&app, &sent, id, outcome).await
}

async fn outcome(State(app): State<App>, Path(path): Path<urls::HelpOutcome>, sent: Sent) -> Answer {
    let id = path.introduction;
    let outcome = acts::tell_outcome(&app.world, &sent.visit.actor, key(&sent), id, &sent.raw).await;
    respond(&app, &sent, id, outcome).await
}
