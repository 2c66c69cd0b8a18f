//! Before the stadsdeel judges a plan it asks its departments, several at once, each to answer by a day. Nobody has to wait for
//! them: the verdict can be given without.

use crate::initiatives::{FormKey, plan, step};
use crate::{ActError, World, audit, letter};
use domain::access::{Act, Actor, Denied, Role, decide};
use domain::advice::{AHEAD_DAYS, MOST, Says, TERM_DAYS, departments, same};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{NAME_MAX, TEXT_MAX};
use domain::urls;
use mail::Values;
use store::accounts::{self, Account, roles};
use store::initiatives::{self as rows, Advice, Answer, Event, Initiative, NewAdvice};
use store::{StoreError, Unit};
use texts::Lang;

/// A question to departments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Whom.
    pub departments: Vec<String>,
    /// What.
    pub question: String,
    /// By when, in UTC seconds: the day's end.
    pub due_at: i64,
}

impl Ask {
    /// Fields: `departments` (one on each line), `question`, `due` (2026-10-12; empty: ten days ahead).
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw, now: i64) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let lines = raw.text("departments", TEXT_MAX).and_then(|lines| departments(&lines));
        let departments = errors.take("departments", lines);
        let question = errors.take("question", raw.text("question", TEXT_MAX));
        let due_at = errors.take("due", day(raw.get("due").trim(), now));
        errors.done()?;
        Ok(Self { departments, question, due_at })
    }
}

/// The end of the day that was typed.
fn day(typed: &str, now: i64) -> Result<i64, Problem> {
    if typed.is_empty() {
        return Ok(texts::days_later(now, TERM_DAYS, (23, 59)));
    }
    let due = texts::local_seconds(&format!("{typed}T23:59")).ok_or(Problem::NotADate)?;
    if due <= now {
        Err(Problem::NotAhead)
    } else if due > texts::days_later(now, AHEAD_DAYS, (23, 59)) {
        Err(Problem::TooFar(AHEAD_DAYS))
    } else {
        Ok(due)
    }
}

/// Asks departments what they say about a plan, in one go; gives where to go. Who works there gets a mail.
///
/// # Errors
/// On `departments` when one was asked before, or there are too many by now; [`ActError::Denied`].
pub async fn ask(world: &World, actor: &Actor, form: FormKey, id: i64, asked: Ask) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "ask_advice").await?;
                rows::hold(u, id).await?;
                let p = plan(u, id).await?;
                decide(Act::AskAdvice, &actor, &p.subject())?;
                let account = actor.account.ok_or(Denied::SignIn)?;
                let before = rows::advice(u, id).await?;
                let wrong = |problem| ActError::from(Errors::one("departments", problem));
                if before.iter().any(|a| asked.departments.iter().any(|d| same(d, &a.department))) {
                    return Err(wrong(Problem::AskedBefore));
                }
                if before.len() + asked.departments.len() > MOST {
                    return Err(wrong(Problem::TooMany(MOST - before.len().min(MOST))));
                }
                if asked.due_at <= now {
                    return Err(Errors::one("due", Problem::NotAhead).into());
                }
                let new = NewAdvice {
                    initiative: id,
                    question: asked.question,
                    asked_at: now,
                    due_at: asked.due_at,
                    asked_by: account,
                };
                for department in &asked.departments {
                    rows::add_advice(u, department, &new).await.map_err(|e| match e {
                        StoreError::Duplicate(_) => wrong(Problem::AskedBefore),
                        e => e.into(),
                    })?;
                    for to in roles::of_department(u, (p.buurt_id, p.stadsdeel_id), department, now).await? {
                        let lang = Lang::from_code(&to.lang);
                        let by = texts::ta(lang, "advice-mail-due", &[("date", texts::date(lang, new.due_at).into())]);
                        mail_to(u, &p, &to, "advice-asked", format!("{}\n\n{by}", new.question), now).await?;
                    }
                }
                let organisation = roles::organisation(u, account, Role::Staff, p.buurt_id, p.stadsdeel_id).await?;
                let words = asked.departments.join(", ");
                let event = Event { words, organisation, ..step(now, "advice_asked", p.state, "staff") };
                rows::add_event(u, id, actor.account, &event).await?;
                let how_many = asked.departments.len().to_string();
                audit(u, now, actor.account, "ask_advice", ("initiative", id), &how_many).await?;
                form.led_to(u, "ask_advice", &urls::DistrictCase { id }, "gevraagd", now).await
            })
        })
        .await
}

/// What a department said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// To which question, by id.
    pub advice: i64,
    /// What.
    pub answer: Answer,
}

impl Given {
    /// Fields: `advice` (id), `said` (`yes`, `no`, `if`), `advice_words`; and `low`, `likely`, `role`, which may be empty.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let advice = errors.take("advice", raw.id("advice"));
        let says = Says::from_key(raw.get("said"));
        if says.is_none() {
            errors.0.push(("said", Problem::NotAChoice));
        }
        let words = errors.take("advice_words", raw.text("advice_words", TEXT_MAX));
        let low = errors.take("low", raw.amount("low"));
        let likely = errors.take("likely", raw.amount("likely"));
        if low.zip(likely).is_some_and(|(low, likely)| likely < low) {
            errors.0.push(("likely", Problem::BelowMinimum));
        }
        let responsible = errors.take("role", raw.optional_text("role", NAME_MAX)).replace('\n', " ");
        match says {
            Some(says) if errors.0.is_empty() => {
                Ok(Self { advice, answer: Answer { says, words, low, likely, responsible } })
            }
            _ => Err(errors),
        }
    }
}

/// Keeps what a department said, once; gives where to go.
///
/// # Errors
/// On `advice` when nothing of the kind was asked about this plan, or it was answered; [`ActError::Denied`].
pub async fn answer(world: &World, actor: &Actor, form: FormKey, id: i64, given: Given) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "answer_advice").await?;
                let p = plan(u, id).await?;
                decide(Act::AnswerAdvice, &actor, &p.subject())?;
                if rows::one_advice(u, id, given.advice).await?.is_none() {
                    return Err(Errors::one("advice", Problem::NotAChoice).into());
                }
                if !rows::answer_advice(u, given.advice, &given.answer, now).await? {
                    return Err(Errors::one("advice", Problem::AnsweredBefore).into());
                }
                let says = given.answer.says.key();
                audit(u, now, actor.account, "answer_advice", ("initiative", id), says).await?;
                form.led_to(u, "answer_advice", &urls::DistrictCase { id }, "bewaard", now).await
            })
        })
        .await
}

/// Tells once that an answer is late: to who works at the department, and to who asked. For the job.
///
/// # Errors
/// The store's.
pub async fn remind(world: &World) -> Result<(), ActError> {
    let now = world.now();
    let late = rows::late_advice(&mut world.db.read().await?, now).await?;
    for advice in late {
        world.db.write(move |u| Box::pin(async move { tell_late(u, &advice, now).await })).await?;
    }
    Ok(())
}

async fn tell_late(u: &mut Unit, advice: &Advice, now: i64) -> Result<(), ActError> {
    let p = plan(u, advice.asked.initiative).await?;
    // Judged meanwhile: nobody has to answer any more.
    if p.state != domain::initiative::State::Published || !rows::warn_advice(u, advice.id).await? {
        return Ok(());
    }
    let mut told = roles::of_department(u, (p.buurt_id, p.stadsdeel_id), &advice.department, now).await?;
    if !told.iter().any(|account| account.id == advice.asked.asked_by) {
        told.extend(accounts::get(u, advice.asked.asked_by).await?);
    }
    for account in &told {
        mail_to(u, &p, account, "advice-late", advice.department.clone(), now).await?;
    }
    audit(u, now, None, "remind_advice", ("initiative", p.id), "").await?;
    Ok(())
}

async fn mail_to(
    u: &mut Unit,
    p: &Initiative,
    account: &Account,
    name: &str,
    words: String,
    now: i64,
) -> Result<(), ActError> {
    let values = Values {
        path: urls::DistrictCase { id: p.id }.to_string(),
        title: p.title.clone(),
        words,
        name: account.name.clone(),
        ..Values::default()
    };
    Ok(letter(u, now, name, &account.email, &account.lang, &values).await?)
}
