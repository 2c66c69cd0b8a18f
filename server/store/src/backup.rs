//! Copies of a whole SQLite database, and a look at what lies at an address before something is put there.

use crate::{Db, StoreError, conn::sort_error, operator, sql};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use std::path::Path;
use std::time::Duration;

async fn connect(file: &Path) -> Result<SqliteConnection, StoreError> {
    let options =
        SqliteConnectOptions::new().filename(file).create_if_missing(false).busy_timeout(Duration::from_secs(30));
    options
        .connect()
        .await
        .map_err(|e| StoreError::Open(format!("{} cannot be opened as an SQLite database: {e}.", file.display())))
}

fn failed(place: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |e| sort_error(|| place.into(), e)
}

/// Writes a whole copy of a database that is in use to a new file: as it was at one moment, while votes go on. What was deleted
/// is not in it.
///
/// # Errors
/// [`StoreError`]; nothing is said about what then lies at `to`.
pub async fn copy_sqlite(from: &Path, to: &Path) -> Result<(), StoreError> {
    let mut c = connect(from).await?;
    sqlx::query("VACUUM INTO $1")
        .bind(to.display().to_string())
        .execute(&mut c)
        .await
        .map_err(failed("VACUUM INTO"))?;
    c.close().await.map_err(failed("close"))
}

/// Whether a file is a whole database of the platform; gives the number of its newest migration.
///
/// # Errors
/// [`StoreError::Open`] with what is wrong with it.
pub async fn look_sqlite(file: &Path) -> Result<i64, StoreError> {
    let mut c = connect(file).await?;
    let bad =
        |what: String| StoreError::Open(format!("{} is no whole database of Fijne Buurt: {what}.", file.display()));
    let said: Result<String, _> = sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_one(&mut c).await;
    match said {
        Ok(said) if said == "ok" => {}
        Ok(said) => return Err(bad(said)),
        Err(e) => return Err(bad(e.to_string())),
    }
    let schema = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(&mut c).await;
    let schema: i64 = schema.map_err(|_| bad("it does not hold its tables".into()))?;
    c.close().await.map_err(failed("close"))?;
    Ok(schema)
}

/// What lies in a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// No tables.
    Nothing,
    /// Tables, in which nobody did anything yet.
    Unused,
    /// Something that people did.
    Used,
    /// That, and a program that works on it now.
    InUse,
}

/// What lies in a PostgreSQL database; `now` in UTC seconds, for whether a program works on it.
///
/// # Errors
/// The store's.
pub async fn found_postgres(db: &Db, now: i64) -> Result<Found, StoreError> {
    let mut c = db.read().await?;
    if !c.tables().await?.iter().any(|table| table == "audit") {
        return Ok(Found::Nothing);
    }
    let leases = operator::leases(&mut c).await?;
    let used = c.row(sql!("SELECT id FROM audit LIMIT 1"), &[]).await?.is_some();
    Ok(told(leases.iter().any(|(_, until)| *until > now), used))
}

/// The same of an SQLite file. Its connection is closed before this returns: a file that is put aside must be let go of.
///
/// # Errors
/// The store's.
pub async fn found_sqlite(file: &Path, now: i64) -> Result<Found, StoreError> {
    let mut c = connect(file).await?;
    let tables: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_master WHERE name IN ('audit', 'lease')")
        .fetch_one(&mut c)
        .await
        .map_err(failed("tables"))?;
    let found = if tables < 2 {
        Found::Nothing
    } else {
        let held: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM lease WHERE until > $1")
            .bind(now)
            .fetch_one(&mut c)
            .await
            .map_err(failed("leases"))?;
        let used: i64 = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM audit)")
            .fetch_one(&mut c)
            .await
            .map_err(failed("lines"))?;
        told(held > 0, used != 0)
    };
    c.close().await.map_err(failed("close"))?;
    Ok(found)
}

fn told(in_use: bool, used: bool) -> Found {
    match (in_use, used) {
        (true, _) => Found::InUse,
        (false, true) => Found::Used,
        (false, false) => Found::Unused,
    }
}

/// Puts what lies in a PostgreSQL database aside, in a schema of this name, and makes room for another.
///
/// # Errors
/// The store's.
pub async fn set_aside_postgres(db: &Db, name: &str) -> Result<(), StoreError> {
    schema_postgres(db, &[&format!("ALTER SCHEMA public RENAME TO {}", quoted(name)), "CREATE SCHEMA public"]).await
}

/// Takes [`set_aside_postgres`] back.
///
/// # Errors
/// The store's.
pub async fn put_back_postgres(db: &Db, name: &str) -> Result<(), StoreError> {
    schema_postgres(db, &["DROP SCHEMA public CASCADE", &format!("ALTER SCHEMA {} RENAME TO public", quoted(name))])
        .await
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', ""))
}

async fn schema_postgres(db: &Db, statements: &[&str]) -> Result<(), StoreError> {
    let Db::Postgres(pool) = db else { return Ok(()) };
    let mut transaction = pool.begin().await.map_err(failed("begin"))?;
    for text in statements {
        sqlx::raw_sql(sqlx::AssertSqlSafe((*text).to_owned()))
            .execute(&mut *transaction)
            .await
            .map_err(failed("schema"))?;
    }
    transaction.commit().await.map_err(failed("commit"))
}
