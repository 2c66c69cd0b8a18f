//! Roll, box and counted ballots. Nothing here knows a time or writes a person beside a ballot.

use crate::{Conn, StoreError, Unit, sql};
use domain::time::Seconds;

/// Puts every resident of the buurt on the roll who is not there yet: all at once, so that no entry says who votes.
pub async fn enrol(u: &mut Unit, round: i64, buurt: i64, before: Seconds) -> Result<u64, StoreError> {
    u.exec(
        sql!("INSERT INTO roll_entry (round_id, account_id) SELECT CAST($1 AS BIGINT), a.id FROM account a WHERE a.buurt_id = $2 AND a.residence_at IS NOT NULL AND a.residence_at < $3 AND a.confirmed_at IS NOT NULL AND a.closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM roll_entry e WHERE e.round_id = $1 AND e.account_id = a.id) ORDER BY a.id ON CONFLICT (round_id, account_id) DO NOTHING"),
        &[round.into(), buurt.into(), before.into()],
    )
    .await
}

/// Whether a resident is missing on the roll.
pub async fn roll_lacks(c: &mut Conn, round: i64, buurt: i64, before: Seconds) -> Result<bool, StoreError> {
    let row = c
        .row(
            sql!("SELECT a.id FROM account a WHERE a.buurt_id = $2 AND a.residence_at IS NOT NULL AND a.residence_at < $3 AND a.confirmed_at IS NOT NULL AND a.closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM roll_entry e WHERE e.round_id = $1 AND e.account_id = a.id) LIMIT 1"),
            &[round.into(), buurt.into(), before.into()],
        )
        .await?;
    Ok(row.is_some())
}

/// The roll entry of an account, unless it was revoked.
pub async fn entry_of(c: &mut Conn, round: i64, account: i64) -> Result<Option<i64>, StoreError> {
    c.row(
        sql!("SELECT id FROM roll_entry WHERE round_id = $1 AND account_id = $2 AND revoked = 0 AND paper = 0"),
        &[round.into(), account.into()],
    )
    .await?
    .map(|r| r.int("id"))
    .transpose()
}

/// Ids of all entries that may vote in the box.
pub async fn roll(c: &mut Conn, round: i64) -> Result<Vec<i64>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT id FROM roll_entry WHERE round_id = $1 AND revoked = 0 AND paper = 0 ORDER BY id"),
            &[round.into()],
        )
        .await?;
    rows.iter().map(|r| r.int("id")).collect()
}

/// Entries of a roll that may vote in the box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    /// By the code that was shown.
    pub by_code: Option<i64>,
    /// By the account that is signed in.
    pub by_account: Option<i64>,
}

/// One round, and who votes in it by this code (its HMAC) or account.
pub async fn with_entries(
    c: &mut Conn,
    slug: &str,
    code: Option<&[u8]>,
    account: Option<i64>,
) -> Result<Option<(super::Round, Entries)>, StoreError> {
    c.row(
        sql!("SELECT r.*, b.name AS buurt, b.wijk_id, b.stadsdeel_id, (SELECT e.id FROM roll_entry e WHERE e.code_hash = $2 AND e.round_id = r.id AND e.revoked = 0 AND e.paper = 0) AS by_code, (SELECT e.id FROM roll_entry e WHERE e.round_id = r.id AND e.account_id = $3 AND e.revoked = 0 AND e.paper = 0) AS by_account, t.name AS theme FROM round r JOIN buurt b ON b.id = r.buurt_id LEFT JOIN programme t ON t.id = r.programme_id WHERE r.slug = $1"),
        &[slug.into(), code.into(), account.into()],
    )
    .await?
    .map(|r| {
        let entries = Entries { by_code: r.opt_int("by_code")?, by_account: r.opt_int("by_account")? };
        Ok((super::round(&r)?, entries))
    })
    .transpose()
}

/// A ballot in the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boxed {
    /// HMAC(round key, roll entry).
    pub pseudonym: Vec<u8>,
    /// Ids with commas; sealed as long as the box is not closed.
    pub picks: String,
    /// `plan:token` with commas, empty in rounds without receipts; sealed likewise.
    pub tokens: String,
    /// Of the form that cast it.
    pub key: Vec<u8>,
    /// Of its content.
    pub digest: Vec<u8>,
}

fn one_boxed(r: &crate::Row) -> Result<Boxed, StoreError> {
    Ok(Boxed {
        pseudonym: r.blob("pseudonym")?,
        picks: r.text("picks")?,
        tokens: r.text("tokens")?,
        key: r.blob("idempotency_key")?,
        digest: r.blob("digest")?,
    })
}

/// Every ballot in the box.
pub async fn box_of(c: &mut Conn, round: i64) -> Result<Vec<Boxed>, StoreError> {
    let rows = c.rows(sql!("SELECT pseudonym, picks, tokens, idempotency_key, digest FROM ballot_box WHERE round_id = $1 ORDER BY pseudonym"), &[round.into()]).await?;
    rows.iter().map(one_boxed).collect()
}

/// Puts a ballot into the box. `replaces`: in place of an earlier one of the same voter, of whose form key and digest are
/// remembered.
pub async fn put_boxed(u: &mut Unit, round: i64, b: &Boxed, replaces: bool) -> Result<(), StoreError> {
    let vals = [
        round.into(),
        b.pseudonym.as_slice().into(),
        b.picks.as_str().into(),
        b.tokens.as_str().into(),
        b.key.as_slice().into(),
        b.digest.as_slice().into(),
    ];
    if replaces {
        return u.replace_boxed(&vals).await.map(|_| ());
    }
    u.exec(
        sql!("INSERT INTO ballot_box (round_id, pseudonym, picks, tokens, idempotency_key, digest) VALUES ($1, $2, $3, $4, $5, $6)"),
        &vals,
    )
    .await
    .map(|_| ())
}

/// Takes the ballot of a pseudonym out of the box: its code was revoked. `true` when there was one.
pub async fn void_boxed(u: &mut Unit, round: i64, pseudonym: &[u8]) -> Result<bool, StoreError> {
    u.exec(sql!("DELETE FROM ballot_retry WHERE round_id = $1 AND pseudonym = $2"), &[round.into(), pseudonym.into()])
        .await?;
    Ok(u.exec(sql!("DELETE FROM ballot_box WHERE round_id = $1 AND pseudonym = $2"), &[round.into(), pseudonym.into()])
        .await?
        == 1)
}

/// By what somebody votes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Means {
    /// HMAC of a vote code.
    Code(Vec<u8>),
    /// Account tied to the entry.
    Account(i64),
}

/// A roll entry and by what it votes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Roll entry.
    pub entry: i64,
    /// Code or account.
    pub means: Means,
}

/// What a cast must know, in one look under its locks.
#[derive(Clone, Debug)]
pub struct CastState {
    /// Stored phase.
    pub phase: String,
    /// Votes are taken from here.
    pub opens_at: Seconds,
    /// Until, and not including, here.
    pub closes_at: Seconds,
    /// SHA-256 of the round key.
    pub key_fingerprint: Option<String>,
    /// Key and digest of the ballot that lies in the box.
    pub boxed: Option<(Vec<u8>, Vec<u8>)>,
    /// Digest of the replaced ballot that this very form cast.
    pub retried: Option<Vec<u8>>,
    /// Plans of the ballot that were withdrawn meanwhile.
    pub withdrawn: i64,
    /// The entry may (still) vote in the box, by this code or account.
    pub entitled: bool,
}

/// What a cast must know. `plans`: ids of the ballot, each between commas.
pub async fn cast_state(
    c: &mut Conn,
    round: i64,
    by: &Credential,
    (pseudonym, key): (&[u8], &[u8]),
    plans: &str,
) -> Result<Option<CastState>, StoreError> {
    let (code, account) = match &by.means {
        Means::Code(hash) => (Some(hash.as_slice()), None),
        Means::Account(account) => (None, Some(*account)),
    };
    let row = c
        .row(
            sql!("SELECT r.phase, r.voting_opens_at, r.voting_closes_at, r.key_fingerprint, b.idempotency_key AS boxed_key, b.digest AS boxed_digest, (SELECT t.digest FROM ballot_retry t WHERE t.round_id = r.id AND t.pseudonym = $2 AND t.idempotency_key = $3) AS retried, (SELECT COUNT(*) FROM paper_plan p JOIN initiative i ON i.id = p.initiative_id WHERE p.round_id = r.id AND (p.withdrawn_at IS NOT NULL OR i.state = 'withdrawn') AND $4 LIKE '%,' || CAST(p.initiative_id AS TEXT) || ',%') AS gone, (SELECT COUNT(*) FROM roll_entry e WHERE e.id = $5 AND e.round_id = r.id AND e.revoked = 0 AND e.paper = 0 AND (e.code_hash = $6 OR e.account_id = $7)) AS entitled FROM round r LEFT JOIN ballot_box b ON b.round_id = r.id AND b.pseudonym = $2 WHERE r.id = $1"),
            &[round.into(), pseudonym.into(), key.into(), plans.into(), by.entry.into(), code.into(), account.into()],
        )
        .await?;
    row.map(|r| {
        Ok(CastState {
            phase: r.text("phase")?,
            opens_at: r.int("voting_opens_at")?,
            closes_at: r.int("voting_closes_at")?,
            key_fingerprint: r.opt_text("key_fingerprint")?,
            boxed: r.opt_blob("boxed_key")?.zip(r.opt_blob("boxed_digest")?),
            retried: r.opt_blob("retried")?,
            withdrawn: r.int("gone")?,
            entitled: r.int("entitled")? == 1,
        })
    })
    .transpose()
}

/// Whether a pseudonym has a ballot in the box; never what it holds.
pub async fn has_boxed(c: &mut Conn, round: i64, pseudonym: &[u8]) -> Result<bool, StoreError> {
    let row = c
        .row(
            sql!("SELECT 1 AS one FROM ballot_box WHERE round_id = $1 AND pseudonym = $2"),
            &[round.into(), pseudonym.into()],
        )
        .await?;
    Ok(row.is_some())
}

/// How many ballots were replaced so far.
pub async fn replaced(c: &mut Conn, round: i64) -> Result<i64, StoreError> {
    c.one(sql!("SELECT COUNT(*) AS n FROM ballot_retry WHERE round_id = $1"), &[round.into()]).await?.int("n")
}

/// Ballots in the box: the turnout of the whole roll, and nothing about who or what.
pub async fn turnout(c: &mut Conn, round: i64) -> Result<i64, StoreError> {
    c.one(sql!("SELECT COUNT(*) AS n FROM ballot_box WHERE round_id = $1"), &[round.into()]).await?.int("n")
}

/// Empties the box and what hangs on it.
pub async fn empty_box(u: &mut Unit, round: i64) -> Result<(), StoreError> {
    u.exec(sql!("DELETE FROM ballot_retry WHERE round_id = $1"), &[round.into()]).await?;
    u.exec(sql!("DELETE FROM ballot_box WHERE round_id = $1"), &[round.into()]).await.map(|_| ())
}

/// Writes a ballot without its pseudonym at its shuffled place.
pub async fn add_counted(u: &mut Unit, round: i64, position: usize, picks: &str) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO ballot_counted (round_id, position, picks) VALUES ($1, $2, $3)"),
        &[round.into(), position.into(), picks.into()],
    )
    .await
    .map(|_| ())
}

/// All ballots of a closed round.
pub async fn counted(c: &mut Conn, round: i64) -> Result<Vec<String>, StoreError> {
    let rows =
        c.rows(sql!("SELECT picks FROM ballot_counted WHERE round_id = $1 ORDER BY position"), &[round.into()]).await?;
    rows.iter().map(|r| r.text("picks")).collect()
}

/// A published token: which plan, at which place of a ranking (0 in other forms), and the token.
pub type Token = (i64, u32, Vec<u8>);

/// Writes a token of a plan.
pub async fn add_token(u: &mut Unit, round: i64, (plan, place, token): &Token) -> Result<(), StoreError> {
    u.exec(sql!("INSERT INTO ballot_token (round_id, initiative_id, token, place) VALUES ($1, $2, $3, $4) ON CONFLICT (round_id, initiative_id, token) DO NOTHING"), &[round.into(), (*plan).into(), token.as_slice().into(), i64::from(*place).into()]).await.map(|_| ())
}

/// All tokens of a closed round, sorted by plan, place and token.
pub async fn tokens(c: &mut Conn, round: i64) -> Result<Vec<Token>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT initiative_id, token, place FROM ballot_token WHERE round_id = $1 ORDER BY initiative_id, place, token"),
            &[round.into()],
        )
        .await?;
    rows.iter()
        .map(|r| {
            let place = u32::try_from(r.int("place")?)
                .map_err(|_| StoreError::Corrupt { column: "place".into(), source: None })?;
            Ok((r.int("initiative_id")?, place, r.blob("token")?))
        })
        .collect()
}

/// Whether one of these tokens is in the lists of a plan.
pub async fn has_token(c: &mut Conn, round: i64, plan: i64, tokens: &[[u8; 32]]) -> Result<bool, StoreError> {
    for token in tokens {
        let row = c
            .row(
                sql!("SELECT place FROM ballot_token WHERE round_id = $1 AND initiative_id = $2 AND token = $3"),
                &[round.into(), plan.into(), token.to_vec().into()],
            )
            .await?;
        if row.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How many tokens each plan has in its lists.
pub async fn count_tokens(c: &mut Conn, round: i64) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT initiative_id, COUNT(*) AS many FROM ballot_token WHERE round_id = $1 GROUP BY initiative_id"),
            &[round.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("initiative_id")?, r.int("many")?))).collect()
}
