//! Comments on a plan: the part of its page, and the page of one comment.

use super::{convert, flash, key};
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::form::{Errors, Raw};
use domain::urls;
use pages::plans::comments::{CommentView, CommentsView, OneComment};
use services::{ActError, comments};
use store::Conn;
use store::initiatives::{self as rows, Comment, Initiative};

/// Comments on one page.
const PAGE: i64 = 20;

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::InitiativeComments>(), post(add).get(back))
        .route(at::<urls::InitiativeComment>(), get(one).post(judge))
        .route(at::<urls::InitiativeCommentReport>(), post(report).get(back_to_one))
        .route(at::<urls::InitiativeCommentRemove>(), post(remove).get(back_to_one))
}

async fn back(visit: Visit, Path(path): Path<urls::InitiativeComments>) -> Response {
    see_other(&visit.ctx.url(&urls::Initiative { id: path.id }))
}

async fn back_to_one(visit: Visit, Path(path): Path<urls::InitiativeComment>) -> Response {
    see_other(&visit.ctx.url(&path))
}

fn view(visit: &Visit, p: &Initiative, m: Comment) -> CommentView {
    let judge = comments::may_hide(&visit.actor, &p.subject(), m.account).is_ok();
    CommentView {
        id: m.id,
        voice: m.voice,
        number: m.number,
        organisation: m.organisation,
        // What is hidden is not sent to those who may not see it.
        body: if m.hidden.is_some() && !judge { String::new() } else { m.body },
        at: m.at,
        hidden: m.hidden,
        removed: m.removed,
        own: visit.actor.account == Some(m.account),
        judge,
        reports: if judge { m.reports } else { 0 },
    }
}

/// A page of a plan's comments, with what was typed.
pub(super) async fn part(
    c: &mut Conn,
    visit: &Visit,
    p: &Initiative,
    page: i64,
    (typed, errors): (Raw, Errors),
) -> Result<CommentsView, ActError> {
    if !p.state.is_public() {
        return Ok(CommentsView::default());
    }
    let (total, hidden) = rows::count_comments(c, p.id).await?;
    // Beyond the end stands the last page.
    let page = page.clamp(1, ((total + PAGE - 1) / PAGE).max(1));
    let list = rows::comments(c, p.id, PAGE, (page - 1) * PAGE).await?;
    Ok(CommentsView {
        total,
        hidden,
        list: list.into_iter().map(|m| view(visit, p, m)).collect(),
        page,
        more: page * PAGE < total,
        open: true,
        typed,
        errors,
    })
}

async fn add(State(app): State<App>, Path(path): Path<urls::InitiativeComments>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    match comments::add(&app.world, &visit.actor, key(&sent), path.id, &sent.raw).await {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => super::plan_page(&app, visit, path.id, 1, (sent.raw.clone(), errors)).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}

async fn one(mut visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeComment>) -> Answer {
    flash(&mut visit);
    one_page(&app, &visit, &path, Raw::default(), Errors::default()).await
}

async fn one_page(app: &App, visit: &Visit, path: &urls::InitiativeComment, typed: Raw, errors: Errors) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let found = async {
        let mut c = app.world.db.read().await?;
        let p = convert::visible(&mut c, visit, path.id).await?;
        let m = rows::one_comment(&mut c, p.id, path.comment).await?.ok_or(ActError::NotFound)?;
        let comment = view(visit, &p, m);
        let reasons = if comment.judge { rows::report_reasons(&mut c, path.comment).await? } else { Vec::new() };
        Ok::<_, ActError>(OneComment { plan: p.id, title: p.title, comment, reasons, typed, errors })
    };
    let data = found.await.or_fault(visit)?;
    Ok(show(visit, status, move |ctx| pages::plans::comments::one(ctx, &data)).await)
}

async fn respond(app: &App, sent: &Sent, path: urls::InitiativeComment, outcome: Result<String, ActError>) -> Answer {
    match outcome {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => one_page(app, &sent.visit, &path, sent.raw.clone(), errors).await,
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn judge(State(app): State<App>, Path(path): Path<urls::InitiativeComment>, sent: Sent) -> Answer {
    let about = (path.id, path.comment);
    let outcome = comments::judge(&app.world, &sent.visit.actor, key(&sent), about, &sent.raw).await;
    respond(&app, &sent, path, outcome).await
}

async fn report(State(app): State<App>, Path(path): Path<urls::InitiativeComment>, sent: Sent) -> Answer {
    let about = (path.id, path.comment);
    let outcome = comments::report(&app.world, &sent.visit.actor, key(&sent), about, &sent.raw).await;
    respond(&app, &sent, path, outcome).await
}

async fn remove(State(app): State<App>, Path(path): Path<urls::InitiativeComment>, sent: Sent) -> Answer {
    let outcome = comments::take_away(&app.world, &sent.visit.actor, key(&sent), (path.id, path.comment)).await;
    respond(&app, &sent, path, outcome).await
}
