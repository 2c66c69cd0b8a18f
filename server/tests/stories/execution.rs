//! The road of a plan with money: agreed, committed, paid in parts, changed, late, reminded of, accounted for and thanked.

mod scene;

pub use scene::{Town, agreed, committed, confirmation, denied, file, key, part, refused, staff, town};

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::ledger::findings;
use crate::overview::to_the_cent;
use crate::rounds::{ballot_form, opened, step};
use domain::access::{Actor, Denied};
use domain::execution::{InstalmentState, StepState};
use domain::form::{Problem, Raw};
use domain::initiative::State;
use domain::money::Cents;
use domain::time::DAY;
use scene::{balance, state};
use services::execution::account::{AccountForm, Check};
use services::execution::changes::{ChangeForm, Verdict};
use services::execution::payments::InstalmentAct;
use services::execution::steps::{DoneForm, LaterForm, Photo, StepForm};
use services::execution::{account, agreement, changes, confirmations, orders, payments, read, steps, thanks};
use services::rounds::Step;
use services::{ActError, World, ballots};
use store::execution as rows;
use store::execution::{NewAccount, NewChange};
use store::initiatives;
use store::ledger::Kind;

/// How many letters of this name were written.
async fn letters(world: &World, name: &str) -> usize {
    let due = store::outbox::due(&mut world.db.read().await.unwrap(), i64::MAX).await.unwrap();
    due.iter().filter(|m| m.template == name).count()
}

both_engines!(from_funded_to_completed, super::road);

async fn road(app: TestApp) {
    let world = &app.world;
    // The money comes by a round: what is left finds its way back through the pot.
    let (admin, residents, plans, slug) = opened(world).await;
    app.clock.set(START + 200);
    let raw = ballot_form(world, &residents[0], &slug, &[plans[0]]).await.unwrap();
    ballots::cast(world, &residents[0], &slug, &raw, "form-of-a-voter").await.unwrap();
    app.clock.set(START + 1001);
    for what in [Step::Close, Step::Count, Step::PublishResult] {
        step(world, &admin, &slug, what).await.unwrap();
    }
    let (maker, neighbour) = (residents[0].clone(), residents[1].clone());
    let t = Town { admin, maker, neighbour, anna: staff(&residents[8]), bob: staff(&residents[9]), plan: plans[0] };
    let (id, share) = (t.plan, Kind::Share { wijk: 1, year: 2008 });
    assert_eq!(state(world, id).await, State::Funded);
    let before = balance(world, share).await;
    let given = file(world, id).await.purse.reserved;
    assert_eq!(given, Cents(350_000));

    // After each step every dashboard tells what the ledger tells.
    let mut figures = to_the_cent(&app).await;
    agree(world, &t).await;
    figures += to_the_cent(&app).await;
    let milestones = plan_steps(world, &t).await;
    pay(world, &t, milestones).await;
    figures += to_the_cent(&app).await;
    change(world, &t).await;
    figures += to_the_cent(&app).await;
    late(&app, &t, milestones.1).await;
    figures += to_the_cent(&app).await;
    settle(world, &t).await;
    figures += to_the_cent(&app).await;
    assert!(figures > 600, "{figures} figures were compared");

    let end = file(world, id).await;
    assert_eq!((end.purse.paid, end.purse.committed, end.purse.reserved), (Cents(268_760), Cents::ZERO, Cents::ZERO));
    assert_eq!(end.purse.returned, Cents(31_240 + 50_000), "312,40 of what was agreed, 500 that stayed reserved");
    assert_eq!(balance(world, share).await, before + 81_240);
    assert_eq!(findings(world).await, []);
    after(world, &t).await;
    assert_eq!(findings(world).await, []);
}

async fn agree(world: &World, t: &Town) {
    let id = t.plan;
    denied(agreement::write(world, &t.maker, key(), id, agreed(1)).await, Denied::NotYours);
    refused(
        agreement::write(world, &t.anna, key(), id, agreed(350_001)).await,
        "amount",
        Problem::NotEnough(Cents(350_000)),
    );
    denied(agreement::commit(world, &t.anna, key(), id, 1).await, Denied::State);
    agreement::write(world, &t.anna, key(), id, agreed(200_000)).await.unwrap();
    agreement::accept(world, &t.maker, key(), id, 1).await.unwrap();
    // Written anew: the yes was to another text.
    agreement::write(world, &t.anna, key(), id, agreed(290_000)).await.unwrap();
    refused(agreement::accept(world, &t.maker, key(), id, 1).await, "version", Problem::Changed);
    denied(agreement::commit(world, &t.anna, key(), id, 2).await, Denied::State);
    denied(agreement::accept(world, &t.neighbour, key(), id, 2).await, Denied::NotYours);
    agreement::accept(world, &t.maker, key(), id, 2).await.unwrap();
    // Above the limit two commit.
    agreement::commit(world, &t.anna, key(), id, 2).await.unwrap();
    refused(agreement::commit(world, &t.anna, key(), id, 2).await, "version", Problem::SecondPerson);
    assert_eq!(state(world, id).await, State::Funded);
    agreement::commit(world, &t.bob, key(), id, 2).await.unwrap();
    denied(agreement::commit(world, &t.anna, key(), id, 2).await, Denied::State);
    denied(agreement::write(world, &t.anna, key(), id, agreed(1_000)).await, Denied::State);
    assert_eq!(state(world, id).await, State::InExecution);
    let purse = file(world, id).await.purse;
    assert_eq!((purse.reserved, purse.committed), (Cents(60_000), Cents(290_000)));
    assert_eq!(file(world, id).await.agreement.unwrap().partners.len(), 1);
}

/// Two steps, of which the first is done with photos and confirmed.
async fn plan_steps(world: &World, t: &Town) -> (i64, i64) {
    let id = t.plan;
    let planned = |title: &str, days: i64| StepForm { title: title.into(), due_at: world.now() + days * DAY };
    steps::plan(world, &t.maker, key(), id, planned("Tegels eruit", 5)).await.unwrap();
    steps::plan(world, &t.anna, key(), id, planned("Speeltoestel", 10)).await.unwrap();
    refused(steps::plan(world, &t.maker, key(), id, planned("Gisteren", -3)).await, "date", Problem::NotAhead);
    denied(steps::plan(world, &t.neighbour, key(), id, planned("Niet van mij", 5)).await, Denied::NotYours);
    let all = file(world, id).await.steps;
    (all[0].id, all[1].id)
}

async fn done_with_photos(world: &World, t: &Town, first: i64) {
    let id = t.plan;
    let photos = async |n: usize| {
        let mut photos = Vec::new();
        for i in 0..n {
            let picture = services::pictures::read(Some(tiny_png())).await.unwrap().unwrap();
            photos.push(Photo { before: i == 0, picture });
        }
        photos
    };
    let said = || DoneForm("Het is gelukt, met tien buren.".into());
    refused(
        steps::done(world, &t.maker, key(), (id, first), said(), photos(5).await).await,
        "photo",
        Problem::TooMany(4),
    );
    assert_eq!(file(world, id).await.steps[0].state, StepState::Open, "nothing half-written");
    let twice = key();
    steps::done(world, &t.maker, twice.clone(), (id, first), said(), photos(2).await).await.unwrap();
    let again = steps::done(world, &t.maker, twice, (id, first), said(), photos(2).await).await;
    assert!(matches!(again, Err(ActError::Done(_))), "a retry is led to where the first led");
    denied(steps::done(world, &t.maker, key(), (id, first), said(), Vec::new()).await, Denied::State);
    denied(steps::confirm(world, &t.maker, key(), (id, first), said(), Vec::new()).await, Denied::NotYours);
    let told = file(world, id).await.steps;
    assert_eq!((told[0].photos.len(), told[0].photos[0].before), (2, true));
    let mut c = world.db.read().await.unwrap();
    let photo = told[0].photos[0].id;
    assert!(
        read::photo(&mut c, id, photo, true).await.unwrap().is_none(),
        "not for everyone before the stadsdeel saw it"
    );
    let photo = read::photo(&mut c, id, photo, false).await.unwrap().unwrap();
    assert!(photo.bytes.starts_with(&[0xff, 0xd8]), "encoded anew");
}

/// The smallest picture there is.
fn tiny_png() -> Vec<u8> {
    const HEX: &str = "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c63606060f80f0001040100 5fe5c34b0000000049454e44ae426082";
    services::unhex(&HEX.replace(' ', "")).unwrap()
}

/// A small part on one signature, a large one by two that waits for a step.
async fn pay(world: &World, t: &Town, (first, _): (i64, i64)) {
    let id = t.plan;
    refused(
        payments::prepare(world, &t.anna, key(), id, part(290_001, None)).await,
        "amount",
        Problem::NotEnough(Cents(290_000)),
    );
    denied(payments::prepare(world, &t.maker, key(), id, part(100, None)).await, Denied::NotYours);
    payments::prepare(world, &t.anna, key(), id, part(80_000, None)).await.unwrap();
    payments::prepare(world, &t.anna, key(), id, part(188_760, Some(first))).await.unwrap();
    let all = file(world, id).await.instalments;
    assert_eq!((all[0].state, all[1].state), (InstalmentState::Approved, InstalmentState::Prepared));
    let second = all[1].id;
    let act = |who: Actor, what| async move { payments::act(world, &who, key(), id, second, what).await };
    refused(act(t.anna.clone(), InstalmentAct::Approve).await, "act", Problem::SecondPerson);
    denied(act(t.maker.clone(), InstalmentAct::Approve).await, Denied::NotYours);
    act(t.bob.clone(), InstalmentAct::Approve).await.unwrap();
    // The step was not confirmed: only the first leaves.
    orders::order(world, &t.anna, key()).await.unwrap();
    let all = file(world, id).await.instalments;
    assert_eq!((all[0].state, all[1].state), (InstalmentState::Ordered, InstalmentState::Approved));
    done_with_photos(world, t, first).await;
    refused(orders::order(world, &t.anna, key()).await, "order", Problem::NothingToOrder);
    steps::confirm(world, &t.anna, key(), (id, first), DoneForm(String::new()), Vec::new()).await.unwrap();
    // Who approved it does not give it out.
    refused(orders::order(world, &t.bob, key()).await, "order", Problem::NothingToOrder);
    orders::order(world, &t.anna, key()).await.unwrap();
    let batches = orders::batches(&mut world.db.read().await.unwrap(), &t.bob).await.unwrap();
    assert_eq!((batches.len(), batches[0].amount), (2, Cents(188_760)));
    let csv = String::from_utf8(orders::csv(world, &t.anna, batches[0].id).await.unwrap()).unwrap();
    assert!(csv.contains("1887,60") && csv.contains(&all[1].reference()), "{csv}");
    assert!(matches!(orders::csv(world, &t.maker, batches[0].id).await, Err(ActError::NotFound)));
    let text = confirmation(world, id, true).await;
    let own = confirmations::import(world, &t.bob, key(), text.clone()).await.unwrap();
    assert!(matches!(&own, confirmations::Imported::Wrong(w) if w.len() == 1 && w[0].why == confirmations::Wrong::Own));
    let booked = confirmations::import(world, &t.anna, key(), text).await.unwrap();
    assert!(matches!(booked, confirmations::Imported::Booked(_)), "{booked:?}");
    assert_eq!(file(world, id).await.purse.paid, Cents(268_760));
    assert_eq!(findings(world).await, []);
}

/// More is agreed on, out of what is reserved.
async fn change(world: &World, t: &Town) {
    let id = t.plan;
    let new = |amount| {
        ChangeForm(NewChange {
            what: "Ook een bank".into(),
            why: "Ouders willen zitten.".into(),
            amount: Some(Cents(amount)),
            ..NewChange::default()
        })
    };
    refused(
        changes::propose(world, &t.maker, key(), id, new(350_001)).await,
        "amount",
        Problem::NotEnough(Cents(350_000)),
    );
    refused(changes::propose(world, &t.maker, key(), id, new(268_759)).await, "amount", Problem::BelowMinimum);
    changes::propose(world, &t.anna, key(), id, new(300_000)).await.unwrap();
    refused(changes::propose(world, &t.maker, key(), id, new(290_500)).await, "what", Problem::Waiting);
    let waiting = file(world, id).await.changes[0].id;
    let yes = || Verdict { agree: true, reason: String::new() };
    refused(changes::decide_on(world, &t.anna, key(), (id, waiting), yes()).await, "agree", Problem::SecondPerson);
    denied(changes::decide_on(world, &t.maker, key(), (id, waiting), yes()).await, Denied::NotYours);
    changes::decide_on(world, &t.bob, key(), (id, waiting), yes()).await.unwrap();
    denied(changes::decide_on(world, &t.bob, key(), (id, waiting), yes()).await, Denied::State);
    let now = file(world, id).await;
    assert_eq!((now.agreement.unwrap().amount, now.purse.reserved), (Cents(300_000), Cents(50_000)));
    agreement::give_back(world, &t.anna, key(), id).await.unwrap();
    denied(agreement::give_back(world, &t.anna, key(), id).await, Denied::State);
    assert_eq!(file(world, id).await.purse.returned, Cents(50_000));
}

/// A step that is late: reminded of three times, and not once another day is asked for.
async fn late(app: &TestApp, t: &Town, step: i64) {
    let (world, id) = (&app.world, t.plan);
    let remind = || async { steps::remind(world).await.unwrap() };
    remind().await;
    assert_eq!(letters(world, "step-due").await, 0, "not before its day");
    app.clock.forward(11 * DAY);
    for (days, sent) in [(0, 1), (1, 1), (7, 2), (7, 3), (7, 3)] {
        app.clock.forward(days * DAY);
        remind().await;
        remind().await;
        assert_eq!(letters(world, "step-due").await, sent);
    }
    let waits = rows::waits(&mut world.db.read().await.unwrap(), id, world.now()).await.unwrap();
    assert_eq!((waits.late, waits.to_decide), (1, 0));
    let later = |days| LaterForm { due_at: world.now() + days * DAY, why: "Levering te laat".into() };
    steps::later(world, &t.maker, key(), (id, step), later(7)).await.unwrap();
    refused(steps::later(world, &t.maker, key(), (id, step), later(8)).await, "date", Problem::AskedWaiting);
    app.clock.forward(DAY);
    remind().await;
    assert_eq!(letters(world, "step-due").await, 3);
    let asked = file(world, id).await;
    assert!(asked.steps.iter().any(|s| s.asked_for.is_some()));
    let yes = Verdict { agree: true, reason: "Goed".into() };
    changes::decide_on(world, &t.anna, key(), (id, asked.changes[0].id), yes).await.unwrap();
    let waits = rows::waits(&mut world.db.read().await.unwrap(), id, world.now()).await.unwrap();
    assert_eq!((waits.late, waits.to_decide), (0, 0));
    app.clock.forward(7 * DAY);
    remind().await;
    assert_eq!(letters(world, "step-due").await, 4, "a new day begins anew");
    // Staff tell of it and confirm it at once.
    steps::confirm(world, &t.anna, key(), (id, step), DoneForm("Gezien".into()), Vec::new()).await.unwrap();
    app.clock.forward(30 * DAY);
    remind().await;
    assert_eq!(letters(world, "step-due").await, 4, "nothing more once it is done");
}

fn spent(lines: &[(&str, i64)]) -> AccountForm {
    let lines = lines.iter().map(|(what, cents)| ((*what).to_owned(), Cents(*cents))).collect();
    AccountForm(NewAccount { words: "Klaar! Dank aan iedereen.".into(), lines })
}

/// The account, a question about it, and its end.
async fn settle(world: &World, t: &Town) {
    let id = t.plan;
    let lines = [("Speeltoestel", 240_000), ("Tegels", 28_760)];
    refused(
        account::hand_in(world, &t.maker, key(), id, spent(&[("Alles", 300_001)]), Vec::new()).await,
        "line_amount",
        Problem::NotEnough(Cents(300_000)),
    );
    denied(account::hand_in(world, &t.neighbour, key(), id, spent(&lines), Vec::new()).await, Denied::NotYours);
    let receipt = services::pictures::read(Some(tiny_png())).await.unwrap().unwrap();
    account::hand_in(world, &t.maker, key(), id, spent(&lines), vec![receipt]).await.unwrap();
    let sent = file(world, id).await.account.unwrap();
    let agree = |sent: i64| Check::Agree { repaid: String::new(), sent };
    denied(account::check(world, &t.maker, key(), id, agree(sent.at)).await, Denied::NotYours);
    account::check(world, &t.anna, key(), id, Check::Ask("Waar is de bon van de tegels?".into())).await.unwrap();
    denied(account::check(world, &t.anna, key(), id, agree(sent.at)).await, Denied::State);
    // Anna enters it for the makers: then she does not check it.
    account::hand_in(world, &t.anna, key(), id, spent(&lines), Vec::new()).await.unwrap();
    let sent = file(world, id).await.account.unwrap();
    assert_eq!((sent.receipts.len(), sent.by_makers), (1, false));
    refused(account::check(world, &t.anna, key(), id, agree(sent.at)).await, "check", Problem::SecondPerson);
    refused(account::check(world, &t.bob, key(), id, agree(1)).await, "check", Problem::Changed);
    account::check(world, &t.bob, key(), id, agree(sent.at)).await.unwrap();
    denied(account::check(world, &t.bob, key(), id, agree(sent.at)).await, Denied::State);
    assert_eq!(state(world, id).await, State::Completed);
    let letters = store::outbox::due(&mut world.db.read().await.unwrap(), i64::MAX).await.unwrap();
    assert!(letters.iter().any(|m| m.template == "evaluate"), "its makers are asked how it went");
    let receipt = sent.receipts[0];
    assert!(read::receipt(&mut world.db.read().await.unwrap(), id, receipt).await.unwrap().is_some());
}

/// After the end: thanks, and nothing else.
async fn after(world: &World, t: &Town) {
    let id = t.plan;
    let late = StepForm { title: "Nog iets".into(), due_at: world.now() + DAY };
    refused(steps::plan(world, &t.maker, key(), id, late.clone()).await, "title", Problem::PlanOver);
    refused(steps::plan(world, &t.anna, key(), id, late).await, "title", Problem::PlanOver);
    denied(payments::prepare(world, &t.anna, key(), id, part(1, None)).await, Denied::State);
    thanks::thank(world, &t.neighbour, key(), id).await.unwrap();
    thanks::thank(world, &t.neighbour, key(), id).await.unwrap();
    denied(thanks::thank(world, &t.maker, key(), id).await, Denied::NotYours);
    denied(thanks::thank(world, &Actor { resident_of: None, ..t.admin.clone() }, key(), id).await, Denied::NotYours);
    let end = file(world, id).await;
    assert_eq!(end.thanks, 1);
    let mut c = world.db.read().await.unwrap();
    assert!(read::thanked(&mut c, id, t.neighbour.account.unwrap()).await.unwrap());
    let acts: Vec<String> = initiatives::events(&mut c, id).await.unwrap().into_iter().map(|e| e.act).collect();
    for act in ["funded", "committed", "instalment_paid", "milestone_done", "change_agreed", "completed"] {
        assert!(acts.iter().any(|a| a == act), "{act} is on the road: {acts:?}");
    }
    assert!(read::running(&mut c, &t.anna, world.now()).await.unwrap().iter().all(|r| r.plan.id != id));
}

both_engines!(a_plan_that_stops_gives_back, super::stopped);

async fn stopped(app: TestApp) {
    let world = &app.world;
    let t = town(world).await;
    let share = Kind::Share { wijk: 1, year: 2008 };
    let before = balance(world, share).await;
    committed(world, &t, 90_000).await;
    payments::prepare(world, &t.anna, key(), t.plan, part(20_000, None)).await.unwrap();
    orders::order(world, &t.anna, key()).await.unwrap();
    payments::prepare(world, &t.anna, key(), t.plan, part(10_000, None)).await.unwrap();
    let stop = ChangeForm::stop(&Raw::from_pairs(&[("reason", "De makers verhuizen.")])).unwrap();
    changes::propose(world, &t.maker, key(), t.plan, stop).await.unwrap();
    let change = file(world, t.plan).await.changes[0].id;
    let yes = || Verdict { agree: true, reason: String::new() };
    refused(changes::decide_on(world, &t.bob, key(), (t.plan, change), yes()).await, "agree", Problem::InstalmentsOpen);
    let text = confirmation(world, t.plan, true).await;
    confirmations::import(world, &t.anna, key(), text).await.unwrap();
    changes::decide_on(world, &t.bob, key(), (t.plan, change), yes()).await.unwrap();
    let end = file(world, t.plan).await;
    assert_eq!(state(world, t.plan).await, State::Cancelled);
    assert_eq!((end.purse.paid, end.purse.open, end.purse.returned), (Cents(20_000), Cents::ZERO, Cents(330_000)));
    assert_eq!(end.instalments[1].state, InstalmentState::Void);
    assert_eq!(balance(world, share).await, before + 330_000);
    refused(
        steps::plan(world, &t.maker, key(), t.plan, StepForm { title: "x".into(), due_at: world.now() }).await,
        "title",
        Problem::PlanOver,
    );
    assert_eq!(findings(world).await, []);
}

both_engines!(more_paid_than_spent_comes_back_first, super::repaid);

async fn repaid(app: TestApp) {
    let world = &app.world;
    let t = town(world).await;
    committed(world, &t, 90_000).await;
    payments::prepare(world, &t.anna, key(), t.plan, part(60_000, None)).await.unwrap();
    orders::order(world, &t.anna, key()).await.unwrap();
    let text = confirmation(world, t.plan, true).await;
    confirmations::import(world, &t.anna, key(), text).await.unwrap();
    let check = |repaid: &str, sent| Check::Agree { repaid: repaid.into(), sent };
    // More was spent than paid: that is paid first.
    account::hand_in(world, &t.maker, key(), t.plan, spent(&[("Alles", 70_000)]), Vec::new()).await.unwrap();
    let sent = file(world, t.plan).await.account.unwrap().at;
    refused(
        account::check(world, &t.anna, key(), t.plan, check("", sent)).await,
        "check",
        Problem::PayFirst(Cents(10_000)),
    );
    app.clock.forward(60);
    account::hand_in(world, &t.maker, key(), t.plan, spent(&[("Alles", 45_000)]), Vec::new()).await.unwrap();
    let sent = file(world, t.plan).await.account.unwrap().at;
    refused(account::check(world, &t.anna, key(), t.plan, check("", sent)).await, "repaid", Problem::Missing);
    account::check(world, &t.anna, key(), t.plan, check("TERUG-1", sent)).await.unwrap();
    let end = file(world, t.plan).await.purse;
    assert_eq!((end.paid, end.committed, end.returned), (Cents(45_000), Cents::ZERO, Cents(305_000)));
    assert_eq!(findings(world).await, []);
}
