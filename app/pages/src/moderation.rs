// Long because queue and case show the same parts; they part when hand-over and claims come.
//! `/moderatie`: the queue, oldest due first, and one plan to answer in two taps.

use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::plans::show::{self, PlanView};
use crate::plans::{Take, take_box, take_line};
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{REJECT_REASONS, State};
use domain::money::Cents;
use domain::time::{DAY, HOUR, Seconds};
use domain::urls;
use leptos::prelude::*;

/// Labels of the forms, for the error summary.
const LABELS: &[(&str, &str)] = &[
    ("question", "moderation-question"),
    ("reason", "moderation-reason"),
    ("words", "moderation-words"),
    ("note", "moderation-note"),
    ("programme", "plans-programme"),
    ("supporter", "moderation-supporter"),
    ("year", "moderation-year"),
];

/// A row of a queue.
#[derive(Clone, Debug)]
pub struct QueueRow {
    /// Where it leads.
    pub href: String,
    /// Title.
    pub title: String,
    /// Buurt, who, programme: one line.
    pub line: String,
    /// When the first reply is due; `None`: nobody waits here.
    pub due_at: Option<Seconds>,
    /// State.
    pub state: State,
    /// What is asked.
    pub asked: Option<Cents>,
    /// Its share.
    pub take: Option<Take>,
}

impl QueueRow {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            href: "/moderatie/7".into(),
            title: "Samen Spelen op het pleintje".into(),
            line: "Vogelbuurt · Fatma".into(),
            due_at: Some(1_795_000_000 - 3 * HOUR),
            state: State::Submitted,
            asked: Some(Cents::euros(6500)),
            take: Some(Take::sample()),
        }
    }
}

/// The queue.
#[derive(Clone, Debug)]
pub struct QueueView {
    /// 0 to do, 1 waiting for the submitter, 2 done.
    pub tab: usize,
    /// How many to do and waiting.
    pub counts: [usize; 2],
    /// Rows of this tab.
    pub rows: Vec<QueueRow>,
    /// Small plans that wait for signatures (on the first tab).
    pub small: Vec<QueueRow>,
    /// Half of all plans got their first reply within this many seconds.
    pub median: Option<Seconds>,
}

impl QueueView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let late = QueueRow::sample();
        let soon = QueueRow { due_at: Some(1_795_000_000 + 1800), ..late.clone() };
        let later = QueueRow { due_at: Some(1_795_000_000 + 30 * HOUR), asked: None, ..late.clone() };
        Self {
            tab: 0,
            counts: [3, 1],
            small: vec![QueueRow { due_at: None, state: State::Feasible, ..late.clone() }],
            rows: vec![late, soon, later],
            median: Some(19 * HOUR),
        }
    }
}

/// What is known about signing for a small plan.
#[derive(Clone, Debug)]
pub struct Small {
    /// Budget years to choose from, newest first, with what the share holds.
    pub years: Vec<(i64, Cents)>,
    /// The other one signed for this year.
    pub fixed: Option<i64>,
    /// A moderator signed.
    pub moderator: bool,
    /// A staff member signed.
    pub staff: bool,
    /// What will be given.
    pub amount: Cents,
    /// Where the form goes.
    pub action: String,
    /// This reader can still sign.
    pub open: bool,
}

impl Small {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            years: vec![(2009, Cents::ZERO), (2008, Cents::euros(3000))],
            fixed: None,
            moderator: true,
            staff: false,
            amount: Cents::euros(1500),
            action: "/moderatie/7/klein-plan".into(),
            open: true,
        }
    }
}

/// One plan to answer.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// The plan.
    pub plan: PlanView,
    /// Name of who handed it in.
    pub author: String,
    /// Its version as shown: an answer is to what was read.
    pub version: i64,
    /// Due, when it waits for an answer.
    pub due_at: Option<Seconds>,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
    /// Id and name.
    pub programmes: Vec<(String, String)>,
    /// It can be published or returned now.
    pub open: bool,
    /// It can be rejected now.
    pub can_reject: bool,
    /// Signing for a small plan.
    pub small: Option<Small>,
}

impl CaseView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            plan: PlanView { state: State::Submitted, ..PlanView::sample() },
            author: "Fatma".into(),
            version: 1,
            due_at: Some(1_795_000_000 + 5 * HOUR),
            typed: Raw::default(),
            errors: Errors::default(),
            programmes: vec![("1".into(), "Sociaal".into())],
            open: true,
            can_reject: true,
            small: None,
        }
    }
}

/// 'Nog 5 uur', '3 uur te laat'.
pub(crate) fn due_words(ctx: &Ctx, due_at: Seconds) -> String {
    let left = due_at - ctx.now;
    let (key, span) = if left < 0 { ("moderation-late", -left) } else { ("moderation-left", left) };
    if span < HOUR {
        ctx.t(if left < 0 { "moderation-just-late" } else { "moderation-within-hour" })
    } else if span < 3 * DAY {
        ctx.ta(key, &[("count", texts::hours(span).into())])
    } else {
        ctx.ta(
            if left < 0 { "moderation-late-days" } else { "moderation-left-days" },
            &[("count", (span / DAY).into())],
        )
    }
}

/// Rows of a queue, or that there are none.
pub(crate) fn rows(ctx: &Ctx, rows: &[QueueRow], empty: &str) -> AnyView {
    if rows.is_empty() {
        return view! { <div class="fb-empty"><p class="ams-paragraph">{ctx.t(empty)}</p></div> }.into_any();
    }
    let items = rows
        .iter()
        .map(|r| {
            let class = match r.due_at.map(|d| d - ctx.now) {
                Some(left) if left < 0 => "fb-queue__row fb-queue__row--late",
                Some(left) if left < 6 * HOUR => "fb-queue__row fb-queue__row--soon",
                _ => "fb-queue__row",
            };
            let due = r.due_at.map_or_else(|| kit::state_badge(ctx, r.state), |d| due_words(ctx, d).into_any());
            view! {
                <li class=class>
                    <p class="fb-queue__due">{due}</p>
                    <div class="fb-queue__main"><a class="fb-queue__title" href=r.href.clone()>{r.title.clone()}</a><p class="fb-meta">{r.line.clone()}</p></div>
                    {take_line(ctx, r.asked, r.take.as_ref())}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="fb-queue">{items}</ol> }.into_any()
}

/// The queue's page.
pub fn queue(ctx: &Ctx, data: &QueueView) -> AnyView {
    let base = ctx.url(&urls::Moderation {});
    let tab = |at: usize, key: &str, query: &str, count: Option<usize>| {
        let count = count.map(|n| view! { " "<span class="fb-tabs__count">{n.to_string()}</span> });
        view! { <a class="fb-tabs__link" href=format!("{base}{query}") aria-current=(data.tab == at).then_some("page")>{ctx.t(key)}{count}</a> }
    };
    let small = (!data.small.is_empty()).then(|| view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("moderation-small")}</h2>{rows(ctx, &data.small, "moderation-none")}</section> });
    let median = data.median.map(|m| view! { <p class="fb-meta">{ctx.ta("moderation-median", &[("count", texts::hours(m + HOUR - 1).into())])}</p> });
    let empty = if data.tab == 0 { "moderation-all-done" } else { "moderation-none" };
    let main = view! {
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{ctx.t("moderation-title")}</h1>{median}</div>
        <nav class="fb-tabs" aria-label=ctx.t("moderation-title")>
            {tab(0, "moderation-to-do", "", Some(data.counts[0]))}
            {tab(1, "moderation-waiting", "?tab=wacht", Some(data.counts[1]))}
            {tab(2, "moderation-done", "?tab=klaar", None)}
        </nav>
        {rows(ctx, &data.rows, empty)}
        {small}
    };
    frame(ctx, Frame::wide(ctx.t("moderation-title")), main)
}

/// The part about signing for a small plan.
pub(crate) fn small(ctx: &Ctx, s: &Small, typed: &Raw, errors: &Errors) -> AnyView {
    let sign = |done: bool, key: &str| {
        let state = ctx.t(if done { "moderation-signed" } else { "moderation-not-signed" });
        view! { <div class="fb-facts__row"><dt class="fb-facts__term">{ctx.t(key)}</dt><dd class="fb-facts__value">{state}</dd></div> }
    };
    let years: Vec<(String, String)> = s
        .years
        .iter()
        .filter(|(year, _)| s.fixed.is_none_or(|f| f == *year))
        .map(|(year, left)| {
            (
                year.to_string(),
                ctx.ta("moderation-year-left", &[("year", year.to_string().into()), ("left", ctx.money(*left).into())]),
            )
        })
        .collect();
    let form = s.open.then(|| {
        view! {
            <form class="fb-form" method="post" action=s.action.clone() novalidate>
                {kit::hidden(ctx)}
                {kit::select(ctx, "year", &ctx.t("moderation-year"), "", &years, typed, errors)}
                <button class="ams-button ams-button--primary">{ctx.ta("moderation-sign", &[("amount", ctx.money(s.amount).into())])}</button>
            </form>
        }
    });
    view! {
        <section class="fb-section">
            <h2 class="ams-heading ams-heading--2">{ctx.t("moderation-small-title")}</h2>
            <div class="fb-card"><div class="fb-card__body fb-stack">
                <p class="ams-paragraph">{ctx.ta("moderation-small-text", &[("amount", ctx.money(s.amount).into())])}</p>
                <dl class="fb-facts">{sign(s.moderator, "moderation-small-moderator")}{sign(s.staff, "moderation-small-staff")}</dl>
                {form}
            </div></div>
        </section>
    }
    .into_any()
}

fn decide(ctx: &Ctx, data: &CaseView) -> AnyView {
    let action = ctx.url(&urls::ModerationDecide { id: data.plan.id });
    let field = |name, label: &str, kind| {
        kit::field(
            ctx,
            &Field {
                name,
                label: ctx.t(label),
                hint: String::new(),
                kind,
                heading: false,
                typed: &data.typed,
                errors: &data.errors,
            },
        )
    };
    let chosen = data.typed.get("act").to_owned();
    let reasons: Vec<(String, String)> =
        REJECT_REASONS.iter().map(|r| ((*r).to_owned(), ctx.t(&format!("reject-{r}")))).collect();
    let returning = data.open.then(|| {
        view! {
            <details class="fb-details" open=chosen == "return">
                <summary class="fb-details__button">{ctx.t("moderation-return")}</summary>
                <form class="fb-form" method="post" action=action.clone() novalidate>
                    {kit::hidden(ctx)}<input type="hidden" name="act" value="return"/><input type="hidden" name="version" value=data.version/>
                    {field("question", "moderation-question", Kind::Area)}
                    <button class="ams-button ams-button--secondary">{ctx.t("moderation-send-question")}</button>
                </form>
            </details>
        }
    });
    let rejecting = data.can_reject.then(|| {
        view! {
            <details class="fb-details" open=chosen == "reject">
                <summary class="fb-details__button">{ctx.t("moderation-reject")}</summary>
                <form class="fb-form" method="post" action=action.clone() novalidate>
                    {kit::hidden(ctx)}<input type="hidden" name="act" value="reject"/><input type="hidden" name="version" value=data.version/>
                    {kit::radios(ctx, "reason", &ctx.t("moderation-reason"), &reasons, &data.typed, &data.errors)}
                    {field("words", "moderation-words", Kind::Area)}
                    <button class="ams-button ams-button--secondary fb-button--danger">{ctx.t("moderation-reject-now")}</button>
                </form>
            </details>
        }
    });
    let publish = data.open.then(|| {
        view! {
            <form class="fb-form" method="post" action=action.clone() novalidate>
                {kit::hidden(ctx)}<input type="hidden" name="act" value="publish"/><input type="hidden" name="version" value=data.version/>
                {field("note", "moderation-note", Kind::Area)}
                {kit::bar(ctx.t("moderation-publish"))}
            </form>
        }
    });
    let mut programme = data.typed.clone();
    if programme.get("programme").is_empty() {
        let now = data
            .programmes
            .iter()
            .find(|(_, name)| *name == data.plan.programme)
            .map(|(id, _)| id.clone())
            .unwrap_or_default();
        programme.set("programme", now);
    }
    if programme.get("supporter").is_empty() {
        programme.set("supporter", data.plan.supporter.clone());
    }
    view! {
        <div class="fb-decide">
            <form class="fb-form" method="post" action=action.clone() novalidate>
                {kit::hidden(ctx)}<input type="hidden" name="act" value="programme"/>
                {kit::select(ctx, "programme", &ctx.t("plans-programme"), &ctx.t("moderation-no-programme"), &data.programmes, &programme, &data.errors)}
                <button class="ams-button ams-button--secondary">{ctx.t("moderation-save-programme")}</button>
            </form>
            <form class="fb-form" method="post" action=action.clone() novalidate>
                {kit::hidden(ctx)}<input type="hidden" name="act" value="supporter"/>
                {kit::field(ctx, &Field { name: "supporter", label: ctx.t("moderation-supporter"), hint: ctx.t("moderation-supporter-hint"), kind: Kind::Line, heading: false, typed: &programme, errors: &data.errors })}
                <button class="ams-button ams-button--secondary">{ctx.t("moderation-save-name")}</button>
            </form>
            {returning}
            {rejecting}
            {publish}
        </div>
    }
    .into_any()
}

/// One plan's page.
pub fn case(ctx: &Ctx, data: &CaseView) -> AnyView {
    let due = data.due_at.map(|d| view! { " · "<b>{due_words(ctx, d)}</b> });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Moderation {})>{ctx.t("moderation-title")}</a>
        {kit::error_summary(ctx, &data.errors, LABELS)}
        <div class="fb-head">
            <p class="fb-row fb-row--tight">{kit::state_badge(ctx, data.plan.state)}</p>
            <h1 class="ams-heading ams-heading--1">{data.plan.title.clone()}</h1>
            <p class="fb-meta">{format!("{} · {} · {}", data.author, data.plan.buurt, texts::date_time(ctx.lang, data.plan.at))}{due}</p>
        </div>
        {show::body(ctx, &data.plan)}
        {data.plan.take.as_ref().map(|t| take_box(ctx, t))}
        {show::road(ctx, &data.plan)}
        {data.small.as_ref().map(|s| small(ctx, s, &data.typed, &data.errors))}
        {decide(ctx, data)}
    };
    frame(ctx, Frame::narrow(data.plan.title.clone()).failed(!data.errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "moderation/queue", draw: |ctx| queue(ctx, &QueueView::sample()) },
        Sample {
            name: "moderation/queue-empty",
            draw: |ctx| queue(ctx, &QueueView { rows: Vec::new(), small: Vec::new(), ..QueueView::sample() }),
        },
        Sample {
            name: "moderation/queue-done",
            draw: |ctx| queue(ctx, &QueueView { tab: 2, rows: Vec::new(), median: None, ..QueueView::sample() }),
        },
        Sample { name: "moderation/case", draw: |ctx| case(ctx, &CaseView::sample()) },
        Sample {
            name: "moderation/case-wrong",
            draw: |ctx| {
                case(
                    ctx,
                    &CaseView {
                        typed: Raw::from_pairs(&[("act", "reject")]),
                        errors: Errors(vec![("reason", Problem::NotAChoice), ("words", Problem::Missing)]),
                        ..CaseView::sample()
                    },
                )
            },
        },
        Sample {
            name: "moderation/case-small",
            draw: |ctx| {
                case(
                    ctx,
                    &CaseView {
                        open: false,
                        can_reject: false,
                        due_at: None,
                        small: Some(Small::sample()),
                        ..CaseView::sample()
                    },
                )
            },
        },
    ]
}
