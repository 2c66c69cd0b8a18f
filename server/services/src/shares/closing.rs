//! The closing of a year: what is left of a share goes back to the programme lines it came from, and on to the lines of the
//! next year or back to the city. *Funded* then is what was allotted, so the figures of a closed year stay true.

use super::share_lock;
use crate::initiatives::FormKey;
use crate::{ActError, Actor, World, audit};
use domain::access::{Act, Subject, decide};
use domain::form::{Errors, Problem, Raw};
use domain::money::Cents;
use store::Unit;
use store::ledger::{self, Kind, Transfer};

/// What becomes of the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// To the same programme lines of the next year, where it can be funded from.
    Carried,
    /// Back to where the budget came from.
    Returned,
}

impl Rest {
    fn key(self) -> &'static str {
        match self {
            Self::Carried => "carried",
            Self::Returned => "returned",
        }
    }
}

/// What an administrator fills in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseForm {
    /// Wijk.
    pub wijk: i64,
    /// Budget year.
    pub year: i64,
    /// What becomes of the rest.
    pub rest: Rest,
}

impl CloseForm {
    /// Fields: `wijk`, `year`, `rest` (`carried`, `returned`).
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let wijk = errors.take("wijk", raw.id("wijk"));
        let year = errors.take("year", raw.number("year", 1900, 2999));
        let rest = [Rest::Carried, Rest::Returned].into_iter().find(|r| r.key() == raw.get("rest"));
        let Some(rest) = rest else {
            errors.0.push(("rest", Problem::NotAChoice));
            return Err(errors);
        };
        errors.done()?;
        Ok(Self { wijk, year, rest })
    }
}

/// Closes the year of a wijk: nothing is funded or allotted from it any more. Money that comes back to it later is moved on by
/// closing it again.
///
/// # Errors
/// [`Problem::InPots`] on `rest` while rounds of that year are not finished.
pub async fn close(world: &World, actor: &Actor, key: FormKey, form: CloseForm) -> Result<String, ActError> {
    decide(Act::CloseYear, actor, &Subject::default())?;
    let (now, who) = (world.now(), actor.account);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                key.once(u, "close_year").await?;
                u.lock_exclusive(share_lock(form.wijk)).await?;
                if !store::places::wijken(u).await?.iter().any(|w| w.id == form.wijk) {
                    return Err(Errors::one("wijk", Problem::NotAChoice).into());
                }
                let in_pots = ledger::in_pots(u, form.wijk, form.year).await?;
                if in_pots > Cents::ZERO {
                    return Err(Errors::one("rest", Problem::InPots(in_pots)).into());
                }
                let left = ledger::balance(u, Kind::Share { wijk: form.wijk, year: form.year }).await?;
                let id = ledger::close_year(u, (form.wijk, form.year), form.rest.key(), left, who, now).await?;
                move_rest(u, &form, left, (id, who, now)).await?;
                let detail = format!("{} {} {}", form.year, form.rest.key(), left.0);
                audit(u, now, who, "close_year", ("wijk", form.wijk), &detail).await?;
                key.led_to_share(u, "close_year", form.wijk, form.year, now).await
            })
        })
        .await
}

async fn move_rest(
    u: &mut Unit,
    form: &CloseForm,
    left: Cents,
    (closing, actor, at): (i64, Option<i64>, i64),
) -> Result<(), ActError> {
    let (wijk, year) = (form.wijk, form.year);
    let mut open = left;
    // The newest givers take back first.
    for (programme, gave) in ledger::givers(u, wijk, year).await? {
        let part = gave.min(open);
        if part == Cents::ZERO {
            continue;
        }
        let line = Kind::ProgrammeLine { programme, wijk: Some(wijk), year };
        let on = match form.rest {
            Rest::Carried => Kind::ProgrammeLine { programme, wijk: Some(wijk), year: year + 1 },
            Rest::Returned => Kind::Source,
        };
        for (n, (from, to)) in [(Kind::Share { wijk, year }, line), (line, on)].into_iter().enumerate() {
            let transfer = Transfer {
                from,
                to,
                amount: part,
                reason: if form.rest == Rest::Carried { "year_carried" } else { "year_returned" },
                reference: &closing.to_string(),
                note: "",
                actor,
                key: &format!("closing/{closing}/{programme}/{n}"),
                at,
            };
            ledger::transfer(u, &transfer).await?;
        }
        open = open - part;
    }
    if open > Cents::ZERO {
        return Err(ActError::Broken(format!(
            "share of wijk {wijk} in {year}: {} cents came from no programme line; run doctor ledger",
            open.0
        )));
    }
    Ok(())
}
