//! What residents do with plans: hand in, change, complete, answer, withdraw, support.

mod drafts;
pub mod open_data;

pub use drafts::{hand_in_draft, leave_draft};

use crate::limits::{self, Turns};
use crate::pictures::Ready;
use crate::{ActError, World, audit, letter, notices, once, remember};
use domain::access::{Act, Actor, Denied, Subject, decide};
use domain::form::{Errors, Problem};
use domain::initiative::{Idea, More, State, Whereabouts};
use domain::notice::Kind;
use domain::urls;
use mail::Values;
use serde::{Deserialize, Serialize};
use store::accounts;
use store::initiatives::{self as rows, Event, Initiative, New};
use store::{Unit, places};
use texts::Lang;

/// The idempotency key of a form as it was sent.
#[derive(Clone, Debug)]
pub struct FormKey {
    /// Value of its hidden field.
    pub key: String,
    /// Whose browser.
    pub actor: String,
    /// Language of the page it was on.
    pub lang: Lang,
}

impl FormKey {
    /// Answers a repeated form.
    pub(crate) async fn once(&self, u: &mut Unit, act: &str) -> Result<(), ActError> {
        once(u, &self.key, act, &self.actor).await
    }

    /// Keeps where this one led, in the reader's language; gives that place.
    pub(crate) async fn led_to(
        &self,
        u: &mut Unit,
        act: &str,
        url: &impl urls::Url,
        done: &str,
        now: i64,
    ) -> Result<String, ActError> {
        let query = if done.is_empty() { String::new() } else { format!("?klaar={done}") };
        let place = format!("{}{url}{query}", self.lang.prefix());
        remember(u, &self.key, act, &self.actor, &place, now).await?;
        Ok(place)
    }

    /// As [`FormKey::led_to`], to the desk of a wijk's share.
    pub(crate) async fn led_to_share(
        &self,
        u: &mut Unit,
        act: &str,
        wijk: i64,
        year: i64,
        now: i64,
    ) -> Result<String, ActError> {
        let place = format!("{}{}?wijk={wijk}&jaar={year}&klaar=bewaard", self.lang.prefix(), urls::AdminShare {});
        remember(u, &self.key, act, &self.actor, &place, now).await?;
        Ok(place)
    }
}

/// The screens of a new plan together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPlan {
    /// Screen 1.
    pub idea: Idea,
    /// Screen 2.
    pub place: Whereabouts,
    /// Screen 3: would like somebody who thinks along.
    #[serde(default)]
    pub wants_supporter: bool,
    /// The finished plan from which the idea was taken, as the form says.
    #[serde(default)]
    pub source: Option<i64>,
}

/// The plan, or not found.
pub(crate) async fn plan(u: &mut store::Conn, id: i64) -> Result<Initiative, ActError> {
    rows::get(u, id).await?.ok_or(ActError::NotFound)
}

/// Moves a plan on; when somebody was first the act is refused.
pub(crate) async fn move_on(u: &mut Unit, p: &Initiative, to: State) -> Result<(), ActError> {
    if !p.state.next().contains(&to) || !rows::set_state(u, p.id, p.state, to).await? {
        return Err(Denied::State.into());
    }
    Ok(())
}

/// A step without reason, words or amount.
pub(crate) fn step(at: i64, act: &str, state: State, role: &str) -> Event {
    Event {
        at,
        act: act.into(),
        state,
        actor_role: role.into(),
        reason: String::new(),
        words: String::new(),
        amount: None,
        organisation: String::new(),
    }
}

/// Mails who handed the plan in and who works on it with them, each in their language.
pub(crate) async fn tell(
    u: &mut Unit,
    p: &Initiative,
    name: &str,
    words: impl Fn(Lang) -> String,
    now: i64,
) -> Result<(), ActError> {
    let path = urls::Initiative { id: p.id }.to_string();
    tell_at(u, p, name, &path, words, now).await
}

/// As [`tell`], with a button that leads to another page.
pub(crate) async fn tell_at(
    u: &mut Unit,
    p: &Initiative,
    name: &str,
    path: &str,
    words: impl Fn(Lang) -> String,
    now: i64,
) -> Result<(), ActError> {
    for account in std::iter::once(p.account_id).chain(p.co_authors.into_iter().filter(|id| *id > 0)) {
        let Some(to) = accounts::get(u, account).await? else { continue };
        let words = words(Lang::from_code(&to.lang));
        let values =
            Values { path: path.to_owned(), title: p.title.clone(), words, name: to.name.clone(), ..Values::default() };
        letter(u, now, name, &to.email, &to.lang, &values).await?;
    }
    Ok(())
}

/// Hands a plan in for a signed-in account; gives where to go.
///
/// # Errors
/// [`ActError`].
pub async fn submit(
    world: &World,
    actor: &Actor,
    form: FormKey,
    new: NewPlan,
    picture: Option<Ready>,
) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    let turns = Turns::of(world, &[(limits::PLANS, &actor.account.unwrap_or_default().to_string())]);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "submit_plan").await?;
                turns.take_in(u).await?;
                decide(Act::SubmitPlan, &actor, &Subject { buurt: Some(new.place.buurt), ..Subject::default() })?;
                let account = actor.account.ok_or(Denied::SignIn)?;
                let picture = crate::pictures::keep(u, picture, now).await?;
                let id = put_in(u, account, &new, picture, now).await?;
                form.led_to(u, "submit_plan", &urls::Initiative { id }, "ingediend", now).await
            })
        })
        .await
}

/// Row, step, audit line and mail of a plan that comes in.
pub(crate) async fn put_in(
    u: &mut Unit,
    account: i64,
    new: &NewPlan,
    picture: Option<i64>,
    now: i64,
) -> Result<i64, ActError> {
    if places::buurt_by_id(u, new.place.buurt).await?.is_none() {
        return Err(Errors::one("buurt", Problem::NotAChoice).into());
    }
    let due_at = crate::terms::first_reply_due(u, now).await?;
    let source = crate::evaluations::credited(u, new.source).await?;
    let id = rows::create(
        u,
        &New {
            buurt: new.place.buurt,
            account,
            title: new.idea.title.clone(),
            what: new.idea.what.clone(),
            why: new.idea.why.clone(),
            place: new.place.place.clone(),
            cost: new.place.cost,
            wants_supporter: new.wants_supporter,
            picture,
            drawing: crate::pictures::drawing_for(&format!("{} {}", new.idea.title, new.idea.what)).into(),
            at: now,
            due_at,
            source,
        },
    )
    .await?;
    rows::add_event(
        u,
        id,
        Some(account),
        &Event { amount: new.place.cost, ..step(now, "submitted", State::Submitted, "owner") },
    )
    .await?;
    audit(u, now, Some(account), "submit_plan", ("initiative", id), "").await?;
    let p = plan(u, id).await?;
    tell(u, &p, "received", |_| String::new(), now).await?;
    let event = notices::event(u, id).await?;
    notices::tell_desk(u, &p, Kind::Submitted, &event, now).await?;
    Ok(id)
}

/// Supports a plan, or no longer; gives where to go.
///
/// # Errors
/// [`ActError`].
pub async fn support(world: &World, actor: &Actor, form: FormKey, id: i64, on: bool) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "support").await?;
                let p = plan(u, id).await?;
                decide(Act::Support, &actor, &p.subject())?;
                let account = actor.account.ok_or(Denied::SignIn)?;
                let changed = if on {
                    rows::add_support(u, id, account, now).await?
                } else {
                    rows::remove_support(u, id, account).await?
                };
                if changed {
                    audit(u, now, actor.account, if on { "support" } else { "unsupport" }, ("initiative", id), "")
                        .await?;
                }
                form.led_to(u, "support", &urls::Initiative { id }, if on { "steun" } else { "geen-steun" }, now).await
            })
        })
        .await
}

/// Changed words of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Title, what and why.
    pub idea: Idea,
    /// Street or building.
    pub place: String,
    /// The version that was on the screen.
    pub version: i64,
    /// The answer to the moderator's question, when the plan was returned.
    pub answer: String,
}

/// Changes a plan that is not public yet; a returned one is handed in again with the answer.
///
/// # Errors
/// [`ActError`]; [`Problem::Changed`] when someone changed it meanwhile.
pub async fn change(
    world: &World,
    actor: &Actor,
    form: FormKey,
    id: i64,
    changed: Changed,
) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "edit_plan").await?;
                let p = plan(u, id).await?;
                let returned = p.state == State::Returned;
                decide(if returned { Act::AnswerQuestion } else { Act::EditPlan }, &actor, &p.subject())?;
                if !rows::edit(
                    u,
                    id,
                    changed.version,
                    &changed.idea.title,
                    &changed.idea.what,
                    &changed.idea.why,
                    &changed.place,
                )
                .await?
                {
                    return Err(Errors::one("title", Problem::Changed).into());
                }
                crate::moderation::changed(u, id, now).await?;
                let done = if returned {
                    move_on(u, &p, State::Submitted).await?;
                    let due = crate::terms::first_reply_due(u, now).await?;
                    rows::set_asked(u, id, now, due).await?;
                    rows::add_event(
                        u,
                        id,
                        actor.account,
                        &Event { words: changed.answer, ..step(now, "answered", State::Submitted, "owner") },
                    )
                    .await?;
                    let (event, changed) = (notices::event(u, id).await?, plan(u, id).await?);
                    notices::tell_desk(u, &changed, Kind::Submitted, &event, now).await?;
                    "beantwoord"
                } else {
                    "bewaard"
                };
                audit(
                    u,
                    now,
                    actor.account,
                    if returned { "answer_question" } else { "edit_plan" },
                    ("initiative", id),
                    "",
                )
                .await?;
                form.led_to(u, "edit_plan", &urls::Initiative { id }, done, now).await
            })
        })
        .await
}

/// Adds what is asked afterwards: amounts, helpers, for whom, and a picture.
///
/// # Errors
/// [`ActError`]; [`Problem::Changed`] when someone changed it meanwhile.
pub async fn complete(
    world: &World,
    actor: &Actor,
    form: FormKey,
    id: i64,
    version: i64,
    more: More,
    picture: Option<Ready>,
) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "complete_plan").await?;
                let p = plan(u, id).await?;
                decide(Act::CompletePlan, &actor, &p.subject())?;
                if !rows::complete(u, id, version, &more).await? {
                    return Err(Errors::one("minimum", Problem::Changed).into());
                }
                crate::moderation::changed(u, id, now).await?;
                if let Some(picture) = crate::pictures::keep(u, picture, now).await? {
                    rows::set_picture(u, id, picture).await?;
                }
                audit(u, now, actor.account, "complete_plan", ("initiative", id), "").await?;
                form.led_to(u, "complete_plan", &urls::Initiative { id }, "bewaard", now).await
            })
        })
        .await
}

/// Takes a plan back; on a ballot paper it stays, flagged, and is skipped in the count.
///
/// # Errors
/// [`ActError`].
pub async fn withdraw(world: &World, actor: &Actor, form: FormKey, id: i64) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "withdraw_plan").await?;
                let p = plan(u, id).await?;
                decide(Act::WithdrawPlan, &actor, &p.subject())?;
                move_on(u, &p, State::Withdrawn).await?;
                rows::withdraw_from_papers(u, id, now).await?;
                rows::add_event(u, id, actor.account, &step(now, "withdrawn", State::Withdrawn, "owner")).await?;
                audit(u, now, actor.account, "withdraw_plan", ("initiative", id), "").await?;
                form.led_to(u, "withdraw_plan", &urls::Initiative { id }, "ingetrokken", now).await
            })
        })
        .await
}
