//! Parts that the pages about a running plan share: its money, its steps with photos, what was agreed.

use super::{AccountView, AgreementView, ChangeView, InstalmentView, PhotoView, StepView};
use crate::{Ctx, kit};
use domain::execution::{InstalmentState, Purse, StepState};
use domain::money::Cents;
use domain::time::Seconds;
use domain::urls;
use leptos::prelude::*;

/// A heading with what stands below it.
pub(super) fn section(ctx: &Ctx, key: &str, inside: AnyView) -> AnyView {
    view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t(key)}</h2>{inside}</section> }
        .into_any()
}

/// What will come, where nothing is yet.
pub(super) fn nothing(ctx: &Ctx, key: &str) -> AnyView {
    view! { <p class="ams-paragraph fb-read">{ctx.t(key)}</p> }.into_any()
}

/// A key and words of somebody.
pub(super) fn words(term: String, value: &str) -> AnyView {
    view! { <div class="fb-facts__row"><dt class="fb-facts__term">{term}</dt><dd class="fb-facts__value" dir="auto">{value.to_owned()}</dd></div> }.into_any()
}

/// '12 oktober 2026', for machines too.
pub(super) fn day(ctx: &Ctx, at: Seconds) -> AnyView {
    view! { <time datetime=texts::rfc3339_day(at)>{texts::date(ctx.lang, at)}</time> }.into_any()
}

fn key_of(ctx: &Ctx, class: &'static str, key: &str, amount: Cents) -> AnyView {
    view! { <li class=class>{ctx.t(key)}" "<span class="fb-money">{ctx.money(amount)}</span></li> }.into_any()
}

/// Paid, under way and left of what was promised, as a bar with its figures; beside it what is not promised, or went back.
pub(super) fn purse(ctx: &Ctx, purse: &Purse) -> AnyView {
    let agreed = purse.committed + purse.paid;
    let figure = |key: &str| view! { <p class="fb-figure"><span class="fb-figure__value">{ctx.money(agreed)}</span>" "<span class="fb-figure__text">{ctx.t(key)}</span></p> };
    let open =
        (purse.open > Cents::ZERO).then(|| key_of(ctx, "fb-meter__key fb-meter__key--plan", "run-open", purse.open));
    let bar = match (agreed > Cents::ZERO, purse.committed > Cents::ZERO) {
        (false, _) => ().into_any(),
        // Nothing of it is left to pay.
        (true, false) => figure("run-paid-all").into_any(),
        (true, true) => view! {
            {figure("run-agreed")}
            <div class="fb-meter">{kit::meter(purse.paid, purse.open, agreed)}
                <ul class="fb-meter__legend">
                    {key_of(ctx, "fb-meter__key fb-meter__key--allotted", "run-paid", purse.paid)}
                    {open}
                    {key_of(ctx, "fb-meter__key fb-meter__key--left", "run-left", purse.left())}
                </ul></div>
        }
        .into_any(),
    };
    let fact = |key: &str, amount: Cents| (amount > Cents::ZERO).then(|| kit::fact(ctx.t(key), ctx.money(amount)));
    let beside = (purse.reserved > Cents::ZERO || purse.returned > Cents::ZERO).then(|| {
        view! { <dl class="fb-facts">{fact("run-reserved", purse.reserved)}{fact("run-returned", purse.returned)}</dl> }
    });
    (agreed > Cents::ZERO || beside.is_some())
        .then(|| view! { <div class="fb-card"><div class="fb-card__body fb-stack">{bar}{beside}</div></div> })
        .into_any()
}

/// What was agreed, in short.
pub(super) fn agreement(ctx: &Ctx, a: &AgreementView) -> AnyView {
    let partners =
        a.partners.iter().map(|(kind, name)| words(ctx.t(&format!("run-partner-{kind}")), name)).collect_view();
    let line = |key: &str, text: &str| (!text.is_empty()).then(|| words(ctx.t(key), text));
    let conditions = (!a.conditions.is_empty()).then(|| {
        view! { <div class="fb-stack fb-stack--tight"><h3 class="ams-heading ams-heading--4">{ctx.t("plans-conditions")}</h3>{kit::lines(&a.conditions)}</div> }
    });
    view! {
        <div class="fb-card"><div class="fb-card__body fb-stack">
            <dl class="fb-facts">
                {kit::fact(ctx.t("run-amount"), ctx.money(a.amount))}
                <div class="fb-facts__row"><dt class="fb-facts__term">{ctx.t("run-until")}</dt><dd class="fb-facts__value">{day(ctx, a.ends_at)}</dd></div>
                {line("run-responsible", &a.responsible)}
                {line("run-contact", &a.contact)}
                {partners}
            </dl>
            {conditions}
        </div></div>
    }
    .into_any()
}

/// Photos of a step: before and after stand beside each other.
pub(super) fn photos(ctx: &Ctx, plan: i64, step: &str, photos: &[PhotoView]) -> AnyView {
    if photos.is_empty() {
        return ().into_any();
    }
    let told = photos.iter().any(|p| p.before);
    let mut sorted = photos.to_vec();
    sorted.sort_by_key(|p| !p.before);
    let items = sorted
        .iter()
        .map(|p| {
            let key = if p.before { "run-photo-before" } else { "run-photo-after" };
            let src = ctx.url(&urls::InitiativeStepPhoto { id: plan, photo: p.id });
            let caption = told.then(|| view! { <p class="fb-meta">{ctx.t(key)}</p> });
            view! { <li><div class="fb-picture"><img class="fb-picture__img" src=src alt=ctx.ta("run-photo", &[("title", step.into())]) width="640" height="320" loading="lazy"/></div>{caption}</li> }
        })
        .collect_view();
    view! { <ul class="fb-cards">{items}</ul> }.into_any()
}

/// Where a step stands, in one word.
fn step_badge(ctx: &Ctx, s: &StepView) -> AnyView {
    let (class, key) = match s.state {
        StepState::Open if s.late(ctx.now) => ("ams-badge ams-badge--red", "run-step-late"),
        StepState::Open => ("ams-badge ams-badge--azure", "run-step-open"),
        StepState::Done => ("ams-badge ams-badge--orange", "run-step-done"),
        StepState::Confirmed => ("ams-badge ams-badge--lime", "run-step-confirmed"),
    };
    view! { <span class=class>{ctx.t(key)}</span> }.into_any()
}

/// When a step is planned, or was set; how late it is.
fn step_when(ctx: &Ctx, s: &StepView) -> AnyView {
    let on = |key: &str, at: Seconds| ctx.ta(key, &[("date", texts::date(ctx.lang, at).into())]);
    match s.done_at {
        Some(at) => view! { <p class="fb-meta">{on("plans-mark-done", at)}</p> }.into_any(),
        None if s.late(ctx.now) => {
            let days = texts::days_between(s.due_at, ctx.now).max(1);
            view! { <p class="fb-meta"><b>{ctx.ta("run-late-days", &[("count", days.into())])}</b>" · "{on("plans-mark-due", s.due_at)}</p> }.into_any()
        }
        None => view! { <p class="fb-meta">{on("plans-mark-due", s.due_at)}</p> }.into_any(),
    }
}

/// A step as a card in a list under a heading, with what can be done with it.
pub(super) fn step(ctx: &Ctx, plan: i64, s: &StepView, acts: AnyView) -> AnyView {
    let title = view! { <h3 class="ams-heading ams-heading--3" dir="auto">{s.title.clone()}</h3> };
    view! { <li class="fb-card" id=format!("stap-{}", s.id)>{inside(ctx, plan, s, title.into_any(), acts)}</li> }
        .into_any()
}

/// The one step that a page is about.
pub(super) fn one_step(ctx: &Ctx, plan: i64, s: &StepView) -> AnyView {
    let title = view! { <h2 class="ams-heading ams-heading--3" dir="auto">{s.title.clone()}</h2> };
    view! { <div class="fb-card">{inside(ctx, plan, s, title.into_any(), ().into_any())}</div> }.into_any()
}

fn inside(ctx: &Ctx, plan: i64, s: &StepView, title: AnyView, acts: AnyView) -> AnyView {
    let asked = s.asked_for.map(|at| view! { <p class="ams-paragraph">{ctx.ta("run-asked-later", &[("date", texts::date(ctx.lang, at).into())])}</p> });
    let money = s.money.map(|amount| view! { <p class="ams-paragraph">{ctx.ta("run-step-money", &[("amount", ctx.money(amount).into())])}</p> });
    view! {
        <div class="fb-card__body fb-stack fb-stack--tight">
            <p class="fb-row fb-row--tight">{step_badge(ctx, s)}</p>
            {title}
            {step_when(ctx, s)}{asked}{money}
            {kit::lines(&s.note)}
            {photos(ctx, plan, &s.title, &s.photos)}
            {acts}
        </div>
    }
    .into_any()
}

/// Class of the badge of an instalment.
pub(super) fn instalment_badge(ctx: &Ctx, state: InstalmentState) -> AnyView {
    let class = match state {
        InstalmentState::Prepared => "ams-badge ams-badge--orange",
        InstalmentState::Approved => "ams-badge ams-badge--azure",
        InstalmentState::Ordered => "ams-badge ams-badge--yellow",
        InstalmentState::Paid => "ams-badge ams-badge--lime",
        InstalmentState::Refused => "ams-badge ams-badge--red",
        InstalmentState::Void => "ams-badge",
    };
    view! { <span class=class>{ctx.t(&format!("run-stage-{}", state.key()))}</span> }.into_any()
}

/// What everybody may know of payments: amounts and days, no names.
pub(super) fn payments(ctx: &Ctx, all: &[InstalmentView]) -> AnyView {
    let rows: Vec<_> = all.iter().filter(|i| i.state == InstalmentState::Paid).collect();
    if rows.is_empty() {
        return nothing(ctx, "run-nothing-paid");
    }
    let rows = rows
        .iter()
        .map(|i| view! { <tr class="fb-table__row"><th class="ams-table__header-cell fb-table__lead" scope="row">{day(ctx, i.at)}</th><td class="ams-table__cell ams-table__cell--align-end" data-label=ctx.t("run-amount")><span class="fb-money">{ctx.money(i.amount)}</span></td></tr> })
        .collect_view();
    view! {
        <div class="ams-table fb-table" role="region" aria-labelledby="betaald" tabindex="0">
            <table class="ams-table__table fb-table__table"><caption class="ams-table__caption" id="betaald">{ctx.t("run-payments")}</caption>
                <thead class="ams-table__header fb-table__head"><tr><th class="ams-table__header-cell" scope="col">{ctx.t("run-paid-on")}</th><th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{ctx.t("run-amount")}</th></tr></thead>
                <tbody>{rows}</tbody></table></div>
    }
    .into_any()
}

/// What a change would make of what was agreed.
pub(super) fn change(ctx: &Ctx, c: &ChangeView, acts: AnyView) -> AnyView {
    let amount = c.amount.map(|amount| kit::fact(ctx.t("run-change-amount"), ctx.money(amount)));
    let until = c.ends_at.map(|at| kit::fact(ctx.t("run-change-until"), texts::date(ctx.lang, at)));
    let step = c.step.as_ref().map(|(title, at)| {
        words(ctx.ta("run-change-step", &[("title", title.as_str().into())]), &texts::date(ctx.lang, *at))
    });
    let facts = (amount.is_some() || until.is_some() || step.is_some())
        .then(|| view! { <dl class="fb-facts">{amount}{until}{step}</dl> });
    let (class, key) = match c.decided {
        None => ("ams-badge ams-badge--orange", "run-change-waits"),
        Some((_, true)) => ("ams-badge ams-badge--lime", "run-change-agreed"),
        Some((_, false)) => ("ams-badge ams-badge--red", "run-change-refused"),
    };
    let by = ctx.t(if c.by_makers { "run-by-makers" } else { "run-by-staff" });
    let reason =
        (!c.reason.is_empty()).then(|| view! { <blockquote class="fb-quote">{kit::lines(&c.reason)}</blockquote> });
    view! {
        <li class="fb-card"><div class="fb-card__body fb-stack fb-stack--tight">
            <p class="fb-row fb-row--tight"><span class=class>{ctx.t(key)}</span><span class="fb-meta">{by}" · "{day(ctx, c.at)}</span></p>
            {c.stop.then(|| view! { <p class="ams-paragraph"><b>{ctx.t("run-change-stop")}</b></p> })}
            {kit::lines(&c.what)}
            {(!c.why.is_empty()).then(|| view! { <p class="ams-paragraph"><b>{ctx.t("run-why")}</b></p> })}{kit::lines(&c.why)}
            {facts}{reason}{acts}
        </div></li>
    }
    .into_any()
}

/// What was spent, line by line, and what goes back.
pub(super) fn account(ctx: &Ctx, plan: i64, a: &AccountView) -> AnyView {
    let rows = a
        .lines
        .iter()
        .map(|(what, amount)| view! { <tr class="fb-table__row"><th class="ams-table__header-cell fb-table__lead" scope="row" dir="auto">{what.clone()}</th><td class="ams-table__cell ams-table__cell--align-end" data-label=ctx.t("run-amount")><span class="fb-money">{ctx.money(*amount)}</span></td></tr> })
        .collect_view();
    let more = |key: &str, amount: Cents| (amount > Cents::ZERO).then(|| kit::fact(ctx.t(key), ctx.money(amount)));
    let receipts = (!a.receipts.is_empty()).then(|| {
        let items = a.receipts.iter().zip(1_i64..).map(|(id, n)| {
            let href = ctx.url(&urls::InitiativeReceipt { id: plan, receipt: *id });
            view! { <a class="fb-more" href=href>{ctx.ta("run-receipt", &[("number", n.into())])}</a> }
        });
        view! { <p class="fb-row">{items.collect_view()}</p> }
    });
    view! {
        <div class="fb-stack">
            {kit::lines(&a.words)}
            <div class="ams-table fb-table" role="region" aria-labelledby="afrekening" tabindex="0">
                <table class="ams-table__table fb-table__table"><caption class="ams-table__caption" id="afrekening">{ctx.t("run-spent-on")}</caption>
                    <thead class="ams-table__header fb-table__head"><tr><th class="ams-table__header-cell" scope="col">{ctx.t("run-line-what")}</th><th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{ctx.t("run-amount")}</th></tr></thead>
                    <tbody>{rows}</tbody></table></div>
            <dl class="fb-facts">{kit::fact(ctx.t("run-spent"), ctx.money(a.spent()))}{more("run-goes-back", a.back)}{more("run-owed", a.owed)}{more("run-to-pay", a.to_pay)}</dl>
            {receipts}
        </div>
    }
    .into_any()
}
