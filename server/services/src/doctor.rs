//! `fijnebuurt doctor ledger`: proves that the money adds up, from the transfers alone, beside budget, rounds, plans and the
//! audit. Reads only.

use crate::{ActError, World, budget};
use domain::money::Cents;
use domain::round::Phase;
use std::collections::{BTreeMap, BTreeSet};
use store::ledger::Kind;
use store::ledger::checks::{self, Account};
use store::{Conn, rounds};

mod plans;

/// Something that does not add up; its text is for the operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// A kept balance that is not the sum of its transfers.
    #[error("{account}: the balance is kept as {kept} cents, its transfers make {sum}")]
    Balance {
        /// Its name.
        account: String,
        /// As kept.
        kept: i64,
        /// As summed.
        sum: i64,
    },
    /// Below zero.
    #[error("{account}: stands {amount} cents below zero")]
    BelowZero {
        /// Its name.
        account: String,
        /// How far.
        amount: i64,
    },
    /// Kind, name and place of an account contradict each other.
    #[error("{account}: its kind, name and place do not fit each other")]
    Account {
        /// Its name.
        account: String,
    },
    /// A transfer of nothing or less.
    #[error("from {from} to {to}: a transfer of {amount} cents")]
    Amount {
        /// Out of.
        from: String,
        /// Into.
        to: String,
        /// Least amount.
        amount: i64,
    },
    /// Money on a way that no act takes.
    #[error("from {from} to {to}: {amount} cents went a way that no act takes")]
    Way {
        /// Out of.
        from: String,
        /// Into.
        to: String,
        /// Together.
        amount: i64,
    },
    /// A line that is not what the newest budget says.
    #[error("{line}: booked {booked} cents, the budget says {budget}")]
    Line {
        /// Its name.
        line: String,
        /// As booked.
        booked: i64,
        /// As printed.
        budget: i64,
    },
    /// Funded is not allotted and left together.
    #[error("{share}: funded {funded} cents, but allotted {allotted} and left {left}")]
    Share {
        /// Its name.
        share: String,
        /// Moved in.
        funded: i64,
        /// Given to pots and plans.
        allotted: i64,
        /// Still there.
        left: i64,
    },
    /// More is funded than the ceiling allows.
    #[error("{place}: funded {funded} cents, above the ceiling of {ceiling}")]
    Ceiling {
        /// Wijk or city, and year.
        place: String,
        /// Moved in.
        funded: i64,
        /// Most.
        ceiling: i64,
    },
    /// A plan whose money is not what its state and its road say.
    #[error("plan {plan} ({state}): has {money} cents, its road says {said}")]
    Plan {
        /// Number.
        plan: i64,
        /// State.
        state: String,
        /// On its accounts.
        money: i64,
        /// By its road.
        said: i64,
    },
    /// Instalments, the agreement and the ledger contradict each other.
    #[error("plan {plan}: {what} are {kept} cents by its papers, {booked} by the ledger")]
    Execution {
        /// Number.
        plan: i64,
        /// What is compared.
        what: &'static str,
        /// By its agreement and instalments.
        kept: i64,
        /// By transfers.
        booked: i64,
    },
    /// A pot that does not hold what its round says.
    #[error("round {round}: the pot holds {held} cents, and should hold {said}")]
    Pot {
        /// Its slug, or number.
        round: String,
        /// On its account.
        held: i64,
        /// By its round.
        said: i64,
    },
    /// What was moved into a share is not what the audit tells.
    #[error("share of wijk {wijk} in {year}: {moved} cents were moved in, the audit tells {audited}")]
    Audit {
        /// Number of the wijk.
        wijk: i64,
        /// Year.
        year: i64,
        /// By transfers.
        moved: i64,
        /// By audit lines.
        audited: i64,
    },
}

/// What was looked at, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Accounts.
    pub accounts: usize,
    /// Transfers.
    pub transfers: i64,
    /// Shares (a wijk and a year each).
    pub shares: usize,
    /// Plans with money.
    pub plans: usize,
    /// Must be empty.
    pub findings: Vec<Finding>,
}

/// Money by account, as the transfers tell it.
struct Books {
    accounts: Vec<Account>,
    flows: Vec<checks::Flow>,
    at: BTreeMap<i64, usize>,
}

impl Books {
    fn name(&self, id: i64) -> String {
        self.at.get(&id).map_or_else(|| format!("account {id}, which is not there"), |i| self.accounts[*i].name.clone())
    }

    fn kind(&self, id: i64) -> Option<Kind> {
        self.at.get(&id).and_then(|i| self.accounts[*i].is)
    }

    /// What came into accounts of `inside` from elsewhere, minus what went out.
    fn net(&self, inside: impl Fn(Kind) -> bool, elsewhere: impl Fn(Kind) -> bool) -> i64 {
        let mut sum = 0;
        for flow in &self.flows {
            let (Some(from), Some(to)) = (self.kind(flow.from), self.kind(flow.to)) else { continue };
            if inside(to) && elsewhere(from) {
                sum += flow.sum.0;
            }
            if inside(from) && elsewhere(to) {
                sum -= flow.sum.0;
            }
        }
        sum
    }

    fn balance(&self, kind: Kind) -> i64 {
        self.accounts.iter().find(|a| a.is == Some(kind)).map_or(0, |a| a.balance.0)
    }
}

/// Whether an act moves money this way. Each pair stands for both directions where there is a way back.
fn is_a_way(
    from: Kind,
    to: Kind,
    wijk_of_round: &BTreeMap<i64, (i64, i64)>,
    wijk_of_plan: &BTreeMap<i64, i64>,
) -> bool {
    use Kind::{Committed, Paid, Pot, ProgrammeLine, Reserved, Returned, Share, Source};
    match (from, to) {
        (Source, ProgrammeLine { .. }) | (ProgrammeLine { .. }, Source) => true,
        (ProgrammeLine { wijk, year, .. }, Share { wijk: w, year: y })
        | (Share { wijk: w, year: y }, ProgrammeLine { wijk, year, .. }) => wijk == Some(w) && year == y,
        (ProgrammeLine { programme, wijk, year }, ProgrammeLine { programme: p, wijk: w, year: y }) => {
            programme == p && wijk == w && y == year + 1
        }
        (Share { wijk, year }, Pot { round }) | (Pot { round }, Share { wijk, year }) => {
            wijk_of_round.get(&round) == Some(&(wijk, year))
        }
        (Share { wijk, .. }, Reserved { initiative } | Returned { initiative })
        | (Reserved { initiative } | Returned { initiative }, Share { wijk, .. }) => {
            wijk_of_plan.get(&initiative) == Some(&wijk)
        }
        (Pot { round }, Reserved { initiative }) => {
            wijk_of_round.get(&round).map(|(wijk, _)| wijk) == wijk_of_plan.get(&initiative)
        }
        (Reserved { initiative: a }, Committed { initiative: b } | Returned { initiative: b })
        | (
            Committed { initiative: a },
            Reserved { initiative: b } | Paid { initiative: b } | Returned { initiative: b },
        )
        | (Paid { initiative: a }, Committed { initiative: b } | Returned { initiative: b }) => a == b,
        _ => false,
    }
}

/// Looks through the whole ledger.
///
/// # Errors
/// The store's.
pub async fn ledger(world: &World) -> Result<Report, ActError> {
    let mut c = world.db.read().await?;
    let accounts = checks::accounts(&mut c).await?;
    let at = accounts.iter().enumerate().map(|(i, a)| (a.id, i)).collect();
    let books = Books { flows: checks::flows(&mut c).await?, at, accounts };
    let rounds = rounds::all(&mut c).await?;
    let plans = checks::plans(&mut c).await?;
    let wijk_of_round = rounds.iter().map(|r| (r.id, (r.wijk_id, r.year))).collect();
    let wijk_of_plan = plans.iter().map(|p| (p.0, p.1)).collect();
    let mut findings = Vec::new();
    sums(&books, &mut findings);
    for flow in &books.flows {
        let (from, to) = (books.name(flow.from), books.name(flow.to));
        if flow.least <= Cents::ZERO || flow.from == flow.to {
            findings.push(Finding::Amount { from: from.clone(), to: to.clone(), amount: flow.least.0 });
        }
        let way = books.kind(flow.from).zip(books.kind(flow.to));
        if !way.is_some_and(|(from, to)| is_a_way(from, to, &wijk_of_round, &wijk_of_plan)) {
            findings.push(Finding::Way { from, to, amount: flow.sum.0 });
        }
    }
    lines(&mut c, &books, &mut findings).await?;
    let shares = shares(&mut c, &books, &mut findings).await?;
    let with_money = plans::have(&books, &plans, &mut findings);
    plans::papers(&mut c, &books, &plans, &mut findings).await?;
    for round in &rounds {
        let pot = Kind::Pot { round: round.id };
        let held = books.net(|k| k == pot, |_| true);
        let done = matches!(round.phase, Phase::Result | Phase::Stopped);
        let said = if done { 0 } else { round.pot.0 };
        if held != said {
            findings.push(Finding::Pot { round: round.slug.clone(), held, said });
        }
    }
    audited(&mut c, &mut findings).await?;
    Ok(Report {
        accounts: books.accounts.len(),
        transfers: books.flows.iter().map(|f| f.count).sum(),
        shares,
        plans: with_money,
        findings,
    })
}

/// Balances against transfers, nothing below zero, accounts that are what they say.
fn sums(books: &Books, findings: &mut Vec<Finding>) {
    let mut sums: BTreeMap<i64, i64> = BTreeMap::new();
    for flow in &books.flows {
        *sums.entry(flow.to).or_default() += flow.sum.0;
        *sums.entry(flow.from).or_default() -= flow.sum.0;
    }
    for account in &books.accounts {
        let sum = sums.get(&account.id).copied().unwrap_or(0);
        if sum != account.balance.0 {
            findings.push(Finding::Balance { account: account.name.clone(), kept: account.balance.0, sum });
        }
        if account.kind != "source" && account.balance < Cents::ZERO {
            findings.push(Finding::BelowZero { account: account.name.clone(), amount: -account.balance.0 });
        }
        if account.is.is_none() {
            findings.push(Finding::Account { account: account.name.clone() });
        }
    }
}

/// What the budget says against what was booked from the source.
async fn lines(c: &mut Conn, books: &Books, findings: &mut Vec<Finding>) -> Result<(), ActError> {
    let booked: BTreeMap<i64, i64> = checks::booked(c).await?.into_iter().map(|(id, sum)| (id, sum.0)).collect();
    let mut budget: BTreeMap<String, i64> = BTreeMap::new();
    for line in store::budget::lines(c).await?.iter().filter(|l| l.year != store::budget::INVESTMENTS) {
        let kind = Kind::ProgrammeLine { programme: line.programme_id, wijk: line.wijk_id, year: line.year };
        *budget.entry(kind.name()).or_default() += line.amount.known().0;
    }
    let mut seen = BTreeSet::new();
    for account in &books.accounts {
        if let Some(Kind::ProgrammeLine { .. }) = account.is {
            let (booked, budget) =
                (booked.get(&account.id).copied().unwrap_or(0), budget.get(&account.name).copied().unwrap_or(0));
            seen.insert(account.name.clone());
            if booked != budget {
                findings.push(Finding::Line { line: account.name.clone(), booked, budget });
            }
        }
    }
    for (line, budget) in budget {
        if budget != 0 && !seen.contains(&line) {
            findings.push(Finding::Line { line, booked: 0, budget });
        }
    }
    Ok(())
}

/// Funded = allotted + left, and room = ceiling - funded is never below zero: per wijk and year, and for the city.
async fn shares(c: &mut Conn, books: &Books, findings: &mut Vec<Finding>) -> Result<usize, ActError> {
    let lines = store::budget::lines(c).await?;
    let wijken = store::places::wijken(c).await?;
    let mut count = 0;
    for year in crate::shares::years(c).await? {
        for wijk in &wijken {
            count += 1;
            let share = Kind::Share { wijk: wijk.id, year };
            let funded = books.net(|k| k == share, |k| matches!(k, Kind::ProgrammeLine { .. }));
            let given = |k| matches!(k, Kind::Pot { .. } | Kind::Reserved { .. } | Kind::Returned { .. });
            let (allotted, left) = (-books.net(|k| k == share, given), books.balance(share));
            if funded != allotted + left {
                findings.push(Finding::Share { share: share.name(), funded, allotted, left });
            }
            let ceiling = budget::share_of(c, &lines, wijk.id, year).await?.ceiling.0;
            if funded > ceiling {
                findings.push(Finding::Ceiling { place: format!("{}, {year}", wijk.name), funded, ceiling });
            }
        }
        let city = budget::share_of_city(c, &lines, &wijken, year).await?;
        if city.funded > city.ceiling {
            findings.push(Finding::Ceiling {
                place: format!("the city, {year}"),
                funded: city.funded.0,
                ceiling: city.ceiling.0,
            });
        }
    }
    Ok(count)
}

/// What the audit tells about funding against the transfers themselves: a transfer that was taken away whole shows here.
async fn audited(c: &mut Conn, findings: &mut Vec<Finding>) -> Result<(), ActError> {
    let mut told: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    for (wijk, detail) in checks::audited(c, "fund_share").await? {
        let mut parts = detail.split(' ').map(str::parse::<i64>);
        if let (Some(Ok(year)), Some(Ok(amount))) = (parts.next(), parts.next()) {
            *told.entry((wijk, year)).or_default() += amount;
        }
    }
    let mut moved: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    for (wijk, year, sum) in checks::moved_in(c, "share").await? {
        moved.insert((wijk, year), sum.0);
    }
    let keys: BTreeSet<_> = told.keys().chain(moved.keys()).copied().collect();
    for (wijk, year) in keys {
        let (moved, audited) =
            (moved.get(&(wijk, year)).copied().unwrap_or(0), told.get(&(wijk, year)).copied().unwrap_or(0));
        if moved != audited {
            findings.push(Finding::Audit { wijk, year, moved, audited });
        }
    }
    Ok(())
}
