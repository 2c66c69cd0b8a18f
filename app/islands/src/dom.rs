//! Small helpers over the DOM, shared by the islands. All of them shrug when something is not there: an island
//! is an extra, and the page works without it.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, EventTarget, HtmlElement, HtmlFormElement, Window};

/// The page around the island; nothing on the server, where the same code only draws.
pub fn page() -> Option<Element> {
    if cfg!(target_arch = "wasm32") { window()?.document()?.document_element() } else { None }
}

pub fn window() -> Option<Window> {
    web_sys::window()
}

pub fn find(within: &Element, selector: &str) -> Option<Element> {
    within.query_selector(selector).ok()?
}

pub fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(list) = within.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.item(at)?.dyn_into().ok()).collect()
}

pub fn form(within: &Element, selector: &str) -> Option<HtmlFormElement> {
    find(within, selector)?.dyn_into().ok()
}

/// The form's controls, also those tied to it from outside by a `form` attribute.
pub fn controls(form: &HtmlFormElement) -> impl Iterator<Item = Element> + use<> {
    let all = form.elements();
    (0..all.length()).filter_map(move |at| all.item(at))
}

/// Listens for as long as the page lives.
pub fn listen(target: &EventTarget, event: &str, act: impl FnMut(Event) + 'static) {
    listen_boxed(target, event, Box::new(act));
}

/// One body for every listener: generic code would stand in the module once for each.
fn listen_boxed(target: &EventTarget, event: &str, act: Box<dyn FnMut(Event)>) {
    let closure = Closure::wrap(act);
    if target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref()).is_ok() {
        closure.forget();
    }
}

/// Gives the page's place in the phone's history this number: a new place, or the one where the reader is.
pub fn keep_place(number: usize, new: bool) {
    let Some(history) = window().and_then(|window| window.history().ok()) else { return };
    let number = JsValue::from_f64(number as f64);
    // Fails only when a page does this hundreds of times in a moment.
    _ = if new {
        history.push_state_with_url(&number, "", None)
    } else {
        history.replace_state_with_url(&number, "", None)
    };
}

/// One place back, as the phone's own button goes.
pub fn back() {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        _ = history.back();
    }
}

/// The element with this attribute that an event happened in.
pub fn origin(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}

pub fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

pub fn set_attribute(element: &Element, name: &str, value: &str) {
    // Fails only on a name that is none.
    _ = element.set_attribute(name, value);
}

pub fn hide(element: &Element, hidden: bool) {
    _ = element.toggle_attribute_with_force("hidden", hidden);
}

/// Greys a button out and keeps it where the keyboard is: a button that is really disabled loses the focus.
pub fn switch_off(button: &Element, off: bool) {
    set_attribute(button, "aria-disabled", if off { "true" } else { "false" });
}

pub fn is_off(button: &Element) -> bool {
    attribute(button, "aria-disabled") == "true"
}

pub fn write(element: &Element, text: &str) {
    element.set_text_content(Some(text));
}

pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        _ = element.focus();
    }
}

pub fn click(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.click();
    }
}

/// What the phone itself thinks; a line that is there and carries nothing still counts as one.
pub fn online() -> bool {
    window().is_some_and(|window| window.navigator().on_line())
}

/// A text property that inputs, text areas and selects all have (`value`, `name`, `type`); empty when missing.
pub fn text(control: &Element, name: &str) -> String {
    property(control, name).as_string().unwrap_or_default()
}

pub fn property(of: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

pub fn set(control: &Element, name: &str, value: &JsValue) {
    // Fails only on a frozen object, which a control is not.
    _ = js_sys::Reflect::set(control, &JsValue::from_str(name), value);
}

pub fn checked(control: &Element) -> bool {
    property(control, "checked").is_truthy()
}

/// Tells every island that fields of the form changed without a hand touching them.
pub fn announce(form: &HtmlFormElement) {
    if let Ok(event) = Event::new("change") {
        _ = form.dispatch_event(&event);
    }
}

/// Fills `{name}` in a text. Searches for single characters only: the standard search for whole words weighs
/// kilobytes in the module.
pub fn fill(text: &str, value: impl Fn(&str) -> String) -> String {
    fill_by(text, &value)
}

fn fill_by(text: &str, value: &dyn Fn(&str) -> String) -> String {
    let mut parts = text.split('{');
    let mut out = parts.next().map(String::from).unwrap_or_default();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or(("", part));
        out.push_str(&value(name));
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn placeholders_may_come_in_any_order_or_not_at_all() {
        let value = |name: &str| if name == "n" { "2".into() } else { name.to_uppercase() };
        assert_eq!(fill("{sum} voor {n} van {max}", value), "SUM voor 2 van MAX");
        assert_eq!(fill("Te veel", value), "Te veel");
        assert_eq!(fill("{n", value), "n");
    }
}
