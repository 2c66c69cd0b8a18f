//! The yearly report as a page and as a PDF.

use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::{App, Fault, Routes, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use axum::routing::get;
use domain::urls;
use pages::overview::report::{self as pages_of, ReportView};
use serde_json::json;
use services::{ActError, overview};
use std::time::Duration;
use tokio::sync::Semaphore;

/// The whole city, where an address wants the name of a wijk.
const CITY: &str = "stad";

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::Report>(), get(city))
        .route(at::<urls::ReportWijk>(), get(wijk))
        .route(at::<urls::ReportPdf>(), get(pdf))
}

async fn view(app: &App, visit: &Visit, year: i64, wijk: Option<&str>) -> Result<ReportView, Fault> {
    let found = async {
        let mut c = app.world.db.read().await?;
        overview::report(&mut c, year, wijk, visit.ctx.now).await?.ok_or(ActError::NotFound)
    };
    let r = found.await.or_fault(visit)?;
    Ok(ReportView {
        year: r.year,
        wijk: r.wijk.map(|w| (w.slug, w.name)),
        wijken: r.wijken.into_iter().map(|w| (w.slug, w.name)).collect(),
        share: r.share,
        funded: (r.funded.funded, r.funded.given, r.funded.paid, r.funded.returned()),
        completed: r.completed,
        handed_in: r.handed_in,
        buurten: r.buurten,
        rounds: r.rounds.into_iter().map(|one| (one.title, one.turnout, one.roll)).collect(),
        waves: r.waves.into_iter().map(|one| (one.title, one.answers, one.mean_tenths)).collect(),
        sheets: r.sheets,
        pdf: app.letters.is_some(),
    })
}

async fn city(visit: Visit, State(app): State<App>, Path(path): Path<urls::Report>) -> Answer {
    let data = view(&app, &visit, path.year, None).await?;
    Ok(show(&visit, StatusCode::OK, move |ctx| pages_of::report(ctx, &data)).await)
}

async fn wijk(visit: Visit, State(app): State<App>, Path(path): Path<urls::ReportWijk>) -> Answer {
    let data = view(&app, &visit, path.year, Some(&path.wijk)).await?;
    Ok(show(&visit, StatusCode::OK, move |ctx| pages_of::report(ctx, &data)).await)
}

/// Reports that are made at once: each is a program of its own.
static TURNS: Semaphore = Semaphore::const_new(1);
/// Longest that one waits for its turn, and longest that one takes.
const PATIENCE: Duration = Duration::from_secs(10);

/// The same on paper, by the letters program. Where there is none the page itself says what to do.
async fn pdf(visit: Visit, State(app): State<App>, Path(path): Path<urls::ReportPdf>) -> Answer {
    let wijk = Some(path.wijk.as_str()).filter(|wijk| *wijk != CITY);
    let Some(program) = &app.letters else {
        let page = match wijk {
            None => visit.ctx.url(&urls::Report { year: path.year }),
            Some(wijk) => visit.ctx.url(&urls::ReportWijk { year: path.year, wijk: wijk.to_owned() }),
        };
        return Ok(see_other(&page));
    };
    let data = view(&app, &visit, path.year, wijk).await?;
    let ctx = &visit.ctx;
    let sections: Vec<_> = pages_of::sections(ctx, &data)
        .into_iter()
        .map(|s| json!({ "heading": s.heading, "sentences": s.sentences.into_iter().take(60).collect::<Vec<_>>() }))
        .collect();
    let tables: Vec<_> = pages_of::tables(ctx, &data)
        .into_iter()
        .map(|(title, head, rows)| json!({ "title": title, "head": head, "rows": rows }))
        .collect();
    let job = json!({ "report": {
        "lang": ctx.lang.code().split('-').next().unwrap_or("nl"),
        "dir": ctx.lang.dir(),
        "title": pages_of::title(ctx, &data),
        "made": texts::ta(ctx.lang, "report-made", &[("date", texts::date(ctx.lang, ctx.now).into())]),
        "source": app.base_url.as_ref(),
        "sections": sections,
        "tables": tables,
    }});
    let turn =
        tokio::time::timeout(PATIENCE, TURNS.acquire()).await.map_err(|_| Fault::new(&visit, ActError::TooMany))?;
    let made = tokio::time::timeout(PATIENCE, services::letters::print(program, &job)).await;
    drop(turn);
    let bytes = made.map_err(|_| Fault::new(&visit, ActError::TooMany))?.map_err(ActError::Broken).or_fault(&visit)?;
    let name = format!("attachment; filename=\"verslag-{}-{}.pdf\"", path.year, wijk.unwrap_or(CITY));
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], bytes)
        .into_response())
}
