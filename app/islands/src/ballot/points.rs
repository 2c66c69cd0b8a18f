//! − and + around the number of points.

use super::{Choice, Paper, number};
use crate::dom;
use wasm_bindgen::JsValue;
use web_sys::Element;

pub(super) fn act(paper: &Paper, button: &Element, what: &str, plan: &str) {
    let Some(control) = dom::find(&paper.form, &["[name=\"points-", plan, "\"]"].concat()) else { return };
    let value = number(&dom::text(&control, "value"));
    if dom::is_off(button) {
        return match what {
            "more" if value >= paper.each => paper.say("data-each", plan, paper.each),
            "more" => paper.say("data-spent", plan, 0),
            _ => {}
        };
    }
    let value = if what == "more" { value + 1 } else { value - 1 };
    let text = if value > 0 { value.to_string() } else { String::new() };
    dom::set(&control, "value", &JsValue::from_str(&text));
    dom::announce(&paper.form);
    paper.say("data-points", plan, value);
}

pub(super) fn refresh(paper: &Paper, choices: &[Choice], left: i64) {
    for choice in choices {
        let plan = choice.plan();
        for button in dom::all(&paper.form, &["[data-do][data-of=\"", &plan, "\"]"].concat()) {
            let more = dom::attribute(&button, "data-do") == "more";
            dom::switch_off(&button, if more { left <= 0 || choice.value >= paper.each } else { choice.value <= 0 });
        }
    }
}
