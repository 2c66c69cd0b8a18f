//! Dashboards: what the share, plans, help and survey look like, for everyone, and with more for moderators, stadsdeel and city of
//! their own buurten. From sums that triggers keep (`store::figures`), so that many plans cost what few cost.

mod export;
mod fold;
mod report;
mod rows;
mod sheets;

pub use export::{csv, xlsx};
pub use fold::{fold, mend, wrong};
pub use report::{Report, Round, Wave, report};
pub use rows::{moved_sheet, plans_sheet};
pub use sheets::{STATES_INSIDE, STATES_PUBLIC};

use crate::ActError;
use domain::access::{Act, Actor, Role, Subject, decide};
use domain::form::Raw;
use domain::initiative::State;
use domain::overview::Sheet;
use store::figures::{LateKind, ListFilter, MovedFilter, Narrow};
use store::places::{Buurt, Named, Wijk};
use store::{Conn, places};

/// Roles that see figures of plans that are not public.
const INSIDERS: [Role; 3] = [Role::Moderator, Role::Staff, Role::Administrator];

/// What a reader asks for, read from the address; what cannot be read is left out.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Wijk.
    pub wijk: Option<Wijk>,
    /// Buurt.
    pub buurt: Option<Buurt>,
    /// Programme.
    pub programme: Option<Named>,
    /// State.
    pub state: Option<State>,
    /// Budget year, in which money is shown.
    pub year: i64,
}

/// Everything that can be asked for.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Wijken by name.
    pub wijken: Vec<Wijk>,
    /// Buurten by wijk and name.
    pub buurten: Vec<Buurt>,
    /// Programmes.
    pub programmes: Vec<Named>,
    /// Budget years, the newest first.
    pub years: Vec<i64>,
}

/// A dashboard.
#[derive(Clone, Debug)]
pub struct Overview {
    /// What was asked for.
    pub asked: Asked,
    /// What else can be.
    pub choices: Choices,
    /// Its sheets.
    pub sheets: Vec<Sheet>,
    /// The reader sees more than everyone.
    pub inside: bool,
}

/// This month as 202611, by UTC as the sums have it.
pub fn month(now: i64) -> i64 {
    let day = texts::rfc3339(now);
    let (year, month) = (day.get(..4).unwrap_or("0"), day.get(5..7).unwrap_or("1"));
    year.parse::<i64>().unwrap_or(0) * 100 + month.parse::<i64>().unwrap_or(1)
}

/// All that can be asked for.
///
/// # Errors
/// The store's.
pub async fn choices(c: &mut Conn) -> Result<Choices, ActError> {
    let mut years = crate::shares::years(c).await?;
    years.reverse();
    Ok(Choices {
        wijken: places::wijken(c).await?,
        buurten: places::buurten(c).await?,
        programmes: places::programmes(c).await?,
        years,
    })
}

impl Asked {
    /// Fields: `wijk`, `buurt`, `programma`, `status`, `jaar`. Without a year: the newest in which programme lines gave something,
    /// else the newest.
    ///
    /// # Errors
    /// The store's.
    pub async fn read(c: &mut Conn, all: &Choices, raw: &Raw) -> Result<Self, ActError> {
        let mut year = raw.get("jaar").parse().ok().filter(|y| all.years.contains(y));
        for candidate in &all.years {
            if year.is_none() && !store::figures::funded(c, *candidate).await?.is_empty() {
                year = Some(*candidate);
            }
        }
        let buurt = all.buurten.iter().find(|b| b.slug == raw.get("buurt"));
        let wijk = all.wijken.iter().find(|w| buurt.map_or(w.slug == raw.get("wijk"), |b| w.id == b.wijk_id));
        Ok(Self {
            wijk: wijk.cloned(),
            buurt: buurt.cloned(),
            programme: all.programmes.iter().find(|p| p.slug == raw.get("programma")).cloned(),
            state: State::from_key(raw.get("status")),
            year: year.or(all.years.first().copied()).unwrap_or(0),
        })
    }

    /// Buurten that were asked for; `None`: all.
    fn buurten(&self, all: &Choices) -> Option<String> {
        let ids = |list: Vec<i64>| format!(",{},", list.iter().map(i64::to_string).collect::<Vec<_>>().join(","));
        match (&self.buurt, &self.wijk) {
            (Some(buurt), _) => Some(ids(vec![buurt.id])),
            (None, Some(wijk)) => {
                Some(ids(all.buurten.iter().filter(|b| b.wijk_id == wijk.id).map(|b| b.id).collect()))
            }
            (None, None) => None,
        }
    }

    /// For the sums.
    fn narrow(&self, all: &Choices) -> Narrow {
        Narrow {
            buurten: self.buurten(all),
            programme: self.programme.as_ref().map(|p| p.id),
            state: self.state.map(|s| s.key().to_owned()),
        }
    }

    /// Whether a buurt is among those that were asked for.
    fn takes(&self, b: &Buurt) -> bool {
        self.buurt.as_ref().map_or(self.wijk.as_ref().is_none_or(|w| w.id == b.wijk_id), |own| own.id == b.id)
    }
}

/// Buurten of which this reader sees plans that are not public: `,1,2,`, `*` for the whole city, empty for none.
///
/// # Errors
/// The store's.
pub async fn inside(c: &mut Conn, actor: &Actor) -> Result<String, ActError> {
    if decide(Act::SeeFigures, actor, &Subject::default()).is_err() {
        return Ok(String::new());
    }
    Ok(crate::moderation::places_of(c, actor, &INSIDERS).await?.unwrap_or_else(|| "*".into()))
}

/// The dashboard as this reader may see it.
///
/// # Errors
/// The store's.
pub async fn overview(c: &mut Conn, actor: &Actor, raw: &Raw, now: i64) -> Result<Overview, ActError> {
    let choices = choices(c).await?;
    let asked = Asked::read(c, &choices, raw).await?;
    let inside = inside(c, actor).await?;
    let sheets = sheets::all(c, &asked, &choices, &inside, now).await?;
    Ok(Overview { asked, choices, sheets, inside: !inside.is_empty() })
}

/// The list of plans behind a figure. Fields: those of [`Asked`] without a default for `jaar`, `programma` also `geen`,
/// `vanaf` and `tot` (202611), `te-laat` (`antwoord`, `stap`), `openbaar` (`1`: only what everyone may see).
///
/// # Errors
/// The store's.
pub async fn plans_asked(c: &mut Conn, actor: &Actor, raw: &Raw, now: i64) -> Result<ListFilter, ActError> {
    let all = choices(c).await?;
    let asked = Asked::read(c, &all, raw).await?;
    let late = match raw.get("te-laat") {
        "antwoord" => Some(LateKind::Reply),
        "stap" => Some(LateKind::Step),
        _ => None,
    };
    let month = |name: &str| raw.get(name).parse().ok().filter(|m| (190_001..=999_912).contains(m));
    let public = raw.get("openbaar") == "1";
    Ok(ListFilter {
        buurten: asked.buurten(&all),
        programme: if raw.get("programma") == "geen" { Some(0) } else { asked.programme.map(|p| p.id) },
        state: asked.state.map(|s| s.key().to_owned()),
        year: raw.get("jaar").parse().ok().filter(|y| all.years.contains(y)),
        from: month("vanaf").unwrap_or(0),
        before: month("tot").unwrap_or(1_000_000),
        late,
        inside: if public { String::new() } else { inside(c, actor).await? },
        now,
        limit: 0,
        offset: 0,
    })
}

/// The list of movements behind a figure, which everyone may see. Fields: `wijk`, `jaar`, `programma`, and `soort` (`inleg`: with
/// programme lines; `verdeeld`: everything else).
///
/// # Errors
/// The store's.
pub async fn moved_asked(c: &mut Conn, raw: &Raw) -> Result<MovedFilter, ActError> {
    let all = choices(c).await?;
    let asked = Asked::read(c, &all, raw).await?;
    let funding = match raw.get("soort") {
        "inleg" => Some(true),
        "verdeeld" => Some(false),
        _ => None,
    };
    let (wijk, programme) = (asked.wijk.map(|w| w.id), asked.programme.map(|p| p.id));
    Ok(MovedFilter { wijk, programme, year: asked.year, funding, limit: 0, offset: 0 })
}
