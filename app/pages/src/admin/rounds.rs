//! `/beheer/stemrondes`: the list. One round is [`super::round`], setting one up [`super::round_new`].

use crate::frame::{Frame, frame};
use crate::rounds::{RoundCard, phase_badge, term, theme_badge};
use crate::{Ctx, Sample};
use domain::urls;
use leptos::prelude::*;

/// To the set-up of one more round like this.
pub(super) fn again(ctx: &Ctx, card: &RoundCard) -> AnyView {
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
                    <p class="fb-row fb-row--between"><span class="fb-row">{phase_badge(ctx, card.phase)}{theme_badge(ctx, card)}</span><span class="fb-money">{ctx.money(card.pot)}</span></p>
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

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "admin/rounds", draw: |ctx| list(ctx, &[RoundCard::sample()]) },
        Sample { name: "admin/rounds-none", draw: |ctx| list(ctx, &[]) },
    ]
}
