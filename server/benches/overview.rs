//! The dashboard with a thousand and with a hundred thousand plans, as an administrator's browser asks for it: `make bench`. Many
//! may cost twice what few cost.

#[path = "../tests/program/city.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod city;

use axum::body::Body;
use axum::http::Request;
use city::{City, postgres, sqlite};
use domain::money::Cents;
use services::ActError;
use services::budget::BudgetFiles;
use std::time::{Duration, Instant};
use store::ledger::{self, Kind, Transfer};
use store::sql;
use tower::ServiceExt as _;

/// Plans, few and many.
const PLANS: [i64; 2] = [1_000, 100_000];
/// Plans put in by one statement.
const AT_ONCE: i64 = 10_000;
const TIMES: usize = 60;

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The 17 buurten and 8 programmes of the wijkaanpak, and a share that holds enough.
async fn prepare(city: &City) {
    let files = BudgetFiles {
        programmes: include_str!("../reference-data/programmabudget.csv").into(),
        buurten: include_str!("../reference-data/buurten.csv").into(),
        wijken: include_str!("../reference-data/wijken.csv").into(),
    };
    services::budget::import(&city.world, files, None).await.expect("a budget");
    city.world
        .db
        .write::<_, ActError, _>(|u| {
            Box::pin(async move {
                let t = Transfer {
                    from: Kind::Source,
                    to: Kind::Share { wijk: 1, year: 2008 },
                    amount: Cents(100_000_000_000),
                    reason: "test",
                    reference: "",
                    note: "",
                    actor: None,
                    key: "bench-share",
                    at: 1,
                };
                ledger::transfer(u, &t).await?;
                Ok(())
            })
        })
        .await
        .expect("a share");
}

/// Plans up to this many over all buurten, programmes, states and three years; a tenth of them got money, and a few are late.
async fn fill(city: &City, from: i64, to: i64) {
    let now = city.world.now();
    for start in (from..to).step_by(usize::try_from(AT_ONCE).expect("small")) {
        let end = (start + AT_ONCE).min(to);
        city.world
            .db
            .write::<_, ActError, _>(move |u| {
                Box::pin(async move {
                    u.exec(
                        sql!("WITH RECURSIVE n (i) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $2) INSERT INTO initiative (buurt_id, account_id, title, what, why, cost_known, minimum, desired, for_kind, programme_id, state, created_at, submitted_at, due_at) SELECT (SELECT b.id FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS k FROM buurt) b WHERE b.k = i % 17), 1, 'Bankje', 'wat', 'waarom', 1, 5000, 5000, 'resident', (SELECT p.id FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS k FROM programme) p WHERE p.k = (i / 17) % 8), CASE i % 10 WHEN 0 THEN 'funded' WHEN 1 THEN 'submitted' WHEN 2 THEN 'published' WHEN 3 THEN 'feasible' WHEN 4 THEN 'infeasible' WHEN 5 THEN 'not_funded' WHEN 6 THEN 'rejected' WHEN 7 THEN 'on_ballot' WHEN 8 THEN 'reserve' ELSE 'completed' END, $3 - (i % 1000) * 86400, $3 - (i % 1000) * 86400, CASE WHEN i % 1000 = 1 THEN $3 - 60 ELSE $3 + 86400 END FROM n"),
                        &[start.into(), end.into(), now.into()],
                    )
                    .await?;
                    u.exec(sql!("INSERT INTO ledger_account (kind, name, initiative_id) SELECT 'reserved', 'reserved/' || id, id FROM initiative i WHERE state = 'funded' AND NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.name = 'reserved/' || i.id)"), &[]).await?;
                    u.exec(sql!("INSERT INTO transfer (from_id, to_id, amount, reason, idempotency_key, at) SELECT s.id, a.id, 5000, 'small_plan', 'bench-' || a.id, 1 FROM ledger_account a JOIN ledger_account s ON s.name = 'share/1/2008' WHERE a.kind = 'reserved' AND a.balance = 0"), &[]).await?;
                    Ok(())
                })
            })
            .await
            .expect("plans");
    }
    // As the job does every two seconds.
    services::overview::fold(&city.world).await.expect("sums");
}

/// The dashboard's page.
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
        let request = Request::get("/overzicht?jaar=2008").header("cookie", format!("fb={}", city.desk));
        let answer = site.clone().oneshot(request.body(Body::empty()).expect("a request")).await;
        let answer = answer.unwrap_or_else(|e| match e {});
        assert!(answer.status().is_success(), "{}", answer.status());
        let text = axum::body::to_bytes(answer.into_body(), usize::MAX).await.expect("a page");
        assert!(text.windows(10).any(|w| w == b"tabel-desk"), "with what a desk sees");
        times.push(start.elapsed());
    }
    median(times)
}

async fn engine(name: &str, url: String, dir: tempfile::TempDir) {
    let city = City::ready(url, dir, 1).await;
    prepare(&city).await;
    println!("\nThe dashboard on {name}, medians of {TIMES} (asked: the second within twice the first)");
    let (mut filled, mut first) = (0, None);
    for plans in PLANS {
        fill(&city, filled, plans).await;
        filled = plans;
        assert!(services::overview::wrong(&city.world).await.expect("a check").is_none(), "the sums are right");
        // As the server's own autovacuum does within a minute.
        if let store::Db::Postgres(pool) = &city.world.db {
            sqlx::query("VACUUM ANALYZE").execute(pool).await.expect("statistics");
        }
        let time = page(&city).await.as_secs_f64();
        let ratio = time / *first.get_or_insert(time);
        println!("  {plans:>7} plans {:>40.2} ms {ratio:>9.2} x", time * 1e3);
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
