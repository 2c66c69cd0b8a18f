//! The last screen: what the round is, what to think over once more, and the ballot as residents will see it.

use super::{NewRoundView, count, how_counted, how_to, new};
use crate::ballot::{BallotView, Standing, counts_points, preview};
use crate::rounds::RoundCard;
use crate::{Ctx, Sample};
use domain::form::Errors;
use domain::money::Cents;
use domain::round::{Advice, Ballot, BallotForm, SetUp, advice};
use domain::time::DAY;
use leptos::prelude::*;

/// What a round will be.
#[derive(Clone, Debug)]
pub struct PreviewView {
    /// The ballot, as [`Standing::Preview`].
    pub ballot: BallotView,
    /// Budget year of the pot.
    pub year: i64,
    /// What will be left of the share after it.
    pub left: Cents,
    /// Voted on with codes from letters.
    pub by_code: bool,
    /// Voters get a receipt.
    pub receipts: bool,
}

impl PreviewView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let ballot = BallotView {
            standing: Standing::Preview,
            voted: None,
            digest: None,
            chosen: Ballot(Vec::new()),
            card: RoundCard { pot: Cents::euros(7_000), ..RoundCard::sample() },
            ..BallotView::sample()
        };
        Self { ballot, year: 2008, left: Cents::euros(33_000), by_code: true, receipts: true }
    }
}

/// What to think over once more.
fn warnings(ctx: &Ctx, data: &PreviewView) -> AnyView {
    let card = &data.ballot.card;
    let costs: Vec<Cents> = data.ballot.plans.iter().map(|p| p.cost).collect();
    let items = advice(card.pot, &costs, (card.opens_at, card.closes_at), texts::hour(card.closes_at))
        .into_iter()
        .map(|advice| {
            let text = match advice {
                Advice::AllFit => ctx.t("admin-setup-all-fit"),
                Advice::AbovePot(plans) => ctx.ta("admin-setup-above-pot", &[("count", plans.into())]),
                Advice::Short(days) => ctx.ta("admin-setup-short", &[("days", days.into())]),
                Advice::Night => ctx.t("admin-setup-night"),
            };
            view! { <li class="ams-unordered-list__item">{text}</li> }
        })
        .collect::<Vec<_>>();
    (!items.is_empty())
        .then(|| {
            view! { <section class="fb-notice"><h2 class="ams-heading ams-heading--3">{ctx.t("admin-setup-think")}</h2><ul class="ams-unordered-list">{items}</ul></section> }
        })
        .into_any()
}

/// A fact with the way to its step.
fn fact(ctx: &Ctx, term: &str, value: String, told: Option<String>, step: SetUp) -> AnyView {
    let term = ctx.t(term);
    view! {
        <div class="fb-facts__row fb-fact">
            <dt class="fb-facts__term">{term.clone()}</dt>
            <dd class="fb-fact__value"><b dir="auto">{value}</b>{told.map(|told| view! { <span class="fb-meta">{told}</span> })}</dd>
            <dd class="fb-fact__change"><button class="fb-linkbutton" name="naar" value=step.key()>{ctx.t("admin-setup-change")}<span class="ams-visually-hidden">": "{term}</span></button></dd>
        </div>
    }
    .into_any()
}

fn facts(ctx: &Ctx, data: &PreviewView) -> AnyView {
    let ballot = &data.ballot;
    let card = &ballot.card;
    let theme = if card.theme.is_empty() { ctx.t("admin-round-theme-all") } else { card.theme.clone() };
    let left = ctx
        .ta("admin-setup-pot-left", &[("year", data.year.to_string().into()), ("left", ctx.money(data.left).into())]);
    let rule = ctx.t(&format!("rule-{}", ballot.preset.replace('/', "-")));
    let counted = how_counted(ctx, &ballot.preset, counts_points(ballot.form));
    let receipts = ctx.t(if data.receipts { "admin-yes" } else { "admin-no" });
    let source = ctx.t(&format!("source-{}", if data.by_code { "codes" } else { "accounts" }));
    let at = |seconds| texts::weekday_time(ctx.lang, seconds).into();
    let term = ctx.ta("admin-setup-term", &[("from", at(card.opens_at)), ("to", at(card.closes_at))]);
    let days = (card.closes_at - card.opens_at) / DAY;
    let days = ctx.ta("admin-setup-days", &[("days", days.into())]);
    let together = Cents(ballot.plans.iter().map(|p| p.cost.0).sum());
    let together = ctx.ta("admin-setup-together", &[("amount", ctx.money(together).into())]);
    view! {
        <dl class="fb-facts">
            {fact(ctx, "admin-setup-fact-buurt", card.buurt.clone(), None, SetUp::Buurt)}
            {fact(ctx, "admin-setup-fact-title", card.title.clone(), None, SetUp::Money)}
            {fact(ctx, "admin-round-theme", theme, None, SetUp::Money)}
            {fact(ctx, "admin-setup-in-pot", ctx.money(card.pot), Some(left), SetUp::Money)}
            {fact(ctx, "admin-setup-fact-form", ctx.t(&format!("form-{}", ballot.form.key())), Some(how_to(ctx, ballot.form, card.pot)), SetUp::Ballot)}
            {fact(ctx, "admin-setup-fact-rule", rule, Some(counted), SetUp::Ballot)}
            {fact(ctx, "admin-setup-fact-receipts", receipts, None, SetUp::Ballot)}
            {fact(ctx, "admin-round-source", source, None, SetUp::Voters)}
            {fact(ctx, "admin-setup-fact-term", term, Some(days), SetUp::Voters)}
            {fact(ctx, "rounds-paper", count(ctx, ballot.plans.len()), Some(together), SetUp::Plans)}
        </dl>
    }
    .into_any()
}

/// Between the heading and the last button.
pub(super) fn body(ctx: &Ctx, data: &PreviewView) -> AnyView {
    view! {
        <p class="ams-paragraph">{ctx.t("admin-setup-preview-text")}</p>
        {warnings(ctx, data)}
        {facts(ctx, data)}
        {preview(ctx, &data.ballot)}
    }
    .into_any()
}

fn with(ctx: &Ctx, change: impl Fn(&mut PreviewView)) -> AnyView {
    let mut data = PreviewView::sample();
    change(&mut data);
    new(ctx, &NewRoundView { preview: Some(data), errors: Errors::default(), ..NewRoundView::sample(SetUp::Preview) })
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "admin/round-preview", draw: |ctx| with(ctx, |_| ()) },
        Sample {
            name: "admin/round-preview-warned",
            draw: |ctx| {
                with(ctx, |data| {
                    data.ballot.card.pot = Cents::euros(90_000);
                    data.ballot.card.theme = String::new();
                    // Two hours after midnight in Amsterdam, five days later.
                    data.ballot.card.opens_at = 1_794_870_000;
                    data.ballot.card.closes_at = 1_794_870_000 + 5 * DAY + 3 * domain::time::HOUR;
                    (data.by_code, data.receipts) = (false, false);
                })
            },
        },
        Sample {
            name: "admin/round-preview-knapsack",
            draw: |ctx| {
                with(ctx, |data| {
                    data.ballot.form = BallotForm::Knapsack;
                    data.ballot.preset = "greedy-stop/1".into();
                })
            },
        },
        Sample {
            name: "admin/round-preview-points",
            draw: |ctx| {
                with(ctx, |data| {
                    data.ballot.form = BallotForm::Points { sum: 10, each: 5 };
                    data.ballot.preset = "equal-shares/1".into();
                })
            },
        },
        Sample {
            name: "admin/round-preview-ranking",
            draw: |ctx| {
                with(ctx, |data| {
                    data.ballot.form = BallotForm::Ranking { most: 2 };
                    data.ballot.preset = "equal-shares-count/1".into();
                })
            },
        },
    ]
}
