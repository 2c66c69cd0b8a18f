//! Voters that stand twice. Files often give other people the same id, so both ballots count.

use super::Rows;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Who was there before. Most files number their voters upwards, and need no table for it.
pub(super) struct Voters<'a> {
    rows: &'a Rows,
    column: usize,
    /// The last id, as long as each was above the one before.
    last: &'a str,
    /// Lines by id; empty as long as that is so.
    seen: HashMap<&'a str, u64>,
}

impl<'a> Voters<'a> {
    pub fn new(rows: &'a Rows, column: usize) -> Self {
        Self { rows, column, last: "", seen: HashMap::new() }
    }

    /// Takes the voter `id` of row `at`; the rows come in order. Gives the line where the same id stood first.
    pub fn first_line(&mut self, at: usize, id: &'a str) -> Option<u64> {
        if self.seen.is_empty() {
            if id.is_empty() || (self.last.len(), self.last) < (id.len(), id) {
                self.last = if id.is_empty() { self.last } else { id };
                return None;
            }
            self.seen.reserve(self.rows.len());
            let before = self.rows.iter().take(at);
            self.seen.extend(before.map(|row| (row.get(self.column).trim(), row.line())));
        }
        match self.seen.entry(id) {
            Entry::Occupied(first) => Some(*first.get()).filter(|_| !id.is_empty()),
            Entry::Vacant(free) => {
                free.insert(self.rows.line(at));
                None
            }
        }
    }
}
