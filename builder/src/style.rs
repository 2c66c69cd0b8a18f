//! One style sheet: the design system's components that `style/components.txt` names (one a line, in order, `#` for
//! remarks), then our tokens, base and components, minified and without the classes that no page names.

use crate::{Fault, files_in, read_text};
use lightningcss::{
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions, StyleSheet},
    targets::{Browsers, Targets},
};
use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

/// Where the HTML is made: a class that stands in none of these sources is in no page.
const DRAWN_IN: [&str; 2] = ["app/pages/src", "app/islands/src"];
const PACKAGE: &str = "end2end/node_modules/@amsterdam/design-system-css/dist";

pub fn run(root: &Path) -> Result<String, Fault> {
    let mut all = String::new();
    for file in sources(root)? {
        let text = read_text(&file)?;
        // Alone first, so that a mistake is named by its own file and line.
        parse(&text).map_err(|why| format!("{}: {why}", file.strip_prefix(root).unwrap_or(&file).display()))?;
        all.push_str(text.trim_start_matches('\u{feff}'));
        all.push('\n');
    }
    let mut drawn = String::new();
    for folder in DRAWN_IN {
        read_below(&root.join(folder), &mut drawn)?;
    }
    minify(&all, unused(&all, &drawn))
}

fn read_below(folder: &Path, out: &mut String) -> Result<(), Fault> {
    for file in files_in(folder) {
        out.push_str(&read_text(&file)?);
    }
    let inside = std::fs::read_dir(folder).map_err(|why| format!("cannot read {}: {why}", folder.display()))?;
    for entry in inside.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()) {
        read_below(&entry, out)?;
    }
    Ok(())
}

/// The words of a text that may be classes of ours or of the design system.
fn classes(text: &str) -> HashSet<&str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .filter(|word| word.starts_with("fb-") || word.starts_with("ams-"))
        .collect()
}

/// Classes of the sheet that no page names. A source that puts a name together (`fb-badge--{state}`) leaves a word
/// that ends in `-`, and then everything that starts so counts as used.
fn unused(sheet: &str, drawn: &str) -> HashSet<String> {
    let used = classes(drawn);
    let stems: Vec<&str> = used.iter().filter(|word| word.ends_with('-')).copied().collect();
    classes(sheet)
        .into_iter()
        .filter(|class| !used.contains(class) && !stems.iter().any(|stem| class.starts_with(stem)))
        .map(str::to_owned)
        .collect()
}

fn minify(all: &str, unused_symbols: HashSet<String>) -> Result<String, Fault> {
    let targets = Targets::from(oldest_browsers());
    let mut sheet = parse(all)?;
    let minified = sheet.minify(MinifyOptions { targets, unused_symbols });
    minified.map_err(|why| format!("the style sheet cannot be minified: {why}"))?;
    let printed = sheet.to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() });
    Ok(settle_tokens(printed.map_err(|why| format!("the style sheet cannot be printed: {why}"))?.code))
}

/// Works out what the browser would: a token that nothing reads is dropped, and `var()` of a token that nothing sets
/// makes its declaration `unset`, which is what the browser takes for it.
fn settle_tokens(mut css: String) -> String {
    loop {
        let read: HashSet<&str> = css.split("var(").skip(1).map(token).collect();
        let parts = parts(&css);
        let set: HashSet<&str> = parts
            .iter()
            .filter_map(|part| Some(part.split_once(':')?.0))
            .filter(|name| name.starts_with("--"))
            .collect();
        let settled: String = parts.iter().map(|part| settled(part, &read, &set)).collect();
        if settled == css {
            return css;
        }
        css = settled;
    }
}

/// One part, as the browser would take it.
fn settled<'a>(part: &'a str, read: &HashSet<&str>, set: &HashSet<&str>) -> std::borrow::Cow<'a, str> {
    let end = part.len() - usize::from(part.ends_with([';', '}']));
    let (declaration, end) = part.split_at(end);
    match declaration.split_once(':') {
        Some((name, _)) if !end.is_empty() && name.starts_with("--") && !read.contains(name) => {
            end.trim_start_matches(';').into()
        }
        Some((name, value)) if !end.is_empty() && !name.starts_with("--") => {
            let unset = value.strip_prefix("var(").and_then(|rest| rest.strip_suffix(')'));
            if unset.is_some_and(|of| of == token(of) && !set.contains(of)) {
                format!("{name}:unset{end}").into()
            } else {
                part.into()
            }
        }
        _ => part.into(),
    }
}

/// The name at the start of a text: `--a` of `--a,1rem)`.
fn token(text: &str) -> &str {
    text.split([',', ')', ' ']).next().unwrap_or_default()
}

/// Cuts minified CSS after each `{`, `}` and `;` that stands outside quotes and brackets.
fn parts(css: &str) -> Vec<&str> {
    let (mut parts, mut from, mut depth, mut quote) = (Vec::new(), 0, 0_u32, None);
    let mut escaped = false;
    for (at, c) in css.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (_, '\\') => escaped = true,
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, '{' | '}' | ';') if depth == 0 => {
                parts.push(&css[from..=at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&css[from..]);
    parts
}

/// Phones of early 2022 and newer. Newer notation (such as `width >= 40rem`) is rewritten for these; the design
/// system's logical properties are understood by all of them.
fn oldest_browsers() -> Browsers {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    Browsers {
        android: version(99, 0),
        chrome: version(99, 0),
        edge: version(99, 0),
        firefox: version(97, 0),
        ios_saf: version(15, 4),
        safari: version(15, 4),
        samsung: version(18, 0),
        ..Browsers::default()
    }
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
    use super::{minify, parse, settle_tokens, unused};
    use std::collections::HashSet;

    #[test]
    fn minified_css_means_the_same() {
        let css = "@media (min-width: 40rem) { .a > .b { margin: 0px; inline-size: calc( 1px + 2% ) } }\n.c::before{content:\" x \"}";
        let small = minify(css, HashSet::new()).unwrap_or_default();
        assert_eq!(
            small,
            "@media (min-width:40rem){.a>.b{inline-size:calc(1px + 2%);margin:0}}.c:before{content:\" x \"}"
        );
    }

    #[test]
    fn only_rules_that_no_page_can_match_are_dropped() {
        // A rule goes when all of its selectors do; one used selector keeps the whole list.
        let css = ".fb-a{color:red}.fb-b,.fb-a .fb-c{color:blue}.fb-d--x{top:0}.fb-e:not(.fb-a){left:0}p{right:0}";
        let drawn = r#"<p class="fb-b fb-e"> format!("fb-d--{state}")"#;
        assert_eq!(
            minify(css, unused(css, drawn)).unwrap_or_default(),
            ".fb-b,.fb-a .fb-c{color:#00f}.fb-d--x{top:0}.fb-e:not(.fb-a){left:0}p{right:0}"
        );
    }

    #[test]
    fn tokens_that_nothing_reads_or_sets_are_worked_out() {
        let css = ":root{--a:1px;--b:var(--c);--c:2px;--d:\"x;}\"}p{top:var(--a);left:var(--e);right:var(--f,3px)}q{margin:var(--a) var(--e)}";
        assert_eq!(
            settle_tokens(css.to_owned()),
            ":root{--a:1px;}p{top:var(--a);left:unset;right:var(--f,3px)}q{margin:var(--a) var(--e)}"
        );
    }

    #[test]
    fn a_mistake_is_refused() {
        assert!(parse(".a { color: red; } } .b {").is_err());
    }
}
