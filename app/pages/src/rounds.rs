//! `/stemmen`, and a round outside of voting: the paper to read, or why there is nothing to vote on.

pub mod changes;

use self::changes::VersionView;
use crate::frame::{Frame, frame};
use crate::{Ctx, Sample};
use domain::money::Cents;
use domain::round::{BallotForm, Phase};
use domain::urls;
use leptos::prelude::*;

/// A round in a list.
#[derive(Clone, Debug)]
pub struct RoundCard {
    /// For its link.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Buurt.
    pub buurt: String,
    /// The one theme of its plans; empty for all plans.
    pub theme: String,
    /// The money.
    pub pot: Cents,
    /// Phase by the clock.
    pub phase: Phase,
    /// Voting opens.
    pub opens_at: i64,
    /// Voting closes.
    pub closes_at: i64,
}

impl RoundCard {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            slug: "vogelbuurt-2008".into(),
            title: "Buurtbudget Vogelbuurt".into(),
            buurt: "Vogelbuurt".into(),
            theme: "Leren en opgroeien".into(),
            pot: Cents::euros(40_000),
            phase: Phase::Voting,
            opens_at: 1_794_900_000,
            closes_at: 1_795_900_000,
        }
    }
}

/// A plan on the paper.
#[derive(Clone, Debug)]
pub struct PlanCard {
    /// Initiative.
    pub id: i64,
    /// Title.
    pub title: String,
    /// First lines.
    pub text: String,
    /// What it costs: the smallest amount with which it can be done.
    pub cost: Cents,
    /// What was asked, where that is more.
    pub asked: Option<Cents>,
    /// What it costs every year afterwards.
    pub running: Cents,
    /// Who bears that; may be empty.
    pub borne_by: String,
    /// It was withdrawn.
    pub withdrawn: bool,
}

impl PlanCard {
    /// For tests and previews.
    pub fn samples() -> Vec<Self> {
        let plan = |id, title: &str, euros, withdrawn| Self {
            id,
            title: title.into(),
            text: "Elke woensdag, met begeleiding.".into(),
            cost: Cents::euros(euros),
            asked: (euros > 7_000).then_some(Cents::euros(15_000)),
            running: if id == 1 { Cents::euros(200) } else { Cents::ZERO },
            borne_by: if id == 1 { "het stadsdeel".into() } else { String::new() },
            withdrawn,
        };
        vec![
            plan(1, "Samen Spelen <b>op het pleintje</b>", 6_500, false),
            plan(2, "Huiswerkclub met soep", 7_200, false),
            plan(3, "Taalcafé", 3_000, true),
        ]
    }
}

/// A round that takes no votes now.
#[derive(Clone, Debug)]
pub struct RoundView {
    /// Its card.
    pub card: RoundCard,
    /// What it is about.
    pub intro: String,
    /// Form of ballot.
    pub form: BallotForm,
    /// Its plans.
    pub plans: Vec<PlanCard>,
    /// Digest of the frozen paper.
    pub digest: Option<String>,
    /// Changes since it could be read.
    pub versions: Vec<VersionView>,
    /// Why it was stopped; may be empty.
    pub stop_reason: String,
    /// Why the result is held back, where it is.
    pub held: Option<String>,
    /// The reader gets a mail with the result; `None`: it cannot be asked for.
    pub follow: Option<bool>,
}

impl RoundView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: RoundCard { phase: Phase::Published, ..RoundCard::sample() },
            intro: "Twee plannen van bewoners.".into(),
            form: BallotForm::Approval { most: 2 },
            plans: PlanCard::samples(),
            digest: Some("ab12".repeat(16)),
            versions: vec![VersionView::sample(), VersionView::sample()],
            stop_reason: "De brieven kwamen te laat.".into(),
            held: Some("Een vel ontbreekt <i>.".into()),
            follow: Some(false),
        }
    }
}

/// Badge of a round's phase.
pub fn phase_badge(ctx: &Ctx, phase: Phase) -> AnyView {
    let class = match phase {
        Phase::Setup => "ams-badge",
        Phase::Published => "ams-badge ams-badge--azure",
        Phase::Voting => "ams-badge ams-badge--yellow",
        Phase::Counting => "ams-badge ams-badge--orange",
        Phase::Result => "ams-badge fb-badge--done",
        Phase::Stopped => "ams-badge ams-badge--red",
    };
    view! { <span class=class>{ctx.t(&format!("phase-{}", phase.key()))}</span> }.into_any()
}

/// The theme of a round that has one.
pub fn theme_badge(ctx: &Ctx, card: &RoundCard) -> AnyView {
    (!card.theme.is_empty())
        .then(|| view! { <span class="ams-badge">{ctx.ta("rounds-theme", &[("theme", card.theme.as_str().into())])}</span> })
        .into_any()
}

/// When it opens, closes or closed.
pub fn term(ctx: &Ctx, card: &RoundCard) -> String {
    let at = |seconds| texts::date_time(ctx.lang, seconds).into();
    match card.phase {
        Phase::Setup | Phase::Published => ctx.ta("rounds-opens", &[("at", at(card.opens_at))]),
        Phase::Voting => ctx.ta("rounds-closes", &[("at", at(card.closes_at))]),
        _ => ctx.ta("rounds-closed", &[("at", at(card.closes_at))]),
    }
}

/// The yellow card that leads to a round that takes votes. Nobody can know who voted, so it asks both.
pub(crate) fn voting_card(ctx: &Ctx, card: &RoundCard) -> AnyView {
    view! {
        <section class="fb-notice">
            <h2 class="ams-heading ams-heading--3">{ctx.ta("rounds-votes-now", &[("buurt", card.buurt.as_str().into()), ("pot", ctx.money(card.pot).into())])}</h2>
            <p class="fb-row">{theme_badge(ctx, card)}<span class="fb-meta">{term(ctx, card)}</span></p>
            <a class="fb-more" href=ctx.url(&urls::Round { round: card.slug.clone() })>{ctx.t("buurten-vote")}</a>
        </section>
    }
    .into_any()
}

/// The list of rounds.
pub fn list(ctx: &Ctx, rounds: &[RoundCard]) -> AnyView {
    let cards = rounds
        .iter()
        .map(|card| {
            view! {
                <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight">
                    <p class="fb-row fb-row--between"><span class="fb-row">{phase_badge(ctx, card.phase)}{theme_badge(ctx, card)}</span><span class="fb-money">{ctx.money(card.pot)}</span></p>
                    <h2 class="ams-heading ams-heading--3"><a class="fb-card__link" href=ctx.url(&urls::Round { round: card.slug.clone() })>{card.title.clone()}</a></h2>
                    <p class="fb-meta">{format!("{} · {}", card.buurt, term(ctx, card))}</p>
                </div></li>
            }
        })
        .collect_view();
    let body = if rounds.is_empty() {
        view! { <div class="fb-empty"><h2 class="ams-heading ams-heading--3">{ctx.t("rounds-none")}</h2><p class="ams-paragraph">{ctx.t("rounds-none-how")}</p>
            <a class="ams-button ams-button--secondary" href=ctx.url(&urls::NewInitiative {})>{ctx.t("rounds-none-idea")}</a></div> }
        .into_any()
    } else {
        view! { <ul class="fb-cards">{cards}</ul> }.into_any()
    };
    let main = view! {
        <h1 class="ams-heading ams-heading--1">{ctx.t("rounds-title")}</h1>
        <p class="ams-paragraph ams-paragraph--large fb-read">{ctx.t("rounds-lead")}</p>
        {body}
        <p class="ams-paragraph"><a class="ams-link" href=ctx.url(&urls::RoundFeed {})>{ctx.t("rounds-feed")}</a></p>
    };
    frame(ctx, Frame::wide(ctx.t("rounds-title")), main)
}

/// Head of every page of a round.
pub fn head(ctx: &Ctx, card: &RoundCard) -> AnyView {
    let question = ctx.ta("rounds-question", &[("pot", ctx.money(card.pot).into())]);
    head_with(ctx, card, view! { <h1 class="ams-heading ams-heading--1">{question}</h1> }.into_any())
}

/// The head of a round that stands on a page about something else.
pub(crate) fn head_below(ctx: &Ctx, card: &RoundCard) -> AnyView {
    let question = ctx.ta("rounds-question", &[("pot", ctx.money(card.pot).into())]);
    head_with(ctx, card, view! { <h3 class="ams-heading ams-heading--1">{question}</h3> }.into_any())
}

fn head_with(ctx: &Ctx, card: &RoundCard, heading: AnyView) -> AnyView {
    view! {
        <div class="fb-head">
            <p class="fb-kicker">{format!("{} · {}", card.buurt, card.title)}</p>
            {heading}
            <p class="fb-row">{phase_badge(ctx, card.phase)}{theme_badge(ctx, card)}<span class="fb-meta">{term(ctx, card)}</span></p>
        </div>
    }
    .into_any()
}

/// The digest, for who wants to check that the paper did not change.
pub fn digest_note(ctx: &Ctx, digest: Option<&str>) -> AnyView {
    digest
        .map(|d| {
            view! { <details class="fb-details"><summary class="fb-details__button">{ctx.t("rounds-digest")}</summary>
                <p class="fb-meta">{ctx.t("rounds-digest-text")}</p><p class="fb-meta fb-isolate">{d.to_owned()}</p></details> }
        })
        .into_any()
}

/// What a plan costs in the count, and what was asked where that is more.
pub(crate) fn price(ctx: &Ctx, p: &PlanCard) -> AnyView {
    let asked = p.asked.map(
        |a| view! { <span class="fb-plan__text">{ctx.ta("ballot-asked", &[("amount", ctx.money(a).into())])}</span> },
    );
    let yearly = running(ctx, p).map(|text| view! { <span class="fb-meta" dir="auto">{text}</span> });
    view! { <span class="fb-money">{ctx.money(p.cost)}</span>{asked}{yearly} }.into_any()
}

/// What a plan costs every year afterwards and who pays that: nowhere on a ballot is it left out. `None`: nothing.
pub(crate) fn running(ctx: &Ctx, p: &PlanCard) -> Option<String> {
    (p.running > Cents::ZERO).then(|| {
        let amount = ctx.money(p.running);
        let by = p.borne_by.trim().trim_end_matches('.');
        let mut letters = by.chars();
        match letters.next() {
            None => ctx.ta("ballot-running", &[("amount", amount.into())]),
            // It begins a sentence.
            Some(first) => {
                let by: String = first.to_uppercase().chain(letters).collect();
                ctx.ta("ballot-running-by", &[("amount", amount.into()), ("by", by.into())])
            }
        }
    })
}

/// Titles of plans, by initiative.
pub(crate) fn titles(plans: &[PlanCard]) -> Vec<(i64, String)> {
    plans.iter().map(|plan| (plan.id, plan.title.clone())).collect()
}

/// What holds the result back, for everyone.
fn held(ctx: &Ctx, data: &RoundView) -> AnyView {
    let reason = data.held.clone();
    reason
        .map(|reason| {
            view! { <section class="fb-notice"><h2 class="ams-heading ams-heading--3">{ctx.t("rounds-held")}</h2>
                <p class="ams-paragraph">{ctx.t("rounds-held-text")}</p><p class="ams-paragraph" dir="auto">{reason}</p></section> }
        })
        .into_any()
}

/// 'Mail mij de uitslag', or no longer.
pub(crate) fn follow(ctx: &Ctx, card: &RoundCard, follows: Option<bool>) -> AnyView {
    let Some(follows) = follows.filter(|_| matches!(card.phase, Phase::Published | Phase::Voting | Phase::Counting))
    else {
        return ().into_any();
    };
    let action = ctx.url(&urls::RoundFollow { round: card.slug.clone() });
    let (value, key, text) = if follows {
        ("nee", "follow-result-stop", "follow-result-on")
    } else {
        ("ja", "follow-result", "follow-result-text")
    };
    view! {
        <form class="fb-form" method="post" action=action novalidate>{crate::kit::hidden(ctx)}<input type="hidden" name="volgen" value=value/>
            <p class="fb-meta">{ctx.t(text)}</p><button class="ams-button ams-button--secondary">{ctx.t(key)}</button></form>
    }
    .into_any()
}

/// A round to read.
pub fn round(ctx: &Ctx, data: &RoundView) -> AnyView {
    let slug = data.card.slug.clone();
    let plans = data
        .plans
        .iter()
        .map(|p| {
            let text = if p.withdrawn { ctx.t("ballot-withdrawn") } else { p.text.clone() };
            view! {
                <div class=if p.withdrawn { "fb-plan fb-plan--off" } else { "fb-plan" }>
                    <div class="fb-plan__label"><span class="fb-plan__body"><span class="fb-plan__title" dir="auto">{p.title.clone()}</span><span class="fb-plan__text" dir="auto">{text}</span>{price(ctx, p)}</span></div>
                    <p class="fb-plan__foot"><a class="ams-link" href=ctx.url(&urls::Initiative { id: p.id })>{ctx.t("ballot-read")}</a></p>
                </div>
            }
        })
        .collect_view();
    let now = match data.card.phase {
        Phase::Counting => view! { <section class="fb-notice fb-notice--plain"><p class="ams-paragraph">{ctx.t("rounds-counting")}</p></section>{held(ctx, data)} }.into_any(),
        Phase::Result => view! { <section class="fb-notice fb-notice--green"><h2 class="ams-heading ams-heading--3">{ctx.t("rounds-result-out")}</h2><a class="fb-more" href=ctx.url(&urls::RoundResult { round: slug })>{ctx.t("rounds-to-result")}</a></section> }.into_any(),
        Phase::Stopped => view! { <section class="fb-notice fb-notice--plain"><h2 class="ams-heading ams-heading--3">{ctx.t("rounds-stopped")}</h2><p class="ams-paragraph">{data.stop_reason.clone()}</p></section> }.into_any(),
        _ => view! { <section class="fb-notice"><p class="ams-paragraph">{ctx.t("rounds-soon")}" "{crate::ballot::how_to(ctx, data.form, data.card.pot)}</p></section> }.into_any(),
    };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Rounds {})>{ctx.t("rounds-title")}</a>
        {head(ctx, &data.card)}
        <p class="ams-paragraph ams-paragraph--large fb-read">{data.intro.clone()}</p>
        {now}
        {changes::notice(ctx, &data.versions, &titles(&data.plans))}
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("rounds-paper")}</h2><div class="fb-plans">{plans}</div></section>
        {follow(ctx, &data.card, data.follow)}
        {digest_note(ctx, data.digest.as_deref())}
    };
    frame(ctx, Frame::wide(data.card.title.clone()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    fn in_phase(ctx: &Ctx, phase: Phase) -> AnyView {
        let view = RoundView::sample();
        round(ctx, &RoundView { card: RoundCard { phase, ..view.card.clone() }, ..view })
    }
    vec![
        Sample { name: "rounds/list", draw: |ctx| list(ctx, &[RoundCard::sample()]) },
        Sample { name: "rounds/none", draw: |ctx| list(ctx, &[]) },
        Sample { name: "rounds/published", draw: |ctx| in_phase(ctx, Phase::Published) },
        Sample { name: "rounds/counting", draw: |ctx| in_phase(ctx, Phase::Counting) },
        Sample { name: "rounds/out", draw: |ctx| in_phase(ctx, Phase::Result) },
        Sample { name: "rounds/stopped", draw: |ctx| in_phase(ctx, Phase::Stopped) },
    ]
}
