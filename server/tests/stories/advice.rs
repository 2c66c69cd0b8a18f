//! What departments say before the verdict: asked in parallel, answered once each, told once when late, seen by insiders alone.

use crate::both_engines;
use crate::browser::Browser;
use crate::common::{START, TestApp};
use crate::desks::{Desk, desk, hand_in};
use crate::plans::{form, new_plan, person, version};
use axum::http::StatusCode;
use domain::access::{Actor, Denied, Grant, Role, Scope};
use domain::advice::Says;
use domain::form::{Errors, Problem, Raw};
use domain::initiative::Whereabouts;
use domain::money::Cents;
use domain::time::{DAY, HOUR};
use services::advice::{Ask, Given, answer, ask, remind};
use services::district::{Verdict, judge};
use services::initiatives::{NewPlan, submit};
use services::moderation::{self, Decision};
use services::{ActError, World};
use store::accounts::{self, NewAccount};
use store::initiatives::{self as rows, Advice};
use store::{places, sql};

/// A city with people of departments: two here, one of the same name elsewhere.
struct Town {
    desk: Desk,
    staff: Actor,
    green: Actor,
    west: Actor,
}

async fn town(world: &World) -> Town {
    let desk = desk(world).await;
    let people = world.db.write::<_, ActError, _>(|u| {
        Box::pin(async move {
            let (north, west) =
                (places::put_stadsdeel(u, "noord", "Noord").await?, places::put_stadsdeel(u, "west", "West").await?);
            let mut ids = Vec::new();
            for (email, lang, organisation, at) in [
                ("groen@voorbeeld.test", "en", "Groen", north),
                ("verkeer@voorbeeld.test", "nl", "VERKEER", north),
                ("west@voorbeeld.test", "nl", "Groen", west),
            ] {
                let new = NewAccount {
                    email,
                    name: "Naam",
                    password_hash: None,
                    lang,
                    buurt_id: None,
                    confirmed_at: Some(START),
                    at: START,
                };
                let id = accounts::create(u, &new).await?;
                let grant = Grant { role: Role::Staff, scope: Scope::Stadsdeel(at) };
                accounts::grant(u, id, grant, organisation, None, START).await?;
                ids.push(person(id, Some((Role::Staff, grant.scope))));
            }
            Ok(ids)
        })
    });
    let [green, _, west] = <[Actor; 3]>::try_from(people.await.unwrap()).unwrap();
    Town { staff: person(desk.city.staff, Some((Role::Staff, Scope::City))), desk, green, west }
}

async fn publish(world: &World, t: &Town, id: i64, n: u32) {
    let moderator = person(t.desk.city.moderator, Some((Role::Moderator, Scope::Buurt(t.desk.city.buurt))));
    let read = version(world, id).await;
    moderation::answer(world, &moderator, form(n), (id, read), Decision::Publish(String::new())).await.unwrap();
}

fn question(departments: &str, due: &str) -> Raw {
    Raw::from_pairs(&[("departments", departments), ("question", "Kan dit op het gras?"), ("due", due)])
}

fn asked(world: &World, departments: &str) -> Ask {
    Ask::parse(&question(departments, ""), world.now()).unwrap()
}

fn said(advice: i64, more: &[(&str, &str)]) -> Result<Given, Errors> {
    let id = advice.to_string();
    Given::parse(&Raw::from_pairs(
        &[&[("advice", id.as_str()), ("said", "if"), ("advice_words", "Buiten het broedseizoen.")], more].concat(),
    ))
}

async fn list(world: &World, id: i64) -> Vec<Advice> {
    rows::advice(&mut world.db.read().await.unwrap(), id).await.unwrap()
}

/// Mails of this name: to whom, and what they hold.
async fn mails(world: &World, name: &str) -> Vec<(String, String)> {
    let mut c = world.db.read().await.unwrap();
    let found = c
        .rows(sql!("SELECT address, payload FROM outbox WHERE template = $1 ORDER BY id"), &[name.into()])
        .await
        .unwrap();
    found.iter().map(|r| (r.text("address").unwrap(), r.text("payload").unwrap())).collect()
}

fn to(mails: &[(String, String)]) -> Vec<&str> {
    mails.iter().map(|(address, _)| address.as_str()).collect()
}

fn refused<T>(result: Result<T, ActError>, field: &'static str, problem: Problem) {
    match result {
        Err(ActError::Form(errors)) => assert_eq!(errors, Errors::one(field, problem)),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("done, where {problem:?} was expected"),
    }
}

fn denied<T>(result: Result<T, ActError>, why: Denied) {
    assert!(matches!(result, Err(ActError::Denied(denied)) if denied == why), "{why:?} was expected");
}

both_engines!(departments_are_asked_in_parallel, super::parallel);

async fn parallel(app: TestApp) {
    let world = &app.world;
    let t = town(world).await;
    let id = hand_in(world, &t.desk, 1).await;
    denied(ask(world, &t.staff, form(2), id, asked(world, "Groen")).await, Denied::State);
    publish(world, &t, id, 3).await;

    // Who may not: staff of another stadsdeel, a moderator here, who handed the plan in.
    let moderator = person(t.desk.city.moderator, Some((Role::Moderator, Scope::City)));
    let owner = person(t.desk.city.owner, Some((Role::Staff, Scope::City)));
    for (n, actor) in [&t.west, &moderator, &owner].into_iter().enumerate() {
        let key = form(10 + u32::try_from(n).unwrap());
        denied(ask(world, actor, key, id, asked(world, "Groen")).await, Denied::NotYours);
    }

    // Wrong fields.
    let now = world.now();
    for (raw, field, problem) in [
        (question("", ""), "departments", Problem::Missing),
        (question("a\nb\nc\nd\ne\nf\ng", ""), "departments", Problem::TooMany(6)),
        (question(&"x".repeat(81), ""), "departments", Problem::TooLong(80)),
        (question("Groen", "2026-11-17"), "due", Problem::NotAhead),
        (question("Groen", "2027-03-01"), "due", Problem::TooFar(90)),
        (question("Groen", "9999-01-01"), "due", Problem::TooFar(90)),
        (question("Groen", "ooit"), "due", Problem::NotADate),
        (Raw::from_pairs(&[("departments", "Groen")]), "question", Problem::Missing),
    ] {
        assert_eq!(Ask::parse(&raw, now), Err(Errors::one(field, problem)), "{raw:?}");
    }
    assert_eq!(Ask::parse(&question("Groen", "18-11-2026"), now).unwrap().due_at, at("2026-11-18T23:59"), "today");
    assert!(Ask::parse(&question("Groen", "2027-02-16"), now).is_ok(), "ninety days ahead");
    assert!(list(world, id).await.is_empty() && mails(world, "advice-asked").await.is_empty());

    // Two at once, one of them typed twice; the same form again.
    let place = ask(world, &t.staff, form(20), id, asked(world, "Groen\nverkeer\n groen ")).await.unwrap();
    let again = ask(world, &t.staff, form(20), id, asked(world, "Groen\nverkeer")).await;
    assert!(matches!(again, Err(ActError::Done(p)) if p == place));
    let found = list(world, id).await;
    assert_eq!(found.iter().map(|a| a.department.as_str()).collect::<Vec<_>>(), ["Groen", "verkeer"]);
    assert!(found.iter().all(|a| a.asked.due_at == at("2026-11-28T23:59") && a.answer.is_none()));
    let sent = mails(world, "advice-asked").await;
    assert_eq!(
        to(&sent),
        ["groen@voorbeeld.test", "verkeer@voorbeeld.test"],
        "in any case, and not in another stadsdeel"
    );
    assert!(sent[0].1.contains("Kan dit op het gras?") && sent[0].1.contains("Please answer"), "{}", sent[0].1);
    assert!(sent[1].1.contains("Graag antwoord") && sent[1].1.contains(&format!("/stadsdeel/{id}")), "{}", sent[1].1);
    let steps = rows::events(&mut world.db.read().await.unwrap(), id).await.unwrap();
    let last = steps.last().unwrap();
    assert_eq!((last.act.as_str(), last.words.as_str()), ("advice_asked", "Groen, verkeer"));
    assert_eq!(last.organisation, "Stadsdeel Noord");

    // Asked before, or too many: nothing is written, nobody is mailed.
    let same = ask(world, &t.staff, form(21), id, asked(world, "Beheer\nGROEN")).await;
    refused(same, "departments", Problem::AskedBefore);
    ask(world, &t.green, form(22), id, asked(world, "a\nb\nc")).await.unwrap();
    let many = ask(world, &t.staff, form(23), id, asked(world, "d\ne\nf\ng")).await;
    refused(many, "departments", Problem::TooMany(3));
    assert_eq!((list(world, id).await.len(), mails(world, "advice-asked").await.len()), (5, 2));

    // Several colleagues at the same moment: each department once, never more than eight.
    let tries = (30..36_u32).map(|n| {
        let (world, staff) = (world.clone(), t.staff.clone());
        let names = if n % 2 == 0 { "Erfgoed\nWater" } else { "erfgoed\nSport" };
        tokio::spawn(async move { ask(&world, &staff, form(n), id, asked(&world, names)).await.is_ok() })
    });
    let mut done = 0;
    for one in tries.collect::<Vec<_>>() {
        done += usize::from(one.await.unwrap());
    }
    assert_eq!((done, list(world, id).await.len()), (1, 7));
}

fn at(local: &str) -> i64 {
    texts::local_seconds(local).unwrap()
}

both_engines!(each_department_answers_once, super::answers);

async fn answers(app: TestApp) {
    let world = &app.world;
    let t = town(world).await;
    let new = new_plan(t.desk.city.buurt);
    let new = NewPlan { place: Whereabouts { cost: None, ..new.place }, ..new };
    submit(world, &person(t.desk.city.owner, None), form(1), new, None).await.unwrap();
    let id = rows::of_account(&mut world.db.read().await.unwrap(), t.desk.city.owner).await.unwrap()[0].id;
    let other = hand_in(world, &t.desk, 2).await;
    publish(world, &t, id, 3).await;
    publish(world, &t, other, 4).await;
    ask(world, &t.staff, form(5), id, asked(world, "Groen\nVerkeer")).await.unwrap();
    ask(world, &t.staff, form(6), other, asked(world, "Groen")).await.unwrap();
    let (green, elsewhere) = (list(world, id).await[0].id, list(world, other).await[0].id);

    let of = |errors: Result<Given, Errors>, field: &str| errors.unwrap_err().of(field);
    assert_eq!(of(said(green, &[("low", "veel")]), "low"), Some(Problem::NotAnAmount));
    assert_eq!(of(said(green, &[("low", "-5")]), "low"), Some(Problem::NotAnAmount));
    assert_eq!(of(said(green, &[("low", "900"), ("likely", "899,99")]), "likely"), Some(Problem::BelowMinimum));
    assert_eq!(of(said(green, &[("likely", "99999999999999")]), "likely"), Some(Problem::AmountTooLarge));
    let empty = Given::parse(&Raw::default()).unwrap_err();
    for (field, problem) in
        [("advice", Problem::Missing), ("said", Problem::NotAChoice), ("advice_words", Problem::Missing)]
    {
        assert_eq!(empty.of(field), Some(problem));
    }

    let more = [("low", "900"), ("likely", "1.400,50"), ("role", "Beheerder\ngroen")];
    let given = || said(green, &more).unwrap();
    denied(answer(world, &t.west, form(10), id, given()).await, Denied::NotYours);
    let wrong = answer(world, &t.green, form(11), id, said(elsewhere, &more).unwrap()).await;
    refused(wrong, "advice", Problem::NotAChoice);
    assert!(list(world, id).await.iter().all(|a| a.answer.is_none()), "nothing is written");
    let place = answer(world, &t.green, form(12), id, given()).await.unwrap();
    assert!(matches!(answer(world, &t.green, form(12), id, given()).await, Err(ActError::Done(p)) if p == place));
    let second = answer(world, &t.staff, form(13), id, said(green, &[]).unwrap()).await;
    refused(second, "advice", Problem::AnsweredBefore);
    let (_, kept) = list(world, id).await[0].answer.clone().unwrap();
    assert_eq!((kept.says, kept.low, kept.likely), (Says::If, Some(Cents(90_000)), Some(Cents(140_050))));
    assert_eq!(kept.responsible, "Beheerder groen");
    let counts = rows::advice_counts(&mut world.db.read().await.unwrap()).await.unwrap();
    assert_eq!((counts[&id], counts[&other]), ((1, 2), (0, 1)));

    // On the desk and the plan's page there; in public nothing but that somebody was asked.
    let mut browser = Browser::signed_in(&app.router, world, 9, t.desk.city.staff).await;
    browser.look("/stadsdeel").await;
    assert!(browser.page.contains("1 van 2 afdelingen hebben geantwoord"), "{}", browser.page);
    let page = format!("/stadsdeel/{id}");
    browser.look(&page).await;
    for shown in ["Buiten het broedseizoen.", "Kan dit op het gras?", "value=\"900\"", "value=\"1400,50\""] {
        assert!(browser.page.contains(shown), "{shown}: {}", browser.page);
    }
    let public = app.get(&format!("/initiatieven/{id}")).await.text;
    assert!(public.contains("Om advies gevraagd") && public.contains("Groen, Verkeer"), "{public}");
    assert!(!public.contains("broedseizoen") && !public.contains("op het gras"), "{public}");

    // A wrong day or amount keeps what was typed, and writes nothing.
    let fields = [("departments", "Beheer\nWater"), ("question", "Wat kost het?"), ("due", "2020-01-01")];
    browser.send(&format!("{page}/advies"), &fields, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert!(browser.page.contains("Beheer\nWater") && browser.page.contains("Wat kost het?"), "{}", browser.page);
    let traffic = list(world, id).await[1].id.to_string();
    let fields = [("advice", traffic.as_str()), ("said", "yes"), ("advice_words", "Geen bezwaar"), ("low", "0,001")];
    browser.send(&format!("{page}/advies/antwoord"), &fields, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert!(browser.page.contains("Geen bezwaar") && browser.page.contains("0,001"), "{}", browser.page);
    assert_eq!(list(world, id).await.iter().filter(|a| a.answer.is_some()).count(), 1);
    browser.send(&format!("{page}/advies/antwoord"), &fields[..3], StatusCode::SEE_OTHER).await;
    let counts = rows::advice_counts(&mut world.db.read().await.unwrap()).await.unwrap();
    assert_eq!(counts[&id], (2, 2));

    // After the verdict the answers stay for insiders, and nothing is asked or answered any more.
    let verdict = [
        ("verdict", "feasible"),
        ("minimum", "900"),
        ("desired", "1500"),
        ("why", "Er is plek genoeg."),
        ("responsible", "Gebiedsbeheerder"),
    ];
    judge(world, &t.staff, form(20), id, Verdict::parse(&Raw::from_pairs(&verdict)).unwrap()).await.unwrap();
    denied(ask(world, &t.staff, form(21), id, asked(world, "Beheer")).await, Denied::State);
    denied(answer(world, &t.green, form(22), id, given()).await, Denied::State);
    browser.look(&page).await;
    assert!(browser.page.contains("Buiten het broedseizoen.") && !browser.page.contains("/advies\""));
    let public = app.get(&format!("/initiatieven/{id}")).await.text;
    assert!(public.contains("Gebiedsbeheerder") && !public.contains("broedseizoen"), "{public}");
}

both_engines!(a_late_answer_is_told_once, super::late);

async fn late(app: TestApp) {
    let world = &app.world;
    let t = town(world).await;
    let (id, judged) = (hand_in(world, &t.desk, 1).await, hand_in(world, &t.desk, 2).await);
    publish(world, &t, id, 3).await;
    publish(world, &t, judged, 4).await;
    let by = |departments: &str| Ask::parse(&question(departments, "2026-11-20"), world.now()).unwrap();
    ask(world, &t.green, form(5), id, by("Groen\nVerkeer\nOnbekend")).await.unwrap();
    ask(world, &t.staff, form(6), judged, by("Groen")).await.unwrap();
    let green = list(world, id).await[0].id;
    answer(world, &t.green, form(7), id, said(green, &[]).unwrap()).await.unwrap();
    let no = Verdict::parse(&Raw::from_pairs(&[("verdict", "infeasible"), ("reason", "Te smal.")])).unwrap();
    judge(world, &t.staff, form(8), judged, no).await.unwrap();

    let told = async || {
        remind(world).await.unwrap();
        remind(world).await.unwrap();
        mails(world, "advice-late").await
    };
    app.clock.set(at("2026-11-20T23:59"));
    assert!(told().await.is_empty(), "its day is not over");
    app.clock.forward(HOUR);
    let sent = told().await;
    assert_eq!(
        to(&sent),
        ["verkeer@voorbeeld.test", "groen@voorbeeld.test", "groen@voorbeeld.test"],
        "who works there and who asked; of the unknown department who asked; of what was answered or judged nobody"
    );
    assert!(sent[0].1.contains("Verkeer") && sent[2].1.contains("Onbekend"), "{sent:?}");
    app.clock.forward(30 * DAY);
    assert_eq!(told().await.len(), 3, "once");
    // Late is not too late.
    let traffic = list(world, id).await[1].id;
    answer(world, &t.staff, form(9), id, said(traffic, &[]).unwrap()).await.unwrap();
}
