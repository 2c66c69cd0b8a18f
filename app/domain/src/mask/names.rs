//! Names of persons, known by the words around them.

use super::words::{BETWEEN, CALLED, COMMON_WORDS, FIRST_NAMES, GREETINGS, RELATIONS, THING_WORDS, TITLES, WHOSE};
use super::{Found, Kind, patterns};
use std::ops::Range;

/// A word of the text.
struct Word<'a> {
    text: &'a str,
    lower: String,
    range: Range<usize>,
    /// With a capital, and not only capitals.
    capital: bool,
    /// Nothing but spaces between the word before and this.
    joined: bool,
    /// Part of the name of a place.
    place: bool,
}

impl Word<'_> {
    fn is(&self, list: &[&str]) -> bool {
        list.contains(&self.lower.as_str())
    }

    fn common(&self) -> bool {
        COMMON_WORDS.contains(self.lower.as_str())
    }

    /// Part of the name of a place or an organisation.
    fn thing(&self) -> bool {
        self.known_thing() || self.street()
    }

    fn known_thing(&self) -> bool {
        self.place || THING_WORDS.contains(self.lower.as_str())
    }

    /// Ends like a street; alone ('Dijk', 'Hof') it is as often a last name.
    fn street(&self) -> bool {
        patterns::STREET.split('|').any(|s| self.lower.ends_with(s) && self.lower.len() > s.len())
    }

    fn first_name(&self) -> bool {
        let plain = self.lower.trim_end_matches("'s").trim_end_matches("’s");
        let name = |text: &str| FIRST_NAMES.contains(text);
        name(plain)
            || plain.split('-').any(|part| part.len() > 2 && name(part))
            || (plain.len() > 4 && plain.strip_suffix('s').is_some_and(name))
    }

    /// Begins with a letter that is a capital, though the whole word may be.
    fn upper(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

fn in_word(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.' | '/') || unicode_mark(c)
}

/// Accents that stand on their own.
fn unicode_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn words<'a>(text: &'a str, places: &[&str]) -> Vec<Word<'a>> {
    let mut all: Vec<Word> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let Some(start) = rest.find(|c: char| c.is_alphabetic() || matches!(c, '\'' | '’')) else { break };
        let length = rest[start..].find(|c: char| !in_word(c)).unwrap_or(rest.len() - start);
        let (from, mut to) = (at + start, at + start + length);
        at = to;
        let whole = &text[from..to];
        // A full stop belongs to initials and short titles; otherwise it ends the sentence.
        let kept = whole.chars().filter(|c| *c == '.').count() * 2 >= whole.chars().count()
            || [TITLES, GREETINGS, BETWEEN].iter().any(|list| list.contains(&whole.to_lowercase().as_str()));
        let trimmed = whole.trim_end_matches(['\'', '’', '-', '/']);
        let trimmed = if kept { trimmed } else { trimmed.trim_end_matches(['.', '\'', '’', '-', '/']) };
        to = from + trimmed.len();
        if trimmed.is_empty() {
            continue;
        }
        let gap = &text[all.last().map_or(0, |w: &Word| w.range.end)..from];
        let small = trimmed.chars().any(char::is_lowercase) || trimmed.chars().count() == 1;
        all.push(Word {
            text: trimmed,
            lower: trimmed.to_lowercase(),
            range: from..to,
            capital: small && trimmed.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase),
            joined: !all.is_empty() && !gap.is_empty() && gap.chars().all(|c| c == ' ' || c == '\u{a0}'),
            place: false,
        });
    }
    for place in places.iter().filter(|p| !p.is_empty()) {
        for (start, hit) in text.match_indices(place) {
            let end = start + hit.len();
            for word in all.iter_mut().filter(|w| w.range.start >= start && w.range.end <= end) {
                word.place = true;
            }
        }
    }
    all
}

/// The name that begins at a word: capitalised words with 'van de' between. Gives the place after its last word. Behind a
/// title (`sure`) it may end like a street: 'mevrouw Oosterhof'.
fn name_from(all: &[Word], start: usize, sure: bool) -> Option<usize> {
    let (mut at, mut end) = (start, None);
    while let Some(word) = all.get(at).filter(|w| at == start || w.joined) {
        let thing = word.known_thing() || (!sure && word.street());
        if word.upper() && !thing && !(word.common() && !word.first_name() && !word.is(BETWEEN)) {
            end = if word.is(BETWEEN) && !word.first_name() { end } else { Some(at + 1) };
        } else if !word.is(BETWEEN) {
            break;
        }
        at += 1;
    }
    end
}

/// A word in lower case that follows 'mijn buurvrouw' and may be a name.
fn small_name(word: &Word) -> bool {
    let verb = ["t", "en", "de", "te", "d", "ing", "lijk", "ig", "ly"].iter().any(|end| word.lower.ends_with(end));
    word.first_name()
        || (!word.common()
            && !verb
            && !word.thing()
            && !word.is(BETWEEN)
            && !word.is(RELATIONS)
            && word.lower.chars().count() > 2)
}

pub fn find(text: &str, places: &[&str]) -> Vec<Found> {
    let all = words(text, places);
    let mut found = Vec::new();
    let mut name = |from: usize, to: usize| {
        found.push(Found { kind: Kind::Name, range: all[from].range.start..all[to - 1].range.end });
    };
    let before = |at: usize| at.checked_sub(1).and_then(|b| all.get(b)).filter(|_| all[at].joined);
    let mut at = 0;
    while at < all.len() {
        let word = &all[at];
        let title = word.is(TITLES);
        let relation = title || word.is(RELATIONS);
        let owned = relation && before(at).is_some_and(|b| b.is(WHOSE));
        let next = at + 1;
        let joined = all.get(next).is_some_and(|n| n.joined);
        if title || owned {
            if let Some(end) = joined.then(|| name_from(&all, next, title)).flatten() {
                name(next, end);
                at = end;
                continue;
            }
            // 'mijn buurvrouw fatima', 'buurman ahmed'; of other small words only behind 'mijn'.
            if joined && (all[next].first_name() || (owned && !all[next].upper() && small_name(&all[next]))) {
                name(next, next + 1);
            }
        } else if word.is(CALLED) || word.is(GREETINGS) || told(&all, at) {
            let start = if all.get(next).is_some_and(|w| w.is(&["van", "from", "is"])) { next + 1 } else { next };
            let small = word.is(CALLED) || told(&all, at);
            if let Some(end) = name_from(&all, start, false) {
                name(start, end);
                at = end;
                continue;
            }
            if small && all.get(start).is_some_and(|w| w.joined && small_name(w)) {
                name(start, start + 1);
            }
        } else if let Some(end) = by_itself(&all, at, text) {
            name(at, end);
            at = end;
            continue;
        }
        at += 1;
    }
    found
}

/// 'mijn naam is', 'my name is', 'ik ben', 'I am'.
fn told(all: &[Word], at: usize) -> bool {
    let back = |n: usize| at.checked_sub(n).map(|b| all[b].lower.as_str());
    match all[at].lower.as_str() {
        "is" => matches!(back(1), Some("naam" | "name")),
        "ben" => back(1) == Some("ik") && all.get(at + 1).is_some_and(Word::first_name),
        "am" => back(1) == Some("i") && all.get(at + 1).is_some_and(Word::first_name),
        _ => false,
    }
}

/// Names that no cue announces.
fn by_itself(all: &[Word], at: usize, text: &str) -> Option<usize> {
    let word = &all[at];
    if word.thing() && !word.first_name() || word.place {
        return None;
    }
    let end = name_from(all, at, false).unwrap_or(at + 1);
    let run = &all[at..end];
    // 'de Albert Heijn', 'het Rode Kruis'.
    let article = word.joined
        && at > 0
        && ["de", "het", "the", "een", "a", "'t", "’t", "deze", "die", "onze"].contains(&all[at - 1].lower.as_str());
    if article && run.iter().filter(|w| w.upper()).count() > 1 && !word.first_name() {
        return None;
    }
    if all.get(at + 1).is_some_and(|w| w.joined && w.thing()) && end == at + 1 {
        // 'Albert Heijn', 'Jan Evertsenstraat': what follows says that it is no person.
        return None;
    }
    if word.first_name() && (word.upper() || word.lower.chars().count() > 3) {
        return Some(end);
    }
    if !word.upper() {
        return None;
    }
    // 'J. de Vries', 'A.B. Jansen'.
    if word.text.ends_with('.')
        && end > at + 1
        && word.text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
    {
        return Some(end);
    }
    // 'Fikriye van nummer 12', 'Sjonnie op 14'.
    let rest = text[word.range.end..].trim_start();
    let lives = ["van", "op", "from", "at", "bij"].iter().find_map(|w| rest.strip_prefix(w)).map(str::trim_start);
    let number = lives.is_some_and(|l| {
        ["nummer", "nr", "number", "huisnummer"].iter().any(|w| l.starts_with(w))
            || l.starts_with(|c: char| c.is_ascii_digit())
    });
    if word.capital && number && !word.common() {
        return Some(end);
    }
    // Two capitalised words in a row; a common word that only begins the sentence is none of them.
    let counted = run.iter().filter(|w| w.capital && !w.is(BETWEEN) && !w.common()).count();
    (word.capital && !word.common() && !word.is(BETWEEN) && counted > 1 && !run.iter().any(Word::thing)).then_some(end)
}
