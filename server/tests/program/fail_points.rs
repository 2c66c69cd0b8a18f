//! The power cut at each named step of opening, casting and closing: after a restart the state is right and nothing is lost.

use crate::city::{City, postgres, sqlite};
use crate::running::{Form, Program, client, send};
use services::boxkeys;
use services::rounds::Step;
use store::sql;

fn form(city: &City, cookie: &str, path: &str, fields: &[(&str, &str)]) -> Form {
    let mut all = vec![
        ("csrf".to_owned(), city.world.keys.csrf(cookie, [5; 32])),
        ("form_key".to_owned(), "thesameform0000000001".to_owned()),
    ];
    all.extend(fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
    Form { path: path.to_owned(), cookie: cookie.to_owned(), fields: all }
}

async fn phase(city: &City) -> String {
    let mut c = city.world.db.read().await.unwrap();
    c.one(sql!("SELECT phase FROM round"), &[]).await.unwrap().text("phase").unwrap()
}

/// Three voters cast through the program: two for the first plan, one for the second.
async fn three_votes(city: &City, client: &reqwest::Client) {
    let program = Program::start(&city.url, city.dir.path());
    for (cookie, plan) in city.cookies.iter().zip([0, 0, 1]) {
        let plan = city.plans[plan].to_string();
        let path = format!("/stemmen/{}/uitbrengen", city.slug);
        assert!(send(client, &program.base, &form(city, cookie, &path, &[("plan", &plan)])).await);
    }
    program.kill();
}

async fn through(make: impl AsyncFn() -> Option<(String, tempfile::TempDir)>) {
    let client = client();
    for step in ["open-key-written", "open-written", "open-committed"] {
        let Some((url, dir)) = make().await else { return };
        let city = City::ready(url, dir, 1).await;
        let opening = form(&city, &city.desk, &format!("/beheer/stemrondes/{}/stap", city.slug), &[("step", "open")]);
        let program = Program::failing_at(&city.url, city.dir.path(), step);
        assert!(!send(&client, &program.base, &opening).await, "{step}: nothing was acknowledged");
        program.ended();
        assert_eq!(phase(&city).await, if step == "open-committed" { "voting" } else { "published" }, "{step}");
        // The same form again opens the round, once, with the key that is there; and it takes a vote.
        let program = Program::start(&city.url, city.dir.path());
        assert!(send(&client, &program.base, &opening).await, "{step}");
        assert_eq!(phase(&city).await, "voting", "{step}");
        let plan = city.plans[0].to_string();
        let cast = form(&city, &city.cookies[0], &format!("/stemmen/{}/uitbrengen", city.slug), &[("plan", &plan)]);
        assert!(send(&client, &program.base, &cast).await, "{step}: the round's key is the right one");
        assert_eq!(city.count(sql!("SELECT COUNT(*) AS n FROM ballot_box")).await, 1, "{step}");
    }
    for (step, kept) in [("cast-written", 0), ("cast-committed", 1)] {
        let Some((url, dir)) = make().await else { return };
        let city = City::open(url, dir, 1).await;
        let plan = city.plans[1].to_string();
        let cast = form(&city, &city.cookies[0], &format!("/stemmen/{}/uitbrengen", city.slug), &[("plan", &plan)]);
        let program = Program::failing_at(&city.url, city.dir.path(), step);
        assert!(!send(&client, &program.base, &cast).await, "{step}: nothing was acknowledged");
        program.ended();
        assert_eq!(city.count(sql!("SELECT COUNT(*) AS n FROM ballot_box")).await, kept, "{step}");
        let program = Program::start(&city.url, city.dir.path());
        assert!(send(&client, &program.base, &cast).await, "{step}");
        assert_eq!(city.count(sql!("SELECT COUNT(*) AS n FROM ballot_box")).await, 1, "{step}: one ballot");
        assert_eq!(city.count(sql!("SELECT COUNT(*) AS n FROM ballot_retry")).await, 0, "{step}: and no other");
    }
    for step in ["close-written", "close-committed", "close-key-destroyed"] {
        let Some((url, dir)) = make().await else { return };
        let city = City::open(url, dir, 3).await;
        three_votes(&city, &client).await;
        // Its time is over; a lease that a killed program holds ends after a minute, here at once.
        let past = city.world.now() - 1;
        city.world
            .db
            .write::<_, services::ActError, _>(move |u| {
                Box::pin(async move {
                    u.exec(sql!("UPDATE round SET voting_opens_at = $1 - 10, voting_closes_at = $1"), &[past.into()])
                        .await?;
                    u.exec(sql!("DELETE FROM lease"), &[]).await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        let key = boxkeys::round_key(&city.world, 1);
        Program::failing_at(&city.url, city.dir.path(), step).ended();
        assert_eq!(phase(&city).await, if step == "close-written" { "voting" } else { "counting" }, "{step}");
        assert_eq!(key.exists(), step != "close-key-destroyed", "{step}");
        let free = city.world.db.write::<_, services::ActError, _>(|u| {
            Box::pin(async move {
                u.exec(sql!("DELETE FROM lease"), &[]).await?;
                Ok(())
            })
        });
        free.await.unwrap();
        let program = Program::start(&city.url, city.dir.path());
        for _ in 0..200 {
            if phase(&city).await == "counting" && !key.exists() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        program.kill();
        assert!(!key.exists(), "{step}: the key is destroyed");
        for empty in [sql!("SELECT COUNT(*) AS n FROM ballot_box"), sql!("SELECT COUNT(*) AS n FROM ballot_retry")] {
            assert_eq!(city.count(empty).await, 0, "{step}");
        }
        city.step(Step::Count).await;
        city.step(Step::PublishResult).await;
        let mut c = city.world.db.read().await.unwrap();
        let published = services::count::published(&mut c, &city.slug).await.unwrap().unwrap();
        let votes: Vec<_> = published.outcome.steps.iter().map(|s| (s.id, s.votes)).collect();
        assert_eq!(votes, [(city.plans[0], 2), (city.plans[1], 1)], "{step}: every ballot is counted, once");
        assert_eq!(published.round.turnout, Some(3), "{step}");
    }
}

/// From the close to the published result: after a cut at any step the same forms lead to one result, with the bundle that both
/// people agreed to.
async fn to_the_result(make: impl AsyncFn() -> Option<(String, tempfile::TempDir)>) {
    let client = client();
    for step in ["count-written", "count-committed", "result-written", "result-committed"] {
        let Some((url, dir)) = make().await else { return };
        let city = City::open(url, dir, 3).await;
        three_votes(&city, &client).await;
        city.jump(7200);
        services::count::close_due(&city.world).await.unwrap();
        let desk = format!("/beheer/stemrondes/{}/stap", city.slug);
        let mut agreed = None;
        for (what, name) in [(Step::Count, "count"), (Step::PublishResult, "result")] {
            city.first_of_two(what).await;
            if what == Step::PublishResult {
                agreed = Some(digest(&city).await);
            }
            let mut sent = form(&city, &city.desk, &desk, &[("step", name)]);
            sent.fields[1].1 = format!("thesameform-{name}-001");
            if step.starts_with(name) {
                let program = Program::failing_at(&city.url, city.dir.path(), step);
                assert!(!send(&client, &program.base, &sent).await, "{step}: nothing was acknowledged");
                program.ended();
            }
            let program = Program::start(&city.url, city.dir.path());
            assert!(send(&client, &program.base, &sent).await, "{step}: {name}");
            program.kill();
        }
        assert_eq!(phase(&city).await, "result", "{step}");
        let mut c = city.world.db.read().await.unwrap();
        let bundle = store::rounds::bundle_bytes(&mut c, 1).await.unwrap().unwrap();
        assert_eq!(Some(proof::digest(&bundle)), agreed, "{step}: what both agreed to");
        assert!(proof::check(&bundle, &proof::Asked::default()).0.wrong.is_empty(), "{step}");
        let counts = store::rounds::counts(&mut c, 1).await.unwrap().len();
        let granted = store::rounds::pot_moves(&mut c, 1).await.unwrap();
        let granted = granted.iter().filter(|(reason, ..)| reason == "granted").count();
        assert_eq!((counts, granted), (1, 2), "{step}: counted once, and the money moved once");
    }
}

async fn digest(city: &City) -> String {
    let round = store::rounds::by_slug(&mut city.world.db.read().await.unwrap(), &city.slug).await.unwrap().unwrap();
    services::bundles::draft(&city.world, &round, "").await.unwrap().unwrap().digest
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counting_and_publishing_survive_a_power_cut_on_sqlite() {
    to_the_result(async || Some(sqlite())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counting_and_publishing_survive_a_power_cut_on_postgres() {
    to_the_result(postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_step_survives_a_power_cut_on_sqlite() {
    through(async || Some(sqlite())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_step_survives_a_power_cut_on_postgres() {
    through(postgres).await;
}
