//! What dashboards, exports and reports show: sheets of typed figures, each with the way to the rows behind it.
//!
//! Add a sheet: its rows in `services::overview`, its texts `overview-sheet-<key>` and `overview-note-<key>`, and a column's
//! `overview-col-<key>`. Page, plot, CSV and XLSX come from the same sheet, so they cannot differ.

use crate::help::Count;
use crate::money::Cents;

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// How many.
    Count(i64),
    /// An amount.
    Money(Cents),
    /// An amount of which a part is not known yet (`pm`).
    AtLeast(Cents),
    /// A number about people, as far as it can be told.
    Told(Count),
    /// A mean in tenths.
    Tenths(i64),
    /// Yes or no.
    Yes(bool),
    /// Nobody knows it here: it is never made up.
    Unknown,
    /// Too few to tell.
    TooFew,
    /// Not for this reader.
    NotShown,
    /// Somebody's words, or a name.
    Words(String),
    /// A text of the catalogue.
    Text(String),
    /// A day, by any of its UTC seconds.
    Day(i64),
    /// A month as 202611.
    Month(i64),
}

/// A figure with the way to its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it says.
    pub value: Value,
    /// Path of the page with the rows behind it, without language prefix; empty where there are none.
    pub behind: String,
}

impl Figure {
    /// One without rows of its own.
    pub fn plain(value: Value) -> Self {
        Self { value, behind: String::new() }
    }

    /// One that leads somewhere.
    pub fn at(value: Value, behind: String) -> Self {
        Self { value, behind }
    }
}

/// How a line is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// By a name, as it is.
    Name(String),
    /// By a text of the catalogue.
    Text(String),
}

/// One line of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Slug or key, stable and once in its sheet.
    pub key: String,
    /// Its name.
    pub head: Head,
    /// Path of its own page, without language prefix; empty where there is none.
    pub behind: String,
    /// Its figures, one for each column.
    pub figures: Vec<Figure>,
    /// The sum of the others.
    pub total: bool,
}

/// A table of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Key of its texts and name of its files.
    pub key: &'static str,
    /// Keys of its columns.
    pub columns: Vec<&'static str>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// The column that is drawn.
    pub plot: usize,
}

impl Sheet {
    /// A figure by line and column.
    pub fn value(&self, line: &str, column: &str) -> Option<Value> {
        let at = self.columns.iter().position(|c| *c == column)?;
        self.lines.iter().find(|l| l.key == line)?.figures.get(at).map(|f| f.value.clone())
    }

    /// Lengths of the drawn bars in percent of the longest, line by line; sums are not drawn.
    pub fn bars(&self) -> Vec<Option<i64>> {
        let length = |line: &Line| match line.figures.get(self.plot).map(|f| &f.value) {
            _ if line.total => None,
            Some(Value::Count(n) | Value::Tenths(n) | Value::Told(Count::Exactly(n))) => Some((*n).max(0)),
            Some(Value::Money(c) | Value::AtLeast(c)) => Some(c.0.max(0)),
            _ => None,
        };
        let lengths: Vec<Option<i64>> = self.lines.iter().map(length).collect();
        let longest = lengths.iter().flatten().copied().max().unwrap_or(0).max(1);
        let percent = |n: i64| {
            let part = i128::from(n) * 100 / i128::from(longest);
            i64::try_from(part).unwrap_or(100).max(i64::from(n > 0))
        };
        lengths.into_iter().map(|n| n.map(percent)).collect()
    }
}

/// A month as 202611 so many months before another.
pub fn months_before(month: i64, back: i64) -> i64 {
    let months = (month / 100) * 12 + month % 100 - 1 - back;
    months.div_euclid(12) * 100 + months.rem_euclid(12) + 1
}

/// Ages of plans: handed in this month, in the two before, in the nine before those, and earlier. Gives the first month of each of
/// the three youngest.
pub fn ages(this_month: i64) -> [i64; 3] {
    [this_month, months_before(this_month, 2), months_before(this_month, 11)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_go_back_over_the_turn_of_the_year() {
        assert_eq!(months_before(202_611, 0), 202_611);
        assert_eq!(months_before(202_611, 11), 202_512);
        assert_eq!(months_before(202_601, 1), 202_512);
        assert_eq!(ages(202_601), [202_601, 202_511, 202_502]);
    }

    #[test]
    fn the_longest_bar_is_whole_and_a_small_one_is_seen() {
        let line = |key: &str, value, total| Line {
            key: key.into(),
            head: Head::Name(key.into()),
            behind: String::new(),
            figures: vec![Figure::plain(value)],
            total,
        };
        let lines = vec![
            line("a", Value::Money(Cents(1_000_000)), false),
            line("b", Value::Money(Cents(1)), false),
            line("c", Value::Unknown, false),
            line("d", Value::Money(Cents(0)), false),
            line("sum", Value::Money(Cents(1_000_001)), true),
        ];
        let sheet = Sheet { key: "share", columns: vec!["paid"], lines, plot: 0 };
        assert_eq!(sheet.bars(), [Some(100), Some(1), None, Some(0), None]);
        assert_eq!(sheet.value("b", "paid"), Some(Value::Money(Cents(1))));
        assert_eq!((sheet.value("b", "left"), sheet.value("z", "paid")), (None, None));
    }
}
