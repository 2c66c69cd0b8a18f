//! The log as it is read at the desk: newest first, by act, by who, by what, within a time.

use super::Line;
use crate::{Conn, Row, StoreError, Val, sql};

/// What is looked for. All that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Key of an act; empty: all.
    pub act: String,
    /// Account of who did it.
    pub actor: Option<i64>,
    /// Kind of what it was done to; empty: all.
    pub kind: String,
    /// Number of that.
    pub subject: Option<i64>,
    /// Not before, in UTC seconds.
    pub from: i64,
    /// Before, in UTC seconds.
    pub to: i64,
    /// Lines with a lower number.
    pub before: i64,
}

/// A line with what is known of it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The line.
    pub line: Line,
    /// Its place in the chain.
    pub seq: Option<i64>,
    /// Name of who did it, while they hold a role.
    pub name: Option<String>,
}

fn seen(r: &Row) -> Result<Seen, StoreError> {
    Ok(Seen { line: Line::read(r)?, seq: r.opt_int("seq")?, name: r.opt_text("name")? })
}

/// Lines, newest first, at most `most`. By whom or what they are looked for decides which index serves.
pub async fn list(c: &mut Conn, f: &Filter, most: i64) -> Result<Vec<Seen>, StoreError> {
    let shared: [Val; 6] =
        [f.from.into(), f.to.into(), f.before.into(), most.into(), (&f.act).into(), (&f.kind).into()];
    let with = |value: i64| shared.iter().cloned().chain([value.into()]).collect::<Vec<_>>();
    let rows = match (f.subject, f.actor, f.act.is_empty()) {
        (Some(subject), actor, _) => {
            let mut values = with(subject);
            values.push(actor.unwrap_or(0).into());
            c.rows(sql!("SELECT a.id, a.at, a.actor_id, a.role, a.place, a.act, a.subject_kind, a.subject_id, a.detail, c.seq, w.name FROM audit a LEFT JOIN audit_chain c ON c.audit_id = a.id LEFT JOIN account w ON w.id = a.actor_id AND EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = w.id AND g.revoked_at IS NULL) WHERE a.at >= $1 AND a.at < $2 AND a.id < $3 AND (CAST($5 AS TEXT) = '' OR a.act = $5) AND (CAST($6 AS TEXT) = '' OR a.subject_kind = $6) AND a.subject_id = $7 AND (CAST($8 AS BIGINT) = 0 OR a.actor_id = $8) ORDER BY a.id DESC LIMIT $4"), &values).await?
        }
        (None, Some(actor), _) => {
            c.rows(sql!("SELECT a.id, a.at, a.actor_id, a.role, a.place, a.act, a.subject_kind, a.subject_id, a.detail, c.seq, w.name FROM audit a LEFT JOIN audit_chain c ON c.audit_id = a.id LEFT JOIN account w ON w.id = a.actor_id AND EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = w.id AND g.revoked_at IS NULL) WHERE a.at >= $1 AND a.at < $2 AND a.id < $3 AND (CAST($5 AS TEXT) = '' OR a.act = $5) AND (CAST($6 AS TEXT) = '' OR a.subject_kind = $6) AND a.actor_id = $7 ORDER BY a.id DESC LIMIT $4"), &with(actor)).await?
        }
        (None, None, false) => {
            c.rows(sql!("SELECT a.id, a.at, a.actor_id, a.role, a.place, a.act, a.subject_kind, a.subject_id, a.detail, c.seq, w.name FROM audit a LEFT JOIN audit_chain c ON c.audit_id = a.id LEFT JOIN account w ON w.id = a.actor_id AND EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = w.id AND g.revoked_at IS NULL) WHERE a.at >= $1 AND a.at < $2 AND a.id < $3 AND a.act = $5 AND (CAST($6 AS TEXT) = '' OR a.subject_kind = $6) ORDER BY a.id DESC LIMIT $4"), &shared).await?
        }
        (None, None, true) => {
            let values = [&shared[..4], &shared[5..]].concat();
            c.rows(sql!("SELECT a.id, a.at, a.actor_id, a.role, a.place, a.act, a.subject_kind, a.subject_id, a.detail, c.seq, w.name FROM audit a LEFT JOIN audit_chain c ON c.audit_id = a.id LEFT JOIN account w ON w.id = a.actor_id AND EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = w.id AND g.revoked_at IS NULL) WHERE a.at >= $1 AND a.at < $2 AND a.id < $3 AND (CAST($5 AS TEXT) = '' OR a.subject_kind = $5) ORDER BY a.id DESC LIMIT $4"), &values).await?
        }
    };
    rows.iter().map(seen).collect()
}
