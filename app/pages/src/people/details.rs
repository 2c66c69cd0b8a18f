//! `/mijn/adrescode` and `/mijn/gegevens`.

use super::Typed;
use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use leptos::prelude::*;

/// Typing a residence code.
pub fn residence(ctx: &Ctx, form: &Typed) -> AnyView {
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Mine {})>{ctx.t("nav-mine")}</a>
        {kit::error_summary(ctx, &form.errors, &[("code", "people-residence-title")])}
        <form class="fb-form" method="post" action=ctx.url(&urls::MineResidence {}) novalidate>
            {kit::hidden(ctx)}
            {kit::field(ctx, &Field { name: "code", label: ctx.t("people-residence-title"), hint: ctx.t("people-residence-hint"), kind: Kind::Code, heading: true, typed: &form.raw, errors: &form.errors })}
            <details class="fb-details"><summary class="fb-details__button">{ctx.t("people-residence-none")}</summary><p class="ams-paragraph">{ctx.t("people-residence-none-text")}</p></details>
            {kit::bar(ctx.t("people-residence-do"))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("people-residence-title")).failed(form.failed()), main)
}

/// My details.
#[derive(Clone, Debug)]
pub struct DetailsView {
    /// Languages by code and own name.
    pub langs: Vec<(String, String)>,
    /// Buurten to choose from; empty once residence was shown.
    pub buurten: Vec<(String, String)>,
    /// A new password asks for the present one.
    pub asks_current: bool,
    /// The form.
    pub form: Typed,
}

impl DetailsView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            langs: vec![("nl".into(), "Nederlands".into()), ("en".into(), "English".into())],
            buurten: vec![("1".into(), "Vogelbuurt".into())],
            asks_current: true,
            form: Typed::wrong(
                Raw::from_pairs(&[("name", "Fatma"), ("lang", "nl")]),
                Errors::one("current", Problem::NotRight),
            ),
        }
    }
}

/// The page.
pub fn details(ctx: &Ctx, data: &DetailsView) -> AnyView {
    let (typed, errors) = (&data.form.raw, &data.form.errors);
    let buurt = (!data.buurten.is_empty()).then(|| {
        kit::select(ctx, "buurt", &ctx.t("people-buurt"), &ctx.t("people-buurt-choose"), &data.buurten, typed, errors)
    });
    let current = data.asks_current.then(|| {
        kit::field(
            ctx,
            &Field {
                name: "current",
                label: ctx.t("people-password-current"),
                hint: ctx.t("people-password-current-hint"),
                kind: Kind::Password("current-password"),
                heading: false,
                typed,
                errors,
            },
        )
    });
    let label = format!("{} {}", ctx.t("people-password-new"), ctx.t("optional"));
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Mine {})>{ctx.t("nav-mine")}</a>
        {kit::error_summary(ctx, errors, &[("name", "people-name"), ("lang", "people-lang"), ("buurt", "people-buurt"), ("password", "people-password-new"), ("current", "people-password-current")])}
        <h1 class="ams-heading ams-heading--1">{ctx.t("people-details-change")}</h1>
        <form class="fb-form" method="post" action=ctx.url(&urls::MineDetails {}) novalidate>
            {kit::hidden(ctx)}
            {kit::field(ctx, &Field { name: "name", label: ctx.t("people-name"), hint: ctx.t("people-name-hint"), kind: Kind::Line, heading: false, typed, errors })}
            {kit::select(ctx, "lang", &ctx.t("people-lang"), "", &data.langs, typed, errors)}
            {buurt}
            {kit::field(ctx, &Field { name: "password", label, hint: ctx.t("people-password-hint"), kind: Kind::Password("new-password"), heading: false, typed, errors })}
            {current}
            {kit::bar(ctx.t("save"))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("people-details-change")).failed(data.form.failed()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample {
            name: "people/residence",
            draw: |ctx| residence(ctx, &Typed::wrong(Raw::default(), Errors::one("code", Problem::NotRight))),
        },
        Sample { name: "people/details", draw: |ctx| details(ctx, &DetailsView::sample()) },
    ]
}
