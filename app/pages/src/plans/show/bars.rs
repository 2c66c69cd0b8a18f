//! What a reader can do with a plan: its owner, a voter, a supporter.

use super::PlanView;
use crate::plans::supports;
use crate::{Ctx, kit};
use domain::urls;
use leptos::prelude::*;

pub(super) fn owner(ctx: &Ctx, p: &PlanView) -> AnyView {
    let link = |yes: bool, key: &str, href: String| {
        yes.then(|| view! { <li><a class="fb-more" href=href>{ctx.t(key)}</a></li> })
    };
    let m = p.may;
    let makes = p.run.as_ref().is_some_and(|run| run.may.make);
    let author = makes
        || m.edit
        || m.answer
        || m.complete
        || m.withdraw
        || m.appeal
        || m.propose
        || m.together
        || m.split
        || m.evaluate
        || p.help.own;
    if !(author || m.moderate || m.judge || m.merge.is_some()) {
        return ().into_any();
    }
    let question = p
        .steps
        .iter()
        .rev()
        .find(|s| matches!(s.act.as_str(), "returned" | "split_asked" | "merge_asked"))
        .filter(|_| m.answer)
        .map(|s| view! { <blockquote class="fb-quote">{kit::lines(&s.words)}</blockquote> });
    let keep = m.keep_text.then(|| {
        view! {
            <p class="ams-paragraph">{ctx.t("text-waits-own")}</p>
            <form method="post" action=ctx.url(&urls::InitiativeKeepText { id: p.id })>{kit::hidden(ctx)}<button class="ams-button ams-button--tertiary">{ctx.t("text-take-back")}</button></form>
        }
    });
    view! {
        <section class="fb-notice fb-notice--green">
            <h2 class="ams-heading ams-heading--3">{ctx.t(if m.answer { "plans-question-for-you" } else { "plans-you-can" })}</h2>
            {question}
            {keep}
            {p.asked_help.then(|| view! { <p class="ams-paragraph">{ctx.t("plans-asked-help")}</p> })}
            <ul class="fb-stack fb-stack--tight">
                {link(m.evaluate, "recipes-do-evaluate", ctx.url(&urls::InitiativeEvaluation { id: p.id }))}
                {link(m.answer, "plans-do-answer", ctx.url(&urls::InitiativeEdit { id: p.id }))}
                {link(makes, "run-to-makers", ctx.url(&urls::InitiativeExecution { id: p.id }))}
                {link(m.edit && !m.answer, "plans-do-edit", ctx.url(&urls::InitiativeEdit { id: p.id }))}
                {m.merge.map(|from| link(true, "plans-do-merge", ctx.url(&urls::InitiativeMerge { id: from })))}
                {link(m.propose, "plans-do-edit", ctx.url(&urls::InitiativeEdit { id: p.id }))}
                {link(m.complete, "plans-do-complete", ctx.url(&urls::InitiativeMore { id: p.id }))}
                {link(m.together, "plans-do-together", ctx.url(&urls::InitiativeTogether { id: p.id }))}
                {link(p.help.own, "offer-plan-do", ctx.url(&urls::InitiativeHelp { id: p.id }))}
                {link(m.split, "plans-do-split", ctx.url(&urls::InitiativeSplit { id: p.id }))}
                {link(m.withdraw, "plans-do-withdraw", ctx.url(&urls::InitiativeWithdraw { id: p.id }))}
                {link(m.appeal, "plans-do-appeal", ctx.url(&urls::InitiativeAppeal { id: p.id }))}
                {link(m.moderate, "plans-do-moderate", ctx.url(&urls::ModerationCase { id: p.id }))}
                {link(m.judge, "plans-do-judge", ctx.url(&urls::DistrictCase { id: p.id }))}
            </ul>
        </section>
    }
    .into_any()
}

/// On a ballot paper: the way to vote.
pub(super) fn vote_bar(ctx: &Ctx, p: &PlanView) -> AnyView {
    p.vote
        .as_ref()
        .map(|(round, closes_at)| {
            view! {
                <div class="fb-bar">
                    <p class="fb-bar__status"><span>{ctx.ta("rounds-closes", &[("at", texts::date_time(ctx.lang, *closes_at).into())])}</span></p>
                    <a class="ams-button ams-button--primary" href=ctx.url(&urls::Round { round: round.clone() })>{ctx.t("plans-vote")}</a>
                </div>
            }
        })
        .into_any()
}

pub(super) fn support_bar(ctx: &Ctx, p: &PlanView) -> AnyView {
    if !p.may.support {
        return ().into_any();
    }
    let (value, label, class) = if p.supported {
        ("nee", "plans-unsupport", "ams-button ams-button--secondary")
    } else {
        ("ja", "plans-do-support", "ams-button ams-button--primary")
    };
    view! {
        <form class="fb-barform" method="post" action=ctx.url(&urls::InitiativeSupport { id: p.id })>
            {kit::hidden(ctx)}
            <input type="hidden" name="steun" value=value/>
            <div class="fb-bar"><p class="fb-bar__status"><span><b>{supports(ctx, p.supports)}</b></span></p><button class=class>{ctx.t(label)}</button></div>
        </form>
    }
    .into_any()
}
