//! Home with the one thing to do now, the list of buurten, and a buurt's own page.

use crate::frame::{Frame, frame};
use crate::kit;
use crate::plans::{PlanCard, Take, card};
use crate::rounds::{RoundCard, voting_card};
use crate::{Ctx, Sample};
use domain::budget::Forecast;
use domain::form::{Errors, Raw};
use domain::money::Cents;
use domain::time::{DAY, Seconds};
use domain::urls;
use leptos::prelude::*;

/// A buurt with its wijk.
#[derive(Clone, Debug)]
pub struct Place {
    /// For URLs.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Wijk.
    pub wijk: String,
    /// One friendly line, in the reader's language.
    pub line: String,
}

impl Place {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            slug: "vogelbuurt".into(),
            name: "Vogelbuurt".into(),
            wijk: "Noord".into(),
            line: "Klein, groen en vol kinderen.".into(),
        }
    }
}

/// Home.
#[derive(Clone, Debug)]
pub struct HomeView {
    /// The reader's buurt; `None`: not chosen yet.
    pub buurt: Option<Place>,
    /// All buurten, to choose from.
    pub buurten: Vec<Place>,
    /// The running round: slug, title, pot, closing time.
    pub round: Option<(String, String, Cents, Seconds)>,
    /// Other rounds of the buurt that take votes; of all buurten, for who has not chosen one yet.
    pub voting: Vec<RoundCard>,
    /// The open survey wave: slug, title.
    pub wave: Option<(String, String)>,
    /// Plans with money, then the newest.
    pub plans: Vec<PlanCard>,
}

impl HomeView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            buurt: Some(Place::sample()),
            buurten: vec![Place::sample()],
            round: Some((
                "vogelbuurt-2026".into(),
                "Vogelbuurt beslist".into(),
                Cents::euros(40_000),
                1_795_000_000 + 9 * DAY,
            )),
            voting: vec![RoundCard::sample()],
            wave: Some(("najaar".into(), "Najaar".into())),
            plans: vec![PlanCard::sample()],
        }
    }
}

/// A buurt's page.
#[derive(Clone, Debug)]
pub struct BuurtView {
    /// The buurt.
    pub place: Place,
    /// Its rounds that take votes now.
    pub rounds: Vec<RoundCard>,
    /// Share of its wijk; `None` before any budget.
    pub take: Option<Take>,
    /// What its plans ask together.
    pub forecast: Option<Forecast>,
    /// Plans with money or done.
    pub working: Vec<PlanCard>,
    /// Plans that can be supported or voted on.
    pub open: Vec<PlanCard>,
    /// All others.
    pub other: Vec<PlanCard>,
}

impl BuurtView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            place: Place::sample(),
            rounds: vec![RoundCard::sample()],
            take: Some(Take { asked: None, ..Take::sample() }),
            forecast: Some(crate::share::sample()),
            working: vec![PlanCard::sample()],
            open: vec![PlanCard::sample()],
            other: Vec::new(),
        }
    }
}

fn choose(ctx: &Ctx, buurten: &[Place], now: Option<&str>) -> AnyView {
    let options: Vec<(String, String)> =
        buurten.iter().map(|b| (b.slug.clone(), format!("{} ({})", b.name, b.wijk))).collect();
    let typed = Raw::from_pairs(&[("buurt", now.unwrap_or(""))]);
    // Who chose none yet must choose: the first of the list is nobody's guess.
    let empty = if now.is_some() { String::new() } else { ctx.t("people-buurt-choose") };
    view! {
        <form class="fb-form" method="post" action=ctx.url(&urls::ChooseBuurt {})>
            {kit::hidden(ctx)}
            {kit::select(ctx, "buurt", &ctx.t("buurten-choose"), &empty, &options, &typed, &Errors::default())}
            <button class=if now.is_some() { "ams-button ams-button--secondary" } else { "ams-button ams-button--primary" }>{ctx.t("buurten-choose-button")}</button>
        </form>
    }
    .into_any()
}

fn idea_url(ctx: &Ctx, slug: &str) -> String {
    format!("{}?buurt={slug}", ctx.url(&urls::NewInitiative {}))
}

/// The one thing to do now: vote, answer the survey, or bring an idea.
fn now_to_do(ctx: &Ctx, data: &HomeView, place: &Place) -> AnyView {
    let idea = idea_url(ctx, &place.slug);
    if let Some((slug, title, pot, closes_at)) = &data.round {
        let left = closes_at - ctx.now;
        let days = if left < DAY {
            ctx.t("buurten-last-day")
        } else {
            ctx.ta("buurten-days-left", &[("count", (left / DAY).into())])
        };
        return view! {
            <div class="fb-head">
                <h1 class="ams-heading ams-heading--1">{ctx.ta("buurten-home-round", &[("amount", ctx.money(*pot).into())])}</h1>
                <p class="ams-paragraph ams-paragraph--large">{title.clone()}". "{days}</p>
            </div>
            <a class="ams-button ams-button--primary fb-button--wide" href=ctx.url(&urls::Round { round: slug.clone() })>{ctx.t("buurten-vote")}</a>
            <a class="ams-button ams-button--secondary fb-button--wide" href=idea>{ctx.t("plans-i-have-an-idea")}</a>
        }
        .into_any();
    }
    let lead = if place.line.is_empty() { ctx.t("buurten-home-lead") } else { place.line.clone() };
    if let Some((slug, _)) = &data.wave {
        return view! {
            <div class="fb-head">
                <h1 class="ams-heading ams-heading--1">{ctx.t("buurten-home-wave")}</h1>
                <p class="ams-paragraph ams-paragraph--large">{lead}</p>
            </div>
            <a class="ams-button ams-button--primary fb-button--wide" href=ctx.url(&urls::Wave { wave: slug.clone() })>{ctx.t("buurten-tell-us")}</a>
            <a class="ams-button ams-button--secondary fb-button--wide" href=idea>{ctx.t("plans-i-have-an-idea")}</a>
        }
        .into_any();
    }
    view! {
        <div class="fb-head">
            <h1 class="ams-heading ams-heading--1">{ctx.ta("buurten-home-idea", &[("buurt", place.name.as_str().into())])}</h1>
            <p class="ams-paragraph ams-paragraph--large">{lead}</p>
        </div>
        <a class="ams-button ams-button--primary fb-button--wide" href=idea>{ctx.t("plans-i-have-an-idea")}</a>
    }
    .into_any()
}

/// Home.
pub fn home(ctx: &Ctx, data: &HomeView) -> AnyView {
    let Some(place) = &data.buurt else {
        let main = view! {
            <div class="fb-picture"><img class="fb-picture__img" src=assets::url("pictures/buurt.svg") alt="" width="640" height="320"/></div>
            <div class="fb-head">
                <h1 class="ams-heading ams-heading--1">{ctx.t("buurten-welcome")}</h1>
                <p class="ams-paragraph ams-paragraph--large">{ctx.t("buurten-welcome-text")}</p>
            </div>
            {choose(ctx, &data.buurten, None)}
            {data.voting.iter().map(|card| voting_card(ctx, card)).collect_view()}
            {plans(ctx, "buurten-newest", &data.plans)}
        };
        return frame(ctx, Frame::narrow(ctx.t("buurten-welcome")), main);
    };
    let wave = data.round.is_some().then_some(()).and(data.wave.as_ref()).map(|(slug, _)| {
        view! {
            <section class="fb-notice">
                <h2 class="ams-heading ams-heading--3">{ctx.t("buurten-home-wave")}</h2>
                <p class="fb-meta">{ctx.t("buurten-wave-short")}</p>
                <a class="fb-more" href=ctx.url(&urls::Wave { wave: slug.clone() })>{ctx.t("buurten-tell-us")}</a>
            </section>
        }
    });
    let main = view! {
        <p class="fb-kicker"><a class="ams-link" href=ctx.url(&urls::Buurt { buurt: place.slug.clone() })>{place.name.clone()}</a>{format!(", {} · ", place.wijk)}<a class="ams-link" href="#andere-buurt">{ctx.t("buurten-other")}</a></p>
        {now_to_do(ctx, data, place)}
        {data.voting.iter().map(|card| voting_card(ctx, card)).collect_view()}
        {wave}
        {plans(ctx, "buurten-working", &data.plans)}
        <section class="fb-section" id="andere-buurt">{choose(ctx, &data.buurten, Some(&place.slug))}</section>
    };
    frame(ctx, Frame::narrow(place.name.clone()), main)
}

fn plans(ctx: &Ctx, title: &str, list: &[PlanCard]) -> AnyView {
    if list.is_empty() {
        return ().into_any();
    }
    view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t(title)}</h2><ul class="fb-cards">{list.iter().map(|p| card(ctx, p)).collect_view()}</ul></section> }.into_any()
}

/// The list of buurten, by wijk.
pub fn buurten(ctx: &Ctx, data: &[Place]) -> AnyView {
    let mut wijken: Vec<&str> = data.iter().map(|b| b.wijk.as_str()).collect();
    wijken.dedup();
    let parts = wijken
        .into_iter()
        .map(|wijk| {
            let cards = data
                .iter()
                .filter(|b| b.wijk == wijk)
                .map(|b| {
                    view! {
                        <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight">
                            <h3 class="ams-heading ams-heading--3"><a class="fb-card__link" href=ctx.url(&urls::Buurt { buurt: b.slug.clone() })>{b.name.clone()}</a></h3>
                            <p class="fb-meta">{b.line.clone()}</p>
                        </div></li>
                    }
                })
                .collect_view();
            view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{wijk.to_owned()}</h2><ul class="fb-cards">{cards}</ul></section> }
        })
        .collect_view();
    let main = view! { <h1 class="ams-heading ams-heading--1">{ctx.t("buurten-title")}</h1>{parts} };
    frame(ctx, Frame::wide(ctx.t("buurten-title")), main)
}

/// A buurt's page.
pub fn buurt(ctx: &Ctx, data: &BuurtView) -> AnyView {
    let share = data.take.as_ref().map(|t| {
        view! {
            <section class="fb-section">
                <h2 class="ams-heading ams-heading--2">{ctx.ta("buurten-share", &[("wijk", t.wijk.as_str().into()), ("year", t.year.to_string().into())])}</h2>
                {crate::share::figures(ctx, &t.share)}
                <a class="fb-more" href=ctx.url(&urls::BudgetWijk { wijk: t.wijk_slug.clone() })>{ctx.ta("plans-wijk-money", &[("wijk", t.wijk.as_str().into())])}</a>
            </section>
            {data.forecast.as_ref().map(|f| crate::share::forecast(ctx, &t.wijk, &t.share, f))}
        }
    });
    let none = (data.working.is_empty() && data.open.is_empty() && data.other.is_empty())
        .then(|| view! { <div class="fb-empty"><h2 class="ams-heading ams-heading--3">{ctx.t("buurten-no-plans")}</h2><p class="ams-paragraph">{ctx.t("buurten-no-plans-text")}</p></div> });
    let main = view! {
        <div class="fb-head">
            <p class="fb-kicker"><a class="ams-link" href=ctx.url(&urls::Buurten {})>{ctx.t("buurten-title")}</a>{format!(" · {}", data.place.wijk)}</p>
            <h1 class="ams-heading ams-heading--1">{data.place.name.clone()}</h1>
            <p class="ams-paragraph ams-paragraph--large">{data.place.line.clone()}</p>
        </div>
        {data.rounds.iter().map(|card| voting_card(ctx, card)).collect_view()}
        {none}
        {plans(ctx, "buurten-open", &data.open)}
        {plans(ctx, "buurten-working", &data.working)}
        {plans(ctx, "buurten-rest", &data.other)}
        <section class="fb-section">
            <h2 class="ams-heading ams-heading--2">{ctx.t("offer-title")}</h2>
            <p class="ams-paragraph">{ctx.t("offer-card")}</p>
            <a class="fb-more" href=ctx.url(&urls::Help {})>{ctx.t("offer-see")}</a>
        </section>
        {share}
        <div class="fb-bar"><a class="ams-button ams-button--primary" href=idea_url(ctx, &data.place.slug)>{ctx.t("plans-i-have-an-idea")}</a></div>
    };
    frame(ctx, Frame::wide(data.place.name.clone()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "buurten/home-vote", draw: |ctx| home(ctx, &HomeView::sample()) },
        Sample { name: "buurten/home-survey", draw: |ctx| home(ctx, &HomeView { round: None, ..HomeView::sample() }) },
        Sample {
            name: "buurten/home-idea",
            draw: |ctx| home(ctx, &HomeView { round: None, wave: None, plans: Vec::new(), ..HomeView::sample() }),
        },
        Sample { name: "buurten/home-choose", draw: |ctx| home(ctx, &HomeView { buurt: None, ..HomeView::sample() }) },
        Sample { name: "buurten/list", draw: |ctx| buurten(ctx, &[Place::sample()]) },
        Sample { name: "buurten/buurt", draw: |ctx| buurt(ctx, &BuurtView::sample()) },
        Sample {
            name: "buurten/buurt-empty",
            draw: |ctx| {
                buurt(ctx, &BuurtView { working: Vec::new(), open: Vec::new(), take: None, ..BuurtView::sample() })
            },
        },
    ]
}
