//! `/stadsdeel/stemmen/{round}/papier`: the paper box, and one sheet to read.

use crate::ballot::{BallotView, cards};
use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::rounds::{PlanCard, RoundCard, phase_badge};
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::round::{Ballot, BallotForm};
use domain::urls;
use leptos::prelude::*;

/// A sheet in the list.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// Number within its batch.
    pub sheet: i64,
    /// `unread`, `once`, `differs`, `valid` or `invalid`; texts are `sheet-<state>`.
    pub state: &'static str,
    /// The reader may read it now.
    pub for_you: bool,
}

/// A batch.
#[derive(Clone, Debug)]
pub struct BatchView {
    /// Its number.
    pub batch: i64,
    /// Its sheets.
    pub sheets: Vec<SheetRow>,
}

/// The paper box.
#[derive(Clone, Debug)]
pub struct PaperView {
    /// The round.
    pub card: RoundCard,
    /// Sheets can be taken up and read now.
    pub open: bool,
    /// Codes that were closed for paper.
    pub closed_codes: i64,
    /// Batches.
    pub batches: Vec<BatchView>,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl PaperView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let states = ["unread", "once", "differs", "valid", "invalid"];
        let sheets = (1..).zip(states).map(|(sheet, state)| SheetRow { sheet, state, for_you: sheet < 4 }).collect();
        Self {
            card: RoundCard { phase: domain::round::Phase::Counting, ..RoundCard::sample() },
            open: true,
            closed_codes: 12,
            batches: vec![BatchView { batch: 1, sheets }],
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }
}

fn batch(ctx: &Ctx, data: &PaperView, b: &BatchView) -> AnyView {
    let link = |sheet| ctx.url(&urls::VoteDeskSheet { round: data.card.slug.clone(), batch: b.batch, sheet });
    let done = b.sheets.iter().filter(|s| matches!(s.state, "valid" | "invalid")).count();
    let next = b.sheets.iter().find(|s| s.for_you && data.open).map(|s| view! { <a class="ams-button ams-button--primary" href=link(s.sheet)>{ctx.ta("sheet-next", &[("sheet", s.sheet.into())])}</a> });
    let rows = b
        .sheets
        .iter()
        .map(|s| {
            let name = format!("{}-{}", b.batch, s.sheet);
            let name = if s.for_you && data.open { view! { <a class="ams-link" href=link(s.sheet)>{name}</a> }.into_any() } else { name.into_any() };
            view! { <div class="fb-facts__row"><dt class="fb-facts__term">{name}</dt><dd class="fb-facts__value">{ctx.t(&format!("sheet-{}", s.state))}</dd></div> }
        })
        .collect_view();
    let unread = data.open && b.sheets.iter().any(|s| s.state == "unread");
    let back = unread.then(|| {
        view! { <form method="post" action=ctx.url(&urls::VoteDeskPutBack { round: data.card.slug.clone(), batch: b.batch })>{kit::hidden(ctx)}<button class="ams-button ams-button--tertiary">{ctx.t("paper-put-back")}</button></form> }
    });
    view! {
        <section class="fb-card"><div class="fb-card__body fb-stack"><h2 class="ams-heading ams-heading--3">{ctx.ta("paper-batch", &[("batch", b.batch.into())])}</h2>
            <p class="fb-meta">{ctx.ta("paper-batch-done", &[("done", done.into()), ("count", b.sheets.len().into())])}</p>{next}
            <details class="fb-details"><summary class="fb-details__button">{ctx.t("paper-sheets")}</summary><dl class="fb-facts">{rows}</dl></details>{back}</div></section>
    }
    .into_any()
}

/// Its page.
pub fn paper(ctx: &Ctx, data: &PaperView) -> AnyView {
    let sheets: usize = data.batches.iter().map(|b| b.sheets.len()).sum();
    let left = usize::try_from(data.closed_codes).unwrap_or(0).saturating_sub(sheets);
    let batches = data.batches.iter().map(|b| batch(ctx, data, b)).collect_view();
    let take_up = (data.open && left > 0).then(|| {
        let field = kit::field(ctx, &Field { name: "count", label: ctx.t("paper-count"), hint: ctx.ta("paper-count-hint", &[("left", left.into())]), kind: Kind::Number, heading: false, typed: &data.typed, errors: &data.errors });
        view! { <form class="fb-form" method="post" action=ctx.url(&urls::VoteDeskPaper { round: data.card.slug.clone() }) novalidate>{kit::hidden(ctx)}{field}<button class="ams-button ams-button--secondary">{ctx.t("paper-take-up")}</button></form> }
    });
    let number = |n: usize| texts::number(ctx.lang, i64::try_from(n).unwrap_or(i64::MAX));
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::VoteDesk {})>{ctx.t("desk-title")}</a>
        {kit::error_summary(ctx, &data.errors, &[("count", "paper-count")])}
        <div class="fb-head"><p class="fb-kicker">{format!("{} · {}", data.card.buurt, data.card.title)}</p><h1 class="ams-heading ams-heading--1">{ctx.t("paper-title")}</h1><p class="fb-row">{phase_badge(ctx, data.card.phase)}</p></div>
        <p class="ams-paragraph fb-read">{ctx.t(if data.open { "paper-text" } else { "paper-closed" })}</p>
        <dl class="fb-stats">{kit::stat(ctx.t("paper-codes"), texts::number(ctx.lang, data.closed_codes), String::new())}{kit::stat(ctx.t("paper-sheets"), number(sheets), String::new())}</dl>
        {batches}{take_up}
    };
    frame(ctx, Frame::narrow(ctx.t("paper-title")).failed(!data.errors.0.is_empty()), main)
}

/// One sheet to read.
#[derive(Clone, Debug)]
pub struct SheetView {
    /// The round.
    pub card: RoundCard,
    /// Form of ballot.
    pub form: BallotForm,
    /// Plans in the order of the paper.
    pub plans: Vec<PlanCard>,
    /// Batch and number.
    pub number: (i64, i64),
    /// What two others read, for who looks a third time; `None` inside for an invalid sheet.
    pub readings: Vec<Option<Ballot>>,
    /// What was typed.
    pub chosen: Ballot,
    /// Ticked: no valid ballot.
    pub invalid: bool,
    /// What is wrong.
    pub errors: Errors,
}

impl SheetView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: RoundCard::sample(),
            form: BallotForm::Approval { most: 2 },
            plans: PlanCard::samples(),
            number: (1, 7),
            readings: Vec::new(),
            chosen: Ballot(Vec::new()),
            invalid: false,
            errors: Errors::default(),
        }
    }
}

fn reading(ctx: &Ctx, data: &SheetView, reading: Option<&Ballot>) -> AnyView {
    let Some(ballot) = reading else {
        return view! { <p class="ams-paragraph">{ctx.t("sheet-invalid")}</p> }.into_any();
    };
    let lines = ballot
        .0
        .iter()
        .map(|(id, value)| {
            let title = data.plans.iter().find(|p| p.id == *id).map(|p| p.title.clone());
            let worth = crate::ballot::worth(ctx, data.form, *value).map(|worth| format!(" · {worth}"));
            view! { <li class="ams-unordered-list__item" dir="auto">{title}{worth}</li> }
        })
        .collect_view();
    view! { <ul class="ams-unordered-list">{lines}</ul> }.into_any()
}

/// Its page.
pub fn sheet(ctx: &Ctx, data: &SheetView) -> AnyView {
    let (batch, sheet) = data.number;
    let ballot = BallotView {
        card: data.card.clone(),
        form: data.form,
        plans: data.plans.clone(),
        chosen: data.chosen.clone(),
        ..BallotView::blank()
    };
    let readings = data
        .readings
        .iter()
        .enumerate()
        .map(|(at, one)| view! { <section class="fb-card"><div class="fb-card__body fb-stack fb-stack--tight"><h2 class="ams-heading ams-heading--4">{ctx.ta("sheet-reading", &[("number", (at + 1).into())])}</h2>{reading(ctx, data, one.as_ref())}</div></section> })
        .collect_view();
    let third = (!data.readings.is_empty())
        .then(|| view! { <p class="ams-paragraph fb-read">{ctx.t("sheet-third")}</p>{readings} });
    let title = ctx.ta("sheet-title", &[("batch", batch.into()), ("sheet", sheet.into())]);
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::VoteDeskPaper { round: data.card.slug.clone() })>{ctx.t("paper-title")}</a>
        {kit::error_summary(ctx, &data.errors, &[])}
        <div class="fb-head"><p class="fb-kicker">{data.card.title.clone()}</p><h1 class="ams-heading ams-heading--1">{title.clone()}</h1></div>
        <p class="ams-paragraph fb-read">{ctx.t("sheet-text")}" "{crate::ballot::how_to(ctx, data.form, data.card.pot)}</p>
        {third}
        <form class="fb-form" method="post" action=ctx.url(&urls::VoteDeskSheet { round: data.card.slug.clone(), batch, sheet }) novalidate>{kit::hidden(ctx)}
            <fieldset class="ams-field-set fb-plans"><legend class="ams-visually-hidden">{ctx.t("rounds-paper")}</legend>{cards(ctx, &ballot)}</fieldset>
            <div class="fb-plan"><label class="fb-plan__label"><input class="fb-plan__box" type="checkbox" name="ongeldig" value="1" checked=data.invalid/><span class="fb-plan__body">{ctx.t("sheet-is-invalid")}</span></label></div>
            {kit::bar(ctx.t("sheet-do"))}</form>
    };
    frame(ctx, Frame::narrow(title).failed(!data.errors.0.is_empty()), main)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "desk/paper", draw: |ctx| paper(ctx, &PaperView::sample()) },
        Sample { name: "desk/paper-closed", draw: |ctx| paper(ctx, &PaperView { open: false, ..PaperView::sample() }) },
        Sample {
            name: "desk/paper-wrong",
            draw: |ctx| {
                paper(ctx, &PaperView { errors: Errors::one("count", Problem::TooMany(7)), ..PaperView::sample() })
            },
        },
        Sample { name: "desk/sheet", draw: |ctx| sheet(ctx, &SheetView::sample()) },
        Sample {
            name: "desk/sheet-third",
            draw: |ctx| {
                let form = BallotForm::Ranking { most: 3 };
                let readings = vec![Some(Ballot(vec![(2, 1), (1, 2)])), None];
                sheet(ctx, &SheetView { form, readings, invalid: true, ..SheetView::sample() })
            },
        },
        Sample {
            name: "desk/sheet-points",
            draw: |ctx| {
                let form = BallotForm::Points { sum: 10, each: 5 };
                sheet(
                    ctx,
                    &SheetView { form, errors: Errors::one("plan", Problem::OverPoints(2)), ..SheetView::sample() },
                )
            },
        },
    ]
}
