//! What comes back from the finance system: a file that is booked whole or not at all. The same file twice changes nothing.

use super::{Move, book, event, hold, who};
use crate::initiatives::{FormKey, tell_at};
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, Denied, decide};
use domain::execution::{InstalmentState, has_bank_number, read_reference};
use domain::form::{Errors, Problem};
use domain::initiative::{NAME_MAX, State};
use domain::money::Cents;
use domain::time::DAY;
use domain::urls;
use std::collections::BTreeSet;
use store::execution::{self as rows, Instalment};
use store::ledger::Kind;
use store::{StoreError, Unit};

/// Most lines of a file.
const LINES: usize = 5000;

/// What can be wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Not so many cells as the first line names.
    Columns,
    /// No reference of ours.
    Unknown,
    /// Another amount than was ordered, or none.
    Amount,
    /// Confirmed before, with another reference of the finance system.
    OtherReference,
    /// No day, or one that has still to come.
    NotADate,
    /// Was not ordered, or is tried again by now.
    NotOrdered,
    /// Not of this person's places, or a plan they made.
    NotYours,
    /// Neither paid nor refused.
    Outcome,
    /// The same reference stands in the file twice.
    Twice,
    /// The finance system's reference is missing, or belongs to another payment.
    FinanceReference,
    /// Holds a bank number.
    BankNumber,
    /// This person approved it: a colleague books it.
    Own,
    /// Longer than a reference is.
    TooLong,
}

impl Wrong {
    /// Its text is `run-wrong-<key>`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Columns => "columns",
            Self::Unknown => "unknown",
            Self::Amount => "amount",
            Self::OtherReference => "other-reference",
            Self::NotADate => "not-a-date",
            Self::NotOrdered => "not-ordered",
            Self::NotYours => "not-yours",
            Self::Outcome => "result",
            Self::Twice => "twice",
            Self::FinanceReference => "finance-reference",
            Self::BankNumber => "bank-number",
            Self::Own => "own",
            Self::TooLong => "too-long",
        }
    }
}

/// A line that cannot be booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongLine {
    /// Line of the file, from 1.
    pub line: usize,
    /// Why.
    pub why: Wrong,
    /// Our reference as it stands there, cut short.
    pub text: String,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Imported {
    /// Everything was booked; where to go.
    Booked(String),
    /// All of it was booked before; where to go.
    Before(String),
    /// Nothing was booked, because of these lines.
    Wrong(Vec<WrongLine>),
}

/// A line as it was read.
#[derive(Clone, Debug)]
struct Line {
    number: usize,
    reference: String,
    amount: String,
    date: String,
    finance: String,
    outcome: String,
}

/// Names of a column, Dutch first.
const COLUMNS: [&[&str]; 5] = [
    &["kenmerk", "reference"],
    &["bedrag", "amount"],
    &["datum", "date"],
    &["kenmerk_betaling", "payment_reference"],
    &["uitkomst", "result"],
];

/// Reads a file: cells parted by a comma or a semicolon, the first line naming them. A cell that another program disarmed with an
/// apostrophe is read without it.
fn read(text: &str) -> Result<(Vec<Line>, Vec<WrongLine>), Problem> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(Problem::Missing);
    }
    let first = text.lines().next().unwrap_or("");
    let separator = if first.contains(';') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).flexible(true).has_headers(true).from_reader(text.as_bytes());
    let header: Vec<String> =
        reader.headers().map_err(|_| Problem::NotATable)?.iter().map(|h| h.trim().to_lowercase()).collect();
    let place = |names: &[&str]| header.iter().position(|h| names.contains(&h.as_str())).ok_or(Problem::NotATable);
    let mut at = [0; 5];
    for (at, names) in at.iter_mut().zip(COLUMNS) {
        *at = place(names)?;
    }
    let (mut lines, mut wrong) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record.map_err(|_| Problem::NotATable)?;
        let number = record.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
        let cell = |n: usize| record.get(at[n]).unwrap_or("").trim().trim_start_matches('\'').to_owned();
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() != header.len() {
            wrong.push(WrongLine { line: number, why: Wrong::Columns, text: shown(&cell(0)) });
            continue;
        }
        if lines.len() >= LINES {
            return Err(Problem::TooMany(LINES));
        }
        let (reference, amount, date, finance, outcome) = (cell(0), cell(1), cell(2), cell(3), cell(4));
        lines.push(Line { number, reference, amount, date, finance, outcome });
    }
    if lines.is_empty() && wrong.is_empty() { Err(Problem::Missing) } else { Ok((lines, wrong)) }
}

fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

/// 2026-10-12 or 12-10-2026, as noon of that day in UTC seconds.
fn day(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let [a, b, c] = parts[..] else { return None };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    texts::local_seconds(&format!("{year}-{month:0>2}-{day:0>2}T12:00"))
}

/// What a right line asks for.
enum Booking {
    Paid {
        instalment: Instalment,
        finance: String,
        at: i64,
    },
    Refused {
        instalment: Instalment,
        words: String,
    },
    /// Was booked before, just so.
    Before,
}

/// Takes a file of confirmations in: all of it, or nothing with every wrong line named.
///
/// # Errors
/// On `file` when it cannot be read at all; [`ActError::Denied`].
pub async fn import(world: &World, actor: &Actor, form: FormKey, text: String) -> Result<Imported, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    super::works_for_the_city(&actor)?;
    let (lines, wrong) = read(&text).map_err(|e| Errors::one("file", e))?;
    let digest = crate::hex(&crate::keys::digest(text.as_bytes()));
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "confirm_payments").await?;
                let before = urls::DistrictPayments {};
                if rows::file_before(u, &digest).await? {
                    let place = form.led_to(u, "confirm_payments", &before, "bevestigingen-al", now).await?;
                    return Ok(Imported::Before(place));
                }
                take_in(u, &actor, &form, (lines, wrong), &digest, now).await
            })
        })
        .await
}

async fn take_in(
    u: &mut Unit,
    actor: &Actor,
    form: &FormKey,
    (lines, mut wrong): (Vec<Line>, Vec<WrongLine>),
    digest: &str,
    now: i64,
) -> Result<Imported, ActError> {
    // Every plan of the file is held, the lowest first, before anything is looked at.
    let mut plans = BTreeSet::new();
    for line in &lines {
        if let Some((id, _)) = read_reference(&line.reference)
            && let Some(instalment) = rows::instalment(u, id).await?
        {
            plans.insert(instalment.plan);
        }
    }
    for plan in plans {
        hold(u, plan).await?;
    }
    let (mut bookings, mut seen, mut used) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for line in &lines {
        let twice = read_reference(&line.reference).is_some_and(|of| !seen.insert(of))
            || !line.finance.is_empty() && !used.insert(line.finance.to_uppercase());
        let looked = if twice { Err(Wrong::Twice) } else { look(u, actor, line, now).await? };
        match looked {
            Ok(booking) => bookings.push(booking),
            Err(why) => wrong.push(WrongLine { line: line.number, why, text: shown(&line.reference) }),
        }
    }
    if !wrong.is_empty() {
        wrong.sort_by_key(|w| w.line);
        return Ok(Imported::Wrong(wrong));
    }
    let account = who(actor)?;
    let mut booked = 0;
    for booking in bookings {
        booked += usize::from(carry_out(u, account, booking, now).await?);
    }
    rows::keep_file(u, digest, lines.len(), account, now).await?;
    let done = if booked == 0 { "bevestigingen-al" } else { "bevestigingen" };
    let place = form.led_to(u, "confirm_payments", &urls::DistrictPayments {}, done, now).await?;
    Ok(if booked == 0 { Imported::Before(place) } else { Imported::Booked(place) })
}

/// What a line asks for, or what is wrong with it.
async fn look(u: &mut Unit, actor: &Actor, line: &Line, now: i64) -> Result<Result<Booking, Wrong>, ActError> {
    for text in [&line.reference, &line.finance, &line.outcome] {
        if has_bank_number(text) {
            return Ok(Err(Wrong::BankNumber));
        }
        // Nothing that cannot be seen: two references would look alike.
        if text.chars().any(|c| c.is_control() || ('\u{200b}'..='\u{200f}').contains(&c) || c == '\u{feff}') {
            return Ok(Err(Wrong::Unknown));
        }
        if text.chars().count() > NAME_MAX {
            return Ok(Err(Wrong::TooLong));
        }
    }
    let Some((id, attempt)) = read_reference(&line.reference) else { return Ok(Err(Wrong::Unknown)) };
    let Some(instalment) = rows::instalment(u, id).await?.filter(|i| attempt <= i.attempt) else {
        return Ok(Err(Wrong::Unknown));
    };
    let p = crate::initiatives::plan(u, instalment.plan).await?;
    // Of a plan that is over, only what was booked before may stand in a file.
    let running = domain::access::Subject { state: Some(State::InExecution), ..p.subject() };
    if decide(Act::ConfirmPayments, actor, &running).is_err() {
        return Ok(Err(Wrong::NotYours));
    }
    let paid = match line.outcome.to_lowercase().as_str() {
        "betaald" | "paid" | "ok" => true,
        "geweigerd" | "refused" => false,
        _ => return Ok(Err(Wrong::Outcome)),
    };
    if Cents::parse(&line.amount) != Ok(instalment.amount) {
        return Ok(Err(Wrong::Amount));
    }
    let Some(at) = day(&line.date).filter(|at| *at <= now + DAY && *at > 0) else { return Ok(Err(Wrong::NotADate)) };
    if paid && line.finance.is_empty() {
        return Ok(Err(Wrong::FinanceReference));
    }
    let this_try = attempt == instalment.attempt;
    Ok(match (instalment.state, paid) {
        (InstalmentState::Paid, true) if this_try && instalment.finance_reference == line.finance => {
            Ok(Booking::Before)
        }
        (InstalmentState::Paid, true) if this_try => Err(Wrong::OtherReference),
        (InstalmentState::Refused, false) if this_try => Ok(Booking::Before),
        (_, false) if !this_try => Ok(Booking::Before),
        (InstalmentState::Ordered, _) if this_try => {
            if p.state != State::InExecution {
                Err(Wrong::NotOrdered)
            } else if actor.account == instalment.approved_by {
                Err(Wrong::Own)
            } else if paid && rows::by_finance_reference(u, &line.finance).await?.is_some() {
                Err(Wrong::FinanceReference)
            } else if paid {
                Ok(Booking::Paid { instalment, finance: line.finance.clone(), at })
            } else {
                Ok(Booking::Refused { instalment, words: line.finance.clone() })
            }
        }
        _ => Err(Wrong::NotOrdered),
    })
}

/// Books a line; `false` when there was nothing to book.
async fn carry_out(u: &mut Unit, account: i64, booking: Booking, now: i64) -> Result<bool, ActError> {
    match booking {
        Booking::Before => Ok(false),
        Booking::Refused { instalment, words } => {
            let why = (Some(account), words.as_str());
            if !rows::refuse(u, instalment.id, InstalmentState::Ordered, why, now).await? {
                return Err(Denied::State.into());
            }
            let detail = format!("{} {}", instalment.id, instalment.amount.0);
            audit(u, now, Some(account), "payment_refused", ("initiative", instalment.plan), &detail).await?;
            Ok(true)
        }
        Booking::Paid { instalment, finance, at } => {
            let confirmed = rows::confirm(u, instalment.id, (&finance, at), account, now).await;
            match confirmed {
                Ok(true) => {}
                Ok(false) => return Err(Denied::State.into()),
                // Somebody used that reference at this very moment: the file is looked at anew.
                Err(StoreError::Duplicate(_)) => return Err(Errors::one("file", Problem::Changed).into()),
                Err(e) => return Err(e.into()),
            }
            let id = instalment.plan;
            let movement = Move {
                plan: id,
                from: Kind::Committed { initiative: id },
                to: Kind::Paid { initiative: id },
                amount: instalment.amount,
                reason: "paid",
                key: &format!("pay/{}", instalment.id),
                note: &finance,
                actor: account,
                now,
            };
            book(u, &movement).await?;
            let said = ("", Some(instalment.amount));
            event(u, id, (Some(account), false), ("instalment_paid", State::InExecution), said, now).await?;
            let detail = format!("{} {}", instalment.id, instalment.amount.0);
            audit(u, now, Some(account), "confirm_payment", ("initiative", id), &detail).await?;
            let p = crate::initiatives::plan(u, id).await?;
            let path = urls::InitiativeExecution { id }.to_string();
            tell_at(u, &p, "paid", &path, |lang| texts::money(lang, instalment.amount), now).await?;
            Ok(true)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_as_they_come() {
        let dutch = "\u{feff}Kenmerk;Bedrag;Datum;Kenmerk_betaling;Uitkomst\n'FB-000001-1;1.000,50;12-10-2026;X1;betaald\n\n;;;;\n";
        let (lines, wrong) = read(dutch).unwrap();
        assert_eq!((lines.len(), wrong.len()), (1, 0));
        assert_eq!((lines[0].reference.as_str(), lines[0].amount.as_str()), ("FB-000001-1", "1.000,50"));
        let english = "reference,amount,date,payment_reference,result\nFB-1-1,\"1,50\"\n";
        assert_eq!(read(english).unwrap().1[0].why, Wrong::Columns);
        for (text, problem) in [
            (" \n", Problem::Missing),
            ("kenmerk;bedrag\n1;2", Problem::NotATable),
            ("kenmerk;bedrag;datum;kenmerk_betaling;uitkomst\n", Problem::Missing),
            ("\u{0}\u{1}", Problem::NotATable),
        ] {
            assert_eq!(read(text).map(|_| ()), Err(problem), "{text:?}");
        }
        assert_eq!(day("2026-10-12"), day("12-10-2026"));
        assert_eq!((day("31-02-2026"), day("gisteren"), day("1-1")), (None, None, None));
    }
}
