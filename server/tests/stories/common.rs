//! The whole site on a fresh database of either engine. Use through `both_engines!`.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use domain::time::{Clock, Seconds};
use services::{Keys, World};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::Db;
use tower::ServiceExt as _;

/// When stories begin: 18 November 2026.
pub const START: Seconds = 1_795_000_000;

/// A clock that tests move.
pub struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Seconds {
        self.0.load(Ordering::SeqCst)
    }
}

impl TestClock {
    pub fn set(&self, at: Seconds) {
        self.0.store(at, Ordering::SeqCst);
    }

    pub fn forward(&self, seconds: Seconds) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

pub struct TestApp {
    pub world: World,
    pub clock: Arc<TestClock>,
    pub router: Router,
    pub url: String,
    dir: tempfile::TempDir,
}

/// A page as the browser got it.
pub struct Page {
    pub status: StatusCode,
    pub text: String,
}

/// URL of the PostgreSQL server that `make test` starts; without it the PostgreSQL half of a story is skipped, loudly.
pub fn postgres_server() -> Option<String> {
    match std::env::var("TEST_POSTGRES_URL") {
        Ok(url) => Some(url),
        Err(_) if std::env::var("CI").is_ok() => panic!("TEST_POSTGRES_URL is not set: run the tests with `make test`"),
        Err(_) => {
            eprintln!("skipped on PostgreSQL: TEST_POSTGRES_URL is not set; `make test` starts a server");
            None
        }
    }
}

impl TestApp {
    pub async fn sqlite() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("test.db").display());
        Self::open(url, dir).await
    }

    /// A database of its own on the test server.
    pub async fn postgres() -> Option<Self> {
        let server = postgres_server()?;
        let name = format!("t{}", services::hex(&rand::random::<[u8; 8]>()));
        let admin = sqlx::PgPool::connect(&format!("{server}/postgres")).await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&admin).await.unwrap();
        Some(Self::open(format!("{server}/{name}"), tempfile::tempdir().unwrap()).await)
    }

    async fn open(url: String, dir: tempfile::TempDir) -> Self {
        Db::migrate(&url).await.unwrap();
        let db = Db::open(&url).await.unwrap();
        let clock = Arc::new(TestClock(AtomicI64::new(START)));
        // Decisions take effect with the tap, but in stories about undoing them.
        let world = World::new(db, clock.clone(), Keys::fixed([7; 32]), dir.path().to_owned(), Some(1));
        let world = World { undo: 0, ..world };
        let app = web::App {
            world: world.clone(),
            base_url: "http://buurt.test".into(),
            https: false,
            demo: false,
            proxies: Arc::default(),
            letters: None,
            metrics: None,
        };
        Self { world, clock, router: web::router(app), url, dir }
    }

    /// How often these bytes stand in the files in which the database keeps the box of ballots.
    pub async fn in_box_files(&self, bytes: &[u8]) -> usize {
        let count = |file: &[u8]| file.windows(bytes.len()).filter(|window| *window == bytes).count();
        if self.url.starts_with("sqlite:") {
            let files = ["test.db", "test.db-wal"].map(|name| std::fs::read(self.dir.path().join(name)));
            return files.into_iter().flatten().map(|file| count(&file)).sum();
        }
        let pool = sqlx::PgPool::connect(&self.url).await.unwrap();
        sqlx::query("CHECKPOINT").execute(&pool).await.unwrap();
        let read = "SELECT pg_read_binary_file(pg_relation_filepath('ballot_box'))";
        count(&sqlx::query_scalar::<_, Vec<u8>>(read).fetch_one(&pool).await.unwrap())
    }

    pub async fn import_budget(&self) {
        let files = services::budget::BudgetFiles {
            programmes: include_str!("../../reference-data/programmabudget.csv").into(),
            buurten: include_str!("../../reference-data/buurten.csv").into(),
            wijken: include_str!("../../reference-data/wijken.csv").into(),
        };
        assert!(services::budget::import(&self.world, files, None).await.unwrap().is_some());
    }

    pub async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// A file as it comes.
    pub async fn bytes(&self, path: &str) -> Vec<u8> {
        let request = Request::get(path).header(header::HOST, "buurt.test").body(Body::empty()).unwrap();
        let response = self.send(request).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()
    }

    pub async fn get(&self, path: &str) -> Page {
        let response =
            self.send(Request::get(path).header(header::HOST, "buurt.test").body(Body::empty()).unwrap()).await;
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Page { status, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

/// Runs a story on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! both_engines {
    ($name:ident, $story:path) => {
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                $story($crate::common::TestApp::sqlite().await).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                if let Some(app) = $crate::common::TestApp::postgres().await {
                    $story(app).await;
                }
            }
        }
    };
}
