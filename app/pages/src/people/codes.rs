//! `/stadsdeel/adrescodes`: issuing residence codes on paper.

use super::Typed;
use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::account::grouped;
use domain::time::Seconds;
use domain::urls;
use leptos::prelude::*;

/// Asking for codes.
#[derive(Clone, Debug)]
pub struct CodesView {
    /// Buurten the reader may issue for, by id and name.
    pub buurten: Vec<(String, String)>,
    /// The form.
    pub form: Typed,
}

/// The form.
pub fn codes(ctx: &Ctx, data: &CodesView) -> AnyView {
    let (typed, errors) = (&data.form.raw, &data.form.errors);
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::District {})>{ctx.t("nav-district")}</a>
        {kit::error_summary(ctx, errors, &[("buurt", "people-codes-buurt"), ("count", "people-codes-count")])}
        <div class="fb-head">
            <h1 class="ams-heading ams-heading--1">{ctx.t("people-codes-title")}</h1>
            <p class="ams-paragraph">{ctx.t("people-codes-text")}</p>
        </div>
        <form class="fb-form" method="post" action=ctx.url(&urls::DistrictCodes {}) novalidate>
            {kit::hidden(ctx)}
            {kit::select(ctx, "buurt", &ctx.t("people-codes-buurt"), &ctx.t("people-buurt-choose"), &data.buurten, typed, errors)}
            {kit::field(ctx, &Field { name: "count", label: ctx.t("people-codes-count"), hint: ctx.t("people-codes-count-hint"), kind: Kind::Number, heading: false, typed, errors })}
            {kit::bar(ctx.t("people-codes-do"))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("people-codes-title")).failed(data.form.failed()), main)
}

/// Codes that were just made: shown this once.
#[derive(Clone, Debug)]
pub struct SheetsView {
    /// Buurt.
    pub buurt: String,
    /// The codes.
    pub codes: Vec<String>,
    /// Until when they can be used.
    pub until: Seconds,
    /// Where to type one: the full address.
    pub address: String,
}

/// One sheet of paper per code.
pub fn sheets(ctx: &Ctx, data: &SheetsView) -> AnyView {
    let sheets = data
        .codes
        .iter()
        .map(|code| {
            let groups = grouped(code).split('-').map(|g| view! { <span class="fb-receipt__group">{g.to_owned()}</span>" " }).collect_view();
            view! {
                <section class="fb-receipt fb-sheet">
                    <h2 class="fb-receipt__title">{ctx.ta("people-sheet-title", &[("buurt", data.buurt.as_str().into())])}</h2>
                    <p class="fb-receipt__code">{groups}</p>
                    <p class="ams-paragraph">{ctx.ta("people-sheet-how", &[("address", data.address.as_str().into())])}</p>
                    <p class="fb-meta">{ctx.ta("people-sheet-until", &[("date", texts::date(ctx.lang, data.until).into())])}</p>
                </section>
            }
        })
        .collect_view();
    let main = view! {
        <div class="fb-head fb-no-print">
            <h1 class="ams-heading ams-heading--1">{ctx.t("people-sheets-title")}</h1>
            <p class="ams-paragraph">{ctx.t("people-sheets-text")}</p>
            <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::DistrictCodes {})>{ctx.t("people-sheets-more")}</a></p>
        </div>
        {sheets}
    };
    frame(ctx, Frame::narrow(ctx.t("people-sheets-title")), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample {
            name: "people/codes",
            draw: |ctx| {
                codes(ctx, &CodesView { buurten: vec![("1".into(), "Vogelbuurt".into())], form: Typed::default() })
            },
        },
        Sample {
            name: "people/sheets",
            draw: |ctx| {
                sheets(
                    ctx,
                    &SheetsView {
                        buurt: "Vogelbuurt".into(),
                        codes: vec!["7KQ2M9XD00AB34ZZ".into()],
                        until: 1_795_000_000,
                        address: "https://buurt.test/mijn/adrescode".into(),
                    },
                )
            },
        },
    ]
}
