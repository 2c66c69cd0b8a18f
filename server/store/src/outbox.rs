//! Mail that waits to be sent.

use crate::{Conn, StoreError, Unit, sql};

/// A mail that is due.
#[derive(Clone, Debug)]
pub struct Due {
    /// Id.
    pub id: i64,
    /// Which mail.
    pub template: String,
    /// To whom.
    pub address: String,
    /// In which language.
    pub lang: String,
    /// Values as JSON.
    pub payload: String,
    /// Tries before.
    pub tries: i64,
}

/// Queues a mail in the act's own unit.
pub async fn post(
    u: &mut Unit,
    template: &str,
    address: &str,
    lang: &str,
    payload: &str,
    at: i64,
) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO outbox (template, address, lang, payload, created_at, next_try_at) VALUES ($1, $2, $3, $4, $5, $5)"),
        &[template.into(), address.into(), lang.into(), payload.into(), at.into()],
    )
    .await
    .map(|_| ())
}

/// Mails to be tried now, oldest first.
pub async fn due(c: &mut Conn, now: i64) -> Result<Vec<Due>, StoreError> {
    let rows = c.rows(sql!("SELECT id, template, address, lang, payload, tries FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL AND next_try_at <= $1 ORDER BY id LIMIT 50"), &[now.into()]).await?;
    rows.iter()
        .map(|r| {
            Ok(Due {
                id: r.int("id")?,
                template: r.text("template")?,
                address: r.text("address")?,
                lang: r.text("lang")?,
                payload: r.text("payload")?,
                tries: r.int("tries")?,
            })
        })
        .collect()
}

/// It went out: address and values are wiped, since links in them are secrets.
pub async fn sent(u: &mut Unit, id: i64, at: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE outbox SET sent_at = $2, address = '', payload = '{}' WHERE id = $1"), &[id.into(), at.into()])
        .await
        .map(|_| ())
}

/// It did not; tried again at `next`, or never when `None`.
pub async fn not_sent(u: &mut Unit, id: i64, next: Option<i64>, at: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE outbox SET tries = tries + 1, next_try_at = COALESCE(CAST($2 AS BIGINT), next_try_at), failed_at = CASE WHEN CAST($2 AS BIGINT) IS NULL THEN CAST($3 AS BIGINT) ELSE NULL END WHERE id = $1"), &[id.into(), next.into(), at.into()]).await.map(|_| ())
}
