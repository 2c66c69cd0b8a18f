//! The clock of the first reply with the city's holidays, which administrators name beforehand.

use crate::initiatives::FormKey;
use crate::{ActError, Actor, World, audit};
use domain::access::{Act, Subject, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{FIRST_REPLY_TERM, NAME_MAX};
use domain::terms::{self, Span};
use domain::time::{DAY, Seconds};
use store::initiatives as rows;
use store::{Conn, Unit};

/// How far ahead a day can be named.
const FURTHEST: Seconds = 10 * 366 * DAY;

/// The days that do not count, as spans of UTC seconds.
///
/// # Errors
/// The store's.
pub async fn closed(c: &mut Conn) -> Result<Vec<Span>, ActError> {
    let days = rows::holidays(c).await?;
    Ok(days.iter().filter_map(|(day, _)| span(day)).collect())
}

/// From midnight to midnight in Amsterdam.
fn span(day: &str) -> Option<Span> {
    Some((texts::local_seconds(&format!("{day}T00:00"))?, texts::local_seconds(&format!("{}T00:00", next(day)?))?))
}

fn next(day: &str) -> Option<String> {
    // Noon is the same day everywhere near Amsterdam, whatever the clock did that night.
    let noon = texts::local_seconds(&format!("{day}T12:00"))?;
    Some(texts::typed_local(noon + DAY).split('T').next()?.to_owned())
}

/// When the first reply to what comes in now is due.
///
/// # Errors
/// The store's.
pub async fn first_reply_due(c: &mut Conn, now: Seconds) -> Result<Seconds, ActError> {
    Ok(terms::due(now, FIRST_REPLY_TERM, &closed(c).await?))
}

/// A day that does not count, or that counts again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HolidayForm {
    /// Day and what it is.
    Add(String, String),
    /// Day.
    Remove(String),
}

impl HolidayForm {
    /// Fields: `day` (`2026-12-25`), `title`; or `remove` with the day.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let iso = |typed: &str| {
            let noon = texts::local_seconds(&format!("{}T12:00", typed.trim()))?;
            texts::typed_local(noon).split('T').next().map(str::to_owned)
        };
        if !raw.get("remove").is_empty() {
            return iso(raw.get("remove")).map(Self::Remove).ok_or_else(|| Errors::one("day", Problem::NotADate));
        }
        let mut errors = Errors::default();
        let day = match raw.get("day").trim() {
            "" => Err(Problem::Missing),
            typed => iso(typed).ok_or(Problem::NotADate),
        };
        let day = errors.take("day", day);
        let title = errors.take("title", raw.text("title", NAME_MAX)).replace('\n', " ");
        errors.done()?;
        Ok(Self::Add(day, title))
    }
}

/// Names a day that does not count, or takes it back: only days that have not begun. Open cases get their new due date.
///
/// # Errors
/// [`Problem::NotAhead`] on `day`; [`ActError::Denied`].
pub async fn set_holiday(world: &World, actor: &Actor, key: FormKey, form: HolidayForm) -> Result<String, ActError> {
    decide(Act::ChangeSettings, actor, &Subject::default())?;
    let (now, who) = (world.now(), actor.account);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                key.once(u, "set_holiday").await?;
                let day = match &form {
                    HolidayForm::Add(day, _) | HolidayForm::Remove(day) => day.clone(),
                };
                let (from, _) = span(&day).ok_or_else(|| Errors::one("day", Problem::NotADate))?;
                if from <= now {
                    return Err(Errors::one("day", Problem::NotAhead).into());
                }
                // Further ahead than anybody plans: a slip in the year.
                if from > now + FURTHEST {
                    return Err(Errors::one("day", Problem::NotADate).into());
                }
                match &form {
                    HolidayForm::Add(day, title) => rows::put_holiday(u, day, title).await?,
                    HolidayForm::Remove(day) => {
                        rows::remove_holiday(u, day).await?;
                    }
                }
                move_due(u).await?;
                let act = if matches!(form, HolidayForm::Add(..)) { "add_holiday" } else { "remove_holiday" };
                audit(u, now, who, act, ("setting", 0), &day).await?;
                key.led_to(u, "set_holiday", &domain::urls::AdminSettings {}, "bewaard", now).await
            })
        })
        .await
}

async fn move_due(u: &mut Unit) -> Result<(), ActError> {
    let closed = closed(u).await?;
    for case in rows::asked_now(u).await? {
        let due = terms::due(case.at, FIRST_REPLY_TERM, &closed);
        if due != case.due {
            rows::set_warned(u, case.id, 0, due).await?;
        }
    }
    Ok(())
}
