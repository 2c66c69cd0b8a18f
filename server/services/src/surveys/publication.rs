//! Publishing a wave: looked over first, then kept as one document from which everything public is drawn.

use super::count::{Counted, count};
use super::desk::{Held, held};
use super::read::{Profiles, lang_key, profiles};
use super::wave_lock;
use crate::initiatives::FormKey;
use crate::{ActError, Actor, World, audit, hex};
use domain::access::{Act, Denied, Subject, decide};
use domain::disclosure::{AreaId, Method, Report, Shown, label, publish as disclose};
use domain::form::{Errors, Problem, Raw};
use domain::survey::{Area, AskedIn, Published, Question, Quote};
use domain::uncertainty::mean_interval;
use domain::urls;
use std::collections::{BTreeMap, HashSet};
use store::results::{self, Proposal, State};
use store::{Conn, StoreError};
use themes::{Lang, Profile};

/// What would be published now.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The document.
    pub data: Published,
    /// What is hidden and why.
    pub report: Report,
    /// The version that stands now.
    pub before: Option<i64>,
    /// It says the same as that version.
    pub same: bool,
    /// Proposals on which nobody decided.
    pub undecided: usize,
    /// Quotes of the wave: waiting, released, refused.
    pub quotes: [i64; 3],
    /// Names this very draft: who publishes has seen it.
    pub seen: String,
    kept: Kept,
}

/// From which rows a draft was made.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kept {
    proposals: Vec<Proposal>,
    released: Vec<results::Quote>,
}

/// The look before it: the wave, and what would be published; nothing while its answers are read.
///
/// # Errors
/// [`Denied`] without the right, or before the close.
pub async fn preview(c: &mut Conn, actor: &Actor, slug: &str, now: i64) -> Result<(Held, Option<Draft>), ActError> {
    decide(Act::PublishWave, actor, &Subject::default())?;
    let held = held(c, slug).await?;
    // What the words said is gone after their term: counting anew would tell something else.
    if !held.wave.closed || now > held.wave.closes_at + results::TERM {
        return Err(Denied::State.into());
    }
    let draft = if results::is_read(c, held.wave.id).await? { Some(draft(c, &held, now).await?) } else { None };
    Ok((held, draft))
}

async fn draft(c: &mut Conn, held: &Held, now: i64) -> Result<Draft, ActError> {
    let id = held.wave.id;
    let earlier = results::latest(c, id).await?;
    let counted = count(c, held).await?;
    let (mut shown, report) = disclose(&counted.wave, earlier.as_ref().map(|e| &e.shown), Method::default());
    hide_what_hangs_on_hidden(&held.wave.asked.questions, &mut shown);
    let mut released = results::of_wave(c, id).await?;
    released.retain(|q| q.state == "released");
    let areas = shown.areas.iter().map(|a| area(&counted, a.id, a.mean_tenths)).collect();
    let quotes = released.iter().filter_map(|q| quote(&held.wave.asked.questions, &counted, &shown, q)).collect();
    // Names stay as they were first published.
    let themes = earlier.as_ref().map_or(counted.themes, |e| e.themes.clone());
    let data = Published {
        version: earlier.as_ref().map_or(1, |e| e.version + 1),
        at: now,
        slug: held.wave.slug.clone(),
        title: held.wave.title.clone(),
        opens_at: held.wave.opens_at,
        closes_at: held.wave.closes_at,
        wording: held.wave.asked.wording.clone(),
        open_link: held.wave.open_link,
        shown,
        areas,
        themes,
        questions: counted.questions,
        quotes,
    };
    let same = earlier.as_ref().is_some_and(|e| Published { version: e.version, at: e.at, ..data.clone() } == *e);
    let text = serde_json::to_vec(&Published { at: 0, ..data.clone() }).map_err(|e| ActError::Broken(e.to_string()))?;
    Ok(Draft {
        seen: hex(&crate::keys::digest(&text)),
        data,
        report,
        before: earlier.map(|e| e.version),
        same,
        undecided: counted.proposals.iter().filter(|p| p.state == State::Proposed).count(),
        quotes: results::counts(c, id, None).await?,
        kept: Kept { proposals: counted.proposals, released },
    })
}

fn area(counted: &Counted, id: AreaId, mean: Option<i64>) -> Area {
    let (slug, name, residents) = counted.areas.get(&id).cloned().unwrap_or_default();
    let marks = counted.marks.get(&id).filter(|_| mean.is_some());
    let interval = marks.and_then(|marks| mean_interval(marks, None)).map(|range| range.tenths());
    Area { id, slug, name, residents, interval }
}

/// Whether everyone may know how many gave the option that a question hangs on; those without a condition hang on nothing.
fn may_hang(questions: &[Question], shown: &Shown, place: usize) -> bool {
    questions.get(place).and_then(|q| q.when).is_none_or(|w| {
        let parent = i64::try_from(w.question).ok();
        shown.questions.iter().any(|q| Some(q.id) == parent && q.options.get(w.option).is_some_and(Option::is_some))
    })
}

/// A question with a condition has as many answers as the option it hangs on: where that is hidden, so are they.
fn hide_what_hangs_on_hidden(questions: &[Question], shown: &mut Shown) {
    for place in 0..questions.len() {
        if may_hang(questions, shown, place) {
            continue;
        }
        let hidden = shown.questions.iter_mut().filter(|q| usize::try_from(q.id) == Ok(place));
        hidden.for_each(|q| q.options.iter_mut().for_each(|cell| *cell = None));
    }
}

/// A released quote with the place that may stand beside it; `None`: none may. It names one theme at most: a whole list would
/// tell of which themes it does not speak.
fn quote(questions: &[Question], counted: &Counted, shown: &Shown, q: &results::Quote) -> Option<Quote> {
    let mut themes: Vec<i64> =
        counted.spoken.get(&(q.position, q.question.clone())).map(|s| s.iter().copied().collect()).unwrap_or_default();
    // Of a group of their own, of which only the number is published: with no nearer place than the whole.
    let area = if q.open {
        shown.areas.first().filter(|a| a.posters.is_some()).map(|a| a.id)?
    } else if let Some(place) = conditional(questions, &q.question) {
        // Who was asked chose an option, which is never told per area.
        let whole = shown.areas.first().filter(|a| a.answers.is_some())?;
        may_hang(questions, shown, place).then_some(whole.id)?
    } else {
        label(&counted.wave, shown, AreaId::Buurt(q.buurt), &themes)?
    };
    themes.retain(|theme| shown.theme(area, *theme).is_some());
    themes.truncate(1);
    Some(Quote { words: q.words.clone(), question: q.question.clone(), themes, area, poster: q.open })
}

/// Place of the own question that a quote answers, where that was asked of some alone.
fn conditional(questions: &[Question], key: &str) -> Option<usize> {
    let place = key.strip_prefix("own_")?.parse::<usize>().ok()?.checked_sub(1)?;
    questions.get(place)?.when.map(|_| place)
}

/// Publishes what was looked over: the first version, or a new one of the same wave. Fields: `seen` (the draft's), `looked` (`1`:
/// who publishes says so). Gives where to go.
///
/// # Errors
/// On `looked` when it is not ticked; on `seen` when something changed since the look, or nothing since the last version; [`Denied`] without the right, while answers are read, or once the wave's
/// words are gone.
pub async fn publish(world: &World, actor: &Actor, form: FormKey, slug: &str, raw: &Raw) -> Result<String, ActError> {
    let now = world.now();
    let mut c = world.db.read().await?;
    let (held, draft) = preview(&mut c, actor, slug, now).await?;
    let draft = draft.ok_or(Denied::State)?;
    let changed = || ActError::from(Errors::one("seen", Problem::Changed));
    let (right, looked) = (raw.get("seen") == draft.seen, raw.get("looked") == "1");
    let names =
        if draft.before.is_none() { recognised(&mut c, &held, &draft.kept.proposals).await? } else { Vec::new() };
    drop(c);
    let (who, slug) = (actor.audited(), slug.to_owned());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "publish_wave").await?;
                let id = held.wave.id;
                u.lock_exclusive(wave_lock(id)).await?;
                let mut released = results::of_wave(u, id).await?;
                released.retain(|q| q.state == "released");
                let stands = Kept { proposals: results::proposals(u, id).await?, released };
                if !right || stands != draft.kept {
                    return Err(changed());
                }
                if draft.same {
                    return Err(Errors::one("seen", Problem::NothingNew).into());
                }
                if !looked {
                    return Err(Errors::one("looked", Problem::Missing).into());
                }
                results::put_publication(u, id, who, &draft.data, &draft.report).await.map_err(|e| match e {
                    StoreError::Duplicate(_) => changed(),
                    e => e.into(),
                })?;
                for (theme, profiles) in &names {
                    let text = serde_json::to_string(profiles).map_err(|e| ActError::Broken(e.to_string()))?;
                    results::set_profiles(u, *theme, &text).await?;
                }
                let version = format!("version {}", draft.data.version);
                audit(u, now, who, "publish_wave", ("wave", id), &version).await?;
                form.led_to(u, "publish_wave", &urls::AdminWavePublication { wave: slug }, "gepubliceerd", now).await
            })
        })
        .await
}

/// Fewest answers of which something can be learnt.
const LEAST: usize = 3;

/// By what the approved themes of a wave are recognised from now on: from masked words alone.
async fn recognised(c: &mut Conn, held: &Held, proposals: &[Proposal]) -> Result<Vec<(i64, Profiles)>, ActError> {
    let quotes = results::of_wave(c, held.wave.id).await?;
    let members = results::members(c, held.wave.id).await?;
    let mut themes = results::themes(c).await?;
    let approved = |p: &&Proposal| p.state == State::Approved;
    themes.retain(|t| proposals.iter().filter(approved).any(|p| p.theme == Some(t.id)));
    let mut kept: BTreeMap<i64, Profiles> = BTreeMap::new();
    for theme in &themes {
        kept.insert(theme.id, profiles(theme)?);
    }
    let proposals = proposals.to_vec();
    let made = tokio::task::spawn_blocking(move || {
        let mut made: Vec<(i64, String, Profile)> = Vec::new();
        for theme in &themes {
            for asked in [AskedIn::Good, AskedIn::Better].map(AskedIn::key) {
                let of: HashSet<i64> = proposals
                    .iter()
                    .filter(|p| p.state == State::Approved && p.theme == Some(theme.id) && p.question == asked)
                    .map(|p| p.id)
                    .collect();
                let places: HashSet<i64> =
                    members.iter().filter(|(p, ..)| of.contains(p)).map(|(_, position, _)| *position).collect();
                for lang in [Lang::Nl, Lang::En, Lang::Other] {
                    let here = quotes.iter().filter(|q| q.question == asked && Lang::of(&q.lang) == lang);
                    let (inside, others): (Vec<_>, Vec<_>) = here.partition(|q| places.contains(&q.position));
                    if inside.len() < LEAST {
                        continue;
                    }
                    let inside: Vec<&str> = inside.iter().map(|q| q.words.as_str()).collect();
                    let others: Vec<&str> = others.iter().map(|q| q.words.as_str()).collect();
                    let label = if lang == Lang::En { &theme.title_en } else { &theme.title_nl };
                    let profile = Profile::from_members(theme.id, lang, label, &inside, &others);
                    made.push((theme.id, asked.to_owned(), profile));
                }
            }
        }
        made
    })
    .await
    .map_err(|e| ActError::Broken(format!("themes were not learnt: {e}")))?;
    for (theme, question, profile) in made {
        let all = kept.entry(theme).or_default();
        all.retain(|(q, p)| *q != question || lang_key(p.lang) != lang_key(profile.lang));
        all.push((question, profile));
    }
    Ok(kept.into_iter().collect())
}
