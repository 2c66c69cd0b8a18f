//! `/mijn/berichten`: how moderators and staff hear of plans that wait for them; the form stands at both desks.

use crate::answer::{Answer, at, see_other};
use crate::plans::key;
use crate::{App, Fault, Routes, Sent, Visit, district, moderation};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use domain::access::{Act, Role, Subject, decide};
use domain::form::{Errors, Raw};
use domain::notice::How;
use domain::urls;
use pages::moderation::notices::NoticesView;
use services::{ActError, notices};
use store::Conn;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new().route(at::<urls::MineNotices>(), post(choose).get(back))
}

async fn back(visit: Visit) -> Response {
    see_other(&if visit.actor.has(Role::Moderator) {
        visit.ctx.url(&urls::Moderation {})
    } else if visit.actor.has(Role::Staff) {
        visit.ctx.url(&urls::District {})
    } else {
        visit.ctx.url(&urls::Mine {})
    })
}

/// The part of a desk's page, for who has a choice.
pub(crate) async fn part(
    c: &mut Conn,
    visit: &Visit,
    district: bool,
    errors: Errors,
) -> Result<Option<NoticesView>, ActError> {
    let Some(account) = visit.actor.account else { return Ok(None) };
    if decide(Act::ChooseNotices, &visit.actor, &Subject::default()).is_err() {
        return Ok(None);
    }
    Ok(Some(NoticesView { how: store::notices::choice(c, account).await?, district, errors: errors.only(&["how"]) }))
}

async fn choose(State(app): State<App>, sent: Sent) -> Answer {
    let district = sent.raw.get("desk") == "stadsdeel";
    let done = match How::parse(&sent.raw) {
        Ok(how) => notices::choose(&app.world, &sent.visit.actor, key(&sent), how, district).await,
        Err(errors) => {
            decide(Act::ChooseNotices, &sent.visit.actor, &Subject::default())
                .map_err(|e| Fault::new(&sent.visit, e))?;
            Err(errors.into())
        }
    };
    match done {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) if district => district::draw(&app, &sent.visit, errors).await,
        Err(ActError::Form(errors)) => {
            let typed = moderation::Typed { away: (Raw::default(), errors), ..Default::default() };
            moderation::desk_page(&app, &sent.visit, Raw::default(), typed).await
        }
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}
