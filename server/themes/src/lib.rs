//! Themes in open survey answers, proposed for a person to confirm. No input or output, no clock, no chance: the same answers
//! give the same proposals, in whatever order they come.
//!
//! # How
//!
//! 1. **Words** (`text`, `compound`, `typing`): clauses and words by Unicode (UAX #29), stop words, Snowball stems, Dutch
//!    compounds split, rare typing errors mended.
//! 2. **Seeds** (`lexicon`, `profile`): words of a neighbourhood's life in fields (greenery, traffic, ...), and the vocabulary
//!    of themes a person approved in earlier waves. An approved theme takes the fields it covers, so that a later wave
//!    recognises it rather than proposing it again.
//! 3. **Learning** (`classes`): each clause goes to the theme its words speak for most; words that keep a theme company
//!    (log-likelihood ratio, Dunning 1993) come to speak for it too; three rounds.
//! 4. **Emerging** (`emerge`): what no seed explains is grouped by words that occur together (normalised pointwise mutual
//!    information, Bouma 2009; average linkage), so that a subject nobody listed is proposed as well.
//! 5. **Describing** (`describe`): distinctive words, a label, and the medoids as quotes.
//!
//! The number of themes follows from the answers: a theme needs a least number of answers, and nothing forces an answer into
//! one. Quality and speed as measured: `tests/README.md`.
//!
//! ```
//! use themes::{Answer, Lang, Profile, propose};
//! let texts = ["Meer bomen graag", "Plant eens een boom", "Bloemen in het park"];
//! let answers: Vec<Answer> = (1..).zip(texts).map(|(id, text)| Answer { id, lang: Lang::Nl, text }).collect();
//! let proposals = propose(&answers, &[]);
//! assert_eq!(proposals[0].label, "Groen en natuur");
//! // A person approves it; the next wave recognises it by its id.
//! let approved = Profile::from_members(7, Lang::Nl, "Groen", &texts, &[]);
//! assert_eq!(propose(&answers, &[approved])[0].known, Some(7));
//! ```

mod classes;
mod compound;
mod crowd;
mod describe;
mod emerge;
mod lexicon;
mod profile;
mod stats;
mod text;
mod typing;

pub use profile::{Profile, Term};
pub use text::LONGEST_READ;

use classes::Classes;
use crowd::Crowd;
use serde::{Deserialize, Serialize};

/// The language an answer is given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Dutch.
    Nl,
    /// English.
    En,
    /// Any other: words are told apart as Unicode does, without stems, compounds or fields.
    Other,
}

impl Lang {
    /// From a language tag such as `nl`, `en-GB` or `tr`.
    pub fn of(tag: &str) -> Self {
        match tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "nl" => Lang::Nl,
            "en" => Lang::En,
            _ => Lang::Other,
        }
    }
}

/// One answer to an open question.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// Names the answer in the proposals; give each answer its own.
    pub id: u32,
    /// What it is written in.
    pub lang: Lang,
    /// What the resident wrote.
    pub text: &'a str,
}

/// An answer that belongs to a theme.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The answer.
    pub id: u32,
    /// How clearly, above 0 and at most 1.
    pub strength: f32,
    /// Whether this is the theme the answer speaks of most.
    pub main: bool,
}

/// A theme found in the answers of one language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Id of the approved theme that was recognised; none for a new one.
    pub known: Option<i64>,
    /// Language of its answers.
    pub lang: Lang,
    /// A name to begin with, for a person to change; of a recognised theme the name it was given.
    pub label: String,
    /// Its most distinctive words, as people wrote them.
    pub terms: Vec<String>,
    /// Its answers, strongest first.
    pub members: Vec<Member>,
    /// Three to five answers that stand for the others, the most typical first (fewer when it has fewer).
    pub quotes: Vec<u32>,
}

/// Proposes themes: approved ones first (`known`), new ones from what is left. Per language, recognised themes come first by
/// id, then new ones by size. An answer may be in several themes or in none.
pub fn propose(answers: &[Answer], known: &[Profile]) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for lang in [Lang::Nl, Lang::En, Lang::Other] {
        let mut own: Vec<Answer> = answers.iter().filter(|answer| answer.lang == lang).copied().collect();
        own.sort_unstable_by(|a, b| a.id.cmp(&b.id).then_with(|| a.text.cmp(b.text)));
        if own.is_empty() {
            continue;
        }
        let mut known: Vec<&Profile> = known.iter().filter(|profile| profile.lang == lang).collect();
        known.sort_by_key(|profile| profile.id);
        known.dedup_by_key(|profile| profile.id);
        let crowd = Crowd::read(&own, lang);
        let mut classes = Classes::seeded(&crowd, &known);
        classes.learn(&crowd);
        emerge::add(&crowd, &mut classes);
        proposals.extend(describe::all(&crowd, &classes, &known));
    }
    proposals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_above_holds() {
        let texts = ["Meer bomen graag", "Plant eens een boom", "Bloemen in het park"];
        let answers: Vec<Answer> = (1..).zip(texts).map(|(id, text)| Answer { id, lang: Lang::Nl, text }).collect();
        let proposals = propose(&answers, &[]);
        assert_eq!(proposals[0].label, "Groen en natuur");
        let approved = Profile::from_members(7, Lang::Nl, "Groen", &texts, &[]);
        assert_eq!(propose(&answers, &[approved])[0].known, Some(7));
    }
}
