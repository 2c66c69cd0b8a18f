//! `/beheer/aandeel`: a wijk's share of a year: funding it, its ceiling, slips booked back, and the closing of the year.

use crate::frame::{Frame, frame};
use crate::{Ctx, Sample, kit};
use domain::budget::Share;
use domain::form::{Errors, Problem, Raw};
use domain::money::Cents;
use domain::time::Seconds;
use domain::urls;
use leptos::prelude::*;

/// A movement of the share.
#[derive(Clone, Debug)]
pub struct MovedView {
    /// Id.
    pub id: i64,
    /// The programme at its other end; empty for rounds and plans.
    pub programme: String,
    /// How much.
    pub amount: Cents,
    /// Key of why: text is `reason-<key>`.
    pub reason: String,
    /// Own words.
    pub note: String,
    /// When.
    pub at: Seconds,
    /// Out of the share, or else into it.
    pub out: bool,
    /// Can be booked back.
    pub can_correct: bool,
}

/// A wijk's share.
#[derive(Clone, Debug)]
pub struct ShareView {
    /// Wijken by id and name.
    pub wijken: Vec<(i64, String)>,
    /// Chosen wijk.
    pub wijk: i64,
    /// Years.
    pub years: Vec<i64>,
    /// Chosen year.
    pub year: i64,
    /// Its figures.
    pub share: Share,
    /// Ceiling in basis points.
    pub basis_points: i64,
    /// The year was closed.
    pub closed: bool,
    /// Programme id, name, earmarked, left.
    pub lines: Vec<(i64, String, bool, Cents)>,
    /// Newest movements.
    pub moved: Vec<MovedView>,
    /// Which form was sent: `fund`, `ceiling`, `correct`, `close`.
    pub sent: &'static str,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl ShareView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let moved = MovedView {
            id: 12,
            programme: "Bewonersparticipatie".into(),
            amount: Cents::euros(300_000),
            reason: "share".into(),
            note: String::new(),
            at: 1_790_000_000,
            out: false,
            can_correct: true,
        };
        Self {
            wijken: vec![(1, "Noord".into())],
            wijk: 1,
            years: vec![2008, 2009],
            year: 2008,
            share: Share { ceiling: Cents::euros(2_037_500), funded: Cents::euros(300_000), ..Share::default() },
            basis_points: 1000,
            closed: false,
            lines: vec![
                (8, "Bewonersparticipatie".into(), true, Cents::euros(300_000)),
                (1, "Wonen".into(), false, Cents::euros(5_000)),
            ],
            moved: vec![
                MovedView {
                    id: 14,
                    reason: "correction".into(),
                    note: "Dubbel ingevoerd.".into(),
                    out: true,
                    can_correct: false,
                    ..moved.clone()
                },
                MovedView {
                    id: 13,
                    reason: "pot".into(),
                    programme: String::new(),
                    out: true,
                    can_correct: false,
                    ..moved.clone()
                },
                moved,
            ],
            sent: "fund",
            typed: Raw::from_pairs(&[("amount", "1000")]),
            errors: Errors::default(),
        }
    }

    /// Typed text and errors of one of the forms; nothing for the others.
    fn of(&self, form: &str) -> (Raw, Errors) {
        if self.sent == form { (self.typed.clone(), self.errors.clone()) } else { Default::default() }
    }
}

/// Wijk and year, for every form of this page.
fn place(data: &ShareView) -> AnyView {
    view! { <input type="hidden" name="wijk" value=data.wijk.to_string()/><input type="hidden" name="year" value=data.year.to_string()/> }
        .into_any()
}

/// Basis points as a percentage: `10`, `8,5`.
pub fn percent(lang: texts::Lang, points: i64) -> String {
    let mark = if lang == texts::Lang::En { '.' } else { ',' };
    match (points / 100, points % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) => format!("{whole}{mark}{part:02}").trim_end_matches('0').to_owned(),
    }
}

fn fund(ctx: &Ctx, data: &ShareView) -> AnyView {
    let (typed, errors) = data.of("fund");
    let programmes: Vec<_> = data
        .lines
        .iter()
        .filter(|l| !l.2)
        .map(|(id, name, _, left)| (id.to_string(), format!("{name} ({})", ctx.money(*left))))
        .collect();
    let amount = kit::Field {
        name: "amount",
        label: ctx.t("admin-share-amount"),
        hint: ctx.ta("admin-share-room", &[("amount", ctx.money(data.share.room()).into())]),
        kind: kit::Kind::Money,
        heading: false,
        typed: &typed,
        errors: &errors,
    };
    view! {
        <form class="fb-form" method="post" action=ctx.url(&urls::AdminShare {}) novalidate>
            {kit::hidden(ctx)}{place(data)}
            {kit::field(ctx, &amount)}
            {kit::select(ctx, "programme", &ctx.t("admin-share-programme"), &ctx.t("admin-share-earmarked-only"), &programmes, &typed, &errors)}
            {kit::bar(ctx.t("admin-share-do"))}
        </form>
    }
    .into_any()
}

fn ceiling(ctx: &Ctx, data: &ShareView) -> AnyView {
    let (mut typed, errors) = data.of("ceiling");
    if data.sent != "ceiling" {
        typed.set("percent", percent(ctx.lang, data.basis_points));
    }
    let field = |name, label, hint: String, kind| {
        kit::field(
            ctx,
            &kit::Field { name, label: ctx.t(label), hint, kind, heading: false, typed: &typed, errors: &errors },
        )
    };
    view! {
        <details class="fb-details" open=data.sent == "ceiling">
            <summary class="fb-details__button">{ctx.t("share-ceiling")}</summary>
            <form class="fb-form" method="post" action=ctx.url(&urls::AdminShareCeiling {}) novalidate>
                {kit::hidden(ctx)}{place(data)}
                {field("percent", "share-percent", ctx.t("share-percent-hint"), kit::Kind::Line)}
                {field("reason", "share-reason", ctx.t("share-reason-hint"), kit::Kind::Area)}
                <button class="ams-button ams-button--secondary">{ctx.t("share-ceiling-do")}</button>
            </form>
        </details>
    }
    .into_any()
}

fn close(ctx: &Ctx, data: &ShareView) -> AnyView {
    let (typed, errors) = data.of("close");
    let left = ctx.money(data.share.left());
    let rests = ["carried", "returned"].map(|r| {
        let told = ctx.ta(&format!("share-rest-{r}-text"), &[("year", (data.year + 1).to_string().into())]);
        (r.to_owned(), ctx.t(&format!("share-rest-{r}")), told)
    });
    let text = if data.closed { "share-close-again" } else { "share-close-text" };
    view! {
        <details class="fb-details" open=data.sent == "close">
            <summary class="fb-details__button">{ctx.ta("share-close", &[("year", data.year.to_string().into())])}</summary>
            <form class="fb-form" method="post" action=ctx.url(&urls::AdminShareClose {}) novalidate>
                {kit::hidden(ctx)}{place(data)}
                <p class="ams-paragraph">{ctx.ta(text, &[("amount", left.into())])}</p>
                {kit::radios_told(ctx, "rest", &ctx.t("share-rest"), &rests, &typed, &errors)}
                <button class="ams-button ams-button--secondary fb-button--danger">{ctx.ta("share-close", &[("year", data.year.to_string().into())])}</button>
            </form>
        </details>
    }
    .into_any()
}

fn moved(ctx: &Ctx, data: &ShareView) -> AnyView {
    let (typed, errors) = data.of("correct");
    let rows = data
        .moved
        .iter()
        .map(|m| {
            let sign = if m.out { "−" } else { "+" };
            let chosen = data.sent == "correct" && typed.get("transfer") == m.id.to_string();
            let correct = m.can_correct.then(|| {
                if !chosen {
                    let href = format!("{}?wijk={}&jaar={}&boek={}#note", ctx.url(&urls::AdminShare {}), data.wijk, data.year, m.id);
                    return view! { <p><a class="ams-link" href=href>{ctx.t("share-correct")}</a></p> }.into_any();
                }
                let note = kit::Field {
                    name: "note",
                    label: ctx.t("share-note"),
                    hint: String::new(),
                    kind: kit::Kind::Line,
                    heading: false,
                    typed: &typed,
                    errors: &errors,
                };
                view! {
                    <form class="fb-form" method="post" action=ctx.url(&urls::AdminShareCorrect {}) novalidate>
                        {kit::hidden(ctx)}{place(data)}<input type="hidden" name="transfer" value=m.id.to_string()/>
                        {kit::field(ctx, &note)}
                        <button class="ams-button ams-button--secondary">{ctx.ta("share-correct-do", &[("amount", ctx.money(m.amount).into())])}</button></form>
                }
                .into_any()
            });
            let words = (!m.note.is_empty()).then(|| view! { <p class="ams-paragraph" dir="auto">{m.note.clone()}</p> });
            let programme = if m.programme.is_empty() { String::new() } else { format!(" · {}", m.programme) };
            view! {
                <li class="fb-card"><div class="fb-card__body fb-stack fb-stack--tight">
                    <p class="fb-row fb-row--between"><span>{ctx.t(&format!("reason-{}", m.reason.replace('_', "-")))}</span><span class="fb-money">{format!("{sign} {}", ctx.money(m.amount))}</span></p>
                    <p class="fb-meta">{texts::date_time(ctx.lang, m.at)}{programme}</p>
                    {words}{correct}
                </div></li>
            }
        })
        .collect_view();
    if data.moved.is_empty() {
        return ().into_any();
    }
    view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("share-moved")}</h2><ul class="fb-cards">{rows}</ul></section> }.into_any()
}

/// Choosing a wijk and year, then what to do with its share.
pub fn share(ctx: &Ctx, data: &ShareView) -> AnyView {
    const LABELS: &[(&str, &str)] = &[
        ("amount", "admin-share-amount"),
        ("programme", "admin-share-programme"),
        ("percent", "share-percent"),
        ("reason", "share-reason"),
        ("note", "share-note"),
        ("rest", "share-rest"),
    ];
    let none = Errors::default();
    let chosen = Raw::from_pairs(&[("wijk", &data.wijk.to_string()), ("jaar", &data.year.to_string())]);
    let wijken: Vec<_> = data.wijken.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let years: Vec<_> = data.years.iter().map(|y| (y.to_string(), y.to_string())).collect();
    let rows = data.lines.iter().map(|(_, name, _, left)| kit::fact(name.clone(), ctx.money(*left))).collect_view();
    let note = ctx.ta("share-ceiling-note", &[("percent", percent(ctx.lang, data.basis_points).into())]);
    let closed = data.closed.then(|| view! { <p class="fb-notice fb-notice--plain">{ctx.ta("share-closed", &[("year", data.year.to_string().into())])}</p> });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Admin {})>{ctx.t("admin-title")}</a>
        {kit::error_summary(ctx, &data.errors, LABELS)}
        <h1 class="ams-heading ams-heading--1">{ctx.t("admin-share")}</h1>
        <form class="fb-row" method="get">
            {kit::select(ctx, "wijk", &ctx.t("admin-wijk"), "", &wijken, &chosen, &none)}
            {kit::select(ctx, "jaar", &ctx.t("budget-year"), "", &years, &chosen, &none)}
            <button class="ams-button ams-button--secondary">{ctx.t("admin-show")}</button>
        </form>
        {closed}
        <dl class="fb-stats">
            {kit::stat(ctx.t("budget-ceiling"), ctx.money(data.share.ceiling), note)}
            {kit::stat(ctx.t("budget-funded"), ctx.money(data.share.funded), ctx.t("budget-funded-note"))}
            {kit::stat(ctx.t("budget-allotted"), ctx.money(data.share.allotted), ctx.t("budget-allotted-note"))}
            {kit::stat(ctx.t("budget-left"), ctx.money(data.share.left()), ctx.t("budget-left-note"))}
            {kit::stat(ctx.t("budget-room"), ctx.money(data.share.room()), ctx.t("budget-room-note"))}
        </dl>
        <details class="fb-details"><summary class="fb-details__button">{ctx.t("admin-share-lines")}</summary><dl class="fb-facts">{rows}</dl></details>
        {ceiling(ctx, data)}
        {close(ctx, data)}
        {moved(ctx, data)}
        {(!data.closed).then(|| fund(ctx, data))}
    };
    frame(ctx, Frame::narrow(ctx.t("admin-share")).failed(!data.errors.0.is_empty()), main)
}

/// When there is no budget to fund from.
pub fn share_empty(ctx: &Ctx) -> AnyView {
    let main = view! { <h1 class="ams-heading ams-heading--1">{ctx.t("admin-share")}</h1><div class="fb-empty"><p class="ams-paragraph">{ctx.t("budget-none-how")}</p></div> };
    frame(ctx, Frame::narrow(ctx.t("admin-share")), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    fn failed(ctx: &Ctx, sent: &'static str, field: &'static str, problem: Problem) -> AnyView {
        share(ctx, &ShareView { sent, errors: Errors::one(field, problem), ..ShareView::sample() })
    }
    vec![
        Sample { name: "admin/share", draw: |ctx| share(ctx, &ShareView::sample()) },
        Sample {
            name: "admin/share-errors",
            draw: |ctx| failed(ctx, "fund", "amount", Problem::NotEnough(Cents::euros(5))),
        },
        Sample {
            name: "admin/share-ceiling",
            draw: |ctx| failed(ctx, "ceiling", "percent", Problem::BelowFunded(Cents::euros(300_000))),
        },
        Sample {
            name: "admin/share-close",
            draw: |ctx| failed(ctx, "close", "rest", Problem::InPots(Cents::euros(40_000))),
        },
        Sample {
            name: "admin/share-correct",
            draw: |ctx| {
                share(
                    ctx,
                    &ShareView {
                        sent: "correct",
                        closed: true,
                        typed: Raw::from_pairs(&[("transfer", "12")]),
                        errors: Errors::one("note", Problem::YearClosed),
                        ..ShareView::sample()
                    },
                )
            },
        },
        Sample { name: "admin/share-empty", draw: share_empty },
    ]
}
