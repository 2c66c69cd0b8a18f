//! `/budget` and `/budget/{wijk}`: whose money it is, and what of it is for residents.

use crate::frame::{Frame, frame};
use crate::kit;
use crate::{Ctx, Sample};
use domain::budget::{Amount, Forecast, Share, Total};
use domain::money::Cents;
use domain::time::Seconds;
use domain::urls;
use leptos::prelude::*;

/// One wijk in the city's overview.
#[derive(Clone, Debug)]
pub struct WijkShare {
    /// For its link.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Its figures.
    pub share: Share,
}

/// One programme's row.
#[derive(Clone, Debug)]
pub struct Line {
    /// Programme.
    pub programme: String,
    /// Cost of the year, per column.
    pub amounts: Vec<Amount>,
}

/// A line that a later version of the budget changed.
#[derive(Clone, Debug)]
pub struct Changed {
    /// When.
    pub at: Seconds,
    /// Programme.
    pub programme: String,
    /// Wijk, or 'together'.
    pub place: String,
    /// Before.
    pub was: Amount,
    /// Since.
    pub is: Amount,
}

/// The city's or a wijk's money of one year.
#[derive(Clone, Debug)]
pub struct BudgetView {
    /// Wijk by slug and name; `None`: the city.
    pub wijk: Option<(String, String)>,
    /// Inhabitants in 2006 of the wijk.
    pub residents: Option<i64>,
    /// Year shown.
    pub year: i64,
    /// Years to choose from.
    pub years: Vec<i64>,
    /// Figures of the whole.
    pub share: Share,
    /// What plans of the wijk ask together; `None` for the city.
    pub forecast: Option<Forecast>,
    /// Small plans of the wijk that got money of this year without a round: how many, for how much; `None` for the city.
    pub small: Option<(i64, Cents)>,
    /// The city's wijken; empty on a wijk's page.
    pub wijken: Vec<WijkShare>,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows.
    pub lines: Vec<Line>,
    /// One-off investments.
    pub investments: Total,
    /// Lowered ceilings: wijk, percentage as text, why.
    pub ceilings: Vec<(String, String, String)>,
    /// What later versions of the budget changed.
    pub changed: Vec<Changed>,
}

impl BudgetView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let share = Share {
            cost: Total { known: Cents::euros(20_375_000), at_least: true },
            ceiling: Cents::euros(2_037_500),
            earmarked: Cents::euros(300_000),
            funded: Cents::euros(300_000),
            allotted: Cents::euros(65_000),
        };
        Self {
            wijk: None,
            residents: Some(23_355),
            year: 2008,
            years: vec![2008, 2009],
            share,
            forecast: None,
            small: None,
            wijken: vec![WijkShare { slug: "noord".into(), name: "Noord".into(), share }],
            columns: vec!["Noord".into(), "Oost".into()],
            lines: vec![
                Line { programme: "Wonen".into(), amounts: vec![Amount::Known(Cents::euros(2_355_000)), Amount::Pm] },
                Line { programme: "Werken".into(), amounts: vec![Amount::Empty, Amount::Known(Cents::ZERO)] },
            ],
            investments: Total { known: Cents::euros(34_240_000), at_least: true },
            ceilings: vec![("Noord".into(), "8,5".into(), "Het stadsdeel vult de rest zelf aan.".into())],
            changed: vec![Changed {
                at: 1_790_000_000,
                programme: "Wonen".into(),
                place: "Oost".into(),
                was: Amount::Pm,
                is: Amount::Known(Cents::euros(500_000)),
            }],
        }
    }
}

fn total(ctx: &Ctx, total: Total) -> String {
    if total.at_least && total.known == Cents::ZERO {
        // 'At least € 0' says nothing.
        ctx.t("budget-pm")
    } else if total.at_least {
        ctx.ta("at-least", &[("amount", ctx.money(total.known).into())])
    } else {
        ctx.money(total.known)
    }
}

fn amount(ctx: &Ctx, amount: Amount) -> String {
    match amount {
        Amount::Known(cents) => ctx.money(cents),
        Amount::Pm => ctx.t("budget-pm"),
        Amount::Empty => ctx.t("budget-empty"),
    }
}

fn earmarked(ctx: &Ctx, share: &Share) -> String {
    let percent = texts::percent_tenths(ctx.lang, share.earmarked.permille_of(share.cost.known).unwrap_or(0));
    ctx.ta("budget-earmarked", &[("amount", ctx.money(share.earmarked).into()), ("percent", percent.into())])
}

/// The five figures apart, never mixed.
fn figures(ctx: &Ctx, data: &BudgetView) -> AnyView {
    let share = &data.share;
    view! {
        <dl class="fb-stats">
            {kit::stat(ctx.t("budget-ceiling"), ctx.money(share.ceiling), ctx.t("budget-ceiling-note"))}
            {kit::stat(ctx.t("budget-funded"), ctx.money(share.funded), ctx.t("budget-funded-note"))}
            {kit::stat(ctx.t("budget-allotted"), ctx.money(share.allotted), ctx.t("budget-allotted-note"))}
            {kit::stat(ctx.t("budget-left"), ctx.money(share.left()), ctx.t("budget-left-note"))}
            {kit::stat(ctx.t("budget-room"), ctx.money(share.room()), ctx.t("budget-room-note"))}
        </dl>
    }
    .into_any()
}

/// The page when nothing was imported.
pub fn empty(ctx: &Ctx) -> AnyView {
    let main = view! {
        <h1 class="ams-heading ams-heading--1">{ctx.t("budget-title")}</h1>
        <div class="fb-empty"><h2 class="ams-heading ams-heading--3">{ctx.t("budget-none")}</h2><p class="ams-paragraph">{ctx.t("budget-none-how")}</p></div>
    };
    frame(ctx, Frame::narrow(ctx.t("budget-title")), main)
}

/// The page.
pub fn budget(ctx: &Ctx, data: &BudgetView) -> AnyView {
    let base = match &data.wijk {
        Some((slug, _)) => ctx.url(&urls::BudgetWijk { wijk: slug.clone() }),
        None => ctx.url(&urls::Budget {}),
    };
    let (title, lead) = match &data.wijk {
        Some((_, name)) => (
            format!("{}: {name}", ctx.t("budget-title")),
            ctx.ta("budget-lead-wijk", &[("wijk", name.as_str().into())]),
        ),
        None => (ctx.t("budget-title"), ctx.t("budget-lead")),
    };
    let place = match &data.wijk {
        Some((_, name)) => format!("{name}, {}", data.year),
        None => ctx.ta("budget-city", &[("year", data.year.to_string().into())]),
    };
    let years = data
        .years
        .iter()
        .map(|year| view! { <li><a class="fb-chip" href=format!("{base}?jaar={year}") aria-current=(*year == data.year).then_some("true")>{year.to_string()}</a></li> })
        .collect_view();
    let back = data
        .wijk
        .as_ref()
        .map(|_| view! { <a class="fb-back" href=ctx.url(&urls::Budget {})>{ctx.t("budget-title")}</a> });
    let residents = data.wijk.as_ref().and(data.residents).map(|n| view! { <p class="fb-meta">{ctx.ta("budget-inhabitants", &[("count", texts::number(ctx.lang, n).into())])}</p> });
    let small = data.wijk.as_ref().zip(data.small).map(|((_, name), (count, amount))| {
        view! { <p class="ams-paragraph">{crate::moderation::funded(ctx, name, data.year, count, amount)}</p> }
    });
    let joint_note = (data.investments.known > Cents::ZERO).then(|| view! { <p class="ams-paragraph">{ctx.ta("budget-investments-text", &[("amount", total(ctx, data.investments).into())])}</p> });
    let main = view! {
        {back}
        <h1 class="ams-heading ams-heading--1">{title.clone()}</h1>
        <p class="ams-paragraph ams-paragraph--large fb-read">{lead}</p>
        <nav aria-label=ctx.t("budget-year")><ul class="fb-chips">{years}</ul></nav>
        <div class="fb-card"><div class="fb-card__body fb-stack">
            <p class="fb-meta">{place}</p>
            <p class="fb-figure"><span class="fb-figure__value">{ctx.money(data.share.ceiling)}</span>" "<span class="fb-figure__text">{ctx.t("budget-can-go")}</span></p>
            <div class="fb-meter">{kit::meter(data.share.allotted, data.share.left(), data.share.ceiling)}
                <ul class="fb-meter__legend">
                    <li class="fb-meter__key fb-meter__key--allotted">{ctx.t("budget-allotted")}" "<span class="fb-money">{ctx.money(data.share.allotted)}</span></li>
                    <li class="fb-meter__key fb-meter__key--plan">{ctx.t("budget-left")}" "<span class="fb-money">{ctx.money(data.share.left())}</span></li>
                    <li class="fb-meter__key">{ctx.t("budget-room")}" "<span class="fb-money">{ctx.money(data.share.room())}</span></li>
                </ul></div>
            <p class="fb-meta">{earmarked(ctx, &data.share)}</p>
            {residents}
        </div></div>
        {figures(ctx, data)}
        {data.wijk.as_ref().zip(data.forecast.as_ref()).map(|((_, name), f)| crate::share::forecast(ctx, name, &data.share, f))}
        {small}
        {wijken(ctx, data)}
        {table(ctx, data)}
        {joint_note}
        {history(ctx, data)}
        <p class="fb-meta">{ctx.t("budget-pm-note")}</p>
        <p class="fb-meta">{ctx.t("budget-source")}</p>
    };
    frame(ctx, Frame::wide(title), main)
}

/// Lowered ceilings with their reasons, and what later versions changed.
fn history(ctx: &Ctx, data: &BudgetView) -> AnyView {
    let ceilings = data
        .ceilings
        .iter()
        .map(|(wijk, percent, why)| {
            view! { <p class="ams-paragraph">{ctx.ta("budget-lowered", &[("wijk", wijk.as_str().into()), ("percent", percent.as_str().into())])}" "<span dir="auto">{why.clone()}</span></p> }
        })
        .collect_view();
    let changed = data
        .changed
        .iter()
        .map(|c| {
            let words = ctx.ta(
                "budget-change",
                &[
                    ("programme", c.programme.as_str().into()),
                    ("place", c.place.as_str().into()),
                    ("was", amount(ctx, c.was).into()),
                    ("is", amount(ctx, c.is).into()),
                ],
            );
            view! { <li class="ams-unordered-list__item">{texts::date(ctx.lang, c.at)}": "{words}</li> }
        })
        .collect_view();
    let changed = (!data.changed.is_empty()).then(|| view! { <details class="fb-details"><summary class="fb-details__button">{ctx.t("budget-changes")}</summary><ul class="ams-unordered-list">{changed}</ul></details> });
    view! { {ceilings}{changed} }.into_any()
}

fn wijken(ctx: &Ctx, data: &BudgetView) -> AnyView {
    if data.wijken.is_empty() {
        return ().into_any();
    }
    let cards = data
        .wijken
        .iter()
        .map(|w| {
            view! {
                <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight">
                    <p class="fb-row fb-row--between">
                        <a class="fb-card__link ams-heading ams-heading--3" href=format!("{}?jaar={}", ctx.url(&urls::BudgetWijk { wijk: w.slug.clone() }), data.year)>{w.name.clone()}</a>
                        <span class="fb-money">{ctx.money(w.share.ceiling)}</span>
                    </p>
                    <div class="fb-meter fb-meter--small">{kit::meter(w.share.funded, Cents::ZERO, w.share.ceiling)}</div>
                    <p class="fb-meta">{earmarked(ctx, &w.share)}</p>
                    <p class="fb-meta">{format!("{}: {} · {}: {}", ctx.t("budget-funded"), ctx.money(w.share.funded), ctx.t("budget-room"), ctx.money(w.share.room()))}</p>
                </div></li>
            }
        })
        .collect_view();
    view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("budget-per-wijk")}</h2><ul class="fb-cards">{cards}</ul></section> }.into_any()
}

fn table(ctx: &Ctx, data: &BudgetView) -> AnyView {
    let heads = data.columns.iter().map(|c| view! { <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{c.clone()}</th> }).collect_view();
    let rows = data
        .lines
        .iter()
        .map(|line| {
            let cells = line
                .amounts
                .iter()
                .zip(&data.columns)
                .map(|(a, column)| view! { <td class="ams-table__cell ams-table__cell--align-end" data-label=column.clone()>{amount(ctx, *a)}</td> })
                .collect_view();
            view! { <tr class="fb-table__row"><th class="ams-table__header-cell fb-table__lead" scope="row">{line.programme.clone()}</th>{cells}</tr> }
        })
        .collect_view();
    let sums = data
        .columns
        .iter()
        .enumerate()
        .map(|(i, column)| {
            let sum = Total::of(data.lines.iter().filter_map(|l| l.amounts.get(i).copied()));
            view! { <td class="ams-table__cell ams-table__cell--align-end" data-label=column.clone()>{total(ctx, sum)}</td> }
        })
        .collect_view();
    view! {
        <section class="fb-section">
            <div class="ams-table fb-table" role="region" aria-labelledby="kosten" tabindex="0">
                <table class="ams-table__table fb-table__table">
                    <caption class="ams-table__caption" id="kosten">{format!("{}, {}", ctx.t("budget-per-programme"), data.year)}</caption>
                    <thead class="ams-table__header fb-table__head"><tr><th class="ams-table__header-cell" scope="col">{ctx.t("budget-programme")}</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                    <tfoot><tr class="fb-table__row fb-table__row--sum"><th class="ams-table__header-cell fb-table__lead" scope="row">{ctx.t("budget-total")}</th>{sums}</tr></tfoot>
                </table>
            </div>
        </section>
    }
    .into_any()
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "budget/city", draw: |ctx| budget(ctx, &BudgetView::sample()) },
        Sample {
            name: "budget/wijk",
            draw: |ctx| {
                budget(
                    ctx,
                    &BudgetView {
                        wijk: Some(("noord".into(), "Noord".into())),
                        wijken: Vec::new(),
                        forecast: Some(crate::share::sample()),
                        small: Some((3, Cents::euros(5200))),
                        ..BudgetView::sample()
                    },
                )
            },
        },
        Sample { name: "budget/empty", draw: empty },
    ]
}
