//! New versions of a round's texts and dates: one administrator proposes, another agrees, everyone sees the difference.
//! Cost, pot, rule and form never change: such a round is stopped and run again.

use super::{SUMMARY_MAX, StepForm, freeze, frozen, paper, term};
use crate::{ActError, Actor, World, audit, counting, once, remember};
use domain::access::{Act, Denied, Subject, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{TEXT_MAX, TITLE_MAX};
use domain::round::{Paper, Phase, changed, changes};
use domain::time::DAY;
use domain::urls;
use store::rounds::{self, Round, Version, VersionState};
use store::{Conn, Unit};

/// A changed term ends at least so long after it was agreed on, so that nobody finds the box shut all of a sudden.
const NOTICE: i64 = DAY;

/// What an administrator wants to change, and why.
#[derive(Clone, Debug)]
pub struct ChangeForm {
    /// The paper as it should be.
    pub paper: Paper,
    /// Why, for everyone to read.
    pub reason: String,
}

impl ChangeForm {
    /// Fields: `title`, `intro`, `opens`, `closes`, `title-<id>` and `text-<id>` of plans, `reason` (`at_once`: none is asked).
    /// What is not sent stays.
    ///
    /// # Errors
    /// Each field that is wrong; on `plans` for the texts of plans; on `reason` when nothing changed.
    pub fn parse(raw: &Raw, was: &Paper, at_once: bool) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let mut paper = was.clone();
        let sent = |name: &str| raw.0.iter().any(|(n, _)| n == name);
        if sent("title") {
            paper.title = errors.take("title", raw.text("title", TITLE_MAX)).replace('\n', " ");
        }
        if sent("intro") {
            paper.intro = errors.take("intro", raw.text("intro", TEXT_MAX));
        }
        if sent("opens") && sent("closes") {
            (paper.opens_at, paper.closes_at) = term(raw, &mut errors);
            // The form knows minutes: what was not touched keeps its seconds.
            for (new, old) in [(&mut paper.opens_at, was.opens_at), (&mut paper.closes_at, was.closes_at)] {
                if *new == old - old.rem_euclid(60) {
                    *new = old;
                }
            }
        }
        for plan in &mut paper.plans {
            let (title, text) = (format!("title-{}", plan.id), format!("text-{}", plan.id));
            if sent(&title) {
                plan.title = errors.take("plans", raw.text(&title, TITLE_MAX)).replace('\n', " ");
            }
            if sent(&text) {
                plan.summary = errors.take("plans", raw.text(&text, SUMMARY_MAX + 1));
            }
        }
        let reason = raw.optional_text("reason", TEXT_MAX);
        let reason = reason.and_then(|why| if why.is_empty() && !at_once { Err(Problem::Missing) } else { Ok(why) });
        let reason = errors.take("reason", reason);
        errors.done()?;
        if changes(was, &paper).is_empty() {
            return Err(Errors::one(if at_once { "title" } else { "reason" }, Problem::NothingNew));
        }
        Ok(Self { paper, reason })
    }
}

/// The paper that a change would change: the frozen one, or as it stands before opening.
///
/// # Errors
/// [`ActError::Broken`] when the frozen one cannot be read.
pub async fn paper_now(c: &mut Conn, round: &Round) -> Result<Paper, ActError> {
    if round.paper.is_some() { frozen(round) } else { Ok(paper::current(c, round).await?) }
}

/// What names a paper as it stands, so that a form filled in on an older one is seen.
///
/// # Errors
/// [`ActError::Broken`].
pub fn basis(paper: &Paper) -> Result<String, ActError> {
    Ok(freeze(paper)?.1)
}

/// Whether texts and dates can still be changed: a round that is being set up can have a new term at any time.
pub fn can_change(round: &Round, now: i64) -> bool {
    round.phase == Phase::Setup || matches!(round.phase, Phase::Published | Phase::Voting) && now < round.closes_at
}

/// Whether the new term can begin now: what has begun stays begun, and nobody is cut off.
fn fair_term(was: &Paper, now: &Paper, at: i64, notice: i64) -> Result<(), Errors> {
    if notice > 0 && now.opens_at != was.opens_at && at >= was.opens_at {
        return Err(Errors::one("opens", Problem::TooLate));
    }
    if now.closes_at != was.closes_at && now.closes_at < at + notice {
        return Err(Errors::one("closes", Problem::TooSoon));
    }
    Ok(())
}

/// Proposes a change. While the round is being set up nobody has read it yet, and the change is made at once.
///
/// # Errors
/// On each wrong field; [`Problem::Changed`] on `basis` when the paper is another than was read; [`Denied::State`] when voting
/// is over; [`Problem::Waiting`] on `reason` while another proposal waits.
pub async fn propose(world: &World, actor: &Actor, slug: &str, raw: &Raw, form: StepForm) -> Result<(), ActError> {
    let mut c = world.db.read().await?;
    let round = rounds::by_slug(&mut c, slug).await?.ok_or(ActError::NotFound)?;
    decide(Act::ProposeChange, actor, &round.subject())?;
    if !can_change(&round, form.now) {
        return Err(Denied::State.into());
    }
    let was = paper_now(&mut c, &round).await?;
    let at_once = round.phase == Phase::Setup;
    let wanted = ChangeForm::parse(raw, &was, at_once)?;
    fair_term(&was, &wanted.paper, form.now, if at_once { 0 } else { NOTICE })?;
    let read = raw.get("basis").to_owned();
    drop(c);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &form.key, "propose_change", &form.key_actor).await?;
                let round = locked(u, &round, form.now).await?;
                let all = rounds::versions(u, round.id).await?;
                if waits(u, round.id).await? {
                    return Err(Errors::one("reason", Problem::Waiting).into());
                }
                let was = paper_now(u, &round).await?;
                // What is changed is what was read.
                if !read.is_empty() && read != basis(&was)? {
                    return Err(Errors::one("basis", Problem::Changed).into());
                }
                if at_once != (round.phase == Phase::Setup) {
                    return Err(Denied::State.into());
                }
                let new = Version {
                    version: next(&all),
                    state: if at_once { VersionState::Agreed } else { VersionState::Proposed },
                    reason: wanted.reason,
                    changes: changes(&was, &wanted.paper),
                    proposed_by: form.who,
                    proposed_at: form.now,
                    decided_at: at_once.then_some(form.now),
                    digest: None,
                };
                if at_once {
                    rounds::set_texts(u, round.id, &wanted.paper).await?;
                } else {
                    let text = serde_json::to_string(&new.changes).map_err(|e| ActError::Broken(e.to_string()))?;
                    rounds::add_version(u, round.id, &new, &text).await?;
                }
                end(u, "propose_change", &round, &form).await
            })
        })
        .await
}

async fn locked(u: &mut Unit, round: &Round, now: i64) -> Result<Round, ActError> {
    u.lock_exclusive(round.id).await?;
    let round = rounds::by_slug(u, &round.slug).await?.ok_or(ActError::NotFound)?;
    if can_change(&round, now) { Ok(round) } else { Err(Denied::State.into()) }
}

async fn end(u: &mut Unit, act: &'static str, round: &Round, form: &StepForm) -> Result<(), ActError> {
    audit(u, form.now, form.who, act, ("round", round.id), "").await?;
    let location = urls::AdminRound { round: round.slug.clone() }.to_string();
    remember(u, &form.key, act, &form.key_actor, &location, form.now).await
}

async fn proposal(c: &mut Conn, slug: &str, version: i64) -> Result<(Round, Version), ActError> {
    let round = rounds::by_slug(c, slug).await?.ok_or(ActError::NotFound)?;
    let all = rounds::versions(c, round.id).await?;
    let version = all.into_iter().find(|v| v.version == version).ok_or(ActError::NotFound)?;
    Ok((round, version))
}

/// Agrees on somebody else's proposal, which holds from then on.
///
/// # Errors
/// [`Denied::NotYours`] for one's own; [`Denied::State`] when it was decided on or voting is over; on `step` when the paper
/// changed meanwhile, or the new close came too near.
pub async fn agree(world: &World, actor: &Actor, slug: &str, version: i64, form: StepForm) -> Result<(), ActError> {
    let (round, proposed) = proposal(&mut world.db.read().await?, slug, version).await?;
    decide(Act::AgreeChange, actor, &Subject { owner: proposed.proposed_by, ..round.subject() })?;
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &form.key, "agree_change", &form.key_actor).await?;
                let round = locked(u, &round, form.now).await?;
                if let Some(account) = form.who {
                    counting::in_office(u, &round, (account, false), "step").await?;
                }
                let was = paper_now(u, &round).await?;
                let outdated = || Errors::one("step", Problem::Changed);
                let new = changed(&was, &proposed.changes).ok_or_else(outdated)?;
                let new = Paper { version: u32::try_from(version).unwrap_or(u32::MAX), ..new };
                fair_term(&was, &new, form.now, NOTICE).map_err(|_| Errors::one("step", Problem::TooLate))?;
                let by = (form.who, form.now);
                if !rounds::decide_version(u, round.id, version, VersionState::Agreed, by).await? {
                    return Err(Denied::State.into());
                }
                rounds::set_texts(u, round.id, &new).await?;
                if let Some(digest) = &round.paper_digest {
                    let (text, new_digest) = freeze(&new)?;
                    if !rounds::refreeze(u, round.id, digest, (&text, &new_digest)).await? {
                        return Err(Denied::State.into());
                    }
                    rounds::set_version_paper(u, round.id, version, &text, &new_digest).await?;
                }
                end(u, "agree_change", &round, &form).await
            })
        })
        .await
}

/// Turns a proposal down, or takes one's own back.
///
/// # Errors
/// [`Denied::State`] when it was decided on.
pub async fn refuse(world: &World, actor: &Actor, slug: &str, version: i64, form: StepForm) -> Result<(), ActError> {
    let (round, _) = proposal(&mut world.db.read().await?, slug, version).await?;
    decide(Act::ProposeChange, actor, &round.subject())?;
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &form.key, "refuse_change", &form.key_actor).await?;
                let by = (form.who, form.now);
                if !rounds::decide_version(u, round.id, version, VersionState::Refused, by).await? {
                    return Err(Denied::State.into());
                }
                end(u, "refuse_change", &round, &form).await
            })
        })
        .await
}

/// Whether a proposal waits.
pub(super) async fn waits(c: &mut Conn, round: i64) -> Result<bool, ActError> {
    Ok(rounds::versions(c, round).await?.iter().any(|v| v.state == VersionState::Proposed))
}

fn next(all: &[Version]) -> i64 {
    all.last().map_or(1, |last| last.version + 1)
}

/// Keeps the paper as it is opened, as a version of its own, and gives it as canonical JSON with its digest.
pub(super) async fn keep_opened(
    u: &mut Unit,
    round: i64,
    paper: Paper,
    form: &StepForm,
) -> Result<(String, String), ActError> {
    let version = next(&rounds::versions(u, round).await?);
    let opened = Version {
        version,
        state: VersionState::Agreed,
        reason: String::new(),
        changes: Vec::new(),
        proposed_by: form.who,
        proposed_at: form.now,
        decided_at: Some(form.now),
        digest: None,
    };
    let (text, digest) = freeze(&Paper { version: u32::try_from(version).unwrap_or(u32::MAX), ..paper })?;
    rounds::add_version(u, round, &opened, "[]").await?;
    rounds::set_version_paper(u, round, version, &text, &digest).await?;
    Ok((text, digest))
}
