//! What came of a vote: its result, the bundle to check it, the own receipt, being told, and complaints.

use super::{card, versions};
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::network::Network;
use crate::plans::{flash, key};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use domain::form::{Errors, Raw};
use domain::urls;
use pages::admin::counting::DisputeView;
use pages::result::complaint::{ComplaintView, ComplaintsTold};
use pages::result::{CheckView, ProofView, ResultView, StepView};
use services::count::Published;
use services::{ActError, complaints, count, voters};

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::RoundResult>(), get(result))
        .route(at::<urls::RoundFilm>(), get(film))
        .route(at::<urls::RoundPicture>(), get(super::picture::show_picture))
        .route(at::<urls::RoundCheck>(), get(check))
        .route(at::<urls::RoundFollow>(), post(follow))
        .route(at::<urls::RoundComplaint>(), get(complaint).post(complain))
}

async fn published(app: &App, visit: &Visit, slug: &str) -> Result<Published, Fault> {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    count::published(&mut c, slug).await.or_fault(visit)?.ok_or_else(|| Fault::new(visit, ActError::NotFound))
}

/// All that the pages of a result draw.
pub(super) async fn view(app: &App, visit: &Visit, slug: &str) -> Result<ResultView, Fault> {
    let p = published(app, visit, slug).await?;
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let themes = store::rounds::themes(&mut c, p.round.id).await.or_fault(visit)?;
    drop(c);
    let reserve = p.outcome.steps.iter().find(|s| s.verdict == domain::round::Verdict::DidNotFit).map(|s| s.id);
    let title =
        |id: i64| p.paper.plans.iter().find(|plan| plan.id == id).map_or_else(String::new, |plan| plan.title.clone());
    let steps = p
        .outcome
        .steps
        .iter()
        .map(|s| StepView {
            id: s.id,
            title: title(s.id),
            votes: s.votes,
            cost: s.cost,
            granted: s.granted,
            left_before: s.left_before,
            verdict: s.verdict,
            reserve: reserve == Some(s.id),
            theme: themes.get(&s.id).cloned().unwrap_or_default(),
        })
        .collect();
    let data = ResultView {
        card: card(&p.round, visit.ctx.now),
        // Everyone whose ballot was counted, on paper or not.
        turnout: p.round.turnout.unwrap_or(0) + p.paper_figures.1,
        roll: p.round.roll_size.unwrap_or(0),
        stray: p.round.stray.unwrap_or(0),
        left: p.outcome.left,
        rule: p.outcome.rule.clone(),
        ties: p
            .outcome
            .ties
            .iter()
            .filter(|t| t.mattered)
            .map(|t| t.plans.iter().map(|id| title(*id)).collect())
            .collect(),
        explanation: p.explanation.clone(),
        steps,
        digest: p.round.paper_digest.clone(),
        receipts: p.round.receipts,
        form: p.round.form,
        by_code: voters::by_code(&p.round),
        reissued: p.round.codes_reissued,
        paper: p.paper_figures,
        anomalies: p.anomalies.clone(),
        versions: versions(&p.versions),
        lots: p.lots.iter().map(|lot| (lot.digest.clone(), lot.secret.clone())).collect(),
        proof: proof(app, visit, &p).await?,
        picture: format!("{}{}", app.base_url, visit.ctx.url(&urls::RoundPicture { round: p.round.slug.clone() })),
    };
    Ok(data)
}

async fn result(visit: Visit, State(app): State<App>, Path(path): Path<urls::RoundResult>) -> Answer {
    let data = view(&app, &visit, &path.round).await?;
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::result::result(ctx, &data)).await)
}

/// The count as a film. Asked: `stap`, from 0.
async fn film(
    visit: Visit,
    State(app): State<App>,
    Path(path): Path<urls::RoundFilm>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    let data = view(&app, &visit, &path.round).await?;
    let at = Raw(asked).get("stap").parse().unwrap_or(0);
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::result::film(ctx, &data, at)).await)
}

/// The bundle of a result, and how its count went.
async fn proof(app: &App, visit: &Visit, p: &Published) -> Result<ProofView, Fault> {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let bundle = store::rounds::bundle(&mut c, p.round.id).await.or_fault(visit)?;
    let counts = store::rounds::counts(&mut c, p.round.id).await.or_fault(visit)?;
    let disputes = store::rounds::disputes(&mut c, p.round.id).await.or_fault(visit)?;
    let needed = domain::round::procedure(&p.paper.clone().drawn("")).is_ok_and(|rule| !rule.is_greedy());
    Ok(ProofView {
        whole: needed.then(|| bundle.as_ref().map_or((false, String::new()), |b| (b.whole, b.whole_reason.clone()))),
        bundle: bundle.map(|b| (b.digest, b.length)),
        moments: [
            ("timeline-opened", p.round.opened_at),
            ("timeline-from", Some(p.paper.opens_at).filter(|at| *at > 0)),
            ("timeline-until", Some(p.paper.closes_at).filter(|at| *at > 0)),
            ("timeline-closed", p.round.closed_at),
            ("timeline-counted", counts.last().map(|(_, at, _)| *at)),
            ("timeline-published", Some(p.published_at)),
        ]
        .into_iter()
        .filter_map(|(key, at)| Some((key, at?)))
        .collect(),
        again: counts.into_iter().skip(1).map(|(_, at, reason)| (at, reason)).collect(),
        complaints: complaints_told(&mut c, visit, p.round.id).await?,
        disputes: disputes.into_iter().map(|d| dispute(d, None)).collect(),
    })
}

async fn complaints_told(c: &mut store::Conn, visit: &Visit, round: i64) -> Result<ComplaintsTold, Fault> {
    let all = store::rounds::complaints(c, round).await.or_fault(visit)?;
    let first = |k: &store::rounds::Complaint| k.first.as_ref().map(|(_, found)| found.clone()).unwrap_or_default();
    let answer = |k: &store::rounds::Complaint| Some((k.answered_at?, k.outcome.clone(), first(k), k.answer.clone()));
    let answers: Vec<_> = all.iter().filter_map(answer).collect();
    Ok(ComplaintsTold { waiting: all.len() - answers.len(), answers })
}

/// A doubt about the count, as it is shown.
pub(crate) fn dispute(d: store::rounds::Dispute, reader: Option<i64>) -> DisputeView {
    DisputeView {
        at: d.at,
        reason: d.reason,
        settled: d.settled_at.map(|at| (at, d.answer)),
        own: reader.is_some() && d.account == reader,
    }
}

async fn check(visit: Visit, State(app): State<App>, Path(path): Path<urls::RoundCheck>) -> Answer {
    let p = published(&app, &visit, &path.round).await?;
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let lists = store::rounds::count_tokens(&mut c, p.round.id).await.or_fault(&visit)?;
    drop(c);
    let lines = |id: i64| lists.iter().find(|l| l.0 == id).map_or(0, |l| usize::try_from(l.1).unwrap_or(0));
    let data = CheckView {
        card: card(&p.round, visit.ctx.now),
        form: p.round.form,
        plans: p.paper.plans.iter().map(|plan| (plan.id, plan.title.clone(), lines(plan.id))).collect(),
        receipts: p.round.receipts,
    };
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::result::check(ctx, &data)).await)
}

async fn follow(State(app): State<App>, Path(path): Path<urls::RoundFollow>, sent: Sent) -> Answer {
    let place = services::counting::follow(&app.world, &sent.visit.actor, key(&sent), &path.round, &sent.raw).await;
    place.map(|place| see_other(&place)).map_err(|e| Fault::new(&sent.visit, e))
}

async fn complaint(mut visit: Visit, State(app): State<App>, Path(path): Path<urls::RoundComplaint>) -> Answer {
    flash(&mut visit);
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let account = match visit.actor.account {
        Some(id) => store::accounts::get(&mut c, id).await.or_fault(&visit)?,
        None => None,
    };
    drop(c);
    let email = account.map(|a| a.email).unwrap_or_default();
    complaint_page(&app, &visit, &path.round, Raw::from_pairs(&[("email", &email)]), Errors::default()).await
}

async fn complaint_page(app: &App, visit: &Visit, slug: &str, typed: Raw, errors: Errors) -> Answer {
    let p = published(app, visit, slug).await?;
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let sent = visit.ctx.path.contains("klaar=klacht");
    let data = ComplaintView { card: card(&p.round, visit.ctx.now), receipts: p.round.receipts, sent, typed, errors };
    Ok(show(visit, status, move |ctx| pages::result::complaint::complaint(ctx, &data)).await)
}

async fn complain(
    State(app): State<App>,
    Path(path): Path<urls::RoundComplaint>,
    network: Network,
    sent: Sent,
) -> Answer {
    let visit = &sent.visit;
    let lang = visit.ctx.lang.code();
    match complaints::complain(&app.world, &visit.actor, key(&sent), (&path.round, lang), &sent.raw, &network.0).await {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => complaint_page(&app, visit, &path.round, sent.raw.clone(), errors).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}
