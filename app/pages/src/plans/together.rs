//! Working on a plan together: who does, who was asked, and the question itself.

use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::dialogue::MOST_CO_AUTHORS;
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use leptos::prelude::*;

/// Somebody who works on it, or was asked.
#[derive(Clone, Debug)]
pub struct Companion {
    /// Row.
    pub id: i64,
    /// Name; the address where there is none yet.
    pub name: String,
    /// Said yes.
    pub joined: bool,
    /// The reader.
    pub own: bool,
}

/// The page's data.
#[derive(Clone, Debug)]
pub struct TogetherView {
    /// Plan.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Everyone beside who handed it in.
    pub them: Vec<Companion>,
    /// The reader handed it in.
    pub owner: bool,
    /// The reader is asked: yes or no?
    pub asked: bool,
    /// What and why, for who is asked.
    pub text: Option<(String, String)>,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl TogetherView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let one = |id, name: &str, joined, own| Companion { id, name: name.into(), joined, own };
        Self {
            id: 7,
            title: "Samen Spelen".into(),
            them: vec![one(1, "Samira", true, false), one(2, "karim@voorbeeld.test", false, false)],
            owner: true,
            asked: false,
            text: None,
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }
}

/// Yes or no?
fn question(ctx: &Ctx, data: &TogetherView) -> AnyView {
    let action = ctx.url(&urls::InitiativeJoin { id: data.id });
    let text = data.text.as_ref().map(|(what, why)| view! { <div class="fb-card"><div class="fb-card__body fb-stack">{kit::lines(what)}{kit::lines(why)}</div></div> });
    view! {
        {text}
        <p class="ams-paragraph">{ctx.t("together-question")}</p>
        <div class="fb-row">
            <form method="post" action=action.clone()>{kit::hidden(ctx)}<input type="hidden" name="answer" value="ja"/><button class="ams-button ams-button--primary">{ctx.t("together-yes")}</button></form>
            <form method="post" action=action>{kit::hidden(ctx)}<input type="hidden" name="answer" value="nee"/><button class="ams-button ams-button--secondary">{ctx.t("together-no")}</button></form>
        </div>
    }
    .into_any()
}

/// The page.
pub fn together(ctx: &Ctx, data: &TogetherView) -> AnyView {
    let them = data
        .them
        .iter()
        .map(|one| {
            let state = ctx.t(if one.joined { "together-joined" } else { "together-waits" });
            let key = match (one.own, one.joined) {
                (true, _) => "together-leave",
                (_, true) => "together-remove",
                _ => "together-take-back",
            };
            let form = || view! {
                <form method="post" action=ctx.url(&urls::InitiativeLeave { id: data.id })>{kit::hidden(ctx)}<input type="hidden" name="row" value=one.id.to_string()/>
                    <button class="ams-button ams-button--secondary">{ctx.t(if one.joined { "together-sure" } else { key })}<span class="ams-visually-hidden">": "{one.name.clone()}</span></button></form>
            };
            // A part that ends cannot be undone with a tap: ask first.
            let end = (data.owner || one.own).then(|| if one.joined {
                view! { <details class="fb-details"><summary class="fb-details__button">{ctx.t(key)}<span class="ams-visually-hidden">": "{one.name.clone()}</span></summary>{form()}</details> }.into_any()
            } else {
                form().into_any()
            });
            view! { <li class="fb-card fb-card--flat"><div class="fb-card__body fb-stack fb-stack--tight"><p class="ams-paragraph"><b dir="auto">{one.name.clone()}</b></p><p class="fb-meta">{state}</p>{end}</div></li> }
        })
        .collect_view();
    let email = Field {
        name: "email",
        label: ctx.t("together-email"),
        hint: ctx.t("together-email-hint"),
        kind: Kind::Email,
        heading: false,
        typed: &data.typed,
        errors: &data.errors,
    };
    let invite = (data.owner && data.them.len() < MOST_CO_AUTHORS).then(|| {
        view! {
            <form class="fb-form" method="post" action=ctx.url(&urls::InitiativeTogether { id: data.id }) novalidate>{kit::hidden(ctx)}
                {kit::field(ctx, &email)}
                <button class="ams-button ams-button--primary">{ctx.t("together-invite")}</button></form>
        }
    });
    let full = (data.owner && data.them.len() >= MOST_CO_AUTHORS).then(|| view! { <p class="fb-meta">{ctx.ta("together-full", &[("count", i64::try_from(MOST_CO_AUTHORS).unwrap_or(4).into())])}</p> });
    let none = (data.owner && data.them.is_empty())
        .then(|| view! { <div class="fb-empty"><p class="ams-paragraph">{ctx.t("together-none")}</p></div> });
    let back = if data.asked {
        view! { <a class="fb-back" href=ctx.url(&urls::Mine {})>{ctx.t("nav-mine")}</a> }.into_any()
    } else {
        view! { <a class="fb-back" href=ctx.url(&urls::Initiative { id: data.id })><span dir="auto">{data.title.clone()}</span></a> }.into_any()
    };
    let main = view! {
        {back}
        {kit::error_summary(ctx, &data.errors, &[("email", "together-email")])}
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{ctx.ta("together-title", &[("title", data.title.as_str().into())])}</h1>
            <p class="ams-paragraph">{ctx.t("together-lead")}</p></div>
        {data.asked.then(|| question(ctx, data))}
        {none}
        <ul class="fb-cards fb-cards--dense">{them}</ul>
        {invite}
        {full}
    };
    frame(ctx, Frame::narrow(ctx.t("plans-do-together")).failed(!data.errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "plans/together", draw: |ctx| together(ctx, &TogetherView::sample()) },
        Sample {
            name: "plans/together-wrong",
            draw: |ctx| {
                together(
                    ctx,
                    &TogetherView {
                        them: Vec::new(),
                        errors: Errors::one("email", Problem::NotAnEmail),
                        ..TogetherView::sample()
                    },
                )
            },
        },
        Sample {
            name: "plans/together-full",
            draw: |ctx| {
                let one = Companion { id: 1, name: "Samira".into(), joined: true, own: false };
                together(ctx, &TogetherView { them: vec![one; MOST_CO_AUTHORS], ..TogetherView::sample() })
            },
        },
        Sample {
            name: "plans/together-asked",
            draw: |ctx| {
                together(
                    ctx,
                    &TogetherView {
                        owner: false,
                        asked: true,
                        text: Some(("Spelen".into(), "Leuk".into())),
                        them: Vec::new(),
                        ..TogetherView::sample()
                    },
                )
            },
        },
        Sample {
            name: "plans/together-own",
            draw: |ctx| {
                let own = Companion { id: 1, name: "Samira".into(), joined: true, own: true };
                together(ctx, &TogetherView { owner: false, them: vec![own], ..TogetherView::sample() })
            },
        },
    ]
}
