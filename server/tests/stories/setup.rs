//! Setting rounds up: what is refused, rounds by theme beside each other, and one more round like the last.

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::rounds::{people, step};
use domain::access::Actor;
use domain::form::{Errors, Problem, Raw};
use domain::money::Cents;
use domain::round::{BallotForm, Phase};
use domain::time::DAY;
use services::rounds::{Desk, RoundForm, Step, again, desk, look, set_up};
use services::shares::FundForm;
use services::{ActError, World, rounds, shares};
use store::places::{Named, programmes};
use store::rounds::Round;
use store::sql;

/// An administrator, € 6.000 in the share, and plans of 3.000, 2.500 and 1.000: the first of 'Wonen', the second of
/// 'Bewonersparticipatie', the last of no programme. Gives the programmes too.
async fn city(world: &World) -> (Actor, Vec<i64>, Named, Named) {
    let (admin, _, plans) = people(world).await;
    let fund = FundForm { wijk: 1, year: 2008, amount: Cents(600_000), programme: Some(1) };
    shares::fund(world, &admin, fund, "fund".into(), "a".into(), "/x".into()).await.unwrap();
    let mut known = programmes(&mut world.db.read().await.unwrap()).await.unwrap();
    let (own, living) = (known.remove(1), known.remove(0));
    let pairs = [(plans[0], living.id), (plans[1], own.id)];
    world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                for (plan, programme) in pairs {
                    store::initiatives::set_programme(u, plan, Some(programme)).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
    (admin, plans, living, own)
}

fn form(plans: &[i64], pot: i64) -> RoundForm {
    RoundForm {
        buurt: 1,
        theme: None,
        title: "Buurtbudget".into(),
        intro: "Samen\nkiezen".into(),
        year: 2008,
        pot: Cents(pot),
        form: BallotForm::Points { sum: 6, each: 4 },
        preset: "equal-shares/1".into(),
        by_code: false,
        opens_at: START + 100,
        // Thirteen days and some hours later.
        closes_at: START + 13 * DAY + 6 * 3600,
        receipts: false,
        lots: false,
        plans: plans.to_vec(),
    }
}

async fn problem(world: &World, admin: &Actor, form: RoundForm, key: &str) -> Errors {
    match set_up(world, admin, form, key.into(), "a".into()).await {
        Err(ActError::Form(errors)) => errors,
        other => panic!("not refused as a form: {other:?}"),
    }
}

async fn round(world: &World, slug: &str) -> Round {
    store::rounds::by_slug(&mut world.db.read().await.unwrap(), slug).await.unwrap().unwrap()
}

async fn desk_of(world: &World) -> Desk {
    desk(&mut world.db.read().await.unwrap(), 1).await.unwrap().unwrap()
}

both_engines!(a_pot_that_no_plan_fits_is_refused, super::a_pot_that_no_plan_fits_is_refused);

async fn a_pot_that_no_plan_fits_is_refused(app: TestApp) {
    let world = &app.world;
    let (admin, plans, ..) = city(world).await;
    let errors = problem(world, &admin, form(&plans, 99_999), "k1").await;
    assert_eq!(errors, Errors::one("plan", Problem::NoneFits(Cents(100_000))));
    let errors = problem(world, &admin, form(&plans[..2], 249_999), "k2").await;
    assert_eq!(errors.of("plan"), Some(Problem::NoneFits(Cents(250_000))), "only the plans of this round count");
    // The steps see the same before anything is sent, and nothing was written.
    let desk = desk_of(world).await;
    assert_eq!(look(Some(&desk), &form(&plans, 99_999).fields(), START), errors_of("plan", 100_000));
    assert_eq!(desk.left(2008), Cents(600_000));
    assert!(store::rounds::all(&mut world.db.read().await.unwrap()).await.unwrap().is_empty());
    // One plan that fits is enough.
    set_up(world, &admin, form(&plans, 100_000), "k3".into(), "a".into()).await.unwrap();
    assert_eq!(desk_of(world).await.left(2008), Cents(500_000));
    // Nobody else sets a round up.
    let nobody = Actor { grants: Vec::new(), ..admin };
    let refused = set_up(world, &nobody, form(&plans, 100_000), "k4".into(), "a".into()).await;
    assert!(matches!(refused, Err(ActError::Denied(_))));
}

fn errors_of(field: &'static str, cheapest: i64) -> Errors {
    Errors::one(field, Problem::NoneFits(Cents(cheapest)))
}

both_engines!(rounds_by_theme_stand_beside_each_other, super::rounds_by_theme_stand_beside_each_other);

async fn rounds_by_theme_stand_beside_each_other(app: TestApp) {
    let world = &app.world;
    let (admin, plans, living, own) = city(world).await;
    let of = |theme: i64, plans: &[i64]| RoundForm { theme: Some(theme), ..form(plans, 300_000) };
    let desk = desk_of(world).await;
    let themes: Vec<_> = desk.themes.iter().map(|(t, count)| (t.name.as_str(), *count)).collect();
    assert_eq!(themes, [("Wonen", 1), ("Bewonersparticipatie", 1)]);

    // A plan of another theme, or of none, is refused; so is a theme that is none.
    for (wrong, key) in [(plans[1], "k1"), (plans[2], "k2")] {
        let errors = problem(world, &admin, of(living.id, &[plans[0], wrong]), key).await;
        assert_eq!(errors, Errors::one("plan", Problem::NotAChoice));
        assert_eq!(look(Some(&desk), &of(living.id, &[plans[0], wrong]).fields(), START), errors);
    }
    let errors = problem(world, &admin, of(99, &plans), "k3").await;
    assert_eq!(errors, Errors::one("theme", Problem::NotAChoice));
    assert_eq!(look(Some(&desk), &of(99, &plans).fields(), START), errors);

    // One round for each theme, at the same time.
    let mut slugs = Vec::new();
    for (theme, plan, key) in [(&living, plans[0], "k4"), (&own, plans[1], "k5")] {
        let slug = set_up(world, &admin, of(theme.id, &[plan]), key.into(), "a".into()).await.unwrap();
        for (n, what) in [Step::Publish, Step::Open].into_iter().enumerate() {
            rounds::step(world, &admin, &slug, what, &Raw::default(), format!("{key}-{n}"), "a".into()).await.unwrap();
        }
        slugs.push(slug);
    }
    assert_eq!(slugs, ["buurtbudget-2008", "buurtbudget-2008-2"]);
    app.clock.set(START + 200);
    for (slug, theme) in slugs.iter().zip([&living, &own]) {
        let round = round(world, slug).await;
        assert_eq!((round.phase, round.theme_id, &round.theme), (Phase::Voting, Some(theme.id), &theme.name));
        assert_eq!(rounds::frozen(&round).unwrap().theme, theme.name, "the theme is frozen with the paper");
        let page = app.get(&format!("/stemmen/{slug}")).await;
        assert!(page.text.contains(&format!("Thema: {}", theme.name)), "the ballot's head tells the theme");
    }
    let buurt = app.get("/buurten/vogelbuurt").await.text;
    for slug in &slugs {
        assert!(buurt.contains(&format!("/stemmen/{slug}\"")), "the buurt's page leads to {slug}");
    }
}

both_engines!(one_more_round_like_the_last, super::one_more_round_like_the_last);

async fn one_more_round_like_the_last(app: TestApp) {
    let world = &app.world;
    let (admin, plans, living, _) = city(world).await;
    let first = form(&plans, 400_000);
    let slug = set_up(world, &admin, first.clone(), "k1".into(), "a".into()).await.unwrap();
    let first_round = round(world, &slug).await;
    let now = world.now();

    // The plans are on the first ballot: there is nothing to put on the next, and that is said at its step.
    let raw = again(&desk_of(world).await, &first_round, now);
    assert_eq!(look(Some(&desk_of(world).await), &raw, now), Errors::one("plan", Problem::Missing));

    // The first round is stopped and its plans are back, one of them withdrawn: the next is like it in all that can be.
    step(world, &admin, &slug, Step::Stop).await.unwrap();
    let fund_less = RoundForm { title: "Iets anders".into(), ..form(&plans[2..], 250_000) };
    set_up(world, &admin, fund_less, "k2".into(), "a".into()).await.unwrap();
    let desk = desk_of(world).await;
    let raw = again(&desk, &first_round, now);
    assert_eq!(look(Some(&desk), &raw, now), Errors::default(), "nothing to mend: one tap sets it up");
    let next = RoundForm::parse(&raw).unwrap();
    let same = RoundForm {
        pot: Cents(350_000),
        plans: plans[..2].to_vec(),
        opens_at: next.opens_at,
        closes_at: next.closes_at,
        ..first
    };
    assert_eq!(next, same, "as much as is left of the share, and the plans that are feasible now");
    // Stories begin on a Wednesday, 18 November 2026; the first round took thirteen days, and ended in the evening.
    assert_eq!(texts::typed_local(next.opens_at), "2026-12-07T09:00");
    let (end, was) = (texts::typed_local(next.closes_at), texts::typed_local(first_round.closes_at));
    assert_eq!(end, format!("2026-12-20T{}", &was[11..]));
    let again_slug = set_up(world, &admin, next, "k3".into(), "a".into()).await.unwrap();
    assert_eq!(again_slug, "buurtbudget-2008-2");

    // With no money left, and no plan of its theme, the pot of before stays in sight with what is wrong about it.
    let desk = desk_of(world).await;
    assert_eq!(desk.year_with_money(), None);
    let of_theme = Round { theme_id: Some(living.id), ..first_round };
    let raw = again(&desk, &of_theme, now);
    assert_eq!(raw.get("pot"), "4000");
    let errors = look(Some(&desk), &raw, now);
    assert_eq!(errors.of("pot"), Some(Problem::NotEnough(Cents::ZERO)));
    assert_eq!(errors.of("theme"), Some(Problem::NotAChoice));
}

both_engines!(a_round_without_a_theme_reads_as_before, super::a_round_without_a_theme_reads_as_before);

async fn a_round_without_a_theme_reads_as_before(app: TestApp) {
    let world = &app.world;
    let (admin, plans, ..) = city(world).await;
    let slug = set_up(world, &admin, form(&plans, 400_000), "k1".into(), "a".into()).await.unwrap();
    step(world, &admin, &slug, Step::Publish).await.unwrap();
    step(world, &admin, &slug, Step::Open).await.unwrap();
    let mut c = world.db.read().await.unwrap();
    let row = c.one(sql!("SELECT paper FROM round"), &[]).await.unwrap();
    assert!(!row.opt_text("paper").unwrap().unwrap().contains("theme"), "no field that a round has no use for");
}
