//! A table without its header, in one piece of text: a million ballots are no million strings.

use std::ops::Range;

/// Rows of text fields. Empty fields at the end of a row are not kept: a field that is not there reads as empty.
///
/// Two are equal when they hold the same fields, whatever lines they stood on.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    text: String,
    /// Field `f` is `text[field_ends[f - 1]..field_ends[f]]`.
    field_ends: Vec<usize>,
    /// Row `r` has the fields `row_ends[r - 1]..row_ends[r]`.
    row_ends: Vec<usize>,
    lines: Vec<u64>,
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        self.row_ends == other.row_ends && self.field_ends == other.field_ends && self.text == other.text
    }
}

impl Eq for Rows {}

impl Rows {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.row_ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.row_ends.is_empty()
    }

    /// Adds a row; one without any text is not added, because a file cannot hold it.
    pub fn push<'a>(&mut self, fields: impl IntoIterator<Item = &'a str>) {
        for field in fields {
            self.add_field(field);
        }
        self.end_row(0);
    }

    /// Row `index`, if there are so many.
    pub fn get(&self, index: usize) -> Option<Row<'_>> {
        let end = *self.row_ends.get(index)?;
        let start = if index == 0 { 0 } else { self.row_ends[index - 1] };
        Some(Row { rows: self, fields: start..end, line: self.lines[index] })
    }

    /// All rows.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// Line of row `index`, or 0.
    pub fn line(&self, index: usize) -> u64 {
        self.lines.get(index).copied().unwrap_or(0)
    }

    /// Adds a field to the row that [`Rows::end_row`] will end.
    pub(super) fn add_field(&mut self, field: &str) {
        self.text.push_str(field);
        self.field_ends.push(self.text.len());
    }

    /// Adds all fields of a row: `text` without what stood between them, and where each ends.
    pub(super) fn add_fields(&mut self, text: &str, ends: &[usize]) {
        let before = self.text.len();
        self.text.push_str(text);
        self.field_ends.extend(ends.iter().map(|end| before + end));
    }

    /// Ends the row that stood on `line`, unless it holds no text.
    pub(super) fn end_row(&mut self, line: u64) {
        let start = self.row_ends.last().copied().unwrap_or(0);
        while self.field_ends.len() > start && self.field_range(self.field_ends.len() - 1).is_empty() {
            self.field_ends.pop();
        }
        if self.field_ends.len() > start {
            self.row_ends.push(self.field_ends.len());
            self.lines.push(line);
        }
    }

    /// Gives back memory that growing took in advance.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.field_ends.shrink_to_fit();
        self.row_ends.shrink_to_fit();
        self.lines.shrink_to_fit();
    }

    fn field_range(&self, field: usize) -> Range<usize> {
        let start = if field == 0 { 0 } else { self.field_ends[field - 1] };
        start..self.field_ends[field]
    }
}

/// One row of [`Rows`].
#[derive(Clone, Debug)]
pub struct Row<'a> {
    rows: &'a Rows,
    fields: Range<usize>,
    line: u64,
}

impl<'a> Row<'a> {
    /// The field in this column as written; empty where the row has none.
    pub fn get(&self, column: usize) -> &'a str {
        match self.fields.start.checked_add(column) {
            Some(field) if field < self.fields.end => &self.rows.text[self.rows.field_range(field)],
            _ => "",
        }
    }

    /// The fields up to the last one that is not empty.
    pub fn fields(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let rows = self.rows;
        self.fields.clone().map(|field| &rows.text[rows.field_range(field)])
    }

    /// The line in the file where it begins; 0 when it comes from no file.
    pub fn line(&self) -> u64 {
        self.line
    }
}
