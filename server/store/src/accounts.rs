//! Accounts, sessions, roles, mailed links and residence codes.

pub mod known;
pub mod residence;
pub mod roles;
pub mod second_factor;

use crate::{Conn, StoreError, sql};
use domain::access::{Grant, Role, Scope};

/// A live session with what rules need of its account.
#[derive(Clone, Debug)]
pub struct Session {
    /// Whose.
    pub account_id: i64,
    /// Name to greet with.
    pub name: String,
    /// The address was confirmed.
    pub confirmed: bool,
    /// Buurt of shown residence.
    pub resident_of: Option<i64>,
    /// When the second factor was shown in this session.
    pub second_factor_at: Option<i64>,
    /// When a password, link or code was last shown.
    pub authenticated_at: i64,
}

/// The session of this token, when it has not run out and its account is open.
pub async fn session(c: &mut Conn, token_hash: &[u8], now: i64) -> Result<Option<Session>, StoreError> {
    let row = c
        .row(
            sql!("SELECT s.account_id, a.name, a.confirmed_at, CASE WHEN a.residence_at IS NULL THEN NULL ELSE a.buurt_id END AS resident_of, s.second_factor_at, s.authenticated_at FROM session s JOIN account a ON a.id = s.account_id WHERE s.token_hash = $1 AND s.expires_at > $2 AND a.closed_at IS NULL"),
            &[token_hash.into(), now.into()],
        )
        .await?;
    row.map(|r| {
        Ok(Session {
            account_id: r.int("account_id")?,
            name: r.text("name")?,
            confirmed: r.opt_int("confirmed_at")?.is_some(),
            resident_of: r.opt_int("resident_of")?,
            second_factor_at: r.opt_int("second_factor_at")?,
            authenticated_at: r.int("authenticated_at")?,
        })
    })
    .transpose()
}

/// Roles that hold now.
pub async fn grants(c: &mut Conn, account: i64) -> Result<Vec<Grant>, StoreError> {
    let rows = c.rows(sql!("SELECT role, buurt_id, stadsdeel_id FROM role_grant WHERE account_id = $1 AND revoked_at IS NULL ORDER BY id"), &[account.into()]).await?;
    let mut grants = Vec::new();
    for r in &rows {
        let role = Role::from_key(&r.text("role")?)
            .ok_or_else(|| StoreError::Corrupt { column: "role".into(), source: None })?;
        let scope = match (r.opt_int("buurt_id")?, r.opt_int("stadsdeel_id")?) {
            (Some(buurt), _) => Scope::Buurt(buurt),
            (None, Some(stadsdeel)) => Scope::Stadsdeel(stadsdeel),
            (None, None) => Scope::City,
        };
        grants.push(Grant { role, scope });
    }
    Ok(grants)
}

/// An account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Id.
    pub id: i64,
    /// As typed.
    pub email: String,
    /// As shown.
    pub name: String,
    /// PHC string; `None`: signs in with links only.
    pub password_hash: Option<String>,
    /// Language of its mails.
    pub lang: String,
    /// Where it says it lives.
    pub buurt_id: Option<i64>,
    /// When the address was confirmed.
    pub confirmed_at: Option<i64>,
    /// When residence in `buurt_id` was shown.
    pub residence_at: Option<i64>,
    /// Secret of the authenticator app.
    pub totp_secret: Option<Vec<u8>>,
    /// When the app was set up.
    pub totp_at: Option<i64>,
    /// Last time step used, so that a code works once.
    pub totp_last_step: i64,
}

fn account(r: &crate::Row) -> Result<Account, StoreError> {
    Ok(Account {
        id: r.int("id")?,
        email: r.text("email")?,
        name: r.text("name")?,
        password_hash: r.opt_text("password_hash")?,
        lang: r.text("lang")?,
        buurt_id: r.opt_int("buurt_id")?,
        confirmed_at: r.opt_int("confirmed_at")?,
        residence_at: r.opt_int("residence_at")?,
        totp_secret: r.opt_blob("totp_secret")?,
        totp_at: r.opt_int("totp_at")?,
        totp_last_step: r.int("totp_last_step")?,
    })
}

/// An open account by id.
pub async fn get(c: &mut Conn, id: i64) -> Result<Option<Account>, StoreError> {
    c.row(sql!("SELECT id, email, name, password_hash, lang, buurt_id, confirmed_at, residence_at, totp_secret, totp_at, totp_last_step FROM account WHERE id = $1 AND closed_at IS NULL"), &[id.into()]).await?.as_ref().map(account).transpose()
}

/// An open account by mail address (any case).
pub async fn by_email(c: &mut Conn, email: &str) -> Result<Option<Account>, StoreError> {
    c.row(
        sql!("SELECT id, email, name, password_hash, lang, buurt_id, confirmed_at, residence_at, totp_secret, totp_at, totp_last_step FROM account WHERE email_key = $1 AND closed_at IS NULL"),
        &[domain::account::email_key(email).into()],
    )
    .await?
    .as_ref()
    .map(account)
    .transpose()
}

/// A new account; [`StoreError::Duplicate`] when the address has one.
pub struct NewAccount<'a> {
    /// As typed.
    pub email: &'a str,
    /// As shown.
    pub name: &'a str,
    /// PHC string.
    pub password_hash: Option<String>,
    /// Language of its mails.
    pub lang: &'a str,
    /// Where it says it lives.
    pub buurt_id: Option<i64>,
    /// When the address was confirmed, if it was.
    pub confirmed_at: Option<i64>,
    /// UTC seconds.
    pub at: i64,
}

/// Makes an account; gives its id.
pub async fn create(u: &mut crate::Unit, a: &NewAccount<'_>) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO account (email, email_key, name, password_hash, lang, buurt_id, confirmed_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id"),
        &[a.email.into(), domain::account::email_key(a.email).into(), a.name.into(), a.password_hash.clone().into(), a.lang.into(), a.buurt_id.into(), a.confirmed_at.into(), a.at.into()],
    )
    .await?
    .int("id")
}

/// The address is theirs.
pub async fn confirm(u: &mut crate::Unit, id: i64, at: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE account SET confirmed_at = COALESCE(confirmed_at, $2) WHERE id = $1"), &[id.into(), at.into()])
        .await
        .map(|_| ())
}

/// Opens a session.
pub async fn add_session(
    u: &mut crate::Unit,
    token_hash: &[u8],
    account: i64,
    means: &str,
    second_factor_at: Option<i64>,
    now: i64,
    expires: i64,
) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO session (token_hash, account_id, means, created_at, seen_at, authenticated_at, second_factor_at, expires_at) VALUES ($1, $2, $3, $4, $4, $4, $5, $6)"),
        &[token_hash.into(), account.into(), means.into(), now.into(), second_factor_at.into(), expires.into()],
    )
    .await
    .map(|_| ())
}

/// A mailed link that can still be used.
#[derive(Clone, Debug)]
pub struct Link {
    /// `sign_in`, `confirm`, `invite` or `draft`.
    pub purpose: String,
    /// Whose.
    pub account_id: Option<i64>,
    /// Waiting plan.
    pub draft_id: Option<i64>,
    /// Waiting role.
    pub grant_id: Option<i64>,
}

/// Keeps a mailed link by the hash of its token.
pub async fn add_link(
    u: &mut crate::Unit,
    token_hash: &[u8],
    link: &Link,
    now: i64,
    expires: i64,
) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO mail_link (token_hash, purpose, account_id, draft_id, grant_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[token_hash.into(), link.purpose.as_str().into(), link.account_id.into(), link.draft_id.into(), link.grant_id.into(), now.into(), expires.into()],
    )
    .await
    .map(|_| ())
}

/// A link that has neither run out nor been used.
pub async fn link(c: &mut Conn, token_hash: &[u8], now: i64) -> Result<Option<Link>, StoreError> {
    let row = c.row(sql!("SELECT purpose, account_id, draft_id, grant_id FROM mail_link WHERE token_hash = $1 AND expires_at > $2 AND used_at IS NULL"), &[token_hash.into(), now.into()]).await?;
    row.map(|r| {
        Ok(Link {
            purpose: r.text("purpose")?,
            account_id: r.opt_int("account_id")?,
            draft_id: r.opt_int("draft_id")?,
            grant_id: r.opt_int("grant_id")?,
        })
    })
    .transpose()
}

/// Uses a link up; `false` when another was first.
pub async fn use_link(u: &mut crate::Unit, token_hash: &[u8], now: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE mail_link SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2"),
        &[token_hash.into(), now.into()],
    )
    .await?
        == 1)
}

/// Grants a role; gives the grant's id.
pub async fn grant(
    u: &mut crate::Unit,
    account: i64,
    grant: Grant,
    organisation: &str,
    by: Option<i64>,
    at: i64,
) -> Result<i64, StoreError> {
    let (buurt, stadsdeel) = match grant.scope {
        Scope::City => (None, None),
        Scope::Buurt(id) => (Some(id), None),
        Scope::Stadsdeel(id) => (None, Some(id)),
    };
    u.one(
        sql!("INSERT INTO role_grant (account_id, role, buurt_id, stadsdeel_id, organisation, granted_by, granted_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id"),
        &[account.into(), grant.role.key().into(), buurt.into(), stadsdeel.into(), organisation.into(), by.into(), at.into()],
    )
    .await?
    .int("id")
}

/// Closes one session.
pub async fn end_session(u: &mut crate::Unit, token_hash: &[u8]) -> Result<(), StoreError> {
    u.exec(sql!("DELETE FROM session WHERE token_hash = $1"), &[token_hash.into()]).await.map(|_| ())
}

/// Closes every session of an account, except the one given (an empty hash spares none).
pub async fn end_sessions(u: &mut crate::Unit, account: i64, except: &[u8]) -> Result<(), StoreError> {
    u.exec(sql!("DELETE FROM session WHERE account_id = $1 AND token_hash <> $2"), &[account.into(), except.into()])
        .await
        .map(|_| ())
}

/// Voids the unused sign-in and confirmation links of an account.
pub async fn void_links(u: &mut crate::Unit, account: i64, now: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE mail_link SET used_at = $2 WHERE account_id = $1 AND purpose IN ('sign_in', 'confirm') AND used_at IS NULL"), &[account.into(), now.into()]).await.map(|_| ())
}

/// Sets or takes away the password.
pub async fn set_password(u: &mut crate::Unit, id: i64, hash: Option<&str>) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE account SET password_hash = $2 WHERE id = $1"), &[id.into(), hash.into()]).await.map(|_| ())
}

/// Sets name and language.
pub async fn set_details(u: &mut crate::Unit, id: i64, name: &str, lang: &str) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE account SET name = $2, lang = $3 WHERE id = $1"), &[id.into(), name.into(), lang.into()])
        .await
        .map(|_| ())
}

/// Sets where it says it lives, as long as residence was not shown.
pub async fn set_buurt(u: &mut crate::Unit, id: i64, buurt: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE account SET buurt_id = $2 WHERE id = $1 AND residence_at IS NULL"), &[id.into(), buurt.into()])
        .await
        .map(|_| ())
}

/// The plans somebody handed in, newest first: id, title, state.
pub async fn plans_of(c: &mut Conn, account: i64) -> Result<Vec<(i64, String, domain::initiative::State)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT id, title, state FROM initiative WHERE merged_into IS NULL AND (account_id = $1 OR id IN (SELECT w.initiative_id FROM co_author w WHERE w.account_id = $1)) ORDER BY id DESC LIMIT 100"),
            &[account.into()],
        )
        .await?;
    rows.iter()
        .map(|r| {
            let state = domain::initiative::State::from_key(&r.text("state")?)
                .ok_or_else(|| StoreError::Corrupt { column: "state".into(), source: None })?;
            Ok((r.int("id")?, r.text("title")?, state))
        })
        .collect()
}

/// Residence in a buurt was shown.
pub async fn set_residence(u: &mut crate::Unit, account: i64, buurt: i64, at: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE account SET buurt_id = $2, residence_at = $3 WHERE id = $1"),
        &[account.into(), buurt.into(), at.into()],
    )
    .await
    .map(|_| ())
}
