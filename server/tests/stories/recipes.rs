//! What makers of a finished plan tell the next buurt: asked and reminded once, searched, taken over, hidden, taken back.

use crate::both_engines;
use crate::browser::Browser;
use crate::common::{START, TestApp};
use crate::desks::{Desk, desk, get, hand_in, mails};
use crate::plans::{form, person};
use axum::http::StatusCode;
use domain::access::{Denied, Role, Scope};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::State;
use domain::money::Cents;
use domain::time::DAY;
use services::{ActError, World, evaluations};
use store::initiatives::{self as rows, RecipeFilter};
use store::ledger::{self, Kind, Transfer};
use store::sql;

both_engines!(a_finished_plan_becomes_a_recipe, super::road);
both_engines!(makers_are_reminded_once, super::reminded);
both_engines!(two_makers_answer_at_once, super::at_once);

const ANSWERS: [(&str, &str); 4] =
    [("worked", "Iedereen bleef 100% hangen"), ("failed", ""), ("advice", "Begin klein"), ("again", "differently")];

/// A plan that is done, with what was paid for it.
async fn done(world: &World, d: &Desk, n: u32, paid: i64) -> i64 {
    let id = hand_in(world, d, n).await;
    let wijk = d.city.wijk;
    world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                u.exec(
                    sql!("UPDATE initiative SET state = 'in_execution', published_at = $2 WHERE id = $1"),
                    &[id.into(), START.into()],
                )
                .await?;
                let (share, key) = (Kind::Share { wijk, year: 2008 }, format!("paid-{id}"));
                if paid > 0 {
                    let t = Transfer {
                        from: share,
                        to: Kind::Paid { initiative: id },
                        amount: Cents(paid),
                        reason: "test",
                        reference: "",
                        note: "",
                        actor: None,
                        key: &key,
                        at: START,
                    };
                    ledger::transfer(u, &t).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
    let now = world.now();
    world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                // As the final account does; its own road is the story of execution.
                let p = rows::get(u, id).await?.unwrap();
                rows::set_state(u, id, State::InExecution, State::Completed).await?;
                let event = rows::Event {
                    at: now,
                    act: "completed".into(),
                    state: State::Completed,
                    actor_role: "staff".into(),
                    reason: String::new(),
                    words: String::new(),
                    amount: None,
                    organisation: String::new(),
                };
                rows::add_event(u, id, None, &event).await?;
                evaluations::ask(u, &p, now).await
            })
        })
        .await
        .unwrap();
    assert_eq!(get(world, id).await.state, State::Completed);
    id
}

async fn found(world: &World, words: &str, most: Option<i64>) -> Vec<i64> {
    let filter = RecipeFilter {
        words: Some(words.into()).filter(|w: &String| !w.is_empty()),
        most: most.map(Cents),
        limit: 9,
        ..RecipeFilter::default()
    };
    let mut c = world.db.read().await.unwrap();
    let list: Vec<i64> = rows::recipes(&mut c, &filter).await.unwrap().iter().map(|r| r.plan.id).collect();
    assert_eq!(rows::count_recipes(&mut c, &filter).await.unwrap(), list.len() as i64);
    list
}

async fn road(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let (owner, id) = (person(d.city.owner, None), done(world, &d, 1, 118_760).await);
    let answers = Raw::from_pairs(&[&ANSWERS[..], &[("version", "1")]].concat());
    // Its makers alone, and only what can be read.
    let stranger = evaluations::answer(world, &d.moderator, form(10), id, &answers).await;
    assert!(matches!(stranger, Err(ActError::Denied(Denied::NotYours))));
    let empty = evaluations::answer(world, &owner, form(11), id, &Raw::default()).await;
    let missing = ["worked", "advice", "again"].map(|field| (field, Problem::Missing)).to_vec();
    assert!(matches!(empty, Err(ActError::Form(errors)) if errors == Errors(missing)));
    let unfinished = hand_in(world, &d, 12).await;
    let early = evaluations::answer(world, &owner, form(13), unfinished, &answers).await;
    assert!(matches!(early, Err(ActError::Denied(Denied::State))));
    assert!(found(world, "", None).await.is_empty(), "nothing is told yet");

    // In the browser: what was typed stays, then everybody reads it with what was really paid.
    let mut maker = Browser::signed_in(&app.router, world, 4, d.city.owner).await;
    let path = format!("/initiatieven/{id}/terugblik");
    maker.look(&path).await;
    maker
        .send(
            &path,
            &[("worked", "De soep & brood"), ("advice", ""), ("again", "yes")],
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    assert!(maker.page.contains("De soep &amp; brood"), "{}", maker.page);
    let fields: Vec<(&str, &str)> = [&ANSWERS[..], &[("version", "1")]].concat();
    maker.send(&path, &fields, StatusCode::SEE_OTHER).await;
    assert_eq!(maker.place, format!("/recepten/{id}?klaar=recept"));
    let stale = evaluations::answer(world, &owner, form(14), id, &answers).await;
    assert!(matches!(stale, Err(ActError::Form(errors)) if errors == Errors::one("worked", Problem::Changed)));
    for (words, most, here) in [
        ("100%", None, true),
        ("00_", None, false),
        ("BEGIN", None, true),
        ("taalcaf", Some(250_000), true),
        ("", Some(118_759), false),
    ] {
        assert_eq!(found(world, words, most).await, if here { vec![id] } else { vec![] }, "{words} {most:?}");
    }
    let list = app.get("/recepten?q=klein&kosten=2500&buurt=vogelbuurt").await;
    assert!(list.text.contains("1.187,60") && list.text.contains("Begin klein"), "{}", list.text);
    assert!(app.get(&format!("/initiatieven/{id}")).await.text.contains(&format!("/recepten/{id}")));

    // One tap: a plan of one's own, with the source credited.
    let mut taker = Browser::signed_in(&app.router, world, 5, d.city.moderator).await;
    taker.look(&format!("/recepten/{id}")).await;
    let taken: Vec<(String, String)> =
        ["title", "what", "why", "cost", "source"].map(|name| (name.to_owned(), taker.field(name).unwrap())).to_vec();
    let mut plan: Vec<(&str, &str)> = taken.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    taker.send("/initiatieven/nieuw", &plan, StatusCode::OK).await;
    assert!(taker.page.contains("Naar een idee uit Vogelbuurt"), "{}", taker.page);
    assert_eq!(taker.field("source").as_deref(), Some(id.to_string().as_str()));
    let elsewhere = d.city.elsewhere.to_string();
    plan.extend([("buurt", elsewhere.as_str()), ("klaar", "1")]);
    taker.send("/initiatieven/nieuw/versturen", &plan, StatusCode::SEE_OTHER).await;
    let mine = rows::of_account(&mut world.db.read().await.unwrap(), d.city.moderator).await.unwrap();
    assert_eq!((mine.len(), mine[0].source_id), (1, Some(id)));
    taker.look(&format!("/initiatieven/{}", mine[0].id)).await;
    assert!(taker.page.contains("Naar een idee uit Vogelbuurt"), "{}", taker.page);

    // A desk hides it with a reason: nobody finds it, and nobody is credited by typing its number.
    let hide = |why| Raw::from_pairs(&[("act", "hide"), ("why", why)]);
    let other = person(d.city.staff, Some((Role::Moderator, Scope::Buurt(d.city.elsewhere))));
    assert!(matches!(evaluations::hide(world, &other, form(20), id, &hide("rude")).await, Err(ActError::Denied(_))));
    let own = person(d.city.owner, Some((Role::Moderator, Scope::City)));
    assert!(
        matches!(evaluations::hide(world, &own, form(21), id, &hide("rude")).await, Err(ActError::Denied(_))),
        "nobody hides their own"
    );
    assert!(matches!(evaluations::hide(world, &d.moderator, form(22), id, &hide("")).await, Err(ActError::Form(_))));
    evaluations::hide(world, &d.moderator, form(23), id, &hide("private")).await.unwrap();
    assert!(matches!(
        evaluations::hide(world, &d.moderator, form(24), id, &hide("rude")).await,
        Err(ActError::Denied(Denied::State))
    ));
    assert_eq!(app.get(&format!("/recepten/{id}")).await.status, StatusCode::NOT_FOUND);
    assert!(found(world, "", None).await.is_empty() && mails(world, START).await.last().unwrap() == "recipe-hidden");
    maker.look(&format!("/recepten/{id}")).await;
    assert!(maker.page.contains("Buurtwerk Noord"), "its makers read who hid it");
    taker.look("/initiatieven/nieuw").await;
    taker.send("/initiatieven/nieuw/versturen", &plan, StatusCode::SEE_OTHER).await;
    let mine = rows::of_account(&mut world.db.read().await.unwrap(), d.city.moderator).await.unwrap();
    assert_eq!((mine.len(), mine[0].source_id), (2, None));
    evaluations::hide(world, &d.moderator, form(25), id, &Raw::from_pairs(&[("act", "stand")])).await.unwrap();
    assert_eq!(found(world, "", None).await, [id]);

    // Taken back: the words are gone, and can be told again.
    evaluations::take_back(world, &owner, form(26), id).await.unwrap();
    assert!(matches!(evaluations::take_back(world, &owner, form(27), id).await, Err(ActError::Denied(Denied::State))));
    let gone = rows::recipe(&mut world.db.read().await.unwrap(), id).await.unwrap().unwrap();
    assert_eq!((gone.told, app.get(&format!("/recepten/{id}")).await.status), (None, StatusCode::NOT_FOUND));
    let again = Raw::from_pairs(&[&ANSWERS[..], &[("version", &gone.version.to_string())]].concat());
    evaluations::answer(world, &owner, form(28), id, &again).await.unwrap();
    assert_eq!(found(world, "", None).await, [id]);
}

async fn reminded(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let (silent, answered, gone) =
        (done(world, &d, 1, 0).await, done(world, &d, 3, 0).await, done(world, &d, 5, 0).await);
    assert_eq!(mails(world, START).await.iter().filter(|m| *m == "evaluate").count(), 3);
    let owner = person(d.city.owner, None);
    let answers = Raw::from_pairs(&[&ANSWERS[..], &[("version", "1")]].concat());
    evaluations::answer(world, &owner, form(10), answered, &answers).await.unwrap();
    evaluations::answer(world, &owner, form(11), gone, &answers).await.unwrap();
    evaluations::take_back(world, &owner, form(12), gone).await.unwrap();
    let reminders = async || mails(world, START).await.iter().filter(|m| *m == "evaluate-remind").count();
    app.clock.forward(14 * DAY - 1);
    evaluations::remind(world).await.unwrap();
    assert_eq!(reminders().await, 0);
    app.clock.forward(1);
    // Two processes at once.
    let (a, b) = tokio::join!(evaluations::remind(world), evaluations::remind(world));
    a.and(b).unwrap();
    app.clock.forward(90 * DAY);
    evaluations::remind(world).await.unwrap();
    assert_eq!(reminders().await, 1, "once, and only who is silent: {silent}");
}

async fn at_once(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let id = done(world, &d, 1, 0).await;
    let owner = person(d.city.owner, None);
    let answer = |n: u32| {
        let (owner, words) = (owner.clone(), format!("Antwoord {n}"));
        async move {
            let raw = Raw::from_pairs(&[("worked", &words), ("advice", "x"), ("again", "no"), ("version", "1")]);
            evaluations::answer(world, &owner, form(100 + n), id, &raw).await
        }
    };
    let (a, b, c) = tokio::join!(answer(1), answer(2), answer(3));
    let kept = [&a, &b, &c].iter().filter(|r| r.is_ok()).count();
    assert_eq!(kept, 1, "who comes second is told, and keeps what was typed: {a:?} {b:?} {c:?}");
    let changed = [a, b, c].into_iter().filter_map(Result::err);
    changed.for_each(|e| {
        assert!(matches!(e, ActError::Form(errors) if errors == Errors::one("worked", Problem::Changed)))
    });
}
