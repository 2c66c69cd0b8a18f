//! What `fijnebuurt doctor` looks at beside ledger and log: keys, letters, clock, jobs, schema. Each line says in plain words how
//! it stands and what to do. Reads only.

use crate::logbook::{self, key, verify};
use crate::{ActError, Keys, World, boxkeys, doctor};
use domain::round::Phase;
use domain::time::{DAY, HOUR, MINUTE};
use std::path::Path;
use store::{Conn, StoreError, audit, operator, rounds, system, waves};
use texts::rfc3339;

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// Nothing to do.
    Ok,
    /// Look at it some day soon.
    Warning,
    /// Broken, or about to be.
    Wrong,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was looked at.
    pub area: &'static str,
    /// How it stands.
    pub stand: Stand,
    /// In plain words, with what to do.
    pub text: String,
}

/// A line that all is well.
pub fn ok(area: &'static str, text: impl Into<String>) -> Check {
    Check { area, stand: Stand::Ok, text: text.into() }
}

/// A line to look at.
pub fn warning(area: &'static str, text: impl Into<String>) -> Check {
    Check { area, stand: Stand::Warning, text: text.into() }
}

/// A line that something is broken.
pub fn wrong(area: &'static str, text: impl Into<String>) -> Check {
    Check { area, stand: Stand::Wrong, text: text.into() }
}

/// Setting by which the database knows the server's key.
const SERVER_KEY: &str = "server_key_fingerprint";
/// How long a lease holds, in seconds; jobs renew it every two seconds.
const LEASE: i64 = MINUTE;
/// Jobs that run wherever the site is served.
pub const JOBS: &[&str] =
    &["post", "chain", "close", "desks", "help", "figures", "steps", "sweep", "explain", "themes"];

/// Lets the database know the server's key by its fingerprint, the first time. Codes and open votes hang on it, so another key
/// later is told by the log and by the doctor.
///
/// # Errors
/// The store's.
pub async fn know_server_key(world: &World) -> Result<(), ActError> {
    let ours = world.keys.fingerprint();
    let known = system::setting(&mut world.db.read().await?, SERVER_KEY).await?;
    match known {
        None => {
            let tell = world.db.write(move |u| {
                Box::pin(async move { Ok::<_, ActError>(system::set_once(u, SERVER_KEY, &ours).await?) })
            });
            tell.await
        }
        Some(known) if known != ours => {
            tracing::error!(
                "keys/server.key is not the key that this database was used with: codes by letter and signed-in browsers will not be known. Put the copy from your backup back."
            );
            Ok(())
        }
        Some(_) => Ok(()),
    }
}

/// Key files: there, readable by this user alone, and those that the database knows.
///
/// # Errors
/// The store's.
pub async fn keys(c: &mut Conn, data_dir: &Path, now: i64) -> Result<Vec<Check>, ActError> {
    let area = "keys";
    let mut checks = Vec::new();
    let known = system::setting(c, SERVER_KEY).await?;
    let path = Keys::path(data_dir);
    checks.push(match Keys::read(data_dir) {
        Err(e) => wrong(area, e.to_string()),
        Ok(None) if known.is_none() => warning(area, "There is no keys/server.key yet; it is made at the first start."),
        Ok(None) => wrong(area, format!("{} is missing. Put the copy from your backup back before you start the site: a new key would void all codes.", path.display())),
        Ok(Some(key)) if known.as_ref().is_some_and(|known| *known != key.fingerprint()) => {
            wrong(area, format!("{} is not the key that this database was used with. Put the right copy back: codes by letter are not known without it.", path.display()))
        }
        Ok(Some(_)) => seen_by_others(&path).unwrap_or_else(|| ok(area, "keys/server.key is the one that the database knows.")),
    });
    let (path, known) = (key::path(data_dir), key::known(c).await?);
    checks.push(match (key::on_disk(data_dir), known) {
        (Err(e), _) => wrong(area, e.to_string()),
        (Ok(None), None) => {
            warning(area, "There is no keys/audit.key yet; it is made with the first digest of the log.")
        }
        (Ok(None), Some(_)) => wrong(area, key::missing(&path).to_string()),
        (Ok(Some(ours)), Some(known)) if ours != known => wrong(area, key::wrong(&path).to_string()),
        (Ok(Some(ours)), _) => seen_by_others(&path)
            .unwrap_or_else(|| ok(area, format!("keys/audit.key signs the log; its public key is {ours}."))),
    });
    let mut boxes = 0;
    for round in rounds::all(c).await?.into_iter().filter(|round| round.phase == Phase::Voting) {
        boxes += 1;
        let path = data_dir.join("round-keys").join(format!("{}.key", round.id));
        checks.extend(of_box(&path, round.key_fingerprint.as_deref(), &format!("Voting in round {}", round.slug)));
    }
    for wave in waves::all(c).await?.into_iter().filter(|wave| !wave.closed && now < wave.closes_at) {
        boxes += 1;
        let path = data_dir.join("wave-keys").join(format!("{}.key", wave.slug));
        checks.extend(of_box(&path, wave.key_fingerprint.as_deref(), &format!("Answering survey {}", wave.slug)));
    }
    checks.push(ok(area, format!("{boxes} open boxes of votes and answers were looked at.")));
    Ok(checks)
}

fn of_box(path: &Path, known: Option<&str>, what: &str) -> Option<Check> {
    match boxkeys::load(path, known) {
        Ok(_) => seen_by_others(path),
        Err(e) => Some(wrong("keys", format!("{what} stands still. {e}"))),
    }
}

#[cfg(unix)]
fn seen_by_others(path: &Path) -> Option<Check> {
    use std::os::unix::fs::MetadataExt as _;
    let mode = std::fs::metadata(path).ok()?.mode();
    (mode & 0o077 != 0).then(|| {
        wrong("keys", format!("{} can be read by other users of this machine: run chmod 600 on it.", path.display()))
    })
}

#[cfg(not(unix))]
fn seen_by_others(_: &Path) -> Option<Check> {
    None
}

/// Letters that wait or were given up.
///
/// # Errors
/// The store's.
pub async fn letters(c: &mut Conn, now: i64) -> Result<Vec<Check>, StoreError> {
    let area = "mail";
    let post = operator::letters(c).await?;
    let waits = post.oldest.map_or(0, |oldest| now - oldest);
    let mut checks = vec![match post.oldest {
        None => ok(area, "No letter waits."),
        Some(oldest) if waits > HOUR => wrong(
            area,
            format!(
                "{} letters wait, the oldest since {}. Does the mail server take them? Look in the log for 'a mail was not sent'.",
                post.waiting,
                rfc3339(oldest)
            ),
        ),
        Some(oldest) if waits > 5 * MINUTE => warning(
            area,
            format!(
                "{} letters wait, the oldest since {}. They are tried again by themselves.",
                post.waiting,
                rfc3339(oldest)
            ),
        ),
        Some(_) => ok(area, format!("{} letters are on their way.", post.waiting)),
    }];
    if post.given_up > 0 {
        let text = "letters of the last week were given up: wrong addresses, or a mail server that refused them for a day. The log names them.";
        checks.push(warning(area, format!("{} {text}", post.given_up)));
    }
    Ok(checks)
}

/// The clock of this machine against that of the database, and against the log, which never goes back. `ahead` is a demo city's.
///
/// # Errors
/// The store's.
pub async fn clock(c: &mut Conn, now: i64, ahead: i64) -> Result<Check, StoreError> {
    let area = "clock";
    let (base, newest) = (c.clock().await? + ahead, audit::newest(c).await?.unwrap_or(0));
    let off = (now - base).abs();
    Ok(if newest > now + MINUTE {
        wrong(
            area,
            format!(
                "This machine says {}, but the log already has a line of {}: the clock was put back. Set it right (a time service such as chrony does) before anybody votes.",
                rfc3339(now),
                rfc3339(newest)
            ),
        )
    } else if off > MINUTE {
        wrong(
            area,
            format!("This machine and the database differ {off} seconds. Let a time service such as chrony set both."),
        )
    } else if off > 5 {
        warning(
            area,
            format!("This machine and the database differ {off} seconds. Let a time service such as chrony set both."),
        )
    } else {
        ok(area, format!("{}, as the database says.", rfc3339(now)))
    })
}

/// When each job ran last. Where all are old, no site is being served.
///
/// # Errors
/// The store's.
pub async fn jobs(c: &mut Conn, now: i64) -> Result<Vec<Check>, StoreError> {
    let area = "jobs";
    let leases = operator::leases(c).await?;
    let ran = |name: &str| leases.iter().find(|(lease, _)| lease == name).map(|(_, until)| until - LEASE);
    let newest = JOBS.iter().filter_map(|name| ran(name)).max();
    let Some(newest) = newest else {
        return Ok(vec![warning(area, "No job ever ran on this database. They run where `fijnebuurt serve` does.")]);
    };
    if now - newest > 10 * MINUTE {
        return Ok(vec![warning(
            area,
            format!(
                "No job ran since {}. Is `fijnebuurt serve` running? Mail, closing and deadlines wait for it.",
                rfc3339(newest)
            ),
        )]);
    }
    let old: Vec<Check> = JOBS
        .iter()
        .filter(|name| ran(name).is_none_or(|at| now - at > 10 * MINUTE))
        .map(|name| match ran(name) {
            Some(at) => wrong(
                area,
                format!(
                    "The job '{name}' last ran at {}, while others run. The log says why; start the site again.",
                    rfc3339(at)
                ),
            ),
            None => warning(area, format!("The job '{name}' never ran yet.")),
        })
        .collect();
    Ok(if old.is_empty() { vec![ok(area, format!("All {} jobs ran within ten minutes.", JOBS.len()))] } else { old })
}

/// The money.
///
/// # Errors
/// The store's.
pub async fn ledger(world: &World) -> Result<Vec<Check>, ActError> {
    let report = doctor::ledger(world).await?;
    if report.findings.is_empty() {
        return Ok(vec![ok(
            "ledger",
            format!(
                "The ledger adds up: {} transfers between {} accounts, {} shares, {} plans with money. Every balance is the sum of its transfers, funded = allotted + left, and nothing is above its ceiling.",
                report.transfers, report.accounts, report.shares, report.plans
            ),
        )]);
    }
    let mut checks = vec![wrong(
        "ledger",
        format!(
            "{} things do not add up. Stop payments, keep a copy of the database, and compare with the last backup.",
            report.findings.len()
        ),
    )];
    checks.extend(report.findings.iter().map(|finding| wrong("ledger", finding.to_string())));
    Ok(checks)
}

/// The log against its chain, and the chain against the digests that lie here.
pub async fn log(world: &World) -> Vec<Check> {
    let area = "audit";
    let digests = logbook::folder(&world.data_dir);
    let asked = verify::Asked { digests, public_keys: Vec::new(), data_dir: world.data_dir.clone() };
    let report = match verify::verify(&world.db, &asked).await {
        Ok(report) => report,
        Err(e) => return vec![wrong(area, e.to_string())],
    };
    let mut checks: Vec<Check> = report.findings.iter().map(|finding| wrong(area, finding.to_string())).collect();
    if !checks.is_empty() {
        checks.push(wrong(
            area,
            "Keep a copy of the database and of DATA_DIR/audit as they are now, and see docs/audit.md.",
        ));
        return checks;
    }
    let now = world.now();
    checks.push(match &report.protected {
        _ if report.links == 0 && report.unprotected == 0 => ok(area, "The log is empty."),
        None => warning(area, "No digest protects the log yet. One is made within a minute of `fijnebuurt serve`."),
        Some((day, at, seq)) if now - at > 2 * DAY => warning(area, format!("Whole up to line {seq}, but the newest digest is of {day}. Is `fijnebuurt serve` running, and is keys/audit.key there?")),
        Some((day, at, seq)) => ok(area, format!("Whole: {} lines, fixed up to {seq} by the digest of {day} ({}).", report.links, rfc3339(*at))),
    });
    if let Some(since) = report.since {
        checks.push(ok(
            area,
            format!("Unprotected until the next digest: {} lines since {}.", report.unprotected, rfc3339(since)),
        ));
    }
    if let Some(first) = report.not_lodged.first() {
        checks.push(warning(area, format!("{} digests, the first of {first}, do not lie in DATA_DIR/audit. They may lie on another server; keep them together somewhere else as well.", report.not_lodged.len())));
    }
    checks
}
