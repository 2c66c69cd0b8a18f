//! What changed on a paper: the difference, for everyone who reads it, and for the administrator who has to agree.

use crate::{Ctx, kit};
use domain::round::{Change, Part};
use leptos::prelude::*;

/// A version of texts and dates that holds now.
#[derive(Clone, Debug)]
pub struct VersionView {
    /// When it was agreed on.
    pub at: i64,
    /// Why.
    pub reason: String,
    /// What.
    pub changes: Vec<Change>,
}

impl VersionView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let change = |part, plan, was: &str, now: &str| Change { part, plan, was: was.into(), now: now.into() };
        Self {
            at: 1_795_100_000,
            reason: "In de brief stond een <b>andere</b> datum.".into(),
            changes: vec![
                change(Part::Closes, None, "1795900000", "1796500000"),
                change(Part::PlanText, Some(2), "Huiswerkclub met soep.", "Huiswerkclub met soep en brood."),
            ],
        }
    }
}

/// Differences as a list: what it was, and what it becomes.
pub(crate) fn difference(ctx: &Ctx, changes: &[Change], titles: &[(i64, String)]) -> AnyView {
    let items = changes
        .iter()
        .map(|change| {
            let plan = change.plan.and_then(|id| titles.iter().find(|(known, _)| *known == id)).map(|(_, title)| title.clone());
            let label = ctx.t(&format!("part-{}", change.part.key()));
            let label = plan.map_or(label.clone(), |plan| format!("{label}: {plan}"));
            let shown = |text: &str| if change.part.is_moment() { text.parse().map_or(String::new(), |at| texts::date_time(ctx.lang, at)) } else { text.to_owned() };
            view! { <div class="fb-difference fb-stack fb-stack--tight"><dt class="fb-facts__term">{label}</dt>
                <dd dir="auto"><span class="ams-visually-hidden">{ctx.t("part-was")}" "</span><del>{shown(&change.was)}</del></dd>
                <dd dir="auto"><span class="ams-visually-hidden">{ctx.t("part-now")}" "</span><ins>{shown(&change.now)}</ins></dd></div> }
        })
        .collect_view();
    view! { <dl class="fb-stack">{items}</dl> }.into_any()
}

/// The public notice of a paper that was changed after it could be read: the newest change open, earlier ones behind it.
pub(crate) fn notice(ctx: &Ctx, versions: &[VersionView], titles: &[(i64, String)]) -> AnyView {
    let mut newest_first = versions.iter().rev().map(|version| {
        let title = ctx.ta("changed-at", &[("at", texts::date_time(ctx.lang, version.at).into())]);
        (title, view! { <p class="ams-paragraph" dir="auto">{version.reason.clone()}</p>{difference(ctx, &version.changes, titles)} }.into_any())
    });
    let Some((title, body)) = newest_first.next() else { return ().into_any() };
    let earlier = newest_first
        .map(|(title, body)| view! { <details class="fb-details"><summary class="fb-details__button">{title}</summary>{body}</details> })
        .collect_view();
    view! { <section class="fb-notice fb-notice--plain"><h2 class="ams-heading ams-heading--3">{title}</h2>{body}{earlier}<p class="fb-meta">{ctx.t("changed-by-two")}</p></section> }.into_any()
}

/// How many voted so far, of the whole roll.
pub(crate) fn turnout(ctx: &Ctx, turnout: Option<(i64, i64)>) -> AnyView {
    let Some((voted, roll)) = turnout.filter(|(_, roll)| *roll > 0) else { return ().into_any() };
    view! { <p class="fb-meta">{ctx.ta("rounds-turnout", &[("voted", voted.into()), ("roll", roll.into())])}</p> }
        .into_any()
}

/// A confirmation with one button, in a form of its own.
pub(crate) fn act(
    ctx: &Ctx,
    action: String,
    (name, value): (&'static str, &'static str),
    label: &str,
    class: &'static str,
) -> AnyView {
    view! { <form method="post" action=action>{kit::hidden(ctx)}<button class=class name=name value=value>{ctx.t(label)}</button></form> }.into_any()
}
