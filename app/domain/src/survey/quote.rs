//! Words of one answer, as a desk reads and releases them: masked, and masked further by hand.

use crate::mask::MASK;

/// What somebody typed for a mask: `▮▮▮`, `***` or `xxx`.
fn is_mask(token: &str) -> bool {
    let bare = token.trim_matches(|c: char| c.is_ascii_punctuation() && c != '*');
    let all = |of: fn(char) -> bool| bare.chars().all(of);
    bare.chars().count() >= 3 && (all(|c| c == '▮') || all(|c| c == '*') || all(|c| matches!(c, 'x' | 'X')))
}

/// What is released of a quote when somebody masked more of it by hand: the same words in the same order, but that runs of
/// them became a mask. `None`: a word was added, changed, or taken away without a mask.
pub fn masked_further(words: &str, typed: &str) -> Option<String> {
    let was: Vec<&str> = words.split_whitespace().collect();
    let now: Vec<&str> = typed.split_whitespace().collect();
    if now.len() > was.len() {
        return None;
    }
    // reached[i]: the words typed so far can stand for the first i words.
    let mut reached = vec![false; was.len() + 1];
    reached[0] = true;
    let mut out: Vec<String> = Vec::with_capacity(now.len());
    for token in now {
        let mask = is_mask(token);
        let mut next = vec![false; was.len() + 1];
        for i in 0..was.len() {
            if reached[i] && was[i] == token {
                next[i + 1] = true;
            }
            if mask && (reached[i] || next[i]) {
                next[i + 1] = true;
            }
        }
        reached = next;
        // A word that was there stays as it was, even where it looks like a mask.
        out.push(if mask && !was.contains(&token) { MASK.to_owned() } else { token.to_owned() });
    }
    reached[was.len()].then(|| out.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_masks_come_in() {
        let quote = "Vraag het aan Fatma van de kiosk, zij weet alles.";
        let further = |typed| masked_further(quote, typed);
        assert_eq!(further(quote).as_deref(), Some(quote));
        assert_eq!(further("Vraag het aan *** zij weet alles.").as_deref(), Some("Vraag het aan ▮▮▮ zij weet alles."));
        assert_eq!(
            further("Vraag het aan xxx van de kiosk, zij weet alles.").as_deref(),
            Some("Vraag het aan ▮▮▮ van de kiosk, zij weet alles.")
        );
        assert_eq!(further("▮▮▮").as_deref(), Some("▮▮▮"));
        for other in ["", "Vraag het aan Fatma.", "Vraag het niet aan *** zij weet alles.", "*** en nog iets ***"] {
            assert_eq!(further(other), None, "{other}");
        }
        assert_eq!(masked_further("Een", "Een ***"), None, "a mask stands for at least one word");
    }

    proptest! {
        #[test]
        fn nothing_that_was_not_there_comes_in(words in "[a-e ]{0,40}", typed in "[a-e* ]{0,40}") {
            if let Some(out) = masked_further(&words, &typed) {
                prop_assert!(out.split_whitespace().all(|t| t == MASK || words.split_whitespace().any(|w| w == t)));
            }
        }

        #[test]
        fn any_text_is_read(words in "\\PC{0,80}", typed in "\\PC{0,80}") {
            let _ = masked_further(&words, &typed);
        }
    }
}
