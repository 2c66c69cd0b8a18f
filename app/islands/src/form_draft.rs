//! Keeps what is typed into a form on the phone, so that a dropped signal or a closed tab costs nothing.
//!
//! Kept for a week, in this browser only. Never kept: passwords, files, hidden fields (tokens, idempotency keys),
//! one-time codes and vote codes (`autocomplete="off"` or `"one-time-code"`), and whatever has `data-no-draft`.

use crate::dom;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{Element, Event, HtmlFormElement, Storage, UrlSearchParams};

const SAVED_AT: &str = "draft-saved-at";
const KEEP_MILLISECONDS: i64 = 7 * 24 * 3600 * 1000;

/// * `form_id`: the form whose fields are kept.
/// * `key`: names the draft among others, for example `initiative-new`; not a secret, nothing personal.
/// * `notice`: says that a draft was put back; `discard`: the button that empties the form again.
#[island]
pub fn FormDraft(form_id: String, key: String, notice: String, discard: String) -> impl IntoView {
    let (shown, set_shown) = signal(false);
    let draft = Draft { form_id, key };
    let discarded = draft.clone();

    Effect::new(move |_| {
        let Some(form) = dom::form(&draft.form_id) else { return };
        set_shown.set(draft.restore(&form));
        draft.clone().keep_up_to_date(form);
    });

    view! {
        <div class="fb-draft" role="status">
            <div class="fb-flash" hidden=move || !shown.get()>
                <p>{notice}</p>
                <button type="button" class="fb-linkbutton" on:click=move |_| {
                    discarded.discard();
                    set_shown.set(false);
                }>{discard}</button>
            </div>
        </div>
    }
}

#[derive(Clone)]
struct Draft {
    form_id: String,
    key: String,
}

impl Draft {
    fn slot(&self) -> String {
        ["fijnebuurt-draft:", &self.key].concat()
    }

    fn forget(&self) {
        if let Some(storage) = storage() {
            // Fails only where storage is off, and then nothing is kept either.
            _ = storage.remove_item(&self.slot());
        }
    }

    fn save(&self, form: &HtmlFormElement) {
        let (Some(storage), Ok(kept)) = (storage(), UrlSearchParams::new()) else { return };
        let mut anything = false;
        for control in dom::controls(form).filter(is_kept) {
            let value = dom::text(&control, "value");
            if if is_tick(&control) { dom::checked(&control) } else { !value.is_empty() } {
                kept.append(&dom::text(&control, "name"), &value);
                anything = true;
            }
        }
        if !anything {
            return self.forget();
        }
        kept.append(SAVED_AT, &now().to_string());
        // A full store costs the draft, not the form.
        _ = storage.set_item(&self.slot(), &String::from(kept.to_string()));
    }

    /// Puts the draft into fields that are still empty; true when any was filled.
    fn restore(&self, form: &HtmlFormElement) -> bool {
        let Some(kept) = self.read() else { return false };
        let controls: Vec<Element> = dom::controls(form).filter(is_kept).collect();
        // A group in which the server has ticked something is not empty.
        let ticked: Vec<String> =
            controls.iter().filter(|c| is_tick(c) && dom::checked(c)).map(|c| dom::text(c, "name")).collect();
        let mut filled = false;
        for control in &controls {
            let name = dom::text(control, "name");
            let value = dom::text(control, "value");
            if is_tick(control) {
                let was_ticked = kept.get_all(&name).includes(&JsValue::from_str(&value), 0);
                if was_ticked && !ticked.contains(&name) {
                    dom::set(control, "checked", &JsValue::TRUE);
                    filled = true;
                }
            } else if value.is_empty()
                && let Some(typed) = kept.get(&name)
            {
                dom::set(control, "value", &JsValue::from_str(&typed));
                filled = true;
            }
        }
        if filled {
            announce(form);
        }
        filled
    }

    fn read(&self) -> Option<UrlSearchParams> {
        let text = storage()?.get_item(&self.slot()).ok()??;
        let kept = UrlSearchParams::new_with_str(&text).ok()?;
        let saved_at: i64 = kept.get(SAVED_AT).and_then(|at| at.parse().ok()).unwrap_or(0);
        if now() - saved_at > KEEP_MILLISECONDS {
            self.forget();
            return None;
        }
        Some(kept)
    }

    fn keep_up_to_date(self, form: HtmlFormElement) {
        let draft = Rc::new(self);
        for event in ["input", "change"] {
            let (draft, saved) = (Rc::clone(&draft), form.clone());
            dom::listen(&form, event, move |_| draft.save(&saved));
        }
        let sent = Rc::clone(&draft);
        dom::listen(&form, "submit", move |event| {
            // With no signal the page that follows is the browser's own error: keep the draft for the next try.
            if !event.default_prevented() && dom::window().is_some_and(|window| window.navigator().on_line()) {
                sent.forget();
            }
        });
        // Back from that error page, or from the next page: what is in the form counts as typed again.
        if let Some(window) = dom::window() {
            dom::listen(&window, "pageshow", move |event| {
                let persisted = js_sys::Reflect::get(&event, &JsValue::from_str("persisted"));
                if persisted.is_ok_and(|value| value.is_truthy()) {
                    draft.save(&form);
                }
            });
        }
    }

    fn discard(&self) {
        if let Some(form) = dom::form(&self.form_id) {
            form.reset();
            announce(&form);
        }
        self.forget();
    }
}

/// Tells other islands, such as the ballot's total, that fields changed without a hand touching them.
fn announce(form: &HtmlFormElement) {
    if let Ok(event) = Event::new("change") {
        _ = form.dispatch_event(&event);
    }
}

/// The phone's own clock, in milliseconds; it only decides when a draft has become old.
fn now() -> i64 {
    js_sys::Date::now() as i64
}

fn storage() -> Option<Storage> {
    dom::window()?.local_storage().ok()?
}

fn is_tick(control: &Element) -> bool {
    matches!(dom::text(control, "type").as_str(), "checkbox" | "radio")
}

fn is_kept(control: &Element) -> bool {
    const KINDS: [&str; 14] = [
        "text",
        "search",
        "email",
        "tel",
        "url",
        "number",
        "date",
        "month",
        "time",
        "week",
        "textarea",
        "select-one",
        "checkbox",
        "radio",
    ];
    KINDS.contains(&dom::text(control, "type").as_str())
        && !dom::text(control, "name").is_empty()
        && !control.has_attribute("data-no-draft")
        && !control
            .get_attribute("autocomplete")
            .is_some_and(|fill| fill == "off" || fill == "one-time-code" || fill.ends_with("-password"))
}
