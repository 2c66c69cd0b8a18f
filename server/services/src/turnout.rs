//! How many voted so far: of the whole roll only, now and then. A part of the roll would mark who lives there, and a figure
//! for each moment would tell when somebody cast.

use crate::{ActError, World};
use domain::time::{MINUTE, Seconds};
use std::sync::PoisonError;
use store::Conn;
use store::rounds::{self, Round};

/// The figure is taken anew after so long.
const EVERY: Seconds = 10 * MINUTE;

/// Turnout of a round while votes are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turnout {
    /// Ballots in the box and codes closed for paper.
    pub voted: i64,
    /// Who may vote.
    pub roll: i64,
    /// When it was taken.
    pub at: Seconds,
}

/// The turnout while votes are taken, at most ten minutes old; `None` before and after.
///
/// # Errors
/// The store's.
pub async fn turnout(world: &World, c: &mut Conn, round: &Round) -> Result<Option<Turnout>, ActError> {
    let now = world.now();
    if !round.takes_votes(now) {
        return Ok(None);
    }
    let at = now - now.rem_euclid(EVERY);
    let known = world.turnouts.lock().unwrap_or_else(PoisonError::into_inner).get(&round.id).copied();
    if let Some(known) = known.filter(|known| known.at == at) {
        return Ok(Some(known));
    }
    let figures = rounds::roll_figures(c, round.id).await?;
    let voted = rounds::turnout(c, round.id).await? + figures.paper;
    let fresh = Turnout { voted, roll: figures.entries, at };
    world.turnouts.lock().unwrap_or_else(PoisonError::into_inner).insert(round.id, fresh);
    Ok(Some(fresh))
}
