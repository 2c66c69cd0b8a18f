//! Races: the same form twice at once, the last money twice at once. A few times in `make test`, often in `make long`.

use crate::both_engines;
use crate::common::{START, TestApp};
use domain::access::{Actor, Grant, Role, Scope};
use domain::money::Cents;
use services::shares::{self, FundForm};
use services::{ActError, World};
use store::ledger::{self, Kind};

fn times() -> usize {
    if std::env::var("LONG").is_ok() { 200 } else { 5 }
}

fn administrator() -> Actor {
    Actor {
        account: Some(1),
        confirmed: true,
        resident_of: None,
        grants: vec![Grant { role: Role::Administrator, scope: Scope::City }],
        second_factor: true,
        code: None,
    }
}

async fn with_administrator(app: &TestApp) {
    app.import_budget().await;
    services::accounts::make_administrator(&app.world, "Marlon", "marlon@voorbeeld.test", "paard-wolk-lepel-fiets")
        .await
        .unwrap();
    app.clock.set(START + 1);
}

async fn fund(world: &World, cents: i64, key: String) -> Result<(), ActError> {
    let form = FundForm { wijk: 1, year: 2008, amount: Cents(cents), programme: None };
    shares::fund(world, &administrator(), form, key, "browser".into(), "/beheer/aandeel".into()).await.map(|_| ())
}

async fn funded(world: &World) -> i64 {
    ledger::balance(&mut world.db.read().await.unwrap(), Kind::Share { wijk: 1, year: 2008 }).await.unwrap().0
}

both_engines!(the_same_form_eight_times_at_once, super::same_form);

async fn same_form(app: TestApp) {
    with_administrator(&app).await;
    for n in 0..times() {
        let before = funded(&app.world).await;
        let tries = (0..8).map(|_| {
            let world = app.world.clone();
            tokio::spawn(async move { fund(&world, 100, format!("the-same-form-{n:04}")).await })
        });
        let mut done = 0;
        for attempt in tries.collect::<Vec<_>>() {
            match attempt.await.unwrap() {
                Ok(()) => done += 1,
                Err(ActError::Done(to)) => assert_eq!(to, "/beheer/aandeel", "the answer of the first"),
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!((done, funded(&app.world).await - before), (1, 100), "run {n}");
    }
}

both_engines!(the_last_money_for_two_at_once, super::last_money);

async fn last_money(app: TestApp) {
    with_administrator(&app).await;
    let line = {
        let mut c = app.world.db.read().await.unwrap();
        let row = c.one(store::sql!("SELECT id FROM programme WHERE earmarked = 1"), &[]).await.unwrap();
        Kind::ProgrammeLine { programme: row.int("id").unwrap(), wijk: Some(1), year: 2008 }
    };
    let left =
        |world: World| async move { ledger::balance(&mut world.db.read().await.unwrap(), line).await.unwrap().0 };
    // Each pair wants more than half of what is left: one of them gets it.
    for n in 0..times() {
        let before = left(app.world.clone()).await;
        let want = before / 2 + 1;
        if want <= 1 {
            break;
        }
        let (a, b) = tokio::join!(
            fund(&app.world, want, format!("first-of-two-{n:04}")),
            fund(&app.world, want, format!("second-of-two-{n:04}"))
        );
        assert!(a.is_ok() != b.is_ok(), "run {n}: {a:?} {b:?}");
        assert_eq!(left(app.world.clone()).await, before - want, "run {n}");
    }
    assert!(ledger::unbalanced(&mut app.world.db.read().await.unwrap()).await.unwrap().is_empty());
}
