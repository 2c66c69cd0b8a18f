//! A browser of a story: cookies, forms with their tokens, an address of its own.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header, request::Builder};
use services::{ActError, World};
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use tower::ServiceExt as _;

/// A browser with its cookies.
pub struct Browser {
    site: Router,
    pub jar: BTreeMap<String, String>,
    pub from: SocketAddr,
    pub page: String,
    /// Where the last answer leads, if anywhere.
    pub place: String,
}

impl Browser {
    pub fn new(site: &Router, n: usize) -> Self {
        let from = SocketAddr::from((Ipv4Addr::new(203, 0, 113, u8::try_from(n).unwrap()), 40_000));
        Self { site: site.clone(), jar: BTreeMap::new(), from, page: String::new(), place: String::new() }
    }

    /// One in which this account is signed in, with its second factor shown just now.
    pub async fn signed_in(site: &Router, world: &World, n: usize, account: i64) -> Self {
        let (mut browser, cookie, now) = (Self::new(site, n), world.secret(), world.now());
        browser.jar.insert("fb".into(), cookie.clone());
        let write = world.db.write::<_, ActError, _>(move |u| {
            Box::pin(async move { services::sessions::start(u, &cookie, account, "password", Some(now), now).await })
        });
        write.await.unwrap();
        browser
    }

    pub async fn ask(&mut self, request: Builder, body: Body) -> StatusCode {
        let cookies: Vec<String> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header(header::HOST, "buurt.test").header(header::COOKIE, cookies.join("; "));
        let mut request = request.body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(self.from));
        let response = self.site.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            self.jar.insert(name.to_owned(), rest.split(';').next().unwrap().to_owned());
        }
        let place = response.headers().get(header::LOCATION).map(|place| place.to_str().unwrap());
        self.place = place.unwrap_or_default().to_owned();
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        self.page = String::from_utf8_lossy(&bytes).into_owned();
        status
    }

    pub async fn look(&mut self, path: &str) {
        let status = self.ask(Request::get(path), Body::empty()).await;
        assert_eq!(status, StatusCode::OK, "{path}");
    }

    /// Sends the form of the page that is shown, with these fields.
    pub async fn send(&mut self, path: &str, fields: &[(&str, &str)], expected: StatusCode) {
        let status = self.post(path, fields).await;
        assert_eq!(status, expected, "{path}: {}", self.page);
    }

    /// The same, whatever comes of it.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> StatusCode {
        let hidden = ["csrf", "form_key"].map(|name| (name, self.field(name).unwrap()));
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(&hidden).extend_pairs(fields);
        let request = Request::post(path)
            .header(header::ORIGIN, "http://buurt.test")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, Body::from(form.finish())).await
    }

    pub fn field(&self, name: &str) -> Option<String> {
        let (_, after) = self.page.split_once(&format!("name=\"{name}\" value=\""))?;
        Some(after.split_once('"')?.0.to_owned())
    }
}
