//! Comments on public plans: anybody with an account may write, report one, and take one's own away; a desk hides with a reason.

use crate::initiatives::{FormKey, plan};
use crate::limits::{COMMENTS, COMMENTS_DAY, REPORTS, Turns};
use crate::{ActError, World, audit, letter, notices};
use domain::access::{Act, Actor, Denied, Role, Subject, decide};
use domain::dialogue::{Voice, comment, comment_reason};
use domain::form::Raw;
use domain::notice::Kind;
use domain::urls;
use mail::Values;
use store::accounts::{self, roles};
use store::initiatives::{self as rows, Comment, Initiative};
use store::{Conn, Unit};

/// Keeps the numbers of two voices on one plan apart; negative, so that it meets no round.
pub(crate) fn lock(plan: i64) -> i64 {
    -3_000_000_000 - plan
}

/// In what capacity, and in whose name, an account speaks about a plan.
async fn voice(c: &mut Conn, actor: &Actor, account: i64, p: &Initiative) -> Result<(Voice, String), ActError> {
    if p.account_id == account || p.co_authors.contains(&account) {
        return Ok((Voice::Author, String::new()));
    }
    let here = Subject { buurt: Some(p.buurt_id), stadsdeel: Some(p.stadsdeel_id), ..Subject::default() };
    for (act, role) in [(Act::SeeModeration, Role::Moderator), (Act::SeeDistrict, Role::Staff)] {
        if actor.has(role) && decide(act, actor, &here).is_ok() {
            let organisation = roles::organisation(c, account, role, p.buurt_id, p.stadsdeel_id).await?;
            if !organisation.is_empty() {
                return Ok((Voice::Desk, organisation));
            }
        }
    }
    let near = actor.resident_of == Some(p.buurt_id);
    Ok((if near { Voice::Neighbour } else { Voice::Reader }, String::new()))
}

/// Writes a comment; gives where to go. Field: `comment`.
///
/// # Errors
/// On `comment`; [`ActError::TooMany`] beyond ten an hour or forty a day.
pub async fn add(world: &World, actor: &Actor, form: FormKey, id: i64, raw: &Raw) -> Result<String, ActError> {
    let body = comment(raw)?;
    let (actor, now) = (actor.clone(), world.now());
    let account = actor.account.ok_or(Denied::SignIn)?;
    let who = account.to_string();
    let turns = Turns::of(world, &[(COMMENTS, &who), (COMMENTS_DAY, &who)]);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "comment").await?;
                u.lock_exclusive(lock(id)).await?;
                let p = plan(u, id).await?;
                decide(Act::Comment, &actor, &p.subject())?;
                turns.take_in(u).await?;
                let (voice, organisation) = voice(u, &actor, account, &p).await?;
                let number = rows::voice_number(u, id, account).await?;
                let written = Comment {
                    id: 0,
                    initiative: id,
                    account,
                    voice,
                    organisation,
                    number,
                    body,
                    at: now,
                    reports: 0,
                    hidden: None,
                    removed: false,
                };
                let comment = rows::add_comment(u, &written).await?;
                audit(u, now, actor.account, "comment", ("comment", comment), "").await?;
                form.led_to(u, "comment", &urls::Initiative { id }, "reactie", now).await
            })
        })
        .await
}

async fn one(u: &mut Unit, plan: i64, id: i64) -> Result<Comment, ActError> {
    rows::one_comment(u, plan, id).await?.ok_or(ActError::NotFound)
}

/// Tells the desk that something is wrong with a comment; each account once. Gives where to go. Field: `why`.
///
/// # Errors
/// On `why`; [`Denied::State`] for one that is hidden or was taken away; [`ActError::TooMany`] beyond twenty an hour.
pub async fn report(
    world: &World,
    actor: &Actor,
    form: FormKey,
    (id, comment): (i64, i64),
    raw: &Raw,
) -> Result<String, ActError> {
    let why = comment_reason(raw)?;
    let (actor, now) = (actor.clone(), world.now());
    let account = actor.account.ok_or(Denied::SignIn)?;
    let turns = Turns::of(world, &[(REPORTS, &account.to_string())]);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "report_comment").await?;
                let p = plan(u, id).await?;
                decide(Act::ReportComment, &actor, &p.subject())?;
                turns.take_in(u).await?;
                let reported = one(u, id, comment).await?;
                if reported.hidden.is_some() || reported.removed {
                    return Err(Denied::State.into());
                }
                if rows::report(u, comment, account, why, now).await? {
                    if reported.reports == 0 {
                        let event = format!("{comment} {now}");
                        notices::tell_desk(u, &p, Kind::Reported, &event, now).await?;
                    }
                    audit(u, now, actor.account, "report_comment", ("comment", comment), why).await?;
                }
                form.led_to(u, "report_comment", &urls::Initiative { id }, "gemeld", now).await
            })
        })
        .await
}

/// Takes one's own comment away; what it said is wiped. Gives where to go.
///
/// # Errors
/// [`ActError::Denied`] for another's.
pub async fn take_away(
    world: &World,
    actor: &Actor,
    form: FormKey,
    (id, comment): (i64, i64),
) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "remove_comment").await?;
                let own = one(u, id, comment).await?;
                decide(Act::RemoveComment, &actor, &Subject { owner: Some(own.account), ..Subject::default() })?;
                if rows::take_away(u, comment, now).await? {
                    audit(u, now, actor.account, "remove_comment", ("comment", comment), "").await?;
                }
                form.led_to(u, "remove_comment", &urls::Initiative { id }, "reactie-weg", now).await
            })
        })
        .await
}

/// What a desk does with a comment: hide it with a reason, whose writer is mailed, or let it stand. Fields: `act` (`hide`,
/// `stand`), `why`. Gives where to go.
///
/// # Errors
/// On `why`; [`Denied::State`] for one that was taken away.
pub async fn judge(
    world: &World,
    actor: &Actor,
    form: FormKey,
    (id, comment): (i64, i64),
    raw: &Raw,
) -> Result<String, ActError> {
    let hide = raw.get("act") != "stand";
    let why = if hide { comment_reason(raw)? } else { "" };
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "judge_comment").await?;
                let p = plan(u, id).await?;
                let about = one(u, id, comment).await?;
                may_hide(&actor, &p.subject(), about.account)?;
                if about.removed {
                    return Err(Denied::State.into());
                }
                let account = actor.account.ok_or(Denied::SignIn)?;
                if !hide {
                    rows::let_stand(u, comment).await?;
                    audit(u, now, actor.account, "let_comment_stand", ("comment", comment), "").await?;
                    return form.led_to(u, "judge_comment", &urls::Initiative { id }, "bewaard", now).await;
                }
                let moderates = decide(Act::SeeModeration, &actor, &p.subject()).is_ok() && actor.has(Role::Moderator);
                let role = if moderates { Role::Moderator } else { Role::Staff };
                let organisation = roles::organisation(u, account, role, p.buurt_id, p.stadsdeel_id).await?;
                if !rows::hide(u, comment, why, &organisation, now).await? {
                    return Err(Denied::State.into());
                }
                audit(u, now, actor.account, "hide_comment", ("comment", comment), why).await?;
                if let Some(writer) = accounts::get(u, about.account).await? {
                    let reason = texts::t(texts::Lang::from_code(&writer.lang), &format!("comment-why-{why}"));
                    let values = Values {
                        path: urls::Initiative { id }.to_string(),
                        title: p.title.clone(),
                        words: format!("{reason}\n\n{}", about.body),
                        name: writer.name.clone(),
                        ..Values::default()
                    };
                    letter(u, now, "comment-hidden", &writer.email, &writer.lang, &values).await?;
                }
                form.led_to(u, "judge_comment", &urls::Initiative { id }, "verborgen", now).await
            })
        })
        .await
}

/// Nobody hides what is said about their own plan, nor what they said themselves.
///
/// # Errors
/// [`Denied`], why not.
pub fn may_hide(actor: &Actor, plan: &Subject, writer: i64) -> Result<(), Denied> {
    decide(Act::HideComment, actor, plan)?;
    decide(Act::HideComment, actor, &Subject { owner: Some(writer), ..*plan })
}

/// A reported comment at a desk.
#[derive(Clone, Debug)]
pub struct Reported {
    /// The comment.
    pub comment: Comment,
    /// Title of its plan.
    pub title: String,
    /// What reports said, and how often.
    pub reasons: Vec<(String, i64)>,
}

/// Reported comments that this actor may judge, most reports first.
///
/// # Errors
/// The store's.
pub async fn reported(c: &mut Conn, actor: &Actor) -> Result<Vec<Reported>, ActError> {
    let places = crate::moderation::places_of(c, actor, &[Role::Moderator, Role::Staff]).await?;
    let mut found = Vec::new();
    for comment in rows::reported(c, places.as_deref()).await? {
        let Some(p) = rows::get(c, comment.initiative).await? else { continue };
        if found.len() < 50 && may_hide(actor, &p.subject(), comment.account).is_ok() {
            let reasons = rows::report_reasons(c, comment.id).await?;
            found.push(Reported { comment, title: p.title, reasons });
        }
    }
    Ok(found)
}
