//! The real budget: imported once, shown to the euro.

use crate::both_engines;
use crate::common::TestApp;
use axum::http::StatusCode;
use domain::money::Cents;
use services::budget::{share_of, share_of_city};

both_engines!(the_printed_budget, super::printed);

async fn printed(app: TestApp) {
    let empty = app.get("/budget").await;
    assert_eq!(empty.status, StatusCode::OK);
    assert!(empty.text.contains("fijnebuurt budget import"));
    app.import_budget().await;
    let mut c = app.world.db.read().await.unwrap();
    let lines = store::budget::lines(&mut c).await.unwrap();
    let wijken = store::places::wijken(&mut c).await.unwrap();
    assert_eq!((wijken.len(), store::places::buurten(&mut c).await.unwrap().len()), (5, 17));
    assert_eq!(
        (
            store::places::stadsdelen(&mut c).await.unwrap().len(),
            store::places::programmes(&mut c).await.unwrap().len()
        ),
        (9, 8)
    );
    for (year, printed) in [(2008, 49_130_000), (2009, 48_940_000), (store::budget::INVESTMENTS, 34_240_000)] {
        let share = share_of_city(&mut c, &lines, &wijken, year).await.unwrap();
        assert_eq!(share.cost.known, Cents::euros(printed), "{year}");
        assert!(share.cost.at_least, "{year} holds a pm");
    }
    for (name, ceiling, earmarked) in [("Noord", 2_037_500, 300_000), ("Oost", 714_900, 650_000)] {
        let wijk = wijken.iter().find(|w| w.name == name).unwrap();
        let share = share_of(&mut c, &lines, wijk.id, 2008).await.unwrap();
        assert_eq!((share.ceiling, share.earmarked), (Cents::euros(ceiling), Cents::euros(earmarked)));
        assert_eq!((share.funded, share.room()), (Cents::ZERO, Cents::euros(ceiling)));
    }
    assert!(store::ledger::unbalanced(&mut c).await.unwrap().is_empty());
    drop(c);

    let city = app.get("/budget").await;
    for text in [
        "€\u{A0}4.913.000",
        "€\u{A0}1.250.000",
        "€\u{A0}34.240.000",
        "€\u{A0}2.037.500",
        "Mag hoogstens",
        "Staat klaar",
        "Kan er nog bij",
        "minstens €\u{A0}",
        "tabellen 5-I en 5-II",
    ] {
        assert!(city.text.contains(text), "{text}");
    }
    assert!(!city.text.contains("<script type"), "a page without islands carries no module");
    // The CSP allows these two constant lines of Leptos by their digests, and no other inline script.
    let inline: Vec<_> = city
        .text
        .split("<script")
        .skip(1)
        .filter_map(|s| s.split_once('>'))
        .map(|(_, s)| s.split("</script>").next().unwrap())
        .collect();
    assert_eq!(
        inline,
        [
            "__RESOLVED_RESOURCES=[];__SERIALIZED_ERRORS=[];__PENDING_RESOURCES=[];__RESOURCE_RESOLVERS=[];",
            "__INCOMPLETE_CHUNKS=[];"
        ]
    );
    let zuidoost = app.get("/en/budget/zuidoost?jaar=2009").await;
    assert!(
        zuidoost.text.contains("lang=\"en\"")
            && zuidoost.text.contains("not yet known")
            && zuidoost.text.contains("Zuidoost, 2009")
    );
    assert_eq!(app.get("/budget/zuid").await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.get("/budget?jaar=veel").await.status, StatusCode::OK);
    let data = app.get("/data/begroting.json").await;
    assert!(data.text.contains("\"status\":\"pm\""));

    // Once the earmarked lines are moved in they are what is funded, and room is the difference.
    services::accounts::make_administrator(&app.world, "Marlon", "m@voorbeeld.test", "paard-wolk-lepel-fiets")
        .await
        .unwrap();
    let admin = crate::plans::person(1, Some((domain::access::Role::Administrator, domain::access::Scope::City)));
    for wijk in &wijken {
        let share = share_of(&mut app.world.db.read().await.unwrap(), &lines, wijk.id, 2008).await.unwrap();
        if share.earmarked == Cents::ZERO {
            continue;
        }
        let form = services::shares::FundForm { wijk: wijk.id, year: 2008, amount: share.earmarked, programme: None };
        let key = format!("earmarked-of-{}", wijk.slug);
        services::shares::fund(&app.world, &admin, form, key, "a".into(), "/x".into()).await.unwrap();
    }
    let told = app.get("/data/aandeel.json").await;
    let told: serde_json::Value = serde_json::from_str(&told.text).unwrap();
    for (wijk, ceiling, funded) in
        [(Some("noord"), 2_037_500, 300_000), (Some("oost"), 714_900, 650_000), (None, 4_913_000, 1_250_000)]
    {
        let row = told["shares"]
            .as_array()
            .unwrap()
            .iter()
            .find(|r| r["wijk"].as_str() == wijk && r["year"] == 2008)
            .unwrap();
        let cents = |name: &str| row["cents"][name].as_i64().unwrap();
        assert_eq!(
            (cents("ceiling"), cents("funded"), cents("room")),
            (ceiling * 100, funded * 100, (ceiling - funded) * 100)
        );
        let page = app.get(&wijk.map_or("/budget?jaar=2008".into(), |w| format!("/budget/{w}?jaar=2008"))).await.text;
        for euros in [ceiling, funded, ceiling - funded] {
            let shown = texts::money(texts::Lang::Nl, Cents::euros(euros));
            assert!(page.contains(&shown), "{wijk:?}: {shown}");
        }
    }
    let zuidoost = app.get("/budget/zuidoost?jaar=2008").await.text;
    assert!(zuidoost.contains("nog niet bekend") && !zuidoost.contains("minstens €\u{A0}0<"), "pm is not zero");
}

both_engines!(importing_twice, super::twice);

async fn twice(app: TestApp) {
    app.import_budget().await;
    let files = services::budget::BudgetFiles {
        programmes: include_str!("../../reference-data/programmabudget.csv").into(),
        buurten: include_str!("../../reference-data/buurten.csv").into(),
        wijken: include_str!("../../reference-data/wijken.csv").into(),
    };
    assert_eq!(services::budget::import(&app.world, files.clone(), None).await.unwrap(), None);
    // A changed figure comes in as a new version, and the ledger follows by a transfer.
    let changed = services::budget::BudgetFiles {
        programmes: files.programmes.replace("Wonen,Oost,535000", "Wonen,Oost,500000"),
        ..files.clone()
    };
    assert!(services::budget::import(&app.world, changed, None).await.unwrap().is_some());
    let wrong = services::budget::BudgetFiles { programmes: files.programmes.replace("535000", "veel"), ..files };
    assert!(services::budget::import(&app.world, wrong, None).await.unwrap_err().to_string().contains("line 2"));
    let mut c = app.world.db.read().await.unwrap();
    let lines = store::budget::lines(&mut c).await.unwrap();
    let wijken = store::places::wijken(&mut c).await.unwrap();
    assert_eq!(share_of_city(&mut c, &lines, &wijken, 2008).await.unwrap().cost.known, Cents::euros(49_095_000));
    let oost = wijken.iter().find(|w| w.name == "Oost").unwrap().id;
    let wonen = store::places::programmes(&mut c).await.unwrap().into_iter().find(|p| p.name == "Wonen").unwrap().id;
    let line = store::ledger::Kind::ProgrammeLine { programme: wonen, wijk: Some(oost), year: 2008 };
    assert_eq!(store::ledger::balance(&mut c, line).await.unwrap(), Cents::euros(500_000));
    assert!(store::ledger::unbalanced(&mut c).await.unwrap().is_empty());
}
