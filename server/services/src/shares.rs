//! Funding a wijk's share from its programme lines, never above the ceiling; the ceiling itself, counter-transfers and the
//! closing of a year.

mod ceiling;
mod closing;
mod correct;

pub use ceiling::{CeilingForm, set_ceiling};
pub use closing::{CloseForm, Rest, close};
pub use correct::{CorrectForm, correct};

use crate::{ActError, Actor, World, audit, budget, once, remember};
use domain::access::{Act, Subject, decide};
use domain::budget::Share;
use domain::form::{Errors, Problem, Raw};
use domain::money::Cents;
use store::ledger::{self, Kind, Moved, Transfer};
use store::{Conn, StoreError};

/// Keeps two acts on the same money apart; negative, so that it meets no round.
pub(crate) fn share_lock(wijk: i64) -> i64 {
    -1_000_000_000 - wijk
}

/// Movements that the desk shows.
const MOVED_SHOWN: i64 = 12;

/// Refuses on `field` where that year of the wijk was closed.
pub(crate) async fn not_closed(c: &mut Conn, wijk: i64, year: i64, field: &'static str) -> Result<(), ActError> {
    if ledger::is_closed(c, wijk, year).await? { Err(Errors::one(field, Problem::YearClosed).into()) } else { Ok(()) }
}

/// A programme line with what is left on its account.
#[derive(Clone, Debug)]
pub struct LineLeft {
    /// Programme.
    pub programme: i64,
    /// Its name.
    pub name: String,
    /// The residents' own.
    pub earmarked: bool,
    /// Left to move.
    pub left: Cents,
}

/// A wijk's share and where money for it can come from.
#[derive(Clone, Debug)]
pub struct ShareDesk {
    /// Figures.
    pub share: Share,
    /// Lines, the earmarked ones first.
    pub lines: Vec<LineLeft>,
    /// Ceiling in basis points of the cost.
    pub basis_points: i64,
    /// The year was closed.
    pub closed: bool,
    /// Its newest movements.
    pub moved: Vec<Moved>,
}

/// Years of the budget, the oldest first.
pub async fn years(c: &mut Conn) -> Result<Vec<i64>, StoreError> {
    let mut years: Vec<i64> =
        store::budget::lines(c).await?.iter().map(|l| l.year).filter(|y| *y != store::budget::INVESTMENTS).collect();
    years.sort_unstable();
    years.dedup();
    Ok(years)
}

/// Figures of a wijk and year for the desk.
pub async fn desk(c: &mut Conn, wijk: i64, year: i64) -> Result<ShareDesk, ActError> {
    let all = store::budget::lines(c).await?;
    let share = budget::share_of(c, &all, wijk, year).await?;
    let mut lines = Vec::new();
    for l in all.iter().filter(|l| l.wijk_id == Some(wijk) && l.year == year) {
        let left =
            ledger::balance(c, Kind::ProgrammeLine { programme: l.programme_id, wijk: Some(wijk), year }).await?;
        if left > Cents::ZERO {
            lines.push(LineLeft { programme: l.programme_id, name: l.programme.clone(), earmarked: l.earmarked, left });
        }
    }
    lines.sort_by_key(|l| !l.earmarked);
    Ok(ShareDesk {
        share,
        lines,
        basis_points: store::budget::basis_points(c, wijk, year).await?,
        closed: ledger::is_closed(c, wijk, year).await?,
        moved: ledger::of_share(c, wijk, year, MOVED_SHOWN).await?,
    })
}

/// What an administrator fills in.
#[derive(Clone, Debug)]
pub struct FundForm {
    /// Wijk.
    pub wijk: i64,
    /// Budget year.
    pub year: i64,
    /// How much.
    pub amount: Cents,
    /// Programme to take from when the earmarked line is empty.
    pub programme: Option<i64>,
}

impl FundForm {
    /// Fields: `wijk`, `year`, `amount`, `programme` (may be empty).
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let wijk = errors.take("wijk", raw.id("wijk"));
        let year = errors.take("year", raw.number("year", 1900, 2999));
        let amount = errors
            .take("amount", raw.amount("amount").and_then(|a| a.filter(|a| *a > Cents::ZERO).ok_or(Problem::Missing)));
        let programme =
            if raw.get("programme").is_empty() { None } else { Some(errors.take("programme", raw.id("programme"))) };
        errors.done()?;
        Ok(Self { wijk, year, amount, programme })
    }
}

/// Moves money from programme lines into the share: the earmarked line first, then the chosen programme.
///
/// # Errors
/// On `amount`: above the ceiling, or more than the lines hold.
pub async fn fund(
    world: &World,
    actor: &Actor,
    form: FundForm,
    key: String,
    key_actor: String,
    location: String,
) -> Result<(), ActError> {
    decide(Act::FundShare, actor, &Subject::default())?;
    let (now, who) = (world.now(), actor.account);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &key, "fund_share", &key_actor).await?;
                u.lock_exclusive(share_lock(form.wijk)).await?;
                if !store::places::wijken(u).await?.iter().any(|w| w.id == form.wijk) {
                    return Err(Errors::one("wijk", Problem::NotAChoice).into());
                }
                not_closed(u, form.wijk, form.year, "year").await?;
                let desk = desk(u, form.wijk, form.year).await?;
                if form.amount > desk.share.room() {
                    return Err(Errors::one("amount", Problem::NotEnough(desk.share.room())).into());
                }
                let sources: Vec<&LineLeft> =
                    desk.lines.iter().filter(|l| l.earmarked || Some(l.programme) == form.programme).collect();
                let there: Cents = sources.iter().map(|l| l.left).sum();
                if form.amount > there {
                    return Err(Errors::one("amount", Problem::NotEnough(there)).into());
                }
                let mut open = form.amount;
                for line in sources {
                    let part = line.left.min(open);
                    if part > Cents::ZERO {
                        let from =
                            Kind::ProgrammeLine { programme: line.programme, wijk: Some(form.wijk), year: form.year };
                        let to = Kind::Share { wijk: form.wijk, year: form.year };
                        let transfer_key = format!("share/{key_actor}/{key}/{}", line.programme);
                        ledger::transfer(
                            u,
                            &Transfer {
                                from,
                                to,
                                amount: part,
                                reason: "share",
                                reference: "",
                                note: "",
                                actor: who,
                                key: &transfer_key,
                                at: now,
                            },
                        )
                        .await?;
                        open = open - part;
                    }
                }
                audit(u, now, who, "fund_share", ("wijk", form.wijk), &format!("{} {}", form.year, form.amount.0))
                    .await?;
                remember(u, &key, "fund_share", &key_actor, &location, now).await
            })
        })
        .await
}
