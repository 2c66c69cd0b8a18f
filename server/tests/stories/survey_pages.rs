//! What no page tells, whoever looks: an answer before the close, and after it one that nobody released.

use crate::both_engines;
use crate::common::{START, TestApp};
use crate::secrecy::{almighty, page};
use crate::survey::{administrator, people, wave_form};
use domain::access::Actor;
use domain::form::Raw;
use domain::survey::Reach;
use domain::urls;
use services::{ActError, surveys};
use store::{accounts, sql, waves};

both_engines!(no_page_tells_an_unreleased_answer, super::no_page_tells);

/// What an answer says that nobody may read: hostile, and found again however a page writes it.
const MARKER: &str = "zeldzaamwoord";

/// Addresses that draw something by chance with each look: a new secret for the authenticator app.
const DRAWN: &[&str] = &["/inloggen/tweede-stap/instellen"];

/// Where somebody with the right reads single texts of a closed wave, masked: the desk that releases quotes. It shows
/// unreleased texts by its purpose, without what stood beside them in the answer, and has a story of its own.
const QUOTE_DESK: &str = "/moderatie/peilingen";

/// Every address of the site, with what there is to fill in; and what more can be asked of some.
fn paths(plan: i64, offer: i64) -> Vec<String> {
    let (plan, offer) = (plan.to_string(), offer.to_string());
    let fills = [
        ("{wave}", "waarom-fijn"),
        ("{buurt}", "vogelbuurt"),
        ("{wijk}", "noord"),
        ("{round}", "geen"),
        ("{id}", plan.as_str()),
        ("{offer}", offer.as_str()),
        ("{comment}", "1"),
        ("{complaint}", "1"),
        ("{introduction}", "1"),
        ("{message}", "1"),
        ("{version}", "1"),
        ("{batch}", "1"),
        ("{sheet}", "1"),
        ("{step}", "1"),
        ("{photo}", "1"),
        ("{receipt}", "1"),
        ("{instalment}", "1"),
        ("{change}", "1"),
        ("{token}", "geen"),
        ("{year}", "2008"),
    ];
    let mut all: Vec<String> = Vec::new();
    for (_, pattern) in urls::all() {
        let filled = fills.iter().fold(pattern.to_owned(), |path, (name, value)| path.replace(name, value));
        match filled.as_str() {
            "/data/{file}" => all.extend(
                [
                    "begroting.json",
                    "aandeel.json",
                    "antwoordtijden.json",
                    "hulp.json",
                    "peilingen.json",
                    "peiling-waarom-fijn.json",
                    "peiling-waarom-fijn.csv",
                ]
                .map(|file| format!("/data/{file}")),
            ),
            "/overzicht/bestanden/{file}" => all.extend(
                ["survey.csv", "help.csv", "states.csv", "plannen.csv"]
                    .map(|file| format!("/overzicht/bestanden/{file}")),
            ),
            "/assets/{file}" => {}
            path if DRAWN.contains(&path) || path.starts_with(QUOTE_DESK) => {}
            _ => all.push(filled),
        }
    }
    assert!(all.iter().all(|path| !path.contains('{')), "{all:?}");
    let english: Vec<String> = all.iter().filter(|p| p.contains("peiling")).map(|p| format!("/en{p}")).collect();
    all.extend(english);
    all.extend(["/peiling/waarom-fijn?buurt=1", "/peiling/waarom-fijn/uitslag?buurt=vogelbuurt"].map(str::to_owned));
    all
}

async fn no_page_tells(app: TestApp) {
    let world = &app.world;
    let (big, _small, residents) = people(&app).await;
    let slug = surveys::set_up(
        world,
        &administrator(),
        wave_form("Waarom fijn", Reach::City, true),
        "key-of-wave-pages1".into(),
        "a".into(),
    )
    .await
    .unwrap();
    assert_eq!(slug, "waarom-fijn");
    let wave = async || waves::by_slug(&mut world.db.read().await.unwrap(), "waarom-fijn").await.unwrap().unwrap();
    let asked = Raw::from_pairs(&[("count", "3"), ("buurt", &big.to_string())]);
    let (_, letters) = surveys::issue_codes(world, &administrator(), &wave().await, &asked).await.unwrap();
    // Who has every role lives here as well, and answers.
    let lives: Vec<(i64, i64)> = residents.iter().map(|a| (a.account.unwrap(), a.resident_of.unwrap())).collect();
    let write = world.db.write::<_, ActError, _>(move |u| {
        Box::pin(async move {
            for (id, buurt) in lives.into_iter().chain([(1, big)]) {
                accounts::set_residence(u, id, buurt, START - 10).await?;
            }
            let row = u
                .one(sql!("INSERT INTO initiative (buurt_id, account_id, title, what, why, cost_known, minimum, desired, for_kind, state, created_at) VALUES ($1, 2, 'Plan', 'wat', 'waarom', 1, 50000, 50000, 'resident', 'feasible', 1) RETURNING id"), &[big.into()])
                .await?;
            let plan = row.int("id")?;
            let row = u
                .one(sql!("INSERT INTO help_offer (account_id, buurt_id, reach, kinds, times, languages, other_language, words, made_day, changed_day) VALUES (1, $1, 'wijk', ',cooking,', '', '', '', 'Ik kook', 1, 1) RETURNING id"), &[big.into()])
                .await?;
            Ok((plan, row.int("id")?))
        })
    });
    let (plan, offer) = write.await.unwrap();
    app.clock.set(START + 100);
    let cookie = almighty(&app).await;
    let mighty = Actor { account: Some(1), confirmed: true, resident_of: Some(big), ..Actor::default() };
    let everybody: Vec<Actor> = residents.iter().cloned().chain([mighty]).collect();
    let answers = async |run: usize| {
        let raw = |n: usize, more: &[(&str, &str)]| {
            let mark = if run == 0 { "2" } else { "9" };
            let text = |field: &str| format!("<b>{MARKER}{field}{n}r{run}</b> & \"zo\"");
            let texts = ["good", "better", "can_do"].map(|field| (field, text(field)));
            let mut raw = Raw::from_pairs(&[("mark", mark)]);
            texts.into_iter().for_each(|(field, text)| raw.set(field, text));
            more.iter().for_each(|(field, value)| raw.set(field, *value));
            raw
        };
        for (n, who) in everybody.iter().enumerate() {
            let form = format!("form-of-resident-{n}-{run}");
            surveys::answer(world, who, "waarom-fijn", &raw(n, &[]), "nl", &form).await.unwrap();
        }
        for (n, letter) in letters.iter().enumerate() {
            let raw = raw(100 + n, &[("code", &letter.code.plain())]);
            surveys::answer(world, &Actor::default(), "waarom-fijn", &raw, "en", &format!("form-of-letter-{n}-{run}"))
                .await
                .unwrap();
        }
    };
    answers(0).await;
    let paths = paths(plan, offer);
    let mut before = Vec::new();
    for path in &paths {
        before.push(page(&app, path, &cookie).await);
    }
    let shown = before.iter().filter(|page| page.starts_with("200")).count();
    assert!(shown > 60, "{shown} of {} pages open", paths.len());
    // Everybody now says something else, in other languages too: whoever looks at whatever sees the same.
    answers(1).await;
    for (path, before) in paths.iter().zip(&before) {
        let after = page(&app, path, &cookie).await;
        let first = after.bytes().zip(before.bytes()).position(|(a, b)| a != b).unwrap_or(0).saturating_sub(90);
        let around = |text: &str| text.chars().skip(first).take(180).collect::<String>();
        assert!(after == *before, "{path} tells what was said: {:?} or {:?}", around(before), around(&after));
        assert!(!after.contains(MARKER), "{path}");
    }

    app.clock.set(START + 1000);
    assert_eq!(surveys::close_due(world).await.unwrap(), 1);
    for path in &paths {
        let text = page(&app, path, &cookie).await;
        assert!(!text.contains(MARKER), "{path} shows what nobody released");
    }
    // The desk, which is left out above, shows it once the wave is read, as text: so the test sees what is shown.
    assert_eq!(surveys::read_due(world).await.unwrap(), 1);
    let desk = page(&app, "/moderatie/peilingen/waarom-fijn", &cookie).await;
    assert!(desk.contains(MARKER) && !desk.contains(&format!("<b>{MARKER}")), "{desk}");
    for path in &paths {
        assert!(!page(&app, path, &cookie).await.contains(MARKER), "{path} shows what nobody released");
    }
}
