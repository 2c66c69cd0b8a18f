//! Keeps what is typed into a form on the phone, so that a dropped signal or a closed tab costs nothing.
//!
//! Kept for a week, in this browser only. Never kept: passwords, files, hidden fields (tokens, idempotency keys),
//! one-time codes and vote codes (`autocomplete="off"` or `"one-time-code"`), and whatever has `data-no-draft`.

use crate::dom;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlFormElement, Storage, UrlSearchParams};

const SAVED_AT: &str = "draft-saved-at";
const KEEP_MILLISECONDS: i64 = 7 * 24 * 3600 * 1000;

/// * `form_id`: the form whose fields are kept.
/// * `key`: names the draft among others, for example `initiative-new`; not a secret, nothing personal.
/// * `notice`: says that a draft was put back; `discard`: the button that empties the form again.
/// * `ballot`: kept beyond sending, until the page after casting forgets it ([`forget`]); and put back as a whole or not at
///   all, because two halves of a ballot do not make one.
#[component]
pub fn FormDraft(
    form_id: String,
    key: String,
    notice: String,
    discard: String,
    #[prop(optional)] ballot: bool,
) -> impl IntoView {
    view! {
        <div class="fb-draft" role="status" data-form=form_id data-key=key data-whole=ballot.then_some("")>
            <div class="fb-flash" hidden>
                <p>{notice}</p>
                <button type="button" class="fb-linkbutton">{discard}</button>
            </div>
            <DraftIsland/>
        </div>
    }
}

/// Brings the page's [`FormDraft`] to life.
#[island]
pub fn DraftIsland() -> impl IntoView {
    wake();
    view! { <span hidden></span> }
}

fn wake() -> Option<()> {
    let place = dom::find(&dom::page()?, ".fb-draft")?;
    let form = dom::form(&dom::page()?, &["#", &dom::attribute(&place, "data-form")].concat())?;
    let notice = dom::find(&place, ".fb-flash")?;
    let draft =
        Rc::new(Draft { key: dom::attribute(&place, "data-key"), whole: place.has_attribute("data-whole"), form });
    dom::hide(&notice, !draft.restore());
    // What another page sent along, for a reader who has to sign in first, counts as typed.
    if draft.form.has_attribute("data-keep") {
        draft.save();
    }
    Rc::clone(&draft).keep_up_to_date();
    let discard = dom::find(&notice, "button")?;
    dom::listen(&discard, "click", move |_| {
        draft.form.reset();
        dom::announce(&draft.form);
        forget(&draft.key);
        dom::hide(&notice, true);
    });
    Some(())
}

struct Draft {
    key: String,
    whole: bool,
    form: HtmlFormElement,
}

impl Draft {
    fn fields(&self) -> Vec<Element> {
        dom::controls(&self.form).filter(is_kept).collect()
    }

    fn save(&self) {
        let (Some(storage), Ok(kept)) = (storage(), UrlSearchParams::new()) else { return };
        let mut anything = false;
        for control in self.fields().iter().filter(|control| is_filled(control)) {
            kept.append(&dom::text(control, "name"), &dom::text(control, "value"));
            anything = true;
        }
        if !anything {
            return forget(&self.key);
        }
        kept.append(SAVED_AT, &now().to_string());
        // A full store costs the draft, not the form.
        _ = storage.set_item(&slot(&self.key), &String::from(kept.to_string()));
    }

    /// Puts the draft into fields that are still empty; true when any was filled.
    fn restore(&self) -> bool {
        let Some(kept) = self.read() else { return false };
        let controls = self.fields();
        if self.whole && controls.iter().any(is_filled) {
            return false;
        }
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
            dom::announce(&self.form);
        }
        filled
    }

    fn read(&self) -> Option<UrlSearchParams> {
        let text = storage()?.get_item(&slot(&self.key)).ok()??;
        let kept = UrlSearchParams::new_with_str(&text).ok()?;
        let saved_at: i64 = kept.get(SAVED_AT).and_then(|at| at.parse().ok()).unwrap_or(0);
        if now() - saved_at > KEEP_MILLISECONDS {
            forget(&self.key);
            return None;
        }
        Some(kept)
    }

    fn keep_up_to_date(self: Rc<Self>) {
        for event in ["input", "change"] {
            let draft = Rc::clone(&self);
            dom::listen(&self.form, event, move |_| draft.save());
        }
        // A ballot is done with when it is cast, and what the browser shows of it after that is not kept again.
        if self.whole {
            return;
        }
        let sent = Rc::clone(&self);
        dom::listen(&self.form, "submit", move |event| {
            // With no signal the page that follows is the browser's own error: keep the draft for the next try.
            if !event.default_prevented() && dom::online() {
                forget(&sent.key);
            }
        });
        // Back from that error page, or from the next page: what is in the form counts as typed again.
        if let Some(window) = dom::window() {
            dom::listen(&window, "pageshow", move |event| {
                if dom::property(&event, "persisted").is_truthy() {
                    self.save();
                }
            });
        }
    }
}

fn slot(key: &str) -> String {
    ["fijnebuurt-draft:", key].concat()
}

/// Throws a draft away.
pub(crate) fn forget(key: &str) {
    if let Some(storage) = storage() {
        // Fails only where storage is off, and then nothing is kept either.
        _ = storage.remove_item(&slot(key));
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

fn is_filled(control: &Element) -> bool {
    if is_tick(control) { dom::checked(control) } else { !dom::text(control, "value").is_empty() }
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
        && !control.has_attribute("disabled")
        && !control
            .get_attribute("autocomplete")
            .is_some_and(|fill| fill == "off" || fill == "one-time-code" || fill.ends_with("-password"))
}
