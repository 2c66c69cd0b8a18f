//! What residents did in a year, in one wijk or the whole city: figures from which the report's sentences are made.

use super::{Asked, Choices, choices, sheets};
use crate::ActError;
use domain::budget::Share;
use domain::form::Raw;
use domain::initiative::State;
use domain::overview::Sheet;
use domain::round::Phase;
use domain::time::Seconds;
use store::Conn;
use store::figures::{self, Narrow, Sum};
use store::places::Wijk;

/// A round whose result is out.
#[derive(Clone, Debug)]
pub struct Round {
    /// For its link.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Who voted.
    pub turnout: i64,
    /// Who could, where it is known.
    pub roll: Option<i64>,
}

/// A wave of which something is published.
#[derive(Clone, Debug)]
pub struct Wave {
    /// For its link.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Answers here, where they can be told.
    pub answers: Option<i64>,
    /// Mean mark in tenths, where it can be told.
    pub mean_tenths: Option<i64>,
}

/// A year.
#[derive(Clone, Debug)]
pub struct Report {
    /// Budget year, and the calendar year in which plans were handed in and waves closed.
    pub year: i64,
    /// One wijk, or the whole city.
    pub wijk: Option<Wijk>,
    /// Every wijk, for the links.
    pub wijken: Vec<Wijk>,
    /// Its share.
    pub share: Share,
    /// Plans with money of the budget year, and that money.
    pub funded: Sum,
    /// Of these plans: done.
    pub completed: i64,
    /// Plans that were handed in and that everyone may see.
    pub handed_in: i64,
    /// Buurten with money of the year.
    pub buurten: i64,
    /// Rounds of the budget year.
    pub rounds: Vec<Round>,
    /// Waves that closed in the year.
    pub waves: Vec<Wave>,
    /// Sheets that belong to it: share, programmes, wijken, buurten.
    pub sheets: Vec<Sheet>,
}

/// The year as 2026 of a moment, by the clock of the city.
fn year_of(at: Seconds) -> i64 {
    texts::rfc3339_day(at).get(..4).and_then(|y| y.parse().ok()).unwrap_or(0)
}

/// The report of a budget year; `None` for a year that no budget knows, or a wijk that there is not.
///
/// # Errors
/// The store's.
pub async fn report(c: &mut Conn, year: i64, wijk: Option<&str>, now: i64) -> Result<Option<Report>, ActError> {
    let all = choices(c).await?;
    let found = wijk.map(|slug| all.wijken.iter().find(|w| w.slug == slug).cloned());
    if !all.years.contains(&year) || matches!(found, Some(None)) {
        return Ok(None);
    }
    let raw = Raw::from_pairs(&[("wijk", wijk.unwrap_or_default()), ("jaar", &year.to_string())]);
    let asked = Asked::read(c, &all, &raw).await?;
    let kept = ["share", "programmes", "wijken", "buurten"];
    let sheets = sheets::all(c, &asked, &all, "", now).await?.into_iter().filter(|s| kept.contains(&s.key)).collect();
    let buurten = asked.buurten(&all);
    let money = figures::by_buurt(c, &asked.narrow(&all), year).await?;
    let done = Narrow { state: Some(State::Completed.key().into()), ..asked.narrow(&all) };
    let completed = figures::by_buurt(c, &done, year).await?.iter().map(|sum| sum.funded).sum();
    let share = share(c, &asked, &all, now).await?;
    let report = Report {
        year,
        share,
        funded: sheets::together(&money),
        completed,
        handed_in: figures::handed_in(c, buurten.as_deref(), year * 100 + 1, year * 100 + 13).await?,
        buurten: i64::try_from(money.iter().filter(|sum| sum.funded > 0).count()).unwrap_or(i64::MAX),
        rounds: rounds(c, &asked, &all).await?,
        waves: waves(c, &asked).await?,
        sheets,
        wijken: all.wijken.clone(),
        wijk: asked.wijk,
    };
    Ok(Some(report))
}

async fn share(c: &mut Conn, asked: &Asked, all: &Choices, now: i64) -> Result<Share, ActError> {
    let source = sheets::Source { asked, all, lines: store::budget::lines(c).await?, now };
    let (shares, city) = sheets::shares(c, &source).await?;
    let own = asked.wijk.as_ref().and_then(|w| all.wijken.iter().position(|one| one.id == w.id));
    Ok(own.and_then(|n| shares.get(n).copied()).unwrap_or(city))
}

async fn rounds(c: &mut Conn, asked: &Asked, all: &Choices) -> Result<Vec<Round>, ActError> {
    let here = |name: &str| asked.wijk.is_none() || all.buurten.iter().any(|b| b.name == name && asked.takes(b));
    let of_year = store::rounds::all(c).await?.into_iter().filter(|r| r.phase == Phase::Result && r.year == asked.year);
    let rounds = of_year.filter(|r| here(&r.buurt)).map(|r| Round {
        slug: r.slug,
        title: r.title,
        turnout: r.turnout.unwrap_or(0) + r.paper_turnout.unwrap_or(0),
        roll: r.roll_size,
    });
    Ok(rounds.collect())
}

/// From what is published, and nothing else.
async fn waves(c: &mut Conn, asked: &Asked) -> Result<Vec<Wave>, ActError> {
    let docs = store::results::published(c).await?.into_iter().filter(|doc| year_of(doc.closes_at) == asked.year);
    let waves = docs.filter_map(|doc| {
        let area = match &asked.wijk {
            None => doc.scope().map(|a| a.id),
            Some(wijk) => doc
                .areas
                .iter()
                .find(|a| matches!(a.id, domain::disclosure::AreaId::Wijk(_)) && a.slug == wijk.slug)
                .map(|a| a.id),
        };
        let shown = doc.shown.area(area?);
        Some(Wave {
            slug: doc.slug.clone(),
            title: doc.title.clone(),
            answers: shown.and_then(|s| s.answers).and_then(|n| i64::try_from(n).ok()),
            mean_tenths: shown.and_then(|s| s.mean_tenths),
        })
    });
    Ok(waves.collect())
}
