//! What happens to a wijk's share when all plans that wait for money go on.

use crate::ActError;
use domain::budget::{Forecast, Share};
use domain::initiative::State;
use store::{Conn, initiatives, ledger};

/// The forecast for one budget year. `unpublished`: with plans that nobody has read yet, which is for who answers them alone;
/// elsewhere not even their number is told.
///
/// # Errors
/// The store's.
pub async fn forecast(
    c: &mut Conn,
    wijk: i64,
    year: i64,
    share: &Share,
    unpublished: bool,
) -> Result<Forecast, ActError> {
    let asking = initiatives::asking_by_state(c, wijk, year).await?;
    let in_pots = ledger::in_pots(c, wijk, year).await?;
    Ok(Forecast::of(share, in_pots, asking.into_iter().filter(|a| unpublished || a.state != State::Submitted)))
}
