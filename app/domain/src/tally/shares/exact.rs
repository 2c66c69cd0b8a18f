//! The same run in exact fractions, for the few questions that bounds cannot answer and for what an explanation shows.
//!
//! All money has one denominator: the number of voters, times the number of shares of each purchase so far. So nothing is
//! ever reduced but by small factors. Groups with the same history of payments have the same money and are one *class*; its
//! money is worked out only when somebody asks.

use super::run::{Bought, NOTHING, after};
use super::{Endowment, Market};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer as _;
use num_rational::BigRational;
use num_traits::{One as _, ToPrimitive as _, Zero as _};
use std::cmp::Ordering;
use std::collections::HashMap;

/// Index of the class that has nothing left.
const EMPTY: u32 = 0;

/// Groups with one history.
struct Class {
    /// What it was before its last payment; itself for the first class.
    parent: u32,
    /// Purchases made when it paid last.
    level: usize,
    /// Points for which it paid.
    score: u32,
    /// Lower bound in the run's units.
    low: i64,
    /// Numerator over the denominator of its level, once asked.
    money: Option<BigInt>,
}

/// A price per point as a fraction: `rest / (denominator x shares)`.
pub(in super::super) struct ExactPrice {
    rest: BigInt,
    denominator: BigInt,
    shares: u64,
}

impl ExactPrice {
    /// Rounded down and up, in units of 2^-shift.
    pub fn bounds(&self, shift: u32) -> (i64, i64) {
        let (low, rest) = (&self.rest << shift).div_mod_floor(&(&self.denominator * self.shares));
        let low = low.to_i64().unwrap_or(i64::MAX - 1);
        (low, low + i64::from(!rest.is_zero()))
    }

    /// Which of two plans is cheaper per unit of utility; both prices are of one moment.
    pub fn compare(&self, other: &Self, market: &Market<'_>, own: u32, others: u32) -> Ordering {
        let divisor = |price: &Self, plan: u32| {
            let cost = if market.by_score { 1 } else { market.cost(plan) };
            BigInt::from(price.shares) * cost
        };
        (&self.rest * divisor(other, others)).cmp(&(&other.rest * divisor(self, own)))
    }
}

/// The exact state of a run after some of its purchases.
pub(in super::super) struct Exact<'m, 'e> {
    market: &'m Market<'e>,
    classes: Vec<Class>,
    class_of: Vec<u32>,
    /// Shares of each purchase, reduced against its price.
    shares: Vec<u64>,
    /// Numerators of the prices, over the denominator after their purchase.
    rests: Vec<BigInt>,
    /// Denominator after each number of purchases; the first is the number of voters.
    denominators: Vec<BigInt>,
}

impl<'m, 'e> Exact<'m, 'e> {
    pub(super) fn new(market: &'m Market<'e>, endowment: Endowment, shift: u32) -> Self {
        let low = if endowment.money == 0 { NOTHING } else { ((endowment.money << shift) / endowment.voters) as i64 };
        let class = |money: i128, low| Class { parent: EMPTY, level: 0, score: 1, low, money: Some(money.into()) };
        let all = if endowment.money == 0 { EMPTY } else { 1 };
        Self {
            market,
            classes: vec![class(0, NOTHING), class(endowment.money, low)],
            class_of: vec![all; market.weights.len()],
            shares: Vec::new(),
            rests: Vec::new(),
            denominators: vec![endowment.voters.into()],
        }
    }

    /// How many purchases it has followed.
    pub fn purchases(&self) -> usize {
        self.rests.len()
    }

    /// Follows purchases it has not seen yet; `bought` begins with those it has.
    pub(super) fn follow(&mut self, bought: &[Bought]) {
        for purchase in &bought[self.rests.len()..] {
            self.buy(*purchase);
        }
    }

    fn denominator(&self) -> &BigInt {
        &self.denominators[self.rests.len()]
    }

    /// A class' money over the newest denominator.
    fn money(&mut self, class: u32) -> BigInt {
        // The line of ancestors up to one whose money is known; no recursion, the line can be long.
        let mut line = vec![class];
        while let Some(last) = line.last().copied().filter(|c| self.classes[*c as usize].money.is_none()) {
            line.push(self.classes[last as usize].parent);
        }
        let known = line.pop().unwrap_or(class);
        let mut level = self.classes[known as usize].level;
        let mut money = self.classes[known as usize].money.clone().unwrap_or_default();
        for child in line.into_iter().rev() {
            let (to, score) = (self.classes[child as usize].level, self.classes[child as usize].score);
            money = self.scale(money, level, to) - &self.rests[to - 1] * score;
            level = to;
            self.classes[child as usize].money = Some(money.clone());
        }
        self.scale(money, level, self.rests.len())
    }

    fn scale(&self, money: BigInt, from: usize, to: usize) -> BigInt {
        if from == to || money.is_zero() {
            return money;
        }
        let factor = self.shares[from..to].iter().fold(BigUint::one(), |product, shares| product * *shares);
        money * BigInt::from(factor)
    }

    /// Supporters with money by class and score: (class, score, voters).
    fn supporters(&self, plan: u32) -> Vec<(u32, u32, u64)> {
        let supporters = self.market.supporters(plan);
        let mut voters: HashMap<(u32, u32), u64> = HashMap::new();
        for (at, group) in supporters.groups.iter().enumerate() {
            let class = self.class_of[*group as usize];
            if class != EMPTY {
                *voters.entry((class, supporters.score(at))).or_default() +=
                    u64::from(self.market.weights[*group as usize]);
            }
        }
        let mut list: Vec<_> = voters.into_iter().map(|((class, score), voters)| (class, score, voters)).collect();
        list.sort_unstable();
        list
    }

    /// Finds the price at which these supporters pay exactly the cost, as (rest, shares); those who pay all they have are taken
    /// out of the list. Bounds that are known of the price spare most comparisons.
    fn solve(&mut self, cost: i64, list: &mut Vec<(u32, u32, u64)>, known: Option<Bought>) -> Option<(BigInt, u64)> {
        let mut rest = BigInt::from(cost) * self.denominator();
        let mut shares: u64 = list.iter().map(|(_, score, voters)| u64::from(*score) * voters).sum();
        loop {
            let before = list.len();
            let (now_rest, now_shares) = (rest.clone(), shares);
            let mut kept = Vec::with_capacity(before);
            for (class, score, voters) in list.drain(..) {
                let rich = match known.and_then(|bought| certainly(self.classes[class as usize].low, bought, score)) {
                    Some(rich) => rich,
                    None => self.money(class) * now_shares >= &now_rest * score,
                };
                if rich {
                    kept.push((class, score, voters));
                } else {
                    rest -= self.money(class) * voters;
                    shares -= u64::from(score) * voters;
                }
            }
            *list = kept;
            if list.is_empty() {
                return None;
            }
            if list.len() == before {
                return Some((rest, shares));
            }
        }
    }

    /// The exact price of a plan now; none when its supporters have less than it costs.
    pub fn price(&mut self, plan: u32) -> Option<ExactPrice> {
        let mut list = self.supporters(plan);
        let (rest, shares) = self.solve(self.market.cost(plan), &mut list, None)?;
        Some(ExactPrice { rest, denominator: self.denominator().clone(), shares })
    }

    /// What a plan's supporters have left together, in smallest units.
    pub fn left(&mut self, plan: u32) -> BigRational {
        let list = self.supporters(plan);
        let sum: BigInt = list.into_iter().map(|(class, _, voters)| self.money(class) * voters).sum();
        BigRational::new(sum, self.denominator().clone())
    }

    /// The price per point of the purchase at this place.
    pub fn paid(&self, place: usize) -> BigRational {
        BigRational::new(self.rests[place].clone(), self.denominators[place + 1].clone())
    }

    fn buy(&mut self, bought: Bought) {
        let mut rich = self.supporters(bought.plan);
        let supporters = rich.clone();
        let Some((rest, shares)) = self.solve(self.market.cost(bought.plan), &mut rich, Some(bought)) else {
            // A run only buys what can be paid.
            unreachable!("a purchase that its supporters cannot pay")
        };
        let common = BigInt::from(shares).gcd(&rest).to_u64().unwrap_or(1).max(1);
        let (rest, shares) = (rest / common, shares / common);
        let denominator = self.denominator() * shares;
        self.rests.push(rest);
        self.shares.push(shares);
        self.denominators.push(denominator);
        let level = self.rests.len();
        let mut next: HashMap<(u32, u32), u32> =
            supporters.iter().map(|(class, score, _)| ((*class, *score), EMPTY)).collect();
        for (class, score, _) in rich {
            let low = after(self.classes[class as usize].low, bought, score).max(0);
            next.insert((class, score), self.classes.len() as u32);
            self.classes.push(Class { parent: class, level, score, low, money: None });
        }
        let supporters = self.market.supporters(bought.plan);
        for (at, group) in supporters.groups.iter().enumerate() {
            let class = &mut self.class_of[*group as usize];
            *class = next.get(&(*class, supporters.score(at))).copied().unwrap_or(EMPTY);
        }
    }
}

/// Whether a voter with this lower bound can certainly pay the price, or certainly pays all; none where bounds do not tell.
fn certainly(low: i64, bought: Bought, score: u32) -> Option<bool> {
    let score = i128::from(score);
    if i128::from(low) >= i128::from(bought.price_high) * score {
        Some(true)
    } else if i128::from(low) + i128::from(bought.slack) < i128::from(bought.price_low) * score {
        Some(false)
    } else {
        None
    }
}
