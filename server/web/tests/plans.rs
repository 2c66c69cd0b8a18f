//! A new plan over HTTP, without JavaScript and without an account.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use services::{Keys, SystemClock, World};
use std::sync::Arc;
use store::{Db, places};
use tower::ServiceExt as _;
use web::App;

const COOKIE: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

async fn send(site: &Router, request: axum::http::request::Builder, body: String) -> Response<Body> {
    site.clone()
        .oneshot(
            request
                .header(header::COOKIE, format!("fb={COOKIE}"))
                .header(header::HOST, "buurt.test")
                .body(Body::from(body))
                .unwrap(),
        )
        .await
        .unwrap()
}

async fn get(site: &Router, path: &str) -> (StatusCode, String) {
    let response = send(site, Request::get(path), String::new()).await;
    let status = response.status();
    (status, String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap())
}

fn hidden(page: &str, name: &str) -> String {
    let at = page.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no field {name}"));
    page[at..].split('"').nth(3).unwrap().to_owned()
}

async fn post(site: &Router, path: &str, page: &str, fields: &[(&str, &str)]) -> Response<Body> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("csrf", &hidden(page, "csrf"))
        .append_pair("form_key", &hidden(page, "form_key"))
        .extend_pairs(fields);
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ORIGIN, "http://buurt.test");
    send(site, request, form.finish()).await
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn a_new_plan_in_three_screens() {
    // The program does this once at its start; a second time is an error that means nothing.
    let _ = any_spawner::Executor::init_tokio();
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("test.db").display());
    Db::migrate(&url).await.unwrap();
    let db = Db::open(&url).await.unwrap();
    let world = World::new(db, Arc::new(SystemClock::default()), Keys::fixed([7; 32]), dir.path().into(), Some(1));
    world
        .db
        .write(|u| {
            Box::pin(async move {
                let stadsdeel = places::put_stadsdeel(u, "noord", "Noord").await?;
                let wijk = places::put_wijk(u, "noord", "Noord", None).await?;
                places::put_buurt(u, "vogelbuurt", "Vogelbuurt", wijk, stadsdeel).await
            })
        })
        .await
        .unwrap();
    let app = App {
        world: world.clone(),
        base_url: "http://buurt.test".into(),
        https: false,
        demo: false,
        proxies: std::sync::Arc::default(),
        letters: None,
        metrics: None,
    };
    let site = web::router(app);
    for path in [
        "/",
        "/initiatieven",
        "/en/initiatieven?q=%25&sort=steun",
        "/buurten",
        "/buurten/vogelbuurt",
        "/initiatieven/nieuw/verstuurd",
    ] {
        assert_eq!(get(&site, path).await.0, StatusCode::OK, "{path}");
    }
    assert_eq!(get(&site, "/initiatieven/99").await.0, StatusCode::NOT_FOUND);
    assert_eq!(get(&site, "/moderatie").await.0, StatusCode::SEE_OTHER);
    assert_eq!(get(&site, "/initiatieven/nieuw/plek").await.0, StatusCode::SEE_OTHER);

    let (_, first) = get(&site, "/initiatieven/nieuw?buurt=vogelbuurt").await;
    let wrong = post(&site, "/initiatieven/nieuw/plek", &first, &[("title", "Bankje"), ("what", "")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(wrong).await.contains("Bankje"), "typed values are kept");
    let idea = [("title", "Bankje"), ("what", "Een bankje <b>"), ("why", "Zitten"), ("buurt", "1")];
    let second = post(&site, "/initiatieven/nieuw/plek", &first, &idea).await;
    assert_eq!(second.status(), StatusCode::OK);
    let second = text(second).await;
    assert_eq!(hidden(&second, "what"), "Een bankje &lt;b&gt;");
    let third = text(post(&site, "/initiatieven/nieuw/versturen", &second, &idea).await).await;
    let back = text(
        post(&site, "/initiatieven/nieuw", &third, &[("terug", "1"), ("title", "Bankje"), ("name", "Fatma")]).await,
    )
    .await;
    assert!(back.contains("Fatma") && back.contains("Bankje"));
    let all: Vec<_> =
        idea.iter().copied().chain([("klaar", "1"), ("name", "Fatma"), ("email", "f@voorbeeld.test")]).collect();
    for _ in 0..2 {
        let done = post(&site, "/initiatieven/nieuw/versturen", &third, &all).await;
        assert_eq!(done.status(), StatusCode::SEE_OTHER);
        assert_eq!(done.headers()[header::LOCATION], "/initiatieven/nieuw/verstuurd");
    }
    let mails = store::outbox::due(&mut world.db.read().await.unwrap(), i64::MAX).await.unwrap();
    assert_eq!(mails.len(), 1, "sent twice, mailed once");
    let chosen = post(&site, "/buurt-kiezen", &third, &[("buurt", "vogelbuurt")]).await;
    assert!(chosen.headers()[header::SET_COOKIE].to_str().unwrap().starts_with("buurt=vogelbuurt;"));
}

#[tokio::test]
async fn an_address_for_forms_leads_to_the_page_that_holds_it() {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("t.db").display());
    Db::migrate(&url).await.unwrap();
    let db = Db::open(&url).await.unwrap();
    let world = World::new(db, Arc::new(SystemClock::default()), Keys::fixed([7; 32]), dir.path().into(), Some(1));
    let site = web::router(App {
        world,
        base_url: "http://buurt.test".into(),
        https: false,
        demo: false,
        proxies: std::sync::Arc::default(),
        letters: None,
        metrics: None,
    });
    for (path, up) in [
        ("/beheer/stemrondes/voorjaar/stap", "/beheer/stemrondes/voorjaar"),
        ("/en/moderatie/5/besluit?x=1", "/en/moderatie/5"),
        ("/uitloggen", "/"),
        ("/en/uitloggen", "/en"),
    ] {
        let answer = site.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
        assert_eq!(answer.headers()[header::LOCATION], up);
    }
    let put = Request::put("/uitloggen").body(Body::empty()).unwrap();
    assert_eq!(site.clone().oneshot(put).await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
    let figures = site.oneshot(Request::get("/metrics").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(figures.status(), StatusCode::NOT_FOUND, "nobody knows who asks");
}
