//! `/peiling`: the waves, answering one, and what neighbours said.

pub mod form;
pub mod result;
mod screens;
pub mod thanks;

use crate::frame::{Frame, frame};
use crate::{Ctx, Sample};
use domain::urls;
use leptos::prelude::*;

/// A wave in a list.
#[derive(Clone, Debug)]
pub struct WaveCard {
    /// For its link.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Opens.
    pub opens_at: i64,
    /// Closes.
    pub closes_at: i64,
    /// Answers are taken now.
    pub open: bool,
    /// The result can be seen.
    pub result: bool,
}

impl WaveCard {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            slug: "najaar-2008".into(),
            title: "Peiling najaar 2008".into(),
            opens_at: 1_794_900_000,
            closes_at: 1_795_900_000,
            open: true,
            result: false,
        }
    }
}

pub(crate) fn term(ctx: &Ctx, wave: &WaveCard) -> String {
    let at = |seconds| texts::date_time(ctx.lang, seconds).into();
    if wave.open {
        ctx.ta("survey-open-until", &[("at", at(wave.closes_at))])
    } else if ctx.now < wave.opens_at {
        ctx.ta("survey-opens", &[("at", at(wave.opens_at))])
    } else {
        ctx.ta("survey-closed-at", &[("at", at(wave.closes_at))])
    }
}

/// All waves.
pub fn list(ctx: &Ctx, waves: &[WaveCard]) -> AnyView {
    let cards = waves
        .iter()
        .map(|w| {
            let href = if w.result {
                ctx.url(&urls::WaveResult { wave: w.slug.clone() })
            } else {
                ctx.url(&urls::Wave { wave: w.slug.clone() })
            };
            let badge = if w.open { "ams-badge ams-badge--yellow" } else { "ams-badge" };
            let state = if w.open {
                "survey-open"
            } else if w.result {
                "survey-result-out"
            } else {
                "survey-not-now"
            };
            view! {
                <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight">
                    <p class="fb-row fb-row--tight"><span class=badge>{ctx.t(state)}</span></p>
                    <h2 class="ams-heading ams-heading--3"><a class="fb-card__link" href=href>{w.title.clone()}</a></h2>
                    <p class="fb-meta">{term(ctx, w)}</p>
                </div></li>
            }
        })
        .collect_view();
    let body = if waves.is_empty() {
        view! { <div class="fb-empty"><h2 class="ams-heading ams-heading--3">{ctx.t("survey-none")}</h2><p class="ams-paragraph">{ctx.t("survey-none-how")}</p></div> }.into_any()
    } else {
        view! { <ul class="fb-cards">{cards}</ul> }.into_any()
    };
    let main = view! {
        <h1 class="ams-heading ams-heading--1">{ctx.t("survey-title")}</h1>
        <p class="ams-paragraph ams-paragraph--large fb-read">{ctx.t("survey-lead")}</p>
        {body}
    };
    frame(ctx, Frame::wide(ctx.t("survey-title")), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    let mut all = vec![
        Sample {
            name: "survey/list",
            draw: |ctx| {
                list(
                    ctx,
                    &[
                        WaveCard::sample(),
                        WaveCard { open: false, result: true, ..WaveCard::sample() },
                        WaveCard { open: false, opens_at: i64::MAX / 10_000_000_000, ..WaveCard::sample() },
                    ],
                )
            },
        },
        Sample { name: "survey/none", draw: |ctx| list(ctx, &[]) },
    ];
    all.extend(form::samples());
    all.extend(thanks::samples());
    all.extend(result::samples());
    all
}
