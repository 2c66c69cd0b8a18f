//! The log at the administrators' desk, in which role acts were done, and its digests for everyone.

use crate::both_engines;
use crate::browser::Browser;
use crate::common::{START, TestApp};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::access::log::{KEPT, KINDS};
use domain::access::{Grant, Role, Scope};
use services::logbook::{self, line};
use services::{ActError, World, audit};
use std::path::Path;
use store::audit::{self as rows, list};
use store::{accounts, sql};

/// An administrator, a moderator of two buurten who also works for the stadsdeel, and a resident: accounts 1, 2, 3.
async fn people(world: &World) {
    let write = world.db.write::<_, ActError, _>(|u| {
        Box::pin(async move {
            for (n, name) in ["Marlon", "Fatma <b>", "Willem"].into_iter().enumerate() {
                let email = format!("m{n}@buurt.test");
                let new = accounts::NewAccount { email: &email, name, password_hash: None, lang: "nl", buurt_id: Some(1), confirmed_at: Some(1), at: 1 };
                assert_eq!(accounts::create(u, &new).await?, n as i64 + 1);
            }
            let grants = [
                (1, Role::Administrator, Scope::City),
                (2, Role::Moderator, Scope::Buurt(2)),
                (2, Role::Moderator, Scope::Buurt(1)),
                (2, Role::Staff, Scope::Stadsdeel(1)),
            ];
            for (account, role, scope) in grants {
                accounts::grant(u, account, Grant { role, scope }, "", None, 1).await?;
            }
            u.exec(
                sql!("INSERT INTO initiative (buurt_id, account_id, title, what, why, cost_known, minimum, desired, for_kind, state, created_at) VALUES (1, 3, 'Soep', 'wat', 'waarom', 1, 100, 100, 'resident', 'published', 1)"),
                &[],
            )
            .await?;
            Ok(())
        })
    });
    write.await.unwrap();
}

async fn note(
    world: &World,
    actor: Option<i64>,
    act: &'static str,
    subject: (&'static str, i64),
    detail: &'static str,
) {
    let now = world.now();
    let write = world.db.write::<_, ActError, _>(move |u| {
        Box::pin(async move { Ok(audit(u, now, actor, act, subject, detail).await?) })
    });
    write.await.unwrap();
}

both_engines!(the_log_says_in_which_role, super::roles);

async fn roles(app: TestApp) {
    app.import_budget().await;
    let world = &app.world;
    people(world).await;
    let plan = ("initiative", 1);
    for (actor, act, subject) in [
        (Some(1), "set_up_round", ("round", 1)),
        (Some(2), "publish", plan),
        (Some(2), "verdict", plan),
        (Some(2), "withdraw_plan", plan),
        (Some(2), "release_quote", ("quote", 1)),
        (Some(3), "support", plan),
        (None, "warn_case", plan),
        (None, "sign_up", ("account", 9)),
        (Some(0), "fund_share", ("wijk", 1)),
    ] {
        note(world, actor, act, subject, "").await;
    }
    let filter = list::Filter { from: START, to: i64::MAX, before: i64::MAX, ..list::Filter::default() };
    let lines = list::list(&mut world.db.read().await.unwrap(), &filter, 9).await.unwrap();
    let told: Vec<_> = lines.iter().rev().map(|seen| (seen.line.role.as_str(), seen.line.place.as_str())).collect();
    let expected = [
        ("administrator", "city"),
        ("moderator", "buurt/1"),
        ("staff", "stadsdeel/1"),
        ("resident", ""),
        ("moderator", ""),
        ("resident", ""),
        ("system", ""),
        ("visitor", ""),
        ("system", ""),
    ];
    assert_eq!(told, expected);
    assert_eq!(lines[0].line.actor, None, "who works on the server is no account");
}

both_engines!(administrators_read_the_log, super::desk);

async fn desk(app: TestApp) {
    app.import_budget().await;
    let world = &app.world;
    people(world).await;
    for n in 0..120 {
        note(world, Some(3), "support", ("initiative", 1 + n % 2), "").await;
    }
    note(world, Some(2), "publish", ("initiative", 1), "").await;
    logbook::digest(world).await.unwrap();
    app.clock.forward(domain::time::DAY);
    note(world, Some(3), "report_comment", ("comment", 4), "<script>alert(1)</script>").await;

    let mut browser = Browser::signed_in(&app.router, world, 1, 1).await;
    browser.look("/beheer").await;
    assert!(browser.page.contains("/beheer/logboek"));
    browser.look("/beheer/logboek").await;
    let page = browser.page.clone();
    assert!(page.contains("Een reactie gemeld") && page.contains("Een bewoner (nummer 3)"));
    assert!(
        page.contains("Fatma &lt;b&gt; (nummer 2), als Moderator (Vogelbuurt")
            || page.contains("Fatma &lt;b&gt; (nummer 2), als Moderator")
    );
    assert!(!page.contains("Willem") && !page.contains("<script>alert"), "residents are numbers, and texts are text");
    assert!(page.contains("href=\"/initiatieven/1\"") && page.contains("Vast tot en met regel 122"));
    assert_eq!(page.matches("Nog niet vast").count(), 1);

    // Page by page, with the filters, to the end: each line once.
    let mut path =
        "/beheer/logboek?handeling=support&wie=3&soort=initiative&nummer=1&van=2026-11-18&tot=18-11-2026".to_owned();
    let mut seen = Vec::new();
    loop {
        browser.look(&path).await;
        let lines = browser.page.split("Regel ").skip(1).filter_map(|rest| rest.split(',').next()?.parse::<i64>().ok());
        seen.extend(lines);
        let next = browser.page.split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
        match next {
            Some(next) => path = next.replace("&amp;", "&"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 60);
    assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "{seen:?}");
    for nothing in ["?wie=999", "?tot=2026-11-17", "?handeling=publish&wie=3", "?nummer=1&soort=comment"] {
        browser.look(&format!("/beheer/logboek{nothing}")).await;
        assert!(browser.page.contains("Hier is niets over te vinden"), "{nothing}");
    }
    // What is wrong is told, and stays typed.
    for (wrong, field) in [
        ("wie=Fatma", "wie"),
        ("van=gisteren", "van"),
        ("handeling=x", "handeling"),
        ("soort=y", "soort"),
        ("nummer=-1", "nummer"),
    ] {
        let status = browser.ask(Request::get(format!("/beheer/logboek?{wrong}")), Body::empty()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(browser.page.contains(&format!("href=\"#{field}\"")), "{wrong}");
    }
    browser.look("/beheer/logboek?voor=onzin").await;
    browser.look("/en/beheer/logboek?wie=2").await;
    assert!(browser.page.contains("Published a plan"));

    // Nobody else reads it.
    for (n, account) in [(2, 2), (3, 3)] {
        let mut other = Browser::signed_in(&app.router, world, n, account).await;
        assert_eq!(other.ask(Request::get("/beheer/logboek"), Body::empty()).await, StatusCode::FORBIDDEN);
        assert!(!other.page.contains("Een reactie gemeld"));
    }

    // Digests are for everyone, byte for byte; the log is not.
    let digest = rows::last_digest(&mut world.db.read().await.unwrap()).await.unwrap().unwrap();
    assert_eq!(app.bytes("/data/logboek-2026-11-18.json").await, line::file(&digest).as_bytes());
    let index = app.get("/data/logboek.json").await.text;
    assert!(index.contains(&services::hex(&digest.public_key)) && !index.contains("support"));
    assert!(app.get("/data/index.json").await.text.contains("/data/logboek.json"));
    for missing in ["/data/logboek-2026-11-17.json", "/data/logboek-..json", "/data/logboek-2026-11-18.txt"] {
        assert_eq!(app.get(missing).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

/// Arguments of a call whose opening bracket is just behind.
fn arguments(text: &str) -> Vec<String> {
    let (mut depth, mut quoted, mut args, mut arg) = (0, false, Vec::new(), String::new());
    for ch in text.chars() {
        match ch {
            '"' => quoted = !quoted,
            '(' | '{' | '[' if !quoted => depth += 1,
            ')' if !quoted && depth == 0 => break,
            ')' | '}' | ']' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                args.push(std::mem::take(&mut arg));
                continue;
            }
            _ => {}
        }
        arg.push(ch);
    }
    args.push(arg);
    args
}

fn calls(folder: &Path, found: &mut Vec<(String, String, String)>) {
    for path in std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            calls(&path, found);
        } else if !["world.rs", "logbook.rs"].iter().any(|own| path.ends_with(own)) {
            let text = std::fs::read_to_string(&path).unwrap();
            for (at, _) in text
                .match_indices("audit(")
                .filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
            {
                let args = arguments(&text[at + "audit(".len()..]);
                if args.len() >= 6 {
                    let name = path.file_name().unwrap().to_string_lossy().into_owned();
                    found.push((name, args[3].trim().to_owned(), args[4].trim().to_owned()));
                }
            }
        }
    }
}

#[test]
fn every_key_that_is_written_has_a_text() {
    let mut found = Vec::new();
    calls(&Path::new(env!("CARGO_MANIFEST_DIR")).join("services/src"), &mut found);
    assert!(found.len() > 100, "{}", found.len());
    let mut elsewhere = Vec::new();
    for (file, act, subject) in &found {
        let keys: Vec<&str> = act.split('"').skip(1).step_by(2).collect();
        if keys.is_empty() || act.contains("format!") {
            elsewhere.push(format!("{file} {act}"));
        }
        for key in keys.into_iter().filter(|_| !act.contains("format!")) {
            assert!(
                KEPT.iter().any(|(kept, _)| *kept == key),
                "{file}: put '{key}' into domain::access::log::KEPT, and a text log-act-{key} into the catalogues"
            );
        }
        let kind = subject.split('"').nth(1).unwrap_or_default();
        assert!(
            KINDS.contains(&kind),
            "{file}: put the kind '{kind}' into domain::access::log::KINDS, with a text log-kind-{kind}"
        );
    }
    // Keys that are chosen elsewhere: each was looked up by hand. A new one belongs here when its keys are in KEPT.
    elsewhere.sort();
    elsewhere.dedup();
    assert_eq!(
        elsewhere,
        [
            "bulk.rs name",
            "changes.rs act",
            "changes.rs name",
            "complaints.rs act",
            "counting.rs act",
            "desk.rs act",
            "desk.rs done",
            "evaluations.rs act",
            "invite.rs mail.act",
            "lots.rs act",
            "moderation.rs name",
            "payments.rs name",
            "rounds.rs &format!(\"round_{}\", step.key())",
            "sheets.rs act",
            "terms.rs act",
        ]
    );
}
