//! `/stemmen/{round}/uitslag/telling`: the count as a film, one plan after the other, with what is left of the pot.

use super::{ResultView, rule_key, why};
use crate::ballot::counts_points;
use crate::frame::{Frame, frame};
use crate::{Ctx, kit};
use domain::money::Cents;
use domain::round::Verdict;
use domain::urls;
use leptos::prelude::*;

/// One picture of the film: `at` from 0 (before the count) to the number of plans.
pub fn film(ctx: &Ctx, data: &ResultView, at: usize) -> AnyView {
    let at = at.min(data.steps.len());
    let here = |n: usize| format!("{}?stap={n}", ctx.url(&urls::RoundFilm { round: data.card.slug.clone() }));
    let spent: Cents = data.steps[..at].iter().filter(|s| s.verdict == Verdict::Funded).map(|s| s.cost).sum();
    let left = data.card.pot - spent;
    let now = at.checked_sub(1).map(|last| {
        let s = &data.steps[last];
        let key = if counts_points(data.form) { "result-points" } else { "result-votes" };
        let class = if s.verdict == Verdict::Funded { "fb-notice fb-notice--green" } else { "fb-notice fb-notice--plain" };
        view! { <section class=class role="status"><h2 class="ams-heading ams-heading--3" dir="auto">{s.title.clone()}</h2>
            <p class="ams-paragraph">{ctx.ta(key, &[("count", s.votes.into())])}</p><p class="ams-paragraph">{why(ctx, s, data.rule.starts_with("equal-shares"))}</p></section> }
    });
    let before = (at == 0).then(|| view! { <section class="fb-notice fb-notice--plain" role="status"><p class="ams-paragraph">{ctx.t("film-before")}</p><p class="ams-paragraph">{ctx.t(&format!("{}-text", rule_key(&data.rule)))}</p></section> });
    let link = |n: usize, key: &str, class: &'static str| view! { <a class=class href=here(n)>{ctx.t(key)}</a> };
    let back = at.checked_sub(1).map(|n| link(n, "film-back", "ams-button ams-button--secondary"));
    let next = (at < data.steps.len()).then(|| link(at + 1, "film-next", "ams-button ams-button--primary"));
    let done = (at == data.steps.len()).then(|| {
        let all: Cents = data.steps.iter().map(|s| s.granted).sum();
        let topped = all - spent;
        let bar = (topped > Cents::ZERO).then(|| kit::meter(all, Cents::ZERO, data.card.pot));
        let topped = (topped > Cents::ZERO).then(|| ctx.ta("film-topped", &[("amount", ctx.money(topped).into())]));
        let end = ctx.ta("film-end", &[("left", ctx.money(data.left).into())]);
        view! { <p class="ams-paragraph">{topped}" "{end}</p>{bar} }
    });
    let rows = data.steps.iter().enumerate().map(|(n, s)| {
        let state = match (n < at, s.verdict) {
            (false, _) => ctx.t("film-waits"),
            (true, Verdict::Funded) => ctx.t("film-won"),
            (true, _) => ctx.t("film-lost"),
        };
        view! { <li class="ams-ordered-list__item"><a class="ams-link" dir="auto" href=here(n + 1)>{s.title.clone()}</a>" "<span class="fb-meta">{state}</span></li> }
    });
    let rows = rows.collect_view();
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::RoundResult { round: data.card.slug.clone() })>{ctx.t("rounds-to-result")}</a>
        <div class="fb-head"><p class="fb-kicker">{data.card.title.clone()}</p><h1 class="ams-heading ams-heading--1">{ctx.t("film-title")}</h1>
            <p class="fb-meta">{ctx.ta("film-step", &[("now", at.into()), ("of", data.steps.len().into())])}</p></div>
        <div class="fb-stack fb-stack--tight">{kit::meter(spent, Cents::ZERO, data.card.pot)}
            <p class="ams-paragraph">{ctx.ta("film-pot", &[("spent", ctx.money(spent).into()), ("left", ctx.money(left).into())])}</p></div>
        {before}{now}{done}
        <p class="fb-row">{back}{next}</p>
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("film-all")}</h2><ol class="ams-ordered-list">{rows}</ol></section>
    };
    frame(ctx, Frame::narrow(ctx.t("film-title")), main)
}
