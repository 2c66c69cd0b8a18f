//! `/stadsdeel`: plans to judge, small plans to sign for, plans in execution.

pub mod advice;

use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::moderation::notices::{self, NoticesView};
use crate::moderation::{Beside, CHOSEN, QueueRow, Small, beside, due_words, rows, small};
use crate::plans::show::{self, PlanView};
use crate::plans::{picture, take_box};
use crate::{Ctx, Sample};
use advice::AdviceView;
use domain::form::{Errors, Problem, Raw};
use domain::initiative::State;
use domain::money::Cents;
use domain::time::Seconds;
use domain::urls;
use leptos::prelude::*;

/// Labels of the forms, for the error summary.
const LABELS: &[(&str, &str)] = &[
    ("reason", "district-reason"),
    ("minimum", "plans-from-amount"),
    ("desired", "district-desired"),
    ("conditions", "plans-conditions"),
    ("why", "district-why"),
    ("running", "district-yearly"),
    ("borne_by", "district-borne-by"),
    ("permit", "district-permit"),
    ("ground", "district-ground"),
    ("department", "district-department"),
    ("year", "moderation-year"),
    ("outcome", "appeal-outcome"),
    ("answer", "appeal-answer"),
];

/// The desk.
#[derive(Clone, Debug)]
pub struct DeskView {
    /// Handed over by moderators: they wait for their first reply here.
    pub handed: Vec<QueueRow>,
    /// Rejections that somebody does not agree with.
    pub appeals: Vec<QueueRow>,
    /// New texts and reported comments.
    pub beside: Vec<Beside>,
    /// Published, waiting for a verdict.
    pub to_judge: Vec<QueueRow>,
    /// Feasible and small enough to sign for.
    pub small: Vec<QueueRow>,
    /// Funded or in execution.
    pub running: Vec<QueueRow>,
    /// How the reader hears of what waits, for who has a choice.
    pub notices: Option<NoticesView>,
}

impl DeskView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let row = QueueRow { id: 8, due_at: None, state: State::Published, ..QueueRow::sample() };
        Self {
            handed: vec![QueueRow::sample()],
            appeals: vec![QueueRow { id: 9, state: State::Rejected, ..QueueRow::sample() }],
            beside: Beside::sample(),
            to_judge: vec![
                QueueRow { choose: Some((7, false)), ..row.clone() },
                QueueRow { id: 8, choose: Some((8, true)), ..row.clone() },
            ],
            small: vec![QueueRow { id: 10, state: State::Feasible, ..row.clone() }],
            running: vec![QueueRow { id: 11, state: State::InExecution, ..row }],
            notices: Some(NoticesView { district: true, ..NoticesView::sample() }),
        }
    }
}

/// One plan to judge or to follow.
#[derive(Clone, Debug)]
pub struct DistrictCaseView {
    /// The plan.
    pub plan: PlanView,
    /// Name of who handed it in.
    pub author: String,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
    /// Signing for a small plan.
    pub small: Option<Small>,
    /// What who does not agree with a rejection wrote, and when the answer is due.
    pub appeal: Option<(String, Seconds)>,
    /// What the departments say.
    pub advice: AdviceView,
}

impl DistrictCaseView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            plan: PlanView { state: State::Published, ..PlanView::sample() },
            author: "Fatma".into(),
            typed: Raw::default(),
            errors: Errors::default(),
            small: None,
            appeal: None,
            advice: AdviceView { may_ask: true, may_answer: true, ..AdviceView::default() },
        }
    }
}

/// Answering who does not agree with a rejection.
fn appeal(ctx: &Ctx, data: &DistrictCaseView) -> AnyView {
    let Some((words, due_at)) = &data.appeal else { return ().into_any() };
    let outcomes = ["right", "upheld"].map(|o| (o.to_owned(), ctx.t(&format!("appeal-{o}"))));
    let answer = Field {
        name: "answer",
        label: ctx.t("appeal-answer"),
        hint: ctx.t("appeal-answer-hint"),
        kind: Kind::Area,
        heading: false,
        typed: &data.typed,
        errors: &data.errors,
    };
    view! {
        <section class="fb-decide"><h2 class="ams-heading ams-heading--2">{ctx.t("district-appeal")}</h2>
            <blockquote class="fb-quote"><p class="ams-paragraph" dir="auto">{words.clone()}</p></blockquote>
            <p class="fb-meta">{due_words(ctx, *due_at)}</p>
            <form class="fb-form" method="post" action=ctx.url(&urls::DistrictAppeal { id: data.plan.id }) novalidate>{kit::hidden(ctx)}
                {kit::radios(ctx, "outcome", &ctx.t("appeal-outcome"), &outcomes, &data.typed, &data.errors)}
                {kit::field(ctx, &answer)}
                {kit::bar(ctx.t("appeal-send"))}</form></section>
    }
    .into_any()
}

/// The desk's page.
pub fn desk(ctx: &Ctx, data: &DeskView) -> AnyView {
    let part = |key: &str, list: &[QueueRow]| view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t(key)}</h2>{rows(ctx, list, "district-none")}</section> };
    let what_if = (data.to_judge.len() > 1).then(|| {
        view! { <form id=CHOSEN method="get" action=ctx.url(&urls::ModerationWhatIf {})><button class="ams-button ams-button--secondary">{ctx.t("what-if")}</button></form> }
    });
    let errors = data.notices.as_ref().map(|n| n.errors.clone()).unwrap_or_default();
    let main = view! {
        {kit::error_summary(ctx, &errors, &[notices::LABEL])}
        <h1 class="ams-heading ams-heading--1">{ctx.t("district-title")}</h1>
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::DistrictCodes {})>{ctx.t("district-codes")}</a></p>
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::VoteDesk {})>{ctx.t("district-vote-desk")}</a></p>
        {(!data.handed.is_empty()).then(|| part("district-handed", &data.handed))}
        {(!data.appeals.is_empty()).then(|| part("district-appeals", &data.appeals))}
        {part("district-to-judge", &data.to_judge)}
        {what_if}
        {beside(ctx, &data.beside)}
        {part("district-small", &data.small)}
        {part("district-running", &data.running)}
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::DistrictRunning {})>{ctx.t("run-desk-title")}</a></p>
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::DistrictPayments {})>{ctx.t("run-payments-title")}</a></p>
        {notices::part(ctx, data.notices.as_ref())}
    };
    frame(ctx, Frame::wide(ctx.t("district-title")).failed(!errors.0.is_empty()), main)
}

fn verdict(ctx: &Ctx, data: &DistrictCaseView) -> AnyView {
    if data.plan.state != State::Published {
        return ().into_any();
    }
    let action = ctx.url(&urls::DistrictVerdict { id: data.plan.id });
    let mut typed = data.typed.clone();
    if let (Some((minimum, desired)), "") = (data.plan.cost, typed.get("verdict")) {
        typed.set("minimum", texts::money_plain(minimum));
        typed.set("desired", texts::money_plain(desired));
    }
    // Where the plan names no cost, the departments may.
    let blank = data.plan.cost.is_none() && typed.get("verdict").is_empty();
    let named = |cost: Option<Cents>| cost.filter(|cost| blank && *cost > Cents::ZERO);
    let (low, likely) = (named(data.advice.costs().0), named(data.advice.costs().1));
    for (name, cost) in [("minimum", low), ("desired", likely)] {
        if let Some(cost) = cost {
            typed.set(name, texts::money_plain(cost));
        }
    }
    let prefilled =
        (low.is_some() || likely.is_some()).then(|| view! { <p class="fb-meta">{ctx.t("advice-prefilled")}</p> });
    let field = |name, label: &str, hint: &str, kind| {
        kit::field(
            ctx,
            &Field {
                name,
                label: ctx.t(label),
                hint: if hint.is_empty() { String::new() } else { ctx.t(hint) },
                kind,
                heading: false,
                typed: &typed,
                errors: &data.errors,
            },
        )
    };
    let permits = ["", "no", "yes"].map(|p| {
        let key = if p.is_empty() { "district-permit-unknown" } else { &*format!("permit-{p}") };
        (p.to_owned(), ctx.t(key))
    });
    let opened = ["running", "borne_by", "permit", "ground", "department", "responsible"]
        .iter()
        .any(|f| data.errors.of(f).is_some());
    let mail_note = view! { <p class="fb-meta">{ctx.t("plans-objection")}</p> };
    view! {
        <section class="fb-decide">
            <h2 class="ams-heading ams-heading--2">{ctx.t("district-verdict")}</h2>
            <details class="fb-details" open=data.typed.get("verdict") == "infeasible">
                <summary class="fb-details__button">{ctx.t("district-infeasible")}</summary>
                <form class="fb-form" method="post" action=action.clone() novalidate>
                    {kit::hidden(ctx)}<input type="hidden" name="verdict" value="infeasible"/>
                    {field("reason", "district-reason", "district-reason-hint", Kind::Area)}
                    {mail_note}
                    <button class="ams-button ams-button--secondary fb-button--danger">{ctx.t("district-infeasible-now")}</button>
                </form>
            </details>
            <form class="fb-form" method="post" action=action.clone() novalidate>
                {kit::hidden(ctx)}<input type="hidden" name="verdict" value="feasible"/>
                {prefilled}
                {field("minimum", "plans-from-amount", "", Kind::Money)}
                {field("desired", "district-desired", "district-desired-hint", Kind::Money)}
                {field("why", "district-why", "district-why-hint", Kind::Area)}
                {field("conditions", "plans-conditions", "district-conditions-hint", Kind::Area)}
                <details class="fb-details" open=opened><summary class="fb-details__button">{ctx.t("district-more")}</summary>
                    <div class="fb-form">
                        {field("running", "district-yearly", "district-yearly-hint", Kind::Money)}
                        {field("borne_by", "district-borne-by", "", Kind::Line)}
                        {kit::radios(ctx, "permit", &ctx.t("district-permit"), &permits, &typed, &data.errors)}
                        {field("ground", "district-ground", "", Kind::Line)}
                        {field("department", "district-department", "district-department-hint", Kind::Line)}
                        {field("responsible", "advice-responsible", "advice-role-hint", Kind::Line)}
                    </div></details>
                {kit::bar(ctx.t("district-feasible-now"))}
            </form>
        </section>
    }
    .into_any()
}

/// The way to the file of a plan that has money.
fn execution(ctx: &Ctx, data: &DistrictCaseView) -> AnyView {
    let has_money = matches!(data.plan.state, State::Funded | State::InExecution | State::Completed | State::Cancelled);
    has_money.then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::DistrictExecution { id: data.plan.id })>{ctx.t("run-to-file")}</a></p> }).into_any()
}

/// One plan's page.
pub fn case(ctx: &Ctx, data: &DistrictCaseView) -> AnyView {
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::District {})>{ctx.t("district-title")}</a>
        {kit::error_summary(ctx, &data.errors, &[LABELS, advice::LABELS].concat())}
        <div class="fb-head">
            <p class="fb-row fb-row--tight">{kit::state_badge(ctx, data.plan.state)}</p>
            <h1 class="ams-heading ams-heading--1">{data.plan.title.clone()}</h1>
            <p class="fb-meta">{format!("{} · {} · {}", data.author, data.plan.buurt, texts::date(ctx.lang, data.plan.at))}</p>
        </div>
        {data.plan.photo.then(|| picture(ctx, data.plan.id, true, ""))}
        {show::body(ctx, &data.plan)}
        {data.plan.take.as_ref().map(|t| take_box(ctx, t))}
        {show::road(ctx, &data.plan)}
        {data.small.as_ref().map(|s| small(ctx, s, &data.typed, &data.errors))}
        {appeal(ctx, data)}
        {execution(ctx, data)}
        {advice::section(ctx, data)}
        {verdict(ctx, data)}
    };
    frame(ctx, Frame::narrow(data.plan.title.clone()).failed(!data.errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    let mut all = vec![
        Sample {
            name: "district/appeal",
            draw: |ctx| {
                case(
                    ctx,
                    &DistrictCaseView {
                        plan: PlanView { state: State::Rejected, ..PlanView::sample() },
                        appeal: Some(("Het is <b>wel</b> voor de buurt.".into(), 1_796_000_000)),
                        errors: Errors(vec![("outcome", Problem::NotAChoice), ("answer", Problem::Missing)]),
                        ..DistrictCaseView::sample()
                    },
                )
            },
        },
        Sample { name: "district/desk", draw: |ctx| desk(ctx, &DeskView::sample()) },
        Sample {
            name: "district/notices-wrong",
            draw: |ctx| {
                let errors = Errors::one("how", Problem::NotAChoice);
                let notices = NoticesView { district: true, errors, ..NoticesView::sample() };
                desk(ctx, &DeskView { notices: Some(notices), ..DeskView::sample() })
            },
        },
        Sample {
            name: "district/judge",
            draw: |ctx| {
                case(
                    ctx,
                    &DistrictCaseView {
                        errors: Errors(vec![("minimum", Problem::Missing), ("borne_by", Problem::Missing)]),
                        ..DistrictCaseView::sample()
                    },
                )
            },
        },
        Sample {
            name: "district/small",
            draw: |ctx| {
                case(
                    ctx,
                    &DistrictCaseView {
                        plan: PlanView::sample(),
                        small: Some(Small { fixed: Some(2008), ..Small::sample() }),
                        ..DistrictCaseView::sample()
                    },
                )
            },
        },
        Sample {
            name: "district/follow",
            draw: |ctx| {
                case(
                    ctx,
                    &DistrictCaseView {
                        plan: PlanView { state: State::InExecution, ..PlanView::sample() },
                        ..DistrictCaseView::sample()
                    },
                )
            },
        },
    ];
    all.extend(advice::samples());
    all
}
