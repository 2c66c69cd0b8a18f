//! The list of plans with its filters in the URL.

use super::{PlanCard, card};
use crate::frame::{Frame, frame};
use crate::kit;
use crate::{Ctx, Sample};
use domain::form::{Errors, Raw};
use domain::initiative::State;
use domain::urls;
use leptos::prelude::*;

/// The list.
#[derive(Clone, Debug)]
pub struct ListView {
    /// This page's plans.
    pub plans: Vec<PlanCard>,
    /// How many there are in all.
    pub total: i64,
    /// Page, from 1.
    pub page: i64,
    /// Pages.
    pub pages: i64,
    /// Path of the page before, if any.
    pub prev: Option<String>,
    /// Path of the page after, if any.
    pub next: Option<String>,
    /// Filters as they stand: `q`, `buurt`, `status`, `programma`, `sort`.
    pub typed: Raw,
    /// Slug and name.
    pub buurten: Vec<(String, String)>,
    /// Slug and name.
    pub programmes: Vec<(String, String)>,
}

impl ListView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            plans: vec![PlanCard::sample()],
            total: 13,
            page: 1,
            pages: 2,
            prev: None,
            next: Some("/initiatieven?page=2".into()),
            typed: Raw::from_pairs(&[("buurt", "vogelbuurt"), ("q", "spelen")]),
            buurten: vec![("vogelbuurt".into(), "Vogelbuurt".into())],
            programmes: vec![("sociaal".into(), "Sociaal".into())],
        }
    }
}

fn filters(ctx: &Ctx, data: &ListView) -> AnyView {
    let none = Errors::default();
    let states: Vec<(String, String)> = State::ALL
        .iter()
        .filter(|s| s.is_public())
        .map(|s| (s.key().to_owned(), ctx.t(&format!("state-{}", s.key()))))
        .collect();
    let sorts = vec![("nieuw".to_owned(), ctx.t("plans-sort-new")), ("steun".to_owned(), ctx.t("plans-sort-support"))];
    let all = ctx.t("plans-all");
    let set = ["buurt", "status", "programma"].iter().filter(|n| !data.typed.get(n).is_empty()).count();
    let count = (set > 0).then(|| view! { <span class="fb-filter__count">{set.to_string()}</span> });
    view! {
        <form class="fb-search" role="search" method="get" action=ctx.url(&urls::Initiatives {})>
            <label class="ams-visually-hidden" for="q">{ctx.t("nav-search")}</label>
            <input class="ams-text-input" type="search" id="q" name="q" value=data.typed.get("q").to_owned()/>
            {["buurt", "status", "programma", "sort"].into_iter().filter(|n| !data.typed.get(n).is_empty()).map(|n| view! { <input type="hidden" name=n value=data.typed.get(n).to_owned()/> }).collect_view()}
            <button class="ams-button ams-button--secondary">{ctx.t("nav-search")}</button>
        </form>
        <details class="fb-filter">
            <summary class="fb-filter__button">{ctx.t("plans-filter")}" "{count}</summary>
            <form class="fb-filter__panel" method="get" action=ctx.url(&urls::Initiatives {})>
                <input type="hidden" name="q" value=data.typed.get("q").to_owned()/>
                {kit::select(ctx, "buurt", &ctx.t("plans-filter-buurt"), &all, &data.buurten, &data.typed, &none)}
                {kit::select(ctx, "status", &ctx.t("plans-filter-state"), &all, &states, &data.typed, &none)}
                {kit::select(ctx, "programma", &ctx.t("plans-programme"), &all, &data.programmes, &data.typed, &none)}
                {kit::select(ctx, "sort", &ctx.t("plans-sort"), "", &sorts, &data.typed, &none)}
                <button class="ams-button ams-button--secondary">{ctx.t("plans-show")}</button>
            </form>
        </details>
    }
    .into_any()
}

/// The page.
pub fn list(ctx: &Ctx, data: &ListView) -> AnyView {
    let plans = if data.plans.is_empty() {
        view! {
            <div class="fb-empty"><img class="fb-empty__picture" src=assets::url("pictures/buurt.svg") alt="" width="320" height="160"/>
                <h2 class="ams-heading ams-heading--3">{ctx.t("plans-none")}</h2>
                <p class="ams-paragraph">{ctx.t("plans-none-text")}</p>
                <a class="ams-link" href=ctx.url(&urls::Initiatives {})>{ctx.t("plans-see-all")}</a></div>
        }
        .into_any()
    } else {
        // The cards' titles are headings of the third level, here as on a buurt's page.
        view! { <h2 class="ams-visually-hidden">{ctx.ta("plans-count", &[("count", data.total.into())])}</h2><ul class="fb-cards fb-cards--two">{data.plans.iter().map(|p| card(ctx, p)).collect_view()}</ul> }
            .into_any()
    };
    let pages = (data.pages > 1).then(|| {
        view! {
            <nav class="fb-pages" aria-label=ctx.t("plans-pages")>
                {data.prev.clone().map(|href| view! { <a class="fb-pages__link fb-pages__link--prev" rel="prev" href=href>{ctx.t("plans-page-before")}</a> })}
                <span class="fb-pages__now">{ctx.ta("plans-page-of", &[("page", data.page.into()), ("pages", data.pages.into())])}</span>
                {data.next.clone().map(|href| view! { <a class="fb-pages__link fb-pages__link--next" rel="next" href=href>{ctx.t("next")}</a> })}
            </nav>
        }
    });
    let main = view! {
        <div class="fb-head">
            <h1 class="ams-heading ams-heading--1">{ctx.t("plans-title")}</h1>
            <p class="fb-meta" role="status">{ctx.ta("plans-count", &[("count", data.total.into())])}</p>
        </div>
        {filters(ctx, data)}
        {plans}
        {pages}
        <div class="fb-bar"><a class="ams-button ams-button--primary" href=ctx.url(&urls::NewInitiative {})>{ctx.t("plans-i-have-an-idea")}</a></div>
    };
    frame(ctx, Frame::wide(ctx.t("plans-title")), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "plans/list", draw: |ctx| list(ctx, &ListView::sample()) },
        Sample {
            name: "plans/list-last",
            draw: |ctx| {
                list(ctx, &ListView { page: 2, prev: Some("/initiatieven".into()), next: None, ..ListView::sample() })
            },
        },
        Sample {
            name: "plans/list-empty",
            draw: |ctx| list(ctx, &ListView { plans: Vec::new(), total: 0, pages: 1, ..ListView::sample() }),
        },
    ]
}
