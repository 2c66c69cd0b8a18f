//! `/data`: open data, in a first form.

use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, show};
use crate::{App, Fault, Routes, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use axum::routing::get;
use domain::budget::Amount;
use domain::round::Phase;
use domain::urls;
use pages::about::DataRound;
use services::ActError;
use store::budget::INVESTMENTS;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::About>(), get(about))
        .route(at::<urls::Data>(), get(index))
        .route(at::<urls::DataFile>(), get(file))
}

async fn about(visit: Visit) -> Answer {
    Ok(show(&visit, StatusCode::OK, pages::about::about).await)
}

async fn index(visit: Visit, State(app): State<App>) -> Answer {
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let all = store::rounds::all(&mut c).await.or_fault(&visit)?;
    let done = all.into_iter().filter(|r| r.phase == Phase::Result);
    let rounds: Vec<_> = done.map(|r| DataRound { slug: r.slug, title: r.title }).collect();
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::about::data(ctx, &rounds)).await)
}

async fn file(visit: Visit, State(app): State<App>, Path(path): Path<urls::DataFile>) -> Answer {
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    match path.file.as_str() {
        "begroting.json" => {
            let lines = store::budget::lines(&mut c).await.or_fault(&visit)?;
            let wijken = store::places::wijken(&mut c).await.or_fault(&visit)?;
            let rows: Vec<_> = lines
                .iter()
                .map(|l| {
                    let (status, cents) = match l.amount {
                        Amount::Known(cents) => ("known", Some(cents.0)),
                        Amount::Pm => ("pm", None),
                        Amount::Empty => ("empty", None),
                    };
                    let wijk = l.wijk_id.and_then(|id| wijken.iter().find(|w| w.id == id)).map(|w| w.slug.as_str());
                    serde_json::json!({ "programme": l.programme, "wijk": wijk, "year": (l.year != INVESTMENTS).then_some(l.year), "status": status, "cents": cents })
                })
                .collect();
            Ok(([(header::CONTENT_TYPE, "application/json")], serde_json::json!({ "lines": rows }).to_string())
                .into_response())
        }
        name => {
            let slug = name.strip_prefix("stemronde-").and_then(|n| n.strip_suffix(".json"));
            let slug = slug.ok_or_else(|| Fault::new(&visit, ActError::NotFound))?;
            let result = services::count::public_json(&mut c, slug).await.or_fault(&visit)?;
            let result = result.ok_or_else(|| Fault::new(&visit, ActError::NotFound))?;
            Ok(([(header::CONTENT_TYPE, "application/json")], result.to_string()).into_response())
        }
    }
}
