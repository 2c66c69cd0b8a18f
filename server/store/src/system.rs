//! Settings, idempotency, limits, leases: what every act leans on.

use crate::{Conn, StoreError, Unit, sql};

/// A setting, if set.
pub async fn setting(c: &mut Conn, key: &str) -> Result<Option<String>, StoreError> {
    c.row(sql!("SELECT value FROM setting WHERE key = $1"), &[key.into()]).await?.map(|r| r.text("value")).transpose()
}

/// Sets a setting.
pub async fn set_setting(u: &mut Unit, key: &str, value: &str) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value"),
        &[key.into(), value.into()],
    )
    .await
    .map(|_| ())
}

/// Sets a setting that has no value yet; one that it has stays.
pub async fn set_once(u: &mut Unit, key: &str, value: &str) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING"),
        &[key.into(), value.into()],
    )
    .await
    .map(|_| ())
}

/// Where the same form of the same actor led before, if it was sent before.
pub async fn answered(c: &mut Conn, key: &str, act: &str, actor: &str) -> Result<Option<String>, StoreError> {
    c.row(
        sql!("SELECT location FROM idempotency WHERE key = $1 AND act = $2 AND actor = $3"),
        &[key.into(), act.into(), actor.into()],
    )
    .await?
    .map(|r| r.text("location"))
    .transpose()
}

/// Keeps where this form led. [`StoreError::Duplicate`] when another try of it was first.
pub async fn remember_answer(
    u: &mut Unit,
    key: &str,
    act: &str,
    actor: &str,
    location: &str,
    at: i64,
) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO idempotency (key, act, actor, location, at) VALUES ($1, $2, $3, $4, $5)"),
        &[key.into(), act.into(), actor.into(), location.into(), at.into()],
    )
    .await
    .map(|_| ())
}

/// What waits and runs, for the operator: letters not sent yet, letters given up, rounds that take votes.
pub async fn operator_figures(c: &mut Conn) -> Result<[(&'static str, i64); 3], StoreError> {
    let row = c
        .one(
            sql!("SELECT (SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL) AS waiting, (SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NOT NULL) AS given_up, (SELECT COUNT(*) FROM round WHERE phase = 'voting') AS voting"),
            &[],
        )
        .await?;
    Ok([
        ("letters_waiting", row.int("waiting")?),
        ("letters_given_up", row.int("given_up")?),
        ("rounds_voting", row.int("voting")?),
    ])
}

/// Counts one more in a window; gives the count.
pub async fn count_up(u: &mut Unit, bucket: &str, key_hash: &[u8], window_start: i64) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO limiter (bucket, key_hash, window_start, count) VALUES ($1, $2, $3, 1) ON CONFLICT (bucket, key_hash, window_start) DO UPDATE SET count = limiter.count + 1 RETURNING count"),
        &[bucket.into(), key_hash.into(), window_start.into()],
    )
    .await?
    .int("count")
}

/// Counts one less: the try was right.
pub async fn count_down(u: &mut Unit, bucket: &str, key_hash: &[u8], window_start: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE limiter SET count = count - 1 WHERE bucket = $1 AND key_hash = $2 AND window_start = $3 AND count > 0"),
        &[bucket.into(), key_hash.into(), window_start.into()],
    )
    .await
    .map(|_| ())
}

/// How often it was counted in a window.
pub async fn counted(c: &mut Conn, bucket: &str, key_hash: &[u8], window_start: i64) -> Result<i64, StoreError> {
    c.row(
        sql!("SELECT count FROM limiter WHERE bucket = $1 AND key_hash = $2 AND window_start = $3"),
        &[bucket.into(), key_hash.into(), window_start.into()],
    )
    .await?
    .map_or(Ok(0), |r| r.int("count"))
}

/// Takes or renews a lease; `false` when another holds it.
pub async fn lease(u: &mut Unit, name: &str, holder: &str, now: i64, until: i64) -> Result<bool, StoreError> {
    let changed = u
        .exec(
            sql!("INSERT INTO lease (name, holder, until) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE lease.until <= $4 OR lease.holder = excluded.holder"),
            &[name.into(), holder.into(), until.into(), now.into()],
        )
        .await?;
    Ok(changed > 0)
}

/// Removes what is past its term: old idempotency keys, limiter windows, sessions, links, drafts, notices, letters, open
/// answers of old waves, and pictures that nothing shows any more.
pub async fn sweep(u: &mut Unit, now: i64) -> Result<(), StoreError> {
    let day_ago = now - domain::time::DAY;
    let week_ago = now - 7 * domain::time::DAY;
    u.exec(sql!("DELETE FROM idempotency WHERE at < $1"), &[week_ago.into()]).await?;
    u.exec(sql!("DELETE FROM limiter WHERE window_start < $1"), &[day_ago.into()]).await?;
    u.exec(sql!("DELETE FROM session WHERE expires_at < $1"), &[now.into()]).await?;
    u.exec(sql!("DELETE FROM mail_link WHERE expires_at < $1"), &[week_ago.into()]).await?;
    u.exec(sql!("DELETE FROM initiative_draft WHERE expires_at < $1"), &[now.into()]).await?;
    u.exec(sql!("DELETE FROM roll_draft WHERE uploaded_at < $1"), &[day_ago.into()]).await?;
    u.exec(sql!("DELETE FROM known_network WHERE seen_at < $1"), &[(now - crate::accounts::known::TERM).into()])
        .await?;
    u.exec(sql!("DELETE FROM picture WHERE created_at < $1 AND NOT EXISTS (SELECT 1 FROM initiative i WHERE i.picture_id = picture.id) AND NOT EXISTS (SELECT 1 FROM initiative_draft d WHERE d.picture_id = picture.id) AND NOT EXISTS (SELECT 1 FROM milestone m WHERE m.picture_id = picture.id) AND NOT EXISTS (SELECT 1 FROM milestone_photo f WHERE f.picture_id = picture.id) AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.picture_id = picture.id)"), &[day_ago.into()]).await?;
    crate::notices::sweep(u, now).await?;
    crate::results::sweep(u, now).await?;
    u.exec(sql!("DELETE FROM outbox WHERE sent_at < $1 OR failed_at < $1"), &[week_ago.into()]).await.map(|_| ())
}
