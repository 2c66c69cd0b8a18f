//! The audit log: lines, the chain over them, and its daily digests. Nothing here is ever changed or removed; triggers see to it.

pub mod list;

use crate::{Conn, Row, StoreError, Unit, sql};

/// A line of the log: ids and keys only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Number; they may commit out of order.
    pub id: i64,
    /// When, in UTC seconds.
    pub at: i64,
    /// Account of who did it.
    pub actor: Option<i64>,
    /// In which role; empty on lines from before roles were kept.
    pub role: String,
    /// For which place: `city`, `buurt/3`, `stadsdeel/2`, or empty.
    pub place: String,
    /// What was done, as a key.
    pub act: String,
    /// Kind of what it was done to.
    pub subject_kind: String,
    /// Number of that.
    pub subject_id: i64,
    /// A reason key, a number or an amount.
    pub detail: String,
}

impl Line {
    fn read(r: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: r.int("id")?,
            at: r.int("at")?,
            actor: r.opt_int("actor_id")?,
            role: r.text("role")?,
            place: r.text("place")?,
            act: r.text("act")?,
            subject_kind: r.text("subject_kind")?,
            subject_id: r.int("subject_id")?,
            detail: r.text("detail")?,
        })
    }
}

/// A link of the chain, with its line where that is still there.
#[derive(Clone, Debug)]
pub struct Link {
    /// Place in the chain, from 1.
    pub seq: i64,
    /// Number of the line.
    pub line_id: i64,
    /// How the line is written before it is hashed.
    pub format: i64,
    /// The chain up to here.
    pub hash: Vec<u8>,
    /// The line; `None` when somebody took it away.
    pub line: Option<Line>,
}

/// A daily digest of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// Day, as 2026-11-27.
    pub day: String,
    /// When it was made, in UTC seconds.
    pub at: i64,
    /// Last link that it covers.
    pub seq: i64,
    /// The chain at that link.
    pub hash: Vec<u8>,
    /// SHA-256 of what the digest before signed; zeros for the first.
    pub previous: Vec<u8>,
    /// Ed25519 key that it is signed with.
    pub public_key: Vec<u8>,
    /// Its signature.
    pub signature: Vec<u8>,
}

impl Digest {
    fn read(r: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            day: r.text("day")?,
            at: r.int("at")?,
            seq: r.int("seq")?,
            hash: r.blob("hash")?,
            previous: r.blob("previous")?,
            public_key: r.blob("public_key")?,
            signature: r.blob("signature")?,
        })
    }
}

/// Writes a line; its number is given by the database.
pub async fn add(u: &mut Unit, line: &Line) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO audit (at, actor_id, role, place, act, subject_kind, subject_id, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        &[
            line.at.into(),
            line.actor.into(),
            (&line.role).into(),
            (&line.place).into(),
            (&line.act).into(),
            (&line.subject_kind).into(),
            line.subject_id.into(),
            (&line.detail).into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Lines above number `from` that are not in the chain, oldest first, at most `most`.
pub async fn unchained(c: &mut Conn, from: i64, most: i64) -> Result<Vec<Line>, StoreError> {
    let rows = c
        .rows(sql!("SELECT a.id, a.at, a.actor_id, a.role, a.place, a.act, a.subject_kind, a.subject_id, a.detail FROM audit a WHERE a.id > $1 AND NOT EXISTS (SELECT 1 FROM audit_chain c WHERE c.audit_id = a.id) ORDER BY a.id LIMIT $2"), &[from.into(), most.into()])
        .await?;
    rows.iter().map(Line::read).collect()
}

/// How many lines are not in the chain, and the time of the oldest of them.
pub async fn outside_chain(c: &mut Conn) -> Result<(i64, Option<i64>), StoreError> {
    let row = c
        .one(sql!("SELECT COUNT(*) AS n, MIN(a.at) AS since FROM audit a WHERE NOT EXISTS (SELECT 1 FROM audit_chain c WHERE c.audit_id = a.id)"), &[])
        .await?;
    Ok((row.int("n")?, row.opt_int("since")?))
}

/// Highest number of a line in the chain; 0 when there is none.
pub async fn highest_chained(c: &mut Conn) -> Result<i64, StoreError> {
    c.one(sql!("SELECT COALESCE(MAX(audit_id), 0) AS id FROM audit_chain"), &[]).await?.int("id")
}

/// Last link of the chain.
pub async fn head(c: &mut Conn) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
    c.row(sql!("SELECT seq, hash FROM audit_chain ORDER BY seq DESC LIMIT 1"), &[])
        .await?
        .map(|r| Ok((r.int("seq")?, r.blob("hash")?)))
        .transpose()
}

/// The chain at a link, if it goes as far.
pub async fn hash_at(c: &mut Conn, seq: i64) -> Result<Option<Vec<u8>>, StoreError> {
    c.row(sql!("SELECT hash FROM audit_chain WHERE seq = $1"), &[seq.into()]).await?.map(|r| r.blob("hash")).transpose()
}

/// Adds a link. [`StoreError::Duplicate`] when another chained it first.
pub async fn add_link(u: &mut Unit, seq: i64, line_id: i64, format: i64, hash: &[u8]) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO audit_chain (seq, audit_id, format, hash) VALUES ($1, $2, $3, $4)"),
        &[seq.into(), line_id.into(), format.into(), hash.into()],
    )
    .await
    .map(|_| ())
}

/// Links after `seq` in the order of the chain, at most `most`, with their lines.
pub async fn links(c: &mut Conn, seq: i64, most: i64) -> Result<Vec<Link>, StoreError> {
    let rows = c
        .rows(sql!("SELECT c.seq, c.audit_id, c.format, c.hash, a.id, a.at, a.actor_id, a.role, a.place, a.act, a.subject_kind, a.subject_id, a.detail FROM audit_chain c LEFT JOIN audit a ON a.id = c.audit_id WHERE c.seq > $1 ORDER BY c.seq LIMIT $2"), &[seq.into(), most.into()])
        .await?;
    rows.iter()
        .map(|r| {
            Ok(Link {
                seq: r.int("seq")?,
                line_id: r.int("audit_id")?,
                format: r.int("format")?,
                hash: r.blob("hash")?,
                line: if r.opt_int("id")?.is_some() { Some(Line::read(r)?) } else { None },
            })
        })
        .collect()
}

/// Number of lines after a link, and the time of the oldest of them.
pub async fn after_link(c: &mut Conn, seq: i64) -> Result<(i64, Option<i64>), StoreError> {
    let row = c
        .one(sql!("SELECT COUNT(*) AS n, MIN(a.at) AS since FROM audit_chain c JOIN audit a ON a.id = c.audit_id WHERE c.seq > $1"), &[seq.into()])
        .await?;
    Ok((row.int("n")?, row.opt_int("since")?))
}

/// Newest time in the log, in UTC seconds.
pub async fn newest(c: &mut Conn) -> Result<Option<i64>, StoreError> {
    c.one(sql!("SELECT MAX(at) AS at FROM audit"), &[]).await?.opt_int("at")
}

/// All daily digests, oldest first.
pub async fn digests(c: &mut Conn) -> Result<Vec<Digest>, StoreError> {
    let rows = c
        .rows(sql!("SELECT day, at, seq, hash, previous, public_key, signature FROM audit_digest ORDER BY day"), &[])
        .await?;
    rows.iter().map(Digest::read).collect()
}

/// The newest daily digest.
pub async fn last_digest(c: &mut Conn) -> Result<Option<Digest>, StoreError> {
    c.row(
        sql!("SELECT day, at, seq, hash, previous, public_key, signature FROM audit_digest ORDER BY day DESC LIMIT 1"),
        &[],
    )
    .await?
    .map(|r| Digest::read(&r))
    .transpose()
}

/// The digest of a day.
pub async fn digest_of(c: &mut Conn, day: &str) -> Result<Option<Digest>, StoreError> {
    c.row(
        sql!("SELECT day, at, seq, hash, previous, public_key, signature FROM audit_digest WHERE day = $1"),
        &[day.into()],
    )
    .await?
    .map(|r| Digest::read(&r))
    .transpose()
}

/// Keeps a digest. [`StoreError::Duplicate`] when the day has one.
pub async fn add_digest(u: &mut Unit, d: &Digest) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO audit_digest (day, at, seq, hash, previous, public_key, signature) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[
            (&d.day).into(),
            d.at.into(),
            d.seq.into(),
            d.hash.as_slice().into(),
            d.previous.as_slice().into(),
            d.public_key.as_slice().into(),
            d.signature.as_slice().into(),
        ],
    )
    .await
    .map(|_| ())
}
