//! `/beheer/instellingen`: days that do not count, small plans, whole ballots, how to object.

use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use leptos::prelude::*;

/// The settings.
#[derive(Clone, Debug, Default)]
pub struct SettingsView {
    /// Days to come that do not count: day (`2026-12-25`), what it is, the day in words.
    pub holidays: Vec<(String, String, String)>,
    /// Typed or kept: `small_plan`, `payment_limit`, `unique`, `bezwaar`, `day`, `title`.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

/// Its page.
pub fn settings(ctx: &Ctx, data: &SettingsView) -> AnyView {
    let field = |name, key: &str, hint: &str, kind| {
        let hint = if hint.is_empty() { String::new() } else { ctx.t(hint) };
        kit::field(
            ctx,
            &Field { name, label: ctx.t(key), hint, kind, heading: false, typed: &data.typed, errors: &data.errors },
        )
    };
    let days = data
        .holidays
        .iter()
        .map(|(day, title, words)| {
            view! {
                <li class="fb-card"><div class="fb-card__body fb-row fb-row--between"><span>{words.clone()}": "<span dir="auto">{title.clone()}</span></span>
                    <form method="post" action=ctx.url(&urls::AdminHoliday {})>{kit::hidden(ctx)}<input type="hidden" name="remove" value=day.clone()/><button class="ams-button ams-button--tertiary">{ctx.t("settings-remove")}<span class="ams-visually-hidden">": "{title.clone()}</span></button></form></div></li>
            }
        })
        .collect_view();
    let labels = [
        ("day", "settings-day"),
        ("title", "settings-day-title"),
        ("small_plan", "settings-small"),
        ("payment_limit", "settings-payment"),
        ("unique", "settings-unique"),
        ("bezwaar", "settings-bezwaar"),
    ];
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Admin {})>{ctx.t("admin-title")}</a>
        {kit::error_summary(ctx, &data.errors, &labels)}
        <h1 class="ams-heading ams-heading--1">{ctx.t("admin-settings")}</h1>
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("settings-holidays")}</h2>
            <p class="ams-paragraph fb-read">{ctx.t("settings-holidays-text")}</p>
            {(!data.holidays.is_empty()).then(|| view! { <ul class="fb-cards">{days}</ul> })}
            <form class="fb-form" method="post" action=ctx.url(&urls::AdminHoliday {}) novalidate>{kit::hidden(ctx)}
                {field("day", "settings-day", "", Kind::Date)}{field("title", "settings-day-title", "", Kind::Line)}
                <button class="ams-button ams-button--secondary">{ctx.t("settings-day-add")}</button></form></section>
        <form class="fb-form" method="post" action=ctx.url(&urls::AdminSettings {}) novalidate>{kit::hidden(ctx)}
            {field("small_plan", "settings-small", "settings-small-hint", Kind::Money)}
            {field("payment_limit", "settings-payment", "settings-payment-hint", Kind::Money)}
            {field("unique", "settings-unique", "settings-unique-hint", Kind::Number)}
            {field("bezwaar", "settings-bezwaar", "settings-bezwaar-hint", Kind::Area)}
            <button class="ams-button ams-button--primary">{ctx.t("settings-keep")}</button></form>
    };
    frame(ctx, Frame::narrow(ctx.t("admin-settings")).failed(!data.errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![Sample {
        name: "admin/settings",
        draw: |ctx| {
            settings(
                ctx,
                &SettingsView {
                    holidays: vec![("2026-12-25".into(), "Kerst".into(), "25 december 2026".into())],
                    typed: Raw::from_pairs(&[("small_plan", "2500"), ("unique", "5")]),
                    errors: Errors(vec![("day", Problem::NotAhead), ("title", Problem::Missing)]),
                },
            )
        },
    }]
}
