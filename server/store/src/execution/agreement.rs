//! What staff and makers agreed on.

use crate::{Conn, StoreError, Unit, sql};
use domain::money::Cents;

/// An agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Counts its texts.
    pub version: i64,
    /// How much, in cents.
    pub amount: Cents,
    /// Under these conditions; may be empty.
    pub conditions: String,
    /// How the makers reach the stadsdeel.
    pub contact: String,
    /// Who answers for it at the stadsdeel.
    pub responsible: String,
    /// The last day, in UTC seconds.
    pub ends_at: i64,
    /// Account.
    pub written_by: i64,
    /// UTC seconds.
    pub written_at: i64,
    /// Account of the maker who said yes.
    pub accepted_by: Option<i64>,
    /// UTC seconds.
    pub accepted_at: Option<i64>,
    /// Account of the first of two who commit.
    pub first_by: Option<i64>,
    /// Account of who committed.
    pub committed_by: Option<i64>,
    /// UTC seconds.
    pub committed_at: Option<i64>,
    /// Kind (`PARTNER_KINDS`) and name.
    pub partners: Vec<(String, String)>,
}

/// The agreement of a plan.
pub async fn agreement(c: &mut Conn, id: i64) -> Result<Option<Agreement>, StoreError> {
    let Some(r) = c.row(sql!("SELECT * FROM agreement WHERE initiative_id = $1"), &[id.into()]).await? else {
        return Ok(None);
    };
    let partners = c
        .rows(sql!("SELECT kind, name FROM agreement_partner WHERE initiative_id = $1 ORDER BY position"), &[id.into()])
        .await?;
    Ok(Some(Agreement {
        version: r.int("version")?,
        amount: r.cents("amount")?,
        conditions: r.text("conditions")?,
        contact: r.text("contact")?,
        responsible: r.text("responsible")?,
        ends_at: r.int("ends_at")?,
        written_by: r.int("written_by")?,
        written_at: r.int("written_at")?,
        accepted_by: r.opt_int("accepted_by")?,
        accepted_at: r.opt_int("accepted_at")?,
        first_by: r.opt_int("first_by")?,
        committed_by: r.opt_int("committed_by")?,
        committed_at: r.opt_int("committed_at")?,
        partners: partners.iter().map(|r| Ok((r.text("kind")?, r.text("name")?))).collect::<Result<_, StoreError>>()?,
    }))
}

/// An agreement to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAgreement {
    /// How much, in cents.
    pub amount: Cents,
    /// May be empty.
    pub conditions: String,
    /// How the makers reach the stadsdeel.
    pub contact: String,
    /// Who answers for it.
    pub responsible: String,
    /// The last day, in UTC seconds.
    pub ends_at: i64,
    /// Kind and name.
    pub partners: Vec<(String, String)>,
}

/// Writes it, or writes it anew: then whoever said yes has to say it again. `false` once its money is committed.
pub async fn put_agreement(u: &mut Unit, id: i64, new: &NewAgreement, by: i64, at: i64) -> Result<bool, StoreError> {
    let kept = u
        .exec(
            sql!("INSERT INTO agreement (initiative_id, amount, conditions, contact, responsible, ends_at, written_by, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (initiative_id) DO UPDATE SET version = agreement.version + 1, amount = excluded.amount, conditions = excluded.conditions, contact = excluded.contact, responsible = excluded.responsible, ends_at = excluded.ends_at, written_by = excluded.written_by, written_at = excluded.written_at, accepted_by = NULL, accepted_at = NULL, first_by = NULL WHERE agreement.committed_at IS NULL"),
            &[id.into(), new.amount.into(), new.conditions.as_str().into(), new.contact.as_str().into(), new.responsible.as_str().into(), new.ends_at.into(), by.into(), at.into()],
        )
        .await?;
    if kept != 1 {
        return Ok(false);
    }
    u.exec(sql!("DELETE FROM agreement_partner WHERE initiative_id = $1"), &[id.into()]).await?;
    for (position, (kind, name)) in new.partners.iter().enumerate() {
        u.exec(
            sql!("INSERT INTO agreement_partner (initiative_id, position, kind, name) VALUES ($1, $2, $3, $4)"),
            &[id.into(), position.into(), kind.as_str().into(), name.as_str().into()],
        )
        .await?;
    }
    Ok(true)
}

/// A maker says yes to this version; `false` when it was written anew, or somebody was first.
pub async fn accept(u: &mut Unit, id: i64, version: i64, by: i64, at: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE agreement SET accepted_by = $3, accepted_at = $4 WHERE initiative_id = $1 AND version = $2 AND accepted_at IS NULL"),
        &[id.into(), version.into(), by.into(), at.into()],
    )
    .await?
        == 1)
}

/// The first of two signs for the commitment; `false` when somebody was first.
pub async fn sign_first(u: &mut Unit, id: i64, version: i64, by: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE agreement SET first_by = $3 WHERE initiative_id = $1 AND version = $2 AND accepted_at IS NOT NULL AND first_by IS NULL AND committed_at IS NULL"),
        &[id.into(), version.into(), by.into()],
    )
    .await?
        == 1)
}

/// Its money is committed; `false` when that was done, or nobody said yes to this version.
pub async fn commit(u: &mut Unit, id: i64, version: i64, by: i64, at: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE agreement SET committed_by = $3, committed_at = $4 WHERE initiative_id = $1 AND version = $2 AND accepted_at IS NOT NULL AND committed_at IS NULL"),
        &[id.into(), version.into(), by.into(), at.into()],
    )
    .await?
        == 1)
}

/// Another amount was agreed on. [`StoreError::Refused`] below what instalments hold.
pub async fn set_agreed(u: &mut Unit, id: i64, amount: Cents) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE agreement SET amount = $2 WHERE initiative_id = $1"), &[id.into(), amount.into()])
        .await
        .map(|_| ())
}

/// Another last day was agreed on.
pub async fn set_end(u: &mut Unit, id: i64, ends_at: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE agreement SET ends_at = $2 WHERE initiative_id = $1"), &[id.into(), ends_at.into()])
        .await
        .map(|_| ())
}
