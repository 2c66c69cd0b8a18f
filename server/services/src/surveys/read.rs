//! Reading a closed wave, once: proposals of themes, and each answer's words masked, in an order that does not tell which
//! words were written together.

use super::masked::masked;
use super::wave_lock;
use crate::initiatives::FormKey;
use crate::{ActError, Actor, World, audit};
use domain::access::{Act, Denied, Subject, decide};
use domain::survey::{AskedIn, Kind, Own};
use domain::urls;
use rand::seq::SliceRandom as _;
use std::collections::HashSet;
use std::sync::PoisonError;
use store::results::{self, NewQuote, Proposal, State};
use store::waves::{self, Closed, Wave};
use store::{StoreError, places};
use themes::{Lang, Profile};

/// What a theme is recognised by, as its row keeps it: question and profile.
pub(super) type Profiles = Vec<(String, Profile)>;

pub(super) fn profiles(theme: &results::Theme) -> Result<Profiles, ActError> {
    serde_json::from_str(&theme.profiles)
        .map_err(|_| StoreError::Corrupt { column: "profiles".into(), source: None }.into())
}

/// As proposals keep a language.
pub(super) fn lang_key(lang: Lang) -> &'static str {
    match lang {
        Lang::Nl => "nl",
        Lang::En => "en",
        Lang::Other => "other",
    }
}

/// Reads every closed wave that was not read yet; gives how many. Run it often.
///
/// # Errors
/// The first that a wave met; the others were still tried.
pub async fn read_due(world: &World) -> Result<usize, ActError> {
    let waiting = results::unread(&mut world.db.read().await?).await?;
    let (mut done, mut failed) = (0, None);
    for wave in waiting {
        match propose(world, wave).await {
            Ok(read) => done += usize::from(read),
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(done), Err)
}

/// Reads a closed wave at once, for who publishes it. Gives where to go.
///
/// # Errors
/// [`Denied`] without the right, or before the close.
pub async fn read_now(world: &World, actor: &Actor, form: FormKey, wave: &Wave) -> Result<String, ActError> {
    decide(Act::PublishWave, actor, &Subject::default())?;
    if !wave.closed {
        return Err(Denied::State.into());
    }
    propose(world, wave.id).await?;
    let (now, slug) = (world.now(), wave.slug.clone());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "read_wave").await?;
                form.led_to(u, "read_wave", &urls::AdminWavePublication { wave: slug }, "gelezen", now).await
            })
        })
        .await
}

/// Everything that reading makes.
struct Made {
    proposals: Vec<(Proposal, Vec<(i64, bool)>)>,
    quotes: Vec<NewQuote>,
}

/// Works out proposals and masks words, and keeps them; false when that was done before.
///
/// # Errors
/// The store's.
pub async fn propose(world: &World, wave: i64) -> Result<bool, ActError> {
    let mut c = world.db.read().await?;
    if results::is_read(&mut c, wave).await? {
        return Ok(false);
    }
    let Some(row) = waves::all(&mut c).await?.into_iter().find(|w| w.id == wave && w.closed) else { return Ok(false) };
    let answers = waves::answers(&mut c, wave).await?;
    let mut known = Vec::new();
    for theme in results::themes(&mut c).await? {
        known.extend(profiles(&theme)?);
    }
    let mut names: Vec<String> =
        places::buurten(&mut c).await?.into_iter().flat_map(|b| [b.name, b.stadsdeel]).collect();
    names.extend(places::wijken(&mut c).await?.into_iter().map(|w| w.name));
    let released: HashSet<i64> = results::released_before(&mut c, wave).await?.into_iter().collect();
    let open: Vec<bool> = row.asked.questions.iter().map(|q| q.kind == Kind::Open).collect();
    drop(c);
    let worked = tokio::task::spawn_blocking(move || work_out(&answers, &open, &known, &names, &released)).await;
    let mut made = worked.map_err(|e| ActError::Broken(format!("themes were not worked out: {e}")))?;
    made.quotes.shuffle(&mut *world.rng.lock().unwrap_or_else(PoisonError::into_inner));
    let now = world.now();
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                u.lock_exclusive(wave_lock(wave)).await?;
                if !results::mark_read(u, wave, now).await? {
                    return Ok(false);
                }
                for quote in &made.quotes {
                    results::add_quote(u, wave, quote).await?;
                }
                for (proposal, members) in &made.proposals {
                    let id = results::add_proposal(u, wave, proposal).await?;
                    for (position, typical) in members {
                        results::add_member(u, id, *position, *typical).await?;
                    }
                }
                audit(u, now, None, "read_wave", ("wave", wave), "").await?;
                Ok(true)
            })
        })
        .await
}

/// Names of own questions where quotes are kept.
const OWN: [&str; domain::survey::OWN_QUESTIONS] = ["own_1", "own_2", "own_3"];

fn work_out(
    answers: &[Closed],
    open: &[bool],
    known: &[(String, Profile)],
    names: &[String],
    released: &HashSet<i64>,
) -> Made {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut made = Made { proposals: Vec::new(), quotes: Vec::new() };
    for answer in answers {
        let mut keep = |question: &'static str, words: &str| {
            if !words.trim().is_empty() {
                made.quotes.push(NewQuote {
                    position: answer.position,
                    question,
                    buurt: answer.buurt,
                    open: answer.open,
                    lang: answer.answer.lang.clone(),
                    words: masked(words, &names),
                    released: question == "good" && released.contains(&answer.position),
                });
            }
        };
        keep("good", &answer.answer.good);
        keep("better", &answer.answer.better);
        for ((own, question), open) in answer.answer.own.iter().zip(OWN).zip(open) {
            if let (Own::Words(words), true) = (own, open) {
                keep(question, words);
            }
        }
    }
    for asked in [AskedIn::Good, AskedIn::Better] {
        let known: Vec<Profile> = known.iter().filter(|(q, _)| q == asked.key()).map(|(_, p)| p.clone()).collect();
        // Masked words, so that no name becomes a theme's.
        let texts: Vec<&NewQuote> = made.quotes.iter().filter(|q| q.question == asked.key()).collect();
        let given: Vec<themes::Answer<'_>> = (0u32..)
            .zip(&texts)
            .map(|(id, q)| themes::Answer { id, lang: Lang::of(&q.lang), text: &q.words })
            .collect();
        for p in themes::propose(&given, &known) {
            let place = |id: u32| texts.get(id as usize).map(|q| q.position);
            let members =
                p.members.iter().filter_map(|m| Some((place(m.id)?, p.quotes.contains(&m.id)))).collect::<Vec<_>>();
            let row = Proposal {
                id: 0,
                question: asked.key().to_owned(),
                lang: lang_key(p.lang).to_owned(),
                label: p.label,
                terms: p.terms,
                theme: p.known,
                state: State::Proposed,
                answers: 0,
            };
            made.proposals.push((row, members));
        }
    }
    made
}
