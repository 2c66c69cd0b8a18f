//! Codes on paper that show where somebody lives. Only their HMAC is kept.

use crate::accounts::Browser;
use crate::{ActError, Actor, World, audit, limits, once, remember};
use domain::access::{Act, Denied, Subject, decide};
use domain::account::{CODE_ALPHABET, normal_code};
use domain::form::{Errors, Problem};
use domain::round::Phase;
use domain::time::DAY;
use domain::urls;
use store::accounts::{self, residence};
use store::places;

/// How long a code can be used, in seconds.
pub const CODE_TERM: i64 = 90 * DAY;
/// Characters of a residence code: 80 bits.
const LENGTH: usize = 16;
/// Most codes issued at once.
pub const MOST: i64 = 100;

/// A random code of so many characters, five bits each.
pub fn new_code(world: &World, length: usize) -> String {
    (0..length).map(|_| char::from(CODE_ALPHABET[usize::from(world.random::<1>()[0] & 31)])).collect()
}

fn code_hash(world: &World, code: &str) -> [u8; 32] {
    world.keys.tag("residence", code.as_bytes())
}

/// Issues codes for a buurt; they are given once and can be used for [`CODE_TERM`].
///
/// # Errors
/// [`ActError::Denied`], [`ActError::NotFound`] for an unknown buurt, [`ActError::Done`].
pub async fn issue(
    world: &World,
    actor: &Actor,
    buurt: i64,
    count: i64,
    browser: &Browser,
) -> Result<Vec<String>, ActError> {
    let place = places::buurt_by_id(&mut world.db.read().await?, buurt).await?.ok_or(ActError::NotFound)?;
    decide(
        Act::IssueResidenceCode,
        actor,
        &Subject { buurt: Some(place.id), stadsdeel: Some(place.stadsdeel_id), ..Subject::default() },
    )?;
    let by = actor.account.ok_or(Denied::SignIn)?;
    let codes: Vec<String> = (0..count.clamp(1, MOST)).map(|_| new_code(world, LENGTH)).collect();
    let hashes: Vec<[u8; 32]> = codes.iter().map(|c| code_hash(world, c)).collect();
    let (now, b) = (world.now(), browser.clone());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &b.key, "issue_residence", &b.key_actor).await?;
                for hash in &hashes {
                    residence::add_code(u, hash, buurt, by, now, now + CODE_TERM).await?;
                }
                audit(u, now, Some(by), "issue_residence_codes", ("buurt", buurt), &hashes.len().to_string()).await?;
                remember(u, &b.key, "issue_residence", &b.key_actor, &b.to(&urls::DistrictCodes {}), now).await
            })
        })
        .await?;
    Ok(codes)
}

/// Shows residence with a code, once; also for who moves to another buurt. Gives the buurt.
///
/// # Errors
/// [`ActError::Form`] at `code`, [`ActError::Denied`], [`ActError::TooMany`], [`ActError::Done`].
pub async fn show(world: &World, actor: &Actor, typed: &str, browser: &Browser) -> Result<i64, ActError> {
    decide(Act::ShowResidence, actor, &Subject::default())?;
    let account = actor.account.ok_or(Denied::SignIn)?;
    let who = account.to_string();
    // A turn is taken before the code is looked at, so that many guesses at once are no more guesses.
    let turns = limits::Turns::of(world, &[(limits::RESIDENCE, &who)]);
    turns.take(world).await?;
    let not_right = || ActError::Form(Errors::one("code", Problem::NotRight));
    let hash = normal_code(typed).filter(|c| c.len() == LENGTH).map(|c| code_hash(world, &c));
    let (now, b) = (world.now(), browser.clone());
    let buurt = match hash {
        None => None,
        Some(hash) => {
            world
                .db
                .write(move |u| {
                    Box::pin(async move {
                        once(u, &b.key, "show_residence", &b.key_actor).await?;
                        let Some(buurt) = residence::use_code(u, &hash, account, now).await? else { return Ok(None) };
                        turns.give_back(u).await?;
                        accounts::set_residence(u, account, buurt, now).await?;
                        // On the rolls of running rounds at once, whether one ever votes or not.
                        for round in store::rounds::all(u).await? {
                            if round.phase == Phase::Voting
                                && round.buurt_id == buurt
                                && !crate::voters::by_code(&round)
                            {
                                store::rounds::enrol(u, round.id, buurt, round.closes_at).await?;
                            }
                        }
                        audit(u, now, Some(account), "show_residence", ("buurt", buurt), "").await?;
                        remember(u, &b.key, "show_residence", &b.key_actor, &b.to(&urls::Mine {}), now).await?;
                        Ok::<_, ActError>(Some(buurt))
                    })
                })
                .await?
        }
    };
    buurt.ok_or_else(not_right)
}
