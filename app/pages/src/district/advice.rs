//! What the departments say: asked before the verdict, several at once, each by a day.

use super::DistrictCaseView;
use crate::kit::lines;
use crate::kit::{self, Field, Kind};
use crate::moderation::due_words;
use crate::{Ctx, Sample};
use domain::advice::{MOST, Says, TERM_DAYS, largest};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::State;
use domain::money::Cents;
use domain::time::{DAY, Seconds};
use domain::urls;
use leptos::prelude::*;

/// What one said.
#[derive(Clone, Debug)]
pub struct Reply {
    /// When.
    pub at: Seconds,
    /// In one word.
    pub says: Says,
    /// Own words.
    pub words: String,
    /// Least cost.
    pub low: Option<Cents>,
    /// Likely cost.
    pub likely: Option<Cents>,
    /// The role of who answers for it; may be empty.
    pub responsible: String,
}

/// One department that was asked.
#[derive(Clone, Debug)]
pub struct AdviceRow {
    /// Id.
    pub id: i64,
    /// Its name.
    pub department: String,
    /// What was asked.
    pub question: String,
    /// The answer is needed by then.
    pub due_at: Seconds,
    /// Somebody who works there has an account here.
    pub reached: bool,
    /// What it said.
    pub reply: Option<Reply>,
}

/// What the departments say about a plan.
#[derive(Clone, Debug, Default)]
pub struct AdviceView {
    /// Those that were asked.
    pub rows: Vec<AdviceRow>,
    /// The reader may ask.
    pub may_ask: bool,
    /// The reader may fill in an answer.
    pub may_answer: bool,
    /// The question that waits for the reader's own department.
    pub own: Option<i64>,
}

impl AdviceView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let now = 1_795_000_000;
        let row = |id, department: &str, due_at, reply| AdviceRow {
            id,
            department: department.into(),
            question: "Kan dit op het gras?\nEn wie onderhoudt het?".into(),
            due_at,
            reached: id != 4,
            reply,
        };
        let reply = Reply {
            at: now - DAY,
            says: Says::If,
            words: "Alleen buiten het broedseizoen.".into(),
            low: Some(Cents::euros(900)),
            likely: Some(Cents::euros(1400)),
            responsible: "Beheerder groen".into(),
        };
        let no = Reply {
            says: Says::No,
            words: "<b>Te druk</b>".into(),
            low: None,
            likely: None,
            responsible: String::new(),
            ..reply.clone()
        };
        Self {
            rows: vec![
                row(1, "Groen", now, Some(reply)),
                row(2, "Verkeer", now - DAY, Some(no)),
                row(3, "Vergunningen", now + 9 * DAY, None),
                row(4, "Beheer & <i>schoon</i>", now - 2 * DAY, None),
            ],
            may_ask: true,
            may_answer: true,
            own: Some(3),
        }
    }

    fn answered(&self) -> usize {
        self.rows.iter().filter(|r| r.reply.is_some()).count()
    }

    /// The largest low and the largest likely cost that were named.
    pub(super) fn costs(&self) -> (Option<Cents>, Option<Cents>) {
        largest(self.rows.iter().filter_map(|r| r.reply.as_ref()).map(|r| (r.low, r.likely)))
    }
}

/// Labels of the forms, for the error summary.
pub(super) const LABELS: &[(&str, &str)] = &[
    ("departments", "advice-departments"),
    ("question", "advice-question"),
    ("due", "advice-due"),
    ("advice", "advice-which"),
    ("said", "advice-said"),
    ("advice_words", "advice-words"),
    ("low", "advice-low"),
    ("likely", "advice-likely"),
    ("role", "advice-role"),
    ("responsible", "advice-responsible"),
];

/// '2 van 3 afdelingen hebben geantwoord'.
pub fn answered_line(ctx: &Ctx, answered: i64, asked: i64) -> String {
    ctx.ta("advice-answered", &[("answered", answered.into()), ("asked", asked.into())])
}

fn row(ctx: &Ctx, r: &AdviceRow, open: bool) -> AnyView {
    let said = match &r.reply {
        Some(reply) => {
            let class = match reply.says {
                Says::Yes => "ams-badge ams-badge--lime",
                Says::If => "ams-badge ams-badge--orange",
                Says::No => "ams-badge ams-badge--red",
            };
            let cost = |key: &str, cost: Option<Cents>| cost.map(|cost| kit::fact(ctx.t(key), ctx.money(cost)));
            let role = (!reply.responsible.is_empty()).then(|| view! { <div class="fb-facts__row"><dt class="fb-facts__term">{ctx.t("advice-responsible")}</dt><dd class="fb-facts__value" dir="auto">{reply.responsible.clone()}</dd></div> });
            let facts = (reply.low.is_some() || reply.likely.is_some() || role.is_some()).then(|| view! { <dl class="fb-facts">{cost("advice-low", reply.low)}{cost("advice-likely", reply.likely)}{role}</dl> });
            view! {
                <p class="fb-row fb-row--tight"><span class=class>{ctx.t(&format!("advice-says-{}", reply.says.key()))}</span><span class="fb-meta">{texts::date(ctx.lang, reply.at)}</span></p>
                {lines(&reply.words)}{facts}
            }
            .into_any()
        }
        None if open => {
            let by = ctx.ta("advice-by", &[("date", texts::date(ctx.lang, r.due_at).into())]);
            let alone = (!r.reached).then(|| view! { <p class="fb-meta">{ctx.t("advice-nobody")}</p> });
            view! { <p class="fb-meta">{by}" · "<b>{due_words(ctx, r.due_at)}</b></p>{alone} }.into_any()
        }
        None => view! { <p class="fb-meta">{ctx.t("advice-none-came")}</p> }.into_any(),
    };
    view! {
        <li class="fb-card"><div class="fb-card__body fb-stack fb-stack--tight">
            <h3 class="ams-heading ams-heading--4" dir="auto">{r.department.clone()}</h3>
            <blockquote class="fb-quote">{lines(&r.question)}</blockquote>
            {said}
        </div></li>
    }
    .into_any()
}

fn field(ctx: &Ctx, name: &'static str, keys: (&str, &str), kind: Kind, (typed, errors): (&Raw, &Errors)) -> AnyView {
    let hint = if keys.1.is_empty() { String::new() } else { ctx.t(keys.1) };
    kit::field(ctx, &Field { name, label: ctx.t(keys.0), hint, kind, heading: false, typed, errors })
}

fn answer(ctx: &Ctx, data: &DistrictCaseView) -> AnyView {
    let waiting: Vec<(String, String)> = data
        .advice
        .rows
        .iter()
        .filter(|r| r.reply.is_none())
        .map(|r| (r.id.to_string(), r.department.clone()))
        .collect();
    let fields = ["advice", "said", "advice_words", "low", "likely", "role"];
    let sent = fields.iter().any(|name| data.errors.of(name).is_some());
    // What was typed stays, even when a colleague answered the last one meanwhile.
    if !data.advice.may_answer || (waiting.is_empty() && !sent) {
        return ().into_any();
    }
    let mut typed = data.typed.clone();
    if let (Some(own), "") = (data.advice.own, typed.get("advice")) {
        typed.set("advice", own.to_string());
    }
    let says = Says::ALL.map(|s| (s.key().to_owned(), ctx.t(&format!("advice-says-{}", s.key()))));
    let form = (&typed, &data.errors);
    view! {
        <details class="fb-details" open=sent || data.advice.own.is_some()><summary class="fb-details__button">{ctx.t("advice-answer")}</summary>
            <form class="fb-form" method="post" action=ctx.url(&urls::DistrictAdviceAnswer { id: data.plan.id }) novalidate>{kit::hidden(ctx)}
                {kit::select(ctx, "advice", &ctx.t("advice-which"), &ctx.t("advice-choose"), &waiting, &typed, &data.errors)}
                {kit::radios(ctx, "said", &ctx.t("advice-said"), &says, &typed, &data.errors)}
                {field(ctx, "advice_words", ("advice-words", "advice-words-hint"), Kind::Area, form)}
                {field(ctx, "low", ("advice-low", "advice-cost-hint"), Kind::Money, form)}
                {field(ctx, "likely", ("advice-likely", ""), Kind::Money, form)}
                {field(ctx, "role", ("advice-role", "advice-role-hint"), Kind::Line, form)}
                <button class="ams-button ams-button--secondary">{ctx.t("advice-answer-do")}</button></form></details>
    }
    .into_any()
}

fn ask(ctx: &Ctx, data: &DistrictCaseView) -> AnyView {
    let sent = ["departments", "question", "due"].iter().any(|name| data.errors.of(name).is_some());
    if !data.advice.may_ask || (data.advice.rows.len() >= MOST && !sent) {
        return ().into_any();
    }
    let mut typed = data.typed.clone();
    if !typed.0.iter().any(|(name, _)| name == "due") {
        typed.set("due", texts::rfc3339_day(texts::days_later(ctx.now, TERM_DAYS, (12, 0))));
    }
    let form = (&typed, &data.errors);
    view! {
        <details class="fb-details" open=sent><summary class="fb-details__button">{ctx.t("advice-ask")}</summary>
            <form class="fb-form" method="post" action=ctx.url(&urls::DistrictAdvice { id: data.plan.id }) novalidate>{kit::hidden(ctx)}
                {field(ctx, "departments", ("advice-departments", "advice-departments-hint"), Kind::Area, form)}
                {field(ctx, "question", ("advice-question", ""), Kind::Area, form)}
                {field(ctx, "due", ("advice-due", "advice-due-hint"), Kind::Date, form)}
                <button class="ams-button ams-button--secondary">{ctx.t("advice-ask-do")}</button></form></details>
    }
    .into_any()
}

/// What the departments say, with forms to ask and to answer while the plan waits for a verdict.
pub(super) fn section(ctx: &Ctx, data: &DistrictCaseView) -> AnyView {
    let rows = &data.advice.rows;
    if rows.is_empty() && !data.advice.may_ask {
        return ().into_any();
    }
    let open = data.plan.state == State::Published;
    let answered = data.advice.answered();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let line = (!rows.is_empty()).then(|| {
        let wait = (open && answered < rows.len()).then(|| format!(" {}", ctx.t("advice-no-need-to-wait")));
        view! { <p class="ams-paragraph"><b>{answered_line(ctx, count(answered), count(rows.len()))}"."</b>{wait}</p> }
    });
    let items = (!rows.is_empty())
        .then(|| view! { <ul class="fb-cards">{rows.iter().map(|r| row(ctx, r, open)).collect_view()}</ul> });
    view! {
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("advice-title")}</h2>
            {line}{items}{answer(ctx, data)}{ask(ctx, data)}</section>
    }
    .into_any()
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample {
            name: "district/advice",
            draw: |ctx| {
                let mut data = DistrictCaseView { advice: AdviceView::sample(), ..DistrictCaseView::sample() };
                data.plan.cost = None;
                super::case(ctx, &data)
            },
        },
        Sample {
            name: "district/advice-wrong",
            draw: |ctx| {
                let typed = Raw::from_pairs(&[("departments", "Groen\nGroen"), ("due", "ooit"), ("said", "if")]);
                let errors = Errors(vec![
                    ("departments", Problem::TooMany(0)),
                    ("question", Problem::Missing),
                    ("due", Problem::TooFar(90)),
                    ("advice", Problem::AnsweredBefore),
                    ("likely", Problem::BelowMinimum),
                ]);
                let advice = AdviceView { own: None, ..AdviceView::sample() };
                super::case(ctx, &DistrictCaseView { advice, typed, errors, ..DistrictCaseView::sample() })
            },
        },
        Sample {
            name: "district/advice-judged",
            draw: |ctx| {
                let mut data = DistrictCaseView { advice: AdviceView::sample(), ..DistrictCaseView::sample() };
                data.plan.state = State::Feasible;
                data.advice = AdviceView { may_ask: false, may_answer: false, own: None, ..data.advice };
                super::case(ctx, &data)
            },
        },
    ]
}
