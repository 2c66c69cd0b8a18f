//! One's own list, in order. The plain selects stay in step with it: they are what is sent.

use super::{Choice, Paper};
use crate::dom;
use wasm_bindgen::JsValue;
use web_sys::Element;

/// Ids of the ranked plans, the best first; equal places keep the order of the paper.
fn order(choices: &[Choice]) -> Vec<String> {
    let mut ranked: Vec<&Choice> = choices.iter().filter(|choice| choice.value > 0).collect();
    ranked.sort_by_key(|choice| choice.value);
    ranked.into_iter().map(Choice::plan).collect()
}

/// The error summary leads to the control of the first plan, which is hidden here: to its button instead.
pub(super) fn name_targets(paper: &Paper) {
    if let (Some(select), Some(button)) = (dom::find(&paper.form, "#plan"), dom::find(&paper.form, "[data-do=add]")) {
        dom::set_attribute(&select, "id", "");
        dom::set_attribute(&button, "id", "plan");
    }
}

fn parts(paper: &Paper, what: &str, plan: &str) -> Vec<Element> {
    dom::all(&paper.form, &[what, "[data-of=\"", plan, "\"]"].concat())
}

pub(super) fn act(paper: &Paper, button: &Element, what: &str, plan: &str) {
    let choices = paper.choices();
    let mut order = order(&choices);
    let at = order.iter().position(|id| id == plan);
    if dom::is_off(button) {
        if what == "add" {
            paper.say("data-spent", plan, 0);
        }
        return;
    }
    let mut next = None;
    match (what, at) {
        ("add", None) => order.push(plan.to_owned()),
        ("off", Some(at)) => {
            order.remove(at);
            next = order.get(at).or(order.last()).cloned();
        }
        ("up", Some(at)) if at > 0 => order.swap(at, at - 1),
        ("down", Some(at)) if at + 1 < order.len() => order.swap(at, at + 1),
        _ => return,
    }
    for choice in &choices {
        let place =
            order.iter().position(|id| *id == choice.plan()).map_or_else(String::new, |at| (at + 1).to_string());
        dom::set(&choice.control, "value", &JsValue::from_str(&place));
    }
    dom::announce(&paper.form);
    match order.iter().position(|id| id == plan) {
        Some(at) => paper.say("data-place", plan, at as i64 + 1),
        None => paper.say("data-off", plan, 0),
    }
    keep_focus(paper, button, what, plan, next);
}

/// The pressed button went away or was moved: the keyboard goes on where it was, or at what takes its place.
fn keep_focus(paper: &Paper, button: &Element, what: &str, plan: &str, next: Option<String>) {
    let in_list = button.closest("li").ok().flatten().is_some();
    let target = match what {
        "up" | "down" => Some(button.clone()),
        "off" if in_list => next
            .and_then(|id| parts(paper, "li [data-do=off]", &id).into_iter().next())
            .or_else(|| dom::find(&paper.form, "summary.fb-mine__button")),
        "off" => parts(paper, "[data-do=add]", plan).into_iter().next(),
        _ => parts(paper, ".fb-plan [data-do=off]", plan).into_iter().next(),
    };
    if let Some(target) = target {
        dom::focus(&target);
    }
}

pub(super) fn refresh(paper: &Paper, choices: &[Choice]) {
    let order = order(choices);
    let list = dom::find(&paper.form, ".fb-mine__list");
    for choice in choices {
        let plan = choice.plan();
        let at = order.iter().position(|id| *id == plan);
        for part in parts(paper, "[data-listed]", &plan) {
            dom::hide(&part, at.is_none());
        }
        for button in parts(paper, "[data-do]", &plan) {
            match dom::attribute(&button, "data-do").as_str() {
                "add" => {
                    dom::hide(&button, at.is_some());
                    dom::switch_off(&button, order.len() as i64 >= paper.most);
                }
                "up" => dom::switch_off(&button, at == Some(0)),
                "down" => dom::switch_off(&button, at.is_some_and(|at| at + 1 == order.len())),
                _ => {}
            }
        }
        for place in parts(paper, "[data-place]", &plan) {
            dom::write(&place, &at.map_or_else(String::new, |at| (at + 1).to_string()));
        }
    }
    for plan in &order {
        for row in parts(paper, "li", plan) {
            if let Some(list) = &list {
                _ = list.append_child(&row);
            }
        }
    }
}
