//! The close of a wave: the box is opened, shuffled and emptied, and its key destroyed.

use super::answering::read;
use super::wave_lock;
use crate::{ActError, World, audit, boxkeys};
use domain::access::Denied;
use domain::survey::Answer;
use rand::seq::SliceRandom as _;
use std::sync::PoisonError;
use store::waves::{self, Wave};

/// Closes every wave whose time is over and destroys keys that are done with; gives how many it closed. Run it often.
///
/// # Errors
/// The first that a wave met; the others were still tried.
pub async fn close_due(world: &World) -> Result<usize, ActError> {
    let all = waves::all(&mut world.db.read().await?).await?;
    let (mut closed, mut failed) = (0, None);
    for wave in all {
        let path = boxkeys::wave_key(world, &wave.slug);
        let outcome = if wave.closed {
            boxkeys::destroy(&path)
        } else if world.now() >= wave.closes_at {
            match close(world, wave).await {
                Ok(()) => {
                    closed += 1;
                    boxkeys::bury(world, &path).await
                }
                other => other,
            }
        } else {
            Ok(())
        };
        match outcome {
            Ok(()) | Err(ActError::Denied(Denied::State)) => {}
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(closed), Err)
}

/// An answer of the box, to read.
fn opened(key: &[u8; 32], boxed: waves::Opened) -> Result<Answer, ActError> {
    match boxed.answer {
        waves::Kept::Plain(answer) => Ok(answer),
        waves::Kept::Sealed(sealed) => read(key, &boxed.pseudonym, &sealed),
    }
}

async fn close(world: &World, wave: Wave) -> Result<(), ActError> {
    let key = boxkeys::load(&boxkeys::wave_key(world, &wave.slug), wave.key_fingerprint.as_deref())?;
    let (rng, clock) = (world.rng.clone(), world.clock.clone());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                u.lock_exclusive(wave_lock(wave.id)).await?;
                let now = clock.now();
                if now < wave.closes_at {
                    return Err(Denied::State.into());
                }
                let mut all = Vec::new();
                for boxed in waves::box_of(u, wave.id).await? {
                    all.push(((boxed.buurt, boxed.open), opened(&key, boxed)?));
                }
                all.shuffle(&mut *rng.lock().unwrap_or_else(PoisonError::into_inner));
                if !waves::close(u, wave.id, all.len()).await? {
                    return Err(Denied::State.into());
                }
                for (position, (place, answer)) in all.iter().enumerate() {
                    waves::add_answer(u, wave.id, position, *place, answer).await?;
                }
                waves::empty_box(u, wave.id).await?;
                audit(u, now, None, "wave_close", ("wave", wave.id), "").await?;
                Ok(())
            })
        })
        .await
}
