//! What a question with a condition tells of the option it hangs on; and quotes that are taken back.

use super::stage::{Stage, stage};
use super::{latest, preview, publish, quotes};
use crate::both_engines;
use crate::common::{START, TestApp};
use crate::dialogue::{denied, raw};
use crate::plans::form;
use domain::access::Denied;
use domain::disclosure::AreaId;
use domain::survey::{Answer, Asked, Kind, Own, Question, Reach, Texts, When};
use domain::time::DAY;
use services::surveys::desk;
use services::{ActError, World, surveys};
use store::waves::{self, NewWave};

both_engines!(what_hangs_on_a_hidden_option_is_hidden, super::what_hangs);

/// So many gave each option, the last none; the second question is for the first option alone,
/// the third (in own words) for the third.
async fn wave(world: &World, s: &Stage, slug: &'static str, counts: [usize; 4]) -> i64 {
    let buurt = s.buurten[0];
    let texts = |text: &str| Texts::of(&[("nl", text), ("en", text)]);
    let question = |kind, options: &[&str], when: Option<usize>| Question {
        kind,
        text: texts("Vraag?"),
        options: options.iter().map(|o| texts(o)).collect(),
        when: when.map(|option| When { question: 0, option }),
    };
    let questions = vec![
        question(Kind::Choice, &["A", "B", "C"], None),
        question(Kind::Choice, &["Ja", "Nee"], Some(0)),
        question(Kind::Open, &[], Some(2)),
    ];
    let asked = Asked { questions, ..Asked::default() };
    let write = world.db.write::<_, ActError, _>(move |u| {
        Box::pin(async move {
            let closes_at = START - DAY;
            let new =
                NewWave { title: slug, reach: Reach::City, asked: &asked, open_link: false, opens_at: 1, closes_at };
            let id = waves::insert(u, slug, &new, "", 1).await?;
            let mut place = 0;
            for (option, times) in counts.into_iter().enumerate() {
                for nth in 0..times {
                    let second = if option == 0 { Own::Option(usize::from(nth == 0)) } else { Own::Skipped };
                    let third = if option == 2 {
                        Own::Words(format!("Er mist iets, {}.", char::from(b'a' + u8::try_from(nth).unwrap())))
                    } else {
                        Own::Skipped
                    };
                    let first = if option < 3 { Own::Option(option) } else { Own::Skipped };
                    let own = vec![first, second, third];
                    let answer = Answer { mark: Some(7), own, lang: "nl".into(), ..Answer::default() };
                    waves::add_answer(u, id, place, (buurt, false), &answer).await?;
                    place += 1;
                }
            }
            waves::close(u, id, place).await?;
            Ok(id)
        })
    });
    let id = write.await.unwrap();
    surveys::read_due(world).await.unwrap();
    id
}

async fn what_hangs(app: TestApp) {
    let world = &app.world;
    let (s, mut n) = (stage(world).await, 900);
    // Three people gave the third option: one more option hides with it, and then nothing that hangs on either is told.
    let id = wave(world, &s, "weinig", [12, 45, 3, 0]).await;
    for q in quotes(world, id).await {
        n += 1;
        let fields = raw(&[("quote", &q.id.to_string()), ("act", "release")]);
        desk::decide_quote(world, &s.near, form(n), "weinig", fields).await.unwrap();
    }
    publish(world, &s, &mut n, "weinig").await;
    let doc = latest(world, id).await.unwrap();
    assert_eq!(doc.shown.questions[0].options, [None, Some(45), None, None]);
    assert!(doc.shown.questions[1].options.iter().all(Option::is_none), "{:?}", doc.shown.questions[1]);
    assert!(doc.quotes.is_empty(), "a quote would tell that somebody gave the hidden option, and where");

    // Where all are many, its sum is that of its option, and its quotes bear no nearer place than the whole.
    let id = wave(world, &s, "veel", [30, 45, 25, 12]).await;
    let released = quotes(world, id).await;
    for q in &released {
        n += 1;
        let fields = raw(&[("quote", &q.id.to_string()), ("act", "release")]);
        desk::decide_quote(world, &s.near, form(n), "veel", fields).await.unwrap();
    }
    publish(world, &s, &mut n, "veel").await;
    let doc = latest(world, id).await.unwrap();
    assert_eq!(doc.shown.questions[0].options[0], Some(30));
    assert_eq!(doc.quotes.len(), 25);
    assert!(doc.quotes.iter().all(|q| q.area == AreaId::City && q.themes.len() <= 1));

    // One is taken back: it is gone from the page and the file at once, without a new version.
    n += 1;
    let gone = released[0].words.clone();
    let fields = raw(&[("quote", &released[0].id.to_string()), ("act", "refuse")]);
    desk::decide_quote(world, &s.near, form(n), "veel", fields).await.unwrap();
    let after = latest(world, id).await.unwrap();
    assert_eq!((after.version, after.quotes.len()), (doc.version, 24));
    assert!(!app.get("/data/peilingen.json").await.text.contains(&gone));
    assert!(!app.get("/peiling/veel/uitslag").await.text.contains(&gone));

    // Two years later there is nothing left to count anew.
    app.clock.set(START + 800 * DAY);
    denied(preview(world, &s.d.admin, "veel").await, Denied::State);
}
