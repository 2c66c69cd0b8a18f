//! The proof of a result: counting by two, holding it back, counting again, the bundle with its digest, and complaints.

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::rounds::{ballot_form, colleague, opened, step};
use crate::together::form_of;
use axum::http::StatusCode;
use domain::access::{Actor, Denied};
use domain::form::{Problem, Raw};
use domain::round::{Phase, Receipt};
use proof::{Asked, Wrong, check};
use services::initiatives::FormKey;
use services::rounds::Step;
use services::{ActError, World, ballots, bundles, complaints, count, counting, rounds};
use store::sql;
use texts::Lang;

async fn say(
    world: &World,
    who: &Actor,
    slug: &str,
    step: Step,
    fields: &[(&str, &str)],
    key: &str,
) -> Result<(), ActError> {
    rounds::step(world, who, slug, step, &Raw::from_pairs(fields), key.to_owned(), format!("{:?}", who.account)).await
}

fn refused<T>(result: Result<T, ActError>, field: &'static str, problem: Problem) {
    match result {
        Err(ActError::Form(errors)) => assert_eq!(errors.of(field), Some(problem), "{errors:?}"),
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("taken, without {problem:?} on {field}"),
    }
}

async fn mails(world: &World, name: &str) -> Vec<(String, String)> {
    let mut c = world.db.read().await.unwrap();
    let rows = c
        .rows(sql!("SELECT address, payload FROM outbox WHERE template = $1 ORDER BY id"), &[name.into()])
        .await
        .unwrap();
    rows.iter().map(|r| (r.text("address").unwrap(), r.text("payload").unwrap())).collect()
}

fn form(key: &str) -> FormKey {
    FormKey { key: format!("{key}-00000000"), actor: "a".into(), lang: Lang::Nl }
}

/// A closed round with six ballots; the receipt of the first voter comes along.
async fn closed(app: &TestApp) -> (Actor, Vec<Actor>, Vec<i64>, String, Receipt) {
    let world = &app.world;
    let (admin, residents, plans, slug) = opened(world).await;
    counting::follow(world, &residents[3], form("follow"), &slug, &Raw::from_pairs(&[("volgen", "ja")])).await.unwrap();
    app.clock.set(START + 200);
    let mut first = None;
    for (n, who) in residents.iter().take(6).enumerate() {
        let picks = if n < 4 { vec![plans[0], plans[2]] } else { vec![plans[1]] };
        let raw = ballot_form(world, who, &slug, &picks).await.unwrap();
        first.get_or_insert(Receipt::parse(raw.get("receipt")).unwrap());
        ballots::cast(world, who, &slug, &raw, &format!("form-of-voter-{n}-x")).await.unwrap();
    }
    app.clock.set(START + 1001);
    step(world, &admin, &slug, Step::Close).await.unwrap();
    (admin, residents, plans, slug, first.unwrap())
}

both_engines!(a_count_is_by_two_and_can_be_held_back, super::by_two);

async fn by_two(app: TestApp) {
    let world = &app.world;
    let (admin, residents, plans, slug, _) = closed(&app).await;
    let other = colleague(world, &admin).await;
    let result = async || {
        let mut c = world.db.read().await.unwrap();
        let round = store::rounds::by_slug(&mut c, &slug).await.unwrap().unwrap();
        store::rounds::result(&mut c, round.id).await.unwrap()
    };
    assert!(say(world, &residents[0], &slug, Step::Count, &[], "resident-counts").await.is_err());
    say(world, &admin, &slug, Step::Count, &[], "count-one").await.unwrap();
    assert!(result().await.is_none(), "one alone counts nothing");
    refused(say(world, &admin, &slug, Step::Count, &[], "count-one-again").await, "step", Problem::NotAlone);
    say(world, &other, &slug, Step::Count, &[], "count-two").await.unwrap();
    let counted = result().await.unwrap();
    assert_eq!((counted.version, counted.published_at), (1, None));
    let page = async |path: &str| app.get(path).await;
    let uitslag = format!("/stemmen/{slug}/uitslag");
    assert_eq!(page(&uitslag).await.status, StatusCode::NOT_FOUND, "a preview to both");

    // Held back, for everyone to read; who holds it back does not settle it alone.
    let hold = |who: &Actor, name: &'static str, text: &'static str, key: &'static str| {
        let (raw, form) = (Raw::from_pairs(&[(name, text)]), form_of(world, who, key));
        (who.clone(), raw, form)
    };
    let (who, raw, key) = hold(&other, "dispute", "Plan 2 stond <b>niet</b> op het papier.", "hold-back-000001");
    counting::hold_back(world, &who, &slug, &raw, key).await.unwrap();
    let told = page(&format!("/stemmen/{slug}")).await.text;
    assert!(told.contains("De uitslag wordt opgehouden") && told.contains("&lt;b&gt;niet"), "{told}");
    refused(say(world, &admin, &slug, Step::PublishResult, &[], "publish-held").await, "step", Problem::HeldBack);
    let (who, raw, key) = hold(&other, "answer", "Toch wel.", "settle-own-00001");
    refused(counting::settle(world, &who, &slug, &raw, key).await, "answer", Problem::NotAlone);
    let (who, raw, key) = hold(&admin, "answer", " ", "settle-empty-001");
    refused(counting::settle(world, &who, &slug, &raw, key).await, "answer", Problem::Missing);

    // Counted again with a reason: a version more, nothing overwritten, and that settles it.
    refused(say(world, &admin, &slug, Step::Count, &[], "recount-no-reason").await, "recount", Problem::Missing);
    let why = [("recount", "Het papier is nagekeken.")];
    say(world, &admin, &slug, Step::Count, &why, "recount-one").await.unwrap();
    say(world, &other, &slug, Step::Count, &[], "recount-two").await.unwrap();
    assert_eq!(result().await.unwrap().version, 2);
    assert!(!counting::is_held(&mut world.db.read().await.unwrap(), 1).await.unwrap());

    // A yes ends with a doubt, and with the role of who said it.
    say(world, &admin, &slug, Step::PublishResult, &[], "publish-zero").await.unwrap();
    let (who, raw, key) = hold(&admin, "dispute", "Toch nog een vraag.", "hold-back-000002");
    counting::hold_back(world, &who, &slug, &raw, key).await.unwrap();
    let (who, raw, key) = hold(&other, "answer", "Uitgezocht.", "settle-000000001");
    counting::settle(world, &who, &slug, &raw, key).await.unwrap();
    say(world, &other, &slug, Step::PublishResult, &[], "publish-half").await.unwrap();
    let account = other.account.unwrap();
    let take = world.db.write::<_, ActError, _>(move |u| {
        Box::pin(async move { Ok(store::rounds::take_back_consents(u, account).await?) })
    });
    take.await.unwrap();
    assert_eq!(page(&uitslag).await.status, StatusCode::NOT_FOUND, "nobody published alone");

    // Published by two, of one bundle, on pages that show what there is now.
    let stale = [("version", "1"), ("shown", "")];
    refused(say(world, &other, &slug, Step::PublishResult, &stale, "publish-stale").await, "step", Problem::Changed);
    say(world, &other, &slug, Step::PublishResult, &[("version", "2"), ("shown", "")], "publish-one").await.unwrap();
    let blind = [("version", "2"), ("shown", "")];
    refused(say(world, &admin, &slug, Step::PublishResult, &blind, "publish-blind").await, "step", Problem::Changed);
    assert_eq!(page(&uitslag).await.status, StatusCode::NOT_FOUND);
    refused(say(world, &other, &slug, Step::PublishResult, &[], "publish-same").await, "step", Problem::NotAlone);
    say(world, &admin, &slug, Step::PublishResult, &[], "publish-two").await.unwrap();
    let out = page(&uitslag).await;
    assert_eq!(out.status, StatusCode::OK);
    assert!(out.text.contains("Het papier is nagekeken.") && out.text.contains("2 keer geteld"), "{}", out.text);
    let mut c = world.db.read().await.unwrap();
    let counts = store::rounds::counts(&mut c, 1).await.unwrap();
    assert_eq!(counts.iter().map(|(v, _, why)| (*v, why.as_str())).collect::<Vec<_>>(), [(1, ""), (2, why[0].1)]);
    let states = store::initiatives::get(&mut c, plans[0]).await.unwrap().unwrap().state;
    assert_eq!(states.key(), "funded");
}

both_engines!(nobody_makes_their_own_second, super::own_second);

async fn own_second(app: TestApp) {
    let world = &app.world;
    let (admin, _, plans, slug, _) = closed(&app).await;
    let other = colleague(world, &admin).await;
    let appoint = async |by: Option<i64>| {
        let (account, role) = (other.account.unwrap(), other.grants[0]);
        let now = world.now();
        let done = world.db.write::<_, ActError, _>(move |u| {
            Box::pin(async move { Ok(store::accounts::grant(u, account, role, "", by, now).await?) })
        });
        done.await.unwrap();
    };
    // Made administrator after voting opened, by who counts: no second. Appointed by the operator: one.
    say(world, &admin, &slug, Step::Count, &[], "count-one").await.unwrap();
    appoint(admin.account).await;
    refused(say(world, &other, &slug, Step::Count, &[], "count-new").await, "step", Problem::RoleTooNew);
    appoint(None).await;
    say(world, &other, &slug, Step::Count, &[], "count-two").await.unwrap();

    // What was counted is stopped by two as well, for the reason that the first gave; the box stays whole until then.
    let stop =
        async |who: &Actor, fields: &[(&str, &str)], key: &str| say(world, who, &slug, Step::Stop, fields, key).await;
    refused(stop(&admin, &[], "stop-no-reason").await, "reason", Problem::Missing);
    stop(&admin, &[("reason", "Er klopt <b>iets</b> niet.")], "stop-one").await.unwrap();
    refused(stop(&admin, &[], "stop-one-again").await, "step", Problem::NotAlone);
    let round = async || store::rounds::by_slug(&mut world.db.read().await.unwrap(), &slug).await.unwrap().unwrap();
    assert_eq!(round().await.phase, Phase::Counting, "nobody stops alone what was counted");
    assert!(bundles::draft(world, &round().await, "").await.unwrap().is_some(), "the box is still there");
    stop(&other, &[], "stop-two").await.unwrap();
    assert_eq!(round().await.phase, Phase::Stopped);
    let sent = mails(world, "round-stopped").await;
    assert_eq!(sent.len(), 1, "who asked for the result hears that there will be none");
    assert!(sent[0].1.contains("iets</b> niet"), "{sent:?}");
    let told = app.get(&format!("/stemmen/{slug}")).await.text;
    assert!(told.contains("Er klopt &lt;b&gt;iets"), "{told}");
    let state = store::initiatives::get(&mut world.db.read().await.unwrap(), plans[0]).await.unwrap().unwrap().state;
    assert_eq!(state.key(), "feasible");
}

both_engines!(the_bundle_is_out_with_its_digest, super::bundle);

async fn bundle(app: TestApp) {
    let world = &app.world;
    let (admin, residents, _, slug, receipt) = closed(&app).await;
    step(world, &admin, &slug, Step::Count).await.unwrap();
    let round = async || store::rounds::by_slug(&mut world.db.read().await.unwrap(), &slug).await.unwrap().unwrap();
    let draft = bundles::draft(world, &round().await, "").await.unwrap().unwrap();
    assert_eq!(draft.digest, bundles::draft(world, &round().await, "").await.unwrap().unwrap().digest);
    let concept = format!("/beheer/stemrondes/{slug}/concept.zip");
    assert_eq!(app.get(&concept).await.status, StatusCode::SEE_OTHER, "not for everyone");
    step(world, &admin, &slug, Step::PublishResult).await.unwrap();

    // What both agreed to is what is out, byte for byte, and its digest stands in three places.
    let file = app.bytes(&format!("/data/stemronde-{slug}.zip")).await;
    assert_eq!(proof::digest(&file), draft.digest);
    assert!(app.get(&format!("/stemmen/{slug}/uitslag")).await.text.contains(&draft.digest));
    assert!(app.get("/stemmen.atom").await.text.contains(&draft.digest));
    let sent = mails(world, "round-result").await;
    assert_eq!(sent.len(), 1, "who asked, once");
    assert!(sent[0].1.contains(&draft.digest) && sent[0].0.starts_with("bewoner"), "{sent:?}");
    let asked = Asked { digest: Some(draft.digest), paper: round().await.paper_digest, receipt: Some(receipt.text()) };
    let (report, _) = check(&file, &asked);
    assert_eq!((report.wrong.len(), report.picks.len()), (0, 2), "{:#?}", report.wrong);
    let stranger = Asked { receipt: Some(Receipt::from_bytes([9; 16]).text()), ..asked.clone() };
    assert_eq!(check(&file, &stranger).0.codes(), [Wrong::Receipt]);

    // Everything that is asked for about it is there: lists, manual, second verifier; the page asks for no receipt.
    let list = app.get(&format!("/data/stemronde-{slug}.txt")).await.text;
    assert_eq!(list.lines().filter(|l| l.len() == 64).count(), 10);
    let token = services::hex(&receipt.token(&slug, 1, 1));
    assert!(list.contains(&token));
    for name in ["verify.md", "count.md", "verify.html", "count.html", "narekenen.html", "verify.py"] {
        assert_eq!(app.get(&format!("/data/{name}")).await.status, StatusCode::OK, "{name}");
    }
    let page = app.get(&format!("/stemmen/{slug}/controle")).await.text;
    assert!(page.contains("id=\"zoek\"") && page.contains("data-numbers=\"1\"") && !page.contains(&token));
    assert!(mails(world, "round-complaint").await.is_empty());
    // What is out stays so: nobody's yes is asked, or touched, again.
    let again = say(world, &admin, &slug, Step::PublishResult, &[], "publish-again").await;
    assert!(matches!(again, Err(ActError::Denied(Denied::State))));
    let late = counting::follow(world, &residents[1], form("late"), &slug, &Raw::from_pairs(&[("volgen", "ja")])).await;
    assert!(matches!(late, Err(ActError::Denied(Denied::State))));
    assert_eq!(round().await.phase, Phase::Result);
    assert_eq!(bundles::bundle_old(world).await.unwrap(), 0);
}

both_engines!(a_missing_pick_is_looked_at_by_two, super::missing);

async fn missing(app: TestApp) {
    let world = &app.world;
    let (admin, residents, _, slug, receipt) = closed(&app).await;
    let other = colleague(world, &admin).await;
    let complain = async |fields: &[(&str, &str)], key: &str| {
        let (who, at) = (&residents[0], (slug.as_str(), "nl"));
        complaints::complain(world, who, form(key), at, &Raw::from_pairs(fields), "net").await
    };
    let text = receipt.text();
    let right = [("receipt", text.as_str()), ("words", "Soep <i>ontbreekt</i>."), ("email", "ik@buurt.test")];
    assert!(matches!(complain(&right, "early").await, Err(ActError::NotFound)));
    step(world, &admin, &slug, Step::Count).await.unwrap();
    step(world, &admin, &slug, Step::PublishResult).await.unwrap();
    refused(complain(&[("receipt", &text[1..])], "cut").await, "receipt", Problem::TooShort(25));
    refused(complain(&[("receipt", &text), ("words", "x")], "mail").await, "email", Problem::Missing);
    complain(&right, "right").await.unwrap();
    assert!(matches!(complain(&right, "right").await, Err(ActError::Done(_))), "once");
    refused(complain(&right, "again").await, "receipt", Problem::AskedWaiting);
    let kept = store::rounds::complaints(&mut world.db.read().await.unwrap(), 1).await.unwrap();
    assert_eq!((kept.len(), kept[0].found.as_str()), (1, "Speelplek\nTaal"), "the same, while it waits, is one");
    assert_eq!(kept[0].account, None, "whose receipt it is, is nobody's business");
    // A stranger who saw the receipt cannot stand in the way of whose it is.
    for n in 0..3 {
        let mail = format!("{n}@elders.test");
        let sent = complain(&[("receipt", &text), ("words", "x"), ("email", &mail)], &format!("more-{n}")).await;
        assert_eq!(sent.is_ok(), n < 2, "{n}");
    }

    let look = async |who: &Actor, fields: &[(&str, &str)], key: &str| {
        complaints::look(world, who, &slug, 1, &Raw::from_pairs(fields), form_of(world, who, key)).await
    };
    assert!(matches!(look(&residents[0], &[("finding", "x")], "look-resident-01").await, Err(ActError::Denied(_))));
    look(&admin, &[("finding", "Het bewijs staat bij Speelplek en Taal.")], "look-first-00001").await.unwrap();
    let answer = [("outcome", "wrong"), ("reply", "Uw stem staat bij Speelplek en Taal.")];
    refused(look(&admin, &answer, "look-same-000001").await, "reply", Problem::NotAlone);
    refused(
        look(&other, &[("outcome", "x"), ("reply", "x")], "look-odd-0000001").await,
        "outcome",
        Problem::NotAChoice,
    );
    look(&other, &answer, "look-second-0001").await.unwrap();
    assert!(look(&other, &answer, "look-third-00001").await.is_err(), "answered once");
    let sent = mails(world, "round-complaint").await;
    assert_eq!((sent.len(), sent[0].0.as_str()), (1, "ik@buurt.test"));
    let page = app.get(&format!("/stemmen/{slug}/uitslag")).await.text;
    assert!(page.contains("Het bewijs staat bij Speelplek"), "what the first found is public too");
    assert!(page.contains("Uw stem staat bij Speelplek en Taal.") && !page.contains("ik@buurt.test"));
    assert!(!page.contains("Soep &lt;i&gt;") && !page.contains(&text), "what was sent along is for two people");
    app.clock.set(START + 400 * domain::time::DAY);
    assert_eq!(complaints::forget(world).await.unwrap(), 1, "the others wait, for two years");
    let left = store::rounds::complaints(&mut world.db.read().await.unwrap(), 1).await.unwrap();
    assert_eq!((left[0].receipt.as_str(), left[0].email.as_str(), left[0].outcome.as_str()), ("", "", "wrong"));
    assert!(count::published(&mut world.db.read().await.unwrap(), &slug).await.unwrap().is_some());
}
