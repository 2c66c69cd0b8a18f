//! One style sheet: the design system's components that `style/components.txt` names (one a line, in order, `#` for
//! remarks), then our tokens, base and components, minified.

use crate::{Fault, files_in, read_text};
use lightningcss::{
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions, StyleSheet},
};
use std::path::{Path, PathBuf};

const PACKAGE: &str = "node_modules/@amsterdam/design-system-css/dist";

pub fn run(root: &Path) -> Result<String, Fault> {
    let mut all = String::new();
    for file in sources(root)? {
        let text = read_text(&file)?;
        // Alone first, so that a mistake is named by its own file and line.
        parse(&text).map_err(|why| format!("{}: {why}", file.strip_prefix(root).unwrap_or(&file).display()))?;
        all.push_str(text.trim_start_matches('\u{feff}'));
        all.push('\n');
    }
    minify(&all)
}

fn minify(all: &str) -> Result<String, Fault> {
    let mut sheet = parse(all)?;
    sheet.minify(MinifyOptions::default()).map_err(|why| format!("the style sheet cannot be minified: {why}"))?;
    let printed = sheet.to_css(PrinterOptions { minify: true, ..PrinterOptions::default() });
    Ok(printed.map_err(|why| format!("the style sheet cannot be printed: {why}"))?.code)
}

fn parse(text: &str) -> Result<StyleSheet<'_>, Fault> {
    StyleSheet::parse(text, ParserOptions::default()).map_err(|why| why.to_string())
}

fn sources(root: &Path) -> Result<Vec<PathBuf>, Fault> {
    let style = root.join("style");
    let mut files = Vec::new();
    let list = read_text(&style.join("components.txt"))?;
    let names: Vec<&str> = list
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|name| !name.is_empty())
        .collect();
    if !names.is_empty() {
        let package = package(root)?;
        for name in names {
            let file = package.join(name).join(format!("{name}.css"));
            if !file.is_file() {
                return Err(format!("style/components.txt names `{name}`, which the design system does not have"));
            }
            files.push(file);
        }
    }
    files.push(style.join("tokens.css"));
    files.push(style.join("base.css"));
    files.extend(
        files_in(&style.join("components")).into_iter().filter(|file| file.extension().is_some_and(|ext| ext == "css")),
    );
    Ok(files)
}

fn package(root: &Path) -> Result<PathBuf, Fault> {
    ["end2end", "."]
        .iter()
        .map(|folder| root.join(folder).join(PACKAGE))
        .find(|folder| folder.is_dir())
        .ok_or_else(|| "the design system's style sheets are not installed; run `make setup`".into())
}

#[cfg(test)]
mod tests {
    use super::{minify, parse};

    #[test]
    fn minified_css_means_the_same() {
        let css = "@media (min-width: 40rem) { .a > .b { margin: 0px; inline-size: calc( 1px + 2% ) } }\n.c::before{content:\" x \"}";
        let small = minify(css).unwrap_or_default();
        assert_eq!(
            small,
            "@media (min-width:40rem){.a>.b{inline-size:calc(1px + 2%);margin:0}}.c:before{content:\" x \"}"
        );
    }

    #[test]
    fn a_mistake_is_refused() {
        assert!(parse(".a { color: red; } } .b {").is_err());
    }
}
