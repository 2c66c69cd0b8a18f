//! `/moderatie/{id}`: one plan to answer in two taps, the share in sight.

use super::due_words;
use super::small::{Small, small};
use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::plans::show::{self, PlanView};
use crate::plans::take_box;
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{QUESTIONS, REFERRALS, REJECT_REASONS, State};
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
            open: true,
            can_reject: true,
            small: None,
        }
    }
}

/// The mail that a decision brings, in the language of who gets it, before it is sent.
fn mail(ctx: &Ctx, data: &CaseView, name: &str) -> AnyView {
    let lang = data.mail_lang;
    let args = [("title", data.plan.title.as_str().into()), ("name", data.author.as_str().into())];
    let subject = texts::ta(lang, &format!("mail-{name}-subject"), &args);
    let text = texts::ta(lang, &format!("mail-{name}-text"), &args);
    let greeting = texts::ta(lang, "mail-greeting", &args);
    view! {
        <details class="fb-details"><summary class="fb-details__button">{ctx.t("moderation-mail")}</summary>
            <div class="fb-notice fb-notice--plain" lang=lang.code() dir=lang.dir()><p class="ams-paragraph"><b>{subject}</b></p><p class="ams-paragraph">{greeting}</p><p class="ams-paragraph">{text}</p></div>
            <p class="fb-meta">{ctx.t("moderation-mail-words")}</p></details>
    }
    .into_any()
}

/// Who is busy with it, a way to say so, and other desks.
fn desk(ctx: &Ctx, data: &CaseView) -> AnyView {
    let id = data.plan.id;
    let claim = match data.claim {
        Some((false, until)) => view! { <p class="fb-notice fb-notice--plain">{ctx.ta("moderation-claimed", &[("at", texts::clock_time(until).into())])}</p> }.into_any(),
        own => {
            let text = own.map(|(_, until)| view! { <p class="fb-meta">{ctx.ta("moderation-own-claim", &[("at", texts::clock_time(until).into())])}</p> });
            let key = if own.is_some() { "moderation-claim-longer" } else { "moderation-claim" };
            view! { {text}<form method="post" action=ctx.url(&urls::ModerationClaim { id })>{kit::hidden(ctx)}<button class="ams-button ams-button--tertiary">{ctx.t(key)}</button></form> }.into_any()
        }
    };
    let sent = ["desk", "why"].iter().any(|name| data.errors.of(name).is_some());
    let why = Field {
        name: "why",
        label: ctx.t("moderation-hand-why"),
        hint: String::new(),
        kind: Kind::Area,
        heading: false,
        typed: &data.typed,
        errors: &data.errors,
    };
    let over = (!data.desks.is_empty()).then(|| {
        view! {
            <details class="fb-details" open=sent><summary class="fb-details__button">{ctx.t("moderation-hand-over")}</summary>
                <form class="fb-form" method="post" action=ctx.url(&urls::ModerationHandOver { id }) novalidate>{kit::hidden(ctx)}
                    {kit::radios(ctx, "desk", &ctx.t("moderation-hand-to"), &data.desks, &data.typed, &data.errors)}
                    {kit::field(ctx, &why)}
                    <button class="ams-button ams-button--secondary">{ctx.t("moderation-hand-over")}</button></form></details>
        }
    });
    view! { {claim}{over} }.into_any()
}

/// A decision that waits, with the way back.
fn undo(ctx: &Ctx, data: &CaseView, act: &str, at: Seconds) -> AnyView {
    let text = ctx.ta(
        "moderation-takes-effect",
        &[("decision", ctx.t(&format!("decided-{act}")).into()), ("at", texts::clock_time(at).into())],
    );
    view! {
        <section class="fb-notice" id="act"><p class="ams-paragraph">{text}</p>
            <form method="post" action=ctx.url(&urls::ModerationUndo { id: data.plan.id })>{kit::hidden(ctx)}<button class="ams-button ams-button--secondary">{ctx.t("moderation-undo")}</button></form></section>
    }
    .into_any()
}

fn decide(ctx: &Ctx, data: &CaseView) -> AnyView {
    if let Some((act, at)) = &data.pending {
        return undo(ctx, data, act, *at);
    }
    let action = ctx.url(&urls::ModerationDecide { id: data.plan.id });
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
    let chosen = data.typed.get("act").to_owned();
    let reasons: Vec<(String, String)> =
        REJECT_REASONS.iter().map(|r| ((*r).to_owned(), ctx.t(&format!("reject-{r}")))).collect();
    let asked = data.typed.all("ask");
    let questions = QUESTIONS
        .iter()
        .map(|q| {
            view! { <label class="fb-choice"><input class="fb-choice__input" type="checkbox" name="ask" value=*q checked=asked.contains(q)/><span class="fb-choice__text">{ctx.t(&format!("ask-{q}"))}</span></label> }
        })
        .collect_view();
    let questions = view! { <fieldset class="ams-field-set"><legend class="ams-field-set__legend">{ctx.t("moderation-questions")}</legend><div class="fb-choices">{questions}</div></fieldset> };
    let returning = data.open.then(|| {
        view! {
            <details class="fb-details" open=chosen == "return">
                <summary class="fb-details__button">{ctx.t("moderation-return")}</summary>
                <form class="fb-form" method="post" action=action.clone() novalidate>
                    {kit::hidden(ctx)}<input type="hidden" name="act" value="return"/><input type="hidden" name="version" value=data.version/>
                    {questions}
                    {field("question", "moderation-question", Kind::Area)}
                    {mail(ctx, data, "returned")}
                    <button class="ams-button ams-button--secondary">{ctx.t("moderation-send-question")}</button>
                </form>
            </details>
        }
    });
    let to: Vec<(String, String)> = REFERRALS.iter().map(|r| ((*r).to_owned(), ctx.t(&format!("refer-{r}")))).collect();
    let referring = data.can_reject.then(|| {
        view! {
            <details class="fb-details" open=chosen == "refer">
                <summary class="fb-details__button">{ctx.t("moderation-refer")}</summary>
                <form class="fb-form" method="post" action=action.clone() novalidate>
                    {kit::hidden(ctx)}<input type="hidden" name="act" value="refer"/><input type="hidden" name="version" value=data.version/>
                    {kit::radios(ctx, "to", &ctx.t("moderation-refer-to"), &to, &data.typed, &data.errors)}
                    {field("whom", "moderation-refer-whom", Kind::Line)}
                    {field("refer_words", "moderation-words", Kind::Area)}
                    {mail(ctx, data, "referred")}
                    <button class="ams-button ams-button--secondary">{ctx.t("moderation-refer-now")}</button>
                </form>
            </details>
        }
    });
    let rejecting = data.can_reject.then(|| {
        view! {
            <details class="fb-details" open=chosen == "reject">
                <summary class="fb-details__button">{ctx.t("moderation-reject")}</summary>
                <form class="fb-form" method="post" action=action.clone() novalidate>
                    {kit::hidden(ctx)}<input type="hidden" name="act" value="reject"/><input type="hidden" name="version" value=data.version/>
                    {kit::radios(ctx, "reason", &ctx.t("moderation-reason"), &reasons, &data.typed, &data.errors)}
                    {field("words", "moderation-words", Kind::Area)}
                    {mail(ctx, data, "rejected")}
                    <button class="ams-button ams-button--secondary fb-button--danger">{ctx.t("moderation-reject-now")}</button>
                </form>
            </details>
        }
    });
    let publish = data.open.then(|| {
        view! {
            <form class="fb-form" method="post" action=action.clone() novalidate>
                {kit::hidden(ctx)}<input type="hidden" name="act" value="publish"/><input type="hidden" name="version" value=data.version/>
                {field("note", "moderation-note", Kind::Area)}
                {mail(ctx, data, "published")}
                {kit::bar(ctx.t("moderation-publish"))}
            </form>
        }
    });
    let mut programme = data.typed.clone();
    if programme.get("programme").is_empty() {
        let now = data
            .programmes
            .iter()
            .find(|(_, name)| *name == data.plan.programme)
            .map(|(id, _)| id.clone())
            .unwrap_or_default();
        programme.set("programme", now);
    }
    if programme.get("supporter").is_empty() {
        programme.set("supporter", data.plan.supporter.clone());
    }
    view! {
        <div class="fb-decide">
            <form class="fb-form" method="post" action=action.clone() novalidate>
                {kit::hidden(ctx)}<input type="hidden" name="act" value="programme"/>
                {kit::select(ctx, "programme", &ctx.t("plans-programme"), &ctx.t("moderation-no-programme"), &data.programmes, &programme, &data.errors)}
                <button class="ams-button ams-button--secondary">{ctx.t("moderation-save-programme")}</button>
            </form>
            <form class="fb-form" method="post" action=action.clone() novalidate>
                {kit::hidden(ctx)}<input type="hidden" name="act" value="supporter"/>
                {kit::field(ctx, &Field { name: "supporter", label: ctx.t("moderation-supporter"), hint: ctx.t("moderation-supporter-hint"), kind: Kind::Line, heading: false, typed: &programme, errors: &data.errors })}
                <button class="ams-button ams-button--secondary">{ctx.t("moderation-save-name")}</button>
            </form>
            {returning}
            {referring}
            {rejecting}
            {publish}
        </div>
    }
    .into_any()
}

/// One plan's page.
pub fn case(ctx: &Ctx, data: &CaseView) -> AnyView {
    let due = data.due_at.map(|d| view! { " · "<b>{due_words(ctx, d)}</b> });
    let back = if data.by_staff {
        view! { <a class="fb-back" href=ctx.url(&urls::District {})>{ctx.t("district-title")}</a> }
    } else {
        view! { <a class="fb-back" href=ctx.url(&urls::Moderation {})>{ctx.t("moderation-title")}</a> }
    };
    let main = view! {
        {back}
        {kit::error_summary(ctx, &data.errors, LABELS)}
        <div class="fb-head">
            <p class="fb-row fb-row--tight">{kit::state_badge(ctx, data.plan.state)}</p>
            <h1 class="ams-heading ams-heading--1">{data.plan.title.clone()}</h1>
            <p class="fb-meta">{format!("{} · {} · {}", data.author, data.plan.buurt, texts::date_time(ctx.lang, data.plan.at))}{due}</p>
        </div>
        {show::body(ctx, &data.plan)}
        {data.plan.take.as_ref().map(|t| take_box(ctx, t))}
        {show::road(ctx, &data.plan)}
        {data.small.as_ref().map(|s| small(ctx, s, &data.typed, &data.errors))}
        {(data.can_reject && data.pending.is_none()).then(|| desk(ctx, data))}
        {decide(ctx, data)}
    };
    frame(ctx, Frame::narrow(data.plan.title.clone()).failed(!data.errors.0.is_empty()), main)
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
