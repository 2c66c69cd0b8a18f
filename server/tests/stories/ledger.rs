//! The money: a ceiling that is lowered, a slip booked back, a year that ends; the last euro for a thousand at once; and a long
//! random life of the ledger beside a simple model.

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::plans::form;
use crate::rounds::{ballot_form, opened, people, step};
use domain::access::{Actor, Grant, Role, Scope};
use domain::form::{Errors, Problem};
use domain::money::Cents;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use services::doctor::{self, Finding};
use services::rounds::Step;
use services::shares::{self, CeilingForm, CloseForm, CorrectForm, FundForm, Rest};
use services::{ActError, World, ballots, small_plans};
use std::collections::BTreeMap;
use store::ledger::{self, Kind, Transfer};
use store::{StoreError, sql};

const SHARE: Kind = Kind::Share { wijk: 1, year: 2008 };

async fn balance(world: &World, kind: Kind) -> i64 {
    ledger::balance(&mut world.db.read().await.unwrap(), kind).await.unwrap().0
}

async fn fund(world: &World, admin: &Actor, cents: i64, key: &str) -> Result<(), ActError> {
    let form = FundForm { wijk: 1, year: 2008, amount: Cents(cents), programme: Some(1) };
    shares::fund(world, admin, form, key.into(), "browser".into(), "/x".into()).await
}

pub async fn findings(world: &World) -> Vec<Finding> {
    doctor::ledger(world).await.unwrap().findings
}

fn refused<T>(result: Result<T, ActError>, field: &'static str, problem: Problem) {
    match result {
        Err(ActError::Form(errors)) => assert_eq!(errors, Errors::one(field, problem)),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("done, where {problem:?} was expected"),
    }
}

both_engines!(a_year_with_its_ceiling_and_its_end, super::year);

async fn year(app: TestApp) {
    let world = &app.world;
    let (admin, residents, plans, slug) = opened(world).await;
    // 600.000 of the ceiling of 1.050.000 cents are funded: 5,71 % of the cost, so 5,7 % is too low.
    let ceiling = |points| CeilingForm { wijk: 1, year: 2008, basis_points: points, reason: "Afspraak".into() };
    refused(
        shares::set_ceiling(world, &admin, form(1), ceiling(570)).await,
        "percent",
        Problem::BelowFunded(Cents(600_000)),
    );
    shares::set_ceiling(world, &admin, form(2), ceiling(572)).await.unwrap();
    refused(fund(world, &admin, 1_000, "above").await, "amount", Problem::NotEnough(Cents(600)));
    fund(world, &admin, 600, "room").await.unwrap();
    assert!(shares::set_ceiling(world, &residents[0], form(3), ceiling(900)).await.is_err(), "not a resident's");
    shares::set_ceiling(world, &admin, form(4), ceiling(1000)).await.unwrap();

    // The 600 were a slip: booked back once, with words, by a counter-transfer.
    let moved = ledger::of_share(&mut world.db.read().await.unwrap(), 1, 2008, 50).await.unwrap();
    let slip = moved.iter().find(|m| m.amount == Cents(600)).unwrap();
    let correct = |n, transfer| {
        shares::correct(world, &admin, form(n), CorrectForm { wijk: 1, year: 2008, transfer, note: "Vergist".into() })
    };
    correct(5, slip.id).await.unwrap();
    assert!(matches!(correct(6, slip.id).await, Err(ActError::Denied(_))), "once");
    assert!(matches!(correct(7, 9_999).await, Err(ActError::NotFound)));
    let pot = moved.iter().find(|m| m.reason == "pot").unwrap();
    assert!(matches!(correct(8, pot.id).await, Err(ActError::Denied(_))), "a pot goes back by its round alone");
    let large = moved.iter().filter(|m| m.reason == "share").max_by_key(|m| m.amount).unwrap();
    refused(correct(9, large.id).await, "note", Problem::NotEnough(Cents(100_000)));
    assert_eq!(balance(world, SHARE).await, 100_000);

    // The year ends after the round.
    let end = |n, rest| shares::close(world, &admin, form(n), CloseForm { wijk: 1, year: 2008, rest });
    refused(end(10, Rest::Carried).await, "rest", Problem::InPots(Cents(500_000)));
    app.clock.set(START + 200);
    let raw = ballot_form(world, &residents[0], &slug, &[plans[0]]).await.unwrap();
    ballots::cast(world, &residents[0], &slug, &raw, "form-of-a-voter").await.unwrap();
    app.clock.set(START + 1001);
    for what in [Step::Close, Step::Count, Step::PublishResult] {
        step(world, &admin, &slug, what).await.unwrap();
    }
    assert_eq!(findings(world).await, []);
    let left = balance(world, SHARE).await;
    assert!(left > 100_000);
    end(11, Rest::Carried).await.unwrap();
    let next = |programme| Kind::ProgrammeLine { programme, wijk: Some(1), year: 2009 };
    assert_eq!(balance(world, SHARE).await, 0);
    assert_eq!(balance(world, next(1)).await + balance(world, next(2)).await, left, "it can be funded from next year");
    refused(fund(world, &admin, 100, "after the end").await, "year", Problem::YearClosed);
    assert_eq!(findings(world).await, []);
    let mut c = world.db.read().await.unwrap();
    let lines = store::budget::lines(&mut c).await.unwrap();
    let share = services::budget::share_of(&mut c, &lines, 1, 2008).await.unwrap();
    assert_eq!((share.funded, share.left()), (share.allotted, Cents::ZERO), "funded is what was allotted");
}

both_engines!(the_last_euro_for_a_thousand_at_once, super::last_euro);

async fn last_euro(app: TestApp) {
    let (repetitions, at_once) = if std::env::var("LONG").is_ok() { (100, 1_000) } else { (3, 100) };
    let world = &app.world;
    let (admin, residents, _) = people(world).await;
    let (owner, moderator) = (residents[0].account, residents[1].account);
    let ids: Vec<i64> = world
        .db
        .write::<_, StoreError, _>(move |u| {
            Box::pin(async move {
                let mut ids = Vec::new();
                for _ in 0..at_once + repetitions {
                    let row = u.one(sql!("INSERT INTO initiative (buurt_id, account_id, title, what, why, cost_known, minimum, desired, for_kind, state, created_at, small_moderator_id) VALUES (1, $1, 'Bloembak', 'wat', 'waarom', 1, 100, 100, 'resident', 'feasible', 1, $2) RETURNING id"), &[owner.into(), moderator.into()]).await?;
                    ids.push(row.int("id")?);
                }
                Ok(ids)
            })
        })
        .await
        .unwrap();
    let staff = Actor { grants: vec![Grant { role: Role::Staff, scope: Scope::City }], ..admin.clone() };
    let mut waiting = ids;
    for run in 0..repetitions {
        fund(world, &admin, 100, &format!("the-euro-of-run-{run:04}")).await.unwrap();
        let asks = waiting.iter().take(at_once).map(|id| {
            let (world, staff, id) = (world.clone(), staff.clone(), *id);
            let key = services::initiatives::FormKey {
                key: format!("run-{run:04}-plan-{id:08}"),
                actor: "browser".into(),
                lang: texts::Lang::Nl,
            };
            tokio::spawn(async move { (id, small_plans::sign(&world, &staff, key, id, Role::Staff, 2008).await) })
        });
        let (mut funded, mut told) = (Vec::new(), 0);
        for ask in asks.collect::<Vec<_>>() {
            match ask.await.unwrap() {
                (id, Ok(_)) => funded.push(id),
                (_, Err(ActError::Form(errors))) => {
                    assert_eq!(errors, Errors::one("year", Problem::NotEnough(Cents::ZERO)));
                    told += 1;
                }
                // A crowd may be told to try again; never is money lost or doubled by it.
                (_, Err(ActError::Store(_))) => {}
                (id, Err(other)) => panic!("run {run}, plan {id}: {other}"),
            }
        }
        assert_eq!((funded.len(), balance(world, SHARE).await), (1, 0), "run {run}");
        assert!(told > at_once / 10, "run {run}: most were told what is left: {told}");
        waiting.retain(|id| !funded.contains(id));
    }
    assert_eq!(findings(world).await, []);
}

both_engines!(a_random_life_of_the_ledger, super::random_life);

/// Ways that money can go in the model.
fn ways(plans: &[i64]) -> Vec<(Kind, Kind)> {
    let line = |programme, year| Kind::ProgrammeLine { programme, wijk: Some(1), year };
    let mut ways = vec![];
    for programme in [1, 2] {
        let there = line(programme, 2008);
        ways.extend([(Kind::Source, there), (there, SHARE), (SHARE, there), (there, line(programme, 2009))]);
    }
    for round in [1, 2, 3] {
        ways.extend([(SHARE, Kind::Pot { round }), (Kind::Pot { round }, SHARE)]);
        ways.extend(plans.iter().map(|plan| (Kind::Pot { round }, Kind::Reserved { initiative: *plan })));
    }
    for plan in plans {
        let (reserved, committed, paid, returned) = (
            Kind::Reserved { initiative: *plan },
            Kind::Committed { initiative: *plan },
            Kind::Paid { initiative: *plan },
            Kind::Returned { initiative: *plan },
        );
        ways.extend([(SHARE, reserved), (reserved, committed), (committed, paid), (paid, returned), (returned, SHARE)]);
    }
    ways
}

async fn book(world: &World, steps: Vec<(Kind, Kind, i64, String)>) -> Result<(), StoreError> {
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                for (from, to, amount, key) in &steps {
                    let transfer = Transfer {
                        from: *from,
                        to: *to,
                        amount: Cents(*amount),
                        reason: "random",
                        reference: "",
                        note: "",
                        actor: None,
                        key,
                        at: START,
                    };
                    ledger::transfer(u, &transfer).await?;
                }
                Ok(())
            })
        })
        .await
}

async fn random_life(app: TestApp) {
    let acts = if std::env::var("LONG").is_ok() { 100_000 } else { 3_000 };
    let world = &app.world;
    let (_, _, plans) = people(world).await;
    let seed = std::env::var("LEDGER_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or_else(rand::random::<u64>);
    println!("LEDGER_SEED={seed}");
    let mut rng = StdRng::seed_from_u64(seed);
    let ways = ways(&plans);
    // The model: a balance for each account, and the keys that were used.
    let mut model: BTreeMap<Kind, i64> = BTreeMap::new();
    for account in ledger::checks::accounts(&mut world.db.read().await.unwrap()).await.unwrap() {
        model.insert(account.is.unwrap(), account.balance.0);
    }
    let (mut batch, mut used, mut refusals) = (Vec::new(), Vec::<String>::new(), 0);
    for n in 0..acts {
        let (from, to) = ways[rng.random_range(0..ways.len())];
        let there = if from == Kind::Source { 1_000_000 } else { model.get(&from).copied().unwrap_or(0) };
        let amount = match rng.random_range(0..10) {
            0 => there,
            1 => there + 1,
            2 => 0,
            _ => rng.random_range(1..=there.max(1)),
        };
        let known = !used.is_empty() && rng.random_range(0..20) == 0;
        let key = if known { used[rng.random_range(0..used.len())].clone() } else { format!("random/{n}") };
        let fits = amount > 0 && (from == Kind::Source || amount <= there) && !known;
        if fits {
            *model.entry(from).or_default() -= amount;
            *model.entry(to).or_default() += amount;
            used.push(key.clone());
            batch.push((from, to, amount, key));
        } else {
            // What the model refuses, the ledger refuses whole: the act before it in the same unit is not there either.
            refusals += 1;
            book(world, std::mem::take(&mut batch)).await.unwrap();
            let elsewhere = Kind::ProgrammeLine { programme: 1, wijk: Some(1), year: 2010 };
            let along = (Kind::Source, elsewhere, 1, format!("along/{n}"));
            let outcome = book(world, vec![along, (from, to, amount, key)]).await;
            assert!(matches!(outcome, Err(StoreError::Refused(_) | StoreError::Duplicate(_))), "act {n}: {outcome:?}");
        }
        if batch.len() == 200 {
            book(world, std::mem::take(&mut batch)).await.unwrap();
        }
    }
    book(world, batch).await.unwrap();
    let mut c = world.db.read().await.unwrap();
    let kept = ledger::checks::accounts(&mut c).await.unwrap();
    for account in &kept {
        assert_eq!(Some(&account.balance.0), model.get(&account.is.unwrap()).or(Some(&0)), "{}", account.name);
    }
    assert_eq!(kept.iter().map(|a| a.balance.0).sum::<i64>(), 0);
    assert!(ledger::unbalanced(&mut c).await.unwrap().is_empty());
    println!("{} transfers, {refusals} refusals", used.len());
    assert!(used.len() > acts / 2 && refusals > acts / 20);
}
