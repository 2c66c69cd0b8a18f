//! `/beheer/peilingen`: survey waves.

use crate::frame::{Frame, frame};
use crate::survey::{WaveCard, term};
use crate::{Ctx, Sample};
use domain::urls;
use leptos::prelude::*;

/// The list.
pub fn waves(ctx: &Ctx, waves: &[WaveCard]) -> AnyView {
    let rows = waves
        .iter()
        .map(|w| {
            let href = ctx.url(&urls::AdminWave { wave: w.slug.clone() });
            view! { <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight"><h2 class="ams-heading ams-heading--3"><a class="fb-card__link" href=href>{w.title.clone()}</a></h2>
                <p class="fb-meta">{term(ctx, w)}</p></div></li> }
        })
        .collect_view();
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Admin {})>{ctx.t("admin-title")}</a>
        <h1 class="ams-heading ams-heading--1">{ctx.t("admin-waves")}</h1>
        <p class="ams-paragraph"><a class="ams-button ams-button--primary" href=ctx.url(&urls::AdminWaveNew {})>{ctx.t("admin-wave-new")}</a></p>
        <ul class="fb-cards">{rows}</ul>
    };
    frame(ctx, Frame::narrow(ctx.t("admin-waves")), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "admin/waves", draw: |ctx| waves(ctx, &[WaveCard::sample()]) },
        Sample { name: "admin/waves-none", draw: |ctx| waves(ctx, &[]) },
    ]
}
