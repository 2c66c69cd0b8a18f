//! Where the real elections are: not in this project, because their licence is not known.

use std::path::PathBuf;

/// The folder with `elections/`, `edge/` and `reference/`: `$PABULIB`, or the one beside the project. Where there is none
/// the test says so and passes, unless `REQUIRE_PABULIB=1`.
pub fn folder() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/pabulib");
    let folder = PathBuf::from(std::env::var_os("PABULIB").unwrap_or_else(|| beside.into()));
    if folder.join("elections").is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var("REQUIRE_PABULIB").as_deref() != Ok("1"),
        "REQUIRE_PABULIB=1, and {} holds no elections: set PABULIB to the folder that does",
        folder.display()
    );
    println!("skipped: no Pabulib files in {}; set PABULIB to their folder", folder.display());
    None
}
