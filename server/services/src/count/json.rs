//! A published result as one JSON file.

use super::{published, tokens};
use crate::ActError;
use std::collections::BTreeMap;
use store::{Conn, rounds};

/// The file `stemronde-<slug>.json`: paper, digest, turnout, roll, count and tokens per plan. `None` before the result is out.
///
/// # Errors
/// [`ActError::NotFound`] for no such round.
pub async fn public_json(c: &mut Conn, slug: &str) -> Result<Option<serde_json::Value>, ActError> {
    let Some(p) = published(c, slug).await? else { return Ok(None) };
    let tokens = tokens(c, p.round.id).await?;
    let ranked = p.paper.form == "ranking";
    let of = |plan: i64, place: u32| -> Vec<&str> {
        tokens.iter().filter(|t| t.0 == plan && t.1 == place).map(|t| t.2.as_str()).collect()
    };
    let plans: Vec<_> = p
        .paper
        .plans
        .iter()
        .map(|plan| {
            if ranked {
                // One list for each place, so that no list shows a whole ballot and anyone can weigh the places.
                let most = u32::try_from(p.paper.max_picks).unwrap_or(u32::MAX);
                let places: Vec<_> = (1..=most).map(|place| of(plan.id, place)).collect();
                serde_json::json!({ "id": plan.id, "title": plan.title, "tokens_by_place": places })
            } else {
                serde_json::json!({ "id": plan.id, "title": plan.title, "tokens": of(plan.id, 0) })
            }
        })
        .collect();
    Ok(Some(serde_json::json!({
        "round": p.round.slug, "buurt": p.round.buurt, "paper": p.paper, "paper_canonical": p.round.paper, "paper_sha256": p.round.paper_digest,
        "turnout": p.round.turnout, "roll": p.round.roll_size, "stray": p.round.stray, "receipts": p.round.receipts,
        "paper_codes_closed": p.paper_figures.0, "paper_sheets": p.paper_figures.1, "codes_reissued": p.round.codes_reissued, "anomalies": p.anomalies.iter().cloned().collect::<BTreeMap<_, _>>(),
        "lots": p.lots.iter().map(|lot| serde_json::json!({ "digest": lot.digest, "secret": lot.secret })).collect::<Vec<_>>(),
        "versions": p.versions.iter().filter(|v| v.state == rounds::VersionState::Agreed).map(|v| serde_json::json!({ "version": v.version, "at": v.decided_at, "reason": v.reason, "changes": v.changes, "paper_sha256": v.digest })).collect::<Vec<_>>(),
        "token": "HMAC-SHA-256(receipt, round + LF + plan + LF + i); i is 1, or 1 to the points, or the place", "outcome": p.outcome, "explanation": p.explanation, "published_at": p.published_at, "plans": plans,
    })))
}
