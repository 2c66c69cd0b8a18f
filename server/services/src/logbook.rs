//! The audit log: a line for each act, chained by one leased job, and signed once a day in a digest that lies outside the
//! database as well (`docs/audit.md`).
//!
//! In which role somebody acted is worked out here, in the act's own unit, from the grants that hold at that moment and the
//! table of rights ([`domain::access::log`]). So no act has to tell it, and none can tell it wrong. Where somebody lives is not
//! kept: a resident is a number here, for ever, and lines of years would make a map of removals.

pub mod key;
pub mod line;
mod lodge;
pub mod read;
pub mod verify;

pub use lodge::{digest, digest_due, file_of, folder};

use crate::{ActError, World};
use domain::access::{Scope, Subject, log};
use store::audit::{self as rows, Line};
use store::{StoreError, Unit, accounts, initiatives};

/// Most lines that one round of the job chains.
const BATCH: i64 = 500;
/// How far behind the newest chained number a line may still come in. Numbers are given before the commit, and a unit lasts
/// half a minute at most; what is even later is found by the day's digest, which looks through all.
const LATE: i64 = 20_000;

/// Writes the line of an act.
pub(crate) async fn write(
    u: &mut Unit,
    at: i64,
    actor: Option<i64>,
    act: &str,
    subject: (&str, i64),
    detail: &str,
) -> Result<(), StoreError> {
    let actor = actor.filter(|id| *id > 0);
    let (role, place) = role(u, actor, act, subject).await?;
    let line = Line {
        id: 0,
        at,
        actor,
        role,
        place,
        act: act.into(),
        subject_kind: subject.0.into(),
        subject_id: subject.1,
        detail: detail.into(),
    };
    rows::add(u, &line).await
}

/// Role and place of who acts, as stored.
async fn role(
    u: &mut Unit,
    actor: Option<i64>,
    act: &str,
    subject: (&str, i64),
) -> Result<(String, String), StoreError> {
    let Some(account) = actor else {
        return Ok((if log::by_visitor(act) { "visitor" } else { "system" }.into(), String::new()));
    };
    let grants = accounts::grants(u, account).await?;
    let at = match subject {
        // Only who holds several has to be told apart by where the plan is.
        ("initiative", id) if grants.len() > 1 => initiatives::get(u, id).await?.map(|plan| plan.subject()),
        ("buurt", id) => Some(Subject { buurt: Some(id), ..Subject::default() }),
        _ => None,
    };
    Ok(match log::acted_as(act, &grants, &at.unwrap_or_default()) {
        Some((role, scope)) => (role.key().into(), scope.map(place).unwrap_or_default()),
        None => ("resident".into(), String::new()),
    })
}

fn place(scope: Scope) -> String {
    match scope {
        Scope::City => "city".into(),
        Scope::Buurt(id) => format!("buurt/{id}"),
        Scope::Stadsdeel(id) => format!("stadsdeel/{id}"),
    }
}

/// Chains lines that are not chained yet; gives how many. `thorough` looks through the whole log for them.
///
/// # Errors
/// The store's.
pub async fn chain(world: &World, thorough: bool) -> Result<usize, ActError> {
    let mut c = world.db.read().await?;
    let from = if thorough { 0 } else { rows::highest_chained(&mut c).await?.saturating_sub(LATE) };
    // Looked for apart, so that nobody's act waits for it.
    if rows::unchained(&mut c, from, 1).await?.is_empty() {
        return Ok(0);
    }
    drop(c);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                let lines = rows::unchained(u, from, BATCH).await?;
                let (mut seq, mut hash) = rows::head(u).await?.unwrap_or((0, vec![0; 32]));
                for line in &lines {
                    seq += 1;
                    hash = line::link(line::NEWEST, seq, &hash, line).to_vec();
                    rows::add_link(u, seq, line.id, line::NEWEST, &hash).await?;
                }
                Ok(lines.len())
            })
        })
        .await
}
