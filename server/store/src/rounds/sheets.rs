//! The paper box: sheets by number, as clerks read them. Nothing here knows whose a sheet is.

use crate::{Conn, Row, StoreError, Unit, sql};

/// A sheet of paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Number of its batch, from 1.
    pub batch: i64,
    /// Number within it, from 1.
    pub sheet: i64,
    /// Account of who read it first, and what they read; empty for an invalid sheet.
    pub first: Option<(i64, String)>,
    /// The same by somebody else.
    pub second: Option<(i64, String)>,
    /// Account of who looked a third time.
    pub third: Option<i64>,
    /// What counts.
    pub picks: Option<String>,
}

fn sheet(r: &Row) -> Result<Sheet, StoreError> {
    Ok(Sheet {
        batch: r.int("batch")?,
        sheet: r.int("sheet")?,
        first: r.opt_int("first_by")?.zip(r.opt_text("first_picks")?),
        second: r.opt_int("second_by")?.zip(r.opt_text("second_picks")?),
        third: r.opt_int("third_by")?,
        picks: r.opt_text("picks")?,
    })
}

/// All sheets of a round, by number.
pub async fn sheets(c: &mut Conn, round: i64) -> Result<Vec<Sheet>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT batch, sheet, first_by, first_picks, second_by, second_picks, third_by, picks FROM paper_sheet WHERE round_id = $1 ORDER BY batch, sheet"),
            &[round.into()],
        )
        .await?;
    rows.iter().map(sheet).collect()
}

/// Adds an empty sheet.
pub async fn add_sheet(u: &mut Unit, round: i64, (batch, sheet): (i64, i64)) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO paper_sheet (round_id, batch, sheet) VALUES ($1, $2, $3)"),
        &[round.into(), batch.into(), sheet.into()],
    )
    .await
    .map(|_| ())
}

/// Writes how a sheet stands now.
pub async fn set_sheet(u: &mut Unit, round: i64, sheet: &Sheet) -> Result<(), StoreError> {
    let (first_by, first) = sheet.first.clone().unzip();
    let (second_by, second) = sheet.second.clone().unzip();
    u.exec(
        sql!("UPDATE paper_sheet SET first_by = $4, first_picks = $5, second_by = $6, second_picks = $7, third_by = $8, picks = $9 WHERE round_id = $1 AND batch = $2 AND sheet = $3"),
        &[round.into(), sheet.batch.into(), sheet.sheet.into(), first_by.into(), first.into(), second_by.into(), second.into(), sheet.third.into(), sheet.picks.clone().into()],
    )
    .await
    .map(|_| ())
}

/// Removes the sheets of a batch that nobody read yet; gives how many.
pub async fn remove_unread(u: &mut Unit, round: i64, batch: i64) -> Result<u64, StoreError> {
    u.exec(
        sql!("DELETE FROM paper_sheet WHERE round_id = $1 AND batch = $2 AND first_by IS NULL"),
        &[round.into(), batch.into()],
    )
    .await
}

/// Keeps how many sheets are counted along; `false` when that was known before.
pub async fn set_paper_turnout(u: &mut Unit, round: i64, sheets: usize) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE round SET paper_turnout = $2 WHERE id = $1 AND paper_turnout IS NULL"),
        &[round.into(), sheets.into()],
    )
    .await?
        == 1)
}
