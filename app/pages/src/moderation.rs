//! `/moderatie`: the queue, oldest due first.

pub mod case;
mod choose;
mod decided;
pub mod notices;
mod small;
pub mod text;
pub mod waves;
pub mod what_if;

pub use case::{CaseView, case};
pub(crate) use choose::FORM as CHOSEN;
pub use choose::Told;
pub use small::Small;
pub(crate) use small::{funded, small};
pub use text::Beside;
pub(crate) use text::beside;

use crate::frame::{Frame, frame};
use crate::kit;
use crate::plans::{Take, take_line};
use crate::{Ctx, Sample};
use decided::{beside_count, pending, taken_over};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{FOR_KINDS, State};
use domain::money::Cents;
use domain::time::{DAY, HOUR, Seconds};
use domain::urls;
use leptos::prelude::*;
use notices::NoticesView;

/// What a queue can be narrowed to.
pub const FILTERS: &[&str] = &["buurt", "programma", "voor", "hulp"];

/// A row of a queue.
#[derive(Clone, Debug)]
pub struct QueueRow {
    /// Plan.
    pub id: i64,
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
    /// Somebody is busy with it until then; true: the reader.
    pub claim: Option<(bool, Seconds)>,
    /// Who handed it in asked for somebody who thinks along, and nobody was named yet.
    pub wants_help: bool,
    /// Its number and whether it is ticked, where plans are chosen to do something with all of them.
    pub choose: Option<(i64, bool)>,
}

impl QueueRow {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            id: 7,
            href: "/moderatie/7".into(),
            title: "Samen Spelen op het pleintje".into(),
            line: "Vogelbuurt · Fatma".into(),
            due_at: Some(1_795_000_000 - 3 * HOUR),
            state: State::Submitted,
            asked: Some(Cents::euros(6500)),
            take: Some(Take::sample()),
            claim: Some((false, 1_795_000_000 + HOUR)),
            wants_help: true,
            choose: Some((7, true)),
        }
    }
}

/// A decision that can still be undone.
#[derive(Clone, Debug)]
pub struct PendingRow {
    /// Plan.
    pub id: i64,
    /// Title.
    pub title: String,
    /// Key of the decision: text is `decided-<key>`.
    pub act: String,
    /// It takes effect then.
    pub effective_at: Seconds,
}

/// The queue.
#[derive(Clone, Debug)]
pub struct QueueView {
    /// Decisions of the reader that can still be undone.
    pub pending: Vec<PendingRow>,
    /// Buurten to choose from, slug and name; fewer than two: no choice.
    pub buurten: Vec<(String, String)>,
    /// Programmes to choose from, id and name.
    pub programmes: Vec<(String, String)>,
    /// What was chosen: `tab` and [`FILTERS`].
    pub chosen: Raw,
    /// From 1.
    pub page: i64,
    /// There are more after these.
    pub more: bool,
    /// The reader is away then.
    pub away: Option<(Seconds, Seconds)>,
    /// What was typed for being away, and what is wrong with it.
    pub away_form: (Raw, Errors),
    /// What was typed for the ticked plans, and what is wrong with it.
    pub bulk: (Raw, Errors),
    /// What came of the ticked plans before.
    pub told: Option<Told>,
    /// 0 to do, 1 waiting for the submitter, 2 done.
    pub tab: usize,
    /// How many to do and waiting.
    pub counts: [i64; 2],
    /// Rows of this tab.
    pub rows: Vec<QueueRow>,
    /// New texts and reported comments (on the first tab).
    pub beside: Vec<Beside>,
    /// Small plans that wait for signatures (on the first tab).
    pub small: Vec<QueueRow>,
    /// How many the stadsdeel took over lately, because the answer was late.
    pub taken_over: i64,
    /// How the reader hears of new plans, for who has a choice.
    pub notices: Option<NoticesView>,
}

impl QueueView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let late = QueueRow::sample();
        let soon = QueueRow { id: 8, due_at: Some(1_795_000_000 + 1800), ..late.clone() };
        let later = QueueRow { id: 9, due_at: Some(1_795_000_000 + 30 * HOUR), asked: None, ..late.clone() };
        Self {
            pending: vec![PendingRow {
                id: 9,
                title: "Een bank voor de bakker".into(),
                act: "publish".into(),
                effective_at: 1_795_000_000 + 500,
            }],
            buurten: vec![("vogelbuurt".into(), "Vogelbuurt".into()), ("ijplein".into(), "IJplein".into())],
            programmes: vec![("1".into(), "Sociaal".into())],
            chosen: Raw::from_pairs(&[("buurt", "ijplein"), ("wat", "1")]),
            page: 2,
            more: true,
            away: Some((1_795_000_000, 1_795_600_000)),
            away_form: Default::default(),
            bulk: Default::default(),
            told: Some(Told { programme: false, done: 3, busy: 1, refused: 2 }),
            tab: 0,
            counts: [3, 1],
            beside: Beside::sample(),
            taken_over: 2,
            small: vec![QueueRow { id: 10, due_at: None, state: State::Feasible, ..late.clone() }],
            notices: Some(NoticesView::sample()),
            rows: vec![late, soon, later],
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
    let first = rows.iter().find_map(|r| r.choose).map(|(id, _)| id);
    let items = rows
        .iter()
        .map(|r| {
            let class = match r.due_at.map(|d| d - ctx.now) {
                Some(left) if left < 0 => "fb-queue__row fb-queue__row--late",
                Some(left) if left < 6 * HOUR => "fb-queue__row fb-queue__row--soon",
                _ => "fb-queue__row",
            };
            let due = r.due_at.map_or_else(|| kit::state_badge(ctx, r.state), |d| due_words(ctx, d).into_any());
            let busy = r.claim.map(|(own, until)| {
                let key = if own { "moderation-own-claim" } else { "moderation-claimed" };
                view! { <p class="fb-meta"><b>{ctx.ta(key, &[("at", texts::clock_time(until).into())])}</b></p> }
            });
            let help = r.wants_help.then(|| view! { <p class="fb-meta"><b>{ctx.t("help-asked")}</b></p> });
            let choose = r.choose.map(|(id, ticked)| choose::tick(ctx, id, ticked, Some(id) == first, &r.title));
            view! {
                <li class=class id=format!("plan-{}", r.id)>
                    <p class="fb-queue__due">{due}</p>
                    <div class="fb-queue__main"><a class="fb-queue__title" dir="auto" href=r.href.clone()>{r.title.clone()}</a><p class="fb-meta">{r.line.clone()}</p>{help}{busy}{choose}</div>
                    {take_line(ctx, r.asked, r.take.as_ref())}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="fb-queue">{items}</ol> }.into_any()
}

fn filter(ctx: &Ctx, data: &QueueView) -> AnyView {
    let none = Errors::default();
    let kinds: Vec<(String, String)> =
        FOR_KINDS.iter().map(|kind| ((*kind).to_owned(), ctx.t(&format!("for-{kind}")))).collect();
    let set = FILTERS.iter().any(|name| !data.chosen.get(name).is_empty());
    let all = ctx.t("moderation-all");
    let buurten = (data.buurten.len() > 1)
        .then(|| kit::select(ctx, "buurt", &ctx.t("plans-filter-buurt"), &all, &data.buurten, &data.chosen, &none));
    view! {
        <details class="fb-details" open=set><summary class="fb-details__button">{ctx.t("moderation-filter")}</summary>
            <form class="fb-form" method="get"><input type="hidden" name="tab" value=data.chosen.get("tab").to_owned()/>
                {buurten}
                {kit::select(ctx, "programma", &ctx.t("plans-programme"), &all, &data.programmes, &data.chosen, &none)}
                {kit::select(ctx, "voor", &ctx.t("moderation-for"), &all, &kinds, &data.chosen, &none)}
                {kit::tick("hulp", ctx.t("help-filter"), String::new(), &data.chosen)}
                <button class="ams-button ams-button--secondary">{ctx.t("admin-show")}</button></form></details>
    }
    .into_any()
}

fn pages(ctx: &Ctx, data: &QueueView) -> AnyView {
    let link = |page: i64, key: &str| {
        let query = choose::narrowed(data, &format!("bladzij={page}"));
        view! { <a class="fb-more" href=format!("{}?{query}", ctx.url(&urls::Moderation {}))>{ctx.t(key)}</a> }
    };
    let back = (data.page > 1).then(|| link(data.page - 1, "moderation-earlier"));
    let on = data.more.then(|| link(data.page + 1, "moderation-further"));
    view! { <p class="fb-row">{back}{on}</p> }.into_any()
}

fn away(ctx: &Ctx, data: &QueueView) -> AnyView {
    let (typed, errors) = &data.away_form;
    let field = |name, key: &str| {
        kit::field(
            ctx,
            &kit::Field {
                name,
                label: ctx.t(key),
                hint: String::new(),
                kind: kit::Kind::Date,
                heading: false,
                typed,
                errors,
            },
        )
    };
    let now = data.away.map(|(from, until)| {
        let text = ctx.ta("away-now", &[("from", texts::date(ctx.lang, from).into()), ("until", texts::date(ctx.lang, until - 60).into())]);
        view! {
            <p class="ams-paragraph">{text}</p>
            <form method="post" action=ctx.url(&urls::ModerationAway {})>{kit::hidden(ctx)}<input type="hidden" name="back" value="1"/><button class="ams-button ams-button--secondary">{ctx.t("away-back")}</button></form>
        }
    });
    view! {
        <details class="fb-details" open=errors.of("from").or(errors.of("until")).is_some()><summary class="fb-details__button">{ctx.t("away-title")}</summary>
            <p class="ams-paragraph fb-read">{ctx.t("away-text")}</p>{now}
            <form class="fb-form" method="post" action=ctx.url(&urls::ModerationAway {}) novalidate>{kit::hidden(ctx)}
                {field("from", "away-from")}{field("until", "away-until")}
                <button class="ams-button ams-button--secondary">{ctx.t("away-do")}</button></form></details>
    }
    .into_any()
}

/// The queue's page.
pub fn queue(ctx: &Ctx, data: &QueueView) -> AnyView {
    let base = ctx.url(&urls::Moderation {});
    let tab = |at: usize, key: &str, query: &str, count: Option<i64>| {
        let count = count.map(|n| view! { " "<span class="fb-tabs__count">{n.to_string()}</span> });
        view! { <a class="fb-tabs__link" href=format!("{base}{query}") aria-current=(data.tab == at).then_some("page")>{ctx.t(key)}{count}</a> }
    };
    let small = (!data.small.is_empty()).then(|| view! { <section class="fb-section" id="klein"><h2 class="ams-heading ams-heading--2">{ctx.t("moderation-small")}</h2>{rows(ctx, &data.small, "moderation-none")}</section> });
    let errors = Errors([data.away_form.1.0.clone(), data.bulk.1.0.clone()].concat());
    let empty = if data.tab == 0 && data.taken_over == 0 { "moderation-all-done" } else { "moderation-none" };
    let main = view! {
        {data.told.map(|t| choose::told(ctx, t))}
        {kit::error_summary(ctx, &errors, &[("from", "away-from"), ("until", "away-until"), ("programme", "bulk-programme"), notices::LABEL])}
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{ctx.t("moderation-title")}</h1></div>
        <nav class="fb-tabs" aria-label=ctx.t("moderation-title")>
            {tab(0, "moderation-to-do", "", Some(data.counts[0]))}
            {tab(1, "moderation-waiting", "?tab=wacht", Some(data.counts[1]))}
            {tab(2, "moderation-done", "?tab=klaar", None)}
        </nav>
        {taken_over(ctx, data)}
        {beside_count(ctx, data)}
        {pending(ctx, data)}
        {rows(ctx, &data.rows, empty)}
        {pages(ctx, data)}
        {choose::form(ctx, data)}
        {filter(ctx, data)}
        {beside(ctx, &data.beside)}
        {small}
        {away(ctx, data)}
        {notices::part(ctx, data.notices.as_ref())}
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::ModerationHelp {})>{ctx.t("help-desk-title")}</a></p>
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::ModerationWaves {})>{ctx.t("wave-desk")}</a></p>
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::ReplyTimes {})>{ctx.t("pace-title")}</a></p>
    };
    frame(ctx, Frame::wide(ctx.t("moderation-title")).failed(!errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    let mut all = vec![
        Sample { name: "moderation/queue", draw: |ctx| queue(ctx, &QueueView::sample()) },
        Sample {
            name: "moderation/queue-empty",
            draw: |ctx| {
                queue(
                    ctx,
                    &QueueView {
                        rows: Vec::new(),
                        small: Vec::new(),
                        pending: Vec::new(),
                        away_form: (Raw::default(), Errors::one("until", Problem::NotLater)),
                        page: 1,
                        more: false,
                        ..QueueView::sample()
                    },
                )
            },
        },
        Sample {
            name: "moderation/queue-choose-wrong",
            draw: |ctx| {
                let errors = Errors(vec![("plan", Problem::Missing), ("programme", Problem::NotAChoice)]);
                let told = Some(Told { programme: true, done: 0, busy: 0, refused: 1 });
                queue(ctx, &QueueView { bulk: (Raw::default(), errors), told, ..QueueView::sample() })
            },
        },
        Sample {
            name: "moderation/queue-begin",
            draw: |ctx| {
                let rows = QueueView::sample().rows;
                let rows = rows.into_iter().map(|r| QueueRow { choose: None, ..r }).collect();
                queue(ctx, &QueueView { rows, told: None, ..QueueView::sample() })
            },
        },
        Sample {
            name: "moderation/queue-done",
            draw: |ctx| queue(ctx, &QueueView { tab: 2, rows: Vec::new(), away: None, ..QueueView::sample() }),
        },
    ];
    all.push(Sample {
        name: "moderation/notices-wrong",
        draw: |ctx| {
            let wrong = Errors::one("how", Problem::NotAChoice);
            let notices = NoticesView { errors: wrong.clone(), ..NoticesView::sample() };
            queue(
                ctx,
                &QueueView {
                    away_form: (Raw::default(), wrong),
                    notices: Some(notices),
                    away: None,
                    ..QueueView::sample()
                },
            )
        },
    });
    all.extend(case::samples());
    all.extend(text::samples());
    all.extend(what_if::samples());
    all.extend(waves::samples());
    all
}
