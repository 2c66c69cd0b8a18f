//! What moderators and staff hear of plans that wait for them: in the morning, at once, or not; each event once, a digest a day
//! at most.

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::desks::{Desk, desk, get, hand_in};
use crate::plans::{form, new_plan, person, version};
use domain::access::{Grant, Role, Scope};
use domain::form::Raw;
use domain::initiative::State;
use domain::notice::How;
use domain::time::{DAY, HOUR};
use services::initiatives::{Changed, change};
use services::moderation::{self, Away, Decision, HandOver, answer};
use services::notices::{choose, digest};
use services::{ActError, World, appeals};
use store::accounts::{NewAccount, create};
use store::{accounts, sql};

fn at(local: &str) -> i64 {
    texts::local_seconds(local).unwrap()
}

/// A mail about notices: which, to whom, its texts and paths.
#[derive(Debug)]
struct Told {
    name: String,
    to: String,
    title: String,
    path: String,
    lines: Vec<(String, String)>,
}

/// Mails about notices since a moment.
async fn told(world: &World, since: i64) -> Vec<Told> {
    let mut c = world.db.read().await.unwrap();
    let rows = c
        .rows(sql!("SELECT template, address, payload FROM outbox WHERE created_at >= $1 AND template IN ('notice', 'digest') ORDER BY id"), &[since.into()])
        .await
        .unwrap();
    let read = |r: &store::Row| {
        let json: serde_json::Value = serde_json::from_str(&r.text("payload").unwrap()).unwrap();
        Told {
            name: r.text("template").unwrap(),
            to: r.text("address").unwrap().split('@').next().unwrap().to_owned(),
            title: json["title"].as_str().unwrap().to_owned(),
            path: json["path"].as_str().unwrap().to_owned(),
            lines: serde_json::from_value(json["lines"].clone()).unwrap(),
        }
    };
    rows.iter().map(read).collect()
}

/// Which mails to whom, since a moment.
async fn who(world: &World, since: i64) -> Vec<(String, String)> {
    told(world, since).await.into_iter().map(|t| (t.name, t.to)).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

/// Another account with these roles.
async fn helper(world: &World, name: &'static str, grants: Vec<Grant>) -> i64 {
    world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                let email = format!("{name}@voorbeeld.test");
                let new = NewAccount {
                    email: &email,
                    name,
                    password_hash: None,
                    lang: "nl",
                    buurt_id: None,
                    confirmed_at: Some(START),
                    at: START,
                };
                let id = create(u, &new).await?;
                for grant in grants {
                    accounts::grant(u, id, grant, "Buurtwerk Noord", None, START).await?;
                }
                Ok(id)
            })
        })
        .await
        .unwrap()
}

fn moderates(buurt: i64) -> Grant {
    Grant { role: Role::Moderator, scope: Scope::Buurt(buurt) }
}

async fn prefers(world: &World, d: &Desk, n: u32, account: i64, how: How) {
    let actor = person(account, Some((Role::Moderator, Scope::Buurt(d.city.buurt))));
    choose(world, &actor, form(n), how, false).await.unwrap();
}

async fn mornings(world: &World, app: &TestApp, moment: &str) -> Vec<Told> {
    app.clock.set(at(moment));
    digest(world).await.unwrap();
    digest(world).await.unwrap();
    told(world, at(moment)).await
}

both_engines!(in_the_morning_at_once_or_not, super::mornings_of_all);

async fn mornings_of_all(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let here = d.city.buurt;
    let [eager, quiet, gone] = [
        helper(world, "meteen", vec![moderates(here)]).await,
        helper(world, "niets", vec![moderates(here)]).await,
        helper(world, "weg", vec![moderates(here)]).await,
    ];
    helper(world, "elders", vec![moderates(d.city.elsewhere)]).await;
    // Who handed the plan in moderates here too, and is never told of it.
    let owner = d.city.owner;
    world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move { Ok(accounts::grant(u, owner, moderates(here), "", None, START).await.map(|_| ())?) })
        })
        .await
        .unwrap();
    prefers(world, &d, 1, eager, How::AtOnce).await;
    prefers(world, &d, 2, quiet, How::Never).await;
    prefers(world, &d, 3, gone, How::AtOnce).await;
    let away = Raw::from_pairs(&[("from", "2026-11-18"), ("until", "2026-11-25")]);
    let absent = person(gone, Some((Role::Moderator, Scope::Buurt(here))));
    moderation::go_away(world, &absent, form(4), Away::parse(&away, START).unwrap()).await.unwrap();

    let first = hand_in(world, &d, 10).await;
    let mails = told(world, START).await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!((mails[0].name.as_str(), mails[0].to.as_str()), ("notice", "meteen"));
    assert_eq!((mails[0].path.clone(), mails[0].title.as_str()), (format!("/moderatie/{first}"), "Taalcafé 100%"));
    app.clock.forward(HOUR);
    digest(world).await.unwrap();
    assert_eq!(told(world, START).await.len(), 1, "it came in after seven: that is for the next morning");

    assert!(mornings(world, &app, "2026-11-19T06:59").await.is_empty());
    let mails = mornings(world, &app, "2026-11-19T07:00").await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    let mail = &mails[0];
    assert_eq!((mail.name.as_str(), mail.to.as_str(), mail.path.as_str()), ("digest", "mo", "/moderatie"));
    assert_eq!(mail.title, "1 plan");
    assert_eq!(mail.lines.len(), 1);
    assert_eq!(mail.lines[0].1, format!("/moderatie/{first}"));
    assert!(mail.lines[0].0.starts_with("Taalcafé 100% · Lees het plan"), "{mail:?}");
    assert!(mail.lines[0].0.contains("uiterlijk vrijdag 20 november 2026"), "{mail:?}");

    // The next day's digest holds what is new.
    app.clock.set(at("2026-11-19T09:00"));
    let second = hand_in(world, &d, 11).await;
    assert_eq!(who(world, at("2026-11-19T09:00")).await, pairs(&[("notice", "meteen")]));
    assert!(mornings(world, &app, "2026-11-19T22:00").await.is_empty());
    let mails = mornings(world, &app, "2026-11-20T11:30").await;
    assert_eq!(mails.len(), 1, "late, as the program stood still: {mails:?}");
    assert_eq!(mails[0].lines.iter().map(|l| l.1.clone()).collect::<Vec<_>>(), [format!("/moderatie/{second}")]);

    // Answered meanwhile: not in the digest; the stadsdeel has something to judge now.
    app.clock.set(at("2026-11-20T12:00"));
    let third = hand_in(world, &d, 12).await;
    let read = version(world, third).await;
    answer(world, &d.moderator, form(13), (third, read), Decision::Publish(String::new())).await.unwrap();
    let mails = mornings(world, &app, "2026-11-21T07:00").await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!((mails[0].to.as_str(), mails[0].path.as_str()), ("stan", "/stadsdeel"));
    assert_eq!(mails[0].lines[0].1, format!("/stadsdeel/{third}"));
    let mut c = world.db.read().await.unwrap();
    let waiting = c
        .one(
            sql!(
                "SELECT COUNT(*) AS n FROM notice WHERE initiative_id = $1 AND mailed_at IS NULL AND account_id <> $2"
            ),
            &[third.into(), gone.into()],
        )
        .await
        .unwrap();
    assert_eq!(waiting.int("n").unwrap(), 0, "dropped for good");
    drop(c);

    // Returned and handed in again with another title: told anew, under that title.
    app.clock.set(at("2026-11-21T10:00"));
    let fourth = hand_in(world, &d, 14).await;
    let ask = Decision::Return("Waar precies?".into());
    answer(world, &d.moderator, form(15), (fourth, version(world, fourth).await), ask).await.unwrap();
    app.clock.set(at("2026-11-21T11:00"));
    let mut idea = new_plan(here).idea;
    idea.title = "Bank bij de bakker".into();
    let changed = Changed {
        idea,
        place: "De Meeuw".into(),
        version: version(world, fourth).await,
        answer: "Bij de ingang".into(),
    };
    change(world, &person(owner, None), form(16), fourth, changed).await.unwrap();
    let mails = told(world, at("2026-11-21T11:00")).await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!((mails[0].to.as_str(), mails[0].title.as_str()), ("meteen", "Bank bij de bakker"));
    let mails = mornings(world, &app, "2026-11-22T07:00").await;
    assert_eq!((mails.len(), mails[0].lines.len()), (1, 1), "one line for one plan: {mails:?}");
    assert!(mails[0].lines[0].0.starts_with("Bank bij de bakker"), "{mails:?}");

    // Back from being away: what still waits comes in one digest, oldest due first, and not again.
    assert!(mornings(world, &app, "2026-11-25T23:59").await.is_empty());
    let mails = mornings(world, &app, "2026-11-26T07:00").await;
    assert_eq!(mails.iter().map(|m| m.to.as_str()).collect::<Vec<_>>(), ["weg"]);
    let paths: Vec<&str> = mails[0].lines.iter().map(|l| l.1.as_str()).collect();
    assert_eq!(paths, [first, second, fourth].map(|id| format!("/moderatie/{id}")));
    assert!(mails[0].lines[0].0.ends_with("Het had al gemoeten"), "{mails:?}");
    assert!(mornings(world, &app, "2026-11-27T07:00").await.is_empty());

    // Kept for thirty days.
    let later = at("2026-11-27T07:00") + 31 * DAY;
    world
        .db
        .write(move |u| Box::pin(async move { Ok::<_, ActError>(store::system::sweep(u, later).await?) }))
        .await
        .unwrap();
    let mut c = world.db.read().await.unwrap();
    let left = c.one(sql!("SELECT COUNT(*) AS n FROM notice"), &[]).await.unwrap();
    assert_eq!(left.int("n").unwrap(), 0);
}

both_engines!(one_mail_for_each_event_and_person, super::once_each);

async fn once_each(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let (here, there) = (d.city.buurt, d.city.elsewhere);
    let city = Grant { role: Role::Moderator, scope: Scope::City };
    let staff = Grant { role: Role::Staff, scope: Scope::City };
    let both = helper(world, "beide", vec![moderates(here), moderates(there), city, staff]).await;
    prefers(world, &d, 1, both, How::AtOnce).await;
    let since = |n: i64| {
        app.clock.set(START + n);
        START + n
    };

    let now = since(10);
    let id = hand_in(world, &d, 2).await;
    assert_eq!(who(world, now).await, pairs(&[("notice", "beide")]), "many roles, one mail");

    // Handed over, and the same form again.
    let to = |desk: String| HandOver::parse(&Raw::from_pairs(&[("desk", &desk), ("why", "Zij weten meer.")])).unwrap();
    let now = since(20);
    moderation::hand_over(world, &d.moderator, form(3), id, to(there.to_string())).await.unwrap();
    let again = moderation::hand_over(world, &d.moderator, form(3), id, to(there.to_string())).await;
    assert!(matches!(again, Err(ActError::Done(_))));
    assert_eq!(who(world, now).await, pairs(&[("notice", "beide")]));
    let now = since(30);
    let colleague = person(both, Some((Role::Moderator, Scope::Buurt(there))));
    moderation::hand_over(world, &colleague, form(4), id, to("stadsdeel".into())).await.unwrap();
    assert_eq!(who(world, now).await, pairs(&[("notice", "beide")]));

    // Published: to judge. What the moderators were told of is over for them.
    let now = since(40);
    answer(world, &d.staff, form(5), (id, version(world, id).await), Decision::Publish(String::new())).await.unwrap();
    let mails = told(world, now).await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!((mails[0].to.as_str(), mails[0].path.clone()), ("beide", format!("/stadsdeel/{id}")));
    let mails = mornings(world, &app, "2026-11-19T07:00").await;
    assert_eq!(
        mails.iter().map(|m| m.to.as_str()).collect::<Vec<_>>(),
        ["stan"],
        "no digest for who was mailed at once"
    );
    assert_eq!(mails[0].lines.iter().map(|l| l.1.clone()).collect::<Vec<_>>(), [format!("/stadsdeel/{id}")]);

    // Appeals and what is late have mails of their own, sent at once: nothing is told twice. Who is away finds it later.
    let away = Raw::from_pairs(&[("from", "2026-11-19"), ("until", "2026-11-25")]);
    let absent = helper(world, "weg", vec![moderates(there), staff]).await;
    let absent_actor = person(absent, Some((Role::Moderator, Scope::Buurt(there))));
    let away = Away::parse(&away, world.now()).unwrap();
    moderation::go_away(world, &absent_actor, form(6), away).await.unwrap();
    app.clock.set(at("2026-11-19T09:00"));
    let rejected = hand_in(world, &d, 7).await;
    let no = Decision::Reject("not_public".into(), "Voor één persoon.".into());
    answer(world, &d.moderator, form(8), (rejected, version(world, rejected).await), no).await.unwrap();
    app.clock.set(at("2026-11-19T10:00"));
    let words = Raw::from_pairs(&[("appeal", "Het is wel voor de buurt.")]);
    appeals::appeal(world, &person(d.city.owner, None), form(9), rejected, &words).await.unwrap();
    assert_eq!(who(world, at("2026-11-19T10:00")).await, pairs(&[]));
    let late = hand_in(world, &d, 10).await;
    app.clock.set(at("2026-11-22T10:00"));
    moderation::warn(world).await.unwrap();
    assert!(get(world, late).await.by_staff);
    assert_eq!(who(world, at("2026-11-22T10:00")).await, pairs(&[]));
    let mails = mornings(world, &app, "2026-11-26T07:00").await;
    let back: Vec<&Told> = mails.iter().filter(|m| m.to == "weg").collect();
    assert_eq!(back.len(), 1, "{mails:?}");
    let paths: Vec<&str> = back[0].lines.iter().map(|l| l.1.as_str()).collect();
    assert_eq!(paths, [format!("/moderatie/{late}"), format!("/stadsdeel/{rejected}")]);

    // A decision that can be undone yet is not told of, and comes the next time when it was undone.
    let undoing = &World { undo: 600, ..world.clone() };
    app.clock.set(at("2026-11-27T06:50"));
    let open = hand_in(world, &d, 11).await;
    app.clock.set(at("2026-11-27T06:55"));
    answer(undoing, &d.moderator, form(12), (open, version(world, open).await), Decision::Publish(String::new()))
        .await
        .unwrap();
    assert!(mornings(world, &app, "2026-11-27T07:00").await.iter().all(|m| m.to != "mo"));
    moderation::undo(world, &d.moderator, form(13), open).await.unwrap();
    let mails = mornings(world, &app, "2026-11-27T07:01").await;
    assert_eq!(mails.iter().map(|m| m.to.as_str()).collect::<Vec<_>>(), ["mo"]);
    assert_eq!(get(world, open).await.state, State::Submitted);

    // A role that was taken back ends it.
    app.clock.set(at("2026-11-27T12:00"));
    hand_in(world, &d, 14).await;
    let moderator = d.city.moderator;
    world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                u.exec(sql!("UPDATE role_grant SET revoked_at = 1 WHERE account_id = $1"), &[moderator.into()]).await?;
                Ok(())
            })
        })
        .await
        .unwrap();
    assert!(mornings(world, &app, "2026-11-28T07:00").await.iter().all(|m| m.to != "mo"));
}

both_engines!(a_morning_is_seven_o_clock_in_amsterdam, super::clock_changes);

async fn clock_changes(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    // Summer time begins on 28 March 2027 and ends on 31 October.
    for (n, (day, before, morning)) in [
        ("2027-03-27T12:00", "2027-03-28T06:59", "2027-03-28T07:00"),
        ("2027-03-28T12:00", "2027-03-29T06:59", "2027-03-29T07:00"),
        ("2027-10-29T12:00", "2027-10-30T06:59", "2027-10-30T07:00"),
    ]
    .into_iter()
    .enumerate()
    {
        app.clock.set(at(day));
        let id = hand_in(world, &d, u32::try_from(n).unwrap()).await;
        assert!(mornings(world, &app, before).await.is_empty(), "{before}");
        let mails = mornings(world, &app, morning).await;
        assert_eq!(
            (mails.len(), mails[0].lines.last().unwrap().1.clone()),
            (1, format!("/moderatie/{id}")),
            "{morning}"
        );
    }
    assert_eq!(at("2027-03-28T07:00") - at("2027-03-27T07:00"), 23 * HOUR);

    // More than a mail can hold; and many processes at once, on the day of 25 hours: one mail.
    app.clock.set(at("2027-10-30T12:00"));
    for n in 0..53 {
        hand_in(world, &d, 100 + n).await;
    }
    let morning = at("2027-10-31T07:00");
    app.clock.set(morning);
    let (a, b, c, e) = tokio::join!(digest(world), digest(world), digest(world), digest(world));
    for done in [a, b, c, e] {
        done.unwrap();
    }
    app.clock.set(at("2027-10-31T23:59"));
    digest(world).await.unwrap();
    let mails = told(world, morning).await;
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].title.as_str(), mails[0].lines.len()), ("53 plannen", 51));
    assert_eq!(mails[0].lines[50], ("En nog 3 plannen".to_owned(), "/moderatie".to_owned()));
    app.clock.set(at("2027-11-01T08:00"));
    digest(world).await.unwrap();
    assert_eq!(told(world, morning).await.len(), 1, "those that did not fit are not sent another day");
}
