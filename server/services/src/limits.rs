//! How often something may be tried, counted under keys that tell nothing about who tried.
//!
//! A try takes its turn before it is looked at ([`Turns`]) and gives it back when it was right, so that a hundred guesses
//! at once are no more guesses than a hundred in a row.
//!
//! What strangers do never shuts somebody out of a place where they signed in before: an account knows those networks for
//! [`KNOWN`] ([`knows`]), and the limits on an address from anywhere ([`SIGN_IN_ADDRESS`], [`LINKS_ADDRESS`]) do not count
//! there. Each network has its own limit for each address all the same.

use crate::{ActError, World};
use domain::account::email_key;
use domain::time::DAY;
use store::accounts::known;
use store::{Unit, system};

/// A limit: at most `most` in each window of `window` seconds.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    bucket: &'static str,
    most: i64,
    window: i64,
}

/// Wrong passwords for one address from one network.
pub const SIGN_IN_PAIR: Limit = Limit { bucket: "sign-in-pair", most: 10, window: 900 };
/// Wrong passwords for one address from all networks that its account does not know.
pub const SIGN_IN_ADDRESS: Limit = Limit { bucket: "sign-in-address", most: 100, window: 3600 };
/// Wrong passwords from one network: beyond it a wrong password is answered with 'slow down', a right one still signs in.
pub const SIGN_IN_NETWORK: Limit = Limit { bucket: "sign-in-network", most: 100, window: 900 };
/// Wrong passwords from one network, beyond which nothing is hashed any more.
pub const SIGN_IN_FLOOD: Limit = Limit { bucket: "sign-in-flood", most: 2000, window: 900 };
/// Mails with a link to one address, asked for from one network.
pub const LINKS: Limit = Limit { bucket: "links", most: 6, window: 3600 };
/// Mails with a link to one address, asked for from all networks that its account does not know.
pub const LINKS_ADDRESS: Limit = Limit { bucket: "links-address", most: 30, window: DAY };
/// Mails with a link asked for from one network.
pub const LINKS_NETWORK: Limit = Limit { bucket: "links-network", most: 60, window: 3600 };
/// Plans without an account from one browser.
pub const DRAFTS: Limit = Limit { bucket: "draft", most: 5, window: 3600 };
/// Wrong second factors of one account.
pub const SECOND_FACTOR: Limit = Limit { bucket: "second-factor", most: 10, window: 900 };
/// Wrong residence codes of one account.
pub const RESIDENCE: Limit = Limit { bucket: "residence", most: 10, window: 3600 };

/// Wrong vote codes from one network: beyond it a wrong code is answered with 'slow down', a right one still opens.
pub const VOTE_CODES: Limit = Limit { bucket: "vote-codes", most: 20, window: 900 };
/// Wrong codes of survey letters or answers from one network.
pub const SURVEY_CODES: Limit = Limit { bucket: "survey-codes", most: 20, window: 900 };
/// Answers without account or letter from one network in an hour: a library has one network, and a class of pupils too.
pub const OPEN_ANSWERS: Limit = Limit { bucket: "open-answers", most: 60, window: 3600 };
/// Lost letters that are told from one network.
pub const LOST_LETTERS: Limit = Limit { bucket: "lost-letters", most: 10, window: 3600 };
/// Complaints about results from one network: a library has one network.
pub const COMPLAINTS: Limit = Limit { bucket: "complaints", most: 10, window: 3600 };

/// Comments of one account in an hour.
pub const COMMENTS: Limit = Limit { bucket: "comments", most: 10, window: 3600 };
/// Comments of one account in a day.
pub const COMMENTS_DAY: Limit = Limit { bucket: "comments-day", most: 40, window: DAY };
/// Comments that one account reports in an hour.
pub const REPORTS: Limit = Limit { bucket: "reports", most: 20, window: 3600 };

/// Offers of help that one account makes in a day.
pub const OFFERS: Limit = Limit { bucket: "offers", most: 10, window: DAY };
/// Introductions that one account asks for in a day.
pub const INTRODUCTIONS: Limit = Limit { bucket: "introductions", most: 5, window: DAY };
/// Messages that one side of an introduction writes in a day.
pub const HELP_MESSAGES: Limit = Limit { bucket: "help-messages", most: 20, window: DAY };

/// New texts for public plans that one account proposes in an hour.
pub const TEXTS: Limit = Limit { bucket: "texts", most: 10, window: 3600 };
/// Plans that one account hands in or splits off in a day.
pub const PLANS: Limit = Limit { bucket: "plans", most: 100, window: DAY };

impl Limit {
    /// How many.
    pub fn most(&self) -> i64 {
        self.most
    }

    fn start(&self, now: i64) -> i64 {
        now - now.rem_euclid(self.window)
    }

    fn key(&self, world: &World, who: &str) -> [u8; 32] {
        world.keys.tag("limit", format!("{}\0{who}", self.bucket).as_bytes())
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

/// How long an account knows a network after a sign-in there, in seconds.
pub const KNOWN: i64 = store::accounts::known::TERM;

/// Turns of one try under each of its limits.
#[derive(Clone, Debug)]
pub struct Turns(Vec<(Limit, [u8; 32], i64)>);

impl Turns {
    /// Of these limits, each with whom it counts.
    pub fn of(world: &World, limits: &[(Limit, &str)]) -> Self {
        Self(limits.iter().map(|(limit, who)| (*limit, limit.key(world, who), limit.start(world.now()))).collect())
    }

    /// Takes them all, or none, in the act's unit.
    ///
    /// # Errors
    /// [`ActError::TooMany`] when one is beyond its limit, or the store's.
    pub async fn take_in(&self, u: &mut Unit) -> Result<(), ActError> {
        for (limit, key, start) in &self.0 {
            if system::count_up(u, limit.bucket, key, *start).await? > limit.most {
                return Err(ActError::TooMany);
            }
        }
        Ok(())
    }

    /// Takes them all, or none, before the try is looked at.
    ///
    /// # Errors
    /// [`ActError::TooMany`] when one is beyond its limit, or the store's.
    pub async fn take(&self, world: &World) -> Result<(), ActError> {
        let turns = self.clone();
        world.db.write(move |u| Box::pin(async move { turns.take_in(u).await })).await
    }

    /// Gives them back in the unit of the act that was right.
    ///
    /// # Errors
    /// The store's.
    pub async fn give_back(&self, u: &mut Unit) -> Result<(), ActError> {
        for (limit, key, start) in &self.0 {
            system::count_down(u, limit.bucket, key, *start).await?;
        }
        Ok(())
    }
}

fn network_hash(world: &World, account: i64, network: &str) -> [u8; 32] {
    world.keys.tag("known-network", format!("{account}\0{network}").as_bytes())
}

/// Whether somebody signed in to this account from this network lately.
///
/// # Errors
/// The store's.
pub async fn knows(world: &World, account: i64, network: &str) -> Result<bool, ActError> {
    let hash = network_hash(world, account, network);
    Ok(known::is_known(&mut world.db.read().await?, account, &hash, world.now() - KNOWN).await?)
}

/// Somebody signed in to this account from this network.
///
/// # Errors
/// The store's.
pub(crate) async fn signed_in(u: &mut Unit, world: &World, account: i64, network: &str) -> Result<(), ActError> {
    Ok(known::seen(u, account, &network_hash(world, account, network), world.now()).await?)
}

/// Turns of a mail with a link to an address.
///
/// # Errors
/// The store's.
pub async fn link_mail(world: &World, email: &str, network: &str) -> Result<Turns, ActError> {
    let account = store::accounts::by_email(&mut world.db.read().await?, email).await?;
    let known = match account {
        Some(account) => knows(world, account.id, network).await?,
        None => false,
    };
    let address = email_key(email);
    let pair = format!("{address}\0{network}");
    let mut limits = vec![(LINKS_NETWORK, network), (LINKS, pair.as_str())];
    if !known {
        limits.push((LINKS_ADDRESS, address.as_str()));
    }
    Ok(Turns::of(world, &limits))
}
