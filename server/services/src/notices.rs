//! What moderators and staff are told of what waits at their desk: in a digest in the morning, at once, or not. Who is away
//! finds it in the digest after they are back. Each event is told to each person once (a UNIQUE sees to it), and each person
//! gets one digest a day at most.
//!
//! Tell of something else: a variant of [`Kind`], its text in [`asked`], and a call in the act's own unit.

use crate::initiatives::FormKey;
use crate::{ActError, World, audit, letter};
use domain::access::{Act, Actor, Denied, Role, Subject, decide};
use domain::notice::{How, Kind, MORNING, Waiting, lines};
use domain::urls;
use mail::Values;
use std::collections::BTreeSet;
use store::initiatives::{self as plans, Initiative};
use store::notices::{self as rows, Notice};
use store::{Conn, Unit, accounts};
use texts::{Lang, t, ta};

/// People whose digests are made in one go.
const PEOPLE: i64 = 200;
/// Notices of one person that are looked at in one go.
const NOTICES: i64 = 1000;

/// Key of the step that a plan just took, for [`tell_desk`] and the like.
///
/// # Errors
/// The store's.
pub async fn event(u: &mut Unit, plan: i64) -> Result<String, ActError> {
    Ok(rows::last_step(u, plan).await?.to_string())
}

/// Tells everyone at the plan's desk: the moderators of the buurt that handles it, or staff once it is theirs.
///
/// # Errors
/// The store's.
pub async fn tell_desk(u: &mut Unit, p: &Initiative, kind: Kind, event: &str, now: i64) -> Result<(), ActError> {
    let (role, buurt) =
        if p.by_staff { (Role::Staff, p.buurt_id) } else { (Role::Moderator, p.handled_in.unwrap_or(p.buurt_id)) };
    tell(u, p, (role, buurt), (kind, event), false, now).await
}

/// Tells staff of the plan's stadsdeel.
///
/// # Errors
/// The store's.
pub async fn tell_staff(u: &mut Unit, p: &Initiative, kind: Kind, event: &str, now: i64) -> Result<(), ActError> {
    tell(u, p, (Role::Staff, p.buurt_id), (kind, event), false, now).await
}

/// Tells staff who are away, of what the others get a mail of its own about.
///
/// # Errors
/// The store's.
pub async fn tell_absent_staff(
    u: &mut Unit,
    p: &Initiative,
    kind: Kind,
    event: &str,
    now: i64,
) -> Result<(), ActError> {
    tell(u, p, (Role::Staff, p.buurt_id), (kind, event), true, now).await
}

async fn tell(
    u: &mut Unit,
    p: &Initiative,
    (role, buurt): (Role, i64),
    (kind, event): (Kind, &str),
    absent_only: bool,
    now: i64,
) -> Result<(), ActError> {
    let mut due = None;
    for person in rows::reached(u, role, (buurt, p.stadsdeel_id), now).await? {
        let made = person.account == p.account_id || p.makers.contains(&person.account);
        if made || person.how == How::Never || (absent_only && !person.away) {
            continue;
        }
        let at_once = person.how == How::AtOnce && !person.away;
        let added = rows::add(u, person.account, kind, (p.id, event), now, at_once.then_some(now)).await?;
        if !added || !at_once {
            continue;
        }
        if due.is_none() {
            due = Some(due_of(u, p.id, kind).await?);
        }
        let values = Values {
            path: kind.path(p.id),
            title: p.title.clone(),
            words: asked(Lang::from_code(&person.lang), kind, due.flatten(), now),
            name: person.name,
            ..Values::default()
        };
        letter(u, now, "notice", &person.email, &person.lang, &values).await?;
    }
    Ok(())
}

/// Until when what is asked can be done.
async fn due_of(c: &mut Conn, plan: i64, kind: Kind) -> Result<Option<i64>, ActError> {
    Ok(match kind {
        Kind::Submitted | Kind::HandedOver => plans::get(c, plan).await?.and_then(|p| p.due_at),
        Kind::Appealed => plans::appeal(c, plan).await?.map(|a| a.due_at),
        Kind::NewText => plans::change(c, plan).await?.map(|change| change.due_at),
        Kind::ToJudge | Kind::Reported | Kind::HelpReported | Kind::HelpWaiting => None,
    })
}

/// What is asked of somebody, and until when.
fn asked(lang: Lang, kind: Kind, due: Option<i64>, now: i64) -> String {
    let what = t(
        lang,
        match kind {
            Kind::Submitted => "notice-ask-submitted",
            Kind::HandedOver => "notice-ask-handed-over",
            Kind::ToJudge => "notice-ask-to-judge",
            Kind::Appealed => "notice-ask-appealed",
            Kind::NewText => "notice-ask-new-text",
            Kind::Reported => "notice-ask-reported",
            Kind::HelpReported => "notice-ask-help-reported",
            Kind::HelpWaiting => "notice-ask-help-waiting",
        },
    );
    match due {
        Some(due) if due > now => {
            ta(lang, "notice-by", &[("asked", what.into()), ("due", texts::weekday_time(lang, due).into())])
        }
        Some(_) => ta(lang, "notice-late", &[("asked", what.into())]),
        None => what,
    }
}

/// Keeps how the reader wants to be told; leads back to the desk it was chosen at (`district`: that of the stadsdeel).
///
/// # Errors
/// [`ActError::Denied`] for who is neither moderator nor staff.
pub async fn choose(world: &World, actor: &Actor, form: FormKey, how: How, district: bool) -> Result<String, ActError> {
    decide(Act::ChooseNotices, actor, &Subject::default())?;
    let (account, now) = (actor.account.ok_or(Denied::SignIn)?, world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "choose_notices").await?;
                rows::choose(u, account, how, now).await?;
                audit(u, now, Some(account), "choose_notices", ("account", account), how.key()).await?;
                if district {
                    return form.led_to(u, "choose_notices", &urls::District {}, "bewaard", now).await;
                }
                form.led_to(u, "choose_notices", &urls::Moderation {}, "bewaard", now).await
            })
        })
        .await
}

/// From seven in the morning: a mail to everyone for whom something waits since before that; for the job.
///
/// # Errors
/// The store's; what goes wrong with one person holds nobody else's up.
pub async fn digest(world: &World) -> Result<(), ActError> {
    let now = world.now();
    let morning = texts::days_later(now, 0, MORNING);
    if now < morning {
        return Ok(());
    }
    let people = rows::people(&mut world.db.read().await?, morning, now, PEOPLE).await?;
    let mut failed = Ok(());
    for account in people {
        failed = failed.and(digest_for(world, account, morning, now).await);
    }
    failed
}

/// Notices of one person, looked through.
#[derive(Default)]
struct Sorted {
    /// Answered meanwhile, or not theirs any more.
    over: Vec<i64>,
    /// For the mail.
    ids: Vec<i64>,
    waiting: Vec<Waiting>,
}

async fn digest_for(world: &World, account: i64, morning: i64, now: i64) -> Result<(), ActError> {
    let mut c = world.db.read().await?;
    let unmailed = rows::unmailed(&mut c, account, morning, NOTICES).await?;
    let person = accounts::get(&mut c, account).await?;
    let actor = Actor {
        account: Some(account),
        confirmed: true,
        grants: accounts::grants(&mut c, account).await?,
        second_factor: true,
        ..Actor::default()
    };
    let mut sorted = Sorted::default();
    for notice in unmailed {
        look(&mut c, &actor, notice, &mut sorted).await?;
    }
    drop(c);
    let Some(person) = person else {
        sorted.over.append(&mut sorted.ids);
        return world
            .db
            .write(move |u| {
                Box::pin(async move { Ok(rows::set_mailed(u, account, &sorted.over, now).await.map(|_| ())?) })
            })
            .await;
    };
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                rows::set_mailed(u, account, &sorted.over, now).await?;
                // Whoever was first, on whichever process, sends it.
                if sorted.waiting.is_empty()
                    || !rows::take_morning(u, account, morning).await?
                    || rows::set_mailed(u, account, &sorted.ids, now).await? == 0
                {
                    return Ok(());
                }
                let values = draw(&actor, person.name, Lang::from_code(&person.lang), sorted.waiting, now);
                Ok(letter(u, now, "digest", &person.email, &person.lang, &values).await?)
            })
        })
        .await
}

/// Whether what a notice told of still waits for this person. A decision that can be undone yet is neither: it is looked at
/// again.
async fn look(c: &mut Conn, actor: &Actor, notice: Notice, sorted: &mut Sorted) -> Result<(), ActError> {
    let plan = plans::get(c, notice.plan).await?;
    let theirs = plan.zip(notice.kind).filter(|(p, kind)| decide(kind.act(), actor, &p.subject()).is_ok());
    let Some((p, kind)) = theirs else {
        sorted.over.push(notice.id);
        return Ok(());
    };
    let due = match kind {
        Kind::Appealed => match plans::appeal(c, p.id).await?.filter(|a| a.decided_at.is_none()) {
            Some(appeal) => Some(appeal.due_at),
            None => {
                sorted.over.push(notice.id);
                return Ok(());
            }
        },
        Kind::Submitted | Kind::HandedOver => {
            if plans::pending(c, p.id).await?.is_some() {
                return Ok(());
            }
            p.due_at
        }
        Kind::NewText => match plans::change(c, p.id).await? {
            Some(change) => Some(change.due_at),
            None => {
                sorted.over.push(notice.id);
                return Ok(());
            }
        },
        Kind::Reported if !plans::has_reported(c, p.id).await? => {
            sorted.over.push(notice.id);
            return Ok(());
        }
        Kind::HelpReported if !store::help::has_reported_message(c, p.id).await? => {
            sorted.over.push(notice.id);
            return Ok(());
        }
        Kind::HelpWaiting if !store::help::has_waiting(c, p.id).await? => {
            sorted.over.push(notice.id);
            return Ok(());
        }
        Kind::ToJudge | Kind::Reported | Kind::HelpReported | Kind::HelpWaiting => None,
    };
    sorted.ids.push(notice.id);
    sorted.waiting.push(Waiting { plan: p.id, title: p.title, kind, due, at: notice.at });
    Ok(())
}

/// What the digest says.
fn draw(actor: &Actor, name: String, lang: Lang, waiting: Vec<Waiting>, now: i64) -> Values {
    let plans: BTreeSet<i64> = waiting.iter().map(|w| w.plan).collect();
    let (shown, more) = lines(waiting);
    let desk = if actor.has(Role::Moderator) { urls::Moderation {}.to_string() } else { urls::District {}.to_string() };
    let mut lines: Vec<(String, String)> = shown
        .into_iter()
        .map(|w| {
            let asked = asked(lang, w.kind, w.due, now);
            let text = ta(lang, "notice-line", &[("title", w.title.into()), ("asked", asked.into())]);
            (text, w.kind.path(w.plan))
        })
        .collect();
    if more > 0 {
        lines.push((ta(lang, "notice-more", &[("count", more.into())]), desk.clone()));
    }
    Values {
        path: desk,
        title: ta(lang, "notice-count", &[("count", plans.len().into())]),
        name,
        lines,
        ..Values::default()
    }
}
