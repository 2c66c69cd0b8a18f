//! What the doctor says of keys, letters, clock, jobs, money and log: how it stands, and what to do.

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::rounds::opened;
use domain::time::{DAY, HOUR};
use services::health::{self, Check, JOBS, Stand};
use services::{ActError, Keys, keys, logbook};
use store::{Conn, outbox, system};

both_engines!(the_doctor_says_how_it_stands, super::stands);

async fn reader(app: &TestApp) -> Conn {
    app.world.db.read().await.unwrap()
}

/// The worst of them, and all that is said.
fn worst(checks: &[Check]) -> (Stand, String) {
    let text = checks.iter().map(|check| check.text.as_str()).collect::<Vec<_>>().join("\n");
    (checks.iter().map(|check| check.stand).max().unwrap(), text)
}

async fn stands(app: TestApp) {
    keys_are_known(&app).await;
    letters_wait(&app).await;
    clocks_differ(&app).await;
    jobs_stand_still(&app).await;
    log_and_ledger(&app).await;
}

async fn keys_are_known(app: &TestApp) {
    let (world, dir) = (&app.world, &app.world.data_dir);
    let look = async || worst(&health::keys(&mut reader(app).await, dir, app.world.now()).await.unwrap());
    assert_eq!(look().await.0, Stand::Warning, "nothing was started yet");
    health::know_server_key(world).await.unwrap();
    let (stand, text) = look().await;
    assert!(stand == Stand::Wrong && text.contains("server.key is missing"), "{text}");
    let path = Keys::path(dir);
    keys::write_key(&path, &[8; 32]).unwrap();
    assert!(look().await.1.contains("is not the key that this database was used with"));
    std::fs::write(&path, "short").unwrap();
    assert!(look().await.1.contains("does not hold 32 bytes"));
    std::fs::write(&path, [7; 32]).unwrap();
    opened(world).await;
    logbook::digest(world).await.unwrap();
    let (stand, text) = look().await;
    assert!(stand == Stand::Ok && text.contains("1 open boxes"), "{text}");
    // The box of a running vote, and the key of the log.
    for (path, said) in [
        (dir.join("round-keys/1.key"), "Voting in round"),
        (logbook::key::path(dir), "that signs the audit log is missing"),
    ] {
        let kept = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let (stand, text) = look().await;
        assert!(stand == Stand::Wrong && text.contains(said), "{text}");
        assert!(!path.exists(), "the doctor makes nothing");
        keys::write_key(&path, &kept.try_into().unwrap()).unwrap();
        assert_eq!(look().await.0, Stand::Ok);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
            assert!(look().await.1.contains("chmod 600"));
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        }
    }
}

async fn letters_wait(app: &TestApp) {
    let look = async |now| worst(&health::letters(&mut reader(app).await, now).await.unwrap());
    let write = app.world.db.write::<_, ActError, _>(|u| {
        Box::pin(async move {
            outbox::post(u, "confirm", "a@buurt.test", "nl", "{}", START).await?;
            Ok(outbox::due(u, START + 10 * DAY).await?.first().map(|due| due.id).unwrap())
        })
    });
    let id = write.await.unwrap();
    assert_eq!(look(START + 60).await.0, Stand::Ok);
    assert_eq!(look(START + 600).await.0, Stand::Warning);
    let (stand, text) = look(START + 2 * HOUR).await;
    assert!(stand == Stand::Wrong && text.contains("a mail was not sent"), "{text}");
    let given_up = app
        .world
        .db
        .write::<_, ActError, _>(move |u| Box::pin(async move { Ok(outbox::not_sent(u, id, None, START).await?) }));
    given_up.await.unwrap();
    assert!(look(START + 2 * HOUR).await.1.contains("1 letters of the last week were given up"));
}

async fn clocks_differ(app: &TestApp) {
    let mut c = reader(app).await;
    let base = c.clock().await.unwrap();
    assert!(base > START, "the test runs after the stories begin");
    let newest = store::audit::newest(&mut c).await.unwrap().unwrap();
    for (now, ahead, stand) in [
        (base, 0, Stand::Ok),
        (base - 20, 0, Stand::Warning),
        (base + 300, 0, Stand::Wrong),
        (base + 300, 300, Stand::Ok),
        (newest - 100, newest - 100 - base, Stand::Wrong),
    ] {
        let check = health::clock(&mut c, now, ahead).await.unwrap();
        assert_eq!(check.stand, stand, "{}", check.text);
    }
}

async fn jobs_stand_still(app: &TestApp) {
    let look = async |now| worst(&health::jobs(&mut reader(app).await, now).await.unwrap());
    assert!(look(START).await.1.contains("No job ever ran"));
    let ran = async |name: &'static str, at: i64| {
        let write = app.world.db.write::<_, ActError, _>(move |u| {
            Box::pin(async move { Ok(system::lease(u, name, "h", at, at + 60).await?) })
        });
        assert!(write.await.unwrap());
    };
    for name in JOBS {
        ran(name, START).await;
    }
    assert_eq!(look(START + 60).await.0, Stand::Ok);
    let (stand, text) = look(START + HOUR).await;
    assert!(stand == Stand::Warning && text.contains("Is `fijnebuurt serve` running?"), "{text}");
    for name in JOBS.iter().filter(|name| **name != "close") {
        ran(name, START + HOUR).await;
    }
    let (stand, text) = look(START + HOUR).await;
    assert!(stand == Stand::Wrong && text.contains("The job 'close' last ran"), "{text}");
}

async fn log_and_ledger(app: &TestApp) {
    assert_eq!(worst(&health::ledger(&app.world).await.unwrap()).0, Stand::Ok);
    let (stand, text) = worst(&health::log(&app.world).await);
    assert!(stand == Stand::Ok && text.contains("fixed up to"), "{text}");
    app.clock.forward(3 * DAY);
    let (stand, text) = worst(&health::log(&app.world).await);
    assert!(stand == Stand::Warning && text.contains("Is `fijnebuurt serve` running"), "{text}");
    let file = logbook::file_of(&logbook::folder(&app.world.data_dir), "2026-11-18");
    std::fs::write(file, "{}").unwrap();
    let (stand, text) = worst(&health::log(&app.world).await);
    assert!(stand == Stand::Wrong && text.contains("Keep a copy"), "{text}");
}
