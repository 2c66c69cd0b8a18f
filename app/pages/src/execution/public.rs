//! How it goes with a plan that has money, on its own page: for everyone.

use super::RunView;
use super::parts::{self, section};
use crate::{Ctx, Sample, kit};
use domain::execution::StepState;
use domain::initiative::State;
use domain::urls;
use leptos::prelude::*;

/// 'Bedankt', and how many said so.
fn thanks(ctx: &Ctx, run: &RunView) -> AnyView {
    let (count, said) = run.thanks;
    if run.state != State::Completed && count == 0 {
        return ().into_any();
    }
    let line = if count > 0 { ctx.ta("run-thanks", &[("count", count.into())]) } else { ctx.t("run-thanks-first") };
    let button = (run.may.thank && !said).then(|| {
        view! {
            <form method="post" action=ctx.url(&urls::InitiativeThanks { id: run.id })>{kit::hidden(ctx)}
                <button class="ams-button ams-button--primary">{ctx.t("run-thank")}</button></form>
        }
    });
    let own = said.then(|| view! { <p class="fb-meta">{ctx.t("run-thanked")}</p> });
    view! { <section class="fb-notice" id="bedankt"><h2 class="ams-heading ams-heading--3">{ctx.t("run-thanks-title")}</h2><p class="ams-paragraph">{line}</p>{own}{button}</section> }.into_any()
}

/// How many steps were set, and how many are late, in one line.
fn progress(ctx: &Ctx, run: &RunView) -> AnyView {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let done = count(run.steps.iter().filter(|s| s.state != StepState::Open).count());
    let late = count(run.steps.iter().filter(|s| s.late(ctx.now)).count());
    let late = (late > 0 && run.state == State::InExecution)
        .then(|| view! { " "<b>{ctx.ta("run-late", &[("count", late.into())])}</b> });
    (!run.steps.is_empty()).then(|| view! { <p class="ams-paragraph">{ctx.ta("run-progress", &[("done", done.into()), ("count", count(run.steps.len()).into())])}{late}</p> }).into_any()
}

/// Steps with photos, money, what changed, what came of it.
pub(crate) fn how_it_goes(ctx: &Ctx, run: &RunView) -> AnyView {
    let items = run.steps.iter().map(|s| parts::step(ctx, run.id, s, ().into_any())).collect_view();
    let steps = if run.steps.is_empty() {
        parts::nothing(ctx, "run-no-steps")
    } else {
        view! { <ul class="fb-cards">{items}</ul> }.into_any()
    };
    let agreed = run.agreement.as_ref().filter(|a| a.committed_at.is_some());
    let agreement = agreed.map(|a| view! { <details class="fb-details"><summary class="fb-details__button">{ctx.t("run-agreement")}</summary>{parts::agreement(ctx, a)}</details> });
    let changes = (!run.changes.is_empty()).then(|| {
        let items = run.changes.iter().map(|c| parts::change(ctx, c, ().into_any())).collect_view();
        view! { <details class="fb-details"><summary class="fb-details__button">{ctx.t("run-changes")}</summary><ul class="fb-cards">{items}</ul></details> }
    });
    let account = run
        .account
        .as_ref()
        .filter(|a| a.checked_at.is_some())
        .map(|a| section(ctx, "run-account", parts::account(ctx, run.id, a)));
    let money = view! { {parts::purse(ctx, &run.purse)}{parts::payments(ctx, &run.instalments)} };
    view! {
        {thanks(ctx, run)}
        {section(ctx, "run-how", view! { {progress(ctx, run)}{steps} }.into_any())}
        {section(ctx, "run-money", money.into_any())}
        {account}
        {agreement}
        {changes}
    }
    .into_any()
}

pub(super) fn samples() -> Vec<Sample> {
    use crate::plans::show::{PlanView, show};
    vec![
        Sample {
            name: "plans/show-running",
            draw: |ctx| {
                let run = RunView::sample();
                show(ctx, &PlanView { state: run.state, run: Some(run), ..PlanView::sample() })
            },
        },
        Sample {
            name: "plans/show-completed",
            draw: |ctx| {
                let run = RunView::completed();
                show(ctx, &PlanView { state: run.state, run: Some(run), ..PlanView::sample() })
            },
        },
        Sample {
            name: "plans/show-funded",
            draw: |ctx| {
                let run = RunView { steps: Vec::new(), ..RunView::funded() };
                show(ctx, &PlanView { state: run.state, run: Some(run), ..PlanView::sample() })
            },
        },
    ]
}
