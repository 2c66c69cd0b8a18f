//! `/moderatie/peilingen/{wave}/antwoord`: what is done with what people said.

use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::survey::Stance;
use domain::urls;
use leptos::prelude::*;

/// The form.
#[derive(Clone, Debug)]
pub struct ReplyForm {
    /// The wave, as its address has it.
    pub slug: String,
    /// Its title.
    pub wave: String,
    /// Published themes: id and name.
    pub themes: Vec<(String, String)>,
    /// Buurten for which the reader may answer: id and name.
    pub buurten: Vec<(String, String)>,
    /// The reader may answer for all of them at once.
    pub whole: bool,
    /// Programmes of the budget: id and name.
    pub programmes: Vec<(String, String)>,
    /// How many are told by mail.
    pub followers: usize,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl ReplyForm {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            slug: "najaar-2008".into(),
            wave: "Peiling najaar 2008".into(),
            themes: vec![("5".into(), "Verkeer (Dit kan beter)".into())],
            buurten: vec![("1".into(), "Vogelbuurt".into()), ("2".into(), "IJplein".into())],
            whole: true,
            programmes: vec![("1".into(), "Wonen".into())],
            followers: 12,
            typed: Raw::from_pairs(&[("thema", "5")]),
            errors: Errors::default(),
        }
    }
}

/// The page.
pub fn reply(ctx: &Ctx, data: &ReplyForm) -> AnyView {
    let (typed, errors) = (&data.typed, &data.errors);
    let field = |name: &'static str, key: &str, hint: &str, kind| {
        let hint = if hint.is_empty() { String::new() } else { ctx.t(hint) };
        kit::field(ctx, &Field { name, label: ctx.t(key), hint, kind, heading: false, typed, errors })
    };
    let stances: Vec<(String, String)> =
        Stance::ALL.iter().map(|s| (s.key().to_owned(), ctx.t(&format!("stance-{}", s.key())))).collect();
    // Where there is but one buurt it goes without saying; else nobody's is chosen unseen.
    let whole = match (data.whole, data.buurten.len()) {
        (true, _) => ctx.t("reply-whole"),
        (false, 0..=1) => String::new(),
        (false, _) => ctx.t("survey-choose-buurt"),
    };
    let place = (data.buurten.len() > 1 || !data.whole)
        .then(|| kit::select(ctx, "buurt", &ctx.t("reply-place"), &whole, &data.buurten, typed, errors));
    let none = ctx.t("reply-no-programme");
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::WaveResult { wave: data.slug.clone() })>{data.wave.clone()}</a>
        {kit::error_summary(ctx, errors, &[("thema", "reply-theme"), ("stance", "reply-stance"), ("reply", "reply-words"), ("buurt", "reply-place"), ("initiative", "reply-plan"), ("programme", "reply-programme"), ("by", "reply-by")])}
        <h1 class="ams-heading ams-heading--1">{ctx.t("results-reply")}</h1>
        <p class="ams-paragraph fb-read">{ctx.ta("reply-lead", &[("count", data.followers.into())])}</p>
        <form class="fb-form" method="post" action=ctx.url(&urls::ModerationWaveReply { wave: data.slug.clone() }) novalidate>
            {kit::hidden(ctx)}
            {kit::select(ctx, "thema", &ctx.t("reply-theme"), "", &data.themes, typed, errors)}
            {kit::radios(ctx, "stance", &ctx.t("reply-stance"), &stances, typed, errors)}
            {field("reply", "reply-words", "reply-words-hint", Kind::Area)}
            {place}
            {field("initiative", "reply-plan", "reply-plan-hint", Kind::Number)}
            {kit::select(ctx, "programme", &ctx.t("reply-programme"), &none, &data.programmes, typed, errors)}
            {field("by", "reply-by", "optional", Kind::Date)}
            {kit::bar(ctx.t("reply-do"))}
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("results-reply")).failed(!errors.0.is_empty()), main)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "moderation/wave-reply", draw: |ctx| reply(ctx, &ReplyForm::sample()) },
        Sample {
            name: "moderation/wave-reply-wrong",
            draw: |ctx| {
                let errors = Errors(vec![
                    ("stance", Problem::NotAChoice),
                    ("reply", Problem::Missing),
                    ("by", Problem::NotAhead),
                ]);
                reply(ctx, &ReplyForm { errors, whole: false, ..ReplyForm::sample() })
            },
        },
    ]
}
