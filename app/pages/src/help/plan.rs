//! What a plan asks for, and who offers that: for its makers.

use super::parts::{
    IntroRow, OfferCard, introductions, kind_options, language_options, need, offer, ticks, time_options,
};
use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::help::{MOST_NEEDS, Need};
use domain::urls;
use leptos::prelude::*;

/// The page's data.
#[derive(Clone, Debug)]
pub struct PlanHelpView {
    /// Plan.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Everyone may read it, so that it can be introduced to who offers help.
    pub public: bool,
    /// What it asks for.
    pub needs: Vec<(i64, Need)>,
    /// Offers that fit, the best first; with the introduction there is, if any.
    pub matches: Vec<(OfferCard, Option<i64>)>,
    /// Introductions of this plan.
    pub introductions: Vec<IntroRow>,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl PlanHelpView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let needs = super::parts::PlanHelp::sample().needs;
        Self {
            id: 7,
            title: "Samen Spelen".into(),
            public: true,
            needs: needs.into_iter().map(|n| (3, n)).collect(),
            matches: vec![(OfferCard::sample(), None), (OfferCard::sample(), Some(5))],
            introductions: vec![IntroRow::sample()],
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }
}

fn fits(ctx: &Ctx, data: &PlanHelpView) -> AnyView {
    let title = view! { <h2 class="ams-heading ams-heading--2">{ctx.t("offer-matches")}</h2> };
    let told = if !data.public {
        Some("offer-matches-later")
    } else if data.matches.is_empty() {
        Some("offer-matches-none")
    } else {
        None
    };
    if let Some(key) = told {
        return view! { <section class="fb-section">{title}<div class="fb-empty"><p class="ams-paragraph">{ctx.t(key)}</p></div></section> }.into_any();
    }
    let cards = data
        .matches
        .iter()
        .map(|(card, known)| {
            let link = match known {
                Some(id) => view! { <a class="fb-more" href=ctx.url(&urls::HelpIntroduction { introduction: *id })>{ctx.t("intro-see")}</a> }.into_any(),
                None => view! { <a class="ams-button ams-button--secondary" href=ctx.url(&urls::InitiativeHelpAsk { id: data.id, offer: card.id })>{ctx.t("intro-ask")}</a> }.into_any(),
            };
            view! { <li class="fb-card fb-card--flat"><div class="fb-card__body fb-stack">{offer(ctx, card)}<p class="fb-row">{link}</p></div></li> }
        })
        .collect_view();
    view! { <section class="fb-section">{title}<ul class="fb-cards fb-cards--dense">{cards}</ul></section> }.into_any()
}

/// The page.
pub fn plan(ctx: &Ctx, data: &PlanHelpView) -> AnyView {
    let (typed, errors) = (&data.typed, &data.errors);
    let needs = data
        .needs
        .iter()
        .map(|(id, n)| {
            view! {
                <li class="fb-card fb-card--flat"><div class="fb-card__body fb-stack fb-stack--tight">{need(ctx, n)}
                    <form method="post" action=ctx.url(&urls::InitiativeHelpDrop { id: data.id })>{kit::hidden(ctx)}<input type="hidden" name="need" value=id.to_string()/>
                        <button class="ams-button ams-button--tertiary">{ctx.t("offer-need-drop")}</button></form></div></li>
            }
        })
        .collect_view();
    let words = Field {
        name: "words",
        label: ctx.t("offer-need-words"),
        hint: ctx.t("offer-need-words-hint"),
        kind: Kind::Area,
        heading: false,
        typed,
        errors,
    };
    let form = (data.needs.len() < MOST_NEEDS || !errors.0.is_empty()).then(|| {
        view! {
            <details class="fb-details" open=data.needs.is_empty() || !errors.0.is_empty()><summary class="fb-details__button">{ctx.t("offer-need-add")}</summary>
                <form class="fb-form" method="post" action=ctx.url(&urls::InitiativeHelp { id: data.id }) novalidate>{kit::hidden(ctx)}
                    {ticks(ctx, "kind", ("offer-need-kinds", "offer-kinds-hint"), &kind_options(ctx), typed, errors)}
                    {kit::field(ctx, &words)}
                    {ticks(ctx, "time", ("offer-times", "offer-times-hint"), &time_options(ctx), typed, errors)}
                    {ticks(ctx, "language", ("offer-need-languages", "optional"), &language_options(ctx), typed, errors)}
                    <button class="ams-button ams-button--primary">{ctx.t("offer-need-send")}</button></form></details>
        }
    });
    let full = (data.needs.len() >= MOST_NEEDS)
        .then(|| view! { <p class="fb-meta">{ctx.ta("offer-needs-full", &[("max", MOST_NEEDS.into())])}</p> });
    let met = (!data.introductions.is_empty()).then(|| view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("intro-mine")}</h2>{introductions(ctx, &data.introductions)}</section> });
    let labels = [
        ("needs", "offer-plan-asks"),
        ("kind", "offer-need-kinds"),
        ("words", "offer-need-words"),
        ("time", "offer-times"),
        ("language", "offer-need-languages"),
    ];
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Initiative { id: data.id })><span dir="auto">{data.title.clone()}</span></a>
        {kit::error_summary(ctx, errors, &labels)}
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{ctx.t("offer-plan-title")}</h1>
            <p class="ams-paragraph">{ctx.t("offer-plan-lead")}</p></div>
        {met}
        <section class="fb-section" id="needs"><h2 class="ams-heading ams-heading--2">{ctx.t("offer-plan-asks")}</h2>
            <ul class="fb-cards fb-cards--dense">{needs}</ul>{form}{full}</section>
        {fits(ctx, data)}
    };
    frame(ctx, Frame::narrow(ctx.t("offer-plan-title")).failed(!errors.0.is_empty()), main)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "help/plan", draw: |ctx| plan(ctx, &PlanHelpView::sample()) },
        Sample {
            name: "help/plan-first",
            draw: |ctx| {
                let view = PlanHelpView {
                    public: false,
                    needs: Vec::new(),
                    matches: Vec::new(),
                    introductions: Vec::new(),
                    errors: Errors::one("kind", Problem::Missing),
                    ..PlanHelpView::sample()
                };
                plan(ctx, &view)
            },
        },
        Sample {
            name: "help/plan-full",
            draw: |ctx| {
                let one = PlanHelpView::sample().needs[0].clone();
                let view = PlanHelpView {
                    needs: vec![one; MOST_NEEDS],
                    matches: Vec::new(),
                    errors: Errors::one("needs", Problem::TooMany(MOST_NEEDS)),
                    ..PlanHelpView::sample()
                };
                plan(ctx, &view)
            },
        },
    ]
}
