//! `fijnebuurt demo`: fills an empty database with a fictional but lifelike city. Rounds, ballots and answers go through the
//! real acts, on a clock that runs through the past half year; plans are written with their roads directly.

mod content;
mod help;
mod plans;
mod recipes;
mod results;
mod running;
mod talk;
mod votes;

use content::Content;
use domain::access::{Actor, Grant, Role, Scope};
use domain::time::{Clock, DAY, Seconds};
use services::World;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::accounts::{self, NewAccount};
use store::{places, system};
pub use votes::UnusedLetters;

/// A clock that the filling moves.
pub struct DemoClock(AtomicI64);

impl Clock for DemoClock {
    fn now(&self) -> Seconds {
        self.0.load(Ordering::SeqCst)
    }
}

impl DemoClock {
    fn set(&self, at: Seconds) {
        self.0.store(at, Ordering::SeqCst);
    }
}

/// What the parts of the filling share.
struct City {
    world: World,
    clock: Arc<DemoClock>,
    /// Real now.
    now: Seconds,
    content: Content,
    buurten: BTreeMap<String, places::Buurt>,
    /// Account by a person's key.
    people: BTreeMap<String, i64>,
    /// Neighbours with shown residence, by buurt's name.
    neighbours: BTreeMap<String, Vec<i64>>,
    administrator: Actor,
    /// Counts along.
    colleague: Actor,
}

/// How many neighbours each buurt has beside the people with names.
fn crowd(buurt: &str) -> usize {
    match buurt {
        "Vogelbuurt" | "Indische Buurt West" => 150,
        _ => 40,
    }
}

async fn refuse_filled(world: &World) -> Result<(), String> {
    let mut c = world.db.read().await.map_err(|e| e.to_string())?;
    if system::setting(&mut c, "demo").await.map_err(|e| e.to_string())?.is_some()
        || accounts::get(&mut c, 1).await.map_err(|e| e.to_string())?.is_some()
    {
        return Err(
            "This database is not empty: the demo city needs one of its own. Choose another DATA_DIR or DATABASE_URL."
                .into(),
        );
    }
    Ok(())
}

/// A demo city without people: the budget, the banner and the movable clock.
pub async fn start(world: &World, files: services::budget::BudgetFiles) -> Result<String, String> {
    refuse_filled(world).await?;
    services::budget::import(world, files, None).await.map_err(|e| e.to_string())?;
    world
        .db
        .write(|u| Box::pin(async move { system::set_setting(u, "demo", "1").await }))
        .await
        .map_err(|e: store::StoreError| e.to_string())?;
    Ok("An empty demo city stands ready: its clock can be moved, and nothing in it is real. `fijnebuurt admin` makes its administrator.".into())
}

/// Fills the city; refuses a database that holds accounts already. Gives what to say, and letters with codes to try.
pub async fn fill(world: World, files: services::budget::BudgetFiles) -> Result<(String, Vec<UnusedLetters>), String> {
    let now = world.now();
    let clock = Arc::new(DemoClock(AtomicI64::new(now - 200 * DAY)));
    let world = World { clock: clock.clone(), ..world };
    let content = Content::read()?;
    refuse_filled(&world).await?;
    services::budget::import(&world, files, None).await.map_err(|e| e.to_string())?;
    let buurten = {
        let mut c = world.db.read().await.map_err(|e| e.to_string())?;
        places::buurten(&mut c).await.map_err(|e| e.to_string())?.into_iter().map(|b| (b.name.clone(), b)).collect()
    };
    let administrator = Actor {
        confirmed: true,
        second_factor: true,
        grants: vec![Grant { role: Role::Administrator, scope: Scope::City }],
        ..Actor::default()
    };
    let mut city = City {
        world,
        clock,
        now,
        content,
        buurten,
        people: BTreeMap::new(),
        neighbours: BTreeMap::new(),
        colleague: administrator.clone(),
        administrator,
    };
    city.settle().await?;
    city.fund_shares().await?;
    let plans = city.fill_plans().await?;
    let (ballots, letters) = city.run_rounds(&plans).await?;
    city.follow_up(&plans).await?;
    city.run_plans(&plans).await?;
    city.tell_recipes(&plans).await?;
    city.talk(&plans).await?;
    city.offer_help(&plans).await?;
    let answers = city.run_waves().await?;
    city.clock.set(now);
    Ok((format!("The demo city is filled: {} plans, {ballots} ballots, {answers} answers.", plans.len()), letters))
}

impl City {
    /// People, neighbours, roles, lines of the buurten.
    async fn settle(&mut self) -> Result<(), String> {
        let at = self.clock.now();
        for b in &self.content.blurbs {
            let (key, nl, en) = (b.key.clone(), b.line_nl.clone(), b.line_en.clone());
            self.world
                .db
                .write(move |u| Box::pin(async move { places::set_lines(u, &key, &nl, &en).await }))
                .await
                .map_err(|e| e.to_string())?;
        }
        for person in &self.content.people.person {
            let sign_in = self.content.people.signin.iter().find(|s| s.name == person.name);
            let email = sign_in.map_or_else(|| format!("{}@buren.test", person.key), |s| s.email.clone());
            let buurt = self.buurt(&person.buurt)?;
            let id = self.account(&email, &person.name, Some(buurt), at).await?;
            self.people.insert(person.key.clone(), id);
            self.neighbours.entry(person.buurt.clone()).or_default().push(id);
        }
        let names: Vec<(String, i64)> = self.buurten.values().map(|b| (b.name.clone(), b.id)).collect();
        for (name, buurt) in names {
            let count = crowd(&name);
            let slug = self.buurten[&name].slug.clone();
            let ids = self
                .world
                .db
                .write(move |u| {
                    Box::pin(async move {
                        let mut ids = Vec::new();
                        for n in 0..count {
                            let email = format!("buur{n}.{slug}@buren.test");
                            let id = accounts::create(
                                u,
                                &NewAccount {
                                    email: &email,
                                    name: "Een buur",
                                    password_hash: None,
                                    lang: "nl",
                                    buurt_id: Some(buurt),
                                    confirmed_at: Some(at),
                                    at,
                                },
                            )
                            .await?;
                            accounts::set_residence(u, id, buurt, at).await?;
                            ids.push(id);
                        }
                        Ok::<_, store::StoreError>(ids)
                    })
                })
                .await
                .map_err(|e| e.to_string())?;
            self.neighbours.entry(name).or_default().extend(ids);
        }
        self.sign_ins(at).await
    }

    /// Ready sign-ins with their roles.
    async fn sign_ins(&mut self, at: Seconds) -> Result<(), String> {
        let mut ready = Vec::new();
        for s in &self.content.people.signin {
            let known = {
                let mut c = self.world.db.read().await.map_err(|e| e.to_string())?;
                accounts::by_email(&mut c, &s.email).await.map_err(|e| e.to_string())?.map(|a| a.id)
            };
            let id = match known {
                Some(id) => id,
                None => self.account(&s.email, &s.name, None, at).await?,
            };
            let noord: Vec<i64> = self.buurten.values().filter(|b| b.wijk == "Noord").map(|b| b.id).collect();
            let stadsdeel = self.buurten.values().find(|b| b.stadsdeel == "Noord").map_or(0, |b| b.stadsdeel_id);
            let grants: Vec<Grant> = match s.role.as_str() {
                "moderator" => {
                    noord.into_iter().map(|b| Grant { role: Role::Moderator, scope: Scope::Buurt(b) }).collect()
                }
                "staff" => vec![Grant { role: Role::Staff, scope: Scope::Stadsdeel(stadsdeel) }],
                "administrator" => vec![Grant { role: Role::Administrator, scope: Scope::City }],
                _ => Vec::new(),
            };
            // The first of them set everything up.
            if s.role == "administrator" {
                if self.administrator.account.is_none() {
                    self.administrator.account = Some(id);
                } else {
                    self.colleague.account = Some(id);
                }
            }
            let organisation = s.organisation.clone();
            self.world
                .db
                .write(move |u| {
                    Box::pin(async move {
                        for grant in grants {
                            accounts::grant(u, id, grant, &organisation, None, at).await?;
                        }
                        Ok::<_, store::StoreError>(())
                    })
                })
                .await
                .map_err(|e| e.to_string())?;
            ready.push(serde_json::json!({ "role": s.role, "name": s.name, "email": s.email, "line": format!("{} · {}", s.place, s.description) }));
        }
        let ready = serde_json::Value::Array(ready).to_string();
        self.world
            .db
            .write(move |u| {
                Box::pin(async move {
                    system::set_setting(u, "demo", "1").await?;
                    system::set_setting(u, "demo_signins", &ready).await
                })
            })
            .await
            .map_err(|e| e.to_string())
    }

    fn buurt(&self, name: &str) -> Result<i64, String> {
        self.buurten.get(name).map(|b| b.id).ok_or_else(|| format!("demo-data: there is no buurt '{name}'"))
    }

    /// A confirmed account, with shown residence where there is a buurt.
    async fn account(&self, email: &str, name: &str, buurt: Option<i64>, at: Seconds) -> Result<i64, String> {
        let (email, name) = (email.to_owned(), name.to_owned());
        self.world
            .db
            .write(move |u| {
                Box::pin(async move {
                    let id = accounts::create(
                        u,
                        &NewAccount {
                            email: &email,
                            name: &name,
                            password_hash: None,
                            lang: "nl",
                            buurt_id: buurt,
                            confirmed_at: Some(at),
                            at,
                        },
                    )
                    .await?;
                    if let Some(buurt) = buurt {
                        accounts::set_residence(u, id, buurt, at).await?;
                    }
                    Ok::<_, store::StoreError>(id)
                })
            })
            .await
            .map_err(|e| e.to_string())
    }
}
