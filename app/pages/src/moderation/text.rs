//! `/moderatie/{id}/tekst`: a new text of a public plan, beside what stands there now; and what else waits beside plans.

use super::due_words;
use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::plans::versions::{parts, sample_text};
use crate::{Ctx, Sample};
use domain::dialogue::PlanText;
use domain::form::{Errors, Problem, Raw};
use domain::initiative::State;
use domain::time::{HOUR, Seconds};
use domain::urls;
use leptos::prelude::*;

/// What waits beside plans: where it leads, its title, and when an answer is due or how many reported it.
#[derive(Clone, Debug)]
pub enum Beside {
    /// A new text of a public plan.
    Text {
        /// Plan.
        id: i64,
        /// Its title.
        title: String,
        /// The answer is due.
        due_at: Seconds,
    },
    /// A reported comment.
    Comment {
        /// Plan.
        plan: i64,
        /// Comment.
        id: i64,
        /// Title of the plan.
        title: String,
        /// Its first words.
        body: String,
        /// How many reported it.
        reports: i64,
    },
}

impl Beside {
    /// For tests and previews.
    pub fn sample() -> Vec<Self> {
        vec![
            Self::Text { id: 7, title: "Samen Spelen".into(), due_at: 1_795_000_000 + 5 * HOUR },
            Self::Comment { plan: 7, id: 3, title: "Samen Spelen".into(), body: "Koop bij mij!".into(), reports: 2 },
        ]
    }
}

/// The part of a queue's page; nothing when nothing waits.
pub(crate) fn beside(ctx: &Ctx, all: &[Beside]) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    let items = all
        .iter()
        .map(|one| {
            let (due, href, title, line) = match one {
                Beside::Text { id, title, due_at } => (
                    due_words(ctx, *due_at),
                    ctx.url(&urls::ModerationText { id: *id }),
                    title.clone(),
                    ctx.t("text-waits"),
                ),
                Beside::Comment { plan, id, title, body, reports } => (
                    ctx.ta("comment-reports", &[("count", (*reports).into())]),
                    ctx.url(&urls::InitiativeComment { id: *plan, comment: *id }),
                    body.clone(),
                    ctx.ta("comment-about", &[("title", title.as_str().into())]),
                ),
            };
            view! { <li class="fb-queue__row"><p class="fb-queue__due">{due}</p><div class="fb-queue__main"><a class="fb-queue__title" dir="auto" href=href>{title}</a><p class="fb-meta" dir="auto">{line}</p></div></li> }
        })
        .collect_view();
    view! { <section class="fb-section" id="teksten"><h2 class="ams-heading ams-heading--2">{ctx.t("moderation-beside")}</h2><ol class="fb-queue">{items}</ol></section> }.into_any()
}

/// A new text to read.
#[derive(Clone, Debug)]
pub struct TextCase {
    /// Plan.
    pub id: i64,
    /// Its state: staff may have judged it.
    pub state: State,
    /// What stands there.
    pub was: PlanText,
    /// What would.
    pub now: PlanText,
    /// Which proposal it is: its moment.
    pub at: Seconds,
    /// The answer is due.
    pub due_at: Seconds,
    /// Another desk or its own maker: to read, not to answer.
    pub open: bool,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl TextCase {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            id: 7,
            state: State::Feasible,
            was: sample_text("woensdag"),
            now: sample_text("vrijdag"),
            at: 1_794_900_000,
            due_at: 1_795_000_000 + 5 * HOUR,
            open: true,
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }
}

/// The page: take the new text over with one tap, or say why not.
pub fn text(ctx: &Ctx, data: &TextCase) -> AnyView {
    let action = ctx.url(&urls::ModerationText { id: data.id });
    let words = Field {
        name: "words",
        label: ctx.t("text-leave-why"),
        hint: String::new(),
        kind: Kind::Area,
        heading: false,
        typed: &data.typed,
        errors: &data.errors,
    };
    let judged = (data.state != State::Published)
        .then(|| view! { <p class="fb-notice fb-notice--plain">{ctx.t("text-judged")}</p> });
    let at = data.at.to_string();
    let forms = data.open.then(|| {
        view! {
            <div class="fb-decide">
                <details class="fb-details" open=data.typed.get("act") == "leave"><summary class="fb-details__button">{ctx.t("text-leave")}</summary>
                    <form class="fb-form" method="post" action=action.clone() novalidate>{kit::hidden(ctx)}<input type="hidden" name="act" value="leave"/><input type="hidden" name="at" value=at.clone()/>
                        {kit::field(ctx, &words)}
                        <button class="ams-button ams-button--secondary">{ctx.t("text-leave-now")}</button></form></details>
                <form class="fb-form" method="post" action=action.clone()>{kit::hidden(ctx)}<input type="hidden" name="act" value="take"/><input type="hidden" name="at" value=at.clone()/>
                    {kit::bar(ctx.t("text-take"))}</form>
            </div>
        }
    });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Moderation {})>{ctx.t("moderation-title")}</a>
        {kit::error_summary(ctx, &data.errors, &[("words", "text-leave-why")])}
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{ctx.t("text-title")}</h1>
            <p class="fb-meta"><a class="ams-link" dir="auto" href=ctx.url(&urls::Initiative { id: data.id })>{data.was.idea.title.clone()}</a>" · "<b>{due_words(ctx, data.due_at)}</b></p></div>
        {judged}
        <div class="fb-card"><div class="fb-card__body">{parts(ctx, &data.was, &data.now)}</div></div>
        {forms}
    };
    frame(ctx, Frame::narrow(ctx.t("text-title")).failed(!data.errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "moderation/text", draw: |ctx| text(ctx, &TextCase::sample()) },
        Sample {
            name: "moderation/text-wrong",
            draw: |ctx| {
                let errors = Errors(vec![("words", Problem::Missing), ("act", Problem::Changed)]);
                let typed = Raw::from_pairs(&[("act", "leave")]);
                text(ctx, &TextCase { errors, typed, ..TextCase::sample() })
            },
        },
        Sample {
            name: "moderation/text-closed",
            draw: |ctx| text(ctx, &TextCase { open: false, state: State::Published, ..TextCase::sample() }),
        },
    ]
}
