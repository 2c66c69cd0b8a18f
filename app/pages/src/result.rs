//! `/stemmen/{round}/uitslag` and `/controle`: who got money and why, and how anyone checks it.

use crate::frame::{Frame, frame};
use crate::rounds::{RoundCard, digest_note};
use crate::{Ctx, Sample, kit};
use domain::form::{Errors, Problem, Raw};
use domain::money::Cents;
use domain::round::Verdict;
use domain::urls;
use leptos::prelude::*;

/// A plan in the order of the count.
#[derive(Clone, Debug)]
pub struct StepView {
    /// Initiative.
    pub id: i64,
    /// Title.
    pub title: String,
    /// Votes.
    pub votes: usize,
    /// What it costs at least.
    pub cost: Cents,
    /// What it gets.
    pub granted: Cents,
    /// Left of the pot before it.
    pub left_before: Cents,
    /// What became of it.
    pub verdict: Verdict,
    /// Next in line.
    pub reserve: bool,
}

/// The result.
#[derive(Clone, Debug)]
pub struct ResultView {
    /// The round.
    pub card: RoundCard,
    /// Ballots counted.
    pub turnout: i64,
    /// Who could vote.
    pub roll: i64,
    /// Ballots without a roll entry.
    pub stray: i64,
    /// Returned to the share.
    pub left: Cents,
    /// In order.
    pub steps: Vec<StepView>,
    /// Digest of the frozen paper.
    pub digest: Option<String>,
    /// Voters got receipts.
    pub receipts: bool,
}

impl ResultView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let step = |id, title: &str, votes, verdict, granted| StepView {
            id,
            title: title.into(),
            votes,
            cost: Cents::euros(6_500),
            granted: Cents::euros(granted),
            left_before: Cents::euros(9_000),
            verdict,
            reserve: verdict == Verdict::DidNotFit,
        };
        let steps = vec![
            step(1, "Samen Spelen", 40, Verdict::Funded, 7_000),
            step(2, "Huiswerkclub", 31, Verdict::DidNotFit, 0),
            step(3, "Taalcafé", 1, Verdict::Withdrawn, 0),
            step(4, "Zwembad", 1, Verdict::AbovePot, 0),
            step(5, "Niets", 0, Verdict::NoVotes, 0),
        ];
        Self {
            card: RoundCard { phase: domain::round::Phase::Result, ..RoundCard::sample() },
            turnout: 64,
            roll: 410,
            stray: 1,
            left: Cents::euros(2_000),
            steps,
            digest: Some("ab12".repeat(16)),
            receipts: true,
        }
    }
}

fn why(ctx: &Ctx, s: &StepView) -> String {
    let cost = ("cost", ctx.money(s.cost).into());
    let left = ("left", ctx.money(s.left_before).into());
    match s.verdict {
        Verdict::Funded if s.granted > s.cost => {
            ctx.ta("result-why-topped", &[cost, left, ("granted", ctx.money(s.granted).into())])
        }
        Verdict::Funded => ctx.ta("result-why-funded", &[cost, left]),
        Verdict::DidNotFit => ctx.ta("result-why-no-fit", &[cost, left]),
        Verdict::NoVotes => ctx.t("result-why-no-votes"),
        Verdict::Withdrawn => ctx.t("result-why-withdrawn"),
        Verdict::AbovePot => ctx.ta("result-why-above-pot", &[cost]),
    }
}

/// The result's page.
pub fn result(ctx: &Ctx, data: &ResultView) -> AnyView {
    let won = data.steps.iter().filter(|s| s.verdict == Verdict::Funded).count();
    let spent: Cents = data.steps.iter().map(|s| s.granted).sum();
    let items = data
        .steps
        .iter()
        .enumerate()
        .map(|(i, s)| {
            let funded = s.verdict == Verdict::Funded;
            let per_vote = (funded && s.votes > 0).then(|| Cents(s.granted.0 / i64::try_from(s.votes).unwrap_or(1)));
            let votes = ctx.ta("result-votes", &[("count", s.votes.into())]);
            let meta = per_vote.map_or(votes.clone(), |cents| format!("{votes} · {}", ctx.ta("result-per-vote", &[("amount", ctx.money(cents).into())])));
            view! {
                <li class=if funded { "fb-ranking__item fb-ranking__item--won" } else { "fb-ranking__item" }><span class="fb-ranking__place">{i + 1}</span>
                    <div class="fb-ranking__body"><h3 class="ams-heading ams-heading--4"><a class="ams-link" href=ctx.url(&urls::Initiative { id: s.id })>{s.title.clone()}</a></h3>
                        <p class="fb-meta">{meta}</p><p class="ams-paragraph ams-paragraph--small">{why(ctx, s)}</p>
                        {s.reserve.then(|| view! { <p class="fb-row fb-row--tight"><span class="ams-badge ams-badge--orange">{ctx.t("result-reserve")}</span></p> })}</div>
                    <span class="fb-money">{ctx.money(if funded { s.granted } else { s.cost })}</span></li>
            }
        })
        .collect_view();
    let share_of_roll = Cents(data.turnout).permille_of(Cents(data.roll)).unwrap_or(0);
    let stray = (data.stray > 0).then(|| view! { <div class="ams-alert ams-alert--warning"><div class="ams-alert__content"><p class="ams-paragraph">{ctx.ta("result-stray", &[("count", data.stray.into())])}</p></div></div> });
    let check = data.receipts.then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::RoundCheck { round: data.card.slug.clone() })>{ctx.t("result-check")}</a></p> });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Rounds {})>{ctx.t("rounds-title")}</a>
        <div class="fb-head"><p class="fb-kicker">{format!("{} · {}", data.card.buurt, data.card.title)}</p>
            <h1 class="ams-heading ams-heading--1">{ctx.ta("result-title", &[("count", won.into()), ("amount", ctx.money(spent).into())])}</h1></div>
        <p class="ams-paragraph ams-paragraph--large fb-read">{ctx.ta("result-lead", &[("turnout", data.turnout.into()), ("roll", data.roll.into()), ("percent", texts::percent_tenths(ctx.lang, share_of_roll).into())])}</p>
        {stray}
        <dl class="fb-stats">
            {kit::stat(ctx.t("result-pot"), ctx.money(data.card.pot), String::new())}
            {kit::stat(ctx.t("result-spent"), ctx.money(spent), String::new())}
            {kit::stat(ctx.t("result-left"), ctx.money(data.left), ctx.t("result-left-note"))}
        </dl>
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("result-order")}</h2>
            <p class="ams-paragraph fb-read">{ctx.t("result-rule")}</p><ol class="fb-ranking">{items}</ol></section>
        <p class="fb-meta">{ctx.t("result-assurance")}</p>
        {check}
        <p class="ams-paragraph"><a class="ams-link" href=data_link(ctx, &data.card.slug)>{ctx.t("result-data")}</a></p>
        {digest_note(ctx, data.digest.as_deref())}
    };
    frame(ctx, Frame::wide(data.card.title.clone()), main)
}

fn data_link(ctx: &Ctx, slug: &str) -> String {
    ctx.url(&urls::DataFile { file: format!("stemronde-{slug}.json") })
}

/// Tokens per plan, to search.
#[derive(Clone, Debug)]
pub struct CheckView {
    /// The round.
    pub card: RoundCard,
    /// Title, votes, and tokens of each plan.
    pub plans: Vec<(String, usize, Vec<String>)>,
    /// Titles in which a typed receipt was found; `None`: none was typed.
    pub found: Option<Vec<String>>,
    /// The tick boxes typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl CheckView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: RoundCard::sample(),
            plans: vec![("Samen Spelen".into(), 2, vec!["0a1b".repeat(16), "2c3d".repeat(16)])],
            found: None,
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }
}

/// Find your receipt.
pub fn check(ctx: &Ctx, data: &CheckView) -> AnyView {
    let plans = data
        .plans
        .iter()
        .map(|(title, votes, tokens)| {
            let items = tokens.iter().map(|t| view! { <li class="fb-isolate">{t.clone()}</li> }).collect_view();
            view! { <section class="fb-section"><h2 class="ams-heading ams-heading--3">{title.clone()}</h2><p class="fb-meta">{ctx.ta("check-tokens", &[("count", (*votes).into())])}</p><ul class="fb-meta">{items}</ul></section> }
        })
        .collect_view();
    let found = data.found.as_ref().map(|titles| {
        let items = titles.iter().map(|t| view! { <li class="ams-unordered-list__item">{t.clone()}</li> }).collect_view();
        let (class, text) = if titles.is_empty() { ("fb-notice fb-notice--plain", "check-not-found") } else { ("fb-notice fb-notice--green", "check-found") };
        view! { <section class=class role="status"><p class="ams-paragraph">{ctx.t(text)}</p><ul class="ams-unordered-list">{items}</ul></section> }
    });
    let field = kit::Field {
        name: "receipt",
        label: ctx.t("check-receipt"),
        hint: ctx.t("check-receipt-hint"),
        kind: kit::Kind::Code,
        heading: false,
        typed: &data.typed,
        errors: &data.errors,
    };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::RoundResult { round: data.card.slug.clone() })>{ctx.t("rounds-to-result")}</a>
        {kit::error_summary(ctx, &data.errors)}
        <div class="fb-head"><p class="fb-kicker">{data.card.title.clone()}</p><h1 class="ams-heading ams-heading--1">{ctx.t("check-title")}</h1></div>
        <p class="ams-paragraph">{ctx.t("check-text")}</p>
        {found}
        <form class="fb-form" method="post" novalidate>{kit::hidden(ctx)}{kit::field(ctx, &field)}<button class="ams-button ams-button--secondary">{ctx.t("check-do")}</button></form>
        <details class="fb-details"><summary class="fb-details__button">{ctx.t("check-how")}</summary>
            <p class="fb-meta">{ctx.t("check-how-text")}</p><p class="fb-meta fb-isolate">"HMAC-SHA-256(receipt, \""{data.card.slug.clone()}"\\n<plan>\\n1\")"</p></details>
        <p class="ams-paragraph"><a class="ams-link" href=data_link(ctx, &data.card.slug)>{ctx.t("result-data")}</a></p>
        {plans}
    };
    frame(ctx, Frame::narrow(ctx.t("check-title")).failed(!data.errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "result/out", draw: |ctx| result(ctx, &ResultView::sample()) },
        Sample { name: "result/check", draw: |ctx| check(ctx, &CheckView::sample()) },
        Sample {
            name: "result/found",
            draw: |ctx| check(ctx, &CheckView { found: Some(vec!["Samen Spelen".into()]), ..CheckView::sample() }),
        },
        Sample {
            name: "result/not-found",
            draw: |ctx| {
                check(
                    ctx,
                    &CheckView {
                        found: Some(Vec::new()),
                        errors: Errors::one("receipt", Problem::NotRight),
                        ..CheckView::sample()
                    },
                )
            },
        },
    ]
}
