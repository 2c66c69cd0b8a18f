//! Files, health, metrics, manifest, and the reserved address of the service worker.

use crate::address::Path;
use crate::answer::at;
use crate::{App, Routes};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use domain::urls;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::Asset>(), get(asset))
        .route(at::<urls::Healthz>(), get(|| async { "ok\n" }))
        .route(at::<urls::Readyz>(), get(readyz))
        .route(at::<urls::Manifest>(), get(manifest))
        .route(at::<urls::ServiceWorker>(), get(service_worker))
        // Browsers and feed readers ask for it by this name, whatever the page says.
        .route(
            "/favicon.ico",
            get(|| async { axum::response::Redirect::temporary(&assets::url("pictures/icon-180.png")) }),
        )
}

async fn asset(Path(file): Path<urls::Asset>, headers: HeaderMap) -> Response {
    file_answer(&file.file, &headers)
}

/// Names carry a hash of their content, so they may be kept for ever.
fn file_answer(name: &str, headers: &HeaderMap) -> Response {
    let Some(asset) = assets::by_file(name) else { return StatusCode::NOT_FOUND.into_response() };
    let takes = |coding: &str| {
        headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|v| v.split(',').any(|c| c.trim().split(';').next() == Some(coding)))
    };
    let (bytes, coding) = match (asset.br, asset.gz) {
        (Some(br), _) if takes("br") => (br, Some("br")),
        (_, Some(gz)) if takes("gzip") => (gz, Some("gzip")),
        _ => (asset.plain, None),
    };
    let mut response = (
        [
            (header::CONTENT_TYPE, asset.mime),
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            (header::VARY, "accept-encoding"),
        ],
        bytes,
    )
        .into_response();
    if let Some(coding) = coding {
        response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static(coding));
    }
    response
}

async fn readyz(State(app): State<App>) -> Response {
    let ready = async { store::system::setting(&mut app.world.db.read().await?, "ready").await };
    match ready.await {
        Ok(_) => "ready\n".into_response(),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}

async fn manifest() -> Response {
    let manifest = serde_json::json!({
        "name": "Fijne Buurt", "short_name": "Fijne Buurt", "start_url": "/", "scope": "/", "display": "standalone", "lang": "nl",
        "background_color": "#fbf8f1", "theme_color": "#0b5d4a",
        // The drawing fills its square and keeps to the middle, so every form of it can be cut round.
        "icons": [
            { "src": assets::url("pictures/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any maskable" },
            { "src": assets::url("pictures/icon-192.png"), "sizes": "192x192", "type": "image/png", "purpose": "any" },
            { "src": assets::url("pictures/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any" },
            { "src": assets::url("pictures/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable" },
        ],
    });
    ([(header::CONTENT_TYPE, "application/manifest+json")], manifest.to_string()).into_response()
}

/// The address is reserved for the offline queue; until then a worker that does nothing.
async fn service_worker() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], "// Reserved for the offline queue.\n").into_response()
}
