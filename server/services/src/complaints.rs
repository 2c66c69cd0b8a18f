//! 'My pick is missing': what was sent along is kept as evidence, two people look, and what they found is published.

use crate::count::published;
use crate::initiatives::FormKey;
use crate::limits::COMPLAINTS;
use crate::rounds::StepForm;
use crate::{ActError, Actor, World, audit, letter, once, remember};
use domain::access::{Act, Denied, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::TEXT_MAX;
use domain::round::{BallotForm, Receipt};
use domain::time::DAY;
use domain::urls;
use mail::Values;
use store::rounds::{self, Complaint};

/// What complaints can come to; texts are `complaint-<key>`.
pub const OUTCOMES: &[&str] = &["right", "wrong", "unclear"];
/// Complaints with one receipt, from different addresses, that wait at the same time.
const ALIKE: usize = 3;
/// What was sent along goes so long after the answer, and twice as long after it came where nobody answered.
const KEEP: i64 = 365 * DAY;

/// Complains about a published result, from `network`. Fields: `receipt`, `words`, `email`. Gives where to go.
///
/// # Errors
/// Those fields; [`ActError::NotFound`] before the result is out; [`ActError::TooMany`].
pub async fn complain(
    world: &World,
    actor: &Actor,
    form: FormKey,
    (slug, lang): (&str, &str),
    raw: &Raw,
    network: &str,
) -> Result<String, ActError> {
    let p = published(&mut world.db.read().await?, slug).await?.ok_or(ActError::NotFound)?;
    if !p.round.receipts {
        return Err(Denied::State.into());
    }
    let mut errors = Errors::default();
    let typed = raw.get("receipt").chars().filter(|c| !c.is_whitespace() && *c != '-').count();
    let receipt = Receipt::parse(raw.get("receipt")).ok_or(match typed {
        0 => Problem::Missing,
        typed if typed < 26 => Problem::TooShort(typed),
        typed if typed > 26 => Problem::TooLong(typed),
        _ => Problem::NotRight,
    });
    let receipt = errors.take("receipt", receipt.map(Some));
    let words = errors.take("words", raw.text("words", TEXT_MAX));
    let email = errors.take("email", raw.email("email"));
    errors.done()?;
    let receipt = receipt.ok_or(ActError::NotFound)?;
    COMPLAINTS.count(world, network).await?;
    let most = match p.round.form {
        BallotForm::Approval { .. } | BallotForm::Knapsack => 1,
        BallotForm::Points { each, .. } => each,
        BallotForm::Ranking { most } => u32::try_from(most).unwrap_or(u32::MAX),
    };
    let mut found = Vec::new();
    let mut c = world.db.read().await?;
    for plan in &p.paper.plans {
        let own: Vec<_> = (1..=most).map(|i| receipt.token(&p.round.slug, plan.id, i)).collect();
        if rounds::has_token(&mut c, p.round.id, plan.id, &own).await? {
            found.push(plan.title.clone());
        }
    }
    drop(c);
    let now = world.now();
    let new = Complaint {
        // Kept only of who could look at it: they may not look at their own.
        account: actor.account.filter(|_| !actor.grants.is_empty()),
        email,
        lang: lang.into(),
        receipt: receipt.text(),
        words,
        found: found.join("\n"),
        at: now,
        ..Complaint::default()
    };
    let (round, slug) = (p.round.id, slug.to_owned());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "complain").await?;
                // While one waits a second only adds work; but nobody can block the one whose receipt it is.
                let all = rounds::complaints(u, round).await?;
                let waits = all.iter().filter(|k| k.receipt == new.receipt && k.answered_at.is_none());
                if waits.clone().any(|k| k.email == new.email) || waits.count() >= ALIKE {
                    return Err(Errors::one("receipt", Problem::AskedWaiting).into());
                }
                rounds::complain(u, round, &new).await?;
                // Without the account: who voted is nobody's business.
                audit(u, now, None, "round_complain", ("round", round), "").await?;
                form.led_to(u, "complain", &urls::RoundComplaint { round: slug }, "klacht", now).await
            })
        })
        .await
}

/// Looks at a complaint: the first of two writes down what they found (`finding`), the second answers (`outcome`, `reply`), and
/// the answer is mailed and public.
///
/// # Errors
/// Those fields; on `reply` for the same person twice; [`Denied::State`] when it was answered; [`ActError::NotFound`].
pub async fn look(
    world: &World,
    actor: &Actor,
    slug: &str,
    id: i64,
    raw: &Raw,
    form: StepForm,
) -> Result<(), ActError> {
    let round = rounds::by_slug(&mut world.db.read().await?, slug).await?.ok_or(ActError::NotFound)?;
    decide(Act::CountRound, actor, &round.subject())?;
    let account = actor.account.ok_or(Denied::SignIn)?;
    let raw = raw.clone();
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &form.key, "complaint", &form.key_actor).await?;
                let all = rounds::complaints(u, round.id).await?;
                let about = all.into_iter().find(|k| k.id == id).ok_or(ActError::NotFound)?;
                if about.account == Some(account) {
                    return Err(Denied::NotYours.into());
                }
                crate::counting::in_office(u, &round, (account, false), "finding").await?;
                let act = match &about.first {
                    None => {
                        let finding = raw.text("finding", TEXT_MAX).map_err(|p| Errors::one("finding", p))?;
                        if !rounds::look_at_complaint(u, id, account, &finding).await? {
                            return Err(Denied::State.into());
                        }
                        "complaint_look"
                    }
                    Some((by, _)) if *by == account => return Err(Errors::one("reply", Problem::NotAlone).into()),
                    Some(_) => {
                        let mut errors = Errors::default();
                        let outcome = OUTCOMES.iter().copied().find(|key| *key == raw.get("outcome"));
                        let outcome = errors.take("outcome", outcome.ok_or(Problem::NotAChoice).map(str::to_owned));
                        let reply = errors.take("reply", raw.text("reply", TEXT_MAX));
                        errors.done()?;
                        if !rounds::answer_complaint(u, id, account, (&outcome, &reply), form.now).await? {
                            return Err(Denied::State.into());
                        }
                        let values = Values {
                            path: urls::RoundResult { round: round.slug.clone() }.to_string(),
                            title: round.title.clone(),
                            words: reply,
                            ..Values::default()
                        };
                        letter(u, form.now, "round-complaint", &about.email, &about.lang, &values).await?;
                        "complaint_answer"
                    }
                };
                audit(u, form.now, form.who, act, ("round_complaint", id), "").await?;
                let location = urls::AdminRound { round: round.slug.clone() }.to_string();
                remember(u, &form.key, "complaint", &form.key_actor, &location, form.now).await
            })
        })
        .await
}

/// Forgets what was sent along with complaints that were answered a year ago, or came two years ago.
///
/// # Errors
/// The store's.
pub async fn forget(world: &World) -> Result<u64, ActError> {
    let (answered, came) = (world.now() - KEEP, world.now() - 2 * KEEP);
    let write = world.db.write(move |u| {
        Box::pin(async move { Ok::<_, ActError>(rounds::forget_complaints(u, answered, came).await?) })
    });
    write.await
}
