//! `/beheer/stemrondes/nieuw`: the steps of setting a round up. Each form carries everything that was typed so far, so no
//! step writes anything; the last button alone leads to the act.

use super::{may_see, status};
use crate::address::Query;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::convert::Shares;
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use domain::access::{Act, Subject, decide};
use domain::form::{Errors, Raw};
use domain::money::Cents;
use domain::round::{Ballot, PaperPlan, Phase, SetUp};
use domain::urls;
use pages::admin::round_new::{BuurtChoice, NewRoundView, PreviewView, new};
use pages::ballot::{BallotView, Standing};
use pages::rounds::{PlanCard, RoundCard};
use serde::Deserialize;
use services::ActError;
use services::rounds::{self, Desk, RoundForm};
use store::Conn;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new().route(at::<urls::AdminRoundNew>(), get(begin).post(go))
}

/// Who could not set it up in the end should not have to type first.
fn may_set_up(visit: &Visit) -> Result<(), Fault> {
    may_see(visit)?;
    decide(Act::SetUpRound, &visit.actor, &Subject::default()).or_fault(visit)
}

#[derive(Deserialize)]
struct Start {
    /// Slug of a buurt.
    buurt: Option<String>,
    /// Slug of a round to make one more of.
    zoals: Option<String>,
}

/// What most rounds are like; voting from a Monday morning to a Sunday evening, two weeks later.
fn usual(now: i64) -> Raw {
    let opens = texts::monday_morning(now, 14);
    let closes = texts::days_later(opens, 13, (20, 0));
    Raw::from_pairs(&[
        ("source", "codes"),
        ("form", "approval"),
        ("max_picks", "5"),
        ("points", "10"),
        ("points_each", "5"),
        ("preset", "greedy/1"),
        ("ties", "cost"),
        ("receipts", "yes"),
        ("opens", &texts::typed_local(opens)),
        ("closes", &texts::typed_local(closes)),
    ])
}

async fn begin(visit: Visit, State(app): State<App>, Query(start): Query<Start>) -> Answer {
    may_set_up(&visit)?;
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let now = app.world.now();
    let (raw, wanted) = match (start.zoals, start.buurt) {
        (Some(slug), _) => {
            let round = store::rounds::by_slug(&mut c, &slug)
                .await
                .or_fault(&visit)?
                .ok_or_else(|| Fault::new(&visit, ActError::NotFound))?;
            let desk = rounds::desk(&mut c, round.buurt_id)
                .await
                .or_fault(&visit)?
                .ok_or_else(|| Fault::new(&visit, ActError::NotFound))?;
            let mut raw = rounds::again(&desk, &round, now);
            raw.set("plannen", ticked_for(&raw));
            raw.set("nagekeken", "1");
            (raw, SetUp::Preview)
        }
        (None, Some(slug)) => {
            let mut raw = usual(now);
            match store::places::buurt_by_slug(&mut c, &slug).await.or_fault(&visit)? {
                Some(buurt) => {
                    raw.set("buurt", buurt.id.to_string());
                    (raw, SetUp::Money)
                }
                None => (raw, SetUp::Buurt),
            }
        }
        (None, None) => (usual(now), SetUp::Buurt),
    };
    page(&visit, &mut c, raw, wanted, now).await
}

async fn go(State(app): State<App>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    may_set_up(visit)?;
    let now = app.world.now();
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let from = SetUp::from_key(sent.raw.get("stap")).unwrap_or(SetUp::Buurt);
    if sent.raw.get("naar") != "klaar" {
        let wanted = SetUp::from_key(sent.raw.get("naar")).unwrap_or(from);
        return page(visit, &mut c, sent.raw.clone(), wanted, now).await;
    }
    drop(c);
    let done = match RoundForm::parse(&sent.raw) {
        Ok(form) => rounds::set_up(&app.world, &visit.actor, form, sent.key.clone(), sent.key_actor.clone()).await,
        Err(errors) => Err(ActError::Form(errors)),
    };
    match done {
        Ok(slug) => Ok(see_other(&visit.ctx.url(&urls::AdminRound { round: slug }))),
        Err(ActError::Form(errors)) => {
            // Something changed meanwhile, or was never asked: to the step that asks it.
            let mut c = app.world.db.read().await.or_fault(visit)?;
            let (desk, raw) = fill(&mut c, sent.raw.clone()).await.or_fault(visit)?;
            let step = first_of(&errors).unwrap_or(SetUp::Buurt);
            draw(visit, &mut c, desk, raw, step, errors.only(step.fields())).await
        }
        Err(error) => Err(Fault::new(visit, error)),
    }
}

/// The first screen that has something to mend.
fn first_of(errors: &Errors) -> Option<SetUp> {
    SetUp::ALL.into_iter().find(|step| step.fields().iter().any(|field| errors.of(field).is_some()))
}

/// For which buurt and theme the plans of this form were ticked.
fn ticked_for(raw: &Raw) -> String {
    format!("{}/{}", raw.get("buurt"), raw.get("theme"))
}

/// What there is in the chosen buurt; and the form with what follows from it: the newest year with money, and all plans of
/// the theme, until somebody chose otherwise.
async fn fill(c: &mut Conn, mut raw: Raw) -> Result<(Option<Desk>, Raw), ActError> {
    let desk = match raw.id("buurt") {
        Ok(id) => rounds::desk(c, id).await?,
        Err(_) => None,
    };
    if let Some(desk) = &desk {
        if !desk.shares.iter().any(|(year, _)| year.to_string() == raw.get("year")) {
            let year = desk.year_with_money().or(desk.shares.last().map(|(year, _)| *year));
            raw.set("year", year.map(|year| year.to_string()).unwrap_or_default());
        }
        if raw.get("plannen") != ticked_for(&raw) {
            raw.0.retain(|(name, _)| name != "plan");
            let plans = desk.of_theme(raw.id("theme").ok()).map(|p| ("plan".to_owned(), p.id.to_string()));
            raw.0.extend(plans);
            raw.set("plannen", ticked_for(&raw));
        }
    }
    Ok((desk, raw))
}

/// The wanted screen, or one before it that has something to mend. Who goes back is not held up.
async fn page(visit: &Visit, c: &mut Conn, raw: Raw, wanted: SetUp, now: i64) -> Answer {
    let from = SetUp::from_key(raw.get("stap"));
    let (desk, raw) = fill(c, raw).await.or_fault(visit)?;
    let errors = rounds::look(desk.as_ref(), &raw, now);
    let back = desk.is_some() && from.is_some_and(|from| wanted <= from);
    match first_of(&errors).filter(|broken| *broken < wanted && !back) {
        Some(step) => draw(visit, c, desk, raw, step, errors.only(step.fields())).await,
        None => draw(visit, c, desk, raw, wanted, Errors::default()).await,
    }
}

async fn draw(visit: &Visit, c: &mut Conn, desk: Option<Desk>, mut raw: Raw, step: SetUp, errors: Errors) -> Answer {
    let mut buurten = Vec::new();
    if step == SetUp::Buurt {
        let counts = store::rounds::feasible_counts(c).await.or_fault(visit)?;
        let plans = |id| counts.iter().find(|(buurt, _)| *buurt == id).map_or(0, |(_, count)| *count);
        let all = store::places::buurten(c).await.or_fault(visit)?.into_iter();
        buurten = all.map(|b| BuurtChoice { id: b.id, plans: plans(b.id), name: b.name, wijk: b.wijk }).collect();
    }
    if step == SetUp::Preview {
        raw.set("nagekeken", "1");
    }
    let status = status(&errors);
    let mut data = NewRoundView { buurten, ..view(desk.as_ref(), raw, step, errors) };
    if let (Some(preview), Some(desk)) = (&mut data.preview, &desk) {
        let shares = Shares::load(c).await.or_fault(visit)?;
        preview.ballot.share = shares.ceiling(c, desk.buurt.wijk_id, preview.year).await.or_fault(visit)?;
    }
    Ok(show(visit, status, move |ctx| new(ctx, &data)).await)
}

fn view(desk: Option<&Desk>, typed: Raw, step: SetUp, errors: Errors) -> NewRoundView {
    let theme = typed.id("theme").ok();
    let cards = |desk: &Desk| desk.of_theme(theme).map(plan_card).collect();
    let themes = |desk: &Desk| desk.themes.iter().map(|(t, count)| (t.id, t.name.clone(), *count)).collect();
    let preview = desk.filter(|_| step == SetUp::Preview).and_then(|desk| preview(desk, &typed));
    NewRoundView {
        step,
        buurten: Vec::new(),
        place: desk.map(|d| (d.buurt.name.clone(), d.buurt.wijk.clone())).unwrap_or_default(),
        shares: desk.map(|d| d.shares.clone()).unwrap_or_default(),
        feasible: desk.map_or(0, |d| d.candidates.len()),
        themes: desk.map(themes).unwrap_or_default(),
        plans: desk.map(cards).unwrap_or_default(),
        preview,
        typed,
        errors,
    }
}

fn plan_card(plan: &PaperPlan) -> PlanCard {
    PlanCard {
        id: plan.id,
        title: plan.title.clone(),
        text: plan.summary.clone(),
        cost: plan.minimum,
        asked: Some(plan.desired).filter(|d| *d > plan.minimum),
        running: plan.running,
        borne_by: plan.borne_by.clone(),
        withdrawn: false,
    }
}

/// The round as it will be; nothing while a field is wrong.
fn preview(desk: &Desk, raw: &Raw) -> Option<PreviewView> {
    let form = RoundForm::parse(raw).ok()?;
    let theme = desk.themes.iter().find(|(t, _)| Some(t.id) == form.theme).map(|(t, _)| t.name.clone());
    let card = RoundCard {
        slug: String::new(),
        title: form.title,
        buurt: desk.buurt.name.clone(),
        theme: theme.unwrap_or_default(),
        pot: form.pot,
        // As on the days of voting.
        phase: Phase::Voting,
        opens_at: form.opens_at,
        closes_at: form.closes_at,
    };
    let ballot = BallotView {
        card,
        intro: form.intro,
        form: form.form,
        preset: form.preset,
        plans: desk.of_theme(None).filter(|p| form.plans.contains(&p.id)).map(plan_card).collect(),
        share: None,
        standing: Standing::Preview,
        voted: None,
        code: None,
        digest: None,
        versions: Vec::new(),
        turnout: None,
        chosen: Ballot(Vec::new()),
        follow: None,
        errors: Errors::default(),
    };
    let left = Cents(desk.left(form.year).0 - form.pot.0);
    Some(PreviewView { ballot, year: form.year, left, by_code: form.by_code, receipts: form.receipts })
}
