//! Making an account, signing in, 'Mijn Fijne Buurt', roles and residence codes.

pub mod codes;
pub mod details;
pub mod factor;
pub mod links;
pub mod mine;
pub mod roles;
pub mod sign;

use crate::Sample;
use domain::form::{Errors, Raw};

/// A form as typed, with what is wrong.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Fields as typed.
    pub raw: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl Typed {
    /// A form that came back.
    pub fn wrong(raw: Raw, errors: Errors) -> Self {
        Self { raw, errors }
    }

    /// Whether something is wrong.
    pub fn failed(&self) -> bool {
        !self.errors.0.is_empty()
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    [
        sign::samples(),
        links::samples(),
        factor::samples(),
        mine::samples(),
        details::samples(),
        roles::samples(),
        codes::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use crate::Ctx;
    use leptos::prelude::*;

    #[test]
    fn every_page_has_its_texts() {
        for sample in super::samples() {
            for &lang in texts::Lang::ALL {
                let html = Owner::new().with(|| (sample.draw)(&Ctx::sample(lang)).to_html());
                assert!(!html.contains("?people-") && html.contains("</html>"), "{} {lang:?}", sample.name);
            }
        }
    }
}
