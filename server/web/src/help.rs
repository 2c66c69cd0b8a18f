//! `/hulp`: help that neighbours offer and plans ask for; in the submodules one's own offers, introductions, the plan's page and
//! the moderators' desk.

mod desk;
mod introductions;
mod offers;
mod plan;

use crate::answer::{Answer, OrFault as _, at, show};
use crate::{App, Fault, Routes, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use domain::access::{Act, Actor, decide};
use domain::help::{Count, Need, Side, Stand};
use domain::urls;
use pages::help::parts::{AskingPlan, IntroRow, OfferCard, PlanHelp};
use pages::help::public::{HelpView, PlaceRow};
use services::help::{Figures, figures};
use services::{ActError, help as acts};
use store::Conn;
use store::help::{self as rows, Introduction, OfferRow};
use store::initiatives::{self as plans, Initiative};

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::Help>(), get(public))
        .merge(offers::routes())
        .merge(introductions::routes())
        .merge(plan::routes())
        .merge(desk::routes())
}

/// What was just done, from `?klaar=`.
fn flash(visit: &mut Visit) {
    const DONE: &[(&str, &str)] = &[
        ("hulp-aangeboden", "offer-done-made"),
        ("hulp-bewaard", "plans-done-saved"),
        ("hulp-gepauzeerd", "offer-done-paused"),
        ("hulp-hervat", "offer-done-resumed"),
        ("hulp-klopt", "offer-done-holds"),
        ("hulp-weg", "offer-done-withdrawn"),
        ("hulp-gevraagd", "offer-done-asked"),
        ("hulp-niet-meer", "offer-done-dropped"),
        ("hulp-gestuurd", "intro-done-asked"),
        ("hulp-ja", "intro-done-yes"),
        ("hulp-nee", "intro-done-no"),
        ("hulp-bericht", "intro-done-message"),
        ("hulp-gestopt", "intro-done-stopped"),
        ("hulp-afloop", "intro-done-outcome"),
        ("hulp-verborgen", "help-desk-done-hidden"),
        ("hulp-getoond", "help-desk-done-shown"),
        ("gemeld", "plans-done-reported"),
    ];
    let done = visit.ctx.path.split_once("klaar=").map(|(_, v)| v.split('&').next().unwrap_or(""));
    visit.ctx.flash = DONE.iter().find(|(value, _)| Some(*value) == done).map(|(_, text)| (*text).to_owned());
}

fn card(o: OfferRow) -> OfferCard {
    OfferCard { id: o.id, offer: o.offer, buurt: o.buurt }
}

fn asking(p: &Initiative, needs: Vec<Need>) -> AskingPlan {
    AskingPlan { id: p.id, title: p.title.clone(), buurt: p.buurt.clone(), needs }
}

/// An introduction in its reader's list.
fn intro_row(title: &str, x: &Introduction, side: Side) -> IntroRow {
    let said = if side == Side::Helper { x.helper_outcome } else { x.plan_outcome };
    let other = if side == Side::Helper { &x.plan_call } else { &x.helper_call };
    IntroRow {
        id: x.id,
        title: title.to_owned(),
        stand: x.stand,
        to_answer: x.stand == Stand::Asked && x.asked_by != side,
        other: x.agreed_at.map(|_| other.clone()),
        asks_outcome: x.outcome_asked_at.is_some() && said.is_empty(),
    }
}

/// What a plan's own page shows of help.
pub(crate) async fn on_plan(c: &mut Conn, visit: &Visit, p: &Initiative) -> Result<PlanHelp, ActError> {
    let needs = rows::needs_of(c, p.id).await?.into_iter().map(|(_, need)| need).collect();
    let own = decide(Act::AskForHelp, &visit.actor, &p.subject()).is_ok();
    let makes = |a| p.account_id == a || p.co_authors.contains(&a) || p.makers.contains(&a);
    // Who is not signed in yet sees the button too: the form says what signing in is for.
    let reader = match visit.actor.account {
        Some(_) => visit.actor.clone(),
        None => Actor { account: Some(0), confirmed: true, ..Actor::default() },
    };
    let open = decide(Act::Introduce, &reader, &p.subject()).is_ok();
    Ok(PlanHelp { needs, can_help: open && !visit.actor.account.is_some_and(makes), own })
}

async fn public(visit: Visit, State(app): State<App>) -> Answer {
    let data = public_view(&app, &visit).await.or_fault(&visit)?;
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::help::public::help(ctx, &data)).await)
}

async fn public_view(app: &App, visit: &Visit) -> Result<HelpView, ActError> {
    let mut c = app.world.db.read().await?;
    let Figures { offers, needs, agreed, helped, nothing, kinds, places } = figures(&mut c, visit.ctx.now).await?;
    let mut asked = Vec::new();
    for found in rows::asking_plans(&mut c, 12).await? {
        if let Some(p) = plans::get(&mut c, found.plan).await? {
            asked.push(asking(&p, found.needs));
        }
    }
    let some = |p: &acts::Place| p.offers != Count::None || p.agreed != Count::None || p.needs > 0;
    Ok(HelpView {
        offers,
        needs,
        agreed,
        helped,
        nothing,
        kinds,
        places: places
            .into_iter()
            .filter(some)
            .map(|p| PlaceRow { slug: p.slug, name: p.name, offers: p.offers, agreed: p.agreed, asked: p.asked })
            .collect(),
        plans: asked,
    })
}

/// The same numbers for `/data/hulp.json`; `"some"` stands for fewer than ten.
pub(crate) async fn open_data(visit: &Visit, c: &mut Conn) -> Result<serde_json::Value, Fault> {
    let found = figures(c, visit.ctx.now).await.or_fault(visit)?;
    let count = |n: Count| match n {
        Count::None => serde_json::json!(0),
        Count::Some => serde_json::json!("some"),
        Count::Exactly(n) => serde_json::json!(n),
    };
    let kinds = found.kinds.iter().map(|(kind, [offers, needs, agreed])| serde_json::json!({ "kind": kind, "offers": count(*offers), "asked_for": count(*needs), "introductions": count(*agreed) }));
    let places = found.places.iter().map(|p| serde_json::json!({ "buurt": p.slug, "offers": count(p.offers), "asked_for": p.needs, "introductions": count(p.agreed), "helped": count(p.helped), "kinds_asked_for": p.asked }));
    Ok(serde_json::json!({
        "city": { "offers": count(found.offers), "asked_for": found.needs, "introductions": count(found.agreed), "helped": count(found.helped), "nothing_came_of_it": count(found.nothing) },
        "kinds": kinds.collect::<Vec<_>>(),
        "buurten": places.collect::<Vec<_>>(),
    }))
}
