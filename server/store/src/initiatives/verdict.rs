//! What the stadsdeel found out about a plan.

use crate::{Conn, StoreError, Unit, sql};
use domain::money::Cents;

/// Beside feasible or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Why, in plain words.
    pub reason: String,
    /// Every year.
    pub running: Cents,
    /// Who bears that; empty when there is none.
    pub borne_by: String,
    /// A permit is needed: `yes`, `no`, or empty for not known yet.
    pub permit: String,
    /// Whose ground or room it is; may be empty.
    pub ground: String,
    /// Who answers for it: a department, never a name; may be empty.
    pub department: String,
    /// The role of who answers for it ('beheerder groen'), never a name; may be empty.
    pub responsible: String,
}

/// Keeps them; a later verdict takes the place.
pub async fn put_findings(u: &mut Unit, id: i64, f: &Findings, at: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO verdict (initiative_id, reason, running_cost, borne_by, permit, ground, department, responsible, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (initiative_id) DO UPDATE SET reason = excluded.reason, running_cost = excluded.running_cost, borne_by = excluded.borne_by, permit = excluded.permit, ground = excluded.ground, department = excluded.department, responsible = excluded.responsible, at = excluded.at"),
        &[
            id.into(),
            f.reason.as_str().into(),
            f.running.into(),
            f.borne_by.as_str().into(),
            f.permit.as_str().into(),
            f.ground.as_str().into(),
            f.department.as_str().into(),
            f.responsible.as_str().into(),
            at.into(),
        ],
    )
    .await
    .map(|_| ())
}

/// What was found out, once there is a verdict.
pub async fn findings(c: &mut Conn, id: i64) -> Result<Option<Findings>, StoreError> {
    c.row(sql!("SELECT * FROM verdict WHERE initiative_id = $1"), &[id.into()])
        .await?
        .map(|r| {
            Ok(Findings {
                reason: r.text("reason")?,
                running: r.cents("running_cost")?,
                borne_by: r.text("borne_by")?,
                permit: r.text("permit")?,
                ground: r.text("ground")?,
                department: r.text("department")?,
                responsible: r.text("responsible")?,
            })
        })
        .transpose()
}
