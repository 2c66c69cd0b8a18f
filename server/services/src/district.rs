//! What the stadsdeel does: judge whether a plan can be done and for how much, and follow its execution.

use crate::initiatives::{FormKey, move_on, plan, step, tell};
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, Denied, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{State, TEXT_MAX, TITLE_MAX};
use domain::money::Cents;
use domain::urls;
use store::Conn;
use store::initiatives::{self as rows, Event, Initiative};

/// Whether it can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Yes, for this much, under these conditions (may be empty).
    Feasible {
        /// Least it can be done for.
        minimum: Cents,
        /// What it would best have.
        desired: Cents,
        /// Own words.
        conditions: String,
    },
    /// No, because.
    Infeasible(String),
}

impl Verdict {
    /// Fields: `verdict` (`feasible` or `infeasible`), `minimum`, `desired`, `conditions`; or `reason`.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let verdict = match raw.get("verdict") {
            "feasible" => {
                let above_zero =
                    |name| raw.amount(name).and_then(|a| a.filter(|c| *c > Cents::ZERO).ok_or(Problem::Missing));
                let minimum = errors.take("minimum", above_zero("minimum"));
                let desired = errors.take("desired", above_zero("desired"));
                if errors.0.is_empty() && desired < minimum {
                    errors.0.push(("desired", Problem::BelowMinimum));
                }
                Self::Feasible {
                    minimum,
                    desired,
                    conditions: errors.take("conditions", raw.optional_text("conditions", TEXT_MAX)),
                }
            }
            "infeasible" => Self::Infeasible(errors.take("reason", raw.text("reason", TEXT_MAX))),
            _ => return Err(Errors::one("verdict", Problem::NotAChoice)),
        };
        errors.done()?;
        Ok(verdict)
    }
}

/// Gives the verdict; gives where to go.
///
/// # Errors
/// [`ActError`].
pub async fn judge(world: &World, actor: &Actor, form: FormKey, id: i64, verdict: Verdict) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "verdict").await?;
                let p = plan(u, id).await?;
                decide(Act::Verdict, &actor, &p.subject())?;
                let (to, name, words, amount) = match &verdict {
                    Verdict::Feasible { desired, conditions, .. } => {
                        (State::Feasible, "feasible", conditions.clone(), Some(*desired))
                    }
                    Verdict::Infeasible(reason) => (State::Infeasible, "infeasible", reason.clone(), None),
                };
                move_on(u, &p, to).await?;
                if let Verdict::Feasible { minimum, desired, conditions } = &verdict {
                    rows::set_verdict(u, id, *minimum, *desired, conditions).await?;
                }
                rows::add_event(
                    u,
                    id,
                    actor.account,
                    &Event { words: words.clone(), amount, ..step(now, name, to, "staff") },
                )
                .await?;
                audit(u, now, actor.account, "verdict", ("initiative", id), name).await?;
                // A verdict of the stadsdeel can be a besluit: how to object stands below it.
                let clause = if to == State::Infeasible { crate::settings::bezwaar(u).await? } else { String::new() };
                tell(u, &p, name, |_| format!("{words}\n\n{clause}").trim_end().to_owned(), now).await?;
                form.led_to(u, "verdict", &urls::DistrictCase { id }, name, now).await
            })
        })
        .await
}

/// A step of the execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Plans a milestone.
    Add {
        /// What will be done.
        title: String,
        /// When, in UTC seconds.
        due_at: i64,
    },
    /// Finishes one, with words that may be empty.
    Finish {
        /// Which.
        milestone: i64,
        /// Own words.
        note: String,
    },
    /// The whole plan is done, with words that may be empty.
    Complete(String),
}

impl Progress {
    /// Fields: `act` (`add`, `finish`, `complete`), `title`, `date` (2026-10-12), `milestone`, `note`.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let progress = match raw.get("act") {
            "add" => {
                let title = errors.take("title", raw.text("title", TITLE_MAX)).replace('\n', " ");
                let date = raw.get("date").trim().split('T').next().unwrap_or("");
                let due_at = errors.take(
                    "date",
                    if date.is_empty() {
                        Err(Problem::Missing)
                    } else {
                        texts::local_seconds(&format!("{date}T12:00")).ok_or(Problem::NotADate)
                    },
                );
                Self::Add { title, due_at }
            }
            "finish" => Self::Finish {
                milestone: errors.take("milestone", raw.id("milestone")),
                note: errors.take("note", raw.optional_text("note", TEXT_MAX)),
            },
            "complete" => Self::Complete(errors.take("words", raw.optional_text("words", TEXT_MAX))),
            _ => return Err(Errors::one("act", Problem::NotAChoice)),
        };
        errors.done()?;
        Ok(progress)
    }
}

/// Takes a step of the execution; the first milestone puts a funded plan in execution. Gives where to go.
///
/// # Errors
/// [`ActError`].
pub async fn progress(
    world: &World,
    actor: &Actor,
    form: FormKey,
    id: i64,
    what: Progress,
) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "milestone").await?;
                let p = plan(u, id).await?;
                decide(Act::AddMilestone, &actor, &p.subject())?;
                let (state, name, words) = match what {
                    Progress::Add { title, due_at } => {
                        rows::add_milestone(u, id, &title, due_at, now).await?;
                        if p.state == State::Funded {
                            move_on(u, &p, State::InExecution).await?;
                        }
                        (State::InExecution, "milestone_added", title)
                    }
                    Progress::Finish { milestone, note } => {
                        let title = rows::milestones(u, id)
                            .await?
                            .into_iter()
                            .find(|m| m.id == milestone)
                            .ok_or(ActError::NotFound)?
                            .title;
                        if !rows::finish_milestone(u, id, milestone, &note, now).await? {
                            return Err(Denied::State.into());
                        }
                        (p.state, "milestone_done", if note.is_empty() { title } else { format!("{title}. {note}") })
                    }
                    Progress::Complete(words) => {
                        move_on(u, &p, State::Completed).await?;
                        (State::Completed, "completed", words)
                    }
                };
                rows::add_event(
                    u,
                    id,
                    actor.account,
                    &Event { words: words.clone(), ..step(now, name, state, "staff") },
                )
                .await?;
                audit(u, now, actor.account, name, ("initiative", id), "").await?;
                tell(u, &p, "milestone", |_| words, now).await?;
                form.led_to(u, "milestone", &urls::DistrictCase { id }, "bewaard", now).await
            })
        })
        .await
}

/// Plans of the actor's stadsdeel in this state.
///
/// # Errors
/// [`ActError`].
pub async fn desk(c: &mut Conn, actor: &Actor, state: State) -> Result<Vec<Initiative>, ActError> {
    Ok(rows::in_state(c, state)
        .await?
        .into_iter()
        .filter(|p| decide(Act::SeeDistrict, actor, &p.subject()).is_ok())
        .collect())
}
