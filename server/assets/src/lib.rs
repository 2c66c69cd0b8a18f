//! What a browser fetches beside pages: the browser module, the style sheet and the pictures, embedded in the
//! binary by `build.rs` under names that change with their content, so that they can be cached for ever.
//!
//! Pages ask by logical name: `assets::url("style.css")`, `assets::url("pictures/tree.svg")`. The server answers
//! `/assets/{file}` with [`by_file`].

mod table {
    use super::Asset;
    include!(concat!(env!("OUT_DIR"), "/table.rs"));
}

/// One embedded file, as it is and compressed.
#[derive(Debug)]
pub struct Asset {
    /// What the source calls it, for example `style.css`.
    pub logical: &'static str,
    /// What it is served as, for example `style.0a1b2c3d4e.css`.
    pub file: &'static str,
    pub mime: &'static str,
    /// For an `integrity` attribute: `sha256-...`.
    pub integrity: &'static str,
    pub plain: &'static [u8],
    pub br: Option<&'static [u8]>,
    pub gz: Option<&'static [u8]>,
}

/// The binary was built before the site was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingSite;

impl std::fmt::Display for MissingSite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("this binary holds no style sheet and no browser module; run `make site` and build it again")
    }
}

impl std::error::Error for MissingSite {}

/// The files without which pages are bare: [`complete`] asks for these.
const NEEDED: [&str; 3] = ["style.css", "frontend.js", "frontend_bg.wasm"];

pub fn all() -> &'static [Asset] {
    table::FILES
}

pub fn by_logical(name: &str) -> Option<&'static Asset> {
    all().iter().find(|asset| asset.logical == name)
}

pub fn by_file(name: &str) -> Option<&'static Asset> {
    all().iter().find(|asset| asset.file == name)
}

/// Where a page finds the file. An unknown name gives an address that answers 404, never a panic in a page.
pub fn url(logical: &str) -> String {
    ["/assets/", by_logical(logical).map_or(logical, |asset| asset.file)].concat()
}

/// The exports of the browser module that wake islands; every `data-component` in a page must be among them.
pub fn islands() -> &'static [&'static str] {
    table::ISLANDS
}

pub fn complete() -> Result<(), MissingSite> {
    NEEDED.iter().all(|name| by_logical(name).is_some()).then_some(()).ok_or(MissingSite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_found_by_both_names_and_is_what_it_says() {
        for asset in all() {
            assert_eq!(by_logical(asset.logical).map(|found| found.file), Some(asset.file));
            assert_eq!(by_file(asset.file).map(|found| found.logical), Some(asset.logical));
            assert_eq!(url(asset.logical), format!("/assets/{}", asset.file));
            assert!(!asset.plain.is_empty(), "{} is empty", asset.logical);
            for packed in [asset.br, asset.gz].into_iter().flatten() {
                assert!(packed.len() < asset.plain.len(), "{} grew", asset.logical);
            }
        }
    }

    #[test]
    fn an_unknown_name_is_no_panic() {
        assert!(by_logical("no-such.css").is_none());
        assert_eq!(url("no-such.css"), "/assets/no-such.css");
    }

    #[test]
    fn a_complete_site_has_islands() {
        assert!(complete().is_err() || !islands().is_empty());
    }
}
