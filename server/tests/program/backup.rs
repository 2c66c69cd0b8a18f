//! The restore drill: a copy made while neighbours vote, put back somewhere else, is whole: money, log, and an open box.

use crate::city::{City, Jump, postgres, sqlite};
use crate::running::{Form, Program, client, send};
use domain::time::DAY;
use services::rounds::Step;
use services::{Keys, SystemClock, World, count, logbook};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;
use store::{Db, sql};
use tempfile::TempDir;

const VOTERS: usize = 12;

/// Runs the program on a database to its end.
async fn run(url: &str, dir: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fijnebuurt"));
    command.args(args).envs([("DATABASE_URL", url), ("LOG", "error")]).env("DATA_DIR", dir).current_dir(dir);
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn vote(city: &City, voter: usize, n: usize) -> Form {
    let cookie = city.cookies[voter].clone();
    let fields = vec![
        ("csrf".to_owned(), city.world.keys.csrf(&cookie, [5; 32])),
        ("form_key".to_owned(), format!("backup{voter:04}x{n:06}aaaa")),
        ("plan".to_owned(), city.plans[(voter + n) % 2].to_string()),
    ];
    Form { path: format!("/stemmen/{}/uitbrengen", city.slug), cookie, fields }
}

/// Copies the digests, as whoever lodges them elsewhere does.
fn lodge(from: &Path, to: &Path) {
    let (from, to) = (logbook::folder(from), logbook::folder(to));
    std::fs::create_dir_all(&to).unwrap();
    for file in std::fs::read_dir(from).unwrap().flatten() {
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

/// Makes a copy while everyone votes and changes their vote. Gives its file.
async fn copied_under_load(city: &City, keys: &Path) -> PathBuf {
    let program = Program::start(&city.url, city.dir.path());
    let first = everyone_votes(city, &program.base, 0).await;
    assert_eq!(first, VOTERS, "everyone has voted before the copy is made");
    let digests = logbook::folder(city.dir.path());
    while !std::fs::read_dir(&digests).is_ok_and(|files| files.count() > 0) {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let going_on = Arc::new(AtomicBool::new(true));
    let load: Vec<_> = (0..VOTERS)
        .map(|voter| {
            let (base, going_on) = (program.base.clone(), going_on.clone());
            let forms: Vec<Form> = (1..400).map(|n| vote(city, voter, n)).collect();
            tokio::spawn(async move {
                let (client, mut sent) = (client(), 0);
                for form in forms.iter().take_while(|_| going_on.load(Ordering::SeqCst)) {
                    assert!(send(&client, &base, form).await);
                    sent += 1;
                }
                sent
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let folder = city.dir.path().join("copies");
    let done = run(&city.url, city.dir.path(), &["backup", "copies/", "--keys", keys.to_str().unwrap()]).await;
    assert!(done.status.success(), "{}", said(&done));
    going_on.store(false, Ordering::SeqCst);
    let mut sent = 0;
    for voter in load {
        sent += voter.await.unwrap();
    }
    assert!(sent > VOTERS, "votes were cast meanwhile: {sent}");
    program.kill();
    let copies: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().map(|file| file.path()).collect();
    assert_eq!(copies.len(), 1, "{copies:?}");
    copies[0].clone()
}

async fn everyone_votes(city: &City, base: &str, n: usize) -> usize {
    let client = client();
    let mut sent = 0;
    for voter in 0..VOTERS {
        sent += usize::from(send(&client, base, &vote(city, voter, n)).await);
    }
    sent
}

/// The city as it is on another database.
async fn moved(city: &City, url: &str, dir: TempDir) -> City {
    let clock = Arc::new(Jump(SystemClock::default(), AtomicI64::new(0)));
    let keys = Keys::open(dir.path(), [0; 32]).unwrap();
    let world = World::new(Db::open(url).await.unwrap(), clock.clone(), keys, dir.path().to_owned(), Some(4));
    let (cookies, desk) = (city.cookies.clone(), city.desk.clone());
    let (plans, slug) = (city.plans.clone(), city.slug.clone());
    City { world, clock, dir, url: url.into(), admin: city.admin.clone(), cookies, desk, plans, slug }
}

async fn drill(city: City, elsewhere: (String, TempDir), third: (String, TempDir)) {
    let safe = tempfile::tempdir().unwrap();
    let copy = copied_under_load(&city, safe.path()).await;
    let from = copy.to_str().unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let bytes = std::fs::read(&copy).unwrap();
    let key = std::fs::read(city.dir.path().join("round-keys/1.key")).unwrap();
    assert!(!bytes.windows(key.len()).any(|window| window == key), "no key is in the copy");

    // Without its keys it is put back, and each that is missing is named.
    let (url, dir) = elsewhere;
    let bare = run(&url, dir.path(), &["restore", from]).await;
    assert!(!bare.status.success() && said(&bare).contains("round-keys"), "{}", said(&bare));

    // It holds something now: only with --force, and then it is kept.
    lodge(city.dir.path(), dir.path());
    let keys = ["--keys", safe.path().to_str().unwrap()];
    let used = run(&url, dir.path(), &["restore", from, keys[0], keys[1]]).await;
    assert!(!used.status.success() && said(&used).contains("--force"), "{}", said(&used));
    let restored = run(&url, dir.path(), &["restore", from, "--force", keys[0], keys[1]]).await;
    assert!(restored.status.success(), "{}", said(&restored));
    assert!(
        said(&restored).contains("ok       ledger") && said(&restored).contains("before_restore_"),
        "{}",
        said(&restored)
    );
    for args in [["doctor", "ledger"], ["doctor", "audit"], ["verify", "audit"]] {
        let looked = run(&url, dir.path(), &args).await;
        assert!(looked.status.success(), "{args:?}: {}", said(&looked));
    }

    // A copy that is not whole changes nothing.
    let half = dir.path().join("half");
    std::fs::write(&half, &bytes[..bytes.len() / 2]).unwrap();
    let refused = run(&url, dir.path(), &["restore", "half", "--force"]).await;
    assert!(!refused.status.success(), "{}", said(&refused));
    assert!(run(&url, dir.path(), &["verify", "audit"]).await.status.success());

    // The open box opens there, with everyone's vote in it.
    let there = moved(&city, &url, dir).await;
    assert_eq!(there.count(sql!("SELECT COUNT(*) AS n FROM ballot_box")).await, i64::try_from(VOTERS).unwrap());
    there.jump(7200);
    count::close_due(&there.world).await.unwrap();
    there.step(Step::Count).await;
    there.step(Step::PublishResult).await;
    let published = count::published(&mut there.world.db.read().await.unwrap(), &there.slug).await.unwrap().unwrap();
    assert_eq!(published.outcome.steps.iter().map(|step| step.votes).sum::<usize>(), VOTERS);

    // Even where only votes came after it, which leave no line: a day later the same copy is an old one, and whoever puts it back is told so.
    city.jump(DAY);
    while logbook::chain(&city.world, false).await.unwrap() > 0 {}
    logbook::digest(&city.world).await.unwrap();
    let (url, dir) = third;
    lodge(city.dir.path(), dir.path());
    let old = run(&url, dir.path(), &["restore", from, keys[0], keys[1]]).await;
    assert!(
        !old.status.success() && said(&old).contains("an older copy of the database was put back"),
        "{}",
        said(&old)
    );
    assert_eq!(run(&url, dir.path(), &["verify", "audit"]).await.status.code(), Some(1));
    let nowhere = run(&url, dir.path(), &["verify", "audit", "--digests", "nowhere"]).await;
    assert_eq!(nowhere.status.code(), Some(2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_made_under_load_is_whole_on_sqlite() {
    let (url, dir) = sqlite();
    drill(City::open(url, dir, VOTERS).await, sqlite(), sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_made_under_load_is_whole_on_postgres() {
    let (Some((url, dir)), Some(two), Some(three)) = (postgres().await, postgres().await, postgres().await) else {
        return;
    };
    drill(City::open(url, dir, VOTERS).await, two, three).await;
}
