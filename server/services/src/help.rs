//! Help that residents offer: offers, what plans ask for, introductions that show nobody's address, and their messages.
//!
//! Offers keep no time finer than a day, nor do their audit lines: one may begin with a text of the survey.

mod desk;
mod figures;
mod follow_up;
mod introductions;
mod needs;
mod offers;
mod own;
mod thread;

pub use desk::{Desk, Waits, at_desk, judge_message, judge_offer, may_hide_message, may_hide_offer};
pub use figures::{Figures, Place, figures};
pub use follow_up::follow_up;
pub use introductions::{answer, introduce, may_ask};
pub use needs::{Match, add, asked_of, drop, matches};
pub use offers::{change, offer, step, typed_day};
pub use own::{close, export};
pub use thread::{Line, Thread, report, stop, tell_outcome, thread, write};

use crate::initiatives::tell_at;
use crate::{ActError, letter};
use domain::access::{Act, Actor, Denied, Subject, decide};
use domain::help::Side;
use domain::urls;
use mail::Values;
use store::help::Introduction;
use store::initiatives::Initiative;
use store::{Unit, accounts};

/// Keeps two questions about one plan apart; negative, so that it meets no round.
pub(crate) fn lock(plan: i64) -> i64 {
    -5_000_000_000 - plan
}

/// A side of an introduction, as the table of rights looks at it.
fn subject_of(side: Side, p: &Initiative, x: &Introduction) -> Subject {
    match side {
        Side::Helper => Subject { owner: x.helper, ..Subject::default() },
        Side::Plan => p.subject(),
    }
}

/// As which side the actor may do this; everyone else finds nothing there.
pub(crate) fn party(act: Act, actor: &Actor, p: &Initiative, x: &Introduction) -> Result<Side, ActError> {
    actor.account.ok_or(Denied::SignIn)?;
    [Side::Helper, Side::Plan]
        .into_iter()
        .find(|side| decide(act, actor, &subject_of(*side, p, x)).is_ok())
        .ok_or(ActError::NotFound)
}

/// Mails a side of an introduction: which plan it is about, and where to go. Never what was written, never a name.
pub(crate) async fn tell_side(
    u: &mut Unit,
    p: &Initiative,
    x: &Introduction,
    side: Side,
    name: &str,
    now: i64,
) -> Result<(), ActError> {
    let path = urls::HelpIntroduction { introduction: x.id }.to_string();
    if side == Side::Plan {
        return tell_at(u, p, name, &path, |_| String::new(), now).await;
    }
    let Some(helper) = x.helper else { return Ok(()) };
    let Some(to) = accounts::get(u, helper).await? else { return Ok(()) };
    let values = Values { path, title: p.title.clone(), name: to.name.clone(), ..Values::default() };
    Ok(letter(u, now, name, &to.email, &to.lang, &values).await?)
}
