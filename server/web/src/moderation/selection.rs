//! Several plans of the queue at once. Only numbers of plans and filters come into an address, never a token.

use super::{Typed, desk_page, to_desk};
use crate::answer::{Answer, OrFault as _, at, see_other};
use crate::plans::key;
use crate::{App, Fault, Routes, Sent};
use axum::Router;
use axum::extract::State;
use axum::routing::post;
use domain::access::{Act, Subject, decide};
use domain::form::Raw;
use domain::urls;
use pages::moderation::{FILTERS, Told};
use services::ActError;
use services::moderation::{MOST, Selection, Wanted, together};

pub(super) fn routes() -> Routes {
    Router::new().route(at::<urls::ModerationSelection>(), post(selection).get(to_desk))
}

/// The filters that came along, as a query that ends in `&`.
fn narrowed(raw: &Raw) -> String {
    let set = |name: &&&str| !raw.get(name).is_empty();
    FILTERS.iter().filter(set).map(|name| format!("{name}={}&", urls::encode(raw.get(name)))).collect()
}

/// What the address tells of ticked plans; numbers that no selection can have are no news.
pub(super) fn told(chosen: &Raw) -> Option<Told> {
    let programme = match chosen.get("gedaan") {
        "programma" => true,
        "oppakken" => false,
        _ => return None,
    };
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let count = |name: &str| chosen.get(name).parse().ok().filter(|n| (0..=most).contains(n));
    Some(Told { programme, done: count("goed")?, busy: count("bezig")?, refused: count("niet")? })
}

async fn selection(State(app): State<App>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    decide(Act::SeeModeration, &visit.actor, &Subject::default()).or_fault(visit)?;
    let done = match Selection::parse(&sent.raw) {
        Ok(Selection { plans, wanted: Wanted::WhatIf }) => {
            let query: Vec<String> = plans.iter().map(|id| format!("plan={id}")).collect();
            Ok(format!("{}?{}", visit.ctx.url(&urls::ModerationWhatIf {}), query.join("&")))
        }
        Ok(chosen) => together(&app.world, &visit.actor, key(&sent), chosen, narrowed(&sent.raw)).await,
        Err(errors) => Err(ActError::Form(errors)),
    };
    match done {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => {
            // The same part of the queue, with the same boxes ticked.
            let mut chosen = Raw::from_pairs(&[("wat", "1")]);
            for name in FILTERS.iter().chain(&["bladzij"]) {
                chosen.set(name, sent.raw.get(name));
            }
            let typed = Typed { bulk: (sent.raw.clone(), errors), ..Typed::default() };
            desk_page(&app, visit, chosen, typed).await
        }
        Err(error) => Err(Fault::new(visit, error)),
    }
}
