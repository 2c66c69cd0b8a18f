//! `/stadsdeel/betalingen`: instalments of all plans, the file for the finance system, and what it says back.

use super::InstalmentView;
use super::parts::{day, instalment_badge};
use crate::frame::{Frame, frame};
use crate::{Ctx, Sample, kit};
use domain::execution::InstalmentState;
use domain::form::{Errors, Problem};
use domain::money::Cents;
use domain::time::Seconds;
use domain::urls;
use leptos::prelude::*;

/// An instalment with its plan.
#[derive(Clone, Debug)]
pub struct PaymentRow {
    /// Plan: id and title.
    pub plan: (i64, String),
    /// The instalment.
    pub instalment: InstalmentView,
    /// The reader may order it now.
    pub may_order: bool,
}

/// What was given out for the finance system once.
#[derive(Clone, Debug)]
pub struct BatchRow {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: Seconds,
    /// How many instalments.
    pub count: i64,
    /// Their sum.
    pub sum: Cents,
}

/// A line of a file that is not right.
#[derive(Clone, Debug)]
pub struct WrongLine {
    /// From 1, with the header.
    pub line: i64,
    /// What stands in it, shortened.
    pub text: String,
    /// Key of the reason (`run-wrong-<key>`).
    pub why: String,
}

/// The page's data.
#[derive(Clone, Debug, Default)]
pub struct PaymentsView {
    /// To approve.
    pub approve: Vec<PaymentRow>,
    /// Approved, to order.
    pub order: Vec<PaymentRow>,
    /// Ordered, not confirmed.
    pub ordered: Vec<PaymentRow>,
    /// What was given out, newest first.
    pub batches: Vec<BatchRow>,
    /// What is wrong with a file of confirmations, and how many lines were not shown.
    pub wrong: (Vec<WrongLine>, i64),
    /// What is wrong with the form.
    pub errors: Errors,
    /// The reader may take confirmations in.
    pub may_confirm: bool,
}

impl PaymentsView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let row = |id, state| PaymentRow {
            plan: (7, "Onder het spoor mag het <b>mooi</b> zijn".into()),
            instalment: InstalmentView { id, state, ..InstalmentView::sample() },
            may_order: id == 2,
        };
        Self {
            approve: vec![
                row(1, InstalmentState::Prepared),
                PaymentRow {
                    instalment: InstalmentView {
                        own: true,
                        may_approve: false,
                        ..row(5, InstalmentState::Prepared).instalment
                    },
                    ..row(5, InstalmentState::Prepared)
                },
            ],
            order: vec![
                row(2, InstalmentState::Approved),
                PaymentRow {
                    instalment: InstalmentView { waits: true, ..row(3, InstalmentState::Approved).instalment },
                    ..row(3, InstalmentState::Approved)
                },
            ],
            ordered: vec![row(4, InstalmentState::Ordered)],
            batches: vec![BatchRow { id: 1, at: 1_794_900_000, count: 2, sum: Cents::euros(3000) }],
            wrong: (Vec::new(), 0),
            errors: Errors::default(),
            may_confirm: true,
        }
    }
}

fn sum(rows: &[PaymentRow]) -> Cents {
    rows.iter().map(|r| r.instalment.amount).sum()
}

fn row(ctx: &Ctx, r: &PaymentRow) -> AnyView {
    let i = &r.instalment;
    let two = match (i.own, i.by_two && i.state == InstalmentState::Prepared) {
        (true, true) => Some("run-needs-other"),
        (false, true) => Some("run-needs-two"),
        _ => None,
    };
    let waits = i.step.as_ref().filter(|_| i.waits).map(
        |step| view! { <p class="fb-meta"><b>{ctx.ta("run-waits-step", &[("title", step.as_str().into())])}</b></p> },
    );
    view! {
        <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight">
            <p class="fb-row fb-row--between">{instalment_badge(ctx, i.state)}<span class="fb-money">{ctx.money(i.amount)}</span></p>
            <h3 class="ams-heading ams-heading--4" dir="auto"><a class="fb-card__link" href=ctx.url(&urls::DistrictInstalment { id: r.plan.0, instalment: i.id })>{r.plan.1.clone()}" · "{i.purpose.clone()}</a></h3>
            <p class="fb-meta" dir="auto">{i.payee.clone()}</p>
            <p class="fb-meta"><span class="fb-isolate">{i.reference.clone()}</span>" · "{day(ctx, i.at)}</p>
            {waits}
            {two.map(|key| view! { <p class="fb-meta">{ctx.t(key)}</p> })}
        </div></li>
    }
    .into_any()
}

fn part(ctx: &Ctx, id: &'static str, key: &str, empty: &str, rows: &[PaymentRow], after: AnyView) -> AnyView {
    let list = if rows.is_empty() {
        view! { <p class="ams-paragraph">{ctx.t(empty)}</p> }.into_any()
    } else {
        let items = rows.iter().map(|r| row(ctx, r)).collect_view();
        view! { <p class="fb-meta">{ctx.ta("run-sum", &[("count", i64::try_from(rows.len()).unwrap_or(0).into()), ("sum", ctx.money(sum(rows)).into())])}</p><ul class="fb-cards fb-cards--two">{items}</ul> }.into_any()
    };
    view! { <section class="fb-section" id=id><h2 class="ams-heading ams-heading--2">{ctx.t(key)}</h2>{list}{after}</section> }.into_any()
}

/// The wrong lines of a file; nothing of it was booked.
fn wrong(ctx: &Ctx, data: &PaymentsView) -> AnyView {
    let (lines, more) = &data.wrong;
    if lines.is_empty() {
        return ().into_any();
    }
    let rows = lines
        .iter()
        .map(|w| view! { <tr class="fb-table__row"><th class="ams-table__header-cell fb-table__lead" scope="row">{ctx.ta("run-line", &[("line", w.line.into())])}</th><td class="ams-table__cell" data-label=ctx.t("run-line-why")>{ctx.t(&format!("run-wrong-{}", w.why))}</td><td class="ams-table__cell" data-label=ctx.t("run-line-says") dir="auto">{w.text.clone()}</td></tr> })
        .collect_view();
    let more = (*more > 0)
        .then(|| view! { <p class="ams-paragraph">{ctx.ta("run-wrong-more", &[("count", (*more).into())])}</p> });
    view! {
        <section class="fb-notice fb-notice--plain" role="alert"><h2 class="ams-heading ams-heading--3">{ctx.t("run-wrong-title")}</h2>
            <p class="ams-paragraph">{ctx.t("run-wrong-text")}</p>
            <div class="ams-table fb-table" role="region" aria-labelledby="fout" tabindex="0">
                <table class="ams-table__table fb-table__table"><caption class="ams-table__caption" id="fout">{ctx.t("run-wrong-lines")}</caption>
                    <thead class="ams-table__header fb-table__head"><tr><th class="ams-table__header-cell" scope="col">{ctx.t("run-line-number")}</th><th class="ams-table__header-cell" scope="col">{ctx.t("run-line-why")}</th><th class="ams-table__header-cell" scope="col">{ctx.t("run-line-says")}</th></tr></thead>
                    <tbody>{rows}</tbody></table></div>{more}</section>
    }
    .into_any()
}

fn batches(ctx: &Ctx, data: &PaymentsView) -> AnyView {
    if data.batches.is_empty() {
        return ().into_any();
    }
    let items = data
        .batches
        .iter()
        .map(|b| {
            let told = ctx.ta("run-batch-told", &[("date", texts::date(ctx.lang, b.at).into()), ("count", b.count.into()), ("sum", ctx.money(b.sum).into())]);
            view! { <li class="fb-card"><div class="fb-card__body fb-stack fb-stack--tight"><a class="fb-more" href=ctx.url(&urls::DistrictBatch { batch: b.id })>{ctx.ta("run-batch", &[("number", b.id.into())])}</a><p class="fb-meta">{told}</p></div></li> }
        })
        .collect_view();
    view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("run-batches")}</h2><ul class="fb-cards fb-cards--two">{items}</ul></section> }.into_any()
}

/// Its page.
pub fn payments(ctx: &Ctx, data: &PaymentsView) -> AnyView {
    let ready: Vec<_> = data.order.iter().filter(|r| r.may_order).cloned().collect();
    let order = (!ready.is_empty()).then(|| {
        let label = ctx.ta("run-order", &[("count", i64::try_from(ready.len()).unwrap_or(0).into()), ("sum", ctx.money(sum(&ready)).into())]);
        view! { <p class="ams-paragraph fb-read">{ctx.t("run-order-text")}</p><form method="post" action=ctx.url(&urls::DistrictOrder {})>{kit::hidden(ctx)}<button class="ams-button ams-button--primary fb-button--wide">{label}</button></form> }
    });
    let file = (data.may_confirm && (!data.batches.is_empty() || !data.errors.0.is_empty() || !data.wrong.0.is_empty())).then(|| {
        let invalid = data.errors.of("file").map(|_| "true");
        view! {
            <form class="fb-form" method="post" enctype="multipart/form-data" action=ctx.url(&urls::DistrictConfirmations {})>{kit::hidden(ctx)}
                <div class=if invalid.is_some() { "ams-field ams-field--invalid" } else { "ams-field" }>
                    <label class="ams-label" for="file">{ctx.t("run-confirmations")}</label>
                    <p class="ams-hint" id="file-hint">{ctx.t("run-confirmations-hint")}</p>
                    {kit::error_text(ctx, "file", &data.errors)}
                    <input class="ams-file-input" type="file" id="file" name="file" accept=".csv,text/csv" aria-describedby="file-hint" aria-invalid=invalid/></div>
                <button class="ams-button ams-button--secondary">{ctx.t("run-confirmations-do")}</button></form>
        }
    });
    let failed = !data.errors.0.is_empty() || !data.wrong.0.is_empty();
    let heading = ctx.t("run-payments-title");
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::DistrictRunning {})>{ctx.t("run-desk-title")}</a>
        {kit::error_summary(ctx, &data.errors, &[("file", "run-confirmations"), ("order", "run-to-order")])}
        <h1 class="ams-heading ams-heading--1">{heading.clone()}</h1>
        {wrong(ctx, data)}
        {part(ctx, "approve", "run-to-approve", "run-to-approve-none", &data.approve, ().into_any())}
        {part(ctx, "order", "run-to-order", "run-to-order-none", &data.order, order.into_any())}
        {part(ctx, "ordered", "run-ordered", "run-ordered-none", &data.ordered, file.into_any())}
        {batches(ctx, data)}
    };
    frame(ctx, Frame::wide(heading).failed(failed), main)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "execution/payments", draw: |ctx| payments(ctx, &PaymentsView::sample()) },
        Sample { name: "execution/payments-empty", draw: |ctx| payments(ctx, &PaymentsView::default()) },
        Sample {
            name: "execution/payments-wrong",
            draw: |ctx| {
                let line = |line, why: &str| WrongLine { line, text: "FB-1;<b>12</b>".into(), why: why.into() };
                let wrong = (vec![line(2, "unknown"), line(3, "not-a-date")], 4);
                payments(ctx, &PaymentsView { wrong, ..PaymentsView::sample() })
            },
        },
        Sample {
            name: "execution/payments-no-file",
            draw: |ctx| {
                payments(ctx, &PaymentsView { errors: Errors::one("file", Problem::Missing), ..PaymentsView::sample() })
            },
        },
    ]
}
