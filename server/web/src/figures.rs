//! `/metrics`: figures for the operator in Prometheus' text form. They know patterns of addresses, never addresses or people.

use crate::answer::{Answer, OrFault as _, at};
use crate::{App, Routes, Visit};
use axum::Router;
use axum::extract::{ConnectInfo, MatchedPath, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse as _;
use axum::routing::get;
use domain::urls;
use services::ActError;
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new().route(at::<urls::Metrics>(), get(figures))
}

/// A request under way.
pub struct Measured {
    path: String,
    method: &'static str,
    start: Instant,
}

impl Measured {
    /// Begins to measure; addresses that are nothing share one name.
    pub fn start(parts: &Parts) -> Self {
        let path = parts.extensions.get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
        let method = match parts.method {
            axum::http::Method::GET => "GET",
            axum::http::Method::POST => "POST",
            _ => "other",
        };
        Self { path, method, start: Instant::now() }
    }

    /// Counts it, in seconds.
    pub fn end(self, status: StatusCode) {
        let labels = [("path", self.path), ("method", self.method.to_owned()), ("status", status.as_u16().to_string())];
        metrics::histogram!("http_request_seconds", &labels).record(self.start.elapsed().as_secs_f64());
    }
}

/// Only for who asks from this machine or the network around it, and not through the proxy that the public comes by.
fn is_operator(peer: Option<IpAddr>, headers: &HeaderMap) -> bool {
    let near = peer.is_some_and(|ip| match ip.to_canonical() {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    });
    near && !headers.contains_key("x-forwarded-for") && !headers.contains_key("forwarded")
}

async fn figures(
    visit: Visit,
    peer: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    State(app): State<App>,
) -> Answer {
    let peer = peer.map(|p| p.0.0.ip());
    let draw =
        app.metrics.as_ref().filter(|_| is_operator(peer, &headers)).ok_or(ActError::NotFound).or_fault(&visit)?;
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    for (name, value) in store::system::operator_figures(&mut c).await.or_fault(&visit)? {
        metrics::gauge!(name).set(f64::from(u32::try_from(value).unwrap_or(u32::MAX)));
    }
    drop(c);
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], draw()).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_for_the_operator_alone() {
        let none = HeaderMap::new();
        let ip = |text: &str| Some(text.parse().unwrap());
        assert!(
            is_operator(ip("127.0.0.1"), &none) && is_operator(ip("10.1.2.3"), &none) && is_operator(ip("::1"), &none)
        );
        assert!(!is_operator(ip("192.0.2.1"), &none) && !is_operator(None, &none));
        let by_proxy = HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), "192.0.2.1".parse().unwrap())]);
        assert!(!is_operator(ip("127.0.0.1"), &by_proxy), "the public behind a proxy");
    }
}
