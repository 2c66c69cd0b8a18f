//! `/beheer/stemrondes`: list and set-up.

use crate::frame::{Frame, frame};
use crate::rounds::{PlanCard, RoundCard, phase_badge, term};
use crate::{Ctx, Sample, kit};
use domain::form::{Errors, Problem, Raw};
use domain::money::Cents;
use domain::round::BallotForm;
use domain::tally::presets;
use domain::urls;
use leptos::prelude::*;

/// Labels of the form, for its error summary.
const LABELS: &[(&str, &str)] = &[
    ("title", "admin-round-title"),
    ("intro", "admin-round-intro"),
    ("buurt", "admin-round-buurt"),
    ("year", "admin-round-year"),
    ("pot", "admin-round-pot"),
    ("source", "admin-round-source"),
    ("form", "admin-round-form"),
    ("max_picks", "admin-round-max"),
    ("points", "admin-round-points"),
    ("points_each", "admin-round-points-each"),
    ("ties", "admin-round-ties"),
    ("preset", "admin-round-rule"),
    ("opens", "admin-round-opens"),
    ("closes", "admin-round-closes"),
    ("receipts", "admin-round-receipts"),
    ("plan", "admin-round-plans"),
];

/// All rounds.
pub fn list(ctx: &Ctx, rounds: &[RoundCard]) -> AnyView {
    let cards = rounds
        .iter()
        .map(|card| {
            view! { <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight"><p class="fb-row fb-row--between">{phase_badge(ctx, card.phase)}<span class="fb-money">{ctx.money(card.pot)}</span></p>
                <h2 class="ams-heading ams-heading--3"><a class="fb-card__link" href=ctx.url(&urls::AdminRound { round: card.slug.clone() })>{card.title.clone()}</a></h2><p class="fb-meta">{format!("{} · {}", card.buurt, term(ctx, card))}</p></div></li> }
        })
        .collect_view();
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Admin {})>{ctx.t("admin-title")}</a>
        <h1 class="ams-heading ams-heading--1">{ctx.t("admin-rounds")}</h1>
        <p class="ams-paragraph"><a class="ams-button ams-button--primary" href=ctx.url(&urls::AdminRoundNew {})>{ctx.t("admin-round-new")}</a></p>
        {if rounds.is_empty() { view! { <div class="fb-empty"><p class="ams-paragraph">{ctx.t("admin-rounds-none")}</p></div> }.into_any() } else { view! { <ul class="fb-cards">{cards}</ul> }.into_any() }}
    };
    frame(ctx, Frame::wide(ctx.t("admin-rounds")), main)
}

/// Setting a round up: first the buurt, then the rest.
#[derive(Clone, Debug)]
pub struct NewRoundView {
    /// Buurten by slug and name.
    pub buurten: Vec<(String, String)>,
    /// Chosen buurt by id, slug and name.
    pub buurt: Option<(i64, String, String)>,
    /// Year and what is left of the buurt's share in it.
    pub shares: Vec<(i64, Cents)>,
    /// Feasible plans.
    pub plans: Vec<PlanCard>,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl NewRoundView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            buurten: vec![("vogelbuurt".into(), "Vogelbuurt".into())],
            buurt: Some((1, "vogelbuurt".into(), "Vogelbuurt".into())),
            shares: vec![(2008, Cents::euros(40_000)), (2009, Cents::ZERO)],
            plans: PlanCard::samples(),
            typed: Raw::from_pairs(&[
                ("title", "Buurtbudget"),
                ("plan", "1"),
                ("receipts", "yes"),
                ("form", "approval"),
                ("preset", "greedy/1"),
                ("ties", "cost"),
                ("source", "codes"),
            ]),
            errors: Errors::default(),
        }
    }
}

/// The form.
pub fn new(ctx: &Ctx, data: &NewRoundView) -> AnyView {
    let none = Errors::default();
    let chosen = Raw::from_pairs(&[("buurt", data.buurt.as_ref().map_or("", |b| b.1.as_str()))]);
    let rest = data.buurt.as_ref().map(|(id, _, _)| form(ctx, data, *id));
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::AdminRounds {})>{ctx.t("admin-rounds")}</a>
        {kit::error_summary(ctx, &data.errors, LABELS)}
        <h1 class="ams-heading ams-heading--1">{ctx.t("admin-round-new")}</h1>
        <form class="fb-row" method="get" action=ctx.url(&urls::AdminRoundNew {})>
            {kit::select(ctx, "buurt", &ctx.t("admin-round-buurt"), &ctx.t("plans-choose"), &data.buurten, &chosen, &none)}
            <button class="ams-button ams-button--secondary">{ctx.t("admin-show")}</button>
        </form>
        {rest}
    };
    frame(ctx, Frame::narrow(ctx.t("admin-round-new")).failed(!data.errors.0.is_empty()), main)
}

fn form(ctx: &Ctx, data: &NewRoundView, buurt: i64) -> AnyView {
    if data.plans.is_empty() {
        return view! { <div class="fb-empty"><h2 class="ams-heading ams-heading--3">{ctx.t("admin-round-no-plans")}</h2><p class="ams-paragraph">{ctx.t("admin-round-no-plans-how")}</p></div> }.into_any();
    }
    let field = |name: &'static str, key: &str, hint: &str, kind| {
        kit::field(
            ctx,
            &kit::Field {
                name,
                label: ctx.t(key),
                hint: if hint.is_empty() { String::new() } else { ctx.t(hint) },
                kind,
                heading: false,
                typed: &data.typed,
                errors: &data.errors,
            },
        )
    };
    let years: Vec<_> = data
        .shares
        .iter()
        .map(|(year, left)| {
            (
                year.to_string(),
                ctx.ta(
                    "admin-round-year-left",
                    &[("year", year.to_string().into()), ("amount", ctx.money(*left).into())],
                ),
            )
        })
        .collect();
    let ticked: Vec<String> = data.typed.all("plan").iter().map(|s| (*s).to_owned()).collect();
    let plans = data
        .plans
        .iter()
        .enumerate()
        .map(|(i, p)| {
            let value = p.id.to_string();
            let id = if i == 0 { "plan".to_owned() } else { format!("plan-{value}") };
            let checked = ticked.contains(&value);
            view! { <div class="fb-plan"><label class="fb-plan__label"><input class="fb-plan__box" type="checkbox" id=id name="plan" value=value checked=checked/><span class="fb-plan__body"><span class="fb-plan__title">{p.title.clone()}</span><span class="fb-money">{ctx.money(p.cost)}</span></span></label></div> }
        })
        .collect_view();
    let forms = BallotForm::KEYS.map(|key| (key.to_owned(), ctx.t(&format!("form-{key}"))));
    let sources = ["codes", "accounts"].map(|key| (key.to_owned(), ctx.t(&format!("source-{key}"))));
    let rules: Vec<_> = presets()
        .into_iter()
        .map(|(name, _)| (name.to_owned(), ctx.t(&format!("rule-{}", name.replace('/', "-")))))
        .collect();
    let ties = ["cost", "lot"].map(|key| (key.to_owned(), ctx.t(&format!("ties-{key}"))));
    let yes_no = [("yes".to_owned(), ctx.t("admin-yes")), ("no".to_owned(), ctx.t("admin-no"))];
    view! {
        <form class="fb-form" method="post" action=ctx.url(&urls::AdminRoundNew {}) novalidate>
            {kit::hidden(ctx)}
            <input type="hidden" name="buurt" value=buurt.to_string()/>
            {field("title", "admin-round-title", "", kit::Kind::Line)}
            {field("intro", "admin-round-intro", "admin-round-intro-hint", kit::Kind::Area)}
            {kit::select(ctx, "year", &ctx.t("admin-round-year"), "", &years, &data.typed, &data.errors)}
            {field("pot", "admin-round-pot", "admin-round-pot-hint", kit::Kind::Money)}
            {kit::radios(ctx, "source", &ctx.t("admin-round-source"), &sources, &data.typed, &data.errors)}
            {kit::radios(ctx, "form", &ctx.t("admin-round-form"), &forms, &data.typed, &data.errors)}
            {field("max_picks", "admin-round-max", "admin-round-max-hint", kit::Kind::Number)}
            {field("points", "admin-round-points", "admin-round-points-hint", kit::Kind::Number)}
            {field("points_each", "admin-round-points-each", "admin-round-points-hint", kit::Kind::Number)}
            {kit::radios(ctx, "ties", &ctx.t("admin-round-ties"), &ties, &data.typed, &data.errors)}
            {kit::radios(ctx, "preset", &ctx.t("admin-round-rule"), &rules, &data.typed, &data.errors)}
            {field("opens", "admin-round-opens", "", kit::Kind::DateTime)}
            {field("closes", "admin-round-closes", "", kit::Kind::DateTime)}
            {kit::radios(ctx, "receipts", &ctx.t("admin-round-receipts"), &yes_no, &data.typed, &data.errors)}
            <fieldset class="ams-field-set"><legend class="ams-field-set__legend">{ctx.t("admin-round-plans")}</legend>{kit::error_text(ctx, "plan", &data.errors)}<div class="fb-plans">{plans}</div></fieldset>
            {kit::bar(ctx.t("admin-round-do"))}
        </form>
    }
    .into_any()
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "admin/rounds", draw: |ctx| list(ctx, &[RoundCard::sample()]) },
        Sample { name: "admin/rounds-none", draw: |ctx| list(ctx, &[]) },
        Sample { name: "admin/round-new", draw: |ctx| new(ctx, &NewRoundView::sample()) },
        Sample {
            name: "admin/round-no-plans",
            draw: |ctx| new(ctx, &NewRoundView { plans: Vec::new(), ..NewRoundView::sample() }),
        },
        Sample {
            name: "admin/round-errors",
            draw: |ctx| {
                new(
                    ctx,
                    &NewRoundView {
                        errors: Errors::one("pot", Problem::NotEnough(Cents::euros(5))),
                        ..NewRoundView::sample()
                    },
                )
            },
        },
    ]
}
