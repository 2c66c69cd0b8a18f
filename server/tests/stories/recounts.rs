//! Rounds of every form, from the ballot to the bundle: what is published recounts equal in both verifiers, Equal Shares in
//! pabutools too.

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::manual::{pabutools, second_verifier};
use crate::rounds::{people, step};
use ::proof::{Asked, check, unpack};
use domain::money::Cents;
use domain::round::{Ballot, BallotForm, Receipt};
use services::rounds::{RoundForm, Step};
use services::shares::{self, FundForm};
use services::{ballots, rounds};

both_engines!(a_points_round_recounts, super::points);
both_engines!(an_equal_shares_round_recounts, super::equal_shares);
both_engines!(a_ranking_recounts, super::ranking);
both_engines!(a_knapsack_recounts, super::knapsack);

async fn points(app: TestApp) {
    let form = BallotForm::Points { sum: 5, each: 4 };
    let (shared, own): (&[_], &[_]) = (&[(0, 2), (1, 3)], &[(2, 4), (1, 1)]);
    recounts(&app, form, "greedy-per-euro/1", &[shared, shared, own, own, own, &[(0, 4)]]).await;
}

async fn equal_shares(app: TestApp) {
    // Every ballot is there more than once, so whole ballots are published; no tie matters, which pabutools would settle otherwise.
    let (big, both, small): (&[_], &[_], &[_]) = (&[(0, 1)], &[(1, 1), (2, 1)], &[(2, 1)]);
    let cast = [big, big, big, big, big, big, both, both, both, both, small, small];
    let won = recounts(&app, BallotForm::Approval { most: 2 }, "equal-shares/1", &cast).await;
    assert_eq!(won.len(), 2, "{won:?}");
}

async fn ranking(app: TestApp) {
    let (one, two): (&[_], &[_]) = (&[(2, 1), (0, 2), (1, 3)], &[(1, 1), (2, 2)]);
    recounts(&app, BallotForm::Ranking { most: 3 }, "greedy/1", &[one, one, two, one, &[(0, 1)]]).await;
}

async fn knapsack(app: TestApp) {
    let (one, two): (&[_], &[_]) = (&[(0, 1), (2, 1)], &[(1, 1), (2, 1)]);
    recounts(&app, BallotForm::Knapsack, "greedy-stop/1", &[one, two, two, one, one]).await;
}

/// A round of this form and rule, of 5,000 euro and three plans of 3,000, 2,500 and 1,000; one ballot each, of places of plans
/// with their values. Gives the ids of the winners, in order.
async fn recounts(app: &TestApp, form: BallotForm, preset: &str, cast: &[&[(usize, u32)]]) -> Vec<i64> {
    let world = &app.world;
    let (admin, residents, plans) = people(world).await;
    let fund = FundForm { wijk: 1, year: 2008, amount: Cents(600_000), programme: Some(1) };
    shares::fund(world, &admin, fund, "fund".into(), "a".into(), "/x".into()).await.unwrap();
    let paper = RoundForm {
        buurt: 1,
        theme: None,
        title: "Buurtbudget".into(),
        intro: "Kies mee".into(),
        year: 2008,
        pot: Cents(500_000),
        form,
        preset: preset.into(),
        by_code: false,
        opens_at: START + 100,
        closes_at: START + 1000,
        receipts: true,
        lots: false,
        plans: plans.clone(),
    };
    let slug = rounds::set_up(world, &admin, paper, "set-up".into(), "a".into()).await.unwrap();
    let round = async || store::rounds::by_slug(&mut world.db.read().await.unwrap(), &slug).await.unwrap().unwrap();
    step(world, &admin, &slug, Step::Publish).await.unwrap();
    step(world, &admin, &slug, Step::Open).await.unwrap();
    app.clock.set(START + 200);
    let mut receipts = Vec::new();
    for (n, (who, picks)) in residents.iter().zip(cast).enumerate() {
        let ballot = Ballot(picks.iter().map(|(plan, value)| (plans[*plan], *value)).collect());
        let mut raw = domain::form::Raw(ballot.fields(form));
        let now = round().await;
        let frozen = rounds::frozen(&now).unwrap();
        let (receipt, seal) = ballots::review(world, who, &now, &frozen, &[], &raw).await.unwrap().receipt.unwrap();
        raw.set("receipt", receipt.text());
        raw.set("seal", seal);
        ballots::cast(world, who, &slug, &raw, &format!("form-of-voter-{n}-x")).await.unwrap();
        receipts.push(receipt);
    }
    assert_eq!(receipts.len(), cast.len());
    app.clock.set(START + 1001);
    for each in [Step::Close, Step::Count, Step::PublishResult] {
        step(world, &admin, &slug, each).await.unwrap();
    }

    let file = app.bytes(&format!("/data/stemronde-{slug}.zip")).await;
    let (digest, paper) = (::proof::digest(&file), round().await.paper_digest.unwrap());
    let asked = |receipt: &Receipt| Asked {
        digest: Some(digest.clone()),
        paper: Some(paper.clone()),
        receipt: Some(receipt.text()),
    };
    for (receipt, picks) in receipts.iter().zip(cast) {
        let (report, _) = check(&file, &asked(receipt));
        assert_eq!((report.wrong.len(), report.picks.len()), (0, picks.len()), "{:#?}", report.wrong);
    }
    let counted = check(&file, &asked(&receipts[0])).0.recounted.unwrap();
    let won: Vec<i64> = counted.funded.iter().map(|(id, _)| *id).collect();
    assert!(!won.is_empty());
    for id in &plans {
        let state = store::initiatives::get(&mut world.db.read().await.unwrap(), *id).await.unwrap().unwrap().state;
        assert_eq!(state.key() == "funded", won.contains(id), "plan {id}");
    }
    let options = ["--digest", &digest, "--paper", &paper, "--receipt", &receipts[0].text()];
    if let Some((said, right)) = second_verifier(&file, &options) {
        assert!(right && said.trim_end().ends_with("ok"), "{said}");
    }
    let ballots = unpack(&file).unwrap().into_iter().find(|(name, _)| name == "ballots.pb");
    assert_eq!(ballots.is_some(), preset.starts_with("equal-shares"), "whole ballots where the rule needs them");
    if let Some(said) = ballots.and_then(|(_, ballots)| pabutools(&ballots, &[])) {
        let mut ids = won.clone();
        ids.sort_unstable();
        assert_eq!(said, format!("{ids:?}"));
        println!("pabutools counted the round of the platform the same: {said}");
    }
    open_data(app, &slug, &won, cast.len()).await;
    won
}

/// The same result as rows for a spreadsheet and in Pabulib's form, read back by the libraries that read such files.
async fn open_data(app: &TestApp, slug: &str, won: &[i64], ballots: usize) {
    for name in [format!("stemronde-{slug}.csv"), "stemrondes.csv".into()] {
        let file = app.bytes(&format!("/data/{name}")).await;
        let mut reader = csv::Reader::from_reader(file.as_slice());
        let head = reader.headers().unwrap().clone();
        let at = |name: &str| head.iter().position(|h| h == name).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let paid = |row: &&csv::StringRecord| row[at("granted_cents")].parse::<i64>().unwrap() > 0;
        let ids: Vec<i64> = rows.iter().filter(paid).map(|row| row[at("plan")].parse().unwrap()).collect();
        assert_eq!((rows.len(), ids.as_slice()), (3, won), "{name}");
        assert_eq!(&rows[0][at("turnout")], ballots.to_string().as_str());
    }
    let file = app.bytes(&format!("/data/stemronde-{slug}.pb")).await;
    let read = domain::tally::pb::read(file.as_slice()).unwrap();
    let whole = !read.votes.is_empty();
    assert_eq!(read.value("num_votes"), Some(ballots.to_string().as_str()));
    assert!(read.value("comment").is_some_and(|c| c.contains("CC0-1.0") && c.contains("not published") != whole));
    let selected = |row: &domain::tally::pb::Row<'_>| row.get(5) == "1";
    let mut ids: Vec<i64> = read.projects.iter().filter(selected).map(|row| row.get(0).parse().unwrap()).collect();
    let mut expected = won.to_vec();
    ids.sort_unstable();
    expected.sort_unstable();
    assert_eq!(ids, expected);
    if whole {
        assert_eq!(read.votes.len(), ballots);
        let (election, warnings) = read.election(&domain::tally::pb::Options::default()).unwrap();
        assert!(election.plans.len() == 3 && warnings.is_empty(), "{warnings:?}");
    }
    let index = app.get("/data/index.json").await.text;
    assert!(index.contains(&format!("stemronde-{slug}.pb")) && index.contains("plannen.csv"), "{index}");
    // Plans too.
    let file = app.bytes("/data/plannen.csv").await;
    let rows = csv::Reader::from_reader(file.as_slice()).records().count();
    let json: serde_json::Value = serde_json::from_slice(&app.bytes("/data/plannen.json").await).unwrap();
    assert_eq!((rows, json["plans"].as_array().unwrap().len(), json["licence"].as_str()), (3, 3, Some("CC0-1.0")));
    assert!(!json.to_string().contains("bewoner1"), "who handed it in is not in it");
}
