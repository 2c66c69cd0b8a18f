//! Money that goes out: the last euro for a thousand at once, what the finance system sends back, and nobody in two roles.

use crate::both_engines;
use crate::common::TestApp;
use crate::execution::{Town, agreed, committed, confirmation, denied, file, key, part, refused, staff, town};
use crate::ledger::findings;
use domain::access::{Actor, Denied, Grant, Role, Scope};
use domain::execution::InstalmentState;
use domain::form::{Errors, Problem, Raw};
use domain::money::Cents;
use domain::time::DAY;
use services::execution::account::{AccountForm, Check};
use services::execution::agreement::AgreementForm;
use services::execution::changes::{ChangeForm, Verdict};
use services::execution::confirmations::{Imported, Wrong};
use services::execution::payments::{InstalmentAct, InstalmentForm};
use services::execution::steps::{DoneForm, StepForm};
use services::execution::{account, agreement, changes, confirmations, orders, payments, steps};
use services::{ActError, World};
use store::StoreError;
use store::execution::{NewAccount, NewChange};
use store::ledger::{self, Kind};

both_engines!(the_last_euro_of_a_plan_for_a_thousand_at_once, super::last_euro);

async fn last_euro(app: TestApp) {
    let (repetitions, at_once) = if std::env::var("LONG").is_ok() { (100, 1_000) } else { (1, 100) };
    let world = &app.world;
    let t = town(world).await;
    committed(world, &t, 90_000).await;
    // All but one euro is spoken for.
    payments::prepare(world, &t.anna, key(), t.plan, part(89_900, None)).await.unwrap();
    for run in 0..repetitions {
        let tries = (0..at_once).map(|n| {
            let (world, who) = (world.clone(), if n % 2 == 0 { t.anna.clone() } else { t.bob.clone() });
            let plan = t.plan;
            tokio::spawn(async move { payments::prepare(&world, &who, key(), plan, part(100, None)).await })
        });
        let (mut through, mut told) = (0, 0);
        for one in tries.collect::<Vec<_>>() {
            match one.await.unwrap() {
                Ok(_) => through += 1,
                Err(ActError::Form(errors)) => {
                    assert_eq!(errors, Errors::one("amount", Problem::NotEnough(Cents::ZERO)));
                    told += 1;
                }
                // A crowd may be told to try again; never is money promised twice by it.
                Err(ActError::Store(_)) => {}
                Err(other) => panic!("run {run}: {other}"),
            }
        }
        let purse = file(world, t.plan).await.purse;
        assert_eq!((through, purse.left()), (1, Cents::ZERO), "run {run}");
        assert!(told > at_once / 10, "run {run}: most were told what is left: {told}");
        // Taken back, the euro is there for the next run.
        let last = file(world, t.plan).await.instalments.into_iter().rfind(|i| i.state.holds_money()).unwrap();
        let back = InstalmentAct::TakeBack(String::new());
        payments::act(world, &t.anna, key(), t.plan, last.id, back).await.unwrap();
    }
    assert_eq!(findings(world).await, []);
    rule_of_the_database(world, t.plan, t.anna.account.unwrap()).await;
}

/// Whoever gets past the act meets the database's own rule.
async fn rule_of_the_database(world: &World, plan: i64, by: i64) {
    let past = world
        .db
        .write::<_, StoreError, _>(move |u| {
            Box::pin(async move {
                let new = part(101, None).0;
                store::execution::prepare(u, plan, &new, false, by, 1).await
            })
        })
        .await;
    assert!(matches!(past, Err(StoreError::Refused(_))), "{past:?}");
    let lowered = world
        .db
        .write::<_, StoreError, _>(move |u| {
            Box::pin(async move { store::execution::set_agreed(u, plan, Cents(89_899)).await })
        })
        .await;
    assert!(matches!(lowered, Err(StoreError::Refused(_))));
}

both_engines!(what_the_finance_system_sends_is_booked_whole_or_not_at_all, super::confirmed);

const HEAD: &str = "kenmerk;bedrag;datum;kenmerk_betaling;uitkomst";

async fn import(world: &World, who: &Actor, text: &str) -> Imported {
    confirmations::import(world, who, key(), text.into()).await.unwrap()
}

async fn confirmed(app: TestApp) {
    let world = &app.world;
    let t = town(world).await;
    committed(world, &t, 90_000).await;
    for amount in [10_000, 20_000, 30_000] {
        payments::prepare(world, &t.anna, key(), t.plan, part(amount, None)).await.unwrap();
    }
    orders::order(world, &t.bob, key()).await.unwrap();
    payments::prepare(world, &t.anna, key(), t.plan, part(5_000, None)).await.unwrap();
    let all = file(world, t.plan).await.instalments;
    let names: Vec<String> = all.iter().map(store::execution::Instalment::reference).collect();
    wrong_lines(world, &t, &names).await;
    assert_eq!(file(world, t.plan).await.purse.paid, Cents::ZERO, "nothing of a file with a wrong line");

    // Two paid, one refused by the finance system.
    let right = format!(
        "{HEAD}\n{};100,00;2026-11-18;FIN-1;betaald\n{};200;18-11-2026;FIN-2;betaald\n{};300;2026-11-18;Dicht;geweigerd\n",
        names[0], names[1], names[2]
    );
    denied(confirmations::import(world, &t.maker, key(), right.clone()).await, Denied::NotYours);
    let two = [&t.anna, &t.bob].map(|who| {
        let (world, who, text) = (world.clone(), who.clone(), right.clone());
        tokio::spawn(async move { confirmations::import(&world, &who, key(), text).await })
    });
    let mut booked = 0;
    for one in two {
        booked += usize::from(matches!(one.await.unwrap(), Ok(Imported::Booked(_))));
    }
    assert_eq!(booked, 1, "sent by two at once, booked once");
    let purse = file(world, t.plan).await.purse;
    assert_eq!((purse.paid, purse.open), (Cents(30_000), Cents(5_000)));
    let Imported::Before(place) = import(world, &t.anna, &right).await else { panic!("booked twice") };
    assert!(place.ends_with("bevestigingen-al"), "{place}");
    // Other bytes that say the same change nothing either.
    assert!(matches!(import(world, &t.anna, &right.replace("200;", "200,00;")).await, Imported::Before(_)));
    assert_eq!(file(world, t.plan).await.purse, purse);
    // What was refused is tried again, under another reference.
    payments::act(world, &t.anna, key(), t.plan, all[2].id, InstalmentAct::Again).await.unwrap();
    let again = file(world, t.plan).await.instalments[2].clone();
    // The first order may be paid after all: however small, another try takes two.
    assert_eq!((again.state, again.attempt, again.two), (InstalmentState::Prepared, 2, true));
    let id = again.id;
    refused(
        payments::act(world, &t.anna, key(), t.plan, id, InstalmentAct::Approve).await,
        "act",
        Problem::SecondPerson,
    );
    payments::act(world, &t.bob, key(), t.plan, id, InstalmentAct::Approve).await.unwrap();
    orders::order(world, &t.anna, key()).await.unwrap();
    let late = format!("{HEAD}\n{};300;2026-11-18;FIN-3;betaald\n", names[2]);
    assert!(
        matches!(import(world, &t.anna, &late).await, Imported::Wrong(w) if w[0].why == Wrong::NotOrdered),
        "that try was refused"
    );
    let text = confirmation(world, t.plan, true).await;
    assert!(matches!(import(world, &t.anna, &text).await, Imported::Booked(_)));
    let mut c = world.db.read().await.unwrap();
    assert_eq!(ledger::balance(&mut c, Kind::Paid { initiative: t.plan }).await.unwrap(), Cents(65_000));
    drop(c);
    assert_eq!(findings(world).await, []);
    // What was paid does not change, whoever tries.
    let changed = world
        .db
        .write::<_, StoreError, _>(|u| {
            Box::pin(async move {
                u.exec(store::sql!("UPDATE instalment SET amount = 1, state = 'ordered' WHERE state = 'paid'"), &[])
                    .await
            })
        })
        .await;
    assert!(matches!(changed, Err(StoreError::Refused(_))));
}

async fn wrong_lines(world: &World, t: &Town, names: &[String]) {
    let line = |what: &str| format!("{HEAD}\n{};100;2026-11-18;FIN-1;betaald\n{what}\n", names[0]);
    let second = &names[1];
    for (what, why) in [
        ("FB-999999-1;200;2026-11-18;X;betaald".to_owned(), Wrong::Unknown),
        ("geen idee;200;2026-11-18;X;betaald".into(), Wrong::Unknown),
        (format!("{second};200,01;2026-11-18;X;betaald"), Wrong::Amount),
        (format!("{second};veel;2026-11-18;X;betaald"), Wrong::Amount),
        (format!("{second};200;2026-02-31;X;betaald"), Wrong::NotADate),
        (format!("{second};200;gisteren;X;betaald"), Wrong::NotADate),
        (format!("{second};200;2031-01-01;X;betaald"), Wrong::NotADate),
        (format!("{second};200;2026-11-18;X;misschien"), Wrong::Outcome),
        (format!("{second};200;2026-11-18;;betaald"), Wrong::FinanceReference),
        (format!("{second};200;2026-11-18;NL91ABNA0417164300;betaald"), Wrong::BankNumber),
        (format!("{second};200;2026-11-18;{};betaald", "x".repeat(81)), Wrong::TooLong),
        (format!("{second};200;2026-11-18"), Wrong::Columns),
        (format!("{};100;2026-11-18;FIN-9;betaald", names[0]), Wrong::Twice),
        (format!("{second};200;2026-11-18;FIN-1;betaald"), Wrong::Twice),
        (format!("{};50;2026-11-18;X;betaald", names[3]), Wrong::NotOrdered),
    ] {
        let Imported::Wrong(lines) = import(world, &t.anna, &line(&what)).await else { panic!("booked: {what}") };
        assert_eq!(lines.iter().map(|l| (l.line, l.why)).collect::<Vec<_>>(), [(3, why)], "{what}");
    }
    for text in ["", "\u{0}\u{1}\u{2}", "a;b\n1;2", "\u{feff}"] {
        let read = confirmations::import(world, &t.anna, key(), text.into()).await;
        assert!(matches!(read, Err(ActError::Form(ref e)) if e.of("file").is_some()), "{text:?}");
    }
}

both_engines!(two_promise_the_more_that_makers_ask, super::asked_for_more);

/// A small agreement that one promised does not grow large by one.
async fn asked_for_more(app: TestApp) {
    let world = &app.world;
    let t = town(world).await;
    let id = t.plan;
    committed(world, &t, 50_000).await;
    let more = ChangeForm(NewChange {
        what: "Veel meer".into(),
        why: "Het kan".into(),
        amount: Some(Cents(240_000)),
        ..NewChange::default()
    });
    changes::propose(world, &t.maker, key(), id, more).await.unwrap();
    let change = file(world, id).await.changes[0].id;
    let yes = || Verdict { agree: true, reason: String::new() };
    changes::decide_on(world, &t.anna, key(), (id, change), yes()).await.unwrap();
    assert_eq!(file(world, id).await.purse.committed, Cents(50_000), "signed by one");
    refused(changes::decide_on(world, &t.anna, key(), (id, change), yes()).await, "agree", Problem::SecondPerson);
    changes::decide_on(world, &t.bob, key(), (id, change), yes()).await.unwrap();
    assert_eq!(file(world, id).await.purse.committed, Cents(240_000));
    assert_eq!(findings(world).await, []);
}

both_engines!(nobody_pays_in_two_roles, super::two_roles);

/// For each thing that takes two, one person with every role tries to be both; makers with every role try any of it.
async fn two_roles(app: TestApp) {
    let world = &app.world;
    let t = town(world).await;
    let all = |of: &Actor| Actor {
        grants: [Role::Staff, Role::Moderator, Role::Administrator]
            .map(|role| Grant { role, scope: Scope::City })
            .to_vec(),
        ..staff(of)
    };
    let (one, maker) = (all(&t.anna), all(&t.maker));
    let (id, no) = (t.plan, Denied::NotYours);
    // A maker who works for the city deals with nothing of their own plan.
    denied(agreement::write(world, &maker, key(), id, agreed(310_000)).await, no);
    agreement::write(world, &one, key(), id, agreed(310_000)).await.unwrap();
    agreement::accept(world, &maker, key(), id, 1).await.unwrap();
    denied(agreement::commit(world, &maker, key(), id, 1).await, no);
    agreement::commit(world, &one, key(), id, 1).await.unwrap();
    refused(agreement::commit(world, &one, key(), id, 1).await, "version", Problem::SecondPerson);
    agreement::commit(world, &t.bob, key(), id, 1).await.unwrap();
    denied(payments::prepare(world, &maker, key(), id, part(1, None)).await, no);
    payments::prepare(world, &one, key(), id, part(200_000, None)).await.unwrap();
    let instalment = file(world, id).await.instalments[0].id;
    let act = |who: Actor, what| async move { payments::act(world, &who, key(), id, instalment, what).await };
    for what in [InstalmentAct::Approve, InstalmentAct::Refuse("nee".into())] {
        denied(act(maker.clone(), what.clone()).await, no);
        refused(act(one.clone(), what).await, "act", Problem::SecondPerson);
    }
    act(t.bob.clone(), InstalmentAct::Approve).await.unwrap();
    refused(orders::order(world, &t.bob, key()).await, "order", Problem::NothingToOrder);
    refused(orders::order(world, &maker, key()).await, "order", Problem::NothingToOrder);
    orders::order(world, &one, key()).await.unwrap();
    let text = confirmation(world, id, true).await;
    for (who, why) in [(&t.bob, Wrong::Own), (&maker, Wrong::NotYours)] {
        let Imported::Wrong(lines) = import(world, who, &text).await else { panic!("booked") };
        assert_eq!(lines[0].why, why);
    }
    let elsewhere = Grant { role: Role::Staff, scope: Scope::Stadsdeel(99) };
    let stranger = Actor { grants: vec![elsewhere], ..staff(&t.neighbour) };
    let Imported::Wrong(lines) = import(world, &stranger, &text).await else { panic!("booked") };
    assert_eq!(lines[0].why, Wrong::NotYours);
    denied(payments::prepare(world, &stranger, key(), id, part(1, None)).await, no);
    let weak = Actor { second_factor: false, ..one.clone() };
    denied(payments::prepare(world, &weak, key(), id, part(1, None)).await, Denied::SecondFactor);
    denied(confirmations::import(world, &weak, key(), text.clone()).await, Denied::SecondFactor);
    assert!(matches!(import(world, &one, &text).await, Imported::Booked(_)));
    two_decide(world, &t, &one, &maker).await;
    assert_eq!(findings(world).await, []);
    splitting(world, &t).await;
}

async fn two_decide(world: &World, t: &Town, one: &Actor, maker: &Actor) {
    let (id, no) = (t.plan, Denied::NotYours);
    let later = ChangeForm(NewChange {
        what: "Later".into(),
        why: "Regen".into(),
        ends_at: Some(world.now() + 90 * DAY),
        ..NewChange::default()
    });
    changes::propose(world, one, key(), id, later).await.unwrap();
    let change = file(world, id).await.changes[0].id;
    let yes = || Verdict { agree: true, reason: String::new() };
    denied(changes::decide_on(world, maker, key(), (id, change), yes()).await, no);
    refused(changes::decide_on(world, one, key(), (id, change), yes()).await, "agree", Problem::SecondPerson);
    // Two decide at once: one of them did.
    let two = [&t.bob, &staff(&t.neighbour)].map(|who| {
        let (world, who) = (world.clone(), who.clone());
        tokio::spawn(async move { changes::decide_on(&world, &who, key(), (id, change), yes()).await })
    });
    let mut through = 0;
    for task in two {
        through += usize::from(task.await.unwrap().is_ok());
    }
    assert_eq!(through, 1);
    steps::plan(world, maker, key(), id, StepForm { title: "Stap".into(), due_at: world.now() + DAY }).await.unwrap();
    let step = file(world, id).await.steps[0].id;
    let words = || DoneForm(String::new());
    denied(steps::confirm(world, maker, key(), (id, step), words(), Vec::new()).await, no);
    let account_of = AccountForm(NewAccount { words: String::new(), lines: vec![("Alles".into(), Cents(200_000))] });
    account::hand_in(world, one, key(), id, account_of, Vec::new()).await.unwrap();
    let sent = file(world, id).await.account.unwrap().at;
    let check = || Check::Agree { repaid: String::new(), sent };
    denied(account::check(world, maker, key(), id, check()).await, no);
    refused(account::check(world, one, key(), id, check()).await, "check", Problem::SecondPerson);
}

/// Parts of a large payment are no small ones, and texts hold no bank number.
async fn splitting(world: &World, t: &Town) {
    for (amount, state) in [(60_000, InstalmentState::Approved), (40_001, InstalmentState::Prepared)] {
        let before = file(world, t.plan).await.instalments.len();
        payments::prepare(world, &t.anna, key(), t.plan, part(amount, None)).await.unwrap();
        assert_eq!(file(world, t.plan).await.instalments[before].state, state, "{amount}");
    }
    let iban = "Graag op NL91 ABNA 0417 1643 00";
    let bank = |field| Err(Errors::one(field, Problem::BankNumber));
    let raw = Raw::from_pairs(&[("amount", "1"), ("payee", iban), ("purpose", "x")]);
    assert_eq!(InstalmentForm::parse(&raw).map(|_| ()), bank("payee"));
    let raw = Raw::from_pairs(&[
        ("amount", "1"),
        ("contact", iban),
        ("responsible", "x"),
        ("ends", "2027-01-01"),
        ("partner", ""),
    ]);
    assert_eq!(AgreementForm::parse(&raw).map(|_| ()), bank("contact"));
    let raw = Raw::from_pairs(&[("line_what", iban), ("line_amount", "1")]);
    assert_eq!(AccountForm::parse(&raw).map(|_| ()), bank("line_what"));
    assert_eq!(ChangeForm::stop(&Raw::from_pairs(&[("reason", iban)])).map(|_| ()), bank("reason"));
}
