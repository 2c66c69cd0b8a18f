//! `fijnebuurt verify`: checks the published bundle of a round, without database, settings or network; `fijnebuurt verify audit`
//! is in [`crate::audit`].

use crate::audit::{self, AuditArgs};
use clap::{Args, Subcommand};
use proof::{Asked, Report, check};
use std::path::PathBuf;
use std::process::ExitCode;

/// A bundle, and what it is held against; or the audit log.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct VerifyArgs {
    #[command(subcommand)]
    other: Option<Other>,
    /// `stemronde-<round>.zip`.
    #[arg(required = true)]
    file: Option<PathBuf>,
    /// The digest of the bundle that was published with the result.
    #[arg(long, value_parser = digest)]
    digest: Option<String>,
    /// The digest of the ballot paper that was published when voting opened.
    #[arg(long, value_parser = digest)]
    paper: Option<String>,
    /// A receipt: which picks of it are in the lists.
    #[arg(long)]
    receipt: Option<String>,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Subcommand)]
enum Other {
    /// The audit log, against the digests that were lodged; exits with 1 when something is wrong, 2 when it could not be checked.
    Audit(AuditArgs),
}

fn digest(text: &str) -> Result<String, String> {
    let text = text.trim().to_lowercase();
    let is_one = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    if is_one { Ok(text) } else { Err("a digest has 64 figures and letters a to f".into()) }
}

/// Checks, prints, and gives the status: 0 all is well, 1 something is wrong, 2 no bundle at all.
pub async fn run(args: VerifyArgs) -> ExitCode {
    if let Some(Other::Audit(args)) = args.other {
        return audit::run(args).await;
    }
    let file = args.file.unwrap_or_default();
    let bytes = match std::fs::read(&file) {
        Ok(bytes) => bytes,
        Err(e) => {
            eprintln!("{} cannot be read: {e}", file.display());
            return ExitCode::from(2);
        }
    };
    let (report, is_bundle) = check(&bytes, &Asked { digest: args.digest, paper: args.paper, receipt: args.receipt });
    if args.json {
        println!("{}", json(&report))
    } else {
        print(&report)
    }
    match (is_bundle, report.wrong.is_empty()) {
        (false, _) => ExitCode::from(2),
        (true, true) => ExitCode::SUCCESS,
        (true, false) => ExitCode::FAILURE,
    }
}

fn print(report: &Report) {
    report.looked.iter().for_each(|line| println!("{line}"));
    for (title, worth) in &report.picks {
        println!("counted: {title} ({worth})");
    }
    report.wrong.iter().for_each(|finding| println!("{finding}"));
    if report.wrong.is_empty() {
        println!("ok");
    }
}

fn json(report: &Report) -> serde_json::Value {
    let wrong = |f: &proof::Finding| serde_json::json!({ "code": f.code.key(), "where": f.place, "what": f.what });
    let again = report.recounted.as_ref();
    serde_json::json!({
        "ok": report.wrong.is_empty(),
        "wrong": report.wrong.iter().map(wrong).collect::<Vec<_>>(),
        "recounted": again.is_some(),
        "winners": again.map(|plain| plain.funded.iter().map(|(id, _)| *id).collect::<Vec<_>>()),
        "left": again.map(|plain| plain.left.0),
        "picks": report.picks,
    })
}
