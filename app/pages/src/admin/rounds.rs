//! `/beheer/stemrondes`: the list, and one round with its steps. Setting one up is [`super::round_new`].

use crate::frame::{Frame, frame};
use crate::rounds::{PlanCard, RoundCard, digest_note, phase_badge, term, theme_badge};
use crate::{Ctx, Sample, kit};
use domain::form::{Errors, Raw};
use domain::round::Phase;
use domain::urls;
use leptos::prelude::*;

/// To the set-up of one more round like this.
fn again(ctx: &Ctx, card: &RoundCard) -> AnyView {
    let href = format!("{}?zoals={}", ctx.url(&urls::AdminRoundNew {}), card.slug);
    view! { <a class="fb-more" href=href>{ctx.t("admin-round-again")}<span class="ams-visually-hidden">": "{card.title.clone()}</span></a> }.into_any()
}

/// All rounds.
pub fn list(ctx: &Ctx, rounds: &[RoundCard]) -> AnyView {
    let cards = rounds
        .iter()
        .map(|card| {
            view! {
                <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight">
                    <p class="fb-row">{phase_badge(ctx, card.phase)}{theme_badge(ctx, card)}<span class="fb-money fb-end">{ctx.money(card.pot)}</span></p>
                    <h2 class="ams-heading ams-heading--3"><a class="fb-card__link" href=ctx.url(&urls::AdminRound { round: card.slug.clone() })>{card.title.clone()}</a></h2>
                    <p class="fb-meta">{format!("{} · {}", card.buurt, term(ctx, card))}</p>
                    <p class="fb-row fb-card__also">{again(ctx, card)}</p></div></li>
            }
        })
        .collect_view();
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Admin {})>{ctx.t("admin-title")}</a>
        <h1 class="ams-heading ams-heading--1">{ctx.t("admin-rounds")}</h1>
        <p class="ams-paragraph"><a class="ams-button ams-button--primary" href=ctx.url(&urls::AdminRoundNew {})>{ctx.t("admin-round-new")}</a></p>
        {if rounds.is_empty() { view! { <div class="fb-empty"><p class="ams-paragraph">{ctx.t("admin-rounds-none")}</p></div> }.into_any() } else { view! { <ul class="fb-cards">{cards}</ul> }.into_any() }}
    };
    frame(ctx, Frame::wide(ctx.t("admin-rounds")), main)
}

/// One round at the desk.
#[derive(Clone, Debug)]
pub struct AdminRoundView {
    /// The round.
    pub card: RoundCard,
    /// Its plans.
    pub plans: Vec<PlanCard>,
    /// Keys of the steps that can be done now, the ordinary one first.
    pub steps: Vec<&'static str>,
    /// Digest of the frozen paper.
    pub digest: Option<String>,
    /// Voted on with codes: there is a roll to see to.
    pub by_code: bool,
    /// Turnout and roll, after the close.
    pub counted: Option<(i64, i64)>,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl AdminRoundView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: RoundCard { phase: Phase::Counting, ..RoundCard::sample() },
            plans: PlanCard::samples(),
            steps: vec!["publish", "open", "close", "count", "result", "stop"],
            digest: Some("ab12".repeat(16)),
            by_code: true,
            counted: Some((64, 410)),
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }
}

/// Its page.
pub fn round(ctx: &Ctx, data: &AdminRoundView) -> AnyView {
    let steps = data
        .steps
        .iter()
        .enumerate()
        .map(|(i, step)| {
            let reason = (*step == "stop").then(|| kit::field(ctx, &kit::Field { name: "reason", label: ctx.t("admin-stop-reason"), hint: ctx.t("admin-stop-hint"), kind: kit::Kind::Area, heading: false, typed: &data.typed, errors: &data.errors }));
            let class = if *step == "stop" { "ams-button ams-button--secondary fb-button--danger" } else if i == 0 { "ams-button ams-button--primary" } else { "ams-button ams-button--secondary" };
            let form = view! { <form class="fb-form fb-card" method="post" action=ctx.url(&urls::AdminRoundStep { round: data.card.slug.clone() }) novalidate><div class="fb-card__body fb-stack">{kit::hidden(ctx)}<input type="hidden" name="step" value=*step/>
                <p class="ams-paragraph">{ctx.t(&format!("step-{step}-text"))}</p>{reason}<button class=class>{ctx.t(&format!("step-{step}"))}</button></div></form> };
            // Nobody stops a round by the way.
            if *step == "stop" {
                let open = data.typed.get("step") == "stop";
                return view! { <details class="fb-details" open=open><summary class="fb-details__button">{ctx.t("step-stop")}</summary>{form}</details> }.into_any();
            }
            form.into_any()
        })
        .collect_view();
    let plans = data.plans.iter().map(|p| kit::fact(p.title.clone(), ctx.money(p.cost))).collect_view();
    let counted = data.counted.map(|(turnout, roll)| view! { <dl class="fb-stats">{kit::stat(ctx.t("admin-turnout"), texts::number(ctx.lang, turnout), String::new())}{kit::stat(ctx.t("admin-roll"), texts::number(ctx.lang, roll), String::new())}</dl> });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::AdminRounds {})>{ctx.t("admin-rounds")}</a>
        {kit::error_summary(ctx, &data.errors, &[("reason", "admin-stop-reason")])}
        <div class="fb-head"><p class="fb-kicker">{data.card.buurt.clone()}</p><h1 class="ams-heading ams-heading--1">{data.card.title.clone()}</h1>
            <p class="fb-row">{phase_badge(ctx, data.card.phase)}{theme_badge(ctx, &data.card)}<span class="fb-meta">{term(ctx, &data.card)}</span><span class="fb-money">{ctx.money(data.card.pot)}</span></p></div>
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::Round { round: data.card.slug.clone() })>{ctx.t("admin-round-public")}</a></p>
        {data.by_code.then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::AdminRoundRoll { round: data.card.slug.clone() })>{ctx.t("admin-round-roll")}</a></p> })}
        <p class="ams-paragraph">{again(ctx, &data.card)}</p>
        {counted}
        {steps}
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("rounds-paper")}</h2><dl class="fb-facts">{plans}</dl></section>
        {digest_note(ctx, data.digest.as_deref())}
    };
    frame(ctx, Frame::narrow(data.card.title.clone()).failed(!data.errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "admin/rounds", draw: |ctx| list(ctx, &[RoundCard::sample()]) },
        Sample { name: "admin/rounds-none", draw: |ctx| list(ctx, &[]) },
        Sample { name: "admin/round", draw: |ctx| round(ctx, &AdminRoundView::sample()) },
    ]
}
