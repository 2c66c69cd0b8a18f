//! The road of a plan: what was done with it.

use super::PlanView;
use crate::Ctx;
use domain::initiative::State;
use domain::urls;
use leptos::prelude::*;

/// The road, step by step.
pub(crate) fn road(ctx: &Ctx, p: &PlanView) -> AnyView {
    let last = p.steps.len().saturating_sub(1);
    let items = p
        .steps
        .iter()
        .enumerate()
        .map(|(i, s)| {
            let stopped = matches!(
                s.state,
                State::Rejected | State::Cancelled | State::Withdrawn | State::Infeasible | State::NotFunded
            );
            let class = match (i == last, stopped) {
                (true, true) => "fb-timeline__item fb-timeline__item--stop",
                (true, false) => "fb-timeline__item fb-timeline__item--now",
                _ => "fb-timeline__item fb-timeline__item--done",
            };
            let reason = match s.act.as_str() {
                _ if s.reason.is_empty() => None,
                "rejected" => Some(format!("reject-{}", s.reason)),
                "referred" => Some(format!("refer-{}", s.reason)),
                "handed_over" => Some(format!("handed-{}", s.reason)),
                _ => None,
            };
            let reason =
                reason.map(|key| view! { <p class="ams-paragraph ams-paragraph--small">{ctx.t(&key)}</p> });
            let by = (!s.organisation.is_empty()).then(|| format!(" · {}", s.organisation));
            let words = (!s.words.is_empty())
                .then(|| view! { <p class="ams-paragraph ams-paragraph--small" dir="auto">{s.words.clone()}</p> });
            let objection =
                (s.act == "infeasible").then(|| view! { <p class="fb-meta">{ctx.t("plans-objection")}</p> });
            let amount = s.amount.map(|a| view! { " ("<span class="fb-money">{ctx.money(a)}</span>")" });
            view! {
                <li class=class aria-current=(i == last).then_some("step")>
                    <p class="fb-timeline__title">{ctx.t(&format!("event-{}", s.act))}{amount}</p>
                    <p class="fb-meta"><time datetime=texts::rfc3339_day(s.at)>{texts::date(ctx.lang, s.at)}</time>{by}</p>
                    {reason}{words}{objection}
                </li>
            }
        })
        .collect_view();
    view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("plans-road")}</h2><ol class="fb-timeline">{items}</ol></section> }.into_any()
}

/// Where its text was before, and plans it came from or that came from it.
pub(super) fn relatives(ctx: &Ctx, p: &PlanView) -> AnyView {
    let versions = p.changed.then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::InitiativeVersions { id: p.id })>{ctx.t("versions-see")}</a></p> });
    let others = p
        .relatives
        .iter()
        .map(|(key, id, title)| view! { <p class="ams-paragraph">{ctx.t(key)}" "<a class="ams-link" dir="auto" href=ctx.url(&urls::Initiative { id: *id })>{title.clone()}</a></p> })
        .collect_view();
    let source = p.source.as_ref().map(|(id, buurt)| view! { <p class="ams-paragraph"><a class="ams-link" href=ctx.url(&urls::Initiative { id: *id })>{ctx.ta("recipes-source", &[("buurt", buurt.as_str().into())])}</a></p> });
    let recipe = p.recipe.then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::Recipe { id: p.id })>{ctx.t("recipes-see")}</a></p> });
    view! { {recipe}{source}{versions}{others} }.into_any()
}
