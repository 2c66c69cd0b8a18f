//! Opening, migrating, reading, and the write unit.
//!
//! SQLite has one writer task: acts queue up, run each in a savepoint, and share one FULL commit (group commit). On
//! PostgreSQL a unit is a transaction in a task of its own, so that a client that hangs up cannot cancel it half-way.

use crate::{Conn, StoreError, conn::sort_error, dialect};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, PgPool, SqlitePool};
use std::ops::{Deref, DerefMut};
use std::panic::AssertUnwindSafe;
use std::str::FromStr as _;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// Most acts that share one commit on SQLite.
const BATCH: usize = 50;
/// Acts that may wait for the writer; beyond that callers wait to enqueue.
const QUEUE: usize = 4096;

/// One act's writes: all of them or none.
pub struct Unit {
    conn: Conn,
}

impl Deref for Unit {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Unit {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

/// The database.
#[derive(Clone)]
pub enum Db {
    /// A file beside the program.
    Sqlite(SqliteDb),
    /// A server.
    Postgres(PgPool),
}

/// SQLite: many readers, one writer.
#[derive(Clone)]
pub struct SqliteDb {
    readers: SqlitePool,
    writer: mpsc::Sender<Job>,
}

/// Told after the commit whether it held.
type Finish = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
/// Runs one act; says whether its savepoint is to be kept.
type Job = Box<dyn for<'a> FnOnce(&'a mut Unit) -> BoxFuture<'a, (bool, Finish)> + Send>;

static SQLITE: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations/postgres");

fn open_error(what: &str, error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Open(format!(
        "The database cannot be opened: {error}. Look at DATABASE_URL ({what}): does the folder or server exist, and may this user write there?"
    ))
}

impl Db {
    /// Opens `sqlite:PATH` (made when missing) or `postgres://...`; does not migrate.
    ///
    /// # Errors
    /// [`StoreError::Open`] with its remedy.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url)
                .map_err(|e| open_error("postgres://...", &e))?
                .application_name("fijnebuurt");
            let pool = PgPoolOptions::new()
                .max_connections(16)
                .acquire_timeout(Duration::from_secs(10))
                .connect_with(options)
                .await
                .map_err(|e| open_error("postgres://...", &e))?;
            return Ok(Self::Postgres(pool));
        }
        let Some(path) = url.strip_prefix("sqlite:") else {
            return Err(StoreError::Open(
                "DATABASE_URL must begin with sqlite: or postgres:, such as sqlite:data/fijnebuurt.db".into(),
            ));
        };
        let options = SqliteConnectOptions::new()
            .filename(path.trim_start_matches("//"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10));
        // Deleted ballots and accounts are overwritten, not just let go of.
        let conn = options.clone().pragma("secure_delete", "ON").connect().await.map_err(|e| open_error(url, &e))?;
        let readers = SqlitePoolOptions::new()
            .max_connections(8)
            .connect_with(options.pragma("query_only", "ON"))
            .await
            .map_err(|e| open_error(url, &e))?;
        let (writer, queue) = mpsc::channel(QUEUE);
        tokio::spawn(run_writer(Unit { conn: Conn::SqliteWriter(Box::new(conn)) }, queue));
        Ok(Self::Sqlite(SqliteDb { readers, writer }))
    }

    /// Brings the schema up to date. `owner_url` (PostgreSQL) names who owns the tables, when it is not the application itself.
    ///
    /// # Errors
    /// [`StoreError::Open`] with its remedy.
    pub async fn migrate(url: &str) -> Result<(), StoreError> {
        let failed = |e: sqlx::migrate::MigrateError| {
            StoreError::Open(format!(
                "The database cannot be brought up to date: {e}. Make a backup and run `fijnebuurt migrate` again; a version that is newer than this program needs the newer program."
            ))
        };
        if url.starts_with("sqlite:") {
            let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
            let options = SqliteConnectOptions::new()
                .filename(path)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .foreign_keys(true);
            let mut conn = options.connect().await.map_err(|e| open_error(url, &e))?;
            SQLITE.run(&mut conn).await.map_err(failed)
        } else {
            let options = PgConnectOptions::from_str(url).map_err(|e| open_error("postgres://...", &e))?;
            let mut conn = options.connect().await.map_err(|e| open_error("postgres://...", &e))?;
            POSTGRES.run(&mut conn).await.map_err(failed)
        }
    }

    /// Number of the newest migration that this program knows, for the engine of `url`.
    pub fn newest_schema(url: &str) -> i64 {
        let migrator = if url.starts_with("sqlite:") { &SQLITE } else { &POSTGRES };
        migrator.iter().map(|migration| migration.version).max().unwrap_or(0)
    }

    /// Wipes what deleted rows of the boxes leave behind in the database's own files: the write-ahead log is emptied
    /// (SQLite, whose writer overwrites deleted rows) or the tables are written anew (PostgreSQL, where the application must
    /// own them). Backups and the server's own log of writes are beyond its reach.
    ///
    /// # Errors
    /// [`StoreError`]; [`StoreError::NotCommitted`] when long readers kept the log from being emptied.
    pub async fn wipe_boxes(&self) -> Result<(), StoreError> {
        let mut c = self.read().await?;
        match self {
            Self::Sqlite(_) => {
                let row = c.one(crate::sql_lite!("PRAGMA wal_checkpoint(TRUNCATE)"), &[]).await?;
                if row.flag("busy")? { Err(StoreError::NotCommitted("the log is being read")) } else { Ok(()) }
            }
            Self::Postgres(_) => {
                for text in dialect::WIPE_POSTGRES {
                    c.raw(text).await?;
                }
                Ok(())
            }
        }
    }

    /// Lets the role of `serve_url` work with tables that the role of `owner_url` owns (PostgreSQL); does nothing where the
    /// two are one role, or on SQLite.
    ///
    /// # Errors
    /// [`StoreError::Open`] with its remedy.
    pub async fn grant(owner_url: &str, serve_url: &str) -> Result<(), StoreError> {
        if owner_url.starts_with("sqlite:") {
            return Ok(());
        }
        let options = |url| PgConnectOptions::from_str(url).map_err(|e| open_error("postgres://...", &e));
        let (owner, serve) = (options(owner_url)?, options(serve_url)?);
        if owner.get_username() == serve.get_username() {
            return Ok(());
        }
        let mut c = owner.connect().await.map_err(|e| open_error("postgres://...", &e))?;
        let granted = async {
            let text: String = sqlx::query_scalar("SELECT format($1, $2)")
                .bind(dialect::GRANTS_POSTGRES)
                .bind(serve.get_username())
                .fetch_one(&mut c)
                .await?;
            sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut c).await
        };
        granted.await.map(|_| ()).map_err(|e| {
            StoreError::Open(format!(
                "The role '{}' of DATABASE_URL cannot be given its rights: {e}. Make it first (CREATE ROLE), and let the role of MIGRATE_DATABASE_URL own the database.",
                serve.get_username()
            ))
        })
    }

    /// A connection for reading.
    ///
    /// # Errors
    /// [`StoreError`] when none can be had in time.
    pub async fn read(&self) -> Result<Conn, StoreError> {
        match self {
            Self::Sqlite(db) => db.readers.acquire().await.map(Conn::Sqlite),
            Self::Postgres(pool) => pool.acquire().await.map(Conn::Postgres),
        }
        .map_err(|e| sort_error(|| "acquire".into(), e))
    }

    /// Runs one act: `db.write(move |u| Box::pin(async move { ... Ok(value) }))`. Returns only after the commit.
    /// An `Err` of the act rolls its writes back. Await nothing but SQL inside.
    ///
    /// # Errors
    /// The act's own error, or a [`StoreError`] turned into it when nothing was committed.
    pub async fn write<T, E, F>(&self, act: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'a> FnOnce(&'a mut Unit) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        match self {
            Self::Sqlite(db) => {
                let (tell, told) = oneshot::channel::<Result<T, E>>();
                let job: Job = Box::new(move |unit| {
                    Box::pin(async move {
                        let outcome = match AssertUnwindSafe(act(unit)).catch_unwind().await {
                            Ok(outcome) => outcome,
                            Err(_) => Err(E::from(StoreError::NotCommitted("the act panicked"))),
                        };
                        let keep = outcome.is_ok();
                        let finish: Finish = Box::new(move |committed| {
                            // Nobody may be waiting any more: the act stands all the same.
                            let _ = tell.send(match committed {
                                Ok(()) => outcome,
                                Err(error) => outcome.and(Err(E::from(error))),
                            });
                        });
                        (keep, finish)
                    })
                });
                db.writer.send(job).await.map_err(|_| E::from(StoreError::NotCommitted("the writer has stopped")))?;
                told.await.unwrap_or_else(|_| Err(E::from(StoreError::NotCommitted("the writer has stopped"))))
            }
            Self::Postgres(pool) => {
                let pool = pool.clone();
                let task = tokio::spawn(async move {
                    let conn = pool.acquire().await.map_err(|e| sort_error(|| "acquire".into(), e))?;
                    let mut unit = Unit { conn: Conn::Postgres(conn) };
                    unit.raw(dialect::BEGIN_POSTGRES).await?;
                    let outcome = match AssertUnwindSafe(act(&mut unit)).catch_unwind().await {
                        Ok(outcome) => outcome,
                        Err(_) => Err(E::from(StoreError::NotCommitted("the act panicked"))),
                    };
                    let ended = if outcome.is_ok() { unit.raw("COMMIT").await } else { unit.raw("ROLLBACK").await };
                    if let Err(error) = ended {
                        // The transaction's fate is unknown to this connection: it must not serve anyone else.
                        if let Conn::Postgres(mut conn) = unit.conn {
                            conn.close_on_drop();
                        }
                        return outcome.and(Err(E::from(error)));
                    }
                    outcome
                });
                task.await.unwrap_or_else(|_| Err(E::from(StoreError::NotCommitted("the task was stopped"))))
            }
        }
    }
}

/// The writer's loop: takes what waits (at most [`BATCH`]), each in its savepoint, one commit for all. An act that is alone
/// needs no savepoint: the transaction is its own.
async fn run_writer(mut unit: Unit, mut queue: mpsc::Receiver<Job>) {
    while let Some(first) = queue.recv().await {
        let mut jobs = vec![first];
        while jobs.len() < BATCH {
            match queue.try_recv() {
                Ok(job) => jobs.push(job),
                Err(_) => break,
            }
        }
        if let Err(error) = unit.raw(dialect::BEGIN_SQLITE).await {
            tracing::error!(error = &error as &dyn std::error::Error, "the writer cannot begin");
            // The jobs are dropped; each caller is told that nothing was written.
            continue;
        }
        let mut finishes: Vec<Finish> = Vec::with_capacity(jobs.len());
        let (mut broken, mut end_all, alone) = (false, "COMMIT", jobs.len() == 1);
        for job in jobs {
            if broken || !alone && unit.raw("SAVEPOINT act").await.is_err() {
                broken = true;
                continue;
            }
            let (keep, finish) = job(&mut unit).await;
            finishes.push(finish);
            if alone {
                end_all = if keep { "COMMIT" } else { "ROLLBACK" };
                continue;
            }
            let end = if keep { "RELEASE act" } else { "ROLLBACK TO act; RELEASE act" };
            // A RELEASE that fails means that the transaction is gone (RAISE(ROLLBACK), full disk): nobody of the batch is acknowledged.
            broken = unit.raw(end).await.is_err();
        }
        let committed = !broken && unit.raw(end_all).await.is_ok();
        if !committed {
            tracing::error!("a batch of {} acts was not committed", finishes.len());
            let _ = unit.raw("ROLLBACK").await;
        }
        for finish in finishes {
            finish(if committed { Ok(()) } else { Err(StoreError::NotCommitted("the commit failed")) });
        }
    }
}
