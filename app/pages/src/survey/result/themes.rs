//! Themes with their counts, over waves, with what people said and what is done about it.

use super::marks::runs;
use super::{ReplyView, WaveResultView, count, name, title};
use crate::Ctx;
use domain::survey::{AskedIn, Kind, Published, Quote, Theme};
use domain::urls;
use leptos::prelude::*;
use texts::Lang;

/// Most quotes under one theme before the rest is folded.
const QUOTES: usize = 3;

fn quote(ctx: &Ctx, doc: &Published, q: &Quote) -> AnyView {
    let place = name(ctx, doc, q.area);
    let from = if q.poster { ctx.ta("results-by-poster", &[("place", place.into())]) } else { place };
    // Written on a page in that language; whoever wrote may have chosen another.
    view! { <blockquote class="fb-quote"><p class="ams-paragraph" dir="auto">{q.words.clone()}</p><footer class="fb-meta">{from}</footer></blockquote> }.into_any()
}

fn quotes(ctx: &Ctx, doc: &Published, all: &[&Quote]) -> AnyView {
    let (first, rest) = all.split_at(all.len().min(QUOTES));
    let first = first.iter().map(|q| quote(ctx, doc, q)).collect_view();
    let more = (!rest.is_empty()).then(|| {
        let label = ctx.ta("results-more-quotes", &[("count", rest.len().into())]);
        let rest = rest.iter().map(|q| quote(ctx, doc, q)).collect_view();
        view! { <details class="fb-details"><summary class="fb-details__button">{label}</summary>{rest}</details> }
    });
    view! { {first}{more} }.into_any()
}

/// 'Wat gaan we doen?'
fn reply(ctx: &Ctx, r: &ReplyView) -> AnyView {
    let badge = match r.stance {
        domain::survey::Stance::Do => "ams-badge ams-badge--lime",
        domain::survey::Stance::NotYet => "ams-badge ams-badge--orange",
        domain::survey::Stance::Dont => "ams-badge",
    };
    let who = [r.organisation.as_str(), r.place.as_str()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>();
    let mut line = texts::date(ctx.lang, r.at);
    if !who.is_empty() {
        line = format!("{}, {line}", who.join(", "));
    }
    let by = r.by_at.map(
        |at| view! { <p class="fb-meta">{ctx.ta("results-by", &[("date", texts::date(ctx.lang, at).into())])}</p> },
    );
    let plan = r.plan.as_ref().map(|(id, title)| view! { <p class="ams-paragraph"><a class="ams-link" dir="auto" href=ctx.url(&urls::Initiative { id: *id })>{title.clone()}</a></p> });
    let programme = (!r.programme.is_empty()).then(|| view! { <p class="fb-meta"><a class="ams-link" href=ctx.url(&urls::Budget {})>{ctx.ta("results-programme", &[("name", r.programme.as_str().into())])}</a></p> });
    view! {
        <li class="fb-card fb-card--flat"><div class="fb-card__body fb-stack fb-stack--tight">
            <p class="fb-row fb-row--tight"><span class=badge>{ctx.t(&format!("stance-{}", r.stance.key()))}</span></p>
            {crate::kit::lines(&r.words)}{plan}{programme}{by}<p class="fb-meta" dir="auto">{line}</p></div></li>
    }
    .into_any()
}

/// How often a theme was named in each wave that asked in the same words.
fn over_waves(ctx: &Ctx, data: &WaveResultView, theme: &Theme) -> AnyView {
    let runs = runs(&data.series);
    let here = |run: &&Vec<&Published>| run.iter().any(|d| Some(&d.slug) == data.doc.as_ref().map(|d| &d.slug));
    let Some(run) = runs.iter().find(here).filter(|run| run.len() > 1) else { return ().into_any() };
    let lines = run
        .iter()
        .filter_map(|doc| {
            let there = doc.themes.iter().any(|t| t.id == theme.id);
            let shown = doc.shown.area(data.area)?;
            let value = match (shown.theme(theme.id), shown.answers) {
                (Some(n), Some(of)) => ctx.ta("results-of", &[("count", n.into()), ("of", of.into())]),
                _ if there => ctx.t("survey-too-few"),
                _ => ctx.t("results-not-found"),
            };
            Some(crate::kit::fact(doc.title.clone(), value))
        })
        .collect_view();
    view! { <details class="fb-details"><summary class="fb-details__button">{ctx.t("results-theme-waves")}</summary><dl class="fb-facts">{lines}</dl></details> }.into_any()
}

/// What was said of a theme where the reader looks.
fn said<'a>(data: &WaveResultView, doc: &'a Published, theme: &Theme) -> Vec<&'a Quote> {
    let everywhere = doc.scope().map(|s| s.id) == Some(data.area);
    doc.quotes.iter().filter(|q| q.themes.contains(&theme.id) && (everywhere || q.area == data.area)).collect()
}

fn one(ctx: &Ctx, data: &WaveResultView, doc: &Published, theme: &Theme) -> AnyView {
    let shown = doc.shown.area(data.area);
    let line = match shown.and_then(|s| Some((s.theme(theme.id)?, s.answers?))) {
        Some((n, of)) => ctx.ta("results-of", &[("count", n.into()), ("of", of.into())]),
        None => ctx.t("survey-too-few"),
    };
    let said = said(data, doc, theme);
    let replies: Vec<AnyView> = data.replies.iter().filter(|r| r.theme == theme.id).map(|r| reply(ctx, r)).collect();
    let done = (!replies.is_empty()).then(|| view! { <h4 class="ams-heading ams-heading--4">{ctx.t("results-what-now")}</h4><ul class="fb-cards">{replies}</ul> });
    let answer = data.may_reply.then(|| {
        let href = format!("{}?thema={}", ctx.url(&urls::ModerationWaveReply { wave: doc.slug.clone() }), theme.id);
        view! { <p><a class="fb-more" href=href>{ctx.t("results-reply")}</a></p> }
    });
    view! {
        <article class="fb-card" id=format!("thema-{}", theme.id)><div class="fb-card__body fb-stack">
            <h3 class="ams-heading ams-heading--3" dir="auto">{title(ctx, theme)}</h3><p class="fb-meta">{line}</p>
            {quotes(ctx, doc, &said)}{over_waves(ctx, data, theme)}{done}{answer}</div></article>
    }
    .into_any()
}

/// What lies under no theme.
fn others(ctx: &Ctx, data: &WaveResultView, doc: &Published) -> AnyView {
    let scope = doc.scope().map(|s| s.id);
    let loose: Vec<&Quote> = doc
        .quotes
        .iter()
        .filter(|q| {
            q.themes.is_empty() && !q.question.starts_with("own") && (q.area == data.area || scope == Some(data.area))
        })
        .collect();
    if loose.is_empty() {
        return ().into_any();
    }
    view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("survey-quotes")}</h2>{quotes(ctx, doc, &loose)}</section> }.into_any()
}

/// Every theme, most named first.
pub(super) fn all(ctx: &Ctx, data: &WaveResultView, doc: &Published) -> AnyView {
    let parts = [
        (AskedIn::Better, "results-better"),
        (AskedIn::Good, "results-good"),
        (AskedIn::Ticked, "results-ticked"),
    ]
    .into_iter()
    .filter_map(|(asked, key)| {
        let mut of: Vec<&Theme> = doc.themes.iter().filter(|t| t.asked == asked).collect();
        let shown = doc.shown.area(data.area);
        // Ticked ones of which nothing is shown would be a list of nothing.
        of.retain(|t| asked != AskedIn::Ticked || shown.is_some_and(|s| s.theme(t.id).is_some()));
        of.sort_by_key(|t| (std::cmp::Reverse(shown.and_then(|s| s.theme(t.id))), title(ctx, t).to_lowercase()));
        let (told, hidden): (Vec<&Theme>, Vec<&Theme>) = of.iter().partition(|t| {
            shown.is_some_and(|s| s.theme(t.id).is_some()) || data.replies.iter().any(|r| r.theme == t.id) || !said(data, doc, t).is_empty()
        });
        let cards = told.iter().map(|t| one(ctx, data, doc, t)).collect_view();
        // Said once, instead of on a card for each.
        let rest = (!hidden.is_empty()).then(|| {
            let names = hidden.iter().map(|t| title(ctx, t)).collect::<Vec<_>>().join(", ");
            view! { <p class="fb-meta fb-read" dir="auto">{ctx.ta("results-themes-hidden", &[("themes", names.into())])}</p> }
        });
        (!of.is_empty()).then(|| view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t(key)}</h2>{cards}{rest}</section> })
    })
    .collect_view();
    view! { {parts}{others(ctx, data, doc)} }.into_any()
}

/// The scope's own questions, and what was said to open ones.
pub(super) fn own_questions(ctx: &Ctx, data: &WaveResultView, doc: &Published) -> AnyView {
    if doc.scope().map(|s| s.id) != Some(data.area) {
        return ().into_any();
    }
    let lang = if ctx.lang == Lang::En { "en" } else { "nl" };
    let parts = doc
        .questions
        .iter()
        .filter_map(|q| {
            let shown = doc.shown.questions.iter().find(|s| s.id == q.id)?;
            let last = shown.options.len().saturating_sub(1);
            let lines = shown
                .options
                .iter()
                .enumerate()
                .filter_map(|(n, answers)| {
                    let answers = count(ctx, (*answers)?);
                    let option = match (n == last, q.kind) {
                        (true, _) => ctx.t("results-skipped"),
                        (_, Kind::Scale) => {
                            let end = if n == 0 { q.options.first() } else { q.options.get(1).filter(|_| n + 1 == last) };
                            end.map_or_else(|| (n + 1).to_string(), |e| format!("{}: {}", n + 1, e.in_lang(lang)))
                        }
                        _ => q.options.get(n).map(|o| o.in_lang(lang).to_owned()).unwrap_or_default(),
                    };
                    Some(crate::kit::fact(option, answers))
                })
                .collect::<Vec<_>>();
            let hidden = match shown.options.len() - lines.len() {
                0 => None,
                _ if lines.is_empty() => Some("results-own-hidden"),
                _ => Some("results-own-rest"),
            };
            let hidden = hidden.map(|key| view! { <p class="fb-meta">{ctx.t(key)}</p> });
            let lines = (!lines.is_empty()).then(|| view! { <dl class="fb-facts">{lines}</dl> });
            Some(view! { <h3 class="ams-heading ams-heading--3" dir="auto">{q.text.in_lang(lang).to_owned()}</h3>{lines}{hidden} })
        })
        .collect_view();
    let said: Vec<&Quote> = doc.quotes.iter().filter(|q| q.question.starts_with("own")).collect();
    if doc.questions.is_empty() && said.is_empty() {
        return ().into_any();
    }
    view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("results-own")}</h2>{parts}{quotes(ctx, doc, &said)}</section> }.into_any()
}
