//! From the compiled module to what a browser loads: `frontend.js` and `frontend_bg.wasm`.
//!
//! One script and no inline code: the loader that Leptos would write into each page is appended to `frontend.js`,
//! so that the page needs only `<script type="module" src="...">` and the policy `script-src 'self'`.

use crate::{Fault, manifest::digest, read, read_text, timed, write};
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

pub const SCRIPT: &str = "frontend.js";
pub const WASM: &str = "frontend_bg.wasm";

pub struct Module {
    /// Names the wasm file by its logical name; see [`Module::script_for`].
    script: String,
    pub wasm: Vec<u8>,
    pub islands: Vec<String>,
}

impl Module {
    /// The script, loading the wasm file under the name it is served by.
    pub fn script_for(&self, wasm_file: &str) -> String {
        self.script.replace(WASM, wasm_file)
    }
}

/// Runs wasm-bindgen, or takes what it made last time from the same input.
pub fn run(compiled: &Path, kept_in: &Path) -> Result<Module, Fault> {
    let input = read(compiled)?;
    // The loader and this builder's own choices are part of the input too.
    let stamp = format!("{} {}", digest(&input), digest(include_bytes!("module.rs")));
    let stamp_file = kept_in.join("module.txt");
    if std::fs::read_to_string(&stamp_file).is_ok_and(|made_from| made_from == stamp) {
        return load(kept_in);
    }
    timed("wasm-bindgen", || bind(input, kept_in))?;
    write(&stamp_file, stamp.as_bytes())?;
    load(kept_in)
}

fn load(kept_in: &Path) -> Result<Module, Fault> {
    let islands = read_text(&kept_in.join("islands.txt"))?.lines().map(str::to_owned).collect();
    Ok(Module { script: read_text(&kept_in.join(SCRIPT))?, wasm: read(&kept_in.join(WASM))?, islands })
}

fn bind(input: Vec<u8>, kept_in: &Path) -> Result<(), Fault> {
    let fault = |why| format!("wasm-bindgen: {why:#}");
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes("frontend", input).typescript(false).remove_name_section(true).remove_producers_section(true);
    bindgen.web(true).map_err(fault)?;
    let mut output = bindgen.generate_output().map_err(fault)?;
    let snippets = output.snippets().iter().filter(|(_, scripts)| !scripts.is_empty()).map(|(of, _)| of);
    let own_scripts: Vec<&str> = snippets.chain(output.local_modules().keys()).map(String::as_str).collect();
    if !own_scripts.is_empty() {
        return Err(format!(
            "the builder bundles one script, and dependencies bring their own: {}",
            own_scripts.join(", ")
        ));
    }
    let mut islands: Vec<String> =
        output.wasm().exports.iter().map(|export| export.name.clone()).filter(|name| is_island(name)).collect();
    islands.sort();
    let script = format!("{}\n{}", tidy(output.js()), loader(&islands));
    write(&kept_in.join(SCRIPT), script.as_bytes())?;
    write(&kept_in.join(WASM), &output.wasm_mut().emit_wasm())?;
    write(&kept_in.join("islands.txt"), islands.join("\n").as_bytes())
}

/// Leptos names an island's export after the component and a hash: `BallotTotal_1234567890`.
fn is_island(export: &str) -> bool {
    let hash = export.rsplit_once('_').filter(|(name, _)| name.starts_with(|first: char| first.is_ascii_uppercase()));
    hash.is_some_and(|(_, hash)| hash.len() > 8 && hash.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Drops indentation and whole-line comments. Nothing else: a template literal spans no lines in this script, but a
/// real minifier is needed to touch more, and brotli leaves little to gain.
fn tidy(script: &str) -> String {
    let mut inside_comment = false;
    let mut out = String::with_capacity(script.len());
    for line in script.lines().map(str::trim) {
        let starts = line.starts_with("/*");
        if !inside_comment && !starts && !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        inside_comment = (inside_comment || starts) && !line.ends_with("*/");
    }
    out
}

/// Wakes the islands in the order of the page, after Leptos' own `island_script.js`; `children` of an island are
/// claimed by the island around them through `$$on_hydrate`.
fn loader(islands: &[String]) -> String {
    let table = islands.join(",");
    format!(
        r#"const islands = {{{table}}};
const parents = [];
async function wake(node) {{
  const tag = node.localName;
  if (tag === "leptos-island") {{
    const island = islands[node.dataset.component];
    if (island) {{
      parents.at(-1)?.();
      await island(node);
    }} else {{
      console.error("No island " + node.dataset.component + " in this module: page and module are of different builds.");
    }}
  }}
  if (tag === "leptos-children") parents.push(node.$$on_hydrate);
  for (const child of [...node.children]) await wake(child);
  if (tag === "leptos-children") parents.pop();
}}
__wbg_init({{ module_or_path: new URL("{WASM}", import.meta.url) }}).then(async () => {{
  hydrate();
  await wake(document.body);
  document.documentElement.dataset.islands = "ready";
}});
"#
    )
}

#[cfg(test)]
mod tests {
    use super::{is_island, tidy};

    #[test]
    fn only_hashed_component_names_are_islands() {
        assert!(is_island("BallotTotal_10943561209872340912"));
        assert!(!is_island("hydrate"));
        assert!(!is_island("__wbindgen_malloc"));
        assert!(!is_island("__externref_table_alloc"));
    }

    #[test]
    fn tidying_keeps_code_and_drops_comments() {
        assert_eq!(
            tidy("/**\n * x\n */\nlet a = 1; // b\n\n  // c\n  a *= 2;\n/* d */\nf();"),
            "let a = 1; // b\na *= 2;\nf();\n"
        );
    }
}
