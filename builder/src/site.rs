//! `builder site`: everything a browser fetches that is not a page, in one folder with a manifest.

use crate::{
    Fault, compile, files_in,
    manifest::{Entry, Manifest},
    module, read, style, timed,
    toolchain::{self, Way},
};
use std::path::{Path, PathBuf};

#[derive(Default)]
pub struct Options {
    out: Option<PathBuf>,
    /// Quick to build, larger to fetch.
    dev: bool,
    way: Option<Way>,
}

impl Options {
    pub fn parse(args: &[String]) -> Result<Self, Fault> {
        let mut options = Self::default();
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--dev" => options.dev = true,
                "--out" => options.out = Some(args.next().ok_or("--out wants a folder")?.into()),
                "--way" => {
                    let way = args.next().and_then(|name| Way::named(name));
                    options.way = Some(way.ok_or("--way wants `std` or `debian`")?);
                }
                other => return Err(format!("unknown option `{other}`; {}", crate::USAGE)),
            }
        }
        Ok(options)
    }
}

pub fn run(root: &Path, options: &Options) -> Result<(), Fault> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder));
    let kept_in = target.join("builder");
    let out = root.join(options.out.clone().unwrap_or_else(|| target.join("site")));

    // First what fails at once, then what takes minutes.
    let pictures = pictures(root)?;
    let sheet = timed("style sheet", || style::run(root))?;
    let way = options.way.map_or_else(|| toolchain::find(root, &kept_in), Ok)?;
    let compiled =
        timed(&format!("browser module, way `{}`", way.name()), || compile::run(root, &target, way, options.dev))?;
    let module = module::run(&compiled, &kept_in.join(if options.dev { "dev" } else { way.name() }))?;

    let manifest = timed("names and compression", || {
        let mut manifest = Manifest::new(&out, options.dev, module.islands.clone());
        let wasm = manifest.add(module::WASM, &module.wasm)?;
        manifest.add(module::SCRIPT, module.script_for(&wasm).as_bytes())?;
        let mut sheet = sheet.clone();
        for (logical, content) in &pictures {
            let file = manifest.add(logical, content)?;
            sheet = sheet.replace(logical.as_str(), &file);
        }
        if let Some(at) = sheet.find("pictures/") {
            let name: String = sheet[at..].chars().take_while(|c| !matches!(c, '"' | '\'' | ')')).collect();
            return Err(format!("the style sheet names `{name}`, which is not in style/"));
        }
        manifest.add("style.css", sheet.as_bytes())?;
        manifest.finish()?;
        Ok(manifest)
    })?;
    manifest.entries.iter().filter(|entry| !entry.logical.starts_with("pictures/")).for_each(Entry::print);
    if !options.dev {
        manifest.entries.iter().try_for_each(Entry::within_budget)?;
    }
    println!(
        "builder: {} files and {} islands in {}",
        manifest.entries.len(),
        manifest.islands.len(),
        shown(root, &out)
    );
    Ok(())
}

fn shown(root: &Path, folder: &Path) -> String {
    folder.strip_prefix(root).unwrap_or(folder).display().to_string()
}

/// `style/pictures/tree.svg` has the logical name `pictures/tree.svg`, in pages and in the style sheet alike.
fn pictures(root: &Path) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    let mut found = Vec::new();
    for file in files_in(&root.join("style/pictures")) {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if crate::manifest::mime(&name).is_some() {
            found.push((format!("pictures/{name}"), read(&file)?));
        }
    }
    // Longest first: `pictures/a.svg` must not be replaced inside `pictures/a.svgz`.
    found.sort_by(|(one, _), (other, _)| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
    Ok(found)
}
