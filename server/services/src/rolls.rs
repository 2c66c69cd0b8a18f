//! Importing a round's roll: who gets a letter. Checked as a whole before anything is written.

use crate::{ActError, Actor, World, audit};
use domain::access::{Act, Denied, decide};
use domain::round::Phase;
use store::rounds::{self, Round};

/// Entries that are written in one unit, so that other acts come in between.
const CHUNK: usize = 1_000;
/// Most entries of one roll.
pub const MOST: usize = 1_000_000;
/// Most voters at one address.
const MOST_AT_ADDRESS: usize = 50;
/// Most voters of a row without an address: an area whose letters are handed out.
const MOST_IN_AREA: usize = 20_000;
/// Most wrong lines that are told.
const MOST_WRONG: usize = 50;
/// Most characters of one line of an address.
const LINE: usize = 60;

/// What is wrong with a line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongLine {
    /// It cannot be read as a row: a quote without end, bytes that are not UTF-8.
    Unreadable,
    /// The postcode is none (four figures, two letters).
    Postcode,
    /// The number of voters is no number, or too high.
    Count,
    /// A field is too long for a letter.
    TooLong,
    /// The same address stood before.
    Twice,
}

impl WrongLine {
    /// Key of its text: `roll-wrong-<key>`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Postcode => "postcode",
            Self::Count => "count",
            Self::TooLong => "too-long",
            Self::Twice => "twice",
        }
    }
}

/// A list that was looked through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// One for each voter: lines of the letter's address.
    pub addresses: Vec<String>,
    /// Rows that are right.
    pub rows: usize,
    /// Line numbers (from 1, the header is 1) with what is wrong, the first fifty.
    pub wrong: Vec<(u64, WrongLine)>,
    /// Wrong lines altogether.
    pub wrong_count: usize,
    /// The header lacks the column `postcode`.
    pub no_header: bool,
    /// More voters than a roll can hold.
    pub too_many: bool,
}

impl Checked {
    /// Whether it can be put on the roll as it is.
    pub fn is_right(&self) -> bool {
        !self.no_header && !self.too_many && self.wrong_count == 0 && !self.addresses.is_empty()
    }
}

/// Looks a list through: CSV in UTF-8, with `,` or `;` between fields and a header that names `postcode` and, where there
/// are any, `naam`, `adres`, `plaats` and `aantal` (voters at the address, or in the area where no address is given).
pub fn check(csv: &str) -> Checked {
    let csv = csv.trim_start_matches('\u{feff}');
    let header = csv.lines().next().unwrap_or_default();
    let delimiter = if header.matches(';').count() > header.matches(',').count() { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(csv.as_bytes());
    let mut checked = Checked::default();
    let columns: Vec<String> = reader.headers().map(|h| h.iter().map(str::to_lowercase).collect()).unwrap_or_default();
    let column = |names: &[&str]| columns.iter().position(|c| names.contains(&c.as_str()));
    let Some(postcode) = column(&["postcode"]) else {
        checked.no_header = true;
        return checked;
    };
    let (name, street) = (column(&["naam", "name"]), column(&["adres", "address"]));
    let (place, count) = (column(&["plaats", "place"]), column(&["aantal", "count"]));
    let mut seen = std::collections::HashSet::new();
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => {
                checked.mark(line, WrongLine::Unreadable);
                continue;
            }
        }
        let line = record.position().map_or(line, csv::Position::line);
        let field = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default();
        if record.iter().all(str::is_empty) {
            continue;
        }
        match row(field(name), field(street), (field(Some(postcode)), field(place)), field(count)) {
            Ok((address, voters)) => {
                if !seen.insert(address.to_lowercase()) {
                    checked.mark(line, WrongLine::Twice);
                } else if checked.addresses.len() + voters > MOST {
                    checked.too_many = true;
                    break;
                } else {
                    checked.rows += 1;
                    checked.addresses.extend(std::iter::repeat_n(address, voters));
                }
            }
            Err(why) => checked.mark(line, why),
        }
    }
    checked
}

impl Checked {
    fn mark(&mut self, line: u64, why: WrongLine) {
        self.wrong_count += 1;
        if self.wrong.len() < MOST_WRONG {
            self.wrong.push((line, why));
        }
    }
}

/// Lines of an address and how many voters it has.
fn row(name: &str, street: &str, (postcode, place): (&str, &str), count: &str) -> Result<(String, usize), WrongLine> {
    let clean = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (name, street, place) = (clean(name), clean(street), clean(place));
    let postcode = dutch_postcode(postcode).ok_or(WrongLine::Postcode)?;
    let town = if place.is_empty() { postcode } else { format!("{postcode} {place}") };
    // A line that begins with a letter or figure is no formula in anybody's spreadsheet.
    let fits = |line: &String| {
        line.chars().count() <= LINE
            && !line.chars().any(char::is_control)
            && line.chars().next().is_none_or(char::is_alphanumeric)
    };
    if ![&name, &street, &town].into_iter().all(fits) {
        return Err(WrongLine::TooLong);
    }
    let most = if street.is_empty() { MOST_IN_AREA } else { MOST_AT_ADDRESS };
    let voters = match count {
        "" => 1,
        typed => typed.parse().ok().filter(|n| (1..=most).contains(n)).ok_or(WrongLine::Count)?,
    };
    let lines: Vec<String> = [name, street, town].into_iter().filter(|line| !line.is_empty()).collect();
    Ok((lines.join("\n"), voters))
}

/// A Dutch postcode as it is printed: `1021 AA`.
fn dutch_postcode(typed: &str) -> Option<String> {
    let compact: String = typed.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let (figures, letters) = compact.split_at_checked(4)?;
    let right = figures.bytes().all(|b| b.is_ascii_digit())
        && !figures.starts_with('0')
        && letters.len() == 2
        && letters.bytes().all(|b| b.is_ascii_uppercase());
    right.then(|| format!("{figures} {letters}"))
}

async fn importing(world: &World, actor: &Actor, slug: &str) -> Result<Round, ActError> {
    let round = rounds::by_slug(&mut world.db.read().await?, slug).await?.ok_or(ActError::NotFound)?;
    decide(Act::ImportRoll, actor, &round.subject())?;
    if !crate::voters::by_code(&round) || !matches!(round.phase, Phase::Setup | Phase::Published) {
        return Err(Denied::State.into());
    }
    Ok(round)
}

/// Looks a list through and keeps it for a day, so that it can be put on the roll after a look at what was found. Nothing
/// is kept of a list with wrong lines.
///
/// # Errors
/// [`ActError::Denied`] without the right, or once the round was opened.
pub async fn upload(world: &World, actor: &Actor, slug: &str, csv: String) -> Result<Checked, ActError> {
    let round = importing(world, actor, slug).await?;
    let checked = check(&csv);
    if checked.is_right() {
        let now = world.now();
        world
            .db
            .write(move |u| {
                Box::pin(async move { Ok::<_, ActError>(rounds::keep_draft(u, round.id, &csv, now).await?) })
            })
            .await?;
    }
    Ok(checked)
}

/// Puts the uploaded list on the roll, in place of an earlier one; a roll whose codes were made stays as it is.
///
/// # Errors
/// [`ActError::Denied`] without the right, once the round was opened or codes were made, or when nothing was uploaded.
pub async fn add(world: &World, actor: &Actor, slug: &str) -> Result<usize, ActError> {
    let round = importing(world, actor, slug).await?;
    let csv = rounds::draft(&mut world.db.read().await?, round.id).await?.ok_or(Denied::State)?;
    put_on_roll(world, actor, &round, check(&csv)).await
}

/// Checks a list and puts it on the roll at once, for scripts.
///
/// # Errors
/// As [`add`]; the list itself in the first value when it is wrong.
pub async fn import(world: &World, actor: &Actor, slug: &str, csv: &str) -> Result<Result<usize, Checked>, ActError> {
    let round = importing(world, actor, slug).await?;
    let checked = check(csv);
    if !checked.is_right() {
        return Ok(Err(checked));
    }
    put_on_roll(world, actor, &round, checked).await.map(Ok)
}

async fn put_on_roll(world: &World, actor: &Actor, round: &Round, checked: Checked) -> Result<usize, ActError> {
    if !checked.is_right() {
        return Err(Denied::State.into());
    }
    let (id, who, now) = (round.id, actor.audited(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                u.lock_exclusive(id).await?;
                if rounds::roll_figures(u, id).await?.coded > 0 {
                    return Err(ActError::Denied(Denied::State));
                }
                rounds::clear_roll(u, id).await?;
                Ok(())
            })
        })
        .await?;
    let count = checked.addresses.len();
    for chunk in checked.addresses.chunks(CHUNK) {
        let chunk = chunk.to_vec();
        world
            .db
            .write(move |u| {
                Box::pin(async move { u.add_entries(id, &chunk).await.map(|_| ()).map_err(ActError::from) })
            })
            .await?;
    }
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                rounds::drop_draft(u, id).await?;
                Ok::<_, ActError>(audit(u, now, who, "import_roll", ("round", id), &count.to_string()).await?)
            })
        })
        .await?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_and_areas_become_voters() {
        let checked = check(
            "\u{feff}Naam;Adres;Postcode;Plaats;Aantal\nBewoners van;Meeuwenlaan 1;1021aa;Amsterdam;2\n;;1021 AB;;3\n",
        );
        assert!(checked.is_right());
        assert_eq!((checked.rows, checked.addresses.len()), (2, 5));
        assert_eq!(checked.addresses[1], "Bewoners van\nMeeuwenlaan 1\n1021 AA Amsterdam");
        assert_eq!(checked.addresses[4], "1021 AB");
    }

    #[test]
    fn wrong_lines_are_told_by_number() {
        let checked =
            check("postcode,adres,aantal\n1021AA,A 1,\nx,A 2,\n1021AA,a 1,1\n\n1021AA,A 3,99\n1021AA,A 4,-1\n");
        assert_eq!(
            checked.wrong,
            [(3, WrongLine::Postcode), (4, WrongLine::Twice), (6, WrongLine::Count), (7, WrongLine::Count)]
        );
        assert!(!checked.is_right() && checked.wrong_count == 4 && checked.rows == 1);
        assert!(check("adres\nA 1\n").no_header && check("").no_header);
        assert!(!check("postcode\n").is_right(), "nobody on it");
        let long = format!("postcode,adres\n1021AA,{}\n", "x".repeat(61));
        assert_eq!(check(&long).wrong, [(2, WrongLine::TooLong)]);
        let many: String = (0..80).map(|_| "x\n").collect();
        let checked = check(&format!("postcode\n{many}"));
        assert_eq!((checked.wrong.len(), checked.wrong_count), (50, 80));
    }

    #[test]
    fn postcodes() {
        for right in ["1021AA", " 1021 aa ", "9999 ZZ"] {
            assert!(dutch_postcode(right).is_some(), "{right}");
        }
        for wrong in ["", "102AA", "0121AA", "1021A", "1021AAA", "1021é", "ééAA", "10211A"] {
            assert!(dutch_postcode(wrong).is_none(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn hostile_lists_never_panic(text in "(postcode[,;]adres\n)?([\\PC\n\"]{0,40}[,;\n]){0,12}") {
            let checked = check(&text);
            prop_assert!(checked.is_right() || checked.addresses.len() < MOST);
        }
    }
}
