//! The audit log: who did what in which role, chained and signed, and nothing of it changed, removed or put back unseen.

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::doctor::tamper;
use crate::rounds::opened;
use domain::time::DAY;
use services::logbook::verify::{Asked, CannotCheck, Finding, Report, verify};
use services::logbook::{self, key, line};
use services::{ActError, hex};
use store::audit::{self as rows, Digest};
use store::{Db, sql};

fn asked(app: &TestApp) -> Asked {
    let data_dir = app.world.data_dir.clone();
    Asked { digests: logbook::folder(&data_dir), public_keys: Vec::new(), data_dir }
}

async fn check(app: &TestApp) -> Report {
    verify(&app.world.db, &asked(app)).await.unwrap()
}

/// What the job does.
async fn a_round_of_the_job(app: &TestApp) {
    while logbook::chain(&app.world, false).await.unwrap() > 0 {}
    if logbook::digest_due(&app.world).await.unwrap() {
        logbook::digest(&app.world).await.unwrap();
    }
}

/// Lets somebody who owns the database do as they like.
async fn open_up(app: &TestApp) {
    let guards: &[&str] = if matches!(app.world.db, Db::Sqlite(_)) {
        &[
            "DROP TRIGGER audit_no_update",
            "DROP TRIGGER audit_no_delete",
            "DROP TRIGGER audit_chain_no_update",
            "DROP TRIGGER audit_chain_no_delete",
            "DROP TRIGGER audit_digest_no_update",
            "DROP TRIGGER audit_digest_no_delete",
        ]
    } else {
        &[
            "ALTER TABLE audit DISABLE TRIGGER ALL",
            "ALTER TABLE audit_chain DISABLE TRIGGER ALL",
            "ALTER TABLE audit_digest DISABLE TRIGGER ALL",
        ]
    };
    tamper(app, guards).await;
}

fn blob(app: &TestApp, bytes: &[u8]) -> String {
    if matches!(app.world.db, Db::Sqlite(_)) {
        format!("x'{}'", hex(bytes))
    } else {
        format!("'\\x{}'::bytea", hex(bytes))
    }
}

async fn a_line(app: &TestApp, detail: &str) {
    let (now, detail) = (app.world.now(), detail.to_owned());
    let written = app.world.db.write::<_, ActError, _>(move |u| {
        Box::pin(async move { Ok(services::audit(u, now, None, "warn_case", ("initiative", 1), &detail).await?) })
    });
    written.await.unwrap();
}

both_engines!(the_log_is_chained_and_signed, super::signed);

async fn signed(app: TestApp) {
    // A line and a link from before roles were kept, with a line end in it.
    let old = rows::Line {
        id: 7000,
        at: START - DAY,
        actor: Some(3),
        role: String::new(),
        place: String::new(),
        act: "change_settings".into(),
        subject_kind: "setting".into(),
        subject_id: 0,
        detail: "a\nb".into(),
    };
    let hash = blob(&app, &line::link(1, 1, &[0; 32], &old));
    let before = "INSERT INTO audit (id, at, actor_id, act, subject_kind, subject_id, detail) VALUES (7000, 1794913600, 3, 'change_settings', 'setting', 0, 'a\nb')";
    let link = format!("INSERT INTO audit_chain (seq, audit_id, hash) VALUES (1, 7000, {hash})");
    tamper(&app, &[before, &link]).await;
    opened(&app.world).await;
    // Written before the newest, committed after it.
    a_round_of_the_job(&app).await;
    tamper(&app, &["INSERT INTO audit (id, at, role, act, subject_kind, subject_id) VALUES (6999, 1795000000, 'system', 'warn_case', 'initiative', 1)"]).await;
    a_line(&app, "1").await;
    let report = check(&app).await;
    assert_eq!((report.findings.as_slice(), report.lodged), (&[][..], 1));
    assert_eq!((report.unprotected, report.since), (2, Some(START)));
    let (day, at, seq) = report.protected.clone().unwrap();
    assert_eq!((day.as_str(), at, seq), ("2026-11-18", START, report.links));

    // The next day's digest covers them, and follows on the one before. A second round changes nothing.
    app.clock.forward(DAY);
    a_round_of_the_job(&app).await;
    a_round_of_the_job(&app).await;
    let whole = check(&app).await;
    assert_eq!((whole.findings.as_slice(), whole.lodged, whole.unprotected, whole.links), (&[][..], 2, 0, seq + 2));
    let all = rows::digests(&mut app.world.db.read().await.unwrap()).await.unwrap();
    assert_eq!(all[1].previous, line::name(&all[0]));
    assert_eq!(all[0].previous, [0; 32]);
    let file = logbook::file_of(&logbook::folder(&app.world.data_dir), "2026-11-19");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), line::file(&all[1]));
    by_the_documentation(&app, &all[1]);
    // A quiet day has one as well; a file that was lost is laid down again; a clock that went back makes none.
    app.clock.forward(DAY);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(check(&app).await.not_lodged, ["2026-11-19"]);
    a_round_of_the_job(&app).await;
    app.clock.forward(-3 * DAY);
    a_round_of_the_job(&app).await;
    app.clock.forward(3 * DAY);
    assert!(file.exists());
    let whole = check(&app).await;
    assert_eq!((whole.findings.as_slice(), whole.lodged), (&[][..], 3));

    // A digest needs its key, and never makes another.
    let path = key::path(&app.world.data_dir);
    let kept = std::fs::read(&path).unwrap();
    app.clock.forward(DAY);
    for wrong in [None, Some([1u8; 32].as_slice()), Some(&kept[..31])] {
        std::fs::remove_file(&path).unwrap();
        wrong.iter().for_each(|bytes| std::fs::write(&path, bytes).unwrap());
        assert!(matches!(key::look(&app.world).await, Err(ActError::Broken(_))));
        assert!(matches!(logbook::digest(&app.world).await, Err(ActError::Broken(_))));
        assert_eq!(path.exists(), wrong.is_some());
        std::fs::write(&path, &kept).unwrap();
    }
    logbook::digest(&app.world).await.unwrap();
    std::fs::remove_dir_all(logbook::folder(&app.world.data_dir)).unwrap();
    let none = verify(&app.world.db, &asked(&app)).await;
    assert!(matches!(none, Err(CannotCheck::Files(_))), "no digests: nothing can be said");
}

/// The program of `docs/audit.md`, as it stands there, comes to the same chain. Told where there is no python3.
fn by_the_documentation(app: &TestApp, digest: &Digest) {
    if !matches!(app.world.db, Db::Sqlite(_)) {
        return;
    }
    let page = include_str!("../../../docs/audit.md");
    let program = page.split("```python\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let program = program.replace("fijnebuurt.db", "test.db");
    let run = std::process::Command::new("python3").args(["-c", &program]).current_dir(&app.world.data_dir).output();
    let Ok(run) = run else {
        println!("skipped: python3 is missing");
        return;
    };
    let said = String::from_utf8_lossy(&run.stdout);
    let expected = format!("{} links: {}\n", digest.seq, hex(&digest.hash));
    assert_eq!(said, expected, "{}", String::from_utf8_lossy(&run.stderr));
}

both_engines!(what_was_tampered_with_is_named, super::tampered);

/// What is done, and how it is taken away again.
type Plant = (Vec<String>, Vec<String>);

async fn tampered(app: TestApp) {
    opened(&app.world).await;
    a_round_of_the_job(&app).await;
    app.clock.forward(DAY);
    for n in 0..5 {
        a_line(&app, &n.to_string()).await;
    }
    a_round_of_the_job(&app).await;
    let sound = check(&app).await;
    assert_eq!((sound.findings.as_slice(), sound.unprotected), (&[][..], 0));
    let end = sound.links;
    let before = sound.links - 5;
    let links = rows::links(&mut app.world.db.read().await.unwrap(), 0, 10_000).await.unwrap();
    let id = |seq: i64| links.iter().find(|link| link.seq == seq).unwrap().line_id;
    open_up(&app).await;
    let (k, last, day) = (3, id(end), "2026-11-19");
    let changed = Finding::Changed { id: id(k), seq: k };
    let copy = |table: &str, rule: String| {
        (
            vec![
                format!("CREATE TABLE gone_{table} AS SELECT * FROM {table} WHERE {rule}"),
                format!("DELETE FROM {table} WHERE {rule}"),
            ],
            vec![format!("INSERT INTO {table} SELECT * FROM gone_{table}"), format!("DROP TABLE gone_{table}")],
        )
    };
    let all_of = |parts: Vec<Plant>| {
        let undo = parts.iter().rev().flat_map(|part| part.1.clone()).collect();
        (parts.into_iter().flat_map(|part| part.0).collect::<Vec<_>>(), undo)
    };
    let set = |what: &str, was: &str| {
        (
            vec![format!("UPDATE audit SET {what} WHERE id = {}", id(k))],
            vec![format!("UPDATE audit SET {was} WHERE id = {}", id(k))],
        )
    };
    let swap = vec![
        format!("UPDATE audit SET id = -1 WHERE id = {}", id(k)),
        format!("UPDATE audit SET id = {} WHERE id = {}", id(k), id(k + 1)),
        format!("UPDATE audit SET id = {} WHERE id = -1", id(k + 1)),
    ];
    let line_k = links[2].line.clone().unwrap();
    let plants: Vec<(Plant, Finding)> = vec![
        (set("detail = 'x'", &format!("detail = '{}'", line_k.detail)), changed.clone()),
        (set("role = 'staff'", &format!("role = '{}'", line_k.role)), changed.clone()),
        (set("at = at + 1", "at = at - 1"), changed.clone()),
        (
            set("actor_id = 99", &line_k.actor.map_or("actor_id = NULL".into(), |a| format!("actor_id = {a}"))),
            changed.clone(),
        ),
        ((swap.clone(), swap), changed.clone()),
        (
            (
                vec![format!("UPDATE audit_chain SET format = 1 WHERE seq = {k}")],
                vec![format!("UPDATE audit_chain SET format = 2 WHERE seq = {k}")],
            ),
            changed,
        ),
        (copy("audit", format!("id = {}", id(k))), Finding::Removed { id: id(k), seq: k }),
        (
            all_of(vec![copy("audit_chain", format!("seq = {k}")), copy("audit", format!("id = {}", id(k)))]),
            Finding::MissingLink { seq: k },
        ),
        (
            all_of(vec![copy("audit_chain", format!("seq = {end}")), copy("audit", format!("id = {last}"))]),
            Finding::CutOff { end: end - 1, to: end, day: day.into() },
        ),
        (
            all_of(vec![
                copy("audit_chain", format!("seq > {before}")),
                copy("audit", "id IN (SELECT audit_id FROM gone_audit_chain)".into()),
                copy("audit_digest", format!("day = '{day}'")),
            ]),
            Finding::OlderCopy { end: before, to: end, day: day.into() },
        ),
    ];
    let plants = plants
        .into_iter()
        .chain([(copy("audit_digest", format!("day = '{day}'")), Finding::UnknownDigest(day.into()))]);
    let plants: Vec<_> = plants.collect();
    for (n, ((plant, undo), expected)) in plants.iter().enumerate() {
        let run = async |texts: &[String]| tamper(&app, &texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
        run(plant).await;
        let found = check(&app).await;
        assert_eq!(found.findings.first(), Some(expected), "corruption {}", n + 1);
        if matches!(expected, Finding::OlderCopy { .. } | Finding::UnknownDigest(_)) {
            // No new digest hides that an old copy was put back.
            assert!(matches!(logbook::digest(&app.world).await, Err(ActError::Broken(_))));
            app.clock.forward(DAY);
            assert!(matches!(logbook::digest(&app.world).await, Err(ActError::Broken(_))));
            app.clock.forward(-DAY);
        }
        run(undo).await;
        assert_eq!(check(&app).await.findings, [], "corruption {} taken away", n + 1);
    }
    rewritten(&app, &links, before).await;
    forged(&app, day).await;
}

/// A line is changed and everything after it worked out anew, in lines and links.
async fn rewritten(app: &TestApp, links: &[rows::Link], before: i64) {
    let mut hash = links[2].hash.clone();
    let mut statements = vec![format!("UPDATE audit SET detail = 'y' WHERE id = {}", links[3].line_id)];
    for link in &links[3..] {
        let mut line = link.line.clone().unwrap();
        if link.seq == 4 {
            line.detail = "y".into();
        }
        hash = line::link(2, link.seq, &hash, &line).to_vec();
        statements.push(format!("UPDATE audit_chain SET hash = {} WHERE seq = {}", blob(app, &hash), link.seq));
    }
    tamper(app, &statements.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let found = check(app).await;
    let expected = Finding::Rewritten { from: 1, to: before, day: "2026-11-18".into() };
    assert_eq!(found.findings.first(), Some(&expected));
    let detail = links[3].line.clone().unwrap().detail;
    let mut undo = vec![format!("UPDATE audit SET detail = '{detail}' WHERE id = {}", links[3].line_id)];
    undo.extend(
        links[3..]
            .iter()
            .map(|link| format!("UPDATE audit_chain SET hash = {} WHERE seq = {}", blob(app, &link.hash), link.seq)),
    );
    tamper(app, &undo.iter().map(String::as_str).collect::<Vec<_>>()).await;
    assert_eq!(check(app).await.findings, []);
}

/// Digests that were not made with the key of this log.
async fn forged(app: &TestApp, day: &str) {
    let file = logbook::file_of(&logbook::folder(&app.world.data_dir), day);
    let kept = std::fs::read_to_string(&file).unwrap();
    let digest = line::read(&kept).unwrap();
    // A key of their own signs another one.
    let other = TestApp::sqlite().await;
    a_line(&other, "").await;
    a_round_of_the_job(&other).await;
    let stranger = rows::digests(&mut other.world.db.read().await.unwrap()).await.unwrap().remove(0);
    let forged = [
        Digest { hash: vec![5; 32], ..digest.clone() },
        Digest { signature: stranger.signature.clone(), ..digest.clone() },
        Digest { day: day.into(), ..stranger },
        Digest { at: digest.at + 1, ..digest.clone() },
    ];
    for forged in forged {
        std::fs::write(&file, line::file(&forged)).unwrap();
        let found = check(app).await.findings;
        assert_eq!(found, [Finding::NotSigned { day: day.into(), lodged: true }]);
    }
    std::fs::write(&file, &kept[..40]).unwrap();
    assert!(matches!(check(app).await.findings.as_slice(), [Finding::NoDigest(_)]));
    std::fs::write(&file, &kept).unwrap();
    // Who knows the public key trusts nothing of this machine.
    let given = |key: Vec<u8>| Asked { public_keys: vec![key], ..asked(app) };
    assert_eq!(verify(&app.world.db, &given(digest.public_key.clone())).await.unwrap().findings, []);
    let strange = verify(&app.world.db, &given(vec![9; 32])).await.unwrap().findings;
    assert_eq!(strange.iter().filter(|f| matches!(f, Finding::NotSigned { lodged: true, .. })).count(), 2);
    // The database is taught another key: the file does not agree.
    let known = sql!("UPDATE setting SET value = $1 WHERE key = 'audit_public_key'");
    let teach = async |value: String| {
        let db = &app.world.db;
        db.write::<_, ActError, _>(move |u| Box::pin(async move { Ok(u.exec(known, &[value.into()]).await?) }))
            .await
            .unwrap()
    };
    teach(hex(&[9; 32])).await;
    assert!(check(app).await.findings.contains(&Finding::OtherKey));
    teach(hex(&digest.public_key)).await;
    assert_eq!(check(app).await.findings, []);
}
