//! Published results for anyone to take along: rows for a spreadsheet, and Pabulib's `.pb`. Amounts are cents.

use super::Published;
use crate::ActError;
use crate::table::Table;
use domain::round::{BallotForm, Verdict};
use domain::tally::pb::{self, Pb};
use store::Conn;

/// A row for each plan of each result, in the order of the count: `stemrondes.csv`, and `stemronde-<slug>.csv` of one.
///
/// # Errors
/// The store's; [`ActError::Broken`] when the rows cannot be written.
pub async fn to_csv(c: &mut Conn, results: &[Published]) -> Result<Vec<u8>, ActError> {
    let mut out = Table::new(&[
        "round",
        "title",
        "buurt",
        "year",
        "form",
        "rule",
        "turnout",
        "roll",
        "pot_cents",
        "order",
        "plan",
        "plan_title",
        "theme",
        "votes",
        "cost_cents",
        "desired_cents",
        "granted_cents",
        "left_before_cents",
        "verdict",
        "published_at",
        "licence",
    ])?;
    for p in results {
        let themes = store::rounds::themes(c, p.round.id).await?;
        let turnout = p.round.turnout.unwrap_or(0) + p.paper_figures.1;
        for (order, step) in (1..).zip(&p.outcome.steps) {
            let plan = p.paper.plans.iter().find(|plan| plan.id == step.id);
            let order: usize = order;
            let cells = [
                p.round.slug.clone(),
                p.paper.title.clone(),
                p.round.buurt.clone(),
                p.paper.year.to_string(),
                p.paper.form.clone(),
                p.outcome.rule.clone(),
                turnout.to_string(),
                p.round.roll_size.unwrap_or(0).to_string(),
                p.paper.pot.0.to_string(),
                order.to_string(),
                step.id.to_string(),
                plan.map(|plan| plan.title.clone()).unwrap_or_default(),
                themes.get(&step.id).cloned().unwrap_or_default(),
                step.votes.to_string(),
                step.cost.0.to_string(),
                plan.map(|plan| plan.desired.0.to_string()).unwrap_or_default(),
                step.granted.0.to_string(),
                step.left_before.0.to_string(),
                verdict(step.verdict),
                texts::rfc3339(p.published_at),
                proof::LICENCE.to_owned(),
            ];
            out.row(cells.iter().map(String::as_str))?;
        }
    }
    out.bytes()
}

/// As `result.json` writes it.
fn verdict(verdict: Verdict) -> String {
    serde_json::to_value(verdict).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A result with Pabulib's fields (Faliszewski et al., IJCAI 2023; pabulib.org/format): sums for each plan, and ballots where the
/// bundle publishes them (`whole`: its `ballots.pb`); otherwise there are no rows under VOTES, and `comment` says why.
///
/// # Errors
/// The store's; [`ActError::Broken`] when `whole` cannot be read.
pub async fn to_pb(c: &mut Conn, p: &Published, whole: Option<&[u8]>) -> Result<Vec<u8>, ActError> {
    let themes = store::rounds::themes(c, p.round.id).await?;
    let votes = whole.map(pb::read).transpose().map_err(|e| ActError::Broken(e.to_string()))?;
    let steps = &p.outcome.steps;
    let turnout = p.round.turnout.unwrap_or(0) + p.paper_figures.1;
    let day = |at: Option<i64>| at.map(|at| texts::rfc3339(at).chars().take(10).collect::<String>());
    let comment = if votes.is_some() {
        "amounts are cents; votes are sums of scores"
    } else {
        "amounts are cents; votes are sums of scores; ballots are not published, so that nobody can be recognised"
    };
    let mut file = Pb::default();
    let mut set = |key: &str, value: String| file.meta.push((key.to_owned(), value));
    set("description", format!("{} {}", p.paper.title, p.paper.year));
    set("country", "Netherlands".into());
    set("unit", "Amsterdam".into());
    set("district", p.round.buurt.clone());
    set("instance", p.round.slug.clone());
    set("num_projects", steps.len().to_string());
    set("num_votes", turnout.to_string());
    set("budget", p.paper.pot.0.to_string());
    let (kind, bounds): (&str, Vec<(&str, String)>) = match p.round.form {
        BallotForm::Approval { most } => ("approval", vec![("max_length", most.to_string())]),
        BallotForm::Knapsack => ("approval", vec![("max_sum_cost", p.paper.pot.0.to_string())]),
        BallotForm::Points { sum, each } => {
            ("cumulative", vec![("max_points", each.to_string()), ("max_sum_points", sum.to_string())])
        }
        BallotForm::Ranking { most } => {
            ("ordinal", vec![("max_length", most.to_string()), ("scoring_fn", "Borda".into())])
        }
    };
    set("vote_type", kind.into());
    bounds.into_iter().for_each(|(key, value)| set(key, value));
    set("rule", p.outcome.rule.clone());
    // When people could vote; the paper was frozen before, and the box emptied after.
    let at = |moment: i64| (moment > 0).then_some(moment);
    day(at(p.paper.opens_at)).into_iter().for_each(|day| set("date_begin", day));
    day(at(p.paper.closes_at)).into_iter().for_each(|day| set("date_end", day));
    set("language", "nl".into());
    set("comment", format!("{comment}; licence: {}", proof::LICENCE));
    file.project_columns =
        ["project_id", "cost", "votes", "name", "category", "selected", "withdrawn"].map(String::from).to_vec();
    for step in steps {
        let plan = p.paper.plans.iter().find(|plan| plan.id == step.id);
        file.projects.push([
            step.id.to_string().as_str(),
            &step.cost.0.to_string(),
            &step.votes.to_string(),
            &plan.map(|plan| plan.title.replace('\n', " ")).unwrap_or_default(),
            themes.get(&step.id).map_or("", String::as_str),
            if step.granted.0 > 0 { "1" } else { "0" },
            if step.verdict == Verdict::Withdrawn { "1" } else { "0" },
        ]);
    }
    match votes {
        Some(read) => (file.vote_columns, file.votes) = (read.vote_columns, read.votes),
        None => file.vote_columns = ["voter_id", "vote"].map(String::from).to_vec(),
    }
    let mut bytes = Vec::new();
    pb::write(&file, &mut bytes).map_err(|e| ActError::Broken(e.to_string()))?;
    Ok(bytes)
}
