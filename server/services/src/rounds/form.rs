//! What an administrator fills in for a new round.

use domain::form::{Errors, Problem, Raw};
use domain::initiative::{TEXT_MAX, TITLE_MAX};
use domain::money::Cents;
use domain::round::{BallotForm, POINTS_MAX};
use domain::tally::presets;

/// What an administrator fills in for a new round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundForm {
    /// Buurt.
    pub buurt: i64,
    /// Programme that all of its plans are of; `None`: any plan of the buurt.
    pub theme: Option<i64>,
    /// Title.
    pub title: String,
    /// What it is about.
    pub intro: String,
    /// Budget year of the pot.
    pub year: i64,
    /// The money.
    pub pot: Cents,
    /// Form of ballot with its limits.
    pub form: BallotForm,
    /// Preset of the rule.
    pub preset: String,
    /// Voted on with codes of an imported roll, or else by confirmed accounts of the buurt.
    pub by_code: bool,
    /// Voting opens.
    pub opens_at: i64,
    /// Voting closes.
    pub closes_at: i64,
    /// Voters get a receipt.
    pub receipts: bool,
    /// Equals are settled by a lot of two administrators, or else by cost and number.
    pub lots: bool,
    /// Plans of the paper.
    pub plans: Vec<i64>,
}

/// Two moments that follow each other, as typed in Amsterdam.
pub(crate) fn term(raw: &Raw, errors: &mut Errors) -> (i64, i64) {
    let moment = |name: &str| match raw.get(name).trim() {
        "" => Err(Problem::Missing),
        // Beyond these years it is a slip.
        typed => {
            texts::local_seconds(typed).filter(|at| (946_684_800..4_102_444_800).contains(at)).ok_or(Problem::NotADate)
        }
    };
    let opens = errors.take("opens", moment("opens"));
    let closes = errors.take("closes", moment("closes"));
    if errors.of("opens").is_none() && errors.of("closes").is_none() && closes <= opens {
        errors.0.push(("closes", Problem::NotLater));
    }
    (opens, closes)
}

impl RoundForm {
    /// Fields: `buurt`, `theme` (empty for all plans), `title`, `intro`, `year`, `pot`, `form`, `max_picks` (approval, ranking), `points` and
    /// `points_each` (points), `preset`, `source` (codes/accounts), `opens`, `closes`, `receipts` (yes/no), `ties` (cost/lot),
    /// `plan` (repeated).
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let (form, errors) = Self::read(raw);
        errors.done().map(|()| form)
    }

    /// What can be read of a form that is not complete yet, and what is wrong. A field with an error means nothing.
    pub(crate) fn read(raw: &Raw) -> (Self, Errors) {
        let mut errors = Errors::default();
        let buurt = errors.take("buurt", raw.id("buurt"));
        let theme = if raw.get("theme").is_empty() { None } else { Some(errors.take("theme", raw.id("theme"))) };
        let title = errors.take("title", raw.text("title", TITLE_MAX)).replace('\n', " ");
        let intro = errors.take("intro", raw.text("intro", TEXT_MAX));
        let year = errors.take("year", raw.number("year", 1900, 2999));
        let pot =
            errors.take("pot", raw.amount("pot").and_then(|a| a.filter(|a| *a > Cents::ZERO).ok_or(Problem::Missing)));
        let form = ballot_form(raw, &mut errors);
        let preset = errors.take(
            "preset",
            Some(raw.get("preset")).filter(|p| is_preset(p)).map(str::to_owned).ok_or(Problem::NotAChoice),
        );
        let by_code = errors.take(
            "source",
            match raw.get("source") {
                "codes" => Ok(true),
                "accounts" => Ok(false),
                _ => Err(Problem::NotAChoice),
            },
        );
        let (opens_at, closes_at) = term(raw, &mut errors);
        let receipts = errors.take(
            "receipts",
            match raw.get("receipts") {
                "yes" => Ok(true),
                "no" => Ok(false),
                _ => Err(Problem::Missing),
            },
        );
        let lots = errors.take(
            "ties",
            match raw.get("ties") {
                "lot" => Ok(true),
                "cost" => Ok(false),
                _ => Err(Problem::NotAChoice),
            },
        );
        let mut plans: Vec<i64> = raw.all("plan").iter().filter_map(|p| p.parse().ok()).collect();
        plans.sort_unstable();
        plans.dedup();
        if plans.is_empty() {
            errors.0.push(("plan", Problem::Missing));
        }
        let form = Self {
            buurt,
            theme,
            title,
            intro,
            year,
            pot,
            form,
            preset,
            by_code,
            opens_at,
            closes_at,
            receipts,
            lots,
            plans,
        };
        (form, errors)
    }

    /// The fields that [`RoundForm::parse`] reads this from.
    pub fn fields(&self) -> Raw {
        let mut raw = Raw::from_pairs(&[
            ("title", &self.title),
            ("intro", &self.intro),
            ("pot", &texts::money_plain(self.pot)),
            ("form", self.form.key()),
            ("preset", &self.preset),
            ("source", if self.by_code { "codes" } else { "accounts" }),
            ("opens", &texts::typed_local(self.opens_at)),
            ("closes", &texts::typed_local(self.closes_at)),
            ("receipts", if self.receipts { "yes" } else { "no" }),
            ("ties", if self.lots { "lot" } else { "cost" }),
        ]);
        raw.set("buurt", self.buurt.to_string());
        raw.set("theme", self.theme.map(|id| id.to_string()).unwrap_or_default());
        raw.set("year", self.year.to_string());
        match self.form {
            BallotForm::Approval { most } | BallotForm::Ranking { most } => raw.set("max_picks", most.to_string()),
            BallotForm::Knapsack => {}
            BallotForm::Points { sum, each } => {
                raw.set("points", sum.to_string());
                raw.set("points_each", each.to_string());
            }
        }
        raw.0.extend(self.plans.iter().map(|id| ("plan".to_owned(), id.to_string())));
        raw
    }
}

fn is_preset(name: &str) -> bool {
    presets().iter().any(|(known, _)| *known == name)
}

/// The form of ballot, with the limits that it has a use for.
fn ballot_form(raw: &Raw, errors: &mut Errors) -> BallotForm {
    let whole = |n: i64| usize::try_from(n).unwrap_or(0);
    match raw.get("form") {
        key @ ("approval" | "ranking") => {
            let most = whole(errors.take("max_picks", raw.number("max_picks", 1, 100)));
            if key == "approval" { BallotForm::Approval { most } } else { BallotForm::Ranking { most } }
        }
        "knapsack" => BallotForm::Knapsack,
        "points" => {
            let highest = i64::from(POINTS_MAX);
            let sum = errors.take("points", raw.number("points", 1, highest));
            let each = errors.take("points_each", raw.number("points_each", 1, if sum > 0 { sum } else { highest }));
            BallotForm::Points { sum: u32::try_from(sum).unwrap_or(0), each: u32::try_from(each).unwrap_or(0) }
        }
        _ => {
            errors.0.push(("form", Problem::NotAChoice));
            BallotForm::Knapsack
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_read_again() {
        let forms = [
            BallotForm::Approval { most: 3 },
            BallotForm::Knapsack,
            BallotForm::Points { sum: 10, each: 5 },
            BallotForm::Ranking { most: 4 },
        ];
        for (form, theme) in forms.into_iter().zip([None, Some(3), None, Some(1)]) {
            let round = RoundForm {
                buurt: 2,
                theme,
                title: "Buurtbudget".into(),
                intro: "Samen\nkiezen".into(),
                year: 2008,
                pot: Cents(1_234_050),
                form,
                preset: "equal-shares/1".into(),
                by_code: theme.is_some(),
                opens_at: 1_795_000_020,
                closes_at: 1_796_000_040,
                receipts: true,
                lots: true,
                plans: vec![1, 5],
            };
            assert_eq!(RoundForm::parse(&round.fields()), Ok(round));
        }
    }
}
