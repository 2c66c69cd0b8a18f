//! The desk where plans wait: holidays, warnings, hand-over, colleagues who are away or busy, decisions that can be undone,
//! appeals, and the public clock beside the audit.

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::plans::{City, city, form, new_plan, person, version};
use domain::access::{Actor, Denied, Grant, Role, Scope};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::State;
use domain::terms::{LEAST_REPLIES, UNDO};
use domain::time::{DAY, HOUR};
use services::initiatives::submit;
use services::moderation::{self, Asked, Away, Decision, HandOver, answer, find};
use services::terms::{HolidayForm, first_reply_due, set_holiday};
use services::{ActError, World, appeals};
use store::initiatives::{self as rows, Initiative};
use store::{accounts, sql};

pub struct Desk {
    pub city: City,
    pub moderator: Actor,
    pub staff: Actor,
    pub admin: Actor,
}

/// A city whose moderator and staff hold their roles in the database too, as warnings go by those.
pub async fn desk(world: &World) -> Desk {
    let city = city(world).await;
    let (moderator, staff, buurt) = (city.moderator, city.staff, city.buurt);
    world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                let at_buurt = Grant { role: Role::Moderator, scope: Scope::Buurt(buurt) };
                accounts::grant(u, moderator, at_buurt, "Buurtwerk Noord", None, START).await?;
                let everywhere = Grant { role: Role::Staff, scope: Scope::City };
                accounts::grant(u, staff, everywhere, "Stadsdeel Noord", None, START).await?;
                Ok(())
            })
        })
        .await
        .unwrap();
    Desk {
        moderator: person(moderator, Some((Role::Moderator, Scope::Buurt(buurt)))),
        staff: person(staff, Some((Role::Staff, Scope::City))),
        admin: person(staff, Some((Role::Administrator, Scope::City))),
        city,
    }
}

pub async fn hand_in(world: &World, d: &Desk, n: u32) -> i64 {
    submit(world, &person(d.city.owner, None), form(n), new_plan(d.city.buurt), None).await.unwrap();
    let mine = rows::of_account(&mut world.db.read().await.unwrap(), d.city.owner).await.unwrap();
    mine[0].id
}

pub async fn get(world: &World, id: i64) -> Initiative {
    rows::get(&mut world.db.read().await.unwrap(), id).await.unwrap().unwrap()
}

/// Names of mails of the outbox about one thing, in order.
pub async fn mails(world: &World, since: i64) -> Vec<String> {
    let mut c = world.db.read().await.unwrap();
    let found =
        c.rows(sql!("SELECT template FROM outbox WHERE created_at >= $1 ORDER BY id"), &[since.into()]).await.unwrap();
    found.iter().map(|r| r.text("template").unwrap()).collect()
}

async fn queue(world: &World, actor: &Actor, staff: bool) -> Vec<i64> {
    let found = find(&mut world.db.read().await.unwrap(), actor, &Asked::default(), staff).await.unwrap();
    found.plans.iter().map(|p| p.id).collect()
}

fn at(local: &str) -> i64 {
    texts::local_seconds(local).unwrap()
}

fn refused<T>(result: Result<T, ActError>, field: &'static str, problem: Problem) {
    match result {
        Err(ActError::Form(errors)) => assert_eq!(errors, Errors::one(field, problem)),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("done, where {problem:?} was expected"),
    }
}

both_engines!(hours_weekends_holidays_and_the_clock_of_amsterdam, super::hours);

async fn hours(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let due = async |from: &str| first_reply_due(&mut world.db.read().await.unwrap(), at(from)).await.unwrap();
    assert_eq!(due("2026-11-20T17:00").await, at("2026-11-22T17:00"), "weekends count");
    let add = |day: &str, title: &str| HolidayForm::parse(&Raw::from_pairs(&[("day", day), ("title", title)])).unwrap();
    app.clock.set(at("2026-12-01T12:00"));
    set_holiday(world, &d.admin, form(1), add("2026-12-25", "Kerst")).await.unwrap();
    set_holiday(world, &d.admin, form(2), add("2026-12-26", "Tweede Kerstdag")).await.unwrap();
    refused(set_holiday(world, &d.admin, form(3), add("2026-12-01", "Vandaag")).await, "day", Problem::NotAhead);
    assert!(set_holiday(world, &d.moderator, form(4), add("2026-12-31", "Oud")).await.is_err());
    assert_eq!(due("2026-12-24T12:00").await, at("2026-12-28T12:00"));
    assert_eq!(due("2026-12-25T09:00").await, at("2026-12-29T00:00"), "the clock begins when the holidays are over");
    // Summer time begins on 28 March 2027 and ends on 31 October: 48 hours are 48 hours.
    assert_eq!(due("2027-03-27T12:00").await, at("2027-03-29T13:00"));
    assert_eq!(due("2027-10-30T12:00").await, at("2027-11-01T11:00"));
    set_holiday(world, &d.admin, form(5), add("2027-03-28", "Pasen")).await.unwrap();
    assert_eq!(due("2027-03-27T12:00").await, at("2027-03-30T12:00"), "a day of 23 hours stands still as a whole");

    // A day that is named later, but beforehand, moves what is open.
    app.clock.set(at("2027-04-26T10:00"));
    let id = hand_in(world, &d, 6).await;
    assert_eq!(get(world, id).await.due_at, Some(at("2027-04-28T10:00")));
    set_holiday(world, &d.admin, form(7), add("2027-04-27", "Koningsdag")).await.unwrap();
    assert_eq!(get(world, id).await.due_at, Some(at("2027-04-29T10:00")));
    let remove = HolidayForm::parse(&Raw::from_pairs(&[("remove", "2027-04-27")])).unwrap();
    set_holiday(world, &d.admin, form(8), remove).await.unwrap();
    assert_eq!(get(world, id).await.due_at, Some(at("2027-04-28T10:00")));
}

both_engines!(nobody_stays_without_an_answer, super::warnings);

async fn warnings(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    app.clock.set(START);
    let id = hand_in(world, &d, 1).await;
    let warn = async |at: i64| {
        app.clock.set(at);
        moderation::warn(world).await.unwrap();
        moderation::warn(world).await.unwrap();
        mails(world, at).await
    };
    assert!(warn(START + 35 * HOUR).await.is_empty());
    assert_eq!(warn(START + 36 * HOUR).await, ["due-soon"], "twelve hours before, once");
    assert_eq!(warn(START + 44 * HOUR).await, ["due-organisation"]);
    assert_eq!((queue(world, &d.moderator, false).await, queue(world, &d.staff, true).await), (vec![id], vec![]));
    assert_eq!(warn(START + 48 * HOUR).await, ["handed-over"]);
    assert_eq!((queue(world, &d.moderator, false).await, queue(world, &d.staff, true).await), (vec![], vec![id]));
    let late =
        answer(world, &d.moderator, form(2), (id, version(world, id).await), Decision::Publish(String::new())).await;
    assert!(matches!(late, Err(ActError::Denied(Denied::NotYours))), "it lies at another desk now");
    answer(world, &d.staff, form(3), (id, version(world, id).await), Decision::Publish("Mooi".into())).await.unwrap();
    let steps = rows::events(&mut world.db.read().await.unwrap(), id).await.unwrap();
    assert_eq!(
        steps.iter().map(|e| (e.act.as_str(), e.reason.as_str(), e.organisation.as_str())).collect::<Vec<_>>(),
        [("submitted", "", ""), ("handed_over", "late", ""), ("published", "", "Stadsdeel Noord")]
    );

    // Who is away is not warned; where all are, the stadsdeel takes over at once.
    let away =
        Away::parse(&Raw::from_pairs(&[("from", "2026-12-01"), ("until", "2026-12-10")]), at("2026-11-30T12:00"));
    app.clock.set(at("2026-11-30T12:00"));
    moderation::go_away(world, &d.moderator, form(4), away.unwrap()).await.unwrap();
    let second = hand_in(world, &d, 5).await;
    assert!(warn(at("2026-11-30T13:00")).await.is_empty(), "not away yet");
    assert_eq!(warn(at("2026-12-01T08:00")).await, ["handed-over"]);
    assert_eq!(queue(world, &d.staff, true).await, [second]);
    moderation::come_back(world, &d.moderator, form(6)).await.unwrap();
    let third = hand_in(world, &d, 7).await;
    assert!(warn(at("2026-12-01T09:00")).await.is_empty());
    assert_eq!(queue(world, &d.moderator, false).await, [third]);
    assert!(Away::parse(&Raw::from_pairs(&[("from", "2026-12-10"), ("until", "2026-12-01")]), START).is_err());
}

both_engines!(two_colleagues_and_one_plan, super::colleagues);

async fn colleagues(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let colleague = person(d.city.staff, Some((Role::Moderator, Scope::Buurt(d.city.buurt))));
    let elsewhere = person(d.city.staff, Some((Role::Moderator, Scope::Buurt(d.city.elsewhere))));
    let id = hand_in(world, &d, 1).await;
    moderation::claim(world, &d.moderator, form(2), id).await.unwrap();
    refused(moderation::claim(world, &colleague, form(3), id).await, "act", Problem::Claimed);
    let publish = Decision::Publish(String::new());
    let read = version(world, id).await;
    refused(answer(world, &colleague, form(4), (id, read), publish.clone()).await, "act", Problem::Claimed);
    app.clock.forward(2 * HOUR);
    moderation::claim(world, &colleague, form(5), id).await.unwrap();
    refused(answer(world, &d.moderator, form(6), (id, read), publish.clone()).await, "act", Problem::Claimed);

    // Handed to the moderators of another buurt; those of its own see it, and answer no more.
    let (moderator, there) = (d.city.staff, d.city.elsewhere);
    world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                let grant = Grant { role: Role::Moderator, scope: Scope::Buurt(there) };
                accounts::grant(u, moderator, grant, "De Meeuw", None, START).await?;
                Ok(())
            })
        })
        .await
        .unwrap();
    let to =
        |desk: &str| HandOver::parse(&Raw::from_pairs(&[("desk", desk), ("why", "Zij kennen het plein.")])).unwrap();
    let wrong = moderation::hand_over(world, &d.moderator, form(7), id, to("9999")).await;
    refused(wrong, "desk", Problem::NotAChoice);
    moderation::hand_over(world, &d.moderator, form(8), id, to(&there.to_string())).await.unwrap();
    assert_eq!((queue(world, &d.moderator, false).await, queue(world, &elsewhere, false).await), (vec![], vec![id]));
    let not_there = answer(world, &d.moderator, form(9), (id, read), publish.clone()).await;
    assert!(matches!(not_there, Err(ActError::Denied(Denied::NotYours))));
    moderation::hand_over(world, &elsewhere, form(10), id, to("stadsdeel")).await.unwrap();
    assert_eq!(queue(world, &d.staff, true).await, [id]);
    let steps = rows::events(&mut world.db.read().await.unwrap(), id).await.unwrap();
    assert_eq!(steps.last().unwrap().organisation, "De Meeuw");
}

both_engines!(a_decision_can_be_undone_for_ten_minutes, super::undone);

async fn undone(app: TestApp) {
    let world = &World { undo: UNDO, ..app.world.clone() };
    let d = desk(world).await;
    let id = hand_in(world, &d, 1).await;
    let since = START + HOUR;
    app.clock.set(since);
    let read = version(world, id).await;
    answer(world, &d.moderator, form(2), (id, read), Decision::Reject("unclear".into(), "Te vaag".into()))
        .await
        .unwrap();
    assert_eq!((get(world, id).await.state, queue(world, &d.moderator, false).await), (State::Submitted, vec![]));
    refused(
        answer(world, &d.moderator, form(3), (id, read), Decision::Publish(String::new())).await,
        "act",
        Problem::Pending,
    );
    app.clock.set(since + UNDO - 1);
    moderation::carry_out(world).await.unwrap();
    assert!(mails(world, since).await.is_empty(), "nothing shows or is mailed yet");
    moderation::undo(world, &d.moderator, form(4), id).await.unwrap();
    assert!(matches!(moderation::undo(world, &d.moderator, form(5), id).await, Err(ActError::Denied(Denied::State))));
    app.clock.set(since + 2 * UNDO);
    moderation::carry_out(world).await.unwrap();
    let p = get(world, id).await;
    assert_eq!(
        (p.state, p.replied_at, p.due_at),
        (State::Submitted, None, Some(START + 48 * HOUR)),
        "the clock never stopped"
    );

    // Not undone: it takes effect, shows and is mailed together, and its time is the tap.
    let tap = since + 3 * UNDO;
    app.clock.set(tap);
    answer(world, &d.moderator, form(6), (id, read), Decision::Publish("Mooi".into())).await.unwrap();
    app.clock.set(tap + UNDO);
    assert!(matches!(moderation::undo(world, &d.moderator, form(7), id).await, Err(ActError::Denied(Denied::State))));
    moderation::carry_out(world).await.unwrap();
    moderation::carry_out(world).await.unwrap();
    let p = get(world, id).await;
    assert_eq!((p.state, p.replied_at, p.published_at), (State::Published, Some(tap), Some(tap + UNDO)));
    assert_eq!(mails(world, tap).await, ["published"]);
    let steps = rows::events(&mut world.db.read().await.unwrap(), id).await.unwrap();
    let last = steps.last().unwrap();
    assert_eq!((last.at, last.organisation.as_str()), (tap, "Buurtwerk Noord"), "never the volunteer's name");

    // A plan that its submitter changed or took back meanwhile: the decision lapses, nothing is overwritten.
    let other = hand_in(world, &d, 8).await;
    let read = version(world, other).await;
    answer(world, &d.moderator, form(9), (other, read), Decision::Publish(String::new())).await.unwrap();
    let changed = services::initiatives::Changed {
        idea: new_plan(d.city.buurt).idea,
        place: "Ergens anders".into(),
        version: read,
        answer: String::new(),
    };
    services::initiatives::change(world, &person(d.city.owner, None), form(10), other, changed).await.unwrap();
    app.clock.forward(UNDO);
    moderation::carry_out(world).await.unwrap();
    assert_eq!(get(world, other).await.state, State::Submitted);
    assert_eq!(queue(world, &d.moderator, false).await, [other], "it waits to be read again");
    let refer = Decision::Refer("partner".into(), "Huis van de Wijk".into(), "Zij doen dit al.".into());
    answer(world, &d.moderator, form(11), (other, version(world, other).await), refer).await.unwrap();
    app.clock.forward(UNDO);
    moderation::carry_out(world).await.unwrap();
    let steps = rows::events(&mut world.db.read().await.unwrap(), other).await.unwrap();
    let last = steps.last().unwrap();
    assert_eq!((last.act.as_str(), last.reason.as_str(), last.state), ("referred", "partner", State::Rejected));
}

both_engines!(who_does_not_agree_asks_the_stadsdeel_once, super::appealed);

async fn appealed(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let owner = person(d.city.owner, None);
    let words = Raw::from_pairs(&[("appeal", "Het is wel voor de buurt.")]);
    let reject = async |id: i64, n: u32| {
        let no = Decision::Reject("not_public".into(), "Voor één persoon.".into());
        answer(world, &d.moderator, form(n), (id, version(world, id).await), no).await.unwrap();
    };
    let id = hand_in(world, &d, 1).await;
    assert!(appeals::appeal(world, &owner, form(2), id, &words).await.is_err(), "nothing was rejected");
    reject(id, 3).await;
    refused(appeals::appeal(world, &owner, form(4), id, &Raw::default()).await, "appeal", Problem::Missing);
    assert!(appeals::appeal(world, &d.moderator, form(5), id, &words).await.is_err(), "not another's");
    appeals::appeal(world, &owner, form(6), id, &words).await.unwrap();
    assert!(matches!(appeals::appeal(world, &owner, form(7), id, &words).await, Err(ActError::Denied(Denied::State))));
    let open = rows::open_appeals(&mut world.db.read().await.unwrap(), None).await.unwrap();
    assert_eq!((open.len(), open[0].due_at), (1, START + 14 * DAY));
    let answered = Raw::from_pairs(&[("outcome", "right"), ("answer", "Klopt, wij kijken opnieuw.")]);
    assert!(appeals::answer(world, &d.moderator, form(8), id, &answered).await.is_err(), "the stadsdeel's");
    appeals::answer(world, &d.staff, form(9), id, &answered).await.unwrap();
    assert_eq!((get(world, id).await.state, queue(world, &d.staff, true).await), (State::Submitted, vec![id]));

    let second = hand_in(world, &d, 10).await;
    reject(second, 11).await;
    appeals::appeal(world, &owner, form(12), second, &words).await.unwrap();
    let settings = services::settings::SettingsForm {
        small_plan: domain::money::Cents::euros(2000),
        payment_limit: None,
        unique: 20,
        bezwaar: "Bezwaar: Postbus 1, binnen zes weken (Awb 6:7).".into(),
    };
    services::settings::change(world, &d.admin, form(13), settings).await.unwrap();
    let upheld = Raw::from_pairs(&[("outcome", "upheld"), ("answer", "Wij zien het ook zo.")]);
    appeals::answer(world, &d.staff, form(14), second, &upheld).await.unwrap();
    assert_eq!(get(world, second).await.state, State::Rejected);
    let mut c = world.db.read().await.unwrap();
    assert_eq!(services::settings::unique_limit(&mut c, None).await.unwrap(), [20, 100]);
    let mail = c.one(sql!("SELECT payload FROM outbox WHERE template = 'appeal-upheld'"), &[]).await.unwrap();
    assert!(mail.text("payload").unwrap().contains("Awb 6:7"), "the clause that the operator set");
}

both_engines!(the_public_clock_tells_what_the_audit_tells, super::public_clock);

async fn public_clock(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let mut asked = Vec::new();
    for n in 0..9_u32 {
        app.clock.set(START + i64::from(n) * 5 * HOUR);
        asked.push(hand_in(world, &d, 100 + n).await);
    }
    let hours = [2, 30, 7, 55, 12, 20, 3, 41];
    for (n, took) in hours.iter().enumerate() {
        app.clock.set(START + i64::try_from(n).unwrap() * 5 * HOUR + took * HOUR);
        let key = form(200 + u32::try_from(n).unwrap());
        let shown = moderation::paces(&mut world.db.read().await.unwrap(), world.now()).await.unwrap();
        assert_eq!(shown.is_empty(), n < LEAST_REPLIES, "few replies tell about people");
        answer(world, &d.moderator, key, (asked[n], version(world, asked[n]).await), Decision::Publish(String::new()))
            .await
            .unwrap();
    }
    // From the audit alone: the first answer to each plan minus its coming in.
    let mut c = world.db.read().await.unwrap();
    let lines = c
        .rows(sql!("SELECT a.at - s.at AS took FROM audit s JOIN audit a ON a.subject_id = s.subject_id AND a.subject_kind = 'initiative' AND a.act IN ('publish', 'return', 'reject', 'refer') WHERE s.act = 'submit_plan' AND s.subject_kind = 'initiative' AND NOT EXISTS (SELECT 1 FROM audit e WHERE e.subject_kind = 'initiative' AND e.subject_id = a.subject_id AND e.act IN ('publish', 'return', 'reject', 'refer') AND e.id < a.id) ORDER BY 1"), &[])
        .await
        .unwrap();
    let took: Vec<i64> = lines.iter().map(|r| r.int("took").unwrap()).collect();
    assert_eq!(took.len(), hours.len());
    let (median, ninetieth) = (took[took.len().div_ceil(2) - 1], took[(took.len() * 9).div_ceil(10) - 1]);
    let shown = moderation::paces(&mut c, world.now()).await.unwrap();
    assert_eq!(
        shown.iter().map(|p| (p.name.as_str(), p.stadsdeel)).collect::<Vec<_>>(),
        [("Buurtwerk Noord", false), ("Noord", true)]
    );
    for pace in &shown {
        assert_eq!((pace.median, pace.ninetieth, pace.replies, pace.in_time), (median, ninetieth, 8, 875), "{pace:?}");
    }
    let page = app.get("/antwoordtijden").await.text;
    assert!(page.contains("Buurtwerk Noord") && page.contains("binnen 12 uur"), "{page}");
    app.clock.forward(91 * DAY);
    assert!(moderation::paces(&mut c, world.now()).await.unwrap().is_empty(), "of the last ninety days");
}
