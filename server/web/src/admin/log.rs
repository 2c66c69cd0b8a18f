//! `/beheer/logboek`.

use crate::address::Query;
use crate::answer::{Answer, OrFault as _, at, show};
use crate::{App, Routes, Visit};
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use domain::access::{Act, Subject, decide};
use domain::form::Raw;
use domain::urls;
use pages::admin::log::{FILTERS, LogLine, LogView, log};
use services::logbook::read;
use std::collections::BTreeMap;
use store::audit::list::Seen;
use store::{Conn, StoreError};

pub(super) fn routes() -> Routes {
    Router::new().route(at::<urls::AdminLog>(), get(page))
}

/// Names and addresses of what lines are about.
struct Known {
    rounds: BTreeMap<i64, String>,
    waves: BTreeMap<i64, String>,
    buurten: BTreeMap<i64, (String, String)>,
    wijken: BTreeMap<i64, String>,
    stadsdelen: BTreeMap<i64, String>,
}

impl Known {
    async fn read(c: &mut Conn) -> Result<Self, StoreError> {
        Ok(Self {
            rounds: store::rounds::all(c).await?.into_iter().map(|r| (r.id, r.slug)).collect(),
            waves: store::waves::all(c).await?.into_iter().map(|w| (w.id, w.slug)).collect(),
            buurten: store::places::buurten(c).await?.into_iter().map(|b| (b.id, (b.slug, b.name))).collect(),
            wijken: store::places::wijken(c).await?.into_iter().map(|w| (w.id, w.slug)).collect(),
            stadsdelen: store::places::stadsdelen(c).await?.into_iter().map(|s| (s.id, s.name)).collect(),
        })
    }

    fn link(&self, kind: &str, id: i64) -> Option<String> {
        Some(match kind {
            "initiative" => urls::Initiative { id }.to_string(),
            "round" => urls::AdminRound { round: self.rounds.get(&id)?.clone() }.to_string(),
            "wave" => urls::AdminWave { wave: self.waves.get(&id)?.clone() }.to_string(),
            "buurt" => urls::Buurt { buurt: self.buurten.get(&id)?.0.clone() }.to_string(),
            "wijk" => urls::BudgetWijk { wijk: self.wijken.get(&id)?.clone() }.to_string(),
            "role_grant" => urls::AdminRoles {}.to_string(),
            "setting" => urls::AdminSettings {}.to_string(),
            "budget_version" => urls::Budget {}.to_string(),
            "account" => format!("{}?wie={id}", urls::AdminLog {}),
            _ => return None,
        })
    }

    /// Name of a place as stored (`buurt/3`); `city` stays as it is.
    fn place(&self, stored: &str) -> String {
        let of = |kind: &str| stored.strip_prefix(kind).and_then(|id| id.parse::<i64>().ok());
        let buurt = of("buurt/").and_then(|id| self.buurten.get(&id).map(|(_, name)| name));
        let found = buurt.or_else(|| of("stadsdeel/").and_then(|id| self.stadsdelen.get(&id)));
        found.cloned().unwrap_or_else(|| stored.to_owned())
    }

    fn line(&self, seen: Seen, fixed: i64) -> LogLine {
        let line = seen.line;
        LogLine {
            id: line.id,
            at: line.at,
            actor: line.actor,
            name: seen.name,
            place: self.place(&line.place),
            role: line.role,
            link: self.link(&line.subject_kind, line.subject_id),
            kind: line.subject_kind,
            subject: line.subject_id,
            act: line.act,
            detail: line.detail,
            is_fixed: seen.seq.is_some_and(|seq| seq <= fixed),
        }
    }
}

async fn page(visit: Visit, State(app): State<App>, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    decide(Act::SeeLog, &visit.actor, &Subject::default()).or_fault(&visit)?;
    let typed = Raw(asked);
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let last = store::audit::last_digest(&mut c).await.or_fault(&visit)?;
    let fixed = last.map(|digest| (digest.seq, digest.at));
    let mut data = LogView { fixed, ..LogView::default() };
    match read::filter(&typed) {
        Ok(filter) => {
            let (lines, more) = read::page(&mut c, &visit.actor, &filter).await.or_fault(&visit)?;
            let known = Known::read(&mut c).await.or_fault(&visit)?;
            let covered = fixed.map_or(0, |(seq, _)| seq);
            data.lines = lines.into_iter().map(|seen| known.line(seen, covered)).collect();
            data.older = data.lines.last().filter(|_| more).map(|line| older(&visit, &typed, line.id));
        }
        Err(errors) => data.errors = errors,
    }
    data.typed = typed;
    let status = super::status(&data.errors);
    Ok(show(&visit, status, move |ctx| log(ctx, &data)).await)
}

/// The same filters, below a line.
fn older(visit: &Visit, typed: &Raw, before: i64) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for name in FILTERS.iter().filter(|name| !typed.get(name).is_empty()) {
        query.append_pair(name, typed.get(name));
    }
    query.append_pair("voor", &before.to_string());
    format!("{}?{}", visit.ctx.url(&urls::AdminLog {}), query.finish())
}
