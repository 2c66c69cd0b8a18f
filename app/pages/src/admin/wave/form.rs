//! `/beheer/peilingen/nieuw` and `/wijzigen`: what a wave asks, where and when.

use crate::frame::{Frame, frame};
use crate::kit::{Field, Kind};
use crate::survey::WaveCard;
use crate::{Ctx, Sample, kit};
use domain::form::{Errors, Problem, Raw};
use domain::survey::OPTIONS_MAX;
use domain::urls;
use leptos::prelude::*;

/// Value and text, to choose from.
pub(super) type Choices = Vec<(String, String)>;

/// The form of a new wave, or of one that did not open yet.
#[derive(Clone, Debug)]
pub struct FormView {
    /// The wave that is changed; `None`: a new one.
    pub wave: Option<WaveCard>,
    /// Waves (slug, title) that a new one can start from.
    pub earlier: Choices,
    /// Where it can ask.
    pub places: Choices,
    /// Its fixed questions are worded otherwise than those of the wave before it here.
    pub new_series: bool,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl FormView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            wave: None,
            earlier: vec![("najaar-2008".into(), "Peiling najaar 2008".into())],
            places: vec![("city".into(), "De hele stad".into()), ("buurt-1".into(), "Vogelbuurt".into())],
            new_series: false,
            typed: Raw::from_pairs(&[
                ("title", "Peiling voorjaar"),
                ("q1_kind", "choice"),
                ("q1_options", "Ja | Yes\nNee | No"),
                ("themes", "1"),
            ]),
            errors: Errors::default(),
        }
    }
}

const LABELS: &[(&str, &str)] = &[
    ("title", "admin-wave-title"),
    ("reach", "admin-wave-where"),
    ("opens", "admin-wave-opens"),
    ("closes", "admin-wave-closes"),
    ("mark_nl", "admin-wave-mark"),
    ("mark_en", "admin-wave-mark"),
    ("good_nl", "admin-wave-good"),
    ("good_en", "admin-wave-good"),
    ("better_nl", "admin-wave-better"),
    ("better_en", "admin-wave-better"),
    ("can_do_nl", "admin-wave-can-do"),
    ("can_do_en", "admin-wave-can-do"),
    ("q1_nl", "admin-wave-own-1"),
    ("q1_en", "admin-wave-own-1"),
    ("q1_options", "admin-wave-options"),
    ("q2_nl", "admin-wave-own-2"),
    ("q2_en", "admin-wave-own-2"),
    ("q2_options", "admin-wave-options"),
    ("q2_if", "admin-wave-if"),
    ("q3_nl", "admin-wave-own-3"),
    ("q3_en", "admin-wave-own-3"),
    ("q3_options", "admin-wave-options"),
    ("q3_if", "admin-wave-if"),
];

/// Names of the fields of each own question, with its heading.
const OWN: [([&str; 5], &str); 3] = [
    (["q1_kind", "q1_nl", "q1_en", "q1_options", "q1_if"], "admin-wave-own-1"),
    (["q2_kind", "q2_nl", "q2_en", "q2_options", "q2_if"], "admin-wave-own-2"),
    (["q3_kind", "q3_nl", "q3_en", "q3_options", "q3_if"], "admin-wave-own-3"),
];

/// What a new series means, where one begins.
pub(super) fn series(ctx: &Ctx) -> AnyView {
    view! { <p class="fb-notice">{ctx.t("admin-wave-new-series")}</p> }.into_any()
}

/// On which answers a question can hang: those of earlier ones, in words as far as they are known.
fn conditions(ctx: &Ctx, typed: &Raw, n: usize) -> Choices {
    let mut all = Choices::new();
    for (question, ([kind, .., options, _], _)) in OWN.iter().enumerate().take(n) {
        if !["", "choice"].contains(&typed.get(kind)) {
            continue;
        }
        let number = ("question", (question + 1).into());
        let known: Vec<&str> = typed.get(options).lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let said = |line: &&str| line.split('|').next().unwrap_or_default().trim().to_owned();
        // Before their words are there: by number.
        let texts: Vec<String> = if known.is_empty() {
            (1..=OPTIONS_MAX).map(|i| ctx.ta("admin-wave-if-number", &[number.clone(), ("number", i.into())])).collect()
        } else {
            known
                .iter()
                .map(|line| ctx.ta("admin-wave-if-said", &[number.clone(), ("answer", said(line).into())]))
                .collect()
        };
        all.extend(texts.into_iter().enumerate().map(|(i, text)| (format!("{}:{}", question + 1, i + 1), text)));
    }
    all
}

/// Sets a wave up, or changes it.
pub fn form(ctx: &Ctx, data: &FormView) -> AnyView {
    let field = |name: &'static str, key: &str, hint: &str, kind| {
        let hint = if hint.is_empty() { String::new() } else { ctx.t(hint) };
        let (typed, errors) = (&data.typed, &data.errors);
        kit::field(ctx, &Field { name, label: ctx.t(key), hint, kind, heading: false, typed, errors })
    };
    let pair = |nl: &'static str, en: &'static str, key: &str| {
        view! { <fieldset class="ams-field-set"><legend class="ams-field-set__legend">{ctx.t(key)}</legend>{field(nl, "admin-wave-in-nl", "", Kind::Line)}{field(en, "admin-wave-in-en", "", Kind::Line)}</fieldset> }
    };
    let kinds: Choices =
        ["choice", "scale", "open"].map(|kind| (kind.to_owned(), ctx.t(&format!("admin-wave-kind-{kind}")))).into();
    let own = OWN
        .into_iter()
        .enumerate()
        .map(|(n, ([kind, nl, en, options, when], key))| {
            let filled = !data.typed.get(kind).is_empty() || [kind, nl, en, options, when].iter().any(|f| data.errors.of(f).is_some());
            view! {
                <details class="fb-details" open=filled><summary class="fb-details__button">{ctx.t(key)}</summary><div class="fb-stack">
                    {kit::select(ctx, kind, &ctx.t("admin-wave-kind"), &ctx.t("admin-wave-kind-none"), &kinds, &data.typed, &data.errors)}
                    {field(nl, "admin-wave-in-nl", "", Kind::Line)}
                    {field(en, "admin-wave-in-en", "", Kind::Line)}
                    {field(options, "admin-wave-options", "admin-wave-options-hint", Kind::Area)}
                    {(n > 0).then(|| kit::select(ctx, when, &ctx.t("admin-wave-if"), &ctx.t("admin-wave-if-all"), &conditions(ctx, &data.typed, n), &data.typed, &data.errors))}
                </div></details>
            }
        })
        .collect_view();
    let action = match &data.wave {
        Some(wave) => ctx.url(&urls::AdminWaveChange { wave: wave.slug.clone() }),
        None => ctx.url(&urls::AdminWaveNew {}),
    };
    let copy = (data.wave.is_none() && !data.earlier.is_empty()).then(|| {
        view! {
            <div class="fb-stack fb-stack--tight">
                {kit::select(ctx, "van", &ctx.t("admin-wave-copy"), "", &data.earlier, &data.typed, &data.errors)}
                <p class="ams-hint">{ctx.t("admin-wave-copy-hint")}</p>
                <p class="ams-paragraph"><button class="ams-button ams-button--secondary" name="copy" value="1">{ctx.t("admin-wave-copy-do")}</button></p>
            </div>
        }
    });
    let title = ctx.t(if data.wave.is_some() { "admin-wave-change" } else { "admin-wave-new" });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::AdminWaves {})>{ctx.t("admin-waves")}</a>
        {kit::error_summary(ctx, &data.errors, LABELS)}
        <h1 class="ams-heading ams-heading--1">{title.clone()}</h1>
        {data.new_series.then(|| series(ctx))}
        <form class="fb-form" method="post" action=action novalidate>
            {kit::hidden(ctx)}
            // What Enter presses.
            <button hidden></button>
            {copy}
            {field("title", "admin-wave-title", "admin-wave-title-hint", Kind::Line)}
            {kit::select(ctx, "reach", &ctx.t("admin-wave-where"), "", &data.places, &data.typed, &data.errors)}
            {field("opens", "admin-wave-opens", "", Kind::DateTime)}
            {field("closes", "admin-wave-closes", "", Kind::DateTime)}
            {kit::tick("open_link", ctx.t("admin-wave-open-link"), ctx.t("admin-wave-open-link-hint"), &data.typed)}
            {kit::tick("themes", ctx.t("admin-wave-themes"), ctx.t("admin-wave-themes-hint"), &data.typed)}
            <details class="fb-details" open=data.new_series || LABELS.iter().skip(4).take(8).any(|(f, _)| data.errors.of(f).is_some())><summary class="fb-details__button">{ctx.t("admin-wave-wording")}</summary><div class="fb-stack">
                <p class="fb-meta">{ctx.t("admin-wave-wording-text")}</p>
                {pair("mark_nl", "mark_en", "admin-wave-mark")}
                {pair("good_nl", "good_en", "admin-wave-good")}
                {pair("better_nl", "better_en", "admin-wave-better")}
                {pair("can_do_nl", "can_do_en", "admin-wave-can-do")}
            </div></details>
            <h2 class="ams-heading ams-heading--3">{ctx.t("admin-wave-own")}</h2>
            {own}
            {kit::bar(ctx.t(if data.wave.is_some() { "admin-wave-save" } else { "admin-wave-do" }))}
        </form>
    };
    frame(ctx, Frame::narrow(title).failed(!data.errors.0.is_empty()), main)
}

/// Instead of the form, once a wave is open: what can still be done.
pub fn fixed(ctx: &Ctx, card: &WaveCard) -> AnyView {
    let here = ctx.url(&urls::AdminWave { wave: card.slug.clone() });
    let again = format!("{}?van={}", ctx.url(&urls::AdminWaveNew {}), card.slug);
    let main = view! {
        <a class="fb-back" href=here.clone()>{card.title.clone()}</a>
        <h1 class="ams-heading ams-heading--1">{ctx.t("admin-wave-fixed")}</h1>
        <p class="ams-paragraph fb-read">{ctx.t("admin-wave-fixed-text")}</p>
        <p class="ams-paragraph fb-read">{ctx.t("admin-wave-fixed-still")}</p>
        <p class="ams-paragraph"><a class="ams-button ams-button--primary" href=here>{ctx.t("admin-wave-fixed-do")}</a></p>
        <p class="ams-paragraph"><a class="fb-more" href=again>{ctx.t("admin-wave-again")}</a></p>
    };
    frame(ctx, Frame::narrow(ctx.t("admin-wave-fixed")), main)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "admin/wave-new", draw: |ctx| form(ctx, &FormView::sample()) },
        Sample {
            name: "admin/wave-errors",
            draw: |ctx| {
                let errors = Errors(vec![
                    ("title", Problem::AskedBefore),
                    ("closes", Problem::NotLater),
                    ("q1_options", Problem::Missing),
                    ("q2_if", Problem::NotAChoice),
                ]);
                let typed = Raw::default();
                let wave = Some(WaveCard::sample());
                form(ctx, &FormView { wave, errors, typed, new_series: true, ..FormView::sample() })
            },
        },
        Sample {
            name: "admin/wave-opened",
            draw: |ctx| {
                let errors = Errors::one("title", Problem::TooLate);
                form(ctx, &FormView { wave: Some(WaveCard::sample()), errors, ..FormView::sample() })
            },
        },
        Sample { name: "admin/wave-fixed", draw: |ctx| fixed(ctx, &WaveCard::sample()) },
    ]
}
