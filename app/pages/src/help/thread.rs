//! An introduction: the question, then what the two write to each other.

use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::dialogue::COMMENT_REASONS;
use domain::form::{Errors, Problem, Raw};
use domain::help::{OUTCOMES, Stand};
use domain::time::Seconds;
use domain::urls;
use leptos::prelude::*;

/// A message as the reader may see it.
#[derive(Clone, Debug)]
pub struct LineView {
    /// Id.
    pub id: i64,
    /// The reader's side wrote it.
    pub own: bool,
    /// How its writer wants to be called.
    pub call: String,
    /// What it says; empty for what may not be read.
    pub body: String,
    /// When.
    pub at: Seconds,
    /// Its writer closed their account.
    pub gone: bool,
    /// Hidden: why, and in whose name.
    pub hidden: Option<(String, String)>,
    /// The reader reported it.
    pub reported: bool,
}

/// The page's data.
#[derive(Clone, Debug)]
pub struct ThreadView {
    /// Id.
    pub id: i64,
    /// Plan: id and title.
    pub plan: (i64, String),
    /// Where it stands.
    pub stand: Stand,
    /// The reader has to answer.
    pub to_answer: bool,
    /// The reader asked.
    pub asked: bool,
    /// Kinds of the offer.
    pub kinds: Vec<&'static str>,
    /// The question's words.
    pub words: String,
    /// Why not, where the reader may know.
    pub reason: Option<String>,
    /// How the other wants to be called, once both said yes.
    pub other: Option<String>,
    /// Messages, oldest first.
    pub lines: Vec<LineView>,
    /// What the reader said came of it; empty: nothing yet.
    pub outcome: &'static str,
    /// Both said yes once, so that something can be said about what came of it.
    pub agreed: bool,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl ThreadView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let line = LineView {
            id: 1,
            own: false,
            call: "Fatma".into(),
            body: "Fijn dat je komt!\nZaterdag om tien uur?".into(),
            at: 1_794_900_000,
            gone: false,
            hidden: None,
            reported: false,
        };
        Self {
            id: 5,
            plan: (7, "Samen Spelen".into()),
            stand: Stand::Yes,
            to_answer: false,
            asked: true,
            kinds: vec!["cooking"],
            words: "Ik kook graag voor jullie.".into(),
            reason: None,
            other: Some("Fatma".into()),
            lines: vec![
                line.clone(),
                LineView { id: 2, own: true, call: String::new(), ..line.clone() },
                LineView { id: 3, body: String::new(), gone: true, ..line.clone() },
                LineView { id: 4, reported: true, ..line.clone() },
                LineView {
                    id: 5,
                    hidden: Some(("rude".into(), "Buurtwerk Noord".into())),
                    body: String::new(),
                    ..line
                },
            ],
            outcome: "",
            agreed: true,
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }
}

fn line(ctx: &Ctx, data: &ThreadView, m: &LineView) -> AnyView {
    let who = match (m.own, m.call.is_empty()) {
        (true, _) => ctx.t("intro-you"),
        (_, true) => ctx.t("intro-other"),
        _ => m.call.clone(),
    };
    let hidden = m.hidden.as_ref().map(|(why, by)| {
        let by = if by.is_empty() {
            ctx.t("comment-hidden")
        } else {
            ctx.ta("comment-hidden-by", &[("name", by.as_str().into())])
        };
        view! { <p class="fb-meta">{by}" "{ctx.t(&format!("comment-why-{why}"))}</p> }
    });
    let body =
        if m.gone { view! { <p class="fb-meta">{ctx.t("intro-gone")}</p> }.into_any() } else { kit::lines(&m.body) };
    let reported = m.reported.then(|| view! { <p class="fb-meta">{ctx.t("intro-reported")}</p> });
    let report = (!m.own && !m.gone && !m.reported && m.hidden.is_none()).then(|| {
        let wrong = data.typed.get("message") == m.id.to_string();
        let none = Errors::default();
        let errors = if wrong { &data.errors } else { &none };
        let reasons = COMMENT_REASONS
            .iter()
            .map(|why| {
                view! { <button class="ams-button ams-button--tertiary" name="why" value=*why>{ctx.t(&format!("comment-why-{why}"))}</button> }
            })
            .collect_view();
        view! {
            <details class="fb-details" open=errors.of("why").is_some()><summary class="fb-details__button">{ctx.t("intro-report")}<span class="ams-visually-hidden">": "{texts::date_time(ctx.lang, m.at)}</span></summary>
                <form class="fb-stack fb-stack--tight" method="post" action=ctx.url(&urls::HelpReport { introduction: data.id })>{kit::hidden(ctx)}
                    <input type="hidden" name="message" value=m.id.to_string()/>
                    <p class="ams-paragraph">{ctx.t("intro-report-why")}</p>
                    {kit::error_text(ctx, "why", errors)}
                    {reasons}</form></details>
        }
    });
    view! {
        <li class="fb-card fb-card--flat" id=format!("bericht-{}", m.id)><div class="fb-card__body fb-stack fb-stack--tight">
            <p class="fb-meta"><b dir="auto">{who}</b>" · "<time datetime=texts::rfc3339_day(m.at)>{texts::date_time(ctx.lang, m.at)}</time></p>
            {hidden}{body}{reported}{report}
        </div></li>
    }
    .into_any()
}

/// Yes with a name, or no with a reason.
fn answer(ctx: &Ctx, data: &ThreadView) -> AnyView {
    let (typed, errors) = (&data.typed, &data.errors);
    let field = |name, label: &str, hint: &str, kind| {
        kit::field(ctx, &Field { name, label: ctx.t(label), hint: ctx.t(hint), kind, heading: false, typed, errors })
    };
    let action = ctx.url(&urls::HelpAnswer { introduction: data.id });
    let saying_no = typed.get("answer") == "nee";
    view! {
        <form class="fb-form" method="post" action=action.clone() novalidate>{kit::hidden(ctx)}<input type="hidden" name="answer" value="ja"/>
            <p class="ams-paragraph">{ctx.t("intro-question")}</p>
            {field("call", "intro-call", "intro-call-hint", Kind::Line)}
            <button class="ams-button ams-button--primary">{ctx.t("intro-yes")}</button></form>
        <details class="fb-details" open=saying_no><summary class="fb-details__button">{ctx.t("intro-no")}</summary>
            <form class="fb-form" method="post" action=action novalidate>{kit::hidden(ctx)}<input type="hidden" name="answer" value="nee"/>
                {field("reason", "intro-reason", "intro-reason-hint", Kind::Area)}
                {kit::tick("shown", ctx.t("intro-reason-shown"), String::new(), typed)}
                <button class="ams-button ams-button--secondary">{ctx.t("intro-no-send")}</button></form></details>
    }
    .into_any()
}

fn outcome(ctx: &Ctx, data: &ThreadView) -> AnyView {
    let said = (!data.outcome.is_empty()).then(
        || view! { <p class="fb-meta">{ctx.t("intro-said")}" "{ctx.t(&format!("intro-outcome-{}", data.outcome))}</p> },
    );
    let buttons = OUTCOMES
        .iter()
        .map(|key| view! { <button class="ams-button ams-button--secondary" name="outcome" value=*key>{ctx.t(&format!("intro-outcome-{key}"))}</button> })
        .collect_view();
    view! {
        <section class="fb-section" id="outcome"><h2 class="ams-heading ams-heading--2">{ctx.t("intro-outcome")}</h2>
            {said}
            <form class="fb-row" method="post" action=ctx.url(&urls::HelpOutcome { introduction: data.id })>{kit::hidden(ctx)}{buttons}</form></section>
    }
    .into_any()
}

/// The page.
pub fn thread(ctx: &Ctx, data: &ThreadView) -> AnyView {
    let (id, title) = data.plan.clone();
    let other = data.other.as_ref().filter(|name| !name.is_empty());
    let heading = match other {
        Some(name) => ctx.ta("intro-with", &[("name", name.as_str().into())]),
        None => ctx.t("intro-title"),
    };
    let stand =
        if data.to_answer { ctx.t("intro-to-answer") } else { ctx.t(&format!("intro-stand-{}", data.stand.key())) };
    let words = (!data.words.is_empty()).then(|| {
        let by = ctx.t(if data.asked { "intro-you" } else { "intro-other" });
        view! { <p class="fb-meta"><b>{by}</b></p><blockquote class="fb-quote">{kit::lines(&data.words)}</blockquote> }
    });
    let reason = data.reason.as_ref().map(|why| view! { <p class="fb-meta">{ctx.t("intro-reason-told")}</p><blockquote class="fb-quote">{kit::lines(why)}</blockquote> });
    let lines = data.lines.iter().map(|m| line(ctx, data, m)).collect_view();
    let write = (data.stand == Stand::Yes).then(|| {
        let body = Field { name: "body", label: ctx.t("intro-body"), hint: ctx.t("intro-body-hint"), kind: Kind::Area, heading: false, typed: &data.typed, errors: &data.errors };
        view! {
            <form class="fb-form" method="post" action=ctx.url(&urls::HelpMessage { introduction: data.id }) novalidate>{kit::hidden(ctx)}
                {kit::field(ctx, &body)}
                <button class="ams-button ams-button--primary">{ctx.t("intro-body-send")}</button></form>
        }
    });
    let stop = matches!(data.stand, Stand::Yes | Stand::Asked).then(|| {
        view! {
            <details class="fb-details"><summary class="fb-details__button">{ctx.t("intro-stop")}</summary>
                <p class="ams-paragraph">{ctx.t("intro-stop-text")}</p>
                <form method="post" action=ctx.url(&urls::HelpStop { introduction: data.id })>{kit::hidden(ctx)}
                    <button class="ams-button ams-button--secondary fb-button--danger">{ctx.t("intro-stop-sure")}</button></form></details>
        }
    });
    let labels = [
        ("body", "intro-body"),
        ("call", "intro-call"),
        ("reason", "intro-reason"),
        ("why", "intro-report-why"),
        ("outcome", "intro-outcome"),
        ("answer", "intro-question"),
    ];
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::HelpMine {})>{ctx.t("offer-mine")}</a>
        {kit::error_summary(ctx, &data.errors, &labels)}
        <div class="fb-head"><h1 class="ams-heading ams-heading--1" dir="auto">{heading}</h1>
            <p class="fb-meta"><a class="ams-link" dir="auto" href=ctx.url(&urls::Initiative { id })>{title}</a>" · "{super::parts::kinds(ctx, &data.kinds)}</p>
            <p class="fb-meta">{stand}</p></div>
        {words}
        {reason}
        {data.to_answer.then(|| answer(ctx, data))}
        <ol class="fb-cards fb-cards--dense">{lines}</ol>
        {write}
        {data.agreed.then(|| outcome(ctx, data))}
        {stop}
    };
    frame(ctx, Frame::narrow(ctx.t("intro-title")).failed(!data.errors.0.is_empty()), main)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "help/thread", draw: |ctx| thread(ctx, &ThreadView::sample()) },
        Sample {
            name: "help/thread-asked",
            draw: |ctx| {
                let errors = Errors::one("call", Problem::Missing);
                let view = ThreadView {
                    stand: Stand::Asked,
                    to_answer: true,
                    asked: false,
                    other: None,
                    agreed: false,
                    lines: Vec::new(),
                    errors,
                    ..ThreadView::sample()
                };
                thread(ctx, &view)
            },
        },
        Sample {
            name: "help/thread-no",
            draw: |ctx| {
                let view = ThreadView {
                    stand: Stand::No,
                    reason: Some("Te druk.".into()),
                    other: None,
                    agreed: false,
                    lines: Vec::new(),
                    ..ThreadView::sample()
                };
                thread(ctx, &view)
            },
        },
        Sample {
            name: "help/thread-ended",
            draw: |ctx| thread(ctx, &ThreadView { stand: Stand::Ended, outcome: "helped", ..ThreadView::sample() }),
        },
        Sample {
            name: "help/thread-lapsed",
            draw: |ctx| {
                thread(
                    ctx,
                    &ThreadView {
                        stand: Stand::Lapsed,
                        agreed: false,
                        outcome: "nothing",
                        words: String::new(),
                        ..ThreadView::sample()
                    },
                )
            },
        },
    ]
}
