//! Answering: by account, by a letter's code, by the answer's own code, or by whoever has an open wave's link.
//!
//! Nothing is written beside the answer: no audit line, no time, no person, no mark on a code.

use super::wave_lock;
use crate::codes::misspelled;
use crate::limits::SURVEY_CODES;
use crate::{ActError, Actor, World, boxkeys, hex, keys};
use domain::access::{Act, Denied, Subject, decide};
use domain::form::{Errors, Problem, Raw};
use domain::survey::Answer;
use domain::vote_code::{RANDOM, VoteCode};
use store::Conn;
use store::waves::{self, BoxedAnswer, Wave};

/// Bytes to which sealed answers are padded up, so that their lengths tell little of what was written.
const BLOCK: usize = 2048;

/// By which door somebody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entrance {
    /// As a resident who is signed in, of this buurt.
    Account(i64),
    /// By the code of a letter that was made for this buurt.
    Letter(i64),
    /// By the own code of an answer that is in the box.
    Own(i64),
    /// By the link alone; they say in which buurt they live.
    Open,
}

/// The hash under which a letter's code is kept.
pub(super) fn letter_hash(world: &World, code: &VoteCode) -> String {
    hex(&world.keys.tag("survey-letter", code.plain().as_bytes()))
}

/// Which door this reader comes through: a code that was shown goes before the account, and the link comes last.
///
/// # Errors
/// On `code`: one that is misspelled or not of this wave. [`Denied`]: signing in, or showing where they live, would help.
pub async fn entrance(world: &World, actor: &Actor, wave: &Wave, typed: &str) -> Result<Entrance, ActError> {
    Ok(door(&mut world.db.read().await?, world, actor, wave, typed).await?.entrance)
}

/// [`entrance`] for a code that was typed from this network: wrong ones are counted, and never delay a right one.
///
/// # Errors
/// As [`entrance`]; [`ActError::TooMany`] for a wrong one too many.
pub async fn enter(
    world: &World,
    actor: &Actor,
    wave: &Wave,
    typed: &str,
    network: &str,
) -> Result<Entrance, ActError> {
    match entrance(world, actor, wave, typed).await {
        Err(ActError::Form(errors)) => {
            SURVEY_CODES.count(world, network).await?;
            Err(errors.into())
        }
        other => other,
    }
}

/// The door, and whose pseudonym waits behind it.
struct Door {
    entrance: Entrance,
    whose: Whose,
}

enum Whose {
    Account(i64),
    Letter(String),
    Own(Vec<u8>, bool, VoteCode),
    Form,
}

async fn door(c: &mut Conn, world: &World, actor: &Actor, wave: &Wave, typed: &str) -> Result<Door, ActError> {
    let by_link = Subject { open: true, ..Subject::default() };
    if !typed.trim().is_empty() {
        let wrong = |problem| ActError::from(Errors::one("code", problem));
        let code = VoteCode::parse(typed).map_err(|why| wrong(misspelled(why)))?;
        let key = wave_key(world, wave)?;
        if let Some(found) = waves::by_code_tag(c, wave.id, &own_tag(&key, &code)).await? {
            decide(Act::AnswerByLink, actor, &by_link)?;
            let whose = Whose::Own(found.pseudonym, found.open, code);
            return Ok(Door { entrance: Entrance::Own(found.buurt), whose });
        }
        let hash = letter_hash(world, &code);
        let buurt = waves::code_buurt(c, wave.id, &hash).await?.ok_or_else(|| wrong(Problem::NotAChoice))?;
        decide(Act::AnswerByLink, actor, &by_link)?;
        // Who is signed in answers as themselves. A letter is for a door: signed out it gives an answer of its own.
        if let Some((account, own)) = resident(c, actor, wave).await? {
            return Ok(Door { entrance: Entrance::Account(own), whose: Whose::Account(account) });
        }
        return Ok(Door { entrance: Entrance::Letter(buurt), whose: Whose::Letter(hash) });
    }
    if let Some((account, buurt)) = resident(c, actor, wave).await? {
        return Ok(Door { entrance: Entrance::Account(buurt), whose: Whose::Account(account) });
    }
    if wave.open_link {
        decide(Act::AnswerByLink, actor, &by_link)?;
        return Ok(Door { entrance: Entrance::Open, whose: Whose::Form });
    }
    decide(Act::AnswerSurvey, actor, &subject(actor))?;
    Err(Denied::NotYours.into())
}

/// Where an answer counts: the reader's own buurt.
fn subject(actor: &Actor) -> Subject {
    Subject { buurt: actor.resident_of, ..Subject::default() }
}

/// Account and buurt of a resident whom this wave asks.
async fn resident(c: &mut Conn, actor: &Actor, wave: &Wave) -> Result<Option<(i64, i64)>, ActError> {
    if decide(Act::AnswerSurvey, actor, &subject(actor)).is_err() {
        return Ok(None);
    }
    let (Some(account), Some(buurt)) = (actor.account, actor.resident_of) else { return Ok(None) };
    let asked = store::places::buurt_by_id(c, buurt).await?.is_some_and(|b| wave.reach.holds(b.id, b.wijk_id));
    Ok(asked.then_some((account, buurt)))
}

fn wave_key(world: &World, wave: &Wave) -> Result<[u8; 32], ActError> {
    boxkeys::load(&boxkeys::wave_key(world, &wave.slug), wave.key_fingerprint.as_deref())
}

fn own_tag(key: &[u8; 32], code: &VoteCode) -> [u8; 32] {
    keys::tag(key, &[b"own code\0", code.plain().as_bytes()])
}

/// What an answer's own code opens: the answer, to change it.
///
/// # Errors
/// As [`entrance`]; `None` for every other door.
pub async fn own_answer(world: &World, wave: &Wave, typed: &str) -> Result<Option<Answer>, ActError> {
    let Ok(code) = VoteCode::parse(typed) else { return Ok(None) };
    let key = wave_key(world, wave)?;
    let found = waves::by_code_tag(&mut world.db.read().await?, wave.id, &own_tag(&key, &code)).await?;
    found.map(|found| read(&key, &found.pseudonym, &found.sealed)).transpose()
}

/// An answer from the box.
pub(super) fn read(key: &[u8; 32], pseudonym: &[u8], sealed: &str) -> Result<Answer, ActError> {
    serde_json::from_str(&boxkeys::unseal(key, pseudonym, sealed)?)
        .map_err(|e| ActError::Broken(format!("an answer cannot be read: {e}")))
}

/// What is told to who answered.
pub struct Taken {
    /// The answer's own code: whoever has it may change the answer until the close.
    pub code: VoteCode,
    /// What was taken.
    pub answer: Answer,
}

/// Puts an answer into the box in place of an earlier one behind the same door. Writes nothing else. Fields: those of
/// [`Answer::parse`]; `code`; `buurt` (id), by the link alone.
///
/// # Errors
/// Each field that is wrong, the code among them; [`Denied`] for who may not answer, or not now; [`ActError::Broken`] when
/// the wave key is missing or wrong.
pub async fn answer(
    world: &World,
    actor: &Actor,
    slug: &str,
    raw: &Raw,
    lang: &str,
    form_key: &str,
) -> Result<Taken, ActError> {
    let mut c = world.db.read().await?;
    let wave = waves::by_slug(&mut c, slug).await?.ok_or(ActError::NotFound)?;
    if !wave.takes_answers(world.now()) {
        return Err(Denied::State.into());
    }
    let door = door(&mut c, world, actor, &wave, raw.get("code")).await?;
    let mut answer = Answer::parse(raw, &wave.asked, lang);
    let buurt = match door.entrance {
        Entrance::Account(buurt) | Entrance::Letter(buurt) | Entrance::Own(buurt) => buurt,
        Entrance::Open => match chosen_buurt(&mut c, &wave, raw).await? {
            Ok(buurt) => buurt,
            Err(problem) => {
                let mut errors = answer.err().unwrap_or_default();
                errors.0.push(("buurt", problem));
                answer = Err(errors);
                0
            }
        },
    };
    drop(c);
    let answer = answer?;
    let key = wave_key(world, &wave)?;
    let (pseudonym, open, known_code) = match door.whose {
        Whose::Account(account) => (keys::tag(&key, &[b"resident\0", &account.to_be_bytes()]).to_vec(), false, None),
        Whose::Letter(hash) => (keys::tag(&key, &[b"letter\0", hash.as_bytes()]).to_vec(), false, None),
        Whose::Own(pseudonym, open, code) => (pseudonym, open, Some(code)),
        Whose::Form => (keys::tag(&key, &[b"open\0", form_key.as_bytes()]).to_vec(), true, None),
    };
    let form = keys::tag(&key, &[b"form\0", &pseudonym, form_key.as_bytes()]);
    // From the form, so that a retry tells the same code.
    let code = known_code.unwrap_or_else(|| new_code(&key, &form));
    let text = serde_json::to_string(&answer).map_err(|e| ActError::Broken(e.to_string()))?;
    // Of this form alone, so that the box does not tell who answered alike.
    let digest = keys::tag(&key, &[b"content\0", &form, text.as_bytes()]).to_vec();
    let sealed = boxkeys::seal(world, &key, &pseudonym, &text, BLOCK)?;
    let tag = own_tag(&key, &code);
    let clock = world.clock.clone();
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                u.lock_shared(wave_lock(wave.id)).await?;
                let wave = waves::by_slug(u, &wave.slug).await?.ok_or(ActError::NotFound)?;
                if !wave.takes_answers(clock.now()) {
                    return Err(Denied::State.into());
                }
                // Two tries of one resident follow each other.
                let own: [u8; 8] = pseudonym.first_chunk().copied().unwrap_or_default();
                u.lock_exclusive(i64::from_be_bytes(own)).await?;
                let changed = || ActError::from(Errors::one("mark", Problem::Changed));
                // The same form again: the first answer stands, and an older form never replaces a newer answer.
                if let Some(known) = waves::retry(u, wave.id, &pseudonym, &form).await? {
                    return if known == digest { Ok(()) } else { Err(changed()) };
                }
                match waves::boxed_form(u, wave.id, &pseudonym).await? {
                    Some((known, content)) if known == form => {
                        return if content.is_none_or(|content| content == digest) { Ok(()) } else { Err(changed()) };
                    }
                    Some((known, content)) => {
                        waves::add_retry(u, wave.id, &pseudonym, &known, &content.unwrap_or_default()).await?;
                    }
                    None => {}
                }
                let kept = BoxedAnswer { buurt, open, sealed: &sealed, form: &form, digest: &digest, code_tag: &tag };
                Ok(waves::put_boxed(u, wave.id, &pseudonym, &kept).await?)
            })
        })
        .await?;
    Ok(Taken { code, answer })
}

/// Five bits of each byte are used: of the two halves of a tag, so many as a code takes.
fn new_code(key: &[u8; 32], form: &[u8; 32]) -> VoteCode {
    let tag = keys::tag(key, &[b"new own code\0", form]);
    let mut random = [0; RANDOM];
    random.iter_mut().zip(tag).for_each(|(to, from)| *to = from);
    VoteCode::new(random)
}

/// The buurt that somebody with the link says they live in; where a wave asks one buurt it goes without saying.
async fn chosen_buurt(c: &mut Conn, wave: &Wave, raw: &Raw) -> Result<Result<i64, Problem>, ActError> {
    if let domain::survey::Reach::Buurt(id) = wave.reach {
        return Ok(Ok(id));
    }
    let id = match raw.id("buurt") {
        Ok(id) => id,
        Err(problem) => return Ok(Err(problem)),
    };
    let found = store::places::buurt_by_id(c, id).await?.filter(|b| wave.reach.holds(b.id, b.wijk_id));
    Ok(found.map(|b| b.id).ok_or(Problem::NotAChoice))
}
