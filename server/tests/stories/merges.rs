//! Two plans become one when both sides say yes, and one becomes two.

use crate::both_engines;
use crate::browser::Browser;
use crate::common::{START, TestApp};
use crate::desks::{Desk, desk, get, hand_in};
use crate::dialogue::{denied, mails, moderator, neighbour, publish, raw, refused};
use crate::plans::{form, person, version};
use domain::access::{Actor, Denied};
use domain::form::Problem;
use domain::initiative::State;
use services::initiatives::support;
use services::merges::{self, Split};
use services::moderation::{self, Decision, answer};
use services::{ActError, World, comments};
use store::initiatives as rows;

/// A second plan, of somebody else.
async fn second(world: &World, d: &Desk, n: u32, account: i64) -> i64 {
    let new = crate::plans::new_plan(d.city.buurt);
    services::initiatives::submit(world, &person(account, None), form(n), new, None).await.unwrap();
    rows::of_account(&mut world.db.read().await.unwrap(), account).await.unwrap()[0].id
}

both_engines!(two_plans_become_one_by_consent, super::merging);

async fn merging(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let owner = person(d.city.owner, None);
    let anna = person(neighbour(world, "anna@voorbeeld.test").await, None);
    let bob = person(neighbour(world, "bob@voorbeeld.test").await, None);
    let stays = hand_in(world, &d, 1).await;
    publish(world, &d, 2, stays).await;
    let goes = second(world, &d, 3, anna.account.unwrap()).await;
    let near = merges::candidates(&mut world.db.read().await.unwrap(), &moderator(&d), &get(world, goes).await).await;
    assert_eq!(near.unwrap().iter().map(|p| p.id).collect::<Vec<_>>(), [stays], "plans that say the same are shown");
    let ask = async |n, into: i64| {
        let fields = [
            ("act", "merge"),
            ("into", ""),
            ("other", &*format!("https://buurt.test/initiatieven/{into}")),
            ("merge_words", "Samen beter"),
        ];
        let decision = Decision::parse(&raw(&fields)).unwrap();
        answer(world, &moderator(&d), form(n), (goes, version(world, goes).await), decision).await
    };
    refused(ask(4, goes).await, "into", Problem::NotAChoice);
    refused(ask(5, 4_000).await, "into", Problem::NotAChoice);
    ask(6, stays).await.unwrap();
    assert_eq!(get(world, goes).await.state, State::Returned);
    assert_eq!(mails(world, "merge-asked").await.len(), 2, "both are asked");

    // A stranger sees nothing; a no keeps everything as it was, and the plan waits at the desk again.
    let say = async |n, actor: &Actor, yes| merges::answer(world, actor, form(n), goes, yes).await;
    assert!(matches!(say(7, &bob, true).await, Err(ActError::NotFound)));
    assert!(matches!(say(8, &moderator(&d), true).await, Err(ActError::NotFound)));
    say(9, &owner, false).await.unwrap();
    assert_eq!(get(world, goes).await.state, State::Submitted);
    denied(say(10, &anna, true).await, Denied::State);

    // Asked again, and both say yes: supporters once each, comments, and who made it come along.
    publish(world, &d, 11, goes).await;
    for (n, actor, plan) in [(12, &bob, goes), (13, &bob, stays), (14, &owner, goes)] {
        support(world, actor, form(n), plan, true).await.unwrap();
    }
    comments::add(world, &bob, form(15), goes, &raw(&[("comment", "Ik doe mee")])).await.unwrap();
    ask(16, stays).await.unwrap();
    assert_eq!(get(world, goes).await.state, State::Published, "what is public stays so meanwhile");
    say(17, &anna, true).await.unwrap();
    assert_eq!(get(world, goes).await.merged_into, None, "one yes is not two");
    say(18, &owner, true).await.unwrap();
    let (ended, grown) = (get(world, goes).await, get(world, stays).await);
    assert_eq!((ended.state, ended.merged_into), (State::Withdrawn, Some(stays)));
    assert_eq!((grown.state, grown.supports), (State::Published, 2));
    assert_eq!(grown.co_authors[0], anna.account.unwrap());
    let moved = rows::comments(&mut world.db.read().await.unwrap(), stays, 9, 0).await.unwrap();
    assert_eq!(moved.iter().map(|m| m.body.as_str()).collect::<Vec<_>>(), ["Ik doe mee"]);
    assert_eq!((mails(world, "merged").await.len(), mails(world, "merged-in").await.len()), (1, 1));
    denied(say(19, &owner, true).await, Denied::State);
    let mut browser = Browser::new(&app.router, 5);
    let gone = axum::http::Request::get(format!("/initiatieven/{goes}"));
    assert_eq!(browser.ask(gone, axum::body::Body::empty()).await, axum::http::StatusCode::SEE_OTHER);
    browser.look(&format!("/initiatieven/{stays}")).await;
    assert!(browser.page.contains("Ik doe mee"));

    // One whose other side was withdrawn meanwhile comes to nothing, kindly.
    let third = second(world, &d, 20, bob.account.unwrap()).await;
    let decision = Decision::Merge(stays, "Samen".into());
    answer(world, &moderator(&d), form(21), (third, version(world, third).await), decision).await.unwrap();
    services::initiatives::withdraw(world, &owner, form(22), stays).await.unwrap();
    let place = merges::answer(world, &bob, form(23), third, true).await.unwrap();
    assert!(place.ends_with("klaar=apart"), "{place}");
    let third = get(world, third).await;
    assert_eq!((third.merged_into, third.state), (None, State::Submitted), "it waits at the desk again");
}

both_engines!(a_question_to_merge_can_be_undone_and_lapses, super::merge_undone);

async fn merge_undone(mut app: TestApp) {
    app.world.undo = 600;
    let world = &app.world;
    let d = desk(world).await;
    let anna = neighbour(world, "anna@voorbeeld.test").await;
    let (one, other) = (hand_in(world, &d, 1).await, second(world, &d, 2, anna).await);
    let decision = || Decision::Merge(one, "Samen".into());
    let at = (other, version(world, other).await);
    answer(world, &moderator(&d), form(3), at, decision()).await.unwrap();
    assert!(mails(world, "merge-asked").await.is_empty(), "nothing is sent while it can be undone");
    moderation::undo(world, &moderator(&d), form(4), other).await.unwrap();
    app.clock.set(START + 700);
    moderation::carry_out(world).await.unwrap();
    assert!(mails(world, "merge-asked").await.is_empty());
    // The other plan goes away while the decision waits: it lapses, and the plan waits on.
    answer(world, &moderator(&d), form(5), at, decision()).await.unwrap();
    services::initiatives::withdraw(world, &person(d.city.owner, None), form(6), one).await.unwrap();
    app.clock.set(START + 2000);
    moderation::carry_out(world).await.unwrap();
    assert_eq!(get(world, other).await.state, State::Submitted);
    assert!(rows::merge_question(&mut world.db.read().await.unwrap(), other).await.unwrap().is_none());
}

both_engines!(one_plan_becomes_two, super::splitting);

async fn splitting(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let owner = person(d.city.owner, None);
    let id = hand_in(world, &d, 1).await;
    let at = (id, version(world, id).await);
    answer(world, &moderator(&d), form(2), at, Decision::Split("Praten en eten?".into())).await.unwrap();
    assert_eq!(get(world, id).await.state, State::Returned);
    let fields = |v: i64| {
        raw(&[
            ("title", "Praten"),
            ("what", "Samen praten"),
            ("why", "Gezellig"),
            ("second_title", "Eten"),
            ("second_what", "Samen eten"),
            ("second_why", "Lekker"),
            ("version", &v.to_string()),
        ])
    };
    assert_eq!(
        Split::parse(&raw(&[("title", "Praten")])).unwrap_err().0.iter().map(|(field, _)| *field).collect::<Vec<_>>(),
        ["what", "why", "second_title", "second_what", "second_why"],
        "one look finds every empty field"
    );
    let v = version(world, id).await;
    refused(
        merges::split(world, &owner, form(3), id, Split::parse(&fields(v - 1)).unwrap()).await,
        "title",
        Problem::Changed,
    );
    let stranger = person(neighbour(world, "x@voorbeeld.test").await, None);
    denied(merges::split(world, &stranger, form(4), id, Split::parse(&fields(v)).unwrap()).await, Denied::NotYours);
    assert_eq!(rows::of_account(&mut world.db.read().await.unwrap(), d.city.owner).await.unwrap().len(), 1);
    let place = merges::split(world, &owner, form(5), id, Split::parse(&fields(v)).unwrap()).await.unwrap();
    let again = merges::split(world, &owner, form(5), id, Split::parse(&fields(v)).unwrap()).await;
    assert!(matches!(again, Err(ActError::Done(led)) if led == place));
    let mine = rows::of_account(&mut world.db.read().await.unwrap(), d.city.owner).await.unwrap();
    let seen: Vec<_> = mine.iter().map(|p| (p.title.as_str(), p.state, p.split_from)).collect();
    assert_eq!(seen, [("Eten", State::Submitted, Some(id)), ("Praten", State::Submitted, None)]);
    publish(world, &d, 6, id).await;
    denied(
        merges::split(world, &owner, form(7), id, Split::parse(&fields(version(world, id).await)).unwrap()).await,
        Denied::State,
    );
    let mut browser = Browser::new(&app.router, 5);
    browser.look(&format!("/initiatieven/{id}")).await;
    assert!(!browser.page.contains("Eten"), "the other part is not public yet");
    publish(world, &d, 8, mine[0].id).await;
    browser.look(&format!("/initiatieven/{}", mine[0].id)).await;
    assert!(browser.page.contains(&format!("/initiatieven/{id}\"")), "it says where it came from");
}

both_engines!(what_everybody_can_read_never_goes_on_unread, super::unread);

async fn unread(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let anna = neighbour(world, "anna@voorbeeld.test").await;
    let (public, waits) = (hand_in(world, &d, 1).await, second(world, &d, 2, anna).await);
    publish(world, &d, 3, public).await;
    let ask = async |n, from, into| {
        let decision = Decision::Merge(into, "Samen".into());
        answer(world, &moderator(&d), form(n), (from, version(world, from).await), decision).await
    };
    refused(ask(4, public, waits).await, "into", Problem::NotAChoice);
    ask(5, waits, public).await.unwrap();
    // The title of a plan that nobody read is no public word, also once it went on in one that is public.
    let new = Decision::parse(&raw(&[("act", "publish"), ("note", "")])).unwrap();
    assert!(matches!(new, Decision::Publish(_)));
    let changed = services::initiatives::Changed {
        idea: domain::initiative::Idea { title: "WETHOUDER X LIEGT".into(), what: "x".into(), why: "x".into() },
        place: String::new(),
        version: version(world, waits).await,
        answer: "Ja".into(),
    };
    services::initiatives::change(world, &person(anna, None), form(6), waits, changed).await.unwrap();
    for (n, who) in [(7, anna), (8, d.city.owner)] {
        merges::answer(world, &person(who, None), form(n), waits, true).await.unwrap();
    }
    assert_eq!(get(world, waits).await.merged_into, Some(public));
    let mut browser = Browser::new(&app.router, 5);
    browser.look(&format!("/initiatieven/{public}")).await;
    assert!(!browser.page.contains("WETHOUDER"));
}

both_engines!(two_sides_at_once_make_one_plan, super::at_once);

async fn at_once(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let anna = neighbour(world, "anna@voorbeeld.test").await;
    let (one, other) = (hand_in(world, &d, 1).await, second(world, &d, 2, anna).await);
    for (n, id) in [(3, one), (4, other)] {
        publish(world, &d, n, id).await;
    }
    for (n, from, into) in [(5, one, other), (6, other, one)] {
        let decision = Decision::Merge(into, "Samen".into());
        answer(world, &moderator(&d), form(n), (from, version(world, from).await), decision).await.unwrap();
    }
    let (owner, anna) = (person(d.city.owner, None), person(anna, None));
    // Both questions, both sides, all at once: one plan goes on, whichever, and nobody meets an error of ours.
    let say = |n, actor, from| merges::answer(world, actor, form(n), from, true);
    let said = tokio::join!(say(10, &owner, one), say(11, &anna, one), say(12, &owner, other), say(13, &anna, other));
    for answered in [said.0, said.1, said.2, said.3] {
        assert!(matches!(answered, Ok(_) | Err(ActError::Denied(Denied::State))), "{answered:?}");
    }
    let (one, other) = (get(world, one).await, get(world, other).await);
    assert_eq!([one.state, other.state].iter().filter(|s| **s == State::Published).count(), 1);
    assert_eq!([one.merged_into, other.merged_into].iter().flatten().count(), 1);
}
