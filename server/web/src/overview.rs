//! `/overzicht`: dashboards, the rows behind their figures, and all of it for a spreadsheet; `/verslag`: the yearly report.

mod report;

use crate::address::{Path, Query};
use crate::answer::{Answer, OrFault as _, at, show};
use crate::{App, Fault, Routes, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use domain::form::Raw;
use domain::overview::Sheet;
use domain::urls;
use pages::overview::{self as pages_of, OverviewView, RowsView};
use services::{ActError, overview};
use std::time::Duration;
use tokio::sync::Semaphore;

/// Rows on one page.
const PAGE: i64 = 50;
/// Rows of a file; beyond it nobody opens it in a spreadsheet.
const MOST: i64 = 50_000;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::Overview>(), get(dashboard))
        .route(at::<urls::OverviewPlans>(), get(plans))
        .route(at::<urls::OverviewTransfers>(), get(transfers))
        .route(at::<urls::OverviewFile>(), get(file))
        .merge(report::routes())
}

/// What was asked, without its page, as a query.
fn query(typed: &Raw) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in typed.0.iter().filter(|(name, value)| name != "page" && !value.is_empty()).take(20) {
        query.append_pair(name, value);
    }
    query.finish()
}

async fn dashboard(visit: Visit, State(app): State<App>, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let typed = Raw(asked);
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let seen = overview::overview(&mut c, &visit.actor, &typed, visit.ctx.now).await.or_fault(&visit)?;
    drop(c);
    let mut kept = Raw::default();
    let found = [
        ("wijk", seen.asked.wijk.as_ref().filter(|_| seen.asked.buurt.is_none()).map(|w| w.slug.clone())),
        ("buurt", seen.asked.buurt.as_ref().map(|b| b.slug.clone())),
        ("programma", seen.asked.programme.as_ref().map(|p| p.slug.clone())),
        ("status", seen.asked.state.map(|s| s.key().to_owned())),
        ("jaar", Some(typed.get("jaar")).filter(|y| *y == seen.asked.year.to_string()).map(str::to_owned)),
    ];
    found.into_iter().filter_map(|(name, value)| Some((name, value?))).for_each(|(name, value)| kept.set(name, value));
    let data = OverviewView {
        query: query(&kept),
        typed: kept,
        year: seen.asked.year,
        wijken: seen.choices.wijken.into_iter().map(|w| (w.slug, w.name)).collect(),
        buurten: seen.choices.buurten.into_iter().map(|b| (b.slug, b.name)).collect(),
        programmes: seen.choices.programmes.into_iter().map(|p| (p.slug, p.name)).collect(),
        years: seen.choices.years,
        inside: seen.inside,
        sheets: seen.sheets,
    };
    Ok(show(&visit, StatusCode::OK, move |ctx| pages_of::overview(ctx, &data)).await)
}

/// The last page of so many rows: beyond it stands that one.
fn last(total: i64) -> i64 {
    ((total + PAGE - 1) / PAGE).max(1)
}

fn page_of(typed: &Raw) -> i64 {
    typed.get("page").parse().ok().filter(|p| (1..=10_000).contains(p)).unwrap_or(1)
}

async fn rows_page(visit: &Visit, typed: &Raw, sheet: Sheet, total: i64, page: i64, path: String) -> Answer {
    let pages = last(total);
    let query = query(typed);
    let link = |page: i64| format!("{path}?{query}{}page={page}", if query.is_empty() { "" } else { "&" });
    let data = RowsView {
        sheet,
        total,
        page,
        pages,
        prev: (page > 1).then(|| link(page - 1)),
        next: (page < pages).then(|| link(page + 1)),
        query: query.clone(),
    };
    Ok(show(visit, StatusCode::OK, move |ctx| pages_of::rows(ctx, &data)).await)
}

async fn plans(visit: Visit, State(app): State<App>, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let typed = Raw(asked);
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let mut filter = overview::plans_asked(&mut c, &visit.actor, &typed, visit.ctx.now).await.or_fault(&visit)?;
    let page = page_of(&typed);
    (filter.limit, filter.offset) = (PAGE, (page - 1) * PAGE);
    let (mut sheet, total) = overview::plans_sheet(&mut c, &filter).await.or_fault(&visit)?;
    let page = page.min(last(total));
    if filter.offset > (page - 1) * PAGE {
        filter.offset = (page - 1) * PAGE;
        sheet = overview::plans_sheet(&mut c, &filter).await.or_fault(&visit)?.0;
    }
    drop(c);
    rows_page(&visit, &typed, sheet, total, page, visit.ctx.url(&urls::OverviewPlans {})).await
}

async fn transfers(visit: Visit, State(app): State<App>, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let typed = Raw(asked);
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let mut filter = overview::moved_asked(&mut c, &typed).await.or_fault(&visit)?;
    let page = page_of(&typed);
    (filter.limit, filter.offset) = (PAGE, (page - 1) * PAGE);
    let (mut sheet, total) = overview::moved_sheet(&mut c, &filter).await.or_fault(&visit)?;
    let page = page.min(last(total));
    if filter.offset > (page - 1) * PAGE {
        filter.offset = (page - 1) * PAGE;
        sheet = overview::moved_sheet(&mut c, &filter).await.or_fault(&visit)?.0;
    }
    drop(c);
    rows_page(&visit, &typed, sheet, total, page, visit.ctx.url(&urls::OverviewTransfers {})).await
}

/// Files that are made at once.
static TURNS: Semaphore = Semaphore::const_new(1);
/// Longest that one waits for its turn.
const PATIENCE: Duration = Duration::from_secs(20);

fn download(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
}

/// `overzicht.xlsx` (every sheet), `<sheet>.csv`, `<sheet>.xlsx`, and the same of `plannen` and `boekingen`: what the page with the
/// same question shows this reader.
async fn file(
    visit: Visit,
    State(app): State<App>,
    Path(path): Path<urls::OverviewFile>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    let (typed, now) = (Raw(asked), visit.ctx.now);
    let missing = || Fault::new(&visit, ActError::NotFound);
    let (name, kind) = path.file.rsplit_once('.').ok_or_else(missing)?;
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let sheets = match name {
        "plannen" => {
            let filter = overview::plans_asked(&mut c, &visit.actor, &typed, now).await.or_fault(&visit)?;
            let filter = store::figures::ListFilter { limit: MOST, ..filter };
            vec![overview::plans_sheet(&mut c, &filter).await.or_fault(&visit)?.0]
        }
        "boekingen" => {
            let filter = overview::moved_asked(&mut c, &typed).await.or_fault(&visit)?;
            let filter = store::figures::MovedFilter { limit: MOST, ..filter };
            vec![overview::moved_sheet(&mut c, &filter).await.or_fault(&visit)?.0]
        }
        _ => {
            let all = overview::overview(&mut c, &visit.actor, &typed, now).await.or_fault(&visit)?.sheets;
            if name == "overzicht" { all } else { all.into_iter().filter(|s| s.key == name).collect() }
        }
    };
    drop(c);
    let lang = visit.ctx.lang;
    let (mime, book) = match (kind, sheets.len()) {
        (_, 0) => return Err(missing()),
        ("csv", 1) => ("text/csv; charset=utf-8", false),
        ("xlsx", _) => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true),
        _ => return Err(missing()),
    };
    // A large file takes seconds and memory: one is made at a time, beside what answers everyone else.
    let turn =
        tokio::time::timeout(PATIENCE, TURNS.acquire()).await.map_err(|_| Fault::new(&visit, ActError::TooMany))?;
    let making = move || if book { overview::xlsx(lang, &sheets) } else { overview::csv(lang, &sheets[0]) };
    let made = tokio::task::spawn_blocking(making).await;
    drop(turn);
    let bytes = made.map_err(|e| Fault::new(&visit, ActError::Broken(e.to_string())))?.or_fault(&visit)?;
    Ok(download(&path.file, mime, bytes))
}
