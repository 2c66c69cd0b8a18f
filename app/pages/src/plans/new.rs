//! A new plan in three screens. What was answered before travels along in hidden fields.

use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use leptos::prelude::*;

/// Fields of the first screen.
const IDEA: &[&str] = &["title", "what", "why"];
/// Fields of the second screen.
const PLACE: &[&str] = &["buurt", "place", "cost"];
/// What other pages send along: the finished plan from which the idea is taken.
const ALONG: &[&str] = &["source"];
/// Fields of the third screen.
const SENDER: &[&str] = &["name", "email", "wants_supporter"];

/// Any of the screens.
#[derive(Clone, Debug, Default)]
pub struct NewView {
    /// Everything answered so far.
    pub typed: Raw,
    /// What is wrong on this screen.
    pub errors: Errors,
    /// Id and name of each buurt.
    pub buurten: Vec<(String, String)>,
    /// Signed in with a confirmed address: no name and mail needed.
    pub known: bool,
    /// Buurt of the finished plan from which the idea is taken.
    pub source: Option<String>,
}

impl NewView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            typed: Raw::from_pairs(&[
                ("title", "Samen Spelen"),
                ("what", "Elke woensdag spelen."),
                ("why", "Er is niets te doen."),
                ("buurt", "1"),
                ("cost", "6500"),
            ]),
            errors: Errors::default(),
            buurten: vec![("1".into(), "Vogelbuurt".into()), ("2".into(), "IJplein".into())],
            known: false,
            source: Some("Betondorp".into()),
        }
    }
}

/// Answers of other screens.
fn carry(typed: &Raw, names: &[&[&'static str]]) -> AnyView {
    names
        .concat()
        .into_iter()
        .map(|name| view! { <input type="hidden" name=name value=typed.get(name).to_owned()/> })
        .collect_view()
        .into_any()
}

fn step(ctx: &Ctx, now: usize) -> AnyView {
    kit::step(ctx.ta("plans-step", &[("now", now.into()), ("of", 3i64.into())]), now, 3)
}

/// Main action, then the way back: Enter takes the first.
fn bar(ctx: &Ctx, label: String, back: String) -> AnyView {
    view! {
        <div class="fb-bar"><div class="fb-bar__acts">
            <button class="ams-button ams-button--primary">{label}</button>
            <button class="ams-button ams-button--tertiary" name="terug" value="1" formaction=back>{ctx.t("plans-previous")}</button>
        </div></div>
    }
    .into_any()
}

/// The form of the first screen.
fn idea_form(ctx: &Ctx, data: &NewView) -> AnyView {
    let field = |name, label: &str, hint: &str, kind, heading| {
        kit::field(
            ctx,
            &Field {
                name,
                label: ctx.t(label),
                hint: ctx.t(hint),
                kind,
                heading,
                typed: &data.typed,
                errors: &data.errors,
            },
        )
    };
    view! {
        <form class="fb-form" id="idee" method="post" action=ctx.url(&urls::NewInitiativePlace {}) novalidate>
            {kit::hidden(ctx)}
            {carry(&data.typed, &[PLACE, SENDER, ALONG])}
            {step(ctx, 1)}
            {data.source.as_ref().map(|buurt| view! { <p class="fb-meta">{ctx.ta("recipes-source", &[("buurt", buurt.as_str().into())])}</p> })}
            {field("title", "plans-new-title", "plans-new-title-hint", Kind::Line, true)}
            {field("what", "plans-new-what", "plans-new-what-hint", Kind::Area, false)}
            {field("why", "plans-new-why", "plans-new-why-hint", Kind::Area, false)}
            {kit::bar(ctx.t("next"))}
        </form>
    }
    .into_any()
}

/// Screen 1: the idea.
pub fn idea(ctx: &Ctx, data: &NewView) -> AnyView {
    let main = view! { {kit::error_summary(ctx, &data.errors, &[("title", "plans-new-title"), ("what", "plans-new-what"), ("why", "plans-new-why")])}{kit::draft(ctx, "idee", "initiative-new")}{idea_form(ctx, data)} };
    frame(ctx, Frame::narrow(ctx.t("plans-new-page")).with_islands().failed(!data.errors.0.is_empty()), main)
}

/// Screen 2: where, and what it may cost.
pub fn place(ctx: &Ctx, data: &NewView) -> AnyView {
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
    let main = view! {
        {kit::error_summary(ctx, &data.errors, &[("buurt", "plans-new-buurt"), ("place", "plans-new-place"), ("cost", "plans-new-cost")])}
        <form class="fb-form" method="post" action=ctx.url(&urls::NewInitiativeSend {}) novalidate>
            {kit::hidden(ctx)}
            {carry(&data.typed, &[IDEA, SENDER, ALONG])}
            {step(ctx, 2)}
            <h1 class="ams-heading ams-heading--1">{ctx.t("plans-new-where")}</h1>
            {kit::select(ctx, "buurt", &ctx.t("plans-new-buurt"), &ctx.t("plans-choose"), &data.buurten, &data.typed, &data.errors)}
            {field("place", "plans-new-place", "plans-new-place-hint", Kind::Line)}
            {field("cost", "plans-new-cost", "plans-new-cost-hint", Kind::Money)}
            {bar(ctx, ctx.t("next"), ctx.url(&urls::NewInitiative {}))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("plans-new-where")).failed(!data.errors.0.is_empty()), main)
}

/// A file to send along.
pub(crate) fn picture_field(ctx: &Ctx, errors: &Errors) -> AnyView {
    let invalid = errors.of("picture").map(|_| "true");
    view! {
        <div class=if invalid.is_some() { "ams-field ams-field--invalid" } else { "ams-field" }>
            <label class="ams-label" for="picture">{format!("{} {}", ctx.t("plans-new-picture"), ctx.t("optional"))}</label>
            <p class="ams-hint" id="picture-hint">{ctx.t("plans-new-picture-hint")}</p>
            {kit::error_text(ctx, "picture", errors)}
            <input class="ams-file-input" type="file" id="picture" name="picture" accept="image/jpeg,image/png,image/webp" aria-describedby="picture-hint" aria-invalid=invalid/>
        </div>
    }
    .into_any()
}

/// Screen 3: look it over, say who you are, send.
pub fn send(ctx: &Ctx, data: &NewView) -> AnyView {
    let typed = &data.typed;
    let buurt =
        data.buurten.iter().find(|(id, _)| id == typed.get("buurt")).map(|(_, name)| name.clone()).unwrap_or_default();
    let place = if typed.get("place").trim().is_empty() { buurt } else { format!("{}, {buurt}", typed.get("place")) };
    let cost = typed
        .amount("cost")
        .ok()
        .flatten()
        .filter(|c| c.0 > 0)
        .map_or_else(|| ctx.t("plans-cost-unknown"), |c| ctx.money(c));
    let field = |name, label: &str, hint: &str, kind| {
        kit::field(
            ctx,
            &Field { name, label: ctx.t(label), hint: ctx.t(hint), kind, heading: false, typed, errors: &data.errors },
        )
    };
    let who = (!data.known).then(|| view! { {field("name", "plans-new-name", "plans-new-name-hint", Kind::Line)}{field("email", "plans-new-email", "plans-new-email-hint", Kind::Email)} });
    let main = view! {
        {kit::error_summary(ctx, &data.errors, &[("name", "plans-new-name"), ("email", "plans-new-email"), ("picture", "plans-new-picture")])}
        <form class="fb-form" method="post" action=ctx.url(&urls::NewInitiativeSend {}) enctype="multipart/form-data" novalidate>
            {kit::hidden(ctx)}
            {carry(typed, &[IDEA, PLACE, ALONG])}
            <input type="hidden" name="klaar" value="1"/>
            {step(ctx, 3)}
            <h1 class="ams-heading ams-heading--1">{ctx.t("plans-new-send")}</h1>
            <div class="fb-card"><div class="fb-card__body fb-stack fb-stack--tight">
                <h2 class="ams-heading ams-heading--3">{typed.get("title").to_owned()}</h2>
                <p class="ams-paragraph">{typed.get("what").to_owned()}</p>
                <p class="ams-paragraph">{typed.get("why").to_owned()}</p>
                <p class="fb-meta">{format!("{place} · {cost}")}</p>
            </div></div>
            {kit::tick("wants_supporter", ctx.t("help-wanted"), ctx.t("help-wanted-hint"), typed)}
            {picture_field(ctx, &data.errors)}
            {who}
            <p class="fb-meta">{ctx.t("plans-new-privacy")}</p>
            {bar(ctx, ctx.t("plans-new-submit"), ctx.url(&urls::NewInitiativePlace {}))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("plans-new-send")).failed(!data.errors.0.is_empty()), main)
}

/// 'Look in your mail'.
pub fn sent(ctx: &Ctx) -> AnyView {
    let main = view! {
        <h1 class="ams-heading ams-heading--1">{ctx.t("plans-sent-title")}</h1>
        <p class="ams-paragraph ams-paragraph--large">{ctx.t("plans-sent-text")}</p>
        <p class="ams-paragraph">{ctx.t("plans-sent-spam")}</p>
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::Initiatives {})>{ctx.t("plans-see-all")}</a></p>
    };
    frame(ctx, Frame::narrow(ctx.t("plans-sent-title")), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "plans/new-idea", draw: |ctx| idea(ctx, &NewView::sample()) },
        Sample {
            name: "plans/new-idea-wrong",
            draw: |ctx| {
                idea(
                    ctx,
                    &NewView {
                        errors: Errors(vec![("title", Problem::TooLong(60)), ("what", Problem::Missing)]),
                        ..NewView::sample()
                    },
                )
            },
        },
        Sample { name: "plans/new-place", draw: |ctx| place(ctx, &NewView::sample()) },
        Sample {
            name: "plans/new-send",
            draw: |ctx| {
                send(ctx, &NewView { errors: Errors::one("picture", Problem::BadPicture), ..NewView::sample() })
            },
        },
        Sample { name: "plans/new-send-known", draw: |ctx| send(ctx, &NewView { known: true, ..NewView::sample() }) },
        Sample { name: "plans/new-sent", draw: sent },
    ]
}
