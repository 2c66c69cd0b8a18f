//! Roles as the administrator sees them. A role that waits for its invitation counts as revoked until it is accepted.

use crate::{Conn, StoreError, Unit, sql};
use domain::access::{Role, Scope};

/// Everyone who is administrator of the whole city now.
pub async fn administrators(c: &mut Conn) -> Result<Vec<super::Account>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT DISTINCT account_id FROM role_grant WHERE role = 'administrator' AND revoked_at IS NULL AND buurt_id IS NULL AND stadsdeel_id IS NULL ORDER BY account_id"),
            &[],
        )
        .await?;
    let mut found = Vec::new();
    for row in rows {
        found.extend(super::get(c, row.int("account_id")?).await?);
    }
    Ok(found)
}

/// Since when somebody is administrator, or (`staff`) works for a stadsdeel, by a colleague's doing, in UTC seconds: 0 for who was
/// appointed by the operator, outside the site, `None` for who is neither; and whether they were, and are not any more.
pub async fn in_office_since(c: &mut Conn, account: i64, staff: bool) -> Result<(Option<i64>, bool), StoreError> {
    let row = c
        .one(
            sql!("SELECT MIN(CASE WHEN revoked_at IS NOT NULL THEN NULL WHEN granted_by IS NULL THEN 0 ELSE granted_at END) AS since, COUNT(*) AS many FROM role_grant WHERE account_id = $1 AND (role = 'administrator' AND buurt_id IS NULL AND stadsdeel_id IS NULL OR role = 'staff' AND CAST($2 AS BIGINT) = 1)"),
            &[account.into(), i64::from(staff).into()],
        )
        .await?;
    let since = row.opt_int("since")?;
    Ok((since, since.is_none() && row.int("many")? > 0))
}

/// A role with whose it is.
#[derive(Clone, Debug)]
pub struct Granted {
    /// Id of the grant.
    pub id: i64,
    /// Whose.
    pub account_id: i64,
    /// Name, empty before the first invitation was accepted.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Where.
    pub scope: Scope,
    /// For which organisation.
    pub organisation: String,
    /// Invited, not yet accepted.
    pub waiting: bool,
}

/// Roles that hold, and those that wait for an answer.
pub async fn list(c: &mut Conn, now: i64) -> Result<Vec<Granted>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT g.id, g.account_id, a.name, a.email, g.role, g.buurt_id, g.stadsdeel_id, g.organisation, CAST(CASE WHEN g.revoked_at IS NULL THEN 0 ELSE 1 END AS BIGINT) AS waiting FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.closed_at IS NULL AND (g.revoked_at IS NULL OR EXISTS (SELECT 1 FROM mail_link l WHERE l.grant_id = g.id AND l.used_at IS NULL AND l.expires_at > $1)) ORDER BY g.role, a.name, g.id"),
            &[now.into()],
        )
        .await?;
    rows.iter()
        .map(|r| {
            Ok(Granted {
                id: r.int("id")?,
                account_id: r.int("account_id")?,
                name: r.text("name")?,
                email: r.text("email")?,
                role: Role::from_key(&r.text("role")?)
                    .ok_or_else(|| StoreError::Corrupt { column: "role".into(), source: None })?,
                scope: match (r.opt_int("buurt_id")?, r.opt_int("stadsdeel_id")?) {
                    (Some(buurt), _) => Scope::Buurt(buurt),
                    (None, Some(stadsdeel)) => Scope::Stadsdeel(stadsdeel),
                    (None, None) => Scope::City,
                },
                organisation: r.text("organisation")?,
                waiting: r.flag("waiting")?,
            })
        })
        .collect()
}

/// The role waits: it does not hold before [`accept`].
pub async fn wait(u: &mut Unit, grant: i64, at: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE role_grant SET revoked_at = $2 WHERE id = $1"), &[grant.into(), at.into()]).await.map(|_| ())
}

/// The invitation was accepted: the role holds from now.
pub async fn accept(u: &mut Unit, grant: i64, at: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE role_grant SET revoked_at = NULL, granted_at = $2 WHERE id = $1"), &[grant.into(), at.into()])
        .await
        .map(|_| ())
}

/// Takes a role back, and its invitation when it still waits; `false` when it neither held nor waited.
pub async fn revoke(u: &mut Unit, grant: i64, at: i64) -> Result<bool, StoreError> {
    let held = u
        .exec(
            sql!("UPDATE role_grant SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL"),
            &[grant.into(), at.into()],
        )
        .await?;
    let waited = u
        .exec(
            sql!("UPDATE mail_link SET used_at = $2 WHERE grant_id = $1 AND used_at IS NULL"),
            &[grant.into(), at.into()],
        )
        .await?;
    Ok(held + waited > 0)
}

/// What a grant is: account and role.
pub async fn get(c: &mut Conn, grant: i64) -> Result<Option<(i64, Role)>, StoreError> {
    let Some(row) = c.row(sql!("SELECT account_id, role FROM role_grant WHERE id = $1"), &[grant.into()]).await? else {
        return Ok(None);
    };
    let role = Role::from_key(&row.text("role")?)
        .ok_or_else(|| StoreError::Corrupt { column: "role".into(), source: None })?;
    Ok(Some((row.int("account_id")?, role)))
}

/// In whose name an account holds a role at a place: the organisation of its nearest grant, or empty.
pub async fn organisation(
    c: &mut Conn,
    account: i64,
    role: Role,
    buurt: i64,
    stadsdeel: i64,
) -> Result<String, StoreError> {
    let row = c
        .row(
            sql!("SELECT organisation FROM role_grant WHERE account_id = $1 AND role = $2 AND revoked_at IS NULL AND (buurt_id = $3 OR stadsdeel_id = $4 OR buurt_id IS NULL AND stadsdeel_id IS NULL) ORDER BY CASE WHEN buurt_id = $3 THEN 0 WHEN stadsdeel_id = $4 THEN 1 ELSE 2 END, id LIMIT 1"),
            &[account.into(), role.key().into(), buurt.into(), stadsdeel.into()],
        )
        .await?;
    row.map_or(Ok(String::new()), |r| r.text("organisation"))
}

/// Who holds a role that reaches a place, and is not away at this moment: account, name, address, language, organisation.
pub async fn reaching(
    c: &mut Conn,
    role: Role,
    (buurt, stadsdeel): (i64, i64),
    now: i64,
) -> Result<Vec<(super::Account, String)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT g.account_id, MAX(g.organisation) AS organisation FROM role_grant g WHERE g.role = $1 AND g.revoked_at IS NULL AND (g.buurt_id = $2 OR g.stadsdeel_id = $3 OR g.buurt_id IS NULL AND g.stadsdeel_id IS NULL) AND NOT EXISTS (SELECT 1 FROM away w WHERE w.account_id = g.account_id AND w.from_at <= $4 AND w.until_at > $4) GROUP BY g.account_id ORDER BY g.account_id LIMIT 200"),
            &[role.key().into(), buurt.into(), stadsdeel.into(), now.into()],
        )
        .await?;
    with_accounts(c, &rows).await
}

/// Moderators of the organisations that work in a buurt, wherever they do, who are not away.
pub async fn of_organisations(c: &mut Conn, buurt: i64, now: i64) -> Result<Vec<(super::Account, String)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT g.account_id, MAX(g.organisation) AS organisation FROM role_grant g WHERE g.role = 'moderator' AND g.revoked_at IS NULL AND g.organisation <> '' AND g.organisation IN (SELECT o.organisation FROM role_grant o WHERE o.role = 'moderator' AND o.revoked_at IS NULL AND o.buurt_id = $1) AND NOT EXISTS (SELECT 1 FROM away w WHERE w.account_id = g.account_id AND w.from_at <= $2 AND w.until_at > $2) GROUP BY g.account_id ORDER BY g.account_id LIMIT 200"),
            &[buurt.into(), now.into()],
        )
        .await?;
    with_accounts(c, &rows).await
}

/// Staff whose role reaches a place and is held for this department (in any case), who are not away.
pub async fn of_department(
    c: &mut Conn,
    (buurt, stadsdeel): (i64, i64),
    department: &str,
    now: i64,
) -> Result<Vec<super::Account>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT DISTINCT g.account_id, g.organisation FROM role_grant g WHERE g.role = 'staff' AND g.revoked_at IS NULL AND g.organisation <> '' AND (g.buurt_id = $1 OR g.stadsdeel_id = $2 OR g.buurt_id IS NULL AND g.stadsdeel_id IS NULL) AND NOT EXISTS (SELECT 1 FROM away w WHERE w.account_id = g.account_id AND w.from_at <= $3 AND w.until_at > $3) ORDER BY g.account_id, g.organisation"),
            &[buurt.into(), stadsdeel.into(), now.into()],
        )
        .await?;
    let mut found: Vec<super::Account> = Vec::new();
    for row in rows {
        let id = row.int("account_id")?;
        // Compared here: the engines do not agree on what the case of a letter is.
        if domain::advice::same(&row.text("organisation")?, department) && !found.iter().any(|a| a.id == id) {
            found.extend(super::get(c, id).await?);
        }
    }
    Ok(found)
}

async fn with_accounts(c: &mut Conn, rows: &[crate::Row]) -> Result<Vec<(super::Account, String)>, StoreError> {
    let mut found = Vec::new();
    for row in rows {
        if let Some(account) = super::get(c, row.int("account_id")?).await? {
            found.push((account, row.text("organisation")?));
        }
    }
    Ok(found)
}

/// Buurten whose moderators a case can be handed to: id, name, organisations.
pub async fn desks(c: &mut Conn, stadsdeel: i64) -> Result<Vec<(i64, String, String)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT b.id, b.name, MIN(g.organisation) AS organisation FROM buurt b JOIN role_grant g ON g.buurt_id = b.id WHERE g.role = 'moderator' AND g.revoked_at IS NULL AND b.stadsdeel_id = $1 GROUP BY b.id, b.name ORDER BY b.name"),
            &[stadsdeel.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("id")?, r.text("name")?, r.text("organisation")?))).collect()
}
