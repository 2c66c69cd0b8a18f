//! Importing the budget, and the share's figures per wijk and year.

use crate::{ActError, World};
use domain::budget::{Amount, Share, Total};
use domain::money::Cents;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use store::budget::INVESTMENTS;
use store::ledger::{self, Kind, Transfer};
use store::{Conn, StoreError, places};

/// The three files of a budget, as text.
#[derive(Clone, Debug)]
pub struct BudgetFiles {
    /// `programma,wijk,eur_<year>...,investeringen_eur`.
    pub programmes: String,
    /// `buurt,wijk,stadsdeel_2007`.
    pub buurten: String,
    /// `wijk,...,inwoners_2006,...`.
    pub wijken: String,
}

/// A wrong place in a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {what}")]
pub struct FileError {
    /// Which file.
    pub file: &'static str,
    /// Which line, the header being 1.
    pub line: u64,
    /// What is wrong and what would be right.
    pub what: String,
}

/// For URLs: lower case, dashes.
pub fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

struct ProgrammeRow {
    programme: String,
    wijk: Option<String>,
    amounts: Vec<(i64, Amount)>,
}

struct Parsed {
    wijken: Vec<(String, Option<i64>)>,
    buurten: Vec<(String, String, String)>,
    rows: Vec<ProgrammeRow>,
}

/// Names of the columns, and each record with its line.
type Records = (Vec<String>, Vec<(u64, csv::StringRecord)>);

fn records(file: &'static str, text: &str) -> Result<Records, FileError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let wrong =
        |e: &csv::Error| FileError { file, line: e.position().map_or(1, csv::Position::line), what: e.to_string() };
    let head = reader.headers().map_err(|e| wrong(&e))?.iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| wrong(&e))?;
        rows.push((record.position().map_or(0, csv::Position::line), record));
    }
    Ok((head, rows))
}

fn column(file: &'static str, head: &[String], name: &str) -> Result<usize, FileError> {
    head.iter().position(|h| h == name).ok_or_else(|| FileError {
        file,
        line: 1,
        what: format!("the column '{name}' is missing; found: {}", head.join(", ")),
    })
}

fn parse(files: &BudgetFiles) -> Result<Parsed, FileError> {
    let file = "wijken.csv";
    let (head, rows) = records(file, &files.wijken)?;
    let (name, count) = (column(file, &head, "wijk")?, column(file, &head, "inwoners_2006")?);
    let mut wijken = Vec::new();
    for (line, r) in rows {
        let typed = r.get(count).unwrap_or("");
        let residents = if typed.is_empty() {
            None
        } else {
            Some(typed.parse().map_err(|_| FileError {
                file,
                line,
                what: format!("inwoners_2006 must be a whole number, not '{typed}'"),
            })?)
        };
        wijken.push((r.get(name).unwrap_or("").to_owned(), residents));
    }
    let known = |file, line, wijk: &str| {
        if wijken.iter().any(|(w, _)| w == wijk) {
            Ok(())
        } else {
            Err(FileError { file, line, what: format!("wijk '{wijk}' is not in wijken.csv") })
        }
    };
    let file = "buurten.csv";
    let (head, rows) = records(file, &files.buurten)?;
    let (b, w, s) =
        (column(file, &head, "buurt")?, column(file, &head, "wijk")?, column(file, &head, "stadsdeel_2007")?);
    let mut buurten = Vec::new();
    for (line, r) in rows {
        known(file, line, r.get(w).unwrap_or(""))?;
        buurten.push((
            r.get(b).unwrap_or("").to_owned(),
            r.get(w).unwrap_or("").to_owned(),
            r.get(s).unwrap_or("").to_owned(),
        ));
    }
    let file = "programmabudget.csv";
    let (head, rows) = records(file, &files.programmes)?;
    let (p, w) = (column(file, &head, "programma")?, column(file, &head, "wijk")?);
    let mut columns = Vec::new();
    for (i, h) in head.iter().enumerate() {
        if let Some(year) = h.strip_prefix("eur_") {
            let year = year.parse().ok().filter(|y| (1900..3000).contains(y)).ok_or_else(|| FileError {
                file,
                line: 1,
                what: format!("column '{h}' must be eur_ and a year, such as eur_2008"),
            })?;
            columns.push((i, year));
        } else if h == "investeringen_eur" {
            columns.push((i, INVESTMENTS));
        }
    }
    if columns.is_empty() {
        return Err(FileError { file, line: 1, what: "no column eur_<year> was found".into() });
    }
    let mut out: Vec<ProgrammeRow> = Vec::new();
    for (line, r) in rows {
        let (programme, wijk) = (r.get(p).unwrap_or("").to_owned(), r.get(w).unwrap_or("").to_owned());
        if programme.is_empty() {
            return Err(FileError { file, line, what: "the programme's name is missing".into() });
        }
        let wijk = if wijk == "gezamenlijk" {
            None
        } else {
            known(file, line, &wijk)?;
            Some(wijk)
        };
        if out.iter().any(|o| o.programme == programme && o.wijk == wijk) {
            return Err(FileError { file, line, what: "this programme and wijk stand in the file twice".into() });
        }
        let mut amounts = Vec::new();
        for (i, year) in &columns {
            let cell = r.get(*i).unwrap_or("");
            amounts.push((
                *year,
                Amount::parse(cell).map_err(|typed| FileError {
                    file,
                    line,
                    what: format!("'{typed}' is no amount: write whole euros, pm, or nothing"),
                })?,
            ));
        }
        out.push(ProgrammeRow { programme, wijk, amounts });
    }
    Ok(Parsed { wijken, buurten, rows: out })
}

/// Imports a budget as a new version and books each known line from the source; gives the number of lines.
/// The same files again change nothing and give `None`.
///
/// # Errors
/// [`ActError::Broken`] with file, line and remedy; nothing is written then.
pub async fn import(world: &World, files: BudgetFiles, actor: Option<i64>) -> Result<Option<usize>, ActError> {
    let parsed = parse(&files).map_err(|e| ActError::Broken(e.to_string()))?;
    let digest =
        crate::world::hex(&Sha256::digest([files.programmes.as_str(), &files.buurten, &files.wijken].join("\n--\n")));
    let now = world.now();
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                if store::budget::version_by_digest(u, &digest).await?.is_some() {
                    return Ok(None);
                }
                let mut wijk_ids = BTreeMap::new();
                for (name, residents) in &parsed.wijken {
                    wijk_ids.insert(name.clone(), places::put_wijk(u, &slug(name), name, *residents).await?);
                }
                for (buurt, wijk, stadsdeel) in &parsed.buurten {
                    let stadsdeel = places::put_stadsdeel(u, &slug(stadsdeel), stadsdeel).await?;
                    if let Some(wijk) = wijk_ids.get(wijk) {
                        places::put_buurt(u, &slug(buurt), buurt, *wijk, stadsdeel).await?;
                    }
                }
                let version = store::budget::add_version(u, "programmabudget.csv", &digest, now).await?;
                let mut count = 0;
                for row in &parsed.rows {
                    let programme = places::put_programme(
                        u,
                        &slug(&row.programme),
                        &row.programme,
                        row.programme == "Bewonersparticipatie",
                    )
                    .await?;
                    let wijk = row.wijk.as_ref().and_then(|w| wijk_ids.get(w).copied());
                    for (year, amount) in &row.amounts {
                        store::budget::add_line(u, version, programme, wijk, *year, *amount).await?;
                        count += 1;
                        book(u, programme, wijk, *year, amount.known(), version, actor, now).await?;
                    }
                }
                crate::audit(u, now, actor, "import_budget", ("budget_version", version), "").await?;
                Ok(Some(count))
            })
        })
        .await
}

/// Brings a programme line's account to what the new version says, by a transfer from or to the source.
#[expect(clippy::too_many_arguments, reason = "one line of the budget, spelled out")]
async fn book(
    u: &mut store::Unit,
    programme: i64,
    wijk: Option<i64>,
    year: i64,
    amount: Cents,
    version: i64,
    actor: Option<i64>,
    now: i64,
) -> Result<(), ActError> {
    if year == INVESTMENTS {
        return Ok(());
    }
    let line = Kind::ProgrammeLine { programme, wijk, year };
    let booked = ledger::booked_from_source(u, line).await?;
    let (from, to, difference) =
        if amount >= booked { (Kind::Source, line, amount - booked) } else { (line, Kind::Source, booked - amount) };
    if difference > Cents::ZERO {
        let key = format!("budget/{version}/{programme}/{}/{year}", wijk.unwrap_or(0));
        ledger::transfer(
            u,
            &Transfer { from, to, amount: difference, reason: "budget", reference: "", note: "", actor, key: &key, at: now },
        )
        .await
        .map_err(|e| match e {
            StoreError::Refused(_) => ActError::Broken(format!(
                "The new budget takes {} cents off the line {} of {year}, but so much of it was moved on to residents already. \
                 Book that back first, or leave the line as it is.",
                difference.0,
                line.name()
            )),
            e => e.into(),
        })?;
    }
    Ok(())
}

/// The share of one wijk and year.
///
/// # Errors
/// The store's.
pub async fn share_of(c: &mut Conn, lines: &[store::budget::Line], wijk: i64, year: i64) -> Result<Share, ActError> {
    let mine = || lines.iter().filter(|l| l.wijk_id == Some(wijk) && l.year == year);
    let cost = Total::of(mine().map(|l| l.amount));
    let points = store::budget::basis_points(c, wijk, year).await?;
    let funded = ledger::funded(c, wijk, year).await?;
    let left = ledger::balance(c, Kind::Share { wijk, year }).await?;
    Ok(Share {
        cost,
        ceiling: cost.known.basis_points(points),
        earmarked: mine().filter(|l| l.earmarked).map(|l| l.amount.known()).sum(),
        funded,
        allotted: funded - left,
    })
}

/// The share of the whole city: its cost holds the joint lines as well.
///
/// # Errors
/// The store's.
pub async fn share_of_city(
    c: &mut Conn,
    lines: &[store::budget::Line],
    wijken: &[places::Wijk],
    year: i64,
) -> Result<Share, ActError> {
    let cost = Total::of(lines.iter().filter(|l| l.year == year).map(|l| l.amount));
    let most = |cost: Total| cost.known.basis_points(domain::budget::DEFAULT_BASIS_POINTS);
    let mut city = Share { cost, ceiling: most(cost), ..Share::default() };
    for wijk in wijken {
        let share = share_of(c, lines, wijk.id, year).await?;
        // What a wijk may have less, the city may have less.
        city.ceiling = city.ceiling - (most(share.cost) - share.ceiling);
        city.earmarked = city.earmarked + share.earmarked;
        city.funded = city.funded + share.funded;
        city.allotted = city.allotted + share.allotted;
    }
    Ok(city)
}

/// A line that a later version of the budget file changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// When that version came in, in UTC seconds.
    pub at: i64,
    /// Programme.
    pub programme: String,
    /// Wijk; `None` for joint lines.
    pub wijk: Option<i64>,
    /// Budget year, or [`INVESTMENTS`].
    pub year: i64,
    /// Before; a line that was not there is [`Amount::Empty`].
    pub was: Amount,
    /// Since.
    pub is: Amount,
}

/// What later versions of the budget changed, the newest first.
///
/// # Errors
/// The store's.
pub async fn changes(c: &mut Conn) -> Result<Vec<Changed>, ActError> {
    let versions = store::budget::versions(c).await?;
    let mut all = Vec::new();
    for pair in versions.windows(2) {
        let [(newer, at), (older, _)] = pair else { continue };
        let (was, is) = (store::budget::lines_of(c, *older).await?, store::budget::lines_of(c, *newer).await?);
        let same = |a: &store::budget::Line, b: &store::budget::Line| {
            (a.programme_id, a.wijk_id, a.year) == (b.programme_id, b.wijk_id, b.year)
        };
        let gone = was.iter().filter(|w| !is.iter().any(|i| same(i, w))).map(|w| (w, w.amount, Amount::Empty));
        let other =
            is.iter().map(|i| (i, was.iter().find(|w| same(i, w)).map_or(Amount::Empty, |w| w.amount), i.amount));
        all.extend(other.chain(gone).filter(|(_, was, is)| was != is).map(|(line, was, is)| Changed {
            at: *at,
            programme: line.programme.clone(),
            wijk: line.wijk_id,
            year: line.year,
            was,
            is,
        }));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(programmes: &str) -> BudgetFiles {
        BudgetFiles {
            programmes: programmes.into(),
            buurten: "buurt,wijk,stadsdeel_2007\nIJplein,Noord,Noord\n".into(),
            wijken: "wijk,inwoners_2006\nNoord,23355\n".into(),
        }
    }

    #[test]
    fn wrong_files_are_named_with_line_and_remedy() {
        let error = |text: &str| parse(&files(text)).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(error("programma,wijk,eur_2008\nWonen,Noord,veel\n").contains("line 2: 'veel' is no amount"));
        assert!(error("programma,wijk,eur_2008\nWonen,Zuid,1\n").contains("wijk 'Zuid' is not in wijken.csv"));
        assert!(error("programma,eur_2008\nWonen,1\n").contains("column 'wijk' is missing"));
        assert!(
            error("programma,wijk,eur_2008\nWonen,Noord,1\nWonen,Noord,2\n")
                .contains("line 3: this programme and wijk stand in the file twice")
        );
        assert!(error("programma,wijk,eur_2008\nWonen,Noord,1,2\n").contains("line 2"));
    }

    #[test]
    fn slugs() {
        assert_eq!(slug("Slotermeer Noord-Oost"), "slotermeer-noord-oost");
        assert_eq!(slug("West binnen de Ring"), "west-binnen-de-ring");
    }
}
