//! Answers: pages, redirects, and what is shown when something cannot be done.

use crate::{App, Visit};
use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::access::Denied;
use domain::urls::{SecondFactor, SignIn, Url};
use pages::{AnyView, Ctx, problem::Problem};
use services::ActError;
use std::error::Error as _;
use store::StoreError;

/// What handlers give.
pub type Answer = Result<Response, Fault>;

/// Why there is no ordinary answer; becomes a page that says what to do.
#[derive(Debug)]
pub struct Fault {
    ctx: Box<Ctx>,
    error: ActError,
}

impl Fault {
    /// Ties an error to the reader's page.
    pub fn new(visit: &Visit, error: impl Into<ActError>) -> Self {
        Self { ctx: Box::new(visit.ctx.clone()), error: error.into() }
    }
}

/// Turns errors of acts and of the store into the reader's page: `.or_fault(&visit)?`.
pub trait OrFault<T> {
    /// See the trait.
    ///
    /// # Errors
    /// [`Fault`] for the reader.
    fn or_fault(self, visit: &Visit) -> Result<T, Fault>;
}

impl<T, E: Into<ActError>> OrFault<T> for Result<T, E> {
    fn or_fault(self, visit: &Visit) -> Result<T, Fault> {
        self.map_err(|e| Fault::new(visit, e))
    }
}

/// The chain of causes, for the log alone.
fn chain(error: &ActError) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let ctx = *self.ctx;
        let (status, which) = match &self.error {
            ActError::Done(location) => return see_other(location),
            ActError::Denied(Denied::SignIn) => {
                return see_other(&format!("{}?verder={}", ctx.url(&SignIn {}), encode(&ctx.local(&ctx.path))));
            }
            ActError::Denied(Denied::SecondFactor) => {
                return see_other(&format!("{}?verder={}", ctx.url(&SecondFactor {}), encode(&ctx.local(&ctx.path))));
            }
            ActError::Denied(Denied::NotYours) => (StatusCode::FORBIDDEN, Problem::Denied),
            ActError::Denied(Denied::State) => (StatusCode::CONFLICT, Problem::State),
            ActError::NotFound => (StatusCode::NOT_FOUND, Problem::NotFound),
            ActError::TooMany => (StatusCode::TOO_MANY_REQUESTS, Problem::TooMany),
            ActError::Form(_) => (StatusCode::UNPROCESSABLE_ENTITY, Problem::State),
            // A UNIQUE or CHECK rule said no: somebody was first.
            ActError::Store(StoreError::Duplicate(_) | StoreError::Refused(_)) => {
                (StatusCode::CONFLICT, Problem::State)
            }
            ActError::Store(_) | ActError::Broken(_) => (StatusCode::SERVICE_UNAVAILABLE, Problem::Again),
        };
        if status.is_server_error() {
            tracing::error!(error = chain(&self.error), "an act failed");
        }
        html(status, &pages::problem::problem(&ctx, which).to_html_text())
    }
}

/// A problem page by itself.
pub fn problem(ctx: &Ctx, status: StatusCode, which: Problem) -> Response {
    html(status, &pages::problem::problem(ctx, which).to_html_text())
}

/// Draws a view outside of leptos' request handling: problem pages hold no islands.
trait ToHtmlText {
    fn to_html_text(self) -> String;
}

impl ToHtmlText for AnyView {
    fn to_html_text(self) -> String {
        use leptos::prelude::*;
        let owner = Owner::new();
        owner.with(|| self.to_html())
    }
}

fn html(status: StatusCode, text: &str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], text.to_owned()).into_response()
}

/// Percent-encodes a query value.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-_.~/".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

/// `303 See Other`: the browser fetches the next page with GET.
pub fn see_other(location: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, location.to_owned())]).into_response()
}

/// Draws a page completely on the server: `show(&visit, StatusCode::OK, move |ctx| pages::budget::budget(ctx, &data)).await`.
pub async fn show(
    visit: &Visit,
    status: StatusCode,
    draw: impl Fn(&Ctx) -> AnyView + Clone + Send + Sync + 'static,
) -> Response {
    let ctx = visit.ctx.clone();
    let handler = leptos_axum::render_app_async_with_context(|| {}, move || draw(&ctx));
    let mut response = handler(Request::new(Body::empty())).await;
    *response.status_mut() = status;
    response
}

/// Every address that is nothing.
pub async fn not_found(State(app): State<App>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    match Visit::from_request_parts(&mut parts, &app).await {
        Ok(visit) => problem(&visit.ctx, StatusCode::NOT_FOUND, Problem::NotFound),
        Err(fault) => fault.into_response(),
    }
}

/// An address that forms are sent to, opened as a page (a sign-in in between, a reload): the page that holds the form lies
/// one step up.
pub async fn only_sent_to(visit: Visit, method: Method) -> Response {
    if method != Method::GET {
        return problem(&visit.ctx, StatusCode::METHOD_NOT_ALLOWED, Problem::NotFound);
    }
    let path = visit.ctx.path.split('?').next().unwrap_or("/");
    let up = path.rsplit_once('/').map_or("/", |(up, _)| if up.is_empty() { "/" } else { up });
    see_other(&visit.ctx.local(up))
}

/// For routers that want the pattern of a URL.
pub fn at<U: Url>() -> &'static str {
    U::PATTERN
}
