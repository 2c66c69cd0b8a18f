//! `/hulp/mijn`: what I offer, plans that ask for it, and whom I was introduced to.

use super::parts::{AskingPlan, IntroRow, OfferCard, asking, introductions, offer};
use crate::frame::{Frame, frame};
use crate::kit;
use crate::{Ctx, Sample};
use domain::urls;
use leptos::prelude::*;

/// One of my offers.
#[derive(Clone, Debug)]
pub struct OwnOffer {
    /// What it says.
    pub card: OfferCard,
    /// Not shown for now.
    pub paused: bool,
    /// Its last day is over.
    pub over: bool,
    /// I was asked whether it still holds.
    pub asked: bool,
    /// Hidden: why, and in whose name.
    pub hidden: Option<(String, String)>,
}

/// The page's data.
#[derive(Clone, Debug)]
pub struct HelpMineView {
    /// My offers.
    pub offers: Vec<OwnOffer>,
    /// Plans that ask for what I offer.
    pub plans: Vec<AskingPlan>,
    /// Introductions, what I have to answer first.
    pub introductions: Vec<IntroRow>,
}

impl HelpMineView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let own = OwnOffer { card: OfferCard::sample(), paused: false, over: false, asked: true, hidden: None };
        Self {
            offers: vec![
                own.clone(),
                OwnOffer { paused: true, over: true, asked: false, ..own.clone() },
                OwnOffer { hidden: Some(("advert".into(), "Buurtwerk Noord".into())), ..own },
            ],
            plans: vec![AskingPlan::sample()],
            introductions: vec![IntroRow { to_answer: true, other: None, ..IntroRow::sample() }, IntroRow::sample()],
        }
    }
}

fn own(ctx: &Ctx, o: &OwnOffer) -> AnyView {
    let id = o.card.id;
    let action = ctx.url(&urls::HelpOfferStep { offer: id });
    let step = |act: &'static str, key: &str, class: &'static str| {
        view! { <form method="post" action=action.clone()>{kit::hidden(ctx)}<input type="hidden" name="act" value=act/><button class=class>{ctx.t(key)}</button></form> }
    };
    let hidden = o.hidden.as_ref().map(|(why, by)| {
        let by = if by.is_empty() {
            ctx.t("comment-hidden")
        } else {
            ctx.ta("comment-hidden-by", &[("name", by.as_str().into())])
        };
        view! { <p class="fb-meta"><b>{by}" "{ctx.t(&format!("comment-why-{why}"))}</b></p> }
    });
    let state = if o.over {
        Some("offer-over")
    } else if o.paused {
        Some("offer-paused")
    } else if o.asked {
        Some("offer-holds-question")
    } else {
        None
    };
    let state = state.map(|key| view! { <p class="fb-meta"><b>{ctx.t(key)}</b></p> });
    let second = "ams-button ams-button--secondary";
    let holds = (o.asked && !o.paused).then(|| step("holds", "offer-holds", "ams-button ams-button--primary"));
    let pause = match (o.paused, o.over) {
        (false, _) => Some(step("pause", "offer-pause", second)),
        (true, false) => Some(step("resume", "offer-resume", second)),
        (true, true) => None,
    };
    view! {
        <li class="fb-card fb-card--flat"><div class="fb-card__body fb-stack">
            {hidden}{state}
            {offer(ctx, &o.card)}
            <div class="fb-row">{holds}<a class="fb-more" href=ctx.url(&urls::HelpOffer { offer: id })>{ctx.t("offer-change")}</a>{pause}</div>
            <details class="fb-details"><summary class="fb-details__button">{ctx.t("offer-withdraw")}</summary>
                <p class="ams-paragraph">{ctx.t("offer-withdraw-text")}</p>
                {step("withdraw", "offer-withdraw-sure", "ams-button ams-button--secondary fb-button--danger")}</details>
        </div></li>
    }
    .into_any()
}

/// The page.
pub fn mine(ctx: &Ctx, data: &HelpMineView) -> AnyView {
    let part = |key: &str, inner: AnyView| view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t(key)}</h2>{inner}</section> };
    let met = (!data.introductions.is_empty()).then(|| part("intro-mine", introductions(ctx, &data.introductions)));
    let offers = if data.offers.is_empty() {
        view! { <div class="fb-empty"><p class="ams-paragraph">{ctx.t("offer-none")}</p></div> }.into_any()
    } else {
        view! { <ul class="fb-cards fb-cards--dense">{data.offers.iter().map(|o| own(ctx, o)).collect_view()}</ul> }
            .into_any()
    };
    let plans = (!data.plans.is_empty()).then(|| part("offer-plans-for-you", asking(ctx, &data.plans)));
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Help {})>{ctx.t("offer-title")}</a>
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{ctx.t("offer-mine")}</h1></div>
        {met}
        {plans}
        {part("offer-offers", offers)}
        <a class="ams-button ams-button--secondary" href=ctx.url(&urls::HelpNew {})>{ctx.t("offer-do")}</a>
    };
    frame(ctx, Frame::narrow(ctx.t("offer-mine")), main)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "help/mine", draw: |ctx| mine(ctx, &HelpMineView::sample()) },
        Sample {
            name: "help/mine-empty",
            draw: |ctx| mine(ctx, &HelpMineView { offers: Vec::new(), plans: Vec::new(), introductions: Vec::new() }),
        },
    ]
}
