//! `/stemmen.atom`: what was published of rounds, with digests, so that who follows it sees any later change.

use crate::answer::{Answer, OrFault as _, at};
use crate::{App, Fault, Routes, Visit};
use atom_syndication::{Content, Entry, Feed, FixedDateTime, Link, Text};
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse as _;
use axum::routing::get;
use domain::round::Phase;
use domain::time::Seconds;
use domain::urls;
use pages::Ctx;
use services::ActError;
use store::rounds::{Round, VersionState};

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new().route(at::<urls::RoundFeed>(), get(feed))
}

fn moment(at: Seconds) -> FixedDateTime {
    FixedDateTime::parse_from_rfc3339(&texts::rfc3339(at)).unwrap_or_default()
}

/// One thing that was published: its mark in the round's address, when, its title and its lines.
struct Published {
    mark: String,
    at: Seconds,
    title: String,
    lines: Vec<String>,
}

fn entry(ctx: &Ctx, base: &str, round: &Round, published: Published) -> Entry {
    let address = format!("{base}{}", ctx.url(&urls::Round { round: round.slug.clone() }));
    Entry {
        title: Text::plain(published.title),
        // The same in every language, and never used again.
        id: format!("{base}{}#{}", urls::Round { round: round.slug.clone() }, published.mark),
        updated: moment(published.at),
        published: Some(moment(published.at)),
        links: vec![Link { href: address, rel: "alternate".into(), ..Link::default() }],
        content: Some(Content {
            value: Some(published.lines.join("\n")),
            content_type: Some("text".into()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

async fn feed(visit: Visit, State(app): State<App>) -> Answer {
    let (ctx, base) = (&visit.ctx, &*app.base_url);
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let mut entries = Vec::new();
    for round in store::rounds::all(&mut c).await.or_fault(&visit)?.iter().filter(|r| r.phase != Phase::Setup) {
        let named = |key: &str| ctx.ta(key, &[("title", round.title.as_str().into())]);
        for version in store::rounds::versions(&mut c, round.id).await.or_fault(&visit)? {
            let (VersionState::Agreed, Some(at)) = (version.state, version.decided_at) else { continue };
            let title = named(if version.changes.is_empty() { "feed-opened" } else { "feed-changed" });
            let digest = version.digest.map(|digest| format!("SHA-256 {digest}"));
            let changes = version.changes.iter().map(|change| {
                let part = ctx.t(&format!("part-{}", change.part.key()));
                let shown = |text: &str| match text.parse() {
                    Ok(at) if change.part.is_moment() => texts::date_time(ctx.lang, at),
                    _ => text.to_owned(),
                };
                format!("{part}: {} → {}", shown(&change.was), shown(&change.now))
            });
            let reason = Some(version.reason.clone()).filter(|reason| !reason.is_empty());
            let lines = reason.into_iter().chain(changes).chain(digest).collect();
            let published = Published { mark: format!("versie-{}", version.version), at, title, lines };
            entries.push((at, entry(ctx, base, round, published)));
        }
        if let (Phase::Stopped, Some(at)) = (round.phase, round.stopped_at) {
            let lines = vec![round.stop_reason.clone()];
            let published = Published { mark: "gestopt".into(), at, title: named("feed-stopped"), lines };
            entries.push((at, entry(ctx, base, round, published)));
        }
        let result = store::rounds::published_result(&mut c, round.id).await.or_fault(&visit)?;
        if let Some(at) = result.and_then(|result| result.published_at) {
            let file = |kind| urls::DataFile { file: format!("stemronde-{}.{kind}", round.slug) };
            let bundle = store::rounds::bundle(&mut c, round.id).await.or_fault(&visit)?;
            let mut lines = vec![format!("{base}{}", ctx.url(&file("json")))];
            if let Some(bundle) = bundle {
                lines.push(format!("{base}{}", ctx.url(&file("zip"))));
                lines.push(format!("SHA-256 {}", bundle.digest));
            }
            let published = Published { mark: "uitslag".into(), at, title: named("feed-result"), lines };
            entries.push((at, entry(ctx, base, round, published)));
        }
    }
    entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let own = format!("{base}{}", ctx.url(&urls::RoundFeed {}));
    let feed = Feed {
        title: Text::plain(ctx.t("feed-title")),
        id: format!("{base}{}", urls::RoundFeed {}),
        updated: moment(entries.first().map_or(0, |(at, _)| *at)),
        lang: Some(ctx.lang.code().to_owned()),
        links: vec![
            Link { href: own, rel: "self".into(), mime_type: Some("application/atom+xml".into()), ..Link::default() },
            Link { href: format!("{base}{}", ctx.url(&urls::Rounds {})), rel: "alternate".into(), ..Link::default() },
        ],
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
        ..Feed::default()
    };
    // A library that cannot write text into memory is broken; there is nothing to tell the reader.
    let broken = |error: atom_syndication::Error| Fault::new(&visit, ActError::Broken(format!("the feed: {error}")));
    let text = feed.write_to(Vec::new()).map_err(broken)?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
}
