//! `/stemmen/{round}/code` and `/brief-weg`: entering the code of a letter, and saying that the letter is gone.

use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::rounds::{RoundCard, term};
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use islands::CodeFromLetter;
use leptos::prelude::*;

/// Entering a code, or telling that a letter is gone.
#[derive(Clone, Debug)]
pub struct CodeView {
    /// The round.
    pub card: RoundCard,
    /// Somebody is signed in whose account can hold the code.
    pub signed_in: bool,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl CodeView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self { card: RoundCard::sample(), signed_in: true, typed: Raw::default(), errors: Errors::default() }
    }
}

fn back(ctx: &Ctx, card: &RoundCard) -> AnyView {
    view! { <a class="fb-back" href=ctx.url(&urls::Round { round: card.slug.clone() })>{card.title.clone()}</a> }
        .into_any()
}

/// The form for the code. A code that the letter's QR brought along is put in and sent by itself.
pub fn code(ctx: &Ctx, data: &CodeView) -> AnyView {
    let main = view! {
        {back(ctx, &data.card)}
        {kit::error_summary(ctx, &data.errors, &[("code", "code-label")])}
        <form class="fb-form" id="stemcode" method="post" action=ctx.url(&urls::RoundCode { round: data.card.slug.clone() }) novalidate>
            {kit::hidden(ctx)}
            {kit::field(ctx, &Field { name: "code", label: ctx.t("code-title"), hint: ctx.t("code-hint"), kind: Kind::Code, heading: true, typed: &data.typed, errors: &data.errors })}
            {data.signed_in.then(|| view! { <label class="fb-choice"><input class="fb-choice__input" type="checkbox" name="onthoud" value="1" checked=data.typed.get("onthoud") == "1"/><span class="fb-choice__text">{ctx.t("code-remember")}<span class="fb-choice__hint">{ctx.t("code-remember-text")}</span></span></label> })}
            <p class="fb-meta">{term(ctx, &data.card)}</p>
            {kit::bar(ctx.t("code-do"))}
            <CodeFromLetter/>
        </form>
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::RoundCodeLost { round: data.card.slug.clone() })>{ctx.t("code-lost")}</a></p>
        <p class="fb-meta fb-read">{ctx.t("code-secret")}</p>
    };
    frame(ctx, Frame::narrow(ctx.t("code-title")).failed(!data.errors.0.is_empty()).with_islands(), main)
}

/// 'My letter is gone': anyone can say so, so it only asks staff to have a look.
pub fn lost(ctx: &Ctx, data: &CodeView) -> AnyView {
    let field = |name, label: &str, hint: &str, kind| {
        let hint = if hint.is_empty() { String::new() } else { ctx.t(hint) };
        kit::field(
            ctx,
            &Field { name, label: ctx.t(label), hint, kind, heading: false, typed: &data.typed, errors: &data.errors },
        )
    };
    let main = view! {
        {back(ctx, &data.card)}
        {kit::error_summary(ctx, &data.errors, &[("name", "lost-name"), ("address", "lost-address"), ("contact", "lost-contact")])}
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{ctx.t("code-lost")}</h1><p class="ams-paragraph">{ctx.t("lost-text")}</p></div>
        <form class="fb-form" method="post" action=ctx.url(&urls::RoundCodeLost { round: data.card.slug.clone() }) novalidate>
            {kit::hidden(ctx)}
            {field("name", "lost-name", "", Kind::Line)}
            {field("address", "lost-address", "lost-address-hint", Kind::Line)}
            {field("contact", "lost-contact", "lost-contact-hint", Kind::Line)}
            {kit::bar(ctx.t("lost-do"))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("code-lost")).failed(!data.errors.0.is_empty()), main)
}

/// The request is filed.
pub fn lost_told(ctx: &Ctx, card: &RoundCard) -> AnyView {
    let main = view! {
        {back(ctx, card)}
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{ctx.t("lost-told")}</h1><p class="ams-paragraph">{ctx.t("lost-told-text")}</p></div>
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::Round { round: card.slug.clone() })>{ctx.t("rounds-paper")}</a></p>
    };
    frame(ctx, Frame::narrow(ctx.t("lost-told")), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "code/enter", draw: |ctx| code(ctx, &CodeView::sample()) },
        Sample {
            name: "code/wrong",
            draw: |ctx| {
                let typed = Raw::from_pairs(&[("code", "7KQ2-M9XD-0A3F2")]);
                code(ctx, &CodeView { typed, errors: Errors::one("code", Problem::CodeCheck), ..CodeView::sample() })
            },
        },
        Sample {
            name: "code/replaced",
            draw: |ctx| {
                code(ctx, &CodeView { errors: Errors::one("code", Problem::CodeReplaced), ..CodeView::sample() })
            },
        },
        Sample {
            name: "code/lost",
            draw: |ctx| lost(ctx, &CodeView { errors: Errors::one("address", Problem::Missing), ..CodeView::sample() }),
        },
        Sample { name: "code/lost-told", draw: |ctx| lost_told(ctx, &RoundCard::sample()) },
    ]
}
