//! What neighbours said.

use super::{WaveCard, term};
use crate::frame::{Frame, frame};
use crate::{Ctx, Sample, kit};
use domain::survey::Figures;
use domain::urls;
use leptos::prelude::*;

/// What neighbours said.
#[derive(Clone, Debug)]
pub struct WaveResultView {
    /// The wave.
    pub card: WaveCard,
    /// Of the city; `None`: too few.
    pub city: Option<Figures>,
    /// The city's figures leave small buurten out.
    pub partial: bool,
    /// Name and figures; `None`: too few.
    pub buurten: Vec<(String, Option<Figures>)>,
    /// Buurt and words, released by a moderator.
    pub quotes: Vec<(String, String)>,
}

impl WaveResultView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let figures = Figures { answers: 14, marks: [0, 0, 0, 1, 1, 2, 6, 3, 1, 0], mean_tenths: Some(68) };
        Self {
            card: WaveCard { open: false, result: true, ..WaveCard::sample() },
            city: Some(figures.clone()),
            partial: true,
            buurten: vec![("Vogelbuurt".into(), Some(figures)), ("IJplein".into(), None)],
            quotes: vec![("Vogelbuurt".into(), "De buren <i>kennen</i> elkaar.".into())],
        }
    }
}

/// The result.
pub fn result(ctx: &Ctx, data: &WaveResultView) -> AnyView {
    let mean = |f: &Figures| {
        f.mean_tenths.map_or_else(|| ctx.t("survey-few-marks"), |tenths| texts::decimal_tenths(ctx.lang, tenths))
    };
    let bars = data
        .buurten
        .iter()
        .filter_map(|(name, f)| f.as_ref()?.mean_tenths.map(|tenths| (name, tenths)))
        .map(|(name, tenths)| {
            view! { <li class="fb-bars__row"><span class="fb-bars__label">{name.clone()}</span>
                <svg class="fb-bars__bar" aria-hidden="true" focusable="false"><rect class="fb-bars__fill" width=format!("{tenths}%") height="100%"></rect></svg>
                <span class="fb-bars__value">{texts::decimal_tenths(ctx.lang, tenths)}</span></li> }
        })
        .collect_view();
    let rows = data
        .buurten
        .iter()
        .map(|(name, f)| {
            let (answers, mark) = f.as_ref().map_or_else(|| (ctx.t("survey-too-few"), ctx.t("survey-too-few")), |f| (f.answers.to_string(), mean(f)));
            view! { <tr class="fb-table__row"><th class="ams-table__header-cell fb-table__lead" scope="row">{name.clone()}</th>
                <td class="ams-table__cell ams-table__cell--align-end" data-label=ctx.t("survey-answers")>{answers}</td>
                <td class="ams-table__cell ams-table__cell--align-end" data-label=ctx.t("survey-mean")>{mark}</td></tr> }
        })
        .collect_view();
    let quotes = data.quotes.iter().map(|(buurt, words)| view! { <blockquote class="fb-quote"><p class="ams-paragraph">{words.clone()}</p><footer class="fb-meta">{buurt.clone()}</footer></blockquote> }).collect_view();
    let city = match &data.city {
        Some(f) => view! { <dl class="fb-stats">{kit::stat(ctx.t("survey-mean"), mean(f), ctx.t(if data.partial { "survey-city-partial" } else { "survey-city" }))}{kit::stat(ctx.t("survey-answers"), texts::number(ctx.lang, i64::try_from(f.answers).unwrap_or(0)), String::new())}</dl> }.into_any(),
        None => view! { <div class="fb-empty"><h2 class="ams-heading ams-heading--3">{ctx.t("survey-city-few")}</h2></div> }.into_any(),
    };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Waves {})>{ctx.t("survey-title")}</a>
        <div class="fb-head"><p class="fb-kicker">{data.card.title.clone()}</p><h1 class="ams-heading ams-heading--1">{ctx.t("survey-result-title")}</h1><p class="fb-meta">{term(ctx, &data.card)}</p></div>
        {city}
        <figure class="fb-chart"><figcaption class="fb-chart__title">{ctx.t("survey-chart")}</figcaption>
            <ul class="fb-bars">{bars}</ul>
            <details class="fb-details"><summary class="fb-details__button">{ctx.t("as-table")}</summary>
                <div class="ams-table fb-table" role="region" aria-labelledby="cijfers" tabindex="0"><table class="ams-table__table fb-table__table">
                    <caption class="ams-table__caption" id="cijfers">{ctx.t("survey-chart")}</caption>
                    <thead class="ams-table__header fb-table__head"><tr><th class="ams-table__header-cell" scope="col">{ctx.t("survey-buurt")}</th>
                        <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{ctx.t("survey-answers")}</th>
                        <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{ctx.t("survey-mean")}</th></tr></thead>
                    <tbody>{rows}</tbody></table></div></details></figure>
        <p class="fb-meta">{ctx.t("survey-suppression")}</p>
        {(!data.quotes.is_empty()).then(|| view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("survey-quotes")}</h2>{quotes}</section> })}
    };
    frame(ctx, Frame::wide(data.card.title.clone()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "survey/result", draw: |ctx| result(ctx, &WaveResultView::sample()) },
        Sample {
            name: "survey/few",
            draw: |ctx| {
                result(
                    ctx,
                    &WaveResultView {
                        city: None,
                        partial: false,
                        buurten: Vec::new(),
                        quotes: Vec::new(),
                        ..WaveResultView::sample()
                    },
                )
            },
        },
    ]
}
