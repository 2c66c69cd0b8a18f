//! Compiles `app/frontend` for the browser, in a cargo run of its own: on the host the feature `ssr` is on, here
//! `hydrate`, and cargo would unite the two if it saw both at once.

use crate::{
    Fault,
    toolchain::{self, Way},
};
use std::path::{Path, PathBuf};

/// Returns the compiled module. Cargo itself knows when there is nothing to do.
pub fn run(root: &Path, target: &Path, way: Way, dev: bool) -> Result<PathBuf, Fault> {
    let mut build = toolchain::cargo_build(way)?;
    // Away from the server's own output: two compilers, or two runs at once, would disturb each other there.
    let folder = target.join(match (way, dev) {
        (Way::Std, false) => "browser",
        (Way::Std, true) => "browser-dev",
        (Way::Debian, false) => "browser-debian",
        (Way::Debian, true) => "browser-debian-dev",
    });
    build
        .current_dir(root)
        .args(["-p", "frontend", "--profile", "wasm-release", "--quiet", "--target-dir"])
        .arg(&folder);
    // `wasm-bindgen` reads the section that says which features the module uses; it drops the rest itself.
    build.args(["--config", "profile.wasm-release.strip='none'"]);
    if dev {
        build.args(["--config", "profile.wasm-release.lto=false", "--config", "profile.wasm-release.codegen-units=16"]);
    }
    let status = build.status().map_err(|why| format!("cannot start cargo: {why}"))?;
    if !status.success() {
        return Err("the browser module does not compile; the compiler's messages are above".into());
    }
    Ok(folder.join(toolchain::TARGET).join("wasm-release/frontend.wasm"))
}
