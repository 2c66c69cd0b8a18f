//! Voting with a code from a letter: roll, codes, ballots, lost letters, and a thousand casts at once.

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::rounds::{BOX, ballot_form, dump, people, step};
use domain::access::{Actor, Denied, Grant, HeldCode, Role, Scope};
use domain::form::{Problem, Raw};
use domain::money::Cents;
use domain::round::BallotForm;
use domain::vote_code::VoteCode;
use services::codes::{self, Handed, Letter};
use services::rolls::WrongLine;
use services::rounds::{RoundForm, Step, StepForm};
use services::shares::{self, FundForm};
use services::{ActError, World, ballots, rolls, rounds, voters};
use store::rounds::Round;

pub const ROLL: &str = "naam;adres;postcode;plaats;aantal\nBewoners van;Meeuwenlaan 1;1021 AA;Amsterdam;2\n                    ;Meeuwenlaan 2;1021 AA;Amsterdam;\n;;1021 AB;;3\n";

/// A round by letter in which votes are taken, with its letters.
pub struct City {
    pub admin: Actor,
    pub plans: Vec<i64>,
    pub slug: String,
    pub letters: Vec<Letter>,
}

pub async fn set_up(app: &TestApp, form: BallotForm, lots: bool) -> City {
    let world = &app.world;
    let (admin, _, plans) = people(world).await;
    let fund = FundForm { wijk: 1, year: 2008, amount: Cents(600_000), programme: Some(1) };
    shares::fund(world, &admin, fund, "fund".into(), "a".into(), "/x".into()).await.unwrap();
    let form = RoundForm {
        buurt: 1,
        theme: None,
        title: "Buurtbudget".into(),
        intro: "i".into(),
        year: 2008,
        pot: Cents(600_000),
        form,
        preset: "greedy/1".into(),
        by_code: true,
        opens_at: START + 100,
        closes_at: START + 100_000,
        receipts: true,
        lots,
        plans: plans.clone(),
    };
    let slug = rounds::set_up(world, &admin, form, "set-up".into(), "a".into()).await.unwrap();
    City { admin, plans, slug, letters: Vec::new() }
}

pub async fn open(app: &TestApp, form: BallotForm) -> City {
    open_set_up(app, set_up(app, form, false).await, async |_| {}).await
}

/// Takes a round from set-up to its votes; `before` opening there is something to do yet.
pub async fn open_set_up(app: &TestApp, mut city: City, before: impl AsyncFnOnce(&str)) -> City {
    let (world, admin) = (&app.world, city.admin.clone());
    assert!(rolls::upload(world, &admin, &city.slug, ROLL.into()).await.unwrap().is_right());
    assert_eq!(rolls::add(world, &admin, &city.slug, &rolls::digest(ROLL)).await.unwrap(), 6);
    city.letters = issue(world, &admin, &city.slug).await;
    step(world, &admin, &city.slug, Step::Publish).await.unwrap();
    before(&city.slug).await;
    step(world, &admin, &city.slug, Step::Open).await.unwrap();
    app.clock.set(START + 100);
    city
}

pub async fn issue(world: &World, admin: &Actor, slug: &str) -> Vec<Letter> {
    let mut letters = Vec::new();
    codes::issue(world, admin, slug, |some| {
        letters.extend(some);
        Ok(())
    })
    .await
    .unwrap();
    letters
}

pub async fn round(world: &World, slug: &str) -> Round {
    store::rounds::by_slug(&mut world.db.read().await.unwrap(), slug).await.unwrap().unwrap()
}

fn typed(code: &str) -> Raw {
    Raw::from_pairs(&[("code", code)])
}

/// A code that the account which is signed in is to hold.
pub fn kept(code: &str) -> Raw {
    Raw::from_pairs(&[("code", code), ("onthoud", "1")])
}

/// Somebody without an account whose browser entered this code.
pub async fn holder(world: &World, slug: &str, code: &VoteCode) -> Actor {
    let entered = codes::enter(world, &Actor::default(), slug, &typed(&code.grouped()), "net", false).await.unwrap();
    Actor { code: Some(codes::held(world, &entered.cookie).unwrap()), ..Actor::default() }
}

async fn problem(world: &World, slug: &str, code: &str, network: &str) -> Result<Problem, ActError> {
    match codes::enter(world, &Actor::default(), slug, &typed(code), network, false).await {
        Err(ActError::Form(errors)) => Ok(errors.of("code").unwrap()),
        Err(error) => Err(error),
        Ok(_) => panic!("{code} was taken"),
    }
}

pub fn staff() -> Actor {
    Actor {
        account: Some(2),
        confirmed: true,
        grants: vec![Grant { role: Role::Staff, scope: Scope::Stadsdeel(1) }],
        second_factor: true,
        ..Actor::default()
    }
}

fn desk_form(key: &str) -> StepForm {
    StepForm { who: Some(2), key: key.into(), key_actor: "desk".into(), now: START + 100 }
}

both_engines!(a_round_by_letter, super::a_round_by_letter);

async fn a_round_by_letter(app: TestApp) {
    let world = app.world.clone();
    let mut city = set_up(&app, BallotForm::Points { sum: 5, each: 4 }, false).await;
    let (admin, slug) = (city.admin.clone(), city.slug.clone());

    // The list is looked through as a whole; nothing of a wrong one is kept.
    let wrong = rolls::upload(&world, &admin, &slug, "postcode,adres\n1021AA,A 1\nx,A 2\n".into()).await.unwrap();
    assert_eq!(wrong.wrong, [(3, WrongLine::Postcode)]);
    assert!(matches!(
        rolls::add(&world, &admin, &slug, &rolls::digest(ROLL)).await,
        Err(ActError::Denied(Denied::State))
    ));
    let outsider = Actor { second_factor: false, ..admin.clone() };
    assert!(matches!(
        rolls::upload(&world, &outsider, &slug, ROLL.into()).await,
        Err(ActError::Denied(Denied::SecondFactor))
    ));
    assert!(rolls::upload(&world, &admin, &slug, ROLL.into()).await.unwrap().is_right());
    assert_eq!(rolls::add(&world, &admin, &slug, &rolls::digest(ROLL)).await.unwrap(), 6);
    step(&world, &admin, &slug, Step::Publish).await.unwrap();
    assert!(step(&world, &admin, &slug, Step::Open).await.is_err(), "nobody could vote yet");

    // Codes leave once, and only their HMAC is kept.
    let lost = issue(&world, &admin, &slug).await;
    assert_eq!(lost.len(), 6);
    assert!(issue(&world, &admin, &slug).await.is_empty(), "codes are made once");
    assert!(matches!(
        rolls::add(&world, &admin, &slug, &rolls::digest(ROLL)).await,
        Err(ActError::Denied(Denied::State))
    ));
    assert_eq!(codes::anew(&world, &admin, &slug).await.unwrap(), 6);
    city.letters = issue(&world, &admin, &slug).await;
    assert_eq!(city.letters[0].address, "Bewoners van\nMeeuwenlaan 1\n1021 AA Amsterdam");
    let kept = dump(&world, &[]).await;
    for letter in city.letters.iter().chain(&lost) {
        assert!(!kept.contains(&letter.code.plain()) && !kept.contains(&letter.code.grouped()));
    }
    step(&world, &admin, &slug, Step::Open).await.unwrap();
    assert!(matches!(codes::anew(&world, &admin, &slug).await, Err(ActError::Denied(Denied::State))));
    app.clock.set(START + 100);

    // Wrong codes are told apart by what the hand did, never by what exists.
    let code = &city.letters[0].code;
    assert_eq!(problem(&world, &slug, "", "n").await.unwrap(), Problem::Missing);
    assert_eq!(problem(&world, &slug, "7KQ2", "n").await.unwrap(), Problem::CodeLength(4));
    let mut misspelled = code.plain().into_bytes();
    misspelled[3] = if misspelled[3] == b'7' { b'8' } else { b'7' };
    let misspelled = String::from_utf8(misspelled).unwrap();
    assert_eq!(problem(&world, &slug, &misspelled, "n").await.unwrap(), Problem::CodeCheck);
    let unknown = VoteCode::new([9; 12]).grouped();
    assert_eq!(problem(&world, &slug, &unknown, "n").await.unwrap(), Problem::NotRight);
    assert_eq!(problem(&world, &slug, &lost[0].code.grouped(), "n").await.unwrap(), Problem::CodeReplaced);
    // Beyond the limit wrong ones wait, and a right one still opens.
    for _ in 0..19 {
        assert_eq!(problem(&world, &slug, &unknown, "n").await.unwrap(), Problem::NotRight);
    }
    assert!(matches!(problem(&world, &slug, &unknown, "n").await, Err(ActError::TooMany)));
    assert_eq!(problem(&world, &slug, &unknown, "elsewhere").await.unwrap(), Problem::NotRight);
    assert!(codes::enter(&world, &Actor::default(), &slug, &typed(&code.plain()), "n", false).await.is_ok());

    // Entering a code and voting with it write nothing outside the box.
    let before = dump(&world, BOX).await;
    let voter = holder(&world, &slug, code).await;
    let this = round(&world, &slug).await;
    assert_eq!(
        voters::standing(&mut world.db.read().await.unwrap(), &voter, &this).await.unwrap(),
        voters::Standing::Voter
    );
    assert!(!voters::has_voted(&world, &voter, &this).await.unwrap());
    let mut raw = Raw::from_pairs(&[("toeval", "0123456789abcdef0123456789abcdef")]);
    raw.set(&format!("points-{}", city.plans[0]), "4");
    raw.set(&format!("points-{}", city.plans[1]), "1");
    let paper = rounds::frozen(&this).unwrap();
    let review = ballots::review(&world, &voter, &this, &paper, &[], &raw).await.unwrap();
    assert!(review.mixed);
    let (receipt, seal) = review.receipt.unwrap();
    raw.set("receipt", receipt.text());
    raw.set("seal", seal);
    ballots::cast(&world, &voter, &slug, &raw, "form-of-the-voter-1").await.unwrap();
    assert!(voters::has_voted(&world, &voter, &this).await.unwrap());
    assert_eq!(dump(&world, BOX).await, before);

    // The count adds points, and each point has its token.
    app.clock.set(START + 100_000);
    services::count::close_due(&world).await.unwrap();
    step(&world, &admin, &slug, Step::Count).await.unwrap();
    step(&world, &admin, &slug, Step::PublishResult).await.unwrap();
    let mut c = world.db.read().await.unwrap();
    let published = services::count::published(&mut c, &slug).await.unwrap().unwrap();
    let votes: Vec<_> = published.outcome.steps.iter().map(|s| (s.id, s.votes)).collect();
    assert_eq!(&votes[..2], [(city.plans[0], 4), (city.plans[1], 1)]);
    assert_eq!((published.round.turnout, published.round.roll_size), (Some(1), Some(6)));
    let all = services::count::tokens(&mut c, published.round.id).await.unwrap();
    let tokens: Vec<_> = all.iter().map(|t| t.0).collect();
    assert_eq!(tokens, [[city.plans[0]; 4].as_slice(), &[city.plans[1]]].concat());
    for i in 1..=4 {
        assert!(all.contains(&(city.plans[0], 0, services::hex(&receipt.token(&slug, city.plans[0], i)))));
    }
    assert!(!dump(&world, &[]).await.contains("Meeuwenlaan"), "addresses are gone with the result");
}

both_engines!(a_lost_letter, super::a_lost_letter);

async fn a_lost_letter(app: TestApp) {
    let world = app.world.clone();
    let city = open(&app, BallotForm::Approval { most: 2 }).await;
    let (slug, letter) = (city.slug.clone(), city.letters[2].clone());
    let told = Raw::from_pairs(&[("name", "Emine"), ("address", "Meeuwenlaan 2")]);
    codes::report_lost(&world, &slug, &told, "net").await.unwrap();
    let this = round(&world, &slug).await;
    let requests = store::rounds::open_requests(&mut world.db.read().await.unwrap(), this.id).await.unwrap();
    assert_eq!(requests.len(), 1);

    // A thief votes with the letter, and ties an account to it; staff check who asks, and both lapse at once.
    let thief = holder(&world, &slug, &letter.code).await;
    let raw = ballot_form(&world, &thief, &slug, &[city.plans[0]]).await.unwrap();
    ballots::cast(&world, &thief, &slug, &raw, "form-of-the-thief-1").await.unwrap();
    let account = Actor { account: Some(5), confirmed: true, ..Actor::default() };
    codes::enter(&world, &account, &slug, &kept(&letter.code.plain()), "net", false).await.unwrap();
    assert!(voters::has_voted(&world, &account, &this).await.unwrap(), "code and account are one vote");
    let found =
        store::rounds::at_address(&mut world.db.read().await.unwrap(), this.id, &rolls::fold("meeuwenlaan 2"), 9)
            .await
            .unwrap();
    assert_eq!(found.iter().map(|e| e.entry).collect::<Vec<_>>(), [letter.entry]);
    assert!(rolls::fold("%_").is_empty(), "no pattern reaches the database");
    let elsewhere = Actor { grants: vec![Grant { role: Role::Staff, scope: Scope::Stadsdeel(2) }], ..staff() };
    let subject = (letter.entry, Some(requests[0].id));
    assert!(matches!(
        codes::reissue(&world, &elsewhere, &slug, subject, Handed::Desk, desk_form("elsewhere-desk-1")).await,
        Err(ActError::Denied(Denied::NotYours))
    ));
    let fresh = codes::reissue(&world, &staff(), &slug, subject, Handed::Desk, desk_form("desk-form-00001"))
        .await
        .unwrap()
        .unwrap();
    assert!(matches!(
        codes::reissue(&world, &staff(), &slug, subject, Handed::Desk, desk_form("desk-form-00001")).await,
        Err(ActError::Done(_))
    ));
    assert!(store::rounds::open_requests(&mut world.db.read().await.unwrap(), this.id).await.unwrap().is_empty());
    assert_eq!(round(&world, &slug).await.codes_reissued, 1);
    for gone in [&thief, &account] {
        let again = ballots::cast(&world, gone, &slug, &raw, "form-of-the-thief-2").await;
        assert!(matches!(again, Err(ActError::Denied(Denied::NotYours))), "{again:?}");
    }
    assert_eq!(
        voters::standing(&mut world.db.read().await.unwrap(), &thief, &this).await.unwrap(),
        voters::Standing::CodeReplaced
    );
    let voter = holder(&world, &slug, &fresh).await;
    assert!(!voters::has_voted(&world, &voter, &this).await.unwrap(), "the thief's ballot is void");
    let raw = ballot_form(&world, &voter, &slug, &[city.plans[1]]).await.unwrap();
    ballots::cast(&world, &voter, &slug, &raw, "form-of-the-voter-1").await.unwrap();

    // By post: no code until the next letters are made.
    let other = city.letters[0].entry;
    let by_post = codes::reissue(&world, &staff(), &slug, (other, None), Handed::Post, desk_form("desk-form-00002"))
        .await
        .unwrap();
    assert!(by_post.is_none());
    let next = issue(&world, &city.admin, &slug).await;
    assert_eq!(next.iter().map(|l| l.entry).collect::<Vec<_>>(), [other]);

    // Helped at the desk: shorter, counted, and never by somebody without the right.
    let code = &city.letters[1].code;
    let by_neighbour = codes::enter(&world, &account, &slug, &typed(&code.plain()), "net", true).await;
    assert!(matches!(by_neighbour, Err(ActError::Denied(_))));
    let entered = codes::enter(&world, &staff(), &slug, &typed(&code.plain()), "net", true).await.unwrap();
    assert!(codes::held(&world, &entered.cookie).unwrap().assisted);
    app.clock.forward(900);
    assert!(codes::held(&world, &entered.cookie).is_none(), "wiped by time");
    assert!(codes::held(&world, "00").is_none() && codes::held(&world, &entered.cookie[2..]).is_none());
    let counters = store::rounds::anomalies(&mut world.db.read().await.unwrap(), this.id).await.unwrap();
    assert_eq!(counters.iter().map(|(kind, _, count)| (kind.as_str(), *count)).collect::<Vec<_>>(), [("assisted", 1)]);
}

both_engines!(another_rounds_code_is_no_code_here, super::another_rounds_code);

async fn another_rounds_code(app: TestApp) {
    let world = app.world.clone();
    let city = open(&app, BallotForm::Knapsack).await;
    let this = round(&world, &city.slug).await;
    let voter = holder(&world, &city.slug, &city.letters[0].code).await;
    let foreign = HeldCode { round: this.id + 1, ..voter.code.unwrap() };
    let foreign = Actor { code: Some(foreign), ..Actor::default() };
    let raw = ballot_form(&world, &voter, &city.slug, &[city.plans[0]]).await.unwrap();
    assert!(matches!(
        ballots::cast(&world, &foreign, &city.slug, &raw, "form-of-a-stranger").await,
        Err(ActError::Denied(_))
    ));
    // Nor does an account of the buurt vote without its code.
    let resident = Actor { account: Some(3), confirmed: true, resident_of: Some(1), ..Actor::default() };
    assert!(matches!(
        ballots::cast(&world, &resident, &city.slug, &raw, "form-of-an-account").await,
        Err(ActError::Denied(_))
    ));
    let all = ballot_form(&world, &voter, &city.slug, &city.plans).await;
    assert!(matches!(all, Err(ActError::Form(e)) if e.of("plan") == Some(Problem::OverPot(Cents(50_000)))));
}

/// Casts at once with one code and a tied account: 1,000 a hundred times in `make long`.
fn casts() -> (usize, usize) {
    if std::env::var("LONG").is_ok() { (100, 1_000) } else { (2, 200) }
}

both_engines!(many_casts_with_one_code_are_one_ballot, super::many_casts);

async fn many_casts(app: TestApp) {
    let world = app.world.clone();
    let city = open(&app, BallotForm::Approval { most: 3 }).await;
    let this = round(&world, &city.slug).await;
    let voter = holder(&world, &city.slug, &city.letters[0].code).await;
    let account = Actor { account: Some(4), confirmed: true, ..Actor::default() };
    codes::enter(&world, &account, &city.slug, &kept(&city.letters[0].code.plain()), "net", false).await.unwrap();
    let (times, many) = casts();
    for run in 0..times {
        let mut tries = Vec::new();
        for n in 0..many {
            let (world, slug) = (world.clone(), city.slug.clone());
            let (actor, plan) = (if n % 2 == 0 { voter.clone() } else { account.clone() }, city.plans[n % 3]);
            tries.push(tokio::spawn(async move {
                let raw = ballot_form(&world, &actor, &slug, &[plan]).await?;
                ballots::cast(&world, &actor, &slug, &raw, &format!("form-{run:04}-{n:06}")).await
            }));
        }
        let mut taken = 0;
        for attempt in tries {
            match attempt.await.unwrap() {
                Ok(_) => taken += 1,
                // Told to try again: so many at once may wait longer for a connection than they are kept waiting.
                Err(ActError::Store(_)) => {}
                Err(error) => panic!("run {run}: {error}"),
            }
        }
        assert!(taken > 0, "run {run}");
        let boxed = store::rounds::box_of(&mut world.db.read().await.unwrap(), this.id).await.unwrap();
        assert_eq!(boxed.len(), 1, "run {run}");
    }
    // Casts across the closing second: what was acknowledged is counted, and nothing after.
    let mut ready = Vec::new();
    for (n, letter) in city.letters.iter().enumerate() {
        let voter = holder(&world, &city.slug, &letter.code).await;
        let raw = ballot_form(&world, &voter, &city.slug, &[city.plans[n % 3]]).await.unwrap();
        ready.push((voter, raw));
    }
    let mut tries = Vec::new();
    for (n, (voter, raw)) in ready.into_iter().enumerate() {
        let (world, slug, clock) = (world.clone(), city.slug.clone(), app.clock.clone());
        tries.push(tokio::spawn(async move {
            if n == 3 {
                clock.set(START + 100_000);
                services::count::close_due(&world).await.unwrap();
            }
            ballots::cast(&world, &voter, &slug, &raw, &format!("form-at-the-close-{n}")).await.is_ok()
        }));
    }
    let mut acknowledged = [false; 6];
    for (n, attempt) in tries.into_iter().enumerate() {
        acknowledged[n] = attempt.await.unwrap();
    }
    // The first voter had a ballot already.
    acknowledged[0] = true;
    services::count::close_due(&world).await.unwrap();
    let this = round(&world, &city.slug).await;
    let counted = acknowledged.iter().filter(|yes| **yes).count();
    assert_eq!((this.turnout, this.stray), (Some(i64::try_from(counted).unwrap()), Some(0)));
}
