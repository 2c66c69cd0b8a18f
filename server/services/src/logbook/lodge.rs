//! The daily digest: signed, kept in the database, and laid in a file outside it.

use super::{chain, key, line};
use crate::{ActError, World};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use store::audit::{self as rows, Digest};

/// Most rounds of chaining before a digest; what is left waits for the next round of the job.
const ROUNDS: usize = 200;

/// Where the files lie.
pub fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("audit")
}

/// File of a day.
pub fn file_of(folder: &Path, day: &str) -> PathBuf {
    folder.join(format!("{day}.json"))
}

/// Whether today's digest is to be made. A day that lies before the newest digest (a clock that was put back) has none.
///
/// # Errors
/// The store's.
pub async fn digest_due(world: &World) -> Result<bool, ActError> {
    let mut c = world.db.read().await?;
    let last = rows::last_digest(&mut c).await?;
    let today = texts::rfc3339_day(world.now());
    if let Some(last) = &last
        && last.day >= today
    {
        return Ok(!file_of(&folder(&world.data_dir), &last.day).exists());
    }
    Ok(rows::newest(&mut c).await?.is_some())
}

/// Makes today's digest where there is none, and lays down every digest that has no file yet.
///
/// # Errors
/// [`ActError::Broken`] when the key is missing or another, or when the log does not go on from the newest digest that lies
/// here; else the store's.
pub async fn digest(world: &World) -> Result<(), ActError> {
    let key = key::open(world).await?;
    for round in 0.. {
        if chain(world, true).await? == 0 {
            break;
        }
        if round == ROUNDS {
            return Ok(());
        }
    }
    let folder = folder(&world.data_dir);
    let today = texts::rfc3339_day(world.now());
    let (last, head) = {
        let mut c = world.db.read().await?;
        (rows::last_digest(&mut c).await?, rows::head(&mut c).await?)
    };
    if let Some((seq, hash)) = head
        && last.as_ref().is_none_or(|last| last.day < today)
    {
        goes_on(world, &folder).await?;
        let previous = last.as_ref().map_or(vec![0; 32], |last| line::name(last).to_vec());
        let (at, public_key) = (world.now(), key::public_bytes(&key));
        let mut made = Digest { day: today, at, seq, hash, previous, public_key, signature: Vec::new() };
        made.signature = key::sign(&key, &line::signed(&made));
        world.db.write(move |u| Box::pin(async move { Ok::<_, ActError>(rows::add_digest(u, &made).await?) })).await?;
    }
    let all = rows::digests(&mut world.db.read().await?).await?;
    all.iter().try_for_each(|d| lay_down(&folder, d))
}

/// A digest is only made of a log that goes on from the newest one that lies here. An old copy of the database that was put
/// back would otherwise get a digest as if nothing had happened.
async fn goes_on(world: &World, folder: &Path) -> Result<(), ActError> {
    let Some(newest) = newest_file(folder)? else { return Ok(()) };
    let mut c = world.db.read().await?;
    let here = rows::hash_at(&mut c, newest.seq).await?;
    if here.as_ref() == Some(&newest.hash) && rows::digest_of(&mut c, &newest.day).await?.is_some() {
        return Ok(());
    }
    Err(ActError::Broken(format!(
        "The audit log does not go on from the digest of {} in {}, so no new digest is made. Run `fijnebuurt verify audit`. Was an older copy of the database put back? Then see 'After an older backup' in docs/operations.md.",
        newest.day,
        folder.display()
    )))
}

/// Days that have a file here, oldest first.
///
/// # Errors
/// The system's, when the folder is there and cannot be read.
pub fn days(folder: &Path) -> std::io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(e),
    };
    let mut days = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let day = name.to_str().and_then(|name| name.strip_suffix(".json")).filter(|day| line::is_day(day));
        days.extend(day.map(str::to_owned));
    }
    days.sort_unstable();
    Ok(days)
}

fn newest_file(folder: &Path) -> Result<Option<Digest>, ActError> {
    let broken = |what: String| ActError::Broken(what);
    let days = days(folder).map_err(|e| broken(format!("The folder {} cannot be read: {e}.", folder.display())))?;
    let Some(day) = days.last() else { return Ok(None) };
    let path = file_of(folder, day);
    let text = std::fs::read_to_string(&path)
        .map_err(|e| broken(format!("The digest {} cannot be read: {e}.", path.display())))?;
    let digest = line::read(&text).filter(|d| d.day == *day);
    let unreadable = || broken(format!("{} is not the digest of a day. Put it back from your backup.", path.display()));
    digest.ok_or_else(unreadable).map(Some)
}

/// Lays a digest down whole or not at all. A file that is there is never written over.
fn lay_down(folder: &Path, d: &Digest) -> Result<(), ActError> {
    let (path, text) = (file_of(folder, &d.day), line::file(d));
    let failed = |e: std::io::Error| {
        ActError::Broken(format!(
            "The digest {} cannot be written: {e}. Is the disk full, or may this user not write there?",
            path.display()
        ))
    };
    match std::fs::read_to_string(&path) {
        Ok(there) if there == text => return Ok(()),
        Ok(_) => {
            return Err(ActError::Broken(format!(
                "{} is another digest of that day than the database has. Keep both, and run `fijnebuurt verify audit`.",
                path.display()
            )));
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
        Err(e) => return Err(failed(e)),
    }
    std::fs::create_dir_all(folder).map_err(failed)?;
    let new = folder.join(format!(".{}.new", d.day));
    let write = || {
        let mut file = std::fs::File::create(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&new, &path)?;
        std::fs::File::open(folder)?.sync_all()
    };
    write().map_err(failed)
}
