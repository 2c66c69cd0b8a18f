//! What would have made a plan win, found by counting again: at a lower cost ('cost reduction'), or with more voters for it
//! alone ('singleton-add'). Both measures: Boehmer, Faliszewski, Janeczko, Peters, Pierczyński, Schierreich, Skowron, Szufa,
//! 'Evaluation of Project Performance in Participatory Budgeting', IJCAI 2024.

use super::count::{CountError, count};
use super::election::Election;
use super::outcome::{Outcome, Verdict};
use super::procedure::Procedure;
use serde::{Deserialize, Serialize};

/// An answer to 'from where on would it have won'.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum Threshold {
    /// It wins at this value, and not one unit or one voter short of it.
    At {
        /// A cost in smallest units, or a number of voters.
        value: i64,
        /// Whether it wins at every value beyond too, so that this is the least change there is: proven for the greedy rules.
        /// Equal Shares has no such law, and a smaller change might win as well.
        least: bool,
    },
    /// No such change makes it win, as far as was tried.
    Never,
    /// The bound on the work was met first.
    NotComputed,
}

/// What would have made a loser win.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct WhatIf {
    /// Index of the plan.
    pub plan: u32,
    /// The highest cost at which it wins, all else the same; smallest units.
    pub cost: Threshold,
    /// How many more voters, who choose this plan alone (with the highest score that a ballot gives), make it win.
    pub voters: Threshold,
}

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Work over all plans, in picks looked at: one count costs about (picks + plans) x (endowment steps + 1).
    pub work: u64,
    /// Extra voters, as a multiple of those there are.
    pub voters: u64,
}

impl Default for Bound {
    /// Some seconds of work, and thirty times as many voters.
    fn default() -> Self {
        Self { work: 400_000_000, voters: 30 }
    }
}

/// Answers for every loser that could win at all, most votes first: those without votes or withdrawn are left out. `watch` is
/// told how many plans are done.
///
/// # Errors
/// As [`count`]: an election that was counted gives none.
pub fn what_if(
    election: &Election,
    procedure: &Procedure,
    outcome: &Outcome,
    bound: Bound,
    watch: &mut dyn FnMut(u64),
) -> Result<Vec<WhatIf>, CountError> {
    let mut losers: Vec<_> = outcome
        .decisions
        .iter()
        .filter(|d| !matches!(d.verdict, Verdict::Funded | Verdict::NoVotes | Verdict::Withdrawn))
        .collect();
    losers.sort_by_key(|d| std::cmp::Reverse(d.votes));
    let picks: usize = election.profile.groups().map(|group| group.picks.len()).sum();
    let each = (picks + election.plans.len()) as u64 * (outcome.increments.unwrap_or(0) + 1);
    let mut trial = Trial { election: election.clone(), procedure, runs_left: bound.work / each.max(1) };
    let mut answers = Vec::with_capacity(losers.len());
    for (number, loser) in (0..).zip(losers) {
        watch(number);
        let cost = trial.cost(loser.plan)?;
        let voters = trial.voters(loser.plan, bound.voters)?;
        answers.push(WhatIf { plan: loser.plan, cost, voters });
    }
    Ok(answers)
}

struct Trial<'p> {
    election: Election,
    procedure: &'p Procedure,
    runs_left: u64,
}

impl Trial<'_> {
    /// Whether the plan wins now; none when no work is left.
    fn wins(&mut self, plan: u32) -> Result<Option<bool>, CountError> {
        if self.runs_left == 0 {
            return Ok(None);
        }
        self.runs_left -= 1;
        Ok(Some(count(&self.election, self.procedure, false)?.won(plan)))
    }

    fn cost(&mut self, plan: u32) -> Result<Threshold, CountError> {
        let asked = self.election.plans[plan as usize].clone();
        let answer = self.search((asked.cost, 0), plan, |trial, cost| {
            let changed = &mut trial.election.plans[plan as usize];
            (changed.cost, changed.desired) = (cost, asked.desired.max(cost));
        });
        self.election.plans[plan as usize] = asked;
        answer
    }

    fn voters(&mut self, plan: u32, times: u64) -> Result<Threshold, CountError> {
        let top =
            self.election.profile.groups().flat_map(|group| group.picks).map(|(_, score)| *score).max().unwrap_or(1);
        let most = i64::try_from(self.election.profile.voters().max(1).saturating_mul(times))
            .unwrap_or(i64::MAX)
            .min(i64::from(u32::MAX));
        self.election.profile.push_group(&[(plan, top)]);
        let set =
            |trial: &mut Self, voters: i64| trial.election.profile.set_last(u32::try_from(voters).unwrap_or(u32::MAX));
        // Doubling first, so that few voters are found with few counts.
        let (mut loses, mut tried) = (0, 1);
        let answer = loop {
            set(self, tried);
            match self.wins(plan)? {
                None => break Threshold::NotComputed,
                Some(true) => break self.search((loses, tried), plan, set)?,
                Some(false) if tried >= most => break Threshold::Never,
                Some(false) => (loses, tried) = (tried, tried.saturating_mul(2).min(most)),
            }
        };
        self.election.profile.pop_group();
        Ok(answer)
    }

    /// Between a value at which the plan loses and one at which it wins: a value at which it wins, next to one at which it
    /// loses. That the first loses is known; the last is tried.
    fn search(
        &mut self,
        (mut loses, mut wins): (i64, i64),
        plan: u32,
        set: impl Fn(&mut Self, i64),
    ) -> Result<Threshold, CountError> {
        set(self, wins);
        match self.wins(plan)? {
            None => return Ok(Threshold::NotComputed),
            Some(false) => return Ok(Threshold::Never),
            Some(true) => {}
        }
        while loses.abs_diff(wins) > 1 {
            let middle = loses + (wins - loses) / 2;
            set(self, middle);
            match self.wins(plan)? {
                None => return Ok(Threshold::NotComputed),
                Some(true) => wins = middle,
                Some(false) => loses = middle,
            }
        }
        Ok(Threshold::At { value: wins, least: self.procedure.is_greedy() })
    }
}
