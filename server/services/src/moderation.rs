//! What moderators do: publish, return with a question, reject with a reason; programme and supporter.

use crate::initiatives::{FormKey, move_on, plan, step, tell};
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{NAME_MAX, REJECT_REASONS, State, TEXT_MAX};
use domain::urls;
use store::initiatives::{self as rows, Event, Initiative};
use store::{Conn, places};

/// A moderator's answer to a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// For all to see; words for the submitter may be empty.
    Publish(String),
    /// A question, in own words.
    Return(String),
    /// A reason from the list and own words.
    Reject(&'static str, String),
    /// Sets the programme (`None`: no programme).
    Programme(Option<i64>),
    /// Names who helps the submitter; empty: nobody.
    Supporter(String),
}

impl Decision {
    /// Fields: `act` (`publish`, `return`, `reject`, `programme`, `supporter`), and what each needs.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let decision = match raw.get("act") {
            "publish" => Self::Publish(errors.take("note", raw.optional_text("note", TEXT_MAX))),
            "return" => Self::Return(errors.take("question", raw.text("question", TEXT_MAX))),
            "reject" => {
                let reason =
                    REJECT_REASONS.iter().copied().find(|r| *r == raw.get("reason")).ok_or(Problem::NotAChoice);
                Self::Reject(errors.take("reason", reason), errors.take("words", raw.text("words", TEXT_MAX)))
            }
            "programme" => Self::Programme(if raw.get("programme").is_empty() {
                None
            } else {
                Some(errors.take("programme", raw.id("programme")))
            }),
            "supporter" => {
                Self::Supporter(errors.take("supporter", raw.optional_text("supporter", NAME_MAX)).replace('\n', " "))
            }
            _ => return Err(Errors::one("act", Problem::NotAChoice)),
        };
        errors.done()?;
        Ok(decision)
    }

    fn act(&self) -> (Act, &'static str) {
        match self {
            Self::Publish(_) => (Act::Publish, "publish"),
            Self::Return(_) => (Act::Return, "return"),
            Self::Reject(..) => (Act::Reject, "reject"),
            Self::Programme(_) => (Act::SetProgramme, "set_programme"),
            Self::Supporter(_) => (Act::NameSupporter, "name_supporter"),
        }
    }
}

/// Carries a decision on the plan as it was read (`version`) out; gives where to go.
///
/// # Errors
/// [`ActError`]; [`Problem::Changed`] on `act` when its submitter changed it meanwhile.
pub async fn answer(
    world: &World,
    actor: &Actor,
    form: FormKey,
    (id, version): (i64, i64),
    decision: Decision,
) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                let (act, name) = decision.act();
                form.once(u, name).await?;
                let p = plan(u, id).await?;
                decide(act, &actor, &p.subject())?;
                // What is answered is what was read.
                let answers = matches!(act, Act::Publish | Act::Return | Act::Reject);
                if answers && p.version != version {
                    return Err(Errors::one("act", Problem::Changed).into());
                }
                audit(u, now, actor.account, name, ("initiative", id), "").await?;
                let by = actor.account;
                match decision {
                    Decision::Publish(words) => {
                        move_on(u, &p, State::Published).await?;
                        rows::set_published(u, id, now).await?;
                        rows::set_replied(u, id, now).await?;
                        rows::add_event(
                            u,
                            id,
                            by,
                            &Event { words: words.clone(), ..step(now, "published", State::Published, "moderator") },
                        )
                        .await?;
                        tell(u, &p, "published", |_| words, now).await?;
                    }
                    Decision::Return(words) => {
                        move_on(u, &p, State::Returned).await?;
                        rows::set_replied(u, id, now).await?;
                        rows::add_event(
                            u,
                            id,
                            by,
                            &Event { words: words.clone(), ..step(now, "returned", State::Returned, "moderator") },
                        )
                        .await?;
                        tell(u, &p, "returned", |_| words, now).await?;
                    }
                    Decision::Reject(reason, words) => {
                        move_on(u, &p, State::Rejected).await?;
                        rows::set_replied(u, id, now).await?;
                        rows::add_event(
                            u,
                            id,
                            by,
                            &Event {
                                reason: reason.into(),
                                words: words.clone(),
                                ..step(now, "rejected", State::Rejected, "moderator")
                            },
                        )
                        .await?;
                        tell(
                            u,
                            &p,
                            "rejected",
                            |lang| format!("{}\n\n{words}", texts::t(lang, &format!("reject-{reason}"))),
                            now,
                        )
                        .await?;
                    }
                    Decision::Programme(programme) => {
                        let known = places::programmes(u).await?;
                        if programme.is_some_and(|id| !known.iter().any(|k| k.id == id)) {
                            return Err(Errors::one("programme", Problem::NotAChoice).into());
                        }
                        rows::set_programme(u, id, programme).await?;
                        return form.led_to(u, name, &urls::ModerationCase { id }, "bewaard", now).await;
                    }
                    Decision::Supporter(who) => {
                        rows::set_supporter(u, id, &who).await?;
                        return form.led_to(u, name, &urls::ModerationCase { id }, "bewaard", now).await;
                    }
                }
                form.led_to(u, name, &urls::Moderation {}, name, now).await
            })
        })
        .await
}

/// Whose turn it is in the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Waits for a moderator.
    #[default]
    ToDo,
    /// Waits for who handed it in.
    Waiting,
    /// Answered.
    Done,
}

/// Plans of this tab that the actor may moderate, oldest due first (done: newest first).
///
/// # Errors
/// [`ActError`].
pub async fn queue(c: &mut Conn, actor: &Actor, tab: Tab) -> Result<Vec<Initiative>, ActError> {
    let plans = match tab {
        Tab::ToDo => rows::in_state(c, State::Submitted).await?,
        Tab::Waiting => rows::in_state(c, State::Returned).await?,
        Tab::Done => rows::answered(c).await?,
    };
    Ok(plans.into_iter().filter(|p| decide(Act::SeeModeration, actor, &p.subject()).is_ok()).collect())
}

/// Half of all plans were answered within this many seconds.
///
/// # Errors
/// The store's.
pub async fn median_reply(c: &mut Conn) -> Result<Option<i64>, ActError> {
    let times = rows::reply_times(c).await?;
    Ok(times.get(times.len() / 2).copied())
}
