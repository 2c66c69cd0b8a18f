//! Keeping the sums small, and proving them.

use crate::{ActError, World};
use store::figures::{self, Wrong};

/// Changes that are folded in one unit.
const AT_ONCE: i64 = 5000;

/// Folds what changed into the sums, all of it. For the job.
///
/// # Errors
/// The store's.
pub async fn fold(world: &World) -> Result<(), ActError> {
    loop {
        let many =
            world.db.write(|u| Box::pin(async move { Ok::<_, ActError>(figures::fold(u, AT_ONCE).await?) })).await?;
        if i64::try_from(many).unwrap_or(i64::MAX) < AT_ONCE {
            return Ok(());
        }
    }
}

/// Works all sums out anew from the rows; says what differs.
///
/// # Errors
/// The store's.
pub async fn wrong(world: &World) -> Result<Wrong, ActError> {
    Ok(figures::wrong(&mut world.db.read().await?).await?)
}

/// Makes the sums those of the rows.
///
/// # Errors
/// The store's.
pub async fn mend(world: &World) -> Result<(), ActError> {
    world.db.write(|u| Box::pin(async move { Ok::<_, ActError>(figures::mend(u).await?) })).await
}
