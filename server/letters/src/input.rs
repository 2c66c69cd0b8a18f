//! What comes in: one JSON object, bounded and tidied before anything is typeset.
//!
//! A code is a secret, and so is a link that holds one: no message of this module repeats a value from the input.

use serde::Deserialize;
use std::collections::HashSet;

/// More letters than this are made in several runs.
pub const MOST_LETTERS: usize = 5_000;
/// Languages in one letter.
pub const MOST_LANGUAGES: usize = 6;
/// Lines of one address.
pub const MOST_LINES: usize = 6;
/// Characters in a line of an address.
pub const LONGEST_LINE: usize = 60;
/// Paragraphs in one language.
pub const MOST_PARAGRAPHS: usize = 10;
/// Bytes of input; the largest run that the other limits allow, in a script of four bytes a character, is below it.
pub const MOST_BYTES: usize = 32 << 20;

const LONGEST_LABEL: usize = 120;
const LONGEST_PARAGRAPH: usize = 1_000;
/// Shown at full size beside the QR; a longer one would become too small to read.
const LONGEST_CODE: usize = 24;
const SHORTEST_CODE: usize = 4;
/// Above this the QR gets too fine for an old telephone.
const LONGEST_LINK: usize = 250;

/// Where the letter goes: on plain A5, or on A4 behind the window of an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// A5, upright, without a window in mind.
    A5,
    /// A4 whose address shows through the left window of a C5/6, DL or EA5 envelope.
    C5Window,
}

/// Reading direction of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

/// A whole run, checked.
#[derive(Debug)]
pub struct Run {
    /// Paper and place of the address.
    pub size: Size,
    /// The sender's line above the address; may be empty.
    pub return_address: String,
    /// What is voted on.
    pub title: String,
    /// One block per language, the main one first.
    pub texts: Vec<Text>,
    /// The address to type, without `https://`.
    pub site: String,
    /// One for each voter.
    pub letters: Vec<Letter>,
}

/// What the letter says in one language.
#[derive(Debug)]
pub struct Text {
    /// Two or three small letters.
    pub lang: String,
    /// Reading direction.
    pub dir: Direction,
    /// Above the paragraphs.
    pub heading: String,
    /// Paragraphs.
    pub body: Vec<String>,
    /// "Scan with your telephone".
    pub scan: String,
    /// "Or go to".
    pub or: String,
    /// "Your code".
    pub code: String,
    /// Until when one can vote.
    pub until: String,
    /// What to do when the letter is lost.
    pub lost: String,
}

/// What differs from voter to voter.
#[derive(Debug)]
pub struct Letter {
    /// Lines of the address.
    pub address: Vec<String>,
    /// The code to type.
    pub code: String,
    /// What the QR holds.
    pub link: String,
}

/// Why a run is refused; each is one sentence, and none repeats a value from the input.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Refused {
    /// Not JSON, or not the JSON this program reads.
    #[error("the input is not the JSON object this program reads (line {line}, column {column}{hint})")]
    Json {
        /// Where.
        line: usize,
        /// Where.
        column: usize,
        /// A missing field's name, as that is ours; otherwise empty.
        hint: String,
    },
    /// More bytes than any run needs.
    #[error("the input is larger than {} MiB", MOST_BYTES >> 20)]
    TooLarge,
    /// A field that must say something says nothing.
    #[error("{0} is empty")]
    Empty(String),
    /// A field with more in it than fits.
    #[error("{0} has more than {1} {2}")]
    TooMany(String, usize, &'static str),
    /// A field in a form that is not known.
    #[error("{0} must be {1}")]
    Form(String, &'static str),
    /// Two voters with one code.
    #[error("letters {0} and {1} have the same code")]
    SameCode(usize, usize),
    /// A character that would be printed as an empty box.
    #[error("{0} has a character that no font of this program can print (U+{1:04X})")]
    Unprintable(String, u32),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRun {
    size: String,
    return_address: String,
    title: String,
    texts: Vec<RawText>,
    site: String,
    letters: Vec<RawLetter>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawText {
    lang: String,
    dir: String,
    heading: String,
    body: Vec<String>,
    scan: String,
    or: String,
    code: String,
    until: String,
    lost: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLetter {
    address: Vec<String>,
    code: String,
    link: String,
}

/// Reads and checks a run. `printable` tells whether some font has the character.
///
/// # Errors
///
/// When the input is not of the agreed form or beyond a limit.
pub fn parse(json: &[u8], printable: &dyn Fn(char) -> bool) -> Result<Run, Refused> {
    if json.len() > MOST_BYTES {
        return Err(Refused::TooLarge);
    }
    let raw: RawRun = serde_json::from_slice(json).map_err(|why| not_ours(&why))?;
    let check = Check { printable };
    let size = match raw.size.as_str() {
        "a5" => Size::A5,
        "c5-window" => Size::C5Window,
        _ => return Err(Refused::Form("`size`".into(), "`a5` or `c5-window`")),
    };
    between(raw.texts.len(), "`texts`", MOST_LANGUAGES, "languages")?;
    between(raw.letters.len(), "`letters`", MOST_LETTERS, "letters in one run")?;
    let texts = raw.texts.into_iter().enumerate().map(|(at, text)| check.text(text, at));
    let run = Run {
        size,
        return_address: check.maybe(&raw.return_address, "`return_address`", LONGEST_LABEL)?,
        title: check.some(&raw.title, "`title`", LONGEST_LABEL)?,
        texts: texts.collect::<Result<_, _>>()?,
        site: check.site(&raw.site)?,
        letters: raw
            .letters
            .into_iter()
            .enumerate()
            .map(|(at, letter)| check.letter(letter, at))
            .collect::<Result<_, _>>()?,
    };
    codes_differ(&run.letters)?;
    Ok(run)
}

// serde's own message may quote the input; only the name of a missing field is surely ours.
fn not_ours(why: &serde_json::Error) -> Refused {
    let said = why.to_string();
    let hint = said
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split_once('`'))
        .map_or_else(String::new, |(name, _)| format!(": `{name}` is missing"));
    Refused::Json { line: why.line(), column: why.column(), hint }
}

fn between(count: usize, name: &str, most: usize, what: &'static str) -> Result<(), Refused> {
    match count {
        0 => Err(Refused::Empty(name.into())),
        _ if count > most => Err(Refused::TooMany(name.into(), most, what)),
        _ => Ok(()),
    }
}

fn codes_differ(letters: &[Letter]) -> Result<(), Refused> {
    let mut seen = HashSet::new();
    match letters.iter().enumerate().find(|(_, letter)| !seen.insert(letter.code.as_str())) {
        Some((at, twin)) => {
            let first = letters.iter().position(|letter| letter.code == twin.code).unwrap_or_default();
            Err(Refused::SameCode(first + 1, at + 1))
        }
        None => Ok(()),
    }
}

struct Check<'a> {
    printable: &'a dyn Fn(char) -> bool,
}

impl Check<'_> {
    fn text(&self, raw: RawText, at: usize) -> Result<Text, Refused> {
        let name = |field: &str| format!("`{field}` of text {}", at + 1);
        if !(2..=3).contains(&raw.lang.len()) || !raw.lang.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Err(Refused::Form(name("lang"), "two or three small letters"));
        }
        let dir = match raw.dir.as_str() {
            "ltr" => Direction::Ltr,
            "rtl" => Direction::Rtl,
            _ => return Err(Refused::Form(name("dir"), "`ltr` or `rtl`")),
        };
        if raw.body.len() > MOST_PARAGRAPHS {
            return Err(Refused::TooMany(name("body"), MOST_PARAGRAPHS, "paragraphs"));
        }
        let body = raw.body.iter().map(|paragraph| self.maybe(paragraph, &name("body"), LONGEST_PARAGRAPH));
        let body: Vec<String> = body.collect::<Result<_, _>>()?;
        Ok(Text {
            lang: raw.lang,
            dir,
            heading: self.some(&raw.heading, &name("heading"), LONGEST_LABEL)?,
            body: body.into_iter().filter(|paragraph| !paragraph.is_empty()).collect(),
            scan: self.some(&raw.scan, &name("scan"), LONGEST_LABEL)?,
            or: self.some(&raw.or, &name("or"), LONGEST_LABEL)?,
            code: self.some(&raw.code, &name("code"), LONGEST_LABEL)?,
            until: self.some(&raw.until, &name("until"), LONGEST_PARAGRAPH)?,
            lost: self.some(&raw.lost, &name("lost"), LONGEST_PARAGRAPH)?,
        })
    }

    fn letter(&self, raw: RawLetter, at: usize) -> Result<Letter, Refused> {
        let name = |field: &str| format!("`{field}` of letter {}", at + 1);
        between(raw.address.len(), &name("address"), MOST_LINES, "lines")?;
        let lines = raw.address.iter().map(|line| self.maybe(line, &name("address"), LONGEST_LINE));
        let address: Vec<String> =
            lines.collect::<Result<Vec<_>, _>>()?.into_iter().filter(|line| !line.is_empty()).collect();
        between(address.len(), &name("address"), MOST_LINES, "lines")?;
        let code_is_fine = (SHORTEST_CODE..=LONGEST_CODE).contains(&raw.code.len())
            && raw.code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
        if !code_is_fine {
            return Err(Refused::Form(name("code"), "4 to 24 capitals, digits and hyphens"));
        }
        let link_is_fine = raw.link.len() <= LONGEST_LINK
            && (raw.link.starts_with("https://") || raw.link.starts_with("http://"))
            && raw.link.bytes().all(|byte| byte.is_ascii_graphic());
        if !link_is_fine {
            return Err(Refused::Form(name("link"), "a web address of at most 250 plain characters"));
        }
        Ok(Letter { address, code: raw.code, link: raw.link })
    }

    fn site(&self, raw: &str) -> Result<String, Refused> {
        let site = self.some(raw, "`site`", LONGEST_LABEL)?;
        if site.contains(' ') || site.contains("://") {
            return Err(Refused::Form("`site`".into(), "an address without spaces and without `https://`"));
        }
        Ok(site)
    }

    fn some(&self, raw: &str, name: &str, longest: usize) -> Result<String, Refused> {
        let text = self.maybe(raw, name, longest)?;
        if text.is_empty() { Err(Refused::Empty(name.into())) } else { Ok(text) }
    }

    fn maybe(&self, raw: &str, name: &str, longest: usize) -> Result<String, Refused> {
        let text = tidy(raw);
        if text.chars().count() > longest {
            return Err(Refused::TooMany(name.into(), longest, "characters"));
        }
        match text.chars().find(|&char| !is_mark(char) && !(self.printable)(char)) {
            Some(char) => Err(Refused::Unprintable(name.into(), u32::from(char))),
            None => Ok(text),
        }
    }
}

/// Joiners and direction marks, which honest text needs and which print nothing.
fn is_mark(char: char) -> bool {
    matches!(char, '\u{200C}'..='\u{200F}' | '\u{061C}')
}

/// Control characters and line ends become a space; what turns text around or hides in it goes; single spaces remain.
fn tidy(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for char in raw.chars() {
        match char {
            '\u{200B}' | '\u{2060}'..='\u{206F}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}' | '\u{AD}' => {}
            '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => {}
            ' ' | '\u{2028}' | '\u{2029}' => space(&mut text),
            _ if char.is_control() => space(&mut text),
            _ => text.push(char),
        }
    }
    text.truncate(text.trim_end_matches(' ').len());
    text
}

fn space(text: &mut String) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
}

#[cfg(test)]
#[path = "input_tests.rs"]
mod tests;
