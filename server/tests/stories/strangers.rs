//! What strangers try with somebody else's address: their passwords, guesses and floods do nothing.

use crate::both_engines;
use crate::common::TestApp;
use crate::people::*;
use domain::access::{Grant, Role, Scope};
use domain::account::{Details, Invite, SignIn, SignUp};
use domain::form::Problem;
use domain::initiative::{Idea, Sender, Whereabouts};
use services::accounts::{self, Browser};
use services::initiatives::{FormKey, NewPlan, leave_draft};
use services::{ActError, Actor, limits, roles, second_factor};

both_engines!(no_strangers_password_survives_the_owner, super::no_strangers_password_survives_the_owner);

/// Whatever link the owner of an address opens first: the password that a stranger chose for it beforehand is gone.
async fn no_strangers_password_survives_the_owner(app: TestApp) {
    let s = stage(app).await;
    let w = &s.world;
    let id = accounts::make_administrator(w, "Marlon", "marlon@voorbeeld.test", PASSWORD).await.unwrap();
    let boss = Actor {
        account: Some(id),
        confirmed: true,
        resident_of: None,
        grants: vec![Grant { role: Role::Administrator, scope: Scope::City }],
        second_factor: true,
        code: None,
    };
    for purpose in ["confirm", "sign_in", "draft", "invite"] {
        let email = format!("{purpose}@voorbeeld.test");
        let thief = SignUp { name: "Dief".into(), ..s.sign_up(&email, PASSWORD) };
        accounts::sign_up(w, thief, &Browser { network: "203.0.113.66".into(), ..s.browser("thief") }).await.unwrap();
        let owner = s.browser("owner");
        let opens = match purpose {
            "confirm" => "confirm",
            "sign_in" => {
                accounts::ask_link(w, &email, "", &s.browser("owner")).await.unwrap();
                "sign_in"
            }
            "draft" => {
                let form = FormKey { key: w.secret(), actor: owner.key_actor.clone(), lang: texts::Lang::Nl };
                let new = NewPlan {
                    idea: Idea { title: "Bankje".into(), what: "Een bankje".into(), why: "Om te zitten".into() },
                    place: Whereabouts { buurt: s.buurt, place: String::new(), cost: None },
                    wants_supporter: false,
                    source: None,
                };
                let sender = Sender { name: "Fatma".into(), email: email.clone() };
                leave_draft(w, form, new, sender, None, &owner.network).await.unwrap();
                "confirm"
            }
            _ => {
                let invite = Invite {
                    email: email.clone(),
                    grant: Grant { role: Role::Moderator, scope: Scope::Buurt(s.buurt) },
                    organisation: String::new(),
                };
                roles::invite(w, &boss, invite, &s.browser("m")).await.unwrap();
                "invite"
            }
        };
        let (_, token) = s.mail().await;
        if opens == "invite" {
            assert!(roles::invited(w, &token).await.unwrap().needs_name, "a stranger's name is no name");
            roles::accept(w, &token, Some("Fatma".into()), &owner).await.unwrap();
        } else {
            accounts::open_link(w, &token, opens, &owner).await.unwrap();
        }
        let account = store::accounts::by_email(&mut w.db.read().await.unwrap(), &email).await.unwrap().unwrap();
        assert!(account.confirmed_at.is_some() && account.password_hash.is_none(), "{purpose}");
        if ["draft", "invite"].contains(&purpose) {
            assert_eq!(account.name, "Fatma", "{purpose}");
        }
        assert_eq!(s.actor(&owner.new).await.account, Some(account.id), "{purpose}");
        let form = SignIn { email: email.clone(), password: PASSWORD.into() };
        wrong(accounts::sign_in(w, &form, &s.browser("thief")).await, "password", Problem::NotRight);
    }
}

both_engines!(many_guesses_at_once_are_no_more_guesses, super::many_guesses_at_once_are_no_more_guesses);

async fn many_guesses_at_once_are_no_more_guesses(app: TestApp) {
    let s = stage(app).await;
    let w = &s.world;
    let id = accounts::make_administrator(w, "Marlon", "marlon@voorbeeld.test", PASSWORD).await.unwrap();
    let guess = |n: usize| {
        let password = if n == 30 { PASSWORD.to_owned() } else { format!("mis {n}") };
        let (world, browser) = (w.clone(), s.browser("x"));
        tokio::spawn(async move {
            let form = SignIn { email: "marlon@voorbeeld.test".into(), password };
            accounts::sign_in(&world, &form, &browser).await.map(|_| ())
        })
    };
    assert_eq!(looked_at((0..=30).map(guess)).await, 10, "passwords");

    // Codes of the app, and the password on the page of one's own details.
    s.pass(900);
    let b = s.browser("y");
    accounts::sign_in(w, &SignIn { email: "marlon@voorbeeld.test".into(), password: PASSWORD.into() }, &b)
        .await
        .unwrap();
    let me = s.actor(&b.new).await;
    assert_eq!(me.account, Some(id));
    s.pass(1800);
    let change = |n: usize| {
        let (world, me, browser) = (w.clone(), me.clone(), Browser { old: b.new.clone(), ..s.browser("y") });
        let form = Details {
            name: "Marlon".into(),
            lang: "nl".into(),
            buurt: None,
            password: "lepel regen stoel kraan".into(),
            current: format!("mis {n}"),
        };
        tokio::spawn(async move { accounts::change_details(&world, &me, form, &browser).await })
    };
    assert_eq!(looked_at((0..=30).map(change)).await, 10, "one's own password");
    let raised = Browser { old: b.new.clone(), ..s.browser("y") };
    let setup = second_factor::prepare(w, &me, &b.new).await.unwrap();
    second_factor::set_up(w, &me, &s.code(&setup), &raised).await.unwrap();
    let show = |n: usize| {
        let (world, me, browser) = (w.clone(), me.clone(), Browser { old: raised.new.clone(), ..s.browser("y") });
        tokio::spawn(async move { second_factor::show(&world, &me, &format!("{n:06}"), &browser).await })
    };
    assert_eq!(looked_at((0..=30).map(show)).await, 10, "codes");
}

/// How many of these tries were looked at.
async fn looked_at(tries: impl Iterator<Item = tokio::task::JoinHandle<Result<(), ActError>>>) -> usize {
    let mut looked_at = 0;
    for attempt in tries.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(()) | Err(ActError::Form(_)) => looked_at += 1,
            Err(ActError::TooMany) => {}
            Err(error) => panic!("{error}"),
        }
    }
    looked_at
}

both_engines!(strangers_lock_nobody_out, super::strangers_lock_nobody_out);

async fn strangers_lock_nobody_out(app: TestApp) {
    let s = stage(app).await;
    let w = &s.world;
    accounts::make_administrator(w, "Marlon", "marlon@voorbeeld.test", PASSWORD).await.unwrap();
    let form = |password: &str| SignIn { email: "marlon@voorbeeld.test".into(), password: password.into() };
    let from = |n: u32| Browser { network: format!("203.0.113.{n}"), ..s.browser("x") };
    let home = || s.browser("home");
    accounts::sign_in(w, &form(PASSWORD), &home()).await.unwrap();

    // Links: six networks do not take the seventh's, and however many do not take the one that is known.
    for n in 0..6 {
        accounts::ask_link(w, "marlon@voorbeeld.test", "", &from(n)).await.unwrap();
    }
    accounts::ask_link(w, "marlon@voorbeeld.test", "", &from(6)).await.unwrap();
    for n in 7..30 {
        accounts::ask_link(w, "marlon@voorbeeld.test", "", &from(n)).await.unwrap();
    }
    assert!(matches!(accounts::ask_link(w, "marlon@voorbeeld.test", "", &from(30)).await, Err(ActError::TooMany)));
    accounts::ask_link(w, "marlon@voorbeeld.test", "", &home()).await.unwrap();

    // Passwords: beyond a hundred from anywhere only known networks go on.
    let turns: Vec<_> =
        (0..100).map(|_| limits::Turns::of(w, &[(limits::SIGN_IN_ADDRESS, "marlon@voorbeeld.test")])).collect();
    for turn in turns {
        turn.take(w).await.unwrap();
    }
    assert!(matches!(accounts::sign_in(w, &form("mis"), &from(0)).await, Err(ActError::TooMany)));
    assert!(matches!(accounts::sign_in(w, &form(PASSWORD), &from(1)).await, Err(ActError::TooMany)));
    accounts::sign_in(w, &form(PASSWORD), &home()).await.unwrap();
    wrong(accounts::sign_in(w, &form("mis"), &home()).await, "password", Problem::NotRight);

    // A network is forgotten after 90 days.
    let id =
        store::accounts::by_email(&mut w.db.read().await.unwrap(), "marlon@voorbeeld.test").await.unwrap().unwrap().id;
    let network = home().network;
    s.pass(limits::KNOWN);
    assert!(limits::knows(w, id, &network).await.unwrap());
    s.pass(1);
    assert!(!limits::knows(w, id, &network).await.unwrap());
    let now = w.now();
    w.db.write(move |u| Box::pin(async move { Ok::<_, ActError>(store::system::sweep(u, now).await?) })).await.unwrap();
    let mut c = w.db.read().await.unwrap();
    let left = c.one(store::sql!("SELECT COUNT(*) AS n FROM known_network"), &[]).await.unwrap();
    assert_eq!(left.int("n").unwrap(), 0);
}
