//! `/beheer/peilingen`: survey waves.

use crate::frame::{Frame, frame};
use crate::survey::WaveCard;
use crate::{Ctx, Sample, kit};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use leptos::prelude::*;

/// List and form.
pub fn waves(ctx: &Ctx, waves: &[WaveCard], typed: &Raw, errors: &Errors) -> AnyView {
    let rows = waves
        .iter()
        .map(|w| {
            let href = ctx.url(&urls::Wave { wave: w.slug.clone() });
            view! { <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight"><h2 class="ams-heading ams-heading--3"><a class="fb-card__link" href=href>{w.title.clone()}</a></h2>
                <p class="fb-meta">{format!("{} – {}", texts::date_time(ctx.lang, w.opens_at), texts::date_time(ctx.lang, w.closes_at))}</p></div></li> }
        })
        .collect_view();
    let field = |name: &'static str, key: &str, kind| {
        kit::field(
            ctx,
            &kit::Field { name, label: ctx.t(key), hint: String::new(), kind, heading: false, typed, errors },
        )
    };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Admin {})>{ctx.t("admin-title")}</a>
        {kit::error_summary(ctx, errors, &[("title", "admin-wave-title"), ("opens", "admin-wave-opens"), ("closes", "admin-wave-closes")])}
        <h1 class="ams-heading ams-heading--1">{ctx.t("admin-waves")}</h1>
        <ul class="fb-cards">{rows}</ul>
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("admin-wave-new")}</h2>
            <form class="fb-form" method="post" action=ctx.url(&urls::AdminWaves {}) novalidate>
                {kit::hidden(ctx)}
                {field("title", "admin-wave-title", kit::Kind::Line)}
                {field("opens", "admin-wave-opens", kit::Kind::DateTime)}
                {field("closes", "admin-wave-closes", kit::Kind::DateTime)}
                {kit::bar(ctx.t("admin-wave-do"))}
            </form></section>
    };
    frame(ctx, Frame::narrow(ctx.t("admin-waves")).failed(!errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample {
            name: "admin/waves",
            draw: |ctx| waves(ctx, &[WaveCard::sample()], &Raw::default(), &Errors::default()),
        },
        Sample {
            name: "admin/waves-errors",
            draw: |ctx| waves(ctx, &[], &Raw::default(), &Errors::one("closes", Problem::NotLater)),
        },
    ]
}
