//! Sessions: a cookie's random value, kept as its SHA-256.

use crate::{ActError, World, keys};
use domain::access::Actor;
use store::accounts;

/// How long a second factor holds, in seconds: 12 hours.
pub const SECOND_FACTOR_TERM: i64 = 12 * 3600;

/// Who holds this cookie value: rights and name; `None` when nobody is signed in with it.
///
/// # Errors
/// The store's.
pub async fn find(world: &World, cookie: &str) -> Result<Option<(Actor, String)>, ActError> {
    let now = world.now();
    let mut c = world.db.read().await?;
    let Some(session) = accounts::session(&mut c, &keys::digest(cookie.as_bytes()), now).await? else {
        return Ok(None);
    };
    let grants = accounts::grants(&mut c, session.account_id).await?;
    let actor = Actor {
        account: Some(session.account_id),
        confirmed: session.confirmed,
        resident_of: session.resident_of,
        grants,
        second_factor: session.second_factor_at.is_some_and(|at| now - at < SECOND_FACTOR_TERM),
        code: None,
    };
    Ok(Some((actor, session.name)))
}

/// How long a session lasts, in seconds.
pub const SESSION_TERM: i64 = 14 * domain::time::DAY;

/// Opens a session in the act's own unit under a cookie value that was never used before (rotation at every sign-in).
///
/// # Errors
/// The store's.
pub async fn start(
    u: &mut store::Unit,
    cookie: &str,
    account: i64,
    means: &str,
    second_factor_at: Option<i64>,
    now: i64,
) -> Result<(), ActError> {
    Ok(accounts::add_session(
        u,
        &keys::digest(cookie.as_bytes()),
        account,
        means,
        second_factor_at,
        now,
        now + SESSION_TERM,
    )
    .await?)
}
