//! Four questions to the makers of a finished plan.

use crate::Ctx;
use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use domain::evaluation::Again;
use domain::form::{Errors, Raw};
use domain::urls;
use leptos::prelude::*;

/// The form.
#[derive(Clone, Debug)]
pub struct EvaluationView {
    /// Plan.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Something was told before.
    pub told: bool,
    /// What was typed, or what stands there; with `version`.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl EvaluationView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            id: 9,
            title: "Soep op de stoep".into(),
            told: true,
            typed: Raw::from_pairs(&[("worked", "Iedereen bleef hangen."), ("again", "yes"), ("version", "1")]),
            errors: Errors::default(),
        }
    }
}

/// The page.
pub fn evaluation(ctx: &Ctx, data: &EvaluationView) -> AnyView {
    let field = |name, label: &str, hint: &str| {
        let (label, hint) = (ctx.t(label), ctx.t(hint));
        let about =
            Field { name, label, hint, kind: Kind::Area, heading: false, typed: &data.typed, errors: &data.errors };
        kit::field(ctx, &about)
    };
    let again: Vec<(String, String)> =
        Again::ALL.iter().map(|a| (a.key().to_owned(), ctx.t(&format!("again-mine-{}", a.key())))).collect();
    let labels = [
        ("worked", "recipes-worked"),
        ("failed", "recipes-failed"),
        ("advice", "recipes-advice"),
        ("again", "recipes-again"),
    ];
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Initiative { id: data.id })><span dir="auto">{data.title.clone()}</span></a>
        {kit::error_summary(ctx, &data.errors, &labels)}
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{ctx.t("recipes-form-title")}</h1>
            <p class="ams-paragraph">{ctx.t("recipes-form-intro")}</p></div>
        <form class="fb-form" method="post" action=ctx.url(&urls::InitiativeEvaluation { id: data.id }) novalidate>
            {kit::hidden(ctx)}
            <input type="hidden" name="version" value=data.typed.get("version").to_owned()/>
            {field("worked", "recipes-worked", "recipes-worked-hint")}
            {field("failed", "recipes-failed", "recipes-failed-hint")}
            {field("advice", "recipes-advice", "recipes-advice-hint")}
            {kit::radios(ctx, "again", &ctx.t("recipes-again"), &again, &data.typed, &data.errors)}
            <p class="fb-meta">{ctx.t("recipes-form-public")}</p>
            {kit::bar(ctx.t(if data.told { "recipes-keep" } else { "recipes-tell" }))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("recipes-form-title")).failed(!data.errors.0.is_empty()), main)
}
