//! Help between neighbours: offered, asked for, introduced, written about, and what came of it. Neither side ever sees the
//! other's address, and nobody else sees anything.

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::desks::{Desk, desk, hand_in};
use crate::dialogue::{denied, mails, moderator, neighbour, publish, raw, refused};
use crate::plans::{form, person};
use domain::access::{Actor, Denied, Role, Scope};
use domain::form::{Problem, Raw};
use domain::help::{Count, Side, Stand, day};
use domain::time::DAY;
use services::{ActError, World, help};
use store::help as rows;
use store::sql;

/// A city with a public plan that asks for cooking, and somebody who offers it.
pub struct Stage {
    pub d: Desk,
    pub plan: i64,
    pub owner: Actor,
    pub helper: Actor,
    pub offer: i64,
}

pub fn offer_of(buurt: i64, kind: &str, words: &str) -> Raw {
    raw(&[("words", words), ("kind", kind), ("buurt", &buurt.to_string()), ("reach", "wijk"), ("language", "ar")])
}

pub async fn stage(world: &World) -> Stage {
    let d = desk(world).await;
    let owner = person(d.city.owner, None);
    let helper = person(neighbour(world, "helper@voorbeeld.test").await, None);
    let plan = hand_in(world, &d, 1).await;
    publish(world, &d, 2, plan).await;
    help::add(world, &owner, form(3), plan, &raw(&[("kind", "cooking"), ("words", "Soep")])).await.unwrap();
    help::offer(world, &helper, form(4), &offer_of(d.city.elsewhere, "cooking", "Ik kook"), None).await.unwrap();
    let offers = rows::offers_of_account(&mut world.db.read().await.unwrap(), helper.account.unwrap()).await.unwrap();
    Stage { plan, owner, helper, offer: offers[0].id, d }
}

pub async fn found(world: &World, s: &Stage) -> Vec<i64> {
    let mut c = world.db.read().await.unwrap();
    let p = store::initiatives::get(&mut c, s.plan).await.unwrap().unwrap();
    let all = help::matches(&mut c, &s.owner, &p, world.now()).await.unwrap();
    all.into_iter().map(|m| m.offer.id).collect()
}

pub const ASK: &[(&str, &str)] = &[("message", "Kookt u mee?"), ("call", "Fatma")];

/// The plan's owner asks, the helper says yes; gives the introduction.
pub async fn introduced(world: &World, s: &Stage, n: u32) -> i64 {
    help::introduce(world, &s.owner, form(n), (s.plan, s.offer), Side::Plan, &raw(ASK)).await.unwrap();
    let id = last(world).await;
    let yes = raw(&[("answer", "ja"), ("call", "Kok")]);
    help::answer(world, &s.helper, form(n + 1), id, &yes).await.unwrap();
    id
}

pub async fn last(world: &World) -> i64 {
    let mut c = world.db.read().await.unwrap();
    c.one(sql!("SELECT MAX(id) AS id FROM introduction"), &[]).await.unwrap().int("id").unwrap()
}

pub async fn seen(world: &World, actor: &Actor, id: i64) -> Result<help::Thread, ActError> {
    help::thread(&mut world.db.read().await.unwrap(), actor, id).await
}

pub fn missing<T>(result: Result<T, ActError>) {
    assert!(matches!(result, Err(ActError::NotFound)), "somebody else finds nothing there");
}

both_engines!(from_an_offer_to_what_came_of_it, super::road);

async fn road(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let owner = person(d.city.owner, None);
    let helper = person(neighbour(world, "helper@voorbeeld.test").await, None);
    let other = person(neighbour(world, "ander@voorbeeld.test").await, None);
    let plan = hand_in(world, &d, 1).await;
    // The makers say what they look for before anybody read the plan; nobody else does.
    let need = raw(&[("kind", "cooking"), ("kind", "children"), ("words", "Soep"), ("language", "ar")]);
    denied(help::add(world, &helper, form(2), plan, &need).await, Denied::NotYours);
    denied(help::add(world, &Actor::default(), form(2), plan, &need).await, Denied::SignIn);
    let wrong = raw(&[("kind", "'; DROP TABLE plan_need")]);
    refused(help::add(world, &owner, form(2), plan, &wrong).await, "kind", Problem::NotAChoice);
    help::add(world, &owner, form(3), plan, &need).await.unwrap();
    let again = help::add(world, &owner, form(3), plan, &need).await;
    assert!(matches!(again, Err(ActError::Done(place)) if place.ends_with("/hulp?klaar=hulp-gevraagd")));
    // An offer, once however often the form is sent.
    let offer = offer_of(d.city.elsewhere, "cooking", "Ik kook <b>graag</b>");
    help::offer(world, &helper, form(4), &offer, None).await.unwrap();
    assert!(matches!(help::offer(world, &helper, form(4), &offer, None).await, Err(ActError::Done(_))));
    help::offer(world, &other, form(5), &offer_of(d.city.buurt, "music", "Ik speel"), None).await.unwrap();
    let offers = rows::offers_of_account(&mut world.db.read().await.unwrap(), helper.account.unwrap()).await.unwrap();
    assert_eq!(offers.len(), 1);
    let s = Stage { plan, owner, helper, offer: offers[0].id, d };
    assert!(found(world, &s).await.is_empty(), "nobody's words are shown for a plan that no moderator read");
    denied(help::introduce(world, &s.owner, form(6), (plan, s.offer), Side::Plan, &raw(ASK)).await, Denied::State);
    publish(world, &s.d, 7, plan).await;
    assert_eq!(found(world, &s).await, [s.offer], "what fits, and nothing else");
    let asked = help::asked_of(&mut world.db.read().await.unwrap(), &s.helper, world.now()).await.unwrap();
    assert_eq!(asked.iter().map(|(p, _)| p.id).collect::<Vec<_>>(), [plan]);

    // Asked once, by who may.
    missing(help::introduce(world, &other, form(8), (plan, s.offer), Side::Helper, &raw(ASK)).await);
    denied(help::introduce(world, &other, form(8), (plan, s.offer), Side::Plan, &raw(ASK)).await, Denied::NotYours);
    denied(help::introduce(world, &s.owner, form(8), (plan, s.offer), Side::Helper, &raw(ASK)).await, Denied::NotYours);
    let empty = help::introduce(world, &s.owner, form(8), (plan, s.offer), Side::Plan, &raw(&[])).await;
    assert!(matches!(empty, Err(ActError::Form(e)) if e.0.len() == 2));
    help::introduce(world, &s.owner, form(9), (plan, s.offer), Side::Plan, &raw(ASK)).await.unwrap();
    refused(
        help::introduce(world, &s.owner, form(10), (plan, s.offer), Side::Plan, &raw(ASK)).await,
        "message",
        Problem::AskedBefore,
    );
    let id = last(world).await;
    let told = mails(world, "help-asked").await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, "helper@voorbeeld.test");
    assert!(!told[0].1.contains("fatma@") && !told[0].1.contains("Kookt u mee?"), "{}", told[0].1);

    // Neither name shows before a yes, and only who was asked can give it.
    for actor in [&s.owner, &s.helper] {
        assert_eq!(seen(world, actor, id).await.unwrap().other, None);
    }
    for stranger in [&other, &moderator(&s.d)] {
        missing(seen(world, stranger, id).await);
        missing(help::answer(world, stranger, form(11), id, &raw(&[("answer", "ja"), ("call", "X")])).await);
        missing(help::write(world, stranger, form(11), id, &raw(&[("body", "x")])).await);
        missing(help::stop(world, stranger, form(11), id).await);
        missing(help::tell_outcome(world, stranger, form(11), id, &raw(&[("outcome", "helped")])).await);
        missing(help::report(world, stranger, form(11), id, &raw(&[("message", "1"), ("why", "rude")])).await);
    }
    denied(seen(world, &Actor::default(), id).await, Denied::SignIn);
    let yes = raw(&[("answer", "ja"), ("call", "Kok")]);
    denied(help::answer(world, &s.owner, form(11), id, &yes).await, Denied::NotYours);
    denied(help::write(world, &s.helper, form(11), id, &raw(&[("body", "Hoi")])).await, Denied::State);
    refused(help::answer(world, &s.helper, form(11), id, &raw(&[("answer", "ja")])).await, "call", Problem::Missing);
    refused(help::answer(world, &s.helper, form(11), id, &raw(&[])).await, "answer", Problem::NotAChoice);
    help::answer(world, &s.helper, form(12), id, &yes).await.unwrap();
    denied(help::answer(world, &s.helper, form(13), id, &raw(&[("answer", "nee")])).await, Denied::State);
    assert_eq!(seen(world, &s.owner, id).await.unwrap().other.as_deref(), Some("Kok"));
    assert_eq!(seen(world, &s.helper, id).await.unwrap().other.as_deref(), Some("Fatma"));
    assert_eq!(mails(world, "help-yes").await.len(), 1);

    // Messages stay on the site; the mail says only that there is one.
    help::write(world, &s.helper, form(14), id, &raw(&[("body", "Zaterdag? <script>x</script>")])).await.unwrap();
    assert!(matches!(
        help::write(world, &s.helper, form(14), id, &raw(&[("body", "Zaterdag?")])).await,
        Err(ActError::Done(_))
    ));
    help::write(world, &s.owner, form(15), id, &raw(&[("body", "Scheldwoord")])).await.unwrap();
    let lines = seen(world, &s.owner, id).await.unwrap().lines;
    assert_eq!(lines.iter().map(|m| (m.own, m.call.as_str())).collect::<Vec<_>>(), [(false, "Kok"), (true, "Fatma")]);
    for (to, payload) in mails(world, "help-message").await {
        assert!(!payload.contains("Zaterdag") && !payload.contains("Scheldwoord"), "{payload}");
        let across = if to.starts_with("helper") { "fatma@" } else { "helper@" };
        assert!(!payload.contains(across), "{payload}");
    }

    reported(world, &s, id, lines[1].id).await;
    outcomes(&app, &s, id).await;
}

/// A report, and what the desks of here and elsewhere see of it.
async fn reported(world: &World, s: &Stage, id: i64, message: i64) {
    let report = |why: &str| raw(&[("message", &message.to_string()), ("why", why)]);
    missing(help::report(world, &s.owner, form(20), id, &report("rude")).await);
    refused(help::report(world, &s.helper, form(20), id, &report("x")).await, "why", Problem::NotAChoice);
    let here = moderator(&s.d);
    let hide = raw(&[("act", "hide"), ("why", "rude")]);
    denied(help::judge_message(world, &here, form(21), message, &hide).await, Denied::State);
    help::report(world, &s.helper, form(22), id, &report("rude")).await.unwrap();
    let elsewhere = person(s.d.city.staff, Some((Role::Moderator, Scope::Buurt(s.d.city.elsewhere))));
    let desk = async |actor: &Actor| help::at_desk(&mut world.db.read().await.unwrap(), actor, world.now()).await;
    denied(desk(&s.helper).await, Denied::NotYours);
    assert!(desk(&elsewhere).await.unwrap().reported.is_empty());
    denied(help::judge_message(world, &elsewhere, form(23), message, &hide).await, Denied::NotYours);
    let at = desk(&here).await.unwrap().reported;
    assert_eq!(at.iter().map(|(m, _)| m.body.as_str()).collect::<Vec<_>>(), ["Scheldwoord"], "and nothing around it");
    // Who is a side of it judges nothing of it.
    let party = Actor { grants: here.grants.clone(), ..s.helper.clone() };
    denied(help::judge_message(world, &party, form(24), message, &hide).await, Denied::NotYours);
    refused(help::judge_message(world, &here, form(24), message, &raw(&[])).await, "act", Problem::NotAChoice);
    help::judge_message(world, &here, form(25), message, &hide).await.unwrap();
    let read = seen(world, &s.helper, id).await.unwrap().lines;
    assert!(read[1].body.is_empty() && read[1].hidden.as_ref().is_some_and(|(why, _)| why == "rude"));
    assert_eq!(mails(world, "help-hidden").await.len(), 1);
    assert!(desk(&here).await.unwrap().reported.is_empty());
}

async fn outcomes(app: &TestApp, s: &Stage, id: i64) {
    let world = &app.world;
    app.clock.forward(30 * DAY);
    for _ in 0..2 {
        help::follow_up(world).await.unwrap();
    }
    assert_eq!(mails(world, "help-outcome").await.len(), 2, "both, once");
    refused(
        help::tell_outcome(world, &s.helper, form(30), id, &raw(&[("outcome", "x")])).await,
        "outcome",
        Problem::NotAChoice,
    );
    let say = async |actor, n, outcome| {
        help::tell_outcome(world, actor, form(n), id, &raw(&[("outcome", outcome)])).await.unwrap();
    };
    say(&s.owner, 31, "nothing").await;
    let figures = async || help::figures(&mut world.db.read().await.unwrap(), world.now()).await.unwrap();
    let outcomes = async || rows::outcomes(&mut world.db.read().await.unwrap()).await.unwrap();
    let o = outcomes().await;
    assert_eq!((o.agreed, o.helped, o.nothing), (1, 0, 1));
    say(&s.helper, 32, "helped").await;
    let all = figures().await;
    let o = outcomes().await;
    assert_eq!((o.helped, o.nothing), (1, 0));
    assert_eq!((all.offers, all.needs, all.helped, all.nothing), (Count::Some, 1, Count::Some, Count::None));
    let there = all.places.iter().find(|p| p.slug == "ijplein").unwrap();
    assert_eq!((there.offers, there.agreed), (Count::Some, Count::Some), "few are not counted");
    help::stop(world, &s.helper, form(33), id).await.unwrap();
    denied(help::stop(world, &s.owner, form(34), id).await, Denied::State);
    denied(help::write(world, &s.owner, form(35), id, &raw(&[("body", "Toch?")])).await, Denied::State);
    assert_eq!(seen(world, &s.owner, id).await.unwrap().introduction.stand, Stand::Ended);
    assert!(found(world, s).await.is_empty(), "who stopped is not found again");
}

both_engines!(nobody_is_kept_waiting, super::follow_up);

async fn follow_up(app: TestApp) {
    let world = &app.world;
    let s = stage(world).await;
    help::introduce(world, &s.owner, form(10), (s.plan, s.offer), Side::Plan, &raw(ASK)).await.unwrap();
    let asked = last(world).await;
    let run = async |days: i64| {
        app.clock.set(START + days * DAY);
        help::follow_up(world).await.unwrap();
        help::follow_up(world).await.unwrap();
        mails(world, "help-remind").await.len()
    };
    assert_eq!((run(2).await, run(3).await, run(5).await), (0, 1, 1), "reminded once");
    let here = moderator(&s.d);
    let desk = async |actor: &Actor| help::at_desk(&mut world.db.read().await.unwrap(), actor, world.now()).await;
    assert_eq!(desk(&here).await.unwrap().waiting.len(), 1);
    let elsewhere = person(s.d.city.staff, Some((Role::Moderator, Scope::Buurt(s.d.city.elsewhere))));
    assert!(desk(&elsewhere).await.unwrap().waiting.is_empty());
    assert!(desk(&elsewhere).await.unwrap().offers.iter().any(|(o, _)| o.id == s.offer), "the offer is of that buurt");
    let told = async || {
        let mut c = world.db.read().await.unwrap();
        let row = c.one(sql!("SELECT COUNT(*) AS n FROM notice WHERE kind = 'help_waiting'"), &[]).await.unwrap();
        row.int("n").unwrap()
    };
    assert_eq!(told().await, 0);
    run(7).await;
    assert_eq!(told().await, 1, "the moderators hear of it after a week");
    // No, with a reason that the other may not read.
    let no = raw(&[("answer", "nee"), ("reason", "Geen tijd")]);
    help::answer(world, &s.helper, form(11), asked, &no).await.unwrap();
    assert_eq!(seen(world, &s.owner, asked).await.unwrap().reason(), None);
    assert_eq!(seen(world, &s.helper, asked).await.unwrap().reason(), Some("Geen tijd"));
    assert!(!mails(world, "help-no").await[0].1.contains("Geen tijd"));

    // After a year: does it still hold? After a month without an answer it is paused; whoever answers goes on.
    let offer = async || rows::offer(&mut world.db.read().await.unwrap(), s.offer).await.unwrap().unwrap();
    run(364).await;
    assert!(mails(world, "help-holds").await.is_empty());
    run(365).await;
    assert_eq!(mails(world, "help-holds").await.len(), 1);
    run(394).await;
    assert!(!offer().await.paused);
    help::step(world, &s.helper, form(12), s.offer, &raw(&[("act", "holds")])).await.unwrap();
    run(396).await;
    assert!(!offer().await.paused && offer().await.asked.is_none());
    run(396 + 365).await;
    run(396 + 365 + 30).await;
    assert!(offer().await.paused, "nobody answered");
    assert_eq!(mails(world, "help-holds").await.len(), 2);
    help::step(world, &s.helper, form(13), s.offer, &raw(&[("act", "resume")])).await.unwrap();
    assert!(offer().await.is_open(day(world.now())));
    // A year later nobody's words are kept.
    let x = rows::introduction(&mut world.db.read().await.unwrap(), asked).await.unwrap().unwrap();
    assert!(x.words.is_empty() && x.reason.is_empty());

    // One whose last day is over is not found, and pauses.
    let until = texts::rfc3339_day(world.now() + 2 * DAY);
    let mut changed = offer_of(s.d.city.buurt, "cooking", "Nog even");
    changed.set("until", until);
    help::change(world, &s.helper, form(14), s.offer, &changed).await.unwrap();
    missing(help::change(world, &s.owner, form(15), s.offer, &changed).await);
    missing(help::step(world, &s.owner, form(15), s.offer, &raw(&[("act", "withdraw")])).await);
    app.clock.forward(3 * DAY);
    assert!(!offer().await.is_open(day(world.now())));
    help::follow_up(world).await.unwrap();
    assert!(offer().await.paused);
    denied(help::step(world, &s.helper, form(16), s.offer, &raw(&[("act", "resume")])).await, Denied::State);
}
