//! A receipt is looked for on the phone: the published lists are fetched with the page, what is typed stays here, and the line
//! may be cut meanwhile.

use crate::dom;
use domain::round::Receipt;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{Element, XmlHttpRequest};

/// Works on the form `#zoek` (`data-round`, `data-lists`), its field `receipt`, its outcomes `[data-outcome]`, and the plans
/// `[data-plan]` with the numbers that tokens can have (`data-numbers`).
#[island]
pub fn FindReceipt() -> impl IntoView {
    wake();
    view! { <span hidden></span> }
}

fn wake() -> Option<()> {
    let page = dom::page()?;
    let form = dom::find(&page, "#zoek")?;
    let field = dom::find(&form, "[name=receipt]")?;
    let lists = Rc::new(RefCell::new(js_sys::JsString::from("")));
    fetch(&page, &form, Rc::clone(&lists))?;
    let round = dom::attribute(&form, "data-round");
    dom::listen(&form.clone(), "submit", move |event| {
        event.prevent_default();
        let receipt = Receipt::parse(&dom::text(&field, "value"));
        let found = receipt.map(|receipt| search(&page, &round, receipt, &lists.borrow()));
        let outcome = match found {
            None => "bad",
            Some(false) => "none",
            Some(true) => "found",
        };
        for told in dom::all(&page, "[data-outcome]") {
            dom::hide(&told, dom::attribute(&told, "data-outcome") != outcome);
        }
        if found.is_none() {
            dom::focus(&field);
        }
    });
    Some(())
}

/// Gets the lists; only then the form is there.
fn fetch(page: &Element, form: &Element, lists: Rc<RefCell<js_sys::JsString>>) -> Option<()> {
    let request = XmlHttpRequest::new().ok()?;
    request.open("GET", &dom::attribute(form, "data-lists")).ok()?;
    let (page, form, asked) = (page.clone(), form.clone(), request.clone());
    dom::listen(&request, "load", move |_| {
        if asked.status() == Ok(200)
            && let Ok(Some(text)) = asked.response_text()
        {
            *lists.borrow_mut() = js_sys::JsString::from(text);
            dom::hide(&form, false);
            for told in dom::all(&page, "[data-without]") {
                dom::hide(&told, true);
            }
        }
    });
    request.send().ok()
}

/// Shows each plan in whose lists a token of the receipt stands; whether there is any.
fn search(page: &Element, round: &str, receipt: Receipt, lists: &js_sys::JsString) -> bool {
    let mut any = false;
    for plan in dom::all(page, "[data-plan]") {
        let id = dom::attribute(&plan, "data-plan");
        let numbers = dom::attribute(&plan, "data-numbers");
        // Points run up from 1, so the last that is there is how many; a place stands alone.
        let held = numbers.split(' ').rfind(|i| lists.includes(&token(round, receipt, &id, i), 0));
        dom::hide(&plan, held.is_none());
        if let (Some(held), Some(value)) = (held, dom::find(&plan, "[data-value]")) {
            dom::write(&value, held);
        }
        any |= held.is_some();
    }
    any
}

/// A token as it stands in the lists.
fn token(round: &str, receipt: Receipt, plan: &str, i: &str) -> String {
    let bytes = receipt.token_of(&[round, "\n", plan, "\n", i].concat());
    let digit = |n: u8| char::from(b"0123456789abcdef"[usize::from(n)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
