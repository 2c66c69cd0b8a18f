//! What a reader sees when something cannot be done: what happened and what to do next.

use crate::frame::{Frame, frame};
use crate::{Ctx, Sample};
use domain::urls;
use leptos::prelude::*;

/// Which problem; texts are `problem-<key>-title` and `-text`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No such page.
    NotFound,
    /// Not for this reader.
    Denied,
    /// Not in this state any more.
    State,
    /// The form's token is of another session.
    Stale,
    /// Our fault; trying again may help.
    Again,
    /// Larger than the limit.
    TooLarge,
    /// Too often.
    TooMany,
}

impl Problem {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::NotFound, Self::Denied, Self::State, Self::Stale, Self::Again, Self::TooLarge, Self::TooMany];

    fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => ("problem-not-found-title", "problem-not-found-text"),
            Self::Denied => ("problem-denied-title", "problem-denied-text"),
            Self::State => ("problem-state-title", "problem-state-text"),
            Self::Stale => ("problem-stale-title", "problem-stale-text"),
            Self::Again => ("problem-again-title", "problem-again-text"),
            Self::TooLarge => ("problem-too-large-title", "problem-too-large-text"),
            Self::TooMany => ("problem-too-many-title", "problem-too-many-text"),
        }
    }
}

/// The page.
pub fn problem(ctx: &Ctx, which: Problem) -> AnyView {
    let (title, text) = which.keys();
    let main = view! {
        <h1 class="ams-heading ams-heading--1">{ctx.t(title)}</h1>
        <p class="ams-paragraph">{ctx.t(text)}</p>
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::Home {})>{ctx.t("problem-home")}</a></p>
    };
    frame(ctx, Frame::narrow(ctx.t(title)), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "problem/not-found", draw: |ctx| problem(ctx, Problem::NotFound) },
        Sample { name: "problem/denied", draw: |ctx| problem(ctx, Problem::Denied) },
        Sample { name: "problem/state", draw: |ctx| problem(ctx, Problem::State) },
        Sample { name: "problem/stale", draw: |ctx| problem(ctx, Problem::Stale) },
        Sample { name: "problem/again", draw: |ctx| problem(ctx, Problem::Again) },
        Sample { name: "problem/too-large", draw: |ctx| problem(ctx, Problem::TooLarge) },
        Sample { name: "problem/too-many", draw: |ctx| problem(ctx, Problem::TooMany) },
    ]
}
