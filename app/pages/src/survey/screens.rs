//! The screens of a wave: a question with its control and its buttons on each.

use super::form::{Door, OWN, Step, WaveView};
use crate::{Ctx, kit};
use domain::survey::{Kind, SCALE, THEMES};
use leptos::prelude::*;

/// The words of a fixed question: as the wave keeps them, else those of the catalogue.
fn words(ctx: &Ctx, data: &WaveView, field: &str) -> String {
    let kept = data.asked.wording.0.as_ref().map(|w| match field {
        "mark" => &w.mark,
        "good" => &w.good,
        "better" => &w.better,
        _ => &w.can_do,
    });
    kept.map(|texts| texts.in_lang(ctx.lang.code()).to_owned()).unwrap_or_else(|| match field {
        "mark" => ctx.t("survey-mark"),
        "good" => ctx.t("survey-good"),
        "better" => ctx.t("survey-better"),
        _ => ctx.t("survey-can-do"),
    })
}

fn heading(id: String, text: String) -> AnyView {
    view! { <h2 class="ams-heading ams-heading--2" id=id tabindex="-1" dir="auto">{text}</h2> }.into_any()
}

fn mark(ctx: &Ctx, data: &WaveView) -> AnyView {
    let chosen = data.typed.get("mark").to_owned();
    let marks = (1..=10)
        .map(|n: i64| {
            let pressed = if chosen == n.to_string() { "true" } else { "false" };
            view! { <button class="fb-mark" name="tap" value=n.to_string() aria-pressed=pressed>{n}</button> }
        })
        .collect_view();
    view! {
        {heading("vraag-mark".into(), words(ctx, data, "mark"))}
        {kit::error_text(ctx, "mark", &data.errors)}
        <input type="text" name="mark" id="mark" value=chosen hidden/>
        <div class="fb-marks" role="group" aria-labelledby="vraag-mark">{marks}</div>
        <p class="fb-marks__ends"><span>{ctx.t("survey-mark-low")}</span><span>{ctx.t("survey-mark-high")}</span></p>
    }
    .into_any()
}

/// A text area whose label is the page's heading.
fn area(ctx: &Ctx, data: &WaveView, name: &'static str, text: String) -> AnyView {
    let value = format!("\n{}", html_escape::encode_text(data.typed.get(name)));
    let wrong = data.errors.of(name).map(|_| "true");
    view! {
        {heading(format!("vraag-{name}"), text)}
        {kit::error_text(ctx, name, &data.errors)}
        <textarea class="ams-text-area" dir="auto" id=name name=name rows="5" aria-labelledby=format!("vraag-{name}") aria-invalid=wrong>{value}</textarea>
        <p class="ams-hint">{ctx.t("survey-any-language")}</p>
    }
    .into_any()
}

fn choice(kind: &'static str, name: &'static str, id: String, value: String, text: String, checked: bool) -> AnyView {
    view! { <label class="fb-choice"><input class="fb-choice__input" type=kind id=id name=name value=value checked=checked/><span class="fb-choice__text" dir="auto">{text}</span></label> }.into_any()
}

fn themes(ctx: &Ctx, data: &WaveView) -> AnyView {
    let ticked = data.typed.all("about");
    let boxes = THEMES
        .iter()
        .enumerate()
        .map(|(n, theme)| {
            let id = if n == 0 { "about".to_owned() } else { format!("about-{n}") };
            let text = ctx.t(&format!("survey-theme-{theme}"));
            choice("checkbox", "about", id, (*theme).to_owned(), text, ticked.contains(theme))
        })
        .collect_view();
    view! { {heading("vraag-about".into(), ctx.t("survey-themes"))}<p class="ams-hint">{ctx.t("survey-themes-hint")}</p><div class="fb-choices" role="group" aria-labelledby="vraag-about">{boxes}</div> }
        .into_any()
}

fn own(ctx: &Ctx, data: &WaveView, n: usize) -> AnyView {
    let (Some(question), Some(name)) = (data.asked.questions.get(n), OWN.get(n).copied()) else { return ().into_any() };
    let lang = ctx.lang.code();
    let text = question.text.in_lang(lang).to_owned();
    let option = |i: usize| question.options.get(i).map_or("", |o| o.in_lang(lang)).to_owned();
    let options: Vec<(String, String)> = match question.kind {
        Kind::Open => return area(ctx, data, name, text),
        Kind::Choice => (0..question.options.len()).map(|i| (i.to_string(), option(i))).collect(),
        Kind::Scale => (1..=SCALE)
            .map(|step| {
                let end = match step {
                    1 => option(0),
                    SCALE => option(1),
                    _ => String::new(),
                };
                (step.to_string(), if end.is_empty() { step.to_string() } else { format!("{step} – {end}") })
            })
            .collect(),
    };
    let chosen = data.typed.get(name);
    let lines = options
        .into_iter()
        .enumerate()
        .map(|(i, (value, text))| {
            let id = if i == 0 { name.to_owned() } else { format!("{name}-{i}") };
            let checked = value == chosen;
            choice("radio", name, id, value, text, checked)
        })
        .collect_view();
    view! { {heading(format!("vraag-{name}"), text)}{kit::error_text(ctx, name, &data.errors)}<div class="fb-choices" role="radiogroup" aria-labelledby=format!("vraag-{name}")>{lines}</div> }
        .into_any()
}

fn buurt(ctx: &Ctx, data: &WaveView) -> AnyView {
    let Door::Open(buurten) = &data.door else { return ().into_any() };
    let chosen = data.typed.get("buurt").to_owned();
    let lines = buurten
        .iter()
        .map(|(id, name)| view! { <option value=id.clone() selected=*id == chosen>{name.clone()}</option> })
        .collect_view();
    let wrong = data.errors.of("buurt").map(|_| "true");
    view! {
        {heading("vraag-buurt".into(), ctx.t("survey-which-buurt"))}
        {kit::error_text(ctx, "buurt", &data.errors)}
        <select class="ams-select" id="buurt" name="buurt" aria-labelledby="vraag-buurt" aria-invalid=wrong><option value="">{ctx.t("survey-choose-buurt")}</option>{lines}</select>
    }
    .into_any()
}

/// One question with its buttons.
pub(super) fn screen(ctx: &Ctx, data: &WaveView, n: usize, step: Step, of: usize) -> AnyView {
    let body = match step {
        Step::Mark => mark(ctx, data),
        Step::Words(field) => area(ctx, data, field, words(ctx, data, field)),
        Step::Themes => themes(ctx, data),
        Step::Own(own_n) => own(ctx, data, own_n),
        Step::Buurt => buurt(ctx, data),
    };
    let when = match step {
        Step::Own(i) => data.asked.questions.get(i).and_then(|q| q.when),
        _ => None,
    };
    let condition = when.and_then(|w| OWN.get(w.question).map(|field| format!("{field}={}", w.option)));
    let last = n + 1 == of;
    let preview = data.door == Door::Preview;
    let (back, next) = (n.checked_sub(1).map(|k| k.to_string()), (n + 1).to_string());
    let forward = if last {
        view! { <button class="ams-button ams-button--primary" name="send" value="1" disabled=preview>{ctx.t("survey-send")}</button> }.into_any()
    } else {
        let skip = view! { <button class="ams-button ams-button--secondary" name="to" value=next.clone()>{ctx.t("survey-skip")}</button> };
        let go = (step != Step::Mark).then(|| view! { <button class="ams-button ams-button--primary" name="to" value=next>{ctx.t("survey-next")}</button> });
        view! { {skip}{go} }.into_any()
    };
    view! {
        <section class="fb-stack" data-step=n.to_string() data-if=condition hidden=n != data.step>
            {kit::step(ctx.ta("survey-step", &[("now", (n + 1).into()), ("of", of.into())]), n + 1, of)}
            {body}
            {back.map(|k| view! { <p class="ams-paragraph"><button class="fb-linkbutton" name="to" value=k>{ctx.t("survey-back")}</button></p> })}
            <div class="fb-bar"><p class="fb-offline" role="status" data-text=ctx.t("survey-offline")></p><div class="fb-bar__acts">{forward}</div></div>
        </section>
    }
    .into_any()
}
