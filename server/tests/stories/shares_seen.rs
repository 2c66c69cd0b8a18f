//! What plans cost and take, where people look: yearly costs on the ballot, parts of the share, what happens when all plans
//! go on, and small plans counted.

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::desks::{desk, hand_in};
use crate::plans::{form, version};
use crate::rounds::{people, step};
use domain::access::Role;
use domain::budget::Fit;
use domain::initiative::State;
use domain::money::Cents;
use domain::round::BallotForm;
use services::district::{Verdict, judge};
use services::forecast::forecast;
use services::moderation::{Decision, answer};
use services::rounds::{RoundForm, Step};
use services::shares::FundForm;
use services::{ActError, World, rounds, shares, small_plans};
use store::initiatives::{Findings, put_findings};
use store::ledger::{self, Kind, Transfer};
use store::sql;

async fn found_out(world: &World, plan: i64, running: i64, borne_by: &'static str) {
    let findings = Findings { running: Cents(running), borne_by: borne_by.into(), ..Findings::default() };
    let write = world
        .db
        .write::<_, ActError, _>(move |u| Box::pin(async move { Ok(put_findings(u, plan, &findings, START).await?) }));
    write.await.unwrap();
}

async fn plan_in(world: &World, state: State, known: bool, cents: i64) {
    let write = world.db.write::<_, ActError, _>(move |u| {
        Box::pin(async move {
            u.exec(
                sql!("INSERT INTO initiative (buurt_id, account_id, title, what, why, cost_known, minimum, desired, for_kind, state, created_at) VALUES (1, 1, 'Bank', 'wat', 'waarom', $1, $2, $2, 'resident', $3, 1)"),
                &[known.into(), cents.into(), state.key().into()],
            )
            .await?;
            Ok(())
        })
    });
    write.await.unwrap();
}

both_engines!(costs_and_parts_of_the_share_stand_on_the_ballot, super::on_the_ballot);

async fn on_the_ballot(app: TestApp) {
    let world = &app.world;
    let (admin, _, plans) = people(world).await;
    found_out(world, plans[0], 20_000, "het stadsdeel").await;
    let fund = FundForm { wijk: 1, year: 2008, amount: Cents(600_000), programme: Some(1) };
    shares::fund(world, &admin, fund, "fund".into(), "a".into(), "/x".into()).await.unwrap();
    let wanted = RoundForm {
        buurt: 1,
        theme: None,
        title: "Buurtbudget".into(),
        intro: "i".into(),
        year: 2008,
        pot: Cents(500_000),
        form: BallotForm::Approval { most: 2 },
        preset: "greedy/1".into(),
        by_code: false,
        opens_at: START + 100,
        closes_at: START + 1000,
        receipts: false,
        lots: false,
        plans: plans[..2].to_vec(),
    };
    let slug = rounds::set_up(world, &admin, wanted, "set-up".into(), "a".into()).await.unwrap();
    step(world, &admin, &slug, Step::Publish).await.unwrap();
    let told = "Daarna €\u{a0}200 per jaar. Wie dat betaalt: Het stadsdeel.";
    let address = format!("/stemmen/{slug}");
    let page = app.get(&address).await.text;
    assert_eq!(page.matches(told).count(), 1, "before it opens: {page}");

    app.clock.set(START + 100);
    step(world, &admin, &slug, Step::Open).await.unwrap();
    // What is found out later changes no frozen paper.
    found_out(world, plans[0], 99_900, "de school").await;
    let round = store::rounds::by_slug(&mut world.db.read().await.unwrap(), &slug).await.unwrap().unwrap();
    let paper = rounds::frozen(&round).unwrap();
    assert_eq!((paper.plans[0].running, paper.plans[0].borne_by.as_str()), (Cents(20_000), "het stadsdeel"));
    assert!(!round.paper.unwrap().contains("\"running\":0"), "no more on paper than there is to say");
    let page = app.get(&address).await.text;
    assert_eq!(page.matches(told).count(), 1, "{page}");
    // 3.500 and 2.500 of a ceiling of 10.500.
    for part in ["33,3\u{a0}% van het bewonersdeel van Noord", "23,8\u{a0}% van het bewonersdeel van Noord"] {
        assert_eq!(page.matches(part).count(), 1, "{part}");
    }

    // All plans: 6.000 on the ballot with its pot of 5.000, and 1.000 feasible, where 1.000 is left.
    plan_in(world, State::Published, false, 0).await;
    plan_in(world, State::Submitted, true, 1_000_000).await;
    plan_in(world, State::Returned, true, 7).await;
    let mut c = world.db.read().await.unwrap();
    let lines = store::budget::lines(&mut c).await.unwrap();
    let share = services::budget::share_of(&mut c, &lines, 1, 2008).await.unwrap();
    let seen = forecast(&mut c, 1, 2008, &share, false).await.unwrap();
    assert_eq!((seen.plans, seen.unknown, seen.in_pots), (4, 1, Cents(500_000)));
    assert_eq!((seen.minimum, seen.desired), (Cents(650_000), Cents(700_000)));
    assert_eq!((seen.least, seen.best), (Fit::Room(Cents(50_000)), Fit::Room(Cents(100_000))));
    let all = forecast(&mut c, 1, 2008, &share, true).await.unwrap();
    assert_eq!((all.plans, all.best), (5, Fit::Beyond(Cents(650_000))), "who answers plans sees what waits");
    let other_year = forecast(&mut c, 1, 2009, &share, false).await.unwrap();
    assert_eq!((other_year.plans, other_year.in_pots), (2, Cents::ZERO), "a ballot counts in the year of its pot");
    drop(c);

    let told = app.get("/data/aandeel.json").await.text;
    assert!(!told.contains("submitted") && !told.contains("returned"), "{told}");
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let row = &told["shares"].as_array().unwrap()[0];
    assert_eq!((&row["wijk"], &row["year"]), (&"noord".into(), &2008.into()));
    let ahead = &row["forecast"];
    assert_eq!((&ahead["plans"], &ahead["cost_unknown"]), (&4.into(), &1.into()));
    assert_eq!(ahead["cents"]["desired"], 700_000);
    assert_eq!((&ahead["desired"]["fits"], &ahead["desired"]["over_cents"]), (&"room".into(), &100_000.into()));
    for address in ["/budget/noord?jaar=2008", "/buurten/vogelbuurt"] {
        let page = app.get(address).await.text;
        assert!(page.contains("Deze 4 plannen vragen samen €\u{a0}6.500 tot €\u{a0}7.000."), "{address}: {page}");
        assert!(page.contains("Dat is €\u{a0}1.000 meer dan er nog te verdelen is."), "{address}");
        assert!(page.contains("1 plan weet zijn kosten nog niet"), "{address}");
    }
    assert!(!app.get("/budget").await.text.contains("Als alle plannen doorgaan"));
}

both_engines!(small_plans_are_counted, super::small);

async fn small(app: TestApp) {
    let world = &app.world;
    let d = desk(world).await;
    let id = hand_in(world, &d, 1).await;
    let publish = Decision::Publish(String::new());
    answer(world, &d.moderator, form(2), (id, version(world, id).await), publish).await.unwrap();
    let verdict = Verdict::Feasible {
        minimum: Cents(150_000),
        desired: Cents(150_050),
        conditions: String::new(),
        findings: Findings::default(),
    };
    judge(world, &d.staff, form(3), id, verdict).await.unwrap();
    let counted = async || ledger::small_plans(&mut world.db.read().await.unwrap(), d.city.wijk, 2008).await.unwrap();
    let page = async || app.get("/budget/noord?jaar=2008").await.text;
    small_plans::sign(world, &d.moderator, form(4), id, Role::Moderator, 2008).await.unwrap();
    assert_eq!(counted().await, (0, Cents::ZERO), "one signature moves nothing");
    assert!(page().await.contains("kreeg nog geen klein plan geld"));
    small_plans::sign(world, &d.staff, form(5), id, Role::Staff, 2008).await.unwrap();
    assert_eq!(counted().await, (1, Cents(150_050)));
    assert!(page().await.contains("kreeg 1 klein plan zonder stemronde geld uit 2008: €\u{a0}1.500,50"));

    // Booked back by a counter-transfer: counted no more.
    let wijk = d.city.wijk;
    let write = world.db.write::<_, ActError, _>(move |u| {
        Box::pin(async move {
            let row = u.one(sql!("SELECT id FROM transfer WHERE reason = 'small_plan'"), &[]).await?;
            let moved = row.int("id")?.to_string();
            let transfer = Transfer {
                from: Kind::Reserved { initiative: id },
                to: Kind::Share { wijk, year: 2008 },
                amount: Cents(150_050),
                reason: "correction",
                reference: &moved,
                note: "",
                actor: None,
                key: &format!("correction/{moved}"),
                at: START,
            };
            ledger::transfer(u, &transfer).await?;
            Ok(())
        })
    });
    write.await.unwrap();
    assert_eq!(counted().await, (0, Cents::ZERO));
}
