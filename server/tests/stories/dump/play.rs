//! Two rounds as they are lived, by browsers over HTTP: one by letter, with receipts; one by accounts, without.

use super::linking::Secret;
use crate::browser::Browser;
use crate::common::{START, TestApp};
use crate::rounds::people;
use axum::Router;
use axum::http::StatusCode;
use domain::access::{Actor, Grant, Role, Scope};
use domain::money::Cents;
use domain::round::Receipt;
use domain::round::{Ballot, BallotForm};
use domain::vote_code::VoteCode;
use services::codes::{self, Handed, Letter};
use services::rounds::{RoundForm, Step, StepForm};
use services::shares::{self, FundForm};
use services::{ActError, World, boxkeys, keys, rolls, rounds};
use std::collections::BTreeMap;
use store::sql;

/// Letters of the first round, and how many of them vote.
const LETTERS: usize = 48;
const VOTERS: usize = 44;
/// Plans have ids that stand nowhere by chance.
const FIRST_PLAN: i64 = 7_301_946_122_853;
pub const CLOSE: i64 = START + 100_000;

/// A ballot that lies in the box at the close.
pub struct Final {
    /// How many casts came before its own.
    pub cast: usize,
    pub entry: i64,
    pub picks: String,
    pub tokens: Vec<String>,
    pub pseudonym: String,
}

/// What was played, and what only the test knows of it.
pub struct Played {
    pub site: Router,
    pub admin: Actor,
    pub by_letter: String,
    pub by_account: String,
    pub plans: Vec<i64>,
    pub secrets: Vec<Secret>,
    /// Of the round by letter, by voter.
    pub ballots: BTreeMap<usize, Final>,
    letters: Vec<Letter>,
    residents: Vec<Actor>,
    casts: usize,
}

const IN_BOX: &[&str] = &["ballot_box.pseudonym", "ballot_retry.pseudonym"];

/// Two rounds that take votes.
pub async fn open(app: &TestApp, site: Router) -> Played {
    let world = &app.world;
    let (admin, residents, _) = people(world).await;
    let plans: Vec<i64> = (0..11).map(|n| FIRST_PLAN + n * 104_729).collect();
    let (ids, staff) = (plans.clone(), residents[13].account.unwrap());
    let write = world.db.write::<_, ActError, _>(move |u| {
        Box::pin(async move {
            for id in ids {
                u.exec(
                    sql!("INSERT INTO initiative (id, buurt_id, account_id, title, what, why, cost_known, minimum, desired, for_kind, state, created_at) VALUES ($1, 1, 2, 'Plan', 'wat', 'waarom', 1, 50000, 50000, 'resident', 'feasible', 1)"),
                    &[id.into()],
                )
                .await?;
            }
            let grant = Grant { role: Role::Staff, scope: Scope::City };
            store::accounts::grant(u, staff, grant, "", None, START).await?;
            Ok(())
        })
    });
    write.await.unwrap();
    let fund = FundForm { wijk: 1, year: 2008, amount: Cents(600_000), programme: Some(1) };
    shares::fund(world, &admin, fund, "fund".into(), "a".into(), "/x".into()).await.unwrap();
    let form = |by_code, plans: &[i64]| RoundForm {
        buurt: 1,
        theme: None,
        title: "Buurtbudget".into(),
        intro: "i".into(),
        year: 2008,
        pot: Cents(200_000),
        form: BallotForm::Approval { most: 4 },
        preset: "greedy/1".into(),
        by_code,
        opens_at: START + 100,
        closes_at: CLOSE,
        receipts: by_code,
        lots: false,
        plans: plans.to_vec(),
    };
    let by_letter = rounds::set_up(world, &admin, form(true, &plans[..8]), "one".into(), "a".into()).await.unwrap();
    let by_account = rounds::set_up(world, &admin, form(false, &plans[8..]), "two".into(), "a".into()).await.unwrap();
    let mut roll = "adres;postcode;plaats\n".to_owned();
    for n in 0..LETTERS {
        roll += &format!("Meeuwenlaan {};1021 AA;Amsterdam\n", 100 + n);
    }
    let digest = rolls::digest(&roll);
    assert!(rolls::upload(world, &admin, &by_letter, roll).await.unwrap().is_right());
    assert_eq!(rolls::add(world, &admin, &by_letter, &digest).await.unwrap(), LETTERS);
    let mut letters = Vec::new();
    let take = |some: Vec<Letter>| {
        letters.extend(some);
        Ok(())
    };
    codes::issue(world, &admin, &by_letter, take).await.unwrap();
    let casts = 0;
    let (ballots, secrets) = (BTreeMap::new(), Vec::new());
    let mut play = Played { site, admin, by_letter, by_account, plans, secrets, ballots, letters, residents, casts };
    for letter in play.letters.clone() {
        play.secret("a code", letter.code.plain());
    }
    for each in [Step::Publish, Step::Open] {
        play.step(world, each).await;
    }
    app.clock.set(START + 100);
    play
}

impl Played {
    /// The same step of both rounds.
    pub async fn step(&self, world: &World, step: Step) {
        for slug in [&self.by_letter, &self.by_account] {
            let key = format!("{}-{slug}", step.key());
            crate::rounds::step_with(world, &self.admin, slug, step, &[], &key).await.unwrap();
        }
    }

    fn secret(&mut self, what: &'static str, text: String) {
        self.secrets.push(Secret { what, text, stands_in: &[] });
    }

    /// A browser in which somebody is signed in.
    /// Casts these picks in a browser that may, and keeps what nobody else may know.
    async fn cast(&mut self, world: &World, browser: &mut Browser, slug: &str, picks: &[i64], held: Option<usize>) {
        browser.look(&format!("/stemmen/{slug}")).await;
        let texts: Vec<String> = picks.iter().map(i64::to_string).collect();
        let mut fields: Vec<(&str, &str)> = texts.iter().map(|id| ("plan", id.as_str())).collect();
        let own = services::hex(&world.random::<32>());
        if self.casts.is_multiple_of(2) {
            fields.push(("toeval", &own));
        }
        browser.send(&format!("/stemmen/{slug}/nakijken"), &fields, StatusCode::OK).await;
        let key = browser.field("form_key").unwrap();
        let given = browser.field("receipt").zip(browser.field("seal"));
        let mut fields: Vec<(&str, &str)> = texts.iter().map(|id| ("plan", id.as_str())).collect();
        if let Some((receipt, seal)) = &given {
            fields.extend([("receipt", receipt.as_str()), ("seal", seal)]);
        }
        browser.send(&format!("/stemmen/{slug}/uitbrengen"), &fields, StatusCode::OK).await;
        self.casts += 1;
        self.secret("a form's key", key);
        for (name, cookie) in &browser.jar {
            self.secrets.push(Secret {
                what: if name == "fb" { "a session" } else { "a held code" },
                text: cookie.clone(),
                stands_in: &[],
            });
        }
        assert_eq!(given.is_some(), held.is_some(), "receipts are given by letter alone");
        let (Some((receipt, seal)), Some(letter)) = (given, held) else { return };
        let read = Receipt::parse(&receipt).unwrap();
        let tokens: Vec<String> = picks.iter().map(|plan| services::hex(&read.token(slug, *plan, 1))).collect();
        self.secret("a receipt", receipt);
        self.secret("a receipt's seal", seal);
        for token in &tokens {
            self.secret("a token", token.clone());
        }
        let (entry, cast) = (self.letters[letter].entry, self.casts);
        let picks = Ballot::of_plans(picks.iter().copied()).to_text();
        let pseudonym = self.pseudonym(world, entry).await;
        self.ballots.insert(letter, Final { cast, entry, picks, tokens, pseudonym });
    }

    /// As only somebody with the round's key can work it out.
    async fn pseudonym(&mut self, world: &World, entry: i64) -> String {
        let round = crate::codes::round(world, &self.by_letter).await;
        let key = keys::read_key(&boxkeys::round_key(world, round.id)).unwrap().unwrap();
        let pseudonym = services::hex(&keys::tag(&key, &[b"voter\0", &entry.to_be_bytes()]));
        self.secret("the round's key", services::hex(&key));
        self.secrets.push(Secret { what: "a pseudonym", text: pseudonym.clone(), stands_in: IN_BOX });
        pseudonym
    }

    /// Picks of a voter: others than anybody else's.
    fn picks(&self, n: usize) -> Vec<i64> {
        let few = (1_usize..256).filter(|mask| mask.count_ones() <= 4).nth(n).unwrap();
        (0..8).filter(|bit| few >> bit & 1 == 1).map(|bit| self.plans[bit]).collect()
    }

    async fn enter(&self, browser: &mut Browser, code: &VoteCode) {
        let path = format!("/stemmen/{}/code", self.by_letter);
        browser.look(&path).await;
        // Who is signed in lets the account hold it.
        browser.send(&path, &[("code", &code.grouped()), ("onthoud", "1")], StatusCode::SEE_OTHER).await;
    }

    /// Everybody votes: by code, some signed in, some twice; one is helped at the desk; two letters are stolen.
    pub async fn vote(&mut self, world: &World) {
        let slug = self.by_letter.clone();
        let mut browsers = BTreeMap::new();
        // Not in the order of the roll.
        for letter in (0..VOTERS).map(|n| (n * 17 + 5) % VOTERS) {
            let mut browser = match letter % 4 {
                1 => Browser::signed_in(&self.site, world, letter, self.residents[letter / 4].account.unwrap()).await,
                _ => Browser::new(&self.site, letter),
            };
            let code = self.letters[letter].code.clone();
            if letter == 30 {
                browser = Browser::signed_in(&self.site, world, letter, self.residents[13].account.unwrap()).await;
                browser.look(&format!("/stadsdeel/stemmen/{slug}")).await;
                let help = format!("/stadsdeel/stemmen/{slug}/helpen");
                browser.send(&help, &[("code", &code.grouped())], StatusCode::SEE_OTHER).await;
            } else {
                self.enter(&mut browser, &code).await;
            }
            let picks = self.picks(letter);
            self.cast(world, &mut browser, &slug, &picks, Some(letter)).await;
            browsers.insert(letter, browser);
        }
        // Two choose as others did, one of them only on the way back to its first choice.
        for (letter, as_letter) in [(7, 60), (14, 15), (21, 22), (0, 61), (21, 21)] {
            let mut browser = browsers.remove(&letter).unwrap();
            let picks = self.picks(as_letter);
            self.cast(world, &mut browser, &slug, &picks, Some(letter)).await;
            browsers.insert(letter, browser);
        }
        self.letters_are_lost(world).await;
        let slug = self.by_account.clone();
        for n in (0..13).map(|n| (n * 5 + 3) % 13) {
            let mut browser = Browser::signed_in(&self.site, world, 100 + n, self.residents[n].account.unwrap()).await;
            let picks = [self.plans[8 + n % 3]];
            self.cast(world, &mut browser, &slug, &picks, None).await;
            if n == 4 {
                self.cast(world, &mut browser, &slug, &[self.plans[8]], None).await;
                self.cast(world, &mut browser, &slug, &picks, None).await;
            }
        }
    }

    /// Staff void two ballots with their codes; one of the two votes anew.
    async fn letters_are_lost(&mut self, world: &World) {
        let (slug, staff) = (self.by_letter.clone(), self.residents[13].account);
        let grants = vec![Grant { role: Role::Staff, scope: Scope::City }];
        let actor = Actor { account: staff, confirmed: true, grants, second_factor: true, ..Actor::default() };
        for letter in [10, 20] {
            let form =
                StepForm { who: staff, key: format!("desk-{letter}"), key_actor: "desk".into(), now: world.now() };
            let subject = (self.letters[letter].entry, None);
            let code = codes::reissue(world, &actor, &slug, subject, Handed::Desk, form).await.unwrap().unwrap();
            self.ballots.remove(&letter);
            self.secret("a code", code.plain());
            if letter == 10 {
                let mut browser = Browser::new(&self.site, 90);
                self.enter(&mut browser, &code).await;
                let picks = self.picks(70);
                self.cast(world, &mut browser, &slug, &picks, Some(letter)).await;
            }
        }
    }

    /// What the database keeps of a code.
    pub fn code_hash(&self, world: &World, letter: usize) -> String {
        services::hex(&world.keys.tag("vote-code", self.letters[letter].code.plain().as_bytes()))
    }

    pub fn code(&self, letter: usize) -> String {
        self.letters[letter].code.grouped()
    }
}
