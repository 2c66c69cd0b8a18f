//! What a check of the whole ledger reads.

use super::Kind;
use crate::{Conn, StoreError, sql};
use domain::money::Cents;

/// An account as it stands in its row.
#[derive(Clone, Debug)]
pub struct Account {
    /// Id.
    pub id: i64,
    /// Its kind as stored.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// What its columns say it is; `None` where they do not fit its kind.
    pub is: Option<Kind>,
    /// Kept balance.
    pub balance: Cents,
}

/// All money that went one way between two accounts.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Out of this account.
    pub from: i64,
    /// Into this one.
    pub to: i64,
    /// Together.
    pub sum: Cents,
    /// The smallest of them.
    pub least: Cents,
    /// How many.
    pub count: i64,
}

/// Every account.
pub async fn accounts(c: &mut Conn) -> Result<Vec<Account>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT id, kind, name, programme_id, wijk_id, year, round_id, initiative_id, balance FROM ledger_account ORDER BY id"),
            &[],
        )
        .await?;
    rows.iter()
        .map(|r| {
            let kind = r.text("kind")?;
            let (programme, wijk, year) = (r.opt_int("programme_id")?, r.opt_int("wijk_id")?, r.opt_int("year")?);
            let (round, initiative) = (r.opt_int("round_id")?, r.opt_int("initiative_id")?);
            let is = match (kind.as_str(), programme, wijk, year, round, initiative) {
                ("source", None, None, None, None, None) => Some(Kind::Source),
                ("programme_line", Some(programme), wijk, Some(year), None, None) => {
                    Some(Kind::ProgrammeLine { programme, wijk, year })
                }
                ("share", None, Some(wijk), Some(year), None, None) => Some(Kind::Share { wijk, year }),
                ("pot", None, None, None, Some(round), None) => Some(Kind::Pot { round }),
                ("reserved", None, None, None, None, Some(initiative)) => Some(Kind::Reserved { initiative }),
                ("committed", None, None, None, None, Some(initiative)) => Some(Kind::Committed { initiative }),
                ("paid", None, None, None, None, Some(initiative)) => Some(Kind::Paid { initiative }),
                ("returned", None, None, None, None, Some(initiative)) => Some(Kind::Returned { initiative }),
                _ => None,
            };
            let name = r.text("name")?;
            let is = is.filter(|is| is.name() == name);
            Ok(Account { id: r.int("id")?, kind, name, is, balance: r.cents("balance")? })
        })
        .collect()
}

/// Money by way: pairs of accounts.
pub async fn flows(c: &mut Conn) -> Result<Vec<Flow>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT from_id, to_id, CAST(SUM(amount) AS BIGINT) AS together, MIN(amount) AS least, COUNT(*) AS count FROM transfer GROUP BY from_id, to_id ORDER BY from_id, to_id"),
            &[],
        )
        .await?;
    rows.iter()
        .map(|r| {
            Ok(Flow {
                from: r.int("from_id")?,
                to: r.int("to_id")?,
                sum: r.cents("together")?,
                least: r.cents("least")?,
                count: r.int("count")?,
            })
        })
        .collect()
}

/// Plans with their wijk, state, and the amount of the newest step that gave them money.
pub async fn plans(c: &mut Conn) -> Result<Vec<(i64, i64, String, Option<Cents>)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT i.id, b.wijk_id, i.state, (SELECT e.amount FROM initiative_event e WHERE e.initiative_id = i.id AND e.act = 'funded' ORDER BY e.id DESC LIMIT 1) AS given FROM initiative i JOIN buurt b ON b.id = i.buurt_id"),
            &[],
        )
        .await?;
    rows.iter()
        .map(|r| Ok((r.int("id")?, r.int("wijk_id")?, r.text("state")?, r.opt_int("given")?.map(Cents))))
        .collect()
}

/// What audit lines of an act on a wijk say: wijk and detail.
pub async fn audited(c: &mut Conn, act: &str) -> Result<Vec<(i64, String)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT subject_id, detail FROM audit WHERE act = $1 AND subject_kind = 'wijk' ORDER BY id"),
            &[act.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("subject_id")?, r.text("detail")?))).collect()
}

/// What imports of the budget booked onto each account on the whole.
pub async fn booked(c: &mut Conn) -> Result<Vec<(i64, Cents)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT a.id, CAST(SUM(CASE WHEN t.to_id = a.id THEN t.amount ELSE -t.amount END) AS BIGINT) AS together FROM ledger_account a JOIN transfer t ON a.id IN (t.from_id, t.to_id) WHERE a.kind = 'programme_line' AND t.reason = 'budget' GROUP BY a.id"),
            &[],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("id")?, r.cents("together")?))).collect()
}

/// All that was moved from programme lines into shares for one reason: wijk, year and sum.
pub async fn moved_in(c: &mut Conn, reason: &str) -> Result<Vec<(i64, i64, Cents)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT s.wijk_id, s.year, CAST(SUM(t.amount) AS BIGINT) AS together FROM transfer t JOIN ledger_account s ON s.id = t.to_id JOIN ledger_account l ON l.id = t.from_id WHERE s.kind = 'share' AND l.kind = 'programme_line' AND t.reason = $1 GROUP BY s.wijk_id, s.year"),
            &[reason.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("wijk_id")?, r.int("year")?, r.cents("together")?))).collect()
}
