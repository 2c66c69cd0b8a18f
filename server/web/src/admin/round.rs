//! `/beheer/stemrondes/{round}`: one round with its steps, changes of its texts and dates, and its lot.

use super::{counting, may_see, status};
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::rounds::{card, plan_cards, versions};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use domain::access::{Act, decide as access};
use domain::form::{Errors, Problem, Raw};
use domain::round::Phase;
use domain::urls;
use pages::admin::round::{AdminRoundView, ChangeView, LotView, LotsView, ProposalView};
use pages::rounds::changes::VersionView;
use services::rounds::{self, Step, StepForm};
use services::{ActError, turnout};
use store::Conn;
use store::rounds::{Round, VersionState};

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::AdminRound>(), get(round))
        .route(at::<urls::AdminRoundStep>(), post(step))
        .route(at::<urls::AdminRoundChange>(), get(change).post(propose))
        .route(at::<urls::AdminRoundDecide>(), post(decide))
        .route(at::<urls::AdminRoundLot>(), post(lot))
        .merge(counting::routes())
}

async fn find(c: &mut Conn, visit: &Visit, slug: &str) -> Result<Round, Fault> {
    may_see(visit)?;
    let round = store::rounds::by_slug(c, slug).await.or_fault(visit)?;
    round.ok_or_else(|| Fault::new(visit, ActError::NotFound))
}

async fn round(visit: Visit, State(app): State<App>, Path(path): Path<urls::AdminRound>) -> Answer {
    round_page(&app, &visit, &path.round, Raw::default(), Errors::default()).await
}

async fn lots(c: &mut Conn, app: &App, visit: &Visit, round: &Round, counted: bool) -> Result<Option<LotsView>, Fault> {
    if !round.lots {
        return Ok(None);
    }
    let own = visit.actor.audited();
    let all = store::rounds::lots(c, round.id).await.or_fault(visit)?;
    let others = all.iter().filter(|lot| Some(lot.account) != own).count();
    let may_give = matches!(round.phase, Phase::Setup | Phase::Published) && others < 2;
    let settled = all.iter().all(store::rounds::Lot::is_settled);
    let said = store::rounds::consents(c, round.id).await.or_fault(visit)?;
    let asked = |whose: i64| {
        let yes = said.iter().find(|k| k.step == rounds::LOST && k.version == whose)?;
        Some((yes.name.clone(), yes.reason.clone(), Some(yes.account) == own))
    };
    let parts = all
        .into_iter()
        .map(|lot| LotView {
            own: Some(lot.account) == own,
            asked: asked(lot.account).filter(|_| !lot.lost),
            account: lot.account,
            name: lot.name,
            digest: lot.share.digest,
            // Nobody chooses what to reveal by what another revealed.
            secret: lot.share.secret.as_ref().filter(|_| settled).cloned(),
            revealed: lot.share.secret.is_some(),
            lost: lot.lost,
        })
        .collect();
    let give = may_give.then(|| rounds::propose_secret(&app.world));
    let reveal = round.phase == Phase::Counting && !counted;
    let lose_colleague = rounds::colleague_can_lose(round, visit.ctx.now);
    Ok(Some(LotsView { parts, give, reveal, lose_colleague }))
}

pub(super) async fn round_page(app: &App, visit: &Visit, slug: &str, typed: Raw, errors: Errors) -> Answer {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let round = find(&mut c, visit, slug).await?;
    let plans = store::rounds::plans(&mut c, round.id).await.or_fault(visit)?;
    let counted = store::rounds::result(&mut c, round.id).await.or_fault(visit)?.is_some();
    let (now, status) = (visit.ctx.now, status(&errors));
    let all = store::rounds::versions(&mut c, round.id).await.or_fault(visit)?;
    // One that nobody decided on lapses with the vote.
    let may_change = rounds::can_change(&round, now);
    let proposal =
        all.iter().filter(|_| may_change).find(|v| v.state == VersionState::Proposed).map(|v| ProposalView {
            version: v.version,
            own: v.proposed_by.is_some() && v.proposed_by == visit.actor.audited(),
            change: VersionView { at: v.proposed_at, reason: v.reason.clone(), changes: v.changes.clone() },
        });
    let now_voted = turnout::turnout(&app.world, &mut c, &round).await.or_fault(visit)?;
    let data = AdminRoundView {
        card: card(&round, now),
        plans: plan_cards(&plans),
        steps: Step::possible(&round, counted, now).into_iter().map(Step::key).collect(),
        digest: round.paper_digest.clone(),
        by_code: services::voters::by_code(&round),
        turnout: now_voted.map(|t| (t.voted, t.roll)),
        counted: round.turnout.zip(round.roll_size).map(|(turnout, roll)| (turnout, round.paper_turnout, roll)),
        may_change,
        proposal,
        versions: versions(&all),
        lots: lots(&mut c, app, visit, &round, counted).await?,
        counting: counting::view(&mut c, visit, &round).await?,
        complaints: counting::complaints(&mut c, visit, &round).await?,
        typed,
        errors,
    };
    Ok(show(visit, status, move |ctx| pages::admin::round::round(ctx, &data)).await)
}

pub(super) fn form(sent: &Sent) -> StepForm {
    StepForm {
        who: sent.visit.actor.audited(),
        key: sent.key.clone(),
        key_actor: sent.key_actor.clone(),
        now: sent.visit.ctx.now,
    }
}

/// Leads back to the round; what is wrong with a form is shown there.
pub(super) async fn back(app: &App, sent: &Sent, slug: String, done: Result<(), ActError>) -> Answer {
    let visit = &sent.visit;
    match done {
        Ok(()) => Ok(see_other(&visit.ctx.url(&urls::AdminRound { round: slug }))),
        Err(ActError::Form(errors)) => round_page(app, visit, &slug, sent.raw.clone(), errors).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}

async fn step(State(app): State<App>, Path(path): Path<urls::AdminRoundStep>, sent: Sent) -> Answer {
    let (world, actor) = (&app.world, &sent.visit.actor);
    let done = match Step::from_key(sent.raw.get("step")) {
        Some(step) => {
            rounds::step(world, actor, &path.round, step, &sent.raw, sent.key.clone(), sent.key_actor.clone()).await
        }
        None => Err(Errors::one("step", Problem::NotAChoice).into()),
    };
    back(&app, &sent, path.round, done).await
}

async fn lot(State(app): State<App>, Path(path): Path<urls::AdminRoundLot>, sent: Sent) -> Answer {
    let (world, actor, slug) = (&app.world, &sent.visit.actor, &path.round);
    let done = match sent.raw.get("doe") {
        "geef" => rounds::give_lot(world, actor, slug, &sent.raw, form(&sent)).await,
        "onthul" => rounds::reveal_lot(world, actor, slug, &sent.raw, form(&sent)).await,
        "kwijt" => rounds::lose_lot(world, actor, slug, &sent.raw, form(&sent)).await,
        _ => Err(ActError::NotFound),
    };
    back(&app, &sent, path.round, done).await
}

async fn decide(State(app): State<App>, Path(path): Path<urls::AdminRoundDecide>, sent: Sent) -> Answer {
    let (world, actor, slug) = (&app.world, &sent.visit.actor, &path.round);
    let done = match sent.raw.get("besluit") {
        "ja" => rounds::agree(world, actor, slug, path.version, form(&sent)).await,
        "nee" => rounds::refuse(world, actor, slug, path.version, form(&sent)).await,
        _ => Err(ActError::NotFound),
    };
    back(&app, &sent, path.round, done).await
}

async fn change(visit: Visit, State(app): State<App>, Path(path): Path<urls::AdminRoundChange>) -> Answer {
    change_page(&app, &visit, &path.round, None, Errors::default()).await
}

/// The form, with what was typed or else how it is.
async fn change_page(app: &App, visit: &Visit, slug: &str, typed: Option<Raw>, errors: Errors) -> Answer {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let round = find(&mut c, visit, slug).await?;
    if !rounds::can_change(&round, visit.ctx.now) {
        return Ok(see_other(&visit.ctx.url(&urls::AdminRound { round: round.slug })));
    }
    // Known before anything is typed that could get lost on the way to the second factor.
    access(Act::ProposeChange, &visit.actor, &round.subject()).or_fault(visit)?;
    let paper = rounds::paper_now(&mut c, &round).await.or_fault(visit)?;
    let basis = rounds::basis(&paper).or_fault(visit)?;
    let typed = typed.unwrap_or_else(|| {
        let mut typed = Raw::default();
        typed.set("title", paper.title.clone());
        typed.set("intro", paper.intro.clone());
        typed.set("opens", texts::typed_local(paper.opens_at));
        typed.set("closes", texts::typed_local(paper.closes_at));
        for plan in &paper.plans {
            typed.0.push((format!("title-{}", plan.id), plan.title.clone()));
            typed.0.push((format!("text-{}", plan.id), plan.summary.clone()));
        }
        typed
    });
    let status = status(&errors);
    let plans = store::rounds::plans(&mut c, round.id).await.or_fault(visit)?;
    let data = ChangeView {
        card: card(&round, visit.ctx.now),
        plans: plan_cards(&plans).into_iter().filter(|p| paper.plans.iter().any(|q| q.id == p.id)).collect(),
        basis,
        begun: round.phase != Phase::Setup && visit.ctx.now >= round.opens_at,
        at_once: round.phase == Phase::Setup,
        typed,
        errors,
    };
    Ok(show(visit, status, move |ctx| pages::admin::round::change(ctx, &data)).await)
}

async fn propose(State(app): State<App>, Path(path): Path<urls::AdminRoundChange>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    match rounds::propose(&app.world, &visit.actor, &path.round, &sent.raw, form(&sent)).await {
        Ok(()) => Ok(see_other(&visit.ctx.url(&urls::AdminRound { round: path.round }))),
        Err(ActError::Form(errors)) => change_page(&app, visit, &path.round, Some(sent.raw.clone()), errors).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}
