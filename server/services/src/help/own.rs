//! What closing an account takes away, and what somebody's own data hold.

use super::typed_day;
use crate::ActError;
use domain::help::Side;
use store::help as rows;
use store::{Conn, Unit};

/// Takes everything of an account out of what is offered and written here; in the unit that closes it.
///
/// # Errors
/// The store's.
pub async fn close(u: &mut Unit, account: i64) -> Result<(), ActError> {
    Ok(rows::forget_account(u, account).await?)
}

/// Offers, introductions and messages of an account, for its own data: what it wrote itself, and never what others wrote.
///
/// # Errors
/// The store's.
pub async fn export(c: &mut Conn, account: i64) -> Result<serde_json::Value, ActError> {
    let offers: Vec<_> = rows::offers_of_account(c, account)
        .await?
        .into_iter()
        .map(|o| {
            serde_json::json!({
                "kinds": o.offer.kinds, "times": o.offer.times, "hours": o.offer.hours, "languages": o.offer.languages,
                "other_language": o.offer.other_language, "buurt": o.buurt, "reach": o.offer.reach.key(),
                "words": o.offer.words, "until": o.offer.until.map(typed_day), "paused": o.paused,
                "made": typed_day(o.made), "changed": typed_day(o.changed),
            })
        })
        .collect();
    let introductions: Vec<_> = rows::introductions_of_account(c, account)
        .await?
        .into_iter()
        .map(|x| {
            let side = if x.helper == Some(account) { Side::Helper } else { Side::Plan };
            let asked = x.asked_by == side;
            let (call, outcome) = match side {
                Side::Helper => (x.helper_call, x.helper_outcome),
                Side::Plan => (x.plan_call, x.plan_outcome),
            };
            serde_json::json!({
                "plan": x.plan, "side": side.key(), "asked": asked, "state": x.stand.key(), "call": call,
                "words": if asked { x.words.as_str() } else { "" }, "reason": if asked { "" } else { x.reason.as_str() },
                "outcome": outcome, "asked_at": texts::rfc3339(x.asked_at),
                "agreed_at": x.agreed_at.map(texts::rfc3339),
            })
        })
        .collect();
    let messages: Vec<_> = rows::own_messages(c, account)
        .await?
        .into_iter()
        .map(|(x, at, body)| serde_json::json!({ "introduction": x, "at": texts::rfc3339(at), "body": body }))
        .collect();
    Ok(serde_json::json!({ "offers": offers, "introductions": introductions, "messages": messages }))
}
