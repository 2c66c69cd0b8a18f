//! A count that knows nothing of kept sums: all rows are read, and everything is added up here.

use crate::common::START;
use domain::form::Raw;
use domain::money::Cents;
use domain::overview::{Sheet, Value};
use services::World;
use std::collections::HashMap;
use store::{places, sql};

/// Seconds from one age to the next: plans of the stories lie well within one, never near the turn of a month.
const AGES: [i64; 5] = [0, 17 * 86_400, 100 * 86_400, 350 * 86_400, i64::MAX];

/// A plan as the rows have it.
#[derive(Default)]
pub struct Plan {
    buurt: i64,
    wijk: i64,
    programme: i64,
    state: String,
    at: i64,
    unanswered: bool,
    late_step: bool,
    year: i64,
    given: i64,
    committed: i64,
    paid: i64,
    back: i64,
}

/// Everything, counted slowly.
pub struct Counted {
    plans: Vec<Plan>,
    /// Wijk, year, programme, cents.
    funded: Vec<(i64, i64, i64, i64)>,
    /// Wijk, year, cents.
    left: HashMap<(i64, i64), i64>,
    wijken: Vec<places::Wijk>,
    buurten: Vec<places::Buurt>,
    programmes: Vec<places::Named>,
    lines: Vec<store::budget::Line>,
}

pub async fn count(world: &World) -> Counted {
    let mut c = world.db.read().await.unwrap();
    let buurten = places::buurten(&mut c).await.unwrap();
    let mut plans: HashMap<i64, Plan> = HashMap::new();
    for r in c.rows(sql!("SELECT id, buurt_id, COALESCE(programme_id, 0) AS programme, state, submitted_at, due_at, replied_at FROM initiative"), &[]).await.unwrap() {
        let (id, buurt) = (r.int("id").unwrap(), r.int("buurt_id").unwrap());
        let state = r.text("state").unwrap();
        plans.insert(
            id,
            Plan {
                buurt,
                wijk: buurten.iter().find(|b| b.id == buurt).unwrap().wijk_id,
                programme: r.int("programme").unwrap(),
                at: r.opt_int("submitted_at").unwrap().unwrap_or(1),
                unanswered: state == "submitted" && r.opt_int("replied_at").unwrap().is_none() && r.int("due_at").unwrap() < START,
                state,
                ..Plan::default()
            },
        );
    }
    for r in c.rows(sql!("SELECT initiative_id, due_at, done_at FROM milestone"), &[]).await.unwrap() {
        if r.opt_int("done_at").unwrap().is_none() && r.int("due_at").unwrap() < START {
            let plan = plans.get_mut(&r.int("initiative_id").unwrap()).unwrap();
            plan.late_step = plan.late_step || plan.state == "in_execution";
        }
    }
    let mut accounts = HashMap::new();
    for r in c
        .rows(sql!("SELECT id, kind, wijk_id, year, programme_id, round_id, initiative_id FROM ledger_account"), &[])
        .await
        .unwrap()
    {
        let get = |name| r.opt_int(name).unwrap();
        accounts.insert(
            r.int("id").unwrap(),
            (
                r.text("kind").unwrap(),
                get("wijk_id"),
                get("year"),
                get("programme_id"),
                get("round_id"),
                get("initiative_id"),
            ),
        );
    }
    let (mut funded, mut left): (Vec<_>, HashMap<(i64, i64), i64>) = Default::default();
    for r in c.rows(sql!("SELECT from_id, to_id, amount FROM transfer ORDER BY id"), &[]).await.unwrap() {
        let (from, to, amount) =
            (&accounts[&r.int("from_id").unwrap()], &accounts[&r.int("to_id").unwrap()], r.int("amount").unwrap());
        for (one, other, signed) in [(to, from, amount), (from, to, -amount)] {
            if one.0 == "share" {
                *left.entry((one.1.unwrap(), one.2.unwrap())).or_default() += signed;
                if other.0 == "programme_line" {
                    funded.push((one.1.unwrap(), one.2.unwrap(), other.3.unwrap(), signed));
                }
            }
            let Some(id) = one.5 else { continue };
            let plan = plans.get_mut(&id).unwrap();
            match one.0.as_str() {
                "committed" => plan.committed += signed,
                "paid" => plan.paid += signed,
                _ => {}
            }
            // Lies apart to go back, or went back.
            if one.0 == "returned" || other.5.is_none() && signed < 0 {
                plan.back += if one.0 == "returned" { signed } else { 0 }
                    + if other.5.is_none() && signed < 0 { -signed } else { 0 };
            }
            if signed > 0 && other.5 != Some(id) {
                plan.given += signed;
                if plan.year == 0 {
                    plan.year = match other.0.as_str() {
                        "share" => other.2.unwrap(),
                        "pot" => {
                            if other.4 == Some(1) {
                                2008
                            } else {
                                2009
                            }
                        }
                        _ => 0,
                    };
                }
            }
        }
    }
    Counted {
        plans: plans.into_values().collect(),
        funded,
        left,
        wijken: places::wijken(&mut c).await.unwrap(),
        buurten,
        programmes: places::programmes(&mut c).await.unwrap(),
        lines: store::budget::lines(&mut c).await.unwrap(),
    }
}

fn is_public(state: &str) -> bool {
    !["draft", "submitted", "returned", "withdrawn", "rejected"].contains(&state)
}

/// Compares every figure of plans and money with the slow count; gives how many there were.
pub fn compare(k: &Counted, sheets: &[Sheet], asked: &Raw) -> usize {
    let year: i64 = asked.get("jaar").parse().unwrap();
    let buurt = k.buurten.iter().find(|b| b.slug == asked.get("buurt"));
    let wijk = buurt.map(|b| b.wijk_id).or(k.wijken.iter().find(|w| w.slug == asked.get("wijk")).map(|w| w.id));
    let programme = k.programmes.iter().find(|p| p.slug == asked.get("programma")).map(|p| p.id);
    let here = |p: &Plan| wijk.is_none_or(|w| p.wijk == w) && buurt.is_none_or(|b| p.buurt == b.id);
    let wanted = |p: &Plan| here(p) && programme.is_none_or(|id| p.programme == id);
    let in_state = |p: &Plan| asked.get("status").is_empty() || p.state == asked.get("status");
    let mut compared = 0;
    let mut check = |sheet: &Sheet, line: &str, column: &str, slow: Value| {
        assert_eq!(sheet.value(line, column), Some(slow), "{} {line} {column} {asked:?}", sheet.key);
        compared += 1;
    };
    let money = |n: i64| Value::Money(Cents(n));
    let count = |n: usize| Value::Count(n as i64);
    for sheet in sheets {
        for line in &sheet.lines {
            let key = line.key.as_str();
            let total = line.total;
            match sheet.key {
                "share" => {
                    let id = k.wijken.iter().find(|w| w.slug == key).map(|w| w.id);
                    let mine = |w: i64| total || id == Some(w);
                    let funded: i64 = k.funded.iter().filter(|f| mine(f.0) && f.1 == year).map(|f| f.3).sum();
                    let left: i64 = k.left.iter().filter(|((w, y), _)| mine(*w) && *y == year).map(|(_, n)| n).sum();
                    let cost = k.lines.iter().filter(|l| l.year == year && (total || l.wijk_id == id));
                    let pm = cost.clone().any(|l| l.amount == domain::budget::Amount::Pm);
                    let ceiling = cost.map(|l| l.amount.known().0).sum::<i64>() / 10;
                    let known = |n| if pm { Value::AtLeast(Cents(n)) } else { money(n) };
                    let plans = || k.plans.iter().filter(|p| mine(p.wijk) && p.year == year);
                    for (column, slow) in [
                        ("ceiling", known(ceiling)),
                        ("funded", money(funded)),
                        ("room", known(ceiling - funded)),
                        ("allotted", money(funded - left)),
                        ("left", money(left)),
                        ("committed", money(plans().map(|p| p.committed).sum())),
                        ("paid", money(plans().map(|p| p.paid).sum())),
                        ("returned", money(plans().map(|p| p.back).sum())),
                        ("pm", Value::Yes(pm)),
                    ] {
                        check(sheet, key, column, slow);
                    }
                }
                "programmes" | "wijken" | "buurten" => {
                    let of = |p: &&Plan| match sheet.key {
                        "programmes" => {
                            k.programmes.iter().find(|one| one.slug == key).map_or(0, |one| one.id) == p.programme
                        }
                        "wijken" => k.wijken.iter().any(|w| w.slug == key && w.id == p.wijk),
                        _ => k.buurten.iter().any(|b| b.slug == key && b.id == p.buurt),
                    };
                    let plans = || k.plans.iter().filter(|p| wanted(p) && in_state(p)).filter(of);
                    let of_year = || plans().filter(|p| p.year == year);
                    let given: i64 = of_year().map(|p| p.given).sum();
                    let public = plans().filter(|p| is_public(&p.state)).count();
                    for (column, slow) in [
                        ("plans", count(public)),
                        ("with_money", count(of_year().count())),
                        ("given", money(given)),
                        ("committed", money(of_year().map(|p| p.committed).sum())),
                        ("paid", money(of_year().map(|p| p.paid).sum())),
                        ("returned", money(of_year().map(|p| p.back).sum())),
                    ] {
                        check(sheet, key, column, slow);
                    }
                    let each = |n: i64| if n > 0 { money(given / n) } else { Value::Unknown };
                    match sheet.key {
                        "programmes" => {
                            let id = k.programmes.iter().find(|p| p.slug == key).map_or(0, |p| p.id);
                            let gave =
                                k.funded.iter().filter(|f| f.1 == year && f.2 == id && wijk.is_none_or(|w| f.0 == w));
                            check(sheet, key, "gave", money(gave.map(|f| f.3).sum()));
                        }
                        "wijken" => {
                            let residents =
                                k.wijken.iter().find(|w| w.slug == key).unwrap().residents.filter(|_| buurt.is_none());
                            check(sheet, key, "per_plan", each(public as i64));
                            check(sheet, key, "residents", residents.map_or(Value::Unknown, Value::Count));
                            check(sheet, key, "per_resident", residents.map_or(Value::Unknown, each));
                        }
                        _ => {
                            check(sheet, key, "per_plan", each(public as i64));
                            check(sheet, key, "residents", Value::Unknown);
                            check(sheet, key, "per_resident", Value::Unknown);
                        }
                    }
                }
                "states" | "desk" => {
                    let plans = || k.plans.iter().filter(|p| wanted(p) && p.state == key);
                    check(sheet, key, "plans", count(plans().count()));
                    for (column, back) in
                        ["age_month", "age_quarter", "age_year", "age_older"].into_iter().zip(AGES.windows(2))
                    {
                        check(
                            sheet,
                            key,
                            column,
                            count(plans().filter(|p| (back[0]..back[1]).contains(&(START - p.at))).count()),
                        );
                    }
                }
                "late" => {
                    let id = k.buurten.iter().find(|b| b.slug == key).unwrap().id;
                    let plans = || k.plans.iter().filter(|p| p.buurt == id);
                    check(sheet, key, "late_steps", count(plans().filter(|p| p.late_step && wanted(p)).count()));
                    check(sheet, key, "late_replies", count(plans().filter(|p| p.unanswered).count()));
                }
                // Help and survey are shown as their own services release them, and have stories of their own.
                "help" | "survey" => {}
                other => panic!("nobody counts {other}"),
            }
        }
    }
    compared
}
