//! Counting by two: each says so for themselves. The first yes is kept, the second does it; whoever counts can hold a result
//! back with a reason that everyone reads.

use crate::rounds::{Step, StepForm};
use crate::{ActError, Actor, World, audit, letter, once, remember};
use domain::access::{Act, Denied, Role, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::TEXT_MAX;
use domain::round::Phase;
use domain::urls;
use mail::Values;
use store::rounds::{self, Consent, Round};
use store::{Conn, Unit};

/// Who said yes to a step of this version first.
pub(crate) async fn first(c: &mut Conn, round: i64, version: i64, step: &str) -> Result<Option<Consent>, ActError> {
    let all = rounds::consents(c, round).await?;
    Ok(all.into_iter().find(|k| k.version == version && k.step == step))
}

/// Who decides with others about a round had their role before voting opened: nobody makes their own second once there is
/// something to gain. Who the operator appoints is known to the operator. `staff`: working for a stadsdeel will do.
///
/// # Errors
/// [`Problem::RoleTooNew`] on the field; [`Denied::NotYours`] for whose role was taken back.
pub(crate) async fn in_office(
    c: &mut Conn,
    round: &Round,
    (account, staff): (i64, bool),
    field: &'static str,
) -> Result<(), ActError> {
    let (since, gone) = store::accounts::roles::in_office_since(c, account, staff).await?;
    if gone {
        return Err(Denied::NotYours.into());
    }
    if since.zip(round.opened_at).is_some_and(|(since, opened)| since > opened) {
        return Err(Errors::one(field, Problem::RoleTooNew).into());
    }
    Ok(())
}

/// Keeps a yes to a step of a version; whether two people said it now, of the same thing. Where what the first agreed to is another
/// bundle than there would be now, the yes starts anew.
///
/// # Errors
/// On `field` when the same person said it before, or became administrator after voting opened; [`Denied::SignIn`] for nobody.
pub(crate) async fn both(
    u: &mut Unit,
    round: &Round,
    (version, step, field): (i64, &str, &'static str),
    (reason, digest): (&str, &str),
    form: &StepForm,
) -> Result<bool, ActError> {
    let account = form.who.ok_or(Denied::SignIn)?;
    in_office(u, round, (account, false), field).await?;
    let mut first = first(u, round.id, version, step).await?;
    if let Some(first) = &first {
        // It may be gone since.
        in_office(u, round, (first.account, false), field).await?;
    }
    if first.as_ref().is_some_and(|first| first.digest != digest) {
        rounds::forget_consents(u, round.id, version, step).await?;
        first = None;
    }
    if first.as_ref().is_some_and(|first| first.account == account) {
        return Err(Errors::one(field, Problem::NotAlone).into());
    }
    let said = Consent {
        version,
        step: step.into(),
        account,
        name: String::new(),
        at: form.now,
        reason: reason.into(),
        digest: digest.into(),
    };
    rounds::consent(u, round.id, &said).await?;
    Ok(first.is_some())
}

/// Whether a form was filled in on what there is now: `version` of the newest count, and `shown`, the digest that somebody agreed to.
/// What was not sent is not held against it.
///
/// # Errors
/// On `step` when a colleague counted again, or said yes to something else, meanwhile.
pub(crate) async fn as_shown(c: &mut Conn, round: i64, raw: &Raw) -> Result<(), ActError> {
    let version = rounds::result(c, round).await?.map_or(0, |r| r.version);
    let first = first(c, round, version, Step::PublishResult.key()).await?;
    let sent = |name: &str, now: &str| raw.all(name).into_iter().all(|sent| sent == now);
    let digest = first.map(|first| first.digest).unwrap_or_default();
    if sent("version", &version.to_string()) && sent("shown", &digest) {
        return Ok(());
    }
    Err(Errors::one("step", Problem::Changed).into())
}

/// Ends the form of the first of two.
pub(crate) async fn asked(u: &mut Unit, step: Step, round: &Round, form: &StepForm) -> Result<(), ActError> {
    tell_colleagues(u, round, form).await?;
    end(u, step.key(), &format!("round_{}_first", step.key()), round, form).await
}

/// Mails everyone who can be the second that a first said yes.
pub(crate) async fn tell_colleagues(u: &mut Unit, round: &Round, form: &StepForm) -> Result<(), ActError> {
    let at = (round.buurt_id, round.stadsdeel_id);
    for (colleague, _) in store::accounts::roles::reaching(u, Role::Administrator, at, form.now).await? {
        if Some(colleague.id) == form.who || in_office(u, round, (colleague.id, false), "step").await.is_err() {
            continue;
        }
        let (path, title) = (urls::AdminRound { round: round.slug.clone() }.to_string(), round.title.clone());
        let values = Values { path, title, name: colleague.name.clone(), ..Values::default() };
        letter(u, form.now, "round-second", &colleague.email, &colleague.lang, &values).await?;
    }
    Ok(())
}

async fn end(u: &mut Unit, kind: &str, act: &str, round: &Round, form: &StepForm) -> Result<(), ActError> {
    audit(u, form.now, form.who, act, ("round", round.id), "").await?;
    let location = urls::AdminRound { round: round.slug.clone() }.to_string();
    remember(u, &form.key, kind, &form.key_actor, &location, form.now).await
}

/// Holds a counted result back. Field: `dispute`, for everyone to read.
///
/// # Errors
/// On `dispute`; [`Denied::State`] when there is no count that waits, or it is held back already.
pub async fn hold_back(world: &World, actor: &Actor, slug: &str, raw: &Raw, form: StepForm) -> Result<(), ActError> {
    let round = rounds::by_slug(&mut world.db.read().await?, slug).await?.ok_or(ActError::NotFound)?;
    decide(Act::CountRound, actor, &round.subject())?;
    let reason = raw.text("dispute", TEXT_MAX).map_err(|p| Errors::one("dispute", p));
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &form.key, "hold_back", &form.key_actor).await?;
                let version = waiting(u, &round).await?;
                if is_held(u, round.id).await? {
                    return Err(Denied::State.into());
                }
                rounds::add_dispute(u, round.id, version, form.who, &reason?, form.now).await?;
                // Who said yes before the doubt is asked again.
                rounds::forget_consents(u, round.id, version, Step::PublishResult.key()).await?;
                end(u, "hold_back", "round_hold_back", &round, &form).await
            })
        })
        .await
}

/// Settles what holds a result back. Field: `answer`, for everyone to read.
///
/// # Errors
/// On `answer`; [`Denied::State`] when nothing holds it back.
pub async fn settle(world: &World, actor: &Actor, slug: &str, raw: &Raw, form: StepForm) -> Result<(), ActError> {
    let round = rounds::by_slug(&mut world.db.read().await?, slug).await?.ok_or(ActError::NotFound)?;
    decide(Act::CountRound, actor, &round.subject())?;
    let answer = raw.text("answer", TEXT_MAX).map_err(|p| Errors::one("answer", p));
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &form.key, "settle", &form.key_actor).await?;
                waiting(u, &round).await?;
                let held = rounds::disputes(u, round.id).await?.into_iter().find(|d| d.settled_at.is_none());
                let held = held.ok_or(Denied::State)?;
                let answer = answer?;
                // Two pairs of eyes here as well: nobody waves away a colleague's doubt, or their own, alone.
                if held.account.is_some() && held.account == form.who {
                    return Err(Errors::one("answer", Problem::NotAlone).into());
                }
                rounds::settle_disputes(u, round.id, form.who, &answer, form.now).await?;
                end(u, "settle", "round_settle", &round, &form).await
            })
        })
        .await
}

/// Whether something holds the result back.
///
/// # Errors
/// The store's.
pub async fn is_held(c: &mut Conn, round: i64) -> Result<bool, ActError> {
    Ok(rounds::disputes(c, round).await?.iter().any(|d| d.settled_at.is_none()))
}

/// The version of the count that waits to be published, under the round's lock.
async fn waiting(u: &mut Unit, round: &Round) -> Result<i64, ActError> {
    u.lock_exclusive(round.id).await?;
    let round = rounds::by_slug(u, &round.slug).await?.ok_or(ActError::NotFound)?;
    let result = rounds::result(u, round.id).await?;
    match result {
        Some(result) if round.phase == Phase::Counting => Ok(result.version),
        _ => Err(Denied::State.into()),
    }
}

/// Mails everyone who asked to be told of a round, with `words`, and forgets them: there is nothing more to tell.
pub(crate) async fn tell(
    u: &mut Unit,
    round: &Round,
    (template, path): (&'static str, String),
    words: &str,
    now: i64,
) -> Result<(), ActError> {
    for (email, lang, name) in rounds::followers(u, round.id).await? {
        let (path, title, words) = (path.clone(), round.title.clone(), words.to_owned());
        let values = Values { path, title, words, name, ..Values::default() };
        letter(u, now, template, &email, &lang, &values).await?;
    }
    Ok(rounds::forget_followers(u, round.id).await?)
}

/// Asks to be mailed the result of a round, or no longer. Field: `volgen` (`ja`, anything else: no). Gives where to go.
///
/// # Errors
/// [`Denied`] for who is not signed in with a confirmed address; [`Denied::State`] when the result is out.
pub async fn follow(
    world: &World,
    actor: &Actor,
    form: crate::initiatives::FormKey,
    slug: &str,
    raw: &Raw,
) -> Result<String, ActError> {
    let (actor, now, slug, wants) = (actor.clone(), world.now(), slug.to_owned(), raw.get("volgen") == "ja");
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "follow_round").await?;
                decide(Act::FollowRound, &actor, &domain::access::Subject::default())?;
                let account = actor.account.ok_or(Denied::SignIn)?;
                let round = rounds::by_slug(u, &slug).await?.ok_or(ActError::NotFound)?;
                if matches!(round.phase, Phase::Setup | Phase::Result | Phase::Stopped) {
                    return Err(Denied::State.into());
                }
                // No audit line: who reads along is nobody's business.
                rounds::follow(u, round.id, account, wants).await?;
                let done = if wants { "uitslag-volgen" } else { "uitslag-niet" };
                form.led_to(u, "follow_round", &urls::Round { round: slug }, done, now).await
            })
        })
        .await
}
