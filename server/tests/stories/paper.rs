//! Votes on paper: the code is closed, the sheet is read by two and compared, and everything adds up.

use crate::both_engines;
use crate::codes::{holder, open, round, staff};
use crate::common::{START, TestApp};
use crate::rounds::{ballot_form, step};
use crate::together::form_of;
use domain::access::{Actor, Denied, Grant, Role, Scope};
use domain::form::{Problem, Raw};
use domain::round::BallotForm;
use services::rounds::Step;
use services::sheets::{self, SheetState};
use services::{ActError, ballots, codes, count, voters};

fn clerk(account: i64) -> Actor {
    Actor { account: Some(account), ..staff() }
}

both_engines!(a_vote_on_paper, super::a_vote_on_paper);

async fn a_vote_on_paper(app: TestApp) {
    let world = app.world.clone();
    let city = open(&app, BallotForm::Points { sum: 5, each: 4 }).await;
    let slug = city.slug.clone();
    let this = round(&world, &slug).await;
    let fields = |pairs: &[(i64, i64)]| {
        Raw(pairs.iter().map(|(plan, points)| (format!("points-{plan}"), points.to_string())).collect())
    };
    let paper = services::rounds::frozen(&this).unwrap();
    let cast = async |letter: usize, key: &str, pairs: &[(i64, i64)]| {
        let voter = holder(&world, &slug, &city.letters[letter].code).await;
        let mut raw = fields(pairs);
        let (receipt, seal) = ballots::review(&world, &voter, &this, &paper, &[], &raw).await.unwrap().receipt.unwrap();
        raw.set("receipt", receipt.text());
        raw.set("seal", seal);
        ballots::cast(&world, &voter, &slug, &raw, key).await.map(|_| voter)
    };
    let first = cast(0, "form-of-the-first-1", &[(city.plans[0], 4), (city.plans[1], 1)]).await.unwrap();
    cast(1, "form-of-the-second-1", &[(city.plans[2], 3)]).await.unwrap();

    // The first comes to the desk after all: code closed, ballot in the box void.
    let accept = async |actor: &Actor, letter: usize, key: &str| {
        codes::accept_paper(&world, actor, &slug, city.letters[letter].entry, form_of(&world, actor, key)).await
    };
    let elsewhere = Actor { grants: vec![Grant { role: Role::Staff, scope: Scope::Stadsdeel(2) }], ..clerk(2) };
    assert!(matches!(accept(&elsewhere, 0, "accept-elsewhere").await, Err(ActError::Denied(Denied::NotYours))));
    accept(&clerk(2), 0, "accept-0000000001").await.unwrap();
    assert!(matches!(accept(&clerk(2), 0, "accept-0000000002").await, Err(ActError::Denied(Denied::State))), "once");
    accept(&clerk(2), 3, "accept-0000000003").await.unwrap();
    accept(&clerk(2), 4, "accept-0000000004").await.unwrap();
    let raw = fields(&[(city.plans[0], 1)]);
    assert!(matches!(
        ballots::cast(&world, &first, &slug, &raw, "form-of-the-first-2").await,
        Err(ActError::Denied(_))
    ));
    let standing = voters::standing(&mut world.db.read().await.unwrap(), &first, &this).await.unwrap();
    assert_eq!(standing, voters::Standing::CodePaper);
    let desk = codes::reissue(
        &world,
        &staff(),
        &slug,
        (city.letters[0].entry, None),
        codes::Handed::Desk,
        form_of(&world, &staff(), "reissue-after-paper"),
    )
    .await;
    assert!(matches!(desk, Err(ActError::Denied(Denied::State))), "who votes on paper gets no code again");
    let turnout =
        services::turnout::turnout(&world, &mut world.db.read().await.unwrap(), &this).await.unwrap().unwrap();
    assert_eq!((turnout.voted, turnout.roll), (4, 6), "one in the box, three on paper");

    // No sheet is read before the close: there is no running count.
    let take_up = async |count: &str, key: &str| {
        sheets::take_up(
            &world,
            &clerk(2),
            &slug,
            &Raw::from_pairs(&[("count", count)]),
            form_of(&world, &clerk(2), key),
        )
        .await
    };
    assert!(matches!(take_up("2", "take-up-too-early").await, Err(ActError::Denied(Denied::State))));
    app.clock.set(this.closes_at);
    step(&world, &city.admin, &slug, Step::Close).await.unwrap();
    let accepted = accept(&clerk(2), 5, "accept-0000000005").await;
    assert!(matches!(accepted, Err(ActError::Denied(Denied::State))), "nor is one taken after it");
    assert!(
        matches!(take_up("4", "take-up-too-many").await, Err(ActError::Form(e)) if e.of("count") == Some(Problem::TooMany(3)))
    );
    take_up("3", "take-up-000000001").await.unwrap();
    assert!(
        matches!(take_up("1", "take-up-000000002").await, Err(ActError::Form(e)) if e.of("count") == Some(Problem::TooMany(0)))
    );

    let read = async |who: i64, sheet: i64, raw: Raw, key: &str| {
        let actor = clerk(who);
        sheets::enter(&world, &actor, &slug, (1, sheet), &raw, form_of(&world, &actor, key)).await
    };
    let (one, two, three) = (city.plans[0], city.plans[1], city.plans[2]);
    let wrong = read(2, 1, fields(&[(one, 9)]), "read-wrong-000001").await;
    assert!(matches!(wrong, Err(ActError::Form(e)) if e.of("plan") == Some(Problem::OutOfRange(0, 4))));
    assert_eq!(read(2, 1, fields(&[(one, 4), (two, 1)]), "read-2-1").await.unwrap(), SheetState::Once);
    assert!(
        matches!(
            read(2, 1, fields(&[(one, 4), (two, 1)]), "read-2-1-again").await,
            Err(ActError::Denied(Denied::NotYours))
        ),
        "never twice the same eyes"
    );
    assert_eq!(read(3, 1, fields(&[(two, 1), (one, 4)]), "read-3-1").await.unwrap(), SheetState::Valid);
    assert!(
        matches!(read(4, 1, fields(&[(one, 1)]), "read-4-1").await, Err(ActError::Denied(Denied::State))),
        "settled"
    );
    assert_eq!(read(2, 2, fields(&[(three, 4)]), "read-2-2").await.unwrap(), SheetState::Once);
    assert_eq!(read(3, 2, fields(&[(three, 3)]), "read-3-2").await.unwrap(), SheetState::Differs);
    let counted = step(&world, &city.admin, &slug, Step::Count).await;
    assert!(matches!(counted, Err(ActError::Form(e)) if e.of("step") == Some(Problem::SheetsWaiting)));
    for (who, key) in [(2, "read-2-2-third"), (3, "read-3-2-third")] {
        assert!(
            matches!(read(who, 2, fields(&[(three, 4)]), key).await, Err(ActError::Denied(Denied::NotYours))),
            "a third looks"
        );
    }
    assert_eq!(read(4, 2, fields(&[(three, 4)]), "read-4-2").await.unwrap(), SheetState::Valid);
    let invalid = || Raw::from_pairs(&[("ongeldig", "1")]);
    assert_eq!(read(4, 3, invalid(), "read-4-3").await.unwrap(), SheetState::Once);
    assert_eq!(read(2, 3, invalid(), "read-2-3").await.unwrap(), SheetState::Invalid);
    let resident = Actor { account: Some(5), confirmed: true, resident_of: Some(1), ..Actor::default() };
    let looked = sheets::paper_box(&mut world.db.read().await.unwrap(), &resident, &slug).await;
    assert!(matches!(looked, Err(ActError::Denied(_))));

    step(&world, &city.admin, &slug, Step::Count).await.unwrap();
    assert!(
        matches!(take_up("1", "take-up-000000003").await, Err(ActError::Denied(Denied::State))),
        "closed by the count"
    );
    step(&world, &city.admin, &slug, Step::PublishResult).await.unwrap();
    let p = count::published(&mut world.db.read().await.unwrap(), &slug).await.unwrap().unwrap();
    assert_eq!(
        (p.round.turnout, p.round.paper_turnout, p.round.roll_size, p.round.stray),
        (Some(1), Some(2), Some(6), Some(0))
    );
    assert_eq!((p.paper_figures, p.outcome.turnout), ((3, 2), 3));
    let votes = |id: i64| p.outcome.steps.iter().find(|s| s.id == id).unwrap().votes;
    assert_eq!((votes(one), votes(two), votes(three)), (4, 1, 7));
    // Everyone counts the same from the published lists: sheets have marks like any other ballot.
    let tokens = count::tokens(&mut world.db.read().await.unwrap(), p.round.id).await.unwrap();
    for plan in &city.plans {
        assert_eq!(tokens.iter().filter(|t| t.0 == *plan).count(), votes(*plan));
    }
    let json = count::public_json(&mut world.db.read().await.unwrap(), &slug).await.unwrap().unwrap();
    assert_eq!((json["paper_codes_closed"].as_i64(), json["paper_sheets"].as_i64()), (Some(3), Some(2)));
    let page = app.get(&format!("/stemmen/{slug}/uitslag")).await.text;
    assert!(page.contains("2 geteld, 3 ingeleverd"), "{page}");
    let _ = START;
}

both_engines!(unread_sheets_are_put_back, super::unread_sheets);

async fn unread_sheets(app: TestApp) {
    let world = app.world.clone();
    let city = open(&app, BallotForm::Approval { most: 2 }).await;
    let (slug, actor) = (city.slug.clone(), clerk(2));
    for (n, letter) in city.letters[..2].iter().enumerate() {
        codes::accept_paper(&world, &actor, &slug, letter.entry, form_of(&world, &actor, &format!("accept-{n:010}")))
            .await
            .unwrap();
    }
    let voter = holder(&world, &slug, &city.letters[2].code).await;
    let raw = ballot_form(&world, &voter, &slug, &city.plans[..1]).await.unwrap();
    ballots::cast(&world, &voter, &slug, &raw, "form-of-the-voter-1").await.unwrap();
    app.clock.set(round(&world, &slug).await.closes_at);
    count::close_due(&world).await.unwrap();
    let form = |key: &str| form_of(&world, &actor, key);
    let two = Raw::from_pairs(&[("count", "2")]);
    sheets::take_up(&world, &actor, &slug, &two, form("take-up-000000001")).await.unwrap();
    let plan = Raw::from_pairs(&[("plan", &city.plans[0].to_string())]);
    sheets::enter(&world, &actor, &slug, (1, 1), &plan, form("read-0000000001")).await.unwrap();
    sheets::put_back(&world, &actor, &slug, 1, form("put-back-00000001")).await.unwrap();
    assert!(matches!(
        sheets::put_back(&world, &actor, &slug, 1, form("put-back-00000002")).await,
        Err(ActError::Denied(Denied::State))
    ));
    let found = sheets::paper_box(&mut world.db.read().await.unwrap(), &actor, &slug).await.unwrap();
    assert_eq!(found.sheets.iter().map(|s| (s.batch, s.sheet)).collect::<Vec<_>>(), [(1, 1)], "what was read stays");
    assert!(matches!(
        sheets::enter(&world, &clerk(3), &slug, (1, 2), &plan, form("read-0000000002")).await,
        Err(ActError::NotFound)
    ));
    // Who was taken on after voting opened, by a colleague, reads no sheets of it: nobody makes their own second reader.
    let now = world.now();
    let granted = world.db.write::<_, ActError, _>(move |u| {
        let role = Grant { role: Role::Staff, scope: Scope::City };
        Box::pin(async move { Ok(store::accounts::grant(u, 3, role, "", Some(2), now).await?) })
    });
    granted.await.unwrap();
    match sheets::enter(&world, &clerk(3), &slug, (1, 1), &plan, form("read-0000000003")).await {
        Err(ActError::Form(errors)) => assert_eq!(errors.of("plan"), Some(Problem::RoleTooNew)),
        other => panic!("{:?}", other.is_ok()),
    }
}
