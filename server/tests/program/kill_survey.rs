//! Power cuts while residents answer a survey: the real program is killed with -9 in the middle of a burst of answers, started
//! again, and closed: every answer that it acknowledged is there, once. Short in `make test`; `make long` or KILLS=n kills more.

use crate::city::{City, postgres, sqlite};
use crate::kill::{killed_in_a_burst, kills};
use crate::running::{Form, Program, client, send};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use services::surveys::{self, SurveyLetter, WaveForm};
use store::{sql, waves};

/// Residents who are signed in, and as many letters.
const RESIDENTS: usize = 20;
/// Each answers, and changes the answer so often.
const ANSWERS: usize = 6;

fn text(browser: usize, n: usize) -> String {
    format!("Antwoord {n} van {browser}")
}

/// A wave in this city that takes answers; gives its slug and letters.
async fn wave(city: &City) -> (String, Vec<SurveyLetter>) {
    let now = city.world.now();
    let form = WaveForm {
        title: "Peiling".into(),
        reach: domain::survey::Reach::Buurt(1),
        asked: domain::survey::Asked::default(),
        open_link: false,
        opens_at: now - 5,
        closes_at: now + 3600,
    };
    let slug = surveys::set_up(&city.world, &city.admin, form, "set-up-the-wave".into(), "a".into()).await.unwrap();
    let wave = waves::by_slug(&mut city.world.db.read().await.unwrap(), &slug).await.unwrap().unwrap();
    let asked = domain::form::Raw::from_pairs(&[("count", &RESIDENTS.to_string()), ("buurt", "1")]);
    let (_, letters) = surveys::issue_codes(&city.world, &city.admin, &wave, &asked).await.unwrap();
    (slug, letters)
}

/// What one browser sends, in its order. The even ones are signed in, the others have a letter.
fn forms_of(city: &City, slug: &str, letters: &[SurveyLetter], strangers: &[String], browser: usize) -> Vec<Form> {
    let own = browser / 2;
    let cookie = if browser.is_multiple_of(2) { &city.cookies[own] } else { &strangers[own] };
    let csrf = city.world.keys.csrf(cookie, [5; 32]);
    let form = |n: usize| {
        let mut fields = vec![
            ("csrf", csrf.clone()),
            ("form_key", format!("peil{browser:04}x{n:04}aaaaaaaa")),
            ("mark", (n % 10 + 1).to_string()),
            ("good", text(browser, n)),
            ("send", "1".to_owned()),
        ];
        if !browser.is_multiple_of(2) {
            fields.push(("code", letters[own].code.grouped()));
        }
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Form { path: format!("/peiling/{slug}"), cookie: cookie.clone(), fields }
    };
    (0..ANSWERS).map(form).collect()
}

async fn survive(url: String, dir: tempfile::TempDir, seed: u64) {
    let city = City::ready(url, dir, RESIDENTS).await;
    let (slug, letters) = wave(&city).await;
    let strangers: Vec<String> = (0..RESIDENTS).map(|_| city.world.secret()).collect();
    let browsers: Vec<_> =
        (0..2 * RESIDENTS).map(|browser| forms_of(&city, &slug, &letters, &strangers, browser)).collect();
    let kill_at = StdRng::seed_from_u64(seed).random_range(1..2 * RESIDENTS * ANSWERS * 3 / 4);
    let done = killed_in_a_burst(&city, browsers.clone(), kill_at).await;

    // Half of them do nothing more. The others send their first form again, late, then the last one that was acknowledged, and
    // the rest.
    let again = |browser: usize| browser % 4 < 2;
    let program = Program::start(&city.url, city.dir.path());
    let client = client();
    for (browser, forms) in browsers.iter().enumerate().filter(|(browser, _)| again(*browser)) {
        let late = forms.first().filter(|_| done[browser] > 0);
        for form in late.into_iter().chain(&forms[done[browser].saturating_sub(1)..]) {
            assert!(send(&client, &program.base, form).await, "seed {seed}: {}", form.path);
        }
    }
    program.kill();
    city.jump(7200);
    assert_eq!(surveys::close_due(&city.world).await.unwrap(), 1);
    let mut c = city.world.db.read().await.unwrap();
    let wave = waves::by_slug(&mut c, &slug).await.unwrap().unwrap();
    let answers = waves::answers(&mut c, wave.id).await.unwrap();
    drop(c);
    for (browser, done) in done.iter().enumerate() {
        let own = |answer: &&waves::Closed| (0..ANSWERS).any(|n| answer.answer.good == text(browser, n));
        let kept: Vec<&waves::Closed> = answers.iter().filter(own).collect();
        assert!(kept.len() <= 1, "seed {seed}: {browser} answered {} times", kept.len());
        let kept = kept.first().map(|answer| answer.answer.good.as_str());
        let said = |n: usize| kept == Some(text(browser, n).as_str());
        // What was sent and not acknowledged may be there; an older one in place of an acknowledged one may not.
        let right = match *done {
            _ if again(browser) => said(ANSWERS - 1),
            0 => kept.is_none() || said(0),
            n => said(n - 1) || said(n),
        };
        assert!(right, "seed {seed}: of {done} acknowledged answers of {browser}, {kept:?} is there");
    }
    let left = sql!("SELECT (SELECT COUNT(*) FROM answer_box) + (SELECT COUNT(*) FROM answer_retry) AS n");
    assert_eq!(city.count(left).await, 0, "seed {seed}: the box is empty");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_answer_is_lost_on_sqlite() {
    for seed in 0..kills(1) {
        let (url, dir) = sqlite();
        survive(url, dir, seed).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_answer_is_lost_on_postgres() {
    for seed in 0..kills(1) {
        let Some((url, dir)) = postgres().await else { return };
        survive(url, dir, seed).await;
    }
}
