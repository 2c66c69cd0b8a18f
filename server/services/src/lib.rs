//! What people can do: one function per act. Each checks the access table, then writes rows, audit line and mail in one unit.
//!
//! Add an act: a line in `domain::access::TABLE`, a function here that takes [`World`], the [`Actor`] and parsed input.

pub mod accounts;
pub mod advice;
pub mod appeals;
pub mod ballots;
pub mod boxkeys;
pub mod budget;
pub mod bundles;
pub mod co_authors;
pub mod codes;
pub mod comments;
pub mod complaints;
pub mod count;
pub mod counting;
pub mod demo;
pub mod district;
pub mod doctor;
pub mod evaluations;
pub mod execution;
pub mod explain;
mod fail_point;
pub mod forecast;
pub mod health;
pub mod help;
pub mod initiatives;
pub mod keys;
pub mod letters;
pub mod limits;
pub mod logbook;
pub mod merges;
pub mod moderation;
pub mod notices;
pub mod overview;
pub mod passwords;
pub mod pictures;
pub mod plan_texts;
pub mod residence;
pub mod roles;
pub mod rolls;
pub mod rounds;
pub mod second_factor;
pub mod sessions;
pub mod settings;
pub mod shares;
pub mod sheets;
pub mod small_plans;
pub mod surveys;
mod table;
pub mod terms;
pub mod turnout;
pub mod voters;
mod world;

pub use domain::access::Actor;
pub use keys::{Keys, KeysError};
pub use world::{SystemClock, World, audit, hex, letter, once, remember, unhex};

use domain::access::Denied;
use domain::form::Errors;
use store::StoreError;

/// Why an act was not done. The page tells people what to do; the log says why.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// Fields to mend.
    #[error("the form has errors")]
    Form(Errors),
    /// Not for this actor.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Nothing there.
    #[error("not found")]
    NotFound,
    /// The same form was sent before and led here.
    #[error("done before")]
    Done(String),
    /// Too often in this time.
    #[error("too many tries")]
    TooMany,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something of ours is broken.
    #[error("{0}")]
    Broken(String),
}

impl From<Errors> for ActError {
    fn from(errors: Errors) -> Self {
        Self::Form(errors)
    }
}
