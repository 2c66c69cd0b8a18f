//! Voting: the receipt, the review, and casting into the secret box.
//!
//! Casting writes the ballot and nothing else: no audit line, no mail, no time, no other row (DESIGN 7). Picks and tokens lie
//! sealed in the box until the close: the database, its log and its backups tell no choice without the round's key.

use crate::{ActError, Actor, World, boxkeys, hex, keys};
use domain::access::{Act, Denied, decide};
use domain::form::{Errors, Problem, Raw};
use domain::round::{Ballot, BallotForm, Paper, PaperPlan};
use store::rounds::{self, Boxed, Round};

/// Crockford's letters and figures: no I, L, O, U.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a receipt: 128 bits in groups of five.
const RECEIPT_LETTERS: usize = 26;

/// A receipt of 128 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt([u8; 16]);

impl Receipt {
    /// 26 letters and figures.
    pub fn text(self) -> String {
        let number = u128::from_be_bytes(self.0);
        (0..RECEIPT_LETTERS)
            .rev()
            .map(|i| char::from(CROCKFORD[usize::try_from((number >> (i * 5)) & 31).unwrap_or(0)]))
            .collect()
    }

    /// In groups of four, as shown.
    pub fn groups(self) -> Vec<String> {
        self.text().as_bytes().chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect()
    }

    /// Reads it back; upper and lower case, gaps and look-alikes are forgiven.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut number: u128 = 0;
        let mut letters = 0;
        for c in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            };
            let value = CROCKFORD.iter().position(|b| char::from(*b) == c)?;
            // The first letter carries three bits.
            if letters == 0 && value > 7 {
                return None;
            }
            number = (number << 5) | u128::try_from(value).ok()?;
            letters += 1;
        }
        (letters == RECEIPT_LETTERS).then(|| Self(number.to_be_bytes()))
    }

    /// `HMAC-SHA-256(receipt, "<round>\n<plan>\n<i>")`: what is published of a pick. `i` is 1, or each of 1 to the points, or
    /// the place of a ranking.
    pub fn token(self, round: &str, plan: i64, i: u32) -> [u8; 32] {
        // HMAC pads a short key with zeros, so this is the HMAC under the 16 bytes.
        let mut key = [0; 32];
        key[..16].copy_from_slice(&self.0);
        keys::tag(&key, &[format!("{round}\n{plan}\n{i}").as_bytes()])
    }
}

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

/// Why a reader may vote, or what they can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// May vote now.
    Voter,
    /// Not signed in.
    SignIn,
    /// Signed in; where they live was not shown yet.
    Residence,
    /// Lives in another buurt.
    Elsewhere,
}

/// How a reader stands to a round.
pub fn standing(actor: &Actor, round: &Round) -> Standing {
    match decide(Act::Vote, actor, &round.subject()) {
        Ok(()) => Standing::Voter,
        Err(Denied::SignIn) => Standing::SignIn,
        Err(_) if actor.resident_of.is_none() => Standing::Residence,
        Err(_) => Standing::Elsewhere,
    }
}

/// A receipt is taken only from who got it drawn: nobody can make two ballots share their tokens.
fn seal(world: &World, round: &Round, account: i64, receipt: Receipt) -> String {
    hex(&world.keys.tag("receipt", format!("{}/{account}/{}", round.id, receipt.text()).as_bytes()))
}

/// What the review screen shows and its form carries.
#[derive(Clone, Debug)]
pub struct Review {
    /// The picks.
    pub ballot: Ballot,
    /// Receipt and its seal, where the round gives them.
    pub receipt: Option<(Receipt, String)>,
}

/// Looks a ballot over before it is cast. Writes nothing.
///
/// # Errors
/// On `plan` for wrong picks; [`Denied`] for who may not vote, or not now.
pub fn review(
    world: &World,
    actor: &Actor,
    round: &Round,
    paper: &Paper,
    withdrawn: &[i64],
    raw: &Raw,
) -> Result<Review, ActError> {
    decide(Act::Vote, actor, &round.subject())?;
    if !round.takes_votes(world.now()) {
        return Err(Denied::State.into());
    }
    let ballot = Ballot::parse(raw, form_of(paper)?, &open_plans(paper, withdrawn), paper.pot)?;
    let account = actor.account.ok_or(Denied::SignIn)?;
    let receipt = round.receipts.then(|| {
        let receipt = Receipt(world.random::<16>());
        (receipt, seal(world, round, account, receipt))
    });
    Ok(Review { ballot, receipt })
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
    let mut c = world.db.read().await?;
    let round = rounds::by_slug(&mut c, slug).await?.ok_or(ActError::NotFound)?;
    decide(Act::Vote, actor, &round.subject())?;
    let account = actor.account.ok_or(Denied::SignIn)?;
    if !round.takes_votes(world.now()) {
        return Err(Denied::State.into());
    }
    let paper = crate::rounds::frozen(&round)?;
    let form = form_of(&paper)?;
    let picks = Ballot::parse(raw, form, &paper.plans, paper.pot)?;
    let key = boxkeys::load(&boxkeys::round_key(world, round.id), round.key_fingerprint.as_deref())?;
    let receipt = if round.receipts {
        let receipt =
            Receipt::parse(raw.get("receipt")).filter(|r| seal(world, &round, account, *r) == raw.get("seal"));
        Some(receipt.ok_or_else(|| Errors::one("plan", Problem::Changed))?)
    } else {
        None
    };
    // Never made here: an entry that came with a vote would say who voted.
    let entry = rounds::entry_of(&mut c, round.id, account).await?.ok_or(Denied::NotYours)?;
    drop(c);
    let pseudonym = pseudonym(&key, entry);
    let tokens = receipt
        .map(|r| tokens(r, &round.slug, form, &picks).iter().map(token_text).collect::<Vec<_>>().join(","))
        .unwrap_or_default();
    let (kept_picks, kept_tokens) = sealed(world, &key, &pseudonym, &paper, (&picks.to_text(), &tokens))?;
    let boxed = Boxed {
        pseudonym: pseudonym.to_vec(),
        picks: kept_picks,
        key: keys::tag(&key, &[b"form\0", &pseudonym, form_key.as_bytes()]).to_vec(),
        digest: keys::tag(&key, &[b"content\0", picks.to_text().as_bytes(), b"\0", tokens.as_bytes()]).to_vec(),
        tokens: kept_tokens,
    };
    let replaced = put(world, &round, boxed, picks.clone()).await?;
    Ok(Taken { ballot: picks, receipt, replaced })
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
async fn put(world: &World, round: &Round, boxed: Boxed, picks: Ballot) -> Result<bool, ActError> {
    let (clock, id, slug, fingerprint) =
        (world.clock.clone(), round.id, round.slug.clone(), round.key_fingerprint.clone());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                u.lock_shared(id).await?;
                // Two tries of one voter follow each other; the number is drawn from the pseudonym, so it meets no other lock.
                let own: [u8; 8] = boxed.pseudonym.get(..8).and_then(|b| b.try_into().ok()).unwrap_or_default();
                u.lock_exclusive(i64::from_be_bytes(own)).await?;
                let round = rounds::by_slug(u, &slug).await?.ok_or(ActError::NotFound)?;
                if !round.takes_votes(clock.now()) {
                    return Err(Denied::State.into());
                }
                if round.key_fingerprint != fingerprint {
                    return Err(ActError::Broken(format!("the key of round {id} changed while a ballot was cast")));
                }
                let changed = || ActError::from(Errors::one("plan", Problem::Changed));
                if let Some(digest) = rounds::retry(u, id, &boxed.pseudonym, &boxed.key).await? {
                    return if digest == boxed.digest { Ok(true) } else { Err(changed()) };
                }
                let before = rounds::boxed(u, id, &boxed.pseudonym).await?;
                match before {
                    Some(before) if before.key == boxed.key => {
                        return if before.digest == boxed.digest { Ok(false) } else { Err(changed()) };
                    }
                    Some(before) => rounds::add_retry(u, id, &before).await?,
                    None => {}
                }
                if rounds::plans(u, id).await?.iter().any(|p| p.withdrawn && picks.value(p.id) > 0) {
                    return Err(Errors::one("plan", Problem::NotAChoice).into());
                }
                rounds::put_boxed(u, id, &boxed).await?;
                Ok(false)
            })
        })
        .await
}

/// Brings the roll of a round that takes votes up to date with everyone whose residence was shown before its close. Showing
/// residence does so itself; a job looks again, for who did so in the moment of opening. Never while casting.
///
/// # Errors
/// The store's.
pub(crate) async fn complete_roll(world: &World, round: &Round) -> Result<(), ActError> {
    let (id, buurt, before) = (round.id, round.buurt_id, round.closes_at);
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
        let (receipt, ballot) = (Receipt([3; 16]), Ballot(vec![(7, 2), (9, 1)]));
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

    #[test]
    fn receipts_come_back_and_forgive_look_alikes() {
        for bytes in [[0; 16], [255; 16], *b"abcdefghijklmnop"] {
            let receipt = Receipt(bytes);
            assert_eq!(receipt.text().len(), 26);
            assert_eq!(Receipt::parse(&receipt.groups().join(" ").to_lowercase()), Some(receipt));
        }
        let zero = Receipt([0; 16]);
        assert_eq!(Receipt::parse(&"O".repeat(26)), Some(zero));
        assert_eq!(Receipt::parse("0123"), None);
        assert_eq!(Receipt::parse(&"Z".repeat(26)), None);
        assert_ne!(zero.token("a", 1, 1), zero.token("a", 2, 1));
        assert_ne!(zero.token("a", 1, 1), zero.token("a", 1, 2));
    }
}
