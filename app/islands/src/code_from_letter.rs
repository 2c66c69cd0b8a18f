//! The vote code that a letter's QR brings along behind the `#`, which no server and no log sees: put into the form, taken
//! off the address, and sent.

use crate::dom;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Works on the form `#stemcode` and its field `code`.
#[island]
pub fn CodeFromLetter() -> impl IntoView {
    wake();
    view! { <span hidden></span> }
}

fn wake() -> Option<()> {
    let form = dom::form(&dom::page()?, "#stemcode")?;
    let window = dom::window()?;
    let hash = window.location().hash().ok()?;
    let code = hash.strip_prefix('#').filter(|code| !code.is_empty())?;
    // Off the address, so that it stays in no history.
    let path = window.location().pathname().ok()?;
    _ = window.history().ok()?.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    let field = dom::controls(&form).find(|control| dom::text(control, "name") == "code")?;
    dom::set(&field, "value", &JsValue::from_str(code));
    // A browser that will not send by itself leaves the code in its field.
    form.submit().ok()
}
