//! Milestones (steps): planned by makers and staff, told of by the makers with words and photos, confirmed by staff.

use super::{ahead, day, event, hold, led, makes, who};
use crate::initiatives::{FormKey, plan as get_plan, tell, tell_at};
use crate::pictures::{self, Ready};
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, Denied, decide};
use domain::execution::{MILESTONES, PHOTOS, REMINDER_DAYS, REMINDERS, StepState, optional_text, text};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{State, TEXT_MAX, TITLE_MAX};
use domain::time::DAY;
use domain::urls;
use store::execution::{self as rows, Due, NewChange, Step};
use store::initiatives::Initiative;
use store::{StoreError, Unit};

/// A step to be planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepForm {
    /// What will be done.
    pub title: String,
    /// When, in UTC seconds.
    pub due_at: i64,
}

impl StepForm {
    /// Fields: `title`, `date` (2026-10-12).
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let title = errors.take("title", text(raw, "title", TITLE_MAX)).replace('\n', " ");
        let due_at = errors.take("date", day(raw, "date").and_then(|d| d.ok_or(Problem::Missing)));
        errors.done()?;
        Ok(Self { title, due_at })
    }
}

/// Refuses by name what comes after the end.
fn not_over(p: &Initiative, field: &'static str) -> Result<(), ActError> {
    if matches!(p.state, State::Completed | State::Cancelled) {
        return Err(Errors::one(field, Problem::PlanOver).into());
    }
    Ok(())
}

/// Plans a step; gives where to go.
///
/// # Errors
/// [`Problem::PlanOver`] on `title` once the plan is over; [`ActError::Denied`].
pub async fn plan(world: &World, actor: &Actor, form: FormKey, id: i64, new: StepForm) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "plan_step").await?;
                let p = hold(u, id).await?;
                decide(Act::PlanStep, &actor, &p.subject())?;
                not_over(&p, "title")?;
                ahead(new.due_at, now).map_err(|e| Errors::one("date", e))?;
                if rows::steps(u, id).await?.len() >= MILESTONES {
                    return Err(Errors::one("title", Problem::TooMany(MILESTONES)).into());
                }
                let makers = makes(&p, &actor);
                rows::add_step(u, id, &new.title, new.due_at, now).await?;
                event(u, id, (actor.account, makers), ("milestone_added", p.state), (&new.title, None), now).await?;
                audit(u, now, actor.account, "milestone_added", ("initiative", id), "").await?;
                if !makers {
                    tell(u, &p, "milestone", |_| new.title.clone(), now).await?;
                }
                led(u, &form, "plan_step", (id, makers), "gepland", now).await
            })
        })
        .await
}

/// A photo that came along.
#[derive(Clone, Debug)]
pub struct Photo {
    /// How it was before.
    pub before: bool,
    /// Looked at by [`pictures::read`].
    pub picture: Ready,
}

/// Words that go with a step; may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoneForm(pub String);

impl DoneForm {
    /// Field: `note`.
    ///
    /// # Errors
    /// On `note`.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        optional_text(raw, "note", TEXT_MAX).map(Self).map_err(|e| Errors::one("note", e))
    }
}

/// Hangs photos on a step.
async fn hang(u: &mut Unit, step: &Step, photos: Vec<Photo>, now: i64) -> Result<(), ActError> {
    if step.photos.len() + photos.len() > PHOTOS {
        return Err(Errors::one("photo", Problem::TooMany(PHOTOS)).into());
    }
    for Photo { before, picture } in photos {
        if let Some(picture) = pictures::keep(u, Some(picture), now).await? {
            rows::add_photo(u, step.id, picture, before, now).await?;
        }
    }
    Ok(())
}

/// Title with words below it.
fn said(step: &Step, note: &str) -> String {
    if note.is_empty() { step.title.clone() } else { format!("{}. {note}", step.title) }
}

/// The makers tell that a step was done; gives where to go.
///
/// # Errors
/// [`Problem::PlanOver`] on `note`, [`Problem::TooMany`] on `photo`; [`Denied::State`] when it was done before.
pub async fn done(
    world: &World,
    actor: &Actor,
    form: FormKey,
    (id, step): (i64, i64),
    note: DoneForm,
    photos: Vec<Photo>,
) -> Result<String, ActError> {
    let (actor, now, DoneForm(note)) = (actor.clone(), world.now(), note);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "tell_step").await?;
                let p = hold(u, id).await?;
                decide(Act::TellStep, &actor, &p.subject())?;
                not_over(&p, "note")?;
                let step = rows::step(u, id, step).await?.ok_or(ActError::NotFound)?;
                if p.state != State::InExecution
                    || !rows::finish_step(u, step.id, &note, Some(who(&actor)?), now).await?
                {
                    return Err(Denied::State.into());
                }
                hang(u, &step, photos, now).await?;
                // Their words and photos are for everyone once the stadsdeel saw them.
                event(u, id, (actor.account, true), ("milestone_done", p.state), (&step.title, None), now).await?;
                audit(u, now, actor.account, "milestone_done", ("initiative", id), &step.id.to_string()).await?;
                led(u, &form, "tell_step", (id, true), "gezet", now).await
            })
        })
        .await
}

/// Staff confirm a step that was done; or, for makers who do not tell of it themselves, tell of it and confirm it at once.
///
/// # Errors
/// As [`done`].
pub async fn confirm(
    world: &World,
    actor: &Actor,
    form: FormKey,
    (id, step): (i64, i64),
    note: DoneForm,
    photos: Vec<Photo>,
) -> Result<String, ActError> {
    let (actor, now, DoneForm(note)) = (actor.clone(), world.now(), note);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "confirm_step").await?;
                let p = hold(u, id).await?;
                decide(Act::ConfirmStep, &actor, &p.subject())?;
                not_over(&p, "note")?;
                let step = rows::step(u, id, step).await?.ok_or(ActError::NotFound)?;
                let account = who(&actor)?;
                if p.state != State::InExecution {
                    return Err(Denied::State.into());
                }
                if step.state == StepState::Open {
                    rows::finish_step(u, step.id, &note, Some(account), now).await?;
                }
                if !rows::confirm_step(u, step.id, Some(account), now).await? {
                    return Err(Denied::State.into());
                }
                hang(u, &step, photos, now).await?;
                let words = said(&step, &note);
                event(u, id, (Some(account), false), ("milestone_confirmed", p.state), (&words, None), now).await?;
                audit(u, now, Some(account), "milestone_confirmed", ("initiative", id), &step.id.to_string()).await?;
                tell(u, &p, "milestone", |_| words.clone(), now).await?;
                led(u, &form, "confirm_step", (id, false), "bevestigd", now).await
            })
        })
        .await
}

/// A later day that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaterForm {
    /// The day, in UTC seconds.
    pub due_at: i64,
    /// Why.
    pub why: String,
}

impl LaterForm {
    /// Fields: `date` (2026-10-12), `why`.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let due_at = errors.take("date", day(raw, "date").and_then(|d| d.ok_or(Problem::Missing)));
        let why = errors.take("why", text(raw, "why", TEXT_MAX));
        errors.done()?;
        Ok(Self { due_at, why })
    }
}

/// The makers ask a later day for a step: a change that waits for staff. Reminders stop with it.
///
/// # Errors
/// [`Problem::NotLater`] on `date`, [`Problem::AskedWaiting`] while a day was asked for before.
pub async fn later(
    world: &World,
    actor: &Actor,
    form: FormKey,
    (id, step): (i64, i64),
    asked: LaterForm,
) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "step_later").await?;
                let p = hold(u, id).await?;
                decide(Act::TellStep, &actor, &p.subject())?;
                not_over(&p, "date")?;
                let step = rows::step(u, id, step).await?.ok_or(ActError::NotFound)?;
                if step.state != StepState::Open {
                    return Err(Denied::State.into());
                }
                ahead(asked.due_at, now).map_err(|e| Errors::one("date", e))?;
                if asked.due_at <= step.due_at {
                    return Err(Errors::one("date", Problem::NotLater).into());
                }
                let change = NewChange {
                    what: step.title.clone(),
                    why: asked.why.clone(),
                    step: Some((step.id, asked.due_at)),
                    ..NewChange::default()
                };
                rows::add_change(u, id, &change, (who(&actor)?, true), now).await.map_err(|e| match e {
                    StoreError::Duplicate(_) => ActError::Form(Errors::one("date", Problem::AskedWaiting)),
                    e => e.into(),
                })?;
                let words = format!("{}\n\n{}", step.title, asked.why);
                event(u, id, (actor.account, true), ("change_asked", p.state), (&words, None), now).await?;
                audit(u, now, actor.account, "ask_change", ("initiative", id), &step.id.to_string()).await?;
                led(u, &form, "step_later", (id, true), "later-gevraagd", now).await
            })
        })
        .await
}

/// Reminds makers of steps that are due: on the day, and weekly, three times at most; not once it was done or another day was
/// asked for. For the job.
///
/// # Errors
/// The store's.
pub async fn remind(world: &World) -> Result<(), ActError> {
    let now = world.now();
    let since = now - REMINDER_DAYS * DAY;
    let due = rows::due_steps(&mut world.db.read().await?, now, since, REMINDERS).await?;
    for step in due {
        world.db.write(move |u| Box::pin(async move { remind_one(u, &step, now).await })).await?;
    }
    Ok(())
}

async fn remind_one(u: &mut Unit, due: &Due, now: i64) -> Result<(), ActError> {
    let p = get_plan(u, due.plan).await?;
    if p.state != State::InExecution || !rows::remind_step(u, due, now).await? {
        return Ok(());
    }
    let path = urls::InitiativeStep { id: p.id, step: due.id }.to_string();
    tell_at(u, &p, "step-due", &path, |lang| format!("{} ({})", due.title, texts::date(lang, due.due_at)), now).await?;
    audit(u, now, None, "remind_step", ("initiative", p.id), &due.id.to_string()).await?;
    Ok(())
}
