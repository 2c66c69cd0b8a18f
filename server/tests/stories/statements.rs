//! What a cast costs: at most six statements to the engine, counted where each of them passes, from the entry of
//! `ballots::cast` to its answer. Everything counts: reads before the unit, BEGIN, locks, SAVEPOINT and RELEASE, COMMIT. What
//! is sent as one counts as one: on PostgreSQL the unit's time limits go along with BEGIN. A ballot in a crowd on SQLite
//! shares BEGIN and COMMIT with up to fifty others and has a savepoint of its own instead.

use crate::codes::{holder, open};
use crate::common::{START, TestApp};
use crate::listen::Listening;
use crate::rounds::{ballot_form, opened};
use domain::access::Actor;
use domain::form::Raw;
use domain::round::BallotForm;
use services::{World, ballots, codes};

const MOST: usize = 6;

/// A story on threads of this name: what passes on them, in the writer's task too, is told from what other tests do.
fn on_threads(name: &'static str, story: impl Future<Output = ()>) {
    let threads = tokio::runtime::Builder::new_multi_thread().worker_threads(2).thread_name(name).enable_all().build();
    threads.unwrap().block_on(story);
}

#[test]
fn a_cast_takes_six_statements_on_sqlite() {
    let name = "statements-sqlite";
    on_threads(name, async {
        let (first, second) = (TestApp::sqlite().await, TestApp::sqlite().await);
        a_cast_takes_six(name, first, second, [5, 6, 4]).await;
    });
}

#[test]
fn a_cast_takes_six_statements_on_postgres() {
    let name = "statements-postgres";
    on_threads(name, async {
        let (Some(first), Some(second)) = (TestApp::postgres().await, TestApp::postgres().await) else { return };
        a_cast_takes_six(name, first, second, [6, 6, 5]).await;
    });
}

/// What passed on threads of this name since it listens.
fn passed(ear: &Listening, name: &str) -> Vec<String> {
    let ours = format!(" {name} store::statement: ");
    ear.lines().iter().filter_map(|line| line.split_once(&ours)).map(|(_, text)| text.to_owned()).collect()
}

/// Casts on one of the threads, and gives what passed.
async fn cast(name: &str, world: &World, actor: &Actor, slug: &str, raw: &Raw, key: &str) -> Vec<String> {
    let (world, actor, slug, raw, key) = (world.clone(), actor.clone(), slug.to_owned(), raw.clone(), key.to_owned());
    let ear = Listening::start();
    tokio::spawn(async move { ballots::cast(&world, &actor, &slug, &raw, &key).await }).await.unwrap().unwrap();
    passed(&ear, name)
}

/// `expected`: for a first, a changed and a retried ballot.
async fn a_cast_takes_six(name: &str, by_letter: TestApp, by_account: TestApp, expected: [usize; 3]) {
    let city = open(&by_letter, BallotForm::Approval { most: 2 }).await;
    let world = by_letter.world.clone();
    let code = holder(&world, &city.slug, &city.letters[0].code).await;
    let tied = Actor { account: Some(5), confirmed: true, ..Actor::default() };
    let typed = Raw::from_pairs(&[("code", &city.letters[1].code.plain()), ("onthoud", "1")]);
    codes::enter(&world, &tied, &city.slug, &typed, "net", false).await.unwrap();
    let (_, residents, plans, slug) = opened(&by_account.world).await;
    by_account.clock.set(START + 100);
    let voters = [
        ("a code", &world, &code, &city.slug, &city.plans),
        ("an account with a code", &world, &tied, &city.slug, &city.plans),
        ("an account", &by_account.world, &residents[0], &slug, &plans),
    ];
    for (who, world, actor, slug, plans) in voters {
        let one = ballot_form(world, actor, slug, &[plans[0]]).await.unwrap();
        let other = ballot_form(world, actor, slug, &[plans[1], plans[2]]).await.unwrap();
        let first = cast(name, world, actor, slug, &one, "form-of-the-first-1").await;
        let changed = cast(name, world, actor, slug, &other, "form-of-the-other-1").await;
        let retried = cast(name, world, actor, slug, &other, "form-of-the-other-1").await;
        let late = cast(name, world, actor, slug, &one, "form-of-the-first-1").await;
        let counts = [&first, &changed, &retried].map(Vec::len);
        assert_eq!(counts, expected, "by {who}: {first:#?} {changed:#?} {retried:#?}");
        assert_eq!(late.len(), retried.len(), "by {who}: {late:#?}");
        assert!(counts.into_iter().all(|count| count <= MOST));
        // The counter sees what it should: the ballot itself, and both ends of its unit.
        for part in ["BEGIN", "INSERT INTO ballot_box", "COMMIT"] {
            assert_eq!(first.iter().filter(|text| text.contains(part)).count(), 1, "{part} in {first:#?}");
        }
    }
    in_a_crowd(name, &by_letter, &city).await;
}

/// The six letters at once: what a cast does not share is at most six.
async fn in_a_crowd(name: &str, app: &TestApp, city: &crate::codes::City) {
    let mut ready = Vec::new();
    for letter in &city.letters {
        let voter = holder(&app.world, &city.slug, &letter.code).await;
        let raw = ballot_form(&app.world, &voter, &city.slug, &[city.plans[2]]).await.unwrap();
        ready.push((voter, raw));
    }
    let ear = Listening::start();
    let casts: Vec<_> = ready
        .into_iter()
        .map(|(voter, raw)| {
            let (world, slug) = (app.world.clone(), city.slug.clone());
            tokio::spawn(async move { ballots::cast(&world, &voter, &slug, &raw, "form-in-the-crowd-1").await })
        })
        .collect();
    for cast in casts {
        cast.await.unwrap().unwrap();
    }
    let shared = |text: &String| text.starts_with("BEGIN") || text == "COMMIT";
    let own = passed(&ear, name).into_iter().filter(|text| !shared(text)).collect::<Vec<_>>();
    assert!(own.len() <= MOST * city.letters.len(), "{own:#?}");
}
