//! Forms as sent: origin and token checked, fields read, typed values kept.

use crate::visit::Visit;
use crate::{App, answer};
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::form::Raw;
use pages::problem::Problem;

/// Most bytes of a form without a picture.
const TEXT_LIMIT: usize = 128 * 1024;
/// Most fields of a form.
const FIELD_LIMIT: usize = 400;
/// Most files of a form.
pub const FILES: usize = 16;

/// A changing form whose origin and token were right.
pub struct Sent {
    /// Who sent it.
    pub visit: Visit,
    /// Its fields.
    pub raw: Raw,
    /// Files that came along: name of the field, and bytes as sent; never more than [`FILES`].
    pub files: Vec<(String, Vec<u8>)>,
    /// Its idempotency key.
    pub key: String,
    /// Whom the key belongs to.
    pub key_actor: String,
}

/// Browsers send `Origin` (or at least `Sec-Fetch-Site`) with every POST; it must be ours.
fn origin_is_ours(app: &App, headers: &HeaderMap) -> bool {
    match headers.get(header::ORIGIN).map(|o| o.to_str()) {
        Some(Ok(origin)) => {
            origin == &*app.base_url
                || headers
                    .get(header::HOST)
                    .and_then(|h| h.to_str().ok())
                    .is_some_and(|host| !app.https && origin == format!("http://{host}"))
        }
        Some(Err(_)) => false,
        None => headers.get("sec-fetch-site").is_none_or(|s| s == "same-origin" || s == "none"),
    }
}

impl FromRequest<App> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await.map_err(|f| f.into_response())?;
        let refuse = |status, which| answer::problem(&visit.ctx, status, which);
        if !origin_is_ours(app, &parts.headers) {
            return Err(refuse(StatusCode::FORBIDDEN, Problem::Stale));
        }
        let multipart = parts
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|c| c.to_str().ok())
            .is_some_and(|c| c.starts_with("multipart/form-data"));
        let request = Request::from_parts(parts, body);
        let (raw, files) = if multipart {
            let mut form = Multipart::from_request(request, app)
                .await
                .map_err(|_| refuse(StatusCode::BAD_REQUEST, Problem::State))?;
            let (mut fields, mut files) = (Vec::new(), Vec::new());
            loop {
                let field = form.next_field().await.map_err(|e| multipart_problem(&visit, e.status()))?;
                let Some(field) = field else { break };
                let name = field.name().unwrap_or("").to_owned();
                let is_file = field.file_name().is_some();
                let bytes = field.bytes().await.map_err(|e| multipart_problem(&visit, e.status()))?;
                if is_file {
                    if !bytes.is_empty() && files.len() < FILES {
                        files.push((name, bytes.to_vec()));
                    }
                } else if fields.len() < FIELD_LIMIT && bytes.len() <= TEXT_LIMIT {
                    fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
                }
            }
            (Raw(fields), files)
        } else {
            let bytes = axum::body::to_bytes(request.into_body(), TEXT_LIMIT)
                .await
                .map_err(|_| refuse(StatusCode::PAYLOAD_TOO_LARGE, Problem::TooLarge))?;
            let mut fields: Vec<(String, String)> = form_urlencoded::parse(&bytes).into_owned().collect();
            fields.truncate(FIELD_LIMIT);
            (Raw(fields), Vec::new())
        };
        if !visit.token_is_right(&app.world, raw.get("csrf")) {
            return Err(refuse(StatusCode::FORBIDDEN, Problem::Stale));
        }
        let key: String = raw.get("form_key").chars().filter(char::is_ascii_alphanumeric).take(64).collect();
        if key.len() < 16 {
            return Err(refuse(StatusCode::FORBIDDEN, Problem::Stale));
        }
        let key_actor = visit.form_actor(&app.world);
        Ok(Self { visit, raw, files, key, key_actor })
    }
}

impl Sent {
    /// Takes the file that came along, where the form has one.
    pub fn take_file(&mut self) -> Option<Vec<u8>> {
        self.files.pop().map(|(_, bytes)| bytes)
    }
}

fn multipart_problem(visit: &Visit, status: StatusCode) -> Response {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        answer::problem(&visit.ctx, status, Problem::TooLarge)
    } else {
        answer::problem(&visit.ctx, StatusCode::BAD_REQUEST, Problem::State)
    }
}
