//! A doctor who finds whatever was tampered with in the ledger, and nothing in a sound one.

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::execution::{committed, confirmation, key, part, town};
use crate::ledger::findings;
use crate::rounds::{ballot_form, opened, step};
use services::ballots;
use services::doctor::{self, Finding};
use services::rounds::Step;
use store::Db;

both_engines!(the_doctor_finds_what_was_tampered_with, super::planted);

/// Runs statements as somebody who owns the database and puts its guards away.
pub async fn tamper(app: &TestApp, statements: &[&str]) {
    match &app.world.db {
        Db::Sqlite(_) => {
            let file = app.world.data_dir.join("test.db");
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file).foreign_keys(false);
            let mut c = sqlx::ConnectOptions::connect(&options.pragma("ignore_check_constraints", "ON")).await.unwrap();
            for text in statements {
                sqlx::query(sqlx::AssertSqlSafe((*text).to_owned())).execute(&mut c).await.unwrap();
            }
        }
        Db::Postgres(pool) => {
            for text in statements {
                sqlx::query(sqlx::AssertSqlSafe((*text).to_owned())).execute(pool).await.unwrap();
            }
        }
    }
}

async fn planted(app: TestApp) {
    let world = &app.world;
    let (admin, residents, plans, slug) = opened(world).await;
    app.clock.set(START + 200);
    let raw = ballot_form(world, &residents[0], &slug, &[plans[0]]).await.unwrap();
    ballots::cast(world, &residents[0], &slug, &raw, "form-of-a-voter").await.unwrap();
    app.clock.set(START + 1001);
    for what in [Step::Close, Step::Count, Step::PublishResult] {
        step(world, &admin, &slug, what).await.unwrap();
    }
    let sound = doctor::ledger(world).await.unwrap();
    assert_eq!(sound.findings, []);
    assert!(sound.transfers > 5 && sound.accounts > 5 && sound.shares == 1 && sound.plans == 1, "{sound:?}");
    let guards: &[&str] = if matches!(world.db, Db::Sqlite(_)) {
        &[
            "DROP TRIGGER transfer_no_update",
            "DROP TRIGGER transfer_no_delete",
            "DROP TRIGGER transfer_moves",
            "DROP TRIGGER ledger_account_balance",
            "DROP TRIGGER ledger_account_empty",
            "DROP TRIGGER ledger_account_no_delete",
        ]
    } else {
        &[
            "ALTER TABLE transfer DISABLE TRIGGER ALL",
            "ALTER TABLE ledger_account DISABLE TRIGGER ALL",
            "ALTER TABLE ledger_account DROP CONSTRAINT ledger_account_check",
            "ALTER TABLE transfer DROP CONSTRAINT transfer_amount_check",
        ]
    };
    tamper(&app, guards).await;
    let share = "(SELECT id FROM ledger_account WHERE kind = 'share')";
    let line = "(SELECT id FROM ledger_account WHERE name = 'programme_line/2/1/2008')";
    let wonen = "(SELECT id FROM ledger_account WHERE name = 'programme_line/1/1/2008')";
    let funding = "(SELECT MIN(id) FROM transfer WHERE reason = 'share')";
    let given = format!("(SELECT id FROM ledger_account WHERE name = 'reserved/{}')", plans[0]);
    let other = plans[1];
    // What is planted, how it is taken away again, and what is found.
    type Found = fn(&Finding) -> bool;
    let plants: Vec<(Vec<String>, Vec<String>, Found)> = vec![
        // 1: a balance that was raised.
        (
            vec![format!("UPDATE ledger_account SET balance = balance + 100 WHERE id = {share}")],
            vec![format!("UPDATE ledger_account SET balance = balance - 100 WHERE id = {share}")],
            |f| matches!(f, Finding::Balance { account, kept, sum } if account == "share/1/2008" && kept - sum == 100),
        ),
        // 2: a transfer that was made larger.
        (
            vec![format!("UPDATE transfer SET amount = amount + 1 WHERE id = {funding}")],
            vec![format!("UPDATE transfer SET amount = amount - 1 WHERE id = {funding}")],
            |f| matches!(f, Finding::Balance { .. }),
        ),
        // 3: one that was taken away whole, with its traces in both balances.
        (
            vec![
                "CREATE TABLE hidden AS SELECT * FROM transfer WHERE reason = 'share' AND from_id = (SELECT id FROM ledger_account WHERE name = 'programme_line/1/1/2008')".into(),
                "DELETE FROM transfer WHERE id IN (SELECT id FROM hidden)".into(),
                format!("UPDATE ledger_account SET balance = balance + (SELECT SUM(amount) FROM hidden) WHERE id = {wonen}"),
                format!("UPDATE ledger_account SET balance = balance - (SELECT SUM(amount) FROM hidden) WHERE id = {share}"),
            ],
            vec![
                "INSERT INTO transfer SELECT * FROM hidden".into(),
                format!("UPDATE ledger_account SET balance = balance - (SELECT SUM(amount) FROM hidden) WHERE id = {wonen}"),
                format!("UPDATE ledger_account SET balance = balance + (SELECT SUM(amount) FROM hidden) WHERE id = {share}"),
                "DROP TABLE hidden".into(),
            ],
            |f| matches!(f, Finding::Audit { wijk: 1, year: 2008, moved: 500_000, audited: 600_000 }),
        ),
        // 4: one that was sent elsewhere, with its traces.
        (
            vec![
                format!("INSERT INTO ledger_account (kind, name, initiative_id, balance) VALUES ('reserved', 'reserved/{other}', {other}, (SELECT balance FROM ledger_account WHERE id = {given}))"),
                format!("UPDATE transfer SET to_id = (SELECT id FROM ledger_account WHERE name = 'reserved/{other}') WHERE to_id = {given}"),
                format!("UPDATE ledger_account SET balance = 0 WHERE id = {given}"),
            ],
            vec![
                format!("UPDATE ledger_account SET balance = (SELECT balance FROM ledger_account WHERE name = 'reserved/{other}') WHERE id = {given}"),
                format!("UPDATE transfer SET to_id = {given} WHERE to_id = (SELECT id FROM ledger_account WHERE name = 'reserved/{other}')"),
                format!("DELETE FROM ledger_account WHERE name = 'reserved/{other}'"),
            ],
            |f| matches!(f, Finding::Plan { money: 0, .. }),
        ),
        // 5: money out of nothing, straight into the share.
        (
            vec![
                format!("INSERT INTO transfer (id, from_id, to_id, amount, reason, idempotency_key, at) VALUES (9001, (SELECT id FROM ledger_account WHERE kind = 'source'), {share}, 700, 'gift', 'gift', 1)"),
                "UPDATE ledger_account SET balance = balance - 700 WHERE kind = 'source'".into(),
                format!("UPDATE ledger_account SET balance = balance + 700 WHERE id = {share}"),
            ],
            vec![
                "DELETE FROM transfer WHERE id = 9001".into(),
                "UPDATE ledger_account SET balance = balance + 700 WHERE kind = 'source'".into(),
                format!("UPDATE ledger_account SET balance = balance - 700 WHERE id = {share}"),
            ],
            |f| matches!(f, Finding::Way { from, to, amount: 700 } if from == "source" && to == "share/1/2008"),
        ),
        // 6: an account below zero.
        (
            vec![
                format!("INSERT INTO transfer (id, from_id, to_id, amount, reason, idempotency_key, at) VALUES (9002, {line}, {share}, 900, 'share', 'below', 1)"),
                format!("UPDATE ledger_account SET balance = balance - 900 WHERE id = {line}"),
                format!("UPDATE ledger_account SET balance = balance + 900 WHERE id = {share}"),
            ],
            vec![
                "DELETE FROM transfer WHERE id = 9002".into(),
                format!("UPDATE ledger_account SET balance = balance + 900 WHERE id = {line}"),
                format!("UPDATE ledger_account SET balance = balance - 900 WHERE id = {share}"),
            ],
            |f| matches!(f, Finding::BelowZero { account, amount: 900 } if account == "programme_line/2/1/2008"),
        ),
        // 7: an account of another year.
        (
            vec![format!("UPDATE ledger_account SET year = 2009 WHERE id = {share}")],
            vec![format!("UPDATE ledger_account SET year = 2008 WHERE id = {share}")],
            |f| matches!(f, Finding::Account { account } if account == "share/1/2008"),
        ),
        // 8: a ceiling below what is funded.
        (
            vec!["INSERT INTO share_rule (wijk_id, year, basis_points, reason) VALUES (1, 2008, 100, 'x')".into()],
            vec!["DELETE FROM share_rule".into()],
            |f| matches!(f, Finding::Ceiling { funded: 600_000, ceiling: 105_000, .. }),
        ),
        // 9: a plan that is called funded.
        (
            vec![format!("UPDATE initiative SET state = 'funded' WHERE id = {other}")],
            vec![format!("UPDATE initiative SET state = 'not_funded' WHERE id = {other}")],
            |f| matches!(f, Finding::Plan { money: 0, said: 0, .. }),
        ),
        // 10: a line of the budget that was written over.
        (
            vec!["UPDATE budget_line SET amount = amount + 5 WHERE programme_id = 1 AND year = 2008".into()],
            vec!["UPDATE budget_line SET amount = amount - 5 WHERE programme_id = 1 AND year = 2008".into()],
            |f| matches!(f, Finding::Line { line, .. } if line == "programme_line/1/1/2008"),
        ),
        // 11: a round whose pot is another.
        (
            vec!["UPDATE round SET phase = 'counting'".into()],
            vec!["UPDATE round SET phase = 'result'".into()],
            |f| matches!(f, Finding::Pot { held: 0, said: 500_000, .. }),
        ),
        // 12: a transfer of less than nothing.
        (
            vec![format!("INSERT INTO transfer (id, from_id, to_id, amount, reason, idempotency_key, at) VALUES (9003, {line}, {share}, -3, 'share', 'less', 1)")],
            vec!["DELETE FROM transfer WHERE id = 9003".into()],
            |f| matches!(f, Finding::Amount { amount: -3, .. }),
        ),
    ];
    for (n, (plant, undo, found)) in plants.iter().enumerate() {
        let run = async |texts: &[String]| tamper(&app, &texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
        run(plant).await;
        let found_now = findings(world).await;
        assert!(found_now.iter().any(found), "corruption {}: {found_now:?}", n + 1);
        run(undo).await;
        assert_eq!(findings(world).await, [], "corruption {} taken away", n + 1);
    }
}

both_engines!(the_doctor_reads_the_papers_of_a_plan, super::papers);

async fn papers(app: TestApp) {
    let world = &app.world;
    let t = town(world).await;
    committed(world, &t, 90_000).await;
    services::execution::payments::prepare(world, &t.anna, key(), t.plan, part(60_000, None)).await.unwrap();
    services::execution::orders::order(world, &t.anna, key()).await.unwrap();
    let text = confirmation(world, t.plan, true).await;
    services::execution::confirmations::import(world, &t.anna, key(), text).await.unwrap();
    assert_eq!(findings(world).await, []);
    let guards: &[&str] = if matches!(world.db, Db::Sqlite(_)) {
        &[
            "DROP TRIGGER instalment_paid_stays",
            "DROP TRIGGER instalment_still_fits",
            "DROP TRIGGER transfer_no_update",
            "DROP TRIGGER ledger_account_balance",
        ]
    } else {
        &[
            "ALTER TABLE instalment DISABLE TRIGGER ALL",
            "ALTER TABLE transfer DISABLE TRIGGER ALL",
            "ALTER TABLE ledger_account DISABLE TRIGGER ALL",
        ]
    };
    tamper(&app, guards).await;
    type Found = fn(&Finding) -> bool;
    let plants: [(&[&str], &[&str], Found); 3] = [
        // A payment that was made larger afterwards.
        (&["UPDATE instalment SET amount = amount + 1000"], &["UPDATE instalment SET amount = amount - 1000"], |f| {
            matches!(f, Finding::Execution { what: "payments", kept: 61_000, booked: 60_000, .. })
        }),
        // An agreement that promises more than is committed.
        (&["UPDATE agreement SET amount = amount + 5"], &["UPDATE agreement SET amount = amount - 5"], |f| {
            matches!(f, Finding::Execution { what: "promises", kept: 30_005, booked: 30_000, .. })
        }),
        // A booked payment that was made smaller, with its traces in both balances.
        (
            &[
                "UPDATE transfer SET amount = amount - 7 WHERE reason = 'paid'",
                "UPDATE ledger_account SET balance = balance - 7 WHERE kind = 'paid'",
                "UPDATE ledger_account SET balance = balance + 7 WHERE kind = 'committed'",
            ],
            &[
                "UPDATE transfer SET amount = amount + 7 WHERE reason = 'paid'",
                "UPDATE ledger_account SET balance = balance + 7 WHERE kind = 'paid'",
                "UPDATE ledger_account SET balance = balance - 7 WHERE kind = 'committed'",
            ],
            |f| matches!(f, Finding::Execution { what: "payments", kept: 60_000, booked: 59_993, .. }),
        ),
    ];
    for (n, (plant, undo, found)) in plants.iter().enumerate() {
        tamper(&app, plant).await;
        let found_now = findings(world).await;
        assert!(found_now.iter().any(found), "corruption {}: {found_now:?}", n + 1);
        tamper(&app, undo).await;
        assert_eq!(findings(world).await, [], "corruption {} taken away", n + 1);
    }
}
