//! What is known by its form.

use super::{Found, Kind, words};
use regex::Regex;
use std::sync::LazyLock;

/// Ends of Dutch street names.
pub const STREET: &str = "straat|laan|weg|plein|kade|gracht|singel|dijk|pad|hof|dreef|steeg|plantsoen|park|markt|wal|haven|\
                          burg|dam|erf|ring|baan|zoom|oord|rak|werf|brink|pleintje|straatje|str\\.";

/// A house number: 12, 12a, 12-hs, 3 III, 14-2.
const NUMBER: &str = r"\d{1,4}(?:\s?-\s?\d{1,3}\b|[\s-]?(?:hs|huis|bis|boven|beneden|[a-hA-H]|I{1,3}|IV)\b)?";

/// The first group, where a pattern has one, is what is masked.
fn sources() -> Vec<(Kind, String)> {
    let address = |pattern: &str| pattern.replace("STREET", STREET).replace("NUMBER", NUMBER);
    let months = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|january|february|\
                  march|may|june|july|august|october|jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec|ocak|şubat|nisan|mayıs";
    let social = "insta(?:gram)?|snap(?:chat)?|tik ?tok|twitter|telegram|facebook|fb|linkedin|whats ?app";
    let plates = "[A-Z]{2}-[0-9]{2}-[0-9]{2}|[0-9]{2}-[0-9]{2}-[A-Z]{2}|[0-9]{2}-[A-Z]{2}-[0-9]{2}|[A-Z]{2}-[0-9]{2}-[A-Z]{2}|\
                  [A-Z]{2}-[A-Z]{2}-[0-9]{2}|[0-9]{2}-[A-Z]{2}-[A-Z]{2}|[0-9]{2}-[A-Z]{3}-[0-9]|[0-9]-[A-Z]{3}-[0-9]{2}|\
                  [A-Z]{2}-[0-9]{3}-[A-Z]|[A-Z]-[0-9]{3}-[A-Z]{2}|[A-Z]{3}-[0-9]{2}-[A-Z]|[A-Z]-[0-9]{2}-[A-Z]{3}|\
                  [0-9]-[A-Z]{2}-[0-9]{3}|[0-9]{3}-[A-Z]{2}-[0-9]";
    vec![
        (Kind::Mail, r"(?i)[\p{L}\p{N}._%+-]+\s?(?:@|\(at\)|\[at\]|apenstaartje)\s?[\p{L}\p{N}-]+(?:\s?(?:\.|\(dot\)|\bpunt\b)\s?[\p{L}\p{N}-]{2,})+".into()),
        (Kind::Link, r"(?i)\b(?:https?://|www\.)[^\s<>]+[^\s<>.,;:!?)]".into()),
        (Kind::Link, r"(?i)\b(?:[a-z0-9-]+\.)+(?:nl|com|org|net|eu|be|de|me|tr|ma|amsterdam)\b(?:/[^\s<>]*[^\s<>.,;:!?)])?".into()),
        (Kind::Link, r"(?:^|[\s(:,])(@[\p{L}\p{N}_.]{2,})".into()),
        (Kind::Link, format!(r"(?i)\b(?:{social})\s*(?:[:=]|naam is|onder)\s*(@?[\p{{L}}\p{{N}}_.]{{2,}})")),
        (Kind::Iban, r"(?i)\bNL\s?\d{2}[ .-]?[A-Z]{4}[ .-]?(?:\d[ .-]?){9}\d\b".into()),
        (Kind::Iban, r"\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]{4}){2,7}(?:[ .-]?\d{1,3})?\b".into()),
        (Kind::Phone, r"(?:\+\s?\d|\b0)(?:[\s./()‐-―−-]{0,3}\d){8,13}\b".into()),
        (Kind::Phone, r"(?i)\b(?:tel|telefoon|bel|mob|mobiel|phone|call|app)[a-z]*[.:]?\s*(?:me\s|mij\s|op\s|on\s)*((?:\d[\s.-]?){6,}\d)".into()),
        (Kind::Plate, format!(r"(?i)\b(?:{plates})\b")),
        (Kind::Birth, r"\b\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:19\d\d|200\d|201[0-5]|\d\d)\b".into()),
        (Kind::Birth, r"\b(?:19\d\d|200\d|201[0-5])-\d{1,2}-\d{1,2}\b".into()),
        (Kind::Birth, format!(r"(?i)\b\d{{1,2}}(?:st|nd|rd|th|e)?\s+(?:{months})\.?\s+(?:19\d\d|200\d|201[0-5])\b")),
        (Kind::Birth, r"(?i)\b(?:geboren|geb\.|born|geboortedatum|doğum)\s*:?\s*(?:op|in|on|is|tarihi|date)*\s*:?\s*(\d[\d\s/.-]{2,}\d)".into()),
        (Kind::Postcode, r"\b[1-9]\d{3}\s?[A-Z]{2}\b".into()),
        (Kind::Postcode, r"\b[1-9]\d{3}[a-z]{2}\b".into()),
        (Kind::Link, r"(?i)\b(?:insta(?:gram)?|snap(?:chat)?|tik ?tok)\s+(@?[\p{L}_.]*[\d_][\p{L}\d_.]*)".into()),
        (Kind::Mail, r"(?i)\b[\p{L}\p{N}._+-]{2,}\s+(?:at|apenstaartje)\s+[\p{L}\p{N}-]+\s+(?:dot|punt)\s+[\p{L}]{2,}\b".into()),
        (Kind::Address, address(r"\b(?:(?:\p{Lu}[\p{L}'’.]*|[12345]e|van|de|der|den|ten|ter|het|'t|’t)\s+){0,4}\p{Lu}[\p{L}'’-]*(?:STREET),?\s*(?:nr\.?|nummer|no\.?|op)?\s*NUMBER")),
        (Kind::Address, address(r"\b(?:\p{Lu}[\p{L}'’.]*\s+)(?:Plantsoen|Plein|Laan|Kade|Hof|Weg|Singel|Straat)\s*(?:nr\.?|nummer|no\.?)?\s*NUMBER")),
        (Kind::Address, address(r"(?:^|[^\p{L}])([\p{Ll}'’-]{2,}(?:STREET),?\s*(?:nr\.?|nummer|no\.?)?\s*NUMBER)")),
        (Kind::Address, address(r"(?i)\b(?:huis)?(?:nummer|nr\.?|number|numara|no\.)\s*NUMBER")),
        (Kind::Address, r"\b\d{1,4}[a-z]?,?\s+(?:\p{Lu}[\p{L}'’]+\s+){1,3}(?:Street|Road|Lane|Avenue|Square|Sokak|Caddesi)\b".into()),
        (Kind::Address, address(r"\b(?:\p{Lu}[\p{L}'’]+\s+){1,3}(?:Street|Road|Lane|Avenue|Square)\s+NUMBER")),
        (Kind::Number, r"\b\d{8,}\b".into()),
        (Kind::Number, r"\b\d{3,4}[ .-]\d{2,3}[ .-]\d{2,3}\b".into()),
        (Kind::Number, r"(?i)\b(?:bsn|burgerservicenummer|sofinummer|klantnummer|paspoort(?:nummer)?)\s*(?:is|:)?\s*(\d[\d .-]{4,}\d)".into()),
    ]
}

/// Each is a fixed text, and a test compiles it.
static PATTERNS: LazyLock<Vec<(Kind, Regex)>> = LazyLock::new(|| {
    sources().into_iter().filter_map(|(kind, pattern)| Some((kind, Regex::new(&pattern).ok()?))).collect()
});

pub fn find(text: &str, places: &[&str]) -> Vec<Found> {
    let mut found = Vec::new();
    for (kind, pattern) in PATTERNS.iter() {
        for captures in pattern.captures_iter(text) {
            let Some(hit) = captures.get(1).or_else(|| captures.get(0)) else { continue };
            if !harmless(*kind, hit.as_str()) {
                found.push(Found { kind: *kind, range: hit.range() });
            }
        }
    }
    for place in places.iter().filter(|p| !p.trim().is_empty()) {
        for (start, hit) in text.match_indices(place) {
            let rest = &text[start + hit.len()..];
            if let Some(number) = house_number(rest) {
                found.push(Found { kind: Kind::Address, range: start..start + hit.len() + number });
            }
        }
    }
    found
}

/// The length of a house number that follows a place, with what stands before it.
fn house_number(rest: &str) -> Option<usize> {
    static HOUSE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(&format!(r"^,?\s+(?:nr\.?\s*|nummer\s*)?{NUMBER}\b")).ok());
    HOUSE.as_ref()?.find(rest).map(|m| m.end())
}

/// Looks like it, but is something else.
fn harmless(kind: Kind, hit: &str) -> bool {
    match kind {
        Kind::Postcode => {
            let unit: String = hit.chars().filter(|c| c.is_alphabetic()).collect();
            words::UNITS.contains(&unit.as_str())
        }
        Kind::Address => {
            let first = hit.split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty()).unwrap_or_default();
            let number: String =
                hit.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
            let year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
            year || words::NO_STREETS.contains(&first.to_lowercase().as_str())
        }
        // Large round amounts of money.
        Kind::Number => hit.ends_with("000"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(PATTERNS.len(), sources().len());
        assert_eq!(house_number(" 3-hs, links"), Some(5));
    }
}
