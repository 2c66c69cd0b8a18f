//! What the storage promises: every statement prepares, both schemas agree, units are all or nothing, rules hold.

use crate::both_engines;
use crate::common::TestApp;
use domain::money::Cents;
use services::ActError;
use std::collections::BTreeMap;
use store::ledger::{self, Kind, Transfer};
use store::{StoreError, personal, system};

both_engines!(every_statement_prepares, super::prepares);

async fn prepares(app: TestApp) {
    let registered = store::statements().filter(|s| s.file.contains("store/src")).count();
    assert_eq!(registered, count_in_sources("sql!("), "every statement written is registered");
    assert!(registered > 50);
    let mut wrong = Vec::new();
    for statement in store::statements() {
        let outcome = match &app.world.db {
            store::Db::Sqlite(_) => prepare_sqlite(&app, statement.text).await,
            store::Db::Postgres(pool) => {
                use sqlx::{Executor as _, SqlSafeStr as _};
                pool.acquire()
                    .await
                    .unwrap()
                    .prepare(statement.text.into_sql_str())
                    .await
                    .map(|_| ())
                    .map_err(|e| e.to_string())
            }
        };
        if let Err(error) = outcome {
            wrong.push(format!("{}:{}: {error}", statement.file, statement.line));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

async fn prepare_sqlite(app: &TestApp, text: &'static str) -> Result<(), String> {
    use sqlx::{Connection as _, Executor as _, SqlSafeStr as _};
    let path = app.world.data_dir.join("test.db");
    let mut c = sqlx::SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    c.prepare(text.into_sql_str()).await.map(|_| ()).map_err(|e| e.to_string())
}

fn count_in_sources(what: &str) -> usize {
    fn walk(dir: &std::path::Path, what: &str) -> usize {
        std::fs::read_dir(dir)
            .unwrap()
            .flatten()
            .map(|e| e.path())
            .map(|p| {
                if p.is_dir() {
                    walk(&p, what)
                } else if p.extension().is_some_and(|x| x == "rs") {
                    std::fs::read_to_string(&p)
                        .unwrap()
                        .lines()
                        .filter(|l| !l.trim_start().starts_with("//"))
                        .map(|l| l.matches(what).count())
                        .sum()
                } else {
                    0
                }
            })
            .sum()
    }
    walk(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("store/src"), what)
}

type Schema = BTreeMap<String, Vec<(String, String, bool)>>;

async fn schema(app: &TestApp) -> Schema {
    let mut c = app.world.db.read().await.unwrap();
    let mut all = Schema::new();
    for table in c.tables().await.unwrap() {
        let columns = c.columns(&table).await.unwrap();
        all.insert(table, columns);
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn both_schemas_agree() {
    let sqlite = schema(&TestApp::sqlite().await).await;
    assert!(sqlite.len() > 30);
    if let Some(postgres) = TestApp::postgres().await {
        assert_eq!(sqlite, schema(&postgres).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_personal_column_is_registered() {
    let schema = schema(&TestApp::sqlite().await).await;
    for entry in personal::REGISTER {
        let (table, column) = entry.column.split_once('.').unwrap();
        assert!(
            schema.get(table).is_some_and(|c| c.iter().any(|(name, ..)| name == column)),
            "{} is registered but not there",
            entry.column
        );
        assert!(!entry.term.is_empty());
    }
    for (table, columns) in &schema {
        assert!(
            personal::LOOKED_THROUGH.contains(&table.as_str()),
            "look through the new table {table} for personal data"
        );
        for (column, ..) in columns {
            let suspicious = ["email", "name", "password", "address", "words", "phone", "lang", "secret"]
                .iter()
                .any(|s| column.contains(s))
                && !personal::is_plain(column);
            let public = [
                "buurt.name",
                "wijk.name",
                "stadsdeel.name",
                "programme.name",
                "ledger_account.name",
                "lease.name",
                "round_lot.secret",
            ]
            .contains(&format!("{table}.{column}").as_str());
            let registered = personal::REGISTER.iter().any(|p| p.column == format!("{table}.{column}"));
            assert!(
                !suspicious || public || registered || column == "lang",
                "{table}.{column} looks personal and is not in the register"
            );
        }
    }
}

both_engines!(units_are_all_or_nothing, super::all_or_nothing);

async fn all_or_nothing(app: TestApp) {
    let db = &app.world.db;
    let failed: Result<(), ActError> = db
        .write(|u| {
            Box::pin(async move {
                system::set_setting(u, "half", "written").await?;
                Err(ActError::NotFound)
            })
        })
        .await;
    assert!(matches!(failed, Err(ActError::NotFound)));
    let panicked: Result<(), ActError> = db
        .write(|u| {
            Box::pin(async move {
                system::set_setting(u, "half", "written").await?;
                panic!("in the middle")
            })
        })
        .await;
    assert!(panicked.is_err());
    assert_eq!(system::setting(&mut db.read().await.unwrap(), "half").await.unwrap(), None);
    // Many at once, some failing: the good ones stand, once each.
    let acts = (0..200i64).map(|i| {
        let db = db.clone();
        tokio::spawn(async move {
            db.write::<_, ActError, _>(move |u| {
                Box::pin(async move {
                    system::count_up(u, "burst", b"k", 0).await?;
                    if i % 5 == 0 { Err(ActError::NotFound) } else { Ok(()) }
                })
            })
            .await
            .is_ok()
        })
    });
    let mut good = 0;
    for act in acts.collect::<Vec<_>>() {
        good += i64::from(act.await.unwrap());
    }
    assert_eq!(good, 160);
    assert_eq!(system::counted(&mut db.read().await.unwrap(), "burst", b"k", 0).await.unwrap(), 160);
}

both_engines!(the_ledger_refuses, super::ledger_refuses);

async fn ledger_refuses(app: TestApp) {
    app.import_budget().await;
    let share = Kind::Share { wijk: 1, year: 2008 };
    let move_money = |from, to, cents, key: &'static str| {
        let db = app.world.db.clone();
        async move {
            db.write::<_, StoreError, _>(move |u| {
                Box::pin(async move {
                    ledger::transfer(
                        u,
                        &Transfer {
                            from,
                            to,
                            amount: Cents(cents),
                            reason: "test",
                            reference: "",
                            note: "",
                            actor: None,
                            key,
                            at: 1,
                        },
                    )
                    .await
                })
            })
            .await
        }
    };
    assert!(
        matches!(move_money(share, Kind::Pot { round: 1 }, 1, "a").await, Err(StoreError::Refused(_))),
        "below zero"
    );
    assert!(move_money(Kind::Source, share, 500, "b").await.is_ok());
    assert!(
        matches!(move_money(Kind::Source, share, 500, "b").await, Err(StoreError::Duplicate(_))),
        "the same key moves money once"
    );
    assert!(
        matches!(move_money(Kind::Source, share, 0, "c").await, Err(StoreError::Refused(_))),
        "nothing is not a transfer"
    );
    let both = tokio::join!(
        move_money(share, Kind::Pot { round: 1 }, 400, "d"),
        move_money(share, Kind::Pot { round: 2 }, 400, "e")
    );
    assert!(both.0.is_ok() != both.1.is_ok(), "the same money is not spent twice");
    let mut c = app.world.db.read().await.unwrap();
    assert_eq!(ledger::balance(&mut c, share).await.unwrap(), Cents(100));
    for change in [
        store::sql!("UPDATE transfer SET amount = 1"),
        store::sql!("DELETE FROM transfer"),
        store::sql!("DELETE FROM ledger_account"),
    ] {
        let refused: Result<u64, StoreError> =
            app.world.db.write(move |u| Box::pin(async move { u.exec(change, &[]).await })).await;
        assert!(refused.is_err(), "{}", change.text);
    }
}

both_engines!(numbers_written_in_a_statement, super::written_numbers);

/// A bare number in a statement is narrower than our columns on PostgreSQL, and read all the same.
async fn written_numbers(app: TestApp) {
    let mut c = app.world.db.read().await.unwrap();
    let row = c.one(store::sql!("SELECT 1 AS one, CASE WHEN 1 = 2 THEN 1 END AS none_there"), &[]).await.unwrap();
    assert_eq!(row.int("one").unwrap(), 1);
    assert_eq!(row.opt_int("none_there").unwrap(), None);
    assert!(row.int("none_there").is_err());
}
