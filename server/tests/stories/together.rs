//! What two administrators decide together: new versions of a paper, and the lot.

use crate::both_engines;
use crate::codes::{City, holder, open, round, set_up};
use crate::common::{START, TestApp};
use crate::rounds::{ballot_form, step};
use domain::access::{Actor, Denied};
use domain::form::{Problem, Raw};
use domain::round::{BallotForm, Part, lot_digest, lot_seed};
use services::rounds::{self, Step, StepForm};
use services::{ActError, World, ballots, count};
use store::rounds::{Version, VersionState};

/// Another administrator: account 2.
pub fn second(admin: &Actor) -> Actor {
    Actor { account: Some(2), ..admin.clone() }
}

pub fn form_of(world: &World, actor: &Actor, key: &str) -> StepForm {
    StepForm { who: actor.account, key: key.into(), key_actor: format!("{:?}", actor.account), now: world.now() }
}

async fn versions(world: &World, city: &City) -> Vec<Version> {
    let round = round(world, &city.slug).await;
    store::rounds::versions(&mut world.db.read().await.unwrap(), round.id).await.unwrap()
}

both_engines!(texts_and_dates_change_by_two, super::texts_and_dates_change_by_two);

async fn texts_and_dates_change_by_two(app: TestApp) {
    let world = app.world.clone();
    let city = open(&app, BallotForm::Approval { most: 2 }).await;
    let (admin, other, slug) = (city.admin.clone(), second(&city.admin), city.slug.clone());
    let voter = holder(&world, &slug, &city.letters[0].code).await;
    let opened = round(&world, &slug).await;
    let mut read = ballot_form(&world, &voter, &slug, &[city.plans[0]]).await.unwrap();
    read.set("biljet", opened.paper_digest.clone().unwrap());
    ballots::cast(&world, &voter, &slug, &read, "form-before-the-change").await.unwrap();

    let propose = async |key: &str, fields: &[(&str, &str)]| {
        rounds::propose(&world, &admin, &slug, &Raw::from_pairs(fields), form_of(&world, &admin, key)).await
    };
    let problem = |done: Result<(), ActError>, field: &str| match done {
        Err(ActError::Form(errors)) => errors.of(field),
        other => panic!("{other:?}"),
    };
    let text = format!("text-{}", city.plans[0]);
    let typed = |at: i64| texts::typed_local(at);
    let (opens, soon, later) = (typed(opened.opens_at), typed(world.now() + 3600), typed(START + 400_000));
    assert_eq!(
        problem(propose("nothing-new-00001", &[("title", "Buurtbudget"), ("reason", "x")]).await, "reason"),
        Some(Problem::NothingNew)
    );
    assert_eq!(problem(propose("no-reason-0000001", &[(&text, "Anders")]).await, "reason"), Some(Problem::Missing));
    let shut = propose("too-soon-00000001", &[("opens", &opens), ("closes", &soon), ("reason", "x")]).await;
    assert_eq!(problem(shut, "closes"), Some(Problem::TooSoon), "nobody finds the box shut all of a sudden");
    let long = propose("too-long-00000001", &[(&text, &"a".repeat(300)), ("reason", "x")]).await;
    assert!(matches!(problem(long, "plans"), Some(Problem::TooLong(_))));
    let resident = Actor { account: Some(3), confirmed: true, ..Actor::default() };
    let by_resident = rounds::propose(&world, &resident, &slug, &Raw::default(), form_of(&world, &resident, "k")).await;
    assert!(matches!(by_resident, Err(ActError::Denied(Denied::NotYours))));

    let wanted = [
        (text.as_str(), "Met <b>schommel</b>"),
        ("opens", &opens),
        ("closes", &later),
        ("reason", "De brief noemt een latere dag."),
    ];
    propose("propose-00000001", &wanted).await.unwrap();
    assert!(matches!(propose("propose-00000001", &wanted).await, Err(ActError::Done(_))));
    assert_eq!(problem(propose("propose-00000002", &wanted).await, "reason"), Some(Problem::Waiting), "one at a time");
    assert_eq!(round(&world, &slug).await.closes_at, opened.closes_at, "nothing changed yet");
    let own = rounds::agree(&world, &admin, &slug, 2, form_of(&world, &admin, "agree-own-000001")).await;
    assert!(matches!(own, Err(ActError::Denied(Denied::NotYours))), "nobody agrees with themselves");
    assert!(app.get(&format!("/stemmen/{slug}")).await.text.contains("wat"));

    rounds::agree(&world, &other, &slug, 2, form_of(&world, &other, "agree-other-0001")).await.unwrap();
    let now = round(&world, &slug).await;
    assert_eq!((now.closes_at, now.opens_at), (START + 400_000 - (START + 400_000) % 60, opened.opens_at));
    assert_ne!(now.paper_digest, opened.paper_digest);
    let paper = rounds::frozen(&now).unwrap();
    assert_eq!(
        (paper.version, paper.closes_at, paper.plans[0].summary.as_str()),
        (2, now.closes_at, "Met <b>schommel</b>")
    );
    let all = versions(&world, &city).await;
    assert_eq!(
        all.iter().map(|v| v.digest.clone()).collect::<Vec<_>>(),
        [opened.paper_digest.clone(), now.paper_digest.clone()]
    );
    assert_eq!(all[1].changes.iter().map(|c| c.part).collect::<Vec<_>>(), [Part::Closes, Part::PlanText]);
    let page = app.get(&format!("/stemmen/{slug}")).await.text;
    for shown in ["De brief noemt een latere dag.", "Met &lt;b&gt;schommel&lt;/b&gt;", "<del>wat"] {
        assert!(page.contains(shown), "the public notice shows {shown}");
    }

    // A ballot that was taken stays taken; one that was filled in on the older paper is looked over again.
    assert!(ballots::cast(&world, &voter, &slug, &read, "form-before-the-change").await.is_ok(), "a retry");
    let stale = ballots::cast(&world, &voter, &slug, &read, "form-after-the-change").await;
    assert!(matches!(stale, Err(ActError::Form(e)) if e.of("plan") == Some(Problem::StalePaper)));
    let review = ballots::review(&world, &voter, &now, &paper, &[], &read).await;
    assert!(matches!(review, Err(ActError::Form(e)) if e.of("plan") == Some(Problem::StalePaper)));
    read.set("biljet", now.paper_digest.clone().unwrap());
    ballots::cast(&world, &voter, &slug, &read, "form-after-the-change").await.unwrap();

    // Turned down, and too late.
    propose("propose-00000003", &[("title", "Andere naam"), ("reason", "Mooier")]).await.unwrap();
    rounds::refuse(&world, &other, &slug, 3, form_of(&world, &other, "refuse-00000001")).await.unwrap();
    let again = rounds::agree(&world, &other, &slug, 3, form_of(&world, &other, "agree-00000003")).await;
    assert!(matches!(again, Err(ActError::Denied(Denied::State))));
    assert_eq!(versions(&world, &city).await[2].state, VersionState::Refused);
    assert_eq!(round(&world, &slug).await.title, "Buurtbudget");
    propose("propose-00000004", &[("opens", &opens), ("closes", &typed(START + 300_000)), ("reason", "Eerder")])
        .await
        .unwrap();
    app.clock.set(START + 300_000 - 3600);
    let late = rounds::agree(&world, &other, &slug, 4, form_of(&world, &other, "agree-00000004")).await;
    assert_eq!(problem(late, "step"), Some(Problem::TooLate), "a day's notice, counted from the agreement");
    app.clock.set(now.closes_at);
    assert!(matches!(propose("propose-00000005", &wanted).await, Err(ActError::Denied(Denied::State))));
    // Taking it back is always possible, and leaves the count alone.
    rounds::refuse(&world, &admin, &slug, 4, form_of(&world, &admin, "refuse-00000002")).await.unwrap();
    step(&world, &admin, &slug, Step::Close).await.unwrap();
    step(&world, &admin, &slug, Step::Count).await.unwrap();
}

both_engines!(a_round_in_setup_changes_at_once, super::a_round_in_setup);

async fn a_round_in_setup(app: TestApp) {
    let world = app.world.clone();
    let city = set_up(&app, BallotForm::Knapsack, false).await;
    let fields = Raw::from_pairs(&[("title", "Nieuwe naam"), ("reason", "Tikfout")]);
    rounds::propose(&world, &city.admin, &city.slug, &fields, form_of(&world, &city.admin, "setup-change-01"))
        .await
        .unwrap();
    assert_eq!(round(&world, &city.slug).await.title, "Nieuwe naam");
    assert!(versions(&world, &city).await.is_empty(), "nobody read another");
}

both_engines!(lots_are_drawn_by_two, super::lots_are_drawn_by_two);

async fn lots_are_drawn_by_two(app: TestApp) {
    let world = app.world.clone();
    let city = set_up(&app, BallotForm::Approval { most: 3 }, true).await;
    let (admin, other, slug) = (city.admin.clone(), second(&city.admin), city.slug.clone());
    let third = Actor { account: Some(3), ..admin.clone() };
    let city = crate::codes::open_set_up(&app, city, async |slug: &str| {
        // Not without two secrets of two people.
        let opened = step(&world, &admin, slug, Step::Open).await;
        assert!(matches!(opened, Err(ActError::Form(e)) if e.of("step") == Some(Problem::LotsMissing)));
        let give = async |actor: &Actor, secret: &str| {
            let key = format!("give-{:?}-{}", actor.account, lot_digest(secret));
            rounds::give_lot(&world, actor, slug, &Raw::from_pairs(&[("secret", secret)]), form_of(&world, actor, &key))
                .await
        };
        assert!(
            matches!(give(&admin, "kort").await, Err(ActError::Form(e)) if e.of("secret") == Some(Problem::TooShort(16)))
        );
        give(&admin, "een eerste lang geheim").await.unwrap();
        give(&admin, "het geheim van de eerste").await.unwrap();
        assert!(
            matches!(give(&other, "het geheim van de eerste").await, Err(ActError::Form(_))),
            "one secret is no two"
        );
        give(&other, "het geheim van de tweede").await.unwrap();
        assert!(matches!(give(&third, "het geheim van een derde").await, Err(ActError::Denied(Denied::State))));
    })
    .await;
    let this = round(&world, &slug).await;
    let paper = rounds::frozen(&this).unwrap();
    let mut digests = [lot_digest("het geheim van de eerste"), lot_digest("het geheim van de tweede")];
    digests.sort_unstable();
    assert_eq!((paper.ties.as_str(), paper.lots.as_slice()), ("lot", digests.as_slice()));
    assert!(!crate::rounds::dump(&world, &[]).await.contains("het geheim van"), "the server keeps no secret");

    let reveal = async |actor: &Actor, secret: &str| {
        let key = format!("reveal-{:?}-{secret}-{}", actor.account, world.now());
        rounds::reveal_lot(&world, actor, &slug, &Raw::from_pairs(&[("secret", secret)]), form_of(&world, actor, &key))
            .await
    };
    assert!(
        matches!(reveal(&admin, "het geheim van de eerste").await, Err(ActError::Denied(Denied::State))),
        "not before the close"
    );
    let voter = holder(&world, &slug, &city.letters[0].code).await;
    let raw = ballot_form(&world, &voter, &slug, &city.plans[..1]).await.unwrap();
    ballots::cast(&world, &voter, &slug, &raw, "form-of-the-voter-1").await.unwrap();
    app.clock.set(this.closes_at);
    step(&world, &admin, &slug, Step::Close).await.unwrap();
    let counted = step(&world, &admin, &slug, Step::Count).await;
    assert!(matches!(counted, Err(ActError::Form(e)) if e.of("step") == Some(Problem::LotsMissing)));
    assert!(
        matches!(reveal(&admin, "een ander lang geheim").await, Err(ActError::Form(e)) if e.of("secret") == Some(Problem::NotRight))
    );
    assert!(matches!(reveal(&third, "het geheim van de eerste").await, Err(ActError::Denied(Denied::NotYours))));
    reveal(&admin, " het geheim van de eerste ").await.unwrap();
    // A colleague's secret is given up by others only after a week; one's own at once.
    let lose = async |actor: &Actor, key: &str| {
        let raw = Raw::from_pairs(&[("lost", "Het briefje is weg."), ("whose", "2")]);
        rounds::lose_lot(&world, actor, &slug, &raw, form_of(&world, actor, key)).await
    };
    assert!(matches!(lose(&admin, "lose-colleague-01").await, Err(ActError::Denied(Denied::State))));
    lose(&other, "lose-own-0000001").await.unwrap();
    assert!(
        matches!(reveal(&other, "het geheim van de tweede").await, Err(ActError::Denied(Denied::State))),
        "settled"
    );
    step(&world, &admin, &slug, Step::Count).await.unwrap();
    step(&world, &admin, &slug, Step::PublishResult).await.unwrap();

    let published = count::public_json(&mut world.db.read().await.unwrap(), &slug).await.unwrap().unwrap();
    let lots: Vec<(String, Option<String>)> = published["lots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| (l["digest"].as_str().unwrap().to_owned(), l["secret"].as_str().map(str::to_owned)))
        .collect();
    assert!(lots.iter().any(|(_, secret)| secret.as_deref() == Some("het geheim van de eerste")));
    assert!(lots.iter().any(|(_, secret)| secret.is_none()));
    // Two plans with no votes at all cost something else; of equals the seed decides, as anyone recounts.
    let shares: Vec<_> = lots.into_iter().map(|(digest, secret)| domain::round::LotShare { digest, secret }).collect();
    let drawn = paper.drawn(&lot_seed(&shares));
    let recounted =
        domain::round::count_round(&drawn, &[domain::round::Ballot::of_plans(city.plans[..1].iter().copied())], &[])
            .unwrap();
    assert_eq!(serde_json::to_value(&recounted).unwrap(), published["outcome"]);
    let page = app.get(&format!("/stemmen/{slug}/uitslag")).await.text;
    assert!(page.contains("het geheim van de eerste") && page.contains("Dit geheim is kwijt"));
}

both_engines!(a_colleagues_secret_is_given_up_by_two, super::secret_given_up);

async fn secret_given_up(app: TestApp) {
    let world = app.world.clone();
    let city = set_up(&app, BallotForm::Approval { most: 3 }, true).await;
    let (admin, other, slug) = (city.admin.clone(), second(&city.admin), city.slug.clone());
    let third = Actor { account: Some(3), ..admin.clone() };
    crate::codes::open_set_up(&app, city, async |slug: &str| {
        for (actor, secret) in [(&admin, "het geheim van de eerste"), (&other, "het geheim van de tweede")] {
            let (raw, key) = (Raw::from_pairs(&[("secret", secret)]), format!("give-{:?}", actor.account));
            rounds::give_lot(&world, actor, slug, &raw, form_of(&world, actor, &key)).await.unwrap();
        }
    })
    .await;
    let closes = round(&world, &slug).await.closes_at;
    app.clock.set(closes);
    step(&world, &admin, &slug, Step::Close).await.unwrap();
    let lose = async |actor: &Actor, key: &str| {
        let whose = other.account.unwrap().to_string();
        let raw = Raw::from_pairs(&[("lost", "Bereikbaar is zij niet."), ("whose", &whose)]);
        rounds::lose_lot(&world, actor, &slug, &raw, form_of(&world, actor, key)).await
    };
    let lost = async || {
        let lots = store::rounds::lots(&mut world.db.read().await.unwrap(), 1).await.unwrap();
        lots.iter().any(|lot| lot.lost)
    };
    assert!(matches!(lose(&admin, "lose-too-early-01").await, Err(ActError::Denied(Denied::State))));
    app.clock.set(closes + 8 * domain::time::DAY);
    // Who knows one secret could choose between two outcomes by giving up the other: not alone.
    lose(&admin, "lose-colleague-01").await.unwrap();
    assert!(!lost().await);
    let again = lose(&admin, "lose-colleague-02").await;
    assert!(matches!(again, Err(ActError::Form(e)) if e.of("lost") == Some(Problem::NotAlone)));
    lose(&third, "lose-colleague-03").await.unwrap();
    assert!(lost().await);
}

both_engines!(the_feed_tells_what_was_published, super::the_feed_tells);

async fn the_feed_tells(app: TestApp) {
    let world = app.world.clone();
    let city = open(&app, BallotForm::Approval { most: 2 }).await;
    let digest = round(&world, &city.slug).await.paper_digest.unwrap();
    let feed = app.get("/stemmen.atom").await.text;
    assert!(feed.contains(&digest) && feed.contains("Het stembiljet ligt vast: Buurtbudget"), "{feed}");
    let (admin, other) = (&city.admin, second(&city.admin));
    let fields = Raw::from_pairs(&[("title", "Soep & <brood>"), ("reason", "De naam klopte niet.")]);
    rounds::propose(&world, admin, &city.slug, &fields, form_of(&world, admin, "propose-00000001")).await.unwrap();
    assert!(!app.get("/stemmen.atom").await.text.contains("De naam klopte niet."), "not before two agree");
    rounds::agree(&world, &other, &city.slug, 2, form_of(&world, &other, "agree-0000000001")).await.unwrap();
    step(&world, admin, &city.slug, Step::Stop).await.unwrap();
    let feed = app.get("/en/stemmen.atom").await.text;
    for told in ["De naam klopte niet.", "Soep &amp; &lt;brood&gt;", "The round was stopped", "proef", &digest] {
        assert!(feed.contains(told), "{told} is missing in {feed}");
    }
    assert_eq!(feed.matches("<entry>").count(), 3);
}
