//! Offering help, or changing an offer.

use super::parts::{kind_options, language_options, ticks, time_options};
use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::help::{MOST_OFFERS, Reach};
use domain::urls;
use leptos::prelude::*;

/// The form's data.
#[derive(Clone, Debug, Default)]
pub struct OfferForm {
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
    /// Id and name of each buurt.
    pub buurten: Vec<(String, String)>,
    /// Signed in with a confirmed address.
    pub known: bool,
    /// The words come from the reader's answer to the survey, and nothing else does.
    pub carried: bool,
    /// Made for this plan: id and title.
    pub plan: Option<(i64, String)>,
    /// The offer that is changed.
    pub offer: Option<i64>,
}

impl OfferForm {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            typed: Raw::from_pairs(&[
                ("words", "Twee uur in de week, een busje, Arabisch"),
                ("kind", "transport"),
                ("time", "weekend_morning"),
                ("language", "ar"),
                ("buurt", "1"),
                ("reach", "wijk"),
            ]),
            errors: Errors::default(),
            buurten: vec![("1".into(), "Vogelbuurt".into()), ("2".into(), "IJplein".into())],
            known: true,
            carried: false,
            plan: None,
            offer: None,
        }
    }
}

const LABELS: &[(&str, &str)] = &[
    ("offers", "offer-offers"),
    ("words", "offer-words"),
    ("kind", "offer-kinds"),
    ("time", "offer-times"),
    ("hours", "offer-hours"),
    ("language", "offer-languages"),
    ("other_language", "offer-other-language"),
    ("buurt", "offer-buurt-yours"),
    ("reach", "offer-reach"),
    ("until", "offer-until"),
];

/// Where the form stands, for coming back after signing in.
fn here(ctx: &Ctx, data: &OfferForm) -> String {
    let path = ctx.url(&urls::HelpNew {});
    data.plan.as_ref().map_or(path.clone(), |(id, _)| format!("{path}?plan={id}"))
}

fn notices(ctx: &Ctx, data: &OfferForm) -> AnyView {
    let carried = data.carried.then(|| view! { <section class="fb-notice fb-notice--green"><p class="ams-paragraph">{ctx.t("offer-carried")}</p></section> });
    let plan = data.plan.as_ref().map(|(id, title)| {
        view! { <p class="ams-paragraph">{ctx.t("offer-for-plan")}" "<a class="ams-link" dir="auto" href=ctx.url(&urls::Initiative { id: *id })>{title.clone()}</a></p> }
    });
    view! { {carried}{plan} }.into_any()
}

/// What signing in is for, and that nothing typed is lost.
fn sign_in(ctx: &Ctx, data: &OfferForm) -> AnyView {
    let href = format!("{}?verder={}", ctx.url(&urls::SignIn {}), urls::encode(&here(ctx, data)));
    view! {
        <section class="fb-notice"><h2 class="ams-heading ams-heading--3">{ctx.t("offer-sign-in")}</h2>
            <p class="ams-paragraph">{ctx.t("offer-sign-in-text")}</p>
            <a class="ams-button ams-button--primary" href=href>{ctx.t("nav-sign-in")}</a></section>
    }
    .into_any()
}

/// The page.
pub fn form(ctx: &Ctx, data: &OfferForm) -> AnyView {
    let (typed, errors) = (&data.typed, &data.errors);
    let field = |name, label: &str, hint: &str, kind| {
        let hint = if hint.is_empty() { String::new() } else { ctx.t(hint) };
        kit::field(ctx, &Field { name, label: ctx.t(label), hint, kind, heading: false, typed, errors })
    };
    let reach: Vec<(String, String)> =
        Reach::ALL.iter().map(|r| (r.key().to_owned(), ctx.t(&format!("offer-reach-{}", r.key())))).collect();
    let (action, title) = match data.offer {
        Some(offer) => (ctx.url(&urls::HelpOffer { offer }), "offer-change-title"),
        None => (ctx.url(&urls::HelpNew {}), "offer-new-title"),
    };
    let plan = data.plan.as_ref().map(|(id, _)| view! { <input type="hidden" name="plan" value=id.to_string()/> });
    // An offer that is changed shows what is kept, and no draft of another one.
    let draft = data.offer.is_none().then(|| kit::draft(ctx, "hulp", "help-offer"));
    let end = if data.known {
        let label = if data.offer.is_some() { "offer-save" } else { "offer-send" };
        view! { <p class="fb-meta">{ctx.t("offer-privacy")}</p>{kit::bar(ctx.t(label))} }.into_any()
    } else {
        sign_in(ctx, data)
    };
    let main = view! {
        {kit::error_summary(ctx, errors, LABELS)}
        {draft}
        <div class="fb-head" id="offers"><h1 class="ams-heading ams-heading--1">{ctx.t(title)}</h1>
            <p class="ams-paragraph">{ctx.t("offer-new-lead")}</p></div>
        {notices(ctx, data)}
        <form class="fb-form" id="hulp" method="post" action=action novalidate data-keep=data.carried.then_some("")>
            {kit::hidden(ctx)}
            <input type="hidden" name="send" value="1"/>
            {plan}
            {field("words", "offer-words", "offer-words-hint", Kind::Area)}
            {ticks(ctx, "kind", ("offer-kinds", "offer-kinds-hint"), &kind_options(ctx), typed, errors)}
            {kit::select(ctx, "buurt", &ctx.t("offer-buurt-yours"), &ctx.t("plans-choose"), &data.buurten, typed, errors)}
            {kit::radios(ctx, "reach", &ctx.t("offer-reach"), &reach, typed, errors)}
            {ticks(ctx, "time", ("offer-times", "offer-times-hint"), &time_options(ctx), typed, errors)}
            {field("hours", "offer-hours", "optional", Kind::Number)}
            {ticks(ctx, "language", ("offer-languages", "optional"), &language_options(ctx), typed, errors)}
            {field("other_language", "offer-other-language", "optional", Kind::Line)}
            {field("until", "offer-until", "offer-until-hint", Kind::Date)}
            {end}
        </form>
    };
    let page = Frame::narrow(ctx.t(title)).failed(!errors.0.is_empty());
    frame(ctx, if data.offer.is_none() { page.with_islands() } else { page }, main)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "help/new", draw: |ctx| form(ctx, &OfferForm::sample()) },
        Sample {
            name: "help/new-carried",
            draw: |ctx| form(ctx, &OfferForm { carried: true, known: false, ..OfferForm::sample() }),
        },
        Sample {
            name: "help/new-wrong",
            draw: |ctx| {
                let errors = Errors(vec![
                    ("offers", Problem::TooMany(MOST_OFFERS)),
                    ("kind", Problem::Missing),
                    ("until", Problem::NotAhead),
                ]);
                form(ctx, &OfferForm { errors, plan: Some((7, "Samen Spelen".into())), ..OfferForm::sample() })
            },
        },
        Sample { name: "help/change", draw: |ctx| form(ctx, &OfferForm { offer: Some(4), ..OfferForm::sample() }) },
    ]
}
