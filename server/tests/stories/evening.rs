//! What an evening at the desk brought to light: decisions that come to nothing, one's own plan, more cases than a job looks at.

use crate::both_engines;
use crate::browser::Browser;
use crate::common::{START, TestApp};
use crate::desks::{desk, get, hand_in};
use crate::dialogue::{denied, mails, moderator, neighbour};
use crate::plans::{form, new_plan, person, version};
use domain::access::{Denied, Grant, Role, Scope};
use domain::initiative::{Idea, State};
use domain::time::HOUR;
use services::initiatives::{Changed, change, submit};
use services::moderation::{self, Decision, answer};
use services::{ActError, limits};
use store::initiatives::{self as rows, New};
use store::{accounts, sql};

both_engines!(a_decision_about_a_changed_plan_lapses_aloud, super::lapsed);

async fn lapsed(mut app: TestApp) {
    app.world.undo = 600;
    let world = &app.world;
    let d = desk(world).await;
    let id = hand_in(world, &d, 1).await;
    let at = (id, version(world, id).await);
    answer(world, &moderator(&d), form(2), at, Decision::Publish("Mooi".into())).await.unwrap();
    let changed = Changed {
        idea: Idea { title: "Anders".into(), what: "x".into(), why: "y".into() },
        place: String::new(),
        version: at.1,
        answer: String::new(),
    };
    change(world, &person(d.city.owner, None), form(3), id, changed).await.unwrap();
    // At once: the plan waits again, and whoever decided hears so.
    assert!(rows::pending(&mut world.db.read().await.unwrap(), id).await.unwrap().is_none());
    let told = mails(world, "decision-lapsed").await;
    assert_eq!(told.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["mo@voorbeeld.test"]);
    app.clock.set(START + HOUR);
    moderation::carry_out(world).await.unwrap();
    assert_eq!(get(world, id).await.state, State::Submitted);
    assert!(mails(world, "published").await.is_empty());
    let at = (id, version(world, id).await);
    answer(world, &moderator(&d), form(4), at, Decision::Publish(String::new())).await.unwrap();
    assert_eq!(mails(world, "decision-lapsed").await.len(), 1);
}

both_engines!(what_changed_under_ones_eyes_is_shown, super::under_eyes);

async fn under_eyes(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let id = hand_in(world, &d, 1).await;
    let read = version(world, id).await;
    let mut browser = Browser::signed_in(&app.router, world, 5, d.city.moderator).await;
    browser.look(&format!("/moderatie/{id}")).await;
    let changed = Changed {
        idea: Idea { title: "Taalcafé 100%".into(), what: "Samen zwijgen".into(), why: "Gezellig".into() },
        place: "De Meeuw".into(),
        version: read,
        answer: String::new(),
    };
    change(world, &person(d.city.owner, None), form(2), id, changed).await.unwrap();
    let fields = [("act", "publish"), ("version", &*read.to_string()), ("note", "Mooi dat jullie praten")];
    let path = format!("/moderatie/{id}/besluit");
    browser.send(&path, &fields, axum::http::StatusCode::UNPROCESSABLE_ENTITY).await;
    let page = &browser.page;
    assert!(page.contains("nadat jij het las") && page.contains("<del>") && page.contains("zwijgen"));
    assert!(page.contains("Mooi dat jullie praten"), "what was typed stays");
    assert_eq!(get(world, id).await.state, State::Submitted);
}

both_engines!(one_s_own_plan_goes_to_somebody_else, super::own_plan);

async fn own_plan(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let own = moderator(&d);
    submit(world, &own, form(1), new_plan(d.city.buurt), None).await.unwrap();
    let id = rows::of_account(&mut world.db.read().await.unwrap(), d.city.moderator).await.unwrap()[0].id;
    denied(moderation::claim(world, &own, form(2), id).await, Denied::NotYours);
    let mut browser = Browser::signed_in(&app.router, world, 5, d.city.moderator).await;
    browser.look(&format!("/moderatie/{id}")).await;
    assert!(browser.page.contains("Dit is jouw eigen plan") && !browser.page.contains("Zet op de site"));
    // Nobody else moderates here: the stadsdeel takes it at once, not when it is late.
    moderation::warn(world).await.unwrap();
    assert!(get(world, id).await.by_staff);
    assert!(mails(world, "due-soon").await.is_empty());
    // With a colleague it stays where it is.
    let (colleague, buurt) = (neighbour(world, "anna@voorbeeld.test").await, d.city.buurt);
    world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                let grant = Grant { role: Role::Moderator, scope: Scope::Buurt(buurt) };
                Ok(accounts::grant(u, colleague, grant, "Buurtwerk Noord", None, START).await.map(|_| ())?)
            })
        })
        .await
        .unwrap();
    submit(world, &own, form(3), new_plan(d.city.buurt), None).await.unwrap();
    let second = rows::of_account(&mut world.db.read().await.unwrap(), d.city.moderator).await.unwrap()[0].id;
    moderation::warn(world).await.unwrap();
    assert!(!get(world, second).await.by_staff);
}

both_engines!(every_case_of_many_is_warned_about, super::many);

async fn many(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let (buurt, account) = (d.city.buurt, d.city.owner);
    world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                for n in 0..130 {
                    let new = New {
                        buurt,
                        account,
                        title: format!("Plan {n}"),
                        what: "x".into(),
                        why: "y".into(),
                        place: String::new(),
                        cost: None,
                        picture: None,
                        wants_supporter: false,
                        drawing: String::new(),
                        at: START,
                        due_at: START + 48 * HOUR,
                        source: None,
                    };
                    rows::create(u, &new).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
    let warned = async |stage: i64| {
        let mut c = world.db.read().await.unwrap();
        let row = c
            .one(sql!("SELECT COUNT(*) AS n FROM initiative WHERE warned >= $1 OR by_staff = 1"), &[stage.into()])
            .await
            .unwrap();
        row.int("n").unwrap()
    };
    for (hours, stage) in [(37, 1), (45, 2), (49, 3)] {
        app.clock.set(START + hours * HOUR);
        for _ in 0..2 {
            moderation::warn(world).await.unwrap();
        }
        assert_eq!(warned(stage).await, 130, "after {hours} hours");
    }
    // The desk whose plans were taken over hears so, instead of praise for an empty queue.
    let mut browser = Browser::signed_in(&app.router, world, 5, d.city.moderator).await;
    browser.look("/moderatie").await;
    assert!(browser.page.contains("130 plannen zijn overgenomen") && !browser.page.contains("Fijn!"));
}

both_engines!(nobody_hands_in_without_end, super::endless);

async fn endless(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let owner = person(d.city.owner, None);
    let mut handed_in = 0;
    for n in 0..=limits::PLANS.most() {
        match submit(world, &owner, form(u32::try_from(n).unwrap()), new_plan(d.city.buurt), None).await {
            Ok(_) => handed_in += 1,
            Err(ActError::TooMany) => break,
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(handed_in, limits::PLANS.most());
}
