//! Chains audit lines: each link is SHA-256 of the link before and the line. Lines may commit out of order; the chain's
//! own order is what counts.

use crate::leased;
use services::{ActError, World, keys::digest};
use store::system;

/// One round.
///
/// # Errors
/// The store's.
pub async fn run(world: &World, holder: &str) -> Result<(), ActError> {
    if !leased(world, "chain", holder).await? {
        return Ok(());
    }
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                let lines = system::unchained(u).await?;
                let (mut seq, mut hash) = system::chain_head(u).await?.unwrap_or((0, vec![0; 32]));
                for (id, line) in lines {
                    let mut text = hash.clone();
                    text.extend_from_slice(line.as_bytes());
                    hash = digest(&text).to_vec();
                    seq += 1;
                    system::add_link(u, seq, id, &hash).await?;
                }
                Ok(())
            })
        })
        .await
}
