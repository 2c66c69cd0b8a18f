//! `/moderatie/{id}`: one plan to answer in two taps, the share in sight.

mod answers;
mod desk;

use super::due_words;
use super::small::{Small, small};
use crate::frame::{Frame, frame};
use crate::kit;
use crate::plans::show::{self, PlanView};
use crate::plans::versions::{parts, sample_text};
use crate::plans::{picture, take_box, take_line};
use crate::{Ctx, Sample};
pub(crate) use answers::takes_effect;
use answers::{decide, programme, publish};
use desk::desk;
use domain::dialogue::PlanText;
use domain::form::{Errors, Problem, Raw};
use domain::initiative::State;
use domain::time::{HOUR, Seconds};
use domain::urls;
use leptos::prelude::*;

/// Labels of the forms, for the error summary.
const LABELS: &[(&str, &str)] = &[
    ("question", "moderation-question"),
    ("reason", "moderation-reason"),
    ("words", "moderation-words"),
    ("note", "moderation-note"),
    ("programme", "plans-programme"),
    ("supporter", "moderation-supporter"),
    ("year", "moderation-year"),
    ("to", "moderation-refer-to"),
    ("whom", "moderation-refer-whom"),
    ("refer_words", "moderation-words"),
    ("into", "merge-into"),
    ("merge_words", "merge-words"),
    ("split_words", "split-words"),
    ("desk", "moderation-hand-to"),
    ("why", "moderation-hand-why"),
];

/// One plan to answer.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// The plan.
    pub plan: PlanView,
    /// Name of who handed it in.
    pub author: String,
    /// Its version as shown: an answer is to what was read.
    pub version: i64,
    /// Due, when it waits for an answer.
    pub due_at: Option<Seconds>,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
    /// Id and name.
    pub programmes: Vec<(String, String)>,
    /// Language (code) in which the submitter gets mail.
    pub mail_lang: texts::Lang,
    /// A colleague is busy with it until then; true: the reader is.
    pub claim: Option<(bool, Seconds)>,
    /// A decision that waits: key and when it takes effect.
    pub pending: Option<(String, Seconds)>,
    /// The stadsdeel answers it.
    pub by_staff: bool,
    /// Desks it can be handed to: value and text.
    pub desks: Vec<(String, String)>,
    /// What it said when the reader opened it, and what it says now, when that changed under their eyes.
    pub changed: Option<(PlanText, PlanText)>,
    /// The reader made it: somebody else answers.
    pub own: bool,
    /// Plans that say much the same: id, title, state, and whether this one can go on in it.
    pub alike: Vec<(i64, String, State, bool)>,
    /// It can be merged into another now.
    pub can_merge: bool,
    /// Both sides are asked already whether it goes on in this plan: its title, and who said yes.
    pub merging: Option<(String, bool, bool)>,
    /// Who handed it in asked for somebody who thinks along, and nobody was named yet.
    pub wants_help: bool,
    /// It can be published or returned now.
    pub open: bool,
    /// It can be rejected now.
    pub can_reject: bool,
    /// Signing for a small plan.
    pub small: Option<Small>,
}

impl CaseView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            plan: PlanView { state: State::Submitted, ..PlanView::sample() },
            author: "Fatma".into(),
            version: 1,
            due_at: Some(1_795_000_000 + 5 * HOUR),
            typed: Raw::default(),
            errors: Errors::default(),
            programmes: vec![("1".into(), "Sociaal".into())],
            mail_lang: texts::Lang::En,
            claim: Some((true, 1_795_000_000 + HOUR)),
            pending: None,
            by_staff: false,
            desks: vec![
                ("2".into(), "Van der Pekbuurt (Buurtwerk Noord)".into()),
                ("stadsdeel".into(), "Stadsdeel".into()),
            ],
            changed: None,
            own: false,
            alike: vec![
                (9, "Spelen op het plein".into(), State::Published, true),
                (4, "Speeltuin".into(), State::InExecution, false),
            ],
            can_merge: true,
            merging: Some(("Spelen op het plein".into(), true, false)),
            wants_help: true,
            open: true,
            can_reject: true,
            small: None,
        }
    }
}

/// What was asked and answered last, when the plan came in again with an answer.
fn answered(ctx: &Ctx, data: &CaseView) -> AnyView {
    let steps = &data.plan.steps;
    let Some(at) = steps.iter().rposition(|s| s.act == "answered") else { return ().into_any() };
    if data.plan.state != State::Submitted {
        return ().into_any();
    }
    let asked = steps[..at].iter().rev().find(|s| matches!(s.act.as_str(), "returned" | "split_asked" | "merge_asked"));
    let asked = asked.map(|s| view! { <blockquote class="fb-quote">{kit::lines(&s.words)}</blockquote> });
    view! { <section class="fb-notice fb-notice--green"><h2 class="ams-heading ams-heading--3">{ctx.t("moderation-answered")}</h2>{asked}{kit::lines(&steps[at].words)}</section> }.into_any()
}

/// Plans that say much the same, whatever became of them.
fn alike(ctx: &Ctx, data: &CaseView) -> AnyView {
    if data.alike.is_empty() {
        return ().into_any();
    }
    let items = data
        .alike
        .iter()
        .map(|(id, title, state, _)| view! { <li><a class="ams-link" dir="auto" href=ctx.url(&urls::Initiative { id: *id })>{title.clone()}</a>" "{kit::state_badge(ctx, *state)}</li> })
        .collect_view();
    view! { <div class="fb-notice fb-notice--plain"><p class="ams-paragraph">{ctx.t("moderation-alike")}</p><ul class="fb-stack fb-stack--tight">{items}</ul></div> }.into_any()
}

/// One plan's page: first what decides, then the ways to answer, then what else there is to know and to set.
pub fn case(ctx: &Ctx, data: &CaseView) -> AnyView {
    let due = data.due_at.map(|d| view! { " · "<b>{due_words(ctx, d)}</b> });
    // Back to the desk the reader has.
    let staff = data.by_staff && ctx.reader.as_ref().is_some_and(|reader| reader.staff);
    let back = if staff {
        view! { <a class="fb-back" href=ctx.url(&urls::District {})>{ctx.t("district-title")}</a> }
    } else {
        view! { <a class="fb-back" href=ctx.url(&urls::Moderation {})>{ctx.t("moderation-title")}</a> }
    };
    let p = &data.plan;
    let changed = data.changed.as_ref().map(|(was, now)| view! { <section class="fb-notice fb-notice--plain"><h2 class="ams-heading ams-heading--3">{ctx.t("moderation-changed-since")}</h2>{parts(ctx, was, now)}</section> });
    let programme_may_change =
        matches!(p.state, State::Submitted | State::Returned | State::Published | State::Feasible);
    let main = view! {
        {back}
        {kit::error_summary(ctx, &data.errors, LABELS)}
        <div class="fb-head">
            <p class="fb-row fb-row--tight">{kit::state_badge(ctx, p.state)}</p>
            <h1 class="ams-heading ams-heading--1" dir="auto">{p.title.clone()}</h1>
            <p class="fb-meta">{format!("{} · {} · {} · {}", data.author, p.from(ctx), p.buurt, texts::date_time(ctx.lang, p.at))}{due}</p>
        </div>
        {take_line(ctx, p.cost.map(|(_, desired)| desired), p.take.as_ref())}
        {data.own.then(|| view! { <p class="fb-notice">{ctx.t("moderation-own-plan")}</p> })}
        {data.wants_help.then(|| view! { <p class="fb-notice fb-notice--plain"><a class="ams-link" href="#supporter">{ctx.t("help-asked")}</a></p> })}
        {alike(ctx, data)}
        {changed}
        {answered(ctx, data)}
        {p.photo.then(|| picture(ctx, p.id, true, ""))}
        {show::body(ctx, p)}
        {decide(ctx, data)}
        {data.small.as_ref().map(|s| small(ctx, s, &data.typed, &data.errors))}
        {p.take.as_ref().map(|t| take_box(ctx, t))}
        {show::road(ctx, p)}
        {(data.can_reject && data.pending.is_none() && !data.own).then(|| desk(ctx, data))}
        {(programme_may_change && !data.own).then(|| programme(ctx, data))}
        {publish(ctx, data)}
    };
    frame(ctx, Frame::narrow(p.title.clone()).failed(!data.errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "moderation/case", draw: |ctx| case(ctx, &CaseView::sample()) },
        Sample {
            name: "moderation/case-wrong",
            draw: |ctx| {
                case(
                    ctx,
                    &CaseView {
                        typed: Raw::from_pairs(&[("act", "reject")]),
                        errors: Errors(vec![("reason", Problem::NotAChoice), ("words", Problem::Missing)]),
                        changed: Some((sample_text("woensdag"), sample_text("vrijdag"))),
                        ..CaseView::sample()
                    },
                )
            },
        },
        Sample {
            name: "moderation/case-small",
            draw: |ctx| {
                case(
                    ctx,
                    &CaseView {
                        open: false,
                        can_reject: false,
                        due_at: None,
                        small: Some(Small::sample()),
                        ..CaseView::sample()
                    },
                )
            },
        },
        Sample {
            name: "moderation/case-pending",
            draw: |ctx| {
                let pending = Some(("reject".to_owned(), 1_795_000_400));
                case(ctx, &CaseView { pending, errors: Errors::one("act", Problem::Pending), ..CaseView::sample() })
            },
        },
        Sample {
            name: "moderation/case-claimed",
            draw: |ctx| {
                let claim = Some((false, 1_795_003_000));
                let errors =
                    Errors(vec![("act", Problem::Claimed), ("desk", Problem::NotAChoice), ("why", Problem::Missing)]);
                case(ctx, &CaseView { claim, errors, by_staff: true, ..CaseView::sample() })
            },
        },
    ]
}
