//! Several plans of the queue at once: what can be done with those that are ticked, and what came of it.

use super::{FILTERS, QueueView};
use crate::{Ctx, kit};
use domain::urls;
use leptos::prelude::*;

/// Id of the form that ticked boxes belong to.
pub(crate) const FORM: &str = "selectie";

/// What came of it: how many were done, how many a colleague is busy with, how many could not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// They were given a programme; else they were taken up.
    pub programme: bool,
    /// Done.
    pub done: i64,
    /// A colleague is busy with them.
    pub busy: i64,
    /// Not this reader's, or not in a state for it any more.
    pub refused: i64,
}

/// '3 opgepakt, 1 niet: een collega is ermee bezig.'
pub(super) fn told(ctx: &Ctx, t: Told) -> AnyView {
    let part = |key: &str, count: i64| ctx.ta(key, &[("count", count.into())]);
    let mut parts = vec![part(if t.programme { "bulk-programme-set" } else { "bulk-claimed" }, t.done)];
    parts.extend((t.busy > 0).then(|| part("bulk-busy", t.busy)));
    parts.extend((t.refused > 0).then(|| part("bulk-refused", t.refused)));
    view! { <p class="fb-flash" role="status">{parts.join(", ")}"."</p> }.into_any()
}

/// The queue as it is narrowed, as a query: with a number of its page where one is asked for.
pub(super) fn narrowed(data: &QueueView, more: &str) -> String {
    let mut query = vec![more.to_owned()];
    for name in ["tab"].iter().chain(FILTERS) {
        if !data.chosen.get(name).is_empty() {
            query.push(format!("{name}={}", urls::encode(data.chosen.get(name))));
        }
    }
    query.join("&")
}

/// The box of one plan.
pub(super) fn tick(ctx: &Ctx, id: i64, ticked: bool, first: bool, title: &str) -> AnyView {
    view! {
        <label class="fb-choice"><input class="fb-choice__input" type="checkbox" id=first.then_some("plan") name="plan" value=id.to_string() checked=ticked form=FORM/>
            <span class="fb-choice__text">{ctx.t("bulk-choose")}<span class="ams-visually-hidden">": "{title.to_owned()}</span></span></label>
    }
    .into_any()
}

/// What can be done with ticked plans; or the way to tick some.
pub(super) fn form(ctx: &Ctx, data: &QueueView) -> AnyView {
    if !data.rows.iter().any(|r| r.choose.is_some()) {
        return (data.tab == 0 && data.rows.len() > 1)
            .then(|| {
                let href = format!(
                    "{}?{}",
                    ctx.url(&urls::Moderation {}),
                    narrowed(data, &format!("wat=1&bladzij={}", data.page))
                );
                view! { <p class="ams-paragraph"><a class="fb-more" href=href>{ctx.t("bulk-begin")}</a></p> }
            })
            .into_any();
    }
    let carried = FILTERS
        .iter()
        .filter(|name| !data.chosen.get(name).is_empty())
        .map(|name| view! { <input type="hidden" name=*name value=data.chosen.get(name).to_owned()/> })
        .collect_view();
    let (typed, errors) = &data.bulk;
    let button = |doe: &'static str, key: &str| {
        view! { <button class="ams-button ams-button--secondary" name="doe" value=doe>{ctx.t(key)}</button> }
    };
    view! {
        <form class="fb-form" id=FORM method="post" action=ctx.url(&urls::ModerationSelection {}) novalidate>
            {kit::hidden(ctx)}{carried}
            <input type="hidden" name="bladzij" value=data.page.to_string()/>
            {kit::select(ctx, "programme", &ctx.t("bulk-programme"), &ctx.t("bulk-programme-choose"), &data.programmes, typed, errors)}
            <p class="fb-row">{button("programma", "bulk-programme-do")}</p>
            <div class="fb-bar"><div class="fb-bar__acts" id="doe">
                <button class="ams-button ams-button--primary" name="doe" value="oppakken">{ctx.t("bulk-claim")}</button>
                {button("wat-als", "what-if")}
            </div></div>
        </form>
    }
    .into_any()
}
