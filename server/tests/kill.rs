//! Power cuts: the real program is killed with -9 in the middle of a burst of votes and plans, started again, and asked for
//! all that it had acknowledged. Short in `make test`; `make long` or KILLS=n kills more often.

use domain::access::{Actor, Grant, Role, Scope};
use domain::form::Raw;
use domain::money::Cents;
use domain::time::Clock;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use services::rounds::{RoundForm, Step};
use services::shares::FundForm;
use services::{Keys, SystemClock, World, budget::BudgetFiles, count, rounds, shares};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use store::{Db, accounts, ledger, sql};

/// Neighbours, each with a browser that sends one form after the other.
const VOTERS: usize = 50;
/// Votes of each neighbour; as many plans beside them, so that a burst is 1,000 forms.
const VOTES: usize = 10;

fn kills() -> u64 {
    match std::env::var("KILLS") {
        Ok(n) => n.parse().expect("KILLS is a number"),
        Err(_) if std::env::var("LONG").is_ok() => 100,
        Err(_) => 2,
    }
}

/// Real time, until the test jumps past the end of the round.
struct Jump(SystemClock, AtomicI64);

impl Clock for Jump {
    fn now(&self) -> i64 {
        self.0.now() + self.1.load(Ordering::SeqCst)
    }
}

struct City {
    world: World,
    clock: Arc<Jump>,
    dir: tempfile::TempDir,
    url: String,
    admin: Actor,
    /// Cookie values.
    cookies: Vec<String>,
    plans: Vec<i64>,
    slug: String,
}

impl City {
    /// A running round with two plans, and neighbours who are signed in.
    async fn open(url: String, dir: tempfile::TempDir) -> Self {
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
        let cookies: Vec<String> = (0..VOTERS).map(|_| world.secret()).collect();
        let given = cookies.clone();
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
        };
        let fund = FundForm { wijk: 1, year: 2008, amount: Cents(200_000), programme: None };
        shares::fund(&world, &admin, fund, "fund-the-share".into(), "a".into(), "/x".into()).await.unwrap();
        let form = RoundForm {
            buurt: 1,
            title: "Buurtbudget".into(),
            intro: "i".into(),
            year: 2008,
            pot: Cents(200_000),
            max_picks: 1,
            opens_at: now - 5,
            closes_at: now + 3600,
            receipts: false,
            plans: plans.clone(),
        };
        let slug = rounds::set_up(&world, &admin, form, "set-up-the-round".into(), "a".into()).await.unwrap();
        let city = Self { world, clock, dir, url, admin, cookies, plans, slug };
        city.step(Step::Publish).await;
        city.step(Step::Open).await;
        city
    }

    async fn step(&self, step: Step) {
        let key = format!("step-{}", step.key());
        rounds::step(&self.world, &self.admin, &self.slug, step, &Raw::default(), key, "a".into()).await.unwrap();
    }

    /// What one browser sends, in its order: a vote, a plan, a vote, ...
    fn forms(&self, voter: usize) -> Vec<Form> {
        let cookie = &self.cookies[voter];
        let csrf = services::hex(&self.world.keys.tag("csrf", cookie.as_bytes()));
        let mut forms = Vec::new();
        for n in 0..VOTES {
            let form = |path: String, kind: &str, fields: &[(&str, String)]| {
                let mut all = vec![
                    ("csrf".to_owned(), csrf.clone()),
                    ("form_key".to_owned(), format!("{kind}{voter:04}x{n:04}aaaaaaaa")),
                ];
                all.extend(fields.iter().map(|(k, v)| ((*k).to_owned(), v.clone())));
                Form { path, cookie: cookie.clone(), fields: all }
            };
            let pick = self.plans[usize::from((voter + n) % 3 != 0)];
            forms.push(form(format!("/stemmen/{}/uitbrengen", self.slug), "stem", &[("plan", pick.to_string())]));
            let plan = [
                ("title", title(voter, n)),
                ("what", "wat".into()),
                ("why", "waarom".into()),
                ("buurt", "1".into()),
                ("klaar", "1".into()),
            ];
            forms.push(form("/initiatieven/nieuw/versturen".into(), "plan", &plan));
        }
        forms
    }

    async fn count(&self, stmt: &'static store::Stmt) -> i64 {
        self.world.db.read().await.unwrap().one(stmt, &[]).await.unwrap().int("n").unwrap()
    }

    /// How often each of the burst's plans is there.
    async fn titles(&self) -> BTreeMap<String, usize> {
        let rows = self
            .world
            .db
            .read()
            .await
            .unwrap()
            .rows(sql!("SELECT title FROM initiative WHERE title LIKE 'Plan %'"), &[])
            .await
            .unwrap();
        let mut seen = BTreeMap::new();
        for row in rows {
            *seen.entry(row.text("title").unwrap()).or_insert(0) += 1;
        }
        seen
    }
}

fn title(voter: usize, n: usize) -> String {
    format!("Plan {n} van {voter}")
}

#[derive(Clone)]
struct Form {
    path: String,
    cookie: String,
    fields: Vec<(String, String)>,
}

/// The program, on the city's database.
struct Program {
    child: Child,
    base: String,
}

impl Program {
    fn start(url: &str, dir: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let base = format!("http://127.0.0.1:{port}");
        let mut child = Command::new(env!("CARGO_BIN_EXE_fijnebuurt"))
            .arg("serve")
            .envs([("DATABASE_URL", url), ("BASE_URL", &base), ("LOG", "error")])
            .env("LISTEN", format!("127.0.0.1:{port}"))
            .env("DATA_DIR", dir)
            .current_dir(dir)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.next().is_some_and(|line| line.unwrap().contains("Fijne Buurt:")), "the program did not start");
        Self { child, base }
    }

    /// SIGKILL: nothing is flushed, nothing is said.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Sends a form; `true` when the program acknowledged the act.
async fn send(client: &reqwest::Client, base: &str, form: &Form) -> bool {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.fields).finish();
    let request = client
        .post(format!("{base}{}", form.path))
        .header("cookie", format!("fb={}", form.cookie))
        .header("origin", base)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    let Ok(response) = request.send().await else { return false };
    let status = response.status().as_u16();
    // A vote is answered with its page; that page must have arrived whole to count as acknowledged.
    let Ok(text) = response.text().await else { return false };
    assert!(status == 200 || status == 303, "{} answered {status}: {text}", form.path);
    true
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// All browsers at once, until they are done or the program is gone; gives how many forms of each were acknowledged.
async fn burst(city: &City, base: &str, acknowledged: Arc<AtomicUsize>) -> Vec<usize> {
    let browsers: Vec<_> = (0..VOTERS)
        .map(|voter| {
            let (forms, base, acknowledged) = (city.forms(voter), base.to_owned(), acknowledged.clone());
            tokio::spawn(async move {
                let client = client();
                for (n, form) in forms.iter().enumerate() {
                    if !send(&client, &base, form).await {
                        return n;
                    }
                    acknowledged.fetch_add(1, Ordering::SeqCst);
                }
                forms.len()
            })
        })
        .collect();
    let mut done = Vec::new();
    for browser in browsers {
        done.push(browser.await.unwrap());
    }
    done
}

async fn survive(url: String, dir: tempfile::TempDir, seed: u64) {
    let city = City::open(url, dir).await;
    let kill_at = StdRng::seed_from_u64(seed).random_range(1..VOTERS * VOTES * 2 - VOTERS);
    let program = Program::start(&city.url, city.dir.path());
    let base = program.base.clone();
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let seen = acknowledged.clone();
    let killer = tokio::spawn(async move {
        while seen.load(Ordering::SeqCst) < kill_at {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        program.kill();
    });
    let done = burst(&city, &base, acknowledged).await;
    killer.await.unwrap();
    let total: usize = done.iter().sum();
    assert!(total < VOTERS * VOTES * 2, "the burst was over before the kill");
    println!("seed {seed}: killed at {kill_at} of {} forms, {total} acknowledged", VOTERS * VOTES * 2);

    // What was acknowledged is there, once; what was not is there at most once.
    let program = Program::start(&city.url, city.dir.path());
    let titles = city.titles().await;
    for (voter, forms) in done.iter().enumerate() {
        for n in 0..VOTES {
            let times = titles.get(&title(voter, n)).copied().unwrap_or(0);
            // A browser's plan n is its form 2n + 1.
            let wanted = if *forms > 2 * n + 1 { times == 1 } else { times <= 1 };
            assert!(wanted, "seed {seed}: '{}' is there {times} times", title(voter, n));
        }
    }
    let voted = done.iter().filter(|forms| **forms > 0).count();
    let boxed = city.count(sql!("SELECT COUNT(*) AS n FROM ballot_box")).await;
    assert!(boxed >= i64::try_from(voted).unwrap(), "seed {seed}: {boxed} ballots of {voted} voters");

    // Each browser sends its last acknowledged form again, and then the rest: each is there once in the end.
    let client = client();
    for (voter, forms) in done.iter().enumerate() {
        for form in city.forms(voter).iter().skip(forms.saturating_sub(1)) {
            assert!(send(&client, &program.base, form).await, "seed {seed}: {}", form.path);
        }
    }
    program.kill();
    let titles = city.titles().await;
    assert_eq!((titles.len(), titles.values().max()), (VOTERS * VOTES, Some(&1)), "seed {seed}");
    let submitted = sql!("SELECT COUNT(*) AS n FROM audit WHERE act = 'submit_plan'");
    assert_eq!(city.count(submitted).await, i64::try_from(VOTERS * VOTES).unwrap(), "one audit line for each plan");
    assert!(ledger::unbalanced(&mut city.world.db.read().await.unwrap()).await.unwrap().is_empty());

    // The box holds everybody's last vote: the count says so.
    city.clock.1.store(7200, Ordering::SeqCst);
    count::close_due(&city.world).await.unwrap();
    city.step(Step::Count).await;
    city.step(Step::PublishResult).await;
    let published = count::published(&mut city.world.db.read().await.unwrap(), &city.slug).await.unwrap().unwrap();
    let last_for = |plan: usize| (0..VOTERS).filter(|voter| usize::from((voter + VOTES - 1) % 3 != 0) == plan).count();
    for (i, plan) in city.plans.iter().enumerate() {
        let votes = published.outcome.steps.iter().find(|s| s.id == *plan).unwrap().votes;
        assert_eq!(usize::try_from(votes).unwrap(), last_for(i), "seed {seed}: votes for plan {i}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_on_sqlite() {
    for seed in 0..kills() {
        let dir = tempfile::tempdir().unwrap();
        survive(format!("sqlite:{}", dir.path().join("test.db").display()), dir, seed).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_on_postgres() {
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        assert!(std::env::var("CI").is_err(), "TEST_POSTGRES_URL is not set: run the tests with `make test`");
        eprintln!("skipped on PostgreSQL: TEST_POSTGRES_URL is not set; `make test` starts a server");
        return;
    };
    let admin = sqlx::PgPool::connect(&format!("{server}/postgres")).await.unwrap();
    for seed in 0..kills() {
        let name = format!("k{}", services::hex(&rand::random::<[u8; 8]>()));
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&admin).await.unwrap();
        survive(format!("{server}/{name}"), tempfile::tempdir().unwrap(), seed).await;
    }
}
