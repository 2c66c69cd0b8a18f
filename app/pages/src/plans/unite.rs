//! Two plans that could go on as one, and one that is better two.

use super::owner::OwnerView;
use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem};
use domain::urls;
use leptos::prelude::*;

/// The question whether two plans go on as one.
#[derive(Clone, Debug)]
pub struct MergeView {
    /// The plan that would end: id and title.
    pub from: (i64, String),
    /// The plan that would go on: id and title.
    pub into: (i64, String),
    /// The texts of the other side that the reader may see: what and why.
    pub other: Option<(String, String)>,
    /// The other plan is public: where it stands.
    pub link: Option<i64>,
    /// Own words of the moderator.
    pub words: String,
    /// In whose name.
    pub organisation: String,
    /// The reader handed in the plan that would end.
    pub ends: bool,
    /// The reader said yes already.
    pub agreed: bool,
}

impl MergeView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            from: (7, "Spelen op woensdag".into()),
            into: (9, "Samen Spelen op het pleintje".into()),
            other: Some(("Elke woensdag spelen.".into(), "Er is niets te doen.".into())),
            link: Some(9),
            words: "Jullie willen hetzelfde, en samen lukt het eerder.".into(),
            organisation: "Buurtwerk Noord".into(),
            ends: true,
            agreed: false,
        }
    }
}

/// The page of the question.
pub fn merge(ctx: &Ctx, data: &MergeView) -> AnyView {
    let action = ctx.url(&urls::InitiativeMerge { id: data.from.0 });
    let titles = [("one", data.from.1.as_str().into()), ("other", data.into.1.as_str().into())];
    let text = ctx.ta(if data.ends { "merge-what-ends" } else { "merge-what-goes-on" }, &titles);
    let other = data.other.as_ref().map(|(what, why)| {
        let link = data.link.map(|id| view! { <a class="fb-more" href=ctx.url(&urls::Initiative { id })>{ctx.t("merge-see-other")}</a> });
        view! { <div class="fb-card"><div class="fb-card__body fb-stack"><p class="ams-paragraph" dir="auto">{what.clone()}</p><p class="ams-paragraph" dir="auto">{why.clone()}</p>{link}</div></div> }
    });
    let unread = data.other.is_none().then(|| view! { <p class="ams-paragraph">{ctx.t("merge-unread")}</p> });
    let answer = if data.agreed {
        view! { <p class="fb-notice fb-notice--green">{ctx.t("merge-agreed")}</p> }.into_any()
    } else {
        view! { <form method="post" action=action.clone()>{kit::hidden(ctx)}<input type="hidden" name="answer" value="ja"/><button class="ams-button ams-button--primary">{ctx.t("merge-yes")}</button></form> }.into_any()
    };
    let back = if data.ends { data.from.clone() } else { data.into.clone() };
    let by = (!data.organisation.is_empty()).then(|| view! { <p class="fb-meta">{data.organisation.clone()}</p> });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Initiative { id: back.0 })><span dir="auto">{back.1}</span></a>
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{ctx.t("merge-title")}</h1></div>
        <blockquote class="fb-quote"><p class="ams-paragraph" dir="auto">{data.words.clone()}</p>{by}</blockquote>
        <p class="ams-paragraph">{text}</p>
        {other}
        {unread}
        <p class="ams-paragraph">{ctx.t("merge-then")}</p>
        <div class="fb-row">{answer}
            <form method="post" action=action>{kit::hidden(ctx)}<input type="hidden" name="answer" value="nee"/><button class="ams-button ams-button--secondary">{ctx.t("merge-no")}</button></form></div>
    };
    frame(ctx, Frame::narrow(ctx.t("merge-title")), main)
}

/// Make two plans of one.
pub fn split(ctx: &Ctx, data: &OwnerView) -> AnyView {
    let field = |name, label: &str, kind| {
        kit::field(
            ctx,
            &Field {
                name,
                label: ctx.t(label),
                hint: String::new(),
                kind,
                heading: false,
                typed: &data.typed,
                errors: &data.errors,
            },
        )
    };
    let labels = [
        ("title", "plans-new-title"),
        ("what", "plans-new-what"),
        ("why", "plans-new-why"),
        ("place", "plans-new-place"),
        ("second_title", "plans-new-title"),
        ("second_what", "plans-new-what"),
        ("second_why", "plans-new-why"),
    ];
    let question = data.question.as_ref().map(|q| view! { <blockquote class="fb-quote">{kit::lines(q)}</blockquote> });
    // Who was asked may say no: by an answer to the moderator.
    let no = data.question.is_some().then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::InitiativeEdit { id: data.id })>{ctx.t("split-no")}</a></p> });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Initiative { id: data.id })><span dir="auto">{data.title.clone()}</span></a>
        {kit::error_summary(ctx, &data.errors, &labels)}
        <form class="fb-form" method="post" action=ctx.url(&urls::InitiativeSplit { id: data.id }) novalidate>
            {kit::hidden(ctx)}
            <input type="hidden" name="version" value=data.typed.get("version").to_owned()/>
            <h1 class="ams-heading ams-heading--1">{ctx.t("split-title")}</h1>
            {question}
            <p class="ams-paragraph">{ctx.t("split-lead")}</p>
            <fieldset class="ams-field-set"><legend class="ams-field-set__legend">{ctx.t("split-first")}</legend><div class="fb-form">
                {field("title", "plans-new-title", Kind::Line)}
                {field("what", "plans-new-what", Kind::Area)}
                {field("why", "plans-new-why", Kind::Area)}
                {field("place", "plans-new-place", Kind::Line)}</div></fieldset>
            <fieldset class="ams-field-set"><legend class="ams-field-set__legend">{ctx.t("split-second")}</legend><div class="fb-form">
                {field("second_title", "plans-new-title", Kind::Line)}
                {field("second_what", "plans-new-what", Kind::Area)}
                {field("second_why", "plans-new-why", Kind::Area)}</div></fieldset>
            {no}
            {kit::bar(ctx.t("split-do"))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("split-title")).failed(!data.errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "plans/merge", draw: |ctx| merge(ctx, &MergeView::sample()) },
        Sample {
            name: "plans/merge-agreed",
            draw: |ctx| {
                merge(ctx, &MergeView { ends: false, agreed: true, other: None, link: None, ..MergeView::sample() })
            },
        },
        Sample {
            name: "plans/split",
            draw: |ctx| {
                let question = Some("Zijn dit niet twee plannen?".to_owned());
                split(ctx, &OwnerView { question, ..OwnerView::sample() })
            },
        },
        Sample {
            name: "plans/split-wrong",
            draw: |ctx| {
                let errors = Errors(vec![("second_title", Problem::Missing), ("second_what", Problem::Missing)]);
                split(ctx, &OwnerView { errors, ..OwnerView::sample() })
            },
        },
    ]
}
