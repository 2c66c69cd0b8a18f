//! A list of voters as it was uploaded: looked through as a whole, with what is wrong told by line.

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
    /// Columns that mean nothing here.
    pub ignored: Vec<String>,
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

/// Looks a list through: CSV in UTF-8, with `,`, `;` or tabs between fields and a header that names `postcode` and, where there
/// are any, `naam`, `adres`, `plaats` and `aantal` (voters at the address, or in the area where no address is given).
pub fn check(csv: &str) -> Checked {
    let csv = csv.trim_start_matches('\u{feff}');
    let header = csv.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|d| header.bytes().filter(|b| b == d).count());
    let delimiter = delimiter.filter(|d| header.bytes().any(|b| b == *d)).unwrap_or(b',');
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
    let known = [Some(postcode), name, street, place, count];
    checked.ignored = columns
        .iter()
        .enumerate()
        .filter(|(at, title)| !known.contains(&Some(*at)) && !title.is_empty())
        .map(|(_, title)| title.clone())
        .collect();
    let mut seen = std::collections::HashSet::new();
    let mut record = csv::StringRecord::new();
    let mut lines = Lines { text: csv.as_bytes(), at: 0, line: 1 };
    loop {
        let line = lines.of(reader.position().byte());
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => {
                checked.mark(line, WrongLine::Unreadable);
                continue;
            }
        }
        let field = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default();
        if record.iter().all(str::is_empty) {
            continue;
        }
        // Bytes that were no UTF-8.
        if record.iter().any(|field| field.contains(char::REPLACEMENT_CHARACTER)) {
            checked.mark(line, WrongLine::Unreadable);
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

/// Line numbers as an editor shows them: the reader's own leave empty lines out.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which the first row from this byte on begins. Bytes only go up.
    fn of(&mut self, byte: u64) -> u64 {
        let mut to = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        while self.text.get(to).is_some_and(|b| matches!(b, b'\n' | b'\r')) {
            to += 1;
        }
        let passed = self.text.get(self.at..to).unwrap_or_default();
        self.line += u64::try_from(passed.iter().filter(|b| **b == b'\n').count()).unwrap_or(0);
        self.at = self.at.max(to);
        self.line
    }
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
    // A line that begins with a letter, a figure or an apostrophe ('s-Gravesandestraat) is no formula in a spreadsheet.
    let begins = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '‘');
    let fits = |line: &String| {
        line.chars().count() <= LINE && !line.chars().any(char::is_control) && line.chars().next().is_none_or(begins)
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

/// Voters of the same address follow each other: nth of so many, and what they are found by.
pub(super) fn numbered(addresses: Vec<String>) -> Vec<(String, usize, usize, String)> {
    let mut entries = Vec::with_capacity(addresses.len());
    for household in addresses.chunk_by(|a, b| a == b) {
        let found_by = format!(" {} ", fold(&household[0]).join(" "));
        entries
            .extend(household.iter().enumerate().map(|(at, a)| (a.clone(), at + 1, household.len(), found_by.clone())));
    }
    entries
}

/// The words of an address as it is searched: small letters without accents, no punctuation, a postcode in one piece.
pub fn fold(text: &str) -> Vec<String> {
    let plain: String = text
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => 'a',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ò' | 'ó' | 'ô' | 'ö' | 'õ' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            'ç' => 'c',
            'ñ' => 'n',
            c if c.is_alphanumeric() => c,
            _ => ' ',
        })
        .collect();
    let mut words: Vec<String> = Vec::new();
    for word in plain.split(' ').filter(|w| !w.is_empty()) {
        let figures = |w: &String| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
        let letters = word.len() == 2 && word.bytes().all(|b| b.is_ascii_lowercase());
        match words.last_mut().filter(|last| letters && figures(last)) {
            Some(last) => last.push_str(word),
            None => words.push(word.to_owned()),
        }
    }
    words
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
    fn what_people_type_and_what_files_hold() {
        assert_eq!(fold("Élandstraat 3-hs, 1021 AA"), ["elandstraat", "3", "hs", "1021aa"]);
        assert_eq!(fold("1021aa"), ["1021aa"]);
        assert_eq!(fold("%_\\ '"), Vec::<String>::new());
        let tabs = check("postcode\tadres\tstraat\n1021AA\t's-Gravesandestraat 1\tx\n");
        assert!(tabs.is_right() && tabs.ignored == ["straat"], "{tabs:?}");
        assert_eq!(check("postcode,adres\n1021AA,Caf\u{fffd} 1\n").wrong, [(2, WrongLine::Unreadable)]);
        let two = numbered(vec!["A".into(), "A".into(), "B".into()]);
        assert_eq!(two.iter().map(|e| (e.1, e.2)).collect::<Vec<_>>(), [(1, 2), (2, 2), (1, 1)]);
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
