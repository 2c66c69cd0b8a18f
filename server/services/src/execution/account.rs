//! The final account: what was spent, told by the makers, checked by staff who did not enter it; the rest goes back to the share
//! and everybody sees it.

use super::{event, give_to_share, hold, led, makes, who};
use crate::initiatives::{FormKey, move_on, tell, tell_at};
use crate::pictures::{self, Ready};
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, Denied, decide};
use domain::execution::{LINES, RECEIPTS, Settled, optional_text, settle, text};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{NAME_MAX, State, TEXT_MAX};
use domain::money::Cents;
use domain::urls;
use store::Unit;
use store::execution::{self as rows, Account, NewAccount};
use store::initiatives::Initiative;
use store::ledger::Kind;

/// What the makers tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountForm(pub NewAccount);

impl AccountForm {
    /// Fields: `words` (may be empty), pairs of `line_what` and `line_amount`, of which empty ones are left out.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let words = errors.take("words", optional_text(raw, "words", TEXT_MAX));
        let (whats, amounts) = (raw.all("line_what"), raw.all("line_amount"));
        let mut lines = Vec::new();
        for i in 0..whats.len().max(amounts.len()) {
            let cell = |all: &[&str]| all.get(i).copied().unwrap_or("").trim().to_owned();
            let (what, amount) = (cell(&whats), cell(&amounts));
            if what.is_empty() && amount.is_empty() {
                continue;
            }
            let one = Raw::from_pairs(&[("what", &what), ("amount", &amount)]);
            let what = text(&one, "what", NAME_MAX).map(|what| what.replace('\n', " "));
            let amount = one.amount("amount").and_then(|a| a.ok_or(Problem::Missing));
            for (field, problem) in [("line_what", what.as_ref().err()), ("line_amount", amount.as_ref().err())] {
                if let Some(problem) = problem.filter(|_| errors.of(field).is_none()) {
                    errors.0.push((field, *problem));
                }
            }
            lines.extend(what.ok().zip(amount.ok()));
        }
        if lines.is_empty() && errors.0.is_empty() {
            errors.0.push(("line_what", Problem::Missing));
        }
        if lines.len() > LINES {
            errors.0.push(("line_what", Problem::TooMany(LINES)));
        }
        errors.done()?;
        Ok(Self(NewAccount { words, lines }))
    }
}

/// Takes the final account in, in the place of one that was sent back; gives where to go.
///
/// # Errors
/// [`Problem::NotEnough`] on `line_amount` above what was agreed, [`Problem::TooMany`] on `receipt`; [`Denied::State`] before money
/// was committed and after the account was checked.
pub async fn hand_in(
    world: &World,
    actor: &Actor,
    form: FormKey,
    id: i64,
    new: AccountForm,
    receipts: Vec<Ready>,
) -> Result<String, ActError> {
    let (actor, now, AccountForm(new)) = (actor.clone(), world.now(), new);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "account_for_money").await?;
                let p = hold(u, id).await?;
                decide(Act::AccountForMoney, &actor, &p.subject())?;
                let makers = makes(&p, &actor);
                if !makers && !actor.second_factor {
                    return Err(Denied::SecondFactor.into());
                }
                let agreed =
                    rows::agreement(u, id).await?.filter(|a| a.committed_at.is_some()).ok_or(Denied::State)?.amount;
                let spent: Cents = new.lines.iter().map(|(_, amount)| *amount).sum();
                if spent > agreed {
                    return Err(Errors::one("line_amount", Problem::NotEnough(agreed)).into());
                }
                let before = rows::account(u, id).await?.map_or(0, |a| a.receipts.len());
                if before + receipts.len() > 2 * RECEIPTS || receipts.len() > RECEIPTS {
                    return Err(Errors::one("receipt", Problem::TooMany(RECEIPTS)).into());
                }
                if !rows::put_account(u, id, &new, (who(&actor)?, makers), now).await? {
                    return Err(Denied::State.into());
                }
                for receipt in receipts {
                    if let Some(picture) = pictures::keep(u, Some(receipt), now).await? {
                        rows::add_receipt(u, id, picture, now).await?;
                    }
                }
                event(u, id, (actor.account, makers), ("account_sent", p.state), ("", Some(spent)), now).await?;
                audit(u, now, actor.account, "account_for_money", ("initiative", id), &spent.0.to_string()).await?;
                led(u, &form, "account_for_money", (id, makers), "afgerekend", now).await
            })
        })
        .await
}

/// What staff say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// It is right; with the reference of money that came back, where more was paid than spent.
    Agree {
        /// Empty where nothing had to come back.
        repaid: String,
        /// When the account was sent that was on the screen, in UTC seconds.
        sent: i64,
    },
    /// Something is not clear.
    Ask(String),
}

impl Check {
    /// Fields: `check` (`agree`, `ask`), `repaid` (may be empty) and `sent`, or `question`.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        match raw.get("check") {
            "agree" => optional_text(raw, "repaid", NAME_MAX)
                .map(|repaid| Self::Agree { repaid: repaid.replace('\n', " "), sent: raw.id("sent").unwrap_or(0) })
                .map_err(|e| Errors::one("repaid", e)),
            "ask" => text(raw, "question", TEXT_MAX).map(Self::Ask).map_err(|e| Errors::one("question", e)),
            _ => Err(Errors::one("check", Problem::NotAChoice)),
        }
    }
}

/// Checks the final account, by somebody who did not enter it. When it is right the plan is completed and what was not spent
/// returns to its share. Gives where to go.
///
/// # Errors
/// On `check`: [`Problem::SecondPerson`], [`Problem::InstalmentsOpen`], [`Problem::PayFirst`]; [`Problem::Missing`] on `repaid` where
/// money has to come back first.
pub async fn check(world: &World, actor: &Actor, form: FormKey, id: i64, said: Check) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "check_account").await?;
                let p = hold(u, id).await?;
                decide(Act::CheckAccount, &actor, &p.subject())?;
                let account = who(&actor)?;
                let told = rows::account(u, id).await?.ok_or(Denied::State)?;
                if told.entered_by == account {
                    return Err(Errors::one("check", Problem::SecondPerson).into());
                }
                let done = match said {
                    Check::Ask(question) => {
                        if !rows::ask(u, id, &question).await? {
                            return Err(Denied::State.into());
                        }
                        event(u, id, (Some(account), false), ("account_asked", p.state), ("", None), now).await?;
                        audit(u, now, Some(account), "ask_account", ("initiative", id), "").await?;
                        let path = urls::InitiativeAccount { id }.to_string();
                        tell_at(u, &p, "account-asked", &path, |_| question.clone(), now).await?;
                        "afrekening-terug"
                    }
                    Check::Agree { repaid, sent } => {
                        if sent != told.at {
                            return Err(Errors::one("check", Problem::Changed).into());
                        }
                        complete(u, &p, &told, (account, &repaid), now).await?;
                        "afrekening-goed"
                    }
                };
                led(u, &form, "check_account", (id, false), done, now).await
            })
        })
        .await
}

async fn complete(
    u: &mut Unit,
    p: &Initiative,
    told: &Account,
    (account, repaid): (i64, &str),
    now: i64,
) -> Result<(), ActError> {
    let id = p.id;
    if !told.question.is_empty() {
        // The makers answer first, with an account that stands for theirs.
        return Err(Denied::State.into());
    }
    let purse = rows::purse(u, id).await?;
    if purse.open > Cents::ZERO {
        return Err(Errors::one("check", Problem::InstalmentsOpen).into());
    }
    let Settled { back, owed, to_pay } = settle(purse.committed, purse.paid, told.spent());
    if to_pay > Cents::ZERO {
        return Err(Errors::one("check", Problem::PayFirst(to_pay)).into());
    }
    if owed > Cents::ZERO && repaid.is_empty() {
        return Err(Errors::one("repaid", Problem::Missing).into());
    }
    if !rows::check(u, id, told.at, (account, repaid), now).await? {
        return Err(Denied::State.into());
    }
    let (initiative, acts) = (id, (account, now));
    let key = |part: &str| format!("final/{id}/{part}");
    give_to_share(u, p, (Kind::Committed { initiative }, back), (&key("committed"), ""), acts).await?;
    give_to_share(u, p, (Kind::Paid { initiative }, owed), (&key("paid"), repaid), acts).await?;
    give_to_share(u, p, (Kind::Reserved { initiative }, purse.reserved), (&key("reserved"), ""), acts).await?;
    rows::void_open(u, id, now).await?;
    rows::end_waiting(u, id, now).await?;
    move_on(u, p, State::Completed).await?;
    let returned = back + owed + purse.reserved;
    let said = (told.words.as_str(), Some(told.spent()));
    event(u, id, (Some(account), false), ("completed", State::Completed), said, now).await?;
    audit(u, now, Some(account), "completed", ("initiative", id), &format!("{} {}", told.spent().0, returned.0))
        .await?;
    tell(u, p, "plan-completed", |lang| texts::money(lang, returned), now).await?;
    crate::evaluations::ask(u, p, now).await
}
