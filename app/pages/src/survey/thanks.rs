//! After answering: the answer's own code, and what it can lead to; and the page where a code is typed.

use super::WaveCard;
use super::form::draft_key;
use crate::frame::{Frame, frame};
use crate::kit::{Field, Kind};
use crate::{Ctx, Sample, kit};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use islands::{CodeFromLetter, ReceiptIsland};
use leptos::prelude::*;

/// An answer that was taken.
#[derive(Clone, Debug)]
pub struct ThanksView {
    /// The wave.
    pub card: WaveCard,
    /// The answer's own code, in groups.
    pub code: String,
    /// 'Wat zou er moeten gebeuren?'
    pub better: String,
    /// 'Wat wilt u doen, wat kunt u doen?'
    pub can_do: String,
}

impl ThanksView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: WaveCard::sample(),
            code: "7KQ2-M9XD-0A3F1".into(),
            better: "Meer bankjes. Mijn knieën vragen erom.".into(),
            can_do: "Ik kan breien & luisteren, twee uur in de week.".into(),
        }
    }
}

/// What becomes of one text: shown, changeable, and carried over by a tap; nothing else goes along.
fn deed(ctx: &Ctx, action: String, field: &'static str, text: &str, from: bool, keys: [&str; 3]) -> AnyView {
    let value = format!("\n{}", html_escape::encode_text(text));
    let id = format!("mee-{field}");
    view! {
        <form class="fb-card" method="post" action=action><div class="fb-card__body fb-stack">
            {kit::hidden(ctx)}
            {from.then(|| view! { <input type="hidden" name="from" value="survey"/> })}
            <h2 class="ams-heading ams-heading--3">{ctx.t(keys[0])}</h2>
            <label class="ams-label" for=id.clone()>{ctx.t(keys[1])}</label>
            <textarea class="ams-text-area" dir="auto" id=id name=field rows="3" data-no-draft="">{value}</textarea>
            <p class="fb-meta">{ctx.t("survey-carried")}</p>
            <button class="ams-button ams-button--secondary">{ctx.t(keys[2])}</button>
        </div></form>
    }
    .into_any()
}

/// Thank you.
pub fn thanks(ctx: &Ctx, data: &ThanksView) -> AnyView {
    let plan = (!data.better.is_empty()).then(|| {
        let keys = ["survey-deed-plan", "survey-deed-plan-text", "survey-to-plan"];
        deed(ctx, ctx.url(&urls::NewInitiative {}), "what", &data.better, false, keys)
    });
    let help = (!data.can_do.is_empty()).then(|| {
        let keys = ["survey-deed-help", "survey-deed-help-text", "survey-to-help"];
        deed(ctx, ctx.url(&urls::HelpNew {}), "words", &data.can_do, true, keys)
    });
    let until = [("at", texts::date_time(ctx.lang, data.card.closes_at).into())];
    let main = view! {
        <div class="fb-head"><p class="fb-kicker">{data.card.title.clone()}</p><h1 class="ams-heading ams-heading--1">{ctx.t("survey-thanks")}</h1></div>
        <p class="ams-paragraph" data-forget=draft_key(&data.card.slug)>{ctx.t("survey-thanks-text")}<ReceiptIsland/></p>
        <section class="fb-notice"><h2 class="ams-heading ams-heading--3">{ctx.t("survey-own-code")}</h2>
            <p class="fb-receipt__code fb-isolate">{data.code.clone()}</p>
            <p class="ams-paragraph">{ctx.ta("survey-own-code-text", &until)}</p>
            <form method="post" action=ctx.url(&urls::WaveCode { wave: data.card.slug.clone() })>{kit::hidden(ctx)}<input type="hidden" name="code" value=data.code.clone()/>
                <button class="fb-linkbutton">{ctx.t("survey-again")}</button></form></section>
        {plan}
        {help}
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::Initiatives {})>{ctx.t("ballot-other-plans")}</a></p>
    };
    frame(ctx, Frame::narrow(ctx.t("survey-thanks")).with_islands(), main)
}

/// The form for the code of a letter or of an answer. One that a letter's QR brought along behind the `#` is sent by itself.
pub fn code(ctx: &Ctx, card: &WaveCard, typed: &Raw, errors: &Errors) -> AnyView {
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Wave { wave: card.slug.clone() })>{card.title.clone()}</a>
        {kit::error_summary(ctx, errors, &[("code", "survey-code-title")])}
        <form class="fb-form" id="stemcode" method="post" action=ctx.url(&urls::WaveCode { wave: card.slug.clone() }) novalidate>
            {kit::hidden(ctx)}
            {kit::field(ctx, &Field { name: "code", label: ctx.t("survey-code-title"), hint: ctx.t("survey-code-hint"), kind: Kind::Code, heading: true, typed, errors })}
            {kit::bar(ctx.t("survey-code-do"))}
            <CodeFromLetter/>
        </form>
        <p class="fb-meta">{ctx.t("survey-code-lost")}</p>
    };
    frame(ctx, Frame::narrow(ctx.t("survey-code-title")).failed(!errors.0.is_empty()).with_islands(), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "survey/thanks", draw: |ctx| thanks(ctx, &ThanksView::sample()) },
        Sample {
            name: "survey/thanks-bare",
            draw: |ctx| {
                thanks(ctx, &ThanksView { better: String::new(), can_do: String::new(), ..ThanksView::sample() })
            },
        },
        Sample { name: "survey/code", draw: |ctx| code(ctx, &WaveCard::sample(), &Raw::default(), &Errors::default()) },
        Sample {
            name: "survey/code-wrong",
            draw: |ctx| {
                let typed = Raw::from_pairs(&[("code", "7KQ2")]);
                code(ctx, &WaveCard::sample(), &typed, &Errors::one("code", Problem::CodeLength(4)))
            },
        },
    ]
}
