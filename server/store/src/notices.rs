//! Notices of what waits at a desk: who is told, how they want to hear of it, and when they last got a digest.

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::access::Role;
use domain::notice::{How, Kind};
use domain::time::Seconds;

/// Somebody whose role reaches a place.
#[derive(Clone, Debug)]
pub struct Reached {
    /// Account id.
    pub account: i64,
    /// As shown.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Language of their mails.
    pub lang: String,
    /// How they want to be told.
    pub how: How,
    /// Away at this moment.
    pub away: bool,
}

fn how(r: &Row) -> Result<How, StoreError> {
    How::from_key(&r.text("how")?).ok_or_else(|| StoreError::Corrupt { column: "how".into(), source: None })
}

/// Everyone who holds a role that reaches a place, once each, those who are away included.
pub async fn reached(
    c: &mut Conn,
    role: Role,
    (buurt, stadsdeel): (i64, i64),
    now: Seconds,
) -> Result<Vec<Reached>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT a.id, a.name, a.email, a.lang, COALESCE(MAX(n.how), 'morning') AS how, CAST(MAX(CASE WHEN w.account_id IS NULL THEN 0 ELSE 1 END) AS BIGINT) AS away FROM role_grant g JOIN account a ON a.id = g.account_id LEFT JOIN notice_choice n ON n.account_id = g.account_id LEFT JOIN away w ON w.account_id = g.account_id AND w.from_at <= $4 AND w.until_at > $4 WHERE a.closed_at IS NULL AND g.role = $1 AND g.revoked_at IS NULL AND (g.buurt_id = $2 OR g.stadsdeel_id = $3 OR g.buurt_id IS NULL AND g.stadsdeel_id IS NULL) GROUP BY a.id, a.name, a.email, a.lang ORDER BY a.id LIMIT 200"),
            &[role.key().into(), buurt.into(), stadsdeel.into(), now.into()],
        )
        .await?;
    rows.iter()
        .map(|r| {
            Ok(Reached {
                account: r.int("id")?,
                name: r.text("name")?,
                email: r.text("email")?,
                lang: r.text("lang")?,
                how: how(r)?,
                away: r.flag("away")?,
            })
        })
        .collect()
}

/// The last step of a plan's road, by id: the event that people are told of.
pub async fn last_step(c: &mut Conn, plan: i64) -> Result<i64, StoreError> {
    c.one(sql!("SELECT COALESCE(MAX(id), 0) AS id FROM initiative_event WHERE initiative_id = $1"), &[plan.into()])
        .await?
        .int("id")
}

/// Notes that somebody is told; `false` when they were told of this event before.
pub async fn add(
    u: &mut Unit,
    account: i64,
    kind: Kind,
    (plan, event): (i64, &str),
    at: Seconds,
    mailed_at: Option<Seconds>,
) -> Result<bool, StoreError> {
    let added = u
        .exec(
            sql!("INSERT INTO notice (account_id, kind, initiative_id, event, at, mailed_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account_id, kind, initiative_id, event) DO NOTHING"),
            &[account.into(), kind.key().into(), plan.into(), event.into(), at.into(), mailed_at.into()],
        )
        .await?;
    Ok(added == 1)
}

/// A notice that was not mailed yet.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Id.
    pub id: i64,
    /// What happened; `None`: a kind that this program does not know.
    pub kind: Option<Kind>,
    /// Plan.
    pub plan: i64,
    /// When.
    pub at: Seconds,
}

/// Accounts with notices from before this morning that had no digest since, are not away, and want mail.
pub async fn people(c: &mut Conn, morning: Seconds, now: Seconds, most: i64) -> Result<Vec<i64>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT DISTINCT n.account_id FROM notice n WHERE n.mailed_at IS NULL AND n.at < $1 AND NOT EXISTS (SELECT 1 FROM notice_digest d WHERE d.account_id = n.account_id AND d.morning >= $1) AND NOT EXISTS (SELECT 1 FROM away w WHERE w.account_id = n.account_id AND w.from_at <= $2 AND w.until_at > $2) AND NOT EXISTS (SELECT 1 FROM notice_choice h WHERE h.account_id = n.account_id AND h.how = 'none') ORDER BY n.account_id LIMIT $3"),
            &[morning.into(), now.into(), most.into()],
        )
        .await?;
    rows.iter().map(|r| r.int("account_id")).collect()
}

/// What somebody was not mailed of yet, from before this morning, oldest first.
pub async fn unmailed(c: &mut Conn, account: i64, morning: Seconds, most: i64) -> Result<Vec<Notice>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT id, kind, initiative_id, at FROM notice WHERE account_id = $1 AND mailed_at IS NULL AND at < $2 ORDER BY at, id LIMIT $3"),
            &[account.into(), morning.into(), most.into()],
        )
        .await?;
    rows.iter()
        .map(|r| {
            Ok(Notice {
                id: r.int("id")?,
                kind: Kind::from_key(&r.text("kind")?),
                plan: r.int("initiative_id")?,
                at: r.int("at")?,
            })
        })
        .collect()
}

/// These notices are mailed, or need no mail any more; gives how many still waited.
pub async fn set_mailed(u: &mut Unit, account: i64, ids: &[i64], at: Seconds) -> Result<u64, StoreError> {
    if ids.is_empty() {
        return Ok(0);
    }
    let listed = format!(",{},", ids.iter().map(i64::to_string).collect::<Vec<_>>().join(","));
    u.exec(
        sql!("UPDATE notice SET mailed_at = $2 WHERE account_id = $1 AND mailed_at IS NULL AND CAST($3 AS TEXT) LIKE '%,' || id || ',%'"),
        &[account.into(), at.into(), listed.into()],
    )
    .await
}

/// Takes this morning's digest of somebody; `false` when it was taken before.
pub async fn take_morning(u: &mut Unit, account: i64, morning: Seconds) -> Result<bool, StoreError> {
    let taken = u
        .exec(
            sql!("INSERT INTO notice_digest (account_id, morning) VALUES ($1, $2) ON CONFLICT (account_id) DO UPDATE SET morning = excluded.morning WHERE notice_digest.morning < excluded.morning"),
            &[account.into(), morning.into()],
        )
        .await?;
    Ok(taken == 1)
}

/// How somebody wants to be told.
pub async fn choice(c: &mut Conn, account: i64) -> Result<How, StoreError> {
    c.row(sql!("SELECT how FROM notice_choice WHERE account_id = $1"), &[account.into()])
        .await?
        .map_or(Ok(How::default()), |r| how(&r))
}

/// Keeps how somebody wants to be told; who wants no mail is not mailed later of what waited.
pub async fn choose(u: &mut Unit, account: i64, how: How, now: Seconds) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO notice_choice (account_id, how) VALUES ($1, $2) ON CONFLICT (account_id) DO UPDATE SET how = excluded.how"),
        &[account.into(), how.key().into()],
    )
    .await?;
    if how == How::Never {
        u.exec(
            sql!("UPDATE notice SET mailed_at = $2 WHERE account_id = $1 AND mailed_at IS NULL"),
            &[account.into(), now.into()],
        )
        .await?;
    }
    Ok(())
}

/// Removes what is past its term.
pub async fn sweep(u: &mut Unit, now: Seconds) -> Result<(), StoreError> {
    let past = now - domain::notice::TERM;
    u.exec(sql!("DELETE FROM notice WHERE at < $1"), &[past.into()]).await?;
    u.exec(sql!("DELETE FROM notice_digest WHERE morning < $1"), &[past.into()]).await.map(|_| ())
}
