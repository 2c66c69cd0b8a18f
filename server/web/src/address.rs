//! What an address says, read into types. One that cannot be read leads nowhere: the page 'not found', in the reader's
//! language, instead of a line of English from a library.

use crate::visit::Visit;
use crate::{App, Fault};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use services::ActError;

/// The parts of a typed path.
pub struct Path<T>(pub T);

/// What stands behind the question mark.
pub struct Query<T>(pub T);

async fn nowhere(parts: &mut Parts, app: &App) -> Fault {
    match Visit::from_request_parts(parts, app).await {
        Ok(visit) => Fault::new(&visit, ActError::NotFound),
        Err(fault) => fault,
    }
}

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Path<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let read = axum::extract::Path::<T>::from_request_parts(parts, app).await.ok();
        match read {
            Some(axum::extract::Path(path)) => Ok(Self(path)),
            None => Err(nowhere(parts, app).await),
        }
    }
}

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Query<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let read = axum::extract::Query::<T>::try_from_uri(&parts.uri).ok();
        match read {
            Some(axum::extract::Query(query)) => Ok(Self(query)),
            None => Err(nowhere(parts, app).await),
        }
    }
}
