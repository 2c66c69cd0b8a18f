//! The road of a plan: handed in, returned, answered, published, supported, judged, funded as a small plan.

use crate::both_engines;
use crate::common::{START, TestApp, TestClock};
use domain::access::{Actor, Denied, Grant, Role, Scope};
use domain::budget::Amount;
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{FIRST_REPLY_TERM, Idea, Sender, State, Whereabouts};
use domain::money::Cents;
use domain::time::Clock as _;
use services::district::{Verdict, judge};
use services::initiatives::{Changed, FormKey, NewPlan, change, hand_in_draft, leave_draft, submit, support};
use services::moderation::{Asked, Decision, answer, find};
use services::{ActError, World, small_plans};
use store::accounts::{NewAccount, create};
use store::initiatives::{self as rows, Filter};
use store::ledger::{self, Kind, Transfer};
use store::places;
use texts::Lang;

pub(crate) struct City {
    pub(crate) buurt: i64,
    pub(crate) elsewhere: i64,
    pub(crate) wijk: i64,
    pub(crate) owner: i64,
    pub(crate) moderator: i64,
    pub(crate) staff: i64,
}

pub(crate) async fn city(world: &World) -> City {
    world
        .db
        .write(|u| {
            Box::pin(async move {
                let stadsdeel = places::put_stadsdeel(u, "noord", "Noord").await?;
                let wijk = places::put_wijk(u, "noord", "Noord", None).await?;
                let buurt = places::put_buurt(u, "vogelbuurt", "Vogelbuurt", wijk, stadsdeel).await?;
                let elsewhere = places::put_buurt(u, "ijplein", "IJplein", wijk, stadsdeel).await?;
                let programme = places::put_programme(u, "sociaal", "Sociaal", false).await?;
                let version = store::budget::add_version(u, "test", "digest", START).await?;
                store::budget::add_line(u, version, programme, Some(wijk), 2008, Amount::Known(Cents::euros(20_000)))
                    .await?;
                let line = Kind::ProgrammeLine { programme, wijk: Some(wijk), year: 2008 };
                let step = |from, to, amount, key| Transfer {
                    from,
                    to,
                    amount,
                    reason: "test",
                    reference: "",
                    note: "",
                    actor: None,
                    key,
                    at: START,
                };
                ledger::transfer(u, &step(Kind::Source, line, Cents::euros(20_000), "a")).await?;
                ledger::transfer(u, &step(line, Kind::Share { wijk, year: 2008 }, Cents(200_050), "b")).await?;
                let mut people = [0; 3];
                for (i, email) in
                    ["fatma@voorbeeld.test", "mo@voorbeeld.test", "stan@voorbeeld.test"].iter().enumerate()
                {
                    people[i] = create(
                        u,
                        &NewAccount {
                            email,
                            name: "Naam",
                            password_hash: None,
                            lang: "nl",
                            buurt_id: None,
                            confirmed_at: Some(START),
                            at: START,
                        },
                    )
                    .await?;
                }
                Ok::<_, ActError>(City {
                    buurt,
                    elsewhere,
                    wijk,
                    owner: people[0],
                    moderator: people[1],
                    staff: people[2],
                })
            })
        })
        .await
        .unwrap()
}

pub(crate) const NETWORK: &str = "192.0.2.1";

/// The version of a plan as it stands.
pub(crate) async fn version(world: &World, id: i64) -> i64 {
    store::initiatives::get(&mut world.db.read().await.unwrap(), id).await.unwrap().unwrap().version
}

pub(crate) fn form(n: u32) -> FormKey {
    FormKey { key: format!("key{n:016}"), actor: "browser".into(), lang: Lang::En }
}

pub(crate) fn person(account: i64, role: Option<(Role, Scope)>) -> Actor {
    Actor {
        account: Some(account),
        confirmed: true,
        resident_of: None,
        grants: role.map(|(role, scope)| Grant { role, scope }).into_iter().collect(),
        second_factor: true,
        code: None,
    }
}

pub(crate) fn new_plan(buurt: i64) -> NewPlan {
    NewPlan {
        idea: Idea { title: "Taalcafé 100%".into(), what: "Samen praten".into(), why: "Gezellig".into() },
        place: Whereabouts { buurt, place: "De Meeuw".into(), cost: Some(Cents(150_050)) },
        wants_supporter: false,
        source: None,
    }
}

async fn road(world: &World, clock: &TestClock) {
    let c = city(world).await;
    let owner = person(c.owner, None);
    let moderator = person(c.moderator, Some((Role::Moderator, Scope::Buurt(c.buurt))));
    let other = person(c.moderator, Some((Role::Moderator, Scope::Buurt(c.elsewhere))));
    let staff = person(c.staff, Some((Role::Staff, Scope::City)));
    let read = || async { world.db.read().await.unwrap() };

    // Handed in, and the same form again: one plan.
    let place = submit(world, &owner, form(1), new_plan(c.buurt), None).await.unwrap();
    let again = submit(world, &owner, form(1), new_plan(c.buurt), None).await;
    assert!(matches!(again, Err(ActError::Done(p)) if p == place && p.starts_with("/en/initiatieven/")));
    let mine = rows::of_account(&mut read().await, c.owner).await.unwrap();
    assert_eq!(mine.len(), 1);
    let id = mine[0].id;
    assert_eq!(
        (mine[0].state, mine[0].due_at, mine[0].drawing.as_str()),
        (State::Submitted, Some(START + FIRST_REPLY_TERM), "taal")
    );
    assert!(rows::public(&mut read().await, &Filter { limit: 9, ..Filter::default() }).await.unwrap().is_empty());

    // A moderator of another buurt neither sees nor answers it.
    let queue = async |actor: &Actor| find(&mut read().await, actor, &Asked::default(), false).await.unwrap().plans;
    assert!(queue(&other).await.is_empty());
    assert!(matches!(
        answer(world, &other, form(2), (id, version(world, id).await), Decision::Publish(String::new())).await,
        Err(ActError::Denied(Denied::NotYours))
    ));
    assert_eq!(queue(&moderator).await.len(), 1);

    // Returned, answered, published.
    clock.forward(3600);
    answer(world, &moderator, form(3), (id, version(world, id).await), Decision::Return("Wanneer?".into()))
        .await
        .unwrap();
    assert!(matches!(
        answer(world, &moderator, form(4), (id, version(world, id).await), Decision::Publish(String::new())).await,
        Err(ActError::Denied(Denied::State))
    ));
    let present = version(world, id).await;
    let words =
        Changed { idea: new_plan(c.buurt).idea, place: String::new(), version: present - 1, answer: "Dinsdag".into() };
    assert!(
        matches!(change(world, &owner, form(5), id, words.clone()).await, Err(ActError::Form(e)) if e == Errors::one("title", Problem::Changed))
    );
    assert!(matches!(
        change(world, &moderator, form(5), id, words.clone()).await,
        Err(ActError::Denied(Denied::NotYours))
    ));
    change(world, &owner, form(6), id, Changed { version: present, ..words }).await.unwrap();
    let stale = version(world, id).await - 1;
    assert!(
        matches!(
            answer(world, &moderator, form(5), (id, stale), Decision::Publish(String::new())).await,
            Err(ActError::Form(_))
        ),
        "what is published is what was read"
    );
    answer(world, &moderator, form(7), (id, version(world, id).await), Decision::Publish("Mooi".into())).await.unwrap();
    let p = rows::get(&mut read().await, id).await.unwrap().unwrap();
    assert_eq!((p.state, p.replied_at), (State::Published, Some(START + 3600)));

    // Found by its words, with LIKE's own signs taken literally.
    for (words, found) in [("100%", 1), ("00_", 0), ("samen", 1)] {
        let filter = Filter {
            words: Some(words.into()),
            buurt: Some(c.buurt),
            state: Some(State::Published),
            limit: 9,
            ..Filter::default()
        };
        assert_eq!(rows::count_public(&mut read().await, &filter).await.unwrap(), found, "{words}");
        assert_eq!(rows::public(&mut read().await, &filter).await.unwrap().len() as i64, found);
    }

    // Supported: one per account, however often it is sent.
    let neighbour = person(c.staff, None);
    support(world, &neighbour, form(8), id, true).await.unwrap();
    support(world, &neighbour, form(9), id, true).await.unwrap();
    assert!(matches!(
        support(world, &Actor::default(), form(10), id, true).await,
        Err(ActError::Denied(Denied::SignIn))
    ));
    assert_eq!(rows::get(&mut read().await, id).await.unwrap().unwrap().supports, 1);
    support(world, &neighbour, form(11), id, false).await.unwrap();
    assert_eq!(rows::get(&mut read().await, id).await.unwrap().unwrap().supports, 0);

    // Judged, then signed by two: the money moves to the cent.
    let raw = [("verdict", "feasible"), ("minimum", "1000"), ("desired", "1500,50"), ("why", "Er is plek genoeg.")];
    let costly = Verdict::parse(&Raw::from_pairs(&[&raw[..], &[("running", "200")]].concat()));
    assert_eq!(costly, Err(Errors::one("borne_by", Problem::Missing)), "somebody bears what comes back every year");
    let without = Verdict::parse(&Raw::from_pairs(&raw[..3]));
    assert_eq!(without, Err(Errors::one("why", Problem::Missing)), "no verdict without a reason");
    let more =
        [("running", "€ 200"), ("borne_by", "Het stadsdeel"), ("permit", "no"), ("department", "Openbare ruimte")];
    let verdict = Verdict::parse(&Raw::from_pairs(&[&raw[..], &more[..]].concat())).unwrap();
    judge(world, &staff, form(12), id, verdict).await.unwrap();
    let found = rows::findings(&mut read().await, id).await.unwrap().unwrap();
    assert_eq!((found.running, found.borne_by.as_str(), found.permit.as_str()), (Cents(20_000), "Het stadsdeel", "no"));
    let share = Kind::Share { wijk: c.wijk, year: 2008 };
    small_plans::sign(world, &moderator, form(13), id, Role::Moderator, 2008).await.unwrap();
    assert_eq!(ledger::balance(&mut read().await, share).await.unwrap(), Cents(200_050));
    let both = person(c.moderator, Some((Role::Staff, Scope::City)));
    assert!(matches!(
        small_plans::sign(world, &both, form(14), id, Role::Staff, 2008).await,
        Err(ActError::Denied(Denied::State))
    ));
    assert!(
        matches!(small_plans::sign(world, &staff, form(15), id, Role::Staff, 2009).await, Err(ActError::Form(e)) if e == Errors::one("year", Problem::NotAChoice))
    );
    small_plans::sign(world, &staff, form(16), id, Role::Staff, 2008).await.unwrap();
    assert_eq!(ledger::balance(&mut read().await, share).await.unwrap(), Cents(50_000));
    assert_eq!(ledger::balance(&mut read().await, Kind::Reserved { initiative: id }).await.unwrap(), Cents(150_050));
    assert!(ledger::unbalanced(&mut read().await).await.unwrap().is_empty());
    assert_eq!(rows::get(&mut read().await, id).await.unwrap().unwrap().state, State::Funded);

    let acts: Vec<String> = rows::events(&mut read().await, id).await.unwrap().into_iter().map(|e| e.act).collect();
    let expected =
        ["submitted", "returned", "answered", "published", "feasible", "small_signed", "small_signed", "funded"];
    assert_eq!(acts, expected);
    let mails: Vec<String> =
        store::outbox::due(&mut read().await, i64::MAX).await.unwrap().into_iter().map(|m| m.template).collect();
    assert_eq!(mails, ["received", "returned", "published", "feasible", "funded"]);
    second_small_plan(world, &c, &owner, &moderator, &staff).await;
}

/// What is left does not hold a second plan: nothing moves.
async fn second_small_plan(world: &World, c: &City, owner: &Actor, moderator: &Actor, staff: &Actor) {
    submit(world, owner, form(30), new_plan(c.buurt), None).await.unwrap();
    let id = rows::of_account(&mut world.db.read().await.unwrap(), c.owner).await.unwrap()[0].id;
    answer(world, moderator, form(31), (id, version(world, id).await), Decision::Publish(String::new())).await.unwrap();
    judge(
        world,
        staff,
        form(32),
        id,
        Verdict::Feasible {
            minimum: Cents(1),
            desired: Cents(50_001),
            conditions: String::new(),
            findings: rows::Findings::default(),
        },
    )
    .await
    .unwrap();
    let refused = small_plans::sign(world, staff, form(33), id, Role::Staff, 2008).await;
    assert!(matches!(refused, Err(ActError::Form(e)) if e == Errors::one("year", Problem::NotEnough(Cents(50_000)))));
}

async fn without_account(world: &World, clock: &TestClock) {
    let buurt = world
        .db
        .write(|u| {
            Box::pin(async move { Ok::<_, ActError>(places::buurt_by_slug(u, "vogelbuurt").await?.unwrap().id) })
        })
        .await
        .unwrap();
    let sender = Sender { name: "Nieuw".into(), email: "Nieuw@voorbeeld.test".into() };
    leave_draft(world, form(50), new_plan(buurt), sender.clone(), None, NETWORK).await.unwrap();
    let now = clock.now();
    let confirm = || world.db.write(move |u| Box::pin(async move { hand_in_draft(u, 1, now).await }));
    let (account, id) = confirm().await.unwrap();
    assert_eq!(confirm().await.unwrap(), (account, id), "opened twice: one plan");
    let made =
        store::accounts::by_email(&mut world.db.read().await.unwrap(), "nieuw@voorbeeld.test").await.unwrap().unwrap();
    assert_eq!((made.id, made.confirmed_at), (account, None), "arriving confirms, not handing in");
    for n in 51..55 {
        leave_draft(world, form(n), new_plan(buurt), sender.clone(), None, NETWORK).await.unwrap();
    }
    assert!(matches!(
        leave_draft(world, form(60), new_plan(buurt), sender, None, NETWORK).await,
        Err(ActError::TooMany)
    ));
    clock.forward(domain::initiative::DRAFT_TERM);
    let later = clock.now();
    assert!(matches!(
        world.db.write(move |u| Box::pin(async move { hand_in_draft(u, 2, later).await })).await,
        Err(ActError::NotFound)
    ));
}

both_engines!(the_road_of_a_plan, super::the_road_of_a_plan);

async fn the_road_of_a_plan(app: TestApp) {
    road(&app.world, &app.clock).await;
    without_account(&app.world, &app.clock).await;
}
