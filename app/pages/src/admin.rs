//! `/beheer`: the desk, and funding the share.

pub mod clock;
pub mod roll;
pub mod round;
pub mod round_new;
pub mod rounds;
pub mod waves;

use crate::frame::{Frame, frame};
use crate::{Ctx, Sample, kit};
use domain::budget::Share;
use domain::form::{Errors, Problem, Raw};
use domain::money::Cents;
use domain::urls;
use leptos::prelude::*;

/// The desk's figures.
#[derive(Clone, Debug)]
pub struct DeskView {
    /// Residents, public plans, rounds that take votes, open waves.
    pub figures: [i64; 4],
    /// The clock can be moved.
    pub demo: bool,
}

/// The administrator's desk.
pub fn desk(ctx: &Ctx, data: &DeskView) -> AnyView {
    let number = |i: usize| texts::number(ctx.lang, data.figures.get(i).copied().unwrap_or(0));
    let mut links = vec![
        (ctx.url(&urls::AdminShare {}), "admin-share", "admin-share-note"),
        (ctx.url(&urls::AdminRounds {}), "admin-rounds", "admin-rounds-note"),
        (ctx.url(&urls::AdminWaves {}), "admin-waves", "admin-waves-note"),
        (ctx.url(&urls::AdminRoles {}), "admin-roles", "admin-roles-note"),
    ];
    if data.demo {
        links.push((ctx.url(&urls::AdminClock {}), "admin-clock", "admin-clock-note"));
    }
    let cards = links
        .into_iter()
        .map(|(href, title, note)| view! { <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight"><h2 class="ams-heading ams-heading--3"><a class="fb-card__link" href=href>{ctx.t(title)}</a></h2><p class="fb-meta">{ctx.t(note)}</p></div></li> })
        .collect_view();
    let main = view! {
        <h1 class="ams-heading ams-heading--1">{ctx.t("admin-title")}</h1>
        <dl class="fb-stats">
            {kit::stat(ctx.t("admin-residents"), number(0), ctx.t("admin-residents-note"))}
            {kit::stat(ctx.t("admin-plans"), number(1), ctx.t("admin-plans-note"))}
            {kit::stat(ctx.t("admin-voting"), number(2), String::new())}
            {kit::stat(ctx.t("admin-open-waves"), number(3), String::new())}
        </dl>
        <ul class="fb-cards">{cards}</ul>
    };
    frame(ctx, Frame::wide(ctx.t("admin-title")), main)
}

/// Funding a wijk's share.
#[derive(Clone, Debug)]
pub struct ShareView {
    /// Wijken by id and name.
    pub wijken: Vec<(i64, String)>,
    /// Chosen wijk.
    pub wijk: i64,
    /// Years.
    pub years: Vec<i64>,
    /// Chosen year.
    pub year: i64,
    /// Its figures.
    pub share: Share,
    /// Programme id, name, earmarked, left.
    pub lines: Vec<(i64, String, bool, Cents)>,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl ShareView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            wijken: vec![(1, "Noord".into())],
            wijk: 1,
            years: vec![2008, 2009],
            year: 2008,
            share: Share { ceiling: Cents::euros(2_037_500), funded: Cents::euros(300_000), ..Share::default() },
            lines: vec![
                (8, "Bewonersparticipatie".into(), true, Cents::euros(300_000)),
                (1, "Wonen".into(), false, Cents::euros(5_000)),
            ],
            typed: Raw::from_pairs(&[("amount", "1000")]),
            errors: Errors::default(),
        }
    }
}

/// Choosing a wijk and year, then an amount.
pub fn share(ctx: &Ctx, data: &ShareView) -> AnyView {
    let none = Errors::default();
    let chosen = Raw::from_pairs(&[("wijk", &data.wijk.to_string()), ("jaar", &data.year.to_string())]);
    let wijken: Vec<_> = data.wijken.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let years: Vec<_> = data.years.iter().map(|y| (y.to_string(), y.to_string())).collect();
    let programmes: Vec<_> = data
        .lines
        .iter()
        .filter(|l| !l.2)
        .map(|(id, name, _, left)| (id.to_string(), format!("{name} ({})", ctx.money(*left))))
        .collect();
    let rows = data.lines.iter().map(|(_, name, _, left)| kit::fact(name.clone(), ctx.money(*left))).collect_view();
    let amount = kit::Field {
        name: "amount",
        label: ctx.t("admin-share-amount"),
        hint: ctx.ta("admin-share-room", &[("amount", ctx.money(data.share.room()).into())]),
        kind: kit::Kind::Money,
        heading: false,
        typed: &data.typed,
        errors: &data.errors,
    };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Admin {})>{ctx.t("admin-title")}</a>
        {kit::error_summary(ctx, &data.errors, &[("amount", "admin-share-amount"), ("programme", "admin-share-programme")])}
        <h1 class="ams-heading ams-heading--1">{ctx.t("admin-share")}</h1>
        <form class="fb-row" method="get">
            {kit::select(ctx, "wijk", &ctx.t("admin-wijk"), "", &wijken, &chosen, &none)}
            {kit::select(ctx, "jaar", &ctx.t("budget-year"), "", &years, &chosen, &none)}
            <button class="ams-button ams-button--secondary">{ctx.t("admin-show")}</button>
        </form>
        <dl class="fb-stats">
            {kit::stat(ctx.t("budget-ceiling"), ctx.money(data.share.ceiling), ctx.t("budget-ceiling-note"))}
            {kit::stat(ctx.t("budget-funded"), ctx.money(data.share.funded), ctx.t("budget-funded-note"))}
            {kit::stat(ctx.t("budget-room"), ctx.money(data.share.room()), ctx.t("budget-room-note"))}
            {kit::stat(ctx.t("budget-left"), ctx.money(data.share.left()), ctx.t("budget-left-note"))}
        </dl>
        <details class="fb-details"><summary class="fb-details__button">{ctx.t("admin-share-lines")}</summary><dl class="fb-facts">{rows}</dl></details>
        <form class="fb-form" method="post" action=ctx.url(&urls::AdminShare {}) novalidate>
            {kit::hidden(ctx)}
            <input type="hidden" name="wijk" value=data.wijk.to_string()/><input type="hidden" name="year" value=data.year.to_string()/>
            {kit::field(ctx, &amount)}
            {kit::select(ctx, "programme", &ctx.t("admin-share-programme"), &ctx.t("admin-share-earmarked-only"), &programmes, &data.typed, &data.errors)}
            {kit::bar(ctx.t("admin-share-do"))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("admin-share")).failed(!data.errors.0.is_empty()), main)
}

/// When there is no budget to fund from.
pub fn share_empty(ctx: &Ctx) -> AnyView {
    let main = view! { <h1 class="ams-heading ams-heading--1">{ctx.t("admin-share")}</h1><div class="fb-empty"><p class="ams-paragraph">{ctx.t("budget-none-how")}</p></div> };
    frame(ctx, Frame::narrow(ctx.t("admin-share")), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    let mut all = vec![
        Sample { name: "admin/desk", draw: |ctx| desk(ctx, &DeskView { figures: [410, 31, 1, 1], demo: true }) },
        Sample { name: "admin/share", draw: |ctx| share(ctx, &ShareView::sample()) },
        Sample {
            name: "admin/share-errors",
            draw: |ctx| {
                share(
                    ctx,
                    &ShareView {
                        errors: Errors::one("amount", Problem::NotEnough(Cents::euros(5))),
                        ..ShareView::sample()
                    },
                )
            },
        },
        Sample { name: "admin/share-empty", draw: share_empty },
    ];
    all.extend(clock::samples());
    all.extend(roll::samples());
    all.extend(round::samples());
    all.extend(rounds::samples());
    all.extend(round_new::samples());
    all.extend(waves::samples());
    all
}
