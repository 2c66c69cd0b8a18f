//! `/stemmen/{round}` while votes are taken: pick, look over, cast, receipt.

use crate::frame::{Frame, frame};
use crate::rounds::{PlanCard, RoundCard, digest_note, head, price};
use crate::{Ctx, Sample, kit};
use domain::form::{Errors, Problem};
use domain::money::Cents;
use domain::round::{Ballot, BallotForm};
use domain::urls;
use islands::BallotTotal;
use leptos::prelude::*;

/// How the reader stands to the round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// May vote now.
    Voter,
    /// Not signed in.
    SignIn,
    /// Where they live was not shown yet.
    Residence,
    /// Lives in another buurt.
    Elsewhere,
    /// Has to enter the code of the letter.
    Code,
    /// The code was replaced by a new one.
    CodeReplaced,
    /// The code was handed in for a vote on paper.
    CodePaper,
}

/// The ballot.
#[derive(Clone, Debug)]
pub struct BallotView {
    /// The round.
    pub card: RoundCard,
    /// What it is about.
    pub intro: String,
    /// Form of ballot.
    pub form: BallotForm,
    /// Plans on the paper.
    pub plans: Vec<PlanCard>,
    /// How the reader stands to it.
    pub standing: Standing,
    /// Digest of the frozen paper.
    pub digest: Option<String>,
    /// Whether a valid ballot of this voter lies in the box; `None` for who does not vote.
    pub voted: Option<bool>,
    /// Votes with a code, at a help desk or on a device of their own: `Some(true)` at a desk.
    pub code: Option<bool>,
    /// Chosen before.
    pub chosen: Ballot,
    /// What is wrong.
    pub errors: Errors,
}

impl BallotView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: RoundCard::sample(),
            intro: "Twee plannen van bewoners.".into(),
            form: BallotForm::Approval { most: 2 },
            plans: PlanCard::samples(),
            standing: Standing::Voter,
            digest: Some("ab12".repeat(16)),
            voted: Some(false),
            code: None,
            chosen: Ballot::of_plans([1]),
            errors: Errors::default(),
        }
    }
}

fn plan(ctx: &Ctx, p: &PlanCard, first: bool, view: &BallotView) -> AnyView {
    let voter = view.standing == Standing::Voter;
    let text = if p.withdrawn { ctx.t("ballot-withdrawn") } else { p.text.clone() };
    let id = if first { "plan".to_owned() } else { format!("plan-{}", p.id) };
    let body = view! { <span class="fb-plan__body"><span class="fb-plan__title" dir="auto">{p.title.clone()}</span><span class="fb-plan__text" dir="auto">{text}</span>{price(ctx, p)}</span> };
    let label = if voter {
        control(ctx, p, id, view, body.into_any())
    } else {
        view! { <div class="fb-plan__label">{body}</div> }.into_any()
    };
    view! {
        <div class=if p.withdrawn { "fb-plan fb-plan--off" } else { "fb-plan" }>
            {label}
            <p class="fb-plan__foot"><a class="ams-link" href=ctx.url(&urls::Initiative { id: p.id })>{ctx.t("ballot-read")}</a></p>
        </div>
    }
    .into_any()
}

/// Why a reader cannot vote and what to do about it.
fn not_a_voter(ctx: &Ctx, view: &BallotView) -> AnyView {
    let here = ctx.url(&urls::Round { round: view.card.slug.clone() });
    let to_code = || ctx.url(&urls::RoundCode { round: view.card.slug.clone() });
    let (title, text, link) = match view.standing {
        Standing::Voter => return ().into_any(),
        Standing::SignIn => (
            "ballot-sign-in",
            "ballot-sign-in-text",
            Some((format!("{}?verder={here}", ctx.url(&urls::SignIn {})), "nav-sign-in")),
        ),
        Standing::Residence => (
            "ballot-residence",
            "ballot-residence-text",
            Some((ctx.url(&urls::MineResidence {}), "ballot-residence-do")),
        ),
        Standing::Elsewhere => ("ballot-elsewhere", "ballot-elsewhere-text", None),
        Standing::Code => ("code-enter", "code-enter-text", Some((to_code(), "code-title"))),
        Standing::CodeReplaced => ("code-replaced-title", "code-replaced-text", Some((to_code(), "code-title"))),
        Standing::CodePaper => ("code-paper-title", "code-paper-text", None),
    };
    let link = link.map(|(href, key)| view! { <a class="ams-button ams-button--primary" href=href>{ctx.t(key)}</a> });
    view! {
        <section class="fb-notice"><h2 class="ams-heading ams-heading--3">{ctx.t(title)}</h2>
            <p class="ams-paragraph">{ctx.ta(text, &[("buurt", view.card.buurt.as_str().into())])}</p>{link}</section>
    }
    .into_any()
}

/// For who votes with a code: forget it on this device, and at a help desk what goes on.
pub(crate) fn forget(ctx: &Ctx, card: &RoundCard, assisted: bool) -> AnyView {
    let note = assisted.then(|| view! { <p class="ams-paragraph">{ctx.t("code-assisted")}</p> });
    let (class, label) = if assisted {
        ("ams-button ams-button--primary", "code-assisted-forget")
    } else {
        ("ams-button ams-button--tertiary", "code-forget")
    };
    let form = view! { <form method="post" action=ctx.url(&urls::RoundCodeForget { round: card.slug.clone() })>{kit::hidden(ctx)}<button class=class>{ctx.t(label)}</button></form> };
    if assisted { view! { <section class="fb-notice">{note}{form}</section> }.into_any() } else { form.into_any() }
}

/// Whether the count adds points up, not ballots.
pub(crate) fn counts_points(form: BallotForm) -> bool {
    matches!(form, BallotForm::Points { .. } | BallotForm::Ranking { .. })
}

/// What one choice says, where that is more than yes: points or a place.
pub(crate) fn worth(ctx: &Ctx, form: BallotForm, value: u32) -> Option<String> {
    match form {
        BallotForm::Approval { .. } | BallotForm::Knapsack => None,
        BallotForm::Points { .. } => Some(ctx.ta("ballot-points", &[("count", i64::from(value).into())])),
        BallotForm::Ranking { .. } => Some(ctx.ta("ballot-place", &[("place", i64::from(value).into())])),
    }
}

/// How this form is filled in, in one sentence.
pub(crate) fn how_to(ctx: &Ctx, form: BallotForm, pot: Cents) -> String {
    match form {
        BallotForm::Approval { most } => ctx.ta("ballot-how-approval", &[("max", most.into())]),
        BallotForm::Knapsack => ctx.ta("ballot-how-knapsack", &[("pot", ctx.money(pot).into())]),
        BallotForm::Points { sum, each } => {
            ctx.ta("ballot-how-points", &[("sum", i64::from(sum).into()), ("each", i64::from(each).into())])
        }
        BallotForm::Ranking { most } => ctx.ta("ballot-how-ranking", &[("max", most.into())]),
    }
}

/// The sum that is always in sight.
fn total(ctx: &Ctx, data: &BallotView) -> AnyView {
    let (max_picks, pot_cents) = match data.form {
        BallotForm::Approval { most } => (most, 0),
        BallotForm::Knapsack => (0, data.card.pot.0),
        BallotForm::Points { .. } | BallotForm::Ranking { .. } => return ().into_any(),
    };
    let max = ("max", max_picks.into());
    let none = if pot_cents > 0 {
        how_to(ctx, data.form, data.card.pot)
    } else {
        ctx.ta("ballot-total-none", std::slice::from_ref(&max))
    };
    let over = if pot_cents > 0 { ctx.t("ballot-total-over-pot") } else { ctx.ta("ballot-total-over", &[max]) };
    view! {
        <BallotTotal form_id="stembiljet".to_owned() max_picks=u32::try_from(max_picks).unwrap_or(0) pot_cents=pot_cents
            label_none=none label_one=ctx.t("ballot-total-one") label_many=ctx.t("ballot-total-many") label_over=over/>
    }
    .into_any()
}

/// The control of a plan, beside its text.
fn control(ctx: &Ctx, p: &PlanCard, id: String, data: &BallotView, body: AnyView) -> AnyView {
    let value = if p.withdrawn { 0 } else { data.chosen.value(p.id) };
    let ticked = value > 0;
    match data.form {
        BallotForm::Approval { .. } | BallotForm::Knapsack => {
            view! { <label class="fb-plan__label"><input class="fb-plan__box" type="checkbox" id=id name="plan" value=p.id.to_string() data-cost=p.cost.0.to_string() checked=ticked disabled=p.withdrawn/>{body}</label> }.into_any()
        }
        BallotForm::Points { each, .. } => {
            let typed = if value == 0 { String::new() } else { value.to_string() };
            view! { <div class="fb-plan__label">{body}</div>
                <p class="fb-plan__give"><label class="ams-label" for=id.clone()>{ctx.t("ballot-points-label")}</label>
                    <input class="ams-text-input fb-plan__number" type="number" inputmode="numeric" min="0" max=each.to_string() step="1" id=id name=format!("points-{}", p.id) value=typed disabled=p.withdrawn/></p> }
            .into_any()
        }
        BallotForm::Ranking { most } => {
            let places = u32::try_from(data.form.most_plans(data.plans.len())).unwrap_or(u32::MAX).min(u32::try_from(most).unwrap_or(u32::MAX));
            let options = (1..=places).map(|place| view! { <option value=place.to_string() selected=value == place>{ctx.ta("ballot-place", &[("place", i64::from(place).into())])}</option> }).collect_view();
            view! { <div class="fb-plan__label">{body}</div>
                <p class="fb-plan__give"><label class="ams-label" for=id.clone()>{ctx.t("ballot-place-label")}</label>
                    <select class="ams-select" id=id name=format!("rank-{}", p.id) disabled=p.withdrawn><option value="">{ctx.t("ballot-place-none")}</option>{options}</select></p> }
            .into_any()
        }
    }
}

/// The ballot to fill in.
pub fn ballot(ctx: &Ctx, data: &BallotView) -> AnyView {
    let voter = data.standing == Standing::Voter;
    let mut first = true;
    let plans = data.plans.iter().map(|p| plan(ctx, p, std::mem::replace(&mut first, false), data)).collect_view();
    let list = if voter {
        let total = total(ctx, data);
        view! {
            <form class="fb-form fb-counted" id="stembiljet" method="post" action=ctx.url(&urls::RoundReview { round: data.card.slug.clone() }) novalidate>
                {kit::hidden(ctx)}
                <fieldset class="ams-field-set fb-plans"><legend class="ams-visually-hidden">{ctx.t("rounds-paper")}</legend>{plans}</fieldset>
                <div class="fb-bar">{total}<button class="ams-button ams-button--primary">{ctx.t("ballot-next")}</button></div>
            </form>
        }
        .into_any()
    } else {
        view! { <div class="fb-plans">{plans}</div> }.into_any()
    };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Rounds {})>{ctx.t("rounds-title")}</a>
        {kit::error_summary(ctx, &data.errors, &[])}
        {head(ctx, &data.card)}
        <p class="ams-paragraph ams-paragraph--large fb-read">{data.intro.clone()}</p>
        <details class="fb-details"><summary class="fb-details__button">{ctx.t("ballot-how")}</summary>
            <ul class="ams-unordered-list">
                <li class="ams-unordered-list__item">{how_to(ctx, data.form, data.card.pot)}</li>
                <li class="ams-unordered-list__item">{ctx.t("ballot-how-change")}</li>
                <li class="ams-unordered-list__item">{ctx.t("ballot-how-secret")}</li>
                <li class="ams-unordered-list__item">{ctx.t("ballot-how-count")}</li>
            </ul></details>
        {not_a_voter(ctx, data)}
        {data.voted.map(|voted| view! { <p class="fb-meta" role="status">{ctx.t(if voted { "code-voted" } else { "code-not-voted" })}</p> })}
        {data.code.map(|assisted| forget(ctx, &data.card, assisted))}
        {list}
        {digest_note(ctx, data.digest.as_deref())}
    };
    let page = Frame::wide(data.card.title.clone()).failed(!data.errors.0.is_empty());
    let reacts = voter && matches!(data.form, BallotForm::Approval { .. } | BallotForm::Knapsack);
    frame(ctx, if reacts { page.with_islands() } else { page }, main)
}

/// A receipt with what proves it was drawn here.
#[derive(Clone, Debug)]
pub struct ReceiptView {
    /// In groups of four.
    pub groups: Vec<String>,
    /// Carried by the form.
    pub seal: String,
}

/// A ballot looked over, or cast.
#[derive(Clone, Debug)]
pub struct CastView {
    /// The round.
    pub card: RoundCard,
    /// Form of ballot.
    pub form: BallotForm,
    /// The choices.
    pub ballot: Ballot,
    /// Chosen plans, in the order of the ballot.
    pub picks: Vec<PlanCard>,
    /// Plan and first letters of each token, after casting.
    pub tokens: Vec<(i64, String)>,
    /// Where the round gives one.
    pub receipt: Option<ReceiptView>,
    /// The voter's browser had a hand in drawing the receipt.
    pub mixed: bool,
    /// As [`BallotView::code`].
    pub code: Option<bool>,
    /// An older form came again; a newer ballot counts.
    pub replaced: bool,
}

impl CastView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let receipt = ReceiptView { groups: vec!["7KQ2".into(), "M9XD".into(), "0A".into()], seal: "00".into() };
        Self {
            card: RoundCard::sample(),
            form: BallotForm::Approval { most: 2 },
            ballot: Ballot::of_plans([1, 2]),
            picks: PlanCard::samples().into_iter().take(2).collect(),
            tokens: vec![(1, "0a1b2c3d4e5f".into()), (2, "5f4e3d2c1b0a".into())],
            receipt: Some(receipt),
            mixed: true,
            code: Some(false),
            replaced: false,
        }
    }
}

fn picks(ctx: &Ctx, view: &CastView) -> AnyView {
    let rows = view
        .picks
        .iter()
        .map(|p| {
            let worth = worth(ctx, view.form, view.ballot.value(p.id));
            kit::fact(p.title.clone(), worth.unwrap_or_else(|| ctx.money(p.cost)))
        })
        .collect_view();
    let together = match view.form {
        BallotForm::Approval { .. } | BallotForm::Knapsack => {
            Some(ctx.money(view.picks.iter().map(|p| p.cost).sum::<Cents>()))
        }
        BallotForm::Points { .. } => {
            let given: i64 = view.ballot.0.iter().map(|(_, points)| i64::from(*points)).sum();
            Some(ctx.ta("ballot-points", &[("count", given.into())]))
        }
        BallotForm::Ranking { .. } => None,
    };
    view! { <dl class="fb-facts">{rows}{together.map(|sum| kit::fact(ctx.t("ballot-together"), sum))}</dl> }.into_any()
}

fn receipt(ctx: &Ctx, receipt: &ReceiptView, note: &str) -> AnyView {
    let groups =
        receipt.groups.iter().map(|g| view! { <span class="fb-receipt__group">{g.clone()}</span>" " }).collect_view();
    view! {
        <section class="fb-receipt"><h2 class="fb-receipt__title">{ctx.t("ballot-receipt")}</h2>
            <p class="fb-receipt__code">{groups}</p><p class="fb-meta">{ctx.t(note)}</p></section>
    }
    .into_any()
}

/// The review screen: nothing is cast yet.
pub fn review(ctx: &Ctx, data: &CastView) -> AnyView {
    let slug = || data.card.slug.clone();
    let hidden = data
        .ballot
        .fields(data.form)
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let carried = data.receipt.as_ref().map(|r| view! { <input type="hidden" name="receipt" value=r.groups.concat()/><input type="hidden" name="seal" value=r.seal.clone()/> });
    let main = view! {
        <div class="fb-head"><p class="fb-kicker">{data.card.title.clone()}</p><h1 class="ams-heading ams-heading--1">{ctx.t("ballot-review")}</h1></div>
        <p class="ams-paragraph">{ctx.t("ballot-review-text")}</p>
        <form class="fb-form" method="post" action=ctx.url(&urls::RoundCast { round: slug() })>
            {kit::hidden(ctx)}{hidden}{carried}
            {picks(ctx, data)}
            {data.receipt.as_ref().map(|r| receipt(ctx, r, if data.mixed { "ballot-receipt-mixed" } else { "ballot-receipt-before" }))}
            <div class="fb-bar"><div class="fb-bar__acts">
                <button class="ams-button ams-button--secondary" name="terug" value="1" formaction=ctx.url(&urls::RoundReview { round: slug() })>{ctx.t("ballot-change")}</button>
                <button class="ams-button ams-button--primary">{ctx.t("ballot-cast")}</button>
            </div></div>
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("ballot-review")), main)
}

/// The answer to casting.
pub fn cast(ctx: &Ctx, data: &CastView) -> AnyView {
    let title = ctx.t(if data.replaced { "ballot-replaced" } else { "ballot-taken" });
    let tokens = (!data.tokens.is_empty()).then(|| {
        let title = |id: i64| data.picks.iter().find(|p| p.id == id).map(|p| p.title.clone());
        let rows = data.tokens.iter().map(|(plan, token)| view! { <div class="fb-facts__row"><dt class="fb-facts__term">{title(*plan)}</dt><dd class="fb-facts__value fb-isolate">{format!("{token}…")}</dd></div> }).collect_view();
        view! { <details class="fb-details"><summary class="fb-details__button">{ctx.t("ballot-tokens")}</summary><p class="fb-meta">{ctx.t("ballot-tokens-text")}</p><dl class="fb-facts">{rows}</dl></details> }
    });
    let text = if data.replaced {
        ctx.t("ballot-replaced-text")
    } else {
        ctx.ta("ballot-taken-text", &[("at", texts::date_time(ctx.lang, data.card.closes_at).into())])
    };
    let main = view! {
        <div class="fb-head"><p class="fb-kicker">{data.card.title.clone()}</p><h1 class="ams-heading ams-heading--1">{title.clone()}</h1></div>
        <p class="ams-paragraph">{text}</p>
        {(!data.replaced).then(|| picks(ctx, data))}
        {data.receipt.as_ref().filter(|_| !data.replaced).map(|r| receipt(ctx, r, "ballot-receipt-after"))}
        {tokens.filter(|_| !data.replaced)}
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::Round { round: data.card.slug.clone() })>{ctx.t("ballot-again")}</a></p>
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::Initiatives {})>{ctx.t("ballot-other-plans")}</a></p>
        {data.code.map(|assisted| forget(ctx, &data.card, assisted))}
    };
    frame(ctx, Frame::narrow(title), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "ballot/voter", draw: |ctx| ballot(ctx, &BallotView::sample()) },
        Sample {
            name: "ballot/errors",
            draw: |ctx| {
                ballot(ctx, &BallotView { errors: Errors::one("plan", Problem::TooMany(2)), ..BallotView::sample() })
            },
        },
        Sample {
            name: "ballot/knapsack",
            draw: |ctx| ballot(ctx, &BallotView { form: BallotForm::Knapsack, ..BallotView::sample() }),
        },
        Sample {
            name: "ballot/points",
            draw: |ctx| {
                let form = BallotForm::Points { sum: 10, each: 5 };
                ballot(ctx, &BallotView { form, chosen: Ballot(vec![(1, 4)]), ..BallotView::sample() })
            },
        },
        Sample {
            name: "ballot/ranking",
            draw: |ctx| {
                let form = BallotForm::Ranking { most: 3 };
                ballot(ctx, &BallotView { form, chosen: Ballot(vec![(2, 1), (1, 2)]), ..BallotView::sample() })
            },
        },
        Sample {
            name: "ballot/review-points",
            draw: |ctx| {
                let form = BallotForm::Points { sum: 10, each: 5 };
                review(ctx, &CastView { form, ballot: Ballot(vec![(1, 4), (2, 1)]), ..CastView::sample() })
            },
        },
        Sample {
            name: "ballot/review-ranking",
            draw: |ctx| {
                let form = BallotForm::Ranking { most: 3 };
                review(ctx, &CastView { form, ballot: Ballot(vec![(1, 1), (2, 2)]), ..CastView::sample() })
            },
        },
        Sample {
            name: "ballot/sign-in",
            draw: |ctx| ballot(ctx, &BallotView { standing: Standing::SignIn, ..BallotView::sample() }),
        },
        Sample {
            name: "ballot/code",
            draw: |ctx| ballot(ctx, &BallotView { standing: Standing::Code, voted: None, ..BallotView::sample() }),
        },
        Sample {
            name: "ballot/code-replaced",
            draw: |ctx| {
                ballot(ctx, &BallotView { standing: Standing::CodeReplaced, voted: None, ..BallotView::sample() })
            },
        },
        Sample {
            name: "ballot/code-paper",
            draw: |ctx| ballot(ctx, &BallotView { standing: Standing::CodePaper, voted: None, ..BallotView::sample() }),
        },
        Sample {
            name: "ballot/assisted",
            draw: |ctx| ballot(ctx, &BallotView { code: Some(true), voted: Some(true), ..BallotView::sample() }),
        },
        Sample {
            name: "ballot/residence",
            draw: |ctx| ballot(ctx, &BallotView { standing: Standing::Residence, ..BallotView::sample() }),
        },
        Sample {
            name: "ballot/elsewhere",
            draw: |ctx| ballot(ctx, &BallotView { standing: Standing::Elsewhere, ..BallotView::sample() }),
        },
        Sample { name: "ballot/review", draw: |ctx| review(ctx, &CastView::sample()) },
        Sample { name: "ballot/taken", draw: |ctx| cast(ctx, &CastView::sample()) },
        Sample { name: "ballot/replaced", draw: |ctx| cast(ctx, &CastView { replaced: true, ..CastView::sample() }) },
    ]
}
