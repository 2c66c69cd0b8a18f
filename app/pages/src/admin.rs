//! `/beheer`: the desk.

pub mod clock;
pub mod counting;
pub mod log;
pub mod publication;
pub mod roll;
pub mod round;
pub mod round_new;
pub mod rounds;
pub mod settings;
pub mod share;
pub mod wave;
pub mod waves;

use crate::frame::{Frame, frame};
use crate::{Ctx, Sample, kit};
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
        (ctx.url(&urls::AdminSettings {}), "admin-settings", "admin-settings-note"),
        (ctx.url(&urls::AdminLog {}), "log-title", "log-note"),
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

pub(crate) fn samples() -> Vec<Sample> {
    let mut all =
        vec![Sample { name: "admin/desk", draw: |ctx| desk(ctx, &DeskView { figures: [410, 31, 1, 1], demo: true }) }];
    all.extend(clock::samples());
    all.extend(log::samples());
    all.extend(roll::samples());
    all.extend(round::samples());
    all.extend(rounds::samples());
    all.extend(share::samples());
    all.extend(settings::samples());
    all.extend(round_new::samples());
    all.extend(wave::samples());
    all.extend(waves::samples());
    all.extend(publication::samples());
    all
}
