//! Ratios within one run, so that machines compare: `make bench`. Each group prints its first line as 1.0; what is measured is
//! the median of several rounds of the real code on a real database.

#[path = "../tests/program/city.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod city;

use axum::body::Body;
use axum::http::Request;
use city::{City, postgres, sqlite};
use domain::access::Actor;
use domain::form::Raw;
use domain::money::Cents;
use domain::round::{Ballot, Paper, PaperPlan, count_round};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use services::ballots;
use std::time::{Duration, Instant};
use store::sql;
use tower::ServiceExt as _;

/// Neighbours of the benchmark's city.
const VOTERS: usize = 64;

/// Median of the times.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Prints a group: name, time of one, and the ratio of each to the first.
fn table(title: &str, lines: &[(String, Duration)]) {
    println!("\n{title}");
    let first = lines[0].1.as_secs_f64();
    for (name, time) in lines {
        println!("  {name:<44} {:>12.1} µs {:>9.2} x", time.as_secs_f64() * 1e6, time.as_secs_f64() / first);
    }
}

fn voter(n: usize) -> Actor {
    let account = i64::try_from(n).ok().map(|n| n + 1);
    Actor { account, confirmed: true, resident_of: Some(1), ..Actor::default() }
}

/// Time per vote with this many neighbours voting at once: 512 votes, five times.
async fn voting(city: &City, at_once: usize) -> Duration {
    let mut times = Vec::new();
    for round in 0..5 {
        let start = Instant::now();
        let neighbours: Vec<_> = (0..at_once)
            .map(|n| {
                let (world, slug, plan) = (city.world.clone(), city.slug.clone(), city.plans[n % 2]);
                tokio::spawn(async move {
                    for vote in 0..512 / at_once {
                        let raw = Raw::from_pairs(&[("plan", &plan.to_string())]);
                        let key = format!("bench{at_once:04}{round:04}{vote:04}");
                        ballots::cast(&world, &voter(n), &slug, &raw, &key).await.expect("a vote is taken");
                    }
                })
            })
            .collect();
        for neighbour in neighbours {
            neighbour.await.expect("a neighbour votes");
        }
        times.push(start.elapsed() / 512);
    }
    median(times)
}

async fn votes(engine: &str, city: &City) {
    let mut lines = Vec::new();
    for at_once in [1, 8, 64] {
        lines.push((format!("{at_once} at once"), voting(city, at_once).await));
    }
    table(&format!("A vote on {engine} (group commit makes many at once cheaper)"), &lines);
}

async fn pages(city: &City) {
    city.world
        .db
        .write::<_, store::StoreError, _>(|u| {
            Box::pin(async move {
                for n in 0..60_i64 {
                    u.exec(
                        sql!("INSERT INTO initiative (buurt_id, account_id, title, what, why, cost_known, minimum, desired, for_kind, state, created_at, published_at) VALUES (1, 1, 'Een plan', 'wat', 'waarom', 1, 100000, 100000, 'resident', 'published', $1, $1)"),
                        &[n.into()],
                    )
                    .await?;
                }
                Ok(())
            })
        })
        .await
        .expect("plans are written");
    let site = web::router(web::App {
        world: city.world.clone(),
        base_url: "http://buurt.test".into(),
        https: false,
        demo: false,
        proxies: std::sync::Arc::default(),
        letters: None,
        metrics: None,
    });
    let mut lines = Vec::new();
    for path in ["/healthz", "/over", "/initiatieven", "/budget", "/"] {
        let mut times = Vec::new();
        for _ in 0..200 {
            let start = Instant::now();
            let request = Request::get(path).body(Body::empty()).expect("a request");
            let answer = site.clone().oneshot(request).await.unwrap_or_else(|e| match e {});
            assert!(answer.status().is_success(), "{path}");
            axum::body::to_bytes(answer.into_body(), usize::MAX).await.expect("a page");
            times.push(start.elapsed());
        }
        lines.push((path.to_owned(), median(times)));
    }
    table("A page (60 plans in the list)", &lines);
}

fn counting() {
    let paper = Paper {
        plans: (1..=40)
            .map(|id| PaperPlan {
                id,
                title: "Plan".into(),
                summary: String::new(),
                minimum: Cents(id * 10_000),
                desired: Cents(id * 10_000),
                ..PaperPlan::default()
            })
            .collect(),
        round: "bench".into(),
        title: "Bench".into(),
        pot: Cents(1_000_000),
        year: 2008,
        theme: String::new(),
        form: "approval".into(),
        max_picks: 5,
        rule: "greedy".into(),
        ties: "cost-votes-id".into(),
        ..Paper::default()
    };
    let mut rng = StdRng::seed_from_u64(1);
    let mut lines = Vec::new();
    for size in [1_000, 10_000, 100_000] {
        let ballots: Vec<Ballot> =
            (0..size).map(|_| Ballot::of_plans((0..5).map(|n| n * 8 + rng.random_range(1..=8)))).collect();
        let times = (0..5).map(|_| {
            let start = Instant::now();
            assert!(!count_round(&paper, &ballots, &[]).expect("a count").steps.is_empty());
            start.elapsed()
        });
        lines.push((format!("{size} ballots, 40 plans"), median(times.collect())));
    }
    table("A count, greedy by votes (ten times the ballots should be about ten times)", &lines);
}

#[tokio::main]
async fn main() {
    let (url, dir) = sqlite();
    let city = City::open(url, dir, VOTERS).await;
    votes("SQLite", &city).await;
    if let Some((url, dir)) = postgres().await {
        votes("PostgreSQL", &City::open(url, dir, VOTERS).await).await;
    }
    pages(&city).await;
    counting();
}
