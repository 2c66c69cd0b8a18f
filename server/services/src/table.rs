//! Rows for a spreadsheet: as CSV, with no text that a spreadsheet would take for a formula.

use crate::ActError;

/// Rows under a header.
pub(crate) struct Table(csv::Writer<Vec<u8>>);

impl Table {
    /// # Errors
    /// [`ActError::Broken`] when it cannot be written, here and below.
    pub fn new(header: &[&str]) -> Result<Self, ActError> {
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(header).map_err(|e| ActError::Broken(e.to_string()))?;
        Ok(Self(out))
    }

    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<(), ActError> {
        self.0.write_record(cells.into_iter().map(safe)).map_err(|e| ActError::Broken(e.to_string()))
    }

    pub fn bytes(self) -> Result<Vec<u8>, ActError> {
        self.0.into_inner().map_err(|e| ActError::Broken(e.to_string()))
    }
}

/// What begins a formula.
const RISKY: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// A cell that a spreadsheet takes for no formula; a number stays one, also below zero. A Dutch spreadsheet begins a cell after a
/// semicolon too, whatever the file separates its cells with.
fn safe(text: &str) -> String {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    if digits(whole.strip_prefix('-').unwrap_or(whole)) && digits(rest) {
        return text.to_owned();
    }
    let parts = text.split_inclusive(';').map(|part| {
        let risky = part.trim_start().starts_with(RISKY) || part.starts_with(['\t', '\r', '\n']);
        if risky { format!("'{part}") } else { part.to_owned() }
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn a_spreadsheet_takes_no_title_for_a_formula() {
        for text in ["=1+1", "@SUM(A1)", "+31 6", "-1+1", "\t=1", " =1"] {
            assert!(safe(text).starts_with('\''), "{text}");
        }
        assert_eq!(safe("Groen = goed; a-b"), "Groen = goed; a-b");
        assert_eq!(safe("Groen;=HYPERLINK(1); -2"), "Groen;'=HYPERLINK(1);' -2");
        for number in ["-12", "-12.05", "0.50", "7"] {
            assert_eq!(safe(number), number);
        }
        for text in ["-12.05.1", "-1.2-3", "-.5", "-"] {
            assert!(safe(text).starts_with('\''), "{text}");
        }
    }
}
