//! `/peiling`: the survey, its form, and what neighbours said.

use crate::frame::{Frame, frame};
use crate::{Ctx, Sample, kit};
use domain::form::{Errors, Problem, Raw};
use domain::survey::Figures;
use domain::urls;
use leptos::prelude::*;

/// A wave in a list.
#[derive(Clone, Debug)]
pub struct WaveCard {
    /// For its link.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Opens.
    pub opens_at: i64,
    /// Closes.
    pub closes_at: i64,
    /// Answers are taken now.
    pub open: bool,
    /// The result can be seen.
    pub result: bool,
}

impl WaveCard {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            slug: "najaar-2008".into(),
            title: "Peiling najaar 2008".into(),
            opens_at: 1_794_900_000,
            closes_at: 1_795_900_000,
            open: true,
            result: false,
        }
    }
}

fn term(ctx: &Ctx, wave: &WaveCard) -> String {
    let at = |seconds| texts::date_time(ctx.lang, seconds).into();
    if wave.open {
        ctx.ta("survey-open-until", &[("at", at(wave.closes_at))])
    } else if ctx.now < wave.opens_at {
        ctx.ta("survey-opens", &[("at", at(wave.opens_at))])
    } else {
        ctx.ta("survey-closed-at", &[("at", at(wave.closes_at))])
    }
}

/// All waves.
pub fn list(ctx: &Ctx, waves: &[WaveCard]) -> AnyView {
    let cards = waves
        .iter()
        .map(|w| {
            let href = if w.result {
                ctx.url(&urls::WaveResult { wave: w.slug.clone() })
            } else {
                ctx.url(&urls::Wave { wave: w.slug.clone() })
            };
            let badge = if w.open { "ams-badge ams-badge--yellow" } else { "ams-badge" };
            let state = if w.open {
                "survey-open"
            } else if w.result {
                "survey-result-out"
            } else {
                "survey-not-now"
            };
            view! {
                <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight">
                    <p class="fb-row fb-row--tight"><span class=badge>{ctx.t(state)}</span></p>
                    <h2 class="ams-heading ams-heading--3"><a class="fb-card__link" href=href>{w.title.clone()}</a></h2>
                    <p class="fb-meta">{term(ctx, w)}</p>
                </div></li>
            }
        })
        .collect_view();
    let body = if waves.is_empty() {
        view! { <div class="fb-empty"><h2 class="ams-heading ams-heading--3">{ctx.t("survey-none")}</h2><p class="ams-paragraph">{ctx.t("survey-none-how")}</p></div> }.into_any()
    } else {
        view! { <ul class="fb-cards">{cards}</ul> }.into_any()
    };
    let main = view! {
        <h1 class="ams-heading ams-heading--1">{ctx.t("survey-title")}</h1>
        <p class="ams-paragraph ams-paragraph--large fb-read">{ctx.t("survey-lead")}</p>
        {body}
    };
    frame(ctx, Frame::wide(ctx.t("survey-title")), main)
}

/// How the reader stands to the survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// May answer now.
    Resident,
    /// Not signed in.
    SignIn,
    /// Where they live was not shown yet.
    Residence,
}

/// A wave to answer.
#[derive(Clone, Debug)]
pub struct WaveView {
    /// The wave.
    pub card: WaveCard,
    /// How the reader stands to it.
    pub standing: Standing,
    /// An answer was just taken.
    pub thanks: bool,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl WaveView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: WaveCard::sample(),
            standing: Standing::Resident,
            thanks: false,
            typed: Raw::from_pairs(&[("mark", "7")]),
            errors: Errors::default(),
        }
    }
}

fn marks(ctx: &Ctx, view: &WaveView) -> AnyView {
    let chosen = view.typed.get("mark").to_owned();
    let marks = (1..=10)
        .map(|n: i64| {
            let id = if n == 1 { "mark".to_owned() } else { format!("mark-{n}") };
            let checked = chosen == n.to_string();
            view! { <label class="fb-mark"><input class="fb-mark__input" type="radio" id=id name="mark" value=n.to_string() checked=checked/><span class="fb-mark__number">{n}</span></label> }
        })
        .collect_view();
    view! {
        <fieldset class="ams-field-set"><legend class="ams-field-set__legend">{ctx.t("survey-mark")}</legend>
            {kit::error_text(ctx, "mark", &view.errors)}
            <div class="fb-marks">{marks}</div><p class="fb-marks__ends"><span>{ctx.t("survey-mark-low")}</span><span>{ctx.t("survey-mark-high")}</span></p></fieldset>
    }
    .into_any()
}

fn form(ctx: &Ctx, view: &WaveView) -> AnyView {
    let area = |name: &'static str, key: &str| {
        kit::field(
            ctx,
            &kit::Field {
                name,
                label: ctx.t(key),
                hint: ctx.t("optional"),
                kind: kit::Kind::Area,
                heading: false,
                typed: &view.typed,
                errors: &view.errors,
            },
        )
    };
    view! {
        <form class="fb-form" id="peiling" method="post" action=ctx.url(&urls::Wave { wave: view.card.slug.clone() }) novalidate>
            {kit::hidden(ctx)}
            {marks(ctx, view)}
            {area("good", "survey-good")}{area("better", "survey-better")}{area("can_do", "survey-can-do")}
            <p class="fb-meta">{ctx.t("survey-secret")}</p>
            {kit::bar(ctx.t("survey-send"))}
        </form>
    }
    .into_any()
}

/// The survey.
pub fn wave(ctx: &Ctx, data: &WaveView) -> AnyView {
    let here = ctx.url(&urls::Wave { wave: data.card.slug.clone() });
    let notice = |title: &str, text: &str, link: Option<(String, &str)>| {
        let link =
            link.map(|(href, key)| view! { <a class="ams-button ams-button--primary" href=href>{ctx.t(key)}</a> });
        view! { <section class="fb-notice"><h2 class="ams-heading ams-heading--3">{ctx.t(title)}</h2><p class="ams-paragraph">{ctx.t(text)}</p>{link}</section> }.into_any()
    };
    let answering = data.standing == Standing::Resident && data.card.open && !data.card.result && !data.thanks;
    let body = if data.thanks {
        view! {
            <section class="fb-notice fb-notice--green" role="status"><h2 class="ams-heading ams-heading--3">{ctx.t("survey-thanks")}</h2><p class="ams-paragraph">{ctx.t("survey-thanks-text")}</p>
                <a class="fb-more" href=ctx.url(&urls::NewInitiative {})>{ctx.t("survey-to-plan")}</a></section>
            <p class="ams-paragraph"><a class="ams-link" href=here.clone()>{ctx.t("survey-again")}</a></p>
        }
        .into_any()
    } else if data.card.result {
        notice(
            "survey-over",
            "survey-over-text",
            Some((ctx.url(&urls::WaveResult { wave: data.card.slug.clone() }), "survey-to-result")),
        )
    } else if !data.card.open {
        notice("survey-shut", "survey-shut-text", None)
    } else {
        match data.standing {
            Standing::Resident => {
                let key = ["survey-", &data.card.slug].concat();
                view! { {kit::draft(ctx, "peiling", &key)}{form(ctx, data)} }.into_any()
            }
            Standing::SignIn => notice(
                "survey-sign-in",
                "survey-sign-in-text",
                Some((format!("{}?verder={here}", ctx.url(&urls::SignIn {})), "nav-sign-in")),
            ),
            Standing::Residence => notice(
                "survey-residence",
                "survey-residence-text",
                Some((ctx.url(&urls::MineResidence {}), "ballot-residence-do")),
            ),
        }
    };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Waves {})>{ctx.t("survey-title")}</a>
        {kit::error_summary(ctx, &data.errors, &[("mark", "survey-mark"), ("good", "survey-good"), ("better", "survey-better"), ("can_do", "survey-can-do")])}
        <div class="fb-head"><p class="fb-kicker">{data.card.title.clone()}</p><h1 class="ams-heading ams-heading--1">{ctx.t("survey-question")}</h1><p class="fb-meta">{term(ctx, &data.card)}</p></div>
        {body}
    };
    let page = Frame::narrow(data.card.title.clone()).failed(!data.errors.0.is_empty());
    frame(ctx, if answering { page.with_islands() } else { page }, main)
}

/// What neighbours said.
#[derive(Clone, Debug)]
pub struct WaveResultView {
    /// The wave.
    pub card: WaveCard,
    /// Of the city; `None`: too few.
    pub city: Option<Figures>,
    /// The city's figures leave small buurten out.
    pub partial: bool,
    /// Name and figures; `None`: too few.
    pub buurten: Vec<(String, Option<Figures>)>,
    /// Buurt and words, released by a moderator.
    pub quotes: Vec<(String, String)>,
}

impl WaveResultView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let figures = Figures { answers: 14, marks: [0, 0, 0, 1, 1, 2, 6, 3, 1, 0], mean_tenths: Some(68) };
        Self {
            card: WaveCard { open: false, result: true, ..WaveCard::sample() },
            city: Some(figures.clone()),
            partial: true,
            buurten: vec![("Vogelbuurt".into(), Some(figures)), ("IJplein".into(), None)],
            quotes: vec![("Vogelbuurt".into(), "De buren <i>kennen</i> elkaar.".into())],
        }
    }
}

/// The result.
pub fn result(ctx: &Ctx, data: &WaveResultView) -> AnyView {
    let mean = |f: &Figures| {
        f.mean_tenths.map_or_else(|| ctx.t("survey-few-marks"), |tenths| texts::decimal_tenths(ctx.lang, tenths))
    };
    let bars = data
        .buurten
        .iter()
        .filter_map(|(name, f)| f.as_ref()?.mean_tenths.map(|tenths| (name, tenths)))
        .map(|(name, tenths)| {
            view! { <li class="fb-bars__row"><span class="fb-bars__label">{name.clone()}</span>
                <svg class="fb-bars__bar" aria-hidden="true" focusable="false"><rect class="fb-bars__fill" width=format!("{tenths}%") height="100%"></rect></svg>
                <span class="fb-bars__value">{texts::decimal_tenths(ctx.lang, tenths)}</span></li> }
        })
        .collect_view();
    let rows = data
        .buurten
        .iter()
        .map(|(name, f)| {
            let (answers, mark) = f.as_ref().map_or_else(|| (ctx.t("survey-too-few"), ctx.t("survey-too-few")), |f| (f.answers.to_string(), mean(f)));
            view! { <tr class="fb-table__row"><th class="ams-table__header-cell fb-table__lead" scope="row">{name.clone()}</th>
                <td class="ams-table__cell ams-table__cell--align-end" data-label=ctx.t("survey-answers")>{answers}</td>
                <td class="ams-table__cell ams-table__cell--align-end" data-label=ctx.t("survey-mean")>{mark}</td></tr> }
        })
        .collect_view();
    let quotes = data.quotes.iter().map(|(buurt, words)| view! { <blockquote class="fb-quote"><p class="ams-paragraph">{words.clone()}</p><footer class="fb-meta">{buurt.clone()}</footer></blockquote> }).collect_view();
    let city = match &data.city {
        Some(f) => view! { <dl class="fb-stats">{kit::stat(ctx.t("survey-mean"), mean(f), ctx.t(if data.partial { "survey-city-partial" } else { "survey-city" }))}{kit::stat(ctx.t("survey-answers"), texts::number(ctx.lang, i64::try_from(f.answers).unwrap_or(0)), String::new())}</dl> }.into_any(),
        None => view! { <div class="fb-empty"><h2 class="ams-heading ams-heading--3">{ctx.t("survey-city-few")}</h2></div> }.into_any(),
    };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Waves {})>{ctx.t("survey-title")}</a>
        <div class="fb-head"><p class="fb-kicker">{data.card.title.clone()}</p><h1 class="ams-heading ams-heading--1">{ctx.t("survey-result-title")}</h1><p class="fb-meta">{term(ctx, &data.card)}</p></div>
        {city}
        <figure class="fb-chart"><figcaption class="fb-chart__title">{ctx.t("survey-chart")}</figcaption>
            <ul class="fb-bars">{bars}</ul>
            <details class="fb-details"><summary class="fb-details__button">{ctx.t("as-table")}</summary>
                <div class="ams-table fb-table" role="region" aria-labelledby="cijfers" tabindex="0"><table class="ams-table__table fb-table__table">
                    <caption class="ams-table__caption" id="cijfers">{ctx.t("survey-chart")}</caption>
                    <thead class="ams-table__header fb-table__head"><tr><th class="ams-table__header-cell" scope="col">{ctx.t("survey-buurt")}</th>
                        <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{ctx.t("survey-answers")}</th>
                        <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{ctx.t("survey-mean")}</th></tr></thead>
                    <tbody>{rows}</tbody></table></div></details></figure>
        <p class="fb-meta">{ctx.t("survey-suppression")}</p>
        {(!data.quotes.is_empty()).then(|| view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("survey-quotes")}</h2>{quotes}</section> })}
    };
    frame(ctx, Frame::wide(data.card.title.clone()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample {
            name: "survey/list",
            draw: |ctx| {
                list(
                    ctx,
                    &[
                        WaveCard::sample(),
                        WaveCard { open: false, result: true, ..WaveCard::sample() },
                        WaveCard { open: false, opens_at: i64::MAX / 10_000_000_000, ..WaveCard::sample() },
                    ],
                )
            },
        },
        Sample { name: "survey/none", draw: |ctx| list(ctx, &[]) },
        Sample { name: "survey/form", draw: |ctx| wave(ctx, &WaveView::sample()) },
        Sample {
            name: "survey/errors",
            draw: |ctx| wave(ctx, &WaveView { errors: Errors::one("mark", Problem::Missing), ..WaveView::sample() }),
        },
        Sample { name: "survey/thanks", draw: |ctx| wave(ctx, &WaveView { thanks: true, ..WaveView::sample() }) },
        Sample {
            name: "survey/sign-in",
            draw: |ctx| wave(ctx, &WaveView { standing: Standing::SignIn, ..WaveView::sample() }),
        },
        Sample {
            name: "survey/residence",
            draw: |ctx| wave(ctx, &WaveView { standing: Standing::Residence, ..WaveView::sample() }),
        },
        Sample {
            name: "survey/over",
            draw: |ctx| {
                wave(
                    ctx,
                    &WaveView {
                        card: WaveCard { open: false, result: true, ..WaveCard::sample() },
                        ..WaveView::sample()
                    },
                )
            },
        },
        Sample {
            name: "survey/shut",
            draw: |ctx| {
                wave(ctx, &WaveView { card: WaveCard { open: false, ..WaveCard::sample() }, ..WaveView::sample() })
            },
        },
        Sample { name: "survey/result", draw: |ctx| result(ctx, &WaveResultView::sample()) },
        Sample {
            name: "survey/few",
            draw: |ctx| {
                result(
                    ctx,
                    &WaveResultView {
                        city: None,
                        partial: false,
                        buurten: Vec::new(),
                        quotes: Vec::new(),
                        ..WaveResultView::sample()
                    },
                )
            },
        },
    ]
}
