//! One run of the method from a given endowment.

use super::{Endowment, Exact, Market};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Money of a group that has certainly nothing left.
pub(in super::super) const NOTHING: i64 = -1;
/// Bits of a voter's money that are used, so that sums and products stay within 127 bits.
const BITS: u32 = 61;
/// Fraction bits of a price per unit of cost.
const KEY_BITS: u32 = 60;

/// A purchase: its plan, and bounds of its price in the run's units, per point of score.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Bought {
    pub plan: u32,
    pub price_low: i64,
    pub price_high: i64,
    /// How much more than noted any voter may have had before this purchase.
    pub slack: i64,
}

/// Plans that were equal when one of them was bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Tied {
    /// All of them, the bought one first.
    pub plans: Vec<u32>,
}

/// Bounds of a plan's price per point.
#[derive(Clone, Copy)]
struct Price {
    low: i64,
    high: i64,
    /// Sum of scores over which the cost is divided, where every supporter with money certainly pays the same per point: the
    /// price is then exactly cost / shares.
    shares: Option<i64>,
}

struct Candidate {
    plan: u32,
    low: u128,
    price: Price,
}

/// The work space of runs: kept between runs so that each only fills it anew.
pub(in super::super) struct Run<'m, 'e> {
    market: &'m Market<'e>,
    endowment: Endowment,
    /// Money is kept in units of 2^-shift smallest units.
    shift: u32,
    /// Lower bound of what a voter of each group has left, or [`NOTHING`].
    money: Vec<i64>,
    /// Upper bound of what each may have beyond that.
    slack: i64,
    heap: BinaryHeap<Reverse<(u128, u32)>>,
    paying: Vec<(i64, u32, u32)>,
    exact: Option<Exact<'m, 'e>>,
    /// Purchases in order.
    pub bought: Vec<Bought>,
    /// Ties in order.
    pub ties: Vec<Tied>,
    /// How often, over all runs, a comparison was too close for the bounds and was decided in exact fractions.
    pub doubts: u64,
}

impl<'m, 'e> Run<'m, 'e> {
    pub fn new(market: &'m Market<'e>) -> Self {
        Self {
            market,
            endowment: Endowment { money: 0, voters: 1 },
            shift: 0,
            money: Vec::new(),
            slack: 0,
            heap: BinaryHeap::new(),
            paying: Vec::new(),
            exact: None,
            bought: Vec::new(),
            ties: Vec::new(),
            doubts: 0,
        }
    }

    /// Runs from this endowment; stops early when the purchases cost more than `most`. Gives their cost.
    pub fn go(&mut self, endowment: Endowment, most: i64) -> i64 {
        self.start(endowment);
        let mut cost = 0;
        while let Some(next) = self.next() {
            self.buy(next);
            cost += self.market.cost(next.plan);
            if cost > most {
                break;
            }
        }
        cost
    }

    /// What is bought from.
    pub fn market(&self) -> &'m Market<'e> {
        self.market
    }

    /// The exact state after the first `purchases`.
    pub fn exact_before(&mut self, purchases: usize) -> &mut Exact<'m, 'e> {
        if self.exact.as_ref().is_some_and(|exact| exact.purchases() > purchases) {
            self.exact = None;
        }
        let exact = self.exact.get_or_insert_with(|| Exact::new(self.market, self.endowment, self.shift));
        exact.follow(&self.bought[..purchases]);
        exact
    }

    /// The exact state after the purchases so far.
    pub fn exact(&mut self) -> &mut Exact<'m, 'e> {
        self.exact_before(self.bought.len())
    }

    fn start(&mut self, endowment: Endowment) {
        let market = self.market;
        self.endowment = endowment;
        self.shift = shift_for(endowment, market);
        let (each, rest) = (endowment.money << self.shift, endowment.voters);
        let each_low = if endowment.money == 0 { NOTHING } else { (each / rest) as i64 };
        self.slack = i64::from(each % rest != 0);
        self.money.clear();
        self.money.resize(market.weights.len(), each_low);
        self.bought.clear();
        self.ties.clear();
        self.exact = None;
        let mut keys = std::mem::take(&mut self.heap).into_vec();
        keys.clear();
        for plan in &market.plans {
            let votes = i128::from(market.votes[*plan as usize]);
            let cost = i128::from(market.cost(*plan));
            // Approved by equals, all pay the same: beyond the endowment the plan is out for good.
            if !market.scored() && cost * endowment.voters > endowment.money * votes {
                continue;
            }
            let low = ((cost << self.shift) / votes).min(i128::from(i64::MAX)) as i64;
            keys.push(Reverse((self.key_low(*plan, low), *plan)));
        }
        self.heap = BinaryHeap::from(keys);
    }

    /// A price as a number to compare plans by: price per utility, rounded down.
    fn key_low(&self, plan: u32, price: i64) -> u128 {
        let price = price.max(0) as u128;
        if self.market.by_score { price } else { (price << KEY_BITS) / self.market.cost(plan) as u128 }
    }

    /// The same, rounded up.
    fn key_high(&self, plan: u32, price: i64) -> u128 {
        let price = price.max(0) as u128;
        if self.market.by_score { price } else { (price << KEY_BITS).div_ceil(self.market.cost(plan) as u128) }
    }

    /// The plan to buy now, with its price; none when no plan can be paid.
    fn next(&mut self) -> Option<Bought> {
        let mut best_high = u128::MAX;
        let mut candidates: Vec<Candidate> = Vec::new();
        // A plan's price only rises as money is spent, so an old key is a lower bound.
        while let Some(Reverse((key, plan))) = self.heap.peek().copied().filter(|Reverse((key, _))| *key <= best_high) {
            self.heap.pop();
            debug_assert!(key <= best_high);
            let Some(price) = self.price(plan) else { continue };
            let (low, high) = (self.key_low(plan, price.low), self.key_high(plan, price.high));
            best_high = best_high.min(high);
            candidates.push(Candidate { plan, low, price });
        }
        let (mut close, far): (Vec<_>, Vec<_>) = candidates.into_iter().partition(|c| c.low <= best_high);
        for candidate in far {
            self.heap.push(Reverse((candidate.low, candidate.plan)));
        }
        if close.is_empty() {
            return None;
        }
        let chosen = if close.len() == 1 { 0 } else { self.choose(&mut close) };
        let Candidate { plan, price, .. } = close.swap_remove(chosen);
        for candidate in close {
            self.heap.push(Reverse((candidate.low, candidate.plan)));
        }
        Some(Bought { plan, price_low: price.low, price_high: price.high, slack: self.slack })
    }

    /// Of plans whose bounds overlap the one that is cheapest in truth; equals by their order, and noted as tied.
    fn choose(&mut self, close: &mut [Candidate]) -> usize {
        let market = self.market;
        let twin = |c: &Candidate| market.twins[c.plan as usize];
        let mut equal: Vec<usize> = vec![0];
        if close.iter().all(|c| twin(c) == twin(&close[0])) {
            equal = (0..close.len()).collect();
        } else if close.iter().all(|c| c.price.shares.is_some()) {
            // price = cost / shares exactly; per unit of cost that is 1 / shares.
            let ratio = |c: &Candidate| {
                let cost = if market.by_score { i128::from(market.cost(c.plan)) } else { 1 };
                (cost, i128::from(c.price.shares.unwrap_or(1)))
            };
            for i in 1..close.len() {
                let ((a, b), (c, d)) = (ratio(&close[i]), ratio(&close[equal[0]]));
                keep(&mut equal, i, (a * d).cmp(&(c * b)));
            }
        } else {
            self.doubts += 1;
            let shift = self.shift;
            let exact = self.exact();
            let mut prices = Vec::with_capacity(close.len());
            for candidate in close.iter_mut() {
                let price = exact.price(candidate.plan);
                if let Some(price) = &price {
                    (candidate.price.low, candidate.price.high) = price.bounds(shift);
                }
                prices.push(price);
            }
            equal.clear();
            for (i, price) in prices.iter().enumerate() {
                let Some(price) = price else { continue };
                match equal.first().and_then(|first| prices[*first].as_ref()) {
                    None => equal.push(i),
                    Some(best) => {
                        let order = price.compare(best, market, close[i].plan, close[equal[0]].plan);
                        keep(&mut equal, i, order);
                    }
                }
            }
        }
        let Some(chosen) = equal.iter().copied().min_by_key(|i| market.ranks[close[*i].plan as usize]) else {
            return 0;
        };
        if equal.len() > 1 {
            let mut plans: Vec<u32> = equal.iter().map(|i| close[*i].plan).collect();
            plans.sort_by_key(|plan| market.ranks[*plan as usize]);
            self.ties.push(Tied { plans });
        }
        chosen
    }

    /// What a plan costs each supporter per point now; none when its supporters cannot pay it.
    fn price(&mut self, plan: u32) -> Option<Price> {
        let market = self.market;
        let cost = i128::from(market.cost(plan)) << self.shift;
        let supporters = market.supporters(plan);
        let (mut total, mut shares, mut voters) = (0_i128, 0_i64, 0_i64);
        self.paying.clear();
        for (at, group) in supporters.groups.iter().enumerate() {
            let money = self.money[*group as usize];
            if money == NOTHING {
                continue;
            }
            let (weight, score) = (market.weights[*group as usize], supporters.score(at));
            total += i128::from(money) * i128::from(weight);
            shares += i64::from(weight) * i64::from(score);
            voters += i64::from(weight);
            self.paying.push((money, weight, score));
        }
        if total + i128::from(self.slack) * i128::from(voters) < cost {
            return None;
        }
        if total < cost {
            self.doubts += 1;
            let shift = self.shift;
            let (low, high) = self.exact().price(plan)?.bounds(shift);
            return Some(Price { low, high, shares: None });
        }
        let (rest, shares, poor) = if market.scored() {
            split_scored(&mut self.paying, cost, shares)
        } else {
            split(&mut self.paying, cost, shares)
        };
        // Rounding took at most `slack` from each supporter who pays all: were it there, the others would pay that much less.
        let shares_wide = i128::from(shares);
        let less = (i128::from(self.slack) * i128::from(poor) + shares_wide - 1) / shares_wide;
        let high = (rest + shares_wide - 1) / shares_wide;
        let low = (rest / shares_wide - less).max(0);
        Some(Price { low: low as i64, high: high as i64, shares: (poor == 0).then_some(shares) })
    }

    fn buy(&mut self, bought: Bought) {
        let supporters = self.market.supporters(bought.plan);
        for (at, group) in supporters.groups.iter().enumerate() {
            let money = &mut self.money[*group as usize];
            *money = after(*money, bought, supporters.score(at));
        }
        let score = i64::from(if self.market.scored() { self.market.top_score } else { 1 });
        self.slack =
            (bought.price_high - bought.price_low).saturating_mul(score).saturating_add(self.slack).min(1 << BITS);
        self.bought.push(bought);
    }
}

/// What a voter with this lower bound of money has after a purchase, again as a lower bound; [`NOTHING`] where that is certain.
pub(super) fn after(money: i64, bought: Bought, score: u32) -> i64 {
    if money == NOTHING {
        return NOTHING;
    }
    let score = i128::from(score);
    if i128::from(money) + i128::from(bought.slack) <= i128::from(bought.price_low) * score {
        return NOTHING;
    }
    (i128::from(money) - i128::from(bought.price_high) * score).max(0) as i64
}

/// Parts supporters into those who pay all they have and those who share the rest equally. Gives the rest, the number of
/// shares it is divided over, and how many voters pay all. Who has less than the price is found by trying: the price only
/// rises while poor ones are set apart.
fn split(paying: &mut Vec<(i64, u32, u32)>, cost: i128, mut shares: i64) -> (i128, i64, i64) {
    let (mut rest, mut poor) = (cost, 0);
    loop {
        let wide = i128::from(shares);
        // Whole numbers: less than the price is less than the price rounded up.
        let price = ((rest + wide - 1) / wide).min(i128::from(i64::MAX)) as i64;
        let before = shares;
        paying.retain(|(money, weight, _)| {
            let rich = *money >= price;
            if !rich {
                rest -= i128::from(*money) * i128::from(*weight);
                shares -= i64::from(*weight);
                poor += i64::from(*weight);
            }
            rich
        });
        if shares == before || shares == 0 {
            return (rest, shares.max(1), poor);
        }
    }
}

/// The same where points differ: each pays price x points.
fn split_scored(paying: &mut Vec<(i64, u32, u32)>, cost: i128, mut shares: i64) -> (i128, i64, i64) {
    let (mut rest, mut poor) = (cost, 0);
    loop {
        let (now_rest, now_shares) = (rest, i128::from(shares));
        let before = shares;
        paying.retain(|(money, weight, score)| {
            let rich = i128::from(*money) * now_shares >= now_rest * i128::from(*score);
            if !rich {
                rest -= i128::from(*money) * i128::from(*weight);
                shares -= i64::from(*weight) * i64::from(*score);
                poor += i64::from(*weight);
            }
            rich
        });
        if shares == before || shares == 0 {
            return (rest, shares.max(1), poor);
        }
    }
}

fn keep(equal: &mut Vec<usize>, i: usize, order: std::cmp::Ordering) {
    match order {
        std::cmp::Ordering::Less => {
            equal.clear();
            equal.push(i);
        }
        std::cmp::Ordering::Equal => equal.push(i),
        std::cmp::Ordering::Greater => {}
    }
}

/// As many fraction bits as fit: a voter's money below 2^61, the dearest plan times the highest score below 2^126.
fn shift_for(endowment: Endowment, market: &Market<'_>) -> u32 {
    let bits = |n: i128| 128 - n.max(1).leading_zeros();
    let each = bits(endowment.money / endowment.voters + 1);
    let dearest = market.plans.iter().map(|plan| market.cost(*plan)).max().unwrap_or(1);
    let room = 126 - bits(i128::from(dearest)) - bits(i128::from(market.top_score));
    BITS.saturating_sub(each).min(room)
}
