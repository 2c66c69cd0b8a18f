//! Plans of residents: cards, what a plan takes of the share, and in the submodules the pages around them.

pub mod comments;
pub(crate) mod difference;
pub mod list;
pub mod new;
pub mod owner;
pub mod show;
pub mod together;
pub mod unite;
pub mod versions;

use crate::kit;
use crate::{Ctx, Sample};
use domain::budget::{Share, Total};
use domain::initiative::State;
use domain::money::Cents;
use domain::urls;
use leptos::prelude::*;

/// A plan in a list.
#[derive(Clone, Debug)]
pub struct PlanCard {
    /// Id.
    pub id: i64,
    /// Title.
    pub title: String,
    /// What, shortened.
    pub line: String,
    /// Buurt's name.
    pub buurt: String,
    /// State.
    pub state: State,
    /// Number of supporters.
    pub supports: i64,
    /// What is asked; `None`: not known yet.
    pub asked: Option<Cents>,
    /// Has an uploaded picture.
    pub picture: bool,
    /// Drawing instead.
    pub drawing: String,
}

impl PlanCard {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            id: 7,
            title: "Samen Spelen op het pleintje".into(),
            line: "Elke woensdag spelen met begeleiding.".into(),
            buurt: "Vogelbuurt".into(),
            state: State::Feasible,
            supports: 87,
            asked: Some(Cents::euros(6500)),
            picture: false,
            drawing: "spelen".into(),
        }
    }
}

/// What a plan takes of the share of its wijk.
#[derive(Clone, Debug)]
pub struct Take {
    /// Wijk's name.
    pub wijk: String,
    /// For its link.
    pub wijk_slug: String,
    /// Budget year.
    pub year: i64,
    /// What is asked; `None`: not known yet.
    pub asked: Option<Cents>,
    /// The money was moved already, so it is among what is allotted.
    pub counted: bool,
    /// The share's figures.
    pub share: Share,
    /// Other plans of the wijk in the same state: how many, and what they ask together.
    pub others: Option<(i64, Cents)>,
}

impl Take {
    /// For tests and previews.
    pub fn sample() -> Self {
        let share = Share {
            cost: Total { known: Cents::euros(20_375_000), at_least: true },
            ceiling: Cents::euros(2_037_500),
            earmarked: Cents::euros(300_000),
            funded: Cents::euros(300_000),
            allotted: Cents::euros(65_000),
        };
        Self {
            wijk: "Noord".into(),
            wijk_slug: "noord".into(),
            year: 2008,
            asked: Some(Cents::euros(6500)),
            counted: false,
            share,
            others: Some((4, Cents::euros(31_000))),
        }
    }

    /// What is not yet among the allotted money.
    fn extra(&self) -> Cents {
        if self.counted { Cents::ZERO } else { self.asked.unwrap_or(Cents::ZERO) }
    }

    /// Funded money that would be left; below zero when it does not fit.
    fn left_after(&self) -> Cents {
        self.share.left() - self.extra()
    }
}

/// Photo or drawing.
pub(crate) fn picture(ctx: &Ctx, id: i64, photo: bool, drawing: &str) -> AnyView {
    let src = if photo {
        ctx.url(&urls::InitiativePicture { id })
    } else {
        assets::url(&format!("pictures/{}.svg", if drawing.is_empty() { "buurt" } else { drawing }))
    };
    view! { <div class="fb-picture"><img class="fb-picture__img" src=src alt="" width="640" height="320" loading="lazy"/></div> }.into_any()
}

/// 'Gevraagd € 6.500', or that it is not known yet.
pub(crate) fn asked(ctx: &Ctx, asked: Option<Cents>) -> String {
    asked.map_or_else(|| ctx.t("plans-cost-unknown"), |c| ctx.ta("plans-asks", &[("amount", ctx.money(c).into())]))
}

/// A card that leads to the plan.
pub(crate) fn card(ctx: &Ctx, p: &PlanCard) -> AnyView {
    view! {
        <li class="fb-card fb-card--link">
            {picture(ctx, p.id, p.picture, &p.drawing)}
            <div class="fb-card__body">
                <p class="fb-row fb-row--tight">{kit::state_badge(ctx, p.state)}</p>
                <h3 class="ams-heading ams-heading--3" dir="auto"><a class="fb-card__link" href=ctx.url(&urls::Initiative { id: p.id })>{p.title.clone()}</a></h3>
                <p class="ams-paragraph ams-paragraph--small" dir="auto">{p.line.clone()}</p>
                <p class="fb-meta">{format!("{} · {} · {}", p.buurt, asked(ctx, p.asked), supports(ctx, p.supports))}</p>
            </div>
        </li>
    }
    .into_any()
}

/// '87 buren'.
pub(crate) fn supports(ctx: &Ctx, count: i64) -> String {
    ctx.ta("plans-supporters", &[("count", count.into())])
}

fn left_text(ctx: &Ctx, take: &Take) -> String {
    let left = take.left_after();
    if take.asked.is_none() && !take.counted {
        return ctx.ta("plans-left-now", &[("left", ctx.money(left).into())]);
    }
    if left >= Cents::ZERO {
        ctx.ta("plans-left-after", &[("left", ctx.money(left).into()), ("funded", ctx.money(take.share.funded).into())])
    } else {
        ctx.ta(
            "plans-short",
            &[("short", ctx.money(Cents::ZERO - left).into()), ("room", ctx.money(take.share.room()).into())],
        )
    }
}

/// Share column of a queue: small meter and one line.
pub(crate) fn take_line(ctx: &Ctx, ask: Option<Cents>, take: Option<&Take>) -> AnyView {
    let meter = take.map(|t| {
        let class = if t.left_after() < Cents::ZERO { "fb-meter fb-meter--small fb-meter--over" } else { "fb-meter fb-meter--small" };
        let line = if t.counted { String::new() } else { left_text(ctx, t) };
        view! { <div class=class>{kit::meter(t.share.allotted, t.extra(), t.share.funded)}</div><p class="fb-meta">{line}</p> }
    });
    view! { <div class="fb-queue__share"><p class="fb-meta">{asked(ctx, ask)}</p>{meter}</div> }.into_any()
}

/// The box 'Wat neemt dit van ons deel?': percentage of the ceiling, meter of the ceiling, and the three figures apart.
pub(crate) fn take_box(ctx: &Ctx, take: &Take) -> AnyView {
    let figure = take.asked.map(|asked| {
        let percent = texts::percent_tenths(ctx.lang, asked.permille_of(take.share.ceiling).unwrap_or(0));
        view! {
            <p class="fb-figure"><span class="fb-figure__value">{percent}</span>" "
                <span class="fb-figure__text">{ctx.ta("plans-of-ceiling", &[("wijk", take.wijk.as_str().into()), ("year", take.year.to_string().into()), ("amount", ctx.money(take.share.ceiling).into())])}</span></p>
        }
    });
    let unknown =
        take.asked.is_none().then(|| view! { <p class="ams-paragraph">{ctx.t("plans-cost-unknown-share")}</p> });
    let over = take.left_after() < Cents::ZERO;
    let this = (take.extra() > Cents::ZERO).then(|| view! { <li class="fb-meter__key fb-meter__key--plan">{ctx.t("plans-this-plan")}" "<span class="fb-money">{ctx.money(take.extra())}</span></li> });
    // Too little: the line below says so, and how much may be added.
    let left = (!over).then(|| view! { <li class="fb-meter__key fb-meter__key--left">{ctx.t("plans-left")}" "<span class="fb-money">{ctx.money(take.left_after())}</span></li> });
    let room = (!over).then(
        || view! { <p class="fb-meta">{ctx.ta("plans-room", &[("room", ctx.money(take.share.room()).into())])}</p> },
    );
    let line = if take.counted { ctx.t("plans-already-counted") } else { left_text(ctx, take) };
    view! {
        <section class="fb-section">
            <h2 class="ams-heading ams-heading--2">{ctx.t("plans-share-title")}</h2>
            <div class="fb-card"><div class="fb-card__body fb-stack">
                {figure}
                {unknown}
                <div class=if over { "fb-meter fb-meter--over" } else { "fb-meter" }>
                    {kit::meter(take.share.allotted, take.extra(), take.share.ceiling)}
                    <ul class="fb-meter__legend">
                        <li class="fb-meter__key fb-meter__key--allotted">{ctx.t("plans-allotted")}" "<span class="fb-money">{ctx.money(take.share.allotted)}</span></li>
                        {this}
                        {left}
                    </ul>
                </div>
                <p class="fb-meta">{line}</p>
                {take.others.map(|(count, sum)| view! { <p class="fb-meta">{ctx.ta("plans-others", &[("count", count.into()), ("sum", ctx.money(sum).into())])}</p> })}
                {room}
                <a class="fb-more" href=ctx.url(&urls::BudgetWijk { wijk: take.wijk_slug.clone() })>{ctx.ta("plans-wijk-money", &[("wijk", take.wijk.as_str().into())])}</a>
            </div></div>
        </section>
    }
    .into_any()
}

pub(crate) fn samples() -> Vec<Sample> {
    [
        new::samples(),
        show::samples(),
        list::samples(),
        owner::samples(),
        comments::samples(),
        together::samples(),
        unite::samples(),
        versions::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
