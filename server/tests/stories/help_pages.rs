//! The pages about help as browsers see them: a text that comes along from the survey, readers who are not signed in, hostile
//! texts, and that nobody sees an address.

use crate::both_engines;
use crate::browser::Browser;
use crate::common::TestApp;
use crate::dialogue::{mails, neighbour, raw};
use crate::help::{introduced, stage};
use crate::plans::form;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use services::help;
use store::sql;

async fn offers(app: &TestApp) -> i64 {
    let mut c = app.world.db.read().await.unwrap();
    c.one(sql!("SELECT COUNT(*) AS n FROM help_offer"), &[]).await.unwrap().int("n").unwrap()
}

both_engines!(a_text_comes_along_and_nothing_else, super::carried);

async fn carried(app: TestApp) {
    let world = &app.world;
    let s = stage(world).await;
    let before = offers(&app).await;
    let text = "Ik heb een busje </textarea><script>alert(1)</script>";
    let sent = [("words", text), ("from", "survey"), ("wave", "najaar"), ("mark", "7"), ("kind", "cooking")];
    for account in [None, s.helper.account] {
        let mut browser = match account {
            Some(account) => Browser::signed_in(&app.router, world, 5, account).await,
            None => Browser::new(&app.router, 6),
        };
        browser.look("/hulp/nieuw").await;
        browser.send("/hulp/nieuw", &sent, StatusCode::OK).await;
        assert!(
            browser.page.contains("Ik heb een busje") && !browser.page.contains("<script>alert"),
            "{}",
            browser.page
        );
        assert!(browser.page.contains("Alleen deze tekst hebben we meegenomen"));
        assert!(!browser.page.contains("najaar") && !browser.page.contains("value=\"cooking\" checked"));
        let signs_in = browser.page.contains("verder=%2Fhulp%2Fnieuw");
        assert_eq!(signs_in, account.is_none(), "who is not signed in is led there, and back");
    }
    assert_eq!(offers(&app).await, before, "nothing is written");
    // Signed out meanwhile: what was typed is there still.
    let mut stranger = Browser::new(&app.router, 7);
    stranger.look("/hulp/nieuw").await;
    stranger.send("/hulp/nieuw", &[("send", "1"), ("words", "Bewaar mij")], StatusCode::OK).await;
    assert!(stranger.page.contains("Bewaar mij") && stranger.page.contains("verder="));
    assert_eq!(offers(&app).await, before);
    // Wrong fields keep what was typed too.
    let mut helper = Browser::signed_in(&app.router, world, 8, s.helper.account.unwrap()).await;
    for wrong in ["<b>", "'; DROP TABLE help_offer", "\u{202E}x"] {
        helper.look("/hulp/nieuw").await;
        let fields = [("send", "1"), ("words", "Bewaar mij"), ("kind", wrong), ("buurt", wrong), ("until", wrong)];
        helper.send("/hulp/nieuw", &fields, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert!(helper.page.contains("Bewaar mij") && helper.page.contains("href=\"#kind\""), "{}", helper.page);
    }
    let huge = "x".repeat(60_000);
    helper.look("/hulp/nieuw").await;
    helper.send("/hulp/nieuw", &[("send", "1"), ("words", &huge)], StatusCode::UNPROCESSABLE_ENTITY).await;
}

both_engines!(from_the_plans_page_to_a_conversation, super::browsed);

async fn browsed(app: TestApp) {
    let world = &app.world;
    let s = stage(world).await;
    let id = s.plan;
    let plan = format!("/initiatieven/{id}");
    let mut stranger = Browser::new(&app.router, 3);
    stranger.look(&plan).await;
    assert!(stranger.page.contains("Dit plan zoekt") && stranger.page.contains(&format!("{plan}/hulp/helpen")));
    assert_eq!(stranger.ask(Request::get(format!("{plan}/hulp/helpen")), Body::empty()).await, StatusCode::SEE_OTHER);
    assert_eq!(stranger.place, format!("/hulp/nieuw?plan={id}"));
    let form_for_plan = stranger.place.clone();
    stranger.look(&form_for_plan).await;
    for closed in
        [format!("{plan}/hulp"), "/hulp/mijn".into(), "/moderatie/hulp".into(), format!("/hulp/aanbod/{}", s.offer)]
    {
        assert_eq!(stranger.ask(Request::get(&closed), Body::empty()).await, StatusCode::SEE_OTHER, "{closed}");
    }
    // The owner sees no button on their own plan, and what fits, without a name.
    let mut owner = Browser::signed_in(&app.router, world, 4, s.owner.account.unwrap()).await;
    owner.look(&plan).await;
    assert!(!owner.page.contains("/hulp/helpen") && owner.page.contains(&format!("{plan}/hulp\"")));
    owner.look(&format!("{plan}/hulp")).await;
    assert!(owner.page.contains("Ik kook") && !owner.page.contains("helper@voorbeeld.test"));
    // The helper offers at once.
    let mut helper = Browser::signed_in(&app.router, world, 5, s.helper.account.unwrap()).await;
    helper.look("/hulp/mijn").await;
    assert!(helper.page.contains(&format!("{plan}#hulp")));
    let ask = format!("{plan}/hulp/helpen");
    helper.look(&ask).await;
    let offer = s.offer.to_string();
    helper.send(&ask, &[("offer", &offer), ("call", "Kok")], StatusCode::UNPROCESSABLE_ENTITY).await;
    let fields = [("offer", offer.as_str()), ("message", "Ik kom <img src=x>"), ("call", "Bep <i>")];
    helper.send(&ask, &fields, StatusCode::SEE_OTHER).await;
    let thread = helper.place.split('?').next().unwrap().to_owned();
    helper.look(&thread).await;
    owner.look(&thread).await;
    assert!(owner.page.contains("Ik kom") && !owner.page.contains("<img src=x>"));
    assert!(!owner.page.contains("Bep"), "no name before a yes");
    let step = |name: &str| format!("{thread}/{name}");
    owner.send(&step("antwoord"), &[("answer", "ja"), ("call", "")], StatusCode::UNPROCESSABLE_ENTITY).await;
    owner.send(&step("antwoord"), &[("answer", "ja"), ("call", "Fatma")], StatusCode::SEE_OTHER).await;
    helper.look(&thread).await;
    helper.send(&step("bericht"), &[("body", "  ")], StatusCode::UNPROCESSABLE_ENTITY).await;
    helper.send(&step("bericht"), &[("body", "Tot <b>zaterdag</b>")], StatusCode::SEE_OTHER).await;
    owner.look(&thread).await;
    assert!(owner.page.contains("Bep &lt;i&gt;") && !owner.page.contains("<b>zaterdag"), "{}", owner.page);
    for page in [&owner.page, &helper.page] {
        assert!(!page.contains("voorbeeld.test"), "nobody's address");
    }
    for name in ["antwoord", "bericht", "melden", "stoppen", "afloop"] {
        assert_eq!(owner.ask(Request::get(step(name)), Body::empty()).await, StatusCode::SEE_OTHER);
        assert_eq!(owner.place, thread, "an address that only takes forms leads back");
    }
    // Somebody else, and a moderator, find nothing there.
    let other = neighbour(world, "vreemd@voorbeeld.test").await;
    for account in [other, s.d.city.moderator] {
        let mut browser = Browser::signed_in(&app.router, world, 6, account).await;
        assert_eq!(browser.ask(Request::get(&thread), Body::empty()).await, StatusCode::NOT_FOUND);
        browser.look("/hulp").await;
        let fields =
            [("body", "x"), ("answer", "ja"), ("call", "x"), ("outcome", "helped"), ("message", "1"), ("why", "rude")];
        for name in ["antwoord", "bericht", "melden", "stoppen", "afloop"] {
            browser.look("/hulp/nieuw").await;
            browser.send(&step(name), &fields, StatusCode::NOT_FOUND).await;
        }
        browser.look("/hulp/nieuw").await;
        let not_theirs = [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN];
        let asks = format!("{plan}/hulp/{offer}");
        assert!(not_theirs.contains(&browser.post(&asks, &[("message", "x"), ("call", "x")]).await));
        assert!(not_theirs.contains(&browser.post(&format!("{plan}/hulp"), &[("kind", "cooking")]).await));
        assert!(not_theirs.contains(&browser.post(&format!("{plan}/hulp/weg"), &[("need", "1")]).await));
        assert!(
            not_theirs.contains(&browser.post(&format!("/hulp/aanbod/{offer}/stap"), &[("act", "withdraw")]).await)
        );
        assert!(not_theirs.contains(&browser.post(&format!("/hulp/aanbod/{offer}"), &[("words", "x")]).await));
        if account == other {
            let desk = format!("/moderatie/hulp/aanbod/{offer}");
            assert!(not_theirs.contains(&browser.post(&desk, &[("act", "hide"), ("why", "rude")]).await));
            assert_eq!(browser.ask(Request::get("/moderatie/hulp"), Body::empty()).await, StatusCode::FORBIDDEN);
        } else {
            browser.look("/moderatie/hulp").await;
        }
    }
    for (_, payload) in mails(world, "help-message").await {
        assert!(!payload.contains("zaterdag"));
    }
}

both_engines!(figures_are_for_everyone, super::public);

async fn public(app: TestApp) {
    let world = &app.world;
    let s = stage(world).await;
    let id = introduced(world, &s, 10).await;
    help::tell_outcome(world, &s.helper, form(20), id, &raw(&[("outcome", "helped")])).await.unwrap();
    let page = app.get("/hulp").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("klein aantal") && !page.text.contains("Ik kook"));
    let data = app.get("/data/hulp.json").await;
    let found: serde_json::Value = serde_json::from_str(&data.text).unwrap();
    assert_eq!(found["city"]["helped"], "some", "one of one");
    assert_eq!(found["city"]["offers"], "some");
    let there = found["buurten"].as_array().unwrap().iter().find(|b| b["buurt"] == "ijplein").unwrap();
    assert_eq!((&there["offers"], &there["introductions"]), (&"some".into(), &"some".into()));
    assert!(!data.text.contains("kook") && !data.text.contains("voorbeeld.test"));
    assert!(app.get("/data").await.text.contains("/data/hulp.json"));
}
