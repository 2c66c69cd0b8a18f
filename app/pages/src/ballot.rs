//! `/stemmen/{round}` while votes are taken: pick, look over, cast, receipt.

mod bar;
mod card;
mod cast;

use crate::frame::{Frame, frame};
use crate::rounds::changes::{self, VersionView};
use crate::rounds::{PlanCard, RoundCard, digest_note, follow, head, head_below, titles};
use crate::{Ctx, Sample, kit};
use domain::form::{Errors, Problem};
use domain::money::Cents;
use domain::round::{Ballot, BallotForm};
use domain::urls;
use islands::{BallotIsland, FormDraft, PatienceIsland};
use leptos::prelude::*;

pub use cast::{CastView, Qr, ReceiptView, cast, review};

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
    /// Sets the round up, and looks at it as a voter would.
    Preview,
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
    /// Preset of the rule.
    pub preset: String,
    /// Plans on the paper.
    pub plans: Vec<PlanCard>,
    /// Wijk, and the ceiling of its share in the year of the pot; `None`: nothing is told about it.
    pub share: Option<(String, Cents)>,
    /// How the reader stands to it.
    pub standing: Standing,
    /// Digest of the frozen paper.
    pub digest: Option<String>,
    /// Changes since it could be read.
    pub versions: Vec<VersionView>,
    /// How many voted so far, and the roll.
    pub turnout: Option<(i64, i64)>,
    /// Whether a valid ballot of this voter lies in the box; `None` for who does not vote.
    pub voted: Option<bool>,
    /// Votes with a code, at a help desk or on a device of their own: `Some(true)` at a desk.
    pub code: Option<bool>,
    /// Chosen before.
    pub chosen: Ballot,
    /// The reader gets a mail with the result; `None`: it cannot be asked for.
    pub follow: Option<bool>,
    /// What is wrong.
    pub errors: Errors,
}

impl BallotView {
    /// With nothing on it, for who fills in a paper that is not their own.
    pub(crate) fn blank() -> Self {
        Self {
            intro: String::new(),
            plans: Vec::new(),
            share: None,
            digest: None,
            turnout: None,
            voted: None,
            chosen: Ballot(Vec::new()),
            follow: None,
            ..Self::sample()
        }
    }

    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: RoundCard::sample(),
            intro: "Twee plannen van bewoners.".into(),
            form: BallotForm::Approval { most: 2 },
            preset: "greedy/1".into(),
            plans: PlanCard::samples(),
            share: Some(("Noord".into(), Cents::euros(2_037_500))),
            standing: Standing::Voter,
            digest: Some("ab12".repeat(16)),
            versions: Vec::new(),
            turnout: Some((64, 410)),
            voted: Some(false),
            code: None,
            chosen: Ballot::of_plans([1]),
            follow: Some(true),
            errors: Errors::default(),
        }
    }
}

/// Why a reader cannot vote and what to do about it.
fn not_a_voter(ctx: &Ctx, view: &BallotView) -> AnyView {
    let here = ctx.url(&urls::Round { round: view.card.slug.clone() });
    let to_code = || ctx.url(&urls::RoundCode { round: view.card.slug.clone() });
    let (title, text, link) = match view.standing {
        Standing::Voter | Standing::Preview => return ().into_any(),
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

/// How winners follow under this preset, in a sentence or two.
pub(crate) fn how_counted(ctx: &Ctx, preset: &str, points: bool) -> String {
    let unit = if points { "points" } else { "votes" };
    ctx.ta(&format!("ballot-count-{}", preset.replace('/', "-")), &[("unit", unit.into())])
}

/// What it is about, and how it works.
fn about(ctx: &Ctx, data: &BallotView) -> AnyView {
    view! {
        <p class="ams-paragraph ams-paragraph--large fb-read">{data.intro.clone()}</p>
        <details class="fb-details"><summary class="fb-details__button">{ctx.t("ballot-how")}</summary>
            <ul class="ams-unordered-list">
                <li class="ams-unordered-list__item">{how_to(ctx, data.form, data.card.pot)}</li>
                <li class="ams-unordered-list__item">{ctx.t("ballot-how-change")}</li>
                <li class="ams-unordered-list__item">{ctx.t("ballot-how-secret")}</li>
                <li class="ams-unordered-list__item">{how_counted(ctx, &data.preset, counts_points(data.form))}</li>
            </ul></details>
    }
    .into_any()
}

/// The plans with their controls.
pub(crate) fn cards(ctx: &Ctx, data: &BallotView) -> AnyView {
    data.plans.iter().enumerate().map(|(at, p)| card::card(ctx, p, at == 0, data)).collect_view().into_any()
}

/// The ballot as voters will see it, to look at: nothing in it sends anything. Stands within another page and its form.
pub(crate) fn preview(ctx: &Ctx, data: &BallotView) -> AnyView {
    view! {
        <section class="fb-notice fb-notice--plain fb-preview" aria-labelledby="voorbeeld">
            <div class="fb-head"><h2 class="ams-heading ams-heading--2" id="voorbeeld">{ctx.t("ballot-preview")}</h2>
                <p class="fb-meta">{ctx.t("ballot-preview-text")}</p></div>
            {head_below(ctx, &data.card)}
            {about(ctx, data)}
            <fieldset class="ams-field-set fb-plans" disabled><legend class="ams-visually-hidden">{ctx.t("rounds-paper")}</legend>{cards(ctx, data)}</fieldset>
            {bar::preview(ctx, data)}
        </section>
    }
    .into_any()
}

/// Names a draft of this round's ballot on the phone.
fn draft_key(slug: &str) -> String {
    format!("ballot-{slug}")
}

/// The form that is filled in.
fn paper(ctx: &Ctx, data: &BallotView, plans: AnyView) -> AnyView {
    let most = match data.form {
        BallotForm::Approval { most } | BallotForm::Ranking { most } => most.to_string(),
        BallotForm::Knapsack => data.card.pot.0.to_string(),
        BallotForm::Points { sum, .. } => sum.to_string(),
    };
    let each = match data.form {
        BallotForm::Points { each, .. } => Some(each.to_string()),
        _ => None,
    };
    view! {
        <FormDraft form_id="stembiljet".to_owned() key=draft_key(&data.card.slug) notice=ctx.t("draft-back") discard=ctx.t("draft-discard") ballot=true/>
        {bar::sift(ctx, data)}
        <form class="fb-form fb-counted" id="stembiljet" method="post" action=ctx.url(&urls::RoundReview { round: data.card.slug.clone() }) novalidate data-patient="" data-ballot=data.form.key() data-most=most data-each=each>
            {kit::hidden(ctx)}
            <fieldset class="ams-field-set fb-plans"><legend class="ams-visually-hidden">{ctx.t("rounds-paper")}</legend>{plans}</fieldset>
            <input type="hidden" name="biljet" value=data.digest.clone()/>
            <input type="hidden" name="toeval" value=""/>
            <div><BallotIsland/><PatienceIsland/></div>
            {bar::bar(ctx, data)}
        </form>
    }
    .into_any()
}

/// The ballot to fill in.
pub fn ballot(ctx: &Ctx, data: &BallotView) -> AnyView {
    let voter = data.standing == Standing::Voter;
    let plans = cards(ctx, data);
    let list = if voter { paper(ctx, data, plans) } else { view! { <div class="fb-plans">{plans}</div> }.into_any() };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Rounds {})>{ctx.t("rounds-title")}</a>
        {kit::error_summary(ctx, &data.errors, &[])}
        {head(ctx, &data.card)}
        {about(ctx, data)}
        {changes::turnout(ctx, data.turnout)}
        {changes::notice(ctx, &data.versions, &titles(&data.plans))}
        {not_a_voter(ctx, data)}
        {data.voted.map(|voted| view! { <p class="fb-meta" role="status">{ctx.t(if voted { "code-voted" } else { "code-not-voted" })}</p> })}
        {data.code.filter(|assisted| *assisted).map(|assisted| forget(ctx, &data.card, assisted))}
        {list}
        {data.code.filter(|assisted| !*assisted).map(|assisted| forget(ctx, &data.card, assisted))}
        {follow(ctx, &data.card, data.follow)}
        {digest_note(ctx, data.digest.as_deref())}
    };
    let page = Frame::wide(data.card.title.clone()).failed(!data.errors.0.is_empty());
    frame(ctx, if voter { page.with_islands() } else { page }, main)
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
            name: "ballot/changed",
            draw: |ctx| {
                let errors = Errors::one("plan", Problem::StalePaper);
                ballot(ctx, &BallotView { errors, versions: vec![VersionView::sample()], ..BallotView::sample() })
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
        Sample {
            name: "ballot/review-knapsack",
            draw: |ctx| review(ctx, &CastView { form: BallotForm::Knapsack, ..CastView::sample() }),
        },
        Sample {
            name: "ballot/long",
            draw: |ctx| {
                let plan = PlanCard { text: "Samen eten met de buren. ".repeat(8), ..PlanCard::samples().remove(1) };
                let plans =
                    (1..=bar::MANY + 1).map(|id| PlanCard { id: i64::try_from(id).unwrap_or(0), ..plan.clone() });
                ballot(ctx, &BallotView { plans: plans.collect(), ..BallotView::sample() })
            },
        },
        Sample { name: "ballot/taken", draw: |ctx| cast(ctx, &CastView::sample()) },
        Sample { name: "ballot/replaced", draw: |ctx| cast(ctx, &CastView { replaced: true, ..CastView::sample() }) },
    ]
}
