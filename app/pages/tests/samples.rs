//! Every page with its sample data, in every language: no text missing.

use leptos::prelude::*;
use pages::{Ctx, samples};
use texts::Lang;

#[test]
fn every_page_in_every_language() {
    for sample in samples() {
        for &lang in Lang::ALL {
            let html = Owner::new().with(|| (sample.draw)(&Ctx::sample(lang)).to_html());
            let missing = html.match_indices('?').find(|(i, _)| {
                html[i + 1..].split_once('?').is_some_and(|(key, _)| {
                    key.contains('-') && key.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '_')
                })
            });
            assert!(
                missing.is_none(),
                "{} {lang:?}: {}",
                sample.name,
                &html[missing.unwrap().0..].chars().take(60).collect::<String>()
            );
            assert!(html.contains("<h1"), "{}: a page needs its heading", sample.name);
        }
    }
}
