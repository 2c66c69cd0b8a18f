//! Splits bytes into records of fields. The crate `csv` is not used for it: it does not tell on which line a record begins
//! where blank lines or CRLF stand before it, whether a field was quoted, or that a quote was never closed.

use super::{PbError, PbErrorKind};
use std::io::{BufRead, Chain, Cursor, ErrorKind, Read};

/// Most bytes of one record.
const RECORD_BYTES: usize = 4 << 20;
/// Most lines a quoted field runs over; beyond that, its closing quote is missing.
const QUOTED_LINES: u64 = 200;
/// Bytes that mean something in a field without quotes.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    stops[b';' as usize] = true;
    stops[b'"' as usize] = true;
    stops[b'\n' as usize] = true;
    stops[b'\r' as usize] = true;
    stops
};
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// One record; kept and filled again, so that reading allocates nothing per record.
#[derive(Debug, Default)]
pub(super) struct Record {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// Line where it begins.
    pub line: u64,
    /// The first field stood in quotes.
    pub first_quoted: bool,
    /// After a closing quote more text followed, up to the `;`.
    pub loose_quote: bool,
}

impl Record {
    /// How many fields it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Field `index`; empty where there is none.
    pub fn field(&self, index: usize) -> &[u8] {
        let start = if index == 0 { 0 } else { self.ends.get(index - 1).copied().unwrap_or(0) };
        self.ends.get(index).map_or(&[], |end| &self.bytes[start..*end])
    }

    /// Whether nothing but spaces stands in the fields from `index` on.
    pub fn is_blank_from(&self, index: usize) -> bool {
        (index..self.len()).all(|at| self.field(at).trim_ascii().is_empty())
    }

    /// The first `fields` of them as one text and where each ends in it; `None` where one is no UTF-8.
    pub fn text(&self, fields: usize) -> Option<(&str, &[usize])> {
        let ends = &self.ends[..fields.min(self.len())];
        let text = std::str::from_utf8(&self.bytes[..ends.last().copied().unwrap_or(0)]).ok()?;
        // Two halves of a letter in two fields are no text, though they are one when taken together.
        ends.iter().all(|end| text.is_char_boundary(*end)).then_some((text, ends))
    }

    /// Fills it with the line on top of `buffer`, if that is whole, without quotes, and ends with LF or CRLF; nearly all
    /// are so. Gives how many bytes that took; 0, and nothing filled, for any other line.
    fn fill_from_plain_line(&mut self, buffer: &[u8]) -> usize {
        let mut start = 0;
        for (at, byte) in buffer.iter().enumerate().take(RECORD_BYTES) {
            if !STOPS[usize::from(*byte)] {
                continue;
            }
            let taken = match (byte, buffer.get(at + 1)) {
                (b';', _) => 0,
                (b'\n', _) => at + 1,
                (b'\r', Some(b'\n')) => at + 2,
                _ => break,
            };
            self.bytes.extend_from_slice(&buffer[start..at]);
            self.end_field();
            start = at + 1;
            if taken > 0 {
                return taken;
            }
        }
        self.bytes.clear();
        self.ends.clear();
        0
    }

    fn clear(&mut self, line: u64) {
        self.bytes.clear();
        self.ends.clear();
        self.line = line;
        self.first_quoted = false;
        self.loose_quote = false;
    }

    fn end_field(&mut self) {
        self.ends.push(self.bytes.len());
    }
}

/// Where the splitter stands in a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first byte of a field.
    Start,
    /// In a field without quotes.
    Text,
    /// In a quoted field.
    Quoted,
    /// After a quote in a quoted field: the end of it, or the first of two.
    Closed,
    /// After spaces behind the closing quote.
    Behind,
}

/// The records of a source, and the line count.
pub(super) struct Records<R> {
    source: Chain<Cursor<Vec<u8>>, R>,
    line: u64,
    left: u64,
    most: u64,
    /// The byte before was a CR: an LF now is part of the same line break.
    after_cr: bool,
}

impl<R: BufRead> Records<R> {
    /// Begins to read; no more than `most` bytes.
    pub fn new(mut source: R, most: u64) -> Result<Self, PbError> {
        let mut head = Vec::new();
        source.by_ref().take(3).read_to_end(&mut head).map_err(|e| failed(0, e.kind()))?;
        if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
            return Err(PbError::new(1, "", PbErrorKind::Utf16));
        }
        if head == BYTE_ORDER_MARK {
            head.clear();
        }
        Ok(Self { source: Cursor::new(head).chain(source), line: 1, left: most, most, after_cr: false })
    }

    /// The line that comes next.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Fills `record` with the next one; false at the end.
    pub fn next(&mut self, record: &mut Record) -> Result<bool, PbError> {
        record.clear(self.line);
        let mut state = State::Start;
        let mut opened = self.line;
        loop {
            let buffer = match self.source.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(failed(self.line, error.kind())),
            };
            if buffer.is_empty() {
                return end_of_source(record, state, opened);
            }
            let mut done = false;
            let mut at = 0;
            if state == State::Start && record.ends.is_empty() && !self.after_cr {
                at = record.fill_from_plain_line(buffer);
                done = at > 0;
                self.line += u64::from(done);
            }
            while at < buffer.len() && !done {
                let byte = buffer[at];
                if byte == b'\n' && self.after_cr {
                    // The second half of CRLF: part of the text in quotes, otherwise nothing.
                    self.after_cr = false;
                    if state == State::Quoted {
                        record.bytes.push(byte);
                    }
                    at += 1;
                    continue;
                }
                let breaks = byte == b'\n' || byte == b'\r';
                if breaks {
                    self.line += 1;
                }
                self.after_cr = byte == b'\r';
                at += 1;
                match state {
                    State::Quoted if byte == b'"' => state = State::Closed,
                    State::Quoted => {
                        record.bytes.push(byte);
                        if breaks && self.line - opened > QUOTED_LINES {
                            return Err(unclosed(opened, record));
                        }
                        if !breaks {
                            at += copy_until(&buffer[at..], &mut record.bytes, |b| matches!(b, b'"' | b'\n' | b'\r'));
                        }
                    }
                    _ if byte == b';' || breaks => {
                        record.end_field();
                        state = State::Start;
                        done = breaks;
                    }
                    State::Start if byte == b'"' => {
                        state = State::Quoted;
                        opened = self.line;
                        record.first_quoted |= record.len() == 0;
                    }
                    State::Closed if byte == b'"' => {
                        record.bytes.push(byte);
                        state = State::Quoted;
                    }
                    State::Closed | State::Behind if byte == b' ' || byte == b'\t' => {
                        record.bytes.push(byte);
                        state = State::Behind;
                    }
                    State::Closed | State::Behind if opened != self.line => return Err(unclosed(opened, record)),
                    _ => {
                        record.loose_quote |= matches!(state, State::Closed | State::Behind);
                        record.bytes.push(byte);
                        state = State::Text;
                        at += copy_until(&buffer[at..], &mut record.bytes, |b| matches!(b, b';' | b'\n' | b'\r'));
                    }
                }
                if record.bytes.len() + record.ends.len() > RECORD_BYTES {
                    return Err(PbError::new(record.line, "", PbErrorKind::RecordTooLong));
                }
            }
            self.source.consume(at);
            self.left = self.left.checked_sub(at as u64).ok_or_else(|| too_large(self.line, self.most))?;
            if done {
                return Ok(true);
            }
        }
    }
}

/// Copies what comes before the first byte that `stops`; gives how many that are.
fn copy_until(from: &[u8], into: &mut Vec<u8>, stops: impl Fn(u8) -> bool) -> usize {
    let run = from.iter().position(|b| stops(*b)).unwrap_or(from.len());
    // One byte more than a record may have is enough to be refused.
    into.extend_from_slice(&from[..run.min(RECORD_BYTES + 1)]);
    run
}

fn end_of_source(record: &mut Record, state: State, opened: u64) -> Result<bool, PbError> {
    match state {
        State::Quoted => Err(unclosed(opened, record)),
        State::Start if record.len() == 0 => Ok(false),
        _ => {
            record.end_field();
            Ok(true)
        }
    }
}

fn unclosed(opened: u64, record: &Record) -> PbError {
    let start = record.ends.last().copied().unwrap_or(0);
    let text = String::from_utf8_lossy(&record.bytes[start..]);
    PbError::new(opened, "", PbErrorKind::UnclosedQuote(super::error::clip(text.lines().next().unwrap_or_default())))
}

fn failed(line: u64, kind: ErrorKind) -> PbError {
    PbError::new(line, "", PbErrorKind::Source(kind))
}

fn too_large(line: u64, most: u64) -> PbError {
    PbError::new(line, "", PbErrorKind::FileTooLarge(most))
}
