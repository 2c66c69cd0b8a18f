//! Importing a round's roll: who gets a letter. Checked as a whole before anything is written.

mod list;

pub use list::{Checked, MOST, WrongLine, check, fold};

use crate::{ActError, Actor, World, audit, hex};
use domain::access::{Act, Denied, decide};
use domain::form::{Errors, Problem};
use domain::round::Phase;
use domain::time::{MINUTE, Seconds};
use sha2::{Digest as _, Sha256};
use store::Unit;
use store::rounds::{self, Round};

/// Entries that are written in one unit, so that other acts come in between.
const CHUNK: usize = 1_000;
/// An import that stood still for so long was broken off, and another one may begin.
const STALE: Seconds = 10 * MINUTE;
async fn importing(world: &World, actor: &Actor, slug: &str) -> Result<Round, ActError> {
    let round = rounds::by_slug(&mut world.db.read().await?, slug).await?.ok_or(ActError::NotFound)?;
    decide(Act::ImportRoll, actor, &round.subject())?;
    if !crate::voters::by_code(&round) || !matches!(round.phase, Phase::Setup | Phase::Published) {
        return Err(Denied::State.into());
    }
    Ok(round)
}

/// Looks a list through and keeps it for a day, so that it can be put on the roll after a look at what was found. Nothing
/// is kept of a list with wrong lines.
///
/// # Errors
/// [`ActError::Denied`] without the right, or once the round was opened.
pub async fn upload(world: &World, actor: &Actor, slug: &str, csv: String) -> Result<Checked, ActError> {
    let round = importing(world, actor, slug).await?;
    let checked = check(&csv);
    if checked.is_right() {
        let now = world.now();
        world
            .db
            .write(move |u| {
                Box::pin(async move { Ok::<_, ActError>(rounds::keep_draft(u, round.id, &csv, now).await?) })
            })
            .await?;
    }
    Ok(checked)
}

/// What names an uploaded list, so that what is put on the roll is what was looked at.
pub fn digest(csv: &str) -> String {
    hex(&Sha256::digest(csv))
}

/// The list that was uploaded last, with its digest.
///
/// # Errors
/// [`ActError::Denied`] without the right.
pub async fn uploaded(world: &World, actor: &Actor, slug: &str) -> Result<Option<(Checked, String)>, ActError> {
    let round = importing(world, actor, slug).await?;
    let csv = rounds::draft(&mut world.db.read().await?, round.id).await?;
    Ok(csv.map(|csv| (check(&csv), digest(&csv))))
}

/// Puts the uploaded list on the roll, in place of an earlier one; a roll whose codes were made stays as it is. `seen`: its
/// [`digest`] as it was looked at.
///
/// # Errors
/// [`ActError::Denied`] without the right, once the round was opened or codes were made, or when nothing was uploaded;
/// [`Problem::Changed`] on `seen` when another list was uploaded since; [`Problem::Waiting`] while an import is under way.
pub async fn add(world: &World, actor: &Actor, slug: &str, seen: &str) -> Result<usize, ActError> {
    let round = importing(world, actor, slug).await?;
    let csv = rounds::draft(&mut world.db.read().await?, round.id).await?.ok_or(Denied::State)?;
    if digest(&csv) != seen {
        return Err(Errors::one("seen", Problem::Changed).into());
    }
    put_on_roll(world, actor, &round, check(&csv)).await
}

/// Checks a list and puts it on the roll at once, for scripts.
///
/// # Errors
/// As [`add`]; the list itself in the first value when it is wrong.
pub async fn import(world: &World, actor: &Actor, slug: &str, csv: &str) -> Result<Result<usize, Checked>, ActError> {
    let round = importing(world, actor, slug).await?;
    let checked = check(csv);
    if !checked.is_right() {
        return Ok(Err(checked));
    }
    put_on_roll(world, actor, &round, checked).await.map(Ok)
}

async fn put_on_roll(world: &World, actor: &Actor, round: &Round, checked: Checked) -> Result<usize, ActError> {
    if !checked.is_right() {
        return Err(Denied::State.into());
    }
    let (id, who, now, key) = (round.id, actor.audited(), world.now(), world.secret());
    let own = key.clone();
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                u.lock_exclusive(id).await?;
                if rounds::roll_figures(u, id).await?.coded > 0 {
                    return Err(ActError::Denied(Denied::State));
                }
                if !rounds::begin_import(u, id, &own, now, STALE).await? {
                    return Err(Errors::one("seen", Problem::Waiting).into());
                }
                rounds::clear_roll(u, id).await?;
                Ok(())
            })
        })
        .await?;
    let count = checked.addresses.len();
    let entries = list::numbered(checked.addresses);
    for chunk in entries.chunks(CHUNK) {
        let (chunk, own) = (chunk.to_vec(), key.clone());
        world
            .db
            .write(move |u| {
                Box::pin(async move {
                    still_own(u, id, &own).await?;
                    u.add_entries(id, &chunk).await.map(|_| ()).map_err(ActError::from)
                })
            })
            .await?;
    }
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                still_own(u, id, &key).await?;
                rounds::end_import(u, id).await?;
                rounds::drop_draft(u, id).await?;
                Ok::<_, ActError>(audit(u, now, who, "import_roll", ("round", id), &count.to_string()).await?)
            })
        })
        .await?;
    Ok(count)
}

/// Another import took over after this one had stood still.
async fn still_own(u: &mut Unit, round: i64, key: &str) -> Result<(), ActError> {
    u.lock_exclusive(round).await?;
    if rounds::importing(u, round).await? == key { Ok(()) } else { Err(Denied::State.into()) }
}
