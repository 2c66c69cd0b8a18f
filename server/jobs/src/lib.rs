//! Leased background work, one file per job. Several processes may run them: a lease in the database lets one at a time do each.
//!
//! Add a job: a file with `pub async fn run(world, ..) -> Result<(), ActError>`, and a line in [`tick`].

pub mod post;

use domain::time::MINUTE;
use mail::Post;
use services::{ActError, World};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use store::system;

/// How mails are sent.
#[derive(Clone)]
pub struct Mailer {
    /// The way out.
    pub post: Post,
    /// Sender.
    pub from: String,
    /// The site's address without a slash at the end.
    pub base_url: String,
}

/// How long a lease holds without renewal, in seconds.
const LEASE: i64 = 60;
/// When this process last told that no digest could be made, in UTC seconds.
static DIGEST_TOLD: AtomicI64 = AtomicI64::new(0);

/// One round of all jobs; called every two seconds, and by tests.
pub async fn tick(world: &World, mailer: &Mailer, holder: &str) {
    for (name, outcome) in [
        ("clock", services::demo::follow_clock(world).await),
        ("post", post::run(world, mailer, holder).await),
        ("chain", chain(world, holder).await),
        ("digest", digest(world, holder).await),
        ("close", close(world, holder).await),
        ("desks", desks(world, holder).await),
        ("help", help(world, holder).await),
        ("figures", figures(world, holder).await),
        ("steps", steps(world, holder).await),
        ("sweep", sweep(world, holder).await),
        // Last: they may take seconds.
        ("explain", explain(world, holder).await),
        ("themes", themes(world, holder).await),
    ] {
        if let Err(error) = outcome {
            tracing::error!(job = name, error = &error as &dyn std::error::Error, "a job failed and is tried again");
        }
    }
}

/// Runs for ever.
pub async fn run(world: World, mailer: Mailer) {
    let holder = world.secret();
    loop {
        tick(&world, &mailer, &holder).await;
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
}

/// Whether this process may do the job now.
pub(crate) async fn leased(world: &World, name: &'static str, holder: &str) -> Result<bool, ActError> {
    let (now, holder) = (world.now(), holder.to_owned());
    world.db.write(move |u| Box::pin(async move { Ok(system::lease(u, name, &holder, now, now + LEASE).await?) })).await
}

/// Chains audit lines. They may commit out of order; the chain's own order is what counts.
async fn chain(world: &World, holder: &str) -> Result<(), ActError> {
    if leased(world, "chain", holder).await? {
        services::logbook::chain(world, false).await?;
    }
    Ok(())
}

/// Signs the day's digest of the audit log. A process whose key is missing or another leaves the lease to those that have it.
async fn digest(world: &World, holder: &str) -> Result<(), ActError> {
    if !services::logbook::digest_due(world).await? {
        return Ok(());
    }
    let made = async {
        services::logbook::key::look(world).await?;
        if leased(world, "chain", holder).await? { services::logbook::digest(world).await } else { Ok(()) }
    };
    let (outcome, now) = (made.await, world.now());
    // What is wrong here waits for a person: it is told every ten minutes, not every two seconds.
    if outcome.is_err() && now - DIGEST_TOLD.load(Ordering::Relaxed) < 10 * MINUTE {
        return Ok(());
    }
    DIGEST_TOLD.store(if outcome.is_err() { now } else { 0 }, Ordering::Relaxed);
    outcome
}

/// Retention terms that run by themselves.
async fn sweep(world: &World, holder: &str) -> Result<(), ActError> {
    if !leased(world, "sweep", holder).await? {
        return Ok(());
    }
    let now = world.now();
    services::complaints::forget(world).await?;
    world.db.write(move |u| Box::pin(async move { Ok(system::sweep(u, now).await?) })).await
}

/// Lets decisions take effect, sees to it that nobody stays without an answer, and sends the morning's digests. What goes wrong
/// with one of these holds none of the others up.
async fn desks(world: &World, holder: &str) -> Result<(), ActError> {
    if leased(world, "desks", holder).await? {
        let effects = services::moderation::carry_out(world).await;
        let warnings = services::moderation::warn(world).await;
        let reminders = services::advice::remind(world).await;
        return effects.and(warnings).and(reminders).and(services::notices::digest(world).await);
    }
    Ok(())
}

/// Reminds of questions to be introduced and of plans to look back on, and asks what came of introductions and whether offers
/// still hold.
async fn help(world: &World, holder: &str) -> Result<(), ActError> {
    if leased(world, "help", holder).await? {
        let help = services::help::follow_up(world).await;
        return help.and(services::evaluations::remind(world).await);
    }
    Ok(())
}

/// Keeps the sums of dashboards small.
async fn figures(world: &World, holder: &str) -> Result<(), ActError> {
    if leased(world, "figures", holder).await? { services::overview::fold(world).await } else { Ok(()) }
}

/// Reminds makers of steps that are due.
async fn steps(world: &World, holder: &str) -> Result<(), ActError> {
    if leased(world, "steps", holder).await? { services::execution::steps::remind(world).await } else { Ok(()) }
}

/// Closes rounds and waves when the clock says so.
async fn close(world: &World, holder: &str) -> Result<(), ActError> {
    if leased(world, "close", holder).await? {
        services::count::close_due(world).await?;
        services::surveys::close_due(world).await?;
    }
    Ok(())
}

/// Reads closed waves: themes are proposed, and words masked.
async fn themes(world: &World, holder: &str) -> Result<(), ActError> {
    if leased(world, "themes", holder).await? {
        services::surveys::read_due(world).await?;
    }
    Ok(())
}

/// Explains counts that have no explanation yet, and makes bundles of results of before there were any.
async fn explain(world: &World, holder: &str) -> Result<(), ActError> {
    if leased(world, "explain", holder).await? {
        services::explain::explain_due(world).await?;
        services::bundles::bundle_old(world).await?;
    }
    Ok(())
}
