//! 'Introduce us': the question from a helper to a plan, or from a plan's makers to who made an offer.

use super::parts::{OfferCard, offer};
use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use leptos::prelude::*;

/// The page's data.
#[derive(Clone, Debug)]
pub struct AskView {
    /// Plan: id and title.
    pub plan: (i64, String),
    /// The offer, where a plan's makers ask.
    pub offer: Option<OfferCard>,
    /// The reader's own offers to choose from: id and kinds.
    pub own: Vec<(String, Vec<&'static str>)>,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl AskView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            plan: (7, "Samen Spelen".into()),
            offer: None,
            own: vec![("4".into(), vec!["cooking"]), ("5".into(), vec!["transport", "language"])],
            typed: Raw::from_pairs(&[("call", "Fatma")]),
            errors: Errors::default(),
        }
    }
}

/// The page.
pub fn ask(ctx: &Ctx, data: &AskView) -> AnyView {
    let (id, title) = data.plan.clone();
    let (typed, errors) = (&data.typed, &data.errors);
    let field = |name, label: &str, hint: &str, kind| {
        kit::field(ctx, &Field { name, label: ctx.t(label), hint: ctx.t(hint), kind, heading: false, typed, errors })
    };
    let (action, back) = match &data.offer {
        Some(o) => (ctx.url(&urls::InitiativeHelpAsk { id, offer: o.id }), ctx.url(&urls::InitiativeHelp { id })),
        None => (ctx.url(&urls::InitiativeCanHelp { id }), ctx.url(&urls::Initiative { id })),
    };
    let options: Vec<(String, String)> =
        data.own.iter().map(|(id, kinds)| (id.clone(), super::parts::kinds(ctx, kinds))).collect();
    let choice = match options.as_slice() {
        [(one, kinds)] => view! { <input type="hidden" name="offer" value=one.clone()/><p class="fb-meta">{ctx.t("offer-offers")}": "{kinds.clone()}</p> }.into_any(),
        [] => ().into_any(),
        many => kit::radios(ctx, "offer", &ctx.t("intro-which-offer"), many, typed, errors),
    };
    let card = data
        .offer
        .as_ref()
        .map(|o| view! { <h2 class="ams-visually-hidden">{ctx.t("offer-offered")}</h2><div class="fb-card"><div class="fb-card__body fb-stack">{offer(ctx, o)}</div></div> });
    let title_key = if data.offer.is_some() { "intro-ask-title" } else { "intro-help-title" };
    let main = view! {
        <a class="fb-back" href=back><span dir="auto">{title}</span></a>
        {kit::error_summary(ctx, errors, &[("message", "intro-message"), ("call", "intro-call"), ("offer", "intro-which-offer")])}
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{ctx.t(title_key)}</h1>
            <p class="ams-paragraph">{ctx.t("intro-lead")}</p></div>
        {card}
        <form class="fb-form" method="post" action=action novalidate>
            {kit::hidden(ctx)}
            {choice}
            {field("message", "intro-message", "intro-message-hint", Kind::Area)}
            {field("call", "intro-call", "intro-call-hint", Kind::Line)}
            {kit::bar(ctx.t("intro-send"))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t(title_key)).failed(!errors.0.is_empty()), main)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample {
            name: "help/ask",
            draw: |ctx| ask(ctx, &AskView { errors: Errors::one("message", Problem::Missing), ..AskView::sample() }),
        },
        Sample {
            name: "help/ask-one",
            draw: |ctx| ask(ctx, &AskView { own: vec![("4".into(), vec!["cooking"])], ..AskView::sample() }),
        },
        Sample {
            name: "help/ask-offer",
            draw: |ctx| {
                let errors = Errors::one("message", Problem::AskedBefore);
                let view = AskView { offer: Some(OfferCard::sample()), own: Vec::new(), errors, ..AskView::sample() };
                ask(ctx, &view)
            },
        },
    ]
}
