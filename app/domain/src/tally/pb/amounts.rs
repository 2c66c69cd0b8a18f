//! The budget and the plans, in one unit.

use super::error::clip;
use super::number::{self, Decimal, Fault};
use super::{Pb, PbError, PbErrorKind, Row, WarningKind, Warnings, column, required_column};
use crate::tally::{Limit, Plan};
use std::collections::HashMap;

/// Most decimals of an amount.
const MOST_DECIMALS: u32 = 6;
/// Columns that tell where a plan is; the first one that is there counts. `target` and `beneficiaries` are people.
const PLACES: [&str; 6] = ["district", "subdistrict", "neighborhood", "neighbourhood", "subunit", "place"];

/// Budget and plans.
pub(super) struct Amounts<'a> {
    pub budget: i64,
    pub decimals: u32,
    pub plans: Vec<Plan>,
    /// Where each plan stands in `plans`, by its id.
    pub index: HashMap<&'a str, u32>,
}

/// An amount as read, and where, for the errors that only come when all are known.
struct Amount<'a> {
    line: u64,
    field: &'static str,
    text: &'a str,
    number: Decimal,
}

impl<'a> Amount<'a> {
    fn read(line: u64, field: &'static str, text: &'a str, warnings: &mut Warnings) -> Result<Self, PbError> {
        let (number, like_thousands) = number::amount(text).map_err(|fault| {
            let kind = match fault {
                Fault::Unreadable => PbErrorKind::NotANumber,
                Fault::Negative => PbErrorKind::Negative,
                Fault::Ambiguous => PbErrorKind::Ambiguous,
                Fault::TooLong => PbErrorKind::AmountTooLarge,
            };
            PbError::new(line, field, kind(clip(text)))
        })?;
        if number.decimals > MOST_DECIMALS {
            return Err(PbError::new(line, field, PbErrorKind::TooManyDecimals(clip(text))));
        }
        if like_thousands {
            warnings.add(line, field, WarningKind::ThreeDecimals(clip(text)));
        }
        Ok(Self { line, field, text, number })
    }

    fn scaled(&self, decimals: u32) -> Result<i64, PbError> {
        self.number
            .scaled(decimals, Limit::AMOUNT)
            .ok_or_else(|| PbError::new(self.line, self.field, PbErrorKind::AmountTooLarge(clip(self.text))))
    }
}

/// The columns of PROJECTS that count.
struct Columns {
    id: usize,
    cost: usize,
    desired: Option<usize>,
    withdrawn: Option<usize>,
    themes: Option<usize>,
    places: Option<usize>,
}

impl Columns {
    fn of(pb: &Pb) -> Result<Self, PbError> {
        let line = pb.lines.projects;
        let of = |name| column(&pb.project_columns, name, line);
        let first = |names: &[&'static str]| names.iter().find_map(|name| of(name).transpose()).transpose();
        Ok(Self {
            id: required_column(&pb.project_columns, "project_id", line)?,
            cost: required_column(&pb.project_columns, "cost", line)?,
            desired: of("desired")?,
            withdrawn: of("withdrawn")?,
            themes: first(&["category", "categories"])?,
            places: first(&PLACES)?,
        })
    }
}

/// Reads the budget and all plans.
pub(super) fn read<'a>(pb: &'a Pb, warnings: &mut Warnings) -> Result<Amounts<'a>, PbError> {
    let columns = Columns::of(pb)?;
    if pb.projects.len() > Limit::PLANS {
        return Err(PbError::new(pb.projects.line(Limit::PLANS), "PROJECTS", PbErrorKind::TooManyPlans));
    }
    let setting = pb.required_setting("budget")?;
    let budget = Amount::read(setting.line, "budget", setting.text, warnings)?;
    let mut index = HashMap::with_capacity(pb.projects.len());
    let mut costs = Vec::with_capacity(pb.projects.len());
    for (at, row) in pb.projects.iter().enumerate() {
        let id = checked_id(&row, columns.id)?;
        if let Some(first) = index.insert(id, at as u32) {
            let kind = PbErrorKind::PlanTwice { id: clip(id), first: pb.projects.line(first as usize) };
            return Err(PbError::new(row.line(), "project_id", kind));
        }
        costs.push(costs_of(&row, &columns, warnings)?);
    }
    let decimals = |amount: &Amount<'_>| amount.number.decimals;
    let most = costs.iter().flat_map(|(cost, desired)| desired.iter().map(decimals).chain([decimals(cost)])).max();
    let decimals = most.unwrap_or(0).max(budget.number.decimals);
    let mut plans = Vec::with_capacity(costs.len());
    for (row, (cost, desired)) in pb.projects.iter().zip(&costs) {
        let cost = cost.scaled(decimals)?;
        let desired = desired.as_ref().map_or(Ok(cost), |amount| amount.scaled(decimals))?;
        let withdrawn = columns.withdrawn.map_or("", |at| row.get(at).trim());
        if !["", "0", "1"].contains(&withdrawn) {
            warnings.add(row.line(), "withdrawn", WarningKind::NotWithdrawn(clip(withdrawn)));
        }
        plans.push(Plan {
            id: row.get(columns.id).trim().into(),
            cost,
            desired,
            themes: columns.themes.map(|at| list(row.get(at))).unwrap_or_default(),
            places: columns.places.map(|at| list(row.get(at))).unwrap_or_default(),
            withdrawn: withdrawn == "1",
        });
    }
    let budget = budget.scaled(decimals)?;
    Ok(Amounts { budget, decimals, plans, index })
}

fn checked_id<'a>(row: &Row<'a>, column: usize) -> Result<&'a str, PbError> {
    let id = row.get(column).trim();
    match id {
        "" => Err(PbError::new(row.line(), "project_id", PbErrorKind::EmptyId)),
        _ if id.contains(',') => Err(PbError::new(row.line(), "project_id", PbErrorKind::CommaInId(clip(id)))),
        _ => Ok(id),
    }
}

/// Cost and desired amount of a plan; without the second where the file has none.
fn costs_of<'a>(
    row: &Row<'a>,
    columns: &Columns,
    warnings: &mut Warnings,
) -> Result<(Amount<'a>, Option<Amount<'a>>), PbError> {
    let cost = Amount::read(row.line(), "cost", row.get(columns.cost), warnings)?;
    let text = columns.desired.map_or("", |at| row.get(at).trim());
    if text.is_empty() {
        return Ok((cost, None));
    }
    let desired = Amount::read(row.line(), "desired", text, warnings)?;
    if desired.number.compare(cost.number).is_lt() {
        return Err(PbError::new(row.line(), "desired", PbErrorKind::DesiredBelowCost(clip(text))));
    }
    Ok((cost, Some(desired)))
}

/// Names with commas between them, each once; `none` alone is no name.
fn list(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    if text.trim().eq_ignore_ascii_case("none") {
        return names;
    }
    for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        if !names.iter().any(|known| known == name) {
            names.push(name.into());
        }
    }
    names
}
