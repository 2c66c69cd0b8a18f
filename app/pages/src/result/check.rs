//! `/stemmen/{round}/controle`: find your receipt, and the tokens of every plan.

use super::data_link;
use crate::ballot::{counts_points, worth};
use crate::frame::{Frame, frame};
use crate::rounds::RoundCard;
use crate::{Ctx, kit};
use domain::form::{Errors, Raw};
use domain::round::BallotForm;
use domain::urls;
use leptos::prelude::*;

/// Tokens per plan, to search.
#[derive(Clone, Debug)]
pub struct CheckView {
    /// The round.
    pub card: RoundCard,
    /// Form of ballot.
    pub form: BallotForm,
    /// The lists, by plan and place.
    pub lists: Vec<TokenList>,
    /// Voters of this round got a receipt.
    pub receipts: bool,
    /// Titles in which a typed receipt was found, with points or place (1 in other forms); `None`: none was typed.
    pub found: Option<Vec<(String, u32)>>,
    /// The receipt as typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

/// Tokens of a plan, at one place where ballots rank.
#[derive(Clone, Debug)]
pub struct TokenList {
    /// The plan's title.
    pub title: String,
    /// Place; 0 where ballots do not rank.
    pub place: u32,
    /// The plan's votes or points.
    pub votes: usize,
    /// Hexadecimal, sorted.
    pub tokens: Vec<String>,
}

impl CheckView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: RoundCard::sample(),
            form: BallotForm::Approval { most: 2 },
            lists: vec![TokenList {
                title: "Samen Spelen".into(),
                place: 0,
                votes: 2,
                tokens: vec!["0a1b".repeat(16), "2c3d".repeat(16)],
            }],
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
        .lists
        .iter()
        .map(|list| {
            let count = if list.place == 0 { list.votes } else { list.tokens.len() };
            let title = if list.place == 0 {
                list.title.clone()
            } else {
                format!("{} · {}", list.title, ctx.ta("ballot-place", &[("place", i64::from(list.place).into())]))
            };
            let items = list.tokens.iter().map(|t| view! { <li class="fb-isolate">{t.clone()}</li> }).collect_view();
            view! { <section class="fb-section"><h2 class="ams-heading ams-heading--3">{title}</h2><p class="fb-meta">{ctx.ta(if list.place == 0 && counts_points(data.form) { "result-points" } else { "check-tokens" }, &[("count", count.into())])}</p><ul class="fb-meta">{items}</ul></section> }
        })
        .collect_view();
    let found = data.found.as_ref().map(|titles| {
        let items = titles.iter().map(|(title, value)| view! { <li class="ams-unordered-list__item">{title.clone()}{worth(ctx, data.form, *value).map(|w| format!(": {w}"))}</li> }).collect_view();
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
                <p class="fb-meta">{ctx.t("check-how-text")}</p><p class="fb-meta fb-isolate">"HMAC-SHA-256(receipt, \""{data.card.slug.clone()}"\\n<plan>\\n<i>\")"</p></details>
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
