//! The sheets of a dashboard, each read from sums.

mod people;

use super::{Asked, Choices, month};
use crate::ActError;
use domain::budget::{Share, Total};
use domain::initiative::State;
use domain::money::Cents;
use domain::overview::{Figure, Head, Line, Sheet, Value, ages};
use domain::urls;
use std::collections::HashMap;
use store::Conn;
use store::budget::Line as BudgetLine;
use store::figures::{self, ByAge, Narrow, Sum};

/// States that everyone may see, in the order of the road.
pub const STATES_PUBLIC: [State; 10] = [
    State::Published,
    State::Feasible,
    State::Infeasible,
    State::OnBallot,
    State::Funded,
    State::Reserve,
    State::NotFunded,
    State::InExecution,
    State::Completed,
    State::Cancelled,
];
/// States that a desk sees of its own buurten.
pub const STATES_INSIDE: [State; 5] =
    [State::Draft, State::Submitted, State::Returned, State::Rejected, State::Withdrawn];

/// What all sheets are made from.
pub(super) struct Source<'a> {
    pub asked: &'a Asked,
    pub all: &'a Choices,
    pub lines: Vec<BudgetLine>,
    pub now: i64,
}

/// A path with what is asked of it; empty values are left out.
fn path(url: &impl urls::Url, query: &[(&str, String)]) -> String {
    let query: Vec<String> = query
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", urls::encode(value)))
        .collect();
    if query.is_empty() { url.to_string() } else { format!("{url}?{}", query.join("&")) }
}

impl Source<'_> {
    /// Where it was asked for, as an address has it.
    fn place(&self) -> Vec<(&'static str, String)> {
        match (&self.asked.buurt, &self.asked.wijk) {
            (Some(b), _) => vec![("buurt", b.slug.clone())],
            (None, Some(w)) => vec![("wijk", w.slug.clone())],
            (None, None) => Vec::new(),
        }
    }

    fn programme(&self) -> (&'static str, String) {
        ("programma", self.asked.programme.as_ref().map(|p| p.slug.clone()).unwrap_or_default())
    }

    fn state(&self) -> (&'static str, String) {
        ("status", self.asked.state.map(|s| s.key().to_owned()).unwrap_or_default())
    }

    /// The list of plans with these questions.
    fn plans(&self, more: &[(&'static str, String)]) -> String {
        path(&urls::OverviewPlans {}, more)
    }

    /// Figures of plans of one place or programme, each with its rows.
    fn money(&self, sum: &Sum, of: &[(&'static str, String)]) -> [Figure; 6] {
        let year = ("jaar", self.asked.year.to_string());
        let state = self.state();
        let public = self.plans(&[of, &[state.clone(), ("openbaar", "1".into())]].concat());
        let with_money = self.plans(&[of, &[state, year]].concat());
        let at = |value: Value| Figure::at(value, with_money.clone());
        [
            Figure::at(Value::Count(sum.plans), public),
            at(Value::Count(sum.funded)),
            at(Value::Money(sum.given)),
            at(Value::Money(sum.committed)),
            at(Value::Money(sum.paid)),
            at(Value::Money(sum.returned())),
        ]
    }
}

/// Everything this reader may see.
pub(super) async fn all(
    c: &mut Conn,
    asked: &Asked,
    all: &Choices,
    inside: &str,
    now: i64,
) -> Result<Vec<Sheet>, ActError> {
    let source = Source { asked, all, lines: store::budget::lines(c).await?, now };
    let narrow = asked.narrow(all);
    // The share is that of its wijken, whatever else is asked.
    let whole = figures::by_buurt(c, &Narrow::default(), asked.year).await?;
    let buurten = figures::by_buurt(c, &narrow, asked.year).await?;
    let mut sheets = vec![share(c, &source, &whole).await?, programmes(c, &source, &narrow).await?];
    sheets.push(states(c, &source, &narrow, &STATES_PUBLIC, "states").await?);
    sheets.push(by_wijk(&source, &buurten));
    sheets.push(by_buurt(&source, &buurten));
    sheets.push(people::late(c, &source, inside).await?);
    if !inside.is_empty() {
        let own = Narrow { buurten: within(narrow.buurten.as_deref(), inside), ..narrow };
        sheets.push(states(c, &source, &own, &STATES_INSIDE, "desk").await?);
    }
    sheets.push(people::help(c, &source).await?);
    sheets.extend(people::survey(c, &source).await?);
    Ok(sheets)
}

/// Buurten that were asked for and are the reader's own; `None`: all.
fn within(asked: Option<&str>, inside: &str) -> Option<String> {
    match (asked, inside) {
        (asked, "*") => asked.map(str::to_owned),
        (None, own) => Some(own.to_owned()),
        (Some(asked), own) => {
            let both = asked.split(',').filter(|id| !id.is_empty() && own.contains(&format!(",{id},")));
            Some(format!(",{},", both.collect::<Vec<_>>().join(",")))
        }
    }
}

/// Shares of a budget year by wijk, from sums: as `budget::share_of` has them from the transfers.
pub(super) async fn shares(c: &mut Conn, s: &Source<'_>) -> Result<(Vec<Share>, Share), ActError> {
    let year = s.asked.year;
    let (funded, left, set) =
        (figures::funded(c, year).await?, figures::left(c, year).await?, figures::ceilings(c, year).await?);
    let mut shares = Vec::new();
    let cost = Total::of(s.lines.iter().filter(|l| l.year == year).map(|l| l.amount));
    let most = |cost: Total| cost.known.basis_points(domain::budget::DEFAULT_BASIS_POINTS);
    let mut city = Share { cost, ceiling: most(cost), ..Share::default() };
    for wijk in &s.all.wijken {
        let mine = || s.lines.iter().filter(|l| l.wijk_id == Some(wijk.id) && l.year == year);
        let cost = Total::of(mine().map(|l| l.amount));
        let points =
            set.iter().find(|(id, _)| *id == wijk.id).map_or(domain::budget::DEFAULT_BASIS_POINTS, |(_, p)| *p);
        let funded: Cents = funded.iter().filter(|(id, ..)| *id == wijk.id).map(|(.., cents)| *cents).sum();
        let left = left.iter().find(|(id, _)| *id == wijk.id).map_or(Cents::ZERO, |(_, cents)| *cents);
        let share = Share {
            cost,
            ceiling: cost.known.basis_points(points),
            earmarked: mine().filter(|l| l.earmarked).map(|l| l.amount.known()).sum(),
            funded,
            allotted: funded - left,
        };
        // What a wijk may have less, the city may have less.
        city.ceiling = city.ceiling - (most(share.cost) - share.ceiling);
        city.earmarked = city.earmarked + share.earmarked;
        city.funded = city.funded + share.funded;
        city.allotted = city.allotted + share.allotted;
        shares.push(share);
    }
    Ok((shares, city))
}

/// Sums taken together.
pub(super) fn together(sums: &[Sum]) -> Sum {
    sums.iter().fold(Sum::default(), |all, one| Sum {
        id: 0,
        plans: all.plans + one.plans,
        funded: all.funded + one.funded,
        given: all.given + one.given,
        reserved: all.reserved + one.reserved,
        committed: all.committed + one.committed,
        paid: all.paid + one.paid,
    })
}

/// Sums of the buurten of a wijk.
fn of_wijk(s: &Source<'_>, sums: &[Sum], wijk: i64) -> Sum {
    let here = |id: i64| s.all.buurten.iter().any(|b| b.id == id && b.wijk_id == wijk);
    together(&sums.iter().filter(|sum| here(sum.id)).copied().collect::<Vec<_>>())
}

/// Ceiling, funded and room of the share, never mixed, and where its money is.
async fn share(c: &mut Conn, s: &Source<'_>, sums: &[Sum]) -> Result<Sheet, ActError> {
    let (shares, city) = shares(c, s).await?;
    let year = ("jaar", s.asked.year.to_string());
    let line = |key: &str, head, share: &Share, sum: &Sum, total: bool| {
        let place = ("wijk", if total { String::new() } else { key.to_owned() });
        let budget = if total {
            path(&urls::Budget {}, std::slice::from_ref(&year))
        } else {
            path(&urls::BudgetWijk { wijk: key.to_owned() }, std::slice::from_ref(&year))
        };
        let moved =
            |kind: &str| path(&urls::OverviewTransfers {}, &[place.clone(), year.clone(), ("soort", kind.to_owned())]);
        let plans = s.plans(&[place.clone(), year.clone()]);
        let ceiling = if share.cost.at_least { Value::AtLeast(share.ceiling) } else { Value::Money(share.ceiling) };
        let room = if share.cost.at_least { Value::AtLeast(share.room()) } else { Value::Money(share.room()) };
        Line {
            key: key.to_owned(),
            head,
            behind: String::new(),
            figures: vec![
                Figure::at(ceiling, budget.clone()),
                Figure::at(Value::Money(share.funded), moved("inleg")),
                Figure::at(room, budget.clone()),
                Figure::at(Value::Money(share.allotted), moved("verdeeld")),
                Figure::at(Value::Money(share.left()), moved("")),
                Figure::at(Value::Money(sum.committed), plans.clone()),
                Figure::at(Value::Money(sum.paid), plans.clone()),
                Figure::at(Value::Money(sum.returned()), plans),
                Figure::at(Value::Yes(share.cost.at_least), budget),
            ],
            total,
        }
    };
    let wanted =
        s.all.wijken.iter().zip(&shares).filter(|(w, _)| s.asked.wijk.as_ref().is_none_or(|own| own.id == w.id));
    let mut lines: Vec<Line> = wanted
        .map(|(w, share)| line(&w.slug, Head::Name(w.name.clone()), share, &of_wijk(s, sums, w.id), false))
        .collect();
    if s.asked.wijk.is_none() {
        lines.push(line("stad", Head::Text("overview-city".into()), &city, &together(sums), true));
    }
    let columns = vec!["ceiling", "funded", "room", "allotted", "left", "committed", "paid", "returned", "pm"];
    Ok(Sheet { key: "share", columns, lines, plot: 1 })
}

/// What programme lines gave, and what plans of each programme got.
async fn programmes(c: &mut Conn, s: &Source<'_>, narrow: &Narrow) -> Result<Sheet, ActError> {
    let sums = figures::by_programme(c, narrow, s.asked.year).await?;
    let funded = figures::funded(c, s.asked.year).await?;
    let here = |wijk: i64| s.asked.wijk.as_ref().is_none_or(|w| w.id == wijk);
    let named = s.all.programmes.iter().map(|p| (p.id, p.slug.clone(), Head::Name(p.name.clone())));
    let none = (0, "geen".to_owned(), Head::Text("overview-no-programme".into()));
    let lines = named
        .chain([none])
        .filter(|(id, ..)| s.asked.programme.as_ref().is_none_or(|p| p.id == *id))
        .map(|(id, slug, head)| {
            let sum = sums.iter().find(|sum| sum.id == id).copied().unwrap_or_default();
            let gave = funded.iter().filter(|(w, p, _)| *p == id && here(*w)).map(|(.., cents)| *cents).sum();
            let of = [s.place(), vec![("programma", slug.clone())]].concat();
            let wijk = s.asked.wijk.as_ref().map(|w| w.slug.clone()).unwrap_or_default();
            let query = [
                ("wijk", wijk),
                ("jaar", s.asked.year.to_string()),
                ("soort", "inleg".to_owned()),
                ("programma", slug.clone()),
            ];
            // What is given by no programme has no rows either.
            let gave = if id == 0 {
                Figure::plain(Value::Money(gave))
            } else {
                Figure::at(Value::Money(gave), path(&urls::OverviewTransfers {}, &query))
            };
            Line {
                key: slug,
                head,
                behind: String::new(),
                figures: std::iter::once(gave).chain(s.money(&sum, &of)).collect(),
                total: false,
            }
        })
        .collect();
    let columns = vec!["gave", "plans", "with_money", "given", "committed", "paid", "returned"];
    Ok(Sheet { key: "programmes", columns, lines, plot: 3 })
}

/// Plans by state and age.
async fn states(
    c: &mut Conn,
    s: &Source<'_>,
    narrow: &Narrow,
    states: &[State],
    key: &'static str,
) -> Result<Sheet, ActError> {
    let months = ages(month(s.now));
    let counted: HashMap<String, ByAge> =
        figures::by_age(c, narrow, months).await?.into_iter().map(|a| (a.state.clone(), a)).collect();
    let bounds = [
        (Some(months[0]), None),
        (Some(months[1]), Some(months[0])),
        (Some(months[2]), Some(months[1])),
        (None, Some(months[2])),
    ];
    let wanted = states.iter().filter(|state| s.asked.state.is_none_or(|own| own == **state));
    let lines = wanted
        .map(|state| {
            let plans = counted.get(state.key()).map_or([0; 4], |a| a.plans);
            let of = [s.place(), vec![s.programme(), ("status", state.key().to_owned())]].concat();
            let aged = |(from, to): (Option<i64>, Option<i64>)| {
                let text = |m: Option<i64>| m.map(|m| m.to_string()).unwrap_or_default();
                s.plans(&[&of[..], &[("vanaf", text(from)), ("tot", text(to))]].concat())
            };
            let all = Figure::at(Value::Count(plans.iter().sum()), s.plans(&of));
            let ages = plans.into_iter().zip(bounds).map(|(n, bound)| Figure::at(Value::Count(n), aged(bound)));
            Line {
                key: state.key().to_owned(),
                head: Head::Text(format!("state-{}", state.key())),
                behind: String::new(),
                figures: std::iter::once(all).chain(ages).collect(),
                total: false,
            }
        })
        .collect();
    Ok(Sheet { key, columns: vec!["plans", "age_month", "age_quarter", "age_year", "age_older"], lines, plot: 0 })
}

/// Money for each of so many, to the cent; nobody knows it for none.
fn each(money: Cents, many: i64) -> Value {
    if many > 0 { Value::Money(Cents(money.0 / many)) } else { Value::Unknown }
}

/// Where money went by wijk, beside its inhabitants and its ideas.
fn by_wijk(s: &Source<'_>, sums: &[Sum]) -> Sheet {
    let wanted = s.all.wijken.iter().filter(|w| s.asked.wijk.as_ref().is_none_or(|own| own.id == w.id));
    let lines = wanted
        .map(|w| {
            let sum = of_wijk(s, sums, w.id);
            // Only whole wijken have known inhabitants.
            let residents = w.residents.filter(|_| s.asked.buurt.is_none());
            let place = if s.asked.buurt.is_some() { s.place() } else { vec![("wijk", w.slug.clone())] };
            let figures = s.money(&sum, &[place, vec![s.programme()]].concat()).to_vec();
            let more = [
                Figure::plain(each(sum.given, sum.plans)),
                Figure::plain(residents.map_or(Value::Unknown, Value::Count)),
                Figure::plain(residents.map_or(Value::Unknown, |n| each(sum.given, n))),
            ];
            Line {
                key: w.slug.clone(),
                head: Head::Name(w.name.clone()),
                behind: urls::BudgetWijk { wijk: w.slug.clone() }.to_string(),
                figures: figures.into_iter().chain(more).collect(),
                total: false,
            }
        })
        .collect();
    Sheet { key: "wijken", columns: spread(), lines, plot: 2 }
}

fn spread() -> Vec<&'static str> {
    let mut columns = vec!["plans", "with_money", "given", "committed", "paid", "returned"];
    columns.extend(["per_plan", "residents", "per_resident"]);
    columns
}

/// The same by buurt; how many live in one is not known here.
fn by_buurt(s: &Source<'_>, sums: &[Sum]) -> Sheet {
    let wanted = s.all.buurten.iter().filter(|b| s.asked.takes(b));
    let lines = wanted
        .map(|b| {
            let sum = sums.iter().find(|sum| sum.id == b.id).copied().unwrap_or_default();
            let figures = s.money(&sum, &[("buurt", b.slug.clone()), s.programme()]).to_vec();
            let more = [each(sum.given, sum.plans), Value::Unknown, Value::Unknown].map(Figure::plain);
            Line {
                key: b.slug.clone(),
                head: Head::Name(b.name.clone()),
                behind: urls::Buurt { buurt: b.slug.clone() }.to_string(),
                figures: figures.into_iter().chain(more).collect(),
                total: false,
            }
        })
        .collect();
    Sheet { key: "buurten", columns: spread(), lines, plot: 2 }
}
