//! `/stemmen/{round}/controle`: find your receipt, and the tokens of every plan.

use super::data_link;
use crate::frame::{Frame, frame};
use crate::rounds::RoundCard;
use crate::{Ctx, kit};
use domain::form::{Errors, Raw};
use domain::urls;
use leptos::prelude::*;

/// Tokens per plan, to search.
#[derive(Clone, Debug)]
pub struct CheckView {
    /// The round.
    pub card: RoundCard,
    /// Title, votes, and tokens of each plan.
    pub plans: Vec<(String, usize, Vec<String>)>,
    /// Voters of this round got a receipt.
    pub receipts: bool,
    /// Titles in which a typed receipt was found; `None`: none was typed.
    pub found: Option<Vec<String>>,
    /// The tick boxes typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl CheckView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: RoundCard::sample(),
            plans: vec![("Samen Spelen".into(), 2, vec!["0a1b".repeat(16), "2c3d".repeat(16)])],
            receipts: true,
            found: None,
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }
}

/// Find your receipt.
pub fn check(ctx: &Ctx, data: &CheckView) -> AnyView {
    let plans = data
        .plans
        .iter()
        .map(|(title, votes, tokens)| {
            let items = tokens.iter().map(|t| view! { <li class="fb-isolate">{t.clone()}</li> }).collect_view();
            view! { <section class="fb-section"><h2 class="ams-heading ams-heading--3">{title.clone()}</h2><p class="fb-meta">{ctx.ta("check-tokens", &[("count", (*votes).into())])}</p><ul class="fb-meta">{items}</ul></section> }
        })
        .collect_view();
    let found = data.found.as_ref().map(|titles| {
        let items = titles.iter().map(|t| view! { <li class="ams-unordered-list__item">{t.clone()}</li> }).collect_view();
        let (class, text) = if titles.is_empty() { ("fb-notice fb-notice--plain", "check-not-found") } else { ("fb-notice fb-notice--green", "check-found") };
        view! { <section class=class role="status"><p class="ams-paragraph">{ctx.t(text)}</p><ul class="ams-unordered-list">{items}</ul></section> }
    });
    let field = kit::Field {
        name: "receipt",
        label: ctx.t("check-receipt"),
        hint: ctx.t("check-receipt-hint"),
        kind: kit::Kind::Code,
        heading: false,
        typed: &data.typed,
        errors: &data.errors,
    };
    let search = if data.receipts {
        view! {
            <p class="ams-paragraph">{ctx.t("check-text")}</p>
            {found}
            <form class="fb-form" method="post" novalidate>{kit::hidden(ctx)}{kit::field(ctx, &field)}<button class="ams-button ams-button--secondary">{ctx.t("check-do")}</button></form>
            <details class="fb-details"><summary class="fb-details__button">{ctx.t("check-how")}</summary>
                <p class="fb-meta">{ctx.t("check-how-text")}</p><p class="fb-meta fb-isolate">"HMAC-SHA-256(receipt, \""{data.card.slug.clone()}"\\n<plan>\\n1\")"</p></details>
        }
        .into_any()
    } else {
        view! { <section class="fb-notice fb-notice--plain"><p class="ams-paragraph">{ctx.t("check-no-receipts")}</p></section> }.into_any()
    };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::RoundResult { round: data.card.slug.clone() })>{ctx.t("rounds-to-result")}</a>
        {kit::error_summary(ctx, &data.errors, &[("receipt", "check-receipt")])}
        <div class="fb-head"><p class="fb-kicker">{data.card.title.clone()}</p><h1 class="ams-heading ams-heading--1">{ctx.t("check-title")}</h1></div>
        {search}
        <p class="ams-paragraph"><a class="ams-link" href=data_link(ctx, &data.card.slug)>{ctx.t("result-data")}</a></p>
        {plans}
    };
    frame(ctx, Frame::narrow(ctx.t("check-title")).failed(!data.errors.0.is_empty()), main)
}
