//! What neighbours said, drawn from what was published and nothing else: in plain sentences first, then as plots that are tables
//! too, with what is done about it. Areas stand in the order of their names: it is no contest.

mod areas;
mod marks;
mod sample;
mod themes;

use super::{WaveCard, term};
use crate::frame::{Frame, frame};
use crate::{Ctx, Sample, kit};
use domain::disclosure::{AreaId, ShownArea};
use domain::survey::{Area, AskedIn, Published, Stance};
use domain::time::Seconds;
use domain::urls;
use leptos::prelude::*;

/// An answer to what people said.
#[derive(Clone, Debug)]
pub struct ReplyView {
    /// Id under which the theme is published.
    pub theme: i64,
    /// For which buurt; empty: wherever the wave asked.
    pub place: String,
    /// What is done.
    pub stance: Stance,
    /// In words.
    pub words: String,
    /// A plan: id and title.
    pub plan: Option<(i64, String)>,
    /// A programme of the budget.
    pub programme: String,
    /// By when.
    pub by_at: Option<Seconds>,
    /// In whose name; may be empty.
    pub organisation: String,
    /// When it was said.
    pub at: Seconds,
}

/// The result of a wave.
#[derive(Clone, Debug)]
pub struct WaveResultView {
    /// The wave.
    pub card: WaveCard,
    /// What is published; `None`: answers are still read.
    pub doc: Option<Published>,
    /// What is published of waves in the same place, the oldest first, this one among them.
    pub series: Vec<Published>,
    /// The area that is looked at.
    pub area: AreaId,
    /// Answers to what people said, the newest first.
    pub replies: Vec<ReplyView>,
    /// Whether the reader is told of them; `None`: not signed in.
    pub follows: Option<bool>,
    /// The reader may answer what people said.
    pub may_reply: bool,
}

/// A number as people write it.
fn count(ctx: &Ctx, n: usize) -> String {
    texts::number(ctx.lang, i64::try_from(n).unwrap_or(i64::MAX))
}

/// An area's name: the city's is a text.
pub(crate) fn name(ctx: &Ctx, doc: &Published, id: AreaId) -> String {
    match (id, doc.area(id)) {
        (AreaId::City, _) | (_, None) => ctx.t("results-city"),
        (AreaId::Wijk(_), Some(area)) => ctx.ta("results-wijk", &[("name", area.name.as_str().into())]),
        (AreaId::Buurt(_), Some(area)) => area.name.clone(),
    }
}

/// A mark, and between which marks it is sure to lie.
fn mark(ctx: &Ctx, shown: &ShownArea, area: Option<&Area>) -> Option<String> {
    let tenths = |n| texts::decimal_tenths(ctx.lang, n);
    let mean = tenths(shown.mean_tenths?);
    Some(match area.and_then(|a| a.interval) {
        Some((low, high)) => ctx.ta(
            "results-mark-between",
            &[("mark", mean.into()), ("low", tenths(low).into()), ("high", tenths(high).into())],
        ),
        None => mean,
    })
}

/// The theme's name in the reader's language.
pub(crate) fn title(ctx: &Ctx, theme: &domain::survey::Theme) -> String {
    if ctx.lang == texts::Lang::En { theme.title_en.clone() } else { theme.title_nl.clone() }
}

/// The most mentioned themes of a question in an area: more than one where they were named as often.
fn foremost(ctx: &Ctx, doc: &Published, shown: &ShownArea, asked: AskedIn) -> Option<(Vec<String>, usize)> {
    let of = || doc.themes.iter().filter(|t| t.asked == asked).filter_map(|t| Some((shown.theme(t.id)?, t)));
    let most = of().map(|(n, _)| n).max()?;
    let mut names: Vec<String> = of().filter(|(n, _)| *n == most).map(|(_, t)| title(ctx, t)).collect();
    names.sort_by_key(|name| name.to_lowercase());
    Some((names, most))
}

/// 'Groen, Rust en Verkeer'.
fn together(ctx: &Ctx, names: &[String]) -> String {
    match names {
        [before @ .., last] if !before.is_empty() => {
            ctx.ta("results-and", &[("before", before.join(", ").into()), ("last", last.as_str().into())])
        }
        _ => names.concat(),
    }
}

/// What the figures say, in sentences.
fn sentences(ctx: &Ctx, data: &WaveResultView, doc: &Published) -> AnyView {
    let place = name(ctx, doc, data.area);
    let mut lines: Vec<String> = Vec::new();
    let Some(shown) = doc.shown.area(data.area) else { return ().into_any() };
    match shown.answers {
        Some(n) => lines.push(ctx.ta("results-answered", &[("count", n.into()), ("place", place.into())])),
        None => lines.push(ctx.ta("results-too-few", &[("place", place.into())])),
    }
    if let Some(mark) = mark(ctx, shown, doc.area(data.area)) {
        lines.push(ctx.ta("results-mark", &[("mark", mark.into())]));
    }
    for (asked, one, more) in [
        (AskedIn::Good, "results-most-good", "results-most-good-alike"),
        (AskedIn::Better, "results-most-better", "results-most-better-alike"),
    ] {
        if let Some((names, n)) = foremost(ctx, doc, shown, asked) {
            let key = if names.len() > 1 { more } else { one };
            lines.push(ctx.ta(key, &[("theme", together(ctx, &names).into()), ("count", n.into())]));
        }
    }
    let posters = shown
        .posters
        .filter(|n| *n > 0)
        .map(|n| view! { <p class="ams-paragraph">{ctx.ta("results-posters", &[("count", n.into())])}</p> });
    view! {
        <p class="ams-paragraph ams-paragraph--large fb-read">{lines.join(" ")}</p>
        {posters}
        <p class="fb-meta fb-read">{ctx.t("results-chose-themselves")}</p>
    }
    .into_any()
}

/// Links to each area, by name.
fn choose(ctx: &Ctx, data: &WaveResultView, doc: &Published) -> AnyView {
    if doc.areas.len() < 2 {
        return ().into_any();
    }
    let here = ctx.url(&urls::WaveResult { wave: doc.slug.clone() });
    let links = areas::by_name(ctx, doc)
        .into_iter()
        .map(|(name, id)| {
            let href = match (id, doc.area(id)) {
                (AreaId::Buurt(_), Some(a)) => format!("{here}?buurt={}", urls::encode(&a.slug)),
                (AreaId::Wijk(_), Some(a)) => format!("{here}?wijk={}", urls::encode(&a.slug)),
                _ => here.clone(),
            };
            view! { <li><a class="fb-chip" href=href aria-current=(id == data.area).then_some("true")>{name}</a></li> }
        })
        .collect_view();
    view! {
        <details class="fb-details"><summary class="fb-details__button">{ctx.t("results-choose")}</summary>
            <nav aria-label=ctx.t("results-choose")><ul class="fb-chips">{links}</ul></nav></details>
    }
    .into_any()
}

/// The form to be told of answers.
fn follow(ctx: &Ctx, data: &WaveResultView) -> AnyView {
    let action = ctx.url(&urls::WaveFollow { wave: data.card.slug.clone() });
    let form = match data.follows {
        None => {
            let here = ctx.url(&urls::WaveResult { wave: data.card.slug.clone() });
            view! { <p class="ams-paragraph"><a class="ams-link" href=format!("{}?verder={here}", ctx.url(&urls::SignIn {}))>{ctx.t("results-follow-sign-in")}</a></p> }.into_any()
        }
        Some(follows) => {
            let (value, key) = if follows { ("nee", "results-unfollow") } else { ("ja", "results-follow-do") };
            view! { <form class="fb-form" method="post" action=action>{kit::hidden(ctx)}<input type="hidden" name="volgen" value=value/><button class="ams-button ams-button--secondary">{ctx.t(key)}</button></form> }.into_any()
        }
    };
    let text = ctx.t(if data.follows == Some(true) { "results-following" } else { "results-follow-text" });
    view! { <section class="fb-section" id="volgen"><h2 class="ams-heading ams-heading--2">{ctx.t("results-follow")}</h2><p class="ams-paragraph fb-read">{text}</p>{form}</section> }.into_any()
}

fn published(ctx: &Ctx, data: &WaveResultView, doc: &Published) -> AnyView {
    // Areas stand beside each other on the page of them all, and not again on that of each.
    let whole = doc.scope().map(|s| s.id) == Some(data.area);
    view! {
        {sentences(ctx, data, doc)}
        {choose(ctx, data, doc)}
        {marks::over_waves(ctx, data)}
        {themes::all(ctx, data, doc)}
        {themes::own_questions(ctx, data, doc)}
        {whole.then(|| view! { {areas::table(ctx, doc)}{areas::make_up(ctx, doc)} })}
        {follow(ctx, data)}
        <p class="fb-meta fb-read">{ctx.t("results-suppression")}" "<a class="ams-link" href=ctx.url(&urls::Data {})>{ctx.t("results-data")}</a></p>
    }
    .into_any()
}

/// The result.
pub fn result(ctx: &Ctx, data: &WaveResultView) -> AnyView {
    let body = match &data.doc {
        Some(doc) => published(ctx, data, doc),
        None => view! {
            <section class="fb-notice"><h2 class="ams-heading ams-heading--3">{ctx.t("results-reading")}</h2><p class="ams-paragraph">{ctx.t("results-reading-text")}</p></section>
            {follow(ctx, data)}
        }
        .into_any(),
    };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Waves {})>{ctx.t("survey-title")}</a>
        <div class="fb-head"><p class="fb-kicker">{data.card.title.clone()}</p><h1 class="ams-heading ams-heading--1">{ctx.t("survey-result-title")}</h1><p class="fb-meta">{term(ctx, &data.card)}</p></div>
        {body}
    };
    frame(ctx, Frame::wide(data.card.title.clone()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "survey/result", draw: |ctx| result(ctx, &WaveResultView::sample()) },
        Sample {
            name: "survey/result-buurt",
            draw: |ctx| {
                result(ctx, &WaveResultView { area: AreaId::Buurt(2), follows: None, ..WaveResultView::sample() })
            },
        },
        Sample {
            name: "survey/result-reading",
            draw: |ctx| {
                let none =
                    WaveResultView { doc: None, series: Vec::new(), follows: Some(false), ..WaveResultView::sample() };
                result(ctx, &none)
            },
        },
    ]
}
