//! `/beheer/klok`: moving the demo city's clock.

use crate::frame::{Frame, frame};
use crate::{Ctx, Sample, kit};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use leptos::prelude::*;

/// What time it is there, and how far to go; `steps` are keys with a text each.
pub fn clock(ctx: &Ctx, steps: &[&str], errors: &Errors) -> AnyView {
    let options: Vec<_> = steps.iter().map(|step| ((*step).to_owned(), ctx.t(&format!("clock-{step}")))).collect();
    let typed = Raw::from_pairs(&[("step", steps.first().copied().unwrap_or(""))]);
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Admin {})>{ctx.t("admin-title")}</a>
        {kit::error_summary(ctx, errors, &[("step", "admin-clock-step")])}
        <h1 class="ams-heading ams-heading--1">{ctx.t("admin-clock")}</h1>
        <p class="ams-paragraph">{ctx.ta("admin-clock-now", &[("time", texts::date_time(ctx.lang, ctx.now).into())])}</p>
        <p class="ams-paragraph">{ctx.t("admin-clock-text")}</p>
        <form class="fb-form" method="post" action=ctx.url(&urls::AdminClock {}) novalidate>
            {kit::hidden(ctx)}
            {kit::radios(ctx, "step", &ctx.t("admin-clock-step"), &options, &typed, errors)}
            {kit::bar(ctx.t("admin-clock-do"))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("admin-clock")).failed(!errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    const STEPS: [&str; 3] = ["hour", "day", "week"];
    vec![
        Sample { name: "admin/clock", draw: |ctx| clock(ctx, &STEPS, &Errors::default()) },
        Sample {
            name: "admin/clock-errors",
            draw: |ctx| clock(ctx, &STEPS, &Errors::one("step", Problem::NotAChoice)),
        },
    ]
}
