//! A plan on the ballot: what it is, what it costs, and its control.

use super::{BallotView, Standing};
use crate::Ctx;
use crate::rounds::{PlanCard, running};
use crate::share::part;
use domain::money::Cents;
use domain::round::BallotForm;
use domain::urls;
use leptos::prelude::*;

/// Letters of a plan that stand on its card while it is closed.
const TEASER: usize = 80;

/// The first words of a longer text; `None` where all of it fits.
fn teaser(text: &str) -> Option<String> {
    let cut = text.char_indices().nth(TEASER).map(|(at, _)| &text[..at])?;
    Some(format!("{}…", cut.rsplit_once(' ').map_or(cut, |(head, _)| head)))
}

/// One card. The first control has the id that the error summary leads to.
pub(super) fn card(ctx: &Ctx, p: &PlanCard, first: bool, view: &BallotView) -> AnyView {
    let id = if first { "plan".to_owned() } else { format!("plan-{}", p.id) };
    let short = if p.withdrawn { Some(ctx.t("ballot-withdrawn")) } else { teaser(&p.text) };
    let long = short.as_ref().map(|_| view! { <p class="ams-paragraph fb-plan__long" dir="auto">{p.text.clone()}</p> });
    let text = short.unwrap_or_else(|| p.text.clone());
    // In sight without opening anything: who votes for a plan votes for these costs too.
    let yearly = running(ctx, p)
        .map(|text| view! { <span class="fb-meta" id=format!("jaarlijks-{}", p.id) dir="auto">{text}</span> });
    let share = view.share.as_ref().and_then(|(wijk, ceiling)| part(ctx, p.asked.unwrap_or(p.cost), wijk, *ceiling));
    let share = share.map(|text| view! { <span class="fb-meta">{text}</span> });
    let body = view! {
        <span class="fb-plan__body"><span class="fb-plan__title" id=format!("titel-{}", p.id) dir="auto">{p.title.clone()}</span>
            <span class="fb-plan__text" id=format!("kort-{}", p.id) dir="auto">{text}</span>
            <span class="fb-money" id=format!("kosten-{}", p.id)>{ctx.money(p.cost)}</span>{share}{yearly}</span>
    };
    let asked = p.asked.map(
        |amount| view! { <p class="fb-meta">{ctx.ta("ballot-asked", &[("amount", ctx.money(amount).into())])}</p> },
    );
    let preview = view.standing == Standing::Preview;
    let voter = preview || view.standing == Standing::Voter;
    // Who sets a round up has a form half done: it stays open beside the plan.
    let target = preview.then_some("_blank");
    let beside = preview.then(|| format!(" ({})", ctx.t("new-window")));
    let control = match view.form {
        _ if !voter => view! { <div class="fb-plan__label">{body}</div> }.into_any(),
        BallotForm::Approval { .. } | BallotForm::Knapsack => tick(p, id, view, body.into_any()),
        BallotForm::Points { each, .. } => {
            view! { <div class="fb-plan__label">{body}</div>{points(ctx, p, id, view, each)} }.into_any()
        }
        BallotForm::Ranking { most } => {
            view! { <div class="fb-plan__label">{body}</div>{rank(ctx, p, id, view, most)} }.into_any()
        }
    };
    view! {
        <div class=if p.withdrawn { "fb-plan fb-plan--off" } else { "fb-plan" } data-plan=p.id.to_string()>
            {control}
            <details class="fb-details fb-plan__more"><summary class="fb-details__button">{ctx.t("ballot-more")}<span class="ams-visually-hidden">": "{p.title.clone()}</span></summary>
                {long}{asked}<p class="fb-plan__foot"><a class="ams-link" href=ctx.url(&urls::Initiative { id: p.id }) target=target>{ctx.t("ballot-read")}<span class="ams-visually-hidden">": "{p.title.clone()}{beside}</span></a></p></details>
        </div>
    }
    .into_any()
}

/// Ids of what is told of a plan beside its title and cost.
fn described(p: &PlanCard) -> String {
    let yearly = if p.running > Cents::ZERO { format!(" jaarlijks-{}", p.id) } else { String::new() };
    format!("kort-{}{yearly}", p.id)
}

/// The whole card is the target of its box.
fn tick(p: &PlanCard, id: String, view: &BallotView, body: AnyView) -> AnyView {
    let ticked = !p.withdrawn && view.chosen.value(p.id) > 0;
    view! {
        <label class="fb-plan__label"><input class="fb-plan__box" type="checkbox" id=id name="plan" value=p.id.to_string() data-cost=p.cost.0.to_string() checked=ticked disabled=p.withdrawn
            aria-labelledby=format!("titel-{0} kosten-{0}", p.id) aria-describedby=described(p)/>{body}</label>
    }
    .into_any()
}

/// What a button does, and to which plan: for who does not see where it stands.
fn named(what: &str, p: &PlanCard) -> String {
    format!("{what}: {}", p.title)
}

/// A number between − and +; the two come to life with a script.
fn points(ctx: &Ctx, p: &PlanCard, id: String, view: &BallotView, each: u32) -> AnyView {
    if p.withdrawn {
        return ().into_any();
    }
    let typed =
        Some(view.chosen.value(p.id)).filter(|points| *points > 0).map(|points| points.to_string()).unwrap_or_default();
    let label = format!("punten-{}", p.id);
    // With a script − and + stand there, and no label.
    let scripted = view.standing == Standing::Preview;
    let button = |what: &'static str, key: &str, sign: &'static str| {
        view! { <button type="button" class="fb-key" hidden=!scripted data-extra="" data-do=what data-of=p.id.to_string() aria-label=named(&ctx.t(key), p)>{sign}</button> }
    };
    view! {
        <div class="fb-plan__give"><label class="ams-label" data-plain="" hidden=scripted for=id.clone() id=label.clone()>{ctx.t("ballot-points-label")}</label>
            {button("less", "ballot-points-take", "−")}
            <input class="ams-text-input fb-plan__number" type="number" inputmode="numeric" min="0" max=each.to_string() step="1" placeholder="0" id=id name=format!("points-{}", p.id) value=typed data-cost=p.cost.0.to_string() aria-labelledby=format!("{label} titel-{}", p.id) aria-describedby=described(p)/>
            {button("more", "ballot-points-add", "+")}</div>
    }
    .into_any()
}

/// Up, down and off, for a plan on the voter's list.
pub(super) fn moves(ctx: &Ctx, p: &PlanCard) -> AnyView {
    let key = |what: &'static str, key: &str, sign: &'static str| {
        view! { <button type="button" class="fb-key" data-do=what data-of=p.id.to_string() aria-label=named(&ctx.t(key), p)>{sign}</button> }
    };
    let off = ctx.t("ballot-ranking-off");
    view! {
        {key("up", "ballot-ranking-up", "↑")}{key("down", "ballot-ranking-down", "↓")}
        <button type="button" class="fb-linkbutton" data-do="off" data-of=p.id.to_string() aria-label=named(&off, p)>{off.clone()}</button>
    }
    .into_any()
}

/// A select of places; with a script, buttons instead.
fn rank(ctx: &Ctx, p: &PlanCard, id: String, view: &BallotView, most: usize) -> AnyView {
    if p.withdrawn {
        return ().into_any();
    }
    let place = view.chosen.value(p.id);
    let places = u32::try_from(most.min(view.plans.len())).unwrap_or(u32::MAX);
    let options = (1..=places)
        .map(|n| view! { <option value=n.to_string() selected=place == n>{ctx.ta("ballot-place", &[("place", i64::from(n).into())])}</option> })
        .collect_view();
    let label = format!("plek-{}", p.id);
    let add = ctx.t("ballot-ranking-add");
    if view.standing == Standing::Preview {
        return view! { <div class="fb-plan__give"><span class="ams-button ams-button--secondary fb-button--small fb-button--wide">{add}</span></div> }.into_any();
    }
    view! {
        <div class="fb-plan__give" data-plain=""><label class="ams-label" for=id.clone() id=label.clone()>{ctx.t("ballot-place-label")}</label>
            <select class="ams-select" id=id name=format!("rank-{}", p.id) data-cost=p.cost.0.to_string() aria-labelledby=format!("{label} titel-{}", p.id) aria-describedby=described(p)><option value="">{ctx.t("ballot-place-none")}</option>{options}</select></div>
        <div class="fb-plan__give" hidden data-extra="">
            <button type="button" class="ams-button ams-button--secondary fb-button--small fb-button--wide" data-do="add" data-of=p.id.to_string() aria-label=named(&add, p)>{add.clone()}</button>
            <span class="fb-plan__listed" hidden data-listed="" data-of=p.id.to_string()><span class="fb-ranking__place" data-place="" data-of=p.id.to_string()></span>{moves(ctx, p)}</span></div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::teaser;

    #[test]
    fn only_a_longer_text_is_cut_and_then_between_words() {
        assert_eq!(teaser(&"é".repeat(80)), None);
        assert_eq!(teaser(&"é".repeat(81)).map(|t| t.chars().count()), Some(81));
        assert_eq!(teaser(&"vier ".repeat(30)), Some(format!("{}…", "vier ".repeat(16).trim_end())));
    }
}
