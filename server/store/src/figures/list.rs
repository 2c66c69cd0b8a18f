//! The rows behind a figure: plans, and movements of shares.

use crate::{Conn, Row, StoreError, sql};
use domain::money::Cents;

/// What of a plan is late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LateKind {
    /// Its first reply.
    Reply,
    /// A step of its execution.
    Step,
}

impl LateKind {
    /// As in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Reply => "antwoord",
            Self::Step => "stap",
        }
    }
}

/// What the list of plans is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct ListFilter {
    /// Buurten as `,1,2,`; `None`: all.
    pub buurten: Option<String>,
    /// Programme id; 0: none.
    pub programme: Option<i64>,
    /// One state, as stored.
    pub state: Option<String>,
    /// Got money of this budget year.
    pub year: Option<i64>,
    /// Handed in from this month (202611).
    pub from: i64,
    /// Handed in before this month.
    pub before: i64,
    /// Late.
    pub late: Option<LateKind>,
    /// Where the reader sees plans that are not public: `,1,2,`, `*` for everywhere, empty for nowhere.
    pub inside: String,
    /// Now, in UTC seconds.
    pub now: i64,
    /// Most rows.
    pub limit: i64,
    /// Rows to skip.
    pub offset: i64,
}

/// A plan of the list.
#[derive(Clone, Debug)]
pub struct ListedPlan {
    /// Id.
    pub id: i64,
    /// Title.
    pub title: String,
    /// Buurt's name.
    pub buurt: String,
    /// State, as stored.
    pub state: String,
    /// Handed in, as 202611.
    pub month: i64,
    /// The budget year of its money; 0: none.
    pub year: i64,
    /// Money of it, in cents: given, set aside, agreed, paid.
    pub money: [Cents; 4],
}

/// Sums of a whole list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Plans.
    pub plans: i64,
    /// Money, in cents: given, set aside, agreed, paid.
    pub money: [Cents; 4],
}

fn money(r: &Row) -> Result<[Cents; 4], StoreError> {
    Ok([r.cents("given")?, r.cents("reserved")?, r.cents("committed")?, r.cents("paid")?])
}

/// Plans behind a figure, the newest first.
pub async fn plans(c: &mut Conn, f: &ListFilter) -> Result<Vec<ListedPlan>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT i.id, i.title, b.name AS buurt, f.state, f.month, f.year, f.given, f.reserved, f.committed, f.paid FROM figure_plan f JOIN initiative i ON i.id = f.initiative_id JOIN buurt b ON b.id = f.buurt_id WHERE (CAST($1 AS TEXT) IS NULL OR CAST($1 AS TEXT) LIKE '%,' || f.buurt_id || ',%') AND (CAST($2 AS BIGINT) IS NULL OR f.programme_id = $2) AND (CAST($3 AS TEXT) IS NULL OR f.state = $3) AND (CAST($4 AS BIGINT) IS NULL OR f.year = $4) AND f.month >= $5 AND f.month < $6 AND (f.state NOT IN ('draft', 'submitted', 'returned', 'withdrawn', 'rejected') OR CAST($7 AS TEXT) = '*' OR CAST($7 AS TEXT) LIKE '%,' || f.buurt_id || ',%') AND (CAST($8 AS TEXT) IS NULL OR $8 = 'antwoord' AND i.state = 'submitted' AND i.replied_at IS NULL AND i.due_at < $9 OR $8 = 'stap' AND i.state = 'in_execution' AND EXISTS (SELECT 1 FROM milestone m WHERE m.initiative_id = i.id AND m.done_at IS NULL AND m.due_at < $9)) ORDER BY i.id DESC LIMIT $10 OFFSET $11"),
            &[
                f.buurten.as_deref().into(),
                f.programme.into(),
                f.state.as_deref().into(),
                f.year.into(),
                f.from.into(),
                f.before.into(),
                f.inside.as_str().into(),
                f.late.map(LateKind::key).into(),
                f.now.into(),
                f.limit.into(),
                f.offset.into(),
            ],
        )
        .await?;
    rows.iter()
        .map(|r| {
            Ok(ListedPlan {
                id: r.int("id")?,
                title: r.text("title")?,
                buurt: r.text("buurt")?,
                state: r.text("state")?,
                month: r.int("month")?,
                year: r.int("year")?,
                money: money(r)?,
            })
        })
        .collect()
}

/// Sums of what [`plans`] would give without its limit.
pub async fn sums(c: &mut Conn, f: &ListFilter) -> Result<Sums, StoreError> {
    let row = c
        .one(
            sql!("SELECT COUNT(*) AS many, CAST(COALESCE(SUM(f.given), 0) AS BIGINT) AS given, CAST(COALESCE(SUM(f.reserved), 0) AS BIGINT) AS reserved, CAST(COALESCE(SUM(f.committed), 0) AS BIGINT) AS committed, CAST(COALESCE(SUM(f.paid), 0) AS BIGINT) AS paid FROM figure_plan f JOIN initiative i ON i.id = f.initiative_id WHERE (CAST($1 AS TEXT) IS NULL OR CAST($1 AS TEXT) LIKE '%,' || f.buurt_id || ',%') AND (CAST($2 AS BIGINT) IS NULL OR f.programme_id = $2) AND (CAST($3 AS TEXT) IS NULL OR f.state = $3) AND (CAST($4 AS BIGINT) IS NULL OR f.year = $4) AND f.month >= $5 AND f.month < $6 AND (f.state NOT IN ('draft', 'submitted', 'returned', 'withdrawn', 'rejected') OR CAST($7 AS TEXT) = '*' OR CAST($7 AS TEXT) LIKE '%,' || f.buurt_id || ',%') AND (CAST($8 AS TEXT) IS NULL OR $8 = 'antwoord' AND i.state = 'submitted' AND i.replied_at IS NULL AND i.due_at < $9 OR $8 = 'stap' AND i.state = 'in_execution' AND EXISTS (SELECT 1 FROM milestone m WHERE m.initiative_id = i.id AND m.done_at IS NULL AND m.due_at < $9))"),
            &[
                f.buurten.as_deref().into(),
                f.programme.into(),
                f.state.as_deref().into(),
                f.year.into(),
                f.from.into(),
                f.before.into(),
                f.inside.as_str().into(),
                f.late.map(LateKind::key).into(),
                f.now.into(),
            ],
        )
        .await?;
    Ok(Sums { plans: row.int("many")?, money: money(&row)? })
}

/// What the list of movements is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct MovedFilter {
    /// Wijk id; `None`: all.
    pub wijk: Option<i64>,
    /// Programme id, of the line that gave.
    pub programme: Option<i64>,
    /// Budget year.
    pub year: i64,
    /// With programme lines (`true`), with everything else (`false`), or both.
    pub funding: Option<bool>,
    /// Most rows.
    pub limit: i64,
    /// Rows to skip.
    pub offset: i64,
}

/// A movement of a share.
#[derive(Clone, Debug)]
pub struct Moved {
    /// UTC seconds.
    pub at: i64,
    /// Wijk's name.
    pub wijk: String,
    /// Into the share, or below zero out of it.
    pub amount: Cents,
    /// Why, a key of the catalogue (`reason-...`).
    pub reason: String,
    /// The programme whose line it came from or went to.
    pub programme: Option<String>,
    /// The plan it went to or came from, with its state as stored.
    pub plan: Option<(i64, String, String)>,
}

/// Movements behind a figure, the newest first, with how many there are and what they add up to.
pub async fn moved(c: &mut Conn, f: &MovedFilter) -> Result<(Vec<Moved>, i64, Cents), StoreError> {
    let vals = [
        f.year.into(),
        f.wijk.into(),
        f.funding.map(i64::from).into(),
        f.programme.into(),
        f.limit.into(),
        f.offset.into(),
    ];
    let rows = c
        .rows(
            sql!("SELECT t.at, w.name AS wijk, CASE WHEN t.to_id = s.id THEN t.amount ELSE -t.amount END AS amount, t.reason, p.name AS programme, i.id AS plan_id, i.title, i.state FROM ledger_account s JOIN wijk w ON w.id = s.wijk_id JOIN transfer t ON s.id IN (t.from_id, t.to_id) JOIN ledger_account o ON o.id = CASE WHEN t.to_id = s.id THEN t.from_id ELSE t.to_id END LEFT JOIN programme p ON p.id = o.programme_id LEFT JOIN initiative i ON i.id = o.initiative_id WHERE s.kind = 'share' AND s.year = $1 AND (CAST($2 AS BIGINT) IS NULL OR s.wijk_id = $2) AND (CAST($3 AS BIGINT) IS NULL OR (o.kind = 'programme_line') = ($3 = 1)) AND (CAST($4 AS BIGINT) IS NULL OR o.programme_id = $4) ORDER BY t.id DESC, s.id LIMIT $5 OFFSET $6"),
            &vals,
        )
        .await?;
    let all = rows
        .iter()
        .map(|r| {
            let plan = r.opt_int("plan_id")?.zip(r.opt_text("title")?).zip(r.opt_text("state")?);
            Ok(Moved {
                at: r.int("at")?,
                wijk: r.text("wijk")?,
                amount: r.cents("amount")?,
                reason: r.text("reason")?,
                programme: r.opt_text("programme")?,
                plan: plan.map(|((id, title), state)| (id, title, state)),
            })
        })
        .collect::<Result<_, StoreError>>()?;
    let row = c
        .one(
            sql!("SELECT COUNT(*) AS many, CAST(COALESCE(SUM(CASE WHEN t.to_id = s.id THEN t.amount ELSE -t.amount END), 0) AS BIGINT) AS together FROM ledger_account s JOIN transfer t ON s.id IN (t.from_id, t.to_id) JOIN ledger_account o ON o.id = CASE WHEN t.to_id = s.id THEN t.from_id ELSE t.to_id END WHERE s.kind = 'share' AND s.year = $1 AND (CAST($2 AS BIGINT) IS NULL OR s.wijk_id = $2) AND (CAST($3 AS BIGINT) IS NULL OR (o.kind = 'programme_line') = ($3 = 1)) AND (CAST($4 AS BIGINT) IS NULL OR o.programme_id = $4)"),
            &vals[..4],
        )
        .await?;
    Ok((all, row.int("many")?, row.cents("together")?))
}
