//! The participation share of a wijk on any page: its figures with a meter, and what happens when all plans go on.

use crate::{Ctx, kit};
use domain::budget::{Asking, Fit, Forecast, Share};
use domain::initiative::State;
use domain::money::Cents;
use leptos::prelude::*;

/// For tests and previews: goes beyond the ceiling, and one plan does not know its cost.
pub(crate) fn sample() -> Forecast {
    let asking = |state, plans, unknown, minimum, desired| Asking {
        state,
        plans,
        unknown,
        minimum: Cents::euros(minimum),
        desired: Cents::euros(desired),
    };
    let share = Share { ceiling: Cents::euros(100_000), funded: Cents::euros(60_000), ..Share::default() };
    let all = [
        asking(State::Published, 4, 1, 30_000, 45_000),
        asking(State::Feasible, 1, 0, 1500, 1500),
        asking(State::OnBallot, 3, 0, 58_000, 70_500),
    ];
    Forecast { ceiling_at_least: true, ..Forecast::of(&share, Cents::euros(5000), all) }
}

/// Funded, allotted, left and room, with the meter of the ceiling above them.
pub(crate) fn figures(ctx: &Ctx, share: &Share) -> AnyView {
    view! {
        <div class="fb-meter">{kit::meter(share.allotted, share.left(), share.ceiling)}
            <ul class="fb-meter__legend">
                <li class="fb-meter__key fb-meter__key--allotted">{ctx.t("budget-allotted")}" "<span class="fb-money">{ctx.money(share.allotted)}</span></li>
                <li class="fb-meter__key fb-meter__key--plan">{ctx.t("budget-left")}" "<span class="fb-money">{ctx.money(share.left())}</span></li>
                <li class="fb-meter__key">{ctx.t("budget-room")}" "<span class="fb-money">{ctx.money(share.room())}</span></li>
            </ul></div>
        <dl class="fb-stats">
            {kit::stat(ctx.t("budget-funded"), ctx.money(share.funded), ctx.t("budget-funded-note"))}
            {kit::stat(ctx.t("budget-allotted"), ctx.money(share.allotted), ctx.t("budget-allotted-note"))}
            {kit::stat(ctx.t("budget-left"), ctx.money(share.left()), ctx.t("budget-left-note"))}
            {kit::stat(ctx.t("budget-room"), ctx.money(share.room()), ctx.t("budget-room-note"))}
        </dl>
    }
    .into_any()
}

/// 'Van € 1.000 tot € 2.000', or one amount.
fn range(ctx: &Ctx, minimum: Cents, desired: Cents) -> String {
    if minimum == desired {
        return ctx.money(desired);
    }
    ctx.ta("forecast-range", &[("from", ctx.money(minimum).into()), ("to", ctx.money(desired).into())])
}

/// Whether the best amounts fit; and the least ones, where those do so in another way.
fn fits(ctx: &Ctx, wijk: &str, f: &Forecast) -> AnyView {
    let best = match f.best {
        Fit::Left => ctx.t("forecast-left"),
        Fit::Room(short) => ctx.ta("forecast-room", &[("short", ctx.money(short).into())]),
        Fit::Beyond(over) => ctx.ta("forecast-beyond", &[("wijk", wijk.into()), ("over", ctx.money(over).into())]),
    };
    let least = match (f.best, f.least) {
        (Fit::Left, _) | (_, Fit::Beyond(_)) | (Fit::Room(_), Fit::Room(_)) => None,
        (_, Fit::Left) => Some(ctx.t("forecast-least-left")),
        (_, Fit::Room(_)) => Some(ctx.t("forecast-least-room")),
    };
    view! { <p class="ams-paragraph"><b>{best}</b></p>{least.map(|text| view! { <p class="ams-paragraph">{text}</p> })} }.into_any()
}

/// What plans of the wijk in each state ask, and whether that fits.
pub(crate) fn forecast(ctx: &Ctx, wijk: &str, share: &Share, f: &Forecast) -> AnyView {
    if f.plans == 0 {
        return view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("forecast-title")}</h2><p class="ams-paragraph">{ctx.t("forecast-none")}</p></section> }.into_any();
    }
    let states = f
        .states
        .iter()
        .map(|a| {
            let term = format!(
                "{}: {}",
                ctx.t(&format!("state-{}", a.state.key())),
                ctx.ta("forecast-plans", &[("count", a.plans.into())])
            );
            let amount = if a.plans == a.unknown { ctx.t("budget-pm") } else { range(ctx, a.minimum, a.desired) };
            kit::fact(term, amount)
        })
        .collect_view();
    let together =
        ctx.ta("forecast-together", &[("count", f.plans.into()), ("amount", range(ctx, f.minimum, f.desired).into())]);
    let note = |yes: bool, text: String| yes.then(|| view! { <p class="fb-meta">{text}</p> });
    let over = matches!(f.best, Fit::Beyond(_));
    view! {
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("forecast-title")}</h2>
            <div class="fb-card"><div class="fb-card__body fb-stack">
                <dl class="fb-facts">{states}</dl>
                <p class="ams-paragraph">{together}</p>
                <div class=if over { "fb-meter fb-meter--over" } else { "fb-meter" }>{kit::meter(share.allotted, f.beside_pots(), share.ceiling)}</div>
                {fits(ctx, wijk, f)}
                {note(f.unknown > 0, ctx.ta("forecast-unknown", &[("count", f.unknown.into())]))}
                {note(f.in_pots > Cents::ZERO, ctx.ta("forecast-pots", &[("amount", ctx.money(f.in_pots).into())]))}
                {note(f.ceiling_at_least, ctx.ta("forecast-ceiling", &[("amount", ctx.money(share.ceiling).into())]))}
            </div></div>
        </section>
    }
    .into_any()
}

/// '0,3 % van het bewonersdeel van Noord': a line on the card of a plan.
pub(crate) fn part(ctx: &Ctx, amount: Cents, wijk: &str, ceiling: Cents) -> Option<String> {
    let permille = amount.permille_of(ceiling).filter(|_| amount > Cents::ZERO)?;
    Some(if permille == 0 {
        ctx.ta("share-part-tiny", &[("percent", texts::percent_tenths(ctx.lang, 1).into()), ("wijk", wijk.into())])
    } else {
        ctx.ta("share-part", &[("percent", texts::percent_tenths(ctx.lang, permille).into()), ("wijk", wijk.into())])
    })
}
