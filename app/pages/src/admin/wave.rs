//! `/beheer/peilingen/{wave}`: setting a wave up, and asking residents to answer.

mod form;

pub use form::{FormView, fixed, form};

use crate::ballot::Qr;
use crate::frame::{Frame, frame};
use crate::kit::{Field, Kind};
use crate::survey::{WaveCard, term};
use crate::{Ctx, Sample, kit};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use leptos::prelude::*;

/// One wave, for an administrator.
#[derive(Clone, Debug)]
pub struct ShowView {
    /// The wave.
    pub card: WaveCard,
    /// Where it asks.
    pub place: String,
    /// Everyone with the link may answer.
    pub open_link: bool,
    /// Its fixed questions are worded otherwise than those of the wave before it here.
    pub new_series: bool,
    /// When residents were invited by mail, and how many.
    pub invited: Option<(i64, i64)>,
    /// When they were reminded.
    pub reminded_at: Option<i64>,
    /// Buurt and how many codes were made for letters there.
    pub codes: Vec<(String, i64)>,
    /// Buurten that are asked.
    pub buurten: form::Choices,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl ShowView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: WaveCard::sample(),
            place: "Wijk Noord".into(),
            open_link: true,
            new_series: true,
            invited: Some((1_794_900_000, 412)),
            reminded_at: None,
            codes: vec![("Vogelbuurt".into(), 1_200)],
            buurten: vec![("1".into(), "Vogelbuurt".into()), ("2".into(), "IJplein".into())],
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }
}

/// One button that does one thing, with what it does above it.
fn act(ctx: &Ctx, action: String, text: &str, button: &str) -> AnyView {
    view! { <form class="fb-stack" method="post" action=action>{kit::hidden(ctx)}<p class="ams-paragraph">{ctx.t(text)}</p><p class="ams-paragraph"><button class="ams-button ams-button--secondary">{ctx.t(button)}</button></p></form> }
        .into_any()
}

/// What was set up, and the ways to ask residents.
pub fn one(ctx: &Ctx, data: &ShowView) -> AnyView {
    let wave = || data.card.slug.clone();
    let row = |key: &str, value: String| view! { <div class="fb-facts__row"><dt class="fb-facts__term">{ctx.t(key)}</dt><dd class="fb-facts__value">{value}</dd></div> };
    let at = |seconds| texts::date_time(ctx.lang, seconds);
    let invited = data.invited.map(|(when, count)| {
        row(
            "admin-wave-invited",
            ctx.ta("admin-wave-invited-told", &[("at", at(when).into()), ("count", count.into())]),
        )
    });
    let reminded = data.reminded_at.map(|when| row("admin-wave-reminded", at(when)));
    let codes = data.codes.iter().map(|(buurt, n)| {
        row(
            "admin-wave-codes",
            ctx.ta("admin-wave-codes-told", &[("buurt", buurt.as_str().into()), ("count", (*n).into())]),
        )
    });
    let waits = ctx.now < data.card.opens_at;
    let change = waits.then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::AdminWaveChange { wave: wave() })>{ctx.t("admin-wave-change")}</a></p> });
    let mails = data.card.open.then(|| match (data.invited, data.reminded_at) {
        (None, _) => {
            act(ctx, ctx.url(&urls::AdminWaveInvite { wave: wave() }), "admin-wave-invite-text", "admin-wave-invite")
        }
        (Some(_), None) => {
            act(ctx, ctx.url(&urls::AdminWaveRemind { wave: wave() }), "admin-wave-remind-text", "admin-wave-remind")
        }
        _ => view! { <p class="ams-paragraph">{ctx.t("admin-wave-all-mailed")}</p> }.into_any(),
    });
    let running = !data.card.result && ctx.now < data.card.closes_at;
    let letters = running.then(|| {
        view! {
            <section class="fb-section"><h2 class="ams-heading ams-heading--3">{ctx.t("admin-wave-letters")}</h2><p class="ams-paragraph">{ctx.t("admin-wave-letters-text")}</p>
                <form class="fb-form" method="post" action=ctx.url(&urls::AdminWaveLetters { wave: wave() }) novalidate>
                    {kit::hidden(ctx)}
                    {kit::select(ctx, "buurt", &ctx.t("survey-buurt"), "", &data.buurten, &data.typed, &data.errors)}
                    {kit::field(ctx, &Field { name: "count", label: ctx.t("admin-wave-count"), hint: ctx.t("admin-wave-count-hint"), kind: Kind::Number, heading: false, typed: &data.typed, errors: &data.errors })}
                    <button class="ams-button ams-button--secondary">{ctx.t("admin-wave-letters-do")}</button>
                </form>
                <p class="fb-meta">{ctx.t("admin-wave-letters-desk")}</p></section>
        }
    });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::AdminWaves {})>{ctx.t("admin-waves")}</a>
        {kit::error_summary(ctx, &data.errors, &[("buurt", "survey-buurt"), ("count", "admin-wave-count")])}
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{data.card.title.clone()}</h1><p class="fb-meta">{term(ctx, &data.card)}</p></div>
        <dl class="fb-facts">
            {row("admin-wave-where", data.place.clone())}
            {row("admin-wave-opens", at(data.card.opens_at))}
            {row("admin-wave-closes", at(data.card.closes_at))}
            {row("admin-wave-who", ctx.t(if data.open_link { "admin-wave-who-all" } else { "admin-wave-who-residents" }))}
            {invited}{reminded}{codes.collect_view()}
        </dl>
        {data.new_series.then(|| form::series(ctx))}
        {change}
        {data.card.result.then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::AdminWavePublication { wave: wave() })>{ctx.t("publication-title")}</a></p> })}
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::AdminWavePreview { wave: wave() })>{ctx.t("admin-wave-preview")}</a></p>
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::AdminWavePoster { wave: wave() })>{ctx.t("admin-wave-poster")}</a></p>
        <p class="ams-paragraph"><a class="fb-more" href=format!("{}?van={}", ctx.url(&urls::AdminWaveNew {}), wave())>{ctx.t("admin-wave-again")}</a></p>
        {mails.map(|mails| view! { <section class="fb-section"><h2 class="ams-heading ams-heading--3">{ctx.t("admin-wave-mail")}</h2>{mails}</section> })}
        {letters}
    };
    frame(ctx, Frame::narrow(data.card.title.clone()).failed(!data.errors.0.is_empty()), main)
}

/// A poster to print.
#[derive(Clone, Debug)]
pub struct Poster {
    /// The wave.
    pub card: WaveCard,
    /// The way in, as a picture.
    pub qr: Option<Qr>,
    /// And as text.
    pub link: String,
    /// Everyone with the link may answer; else it leads to signing in or a letter's code.
    pub open_link: bool,
    /// Where it can hang, when the wave asks several buurten.
    pub buurten: form::Choices,
}

impl Poster {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: WaveCard::sample(),
            qr: Some(Qr { side: 25, path: "M0 0h7v1h-7zM9 3h2v1h-2z".into() }),
            link: "https://fijnebuurt.example/peiling/najaar-2008".into(),
            open_link: true,
            buurten: vec![("1".into(), "Vogelbuurt".into())],
        }
    }
}

/// The poster. What is around it is not printed.
pub fn poster(ctx: &Ctx, data: &Poster) -> AnyView {
    let qr = data.qr.clone().map(|qr| view! { <svg class="fb-receipt__qr" viewBox=format!("0 0 {0} {0}", qr.side) shape-rendering="crispEdges" role="img" aria-label=data.link.clone()><path d=qr.path/></svg> });
    let here = ctx.url(&urls::AdminWavePoster { wave: data.card.slug.clone() });
    let choose = (data.open_link && !data.buurten.is_empty()).then(|| {
        view! { <form class="fb-form fb-no-print" method="get" action=here>
        {kit::select(ctx, "buurt", &ctx.t("admin-wave-hangs"), "", &data.buurten, &Raw::default(), &Errors::default())}
        <button class="ams-button ams-button--secondary">{ctx.t("admin-wave-hangs-do")}</button></form> }
    });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::AdminWave { wave: data.card.slug.clone() })>{data.card.title.clone()}</a>
        {choose}
        <section class="fb-receipt"><h1 class="ams-heading ams-heading--1">{ctx.t("survey-question")}</h1>
            <p class="ams-paragraph ams-paragraph--large">{ctx.t("survey-lead")}</p>
            {qr}
            <p class="ams-paragraph fb-isolate"><b>{data.link.clone()}</b></p>
            <p class="ams-paragraph">{term(ctx, &data.card)}</p>
            <p class="fb-meta">{ctx.t(if data.open_link { "admin-wave-poster-open" } else { "admin-wave-poster-code" })}</p></section>
    };
    frame(ctx, Frame::narrow(ctx.t("admin-wave-poster")), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    let mut all = vec![
        Sample { name: "admin/wave", draw: |ctx| one(ctx, &ShowView::sample()) },
        Sample {
            name: "admin/wave-before",
            draw: |ctx| {
                let card = WaveCard { open: false, opens_at: i64::MAX / 10_000_000_000, ..WaveCard::sample() };
                let errors = Errors::one("count", Problem::OutOfRange(1, 2000));
                let view = ShowView { card, invited: None, open_link: false, errors, ..ShowView::sample() };
                one(ctx, &view)
            },
        },
        Sample { name: "admin/wave-open", draw: |ctx| one(ctx, &ShowView { invited: None, ..ShowView::sample() }) },
        Sample {
            name: "admin/wave-mailed",
            draw: |ctx| one(ctx, &ShowView { reminded_at: Some(1_794_990_000), ..ShowView::sample() }),
        },
        Sample { name: "admin/wave-poster", draw: |ctx| poster(ctx, &Poster::sample()) },
        Sample {
            name: "admin/wave-poster-code",
            draw: |ctx| poster(ctx, &Poster { open_link: false, ..Poster::sample() }),
        },
    ];
    all.extend(form::samples());
    all
}
