//! Who votes in a round: the entry of its roll, reached by a vote code or by an account.

use crate::{ActError, Actor, World, ballots, boxkeys};
use domain::access::{Act, Denied, Subject, decide};
use store::Conn;
use store::rounds::{self, CodeState, Credential, Entries, Means, Round};

/// Whether a round takes the codes of an imported roll.
pub fn by_code(round: &Round) -> bool {
    round.source == "codes"
}

/// Why a reader may vote, or what they can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// May vote now.
    Voter,
    /// Not signed in, where accounts vote.
    SignIn,
    /// Signed in; where they live was not shown yet.
    Residence,
    /// Lives in another buurt.
    Elsewhere,
    /// Has to enter the code of the letter.
    Code,
    /// The code of this browser was replaced: the letter is good no more.
    CodeReplaced,
    /// The code of this browser was handed in for a vote on paper.
    CodePaper,
}

/// How a reader stands to a round.
///
/// # Errors
/// The store's.
pub async fn standing(c: &mut Conn, actor: &Actor, round: &Round) -> Result<Standing, ActError> {
    if !by_code(round) {
        return Ok(match decide(Act::Vote, actor, &round.subject()) {
            Ok(()) => Standing::Voter,
            Err(Denied::SignIn) => Standing::SignIn,
            Err(_) if actor.resident_of.is_none() => Standing::Residence,
            Err(_) => Standing::Elsewhere,
        });
    }
    match credential(c, actor, round).await {
        Ok(_) => Ok(Standing::Voter),
        Err(ActError::Denied(_)) => {
            let Some(held) = actor.code.filter(|code| code.round == round.id) else { return Ok(Standing::Code) };
            Ok(match rounds::code_state(c, round.id, &held.hash).await? {
                CodeState::Good(_) => Standing::Voter,
                CodeState::Replaced => Standing::CodeReplaced,
                CodeState::Paper => Standing::CodePaper,
                CodeState::Unknown => Standing::Code,
            })
        }
        Err(error) => Err(error),
    }
}

/// The roll entry for which this actor votes, and by what.
///
/// # Errors
/// [`Denied`] for who may not vote; the store's.
pub async fn credential(c: &mut Conn, actor: &Actor, round: &Round) -> Result<Credential, ActError> {
    let mut found = Entries::default();
    match (actor.code.filter(|code| by_code(round) && code.round == round.id), actor.account) {
        (Some(held), _) => found.by_code = rounds::entry_of_code(c, round.id, &held.hash).await?,
        (None, Some(account)) => found.by_account = rounds::entry_of(c, round.id, account).await?,
        (None, None) => {}
    }
    entitled(actor, round, found)
}

/// The same, of the entries that were found by the actor's code and account.
pub(crate) fn entitled(actor: &Actor, round: &Round, found: Entries) -> Result<Credential, ActError> {
    if !by_code(round) {
        decide(Act::Vote, actor, &round.subject())?;
        let account = actor.account.ok_or(Denied::SignIn)?;
        return Ok(Credential { entry: found.by_account.ok_or(Denied::NotYours)?, means: Means::Account(account) });
    }
    if let Some(held) = actor.code.filter(|code| code.round == round.id) {
        decide(Act::VoteByCode, actor, &round.subject())?;
        return Ok(Credential {
            entry: found.by_code.ok_or(Denied::NotYours)?,
            means: Means::Code(held.hash.to_vec()),
        });
    }
    // An account that entered its code before: the roll says whose it is.
    let account = actor.account.ok_or(Denied::SignIn)?;
    let owner = found.by_account.map(|_| account);
    decide(Act::VoteByCode, actor, &Subject { owner, ..round.subject() })?;
    Ok(Credential { entry: found.by_account.ok_or(Denied::NotYours)?, means: Means::Account(account) })
}

/// Whether a valid ballot of this voter lies in the box; never what it holds.
///
/// # Errors
/// [`Denied`] for who may not vote; [`ActError::Broken`] when the round key is missing or wrong.
pub async fn has_voted(world: &World, actor: &Actor, round: &Round) -> Result<bool, ActError> {
    let mut c = world.db.read().await?;
    let by = credential(&mut c, actor, round).await?;
    let key = boxkeys::load(&boxkeys::round_key(world, round.id), round.key_fingerprint.as_deref())?;
    Ok(rounds::has_boxed(&mut c, round.id, &ballots::pseudonym(&key, by.entry)).await?)
}

/// The order in which a voter sees the plans: drawn for each voter, and the same each time, so that no plan gains by
/// standing first. `who` is the roll entry, or the browser of a reader who does not vote.
pub fn order(world: &World, round: &Round, who: &str, plans: &mut [rounds::Plan]) {
    plans.sort_by_cached_key(|p| world.keys.tag("ballot-order", format!("{}/{who}/{}", round.id, p.id).as_bytes()));
}
