//! How moderators and staff want to hear of plans that wait for them: a part of both desks.

use crate::Ctx;
use crate::kit;
use domain::form::{Errors, Raw};
use domain::notice::How;
use domain::urls;
use leptos::prelude::*;

/// The choice.
#[derive(Clone, Debug)]
pub struct NoticesView {
    /// What holds now.
    pub how: How,
    /// It stands at the desk of the stadsdeel.
    pub district: bool,
    /// What is wrong with what was sent.
    pub errors: Errors,
}

impl NoticesView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self { how: How::AtOnce, district: false, errors: Errors::default() }
    }
}

/// Label of its field, for the error summary.
pub(crate) const LABEL: (&str, &str) = ("how", "notices-how");

/// The form; nothing for who is not told of anything.
pub(crate) fn part(ctx: &Ctx, data: Option<&NoticesView>) -> AnyView {
    let Some(data) = data else { return ().into_any() };
    let options = [
        (How::Morning, "notices-morning", "notices-morning-hint"),
        (How::AtOnce, "notices-at-once", "notices-at-once-hint"),
        (How::Never, "notices-none", "notices-none-hint"),
    ]
    .map(|(how, text, hint)| (how.key().to_owned(), ctx.t(text), ctx.t(hint)));
    let typed = Raw::from_pairs(&[("how", data.how.key())]);
    let desk = if data.district { "stadsdeel" } else { "moderatie" };
    view! {
        <details class="fb-details" open=data.errors.of("how").is_some()><summary class="fb-details__button">{ctx.t("notices-title")}</summary>
            <p class="ams-paragraph fb-read">{ctx.t("notices-text")}</p>
            <form class="fb-form" method="post" action=ctx.url(&urls::MineNotices {}) novalidate>{kit::hidden(ctx)}
                <input type="hidden" name="desk" value=desk/>
                {kit::radios_told(ctx, "how", &ctx.t("notices-how"), &options, &typed, &data.errors)}
                <button class="ams-button ams-button--secondary">{ctx.t("notices-save")}</button></form></details>
    }
    .into_any()
}
