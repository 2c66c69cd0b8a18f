//! Who handles a case: a colleague who is busy with it, another desk, and moderators who are away.

use super::in_whose_name;
use crate::initiatives::{FormKey, plan, step};
use crate::{ActError, World, audit, notices};
use domain::access::{Act, Actor, Denied, Subject, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{State, TEXT_MAX};
use domain::notice::Kind;
use domain::terms::LEASE;
use domain::urls;
use store::accounts::roles;
use store::initiatives::{self as rows, Event};

/// Keeps a case to oneself for two hours, or for two more; gives where to go.
///
/// # Errors
/// [`Problem::Claimed`] on `act` while a colleague is busy with it.
pub async fn claim(world: &World, actor: &Actor, form: FormKey, id: i64) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "claim_case").await?;
                let p = plan(u, id).await?;
                decide(Act::ClaimCase, &actor, &p.subject())?;
                let account = actor.account.ok_or(Denied::SignIn)?;
                if !rows::claim(u, id, account, now, now + LEASE).await? {
                    return Err(Errors::one("act", Problem::Claimed).into());
                }
                audit(u, now, actor.account, "claim_case", ("initiative", id), "").await?;
                form.led_to(u, "claim_case", &urls::ModerationCase { id }, "opgepakt", now).await
            })
        })
        .await
}

/// Where a case goes, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// The buurt whose moderators take it; `None`: the stadsdeel.
    pub to: Option<i64>,
    /// Own words for who takes it.
    pub words: String,
}

impl HandOver {
    /// Fields: `desk` (a buurt's id, or `stadsdeel`), `why`.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let to = match raw.get("desk") {
            "stadsdeel" => None,
            _ => Some(errors.take("desk", raw.id("desk"))),
        };
        let words = errors.take("why", raw.text("why", TEXT_MAX));
        errors.done()?;
        Ok(Self { to, words })
    }
}

/// Hands a case over to another desk of the same stadsdeel; its clock runs on. Gives where to go.
///
/// # Errors
/// [`Problem::NotAChoice`] on `desk`; [`Problem::Pending`] on `act` when it was decided on.
pub async fn hand_over(
    world: &World,
    actor: &Actor,
    form: FormKey,
    id: i64,
    wanted: HandOver,
) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "hand_over").await?;
                rows::hold(u, id).await?;
                let p = plan(u, id).await?;
                decide(Act::HandOver, &actor, &p.subject())?;
                if rows::pending(u, id).await?.is_some() {
                    return Err(Errors::one("act", Problem::Pending).into());
                }
                let here = if p.by_staff { None } else { Some(p.handled_in.unwrap_or(p.buurt_id)) };
                let desks = roles::desks(u, p.stadsdeel_id).await?;
                if wanted.to == here || wanted.to.is_some_and(|to| !desks.iter().any(|(id, ..)| *id == to)) {
                    return Err(Errors::one("desk", Problem::NotAChoice).into());
                }
                let (role, organisation) = in_whose_name(u, &actor, &p).await?;
                rows::hand_over(u, id, wanted.to).await?;
                let event = Event {
                    reason: "asked".into(),
                    words: wanted.words,
                    organisation,
                    ..step(now, "handed_over", p.state, role.key())
                };
                rows::add_event(u, id, actor.account, &event).await?;
                audit(u, now, actor.account, "hand_over", ("initiative", id), "asked").await?;
                // One that waits for its submitter asks nothing yet: its answer tells the desk.
                if p.state == State::Submitted {
                    let (event, moved) = (notices::event(u, id).await?, plan(u, id).await?);
                    notices::tell_desk(u, &moved, Kind::HandedOver, &event, now).await?;
                }
                if p.by_staff {
                    return form.led_to(u, "hand_over", &urls::District {}, "overgedragen", now).await;
                }
                form.led_to(u, "hand_over", &urls::Moderation {}, "overgedragen", now).await
            })
        })
        .await
}

/// From when until when somebody is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// The first day begins, UTC seconds.
    pub from: i64,
    /// The last day is over.
    pub until: i64,
}

impl Away {
    /// Fields: `from` and `until`, days (the last one included).
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw, now: i64) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let day = |name: &str, time: &str| match raw.get(name).trim() {
            "" => Err(Problem::Missing),
            typed => texts::local_seconds(&format!("{typed}T{time}")).ok_or(Problem::NotADate),
        };
        let from = errors.take("from", day("from", "00:00"));
        let until = errors.take("until", day("until", "23:59")) + 60;
        if errors.0.is_empty() && (until <= from || until <= now) {
            errors.0.push(("until", Problem::NotLater));
        }
        errors.done()?;
        Ok(Self { from, until })
    }
}

/// Tells that one is away: no warnings come meanwhile, and cases whose moderators are all away go to the stadsdeel at once.
///
/// # Errors
/// [`ActError::Denied`].
pub async fn go_away(world: &World, actor: &Actor, form: FormKey, away: Away) -> Result<String, ActError> {
    decide(Act::GoAway, actor, &Subject::default())?;
    let (account, now) = (actor.account.ok_or(Denied::SignIn)?, world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "go_away").await?;
                rows::go_away(u, account, away.from, away.until).await?;
                audit(u, now, Some(account), "go_away", ("account", account), "").await?;
                form.led_to(u, "go_away", &urls::Moderation {}, "bewaard", now).await
            })
        })
        .await
}

/// One is back.
///
/// # Errors
/// [`ActError::Denied`].
pub async fn come_back(world: &World, actor: &Actor, form: FormKey) -> Result<String, ActError> {
    decide(Act::GoAway, actor, &Subject::default())?;
    let (account, now) = (actor.account.ok_or(Denied::SignIn)?, world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "come_back").await?;
                rows::back(u, account).await?;
                audit(u, now, Some(account), "come_back", ("account", account), "").await?;
                form.led_to(u, "come_back", &urls::Moderation {}, "bewaard", now).await
            })
        })
        .await
}
