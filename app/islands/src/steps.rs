//! A form with one question on a screen: the screens are turned on the phone itself, and only the last button sends. Each screen
//! is a place in the phone's history, so that its own way back leads to the question before and not out of the form.

use crate::dom;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlFormElement, SubmitEvent};

/// Works on the page's `form[data-steps]` with its `[data-step]` sections. Stands before the islands that keep and send the
/// form: what is handled here is no sending to them.
#[island]
pub fn StepsIsland() -> impl IntoView {
    wake();
    view! { <span hidden></span> }
}

fn wake() -> Option<()> {
    let form = dom::form(&dom::page()?, "form[data-steps]")?;
    let steps = Rc::new(Steps { sections: dom::all(&form, "[data-step]"), form, way: RefCell::default() });
    dom::keep_place(steps.now()?, false);
    // A draft that was put back brings its screen along.
    let restored = Rc::clone(&steps);
    dom::listen(&steps.form, "change", move |_| {
        restored.press();
        let kept = restored.kept();
        if let Some(kept) = kept.filter(|kept| Some(*kept) != restored.now()) {
            restored.show(kept);
            dom::keep_place(kept, false);
        }
    });
    let turned = Rc::clone(&steps);
    dom::listen(&steps.form, "submit", move |event| {
        let Some(button) = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter) else { return };
        let button: Element = button.into();
        let now = turned.now().unwrap_or(0);
        let to = match dom::attribute(&button, "name").as_str() {
            "tap" => {
                turned.set("mark", &dom::attribute(&button, "value"));
                Some(now + 1)
            }
            // What Enter presses leads on from wherever the reader is.
            "to" if button.has_attribute("data-default") => Some(now + 1),
            "to" => dom::attribute(&button, "value").parse().ok(),
            _ => None,
        };
        let Some(to) = to.and_then(|to| turned.reach(now, to)) else { return };
        event.prevent_default();
        if turned.came_from(to) {
            return dom::back();
        }
        turned.way.borrow_mut().push(now);
        dom::keep_place(to, true);
        turned.turn(to);
    });
    let back = Rc::clone(&steps);
    let window = dom::window()?;
    dom::listen(&window, "popstate", move |event| {
        // A link within the page is a place without a number.
        let Some(to) = dom::property(&event, "state").as_f64().map(|to| to as usize) else { return };
        let known = back.came_from(to);
        let mut way = back.way.borrow_mut();
        // On the way forward again it is no longer known what lies behind.
        let left = if known { way.len() - 1 } else { 0 };
        way.truncate(left);
        drop(way);
        back.turn(to);
    });
    Some(())
}

struct Steps {
    form: HtmlFormElement,
    sections: Vec<Element>,
    /// Screens behind this one in the phone's history, as far as they are known.
    way: RefCell<Vec<usize>>,
}

impl Steps {
    fn control(&self, name: &str) -> Option<Element> {
        dom::controls(&self.form).find(|c| dom::text(c, "name") == name && dom::text(c, "type") == "text")
    }

    fn set(&self, name: &str, value: &str) {
        if let Some(control) = self.control(name) {
            dom::set(&control, "value", &JsValue::from_str(value));
        }
    }

    fn kept(&self) -> Option<usize> {
        dom::text(&self.control("step")?, "value").parse().ok().filter(|n| *n < self.sections.len())
    }

    fn now(&self) -> Option<usize> {
        self.sections.iter().position(|section| !section.has_attribute("hidden"))
    }

    /// The screen to show on the way there, past questions that are not asked; none beyond the last.
    fn reach(&self, from: usize, to: usize) -> Option<usize> {
        let mut at = to;
        while !self.asked(self.sections.get(at)?) {
            at = if to < from { at.checked_sub(1)? } else { at + 1 };
        }
        Some(at)
    }

    /// `data-if="own_1=1"`: asked of who gave that.
    fn asked(&self, section: &Element) -> bool {
        let condition = dom::attribute(section, "data-if");
        let Some((name, value)) = condition.split_once('=') else { return true };
        dom::controls(&self.form)
            .any(|c| dom::text(&c, "name") == name && dom::text(&c, "value") == value && dom::checked(&c))
    }

    fn came_from(&self, step: usize) -> bool {
        self.way.borrow().last() == Some(&step)
    }

    fn turn(&self, to: usize) {
        if to < self.sections.len() {
            self.show(to);
            self.set("step", &to.to_string());
            dom::announce(&self.form);
        }
    }

    fn show(&self, step: usize) {
        for (n, section) in self.sections.iter().enumerate() {
            dom::hide(section, n != step);
        }
        let heading = self.sections.get(step).and_then(|section| dom::find(section, "h2"));
        if let Some(heading) = heading {
            dom::focus(&heading);
        }
        // Large text fills a small screen above the question.
        if let Some(section) = self.sections.get(step) {
            section.scroll_into_view();
        }
    }

    /// Shows which mark was given.
    fn press(&self) {
        let mark = self.control("mark").map(|control| dom::text(&control, "value")).unwrap_or_default();
        for button in dom::all(&self.form, "[name=tap]") {
            let pressed = !mark.is_empty() && dom::attribute(&button, "value") == mark;
            dom::set_attribute(&button, "aria-pressed", if pressed { "true" } else { "false" });
        }
    }
}
