//! Survey waves: making them, answering, closing, and figures that never show a group under ten.

use crate::{ActError, Actor, World, audit, boxkeys, budget, keys, once, remember, rounds};
use domain::access::{Act, Denied, Subject, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::TITLE_MAX;
use domain::survey::{Answer, Figures, SMALLEST_GROUP, figures};
use rand::seq::SliceRandom as _;
use std::sync::PoisonError;
use store::Conn;
use store::waves::{self, Wave};

/// Keeps answers and the close of a wave apart; negative, so that it meets no round.
fn wave_lock(id: i64) -> i64 {
    -2_000_000_000 - id
}

/// What an administrator fills in for a new wave.
#[derive(Clone, Debug)]
pub struct WaveForm {
    /// Title.
    pub title: String,
    /// Opens.
    pub opens_at: i64,
    /// Closes.
    pub closes_at: i64,
}

impl WaveForm {
    /// Fields: `title`, `opens`, `closes`.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let title = errors.take("title", raw.text("title", TITLE_MAX)).replace('\n', " ");
        let (opens_at, closes_at) = rounds::term(raw, &mut errors);
        errors.done()?;
        Ok(Self { title, opens_at, closes_at })
    }
}

/// Makes a wave with its key. Gives its slug.
///
/// # Errors
/// [`Denied`]; the store's.
pub async fn set_up(
    world: &World,
    actor: &Actor,
    form: WaveForm,
    key: String,
    key_actor: String,
) -> Result<String, ActError> {
    decide(Act::RunWave, actor, &Subject::default())?;
    let (now, who) = (world.now(), actor.account);
    let wanted = budget::slug(&form.title);
    let wanted = if wanted.is_empty() { "peiling".to_owned() } else { wanted };
    let taken = waves::all(&mut world.db.read().await?).await?;
    let slug = (1..)
        .map(|n| if n == 1 { wanted.clone() } else { format!("{wanted}-{n}") })
        .find(|s| !taken.iter().any(|w| w.slug == *s))
        .unwrap_or(wanted);
    // The key is on disk before the unit that leans on it commits.
    let fingerprint = boxkeys::make(world, &boxkeys::wave_key(world, &slug))?;
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &key, "set_up_wave", &key_actor).await?;
                let id = waves::insert(u, &slug, &form.title, form.opens_at, form.closes_at, &fingerprint, now).await?;
                audit(u, now, who, "set_up_wave", ("wave", id), "").await?;
                remember(u, &key, "set_up_wave", &key_actor, &domain::urls::AdminWaves {}.to_string(), now).await?;
                Ok(slug)
            })
        })
        .await
}

/// Where an answer counts: the reader's own buurt.
fn subject(actor: &Actor) -> Subject {
    Subject { buurt: actor.resident_of, ..Subject::default() }
}

/// Whether the reader may answer, and if not, why.
///
/// # Errors
/// [`Denied`].
pub fn may_answer(actor: &Actor) -> Result<(), Denied> {
    decide(Act::AnswerSurvey, actor, &subject(actor))
}

/// Puts an answer into the box in place of an earlier one. Writes nothing else: no audit line, no time, no person.
///
/// # Errors
/// [`Denied`] for who may not answer, or not now; [`ActError::Broken`] when the wave key is missing or wrong.
pub async fn answer(world: &World, actor: &Actor, slug: &str, answer: Answer, form_key: &str) -> Result<(), ActError> {
    may_answer(actor)?;
    let (Some(account), Some(buurt)) = (actor.account, actor.resident_of) else { return Err(Denied::NotYours.into()) };
    let wave = waves::by_slug(&mut world.db.read().await?, slug).await?.ok_or(ActError::NotFound)?;
    if !wave.takes_answers(world.now()) {
        return Err(Denied::State.into());
    }
    let key = boxkeys::load(&boxkeys::wave_key(world, slug), wave.key_fingerprint.as_deref())?;
    let pseudonym = keys::tag(&key, &[b"resident\0", &account.to_be_bytes()]);
    let form = keys::tag(&key, &[b"form\0", &pseudonym, form_key.as_bytes()]);
    let text = serde_json::to_string(&answer).map_err(|e| ActError::Broken(e.to_string()))?;
    // Of this form alone, so that the box does not tell who answered alike.
    let digest = keys::tag(&key, &[b"content\0", &form, text.as_bytes()]).to_vec();
    // Lengths in steps, so that they tell little of what was written.
    let sealed = boxkeys::seal(world, &key, &pseudonym, &text, 2048)?;
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
                let kept = waves::BoxedAnswer { buurt, sealed: &sealed, form: &form, digest: &digest };
                Ok(waves::put_boxed(u, wave.id, &pseudonym, &kept).await?)
            })
        })
        .await
}

/// Closes every wave whose time is over and destroys keys that are done with; gives how many it closed. Run it often.
///
/// # Errors
/// The first that a wave met; the others were still tried.
pub async fn close_due(world: &World) -> Result<usize, ActError> {
    let all = waves::all(&mut world.db.read().await?).await?;
    let (mut closed, mut failed) = (0, None);
    for wave in all {
        let path = boxkeys::wave_key(world, &wave.slug);
        let outcome = if wave.closed {
            boxkeys::destroy(&path)
        } else if world.now() >= wave.closes_at {
            match close(world, wave).await {
                Ok(()) => {
                    closed += 1;
                    boxkeys::bury(world, &path).await
                }
                other => other,
            }
        } else {
            Ok(())
        };
        match outcome {
            Ok(()) | Err(ActError::Denied(Denied::State)) => {}
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(closed), Err)
}

/// An answer of the box, to read.
fn opened(key: &[u8; 32], boxed: waves::Opened) -> Result<Answer, ActError> {
    match boxed.answer {
        waves::Kept::Plain(answer) => Ok(answer),
        waves::Kept::Sealed(sealed) => serde_json::from_str(&boxkeys::unseal(key, &boxed.pseudonym, &sealed)?)
            .map_err(|e| ActError::Broken(format!("an answer cannot be read: {e}"))),
    }
}

async fn close(world: &World, wave: Wave) -> Result<(), ActError> {
    let key = boxkeys::load(&boxkeys::wave_key(world, &wave.slug), wave.key_fingerprint.as_deref())?;
    let (rng, clock) = (world.rng.clone(), world.clock.clone());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                u.lock_exclusive(wave_lock(wave.id)).await?;
                let now = clock.now();
                if now < wave.closes_at {
                    return Err(Denied::State.into());
                }
                let mut all = Vec::new();
                for boxed in waves::box_of(u, wave.id).await? {
                    all.push((boxed.buurt, opened(&key, boxed)?));
                }
                all.shuffle(&mut *rng.lock().unwrap_or_else(PoisonError::into_inner));
                if !waves::close(u, wave.id, all.len()).await? {
                    return Err(Denied::State.into());
                }
                for (position, (buurt, answer)) in all.iter().enumerate() {
                    waves::add_answer(u, wave.id, position, *buurt, answer).await?;
                }
                waves::empty_box(u, wave.id).await?;
                audit(u, now, None, "wave_close", ("wave", wave.id), "").await?;
                Ok(())
            })
        })
        .await
}

/// What may be shown of a closed wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Per buurt (id); `None`: too few.
    pub per_buurt: Vec<(i64, Option<Figures>)>,
    /// Of the city; `None`: too few.
    pub city: Option<Figures>,
    /// The city's figures leave hidden buurten out, since those could be worked out from them.
    pub partial: bool,
}

/// Figures without any group under ten, nor one that follows from the others: the city's figures hold the hidden buurten
/// only when these are ten or more together, in answers and in marks, or none at all.
pub fn shown(answers: &[(i64, Option<i64>)]) -> Shown {
    let mut buurten: Vec<i64> = answers.iter().map(|(b, _)| *b).collect();
    buurten.sort_unstable();
    buurten.dedup();
    let of = |buurt: i64| answers.iter().filter(move |(b, _)| *b == buurt).map(|(_, m)| *m).collect::<Vec<_>>();
    let per_buurt: Vec<(i64, Option<Figures>)> = buurten.iter().map(|b| (*b, figures(&of(*b)))).collect();
    let full = |f: &Option<Figures>| f.as_ref().is_some_and(|f| f.mean_tenths.is_some());
    let hidden: Vec<Option<i64>> = per_buurt.iter().filter(|(_, f)| f.is_none()).flat_map(|(b, _)| of(*b)).collect();
    let hidden_marks = per_buurt.iter().filter(|(_, f)| !full(f)).flat_map(|(b, _)| of(*b)).flatten().count();
    let safe = |n: usize| n == 0 || n >= SMALLEST_GROUP;
    if safe(hidden.len()) && safe(hidden_marks) {
        let all: Vec<Option<i64>> = answers.iter().map(|(_, m)| *m).collect();
        return Shown { city: figures(&all), per_buurt, partial: false };
    }
    let open: Vec<Option<i64>> = per_buurt.iter().filter(|(_, f)| full(f)).flat_map(|(b, _)| of(*b)).collect();
    Shown { city: figures(&open), per_buurt, partial: true }
}

/// Figures and released quotes (buurt, words) of a closed wave. Quotes of buurten that are not shown stay hidden.
///
/// # Errors
/// The store's.
pub async fn result(c: &mut Conn, wave: &Wave) -> Result<(Shown, Vec<(i64, String)>), ActError> {
    let shown = shown(&waves::marks(c, wave.id).await?);
    let mut quotes = waves::quotes(c, wave.id).await?;
    quotes.retain(|(buurt, _)| shown.per_buurt.iter().any(|(b, f)| b == buurt && f.is_some()));
    Ok((shown, quotes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(groups: &[(i64, usize, usize)]) -> Vec<(i64, Option<i64>)> {
        groups
            .iter()
            .flat_map(|&(buurt, marks, blank)| {
                std::iter::repeat_n((buurt, Some(7)), marks).chain(std::iter::repeat_n((buurt, None), blank))
            })
            .collect()
    }

    #[test]
    fn a_small_buurt_cannot_be_worked_out_from_the_city() {
        let s = shown(&answers(&[(1, 12, 0), (2, 9, 0)]));
        assert!(s.partial && s.per_buurt[1].1.is_none());
        assert_eq!(s.city.map(|f| f.answers), Some(12));
        let s = shown(&answers(&[(1, 12, 0), (2, 9, 0), (3, 1, 0)]));
        assert!(!s.partial);
        assert_eq!(s.city.map(|f| f.answers), Some(22));
    }

    #[test]
    fn nor_can_a_few_marks_among_many_answers() {
        let s = shown(&answers(&[(1, 12, 0), (2, 3, 9)]));
        assert!(s.partial);
        assert_eq!(s.city.map(|f| f.marks.iter().sum::<usize>()), Some(12));
        assert_eq!(shown(&answers(&[(1, 9, 0)])).city, None);
    }
}
