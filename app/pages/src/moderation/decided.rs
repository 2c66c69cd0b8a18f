//! Above the rows of a queue: what was decided just now, what was taken over, what else waits.

use super::QueueView;
use crate::{Ctx, kit};
use domain::urls;
use leptos::prelude::*;

pub(super) fn pending(ctx: &Ctx, data: &QueueView) -> AnyView {
    if data.pending.is_empty() {
        return ().into_any();
    }
    let mut items: Vec<AnyView> = data
        .pending
        .iter()
        .map(|p| {
            let text = ctx.ta(
                super::case::takes_effect(&p.act),
                &[("decision", ctx.t(&format!("decided-{}", p.act)).into()), ("at", texts::clock_time(p.effective_at).into())],
            );
            view! {
                <li class="fb-card"><div class="fb-card__body fb-stack fb-stack--tight"><p class="ams-paragraph"><b dir="auto">{p.title.clone()}</b></p><p class="fb-meta">{text}</p>
                    <form method="post" action=ctx.url(&urls::ModerationUndo { id: p.id })>{kit::hidden(ctx)}<button class="ams-button ams-button--secondary">{ctx.t("moderation-undo")}</button></form></div></li>
            }
            .into_any()
        })
        .collect();
    // The newest in sight, earlier ones behind it: the queue itself comes first.
    let earlier = items.split_off(1);
    let count = i64::try_from(earlier.len()).unwrap_or(0);
    let earlier = (count > 0).then(|| view! { <details class="fb-details"><summary class="fb-details__button">{ctx.ta("moderation-also-decided", &[("count", count.into())])}</summary><ul class="fb-cards">{earlier}</ul></details> });
    view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("moderation-just-decided")}</h2><ul class="fb-cards">{items}</ul>{earlier}</section> }.into_any()
}

/// Nobody praises a queue that is empty because others had to answer.
pub(super) fn taken_over(ctx: &Ctx, data: &QueueView) -> AnyView {
    (data.taken_over > 0)
        .then(|| view! { <p class="fb-notice">{ctx.ta("moderation-taken-over", &[("count", data.taken_over.into())])}</p> })
        .into_any()
}

/// What else waits, further down.
pub(super) fn beside_count(ctx: &Ctx, data: &QueueView) -> AnyView {
    let link = |count: usize, key: &str, href: &'static str| {
        let count = i64::try_from(count).unwrap_or(0);
        (count > 0).then(|| view! { <a class="fb-more" href=href>{ctx.ta(key, &[("count", count.into())])}</a> })
    };
    if data.tab != 0 || data.beside.is_empty() && data.small.is_empty() {
        return ().into_any();
    }
    view! { <p class="fb-row">{link(data.beside.len(), "moderation-beside-count", "#teksten")}{link(data.small.len(), "moderation-small-count", "#klein")}</p> }.into_any()
}
