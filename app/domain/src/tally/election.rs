//! What is counted: plans with their costs, and ballots in groups of equal ones.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};

/// Bounds within which every sum and product of the count fits its integer type.
pub struct Limit;

impl Limit {
    /// Largest budget and largest cost, in smallest units (10^15: ten trillion euro in cents).
    pub const AMOUNT: i64 = 1_000_000_000_000_000;
    /// Most plans.
    pub const PLANS: usize = 10_000;
    /// Most voters.
    pub const VOTERS: u64 = 1_000_000_000;
    /// Largest score one ballot can give one plan.
    pub const SCORE: u32 = 1_000_000;
}

/// A plan that can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Its name in files and outcomes; unique within an election.
    pub id: String,
    /// What it costs at least, in smallest units; this counts in every rule.
    pub cost: i64,
    /// What it would best have, never below `cost`; only top-ups look at it.
    pub desired: i64,
    /// Themes it belongs to, as written; may be empty.
    pub themes: Vec<String>,
    /// Places (buurt, district) it belongs to, as written; may be empty.
    pub places: Vec<String>,
    /// Withdrawn after the paper was frozen: stays, and is skipped in the count.
    pub withdrawn: bool,
}

impl Plan {
    /// A plan that asks one amount.
    pub fn new(id: impl Into<String>, cost: i64) -> Self {
        Self { id: id.into(), cost, desired: cost, ..Self::default() }
    }
}

/// An election, ready to be counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Election {
    /// Money to divide, in smallest units.
    pub budget: i64,
    /// Digits after the decimal mark: 2 when amounts are cents, 0 when they are whole euros.
    pub decimals: u32,
    /// Plans, in any order: no rule looks at it.
    pub plans: Vec<Plan>,
    /// Ballots give points or ranks: their scores are the utility of Equal Shares, also where each of them is 1.
    pub scored: bool,
    /// Ballots.
    pub profile: Profile,
}

impl Election {
    /// One unit of the currency (one euro) in smallest units.
    pub fn unit(&self) -> i64 {
        10_i64.pow(self.decimals)
    }
}

/// Equal ballots, taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group<'a> {
    /// How many voters cast this ballot; at least 1.
    pub voters: u32,
    /// (index of the plan, score), ascending by index; scores are positive, and 1 where ballots only approve.
    pub picks: &'a [(u32, u32)],
}

/// All ballots, equal ones grouped. Empty ballots have a group too: they count among the voters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    total: u64,
    voters: Vec<u32>,
    /// Group `g` has `picks[ends[g - 1]..ends[g]]`.
    ends: Vec<usize>,
    picks: Vec<(u32, u32)>,
}

impl Profile {
    /// Voters, those with an empty ballot included.
    pub fn voters(&self) -> u64 {
        self.total
    }

    /// How many different ballots there are.
    pub fn len(&self) -> usize {
        self.voters.len()
    }

    /// Whether nobody voted.
    pub fn is_empty(&self) -> bool {
        self.voters.is_empty()
    }

    /// Group `index`, below [`Profile::len`].
    pub fn group(&self, index: usize) -> Group<'_> {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        Group { voters: self.voters[index], picks: &self.picks[start..self.ends[index]] }
    }

    /// All groups.
    pub fn groups(&self) -> impl Iterator<Item = Group<'_>> {
        (0..self.len()).map(|index| self.group(index))
    }

    /// Adds a group of one voter at the end, for what would be if more had voted so.
    pub(super) fn push_group(&mut self, picks: &[(u32, u32)]) {
        self.total += 1;
        self.voters.push(1);
        self.picks.extend_from_slice(picks);
        self.ends.push(self.picks.len());
    }

    /// Sets the voters of the last group.
    pub(super) fn set_last(&mut self, voters: u32) {
        if let Some(last) = self.voters.last_mut() {
            self.total = self.total - u64::from(*last) + u64::from(voters);
            *last = voters;
        }
    }

    /// Takes the last group away.
    pub(super) fn pop_group(&mut self) {
        self.set_last(0);
        self.voters.pop();
        self.ends.pop();
        self.picks.truncate(self.ends.last().copied().unwrap_or(0));
    }

    /// Whether a ballot gives any plan more than 1: points or rankings.
    pub fn has_scores(&self) -> bool {
        self.picks.iter().any(|(_, score)| *score != 1)
    }
}

/// Gathers ballots into a [`Profile`].
#[derive(Debug, Default)]
pub struct ProfileBuilder {
    profile: Profile,
    /// Newest group by the hash of its picks.
    newest: HashMap<u64, u32>,
    /// For each group an older one with the same hash; itself where there is none.
    older: Vec<u32>,
    hasher: RandomState,
}

impl ProfileBuilder {
    /// Adds one voter's ballot: (index of the plan, score). A plan that stands twice counts once, with its first score;
    /// a score of 0 is no pick. An empty ballot still counts as a voter.
    pub fn add(&mut self, picks: &mut Vec<(u32, u32)>) {
        picks.retain(|(_, score)| *score > 0);
        picks.sort_by_key(|(plan, _)| *plan);
        picks.dedup_by_key(|(plan, _)| *plan);
        // Keyed, so that nobody can make ballots that all look alike to it.
        let mut hasher = self.hasher.build_hasher();
        for (plan, score) in &*picks {
            hasher.write_u64(u64::from(*plan) << 32 | u64::from(*score));
        }
        let hash = hasher.finish();
        let group = self.profile.voters.len() as u32;
        let newest = *self.newest.entry(hash).or_insert(group);
        let mut at = newest;
        while at != group {
            if self.profile.group(at as usize).picks == &picks[..] && self.profile.voters[at as usize] < u32::MAX {
                self.profile.voters[at as usize] += 1;
                self.profile.total += 1;
                return;
            }
            let older = self.older[at as usize];
            at = if older == at { group } else { older };
        }
        self.newest.insert(hash, group);
        self.older.push(newest);
        self.profile.push_group(picks);
    }

    /// Adds a ballot as a group of its own, even where an equal one stands: the count must not depend on grouping.
    pub fn add_alone(&mut self, picks: &[(u32, u32)]) {
        self.older.push(self.profile.voters.len() as u32);
        self.profile.push_group(picks);
    }

    /// All ballots so far.
    pub fn finish(self) -> Profile {
        self.profile
    }
}
