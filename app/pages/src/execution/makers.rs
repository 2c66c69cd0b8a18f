//! `/initiatieven/{id}/uitvoering`: a plan with money, for its makers.

use super::parts::{self, section};
use super::{RunView, StepView};
use crate::frame::{Frame, frame};
use crate::{Ctx, Sample, kit};
use domain::execution::StepState;
use domain::form::Errors;
use domain::initiative::State;
use domain::urls;
use leptos::prelude::*;

/// What the makers do next.
enum Next<'a> {
    /// The stadsdeel writes the agreement.
    WaitAgreement,
    /// Say yes to it.
    Accept,
    /// The stadsdeel commits the money.
    WaitMoney,
    /// This step comes next.
    Step(&'a StepView),
    /// Every step was set: account for the money.
    Account,
    /// The stadsdeel has a question about the account.
    Again(&'a str),
    /// The stadsdeel looks at the account.
    WaitCheck,
    /// The end.
    Over,
}

fn next(run: &RunView) -> Next<'_> {
    match run.state {
        State::Funded => match &run.agreement {
            None => Next::WaitAgreement,
            Some(a) if a.accepted_at.is_none() => Next::Accept,
            Some(_) => Next::WaitMoney,
        },
        State::InExecution => match &run.account {
            Some(a) if !a.question.is_empty() => Next::Again(&a.question),
            Some(_) => Next::WaitCheck,
            None => run.steps.iter().find(|s| s.state == StepState::Open).map_or(Next::Account, Next::Step),
        },
        _ => Next::Over,
    }
}

/// What to do now, in words; the button stands in the bar.
fn now(ctx: &Ctx, run: &RunView) -> AnyView {
    let title = |s: &StepView| vec![("title", s.title.as_str().into())];
    let (heading, text) = match next(run) {
        Next::WaitAgreement => (ctx.t("run-wait-agreement"), ctx.t("run-wait-agreement-text")),
        Next::Accept => (ctx.t("run-accept"), ctx.t("run-accept-text")),
        Next::WaitMoney => (ctx.t("run-wait-money"), ctx.t("run-wait-money-text")),
        Next::Step(StepView { asked_for: Some(at), .. }) => {
            (ctx.t("run-wait-later"), ctx.ta("run-wait-later-text", &[("date", texts::date(ctx.lang, *at).into())]))
        }
        Next::Step(s) if s.late(ctx.now) => (ctx.ta("run-next-late", &title(s)), ctx.t("run-next-late-text")),
        Next::Step(s) => {
            let date = texts::date(ctx.lang, s.due_at);
            (ctx.ta("run-next-step", &title(s)), ctx.ta("run-next-step-text", &[("date", date.into())]))
        }
        Next::Account => (ctx.t("run-next-account"), ctx.t("run-next-account-text")),
        Next::Again(question) => (ctx.t("run-account-again"), question.to_owned()),
        Next::WaitCheck => (ctx.t("run-wait-check"), ctx.t("run-wait-check-text")),
        Next::Over if run.state == State::Completed => (ctx.t("run-over"), ctx.t("run-over-text")),
        Next::Over => (ctx.t("run-stopped"), ctx.t("run-stopped-text")),
    };
    view! { <section class="fb-notice fb-notice--green" id="version"><h2 class="ams-heading ams-heading--3" dir="auto">{heading}</h2>{kit::lines(&text)}</section> }.into_any()
}

/// The main action, under the thumb.
fn bar(ctx: &Ctx, run: &RunView) -> AnyView {
    let link = |key: &str, href: String| {
        view! { <div class="fb-bar"><a class="ams-button ams-button--primary" href=href>{ctx.t(key)}</a></div> }
            .into_any()
    };
    if !run.may.make {
        return ().into_any();
    }
    match next(run) {
        Next::Accept => view! {
            <form class="fb-barform" method="post" action=ctx.url(&urls::InitiativeAgree { id: run.id })>{kit::hidden(ctx)}
                <input type="hidden" name="version" value=run.agreement.as_ref().map_or(0, |a| a.version).to_string()/>
                {kit::bar(ctx.t("run-accept-yes"))}</form>
        }
        .into_any(),
        Next::Step(s) => link("run-do-step", ctx.url(&urls::InitiativeStep { id: run.id, step: s.id })),
        Next::Account | Next::Again(_) => link("run-do-account", ctx.url(&urls::InitiativeAccount { id: run.id })),
        _ => ().into_any(),
    }
}

/// What a maker can do with a step.
fn acts(ctx: &Ctx, run: &RunView, s: &StepView) -> AnyView {
    if !run.may.make || s.state != StepState::Open || run.state != State::InExecution {
        return ().into_any();
    }
    let of = |key: &str| {
        view! { {ctx.t(key)}<span class="ams-visually-hidden" dir="auto">": "{s.title.clone()}</span> }
    };
    let later = (s.asked_for.is_none()).then(|| {
        let href = ctx.url(&urls::InitiativeStepLater { id: run.id, step: s.id });
        view! { <a class="ams-link" href=href>{of("run-ask-later")}</a> }
    });
    let href = ctx.url(&urls::InitiativeStep { id: run.id, step: s.id });
    view! { <p class="fb-row"><a class="fb-more" href=href>{of("run-do-step")}</a>{later}</p> }.into_any()
}

/// The steps; a plan that runs can have more of them.
fn steps(ctx: &Ctx, run: &RunView) -> AnyView {
    let list = if run.steps.is_empty() {
        parts::nothing(ctx, "run-no-steps-own")
    } else {
        let items = run.steps.iter().map(|s| parts::step(ctx, run.id, s, acts(ctx, run, s))).collect_view();
        view! { <ul class="fb-cards">{items}</ul> }.into_any()
    };
    let open = run.may.make && matches!(run.state, State::Funded | State::InExecution);
    let add = open.then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::InitiativeStepNew { id: run.id })>{ctx.t("run-plan-step")}</a></p> });
    section(ctx, "plans-marks", view! { {list}{add} }.into_any())
}

fn changes(ctx: &Ctx, run: &RunView) -> AnyView {
    let propose = (run.may.make && run.state == State::InExecution && !run.changes.iter().any(|c| c.decided.is_none()))
        .then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::InitiativeChange { id: run.id })>{ctx.t("run-propose")}</a></p> });
    if run.changes.is_empty() && propose.is_none() {
        return ().into_any();
    }
    let items = run.changes.iter().map(|c| parts::change(ctx, c, ().into_any())).collect_view();
    let list = (!run.changes.is_empty()).then(|| view! { <ul class="fb-cards">{items}</ul> });
    let text = run.changes.is_empty().then(|| parts::nothing(ctx, "run-propose-text"));
    section(ctx, "run-changes", view! { {text}{list}{propose} }.into_any())
}

/// Its page, with what is wrong with an act that was done there.
pub fn makers(ctx: &Ctx, run: &RunView, errors: &Errors) -> AnyView {
    let agreement = run.agreement.as_ref().map(|a| section(ctx, "run-agreement", parts::agreement(ctx, a)));
    let account = run.account.as_ref().map(|a| section(ctx, "run-account", parts::account(ctx, run.id, a)));
    let early = matches!(next(run), Next::Step(_)).then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::InitiativeAccount { id: run.id })>{ctx.t("run-do-account")}</a></p> });
    let thanks = (run.thanks.0 > 0).then(|| view! { <p class="ams-paragraph ams-paragraph--large"><b>{ctx.ta("run-thanks", &[("count", run.thanks.0.into())])}</b></p> });
    let heading = ctx.t("run-title");
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Initiative { id: run.id }) dir="auto">{run.title.clone()}</a>
        <div class="fb-head">
            <p class="fb-row fb-row--tight">{kit::state_badge(ctx, run.state)}</p>
            <h1 class="ams-heading ams-heading--1">{heading.clone()}</h1>
        </div>
        {kit::error_summary(ctx, errors, &[("version", "run-agreement")])}
        {now(ctx, run)}
        {thanks}
        {agreement}
        {section(ctx, "run-money", parts::purse(ctx, &run.purse))}
        {steps(ctx, run)}
        {changes(ctx, run)}
        {account}
        {early}
        {bar(ctx, run)}
    };
    frame(ctx, Frame::narrow(heading).failed(!errors.0.is_empty()), main)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "execution/makers", draw: |ctx| makers(ctx, &RunView::sample(), &Errors::default()) },
        Sample { name: "execution/makers-agree", draw: |ctx| makers(ctx, &RunView::funded(), &Errors::default()) },
        Sample {
            name: "execution/makers-wait",
            draw: |ctx| makers(ctx, &RunView { agreement: None, ..RunView::funded() }, &Errors::default()),
        },
        Sample { name: "execution/makers-over", draw: |ctx| makers(ctx, &RunView::completed(), &Errors::default()) },
        Sample {
            name: "execution/makers-stopped",
            draw: |ctx| {
                makers(
                    ctx,
                    &RunView { state: State::Cancelled, account: None, ..RunView::completed() },
                    &Errors::default(),
                )
            },
        },
        Sample {
            name: "execution/makers-again",
            draw: |ctx| {
                let mut run = RunView { state: State::InExecution, ..RunView::completed() };
                if let Some(a) = &mut run.account {
                    (a.question, a.checked_at) = ("Waar is de bon van de verf?".into(), None);
                }
                makers(ctx, &run, &Errors::default())
            },
        },
        Sample {
            name: "execution/makers-account",
            draw: |ctx| {
                let mut run = RunView::sample();
                run.steps.retain(|s| s.state != StepState::Open);
                makers(ctx, &run, &Errors::default())
            },
        },
    ]
}
