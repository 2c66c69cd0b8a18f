//! From signing up to shown residence, as one story.

use crate::both_engines;
use crate::common::{TestApp, TestClock};
use domain::access::{Act, Denied, Grant, Role, Scope, Subject, decide};
use domain::account::{Details, Invite, SignIn, SignUp};
use domain::form::{Errors, Problem};
use services::accounts::{self, Browser};
use services::{ActError, Actor, World, residence, roles, second_factor, sessions};
use std::sync::Arc;
use store::{outbox, places};

pub(crate) struct Stage {
    pub(crate) world: World,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) buurt: i64,
    pub(crate) _app: TestApp,
}

pub(crate) async fn stage(app: TestApp) -> Stage {
    let (world, clock) = (app.world.clone(), app.clock.clone());
    let buurt = world
        .db
        .write(|u| {
            Box::pin(async move {
                let wijk = places::put_wijk(u, "noord", "Noord", None).await?;
                let stadsdeel = places::put_stadsdeel(u, "noord", "Noord").await?;
                places::put_buurt(u, "vogelbuurt", "Vogelbuurt", wijk, stadsdeel).await.map_err(ActError::from)
            })
        })
        .await
        .unwrap();
    Stage { world, clock, buurt, _app: app }
}

impl Stage {
    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.forward(seconds);
    }

    /// A form sent by the browser with this cookie.
    pub(crate) fn browser(&self, cookie: &str) -> Browser {
        Browser {
            old: cookie.into(),
            new: self.world.secret(),
            key: self.world.secret(),
            key_actor: format!("actor of {cookie}"),
            network: "192.0.2.1".into(),
            lang: "nl".into(),
        }
    }

    pub(crate) async fn actor(&self, cookie: &str) -> Actor {
        sessions::find(&self.world, cookie).await.unwrap().map(|(actor, _)| actor).unwrap_or_default()
    }

    /// The newest mail: its name and the last part of its path.
    pub(crate) async fn mail(&self) -> (String, String) {
        let mail =
            outbox::due(&mut self.world.db.read().await.unwrap(), self.world.now()).await.unwrap().pop().unwrap();
        let payload: serde_json::Value = serde_json::from_str(&mail.payload).unwrap();
        let path = payload["path"].as_str().unwrap().to_owned();
        (mail.template, path.rsplit('/').next().unwrap().to_owned())
    }

    pub(crate) fn sign_up(&self, email: &str, password: &str) -> SignUp {
        SignUp { name: "Fatma".into(), email: email.into(), password: password.into(), buurt: self.buurt }
    }

    pub(crate) fn code(&self, setup: &second_factor::Setup) -> String {
        let secret = totp_rs::Secret::try_from_base32(&setup.secret).unwrap();
        totp_rs::Builder::new()
            .with_secret(secret)
            .build()
            .unwrap()
            .generate(u64::try_from(self.world.now()).unwrap())
            .to_string()
    }
}

pub(crate) fn wrong<T: std::fmt::Debug>(result: Result<T, ActError>, field: &'static str, problem: Problem) {
    match result {
        Err(ActError::Form(errors)) => assert_eq!(errors, Errors::one(field, problem)),
        other => panic!("{other:?}"),
    }
}

pub(crate) const PASSWORD: &str = "paard fiets gracht molen";

both_engines!(from_sign_up_to_residence, super::from_sign_up_to_residence);

async fn from_sign_up_to_residence(app: TestApp) {
    let s = stage(app).await;
    let w = &s.world;
    wrong(
        accounts::sign_up(w, s.sign_up("fatma@voorbeeld.test", "wachtwoord1"), &s.browser("a")).await,
        "password",
        Problem::WeakPassword,
    );
    let form = s.browser("a");
    accounts::sign_up(w, s.sign_up("fatma@voorbeeld.test", PASSWORD), &form).await.unwrap();
    assert!(
        matches!(accounts::sign_up(w, s.sign_up("fatma@voorbeeld.test", PASSWORD), &form).await, Err(ActError::Done(to)) if to == "/aanmelden/verstuurd")
    );
    let sign_in = |password: &str| SignIn { email: "Fatma@Voorbeeld.test".into(), password: password.into() };
    wrong(accounts::sign_in(w, &sign_in(PASSWORD), &s.browser("a")).await, "password", Problem::NotRight);

    // Looking does not use the link up; using it does.
    let (name, token) = s.mail().await;
    assert_eq!(name, "confirm");
    assert!(
        accounts::link_works(w, &token, "confirm").await.unwrap()
            && !accounts::link_works(w, &token, "sign_in").await.unwrap()
    );
    let b = s.browser("a");
    let id = accounts::open_link(w, &token, "confirm", &b).await.unwrap().account;
    assert!(matches!(accounts::open_link(w, &token, "confirm", &s.browser("a")).await, Err(ActError::NotFound)));
    let me = s.actor(&b.new).await;
    assert_eq!((me.account, me.confirmed), (Some(id), true));
    accounts::sign_out(w, &me, &b.new, false).await.unwrap();
    assert_eq!(s.actor(&b.new).await, Actor::default());

    // Every sign-in has a cookie of its own; the older one ends.
    let b = s.browser("a");
    accounts::sign_in(w, &sign_in(PASSWORD), &b).await.unwrap();
    let again = Browser { old: b.new.clone(), ..s.browser("a") };
    accounts::sign_in(w, &sign_in(PASSWORD), &again).await.unwrap();
    assert_eq!(s.actor(&b.new).await.account, None);
    let cookie = again.new;

    // A known address gets a mail that signs in.
    accounts::sign_up(w, s.sign_up("fatma@voorbeeld.test", PASSWORD), &s.browser("b")).await.unwrap();
    let (name, token) = s.mail().await;
    assert_eq!(name, "account-exists");
    s.pass(accounts::SIGN_IN_LINK_TERM);
    assert!(matches!(accounts::open_link(w, &token, "sign_in", &s.browser("b")).await, Err(ActError::NotFound)));
    accounts::ask_link(w, "nobody@voorbeeld.test", "", &s.browser("b")).await.unwrap();
    assert_eq!(s.mail().await.0, "account-exists");

    // Second factor: set up, each step used once, recovery codes once.
    let me = s.actor(&cookie).await;
    let setup = second_factor::prepare(w, &me, &cookie).await.unwrap();
    let raised = Browser { old: cookie.clone(), ..s.browser("a") };
    wrong(second_factor::set_up(w, &me, "000000", &raised).await, "code", Problem::NotRight);
    let code = s.code(&setup);
    let recovery = second_factor::set_up(w, &me, &code, &raised).await.unwrap();
    assert_eq!(recovery.len(), 10);
    assert_eq!(s.actor(&cookie).await.account, None, "the session with more rights has another cookie");
    let cookie = raised.new;
    assert!(s.actor(&cookie).await.second_factor);
    let b = s.browser("c");
    accounts::sign_in(w, &sign_in(PASSWORD), &b).await.unwrap();
    let me = s.actor(&b.new).await;
    assert!(!me.second_factor);
    let new_password = Details {
        name: "Fatma".into(),
        lang: "nl".into(),
        buurt: None,
        password: "lepel regen stoel kraan".into(),
        current: PASSWORD.into(),
    };
    let change = Browser { old: b.new.clone(), ..s.browser("c") };
    assert!(
        matches!(
            accounts::change_details(w, &me, new_password.clone(), &change).await,
            Err(ActError::Denied(Denied::SecondFactor))
        ),
        "a fresh sign-in alone does not change the password of who has an app"
    );
    accounts::change_details(w, &me, Details { password: String::new(), ..new_password }, &change).await.unwrap();
    assert!(matches!(second_factor::prepare(w, &me, &b.new).await, Err(ActError::Denied(Denied::SecondFactor))));
    let next = Browser { old: b.new.clone(), ..s.browser("c") };
    wrong(second_factor::show(w, &me, &code, &next).await, "code", Problem::NotRight);
    s.pass(30);
    let code = s.code(&setup);
    second_factor::show(w, &me, &code, &next).await.unwrap();
    assert!(s.actor(&next.new).await.second_factor && s.actor(&b.new).await.account.is_none());
    let last = Browser { old: next.new, ..s.browser("c") };
    second_factor::show(w, &me, &domain::account::grouped(&recovery[0]).to_lowercase(), &last).await.unwrap();
    wrong(
        second_factor::show(w, &me, &recovery[0], &Browser { old: last.new.clone(), ..s.browser("c") }).await,
        "code",
        Problem::NotRight,
    );

    // Residence: staff issue a code, it works once.
    let staff = Actor {
        account: Some(id),
        confirmed: true,
        resident_of: None,
        grants: vec![Grant { role: Role::Staff, scope: Scope::City }],
        second_factor: true,
        code: None,
    };
    let me = s.actor(&last.new).await;
    assert!(matches!(
        residence::issue(w, &me, s.buurt, 1, &s.browser("d")).await,
        Err(ActError::Denied(Denied::NotYours))
    ));
    let code = residence::issue(w, &staff, s.buurt, 1, &s.browser("d")).await.unwrap().remove(0);
    assert_eq!(code.len(), 16);
    wrong(residence::show(w, &me, "0000-0000-0000-0000", &s.browser("d")).await, "code", Problem::NotRight);
    let vote = Subject { buurt: Some(s.buurt), ..Subject::default() };
    assert!(decide(Act::Vote, &me, &vote).is_err());
    assert_eq!(
        residence::show(w, &me, &domain::account::grouped(&code).to_lowercase(), &s.browser("d")).await.unwrap(),
        s.buurt
    );
    assert!(decide(Act::Vote, &s.actor(&last.new).await, &vote).is_ok());
    wrong(residence::show(w, &me, &code, &s.browser("d")).await, "code", Problem::NotRight);

    // A new password closes the other sessions.
    let details = Details {
        name: "Fatma B.".into(),
        lang: "en".into(),
        buurt: None,
        password: "lepel regen stoel kraan".into(),
        current: "nee".into(),
    };
    s.pass(3600);
    let b = Browser { old: last.new.clone(), ..s.browser("c") };
    wrong(accounts::change_details(w, &me, details.clone(), &b).await, "current", Problem::NotRight);
    accounts::change_details(w, &me, Details { current: PASSWORD.into(), ..details }, &b).await.unwrap();
    assert!(s.actor(&last.new).await.account.is_some() && s.actor(&cookie).await.account.is_none());
    accounts::sign_out(w, &me, &last.new, true).await.unwrap();
    assert!(s.actor(&last.new).await.account.is_none());
}

both_engines!(wrong_passwords_are_limited_per_address, super::wrong_passwords_are_limited_per_address);

async fn wrong_passwords_are_limited_per_address(app: TestApp) {
    let s = stage(app).await;
    let w = &s.world;
    for name in ["a", "b"] {
        accounts::make_administrator(w, "Marlon", &format!("{name}@voorbeeld.test"), PASSWORD).await.unwrap();
    }
    let form =
        |name: &str, password: &str| SignIn { email: format!("{name}@voorbeeld.test"), password: password.into() };
    for _ in 0..10 {
        wrong(accounts::sign_in(w, &form("a", "iets anders"), &s.browser("x")).await, "password", Problem::NotRight);
    }
    assert!(matches!(accounts::sign_in(w, &form("a", PASSWORD), &s.browser("x")).await, Err(ActError::TooMany)));
    accounts::sign_in(w, &form("b", PASSWORD), &s.browser("x")).await.unwrap();
    accounts::sign_in(w, &form("a", PASSWORD), &Browser { network: "198.51.100.7".into(), ..s.browser("y") })
        .await
        .unwrap();
    s.pass(900);
    accounts::sign_in(w, &form("a", PASSWORD), &s.browser("x")).await.unwrap();
}

both_engines!(
    nobody_keeps_a_password_for_somebody_elses_address,
    super::nobody_keeps_a_password_for_somebody_elses_address
);

async fn nobody_keeps_a_password_for_somebody_elses_address(app: TestApp) {
    let s = stage(app).await;
    let w = &s.world;
    accounts::sign_up(w, s.sign_up("victim@voorbeeld.test", PASSWORD), &s.browser("thief")).await.unwrap();
    let (_, token) = s.mail().await;
    accounts::open_link(w, &token, "confirm", &s.browser("victim")).await.unwrap();
    let form = SignIn { email: "victim@voorbeeld.test".into(), password: PASSWORD.into() };
    wrong(accounts::sign_in(w, &form, &s.browser("thief")).await, "password", Problem::NotRight);
}

both_engines!(roles_wait_for_their_holder, super::roles_wait_for_their_holder);

async fn roles_wait_for_their_holder(app: TestApp) {
    let s = stage(app).await;
    let w = &s.world;
    let id = accounts::make_administrator(w, "Marlon", "marlon@voorbeeld.test", PASSWORD).await.unwrap();
    let mut boss = Actor {
        account: Some(id),
        confirmed: true,
        resident_of: None,
        grants: vec![Grant { role: Role::Administrator, scope: Scope::City }],
        second_factor: false,
        code: None,
    };
    let invite = || Invite {
        email: "samira@voorbeeld.test".into(),
        grant: Grant { role: Role::Moderator, scope: Scope::Buurt(s.buurt) },
        organisation: "Bewonersplatform".into(),
    };
    assert!(matches!(
        roles::invite(w, &boss, invite(), &s.browser("m")).await,
        Err(ActError::Denied(Denied::SecondFactor))
    ));
    boss.second_factor = true;
    roles::invite(w, &boss, invite(), &s.browser("m")).await.unwrap();
    let (name, token) = s.mail().await;
    assert_eq!(name, "invite");
    let line = |waiting: bool| async move {
        let list = store::accounts::roles::list(&mut w.db.read().await.unwrap(), w.now()).await.unwrap();
        list.into_iter().find(|g| g.role == Role::Moderator && g.waiting == waiting)
    };
    assert!(line(true).await.is_some());
    assert!(roles::invited(w, &token).await.unwrap().needs_name);
    wrong(roles::accept(w, &token, None, &s.browser("s")).await, "name", Problem::Missing);
    let b = s.browser("s");
    roles::accept(w, &token, Some("Samira".into()), &b).await.unwrap();
    assert!(s.actor(&b.new).await.has(Role::Moderator));
    let grant = line(false).await.unwrap();
    assert_eq!(grant.name, "Samira");
    roles::revoke(w, &boss, grant.id, &s.browser("m")).await.unwrap();
    assert!(!s.actor(&b.new).await.has(Role::Moderator));
    assert!(matches!(roles::revoke(w, &boss, 1, &s.browser("m")).await, Err(ActError::Denied(Denied::State))));
}

both_engines!(ready_sign_ins_are_for_the_demo_city_alone, super::ready_sign_ins_are_for_the_demo_city_alone);

async fn ready_sign_ins_are_for_the_demo_city_alone(app: TestApp) {
    let s = stage(app).await;
    let w = &s.world;
    accounts::make_administrator(w, "Marlon", "marlon@voorbeeld.test", PASSWORD).await.unwrap();
    assert!(matches!(accounts::demo_sign_in(w, "marlon@voorbeeld.test", "new").await, Err(ActError::NotFound)));
    w.db.write(|u| {
        Box::pin(async move {
            store::system::set_setting(u, "demo", "1").await?;
            store::system::set_setting(
                u,
                "demo_signins",
                r#"[{"role":"administrator","name":"Marlon","email":"marlon@voorbeeld.test","line":"Beheerder"}]"#,
            )
            .await
            .map_err(ActError::from)
        })
    })
    .await
    .unwrap();
    assert_eq!(accounts::demo_people(w).await.unwrap().len(), 1);
    accounts::demo_sign_in(w, "marlon@voorbeeld.test", "new").await.unwrap();
    assert!(s.actor("new").await.second_factor);
}
