//! `/stemmen/{round}/controle`: find your receipt among the tokens of every plan, on your own phone.

use super::data_link;
use crate::frame::{Frame, frame};
use crate::rounds::RoundCard;
use crate::{Ctx, kit};
use domain::form::{Errors, Raw};
use domain::round::BallotForm;
use domain::urls;
use islands::FindReceipt;
use leptos::prelude::*;

/// What can be looked for.
#[derive(Clone, Debug)]
pub struct CheckView {
    /// The round.
    pub card: RoundCard,
    /// Form of ballot.
    pub form: BallotForm,
    /// Plans of the paper: id, title, lines in their lists.
    pub plans: Vec<(i64, String, usize)>,
    /// Voters of this round got a receipt.
    pub receipts: bool,
}

impl CheckView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: RoundCard::sample(),
            form: BallotForm::Approval { most: 2 },
            plans: vec![(1, "Samen Spelen".into(), 2), (2, "Huiswerkclub <b>".into(), 1)],
            receipts: true,
        }
    }

    /// Numbers that tokens of a plan can have.
    fn numbers(&self) -> String {
        let most = match self.form {
            BallotForm::Approval { .. } | BallotForm::Knapsack => 1,
            BallotForm::Points { sum, each } => each.min(sum),
            BallotForm::Ranking { most } => u32::try_from(most.min(self.plans.len())).unwrap_or(u32::MAX),
        };
        (1..=most).map(|i| i.to_string()).collect::<Vec<_>>().join(" ")
    }
}

/// What a found plan says: its title, and points or place.
fn found(ctx: &Ctx, data: &CheckView, (id, title, _): &(i64, String, usize)) -> AnyView {
    let worth = match data.form {
        BallotForm::Approval { .. } | BallotForm::Knapsack => ().into_any(),
        // The number is filled in by the island.
        BallotForm::Points { .. } => view! { ": "<span data-value></span>" "{ctx.t("check-points")} }.into_any(),
        BallotForm::Ranking { .. } => view! { ": "{ctx.t("check-place")}" "<span data-value></span> }.into_any(),
    };
    view! { <li class="ams-unordered-list__item" hidden data-plan=id.to_string() data-numbers=data.numbers()><strong dir="auto">{title.clone()}</strong>{worth}" · "{ctx.t("check-counted")}</li> }.into_any()
}

/// Find your receipt.
pub fn check(ctx: &Ctx, data: &CheckView) -> AnyView {
    let slug = || data.card.slug.clone();
    let search = if data.receipts {
        search(ctx, data)
    } else {
        view! { <section class="fb-notice fb-notice--plain"><p class="ams-paragraph">{ctx.t("check-no-receipts")}</p></section> }.into_any()
    };
    let counts = data
        .plans
        .iter()
        .map(|(_, title, lines)| kit::fact(title.clone(), ctx.ta("check-tokens", &[("count", (*lines).into())])))
        .collect_view();
    let counts = data.receipts.then(|| view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("check-lists")}</h2><dl class="fb-facts">{counts}</dl></section> });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::RoundResult { round: slug() })>{ctx.t("rounds-to-result")}</a>
        <div class="fb-head"><p class="fb-kicker">{data.card.title.clone()}</p><h1 class="ams-heading ams-heading--1">{ctx.t("check-title")}</h1></div>
        {search}
        {counts}
        <p class="ams-paragraph"><a class="ams-link" href=data_link(ctx, &data.card.slug)>{ctx.t("result-data")}</a></p>
    };
    let page = Frame::narrow(ctx.t("check-title"));
    frame(ctx, if data.receipts { page.with_islands() } else { page }, main)
}

fn search(ctx: &Ctx, data: &CheckView) -> AnyView {
    let lists = ctx.url(&urls::DataFile { file: format!("stemronde-{}.txt", data.card.slug) });
    let (typed, errors) = (Raw::default(), Errors::default());
    let field = kit::field(
        ctx,
        &kit::Field {
            name: "receipt",
            label: ctx.t("check-receipt"),
            hint: ctx.t("check-receipt-hint"),
            kind: kit::Kind::Code,
            heading: false,
            typed: &typed,
            errors: &errors,
        },
    );
    let plans = data.plans.iter().map(|plan| found(ctx, data, plan)).collect_view();
    view! {
        <p class="ams-paragraph">{ctx.t("check-text")}</p>
        // Only where the phone itself can look: what is typed goes nowhere.
        <form class="fb-form" id="zoek" hidden data-round=data.card.slug.clone() data-lists=lists.clone() novalidate>{field}
            <p class="fb-meta">{ctx.t("check-stays")}</p><button class="ams-button ams-button--secondary">{ctx.t("check-do")}</button></form>
        <div role="status">
            <section class="fb-notice" hidden data-outcome="bad"><p class="ams-paragraph">{ctx.t("check-bad")}</p></section>
            <section class="fb-notice fb-notice--plain" hidden data-outcome="none"><p class="ams-paragraph">{ctx.ta("check-not-found", &[("round", data.card.title.clone().into())])}</p>
                <p class="ams-paragraph"><a class="ams-link" href=ctx.url(&urls::RoundComplaint { round: data.card.slug.clone() })>{ctx.t("complaint-do")}</a></p></section>
            <section class="fb-notice fb-notice--green" hidden data-outcome="found"><p class="ams-paragraph">{ctx.t("check-found")}</p><ul class="ams-unordered-list">{plans}</ul></section>
        </div>
        <section class="fb-notice fb-notice--plain" data-without><p class="ams-paragraph">{ctx.t("check-without")}</p>
            <p class="ams-paragraph"><a class="ams-link" href=lists>{ctx.t("check-list")}</a></p></section>
        <section class="fb-section fb-read"><h2 class="ams-heading ams-heading--2">{ctx.t("check-proves")}</h2>
            <p class="ams-paragraph">{ctx.t("check-proves-yes")}</p><p class="ams-paragraph">{ctx.t("check-proves-no")}</p>
            <p class="ams-paragraph"><a class="ams-link" href=ctx.url(&urls::RoundComplaint { round: data.card.slug.clone() })>{ctx.t("complaint-do")}</a></p></section>
        <details class="fb-details"><summary class="fb-details__button">{ctx.t("check-how")}</summary>
            <p class="fb-meta">{ctx.t("check-how-text")}</p><p class="fb-meta fb-isolate">"HMAC-SHA-256(receipt, \""{data.card.slug.clone()}"\\n<plan>\\n<i>\")"</p></details>
        <FindReceipt/>
    }
    .into_any()
}
