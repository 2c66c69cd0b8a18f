//! The vote code that a letter's QR brings along behind the `#`, which no server and no log sees: put into the form, taken
//! off the address, and sent.

use crate::dom;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// * `form_id`: the form with the field `code`.
#[island]
pub fn CodeFromLetter(form_id: String) -> impl IntoView {
    Effect::new(move |_| {
        let (Some(window), Some(form)) = (dom::window(), dom::form(&form_id)) else { return };
        let location = window.location();
        let (Ok(hash), Ok(path)) = (location.hash(), location.pathname()) else { return };
        let Some(code) = hash.strip_prefix('#').filter(|code| !code.is_empty()) else { return };
        // Off the address, so that it stays in no history.
        if let Ok(history) = window.history() {
            _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
        }
        if let Some(field) = dom::controls(&form).find(|c| dom::text(c, "name") == "code") {
            dom::set(&field, "value", &JsValue::from_str(code));
            // A browser that will not send by itself leaves the code in its field.
            _ = form.submit();
        }
    });
    view! { <span hidden></span> }
}
