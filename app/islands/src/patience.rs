//! A form that is sent while the phone has no line waits for it, instead of giving way to the browser's error page.

use crate::dom;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, SubmitEvent};

/// Works on the page's `form[data-patient]`: sent without a line, it shows its `.fb-offline` and is sent by itself, by the
/// same button and under the same form key, when the line is back.
#[island]
pub fn PatienceIsland() -> impl IntoView {
    wake();
    view! { <span hidden></span> }
}

fn wake() -> Option<()> {
    let form = dom::form(&dom::page()?, "form[data-patient]")?;
    let notes = dom::all(&form, ".fb-offline");
    let waiting: Rc<RefCell<Option<Element>>> = Rc::default();
    let pressed = Rc::clone(&waiting);
    let shown = notes.clone();
    dom::listen(&form, "submit", move |event| {
        // Another island may have taken it: then nothing was to be sent.
        if !dom::online() && !event.default_prevented() {
            event.prevent_default();
            let button = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
            pressed.replace(button.map(Into::into));
            shown.iter().for_each(|note| dom::write(note, &dom::attribute(note, "data-text")));
        }
    });
    let window = dom::window()?;
    dom::listen(&window, "online", move |_| {
        notes.iter().for_each(|note| dom::write(note, ""));
        if let Some(button) = waiting.take() {
            dom::click(&button);
        }
    });
    Some(())
}
