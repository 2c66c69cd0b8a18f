//! The browser module: every island, and the one call that makes them live. Nothing else belongs here;
//! a new island goes into `app/islands` and is in the module by itself.

// Without this line the linker would drop the islands' exports.
use islands as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the loader that `builder site` appends to `frontend.js`, before it wakes the islands one by one.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
