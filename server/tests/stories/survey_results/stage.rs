//! A city of four buurten with closed waves, in the voice of residents.

use crate::desks::{Desk, desk};
use crate::plans::person;
use domain::access::{Actor, Grant, Role, Scope};
use domain::survey::{Answer, Asked, Kind, Own, Question, Reach, Texts, Wording, Words};
use services::{ActError, World};
use store::waves::{self, NewWave};
use store::{Unit, accounts, places};

/// What is written into an answer that must reach nobody.
pub const PHONE: &str = "06-12345678";
pub const MAIL: &str = "fatma@voorbeeld.nl";
pub const HOSTILE: &str =
    "<script>alert(1)</script> Het park is zo groen, bel mij op 06-12345678 of fatma@voorbeeld.nl";

pub struct Stage {
    pub d: Desk,
    /// 50, 40, 24 and 6 answers; the last lies in another wijk and stadsdeel.
    pub buurten: [i64; 4],
    /// Of the first, and of the last.
    pub near: Actor,
    pub far: Actor,
}

pub async fn stage(world: &World) -> Stage {
    let d = desk(world).await;
    let (first, second, wijk, staff) = (d.city.buurt, d.city.elsewhere, d.city.wijk, d.city.staff);
    let (third, last, far) = world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                let noord = places::put_stadsdeel(u, "noord", "Noord").await?;
                let west = places::put_stadsdeel(u, "west", "West").await?;
                let third = places::put_buurt(u, "bloemenbuurt", "Bloemenbuurt", wijk, noord).await?;
                let other = places::put_wijk(u, "west", "West", Some(9_000)).await?;
                let last = places::put_buurt(u, "kolenkit", "Kolenkit", other, west).await?;
                let new = accounts::NewAccount {
                    email: "ver@voorbeeld.test",
                    name: "Ver",
                    password_hash: None,
                    lang: "nl",
                    buurt_id: None,
                    confirmed_at: Some(1),
                    at: 1,
                };
                let far = accounts::create(u, &new).await?;
                let at = |role, buurt| Grant { role, scope: Scope::Buurt(buurt) };
                accounts::grant(u, far, at(Role::Moderator, last), "Elders", None, 1).await?;
                let admin = Grant { role: Role::Administrator, scope: Scope::City };
                accounts::grant(u, staff, admin, "Gemeente", None, 1).await?;
                Ok((third, last, far))
            })
        })
        .await
        .unwrap();
    let near = person(d.moderator.account.unwrap(), Some((Role::Moderator, Scope::Buurt(first))));
    let far = person(far, Some((Role::Moderator, Scope::Buurt(last))));
    Stage { d, buurten: [first, second, third, last], near, far }
}

/// Answers of the labelled set under one label.
fn said(label: &str) -> Vec<String> {
    let file = include_str!("../../../themes/tests/labelled.csv");
    let rows = csv::Reader::from_reader(file.as_bytes()).into_records().flatten();
    rows.filter(|r| &r[1] == label).map(|r| r[0].to_owned()).collect()
}

fn texts(text: &str) -> Texts {
    Texts::of(&[("nl", text), ("en", text)])
}

pub fn asked(good: &str) -> Asked {
    let words = Words { mark: texts("Cijfer?"), good: texts(good), better: texts("Beter?"), can_do: texts("Zelf?") };
    let own = |kind, options: &[&str]| Question {
        kind,
        text: texts("Kom je op het plein?"),
        options: options.iter().map(|o| texts(o)).collect(),
        when: None,
    };
    Asked {
        wording: Wording(Some(words)),
        questions: vec![own(Kind::Choice, &["Ja", "Nee"]), own(Kind::Open, &[])],
        themes: true,
    }
}

/// One of so many answers.
fn answer(i: usize, themes: &[Vec<String>; 4]) -> Answer {
    let pick = |of: &Vec<String>| of[(i / 2) % of.len()].clone();
    Answer {
        mark: (i % 9 != 8).then_some(5 + i64::try_from(i % 5).unwrap()),
        good: if i == 2 { HOSTILE.to_owned() } else { pick(&themes[i % 2]) },
        better: pick(&themes[2 + i % 2]),
        can_do: format!("Ik help, mail {MAIL}"),
        themes: if i.is_multiple_of(3) { vec!["green".into()] } else { Vec::new() },
        own: vec![Own::Option(usize::from(i.is_multiple_of(4))), Own::Words(format!("Bel {PHONE}, ik kom {i} keer"))],
        lang: "nl".into(),
    }
}

/// A closed wave of 120 answers of residents and twelve by poster.
pub async fn closed_wave(
    world: &World,
    s: &Stage,
    (slug, title): (&'static str, &'static str),
    (reach, good): (Reach, &'static str),
    closes_at: i64,
) -> i64 {
    let buurten = s.buurten;
    let themes = ["groen", "ontmoeten", "verkeer", "afval"].map(said);
    assert!(themes.iter().all(|t| t.len() > 10));
    world
        .db
        .write::<_, ActError, _>(move |u| {
            Box::pin(async move {
                let asked = asked(good);
                let new =
                    NewWave { title, reach, asked: &asked, open_link: true, opens_at: closes_at - 1000, closes_at };
                let id = waves::insert(u, slug, &new, "", closes_at - 2000).await?;
                fill(u, id, reach, buurten, &themes).await?;
                Ok(id)
            })
        })
        .await
        .unwrap()
}

async fn fill(
    u: &mut Unit,
    id: i64,
    reach: Reach,
    buurten: [i64; 4],
    themes: &[Vec<String>; 4],
) -> Result<(), ActError> {
    let home = |i: usize| match (reach, i) {
        (Reach::Buurt(id), _) => id,
        (_, 0..50) => buurten[0],
        (_, 50..90) => buurten[1],
        (_, 90..114) => buurten[2],
        _ => buurten[3],
    };
    for i in 0..132 {
        let open = i >= 120;
        let place = if open { home(0) } else { home(i) };
        waves::add_answer(u, id, i, (place, open), &answer(i, themes)).await?;
    }
    waves::close(u, id, 132).await?;
    Ok(())
}
