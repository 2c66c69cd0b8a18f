//! Help that people of the demo city offer and ask for: through the real acts, in the weeks before now.

use super::City;
use super::plans::Plan;
use domain::form::Raw;
use domain::help::Side;
use domain::time::{DAY, HOUR};
use serde::Deserialize;
use services::ActError;
use services::help as acts;
use services::initiatives::FormKey;
use std::collections::BTreeMap;
use store::{accounts, help, initiatives};
use texts::Lang;

/// `demo-data/help.toml`.
#[derive(Deserialize)]
pub struct Help {
    offer: Vec<Offered>,
    need: Vec<Needed>,
    introduction: Vec<Met>,
}

#[derive(Deserialize)]
struct Offered {
    person: String,
    kinds: Vec<String>,
    times: Vec<String>,
    reach: String,
    spoken: Vec<String>,
    other_language: String,
    text: String,
}

#[derive(Deserialize)]
struct Needed {
    plan: String,
    kinds: Vec<String>,
    spoken: Vec<String>,
    text: String,
}

#[derive(Deserialize)]
struct Met {
    plan: String,
    helper: String,
    asked_by: String,
    call: String,
    text: String,
    /// How the other wants to be called; empty: has not answered yet.
    answer_call: String,
    said_by_helper: String,
    said_by_plan: String,
}

/// A form of its own each time.
fn form(n: usize) -> FormKey {
    FormKey { key: format!("demo-help-{n:08}"), actor: "demo".into(), lang: Lang::Nl }
}

fn wrong(what: &str) -> impl Fn(ActError) -> String {
    let what = what.to_owned();
    move |error| format!("demo-data/help.toml, '{what}': {error}")
}

fn with<'a>(fields: &mut Vec<(&'a str, &'a str)>, name: &'a str, keys: &'a [String]) {
    fields.extend(keys.iter().map(|key| (name, key.as_str())));
}

impl City {
    fn who(&self, key: &str) -> Result<i64, String> {
        self.people.get(key).copied().ok_or_else(|| format!("demo-data/help.toml: who is '{key}'?"))
    }

    /// Offers, what plans ask for, and two introductions.
    pub(super) async fn offer_help(&self, plans: &BTreeMap<String, Plan>) -> Result<(), String> {
        let (world, data) = (&self.world, &self.content.help);
        for (n, offer) in data.offer.iter().enumerate() {
            self.clock.set(self.now - 30 * DAY + i64::try_from(n).unwrap_or(0) * DAY);
            let account = self.who(&offer.person)?;
            let mut c = world.db.read().await.map_err(|e| e.to_string())?;
            let known = accounts::get(&mut c, account).await.map_err(|e| e.to_string())?;
            drop(c);
            let buurt = known.and_then(|a| a.buurt_id).unwrap_or_default().to_string();
            let mut fields = vec![
                ("words", offer.text.as_str()),
                ("reach", &offer.reach),
                ("other_language", &offer.other_language),
                ("buurt", &buurt),
            ];
            with(&mut fields, "kind", &offer.kinds);
            with(&mut fields, "time", &offer.times);
            with(&mut fields, "language", &offer.spoken);
            let actor = self.acting(account).await?;
            acts::offer(world, &actor, form(n), &Raw::from_pairs(&fields), None).await.map_err(wrong(&offer.text))?;
        }
        self.clock.set(self.now - 6 * DAY);
        for (n, need) in data.need.iter().enumerate() {
            let (id, owner) = self.made_by(plans, &need.plan).await?;
            let mut fields = vec![("words", need.text.as_str())];
            with(&mut fields, "kind", &need.kinds);
            with(&mut fields, "language", &need.spoken);
            let actor = self.acting(owner).await?;
            acts::add(world, &actor, form(100 + n), id, &Raw::from_pairs(&fields)).await.map_err(wrong(&need.plan))?;
        }
        for (n, met) in data.introduction.iter().enumerate() {
            self.introduce(plans, 200 + 10 * n, met).await?;
        }
        Ok(())
    }

    async fn made_by(&self, plans: &BTreeMap<String, Plan>, title: &str) -> Result<(i64, i64), String> {
        let id = plans.get(title).map(|p| p.id).ok_or_else(|| format!("demo-data/help.toml: no plan '{title}'"))?;
        let mut c = self.world.db.read().await.map_err(|e| e.to_string())?;
        let plan = initiatives::get(&mut c, id).await.map_err(|e| e.to_string())?;
        Ok((id, plan.map_or(0, |p| p.account_id)))
    }

    async fn introduce(&self, plans: &BTreeMap<String, Plan>, n: usize, met: &Met) -> Result<(), String> {
        let (world, wrong) = (&self.world, wrong(&met.plan));
        let (id, owner) = self.made_by(plans, &met.plan).await?;
        let helper = self.who(&met.helper)?;
        let (owner, actor) = (self.acting(owner).await?, self.acting(helper).await?);
        let mut c = world.db.read().await.map_err(|e| e.to_string())?;
        let offers = help::offers_of_account(&mut c, helper).await.map_err(|e| e.to_string())?;
        drop(c);
        let offer = offers
            .first()
            .map(|o| o.id)
            .ok_or_else(|| format!("demo-data/help.toml: {} offers nothing", met.helper))?;
        let (side, asks, answers) =
            if met.asked_by == "plan" { (Side::Plan, &owner, &actor) } else { (Side::Helper, &actor, &owner) };
        self.clock.set(self.now - 2 * DAY);
        let asked = Raw::from_pairs(&[("message", &met.text), ("call", &met.call)]);
        acts::introduce(world, asks, form(n), (id, offer), side, &asked).await.map_err(&wrong)?;
        if met.answer_call.is_empty() {
            return Ok(());
        }
        let mut c = world.db.read().await.map_err(|e| e.to_string())?;
        let between = help::introduction_between(&mut c, id, helper).await.map_err(|e| e.to_string())?;
        drop(c);
        let Some(between) = between else { return Ok(()) };
        self.clock.set(self.now - 30 * HOUR);
        let yes = Raw::from_pairs(&[("answer", "ja"), ("call", &met.answer_call)]);
        acts::answer(world, answers, form(n + 1), between.id, &yes).await.map_err(&wrong)?;
        for (m, (who, text)) in [(&actor, &met.said_by_helper), (&owner, &met.said_by_plan)].into_iter().enumerate() {
            let body = Raw::from_pairs(&[("body", text)]);
            acts::write(world, who, form(n + 2 + m), between.id, &body).await.map_err(&wrong)?;
        }
        Ok(())
    }
}
