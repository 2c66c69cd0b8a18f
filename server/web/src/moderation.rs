//! `/moderatie`: the queue and one plan to answer.

mod case_desk;
mod selection;
pub(crate) mod text;

use crate::address::{Path, Query};
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::convert::{self, Shares};
use crate::plans::{flash, key};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::access::{Act, Role, Subject, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{QUESTIONS, State as PlanState};
use domain::time::DAY;
use domain::urls;
use pages::moderation::{CaseView, PendingRow, QueueRow, QueueView};
use services::ActError;
use services::moderation::{Asked, Decision, Desk, answer, find};
use store::initiatives::{self as rows, Initiative};

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::Moderation>(), get(desk))
        .route(at::<urls::ModerationCase>(), get(case))
        .route(at::<urls::ModerationDecide>(), post(decide_case).get(back))
        .route(at::<urls::ModerationSmall>(), post(small).get(back))
        .merge(case_desk::routes())
        .merge(text::routes())
        .merge(selection::routes())
}

async fn back(visit: Visit, Path(path): Path<urls::ModerationCase>) -> Response {
    see_other(&visit.ctx.url(&urls::ModerationCase { id: path.id }))
}

async fn to_desk(visit: Visit) -> Response {
    see_other(&visit.ctx.url(&urls::Moderation {}))
}

async fn desk(mut visit: Visit, State(app): State<App>, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    flash(&mut visit);
    desk_page(&app, &visit, Raw(asked), Typed::default()).await
}

/// What was typed into the forms of the queue's page, and what is wrong with it.
#[derive(Default)]
pub(crate) struct Typed {
    pub(crate) away: (Raw, Errors),
    pub(crate) bulk: (Raw, Errors),
}

/// The queue, with what was typed into its forms.
pub(crate) async fn desk_page(app: &App, visit: &Visit, chosen: Raw, typed: Typed) -> Answer {
    decide(Act::SeeModeration, &visit.actor, &Subject::default()).or_fault(visit)?;
    let right = typed.away.1.0.is_empty() && typed.bulk.1.0.is_empty();
    let status = if right { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let data = queue_view(app, visit, chosen, typed).await.or_fault(visit)?;
    Ok(show(visit, status, move |ctx| pages::moderation::queue(ctx, &data)).await)
}

async fn queue_view(app: &App, visit: &Visit, chosen: Raw, typed: Typed) -> Result<QueueView, ActError> {
    let mut c = app.world.db.read().await?;
    let (tab, desk) = match chosen.get("tab") {
        "wacht" => (1, Desk::Waiting),
        "klaar" => (2, Desk::Done),
        _ => (0, Desk::ToDo),
    };
    let buurten = store::places::buurten(&mut c).await?;
    let kind = chosen.get("voor");
    let asked = Asked {
        desk,
        buurt: buurten.iter().find(|b| b.slug == chosen.get("buurt")).map(|b| b.id),
        programme: chosen.id("programma").ok(),
        for_kind: (!kind.is_empty()).then(|| kind.to_owned()),
        wants_help: chosen.get("hulp") == "1",
        page: chosen.get("bladzij").parse().ok().filter(|p| (1..=10_000).contains(p)).unwrap_or(1),
    };
    let found = find(&mut c, &visit.actor, &asked, false).await?;
    let mut shares = Shares::load(&mut c).await?;
    let href = |id| visit.ctx.url(&urls::ModerationCase { id });
    let now = visit.ctx.now;
    let ticked = typed.bulk.0.all("plan");
    let (mut listed, mut small, mut pending) = (Vec::new(), Vec::new(), Vec::new());
    for p in &found.plans {
        let row = shares.row(&mut c, p, href(p.id), tab == 0).await?;
        let own = visit.actor.account.is_some_and(|a| p.account_id == a || p.makers.contains(&a));
        let mark = match (own, tab == 0 && p.replied_at.is_some()) {
            (true, _) => Some("moderation-row-own"),
            (_, true) => Some("moderation-row-answered"),
            _ => None,
        };
        let line = mark.map_or(row.line.clone(), |key| format!("{} · {}", row.line, visit.ctx.t(key)));
        listed.push(QueueRow {
            line,
            claim: claim_of(visit, p),
            choose: (tab == 0 && chosen.get("wat") == "1").then(|| (p.id, ticked.contains(&p.id.to_string().as_str()))),
            ..row
        });
    }
    if tab == 0 && asked.page == 1 {
        let limit = services::small_plans::limit(&mut c).await?;
        let roles = [Role::Moderator, Role::Administrator];
        let places = services::moderation::places_of(&mut c, &visit.actor, &roles).await?;
        for p in rows::in_state(&mut c, PlanState::Feasible, places.as_deref(), Some(limit)).await? {
            if p.small_moderator_id.is_none() && decide(Act::SeeModeration, &visit.actor, &p.subject()).is_ok() {
                small.push(shares.row(&mut c, &p, href(p.id), false).await?);
            }
        }
    }
    let beside = if tab == 0 && asked.page == 1 { text::beside(&mut c, visit).await? } else { Vec::new() };
    let roles = [Role::Moderator, Role::Administrator];
    let places = services::moderation::places_of(&mut c, &visit.actor, &roles).await?;
    let taken_over = rows::taken_over(&mut c, now - 14 * DAY, places.as_deref()).await?;
    let mut away = None;
    if let Some(account) = visit.actor.account {
        for waiting in rows::pending_of(&mut c, account).await? {
            if let Some(p) = rows::get(&mut c, waiting.initiative).await?.filter(|_| waiting.effective_at > now) {
                pending.push(PendingRow {
                    id: p.id,
                    title: p.title,
                    act: waiting.act,
                    effective_at: waiting.effective_at,
                });
            }
        }
        away = rows::away(&mut c, account).await?.filter(|(_, until)| *until > now);
    }
    let notices = crate::notices::part(&mut c, visit, false, typed.away.1.clone()).await?;
    Ok(QueueView {
        pending,
        notices,
        buurten: found.buurten.into_iter().map(|b| (b.slug, b.name)).collect(),
        programmes: store::places::programmes(&mut c).await?.into_iter().map(|k| (k.id.to_string(), k.name)).collect(),
        told: selection::told(&chosen),
        chosen,
        page: asked.page,
        more: found.more,
        away,
        away_form: typed.away,
        bulk: typed.bulk,
        tab,
        counts: found.counts,
        rows: listed,
        beside,
        taken_over: if tab == 0 { taken_over } else { 0 },
        small,
    })
}

/// Who is busy with a case, as long as their turn lasts.
fn claim_of(visit: &Visit, p: &Initiative) -> Option<(bool, i64)> {
    let (by, until) = p.claim.filter(|(_, until)| *until > visit.ctx.now)?;
    Some((Some(by) == visit.actor.account, until))
}

async fn case(mut visit: Visit, State(app): State<App>, Path(path): Path<urls::ModerationCase>) -> Answer {
    flash(&mut visit);
    page(&app, &visit, path.id, Raw::default(), Errors::default()).await
}

async fn page(app: &App, visit: &Visit, id: i64, typed: Raw, errors: Errors) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let data = case_view(app, visit, id, typed, errors).await.or_fault(visit)?;
    Ok(show(visit, status, move |ctx| pages::moderation::case(ctx, &data)).await)
}

async fn case_view(app: &App, visit: &Visit, id: i64, typed: Raw, errors: Errors) -> Result<CaseView, ActError> {
    let mut c = app.world.db.read().await?;
    let p = rows::get(&mut c, id).await?.ok_or(ActError::NotFound)?;
    decide(Act::SeeModeration, &visit.actor, &p.subject())?;
    let small = Shares::load(&mut c)
        .await?
        .small(&mut c, &p, visit.ctx.url(&urls::ModerationSmall { id }), Act::SmallPlanModerator, visit)
        .await?;
    let programmes = store::places::programmes(&mut c).await?.into_iter().map(|k| (k.id.to_string(), k.name)).collect();
    let may = |act| decide(act, &visit.actor, &p.subject()).is_ok();
    let owner = store::accounts::get(&mut c, p.account_id).await?;
    let pending = rows::pending(&mut c, id).await?.filter(|waiting| waiting.effective_at > visit.ctx.now);
    let mut desks: Vec<(String, String)> = Vec::new();
    if may(Act::HandOver) {
        let here = if p.by_staff { None } else { Some(p.handled_in.unwrap_or(p.buurt_id)) };
        for (buurt, name, organisation) in store::accounts::roles::desks(&mut c, p.stadsdeel_id).await? {
            if Some(buurt) != here {
                let by = if organisation.is_empty() { name } else { format!("{name} ({organisation})") };
                desks.push((buurt.to_string(), by));
            }
        }
        if !p.by_staff {
            desks.push(("stadsdeel".into(), visit.ctx.t("nav-district")));
        }
    }
    let can_merge = may(Act::AskMerge);
    let open = may(Act::Reject) || can_merge;
    let alike = if open { services::merges::candidates(&mut c, &visit.actor, &p).await? } else { Vec::new() };
    let merging = match rows::merge_question(&mut c, id).await? {
        Some(q) => rows::get(&mut c, q.into)
            .await?
            .map(|into| (into.title, q.from_agreed_at.is_some(), q.into_agreed_at.is_some())),
        None => None,
    };
    // What changed under the reader's eyes is shown, word by word.
    let read = typed.id("version").unwrap_or_default();
    let changed = if errors.of("act") == Some(Problem::Changed) {
        let before = rows::words_before(&mut c, id).await?.filter(|(version, _)| *version == read);
        before.map(|(_, was)| (was, services::plan_texts::words_of(&p)))
    } else {
        None
    };
    Ok(CaseView {
        changed,
        own: visit.actor.account.is_some_and(|a| p.account_id == a || p.makers.contains(&a)),
        alike: alike
            .into_iter()
            .map(|other| (other.id, other.title.clone(), other.state, services::merges::fits(&p, &other)))
            .collect(),
        can_merge,
        merging,
        mail_lang: owner.map(|o| texts::Lang::from_code(&o.lang)).unwrap_or_default(),
        claim: claim_of(visit, &p),
        pending: pending.map(|waiting| (waiting.act, waiting.effective_at)),
        desks,
        by_staff: p.by_staff,
        wants_help: p.waits_for_supporter(),
        plan: convert::view(&mut c, visit, &p).await?,
        author: p.author.clone(),
        version: p.version,
        due_at: p.due_at.filter(|_| p.state == PlanState::Submitted),
        typed,
        errors,
        programmes,
        open: may(Act::Publish),
        can_reject: may(Act::Reject),
        small,
    })
}

async fn decide_case(State(app): State<App>, Path(path): Path<urls::ModerationDecide>, sent: Sent) -> Answer {
    let outcome = async {
        let version = sent.raw.id("version").unwrap_or_default();
        let raw = with_questions(&app, path.id, &sent.raw).await?;
        answer(&app.world, &sent.visit.actor, key(&sent), (path.id, version), Decision::parse(&raw)?).await
    };
    let outcome = outcome.await;
    respond(&app, sent, path.id, outcome).await
}

/// The questions that were ticked, in the submitter's language, before the moderator's own words.
async fn with_questions(app: &App, id: i64, raw: &Raw) -> Result<Raw, ActError> {
    let mut c = app.world.db.read().await?;
    let plan = rows::get(&mut c, id).await?.ok_or(ActError::NotFound)?;
    let owner = store::accounts::get(&mut c, plan.account_id).await?;
    let lang = owner.map(|o| texts::Lang::from_code(&o.lang)).unwrap_or_default();
    let ticked = QUESTIONS.iter().filter(|q| raw.all("ask").contains(q)).map(|q| texts::t(lang, &format!("ask-{q}")));
    let own = raw.get("question").trim().to_owned();
    let lines: Vec<String> = ticked.chain((!own.is_empty()).then_some(own)).collect();
    let mut raw = raw.clone();
    raw.set("question", lines.join("\n"));
    Ok(raw)
}

async fn small(State(app): State<App>, Path(path): Path<urls::ModerationSmall>, sent: Sent) -> Answer {
    let outcome = async {
        let year = sent.raw.id("year").map_err(|problem| Errors::one("year", problem))?;
        services::small_plans::sign(&app.world, &sent.visit.actor, key(&sent), path.id, Role::Moderator, year).await
    };
    let outcome = outcome.await;
    respond(&app, sent, path.id, outcome).await
}

async fn respond(app: &App, sent: Sent, id: i64, outcome: Result<String, ActError>) -> Answer {
    match outcome {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => page(app, &sent.visit, id, sent.raw, errors).await,
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}
