//! `/stemmen`: rounds, ballot, review, casting, result, check.

pub(crate) mod code;
pub(crate) mod outcome;
mod picture;
pub(crate) mod qr;

use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::convert::Shares;
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use domain::access::Denied;
use domain::form::{Errors, Raw};
use domain::round::{Ballot, Phase};
use domain::urls;
use pages::ballot::{BallotView, CastView, ReceiptView, Standing};
use pages::rounds::changes::VersionView;
use pages::rounds::{PlanCard, RoundCard, RoundView};
use services::{ActError, ballots, rounds, turnout, voters};
use store::rounds::{Round, VersionState};

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::Rounds>(), get(list))
        .route(at::<urls::Round>(), get(round))
        .route(at::<urls::RoundReview>(), post(review).get(back_to_round))
        .route(at::<urls::RoundCast>(), post(cast).get(back_to_round))
        .merge(outcome::routes())
        .merge(code::routes())
}

/// A round as a card, its phase by the clock.
pub(crate) fn card(round: &Round, now: i64) -> RoundCard {
    RoundCard {
        slug: round.slug.clone(),
        title: round.title.clone(),
        buurt: round.buurt.clone(),
        theme: round.theme.clone(),
        pot: round.pot,
        phase: rounds::shown_phase(round, now),
        opens_at: round.opens_at,
        closes_at: round.closes_at,
    }
}

pub(crate) fn plan_cards(plans: &[store::rounds::Plan]) -> Vec<PlanCard> {
    plans
        .iter()
        .map(|p| PlanCard {
            id: p.id,
            title: p.title.clone(),
            text: p.summary.clone(),
            cost: p.minimum,
            asked: Some(p.desired).filter(|d| *d > p.minimum),
            running: p.running,
            borne_by: p.borne_by.clone(),
            withdrawn: p.withdrawn,
        })
        .collect()
}

/// Changes that hold, the first first; the paper as it was opened is no change.
pub(crate) fn versions(all: &[store::rounds::Version]) -> Vec<VersionView> {
    let holds = |v: &&store::rounds::Version| v.state == VersionState::Agreed && !v.changes.is_empty();
    let view = |v: &store::rounds::Version| VersionView {
        at: v.decided_at.unwrap_or(v.proposed_at),
        reason: v.reason.clone(),
        changes: v.changes.clone(),
    };
    all.iter().filter(holds).map(view).collect()
}

async fn list(visit: Visit, State(app): State<App>) -> Answer {
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let now = visit.ctx.now;
    let cards: Vec<RoundCard> = store::rounds::all(&mut c)
        .await
        .or_fault(&visit)?
        .iter()
        .filter(|r| r.phase != Phase::Setup)
        .map(|r| card(r, now))
        .collect();
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::rounds::list(ctx, &cards)).await)
}

/// A round that everyone may see, with its plans.
async fn find(app: &App, visit: &Visit, slug: &str) -> Result<(Round, Vec<store::rounds::Plan>), Fault> {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let round = store::rounds::by_slug(&mut c, slug)
        .await
        .or_fault(visit)?
        .filter(|r| r.phase != Phase::Setup)
        .ok_or_else(|| Fault::new(visit, ActError::NotFound))?;
    let plans = store::rounds::plans(&mut c, round.id).await.or_fault(visit)?;
    Ok((round, plans))
}

async fn round(visit: Visit, State(app): State<App>, Path(path): Path<urls::Round>) -> Answer {
    let (round, plans) = find(&app, &visit, &path.round).await?;
    if round.takes_votes(visit.ctx.now) {
        return ballot_page(&app, &visit, &round, &plans, Ballot(Vec::new()), Errors::default()).await;
    }
    let all =
        store::rounds::versions(&mut app.world.db.read().await.or_fault(&visit)?, round.id).await.or_fault(&visit)?;
    let data = RoundView {
        versions: versions(&all),
        card: card(&round, visit.ctx.now),
        intro: round.intro.clone(),
        form: round.form,
        plans: plan_cards(&plans),
        digest: round.paper_digest.clone(),
        stop_reason: round.stop_reason.clone(),
        held: held(&app, &visit, &round).await?,
        follow: follows(&app, &visit, &round).await?,
    };
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::rounds::round(ctx, &data)).await)
}

async fn ballot_page(
    app: &App,
    visit: &Visit,
    round: &Round,
    plans: &[store::rounds::Plan],
    chosen: Ballot,
    errors: Errors,
) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let standing = match voters::standing(&mut c, &visit.actor, round).await.or_fault(visit)? {
        voters::Standing::Voter => Standing::Voter,
        voters::Standing::SignIn => Standing::SignIn,
        voters::Standing::Residence => Standing::Residence,
        voters::Standing::Elsewhere => Standing::Elsewhere,
        voters::Standing::Code => Standing::Code,
        voters::Standing::CodeReplaced => Standing::CodeReplaced,
        voters::Standing::CodePaper => Standing::CodePaper,
    };
    // Who stands on the roll: a resident may have shown residence in this very moment and stand there in two seconds.
    let by = voters::credential(&mut c, &visit.actor, round).await.ok();
    let all = store::rounds::versions(&mut c, round.id).await.or_fault(visit)?;
    let share = Shares::load(&mut c).await.or_fault(visit)?;
    let share = share.ceiling(&mut c, round.wijk_id, round.year).await.or_fault(visit)?;
    let now_voted = turnout::turnout(&app.world, &mut c, round).await.or_fault(visit)?;
    drop(c);
    // Without its key the box cannot be looked into: the page says nothing then, and casting says why.
    let voted = match &by {
        Some(_) => voters::has_voted(&app.world, &visit.actor, round).await.ok(),
        None => None,
    };
    let by_account = by.is_some();
    let who = by.map_or_else(|| visit.cookie.clone(), |by| by.entry.to_string());
    let mut plans = plans.to_vec();
    voters::order(&app.world, round, &who, &mut plans);
    let data = BallotView {
        card: card(round, visit.ctx.now),
        intro: round.intro.clone(),
        form: round.form,
        preset: round.preset.clone(),
        plans: plan_cards(&plans),
        share,
        standing,
        voted,
        // An account that holds a code can forget it too.
        code: held_code(visit, round).or((by_account && voters::by_code(round)).then_some(false)),
        digest: round.paper_digest.clone(),
        versions: versions(&all),
        turnout: now_voted.map(|t| (t.voted, t.roll)),
        chosen,
        follow: follows(app, visit, round).await?,
        errors,
    };
    Ok(show(visit, status, move |ctx| pages::ballot::ballot(ctx, &data)).await)
}

/// Why the result is held back, for everyone.
async fn held(app: &App, visit: &Visit, round: &Round) -> Result<Option<String>, Fault> {
    let all = store::rounds::disputes(&mut app.world.db.read().await.or_fault(visit)?, round.id).await;
    Ok(all.or_fault(visit)?.into_iter().find(|d| d.settled_at.is_none()).map(|d| d.reason))
}

/// Whether the reader gets a mail with the result; nothing for who cannot ask for one.
async fn follows(app: &App, visit: &Visit, round: &Round) -> Result<Option<bool>, Fault> {
    let Some(account) = visit.actor.account.filter(|_| visit.actor.confirmed) else { return Ok(None) };
    let mut c = app.world.db.read().await.or_fault(visit)?;
    store::rounds::follows(&mut c, round.id, account).await.or_fault(visit).map(Some)
}

/// A reloaded review or answer leads back to the ballot.
async fn back_to_round(visit: Visit, Path(path): Path<urls::RoundReview>) -> Answer {
    Ok(see_other(&visit.ctx.url(&urls::Round { round: path.round })))
}

/// Errors of the form come back with the ballot; who may not vote, or not now, sees the round with why.
async fn refused(
    app: &App,
    visit: &Visit,
    round: &Round,
    plans: &[store::rounds::Plan],
    raw: &Raw,
    error: ActError,
) -> Answer {
    match error {
        ActError::Form(errors) => ballot_page(app, visit, round, plans, Ballot::typed(raw, round.form), errors).await,
        ActError::Denied(Denied::SignIn | Denied::NotYours | Denied::State) => {
            Ok(see_other(&visit.ctx.url(&urls::Round { round: round.slug.clone() })))
        }
        error => Err(Fault::new(visit, error)),
    }
}

/// Whether the reader votes with a code in this round: `Some(true)` at a help desk.
fn held_code(visit: &Visit, round: &Round) -> Option<bool> {
    visit.actor.code.filter(|code| code.round == round.id).map(|code| code.assisted)
}

fn cast_view(visit: &Visit, round: &Round, plans: &[store::rounds::Plan], ballot: &Ballot) -> CastView {
    let cards = plan_cards(plans);
    CastView {
        card: card(round, visit.ctx.now),
        form: round.form,
        // In the order of the ballot: a ranking by place.
        picks: ballot.plans().filter_map(|id| cards.iter().find(|p| p.id == id).cloned()).collect(),
        ballot: ballot.clone(),
        tokens: Vec::new(),
        digest: round.paper_digest.clone(),
        receipt: None,
        mixed: false,
        code: held_code(visit, round),
        replaced: false,
    }
}

async fn review(State(app): State<App>, Path(path): Path<urls::RoundReview>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let (round, plans) = find(&app, visit, &path.round).await?;
    if sent.raw.get("terug") == "1" {
        return ballot_page(&app, visit, &round, &plans, Ballot::typed(&sent.raw, round.form), Errors::default()).await;
    }
    let withdrawn: Vec<i64> = plans.iter().filter(|p| p.withdrawn).map(|p| p.id).collect();
    let looked = match rounds::frozen(&round) {
        Ok(paper) => ballots::review(&app.world, &visit.actor, &round, &paper, &withdrawn, &sent.raw).await,
        Err(error) => Err(error),
    };
    let looked = match looked {
        Ok(looked) => looked,
        Err(error) => return refused(&app, visit, &round, &plans, &sent.raw, error).await,
    };
    let mut data = cast_view(visit, &round, &plans, &looked.ballot);
    data.mixed = looked.mixed;
    data.receipt = looked.receipt.map(|(receipt, seal)| ReceiptView { groups: receipt.groups(), seal, qr: None });
    Ok(show(visit, StatusCode::OK, move |ctx| pages::ballot::review(ctx, &data)).await)
}

async fn cast(State(app): State<App>, Path(path): Path<urls::RoundCast>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    let (round, plans) = find(&app, visit, &path.round).await?;
    let taken = match ballots::cast(&app.world, &visit.actor, &path.round, &sent.raw, &sent.key).await {
        Ok(taken) => taken,
        Err(error) => return refused(&app, visit, &round, &plans, &sent.raw, error).await,
    };
    let mut data = cast_view(visit, &round, &plans, &taken.ballot);
    data.replaced = taken.replaced;
    // Says how the page is best shown, no more.
    data.mixed = sent.raw.get("mixed") == "1";
    if let Some(receipt) = taken.receipt {
        data.tokens = ballots::tokens(receipt, &round.slug, round.form, &taken.ballot)
            .into_iter()
            .map(|(plan, _, token)| (plan, services::hex(&token[..6])))
            .collect();
        data.receipt = Some(ReceiptView { groups: receipt.groups(), seal: String::new(), qr: qr::qr(&receipt.text()) });
    }
    Ok(show(visit, StatusCode::OK, move |ctx| pages::ballot::cast(ctx, &data)).await)
}
