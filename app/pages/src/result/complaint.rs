//! `/stemmen/{round}/klacht`: 'my pick is missing'.

use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::rounds::RoundCard;
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use leptos::prelude::*;

/// The form.
#[derive(Clone, Debug)]
pub struct ComplaintView {
    /// The round.
    pub card: RoundCard,
    /// Voters of this round got a receipt.
    pub receipts: bool,
    /// It was just sent.
    pub sent: bool,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl ComplaintView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: RoundCard::sample(),
            receipts: true,
            sent: false,
            typed: Raw::from_pairs(&[("words", "Mijn stem voor de tafel staat er niet <b>.")]),
            errors: Errors::default(),
        }
    }
}

/// Its page.
pub fn complaint(ctx: &Ctx, data: &ComplaintView) -> AnyView {
    let field = |name, label: &str, hint: &str, kind| {
        let (label, hint, typed, errors) = (ctx.t(label), ctx.t(hint), &data.typed, &data.errors);
        kit::field(ctx, &Field { name, label, hint, kind, heading: false, typed, errors })
    };
    let form = match (data.sent, data.receipts) {
        (true, _) => view! { <section class="fb-notice fb-notice--green" role="status"><h2 class="ams-heading ams-heading--3">{ctx.t("complaint-sent")}</h2><p class="ams-paragraph">{ctx.t("complaint-sent-text")}</p></section> }.into_any(),
        (_, false) => view! { <section class="fb-notice fb-notice--plain"><p class="ams-paragraph">{ctx.t("check-no-receipts")}</p></section> }.into_any(),
        _ => view! {
            <p class="ams-paragraph">{ctx.t("complaint-text")}</p>
            <p class="ams-paragraph"><strong>{ctx.t("complaint-secret")}</strong></p>
            <form class="fb-form" method="post" novalidate>{kit::hidden(ctx)}
                {field("receipt", "check-receipt", "check-receipt-hint", Kind::Code)}
                {field("words", "complaint-words", "complaint-words-hint", Kind::Area)}
                {field("email", "complaint-email", "complaint-email-hint", Kind::Email)}
                <button class="ams-button ams-button--primary">{ctx.t("complaint-send")}</button></form>
        }
        .into_any(),
    };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::RoundCheck { round: data.card.slug.clone() })>{ctx.t("check-title")}</a>
        {kit::error_summary(ctx, &data.errors, &[("receipt", "check-receipt"), ("words", "complaint-words"), ("email", "complaint-email")])}
        <div class="fb-head"><p class="fb-kicker">{data.card.title.clone()}</p><h1 class="ams-heading ams-heading--1">{ctx.t("complaint-title")}</h1></div>
        {form}
    };
    frame(ctx, Frame::narrow(ctx.t("complaint-title")).failed(!data.errors.0.is_empty()), main)
}

/// What came of complaints, for everyone: those that wait, and answers as (when, outcome, what the first found, answer).
#[derive(Clone, Debug, Default)]
pub struct ComplaintsTold {
    /// Not answered yet.
    pub waiting: usize,
    /// Answered.
    pub answers: Vec<(i64, String, String, String)>,
}

/// On the page of the result; nothing where nobody complained.
pub(super) fn told(ctx: &Ctx, data: &ComplaintsTold) -> AnyView {
    if data.waiting == 0 && data.answers.is_empty() {
        return ().into_any();
    }
    let answers = data
        .answers
        .iter()
        .map(|(at, outcome, finding, answer)| {
            let finding = (!finding.is_empty()).then(|| view! { <p class="ams-paragraph" dir="auto">{finding.clone()}</p> });
            view! { <li class="fb-card fb-card--flat"><div class="fb-card__body fb-stack fb-stack--tight"><p class="fb-row fb-row--tight"><span class="ams-badge">{ctx.t(&format!("complaint-{outcome}"))}</span><span class="fb-meta">{texts::date(ctx.lang, *at)}</span></p>
                {finding}<p class="ams-paragraph" dir="auto">{answer.clone()}</p></div></li> }
        })
        .collect_view();
    view! {
        <h3 class="ams-heading ams-heading--3">{ctx.t("complaint-told")}</h3>
        <p class="ams-paragraph">{ctx.ta("complaint-count", &[("answered", data.answers.len().into()), ("waiting", data.waiting.into())])}</p>
        <ul class="fb-cards">{answers}</ul>
    }
    .into_any()
}

/// A complaint at the desk.
#[derive(Clone, Debug)]
pub struct ComplaintRow {
    /// Id.
    pub id: i64,
    /// When.
    pub at: i64,
    /// In their words.
    pub words: String,
    /// Titles in whose lists the receipt stands.
    pub found: Vec<String>,
    /// What the first of two found, and whether that was the reader.
    pub first: Option<(String, bool)>,
    /// Outcome and answer.
    pub answer: Option<(String, String)>,
}

impl ComplaintRow {
    /// For tests and previews.
    pub fn samples() -> Vec<Self> {
        let row = |id, first: Option<(&str, bool)>, answer: Option<(&str, &str)>| Self {
            id,
            at: 1_795_000_000,
            words: "Mijn stem <i> staat er niet.".into(),
            found: vec!["Samen Spelen".into()],
            first: first.map(|(text, own)| (text.into(), own)),
            answer: answer.map(|(key, text)| (key.into(), text.into())),
        };
        vec![
            row(1, None, None),
            row(2, Some(("Alle lijsten nagekeken.", false)), None),
            row(3, Some(("Nagekeken.", true)), None),
            row(4, Some(("Nagekeken.", true)), Some(("wrong", "Uw stem staat bij Samen Spelen."))),
        ]
    }
}

/// At the desk of a round.
pub(crate) fn desk(ctx: &Ctx, slug: &str, rows: &[ComplaintRow], typed: &Raw, errors: &Errors) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    // One form at a time: the first that waits for this reader, or the one that was sent.
    let waits = |row: &&ComplaintRow| row.answer.is_none() && !row.first.as_ref().is_some_and(|(_, own)| *own);
    let sent = rows.iter().find(|row| typed.get("complaint") == row.id.to_string()).filter(waits);
    let open = sent.or_else(|| rows.iter().find(waits)).map(|row| row.id);
    let cards = rows.iter().map(|row| card(ctx, slug, (row, open == Some(row.id)), typed, errors)).collect_view();
    view! { <section class="fb-section" id="klachten"><h2 class="ams-heading ams-heading--2">{ctx.t("complaint-desk")}</h2><p class="ams-paragraph fb-read">{ctx.t("complaint-desk-text")}</p><ul class="fb-cards">{cards}</ul></section> }.into_any()
}

fn card(ctx: &Ctx, slug: &str, (row, open): (&ComplaintRow, bool), typed: &Raw, errors: &Errors) -> AnyView {
    let (here, empty) = (typed.get("complaint") == row.id.to_string(), (Raw::default(), Errors::default()));
    let (typed, errors) = if here { (typed, errors) } else { (&empty.0, &empty.1) };
    let area = |name, label: &str| {
        let (label, hint) = (ctx.t(label), String::new());
        kit::field(ctx, &Field { name, label, hint, kind: Kind::Area, heading: false, typed, errors })
    };
    let form = |fields: AnyView, key: &str| {
        let action = ctx.url(&urls::AdminRoundComplaint { round: slug.to_owned(), complaint: row.id });
        view! { <details class="fb-details" open=here><summary class="fb-details__button">{ctx.t(key)}</summary><form class="fb-form" method="post" action=action novalidate>{kit::hidden(ctx)}<input type="hidden" name="complaint" value=row.id.to_string()/>
            {fields}<button class="ams-button ams-button--secondary">{ctx.t(key)}</button></form></details> }
        .into_any()
    };
    let act = match (&row.first, &row.answer) {
        (_, Some((outcome, answer))) => view! { <p class="fb-row fb-row--tight"><span class="ams-badge">{ctx.t(&format!("complaint-{outcome}"))}</span></p><p class="ams-paragraph" dir="auto">{answer.clone()}</p> }.into_any(),
        (Some((_, true)), None) => view! { <p class="ams-paragraph"><strong>{ctx.t("counting-own")}</strong></p> }.into_any(),
        _ if !open => ().into_any(),
        (None, None) => form(area("finding", "complaint-finding"), "complaint-look"),
        (Some(_), None) => {
            let options: Vec<_> = ["wrong", "right", "unclear"].map(|key| (key.to_owned(), ctx.t(&format!("complaint-{key}")))).into();
            let outcome = kit::radios(ctx, "outcome", &ctx.t("complaint-outcome"), &options, typed, errors);
            form(view! { {outcome}{area("reply", "complaint-reply")} }.into_any(), "complaint-answer")
        }
    };
    let found = if row.found.is_empty() { ctx.t("complaint-found-none") } else { row.found.join(", ") };
    // The second looks without knowing what the first found.
    let first = row.first.as_ref().filter(|(_, own)| *own || row.answer.is_some());
    let first = first.map(|(finding, _)| view! { <p class="ams-paragraph" dir="auto">{finding.clone()}</p> });
    view! { <li class="fb-card"><div class="fb-card__body fb-stack fb-stack--tight"><p class="fb-meta">{texts::date_time(ctx.lang, row.at)}</p>
        <blockquote class="fb-quote"><p class="ams-paragraph" dir="auto">{row.words.clone()}</p></blockquote>
        <dl class="fb-facts">{kit::fact(ctx.t("complaint-found"), found)}</dl>{first}{act}</div></li> }
    .into_any()
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "result/complaint", draw: |ctx| complaint(ctx, &ComplaintView::sample()) },
        Sample {
            name: "result/complaint-wrong",
            draw: |ctx| {
                complaint(
                    ctx,
                    &ComplaintView { errors: Errors::one("receipt", Problem::TooShort(25)), ..ComplaintView::sample() },
                )
            },
        },
        Sample {
            name: "result/complaint-sent",
            draw: |ctx| complaint(ctx, &ComplaintView { sent: true, ..ComplaintView::sample() }),
        },
    ]
}
