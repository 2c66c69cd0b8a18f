//! Files named by their content, compressed once, listed in `manifest.json` for the `assets` crate to embed.

use crate::{Fault, files_in, read, write};
use base64::Engine as _;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

/// The most bytes, compressed with brotli, that a phone may be sent. With the HTML (some 6 kB) a first visit to the
/// heaviest page stays under 100 kB.
const BUDGET: [(&str, usize); 3] = [("frontend_bg.wasm", 62_800), ("frontend.js", 6_200), ("style.css", 9_900)];

pub struct Entry {
    pub logical: String,
    file: String,
    mime: &'static str,
    integrity: String,
    bytes: usize,
    br: Option<usize>,
    gz: Option<usize>,
}

impl Entry {
    pub fn print(&self) {
        let size =
            |bytes: Option<usize>| bytes.map_or_else(|| "-".into(), |bytes| format!("{:.1} kB", bytes as f64 / 1000.0));
        println!(
            "builder:   {:<18} {:>9} plain, {:>8} brotli, {:>8} gzip",
            self.logical,
            size(Some(self.bytes)),
            size(self.br),
            size(self.gz)
        );
    }

    /// Fails when the file outgrew its budget, or would be sent uncompressed.
    pub fn within_budget(&self) -> Result<(), Fault> {
        let Some((_, most)) = BUDGET.iter().find(|(logical, _)| *logical == self.logical) else { return Ok(()) };
        let bytes = self.br.unwrap_or(self.bytes);
        if bytes <= *most {
            return Ok(());
        }
        Err(format!("{} is {bytes} bytes with brotli, its budget is {most}; see builder/src/manifest.rs", self.logical))
    }

    fn json(&self) -> Value {
        json!({
            "logical": self.logical, "file": self.file, "mime": self.mime, "integrity": self.integrity,
            "bytes": self.bytes, "br": self.br, "gz": self.gz,
        })
    }
}

pub struct Manifest {
    out: PathBuf,
    quick: bool,
    pub entries: Vec<Entry>,
    pub islands: Vec<String>,
}

impl Manifest {
    pub fn new(out: &Path, quick: bool, islands: Vec<String>) -> Self {
        Self { out: out.into(), quick, entries: Vec::new(), islands }
    }

    /// Writes a file and its compressed forms, and returns the name it is served by.
    pub fn add(&mut self, logical: &str, content: &[u8]) -> Result<String, Fault> {
        let mime = mime(logical).ok_or_else(|| format!("`{logical}`: a kind of file the site does not serve"))?;
        let sum = Sha256::digest(content);
        let short: String = sum.iter().take(5).map(|byte| format!("{byte:02x}")).collect();
        let name = logical.rsplit('/').next().unwrap_or(logical);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let file = format!("{stem}.{short}.{extension}");
        self.put(&file, || Ok(content.to_vec()))?;
        let (mut br, mut gz) = (None, None);
        if is_text(mime) {
            let quality = if self.quick { 4 } else { 11 };
            br = self.put(&format!("{file}.br"), || brotli(content, quality))?;
            gz = self.put(&format!("{file}.gz"), || gzip(content))?;
            // A compressed form that saves nothing is only one more thing to carry.
            br = br.filter(|bytes| *bytes < content.len());
            gz = gz.filter(|bytes| *bytes < content.len());
        }
        let integrity = format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(sum));
        self.entries.push(Entry {
            logical: logical.into(),
            file: file.clone(),
            mime,
            integrity,
            bytes: content.len(),
            br,
            gz,
        });
        Ok(file)
    }

    /// The name says what is inside, so a file that is there already is the right one.
    fn put(&self, file: &str, make: impl FnOnce() -> Result<Vec<u8>, Fault>) -> Result<Option<usize>, Fault> {
        let path = self.out.join(file);
        if let Ok(there) = std::fs::metadata(&path) {
            return Ok(Some(usize::try_from(there.len()).unwrap_or(usize::MAX)));
        }
        let content = make()?;
        write(&path, &content)?;
        Ok(Some(content.len()))
    }

    /// Writes the manifest (only when it says something new, so that nothing is rebuilt for nothing) and removes
    /// files of earlier builds.
    pub fn finish(&mut self) -> Result<(), Fault> {
        self.entries.sort_by(|one, other| one.logical.cmp(&other.logical));
        let files: Vec<Value> = self.entries.iter().map(Entry::json).collect();
        let text = format!("{:#}\n", json!({ "format": 1, "islands": self.islands, "files": files }));
        let path = self.out.join("manifest.json");
        if read(&path).ok().as_deref() != Some(text.as_bytes()) {
            write(&path, text.as_bytes())?;
        }
        for file in files_in(&self.out) {
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let plain = name.trim_end_matches(".br").trim_end_matches(".gz");
            if name != "manifest.json" && !self.entries.iter().any(|entry| entry.file == plain) {
                std::fs::remove_file(&file).map_err(|why| format!("cannot remove {}: {why}", file.display()))?;
            }
        }
        Ok(())
    }
}

pub fn digest(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn mime(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "jpg" | "jpeg" => "image/jpeg",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        _ => return None,
    })
}

fn is_text(mime: &str) -> bool {
    mime.starts_with("text/")
        || matches!(mime, "application/wasm" | "image/svg+xml" | "application/manifest+json" | "image/x-icon")
}

fn brotli(content: &[u8], quality: i32) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    let parameters =
        brotli::enc::BrotliEncoderParams { quality, lgwin: 22, size_hint: content.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &content[..], &mut out, &parameters).map_err(|why| format!("brotli: {why}"))?;
    Ok(out)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).and_then(|()| encoder.finish()).map_err(|why| format!("gzip: {why}"))
}
