//! Every figure on every dashboard, in every list and every file, beside an independent slow count of random cities; who sees
//! what; and sums that several programs change at once.

mod city;
mod slow;

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::desks::desk;
use crate::plans::{form, new_plan, person, version};
use axum::http::StatusCode;
use city::City;
use domain::access::{Actor, Grant, Role, Scope};
use domain::form::Raw;
use domain::overview::{Sheet, Value};
use services::initiatives::submit;
use services::moderation::{Decision, answer};
use services::{ActError, World, overview};
use std::collections::HashMap;
use store::sql;

both_engines!(every_figure_is_that_of_a_slow_count, super::slow_count);
both_engines!(who_sees_what, super::who_sees_what);
both_engines!(many_at_once, super::many_at_once);

fn administrator() -> Actor {
    Actor { grants: vec![Grant { role: Role::Administrator, scope: Scope::City }], ..person(1, None) }
}

async fn sheets(world: &World, actor: &Actor, asked: &[(&str, &str)]) -> Vec<Sheet> {
    let mut c = world.db.read().await.unwrap();
    overview::overview(&mut c, actor, &Raw::from_pairs(asked), START).await.unwrap().sheets
}

/// At this moment every figure of every dashboard is that of the rows, and the pages and the open data about a wijk's share tell
/// the same to the cent. Gives how many figures were compared.
pub async fn to_the_cent(app: &TestApp) -> usize {
    let world = &app.world;
    assert!(overview::wrong(world).await.unwrap().is_none(), "{:?}", overview::wrong(world).await);
    let counted = slow::count(world).await;
    let mut figures = 0;
    for asked in [&[("jaar", "2008")][..], &[("jaar", "2008"), ("wijk", "noord")]] {
        let seen = sheets(world, &administrator(), asked).await;
        figures += slow::compare(&counted, &seen, &Raw::from_pairs(asked));
    }
    let mut c = world.db.read().await.unwrap();
    let wijk = store::places::wijken(&mut c).await.unwrap().into_iter().find(|w| w.slug == "noord").unwrap().id;
    let left = store::ledger::balance(&mut c, store::ledger::Kind::Share { wijk, year: 2008 }).await.unwrap();
    let funded = store::ledger::funded(&mut c, wijk, 2008).await.unwrap();
    drop(c);
    let data = String::from_utf8(app.bytes("/data/aandeel.json").await).unwrap();
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    let row = data["shares"].as_array().unwrap().iter().find(|r| r["wijk"] == "noord" && r["year"] == 2008).unwrap();
    assert_eq!(row["cents"]["left"], left.0);
    assert_eq!(row["cents"]["funded"], funded.0);
    assert_eq!(row["cents"]["allotted"], (funded - left).0);
    for path in ["/overzicht?jaar=2008&wijk=noord", "/budget/noord?jaar=2008", "/verslag/2008/noord"] {
        let page = app.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        for amount in [left, funded - left] {
            let shown = texts::money(texts::Lang::Nl, amount);
            assert!(page.text.contains(&shown), "{path} does not tell {shown}");
            figures += 1;
        }
    }
    figures
}

/// Follows every link of a sheet: the rows behind a figure are as many, or add up to as much, as it says.
async fn follow(world: &World, actor: &Actor, sheet: &Sheet) -> usize {
    let (mut followed, mut seen) = (0, HashMap::new());
    let mut c = world.db.read().await.unwrap();
    for (line, column, figure) in
        sheet.lines.iter().flat_map(|l| l.figures.iter().zip(&sheet.columns).map(move |(f, c)| (l, *c, f)))
    {
        let (path, query) = figure.behind.split_once('?').unwrap_or((&figure.behind, ""));
        let raw = Raw(form_urlencoded::parse(query.as_bytes()).into_owned().collect());
        if !seen.contains_key(&figure.behind) {
            let (rows, total) = match path {
                "/overzicht/plannen" => {
                    let f = overview::plans_asked(&mut c, actor, &raw, START).await.unwrap();
                    let f = store::figures::ListFilter { limit: 1000, ..f };
                    overview::plans_sheet(&mut c, &f).await.unwrap()
                }
                "/overzicht/boekingen" => {
                    let f = overview::moved_asked(&mut c, &raw).await.unwrap();
                    let f = store::figures::MovedFilter { limit: 1000, ..f };
                    overview::moved_sheet(&mut c, &f).await.unwrap()
                }
                _ => continue,
            };
            seen.insert(figure.behind.clone(), (rows, total));
        }
        let (rows, total) = &seen[&figure.behind];
        let total = *total;
        let sum = rows.value("samen", if rows.key == "plans" { column } else { "amount" });
        followed += 1;
        assert_eq!(rows.lines.len() as i64, total + 1, "{} {} {column}", sheet.key, line.key);
        let about = format!("{} {} {column}: {}", sheet.key, line.key, figure.behind);
        match (&figure.value, sum) {
            (Value::Count(n), _) => assert_eq!(*n, total, "{about}"),
            // What is allotted went out.
            (Value::Money(m), Some(Value::Money(s))) if column == "allotted" => assert_eq!(m.0, -s.0, "{about}"),
            (Value::Money(m), Some(Value::Money(s))) => assert_eq!(*m, s, "{about}"),
            other => panic!("{about}: {other:?}"),
        }
        let mut together = [0i64; 4];
        let kept = ["given", "committed", "paid", "returned"];
        if rows.key == "plans" {
            for one in rows.lines.iter().filter(|l| !l.total) {
                for (i, column) in kept.iter().enumerate() {
                    let Some(Value::Money(cents)) = rows.value(&one.key, column) else { panic!("{about}") };
                    together[i] += cents.0;
                }
            }
            let sums = kept.map(|column| rows.value("samen", column));
            assert_eq!(sums, together.map(|n| Some(Value::Money(domain::money::Cents(n)))), "{about}");
        }
    }
    followed
}

async fn slow_count(app: TestApp) {
    let world = &app.world;
    app.import_budget().await;
    let mut city = City::new(world, 7).await;
    let admin = administrator();
    for turn in 0..3 {
        city.live(world, 40).await;
        // Changes that are folded and changes that are not count alike.
        if turn == 1 {
            overview::fold(world).await.unwrap();
        }
        assert!(overview::wrong(world).await.unwrap().is_none(), "{:?}", overview::wrong(world).await);
        let counted = slow::count(world).await;
        let mut figures = 0;
        for asked in [
            &[("jaar", "2008")][..],
            &[("jaar", "2009")],
            &[("jaar", "2008"), ("wijk", "noord")],
            &[("jaar", "2008"), ("buurt", "vogelbuurt")],
            &[("jaar", "2008"), ("programma", city.programme_slug(0))],
            &[("jaar", "2008"), ("status", "funded"), ("wijk", "noord")],
        ] {
            let seen = sheets(world, &admin, asked).await;
            figures += slow::compare(&counted, &seen, &Raw::from_pairs(asked));
            if turn == 2 && asked.len() == 1 {
                let mut followed = 0;
                for sheet in &seen {
                    followed += follow(world, &admin, sheet).await;
                }
                assert!(followed > 200, "{followed} figures led to their rows");
            }
        }
        assert!(figures > 1000, "{figures} figures were compared");
    }
    files(&app).await;
    // A planted mistake is found and mended.
    world
        .db
        .write::<_, ActError, _>(|u| {
            Box::pin(async move {
                u.exec(sql!("UPDATE figure_plan SET paid = paid + 1 WHERE initiative_id = 1"), &[]).await?;
                u.exec(sql!("DELETE FROM figure WHERE state = 'funded'"), &[]).await?;
                u.exec(sql!("UPDATE figure_funded SET cents = cents + 5 WHERE wijk_id = 1"), &[]).await?;
                Ok(())
            })
        })
        .await
        .unwrap();
    let wrong = overview::wrong(world).await.unwrap();
    assert!(wrong.plans == 1 && wrong.sums > 0 && wrong.funded > 0, "{wrong:?}");
    overview::mend(world).await.unwrap();
    assert!(overview::wrong(world).await.unwrap().is_none());
    let counted = slow::count(world).await;
    let asked = [("jaar", "2008")];
    slow::compare(&counted, &sheets(world, &admin, &asked).await, &Raw::from_pairs(&asked));
}

/// The same values in CSV and XLSX, and on the page.
async fn files(app: &TestApp) {
    use calamine::{Data, Reader as _, Xlsx};
    for path in ["share", "programmes", "states", "wijken", "buurten", "late", "help", "plannen", "boekingen"] {
        let bytes = app.bytes(&format!("/en/overzicht/bestanden/{path}.csv?jaar=2008")).await;
        let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
        let rows: Vec<Vec<String>> = rows.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
        let book = app.bytes(&format!("/en/overzicht/bestanden/{path}.xlsx?jaar=2008")).await;
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(book)).unwrap();
        let names = book.sheet_names();
        let range = book.worksheet_range(&names[0]).unwrap();
        assert_eq!(range.height(), rows.len(), "{path}");
        assert!(rows.len() > 1, "{path}");
        for (y, row) in rows.iter().enumerate() {
            for (x, text) in row.iter().enumerate() {
                let there = range.get((y, x)).unwrap_or(&Data::Empty);
                match there {
                    Data::Float(n) => {
                        assert!((n - text.parse::<f64>().unwrap()).abs() < 1e-9, "{path} {y} {x}: {n} {text}")
                    }
                    // What would be a formula is disarmed in CSV, and a text in XLSX by its kind.
                    Data::String(s) => assert_eq!(s, text.strip_prefix('\'').unwrap_or(text), "{path} {y} {x}"),
                    Data::Empty => assert_eq!(text, "", "{path} {y} {x}"),
                    other => panic!("{path} {y} {x}: {other:?}"),
                }
            }
        }
        let formulas = book.worksheet_formula(&names[0]).unwrap();
        assert!(formulas.cells().all(|(.., f)| f.is_empty()), "{path} holds a formula");
        if path == "plannen" {
            assert!(rows.iter().any(|r| r[0].starts_with("'=HYPERLINK")), "a hostile title is among them");
        }
    }
    let book = app.bytes("/overzicht/bestanden/overzicht.xlsx").await;
    let book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(book)).unwrap();
    assert_eq!(book.sheet_names().len(), 7);
    for missing in ["desk.csv", "geheim.csv", "overzicht.csv", "share.pdf", "share"] {
        assert_eq!(
            app.get(&format!("/overzicht/bestanden/{missing}")).await.status,
            StatusCode::NOT_FOUND,
            "{missing}"
        );
    }
    for page in [
        "/overzicht",
        "/en/overzicht?wijk=noord&jaar=2009",
        "/overzicht?jaar=99999999999999999999&wijk=%00&status=x&programma='",
        "/overzicht/plannen?page=99999&vanaf=-1&tot=abc",
        "/overzicht/boekingen?soort=inleg&page=2",
        "/verslag/2008",
        "/en/verslag/2009/noord",
    ] {
        let page = app.get(page).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text.contains("<b>vet</b>") && !page.text.contains("-?"), "{}", page.text);
    }
    for page in ["/verslag/1999", "/verslag/2008/nergens", "/verslag/x"] {
        assert_eq!(app.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    // Without the program for paper the page itself says what to do.
    let page = app.get("/verslag/2008/stad/pdf").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert!(app.get("/verslag/2008").await.text.contains("Druk deze pagina af"));
}

async fn who_sees_what(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let owner = person(d.city.owner, None);
    submit(world, &owner, form(1), new_plan(d.city.buurt), None).await.unwrap();
    submit(world, &owner, form(2), new_plan(d.city.elsewhere), None).await.unwrap();
    app.clock.forward(10 * domain::time::DAY);
    let now = world.now();
    let of = async |actor: &Actor| {
        let mut c = world.db.read().await.unwrap();
        overview::overview(&mut c, actor, &Raw::default(), now).await.unwrap().sheets
    };
    let desk_count = |sheets: &[Sheet]| sheets.iter().find(|s| s.key == "desk").map(|s| s.value("submitted", "plans"));
    let late = |sheets: &[Sheet], buurt: &str| {
        sheets.iter().find(|s| s.key == "late").and_then(|s| s.value(buurt, "late_replies"))
    };
    // Everyone: not even the number of plans that nobody has read.
    let public = of(&Actor::default()).await;
    assert_eq!((desk_count(&public), late(&public, "vogelbuurt")), (None, None));
    let resident = of(&person(d.city.owner, None)).await;
    assert_eq!(desk_count(&resident), None);
    // A moderator: of the own buurt.
    let own = of(&d.moderator).await;
    assert_eq!(desk_count(&own), Some(Some(Value::Count(1))));
    assert_eq!(late(&own, "vogelbuurt"), Some(Value::Count(1)));
    assert_eq!(late(&own, "ijplein"), Some(Value::NotShown));
    // The city: everywhere.
    let city = of(&d.admin).await;
    assert_eq!((desk_count(&city), late(&city, "ijplein")), (Some(Some(Value::Count(2))), Some(Value::Count(1))));
    // The rows behind: the same, whatever the address asks.
    let count = async |actor: &Actor, asked: &[(&str, &str)]| {
        let mut c = world.db.read().await.unwrap();
        let f = overview::plans_asked(&mut c, actor, &Raw::from_pairs(asked), now).await.unwrap();
        overview::plans_sheet(&mut c, &store::figures::ListFilter { limit: 50, ..f }).await.unwrap().1
    };
    for asked in [
        &[("status", "submitted")][..],
        &[("te-laat", "antwoord")],
        &[("buurt", "ijplein"), ("status", "submitted")],
        &[],
    ] {
        assert_eq!(count(&Actor::default(), asked).await, 0, "{asked:?}");
    }
    assert_eq!(count(&d.moderator, &[("te-laat", "antwoord")]).await, 1);
    assert_eq!(count(&d.moderator, &[("buurt", "ijplein")]).await, 0);
    assert_eq!(count(&d.admin, &[("te-laat", "antwoord")]).await, 2);
    assert_eq!(count(&d.admin, &[("te-laat", "antwoord"), ("openbaar", "1")]).await, 0);
    let page = app.get("/overzicht?status=submitted").await;
    assert!(!page.text.contains("late_replies") && page.status == StatusCode::OK);
}

/// Plans come in and move on at once, from several tasks, while sums are folded: nothing is lost and nobody waits in a circle.
async fn many_at_once(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let mut tasks = Vec::new();
    for n in 0..24u32 {
        let (world, owner, moderator) = (world.clone(), person(d.city.owner, None), d.moderator.clone());
        let buurt = d.city.buurt;
        tasks.push(tokio::spawn(async move {
            let place = submit(&world, &owner, form(1000 + n), new_plan(buurt), None).await.unwrap();
            let id: i64 = place.split('/').next_back().unwrap().split('?').next().unwrap().parse().unwrap();
            if n % 3 == 0 {
                overview::fold(&world).await.unwrap();
            }
            let v = version(&world, id).await;
            answer(&world, &moderator, form(2000 + n), (id, v), Decision::Publish(String::new())).await.unwrap();
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let (a, b) = tokio::join!(overview::fold(world), overview::fold(world));
    a.and(b).unwrap();
    assert!(overview::wrong(world).await.unwrap().is_none(), "{:?}", overview::wrong(world).await);
    let seen = sheets(world, &Actor::default(), &[]).await;
    let states = seen.iter().find(|s| s.key == "states").unwrap();
    assert_eq!(states.value("published", "plans"), Some(Value::Count(24)));
}
