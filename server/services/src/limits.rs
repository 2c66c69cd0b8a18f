//! How often something may be tried, counted under keys that tell nothing about who tried.

use crate::{ActError, World};
use store::system;

/// A limit: at most `most` in each window of `window` seconds.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    bucket: &'static str,
    most: i64,
    window: i64,
}

/// Wrong passwords for one address from one network.
pub const SIGN_IN_PAIR: Limit = Limit { bucket: "sign-in-pair", most: 10, window: 900 };
/// Wrong passwords for one address from anywhere.
pub const SIGN_IN_ADDRESS: Limit = Limit { bucket: "sign-in-address", most: 50, window: 3600 };
/// Wrong passwords from one network: beyond it a wrong password is answered with 'slow down', a right one still signs in.
pub const SIGN_IN_NETWORK: Limit = Limit { bucket: "sign-in-network", most: 100, window: 900 };
/// Wrong passwords from one network, beyond which nothing is hashed any more.
pub const SIGN_IN_FLOOD: Limit = Limit { bucket: "sign-in-flood", most: 2000, window: 900 };
/// Mails with a link to one address.
pub const LINKS: Limit = Limit { bucket: "links", most: 6, window: 3600 };
/// Mails with a link asked for from one network.
pub const LINKS_NETWORK: Limit = Limit { bucket: "links-network", most: 60, window: 3600 };
/// Wrong second factors of one account.
pub const SECOND_FACTOR: Limit = Limit { bucket: "second-factor", most: 10, window: 900 };
/// Wrong residence codes of one account.
pub const RESIDENCE: Limit = Limit { bucket: "residence", most: 10, window: 3600 };

impl Limit {
    fn start(&self, now: i64) -> i64 {
        now - now.rem_euclid(self.window)
    }

    fn key(&self, world: &World, who: &str) -> [u8; 32] {
        world.keys.tag("limit", format!("{}\0{who}", self.bucket).as_bytes())
    }

    /// Whether one more would still be within the limit; counts nothing.
    ///
    /// # Errors
    /// [`ActError::TooMany`], or the store's.
    pub async fn room(&self, world: &World, who: &str) -> Result<(), ActError> {
        let mut c = world.db.read().await?;
        let count = system::counted(&mut c, self.bucket, &self.key(world, who), self.start(world.now())).await?;
        if count < self.most { Ok(()) } else { Err(ActError::TooMany) }
    }

    /// Counts one more, whatever becomes of the act.
    ///
    /// # Errors
    /// [`ActError::TooMany`] when that is beyond the limit, or the store's.
    pub async fn count(&self, world: &World, who: &str) -> Result<(), ActError> {
        let (bucket, key, start) = (self.bucket, self.key(world, who), self.start(world.now()));
        let count = world
            .db
            .write(move |u| {
                Box::pin(async move { system::count_up(u, bucket, &key, start).await.map_err(ActError::from) })
            })
            .await?;
        if count <= self.most { Ok(()) } else { Err(ActError::TooMany) }
    }
}
