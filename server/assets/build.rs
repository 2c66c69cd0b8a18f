//! Turns the manifest of `builder site` into a table with the files' bytes. No manifest, empty table: a plain
//! `cargo build` or `cargo clippy` works before the site is built, and the server says at start what is missing.

use serde_json::Value;
use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=FIJNEBUURT_SITE");
    let site = site()?;
    let manifest = site.join("manifest.json");
    // A path that does not exist would make cargo run this script every time: then watch the folder above it.
    println!("cargo::rerun-if-changed={}", nearest_existing(&manifest).display());
    let table = match fs::read_to_string(&manifest) {
        Ok(text) => table(&site, &serde_json::from_str(&text)?)?,
        Err(_) => "pub static FILES: &[Asset] = &[];\npub static ISLANDS: &[&str] = &[];\n".to_owned(),
    };
    fs::write(Path::new(&env::var("OUT_DIR")?).join("table.rs"), table)?;
    Ok(())
}

/// `FIJNEBUURT_SITE`, or `site` in the workspace's target folder.
fn site() -> Result<PathBuf, Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../..").canonicalize()?;
    Ok(match (env::var_os("FIJNEBUURT_SITE"), env::var_os("CARGO_TARGET_DIR")) {
        (Some(site), _) => root.join(site),
        (None, Some(target)) => root.join(target).join("site"),
        (None, None) => root.join("target/site"),
    })
}

fn nearest_existing(path: &Path) -> &Path {
    path.ancestors().find(|candidate| candidate.exists()).unwrap_or(path)
}

fn table(site: &Path, manifest: &Value) -> Result<String, Box<dyn Error>> {
    let mut out = String::from("pub static FILES: &[Asset] = &[\n");
    for file in manifest["files"].as_array().ok_or("the manifest lists no files; run `make site`")? {
        let text = |key: &str| {
            file[key].as_str().ok_or_else(|| format!("a file in the manifest has no `{key}`; run `make site`"))
        };
        let name = text("file")?;
        let bytes =
            |suffix: &str| format!("include_bytes!({:?})", site.join(format!("{name}{suffix}")).display().to_string());
        let packed = |key: &str| match file[key].is_null() {
            true => "None".to_owned(),
            false => format!("Some({})", bytes(&format!(".{key}"))),
        };
        let (logical, mime, integrity) = (text("logical")?, text("mime")?, text("integrity")?);
        writeln!(
            out,
            "Asset {{ logical: {logical:?}, file: {name:?}, mime: {mime:?}, integrity: {integrity:?}, plain: {}, br: {}, gz: {} }},",
            bytes(""),
            packed("br"),
            packed("gz"),
        )?;
    }
    out.push_str("];\npub static ISLANDS: &[&str] = &[");
    for island in manifest["islands"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        write!(out, "{island:?}, ")?;
    }
    out.push_str("];\n");
    Ok(out)
}
