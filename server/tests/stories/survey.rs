//! A survey wave: set up, answered once per resident, closed by the clock, and figures only of ten and more.

use crate::both_engines;
use crate::common::{START, TestApp};
use domain::access::{Actor, Denied, Grant, Role, Scope};
use domain::disclosure::AreaId;
use domain::form::{Errors, Problem, Raw};
use domain::survey::{Answer, Asked, Own, Reach};
use domain::vote_code::{RANDOM, VoteCode};
use services::surveys::{self, Entrance, WaveForm, publication};
use services::{ActError, boxkeys};
use store::{accounts, places, sql, waves};

both_engines!(a_wave_from_question_to_result, super::a_wave_from_question_to_result);

pub(crate) fn administrator() -> Actor {
    Actor {
        account: Some(1),
        confirmed: true,
        resident_of: None,
        grants: vec![Grant { role: Role::Administrator, scope: Scope::City }],
        second_factor: true,
        code: None,
    }
}

fn said(mark: &str, good: &str) -> Raw {
    Raw::from_pairs(&[("mark", mark), ("good", good)])
}

/// A wave that asks the fixed questions here.
pub(crate) fn wave_form(title: &str, reach: Reach, open_link: bool) -> WaveForm {
    let asked = Asked::default();
    WaveForm { title: title.into(), reach, asked, open_link, opens_at: START + 100, closes_at: START + 1000 }
}

/// An administrator, and residents of two buurten: twelve and nine.
pub(crate) async fn people(app: &TestApp) -> (i64, i64, Vec<Actor>) {
    let (big, small, accounts) = app
        .world
        .db
        .write(|u| {
            Box::pin(async move {
                let stadsdeel = places::put_stadsdeel(u, "noord", "Noord").await?;
                let wijk = places::put_wijk(u, "noord", "Noord", None).await?;
                let big = places::put_buurt(u, "vogelbuurt", "Vogelbuurt", wijk, stadsdeel).await?;
                let small = places::put_buurt(u, "ijplein", "IJplein", wijk, stadsdeel).await?;
                let mut made = Vec::new();
                for i in 0..22 {
                    let email = format!("bewoner{i}@buurt.test");
                    let new = accounts::NewAccount {
                        email: &email,
                        name: "Bewoner",
                        password_hash: None,
                        lang: "nl",
                        buurt_id: None,
                        confirmed_at: Some(1),
                        at: 1,
                    };
                    made.push(accounts::create(u, &new).await?);
                }
                Ok::<_, ActError>((big, small, made))
            })
        })
        .await
        .unwrap();
    let residents = accounts[1..]
        .iter()
        .enumerate()
        .map(|(i, id)| Actor {
            account: Some(*id),
            confirmed: true,
            resident_of: Some(if i < 12 { big } else { small }),
            ..Actor::default()
        })
        .collect();
    (big, small, residents)
}

async fn a_wave_from_question_to_result(app: TestApp) {
    let world = &app.world;
    let (big, small, residents) = people(&app).await;
    let form = || wave_form("Peiling: voorjaar!", Reach::City, false);
    let by_resident = surveys::set_up(world, &residents[0], form(), "key-of-resident-1".into(), "a".into()).await;
    assert!(matches!(by_resident, Err(ActError::Denied(Denied::NotYours))));
    let slug = surveys::set_up(world, &administrator(), form(), "key-of-wave-000001".into(), "a".into()).await.unwrap();
    assert_eq!(slug, "peiling-voorjaar");
    let wave =
        || async { waves::by_slug(&mut world.db.read().await.unwrap(), "peiling-voorjaar").await.unwrap().unwrap() };

    let answer = |who: &Actor, given: Raw, key: &'static str| {
        let (who, slug) = (who.clone(), slug.clone());
        async move { surveys::answer(world, &who, &slug, &given, "nl", key).await.map(|taken| taken.code.plain()) }
    };
    let early = answer(&residents[0], said("8", "Het park"), "form-early-0000001").await;
    assert!(matches!(early, Err(ActError::Denied(Denied::State))), "not before its time");
    app.clock.set(START + 100);
    let stranger = Actor { resident_of: None, ..residents[0].clone() };
    assert!(matches!(answer(&stranger, said("8", ""), "form-stranger-00001").await, Err(ActError::Denied(_))));
    let eleven = answer(&residents[0], said("11", ""), "form-eleven-000001").await;
    assert!(matches!(eleven, Err(ActError::Form(e)) if e.of("mark").is_some()), "marks go to ten");
    for (i, who) in residents.iter().enumerate() {
        let mark = if i % 2 == 0 { "8" } else { "6" };
        answer(who, said(mark, &format!("Fijn {i}")), "form-first-00000001").await.unwrap();
    }
    // The same form again changes nothing, and is refused with other content; a new form of the same resident takes the place
    // of the old answer, and a late retry of the old form does not bring that back.
    let code = answer(&residents[0], said("8", "Fijn 0"), "form-first-00000001").await.unwrap();
    assert_eq!(code, answer(&residents[0], said("8", "Fijn 0"), "form-first-00000001").await.unwrap(), "one code");
    let other = answer(&residents[0], said("1", "Anders"), "form-first-00000001").await;
    assert!(matches!(other, Err(ActError::Form(_))));
    answer(&residents[1], said("10", "Toch fijn"), "form-second-0000001").await.unwrap();
    answer(&residents[1], said("6", "Fijn 1"), "form-first-00000001").await.unwrap();
    let mut c = world.db.read().await.unwrap();
    for row in c.rows(sql!("SELECT mark, good, better FROM answer_box"), &[]).await.unwrap() {
        assert!(row.opt_int("mark").unwrap().is_none() && row.text("good").unwrap().starts_with("sealed:"));
    }
    drop(c);

    assert_eq!(surveys::close_due(world).await.unwrap(), 0, "its time is not over");
    let path = boxkeys::wave_key(world, &slug);
    assert!(path.exists());
    app.clock.set(START + 1000);
    let late = answer(&residents[2], said("1", ""), "form-late-000000001").await;
    assert!(matches!(late, Err(ActError::Denied(Denied::State))));
    assert_eq!(surveys::close_due(world).await.unwrap(), 1);
    assert_eq!(surveys::close_due(world).await.unwrap(), 0);
    assert!(!path.exists(), "the key is destroyed");
    assert!(wave().await.closed);

    assert_eq!(surveys::read_due(world).await.unwrap(), 1);
    let mut c = world.db.read().await.unwrap();
    let (_, draft) = publication::preview(&mut c, &administrator(), &slug, world.now()).await.unwrap();
    let data = draft.unwrap().data;
    assert_eq!(data.scope().and_then(|s| s.answers), Some(21));
    assert_eq!(data.shown.area(AreaId::Buurt(small)).unwrap().answers, None, "nine are too few");
    assert_eq!(data.shown.area(AreaId::Buurt(big)).unwrap().answers, None, "nor can the nine be worked out");
    assert!(data.scope().and_then(|s| s.mean_tenths).is_some_and(|mean| (60..=80).contains(&mean)));
    assert!(data.quotes.is_empty(), "nobody's words are shown before they were released");
}

both_engines!(every_door_leads_to_one_answer, super::every_door);

/// Letters, own codes and the link: each is one answer, changeable until the close; those by the link are kept apart.
async fn every_door(app: TestApp) {
    let world = &app.world;
    let (big, small, residents) = people(&app).await;
    let reach = Reach::Buurt(big);
    let admin = administrator();
    surveys::set_up(world, &admin, wave_form("Deuren", reach, true), "key-of-wave-000002".into(), "a".into())
        .await
        .unwrap();
    let wave = || async { waves::by_slug(&mut world.db.read().await.unwrap(), "deuren").await.unwrap().unwrap() };
    // Until it opens it can be changed; then what it asks stands.
    let mut other = wave_form("Deuren", reach, true);
    other.asked.themes = true;
    surveys::change(world, &admin, &wave().await, other.clone()).await.unwrap();
    assert!(wave().await.asked.themes);
    let denied = surveys::change(world, &residents[0], &wave().await, other.clone()).await;
    assert!(matches!(denied, Err(ActError::Denied(Denied::NotYours))));
    app.clock.set(START + 100);
    let late = surveys::change(world, &admin, &wave().await, other).await;
    assert!(matches!(late, Err(ActError::Denied(Denied::State))), "what residents answer to does not change any more");

    // Letters: only for buurten that are asked, and only administrators make them.
    let asked = |count: &str, buurt: i64| Raw::from_pairs(&[("count", count), ("buurt", &buurt.to_string())]);
    let elsewhere = surveys::issue_codes(world, &admin, &wave().await, &asked("2", small)).await;
    assert!(matches!(elsewhere, Err(ActError::Form(e)) if e == Errors::one("buurt", Problem::NotAChoice)));
    let many = surveys::issue_codes(world, &admin, &wave().await, &asked("2001", big)).await;
    assert!(matches!(many, Err(ActError::Form(e)) if e == Errors::one("count", Problem::OutOfRange(1, 2000))));
    assert!(surveys::issue_codes(world, &residents[0], &wave().await, &asked("2", big)).await.is_err());
    let (name, letters) = surveys::issue_codes(world, &admin, &wave().await, &asked("2", big)).await.unwrap();
    assert_eq!((name.as_str(), letters.len()), ("Vogelbuurt", 2));
    let letter = letters[0].code.grouped().to_lowercase();

    let nobody = Actor::default();
    let open = |typed: String| async move { surveys::entrance(world, &nobody_at_all(), &wave().await, &typed).await };
    assert_eq!(open(letter.clone()).await.unwrap(), Entrance::Letter(big));
    assert_eq!(open(String::new()).await.unwrap(), Entrance::Open);
    let unknown = VoteCode::new([9; RANDOM]).plain();
    for (typed, why) in [
        ("7KQ2".to_owned(), Problem::CodeLength(4)),
        ("7KQ2M9XD0A3F1".to_owned(), Problem::CodeCheck),
        (unknown, Problem::NotAChoice),
    ] {
        let wrong = open(typed).await;
        assert!(matches!(wrong, Err(ActError::Form(e)) if e == Errors::one("code", why)));
    }
    let give = |who: &Actor, fields: &[(&str, &str)], key: &str| {
        let (who, raw, key) = (who.clone(), Raw::from_pairs(fields), key.to_owned());
        async move { surveys::answer(world, &who, "deuren", &raw, "en", &key).await }
    };
    // Wrong codes from one network are counted; a right one still opens.
    for _ in 0..20 {
        assert!(matches!(surveys::enter(world, &nobody, &wave().await, "zzzz", "net").await, Err(ActError::Form(_))));
    }
    assert!(matches!(surveys::enter(world, &nobody, &wave().await, "zzzz", "net").await, Err(ActError::TooMany)));
    assert!(surveys::enter(world, &nobody, &wave().await, &letter, "net").await.is_ok());

    let boxed = || async {
        let mut c = world.db.read().await.unwrap();
        c.row(sql!("SELECT COUNT(*) AS n FROM answer_box"), &[]).await.unwrap().unwrap().int("n").unwrap()
    };
    let first = give(&nobody, &[("code", &letter), ("mark", "6")], "letter-form-0000001").await.unwrap();
    give(&nobody, &[("code", &letter), ("mark", "7")], "letter-form-0000002").await.unwrap();
    assert_eq!(boxed().await, 1, "one letter, one answer");
    // The code of the replaced answer is no good any more; that of the new one changes it without a letter.
    let gone = give(&nobody, &[("code", &first.code.plain()), ("mark", "1")], "letter-form-0000003").await;
    assert!(matches!(gone, Err(ActError::Form(e)) if e.of("code").is_some()));
    // A resident who is signed in gets no second answer by a letter.
    give(&residents[0], &[("mark", "9")], "account-form-000001").await.unwrap();
    let again =
        give(&residents[0], &[("code", &letters[1].code.plain()), ("mark", "8")], "account-form-000002").await.unwrap();
    assert_eq!(boxed().await, 2);
    let own = again.code.grouped();
    assert_eq!(open(own.clone()).await.unwrap(), Entrance::Own(big));
    let back = surveys::own_answer(world, &wave().await, &own).await.unwrap().unwrap();
    assert_eq!((back.mark, back.lang.as_str()), (Some(8), "en"));
    let changed =
        give(&nobody, &[("code", &own), ("mark", "10"), ("about", "green")], "own-form-00000001").await.unwrap();
    assert_eq!((changed.code.grouped(), boxed().await), (own, 2), "the code stays, and the answer is one");
    // A resident of elsewhere has no account here, and comes in by the link like everyone.
    let stranger = residents.last().unwrap();
    let closed_door =
        Actor { account: stranger.account, confirmed: true, resident_of: Some(small), ..Actor::default() };
    assert_eq!(surveys::entrance(world, &closed_door, &wave().await, "").await.unwrap(), Entrance::Open);
    for key in ["open-form-00000001", "open-form-00000001", "open-form-00000002"] {
        give(&nobody, &[("mark", "1"), ("good", "Poster")], key).await.unwrap();
    }
    assert_eq!(boxed().await, 4, "the same form twice is one answer");

    app.clock.set(START + 1000);
    assert_eq!(surveys::close_due(world).await.unwrap(), 1);
    let closed = waves::answers(&mut world.db.read().await.unwrap(), wave().await.id).await.unwrap();
    let marks = |open: bool| {
        let mut marks: Vec<i64> = closed.iter().filter(|a| a.open == open).filter_map(|a| a.answer.mark).collect();
        marks.sort_unstable();
        marks
    };
    assert_eq!((marks(false), marks(true)), (vec![7, 10], vec![1, 1]), "those by the link are apart");
    let changed = closed.iter().find(|a| a.answer.mark == Some(10)).unwrap();
    assert_eq!((changed.answer.themes.as_slice(), changed.answer.own.as_slice()), (&["green".to_owned()][..], &[][..]));
    assert_ne!(changed.answer, Answer { own: vec![Own::Skipped], ..changed.answer.clone() });
}

fn nobody_at_all() -> Actor {
    Actor::default()
}

both_engines!(two_waves_of_one_name_are_told_apart, super::two_waves_of_one_name);

/// In one place a name is given once; elsewhere, and at the same time, it gets an address of its own.
async fn two_waves_of_one_name(app: TestApp) {
    let world = &app.world;
    let (big, small, _) = people(&app).await;
    let admin = administrator();
    let set_up = |reach: Reach, key: &'static str| {
        surveys::set_up(world, &admin, wave_form("Zelfde naam", reach, false), key.into(), "a".into())
    };
    let (one, two) = tokio::join!(
        set_up(Reach::Buurt(big), "key-of-same-name-1"),
        set_up(Reach::Buurt(small), "key-of-same-name-2")
    );
    let mut slugs = [one.unwrap(), two.unwrap()];
    slugs.sort();
    assert_eq!(slugs, ["zelfde-naam", "zelfde-naam-2"]);
    let taken = set_up(Reach::Buurt(big), "key-of-same-name-3").await;
    assert!(matches!(taken, Err(ActError::Form(e)) if e == Errors::one("title", Problem::AskedBefore)));
    let again = set_up(Reach::Buurt(big), "key-of-same-name-1").await;
    assert!(matches!(again, Err(ActError::Done(_))), "the same form is led to its wave");
    let mut c = world.db.read().await.unwrap();
    let wave = waves::by_slug(&mut c, "zelfde-naam").await.unwrap().unwrap();
    drop(c);
    surveys::change(world, &admin, &wave, wave_form("Zelfde naam", wave.reach, true)).await.unwrap();
}

both_engines!(everyone_is_invited_and_reminded_once, super::everyone_is_invited);

async fn everyone_is_invited(app: TestApp) {
    let world = &app.world;
    let (big, _, residents) = people(&app).await;
    let admin = administrator();
    let slug = surveys::set_up(
        world,
        &admin,
        wave_form("Mail", Reach::Buurt(big), false),
        "key-of-wave-000003".into(),
        "a".into(),
    )
    .await
    .unwrap();
    // Twelve of them show where they live, as far as the accounts know.
    let ids: Vec<i64> = residents.iter().take(12).filter_map(|r| r.account).collect();
    world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                for id in ids {
                    u.exec(
                        sql!("UPDATE account SET buurt_id = $2, residence_at = 1 WHERE id = $1"),
                        &[id.into(), big.into()],
                    )
                    .await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
    let wave = || async { waves::by_slug(&mut world.db.read().await.unwrap(), "mail").await.unwrap().unwrap() };
    let mails = || async {
        let due = store::outbox::due(&mut world.db.read().await.unwrap(), i64::MAX).await.unwrap();
        let of = |name: &str| due.iter().filter(|m| m.template == name).count();
        (of("survey-invite"), of("survey-reminder"))
    };
    let early = surveys::invite(world, &admin, &wave().await, "invite-form-000001".into(), "a".into()).await;
    assert!(matches!(early, Err(ActError::Denied(Denied::State))), "not before it opens");
    app.clock.set(START + 100);
    let remind = |key: &str| {
        let key = key.to_owned();
        let admin = admin.clone();
        async move { surveys::remind(world, &admin, &wave().await, key, "a".into()).await }
    };
    assert!(remind("remind-form-000001").await.is_err(), "an invitation comes first");
    let by_resident =
        surveys::invite(world, &residents[0], &wave().await, "invite-form-000002".into(), "a".into()).await;
    assert!(matches!(by_resident, Err(ActError::Denied(Denied::NotYours))));
    assert_eq!(
        surveys::invite(world, &admin, &wave().await, "invite-form-000003".into(), "a".into()).await.unwrap(),
        12
    );
    assert!(surveys::invite(world, &admin, &wave().await, "invite-form-000004".into(), "a".into()).await.is_err());
    // Who answered is reminded like everyone.
    surveys::answer(world, &residents[0], &slug, &said("8", ""), "nl", "form-first-00000001").await.unwrap();
    assert_eq!(remind("remind-form-000002").await.unwrap(), 12);
    assert!(remind("remind-form-000003").await.is_err(), "once");
    assert_eq!(mails().await, (12, 12));
}

both_engines!(a_thousand_submissions_make_one_answer, super::a_thousand_submissions);

/// One resident, many forms at once: one answer, and it is one of those that were sent.
async fn a_thousand_submissions(app: TestApp) {
    let world = app.world.clone();
    let (_, _, residents) = people(&app).await;
    let (times, at_once) = if std::env::var("LONG").is_ok() { (100, 1_000) } else { (2, 200) };
    for time in 0..times {
        let form = WaveForm {
            opens_at: app.world.now(),
            closes_at: app.world.now() + 1_000_000,
            ..wave_form(&format!("Druk {time}"), Reach::City, false)
        };
        let slug = surveys::set_up(&world, &administrator(), form, format!("key-of-crowd-{time:06}"), "a".into())
            .await
            .unwrap();
        let tasks: Vec<_> = (0..at_once)
            .map(|n| {
                let (world, who, slug) = (world.clone(), residents[0].clone(), slug.clone());
                tokio::spawn(async move {
                    let raw = said(&(n % 10 + 1).to_string(), &format!("Antwoord {n}"));
                    let key = format!("crowd-form-{n:08}");
                    // So many at once may wait longer for a connection than they are kept waiting: told to, they try again.
                    loop {
                        match surveys::answer(&world, &who, &slug, &raw, "nl", &key).await {
                            Err(ActError::Store(_)) => {}
                            other => return other.map(|taken| taken.code),
                        }
                    }
                })
            })
            .collect();
        let mut taken = 0;
        for task in tasks {
            task.await.unwrap().unwrap();
            taken += 1;
        }
        assert_eq!(taken, at_once, "each is acknowledged");
        let mut c = world.db.read().await.unwrap();
        let wave = waves::by_slug(&mut c, &slug).await.unwrap().unwrap();
        let boxed = waves::box_of(&mut c, wave.id).await.unwrap();
        assert_eq!(boxed.len(), 1, "time {time}");
    }
}
