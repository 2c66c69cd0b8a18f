//! Finds what tells of a person in an answer and masks it, before a moderator reads it as a quote: numbers and addresses by
//! their form (`patterns.rs`), names by the words around them and by a list of first names (`names.rs`, `words.rs`). It masks
//! too much rather than too little, and it does miss some: the moderator looks over what is left.
//!
//! ```
//! let masked = domain::mask::mask("Bel mevrouw De Vries, 06-12345678, voor de sleutel.", &[]);
//! assert_eq!(masked.text, "Bel mevrouw ▮▮▮, ▮▮▮, voor de sleutel.");
//! ```
//!
//! To find something new: a pattern with its [`Kind`] in `patterns.rs`, or a cue in `words.rs`; and sentences with and without
//! it in `tests/mask.rs`, which prints how much is found.

mod names;
mod patterns;
mod words;

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What stands in place of what was found.
pub const MASK: &str = "▮▮▮";

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A mail address.
    Mail,
    /// A web address or a name on a social network.
    Link,
    /// A bank account.
    Iban,
    /// A phone number.
    Phone,
    /// A licence plate.
    Plate,
    /// A date of birth, or one that may be.
    Birth,
    /// A postcode.
    Postcode,
    /// A street or 'nummer' with a house number.
    Address,
    /// A long number, such as a BSN.
    Number,
    /// A person's name.
    Name,
}

/// Something that was found, by bytes of the text as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What.
    pub kind: Kind,
    /// Where.
    pub range: Range<usize>,
}

/// A text with what was found in it masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Masked {
    /// The text, with [`MASK`] in place of each.
    pub text: String,
    /// What was found, in order, none overlapping another.
    pub found: Vec<Found>,
}

/// Masks a text. `places` are names of buurten, streets and the like, which are no persons; with a house number they are an
/// address.
pub fn mask(text: &str, places: &[&str]) -> Masked {
    let mut found = patterns::find(text, places);
    found.extend(names::find(text, places));
    found.sort_by_key(|f| (f.range.start, usize::MAX - f.range.end));
    let mut apart: Vec<Found> = Vec::with_capacity(found.len());
    for next in found {
        match apart.last_mut().filter(|last| next.range.start < last.range.end) {
            Some(last) => last.range.end = last.range.end.max(next.range.end),
            None => apart.push(next),
        }
    }
    let (mut masked, mut done) = (String::with_capacity(text.len()), 0);
    for Found { range, .. } in &apart {
        masked.push_str(&text[done..range.start]);
        masked.push_str(MASK);
        done = range.end;
    }
    masked.push_str(&text[done..]);
    Masked { text: masked, found: apart }
}
