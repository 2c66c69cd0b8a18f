//! The mark over waves: a line of them as long as the questions stayed the same.

use super::{WaveResultView, mark};
use crate::Ctx;
use domain::survey::Published;
use leptos::prelude::*;

/// Waves of the place in runs that asked in the same words.
pub(super) fn runs(series: &[Published]) -> Vec<Vec<&Published>> {
    let mut runs: Vec<Vec<&Published>> = Vec::new();
    for doc in series {
        match runs.last_mut().filter(|run| run.last().is_some_and(|last| last.same_series(doc))) {
            Some(run) => run.push(doc),
            None => runs.push(vec![doc]),
        }
    }
    runs
}

/// One wave's bar: up to the mark, with the range in which it is sure to lie laid over it.
fn bar(ctx: &Ctx, data: &WaveResultView, doc: &Published) -> Option<AnyView> {
    let shown = doc.shown.area(data.area)?;
    let tenths = shown.mean_tenths?;
    let range = doc.area(data.area).and_then(|a| a.interval).map(|(low, high)| {
        view! { <rect x=format!("{low}%") width=format!("{}%", (high - low).max(1)) y="30%" height="40%" fill="#17211d" fill-opacity="0.55"></rect> }
    });
    Some(
        view! { <li class="fb-bars__row"><span class="fb-bars__label">{doc.title.clone()}</span>
            <svg class="fb-bars__bar" aria-hidden="true" focusable="false"><rect class="fb-bars__fill" width=format!("{tenths}%") height="100%"></rect>{range}</svg>
            <span class="fb-bars__value">{texts::decimal_tenths(ctx.lang, tenths)}</span></li> }
        .into_any(),
    )
}

/// The plot, and the same as a table.
pub(super) fn over_waves(ctx: &Ctx, data: &WaveResultView) -> AnyView {
    let marked = |doc: &&Published| doc.shown.area(data.area).is_some_and(|s| s.mean_tenths.is_some());
    if !data.series.iter().any(|doc| marked(&doc)) {
        return ().into_any();
    }
    let runs = runs(&data.series);
    let breaks = runs.len() > 1;
    let last = runs.len().saturating_sub(1);
    let bars = runs
        .iter()
        .enumerate()
        .map(|(n, run)| {
            let lines = run.iter().filter_map(|doc| bar(ctx, data, doc)).collect_view();
            let cut = (n < last).then(|| view! { <p class="fb-notice fb-notice--plain">{ctx.t("results-break")}</p> });
            view! { <ul class="fb-bars">{lines}</ul>{cut} }
        })
        .collect_view();
    let rows = runs
        .iter()
        .enumerate()
        .flat_map(|(n, run)| run.iter().map(move |doc| (n, *doc)))
        .map(|(n, doc)| {
            let shown = doc.shown.area(data.area);
            let hidden = || ctx.t("survey-too-few");
            let answers = shown.and_then(|s| s.answers).map_or_else(hidden, |n| super::count(ctx, n));
            let mark = shown.and_then(|s| mark(ctx, s, doc.area(data.area))).unwrap_or_else(hidden);
            let series = breaks.then(|| view! { <td class="ams-table__cell ams-table__cell--align-end" data-label=ctx.t("results-series")>{n + 1}</td> });
            view! { <tr class="fb-table__row"><th class="ams-table__header-cell fb-table__lead" scope="row">{doc.title.clone()}</th>
                <td class="ams-table__cell ams-table__cell--align-end" data-label=ctx.t("survey-answers")>{answers}</td>
                <td class="ams-table__cell ams-table__cell--align-end" data-label=ctx.t("survey-mean")>{mark}</td>{series}</tr> }
        })
        .collect_view();
    let series = breaks.then(|| view! { <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{ctx.t("results-series")}</th> });
    view! {
        <figure class="fb-chart"><figcaption class="fb-chart__title">{ctx.t("results-marks")}</figcaption>
            {bars}
            <p class="fb-meta">{ctx.t("results-marks-note")}</p>
            <details class="fb-details"><summary class="fb-details__button">{ctx.t("as-table")}</summary>
                <div class="ams-table fb-table" role="region" aria-labelledby="cijfers" tabindex="0"><table class="ams-table__table fb-table__table">
                    <caption class="ams-table__caption" id="cijfers">{ctx.t("results-marks")}</caption>
                    <thead class="ams-table__header fb-table__head"><tr><th class="ams-table__header-cell" scope="col">{ctx.t("survey-title")}</th>
                        <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{ctx.t("survey-answers")}</th>
                        <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{ctx.t("survey-mean")}</th>{series}</tr></thead>
                    <tbody>{rows}</tbody></table></div></details></figure>
    }
    .into_any()
}
