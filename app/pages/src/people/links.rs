//! 'Look in your mail', what a mailed link opens, and the demo city's ready sign-ins.

use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::people::Typed;
use crate::{Ctx, Sample};
use domain::access::Role;
use domain::urls;
use leptos::prelude::*;

/// Where to ask for a sign-in link; it leads on to `next` in the end, where that is not empty.
fn link_page(ctx: &Ctx, next: &str) -> String {
    let query = if next.is_empty() { String::new() } else { format!("?verder={}", urls::encode(next)) };
    format!("{}{query}", ctx.url(&urls::SignInLink {}))
}

/// 'Look in your mail': the same for everybody, after signing up (`new`) or asking for a link that leads on to `next`.
pub fn sent(ctx: &Ctx, new: bool, next: &str) -> AnyView {
    let text = if new { ctx.t("people-sent-confirm") } else { ctx.t("people-sent-link") };
    let again = if new { ctx.url(&urls::SignUp {}) } else { link_page(ctx, next) };
    let main = view! {
        <h1 class="ams-heading ams-heading--1">{ctx.t("people-sent-title")}</h1>
        <p class="ams-paragraph ams-paragraph--large">{text}</p>
        <p class="ams-paragraph">{ctx.t("people-sent-nothing")}</p>
        <p class="ams-paragraph"><a class="fb-more" href=again>{ctx.t("people-sent-again")}</a></p>
    };
    frame(ctx, Frame::narrow(ctx.t("people-sent-title")), main)
}

/// What a mailed link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// Confirms an address.
    Confirm,
    /// Hands in a plan, and confirms the address it came from.
    Plan,
    /// Signs in.
    SignIn,
}

/// A mailed link that was opened: nothing happens before the button is pressed.
#[derive(Clone, Debug)]
pub struct OpenView {
    /// What for.
    pub opens: Opens,
    /// Its token.
    pub token: String,
    /// It can still be used.
    pub works: bool,
    /// Local path to go on to, or empty.
    pub next: String,
}

/// The page of a mailed link.
pub fn open(ctx: &Ctx, data: &OpenView) -> AnyView {
    let (title, text, button, action) = match data.opens {
        Opens::Confirm => (
            "people-confirm-title",
            "people-confirm-text",
            "people-confirm-do",
            ctx.url(&urls::Confirm { token: data.token.clone() }),
        ),
        Opens::Plan => (
            "people-plan-title",
            "people-plan-text",
            "people-plan-do",
            ctx.url(&urls::Confirm { token: data.token.clone() }),
        ),
        Opens::SignIn => (
            "people-open-title",
            "people-open-text",
            "people-open-do",
            ctx.url(&urls::SignInWith { token: data.token.clone() }),
        ),
    };
    if !data.works {
        let main = view! {
            <h1 class="ams-heading ams-heading--1">{ctx.t("people-link-old-title")}</h1>
            <p class="ams-paragraph">{ctx.t("people-link-old-text")}</p>
            <p class="ams-paragraph"><a class="ams-button ams-button--primary" href=link_page(ctx, &data.next)>{ctx.t("people-link-old-do")}</a></p>
        };
        return frame(ctx, Frame::narrow(ctx.t("people-link-old-title")), main);
    }
    let next = data.next.clone();
    let main = view! {
        <h1 class="ams-heading ams-heading--1">{ctx.t(title)}</h1>
        <p class="ams-paragraph">{ctx.t(text)}</p>
        <form class="fb-form" method="post" action=action>
            {kit::hidden(ctx)}
            {(!next.is_empty()).then(|| view! { <input type="hidden" name="verder" value=next/> })}
            {kit::bar(ctx.t(button))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t(title)), main)
}

/// A role to accept.
#[derive(Clone, Debug)]
pub struct InvitationView {
    /// Token of the link.
    pub token: String,
    /// Which role.
    pub role: Role,
    /// Asks for a name.
    pub needs_name: bool,
    /// The form.
    pub form: Typed,
}

/// Accepting a role.
pub fn invitation(ctx: &Ctx, data: &InvitationView) -> AnyView {
    let title = ctx.ta("people-invited-title", &[("role", super::roles::role(ctx, data.role).into())]);
    let (typed, errors) = (&data.form.raw, &data.form.errors);
    let name = data.needs_name.then(|| {
        kit::field(
            ctx,
            &Field {
                name: "name",
                label: ctx.t("people-name"),
                hint: ctx.t("people-name-hint"),
                kind: Kind::Line,
                heading: false,
                typed,
                errors,
            },
        )
    });
    let main = view! {
        {kit::error_summary(ctx, errors, &[("name", "people-name")])}
        <h1 class="ams-heading ams-heading--1">{title.clone()}</h1>
        <p class="ams-paragraph">{ctx.t("people-invited-text")}</p>
        <form class="fb-form" method="post" action=ctx.url(&urls::Invitation { token: data.token.clone() }) novalidate>
            {kit::hidden(ctx)}
            {name}
            {kit::bar(ctx.t("people-invited-do"))}
        </form>
    };
    frame(ctx, Frame::narrow(title).failed(data.form.failed()), main)
}

/// One of the demo city's people.
#[derive(Clone, Debug)]
pub struct DemoPerson {
    /// Mail address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Who this is.
    pub line: String,
}

/// The ready sign-ins; they lead on to `next`, where that is not empty.
pub fn demo(ctx: &Ctx, people: &[DemoPerson], next: &str) -> AnyView {
    let cards = people
        .iter()
        .map(|p| {
            view! {
                <li class="fb-card"><form class="fb-card__body fb-stack" method="post" action=ctx.url(&urls::SignInDemo {})>
                    {kit::hidden(ctx)}
                    <input type="hidden" name="email" value=p.email.clone()/>
                    {(!next.is_empty()).then(|| view! { <input type="hidden" name="verder" value=next.to_owned()/> })}
                    <h2 class="ams-heading ams-heading--3">{p.name.clone()}</h2>
                    <p class="fb-meta">{p.line.clone()}</p>
                    <button class="ams-button ams-button--secondary">{ctx.ta("people-demo-as", &[("name", p.name.as_str().into())])}</button>
                </form></li>
            }
        })
        .collect_view();
    let main = view! {
        <h1 class="ams-heading ams-heading--1">{ctx.t("people-demo-title")}</h1>
        {if people.is_empty() {
            view! { <div class="fb-empty"><p class="ams-paragraph">{ctx.t("people-demo-none")}</p></div> }.into_any()
        } else {
            view! { <p class="ams-paragraph">{ctx.t("people-demo-text")}</p><ul class="fb-cards fb-cards--two">{cards}</ul> }.into_any()
        }}
    };
    frame(ctx, Frame::wide(ctx.t("people-demo-title")), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    fn opened(opens: Opens, works: bool) -> OpenView {
        OpenView { opens, token: "abc".into(), works, next: "/mijn".into() }
    }
    vec![
        Sample { name: "people/sent-confirm", draw: |ctx| sent(ctx, true, "") },
        Sample { name: "people/sent-link", draw: |ctx| sent(ctx, false, "/mijn") },
        Sample { name: "people/confirm", draw: |ctx| open(ctx, &opened(Opens::Confirm, true)) },
        Sample { name: "people/open-plan", draw: |ctx| open(ctx, &opened(Opens::Plan, true)) },
        Sample { name: "people/open", draw: |ctx| open(ctx, &opened(Opens::SignIn, true)) },
        Sample { name: "people/open-old", draw: |ctx| open(ctx, &opened(Opens::SignIn, false)) },
        Sample {
            name: "people/invitation",
            draw: |ctx| {
                invitation(
                    ctx,
                    &InvitationView {
                        token: "abc".into(),
                        role: Role::Moderator,
                        needs_name: true,
                        form: Typed::default(),
                    },
                )
            },
        },
        Sample { name: "people/demo-none", draw: |ctx| demo(ctx, &[], "") },
        Sample {
            name: "people/demo",
            draw: |ctx| {
                demo(
                    ctx,
                    &[DemoPerson { email: "f@voorbeeld.test".into(), name: "Fatima".into(), line: "Bewoner".into() }],
                    "/moderatie/7",
                )
            },
        },
    ]
}
