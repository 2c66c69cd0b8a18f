//! `fijnebuurt doctor figures`: works the sums of dashboards out anew from the rows, and mends what differs.

use services::{World, overview};

/// Checks, and mends where something differs.
pub async fn check(world: &World) -> Result<(), String> {
    let wrong = overview::wrong(world).await.map_err(|e| e.to_string())?;
    if wrong.is_none() {
        println!("The figures add up: every sum of the dashboards is that of plans and transfers.");
        return Ok(());
    }
    overview::mend(world).await.map_err(|e| e.to_string())?;
    let left = overview::wrong(world).await.map_err(|e| e.to_string())?;
    let found = format!(
        "{} plans, {} sums over plans and {} sums of what programmes put in were not those of the rows",
        wrong.plans, wrong.sums, wrong.funded
    );
    if left.is_none() {
        println!("{found}. They are now. The ledger itself was not touched: check it with 'doctor ledger'.");
        Ok(())
    } else {
        Err(format!(
            "{found}, and they cannot be mended: a plan is not counted at all. Restore the database, or write to the maintainers."
        ))
    }
}
