//! What Fijne Buurt decides, without any I/O, so that the browser and the server run the same code.
//!
//! Add a decision here as a pure function or type with its own tests; callers pass clock and randomness in.

pub mod access;
pub mod account;
pub mod advice;
pub mod budget;
pub mod dialogue;
pub mod disclosure;
pub mod evaluation;
pub mod execution;
pub mod form;
pub mod help;
pub mod initiative;
pub mod mask;
pub mod money;
pub mod notice;
pub mod overview;
pub mod round;
pub mod survey;
pub mod tally;
pub mod terms;
pub mod time;
pub mod uncertainty;
pub mod urls;
pub mod vote_code;
