//! Secrecy of survey answers, looked at by the program of `dump`: it gets a dump of every table and column, the mails, the log
//! at its most talkative and the operator's figures, before the close and after it. And shown leaks, so that it is known to see
//! them.

mod play;

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::dump::linking::{
    ANSWERS, Evidence, Secret, Table, alike, dump, in_common, order_told, secrets_told, words_that_came,
};
use crate::dump::{ONE, everything, plant, set, site};
use crate::listen::Listening;
use domain::access::Actor;
use domain::form::Raw;
use play::{AFTER, CLOSE, Given, Played, SLUG, Who};
use services::{ActError, World, boxkeys, keys, surveys};
use std::collections::{BTreeSet, HashMap, HashSet};

both_engines!(nothing_joins_an_answer_to_a_person, super::nothing_joins);

const AUDIT: &str =
    "INSERT INTO audit (at, actor_id, act, subject_kind, subject_id, detail) VALUES (1, 3, 'leak', 'wave', 1, $1)";

async fn nothing_joins(app: TestApp) {
    let _one = ONE.lock().await;
    let world = app.world.clone();
    let engine = world.db.read().await.unwrap().engine();
    let mut play = play::open(&app, site(&app)).await;
    let opened = dump(&world).await;
    let log = Listening::start();
    play.answers(&world).await;
    an_answer_writes_into_the_box_alone(&opened, &dump(&world).await);
    play.deeds(&world).await;
    let live = everything(&world, &play.site, &log).await;
    while_answers_are_taken(&play, &opened, &live, engine);
    the_key_is_what_it_takes(&world, &play, &live, engine).await;
    leaks_are_seen_while_answers_are_taken(&world, &play, &opened, live).await;

    let rest = Listening::start();
    drop(log);
    app.clock.set(CLOSE);
    close_needs_the_key(&world).await;
    let mut after = everything(&world, &play.site, &rest).await;
    // The leaks of before were planted by this test.
    let audit = after.tables.iter_mut().find(|t| t.name == "audit").unwrap();
    audit.rows.retain(|row| !row.contains(&"leak".to_owned()));
    after_the_close(&play, &after);
    leaks_are_seen_after_the_close(&world, &play, &rest).await;
}

fn rows<'a>(tables: &'a [Table], name: &str) -> &'a [Vec<String>] {
    &tables.iter().find(|t| t.name == name).unwrap().rows
}

/// All cells of a column.
fn column<'a>(tables: &'a [Table], name: &str, column: &str) -> Vec<&'a str> {
    let table = tables.iter().find(|t| t.name == name).unwrap();
    let at = table.columns.iter().position(|c| c == column).unwrap();
    table.rows.iter().map(|row| row[at].as_str()).collect()
}

/// Beside the box, only the limit on answers by the link counts: per network and hour, under a hash.
fn an_answer_writes_into_the_box_alone(opened: &[Table], now: &[Table]) {
    let changed = now.iter().zip(opened).filter(|(a, b)| a.rows != b.rows).map(|(a, _)| a.name.clone());
    assert_eq!(changed.collect::<BTreeSet<_>>(), set(["answer_box", "answer_retry", "limiter"]));
    assert_eq!(rows(opened, "limiter").len(), 0);
    assert_eq!(column(now, "limiter", "bucket").into_iter().collect::<HashSet<_>>(), HashSet::from(["open-answers"]));
}

/// Lines in which a mark stands beside its name.
fn marks_told(evidence: &Evidence) -> BTreeSet<String> {
    let told = |line: &str| {
        let mut after = line.split("mark").skip(1);
        after.any(|rest| {
            let value = rest.trim_start_matches(['\\', '"', ':', '=', '(', ' ']).trim_start_matches("Some(");
            value.len() < rest.len() && value.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    evidence.lines.iter().filter(|(_, line)| told(line)).map(|(source, _)| (*source).to_owned()).collect()
}

/// Words of the answers that went nowhere else.
fn kept(play: &Played) -> HashSet<String> {
    let words = play.secrets.iter().filter(|s| s.what == "a word" && s.stands_in.is_empty());
    words.map(|s| s.text.clone()).collect()
}

fn while_answers_are_taken(play: &Played, opened: &[Table], live: &Evidence, engine: &str) {
    let none = BTreeSet::new();
    let (boxed, retries) = (rows(&live.tables, "answer_box"), rows(&live.tables, "answer_retry"));
    assert_eq!((boxed.len(), retries.len(), play.answers.len()), (38, 6, 38), "everybody answered");
    assert_eq!((rows(&live.tables, "initiative").len(), rows(&live.tables, "help_offer").len()), (6, 6));
    assert!(live.lines.iter().any(|(_, line)| line.contains("INSERT INTO answer_box")), "the log is talkative");
    assert!(live.lines.iter().any(|(source, line)| *source == "figures" && line.contains("peiling")));
    assert_eq!(secrets_told(live, &play.secrets), none);
    assert_eq!(words_that_came(opened, live, &kept(play)), none, "what was said stands nowhere");
    assert_eq!(marks_told(live), none);
    assert_eq!(alike(live, &ANSWERS), none, "who answered alike");
    // PostgreSQL keeps rows in the order in which they came, and numbers who wrote them: docs/secrecy.md says so.
    let expected = match engine {
        "postgres" => set(["answer_box as stored", "answer_box sys_xmin"]),
        _ => none,
    };
    assert_eq!(order_told(live, &pseudonyms(play, live)), expected);
}

/// Pseudonyms with the place of their answer in the order in which they were taken; only the test knows whose they are.
fn pseudonyms(play: &Played, live: &Evidence) -> HashMap<String, usize> {
    let texts: HashSet<&str> = column(&live.tables, "answer_box", "pseudonym").into_iter().collect();
    let known: HashMap<String, usize> =
        play.pseudonyms.iter().map(|(who, p)| (p.clone(), play.answers[who].cast)).collect();
    assert!(known.len() == 32 && known.keys().all(|p| texts.contains(p.as_str())));
    known
}

/// Pseudonyms in the box that this key makes of accounts and letters that the dump names.
fn made_by(key: &[u8; 32], live: &Evidence) -> usize {
    let boxed: HashSet<&str> = column(&live.tables, "answer_box", "pseudonym").into_iter().collect();
    let accounts = column(&live.tables, "account", "id").into_iter();
    let accounts = accounts.map(|id| keys::tag(key, &[b"resident\0", &id.parse::<i64>().unwrap().to_be_bytes()]));
    let letters = column(&live.tables, "wave_code", "hash").into_iter();
    let letters = letters.map(|hash| keys::tag(key, &[b"letter\0", hash.as_bytes()]));
    accounts.chain(letters).filter(|tag| boxed.contains(services::hex(tag).as_str())).count()
}

async fn the_key_is_what_it_takes(world: &World, play: &Played, live: &Evidence, engine: &str) {
    // With it, everybody with an account or a letter is told; who came by the link never, since no form's key is kept.
    assert_eq!(made_by(&play::key(world).unwrap(), live), 32);
    // Nothing in the dump, nor the server's own key, does in its place.
    let mut tried = 0;
    let cells = live.tables.iter().flat_map(|t| t.rows.iter().flatten());
    for cell in cells.filter_map(|cell| services::unhex(cell)?.try_into().ok()).chain([[7; 32], [0; 32]]) {
        assert_eq!(made_by(&cell, live), 0);
        tried += 1;
    }
    assert!(tried > 100, "{tried}");
    let path = boxkeys::wave_key(world, SLUG);
    let key = std::fs::read(&path).unwrap();
    let wave = store::waves::by_slug(&mut world.db.read().await.unwrap(), SLUG).await.unwrap().unwrap();
    let code = play.answers[&Who::Link(0)].code.grouped();
    assert!(surveys::own_answer(world, &wave, &code).await.unwrap().is_some());
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(surveys::own_answer(world, &wave, &code).await, Err(ActError::Broken(_))));
    let raw = Raw::from_pairs(&[("mark", "1"), ("buurt", "1")]);
    let given = surveys::answer(world, &Actor::default(), SLUG, &raw, "nl", "a-form-without-key-1").await;
    assert!(matches!(given, Err(ActError::Broken(_))), "without the key nothing is taken, and no key is made anew");
    std::fs::write(&path, key).unwrap();
    // Who makes a plan as soon as they answered: on PostgreSQL `xmin` sets the two side by side, as docs/secrecy.md says. It
    // tells that they answered, and which pseudonym is theirs; the answer itself is sealed.
    if engine == "postgres" {
        let order = |name: &str, by: &str| {
            let cells = column(&live.tables, name, by).into_iter().map(str::to_owned);
            let marks = column(&live.tables, name, "sys_xmin").into_iter().map(|x| x.parse::<i64>().unwrap());
            marks.zip(cells).collect::<Vec<_>>()
        };
        let boxed = order("answer_box", "pseudonym");
        for (plan, account) in order("initiative", "account_id") {
            let before = boxed.iter().filter(|(x, _)| *x < plan).max().unwrap();
            let n = play.residents.iter().position(|id| id.to_string() == account).unwrap();
            assert_eq!(Some(&before.1), play.pseudonyms.get(&Who::Account(n)));
        }
    }
}

async fn leaks_are_seen_while_answers_are_taken(world: &World, play: &Played, opened: &[Table], mut live: Evidence) {
    let (given, pseudonym) = (&play.answers[&Who::Account(7)], &play.pseudonyms[&Who::Account(7)]);
    plant(world, AUDIT, vec![format!("voter {pseudonym} with {}", given.code.grouped()).into()]).await;
    let ear = Listening::start();
    tracing::trace!(code = play.letters[1].code.grouped(), "somebody came");
    tracing::debug!("they said {} and mark: Some(7)", given.words[2]);
    let leaky = everything(world, &play.site, &ear).await;
    let told = secrets_told(&leaky, &play.secrets);
    let expected =
        ["a letter's code in log", "a pseudonym in audit.detail", "a word in log", "an own code in audit.detail"];
    assert_eq!(told, set(expected));
    assert_eq!(words_that_came(opened, &leaky, &kept(play)), set(["log"]));
    assert_eq!(marks_told(&leaky), set(["log"]));
    // Two with one digest, as the words alone would give; and one of another length.
    let table = live.tables.iter_mut().find(|t| t.name == "answer_box").unwrap();
    let at = |name: &str| table.columns.iter().position(|c| c == name).unwrap();
    let (digest, good) = (at("digest"), at("good"));
    table.rows[0][digest] = table.rows[1][digest].clone();
    table.rows[2][good].push('0');
    assert_eq!(alike(&live, &ANSWERS), set(["lengths of answer_box.good", "the same in answer_box.digest"]));
}

/// Closes; without the key it waits.
async fn close_needs_the_key(world: &World) {
    let path = boxkeys::wave_key(world, SLUG);
    let key = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(surveys::close_due(world).await, Err(ActError::Broken(_))));
    std::fs::write(&path, key).unwrap();
    assert_eq!(surveys::close_due(world).await.unwrap(), 1);
    assert!(!path.exists(), "the key is destroyed");
}

/// What stands in rows of answers, with the place of its writer in an order. Only words that went nowhere else.
fn owners(play: &Played, place: impl Fn(Who, &Given) -> usize) -> HashMap<String, usize> {
    play.answers.iter().map(|(who, given)| (given.words[0].clone(), place(*who, given))).collect()
}

fn moments() -> std::ops::Range<i64> {
    START - 1_000_000..CLOSE + 1_000_000
}

fn after_the_close(play: &Played, after: &Evidence) {
    let none = BTreeSet::new();
    assert_eq!((rows(&after.tables, "answer_box").len(), rows(&after.tables, "answer_retry").len()), (0, 0));
    assert_eq!(rows(&after.tables, "answer").len(), 38);
    // Words are in the clear now, each in its answer alone, but for those that were carried on, and those that were replaced;
    // pseudonyms have no place any more.
    let last: HashSet<&String> = play.answers.values().flat_map(|a| &a.words).collect();
    let allowed = |secret: &Secret| match secret.what {
        "a word" if !last.contains(&secret.text) || play.carried.contains(&secret.text) => secret.stands_in,
        "a word" => AFTER,
        _ => &[],
    };
    let uncarried = play.secrets.iter().filter(|s| !play.carried.contains(&s.text));
    let secrets: Vec<Secret> = uncarried.map(|s| Secret { stands_in: allowed(s), ..s.clone() }).collect();
    assert_eq!(secrets_told(after, &secrets), none);
    // Carried texts are all that answers have in common with anything, ...
    let carried = [
        "answer.better = initiative_draft.payload",
        "answer.better = initiative.what",
        "answer.can_do = help_offer.words",
    ];
    assert_eq!(in_common(after, &ANSWERS, &HashSet::new(), moments()), set(carried));
    // ... and without texts that are equal nothing is left.
    let mut apart = after.clone();
    let said: HashSet<String> =
        AFTER.iter().flat_map(|place| column(&after.tables, "answer", &place[7..])).map(str::to_owned).collect();
    let mut removed = 0;
    for table in apart.tables.iter_mut().filter(|t| !t.name.starts_with("answer")) {
        for cell in table.rows.iter_mut().flatten() {
            for text in said.iter().filter(|text| cell.contains(text.as_str())).collect::<Vec<_>>() {
                *cell = cell.replace(text, "");
                removed += 1;
            }
        }
    }
    assert_eq!(removed, play.carried.len());
    assert_eq!(in_common(&apart, &ANSWERS, &HashSet::new(), moments()), none);
    let orders: [fn(Who, &Given) -> usize; 2] = [
        |_, given| given.cast,
        |who, _| match who {
            Who::Account(n) => n,
            Who::Letter(n) => 100 + n,
            Who::Link(n) => 200 + n,
        },
    ];
    for order in orders {
        assert_eq!(order_told(after, &owners(play, order)), none, "neither when it was given nor by whom");
    }
    let owners = owners(play, |_, given| given.cast);
    let seen =
        column(&after.tables, "answer", "good").into_iter().filter(|text| owners.keys().any(|w| text.contains(w)));
    assert_eq!(seen.count(), 38, "the program knows whose rows these are");
}

async fn leaks_are_seen_after_the_close(world: &World, play: &Played, log: &Listening) {
    let mut given: Vec<(&Who, &Given)> = play.answers.iter().collect();
    given.sort_by_key(|(_, g)| g.cast);
    // Tables that nobody told this test of.
    plant(world, "CREATE TABLE leak (id BIGINT NOT NULL PRIMARY KEY, word TEXT NOT NULL)", Vec::new()).await;
    plant(world, "CREATE TABLE answer_leak (who TEXT NOT NULL, at BIGINT NOT NULL)", Vec::new()).await;
    for (n, (who, answer)) in given.iter().enumerate() {
        let word = answer.words[0].as_str().into();
        plant(world, "INSERT INTO leak (id, word) VALUES ($1, $2)", vec![n.into(), word]).await;
        if let Who::Account(n) = who {
            let who = services::hex(&keys::digest(&play.residents[*n].to_be_bytes()));
            let moment = (CLOSE - 1).into();
            plant(world, "INSERT INTO answer_leak (who, at) VALUES ($1, $2)", vec![who.into(), moment]).await;
        }
    }
    tracing::info!("somebody said {}", given[5].1.words[1]);
    let leaky = everything(world, &play.site, log).await;
    let told = in_common(&leaky, &ANSWERS, &HashSet::new(), moments());
    for part in ["answer.good = leak.word", "answer.better = log", "answer_leak.at is a moment"] {
        assert!(told.contains(part), "{part} in {told:?}");
    }
    assert!(told.iter().any(|t| t.starts_with("answer_leak.who = the hash of ")), "{told:?}");
    let told = order_told(&leaky, &owners(play, |_, g| g.cast));
    assert!(told.contains("leak as stored") && told.contains("leak id"), "{told:?}");
}
