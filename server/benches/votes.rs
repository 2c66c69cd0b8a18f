//! Durable votes per second beside a bare program that inserts the same rows with the same promises: `make bench`.
//!
//! Both sides vote many at once and answer after the commit, in turns within one run, on the same disk. The bare program on
//! SQLite is one writer that takes what waits in a channel and commits it together, under the same settings; on PostgreSQL it
//! has as many connections as the platform, each insert a transaction. It knows no voter, no lock, no key and no retry.

mod by_letter;
#[path = "../tests/program/city.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod city;

use city::{City, postgres, sqlite};
use domain::access::{Actor, HeldCode};
use domain::form::Raw;
use services::{ballots, codes, rolls, rounds};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Row as _};
use std::str::FromStr as _;
use std::time::{Duration, Instant};
use store::rounds::Boxed;
use store::sql;
use tokio::sync::{mpsc, oneshot};

/// Voters at once.
const AT_ONCE: usize = 64;
/// Votes of each in one turn: different voters, one after another.
const EACH: usize = 100;
/// Turns of each side.
const TURNS: usize = 5;
/// As the platform has on PostgreSQL.
const CONNECTIONS: u32 = 16;

/// What one side did in its turns.
#[derive(Default)]
struct Side {
    per_second: Vec<f64>,
    waits: Vec<Duration>,
}

impl Side {
    fn add(&mut self, start: Instant, waits: Vec<Duration>) {
        let count = f64::from(u32::try_from(waits.len()).unwrap_or(u32::MAX));
        self.per_second.push(count / start.elapsed().as_secs_f64());
        self.waits.extend(waits);
    }

    fn median(&mut self) -> f64 {
        self.per_second.sort_by(f64::total_cmp);
        self.per_second[self.per_second.len() / 2]
    }

    fn line(&mut self, name: &str) -> f64 {
        let median = self.median();
        self.waits.sort_unstable();
        let wait = |of: usize| self.waits[self.waits.len() * of / 100].as_secs_f64() * 1e3;
        println!("  {name:<44} {median:>9.0} /s   p50 {:>7.2} ms   p99 {:>7.2} ms", wait(50), wait(99));
        median
    }
}

/// Runs these works at once, each a line of voters, and gives how long each vote waited.
async fn at_once<W: Future<Output = Vec<Duration>> + Send + 'static>(works: Vec<W>) -> Vec<Duration> {
    let running: Vec<_> = works.into_iter().map(tokio::spawn).collect();
    let mut waits = Vec::new();
    for work in running {
        waits.extend(work.await.expect("everybody votes"));
    }
    waits
}

/// Voters with their reviewed ballots, in the lines of one turn each.
async fn ready(city: &City, slug: &str) -> Vec<Vec<Vec<(Actor, Raw)>>> {
    let count = AT_ONCE * EACH * TURNS;
    let csv = format!("postcode;aantal\n1021 AA;{}\n1021 AB;{}\n", count / 2, count - count / 2);
    rolls::import(&city.world, &city.admin, slug, &csv).await.expect("a roll").expect("a right list");
    codes::issue(&city.world, &city.admin, slug, |_| Ok(())).await.expect("codes");
    by_letter::open(city, slug).await;
    let mut c = city.world.db.read().await.expect("a reader");
    let round = store::rounds::by_slug(&mut c, slug).await.expect("rounds").expect("the round");
    let rows = c
        .rows(sql!("SELECT code_hash FROM roll_entry WHERE round_id = $1 ORDER BY id"), &[round.id.into()])
        .await
        .expect("the roll");
    drop(c);
    let paper = rounds::frozen(&round).expect("its paper");
    let mut voters = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let hash = row.blob("code_hash").expect("a code").try_into().expect("32 bytes");
        let actor = Actor { code: Some(HeldCode { round: round.id, hash, assisted: false }), ..Actor::default() };
        let picks: Vec<(String, String)> =
            (0..3).map(|k| ("plan".to_owned(), paper.plans[(n + k * 3) % 10].id.to_string())).collect();
        let mut raw = Raw(picks);
        let review = ballots::review(&city.world, &actor, &round, &paper, &[], &raw).await.expect("a review");
        let (receipt, seal) = review.receipt.expect("a receipt");
        raw.set("receipt", receipt.text());
        raw.set("seal", seal);
        voters.push((actor, raw));
    }
    let turns = voters.chunks(AT_ONCE * EACH);
    turns.map(|turn| turn.chunks(EACH).map(<[_]>::to_vec).collect()).collect()
}

async fn cast(city: &City, slug: &str, turn: Vec<Vec<(Actor, Raw)>>, side: &mut Side) {
    let lines = turn.into_iter().enumerate().map(|(line, voters)| {
        let (world, slug) = (city.world.clone(), slug.to_owned());
        async move {
            let mut waits = Vec::with_capacity(voters.len());
            for (n, (actor, raw)) in voters.iter().enumerate() {
                let start = Instant::now();
                let key = format!("form-of-a-voter-{line:04}-{n:04}");
                ballots::cast(&world, actor, &slug, raw, &key).await.expect("a vote is taken");
                waits.push(start.elapsed());
            }
            waits
        }
    });
    let lines = lines.collect();
    let start = Instant::now();
    let waits = at_once(lines).await;
    side.add(start, waits);
}

const INSERT: &str = "INSERT INTO ballot_box (round_id, pseudonym, picks, tokens, idempotency_key, digest) VALUES ($1, $2, $3, $4, $5, $6)";

macro_rules! insert {
    ($row:expr) => {{
        let (round, b): (i64, Boxed) = $row;
        sqlx::query(INSERT).bind(round).bind(b.pseudonym).bind(b.picks).bind(b.tokens).bind(b.key).bind(b.digest)
    }};
}

/// The bare program.
enum Bare {
    Sqlite(mpsc::Sender<((i64, Boxed), oneshot::Sender<()>)>),
    Postgres(sqlx::PgPool),
}

impl Bare {
    /// An empty database with the platform's own table.
    async fn open(city: &City) -> (Self, tempfile::TempDir) {
        if city.url.starts_with("sqlite:") {
            let (url, dir) = sqlite();
            let theirs = SqliteConnectOptions::from_str(&city.url).expect("an address");
            let mut theirs = theirs.connect().await.expect("the platform's database");
            let table = sqlx::query("SELECT sql FROM sqlite_master WHERE name = 'ballot_box'");
            let table: String = table.fetch_one(&mut theirs).await.expect("a table").get(0);
            // As store/src/db.rs has them.
            let options = SqliteConnectOptions::from_str(&url)
                .expect("an address")
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .pragma("secure_delete", "ON");
            let mut conn = options.connect().await.expect("a database");
            sqlx::raw_sql(sqlx::AssertSqlSafe(table)).execute(&mut conn).await.expect("the table");
            let (writer, queue) = mpsc::channel(4096);
            tokio::spawn(write_what_waits(conn, queue));
            return (Self::Sqlite(writer), dir);
        }
        let (url, dir) = postgres().await.expect("a server");
        let pool = sqlx::postgres::PgPoolOptions::new().max_connections(CONNECTIONS).connect(&url).await;
        let pool = pool.expect("a database");
        // The same types and key as migrations/postgres has.
        let table = "CREATE TABLE ballot_box (round_id BIGINT NOT NULL, pseudonym BYTEA NOT NULL, picks TEXT NOT NULL, tokens TEXT NOT NULL, idempotency_key BYTEA NOT NULL, digest BYTEA NOT NULL, PRIMARY KEY (round_id, pseudonym))";
        sqlx::raw_sql(table).execute(&pool).await.expect("the table");
        (Self::Postgres(pool), dir)
    }

    async fn insert(&self, row: (i64, Boxed)) {
        match self {
            Self::Sqlite(writer) => {
                let (tell, told) = oneshot::channel();
                writer.send((row, tell)).await.expect("the writer lives");
                told.await.expect("it is committed");
            }
            Self::Postgres(pool) => {
                let mut unit = pool.begin().await.expect("a transaction");
                insert!(row).execute(&mut *unit).await.expect("a row");
                unit.commit().await.expect("a commit");
            }
        }
    }
}

async fn write_what_waits(mut conn: SqliteConnection, mut queue: mpsc::Receiver<((i64, Boxed), oneshot::Sender<()>)>) {
    while let Some(first) = queue.recv().await {
        let mut waiting = vec![first];
        while let Ok(next) = queue.try_recv() {
            waiting.push(next);
        }
        sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut conn).await.expect("a transaction");
        let mut tells = Vec::with_capacity(waiting.len());
        for (row, tell) in waiting {
            insert!(row).execute(&mut conn).await.expect("a row");
            tells.push(tell);
        }
        sqlx::raw_sql("COMMIT").execute(&mut conn).await.expect("a commit");
        for tell in tells {
            tell.send(()).expect("somebody waits");
        }
    }
}

async fn insert(bare: &std::sync::Arc<Bare>, rows: Vec<(i64, Boxed)>, side: &mut Side) {
    let lines = rows.chunks(EACH).map(|line| {
        let (bare, line) = (bare.clone(), line.to_vec());
        async move {
            let mut waits = Vec::with_capacity(line.len());
            for row in line {
                let start = Instant::now();
                bare.insert(row).await;
                waits.push(start.elapsed());
            }
            waits
        }
    });
    let lines = lines.collect();
    let start = Instant::now();
    let waits = at_once(lines).await;
    side.add(start, waits);
}

async fn engine(name: &str, url: String, dir: tempfile::TempDir) {
    let city = City::ready(url, dir, 1).await;
    let slug = by_letter::set_up(&city, "votes").await;
    let turns = ready(&city, &slug).await;
    let (bare, _dir) = Bare::open(&city).await;
    let bare = std::sync::Arc::new(bare);
    let mut seen = std::collections::HashSet::new();
    let (mut ours, mut theirs) = (Side::default(), Side::default());
    for turn in turns {
        cast(&city, &slug, turn, &mut ours).await;
        // What the platform wrote is what the bare program writes.
        let mut c = city.world.db.read().await.expect("a reader");
        let round = store::rounds::by_slug(&mut c, &slug).await.expect("rounds").expect("the round").id;
        let all = store::rounds::box_of(&mut c, round).await.expect("the box");
        drop(c);
        let rows: Vec<(i64, Boxed)> =
            all.into_iter().filter(|b| seen.insert(b.pseudonym.clone())).map(|b| (round, b)).collect();
        assert_eq!(rows.len(), AT_ONCE * EACH);
        insert(&bare, rows, &mut theirs).await;
    }
    println!(
        "\nDurable votes on {name}: {AT_ONCE} at once, {TURNS} turns of {} for each side, medians",
        AT_ONCE * EACH
    );
    let bare = theirs.line("a bare program that inserts the same rows");
    let cast = ours.line("a cast by code");
    println!("  ratio {:.2} (one third is asked on SQLite)", cast / bare);
}

#[tokio::main]
async fn main() {
    let (url, dir) = sqlite();
    engine("SQLite", url, dir).await;
    if let Some((url, dir)) = postgres().await {
        engine("PostgreSQL", url, dir).await;
    }
}
