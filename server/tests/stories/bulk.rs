//! Several plans of the queue at once, and plans whose submitter asks for somebody who thinks along.

use crate::both_engines;
use crate::browser::Browser;
use crate::common::{START, TestApp};
use crate::desks::{Desk, desk, get, hand_in, mails};
use crate::plans::{form, new_plan, person, version};
use axum::http::StatusCode;
use domain::access::{Role, Scope};
use domain::form::Raw;
use domain::initiative::More;
use domain::time::HOUR;
use services::initiatives::{NewPlan, complete, submit};
use services::moderation::{self, Asked, Decision, Selection, Wanted, answer, find, together};
use services::{ActError, World};
use store::{initiatives as rows, places, sql};

async fn audited(world: &World, act: &'static str) -> i64 {
    let mut c = world.db.read().await.unwrap();
    c.one(sql!("SELECT COUNT(*) AS n FROM audit WHERE act = $1"), &[act.into()]).await.unwrap().int("n").unwrap()
}

/// A plan of another buurt, which this moderator does not answer.
async fn elsewhere(world: &World, d: &Desk, n: u32) -> i64 {
    submit(world, &person(d.city.owner, None), form(n), new_plan(d.city.elsewhere), None).await.unwrap();
    rows::of_account(&mut world.db.read().await.unwrap(), d.city.owner).await.unwrap()[0].id
}

both_engines!(several_plans_at_once, super::several);

async fn several(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let mut ids = Vec::new();
    for n in 1..=3 {
        ids.push(hand_in(world, &d, n).await);
    }
    let far = elsewhere(world, &d, 4).await;
    let colleague = person(d.city.staff, Some((Role::Moderator, Scope::Buurt(d.city.buurt))));
    moderation::claim(world, &colleague, form(5), ids[2]).await.unwrap();
    let all: Vec<String> = ids.iter().chain([&far]).map(i64::to_string).collect();
    let ticked = |doe: &'static str| -> Vec<(&str, &str)> {
        all.iter()
            .map(|id| ("plan", id.as_str()))
            .chain([("doe", doe), ("hulp", ""), ("buurt", "vogelbuurt")])
            .collect()
    };

    let mut browser = Browser::signed_in(&app.router, world, 1, d.city.moderator).await;
    let queue = "/moderatie?wat=1";
    browser.look(queue).await;
    let claimed = audited(world, "claim_case").await;
    let page = browser.page.clone();
    browser.send("/moderatie/selectie", &ticked("oppakken"), StatusCode::SEE_OTHER).await;
    let place = browser.place.clone();
    assert_eq!(place, "/moderatie?buurt=vogelbuurt&gedaan=oppakken&goed=2&bezig=1&niet=1");
    let holder = async |id| get(world, id).await.claim.map(|(by, _)| by);
    assert_eq!(holder(ids[0]).await, Some(d.city.moderator));
    assert_eq!(holder(ids[1]).await, Some(d.city.moderator));
    assert_eq!((holder(ids[2]).await, holder(far).await), (Some(d.city.staff), None));
    assert_eq!(audited(world, "claim_case").await, claimed + 2);
    browser.look(&place).await;
    assert!(browser.page.contains("2 opgepakt, 1 niet: een collega is ermee bezig, 1 niet: dat kan niet meer"));

    // The same form once more: nothing happens again, and it leads to the same place.
    browser.page = page;
    browser.send("/moderatie/selectie", &ticked("oppakken"), StatusCode::SEE_OTHER).await;
    assert_eq!((&browser.place, audited(world, "claim_case").await), (&place, claimed + 2));

    // What if: only numbers stand in the address, no token.
    browser.look(queue).await;
    browser.send("/moderatie/selectie", &ticked("wat-als"), StatusCode::SEE_OTHER).await;
    let numbers: Vec<String> = all.iter().map(|id| format!("plan={id}")).collect();
    assert_eq!(browser.place, format!("/moderatie/wat-als?{}", numbers.join("&")));
    let to = browser.place.clone();
    browser.look(&to).await;
    assert!(browser.page.contains("Als alle plannen doorgaan") && browser.page.contains("4 plannen"));

    // A programme, that of the list only; a plan that a colleague is busy with can have one too.
    let sociaal = places::programmes(&mut world.db.read().await.unwrap()).await.unwrap()[0].id.to_string();
    browser.look(queue).await;
    let with = |programme| [ticked("programma"), vec![("programme", programme)]].concat();
    browser.send("/moderatie/selectie", &with("9999"), StatusCode::UNPROCESSABLE_ENTITY).await;
    let boxes = browser.page.split("<input").filter_map(|input| input.split('>').next());
    let ticked_again = boxes.filter(|input| input.contains("name=\"plan\"") && input.contains(" checked")).count();
    assert_eq!(ticked_again, 3, "what was ticked is ticked");
    browser.send("/moderatie/selectie", &with(&sociaal), StatusCode::SEE_OTHER).await;
    assert_eq!(browser.place, "/moderatie?buurt=vogelbuurt&gedaan=programma&goed=3&bezig=0&niet=1");
    let programme = async |id| get(world, id).await.programme_id.map(|id| id.to_string());
    assert_eq!((programme(ids[2]).await, programme(far).await), (Some(sociaal.clone()), None));

    // No decision, nothing hostile, no more than a hundred.
    browser.look(queue).await;
    let many: Vec<String> = (1..=101).map(|n| n.to_string()).collect();
    let many = many.iter().map(|n| ("plan", n.as_str())).chain([("doe", "oppakken")]).collect();
    let nobody: Vec<(&str, &str)> = vec![("doe", "oppakken")];
    let hostile = vec![("plan", "1' OR 1=1"), ("doe", "oppakken")];
    for fields in [ticked("publish"), many, nobody, hostile] {
        browser.send("/moderatie/selectie", &fields, StatusCode::UNPROCESSABLE_ENTITY).await;
        browser.look(queue).await;
    }
    browser.look("/moderatie?gedaan=oppakken&goed=-1&bezig=x&niet=0").await;
    assert!(!browser.page.contains("opgepakt"));

    // Who has no queue has no bulk either.
    let chosen = || Selection { plans: ids.clone(), wanted: Wanted::Claim };
    let owner = person(d.city.owner, None);
    assert!(matches!(together(world, &owner, form(6), chosen(), String::new()).await, Err(ActError::Denied(_))));
    let mut resident = Browser::signed_in(&app.router, world, 2, d.city.owner).await;
    resident.look("/initiatieven/nieuw").await;
    assert_ne!(resident.post("/moderatie/selectie", &ticked("oppakken")).await, StatusCode::SEE_OTHER);
    // A moderator of another buurt gets none of them.
    let other = person(d.city.staff, Some((Role::Moderator, Scope::Buurt(d.city.elsewhere))));
    app.clock.forward(3 * HOUR);
    let place = together(world, &other, form(7), chosen(), String::new()).await.unwrap();
    assert!(place.ends_with("gedaan=oppakken&goed=0&bezig=0&niet=3"), "{place}");
}

both_engines!(who_asks_for_somebody_who_thinks_along, super::helped);

async fn helped(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let owner = person(d.city.owner, None);
    let alone = hand_in(world, &d, 1).await;
    submit(world, &owner, form(2), NewPlan { wants_supporter: true, ..new_plan(d.city.buurt) }, None).await.unwrap();
    let id = rows::of_account(&mut world.db.read().await.unwrap(), d.city.owner).await.unwrap()[0].id;
    let waiting = async || {
        let asked = Asked { wants_help: true, ..Asked::default() };
        let found = find(&mut world.db.read().await.unwrap(), &d.moderator, &asked, false).await.unwrap();
        (found.plans.iter().map(|p| p.id).collect::<Vec<_>>(), found.counts)
    };
    assert_eq!(waiting().await, (vec![id], [1, 0]));
    let mut browser = Browser::signed_in(&app.router, world, 1, d.city.moderator).await;
    browser.look("/moderatie?hulp=1").await;
    assert!(browser.page.contains("Wil graag iemand die meedenkt"));
    browser.look(&format!("/moderatie/{id}")).await;
    assert!(browser.page.contains("Wil graag iemand die meedenkt"));
    browser.look(&format!("/moderatie/{alone}")).await;
    assert!(!browser.page.contains("Wil graag iemand die meedenkt"));

    // Asked for afterwards, and no longer.
    let more =
        |wants: &str| More::parse(&Raw::from_pairs(&[("for_kind", "resident"), ("wants_supporter", wants)])).unwrap();
    let read = version(world, alone).await;
    complete(world, &owner, form(3), alone, read, more("1"), None).await.unwrap();
    assert_eq!(waiting().await.0, [alone, id]);
    complete(world, &owner, form(4), alone, read + 1, more(""), None).await.unwrap();
    assert_eq!(waiting().await.0, [id]);

    // Named by who answers the plan; mailed once for each change.
    let since = START + HOUR;
    app.clock.set(since);
    let name = async |n: u32, who: &str| {
        let decision = Decision::Supporter(who.into());
        answer(world, &d.moderator, form(n), (id, 1), decision).await.map(|_| ())
    };
    let other = person(d.city.staff, Some((Role::Moderator, Scope::Buurt(d.city.elsewhere))));
    let wrong = answer(world, &other, form(5), (id, 1), Decision::Supporter("Zed".into())).await;
    assert!(matches!(wrong, Err(ActError::Denied(_))));
    name(6, "Nadia van het Huis van de Wijk").await.unwrap();
    assert_eq!((waiting().await.0, mails(world, since).await), (Vec::new(), vec!["supporter-named".to_owned()]));
    assert!(matches!(name(6, "Nadia van het Huis van de Wijk").await, Err(ActError::Done(_))));
    name(7, "Nadia van het Huis van de Wijk").await.unwrap();
    name(8, "").await.unwrap();
    assert_eq!((waiting().await.0, mails(world, since).await.len()), (vec![id], 1));
    name(9, "Omar").await.unwrap();
    assert_eq!(mails(world, since).await.len(), 2);
    let mut c = world.db.read().await.unwrap();
    let sent = c.rows(sql!("SELECT payload FROM outbox WHERE template = 'supporter-named' ORDER BY id"), &[]).await;
    let sent: Vec<String> = sent.unwrap().iter().map(|r| r.text("payload").unwrap()).collect();
    assert!(sent[0].contains("Nadia van het Huis van de Wijk") && sent[1].contains("Omar"));
}
