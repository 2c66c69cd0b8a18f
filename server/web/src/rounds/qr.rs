//! A receipt as a picture.

use fast_qr::qr::QRBuilder;
use pages::ballot::Qr;

/// A QR code of a text, as runs of dark modules; nothing for what fits in none.
pub(crate) fn qr(text: &str) -> Option<Qr> {
    let code = QRBuilder::new(text).build().ok()?;
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        for run in code[y][..code.size].chunk_by(|one, other| one.value() == other.value()) {
            if run[0].value() {
                path.push_str(&format!("M{x} {y}h{0}v1h-{0}z", run.len()));
            }
            x += run.len();
        }
    }
    Some(Qr { side: code.size, path })
}
