//! `/inloggen/tweede-stap` and its set-up.

use super::Typed;
use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::urls;
use leptos::prelude::*;

/// Setting up the app.
#[derive(Clone, Debug)]
pub struct SetupView {
    /// QR code as SVG, drawn by us.
    pub qr: String,
    /// For typing over.
    pub secret: String,
    /// The form; `verder` in it is the local path to go on to.
    pub form: Typed,
}

fn next(form: &Typed) -> AnyView {
    let path = form.raw.get("verder").to_owned();
    (!path.is_empty()).then(|| view! { <input type="hidden" name="verder" value=path/> }).into_any()
}

/// The set-up page.
pub fn setup(ctx: &Ctx, data: &SetupView) -> AnyView {
    let (typed, errors) = (&data.form.raw, &data.form.errors);
    let groups: Vec<String> = data.secret.chars().collect::<Vec<_>>().chunks(4).map(|g| g.iter().collect()).collect();
    let main = view! {
        {kit::error_summary(ctx, errors, &[("code", "people-code-app")])}
        <div class="fb-head">
            <h1 class="ams-heading ams-heading--1">{ctx.t("people-setup-title")}</h1>
            <p class="ams-paragraph">{ctx.t("people-setup-text")}</p>
        </div>
        <ol class="ams-ordered-list">
            <li class="ams-ordered-list__item">{ctx.t("people-setup-1")}</li>
            <li class="ams-ordered-list__item">{ctx.t("people-setup-2")}</li>
            <li class="ams-ordered-list__item">{ctx.t("people-setup-3")}</li>
        </ol>
        <div class="fb-picture fb-picture--square" role="img" aria-label=ctx.t("people-setup-qr") inner_html=data.qr.clone()></div>
        <p class="ams-paragraph">{ctx.t("people-setup-typed")}</p>
        <p class="ams-paragraph"><code class="fb-isolate">{groups.join(" ")}</code></p>
        <form class="fb-form" method="post" action=ctx.url(&urls::SecondFactorSetup {}) novalidate>
            {kit::hidden(ctx)}
            {next(&data.form)}
            {kit::field(ctx, &Field { name: "code", label: ctx.t("people-code-app"), hint: String::new(), kind: Kind::Code, heading: false, typed, errors })}
            {kit::bar(ctx.t("people-setup-do"))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("people-setup-title")).failed(data.form.failed()), main)
}

/// The recovery codes, shown once.
pub fn recovery(ctx: &Ctx, codes: &[String], next: &str) -> AnyView {
    let lines = codes
        .iter()
        .map(|c| view! { <li class="ams-unordered-list__item"><code class="fb-isolate">{c.clone()}</code></li> })
        .collect_view();
    let main = view! {
        <h1 class="ams-heading ams-heading--1">{ctx.t("people-recovery-title")}</h1>
        <p class="ams-paragraph">{ctx.t("people-recovery-text")}</p>
        <ul class="ams-unordered-list">{lines}</ul>
        <div class="fb-bar"><a class="ams-button ams-button--primary" href=next.to_owned()>{ctx.t("people-recovery-do")}</a></div>
    };
    frame(ctx, Frame::narrow(ctx.t("people-recovery-title")), main)
}

/// Asking for the second factor.
pub fn step(ctx: &Ctx, form: &Typed) -> AnyView {
    let main = view! {
        {kit::error_summary(ctx, &form.errors, &[("code", "people-step-title")])}
        <form class="fb-form" method="post" action=ctx.url(&urls::SecondFactor {}) novalidate>
            {kit::hidden(ctx)}
            {next(form)}
            {kit::field(ctx, &Field { name: "code", label: ctx.t("people-step-title"), hint: ctx.t("people-step-hint"), kind: Kind::Code, heading: true, typed: &form.raw, errors: &form.errors })}
            {kit::bar(ctx.t("next"))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("people-step-title")).failed(form.failed()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample {
            name: "people/second-factor-setup",
            draw: |ctx| {
                setup(
                    ctx,
                    &SetupView {
                        qr: "<svg viewBox=\"0 0 1 1\"></svg>".into(),
                        secret: "ABCDEFGH".into(),
                        form: Typed::default(),
                    },
                )
            },
        },
        Sample { name: "people/recovery", draw: |ctx| recovery(ctx, &["ABCDE-12345".into()], "/mijn") },
        Sample { name: "people/second-factor", draw: |ctx| step(ctx, &Typed::default()) },
    ]
}
