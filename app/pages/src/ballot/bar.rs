//! What is always in sight of a ballot: how far the voter is, and finding plans among many.

use super::{BallotView, card, how_to};
use crate::Ctx;
use domain::round::BallotForm;
use leptos::prelude::*;
use texts::Arg;

/// Up to so many plans a voter finds without help.
pub(super) const MANY: usize = 12;

/// Words of the line in the bar, for nothing, something, all and too much. What is counted in the browser stands in them
/// as `{USED}`; not in small letters, which the test language doubles.
fn words(ctx: &Ctx, view: &BallotView) -> [String; 4] {
    let (keys, most): ([&str; 4], Arg) = match view.form {
        BallotForm::Approval { most } => (
            ["ballot-approval-none", "ballot-approval-some", "ballot-approval-some", "ballot-approval-over"],
            most.into(),
        ),
        BallotForm::Knapsack => (
            ["ballot-knapsack-none", "ballot-knapsack-some", "ballot-knapsack-full", "ballot-knapsack-over"],
            ctx.money(view.card.pot).into(),
        ),
        BallotForm::Points { sum, .. } => (
            ["ballot-points-none", "ballot-points-some", "ballot-points-full", "ballot-points-over"],
            i64::from(sum).into(),
        ),
        BallotForm::Ranking { most } => {
            (["ballot-ranking-some", "ballot-ranking-some", "ballot-ranking-full", "ballot-ranking-over"], most.into())
        }
    };
    let counted = |name: &str| Arg::from(name);
    keys.map(|key| {
        ctx.ta(
            key,
            &[
                ("most", most.clone()),
                ("used", counted("{USED}")),
                ("left", counted("{LEFT}")),
                ("over", counted("{OVER}")),
                ("sum", counted("{SUM}")),
            ],
        )
    })
}

/// What is read out after a button was pressed: attribute and words.
fn spoken(ctx: &Ctx, form: BallotForm) -> AnyView {
    let args = [("plan", Arg::from("{PLAN}")), ("n", Arg::from("{N}"))];
    match form {
        BallotForm::Approval { .. } | BallotForm::Knapsack => view! { <p class="ams-visually-hidden" role="status" data-spoken=""></p> }.into_any(),
        BallotForm::Points { each, .. } => view! {
            <p class="ams-visually-hidden" role="status" data-spoken="" data-points=ctx.ta("ballot-points-say", &args) data-spent=ctx.t("ballot-points-spent") data-each=ctx.ta("ballot-points-most", &[("each", i64::from(each).into())])></p>
        }
        .into_any(),
        BallotForm::Ranking { .. } => view! {
            <p class="ams-visually-hidden" role="status" data-spoken="" data-place=ctx.ta("ballot-ranking-say", &args) data-off=ctx.ta("ballot-ranking-gone", &args) data-spent=ctx.t("ballot-ranking-spent")></p>
        }
        .into_any(),
    }
}

/// The bar as it will be, to look at: it does not stick, and its button is none.
pub(super) fn preview(ctx: &Ctx, view: &BallotView) -> AnyView {
    let [none, ..] = words(ctx, view);
    view! {
        <div class="fb-card"><div class="fb-card__body"><svg class="fb-gauge" aria-hidden="true" focusable="false"></svg><p class="fb-bar__status"><span class="fb-bar__line">{none.replace("{USED}", "0")}</span></p>
            <span class="ams-button ams-button--primary">{ctx.t("ballot-next")}</span></div></div>
    }
    .into_any()
}

/// The bar under the thumb. Without a script its line tells the limit, and CSS counts the ticks.
pub(super) fn bar(ctx: &Ctx, view: &BallotView) -> AnyView {
    let [none, some, full, over] = words(ctx, view);
    let ticks = matches!(view.form, BallotForm::Approval { .. } | BallotForm::Knapsack);
    let ranks = matches!(view.form, BallotForm::Ranking { .. });
    // An empty list is 0 of so many; of the others the first word says what to do.
    let start = none.replace("{USED}", "0");
    let line = view! {
        <span class="fb-bar__line" aria-live=(!ranks).then_some("polite") data-none=none data-some=some data-full=full data-over=over data-marks=texts::money_marks(ctx.lang)>{start}</span>
    };
    let status = if ranks {
        let rows = view.plans.iter().filter(|p| !p.withdrawn).map(|p| {
            view! { <li class="fb-mine__row" hidden data-listed="" data-of=p.id.to_string()><span class="fb-ranking__place" data-place="" data-of=p.id.to_string()></span><span class="fb-grow" dir="auto">{p.title.clone()}</span>{card::moves(ctx, p)}</li> }
        });
        view! {
            <p class="fb-bar__status" data-plain="">{how_to(ctx, view.form, view.card.pot)}</p>
            <details class="fb-mine" hidden data-extra=""><summary class="fb-mine__button fb-details__button">{line}</summary>
                <ol class="fb-mine__list">{rows.collect_view()}</ol><p class="fb-meta fb-mine__empty">{ctx.t("ballot-ranking-empty")}</p></details>
        }
        .into_any()
    } else {
        let count = ticks
            .then(|| view! { <span data-plain="">{ctx.t("ballot-chosen")}": "<b class="fb-bar__count"></b></span> });
        view! { <p class="fb-bar__status">{line}{count}</p> }.into_any()
    };
    view! {
        <div class="fb-bar fb-bar--ballot">
            <svg class="fb-gauge" aria-hidden="true" focusable="false" hidden data-extra=""><rect class="fb-gauge__fill" width="0%" height="100%"/></svg>
            {status}
            {spoken(ctx, view.form)}
            <p class="fb-offline" role="status" data-text=ctx.t("ballot-offline-next")></p>
            <button class="ams-button ams-button--primary">{ctx.t("ballot-next")}</button>
        </div>
    }
    .into_any()
}

/// Search, and only what was chosen; hidden where no script runs, because the browser searches too.
pub(super) fn sift(ctx: &Ctx, view: &BallotView) -> AnyView {
    if view.plans.len() <= MANY {
        return ().into_any();
    }
    let count = ctx.ta("ballot-shown", &[("shown", "{SHOWN}".into()), ("all", "{ALL}".into())]);
    view! {
        <div class="fb-stack fb-stack--tight fb-no-print" role="search" hidden data-sift="">
            <label class="ams-visually-hidden" for="zoek-plan">{ctx.t("ballot-find")}</label>
            <input class="ams-text-input" type="search" id="zoek-plan" placeholder=ctx.t("ballot-find") autocomplete="off"/>
            <p class="fb-row"><button type="button" class="fb-chip" aria-pressed="false">{ctx.t("ballot-only")}</button><span class="fb-meta" role="status" data-count=count></span></p>
        </div>
    }
    .into_any()
}
