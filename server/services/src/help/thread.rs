//! What two write to each other once they were introduced, through the platform: neither sees an address.

use super::{party, tell_side};
use crate::initiatives::{FormKey, plan};
use crate::limits::{HELP_MESSAGES, REPORTS, Turns};
use crate::{ActError, World, audit, notices};
use domain::access::{Act, Actor, Denied};
use domain::dialogue::comment_reason;
use domain::form::{Errors, Raw};
use domain::help::{MESSAGE_MAX, Side, Stand, outcome};
use domain::notice::Kind;
use domain::urls;
use store::Conn;
use store::help::{self as rows, Introduction, Message, NewMessage};
use store::initiatives::Initiative;

/// A message as one side may see it.
#[derive(Clone, Debug)]
pub struct Line {
    /// Id.
    pub id: i64,
    /// Written by the reader's side.
    pub own: bool,
    /// How its writer wants to be called.
    pub call: String,
    /// What it says; empty for what may not be read.
    pub body: String,
    /// When.
    pub at: i64,
    /// Its writer closed their account.
    pub gone: bool,
    /// Hidden: why, and in whose name.
    pub hidden: Option<(String, String)>,
    /// The reader reported it.
    pub reported: bool,
}

/// An introduction as one side may see it.
#[derive(Clone, Debug)]
pub struct Thread {
    /// The introduction.
    pub introduction: Introduction,
    /// Its plan.
    pub plan: Initiative,
    /// The reader's side.
    pub side: Side,
    /// How the other wants to be called: only once both said yes.
    pub other: Option<String>,
    /// The reader's own.
    pub own: String,
    /// Messages, oldest first.
    pub lines: Vec<Line>,
}

impl Thread {
    /// The reader has to answer.
    pub fn to_answer(&self) -> bool {
        self.introduction.stand == Stand::Asked && self.introduction.asked_by != self.side
    }

    /// The reason why not, where this side may read it.
    pub fn reason(&self) -> Option<&str> {
        let x = &self.introduction;
        let readable = x.reason_shown || self.side != x.asked_by;
        (x.stand == Stand::No && readable && !x.reason.is_empty()).then_some(x.reason.as_str())
    }
}

/// An introduction with its messages, for one of its sides.
///
/// # Errors
/// [`Denied::SignIn`]; [`ActError::NotFound`] for everybody else.
pub async fn thread(c: &mut Conn, actor: &Actor, id: i64) -> Result<Thread, ActError> {
    actor.account.ok_or(Denied::SignIn)?;
    let x = rows::introduction(c, id).await?.ok_or(ActError::NotFound)?;
    let plan = plan(c, x.plan).await?;
    let side = party(Act::SeeIntroduction, actor, &plan, &x)?;
    let call = |side| match side {
        Side::Plan => x.plan_call.clone(),
        Side::Helper => x.helper_call.clone(),
    };
    let lines = if x.agreed_at.is_some() { rows::messages(c, id).await? } else { Vec::new() };
    let lines = lines.into_iter().map(|m| line(side, m, call)).collect();
    Ok(Thread { other: x.agreed_at.map(|_| call(side.other())), own: call(side), lines, side, plan, introduction: x })
}

fn line(reader: Side, m: Message, call: impl Fn(Side) -> String) -> Line {
    let own = m.side == reader;
    Line {
        id: m.id,
        own,
        call: call(m.side),
        // What a desk hid is not sent to the other.
        body: if m.hidden.is_some() && !own { String::new() } else { m.body },
        at: m.at,
        gone: m.account.is_none(),
        hidden: m.hidden,
        reported: !own && !m.reported.is_empty(),
    }
}

/// Writes a message; gives where to go. Field: `body`. The mail to the other says only that there is one.
///
/// # Errors
/// On `body`; [`Denied::State`] before a yes or after the end; [`ActError::TooMany`] beyond twenty a day.
pub async fn write(world: &World, actor: &Actor, form: FormKey, id: i64, raw: &Raw) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    let account = actor.account.ok_or(Denied::SignIn)?;
    let body = raw.text("body", MESSAGE_MAX).map_err(|problem| Errors::one("body", problem));
    let turns = [Side::Plan, Side::Helper]
        .map(|side| (side, Turns::of(world, &[(HELP_MESSAGES, &format!("{id} {}", side.key()))])));
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "write_message").await?;
                let x = rows::introduction(u, id).await?.ok_or(ActError::NotFound)?;
                let p = plan(u, x.plan).await?;
                let side = party(Act::WriteMessage, &actor, &p, &x)?;
                if x.stand != Stand::Yes {
                    return Err(Denied::State.into());
                }
                let body = body?;
                for (_, turns) in turns.iter().filter(|(of, _)| *of == side) {
                    turns.take_in(u).await?;
                }
                let new = NewMessage { introduction: id, side, account, body, at: now };
                rows::add_message(u, &new).await?;
                tell_side(u, &p, &x, side.other(), "help-message", now).await?;
                audit(u, now, actor.account, "write_message", ("introduction", id), "").await?;
                form.led_to(u, "write_message", &urls::HelpIntroduction { introduction: id }, "hulp-bericht", now).await
            })
        })
        .await
}

/// Tells the moderators that something is wrong with a message of the other; gives where to go. Fields: `message`, `why`.
///
/// # Errors
/// On `why`; [`ActError::NotFound`] for a message that is not there, or one's own.
pub async fn report(world: &World, actor: &Actor, form: FormKey, id: i64, raw: &Raw) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    let account = actor.account.ok_or(Denied::SignIn)?;
    let (message, why) = (raw.id("message"), comment_reason(raw));
    let turns = Turns::of(world, &[(REPORTS, &account.to_string())]);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "report_message").await?;
                let x = rows::introduction(u, id).await?.ok_or(ActError::NotFound)?;
                let p = plan(u, x.plan).await?;
                let side = party(Act::ReportMessage, &actor, &p, &x)?;
                let message = message.map_err(|_| ActError::NotFound)?;
                let about = rows::message(u, message).await?.filter(|m| m.introduction == id && m.side != side);
                let about = about.ok_or(ActError::NotFound)?;
                let why = why?;
                turns.take_in(u).await?;
                if rows::report_message(u, about.id, why).await? {
                    let event = format!("message {} {now}", about.id);
                    notices::tell_desk(u, &p, Kind::HelpReported, &event, now).await?;
                    audit(u, now, actor.account, "report_message", ("help_message", about.id), why).await?;
                }
                form.led_to(u, "report_message", &urls::HelpIntroduction { introduction: id }, "gemeld", now).await
            })
        })
        .await
}

/// Stops an introduction for good: nobody writes any more, and these two are not introduced again. Gives where to go.
///
/// # Errors
/// [`Denied::State`] when it was over.
pub async fn stop(world: &World, actor: &Actor, form: FormKey, id: i64) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "stop_introduction").await?;
                let x = rows::introduction(u, id).await?.ok_or(ActError::NotFound)?;
                let p = plan(u, x.plan).await?;
                let side = party(Act::StopIntroduction, &actor, &p, &x)?;
                if !rows::end(u, id, side.key()).await? {
                    return Err(Denied::State.into());
                }
                audit(u, now, actor.account, "stop_introduction", ("introduction", id), side.key()).await?;
                form.led_to(u, "stop_introduction", &urls::HelpMine {}, "hulp-gestopt", now).await
            })
        })
        .await
}

/// Says what came of it; gives where to go. Field: `outcome`. It can be said anew.
///
/// # Errors
/// On `outcome`; [`Denied::State`] where nobody was introduced.
pub async fn tell_outcome(world: &World, actor: &Actor, form: FormKey, id: i64, raw: &Raw) -> Result<String, ActError> {
    let (actor, now, said) = (actor.clone(), world.now(), outcome(raw));
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "tell_outcome").await?;
                let x = rows::introduction(u, id).await?.ok_or(ActError::NotFound)?;
                let p = plan(u, x.plan).await?;
                let side = party(Act::TellOutcome, &actor, &p, &x)?;
                if x.agreed_at.is_none() {
                    return Err(Denied::State.into());
                }
                let said = said?;
                rows::set_outcome(u, id, side, said).await?;
                audit(u, now, actor.account, "tell_outcome", ("introduction", id), said).await?;
                form.led_to(u, "tell_outcome", &urls::HelpIntroduction { introduction: id }, "hulp-afloop", now).await
            })
        })
        .await
}
