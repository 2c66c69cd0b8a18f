//! Who is busy with a case, a way to say so, and other desks.

use super::CaseView;
use crate::Ctx;
use crate::kit::{self, Field, Kind};
use domain::urls;
use leptos::prelude::*;

/// Who is busy with it, a way to say so, and other desks.
pub(super) fn desk(ctx: &Ctx, data: &CaseView) -> AnyView {
    let id = data.plan.id;
    let claim = match data.claim {
        Some((false, until)) => view! { <p class="fb-notice fb-notice--plain">{ctx.ta("moderation-claimed", &[("at", texts::clock_time(until).into())])}</p> }.into_any(),
        own => {
            let text = own.map(|(_, until)| view! { <p class="fb-meta">{ctx.ta("moderation-own-claim", &[("at", texts::clock_time(until).into())])}</p> });
            let key = if own.is_some() { "moderation-claim-longer" } else { "moderation-claim" };
            view! { {text}<form method="post" action=ctx.url(&urls::ModerationClaim { id })>{kit::hidden(ctx)}<button class="ams-button ams-button--tertiary">{ctx.t(key)}</button></form> }.into_any()
        }
    };
    let sent = ["desk", "why"].iter().any(|name| data.errors.of(name).is_some());
    let why = Field {
        name: "why",
        label: ctx.t("moderation-hand-why"),
        hint: String::new(),
        kind: Kind::Area,
        heading: false,
        typed: &data.typed,
        errors: &data.errors,
    };
    let over = (!data.desks.is_empty()).then(|| {
        view! {
            <details class="fb-details" open=sent><summary class="fb-details__button">{ctx.t("moderation-hand-over")}</summary>
                <form class="fb-form" method="post" action=ctx.url(&urls::ModerationHandOver { id }) novalidate>{kit::hidden(ctx)}
                    {kit::radios(ctx, "desk", &ctx.t("moderation-hand-to"), &data.desks, &data.typed, &data.errors)}
                    {kit::field(ctx, &why)}
                    <button class="ams-button ams-button--secondary">{ctx.t("moderation-hand-over")}</button></form></details>
        }
    });
    view! { {claim}{over} }.into_any()
}
