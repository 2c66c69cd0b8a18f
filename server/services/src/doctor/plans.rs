//! Plans: what they have by the ledger, beside their road, their agreement and their instalments.

use super::{Books, Finding};
use crate::ActError;
use domain::initiative::State;
use domain::money::Cents;
use std::collections::BTreeMap;
use store::Conn;
use store::ledger::Kind;

/// Number, wijk, state, and what its road says that it was given.
type Plan = (i64, i64, String, Option<Cents>);

/// The plan whose account this is, while its money is neither on its way back nor gone.
fn of(kind: Kind) -> Option<i64> {
    match kind {
        Kind::Reserved { initiative } | Kind::Committed { initiative } | Kind::Paid { initiative } => Some(initiative),
        _ => None,
    }
}

/// Plans with money have what their road says less what went back to their share, others have none. Gives how many have some.
pub(super) fn have(books: &Books, plans: &[Plan], findings: &mut Vec<Finding>) -> usize {
    let (mut money, mut back): (BTreeMap<i64, i64>, BTreeMap<i64, i64>) = Default::default();
    for flow in &books.flows {
        let (Some(from_kind), Some(to_kind)) = (books.kind(flow.from), books.kind(flow.to)) else { continue };
        if let (Kind::Returned { initiative }, Kind::Share { .. }) = (from_kind, to_kind) {
            *back.entry(initiative).or_default() += flow.sum.0;
        }
        let (from, to) = (of(from_kind), of(to_kind));
        if from == to {
            continue;
        }
        if let Some(plan) = to {
            *money.entry(plan).or_default() += flow.sum.0;
        }
        if let Some(plan) = from {
            *money.entry(plan).or_default() -= flow.sum.0;
        }
    }
    for (plan, _, key, given) in plans {
        let has = money.get(plan).copied().unwrap_or(0);
        let given = given.map_or(0, |g| g.0) - back.get(plan).copied().unwrap_or(0);
        let state = State::from_key(key);
        let said = match state {
            Some(State::Funded | State::InExecution | State::Completed) => given,
            // One that was stopped before there were agreements may have its money still.
            Some(State::Cancelled) => has,
            _ => 0,
        };
        if has != said || (has == 0 && matches!(state, Some(State::Funded | State::InExecution))) {
            findings.push(Finding::Plan { plan: *plan, state: key.clone(), money: has, said });
        }
    }
    money.values().filter(|m| **m > 0).count()
}

/// Instalments that were paid are what was booked as paid; what was agreed is what is committed and paid, and nothing stays
/// committed of a plan that is over.
pub(super) async fn papers(
    c: &mut Conn,
    books: &Books,
    plans: &[Plan],
    findings: &mut Vec<Finding>,
) -> Result<(), ActError> {
    let states: BTreeMap<i64, Option<State>> = plans.iter().map(|p| (p.0, State::from_key(&p.2))).collect();
    let mut told = BTreeMap::new();
    for (plan, agreed, paid) in store::execution::for_the_doctor(c).await? {
        told.insert(plan, (agreed, paid));
    }
    for (&plan, state) in &states {
        let (agreed, paid) = told.get(&plan).copied().unwrap_or_default();
        let initiative = plan;
        let (committed_at, paid_at) = (Kind::Committed { initiative }, Kind::Paid { initiative });
        let booked = books.net(|k| k == paid_at, |k| k == committed_at);
        if booked != paid.0 {
            findings.push(Finding::Execution { plan, what: "payments", kept: paid.0, booked });
        }
        let committed = books.net(|k| k == committed_at, |_| true);
        let promised = match state {
            Some(State::InExecution | State::Funded) => agreed.map_or(0, |a| a.0 - paid.0),
            _ => 0,
        };
        if committed != promised {
            findings.push(Finding::Execution { plan, what: "promises", kept: promised, booked: committed });
        }
    }
    Ok(())
}
