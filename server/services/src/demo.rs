//! The demo city's clock: moved forward by an administrator, so that a round of weeks is walked in minutes. Kept as a setting,
//! so that every process on the database follows it and a restart keeps it.

use crate::initiatives::FormKey;
use crate::{ActError, World, audit, once, remember};
use domain::access::{Act, Actor, Subject, decide};
use domain::form::{Errors, Problem};
use domain::time::{DAY, HOUR, Seconds};
use store::system;

const AHEAD: &str = "demo_clock_ahead";
/// Beyond this the calendar of a trial means nothing any more.
const FURTHEST: Seconds = 3650 * DAY;

/// By how much the clock can be moved at once: key and seconds.
pub const STEPS: [(&str, Seconds); 3] = [("hour", HOUR), ("day", DAY), ("week", 7 * DAY)];

/// Whether this database is a demo city.
///
/// # Errors
/// The store's.
pub async fn is_demo(world: &World) -> Result<bool, ActError> {
    Ok(system::setting(&mut world.db.read().await?, "demo").await?.as_deref() == Some("1"))
}

async fn ahead(c: &mut store::Conn) -> Result<Seconds, ActError> {
    Ok(system::setting(c, AHEAD).await?.and_then(|seconds| seconds.parse().ok()).unwrap_or(0))
}

/// Takes over where the demo city's clock stands; does nothing anywhere else.
///
/// # Errors
/// The store's.
pub async fn follow_clock(world: &World) -> Result<(), ActError> {
    if is_demo(world).await? {
        world.clock.set_ahead(ahead(&mut world.db.read().await?).await?);
    }
    Ok(())
}

/// Moves the demo city's clock forward by one of [`STEPS`].
///
/// # Errors
/// [`ActError::NotFound`] where this is no demo city, [`ActError::Denied`], [`ActError::Form`] at `step`.
pub async fn move_clock(world: &World, actor: &Actor, step: &str, form: FormKey) -> Result<(), ActError> {
    if !is_demo(world).await? {
        return Err(ActError::NotFound);
    }
    decide(Act::MoveDemoClock, actor, &Subject::default())?;
    let Some((_, seconds)) = STEPS.iter().find(|(key, _)| *key == step) else {
        return Err(Errors::one("step", Problem::NotAChoice).into());
    };
    let (who, now, seconds) = (actor.account, world.now(), *seconds);
    let moved = world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &form.key, "move_clock", &form.actor).await?;
                let moved = ahead(u).await? + seconds;
                if moved > FURTHEST {
                    return Err(Errors::one("step", Problem::NotAChoice).into());
                }
                system::set_setting(u, AHEAD, &moved.to_string()).await?;
                audit(u, now, who, "move_clock", ("setting", 0), &seconds.to_string()).await?;
                remember(u, &form.key, "move_clock", &form.actor, &domain::urls::AdminClock {}.to_string(), now)
                    .await?;
                Ok::<_, ActError>(moved)
            })
        })
        .await?;
    world.clock.set_ahead(moved);
    Ok(())
}
