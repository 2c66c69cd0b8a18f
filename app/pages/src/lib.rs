//! Server-rendered pages: pure functions from view data to HTML.
//!
//! Add a page: a struct with its view data and `sample()`, a function `(ctx, data) -> AnyView` that ends in
//! `frame(..)`, and a line in the module's `samples()`; a test then renders it in every language.

pub mod about;
pub mod admin;
pub mod ballot;
pub mod budget;
pub mod buurten;
pub mod code;
mod ctx;
pub mod district;
pub mod execution;
mod frame;
pub mod help;
mod kit;
pub mod moderation;
pub mod overview;
pub mod people;
pub mod plans;
pub mod problem;
pub mod recipes;
pub mod result;
pub mod rounds;
mod share;
pub mod survey;
pub mod vote_desk;

pub use ctx::{Ctx, Reader};
pub use leptos::prelude::AnyView;

/// A page with sample data: its name and how to draw it.
pub struct Sample {
    /// Module and page.
    pub name: &'static str,
    /// Draws it.
    pub draw: fn(&Ctx) -> AnyView,
}

/// Every page with sample data.
pub fn samples() -> Vec<Sample> {
    [
        about::samples(),
        budget::samples(),
        buurten::samples(),
        district::samples(),
        execution::samples(),
        moderation::samples(),
        plans::samples(),
        people::samples(),
        problem::samples(),
        admin::samples(),
        ballot::samples(),
        code::samples(),
        vote_desk::samples(),
        result::samples(),
        rounds::samples(),
        survey::samples(),
        help::samples(),
        recipes::samples(),
        overview::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
