//! New texts of public plans, and reported comments, at a desk.

use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::{flash, key};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use domain::access::{Act, decide};
use domain::form::{Errors, Raw};
use domain::urls;
use pages::moderation::Beside;
use pages::moderation::text::TextCase;
use services::{ActError, comments, plan_texts};
use store::Conn;
use store::initiatives as rows;

pub(super) fn routes() -> Routes {
    Router::new().route(at::<urls::ModerationText>(), get(case).post(answer))
}

/// Longest beginning of a comment in a list, in characters.
const BEGINNING: usize = 80;

/// What waits at the reader's desks beside plans.
pub(crate) async fn beside(c: &mut Conn, visit: &Visit) -> Result<Vec<Beside>, ActError> {
    let texts = plan_texts::waiting(c, &visit.actor, visit.ctx.now).await?;
    let mut all: Vec<Beside> =
        texts.into_iter().map(|(p, due_at)| Beside::Text { id: p.id, title: p.title, due_at }).collect();
    for one in comments::reported(c, &visit.actor).await? {
        let mut body: String = one.comment.body.chars().take(BEGINNING).collect();
        if body.len() < one.comment.body.len() {
            body.push('…');
        }
        all.push(Beside::Comment {
            plan: one.comment.initiative,
            id: one.comment.id,
            title: one.title,
            body,
            reports: one.comment.reports,
        });
    }
    Ok(all)
}

async fn case(mut visit: Visit, State(app): State<App>, Path(path): Path<urls::ModerationText>) -> Answer {
    flash(&mut visit);
    page(&app, &visit, path.id, Raw::default(), Errors::default()).await
}

async fn page(app: &App, visit: &Visit, id: i64, typed: Raw, errors: Errors) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let found = async {
        let mut c = app.world.db.read().await?;
        let p = rows::get(&mut c, id).await?.ok_or(ActError::NotFound)?;
        decide(Act::SeeModeration, &visit.actor, &p.subject())?;
        let waits = rows::change(&mut c, id).await?.ok_or(ActError::NotFound)?;
        let open = decide(Act::DecideText, &visit.actor, &p.subject()).is_ok() && visit.actor.account != Some(waits.by);
        Ok::<_, ActError>(TextCase {
            id,
            state: p.state,
            was: plan_texts::words_of(&p),
            now: waits.text,
            at: waits.at,
            due_at: waits.due_at,
            open,
            typed,
            errors,
        })
    };
    let data = found.await.or_fault(visit)?;
    Ok(show(visit, status, move |ctx| pages::moderation::text::text(ctx, &data)).await)
}

async fn answer(State(app): State<App>, Path(path): Path<urls::ModerationText>, sent: Sent) -> Answer {
    match plan_texts::answer(&app.world, &sent.visit.actor, key(&sent), path.id, &sent.raw).await {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => page(&app, &sent.visit, path.id, sent.raw.clone(), errors).await,
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}
