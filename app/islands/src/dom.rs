//! Small helpers over the DOM, shared by the islands. All of them shrug when something is not there: an island
//! is an extra, and the page works without it.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, EventTarget, HtmlFormElement, Window};

pub fn window() -> Option<Window> {
    web_sys::window()
}

pub fn form(id: &str) -> Option<HtmlFormElement> {
    window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// The form's controls, also those tied to it from outside by a `form` attribute.
pub fn controls(form: &HtmlFormElement) -> impl Iterator<Item = Element> + use<> {
    let all = form.elements();
    (0..all.length()).filter_map(move |at| all.item(at))
}

/// Listens for as long as the page lives.
pub fn listen(target: &EventTarget, event: &str, act: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(act);
    if target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref()).is_ok() {
        closure.forget();
    }
}

/// A text property that inputs, text areas and selects all have (`value`, `name`, `type`); empty when missing.
pub fn text(control: &Element, name: &str) -> String {
    js_sys::Reflect::get(control, &JsValue::from_str(name)).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

pub fn set(control: &Element, name: &str, value: &JsValue) {
    // Fails only on a frozen object, which a control is not.
    _ = js_sys::Reflect::set(control, &JsValue::from_str(name), value);
}

pub fn checked(control: &Element) -> bool {
    js_sys::Reflect::get(control, &JsValue::from_str("checked")).is_ok_and(|value| value.is_truthy())
}
