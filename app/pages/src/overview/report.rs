//! The yearly report: sentences made from figures, and the tables behind them. The same sentences go to paper.

use super::sheet::{bars, name, table};
use super::{sample_sheet, value};
use crate::frame::{Frame, frame};
use crate::{Ctx, Sample};
use domain::budget::{Share, Total};
use domain::money::Cents;
use domain::overview::Sheet;
use domain::urls;
use leptos::prelude::*;
use texts::Arg;

/// A year.
#[derive(Clone, Debug)]
pub struct ReportView {
    /// Which.
    pub year: i64,
    /// Slug and name of the wijk; `None`: the whole city.
    pub wijk: Option<(String, String)>,
    /// Every wijk, for the links.
    pub wijken: Vec<(String, String)>,
    /// Its share.
    pub share: Share,
    /// Plans with money, and that money: given, paid, back.
    pub funded: (i64, Cents, Cents, Cents),
    /// Of these plans: done.
    pub completed: i64,
    /// Plans handed in that everyone may see.
    pub handed_in: i64,
    /// Buurten with money.
    pub buurten: i64,
    /// Rounds: title, who voted, who could.
    pub rounds: Vec<(String, i64, Option<i64>)>,
    /// Waves: title, answers, mean mark in tenths.
    pub waves: Vec<(String, Option<i64>, Option<i64>)>,
    /// Its tables.
    pub sheets: Vec<Sheet>,
    /// It can be had as a PDF here.
    pub pdf: bool,
}

impl ReportView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            year: 2008,
            wijk: None,
            wijken: vec![("noord".into(), "Noord".into())],
            share: Share {
                cost: Total { known: Cents::euros(20_375_000), at_least: true },
                ceiling: Cents::euros(2_037_500),
                earmarked: Cents::euros(300_000),
                funded: Cents::euros(300_000),
                allotted: Cents::euros(65_000),
            },
            funded: (12, Cents::euros(61_000), Cents::euros(20_000), Cents(31_240)),
            completed: 3,
            handed_in: 41,
            buurten: 5,
            rounds: vec![("Buurtbudget".into(), 412, Some(2000)), ("Klein".into(), 20, None)],
            waves: vec![("Voorjaar".into(), Some(320), Some(71)), ("Najaar".into(), None, None)],
            sheets: vec![sample_sheet()],
            pdf: true,
        }
    }
}

/// A heading with its sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// Whole sentences.
    pub sentences: Vec<String>,
}

/// The title.
pub fn title(ctx: &Ctx, r: &ReportView) -> String {
    let place = r.wijk.as_ref().map_or_else(|| ctx.t("overview-city"), |(_, name)| name.clone());
    ctx.ta("report-title", &[("place", place.into()), ("year", r.year.to_string().into())])
}

/// The report in sentences.
pub fn sections(ctx: &Ctx, r: &ReportView) -> Vec<Section> {
    let money = |c: Cents| -> Arg { ctx.money(c).into() };
    let year: Arg = r.year.to_string().into();
    let section = |key: &str, sentences: Vec<String>| Section { heading: ctx.t(key), sentences };
    let ceiling = if r.share.cost.at_least { "report-ceiling-at-least" } else { "report-ceiling" };
    let mut share = vec![ctx.ta(ceiling, &[("year", year.clone()), ("ceiling", money(r.share.ceiling))])];
    if r.share.funded > Cents::ZERO {
        share.push(ctx.ta("report-funded", &[("funded", money(r.share.funded)), ("room", money(r.share.room()))]));
        share
            .push(ctx.ta("report-allotted", &[("allotted", money(r.share.allotted)), ("left", money(r.share.left()))]));
    } else {
        share.push(ctx.t("report-not-funded"));
    }
    let (many, given, paid, back) = r.funded;
    let mut plans = vec![ctx.ta("report-handed-in", &[("count", r.handed_in.into()), ("year", year.clone())])];
    plans.push(
        ctx.ta(
            "report-plans-funded",
            &[("count", many.into()), ("given", money(given)), ("buurten", r.buurten.into())],
        ),
    );
    if many > 0 {
        plans.push(ctx.ta("report-paid", &[("paid", money(paid))]));
        plans.push(ctx.ta("report-completed", &[("count", r.completed.into())]));
    }
    if back > Cents::ZERO {
        plans.push(ctx.ta("report-returned", &[("returned", money(back))]));
    }
    let mut voices: Vec<String> = r
        .rounds
        .iter()
        .map(|(title, turnout, roll)| {
            let title: Arg = title.as_str().into();
            match roll {
                Some(roll) => ctx.ta(
                    "report-round",
                    &[("title", title), ("count", (*turnout).into()), ("roll", texts::number(ctx.lang, *roll).into())],
                ),
                None => ctx.ta("report-round-open", &[("title", title), ("count", (*turnout).into())]),
            }
        })
        .collect();
    if r.rounds.is_empty() {
        voices.push(ctx.ta("report-no-rounds", &[("year", year.clone())]));
    }
    voices.extend(r.waves.iter().map(|(title, answers, mean)| {
        let title: Arg = title.as_str().into();
        match (answers, mean) {
            (Some(n), Some(mean)) => ctx.ta(
                "report-wave",
                &[("title", title), ("count", (*n).into()), ("mark", texts::decimal_tenths(ctx.lang, *mean).into())],
            ),
            (Some(n), None) => ctx.ta("report-wave-no-mark", &[("title", title), ("count", (*n).into())]),
            _ => ctx.ta("report-wave-few", &[("title", title)]),
        }
    }));
    if r.waves.is_empty() {
        voices.push(ctx.ta("report-no-waves", &[("year", year)]));
    }
    vec![section("report-share", share), section("report-plans", plans), section("report-voices", voices)]
}

/// Tables as words: title, head, rows; for paper. Yes and no of `pm` stands in the amounts already.
pub fn tables(ctx: &Ctx, r: &ReportView) -> Vec<(String, Vec<String>, Vec<Vec<String>>)> {
    let one = |sheet: &Sheet| {
        let kept: Vec<usize> = (0..sheet.columns.len()).filter(|i| sheet.columns[*i] != "pm").collect();
        let first = std::iter::once(ctx.t("overview-col-what"));
        let head = first.chain(kept.iter().map(|i| ctx.t(&format!("overview-col-{}", sheet.columns[*i])))).collect();
        let row = |line: &domain::overview::Line| {
            let cells = kept.iter().filter_map(|i| line.figures.get(*i)).map(|f| value(ctx, &f.value));
            std::iter::once(name(ctx, &line.head)).chain(cells).collect()
        };
        (ctx.t(&format!("overview-sheet-{}", sheet.key)), head, sheet.lines.iter().map(row).collect())
    };
    r.sheets.iter().map(one).collect()
}

/// The page.
pub fn report(ctx: &Ctx, r: &ReportView) -> AnyView {
    let title = title(ctx, r);
    let parts = sections(ctx, r)
        .into_iter()
        .map(|s| {
            let sentences = s.sentences.into_iter().map(|words| view! { <p class="ams-paragraph" dir="auto">{words}</p> }).collect_view();
            view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{s.heading}</h2>{sentences}</section> }
        })
        .collect_view();
    let sheets = r
        .sheets
        .iter()
        .map(|s| view! { <section class="fb-section">{bars(ctx, s)}{table(ctx, s)}</section> })
        .collect_view();
    let wijken = r
        .wijken
        .iter()
        .filter(|(slug, _)| r.wijk.as_ref().is_none_or(|(own, _)| own != slug))
        .map(|(slug, name)| view! { <li class="ams-unordered-list__item"><a class="ams-link" href=ctx.url(&urls::ReportWijk { year: r.year, wijk: slug.clone() })>{name.clone()}</a></li> })
        .collect_view();
    let city = r.wijk.is_some().then(|| view! { <li class="ams-unordered-list__item"><a class="ams-link" href=ctx.url(&urls::Report { year: r.year })>{ctx.t("overview-city")}</a></li> });
    let wijk = r.wijk.as_ref().map_or_else(|| "stad".to_owned(), |(slug, _)| slug.clone());
    let paper = if r.pdf {
        view! { <p class="ams-paragraph fb-no-print"><a class="fb-more" href=ctx.url(&urls::ReportPdf { year: r.year, wijk })>{ctx.t("report-pdf")}</a></p> }.into_any()
    } else {
        view! { <p class="fb-meta fb-no-print">{ctx.t("report-print")}</p> }.into_any()
    };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Overview {})>{ctx.t("overview-title")}</a>
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{title.clone()}</h1>
            <p class="fb-meta">{ctx.ta("report-made", &[("date", texts::date(ctx.lang, ctx.now).into())])}</p></div>
        {paper}
        {parts}
        {sheets}
        <section class="fb-section fb-no-print"><h2 class="ams-heading ams-heading--2">{ctx.t("report-others")}</h2><ul class="ams-unordered-list">{city}{wijken}</ul></section>
    };
    frame(ctx, Frame::wide(title), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "report/city", draw: |ctx| report(ctx, &ReportView::sample()) },
        Sample {
            name: "report/wijk-nothing-yet",
            draw: |ctx| {
                let wijk = Some(("oost".to_owned(), "Oost".to_owned()));
                let share = Share { cost: Total::default(), ..Share::default() };
                let (funded, rounds, waves) = ((0, Cents::ZERO, Cents::ZERO, Cents::ZERO), Vec::new(), Vec::new());
                report(
                    ctx,
                    &ReportView {
                        wijk,
                        share,
                        funded,
                        rounds,
                        waves,
                        handed_in: 0,
                        completed: 0,
                        buurten: 0,
                        pdf: false,
                        ..ReportView::sample()
                    },
                )
            },
        },
        Sample {
            name: "report/wave-without-mark",
            draw: |ctx| {
                report(ctx, &ReportView { waves: vec![("Voorjaar".into(), Some(20), None)], ..ReportView::sample() })
            },
        },
    ]
}
