//! Power cuts: the real program is killed with -9 in the middle of a burst of votes and plans, started again, and asked for
//! all that it had acknowledged. Short in `make test`; `make long` or KILLS=n kills more often.

use crate::city::{City, postgres, sqlite};
use crate::running::{Form, Program, client, send};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use services::count;
use services::rounds::Step;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::{ledger, sql};

/// Neighbours, each with a browser that sends one form after the other.
const VOTERS: usize = 50;
/// Votes of each neighbour; as many plans beside them, so that a burst is 1,000 forms.
const VOTES: usize = 10;

/// How often the program is killed: as KILLS says, 100 times in `make long`, else so often.
pub fn kills(short: u64) -> u64 {
    match std::env::var("KILLS") {
        Ok(n) => n.parse().expect("KILLS is a number"),
        Err(_) if std::env::var("LONG").is_ok() => 100,
        Err(_) => short,
    }
}

/// Which of the two plans a vote is for: place in the list.
fn pick(voter: usize, n: usize) -> usize {
    usize::from(!(voter + n).is_multiple_of(3))
}

fn title(voter: usize, n: usize) -> String {
    format!("Plan {n} van {voter}")
}

/// What one browser sends, in its order: a vote, a plan, a vote, ...
fn forms_of(city: &City, voter: usize) -> Vec<Form> {
    let cookie = &city.cookies[voter];
    let csrf = city.world.keys.csrf(cookie, [5; 32]);
    let mut forms = Vec::new();
    for n in 0..VOTES {
        let form = |path: String, kind: &str, fields: &[(&str, String)]| {
            let mut all = vec![
                ("csrf".to_owned(), csrf.clone()),
                ("form_key".to_owned(), format!("{kind}{voter:04}x{n:04}aaaaaaaa")),
            ];
            all.extend(fields.iter().map(|(k, v)| ((*k).to_owned(), v.clone())));
            Form { path, cookie: cookie.clone(), fields: all }
        };
        let pick = city.plans[pick(voter, n)];
        forms.push(form(format!("/stemmen/{}/uitbrengen", city.slug), "stem", &[("plan", pick.to_string())]));
        let plan = [
            ("title", title(voter, n)),
            ("what", "wat".into()),
            ("why", "waarom".into()),
            ("buurt", "1".into()),
            ("klaar", "1".into()),
        ];
        forms.push(form("/initiatieven/nieuw/versturen".into(), "plan", &plan));
    }
    forms
}

/// How often each of the burst's plans is there.
async fn titles_in(city: &City) -> BTreeMap<String, usize> {
    let rows = city
        .world
        .db
        .read()
        .await
        .unwrap()
        .rows(sql!("SELECT title FROM initiative WHERE title LIKE 'Plan %'"), &[])
        .await
        .unwrap();
    let mut seen = BTreeMap::new();
    for row in rows {
        *seen.entry(row.text("title").unwrap()).or_insert(0) += 1;
    }
    seen
}

/// All browsers at once, until they are done or the program is gone; gives how many forms of each were acknowledged.
async fn burst(browsers: Vec<Vec<Form>>, base: &str, acknowledged: Arc<AtomicUsize>) -> Vec<usize> {
    let browsers: Vec<_> = browsers
        .into_iter()
        .map(|forms| {
            let (base, acknowledged) = (base.to_owned(), acknowledged.clone());
            tokio::spawn(async move {
                let client = client();
                for (n, form) in forms.iter().enumerate() {
                    if !send(&client, &base, form).await {
                        return n;
                    }
                    acknowledged.fetch_add(1, Ordering::SeqCst);
                }
                forms.len()
            })
        })
        .collect();
    let mut done = Vec::new();
    for browser in browsers {
        done.push(browser.await.unwrap());
    }
    done
}

/// Sends the burst to the program, which is killed when so many forms were acknowledged. Gives how many of each browser were.
pub async fn killed_in_a_burst(city: &City, browsers: Vec<Vec<Form>>, kill_at: usize) -> Vec<usize> {
    let forms: usize = browsers.iter().map(Vec::len).sum();
    let program = Program::start(&city.url, city.dir.path());
    let base = program.base.clone();
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let seen = acknowledged.clone();
    let killer = tokio::spawn(async move {
        while seen.load(Ordering::SeqCst) < kill_at {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        program.kill();
    });
    let done = burst(browsers, &base, acknowledged).await;
    killer.await.unwrap();
    let total: usize = done.iter().sum();
    assert!(total < forms, "the burst was over before the kill");
    println!("killed at {kill_at} of {forms} forms, {total} acknowledged");
    done
}

async fn survive(url: String, dir: tempfile::TempDir, seed: u64) {
    let city = City::open(url, dir, VOTERS).await;
    let kill_at = StdRng::seed_from_u64(seed).random_range(1..VOTERS * VOTES * 3 / 2);
    let browsers = (0..VOTERS).map(|voter| forms_of(&city, voter)).collect();
    let done = killed_in_a_burst(&city, browsers, kill_at).await;

    // What was acknowledged is there, once; what was not is there at most once.
    let program = Program::start(&city.url, city.dir.path());
    let titles = titles_in(&city).await;
    for (voter, forms) in done.iter().enumerate() {
        for n in 0..VOTES {
            let times = titles.get(&title(voter, n)).copied().unwrap_or(0);
            // A browser's plan n is its form 2n + 1.
            let wanted = if *forms > 2 * n + 1 { times == 1 } else { times <= 1 };
            assert!(wanted, "seed {seed}: '{}' is there {times} times", title(voter, n));
        }
    }
    let voted = done.iter().filter(|forms| **forms > 0).count();
    let boxed = city.count(sql!("SELECT COUNT(*) AS n FROM ballot_box")).await;
    assert!(boxed >= i64::try_from(voted).unwrap(), "seed {seed}: {boxed} ballots of {voted} voters");

    // Each browser sends its last acknowledged form again, and then the rest: each is there once in the end.
    let client = client();
    for (voter, forms) in done.iter().enumerate() {
        for form in forms_of(&city, voter).iter().skip(forms.saturating_sub(1)) {
            assert!(send(&client, &program.base, form).await, "seed {seed}: {}", form.path);
        }
    }
    program.kill();
    let titles = titles_in(&city).await;
    assert_eq!((titles.len(), titles.values().max()), (VOTERS * VOTES, Some(&1)), "seed {seed}");
    let submitted = sql!("SELECT COUNT(*) AS n FROM audit WHERE act = 'submit_plan'");
    assert_eq!(city.count(submitted).await, i64::try_from(VOTERS * VOTES).unwrap(), "one audit line for each plan");
    assert!(ledger::unbalanced(&mut city.world.db.read().await.unwrap()).await.unwrap().is_empty());

    // The box holds everybody's last vote: the count says so.
    city.jump(7200);
    count::close_due(&city.world).await.unwrap();
    city.step(Step::Count).await;
    city.step(Step::PublishResult).await;
    let published = count::published(&mut city.world.db.read().await.unwrap(), &city.slug).await.unwrap().unwrap();
    let last_for = |plan: usize| (0..VOTERS).filter(|voter| pick(*voter, VOTES - 1) == plan).count();
    for (i, plan) in city.plans.iter().enumerate() {
        let votes = published.outcome.steps.iter().find(|s| s.id == *plan).unwrap().votes;
        assert_eq!(votes, last_for(i), "seed {seed}: votes for plan {i}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_on_sqlite() {
    for seed in 0..kills(2) {
        let (url, dir) = sqlite();
        survive(url, dir, seed).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_on_postgres() {
    for seed in 0..kills(2) {
        let Some((url, dir)) = postgres().await else { return };
        survive(url, dir, seed).await;
    }
}
