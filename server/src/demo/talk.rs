//! What people of the demo city say about plans: through the real acts, in the days before now.

use super::City;
use super::plans::Plan;
use domain::access::Actor;
use domain::dialogue::PlanText;
use domain::form::Raw;
use domain::time::{DAY, HOUR};
use serde::Deserialize;
use services::initiatives::FormKey;
use services::{ActError, advice, comments, plan_texts};
use std::collections::BTreeMap;
use store::{accounts, initiatives};
use texts::Lang;

/// `demo-data/talk.toml`.
#[derive(Deserialize)]
pub struct Talk {
    comment: Vec<Said>,
    text: Vec<Text>,
    advice: Vec<Asked>,
}

#[derive(Deserialize)]
struct Said {
    plan: String,
    person: String,
    text: String,
    /// Why somebody reported it; empty: nobody did.
    reported: String,
}

#[derive(Deserialize)]
struct Text {
    plan: String,
    what: String,
}

#[derive(Deserialize)]
struct Asked {
    plan: String,
    departments: String,
    question: String,
    /// The department that answered.
    answered: String,
    said: String,
    words: String,
    low: String,
    likely: String,
    role: String,
}

/// A form of its own each time.
fn form(n: usize) -> FormKey {
    FormKey { key: format!("demo-talk-{n:08}"), actor: "demo".into(), lang: Lang::Nl }
}

fn broken(what: &str) -> impl Fn(ActError) -> String {
    let what = what.to_owned();
    move |error| format!("demo-data/talk.toml, '{what}': {error}")
}

impl City {
    /// An account as it acts, with the roles it holds.
    pub(super) async fn acting(&self, account: i64) -> Result<Actor, String> {
        let mut c = self.world.db.read().await.map_err(|e| e.to_string())?;
        let known = accounts::get(&mut c, account).await.map_err(|e| e.to_string())?;
        Ok(Actor {
            account: Some(account),
            confirmed: true,
            resident_of: known.filter(|a| a.residence_at.is_some()).and_then(|a| a.buurt_id),
            grants: accounts::grants(&mut c, account).await.map_err(|e| e.to_string())?,
            second_factor: true,
            code: None,
        })
    }

    fn said_of(plans: &BTreeMap<String, Plan>, title: &str) -> Result<i64, String> {
        plans.get(title).map(|p| p.id).ok_or_else(|| format!("demo-data/talk.toml: no plan is called '{title}'"))
    }

    /// Comments, a new text and advice, in the last days.
    pub(super) async fn talk(&self, plans: &BTreeMap<String, Plan>) -> Result<(), String> {
        let (world, talk) = (&self.world, &self.content.talk);
        self.clock.set(self.now - 2 * DAY);
        for (n, said) in talk.comment.iter().enumerate() {
            let id = Self::said_of(plans, &said.plan)?;
            let who = *self.people.get(&said.person).ok_or_else(|| format!("demo-data: who is '{}'?", said.person))?;
            let actor = self.acting(who).await?;
            self.clock.set(self.now - 2 * DAY + i64::try_from(n).unwrap_or(0) * 5 * HOUR);
            let raw = Raw::from_pairs(&[("comment", &said.text)]);
            comments::add(world, &actor, form(n), id, &raw).await.map_err(broken(&said.text))?;
            if said.reported.is_empty() {
                continue;
            }
            let mut c = world.db.read().await.map_err(|e| e.to_string())?;
            let last = initiatives::comments(&mut c, id, 1, 0).await.map_err(|e| e.to_string())?;
            let owner = initiatives::get(&mut c, id).await.map_err(|e| e.to_string())?.map_or(0, |p| p.account_id);
            drop(c);
            let (actor, raw) = (self.acting(owner).await?, Raw::from_pairs(&[("why", &said.reported)]));
            for m in last {
                comments::report(world, &actor, form(100 + n), (id, m.id), &raw).await.map_err(broken(&said.text))?;
            }
        }
        self.clock.set(self.now - 30 * HOUR);
        for (n, new) in talk.text.iter().enumerate() {
            let id = Self::said_of(plans, &new.plan)?;
            let mut c = world.db.read().await.map_err(|e| e.to_string())?;
            let Some(p) = initiatives::get(&mut c, id).await.map_err(|e| e.to_string())? else { continue };
            drop(c);
            let now = plan_texts::words_of(&p);
            let text = PlanText { idea: domain::initiative::Idea { what: new.what.clone(), ..now.idea }, ..now };
            let actor = self.acting(p.account_id).await?;
            plan_texts::propose(world, &actor, form(200 + n), (id, p.version, 0), text)
                .await
                .map_err(broken(&new.plan))?;
        }
        for (n, asked) in talk.advice.iter().enumerate() {
            self.ask_advice(plans, n, asked).await?;
        }
        Ok(())
    }

    async fn ask_advice(&self, plans: &BTreeMap<String, Plan>, n: usize, asked: &Asked) -> Result<(), String> {
        let id = Self::said_of(plans, &asked.plan)?;
        let staff = self.content.people.signin.iter().find(|s| s.role == "staff").map_or("", |s| s.email.as_str());
        let mut c = self.world.db.read().await.map_err(|e| e.to_string())?;
        let staff = accounts::by_email(&mut c, staff).await.map_err(|e| e.to_string())?.map_or(0, |a| a.id);
        drop(c);
        let actor = self.acting(staff).await?;
        let wrong = |error: ActError| broken(&asked.plan)(error);
        let raw = Raw::from_pairs(&[("departments", &asked.departments), ("question", &asked.question), ("due", "")]);
        let ask = advice::Ask::parse(&raw, self.clock.0.load(std::sync::atomic::Ordering::SeqCst));
        advice::ask(&self.world, &actor, form(300 + n), id, ask.map_err(|e| wrong(e.into()))?).await.map_err(wrong)?;
        let mut c = self.world.db.read().await.map_err(|e| e.to_string())?;
        let rows = initiatives::advice(&mut c, id).await.map_err(|e| e.to_string())?;
        drop(c);
        let Some(one) = rows.iter().find(|a| a.department == asked.answered) else { return Ok(()) };
        let number = one.id.to_string();
        let raw = Raw::from_pairs(&[
            ("advice", &number),
            ("said", &asked.said),
            ("advice_words", &asked.words),
            ("low", &asked.low),
            ("likely", &asked.likely),
            ("role", &asked.role),
        ]);
        let given = advice::Given::parse(&raw).map_err(|e| wrong(e.into()))?;
        advice::answer(&self.world, &actor, form(400 + n), id, given).await.map_err(wrong)?;
        Ok(())
    }
}
