//! The one list of URLs. The router takes `PATTERN`, pages take the value; the language prefix is put in front by the page.
//!
//! Add a line to a `urls!` list, [`everyone`] or [`desks`], and a route in `web` with the same name.

use std::fmt;

/// A place in the site; its text form is the path without language prefix.
pub trait Url: fmt::Display {
    /// As axum writes it, such as `/initiatieven/{id}`.
    const PATTERN: &'static str;
}

macro_rules! urls {
    ($($(#[$doc:meta])* $name:ident { $($field:ident : $type:ty),* } => $pattern:literal;)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
            pub struct $name { $(
                /// Part of the path.
                pub $field: $type
            ),* }
            impl Url for $name {
                const PATTERN: &'static str = $pattern;
            }
            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    let path = String::from($pattern);
                    $( let path = path.replace(concat!("{", stringify!($field), "}"), &encode(&self.$field.to_string())); )*
                    f.write_str(&path)
                }
            }
        )+
        /// Every name of this list with its pattern.
        pub(super) const LIST: &[(&str, &str)] = &[$((stringify!($name), $pattern)),+];
    };
}

/// Percent-encodes one path segment, or one value of a query.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-_.~".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

mod desks;
mod everyone;

pub use desks::*;
pub use everyone::*;

/// Every name with its pattern, for tests that walk them all.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    everyone::LIST.iter().chain(desks::LIST).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_filled_in_and_encoded() {
        assert_eq!(Initiative { id: 7 }.to_string(), "/initiatieven/7");
        assert_eq!(Buurt { buurt: "a/b c?".into() }.to_string(), "/buurten/a%2Fb%20c%3F");
    }

    #[test]
    fn no_two_places_share_a_pattern() {
        let mut patterns: Vec<_> = all().map(|(_, p)| p).collect();
        patterns.sort_unstable();
        let count = patterns.len();
        patterns.dedup();
        assert_eq!(patterns.len(), count);
    }
}
