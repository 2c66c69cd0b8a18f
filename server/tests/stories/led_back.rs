//! How moderators and staff choose to hear of plans at their desks, and links of mails that lead to the plan, also by way of
//! signing in.

use crate::both_engines;
use crate::browser::Browser;
use crate::common::TestApp;
use crate::desks::{desk, hand_in};
use crate::people::PASSWORD;
use crate::plans::{form, person, version};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::access::Denied;
use domain::notice::How;
use domain::time::DAY;
use services::moderation::{Decision, answer};
use services::notices::choose;
use services::{ActError, passwords, second_factor};
use store::{accounts, sql};

both_engines!(the_choice_is_made_at_the_desk, super::chosen);

async fn chosen(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let resident = person(d.city.owner, None);
    assert!(matches!(
        choose(world, &resident, form(1), How::AtOnce, false).await,
        Err(ActError::Denied(Denied::NotYours))
    ));
    assert!(matches!(
        choose(world, &Default::default(), form(1), How::AtOnce, false).await,
        Err(ActError::Denied(Denied::SignIn))
    ));
    choose(world, &d.moderator, form(2), How::AtOnce, false).await.unwrap();
    let again = choose(world, &d.moderator, form(2), How::Never, false).await;
    assert!(matches!(again, Err(ActError::Done(place)) if place == "/en/moderatie?klaar=bewaard"));
    assert_eq!(
        store::notices::choice(&mut world.db.read().await.unwrap(), d.city.moderator).await.unwrap(),
        How::AtOnce
    );

    let id = hand_in(world, &d, 3).await;
    for (account, desk, place) in
        [(d.city.moderator, "moderatie", "/moderatie"), (d.city.staff, "stadsdeel", "/stadsdeel")]
    {
        let mut browser = Browser::signed_in(&app.router, world, 9, account).await;
        browser.look(place).await;
        assert!(browser.page.contains("Berichten over nieuwe plannen"), "{place}");
        for wrong in [&[("desk", desk)][..], &[("desk", desk), ("how", "'; DROP TABLE notice")]] {
            browser.send("/mijn/berichten", wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
            assert!(browser.page.contains("href=\"#how\""), "{place}: {}", browser.page);
        }
        browser.send("/mijn/berichten", &[("desk", desk), ("how", "none")], StatusCode::SEE_OTHER).await;
        assert_eq!(browser.place, format!("{place}?klaar=bewaard"));
        let saved = browser.place.clone();
        browser.look(&saved).await;
        let kept = store::notices::choice(&mut world.db.read().await.unwrap(), account).await.unwrap();
        assert_eq!(kept, How::Never);
        assert_eq!(browser.ask(Request::get("/mijn/berichten"), Body::empty()).await, StatusCode::SEE_OTHER);
        assert_eq!(browser.place, place);
        if desk == "moderatie" {
            assert!(browser_row(&mut browser, id).await, "the row of the queue can be pointed at");
        }
    }
    let mut browser = Browser::signed_in(&app.router, world, 9, d.city.owner).await;
    browser.look("/mijn/gegevens").await;
    for how in ["none", "wrong"] {
        browser.look("/mijn/gegevens").await;
        browser.send("/mijn/berichten", &[("desk", "moderatie"), ("how", how)], StatusCode::FORBIDDEN).await;
    }
}

async fn browser_row(browser: &mut Browser, id: i64) -> bool {
    browser.look("/moderatie").await;
    browser.page.contains(&format!("id=\"plan-{id}\"")) && browser.page.contains(&format!("href=\"/moderatie/{id}\""))
}

both_engines!(a_link_leads_through_signing_in_to_the_plan, super::led_back);

async fn led_back(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let id = hand_in(world, &d, 1).await;
    let hash = passwords::hash(world, PASSWORD, passwords::Cost::Role).await.unwrap();
    let staff = d.city.staff;
    world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move { Ok(accounts::set_password(u, staff, Some(&hash)).await.map(|_| ())?) })
        })
        .await
        .unwrap();
    let verder = |page: &str| {
        page.split_once("name=\"verder\" value=\"").map(|(_, rest)| rest.split('"').next().unwrap().to_owned())
    };

    // By a mailed link, in both languages.
    for prefix in ["", "/en"] {
        let (plan, mut browser) = (format!("{prefix}/moderatie/{id}"), Browser::new(&app.router, 7));
        assert_eq!(browser.ask(Request::get(&plan), Body::empty()).await, StatusCode::SEE_OTHER);
        assert_eq!(browser.place, format!("{prefix}/inloggen?verder={plan}"));
        let sign_in = browser.place.clone();
        browser.look(&sign_in).await;
        assert!(browser.page.contains(&format!("{prefix}/inloggen/link?verder={plan}")), "{}", browser.page);
        browser.look(&format!("{prefix}/inloggen/link?verder={plan}")).await;
        let field = verder(&browser.page).unwrap();
        let asked = [("email", "mo@voorbeeld.test"), ("verder", &*field)];
        browser.send(&format!("{prefix}/inloggen/link"), &asked, StatusCode::SEE_OTHER).await;
        let mut c = world.db.read().await.unwrap();
        let mail = c
            .one(sql!("SELECT payload FROM outbox WHERE template = 'sign-in' ORDER BY id DESC LIMIT 1"), &[])
            .await
            .unwrap();
        drop(c);
        let mail: serde_json::Value = serde_json::from_str(&mail.text("payload").unwrap()).unwrap();
        let link = mail["path"].as_str().unwrap().to_owned();
        // Opened in another browser than it was asked for in.
        let mut browser = Browser::new(&app.router, 8);
        browser.look(&link).await;
        assert_eq!(verder(&browser.page).as_deref(), Some(&*plan));
        let open = link.split('?').next().unwrap();
        browser.send(open, &[("verder", &*plan)], StatusCode::SEE_OTHER).await;
        assert_eq!(browser.place, plan);
        browser.look(&plan).await;
        assert!(browser.page.contains("Samen praten"));
        // Used up: the way to a new one leads on as well.
        let mut late = Browser::new(&app.router, 9);
        assert_eq!(late.ask(Request::get(&link), Body::empty()).await, StatusCode::GONE);
        assert!(late.page.contains("/inloggen/link?verder=%2F"), "{}", late.page);
    }

    // By password, and then the second factor, which is set up on the way.
    let plan = format!("/stadsdeel/{id}");
    let mut browser = Browser::new(&app.router, 10);
    let password = async |browser: &mut Browser| {
        assert_eq!(browser.ask(Request::get(&plan), Body::empty()).await, StatusCode::SEE_OTHER);
        let sign_in = browser.place.clone();
        browser.look(&sign_in).await;
        let field = verder(&browser.page).unwrap();
        let wrong = [("email", "stan@voorbeeld.test"), ("password", "verkeerd"), ("verder", &*field)];
        browser.send("/inloggen", &wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
        let field = verder(&browser.page).unwrap();
        let right = [("email", "stan@voorbeeld.test"), ("password", PASSWORD), ("verder", &*field)];
        browser.send("/inloggen", &right, StatusCode::SEE_OTHER).await;
        assert_eq!(browser.place, plan);
    };
    password(&mut browser).await;
    browser.look(&plan).await;
    answer(world, &d.moderator, form(2), (id, version(world, id).await), Decision::Publish(String::new()))
        .await
        .unwrap();
    browser.look(&plan).await;
    let verdict = [("verdict", "infeasible"), ("reason", "Te hoog")];
    let form_place = format!("{plan}/oordeel");
    browser.send(&form_place, &verdict, StatusCode::SEE_OTHER).await;
    assert_eq!(browser.place, format!("/inloggen/tweede-stap?verder={form_place}"));
    let step = browser.place.clone();
    assert_eq!(browser.ask(Request::get(&step), Body::empty()).await, StatusCode::SEE_OTHER);
    assert_eq!(browser.place, format!("/inloggen/tweede-stap/instellen?verder={form_place}"));
    let set_up = browser.place.clone();
    browser.look(&set_up).await;
    let field = verder(&browser.page).unwrap();
    let code = async |cookie: &str| {
        let setup = second_factor::prepare(world, &d.staff, cookie).await.unwrap();
        totp_rs::Secret::try_from_base32(&setup.secret).unwrap()
    };
    let secret = code(&browser.jar["fb"]).await;
    let now_code = || {
        let totp = totp_rs::Builder::new().with_secret(secret.clone()).build().unwrap();
        totp.generate(u64::try_from(world.now()).unwrap()).to_string()
    };
    let sent = [("code", &*now_code()), ("verder", &*field)];
    browser.send("/inloggen/tweede-stap/instellen", &sent, StatusCode::OK).await;
    assert!(browser.page.contains(&format!("href=\"{form_place}\"")), "{}", browser.page);
    // Another day: the app is there.
    app.clock.forward(DAY);
    let mut browser = Browser::new(&app.router, 11);
    password(&mut browser).await;
    browser.look(&step).await;
    let field = verder(&browser.page).unwrap();
    browser.send("/inloggen/tweede-stap", &[("code", &*now_code()), ("verder", &*field)], StatusCode::SEE_OTHER).await;
    assert_eq!(browser.place, form_place);
    assert_eq!(browser.ask(Request::get(&form_place), Body::empty()).await, StatusCode::SEE_OTHER);
    assert_eq!(browser.place, plan);
}
