//! The final account, its receipts, and thanks.

use crate::initiatives::Picture;
use crate::{Conn, StoreError, Unit, sql};
use domain::money::Cents;

/// A final account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// What it was spent on, and how much in cents.
    pub lines: Vec<(String, Cents)>,
    /// Receipts, by id.
    pub receipts: Vec<i64>,
    /// Own words.
    pub words: String,
    /// Account of who entered it.
    pub entered_by: i64,
    /// A maker did.
    pub by_makers: bool,
    /// UTC seconds.
    pub at: i64,
    /// Sent back with this; empty: it was not.
    pub question: String,
    /// UTC seconds.
    pub checked_at: Option<i64>,
}

impl Account {
    /// What was spent altogether, in cents.
    pub fn spent(&self) -> Cents {
        self.lines.iter().map(|(_, amount)| *amount).sum()
    }
}

/// The final account of a plan.
pub async fn account(c: &mut Conn, plan: i64) -> Result<Option<Account>, StoreError> {
    let Some(r) = c.row(sql!("SELECT * FROM final_account WHERE initiative_id = $1"), &[plan.into()]).await? else {
        return Ok(None);
    };
    let lines = c
        .rows(sql!("SELECT what, amount FROM final_line WHERE initiative_id = $1 ORDER BY position"), &[plan.into()])
        .await?;
    let receipts = c.rows(sql!("SELECT id FROM receipt WHERE initiative_id = $1 ORDER BY id"), &[plan.into()]).await?;
    Ok(Some(Account {
        lines: lines.iter().map(|r| Ok((r.text("what")?, r.cents("amount")?))).collect::<Result<_, StoreError>>()?,
        receipts: receipts.iter().map(|r| r.int("id")).collect::<Result<_, _>>()?,
        words: r.text("words")?,
        entered_by: r.int("entered_by")?,
        by_makers: r.flag("by_makers")?,
        at: r.int("at")?,
        question: r.text("question")?,
        checked_at: r.opt_int("checked_at")?,
    }))
}

/// A final account to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// Own words; may be empty.
    pub words: String,
    /// What, and how much in cents.
    pub lines: Vec<(String, Cents)>,
}

/// Keeps it in the place of an earlier one; `false` when that was checked.
pub async fn put_account(
    u: &mut Unit,
    plan: i64,
    new: &NewAccount,
    (by, makers): (i64, bool),
    at: i64,
) -> Result<bool, StoreError> {
    let kept = u
        .exec(
            sql!("INSERT INTO final_account (initiative_id, words, entered_by, by_makers, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (initiative_id) DO UPDATE SET words = excluded.words, entered_by = excluded.entered_by, by_makers = excluded.by_makers, at = excluded.at, question = '' WHERE final_account.checked_at IS NULL"),
            &[plan.into(), new.words.as_str().into(), by.into(), makers.into(), at.into()],
        )
        .await?;
    if kept != 1 {
        return Ok(false);
    }
    u.exec(sql!("DELETE FROM final_line WHERE initiative_id = $1"), &[plan.into()]).await?;
    for (position, (what, amount)) in new.lines.iter().enumerate() {
        u.exec(
            sql!("INSERT INTO final_line (initiative_id, position, what, amount) VALUES ($1, $2, $3, $4)"),
            &[plan.into(), position.into(), what.as_str().into(), (*amount).into()],
        )
        .await?;
    }
    Ok(true)
}

/// Hangs a kept picture of a receipt on it.
pub async fn add_receipt(u: &mut Unit, plan: i64, picture: i64, at: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO receipt (initiative_id, picture_id, at) VALUES ($1, $2, $3)"),
        &[plan.into(), picture.into(), at.into()],
    )
    .await
    .map(|_| ())
}

/// A receipt of this plan.
pub async fn receipt(c: &mut Conn, plan: i64, receipt: i64) -> Result<Option<Picture>, StoreError> {
    let row = c
        .row(
            sql!("SELECT picture_id FROM receipt WHERE initiative_id = $1 AND id = $2"),
            &[plan.into(), receipt.into()],
        )
        .await?;
    match row {
        Some(row) => crate::initiatives::picture(c, row.int("picture_id")?).await,
        None => Ok(None),
    }
}

/// Sends it back with a question; `false` when it was checked.
pub async fn ask(u: &mut Unit, plan: i64, question: &str) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE final_account SET question = $2 WHERE initiative_id = $1 AND checked_at IS NULL"),
        &[plan.into(), question.into()],
    )
    .await?
        == 1)
}

/// It is right, as it was sent at `sent_at`; `false` when somebody was first, or it was sent anew.
pub async fn check(
    u: &mut Unit,
    plan: i64,
    sent_at: i64,
    (by, repaid): (i64, &str),
    at: i64,
) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE final_account SET checked_by = $3, checked_at = $5, repaid_reference = $4, question = '' WHERE initiative_id = $1 AND at = $2 AND checked_at IS NULL"),
        &[plan.into(), sent_at.into(), by.into(), repaid.into(), at.into()],
    )
    .await?
        == 1)
}

/// Says thanks once; `false` when they did before.
pub async fn add_thanks(u: &mut Unit, plan: i64, account: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("INSERT INTO plan_thanks (initiative_id, account_id) VALUES ($1, $2) ON CONFLICT (initiative_id, account_id) DO NOTHING"),
        &[plan.into(), account.into()],
    )
    .await?
        == 1)
}

/// How many said thanks.
pub async fn thanks(c: &mut Conn, plan: i64) -> Result<i64, StoreError> {
    c.one(sql!("SELECT COUNT(*) AS many FROM plan_thanks WHERE initiative_id = $1"), &[plan.into()]).await?.int("many")
}

/// Whether this account did.
pub async fn said_thanks(c: &mut Conn, plan: i64, account: i64) -> Result<bool, StoreError> {
    Ok(c.row(
        sql!("SELECT account_id FROM plan_thanks WHERE initiative_id = $1 AND account_id = $2"),
        &[plan.into(), account.into()],
    )
    .await?
    .is_some())
}
