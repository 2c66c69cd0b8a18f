//! What help does not do: beyond its limits, with what was hidden, with who left, and with times.

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::desks::hand_in;
use crate::dialogue::{denied, mails, moderator, publish, raw, refused};
use crate::help::{ASK, found, introduced, last, missing, offer_of, seen, stage};
use crate::plans::{form, person};
use domain::access::{Actor, Denied, Role, Scope};
use domain::form::Problem;
use domain::help::{Count, MOST_NEEDS, MOST_OFFERS, Side, Stand, day};
use domain::time::DAY;
use services::{ActError, help};
use store::help as rows;
use store::sql;

both_engines!(there_are_limits, super::limits);

async fn limits(app: TestApp) {
    let world = &app.world;
    let s = stage(world).await;
    for n in 1..MOST_OFFERS as u32 {
        let more = offer_of(s.d.city.buurt, "music", "Nog iets");
        help::offer(world, &s.helper, form(100 + n), &more, None).await.unwrap();
    }
    let one = offer_of(s.d.city.buurt, "music", "Te veel");
    refused(help::offer(world, &s.helper, form(110), &one, None).await, "offers", Problem::TooMany(MOST_OFFERS));
    for n in 1..MOST_NEEDS as u32 {
        help::add(world, &s.owner, form(120 + n), s.plan, &raw(&[("kind", "other")])).await.unwrap();
    }
    let many = help::add(world, &s.owner, form(130), s.plan, &raw(&[("kind", "other")])).await;
    refused(many, "needs", Problem::TooMany(MOST_NEEDS));

    // Twenty messages a day for each side.
    let id = introduced(world, &s, 140).await;
    for n in 0..20 {
        help::write(world, &s.helper, form(150 + n), id, &raw(&[("body", "Hoi")])).await.unwrap();
    }
    assert!(matches!(
        help::write(world, &s.helper, form(180), id, &raw(&[("body", "Hoi")])).await,
        Err(ActError::TooMany)
    ));
    help::write(world, &s.owner, form(181), id, &raw(&[("body", "Hoi")])).await.unwrap();
    let long = "x".repeat(2001);
    refused(
        help::write(world, &s.owner, form(182), id, &raw(&[("body", &long)])).await,
        "body",
        Problem::TooLong(2000),
    );

    // Five questions a day: the helper asks about plan after plan.
    let mut asked = 0;
    for n in 0..6u32 {
        let plan = hand_in(world, &s.d, 200 + n).await;
        publish(world, &s.d, 210 + n, plan).await;
        help::add(world, &s.owner, form(220 + n), plan, &raw(&[("kind", "cooking")])).await.unwrap();
        let about = (plan, s.offer);
        match help::introduce(world, &s.helper, form(230 + n), about, Side::Helper, &raw(ASK)).await {
            Ok(_) => asked += 1,
            Err(ActError::TooMany) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(asked, 5);
    // Two questions at once are one.
    app.clock.forward(DAY);
    let plan = hand_in(world, &s.d, 300).await;
    publish(world, &s.d, 301, plan).await;
    help::add(world, &s.owner, form(302), plan, &raw(&[("kind", "cooking")])).await.unwrap();
    let tries = (0..4u32).map(|n| {
        let (world, helper, about) = (world.clone(), s.helper.clone(), (plan, s.offer));
        tokio::spawn(async move {
            help::introduce(&world, &helper, form(310 + n), about, Side::Helper, &raw(ASK)).await.is_ok()
        })
    });
    let mut done = 0;
    for attempt in tries.collect::<Vec<_>>() {
        done += usize::from(attempt.await.unwrap());
    }
    assert_eq!(done, 1);
}

both_engines!(what_was_hidden_introduces_nobody, super::hidden);

async fn hidden(app: TestApp) {
    let world = &app.world;
    let s = stage(world).await;
    help::introduce(world, &s.owner, form(10), (s.plan, s.offer), Side::Plan, &raw(ASK)).await.unwrap();
    let id = last(world).await;
    let elsewhere = person(s.d.city.staff, Some((Role::Moderator, Scope::Buurt(s.d.city.elsewhere))));
    let hide = raw(&[("act", "hide"), ("why", "advert")]);
    denied(help::judge_offer(world, &moderator(&s.d), form(11), s.offer, &hide).await, Denied::NotYours);
    let own = Actor { grants: elsewhere.grants.clone(), ..s.helper.clone() };
    denied(help::judge_offer(world, &own, form(11), s.offer, &hide).await, Denied::NotYours);
    refused(
        help::judge_offer(world, &elsewhere, form(11), s.offer, &raw(&[("act", "hide")])).await,
        "why",
        Problem::NotAChoice,
    );
    help::judge_offer(world, &elsewhere, form(12), s.offer, &hide).await.unwrap();
    let to: Vec<_> = mails(world, "help-hidden").await.into_iter().map(|(to, _)| to).collect();
    assert_eq!(to, ["helper@voorbeeld.test"]);
    assert!(found(world, &s).await.is_empty());
    let yes = raw(&[("answer", "ja"), ("call", "Kok")]);
    denied(help::answer(world, &s.helper, form(13), id, &yes).await, Denied::State);
    help::judge_offer(world, &elsewhere, form(14), s.offer, &raw(&[("act", "stand")])).await.unwrap();
    assert_eq!(found(world, &s).await, [s.offer]);
    // A withdrawn offer is gone, and its question with it.
    help::step(world, &s.helper, form(15), s.offer, &raw(&[("act", "withdraw")])).await.unwrap();
    assert_eq!(rows::offer(&mut world.db.read().await.unwrap(), s.offer).await.unwrap(), None);
    denied(help::answer(world, &s.helper, form(16), id, &yes).await, Denied::State);
    assert_eq!(seen(world, &s.owner, id).await.unwrap().introduction.stand, Stand::Lapsed);
}

both_engines!(who_leaves_takes_their_words_along, super::leaving);

async fn leaving(app: TestApp) {
    let world = &app.world;
    let s = stage(world).await;
    let id = introduced(world, &s, 10).await;
    help::write(world, &s.helper, form(20), id, &raw(&[("body", "Mijn nummer is 06")])).await.unwrap();
    help::write(world, &s.owner, form(21), id, &raw(&[("body", "Fijn")])).await.unwrap();
    let account = s.helper.account.unwrap();
    let own = help::export(&mut world.db.read().await.unwrap(), account).await.unwrap().to_string();
    assert!(own.contains("Ik kook") && own.contains("Mijn nummer is 06") && own.contains("Kok"), "{own}");
    assert!(!own.contains("Fijn") && !own.contains("Kookt u mee?") && !own.contains("Fatma"), "{own}");
    world.db.write::<_, ActError, _>(move |u| Box::pin(async move { help::close(u, account).await })).await.unwrap();
    let left = seen(world, &s.owner, id).await.unwrap();
    assert_eq!(left.lines.iter().map(|m| (m.gone, m.body.as_str())).collect::<Vec<_>>(), [(true, ""), (false, "Fijn")]);
    assert_eq!((left.introduction.stand, left.other.as_deref()), (Stand::Ended, Some("")));
    missing(seen(world, &s.helper, id).await);
    assert_eq!(rows::offer(&mut world.db.read().await.unwrap(), s.offer).await.unwrap(), None);
    let figures = help::figures(&mut world.db.read().await.unwrap(), world.now()).await.unwrap();
    let agreed = rows::outcomes(&mut world.db.read().await.unwrap()).await.unwrap().agreed;
    assert_eq!((figures.offers, agreed), (Count::None, 1), "what was, was");
}

both_engines!(an_offer_keeps_no_time, super::no_time);

/// An offer may begin with a text of the survey: nothing about it is finer than a day.
async fn no_time(app: TestApp) {
    let world = &app.world;
    app.clock.set(START + 12_345);
    let s = stage(world).await;
    let mut c = world.db.read().await.unwrap();
    for column in c.columns("help_offer").await.unwrap() {
        let (name, ..) = column;
        assert!(!name.ends_with("_at") && name != "at", "{name}");
    }
    let row =
        c.one(sql!("SELECT made_day, changed_day FROM help_offer WHERE id = $1"), &[s.offer.into()]).await.unwrap();
    assert_eq!((row.int("made_day").unwrap(), row.int("changed_day").unwrap()), (day(START), day(START)));
    let lines = c.rows(sql!("SELECT at FROM audit WHERE subject_kind = 'help_offer'"), &[]).await.unwrap();
    assert!(!lines.is_empty() && lines.iter().all(|line| line.int("at").unwrap() % DAY == 0));
}
