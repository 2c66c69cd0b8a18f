//! `fijnebuurt tally`: counts a Pabulib file, without database, settings or network.

mod print;

use clap::{Args, ValueEnum};
use domain::tally::ballots::RankWeights;
use domain::tally::{
    Bound, Completion, Election, Outcome, Procedure, Rule, SubBudget, Ties, Utility, WhatIf, count_watched, pb, preset,
    presets, what_if,
};
use std::fs::File;
use std::io::{BufReader, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How to count, and how to show it.
#[derive(Args)]
pub struct TallyArgs {
    /// The election in Pabulib's format; `-` reads from standard input.
    file: PathBuf,
    /// The rule.
    #[arg(long, value_enum, required_unless_present_any = ["preset", "compare"], conflicts_with = "preset")]
    rule: Option<RuleName>,
    /// A named procedure, such as `greedy/1`: what a round of the site uses.
    #[arg(long)]
    preset: Option<String>,
    /// Equal Shares: what a plan is worth to who chose it, `cost` or `cardinality`.
    #[arg(long, default_value = "cost")]
    utility: Utility,
    /// Equal Shares: `none`, `add1-exhaustive` or `add1-overshoot`.
    #[arg(long, default_value = "none")]
    completion: Completion,
    /// Equal Shares: fund what still fits afterwards, by votes.
    #[arg(long)]
    fill: bool,
    /// How equals are put in order: `cost-votes-id`, `id` or `lot:SEED`.
    #[arg(long)]
    ties: Option<Ties>,
    /// A minimum that is counted first, `theme:NAME=AMOUNT` or `place:NAME=AMOUNT`, in the file's unit; may be repeated.
    #[arg(long = "minimum", value_name = "SCOPE:NAME=AMOUNT")]
    minimums: Vec<String>,
    /// Raise winners from minimum to desired (column `desired`) with what is left.
    #[arg(long)]
    top_up: bool,
    /// What ranks are worth in a file of rankings.
    #[arg(long, value_enum, default_value = "borda")]
    ranking: Ranking,
    /// All rules side by side instead of one.
    #[arg(long, conflicts_with_all = ["rule", "preset", "explain"])]
    compare: bool,
    /// Say of each plan how it was decided, and what would have made it win.
    #[arg(long)]
    explain: bool,
    /// As JSON; the same as `--format json`.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum RuleName {
    Greedy,
    GreedyPerEuro,
    GreedyStop,
    EqualShares,
}

#[derive(Clone, Copy, ValueEnum)]
enum Ranking {
    Borda,
    Plurality,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
}

/// A counted file, ready to be printed.
struct Counted<'e> {
    election: &'e Election,
    procedure: Procedure,
    /// As the JSON's `rule`: the word of `--rule`.
    name: &'static str,
    outcome: Outcome,
    what_if: Vec<WhatIf>,
    warnings: Vec<String>,
}

/// Counts and prints.
///
/// # Errors
/// A sentence for standard error: what is wrong, in which line.
pub fn run(args: &TallyArgs) -> Result<(), String> {
    let (election, warnings) = read(&args.file, args.ranking)?;
    let format = if args.json { Format::Json } else { args.format };
    if format != Format::Json {
        for warning in &warnings {
            eprintln!("{warning}");
        }
    }
    let mut progress = Progress::new();
    if args.compare {
        let mut counted = Vec::new();
        for (name, procedure) in presets() {
            let outcome = count_watched(&election, &procedure, false, &mut |step| progress.show(name, step));
            counted.push((name, outcome.map_err(|e| e.to_string())?));
        }
        progress.clear();
        return print::comparison(&election, &counted, &warnings, format);
    }
    let procedure = procedure(args, &election)?;
    let outcome = count_watched(&election, &procedure, args.explain, &mut |step| progress.show("endowment step", step));
    let outcome = outcome.map_err(|e| e.to_string())?;
    let answers = if args.explain {
        let watch = &mut |plans| progress.show("what would have won: plans", plans);
        what_if(&election, &procedure, &outcome, Bound::default(), watch).map_err(|e| e.to_string())?
    } else {
        Vec::new()
    };
    progress.clear();
    let name = match procedure.rule {
        Rule::Greedy => "greedy",
        Rule::GreedyPerEuro => "greedy-per-euro",
        Rule::GreedyStop => "greedy-stop",
        Rule::EqualShares { .. } => "equal-shares",
    };
    print::outcome(
        &Counted { election: &election, procedure, name, outcome, what_if: answers, warnings },
        args.explain,
        format,
    )
}

fn read(file: &Path, ranking: Ranking) -> Result<(Election, Vec<String>), String> {
    let shown = if file == Path::new("-") { "standard input".into() } else { file.display().to_string() };
    let pb = if file == Path::new("-") {
        pb::read(std::io::stdin().lock())
    } else {
        let opened =
            File::open(file).map_err(|e| format!("{shown} cannot be read: {e}. Give the path of a .pb file."))?;
        pb::read(BufReader::new(opened))
    };
    let pb = pb.map_err(|e| format!("{shown}: {e}"))?;
    let ranking = match ranking {
        Ranking::Borda => RankWeights::Borda,
        Ranking::Plurality => RankWeights::Plurality,
    };
    let (election, more) = pb.election(&pb::Options { ranking }).map_err(|e| format!("{shown}: {e}"))?;
    Ok((election, pb.warnings.iter().chain(&more).map(|w| format!("{shown}: {w}")).collect()))
}

fn procedure(args: &TallyArgs, election: &Election) -> Result<Procedure, String> {
    let mut procedure = match (&args.preset, args.rule) {
        (Some(name), _) => preset(name).map_err(|e| e.to_string())?,
        (None, Some(RuleName::Greedy)) => Procedure::of(Rule::Greedy),
        (None, Some(RuleName::GreedyPerEuro)) => Procedure::of(Rule::GreedyPerEuro),
        (None, Some(RuleName::GreedyStop)) => Procedure::of(Rule::GreedyStop),
        (None, _) => {
            let (utility, completion, fill) = (args.utility, args.completion, args.fill);
            Procedure::of(Rule::EqualShares { utility, completion, fill })
        }
    };
    if let Some(ties) = &args.ties {
        procedure.ties = ties.clone();
    }
    procedure.top_up |= args.top_up;
    for minimum in &args.minimums {
        procedure.sub_budgets.push(sub_budget(minimum, election.decimals)?);
    }
    Ok(procedure)
}

fn sub_budget(text: &str, decimals: u32) -> Result<SubBudget, String> {
    let read = || {
        let (scope, rest) = text.split_once(':')?;
        let (name, amount) = rest.rsplit_once('=')?;
        Some(SubBudget { scope: scope.parse().ok()?, name: name.into(), amount: pb::amount(amount, decimals)? })
    };
    read().ok_or_else(|| {
        format!(
            "--minimum '{text}' is not theme:NAME=AMOUNT or place:NAME=AMOUNT, with at most the decimals of the file"
        )
    })
}

/// Tells on standard error, where a person looks at it, how far a long run is.
struct Progress {
    shown: Option<Instant>,
    started: Instant,
    terminal: bool,
}

impl Progress {
    fn new() -> Self {
        Self { shown: None, started: Instant::now(), terminal: std::io::stderr().is_terminal() }
    }

    fn show(&mut self, what: &str, number: u64) {
        let quiet = if self.shown.is_some() { Duration::from_millis(200) } else { Duration::from_secs(1) };
        if self.terminal && self.shown.unwrap_or(self.started).elapsed() > quiet {
            eprint!("\r{what} {number}, {} s\x1b[K", self.started.elapsed().as_secs());
            let _ = std::io::stderr().flush();
            self.shown = Some(Instant::now());
        }
    }

    fn clear(&mut self) {
        if self.shown.take().is_some() {
            eprint!("\r\x1b[K");
        }
    }
}
