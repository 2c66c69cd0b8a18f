//! The second verifier, `docs/verify/verify.py`, beside the first: the same right bundles, frauds, and changed bytes. Skipped where
//! there is no python3.

use crate::all;
use crate::frauds::FRAUDS;
use crate::made::{made, published};
use proof::{Wrong, bundle};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed stays in the folder for temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_second_verifier_agrees() {
    if Command::new("python3").arg("--version").output().is_err() {
        println!("skipped: python3 is missing");
        return;
    }
    let folder = Folder(std::env::temp_dir().join(format!("fijnebuurt-proof-{}", std::process::id())));
    std::fs::create_dir_all(&folder.0).unwrap();
    let mut cases = Vec::new();
    for (name, kind) in all() {
        let m = made(1, kind, "ronde-a");
        let (bytes, asked) = published(&m);
        std::fs::write(folder.0.join(format!("right-{name}.zip")), bytes).unwrap();
        let winners: Vec<i64> =
            domain::round::plain::of(&m.contents.outcome).funded.iter().map(|(id, _)| *id).collect();
        cases.push(serde_json::json!({
            "file": format!("right-{name}.zip"), "digest": asked.digest, "paper": asked.paper, "winners": winners,
            "left": m.contents.outcome.left, "receipt": kind.receipts.then(|| m.receipts[0].text()), "picks": m.ballots[0].0.len(),
        }));
    }
    for (n, (name, of, commit, code)) in FRAUDS.iter().enumerate() {
        let kind = all().into_iter().find(|(k, _)| k == of).unwrap().1;
        let m = made(6, kind, "ronde-a");
        let asked = published(&m).1;
        let mut contents = m.contents;
        commit(&mut contents);
        std::fs::write(folder.0.join(format!("fraud-{n}.zip")), bundle(&contents).unwrap()).unwrap();
        cases.push(serde_json::json!({
            "file": format!("fraud-{n}.zip"), "digest": asked.digest, "paper": asked.paper, "fraud": name,
            "code": code.map(Wrong::key),
        }));
    }
    std::fs::write(folder.0.join("cases.json"), serde_json::to_vec(&cases).unwrap()).unwrap();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = Command::new("python3")
        .arg(here.join("tests/bundles/beside.py"))
        .arg(here.join("../../docs/verify/verify.py"))
        .arg(&folder.0)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    println!("{said}");
    assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stderr));
    assert!(said.contains("2000 changed bytes"), "{said}");
}
