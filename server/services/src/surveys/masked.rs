//! Words as a desk may see them.

/// A text without what tells who somebody is; `places` are names of places, which may stand.
pub fn masked(text: &str, places: &[&str]) -> String {
    domain::mask::mask(text, places).text
}
