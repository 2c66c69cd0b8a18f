//! `/beheer/stemrondes/nieuw`: setting a round up in five steps. What was answered on other screens travels along in hidden
//! fields; nothing is written before the last button.
//!
//! Add a field: its name in [`SetUp::fields`], its label here, and its control on its screen.

mod preview;

use crate::ballot::{how_counted, how_to};
use crate::frame::{Frame, frame};
use crate::rounds::{PlanCard, running};
use crate::{Ctx, Sample, kit};
use domain::form::{Errors, Problem, Raw};
use domain::money::Cents;
use domain::round::{BallotForm, SetUp};
use domain::tally::presets;
use domain::urls;
use leptos::prelude::*;

pub use preview::PreviewView;

/// Labels of the fields, for the error summary.
const LABELS: &[(&str, &str)] = &[
    ("buurt", "admin-round-buurt"),
    ("theme", "admin-round-theme"),
    ("title", "admin-round-title"),
    ("intro", "admin-round-intro"),
    ("year", "admin-round-year"),
    ("pot", "admin-round-pot"),
    ("form", "admin-round-form"),
    ("max_picks", "admin-round-max"),
    ("points", "admin-round-points"),
    ("points_each", "admin-round-points-each"),
    ("preset", "admin-round-rule"),
    ("ties", "admin-round-ties"),
    ("receipts", "admin-round-receipts"),
    ("source", "admin-round-source"),
    ("opens", "admin-round-opens"),
    ("closes", "admin-round-closes"),
];

/// Fields that no screen asks: for which choice of buurt and theme the plans were ticked, and that the preview was seen.
const ALONG: &[&str] = &["plannen", "nagekeken"];

/// A buurt to choose.
#[derive(Clone, Debug)]
pub struct BuurtChoice {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Wijk.
    pub wijk: String,
    /// Plans that can go on a ballot.
    pub plans: i64,
}

/// Any of the screens.
#[derive(Clone, Debug)]
pub struct NewRoundView {
    /// Which one.
    pub step: SetUp,
    /// All buurten.
    pub buurten: Vec<BuurtChoice>,
    /// Name of the chosen buurt, and of its wijk.
    pub place: (String, String),
    /// Years and what is left of the wijk's share in them.
    pub shares: Vec<(i64, Cents)>,
    /// How many plans of the buurt can go on a ballot.
    pub feasible: usize,
    /// Themes of those plans by id and name, with how many there are of each.
    pub themes: Vec<(i64, String, usize)>,
    /// Plans of the chosen theme.
    pub plans: Vec<PlanCard>,
    /// What stands on the last screen.
    pub preview: Option<PreviewView>,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong on this screen.
    pub errors: Errors,
}

impl NewRoundView {
    /// For tests and previews.
    pub fn sample(step: SetUp) -> Self {
        Self {
            step,
            buurten: vec![
                BuurtChoice { id: 1, name: "Vogelbuurt".into(), wijk: "Noord".into(), plans: 3 },
                BuurtChoice { id: 2, name: "IJplein".into(), wijk: "Noord".into(), plans: 0 },
            ],
            place: ("Vogelbuurt".into(), "Noord".into()),
            shares: vec![(2008, Cents::euros(40_000)), (2009, Cents::ZERO)],
            feasible: 3,
            themes: vec![(1, "Wonen".into(), 1), (3, "Leren en opgroeien".into(), 2)],
            plans: PlanCard::samples(),
            preview: (step == SetUp::Preview).then(PreviewView::sample),
            typed: Raw::from_pairs(&[
                ("buurt", "1"),
                ("theme", "3"),
                ("title", "Buurtbudget"),
                ("intro", "Samen\nkiezen"),
                ("year", "2008"),
                ("pot", "7000"),
                ("form", "approval"),
                ("max_picks", "5"),
                ("preset", "greedy/1"),
                ("ties", "lot"),
                ("receipts", "yes"),
                ("source", "codes"),
                ("opens", "2026-12-07T09:00"),
                ("closes", "2026-12-20T20:00"),
                ("plan", "1"),
                ("plan", "2"),
            ]),
            errors: Errors::default(),
        }
    }
}

/// Key of a step's name, which is the heading of its screens too.
fn name_key(step: SetUp) -> &'static str {
    match step {
        SetUp::Buurt | SetUp::Money => "admin-setup-money",
        SetUp::Ballot => "admin-setup-ballot",
        SetUp::Voters => "admin-setup-voters",
        SetUp::Plans => "admin-setup-plans",
        SetUp::Preview => "admin-setup-preview",
    }
}

/// One of the screens.
pub fn new(ctx: &Ctx, data: &NewRoundView) -> AnyView {
    let name = ctx.t(name_key(data.step));
    let names = SetUp::ALL.into_iter().skip(1).map(|s| ctx.t(name_key(s))).collect();
    let now = data.step.number();
    let text = ctx.ta("plans-step", &[("now", now.into()), ("of", SetUp::STEPS.into())]);
    let asked = match data.step {
        SetUp::Buurt => buurt(ctx, data),
        SetUp::Money => money(ctx, data),
        SetUp::Ballot => ballot(ctx, data),
        SetUp::Voters => voters(ctx, data),
        SetUp::Plans => plans(ctx, data),
        SetUp::Preview => data.preview.as_ref().map(|p| preview::body(ctx, p)).into_any(),
    };
    let class = if data.step == SetUp::Plans { "fb-form fb-counted" } else { "fb-form" };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::AdminRounds {})>{ctx.t("admin-rounds")}</a>
        {kit::error_summary(ctx, &data.errors, LABELS)}
        <form class=class method="post" action=ctx.url(&urls::AdminRoundNew {}) novalidate>
            {kit::hidden(ctx)}
            <input type="hidden" name="stap" value=data.step.key()/>
            {carry(data)}
            {kit::steps(text, names, now)}
            <h1 class="ams-heading ams-heading--1">{name.clone()}</h1>
            {asked}
            {bar(ctx, data)}
        </form>
    };
    let title = format!("{name} · {}", ctx.t("admin-round-new"));
    frame(ctx, Frame::narrow(title).failed(!data.errors.0.is_empty()), main)
}

/// Answers of the other screens.
fn carry(data: &NewRoundView) -> AnyView {
    let others = SetUp::ALL.into_iter().filter(|s| *s != data.step).flat_map(SetUp::fields).chain(ALONG);
    others
        .flat_map(|name| {
            data.typed.all(name).into_iter().map(|value| {
                view! { <input type="hidden" name=*name value=value.to_owned()/> }
            })
        })
        .collect_view()
        .into_any()
}

/// Onwards first, then back: Enter takes the first. Who has seen the preview goes straight back to it.
fn bar(ctx: &Ctx, data: &NewRoundView) -> AnyView {
    let step = data.step;
    let seen = data.typed.get("nagekeken") == "1";
    let nothing = step == SetUp::Money && data.feasible == 0;
    let (label, to) = match step.after() {
        None => ("admin-round-do", "klaar"),
        Some(_) if nothing => ("admin-setup-other-buurt", SetUp::Buurt.key()),
        // After another buurt, its money comes first.
        Some(_) if seen && step != SetUp::Buurt => ("admin-setup-to-preview", SetUp::Preview.key()),
        Some(next) => ("next", next.key()),
    };
    // Each fact of the preview leads back to its own step; and a pot too small is mended where it is asked.
    let small = matches!(data.errors.of("plan"), Some(Problem::NoneFits(_)));
    let back = match step.before() {
        _ if nothing || step == SetUp::Preview => None,
        Some(_) if small => Some(("admin-setup-change-pot", SetUp::Money)),
        before => before.map(|before| ("previous", before)),
    };
    let back = back.map(|(label, to)| {
        view! { <button class="ams-button ams-button--tertiary" name="naar" value=to.key()>{ctx.t(label)}</button> }
    });
    let status = (step == SetUp::Plans).then(|| {
        view! {
            <p class="fb-bar__status"><span>{ctx.t("ballot-chosen")}": "<b class="fb-bar__count"></b></span>
                <span>{ctx.t("admin-setup-in-pot")}": "<b class="fb-money">{pot(data).map(|pot| ctx.money(pot))}</b></span></p>
        }
    });
    view! {
        <div class="fb-bar">{status}<div class="fb-bar__acts">
            <button class="ams-button ams-button--primary" name="naar" value=to>{ctx.t(label)}</button>{back}
        </div></div>
    }
    .into_any()
}

fn pot(data: &NewRoundView) -> Option<Cents> {
    data.typed.amount("pot").ok().flatten()
}

fn field(ctx: &Ctx, data: &NewRoundView, name: &'static str, label: &str, hint: &str, kind: kit::Kind) -> AnyView {
    let hint = if hint.is_empty() { String::new() } else { ctx.t(hint) };
    let (typed, errors) = (&data.typed, &data.errors);
    kit::field(ctx, &kit::Field { name, label: ctx.t(label), hint, kind, heading: false, typed, errors })
}

/// Step 1, first screen: in which buurt.
fn buurt(ctx: &Ctx, data: &NewRoundView) -> AnyView {
    let options: Vec<_> = data
        .buurten
        .iter()
        .map(|b| {
            let args = [("buurt", b.name.as_str().into()), ("wijk", b.wijk.as_str().into()), ("count", b.plans.into())];
            (b.id.to_string(), ctx.ta("admin-setup-buurt", &args))
        })
        .collect();
    view! {
        <p class="ams-paragraph">{ctx.t("admin-setup-lead")}</p>
        {kit::select(ctx, "buurt", &ctx.t("admin-round-buurt"), &ctx.t("plans-choose"), &options, &data.typed, &data.errors)}
    }
    .into_any()
}

fn count(ctx: &Ctx, plans: usize) -> String {
    ctx.ta("admin-setup-count", &[("count", plans.into())])
}

/// Step 1, second screen: what it is about, and how much money.
fn money(ctx: &Ctx, data: &NewRoundView) -> AnyView {
    if data.feasible == 0 {
        return view! { <div class="fb-empty"><h2 class="ams-heading ams-heading--3">{ctx.t("admin-round-no-plans")}</h2><p class="ams-paragraph">{ctx.t("admin-round-no-plans-how")}</p></div> }.into_any();
    }
    let counted = |name: &str, plans| format!("{name}: {}", count(ctx, plans));
    let all = counted(&ctx.t("admin-round-theme-all"), data.feasible);
    let themes: Vec<_> = data.themes.iter().map(|(id, name, plans)| (id.to_string(), counted(name, *plans))).collect();
    // A choice that is there no more has to be seen to be changed.
    let asked = (!themes.is_empty() || data.errors.of("theme").is_some())
        .then(|| kit::select(ctx, "theme", &ctx.t("admin-round-theme"), &all, &themes, &data.typed, &data.errors));
    let funded: Vec<_> = data.shares.iter().filter(|(_, left)| *left > Cents::ZERO).collect();
    let years = if funded.is_empty() { data.shares.iter().collect() } else { funded.clone() };
    let years: Vec<_> = years
        .into_iter()
        .map(|(year, left)| {
            let args = [("year", year.to_string().into()), ("amount", ctx.money(*left).into())];
            (year.to_string(), ctx.ta("admin-round-year-left", &args))
        })
        .collect();
    let broke = funded.is_empty().then(|| {
        view! { <section class="fb-notice"><h2 class="ams-heading ams-heading--3">{ctx.ta("admin-setup-no-money", &[("wijk", data.place.1.as_str().into())])}</h2>
            <a class="fb-more" href=ctx.url(&urls::AdminShare {})>{ctx.t("admin-share")}</a></section> }
    });
    view! {
        <p class="ams-paragraph">{ctx.ta("admin-setup-place", &[("buurt", data.place.0.as_str().into()), ("wijk", data.place.1.as_str().into())])}</p>
        {asked}
        {field(ctx, data, "title", "admin-round-title", "admin-round-title-hint", kit::Kind::Line)}
        {field(ctx, data, "intro", "admin-round-intro", "admin-round-intro-hint", kit::Kind::Area)}
        {broke}
        {kit::radios(ctx, "year", &ctx.t("admin-round-year"), &years, &data.typed, &data.errors)}
        {field(ctx, data, "pot", "admin-round-pot", "admin-round-pot-hint", kit::Kind::Money)}
    }
    .into_any()
}

/// Step 2: how the ballot is filled in and counted. CSS shows the limits of the form that is chosen; a browser that cannot
/// shows all, and those of other forms are not read.
fn ballot(ctx: &Ctx, data: &NewRoundView) -> AnyView {
    let forms = BallotForm::KEYS.map(|key| (key.to_owned(), ctx.t(&format!("form-{key}"))));
    let rules: Vec<_> = presets()
        .into_iter()
        .map(|(name, _)| {
            (name.to_owned(), ctx.t(&format!("rule-{}", name.replace('/', "-"))), how_counted(ctx, name, false))
        })
        .collect();
    let ties = ["cost", "lot"].map(|key| (key.to_owned(), ctx.t(&format!("ties-{key}"))));
    let receipts = [
        ("yes".to_owned(), ctx.t("admin-yes"), ctx.t("admin-setup-receipts-yes")),
        ("no".to_owned(), ctx.t("admin-no"), ctx.t("admin-setup-receipts-no")),
    ];
    let (typed, errors) = (&data.typed, &data.errors);
    view! {
        <div class="fb-stack">
            {kit::radios(ctx, "form", &ctx.t("admin-round-form"), &forms, typed, errors)}
            <div class="fb-limit--most">{field(ctx, data, "max_picks", "admin-round-max", "", kit::Kind::Number)}</div>
            <div class="fb-limit--points fb-stack">
                {field(ctx, data, "points", "admin-round-points", "", kit::Kind::Number)}
                {field(ctx, data, "points_each", "admin-round-points-each", "", kit::Kind::Number)}</div>
        </div>
        {kit::radios_told(ctx, "preset", &ctx.t("admin-round-rule"), &rules, typed, errors)}
        {kit::radios(ctx, "ties", &ctx.t("admin-round-ties"), &ties, typed, errors)}
        {kit::radios_told(ctx, "receipts", &ctx.t("admin-round-receipts"), &receipts, typed, errors)}
    }
    .into_any()
}

/// Step 3: who votes, and when.
fn voters(ctx: &Ctx, data: &NewRoundView) -> AnyView {
    let sources = ["codes", "accounts"].map(|key| (key.to_owned(), ctx.t(&format!("source-{key}"))));
    view! {
        {kit::radios(ctx, "source", &ctx.t("admin-round-source"), &sources, &data.typed, &data.errors)}
        {field(ctx, data, "opens", "admin-round-opens", "admin-round-opens-hint", kit::Kind::DateTime)}
        {field(ctx, data, "closes", "admin-round-closes", "admin-round-closes-hint", kit::Kind::DateTime)}
    }
    .into_any()
}

/// Step 4: which plans.
fn plans(ctx: &Ctx, data: &NewRoundView) -> AnyView {
    if data.plans.is_empty() {
        return view! { <div class="fb-empty" id="plan"><h2 class="ams-heading ams-heading--3">{ctx.t("admin-round-no-plans")}</h2><p class="ams-paragraph">{ctx.t("admin-round-no-plans-how")}</p></div> }.into_any();
    }
    let ticked = data.typed.all("plan");
    let pot = pot(data);
    let cards = data
        .plans
        .iter()
        .enumerate()
        .map(|(i, p)| {
            let value = p.id.to_string();
            let id = if i == 0 { "plan".to_owned() } else { format!("plan-{value}") };
            let checked = ticked.contains(&value.as_str());
            let above = pot.filter(|pot| p.cost > *pot).map(|_| view! { <span class="fb-plan__text">{ctx.t("admin-setup-above")}</span> });
            let yearly = running(ctx, p).map(|text| view! { <span class="fb-meta" dir="auto">{text}</span> });
            view! { <div class="fb-plan"><label class="fb-plan__label"><input class="fb-plan__box" type="checkbox" id=id name="plan" value=value checked=checked/><span class="fb-plan__body"><span class="fb-plan__title" dir="auto">{p.title.clone()}</span>{above}<span class="fb-money">{ctx.money(p.cost)}</span>{yearly}</span></label></div> }
        })
        .collect_view();
    view! {
        <fieldset class="ams-field-set"><legend class="ams-field-set__legend">{ctx.t("admin-round-plans")}</legend>{kit::error_text(ctx, "plan", &data.errors)}<div class="fb-plans">{cards}</div></fieldset>
    }
    .into_any()
}

pub(crate) fn samples() -> Vec<Sample> {
    let mut all = vec![
        Sample { name: "admin/round-new", draw: |ctx| new(ctx, &NewRoundView::sample(SetUp::Buurt)) },
        Sample { name: "admin/round-new-money", draw: |ctx| new(ctx, &NewRoundView::sample(SetUp::Money)) },
        Sample { name: "admin/round-new-ballot", draw: |ctx| new(ctx, &NewRoundView::sample(SetUp::Ballot)) },
        Sample { name: "admin/round-new-voters", draw: |ctx| new(ctx, &NewRoundView::sample(SetUp::Voters)) },
        Sample { name: "admin/round-new-plans", draw: |ctx| new(ctx, &NewRoundView::sample(SetUp::Plans)) },
        Sample {
            name: "admin/round-no-plans",
            draw: |ctx| new(ctx, &NewRoundView { feasible: 0, ..NewRoundView::sample(SetUp::Money) }),
        },
        Sample {
            name: "admin/round-no-money",
            draw: |ctx| {
                let shares = vec![(2008, Cents::ZERO)];
                let errors = Errors(vec![("theme", Problem::NotAChoice), ("pot", Problem::NotEnough(Cents::euros(5)))]);
                new(ctx, &NewRoundView { shares, errors, ..NewRoundView::sample(SetUp::Money) })
            },
        },
        Sample {
            name: "admin/round-none-fits",
            draw: |ctx| {
                let errors = Errors::one("plan", Problem::NoneFits(Cents::euros(3_000)));
                new(ctx, &NewRoundView { errors, ..NewRoundView::sample(SetUp::Plans) })
            },
        },
        Sample {
            name: "admin/round-theme-empty",
            draw: |ctx| {
                let errors = Errors::one("plan", Problem::Missing);
                new(ctx, &NewRoundView { errors, plans: Vec::new(), ..NewRoundView::sample(SetUp::Plans) })
            },
        },
    ];
    all.extend(preview::samples());
    all
}
