//! What docs/verify.md tells people to run, run: its lines for pabutools, and the second verifier. The stories of the server use
//! it too, on bundles of rounds of their own.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the whole project, from either crate.
fn project() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().find(|folder| folder.join("docs/verify.md").exists()).unwrap().to_owned()
}

/// Winners as pabutools counts them from `ballots.pb`, with the manual's own lines between ```python and ```: `[1, 3]`, ids in
/// order. `None`, said so, where it is not installed; `PABUTOOLS_PYTHON` names a Python that has it (`builder/pabutools.sh`
/// makes one).
pub fn pabutools(ballots: &[u8], withdrawn: &[i64]) -> Option<String> {
    let python = std::env::var_os("PABUTOOLS_PYTHON")
        .map_or_else(|| project().join("target/pabutools/bin/python"), PathBuf::from);
    let has = Command::new(&python).args(["-c", "import pabutools"]).output();
    if !has.is_ok_and(|run| run.status.success()) {
        println!("skipped: no pabutools in {}", python.display());
        return None;
    }
    let manual = std::fs::read_to_string(project().join("docs/verify.md")).unwrap();
    let lines = manual.split("```python\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ballots.pb"), ballots).unwrap();
    let round = serde_json::json!({ "withdrawn": withdrawn }).to_string();
    std::fs::write(folder.path().join("round.json"), round).unwrap();
    let run = Command::new(&python).arg("-c").arg(lines).current_dir(folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout).trim().to_owned();
    assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stderr));
    Some(said)
}

/// What `docs/verify/verify.py` says of a bundle, and whether it found it right; `None`, said so, where there is no python3.
pub fn second_verifier(bundle: &[u8], options: &[&str]) -> Option<(String, bool)> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("stemronde.zip");
    std::fs::write(&file, bundle).unwrap();
    let run = Command::new("python3").arg(project().join("docs/verify/verify.py")).arg(file).args(options).output();
    let Ok(run) = run else {
        println!("skipped: python3 is missing");
        return None;
    };
    Some((String::from_utf8_lossy(&run.stdout).into_owned(), run.status.success()))
}
