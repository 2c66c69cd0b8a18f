//! Two processes on one PostgreSQL, each with a folder of its own and the same keys: nobody notices which one answers.

use crate::city::{City, postgres};
use crate::running::{Form, Program, client, send};
use services::count;
use services::rounds::Step;
use std::path::Path;
use store::sql;

/// What an operator provisions to every server: the keys, and nothing else.
fn copy_keys(from: &Path, to: &Path) {
    for folder in ["keys", "round-keys"] {
        std::fs::create_dir_all(to.join(folder)).unwrap();
        for file in std::fs::read_dir(from.join(folder)).unwrap().flatten() {
            std::fs::copy(file.path(), to.join(folder).join(file.file_name())).unwrap();
        }
    }
}

fn mails(folder: &Path) -> usize {
    std::fs::read_dir(folder.join("mail")).map_or(0, |files| files.flatten().count())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_programs_are_one_site() {
    let Some((url, dir)) = postgres().await else { return };
    let city = City::open(url, dir, 2).await;
    let other = tempfile::tempdir().unwrap();
    copy_keys(city.dir.path(), other.path());
    let (one, two) = (Program::start(&city.url, city.dir.path()), Program::start(&city.url, other.path()));
    let client = client();
    let csrf = |cookie: &str| city.world.keys.csrf(cookie, [5; 32]);
    let form = |path: &str, key: &str, fields: &[(&str, &str)]| {
        let cookie = city.cookies[0].clone();
        let mut all = vec![("csrf".to_owned(), csrf(&cookie)), ("form_key".to_owned(), key.to_owned())];
        all.extend(fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
        Form { path: path.to_owned(), cookie, fields: all }
    };

    // The same form at both, at once: one plan. A session, its token and its key are good at either.
    let idea = [("title", "Plan van twee"), ("what", "wat"), ("why", "waarom"), ("buurt", "1"), ("klaar", "1")];
    let plan = form("/initiatieven/nieuw/versturen", "planoftwo0000000001", &idea);
    for _ in 0..3 {
        let both = tokio::join!(send(&client, &one.base, &plan), send(&client, &two.base, &plan));
        assert_eq!(both, (true, true));
    }
    assert_eq!(city.count(sql!("SELECT COUNT(*) AS n FROM initiative WHERE title = 'Plan van twee'")).await, 1);

    // A vote cast at one is changed at the other; an old retry at the first changes nothing.
    let vote = |pick: usize, key: &str| {
        form(&format!("/stemmen/{}/uitbrengen", city.slug), key, &[("plan", &city.plans[pick].to_string())])
    };
    for (program, vote) in [
        (&one, vote(0, "voteoftwo0000000001")),
        (&two, vote(1, "voteoftwo0000000002")),
        (&one, vote(0, "voteoftwo0000000001")),
    ] {
        assert!(send(&client, &program.base, &vote).await);
    }
    assert_eq!(city.count(sql!("SELECT COUNT(*) AS n FROM ballot_box")).await, 1);

    // Signed out at one is signed out at the other.
    let mine = || client.get(format!("{}/mijn", two.base)).header("cookie", format!("fb={}", city.cookies[0])).send();
    assert_eq!(mine().await.unwrap().status().as_u16(), 200);
    assert!(send(&client, &one.base, &form("/uitloggen", "signout00000000000001", &[])).await);
    assert_eq!(mine().await.unwrap().status().as_u16(), 303);

    // Both work through the same post, and nobody gets a letter twice.
    let waiting = sql!("SELECT COUNT(*) AS n FROM outbox WHERE sent_at IS NULL");
    let posted = city.count(sql!("SELECT COUNT(*) AS n FROM outbox")).await;
    assert!(posted > 0);
    for _ in 0..200 {
        if city.count(waiting).await == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    one.kill();
    two.kill();
    assert_eq!(mails(city.dir.path()) + mails(other.path()), usize::try_from(posted).unwrap());

    // The vote that counts is the one that was changed to.
    city.jump(7200);
    count::close_due(&city.world).await.unwrap();
    city.step(Step::Count).await;
    city.step(Step::PublishResult).await;
    let published = count::published(&mut city.world.db.read().await.unwrap(), &city.slug).await.unwrap().unwrap();
    let votes: Vec<_> = published.outcome.steps.iter().filter(|s| s.votes > 0).map(|s| (s.id, s.votes)).collect();
    assert_eq!(votes, [(city.plans[1], 1)]);
}
