//! A round from funding the share to the published result, to the cent, and without a trace of who voted what.

use crate::both_engines;
use crate::common::{START, TestApp};
use domain::access::{Actor, Grant, Role, Scope};
use domain::form::{Problem, Raw};
use domain::money::Cents;
use domain::round::{BallotForm, Phase};
use domain::tally::Threshold;
use services::budget::BudgetFiles;
use services::rounds::{RoundForm, Step};
use services::shares::FundForm;
use services::{ActError, World, ballots, boxkeys, count, explain, rounds, shares};
use store::ledger::{self, Kind};
use store::{accounts, sql};

/// An administrator, fourteen residents of buurt 1, and three feasible plans. Gives administrator, residents and plans.
pub async fn people(world: &World) -> (Actor, Vec<Actor>, Vec<i64>) {
    let programmes = "programma,wijk,eur_2008\nWonen,Noord,100000\nBewonersparticipatie,Noord,5000\n";
    let files = BudgetFiles {
        programmes: programmes.into(),
        buurten: "buurt,wijk,stadsdeel_2007\nVogelbuurt,Noord,Noord\n".into(),
        wijken: "wijk,inwoners_2006\nNoord,23355\n".into(),
    };
    services::budget::import(world, files, None).await.unwrap();
    let (accounts, plans): (Vec<i64>, Vec<i64>) = world
        .db
        .write::<_, ActError, _>(|u| {
            Box::pin(async move {
                let mut ids = Vec::new();
                for i in 0..15 {
                    let email = format!("bewoner{i}@buurt.test");
                    let id = accounts::create(u, &accounts::NewAccount { email: &email, name: "Bewoner", password_hash: None, lang: "nl", buurt_id: None, confirmed_at: Some(1), at: 1 }).await?;
                    if i > 0 {
                        accounts::set_residence(u, id, 1, START - 10).await?;
                    }
                    ids.push(id);
                }
                let mut plans = Vec::new();
                for (title, cost, want) in [("Speelplek", 300_000, 350_000), ("Soep", 250_000, 250_000), ("Taal", 100_000, 100_000)] {
                    let row = u
                        .one(
                            sql!("INSERT INTO initiative (buurt_id, account_id, title, what, why, cost_known, minimum, desired, for_kind, state, created_at) VALUES (1, $1, $2, 'wat', 'waarom', 1, $3, $4, 'resident', 'feasible', 1) RETURNING id"),
                            &[ids[1].into(), title.into(), i64::from(cost).into(), i64::from(want).into()],
                        )
                        .await?;
                    plans.push(row.int("id")?);
                }
                Ok((ids, plans))
            })
        })
        .await
        .unwrap();
    let admin = Actor {
        account: Some(accounts[0]),
        confirmed: true,
        resident_of: None,
        grants: vec![Grant { role: Role::Administrator, scope: Scope::City }],
        second_factor: true,
        code: None,
    };
    let residents = accounts[1..]
        .iter()
        .map(|id| Actor {
            account: Some(*id),
            confirmed: true,
            resident_of: Some(1),
            grants: Vec::new(),
            second_factor: false,
            code: None,
        })
        .collect();
    (admin, residents, plans)
}

async fn balance(world: &World, kind: Kind) -> i64 {
    ledger::balance(&mut world.db.read().await.unwrap(), kind).await.unwrap().0
}

/// A reviewed ballot as the form that casts it.
pub async fn ballot_form(world: &World, actor: &Actor, slug: &str, picks: &[i64]) -> Result<Raw, ActError> {
    let round = store::rounds::by_slug(&mut world.db.read().await?, slug).await?.unwrap();
    let mut raw = Raw(picks.iter().map(|p| ("plan".to_owned(), p.to_string())).collect());
    let review = ballots::review(world, actor, &round, &rounds::frozen(&round)?, &[], &raw).await?;
    if let Some((receipt, seal)) = review.receipt {
        raw.set("receipt", receipt.text());
        raw.set("seal", seal);
    }
    Ok(raw)
}

/// A second administrator: counting and publishing are for two.
pub async fn colleague(world: &World, admin: &Actor) -> Actor {
    let email = "collega@buurt.test";
    let id = world.db.write::<_, ActError, _>(move |u| {
        Box::pin(async move {
            if let Some(known) = accounts::by_email(u, email).await? {
                return Ok(known.id);
            }
            let new = accounts::NewAccount {
                email,
                name: "Collega",
                password_hash: None,
                lang: "nl",
                buurt_id: None,
                confirmed_at: Some(1),
                at: 1,
            };
            Ok(accounts::create(u, &new).await?)
        })
    });
    Actor { account: Some(id.await.unwrap()), ..admin.clone() }
}

/// A step by these fields; counting and publishing as the second of two, after a colleague.
pub async fn step_with(
    world: &World,
    admin: &Actor,
    slug: &str,
    step: Step,
    fields: &[(&str, &str)],
    key: &str,
) -> Result<(), ActError> {
    let raw = Raw::from_pairs(fields);
    if matches!(step, Step::Count | Step::PublishResult) {
        let other = colleague(world, admin).await;
        rounds::step(world, &other, slug, step, &raw, format!("{key}-first"), "b".into()).await?;
    }
    rounds::step(world, admin, slug, step, &raw, key.to_owned(), "a".into()).await
}

pub async fn step(world: &World, admin: &Actor, slug: &str, step: Step) -> Result<(), ActError> {
    step_with(world, admin, slug, step, &[("reason", "proef")], &format!("key-{}", step.key())).await
}

pub async fn opened(world: &World) -> (Actor, Vec<Actor>, Vec<i64>, String) {
    let (admin, residents, plans) = people(world).await;
    let fund = |amount, programme| FundForm { wijk: 1, year: 2008, amount: Cents(amount), programme };
    let too_much = shares::fund(world, &admin, fund(1_050_001, Some(1)), "k0".into(), "a".into(), "/x".into()).await;
    assert!(
        matches!(too_much, Err(ActError::Form(e)) if e.of("amount") == Some(Problem::NotEnough(Cents(1_050_000)))),
        "never above the ceiling"
    );
    let earmarked_only = shares::fund(world, &admin, fund(600_000, None), "k1".into(), "a".into(), "/x".into()).await;
    assert!(
        matches!(earmarked_only, Err(ActError::Form(e)) if e.of("amount") == Some(Problem::NotEnough(Cents(500_000))))
    );
    shares::fund(world, &admin, fund(600_000, Some(1)), "k2".into(), "a".into(), "/x".into()).await.unwrap();
    assert!(
        matches!(
            shares::fund(world, &admin, fund(600_000, Some(1)), "k2".into(), "a".into(), "/x".into()).await,
            Err(ActError::Done(_))
        ),
        "the same form moves money once"
    );
    assert_eq!(
        balance(world, Kind::ProgrammeLine { programme: 2, wijk: Some(1), year: 2008 }).await,
        0,
        "earmarked money goes first"
    );
    let form = |pot| RoundForm {
        buurt: 1,
        theme: None,
        title: "Buurtbudget".into(),
        intro: "i".into(),
        year: 2008,
        pot: Cents(pot),
        form: BallotForm::Approval { most: 2 },
        preset: "greedy/1".into(),
        by_code: false,
        opens_at: START + 100,
        closes_at: START + 1000,
        receipts: true,
        lots: false,
        plans: plans.clone(),
    };
    let refused = rounds::set_up(world, &admin, form(600_001), "k3".into(), "a".into()).await;
    assert!(matches!(refused, Err(ActError::Form(e)) if e.of("pot") == Some(Problem::NotEnough(Cents(600_000)))));
    let slug = rounds::set_up(world, &admin, form(500_000), "k4".into(), "a".into()).await.unwrap();
    assert_eq!(balance(world, Kind::Share { wijk: 1, year: 2008 }).await, 100_000);
    step(world, &admin, &slug, Step::Publish).await.unwrap();
    step(world, &admin, &slug, Step::Open).await.unwrap();
    (admin, residents, plans, slug)
}

/// Every value of every table as text, without the tables of `skip`.
pub async fn dump(world: &World, skip: &[&str]) -> String {
    let mut c = world.db.read().await.unwrap();
    let mut out = String::new();
    for table in c.tables().await.unwrap().into_iter().filter(|t| !skip.contains(&t.as_str())) {
        let columns = c.columns(&table).await.unwrap();
        let text: &'static str = Box::leak(format!("SELECT * FROM {table}").into_boxed_str());
        let stmt: &'static store::Stmt = Box::leak(Box::new(store::Stmt { text, file: file!(), line: line!() }));
        for row in c.rows(stmt, &[]).await.unwrap() {
            out += &table;
            for (name, kind, _) in &columns {
                let value = match kind.as_str() {
                    "int" => format!("{:?}", row.opt_int(name).unwrap()),
                    "blob" => row.opt_blob(name).unwrap().map(|b| services::hex(&b)).unwrap_or_default(),
                    _ => row.opt_text(name).unwrap().unwrap_or_default(),
                };
                out += &format!(" {name}={value}");
            }
            out.push('\n');
        }
    }
    out
}

pub const BOX: &[&str] = &["ballot_box", "ballot_retry"];

both_engines!(a_round_from_the_share_to_the_result, super::a_round_from_the_share_to_the_result);

async fn a_round_from_the_share_to_the_result(app: TestApp) {
    let (world, clock) = (app.world.clone(), app.clock.clone());
    let (admin, residents, plans, slug) = opened(&world).await;
    let early = ballot_form(&world, &residents[0], &slug, &[plans[0]]).await;
    assert!(matches!(early, Err(ActError::Denied(_))), "the clock decides");
    clock.set(START + 100);
    let before = dump(&world, BOX).await;

    // Twelve votes: Speelplek 7, Soep 6, Taal 3.
    let mut first_form = None;
    for (i, actor) in residents.iter().take(12).enumerate() {
        let picks = match i {
            0..4 => vec![plans[0], plans[1]],
            4..7 => vec![plans[0]],
            7..9 => vec![plans[1]],
            _ => vec![plans[2]],
        };
        let raw = ballot_form(&world, actor, &slug, &picks).await.unwrap();
        let taken = ballots::cast(&world, actor, &slug, &raw, "0123456789abcdef").await.unwrap();
        assert!(!taken.replaced);
        let again = ballots::cast(&world, actor, &slug, &raw, "0123456789abcdef").await.unwrap();
        assert_eq!(
            (again.receipt, again.replaced),
            (taken.receipt, false),
            "the same form gives the first answer again"
        );
        first_form = first_form.or(Some(raw));
    }
    let first_form = first_form.unwrap();
    let mut other = first_form.clone();
    other.0.retain(|(k, v)| k != "plan" || *v == plans[0].to_string());
    assert!(
        matches!(ballots::cast(&world, &residents[0], &slug, &other, "0123456789abcdef").await, Err(ActError::Form(_))),
        "same key, other content"
    );
    assert!(
        matches!(
            ballots::cast(&world, &residents[1], &slug, &first_form, "fedcba9876543210").await,
            Err(ActError::Form(_))
        ),
        "nobody casts another's receipt"
    );
    let too_many = ballot_form(&world, &residents[0], &slug, &plans).await;
    assert!(matches!(too_many, Err(ActError::Form(e)) if e.of("plan") == Some(Problem::TooMany(2))));
    // The twelfth changes its mind from Taal to Soep; a late retry of its first form changes nothing.
    let changer = &residents[11];
    let old = ballot_form(&world, changer, &slug, &[plans[2]]).await.unwrap();
    ballots::cast(&world, changer, &slug, &old, "key-of-form-old-1").await.unwrap();
    let new = ballot_form(&world, changer, &slug, &[plans[1]]).await.unwrap();
    let receipt = ballots::cast(&world, changer, &slug, &new, "key-of-form-new-1").await.unwrap().receipt.unwrap();
    assert!(ballots::cast(&world, changer, &slug, &old, "key-of-form-old-1").await.unwrap().replaced);
    assert_eq!(dump(&world, BOX).await, before, "casting writes nothing outside the box");

    // A missing or wrong key stops voting and is never made anew.
    let round = store::rounds::by_slug(&mut world.db.read().await.unwrap(), &slug).await.unwrap().unwrap();
    let path = boxkeys::round_key(&world, round.id);
    let key = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let raw = ballot_form(&world, changer, &slug, &[plans[1]]).await.unwrap();
    assert!(matches!(
        ballots::cast(&world, changer, &slug, &raw, "key-of-form-lost-1").await,
        Err(ActError::Broken(_))
    ));
    assert!(!path.exists());
    std::fs::write(&path, [1; 32]).unwrap();
    assert!(matches!(
        ballots::cast(&world, changer, &slug, &raw, "key-of-form-lost-1").await,
        Err(ActError::Broken(_))
    ));
    std::fs::write(&path, key).unwrap();

    let late = ballot_form(&world, &residents[12], &slug, &[plans[2]]).await.unwrap();
    assert!(step(&world, &admin, &slug, Step::Close).await.is_err(), "not before its time");
    clock.set(START + 1000);
    assert!(
        matches!(
            ballots::cast(&world, &residents[12], &slug, &late, "key-of-form-late-1").await,
            Err(ActError::Denied(_))
        ),
        "a late vote is refused"
    );
    let boxed = store::rounds::box_of(&mut world.db.read().await.unwrap(), round.id).await.unwrap();
    assert_eq!(boxed.len(), 12);
    assert!(
        boxed.iter().all(|b| b.picks.starts_with("sealed:") && b.picks.len() == boxed[0].picks.len()),
        "without the key nothing in the box tells a choice, nor how many there are"
    );
    assert!(boxed.iter().all(|b| b.tokens.len() == boxed[0].tokens.len()));
    assert!(dump(&world, &[]).await.contains(&services::hex(&boxed[0].pseudonym)), "the dump would show it");
    assert!(app.in_box_files(&boxed[0].pseudonym).await > 0, "the files would show it");
    assert_eq!(count::close_due(&world).await.unwrap(), 1);
    for b in &boxed {
        assert_eq!(app.in_box_files(&b.pseudonym).await, 0, "nor do the database's files keep it");
    }
    let after = dump(&world, &[]).await;
    for b in &boxed {
        for secret in [&b.pseudonym, &b.key, &b.digest] {
            assert!(
                !after.contains(&services::hex(secret)),
                "nothing of the box is left that a ballot could be joined by"
            );
        }
    }
    assert_eq!(count::close_due(&world).await.unwrap(), 0);
    assert!(!path.exists(), "the key is destroyed");

    let mut c = world.db.read().await.unwrap();
    let round = store::rounds::by_slug(&mut c, &slug).await.unwrap().unwrap();
    assert_eq!(
        (round.phase, round.turnout, round.roll_size, round.stray),
        (Phase::Counting, Some(12), Some(14), Some(0))
    );
    for left in [sql!("SELECT COUNT(*) AS n FROM ballot_box"), sql!("SELECT COUNT(*) AS n FROM ballot_retry")] {
        assert_eq!(c.one(left, &[]).await.unwrap().int("n").unwrap(), 0, "the box is empty");
    }
    assert_eq!(
        c.columns("ballot_counted").await.unwrap().iter().map(|x| x.0.as_str()).collect::<Vec<_>>(),
        ["picks", "position", "round_id"],
        "a counted ballot knows nobody and no time"
    );
    drop(c);

    step(&world, &admin, &slug, Step::Count).await.unwrap();
    step(&world, &admin, &slug, Step::PublishResult).await.unwrap();
    // Speelplek (7) costs 3.000 of 5.000 and Soep (7 after the change) 2.500: of the two equals the cheaper Soep goes first.
    let published = count::published(&mut world.db.read().await.unwrap(), &slug).await.unwrap().unwrap();
    let got: Vec<_> = published.outcome.steps.iter().map(|s| (s.id, s.votes, s.granted.0)).collect();
    assert_eq!(got, [(plans[1], 7, 250_000), (plans[0], 7, 0), (plans[2], 2, 100_000)]);
    assert_eq!(published.outcome.left, Cents(150_000));
    assert_eq!(balance(&world, Kind::Pot { round: round.id }).await, 0);
    assert_eq!(balance(&world, Kind::Share { wijk: 1, year: 2008 }).await, 250_000);
    assert_eq!(balance(&world, Kind::Reserved { initiative: plans[1] }).await, 250_000);
    assert_eq!(balance(&world, Kind::Source).await, -10_500_000);
    assert!(ledger::unbalanced(&mut world.db.read().await.unwrap()).await.unwrap().is_empty());
    let mut c = world.db.read().await.unwrap();
    let states: Vec<_> = c
        .rows(sql!("SELECT state FROM initiative ORDER BY id"), &[])
        .await
        .unwrap()
        .iter()
        .map(|r| r.text("state").unwrap())
        .collect();
    assert_eq!(states, ["reserve", "funded", "funded"]);
    // The changed ballot's last receipt is found under Soep, and tokens match votes.
    let tokens = count::tokens(&mut c, published.round.id).await.unwrap();
    assert!(tokens.contains(&(plans[1], 0, services::hex(&receipt.token(&slug, plans[1], 1)))));
    assert_eq!(tokens.len(), 16);
    let json = count::public_json(&mut c, &slug).await.unwrap().unwrap();
    assert_eq!(json["turnout"], 12);
    drop(c);

    // The tie decided, and is told; what the bundle says was explained before it went out, once.
    let [tie] = &published.outcome.ties[..] else { panic!("{:?}", published.outcome.ties) };
    assert_eq!((&tie.plans[..], tie.mattered), (&[plans[1], plans[0]][..], true));
    assert_eq!(explain::explain_due(&world).await.unwrap(), 0);
    let mut c = world.db.read().await.unwrap();
    let explanation = count::published(&mut c, &slug).await.unwrap().unwrap().explanation.unwrap();
    let [would] = explanation.would_win[..] else { panic!("{:?}", explanation.would_win) };
    // Speelplek wins at the cost of Soep (its id is lower), or with one more vote.
    assert_eq!(would.id, plans[0]);
    assert_eq!(would.cost, Threshold::At { value: 250_000, least: true });
    assert_eq!(would.voters, Threshold::At { value: 1, least: true });
    assert!(explanation.others.iter().any(|other| other.rule == "equal-shares/1"));
    let json = count::public_json(&mut c, &slug).await.unwrap().unwrap();
    assert_eq!(json["explanation"]["would_win"][0]["id"], plans[0]);
}

both_engines!(a_stopped_round_gives_everything_back, super::a_stopped_round_gives_everything_back);

async fn a_stopped_round_gives_everything_back(app: TestApp) {
    let world = app.world.clone();
    let (admin, _residents, _plans, slug) = opened(&world).await;
    let round = store::rounds::by_slug(&mut world.db.read().await.unwrap(), &slug).await.unwrap().unwrap();
    step(&world, &admin, &slug, Step::Stop).await.unwrap();
    assert_eq!(balance(&world, Kind::Pot { round: round.id }).await, 0);
    assert_eq!(balance(&world, Kind::Share { wijk: 1, year: 2008 }).await, 600_000);
    assert_eq!(store::rounds::feasible(&mut world.db.read().await.unwrap(), 1).await.unwrap().len(), 3);
    assert!(!boxkeys::round_key(&world, round.id).exists());
}
