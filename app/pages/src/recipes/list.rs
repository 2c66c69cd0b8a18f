//! The list of recipes with its filters in the address.

use crate::Ctx;
use crate::frame::{Frame, frame};
use crate::kit;
use domain::evaluation::{Again, COST_STEPS};
use domain::form::{Errors, Raw};
use domain::money::Cents;
use domain::urls;
use leptos::prelude::*;

/// A recipe in the list.
#[derive(Clone, Debug)]
pub struct RecipeCard {
    /// Plan.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// What its makers tell the next buurt, shortened.
    pub line: String,
    /// Buurt's name.
    pub buurt: String,
    /// What was paid; zero: nothing yet by the books.
    pub spent: Cents,
    /// Would they do it again?
    pub again: Again,
}

impl RecipeCard {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            id: 9,
            title: "Soep op de stoep".into(),
            line: "Begin klein, en vraag de buren zelf.".into(),
            buurt: "Betondorp".into(),
            spent: Cents(118_760),
            again: Again::Differently,
        }
    }
}

/// The list.
#[derive(Clone, Debug)]
pub struct RecipesView {
    /// This page's recipes.
    pub recipes: Vec<RecipeCard>,
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
    /// Filters as they stand: `q`, `buurt`, `programma`, `kosten` (at most, in euro).
    pub typed: Raw,
    /// Slug and name.
    pub buurten: Vec<(String, String)>,
    /// Slug and name.
    pub programmes: Vec<(String, String)>,
}

impl RecipesView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            recipes: vec![RecipeCard::sample()],
            total: 14,
            page: 1,
            pages: 2,
            prev: None,
            next: Some("/recepten?page=2".into()),
            typed: Raw::from_pairs(&[("q", "soep"), ("kosten", "2500")]),
            buurten: vec![("betondorp".into(), "Betondorp".into())],
            programmes: vec![("sociaal".into(), "Sociaal".into())],
        }
    }
}

fn spent(ctx: &Ctx, spent: Cents) -> String {
    if spent > Cents::ZERO {
        ctx.ta("recipes-spent", &[("amount", ctx.money(spent).into())])
    } else {
        ctx.t("recipes-spent-unknown")
    }
}

fn filters(ctx: &Ctx, data: &RecipesView) -> AnyView {
    let none = Errors::default();
    let costs: Vec<(String, String)> = COST_STEPS
        .iter()
        .map(|euros| {
            let amount = ctx.money(Cents::euros(*euros));
            (euros.to_string(), ctx.ta("recipes-at-most", &[("amount", amount.into())]))
        })
        .collect();
    let all = ctx.t("plans-all");
    let set = ["buurt", "programma", "kosten"].iter().filter(|n| !data.typed.get(n).is_empty()).count();
    let count = (set > 0).then(|| view! { <span class="fb-filter__count">{set.to_string()}</span> });
    let kept = ["buurt", "programma", "kosten"]
        .into_iter()
        .filter(|n| !data.typed.get(n).is_empty())
        .map(|n| view! { <input type="hidden" name=n value=data.typed.get(n).to_owned()/> })
        .collect_view();
    view! {
        <form class="fb-search" role="search" method="get" action=ctx.url(&urls::Recipes {})>
            <label class="ams-visually-hidden" for="q">{ctx.t("recipes-search")}</label>
            <input class="ams-text-input" type="search" id="q" name="q" value=data.typed.get("q").to_owned()/>
            {kept}
            <button class="ams-button ams-button--secondary">{ctx.t("nav-search")}</button>
        </form>
        <details class="fb-filter">
            <summary class="fb-filter__button">{ctx.t("plans-filter")}" "{count}</summary>
            <form class="fb-filter__panel" method="get" action=ctx.url(&urls::Recipes {})>
                <input type="hidden" name="q" value=data.typed.get("q").to_owned()/>
                {kit::select(ctx, "buurt", &ctx.t("plans-filter-buurt"), &all, &data.buurten, &data.typed, &none)}
                {kit::select(ctx, "programma", &ctx.t("plans-programme"), &all, &data.programmes, &data.typed, &none)}
                {kit::select(ctx, "kosten", &ctx.t("recipes-costs"), &all, &costs, &data.typed, &none)}
                <button class="ams-button ams-button--secondary">{ctx.t("plans-show")}</button>
            </form>
        </details>
    }
    .into_any()
}

fn card(ctx: &Ctx, r: &RecipeCard) -> AnyView {
    view! {
        <li class="fb-card fb-card--link"><div class="fb-card__body">
            <h3 class="ams-heading ams-heading--3" dir="auto"><a class="fb-card__link" href=ctx.url(&urls::Recipe { id: r.id })>{r.title.clone()}</a></h3>
            <p class="ams-paragraph ams-paragraph--small" dir="auto">{r.line.clone()}</p>
            <p class="fb-meta">{format!("{} · {} · {}", r.buurt, spent(ctx, r.spent), ctx.t(&format!("again-short-{}", r.again.key())))}</p>
        </div></li>
    }
    .into_any()
}

/// The page.
pub fn list(ctx: &Ctx, data: &RecipesView) -> AnyView {
    let count = ctx.ta("recipes-count", &[("count", data.total.into())]);
    let recipes = if data.recipes.is_empty() {
        view! {
            <div class="fb-empty"><img class="fb-empty__picture" src=assets::url("pictures/buurt.svg") alt="" width="320" height="160"/>
                <h2 class="ams-heading ams-heading--3">{ctx.t("plans-none")}</h2>
                <p class="ams-paragraph">{ctx.t("recipes-none")}</p>
                <a class="ams-link" href=ctx.url(&urls::Recipes {})>{ctx.t("recipes-all")}</a></div>
        }
        .into_any()
    } else {
        view! { <h2 class="ams-visually-hidden">{count.clone()}</h2><ul class="fb-cards fb-cards--two">{data.recipes.iter().map(|r| card(ctx, r)).collect_view()}</ul> }.into_any()
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
            <h1 class="ams-heading ams-heading--1">{ctx.t("recipes-title")}</h1>
            <p class="ams-paragraph">{ctx.t("recipes-intro")}</p>
            <p class="fb-meta" role="status">{count}</p>
        </div>
        {filters(ctx, data)}
        {recipes}
        {pages}
    };
    frame(ctx, Frame::wide(ctx.t("recipes-title")), main)
}
