//! The demo city's plans with the roads they went, and the money behind them.

use super::City;
use domain::initiative::{More, State};
use domain::money::Cents;
use domain::time::{DAY, HOUR};
use services::shares::FundForm;
use std::collections::BTreeMap;
use store::initiatives::{self, Event, New};
use store::ledger::{self, Kind, Transfer};
use store::{StoreError, places};

/// A plan of the demo city.
pub struct Plan {
    pub id: i64,
    pub buurt: String,
    pub goal: State,
}

impl City {
    /// The earmarked lines of 2008 go into the shares.
    pub(super) async fn fund_shares(&self) -> Result<(), String> {
        let mut c = self.world.db.read().await.map_err(|e| e.to_string())?;
        let lines = store::budget::lines(&mut c).await.map_err(|e| e.to_string())?;
        drop(c);
        for line in lines {
            let (true, Some(wijk), 2008) = (line.earmarked, line.wijk_id, line.year) else { continue };
            if line.amount.known() > Cents::ZERO {
                let form = FundForm { wijk, year: 2008, amount: line.amount.known(), programme: None };
                let key = format!("demo-share-of-wijk-{wijk}");
                services::shares::fund(&self.world, &self.administrator, form, key, "demo".into(), String::new())
                    .await
                    .map_err(|e| format!("share of wijk {wijk}: {e}"))?;
            }
        }
        Ok(())
    }

    /// Plans up to the state that a round or the follow-up takes over from.
    pub(super) async fn fill_plans(&self) -> Result<BTreeMap<String, Plan>, String> {
        let programmes: BTreeMap<String, i64> = {
            let mut c = self.world.db.read().await.map_err(|e| e.to_string())?;
            places::programmes(&mut c).await.map_err(|e| e.to_string())?.into_iter().map(|p| (p.name, p.id)).collect()
        };
        let mut plans = BTreeMap::new();
        for (n, i) in self.content.initiatives.iter().enumerate() {
            let goal = State::from_key(&i.state).ok_or_else(|| format!("demo-data: '{}' is no state", i.state))?;
            // Plans of the finished round began half a year ago, waiting ones this week.
            let age = match goal {
                State::Submitted => 6 * HOUR + i64::try_from(n % 7).unwrap_or(0) * 9 * HOUR,
                State::Returned | State::Published => DAY * (4 + i64::try_from(n % 20).unwrap_or(0)),
                _ => DAY * (150 + i64::try_from(n % 30).unwrap_or(0)),
            };
            let at = self.now - age;
            let author = *self
                .people
                .get(&i.submitter)
                .ok_or_else(|| format!("demo-data: nobody is called '{}'", i.submitter))?;
            let cost = (i.desired_eur > 0).then(|| Cents::euros(i.desired_eur));
            let new = New {
                buurt: self.buurt(&i.buurt)?,
                account: author,
                title: i.title.clone(),
                what: i.what.clone(),
                why: i.why.clone(),
                place: i.place.clone(),
                cost,
                picture: None,
                wants_supporter: false,
                drawing: if i.picture.is_empty() { "buurt".into() } else { i.picture.clone() },
                at,
                due_at: at + domain::initiative::FIRST_REPLY_TERM,
                source: None,
            };
            let more = More {
                minimum: cost.map(|_| Cents::euros(i.minimum_eur)),
                desired: cost,
                helpers: i.helpers.clone(),
                for_kind: i.for_kind.clone(),
                for_name: i.for_name.clone(),
                wants_supporter: false,
            };
            let programme = programmes.get(&i.programme).copied();
            let road = road(goal);
            let supporters: Vec<i64> = self
                .neighbours
                .get(&i.buurt)
                .map(|all| all.iter().rev().take(i.supports).copied().collect())
                .unwrap_or_default();
            // The moderators of the demo city work in Noord.
            let there = self.buurten.get(&i.buurt).is_some_and(|b| b.wijk == "Noord");
            let moderator = self.content.people.signin.iter().find(|s| s.role == "moderator" && there);
            let organisation = moderator.map(|s| s.organisation.clone()).unwrap_or_default();
            let i = i.clone();
            let (buurt, title) = (i.buurt.clone(), i.title.clone());
            let id = self
                .world
                .db
                .write(move |u| {
                    Box::pin(async move {
                        let id = initiatives::create(u, &new).await?;
                        initiatives::complete(u, id, 1, &more).await?;
                        initiatives::set_programme(u, id, programme).await?;
                        let mut when = at;
                        let mut state = State::Submitted;
                        initiatives::add_event(u, id, Some(author), &event("submitted", state, "owner", when)).await?;
                        for (act, to, role) in road {
                            when += 20 * HOUR + (id % 9) * HOUR;
                            initiatives::set_state(u, id, state, to).await?;
                            state = to;
                            let words = match role {
                                "moderator" => i.moderator_note.clone(),
                                "staff" => i.verdict_reason.clone(),
                                _ => String::new(),
                            };
                            let reason = if to == State::Rejected { i.reason_code.clone() } else { String::new() };
                            let amount = (act == "feasible").then_some(new.cost).flatten();
                            let by = if role == "moderator" { organisation.clone() } else { String::new() };
                            let step = Event { words, reason, amount, organisation: by, ..event(act, to, role, when) };
                            initiatives::add_event(u, id, None, &step).await?;
                            match act {
                                "published" => {
                                    initiatives::set_replied(u, id, when, &organisation).await?;
                                    initiatives::set_published(u, id, when).await?;
                                }
                                "returned" | "rejected" => initiatives::set_replied(u, id, when, &organisation).await?,
                                "feasible" => {
                                    initiatives::set_verdict(
                                        u,
                                        id,
                                        Cents::euros(i.minimum_eur),
                                        Cents::euros(i.desired_eur),
                                        "",
                                    )
                                    .await?
                                }
                                _ => {}
                            }
                        }
                        if state.is_public() {
                            for who in supporters {
                                initiatives::add_support(u, id, who, when).await?;
                            }
                        }
                        Ok::<_, StoreError>(id)
                    })
                })
                .await
                .map_err(|e| format!("{title}: {e}"))?;
            plans.insert(title, Plan { id, buurt, goal });
        }
        Ok(plans)
    }

    /// Small plans get their money.
    pub(super) async fn follow_up(&self, plans: &BTreeMap<String, Plan>) -> Result<(), String> {
        let (now, actor) = (self.now, self.administrator.account);
        for (title, plan) in plans {
            let at = if plan.goal == State::Funded { now - 2 * DAY } else { now - 90 * DAY };
            let wijk = self.buurten.get(&plan.buurt).map_or(0, |b| b.wijk_id);
            let (id, goal, key) = (plan.id, plan.goal, format!("demo/small/{}", plan.id));
            self.world
                .db
                .write(move |u| {
                    Box::pin(async move {
                        let Some(before) = initiatives::get(u, id).await? else { return Ok(()) };
                        let state = before.state;
                        let has_money =
                            matches!(goal, State::Funded | State::InExecution | State::Completed | State::Cancelled);
                        if state == State::Feasible && has_money {
                            let (from, to) = (Kind::Share { wijk, year: 2008 }, Kind::Reserved { initiative: id });
                            ledger::transfer(
                                u,
                                &Transfer {
                                    from,
                                    to,
                                    amount: before.desired,
                                    reason: "small_plan",
                                    reference: "",
                                    note: "",
                                    actor,
                                    key: &key,
                                    at,
                                },
                            )
                            .await?;
                            initiatives::set_state(u, id, state, State::Funded).await?;
                            initiatives::add_event(
                                u,
                                id,
                                None,
                                &Event { amount: Some(before.desired), ..event("funded", State::Funded, "staff", at) },
                            )
                            .await?;
                        }
                        Ok::<_, StoreError>(())
                    })
                })
                .await
                .map_err(|e| format!("{title}: {e}"))?;
        }
        Ok(())
    }
}

fn event(act: &str, state: State, role: &str, at: i64) -> Event {
    Event {
        at,
        act: act.into(),
        state,
        actor_role: role.into(),
        reason: String::new(),
        words: String::new(),
        amount: None,
        organisation: String::new(),
    }
}

/// Acts from 'submitted' towards the goal, as far as plans go before a round or the follow-up takes over.
fn road(goal: State) -> Vec<(&'static str, State, &'static str)> {
    let published = ("published", State::Published, "moderator");
    let feasible = ("feasible", State::Feasible, "staff");
    match goal {
        State::Draft | State::Submitted => Vec::new(),
        State::Returned => vec![("returned", State::Returned, "moderator")],
        State::Rejected => vec![("rejected", State::Rejected, "moderator")],
        State::Withdrawn => vec![("withdrawn", State::Withdrawn, "owner")],
        State::Published => vec![published],
        State::Infeasible => vec![published, ("infeasible", State::Infeasible, "staff")],
        _ => vec![published, feasible],
    }
}
