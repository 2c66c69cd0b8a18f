//! A counted file as table, JSON or CSV on standard output.

use super::{Counted, Format};
use domain::tally::{Decision, Election, Fraction, Outcome, Rule, Stage, Threshold, Verdict, WhatIf, measures};
use serde_json::{Value, json};
use std::io::Write as _;

/// An amount of smallest units as a decimal without needless noughts.
fn amount(units: i64, decimals: u32) -> String {
    let unit = 10_i64.pow(decimals);
    let (whole, rest) = (units / unit, units % unit);
    if rest == 0 {
        return whole.to_string();
    }
    let rest = format!("{rest:0width$}", width = decimals as usize);
    format!("{whole}.{}", rest.trim_end_matches('0'))
}

/// A fraction of smallest units in units of the currency.
fn fraction(value: &Fraction, decimals: u32) -> Fraction {
    Fraction(&value.0 / num_bigint::BigInt::from(10_i64.pow(decimals)))
}

/// A fraction to read: two decimals, rounded down.
fn rounded(value: &Fraction) -> String {
    let hundredths = (&value.0 * num_bigint::BigInt::from(100)).floor().to_integer();
    let text = format!("{hundredths:0>3}");
    format!("{}.{}", &text[..text.len() - 2], &text[text.len() - 2..])
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Funded => "funded",
        Verdict::DidNotFit => "did not fit",
        Verdict::AfterStop => "after the stop",
        Verdict::NotPaid => "supporters could not pay it",
        Verdict::NoVotes => "no votes",
        Verdict::AboveBudget => "above the budget",
        Verdict::Withdrawn => "withdrawn",
    }
}

fn stage(stage: Stage) -> String {
    match stage {
        Stage::Before => "before".into(),
        Stage::Part(place) => format!("minimum {}", place + 1),
        Stage::Whole => "whole".into(),
        Stage::Fill => "fill".into(),
    }
}

fn ids(election: &Election, plans: &[u32]) -> Vec<String> {
    plans.iter().map(|plan| election.plans[*plan as usize].id.clone()).collect()
}

fn put(text: &str) -> Result<(), String> {
    std::io::stdout().lock().write_all(text.as_bytes()).map_err(|e| format!("the outcome cannot be written: {e}"))
}

/// Prints one outcome.
pub fn outcome(counted: &Counted<'_>, explain: bool, format: Format) -> Result<(), String> {
    match format {
        Format::Json => put(&format!("{}\n", json(counted, explain))),
        Format::Csv => put(&csv(counted)?),
        Format::Table => put(&table(counted, explain)),
    }
}

fn json(counted: &Counted<'_>, explain: bool) -> Value {
    let Counted { election, procedure, name, outcome, what_if, warnings } = counted;
    let money = |units| amount(units, election.decimals);
    let mut value = json!({
        "rule": name,
        "procedure": procedure.describe(),
        "winners": ids(election, &outcome.winners),
        "cost": money(outcome.cost),
        "budget": money(election.budget),
        "left": money(outcome.left),
        "voters": election.profile.voters(),
        "ties": outcome.ties.iter().map(|tie| json!({ "plans": ids(election, &tie.plans), "stage": stage(tie.stage), "mattered": tie.mattered })).collect::<Vec<_>>(),
        "doubts": outcome.doubts,
        "warnings": warnings,
    });
    if procedure.top_up {
        let granted: serde_json::Map<String, Value> = outcome
            .decisions
            .iter()
            .filter(|d| d.verdict == Verdict::Funded)
            .map(|d| (election.plans[d.plan as usize].id.clone(), money(d.granted).into()))
            .collect();
        value["granted"] = granted.into();
    }
    if let Some(endowment) = &outcome.endowment {
        value["endowment"] = fraction(endowment, election.decimals).to_string().into();
        value["increments"] = outcome.increments.into();
    }
    if explain {
        value["plans"] = outcome.decisions.iter().map(|d| decision(election, d, what_if)).collect();
        let measured = measures(election, outcome);
        let divisions = |all: &[domain::tally::Division]| -> Value {
            all.iter().map(|d| json!({ "name": d.name, "plans": d.plans, "votes": d.votes, "asked": money(d.asked), "granted": money(d.granted) })).collect()
        };
        value["measures"] = json!({
            "winners_per_voter": measured.winners_per_voter,
            "cost_per_voter": fraction(&measured.cost_per_voter, election.decimals),
            "excluded": measured.excluded,
            "influence": measured.influence.iter().map(|units| money(*units)).collect::<Vec<_>>(),
            "themes": divisions(&measured.themes),
            "places": divisions(&measured.places),
        });
    }
    value
}

fn decision(election: &Election, decision: &Decision, answers: &[WhatIf]) -> Value {
    let plan = &election.plans[decision.plan as usize];
    let money = |units| amount(units, election.decimals);
    let mut value = json!({
        "id": plan.id, "verdict": decision.verdict, "stage": stage(decision.stage), "votes": decision.votes,
        "supporters": decision.supporters, "cost": money(plan.cost), "granted": money(decision.granted),
        "left_before": money(decision.left_before),
    });
    if let Some(missing) = decision.missing(plan.cost) {
        value["missing"] = money(missing).into();
    }
    if let Some(shares) = &decision.shares {
        value["supporters_left"] = fraction(&shares.supporters_left, election.decimals).to_string().into();
        if let (Some(price), Some(effective)) = (&shares.price, &shares.effective_votes) {
            value["price"] = fraction(price, election.decimals).to_string().into();
            value["effective_votes"] = effective.to_string().into();
        }
    }
    if let Some(answer) = answers.iter().find(|a| a.plan == decision.plan) {
        let threshold = |threshold: Threshold, shown: &dyn Fn(i64) -> Value| match threshold {
            Threshold::At { value, least } => json!({ "at": shown(value), "least": least }),
            Threshold::Never => json!("never"),
            Threshold::NotComputed => json!("not computed"),
        };
        value["wins_at_cost"] = threshold(answer.cost, &|units| money(units).into());
        value["wins_with_new_voters"] = threshold(answer.voters, &Value::from);
    }
    value
}

fn csv(counted: &Counted<'_>) -> Result<String, String> {
    let Counted { election, outcome, .. } = counted;
    let money = |units| amount(units, election.decimals);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |e: csv::Error| format!("the outcome cannot be written: {e}");
    writer
        .write_record(["place", "id", "verdict", "votes", "supporters", "cost", "granted", "missing"])
        .map_err(failed)?;
    for (place, decision) in outcome.decisions.iter().enumerate() {
        let plan = &election.plans[decision.plan as usize];
        // A spreadsheet must not take an id for a formula.
        let id = if plan.id.starts_with(['=', '+', '-', '@']) { format!("'{}", plan.id) } else { plan.id.clone() };
        let missing = decision.missing(plan.cost).map(money).unwrap_or_default();
        let [votes, supporters] = [decision.votes, decision.supporters].map(|n| n.to_string());
        let (cost, granted) = (money(plan.cost), money(decision.granted));
        let row =
            [(place + 1).to_string(), id, verdict(decision.verdict).into(), votes, supporters, cost, granted, missing];
        writer.write_record(row).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|e| format!("the outcome cannot be written: {e}"))?;
    String::from_utf8(bytes).map_err(|e| e.to_string())
}

fn table(counted: &Counted<'_>, explain: bool) -> String {
    let Counted { election, procedure, outcome, what_if, .. } = counted;
    let money = |units| amount(units, election.decimals);
    let mut text = format!(
        "{}: {} of {} plans win, {} of {} is spent, {} voters\n",
        procedure.rule,
        outcome.winners.len(),
        election.plans.len(),
        money(outcome.cost),
        money(election.budget),
        election.profile.voters()
    );
    if let (Some(endowment), Some(steps)) = (&outcome.endowment, outcome.increments) {
        text +=
            &format!("endowment {} per voter, after {steps} steps\n", rounded(&fraction(endowment, election.decimals)));
    }
    let width = election.plans.iter().map(|plan| plan.id.chars().count()).max().unwrap_or(0).clamp(4, 40);
    text += &format!("\n{:>4}  {:<width$}  {:>10}  {:>14}  outcome\n", "", "plan", "votes", "cost");
    for (place, decision) in outcome.decisions.iter().enumerate() {
        let plan = &election.plans[decision.plan as usize];
        text += &format!(
            "{:>4}  {:<width$}  {:>10}  {:>14}  {}",
            place + 1,
            plan.id,
            decision.votes,
            money(plan.cost),
            verdict(decision.verdict)
        );
        if decision.granted > plan.cost {
            text += &format!(", topped up to {}", money(decision.granted));
        }
        if let Some(missing) = decision.missing(plan.cost) {
            text += &format!(", {} short", money(missing));
        }
        text.push('\n');
        if explain {
            text += &because(election, decision, procedure.rule, what_if);
        }
    }
    for tie in outcome.ties.iter().filter(|tie| tie.mattered) {
        text += &format!("a tie decided between {}, by {}\n", ids(election, &tie.plans).join(", "), procedure.ties);
    }
    text
}

fn because(election: &Election, decision: &Decision, rule: Rule, answers: &[WhatIf]) -> String {
    let money = |units| amount(units, election.decimals);
    let mut text = String::new();
    if let Some(shares) = &decision.shares {
        let left = rounded(&fraction(&shares.supporters_left, election.decimals));
        text += &match (&shares.price, &shares.effective_votes) {
            (Some(price), Some(effective)) => {
                let price = rounded(&fraction(price, election.decimals));
                format!(
                    "        its supporters had {left} and paid {price} each; effective votes {}\n",
                    rounded(effective)
                )
            }
            _ => format!("        its supporters had {left} left\n"),
        };
    } else if !matches!(rule, Rule::EqualShares { .. }) {
        text += &format!("        {} was left\n", money(decision.left_before));
    }
    if let Some(answer) = answers.iter().find(|a| a.plan == decision.plan) {
        let line = |what: &str, threshold: Threshold, shown: &dyn Fn(i64) -> String| match threshold {
            Threshold::At { value, least } => format!(
                "        it wins {what} {}{}\n",
                shown(value),
                if least { "" } else { " (perhaps not the least change)" }
            ),
            Threshold::Never => format!("        it wins at no tried number {what}\n"),
            Threshold::NotComputed => format!("        not computed: {what}\n"),
        };
        text += &line("at a cost of", answer.cost, &|units| money(units));
        text += &line("with new voters for it alone:", answer.voters, &|voters| voters.to_string());
    }
    text
}

/// Prints the rules side by side.
pub fn comparison(
    election: &Election,
    counted: &[(&str, Outcome)],
    warnings: &[String],
    format: Format,
) -> Result<(), String> {
    let money = |units| amount(units, election.decimals);
    if format == Format::Json {
        let rules: Vec<Value> = counted
            .iter()
            .map(|(name, outcome)| json!({ "rule": name, "winners": ids(election, &outcome.winners), "cost": money(outcome.cost), "excluded": measures(election, outcome).excluded }))
            .collect();
        return put(&format!(
            "{}\n",
            json!({ "rules": rules, "budget": money(election.budget), "voters": election.profile.voters(), "warnings": warnings })
        ));
    }
    let mut plans: Vec<u32> = (0..election.plans.len() as u32).collect();
    let votes: Vec<u64> = counted.first().map_or_else(Vec::new, |(_, outcome)| {
        let mut votes = vec![0; election.plans.len()];
        outcome.decisions.iter().for_each(|d| votes[d.plan as usize] = d.votes);
        votes
    });
    plans.sort_by_key(|plan| std::cmp::Reverse(votes[*plan as usize]));
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut text = String::new();
    let mut header = vec!["plan".to_owned(), "votes".into(), "cost".into()];
    header.extend(counted.iter().map(|(name, _)| (*name).to_owned()));
    let width = election.plans.iter().map(|plan| plan.id.chars().count()).max().unwrap_or(0).clamp(4, 40);
    let mut line = |cells: &[String]| -> Result<(), String> {
        if format == Format::Csv {
            return writer.write_record(cells).map_err(|e| e.to_string());
        }
        text += &format!("{:<width$}  {:>10}  {:>14}", cells[0], cells[1], cells[2]);
        cells[3..].iter().zip(counted).for_each(|(cell, (name, _))| text += &format!("  {cell:>w$}", w = name.len()));
        text.push('\n');
        Ok(())
    };
    line(&header)?;
    for plan in plans {
        let entry = &election.plans[plan as usize];
        let mut cells = vec![entry.id.clone(), votes[plan as usize].to_string(), money(entry.cost)];
        cells.extend(counted.iter().map(|(_, outcome)| if outcome.won(plan) { "wins".into() } else { "-".to_owned() }));
        line(&cells)?;
    }
    for (label, of) in [
        ("winners", &(|o: &Outcome| o.winners.len().to_string()) as &dyn Fn(&Outcome) -> String),
        ("spent", &|o: &Outcome| money(o.cost)),
        ("voters without a winner", &|o: &Outcome| {
            format!("{} %", rounded(&Fraction(measures(election, o).excluded.0 * num_bigint::BigInt::from(100))))
        }),
    ] {
        let mut cells = vec![label.to_owned(), String::new(), String::new()];
        cells.extend(counted.iter().map(|(_, outcome)| of(outcome)));
        line(&cells)?;
    }
    if format == Format::Csv {
        let bytes = writer.into_inner().map_err(|e| e.to_string())?;
        return put(&String::from_utf8(bytes).map_err(|e| e.to_string())?);
    }
    put(&text)
}
