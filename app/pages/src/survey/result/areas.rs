//! Areas beside each other, in the order of their names.

use super::{count, mark, name};
use crate::Ctx;
use domain::disclosure::AreaId;
use domain::survey::Published;
use leptos::prelude::*;

/// Every area with its name: the scope first, then by name.
pub(super) fn by_name(ctx: &Ctx, doc: &Published) -> Vec<(String, AreaId)> {
    let mut all: Vec<(String, AreaId)> = doc.areas.iter().map(|a| (name(ctx, doc, a.id), a.id)).collect();
    if let Some(rest) = all.get_mut(1..) {
        rest.sort_by_key(|(name, _)| name.to_lowercase());
    }
    all
}

/// Answers and marks of each.
pub(super) fn table(ctx: &Ctx, doc: &Published) -> AnyView {
    if doc.areas.len() < 2 {
        return ().into_any();
    }
    let hidden = || ctx.t("survey-too-few");
    let (told, rest): (Vec<_>, Vec<_>) =
        by_name(ctx, doc).into_iter().partition(|(_, id)| doc.shown.area(*id).is_some_and(|s| s.answers.is_some()));
    // Said once, instead of in a row for each.
    let rest = (!rest.is_empty()).then(|| {
        let label = ctx.ta("results-areas-hidden", &[("count", rest.len().into())]);
        let names = rest.into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(", ");
        view! { <details class="fb-details"><summary class="fb-details__button">{label}</summary><p class="fb-meta fb-read">{names}</p></details> }
    });
    if told.is_empty() {
        return view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("results-areas")}</h2>{rest}</section> }.into_any();
    }
    let rows = told
        .into_iter()
        .map(|(name, id)| {
            let shown = doc.shown.area(id);
            let answers = shown.and_then(|s| s.answers).map_or_else(hidden, |n| count(ctx, n));
            let mark = shown.and_then(|s| mark(ctx, s, doc.area(id))).unwrap_or_else(hidden);
            let residents = doc.area(id).and_then(|a| a.residents).map_or_else(|| "–".to_owned(), |n| texts::number(ctx.lang, n));
            view! { <tr class="fb-table__row"><th class="ams-table__header-cell fb-table__lead" scope="row">{name}</th>
                <td class="ams-table__cell ams-table__cell--align-end" data-label=ctx.t("survey-answers")>{answers}</td>
                <td class="ams-table__cell ams-table__cell--align-end" data-label=ctx.t("results-residents")>{residents}</td>
                <td class="ams-table__cell ams-table__cell--align-end" data-label=ctx.t("survey-mean")>{mark}</td></tr> }
        })
        .collect_view();
    view! {
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("results-areas")}</h2>
            <p class="fb-meta fb-read">{ctx.t("results-no-contest")}</p>
            <div class="ams-table fb-table" role="region" aria-labelledby="gebieden" tabindex="0"><table class="ams-table__table fb-table__table">
                <caption class="ams-table__caption" id="gebieden">{ctx.t("results-areas")}</caption>
                <thead class="ams-table__header fb-table__head"><tr><th class="ams-table__header-cell" scope="col">{ctx.t("results-area")}</th>
                    <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{ctx.t("survey-answers")}</th>
                    <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{ctx.t("results-residents")}</th>
                    <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{ctx.t("survey-mean")}</th></tr></thead>
                <tbody>{rows}</tbody></table></div>{rest}</section>
    }
    .into_any()
}

/// How far the answers stand from where people live, as far as both are known.
pub(super) fn make_up(ctx: &Ctx, doc: &Published) -> AnyView {
    let known = doc.make_up();
    if known.is_empty() {
        return ().into_any();
    }
    let percent = |permille| texts::percent_tenths(ctx.lang, permille);
    let mut named: Vec<_> = known.iter().map(|(id, a, r)| (name(ctx, doc, *id), *a, *r)).collect();
    named.sort_by_key(|(name, ..)| name.to_lowercase());
    let lines = named
        .into_iter()
        .map(|(name, answers, residents)| {
            let line = ctx.ta(
                "results-make-up-line",
                &[
                    ("place", name.into()),
                    ("answers", percent(answers).into()),
                    ("residents", percent(residents).into()),
                ],
            );
            view! { <li class="ams-unordered-list__item">{line}</li> }
        })
        .collect_view();
    view! {
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("results-make-up")}</h2>
            <p class="ams-paragraph fb-read">{ctx.t("results-make-up-text")}</p><ul class="ams-unordered-list">{lines}</ul></section>
    }
    .into_any()
}
