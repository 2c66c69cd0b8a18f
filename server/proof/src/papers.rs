//! Versions of the paper: only texts and dates may change.

use domain::round::Paper;

/// A paper with everything that may change made alike.
fn core(paper: &Paper) -> Paper {
    let mut core = paper.clone();
    (core.version, core.title, core.intro, core.opens_at, core.closes_at) = (0, String::new(), String::new(), 0, 0);
    for plan in &mut core.plans {
        (plan.title, plan.summary) = (String::new(), String::new());
    }
    core
}

/// What else changed between two versions, if anything.
pub fn changed(was: &Paper, is: &Paper) -> Option<&'static str> {
    let (was, is) = (core(was), core(is));
    if was == is {
        return None;
    }
    Some(match () {
        () if was.pot != is.pot => "the pot",
        () if (&was.rule, &was.ties, &was.weights) != (&is.rule, &is.ties, &is.weights) => "the rule",
        () if (&was.form, was.max_picks, was.points, was.points_each)
            != (&is.form, is.max_picks, is.points, is.points_each) =>
        {
            "the form of ballot"
        }
        () if was.plans.iter().map(|p| p.id).ne(is.plans.iter().map(|p| p.id)) => "the plans on it",
        () if was.plans != is.plans => "the costs of a plan",
        () if was.lots != is.lots => "the digests of the lot",
        () => "the round, its year or its theme",
    })
}
