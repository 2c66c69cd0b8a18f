//! HTTP: axum router, extractors, and one module per area with its handlers. A handler reads, calls one act, responds.
//!
//! Add a page: its URL in `domain::urls`, its view in `pages`, a handler in the area's module, a line in its `routes()`.

mod address;
mod admin;
mod answer;
mod budget;
mod buurten;
mod data;
mod district;
mod execution;
mod feed;
mod figures;
mod form;
mod headers;
mod help;
mod moderation;
mod network;
mod notices;
mod overview;
mod people;
mod plans;
mod recipes;
mod rounds;
mod survey;
mod survey_results;
mod system;
mod visit;
mod vote_desk;

pub use answer::{Answer, Fault};
pub use form::Sent;
pub use network::Proxies;
pub use visit::{SESSION_HOURS, Visit};

use axum::Router;
use services::World;
use std::sync::Arc;

/// Handed to every handler.
#[derive(Clone)]
pub struct App {
    /// Database, clock, keys.
    pub world: World,
    /// The site's address without a slash at the end.
    pub base_url: Arc<str>,
    /// Cookies carry `__Host-` and Secure.
    pub https: bool,
    /// The demo city: banner, ready sign-ins, a clock that can be moved.
    pub demo: bool,
    /// Proxies that are believed about where a request comes from.
    pub proxies: Arc<Proxies>,
    /// The program that makes letters as a PDF, where there is one.
    pub letters: Option<Arc<std::path::Path>>,
    /// Draws the operator's figures; `None` where nothing records them.
    pub metrics: Option<Arc<dyn Fn() -> String + Send + Sync>>,
}

/// The whole site.
pub fn router(app: App) -> Router {
    // Leptos spawns through this; a second call in one process (tests) is refused and harmless.
    let _ = any_spawner::Executor::init_tokio();
    let areas = Router::new()
        .merge(admin::routes())
        .merge(budget::routes())
        .merge(rounds::routes())
        .merge(survey::routes())
        .merge(survey_results::routes())
        .merge(buurten::routes())
        .merge(district::routes())
        .merge(execution::routes())
        .merge(vote_desk::routes())
        .merge(moderation::routes())
        .merge(notices::routes())
        .merge(plans::routes())
        .merge(overview::routes())
        .merge(recipes::routes())
        .merge(data::routes())
        .merge(help::routes())
        .merge(feed::routes())
        .merge(people::routes())
        .merge(system::routes())
        .merge(figures::routes());
    headers::wrap(
        areas.fallback(answer::not_found).method_not_allowed_fallback(answer::only_sent_to).with_state(app.clone()),
        app,
    )
}

/// Shorthand of every area's `routes()`.
pub type Routes = Router<App>;
