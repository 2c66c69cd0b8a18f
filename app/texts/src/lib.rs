//! Texts for people: the Fluent catalogues in `texts/`, and amounts, dates and numbers as each language writes them.
//!
//! Add a language: a folder in `texts/` with the same files, a variant of [`Lang`], its line in [`Lang::ALL`]. A test
//! fails on any key that is missing or unused.

mod format;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader as _, langid, static_loader};
use std::borrow::Cow;
use std::collections::HashMap;

pub use format::{
    clock_time, date, date_time, day_month, days_between, days_later, decimal_tenths, hour, hours, local_seconds,
    monday_morning, money, money_marks, money_plain, number, percent_tenths, rfc3339, rfc3339_day, time_of_day,
    typed_local, weekday_time,
};

static_loader! {
    static CATALOGUES = {
        locales: "./texts",
        fallback_language: "nl",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const NL: LanguageIdentifier = langid!("nl");
const EN: LanguageIdentifier = langid!("en");

/// A language of the site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Dutch, at the root of the site.
    #[default]
    Nl,
    /// English.
    En,
    /// Made from Dutch: longer and right to left, to find what would break in Arabic. Only tests and the demo city serve it.
    Pseudo,
}

impl Lang {
    /// Every language.
    pub const ALL: &'static [Self] = &[Self::Nl, Self::En, Self::Pseudo];

    /// For the `lang` attribute and for storage.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
            Self::Pseudo => "ar-XB",
        }
    }

    /// From storage.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.iter().copied().find(|l| l.code() == code).unwrap_or_default()
    }

    /// In front of every path: nothing for Dutch.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Nl => "",
            Self::En => "/en",
            Self::Pseudo => "/xb",
        }
    }

    /// Its own name.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Nl => "Nederlands",
            Self::En => "English",
            Self::Pseudo => "[‏Test RTL]",
        }
    }

    /// For the `dir` attribute.
    pub fn dir(self) -> &'static str {
        if self == Self::Pseudo { "rtl" } else { "ltr" }
    }

    /// Splits the language off a path: `/en/budget` is English `/budget`.
    pub fn of_path(path: &str) -> (Self, &str) {
        for lang in [Self::En, Self::Pseudo] {
            if let Some(rest) = path.strip_prefix(lang.prefix()) {
                if rest.is_empty() {
                    return (lang, "/");
                }
                if rest.starts_with('/') {
                    return (lang, rest);
                }
            }
        }
        (Self::Nl, path)
    }
}

/// A value put into a text.
#[derive(Clone, Debug)]
pub enum Arg {
    /// A number that decides the plural.
    Number(i64),
    /// Words.
    Text(String),
}

impl From<i64> for Arg {
    fn from(v: i64) -> Self {
        Self::Number(v)
    }
}
impl From<usize> for Arg {
    fn from(v: usize) -> Self {
        Self::Number(i64::try_from(v).unwrap_or(i64::MAX))
    }
}
impl From<String> for Arg {
    fn from(v: String) -> Self {
        Self::Text(v)
    }
}
impl From<&str> for Arg {
    fn from(v: &str) -> Self {
        Self::Text(v.to_owned())
    }
}

/// The text of a key. A key that is nowhere shows itself, and the catalogue test fails.
pub fn t(lang: Lang, key: &str) -> String {
    ta(lang, key, &[])
}

/// The text of a key with values filled in.
pub fn ta(lang: Lang, key: &str, args: &[(&'static str, Arg)]) -> String {
    let id = if lang == Lang::En { &EN } else { &NL };
    let args: HashMap<Cow<'static, str>, FluentValue<'_>> = args
        .iter()
        .map(|(name, arg)| {
            let value = match arg {
                Arg::Number(n) => FluentValue::from(*n),
                Arg::Text(s) => FluentValue::from(s.as_str()),
            };
            (Cow::Borrowed(*name), value)
        })
        .collect();
    let text = CATALOGUES.try_lookup_with_args(id, key, &args).unwrap_or_else(|| format!("?{key}?"));
    if lang == Lang::Pseudo { pseudo(&text) } else { text }
}

/// A third longer, marked at both ends, so that cut-off and untranslated text shows.
fn pseudo(text: &str) -> String {
    let longer: String =
        text.chars().flat_map(|c| std::iter::repeat_n(c, if "aeiou".contains(c) { 2 } else { 1 })).collect();
    format!("[\u{200F}{longer}\u{200F}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_languages() {
        assert_eq!(Lang::of_path("/en/budget"), (Lang::En, "/budget"));
        assert_eq!(Lang::of_path("/en"), (Lang::En, "/"));
        assert_eq!(Lang::of_path("/energie"), (Lang::Nl, "/energie"));
    }

    #[test]
    fn a_key_that_is_nowhere_shows_itself() {
        assert_eq!(t(Lang::Nl, "no-such-key"), "?no-such-key?");
    }
}
