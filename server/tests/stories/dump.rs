//! Secrecy, looked at by a program that is given everything but the round's key: a dump of every table and column, the mails,
//! the log at its most talkative, and the operator's figures. And shown leaks, so that it is known to see them.

pub mod linking;
mod play;

use crate::both_engines;
use crate::browser::Browser;
use crate::common::TestApp;
use crate::listen::Listening;
use linking::{BALLOTS, Evidence, Secret, alike, dump, in_common, order_told, secrets_told, words_that_came};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use play::{CLOSE, Played};
use services::rounds::Step;
use services::{ActError, World, count, explain};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};
use store::Val;

both_engines!(nothing_joins_a_ballot_to_a_person, super::nothing_joins);

/// One at a time listens to the log.
pub static ONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// The site with its figures recorded.
pub fn site(app: &TestApp) -> axum::Router {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    let handle = RECORDER.get_or_init(|| PrometheusBuilder::new().install_recorder().unwrap());
    web::router(web::App {
        world: app.world.clone(),
        base_url: "http://buurt.test".into(),
        https: false,
        demo: false,
        proxies: Arc::default(),
        letters: None,
        metrics: Some(Arc::new(move || handle.render())),
    })
}

/// What an operator sees at `/metrics`.
async fn figures(site: &axum::Router) -> String {
    let mut browser = Browser::new(site, 1);
    browser.from = std::net::SocketAddr::from((std::net::Ipv4Addr::LOCALHOST, 40_000));
    browser.look("/metrics").await;
    browser.page
}

/// Everything: tables, mails as they are read, figures, and the log so far.
pub async fn everything(world: &World, site: &axum::Router, log: &Listening) -> Evidence {
    let figures = figures(site).await;
    let tables = dump(world).await;
    let mut lines: Vec<(&str, String)> = log.lines().into_iter().map(|line| ("log", line)).collect();
    lines.extend(figures.lines().map(|line| ("figures", line.to_owned())));
    for mail in store::outbox::due(&mut world.db.read().await.unwrap(), i64::MAX).await.unwrap() {
        let json: serde_json::Value = serde_json::from_str(&mail.payload).unwrap();
        let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
        let listed = serde_json::from_value(json["lines"].clone()).unwrap_or_default();
        let values = mail::Values {
            path: text("path"),
            title: text("title"),
            words: text("words"),
            name: text("name"),
            lines: listed,
        };
        let mail = mail::render(&mail.template, texts::Lang::Nl, "http://buurt.test", &values).unwrap();
        lines.extend([mail.subject, mail.text, mail.html].map(|text| ("mail", text)));
    }
    Evidence { tables, lines }
}

pub fn set<const N: usize>(items: [&str; N]) -> BTreeSet<String> {
    items.map(str::to_owned).into()
}

/// Runs a statement that the platform does not have.
pub async fn plant(world: &World, text: &'static str, vals: Vec<Val>) {
    let stmt: &'static store::Stmt = Box::leak(Box::new(store::Stmt { text, file: file!(), line: line!() }));
    let write = world.db.write::<_, ActError, _>(move |u| {
        Box::pin(async move {
            u.exec(stmt, &vals).await?;
            Ok(())
        })
    });
    write.await.unwrap();
}

const AUDIT: &str =
    "INSERT INTO audit (at, actor_id, act, subject_kind, subject_id, detail) VALUES (1, 3, 'leak', 'round', 1, $1)";

async fn nothing_joins(app: TestApp) {
    let _one = ONE.lock().await;
    let world = app.world.clone();
    let engine = world.db.read().await.unwrap().engine();
    let mut play = play::open(&app, site(&app)).await;
    let opened = dump(&world).await;
    let log = Listening::start();
    play.vote(&world).await;
    let live = everything(&world, &play.site, &log).await;
    while_votes_are_taken(&play, &opened, &live, engine);
    leaks_are_seen_while_votes_are_taken(&world, &play, &opened, live).await;

    // What was planted in the log stays out of what follows.
    let rest = Listening::start();
    drop(log);
    app.clock.set(CLOSE);
    assert_eq!(count::close_due(&world).await.unwrap(), 2);
    for step in [Step::Count, Step::PublishResult] {
        play.step(&world, step).await;
    }
    assert_eq!(explain::explain_due(&world).await.unwrap(), 0, "explained before they were published");
    let mut after = everything(&world, &play.site, &rest).await;
    // The leaks of before were planted by this test.
    let audit = after.tables.iter_mut().find(|t| t.name == "audit").unwrap();
    audit.rows.retain(|row| !row.contains(&"leak".to_owned()));
    after_the_close(&play, &after);
    leaks_are_seen_after_the_close(&world, &play, &rest).await;
}

fn plans(play: &Played) -> HashSet<String> {
    play.plans.iter().map(i64::to_string).collect()
}

fn while_votes_are_taken(play: &Played, opened: &[linking::Table], live: &Evidence, engine: &str) {
    let none = BTreeSet::new();
    let table = |name: &str| live.tables.iter().find(|t| t.name == name).unwrap();
    let (boxed, retries) = (&table("ballot_box").rows, &table("ballot_retry").rows);
    assert_eq!((boxed.len(), retries.len(), play.ballots.len()), (43 + 13, 5 + 2, 43), "everybody voted");
    assert!(live.lines.iter().any(|(_, line)| line.contains("INSERT INTO ballot_box")), "the log is talkative");
    assert!(live.lines.iter().any(|(source, line)| *source == "figures" && line.contains("uitbrengen")));
    assert_eq!(secrets_told(live, &play.secrets), none);
    assert_eq!(words_that_came(opened, live, &plans(play)), none, "what was picked stands nowhere");
    assert_eq!(alike(live, &BALLOTS), none, "who chose alike");
    // PostgreSQL keeps rows in the order in which they came, and numbers who wrote them: docs/secrecy.md says so.
    let pseudonyms = play.ballots.values().map(|b| (b.pseudonym.clone(), b.cast)).collect();
    // Space of rows that went is used again at times, and then the order as stored is broken.
    let told = order_told(live, &pseudonyms);
    let known = if engine == "postgres" { set(["ballot_box as stored", "ballot_box sys_xmin"]) } else { none };
    assert!(told.is_subset(&known), "{told:?}");
    assert_eq!(told.iter().any(|t| t == "ballot_box sys_xmin"), engine == "postgres");
}

async fn leaks_are_seen_while_votes_are_taken(
    world: &World,
    play: &Played,
    opened: &[linking::Table],
    mut live: Evidence,
) {
    let ballot = &play.ballots[&3];
    plant(world, AUDIT, vec![format!("{} {}", play.code_hash(world, 3), ballot.picks).into()]).await;
    plant(world, AUDIT, vec![format!("voter {} with {}", ballot.pseudonym, ballot.tokens[0]).into()]).await;
    let ear = Listening::start();
    tracing::trace!(code = play.code(3), "a voter came");
    tracing::debug!("plan {} was picked", play.plans[2]);
    let leaky = everything(world, &play.site, &ear).await;
    let told = secrets_told(&leaky, &play.secrets);
    assert_eq!(told, set(["a code in log", "a pseudonym in audit.detail", "a token in audit.detail"]));
    assert_eq!(words_that_came(opened, &leaky, &plans(play)), set(["audit.detail", "log"]));
    // Two voters with one digest, as picks alone would give.
    let table = live.tables.iter_mut().find(|t| t.name == "ballot_box").unwrap();
    let digest = table.columns.iter().position(|c| c == "digest").unwrap();
    table.rows[0][digest] = table.rows[1][digest].clone();
    assert_eq!(alike(&live, &BALLOTS), set(["the same in ballot_box.digest"]));
}

/// What stands in counted rows, with the place of its voter in an order.
fn owners(play: &Played, place: impl Fn(&play::Final) -> usize) -> HashMap<String, usize> {
    let mut owners = HashMap::new();
    for ballot in play.ballots.values() {
        owners.extend(ballot.tokens.iter().map(|token| (token.clone(), place(ballot))));
        owners.insert(ballot.picks.clone(), place(ballot));
    }
    // Two voters chose these: nobody's in particular.
    for ballot in play.ballots.values() {
        if play.ballots.values().filter(|other| other.picks == ballot.picks).count() > 1 {
            owners.remove(&ballot.picks);
        }
    }
    owners
}

fn after_the_close(play: &Played, after: &Evidence) {
    let none = BTreeSet::new();
    let rows = |name: &str| after.tables.iter().find(|t| t.name == name).unwrap().rows.len();
    let tokens: usize = play.ballots.values().map(|b| b.tokens.len()).sum();
    assert_eq!((rows("ballot_box"), rows("ballot_retry")), (0, 0));
    assert_eq!((rows("ballot_counted"), rows("ballot_token")), (43 + 13, tokens));
    // Tokens are published now; pseudonyms have no place any more.
    let kept = play.secrets.iter().filter(|secret| secret.what != "a token");
    let secrets: Vec<Secret> = kept.map(|secret| Secret { stands_in: &[], ..secret.clone() }).collect();
    assert_eq!(secrets_told(after, &secrets), none);
    assert_eq!(in_common(after, &BALLOTS, &plans(play), CLOSE - 1_000_000..CLOSE + 1_000_000), none);
    let orders: [fn(&play::Final) -> usize; 2] = [|b| b.cast, |b| usize::try_from(b.entry).unwrap()];
    for order in orders {
        let owners = owners(play, order);
        let seen = |name: &str| {
            let rows = &after.tables.iter().find(|t| t.name == name).unwrap().rows;
            rows.iter().filter(|row| row.iter().any(|cell| owners.contains_key(cell))).count()
        };
        assert!(seen("ballot_counted") >= 40 && seen("ballot_token") >= 40, "the program knows whose rows these are");
        assert_eq!(order_told(after, &owners), none, "neither the order of casting nor that of the roll");
    }
}

async fn leaks_are_seen_after_the_close(world: &World, play: &Played, log: &Listening) {
    let clean: HashSet<String> = dump(world).await.into_iter().map(|t| t.name).collect();
    let mut ballots: Vec<&play::Final> = play.ballots.values().collect();
    ballots.sort_by_key(|b| b.cast);
    // Tables that nobody told this test of.
    plant(world, "CREATE TABLE leak (id BIGINT NOT NULL PRIMARY KEY, token TEXT NOT NULL)", Vec::new()).await;
    plant(world, "CREATE TABLE ballot_leak (who TEXT NOT NULL, at BIGINT NOT NULL)", Vec::new()).await;
    for (n, ballot) in ballots.iter().enumerate() {
        let token = ballot.tokens[0].as_str().into();
        plant(world, "INSERT INTO leak (id, token) VALUES ($1, $2)", vec![n.into(), token]).await;
        let who = services::hex(&services::keys::digest(&ballot.entry.to_be_bytes()));
        plant(world, "INSERT INTO ballot_leak (who, at) VALUES ($1, $2)", vec![who.into(), (CLOSE - 1).into()]).await;
    }
    tracing::info!("ballot {} was taken", ballots[5].tokens[0]);
    let leaky = everything(world, &play.site, log).await;
    assert_eq!(leaky.tables.len(), clean.len() + 2);
    let told = in_common(&leaky, &BALLOTS, &plans(play), CLOSE - 1_000_000..CLOSE + 1_000_000);
    for part in ["ballot_token.token = leak.token", "ballot_token.token = log", "ballot_leak.at is a moment"] {
        assert!(told.contains(part), "{part} in {told:?}");
    }
    assert!(told.iter().any(|t| t.starts_with("ballot_leak.who = the hash of ")), "{told:?}");
    let told = order_told(&leaky, &owners(play, |b| b.cast));
    assert!(told.contains("leak as stored") && told.contains("leak id"), "{told:?}");
}
