//! The islands in the pages are those of the browser module: none that stays dead, none that is sent for nothing.

use leptos::prelude::*;
use pages::{Ctx, samples};
use std::collections::{BTreeMap, BTreeSet};
use texts::Lang;

const MARK: &str = "data-component=\"";

/// The islands of each page, by the name of the page.
fn rendered() -> BTreeMap<&'static str, (BTreeSet<String>, bool)> {
    samples()
        .into_iter()
        .map(|sample| {
            let html = Owner::new().with(|| (sample.draw)(&Ctx::sample(Lang::Nl)).to_html());
            let islands =
                html.split(MARK).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect();
            (sample.name, (islands, html.contains("<script type=\"module\"")))
        })
        .collect()
}

#[test]
fn pages_and_module_have_the_same_islands() {
    assets::complete().expect("the site is built: `make site`");
    let drawn: BTreeSet<String> = rendered().into_values().flat_map(|(islands, _)| islands).collect();
    let exported: BTreeSet<String> = assets::islands().iter().map(|&name| name.to_owned()).collect();
    assert_eq!(drawn, exported, "left: islands in the pages; right: in the module. Run `make site` and build again");
}

#[test]
fn a_page_loads_the_module_when_it_has_an_island_and_only_then() {
    for (name, (islands, loads)) in rendered() {
        assert_eq!(!islands.is_empty(), loads, "{name} has {islands:?}");
    }
}
