//! `/data`: open data, in a first form.

use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, show};
use crate::{App, Fault, Routes, Visit};
use axum::Router;
use axum::extract::State as Shared;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use axum::response::Response;
use axum::routing::get;
use domain::budget::{Amount, Fit, Forecast, Share};
use domain::initiative::State;
use domain::round::Phase;
use domain::urls;
use pages::about::DataRound;
use services::ActError;
use services::budget::{share_of, share_of_city};
use services::count::Published;
use store::budget::INVESTMENTS;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::About>(), get(about))
        .route(at::<urls::Data>(), get(index))
        .route(at::<urls::DataFile>(), get(file))
}

async fn about(visit: Visit) -> Answer {
    Ok(show(&visit, StatusCode::OK, pages::about::about).await)
}

async fn index(visit: Visit, Shared(app): Shared<App>) -> Answer {
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let all = store::rounds::all(&mut c).await.or_fault(&visit)?;
    let done = all.into_iter().filter(|r| r.phase == Phase::Result);
    let rounds: Vec<_> = done.map(|r| DataRound { slug: r.slug, title: r.title }).collect();
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::about::data(ctx, &rounds)).await)
}

fn json(value: &serde_json::Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// What plans that all may see ask of a share, and whether that fits.
fn forecast(f: &Forecast) -> serde_json::Value {
    let states = f.states.iter().map(|a| serde_json::json!({ "state": a.state.key(), "plans": a.plans, "cost_unknown": a.unknown, "cents": { "minimum": a.minimum.0, "desired": a.desired.0 } }));
    let fits = |fit: Fit| match fit {
        Fit::Left => serde_json::json!({ "fits": "left", "over_cents": 0 }),
        Fit::Room(over) => serde_json::json!({ "fits": "room", "over_cents": over.0 }),
        Fit::Beyond(over) => serde_json::json!({ "fits": "beyond", "over_cents": over.0 }),
    };
    serde_json::json!({
        "states": states.collect::<Vec<_>>(),
        "plans": f.plans,
        "cost_unknown": f.unknown,
        "cents": { "minimum": f.minimum.0, "desired": f.desired.0, "in_pots": f.in_pots.0 },
        "minimum": fits(f.least),
        "desired": fits(f.best),
        "ceiling_at_least": f.ceiling_at_least,
    })
}

/// The share of each wijk and year, and of the city, to the cent; with what plans that wait for money ask.
async fn shares(visit: &Visit, c: &mut store::Conn) -> Answer {
    let lines = store::budget::lines(c).await.or_fault(visit)?;
    let wijken = store::places::wijken(c).await.or_fault(visit)?;
    let figures = |share: &Share| serde_json::json!({ "at_least": share.cost.at_least, "cost": share.cost.known.0, "ceiling": share.ceiling.0, "funded": share.funded.0, "allotted": share.allotted.0, "left": share.left().0, "room": share.room().0 });
    let mut rows = Vec::new();
    for year in services::shares::years(c).await.or_fault(visit)? {
        for wijk in &wijken {
            let share = share_of(c, &lines, wijk.id, year).await.or_fault(visit)?;
            let ahead = services::forecast::forecast(c, wijk.id, year, &share, false).await.or_fault(visit)?;
            rows.push(serde_json::json!({ "wijk": wijk.slug, "year": year, "cents": figures(&share), "forecast": forecast(&ahead) }));
        }
        let city = share_of_city(c, &lines, &wijken, year).await.or_fault(visit)?;
        rows.push(serde_json::json!({ "wijk": null, "year": year, "cents": figures(&city) }));
    }
    let mut asked = Vec::new();
    for wijk in &wijken {
        // Of plans that nobody has read yet not even the number is told.
        for state in [State::Published, State::Feasible, State::OnBallot] {
            let (plans, cents) = store::initiatives::asking(c, wijk.id, state).await.or_fault(visit)?;
            asked
                .push(serde_json::json!({ "wijk": wijk.slug, "state": state.key(), "plans": plans, "cents": cents.0 }));
        }
    }
    Ok(json(&serde_json::json!({ "shares": rows, "asked": asked })))
}

/// How to check a result, in short in Dutch, and how votes are counted.
const VERIFY: &str = include_str!("../../../docs/verify.md");
const RECOUNT: &str = include_str!("../../../docs/narekenen.md");
const COUNT: &str = include_str!("../../../docs/count.md");
/// What the log keeps, and how its digests are checked.
const AUDIT: &str = include_str!("../../../docs/audit.md");

async fn file(visit: Visit, Shared(app): Shared<App>, Path(path): Path<urls::DataFile>) -> Answer {
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    match path.file.as_str() {
        "begroting.json" => {
            let lines = store::budget::lines(&mut c).await.or_fault(&visit)?;
            let wijken = store::places::wijken(&mut c).await.or_fault(&visit)?;
            let rows: Vec<_> = lines
                .iter()
                .map(|l| {
                    let (status, cents) = match l.amount {
                        Amount::Known(cents) => ("known", Some(cents.0)),
                        Amount::Pm => ("pm", None),
                        Amount::Empty => ("empty", None),
                    };
                    let wijk = l.wijk_id.and_then(|id| wijken.iter().find(|w| w.id == id)).map(|w| w.slug.as_str());
                    serde_json::json!({ "programme": l.programme, "wijk": wijk, "year": (l.year != INVESTMENTS).then_some(l.year), "status": status, "cents": cents })
                })
                .collect();
            Ok(([(header::CONTENT_TYPE, "application/json")], serde_json::json!({ "lines": rows }).to_string())
                .into_response())
        }
        "aandeel.json" => shares(&visit, &mut c).await,
        "antwoordtijden.json" => {
            let all = services::moderation::paces(&mut c, visit.ctx.now).await.or_fault(&visit)?;
            let rows: Vec<_> = all
                .iter()
                .map(|p| serde_json::json!({ "name": p.name, "stadsdeel": p.stadsdeel, "replies": p.replies, "median_seconds": p.median, "ninetieth_percentile_seconds": p.ninetieth, "in_time_permille": p.in_time }))
                .collect();
            Ok(json(&serde_json::json!({ "days": 90, "paces": rows })))
        }
        "logboek.json" => Ok(json(&services::logbook::read::open_data(&mut c).await.or_fault(&visit)?)),
        "logboek.md" => Ok(text(AUDIT)),
        "logboek.html" => Ok(show(&visit, StatusCode::OK, |ctx| pages::about::manual(ctx, "en", AUDIT)).await),
        "hulp.json" => Ok(json(&crate::help::open_data(&visit, &mut c).await?)),
        "peilingen.json" => {
            let docs = store::results::published(&mut c).await.or_fault(&visit)?;
            Ok(json(&services::surveys::open_data::to_json(&docs)))
        }
        "peilingen.csv" => {
            let docs = store::results::published(&mut c).await.or_fault(&visit)?;
            Ok(csv(services::surveys::open_data::to_csv(&docs).or_fault(&visit)?))
        }
        "index.json" => Ok(json(&catalogue(&app, &visit, &mut c).await?)),
        "stemrondes.csv" => {
            let all = results(&visit, &mut c).await?;
            Ok(csv(services::count::open_data::to_csv(&mut c, &all).await.or_fault(&visit)?))
        }
        "plannen.json" => Ok(json(&services::initiatives::open_data::to_json(&mut c).await.or_fault(&visit)?)),
        "plannen.csv" => Ok(csv(services::initiatives::open_data::to_csv(&mut c).await.or_fault(&visit)?)),
        "stemrondes.json" => {
            Ok(json(&serde_json::json!({ "licence": proof::LICENCE, "rounds": rounds(&visit, &mut c).await? })))
        }
        "verify.md" => Ok(text(VERIFY)),
        "count.md" => Ok(text(COUNT)),
        "narekenen.html" => Ok(show(&visit, StatusCode::OK, |ctx| pages::about::manual(ctx, "nl", RECOUNT)).await),
        "verify.html" => Ok(show(&visit, StatusCode::OK, |ctx| pages::about::manual(ctx, "en", VERIFY)).await),
        "count.html" => Ok(show(&visit, StatusCode::OK, |ctx| pages::about::manual(ctx, "en", COUNT)).await),
        "verify.py" => {
            // To keep beside the bundle, not to read in a tab.
            let mut program = text(include_str!("../../../docs/verify/verify.py"));
            let kept = header::HeaderValue::from_static("attachment; filename=\"verify.py\"");
            program.headers_mut().insert(header::CONTENT_DISPOSITION, kept);
            Ok(program)
        }
        name if name.starts_with("logboek-") => digest(&visit, &mut c, name).await,
        name => of_round(&visit, &mut c, name).await,
    }
}

/// The log's digest of a day, byte for byte as it was signed and laid down.
async fn digest(visit: &Visit, c: &mut store::Conn, name: &str) -> Answer {
    let missing = || Fault::new(visit, ActError::NotFound);
    let day = name.strip_prefix("logboek-").and_then(|rest| rest.strip_suffix(".json")).ok_or_else(missing)?;
    let found = store::audit::digest_of(c, day).await.or_fault(visit)?.ok_or_else(missing)?;
    let file = services::logbook::line::file(&found);
    Ok(([(header::CONTENT_TYPE, "application/json")], file).into_response())
}

/// Every result that is out.
async fn results(visit: &Visit, c: &mut store::Conn) -> Result<Vec<Published>, Fault> {
    let mut all = Vec::new();
    for round in store::rounds::all(c).await.or_fault(visit)?.iter().filter(|r| r.phase == Phase::Result) {
        all.extend(services::count::published(c, &round.slug).await.or_fault(visit)?);
    }
    Ok(all)
}

/// Rounds whose result is out: figures, winners, and the digest of the bundle. Cents, UTC seconds.
async fn rounds(visit: &Visit, c: &mut store::Conn) -> Result<Vec<serde_json::Value>, Fault> {
    let mut rows = Vec::new();
    for p in results(visit, c).await? {
        let round = &p.round;
        let bundle = store::rounds::bundle(c, round.id).await.or_fault(visit)?;
        let winners: Vec<_> = p
            .outcome
            .steps
            .iter()
            .filter(|s| s.granted.0 > 0)
            .map(|s| serde_json::json!({ "plan": s.id, "votes": s.votes, "granted": s.granted }))
            .collect();
        rows.push(serde_json::json!({
            "round": round.slug, "title": round.title, "buurt": round.buurt, "year": round.year, "theme": round.theme,
            "pot": round.pot, "left": p.outcome.left, "rule": p.outcome.rule, "form": p.paper.form, "roll": round.roll_size,
            "turnout": round.turnout, "sheets": round.paper_turnout, "opened_at": round.opened_at, "closed_at": round.closed_at,
            "published_at": p.published_at, "winners": winners, "bundle_sha256": bundle.map(|b| b.digest),
        }));
    }
    Ok(rows)
}

/// What there is, for programs that come by: each set of data with its files, its licence and when it last changed.
async fn catalogue(app: &App, visit: &Visit, c: &mut store::Conn) -> Result<serde_json::Value, Fault> {
    let url = |file: &str| format!("{}{}", app.base_url, urls::DataFile { file: file.to_owned() });
    let set = |id: &str, files: Vec<String>, modified: Option<i64>| serde_json::json!({ "id": id, "files": files, "modified": modified.map(texts::rfc3339) });
    let mut sets = vec![
        set("budget", vec![url("begroting.json")], None),
        set("share", vec![url("aandeel.json")], None),
        set("reply-times", vec![url("antwoordtijden.json")], None),
        set("surveys", vec![url("peilingen.json"), url("peilingen.csv")], None),
        set("help", vec![url("hulp.json")], None),
        set("plans", vec![url("plannen.json"), url("plannen.csv")], None),
        set("rounds", vec![url("stemrondes.json"), url("stemrondes.csv")], None),
        set(
            "log",
            vec![url("logboek.json"), url("logboek.md")],
            store::audit::last_digest(c).await.or_fault(visit)?.map(|d| d.at),
        ),
        set("how-to-verify", vec![url("verify.md"), url("count.md"), url("verify.py")], None),
    ];
    for row in rounds(visit, c).await? {
        let slug = row["round"].as_str().unwrap_or_default();
        let files = ["zip", "json", "csv", "pb", "txt"].map(|kind| url(&format!("stemronde-{slug}.{kind}"))).to_vec();
        sets.push(set(&format!("round-{slug}"), files, row["published_at"].as_i64()));
    }
    Ok(
        serde_json::json!({ "format": "fijnebuurt-data/1", "licence": proof::LICENCE, "documentation": format!("{}{}", app.base_url, urls::Data {}), "datasets": sets }),
    )
}

fn csv(rows: Vec<u8>) -> axum::response::Response {
    ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], rows).into_response()
}

fn text(content: &'static str) -> axum::response::Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], content).into_response()
}

/// Files of a round whose result is out: `stemronde-<slug>` with `.json`, `.csv`, `.pb` (Pabulib's fields), `.zip` (the bundle)
/// or `.txt` (all tokens).
async fn of_round(visit: &Visit, c: &mut store::Conn, name: &str) -> Answer {
    let missing = || Fault::new(visit, ActError::NotFound);
    let (slug, kind) = name.strip_prefix("stemronde-").and_then(|n| n.rsplit_once('.')).ok_or_else(missing)?;
    match kind {
        "json" => {
            let result = services::count::public_json(c, slug).await.or_fault(visit)?.ok_or_else(missing)?;
            Ok(([(header::CONTENT_TYPE, "application/json")], result.to_string()).into_response())
        }
        "csv" => {
            let p = services::count::published(c, slug).await.or_fault(visit)?.ok_or_else(missing)?;
            Ok(csv(services::count::open_data::to_csv(c, &[p]).await.or_fault(visit)?))
        }
        "pb" => {
            let p = services::count::published(c, slug).await.or_fault(visit)?.ok_or_else(missing)?;
            let about = store::rounds::bundle(c, p.round.id).await.or_fault(visit)?;
            let whole = match about.filter(|bundle| bundle.whole) {
                Some(_) => store::rounds::bundle_bytes(c, p.round.id).await.or_fault(visit)?,
                None => None,
            };
            let whole = whole.and_then(|bytes| proof::one(&bytes, "ballots.pb"));
            let file = services::count::open_data::to_pb(c, &p, whole.as_deref()).await.or_fault(visit)?;
            Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], file).into_response())
        }
        "zip" => {
            let round = store::rounds::by_slug(c, slug).await.or_fault(visit)?.ok_or_else(missing)?;
            let bytes = store::rounds::bundle_bytes(c, round.id).await.or_fault(visit)?.ok_or_else(missing)?;
            let file = format!("attachment; filename=\"{name}\"");
            let head = [(header::CONTENT_TYPE, "application/zip"), (header::CONTENT_DISPOSITION, file.as_str())];
            Ok((head, bytes).into_response())
        }
        "txt" => {
            let p = services::count::published(c, slug).await.or_fault(visit)?.ok_or_else(missing)?;
            let tokens = services::count::tokens(c, p.round.id).await.or_fault(visit)?;
            let mut lines = String::new();
            for plan in &p.paper.plans {
                lines.push_str(&format!("# {} {}\n", plan.id, plan.title.replace('\n', " ")));
                tokens.iter().filter(|t| t.0 == plan.id).for_each(|t| {
                    lines.push_str(&t.2);
                    lines.push('\n');
                });
            }
            Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], lines).into_response())
        }
        _ => Err(missing()),
    }
}
