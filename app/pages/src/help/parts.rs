//! What the pages about help share: boxes to tick, an offer without a name, what a plan asks for, a row of an introduction.

use crate::Ctx;
use crate::kit;
use domain::form::{Errors, Raw};
use domain::help::{Count, LANGUAGES, Need, Offer, Stand, TIMES};
use domain::urls;
use leptos::prelude::*;

/// Boxes to tick, `(value, text)`; the first one carries the field's id, so that the error summary's link lands on it.
pub(super) fn ticks(
    ctx: &Ctx,
    name: &'static str,
    (legend, hint): (&str, &str),
    options: &[(&'static str, String)],
    typed: &Raw,
    errors: &Errors,
) -> AnyView {
    let ticked = typed.all(name);
    let lines = options
        .iter()
        .enumerate()
        .map(|(i, (value, text))| {
            let id = if i == 0 { name.to_owned() } else { format!("{name}-{i}") };
            view! {
                <label class="fb-choice"><input class="fb-choice__input" type="checkbox" id=id name=name value=*value checked=ticked.contains(value)/>
                    <span class="fb-choice__text">{text.clone()}</span></label>
            }
        })
        .collect_view();
    view! {
        <fieldset class=if errors.of(name).is_some() { "ams-field-set ams-field-set--invalid" } else { "ams-field-set" }>
            <legend class="ams-field-set__legend">{ctx.t(legend)}</legend>
            {(!hint.is_empty()).then(|| view! { <p class="ams-hint">{ctx.t(hint)}</p> })}
            {kit::error_text(ctx, name, errors)}
            <div class="fb-choices fb-choices--row">{lines}</div>
        </fieldset>
    }
    .into_any()
}

/// Names of kinds, with commas.
pub(crate) fn kinds(ctx: &Ctx, keys: &[&str]) -> String {
    keys.iter().map(|key| ctx.t(&format!("offer-kind-{key}"))).collect::<Vec<_>>().join(", ")
}

/// Every kind to tick.
pub(super) fn kind_options(ctx: &Ctx) -> Vec<(&'static str, String)> {
    domain::help::KINDS.iter().map(|key| (*key, ctx.t(&format!("offer-kind-{key}")))).collect()
}

/// Every part of the week to tick.
pub(super) fn time_options(ctx: &Ctx) -> Vec<(&'static str, String)> {
    TIMES.iter().map(|key| (*key, ctx.t(&format!("offer-time-{key}")))).collect()
}

/// Every language to tick.
pub(super) fn language_options(ctx: &Ctx) -> Vec<(&'static str, String)> {
    LANGUAGES.iter().map(|key| (*key, ctx.t(&format!("offer-lang-{key}")))).collect()
}

fn times(ctx: &Ctx, keys: &[&str]) -> String {
    keys.iter().map(|key| ctx.t(&format!("offer-time-{key}"))).collect::<Vec<_>>().join(", ")
}

fn languages(ctx: &Ctx, keys: &[&str], other: &str) -> String {
    let mut all: Vec<String> = keys.iter().map(|key| ctx.t(&format!("offer-lang-{key}"))).collect();
    all.extend((!other.is_empty()).then(|| other.to_owned()));
    all.join(", ")
}

fn row(term: String, value: String) -> Option<AnyView> {
    (!value.is_empty()).then(|| {
        view! { <div class="fb-facts__row"><dt class="fb-facts__term">{term}</dt><dd class="fb-facts__value" dir="auto">{value}</dd></div> }
            .into_any()
    })
}

/// An offer as others see it: nobody's name, nobody's address.
#[derive(Clone, Debug)]
pub struct OfferCard {
    /// Id.
    pub id: i64,
    /// What it says.
    pub offer: Offer,
    /// Name of its buurt.
    pub buurt: String,
}

impl OfferCard {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            id: 4,
            offer: Offer {
                kinds: vec!["transport", "language"],
                times: vec!["weekend_morning"],
                hours: Some(2),
                languages: vec!["ar", "nl"],
                other_language: "Dari".into(),
                buurt: 1,
                reach: domain::help::Reach::Wijk,
                words: "Twee uur in de week.\nIk heb een busje.".into(),
                until: Some(20_800),
            },
            buurt: "Vogelbuurt".into(),
        }
    }
}

/// Kinds, words, and the rest as facts.
pub(super) fn offer(ctx: &Ctx, o: &OfferCard) -> AnyView {
    let of = &o.offer;
    let place = ctx.ta(&format!("offer-from-{}", of.reach.key()), &[("buurt", o.buurt.as_str().into())]);
    let hours = of.hours.map(|n| ctx.ta("offer-hours-told", &[("count", n.into())])).unwrap_or_default();
    let until =
        of.until.map(|day| texts::date(ctx.lang, day * domain::time::DAY + domain::time::DAY / 2)).unwrap_or_default();
    view! {
        <h3 class="ams-heading ams-heading--3">{kinds(ctx, &of.kinds)}</h3>
        {kit::lines(&of.words)}
        <dl class="fb-facts">
            {row(ctx.t("offer-place"), place)}
            {row(ctx.t("offer-when"), times(ctx, &of.times))}
            {row(ctx.t("offer-hours"), hours)}
            {row(ctx.t("offer-languages"), languages(ctx, &of.languages, &of.other_language))}
            {row(ctx.t("offer-until-told"), until)}
        </dl>
    }
    .into_any()
}

/// Something that a plan asks for, in one or two lines.
pub(super) fn need(ctx: &Ctx, n: &Need) -> AnyView {
    let wishes: Vec<String> =
        [times(ctx, &n.times), languages(ctx, &n.languages, "")].into_iter().filter(|text| !text.is_empty()).collect();
    let wishes = (!wishes.is_empty()).then(|| view! { <p class="fb-meta">{wishes.join(" · ")}</p> });
    let words = (!n.words.is_empty()).then(|| kit::lines(&n.words));
    view! { <p class="ams-paragraph"><b>{kinds(ctx, &n.kinds)}</b></p>{words}{wishes} }.into_any()
}

/// What a plan asks for, as its own page shows it.
#[derive(Clone, Debug, Default)]
pub struct PlanHelp {
    /// What it asks for.
    pub needs: Vec<Need>,
    /// The reader can offer to help.
    pub can_help: bool,
    /// The reader makes the plan, and may ask for help.
    pub own: bool,
}

impl PlanHelp {
    /// For tests and previews.
    pub fn sample() -> Self {
        let need = Need {
            kinds: vec!["cooking", "children"],
            times: vec!["week_afternoon"],
            languages: vec!["tr"],
            words: "Soep voor twintig kinderen.".into(),
        };
        Self { needs: vec![need], can_help: true, own: true }
    }
}

/// 'Dit plan zoekt', with the button for who can help.
pub(crate) fn on_plan(ctx: &Ctx, id: i64, help: &PlanHelp) -> AnyView {
    if help.needs.is_empty() {
        return ().into_any();
    }
    let needs =
        help.needs.iter().map(|n| view! { <li class="fb-stack fb-stack--tight">{need(ctx, n)}</li> }).collect_view();
    let button = help.can_help.then(|| {
        view! { <a class="ams-button ams-button--secondary" href=ctx.url(&urls::InitiativeCanHelp { id })>{ctx.t("offer-can-help")}</a> }
    });
    view! {
        <section class="fb-section" id="hulp">
            <h2 class="ams-heading ams-heading--2">{ctx.t("offer-plan-asks")}</h2>
            <ul class="fb-stack">{needs}</ul>
            <p class="fb-row">{button}</p>
        </section>
    }
    .into_any()
}

/// A plan that asks for help, in a list.
#[derive(Clone, Debug)]
pub struct AskingPlan {
    /// Id.
    pub id: i64,
    /// Title.
    pub title: String,
    /// Buurt's name.
    pub buurt: String,
    /// What it asks for.
    pub needs: Vec<Need>,
}

impl AskingPlan {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self { id: 7, title: "Samen Spelen".into(), buurt: "Vogelbuurt".into(), needs: PlanHelp::sample().needs }
    }
}

/// Plans that ask for help, as cards that lead to them.
pub(super) fn asking(ctx: &Ctx, plans: &[AskingPlan]) -> AnyView {
    let cards = plans
        .iter()
        .map(|p| {
            let needs = p.needs.iter().map(|n| view! { <li>{kinds(ctx, &n.kinds)}</li> }).collect_view();
            view! {
                <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight">
                    <h3 class="ams-heading ams-heading--3"><a class="fb-card__link" dir="auto" href=format!("{}#hulp", ctx.url(&urls::Initiative { id: p.id }))>{p.title.clone()}</a></h3>
                    <p class="fb-meta">{p.buurt.clone()}</p>
                    <ul class="fb-stack fb-stack--tight">{needs}</ul>
                </div></li>
            }
        })
        .collect_view();
    view! { <ul class="fb-cards fb-cards--dense">{cards}</ul> }.into_any()
}

/// An introduction in a list.
#[derive(Clone, Debug)]
pub struct IntroRow {
    /// Id.
    pub id: i64,
    /// Title of its plan.
    pub title: String,
    /// Where it stands.
    pub stand: Stand,
    /// The reader has to answer.
    pub to_answer: bool,
    /// How the other wants to be called, once both said yes.
    pub other: Option<String>,
    /// The reader was asked what came of it, and has not said.
    pub asks_outcome: bool,
}

impl IntroRow {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            id: 5,
            title: "Samen Spelen".into(),
            stand: Stand::Yes,
            to_answer: false,
            other: Some("Fatma".into()),
            asks_outcome: true,
        }
    }
}

/// Introductions, as cards.
pub(super) fn introductions(ctx: &Ctx, rows: &[IntroRow]) -> AnyView {
    let cards = rows
        .iter()
        .map(|x| {
            let stand = if x.to_answer {
                ctx.t("intro-to-answer")
            } else if x.asks_outcome {
                ctx.t("intro-asks-outcome")
            } else {
                ctx.t(&format!("intro-stand-{}", x.stand.key()))
            };
            let other = x.other.as_ref().filter(|name| !name.is_empty()).map(|name| {
                view! { <p class="ams-paragraph" dir="auto">{ctx.ta("intro-with", &[("name", name.as_str().into())])}</p> }
            });
            view! {
                <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight">
                    <h3 class="ams-heading ams-heading--3"><a class="fb-card__link" dir="auto" href=ctx.url(&urls::HelpIntroduction { introduction: x.id })>{x.title.clone()}</a></h3>
                    {other}
                    <p class="fb-meta">{stand}</p>
                </div></li>
            }
        })
        .collect_view();
    view! { <ul class="fb-cards fb-cards--dense">{cards}</ul> }.into_any()
}

/// A number that can be told.
pub(super) fn count(ctx: &Ctx, n: Count) -> String {
    match n {
        Count::None => ctx.t("offer-count-none"),
        Count::Some => ctx.t("offer-count-some"),
        Count::Exactly(n) => texts::number(ctx.lang, n),
    }
}
