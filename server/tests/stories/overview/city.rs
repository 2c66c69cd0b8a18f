//! A random city of plans and money.

use crate::common::START;
use domain::money::Cents;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use services::{ActError, World};
use std::collections::HashMap;
use store::ledger::{self, Kind, Transfer};
use store::{places, sql};

/// Months in which plans are handed in, from this one back: each age is met.
pub const MONTHS: [i64; 4] = [0, 40 * 86_400, 200 * 86_400, 500 * 86_400];
const STATES: [&str; 15] = [
    "draft",
    "submitted",
    "returned",
    "published",
    "feasible",
    "infeasible",
    "on_ballot",
    "funded",
    "reserve",
    "not_funded",
    "in_execution",
    "completed",
    "cancelled",
    "withdrawn",
    "rejected",
];

/// A city that lives by chance.
pub struct City {
    rng: StdRng,
    buurten: Vec<places::Buurt>,
    programmes: Vec<places::Named>,
    plans: Vec<i64>,
    /// What lies where, so that nothing is asked that is refused.
    held: HashMap<String, i64>,
    turn: usize,
}

impl City {
    pub async fn new(world: &World, seed: u64) -> Self {
        let mut c = world.db.read().await.unwrap();
        let (buurten, programmes) = (places::buurten(&mut c).await.unwrap(), places::programmes(&mut c).await.unwrap());
        drop(c);
        let first = buurten[0].id;
        world
            .db
            .write::<_, ActError, _>(move |u| {
                Box::pin(async move {
                    let account = store::accounts::NewAccount { email: "a@voorbeeld.test", name: "A", password_hash: None, lang: "nl", buurt_id: None, confirmed_at: Some(START), at: START };
                    store::accounts::create(u, &account).await?;
                    for (n, year) in [(1i64, 2008i64), (2, 2009)] {
                        u.exec(
                            sql!("INSERT INTO round (id, slug, buurt_id, title, intro, pot, year, ballot_form, max_picks, points, points_each, preset, source, receipts, lots, phase, voting_opens_at, voting_closes_at, created_at) VALUES ($1, 'r' || CAST($1 AS BIGINT), $2, 'R', '', 1000, $3, 'approval', 3, 0, 0, 'greedy/1', 'accounts', 1, 0, 'setup', 1, 2, 1)"),
                            &[n.into(), first.into(), year.into()],
                        )
                        .await?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
        Self { rng: StdRng::seed_from_u64(seed), buurten, programmes, plans: Vec::new(), held: HashMap::new(), turn: 0 }
    }

    pub fn programme_slug(&self, n: usize) -> &str {
        &self.programmes[n].slug
    }

    /// So many things happen, in one unit.
    pub async fn live(&mut self, world: &World, steps: usize) {
        for _ in 0..steps {
            self.turn += 1;
            match self.rng.random_range(0..10) {
                0..3 => self.hand_in(world).await,
                3..5 => self.change(world).await,
                5 => self.milestone(world).await,
                _ => self.pay(world).await,
            }
        }
    }

    async fn hand_in(&mut self, world: &World) {
        let buurt = self.buurten[self.rng.random_range(0..self.buurten.len())].id;
        let programme =
            self.rng.random_bool(0.7).then(|| self.programmes[self.rng.random_range(0..self.programmes.len())].id);
        let at = START - MONTHS[self.rng.random_range(0..4)];
        let state = STATES[self.rng.random_range(0..STATES.len())];
        let title =
            if self.plans.len().is_multiple_of(2) { "=HYPERLINK(\"http://x\";\"<b>vet</b>\")" } else { "Bankje" };
        let late = self.rng.random_bool(0.5);
        let id = world
            .db
            .write::<_, ActError, _>(move |u| {
                Box::pin(async move {
                    Ok(u.one(
                        sql!("INSERT INTO initiative (buurt_id, account_id, title, what, why, cost_known, minimum, desired, for_kind, state, created_at, submitted_at, due_at, programme_id) VALUES ($1, 1, $2, 'w', 'y', 1, 5, 5, 'resident', $3, $4, $4, $5, $6) RETURNING id"),
                        &[buurt.into(), title.into(), state.into(), at.into(), (if late { START - 5 } else { START + 5 }).into(), programme.into()],
                    )
                    .await?
                    .int("id")?)
                })
            })
            .await
            .unwrap();
        self.plans.push(id);
    }

    async fn change(&mut self, world: &World) {
        if self.plans.is_empty() {
            return;
        }
        let id = self.plans[self.rng.random_range(0..self.plans.len())];
        // Plans with money are public: none goes back to before.
        let has_money = self.held.iter().any(|(name, n)| {
            *n > 0 && name.ends_with(&format!("/{id}")) && !name.starts_with("share") && !name.starts_with("pot")
        });
        let state = if has_money {
            ["funded", "in_execution", "completed", "cancelled"][self.rng.random_range(0..4)]
        } else {
            STATES[self.rng.random_range(0..STATES.len())]
        };
        let programme =
            self.rng.random_bool(0.5).then(|| self.programmes[self.rng.random_range(0..self.programmes.len())].id);
        let buurt = self.buurten[self.rng.random_range(0..self.buurten.len())].id;
        world
            .db
            .write::<_, ActError, _>(move |u| {
                Box::pin(async move {
                    u.exec(
                        sql!("UPDATE initiative SET state = $2, programme_id = $3, buurt_id = $4 WHERE id = $1"),
                        &[id.into(), state.into(), programme.into(), buurt.into()],
                    )
                    .await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
    }

    async fn milestone(&mut self, world: &World) {
        if self.plans.is_empty() {
            return;
        }
        let id = self.plans[self.rng.random_range(0..self.plans.len())];
        let (due, done) = (START + self.rng.random_range(-9..9), self.rng.random_bool(0.3).then_some(START));
        world
            .db
            .write::<_, ActError, _>(move |u| {
                Box::pin(async move {
                    u.exec(sql!("INSERT INTO milestone (initiative_id, title, due_at, done_at, created_at) VALUES ($1, 'Stap', $2, $3, 1)"), &[id.into(), due.into(), done.into()]).await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
    }

    /// Money takes one step along its way: line, share, pot, plan, agreed, paid, back.
    async fn pay(&mut self, world: &World) {
        let rng = &mut self.rng;
        let year = if rng.random_bool(0.7) { 2008 } else { 2009 };
        let wijk = self.buurten[rng.random_range(0..self.buurten.len())].wijk_id;
        let (share, pot) = (Kind::Share { wijk, year }, Kind::Pot { round: if year == 2008 { 1 } else { 2 } });
        let public: Vec<i64> = {
            let mut c = world.db.read().await.unwrap();
            let rows = c.rows(sql!("SELECT id FROM initiative WHERE state NOT IN ('draft', 'submitted', 'returned', 'withdrawn', 'rejected') ORDER BY id"), &[]).await.unwrap();
            rows.iter().map(|r| r.int("id").unwrap()).collect()
        };
        let Some(initiative) = (!public.is_empty()).then(|| public[rng.random_range(0..public.len())]) else { return };
        let programme = self.programmes[rng.random_range(0..self.programmes.len())].id;
        let line = Kind::ProgrammeLine { programme, wijk: Some(wijk), year };
        let (reserved, committed) = (Kind::Reserved { initiative }, Kind::Committed { initiative });
        let (paid, returned) = (Kind::Paid { initiative }, Kind::Returned { initiative });
        let ways = [
            (line, share),
            (line, share),
            (share, pot),
            (share, reserved),
            (pot, reserved),
            (reserved, committed),
            (committed, paid),
            (committed, returned),
            (returned, share),
            (reserved, share),
            (share, line),
            (paid, committed),
            (pot, share),
        ];
        let (from, to) = ways[rng.random_range(0..ways.len())];
        let there = self.held.get(&from.name()).copied().unwrap_or(0);
        let is_line = matches!(from, Kind::ProgrammeLine { .. });
        if !is_line && there == 0 {
            return;
        }
        let amount = if is_line { rng.random_range(1..5_000_000) } else { rng.random_range(1..=there) };
        let (key, source) = (format!("slow-{}", self.turn), format!("slow-{}-source", self.turn));
        world
            .db
            .write::<_, ActError, _>(move |u| {
                Box::pin(async move {
                    let t = |from, to, key| Transfer {
                        from,
                        to,
                        amount: Cents(amount),
                        reason: "test",
                        reference: "",
                        note: "",
                        actor: None,
                        key,
                        at: START,
                    };
                    if is_line {
                        ledger::transfer(u, &t(Kind::Source, from, &source)).await?;
                    }
                    ledger::transfer(u, &t(from, to, &key)).await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        if !is_line {
            *self.held.entry(from.name()).or_default() -= amount;
        }
        *self.held.entry(to.name()).or_default() += amount;
    }
}
