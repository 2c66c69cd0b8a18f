//! A small city with a running round, on a database of either engine, made through the real acts.

use domain::access::{Actor, Grant, Role, Scope};
use domain::form::Raw;
use domain::money::Cents;
use domain::round::BallotForm;
use domain::time::Clock;
use services::rounds::{RoundForm, Step};
use services::shares::FundForm;
use services::{Keys, SystemClock, World, budget::BudgetFiles, rounds, shares};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::{Db, accounts, sql};

/// Real time, until the test jumps past the end of the round.
pub struct Jump(pub SystemClock, pub AtomicI64);

impl Clock for Jump {
    fn now(&self) -> i64 {
        self.0.now() + self.1.load(Ordering::SeqCst)
    }
}

pub struct City {
    pub world: World,
    pub clock: Arc<Jump>,
    pub dir: tempfile::TempDir,
    pub url: String,
    pub admin: Actor,
    /// Cookie values.
    pub cookies: Vec<String>,
    /// Cookie of the administrator's browser.
    pub desk: String,
    pub plans: Vec<i64>,
    pub slug: String,
}

impl City {
    /// A running round with two plans, and `voters` neighbours who are signed in.
    pub async fn open(url: String, dir: tempfile::TempDir, voters: usize) -> Self {
        let city = Self::ready(url, dir, voters).await;
        city.step(Step::Open).await;
        city
    }

    /// The same, before its round opens.
    pub async fn ready(url: String, dir: tempfile::TempDir, voters: usize) -> Self {
        Db::migrate(&url).await.unwrap();
        let clock = Arc::new(Jump(SystemClock::default(), AtomicI64::new(0)));
        let keys = Keys::open(dir.path(), [9; 32]).unwrap();
        let world = World::new(Db::open(&url).await.unwrap(), clock.clone(), keys, dir.path().to_owned(), Some(3));
        let files = BudgetFiles {
            programmes: "programma,wijk,eur_2008\nWonen,Noord,100000\nBewonersparticipatie,Noord,5000\n".into(),
            buurten: "buurt,wijk,stadsdeel_2007\nVogelbuurt,Noord,Noord\n".into(),
            wijken: "wijk,inwoners_2006\nNoord,23355\n".into(),
        };
        services::budget::import(&world, files, None).await.unwrap();
        let now = world.now();
        let cookies: Vec<String> = (0..voters).map(|_| world.secret()).collect();
        let (given, desk) = (cookies.clone(), world.secret());
        let at_desk = desk.clone();
        let plans = world
            .db
            .write::<_, services::ActError, _>(move |u| {
                Box::pin(async move {
                    for (i, cookie) in given.iter().enumerate() {
                        let email = format!("bewoner{i}@buurt.test");
                        let id = accounts::create(u, &accounts::NewAccount { email: &email, name: "Bewoner", password_hash: None, lang: "nl", buurt_id: Some(1), confirmed_at: Some(1), at: 1 }).await?;
                        accounts::set_residence(u, id, 1, now - 10).await?;
                        services::sessions::start(u, cookie, id, "link", None, now).await?;
                    }
                    let id = accounts::create(u, &accounts::NewAccount { email: "marlon@buurt.test", name: "Marlon", password_hash: None, lang: "nl", buurt_id: None, confirmed_at: Some(1), at: 1 }).await?;
                    accounts::grant(u, id, Grant { role: Role::Administrator, scope: Scope::City }, "", None, now).await?;
                    services::sessions::start(u, &at_desk, id, "password", Some(now), now).await?;
                    let mut plans = Vec::new();
                    for title in ["Speelplek", "Soep"] {
                        let row = u
                            .one(
                                sql!("INSERT INTO initiative (buurt_id, account_id, title, what, why, cost_known, minimum, desired, for_kind, state, created_at) VALUES (1, 1, $1, 'wat', 'waarom', 1, 100000, 100000, 'resident', 'feasible', 1) RETURNING id"),
                                &[title.into()],
                            )
                            .await?;
                        plans.push(row.int("id")?);
                    }
                    Ok(plans)
                })
            })
            .await
            .unwrap();
        let admin = Actor {
            account: Some(1),
            confirmed: true,
            resident_of: None,
            grants: vec![Grant { role: Role::Administrator, scope: Scope::City }],
            second_factor: true,
            code: None,
        };
        let fund = FundForm { wijk: 1, year: 2008, amount: Cents(200_000), programme: None };
        shares::fund(&world, &admin, fund, "fund-the-share".into(), "a".into(), "/x".into()).await.unwrap();
        let form = RoundForm {
            buurt: 1,
            theme: None,
            title: "Buurtbudget".into(),
            intro: "i".into(),
            year: 2008,
            pot: Cents(200_000),
            form: BallotForm::Approval { most: 1 },
            preset: "greedy/1".into(),
            by_code: false,
            opens_at: now - 5,
            closes_at: now + 3600,
            receipts: false,
            lots: false,
            plans: plans.clone(),
        };
        let slug = rounds::set_up(&world, &admin, form, "set-up-the-round".into(), "a".into()).await.unwrap();
        let city = Self { world, clock, dir, url, admin, cookies, desk, plans, slug };
        city.step(Step::Publish).await;
        city
    }

    pub async fn step(&self, step: Step) {
        let key = format!("step-{}", step.key());
        if matches!(step, Step::Count | Step::PublishResult) {
            self.first_of_two(step).await;
        }
        rounds::step(&self.world, &self.admin, &self.slug, step, &Raw::default(), key, "a".into()).await.unwrap();
    }

    /// Counting and publishing are for two: somebody else says yes first.
    pub async fn first_of_two(&self, step: Step) {
        let other = Actor { account: Some(2), ..self.admin.clone() };
        let key = format!("step-{}-first", step.key());
        rounds::step(&self.world, &other, &self.slug, step, &Raw::default(), key, "b".into()).await.unwrap();
    }

    pub async fn count(&self, stmt: &'static store::Stmt) -> i64 {
        self.world.db.read().await.unwrap().one(stmt, &[]).await.unwrap().int("n").unwrap()
    }

    /// Jumps this many seconds ahead.
    pub fn jump(&self, seconds: i64) {
        self.clock.1.store(seconds, Ordering::SeqCst);
    }
}

/// A database file in a folder of its own.
pub fn sqlite() -> (String, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    (format!("sqlite:{}", dir.path().join("test.db").display()), dir)
}

/// A database of its own on the test server; `None`, with a clear line, where there is no such server.
pub async fn postgres() -> Option<(String, tempfile::TempDir)> {
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        assert!(std::env::var("CI").is_err(), "TEST_POSTGRES_URL is not set: run the tests with `make test`");
        eprintln!("skipped on PostgreSQL: TEST_POSTGRES_URL is not set; `make test` starts a server");
        return None;
    };
    let admin = sqlx::PgPool::connect(&format!("{server}/postgres")).await.unwrap();
    let name = format!("p{}", services::hex(&rand::random::<[u8; 8]>()));
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&admin).await.unwrap();
    Some((format!("{server}/{name}"), tempfile::tempdir().unwrap()))
}
