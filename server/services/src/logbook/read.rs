//! The log as administrators read it.

use domain::access::log::{KEPT, KINDS};
use domain::access::{Act, Actor, Subject, decide};
use domain::form::{Errors, Problem, Raw};
use store::Conn;
use store::audit::list::{self, Filter, Seen};

/// Lines on a page.
pub const PAGE: usize = 50;

/// Reads filters: `handeling` and `soort` (keys), `wie`, `nummer` and `voor` (numbers), `van` and `tot` (days). All may be empty.
///
/// # Errors
/// Each that is wrong.
pub fn filter(raw: &Raw) -> Result<Filter, Errors> {
    let mut errors = Errors::default();
    let number = |name: &str| match raw.id(name) {
        Ok(id) => Ok(Some(id)),
        Err(Problem::Missing) => Ok(None),
        Err(problem) => Err(problem),
    };
    let key = |name: &str, is_one: &dyn Fn(&str) -> bool| match raw.get(name) {
        "" => Ok(String::new()),
        typed if is_one(typed) => Ok(typed.to_owned()),
        _ => Err(Problem::NotAChoice),
    };
    let day = |name: &str, time: &str, otherwise: i64| match raw.get(name).trim() {
        "" => Ok(otherwise),
        typed => texts::local_seconds(&format!("{typed}T{time}")).ok_or(Problem::NotADate),
    };
    let filter = Filter {
        act: errors.take("handeling", key("handeling", &|typed| KEPT.iter().any(|(kept, _)| *kept == typed))),
        actor: errors.take("wie", number("wie")),
        kind: errors.take("soort", key("soort", &|typed| KINDS.contains(&typed))),
        subject: errors.take("nummer", number("nummer")),
        from: errors.take("van", day("van", "00:00", i64::MIN)),
        // To the end of the day's last minute.
        to: errors.take("tot", day("tot", "23:59", i64::MAX)).saturating_add(60),
        // Written by the page itself: anything else is the first page.
        before: number("voor").ok().flatten().unwrap_or(i64::MAX),
    };
    errors.done()?;
    Ok(filter)
}

/// Lines of a page, newest first, and whether there are older ones.
///
/// # Errors
/// [`crate::ActError::Denied`]; else the store's.
pub async fn page(c: &mut Conn, actor: &Actor, filter: &Filter) -> Result<(Vec<Seen>, bool), crate::ActError> {
    decide(Act::SeeLog, actor, &Subject::default())?;
    let mut lines = list::list(c, filter, PAGE as i64 + 1).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    Ok((lines, more))
}

/// Every digest for everyone, with the public key: no line and no number of a person is in it.
///
/// # Errors
/// The store's.
pub async fn open_data(c: &mut Conn) -> Result<serde_json::Value, crate::ActError> {
    let digests = store::audit::digests(c).await?;
    let key = super::key::known(c).await?;
    let rows: Vec<_> = digests
        .iter()
        .map(|d| {
            serde_json::json!({
                "day": d.day, "at": d.at, "seq": d.seq, "hash": crate::hex(&d.hash), "file": format!("logboek-{}.json", d.day),
            })
        })
        .collect();
    Ok(serde_json::json!({
        "format": "fijnebuurt-audit/1", "public_key": key, "documentation": "logboek.md", "digests": rows,
    }))
}
