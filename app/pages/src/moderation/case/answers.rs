//! The answers a moderator can give, each with the mail it brings.

use super::CaseView;
use crate::Ctx;
use crate::kit::{self, Field, Kind};
use domain::form::Errors;
use domain::initiative::{QUESTIONS, REFERRALS, REJECT_REASONS};
use domain::time::Seconds;
use domain::urls;
use leptos::prelude::*;

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

/// Only what is published is for everyone to see.
pub(crate) fn takes_effect(act: &str) -> &'static str {
    if act == "publish" { "moderation-takes-effect" } else { "moderation-mailed-then" }
}

/// A decision that waits, with the way back.
fn undo(ctx: &Ctx, data: &CaseView, act: &str, at: Seconds) -> AnyView {
    let text = ctx.ta(
        takes_effect(act),
        &[("decision", ctx.t(&format!("decided-{act}")).into()), ("at", texts::clock_time(at).into())],
    );
    view! {
        <section class="fb-notice" id="act"><p class="ams-paragraph">{text}</p>
            <form method="post" action=ctx.url(&urls::ModerationUndo { id: data.plan.id })>{kit::hidden(ctx)}<button class="ams-button ams-button--secondary">{ctx.t("moderation-undo")}</button></form></section>
    }
    .into_any()
}

pub(super) fn decide(ctx: &Ctx, data: &CaseView) -> AnyView {
    if let Some((act, at)) = &data.pending {
        return undo(ctx, data, act, *at);
    }
    if !data.open && !data.can_reject && !data.can_merge {
        return ().into_any();
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
    view! {
        <section class="fb-decide" id="antwoorden"><h2 class="ams-heading ams-heading--2">{ctx.t("moderation-answers")}</h2>
            {returning}
            {rejecting}
            {referring}
            {merging(ctx, data)}
            {splitting(ctx, data)}
        </section>
    }
    .into_any()
}

/// 'Put it on the site': last in the page, with its button in sight from the first screen on.
pub(super) fn publish(ctx: &Ctx, data: &CaseView) -> AnyView {
    if !data.open || data.pending.is_some() {
        return ().into_any();
    }
    let note = Field {
        name: "note",
        label: ctx.t("moderation-note"),
        hint: String::new(),
        kind: Kind::Area,
        heading: false,
        typed: &data.typed,
        errors: &data.errors,
    };
    view! {
        <form class="fb-barform" method="post" action=ctx.url(&urls::ModerationDecide { id: data.plan.id }) novalidate>
            {kit::hidden(ctx)}<input type="hidden" name="act" value="publish"/><input type="hidden" name="version" value=data.version/>
            {kit::field(ctx, &note)}
            {mail(ctx, data, "published")}
            <div class="fb-bar"><div class="fb-bar__acts">
                <button class="ams-button ams-button--primary">{ctx.t("moderation-publish")}</button>
                <a class="ams-button ams-button--secondary" href="#antwoorden">{ctx.t("moderation-otherwise")}</a>
            </div></div>
        </form>
    }
    .into_any()
}

/// Its programme, and who helps the submitter.
pub(super) fn programme(ctx: &Ctx, data: &CaseView) -> AnyView {
    let action = ctx.url(&urls::ModerationDecide { id: data.plan.id });
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
    let opened = data.wants_help || ["programme", "supporter"].iter().any(|name| data.errors.of(name).is_some());
    view! {
        <details class="fb-details" open=opened><summary class="fb-details__button">{ctx.t("moderation-programme-help")}</summary>
            <form class="fb-form" method="post" action=action.clone() novalidate>
                {kit::hidden(ctx)}<input type="hidden" name="act" value="programme"/>
                {kit::select(ctx, "programme", &ctx.t("plans-programme"), &ctx.t("moderation-no-programme"), &data.programmes, &programme, &data.errors)}
                <button class="ams-button ams-button--secondary">{ctx.t("moderation-save-programme")}</button>
            </form>
            <form class="fb-form" method="post" action=action.clone() novalidate>
                {kit::hidden(ctx)}<input type="hidden" name="act" value="supporter"/>
                {kit::field(ctx, &Field { name: "supporter", label: ctx.t("moderation-supporter"), hint: ctx.t("moderation-supporter-hint"), kind: Kind::Line, heading: false, typed: &programme, errors: &data.errors })}
                {mail(ctx, data, "supporter-named")}
                <button class="ams-button ams-button--secondary">{ctx.t("moderation-save-name")}</button>
            </form></details>
    }
    .into_any()
}

/// Asking both sides whether two plans go on as one.
fn merging(ctx: &Ctx, data: &CaseView) -> AnyView {
    let asked = data.merging.as_ref().map(|(title, one, other)| {
        let yes = |said: bool| ctx.t(if said { "merge-said-yes" } else { "merge-said-nothing" });
        let args = [("title", title.as_str().into()), ("one", yes(*one).into()), ("other", yes(*other).into())];
        view! { <p class="fb-notice fb-notice--plain">{ctx.ta("merge-waits", &args)}</p> }
    });
    if !data.can_merge {
        return view! { {asked} }.into_any();
    }
    let fits = data.alike.iter().filter(|(.., fits)| *fits);
    let mut alike: Vec<(String, String)> = fits.map(|(id, title, ..)| (id.to_string(), title.clone())).collect();
    let choices = (!alike.is_empty()).then(|| {
        alike.push((String::new(), ctx.t("merge-another")));
        kit::radios(ctx, "into", &ctx.t("merge-into"), &alike, &data.typed, &data.errors)
    });
    let none = Errors::default();
    // The error stands at the choices, where there are any.
    let at = if choices.is_some() { &none } else { &data.errors };
    let other = Field {
        name: if choices.is_some() { "other" } else { "into" },
        label: ctx.t("merge-other"),
        hint: ctx.t("merge-other-hint"),
        kind: Kind::Line,
        heading: false,
        typed: &data.typed,
        errors: at,
    };
    let words = Field {
        name: "merge_words",
        label: ctx.t("merge-words"),
        hint: ctx.t("merge-words-hint"),
        kind: Kind::Area,
        errors: &data.errors,
        ..other
    };
    view! {
        <details class="fb-details" open=data.typed.get("act") == "merge">
            <summary class="fb-details__button">{ctx.t("merge-ask")}</summary>
            {asked}
            <form class="fb-form" method="post" action=ctx.url(&urls::ModerationDecide { id: data.plan.id }) novalidate>
                {kit::hidden(ctx)}<input type="hidden" name="act" value="merge"/><input type="hidden" name="version" value=data.version/>
                {choices}
                {kit::field(ctx, &other)}
                {kit::field(ctx, &words)}
                {mail(ctx, data, "merge-asked")}
                <button class="ams-button ams-button--secondary">{ctx.t("merge-ask-now")}</button>
            </form>
        </details>
    }
    .into_any()
}

/// Asking the submitter to make two plans of it.
fn splitting(ctx: &Ctx, data: &CaseView) -> AnyView {
    if !data.open {
        return ().into_any();
    }
    let words = Field {
        name: "split_words",
        label: ctx.t("split-words"),
        hint: ctx.t("split-words-hint"),
        kind: Kind::Area,
        heading: false,
        typed: &data.typed,
        errors: &data.errors,
    };
    view! {
        <details class="fb-details" open=data.typed.get("act") == "split">
            <summary class="fb-details__button">{ctx.t("split-ask")}</summary>
            <form class="fb-form" method="post" action=ctx.url(&urls::ModerationDecide { id: data.plan.id }) novalidate>
                {kit::hidden(ctx)}<input type="hidden" name="act" value="split"/><input type="hidden" name="version" value=data.version/>
                {kit::field(ctx, &words)}
                {mail(ctx, data, "split-asked")}
                <button class="ams-button ams-button--secondary">{ctx.t("split-ask-now")}</button>
            </form>
        </details>
    }
    .into_any()
}
