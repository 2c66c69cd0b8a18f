//! Voters' letters: as a job for the program that makes a PDF, and as a file for the printer's own.

use crate::ActError;
use crate::codes::Letter;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Stdio;
use store::rounds::Round;
use texts::Lang;
use tokio::io::AsyncWriteExt as _;

/// Where a voter enters the code.
fn link(round: &Round, base_url: &str) -> String {
    format!("{base_url}{}", domain::urls::RoundCode { round: round.slug.clone() })
}

/// The file for a printer: address, code as printed, and the link of the QR with the code behind its `#`.
///
/// # Errors
/// What cannot be written.
pub fn csv(round: &Round, base_url: &str, letters: &[Letter], header: bool) -> Result<Vec<u8>, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let link = link(round, base_url);
    if header {
        writer.write_record(["regel1", "regel2", "regel3", "code", "link"]).map_err(|e| e.to_string())?;
    }
    for letter in letters {
        let mut lines = letter.address.lines();
        let mut line = || lines.next().unwrap_or_default();
        let (one, two, three) = (line(), line(), line());
        let qr = format!("{link}#{}", letter.code.plain());
        writer.write_record([one, two, three, &letter.code.grouped(), &qr]).map_err(|e| e.to_string())?;
    }
    writer.into_inner().map_err(|e| e.to_string())
}

/// What the letters program reads: texts in the round's languages, and each letter.
pub fn job(round: &Round, base_url: &str, letters: &[Letter]) -> Value {
    let link = link(round, base_url);
    let text = |lang: Lang| {
        let t = |key: &str| texts::t(lang, key);
        let pot = texts::money(lang, round.pot);
        let until = texts::date_time(lang, round.closes_at);
        json!({
            "lang": lang.code(),
            "dir": lang.dir(),
            "heading": texts::ta(lang, "letter-heading", &[("pot", pot.as_str().into()), ("buurt", round.buurt.as_str().into())]),
            "body": [texts::ta(lang, "letter-body", &[("buurt", round.buurt.as_str().into())]), t("letter-secret")],
            "scan": t("letter-scan"),
            "or": t("letter-or"),
            "code": t("letter-code"),
            "until": texts::ta(lang, "letter-until", &[("at", until.as_str().into())]),
            "lost": t("letter-lost"),
        })
    };
    let languages: Vec<Value> = round.letters_in.split(',').map(|code| text(Lang::from_code(code.trim()))).collect();
    let letters: Vec<Value> = letters
        .iter()
        .map(|letter| {
            json!({
                "address": letter.address.lines().collect::<Vec<_>>(),
                "code": letter.code.grouped(),
                "link": format!("{link}#{}", letter.code.plain()),
            })
        })
        .collect();
    json!({
        "size": "a5",
        "return_address": "",
        "title": round.title,
        "texts": languages,
        "site": link.trim_start_matches("https://").trim_start_matches("http://"),
        "letters": letters,
    })
}

/// Lets the letters program make a PDF. The job goes through a pipe: no code is written anywhere.
///
/// # Errors
/// [`ActError::Broken`] with what the program says.
pub async fn print(program: &Path, job: &Value) -> Result<Vec<u8>, ActError> {
    let failed = |what: String| {
        ActError::Broken(format!(
            "The letters could not be made by {} ({what}). Their codes are made: take them back with 'make all codes anew'.",
            program.display()
        ))
    };
    let mut child = tokio::process::Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|e| failed(e.to_string()))?;
    let mut input = child.stdin.take().ok_or_else(|| failed("no input".into()))?;
    let text = job.to_string();
    // Written beside reading: a program that answers before it has read all would block both.
    let writing = tokio::spawn(async move { input.write_all(text.as_bytes()).await });
    let output = child.wait_with_output().await.map_err(|e| failed(e.to_string()))?;
    let written = writing.await.map_err(|e| failed(e.to_string()))?;
    if !output.status.success() {
        return Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    written.map_err(|e| failed(e.to_string()))?;
    Ok(output.stdout)
}
