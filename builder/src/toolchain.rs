//! Finds a compiler that can build for the browser. Three ways, the first that works is taken:
//!
//! 1. the machine's own toolchain already has the standard library for `wasm32-unknown-unknown`;
//! 2. `rustup target add` fetches it;
//! 3. Debian's `rustc-web`, which builds that library from `rust-web-src`.
//!
//! The probe costs a second or more where there is no network, so its answer is kept in the target folder for as
//! long as the same compiler is in use.

use crate::{Fault, files_in, write};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

pub const TARGET: &str = "wasm32-unknown-unknown";

const REMEDY: &str = "no compiler here can build the browser module; run `make setup`, or `rustup target add \
                      wasm32-unknown-unknown`, or on Debian `apt-get install rustc-web cargo-web rust-web-src lld-22`";

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    Std,
    Debian,
}

impl Way {
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "std" => Some(Self::Std),
            "debian" => Some(Self::Debian),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Std => "std",
            Self::Debian => "debian",
        }
    }
}

pub fn find(root: &Path, kept_in: &Path) -> Result<Way, Fault> {
    let note = kept_in.join("toolchain.txt");
    let compiler = output(Command::new("rustc").arg("-vV").current_dir(root)).unwrap_or_default();
    if let Ok(known) = std::fs::read_to_string(&note)
        && let Some((way, of)) = known.split_once('\n')
        && of == compiler
        && let Some(way) = Way::named(way)
        && is_usable(way, root)
    {
        return Ok(way);
    }
    let way = probe(root)?;
    write(&note, format!("{}\n{compiler}", way.name()).as_bytes())?;
    Ok(way)
}

fn probe(root: &Path) -> Result<Way, Fault> {
    if is_usable(Way::Std, root) {
        return Ok(Way::Std);
    }
    println!("builder: the browser's standard library is missing, trying `rustup target add`");
    let added = Command::new("rustup").args(["target", "add", TARGET]).current_dir(root).status();
    if added.is_ok_and(|status| status.success()) && is_usable(Way::Std, root) {
        return Ok(Way::Std);
    }
    if is_usable(Way::Debian, root) {
        return Ok(Way::Debian);
    }
    Err(REMEDY.into())
}

fn is_usable(way: Way, root: &Path) -> bool {
    match way {
        Way::Std => has_std(root),
        Way::Debian => Path::new(DEBIAN_CARGO).exists() && has_debian_source() && debian_linker().is_some(),
    }
}

fn has_std(root: &Path) -> bool {
    let folder = output(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).current_dir(root));
    folder.is_some_and(|folder| {
        let files = files_in(Path::new(folder.trim()));
        files.iter().filter_map(|file| file.file_name()?.to_str()).any(|name| name.starts_with("libstd-"))
    })
}

const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

fn has_debian_source() -> bool {
    let sysroot = output(Command::new(DEBIAN_RUSTC).args(["--print", "sysroot"]).env_remove("LD_LIBRARY_PATH"));
    sysroot.is_some_and(|sysroot| Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std").is_dir())
}

/// `wasm-ld-22`, or whatever version the distribution has.
fn debian_linker() -> Option<PathBuf> {
    let mut linkers: Vec<PathBuf> = std::fs::read_dir("/usr/bin").ok()?.flatten().map(|entry| entry.path()).collect();
    linkers
        .retain(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with("wasm-ld")));
    linkers.sort();
    linkers.pop()
}

/// A `cargo build` for the browser, before the package and profile are named.
pub fn cargo_build(way: Way) -> Result<Command, Fault> {
    let mut command = match way {
        Way::Std => Command::new("cargo"),
        Way::Debian => Command::new(DEBIAN_CARGO),
    };
    // `cargo run` tells its child which package it runs; to the compiler that is a reason to start over.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name == "CARGO"
            || name.starts_with("CARGO_PKG_")
            || name.starts_with("CARGO_MANIFEST_")
            || name == "LD_LIBRARY_PATH"
        {
            command.env_remove(&*name);
        }
    }
    // In place of the flags of `.cargo/config.toml`: erasing the types of views helps the server compile sooner, and
    // costs the module 11 kB. An erased server ends the children of each element with one more `<!>`, which the module
    // passes over there; app/islands says what follows for the islands.
    // No source positions and no `Debug` texts either: in the browser nobody reads them, and they would carry the paths
    // of the machine that built. The stable compiler knows these two flags only when asked this way.
    let mut flags = vec!["--cfg", "getrandom_backend=\"wasm_js\"", "-Zlocation-detail=none", "-Zfmt-debug=none"];
    // A receipt is looked for once: the hash may be slower, and two kilobytes smaller.
    flags.extend(["--cfg", "sha2_backend_soft=\"compact\""]);
    command.args(["build", "--target", TARGET]).env("RUSTC_BOOTSTRAP", "1");
    if way == Way::Debian {
        let linker = debian_linker().ok_or(REMEDY)?;
        command.env("RUSTC", DEBIAN_RUSTC).env_remove("RUSTUP_TOOLCHAIN");
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        // The standard library is compiled here anyway, so it can do without its panic messages: 14 kB less.
        command.args(["-Z", "build-std=std", "-Z", "build-std-features=optimize_for_size"]);
        flags.extend(["-Zunstable-options", "-Cpanic=immediate-abort"]);
    }
    // Separated by what no flag can hold, as cargo wants it.
    command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
    Ok(command)
}

fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
