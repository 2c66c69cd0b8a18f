//! A sheet of figures: drawn as bars on the server, the same as a table, and as files.

use crate::Ctx;
use domain::help::Count;
use domain::overview::{Figure, Head, Line, Sheet, Value};
use domain::urls;
use leptos::prelude::*;

/// A figure in words.
pub fn value(ctx: &Ctx, value: &Value) -> String {
    match value {
        Value::Count(n) | Value::Told(Count::Exactly(n)) => texts::number(ctx.lang, *n),
        Value::Told(Count::None) => texts::number(ctx.lang, 0),
        Value::Money(c) => ctx.money(*c),
        Value::AtLeast(c) => ctx.ta("at-least", &[("amount", ctx.money(*c).into())]),
        Value::Tenths(n) => texts::decimal_tenths(ctx.lang, *n),
        Value::Yes(yes) => ctx.t(if *yes { "overview-yes" } else { "overview-no" }),
        Value::Unknown => ctx.t("overview-unknown"),
        Value::Told(Count::Some) | Value::TooFew => ctx.t("overview-too-few"),
        Value::NotShown => "–".into(),
        Value::Words(words) => words.clone(),
        Value::Text(key) => ctx.t(key),
        Value::Day(at) => texts::date(ctx.lang, *at),
        Value::Month(month) => format!("{}-{:02}", month / 100, month % 100),
    }
}

/// How a line is called.
pub(super) fn name(ctx: &Ctx, head: &Head) -> String {
    match head {
        Head::Name(name) => name.clone(),
        Head::Text(key) => ctx.t(key),
    }
}

fn linked(ctx: &Ctx, words: String, behind: &str) -> AnyView {
    if behind.is_empty() {
        view! { <span dir="auto">{words}</span> }.into_any()
    } else {
        view! { <a class="ams-link" dir="auto" href=ctx.local(behind)>{words}</a> }.into_any()
    }
}

fn cell(ctx: &Ctx, figure: &Figure, column: &str) -> AnyView {
    let label = ctx.t(&format!("overview-col-{column}"));
    let class = match figure.value {
        Value::Words(_) | Value::Text(_) => "ams-table__cell",
        _ => "ams-table__cell ams-table__cell--align-end",
    };
    let nothing = matches!(
        figure.value,
        Value::NotShown | Value::Count(0) | Value::Money(domain::money::Cents::ZERO) | Value::Yes(_)
    );
    let behind = if nothing { "" } else { figure.behind.as_str() };
    view! { <td class=class data-label=label>{linked(ctx, value(ctx, &figure.value), behind)}</td> }.into_any()
}

/// The sheet as a table.
pub(super) fn table(ctx: &Ctx, sheet: &Sheet) -> AnyView {
    let heads = sheet
        .columns
        .iter()
        .map(|c| view! { <th class="ams-table__header-cell" scope="col">{ctx.t(&format!("overview-col-{c}"))}</th> })
        .collect_view();
    let row = |line: &Line| {
        let cells = line.figures.iter().zip(&sheet.columns).map(|(f, column)| cell(ctx, f, column)).collect_view();
        let class = if line.total { "fb-table__row fb-table__row--sum" } else { "fb-table__row" };
        view! { <tr class=class><th class="ams-table__header-cell fb-table__lead" scope="row">{linked(ctx, name(ctx, &line.head), &line.behind)}</th>{cells}</tr> }
    };
    let rows = sheet.lines.iter().map(row).collect_view();
    let id = format!("tabel-{}", sheet.key);
    let named = id.clone();
    let title = ctx.t(&format!("overview-sheet-{}", sheet.key));
    view! {
        <div class="ams-table fb-table" role="region" aria-labelledby=named tabindex="0"><table class="ams-table__table fb-table__table">
            <caption class="ams-table__caption" id=id>{title}</caption>
            <thead class="ams-table__header fb-table__head"><tr><th class="ams-table__header-cell" scope="col">{ctx.t("overview-col-what")}</th>{heads}</tr></thead>
            <tbody>{rows}</tbody></table></div>
    }
    .into_any()
}

/// One column as bars; nothing where there is nothing to draw.
pub(super) fn bars(ctx: &Ctx, sheet: &Sheet) -> AnyView {
    let lengths = sheet.bars();
    if !lengths.iter().flatten().any(|n| *n > 0) {
        return ().into_any();
    }
    let lines = sheet
        .lines
        .iter()
        .zip(lengths)
        .filter_map(|(line, length)| {
            let (length, figure) = (length?, line.figures.get(sheet.plot)?);
            Some(view! { <li class="fb-bars__row"><span class="fb-bars__label" dir="auto">{name(ctx, &line.head)}</span>
                <svg class="fb-bars__bar" aria-hidden="true" focusable="false"><rect class="fb-bars__fill" width=format!("{length}%") height="100%"></rect></svg>
                <span class="fb-bars__value">{linked(ctx, value(ctx, &figure.value), &figure.behind)}</span></li> })
        })
        .collect_view();
    let column = sheet.columns.get(sheet.plot).map(|c| ctx.t(&format!("overview-col-{c}"))).unwrap_or_default();
    view! { <figure class="fb-chart"><figcaption class="fb-chart__title">{column}</figcaption><ul class="fb-bars">{lines}</ul></figure> }.into_any()
}

/// Links to the same as CSV and XLSX; without `csv` as a workbook alone.
pub(super) fn files(ctx: &Ctx, name: &str, query: &str, csv: bool) -> AnyView {
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    let link = |kind: &str, text: &str| {
        let href = format!("{}{query}", ctx.url(&urls::OverviewFile { file: format!("{name}.{kind}") }));
        view! { <a class="ams-link" href=href download="">{ctx.t(text)}</a> }
    };
    let csv = csv.then(|| link("csv", "overview-csv"));
    view! { <p class="fb-row fb-no-print">{csv}{link("xlsx", "overview-xlsx")}</p> }.into_any()
}

/// A section with plot, table and files.
pub(super) fn block(ctx: &Ctx, sheet: &Sheet, query: &str) -> AnyView {
    // What is drawn already has its table folded away: on a phone the tables of one page would be forty screens.
    let drawn = sheet.bars().iter().flatten().any(|n| *n > 0);
    let table = if drawn || sheet.lines.len() > 8 {
        view! { <details class="fb-details"><summary class="fb-details__button">{ctx.t("overview-table")}</summary>{table(ctx, sheet)}</details> }.into_any()
    } else {
        table(ctx, sheet)
    };
    view! {
        <section class="fb-section" id=sheet.key>
            <h2 class="ams-heading ams-heading--2">{ctx.t(&format!("overview-sheet-{}", sheet.key))}</h2>
            <p class="ams-paragraph">{ctx.t(&format!("overview-note-{}", sheet.key))}</p>
            {bars(ctx, sheet)}
            {table}
            {files(ctx, sheet.key, query, true)}
        </section>
    }
    .into_any()
}
