//! Typed forms: raw text as it was sent, and the closed list of what can be wrong with a field.
//!
//! A form is a struct with `parse(&Raw) -> Result<Self, Errors>`; the page shows [`Errors`] beside what was typed.

use crate::money::{Cents, MoneyError};

/// Fields as they were sent, in order, names repeated for check boxes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raw(pub Vec<(String, String)>);

/// What can be wrong with a field; the texts are `error-<code>` in the catalogues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing was filled in.
    Missing,
    /// Too often from one place for now: later it works.
    TooOften,
    /// More characters than this.
    TooLong(usize),
    /// Fewer characters than this.
    TooShort(usize),
    /// No mail address.
    NotAnEmail,
    /// No amount of money.
    NotAnAmount,
    /// An amount beyond what makes sense.
    AmountTooLarge,
    /// Below the other amount (desired under minimum).
    BelowMinimum,
    /// No whole number, or outside these bounds.
    OutOfRange(i64, i64),
    /// Not one of the choices.
    NotAChoice,
    /// More than this many choices.
    TooMany(usize),
    /// The password is easily guessed.
    WeakPassword,
    /// Name or password, or code, is not right.
    NotRight,
    /// Not a date and time that can be read.
    NotADate,
    /// Must be later than the field before.
    NotLater,
    /// The picture cannot be read, or is too big.
    BadPicture,
    /// There is not that much money left.
    NotEnough(Cents),
    /// Someone changed it meanwhile.
    Changed,
    /// The chosen plans cost that much more than the pot.
    OverPot(Cents),
    /// No plan fits into the pot: the cheapest costs this.
    NoneFits(Cents),
    /// That many points too many.
    OverPoints(usize),
    /// Two plans have the same place.
    SameRank,
    /// A vote code has so many characters.
    CodeLength(usize),
    /// A character that is in no vote code.
    CodeCharacter(char),
    /// The check character of a vote code does not fit.
    CodeCheck,
    /// The vote code was replaced by a new one.
    CodeReplaced,
    /// The voter of this code votes on paper.
    CodePaper,
    /// The paper was changed since the voter read it.
    StalePaper,
    /// Nothing differs from how it was.
    NothingNew,
    /// Something else waits for an answer first.
    Waiting,
    /// What it would change has begun by now.
    TooLate,
    /// Two administrators have to give a secret for the lot first.
    LotsMissing,
    /// A colleague has to say it too.
    NotAlone,
    /// The role was given after voting opened, so it has no say in this round's count.
    RoleTooNew,
    /// A result is held back.
    HeldBack,
    /// Sheets of paper have still to be read.
    SheetsWaiting,
    /// A character that no letter can be printed with.
    Unprintable,
    /// Lower than this much, which was moved in before.
    BelowFunded(Cents),
    /// Money still lies in pots of rounds that are not finished.
    InPots(Cents),
    /// That year was closed.
    YearClosed,
    /// So many votes on paper were given whose sheets were not taken up.
    SheetsMissing(usize),
    /// A secret that others could guess, or have.
    WeakSecret,
    /// Less than a day's notice.
    TooSoon,
    /// A colleague is busy with it.
    Claimed,
    /// A decision on it waits to take effect.
    Pending,
    /// A day that has begun, or passed.
    NotAhead,
    /// A day more than so many days ahead.
    TooFar(i64),
    /// Was asked before.
    AskedBefore,
    /// Was answered before.
    AnsweredBefore,
    /// Was sent before, and waits for an answer.
    AskedWaiting,
    /// Holds a bank number, and none is kept.
    BankNumber,
    /// The plan is over: it was completed or stopped.
    PlanOver,
    /// The milestone that the money depends on has to be confirmed first.
    StepFirst,
    /// So much was spent and is not paid yet.
    PayFirst(Cents),
    /// Instalments are under way.
    InstalmentsOpen,
    /// The same file was taken in before.
    FileBefore,
    /// Lines of the file are wrong: so many.
    WrongLines(usize),
    /// No table of which the first line names the columns.
    NotATable,
    /// Nothing waits to be ordered by this person.
    NothingToOrder,
    /// Two people do this, and this one did the first step.
    SecondPerson,
}

impl Problem {
    /// Key of its text.
    pub fn key(self) -> &'static str {
        match self {
            Self::Missing => "error-missing",
            Self::TooOften => "error-too-often",
            Self::TooLong(_) => "error-too-long",
            Self::TooShort(_) => "error-too-short",
            Self::NotAnEmail => "error-not-an-email",
            Self::NotAnAmount => "error-not-an-amount",
            Self::AmountTooLarge => "error-amount-too-large",
            Self::BelowMinimum => "error-below-minimum",
            Self::OutOfRange(..) => "error-out-of-range",
            Self::NotAChoice => "error-not-a-choice",
            Self::TooMany(_) => "error-too-many",
            Self::WeakPassword => "error-weak-password",
            Self::NotRight => "error-not-right",
            Self::NotADate => "error-not-a-date",
            Self::NotLater => "error-not-later",
            Self::BadPicture => "error-bad-picture",
            Self::NotEnough(_) => "error-not-enough",
            Self::Changed => "error-changed",
            Self::OverPot(_) => "error-over-pot",
            Self::NoneFits(_) => "error-none-fits",
            Self::OverPoints(_) => "error-over-points",
            Self::SameRank => "error-same-rank",
            Self::CodeLength(_) => "error-code-length",
            Self::CodeCharacter(_) => "error-code-character",
            Self::CodeCheck => "error-code-check",
            Self::CodeReplaced => "error-code-replaced",
            Self::CodePaper => "error-code-paper",
            Self::StalePaper => "error-stale-paper",
            Self::NothingNew => "error-nothing-new",
            Self::Waiting => "error-waiting",
            Self::TooLate => "error-too-late",
            Self::LotsMissing => "error-lots-missing",
            Self::NotAlone => "error-not-alone",
            Self::RoleTooNew => "error-role-too-new",
            Self::HeldBack => "error-held-back",
            Self::SheetsWaiting => "error-sheets-waiting",
            Self::Unprintable => "error-unprintable",
            Self::BelowFunded(_) => "error-below-funded",
            Self::InPots(_) => "error-in-pots",
            Self::YearClosed => "error-year-closed",
            Self::SheetsMissing(_) => "error-sheets-missing",
            Self::WeakSecret => "error-weak-secret",
            Self::TooSoon => "error-too-soon",
            Self::Claimed => "error-claimed",
            Self::Pending => "error-pending",
            Self::NotAhead => "error-not-ahead",
            Self::TooFar(_) => "error-too-far",
            Self::AskedBefore => "error-asked-before",
            Self::AnsweredBefore => "error-answered-before",
            Self::AskedWaiting => "error-asked-waiting",
            Self::BankNumber => "error-bank-number",
            Self::PlanOver => "error-plan-over",
            Self::StepFirst => "error-step-first",
            Self::PayFirst(_) => "error-pay-first",
            Self::InstalmentsOpen => "error-instalments-open",
            Self::FileBefore => "error-file-before",
            Self::WrongLines(_) => "error-wrong-lines",
            Self::NotATable => "error-not-a-table",
            Self::NothingToOrder => "error-nothing-to-order",
            Self::SecondPerson => "error-second-person",
        }
    }
}

/// Every wrong field with what is wrong, in the order of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors(pub Vec<(&'static str, Problem)>);

impl Errors {
    /// One wrong field.
    pub fn one(field: &'static str, problem: Problem) -> Self {
        Self(vec![(field, problem)])
    }

    /// What is wrong with this field, if anything.
    pub fn of(&self, field: &str) -> Option<Problem> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, problem)| *problem)
    }

    /// What is wrong with these fields.
    pub fn only(mut self, fields: &[&str]) -> Self {
        self.0.retain(|(name, _)| fields.contains(name));
        self
    }

    /// `Ok` when nothing is wrong.
    ///
    /// # Errors
    /// These errors, where there are any.
    pub fn done(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    /// Notes the problem and goes on with the default, so that one look finds everything.
    pub fn take<T: Default>(&mut self, field: &'static str, result: Result<T, Problem>) -> T {
        result.unwrap_or_else(|problem| {
            self.0.push((field, problem));
            T::default()
        })
    }
}

impl Raw {
    /// From pairs, for tests and samples.
    pub fn from_pairs(pairs: &[(&str, &str)]) -> Self {
        Self(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    /// The first value of this name as typed, or empty.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.as_str())
    }

    /// Every value of this name.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(k, _)| k == name).map(|(_, v)| v.as_str()).collect()
    }

    /// Sets a value, replacing what was there.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(k, _)| k != name);
        self.0.push((name.to_owned(), value.into()));
    }

    /// Trimmed text of 1..=max characters; line ends as `\n`; control characters dropped.
    ///
    /// # Errors
    /// [`Problem::Missing`] or [`Problem::TooLong`].
    pub fn text(&self, name: &str, max: usize) -> Result<String, Problem> {
        match self.optional_text(name, max)? {
            text if text.is_empty() => Err(Problem::Missing),
            text => Ok(text),
        }
    }

    /// Like [`Raw::text`], where empty is fine.
    ///
    /// # Errors
    /// [`Problem::TooLong`].
    pub fn optional_text(&self, name: &str, max: usize) -> Result<String, Problem> {
        let text: String = self.get(name).replace("\r\n", "\n").chars().filter(|c| !is_hidden(*c)).collect();
        // Only what nobody sees is nothing.
        let text = if text.chars().all(|c| c.is_whitespace() || is_zero_width(c)) { "" } else { text.trim() };
        if text.chars().count() > max { Err(Problem::TooLong(max)) } else { Ok(text.to_owned()) }
    }

    /// An amount in cents, or `None` when left empty.
    ///
    /// # Errors
    /// [`Problem::NotAnAmount`] or [`Problem::AmountTooLarge`].
    pub fn amount(&self, name: &str) -> Result<Option<Cents>, Problem> {
        let typed = self.get(name).trim();
        if typed.is_empty() {
            return Ok(None);
        }
        Cents::parse(typed).map(Some).map_err(|error| match error {
            MoneyError::NotAnAmount => Problem::NotAnAmount,
            MoneyError::TooLarge => Problem::AmountTooLarge,
        })
    }

    /// A whole number within bounds.
    ///
    /// # Errors
    /// [`Problem::Missing`] or [`Problem::OutOfRange`].
    pub fn number(&self, name: &str, low: i64, high: i64) -> Result<i64, Problem> {
        match self.get(name).trim() {
            "" => Err(Problem::Missing),
            typed => typed.parse().ok().filter(|n| (low..=high).contains(n)).ok_or(Problem::OutOfRange(low, high)),
        }
    }

    /// An id (of a buurt, a plan ...) as a positive whole number.
    ///
    /// # Errors
    /// [`Problem::Missing`] or [`Problem::NotAChoice`].
    pub fn id(&self, name: &str) -> Result<i64, Problem> {
        match self.get(name).trim() {
            "" => Err(Problem::Missing),
            typed => typed.parse().ok().filter(|n| *n > 0).ok_or(Problem::NotAChoice),
        }
    }

    /// A mail address, trimmed, as typed otherwise.
    ///
    /// # Errors
    /// [`Problem::Missing`] or [`Problem::NotAnEmail`].
    pub fn email(&self, name: &str) -> Result<String, Problem> {
        let typed = self.get(name).trim();
        if typed.is_empty() {
            return Err(Problem::Missing);
        }
        let plausible = typed.len() <= 254
            && !typed.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;\"()[]\\".contains(c))
            && typed.split_once('@').is_some_and(|(local, host)| {
                !local.is_empty()
                    && local.len() <= 64
                    && host.contains('.')
                    && !host.contains('@')
                    && host.split('.').all(|part| !part.is_empty() && part.len() <= 63)
            });
        if plausible { Ok(typed.to_owned()) } else { Err(Problem::NotAnEmail) }
    }
}

/// Joins or parts what stands beside it, as some scripts and emoji need, and shows nothing by itself.
fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Control characters and the marks that turn text direction behind a reader's back.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keeps_the_first_and_all() {
        let raw = Raw::from_pairs(&[("plan", "1"), ("plan", "2"), ("name", "  Fatma\u{202E} ")]);
        assert_eq!(raw.get("plan"), "1");
        assert_eq!(raw.all("plan"), ["1", "2"]);
        assert_eq!(raw.text("name", 5), Ok("Fatma".into()));
        assert_eq!(raw.text("name", 4), Err(Problem::TooLong(4)));
        assert_eq!(raw.text("none", 4), Err(Problem::Missing));
    }

    #[test]
    fn mail_addresses() {
        for ok in ["a@b.nl", "jan.de.vries+buurt@voorbeeld.test"] {
            assert_eq!(Raw::from_pairs(&[("e", ok)]).email("e"), Ok(ok.into()));
        }
        for bad in ["a", "a@b", "a b@c.nl", "a@b@c.nl", "a@.nl", "a@b.nl\nBcc: x@y.nl"] {
            assert_eq!(Raw::from_pairs(&[("e", bad)]).email("e"), Err(Problem::NotAnEmail), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn hostile_text_never_panics(text in "\\PC{0,200}") {
            let raw = Raw::from_pairs(&[("x", &text)]);
            let _ = (raw.text("x", 10), raw.amount("x"), raw.number("x", 0, 9), raw.email("x"), raw.id("x"));
        }
    }
}
