//! After casting: the choices are wiped from the phone, and the receipt can be kept.

use crate::{dom, form_draft};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement, Path2d};

/// Forgets the draft that `[data-forget]` names, and works on `.fb-receipt`: save it as a picture, copy its letters.
#[island]
pub fn ReceiptIsland() -> impl IntoView {
    wake();
    view! { <span hidden></span> }
}

fn wake() -> Option<()> {
    let page = dom::page()?;
    form_draft::forget(&dom::attribute(&dom::find(&page, "[data-forget]")?, "data-forget"));
    let receipt = dom::find(&page, ".fb-receipt")?;
    let code = dom::find(&receipt, ".fb-receipt__code")?.text_content()?;
    let (save, copy, done) = (
        dom::find(&receipt, "[data-do=save]")?,
        dom::find(&receipt, "[data-do=copy]")?,
        dom::find(&receipt, "[role=status]")?,
    );
    dom::hide(&save, false);
    let letters = code.clone();
    dom::listen(&save, "click", move |_| {
        _ = draw(&receipt, &letters);
    });
    // There is a clipboard only where the site comes over a safe line.
    let clipboard = dom::property(&dom::window()?.navigator(), "clipboard");
    let write: js_sys::Function = dom::property(&clipboard, "writeText").dyn_into().ok()?;
    dom::hide(&copy, false);
    let said = Closure::<dyn FnMut(JsValue)>::new(move |_| dom::write(&done, &dom::attribute(&done, "data-copied")));
    dom::listen(&copy, "click", move |_| {
        let letters: String = code.split_whitespace().collect();
        if let Ok(promise) = write.call1(&clipboard, &JsValue::from_str(&letters)) {
            _ = promise.unchecked_into::<js_sys::Promise>().then(&said);
        }
    });
    Some(())
}

const SIDE: f64 = 640.0;
const MARGIN: f64 = 40.0;

/// A white card with what the receipt is of, its QR code and its letters, as a PNG to download.
fn draw(receipt: &Element, code: &str) -> Result<(), JsValue> {
    let Some(document) = dom::window().and_then(|window| window.document()) else { return Ok(()) };
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    canvas.set_width(SIDE as u32);
    canvas.set_height(SIDE as u32 + 260);
    let Some(pen) = canvas.get_context("2d")?.and_then(|pen| pen.dyn_into::<CanvasRenderingContext2d>().ok()) else {
        return Ok(());
    };
    pen.set_fill_style_str("#fff");
    pen.fill_rect(0.0, 0.0, SIDE, SIDE + 260.0);
    pen.set_fill_style_str("#17211d");
    pen.set_text_align("center");
    let text = |font: &str, text: &str, y: f64| {
        pen.set_font(font);
        pen.fill_text_with_max_width(text, SIDE / 2.0, y, SIDE - 2.0 * MARGIN)
    };
    text("700 32px system-ui, sans-serif", &dom::attribute(receipt, "data-title"), 60.0)?;
    text("24px system-ui, sans-serif", &dom::attribute(receipt, "data-of"), 100.0)?;
    // Two lines of letters.
    let groups: Vec<&str> = code.split_whitespace().collect();
    for (line, y) in groups.chunks(4).zip([SIDE + 160.0, SIDE + 215.0]) {
        text("700 40px ui-monospace, monospace", &line.join(" "), y)?;
    }
    if let Some(path) = dom::find(receipt, "path") {
        let modules: f64 = dom::attribute(receipt, "data-modules").parse().unwrap_or(25.0);
        let scale = ((SIDE - 2.0 * MARGIN) / modules).floor();
        let at = (SIDE - scale * modules) / 2.0;
        pen.translate(at, 100.0 + at)?;
        pen.scale(scale, scale)?;
        pen.fill_with_path_2d(&Path2d::new_with_path_string(&dom::attribute(&path, "d"))?);
    }
    let link = document.create_element("a")?;
    dom::set_attribute(&link, "href", &canvas.to_data_url()?);
    dom::set_attribute(&link, "download", &dom::attribute(receipt, "data-file"));
    dom::click(&link);
    Ok(())
}
