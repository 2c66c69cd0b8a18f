//! `fijnebuurt verify audit`: holds the log against its chain, and the chain against the digests that lie outside the
//! database. Reads only.

use super::{key, line, lodge};
use crate::unhex;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use store::audit::{self as rows, Digest, Link};
use store::{Conn, Db, StoreError};

/// Links that are read at a time.
const AT_A_TIME: i64 = 2000;

/// Something that is not as it was; its text is for whoever checks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// A line that is not what was chained.
    #[error("line {id} (link {seq}): changed since it was chained, or it stands in another's place")]
    Changed {
        /// Number of the line.
        id: i64,
        /// Place in the chain.
        seq: i64,
    },
    /// A line that is gone; its link is still there.
    #[error("line {id} (link {seq}): removed")]
    Removed {
        /// Number of the line.
        id: i64,
        /// Place in the chain.
        seq: i64,
    },
    /// A link that is gone, with links after it.
    #[error("link {seq}: missing, and with it its line")]
    MissingLink {
        /// Place in the chain.
        seq: i64,
    },
    /// The chain holds together, but is not the one of which a digest was made.
    #[error(
        "links {from} to {to}: not those of which the digest of {day} was made; lines among them were changed and the chain was worked out anew"
    )]
    Rewritten {
        /// First link that may be another.
        from: i64,
        /// Last.
        to: i64,
        /// Day of the digest.
        day: String,
    },
    /// The end is gone.
    #[error("the log ends at link {end}, but the digest of {day} goes to link {to}: the end was cut off; link {} is the first that is missing", end + 1)]
    CutOff {
        /// Last link that is there.
        end: i64,
        /// Last link that was there.
        to: i64,
        /// Day of the digest.
        day: String,
    },
    /// The end is gone, and the database does not know the digest either.
    #[error("the log ends at link {end}, and this database does not know the digest of {day}, which goes to link {to}: an older copy of the database was put back; link {} is the first that is missing", end + 1)]
    OlderCopy {
        /// Last link that is there.
        end: i64,
        /// Last link that was there.
        to: i64,
        /// Day of the digest.
        day: String,
    },
    /// Every line that a lodged digest covers is there, but not the digest: votes leave no line, and may be missing.
    #[error(
        "this database does not know the digest of {0}, which was lodged: an older copy of the database was put back, in which votes of after it may be missing"
    )]
    UnknownDigest(String),
    /// A digest that is not signed with the key.
    #[error("the digest of {day}{}: not signed with the key of this log; it is forged or damaged", if *lodged { "" } else { " in the database" })]
    NotSigned {
        /// Its day.
        day: String,
        /// It lies outside the database.
        lodged: bool,
    },
    /// A file that is no digest.
    #[error("{0}: not the digest of its day; it is damaged or was written by something else")]
    NoDigest(String),
    /// The two differ.
    #[error("the digest of {0}: the database has another than the one that was lodged")]
    OtherDigest(String),
    /// The chain of digests.
    #[error("the digest of {0}: does not follow on the one before it; a digest was removed or replaced")]
    NotFollowing(String),
    /// The key file and the database.
    #[error("the database knows another key for signing the log than the key file holds")]
    OtherKey,
}

/// Why nothing could be checked.
#[derive(Debug, thiserror::Error)]
pub enum CannotCheck {
    /// The database.
    #[error("The log cannot be read: {0}. Is the database up to date? Run `fijnebuurt migrate`.")]
    Store(#[from] StoreError),
    /// Files.
    #[error("{0}")]
    Files(String),
}

/// What a check is held against.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Folder with digests.
    pub digests: PathBuf,
    /// Keys that are believed (32 bytes each); none: the one in `data_dir`, or else the one that the database names.
    pub public_keys: Vec<Vec<u8>>,
    /// Where the key file lies.
    pub data_dir: PathBuf,
}

/// What was looked at, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Links that were worked out anew.
    pub links: i64,
    /// Digests that lie outside the database.
    pub lodged: usize,
    /// Day, time and last link of the newest that holds: what is older can no longer be changed unseen.
    pub protected: Option<(String, i64, i64)>,
    /// Lines that no lodged digest covers yet.
    pub unprotected: i64,
    /// Since when, in UTC seconds.
    pub since: Option<i64>,
    /// Days of which the database has a digest and the folder has none.
    pub not_lodged: Vec<String>,
    /// Must be empty; the first broken line comes first.
    pub findings: Vec<Finding>,
}

/// Checks the whole log.
///
/// # Errors
/// [`CannotCheck`]: nothing can be said either way.
pub async fn verify(db: &Db, asked: &Asked) -> Result<Report, CannotCheck> {
    let mut report = Report::default();
    // Files first: a digest that is made meanwhile is in the database before it has a file.
    let lodged = read_files(&asked.digests, &mut report.findings)?;
    let mut c = db.read().await?;
    let kept = rows::digests(&mut c).await?;
    if lodged.is_empty() && report.findings.is_empty() && !kept.is_empty() {
        return Err(CannotCheck::Files(format!(
            "There is no digest in {}, while the database knows {}. Name the folder where they lie: --digests FOLDER.",
            asked.digests.display(),
            kept.len()
        )));
    }
    report.lodged = lodged.len();
    report.not_lodged = kept.iter().filter(|d| !lodged.contains_key(&d.day)).map(|d| d.day.clone()).collect();
    let trusted = trusted(&mut c, asked, !lodged.is_empty(), &mut report.findings).await?;
    let lodged = signed_ones(lodged, &trusted, true, &mut report.findings);
    let by_day = kept.iter().map(|d| (d.day.clone(), d.clone())).collect();
    let in_base = signed_ones(by_day, &trusted, false, &mut report.findings);
    digests_agree(&lodged, &in_base, &mut report.findings);
    let end = walk(&mut c, &lodged, &in_base, &mut report).await?;
    if let Some(beyond) = lodged.values().chain(in_base.values()).filter(|d| d.seq > end).max_by_key(|d| d.seq) {
        let (day, to) = (beyond.day.clone(), beyond.seq);
        let known = kept.iter().any(|d| d.day == day);
        let cut = if known { Finding::CutOff { end, to, day } } else { Finding::OlderCopy { end, to, day } };
        report.findings.insert(0, cut);
    } else if let Some(day) = lodged.keys().rev().find(|day| !kept.iter().any(|d| d.day == **day)) {
        report.findings.push(Finding::UnknownDigest(day.clone()));
    }
    let covered = report.protected.as_ref().map_or(0, |(_, _, seq)| *seq);
    let (after, since) = rows::after_link(&mut c, covered).await?;
    let (outside, oldest) = rows::outside_chain(&mut c).await?;
    report.unprotected = after + outside;
    report.since = [since, oldest].into_iter().flatten().min();
    Ok(report)
}

fn read_files(folder: &Path, findings: &mut Vec<Finding>) -> Result<BTreeMap<String, Digest>, CannotCheck> {
    let unreadable =
        |path: &Path, e: std::io::Error| CannotCheck::Files(format!("{} cannot be read: {e}.", path.display()));
    let mut all = BTreeMap::new();
    for day in lodge::days(folder).map_err(|e| unreadable(folder, e))? {
        let path = lodge::file_of(folder, &day);
        let bytes = std::fs::read(&path).map_err(|e| unreadable(&path, e))?;
        match line::read(&String::from_utf8_lossy(&bytes)).filter(|d| d.day == day) {
            Some(digest) => {
                all.insert(day, digest);
            }
            None => findings.push(Finding::NoDigest(path.display().to_string())),
        }
    }
    Ok(all)
}

/// Which keys are believed.
async fn trusted(
    c: &mut Conn,
    asked: &Asked,
    needed: bool,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Vec<u8>>, CannotCheck> {
    if !asked.public_keys.is_empty() {
        return Ok(asked.public_keys.clone());
    }
    let known = key::known(c).await?;
    let on_disk = key::on_disk(&asked.data_dir).map_err(|e| CannotCheck::Files(e.to_string()))?;
    if let (Some(known), Some(on_disk)) = (&known, &on_disk)
        && known != on_disk
    {
        findings.push(Finding::OtherKey);
    }
    let believed: Vec<Vec<u8>> = on_disk.or(known).and_then(|hexed| unhex(&hexed)).into_iter().collect();
    if needed && believed.is_empty() {
        let text = "Nobody here knows the key that signs digests. Give the one that was published: --public-key HEX.";
        return Err(CannotCheck::Files(text.into()));
    }
    Ok(believed)
}

/// Those that a believed key signed.
fn signed_ones(
    all: BTreeMap<String, Digest>,
    trusted: &[Vec<u8>],
    lodged: bool,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, Digest> {
    let good =
        |d: &Digest| trusted.contains(&d.public_key) && key::is_signed(&d.public_key, &line::signed(d), &d.signature);
    let (good, bad): (BTreeMap<_, _>, BTreeMap<_, _>) = all.into_iter().partition(|(_, d)| good(d));
    findings.extend(bad.into_keys().map(|day| Finding::NotSigned { day, lodged }));
    good
}

/// Of each day there is one digest, and each names the one before it.
fn digests_agree(lodged: &BTreeMap<String, Digest>, kept: &BTreeMap<String, Digest>, findings: &mut Vec<Finding>) {
    for (day, digest) in lodged {
        if kept.get(day).is_some_and(|other| other != digest) {
            findings.push(Finding::OtherDigest(day.clone()));
        }
    }
    let mut all: BTreeMap<&String, &Digest> = kept.iter().collect();
    all.extend(lodged);
    let mut before: Option<&Digest> = None;
    for (day, digest) in all {
        let follows = match before {
            Some(before) => digest.previous == line::name(before),
            // Who holds the later files alone cannot tell.
            None => true,
        };
        if !follows {
            findings.push(Finding::NotFollowing(day.clone()));
        }
        before = Some(digest);
    }
}

/// Works the chain out anew, to the first thing that is wrong. Gives where the chain ends.
async fn walk(
    c: &mut Conn,
    lodged: &BTreeMap<String, Digest>,
    kept: &BTreeMap<String, Digest>,
    report: &mut Report,
) -> Result<i64, CannotCheck> {
    let mut at: BTreeMap<i64, Vec<(&Digest, bool)>> = BTreeMap::new();
    lodged.values().for_each(|d| at.entry(d.seq).or_default().push((d, true)));
    kept.values().for_each(|d| at.entry(d.seq).or_default().push((d, false)));
    let (mut seq, mut hash, mut format, mut good) = (0, vec![0; 32], 1, 0);
    loop {
        let links = rows::links(c, seq, AT_A_TIME).await?;
        if links.is_empty() {
            return Ok(seq);
        }
        for link in &links {
            if let Some(finding) = wrong_with(link, seq + 1, &hash, format) {
                report.findings.insert(0, finding);
                return Ok(rows::head(c).await?.map_or(0, |(end, _)| end));
            }
            (seq, hash, format) = (link.seq, link.hash.clone(), link.format);
            report.links = seq;
            for (digest, is_lodged) in at.get(&seq).into_iter().flatten() {
                if digest.hash != hash {
                    let rewritten = Finding::Rewritten { from: good + 1, to: seq, day: digest.day.clone() };
                    report.findings.insert(0, rewritten);
                    return Ok(rows::head(c).await?.map_or(0, |(end, _)| end));
                }
                if *is_lodged {
                    good = seq;
                    report.protected = Some((digest.day.clone(), digest.at, seq));
                }
            }
        }
    }
}

fn wrong_with(link: &Link, expected: i64, before: &[u8], format: i64) -> Option<Finding> {
    let (seq, id) = (link.seq, link.line_id);
    if seq != expected {
        return Some(Finding::MissingLink { seq: expected });
    }
    let Some(line) = &link.line else { return Some(Finding::Removed { id, seq }) };
    // Before roles were kept nobody wrote one; and once they are, no line is written without.
    let old = link.format == 1;
    let fits =
        (format..=line::NEWEST).contains(&link.format) && (!old || line.role.is_empty() && line.place.is_empty());
    let is_right = fits && line::link(link.format, seq, before, line).as_slice() == link.hash;
    (!is_right).then_some(Finding::Changed { id, seq })
}
