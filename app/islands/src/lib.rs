//! The few interactive parts. An island takes all its words as props and renders, on the server, markup that is
//! right with no script running; in the browser it then comes alive.
//!
//! To add one: a file here with an `#[island]` function whose props are plain data, `pub use` it below, run
//! `make site`. Its view is one element, and so is every part within (no bare fragments): the server is compiled with
//! erased view types and the module without, and only the end of an element's children looks different. Keep `format!`-heavy or parsing code out: every byte here is sent to cheap phones.

mod ballot_total;
mod code_from_letter;
mod dom;
mod form_draft;
mod money;

pub use ballot_total::BallotTotal;
pub use code_from_letter::CodeFromLetter;
pub use form_draft::FormDraft;
pub use money::euro;
