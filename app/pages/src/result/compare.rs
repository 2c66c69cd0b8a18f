//! The same ballots under other rules: what changes, and the whole as a table.

use super::{ResultView, rule_key};
use crate::Ctx;
use domain::money::Cents;
use domain::round::{Compared, Explanation, Verdict};
use leptos::prelude::*;

/// The section; nothing as long as it is not worked out.
pub(super) fn others(ctx: &Ctx, data: &ResultView) -> AnyView {
    let Some(explanation) = &data.explanation else { return ().into_any() };
    let cards = explanation.others.iter().map(|other| card(ctx, data, other)).collect_view();
    let hidden = !data.proof.whole.as_ref().is_some_and(|(out, _)| *out);
    let own = [
        ctx.ta(
            "result-satisfied",
            &[("hundredths", texts::decimal_tenths(ctx.lang, explanation.winners_per_voter / 10).into())],
        ),
        ctx.ta("result-without", &[("count", voters(explanation.without_winner).into())]),
    ];
    view! {
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("result-others")}</h2>
            <p class="ams-paragraph fb-read">{ctx.t("result-others-text")}</p>
            <p class="fb-meta">{own.join(" ")}</p>
            <ul class="fb-cards">{cards}</ul>
            <details class="fb-details"><summary class="fb-details__button">{ctx.t("as-table")}</summary>{table(ctx, data, explanation)}</details>
            {hidden.then(|| view! { <p class="fb-meta">{ctx.t("result-others-note")}</p> })}</section>
    }
    .into_any()
}

fn voters(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn card(ctx: &Ctx, data: &ResultView, other: &Compared) -> AnyView {
    let titles = |wanted: &dyn Fn(&super::StepView) -> bool| -> String {
        data.steps.iter().filter(|s| wanted(s)).map(|s| s.title.clone()).collect::<Vec<_>>().join(", ")
    };
    let funded = |s: &super::StepView| s.verdict == Verdict::Funded;
    let more = titles(&|s| other.winners.contains(&s.id) && !funded(s));
    let fewer = titles(&|s| !other.winners.contains(&s.id) && funded(s));
    let line = |key: &str, plans: String| {
        (!plans.is_empty()).then(|| view! { <p class="ams-paragraph">{ctx.ta(key, &[("plans", plans.into())])}</p> })
    };
    let same = (more.is_empty() && fewer.is_empty())
        .then(|| view! { <p class="ams-paragraph">{ctx.t("result-other-same")}</p> });
    let key = rule_key(&other.rule);
    let out = data.proof.whole.as_ref().is_some_and(|(out, _)| *out);
    let unsure = (other.rule.starts_with("equal-shares") && !out)
        .then(|| view! { <p class="fb-meta">{ctx.t("compare-not-recountable")}</p> });
    view! {
        <li class="fb-card"><div class="fb-card__body fb-stack fb-stack--tight">
            <h3 class="ams-heading ams-heading--4">{ctx.t(&key)}</h3>
            <p class="fb-meta">{ctx.t(&format!("{key}-text"))}</p>
            {unsure}{same}{line("result-other-more", more)}{line("result-other-fewer", fewer)}
            <p class="fb-meta">{format!("{}: {}. ", ctx.t("result-spent"), ctx.money(other.granted))}{ctx.ta("result-without", &[("count", voters(other.without_winner).into())])}</p>
        </div></li>
    }
    .into_any()
}

/// Each plan with its votes, its cost, what it gets, and whether another rule funds it.
fn table(ctx: &Ctx, data: &ResultView, explanation: &Explanation) -> AnyView {
    let [votes, cost, gets] = ["result-col-votes", "result-col-cost", "result-col-gets"].map(|key| ctx.t(key));
    let rules: Vec<String> = explanation.others.iter().map(|other| ctx.t(&rule_key(&other.rule))).collect();
    let head = |text: &String| view! { <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{text.clone()}</th> };
    let cell = |label: &String, text: String| view! { <td class="ams-table__cell ams-table__cell--align-end" data-label=label.clone()>{text}</td> };
    let money = |cents: Cents| ctx.money(cents);
    let rows = data
        .steps
        .iter()
        .map(|s| {
            let chosen = explanation.others.iter().zip(&rules).map(|(other, name)| {
                cell(name, ctx.t(if other.winners.contains(&s.id) { "yes" } else { "no" }))
            });
            view! {
                <tr class="fb-table__row"><th class="ams-table__header-cell fb-table__lead" scope="row">{s.title.clone()}</th>
                    {cell(&votes, s.votes.to_string())}{cell(&cost, money(s.cost))}{cell(&gets, money(s.granted))}{chosen.collect_view()}</tr>
            }
        })
        .collect_view();
    view! {
        <div class="ams-table fb-table" role="region" aria-labelledby="uitslag-tabel" tabindex="0"><table class="ams-table__table fb-table__table">
            <caption class="ams-table__caption" id="uitslag-tabel">{ctx.t("result-table")}</caption>
            <thead class="ams-table__header fb-table__head"><tr><th class="ams-table__header-cell" scope="col">{ctx.t("result-col-plan")}</th>
                {head(&votes)}{head(&cost)}{head(&gets)}{rules.iter().map(head).collect_view()}</tr></thead>
            <tbody>{rows}</tbody></table></div>
    }
    .into_any()
}
