//! Every page with its sample data, in every language, and every text used and there.

use leptos::prelude::*;
use pages::Ctx;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use texts::Lang;

fn draw(sample: &pages::Sample, lang: Lang) -> String {
    let owner = Owner::new();
    owner.with(|| (sample.draw)(&Ctx::sample(lang)).to_html())
}

#[test]
fn in_every_language() {
    let samples = pages::samples();
    assert!(samples.len() >= 10);
    for sample in &samples {
        for &lang in Lang::ALL {
            let html = draw(sample, lang);
            assert!(
                html.contains(&format!("lang=\"{}\"", lang.code()))
                    && html.contains(&format!("dir=\"{}\"", lang.dir())),
                "{}",
                sample.name
            );
            if let Some(at) = html.find("?").filter(|_| html.contains("-?") || regex_like_missing(&html)) {
                panic!(
                    "{} in {lang:?} misses a text near: {}",
                    sample.name,
                    &html[at.saturating_sub(60)..(at + 60).min(html.len())]
                );
            }
            assert_eq!(html.matches("<h1").count(), 1, "{} has one main heading", sample.name);
            let title =
                html.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).map_or("", |(t, _)| t);
            assert!(!title.is_empty() && !title.contains('<'), "{}: a title is text alone: {title}", sample.name);
            assert!(!html.contains("style=\""), "{}: inline styles are stopped by the CSP", sample.name);
            for form in html.split("<form").skip(1) {
                let tag = &form[..form.find('>').unwrap_or(form.len())];
                if tag.contains("method=\"post\"") {
                    assert!(
                        form.contains("name=\"csrf\"") && form.contains("name=\"form_key\""),
                        "{}: a changing form carries token and key",
                        sample.name
                    );
                }
            }
        }
    }
}

/// A missing key shows as `?key-name?`.
fn regex_like_missing(html: &str) -> bool {
    html.split('?').skip(1).step_by(1).any(|part| {
        part.len() > 3
            && part.len() < 60
            && part.contains('-')
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
    })
}

fn files(dir: &Path, ending: &str, out: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path()) {
        if path.is_dir() && !path.ends_with("target") {
            files(&path, ending, out);
        } else if path.extension().is_some_and(|e| e == ending) {
            out.push(path);
        }
    }
}

fn keys(root: &Path, lang: &str) -> BTreeSet<String> {
    let mut catalogues = Vec::new();
    files(&root.join("app/texts/texts").join(lang), "ftl", &mut catalogues);
    let mut keys = BTreeSet::new();
    for path in catalogues {
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            if let Some((key, _)) = line.split_once(" =").filter(|(k, _)| {
                !k.is_empty() && k.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            }) {
                assert!(keys.insert(key.to_owned()), "{key} stands twice ({})", path.display());
            }
        }
    }
    keys
}

#[test]
fn no_text_is_missing_or_unused() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let (nl, en) = (keys(&root, "nl"), keys(&root, "en"));
    assert_eq!(
        nl.symmetric_difference(&en).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "every language has the same keys"
    );
    let mut sources = Vec::new();
    files(&root.join("app"), "rs", &mut sources);
    files(&root.join("server"), "rs", &mut sources);
    let code: String = sources.iter().map(|p| std::fs::read_to_string(p).unwrap()).collect();
    // Keys that are put together from a stem and a closed list.
    let stems = [
        "state-",
        "comment-by-",
        "comment-why-",
        "for-",
        "reject-",
        "event-",
        "phase-",
        "reason-",
        "verdict-",
        "role-",
        "mail-",
        "step-",
        "clock-",
        "rule-",
        "ballot-count-",
        "form-",
        "source-",
        "roll-wrong-",
        "anomaly-",
        "part-",
        "ties-",
        "sheet-",
        "survey-theme-",
        "counting-first-",
        "complaint-",
        "proof-how-",
        "admin-wave-kind-",
        "letter-size-",
        "share-rest-",
        "decided-",
        "refer-",
        "handed-",
        "ask-",
        "appeal-",
        "permit-",
        "advice-says-",
        "offer-kind-",
        "offer-time-",
        "offer-lang-",
        "offer-reach-",
        "offer-from-",
        "intro-stand-",
        "intro-outcome-",
        "stance-",
        "log-act-",
        "log-kind-",
        "again-",
        "overview-sheet-",
        "overview-note-",
        "overview-col-",
        "run-stage-",
        "run-partner-",
        "run-need-",
        "run-wrong-",
        "run-form-",
        "run-agree-",
        "run-check-",
    ];
    let unused: Vec<_> = nl
        .iter()
        .filter(|k| {
            !code.contains(&format!("\"{k}\""))
                && !stems.iter().any(|s| k.starts_with(s) && code.contains(&format!("\"{s}{{")))
        })
        .collect();
    assert!(unused.is_empty(), "unused texts: {unused:?}");
}
