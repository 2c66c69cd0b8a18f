//! What departments say about a plan before the stadsdeel judges it: asked of several at once, each answers once, by a day.

use crate::form::Problem;
use crate::initiative::NAME_MAX;
use crate::money::Cents;

/// Departments that can be asked about one plan.
pub const MOST: usize = 8;
/// Departments that one form asks.
pub const AT_ONCE: usize = 6;
/// The answer is needed so many days ahead, where no day is named.
pub const TERM_DAYS: i64 = 10;
/// And never more than so many.
pub const AHEAD_DAYS: i64 = 90;

/// An answer in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// It can be done.
    Yes,
    /// It cannot.
    No,
    /// It can, if.
    If,
}

impl Says {
    /// In the order of the form.
    pub const ALL: [Self; 3] = [Self::Yes, Self::If, Self::No];

    /// As stored and sent; its text is `advice-says-<key>`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::If => "if",
        }
    }

    /// From storage or a form.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.key() == key)
    }
}

/// Whether two names are those of one department: in any case, with any spaces.
pub fn same(a: &str, b: &str) -> bool {
    tidy(a).to_lowercase() == tidy(b).to_lowercase()
}

fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Departments, one on each line; the same one twice is asked once.
///
/// # Errors
/// [`Problem::Missing`], [`Problem::TooLong`] for one of them, [`Problem::TooMany`].
pub fn departments(lines: &str) -> Result<Vec<String>, Problem> {
    let mut found: Vec<String> = Vec::new();
    for name in lines.lines().map(tidy).filter(|name| !name.is_empty()) {
        if name.chars().count() > NAME_MAX {
            return Err(Problem::TooLong(NAME_MAX));
        }
        if !found.iter().any(|known| same(known, &name)) {
            found.push(name);
        }
    }
    match found.len() {
        0 => Err(Problem::Missing),
        n if n > AT_ONCE => Err(Problem::TooMany(AT_ONCE)),
        _ => Ok(found),
    }
}

/// The largest low and the largest likely cost that were named: each department knows a part, so a sum would say nothing.
pub fn largest(costs: impl IntoIterator<Item = (Option<Cents>, Option<Cents>)>) -> (Option<Cents>, Option<Cents>) {
    let (low, likely) =
        costs.into_iter().fold((None, None), |(low, likely), cost| (low.max(cost.0), likely.max(cost.1)));
    // A likely cost is never below what is the least.
    (low, likely.map(|cost: Cents| low.map_or(cost, |low: Cents| cost.max(low))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_on_each_line() {
        assert_eq!(departments(" Groen \r\n\n verkeer\n GROEN\n"), Ok(vec!["Groen".into(), "verkeer".into()]));
        assert_eq!(departments("Openbare  ruimte\nopenbare ruimte").map(|d| d.len()), Ok(1));
        assert_eq!(departments(" \n\t\n"), Err(Problem::Missing));
        assert_eq!(departments(&"x".repeat(NAME_MAX + 1)), Err(Problem::TooLong(NAME_MAX)));
        assert_eq!(departments("a\nb\nc\nd\ne\nf\ng"), Err(Problem::TooMany(AT_ONCE)));
        assert!(same("Één", "ÉÉN"), "beyond ASCII too");
    }

    #[test]
    fn the_largest_costs() {
        let (one, two) = (Some(Cents::euros(1)), Some(Cents::euros(2)));
        assert_eq!(largest([]), (None, None));
        assert_eq!(largest([(one, None), (None, two)]), (one, two));
        assert_eq!(largest([(two, None), (None, one)]), (two, two));
        assert_eq!(largest([(None, one), (None, None)]), (None, one));
    }

    proptest! {
        #[test]
        fn hostile_lines_never_panic(text in "\\PC{0,200}") {
            if let Ok(found) = departments(&text) {
                prop_assert!((1..=AT_ONCE).contains(&found.len()));
            }
        }
    }
}
