//! `/stadsdeel/{id}/uitvoering`: the file of a plan with money, for staff: what comes next on top, in one tap.

use super::parts::{self, section};
use super::{ChangeView, InstalmentView, RunView, StepView};
use crate::frame::{Frame, frame};
use crate::{Ctx, Sample, kit};
use domain::execution::{InstalmentState, StepState};
use domain::form::Errors;
use domain::initiative::State;
use domain::money::Cents;
use domain::urls;
use leptos::prelude::*;

/// What staff do next, the most urgent first.
#[derive(Clone, Copy, Debug)]
pub enum Next<'a> {
    /// Write the agreement.
    Agreement,
    /// The makers read it.
    WaitYes,
    /// Commit the money.
    Commit,
    /// Signed; a colleague signs too.
    CommitOther,
    /// Decide on a change.
    Change(&'a ChangeView),
    /// Check the final account.
    Check,
    /// Approve an instalment.
    Approve(&'a InstalmentView),
    /// An instalment was refused: try it again, or take it back.
    Refused(&'a InstalmentView),
    /// Confirm a step.
    Confirm(&'a StepView),
    /// A step is late.
    Late(&'a StepView),
    /// Prepare an instalment.
    Pay,
    /// The makers are busy.
    WaitMakers,
    /// The end.
    Over,
}

impl Next<'_> {
    /// Key for the list (`run-need-<key>`); `None`: nothing to do for staff.
    pub fn need(self) -> Option<&'static str> {
        match self {
            Self::Agreement => Some("agreement"),
            Self::Commit => Some("commit"),
            Self::Change(_) => Some("change"),
            Self::Check => Some("account"),
            Self::Approve(_) => Some("approve"),
            Self::Refused(_) => Some("refused"),
            Self::Confirm(_) => Some("confirm"),
            Self::Late(_) => Some("late"),
            Self::WaitYes | Self::CommitOther | Self::Pay | Self::WaitMakers | Self::Over => None,
        }
    }
}

/// What staff do next.
pub fn next(run: &RunView, now: i64) -> Next<'_> {
    match (run.state, &run.agreement) {
        (State::Funded, None) => Next::Agreement,
        (State::Funded, Some(a)) if a.accepted_at.is_none() => Next::WaitYes,
        (State::Funded, Some(_)) if run.may.commit => Next::Commit,
        (State::Funded, Some(_)) => Next::CommitOther,
        (State::InExecution, _) => {
            let change = run.changes.iter().find(|c| c.decided.is_none() && c.may_decide).map(Next::Change);
            let check = run.account.as_ref().filter(|a| a.may_check).map(|_| Next::Check);
            let approve = run.instalments.iter().find(|i| i.may_approve).map(Next::Approve);
            let refused = run.instalments.iter().find(|i| i.state == InstalmentState::Refused).map(Next::Refused);
            let confirm = run.steps.iter().find(|s| s.state == StepState::Done).map(Next::Confirm);
            let late = run.steps.iter().find(|s| s.late(now)).map(Next::Late);
            let pay = (run.account.is_none() && run.purse.left() > Cents::ZERO).then_some(Next::Pay);
            change.or(check).or(approve).or(refused).or(confirm).or(late).or(pay).unwrap_or(Next::WaitMakers)
        }
        _ => Next::Over,
    }
}

/// What to do now, in words; the button stands in the bar.
fn now(ctx: &Ctx, run: &RunView) -> AnyView {
    let title = |s: &StepView| vec![("title", s.title.as_str().into())];
    let money = |amount: Cents| vec![("amount", ctx.money(amount).into())];
    let (heading, text) = match next(run, ctx.now) {
        Next::Agreement => {
            (ctx.ta("run-staff-agreement", &money(run.purse.reserved)), ctx.t("run-staff-agreement-text"))
        }
        Next::WaitYes => (ctx.t("run-staff-wait-yes"), ctx.t("run-staff-wait-yes-text")),
        Next::Commit => {
            let amount = run.agreement.as_ref().map_or(Cents::ZERO, |a| a.amount);
            let second = run.agreement.as_ref().is_some_and(|a| a.first_signed);
            let text = if second { "run-staff-commit-second" } else { "run-staff-commit-text" };
            (ctx.ta("run-staff-commit", &money(amount)), ctx.t(text))
        }
        Next::CommitOther => (ctx.t("run-staff-commit-other"), ctx.t("run-staff-commit-other-text")),
        Next::Change(c) => (ctx.t("run-staff-change"), c.what.clone()),
        Next::Check => (ctx.t("run-staff-check"), ctx.t("run-staff-check-text")),
        Next::Approve(i) => (ctx.ta("run-staff-approve", &money(i.amount)), format!("{}\n{}", i.payee, i.purpose)),
        Next::Refused(i) => (ctx.ta("run-staff-refused", &money(i.amount)), format!("{}\n{}", i.payee, i.reason)),
        Next::Confirm(s) => (ctx.ta("run-staff-confirm", &title(s)), ctx.t("run-staff-confirm-text")),
        Next::Late(s) => (ctx.ta("run-staff-late", &title(s)), ctx.t("run-staff-late-text")),
        Next::Pay => (ctx.ta("run-staff-pay", &money(run.purse.left())), ctx.t("run-staff-pay-text")),
        Next::WaitMakers => (ctx.t("run-staff-wait"), ctx.t("run-staff-wait-text")),
        Next::Over if run.state == State::Completed => (ctx.t("run-over"), ctx.t("run-staff-over-text")),
        Next::Over => (ctx.t("run-stopped"), ctx.t("run-stopped-text")),
    };
    view! { <section class="fb-notice fb-notice--green" id="version"><h2 class="ams-heading ams-heading--3" dir="auto">{heading}</h2>{kit::lines(&text)}</section> }.into_any()
}

/// The main action, under the thumb: done in one tap, or a screen that asks what is needed.
fn bar(ctx: &Ctx, run: &RunView) -> AnyView {
    let id = run.id;
    let link = |key: &str, href: String| {
        view! { <div class="fb-bar"><a class="ams-button ams-button--primary" href=href>{ctx.t(key)}</a></div> }
            .into_any()
    };
    let tap = |key: &str, action: String, act: &'static str| {
        let version = run.agreement.as_ref().map_or(0, |a| a.version).to_string();
        view! { <form class="fb-barform" method="post" action=action>{kit::hidden(ctx)}<input type="hidden" name="act" value=act/><input type="hidden" name="version" value=version/>{kit::bar(ctx.t(key))}</form> }.into_any()
    };
    if !run.may.staff {
        return ().into_any();
    }
    match next(run, ctx.now) {
        Next::Agreement => link("run-do-agreement", ctx.url(&urls::DistrictAgreement { id })),
        Next::Commit => tap("run-do-commit", ctx.url(&urls::DistrictCommit { id }), "commit"),
        Next::Change(c) => link("run-do-decide", ctx.url(&urls::DistrictChange { id, change: c.id })),
        Next::Check => link("run-do-check", ctx.url(&urls::DistrictAccount { id })),
        Next::Approve(i) => {
            tap("run-do-approve", ctx.url(&urls::DistrictInstalment { id, instalment: i.id }), "approve")
        }
        Next::Refused(i) => link("run-do-refused", ctx.url(&urls::DistrictInstalment { id, instalment: i.id })),
        Next::Confirm(s) => tap("run-do-confirm", ctx.url(&urls::DistrictStep { id, step: s.id }), "confirm"),
        Next::Pay => link("run-do-pay", ctx.url(&urls::DistrictInstalmentNew { id })),
        _ => ().into_any(),
    }
}

/// An instalment as staff see it.
fn instalment(ctx: &Ctx, plan: i64, i: &InstalmentView) -> AnyView {
    let open = matches!(i.state, InstalmentState::Prepared | InstalmentState::Approved);
    let waits = i.step.as_ref().filter(|_| i.waits && open).map(
        |step| view! { <p class="fb-meta"><b>{ctx.ta("run-waits-step", &[("title", step.as_str().into())])}</b></p> },
    );
    let two = (i.own && i.by_two && i.state == InstalmentState::Prepared)
        .then(|| view! { <p class="fb-meta">{ctx.t("run-needs-other")}</p> });
    let href = ctx.url(&urls::DistrictInstalment { id: plan, instalment: i.id });
    view! {
        <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight">
            <p class="fb-row fb-row--between">{parts::instalment_badge(ctx, i.state)}<span class="fb-money">{ctx.money(i.amount)}</span></p>
            <h3 class="ams-heading ams-heading--4" dir="auto"><a class="fb-card__link" href=href>{i.purpose.clone()}</a></h3>
            <p class="fb-meta" dir="auto">{i.payee.clone()}</p>
            <p class="fb-meta"><span class="fb-isolate">{i.reference.clone()}</span>" · "{parts::day(ctx, i.at)}</p>
            {waits}{two}
        </div></li>
    }
    .into_any()
}

fn instalments(ctx: &Ctx, run: &RunView) -> AnyView {
    let list = if run.instalments.is_empty() {
        parts::nothing(ctx, if run.state == State::Funded { "run-no-instalments-yet" } else { "run-no-instalments" })
    } else {
        let items = run.instalments.iter().map(|i| instalment(ctx, run.id, i)).collect_view();
        view! { <ul class="fb-cards">{items}</ul> }.into_any()
    };
    let more = run.may.staff && run.state == State::InExecution && run.purse.left() > Cents::ZERO;
    let add = more.then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::DistrictInstalmentNew { id: run.id })>{ctx.t("run-do-pay")}</a></p> });
    section(ctx, "run-payments", view! { {list}{add} }.into_any())
}

/// What staff can do with a step.
fn acts(ctx: &Ctx, run: &RunView, s: &StepView) -> AnyView {
    let key = match s.state {
        StepState::Open => "run-step-look",
        StepState::Done => "run-do-confirm",
        StepState::Confirmed => return ().into_any(),
    };
    if !run.may.staff || run.state != State::InExecution {
        return ().into_any();
    }
    let href = ctx.url(&urls::DistrictStep { id: run.id, step: s.id });
    view! { <p class="ams-paragraph"><a class="fb-more" href=href>{ctx.t(key)}<span class="ams-visually-hidden" dir="auto">": "{s.title.clone()}</span></a></p> }.into_any()
}

fn steps(ctx: &Ctx, run: &RunView) -> AnyView {
    let list = if run.steps.is_empty() {
        parts::nothing(ctx, "run-no-steps")
    } else {
        let items = run.steps.iter().map(|s| parts::step(ctx, run.id, s, acts(ctx, run, s))).collect_view();
        view! { <ul class="fb-cards">{items}</ul> }.into_any()
    };
    let open = run.may.staff && matches!(run.state, State::Funded | State::InExecution);
    let add = open.then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::DistrictStepNew { id: run.id })>{ctx.t("run-plan-step")}</a></p> });
    section(ctx, "plans-marks", view! { {list}{add} }.into_any())
}

fn changes(ctx: &Ctx, run: &RunView) -> AnyView {
    let items = run
        .changes
        .iter()
        .map(|c| {
            let decide = (c.decided.is_none() && c.may_decide && run.may.staff).then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::DistrictChange { id: run.id, change: c.id })>{ctx.t("run-do-decide")}</a></p> });
            parts::change(ctx, c, decide.into_any())
        })
        .collect_view();
    let list = (!run.changes.is_empty()).then(|| view! { <ul class="fb-cards">{items}</ul> });
    let waits = run.changes.iter().any(|c| c.decided.is_none());
    let propose = (run.may.staff && run.state == State::InExecution && !waits).then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::DistrictChangeNew { id: run.id })>{ctx.t("run-propose")}</a></p> });
    (list.is_some() || propose.is_some())
        .then(|| section(ctx, "run-changes", view! { {list}{propose} }.into_any()))
        .into_any()
}

/// What is seldom done: give the rest back, account for makers who do not, stop.
fn seldom(ctx: &Ctx, run: &RunView) -> AnyView {
    if !run.may.staff || !matches!(run.state, State::Funded | State::InExecution) {
        return ().into_any();
    }
    let link = |yes: bool, key: &str, href: String| {
        yes.then(|| view! { <li><a class="fb-more" href=href>{ctx.t(key)}</a></li> })
    };
    let id = run.id;
    let running = run.state == State::InExecution;
    view! {
        <details class="fb-details"><summary class="fb-details__button">{ctx.t("run-more")}</summary>
            <ul class="fb-stack fb-stack--tight">
                {link(!running && run.agreement.is_some(), "run-do-agreement-again", ctx.url(&urls::DistrictAgreement { id }))}
                {link(running && run.purse.reserved > Cents::ZERO, "run-do-give-back", ctx.url(&urls::DistrictGiveBack { id }))}
                {link(running && run.account.as_ref().is_none_or(|a| !a.question.is_empty()), "run-do-account-staff", ctx.url(&urls::DistrictAccountNew { id }))}
                {link(true, "run-do-stop", ctx.url(&urls::DistrictStop { id }))}
            </ul></details>
    }
    .into_any()
}

/// Its page, with what is wrong with an act that was done there.
pub fn file(ctx: &Ctx, run: &RunView, errors: &Errors) -> AnyView {
    let agreement = run.agreement.as_ref().map(|a| section(ctx, "run-agreement", parts::agreement(ctx, a)));
    let account = run.account.as_ref().map(|a| section(ctx, "run-account", parts::account(ctx, run.id, a)));
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::DistrictRunning {})>{ctx.t("run-desk-title")}</a>
        <div class="fb-head">
            <p class="fb-row fb-row--tight">{kit::state_badge(ctx, run.state)}</p>
            <h1 class="ams-heading ams-heading--1" dir="auto">{run.title.clone()}</h1>
            <p class="fb-meta">{run.buurt.clone()}" · "<a class="ams-link" href=ctx.url(&urls::DistrictCase { id: run.id })>{ctx.t("run-to-case")}</a></p>
        </div>
        {kit::error_summary(ctx, errors, &[("version", "run-agreement")])}
        {now(ctx, run)}
        {section(ctx, "run-money", parts::purse(ctx, &run.purse))}
        {instalments(ctx, run)}
        {steps(ctx, run)}
        {account}
        {changes(ctx, run)}
        {agreement}
        {seldom(ctx, run)}
        {bar(ctx, run)}
    };
    frame(ctx, Frame::narrow(run.title.clone()).failed(!errors.0.is_empty()), main)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "execution/file", draw: |ctx| file(ctx, &RunView::sample(), &Errors::default()) },
        Sample {
            name: "execution/file-new",
            draw: |ctx| {
                file(ctx, &RunView { agreement: None, steps: Vec::new(), ..RunView::funded() }, &Errors::default())
            },
        },
        Sample { name: "execution/file-wait", draw: |ctx| file(ctx, &RunView::funded(), &Errors::default()) },
        Sample {
            name: "execution/file-commit",
            draw: |ctx| {
                let mut run = RunView::funded();
                if let Some(a) = &mut run.agreement {
                    (a.accepted_at, a.first_signed) = (Some(ctx.now), true);
                }
                file(ctx, &run, &Errors::default())
            },
        },
        Sample {
            name: "execution/file-commit-other",
            draw: |ctx| {
                let mut run = RunView::funded();
                run.may.commit = false;
                if let Some(a) = &mut run.agreement {
                    a.accepted_at = Some(ctx.now);
                }
                file(ctx, &run, &Errors::default())
            },
        },
        Sample {
            name: "execution/file-quiet",
            draw: |ctx| {
                let mut run = RunView { changes: Vec::new(), ..RunView::sample() };
                run.instalments.clear();
                run.steps.retain(|s| s.state == StepState::Confirmed);
                run.purse.open = run.purse.committed;
                file(ctx, &run, &Errors::default())
            },
        },
        Sample { name: "execution/file-over", draw: |ctx| file(ctx, &RunView::completed(), &Errors::default()) },
    ]
}
