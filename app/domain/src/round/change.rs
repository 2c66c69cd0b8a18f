//! What a new version of a paper changes: texts and dates, and nothing else.

use super::Paper;
use serde::{Deserialize, Serialize};

/// What can be changed after opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Title of the round.
    Title,
    /// What it is about.
    Intro,
    /// Voting opens, UTC seconds.
    Opens,
    /// Voting closes, UTC seconds.
    Closes,
    /// Title of a plan.
    PlanTitle,
    /// First lines of a plan.
    PlanText,
}

impl Part {
    /// Key of its text, `part-<key>`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Intro => "intro",
            Self::Opens => "opens",
            Self::Closes => "closes",
            Self::PlanTitle => "plan-title",
            Self::PlanText => "plan-text",
        }
    }

    /// Holds a moment, not words.
    pub fn is_moment(self) -> bool {
        matches!(self, Self::Opens | Self::Closes)
    }
}

/// One difference between two versions of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What.
    pub part: Part,
    /// Initiative id, for a plan's texts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<i64>,
    /// As it was; moments in UTC seconds.
    pub was: String,
    /// As it becomes.
    pub now: String,
}

/// The differences in what may change, in the order of the paper.
pub fn changes(was: &Paper, now: &Paper) -> Vec<Change> {
    let mut all = Vec::new();
    let mut look = |part, plan, was: &str, now: &str| {
        if was != now {
            all.push(Change { part, plan, was: was.into(), now: now.into() });
        }
    };
    look(Part::Title, None, &was.title, &now.title);
    look(Part::Intro, None, &was.intro, &now.intro);
    look(Part::Opens, None, &was.opens_at.to_string(), &now.opens_at.to_string());
    look(Part::Closes, None, &was.closes_at.to_string(), &now.closes_at.to_string());
    for before in &was.plans {
        let Some(after) = now.plans.iter().find(|plan| plan.id == before.id) else { continue };
        look(Part::PlanTitle, Some(before.id), &before.title, &after.title);
        look(Part::PlanText, Some(before.id), &before.summary, &after.summary);
    }
    all
}

/// The paper with these changes made; `None` when it does not read as the changes say it was, or a moment is none.
pub fn changed(paper: &Paper, changes: &[Change]) -> Option<Paper> {
    let mut new = paper.clone();
    for change in changes {
        let plan = |paper: &mut Paper| paper.plans.iter().position(|p| Some(p.id) == change.plan);
        let words = match change.part {
            Part::Title => &mut new.title,
            Part::Intro => &mut new.intro,
            Part::Opens | Part::Closes => {
                let moment = if change.part == Part::Opens { &mut new.opens_at } else { &mut new.closes_at };
                if moment.to_string() != change.was {
                    return None;
                }
                *moment = change.now.parse().ok()?;
                continue;
            }
            Part::PlanTitle => {
                let at = plan(&mut new)?;
                &mut new.plans[at].title
            }
            Part::PlanText => {
                let at = plan(&mut new)?;
                &mut new.plans[at].summary
            }
        };
        if *words != change.was {
            return None;
        }
        words.clone_from(&change.now);
    }
    Some(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Cents;
    use crate::round::PaperPlan;

    fn paper() -> Paper {
        let plan = |id| PaperPlan {
            id,
            title: format!("Plan {id}"),
            summary: "Soep".into(),
            minimum: Cents(5),
            desired: Cents(5),
            ..PaperPlan::default()
        };
        Paper {
            title: "Pot".into(),
            intro: "i".into(),
            opens_at: 10,
            closes_at: 20,
            plans: vec![plan(1), plan(2)],
            ..Paper::default()
        }
    }

    #[test]
    fn a_difference_is_found_and_made_again() {
        let was = paper();
        let mut now = paper();
        assert_eq!(changes(&was, &now), []);
        now.title = "Buurtbudget".into();
        now.closes_at = 30;
        now.plans[1].summary = "Soep met brood".into();
        // Costs never change: they are no difference that can be agreed on.
        now.plans[0].minimum = Cents(9);
        let found = changes(&was, &now);
        let parts: Vec<_> = found.iter().map(|c| (c.part, c.plan)).collect();
        assert_eq!(parts, [(Part::Title, None), (Part::Closes, None), (Part::PlanText, Some(2))]);
        now.plans[0].minimum = Cents(5);
        assert_eq!(changed(&was, &found), Some(now.clone()));
        assert_eq!(changed(&now, &found), None, "made twice");
        let moment = Change { part: Part::Opens, plan: None, was: "10".into(), now: "ooit".into() };
        assert_eq!(changed(&was, &[moment]), None);
        let unknown = Change { part: Part::PlanTitle, plan: Some(9), was: "x".into(), now: "y".into() };
        assert_eq!(changed(&was, &[unknown]), None);
    }
}
