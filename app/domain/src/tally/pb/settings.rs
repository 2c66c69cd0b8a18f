//! What the count needs from META.

use super::error::clip;
use super::{Pb, PbError, PbErrorKind, is_named, number};

/// A pair of META that counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting<'a> {
    pub line: u64,
    /// Its value without surrounding spaces; never empty.
    pub text: &'a str,
}

impl Pb {
    /// The value of `key`, if it has one.
    ///
    /// # Errors
    /// The key stands there again with another value.
    pub(super) fn setting(&self, key: &'static str) -> Result<Option<Setting<'_>>, PbError> {
        let mut found: Option<Setting<'_>> = None;
        for (at, (name, value)) in self.meta.iter().enumerate() {
            let line = self.lines.pairs.get(at).copied().unwrap_or(0);
            let text = value.trim();
            if !is_named(name, key) || text.is_empty() {
                continue;
            }
            match found {
                Some(first) if first.text != text => {
                    return Err(PbError::new(line, key, PbErrorKind::TwoValues { first: first.line }));
                }
                Some(_) => {}
                None => found = Some(Setting { line, text }),
            }
        }
        Ok(found)
    }

    /// The value of `key`, which must be there.
    pub(super) fn required_setting(&self, key: &'static str) -> Result<Setting<'_>, PbError> {
        self.setting(key)?.ok_or_else(|| PbError::new(self.lines.meta, key, PbErrorKind::MissingValue))
    }

    /// Points for plans that a ballot does not name would have to be added everywhere; no known file has them.
    pub(super) fn refuse_default_score(&self) -> Result<(), PbError> {
        match self.setting("default_score")? {
            Some(score) if !number::plain(score.text).is_ok_and(|number| number.digits == 0) => {
                Err(PbError::new(score.line, "default_score", PbErrorKind::DefaultScore(clip(score.text))))
            }
            _ => Ok(()),
        }
    }
}
