//! A slip in funding is booked back by a counter-transfer; nothing that was booked ever changes.

use super::share_lock;
use crate::initiatives::FormKey;
use crate::{ActError, Actor, World, audit};
use domain::access::{Act, Denied, Subject, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::TEXT_MAX;
use domain::money::Cents;
use store::StoreError;
use store::ledger::{self, Kind, Transfer};

/// What an administrator fills in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectForm {
    /// Wijk.
    pub wijk: i64,
    /// Budget year.
    pub year: i64,
    /// The movement.
    pub transfer: i64,
    /// Why.
    pub note: String,
}

impl CorrectForm {
    /// Fields: `wijk`, `year`, `transfer`, `note`.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let wijk = errors.take("wijk", raw.id("wijk"));
        let year = errors.take("year", raw.number("year", 1900, 2999));
        let transfer = errors.take("transfer", raw.id("transfer"));
        let note = errors.take("note", raw.text("note", TEXT_MAX));
        errors.done()?;
        Ok(Self { wijk, year, transfer, note })
    }
}

/// Books money that was moved from a programme line into the share back to that line, once.
///
/// # Errors
/// [`Problem::NotEnough`] on `note` when it is allotted by now; [`Denied::State`] for one that was booked back before.
pub async fn correct(world: &World, actor: &Actor, key: FormKey, form: CorrectForm) -> Result<String, ActError> {
    decide(Act::CorrectTransfer, actor, &Subject::default())?;
    let (now, who) = (world.now(), actor.account);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                key.once(u, "correct_transfer").await?;
                u.lock_exclusive(share_lock(form.wijk)).await?;
                let all = ledger::of_share(u, form.wijk, form.year, i64::MAX).await?;
                let moved = all.into_iter().find(|m| m.id == form.transfer).ok_or(ActError::NotFound)?;
                let Some(programme) = moved.programme.filter(|_| !moved.out && moved.reason == "share") else {
                    return Err(Denied::State.into());
                };
                if moved.corrected {
                    return Err(Denied::State.into());
                }
                let share = Kind::Share { wijk: form.wijk, year: form.year };
                let left = ledger::balance(u, share).await?;
                if left < moved.amount {
                    return Err(Errors::one("note", Problem::NotEnough(left)).into());
                }
                let transfer = Transfer {
                    from: share,
                    to: Kind::ProgrammeLine { programme, wijk: Some(form.wijk), year: form.year },
                    amount: moved.amount,
                    reason: "correction",
                    reference: &moved.id.to_string(),
                    note: &form.note,
                    actor: who,
                    key: &format!("correction/{}", moved.id),
                    at: now,
                };
                ledger::transfer(u, &transfer).await.map_err(|e| match e {
                    StoreError::Refused(_) => Errors::one("note", Problem::NotEnough(Cents::ZERO)).into(),
                    StoreError::Duplicate(..) => Denied::State.into(),
                    e => ActError::from(e),
                })?;
                let detail = format!("{} {}", form.year, moved.amount.0);
                audit(u, now, who, "correct_share", ("wijk", form.wijk), &detail).await?;
                key.led_to_share(u, "correct_transfer", form.wijk, form.year, now).await
            })
        })
        .await
}
