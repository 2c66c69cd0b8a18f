//! Every address of the desks, walked by a moderator and a civil servant of another place: nothing opens, nothing changes.

use crate::both_engines;
use crate::browser::Browser;
use crate::common::TestApp;
use crate::desks::{desk, get, hand_in};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::access::{Grant, Role, Scope};
use domain::urls;
use services::ActError;
use store::{accounts, places, sql};

both_engines!(a_desk_elsewhere_opens_nothing_here, super::elsewhere);

/// What a form of any of these addresses may hold.
const FIELDS: &[(&str, &str)] = &[
    ("act", "publish"),
    ("version", "1"),
    ("note", "x"),
    ("verdict", "infeasible"),
    ("reason", "x"),
    ("year", "2008"),
    ("desk", "stadsdeel"),
    ("why", "x"),
    ("outcome", "right"),
    ("answer", "x"),
    ("title", "x"),
    ("date", "2030-01-01"),
    ("steun", "ja"),
    ("what", "x"),
    ("email", "x@voorbeeld.test"),
    ("row", "1"),
    ("comment", "x"),
    ("second_title", "x"),
    ("second_what", "x"),
    ("second_why", "x"),
];

async fn elsewhere(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let id = hand_in(world, &d, 1).await;
    let (there, stranger) = (d.city.elsewhere, d.city.staff);
    // The stranger moderates another buurt and works for another stadsdeel; every right here goes.
    world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                u.exec(sql!("UPDATE role_grant SET revoked_at = 1 WHERE account_id = $1"), &[stranger.into()]).await?;
                let west = places::put_stadsdeel(u, "west", "West").await?;
                for grant in [
                    Grant { role: Role::Moderator, scope: Scope::Buurt(there) },
                    Grant { role: Role::Staff, scope: Scope::Stadsdeel(west) },
                ] {
                    accounts::grant(u, stranger, grant, "Elders", None, 1).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
    let before = get(world, id).await;
    let mut browser = Browser::signed_in(&app.router, world, 9, stranger).await;
    browser.look("/moderatie").await;
    assert!(!browser.page.contains(&before.title), "the queue is that of one's own buurt");
    let mut walked = 0;
    for (name, pattern) in urls::all() {
        let desks = ["/moderatie/{id}", "/stadsdeel/{id}", "/initiatieven/{id}"];
        if !desks.iter().any(|desk| pattern.starts_with(desk)) {
            continue;
        }
        let parts = ["{comment}", "{offer}", "{step}", "{photo}", "{receipt}", "{instalment}", "{change}"];
        let path = parts.iter().fold(pattern.replace("{id}", &id.to_string()), |path, part| path.replace(part, "1"));
        let status = browser.ask(Request::get(&path), Body::empty()).await;
        // Addresses that only take forms lead to the page, which does not open either.
        let closed = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND, StatusCode::SEE_OTHER];
        assert!(closed.contains(&status) && !browser.page.contains(&before.what), "GET {name}: {status}");
        browser.look("/moderatie").await;
        let status = browser.post(&path, FIELDS).await;
        // Anybody supports what is public; this is not, which is a matter of its state.
        let refused =
            [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED, StatusCode::CONFLICT];
        assert!(refused.contains(&status), "POST {name}: {status}");
        walked += 1;
    }
    assert!(walked >= 15, "{walked}");
    // What an administrator alone may do.
    for (name, pattern) in urls::all().filter(|(_, pattern)| pattern.starts_with("/beheer") && !pattern.contains('{')) {
        let status = browser.ask(Request::get(pattern), Body::empty()).await;
        assert_ne!(status, StatusCode::OK, "GET {name}");
        browser.look("/moderatie").await;
        let status = browser
            .post(
                pattern,
                &[
                    ("wijk", "1"),
                    ("year", "2008"),
                    ("amount", "1"),
                    ("percent", "1"),
                    ("reason", "x"),
                    ("rest", "carried"),
                    ("transfer", "1"),
                    ("note", "x"),
                    ("day", "2030-01-01"),
                    ("title", "x"),
                    ("small_plan", "1"),
                    ("unique", "1"),
                ],
            )
            .await;
        let refused = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED];
        assert!(refused.contains(&status), "POST {name}: {status}");
    }
    let after = get(world, id).await;
    assert_eq!((after.state, after.version, after.supports), (before.state, before.version, before.supports));
    let steps = store::initiatives::events(&mut world.db.read().await.unwrap(), id).await.unwrap();
    assert_eq!(steps.len(), 1);
    assert_eq!(store::initiatives::pending(&mut world.db.read().await.unwrap(), id).await.unwrap(), None);
}
