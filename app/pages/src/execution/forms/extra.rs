//! Fields of these forms that are more than a line: partners, photos, lines of an account, yes or no.

use super::{FormView, Line, Screen, field};
use crate::Ctx;
use crate::execution::RunView;
use crate::execution::parts::{instalment_badge, words};
use crate::kit::{self, Kind};
use domain::execution::{InstalmentState, LINES, PARTNERS};
use domain::form::{Errors, Raw};
use domain::money::Cents;
use leptos::prelude::*;

/// Rows to fill in that are still empty, at least.
const SPARE: usize = 3;

/// What a form with one button does, where its address takes more than one act.
pub(super) fn act(data: &FormView) -> AnyView {
    match data.screen {
        Screen::Step(_) if data.staff => view! { <input type="hidden" name="act" value="confirm"/> }.into_any(),
        _ => ().into_any(),
    }
}

/// Class of a field with or without an error.
fn class(errors: &Errors, name: &str) -> &'static str {
    if errors.of(name).is_some() { "ams-field ams-field--invalid" } else { "ams-field" }
}

/// Pairs as typed, with a few empty ones behind them.
fn rows(typed: &Raw, names: (&str, &str), most: usize) -> Vec<(String, String)> {
    let (first, second) = (typed.all(names.0), typed.all(names.1));
    let mut rows: Vec<(String, String)> = (0..first.len().max(second.len()))
        .map(|i| [&first, &second].map(|all| (*all.get(i).unwrap_or(&"")).to_owned()))
        .map(|[a, b]| (a, b))
        .collect();
    let filled = rows.iter().rposition(|(a, b)| !(a.trim().is_empty() && b.trim().is_empty())).map_or(0, |at| at + 1);
    rows.resize((filled + SPARE).min(most.max(filled)), Default::default());
    rows
}

/// Partners: a kind and a name each.
pub(super) fn partners(ctx: &Ctx, data: &FormView, kinds: &[&str]) -> AnyView {
    let lines = rows(&data.typed, ("partner", "partner_kind"), PARTNERS)
        .into_iter()
        .zip(1_usize..)
        .map(|((name, kind), n)| {
            // The first one carries the field's id, so that the error summary's link lands on it.
            let id = if n == 1 { "partner".to_owned() } else { format!("partner-{n}") };
            let kind_id = format!("partner-kind-{n}");
            let options = kinds.iter().map(|key| view! { <option value=*key selected=*key == kind>{ctx.t(&format!("run-partner-{key}"))}</option> }).collect_view();
            view! {
                <div class="fb-stack fb-stack--tight">
                    <label class="ams-label" for=kind_id.clone()>{ctx.ta("run-partner-kind", &[("number", n.into())])}</label>
                    <select class="ams-select" id=kind_id name="partner_kind">{options}</select>
                    <label class="ams-label" for=id.clone()>{ctx.ta("run-partner-name", &[("number", n.into())])}</label>
                    <input class="ams-text-input" dir="auto" id=id name="partner" value=name/></div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="ams-field-set"><legend class="ams-field-set__legend">{ctx.t("run-partners")}</legend>
            <p class="ams-hint">{ctx.t("run-partners-hint")}</p>
            {kit::error_text(ctx, "partner", &data.errors)}
            <div class="fb-stack">{lines}</div></fieldset>
    }
    .into_any()
}

fn file(ctx: &Ctx, name: &'static str, (label, hint): (&str, &str), errors: &Errors, camera: bool) -> AnyView {
    let invalid = errors.of(name).map(|_| "true");
    let hint_id = format!("{name}-hint");
    view! {
        <div class=class(errors, name)>
            <label class="ams-label" for=name>{ctx.t(label)}</label>
            {(!hint.is_empty()).then(|| view! { <p class="ams-hint" id=hint_id.clone()>{ctx.t(hint)}</p> })}
            {kit::error_text(ctx, name, errors)}
            <input class="ams-file-input" type="file" id=name name=name accept="image/jpeg,image/png,image/webp" multiple=!camera capture=camera.then_some("environment") aria-describedby=(!hint.is_empty()).then_some(hint_id) aria-invalid=invalid/></div>
    }
    .into_any()
}

/// A photo with the camera, others from the phone, and how it was before.
pub(super) fn photos(ctx: &Ctx, errors: &Errors) -> AnyView {
    view! {
        {file(ctx, "photo", ("run-photos", "run-photos-hint"), errors, true)}
        <details class="fb-details"><summary class="fb-details__button">{ctx.t("run-photos-more")}</summary>
            <div class="fb-form">{file(ctx, "photos", ("run-photos-others", ""), errors, false)}{file(ctx, "before", ("run-photos-before", ""), errors, false)}</div></details>
    }
    .into_any()
}

/// Yes or no to a change, and the reason.
pub(super) fn decide(ctx: &Ctx, data: &FormView) -> AnyView {
    let options = ["yes", "no"].map(|o| (o.to_owned(), ctx.t(&format!("run-agree-{o}"))));
    let reason: Line = ("reason", "run-reason", "run-reason-hint", Kind::Area);
    view! { {kit::radios(ctx, "agree", &ctx.t("run-agree"), &options, &data.typed, &data.errors)}{field(ctx, data, reason)} }
        .into_any()
}

/// What was spent, line by line, with the receipts.
pub(super) fn account(ctx: &Ctx, data: &FormView) -> AnyView {
    let lines = rows(&data.typed, ("line_what", "line_amount"), LINES)
        .into_iter()
        .zip(1_usize..)
        .map(|((what, amount), n)| {
            let id = |name: &str| if n == 1 { name.to_owned() } else { format!("{name}-{n}") };
            let (what_id, amount_id) = (id("line_what"), id("line_amount"));
            view! {
                <div class="fb-stack fb-stack--tight">
                    <label class="ams-label" for=what_id.clone()>{ctx.ta("run-line-what-n", &[("number", n.into())])}</label>
                    <input class="ams-text-input" dir="auto" id=what_id name="line_what" value=what/>
                    <label class="ams-label" for=amount_id.clone()>{ctx.ta("run-line-amount-n", &[("number", n.into())])}</label>
                    <div class="fb-affix"><span class="fb-affix__text">"€"</span><input class="ams-text-input" id=amount_id name="line_amount" inputmode="decimal" autocomplete="off" value=amount/></div></div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="ams-field-set"><legend class="ams-field-set__legend">{ctx.t("run-spent-on")}</legend>
            <p class="ams-hint">{ctx.t("run-lines-hint")}</p>
            {kit::error_text(ctx, "line_what", &data.errors)}{kit::error_text(ctx, "line_amount", &data.errors)}
            <div class="fb-stack">{lines}</div></fieldset>
        {file(ctx, "receipt", ("run-receipts", "run-receipts-hint"), &data.errors, false)}
    }
    .into_any()
}

/// Agree to an account, or ask.
pub(super) fn check(ctx: &Ctx, data: &FormView) -> AnyView {
    let options = ["agree", "ask"].map(|o| (o.to_owned(), ctx.t(&format!("run-check-{o}"))));
    let question: Line = ("question", "run-question", "run-question-hint", Kind::Area);
    let repaid: Line = ("repaid", "run-repaid", "run-repaid-hint", Kind::Line);
    let owed = data.run.account.as_ref().is_some_and(|a| a.owed > Cents::ZERO);
    // A yes is to the account that was on the screen.
    let sent = data.run.account.as_ref().map_or(0, |a| a.at).to_string();
    view! {
        <input type="hidden" name="sent" value=sent/>
        {kit::radios(ctx, "check", &ctx.t("run-check"), &options, &data.typed, &data.errors)}
        {owed.then(|| field(ctx, data, repaid))}
        {field(ctx, data, question)}
    }
    .into_any()
}

/// An instalment with all that is known of it.
pub(super) fn instalment(ctx: &Ctx, run: &RunView, id: i64) -> AnyView {
    let Some(i) = run.instalments.iter().find(|i| i.id == id) else { return ().into_any() };
    let step = i.step.as_ref().map(|title| words(ctx.t("run-after-step"), title));
    let waits = i.step.as_ref().filter(|_| i.waits).map(|title| view! { <p class="ams-paragraph"><b>{ctx.ta("run-waits-step", &[("title", title.as_str().into())])}</b></p> });
    let two = match (i.own, i.by_two && i.state == InstalmentState::Prepared) {
        (true, true) => Some("run-needs-other"),
        (false, true) => Some("run-needs-two"),
        _ => None,
    };
    let reason =
        (!i.reason.is_empty()).then(|| view! { <blockquote class="fb-quote">{kit::lines(&i.reason)}</blockquote> });
    view! {
        <div class="fb-card"><div class="fb-card__body fb-stack">
            <p class="fb-row fb-row--tight">{instalment_badge(ctx, i.state)}</p>
            <p class="fb-figure"><span class="fb-figure__value">{ctx.money(i.amount)}</span></p>
            <dl class="fb-facts">{words(ctx.t("run-payee"), &i.payee)}{words(ctx.t("run-purpose"), &i.purpose)}{step}
                <div class="fb-facts__row"><dt class="fb-facts__term">{ctx.t("run-reference")}</dt><dd class="fb-facts__value fb-isolate">{i.reference.clone()}</dd></div></dl>
            {waits}{reason}
            {two.map(|key| view! { <p class="ams-paragraph">{ctx.t(key)}</p> })}
        </div></div>
    }
    .into_any()
}

/// What can be done with an instalment: each its own form, the main one in the bar.
pub(super) fn instalment_forms(ctx: &Ctx, data: &FormView, id: i64, action: &str) -> AnyView {
    let Some(i) = data.run.instalments.iter().find(|i| i.id == id) else { return ().into_any() };
    let open = data.run.may.staff && matches!(i.state, InstalmentState::Prepared | InstalmentState::Approved);
    let again = data.run.may.staff && i.state == InstalmentState::Refused;
    let wrong = kit::error_text(ctx, "act", &data.errors);
    let one = |act: &'static str, button: AnyView| {
        view! { <form class="fb-barform" method="post" action=action.to_owned()>{kit::hidden(ctx)}<input type="hidden" name="act" value=act/>{button}</form> }
    };
    let refuse = (open && !i.own).then(|| {
        let reason: Line = ("reason", "run-reason", "run-refuse-hint", Kind::Area);
        view! {
            <details class="fb-details" open=data.errors.of("reason").is_some()><summary class="fb-details__button">{ctx.t("run-refuse")}</summary>
                <form class="fb-form" method="post" action=action.to_owned() novalidate>{kit::hidden(ctx)}<input type="hidden" name="act" value="refuse"/>
                    {field(ctx, data, reason)}
                    <button class="ams-button ams-button--secondary fb-button--danger">{ctx.t("run-refuse-do")}</button></form></details>
        }
    });
    let back = (open || again).then(|| {
        let sure = view! { <button class="ams-button ams-button--secondary fb-button--danger">{ctx.t("run-take-back-do")}</button> };
        view! { <details class="fb-details"><summary class="fb-details__button">{ctx.t("run-take-back")}</summary><p class="ams-paragraph">{ctx.t("run-take-back-text")}</p>{one("back", sure.into_any())}</details> }
    });
    let approve = i.may_approve.then(|| one("approve", kit::bar(ctx.t("run-do-approve"))));
    let again = again.then(|| one("again", kit::bar(ctx.t("run-again"))));
    view! { <div class="fb-decide" id="act">{wrong}{refuse}{back}{approve}{again}</div> }.into_any()
}
