//! One plan: what, why, money, what it takes of the share, its road.

mod bars;
mod findings;
mod road;

use super::comments::{CommentsView, comments};
use super::{Take, asked, picture, supports, take_box};
use crate::execution::RunView;
use crate::execution::public::how_it_goes;
use crate::frame::{Frame, frame};
use crate::help::parts::{PlanHelp, on_plan};
use crate::kit;
use crate::{Ctx, Sample};
use bars::{owner, support_bar, vote_bar};
use domain::initiative::State;
use domain::money::Cents;
use domain::time::Seconds;
use domain::urls;
pub use findings::Findings;
use leptos::prelude::*;
use road::relatives;
pub(crate) use road::road;

/// A step of the road as shown.
#[derive(Clone, Debug)]
pub struct Step {
    /// When.
    pub at: Seconds,
    /// Key `event-<act>`.
    pub act: String,
    /// Reason from the list, or empty.
    pub reason: String,
    /// Own words, or empty.
    pub words: String,
    /// State it led to.
    pub state: State,
    /// Amount.
    pub amount: Option<Cents>,
    /// In whose name; may be empty.
    pub organisation: String,
}

/// What this reader may do here.
#[derive(Clone, Copy, Debug, Default)]
pub struct May {
    /// Change the words.
    pub edit: bool,
    /// Answer the moderator's question.
    pub answer: bool,
    /// Add amounts and helpers.
    pub complete: bool,
    /// Take it back.
    pub withdraw: bool,
    /// The plan stands open for support.
    pub support: bool,
    /// Answer it as moderator.
    pub moderate: bool,
    /// Judge or follow it as staff.
    pub judge: bool,
    /// Ask the stadsdeel about a rejection.
    pub appeal: bool,
    /// Propose new words for a public plan.
    pub propose: bool,
    /// New words wait, and can be taken back.
    pub keep_text: bool,
    /// Ask others to work on it, or see who does.
    pub together: bool,
    /// Make two plans of it.
    pub split: bool,
    /// Tell how it went.
    pub evaluate: bool,
    /// Somebody asks whether it can go on with another: the plan that would end.
    pub merge: Option<i64>,
}

/// The plan.
#[derive(Clone, Debug)]
pub struct PlanView {
    /// Id.
    pub id: i64,
    /// Title.
    pub title: String,
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
    /// Street or building.
    pub place: String,
    /// Buurt.
    pub buurt: String,
    /// For its link.
    pub buurt_slug: String,
    /// One of `FOR_KINDS`.
    pub for_kind: String,
    /// Group, organisation or shop.
    pub for_name: String,
    /// Who helps.
    pub helpers: String,
    /// Programme's name.
    pub programme: String,
    /// Named supporter.
    pub supporter: String,
    /// The reader asked for one, and has none yet.
    pub asked_help: bool,
    /// Staff's conditions.
    pub conditions: String,
    /// What the stadsdeel found out.
    pub findings: Findings,
    /// Handed in.
    pub at: Seconds,
    /// State.
    pub state: State,
    /// Number of supporters.
    pub supports: i64,
    /// Minimum and desired; `None`: not known yet.
    pub cost: Option<(Cents, Cents)>,
    /// Has an uploaded picture.
    pub photo: bool,
    /// Drawing instead.
    pub drawing: String,
    /// Figures of the share; `None` before any budget.
    pub take: Option<Take>,
    /// The road.
    pub steps: Vec<Step>,
    /// How it goes, once it has money.
    pub run: Option<RunView>,
    /// The reader supports it.
    pub supported: bool,
    /// What the reader may do.
    pub may: May,
    /// Its text was changed since it is public.
    pub changed: bool,
    /// Plans that it came from, or that came from it: key of the words, id, title.
    pub relatives: Vec<(&'static str, i64, String)>,
    /// The finished plan from which the idea was taken, with its buurt.
    pub source: Option<(i64, String)>,
    /// Its makers tell how it went.
    pub recipe: bool,
    /// What neighbours say.
    pub comments: CommentsView,
    /// The round that takes votes on it now: its slug, and when it closes.
    pub vote: Option<(String, Seconds)>,
    /// What it asks of neighbours.
    pub help: PlanHelp,
}

impl PlanView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let step = |act: &str, state, words: &str| Step {
            at: 1_794_000_000,
            act: act.into(),
            reason: String::new(),
            words: words.into(),
            state,
            amount: None,
            organisation: "Buurtwerk Noord".into(),
        };
        Self {
            id: 7,
            title: "Samen Spelen op het pleintje".into(),
            what: "Elke woensdag spelen met begeleiding.\nWij zorgen voor de koffie.".into(),
            why: "De kinderen hebben na school niets te doen.".into(),
            place: "Koekoeksplein".into(),
            buurt: "Vogelbuurt".into(),
            buurt_slug: "vogelbuurt".into(),
            for_kind: "group".into(),
            for_name: "Moeders van het plein".into(),
            helpers: "Drie vrijwilligers".into(),
            programme: "Leren en opgroeien".into(),
            supporter: "Samira".into(),
            asked_help: true,
            conditions: "Niet na acht uur.".into(),
            findings: Findings {
                running: Cents::euros(200),
                borne_by: "Het stadsdeel".into(),
                permit: "yes".into(),
                ground: "Van de gemeente".into(),
                department: "Openbare ruimte".into(),
                responsible: "Beheerder groen".into(),
            },
            at: 1_794_000_000,
            state: State::Feasible,
            supports: 87,
            cost: Some((Cents::euros(4000), Cents::euros(6500))),
            photo: false,
            drawing: "spelen".into(),
            take: Some(Take::sample()),
            steps: vec![
                step("submitted", State::Submitted, ""),
                step("published", State::Published, "Mooi plan."),
                Step { amount: Some(Cents::euros(6500)), ..step("feasible", State::Feasible, "") },
            ],
            run: None,
            supported: false,
            changed: true,
            relatives: vec![("plans-came-from", 3, "Alles op het plein".into())],
            source: Some((9, "Betondorp".into())),
            recipe: true,
            comments: CommentsView::sample(),
            vote: None,
            help: PlanHelp::sample(),
            may: May {
                support: true,
                edit: true,
                complete: true,
                withdraw: true,
                moderate: true,
                judge: true,
                answer: false,
                appeal: true,
                propose: true,
                keep_text: true,
                together: true,
                split: true,
                evaluate: true,
                merge: Some(7),
            },
        }
    }

    /// Who it is from, without a resident's name.
    pub(crate) fn from(&self, ctx: &Ctx) -> String {
        if self.for_name.is_empty() {
            ctx.t(&format!("for-{}", self.for_kind))
        } else {
            ctx.ta("plans-from", &[("name", self.for_name.as_str().into())])
        }
    }
}

/// What, why and facts; also on the desks of moderators and staff.
pub(crate) fn body(ctx: &Ctx, p: &PlanView) -> AnyView {
    let place = if p.place.is_empty() { p.buurt.clone() } else { format!("{}, {}", p.place, p.buurt) };
    let cost = match p.cost {
        Some((minimum, desired)) if minimum < desired => view! { {kit::fact(ctx.t("plans-asked"), ctx.money(desired))}{kit::fact(ctx.t("plans-from-amount"), ctx.money(minimum))} }.into_any(),
        Some((_, desired)) => kit::fact(ctx.t("plans-asked"), ctx.money(desired)),
        None => kit::fact(ctx.t("plans-asked"), ctx.t("plans-cost-unknown")),
    };
    let more = [
        ("plans-helpers", &p.helpers),
        ("plans-programme", &p.programme),
        ("plans-supporter", &p.supporter),
        ("plans-conditions", &p.conditions),
    ];
    let more = more.into_iter().chain([("district-ground", &p.findings.ground), ("district-department", &p.findings.department), ("advice-responsible", &p.findings.responsible)]).filter(|(_, text)| !text.is_empty()).map(|(key, text)| view! { <div class="fb-facts__row"><dt class="fb-facts__term">{ctx.t(key)}</dt><dd class="fb-facts__value" dir="auto">{text.clone()}</dd></div> }).collect_view();
    view! {
        <div class="fb-read fb-stack">
            {kit::lines(&p.what)}
            <h2 class="ams-heading ams-heading--3">{ctx.t("plans-why")}</h2>
            {kit::lines(&p.why)}
        </div>
        <div class="fb-card"><div class="fb-card__body"><dl class="fb-facts">
            {cost}
            {kit::fact(ctx.t("plans-support"), supports(ctx, p.supports))}
            <div class="fb-facts__row"><dt class="fb-facts__term">{ctx.t("plans-place")}</dt><dd class="fb-facts__value">{place}</dd></div>
            {findings::facts(ctx, &p.findings)}
            {more}
        </dl></div></div>
    }
    .into_any()
}

/// The page.
pub fn show(ctx: &Ctx, p: &PlanView) -> AnyView {
    let failed = !p.comments.errors.0.is_empty();
    let main = view! {
        {kit::error_summary(ctx, &p.comments.errors, &[("comment", "comment-yours")])}
        {picture(ctx, p.id, p.photo, &p.drawing)}
        <div class="fb-head">
            <p class="fb-row fb-row--tight">{kit::state_badge(ctx, p.state)}</p>
            <h1 class="ams-heading ams-heading--1" dir="auto">{p.title.clone()}</h1>
            <p class="fb-meta">{p.from(ctx)}" · "<a class="ams-link" href=ctx.url(&urls::Buurt { buurt: p.buurt_slug.clone() })>{p.buurt.clone()}</a>" · "{texts::day_month(ctx.lang, p.at)}" · "{asked(ctx, p.cost.map(|c| c.1))}</p>
        </div>
        {owner(ctx, p)}
        {body(ctx, p)}
        {p.run.as_ref().map(|run| how_it_goes(ctx, run))}
        {on_plan(ctx, p.id, &p.help)}
        {p.take.as_ref().map(|t| take_box(ctx, t))}
        {road(ctx, p)}
        {relatives(ctx, p)}
        {support_bar(ctx, p)}
        {vote_bar(ctx, p)}
        {comments(ctx, p.id, &p.comments)}
    };
    frame(ctx, Frame::narrow(p.title.clone()).failed(failed), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "plans/show", draw: |ctx| show(ctx, &PlanView::sample()) },
        Sample {
            name: "plans/show-on-ballot",
            draw: |ctx| {
                let vote = Some(("vogelbuurt-2008".to_owned(), 1_795_900_000));
                show(ctx, &PlanView { state: State::OnBallot, may: May::default(), vote, ..PlanView::sample() })
            },
        },
        Sample {
            name: "plans/show-returned",
            draw: |ctx| {
                let mut p = PlanView {
                    state: State::Returned,
                    cost: None,
                    for_kind: "resident".into(),
                    for_name: String::new(),
                    supported: true,
                    ..PlanView::sample()
                };
                p.may = May { answer: true, edit: true, ..May::default() };
                p.take = Some(Take { asked: None, ..Take::sample() });
                p.steps.push(Step {
                    at: 1_794_500_000,
                    act: "returned".into(),
                    reason: String::new(),
                    words: "Op welke dag?".into(),
                    state: State::Returned,
                    amount: None,
                    organisation: String::new(),
                });
                show(ctx, &p)
            },
        },
        Sample {
            name: "plans/show-too-large",
            draw: |ctx| {
                let take = Take { asked: Some(Cents::euros(500_000)), ..Take::sample() };
                let step = Step {
                    at: 1_794_500_000,
                    act: "infeasible".into(),
                    reason: String::new(),
                    words: "Te duur.".into(),
                    state: State::Infeasible,
                    amount: None,
                    organisation: String::new(),
                };
                show(
                    ctx,
                    &PlanView {
                        state: State::Infeasible,
                        take: Some(take),
                        steps: vec![step],
                        may: May::default(),
                        ..PlanView::sample()
                    },
                )
            },
        },
    ]
}
