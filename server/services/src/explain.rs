//! Why counts came out as they did: what would have made losers win, and what other rules choose. Counting again takes
//! seconds in a large round, so a job does it after the count, outside any write unit.

use crate::count::{counted_ballots, outcome};
use crate::rounds::seeded;
use crate::{ActError, World};
use domain::round::{Explanation, Verdict, explain};
use domain::tally::Bound;
use store::{Conn, rounds};

/// Explains every newest count that has no explanation yet; gives how many.
///
/// # Errors
/// The store's; a count that cannot be read or explained.
pub async fn explain_due(world: &World) -> Result<usize, ActError> {
    let due = rounds::unexplained(&mut world.db.read().await?).await?;
    let mut done = 0;
    for (slug, version) in due {
        done += usize::from(explain_one(world, &slug, version).await?);
    }
    Ok(done)
}

/// Explains the newest count of a round, where that is not done yet.
///
/// # Errors
/// As [`explain_due`].
pub(crate) async fn explain_round(world: &World, slug: &str) -> Result<(), ActError> {
    let due = rounds::unexplained(&mut world.db.read().await?).await?;
    for (slug, version) in due.into_iter().filter(|(due, _)| due == slug) {
        explain_one(world, &slug, version).await?;
    }
    Ok(())
}

async fn explain_one(world: &World, slug: &str, version: i64) -> Result<bool, ActError> {
    let mut c = world.db.read().await?;
    let Some(round) = rounds::by_slug(&mut c, slug).await? else { return Ok(false) };
    let Some(result) = rounds::result(&mut c, round.id).await?.filter(|r| r.version == version) else {
        return Ok(false);
    };
    // Withdrawn is what the count skipped, whatever happened to plans since.
    let counted = outcome(&result)?;
    let withdrawn: Vec<i64> = counted.steps.iter().filter(|s| s.verdict == Verdict::Withdrawn).map(|s| s.id).collect();
    let (paper, ballots) = (seeded(&mut c, &round).await?, counted_ballots(&mut c, &round).await?);
    drop(c);
    let explained = tokio::task::spawn_blocking(move || explain(&paper, &ballots, &withdrawn, Bound::default()));
    let broken = |why: String| ActError::Broken(format!("round {} cannot be explained: {why}", round.id));
    let explanation = explained.await.map_err(|e| broken(e.to_string()))?.map_err(|e| broken(e.to_string()))?;
    let text = serde_json::to_string(&explanation).map_err(|e| broken(e.to_string()))?;
    let now = world.now();
    let write = world.db.write(move |u| {
        Box::pin(async move {
            rounds::add_explanation(u, round.id, version, &text, now).await?;
            Ok::<(), ActError>(())
        })
    });
    write.await.map(|()| true)
}

/// The explanation of a count, once there.
///
/// # Errors
/// [`ActError::Broken`] when it cannot be read.
pub(crate) async fn explanation(c: &mut Conn, round: i64, version: i64) -> Result<Option<Explanation>, ActError> {
    let Some(text) = rounds::explanation(c, round, version).await? else { return Ok(None) };
    let broken = |e| ActError::Broken(format!("the explanation of round {round} cannot be read: {e}"));
    serde_json::from_str(&text).map(Some).map_err(broken)
}
