//! Whole ballots as a `.pb` file, for rules that cannot be recounted from sums: without any field of voters, sorted, so that
//! neither order nor number tells whose one is.

use domain::round::{Ballot, BallotForm, Paper};
use domain::tally::pb::{self, Pb};
use std::collections::HashMap;

/// Whole ballots are published where at most one in twenty is like no other, unless the city sets another limit; above that two
/// administrators decide.
pub const LIMIT: [u64; 2] = [5, 100];

/// How many ballots are like no other, and how many there are.
pub fn unique(ballots: &[Ballot]) -> [u64; 2] {
    let mut alike: HashMap<&[(i64, u32)], u64> = HashMap::new();
    for ballot in ballots {
        *alike.entry(&ballot.0).or_default() += 1;
    }
    [alike.values().filter(|n| **n == 1).count() as u64, ballots.len() as u64]
}

/// Whether a rate is at or below a limit.
pub fn within([unique, of]: [u64; 2], [part, whole]: [u64; 2]) -> bool {
    u128::from(unique) * u128::from(whole) <= u128::from(part) * u128::from(of)
}

/// Writes the ballots as they were cast: a plan that was withdrawn stands on them too, marked in `PROJECTS`, and the count skips
/// it. Taking it off would move the plans behind it up, and another result could follow.
pub fn write(paper: &Paper, buurt: &str, ballots: &[Ballot], withdrawn: &[i64]) -> Vec<u8> {
    let form = paper.ballot_form();
    let mut meta = vec![
        ("description", format!("{} {}", paper.title, paper.year)),
        ("country", "Netherlands".into()),
        ("unit", "Amsterdam".into()),
        ("district", buurt.into()),
        ("instance", paper.round.clone()),
        ("num_projects", paper.plans.len().to_string()),
        ("num_votes", ballots.len().to_string()),
        ("budget", paper.pot.0.to_string()),
        ("rule", paper.rule.clone()),
    ];
    meta.push(("vote_type", vote_type(form).into()));
    meta.extend(match form {
        Some(BallotForm::Approval { most }) => vec![("max_length", most.to_string())],
        Some(BallotForm::Knapsack) | None => vec![("max_sum_cost", paper.pot.0.to_string())],
        Some(BallotForm::Points { sum, each }) => {
            vec![("max_points", each.to_string()), ("max_sum_points", sum.to_string())]
        }
        Some(BallotForm::Ranking { most }) => {
            vec![("max_length", most.to_string()), ("scoring_fn", "Borda".into())]
        }
    });
    let points = matches!(form, Some(BallotForm::Points { .. }));
    let columns = if points { 3 } else { 2 };
    let mut file = Pb::default();
    file.meta = meta.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    file.project_columns = ["project_id", "cost", "name", "withdrawn"].map(String::from).to_vec();
    file.vote_columns = ["voter_id", "vote", "points"][..columns].iter().map(|c| (*c).into()).collect();
    for plan in &paper.plans {
        let off = if withdrawn.contains(&plan.id) { "1" } else { "0" };
        let (id, cost, title) = (plan.id.to_string(), plan.minimum.0.to_string(), plan.title.replace('\n', " "));
        file.projects.push([id.as_str(), &cost, &title, off]);
    }
    let mut ballots: Vec<&Ballot> = ballots.iter().collect();
    ballots.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    for (voter, ballot) in (1..).zip(ballots) {
        let picks = &ballot.0;
        let list = |of: fn(&(i64, u32)) -> String| picks.iter().map(of).collect::<Vec<_>>().join(",");
        let (vote, given) = (list(|(id, _)| id.to_string()), list(|(_, value)| value.to_string()));
        let voter: u64 = voter;
        let row = [voter.to_string(), vote, given];
        file.votes.push(row[..columns].iter().map(String::as_str));
    }
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = pb::write(&file, &mut bytes);
    bytes
}

fn vote_type(form: Option<BallotForm>) -> &'static str {
    match form {
        Some(BallotForm::Points { .. }) => "cumulative",
        Some(BallotForm::Ranking { .. }) => "ordinal",
        _ => "approval",
    }
}

/// Whether pot, form and plans of the file are those of the paper: other programs count by them.
fn fits(file: &Pb, paper: &Paper) -> bool {
    let column = |name: &str| file.project_columns.iter().position(|c| c == name);
    let (Some(id), Some(cost)) = (column("project_id"), column("cost")) else { return false };
    let said = |key: &str, value: String| file.value(key) == Some(&*value);
    let mut plans: Vec<(&str, &str)> = file.projects.iter().map(|row| (row.get(id), row.get(cost))).collect();
    plans.sort_unstable();
    let mut own: Vec<(String, String)> =
        paper.plans.iter().map(|p| (p.id.to_string(), p.minimum.0.to_string())).collect();
    own.sort_unstable();
    said("budget", paper.pot.0.to_string())
        && said("num_votes", file.votes.len().to_string())
        && said("vote_type", vote_type(paper.ballot_form()).into())
        && plans.into_iter().eq(own.iter().map(|(id, cost)| (id.as_str(), cost.as_str())))
}

/// Reads ballots that were written so; what stands on them need not fit the paper.
///
/// # Errors
/// What is wrong, in words.
pub fn read(bytes: &[u8], paper: &Paper) -> Result<Vec<Ballot>, String> {
    let file = pb::read(bytes).map_err(|e| e.to_string())?;
    if !fits(&file, paper) {
        return Err("its pot, form, number of ballots or plans are not those of the paper".into());
    }
    let column = |name: &str| file.vote_columns.iter().position(|c| c == name);
    let vote = column("vote").ok_or("it has no column vote")?;
    let points = match paper.ballot_form() {
        Some(BallotForm::Points { .. }) => Some(column("points").ok_or("it has no column points")?),
        _ => None,
    };
    let ranked = matches!(paper.ballot_form(), Some(BallotForm::Ranking { .. }));
    let mut ballots = Vec::with_capacity(file.votes.len());
    for (at, row) in file.votes.iter().enumerate() {
        let bad = || format!("ballot {} cannot be read", at + 1);
        let numbers = |text: &str| -> Result<Vec<i64>, String> {
            text.split(',').filter(|n| !n.is_empty()).map(|n| n.trim().parse().map_err(|_| bad())).collect()
        };
        let ids = numbers(row.get(vote))?;
        let values: Vec<i64> = match points {
            Some(points) => numbers(row.get(points))?,
            None if ranked => (1..).take(ids.len()).collect(),
            None => vec![1; ids.len()],
        };
        if values.len() != ids.len() {
            return Err(bad());
        }
        let values = values.into_iter().map(|v| u32::try_from(v).map_err(|_| bad())).collect::<Result<Vec<_>, _>>()?;
        ballots.push(Ballot(ids.into_iter().zip(values).collect()));
    }
    Ok(ballots)
}

/// What does not fit the form of the paper on a ballot, if anything.
pub fn misfit(paper: &Paper, ballot: &Ballot) -> Option<&'static str> {
    let mut ids: Vec<i64> = ballot.plans().collect();
    ids.sort_unstable();
    if ids.windows(2).any(|pair| pair[0] == pair[1]) {
        return Some("a plan stands twice");
    }
    if !ids.iter().all(|id| paper.plans.iter().any(|p| p.id == *id)) {
        return Some("a plan is not on the paper");
    }
    let sum: u64 = ballot.0.iter().map(|(_, value)| u64::from(*value)).sum();
    match paper.ballot_form()? {
        BallotForm::Approval { most } | BallotForm::Ranking { most } if ids.len() > most => Some("too many plans"),
        BallotForm::Knapsack => {
            let cost: i128 = paper.plans.iter().filter(|p| ids.contains(&p.id)).map(|p| i128::from(p.minimum.0)).sum();
            (cost > i128::from(paper.pot.0)).then_some("its plans cost more than the pot")
        }
        BallotForm::Points { sum: most, .. } if sum > u64::from(most) => Some("too many points"),
        BallotForm::Points { each, .. } if ballot.0.iter().any(|(_, v)| *v > each || *v == 0) => {
            Some("too many or no points for one plan")
        }
        _ => None,
    }
}
