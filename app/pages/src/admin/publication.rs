//! `/beheer/peilingen/{wave}/publicatie`: what would be published of a wave, and what stays hidden and why.

use crate::frame::{Frame, frame};
use crate::survey::WaveCard;
use crate::survey::result::{WaveResultView, name, title};
use crate::{Ctx, Sample, kit};
use domain::disclosure::{AreaId, Cell, Hidden, Interval, Report, Why};
use domain::form::{Errors, Problem, Raw};
use domain::survey::Published;
use domain::urls;
use leptos::prelude::*;

/// The look before publication.
#[derive(Clone, Debug)]
pub struct PublicationView {
    /// The wave.
    pub card: WaveCard,
    /// What would be published; `None`: its answers were not read yet.
    pub draft: Option<DraftView>,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

/// What would be published.
#[derive(Clone, Debug)]
pub struct DraftView {
    /// The document.
    pub data: Published,
    /// What is hidden and why.
    pub report: Report,
    /// The version that stands.
    pub before: Option<i64>,
    /// It says the same as that version.
    pub same: bool,
    /// Proposals on which nobody decided.
    pub undecided: usize,
    /// Quotes: waiting, released, refused.
    pub quotes: [i64; 3],
    /// Names this very draft.
    pub seen: String,
}

impl PublicationView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let hidden = |cell, why, met| Hidden { cell, why, interval: Some(Interval { low: 0, high: Some(21) }), met };
        let (wijk, small) = (AreaId::Wijk(1), AreaId::Buurt(3));
        let report = Report {
            hidden: vec![
                hidden(Cell::Answers(small), Why::Few, true),
                Hidden { interval: None, ..hidden(Cell::Mean(small), Why::AnswersHidden, true) },
                hidden(Cell::Theme(small, 2), Why::Protects(wijk), true),
                hidden(Cell::Others(small, 2), Why::FewOthers, false),
                hidden(Cell::Posters(small), Why::Earlier, true),
                hidden(Cell::Choice(0, 1), Why::ProtectsOptions, true),
            ],
        };
        let view = WaveResultView::sample();
        Self {
            card: view.card,
            draft: view.doc.map(|data| DraftView {
                data,
                report,
                before: Some(1),
                same: false,
                undecided: 3,
                quotes: [12, 7, 2],
                seen: "ab".into(),
            }),
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }
}

/// What a cell is.
fn cell(ctx: &Ctx, doc: &Published, cell: Cell) -> String {
    let theme = |id: i64| doc.themes.iter().find(|t| t.id == id).map(|t| title(ctx, t)).unwrap_or_default();
    let (key, area, what) = match cell {
        Cell::Answers(area) => ("publication-answers", area, String::new()),
        Cell::Mean(area) => ("publication-mean", area, String::new()),
        Cell::Theme(area, id) => ("publication-theme", area, theme(id)),
        Cell::Others(area, id) => ("publication-others", area, theme(id)),
        Cell::Posters(area) => ("publication-posters", area, String::new()),
        Cell::Choice(question, option) => {
            let text = doc.questions.iter().find(|q| q.id == question).map(|q| q.text.in_lang("nl").to_owned());
            let what = format!("{} ({})", text.unwrap_or_default(), option + 1);
            ("publication-choice", doc.scope().map_or(AreaId::City, |s| s.id), what)
        }
    };
    ctx.ta(key, &[("place", name(ctx, doc, area).into()), ("what", what.into())])
}

fn why(ctx: &Ctx, doc: &Published, why: Why) -> String {
    match why {
        Why::Few => ctx.t("publication-why-few"),
        Why::FewOthers => ctx.t("publication-why-others"),
        Why::AnswersHidden => ctx.t("publication-why-hidden"),
        Why::Protects(area) => ctx.ta("publication-why-protects", &[("place", name(ctx, doc, area).into())]),
        Why::ProtectsOptions => ctx.t("publication-why-options"),
        Why::Earlier => ctx.t("publication-why-earlier"),
    }
}

fn report(ctx: &Ctx, draft: &DraftView) -> AnyView {
    let rows = draft
        .report
        .hidden
        .iter()
        .map(|h| {
            let range = match h.interval {
                None => "–".to_owned(),
                Some(Interval { low, high: None }) => ctx.ta("publication-from", &[("low", low.into())]),
                Some(Interval { low, high: Some(high) }) => format!("{low} – {high}"),
            };
            let met = if h.met { range } else { format!("{range}. {}", ctx.t("publication-not-met")) };
            view! { <tr class="fb-table__row"><th class="ams-table__header-cell fb-table__lead" scope="row">{cell(ctx, &draft.data, h.cell)}</th>
                <td class="ams-table__cell" data-label=ctx.t("publication-why")>{why(ctx, &draft.data, h.why)}</td>
                <td class="ams-table__cell" data-label=ctx.t("publication-range")>{met}</td></tr> }
        })
        .collect_view();
    view! {
        <details class="fb-details"><summary class="fb-details__button">{ctx.ta("publication-hidden", &[("count", draft.report.hidden.len().into())])}</summary>
            <p class="ams-paragraph">{ctx.t("publication-hidden-text")}</p>
            <div class="ams-table fb-table" role="region" aria-labelledby="verborgen" tabindex="0"><table class="ams-table__table fb-table__table">
                <caption class="ams-table__caption" id="verborgen">{ctx.t("publication-hidden-title")}</caption>
                <thead class="ams-table__header fb-table__head"><tr><th class="ams-table__header-cell" scope="col">{ctx.t("publication-cell")}</th>
                    <th class="ams-table__header-cell" scope="col">{ctx.t("publication-why")}</th>
                    <th class="ams-table__header-cell" scope="col">{ctx.t("publication-range")}</th></tr></thead>
                <tbody>{rows}</tbody></table></div></details>
    }
    .into_any()
}

/// What would be shown, area by area.
fn shown(ctx: &Ctx, draft: &DraftView) -> AnyView {
    let doc = &draft.data;
    let hidden = || ctx.t("survey-too-few");
    let number = |n: Option<usize>| n.map_or_else(hidden, |n| n.to_string());
    let rows = doc
        .shown
        .areas
        .iter()
        .map(|a| {
            let mean = a.mean_tenths.map_or_else(hidden, |n| texts::decimal_tenths(ctx.lang, n));
            let themes = doc.themes.iter().filter(|t| a.theme(t.id).is_some()).count();
            view! { <tr class="fb-table__row"><th class="ams-table__header-cell fb-table__lead" scope="row">{name(ctx, doc, a.id)}</th>
                <td class="ams-table__cell ams-table__cell--align-end" data-label=ctx.t("survey-answers")>{number(a.answers)}</td>
                <td class="ams-table__cell ams-table__cell--align-end" data-label=ctx.t("survey-mean")>{mean}</td>
                <td class="ams-table__cell ams-table__cell--align-end" data-label=ctx.t("publication-posters-column")>{number(a.posters)}</td>
                <td class="ams-table__cell ams-table__cell--align-end" data-label=ctx.t("wave-desk-themes")>{themes}</td></tr> }
        })
        .collect_view();
    view! {
        <div class="ams-table fb-table" role="region" aria-labelledby="getoond" tabindex="0"><table class="ams-table__table fb-table__table">
            <caption class="ams-table__caption" id="getoond">{ctx.t("publication-shown")}</caption>
            <thead class="ams-table__header fb-table__head"><tr><th class="ams-table__header-cell" scope="col">{ctx.t("results-area")}</th>
                <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{ctx.t("survey-answers")}</th>
                <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{ctx.t("survey-mean")}</th>
                <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{ctx.t("publication-posters-column")}</th>
                <th class="ams-table__header-cell ams-table__header-cell--align-end" scope="col">{ctx.t("wave-desk-themes")}</th></tr></thead>
            <tbody>{rows}</tbody></table></div>
    }
    .into_any()
}

fn look(ctx: &Ctx, data: &PublicationView, draft: &DraftView) -> AnyView {
    let doc = &draft.data;
    let stands = match draft.before {
        Some(version) => ctx.ta("publication-stands", &[("version", version.into())]),
        None => ctx.t("publication-none"),
    };
    let undecided = (draft.undecided > 0 && draft.before.is_none())
        .then(|| view! { <p class="fb-notice fb-notice--plain">{ctx.ta("publication-undecided", &[("count", draft.undecided.into())])}</p> });
    let themes = doc
        .themes
        .iter()
        .map(|t| view! { <li class="ams-unordered-list__item" dir="auto">{title(ctx, t)}</li> })
        .collect_view();
    let quotes = doc
        .quotes
        .iter()
        .map(|q| view! { <blockquote class="fb-quote"><p class="ams-paragraph" dir="auto">{q.words.clone()}</p><footer class="fb-meta">{name(ctx, doc, q.area)}</footer></blockquote> })
        .collect_view();
    let left = usize::try_from(draft.quotes[1]).unwrap_or(0).saturating_sub(doc.quotes.len());
    let action = ctx.url(&urls::AdminWavePublication { wave: data.card.slug.clone() });
    let publish = match draft.before.filter(|_| draft.same) {
        Some(version) => view! { <p class="fb-notice fb-notice--plain" id="seen">{ctx.ta("publication-same", &[("version", version.into())])}</p> }.into_any(),
        None => view! {
            <form class="fb-form" method="post" action=action id="seen" novalidate>{kit::hidden(ctx)}<input type="hidden" name="seen" value=draft.seen.clone()/>
                <p class="ams-paragraph fb-read">{ctx.t("publication-final")}</p>
                {kit::error_text(ctx, "looked", &data.errors)}
                {kit::tick("looked", ctx.t("publication-looked"), ctx.t("publication-looked-hint"), &data.typed)}
                {kit::bar(ctx.ta("publication-do", &[("version", doc.version.into())]))}</form>
        }
        .into_any(),
    };
    view! {
        <p class="ams-paragraph fb-read">{stands}</p>{undecided}
        {shown(ctx, draft)}{report(ctx, draft)}
        <details class="fb-details"><summary class="fb-details__button">{ctx.ta("publication-themes", &[("count", doc.themes.len().into())])}</summary><ul class="ams-unordered-list">{themes}</ul></details>
        <details class="fb-details"><summary class="fb-details__button">{ctx.ta("publication-quotes", &[("count", doc.quotes.len().into())])}</summary>{quotes}</details>
        <p class="fb-meta">{ctx.ta("publication-quotes-left", &[("waiting", draft.quotes[0].into()), ("placeless", left.into())])}</p>
        {publish}
    }
    .into_any()
}

/// The page.
pub fn publication(ctx: &Ctx, data: &PublicationView) -> AnyView {
    let body = match &data.draft {
        Some(draft) => look(ctx, data, draft),
        None => {
            let action = ctx.url(&urls::AdminWaveRead { wave: data.card.slug.clone() });
            view! { <p class="ams-paragraph fb-read">{ctx.t("publication-unread")}</p>
                <form class="fb-form" method="post" action=action>{kit::hidden(ctx)}<button class="ams-button ams-button--primary">{ctx.t("publication-read")}</button></form> }
            .into_any()
        }
    };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::AdminWave { wave: data.card.slug.clone() })>{data.card.title.clone()}</a>
        {kit::error_summary(ctx, &data.errors, &[("seen", "publication-title"), ("looked", "publication-looked")])}
        <h1 class="ams-heading ams-heading--1">{ctx.t("publication-title")}</h1>
        <p><a class="fb-more" href=ctx.url(&urls::ModerationWave { wave: data.card.slug.clone() })>{ctx.t("publication-to-desk")}</a></p>
        {body}
    };
    frame(ctx, Frame::narrow(ctx.t("publication-title")).failed(!data.errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "admin/publication", draw: |ctx| publication(ctx, &PublicationView::sample()) },
        Sample {
            name: "admin/publication-first",
            draw: |ctx| {
                let mut first = PublicationView::sample();
                if let Some(draft) = &mut first.draft {
                    draft.before = None;
                }
                publication(ctx, &PublicationView { errors: Errors::one("seen", Problem::Changed), ..first })
            },
        },
        Sample {
            name: "admin/publication-same",
            draw: |ctx| {
                let mut same = PublicationView::sample();
                if let Some(draft) = &mut same.draft {
                    draft.same = true;
                }
                publication(ctx, &same)
            },
        },
        Sample {
            name: "admin/publication-unlooked",
            draw: |ctx| {
                let errors = Errors::one("looked", Problem::Missing);
                publication(ctx, &PublicationView { errors, ..PublicationView::sample() })
            },
        },
        Sample {
            name: "admin/publication-unread",
            draw: |ctx| publication(ctx, &PublicationView { draft: None, ..PublicationView::sample() }),
        },
    ]
}
