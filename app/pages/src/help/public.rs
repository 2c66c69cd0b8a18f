//! `/hulp`: what neighbours offer and plans ask for, what came of it, and how it works. Nobody's name.

use super::parts::{AskingPlan, asking, count, kinds};
use crate::frame::{Frame, frame};
use crate::kit;
use crate::{Ctx, Sample};
use domain::help::Count;
use domain::urls;
use leptos::prelude::*;

/// Numbers of one buurt.
#[derive(Clone, Debug)]
pub struct PlaceRow {
    /// For its link.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Open offers.
    pub offers: Count,
    /// Introductions that were agreed to.
    pub agreed: Count,
    /// Kinds that its plans ask for.
    pub asked: Vec<&'static str>,
}

/// The page's data.
#[derive(Clone, Debug)]
pub struct HelpView {
    /// Open offers in the whole city.
    pub offers: Count,
    /// What plans ask for.
    pub needs: i64,
    /// Introductions that were agreed to.
    pub agreed: Count,
    /// Of those, the ones that helped.
    pub helped: Count,
    /// Of those, the ones of which nothing came.
    pub nothing: Count,
    /// Of each kind: offers, what plans ask for, introductions.
    pub kinds: Vec<(&'static str, [Count; 3])>,
    /// Buurten in which something is offered or asked for.
    pub places: Vec<PlaceRow>,
    /// Plans that ask for help, newest first.
    pub plans: Vec<AskingPlan>,
}

impl HelpView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            offers: Count::Exactly(15),
            needs: 4,
            agreed: Count::Exactly(12),
            helped: Count::Some,
            nothing: Count::None,
            kinds: vec![
                ("cooking", [Count::Exactly(11), Count::Exactly(1), Count::Some]),
                ("transport", [Count::Some, Count::Exactly(0), Count::Some]),
            ],
            places: vec![
                PlaceRow {
                    slug: "vogelbuurt".into(),
                    name: "Vogelbuurt".into(),
                    offers: Count::Exactly(11),
                    agreed: Count::Some,
                    asked: vec!["cooking"],
                },
                PlaceRow {
                    slug: "ijplein".into(),
                    name: "IJplein".into(),
                    offers: Count::Some,
                    agreed: Count::None,
                    asked: Vec::new(),
                },
            ],
            plans: vec![AskingPlan::sample()],
        }
    }
}

/// Each row: what it is about, and its cells in the order of the heads after the first.
fn table(id: &'static str, title: String, heads: Vec<String>, rows: Vec<(AnyView, Vec<String>)>) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|(lead, cells)| {
            let cells = heads
                .iter()
                .skip(1)
                .zip(cells)
                .map(|(head, text)| view! { <td class="ams-table__cell" data-label=head.clone()>{text}</td> })
                .collect_view();
            view! { <tr class="fb-table__row"><th class="ams-table__header-cell fb-table__lead" scope="row">{lead}</th>{cells}</tr> }
        })
        .collect_view();
    let heads = heads
        .into_iter()
        .map(|head| view! { <th class="ams-table__header-cell" scope="col">{head}</th> })
        .collect_view();
    view! {
        <section class="fb-section">
            <h2 class="ams-heading ams-heading--2" id=id>{title}</h2>
            <div class="ams-table fb-table" role="region" aria-labelledby=id tabindex="0">
                <table class="ams-table__table fb-table__table">
                    <thead class="ams-table__header fb-table__head"><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The page.
pub fn help(ctx: &Ctx, data: &HelpView) -> AnyView {
    let number = |n: i64| texts::number(ctx.lang, n);
    let by_kind: Vec<_> = data
        .kinds
        .iter()
        .filter(|(_, numbers)| numbers.iter().any(|n| matches!(n, Count::Exactly(1..))))
        .map(|(kind, numbers)| (kinds(ctx, &[kind]).into_any(), numbers.iter().map(|n| count(ctx, *n)).collect()))
        .collect();
    let by_place = data
        .places
        .iter()
        .map(|p| {
            let name =
                view! { <a class="ams-link" href=ctx.url(&urls::Buurt { buurt: p.slug.clone() })>{p.name.clone()}</a> };
            let asked = if p.asked.is_empty() { ctx.t("offer-count-none") } else { kinds(ctx, &p.asked) };
            (name.into_any(), vec![count(ctx, p.offers), count(ctx, p.agreed), asked])
        })
        .collect();
    let kinds_table = (!by_kind.is_empty()).then(|| {
        table(
            "soorten",
            ctx.t("offer-by-kind"),
            ["offer-kind", "offer-offered", "offer-asked", "offer-introduced"].map(|key| ctx.t(key)).to_vec(),
            by_kind,
        )
    });
    let places_table = (!data.places.is_empty()).then(|| {
        table(
            "per-buurt",
            ctx.t("offer-by-buurt"),
            ["offer-buurt", "offer-offered", "offer-introduced", "offer-asked"].map(|key| ctx.t(key)).to_vec(),
            by_place,
        )
    });
    let plans = (!data.plans.is_empty()).then(|| view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("offer-plans")}</h2>{asking(ctx, &data.plans)}</section> });
    let main = view! {
        <div class="fb-head">
            <h1 class="ams-heading ams-heading--1">{ctx.t("offer-title")}</h1>
            <p class="ams-paragraph ams-paragraph--large">{ctx.t("offer-lead")}</p>
        </div>
        <p class="fb-row"><a class="ams-button ams-button--primary" href=ctx.url(&urls::HelpNew {})>{ctx.t("offer-do")}</a>
            <a class="fb-more" href=ctx.url(&urls::HelpMine {})>{ctx.t("offer-mine")}</a></p>
        <dl class="fb-stats">
            {kit::stat(ctx.t("offer-open"), count(ctx, data.offers), String::new())}
            {kit::stat(ctx.t("offer-needs"), number(data.needs), String::new())}
            {kit::stat(ctx.t("offer-introduced"), count(ctx, data.agreed), String::new())}
            {kit::stat(ctx.t("intro-outcome-helped"), count(ctx, data.helped), String::new())}
            {kit::stat(ctx.t("intro-outcome-nothing"), count(ctx, data.nothing), String::new())}
        </dl>
        {plans}
        <section class="fb-section fb-read"><h2 class="ams-heading ams-heading--2">{ctx.t("offer-how")}</h2>
            <ol class="ams-ordered-list">
                <li class="ams-ordered-list__item">{ctx.t("offer-how-offer")}</li>
                <li class="ams-ordered-list__item">{ctx.t("offer-how-match")}</li>
                <li class="ams-ordered-list__item">{ctx.t("offer-how-ask")}</li>
                <li class="ams-ordered-list__item">{ctx.t("offer-how-write")}</li>
            </ol>
        </section>
        {kinds_table}
        {places_table}
        <p class="fb-meta">{ctx.t("offer-small")}</p>
    };
    frame(ctx, Frame::wide(ctx.t("offer-title")), main)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "help/public", draw: |ctx| help(ctx, &HelpView::sample()) },
        Sample {
            name: "help/public-empty",
            draw: |ctx| help(ctx, &HelpView { places: Vec::new(), plans: Vec::new(), ..HelpView::sample() }),
        },
    ]
}
