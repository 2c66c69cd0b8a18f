//! An imported roll, its vote codes, and requests for new letters.

use crate::{Conn, StoreError, Unit, sql};
use domain::time::Seconds;

/// How a vote code stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeState {
    /// Good: the roll entry that may vote with it.
    Good(i64),
    /// Replaced because the letter was lost, or all codes were made anew.
    Replaced,
    /// Its voter votes on paper.
    Paper,
    /// None of this round.
    Unknown,
}

/// How a code stands in a round, by its HMAC.
pub async fn code_state(c: &mut Conn, round: i64, hash: &[u8]) -> Result<CodeState, StoreError> {
    if let Some(entry) = entry_of_code(c, round, hash).await? {
        return Ok(CodeState::Good(entry));
    }
    let gone = c
        .row(sql!("SELECT why FROM code_gone WHERE code_hash = $1 AND round_id = $2"), &[hash.into(), round.into()])
        .await?;
    Ok(match gone {
        None => CodeState::Unknown,
        Some(row) if row.text("why")? == "paper" => CodeState::Paper,
        Some(_) => CodeState::Replaced,
    })
}

/// The roll entry that may vote with a code.
pub async fn entry_of_code(c: &mut Conn, round: i64, hash: &[u8]) -> Result<Option<i64>, StoreError> {
    c.row(
        sql!("SELECT id FROM roll_entry WHERE code_hash = $1 AND round_id = $2 AND revoked = 0 AND paper = 0"),
        &[hash.into(), round.into()],
    )
    .await?
    .map(|r| r.int("id"))
    .transpose()
}

/// Ties an account to the entry whose code it entered, in place of another one; not to one that is tied to somebody else.
pub async fn bind_account(u: &mut Unit, round: i64, entry: i64, account: i64) -> Result<bool, StoreError> {
    u.exec(
        sql!("UPDATE roll_entry SET account_id = NULL WHERE round_id = $1 AND account_id = $3 AND id <> $2"),
        &[round.into(), entry.into(), account.into()],
    )
    .await?;
    Ok(u.exec(
        sql!("UPDATE roll_entry SET account_id = $3 WHERE id = $2 AND round_id = $1 AND account_id IS NULL AND NOT EXISTS (SELECT 1 FROM roll_entry o WHERE o.round_id = $1 AND o.account_id = $3)"),
        &[round.into(), entry.into(), account.into()],
    )
    .await?
        == 1)
}

/// Unties an account from the entry of a round by letter.
pub async fn unbind_account(u: &mut Unit, round: i64, account: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE roll_entry SET account_id = NULL WHERE round_id = $1 AND account_id = $2"),
        &[round.into(), account.into()],
    )
    .await?
        == 1)
}

/// An entry with where its letter goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressed {
    /// Roll entry.
    pub entry: i64,
    /// Lines of the address.
    pub address: String,
    /// Voter nth of so many at this address.
    pub nth: (i64, i64),
    /// It has a good code.
    pub has_code: bool,
    /// Its voter votes on paper.
    pub paper: bool,
}

fn addressed(r: &crate::Row) -> Result<Addressed, StoreError> {
    Ok(Addressed {
        entry: r.int("id")?,
        address: r.text("address")?,
        nth: (r.int("nth")?, r.int("household")?),
        has_code: r.opt_int("coded")? == Some(1),
        paper: r.flag("paper")?,
    })
}

/// The next entries without a code, after this id.
pub async fn without_code(c: &mut Conn, round: i64, after: i64, most: usize) -> Result<Vec<Addressed>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT id, address, nth, household, paper, 0 AS coded FROM roll_entry WHERE round_id = $1 AND id > $2 AND code_hash IS NULL AND revoked = 0 AND paper = 0 ORDER BY id LIMIT $3"),
            &[round.into(), after.into(), most.into()],
        )
        .await?;
    rows.iter().map(addressed).collect()
}

/// Entries at an address: each of these folded words must stand in it, up to five. A number must stand there whole, the
/// beginning of a name is enough.
pub async fn at_address(c: &mut Conn, round: i64, words: &[String], most: usize) -> Result<Vec<Addressed>, StoreError> {
    let pattern = |at: usize| match words.get(at) {
        Some(word) if word.chars().next().is_some_and(|c| c.is_ascii_digit()) => format!("% {word} %"),
        Some(word) => format!("% {word}%"),
        None => "%".to_owned(),
    };
    let rows = c
        .rows(
            sql!("SELECT id, address, nth, household, paper, CASE WHEN code_hash IS NULL THEN 0 ELSE 1 END AS coded FROM roll_entry WHERE round_id = $1 AND revoked = 0 AND found_by LIKE $2 AND found_by LIKE $3 AND found_by LIKE $4 AND found_by LIKE $5 AND found_by LIKE $6 ORDER BY address, nth, id LIMIT $7"),
            &[round.into(), pattern(0).into(), pattern(1).into(), pattern(2).into(), pattern(3).into(), pattern(4).into(), most.into()],
        )
        .await?;
    rows.iter().map(addressed).collect()
}

/// One entry of a round.
pub async fn entry(c: &mut Conn, round: i64, id: i64) -> Result<Option<Addressed>, StoreError> {
    c.row(
        sql!("SELECT id, address, nth, household, paper, CASE WHEN code_hash IS NULL THEN 0 ELSE 1 END AS coded FROM roll_entry WHERE id = $2 AND round_id = $1 AND revoked = 0"),
        &[round.into(), id.into()],
    )
    .await?
    .as_ref()
    .map(addressed)
    .transpose()
}

/// Takes the code off an entry, with the account that was tied by it, and keeps why; `false` when it has none.
pub async fn revoke_code(u: &mut Unit, round: i64, entry: i64, why: &str) -> Result<bool, StoreError> {
    let kept = u
        .exec(
            sql!("INSERT INTO code_gone (code_hash, round_id, why) SELECT code_hash, round_id, CAST($3 AS TEXT) FROM roll_entry WHERE id = $2 AND round_id = $1 AND code_hash IS NOT NULL"),
            &[round.into(), entry.into(), why.into()],
        )
        .await?;
    u.exec(
        sql!("UPDATE roll_entry SET code_hash = NULL, account_id = NULL, paper = CASE WHEN $3 = 'paper' THEN 1 ELSE paper END WHERE id = $2 AND round_id = $1"),
        &[round.into(), entry.into(), why.into()],
    )
    .await?;
    Ok(kept == 1)
}

/// Takes the codes off every entry, before a round opens.
pub async fn revoke_all_codes(u: &mut Unit, round: i64) -> Result<u64, StoreError> {
    u.exec(sql!("INSERT INTO code_gone (code_hash, round_id, why) SELECT code_hash, round_id, 'anew' FROM roll_entry WHERE round_id = $1 AND code_hash IS NOT NULL"), &[round.into()]).await?;
    u.exec(
        sql!("UPDATE roll_entry SET code_hash = NULL, account_id = NULL WHERE round_id = $1 AND code_hash IS NOT NULL"),
        &[round.into()],
    )
    .await
}

/// Gives an entry its code, unless it has one.
pub async fn set_code(u: &mut Unit, round: i64, entry: i64, hash: &[u8]) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE roll_entry SET code_hash = $3 WHERE id = $2 AND round_id = $1 AND code_hash IS NULL AND revoked = 0 AND paper = 0"),
        &[round.into(), entry.into(), hash.into()],
    )
    .await?
        == 1)
}

/// Counts one more code that was made anew.
pub async fn count_reissue(u: &mut Unit, round: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE round SET codes_reissued = codes_reissued + 1 WHERE id = $1"), &[round.into()])
        .await
        .map(|_| ())
}

/// Figures of a roll.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RollFigures {
    /// Who may vote, on paper or not.
    pub entries: i64,
    /// Entries with a good code.
    pub coded: i64,
    /// Entries that vote on paper.
    pub paper: i64,
}

/// Figures of a round's roll.
pub async fn roll_figures(c: &mut Conn, round: i64) -> Result<RollFigures, StoreError> {
    let row = c
        .one(
            sql!("SELECT COUNT(*) AS entries, COUNT(code_hash) AS coded, CAST(COALESCE(SUM(paper), 0) AS BIGINT) AS papers FROM roll_entry WHERE round_id = $1 AND revoked = 0"),
            &[round.into()],
        )
        .await?;
    Ok(RollFigures { entries: row.int("entries")?, coded: row.int("coded")?, paper: row.int("papers")? })
}

/// Empties what tells where people live, once a round is over.
pub async fn forget_addresses(u: &mut Unit, round: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE roll_entry SET address = '', found_by = '' WHERE round_id = $1 AND address <> ''"),
        &[round.into()],
    )
    .await?;
    u.exec(sql!("UPDATE code_request SET name = '', address = '', contact = '' WHERE round_id = $1"), &[round.into()])
        .await?;
    drop_draft(u, round).await
}

/// Removes every entry of a round that has no code and no account: an import that is done over.
pub async fn clear_roll(u: &mut Unit, round: i64) -> Result<u64, StoreError> {
    u.exec(sql!("DELETE FROM roll_entry WHERE round_id = $1"), &[round.into()]).await
}

/// Marks that an import of this key writes the roll, and keeps others out until it ends or `stale` seconds have passed;
/// `false` when another one is under way. An empty roll stays marked when its import breaks off.
pub async fn begin_import(
    u: &mut Unit,
    round: i64,
    key: &str,
    now: Seconds,
    stale: Seconds,
) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE round SET roll_import = $2, roll_import_at = $3 WHERE id = $1 AND (roll_import = '' OR roll_import_at < $4)"),
        &[round.into(), key.into(), now.into(), (now - stale).into()],
    )
    .await?
        == 1)
}

/// The key of the import that writes the roll, or broke off; empty: the roll is whole.
pub async fn importing(c: &mut Conn, round: i64) -> Result<String, StoreError> {
    c.one(sql!("SELECT roll_import FROM round WHERE id = $1"), &[round.into()]).await?.text("roll_import")
}

/// The import came to its end.
pub async fn end_import(u: &mut Unit, round: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE round SET roll_import = '' WHERE id = $1"), &[round.into()]).await.map(|_| ())
}

/// Keeps an uploaded list until it is put on the roll.
pub async fn keep_draft(u: &mut Unit, round: i64, csv: &str, now: Seconds) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO roll_draft (round_id, csv, uploaded_at) VALUES ($1, $2, $3) ON CONFLICT (round_id) DO UPDATE SET csv = excluded.csv, uploaded_at = excluded.uploaded_at"),
        &[round.into(), csv.into(), now.into()],
    )
    .await
    .map(|_| ())
}

/// The uploaded list.
pub async fn draft(c: &mut Conn, round: i64) -> Result<Option<String>, StoreError> {
    c.row(sql!("SELECT csv FROM roll_draft WHERE round_id = $1"), &[round.into()])
        .await?
        .map(|r| r.text("csv"))
        .transpose()
}

/// Forgets the uploaded list.
pub async fn drop_draft(u: &mut Unit, round: i64) -> Result<(), StoreError> {
    u.exec(sql!("DELETE FROM roll_draft WHERE round_id = $1"), &[round.into()]).await.map(|_| ())
}

/// Somebody says that a letter is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRequest {
    /// Id.
    pub id: i64,
    /// Who asks.
    pub name: String,
    /// Where the letter should have gone.
    pub address: String,
    /// How to reach them; may be empty.
    pub contact: String,
    /// When.
    pub filed_at: Seconds,
}

/// Files a request.
pub async fn add_request(
    u: &mut Unit,
    round: i64,
    (name, address, contact): (&str, &str, &str),
    now: Seconds,
) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO code_request (round_id, name, address, contact, filed_at) VALUES ($1, $2, $3, $4, $5)"),
        &[round.into(), name.into(), address.into(), contact.into(), now.into()],
    )
    .await
    .map(|_| ())
}

/// Requests that wait, the oldest first.
pub async fn open_requests(c: &mut Conn, round: i64) -> Result<Vec<CodeRequest>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT id, name, address, contact, filed_at FROM code_request WHERE round_id = $1 AND done_at IS NULL ORDER BY filed_at, id LIMIT 200"),
            &[round.into()],
        )
        .await?;
    rows.iter()
        .map(|r| {
            Ok(CodeRequest {
                id: r.int("id")?,
                name: r.text("name")?,
                address: r.text("address")?,
                contact: r.text("contact")?,
                filed_at: r.int("filed_at")?,
            })
        })
        .collect()
}

/// Answers a request; `false` when somebody was first.
pub async fn close_request(u: &mut Unit, round: i64, id: i64, outcome: &str, now: Seconds) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE code_request SET done_at = $4, outcome = $3 WHERE id = $2 AND round_id = $1 AND done_at IS NULL"),
        &[round.into(), id.into(), outcome.into(), now.into()],
    )
    .await?
        == 1)
}

/// Counts a daily anomaly of a round: figures only, never a field of a ballot. `day`: days since 1970, UTC.
pub async fn count_anomaly(u: &mut Unit, round: i64, kind: &str, day: i64, more: i64) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO anomaly (subject, kind, day, count) VALUES ($1, $2, $3, $4) ON CONFLICT (subject, kind, day) DO UPDATE SET count = anomaly.count + excluded.count RETURNING count"),
        &[subject(round).as_str().into(), kind.into(), day.into(), more.into()],
    )
    .await?
    .int("count")
}

/// Counters of a round as (kind, day, count).
pub async fn anomalies(c: &mut Conn, round: i64) -> Result<Vec<(String, i64, i64)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT kind, day, count FROM anomaly WHERE subject = $1 ORDER BY kind, day"),
            &[subject(round).as_str().into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.text("kind")?, r.int("day")?, r.int("count")?))).collect()
}

fn subject(round: i64) -> String {
    format!("round/{round}")
}

/// How the round's letters look: languages with commas, paper, and the line of who sends them.
pub async fn set_letters(
    u: &mut Unit,
    round: i64,
    languages: &str,
    size: &str,
    sender: &str,
) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE round SET letters_in = $1, letter_size = $2, letter_sender = $3 WHERE id = $4"),
        &[languages.into(), size.into(), sender.into(), round.into()],
    )
    .await?;
    Ok(())
}

/// The address of the first voter on the roll.
pub async fn first_address(c: &mut Conn, round: i64) -> Result<Option<String>, StoreError> {
    c.row(sql!("SELECT address FROM roll_entry WHERE round_id = $1 ORDER BY id LIMIT 1"), &[round.into()])
        .await?
        .map(|r| r.text("address"))
        .transpose()
}
