//! Asking residents to answer: by mail, by letters with a code, and one reminder to all of them.
//!
//! Who was reminded is who was invited, whether they answered or not: nobody knows who did.

use super::answering::letter_hash;
use crate::{ActError, Actor, World, audit, letter, once, remember};
use domain::access::{Act, Denied, Subject, decide};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use domain::vote_code::{RANDOM, VoteCode};
use mail::Values;
use store::waves::{self, Invitee, Wave};
use store::{Unit, places};

/// Letters that can be made at once.
pub const CODES_MOST: i64 = 2_000;

/// One letter: no address, since it goes to every door of the buurt.
#[derive(Clone, Debug)]
pub struct SurveyLetter {
    /// Its code.
    pub code: VoteCode,
}

/// Makes codes for letters. Fields: `buurt` (id), `count`. The codes leave in this answer and never again. Gives the buurt's
/// name and the letters.
///
/// # Errors
/// [`Denied`] without the right, or once the wave closed; wrong fields.
pub async fn issue_codes(
    world: &World,
    actor: &Actor,
    wave: &Wave,
    raw: &Raw,
) -> Result<(String, Vec<SurveyLetter>), ActError> {
    decide(Act::RunWave, actor, &Subject::default())?;
    let (now, who, id) = (world.now(), actor.audited(), wave.id);
    if wave.closed || now >= wave.closes_at {
        return Err(Denied::State.into());
    }
    let mut errors = Errors::default();
    let buurt = errors.take("buurt", raw.id("buurt"));
    let count = errors.take("count", raw.number("count", 1, CODES_MOST));
    errors.done()?;
    let buurt = places::buurt_by_id(&mut world.db.read().await?, buurt)
        .await?
        .filter(|b| wave.reach.holds(b.id, b.wijk_id))
        .ok_or_else(|| Errors::one("buurt", Problem::NotAChoice))?;
    let letters: Vec<SurveyLetter> =
        (0..count).map(|_| SurveyLetter { code: VoteCode::new(world.random::<RANDOM>()) }).collect();
    let hashes: Vec<String> = letters.iter().map(|l| letter_hash(world, &l.code)).collect();
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                for hash in &hashes {
                    waves::add_code(u, id, hash, buurt.id).await?;
                }
                let detail = format!("{count} for buurt {}", buurt.id);
                Ok::<_, ActError>(audit(u, now, who, "issue_survey_codes", ("wave", id), &detail).await?)
            })
        })
        .await?;
    Ok((buurt.name, letters))
}

/// Everyone with a confirmed address who lives where the wave asks.
async fn asked(world: &World, wave: &Wave) -> Result<Vec<Invitee>, ActError> {
    let mut c = world.db.read().await?;
    let mut all = Vec::new();
    for buurt in places::buurten(&mut c).await? {
        if wave.reach.holds(buurt.id, buurt.wijk_id) {
            all.extend(waves::residents(&mut c, buurt.id).await?);
        }
    }
    Ok(all)
}

/// Mails an invitation to every resident with an account whom the wave asks, once. Gives how many.
///
/// # Errors
/// [`Denied`] without the right, when it was done before, or while the wave takes no answers.
pub async fn invite(
    world: &World,
    actor: &Actor,
    wave: &Wave,
    key: String,
    key_actor: String,
) -> Result<usize, ActError> {
    mail_everyone(world, actor, wave, (key, key_actor), &INVITATION).await
}

/// Mails the one reminder, to everyone whom the wave asks: 'al ingevuld? Dank u, u hoeft niets te doen'. Gives how many.
///
/// # Errors
/// [`Denied`] without the right, before an invitation, after a reminder, or while the wave takes no answers.
pub async fn remind(
    world: &World,
    actor: &Actor,
    wave: &Wave,
    key: String,
    key_actor: String,
) -> Result<usize, ActError> {
    mail_everyone(world, actor, wave, (key, key_actor), &REMINDER).await
}

/// A mail that goes out once, to everyone: its act and its template.
struct Once {
    act: &'static str,
    template: &'static str,
}

const INVITATION: Once = Once { act: "invite_to_wave", template: "survey-invite" };
const REMINDER: Once = Once { act: "remind_of_wave", template: "survey-reminder" };

async fn mail_everyone(
    world: &World,
    actor: &Actor,
    wave: &Wave,
    (key, key_actor): (String, String),
    mail: &'static Once,
) -> Result<usize, ActError> {
    let people = may_mail(world, actor, wave).await?;
    let (now, who, id, slug) = (world.now(), actor.audited(), wave.id, wave.slug.clone());
    let title = wave.title.clone();
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &key, mail.act, &key_actor).await?;
                let first = if mail.act == INVITATION.act {
                    waves::mark_invited(u, id, people.len(), now).await?
                } else {
                    waves::mark_reminded(u, id, now).await?
                };
                if !first {
                    return Err(Denied::State.into());
                }
                send(u, now, mail.template, &people, &slug, &title).await?;
                audit(u, now, who, mail.act, ("wave", id), &people.len().to_string()).await?;
                remember(u, &key, mail.act, &key_actor, &urls::AdminWave { wave: slug }.to_string(), now).await?;
                Ok(people.len())
            })
        })
        .await
}

async fn may_mail(world: &World, actor: &Actor, wave: &Wave) -> Result<Vec<Invitee>, ActError> {
    decide(Act::RunWave, actor, &Subject::default())?;
    if !wave.takes_answers(world.now()) {
        return Err(Denied::State.into());
    }
    asked(world, wave).await
}

async fn send(
    u: &mut Unit,
    now: i64,
    template: &'static str,
    people: &[Invitee],
    slug: &str,
    title: &str,
) -> Result<(), ActError> {
    let path = urls::Wave { wave: slug.to_owned() }.to_string();
    let values = Values { path, title: title.to_owned(), ..Values::default() };
    for person in people {
        letter(u, now, template, &person.email, &person.lang, &values).await?;
    }
    Ok(())
}
