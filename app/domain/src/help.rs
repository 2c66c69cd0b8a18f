//! Help that residents offer, what plans ask for, and which fit together.
//!
//! Add a kind of help: its key in [`KINDS`] and its text `offer-kind-<key>`.

use crate::access::Act;
use crate::disclosure::{Area, AreaId, Counts, Method, Wave, publish};
use crate::form::{Errors, Problem, Raw};
use crate::initiative::{NAME_MAX, TEXT_MAX};
use crate::time::{DAY, Seconds};
use std::cmp::Reverse;

/// Kinds of help; texts are `offer-kind-<key>`.
pub const KINDS: &[&str] = &[
    "cooking",
    "odd_jobs",
    "gardening",
    "transport",
    "language",
    "paperwork",
    "computer",
    "children",
    "music",
    "organising",
    "company",
    "lending",
    "other",
];
/// Most kinds of one offer, or of one thing that a plan asks for.
pub const MOST_KINDS: usize = 4;
/// Parts of the week; texts are `offer-time-<key>`.
pub const TIMES: &[&str] =
    &["week_morning", "week_afternoon", "week_evening", "weekend_morning", "weekend_afternoon", "weekend_evening"];
/// Languages of the list; texts are `offer-lang-<key>`.
pub const LANGUAGES: &[&str] = &["nl", "en", "ar", "ber", "tr", "pl", "srn", "es", "pt", "fr", "de"];
/// Most things that a plan asks for at once.
pub const MOST_NEEDS: usize = 5;
/// Most offers of one account at once.
pub const MOST_OFFERS: usize = 5;
/// Most hours in a week.
pub const MOST_HOURS: i64 = 40;
/// Longest words of what a plan asks for, in characters.
pub const NEED_MAX: usize = 300;
/// Longest message with a question to be introduced, in characters.
pub const ASK_MAX: usize = 500;
/// Longest message of a thread, in characters.
pub const MESSAGE_MAX: usize = TEXT_MAX;
/// After so many days an offer's maker is asked whether it still holds.
pub const ASK_AFTER: i64 = 365;
/// After so many days without an answer the offer is paused.
pub const PAUSE_AFTER: i64 = 30;
/// Who has not answered a question to be introduced is reminded once after this long.
pub const REMIND_AFTER: Seconds = 3 * DAY;
/// After this long the moderators are told.
pub const TELL_AFTER: Seconds = 7 * DAY;
/// After this long both are asked what came of it.
pub const OUTCOME_AFTER: Seconds = 30 * DAY;
/// An offer that nobody was introduced for in so many days stands apart.
pub const UNMATCHED: i64 = 14;
/// Messages are kept this long.
pub const KEEP: Seconds = 365 * DAY;
/// Counts below this are not told.
pub const SMALLEST: i64 = 10;

/// The day (UTC) of a moment: the finest time that an offer keeps.
pub fn day(at: Seconds) -> i64 {
    at.div_euclid(DAY)
}

/// How far somebody goes to help.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// In their own buurt.
    #[default]
    Buurt,
    /// In the whole wijk.
    Wijk,
    /// Everywhere.
    City,
}

impl Reach {
    /// Every choice.
    pub const ALL: &'static [Self] = &[Self::Buurt, Self::Wijk, Self::City];

    /// As stored and as in the catalogues (`offer-reach-<key>`).
    pub fn key(self) -> &'static str {
        match self {
            Self::Buurt => "buurt",
            Self::Wijk => "wijk",
            Self::City => "city",
        }
    }

    /// From storage or a form.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reach| reach.key() == key)
    }
}

/// Keys of a list as stored: each between commas, `,a,b,`; empty: none.
pub fn stored(keys: &[&str]) -> String {
    if keys.is_empty() { String::new() } else { format!(",{},", keys.join(",")) }
}

/// From storage; what is not in the list any more is left out.
pub fn listed(stored: &str, list: &[&'static str]) -> Vec<&'static str> {
    let keys: Vec<&str> = stored.split(',').collect();
    list.iter().copied().filter(|key| keys.contains(key)).collect()
}

/// What was ticked of a list, in its order.
fn ticked(raw: &Raw, name: &str, list: &[&'static str]) -> Result<Vec<&'static str>, Problem> {
    let sent: Vec<&str> = raw.all(name).into_iter().filter(|value| !value.is_empty()).collect();
    if sent.iter().all(|value| list.contains(value)) {
        Ok(list.iter().copied().filter(|key| sent.contains(key)).collect())
    } else {
        Err(Problem::NotAChoice)
    }
}

fn kinds(raw: &Raw) -> Result<Vec<&'static str>, Problem> {
    match ticked(raw, "kind", KINDS)? {
        none if none.is_empty() => Err(Problem::Missing),
        many if many.len() > MOST_KINDS => Err(Problem::TooMany(MOST_KINDS)),
        some => Ok(some),
    }
}

/// What somebody offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// One to four of [`KINDS`].
    pub kinds: Vec<&'static str>,
    /// Of [`TIMES`]; none: whenever.
    pub times: Vec<&'static str>,
    /// Hours in a week.
    pub hours: Option<i64>,
    /// Of [`LANGUAGES`].
    pub languages: Vec<&'static str>,
    /// One that is not in the list.
    pub other_language: String,
    /// Where they live, or want to help.
    pub buurt: i64,
    /// How far they go.
    pub reach: Reach,
    /// In their own words.
    pub words: String,
    /// The last day (UTC) on which it holds.
    pub until: Option<i64>,
}

impl Offer {
    /// Fields: `kind`, `time`, `hours`, `language`, `other_language`, `buurt`, `reach`, `words`, `until`. The day of `until` is
    /// read by the caller, who knows calendars.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw, until: Result<Option<i64>, Problem>, today: i64) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let words = errors.take("words", raw.text("words", TEXT_MAX));
        let kinds = errors.take("kind", kinds(raw));
        let times = errors.take("time", ticked(raw, "time", TIMES));
        let hours = match raw.get("hours").trim() {
            "" => None,
            _ => Some(errors.take("hours", raw.number("hours", 1, MOST_HOURS))),
        };
        let languages = errors.take("language", ticked(raw, "language", LANGUAGES));
        let other_language =
            errors.take("other_language", raw.optional_text("other_language", NAME_MAX)).replace('\n', " ");
        let buurt = errors.take("buurt", raw.id("buurt"));
        let reach = errors.take(
            "reach",
            match raw.get("reach") {
                "" => Err(Problem::Missing),
                key => Reach::from_key(key).ok_or(Problem::NotAChoice),
            },
        );
        let until = errors.take(
            "until",
            until.and_then(|day| if day.is_some_and(|day| day < today) { Err(Problem::NotAhead) } else { Ok(day) }),
        );
        errors.done()?;
        Ok(Self { kinds, times, hours, languages, other_language, buurt, reach, words, until })
    }
}

/// Something that a plan asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// One to four of [`KINDS`].
    pub kinds: Vec<&'static str>,
    /// Of [`TIMES`]; none: whenever.
    pub times: Vec<&'static str>,
    /// Of [`LANGUAGES`]; none: no wish.
    pub languages: Vec<&'static str>,
    /// In their own words; may be empty.
    pub words: String,
}

impl Need {
    /// Fields: `kind`, `time`, `language`, `words`.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let kinds = errors.take("kind", kinds(raw));
        let words = errors.take("words", raw.optional_text("words", NEED_MAX));
        let times = errors.take("time", ticked(raw, "time", TIMES));
        let languages = errors.take("language", ticked(raw, "language", LANGUAGES));
        errors.done()?;
        Ok(Self { kinds, times, languages, words })
    }
}

/// Buurt and wijk of a plan or an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Buurt id.
    pub buurt: i64,
    /// Wijk id.
    pub wijk: i64,
}

/// How well an offer fits what a plan asks for; the best is the smallest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// Kinds in common.
    pub kinds: Reverse<usize>,
    /// 0 the same buurt, 1 the same wijk, 2 elsewhere.
    pub far: u8,
    /// Parts of the week in common.
    pub times: Reverse<usize>,
    /// Languages in common.
    pub languages: Reverse<usize>,
}

fn common(a: &[&str], b: &[&str]) -> Reverse<usize> {
    Reverse(a.iter().filter(|key| b.contains(key)).count())
}

/// Parts of the week in common; who names none can always.
fn times(a: &[&str], b: &[&str]) -> Reverse<usize> {
    if a.is_empty() || b.is_empty() { Reverse(TIMES.len()) } else { common(a, b) }
}

/// How an offer made at a place fits what a plan at a place asks for: `None` when no kind is the same, or it is too far.
pub fn fit(need: &Need, plan: Spot, offer: &Offer, at: Spot) -> Option<Fit> {
    let kinds = common(&need.kinds, &offer.kinds);
    let far = match (plan.buurt == at.buurt, plan.wijk == at.wijk) {
        (true, _) => 0,
        (_, true) => 1,
        _ => 2,
    };
    let goes = match offer.reach {
        Reach::Buurt => far == 0,
        Reach::Wijk => far <= 1,
        Reach::City => true,
    };
    (kinds.0 > 0 && goes).then(|| Fit {
        kinds,
        far,
        times: times(&need.times, &offer.times),
        languages: common(&need.languages, &offer.languages),
    })
}

/// The best fit among all that a plan asks for.
pub fn best(needs: &[Need], plan: Spot, offer: &Offer, at: Spot) -> Option<Fit> {
    needs.iter().filter_map(|need| fit(need, plan, offer, at)).min()
}

/// One of the two that are introduced to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Those who make the plan.
    Plan,
    /// Who offers help.
    Helper,
}

impl Side {
    /// As stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Helper => "helper",
        }
    }

    /// From storage.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Plan, Self::Helper].into_iter().find(|side| side.key() == key)
    }

    /// The one across.
    pub fn other(self) -> Self {
        match self {
            Self::Plan => Self::Helper,
            Self::Helper => Self::Plan,
        }
    }
}

/// Where an introduction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// The other side has still to answer.
    Asked,
    /// Both know each other's name and can write.
    Yes,
    /// The other side said no.
    No,
    /// One of the two stopped it.
    Ended,
    /// The offer or the plan went before there was an answer.
    Lapsed,
}

impl Stand {
    /// Every one.
    pub const ALL: &'static [Self] = &[Self::Asked, Self::Yes, Self::No, Self::Ended, Self::Lapsed];

    /// As stored and as in the catalogues (`intro-stand-<key>`).
    pub fn key(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Yes => "yes",
            Self::No => "no",
            Self::Ended => "ended",
            Self::Lapsed => "lapsed",
        }
    }

    /// From storage.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|stand| stand.key() == key)
    }
}

/// What can come of an introduction; texts are `intro-outcome-<key>`.
pub const OUTCOMES: &[&str] = &["helped", "nothing", "going"];

/// What came of it, of the list. Field: `outcome`.
///
/// # Errors
/// On `outcome`.
pub fn outcome(raw: &Raw) -> Result<&'static str, Errors> {
    let sent = raw.get("outcome");
    OUTCOMES.iter().copied().find(|key| *key == sent).ok_or(Errors::one("outcome", Problem::NotAChoice))
}

/// How somebody wants to be called by the other. Field: `call`.
///
/// # Errors
/// On `call`.
pub fn call(raw: &Raw) -> Result<String, Problem> {
    Ok(raw.text("call", NAME_MAX)?.replace('\n', " "))
}

/// A number that can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// None at all, in the whole city.
    None,
    /// Fewer than ten, or as many as would tell such a number.
    Some,
    /// This many.
    Exactly(i64),
}

impl Count {
    /// A number that stands alone: told from [`SMALLEST`] on.
    pub fn alone(n: i64) -> Self {
        if n < SMALLEST { Self::Some } else { Self::Exactly(n) }
    }
}

/// The number of the city and of its buurten, as far as [`disclosure`](crate::disclosure) lets them be told.
pub fn told(counts: &[i64]) -> (Count, Vec<Count>) {
    if counts.iter().all(|n| *n <= 0) {
        return (Count::None, vec![Count::None; counts.len()]);
    }
    let of = |n: &i64| Counts { answers: usize::try_from(*n).unwrap_or(0), ..Counts::default() };
    let parts = (0..).zip(counts).map(|(id, n)| Area::buurt(id, of(n))).collect();
    let wave = Wave { scope: Area::of(AreaId::City, parts), themes: Vec::new(), questions: Vec::new() };
    let (shown, _) = publish(&wave, None, Method::default());
    let count = |id| {
        let told = shown.area(id).and_then(|area| area.answers).and_then(|n| i64::try_from(n).ok());
        told.map_or(Count::Some, Count::Exactly)
    };
    (count(AreaId::City), (0..).take(counts.len()).map(|id| count(AreaId::Buurt(id))).collect())
}

/// What either side of an introduction may do, as far as the table of rights knows them.
pub const OF_BOTH: &[Act] =
    &[Act::SeeIntroduction, Act::WriteMessage, Act::ReportMessage, Act::StopIntroduction, Act::TellOutcome];

#[cfg(test)]
mod tests;
