//! What becomes of a wave's answers: read and masked, themes named, quotes released, published without a group under ten,
//! answered; a later wave recognises its themes, and other questions begin a new line.

mod hung;
mod stage;

use crate::both_engines;
use crate::browser::Browser;
use crate::common::{START, TestApp};
use crate::dialogue::{denied, mails, raw, refused};
use crate::plans::{form, person};
use axum::http::StatusCode;
use domain::access::{Actor, Denied};
use domain::disclosure::AreaId;
use domain::form::{Problem, Raw};
use domain::survey::{AskedIn, Published, Reach};
use domain::time::DAY;
use services::surveys::desk::{self, Look};
use services::surveys::{self, publication, replies};
use services::{ActError, World};
use stage::{HOSTILE, MAIL, PHONE, Stage, closed_wave, stage};
use store::results::{self, Proposal, Quote, State};
use store::system;

both_engines!(from_answers_to_what_is_done, super::road);

async fn proposals(world: &World, wave: i64) -> Vec<Proposal> {
    results::proposals(&mut world.db.read().await.unwrap(), wave).await.unwrap()
}

async fn quotes(world: &World, wave: i64) -> Vec<Quote> {
    results::of_wave(&mut world.db.read().await.unwrap(), wave).await.unwrap()
}

async fn latest(world: &World, wave: i64) -> Option<Published> {
    results::latest(&mut world.db.read().await.unwrap(), wave).await.unwrap()
}

async fn seen(world: &World, actor: &Actor, slug: &str, look: &Look) -> Result<desk::Desk, ActError> {
    desk::desk(&mut world.db.read().await.unwrap(), actor, slug, look).await
}

async fn preview(world: &World, actor: &Actor, slug: &str) -> Result<publication::Draft, ActError> {
    let mut c = world.db.read().await.unwrap();
    let (_, draft) = publication::preview(&mut c, actor, slug, world.now()).await?;
    Ok(draft.unwrap())
}

/// Names of forms are one of a kind: `n` counts them.
async fn act(world: &World, who: &Actor, n: &mut u32, slug: &str, fields: &[(&str, &str)]) -> Result<String, ActError> {
    *n += 1;
    desk::name_theme(world, who, form(*n), slug, raw(fields)).await
}

/// Approves what has ten answers and more under its own name, and drops the rest.
async fn approve_all(world: &World, s: &Stage, n: &mut u32, slug: &str, wave: i64) {
    let known = results::themes(&mut world.db.read().await.unwrap()).await.unwrap();
    for p in proposals(world, wave).await {
        let id = p.id.to_string();
        if p.state == State::Proposed && p.answers >= 10 {
            let title = known.iter().find(|t| Some(t.id) == p.theme).map_or(&p.label, |t| &t.title_nl);
            let fields = [("act", "approve"), ("proposal", &id), ("title_nl", title), ("title_en", title)];
            act(world, &s.d.staff, n, slug, &fields).await.unwrap();
        } else if p.state == State::Proposed {
            act(world, &s.d.staff, n, slug, &[("act", "drop"), ("proposal", &id)]).await.unwrap();
        }
    }
}

async fn publish(world: &World, s: &Stage, n: &mut u32, slug: &str) {
    let draft = preview(world, &s.d.admin, slug).await.unwrap();
    *n += 1;
    let fields = raw(&[("seen", &draft.seen), ("looked", "1")]);
    publication::publish(world, &s.d.admin, form(*n), slug, &fields).await.unwrap();
}

/// Every number of answers in a published file: hidden, or ten and more.
fn counts(value: &serde_json::Value, found: &mut Vec<u64>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    serde_json::Value::Number(n) if name == "answers" || name == "poster_answers" => {
                        found.push(n.as_u64().unwrap());
                    }
                    serde_json::Value::Array(all) if name == "answers" => {
                        found.extend(all.iter().filter_map(serde_json::Value::as_u64));
                    }
                    other => counts(other, found),
                }
            }
        }
        serde_json::Value::Array(all) => all.iter().for_each(|v| counts(v, found)),
        _ => {}
    }
}

async fn road(app: TestApp) {
    let world = &app.world;
    let (s, mut n) = (stage(world).await, 100);
    let (slug, titled) = ("najaar", "=Najaar");
    let wave = closed_wave(world, &s, (slug, titled), (Reach::City, "Fijn?"), START - DAY).await;
    let page = app.get("/peiling/najaar/uitslag").await;
    assert!(page.status == StatusCode::OK && page.text.contains("De antwoorden worden gelezen"));

    // Read once, by the job; every text masked, none beside another of the same answer.
    assert_eq!(surveys::read_due(world).await.unwrap(), 1);
    assert_eq!(surveys::read_due(world).await.unwrap(), 0);
    let all = quotes(world, wave).await;
    assert_eq!(all.len(), 132 * 3);
    assert!(all.iter().all(|q| !q.words.contains(PHONE) && !q.words.contains(MAIL)));
    let beside = all.windows(2).filter(|w| w[0].position == w[1].position).count();
    assert!(beside < 20, "{beside}: the order tells nothing of who wrote what");
    let found = proposals(world, wave).await;
    assert!(found.iter().filter(|p| p.question == "good").count() >= 2 && found.iter().any(|p| p.question == "better"));

    naming(world, &s, &mut n, slug, wave).await;
    releasing(&app, &s, &mut n, slug, wave).await;
    publishing(&app, &s, &mut n, slug, wave).await;
    answering(&app, &s, &mut n, slug, wave).await;
    later(&app, &s, &mut n, wave).await;

    // Two years later the words are gone, and what was published stays.
    app.clock.forward(800 * DAY);
    let now = world.now();
    world.db.write::<_, ActError, _>(move |u| Box::pin(async move { Ok(system::sweep(u, now).await?) })).await.unwrap();
    assert!(quotes(world, wave).await.is_empty() && latest(world, wave).await.is_some());
    let answers = store::waves::answers(&mut world.db.read().await.unwrap(), wave).await.unwrap();
    assert!(answers.iter().all(|a| a.answer.good.is_empty() && a.answer.can_do.is_empty() && a.answer.own.is_empty()));
}

async fn naming(world: &World, s: &Stage, n: &mut u32, slug: &str, wave: i64) {
    let good: Vec<Proposal> = proposals(world, wave).await.into_iter().filter(|p| p.question == "good").collect();
    let first = good[0].id.to_string();
    let fields = [("act", "approve"), ("proposal", &*first), ("title_nl", "Bomen"), ("title_en", "Trees")];
    denied(act(world, &s.near, n, slug, &fields).await, Denied::NotYours);
    denied(act(world, &Actor::default(), n, slug, &fields).await, Denied::SignIn);
    let unnamed =
        act(world, &s.d.staff, n, slug, &[("act", "approve"), ("proposal", &first), ("title_nl", "Bomen")]).await;
    refused(unnamed, "title_en", Problem::Missing);
    // Two proposals become one; neither of another question, nor into itself.
    let (into, gone) = (good[0].id.to_string(), good.last().unwrap().id.to_string());
    let better = proposals(world, wave).await.into_iter().find(|p| p.question == "better").unwrap().id.to_string();
    for wrong in [&better, &gone] {
        let fields = [("act", "merge"), ("proposal", &*gone), ("into", &**wrong)];
        refused(act(world, &s.d.staff, n, slug, &fields).await, "into", Problem::NotAChoice);
    }
    act(world, &s.d.staff, n, slug, &[("act", "merge"), ("proposal", &gone), ("into", &into)]).await.unwrap();
    denied(act(world, &s.d.staff, n, slug, &[("act", "drop"), ("proposal", &gone)]).await, Denied::State);
    let merged = proposals(world, wave).await.into_iter().find(|p| p.id == good[0].id).unwrap();
    assert!(merged.answers > good[0].answers);
    // One quote is taken out.
    let look = Look { proposal: Some(good[0].id), ..Look::default() };
    let quote = seen(world, &s.d.staff, slug, &look).await.unwrap().quotes[0].id.to_string();
    let take = [("act", "take"), ("proposal", &*into), ("quote", &*quote)];
    act(world, &s.d.staff, n, slug, &take).await.unwrap();
    denied(act(world, &s.d.staff, n, slug, &take).await, Denied::State);
    let now = proposals(world, wave).await.into_iter().find(|p| p.id == good[0].id).unwrap();
    assert_eq!(now.answers, merged.answers - 1);
    // The same form again.
    let again = desk::name_theme(world, &s.d.staff, form(*n - 1), slug, raw(&take)).await;
    assert!(matches!(again, Err(ActError::Done(_))));
    approve_all(world, s, n, slug, wave).await;
}

async fn releasing(app: &TestApp, s: &Stage, n: &mut u32, slug: &str, wave: i64) {
    let world = &app.world;
    let desk_near = seen(world, &s.near, slug, &Look::default()).await.unwrap();
    assert!(!desk_near.names && desk_near.proposals.is_empty(), "who does not name themes sees none");
    assert!(desk_near.quotes.iter().all(|q| q.buurt == s.buurten[0]), "quotes of one's own buurt alone");
    denied(seen(world, &person(s.d.city.owner, None), slug, &Look::default()).await, Denied::NotYours);
    let all = quotes(world, wave).await;
    let decide = async |who: &Actor, n: &mut u32, fields: &[(&str, &str)]| {
        *n += 1;
        desk::decide_quote(world, who, form(*n), slug, raw(fields)).await
    };
    let hostile = all.iter().find(|q| q.words.starts_with("<script>")).unwrap();
    assert_ne!(hostile.words, HOSTILE);
    let id = hostile.id.to_string();
    denied(decide(&s.far, n, &[("quote", &id), ("act", "release")]).await, Denied::NotYours);
    let other = decide(&s.near, n, &[("quote", &id), ("act", "release"), ("masked", "Iets anders")]).await;
    refused(other, "masked", Problem::NotAChoice);
    // On the page: what was typed stands there still.
    let mut browser = Browser::signed_in(&app.router, world, 9, s.near.account.unwrap()).await;
    browser.look("/moderatie/peilingen/najaar").await;
    assert!(!browser.page.contains("<script>alert") && !browser.page.contains("Bloemenbuurt"));
    let fields = [("quote", &*id), ("act", "release"), ("masked", "Iets <b>anders</b>")];
    browser.send("/moderatie/peilingen/najaar/citaat", &fields, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert!(browser.page.contains("Iets &lt;b&gt;anders"));
    let words: Vec<&str> = hostile.words.split_whitespace().collect();
    let further = format!("*** {}", words[1..].join(" "));
    let masked = [("quote", &*id), ("act", "release"), ("masked", &*further)];
    let place = decide(&s.near, n, &masked).await.unwrap();
    let again = desk::decide_quote(world, &s.near, form(*n), slug, raw(&masked)).await;
    assert!(matches!(again, Err(ActError::Done(p)) if p == place));
    // More of every buurt, some by poster; one is refused.
    for q in all.iter().filter(|q| q.id != hostile.id && q.position % 10 == 0 && q.question != "own_2") {
        decide(&s.d.staff, n, &[("quote", &q.id.to_string()), ("act", "release")]).await.unwrap();
    }
    let last = all.iter().find(|q| q.position == 0 && q.question == "good").unwrap().id.to_string();
    decide(&s.near, n, &[("quote", &last), ("act", "refuse")]).await.unwrap();
    let mut far = Browser::signed_in(&app.router, world, 8, s.far.account.unwrap()).await;
    far.look("/moderatie/peilingen").await;
    assert!(far.page.contains("=Najaar"), "a wave of the city is theirs too");
}

async fn publishing(app: &TestApp, s: &Stage, n: &mut u32, slug: &str, wave: i64) {
    let world = &app.world;
    let admin = &s.d.admin;
    denied(preview(world, &Actor { second_factor: false, ..admin.clone() }, slug).await, Denied::SecondFactor);
    denied(preview(world, &s.near, slug).await, Denied::NotYours);
    let draft = preview(world, admin, slug).await.unwrap();
    assert!(draft.report.hidden.iter().all(|h| h.met) && !draft.report.hidden.is_empty());
    *n += 1;
    let stale = publication::publish(world, admin, form(*n), slug, &raw(&[("seen", "other")])).await;
    refused(stale, "seen", Problem::Changed);
    assert!(latest(world, wave).await.is_none() && app.get("/data/peilingen.json").await.text.contains("\"waves\":[]"));
    *n += 1;
    let unseen = publication::publish(world, admin, form(*n), slug, &raw(&[("seen", &draft.seen)])).await;
    refused(unseen, "looked", Problem::Missing);
    *n += 1;
    let fields = raw(&[("seen", &draft.seen), ("looked", "1")]);
    let place = publication::publish(world, admin, form(*n), slug, &fields).await.unwrap();
    let again = publication::publish(world, admin, form(*n), slug, &fields).await;
    assert!(matches!(again, Err(ActError::Done(p)) if p == place) || latest(world, wave).await.unwrap().version == 1);
    let doc = latest(world, wave).await.unwrap();
    assert_eq!((doc.version, doc.scope().unwrap().answers, doc.scope().unwrap().posters), (1, Some(120), Some(12)));
    assert_eq!(doc.shown.area(AreaId::Buurt(s.buurten[3])).unwrap().answers, None, "six are too few");
    assert!(doc.area(AreaId::City).unwrap().interval.is_some());
    let questions: Vec<AskedIn> = doc.themes.iter().map(|t| t.asked).collect();
    assert!([AskedIn::Good, AskedIn::Better, AskedIn::Ticked].iter().all(|q| questions.contains(q)));
    assert!(doc.quotes.iter().any(|q| q.poster) && doc.quotes.iter().all(|q| !q.poster || q.area == AreaId::City));
    assert!(doc.quotes.iter().all(|q| q.area != AreaId::Buurt(s.buurten[3])), "no quote from a hidden buurt");
    // Themes are settled; quotes still come and go.
    let any = proposals(world, wave).await[0].id.to_string();
    denied(act(world, &s.d.staff, n, slug, &[("act", "drop"), ("proposal", &any)]).await, Denied::State);
    files(app).await;

    let page = app.get("/peiling/najaar/uitslag").await.text;
    assert!(page.contains("120 buren antwoordden") && page.contains("12 antwoorden") && page.contains("▮▮▮"));
    assert!(!page.contains("<script>alert") && !page.contains(PHONE) && !page.contains(MAIL));
    let areas = page.split("Per wijk en buurt").last().unwrap();
    let (table, folded) = areas.split_once("<details").unwrap();
    let named = |part: &str| -> Vec<usize> {
        ["Bloemenbuurt", "IJplein", "Kolenkit", "Vogelbuurt"].iter().filter_map(|b| part.find(b)).collect()
    };
    let (told, rest) = (named(table), named(folded));
    assert!(told.is_sorted() && rest.is_sorted(), "by name, whatever their marks");
    assert!(told.len() + rest.len() == 4 && folded.contains("Kolenkit"), "six are too few for a row");
    assert!(
        app.get("/en/peiling/najaar/uitslag?buurt=vogelbuurt")
            .await
            .text
            .contains("50 neighbours answered (Vogelbuurt)")
    );
    assert!(app.get("/peiling/najaar/uitslag?buurt=kolenkit").await.text.contains("minder dan 10"));

    // Nothing changed: no new version.
    let draft = preview(world, admin, slug).await.unwrap();
    assert!(draft.same);
    *n += 1;
    let fields = raw(&[("seen", &draft.seen), ("looked", "1")]);
    refused(publication::publish(world, admin, form(*n), slug, &fields).await, "seen", Problem::NothingNew);

    // A new version: one quote less and some more, the same numbers.
    let gone = quotes(world, wave).await.into_iter().find(|q| q.words.contains("▮▮▮ alert") || q.state == "released");
    *n += 1;
    let gone = gone.unwrap().id.to_string();
    let mut fields = raw(&[("quote", &gone), ("act", "refuse")]);
    for (field, value) in [("stand", "released"), ("voorstel", "x&y"), ("bladzij", "2"), ("next", "7")] {
        fields.set(field, value);
    }
    let place = desk::decide_quote(world, admin, form(*n), slug, fields).await.unwrap();
    assert!(
        place.ends_with("?klaar=citaat&stand=released&bladzij=2#citaat-7"),
        "on to the quote that stood next: {place}"
    );
    assert!(preview(world, admin, slug).await.unwrap().same, "gone from the page at once: there is nothing to publish");
    let waits = |q: &store::results::Quote| q.state == "waiting" && q.question == "good" && q.buurt == s.buurten[0];
    for q in quotes(world, wave).await.into_iter().filter(waits).take(3) {
        *n += 1;
        let fields = raw(&[("quote", &q.id.to_string()), ("act", "release")]);
        desk::decide_quote(world, admin, form(*n), slug, fields).await.unwrap();
    }
    publish(world, s, n, slug).await;
    let next = latest(world, wave).await.unwrap();
    assert_eq!((next.version, &next.shown, &next.themes), (2, &doc.shown, &doc.themes));
    assert!(next.quotes.len() > doc.quotes.len());
}

/// What can be taken along.
async fn files(app: &TestApp) {
    let file = app.get("/data/peilingen.json").await;
    let json: serde_json::Value = serde_json::from_str(&file.text).unwrap();
    let mut found = Vec::new();
    counts(&json, &mut found);
    assert!(found.len() > 10 && found.iter().all(|n| *n >= 10), "{found:?}");
    assert!(!file.text.contains(PHONE) && !file.text.contains(MAIL) && !file.text.contains("position"));
    let csv = app.get("/data/peilingen.csv").await.text;
    assert!(csv.lines().count() > 20 && csv.contains(",'=Najaar,") && !csv.contains(",=Najaar"));
    for row in csv::Reader::from_reader(csv.as_bytes()).into_records() {
        let row = row.unwrap();
        let counted = row[6].starts_with("theme_") || ["answers", "poster_answers", "question"].contains(&&row[6]);
        assert!(!counted || row[8].is_empty() || row[8].parse::<u64>().unwrap() >= 10, "{row:?}");
    }
    assert!(app.get("/data").await.text.contains("peilingen.csv"));
}

async fn answering(app: &TestApp, s: &Stage, n: &mut u32, slug: &str, wave: i64) {
    let world = &app.world;
    let theme = latest(world, wave).await.unwrap().themes[0].id.to_string();
    let resident = person(s.d.city.owner, None);
    let follow = async |n: &mut u32, want: &str| {
        *n += 1;
        replies::follow(world, &resident, form(*n), slug, &raw(&[("volgen", want)])).await
    };
    denied(replies::follow(world, &Actor::default(), form(1), slug, &Raw::default()).await, Denied::SignIn);
    for want in ["ja", "ja", "nee", "ja"] {
        follow(n, want).await.unwrap();
    }
    let reply = async |who: &Actor, n: &mut u32, more: &[(&str, &str)]| {
        *n += 1;
        let mut fields = vec![("thema", &*theme), ("stance", "do"), ("reply", "We planten <b>bomen</b>.")];
        fields.extend(more);
        replies::reply(world, who, form(*n), slug, raw(&fields)).await
    };
    let (here, there) = (s.buurten[0].to_string(), s.buurten[3].to_string());
    denied(reply(&resident, n, &[]).await, Denied::NotYours);
    denied(reply(&s.near, n, &[("buurt", &there)]).await, Denied::NotYours);
    refused(reply(&s.near, n, &[]).await, "buurt", Problem::Missing);
    refused(reply(&s.near, n, &[("buurt", &here), ("initiative", "99")]).await, "initiative", Problem::NotAChoice);
    refused(reply(&s.near, n, &[("buurt", &here), ("by", "2001-01-01")]).await, "by", Problem::NotAhead);
    assert!(mails(world, "theme-answered").await.is_empty());
    reply(&s.near, n, &[("buurt", &here), ("by", "2027-05-01")]).await.unwrap();
    let fields = [("thema", &*theme), ("stance", "do"), ("reply", "We planten <b>bomen</b>."), ("buurt", &here)];
    let again = replies::reply(world, &s.near, form(*n), slug, raw(&fields)).await;
    assert!(matches!(again, Err(ActError::Done(_))));
    assert_eq!(mails(world, "theme-answered").await.len(), 1, "one mail, to who asked for it");
    reply(&s.d.staff, n, &[]).await.unwrap();
    assert_eq!(mails(world, "theme-answered").await.len(), 2);
    let page = app.get("/peiling/najaar/uitslag").await.text;
    assert!(page.contains("We planten &lt;b&gt;bomen") && page.contains("Dit gaan we doen"));
    assert!(page.contains("Buurtwerk Noord, Vogelbuurt") && page.contains("1 mei 2027"));
}

async fn later(app: &TestApp, s: &Stage, n: &mut u32, before: i64) {
    let world = &app.world;
    let known = results::themes(&mut world.db.read().await.unwrap()).await.unwrap();
    assert!(known.iter().all(|t| t.profiles.len() < 40_000 && !t.profiles.contains(PHONE)));
    let second = closed_wave(world, s, ("winter", "Winter"), (Reach::City, "Fijn?"), START - 100).await;
    surveys::read_due(world).await.unwrap();
    let found = proposals(world, second).await;
    let recognised = found.iter().filter(|p| p.theme.is_some()).count();
    assert!(recognised >= 3, "{recognised} themes of before are recognised");
    assert!(found.iter().filter_map(|p| p.theme).all(|t| known.iter().any(|k| k.id == t)));
    approve_all(world, s, n, "winter", second).await;
    publish(world, s, n, "winter").await;
    let (old, new) = (latest(world, before).await.unwrap(), latest(world, second).await.unwrap());
    assert!(old.same_series(&new));
    assert!(
        new.themes.iter().filter(|t| old.themes.iter().any(|o| o.id == t.id && o.title_nl == t.title_nl)).count() > 12
    );
    let page = app.get("/peiling/winter/uitslag").await.text;
    assert!(page.contains("=Najaar") && !page.contains("Hier veranderden de vragen"));
    // Other words: another line.
    let third = closed_wave(world, s, ("lente", "Lente"), (Reach::City, "Waarom fijn?"), START - 50).await;
    surveys::read_due(world).await.unwrap();
    publish(world, s, n, "lente").await;
    assert!(!latest(world, third).await.unwrap().same_series(&new));
    assert!(app.get("/peiling/lente/uitslag").await.text.contains("Hier veranderden de vragen"));
    // A wave of one buurt is its moderators' own: they name its themes, and elsewhere nobody sees a thing.
    let reach = Reach::Buurt(s.buurten[0]);
    let own = closed_wave(world, s, ("vogels", "Vogels"), (reach, "Fijn?"), START - 20).await;
    surveys::read_due(world).await.unwrap();
    assert!(seen(world, &s.near, "vogels", &Look::default()).await.unwrap().names);
    denied(seen(world, &s.far, "vogels", &Look::default()).await, Denied::NotYours);
    let waiting = desk::waiting(&mut world.db.read().await.unwrap(), &s.far).await.unwrap();
    assert!(waiting.iter().all(|w| w.wave.id != own));
    let id = proposals(world, own).await[0].id.to_string();
    let fields = [("act", "approve"), ("proposal", &*id), ("title_nl", "Vogels"), ("title_en", "Birds")];
    denied(act(world, &s.far, n, "vogels", &fields).await, Denied::NotYours);
    act(world, &s.near, n, "vogels", &fields).await.unwrap();
    publish(world, s, n, "vogels").await;
    assert!(!latest(world, own).await.unwrap().same_place(&new));
}
