//! What is left behind: words in mails to strangers, letters given up, pictures that nothing shows.

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::plans::*;
use domain::access::Actor;
use domain::initiative::Sender;
use services::initiatives::{FormKey, leave_draft, submit};
use services::{ActError, World};
use store::initiatives::{self as rows};

both_engines!(mails_to_strangers_say_nothing_typed, super::mails_to_strangers_say_nothing_typed);

/// Anybody can type anything to anybody's address: the mail keeps it to itself, and a network sends few.
async fn mails_to_strangers_say_nothing_typed(app: TestApp) {
    let world = &app.world;
    let c = city(world).await;
    let key = |n: u32| FormKey { actor: format!("browser {n}"), ..form(n) };
    let send = |n: u32, email: String, network: &'static str| {
        let sender = Sender { name: "KOOP NU op kwaad.test".into(), email };
        leave_draft(world, key(n), new_plan(c.buurt), sender, None, network)
    };
    send(1, "vreemde@voorbeeld.test".into(), NETWORK).await.unwrap();
    send(2, "fatma@voorbeeld.test".into(), NETWORK).await.unwrap();
    let title = new_plan(c.buurt).idea.title;
    let mails = store::outbox::due(&mut world.db.read().await.unwrap(), i64::MAX).await.unwrap();
    assert_eq!(mails.len(), 2);
    for mail in &mails {
        assert!(!mail.payload.contains("KOOP") && !mail.payload.contains(&title), "{}", mail.payload);
    }
    assert!(mails[0].payload.contains(r#""name":"""#) && !mails[1].payload.contains(r#""name":"""#));
    for n in 3..=60 {
        send(n, format!("vreemde{n}@voorbeeld.test"), NETWORK).await.unwrap();
    }
    assert!(matches!(send(61, "laatste@voorbeeld.test".into(), NETWORK).await, Err(ActError::TooMany)));
    send(62, "laatste@voorbeeld.test".into(), "198.51.100.7").await.unwrap();
}

both_engines!(what_nothing_shows_is_swept, super::what_nothing_shows_is_swept);

async fn what_nothing_shows_is_swept(app: TestApp) {
    let world = &app.world;
    let c = city(world).await;
    let at = START;
    let (used, waiting, forgotten, milestone) = world
        .db
        .write(move |u| {
            Box::pin(async move {
                let picture = rows::Picture { mime: "image/jpeg".into(), width: 1, height: 1, bytes: vec![1] };
                let mut ids = [0; 4];
                for id in &mut ids {
                    *id = rows::add_picture(u, &picture, at).await?;
                }
                Ok::<_, ActError>((ids[0], ids[1], ids[2], ids[3]))
            })
        })
        .await
        .unwrap();
    let owner = Actor { account: Some(c.owner), confirmed: true, resident_of: Some(c.buurt), ..Actor::default() };
    submit(world, &owner, form(1), new_plan(c.buurt), None).await.unwrap();
    let plan = rows::of_account(&mut world.db.read().await.unwrap(), c.owner).await.unwrap()[0].id;
    let sender = Sender { name: "Nieuw".into(), email: "nieuw@voorbeeld.test".into() };
    leave_draft(world, form(2), new_plan(c.buurt), sender, None, NETWORK).await.unwrap();
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                rows::set_picture(u, plan, used).await?;
                u.exec(store::sql!("UPDATE initiative_draft SET picture_id = $1"), &[waiting.into()]).await?;
                let step = store::execution::add_step(u, plan, "Eerste avond", at, at).await?;
                store::execution::add_photo(u, step, milestone, false, at).await?;
                let letter = store::outbox::due(u, i64::MAX).await?[0].id;
                Ok::<_, ActError>(store::outbox::not_sent(u, letter, None, at).await?)
            })
        })
        .await
        .unwrap();
    let letters = |world: World| async move {
        let mut c = world.db.read().await.unwrap();
        c.one(store::sql!("SELECT COUNT(*) AS n FROM outbox"), &[]).await.unwrap().int("n").unwrap()
    };
    let kept = |world: World, now: i64| async move {
        world
            .db
            .write(move |u| Box::pin(async move { Ok::<_, ActError>(store::system::sweep(u, now).await?) }))
            .await
            .unwrap();
        let mut c = world.db.read().await.unwrap();
        let mut kept = Vec::new();
        for id in [used, waiting, forgotten, milestone] {
            kept.push(rows::picture(&mut c, id).await.unwrap().is_some());
        }
        kept
    };
    let day = domain::time::DAY;
    assert_eq!(kept(world.clone(), START + day).await, [true, true, true, true]);
    assert_eq!(kept(world.clone(), START + day + 1).await, [true, true, false, true], "nothing shows the third");
    assert_eq!(letters(world.clone()).await, 2);
    assert_eq!(kept(world.clone(), START + 7 * day + 1).await, [true, false, false, true], "its draft ran out");
    assert_eq!(letters(world.clone()).await, 1, "the letter that was given up is gone");
}
