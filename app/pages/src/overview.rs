//! Dashboards: sheets of figures, each drawn and as a table, with filters in the address; the rows behind a figure; and in a
//! submodule the yearly report.

pub mod report;
mod sheet;

pub use sheet::value;

use crate::frame::{Frame, frame};
use crate::kit;
use crate::{Ctx, Sample};
use domain::form::{Errors, Raw};
use domain::help::Count;
use domain::initiative::State;
use domain::money::Cents;
use domain::overview::{Figure, Head, Line, Sheet, Value};
use domain::urls;
use leptos::prelude::*;
use sheet::{block, files, table};

/// The dashboard.
#[derive(Clone, Debug)]
pub struct OverviewView {
    /// Its sheets.
    pub sheets: Vec<Sheet>,
    /// Filters as they stand: `wijk`, `buurt`, `programma`, `status`, `jaar`.
    pub typed: Raw,
    /// The budget year of the money.
    pub year: i64,
    /// Slug and name.
    pub wijken: Vec<(String, String)>,
    /// Slug and name.
    pub buurten: Vec<(String, String)>,
    /// Slug and name.
    pub programmes: Vec<(String, String)>,
    /// Budget years.
    pub years: Vec<i64>,
    /// The reader sees more than everyone.
    pub inside: bool,
    /// The filters as a query, for the files.
    pub query: String,
}

/// A sheet for tests and previews, with every kind of value.
pub(crate) fn sample_sheet() -> Sheet {
    let line = |key: &str, values: Vec<Value>, total| Line {
        key: key.into(),
        head: if total { Head::Text("overview-city".into()) } else { Head::Name(key.to_uppercase()) },
        behind: if total { String::new() } else { "/buurten/vogelbuurt".into() },
        figures: values.into_iter().map(|v| Figure::at(v, "/overzicht/plannen?wijk=noord".into())).collect(),
        total,
    };
    let columns = vec![
        "ceiling",
        "funded",
        "room",
        "allotted",
        "left",
        "committed",
        "paid",
        "returned",
        "pm",
        "gave",
        "plans",
        "with_money",
        "given",
        "per_plan",
        "residents",
        "per_resident",
        "age_month",
        "age_quarter",
        "age_year",
        "age_older",
        "late_steps",
        "late_replies",
        "offers",
        "needs",
        "agreed",
        "helped",
        "answers",
        "mean",
        "buurt",
        "state",
        "month",
        "year",
        "day",
        "wijk",
        "programme",
        "plan",
        "amount",
    ];
    let kinds = [
        Value::AtLeast(Cents::euros(2_037_500)),
        Value::Money(Cents::euros(300_000)),
        Value::Count(12),
        Value::Told(Count::Some),
        Value::Told(Count::None),
        Value::Told(Count::Exactly(14)),
        Value::Tenths(71),
        Value::Yes(true),
        Value::Yes(false),
        Value::Unknown,
        Value::TooFew,
        Value::NotShown,
        Value::Words("Vogelbuurt".into()),
        Value::Text("state-completed".into()),
        Value::Day(1_795_000_000),
        Value::Month(202_611),
    ];
    let values: Vec<Value> = kinds.iter().cycle().take(columns.len()).cloned().collect();
    let lines =
        vec![line("noord", values.clone(), false), line("oost", values.clone(), false), line("stad", values, true)];
    Sheet { key: "share", columns, lines, plot: 1 }
}

impl OverviewView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let keys = ["share", "programmes", "states", "wijken", "buurten", "late", "desk", "help", "survey"];
        Self {
            sheets: keys.map(|key| Sheet { key, ..sample_sheet() }).to_vec(),
            typed: Raw::from_pairs(&[("wijk", "noord")]),
            year: 2008,
            wijken: vec![("noord".into(), "Noord".into())],
            buurten: vec![("vogelbuurt".into(), "Vogelbuurt".into())],
            programmes: vec![("sociaal".into(), "Sociaal".into())],
            years: vec![2009, 2008],
            inside: true,
            query: "wijk=noord".into(),
        }
    }
}

/// What the rows of the address are narrowed to.
const FILTERS: [&str; 5] = ["wijk", "buurt", "programma", "status", "jaar"];

fn filters(ctx: &Ctx, data: &OverviewView) -> AnyView {
    let none = Errors::default();
    let states: Vec<(String, String)> = State::ALL
        .iter()
        .filter(|s| data.inside || s.is_public())
        .map(|s| (s.key().to_owned(), ctx.t(&format!("state-{}", s.key()))))
        .collect();
    let years: Vec<(String, String)> = data.years.iter().map(|y| (y.to_string(), y.to_string())).collect();
    let mut typed = data.typed.clone();
    typed.set("jaar", data.year.to_string());
    let all = ctx.t("plans-all");
    let set = FILTERS.iter().filter(|n| !data.typed.get(n).is_empty()).count();
    let count = (set > 0).then(|| view! { <span class="fb-filter__count">{set.to_string()}</span> });
    let select = |name, label: &str, empty: &str, options: &[(String, String)]| {
        kit::select(ctx, name, &ctx.t(label), empty, options, &typed, &none)
    };
    view! {
        <details class="fb-filter">
            <summary class="fb-filter__button">{ctx.t("plans-filter")}" "{count}</summary>
            <form class="fb-filter__panel" method="get" action=ctx.url(&urls::Overview {})>
                {select("wijk", "overview-col-wijk", &all, &data.wijken)}
                {select("buurt", "plans-filter-buurt", &all, &data.buurten)}
                {select("programma", "plans-programme", &all, &data.programmes)}
                {select("status", "plans-filter-state", &all, &states)}
                {select("jaar", "overview-money-of", "", &years)}
                <button class="ams-button ams-button--secondary">{ctx.t("plans-show")}</button>
            </form>
        </details>
    }
    .into_any()
}

/// For where the figures are, where the reader narrowed them.
fn place(data: &OverviewView) -> Option<String> {
    let named = |all: &[(String, String)], key| {
        let slug = data.typed.get(key);
        all.iter().find(|(s, _)| !slug.is_empty() && s == slug).map(|(_, name)| name.clone())
    };
    let place = named(&data.buurten, "buurt").or_else(|| named(&data.wijken, "wijk"))?;
    Some(format!("{place} · "))
}

/// The page.
pub fn overview(ctx: &Ctx, data: &OverviewView) -> AnyView {
    let sheets = data.sheets.iter().map(|s| block(ctx, s, &data.query)).collect_view();
    let report = if data.typed.get("wijk").is_empty() {
        ctx.url(&urls::Report { year: data.year })
    } else {
        ctx.url(&urls::ReportWijk { year: data.year, wijk: data.typed.get("wijk").to_owned() })
    };
    let inside = data.inside.then(|| view! { <p class="fb-notice fb-notice--plain">{ctx.t("overview-inside")}</p> });
    let main = view! {
        <div class="fb-head">
            <h1 class="ams-heading ams-heading--1">{ctx.t("overview-title")}</h1>
            <p class="ams-paragraph">{ctx.t("overview-intro")}</p>
            <p class="fb-meta">{place(data)}{ctx.ta("overview-year", &[("year", data.year.to_string().into())])}</p>
        </div>
        {filters(ctx, data)}
        {inside}
        <p class="ams-paragraph fb-no-print"><a class="fb-more" href=report>{ctx.ta("overview-report", &[("year", data.year.to_string().into())])}</a></p>
        {files(ctx, "overzicht", &data.query, false)}
        {sheets}
        <p class="fb-meta">{ctx.t("budget-pm-note")}</p>
    };
    frame(ctx, Frame::wide(ctx.t("overview-title")), main)
}

/// The rows behind a figure.
#[derive(Clone, Debug)]
pub struct RowsView {
    /// Plans or movements, with their sum below.
    pub sheet: Sheet,
    /// How many rows there are in all.
    pub total: i64,
    /// Page, from 1.
    pub page: i64,
    /// Pages.
    pub pages: i64,
    /// Path of the page before, if any.
    pub prev: Option<String>,
    /// Path of the page after, if any.
    pub next: Option<String>,
    /// What was asked, as a query, for the files.
    pub query: String,
}

impl RowsView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            sheet: Sheet { key: "plans", ..sample_sheet() },
            total: 70,
            page: 1,
            pages: 2,
            prev: None,
            next: Some("/overzicht/plannen?page=2".into()),
            query: "wijk=noord".into(),
        }
    }
}

/// The page with the rows behind a figure.
pub fn rows(ctx: &Ctx, data: &RowsView) -> AnyView {
    let title = ctx.t(&format!("overview-sheet-{}", data.sheet.key));
    let file = if data.sheet.key == "plans" { "plannen" } else { "boekingen" };
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
        <a class="fb-back" href=ctx.url(&urls::Overview {})>{ctx.t("overview-title")}</a>
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{title.clone()}</h1>
            <p class="fb-meta" role="status">{ctx.ta("overview-rows", &[("count", data.total.into())])}</p></div>
        {files(ctx, file, &data.query, true)}
        {table(ctx, &data.sheet)}
        {pages}
    };
    frame(ctx, Frame::wide(title), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    let mut all = vec![
        Sample { name: "overview/city", draw: |ctx| overview(ctx, &OverviewView::sample()) },
        Sample {
            name: "overview/public",
            draw: |ctx| overview(ctx, &OverviewView { inside: false, typed: Raw::default(), ..OverviewView::sample() }),
        },
        Sample { name: "overview/plans", draw: |ctx| rows(ctx, &RowsView::sample()) },
        Sample {
            name: "overview/transfers",
            draw: |ctx| {
                let sheet = Sheet { key: "transfers", lines: Vec::new(), ..sample_sheet() };
                rows(
                    ctx,
                    &RowsView {
                        sheet,
                        total: 0,
                        page: 2,
                        prev: Some("/overzicht".into()),
                        next: None,
                        ..RowsView::sample()
                    },
                )
            },
        },
    ];
    all.extend(report::samples());
    all
}
