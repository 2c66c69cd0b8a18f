//! People talk about a plan: they work on it together, change a public text by a moderator's leave, and comment on it.

use crate::both_engines;
use crate::browser::Browser;
use crate::common::{START, TestApp};
use crate::desks::{Desk, desk, get, hand_in};
use crate::plans::{NETWORK, form, person, version};
use domain::access::{Actor, Denied, Role, Scope};
use domain::dialogue::PlanText;
use domain::form::{Errors, Problem, Raw};
use domain::time::HOUR;
use services::initiatives::{Changed, change};
use services::moderation::{Decision, answer};
use services::{ActError, World, co_authors, comments, plan_texts};
use store::accounts::{NewAccount, create};
use store::initiatives as rows;
use store::sql;

pub fn raw(fields: &[(&str, &str)]) -> Raw {
    Raw::from_pairs(fields)
}

pub fn refused<T>(result: Result<T, ActError>, field: &'static str, problem: Problem) {
    match result {
        Err(ActError::Form(errors)) => assert_eq!(errors, Errors::one(field, problem)),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("done, where {problem:?} was expected"),
    }
}

pub fn denied<T>(result: Result<T, ActError>, why: Denied) {
    match result {
        Err(ActError::Denied(reason)) => assert_eq!(reason, why),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("done, where {why:?} was expected"),
    }
}

pub async fn neighbour(world: &World, email: &'static str) -> i64 {
    let new = NewAccount {
        email,
        name: "Buur",
        password_hash: None,
        lang: "nl",
        buurt_id: None,
        confirmed_at: Some(START),
        at: START,
    };
    world.db.write(move |u| Box::pin(async move { Ok::<_, ActError>(create(u, &new).await?) })).await.unwrap()
}

pub async fn mails(world: &World, name: &str) -> Vec<(String, String)> {
    let mut c = world.db.read().await.unwrap();
    let found = c
        .rows(sql!("SELECT address, payload FROM outbox WHERE template = $1 ORDER BY id"), &[name.into()])
        .await
        .unwrap();
    found.iter().map(|r| (r.text("address").unwrap(), r.text("payload").unwrap())).collect()
}

pub async fn publish(world: &World, d: &Desk, n: u32, id: i64) {
    let at = (id, version(world, id).await);
    answer(world, &moderator(d), form(n), at, Decision::Publish(String::new())).await.unwrap();
}

pub fn moderator(d: &Desk) -> Actor {
    person(d.city.moderator, Some((Role::Moderator, Scope::Buurt(d.city.buurt))))
}

/// A moderator of another buurt, with an account of their own.
fn elsewhere(d: &Desk, account: i64) -> Actor {
    person(account, Some((Role::Moderator, Scope::Buurt(d.city.elsewhere))))
}

fn words(title: &str, what: &str) -> PlanText {
    PlanText::parse(&raw(&[("title", title), ("what", what), ("why", "Gezellig"), ("place", "")])).unwrap()
}

both_engines!(a_public_text_changes_by_a_moderators_leave, super::texts_change);

async fn texts_change(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let owner = person(d.city.owner, None);
    let id = hand_in(world, &d, 1).await;
    let v = version(world, id).await;
    denied(plan_texts::propose(world, &owner, form(2), (id, v, 0), words("A", "B")).await, Denied::State);
    publish(world, &d, 3, id).await;
    let v = version(world, id).await;
    let before = get(world, id).await;
    refused(
        plan_texts::propose(world, &owner, form(4), (id, v, 0), plan_texts::words_of(&before)).await,
        "title",
        Problem::NothingNew,
    );
    refused(
        plan_texts::propose(world, &owner, form(5), (id, v - 1, 0), words("A", "B")).await,
        "title",
        Problem::Changed,
    );
    let stranger = neighbour(world, "vreemd@voorbeeld.test").await;
    let other = person(stranger, None);
    denied(plan_texts::propose(world, &other, form(6), (id, v, 0), words("A", "B")).await, Denied::NotYours);
    plan_texts::propose(world, &owner, form(7), (id, v, 0), words("Taalcafé", "Samen koken")).await.unwrap();
    assert_eq!(get(world, id).await.what, before.what, "nothing shows before a moderator read it");

    // Answered by the desk alone, about what was read.
    let c = &mut world.db.read().await.unwrap();
    let first = rows::change(c, id).await.unwrap().unwrap();
    let here = plan_texts::waiting(c, &moderator(&d), START).await.unwrap();
    assert_eq!(here.iter().map(|(p, due)| (p.id, *due)).collect::<Vec<_>>(), [(id, START + 48 * HOUR)]);
    assert!(plan_texts::waiting(c, &elsewhere(&d, stranger), START).await.unwrap().is_empty());
    let take = |at: i64| raw(&[("act", "take"), ("at", &at.to_string())]);
    denied(plan_texts::answer(world, &elsewhere(&d, stranger), form(8), id, &take(first.at)).await, Denied::NotYours);
    app.clock.set(START + HOUR);
    let unseen = plan_texts::propose(world, &owner, form(43), (id, v, 0), words("Taalcafé", "Samen zien")).await;
    refused(unseen, "title", Problem::Changed);
    plan_texts::propose(world, &owner, form(9), (id, v, first.at), words("Taalcafé", "Samen eten")).await.unwrap();
    refused(plan_texts::answer(world, &moderator(&d), form(10), id, &take(first.at)).await, "act", Problem::Changed);
    let second = rows::change(&mut world.db.read().await.unwrap(), id).await.unwrap().unwrap();
    assert_eq!(second.due_at, first.due_at, "a second thought buys no time");
    let place = plan_texts::answer(world, &moderator(&d), form(11), id, &take(second.at)).await.unwrap();
    let again = plan_texts::answer(world, &moderator(&d), form(11), id, &take(second.at)).await;
    assert!(matches!(again, Err(ActError::Done(led)) if led == place));
    let after = get(world, id).await;
    assert_eq!((after.title.as_str(), after.what.as_str(), after.place.as_str()), ("Taalcafé", "Samen eten", ""));
    let kept = rows::kept_texts(&mut world.db.read().await.unwrap(), id).await.unwrap();
    let kept: Vec<_> = kept.iter().map(|t| (t.number, t.text.idea.what.as_str(), t.organisation.as_str())).collect();
    assert_eq!(kept, [(1, "Samen praten", ""), (2, "Samen eten", "Buurtwerk Noord")]);
    assert_eq!(mails(world, "text-taken").await.len(), 1);

    // Not taken over: the reason goes to who asked, nothing changes.
    let v = version(world, id).await;
    plan_texts::propose(world, &owner, form(12), (id, v, 0), words("Koop nu", "Reclame")).await.unwrap();
    let at = rows::change(&mut world.db.read().await.unwrap(), id).await.unwrap().unwrap().at.to_string();
    let leave = |text| raw(&[("act", "leave"), ("at", &at), ("words", text)]);
    refused(plan_texts::answer(world, &moderator(&d), form(13), id, &leave("")).await, "words", Problem::Missing);
    plan_texts::answer(world, &moderator(&d), form(14), id, &leave("Dit is reclame")).await.unwrap();
    assert_eq!(get(world, id).await.title, "Taalcafé");
    assert!(mails(world, "text-left").await[0].1.contains("Dit is reclame"));
    // Taken back by who asked.
    plan_texts::propose(world, &owner, form(15), (id, v, 0), words("X", "Y")).await.unwrap();
    plan_texts::take_back(world, &owner, form(16), id).await.unwrap();
    denied(plan_texts::take_back(world, &owner, form(17), id).await, Denied::State);

    // Nobody reads it in time: the stadsdeel does. One that waits when the plan moves on is gone.
    let v = version(world, id).await;
    plan_texts::propose(world, &owner, form(18), (id, v, 0), words("Taalcafé", "Samen zingen")).await.unwrap();
    let staff = person(d.city.staff, Some((Role::Staff, Scope::City)));
    let at = rows::change(&mut world.db.read().await.unwrap(), id).await.unwrap().unwrap().at;
    denied(plan_texts::answer(world, &staff, form(19), id, &take(at)).await, Denied::NotYours);
    assert!(plan_texts::waiting(&mut world.db.read().await.unwrap(), &staff, world.now()).await.unwrap().is_empty());
    app.clock.set(START + 60 * HOUR);
    let late = plan_texts::waiting(&mut world.db.read().await.unwrap(), &staff, world.now()).await.unwrap();
    assert_eq!(late.len(), 1);
    plan_texts::answer(world, &staff, form(20), id, &take(at)).await.unwrap();
    assert_eq!(get(world, id).await.what, "Samen zingen");
    let v = version(world, id).await;
    plan_texts::propose(world, &owner, form(21), (id, v, 0), words("Taalcafé", "Samen lezen")).await.unwrap();
    services::initiatives::withdraw(world, &owner, form(22), id).await.unwrap();
    assert!(rows::change(&mut world.db.read().await.unwrap(), id).await.unwrap().is_none());
    world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                u.exec(sql!("UPDATE initiative SET state = 'published' WHERE id = $1"), &[id.into()]).await?;
                Ok(())
            })
        })
        .await
        .unwrap();

    // Everybody reads what changed, marked word by word; the refused text is nowhere.
    let mut browser = Browser::new(&app.router, 5);
    browser.look(&format!("/initiatieven/{id}/versies")).await;
    assert!(browser.page.contains("<del>") && browser.page.contains("praten") && browser.page.contains("eten"));
    assert!(!browser.page.contains("Reclame"));
    browser.look(&format!("/initiatieven/{id}")).await;
    assert!(!browser.page.contains("Dit is reclame"), "what the moderator wrote stays between them");
}

both_engines!(neighbours_talk_about_a_plan, super::talk);

async fn talk(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let id = hand_in(world, &d, 1).await;
    let (anna, bob) = (neighbour(world, "anna@voorbeeld.test").await, neighbour(world, "bob@voorbeeld.test").await);
    let near = Actor { resident_of: Some(d.city.buurt), ..person(anna, None) };
    let far = person(bob, None);
    let say = |text: &str| raw(&[("comment", text)]);
    denied(comments::add(world, &near, form(2), id, &say("Mooi")).await, Denied::State);
    publish(world, &d, 3, id).await;
    refused(comments::add(world, &near, form(4), id, &say("  ")).await, "comment", Problem::Missing);
    denied(
        comments::add(world, &Actor { confirmed: false, ..far.clone() }, form(5), id, &say("Hoi")).await,
        Denied::NotYours,
    );
    let place = comments::add(world, &near, form(6), id, &say("Mooi <b>plan</b>")).await.unwrap();
    let again = comments::add(world, &near, form(6), id, &say("Mooi <b>plan</b>")).await;
    assert!(matches!(again, Err(ActError::Done(led)) if led == place), "sent twice, written once");
    comments::add(world, &far, form(7), id, &say("Mag het later?")).await.unwrap();
    comments::add(world, &person(d.city.owner, None), form(8), id, &say("Ja hoor")).await.unwrap();
    comments::add(world, &moderator(&d), form(9), id, &say("Fijn")).await.unwrap();
    comments::add(world, &near, form(10), id, &say("Top")).await.unwrap();
    let all = rows::comments(&mut world.db.read().await.unwrap(), id, 9, 0).await.unwrap();
    let seen: Vec<_> = all.iter().rev().map(|m| (m.voice.key(), m.number, m.organisation.as_str())).collect();
    let expected = [
        ("neighbour", 1, ""),
        ("reader", 2, ""),
        ("author", 3, ""),
        ("desk", 4, "Buurtwerk Noord"),
        ("neighbour", 1, ""),
    ];
    assert_eq!(seen, expected, "one number for each voice, nobody's name");
    let mut stranger = Browser::new(&app.router, 5);
    stranger.look(&format!("/initiatieven/{id}")).await;
    assert!(stranger.page.contains("Mooi &lt;b&gt;plan&lt;/b&gt;") && stranger.page.contains("Buur 1"));
    assert!(!stranger.page.contains("Naam") && !stranger.page.contains("anna@"), "no name is shown");

    // Reported by two, once each; only the desk of this buurt may hide, and nobody their own.
    let later = all[3].id;
    let why = |reason: &str| raw(&[("why", reason)]);
    refused(comments::report(world, &near, form(11), (id, later), &why("x")).await, "why", Problem::NotAChoice);
    for (n, actor) in [(12, &near), (13, &near), (14, &person(d.city.owner, None))] {
        comments::report(world, actor, form(n), (id, later), &why("rude")).await.unwrap();
    }
    let reported = comments::reported(&mut world.db.read().await.unwrap(), &moderator(&d)).await.unwrap();
    assert_eq!(reported.iter().map(|r| (r.comment.id, r.comment.reports)).collect::<Vec<_>>(), [(later, 2)]);
    assert_eq!(reported[0].reasons, [("rude".to_owned(), 2)]);
    let mut c = world.db.read().await.unwrap();
    assert!(comments::reported(&mut c, &elsewhere(&d, anna)).await.unwrap().is_empty());
    assert!(comments::reported(&mut c, &far).await.unwrap().is_empty());
    drop(c);
    let hide = raw(&[("act", "hide"), ("why", "rude")]);
    for (n, actor) in [(15, elsewhere(&d, anna)), (16, person(d.city.owner, None))] {
        denied(comments::judge(world, &actor, form(n), (id, later), &hide).await, Denied::NotYours);
    }
    denied(comments::judge(world, &moderator(&d), form(17), (id, all[1].id), &hide).await, Denied::NotYours);
    let wrong = comments::judge(world, &moderator(&d), form(18), (id + 1, later), &hide).await;
    assert!(matches!(wrong, Err(ActError::NotFound)), "a comment of another plan");
    comments::judge(world, &moderator(&d), form(19), (id, later), &hide).await.unwrap();
    let told = mails(world, "comment-hidden").await;
    assert!(told.len() == 1 && told[0].0 == "bob@voorbeeld.test" && told[0].1.contains("Mag het later?"));
    stranger.look(&format!("/initiatieven/{id}")).await;
    assert!(!stranger.page.contains("Mag het later?") && stranger.page.contains("Verborgen door Buurtwerk Noord"));
    stranger.look(&format!("/initiatieven/{id}/reacties/{later}")).await;
    assert!(!stranger.page.contains("Mag het later?"), "what is hidden is not sent");
    denied(comments::report(world, &near, form(20), (id, later), &why("rude")).await, Denied::State);
    // A mistake of the desk is mended.
    comments::judge(world, &moderator(&d), form(21), (id, later), &raw(&[("act", "stand")])).await.unwrap();
    stranger.look(&format!("/initiatieven/{id}")).await;
    assert!(stranger.page.contains("Mag het later?"));

    // Nobody hides what is said about their own plan.
    let maker = Actor { account: Some(d.city.owner), ..moderator(&d) };
    denied(comments::judge(world, &maker, form(42), (id, later), &hide).await, Denied::NotYours);

    // One's own goes away, words and all; another's does not.
    denied(comments::take_away(world, &near, form(22), (id, later)).await, Denied::NotYours);
    comments::take_away(world, &far, form(23), (id, later)).await.unwrap();
    let gone = rows::one_comment(&mut world.db.read().await.unwrap(), id, later).await.unwrap().unwrap();
    assert!(gone.removed && gone.body.is_empty());
    denied(comments::judge(world, &moderator(&d), form(24), (id, later), &hide).await, Denied::State);

    // Ten in an hour, then no more for a while.
    for n in 0..8 {
        comments::add(world, &near, form(30 + n), id, &say("Nog iets")).await.unwrap();
    }
    assert!(matches!(comments::add(world, &near, form(39), id, &say("En nog")).await, Err(ActError::TooMany)));
    comments::add(world, &far, form(40), id, &say("Ik mag nog wel")).await.unwrap();
    app.clock.set(START + 2 * HOUR);
    comments::add(world, &near, form(41), id, &say("Weer terug")).await.unwrap();

    // What was typed is kept when it is too long.
    let mut browser = Browser::signed_in(&app.router, world, 6, bob).await;
    browser.look(&format!("/initiatieven/{id}")).await;
    let long = "Lang verhaal ".repeat(100);
    let path = format!("/initiatieven/{id}/reacties");
    browser.send(&path, &[("comment", &long)], axum::http::StatusCode::UNPROCESSABLE_ENTITY).await;
    assert!(browser.page.contains("Lang verhaal Lang verhaal"));
}

both_engines!(a_plan_is_made_together, super::company);

async fn company(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let owner = person(d.city.owner, None);
    let id = hand_in(world, &d, 1).await;
    let (anna, bob) = (neighbour(world, "anna@voorbeeld.test").await, neighbour(world, "bob@voorbeeld.test").await);
    let (anna, bob) = (person(anna, None), person(bob, None));
    let ask = |email: &str| raw(&[("email", email)]);
    let invite =
        async |n, actor: &Actor, email: &str| co_authors::invite(world, actor, form(n), id, &ask(email), NETWORK).await;
    denied(invite(2, &bob, "anna@voorbeeld.test").await, Denied::NotYours);
    refused(invite(3, &owner, "geen adres").await, "email", Problem::NotAnEmail);
    refused(invite(4, &owner, "Fatma@voorbeeld.test").await, "email", Problem::NothingNew);
    invite(5, &owner, "Anna@Voorbeeld.test").await.unwrap();
    refused(invite(6, &owner, "anna@voorbeeld.test").await, "email", Problem::NothingNew);
    let mail = mails(world, "join").await;
    assert!(mail.len() == 1 && !mail[0].1.contains("Taalcaf"), "the mail says nothing that was typed");

    // Only that address sees the question.
    let yes = async |n, actor: &Actor| co_authors::answer(world, actor, form(n), id, true).await;
    assert!(matches!(yes(7, &bob).await, Err(ActError::NotFound)));
    assert!(matches!(yes(8, &Actor { confirmed: false, ..anna.clone() }).await, Err(ActError::NotFound)));
    let edit =
        |v| Changed {
            idea: words("Taalcafé", "Anders").idea, place: String::new(), version: v, answer: String::new()
        };
    denied(change(world, &anna, form(9), id, edit(version(world, id).await)).await, Denied::NotYours);
    yes(10, &anna).await.unwrap();
    assert!(matches!(yes(11, &anna).await, Err(ActError::NotFound)), "asked once");
    assert_eq!(mails(world, "joined").await.len(), 1);
    change(world, &anna, form(12), id, edit(version(world, id).await)).await.unwrap();
    assert_eq!(get(world, id).await.what, "Anders");
    denied(services::initiatives::withdraw(world, &anna, form(13), id).await, Denied::NotYours);
    denied(invite(14, &anna, "bob@voorbeeld.test").await, Denied::NotYours);
    // Who works on a plan does not answer it, whatever else they are.
    let both = Actor { account: anna.account, ..moderator(&d) };
    let at = (id, version(world, id).await);
    denied(answer(world, &both, form(15), at, Decision::Publish(String::new())).await, Denied::NotYours);
    // Mails about the plan go to both.
    let asked = Decision::Return("Wanneer?".into());
    answer(world, &moderator(&d), form(16), at, asked).await.unwrap();
    assert_eq!(mails(world, "returned").await.len(), 2);
    let mut browser = Browser::signed_in(&app.router, world, 5, anna.account.unwrap()).await;
    browser.look("/mijn").await;
    assert!(browser.page.contains("Taalcafé"), "it stands among one's own plans");

    // Four at most, asked or joined; leaving makes room, and only the owner ends another's part.
    for (n, email) in [(17, "bob@voorbeeld.test"), (18, "c@voorbeeld.test"), (19, "d@voorbeeld.test")] {
        invite(n, &owner, email).await.unwrap();
    }
    refused(invite(20, &owner, "e@voorbeeld.test").await, "email", Problem::TooMany(4));
    let them = rows::co_authors(&mut world.db.read().await.unwrap(), id).await.unwrap();
    let row = |email: &str| raw(&[("row", &them.iter().find(|w| w.email == email).unwrap().id.to_string())]);
    denied(co_authors::remove(world, &anna, form(21), id, &row("c@voorbeeld.test")).await, Denied::NotYours);
    denied(co_authors::remove(world, &bob, form(22), id, &row("c@voorbeeld.test")).await, Denied::NotYours);
    co_authors::remove(world, &owner, form(23), id, &row("c@voorbeeld.test")).await.unwrap();
    co_authors::answer(world, &bob, form(24), id, false).await.unwrap();
    co_authors::remove(world, &anna, form(25), id, &row("Anna@Voorbeeld.test")).await.unwrap();
    denied(change(world, &anna, form(26), id, edit(version(world, id).await)).await, Denied::NotYours);
    assert_eq!(get(world, id).await.co_authors, [0; 4]);
    // Who made it answers it no more, though they left.
    let changed = edit(version(world, id).await);
    change(world, &owner, form(27), id, Changed { answer: "Woensdag".into(), ..changed }).await.unwrap();
    let at = (id, version(world, id).await);
    denied(answer(world, &both, form(28), at, Decision::Publish(String::new())).await, Denied::NotYours);
    answer(world, &moderator(&d), form(29), at, Decision::Publish(String::new())).await.unwrap();
}
