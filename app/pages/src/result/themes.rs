//! The same result by theme: how many plans, how many won, their votes and their money.

use super::ResultView;
use crate::Ctx;
use domain::money::Cents;
use domain::round::Verdict;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Plans of one theme.
#[derive(Default)]
struct Sums {
    plans: usize,
    won: usize,
    votes: usize,
    gets: Cents,
}

/// The section; nothing where all plans are of one theme. A round is of one buurt, so there is no table by buurt.
pub(super) fn themes(ctx: &Ctx, data: &ResultView) -> AnyView {
    let mut sums: BTreeMap<&str, Sums> = BTreeMap::new();
    for step in data.steps.iter().filter(|step| step.verdict != Verdict::Withdrawn) {
        let of = sums.entry(step.theme.as_str()).or_default();
        of.plans += 1;
        of.won += usize::from(step.verdict == Verdict::Funded);
        of.votes += step.votes;
        of.gets = of.gets + step.granted;
    }
    if sums.len() < 2 {
        return ().into_any();
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(name, of)| (std::cmp::Reverse(of.gets), std::cmp::Reverse(of.votes), *name));
    let labels = ["result-col-plans", "result-col-won", "result-col-votes", "result-col-gets"].map(|key| ctx.t(key));
    let head = |text: &String| view! { <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{text.clone()}</th> };
    let rows = sums
        .iter()
        .map(|(name, of)| {
            let name = if name.is_empty() { ctx.t("result-no-theme") } else { (*name).to_owned() };
            let cells = [of.plans.to_string(), of.won.to_string(), of.votes.to_string(), ctx.money(of.gets)];
            let cells = labels.iter().zip(cells).map(|(label, text)| view! { <td class="ams-table__cell ams-table__cell--align-end" data-label=label.clone()>{text}</td> });
            view! { <tr class="fb-table__row"><th class="ams-table__header-cell fb-table__lead" scope="row">{name}</th>{cells.collect_view()}</tr> }
        })
        .collect_view();
    view! {
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("result-themes")}</h2>
            <div class="ams-table fb-table" role="region" aria-labelledby="uitslag-themas" tabindex="0"><table class="ams-table__table fb-table__table">
                <caption class="ams-table__caption" id="uitslag-themas">{ctx.t("result-themes-caption")}</caption>
                <thead class="ams-table__header fb-table__head"><tr><th class="ams-table__header-cell" scope="col">{ctx.t("result-col-theme")}</th>{labels.iter().map(head).collect_view()}</tr></thead>
                <tbody>{rows}</tbody></table></div></section>
    }
    .into_any()
}
