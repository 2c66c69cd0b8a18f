//! What META says a ballot may hold. The organiser took these ballots, so a ballot against it counts and is remarked on.

use super::error::clip;
use super::number::{self, Decimal};
use super::{Pb, PbError, WarningKind, Warnings};
use std::cmp::Ordering;

/// What is bounded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    Plans,
    Cost,
    Points,
    AnyPoints,
}

const BOUNDS: [(&str, Measure, Ordering); 8] = [
    ("min_length", Measure::Plans, Ordering::Less),
    ("max_length", Measure::Plans, Ordering::Greater),
    ("min_sum_cost", Measure::Cost, Ordering::Less),
    ("max_sum_cost", Measure::Cost, Ordering::Greater),
    ("min_sum_points", Measure::Points, Ordering::Less),
    ("max_sum_points", Measure::Points, Ordering::Greater),
    ("min_points", Measure::AnyPoints, Ordering::Less),
    ("max_points", Measure::AnyPoints, Ordering::Greater),
];

/// One ballot in figures.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    pub plans: i128,
    /// In units of the election.
    pub cost: i128,
    /// In units of the points.
    pub points: i128,
    pub fewest: i128,
    pub most: i128,
}

/// The bounds that META has.
pub(super) struct Bounds {
    list: Vec<(&'static str, Measure, Ordering, Decimal)>,
}

impl Bounds {
    /// Those of META; about points only where ballots have points.
    pub fn of(pb: &Pb, has_points: bool, warnings: &mut Warnings) -> Result<Self, PbError> {
        let mut list = Vec::new();
        for (key, measure, wrong) in BOUNDS {
            if matches!(measure, Measure::Points | Measure::AnyPoints) && !has_points {
                continue;
            }
            let Some(setting) = pb.setting(key)? else { continue };
            match number::amount(setting.text) {
                Ok((limit, _)) => list.push((key, measure, wrong, limit)),
                // Minus something is no bound from below.
                Err(number::Fault::Negative) if wrong == Ordering::Less => {}
                Err(_) => warnings.add(setting.line, key, WarningKind::Unchecked(clip(setting.text))),
            }
        }
        Ok(Self { list })
    }

    /// Remarks on a ballot; `decimals` are those of costs and of points.
    pub fn check(&self, figures: &Figures, decimals: (u32, u32), line: u64, warnings: &mut Warnings) {
        for (bound, measure, wrong, limit) in &self.list {
            let (digits, decimals) = match (measure, wrong) {
                (Measure::Plans, _) => (figures.plans, 0),
                (Measure::Cost, _) => (figures.cost, decimals.0),
                (Measure::Points, _) => (figures.points, decimals.1),
                (Measure::AnyPoints, _) if figures.plans == 0 => continue,
                (Measure::AnyPoints, Ordering::Less) => (figures.fewest, decimals.1),
                (Measure::AnyPoints, _) => (figures.most, decimals.1),
            };
            let has = Decimal { digits, decimals };
            if has.compare(*limit) == *wrong {
                let kind = WarningKind::Bound { bound, limit: limit.to_string(), has: has.to_string() };
                warnings.add(line, "vote", kind);
            }
        }
    }
}
