//! The other job: a yearly report of sentences and tables on A4. Unlike letters it holds no secret.

use crate::input::{Direction, MOST_BYTES, Refused};
use serde::Deserialize;

/// Sections of a report.
pub const MOST_SECTIONS: usize = 20;
/// Sentences of a section.
pub const MOST_SENTENCES: usize = 60;
/// Tables of a report.
pub const MOST_TABLES: usize = 20;
/// Rows of a table.
pub const MOST_ROWS: usize = 400;
/// Columns of a table, the first one with names included.
pub const MOST_COLUMNS: usize = 12;
/// Characters of any text.
pub const LONGEST: usize = 1_000;

/// A report, checked.
#[derive(Debug)]
pub struct Report {
    /// Two or three small letters.
    pub lang: String,
    /// Reading direction.
    pub dir: Direction,
    /// Its title.
    pub title: String,
    /// When it was made.
    pub made: String,
    /// Where it comes from.
    pub source: String,
    /// Headings with sentences.
    pub sections: Vec<Section>,
    /// Figures.
    pub tables: Vec<Table>,
}

/// A heading with its sentences.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// Whole sentences.
    pub sentences: Vec<String>,
}

/// Rows under a head.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its title.
    pub title: String,
    /// Names of the columns.
    pub head: Vec<String>,
    /// Cells, as many a row as the head has.
    pub rows: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Job {
    report: RawReport,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReport {
    lang: String,
    dir: String,
    title: String,
    made: String,
    source: String,
    sections: Vec<Section>,
    tables: Vec<Table>,
}

/// Reads a report; `None` when the input is no report's job, which [`crate::input::parse`] then reads. What no font can print
/// becomes a question mark: a title may hold anything.
///
/// # Errors
/// When it is beyond a limit or a row does not fit its head.
pub fn parse(json: &[u8], printable: &dyn Fn(char) -> bool) -> Result<Option<Report>, Refused> {
    if json.len() > MOST_BYTES || !json.trim_ascii_start().starts_with(b"{\"report\"") {
        return Ok(None);
    }
    let refused =
        |why: serde_json::Error| Refused::Json { line: why.line(), column: why.column(), hint: String::new() };
    let raw = serde_json::from_slice::<Job>(json).map_err(refused)?.report;
    let few = |count: usize, name: &str, most, what| match count {
        n if n > most => Err(Refused::TooMany(name.into(), most, what)),
        _ => Ok(()),
    };
    few(raw.sections.len(), "`sections`", MOST_SECTIONS, "sections")?;
    few(raw.tables.len(), "`tables`", MOST_TABLES, "tables")?;
    for section in &raw.sections {
        few(section.sentences.len(), "`sentences`", MOST_SENTENCES, "sentences")?;
    }
    for table in &raw.tables {
        few(table.head.len(), "`head`", MOST_COLUMNS, "columns")?;
        few(table.rows.len(), "`rows`", MOST_ROWS, "rows")?;
        if table.head.is_empty() || table.rows.iter().any(|row| row.len() != table.head.len()) {
            return Err(Refused::Form("each of `rows`".into(), "as long as `head`, which must not be empty"));
        }
    }
    if !(2..=3).contains(&raw.lang.len()) || !raw.lang.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Err(Refused::Form("`lang`".into(), "two or three small letters"));
    }
    let dir = match raw.dir.as_str() {
        "ltr" => Direction::Ltr,
        "rtl" => Direction::Rtl,
        _ => return Err(Refused::Form("`dir`".into(), "`ltr` or `rtl`")),
    };
    // An amount stays in one piece.
    let stays = |c: char| c == '\u{a0}' || printable(c);
    let plain = |c: char| {
        if c.is_whitespace() && c != '\u{a0}' {
            ' '
        } else if stays(c) {
            c
        } else {
            '?'
        }
    };
    let tidy = |text: &String| -> String {
        text.chars().filter(|c| !c.is_control() || c.is_whitespace()).take(LONGEST).map(plain).collect()
    };
    let all = |texts: &[String]| texts.iter().map(tidy).collect::<Vec<_>>();
    let sections = raw.sections.iter().map(|s| Section { heading: tidy(&s.heading), sentences: all(&s.sentences) });
    let tables = raw.tables.iter().map(|t| Table {
        title: tidy(&t.title),
        head: all(&t.head),
        rows: t.rows.iter().map(|row| all(row)).collect(),
    });
    Ok(Some(Report {
        dir,
        title: tidy(&raw.title),
        made: tidy(&raw.made),
        source: tidy(&raw.source),
        sections: sections.collect(),
        tables: tables.collect(),
        lang: raw.lang,
    }))
}
