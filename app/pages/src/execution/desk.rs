//! `/stadsdeel/uitvoering`: plans with money, what needs staff first.

use crate::frame::{Frame, frame};
use crate::{Ctx, Sample, kit};
use domain::initiative::State;
use domain::money::Cents;
use domain::urls;
use leptos::prelude::*;

/// A plan with money, in the list.
#[derive(Clone, Debug)]
pub struct RunRow {
    /// Id.
    pub id: i64,
    /// Title.
    pub title: String,
    /// Buurt.
    pub buurt: String,
    /// State.
    pub state: State,
    /// Key of what staff do next (`run-need-<key>`); `None`: nothing.
    pub need: Option<&'static str>,
    /// Steps that are late.
    pub late: i64,
    /// Promised or given, paid, and under way.
    pub money: (Cents, Cents, Cents),
}

/// The list.
#[derive(Clone, Debug)]
pub struct RunningView {
    /// Plans, what needs somebody first.
    pub rows: Vec<RunRow>,
    /// Instalments to approve, and to order.
    pub payments: (i64, i64),
}

impl RunningView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let row = RunRow {
            id: 7,
            title: "Onder het spoor mag het mooi zijn".into(),
            buurt: "Indische Buurt".into(),
            state: State::InExecution,
            need: Some("confirm"),
            late: 0,
            money: (Cents::euros(9000), Cents::euros(4000), Cents::euros(1500)),
        };
        let of = |id, state, need, late| RunRow { id, state, need, late, ..row.clone() };
        Self {
            rows: vec![
                of(8, State::Funded, Some("agreement"), 0),
                of(9, State::Funded, Some("commit"), 0),
                of(10, State::InExecution, Some("change"), 0),
                of(11, State::InExecution, Some("account"), 0),
                of(12, State::InExecution, Some("approve"), 0),
                row.clone(),
                of(13, State::InExecution, Some("late"), 2),
                of(14, State::InExecution, None, 0),
            ],
            payments: (2, 1),
        }
    }
}

fn row(ctx: &Ctx, r: &RunRow) -> AnyView {
    let class = match r.need {
        Some("late") => "fb-queue__row fb-queue__row--late",
        Some(_) => "fb-queue__row fb-queue__row--soon",
        None => "fb-queue__row",
    };
    let due = match r.need {
        Some("late") => ctx.ta("run-late", &[("count", r.late.into())]),
        Some(need) => ctx.t(&format!("run-need-{need}")),
        None => ctx.t("run-need-nothing"),
    };
    let (whole, paid, open) = r.money;
    let line = ctx.ta("run-row-money", &[("paid", ctx.money(paid).into()), ("amount", ctx.money(whole).into())]);
    view! {
        <li class=class>
            <p class="fb-queue__due">{due}</p>
            <div class="fb-queue__main"><a class="fb-queue__title" dir="auto" href=ctx.url(&urls::DistrictExecution { id: r.id })>{r.title.clone()}</a>
                <p class="fb-meta">{r.buurt.clone()}" · "{ctx.t(&format!("state-{}", r.state.key()))}</p></div>
            <div class="fb-queue__share"><div class="fb-meter fb-meter--small">{kit::meter(paid, open, whole)}</div><p class="fb-meta">{line}</p></div>
        </li>
    }
    .into_any()
}

/// Its page.
pub fn running(ctx: &Ctx, data: &RunningView) -> AnyView {
    let (approve, order) = data.payments;
    let part = |key: &str, rows: Vec<&RunRow>| {
        (!rows.is_empty()).then(|| {
            let items = rows.iter().map(|r| row(ctx, r)).collect_view();
            view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t(key)}</h2><ol class="fb-queue">{items}</ol></section> }
        })
    };
    let (first, rest): (Vec<_>, Vec<_>) = data.rows.iter().partition(|r| r.need.is_some());
    let empty = data
        .rows
        .is_empty()
        .then(|| view! { <div class="fb-empty"><p class="ams-paragraph">{ctx.t("run-none")}</p></div> });
    let heading = ctx.t("run-desk-title");
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::District {})>{ctx.t("district-title")}</a>
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{heading.clone()}</h1>
            <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::DistrictPayments {})>{ctx.t("run-payments-title")}</a></p>
            <p class="fb-meta">{ctx.ta("run-payments-count", &[("approve", approve.into()), ("order", order.into())])}</p></div>
        {empty}
        {part("run-first", first)}
        {part("run-others", rest)}
    };
    frame(ctx, Frame::wide(heading), main)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "execution/desk", draw: |ctx| running(ctx, &RunningView::sample()) },
        Sample {
            name: "execution/desk-empty",
            draw: |ctx| running(ctx, &RunningView { rows: Vec::new(), payments: (0, 0) }),
        },
    ]
}
