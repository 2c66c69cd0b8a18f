//! A link as a QR code, drawn as one vector path.

use fast_qr::{ECL, QRBuilder, QRCode};
use std::fmt::Write;

/// White around the symbol, in modules; readers count on four.
const QUIET: usize = 4;

/// The link does not fit in a QR code.
#[derive(Debug, PartialEq, Eq)]
pub struct TooLong;

/// An SVG of the link's QR code with its quiet zone. Level M, so that a fold or a stain does no harm.
///
/// # Errors
///
/// When the link is longer than a QR code can hold.
pub fn svg(link: &str) -> Result<String, TooLong> {
    let code = QRBuilder::new(link).ecl(ECL::M).build().map_err(|_| TooLong)?;
    let side = code.size + 2 * QUIET;
    let mut svg = format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d=""#);
    for row in 0..code.size {
        for (start, length) in runs(&code, row) {
            // Writing to a string cannot fail.
            let _ = write!(svg, "M{} {}h{length}v1h-{length}z", start + QUIET, row + QUIET);
        }
    }
    svg.push_str(r#""/></svg>"#);
    Ok(svg)
}

/// Dark stretches of a row; whole stretches make a quarter of the shapes that single modules would.
fn runs(code: &QRCode, row: usize) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, module) in code[row].iter().take(code.size).enumerate() {
        match runs.last_mut() {
            _ if !module.value() => {}
            Some((start, length)) if *start + *length == at => *length += 1,
            _ => runs.push((at, 1)),
        }
    }
    runs
}
