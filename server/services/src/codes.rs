//! Vote codes: made once, kept only as HMAC, entered by voters, revoked and made anew by staff.
//!
//! A code leaves in the answer that made it, for the letters or the printer, and never again: no log, no audit line and no
//! row holds one.

mod desk;

pub use desk::{Handed, accept_paper, refuse_request, reissue, report_lost};

use crate::limits::VOTE_CODES;
use crate::{ActError, Actor, World, audit, hex, letter, unhex};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use domain::access::{Act, Denied, HeldCode, decide};
use domain::form::{Errors, Problem, Raw};
use domain::round::Phase;
use domain::time::{DAY, HOUR};
use domain::vote_code::{Misspelled, RANDOM, VoteCode};
use store::accounts;
use store::rounds::{self, CodeState, Round};

/// Entries that get their codes in one write unit, so that votes and other acts come in between.
const CHUNK: usize = 1_000;
/// How long a browser holds a code, in seconds.
const HELD: i64 = 12 * HOUR;
/// How long a help desk's screen holds a code, in seconds.
const HELD_AT_DESK: i64 = 900;
/// Wrong codes in a round on one day, from all networks, beyond which administrators are told.
const ALARM: i64 = 500;

/// A letter to be printed: where it goes and its code.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Roll entry.
    pub entry: i64,
    /// Lines of the address.
    pub address: String,
    /// Voter nth of so many at this address.
    pub nth: (i64, i64),
    /// The code.
    pub code: VoteCode,
}

/// `HMAC-SHA-256` of a code under a key outside the database.
fn hash(world: &World, code: &VoteCode) -> [u8; 32] {
    world.keys.tag("vote-code", code.plain().as_bytes())
}

fn new_code(world: &World) -> VoteCode {
    VoteCode::new(world.random::<RANDOM>())
}

/// Makes codes for all entries that have none, a thousand at a time, and hands each thousand on after its commit. Says how
/// many. Entries whose letters were lost on the way (a full disk, a killed process) get theirs by [`anew`].
///
/// # Errors
/// [`ActError::Denied`] without the right or when the round takes votes no more; what `take` says.
pub async fn issue(
    world: &World,
    actor: &Actor,
    slug: &str,
    mut take: impl FnMut(Vec<Letter>) -> Result<(), String>,
) -> Result<usize, ActError> {
    let round = issuing(world, actor, slug).await?;
    let (mut after, mut made) = (0, 0);
    loop {
        let entries = rounds::without_code(&mut world.db.read().await?, round.id, after, CHUNK).await?;
        let Some(last) = entries.last() else { break };
        after = last.entry;
        let letters: Vec<Letter> = entries
            .into_iter()
            .map(|e| Letter { entry: e.entry, address: e.address, nth: e.nth, code: new_code(world) })
            .collect();
        let hashes: Vec<(i64, String)> = letters.iter().map(|l| (l.entry, hex(&hash(world, &l.code)))).collect();
        let id = round.id;
        let count = hashes.len();
        world
            .db
            .write(move |u| {
                Box::pin(async move {
                    // Somebody else issues beside this: neither batch may hold codes that are no good.
                    if u.set_codes(id, &hashes).await? != u64::try_from(hashes.len()).unwrap_or(u64::MAX) {
                        return Err(ActError::Denied(Denied::State));
                    }
                    Ok(())
                })
            })
            .await?;
        take(letters).map_err(ActError::Broken)?;
        made += count;
    }
    if made > 0 {
        let (now, who, id, detail) = (world.now(), actor.audited(), round.id, made.to_string());
        world
            .db
            .write(move |u| {
                Box::pin(async move {
                    Ok::<_, ActError>(audit(u, now, who, "issue_vote_codes", ("round", id), &detail).await?)
                })
            })
            .await?;
    }
    Ok(made)
}

async fn issuing(world: &World, actor: &Actor, slug: &str) -> Result<Round, ActError> {
    let round = rounds::by_slug(&mut world.db.read().await?, slug).await?.ok_or(ActError::NotFound)?;
    decide(Act::IssueCodes, actor, &round.subject())?;
    let open = matches!(round.phase, Phase::Setup | Phase::Published)
        || round.phase == Phase::Voting && world.now() < round.closes_at;
    let whole = rounds::importing(&mut world.db.read().await?, round.id).await?.is_empty();
    if round.source != "codes" || !open || !whole {
        return Err(Denied::State.into());
    }
    Ok(round)
}

/// Takes all codes back, so that a whole batch can be made anew: only before the round opens.
///
/// # Errors
/// [`ActError::Denied`] without the right or once the round was opened.
pub async fn anew(world: &World, actor: &Actor, slug: &str) -> Result<u64, ActError> {
    let round = issuing(world, actor, slug).await?;
    if round.phase == Phase::Voting {
        return Err(Denied::State.into());
    }
    let (now, who) = (world.now(), actor.audited());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                u.lock_exclusive(round.id).await?;
                let taken = rounds::revoke_all_codes(u, round.id).await?;
                audit(u, now, who, "revoke_all_vote_codes", ("round", round.id), &taken.to_string()).await?;
                Ok::<_, ActError>(taken)
            })
        })
        .await
}

/// A code that was entered: what the browser is to keep, sealed, and for how many seconds.
pub struct Entered {
    /// Value of the cookie.
    pub cookie: String,
    /// Seconds.
    pub seconds: i64,
}

/// Enters a code from `network`. Fields: `code`, and `onthoud` (`1`) to tie it to the account that is signed in; nothing
/// else is written for a right code. Wrong ones are counted and never delay a right one.
///
/// # Errors
/// On `code`: how it is misspelled, or that it is none of this round; [`Denied::State`] for one that was replaced or handed
/// in; [`ActError::TooMany`] for wrong codes beyond the network's limit.
pub async fn enter(
    world: &World,
    actor: &Actor,
    slug: &str,
    raw: &Raw,
    network: &str,
    assisted: bool,
) -> Result<Entered, ActError> {
    let mut c = world.db.read().await?;
    let round = rounds::by_slug(&mut c, slug).await?.ok_or(ActError::NotFound)?;
    if assisted {
        decide(Act::AssistVote, actor, &round.subject())?;
    }
    if !crate::voters::by_code(&round) || !round.takes_votes(world.now()) {
        return Err(Denied::State.into());
    }
    let code = VoteCode::parse(raw.get("code")).map_err(|why| Errors::one("code", misspelled(why)))?;
    let hash = hash(world, &code);
    let state = rounds::code_state(&mut c, round.id, &hash).await?;
    drop(c);
    match state {
        CodeState::Good(entry) => {
            let (id, now) = (round.id, world.now());
            if assisted {
                // Counted when help begins, in a unit of its own: never beside a ballot.
                world
                    .db
                    .write(move |u| {
                        Box::pin(async move {
                            rounds::count_anomaly(u, id, "assisted", now / DAY, 1).await?;
                            Ok::<_, ActError>(())
                        })
                    })
                    .await?;
            } else if let Some(account) = actor.account.filter(|_| raw.get("onthoud") == "1") {
                world
                    .db
                    .write(move |u| {
                        Box::pin(async move {
                            rounds::bind_account(u, id, entry, account).await?;
                            Ok::<_, ActError>(())
                        })
                    })
                    .await?;
            }
            let seconds = if assisted { HELD_AT_DESK } else { HELD };
            Ok(Entered { cookie: seal(world, &HeldCode { round: id, hash, assisted }, now + seconds), seconds })
        }
        // Said only to who holds the letter: the code existed.
        CodeState::Replaced => Err(Errors::one("code", Problem::CodeReplaced).into()),
        CodeState::Paper => Err(Errors::one("code", Problem::CodePaper).into()),
        CodeState::Unknown => {
            count_wrong(world, &round).await?;
            VOTE_CODES.count(world, network).await?;
            Err(Errors::one("code", Problem::NotRight).into())
        }
    }
}

/// Unties the account that is signed in from its code.
///
/// # Errors
/// The store's; [`ActError::NotFound`].
pub async fn forget(world: &World, actor: &Actor, slug: &str) -> Result<(), ActError> {
    let Some(account) = actor.account else { return Ok(()) };
    let round = rounds::by_slug(&mut world.db.read().await?, slug).await?.ok_or(ActError::NotFound)?;
    if !crate::voters::by_code(&round) || !round.takes_votes(world.now()) {
        return Ok(());
    }
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                rounds::unbind_account(u, round.id, account).await?;
                Ok::<_, ActError>(())
            })
        })
        .await
}

/// What is wrong with a code that cannot be one.
pub(crate) fn misspelled(why: Misspelled) -> Problem {
    match why {
        Misspelled::Missing => Problem::Missing,
        Misspelled::Length(count) => Problem::CodeLength(count),
        Misspelled::Character(c) => Problem::CodeCharacter(c),
        Misspelled::Check => Problem::CodeCheck,
    }
}

/// Counts a wrong code of the day, and tells administrators once when there are very many.
async fn count_wrong(world: &World, round: &Round) -> Result<(), ActError> {
    let (now, round) = (world.now(), round.clone());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                if rounds::count_anomaly(u, round.id, "wrong_codes", now / DAY, 1).await? == ALARM {
                    for administrator in accounts::roles::administrators(u).await? {
                        let values = mail::Values {
                            path: domain::urls::AdminRound { round: round.slug.clone() }.to_string(),
                            title: round.title.clone(),
                            name: administrator.name,
                            ..mail::Values::default()
                        };
                        letter(u, now, "wrong-codes", &administrator.email, &administrator.lang, &values).await?;
                    }
                }
                Ok::<_, ActError>(())
            })
        })
        .await
}

/// Seals what a browser holds: nothing of it is kept here, so nobody can look up who entered a code.
fn seal(world: &World, held: &HeldCode, until: i64) -> String {
    let mut text = Vec::with_capacity(49);
    text.extend(held.round.to_be_bytes());
    text.extend(until.to_be_bytes());
    text.push(u8::from(held.assisted));
    text.extend(held.hash);
    let nonce = world.random::<24>();
    let sealed = cipher(world).encrypt(&XNonce::from(nonce), Payload { msg: &text, aad: b"vote-code" });
    format!("{}{}", hex(&nonce), hex(&sealed.unwrap_or_default()))
}

/// Opens what a browser sent; `None` for what is not ours or too old.
pub fn held(world: &World, cookie: &str) -> Option<HeldCode> {
    let bytes = unhex(cookie)?;
    let (nonce, sealed) = bytes.split_first_chunk::<24>()?;
    let text = cipher(world).decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: b"vote-code" }).ok()?;
    let (round, rest) = text.split_first_chunk::<8>()?;
    let (until, rest) = rest.split_first_chunk::<8>()?;
    let (assisted, hash) = rest.split_first()?;
    if world.now() >= i64::from_be_bytes(*until) {
        return None;
    }
    Some(HeldCode { round: i64::from_be_bytes(*round), hash: hash.try_into().ok()?, assisted: *assisted == 1 })
}

fn cipher(world: &World) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(world.keys.tag("vote-code-cookie", b"")))
}
