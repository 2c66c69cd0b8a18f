//! Answers to the answers: what is done with a theme, or not, or not yet; and who is told of them.

use super::desk::{Held, held, subject};
use crate::initiatives::FormKey;
use crate::{ActError, Actor, World, audit, letter};
use domain::access::{Act, Denied, Role, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::TEXT_MAX;
use domain::survey::{Published, Reach, Stance};
use domain::urls;
use mail::Values;
use store::accounts::roles;
use store::places::{self, Buurt};
use store::results::{self, NewReply};
use store::{Conn, Unit, initiatives};

/// Buurten for which somebody may answer, and whether for the whole wave.
pub fn reach(held: &Held, actor: &Actor) -> (Vec<Buurt>, bool) {
    let near = held.buurten.iter().filter(|b| decide(Act::AnswerTheme, actor, &subject(b)).is_ok()).cloned().collect();
    (near, held.whole(actor, Act::AnswerTheme, Act::AnswerWideTheme).is_ok())
}

/// Reads the fields; what they point at is looked up by [`look_up`].
fn parse(raw: &Raw, published: &Published, now: i64) -> Result<NewReply, Errors> {
    let mut errors = Errors::default();
    let theme = raw.get("thema").trim().parse::<i64>().ok().filter(|id| published.themes.iter().any(|t| t.id == *id));
    let theme = errors.take("thema", theme.ok_or(Problem::NotAChoice));
    let stance = Stance::from_key(raw.get("stance"));
    if stance.is_none() {
        errors.0.push(("stance", Problem::NotAChoice));
    }
    let words = errors.take("reply", raw.text("reply", TEXT_MAX));
    let mut optional = |field: &'static str| match raw.get(field).trim() {
        "" => None,
        _ => Some(errors.take(field, raw.id(field))),
    };
    let (buurt, initiative, programme) = (optional("buurt"), optional("initiative"), optional("programme"));
    let by_at = match raw.get("by").trim() {
        "" => None,
        typed => {
            let at = texts::local_seconds(&format!("{typed}T23:59")).ok_or(Problem::NotADate);
            Some(errors.take("by", at.and_then(|at| if at > now { Ok(at) } else { Err(Problem::NotAhead) })))
        }
    };
    match stance {
        Some(stance) if errors.0.is_empty() => {
            Ok(NewReply { theme, buurt, stance, words, initiative, programme, by_at, organisation: String::new() })
        }
        _ => Err(errors),
    }
}

/// What is pointed at must be there, and public.
async fn look_up(c: &mut Conn, said: &NewReply) -> Result<(), ActError> {
    let mut errors = Errors::default();
    if let Some(id) = said.initiative {
        let public = initiatives::get(c, id).await?.is_some_and(|p| p.state.is_public());
        if !public {
            errors.0.push(("initiative", Problem::NotAChoice));
        }
    }
    if let Some(id) = said.programme
        && !places::programmes(c).await?.iter().any(|p| p.id == id)
    {
        errors.0.push(("programme", Problem::NotAChoice));
    }
    Ok(errors.done()?)
}

/// Answers what people said; everyone who asked for it is told by mail. Fields: `thema` (its published id), `stance` (`do`,
/// `not_yet`, `dont`), `reply`; and `buurt`, `initiative`, `programme` (ids) and `by` (2026-10-12), which may be empty. Gives
/// where to go.
///
/// # Errors
/// Each field that is wrong; [`Denied`] without the right at that place, or before publication.
pub async fn reply(world: &World, actor: &Actor, form: FormKey, slug: &str, raw: Raw) -> Result<String, ActError> {
    let (actor, now, slug) = (actor.clone(), world.now(), slug.to_owned());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "answer_theme").await?;
                let held = held(u, &slug).await?;
                // Rights first, as far as they do not hang on the place that was chosen.
                let (near, whole) = reach(&held, &actor);
                if near.is_empty() && !whole {
                    let first = held.buurten.first().map(subject).unwrap_or_default();
                    return Err(decide(Act::AnswerTheme, &actor, &first).err().unwrap_or(Denied::NotYours).into());
                }
                let published = results::latest(u, held.wave.id).await?.ok_or(Denied::State)?;
                let mut said = parse(&raw, &published, now)?;
                let home = match (said.buurt, held.wave.reach) {
                    (None, Reach::Buurt(_)) => near.first().cloned(),
                    (None, _) if whole => None,
                    (None, _) => return Err(Errors::one("buurt", Problem::Missing).into()),
                    (Some(id), _) => Some(near.iter().find(|b| b.id == id).cloned().ok_or(Denied::NotYours)?),
                };
                look_up(u, &said).await?;
                said.buurt = home.as_ref().map(|b| b.id);
                said.organisation = in_the_name_of(u, &actor, home.as_ref().or(near.first())).await?;
                let id = results::add_reply(u, held.wave.id, actor.audited(), &said, now).await?;
                tell(u, &held, &published, &said, now).await?;
                audit(u, now, actor.audited(), "answer_theme", ("theme_reply", id), said.stance.key()).await?;
                form.led_to(u, "answer_theme", &urls::WaveResult { wave: slug }, "antwoord-staat", now).await
            })
        })
        .await
}

/// The organisation of the nearest role, or none.
async fn in_the_name_of(u: &mut Unit, actor: &Actor, at: Option<&Buurt>) -> Result<String, ActError> {
    let Some(account) = actor.audited() else { return Ok(String::new()) };
    let (buurt, stadsdeel) = at.map_or((0, 0), |b| (b.id, b.stadsdeel_id));
    for role in [Role::Moderator, Role::Staff, Role::Administrator] {
        if actor.has(role) {
            let found = roles::organisation(u, account, role, buurt, stadsdeel).await?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
    }
    Ok(String::new())
}

/// One mail to each who asked for it.
async fn tell(u: &mut Unit, held: &Held, published: &Published, said: &NewReply, now: i64) -> Result<(), ActError> {
    let path = format!("{}#thema-{}", urls::WaveResult { wave: held.wave.slug.clone() }, said.theme);
    for (email, lang, name) in results::followers(u, held.wave.id).await? {
        let theme = published.themes.iter().find(|t| t.id == said.theme);
        let title = theme.map(|t| if lang == "en" { t.title_en.clone() } else { t.title_nl.clone() });
        let values = Values {
            path: path.clone(),
            title: title.unwrap_or_default(),
            words: said.words.clone(),
            name,
            ..Values::default()
        };
        letter(u, now, "theme-answered", &email, &lang, &values).await?;
    }
    Ok(())
}

/// Asks to be told of answers, or no longer. Field: `volgen` (`ja`, anything else: no). Gives where to go.
///
/// # Errors
/// [`Denied`] for who is not signed in with a confirmed address.
pub async fn follow(world: &World, actor: &Actor, form: FormKey, slug: &str, raw: &Raw) -> Result<String, ActError> {
    let (actor, now, slug) = (actor.clone(), world.now(), slug.to_owned());
    let wants = raw.get("volgen") == "ja";
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "follow_wave").await?;
                decide(Act::FollowWave, &actor, &domain::access::Subject::default())?;
                let account = actor.account.ok_or(Denied::SignIn)?;
                let wave = store::waves::by_slug(u, &slug).await?.ok_or(ActError::NotFound)?;
                // No audit line: who reads along is nobody's business.
                if wants {
                    results::follow(u, wave.id, account).await?;
                } else {
                    results::unfollow(u, wave.id, account).await?;
                }
                let done = if wants { "volgen" } else { "niet-volgen" };
                form.led_to(u, "follow_wave", &urls::WaveResult { wave: slug }, done, now).await
            })
        })
        .await
}
