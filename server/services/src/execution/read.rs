//! How it goes with a plan that has money: one read model; what only some may read is left out by whoever shows it.

use crate::ActError;
use domain::access::{Act, Actor, Role, decide};
use domain::execution::Purse;
use domain::initiative::State;
use store::Conn;
use store::execution::{self as rows, Account, Agreement, Change, Instalment, Step, Waits};
use store::initiatives::{Initiative, Picture};

/// Everything about a plan's execution.
#[derive(Clone, Debug)]
pub struct File {
    /// Its money.
    pub purse: Purse,
    /// What was agreed.
    pub agreement: Option<Agreement>,
    /// Steps, first planned first.
    pub steps: Vec<Step>,
    /// Instalments, oldest first; the public sees amounts and days of those that were paid.
    pub instalments: Vec<Instalment>,
    /// Changes, newest first.
    pub changes: Vec<Change>,
    /// The final account.
    pub account: Option<Account>,
    /// How many said thanks.
    pub thanks: i64,
}

/// Reads it.
///
/// # Errors
/// The store's.
pub async fn file(c: &mut Conn, id: i64) -> Result<File, ActError> {
    Ok(File {
        purse: rows::purse(c, id).await?,
        agreement: rows::agreement(c, id).await?,
        steps: rows::steps(c, id).await?,
        instalments: rows::instalments(c, id).await?,
        changes: rows::changes(c, id).await?,
        account: rows::account(c, id).await?,
        thanks: rows::thanks(c, id).await?,
    })
}

/// Whether this account said thanks.
///
/// # Errors
/// The store's.
pub async fn thanked(c: &mut Conn, id: i64, account: i64) -> Result<bool, ActError> {
    Ok(rows::said_thanks(c, id, account).await?)
}

/// A plan with money, and what it asks of staff.
#[derive(Clone, Debug)]
pub struct Running {
    /// The plan.
    pub plan: Initiative,
    /// Its money.
    pub purse: Purse,
    /// What waits.
    pub waits: Waits,
}

impl Running {
    /// How much of it waits for staff: the most urgent plans have the highest.
    pub fn urgency(&self) -> i64 {
        let w = &self.waits;
        let one = i64::from;
        4 * (w.to_approve + w.refused + w.to_decide + one(w.to_commit) + one(w.to_check)) + 2 * w.to_confirm + w.late
    }
}

/// Funded and running plans of the reader's places, those that need staff most first.
///
/// # Errors
/// The store's.
pub async fn running(c: &mut Conn, actor: &Actor, now: i64) -> Result<Vec<Running>, ActError> {
    let places = crate::moderation::places_of(c, actor, &[Role::Staff, Role::Administrator]).await?;
    let mut found = Vec::new();
    for state in [State::InExecution, State::Funded] {
        for plan in store::initiatives::in_state(c, state, places.as_deref(), None).await? {
            if decide(Act::SeeDistrict, actor, &plan.subject()).is_ok() {
                let purse = rows::purse(c, plan.id).await?;
                let waits = rows::waits(c, plan.id, now).await?;
                found.push(Running { plan, purse, waits });
            }
        }
    }
    found.sort_by_key(|r| std::cmp::Reverse(r.urgency()));
    Ok(found)
}

/// A photo of a step, for everyone who may see the plan.
///
/// # Errors
/// The store's.
pub async fn photo(c: &mut Conn, plan: i64, photo: i64, confirmed: bool) -> Result<Option<Picture>, ActError> {
    Ok(rows::photo(c, plan, photo, confirmed).await?)
}

/// A receipt, for its makers and staff ([`Act::SeeReceipts`]).
///
/// # Errors
/// The store's.
pub async fn receipt(c: &mut Conn, plan: i64, receipt: i64) -> Result<Option<Picture>, ActError> {
    Ok(rows::receipt(c, plan, receipt).await?)
}
