//! Who is here: language, session, roles, and the tokens of forms.

use crate::{App, Fault};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use domain::access::{Actor, Role};
use pages::{Ctx, Reader};
use services::World;
use texts::Lang;

/// How long a session lasts without a visit, in hours.
pub const SESSION_HOURS: i64 = 24 * 14;

/// The language, put into the request by the outermost layer.
#[derive(Clone, Copy, Debug)]
pub struct RequestLang(pub Lang);

/// One request's reader.
#[derive(Clone, Debug)]
pub struct Visit {
    /// For pages.
    pub ctx: Ctx,
    /// For acts.
    pub actor: Actor,
    /// The browser's cookie value: also what CSRF tokens hang on.
    pub cookie: String,
    /// The browser had no cookie: the answer must set it.
    pub fresh: bool,
    /// Buurt slug the reader chose (cookie), if any.
    pub chosen_buurt: Option<String>,
}

impl Visit {
    /// Whom idempotency keys belong to.
    pub fn form_actor(&self, world: &World) -> String {
        services::hex(&world.keys.tag("form-actor", self.cookie.as_bytes())[..16])
    }

    /// Whether a form's token is of this browser.
    pub fn token_is_right(&self, world: &World, token: &str) -> bool {
        world.keys.csrf_is_right(&self.cookie, token)
    }
}

/// Name of the session cookie.
pub fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-fb" } else { "fb" }
}

/// Name of the cookie that holds a vote code, sealed.
pub fn code_cookie_name(https: bool) -> &'static str {
    if https { "__Host-fb-code" } else { "fb-code" }
}

/// `Set-Cookie` for a vote code; no value and no seconds forget it. Gone with the browser's window in any case.
pub fn set_code_cookie(https: bool, value: &str, seconds: i64) -> String {
    let secure = if https { "; Secure" } else { "" };
    let age = if seconds > 0 { String::new() } else { "; Max-Age=0".into() };
    format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}", code_cookie_name(https))
}

/// Reads one cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// `Set-Cookie` for the session; empty value and `Max-Age=0` sign out.
pub fn set_cookie(https: bool, value: &str, seconds: i64) -> String {
    let secure = if https { "; Secure" } else { "" };
    format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", cookie_name(https))
}

impl FromRequestParts<App> for Visit {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        if let Some(visit) = parts.extensions.get::<Self>() {
            return Ok(visit.clone());
        }
        let lang = parts.extensions.get::<RequestLang>().map_or(Lang::Nl, |l| l.0);
        let sent = cookie(&parts.headers, cookie_name(app.https))
            .filter(|c| c.len() == 64 && c.bytes().all(|b| b.is_ascii_hexdigit()))
            .map(str::to_owned);
        let fresh = sent.is_none();
        let cookie_value = sent.unwrap_or_else(|| app.world.secret());
        let path = parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned();
        let mut visit = Self {
            ctx: Ctx {
                lang,
                path,
                reader: None,
                csrf: app.world.keys.csrf(&cookie_value, app.world.random::<32>()),
                form_key: services::hex(&app.world.random::<16>()),
                demo: app.demo,
                now: app.world.now(),
                flash: None,
            },
            actor: Actor::default(),
            fresh,
            chosen_buurt: cookie(&parts.headers, "buurt").map(str::to_owned),
            cookie: cookie_value,
        };
        if !visit.fresh {
            let found = services::sessions::find(&app.world, &visit.cookie).await.map_err(|e| Fault::new(&visit, e))?;
            if let Some((actor, name)) = found {
                visit.ctx.reader = Some(Reader {
                    name,
                    moderator: actor.has(Role::Moderator),
                    staff: actor.has(Role::Staff),
                    administrator: actor.has(Role::Administrator),
                });
                visit.actor = actor;
            }
            // What the browser holds is sealed: nothing is looked up, and nobody sees here who votes.
            visit.actor.code = cookie(&parts.headers, code_cookie_name(app.https))
                .and_then(|sealed| services::codes::held(&app.world, sealed));
        }
        parts.extensions.insert(visit.clone());
        Ok(visit)
    }
}
