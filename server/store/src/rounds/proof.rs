//! Who agreed to a count and to publishing it, disputes, bundles, and who asked to be told.

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::time::Seconds;
use std::collections::BTreeMap;

/// Programme of each plan on a round's paper, by name; plans without one are left out.
pub async fn themes(c: &mut Conn, round: i64) -> Result<BTreeMap<i64, String>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT p.initiative_id, g.name FROM paper_plan p JOIN initiative i ON i.id = p.initiative_id JOIN programme g ON g.id = i.programme_id WHERE p.round_id = $1"),
            &[round.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("initiative_id")?, r.text("name")?))).collect()
}

/// A yes to a step of counting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Of the count.
    pub version: i64,
    /// `count` or `result`.
    pub step: String,
    /// Account.
    pub account: i64,
    /// Its name.
    pub name: String,
    /// When.
    pub at: Seconds,
    /// Why it is counted again, or why whole ballots are published.
    pub reason: String,
    /// Of the bundle that was agreed to.
    pub digest: String,
}

/// Everything that was agreed to, in order.
pub async fn consents(c: &mut Conn, round: i64) -> Result<Vec<Consent>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT k.version, k.step, k.account_id, a.name, k.at, k.reason, k.digest FROM round_consent k JOIN account a ON a.id = k.account_id WHERE k.round_id = $1 ORDER BY k.version, k.at, k.account_id"),
            &[round.into()],
        )
        .await?;
    rows.iter()
        .map(|r| {
            Ok(Consent {
                version: r.int("version")?,
                step: r.text("step")?,
                account: r.int("account_id")?,
                name: r.text("name")?,
                at: r.int("at")?,
                reason: r.text("reason")?,
                digest: r.text("digest")?,
            })
        })
        .collect()
}

/// Keeps a yes; `false` when this account said it before.
pub async fn consent(u: &mut Unit, round: i64, said: &Consent) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("INSERT INTO round_consent (round_id, version, step, account_id, at, reason, digest) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (round_id, version, step, account_id) DO NOTHING"),
        &[round.into(), said.version.into(), said.step.as_str().into(), said.account.into(), said.at.into(), said.reason.as_str().into(), said.digest.as_str().into()],
    )
    .await?
        == 1)
}

/// Forgets who agreed to publish a version, because what they agreed to is not what it would be now.
pub async fn forget_consents(u: &mut Unit, round: i64, version: i64, step: &str) -> Result<(), StoreError> {
    u.exec(
        sql!("DELETE FROM round_consent WHERE round_id = $1 AND version = $2 AND step = $3"),
        &[round.into(), version.into(), step.into()],
    )
    .await
    .map(|_| ())
}

/// Takes back what nobody else agreed to yet: whoever loses the role has no say in what comes.
pub async fn take_back_consents(u: &mut Unit, account: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("DELETE FROM round_consent WHERE account_id = $1 AND NOT EXISTS (SELECT 1 FROM round_consent o WHERE o.round_id = round_consent.round_id AND o.version = round_consent.version AND o.step = round_consent.step AND o.account_id <> $1)"),
        &[account.into()],
    )
    .await
    .map(|_| ())
}

/// A result that is held back, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// Id.
    pub id: i64,
    /// Of the count.
    pub version: i64,
    /// Account of who holds it back, while it is there.
    pub account: Option<i64>,
    /// Since when.
    pub at: Seconds,
    /// Why.
    pub reason: String,
    /// When it was settled.
    pub settled_at: Option<Seconds>,
    /// What was found.
    pub answer: String,
}

fn dispute(r: &Row) -> Result<Dispute, StoreError> {
    Ok(Dispute {
        id: r.int("id")?,
        version: r.int("version")?,
        account: r.opt_int("account_id")?,
        at: r.int("at")?,
        reason: r.text("reason")?,
        settled_at: r.opt_int("settled_at")?,
        answer: r.text("answer")?,
    })
}

/// Disputes of a round, oldest first.
pub async fn disputes(c: &mut Conn, round: i64) -> Result<Vec<Dispute>, StoreError> {
    c.rows(sql!("SELECT * FROM round_dispute WHERE round_id = $1 ORDER BY id"), &[round.into()])
        .await?
        .iter()
        .map(dispute)
        .collect()
}

/// Holds a result back.
pub async fn add_dispute(
    u: &mut Unit,
    round: i64,
    version: i64,
    account: Option<i64>,
    reason: &str,
    now: Seconds,
) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO round_dispute (round_id, version, account_id, at, reason) VALUES ($1, $2, $3, $4, $5)"),
        &[round.into(), version.into(), account.into(), now.into(), reason.into()],
    )
    .await
    .map(|_| ())
}

/// Settles what holds a round back; how many there were.
pub async fn settle_disputes(
    u: &mut Unit,
    round: i64,
    account: Option<i64>,
    answer: &str,
    now: Seconds,
) -> Result<u64, StoreError> {
    u.exec(
        sql!("UPDATE round_dispute SET settled_at = $2, settled_by = $3, answer = $4 WHERE round_id = $1 AND settled_at IS NULL"),
        &[round.into(), now.into(), account.into(), answer.into()],
    )
    .await
}

/// Every count of a round as (version, when, why it was made again).
pub async fn counts(c: &mut Conn, round: i64) -> Result<Vec<(i64, Seconds, String)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT version, counted_at, reason FROM round_result WHERE round_id = $1 ORDER BY version"),
            &[round.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("version")?, r.int("counted_at")?, r.text("reason")?))).collect()
}

/// A published bundle, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// Of its bytes.
    pub digest: String,
    /// Length in bytes.
    pub length: i64,
    /// When it was published.
    pub made_at: Seconds,
    /// Whole ballots are in it.
    pub whole: bool,
    /// Why, where many are like no other.
    pub whole_reason: String,
}

/// Keeps a published bundle, for good; `false` when there is one.
pub async fn add_bundle(
    u: &mut Unit,
    (round, version): (i64, i64),
    bundle: &Bundle,
    bytes: &[u8],
) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("INSERT INTO round_bundle (round_id, version, digest, whole, whole_reason, bytes, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (round_id) DO NOTHING"),
        &[round.into(), version.into(), bundle.digest.as_str().into(), bundle.whole.into(), bundle.whole_reason.as_str().into(), bytes.into(), bundle.made_at.into()],
    )
    .await?
        == 1)
}

/// What is known of a published bundle.
pub async fn bundle(c: &mut Conn, round: i64) -> Result<Option<Bundle>, StoreError> {
    c.row(
        sql!(
            "SELECT digest, CAST(LENGTH(bytes) AS BIGINT) AS length, made_at, whole, whole_reason FROM round_bundle WHERE round_id = $1"
        ),
        &[round.into()],
    )
    .await?
    .map(|r| {
        Ok(Bundle {
            digest: r.text("digest")?,
            length: r.int("length")?,
            made_at: r.int("made_at")?,
            whole: r.flag("whole")?,
            whole_reason: r.text("whole_reason")?,
        })
    })
    .transpose()
}

/// The bytes of a published bundle.
pub async fn bundle_bytes(c: &mut Conn, round: i64) -> Result<Option<Vec<u8>>, StoreError> {
    c.row(sql!("SELECT bytes FROM round_bundle WHERE round_id = $1"), &[round.into()])
        .await?
        .map(|r| r.blob("bytes"))
        .transpose()
}

/// Slugs of rounds whose result was published before there were bundles.
pub async fn unbundled(c: &mut Conn) -> Result<Vec<String>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT r.slug AS slug FROM round r WHERE r.phase = 'result' AND NOT EXISTS (SELECT 1 FROM round_bundle b WHERE b.round_id = r.id) ORDER BY r.id"),
            &[],
        )
        .await?;
    rows.iter().map(|r| r.text("slug")).collect()
}

/// Asks to be told of the result, or not any more.
pub async fn follow(u: &mut Unit, round: i64, account: i64, wanted: bool) -> Result<(), StoreError> {
    let statement = if wanted {
        sql!(
            "INSERT INTO round_follow (round_id, account_id) VALUES ($1, $2) ON CONFLICT (round_id, account_id) DO NOTHING"
        )
    } else {
        sql!("DELETE FROM round_follow WHERE round_id = $1 AND account_id = $2")
    };
    u.exec(statement, &[round.into(), account.into()]).await.map(|_| ())
}

/// Whether an account asked to be told.
pub async fn follows(c: &mut Conn, round: i64, account: i64) -> Result<bool, StoreError> {
    let found = c
        .row(
            sql!("SELECT account_id FROM round_follow WHERE round_id = $1 AND account_id = $2"),
            &[round.into(), account.into()],
        )
        .await?;
    Ok(found.is_some())
}

/// Mail address, language and name of everyone who asked to be told.
pub async fn followers(c: &mut Conn, round: i64) -> Result<Vec<(String, String, String)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT a.email, a.lang, a.name FROM round_follow f JOIN account a ON a.id = f.account_id WHERE f.round_id = $1 ORDER BY a.id"),
            &[round.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.text("email")?, r.text("lang")?, r.text("name")?))).collect()
}

/// Everyone was told: the list goes.
pub async fn forget_followers(u: &mut Unit, round: i64) -> Result<(), StoreError> {
    u.exec(sql!("DELETE FROM round_follow WHERE round_id = $1"), &[round.into()]).await.map(|_| ())
}

/// What went into and out of a round's pot, as (reason, plan, cents), in order of the transfers.
pub async fn pot_moves(c: &mut Conn, round: i64) -> Result<Vec<(String, Option<i64>, i64)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT t.reason AS reason, d.initiative_id AS plan, CASE WHEN d.round_id = $1 THEN t.amount ELSE -t.amount END AS cents FROM transfer t JOIN ledger_account s ON s.id = t.from_id JOIN ledger_account d ON d.id = t.to_id WHERE s.round_id = $1 OR d.round_id = $1 ORDER BY t.id"),
            &[round.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.text("reason")?, r.opt_int("plan")?, r.int("cents")?))).collect()
}

/// 'My pick is missing.'
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Complaint {
    /// Id.
    pub id: i64,
    /// Account of who complains, where signed in.
    pub account: Option<i64>,
    /// Where the answer goes.
    pub email: String,
    /// Language of the answer.
    pub lang: String,
    /// The receipt, sent along on purpose.
    pub receipt: String,
    /// What they chose, in their words.
    pub words: String,
    /// Titles of plans in whose lists the receipt stands, as found when it came in.
    pub found: String,
    /// When.
    pub at: Seconds,
    /// Who looked first, and what they found.
    pub first: Option<(i64, String)>,
    /// `right`, `wrong` or `unclear`; empty: not answered.
    pub outcome: String,
    /// The answer, for everyone.
    pub answer: String,
    /// When it was answered.
    pub answered_at: Option<Seconds>,
}

fn complaint(r: &Row) -> Result<Complaint, StoreError> {
    let finding = r.text("first_finding")?;
    Ok(Complaint {
        id: r.int("id")?,
        account: r.opt_int("account_id")?,
        email: r.text("email")?,
        lang: r.text("lang")?,
        receipt: r.text("receipt")?,
        words: r.text("words")?,
        found: r.text("found")?,
        at: r.int("at")?,
        first: r.opt_int("first_by")?.map(|by| (by, finding)),
        outcome: r.text("outcome")?,
        answer: r.text("answer")?,
        answered_at: r.opt_int("answered_at")?,
    })
}

/// Complaints about a round, oldest first.
pub async fn complaints(c: &mut Conn, round: i64) -> Result<Vec<Complaint>, StoreError> {
    c.rows(sql!("SELECT * FROM round_complaint WHERE round_id = $1 ORDER BY id"), &[round.into()])
        .await?
        .iter()
        .map(complaint)
        .collect()
}

/// Keeps a complaint.
pub async fn complain(u: &mut Unit, round: i64, new: &Complaint) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO round_complaint (round_id, account_id, email, lang, receipt, words, found, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        &[round.into(), new.account.into(), new.email.as_str().into(), new.lang.as_str().into(), new.receipt.as_str().into(), new.words.as_str().into(), new.found.as_str().into(), new.at.into()],
    )
    .await
    .map(|_| ())
}

/// The first of two looked; `false` when somebody did before.
pub async fn look_at_complaint(u: &mut Unit, id: i64, by: i64, finding: &str) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE round_complaint SET first_by = $2, first_finding = $3 WHERE id = $1 AND first_by IS NULL"),
        &[id.into(), by.into(), finding.into()],
    )
    .await?
        == 1)
}

/// The second of two answers; `false` when it was answered, or the same person looked.
pub async fn answer_complaint(
    u: &mut Unit,
    id: i64,
    by: i64,
    (outcome, answer): (&str, &str),
    now: Seconds,
) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE round_complaint SET second_by = $2, outcome = $3, answer = $4, answered_at = $5 WHERE id = $1 AND answered_at IS NULL AND first_by IS NOT NULL AND first_by <> $2"),
        &[id.into(), by.into(), outcome.into(), answer.into(), now.into()],
    )
    .await?
        == 1)
}

/// What was sent along goes some time after the answer, or after it came where nobody answered; the answer stays.
pub async fn forget_complaints(u: &mut Unit, answered: Seconds, came: Seconds) -> Result<u64, StoreError> {
    u.exec(
        sql!("UPDATE round_complaint SET account_id = NULL, email = '', lang = '', receipt = '', words = '', found = '', first_by = NULL, second_by = NULL, first_finding = '' WHERE (answered_at < $1 OR at < $2) AND email <> ''"),
        &[answered.into(), came.into()],
    )
    .await
}
