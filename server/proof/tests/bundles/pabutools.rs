//! Equal Shares counted by pabutools from a bundle's `ballots.pb`, with the lines of docs/verify.md. Skipped where pabutools is not
//! installed; `PABUTOOLS_PYTHON` names a Python that has it (`builder/pabutools.sh` makes one).

use crate::made::{Kind, made, published};
use std::path::Path;
use std::process::Command;

/// The lines between ```python and ``` in the manual: what people are told is what is tried.
fn lines() -> String {
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/verify.md");
    let manual = std::fs::read_to_string(manual).unwrap();
    let code = manual.split("```python\n").nth(1).and_then(|rest| rest.split("```").next());
    code.unwrap().to_owned()
}

#[test]
fn pabutools_counts_the_same() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = here.join("../../target/pabutools/bin/python");
    let python = std::env::var_os("PABUTOOLS_PYTHON").map_or(target, Into::into);
    let has = Command::new(&python).args(["-c", "import pabutools"]).status();
    if !has.is_ok_and(|status| status.success()) {
        println!("skipped: no pabutools in {}", python.display());
        return;
    }
    let mut counted = 0;
    for seed in 1..16 {
        let kind = Kind { form: "approval", rule: "equal-shares/1", lot: false, voters: 40, plans: 6 };
        let m = made(seed, kind, "ronde-a");
        // Where plans came out equal, each program may choose otherwise.
        if m.contents.outcome.ties.iter().any(|tie| tie.mattered) {
            continue;
        }
        let folder = std::env::temp_dir().join(format!("fijnebuurt-pabutools-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let bytes = published(&m).0;
        let all = proof::unpack(&bytes).unwrap();
        let file = all.iter().find(|(name, _)| name == "ballots.pb").unwrap();
        std::fs::write(folder.join("ballots.pb"), &file.1).unwrap();
        let run = Command::new(&python).arg("-c").arg(lines()).current_dir(&folder).output().unwrap();
        let said = String::from_utf8_lossy(&run.stdout).trim().to_owned();
        assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stderr));
        let mut won: Vec<i64> =
            domain::round::plain::of(&m.contents.outcome).funded.iter().map(|(id, _)| *id).collect();
        won.sort_unstable();
        assert_eq!(said, format!("{won:?}"), "seed {seed}");
        counted += 1;
        // Left behind only where it cannot be removed.
        let _ = std::fs::remove_dir_all(folder);
    }
    println!("pabutools counted {counted} bundles the same");
    assert!(counted > 5);
}
