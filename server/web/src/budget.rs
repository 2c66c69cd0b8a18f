//! `/budget` and `/budget/{wijk}`.

use crate::address::{Path, Query};
use crate::answer::{Answer, OrFault as _, at, show};
use crate::{App, Fault, Routes, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use domain::budget::{Amount, DEFAULT_BASIS_POINTS, Total};
use domain::urls;
use pages::budget::{BudgetView, Changed, Line, WijkShare};
use serde::Deserialize;
use services::ActError;
use services::budget::{share_of, share_of_city};
use store::budget::INVESTMENTS;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new().route(at::<urls::Budget>(), get(city)).route(at::<urls::BudgetWijk>(), get(wijk))
}

#[derive(Deserialize)]
struct Asked {
    jaar: Option<String>,
}

async fn city(visit: Visit, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    page(&visit, &app, None, &asked).await
}

async fn wijk(
    visit: Visit,
    State(app): State<App>,
    Path(path): Path<urls::BudgetWijk>,
    Query(asked): Query<Asked>,
) -> Answer {
    page(&visit, &app, Some(path.wijk), &asked).await
}

async fn page(visit: &Visit, app: &App, slug: Option<String>, asked: &Asked) -> Answer {
    match view(app, visit, slug, asked.jaar.as_deref()).await? {
        Some(data) => Ok(show(visit, StatusCode::OK, move |ctx| pages::budget::budget(ctx, &data)).await),
        None => Ok(show(visit, StatusCode::OK, pages::budget::empty).await),
    }
}

/// The figures of the page; `None` before any import.
async fn view(
    app: &App,
    visit: &Visit,
    slug: Option<String>,
    asked_year: Option<&str>,
) -> Result<Option<BudgetView>, Fault> {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let lines = store::budget::lines(&mut c).await.or_fault(visit)?;
    let wijken = store::places::wijken(&mut c).await.or_fault(visit)?;
    let mut years: Vec<i64> = lines.iter().map(|l| l.year).filter(|y| *y != INVESTMENTS).collect();
    years.sort_unstable();
    years.dedup();
    let Some(year) = asked_year.and_then(|y| y.parse().ok()).filter(|y| years.contains(y)).or(years.first().copied())
    else {
        return Ok(None);
    };
    let chosen = match &slug {
        Some(slug) => {
            Some(wijken.iter().find(|w| w.slug == *slug).ok_or_else(|| Fault::new(visit, ActError::NotFound))?)
        }
        None => None,
    };
    let share = match chosen {
        Some(w) => share_of(&mut c, &lines, w.id, year).await,
        None => share_of_city(&mut c, &lines, &wijken, year).await,
    }
    .or_fault(visit)?;
    let forecast = match chosen {
        Some(w) => Some(services::forecast::forecast(&mut c, w.id, year, &share, false).await.or_fault(visit)?),
        None => None,
    };
    let small = match chosen {
        Some(w) => Some(store::ledger::small_plans(&mut c, w.id, year).await.or_fault(visit)?),
        None => None,
    };
    let mut cards = Vec::new();
    if chosen.is_none() {
        for w in &wijken {
            cards.push(WijkShare {
                slug: w.slug.clone(),
                name: w.name.clone(),
                share: share_of(&mut c, &lines, w.id, year).await.or_fault(visit)?,
            });
        }
    }
    let joint = texts::t(visit.ctx.lang, "budget-joint");
    let columns: Vec<(String, Option<i64>)> = match chosen {
        Some(w) => vec![(w.name.clone(), Some(w.id))],
        None => wijken.iter().map(|w| (w.name.clone(), Some(w.id))).chain([(joint, None)]).collect(),
    };
    let mut programmes: Vec<(i64, String)> = lines.iter().map(|l| (l.programme_id, l.programme.clone())).collect();
    programmes.dedup();
    let cell = |programme: i64, wijk: Option<i64>| {
        lines
            .iter()
            .find(|l| l.programme_id == programme && l.wijk_id == wijk && l.year == year)
            .map_or(Amount::Empty, |l| l.amount)
    };
    let rows = programmes
        .iter()
        .map(|(id, name)| Line {
            programme: name.clone(),
            amounts: columns.iter().map(|(_, wijk)| cell(*id, *wijk)).collect(),
        })
        .collect();
    let investments = Total::of(
        lines
            .iter()
            .filter(|l| l.year == INVESTMENTS && chosen.is_none_or(|w| l.wijk_id == Some(w.id)))
            .map(|l| l.amount),
    );
    let joint = texts::t(visit.ctx.lang, "budget-joint");
    let place = |id: Option<i64>| {
        id.and_then(|id| wijken.iter().find(|w| w.id == id)).map_or_else(|| joint.clone(), |w| w.name.clone())
    };
    let here = |wijk: Option<i64>| chosen.is_none_or(|w| wijk == Some(w.id));
    let changed = services::budget::changes(&mut c).await.or_fault(visit)?;
    let changed = changed.into_iter().filter(|k| k.year == year && here(k.wijk)).map(|k| Changed {
        at: k.at,
        programme: k.programme,
        place: place(k.wijk),
        was: k.was,
        is: k.is,
    });
    let changed = changed.collect();
    let ceilings = store::budget::ceilings(&mut c, year).await.or_fault(visit)?;
    let ceilings = ceilings.into_iter().filter(|(wijk, points, _)| here(Some(*wijk)) && *points < DEFAULT_BASIS_POINTS);
    let ceilings = ceilings
        .map(|(wijk, points, why)| (place(Some(wijk)), pages::admin::share::percent(visit.ctx.lang, points), why))
        .collect();
    Ok(Some(BudgetView {
        ceilings,
        changed,
        wijk: chosen.map(|w| (w.slug.clone(), w.name.clone())),
        residents: chosen.and_then(|w| w.residents),
        year,
        years,
        share,
        forecast,
        small,
        wijken: cards,
        columns: columns.into_iter().map(|(name, _)| name).collect(),
        lines: rows,
        investments,
    }))
}
