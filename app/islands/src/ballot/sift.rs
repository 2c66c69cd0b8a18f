//! Finding plans among many: by a word, or only what was chosen.

use super::Paper;
use crate::dom;
use std::rc::Rc;
use web_sys::Element;

/// Works on `[data-sift]`, which stands only on a long ballot and is hidden where no script runs.
pub(super) fn wake(page: &Element, paper: &Rc<Paper>) -> Option<()> {
    let place = dom::find(page, "[data-sift]")?;
    let (word, chip, count) =
        (dom::find(&place, "input")?, dom::find(&place, "[aria-pressed]")?, dom::find(&place, "[role=status]")?);
    dom::hide(&place, false);
    let (paper, typed, pressed) = (Rc::clone(paper), word.clone(), chip.clone());
    let sift = Rc::new(move || {
        let only = dom::attribute(&pressed, "aria-pressed") == "true";
        let word = lower(&dom::text(&typed, "value"));
        let chosen: Vec<String> = paper.choices().iter().filter(|c| c.value > 0).map(super::Choice::plan).collect();
        let (mut shown, mut all) = (0_i64, 0_i64);
        for card in dom::all(&paper.form, "[data-plan]") {
            let words: String = [".fb-plan__label", ".fb-plan__long"]
                .iter()
                .filter_map(|part| dom::find(&card, part)?.text_content())
                .collect();
            let text = lower(&words);
            let fits = text.includes(&String::from(word.trim()), 0)
                && (!only || chosen.contains(&dom::attribute(&card, "data-plan")));
            dom::hide(&card, !fits);
            all += 1;
            shown += i64::from(fits);
        }
        let line = dom::fill(&dom::attribute(&count, "data-count"), |name| {
            if name == "SHOWN" { shown.to_string() } else { all.to_string() }
        });
        dom::write(&count, if shown == all { "" } else { &line });
    });
    let typing = Rc::clone(&sift);
    dom::listen(&word, "input", move |_| typing());
    let toggled = chip.clone();
    dom::listen(&chip, "click", move |_| {
        let on = dom::attribute(&toggled, "aria-pressed") != "true";
        dom::set_attribute(&toggled, "aria-pressed", if on { "true" } else { "false" });
        sift();
    });
    Some(())
}

fn lower(text: &str) -> js_sys::JsString {
    js_sys::JsString::from(text).to_lower_case()
}
