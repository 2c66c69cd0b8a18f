//! Steps of a round, and counting by two on the desk of a round: who said yes, the count before it is public, and what holds it back.

use super::round::AdminRoundView;
use crate::kit::{self, Field, Kind};
use crate::{Ctx, kit::fact};
use domain::form::Problem;
use domain::money::Cents;
use domain::round::Verdict;
use domain::urls;
use leptos::prelude::*;

/// Who said yes to a step, waiting for a second.
#[derive(Clone, Debug)]
pub struct FirstView {
    /// `count` or `result`.
    pub step: String,
    /// Name.
    pub name: String,
    /// It was the reader.
    pub own: bool,
    /// Why it is counted again, or whole ballots published.
    pub reason: String,
    /// Of the bundle; empty for a count.
    pub digest: String,
}

/// A plan in the count.
#[derive(Clone, Debug)]
pub struct CountedPlan {
    /// Title.
    pub title: String,
    /// Votes.
    pub votes: usize,
    /// What it gets.
    pub granted: Cents,
    /// What became of it.
    pub verdict: Verdict,
}

/// A doubt about the count.
#[derive(Clone, Debug)]
pub struct DisputeView {
    /// Since when.
    pub at: i64,
    /// Why.
    pub reason: String,
    /// When it was settled, and what was found.
    pub settled: Option<(i64, String)>,
    /// The reader holds it back.
    pub own: bool,
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub struct CountingView {
    /// Of the newest count; 0 before there is one.
    pub version: i64,
    /// Steps that wait for a second person.
    pub first: Vec<FirstView>,
    /// The count that is not public yet.
    pub preview: Vec<CountedPlan>,
    /// What is left of the pot.
    pub left: Cents,
    /// Doubts.
    pub disputes: Vec<DisputeView>,
    /// Ballots like no other, of how many, how many in a hundred may be, and whether that holds; where the rule needs whole ballots.
    pub whole: Option<(i64, i64, i64, bool)>,
}

impl CountingView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let first = |step: &str, own| FirstView {
            step: step.into(),
            name: "Ans <i>Visser</i>".into(),
            own,
            reason: "Een plan trok zich terug.".into(),
            digest: if step == "result" { "ab12".repeat(16) } else { String::new() },
        };
        let plan = |title: &str, votes, granted, verdict| CountedPlan {
            title: title.into(),
            votes,
            granted: Cents::euros(granted),
            verdict,
        };
        Self {
            version: 1,
            first: vec![first("count", true), first("result", false), first("stop", false)],
            preview: vec![
                plan("Samen Spelen", 40, 7_000, Verdict::Funded),
                plan("Huiswerkclub", 1, 0, Verdict::DidNotFit),
            ],
            left: Cents::euros(2_000),
            disputes: vec![
                DisputeView { at: 1_795_000_000, reason: "Een vel ontbreekt.".into(), settled: None, own: false },
                DisputeView {
                    at: 1_794_000_000,
                    reason: "Is er geloot?".into(),
                    settled: Some((1_794_500_000, "Ja.".into())),
                    own: true,
                },
            ],
            whole: Some((30, 64, 5, false)),
        }
    }

    fn first(&self, step: &str) -> Option<&FirstView> {
        self.first.iter().find(|f| f.step == step)
    }

    /// Whether the reader already said yes to a step.
    pub(super) fn waits_for_other(&self, step: &str) -> bool {
        self.first(step).is_some_and(|f| f.own)
    }
}

/// What stands above the button of a step.
pub(super) fn about(ctx: &Ctx, data: &AdminRoundView, step: &str) -> AnyView {
    let counting = &data.counting;
    let first = counting.first(step).map(|f| {
        let text = if f.own {
            ctx.t("counting-own")
        } else {
            ctx.ta(&format!("counting-first-{step}"), &[("name", f.name.as_str().into())])
        };
        let reason = (!f.reason.is_empty()).then(|| {
            let reason = ctx.ta("counting-reason", &[("reason", f.reason.as_str().into())]);
            view! { <p class="ams-paragraph" dir="auto">{reason}</p> }
        });
        let without = (step == "count" && !f.digest.is_empty()).then(|| view! { <p class="ams-paragraph">{ctx.t("step-count-without")}</p> });
        let digest = (step == "result").then(|| view! { <p class="fb-meta">{ctx.t("counting-digest")}</p><p class="fb-meta fb-isolate">{f.digest.clone()}</p> });
        view! { <p class="ams-paragraph" dir="auto"><strong>{text}</strong></p>{reason}{without}{digest} }
    });
    let by_two = matches!(step, "count" | "result") || step == "stop" && !counting.preview.is_empty();
    let alone = counting.first(step).is_none() && by_two;
    let two = alone.then(|| view! { <p class="fb-meta">{ctx.t("counting-two")}</p> });
    // What is agreed to is what stands here: a colleague may have counted again, or said yes to something else.
    let shown = matches!(step, "count" | "result").then(|| {
        let digest = counting.first("result").map(|f| f.digest.clone()).unwrap_or_default();
        view! { <input type="hidden" name="version" value=counting.version.to_string()/><input type="hidden" name="shown" value=digest/> }
    });
    view! { {shown}{first}{two} }.into_any()
}

/// Fields of a step's form: why again, and why whole ballots.
pub(super) fn fields(ctx: &Ctx, data: &AdminRoundView, step: &str) -> AnyView {
    let counting = &data.counting;
    let field = |name, label: &str, hint: &str| {
        let (label, hint) = (ctx.t(label), ctx.t(hint));
        let (typed, errors) = (&data.typed, &data.errors);
        kit::field(ctx, &Field { name, label, hint, kind: Kind::Area, heading: false, typed, errors })
    };
    if counting.first(step).is_some() {
        return ().into_any();
    }
    match (step, counting.whole) {
        ("count", _) if !counting.preview.is_empty() => field("recount", "counting-again-why", "counting-again-hint"),
        ("result", Some((unique, of, limit, within))) => {
            let told =
                ctx.ta("counting-whole", &[("unique", unique.into()), ("of", of.into()), ("limit", limit.into())]);
            let stands = ctx.t(if within { "counting-whole-within" } else { "counting-whole-above" });
            let why = (!within).then(|| field("whole", "counting-whole-why", "counting-whole-hint"));
            view! { <p class="ams-paragraph">{told}" "{stands}</p>{why} }.into_any()
        }
        _ => ().into_any(),
    }
}

/// The count before it is public.
pub(super) fn preview(ctx: &Ctx, data: &AdminRoundView) -> AnyView {
    if data.counting.preview.is_empty() {
        return ().into_any();
    }
    let lines = data
        .counting
        .preview
        .iter()
        .map(|p| {
            let votes = ("votes", p.votes.into());
            let told = if p.verdict == Verdict::Funded {
                ctx.ta("counting-won", &[("amount", ctx.money(p.granted).into()), votes])
            } else {
                ctx.ta("counting-lost", &[votes])
            };
            fact(p.title.clone(), told)
        })
        .collect_view();
    view! {
        <section class="fb-section" id="telling"><h2 class="ams-heading ams-heading--2">{ctx.t("counting-preview")}</h2>
            <dl class="fb-facts">{lines}{fact(ctx.t("counting-left"), ctx.money(data.counting.left))}</dl>
            <p class="fb-meta">{ctx.t("counting-preview-twice")}</p>
            <p class="ams-paragraph"><a class="ams-link" href=ctx.url(&urls::AdminRoundDraft { round: data.card.slug.clone() }) download>{ctx.t("counting-draft")}</a></p>
            <p class="fb-meta">{ctx.t("counting-draft-text")}</p></section>
    }
    .into_any()
}

/// What holds the result back, and holding it back.
pub(super) fn disputes(ctx: &Ctx, data: &AdminRoundView) -> AnyView {
    if data.counting.preview.is_empty() {
        return ().into_any();
    }
    let action = || ctx.url(&urls::AdminRoundHold { round: data.card.slug.clone() });
    let area = |name, label: &str| {
        let (label, hint, typed, errors) = (ctx.t(label), String::new(), &data.typed, &data.errors);
        kit::field(ctx, &Field { name, label, hint, kind: Kind::Area, heading: false, typed, errors })
    };
    let told = data.counting.disputes.iter().map(|d| dispute(ctx, d)).collect_view();
    let open = data.counting.disputes.iter().find(|d| d.settled.is_none());
    let act = match open {
        Some(d) if d.own => view! { <p class="ams-paragraph">{ctx.t("counting-settle-text")}</p> }.into_any(),
        Some(_) => view! {
            <form class="fb-form fb-card" method="post" action=action() novalidate><div class="fb-card__body fb-stack">{kit::hidden(ctx)}<input type="hidden" name="doe" value="oplossen"/>
                <p class="ams-paragraph">{ctx.t("counting-settle-text")}</p>{area("answer", "counting-settle-what")}
                <button class="ams-button ams-button--secondary">{ctx.t("counting-settle")}</button></div></form>
        }
        .into_any(),
        None => {
            let open = data.typed.get("doe") == "ophouden";
            view! {
                <details class="fb-details" open=open><summary class="fb-details__button">{ctx.t("counting-hold")}</summary>
                    <form class="fb-form" method="post" action=action() novalidate>{kit::hidden(ctx)}<input type="hidden" name="doe" value="ophouden"/>
                        <p class="ams-paragraph">{ctx.t("counting-hold-text")}</p>{area("dispute", "counting-hold-why")}
                        <button class="ams-button ams-button--secondary fb-button--danger">{ctx.t("counting-hold")}</button></form></details>
            }
            .into_any()
        }
    };
    view! { <div class="fb-stack" id="ophouden">{told}{act}</div> }.into_any()
}

/// A doubt with what was found, as everyone reads it.
pub(crate) fn dispute(ctx: &Ctx, d: &DisputeView) -> AnyView {
    let since = ctx.ta("counting-held-since", &[("date", texts::date_time(ctx.lang, d.at).into())]);
    let settled = d.settled.as_ref().map(|(at, answer)| {
        let date = texts::date_time(ctx.lang, *at);
        let told = ctx.ta("counting-settled", &[("date", date.into()), ("answer", answer.as_str().into())]);
        view! { <p class="ams-paragraph" dir="auto">{told}</p> }
    });
    let (class, key) = match d.settled {
        Some(_) => ("fb-notice fb-notice--plain", "counting-was-held"),
        None => ("fb-notice", "counting-held"),
    };
    view! { <section class=class><h3 class="ams-heading ams-heading--4">{ctx.t(key)}</h3><p class="fb-meta">{since}</p>
    <p class="ams-paragraph" dir="auto">{d.reason.clone()}</p>{settled}</section> }
    .into_any()
}

/// The form of a step.
pub(super) fn step(ctx: &Ctx, data: &AdminRoundView, at: usize, step: &'static str) -> AnyView {
    let first = data.counting.first(step).is_some();
    let reason = (step == "stop" && !first).then(|| {
        kit::field(
            ctx,
            &Field {
                name: "reason",
                label: ctx.t("admin-stop-reason"),
                hint: ctx.t("admin-stop-hint"),
                kind: Kind::Area,
                heading: false,
                typed: &data.typed,
                errors: &data.errors,
            },
        )
    });
    let missing = matches!(data.errors.of("step"), Some(Problem::SheetsMissing(_))) && step == "count";
    let without = missing.then(|| view! { <label class="fb-choice"><input class="fb-choice__input" type="checkbox" name="zonder" value="1"/><span class="fb-choice__text">{ctx.t("step-count-without")}</span></label> });
    let class = match (step, at) {
        ("stop", _) => "ams-button ams-button--secondary fb-button--danger",
        (_, 0) => "ams-button ams-button--primary",
        _ => "ams-button ams-button--secondary",
    };
    let label = if step == "count" && !data.counting.preview.is_empty() {
        "counting-again".into()
    } else {
        format!("step-{step}")
    };
    // While somebody doubts the count there is nothing to agree to.
    let held = step == "result" && data.counting.disputes.iter().any(|d| d.settled.is_none());
    let button =
        (!held && !data.counting.waits_for_other(step)).then(|| view! { <button class=class>{ctx.t(&label)}</button> });
    let form = view! { <form class="fb-form fb-card" method="post" action=ctx.url(&urls::AdminRoundStep { round: data.card.slug.clone() }) novalidate><div class="fb-card__body fb-stack">{kit::hidden(ctx)}<input type="hidden" name="step" value=step/>
    <p class="ams-paragraph">{ctx.t(&format!("step-{step}-text"))}</p>{held.then(|| view! { <p class="ams-paragraph"><a class="ams-link" href="#ophouden">{ctx.t("counting-held")}</a></p> })}{about(ctx, data, step)}{reason}{without}{fields(ctx, data, step)}{button}</div></form> };
    // Nobody stops a round, or counts it again, by the way.
    if step == "stop" || label == "counting-again" && !first {
        let open = first || data.typed.get("step") == step;
        return view! { <details class="fb-details" open=open><summary class="fb-details__button">{ctx.t(&label)}</summary>{form}</details> }.into_any();
    }
    form.into_any()
}
