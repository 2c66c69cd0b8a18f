//! What makers of the demo city's finished plans tell the next buurt.

use super::City;
use super::plans::Plan;
use domain::evaluation::{Again, Evaluation};
use domain::initiative::State;
use domain::time::DAY;
use serde::Deserialize;
use std::collections::BTreeMap;
use store::{StoreError, initiatives};

#[derive(Deserialize)]
pub struct Recipes {
    pub recipe: Vec<Recipe>,
}

#[derive(Deserialize)]
pub struct Recipe {
    pub initiative: String,
    pub worked: String,
    pub failed: String,
    pub advice: String,
    pub again: String,
}

impl City {
    /// Makers of finished plans are asked how it went, and most of them tell.
    pub(super) async fn tell_recipes(&self, plans: &BTreeMap<String, Plan>) -> Result<(), String> {
        let now = self.now;
        for (title, plan) in plans.iter().filter(|(_, plan)| plan.goal == State::Completed) {
            let told = match self.content.recipes.iter().find(|r| r.initiative == *title) {
                None => None,
                Some(r) => Some(Evaluation {
                    worked: r.worked.clone(),
                    failed: r.failed.clone(),
                    advice: r.advice.clone(),
                    again: Again::from_key(&r.again).ok_or_else(|| format!("demo-data: '{}' is no answer", r.again))?,
                }),
            };
            let id = plan.id;
            self.world
                .db
                .write(move |u| {
                    Box::pin(async move {
                        if initiatives::get(u, id).await?.is_none_or(|p| p.state != State::Completed) {
                            return Ok(());
                        }
                        initiatives::ask_evaluation(u, id, now - 5 * DAY, now + 9 * DAY).await?;
                        if let Some(told) = told {
                            initiatives::put_evaluation(u, id, 1, &told, now - 3 * DAY - id * 60).await?;
                        }
                        Ok::<_, StoreError>(())
                    })
                })
                .await
                .map_err(|e| format!("{title}: {e}"))?;
        }
        services::overview::fold(&self.world).await.map_err(|e| e.to_string())
    }
}
