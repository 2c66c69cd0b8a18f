//! Around every request: language prefix, limits, security headers, the cookie, caching.

use crate::App;
use crate::visit::{RequestLang, SESSION_HOURS, Visit, set_cookie};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequestParts as _, Request, State};
use axum::http::{HeaderValue, Uri, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use std::time::Duration;
use texts::Lang;
use tower::ServiceExt as _;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};

/// Most bytes of any request: one picture with its form.
const BODY_LIMIT: usize = 9 * 1024 * 1024;

/// No script but our own file, the module, and the two constant lines that Leptos puts behind every page (by their SHA-256;
/// a test compares). Nothing framed; forms go home.
const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-2e+rGxtst+bbxdLf6Dp32aL0uyPdikvr0awq53hVU58=' 'sha256-PEoA+SZ6ZbFCusLsUEMftpXvTp6Abhw9kvgQnCC8l3U='; style-src 'self'; img-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Puts the layers around the areas.
pub fn wrap(areas: Router, app: App) -> Router {
    let inner = areas
        .layer(middleware::from_fn_with_state(app, secure))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(tower_http::timeout::TimeoutLayer::with_status_code(
            axum::http::StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(60),
        ))
        .layer(CatchPanicLayer::new())
        // Safe for pages with tokens since these are masked anew for each page.
        .layer(
            CompressionLayer::new()
                .compress_when(DefaultPredicate::new().and(NotForContentType::const_new("application/zip"))),
        );
    // The language is taken off before axum matches the path, so that there is one list of URLs.
    Router::new().fallback(move |request: Request| {
        let inner = inner.clone();
        async move { inner.oneshot(take_language_off(request)).await.unwrap_or_else(|e| match e {}) }
    })
}

fn take_language_off(mut request: Request) -> Request {
    let (lang, rest) = Lang::of_path(request.uri().path());
    if lang != Lang::Nl {
        let target = match request.uri().query() {
            Some(query) => format!("{rest}?{query}"),
            None => rest.to_owned(),
        };
        if let Ok(uri) = target.parse::<Uri>() {
            *request.uri_mut() = uri;
        }
    }
    request.extensions_mut().insert(RequestLang(lang));
    request
}

async fn secure(State(app): State<App>, request: Request<Body>, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let is_file = ["/assets/", "/healthz", "/readyz", "/metrics", "/sw.js", "/manifest"]
        .iter()
        .any(|p| parts.uri.path().starts_with(p));
    // Files need no reader; everything else learns who is here once, and gets its cookie on the first visit.
    let visit = if is_file { None } else { Visit::from_request_parts(&mut parts, &app).await.ok() };
    let measured = crate::figures::Measured::start(&parts);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    measured.end(response.status());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("permissions-policy", HeaderValue::from_static("camera=(), microphone=(), geolocation=()"));
    if app.https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    // What a shared cache may keep carries nobody's cookie.
    let shared = headers.get(header::CACHE_CONTROL).is_some_and(|v| v.as_bytes().starts_with(b"public"));
    if let Some(visit) = visit.filter(|v| v.fresh && !shared)
        && !headers.contains_key(header::SET_COOKIE)
        && let Ok(value) = HeaderValue::from_str(&set_cookie(app.https, &visit.cookie, SESSION_HOURS * 3600))
    {
        headers.append(header::SET_COOKIE, value);
    }
    response
}
