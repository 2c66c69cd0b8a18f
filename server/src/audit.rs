//! `fijnebuurt verify audit`: holds the audit log against the digests that lie outside the database. Writes nothing.

use crate::config::Config;
use crate::start;
use clap::Args;
use services::logbook::verify::{self, Asked, Report};
use services::{logbook, unhex};
use std::path::PathBuf;
use std::process::ExitCode;
use texts::rfc3339;

/// What the log is held against.
#[derive(Args)]
pub struct AuditArgs {
    /// Folder with the digests, best a copy that lies somewhere else; DATA_DIR/audit when left out.
    #[arg(long)]
    digests: Option<PathBuf>,
    /// Public key that the digests must be signed with (may be given again for older keys); the one of this server when left out.
    #[arg(long, value_parser = key)]
    public_key: Vec<String>,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

fn key(text: &str) -> Result<String, String> {
    let text = text.trim().to_lowercase();
    let is_one = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    if is_one { Ok(text) } else { Err("a public key has 64 figures and letters a to f".into()) }
}

/// Checks, prints, and gives the status: 0 all is well, 1 something is wrong, 2 nothing could be checked.
pub async fn run(args: AuditArgs) -> ExitCode {
    match check(&args).await {
        Ok(report) => {
            if args.json {
                println!("{}", json(&report))
            } else {
                lines(&report).iter().for_each(|line| println!("{line}"));
            }
            if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(text) => {
            eprintln!("{text}");
            ExitCode::from(2)
        }
    }
}

async fn check(args: &AuditArgs) -> Result<Report, String> {
    let config = Config::read()?;
    let db = start::existing(&config).await?;
    if let Some(folder) = &args.digests
        && !folder.is_dir()
    {
        return Err(format!("{} is not a folder. Name the one where the digests lie.", folder.display()));
    }
    let asked = Asked {
        digests: args.digests.clone().unwrap_or_else(|| logbook::folder(&config.data_dir)),
        public_keys: args.public_key.iter().filter_map(|hexed| unhex(hexed)).collect(),
        data_dir: config.data_dir,
    };
    verify::verify(&db, &asked).await.map_err(|e| e.to_string())
}

/// The report in plain words.
pub fn lines(report: &Report) -> Vec<String> {
    let mut lines: Vec<String> = report.findings.iter().map(|f| format!("wrong: {f}")).collect();
    lines.push(format!("links worked out anew: {}; digests that lie here: {}", report.links, report.lodged));
    if !report.not_lodged.is_empty() {
        let (first, count) = (&report.not_lodged[0], report.not_lodged.len());
        lines.push(format!("{count} digests of the database do not lie here; the first is of {first}"));
    }
    if let Some((day, at, seq)) = &report.protected {
        lines.push(format!("fixed up to link {seq}, by the digest of {day} ({})", rfc3339(*at)));
    }
    if let Some(since) = report.since {
        lines.push(format!(
            "unprotected: {} lines since {}; the next digest that is lodged covers them",
            report.unprotected,
            rfc3339(since)
        ));
    }
    if report.findings.is_empty() {
        lines.push("ok".into());
    }
    lines
}

fn json(report: &Report) -> serde_json::Value {
    serde_json::json!({
        "ok": report.findings.is_empty(),
        "wrong": report.findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "links": report.links,
        "digests": report.lodged,
        "not_lodged": report.not_lodged,
        "protected": report.protected.as_ref().map(|(day, at, seq)| serde_json::json!({ "day": day, "at": at, "seq": seq })),
        "unprotected": { "lines": report.unprotected, "since": report.since },
    })
}
