//! Working on a plan together, going on as one with another, making two of it, and how its text changed.

use super::{convert, flash, key};
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::network::Network;
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::access::{Act, decide};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use pages::plans::owner::OwnerView;
use pages::plans::together::{Companion, TogetherView};
use pages::plans::unite::MergeView;
use pages::plans::versions::{TextView, VersionsView};
use services::merges::{self, Split};
use services::{ActError, co_authors, plan_texts};
use store::initiatives as rows;

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::InitiativeTogether>(), get(company).post(invite))
        .route(at::<urls::InitiativeJoin>(), post(join).get(to_company))
        .route(at::<urls::InitiativeLeave>(), post(leave).get(to_company))
        .route(at::<urls::InitiativeVersions>(), get(versions))
        .route(at::<urls::InitiativeKeepText>(), post(keep_text).get(to_plan))
        .route(at::<urls::InitiativeMerge>(), get(merge_page).post(merge))
        .route(at::<urls::InitiativeSplit>(), get(split_page).post(split))
}

async fn to_plan(visit: Visit, Path(path): Path<urls::InitiativeKeepText>) -> Response {
    see_other(&visit.ctx.url(&urls::Initiative { id: path.id }))
}

async fn to_company(visit: Visit, Path(path): Path<urls::InitiativeTogether>) -> Response {
    see_other(&visit.ctx.url(&path))
}

async fn company(mut visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeTogether>) -> Answer {
    flash(&mut visit);
    company_page(&app, &visit, path.id, Raw::default(), Errors::default()).await
}

async fn company_page(app: &App, visit: &Visit, id: i64, typed: Raw, errors: Errors) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let data = company_view(app, visit, id, typed, errors).await.or_fault(visit)?;
    Ok(show(visit, status, move |ctx| pages::plans::together::together(ctx, &data)).await)
}

async fn company_view(app: &App, visit: &Visit, id: i64, typed: Raw, errors: Errors) -> Result<TogetherView, ActError> {
    // Whoever comes by the mail has to show first that it is theirs.
    visit.actor.account.ok_or(domain::access::Denied::SignIn)?;
    let mut c = app.world.db.read().await?;
    let p = rows::get(&mut c, id).await?.ok_or(ActError::NotFound)?;
    let asked = co_authors::question(&mut c, &visit.actor, id).await?.is_some();
    let works = decide(Act::LeavePlan, &visit.actor, &p.subject()).is_ok();
    if !asked && !works {
        return Err(ActError::NotFound);
    }
    let owner = visit.actor.account == Some(p.account_id);
    let them =
        rows::co_authors(&mut c, id).await?.into_iter().filter(|_| works).filter(|w| owner || w.account.is_some());
    let them = them
        .map(|w| Companion {
            id: w.id,
            joined: w.account.is_some(),
            own: w.account.is_some() && w.account == visit.actor.account,
            name: if w.name.is_empty() { w.email } else { w.name },
        })
        .collect();
    let owner = owner && decide(Act::InviteCoAuthor, &visit.actor, &p.subject()).is_ok();
    let text = asked.then(|| (p.what.clone(), p.why.clone()));
    Ok(TogetherView { id, title: p.title, them, owner, asked, text, typed, errors })
}

async fn invite(
    State(app): State<App>,
    Path(path): Path<urls::InitiativeTogether>,
    network: Network,
    sent: Sent,
) -> Answer {
    let visit = &sent.visit;
    match co_authors::invite(&app.world, &visit.actor, key(&sent), path.id, &sent.raw, &network.0).await {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => company_page(&app, visit, path.id, sent.raw.clone(), errors).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}

async fn join(State(app): State<App>, Path(path): Path<urls::InitiativeJoin>, sent: Sent) -> Answer {
    let yes = sent.raw.get("answer") == "ja";
    let place = co_authors::answer(&app.world, &sent.visit.actor, key(&sent), path.id, yes).await;
    Ok(see_other(&place.or_fault(&sent.visit)?))
}

async fn leave(State(app): State<App>, Path(path): Path<urls::InitiativeLeave>, sent: Sent) -> Answer {
    match co_authors::remove(&app.world, &sent.visit.actor, key(&sent), path.id, &sent.raw).await {
        Ok(place) => Ok(see_other(&place)),
        // Only a form of somebody's own making names no row.
        Err(ActError::Form(_)) => Err(Fault::new(&sent.visit, ActError::NotFound)),
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn versions(visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeVersions>) -> Answer {
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let p = convert::visible(&mut c, &visit, path.id).await.or_fault(&visit)?;
    let texts = rows::kept_texts(&mut c, p.id).await.or_fault(&visit)?;
    let texts = texts.into_iter().map(|t| TextView { text: t.text, at: t.at, organisation: t.organisation }).collect();
    let data = VersionsView { id: p.id, title: p.title, texts };
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::plans::versions::versions(ctx, &data)).await)
}

async fn keep_text(State(app): State<App>, Path(path): Path<urls::InitiativeKeepText>, sent: Sent) -> Answer {
    let place = plan_texts::take_back(&app.world, &sent.visit.actor, key(&sent), path.id).await;
    Ok(see_other(&place.or_fault(&sent.visit)?))
}

async fn merge_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeMerge>) -> Answer {
    let data = merge_view(&app, &visit, path.id).await.or_fault(&visit)?;
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::plans::unite::merge(ctx, &data)).await)
}

async fn merge_view(app: &App, visit: &Visit, id: i64) -> Result<MergeView, ActError> {
    visit.actor.account.ok_or(domain::access::Denied::SignIn)?;
    let mut c = app.world.db.read().await?;
    let question = rows::merge_question(&mut c, id).await?.ok_or(ActError::NotFound)?;
    let from = rows::get(&mut c, question.from).await?.ok_or(ActError::NotFound)?;
    let into = rows::get(&mut c, question.into).await?.ok_or(ActError::NotFound)?;
    let (ends, goes_on) = merges::sides(&visit.actor, &from, &into)?;
    let other = if ends { &into } else { &from };
    // What is not public yet is read by the other side once both said yes.
    let readable = other.state.is_public() || goes_on && ends;
    Ok(MergeView {
        other: readable.then(|| (other.what.clone(), other.why.clone())),
        link: other.state.is_public().then_some(other.id),
        agreed: (!ends || question.from_agreed_at.is_some()) && (!goes_on || question.into_agreed_at.is_some()),
        from: (from.id, from.title.clone()),
        into: (into.id, into.title.clone()),
        words: question.words,
        organisation: question.organisation,
        ends,
    })
}

async fn merge(State(app): State<App>, Path(path): Path<urls::InitiativeMerge>, sent: Sent) -> Answer {
    let yes = sent.raw.get("answer") == "ja";
    let place = merges::answer(&app.world, &sent.visit.actor, key(&sent), path.id, yes).await;
    Ok(see_other(&place.or_fault(&sent.visit)?))
}

async fn split_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeSplit>) -> Answer {
    let p = super::owner::mine(&app, &visit, path.id, Act::SplitPlan).await.or_fault(&visit)?;
    let version = p.version.to_string();
    let typed = Raw::from_pairs(&[
        ("title", &p.title),
        ("what", &p.what),
        ("why", &p.why),
        ("place", &p.place),
        ("version", &version),
        ("second_why", &p.why),
    ]);
    split_view(&app, &visit, path.id, typed, Errors::default()).await
}

async fn split_view(app: &App, visit: &Visit, id: i64, mut typed: Raw, errors: Errors) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let p = super::owner::mine(app, visit, id, Act::SplitPlan).await.or_fault(visit)?;
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let steps = rows::events(&mut c, id).await.or_fault(visit)?;
    let question = steps.into_iter().rev().find(|e| e.act == "split_asked").map(|e| e.words);
    if errors.0.iter().any(|(_, problem)| *problem == Problem::Changed) {
        typed.set("version", p.version.to_string());
    }
    let data = OwnerView { id, title: p.title, typed, errors, question, public: false };
    Ok(show(visit, status, move |ctx| pages::plans::unite::split(ctx, &data)).await)
}

async fn split(State(app): State<App>, Path(path): Path<urls::InitiativeSplit>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let outcome = match Split::parse(&sent.raw) {
        Ok(wanted) => merges::split(&app.world, &visit.actor, key(&sent), path.id, wanted).await,
        Err(errors) => Err(errors.into()),
    };
    match outcome {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => split_view(&app, visit, path.id, sent.raw.clone(), errors).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}
