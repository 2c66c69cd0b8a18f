//! What nobody sees, administrator included: a choice, or how the count runs. And papers and keys that were tampered with.

use crate::both_engines;
use crate::codes::{holder, open, round};
use crate::common::TestApp;
use crate::rounds::{BOX, ballot_form, dump};
use axum::body::Body;
use axum::http::{Request, header};
use domain::access::{Grant, Role, Scope};
use domain::round::BallotForm;
use services::{ActError, ballots, boxkeys};
use store::{accounts, sql};

/// A browser in which somebody with every role is signed in, second factor and all.
pub(crate) async fn almighty(app: &TestApp) -> String {
    let (cookie, now) = (app.world.secret(), app.world.now());
    let given = cookie.clone();
    app.world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                for role in [Role::Administrator, Role::Staff, Role::Moderator] {
                    accounts::grant(u, 1, Grant { role, scope: Scope::City }, "", None, now).await?;
                }
                services::sessions::start(u, &given, 1, "password", Some(now), now).await
            })
        })
        .await
        .unwrap();
    cookie
}

/// A page without what is drawn anew for each one: tokens, keys of forms, receipts.
pub(crate) async fn page(app: &TestApp, path: &str, cookie: &str) -> String {
    let request = Request::get(path).header(header::HOST, "buurt.test").header(header::COOKIE, format!("fb={cookie}"));
    let response = app.send(request.body(Body::empty()).unwrap()).await;
    let status = response.status();
    assert!(!status.is_server_error(), "{path}: {status}");
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut out = format!("{status} ");
    let mut rest = text.as_str();
    for mark in ["name=\"csrf\" value=\"", "name=\"form_key\" value=\"", "script nonce=\""] {
        let mut masked = String::new();
        while let Some((before, after)) = rest.split_once(mark) {
            masked += before;
            masked += mark;
            rest = after.split_once('"').map_or("", |(_, after)| after);
        }
        masked += rest;
        out = format!("{status} {masked}");
        rest = Box::leak(masked.into_boxed_str());
    }
    out
}

both_engines!(no_page_tells_a_choice_or_a_running_count, super::no_page_tells);

async fn no_page_tells(app: TestApp) {
    let city = open(&app, BallotForm::Approval { most: 2 }).await;
    let (world, cookie) = (app.world.clone(), almighty(&app).await);
    let slug = &city.slug;
    let paths: Vec<String> = [
        "/",
        "/stemmen",
        "/buurten/vogelbuurt",
        "/initiatieven",
        "/budget",
        "/data",
        "/metrics",
        "/mijn",
        "/moderatie",
        "/stadsdeel",
        "/stadsdeel/stemmen",
        "/beheer",
        "/beheer/stemrondes",
        "/beheer/rollen",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain(city.plans.iter().map(|id| format!("/initiatieven/{id}")))
    .chain([
        format!("/stemmen/{slug}"),
        format!("/stemmen/{slug}/uitslag"),
        format!("/stemmen/{slug}/controle"),
        format!("/data/stemronde-{slug}.json"),
        format!("/stadsdeel/stemmen/{slug}?adres=meeuwenlaan"),
        format!("/beheer/stemrondes/{slug}"),
        format!("/beheer/stemrondes/{slug}/kiezers"),
        format!("/beheer/stemrondes/{slug}/wijzigen"),
        format!("/stadsdeel/stemmen/{slug}/papier"),
        "/stemmen.atom".to_owned(),
    ])
    .collect();
    let mut voters = Vec::new();
    for letter in &city.letters[..4] {
        voters.push(holder(&world, slug, &letter.code).await);
    }
    let cast = async |plan: i64, run: usize| {
        for (n, voter) in voters.iter().enumerate() {
            let raw = ballot_form(&world, voter, slug, &[plan]).await.unwrap();
            ballots::cast(&world, voter, slug, &raw, &format!("form-of-voter-{n}-{run}")).await.unwrap();
        }
    };
    cast(city.plans[0], 0).await;
    let outside = dump(&world, BOX).await;
    let mut before = Vec::new();
    for path in &paths {
        before.push(page(&app, path, &cookie).await);
    }
    let missing: Vec<_> =
        paths.iter().zip(&before).filter(|(_, page)| !page.starts_with("200")).map(|(path, _)| path.as_str()).collect();
    // The result and its data come later; nothing records figures here.
    let (result, check, data) = (
        format!("/stemmen/{slug}/uitslag"),
        format!("/stemmen/{slug}/controle"),
        format!("/data/stemronde-{slug}.json"),
    );
    assert_eq!(missing, ["/metrics", &result, &check, &data]);
    // All four now choose something else: whoever looks at whatever sees the same.
    cast(city.plans[1], 1).await;
    for (path, before) in paths.iter().zip(before) {
        let after = page(&app, path, &cookie).await;
        if path != "/metrics" {
            let first = after.bytes().zip(before.bytes()).position(|(a, b)| a != b).unwrap_or(0).saturating_sub(90);
            let around = |text: &str| text.chars().skip(first).take(180).collect::<String>();
            assert!(after == before, "{path} tells what was chosen: {:?} or {:?}", around(&before), around(&after));
        }
    }
    // Nor does any other table.
    assert_eq!(dump(&world, BOX).await, outside, "a cast writes into the box alone");
}

both_engines!(tampering_is_refused, super::tampering_is_refused);

async fn tampering_is_refused(app: TestApp) {
    let world = app.world.clone();
    let city = open(&app, BallotForm::Ranking { most: 3 }).await;
    let voter = holder(&world, &city.slug, &city.letters[0].code).await;
    let this = round(&world, &city.slug).await;
    let cast = async |key: &'static str| {
        let fields = domain::round::Ballot(vec![(city.plans[1], 1), (city.plans[0], 2)]).fields(this.form);
        let paper = serde_json::from_str(this.paper.as_deref().unwrap()).unwrap();
        let mut raw = domain::form::Raw(fields);
        let review = ballots::review(&world, &voter, &this, &paper, &[], &raw).await?;
        let (receipt, seal) = review.receipt.unwrap();
        raw.set("receipt", receipt.text());
        raw.set("seal", seal);
        ballots::cast(&world, &voter, &city.slug, &raw, key).await
    };
    let edit = async |stmt: &'static store::Stmt, value: String| {
        let done = world.db.write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                u.exec(stmt, &[value.into()]).await?;
                Ok(())
            })
        });
        done.await.unwrap();
    };
    let (set_paper, set_digest) = (sql!("UPDATE round SET paper = $1"), sql!("UPDATE round SET paper_digest = $1"));
    let (paper, digest) = (this.paper.clone().unwrap(), this.paper_digest.clone().unwrap());

    edit(set_paper, paper.replace("300000", "100000")).await;
    assert!(matches!(cast("edited-paper-00001").await, Err(ActError::Broken(_))), "an edited paper");
    edit(set_paper, paper).await;
    edit(set_digest, "00".repeat(32)).await;
    assert!(matches!(cast("edited-digest-0001").await, Err(ActError::Broken(_))), "an edited digest");
    edit(set_digest, digest).await;
    cast("as-it-should-be-01").await.unwrap();

    // Another key, or one of before: never taken, never made anew, and put right by the right one.
    let path = boxkeys::round_key(&world, this.id);
    let key = std::fs::read(&path).unwrap();
    for wrong in [vec![7; 32], vec![1, 2, 3], Vec::new()] {
        std::fs::write(&path, &wrong).unwrap();
        assert!(matches!(cast("with-a-wrong-key-1").await, Err(ActError::Broken(_))));
        assert_eq!(std::fs::read(&path).unwrap(), wrong);
    }
    std::fs::write(&path, key).unwrap();
    cast("with-the-right-key").await.unwrap();
    let boxed = store::rounds::box_of(&mut world.db.read().await.unwrap(), this.id).await.unwrap();
    assert_eq!(boxed.len(), 1);
}
