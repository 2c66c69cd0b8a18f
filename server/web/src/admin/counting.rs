//! Counting by two: holding a result back, settling that, and complaints about it.

use super::round::{back, form};
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at};
use crate::rounds::outcome::dispute;
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use domain::access::{Act, decide};
use domain::urls;
use pages::admin::counting::{CountedPlan, CountingView, FirstView};
use pages::result::complaint::ComplaintRow;
use services::{ActError, bundles};
use store::Conn;
use store::rounds::{self, Round};

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::AdminRoundDraft>(), get(draft))
        .route(at::<urls::AdminRoundHold>(), post(hold))
        .route(at::<urls::AdminRoundComplaint>(), post(complaint))
}

/// Who said yes, the count before it is public, and what holds it back.
pub(super) async fn view(c: &mut Conn, visit: &Visit, round: &Round) -> Result<CountingView, Fault> {
    if round.phase != domain::round::Phase::Counting {
        return Ok(CountingView::default());
    }
    let result = rounds::result(c, round.id).await.or_fault(visit)?;
    let version = result.as_ref().map_or(0, |r| r.version);
    let own = visit.actor.audited();
    let waits = |k: &rounds::Consent| match k.step.as_str() {
        "count" => k.version == version + 1,
        _ => k.version == version,
    };
    let first = rounds::consents(c, round.id).await.or_fault(visit)?.into_iter().filter(waits);
    let first = first.map(|k| FirstView {
        own: Some(k.account) == own,
        step: k.step,
        name: k.name,
        reason: k.reason,
        digest: k.digest,
    });
    let mut view = CountingView { version, first: first.collect(), ..CountingView::default() };
    let Some(result) = result else { return Ok(view) };
    let outcome = services::count::outcome(&result).or_fault(visit)?;
    let paper = services::rounds::frozen(round).or_fault(visit)?;
    let title = |id| paper.plans.iter().find(|p| p.id == id).map(|p| p.title.clone()).unwrap_or_default();
    let plan = |s: &domain::round::Step| CountedPlan {
        title: title(s.id),
        votes: s.votes,
        granted: s.granted,
        verdict: s.verdict,
    };
    view.preview = outcome.steps.iter().map(plan).collect();
    view.left = outcome.left;
    let all = rounds::disputes(c, round.id).await.or_fault(visit)?;
    view.disputes = all.into_iter().map(|d| dispute(d, own)).collect();
    let whole = bundles::whole_ballots(c, round).await.or_fault(visit)?;
    let [unique, of] = whole.unique.map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    let limit = i64::try_from(100 * whole.limit[0] / whole.limit[1].max(1)).unwrap_or(100);
    view.whole = whole.needed.then_some((unique, of, limit, whole.within));
    Ok(view)
}

/// Complaints about a published result.
pub(super) async fn complaints(c: &mut Conn, visit: &Visit, round: &Round) -> Result<Vec<ComplaintRow>, Fault> {
    let own = visit.actor.audited();
    let all = rounds::complaints(c, round.id).await.or_fault(visit)?;
    let row = |k: rounds::Complaint| ComplaintRow {
        id: k.id,
        at: k.at,
        words: k.words,
        found: k.found.lines().map(str::to_owned).collect(),
        first: k.first.map(|(by, finding)| (finding, Some(by) == own)),
        answer: k.answered_at.map(|_| (k.outcome, k.answer)),
    };
    Ok(all.into_iter().map(row).collect())
}

/// What is agreed to, to look at beforehand: the same bytes that go out, as long as nothing changes.
async fn draft(visit: Visit, State(app): State<App>, Path(path): Path<urls::AdminRoundDraft>) -> Answer {
    let missing = || Fault::new(&visit, ActError::NotFound);
    let found =
        rounds::by_slug(&mut app.world.db.read().await.or_fault(&visit)?, &path.round).await.or_fault(&visit)?;
    let round = found.ok_or_else(missing)?;
    decide(Act::CountRound, &visit.actor, &round.subject()).map_err(ActError::from).or_fault(&visit)?;
    if round.phase != domain::round::Phase::Counting {
        return Err(missing());
    }
    let draft = bundles::draft(&app.world, &round, "").await.or_fault(&visit)?.ok_or_else(missing)?;
    let file = format!("attachment; filename=\"concept-{}.zip\"", round.slug);
    let head = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, file.as_str()),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((head, draft.bytes).into_response())
}

async fn hold(State(app): State<App>, Path(path): Path<urls::AdminRoundHold>, sent: Sent) -> Answer {
    let (world, actor, slug) = (&app.world, &sent.visit.actor, &path.round);
    let done = match sent.raw.get("doe") {
        "ophouden" => services::counting::hold_back(world, actor, slug, &sent.raw, form(&sent)).await,
        "oplossen" => services::counting::settle(world, actor, slug, &sent.raw, form(&sent)).await,
        _ => Err(ActError::NotFound),
    };
    back(&app, &sent, path.round, done).await
}

async fn complaint(State(app): State<App>, Path(path): Path<urls::AdminRoundComplaint>, sent: Sent) -> Answer {
    let (world, actor) = (&app.world, &sent.visit.actor);
    let done = services::complaints::look(world, actor, &path.round, path.complaint, &sent.raw, form(&sent)).await;
    back(&app, &sent, path.round, done).await
}
