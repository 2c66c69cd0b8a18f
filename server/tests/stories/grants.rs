//! On PostgreSQL one role may own the tables and another serve: the site works, and what must never change cannot be changed.

use crate::common::postgres_server;
use services::{Keys, SystemClock, World, budget::BudgetFiles};
use std::sync::Arc;
use store::{Db, ledger};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_serves_does_not_own() {
    let Some(server) = postgres_server() else { return };
    let name = format!("g{}", services::hex(&rand::random::<[u8; 8]>()));
    let admin = sqlx::PgPool::connect(&format!("{server}/postgres")).await.unwrap();
    for text in [format!("CREATE DATABASE {name}"), format!("CREATE ROLE {name} LOGIN")] {
        sqlx::query(sqlx::AssertSqlSafe(text)).execute(&admin).await.unwrap();
    }
    let owner = format!("{server}/{name}");
    let serve = owner.replacen("postgres@", &format!("{name}@"), 1);
    Db::migrate(&owner).await.unwrap();
    Db::grant(&owner, &serve).await.unwrap();
    Db::grant(&owner, &serve).await.unwrap();
    assert!(
        Db::grant(&owner, &owner.replacen("postgres@", "nobody_at_all@", 1)).await.is_err(),
        "named with its remedy"
    );

    // The serving role does real acts, money among them.
    let dir = tempfile::tempdir().unwrap();
    let clock = Arc::new(SystemClock::default());
    let world = World::new(Db::open(&serve).await.unwrap(), clock, Keys::fixed([7; 32]), dir.path().into(), Some(1));
    let files = BudgetFiles {
        programmes: include_str!("../../reference-data/programmabudget.csv").into(),
        buurten: include_str!("../../reference-data/buurten.csv").into(),
        wijken: include_str!("../../reference-data/wijken.csv").into(),
    };
    assert!(services::budget::import(&world, files, None).await.unwrap().is_some());
    services::accounts::make_administrator(&world, "Marlon", "m@voorbeeld.test", "paard-wolk-lepel-fiets")
        .await
        .unwrap();
    world.db.wipe_boxes().await.unwrap();
    assert!(ledger::unbalanced(&mut world.db.read().await.unwrap()).await.unwrap().is_empty());

    let pool = sqlx::PgPool::connect(&serve).await.unwrap();
    for forbidden in [
        "UPDATE audit SET act = 'other'",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "UPDATE transfer SET amount = 1",
        "DELETE FROM transfer",
        "TRUNCATE transfer",
        "UPDATE ledger_account SET balance = 1",
        "DELETE FROM ledger_account",
        "DELETE FROM year_closing",
        "ALTER TABLE transfer DISABLE TRIGGER ALL",
        "DROP TABLE audit_chain",
        "DELETE FROM _sqlx_migrations",
    ] {
        let error = sqlx::query(forbidden).execute(&pool).await.unwrap_err();
        // 42501: insufficient_privilege.
        assert_eq!(error.as_database_error().and_then(|e| e.code()).as_deref(), Some("42501"), "{forbidden}: {error}");
    }
}
