//! `/aanmelden`, `/inloggen`, `/inloggen/link`.

use super::Typed;
use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use leptos::prelude::*;

/// Making an account.
#[derive(Clone, Debug)]
pub struct SignUpView {
    /// Buurten by id and name.
    pub buurten: Vec<(String, String)>,
    /// The form.
    pub form: Typed,
}

impl SignUpView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            buurten: vec![("1".into(), "Vogelbuurt".into()), ("2".into(), "IJplein".into())],
            form: Typed::wrong(
                Raw::from_pairs(&[("name", "Fatma"), ("buurt", "2")]),
                Errors::one("password", Problem::WeakPassword),
            ),
        }
    }
}

/// The sign-up page.
pub fn sign_up(ctx: &Ctx, data: &SignUpView) -> AnyView {
    let (typed, errors) = (&data.form.raw, &data.form.errors);
    let password_label = format!("{} {}", ctx.t("people-password"), ctx.t("optional"));
    let main = view! {
        {kit::error_summary(ctx, errors, &[("name", "people-name"), ("email", "people-email"), ("buurt", "people-buurt"), ("password", "people-password")])}
        <div class="fb-head">
            <h1 class="ams-heading ams-heading--1">{ctx.t("people-sign-up-title")}</h1>
            <p class="ams-paragraph">{ctx.t("people-sign-up-lead")}</p>
        </div>
        <form class="fb-form" method="post" action=ctx.url(&urls::SignUp {}) novalidate>
            {kit::hidden(ctx)}
            {kit::field(ctx, &Field { name: "name", label: ctx.t("people-name"), hint: ctx.t("people-name-hint"), kind: Kind::Line, heading: false, typed, errors })}
            {kit::field(ctx, &Field { name: "email", label: ctx.t("people-email"), hint: ctx.t("people-email-hint"), kind: Kind::Email, heading: false, typed, errors })}
            {kit::select(ctx, "buurt", &ctx.t("people-buurt"), &ctx.t("people-buurt-choose"), &data.buurten, typed, errors)}
            {kit::field(ctx, &Field { name: "password", label: password_label, hint: ctx.t("people-password-hint"), kind: Kind::Password("new-password"), heading: false, typed, errors })}
            {kit::bar(ctx.t("people-sign-up-do"))}
        </form>
        <p class="ams-paragraph">{ctx.t("people-have-account")}" "<a class="ams-link" href=ctx.url(&urls::SignIn {})>{ctx.t("nav-sign-in")}</a></p>
    };
    frame(ctx, Frame::narrow(ctx.t("people-sign-up-title")).failed(data.form.failed()), main)
}

/// Signing in.
#[derive(Clone, Debug)]
pub struct SignInView {
    /// The form; `verder` in it is the local path to go on to.
    pub form: Typed,
}

impl SignInView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            form: Typed::wrong(
                Raw::from_pairs(&[("email", "fatma@voorbeeld.test"), ("verder", "/mijn")]),
                Errors::one("password", Problem::NotRight),
            ),
        }
    }
}

fn next(form: &Typed) -> AnyView {
    let path = form.raw.get("verder").to_owned();
    (!path.is_empty()).then(|| view! { <input type="hidden" name="verder" value=path/> }).into_any()
}

/// Sign-in with address and password; the other ways stand below.
pub fn sign_in(ctx: &Ctx, data: &SignInView) -> AnyView {
    let (typed, errors) = (&data.form.raw, &data.form.errors);
    let query = match typed.get("verder") {
        "" => String::new(),
        path => format!(
            "?verder={}",
            path.bytes()
                .map(|b| if b.is_ascii_alphanumeric() || b"-_.~/".contains(&b) {
                    char::from(b).to_string()
                } else {
                    format!("%{b:02X}")
                })
                .collect::<String>()
        ),
    };
    let demo = ctx.demo.then(|| {
        view! { <section class="fb-notice"><h2 class="ams-heading ams-heading--3">{ctx.t("people-demo-title")}</h2><a class="fb-more" href=format!("{}{query}", ctx.url(&urls::SignInDemo {}))>{ctx.t("people-demo-go")}</a></section> }
    });
    let wrong = errors.of("password") == Some(Problem::NotRight);
    let failed = wrong.then(|| view! { <p class="ams-paragraph">{ctx.t("people-sign-in-fresh")}</p> });
    let main = view! {
        {kit::error_summary(ctx, errors, &[("email", "people-email"), ("password", "people-password")])}
        <h1 class="ams-heading ams-heading--1">{ctx.t("people-sign-in-title")}</h1>
        {failed}
        {demo}
        <form class="fb-form" method="post" action=ctx.url(&urls::SignIn {}) novalidate>
            {kit::hidden(ctx)}
            {next(&data.form)}
            {kit::field(ctx, &Field { name: "email", label: ctx.t("people-email"), hint: String::new(), kind: Kind::Email, heading: false, typed, errors })}
            {kit::field(ctx, &Field { name: "password", label: ctx.t("people-password"), hint: String::new(), kind: Kind::Password("current-password"), heading: false, typed, errors })}
            {kit::bar(ctx.t("nav-sign-in"))}
        </form>
        <div class="fb-stack fb-stack--tight">
            <p class="ams-paragraph"><a class="fb-more" href=format!("{}{query}", ctx.url(&urls::SignInLink {}))>{ctx.t("people-link-instead")}</a></p>
            <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::SignUp {})>{ctx.t("people-no-account")}</a></p>
        </div>
    };
    frame(ctx, Frame::narrow(ctx.t("people-sign-in-title")).failed(data.form.failed()), main)
}

/// Asking for a link by mail.
pub fn ask_link(ctx: &Ctx, data: &SignInView) -> AnyView {
    let (typed, errors) = (&data.form.raw, &data.form.errors);
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::SignIn {})>{ctx.t("people-sign-in-title")}</a>
        {kit::error_summary(ctx, errors, &[("email", "people-email")])}
        <form class="fb-form" method="post" action=ctx.url(&urls::SignInLink {}) novalidate>
            {kit::hidden(ctx)}
            {next(&data.form)}
            {kit::field(ctx, &Field { name: "email", label: ctx.t("people-link-title"), hint: ctx.t("people-link-hint"), kind: Kind::Email, heading: true, typed, errors })}
            {kit::bar(ctx.t("people-link-send"))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("people-link-title")).failed(data.form.failed()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "people/sign-up", draw: |ctx| sign_up(ctx, &SignUpView::sample()) },
        Sample { name: "people/sign-in", draw: |ctx| sign_in(ctx, &SignInView::sample()) },
        Sample { name: "people/ask-link", draw: |ctx| ask_link(ctx, &SignInView { form: Typed::default() }) },
    ]
}
