//! From bytes to a [`Pb`]: sections, headers and rows.

use super::error::clip;
use super::records::{Record, Records};
use super::{Pb, PbError, PbErrorKind, Rows, WarningKind, Warnings, is_named, required_column};
use crate::tally::Limit;
use std::borrow::Cow;
use std::io::BufRead;

/// Largest file, in bytes: some ten million ballots.
pub const MOST_BYTES: u64 = 512 << 20;
/// Most columns of a section.
const MOST_COLUMNS: usize = 1_000;
/// Most pairs in META.
const MOST_PAIRS: usize = 10_000;
/// Columns in which a byte that cannot be read could stand for another plan or voter.
const STRICT: [&str; 3] = ["project_id", "voter_id", "vote"];

/// Reads a `.pb` file to its end, in one pass and without holding it twice.
///
/// # Errors
/// What is no `.pb` file, what cannot be told apart into rows and fields, and what is beyond the limits.
pub fn read(source: impl BufRead) -> Result<Pb, PbError> {
    read_at_most(source, MOST_BYTES)
}

pub(super) fn read_at_most(source: impl BufRead, most: u64) -> Result<Pb, PbError> {
    Reading {
        records: Records::new(source, most)?,
        record: Record::default(),
        ahead: Record::default(),
        has_ahead: false,
        pb: Pb::default(),
        warnings: Warnings::default(),
    }
    .run()
}

/// The three tables.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Meta,
    Projects,
    Votes,
}

impl Section {
    const ALL: [Self; 3] = [Self::Meta, Self::Projects, Self::Votes];

    fn name(self) -> &'static str {
        match self {
            Self::Meta => "META",
            Self::Projects => "PROJECTS",
            Self::Votes => "VOTES",
        }
    }

    /// Columns without which a row is not its header.
    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Meta => &["key", "value"],
            Self::Projects => &["project_id", "cost"],
            Self::Votes => &["voter_id", "vote"],
        }
    }
}

struct Reading<R> {
    records: Records<R>,
    record: Record,
    /// The record after it, where it was looked at already.
    ahead: Record,
    has_ahead: bool,
    pb: Pb,
    warnings: Warnings,
}

impl<R: BufRead> Reading<R> {
    fn run(mut self) -> Result<Pb, PbError> {
        let mut section = None;
        while self.next()? {
            if let Some(found) = self.section_here()? {
                self.open(found)?;
                section = Some(found);
                continue;
            }
            if self.record.loose_quote {
                self.warnings.add(self.record.line, "", WarningKind::TextAfterQuote);
            }
            match section {
                None => return Err(PbError::new(self.record.line, "META", PbErrorKind::NoMeta)),
                Some(Section::Meta) => self.pair()?,
                Some(section) => self.row(section)?,
            }
        }
        let last = self.records.line();
        match Section::ALL.into_iter().find(|section| *self.opened(*section) == 0) {
            Some(Section::Meta) if section.is_none() => Err(PbError::new(0, "", PbErrorKind::Empty)),
            Some(Section::Meta) => Err(PbError::new(0, "META", PbErrorKind::NoMeta)),
            Some(missing) => Err(PbError::new(last, missing.name(), PbErrorKind::MissingSection)),
            None => {
                self.pb.projects.shrink();
                self.pb.votes.shrink();
                self.pb.warnings = self.warnings.finish();
                Ok(self.pb)
            }
        }
    }

    /// Takes the next record that is not a blank line.
    fn next(&mut self) -> Result<bool, PbError> {
        if std::mem::take(&mut self.has_ahead) {
            std::mem::swap(&mut self.record, &mut self.ahead);
            return Ok(self.record.len() > 0);
        }
        next_filled(&mut self.records, &mut self.record)
    }

    /// Whether the record after this one is the header of `section`.
    fn header_follows(&mut self, section: Section) -> Result<bool, PbError> {
        if !self.has_ahead {
            self.has_ahead = true;
            next_filled(&mut self.records, &mut self.ahead)?;
        }
        let ahead = &self.ahead;
        let has = |name: &&str| {
            (0..ahead.len()).any(|at| std::str::from_utf8(ahead.field(at)).is_ok_and(|field| is_named(field, name)))
        };
        Ok(section.columns().iter().all(has))
    }

    /// The section that begins at this record. A name alone opens a section that was not open before, whatever follows (a
    /// wrong header is an error then); with empty fields behind it, or a second time, only its header makes it one.
    fn section_here(&mut self) -> Result<Option<Section>, PbError> {
        let record = &self.record;
        let Some(section) = Section::ALL
            .into_iter()
            .find(|section| record.field(0).trim_ascii().eq_ignore_ascii_case(section.name().as_bytes()))
        else {
            return Ok(None);
        };
        let alone = record.len() == 1;
        if !record.is_blank_from(1) || (record.first_quoted && !alone) {
            return Ok(None);
        }
        let line = record.line;
        let first = *self.opened(section);
        if first == 0 && alone {
            return Ok(Some(section));
        }
        match self.header_follows(section)? {
            true if first > 0 => Err(PbError::new(line, section.name(), PbErrorKind::SectionTwice { first })),
            true => Ok(Some(section)),
            false => Ok(None),
        }
    }

    /// Line of the section's header (of its name, for META); 0 until it was there.
    fn opened(&mut self, section: Section) -> &mut u64 {
        match section {
            Section::Meta => &mut self.pb.lines.meta,
            Section::Projects => &mut self.pb.lines.projects,
            Section::Votes => &mut self.pb.lines.votes,
        }
    }

    /// Reads the header of a section.
    fn open(&mut self, section: Section) -> Result<(), PbError> {
        let start = self.record.line;
        if !self.next()? {
            return Err(PbError::new(start, section.name(), PbErrorKind::MissingHeader));
        }
        let line = self.record.line;
        if self.record.len() > MOST_COLUMNS {
            return Err(PbError::new(line, section.name(), PbErrorKind::TooManyColumns));
        }
        let mut columns: Vec<String> = Vec::new();
        for at in 0..self.record.len() {
            columns.push(text_of(&self.record, at, section.name(), &mut self.warnings)?.into_owned());
        }
        while columns.last().is_some_and(|name| name.trim().is_empty()) {
            columns.pop();
        }
        if section == Section::Meta && !columns.first().is_some_and(|name| is_named(name, "key")) {
            return Err(PbError::new(line, section.name(), PbErrorKind::MissingHeader));
        }
        for name in section.columns() {
            required_column(&columns, name, line)?;
        }
        *self.opened(section) = if section == Section::Meta { start } else { line };
        match section {
            Section::Meta => {}
            Section::Projects => self.pb.project_columns = columns,
            Section::Votes => self.pb.vote_columns = columns,
        }
        Ok(())
    }

    /// A row of META: whatever stands after the key is the value.
    fn pair(&mut self) -> Result<(), PbError> {
        let record = &self.record;
        if record.is_blank_from(0) {
            return Ok(());
        }
        if self.pb.meta.len() == MOST_PAIRS {
            return Err(PbError::new(record.line, "META", PbErrorKind::TooManyPairs));
        }
        let key = text_of(record, 0, "META", &mut self.warnings)?.into_owned();
        let name = clip(key.trim());
        let mut value = text_of(record, 1, &name, &mut self.warnings)?.into_owned();
        let filled = (2..record.len()).rev().find(|at| !record.field(*at).is_empty());
        if let Some(last) = filled {
            if runs_over_lines(record, 1, last) {
                let kind = PbErrorKind::TooManyFields { fields: record.len(), columns: 2 };
                return Err(PbError::new(record.line, &name, kind));
            }
            for at in 2..=last {
                value.push(';');
                value.push_str(&text_of(record, at, &name, &mut self.warnings)?);
            }
            self.warnings.add(record.line, &name, WarningKind::ValueJoined);
        }
        self.pb.meta.push((key, value));
        self.pb.lines.pairs.push(record.line);
        Ok(())
    }

    /// A row of PROJECTS or VOTES.
    fn row(&mut self, section: Section) -> Result<(), PbError> {
        let record = &self.record;
        let line = record.line;
        let (columns, rows): (&[String], &mut Rows) = match section {
            Section::Votes => (&self.pb.vote_columns, &mut self.pb.votes),
            _ => (&self.pb.project_columns, &mut self.pb.projects),
        };
        if record.is_blank_from(0) {
            if section == Section::Votes {
                self.warnings.add(line, section.name(), WarningKind::RowSkipped);
            }
            return Ok(());
        }
        let surplus = if record.is_blank_from(columns.len()) { 0 } else { record.len() - columns.len() };
        // With empty fields at the end it is open how many of the `;` are too many.
        let is_full = !record.field(record.len() - 1).trim_ascii().is_empty();
        let name = name_column(columns).filter(|_| section == Section::Projects && is_full);
        let torn = name.is_some_and(|name| runs_over_lines(record, name, name + surplus));
        if surplus > 0 && (name.is_none() || torn) {
            let kind = PbErrorKind::TooManyFields { fields: record.len(), columns: columns.len() };
            return Err(PbError::new(line, section.name(), kind));
        }
        if record.len() < columns.len() {
            let kind = WarningKind::RowShort { fields: record.len(), columns: columns.len() };
            self.warnings.add(line, section.name(), kind);
        }
        let (most, kind) = match section {
            Section::Votes => (Limit::VOTERS, PbErrorKind::TooManyVoters),
            _ => (Limit::PLANS as u64, PbErrorKind::TooManyPlans),
        };
        if rows.len() as u64 >= most {
            return Err(PbError::new(line, section.name(), kind));
        }
        if let (Some(name), true) = (name, surplus > 0) {
            self.warnings.add(line, "name", WarningKind::ValueJoined);
            for (at, column) in columns.iter().enumerate() {
                let from = if at > name { at + surplus } else { at };
                let last = if at == name { at + surplus } else { from };
                let parts: Result<Vec<_>, _> =
                    (from..=last).map(|part| text_of(record, part, column, &mut self.warnings)).collect();
                rows.add_field(&parts?.join(";"));
            }
        } else if let Some((text, ends)) = record.text(columns.len()) {
            rows.add_fields(text, ends);
        } else {
            for (at, column) in columns.iter().enumerate().take(record.len()) {
                rows.add_field(&text_of(record, at, column, &mut self.warnings)?);
            }
        }
        rows.end_row(line);
        Ok(())
    }
}

/// Whether a line ends inside these fields: then they are no one text that `;` parted, and what is made of them might be too
/// long for a field.
fn runs_over_lines(record: &Record, from: usize, last: usize) -> bool {
    (from..=last).any(|at| record.field(at).iter().any(|byte| matches!(byte, b'\n' | b'\r')))
}

/// Where the name of a plan stands, if a `;` too many can only be in it and moves nothing that decides: id and cost stand
/// before it, and no other column holds sentences or amounts.
fn name_column(columns: &[String]) -> Option<usize> {
    let decides = columns.len() > 2 && is_named(&columns[0], "project_id") && is_named(&columns[1], "cost");
    let others = ["description", "desired", "withdrawn"];
    let alone = !columns.iter().any(|column| others.iter().any(|name| is_named(column, name)));
    columns.iter().position(|column| is_named(column, "name")).filter(|_| decides && alone)
}

fn next_filled<R: BufRead>(records: &mut Records<R>, record: &mut Record) -> Result<bool, PbError> {
    while records.next(record)? {
        if record.len() > 1 || record.first_quoted || !record.is_blank_from(0) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A field as text. Bytes that are no UTF-8 are replaced with a warning, or refused in what tells plans and voters apart.
fn text_of<'a>(record: &'a Record, at: usize, column: &str, warnings: &mut Warnings) -> Result<Cow<'a, str>, PbError> {
    let bytes = record.field(at);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(_) if STRICT.iter().any(|name| is_named(column, name)) => {
            Err(PbError::new(record.line, column, PbErrorKind::NotUtf8))
        }
        Err(_) => {
            warnings.add(record.line, column, WarningKind::NotUtf8);
            Ok(String::from_utf8_lossy(bytes))
        }
    }
}
