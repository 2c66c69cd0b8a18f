//! Signing for a small plan, by moderator and staff together.

use crate::{Ctx, kit};
use domain::form::{Errors, Raw};
use domain::money::Cents;
use leptos::prelude::*;

/// What is known about signing for a small plan.
#[derive(Clone, Debug)]
pub struct Small {
    /// Budget years to choose from, newest first, with what the share holds.
    pub years: Vec<(i64, Cents)>,
    /// Wijk whose share it comes from.
    pub wijk: String,
    /// Small plans that its share funded before: year, how many, for how much.
    pub funded: Vec<(i64, i64, Cents)>,
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
            wijk: "Noord".into(),
            funded: vec![(2009, 0, Cents::ZERO), (2008, 3, Cents::euros(5200))],
            fixed: None,
            moderator: true,
            staff: false,
            amount: Cents::euros(1500),
            action: "/moderatie/7/klein-plan".into(),
            open: true,
        }
    }
}

/// How many small plans a wijk's share funded in a year, and for how much.
pub(crate) fn funded(ctx: &Ctx, wijk: &str, year: i64, count: i64, amount: Cents) -> String {
    ctx.ta(
        "small-funded",
        &[
            ("wijk", wijk.into()),
            ("year", year.to_string().into()),
            ("count", count.into()),
            ("amount", ctx.money(amount).into()),
        ],
    )
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
    let before = s
        .funded
        .iter()
        .filter(|(year, ..)| s.fixed.is_none_or(|f| f == *year))
        .map(|(year, count, amount)| view! { <p class="fb-meta">{funded(ctx, &s.wijk, *year, *count, *amount)}</p> })
        .collect_view();
    view! {
        <section class="fb-section">
            <h2 class="ams-heading ams-heading--2">{ctx.t("moderation-small-title")}</h2>
            <div class="fb-card"><div class="fb-card__body fb-stack">
                <p class="ams-paragraph">{ctx.ta("moderation-small-text", &[("amount", ctx.money(s.amount).into())])}</p>
                <dl class="fb-facts">{sign(s.moderator, "moderation-small-moderator")}{sign(s.staff, "moderation-small-staff")}</dl>
                {before}
                {form}
            </div></div>
        </section>
    }
    .into_any()
}
