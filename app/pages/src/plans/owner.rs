//! What who handed a plan in can do: change it or answer the question, complete it, take it back.

use super::new::picture_field;
use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::FOR_KINDS;
use domain::urls;
use leptos::prelude::*;

/// A form about an existing plan.
#[derive(Clone, Debug)]
pub struct OwnerView {
    /// Id.
    pub id: i64,
    /// Its title as it stands.
    pub title: String,
    /// What was typed, or what stands there.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
    /// The moderator's question, when it was returned.
    pub question: Option<String>,
    /// Everybody can read it: a moderator reads a new text first.
    pub public: bool,
}

impl OwnerView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            id: 7,
            title: "Samen Spelen".into(),
            typed: Raw::from_pairs(&[
                ("title", "Samen Spelen"),
                ("what", "Spelen"),
                ("why", "Leuk"),
                ("version", "1"),
                ("for_kind", "group"),
                ("minimum", "400"),
            ]),
            errors: Errors::default(),
            question: None,
            public: false,
        }
    }
}

fn back(ctx: &Ctx, data: &OwnerView) -> AnyView {
    view! { <a class="fb-back" href=ctx.url(&urls::Initiative { id: data.id })>{data.title.clone()}</a> }.into_any()
}

fn version(data: &OwnerView) -> AnyView {
    view! {
        <input type="hidden" name="version" value=data.typed.get("version").to_owned()/>
        <input type="hidden" name="waits" value=data.typed.get("waits").to_owned()/>
    }
    .into_any()
}

/// Change the words; with a question: answer it and send again.
pub fn edit(ctx: &Ctx, data: &OwnerView) -> AnyView {
    let field = |name, label: &str, hint: &str, kind| {
        kit::field(
            ctx,
            &Field {
                name,
                label: ctx.t(label),
                hint: if hint.is_empty() { String::new() } else { ctx.t(hint) },
                kind,
                heading: false,
                typed: &data.typed,
                errors: &data.errors,
            },
        )
    };
    let (heading, action) = if data.question.is_some() {
        ("plans-answer-title", "plans-answer-send")
    } else {
        ("plans-edit-title", if data.public { "text-send" } else { "save" })
    };
    let read_first =
        data.public.then(|| view! { <p class="fb-notice fb-notice--plain">{ctx.t("text-read-first")}</p> });
    let question = data.question.as_ref().map(|q| view! { <blockquote class="fb-quote">{kit::lines(q)}</blockquote> });
    let answer = data.question.is_some().then(|| field("answer", "plans-answer", "plans-answer-hint", Kind::Area));
    let main = view! {
        {back(ctx, data)}
        {kit::error_summary(ctx, &data.errors, &[("answer", "plans-answer"), ("title", "plans-new-title"), ("what", "plans-new-what"), ("why", "plans-new-why"), ("place", "plans-new-place")])}
        <form class="fb-form" method="post" action=ctx.url(&urls::InitiativeEdit { id: data.id }) novalidate>
            {kit::hidden(ctx)}
            {version(data)}
            <h1 class="ams-heading ams-heading--1">{ctx.t(heading)}</h1>
            {question}
            {read_first}
            {answer}
            {field("title", "plans-new-title", "plans-new-title-hint", Kind::Line)}
            {field("what", "plans-new-what", "", Kind::Area)}
            {field("why", "plans-new-why", "", Kind::Area)}
            {field("place", "plans-new-place", "plans-new-place-hint", Kind::Line)}
            {kit::bar(ctx.t(action))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t(heading)).failed(!data.errors.0.is_empty()), main)
}

/// What is asked afterwards.
pub fn more(ctx: &Ctx, data: &OwnerView) -> AnyView {
    let field = |name, label: &str, hint: &str, kind| {
        kit::field(
            ctx,
            &Field {
                name,
                label: ctx.t(label),
                hint: ctx.t(hint),
                kind,
                heading: false,
                typed: &data.typed,
                errors: &data.errors,
            },
        )
    };
    let kinds: Vec<(String, String)> =
        FOR_KINDS.iter().map(|k| ((*k).to_owned(), ctx.t(&format!("for-{k}")))).collect();
    let main = view! {
        {back(ctx, data)}
        {kit::error_summary(ctx, &data.errors, &[("minimum", "plans-more-minimum"), ("desired", "plans-more-desired"), ("helpers", "plans-helpers"), ("for_kind", "plans-more-for"), ("for_name", "plans-more-for-name"), ("picture", "plans-new-picture")])}
        <form class="fb-form" method="post" action=ctx.url(&urls::InitiativeMore { id: data.id }) enctype="multipart/form-data" novalidate>
            {kit::hidden(ctx)}
            {version(data)}
            <h1 class="ams-heading ams-heading--1">{ctx.t("plans-more-title")}</h1>
            {field("minimum", "plans-more-minimum", "plans-more-minimum-hint", Kind::Money)}
            {field("desired", "plans-more-desired", "plans-more-desired-hint", Kind::Money)}
            {field("helpers", "plans-helpers", "plans-more-helpers-hint", Kind::Area)}
            {kit::radios(ctx, "for_kind", &ctx.t("plans-more-for"), &kinds, &data.typed, &data.errors)}
            {field("for_name", "plans-more-for-name", "plans-more-for-name-hint", Kind::Line)}
            {kit::tick("wants_supporter", ctx.t("help-wanted"), ctx.t("help-wanted-hint"), &data.typed)}
            {picture_field(ctx, &data.errors)}
            {kit::bar(ctx.t("save"))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("plans-more-title")).failed(!data.errors.0.is_empty()), main)
}

/// Sure?
pub fn withdraw(ctx: &Ctx, data: &OwnerView) -> AnyView {
    let main = view! {
        {back(ctx, data)}
        <form class="fb-form" method="post" action=ctx.url(&urls::InitiativeWithdraw { id: data.id })>
            {kit::hidden(ctx)}
            <h1 class="ams-heading ams-heading--1">{ctx.ta("plans-withdraw-title", &[("title", data.title.as_str().into())])}</h1>
            <p class="ams-paragraph">{ctx.t("plans-withdraw-text")}</p>
            <div class="fb-bar"><button class="ams-button ams-button--secondary fb-button--danger">{ctx.t("plans-withdraw-yes")}</button></div>
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("plans-do-withdraw")), main)
}

/// Asking the stadsdeel to look at a rejection again.
pub fn appeal(ctx: &Ctx, data: &OwnerView) -> AnyView {
    let words = kit::Field {
        name: "appeal",
        label: ctx.t("plans-appeal-words"),
        hint: ctx.t("plans-appeal-hint"),
        kind: kit::Kind::Area,
        heading: false,
        typed: &data.typed,
        errors: &data.errors,
    };
    let main = view! {
        {back(ctx, data)}
        {kit::error_summary(ctx, &data.errors, &[("appeal", "plans-appeal-words")])}
        <form class="fb-form" method="post" action=ctx.url(&urls::InitiativeAppeal { id: data.id }) novalidate>
            {kit::hidden(ctx)}
            <h1 class="ams-heading ams-heading--1">{ctx.t("plans-do-appeal")}</h1>
            <p class="ams-paragraph">{ctx.t("plans-appeal-text")}</p>
            {kit::field(ctx, &words)}
            {kit::bar(ctx.t("plans-appeal-send"))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("plans-do-appeal")).failed(!data.errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample {
            name: "plans/appeal",
            draw: |ctx| {
                appeal(ctx, &OwnerView { errors: Errors::one("appeal", Problem::Missing), ..OwnerView::sample() })
            },
        },
        Sample { name: "plans/edit", draw: |ctx| edit(ctx, &OwnerView::sample()) },
        Sample {
            name: "plans/answer",
            draw: |ctx| {
                edit(
                    ctx,
                    &OwnerView {
                        question: Some("Op welke dag?".into()),
                        errors: Errors::one("answer", Problem::Missing),
                        ..OwnerView::sample()
                    },
                )
            },
        },
        Sample {
            name: "plans/more",
            draw: |ctx| {
                more(ctx, &OwnerView { errors: Errors::one("for_name", Problem::Missing), ..OwnerView::sample() })
            },
        },
        Sample { name: "plans/withdraw", draw: |ctx| withdraw(ctx, &OwnerView::sample()) },
    ]
}
