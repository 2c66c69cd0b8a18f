//! Small parts that pages share: form fields, error summary, money, meter, badges, bars.

use crate::Ctx;
use domain::form::{Errors, Problem, Raw};
use domain::initiative::State;
use domain::money::Cents;
use islands::FormDraft;
use leptos::prelude::*;

/// CSRF token and idempotency key, for every changing form.
pub fn hidden(ctx: &Ctx) -> AnyView {
    view! {
        <input type="hidden" name="csrf" value=ctx.csrf.clone()/>
        <input type="hidden" name="form_key" value=ctx.form_key.clone()/>
    }
    .into_any()
}

/// Keeps what is typed into the form on this phone until it is sent; the page needs [`crate::frame::Frame::with_islands`].
pub fn draft(ctx: &Ctx, form_id: &str, key: &str) -> AnyView {
    view! { <FormDraft form_id=form_id.to_owned() key=key.to_owned() notice=ctx.t("draft-back") discard=ctx.t("draft-discard")/> }
        .into_any()
}

/// Key of a text that says what to do in this very field, where the ordinary text would not help.
fn own_text(field: &str, problem: Problem) -> Option<&'static str> {
    match (field, problem) {
        ("plan", Problem::Missing) => Some("ballot-pick-one"),
        ("closes", Problem::NotLater) => Some("admin-closes-later"),
        ("theme", Problem::NotAChoice) => Some("admin-round-theme-gone"),
        ("masked", Problem::NotAChoice) => Some("wave-desk-only-masks"),
        ("mark", Problem::Missing) => Some("survey-mark-missing"),
        ("looked", Problem::Missing) => Some("publication-looked-missing"),
        ("code", Problem::NotAChoice) => Some("survey-code-unknown"),
        ("title", Problem::AskedBefore) => Some("admin-wave-same-title"),
        ("q2_if" | "q3_if", Problem::NotAChoice) => Some("admin-wave-if-gone"),
        ("title", Problem::TooLate) => Some("admin-wave-opened"),
        ("password", Problem::NotRight) => Some("people-sign-in-wrong"),
        ("kind", Problem::Missing) => Some("offer-kind-missing"),
        ("message", Problem::AskedBefore) => Some("intro-asked-before"),
        ("until", Problem::NotAhead) => Some("offer-until-over"),
        ("wie" | "nummer", Problem::NotAChoice) => Some("log-number-wrong"),
        _ => None,
    }
}

/// What to do about a field; `None`: there is no text of its own.
fn own_words(ctx: &Ctx, field: &str, problem: Problem) -> Option<String> {
    match (field, problem) {
        // A receipt has one length: the number is how many letters were typed.
        ("receipt", Problem::TooShort(typed) | Problem::TooLong(typed)) => {
            Some(ctx.ta("check-receipt-letters", &[("count", typed.into())]))
        }
        ("offers", Problem::TooMany(max)) => Some(ctx.ta("offer-too-many", &[("max", max.into())])),
        ("needs", Problem::TooMany(max)) => Some(ctx.ta("offer-needs-full", &[("max", max.into())])),
        ("departments", Problem::TooMany(max)) => Some(ctx.ta("advice-too-many", &[("max", max.into())])),
        _ => own_text(field, problem).map(|key| ctx.t(key)),
    }
}

/// Links to every wrong field; nothing when all is well. `labels` are names of fields with the keys of their labels.
pub fn error_summary(ctx: &Ctx, errors: &Errors, labels: &[(&str, &str)]) -> AnyView {
    if errors.0.is_empty() {
        return ().into_any();
    }
    let items = errors
        .0
        .iter()
        .map(|(field, problem)| {
            let text = own_words(ctx, field, *problem).unwrap_or_else(|| {
                let text = ctx.problem(*problem);
                match labels.iter().find(|(name, _)| name == field).map(|(_, key)| ctx.t(key)) {
                    Some(label) if label.ends_with(['?', '!', '.']) => format!("{label} {text}"),
                    Some(label) => format!("{label}: {text}"),
                    None => text,
                }
            });
            view! { <li><a class="ams-link fb-errors__link" href=format!("#{field}")>{text}</a></li> }
        })
        .collect_view();
    view! {
        <div class="ams-alert ams-alert--error ams-invalid-form-alert" role="alert" tabindex="-1" autofocus=true>
            <div class="ams-alert__severity-indicator"><span class="fb-sign" aria-hidden="true">"!"</span></div>
            <div class="ams-alert__content">
                <h2 class="ams-heading ams-heading--3">{ctx.t("error-summary")}</h2>
                <ul class="fb-errors">{items}</ul>
            </div>
        </div>
    }
    .into_any()
}

/// How a field looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Line,
    /// Several lines.
    Area,
    /// A mail address.
    Email,
    /// A password: never filled in again.
    Password(&'static str),
    /// An amount in euro.
    Money,
    /// A short code.
    Code,
    /// A day.
    Date,
    /// A date with a time.
    DateTime,
    /// A whole number.
    Number,
}

/// One field of a form.
pub struct Field<'a> {
    /// Its name, and its id.
    pub name: &'static str,
    /// Text of the label.
    pub label: String,
    /// Text below the label; may be empty.
    pub hint: String,
    /// How it looks.
    pub kind: Kind,
    /// The label is the page's heading.
    pub heading: bool,
    /// What was typed.
    pub typed: &'a Raw,
    /// What is wrong.
    pub errors: &'a Errors,
}

/// Label, hint, error and input.
pub fn field(ctx: &Ctx, f: &Field<'_>) -> AnyView {
    let name = f.name;
    let error = f.errors.of(name);
    let hint_id = format!("{name}-hint");
    let error_id = format!("{name}-fout");
    let described: Vec<String> = [(!f.hint.is_empty()).then(|| hint_id.clone()), error.map(|_| error_id.clone())]
        .into_iter()
        .flatten()
        .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let invalid = error.map(|_| "true");
    let value = f.typed.get(name).to_owned();
    let input = match f.kind {
        Kind::Area => {
            // Leptos writes the text of a textarea as it is, so it is escaped here; a first line break is the parser's own.
            let value = format!("\n{}", html_escape::encode_text(&value));
            view! { <textarea class="ams-text-area" dir="auto" id=name name=name rows="5" aria-describedby=described aria-invalid=invalid>{value}</textarea> }.into_any()
        }
        Kind::Money => view! {
            <div class="fb-affix"><span class="fb-affix__text">"€"</span>
                <input class="ams-text-input" id=name name=name inputmode="decimal" autocomplete="off" value=value aria-describedby=described aria-invalid=invalid/></div>
        }
        .into_any(),
        Kind::Line => view! { <input class="ams-text-input" dir="auto" id=name name=name value=value aria-describedby=described aria-invalid=invalid/> }.into_any(),
        Kind::Email => view! { <input class="ams-text-input" id=name name=name type="email" autocomplete="email" value=value aria-describedby=described aria-invalid=invalid/> }.into_any(),
        Kind::Password(autocomplete) => view! { <input class="ams-text-input" id=name name=name type="password" autocomplete=autocomplete aria-describedby=described aria-invalid=invalid/> }.into_any(),
        Kind::Code => view! { <input class="ams-text-input fb-code-input" id=name name=name autocomplete="off" autocapitalize="characters" spellcheck="false" value=value aria-describedby=described aria-invalid=invalid/> }.into_any(),
        Kind::Date => view! { <input class="ams-text-input fb-input--short" id=name name=name type="date" value=value aria-describedby=described aria-invalid=invalid/> }.into_any(),
        Kind::DateTime => view! { <input class="ams-text-input" id=name name=name type="datetime-local" value=value aria-describedby=described aria-invalid=invalid/> }.into_any(),
        Kind::Number => view! { <input class="ams-text-input fb-input--short" id=name name=name inputmode="numeric" value=value aria-describedby=described aria-invalid=invalid/> }.into_any(),
    };
    let label = if f.heading {
        view! { <h1 class="ams-heading ams-heading--1"><label for=name>{f.label.clone()}</label></h1> }.into_any()
    } else {
        view! { <label class="ams-label" for=name>{f.label.clone()}</label> }.into_any()
    };
    view! {
        <div class=if error.is_some() { "ams-field ams-field--invalid" } else { "ams-field" }>
            {label}
            {(!f.hint.is_empty()).then(|| view! { <p class="ams-hint" id=hint_id>{f.hint.clone()}</p> })}
            {error_text(ctx, name, f.errors)}
            {input}
        </div>
    }
    .into_any()
}

/// The error of one field, with its sign.
pub fn error_text(ctx: &Ctx, name: &'static str, errors: &Errors) -> AnyView {
    errors
        .of(name)
        .map(|problem| view! { <p class="ams-error-message" id=format!("{name}-fout")><span class="fb-sign" aria-hidden="true">"!"</span>" "{own_words(ctx, name, problem).unwrap_or_else(|| ctx.problem(problem))}</p> })
        .into_any()
}

/// A drop-down of `(value, text)`, with an empty first line when `empty` has a text.
pub fn select(
    ctx: &Ctx,
    name: &'static str,
    label: &str,
    empty: &str,
    options: &[(String, String)],
    typed: &Raw,
    errors: &Errors,
) -> AnyView {
    let chosen = typed.get(name).to_owned();
    let lines = options
        .iter()
        .map(|(value, text)| view! { <option value=value.clone() selected=*value == chosen>{text.clone()}</option> })
        .collect_view();
    let invalid = errors.of(name).map(|_| "true");
    view! {
        <div class=if invalid.is_some() { "ams-field ams-field--invalid" } else { "ams-field" }>
            <label class="ams-label" for=name>{label.to_owned()}</label>
            {error_text(ctx, name, errors)}
            <select class="ams-select" id=name name=name aria-invalid=invalid aria-describedby=invalid.map(|_| format!("{name}-fout"))>
                {(!empty.is_empty()).then(|| view! { <option value="">{empty.to_owned()}</option> })}
                {lines}
            </select>
        </div>
    }
    .into_any()
}

/// Radio buttons of `(value, text)`.
pub fn radios(
    ctx: &Ctx,
    name: &'static str,
    legend: &str,
    options: &[(String, String)],
    typed: &Raw,
    errors: &Errors,
) -> AnyView {
    let told: Vec<_> = options.iter().map(|(value, text)| (value.clone(), text.clone(), String::new())).collect();
    radios_told(ctx, name, legend, &told, typed, errors)
}

/// Radio buttons of `(value, text, what it means)`.
pub fn radios_told(
    ctx: &Ctx,
    name: &'static str,
    legend: &str,
    options: &[(String, String, String)],
    typed: &Raw,
    errors: &Errors,
) -> AnyView {
    let chosen = typed.get(name).to_owned();
    let lines = options
        .iter()
        .enumerate()
        .map(|(i, (value, text, told))| {
            let told = (!told.is_empty()).then(|| view! { <span class="fb-choice__hint">{told.clone()}</span> });
            // The first one carries the field's id, so that the error summary's link lands on it.
            let id = if i == 0 { name.to_owned() } else { format!("{name}-{i}") };
            view! {
                <label class="fb-choice"><input class="fb-choice__input" type="radio" id=id name=name value=value.clone() checked=*value == chosen/>
                    <span class="fb-choice__text">{text.clone()}{told}</span></label>
            }
        })
        .collect_view();
    view! {
        <fieldset class=if errors.of(name).is_some() { "ams-field-set ams-field-set--invalid" } else { "ams-field-set" }>
            <legend class="ams-field-set__legend">{legend.to_owned()}</legend>
            {error_text(ctx, name, errors)}
            <div class="fb-choices">{lines}</div>
        </fieldset>
    }
    .into_any()
}

/// One box to tick; ticked it sends `1`.
pub fn tick(name: &'static str, text: String, hint: String, typed: &Raw) -> AnyView {
    let hint = (!hint.is_empty()).then(|| view! { <span class="fb-choice__hint">{hint}</span> });
    view! {
        <label class="fb-choice"><input class="fb-choice__input" type="checkbox" id=name name=name value="1" checked=typed.get(name) == "1"/>
            <span class="fb-choice__text">{text}{hint}</span></label>
    }
    .into_any()
}

/// The main action, under the thumb.
pub fn bar(label: String) -> AnyView {
    view! { <div class="fb-bar"><button class="ams-button ams-button--primary">{label}</button></div> }.into_any()
}

/// 'Stap 1 van 3' with dots.
pub fn step(text: String, now: usize, of: usize) -> AnyView {
    let dots = (1..=of)
        .map(
            |i| view! { <span class=if i <= now { "fb-step__dot fb-step__dot--done" } else { "fb-step__dot" }></span> },
        )
        .collect_view();
    view! { <p class="fb-step"><span class="fb-step__text">{text}</span><span class="fb-step__dots" aria-hidden="true">{dots}</span></p> }.into_any()
}

/// 'Stap 2 van 5' with a dot for each step; who does not see the dots hears their names.
pub fn steps(text: String, names: Vec<String>, now: usize) -> AnyView {
    let dots = names
        .into_iter()
        .zip(1..)
        .map(|(name, i)| {
            let class = if i <= now { "fb-step__dot fb-step__dot--done" } else { "fb-step__dot" };
            view! { <li class=class aria-current=(i == now).then_some("step")><span class="ams-visually-hidden">{name}</span></li> }
        })
        .collect_view();
    view! { <div class="fb-step"><span class="fb-step__text">{text}</span><ol class="fb-step__dots">{dots}</ol></div> }
        .into_any()
}

/// Badge of an initiative's state.
pub fn state_badge(ctx: &Ctx, state: State) -> AnyView {
    let class = match state {
        State::Draft | State::Withdrawn | State::Cancelled => "ams-badge",
        State::Submitted | State::Published => "ams-badge ams-badge--azure",
        State::Returned | State::Reserve => "ams-badge ams-badge--orange",
        State::Feasible | State::Funded | State::InExecution => "ams-badge ams-badge--lime",
        State::OnBallot => "ams-badge ams-badge--yellow",
        State::Completed => "ams-badge fb-badge--done",
        State::Infeasible | State::Rejected | State::NotFunded => "ams-badge ams-badge--red",
    };
    view! { <span class=class>{ctx.t(&format!("state-{}", state.key()))}</span> }.into_any()
}

/// A key and a value.
pub fn fact(term: String, value: String) -> AnyView {
    view! { <div class="fb-facts__row"><dt class="fb-facts__term">{term}</dt><dd class="fb-facts__value fb-money">{value}</dd></div> }.into_any()
}

/// A tile with a figure.
pub fn stat(label: String, value: String, note: String) -> AnyView {
    view! { <div class="fb-stat"><dt class="fb-stat__label">{label}</dt><dd class="fb-stat__value">{value}</dd><dd class="fb-stat__note">{note}</dd></div> }.into_any()
}

/// Width in percent of `whole`; at least 1 for what is above zero, never above 100.
pub fn percent(part: Cents, whole: Cents) -> i64 {
    if part.0 <= 0 || whole.0 <= 0 { 0 } else { (part.0.saturating_mul(100) / whole.0).clamp(1, 100) }
}

/// A meter's bar: first part, then a second part behind it, of a whole. The words stand beside it.
pub fn meter(first: Cents, second: Cents, whole: Cents) -> AnyView {
    let (a, b) = (percent(first, whole), percent(second, whole));
    let b = b.min(100 - a.min(100));
    view! {
        <svg class="fb-meter__bar" aria-hidden="true" focusable="false">
            <rect class="fb-meter__allotted" width=format!("{a}%") height="100%"></rect>
            <rect class="fb-meter__plan" x=format!("{a}%") width=format!("{b}%") height="100%"></rect>
        </svg>
    }
    .into_any()
}

/// Lines that somebody typed, as paragraphs.
pub fn lines(text: &str) -> AnyView {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p class="ams-paragraph" dir="auto">{line.to_owned()}</p> })
        .collect_view()
        .into_any()
}
