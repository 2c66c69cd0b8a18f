//! Plans as cases: queues at desks, who is busy with them, warnings, hand-over, decisions that can be undone, appeals.

use super::{Initiative, initiative};
use crate::{Conn, Row, StoreError, Unit, Val, sql};
use domain::initiative::State;
use domain::time::Seconds;

/// What a queue is narrowed to.
#[derive(Clone, Debug)]
pub struct Queue {
    /// State in which plans wait; `None`: those that were answered.
    pub state: Option<State>,
    /// Buurten (ids) whose desk it is, as `,1,2,`; `None`: every buurt.
    pub buurten: Option<String>,
    /// The desk of the stadsdeel: only plans that were handed over to it; else only those that were not.
    pub by_staff: bool,
    /// One programme.
    pub programme: Option<i64>,
    /// For whom: one of `FOR_KINDS`.
    pub for_kind: Option<String>,
    /// Only plans that somebody is asked for who thinks along, and for which nobody was named.
    pub wants_help: bool,
    /// Most rows.
    pub limit: i64,
    /// Rows to skip.
    pub offset: i64,
}

impl Queue {
    fn vals(&self) -> [Val; 7] {
        [
            self.buurten.clone().into(),
            self.by_staff.into(),
            self.programme.into(),
            self.for_kind.clone().into(),
            self.limit.into(),
            self.offset.into(),
            self.wants_help.into(),
        ]
    }
}

/// The desk's plans: oldest due first; answered ones newest first. Decisions that wait to take effect are left out. Rows are
/// picked by the index of the state first and joined afterwards, so that a page costs the same however many wait.
pub async fn queue(c: &mut Conn, q: &Queue) -> Result<Vec<Initiative>, StoreError> {
    let rows = match q.state {
        Some(state) => {
            let mut vals = q.vals().to_vec();
            vals.push(state.key().into());
            c.rows(
                sql!("SELECT i.*, b.name AS buurt, b.slug AS buurt_slug, b.stadsdeel_id, b.wijk_id, a.name AS author FROM (SELECT * FROM initiative WHERE state = $8 AND by_staff = $2 AND id NOT IN (SELECT initiative_id FROM pending_decision) AND (CAST($1 AS TEXT) IS NULL OR CAST($1 AS TEXT) LIKE '%,' || COALESCE(handled_in, buurt_id) || ',%') AND (CAST($3 AS BIGINT) IS NULL OR programme_id = $3) AND (CAST($4 AS TEXT) IS NULL OR for_kind = $4) AND (CAST($7 AS BIGINT) = 0 OR (wants_supporter = 1 AND supporter_name = '')) ORDER BY due_at, id LIMIT $5 OFFSET $6) AS i JOIN buurt b ON b.id = i.buurt_id JOIN account a ON a.id = i.account_id ORDER BY i.due_at, i.id"),
                &vals,
            )
            .await?
        }
        None => {
            c.rows(
                sql!("SELECT i.*, b.name AS buurt, b.slug AS buurt_slug, b.stadsdeel_id, b.wijk_id, a.name AS author FROM (SELECT * FROM initiative WHERE replied_at IS NOT NULL AND state NOT IN ('draft', 'submitted', 'returned') AND by_staff = $2 AND (CAST($1 AS TEXT) IS NULL OR CAST($1 AS TEXT) LIKE '%,' || COALESCE(handled_in, buurt_id) || ',%') AND (CAST($3 AS BIGINT) IS NULL OR programme_id = $3) AND (CAST($4 AS TEXT) IS NULL OR for_kind = $4) AND (CAST($7 AS BIGINT) = 0 OR (wants_supporter = 1 AND supporter_name = '')) ORDER BY replied_at DESC, id DESC LIMIT $5 OFFSET $6) AS i JOIN buurt b ON b.id = i.buurt_id JOIN account a ON a.id = i.account_id ORDER BY i.replied_at DESC, i.id DESC"),
                &q.vals(),
            )
            .await?
        }
    };
    rows.iter().map(initiative).collect()
}

/// How many wait in a queue without its limit, counted up to `most`.
pub async fn count_queue(c: &mut Conn, q: &Queue, most: i64) -> Result<i64, StoreError> {
    let [buurten, by_staff, programme, for_kind, _, _, wants_help] = q.vals();
    let state = q.state.unwrap_or(State::Submitted).key();
    c.one(
        sql!("SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM initiative WHERE state = $5 AND by_staff = $2 AND id NOT IN (SELECT initiative_id FROM pending_decision) AND (CAST($1 AS TEXT) IS NULL OR CAST($1 AS TEXT) LIKE '%,' || COALESCE(handled_in, buurt_id) || ',%') AND (CAST($3 AS BIGINT) IS NULL OR programme_id = $3) AND (CAST($4 AS TEXT) IS NULL OR for_kind = $4) AND (CAST($7 AS BIGINT) = 0 OR (wants_supporter = 1 AND supporter_name = '')) LIMIT $6) AS found"),
        &[buurten, by_staff, programme, for_kind, state.into(), most.into(), wants_help],
    )
    .await?
    .int("n")
}

/// Keeps a case to somebody until a moment, unless a colleague is busy with it; `false` then.
pub async fn claim(u: &mut Unit, id: i64, account: i64, now: Seconds, until: Seconds) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE initiative SET claimed_by = $2, claimed_until = $4 WHERE id = $1 AND (claimed_by IS NULL OR claimed_by = $2 OR claimed_until <= $3)"),
        &[id.into(), account.into(), now.into(), until.into()],
    )
    .await?
        == 1)
}

/// Hands a case over: to the moderators of a buurt, or (`None`) to the stadsdeel. A claim ends, warnings begin anew.
pub async fn hand_over(u: &mut Unit, id: i64, buurt: Option<i64>) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE initiative SET handled_in = $2, by_staff = CASE WHEN CAST($2 AS BIGINT) IS NULL THEN 1 ELSE 0 END, claimed_by = NULL, claimed_until = NULL, warned = 0 WHERE id = $1"),
        &[id.into(), buurt.into()],
    )
    .await
    .map(|_| ())
}

/// Somebody waits for a reply from now, until `due`; the case is nobody's yet.
pub async fn set_asked(u: &mut Unit, id: i64, now: Seconds, due: Seconds) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE initiative SET asked_at = $2, due_at = $3, warned = 0, claimed_by = NULL, claimed_until = NULL WHERE id = $1"),
        &[id.into(), now.into(), due.into()],
    )
    .await
    .map(|_| ())
}

/// An open case as far as its clock goes.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Initiative.
    pub id: i64,
    /// Since when somebody waits.
    pub at: Seconds,
    /// Due.
    pub due: Seconds,
}

/// Every open case with its clock, for holidays that are named later.
pub async fn asked_now(c: &mut Conn) -> Result<Vec<Asked>, StoreError> {
    let rows = c
        .rows(sql!("SELECT id, asked_at, due_at FROM initiative WHERE state = 'submitted' AND asked_at IS NOT NULL AND due_at IS NOT NULL"), &[])
        .await?;
    rows.iter().map(|r| Ok(Asked { id: r.int("id")?, at: r.int("asked_at")?, due: r.int("due_at")? })).collect()
}

/// Open cases whose next warning is due: the first one where they are due by `by[0]`, the second by `by[1]`, the last by `by[2]`;
/// and those that no moderator can answer (away, none, or only who handed it in), where there is staff to take them over.
pub async fn to_warn(c: &mut Conn, by: [Seconds; 3], now: Seconds, most: i64) -> Result<Vec<Initiative>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT i.*, b.name AS buurt, b.slug AS buurt_slug, b.stadsdeel_id, b.wijk_id, a.name AS author FROM initiative i JOIN buurt b ON b.id = i.buurt_id JOIN account a ON a.id = i.account_id WHERE i.state = 'submitted' AND i.by_staff = 0 AND i.warned < 3 AND NOT EXISTS (SELECT 1 FROM pending_decision p WHERE p.initiative_id = i.id) AND ((i.warned < 1 AND i.due_at <= $1) OR (i.warned < 2 AND i.due_at <= $2) OR i.due_at <= $3 OR (EXISTS (SELECT 1 FROM role_grant s WHERE s.role = 'staff' AND s.revoked_at IS NULL AND (s.buurt_id = i.buurt_id OR s.stadsdeel_id = b.stadsdeel_id OR s.buurt_id IS NULL AND s.stadsdeel_id IS NULL) AND NOT EXISTS (SELECT 1 FROM away v WHERE v.account_id = s.account_id AND v.from_at <= $4 AND v.until_at > $4)) AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.role = 'moderator' AND g.revoked_at IS NULL AND g.account_id <> i.account_id AND (g.buurt_id = COALESCE(i.handled_in, i.buurt_id) OR g.stadsdeel_id = b.stadsdeel_id OR g.buurt_id IS NULL AND g.stadsdeel_id IS NULL) AND NOT EXISTS (SELECT 1 FROM away w WHERE w.account_id = g.account_id AND w.from_at <= $4 AND w.until_at > $4)))) ORDER BY i.due_at, i.id LIMIT $5"),
            &[by[0].into(), by[1].into(), by[2].into(), now.into(), most.into()],
        )
        .await?;
    rows.iter().map(initiative).collect()
}

/// A warning was sent, or its case has a new due date.
pub async fn set_warned(u: &mut Unit, id: i64, stage: i64, due: Seconds) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE initiative SET warned = $2, due_at = $3 WHERE id = $1"), &[id.into(), stage.into(), due.into()])
        .await
        .map(|_| ())
}

/// Days that do not count: day and what it is.
pub async fn holidays(c: &mut Conn) -> Result<Vec<(String, String)>, StoreError> {
    let rows = c.rows(sql!("SELECT day, title FROM holiday ORDER BY day"), &[]).await?;
    rows.iter().map(|r| Ok((r.text("day")?, r.text("title")?))).collect()
}

/// Names a day that does not count.
pub async fn put_holiday(u: &mut Unit, day: &str, title: &str) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO holiday (day, title) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET title = excluded.title"),
        &[day.into(), title.into()],
    )
    .await
    .map(|_| ())
}

/// The day counts again.
pub async fn remove_holiday(u: &mut Unit, day: &str) -> Result<bool, StoreError> {
    Ok(u.exec(sql!("DELETE FROM holiday WHERE day = $1"), &[day.into()]).await? == 1)
}

/// A moderator is away for this time.
pub async fn go_away(u: &mut Unit, account: i64, from: Seconds, until: Seconds) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO away (account_id, from_at, until_at) VALUES ($1, $2, $3) ON CONFLICT (account_id) DO UPDATE SET from_at = excluded.from_at, until_at = excluded.until_at"),
        &[account.into(), from.into(), until.into()],
    )
    .await
    .map(|_| ())
}

/// A moderator is back.
pub async fn back(u: &mut Unit, account: i64) -> Result<(), StoreError> {
    u.exec(sql!("DELETE FROM away WHERE account_id = $1"), &[account.into()]).await.map(|_| ())
}

/// When a moderator is away, if at all.
pub async fn away(c: &mut Conn, account: i64) -> Result<Option<(Seconds, Seconds)>, StoreError> {
    c.row(sql!("SELECT from_at, until_at FROM away WHERE account_id = $1"), &[account.into()])
        .await?
        .map(|r| Ok((r.int("from_at")?, r.int("until_at")?)))
        .transpose()
}

/// A decision that waits to take effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Plan.
    pub initiative: i64,
    /// The decision as JSON.
    pub decision: String,
    /// Its act, as in the audit.
    pub act: String,
    /// The plan's version that was read.
    pub version: i64,
    /// Who tapped.
    pub actor: i64,
    /// In what capacity.
    pub role: String,
    /// In whose name.
    pub organisation: String,
    /// The tap.
    pub tapped_at: Seconds,
    /// It takes effect.
    pub effective_at: Seconds,
}

fn waits(r: &Row) -> Result<Pending, StoreError> {
    Ok(Pending {
        initiative: r.int("initiative_id")?,
        decision: r.text("decision")?,
        act: r.text("act")?,
        version: r.int("version")?,
        actor: r.int("actor_id")?,
        role: r.text("actor_role")?,
        organisation: r.text("organisation")?,
        tapped_at: r.int("tapped_at")?,
        effective_at: r.int("effective_at")?,
    })
}

/// Lets a decision wait; [`StoreError::Duplicate`] when one waits already.
pub async fn add_pending(u: &mut Unit, p: &Pending) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO pending_decision (initiative_id, decision, act, version, actor_id, actor_role, organisation, tapped_at, effective_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
        &[
            p.initiative.into(),
            p.decision.as_str().into(),
            p.act.as_str().into(),
            p.version.into(),
            p.actor.into(),
            p.role.as_str().into(),
            p.organisation.as_str().into(),
            p.tapped_at.into(),
            p.effective_at.into(),
        ],
    )
    .await
    .map(|_| ())
}

/// The decision on a plan that waits.
pub async fn pending(c: &mut Conn, id: i64) -> Result<Option<Pending>, StoreError> {
    c.row(sql!("SELECT * FROM pending_decision WHERE initiative_id = $1"), &[id.into()])
        .await?
        .as_ref()
        .map(waits)
        .transpose()
}

/// Decisions of this account that wait, the newest first.
pub async fn pending_of(c: &mut Conn, account: i64) -> Result<Vec<Pending>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT * FROM pending_decision WHERE actor_id = $1 ORDER BY tapped_at DESC LIMIT 50"),
            &[account.into()],
        )
        .await?;
    rows.iter().map(waits).collect()
}

/// Decisions whose time has come.
pub async fn due_pending(c: &mut Conn, now: Seconds) -> Result<Vec<Pending>, StoreError> {
    let rows = c
        .rows(
            sql!(
                "SELECT * FROM pending_decision WHERE effective_at <= $1 ORDER BY effective_at, initiative_id LIMIT 200"
            ),
            &[now.into()],
        )
        .await?;
    rows.iter().map(waits).collect()
}

/// The decision waits no more; `false` when it was gone.
pub async fn remove_pending(u: &mut Unit, id: i64) -> Result<bool, StoreError> {
    Ok(u.exec(sql!("DELETE FROM pending_decision WHERE initiative_id = $1"), &[id.into()]).await? == 1)
}

/// First replies since a moment: organisation, stadsdeel, handed in, replied.
pub async fn replies(c: &mut Conn, since: Seconds) -> Result<Vec<(String, i64, Seconds, Seconds)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT i.replied_for, b.stadsdeel_id, i.submitted_at, i.replied_at FROM initiative i JOIN buurt b ON b.id = i.buurt_id WHERE i.replied_at >= $1 AND i.submitted_at IS NOT NULL"),
            &[since.into()],
        )
        .await?;
    rows.iter()
        .map(|r| Ok((r.text("replied_for")?, r.int("stadsdeel_id")?, r.int("submitted_at")?, r.int("replied_at")?)))
        .collect()
}

/// A question to the stadsdeel about a rejection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// Plan.
    pub initiative: i64,
    /// Own words of who asks.
    pub words: String,
    /// When.
    pub filed_at: Seconds,
    /// The answer is due.
    pub due_at: Seconds,
    /// Answered.
    pub decided_at: Option<Seconds>,
    /// `right`, `upheld`, or empty.
    pub outcome: String,
    /// Words of the stadsdeel.
    pub answer: String,
}

fn one_appeal(r: &Row) -> Result<Appeal, StoreError> {
    Ok(Appeal {
        initiative: r.int("initiative_id")?,
        words: r.text("words")?,
        filed_at: r.int("filed_at")?,
        due_at: r.int("due_at")?,
        decided_at: r.opt_int("decided_at")?,
        outcome: r.text("outcome")?,
        answer: r.text("answer")?,
    })
}

/// Files one; [`StoreError::Duplicate`] when there was one before.
pub async fn add_appeal(u: &mut Unit, id: i64, words: &str, now: Seconds, due: Seconds) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO appeal (initiative_id, words, filed_at, due_at) VALUES ($1, $2, $3, $4)"),
        &[id.into(), words.into(), now.into(), due.into()],
    )
    .await
    .map(|_| ())
}

/// The appeal of a plan.
pub async fn appeal(c: &mut Conn, id: i64) -> Result<Option<Appeal>, StoreError> {
    c.row(sql!("SELECT * FROM appeal WHERE initiative_id = $1"), &[id.into()])
        .await?
        .as_ref()
        .map(one_appeal)
        .transpose()
}

/// Appeals that wait, oldest due first, about plans of these buurten (`,1,2,`; `None`: everywhere).
pub async fn open_appeals(c: &mut Conn, buurten: Option<&str>) -> Result<Vec<Appeal>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT p.* FROM appeal p JOIN initiative i ON i.id = p.initiative_id WHERE p.decided_at IS NULL AND (CAST($1 AS TEXT) IS NULL OR CAST($1 AS TEXT) LIKE '%,' || i.buurt_id || ',%') ORDER BY p.due_at, p.initiative_id LIMIT 500"),
            &[buurten.into()],
        )
        .await?;
    rows.iter().map(one_appeal).collect()
}

/// Answers one; `false` when somebody was first.
pub async fn decide_appeal(
    u: &mut Unit,
    id: i64,
    outcome: &str,
    answer: &str,
    now: Seconds,
) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE appeal SET outcome = $2, answer = $3, decided_at = $4 WHERE initiative_id = $1 AND decided_at IS NULL"),
        &[id.into(), outcome.into(), answer.into(), now.into()],
    )
    .await?
        == 1)
}

/// How many cases of these buurten (`,1,2,`; `None`: everywhere) the stadsdeel took over since then because a reply was late.
pub async fn taken_over(c: &mut Conn, since: Seconds, buurten: Option<&str>) -> Result<i64, StoreError> {
    c.one(
        sql!("SELECT COUNT(DISTINCT e.initiative_id) AS n FROM initiative_event e JOIN initiative i ON i.id = e.initiative_id WHERE e.act = 'handed_over' AND e.reason = 'late' AND e.at >= $1 AND (CAST($2 AS TEXT) IS NULL OR CAST($2 AS TEXT) LIKE '%,' || i.buurt_id || ',%')"),
        &[since.into(), buurten.into()],
    )
    .await?
    .int("n")
}
