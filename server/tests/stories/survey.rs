//! A survey wave: set up, answered once per resident, closed by the clock, and figures only of ten and more.

use crate::both_engines;
use crate::common::{START, TestApp};
use domain::access::{Actor, Denied, Grant, Role, Scope};
use domain::form::Raw;
use domain::survey::Answer;
use services::surveys::{self, Shown, WaveForm};
use services::{ActError, boxkeys};
use store::{accounts, places, sql, waves};

both_engines!(a_wave_from_question_to_result, super::a_wave_from_question_to_result);

fn administrator() -> Actor {
    Actor {
        account: Some(1),
        confirmed: true,
        resident_of: None,
        grants: vec![Grant { role: Role::Administrator, scope: Scope::City }],
        second_factor: true,
        code: None,
    }
}

fn said(mark: &str, good: &str) -> Answer {
    Answer::parse(&Raw::from_pairs(&[("mark", mark), ("good", good)])).unwrap()
}

/// An administrator, and residents of two buurten: twelve and nine.
async fn people(app: &TestApp) -> (i64, i64, Vec<Actor>) {
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
    let form = || WaveForm { title: "Peiling: voorjaar!".into(), opens_at: START + 100, closes_at: START + 1000 };
    let by_resident = surveys::set_up(world, &residents[0], form(), "key-of-resident-1".into(), "a".into()).await;
    assert!(matches!(by_resident, Err(ActError::Denied(Denied::NotYours))));
    let slug = surveys::set_up(world, &administrator(), form(), "key-of-wave-000001".into(), "a".into()).await.unwrap();
    assert_eq!(slug, "peiling-voorjaar");
    let wave =
        || async { waves::by_slug(&mut world.db.read().await.unwrap(), "peiling-voorjaar").await.unwrap().unwrap() };

    let answer = |who: &Actor, given: Answer, key: &'static str| {
        let (who, slug) = (who.clone(), slug.clone());
        async move { surveys::answer(world, &who, &slug, given, key).await }
    };
    let early = answer(&residents[0], said("8", "Het park"), "form-early-0000001").await;
    assert!(matches!(early, Err(ActError::Denied(Denied::State))), "not before its time");
    app.clock.set(START + 100);
    let stranger = Actor { resident_of: None, ..residents[0].clone() };
    assert!(matches!(answer(&stranger, said("8", ""), "form-stranger-00001").await, Err(ActError::Denied(_))));
    let mark = Answer::parse(&Raw::from_pairs(&[("mark", "11")])).unwrap_err();
    assert!(mark.of("mark").is_some(), "marks go to ten");
    for (i, who) in residents.iter().enumerate() {
        let mark = if i % 2 == 0 { "8" } else { "6" };
        answer(who, said(mark, &format!("Fijn {i}")), "form-first-00000001").await.unwrap();
    }
    // The same form again changes nothing, and is refused with other content; a new form of the same resident takes the place
    // of the old answer, and a late retry of the old form does not bring that back.
    answer(&residents[0], said("8", "Fijn 0"), "form-first-00000001").await.unwrap();
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

    let (Shown { per_buurt, city, partial }, quotes) =
        surveys::result(&mut world.db.read().await.unwrap(), &wave().await).await.unwrap();
    let figures = per_buurt.iter().find(|(b, _)| *b == big).unwrap().1.as_ref().unwrap();
    // Six marks of 8, five of 6 and one of 10, of which the mean is 88 / 12 = 7.33.
    assert_eq!((figures.answers, figures.marks[7], figures.marks[5], figures.marks[9]), (12, 6, 5, 1));
    assert_eq!(figures.mean_tenths, Some(73));
    assert_eq!(per_buurt.iter().find(|(b, _)| *b == small).unwrap().1, None, "nine are too few");
    assert!(partial, "nor can the nine be worked out from the city's figures");
    assert_eq!(city.unwrap().answers, 12);
    assert!(quotes.is_empty(), "nobody's words are shown before they were released");
}
