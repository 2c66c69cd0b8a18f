//! The moderator's queue with few and with many open cases, as a browser asks for it: `make bench`. Ten thousand may cost twice
//! what a hundred cost.

#[path = "../tests/program/city.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod city;

use axum::body::Body;
use axum::http::Request;
use city::{City, postgres, sqlite};
use std::time::{Duration, Instant};
use store::sql;
use tower::ServiceExt as _;

/// Open cases, few and many.
const CASES: [i64; 2] = [100, 10_000];
const TIMES: usize = 200;

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Open cases up to this many, in the one buurt of the city.
async fn fill(city: &City, from: i64, to: i64) {
    let now = city.world.now();
    city.world
        .db
        .write::<_, services::ActError, _>(move |u| {
            Box::pin(async move {
                for n in from..to {
                    u.exec(
                        sql!("INSERT INTO initiative (buurt_id, account_id, title, what, why, cost_known, minimum, desired, for_kind, state, created_at, submitted_at, asked_at, due_at) VALUES (1, 1, 'Bankje', 'wat', 'waarom', 1, 100000, 100000, 'resident', 'submitted', $1, $1, $1, $2)"),
                        &[now.into(), (now + n).into()],
                    )
                    .await?;
                }
                Ok(())
            })
        })
        .await
        .expect("cases");
}

/// The queue's page, as an administrator of the city sees it.
async fn page(city: &City) -> Duration {
    let site = web::router(web::App {
        world: city.world.clone(),
        base_url: "http://127.0.0.1".into(),
        https: false,
        demo: false,
        proxies: std::sync::Arc::default(),
        letters: None,
        metrics: None,
    });
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let start = Instant::now();
        let request = Request::get("/moderatie").header("cookie", format!("fb={}", city.desk));
        let answer = site.clone().oneshot(request.body(Body::empty()).expect("a request")).await;
        let answer = answer.unwrap_or_else(|e| match e {});
        assert!(answer.status().is_success(), "{}", answer.status());
        let text = axum::body::to_bytes(answer.into_body(), usize::MAX).await.expect("a page");
        assert!(text.windows(7).any(|w| w == b"Bankje<"), "the cases are on it");
        times.push(start.elapsed());
    }
    median(times)
}

async fn engine(name: &str, url: String, dir: tempfile::TempDir) {
    let city = City::ready(url, dir, 1).await;
    println!("\nThe queue's page on {name}, medians of {TIMES} (asked: the second within twice the first)");
    let (mut filled, mut first) = (0, None);
    for cases in CASES {
        fill(&city, filled, cases).await;
        filled = cases;
        // As the server's own autovacuum does within a minute.
        if let store::Db::Postgres(pool) = &city.world.db {
            sqlx::query("ANALYZE").execute(pool).await.expect("statistics");
        }
        let time = page(&city).await.as_secs_f64();
        let ratio = time / *first.get_or_insert(time);
        println!("  {cases:>6} open cases {:>34.2} ms {ratio:>9.2} x", time * 1e3);
    }
}

#[tokio::main]
async fn main() {
    let (url, dir) = sqlite();
    engine("SQLite", url, dir).await;
    if let Some((url, dir)) = postgres().await {
        engine("PostgreSQL", url, dir).await;
    }
}
