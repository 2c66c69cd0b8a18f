//! A round by letter in the benchmarks' city.

use super::city::City;
use domain::money::Cents;
use domain::round::BallotForm;
use services::rounds::{self, RoundForm, Step};
use services::shares::{self, FundForm};
use store::sql;

/// Sets one up, with ten plans; gives its name. `key`: of its forms.
pub async fn set_up(city: &City, key: &str) -> String {
    let write = city.world.db.write::<_, services::ActError, _>(|u| {
        Box::pin(async move {
            let mut plans = Vec::new();
            for _ in 0..10 {
                let made = u
                    .one(
                        sql!("INSERT INTO initiative (buurt_id, account_id, title, what, why, cost_known, minimum, desired, for_kind, state, created_at) VALUES (1, 1, 'Een plan', 'wat', 'waarom', 1, 10000, 10000, 'resident', 'feasible', 1) RETURNING id"),
                        &[],
                    )
                    .await?;
                plans.push(made.int("id")?);
            }
            Ok(plans)
        })
    });
    let plans = write.await.expect("plans are written");
    let fund = FundForm { wijk: 1, year: 2008, amount: Cents(50_000), programme: None };
    shares::fund(&city.world, &city.admin, fund, format!("fund-{key}"), "a".into(), "/x".into()).await.expect("funded");
    let now = city.world.now();
    let form = RoundForm {
        buurt: 1,
        theme: None,
        title: "Per brief".into(),
        intro: "i".into(),
        year: 2008,
        pot: Cents(50_000),
        form: BallotForm::Approval { most: 5 },
        preset: "greedy/1".into(),
        by_code: true,
        opens_at: now - 5,
        closes_at: now + 36_000,
        receipts: true,
        lots: false,
        plans,
    };
    rounds::set_up(&city.world, &city.admin, form, format!("set-up-{key}"), "a".into()).await.expect("a round")
}

/// Publishes and opens it.
pub async fn open(city: &City, slug: &str) {
    for step in [Step::Publish, Step::Open] {
        let key = format!("{}-{slug}", step.key());
        let raw = domain::form::Raw::default();
        rounds::step(&city.world, &city.admin, slug, step, &raw, key, "a".into()).await.expect("a step");
    }
}
