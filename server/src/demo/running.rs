//! What became of the demo city's plans with money: agreement, payments by two, steps with photos, final accounts. All of it
//! by the real acts, except that steps are written with the days they had.

use super::City;
use super::content::Execution;
use super::plans::Plan;
use domain::access::{Actor, Grant, Role, Scope};
use domain::form::Raw;
use domain::initiative::State;
use domain::money::Cents;
use domain::time::DAY;
use services::execution::account::{AccountForm, Check};
use services::execution::agreement::AgreementForm;
use services::execution::changes::{self, ChangeForm, Verdict};
use services::execution::payments::{InstalmentAct, InstalmentForm};
use services::execution::{account, agreement, confirmations, orders, payments};
use services::initiatives::FormKey;
use std::collections::BTreeMap;
use store::StoreError;
use store::execution as rows;

/// Who follows the plans of the demo city: what takes two has two.
struct Staff {
    first: Actor,
    second: Actor,
}

fn raw(pairs: &[(&str, &str)]) -> Raw {
    Raw::from_pairs(pairs)
}

impl City {
    async fn staff(&self) -> Result<Staff, String> {
        let mut found = Vec::new();
        for s in self.content.people.signin.iter().filter(|s| s.role == "staff") {
            let mut c = self.world.db.read().await.map_err(|e| e.to_string())?;
            let account = store::accounts::by_email(&mut c, &s.email).await.map_err(|e| e.to_string())?;
            found.push(Actor {
                account: account.map(|a| a.id),
                confirmed: true,
                second_factor: true,
                grants: vec![Grant { role: Role::Staff, scope: Scope::City }],
                ..Actor::default()
            });
        }
        let mut found = found.into_iter();
        let (first, second) = found.next().zip(found.next()).ok_or("demo-data: two people of the stadsdeel")?;
        Ok(Staff { first, second })
    }

    /// So many days from now.
    fn on_day(&self, days: i64) {
        self.clock.set(self.now + days * DAY);
    }

    /// Plans with money go on as far as they came.
    pub(super) async fn run_plans(&self, plans: &BTreeMap<String, Plan>) -> Result<(), String> {
        let staff = self.staff().await?;
        for (title, plan) in plans {
            let state = {
                let mut c = self.world.db.read().await.map_err(|e| e.to_string())?;
                store::initiatives::get(&mut c, plan.id).await.map_err(|e| e.to_string())?.map(|p| p.state)
            };
            if state != Some(State::Funded) {
                continue;
            }
            self.write_steps(title, plan, staff.first.account).await?;
            let went = match plan.goal {
                State::Funded => Ok(()),
                State::Cancelled => self.stop(plan, &staff).await,
                goal => self.go_on(title, plan, &staff, goal == State::Completed).await,
            };
            went.map_err(|e| format!("{title}: {e}"))?;
        }
        Ok(())
    }

    fn form(&self, plan: i64, what: &str) -> FormKey {
        FormKey { key: format!("demo{plan}{what}"), actor: "demo".into(), lang: texts::Lang::Nl }
    }

    /// Steps with their words and photos; what was done was seen by staff too.
    async fn write_steps(&self, title: &str, plan: &Plan, staff: Option<i64>) -> Result<(), String> {
        let (id, now) = (plan.id, self.now);
        for m in self.content.milestones.iter().filter(|m| m.initiative == title) {
            let mut photos = Vec::new();
            for (names, before) in [(&m.photos, false), (&m.before, true)] {
                for name in names {
                    let bytes = super::content::photo(name).ok_or_else(|| format!("demo-data: no photo '{name}'"))?;
                    let read = services::pictures::read(Some(bytes.to_vec())).await.map_err(|e| e.to_string())?;
                    photos.extend(read.map(|ready| (ready, before)));
                }
            }
            let (title, note, done) = (m.title.clone(), m.note.clone(), m.done);
            let due = now + m.due_days * DAY;
            self.world
                .db
                .write(move |u| {
                    Box::pin(async move {
                        let step = rows::add_step(u, id, &title, due, due - 20 * DAY).await?;
                        let at = due.min(now);
                        if done {
                            rows::finish_step(u, step, &note, staff, at).await?;
                            rows::confirm_step(u, step, staff, at).await?;
                        }
                        for (ready, before) in photos {
                            if let Some(picture) = services::pictures::keep(u, Some(ready), at).await? {
                                rows::add_photo(u, step, picture, before, at).await?;
                            }
                        }
                        Ok::<_, services::ActError>(())
                    })
                })
                .await
                .map_err(|e| e.to_string())?;
        }
        Ok(())
    }

    /// Agreed, paid in parts, and where it is over accounted for.
    async fn go_on(&self, title: &str, plan: &Plan, staff: &Staff, over: bool) -> Result<(), services::ActError> {
        let (world, id) = (&self.world, plan.id);
        let told = self.content.execution.iter().find(|e| e.initiative == title);
        let maker = self.maker(id).await?;
        let reserved = rows::purse(&mut world.db.read().await?, id).await?.reserved;
        self.on_day(-82);
        let amount = texts::money_plain(reserved);
        let ends = texts::rfc3339_day(self.now + 150 * DAY);
        let (kind, partner) = told.map_or(("residents", ""), |e| (e.partner_kind.as_str(), e.partner.as_str()));
        let agreed = raw(&[
            ("amount", &amount),
            ("conditions", "Laat de stoep vrij.\nBewaar de bonnen."),
            ("contact", "Bel 14 020 en vraag naar Karin."),
            ("responsible", "Buurtdirigent"),
            ("ends", &ends),
            ("partner_kind", kind),
            ("partner", partner),
        ]);
        agreement::write(world, &staff.first, self.form(id, "agree"), id, AgreementForm::parse(&agreed)?).await?;
        self.on_day(-81);
        agreement::accept(world, &maker, self.form(id, "yes"), id, 1).await?;
        self.on_day(-80);
        agreement::commit(world, &staff.first, self.form(id, "commit"), id, 1).await?;
        if rows::agreement(&mut world.db.read().await?, id).await?.is_some_and(|a| a.committed_at.is_none()) {
            agreement::commit(world, &staff.second, self.form(id, "commit2"), id, 1).await?;
        }
        let half = Cents(reserved.0 / 2);
        self.pay(id, staff, half, "Eerste deel", -75).await?;
        let Some(told) = told.filter(|_| over) else { return Ok(()) };
        let rest = reserved - half - Cents(told.left_cents);
        self.pay(id, staff, rest, "Tweede deel", -25).await?;
        self.settle_up(id, staff, &maker, told, reserved - Cents(told.left_cents)).await
    }

    async fn maker(&self, id: i64) -> Result<Actor, services::ActError> {
        let plan = store::initiatives::get(&mut self.world.db.read().await?, id).await?;
        Ok(Actor { account: plan.map(|p| p.account_id), confirmed: true, ..Actor::default() })
    }

    /// An instalment, from prepared to paid: approved by the second of two where it takes two.
    async fn pay(&self, id: i64, staff: &Staff, amount: Cents, what: &str, day: i64) -> Result<(), services::ActError> {
        let world = &self.world;
        let form = |step: &str| self.form(id, &format!("{step}{}", -day));
        let typed = texts::money_plain(amount);
        self.on_day(day);
        let new = raw(&[("amount", &typed), ("payee", "De makers, volgens de rekening"), ("purpose", what)]);
        payments::prepare(world, &staff.first, form("pay"), id, InstalmentForm::parse(&new)?).await?;
        let all = rows::instalments(&mut world.db.read().await?, id).await?;
        let Some(one) = all.last() else { return Ok(()) };
        self.on_day(day + 1);
        if one.two {
            payments::act(world, &staff.second, form("ok"), id, one.id, InstalmentAct::Approve).await?;
        }
        orders::order(world, &staff.first, form("order")).await?;
        self.on_day(day + 3);
        let date = texts::rfc3339_day(world.now());
        let line = format!(
            "kenmerk;bedrag;datum;kenmerk_betaling;uitkomst\n{};{typed};{date};AFS-{id}-{};betaald\n",
            one.reference(),
            one.id
        );
        confirmations::import(world, &staff.first, form("paid"), line).await?;
        Ok(())
    }

    /// The makers account for it, somebody else checks it, neighbours say thanks.
    async fn settle_up(
        &self,
        id: i64,
        staff: &Staff,
        maker: &Actor,
        told: &Execution,
        spent: Cents,
    ) -> Result<(), services::ActError> {
        let world = &self.world;
        self.on_day(-12);
        let mut typed = raw(&[("words", &told.words)]);
        let most = Cents(spent.0 * 6 / 10);
        for (what, amount) in told.on.iter().zip([most, spent - most]) {
            typed.0.extend([("line_what".into(), what.clone()), ("line_amount".into(), texts::money_plain(amount))]);
        }
        account::hand_in(world, maker, self.form(id, "account"), id, AccountForm::parse(&typed)?, Vec::new()).await?;
        self.on_day(-8);
        let sent = rows::account(&mut world.db.read().await?, id).await?.map_or(0, |a| a.at).to_string();
        let right = Check::parse(&raw(&[("check", "agree"), ("sent", &sent)]))?;
        account::check(world, &staff.second, self.form(id, "check"), id, right).await?;
        let buurt = store::initiatives::get(&mut world.db.read().await?, id).await?.map(|p| p.buurt);
        let neighbours = buurt.and_then(|name| self.neighbours.get(&name).cloned()).unwrap_or_default();
        let grateful: Vec<i64> =
            neighbours.into_iter().filter(|who| Some(*who) != maker.account).rev().take(told.thanks).collect();
        let kept = world.db.write(move |u| {
            Box::pin(async move {
                for who in grateful {
                    rows::add_thanks(u, id, who).await?;
                }
                Ok::<_, StoreError>(())
            })
        });
        Ok(kept.await?)
    }

    /// One that did not come about: its money went back.
    async fn stop(&self, plan: &Plan, staff: &Staff) -> Result<(), services::ActError> {
        let (world, id) = (&self.world, plan.id);
        self.on_day(-60);
        let why =
            ChangeForm::stop(&raw(&[("reason", "De kade blijkt te zwak voor een steiger. Dat kon niemand zien.")]))?;
        changes::propose(world, &staff.first, self.form(id, "stop"), id, why).await?;
        let asked = rows::changes(&mut world.db.read().await?, id).await?.first().map_or(0, |x| x.id);
        self.on_day(-58);
        let yes = Verdict::parse(&raw(&[("agree", "yes")]))?;
        changes::decide_on(world, &staff.second, self.form(id, "stopped"), (id, asked), yes).await?;
        Ok(())
    }
}
