//! Several plans of a queue at once: only what decides nothing. Each plan is looked at on its own; what was refused is told.

use crate::initiatives::FormKey;
use crate::{ActError, World, audit, remember};
use domain::access::{Act, Actor, Denied, Subject, decide};
use domain::form::{Errors, Problem, Raw};
use domain::terms::LEASE;
use domain::urls;
use store::initiatives as rows;
use store::{Unit, places};

/// Most plans at once.
pub const MOST: usize = 100;

/// What is done with all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Only looked at: what they would take together.
    WhatIf,
    /// Kept to oneself for a while.
    Claim,
    /// Given this programme.
    Programme(i64),
}

impl Wanted {
    /// In a form and in the address that tells what was done.
    fn key(self) -> &'static str {
        match self {
            Self::WhatIf => "wat-als",
            Self::Claim => "oppakken",
            Self::Programme(_) => "programma",
        }
    }
}

/// Ticked plans, and what to do with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Their ids, each once, in order: who works on the same ones waits for the same row first.
    pub plans: Vec<i64>,
    /// What to do.
    pub wanted: Wanted,
}

impl Selection {
    /// Fields: `plan` (each ticked one), `doe` (`wat-als`, `oppakken`, `programma`), `programme` for the last.
    ///
    /// # Errors
    /// On `plan` when none was ticked, more than [`MOST`] were, or one is no number; on `doe`; on `programme`.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let mut plans = Vec::new();
        for typed in raw.all("plan") {
            match typed.parse::<i64>() {
                Ok(id) if id > 0 => plans.push(id),
                _ => return Err(Errors::one("plan", Problem::NotAChoice)),
            }
        }
        plans.sort_unstable();
        plans.dedup();
        match plans.len() {
            0 => errors.0.push(("plan", Problem::Missing)),
            1..=MOST => {}
            _ => errors.0.push(("plan", Problem::TooMany(MOST))),
        }
        let wanted = match raw.get("doe") {
            "wat-als" => Wanted::WhatIf,
            "oppakken" => Wanted::Claim,
            "programma" => Wanted::Programme(errors.take("programme", raw.id("programme"))),
            _ => {
                errors.0.push(("doe", Problem::NotAChoice));
                Wanted::WhatIf
            }
        };
        errors.done()?;
        Ok(Self { plans, wanted })
    }
}

/// How one plan fared.
enum Fared {
    Done,
    /// A colleague is busy with it.
    Busy,
    /// There is no such plan for this reader, or not in a state for it any more.
    Refused,
}

async fn one(u: &mut Unit, actor: &Actor, wanted: Wanted, id: i64, now: i64) -> Result<Fared, ActError> {
    let Some(p) = rows::get(u, id).await? else { return Ok(Fared::Refused) };
    let (act, name) = match wanted {
        Wanted::WhatIf => return Ok(Fared::Refused),
        Wanted::Claim => (Act::ClaimCase, "claim_case"),
        Wanted::Programme(_) => (Act::SetProgramme, "set_programme"),
    };
    let account = actor.account.ok_or(Denied::SignIn)?;
    if decide(act, actor, &p.subject()).is_err() {
        return Ok(Fared::Refused);
    }
    match wanted {
        Wanted::Programme(programme) => rows::set_programme(u, id, Some(programme)).await?,
        _ if !rows::claim(u, id, account, now, now + LEASE).await? => return Ok(Fared::Busy),
        _ => {}
    }
    audit(u, now, actor.account, name, ("initiative", id), "").await?;
    Ok(Fared::Done)
}

/// Does it to each plan for which it may be done; gives where to go: the queue, `narrowed` as it was (a query that ends in
/// `&`, or nothing), with how many fared how.
///
/// # Errors
/// [`ActError::Denied`] for who has no queue; on `programme` when there is no such one.
pub async fn together(
    world: &World,
    actor: &Actor,
    form: FormKey,
    selection: Selection,
    narrowed: String,
) -> Result<String, ActError> {
    decide(Act::SeeModeration, actor, &Subject::default())?;
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "selection").await?;
                if let Wanted::Programme(id) = selection.wanted
                    && !places::programmes(u).await?.iter().any(|known| known.id == id)
                {
                    return Err(Errors::one("programme", Problem::NotAChoice).into());
                }
                let (mut done, mut busy, mut refused) = (0, 0, 0);
                for id in &selection.plans {
                    match one(u, &actor, selection.wanted, *id, now).await? {
                        Fared::Done => done += 1,
                        Fared::Busy => busy += 1,
                        Fared::Refused => refused += 1,
                    }
                }
                let told = format!("gedaan={}&goed={done}&bezig={busy}&niet={refused}", selection.wanted.key());
                let place = format!("{}{}?{narrowed}{told}", form.lang.prefix(), urls::Moderation {});
                remember(u, &form.key, "selection", &form.actor, &place, now).await?;
                Ok(place)
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticked_plans_are_counted_once_and_no_more_than_a_hundred() {
        let ticked = |ids: &mut dyn Iterator<Item = i64>, doe: &str| {
            let mut raw = Raw(ids.map(|id| ("plan".to_owned(), id.to_string())).collect());
            raw.set("doe", doe);
            Selection::parse(&raw)
        };
        let found = ticked(&mut [9, 4, 9].into_iter(), "oppakken");
        assert_eq!(found, Ok(Selection { plans: vec![4, 9], wanted: Wanted::Claim }));
        assert!(ticked(&mut (1..=100), "wat-als").is_ok());
        assert_eq!(ticked(&mut (1..=101), "wat-als"), Err(Errors::one("plan", Problem::TooMany(MOST))));
        assert_eq!(ticked(&mut std::iter::empty(), "oppakken"), Err(Errors::one("plan", Problem::Missing)));
        assert_eq!(ticked(&mut [1].into_iter(), "programma"), Err(Errors::one("programme", Problem::Missing)));
        assert_eq!(ticked(&mut [1].into_iter(), "publish"), Err(Errors::one("doe", Problem::NotAChoice)));
        assert_eq!(ticked(&mut [-1].into_iter(), "oppakken"), Err(Errors::one("plan", Problem::NotAChoice)));
    }
}
