//! A town with a plan that has money, and what stories about it do all the time.

use crate::common::START;
use crate::rounds::people;
use domain::access::{Actor, Denied, Grant, Role, Scope};
use domain::execution::InstalmentState;
use domain::form::{Errors, Problem};
use domain::initiative::State;
use domain::money::Cents;
use domain::time::DAY;
use services::execution::agreement::AgreementForm;
use services::execution::payments::InstalmentForm;
use services::execution::{agreement, read};
use services::initiatives::FormKey;
use services::{ActError, World};
use std::sync::atomic::{AtomicU32, Ordering};
use store::execution::{NewAgreement, NewInstalment};
use store::initiatives::{self, Event};
use store::ledger::{self, Kind, Transfer};

/// A form that nobody sent before.
pub fn key() -> FormKey {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    FormKey { key: format!("execution{n:012}"), actor: "browser".into(), lang: texts::Lang::Nl }
}

pub fn refused<T>(result: Result<T, ActError>, field: &'static str, problem: Problem) {
    match result {
        Err(ActError::Form(errors)) => assert_eq!(errors, Errors::one(field, problem)),
        Err(other) => panic!("{other}, where {problem:?} was expected"),
        Ok(_) => panic!("done, where {problem:?} was expected"),
    }
}

pub fn denied<T>(result: Result<T, ActError>, why: Denied) {
    match result {
        Err(ActError::Denied(e)) => assert_eq!(e, why),
        Err(other) => panic!("{other}, where {why:?} was expected"),
        Ok(_) => panic!("done, where {why:?} was expected"),
    }
}

/// Somebody who works for the city.
pub fn staff(of: &Actor) -> Actor {
    Actor {
        grants: vec![Grant { role: Role::Staff, scope: Scope::City }],
        second_factor: true,
        resident_of: None,
        ..of.clone()
    }
}

/// Who is there, and a plan with 3.500 euro.
pub struct Town {
    pub admin: Actor,
    pub maker: Actor,
    pub neighbour: Actor,
    pub anna: Actor,
    pub bob: Actor,
    pub plan: i64,
}

/// A plan that got its money from the share, without a round.
pub async fn town(world: &World) -> Town {
    let (admin, residents, plans) = people(world).await;
    let plan = plans[0];
    let fund = services::shares::FundForm { wijk: 1, year: 2008, amount: Cents(600_000), programme: Some(1) };
    services::shares::fund(world, &admin, fund, "town-fund".into(), "browser".into(), "/x".into()).await.unwrap();
    world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                let transfer = Transfer {
                    from: Kind::Share { wijk: 1, year: 2008 },
                    to: Kind::Reserved { initiative: plan },
                    amount: Cents(350_000),
                    reason: "small_plan",
                    reference: "",
                    note: "",
                    actor: None,
                    key: &format!("small/{plan}"),
                    at: START,
                };
                ledger::transfer(u, &transfer).await?;
                initiatives::set_state(u, plan, State::Feasible, State::Funded).await?;
                let event = Event {
                    at: START,
                    act: "funded".into(),
                    state: State::Funded,
                    actor_role: String::new(),
                    reason: String::new(),
                    words: String::new(),
                    amount: Some(Cents(350_000)),
                    organisation: String::new(),
                };
                Ok(initiatives::add_event(u, plan, None, &event).await?)
            })
        })
        .await
        .unwrap();
    let maker = residents[0].clone();
    let (anna, bob) = (staff(&residents[8]), staff(&residents[9]));
    Town { admin, maker, neighbour: residents[1].clone(), anna, bob, plan }
}

pub fn agreed(amount: i64) -> AgreementForm {
    AgreementForm(NewAgreement {
        amount: Cents(amount),
        conditions: "Overdag stil.".into(),
        contact: "020 14 020".into(),
        responsible: "Buurtdirigent Noor".into(),
        ends_at: START + 200 * DAY,
        partners: vec![("housing".into(), "Woningcorporatie".into())],
    })
}

pub fn part(amount: i64, milestone: Option<i64>) -> InstalmentForm {
    InstalmentForm(NewInstalment { amount: Cents(amount), payee: "Aannemer".into(), purpose: "Werk".into(), milestone })
}

/// Written, accepted, committed by as many as it takes.
pub async fn committed(world: &World, t: &Town, amount: i64) {
    agreement::write(world, &t.anna, key(), t.plan, agreed(amount)).await.unwrap();
    agreement::accept(world, &t.maker, key(), t.plan, 1).await.unwrap();
    agreement::commit(world, &t.anna, key(), t.plan, 1).await.unwrap();
    if amount > 100_000 {
        agreement::commit(world, &t.bob, key(), t.plan, 1).await.unwrap();
    }
}

pub async fn file(world: &World, plan: i64) -> read::File {
    read::file(&mut world.db.read().await.unwrap(), plan).await.unwrap()
}

pub async fn state(world: &World, plan: i64) -> State {
    initiatives::get(&mut world.db.read().await.unwrap(), plan).await.unwrap().unwrap().state
}

pub async fn balance(world: &World, kind: Kind) -> i64 {
    ledger::balance(&mut world.db.read().await.unwrap(), kind).await.unwrap().0
}

/// What the finance system sends of what it was given, all of it paid.
pub async fn confirmation(world: &World, plan: i64, paid: bool) -> String {
    let mut text = "kenmerk;bedrag;datum;kenmerk_betaling;uitkomst\n".to_owned();
    for i in file(world, plan).await.instalments.iter().filter(|i| i.state == InstalmentState::Ordered) {
        let (euros, cents, outcome) = (i.amount.0 / 100, i.amount.0 % 100, if paid { "betaald" } else { "geweigerd" });
        text += &format!("{};{euros},{cents:02};2026-11-18;FIN-{}-{};{outcome}\n", i.reference(), i.id, i.attempt);
    }
    text
}
