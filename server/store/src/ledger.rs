//! The double-entry ledger: accounts with balances kept by trigger, and immutable transfers.

pub mod checks;

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::money::Cents;

/// What an account is; each has one stable name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Where money comes from; the only one that may be below zero.
    Source,
    /// A programme's money of a wijk (`None`: joint) and year.
    ProgrammeLine { programme: i64, wijk: Option<i64>, year: i64 },
    /// The participation share of a wijk and year.
    Share { wijk: i64, year: i64 },
    /// A round's money.
    Pot { round: i64 },
    /// Given to a plan, not yet bound.
    Reserved { initiative: i64 },
    /// Bound by agreement.
    Committed { initiative: i64 },
    /// Paid out.
    Paid { initiative: i64 },
    /// Given back after the final account.
    Returned { initiative: i64 },
}

impl Kind {
    fn key(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::ProgrammeLine { .. } => "programme_line",
            Self::Share { .. } => "share",
            Self::Pot { .. } => "pot",
            Self::Reserved { .. } => "reserved",
            Self::Committed { .. } => "committed",
            Self::Paid { .. } => "paid",
            Self::Returned { .. } => "returned",
        }
    }

    /// Its one stable name.
    pub fn name(self) -> String {
        match self {
            Self::Source => "source".into(),
            Self::ProgrammeLine { programme, wijk, year } => {
                format!("programme_line/{programme}/{}/{year}", wijk.map_or("joint".into(), |w| w.to_string()))
            }
            Self::Share { wijk, year } => format!("share/{wijk}/{year}"),
            Self::Pot { round } => format!("pot/{round}"),
            Self::Reserved { initiative }
            | Self::Committed { initiative }
            | Self::Paid { initiative }
            | Self::Returned { initiative } => format!("{}/{initiative}", self.key()),
        }
    }
}

/// The account's id, made with balance zero when it is not there yet.
pub async fn account(u: &mut Unit, kind: Kind) -> Result<i64, StoreError> {
    let (programme, wijk, year, round, initiative) = match kind {
        Kind::Source => (None, None, None, None, None),
        Kind::ProgrammeLine { programme, wijk, year } => (Some(programme), wijk, Some(year), None, None),
        Kind::Share { wijk, year } => (None, Some(wijk), Some(year), None, None),
        Kind::Pot { round } => (None, None, None, Some(round), None),
        Kind::Reserved { initiative }
        | Kind::Committed { initiative }
        | Kind::Paid { initiative }
        | Kind::Returned { initiative } => (None, None, None, None, Some(initiative)),
    };
    // Looked up first: an account is made once, and the role that serves may not update one.
    if let Some(id) = account_id(u, kind).await? {
        return Ok(id);
    }
    u.exec(
        sql!("INSERT INTO ledger_account (kind, name, programme_id, wijk_id, year, round_id, initiative_id) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO NOTHING"),
        &[kind.key().into(), kind.name().into(), programme.into(), wijk.into(), year.into(), round.into(), initiative.into()],
    )
    .await?;
    account_id(u, kind).await?.ok_or_else(|| StoreError::Corrupt { column: "ledger_account.name".into(), source: None })
}

async fn account_id(c: &mut Conn, kind: Kind) -> Result<Option<i64>, StoreError> {
    c.row(sql!("SELECT id FROM ledger_account WHERE name = $1"), &[kind.name().into()])
        .await?
        .map(|r| r.int("id"))
        .transpose()
}

/// Balance of an account; zero when there is none.
pub async fn balance(c: &mut Conn, kind: Kind) -> Result<Cents, StoreError> {
    c.row(sql!("SELECT balance FROM ledger_account WHERE name = $1"), &[kind.name().into()])
        .await?
        .map_or(Ok(Cents::ZERO), |r| r.cents("balance"))
}

/// A movement to be made.
#[derive(Clone, Debug)]
pub struct Transfer<'a> {
    /// Out of this account.
    pub from: Kind,
    /// Into this one.
    pub to: Kind,
    /// Above zero.
    pub amount: Cents,
    /// Why, a key of the catalogue (`reason-...`).
    pub reason: &'a str,
    /// Round, plan or letter it belongs to.
    pub reference: &'a str,
    /// Own words of who made it; mostly empty.
    pub note: &'a str,
    /// Who; `None`: the platform itself.
    pub actor: Option<i64>,
    /// The same key moves money once.
    pub key: &'a str,
    /// UTC seconds.
    pub at: i64,
}

/// Moves money. [`StoreError::Refused`] when the account would go below zero, [`StoreError::Duplicate`] when the key was used.
pub async fn transfer(u: &mut Unit, t: &Transfer<'_>) -> Result<i64, StoreError> {
    let from = account(u, t.from).await?;
    let to = account(u, t.to).await?;
    u.one(
        sql!("INSERT INTO transfer (from_id, to_id, amount, reason, reference, actor_id, idempotency_key, at, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id"),
        &[from.into(), to.into(), t.amount.into(), t.reason.into(), t.reference.into(), t.actor.into(), t.key.into(), t.at.into(), t.note.into()],
    )
    .await?
    .int("id")
}

/// What was moved into a wijk's share from programme lines (minus what went back there).
pub async fn funded(c: &mut Conn, wijk: i64, year: i64) -> Result<Cents, StoreError> {
    let row = c
        .one(
            sql!("SELECT CAST(COALESCE(SUM(CASE WHEN t.to_id = s.id THEN t.amount ELSE -t.amount END), 0) AS BIGINT) AS funded FROM ledger_account s JOIN transfer t ON s.id IN (t.from_id, t.to_id) JOIN ledger_account o ON o.id = CASE WHEN t.to_id = s.id THEN t.from_id ELSE t.to_id END WHERE s.kind = 'share' AND s.wijk_id = $1 AND s.year = $2 AND o.kind = 'programme_line'"),
            &[wijk.into(), year.into()],
        )
        .await?;
    row.cents("funded")
}

/// Accounts whose kept balance is not the sum of their transfers, by name: must be none.
pub async fn unbalanced(c: &mut Conn) -> Result<Vec<String>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT a.name FROM ledger_account a WHERE a.balance <> (SELECT CAST(COALESCE(SUM(CASE WHEN t.to_id = a.id THEN t.amount ELSE -t.amount END), 0) AS BIGINT) FROM transfer t WHERE a.id IN (t.from_id, t.to_id)) ORDER BY a.name"),
            &[],
        )
        .await?;
    rows.iter().map(|r| r.text("name")).collect()
}

/// What imports of the budget have booked onto a line, minus what later ones took back.
pub async fn booked_from_source(u: &mut Unit, kind: Kind) -> Result<Cents, StoreError> {
    let id = account(u, kind).await?;
    let source = account(u, Kind::Source).await?;
    let row = u
        .one(
            sql!("SELECT CAST(COALESCE(SUM(CASE WHEN to_id = $1 THEN amount ELSE -amount END), 0) AS BIGINT) AS booked FROM transfer WHERE reason = 'budget' AND ((to_id = $1 AND from_id = $2) OR (from_id = $1 AND to_id = $2))"),
            &[id.into(), source.into()],
        )
        .await?;
    row.cents("booked")
}

/// A movement that was made, with the two accounts as they are named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Id.
    pub id: i64,
    /// Out of this programme line (its programme), or `None` for another account.
    pub programme: Option<i64>,
    /// How much.
    pub amount: Cents,
    /// Why.
    pub reason: String,
    /// Own words.
    pub note: String,
    /// UTC seconds.
    pub at: i64,
    /// Out of the share, or else into it.
    pub out: bool,
    /// Was booked back.
    pub corrected: bool,
}

fn moved(r: &Row) -> Result<Moved, StoreError> {
    Ok(Moved {
        id: r.int("id")?,
        programme: r.opt_int("programme_id")?,
        amount: r.cents("amount")?,
        reason: r.text("reason")?,
        note: r.text("note")?,
        at: r.int("at")?,
        out: r.flag("goes_out")?,
        corrected: r.flag("corrected")?,
    })
}

/// The newest movements of a share.
pub async fn of_share(c: &mut Conn, wijk: i64, year: i64, most: i64) -> Result<Vec<Moved>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT t.id, o.programme_id, t.amount, t.reason, t.note, t.at, CAST(CASE WHEN t.from_id = s.id THEN 1 ELSE 0 END AS BIGINT) AS goes_out, CAST(CASE WHEN EXISTS (SELECT 1 FROM transfer k WHERE k.idempotency_key = 'correction/' || t.id) THEN 1 ELSE 0 END AS BIGINT) AS corrected FROM ledger_account s JOIN transfer t ON s.id IN (t.from_id, t.to_id) JOIN ledger_account o ON o.id = CASE WHEN t.to_id = s.id THEN t.from_id ELSE t.to_id END WHERE s.kind = 'share' AND s.wijk_id = $1 AND s.year = $2 ORDER BY t.id DESC LIMIT $3"),
            &[wijk.into(), year.into(), most.into()],
        )
        .await?;
    rows.iter().map(moved).collect()
}

/// What each programme line gave to a share on the whole, the newest giver first; none that gave nothing.
pub async fn givers(c: &mut Conn, wijk: i64, year: i64) -> Result<Vec<(i64, Cents)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT o.programme_id, CAST(SUM(CASE WHEN t.to_id = s.id THEN t.amount ELSE -t.amount END) AS BIGINT) AS together FROM ledger_account s JOIN transfer t ON s.id IN (t.from_id, t.to_id) JOIN ledger_account o ON o.id = CASE WHEN t.to_id = s.id THEN t.from_id ELSE t.to_id END WHERE s.kind = 'share' AND s.wijk_id = $1 AND s.year = $2 AND o.kind = 'programme_line' GROUP BY o.programme_id HAVING SUM(CASE WHEN t.to_id = s.id THEN t.amount ELSE -t.amount END) > 0 ORDER BY MAX(t.id) DESC"),
            &[wijk.into(), year.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("programme_id")?, r.cents("together")?))).collect()
}

/// Money of rounds of this wijk and year that is still in their pots.
pub async fn in_pots(c: &mut Conn, wijk: i64, year: i64) -> Result<Cents, StoreError> {
    c.one(
        sql!("SELECT CAST(COALESCE(SUM(a.balance), 0) AS BIGINT) AS together FROM ledger_account a JOIN round r ON r.id = a.round_id JOIN buurt b ON b.id = r.buurt_id WHERE a.kind = 'pot' AND b.wijk_id = $1 AND r.year = $2"),
        &[wijk.into(), year.into()],
    )
    .await?
    .cents("together")
}

/// Small plans that were funded out of a wijk's share: how many and for how much, without those that were booked back.
pub async fn small_plans(c: &mut Conn, wijk: i64, year: i64) -> Result<(i64, Cents), StoreError> {
    let row = c
        .one(
            sql!("SELECT COUNT(*) AS many, CAST(COALESCE(SUM(t.amount), 0) AS BIGINT) AS together FROM ledger_account s JOIN transfer t ON t.from_id = s.id WHERE s.kind = 'share' AND s.wijk_id = $1 AND s.year = $2 AND t.reason = 'small_plan' AND NOT EXISTS (SELECT 1 FROM transfer k WHERE k.idempotency_key = 'correction/' || t.id)"),
            &[wijk.into(), year.into()],
        )
        .await?;
    Ok((row.int("many")?, row.cents("together")?))
}

/// Whether the year of a wijk was closed.
pub async fn is_closed(c: &mut Conn, wijk: i64, year: i64) -> Result<bool, StoreError> {
    Ok(c.row(sql!("SELECT id FROM year_closing WHERE wijk_id = $1 AND year = $2 LIMIT 1"), &[wijk.into(), year.into()])
        .await?
        .is_some())
}

/// Keeps that a year was closed: `how` is `carried` or `returned`.
pub async fn close_year(
    u: &mut Unit,
    (wijk, year): (i64, i64),
    how: &str,
    amount: Cents,
    actor: Option<i64>,
    at: i64,
) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO year_closing (wijk_id, year, how, amount, actor_id, at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id"),
        &[wijk.into(), year.into(), how.into(), amount.into(), actor.into(), at.into()],
    )
    .await?
    .int("id")
}
