//! The few interactive parts. On the server an island is a mark in the page; the page around it is right with no script
//! running. In the browser the island looks for its part of the page by `data-` attributes, which also carry its words, and
//! makes it react with plain DOM listeners.
//!
//! To add one: a file here with an `#[island]` function that has no props and draws one element, `pub use` it below, run
//! `make site`. No props, no signals, no `format!`, no generic code where a `dyn` will do: props alone would bring a JSON
//! reader, and every byte here is sent to cheap phones.

mod ballot;
mod code_from_letter;
mod dom;
mod find_receipt;
mod form_draft;
mod money;
mod patience;
mod receipt;
mod steps;

pub use ballot::BallotIsland;
pub use code_from_letter::CodeFromLetter;
pub use find_receipt::FindReceipt;
pub use form_draft::{DraftIsland, FormDraft};
pub use money::euro;
pub use patience::PatienceIsland;
pub use receipt::ReceiptIsland;
pub use steps::StepsIsland;
