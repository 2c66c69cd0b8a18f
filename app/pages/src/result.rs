//! `/stemmen/{round}/uitslag` and `/controle`: who got money and why, and how anyone checks it.

mod check;
mod compare;
pub mod complaint;
mod film;
pub mod picture;
mod proof;
mod themes;

pub use check::{CheckView, check};
pub use film::film;
pub use proof::ProofView;

use crate::ballot::counts_points;
use crate::frame::{Frame, frame};
use crate::rounds::changes::{self, VersionView};
use crate::rounds::{RoundCard, digest_note};
use crate::{Ctx, Sample, kit};
use domain::money::Cents;
use domain::round::{BallotForm, Compared, Explanation, Verdict, WouldWin};
use domain::tally::Threshold;
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
    /// Its programme; empty for none.
    pub theme: String,
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
    /// Rule of the paper: a preset's name.
    pub rule: String,
    /// In order.
    pub steps: Vec<StepView>,
    /// Titles of plans that were equal where that mattered, the first of them first.
    pub ties: Vec<Vec<String>>,
    /// What would have been, once it is worked out.
    pub explanation: Option<Explanation>,
    /// Digest of the frozen paper.
    pub digest: Option<String>,
    /// Whole address of the picture for who shares it.
    pub picture: String,
    /// Voters got receipts.
    pub receipts: bool,
    /// Form of ballot.
    pub form: BallotForm,
    /// Voted on with codes of an imported roll.
    pub by_code: bool,
    /// Codes that were made anew since the first letters.
    pub reissued: i64,
    /// Codes closed for paper, and sheets of paper counted.
    pub paper: (i64, i64),
    /// What stood out, as kind and sum: figures only.
    pub anomalies: Vec<(String, i64)>,
    /// Changes since the paper could be read.
    pub versions: Vec<VersionView>,
    /// Secrets of the lot as (digest, secret); `None` for a lost one.
    pub lots: Vec<(String, Option<String>)>,
    /// The bundle that anyone can check.
    pub proof: ProofView,
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
            theme: if id == 2 { "Jeugd en <i>onderwijs".into() } else { String::new() },
        };
        let steps = vec![
            step(1, "Samen Spelen", 40, Verdict::Funded, 7_000),
            step(2, "Huiswerkclub", 31, Verdict::DidNotFit, 0),
            step(3, "Taalcafé", 1, Verdict::Withdrawn, 0),
            step(4, "Zwembad", 1, Verdict::AboveBudget, 0),
            step(5, "Niets", 0, Verdict::NoVotes, 0),
        ];
        Self {
            card: RoundCard { phase: domain::round::Phase::Result, ..RoundCard::sample() },
            turnout: 64,
            roll: 410,
            stray: 1,
            left: Cents::euros(2_000),
            rule: "greedy".into(),
            steps,
            ties: vec![vec!["Samen Spelen".into(), "Huiswerkclub".into()]],
            explanation: Some(sample_explanation()),
            digest: Some("ab12".repeat(16)),
            picture: "https://buurt.test/stemmen/voorjaar/uitslag.png".into(),
            receipts: true,
            form: BallotForm::Approval { most: 3 },
            by_code: false,
            reissued: 0,
            paper: (3, 2),
            anomalies: vec![("wrong_codes".into(), 12)],
            versions: vec![VersionView::sample()],
            lots: vec![("ab12".repeat(16), Some("een lang geheim".into())), ("cd34".repeat(16), None)],
            proof: ProofView::sample(),
        }
    }
}

fn sample_explanation() -> Explanation {
    let compared = |rule: &str, winners: &[i64]| Compared {
        rule: rule.into(),
        winners: winners.into(),
        granted: Cents::euros(6_500),
        without_winner: 12,
    };
    let would_win = vec![
        WouldWin {
            id: 2,
            cost: Threshold::At { value: 200_000, least: true },
            voters: Threshold::At { value: 10, least: false },
        },
        WouldWin { id: 4, cost: Threshold::NotComputed, voters: Threshold::Never },
    ];
    Explanation {
        would_win,
        others: vec![compared("greedy-per-euro/1", &[2, 1]), compared("equal-shares/1", &[1])],
        without_winner: 14,
        winners_per_voter: 120,
    }
}

/// The catalogue's key of a preset: papers of before presets had versions say `greedy`.
fn rule_key(rule: &str) -> String {
    format!("rule-{}", if rule == "greedy" { "greedy-1".into() } else { rule.replace('/', "-") })
}

/// What would have made a loser win.
fn would(ctx: &Ctx, w: &WouldWin) -> Option<String> {
    let cost = match w.cost {
        Threshold::At { value, .. } if value > 0 => {
            Some(ctx.ta("result-would-cost", &[("cost", ctx.money(Cents(value)).into())]))
        }
        _ => None,
    };
    let votes = match w.voters {
        Threshold::At { value, .. } => Some(ctx.ta("result-would-votes", &[("count", value.into())])),
        _ => None,
    };
    let perhaps = [w.cost, w.voters].iter().any(|t| matches!(t, Threshold::At { least: false, .. }));
    let perhaps = perhaps.then(|| ctx.t("result-would-perhaps"));
    let lines: Vec<String> = [cost, votes, perhaps].into_iter().flatten().collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}

/// Why a plan won or lost. `shares`: by Equal Shares, where what was left of the pot is not the reason.
fn why(ctx: &Ctx, s: &StepView, shares: bool) -> String {
    let cost = ("cost", ctx.money(s.cost).into());
    let left = ("left", ctx.money(s.left_before).into());
    match s.verdict {
        Verdict::Funded if shares => {
            let paid = ctx.ta("result-why-shares", &[cost]);
            let more = (s.granted > s.cost)
                .then(|| ctx.ta("result-why-shares-more", &[("granted", ctx.money(s.granted).into())]));
            [Some(paid), more].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        Verdict::Funded if s.granted > s.cost => {
            ctx.ta("result-why-topped", &[cost, left, ("granted", ctx.money(s.granted).into())])
        }
        Verdict::Funded => ctx.ta("result-why-funded", &[cost, left]),
        Verdict::DidNotFit => ctx.ta("result-why-no-fit", &[cost, left]),
        Verdict::AfterStop => ctx.t("result-why-after-stop"),
        Verdict::NotPaid => ctx.ta("result-why-not-paid", &[cost]),
        Verdict::NoVotes => ctx.t("result-why-no-votes"),
        Verdict::Withdrawn => ctx.t("result-why-withdrawn"),
        Verdict::AboveBudget => ctx.ta("result-why-above-pot", &[cost]),
    }
}

/// The result's page.
pub fn result(ctx: &Ctx, data: &ResultView) -> AnyView {
    let won = data.steps.iter().filter(|s| s.verdict == Verdict::Funded).count();
    let spent: Cents = data.steps.iter().map(|s| s.granted).sum();
    let most = data.steps.iter().map(|s| s.votes).max().unwrap_or(0).max(1);
    let would_have = |s: &StepView| {
        let answers = data.explanation.iter().flat_map(|e| &e.would_win);
        answers.filter(|w| w.id == s.id).find_map(|w| would(ctx, w)).map(|text| format!(" {text}"))
    };
    let items = data
        .steps
        .iter()
        .enumerate()
        .map(|(i, s)| {
            let funded = s.verdict == Verdict::Funded;
            let per_vote = (funded && s.votes > 0).then(|| {
                let votes = i64::try_from(s.votes).unwrap_or(1);
                Cents((s.granted.0 + votes / 2) / votes)
            });
            let points = counts_points(data.form);
            let votes = ctx.ta(if points { "result-points" } else { "result-votes" }, &[("count", s.votes.into())]);
            let meta = per_vote.map_or(votes.clone(), |cents| format!("{votes} · {}", ctx.ta(if points { "result-per-point" } else { "result-per-vote" }, &[("amount", ctx.money(cents).into())])));
            view! {
                <li class=if funded { "fb-ranking__item fb-ranking__item--won" } else { "fb-ranking__item" }><span class="fb-ranking__place">{i + 1}</span>
                    <div class="fb-ranking__body"><div class="fb-row fb-row--between fb-row--tight"><h3 class="ams-heading ams-heading--4"><a class="ams-link" href=ctx.url(&urls::Initiative { id: s.id })>{s.title.clone()}</a></h3><span class="fb-money">{ctx.money(if funded { s.granted } else { s.cost })}</span></div>
                        <svg class="fb-bars__bar" aria-hidden="true" focusable="false"><rect class=if funded { "fb-bars__fill" } else { "fb-bars__fill fb-bars__fill--three" } width=format!("{}%", s.votes * 100 / most) height="100%"></rect></svg>
                        <p class="fb-meta">{meta}</p><p class="ams-paragraph ams-paragraph--small">{why(ctx, s, data.rule.starts_with("equal-shares"))}{would_have(s)}</p>
                        {s.reserve.then(|| view! { <p class="fb-row fb-row--tight"><span class="ams-badge ams-badge--orange">{ctx.t("result-reserve")}</span></p> })}</div></li>
            }
        })
        .collect_view();
    let ties = data
        .ties
        .iter()
        .map(|titles| view! { <p class="ams-paragraph fb-read">{ctx.ta(if data.lots.is_empty() { "result-tie" } else { "result-tie-lot" }, &[("plans", titles.join(", ").into())])}</p> })
        .collect_view();
    let share_of_roll = Cents(data.turnout).permille_of(Cents(data.roll)).unwrap_or(0);
    let stray = (data.stray > 0).then(|| view! { <div class="ams-alert ams-alert--warning"><div class="ams-alert__content"><p class="ams-paragraph">{ctx.ta("result-stray", &[("count", data.stray.into())])}</p></div></div> });
    let check = data.receipts.then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::RoundCheck { round: data.card.slug.clone() })>{ctx.t("result-check")}</a></p> });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Rounds {})>{ctx.t("rounds-title")}</a>
        <div class="fb-head"><p class="fb-kicker">{format!("{} · {}", data.card.buurt, data.card.title)}</p>
            <h1 class="ams-heading ams-heading--1">{ctx.ta("result-title", &[("count", won.into()), ("amount", ctx.money(spent).into())])}</h1></div>
        <p class="ams-paragraph ams-paragraph--large fb-read">{ctx.ta("result-lead", &[("turnout", data.turnout.into()), ("roll", data.roll.into()), ("percent", texts::percent_tenths(ctx.lang, share_of_roll).into())])}</p>
        <p class="ams-paragraph"><a class="ams-link" href="#narekenen">{ctx.t("proof-title")}</a></p>
        {stray}
        <dl class="fb-stats">
            {kit::stat(ctx.t("result-pot"), ctx.money(data.card.pot), String::new())}
            {kit::stat(ctx.t("result-spent"), ctx.money(spent), String::new())}
            {kit::stat(ctx.t("result-left"), ctx.money(data.left), if data.left > Cents::ZERO { ctx.t("result-left-note") } else { String::new() })}
        </dl>
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("result-order")}</h2>
            <p class="ams-paragraph fb-read"><strong>{ctx.ta("result-rule", &[("rule", ctx.t(&rule_key(&data.rule)).into())])}</strong>" "{ctx.t(&format!("{}-text", rule_key(&data.rule)))}</p><ol class="fb-ranking">{items}</ol>{ties}
            <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::RoundFilm { round: data.card.slug.clone() })>{ctx.t("film-do")}</a></p></section>
        {themes::themes(ctx, data)}
        {compare::others(ctx, data)}
        {(!data.by_code).then(|| view! { <p class="fb-meta">{ctx.t("result-assurance")}</p> })}
        {data.by_code.then(|| view! { <p class="fb-meta">{ctx.ta("result-codes", &[("count", data.reissued.into())])}</p> })}
        {kept_apart(ctx, data)}
        {check}
        <section class="fb-section fb-read"><h2 class="ams-heading ams-heading--2">{ctx.t("result-share")}</h2><p class="ams-paragraph">{ctx.t("result-share-text")}</p><p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::RoundPicture { round: data.card.slug.clone() })>{ctx.t("result-share-do")}</a></p></section>
        {proof::proof(ctx, data)}
        {digest_note(ctx, data.digest.as_deref())}
    };
    frame(ctx, Frame::wide(data.card.title.clone()).shared(data.picture.clone()), main)
}

/// Figures that tell how the vote went, and nothing about anyone: paper, what stood out, the lot, changed papers.
fn kept_apart(ctx: &Ctx, data: &ResultView) -> AnyView {
    let (closed, sheets) = data.paper;
    let number = |n| texts::number(ctx.lang, n);
    let paper = (closed > 0).then(|| {
        kit::fact(
            ctx.t("result-paper"),
            ctx.ta("result-paper-of", &[("sheets", sheets.into()), ("closed", closed.into())]),
        )
    });
    let counters = data
        .anomalies
        .iter()
        .map(|(kind, sum)| kit::fact(ctx.t(&format!("anomaly-{}", kind.replace('_', "-"))), number(*sum)))
        .collect_view();
    let lots = data
        .lots
        .iter()
        .map(|(digest, secret)| {
            let secret = secret.clone().unwrap_or_else(|| ctx.t("lot-lost"));
            view! { <div class="fb-stack fb-stack--tight"><p class="ams-paragraph fb-isolate" dir="auto">{secret}</p><p class="fb-meta fb-isolate">{digest.clone()}</p></div> }
        })
        .collect_view();
    let lots = (!data.lots.is_empty()).then(|| {
        view! { <details class="fb-details"><summary class="fb-details__button">{ctx.t("result-lot")}</summary><p class="ams-paragraph">{ctx.t("result-lot-text")}</p>{lots}</details> }
    });
    let facts = (closed > 0 || !data.anomalies.is_empty()).then(|| {
        view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("result-how")}</h2><dl class="fb-facts">{paper}{counters}</dl></section> }
    });
    let titles: Vec<_> = data.steps.iter().map(|step| (step.id, step.title.clone())).collect();
    view! { {facts}{lots}{changes::notice(ctx, &data.versions, &titles)} }.into_any()
}

fn data_link(ctx: &Ctx, slug: &str) -> String {
    ctx.url(&urls::DataFile { file: format!("stemronde-{slug}.json") })
}

pub(crate) fn samples() -> Vec<Sample> {
    let mut all = vec![
        Sample { name: "result/out", draw: |ctx| result(ctx, &ResultView::sample()) },
        Sample {
            name: "result/points",
            draw: |ctx| {
                let form = BallotForm::Points { sum: 10, each: 5 };
                result(ctx, &ResultView { form, by_code: true, reissued: 3, ..ResultView::sample() })
            },
        },
        Sample { name: "result/film", draw: |ctx| film(ctx, &ResultView::sample(), 2) },
        Sample { name: "result/film-before", draw: |ctx| film(ctx, &ResultView::sample(), 0) },
        Sample { name: "result/film-end", draw: |ctx| film(ctx, &ResultView::sample(), 99) },
        Sample { name: "result/check", draw: |ctx| check(ctx, &CheckView::sample()) },
        Sample {
            name: "result/check-places",
            draw: |ctx| check(ctx, &CheckView { form: BallotForm::Ranking { most: 3 }, ..CheckView::sample() }),
        },
        Sample {
            name: "result/check-points",
            draw: |ctx| check(ctx, &CheckView { form: BallotForm::Points { sum: 5, each: 3 }, ..CheckView::sample() }),
        },
        Sample {
            name: "result/check-none",
            draw: |ctx| check(ctx, &CheckView { receipts: false, ..CheckView::sample() }),
        },
    ];
    all.extend(complaint::samples());
    all
}
