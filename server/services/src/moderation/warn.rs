//! Nobody stays without an answer: twelve hours before a reply is due its moderators are warned, four hours before it everyone
//! of their organisation, and when it is late the stadsdeel takes the case over. Who is away is not warned; where all are away,
//! the stadsdeel takes over at once.

use crate::initiatives::step;
use crate::{ActError, World, audit, letter, notices};
use domain::access::Role;
use domain::initiative::{FIRST_REPLY_TERM, State};
use domain::notice::Kind;
use domain::terms::{self, Span, WARN_MODERATORS, WARN_ORGANISATION};
use domain::urls;
use mail::Values;
use store::Unit;
use store::accounts::{Account, roles};
use store::initiatives::{self as rows, Event, Initiative};

/// Cases looked at in one go.
const MOST: i64 = 100;

/// What has to be done about a case now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Moderators = 1,
    Organisation = 2,
    Late = 3,
}

/// The latest stage whose moment has come.
fn stage(p: &Initiative, now: i64, closed: &[Span]) -> Option<Stage> {
    let (asked, due) = (p.asked_at?, p.due_at?);
    let left = |left| terms::before(asked, FIRST_REPLY_TERM, left, closed);
    if now >= due {
        Some(Stage::Late)
    } else if now >= left(WARN_ORGANISATION) {
        Some(Stage::Organisation)
    } else if now >= left(WARN_MODERATORS) {
        Some(Stage::Moderators)
    } else {
        None
    }
}

/// Warns, and hands over what is late; for the job.
///
/// # Errors
/// The store's.
pub async fn warn(world: &World) -> Result<(), ActError> {
    let now = world.now();
    let mut c = world.db.read().await?;
    let closed = crate::terms::closed(&mut c).await?;
    let by = [terms::due(now, WARN_MODERATORS, &closed), terms::due(now, WARN_ORGANISATION, &closed), now];
    let cases = rows::to_warn(&mut c, by, now, MOST).await?;
    drop(c);
    let open: Vec<_> = cases.iter().map(|case| (case.id, stage(case, now, &closed))).collect();
    for (id, due) in open {
        world.db.write(move |u| Box::pin(async move { look(u, id, due, now).await })).await?;
    }
    Ok(())
}

async fn look(u: &mut Unit, id: i64, due: Option<Stage>, now: i64) -> Result<(), ActError> {
    rows::hold(u, id).await?;
    let Some(p) = rows::get(u, id).await? else { return Ok(()) };
    // Answered, or decided on, since the list was made.
    if p.state != State::Submitted || p.by_staff || rows::pending(u, id).await?.is_some() {
        return Ok(());
    }
    let at = (p.handled_in.unwrap_or(p.buurt_id), p.stadsdeel_id);
    let mut there = roles::reaching(u, Role::Moderator, at, now).await?;
    // Nobody answers what they made.
    there.retain(|(account, _)| account.id != p.account_id && !p.makers.contains(&account.id));
    if there.is_empty() || due == Some(Stage::Late) {
        return take_over(u, &p, if there.is_empty() { "away" } else { "late" }, now).await;
    }
    let Some(due) = due.filter(|due| p.warned < *due as i64) else { return Ok(()) };
    let told = match due {
        Stage::Organisation => {
            let mut all = roles::of_organisations(u, at.0, now).await?;
            for one in there {
                if !all.iter().any(|(account, _)| account.id == one.0.id) {
                    all.push(one);
                }
            }
            all
        }
        _ => there,
    };
    for (account, _) in &told {
        mail_to(u, &p, account, if due == Stage::Organisation { "due-organisation" } else { "due-soon" }, now).await?;
    }
    rows::set_warned(u, id, due as i64, p.due_at.unwrap_or(now)).await?;
    audit(u, now, None, "warn_case", ("initiative", id), &(due as i64).to_string()).await?;
    Ok(())
}

/// The stadsdeel takes a case over, where it has staff here; they are told, and the timeline says why.
async fn take_over(u: &mut Unit, p: &Initiative, why: &str, now: i64) -> Result<(), ActError> {
    let staff = roles::reaching(u, Role::Staff, (p.buurt_id, p.stadsdeel_id), now).await?;
    if staff.is_empty() {
        // It stays where it is; once is enough to have seen that.
        rows::set_warned(u, p.id, Stage::Late as i64, p.due_at.unwrap_or(now)).await?;
        return Ok(());
    }
    rows::hand_over(u, p.id, None).await?;
    let event = Event { reason: why.into(), ..step(now, "handed_over", p.state, "") };
    rows::add_event(u, p.id, None, &event).await?;
    audit(u, now, None, "hand_over", ("initiative", p.id), why).await?;
    for (account, _) in staff {
        mail_to(u, p, &account, "handed-over", now).await?;
    }
    let event = notices::event(u, p.id).await?;
    notices::tell_absent_staff(u, p, Kind::HandedOver, &event, now).await
}

async fn mail_to(u: &mut Unit, p: &Initiative, account: &Account, name: &str, now: i64) -> Result<(), ActError> {
    let values = Values {
        path: urls::ModerationCase { id: p.id }.to_string(),
        title: p.title.clone(),
        name: account.name.clone(),
        ..Values::default()
    };
    Ok(letter(u, now, name, &account.email, &account.lang, &values).await?)
}
