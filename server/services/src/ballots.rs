//! Voting: the receipt, the review, and casting into the secret box.
//!
//! Casting writes the ballot and nothing else: no audit line, no mail, no time, no other row (DESIGN 7). Picks and tokens lie
//! sealed in the box until the close: the database, its log and its backups tell no choice without the round's key.

use crate::{ActError, Actor, World, boxkeys, fail_point, hex, keys, voters};
use domain::access::Denied;
use domain::form::{Errors, Problem, Raw};
use domain::round::{Ballot, BallotForm, Paper, PaperPlan, Phase, Receipt, takes_votes};
use store::rounds::{self, Boxed, Credential, Round};

/// All tokens of a ballot as (plan, place of a ranking or 0, token).
pub fn tokens(receipt: Receipt, round: &str, form: BallotForm, ballot: &Ballot) -> Vec<rounds::Token> {
    let mut all = Vec::new();
    for (plan, value) in &ballot.0 {
        let (numbers, place) = match form {
            BallotForm::Approval { .. } | BallotForm::Knapsack => (1..=1, 0),
            BallotForm::Points { .. } => (1..=*value, 0),
            BallotForm::Ranking { .. } => (*value..=*value, *value),
        };
        all.extend(numbers.map(|i| (*plan, place, receipt.token(round, *plan, i).to_vec())));
    }
    all
}

/// As a token lies in the box: `plan:token`, or `plan:token:place`.
fn token_text((plan, place, token): &rounds::Token) -> String {
    let token = hex(token);
    if *place == 0 { format!("{plan}:{token}") } else { format!("{plan}:{token}:{place}") }
}

/// Reads a token of the box.
pub(crate) fn read_token(text: &str) -> Option<rounds::Token> {
    let mut parts = text.split(':');
    let (plan, token) = (parts.next()?.parse().ok()?, crate::unhex(parts.next()?)?);
    let place = parts.next().map_or(Some(0), |place| place.parse().ok())?;
    Some((plan, place, token))
}

/// The pseudonym of a roll entry.
pub(crate) fn pseudonym(key: &[u8; 32], entry: i64) -> [u8; 32] {
    keys::tag(key, &[b"voter\0", &entry.to_be_bytes()])
}

/// A receipt is taken only from who got it drawn: nobody can make two ballots share their tokens.
fn seal(world: &World, round: &Round, entry: i64, receipt: Receipt) -> String {
    hex(&world.keys.tag("receipt", format!("{}/{entry}/{}", round.id, receipt.text()).as_bytes()))
}

/// What the review screen shows and its form carries.
#[derive(Clone, Debug)]
pub struct Review {
    /// The picks.
    pub ballot: Ballot,
    /// Receipt and its seal, where the round gives them.
    pub receipt: Option<(Receipt, String)>,
    /// The voter's browser had a hand in drawing it.
    pub mixed: bool,
}

/// Looks a ballot over before it is cast. Writes nothing.
///
/// # Errors
/// On `plan` for wrong picks; [`Denied`] for who may not vote, or not now.
pub async fn review(
    world: &World,
    actor: &Actor,
    round: &Round,
    paper: &Paper,
    withdrawn: &[i64],
    raw: &Raw,
) -> Result<Review, ActError> {
    let by = voters::credential(&mut world.db.read().await?, actor, round).await?;
    if !round.takes_votes(world.now()) {
        return Err(Denied::State.into());
    }
    if is_stale(round, raw) {
        return Err(Errors::one("plan", Problem::StalePaper).into());
    }
    let ballot = Ballot::parse(raw, form_of(paper)?, &open_plans(paper, withdrawn), paper.pot)?;
    let own = Some(raw.get("toeval")).filter(|own| own.len() >= 32 && own.len() <= 128);
    let receipt = round.receipts.then(|| {
        let drawn = world.random::<16>();
        // What the browser drew is mixed in, so that neither side alone decides on a receipt.
        let receipt = own.map_or_else(|| Receipt::from_bytes(drawn), |own| Receipt::mixed(drawn, own));
        (receipt, seal(world, round, by.entry, receipt))
    });
    Ok(Review { ballot, receipt, mixed: own.is_some() })
}

/// Whether the form was filled in on an earlier version of the paper. Field `biljet`: the digest that the voter read.
fn is_stale(round: &Round, raw: &Raw) -> bool {
    let read = raw.get("biljet");
    !read.is_empty() && round.paper_digest.as_deref() != Some(read)
}

fn open_plans(paper: &Paper, withdrawn: &[i64]) -> Vec<PaperPlan> {
    paper.plans.iter().filter(|p| !withdrawn.contains(&p.id)).cloned().collect()
}

/// The form of ballot of a frozen paper.
///
/// # Errors
/// [`ActError::Broken`] when the paper names one that is not known.
pub fn form_of(paper: &Paper) -> Result<BallotForm, ActError> {
    paper
        .ballot_form()
        .ok_or_else(|| ActError::Broken(format!("the paper of round {} has no known form of ballot", paper.round)))
}

/// The answer to casting.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The picks.
    pub ballot: Ballot,
    /// The receipt.
    pub receipt: Option<Receipt>,
    /// This form was sent before, and a newer ballot counts by now.
    pub replaced: bool,
}

/// Casts a ballot. Fields as [`review`] plus `receipt` and `seal`.
///
/// # Errors
/// [`Denied`] for who may not vote, or not now; on `plan` for wrong picks or when the same form comes with other content;
/// [`ActError::Broken`] when the round key is missing or wrong.
pub async fn cast(world: &World, actor: &Actor, slug: &str, raw: &Raw, form_key: &str) -> Result<Taken, ActError> {
    let held = actor.code.as_ref().map(|code| code.hash.as_slice());
    let found = rounds::with_entries(&mut world.db.read().await?, slug, held, actor.account).await?;
    let (round, entries) = found.ok_or(ActError::NotFound)?;
    // Entries are never made here: one that came with a vote would say who voted.
    let by = voters::entitled(actor, &round, entries)?;
    if !round.takes_votes(world.now()) {
        return Err(Denied::State.into());
    }
    let paper = crate::rounds::frozen(&round)?;
    let form = form_of(&paper)?;
    let picks = Ballot::parse(raw, form, &paper.plans, paper.pot)?;
    let key = match boxkeys::load(&boxkeys::round_key(world, round.id), round.key_fingerprint.as_deref()) {
        Ok(key) => key,
        // The box was closed, and its key destroyed, since the round was read.
        Err(error) => {
            let now = rounds::by_slug(&mut world.db.read().await?, slug).await?.ok_or(ActError::NotFound)?;
            return Err(if now.takes_votes(world.now()) { error } else { Denied::State.into() });
        }
    };
    let receipt = if round.receipts {
        let receipt =
            Receipt::parse(raw.get("receipt")).filter(|r| seal(world, &round, by.entry, *r) == raw.get("seal"));
        Some(receipt.ok_or_else(|| Errors::one("plan", Problem::Changed))?)
    } else {
        None
    };
    let pseudonym = pseudonym(&key, by.entry);
    let tokens = receipt
        .map(|r| tokens(r, &round.slug, form, &picks).iter().map(token_text).collect::<Vec<_>>().join(","))
        .unwrap_or_default();
    let (kept_picks, kept_tokens) = sealed(world, &key, &pseudonym, &paper, (&picks.to_text(), &tokens))?;
    let form_key = keys::tag(&key, &[b"form\0", &pseudonym, form_key.as_bytes()]);
    let boxed = Boxed {
        pseudonym: pseudonym.to_vec(),
        picks: kept_picks,
        key: form_key.to_vec(),
        digest: digest(&key, &form_key, &picks, &tokens).to_vec(),
        tokens: kept_tokens,
    };
    let replaced = put(world, &round, by, boxed, (&picks, is_stale(&round, raw))).await?;
    Ok(Taken { ballot: picks, receipt, replaced })
}

/// What a retry of a form is compared by. Of this form alone: the same picks of another voter, or of the same one before,
/// have another digest, so that the box does not tell who chose alike.
fn digest(key: &[u8; 32], form_key: &[u8; 32], picks: &Ballot, tokens: &str) -> [u8; 32] {
    keys::tag(key, &[b"content\0", form_key, picks.to_text().as_bytes(), b"\0", tokens.as_bytes()])
}

/// Picks and tokens as they lie in the box, each as long as the longest ballot of the round.
fn sealed(
    world: &World,
    key: &[u8; 32],
    pseudonym: &[u8; 32],
    paper: &Paper,
    (picks, tokens): (&str, &str),
) -> Result<(String, String), ActError> {
    let (form, on_paper) = (form_of(paper)?, paper.plans.len());
    // An id has at most 19 digits, a value 2 or 3, a token 64; each with its mark.
    let block = |count: usize, each: usize| (count * each + 1).next_multiple_of(64);
    let picks = boxkeys::seal(world, key, &whose(pseudonym, b"picks"), picks, block(form.most_plans(on_paper), 24))?;
    let tokens =
        boxkeys::seal(world, key, &whose(pseudonym, b"tokens"), tokens, block(form.most_tokens(on_paper), 89))?;
    Ok((picks, tokens))
}

fn whose(pseudonym: &[u8], part: &[u8]) -> Vec<u8> {
    [pseudonym, part].concat()
}

/// A ballot of the box with picks and tokens to read.
pub(crate) fn opened(key: &[u8; 32], boxed: Boxed) -> Result<Boxed, ActError> {
    let picks = boxkeys::unseal(key, &whose(&boxed.pseudonym, b"picks"), &boxed.picks)?;
    let tokens = boxkeys::unseal(key, &whose(&boxed.pseudonym, b"tokens"), &boxed.tokens)?;
    Ok(Boxed { picks, tokens, ..boxed })
}

/// Puts the ballot into the box, in a unit that writes nothing else; `true` when an older form came again.
async fn put(
    world: &World,
    round: &Round,
    by: Credential,
    boxed: Boxed,
    (picks, stale): (&Ballot, bool),
) -> Result<bool, ActError> {
    let (clock, id, fingerprint) = (world.clock.clone(), round.id, round.key_fingerprint.clone());
    let plans: String = picks.plans().map(|plan| format!("{plan},")).collect();
    let plans = format!(",{plans}");
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                // Drawn from the pseudonym, so that it meets no other lock.
                let own: [u8; 8] = boxed.pseudonym.get(..8).and_then(|b| b.try_into().ok()).unwrap_or_default();
                u.lock_cast(id, i64::from_be_bytes(own)).await?;
                let state = rounds::cast_state(u, id, &by, (&boxed.pseudonym, &boxed.key), &plans)
                    .await?
                    .ok_or(ActError::NotFound)?;
                let phase = Phase::from_key(&state.phase).ok_or(Denied::State)?;
                if !takes_votes(phase, state.opens_at, state.closes_at, clock.now()) {
                    return Err(Denied::State.into());
                }
                // Its code was revoked between reading and locking.
                if !state.entitled {
                    return Err(Denied::NotYours.into());
                }
                if state.key_fingerprint != fingerprint {
                    return Err(ActError::Broken(format!("the key of round {id} changed while a ballot was cast")));
                }
                let changed = || ActError::from(Errors::one("plan", Problem::Changed));
                if let Some(digest) = state.retried {
                    return if digest == boxed.digest { Ok(true) } else { Err(changed()) };
                }
                let replaces = state.boxed.is_some();
                if let Some((_, digest)) = state.boxed.filter(|(key, _)| *key == boxed.key) {
                    return if digest == boxed.digest { Ok(false) } else { Err(changed()) };
                }
                // A ballot that was taken before stays taken; a new one is looked over on the paper as it is now.
                if stale {
                    return Err(Errors::one("plan", Problem::StalePaper).into());
                }
                if state.withdrawn > 0 {
                    return Err(Errors::one("plan", Problem::NotAChoice).into());
                }
                rounds::put_boxed(u, id, &boxed, replaces).await?;
                fail_point::at("cast-written");
                Ok(false)
            })
        })
        .await
        .inspect(|_| fail_point::at("cast-committed"))
}

/// Brings the roll of a round that takes votes up to date with everyone whose residence was shown before its close. Showing
/// residence does so itself; a job looks again, for who did so in the moment of opening. Never while casting.
///
/// # Errors
/// The store's.
pub(crate) async fn complete_roll(world: &World, round: &Round) -> Result<(), ActError> {
    let (id, buurt, before) = (round.id, round.buurt_id, round.closes_at);
    if round.source != "accounts" {
        return Ok(());
    }
    if !rounds::roll_lacks(&mut world.db.read().await?, id, buurt, before).await? {
        return Ok(());
    }
    world.db.write(move |u| Box::pin(async move { Ok(rounds::enrol(u, id, buurt, before).await.map(|_| ())?) })).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ballot_has_a_token_for_each_plan_point_or_place() {
        let (receipt, ballot) = (Receipt::from_bytes([3; 16]), Ballot(vec![(7, 2), (9, 1)]));
        let of = |form| tokens(receipt, "r", form, &ballot);
        let token = |plan, i| receipt.token("r", plan, i).to_vec();
        let plain = of(BallotForm::Approval { most: 2 });
        assert_eq!(plain, [(7, 0, token(7, 1)), (9, 0, token(9, 1))]);
        let points = of(BallotForm::Points { sum: 5, each: 5 });
        assert_eq!(points, [(7, 0, token(7, 1)), (7, 0, token(7, 2)), (9, 0, token(9, 1))]);
        let places = of(BallotForm::Ranking { most: 2 });
        assert_eq!(places, [(7, 2, token(7, 2)), (9, 1, token(9, 1))]);
        for token in plain.iter().chain(&points).chain(&places) {
            assert_eq!(read_token(&token_text(token)).as_ref(), Some(token));
        }
        assert!(read_token("7").is_none() && read_token("7:zz").is_none() && read_token("7:00:x").is_none());
    }
}
