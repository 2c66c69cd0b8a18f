//! `/stadsdeel`: plans to judge, to sign for, to follow.

use crate::address::Path;
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
use domain::form::{Errors, Raw};
use domain::initiative::State as PlanState;
use domain::urls;
use pages::district::advice::{AdviceRow, AdviceView, Reply, answered_line};
use pages::district::{DeskView, DistrictCaseView};
use pages::moderation::QueueRow;
use services::advice::{Ask, Given};
use services::district::{Verdict, desk, judge};
use services::{ActError, moderation};
use store::Conn;
use store::accounts::roles;
use store::initiatives::{self as rows, Initiative};

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::District>(), get(desk_page))
        .route(at::<urls::DistrictCase>(), get(case))
        .route(at::<urls::DistrictVerdict>(), post(verdict).get(back))
        .route(at::<urls::DistrictAdvice>(), post(ask).get(back))
        .route(at::<urls::DistrictAdviceAnswer>(), post(say).get(back))
        .route(at::<urls::DistrictSmall>(), post(small).get(back))
        .route(at::<urls::DistrictAppeal>(), post(appeal).get(back))
}

async fn back(visit: Visit, Path(path): Path<urls::DistrictCase>) -> Response {
    see_other(&visit.ctx.url(&urls::DistrictCase { id: path.id }))
}

async fn desk_page(mut visit: Visit, State(app): State<App>) -> Answer {
    flash(&mut visit);
    draw(&app, &visit, Errors::default()).await
}

/// The desk, with what is wrong with a form of it.
pub(crate) async fn draw(app: &App, visit: &Visit, errors: Errors) -> Answer {
    decide(Act::SeeDistrict, &visit.actor, &Subject::default()).or_fault(visit)?;
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let data = desk_view(app, visit, errors).await.or_fault(visit)?;
    Ok(show(visit, status, move |ctx| pages::district::desk(ctx, &data)).await)
}

async fn desk_view(app: &App, visit: &Visit, errors: Errors) -> Result<DeskView, ActError> {
    let mut c = app.world.db.read().await?;
    let limit = services::small_plans::limit(&mut c).await?;
    let mut shares = Shares::load(&mut c).await?;
    let mut data = DeskView {
        handed: Vec::new(),
        appeals: Vec::new(),
        beside: crate::moderation::text::beside(&mut c, visit).await?,
        to_judge: Vec::new(),
        small: Vec::new(),
        running: Vec::new(),
        notices: crate::notices::part(&mut c, visit, true, errors).await?,
    };
    if visit.actor.has(Role::Staff) {
        for p in moderation::find(&mut c, &visit.actor, &moderation::Asked::default(), true).await?.plans {
            let href = visit.ctx.url(&urls::ModerationCase { id: p.id });
            data.handed.push(shares.row(&mut c, &p, href, true).await?);
        }
        let staff = moderation::places_of(&mut c, &visit.actor, &[Role::Staff]).await?;
        for appeal in rows::open_appeals(&mut c, staff.as_deref()).await? {
            let Some(p) = rows::get(&mut c, appeal.initiative).await? else { continue };
            if decide(Act::AnswerAppeal, &visit.actor, &p.subject()).is_ok() {
                let href = visit.ctx.url(&urls::DistrictCase { id: p.id });
                let row = shares.row(&mut c, &p, href, false).await?;
                data.appeals.push(QueueRow { due_at: Some(appeal.due_at), ..row });
            }
        }
    }
    let said = rows::advice_counts(&mut c).await?;
    for state in [PlanState::Published, PlanState::Feasible, PlanState::Funded, PlanState::InExecution] {
        let most = (state == PlanState::Feasible).then_some(limit);
        for p in desk(&mut c, &visit.actor, state, most).await? {
            let href = match state {
                PlanState::Funded | PlanState::InExecution => visit.ctx.url(&urls::DistrictExecution { id: p.id }),
                _ => visit.ctx.url(&urls::DistrictCase { id: p.id }),
            };
            let mut row = shares.row(&mut c, &p, href, false).await?;
            if let Some((answered, asked)) = said.get(&p.id) {
                row.line = format!("{} · {}", row.line, answered_line(&visit.ctx, *answered, *asked));
            }
            match state {
                PlanState::Published => data.to_judge.push(QueueRow { choose: Some((p.id, false)), ..row }),
                PlanState::Feasible => data.small.push(row),
                _ => data.running.push(row),
            }
        }
    }
    Ok(data)
}

async fn case(mut visit: Visit, State(app): State<App>, Path(path): Path<urls::DistrictCase>) -> Answer {
    flash(&mut visit);
    page(&app, &visit, path.id, Raw::default(), Errors::default()).await
}

async fn page(app: &App, visit: &Visit, id: i64, typed: Raw, errors: Errors) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let data = case_view(app, visit, id, typed, errors).await.or_fault(visit)?;
    Ok(show(visit, status, move |ctx| pages::district::case(ctx, &data)).await)
}

async fn case_view(
    app: &App,
    visit: &Visit,
    id: i64,
    typed: Raw,
    errors: Errors,
) -> Result<DistrictCaseView, ActError> {
    let mut c = app.world.db.read().await?;
    let p = rows::get(&mut c, id).await?.ok_or(ActError::NotFound)?;
    decide(Act::SeeDistrict, &visit.actor, &p.subject())?;
    let small = Shares::load(&mut c)
        .await?
        .small(&mut c, &p, visit.ctx.url(&urls::DistrictSmall { id }), Act::SmallPlanStaff, visit)
        .await?;
    Ok(DistrictCaseView {
        plan: convert::view(&mut c, visit, &p).await?,
        author: p.author.clone(),
        typed,
        errors,
        small,
        appeal: rows::appeal(&mut c, id)
            .await?
            .filter(|a| a.decided_at.is_none() && decide(Act::AnswerAppeal, &visit.actor, &p.subject()).is_ok())
            .map(|a| (a.words, a.due_at)),
        advice: advice_view(&mut c, visit, &p).await?,
    })
}

async fn advice_view(c: &mut Conn, visit: &Visit, p: &Initiative) -> Result<AdviceView, ActError> {
    let may = |act| decide(act, &visit.actor, &p.subject()).is_ok();
    let mut view =
        AdviceView { may_ask: may(Act::AskAdvice), may_answer: may(Act::AnswerAdvice), ..AdviceView::default() };
    for advice in rows::advice(c, p.id).await? {
        let place = (p.buurt_id, p.stadsdeel_id);
        let there = match advice.answer {
            None => roles::of_department(c, place, &advice.department, visit.ctx.now).await?,
            Some(_) => Vec::new(),
        };
        if view.own.is_none() && there.iter().any(|account| Some(account.id) == visit.actor.account) {
            view.own = Some(advice.id);
        }
        view.rows.push(AdviceRow {
            id: advice.id,
            department: advice.department,
            question: advice.asked.question,
            due_at: advice.asked.due_at,
            reached: !there.is_empty(),
            reply: advice.answer.map(|(at, a)| Reply {
                at,
                says: a.says,
                words: a.words,
                low: a.low,
                likely: a.likely,
                responsible: a.responsible,
            }),
        });
    }
    Ok(view)
}

async fn ask(State(app): State<App>, Path(path): Path<urls::DistrictAdvice>, sent: Sent) -> Answer {
    let outcome = async {
        let asked = Ask::parse(&sent.raw, app.world.now())?;
        services::advice::ask(&app.world, &sent.visit.actor, key(&sent), path.id, asked).await
    };
    let outcome = outcome.await;
    respond(&app, sent, path.id, outcome).await
}

async fn say(State(app): State<App>, Path(path): Path<urls::DistrictAdviceAnswer>, sent: Sent) -> Answer {
    let outcome = async {
        services::advice::answer(&app.world, &sent.visit.actor, key(&sent), path.id, Given::parse(&sent.raw)?).await
    };
    let outcome = outcome.await;
    respond(&app, sent, path.id, outcome).await
}

async fn verdict(State(app): State<App>, Path(path): Path<urls::DistrictVerdict>, sent: Sent) -> Answer {
    let outcome = async { judge(&app.world, &sent.visit.actor, key(&sent), path.id, Verdict::parse(&sent.raw)?).await };
    let outcome = outcome.await;
    respond(&app, sent, path.id, outcome).await
}

async fn appeal(State(app): State<App>, Path(path): Path<urls::DistrictAppeal>, sent: Sent) -> Answer {
    let outcome = services::appeals::answer(&app.world, &sent.visit.actor, key(&sent), path.id, &sent.raw).await;
    respond(&app, sent, path.id, outcome).await
}

async fn small(State(app): State<App>, Path(path): Path<urls::DistrictSmall>, sent: Sent) -> Answer {
    let outcome = async {
        let year = sent.raw.id("year").map_err(|problem| Errors::one("year", problem))?;
        services::small_plans::sign(&app.world, &sent.visit.actor, key(&sent), path.id, Role::Staff, year).await
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
