//! Rounds by letter under clumsy hands: the same list twice at once, somebody else's list, a letter of a neighbour, sheets
//! that nobody took up, forms that were filled in on something older.

use crate::both_engines;
use crate::codes::{ROLL, holder, issue, kept, open, round, set_up, staff};
use crate::common::{START, TestApp};
use crate::rounds::{step, step_with};
use crate::together::{form_of, second};
use domain::access::{Actor, Denied};
use domain::form::{Errors, Problem, Raw};
use domain::round::BallotForm;
use services::rounds::{self, Step, StepForm};
use services::{ActError, codes, rolls, voters};

both_engines!(a_list_goes_onto_the_roll_once, super::list_once);

async fn list_once(app: TestApp) {
    let world = app.world.clone();
    let city = set_up(&app, BallotForm::Approval { most: 2 }, false).await;
    let (admin, slug) = (city.admin.clone(), city.slug.clone());
    let id = round(&world, &slug).await.id;
    let mut large = "adres;postcode;aantal\n".to_owned();
    for house in 1..=700 {
        large += &format!("Meeuwenlaan {house};1021 AA;3\n");
    }
    assert!(rolls::upload(&world, &admin, &slug, large.clone()).await.unwrap().is_right());
    let seen = rolls::digest(&large);
    let tries = (0..4).map(|_| {
        let (world, admin, slug, seen) = (world.clone(), admin.clone(), slug.clone(), seen.clone());
        tokio::spawn(async move { rolls::add(&world, &admin, &slug, &seen).await })
    });
    let mut done = 0;
    for attempt in tries.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(count) => {
                assert_eq!(count, 2_100);
                done += 1;
            }
            Err(ActError::Form(errors)) => assert_eq!(errors, Errors::one("seen", Problem::Waiting)),
            // It came after the end: the list is not waiting any more.
            Err(ActError::Denied(Denied::State)) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert!(done >= 1);
    let figures = || async { store::rounds::roll_figures(&mut world.db.read().await.unwrap(), id).await.unwrap() };
    assert_eq!(figures().await.entries, 2_100);

    // What is put on the roll is what was looked at.
    assert!(rolls::upload(&world, &admin, &slug, large).await.unwrap().is_right());
    assert!(rolls::upload(&world, &second(&admin), &slug, ROLL.into()).await.unwrap().is_right());
    let other = rolls::add(&world, &admin, &slug, &seen).await;
    assert!(matches!(other, Err(ActError::Form(e)) if e == Errors::one("seen", Problem::Changed)));

    // An import that broke off leaves a roll that gets no codes, until a list is put on it whole.
    let begin = |key: &'static str, now| {
        let world = world.clone();
        async move {
            world
                .db
                .write::<_, ActError, _>(move |u| {
                    Box::pin(async move { Ok(store::rounds::begin_import(u, id, key, now, 600).await?) })
                })
                .await
                .unwrap()
        }
    };
    assert!(begin("broken off", START).await);
    assert!(!begin("another", START + 600).await);
    let codes = codes::issue(&world, &admin, &slug, |_| Ok(())).await;
    assert!(matches!(codes, Err(ActError::Denied(Denied::State))));
    app.clock.set(START + 601);
    assert_eq!(rolls::add(&world, &admin, &slug, &rolls::digest(ROLL)).await.unwrap(), 6);
    let letters = issue(&world, &admin, &slug).await;
    assert_eq!(letters.iter().map(|l| l.nth).collect::<Vec<_>>(), [(1, 2), (2, 2), (1, 1), (1, 3), (2, 3), (3, 3)]);
    let round = round(&world, &slug).await;
    let csv = String::from_utf8(services::letters::csv(&round, "http://x", &letters, true).unwrap()).unwrap();
    assert!(csv.contains(",kiezer 2 van 2") && !csv.contains("van 3"), "an area has no voters to tell apart");
    let job = services::letters::job(&round, "http://x", &letters).to_string();
    assert!(job.contains("\"kiezer 1 van 2\"") && job.contains("\"a5\""));
}

both_engines!(a_neighbours_letter_is_not_kept, super::neighbours_letter);

async fn neighbours_letter(app: TestApp) {
    let world = app.world.clone();
    let city = open(&app, BallotForm::Approval { most: 2 }).await;
    let this = round(&world, &city.slug).await;
    let account = Actor { account: Some(4), confirmed: true, ..Actor::default() };
    let [own, neighbours] = [0, 1].map(|n| city.letters[n].code.plain());
    let tied = async || voters::has_voted(&world, &account, &this).await.is_ok();
    let enter = async |raw: &Raw| codes::enter(&world, &account, &city.slug, raw, "net", false).await.map(|_| ());
    enter(&Raw::from_pairs(&[("code", &neighbours)])).await.unwrap();
    assert!(!tied().await, "nothing is tied unless it was asked");
    enter(&kept(&neighbours)).await.unwrap();
    assert!(tied().await);
    enter(&kept(&own)).await.unwrap();
    let by = voters::credential(&mut world.db.read().await.unwrap(), &account, &this).await.unwrap();
    assert_eq!(by.entry, city.letters[0].entry, "one's own letter takes the place");
    codes::forget(&world, &account, &city.slug).await.unwrap();
    assert!(!tied().await);
    assert!(
        holder(&world, &city.slug, &city.letters[1].code).await.code.is_some(),
        "the neighbour's is as good as ever"
    );
}

both_engines!(no_vote_on_paper_is_forgotten, super::paper_not_forgotten);

async fn paper_not_forgotten(app: TestApp) {
    let world = app.world.clone();
    let city = open(&app, BallotForm::Approval { most: 2 }).await;
    let slug = city.slug.clone();
    let form = StepForm { who: Some(2), key: "paper-00000000001".into(), key_actor: "desk".into(), now: START + 100 };
    codes::accept_paper(&world, &staff(), &slug, city.letters[0].entry, form).await.unwrap();
    app.clock.set(round(&world, &slug).await.closes_at + 1);
    step(&world, &city.admin, &slug, Step::Close).await.unwrap();
    let counted = step(&world, &city.admin, &slug, Step::Count).await;
    assert!(matches!(counted, Err(ActError::Form(e)) if e == Errors::one("step", Problem::SheetsMissing(1))));
    step_with(&world, &city.admin, &slug, Step::Count, &[("zonder", "1")], "count-without-it").await.unwrap();
    let mut c = world.db.read().await.unwrap();
    let told = c
        .one(store::sql!("SELECT COUNT(*) AS n FROM audit WHERE act = 'count_without_sheets' AND detail = '1'"), &[])
        .await
        .unwrap();
    assert_eq!(told.int("n").unwrap(), 1);
}

both_engines!(an_older_form_changes_nothing, super::older_form);

async fn older_form(app: TestApp) {
    let world = app.world.clone();
    let city = set_up(&app, BallotForm::Approval { most: 2 }, false).await;
    let (admin, other, slug) = (city.admin.clone(), second(&city.admin), city.slug.clone());
    let basis = async || {
        let round = round(&world, &slug).await;
        rounds::basis(&rounds::paper_now(&mut world.db.read().await.unwrap(), &round).await.unwrap()).unwrap()
    };
    let read = basis().await;
    let propose = async |actor: &Actor, fields: &[(&str, &str)], key: &str| {
        rounds::propose(&world, actor, &slug, &Raw::from_pairs(fields), form_of(&world, actor, key)).await
    };
    // While it is set up no reason is asked; who read the older texts is told.
    propose(&admin, &[("title", "Nieuwe naam"), ("basis", &read)], "change-000000001").await.unwrap();
    let late =
        propose(&other, &[("intro", "Anders"), ("title", "Buurtbudget"), ("basis", &read)], "change-000000002").await;
    assert!(matches!(late, Err(ActError::Form(e)) if e == Errors::one("basis", Problem::Changed)));
    assert_eq!(round(&world, &slug).await.title, "Nieuwe naam");
    // A term that passed in the set-up can still be moved.
    app.clock.set(START + 5_000);
    let (opens, closes) = (texts::typed_local(START + 90_000), texts::typed_local(START + 600_000));
    propose(&admin, &[("opens", &opens), ("closes", &closes)], "change-000000003").await.unwrap();
    // Nothing opens while a proposal waits.
    assert!(rolls::upload(&world, &admin, &slug, ROLL.into()).await.unwrap().is_right());
    rolls::add(&world, &admin, &slug, &rolls::digest(ROLL)).await.unwrap();
    issue(&world, &admin, &slug).await;
    step(&world, &admin, &slug, Step::Publish).await.unwrap();
    propose(&admin, &[("title", "Weer een naam"), ("reason", "Mooier")], "change-000000004").await.unwrap();
    let opened = step(&world, &admin, &slug, Step::Open).await;
    assert!(matches!(opened, Err(ActError::Form(e)) if e == Errors::one("step", Problem::Waiting)));
    rounds::agree(&world, &other, &slug, 1, form_of(&world, &other, "agree-0000000001")).await.unwrap();
    step(&world, &admin, &slug, Step::Open).await.unwrap();
    let paper = rounds::frozen(&round(&world, &slug).await).unwrap();
    assert_eq!((paper.version, paper.title.as_str()), (2, "Weer een naam"));
}
