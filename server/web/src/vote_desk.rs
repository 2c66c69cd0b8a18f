//! `/stadsdeel/stemmen`: staff help voters, and see to letters that are gone.

mod paper;

use crate::address::{Path, Query};
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::network::Network;
use crate::rounds::card;
use crate::rounds::code::with_code;
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use domain::access::{Act, decide};
use domain::form::{Errors, Raw};
use domain::round::Phase;
use domain::urls;
use pages::vote_desk::{DeskRoundView, EntryRow, RequestRow};
use serde::Deserialize;
use services::codes::{self, Handed};
use services::rounds::StepForm;
use services::{ActError, voters};
use store::rounds::Round;

/// Entries shown of a search.
const FOUND: usize = 20;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::VoteDesk>(), get(list))
        .route(at::<urls::VoteDeskRound>(), get(round))
        .route(at::<urls::VoteDeskReissue>(), post(reissue))
        .route(at::<urls::VoteDeskRequest>(), post(refuse))
        .route(at::<urls::VoteDeskAssist>(), post(assist))
        .merge(paper::routes())
}

/// Rounds by letter that are running where this actor helps.
fn is_ours(visit: &Visit, round: &Round) -> bool {
    voters::by_code(round)
        && matches!(round.phase, Phase::Published | Phase::Voting | Phase::Counting)
        && decide(Act::SeeDesk, &visit.actor, &round.subject()).is_ok()
}

async fn list(visit: Visit, State(app): State<App>) -> Answer {
    decide(Act::SeeDesk, &visit.actor, &domain::access::Subject::default()).or_fault(&visit)?;
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let all = store::rounds::all(&mut c).await.or_fault(&visit)?;
    let cards: Vec<_> = all.iter().filter(|r| is_ours(&visit, r)).map(|r| card(r, visit.ctx.now)).collect();
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::vote_desk::rounds(ctx, &cards)).await)
}

#[derive(Deserialize)]
struct Search {
    adres: Option<String>,
    aanvraag: Option<i64>,
}

async fn round(
    visit: Visit,
    State(app): State<App>,
    Path(path): Path<urls::VoteDeskRound>,
    Query(search): Query<Search>,
) -> Answer {
    page(&app, &visit, &path.round, search, Raw::default(), Errors::default()).await
}

async fn find(app: &App, visit: &Visit, slug: &str) -> Result<Round, Fault> {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let round = store::rounds::by_slug(&mut c, slug)
        .await
        .or_fault(visit)?
        .ok_or_else(|| Fault::new(visit, ActError::NotFound))?;
    decide(Act::SeeDesk, &visit.actor, &round.subject()).or_fault(visit)?;
    if !is_ours(visit, &round) {
        return Err(Fault::new(visit, ActError::NotFound));
    }
    Ok(round)
}

async fn page(app: &App, visit: &Visit, slug: &str, search: Search, typed: Raw, errors: Errors) -> Answer {
    let round = find(app, visit, slug).await?;
    // After the close only the paper box is left to do.
    if round.phase == Phase::Counting {
        return Ok(see_other(&visit.ctx.url(&urls::VoteDeskPaper { round: round.slug })));
    }
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let requests = store::rounds::open_requests(&mut c, round.id).await.or_fault(visit)?;
    let searched: String = search.adres.unwrap_or_default().trim().chars().take(100).collect();
    let words = services::rolls::fold(&searched);
    let mut found = if words.is_empty() {
        Vec::new()
    } else {
        store::rounds::at_address(&mut c, round.id, &words, FOUND + 1).await.or_fault(visit)?
    };
    let more = found.len() > FOUND;
    found.truncate(FOUND);
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let data = DeskRoundView {
        voting: round.takes_votes(visit.ctx.now),
        card: card(&round, visit.ctx.now),
        request: search.aanvraag.filter(|id| requests.iter().any(|r| r.id == *id)),
        requests: requests
            .into_iter()
            .map(|r| RequestRow {
                id: r.id,
                name: r.name,
                address: r.address,
                contact: r.contact,
                filed_at: r.filed_at,
            })
            .collect(),
        searched,
        more,
        found: found
            .into_iter()
            .map(|e| EntryRow { entry: e.entry, address: e.address, nth: e.nth, has_code: e.has_code, paper: e.paper })
            .collect(),
        typed,
        errors,
    };
    Ok(show(visit, status, move |ctx| pages::vote_desk::round(ctx, &data)).await)
}

fn form(sent: &Sent) -> StepForm {
    StepForm {
        who: sent.visit.actor.account,
        key: sent.key.clone(),
        key_actor: sent.key_actor.clone(),
        now: sent.visit.ctx.now,
    }
}

/// A code that is handed over stands in this answer, once.
async fn reissue(State(app): State<App>, Path(path): Path<urls::VoteDeskReissue>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let handed = match sent.raw.get("hoe") {
        "post" => Handed::Post,
        "balie" => Handed::Desk,
        _ => return Err(Fault::new(visit, ActError::NotFound)),
    };
    let entry = sent.raw.id("kiezer").map_err(|_| Fault::new(visit, ActError::NotFound))?;
    let request = sent.raw.id("aanvraag").ok();
    let made = codes::reissue(&app.world, &visit.actor, &path.round, (entry, request), handed, form(&sent))
        .await
        .or_fault(visit)?;
    let Some(code) = made else {
        return Ok(see_other(&visit.ctx.url(&urls::VoteDeskRound { round: path.round })));
    };
    let round = find(&app, visit, &path.round).await?;
    let address = format!("{}{}", app.base_url, visit.ctx.url(&urls::RoundCode { round: path.round }));
    let card = card(&round, visit.ctx.now);
    Ok(show(visit, StatusCode::OK, move |ctx| pages::vote_desk::handed(ctx, &card, &code.grouped(), &address)).await)
}

async fn refuse(State(app): State<App>, Path(path): Path<urls::VoteDeskRequest>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    codes::refuse_request(&app.world, &visit.actor, &path.round, path.id, form(&sent)).await.or_fault(visit)?;
    Ok(see_other(&visit.ctx.url(&urls::VoteDeskRound { round: path.round })))
}

async fn assist(
    State(app): State<App>,
    Path(path): Path<urls::VoteDeskAssist>,
    network: Network,
    sent: Sent,
) -> Answer {
    let visit = &sent.visit;
    match codes::enter(&app.world, &visit.actor, &path.round, &sent.raw, &network.0, true).await {
        Ok(entered) => {
            let to = visit.ctx.url(&urls::Round { round: path.round });
            Ok(with_code(&app, see_other(&to), &entered.cookie, entered.seconds))
        }
        Err(ActError::Form(errors)) => {
            let none = Search { adres: None, aanvraag: None };
            page(&app, visit, &path.round, none, sent.raw.clone(), errors).await
        }
        Err(error) => Err(Fault::new(visit, error)),
    }
}
