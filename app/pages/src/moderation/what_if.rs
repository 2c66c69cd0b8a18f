//! `/moderatie/wat-als`: what would be left of each wijk's share if these plans went on; and `/antwoordtijden`.

use crate::frame::{Frame, frame};
use crate::{Ctx, Sample, kit};
use domain::budget::{Forecast, Share};
use domain::money::Cents;
use domain::time::{HOUR, Seconds};
use domain::urls;
use leptos::prelude::*;

/// Plans of one wijk that were ticked.
#[derive(Clone, Debug)]
pub struct WijkWhatIf {
    /// Wijk.
    pub wijk: String,
    /// Budget year.
    pub year: i64,
    /// Its share.
    pub share: Share,
    /// Title, least and best amount; `None`: not known yet.
    pub plans: Vec<(String, Option<(Cents, Cents)>)>,
    /// All plans of the wijk that wait for money, those that wait to be read too.
    pub forecast: Option<Forecast>,
}

impl WijkWhatIf {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            wijk: "Noord".into(),
            year: 2008,
            share: Share {
                ceiling: Cents::euros(2_037_500),
                funded: Cents::euros(20_000),
                allotted: Cents::euros(5_000),
                ..Share::default()
            },
            plans: vec![
                ("Samen Spelen".into(), Some((Cents::euros(12_000), Cents::euros(16_000)))),
                ("Prullenbakken".into(), None),
            ],
            forecast: Some(crate::share::sample()),
        }
    }

    fn sum(&self, pick: fn(&(Cents, Cents)) -> Cents) -> Cents {
        self.plans.iter().filter_map(|(_, amounts)| amounts.as_ref().map(pick)).sum()
    }
}

fn one(ctx: &Ctx, w: &WijkWhatIf) -> AnyView {
    let plans = w
        .plans
        .iter()
        .map(|(title, amounts)| {
            let amount = match amounts {
                Some((least, best)) if least == best => ctx.money(*best),
                Some((least, best)) => format!("{} – {}", ctx.money(*least), ctx.money(*best)),
                None => ctx.t("budget-pm"),
            };
            kit::fact(title.clone(), amount)
        })
        .collect_view();
    let unknown = w.plans.iter().any(|(_, amounts)| amounts.is_none());
    let line = |key: &str, asked: Cents| {
        let left = w.share.left() - asked;
        let text = if left >= Cents::ZERO {
            ctx.ta("what-if-left", &[("asked", ctx.money(asked).into()), ("left", ctx.money(left).into())])
        } else if Cents::ZERO - left <= w.share.room() {
            ctx.ta(
                "what-if-short",
                &[("asked", ctx.money(asked).into()), ("short", ctx.money(Cents::ZERO - left).into())],
            )
        } else {
            ctx.ta(
                "what-if-over",
                &[("asked", ctx.money(asked).into()), ("over", ctx.money(Cents::ZERO - left - w.share.room()).into())],
            )
        };
        view! { <li class="ams-unordered-list__item"><b>{ctx.t(key)}</b>": "{text}</li> }
    };
    let least = line("what-if-least", w.sum(|a| a.0));
    let best = line("what-if-best", w.sum(|a| a.1));
    view! {
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{format!("{}, {}", w.wijk, w.year)}</h2>
            <dl class="fb-stats">
                {kit::stat(ctx.t("budget-funded"), ctx.money(w.share.funded), ctx.t("budget-funded-note"))}
                {kit::stat(ctx.t("budget-allotted"), ctx.money(w.share.allotted), ctx.t("budget-allotted-note"))}
                {kit::stat(ctx.t("budget-left"), ctx.money(w.share.left()), ctx.t("budget-left-note"))}
                {kit::stat(ctx.t("budget-room"), ctx.money(w.share.room()), ctx.t("budget-room-note"))}
            </dl>
            <dl class="fb-facts">{plans}</dl>
            <ul class="ams-unordered-list">{least}{best}</ul>
            {unknown.then(|| view! { <p class="fb-meta">{ctx.t("what-if-unknown")}</p> })}
        </section>
        {w.forecast.as_ref().map(|f| crate::share::forecast(ctx, &w.wijk, &w.share, f))}
    }
    .into_any()
}

/// Its page.
pub fn what_if(ctx: &Ctx, wijken: &[WijkWhatIf]) -> AnyView {
    let parts = wijken.iter().map(|w| one(ctx, w)).collect_view();
    let none = wijken
        .is_empty()
        .then(|| view! { <div class="fb-empty"><p class="ams-paragraph">{ctx.t("what-if-none")}</p></div> });
    // Back to the desk the reader has.
    let (href, desk) = match &ctx.reader {
        Some(reader) if !reader.moderator => (ctx.url(&urls::District {}), "district-title"),
        _ => (ctx.url(&urls::Moderation {}), "moderation-title"),
    };
    let main = view! {
        <a class="fb-back" href=href>{ctx.t(desk)}</a>
        <h1 class="ams-heading ams-heading--1">{ctx.t("what-if")}</h1>
        {none}{parts}
    };
    frame(ctx, Frame::narrow(ctx.t("what-if")), main)
}

/// First replies in one name.
#[derive(Clone, Debug)]
pub struct PaceView {
    /// Organisation or stadsdeel.
    pub name: String,
    /// A stadsdeel with all its organisations.
    pub stadsdeel: bool,
    /// How many.
    pub replies: usize,
    /// Half within.
    pub median: Seconds,
    /// Nine in ten within.
    pub ninetieth: Seconds,
    /// In time, tenths of a percent.
    pub in_time: i64,
}

/// Hours, rounded up.
fn hours(span: Seconds) -> i64 {
    (span + HOUR - 1) / HOUR
}

/// How fast people get their first reply: for everyone.
pub fn paces(ctx: &Ctx, all: &[PaceView]) -> AnyView {
    let row = |p: &PaceView| {
        let percent = texts::percent_tenths(ctx.lang, p.in_time);
        let words = ctx.ta(
            "pace-line",
            &[
                ("median", hours(p.median).into()),
                ("ninetieth", hours(p.ninetieth).into()),
                ("percent", percent.into()),
                ("count", p.replies.into()),
            ],
        );
        view! { <li class="fb-card"><div class="fb-card__body fb-stack fb-stack--tight"><h3 class="ams-heading ams-heading--3">{p.name.clone()}</h3><p class="ams-paragraph">{words}</p></div></li> }
    };
    let part = |stadsdeel: bool, key: &str| {
        let rows = all.iter().filter(|p| p.stadsdeel == stadsdeel).map(row).collect_view();
        let any = all.iter().any(|p| p.stadsdeel == stadsdeel);
        any.then(|| view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t(key)}</h2><ul class="fb-cards">{rows}</ul></section> })
    };
    let none =
        all.is_empty().then(|| view! { <div class="fb-empty"><p class="ams-paragraph">{ctx.t("pace-none")}</p></div> });
    let main = view! {
        <h1 class="ams-heading ams-heading--1">{ctx.t("pace-title")}</h1>
        <p class="ams-paragraph ams-paragraph--large fb-read">{ctx.t("pace-lead")}</p>
        {none}{part(false, "pace-organisations")}{part(true, "pace-stadsdelen")}
        <p class="fb-meta fb-read">{ctx.t("pace-how")}</p>
    };
    frame(ctx, Frame::wide(ctx.t("pace-title")), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "moderation/what-if", draw: |ctx| what_if(ctx, &[WijkWhatIf::sample()]) },
        Sample { name: "moderation/what-if-none", draw: |ctx| what_if(ctx, &[]) },
        Sample {
            name: "moderation/paces",
            draw: |ctx| {
                let pace = |name: &str, stadsdeel| PaceView {
                    name: name.into(),
                    stadsdeel,
                    replies: 24,
                    median: 19 * HOUR,
                    ninetieth: 41 * HOUR,
                    in_time: 958,
                };
                paces(ctx, &[pace("Buurtwerk Noord", false), pace("Noord", true)])
            },
        },
        Sample { name: "moderation/paces-none", draw: |ctx| paces(ctx, &[]) },
    ]
}
