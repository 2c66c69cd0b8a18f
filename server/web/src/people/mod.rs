//! Making an account, signing in and out, 'Mijn Fijne Buurt', roles, residence codes.

mod desk;
mod factor;
mod mine;
mod sign;
mod sign_up;

use crate::answer::see_other;
use crate::form::Sent;
use crate::network::Network;
use crate::visit::{SESSION_HOURS, set_cookie};
use crate::{App, Routes, Visit};
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::urls::Url;
use services::accounts::Browser;
use store::places::Buurt;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .merge(sign_up::routes())
        .merge(sign::routes())
        .merge(factor::routes())
        .merge(mine::routes())
        .merge(desk::routes())
}

/// Query of pages that lead on, or tell what was done.
#[derive(Debug, Default, serde::Deserialize)]
struct Asked {
    verder: Option<String>,
    klaar: Option<String>,
}

/// What acts need of a form's browser, with a cookie value for after a sign-in.
fn browser(app: &App, sent: &Sent, network: Network) -> Browser {
    Browser {
        old: sent.visit.cookie.clone(),
        new: app.world.secret(),
        key: sent.key.clone(),
        key_actor: sent.key_actor.clone(),
        network: network.0,
        lang: sent.visit.ctx.lang.code().to_owned(),
    }
}

/// Goes on to a path under a new session cookie.
fn signed_in(app: &App, browser: &Browser, location: &str) -> Response {
    with_cookie(app, see_other(location), &browser.new, SESSION_HOURS * 3600)
}

fn with_cookie(app: &App, mut response: Response, value: &str, seconds: i64) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(&set_cookie(app.https, value, seconds)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// A path on this site to go on to, if that is what it is: never another host.
fn local_path(path: &str) -> Option<&str> {
    let inside = path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 500
        && !path.contains('\\')
        && !path.chars().any(|c| c.is_control() || c.is_whitespace());
    inside.then_some(path)
}

/// Where to go after signing in.
fn onward(visit: &Visit, path: &str, otherwise: &impl Url) -> String {
    local_path(path).map_or_else(|| visit.ctx.url(otherwise), str::to_owned)
}

/// Buurten for a drop-down.
fn choices(buurten: &[Buurt]) -> Vec<(String, String)> {
    buurten.iter().map(|b| (b.id.to_string(), format!("{} ({})", b.name, b.wijk))).collect()
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_paths_of_this_site() {
        for good in ["/", "/mijn", "/en/stemmen/noord?x=1"] {
            assert_eq!(local_path(good), Some(good));
        }
        for bad in
            ["", "mijn", "//kwaad.test", "/\\kwaad.test", "https://kwaad.test", "/a\\b", "/\t/kwaad.test", "/a\r\nb"]
        {
            assert_eq!(local_path(bad), None, "{bad}");
        }
    }
}
