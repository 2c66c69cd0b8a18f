//! Recipes: what makers of finished plans tell the next buurt; the list, one of them, and the form of four questions.

mod form;
mod list;

pub use form::{EvaluationView, evaluation};
pub use list::{RecipeCard, RecipesView, list};

use crate::frame::{Frame, frame};
use crate::kit;
use crate::{Ctx, Sample};
use domain::dialogue::COMMENT_REASONS;
use domain::evaluation::{Again, Evaluation};
use domain::form::{Errors, Problem, Raw};
use domain::money::Cents;
use domain::time::{DAY, Seconds};
use domain::urls;
use leptos::prelude::*;

/// One recipe.
#[derive(Clone, Debug)]
pub struct RecipeView {
    /// Plan.
    pub id: i64,
    /// Title.
    pub title: String,
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
    /// Buurt.
    pub buurt: String,
    /// For its link.
    pub buurt_slug: String,
    /// Programme's name; may be empty.
    pub programme: String,
    /// One of `FOR_KINDS`.
    pub for_kind: String,
    /// Who helped; may be empty.
    pub helpers: String,
    /// Number of supporters.
    pub supports: i64,
    /// What was paid; zero: nothing yet by the books.
    pub spent: Cents,
    /// From publishing until it was done, in seconds, where both are known.
    pub took: Option<Seconds>,
    /// Steps that were done.
    pub steps: Vec<String>,
    /// What its makers tell.
    pub told: Evaluation,
    /// Hidden: why, and in whose name.
    pub hidden: Option<(String, String)>,
    /// The reader is one of its makers.
    pub own: bool,
    /// The reader may hide it.
    pub may_hide: bool,
    /// Everybody may read it, so it can be taken over.
    pub public: bool,
    /// What was typed to hide it.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl RecipeView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            id: 9,
            title: "Soep op de stoep".into(),
            what: "Elke vrijdag soep koken op het plein.".into(),
            why: "De buren kennen elkaar niet.".into(),
            buurt: "Betondorp".into(),
            buurt_slug: "betondorp".into(),
            programme: "Sociaal".into(),
            for_kind: "group".into(),
            helpers: "Vier koks".into(),
            supports: 41,
            spent: Cents(118_760),
            took: Some(93 * DAY),
            steps: vec!["Pannen gekocht".into(), "Eerste vrijdag".into()],
            told: Evaluation {
                worked: "Iedereen bleef hangen.\nOok als het regende.".into(),
                failed: "De vergunning kwam laat.".into(),
                advice: "Begin klein, en vraag de buren zelf.".into(),
                again: Again::Differently,
            },
            hidden: None,
            own: false,
            may_hide: false,
            public: true,
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }
}

fn answers(ctx: &Ctx, e: &Evaluation) -> AnyView {
    [("recipes-worked", &e.worked), ("recipes-failed", &e.failed), ("recipes-advice", &e.advice)]
        .into_iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(key, words)| view! { <section class="fb-stack fb-stack--tight"><h2 class="ams-heading ams-heading--3">{ctx.t(key)}</h2>{kit::lines(words)}</section> })
        .collect_view()
        .into_any()
}

fn facts(ctx: &Ctx, r: &RecipeView) -> AnyView {
    let row = |key: &str, value: String| view! { <div class="fb-facts__row"><dt class="fb-facts__term">{ctx.t(key)}</dt><dd class="fb-facts__value" dir="auto">{value}</dd></div> };
    let cost = if r.spent > Cents::ZERO { ctx.money(r.spent) } else { ctx.t("recipes-spent-unknown") };
    let took =
        r.took.map(|seconds| row("recipes-took", ctx.ta("recipes-days", &[("count", (seconds / DAY).max(1).into())])));
    let more = [("plans-programme", &r.programme), ("plans-helpers", &r.helpers)]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(key, text)| row(key, text.clone()))
        .collect_view();
    let steps = (!r.steps.is_empty()).then(|| row("recipes-steps", r.steps.join(" · ")));
    view! {
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("recipes-needs")}</h2>
            <div class="fb-card"><div class="fb-card__body"><dl class="fb-facts">
                {kit::fact(ctx.t("recipes-cost"), cost)}
                {took}
                {kit::fact(ctx.t("plans-support"), crate::plans::supports(ctx, r.supports))}
                {row("recipes-by", ctx.t(&format!("for-{}", r.for_kind)))}
                {more}
                {steps}
            </dl></div></div>
        </section>
    }
    .into_any()
}

/// One tap: a plan of one's own, with these texts to change.
fn take_over(ctx: &Ctx, r: &RecipeView) -> AnyView {
    if !r.public {
        return ().into_any();
    }
    let field = |name: &'static str, value: String| view! { <input type="hidden" name=name value=value/> };
    let cost = if r.spent > Cents::ZERO { texts::money_plain(r.spent) } else { String::new() };
    view! {
        <form class="fb-barform" method="post" action=ctx.url(&urls::NewInitiative {})>
            {kit::hidden(ctx)}
            {field("title", r.title.clone())}{field("what", r.what.clone())}{field("why", r.why.clone())}{field("cost", cost)}{field("source", r.id.to_string())}
            <div class="fb-bar"><p class="fb-bar__status"><span>{ctx.t("recipes-take-hint")}</span></p>
                <button class="ams-button ams-button--primary">{ctx.t("recipes-take")}</button></div>
        </form>
    }
    .into_any()
}

/// For its makers and for the desk.
fn inside(ctx: &Ctx, r: &RecipeView) -> AnyView {
    let hidden = r.hidden.as_ref().map(|(why, by)| {
        let by = if by.is_empty() {
            ctx.t("comment-hidden")
        } else {
            ctx.ta("comment-hidden-by", &[("name", by.as_str().into())])
        };
        view! { <p class="ams-paragraph">{by}" "{ctx.t(&format!("comment-why-{why}"))}</p> }
    });
    let own = r.own.then(|| {
        view! {
            <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::InitiativeEvaluation { id: r.id })>{ctx.t("recipes-change")}</a></p>
            <form method="post" action=ctx.url(&urls::InitiativeEvaluationDrop { id: r.id })>{kit::hidden(ctx)}<button class="ams-button ams-button--tertiary">{ctx.t("recipes-take-back")}</button></form>
        }
    });
    let reasons: Vec<(String, String)> =
        COMMENT_REASONS.iter().map(|why| ((*why).to_owned(), ctx.t(&format!("comment-why-{why}")))).collect();
    let action = ctx.url(&urls::RecipeHide { id: r.id });
    let desk = r.may_hide.then(|| {
        if r.hidden.is_some() {
            view! { <form method="post" action=action>{kit::hidden(ctx)}<input type="hidden" name="act" value="stand"/><button class="ams-button ams-button--secondary">{ctx.t("recipes-show-again")}</button></form> }.into_any()
        } else {
            view! {
                <details class="fb-details" open=!r.errors.0.is_empty()><summary class="fb-details__button">{ctx.t("recipes-hide")}</summary>
                    <form class="fb-form" method="post" action=action novalidate>{kit::hidden(ctx)}<input type="hidden" name="act" value="hide"/>
                        {kit::radios(ctx, "why", &ctx.t("recipes-hide-why"), &reasons, &r.typed, &r.errors)}
                        <p class="fb-meta">{ctx.t("recipes-hide-text")}</p>
                        <button class="ams-button ams-button--secondary fb-button--danger">{ctx.t("recipes-hide")}</button></form></details>
            }
            .into_any()
        }
    });
    if !(r.own || r.may_hide) {
        return ().into_any();
    }
    view! { <section class="fb-notice fb-notice--green">{hidden}{own}{desk}</section> }.into_any()
}

/// The page.
pub fn one(ctx: &Ctx, r: &RecipeView) -> AnyView {
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Recipes {})>{ctx.t("recipes-all")}</a>
        {kit::error_summary(ctx, &r.errors, &[("why", "recipes-hide-why")])}
        <div class="fb-head">
            <h1 class="ams-heading ams-heading--1" dir="auto">{r.title.clone()}</h1>
            <p class="fb-meta"><a class="ams-link" href=ctx.url(&urls::Buurt { buurt: r.buurt_slug.clone() })>{r.buurt.clone()}</a>" · "<a class="ams-link" href=ctx.url(&urls::Initiative { id: r.id })>{ctx.t("recipes-plan")}</a></p>
        </div>
        <p class="ams-paragraph ams-paragraph--large">{ctx.t(&format!("again-{}", r.told.again.key()))}</p>
        {inside(ctx, r)}
        {answers(ctx, &r.told)}
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("recipes-what")}</h2>{kit::lines(&r.what)}</section>
        {facts(ctx, r)}
        {take_over(ctx, r)}
    };
    frame(ctx, Frame::narrow(r.title.clone()).failed(!r.errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "recipes/list", draw: |ctx| list(ctx, &RecipesView::sample()) },
        Sample {
            name: "recipes/list-empty",
            draw: |ctx| {
                list(ctx, &RecipesView { recipes: Vec::new(), total: 0, pages: 1, next: None, ..RecipesView::sample() })
            },
        },
        Sample { name: "recipes/one", draw: |ctx| one(ctx, &RecipeView::sample()) },
        Sample {
            name: "recipes/one-unpaid",
            draw: |ctx| {
                one(
                    ctx,
                    &RecipeView {
                        spent: Cents::ZERO,
                        took: None,
                        may_hide: true,
                        errors: Errors::one("why", Problem::NotAChoice),
                        ..RecipeView::sample()
                    },
                )
            },
        },
        Sample {
            name: "recipes/one-hidden",
            draw: |ctx| {
                let hidden = Some(("private".to_owned(), "Buurtwerk Oost".to_owned()));
                one(ctx, &RecipeView { hidden, own: true, may_hide: true, public: false, ..RecipeView::sample() })
            },
        },
        Sample { name: "recipes/evaluation", draw: |ctx| evaluation(ctx, &EvaluationView::sample()) },
        Sample {
            name: "recipes/evaluation-wrong",
            draw: |ctx| {
                let errors = Errors(vec![("worked", Problem::Missing), ("again", Problem::Missing)]);
                evaluation(ctx, &EvaluationView { errors, told: false, ..EvaluationView::sample() })
            },
        },
    ]
}
