//! Milestones (steps), their photos and their reminders.

use crate::initiatives::Picture;
use crate::{Conn, Row, StoreError, Unit, sql};
use domain::execution::StepState;
use domain::money::Cents;

/// A photo of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Photo {
    /// Id.
    pub id: i64,
    /// How it was before.
    pub before: bool,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Id.
    pub id: i64,
    /// What.
    pub title: String,
    /// Planned, in UTC seconds.
    pub due_at: i64,
    /// Where it stands.
    pub state: StepState,
    /// When it was done, in UTC seconds.
    pub done_at: Option<i64>,
    /// When staff confirmed it, in UTC seconds.
    pub confirmed_at: Option<i64>,
    /// Own words of who did it.
    pub note: String,
    /// Photos, oldest first.
    pub photos: Vec<Photo>,
    /// A later day that was asked for and not decided on, in UTC seconds.
    pub asked_for: Option<i64>,
    /// What instalments wait for it, in cents.
    pub money: Option<Cents>,
}

fn read(r: &Row) -> Result<Step, StoreError> {
    let (done_at, confirmed_at) = (r.opt_int("done_at")?, r.opt_int("confirmed_at")?);
    Ok(Step {
        id: r.int("id")?,
        title: r.text("title")?,
        due_at: r.int("due_at")?,
        state: match (done_at, confirmed_at) {
            (_, Some(_)) => StepState::Confirmed,
            (Some(_), None) => StepState::Done,
            (None, None) => StepState::Open,
        },
        done_at,
        confirmed_at,
        note: r.text("note")?,
        photos: Vec::new(),
        asked_for: r.opt_int("asked_for")?,
        money: Some(r.cents("money")?).filter(|money| *money > Cents::ZERO),
    })
}

/// Steps of a plan with their photos, first planned first.
pub async fn steps(c: &mut Conn, plan: i64) -> Result<Vec<Step>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT m.*, (SELECT x.milestone_at FROM execution_change x WHERE x.milestone_id = m.id AND x.decided_at IS NULL) AS asked_for, CAST(COALESCE((SELECT SUM(p.amount) FROM instalment p WHERE p.milestone_id = m.id AND p.state IN ('prepared', 'approved')), 0) AS BIGINT) AS money FROM milestone m WHERE m.initiative_id = $1 ORDER BY m.due_at, m.id"),
            &[plan.into()],
        )
        .await?;
    let mut steps = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let photos = c
        .rows(
            sql!("SELECT f.id, f.milestone_id, f.is_before FROM milestone_photo f JOIN milestone m ON m.id = f.milestone_id WHERE m.initiative_id = $1 ORDER BY f.id"),
            &[plan.into()],
        )
        .await?;
    for row in photos {
        let of = row.int("milestone_id")?;
        if let Some(step) = steps.iter_mut().find(|s| s.id == of) {
            step.photos.push(Photo { id: row.int("id")?, before: row.flag("is_before")? });
        }
    }
    Ok(steps)
}

/// One step of a plan.
pub async fn step(c: &mut Conn, plan: i64, id: i64) -> Result<Option<Step>, StoreError> {
    Ok(steps(c, plan).await?.into_iter().find(|s| s.id == id))
}

/// Plans a step; gives its id.
pub async fn add_step(u: &mut Unit, plan: i64, title: &str, due_at: i64, at: i64) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO milestone (initiative_id, title, due_at, created_at) VALUES ($1, $2, $3, $4) RETURNING id"),
        &[plan.into(), title.into(), due_at.into(), at.into()],
    )
    .await?
    .int("id")
}

/// It was done; `false` when it was before.
pub async fn finish_step(u: &mut Unit, id: i64, note: &str, by: Option<i64>, at: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE milestone SET done_at = $4, note = $2, done_by = $3 WHERE id = $1 AND done_at IS NULL"),
        &[id.into(), note.into(), by.into(), at.into()],
    )
    .await?
        == 1)
}

/// Staff saw it; `false` when it was confirmed before, or is not done.
pub async fn confirm_step(u: &mut Unit, id: i64, by: Option<i64>, at: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE milestone SET confirmed_at = $3, confirmed_by = $2 WHERE id = $1 AND done_at IS NOT NULL AND confirmed_at IS NULL"),
        &[id.into(), by.into(), at.into()],
    )
    .await?
        == 1)
}

/// Another day for a step that is not done: its reminders begin anew.
pub async fn move_step(u: &mut Unit, id: i64, due_at: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE milestone SET due_at = $2, reminded = 0, reminded_at = NULL WHERE id = $1 AND done_at IS NULL"),
        &[id.into(), due_at.into()],
    )
    .await?
        == 1)
}

/// Hangs a kept picture on a step.
pub async fn add_photo(u: &mut Unit, id: i64, picture: i64, before: bool, at: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO milestone_photo (milestone_id, picture_id, is_before, at) VALUES ($1, $2, $3, $4)"),
        &[id.into(), picture.into(), before.into(), at.into()],
    )
    .await
    .map(|_| ())
}

/// A photo of a step of this plan; `confirmed`: only of one that the stadsdeel saw.
pub async fn photo(c: &mut Conn, plan: i64, photo: i64, confirmed: bool) -> Result<Option<Picture>, StoreError> {
    let row = c
        .row(
            sql!("SELECT f.picture_id FROM milestone_photo f JOIN milestone m ON m.id = f.milestone_id WHERE m.initiative_id = $1 AND f.id = $2 AND ($3 = 0 OR m.confirmed_at IS NOT NULL)"),
            &[plan.into(), photo.into(), i64::from(confirmed).into()],
        )
        .await?;
    match row {
        Some(row) => crate::initiatives::picture(c, row.int("picture_id")?).await,
        None => Ok(None),
    }
}

/// A step whose makers are to be reminded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Step.
    pub id: i64,
    /// Its plan.
    pub plan: i64,
    /// What.
    pub title: String,
    /// Planned, in UTC seconds.
    pub due_at: i64,
    /// Reminders so far.
    pub reminded: i64,
}

/// Steps of running plans that are due, were reminded of less than `most` times and not since `since`, and for which no other
/// day was asked.
pub async fn due_steps(c: &mut Conn, now: i64, since: i64, most: i64) -> Result<Vec<Due>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT m.id, m.initiative_id, m.title, m.due_at, m.reminded FROM milestone m JOIN initiative i ON i.id = m.initiative_id WHERE i.state = 'in_execution' AND m.done_at IS NULL AND m.due_at <= $1 AND m.reminded < $3 AND COALESCE(m.reminded_at, 0) <= $2 AND NOT EXISTS (SELECT 1 FROM execution_change x WHERE x.milestone_id = m.id AND x.decided_at IS NULL) ORDER BY m.id LIMIT 500"),
            &[now.into(), since.into(), most.into()],
        )
        .await?;
    rows.iter()
        .map(|r| {
            Ok(Due {
                id: r.int("id")?,
                plan: r.int("initiative_id")?,
                title: r.text("title")?,
                due_at: r.int("due_at")?,
                reminded: r.int("reminded")?,
            })
        })
        .collect()
}

/// Counts a reminder; `false` when another process sent it, or the step was done or moved meanwhile.
pub async fn remind_step(u: &mut Unit, due: &Due, now: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE milestone SET reminded = reminded + 1, reminded_at = $4 WHERE id = $1 AND reminded = $2 AND due_at = $3 AND done_at IS NULL"),
        &[due.id.into(), due.reminded.into(), due.due_at.into(), now.into()],
    )
    .await?
        == 1)
}
