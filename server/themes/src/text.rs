//! From a text to words: clauses by Unicode sentence and word boundaries (UAX #29), stop words, stems.

use crate::Lang;
use snowball_stemmers_rs::{Algorithm, Stemmer};
use std::collections::HashSet;
use std::sync::OnceLock;
use unicode_segmentation::UnicodeSegmentation;

/// So much of one answer is read, in bytes; what comes after it does not count. It bounds the work and memory per answer.
pub const LONGEST_READ: usize = 20_000;
/// So many clauses of one answer are told apart; what comes after them does not count.
const MOST_CLAUSES: usize = 100;
/// A longer "word" is no word.
const LONGEST_WORD: usize = 48;

/// The start of the text up to `LONGEST_READ` bytes, cut between characters.
fn head(text: &str) -> &str {
    let mut end = text.len().min(LONGEST_READ);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The words of each clause, in small letters, stop words included. A clause ends with a sentence, a semicolon, a new line or
/// before "maar" / "but", since people then turn to another subject.
pub(crate) fn clauses(text: &str, lang: Lang) -> Vec<Vec<String>> {
    let turn = match lang {
        Lang::Nl => "maar",
        Lang::En => "but",
        Lang::Other => "",
    };
    let mut found = Vec::new();
    for piece in head(text).split(['\n', ';', '\r', '•']) {
        for sentence in piece.split_sentence_bounds() {
            let mut words = Vec::new();
            for word in sentence.unicode_words() {
                if word.len() > LONGEST_WORD || !word.chars().any(char::is_alphabetic) {
                    continue;
                }
                let word = word.to_lowercase().replace('’', "'");
                if word == turn && !words.is_empty() {
                    found.push(std::mem::take(&mut words));
                }
                words.push(word);
            }
            if !words.is_empty() {
                found.push(words);
            }
            if found.len() >= MOST_CLAUSES {
                return found;
            }
        }
    }
    found
}

/// The stem that words of one root share: Snowball (snowballstem.org; for Dutch Kraaij and Pohlmann 1994), none for other languages.
pub(crate) fn stem(word: &str, lang: Lang) -> String {
    let algorithm = match lang {
        Lang::Nl => Algorithm::Dutch,
        Lang::En => Algorithm::English,
        Lang::Other => return word.to_owned(),
    };
    let plain = word.strip_suffix("'s").unwrap_or(word);
    Stemmer::create(algorithm).stem(plain).into_owned()
}

/// Words that say nothing of a subject in a survey about a neighbourhood, beside the library's lists.
const EVERYWHERE_NL: &str = "buurt buurten wijk wijken straat stad amsterdam graag vind vindt vinden gaat gaan ga komt komen kom mooi mooie mooier \
    goed goede beter betere best beste leuk leuke fijn fijne fijner prima jaar jaren dag dagen week weken maand maanden uur keer grote groot \
    klein kleine nieuw nieuwe staan staat sta zit zitten laat laten zien zie zegt zeggen zeg weet weten moet hoeft lang lange \
    veranderen verandering dingen ding iets stuk zeer echt beetje eigenlijk gewoon steeds elke hele helemaal soms ligt liggen krijgen \
    krijgt geeft geven hou houden probleem problemen mis missen vrijwel meteen denk denken hoop zoals zoveel jammer wens idee geval \
    nodig paar half halve ander soort manier plaats kant ene tweede achter naast waarop waardoor waarbij hiervan daarvan vorige \
    één eén maandag dinsdag woensdag donderdag vrijdag zaterdag zondag weekend middag ochtend avond woensdagmiddag \
    januari februari maart april juni juli augustus september oktober november december allemaal vergeten prachtig prachtige \
    scheelt helft antwoord vraag moeilijk moeilijke jawel nou wensen tevreden geld kost vanzelf bijvoorbeeld aub d'r m'n z'n zo'n 'n 't 's s t n m dus wordt word mij echte vroeger nooit altijd mag mee zet doet blijft blijven";
const EVERYWHERE_EN: &str = "neighbourhood neighborhood area street city amsterdam like love nice good great better best lot lots year years \
    day days week time thing things really please think would could make makes need needs want people's bit big small new old";
/// What Amsterdam answers in beside Dutch and English.
const OTHERS: [&str; 10] = ["tr", "ar", "pl", "de", "fr", "es", "pt", "it", "ru", "uk"];

fn list(lang: Lang) -> HashSet<&'static str> {
    let of = |code: &str| stop_words::lookup(code).unwrap_or_default().iter().copied();
    match lang {
        Lang::Nl => of("nl").chain(EVERYWHERE_NL.split_whitespace()).collect(),
        Lang::En => of("en").chain(EVERYWHERE_EN.split_whitespace()).collect(),
        Lang::Other => OTHERS.iter().flat_map(|code| of(code)).collect(),
    }
}

/// A word too common to tell what an answer is about.
pub(crate) fn is_stop(word: &str, lang: Lang) -> bool {
    static LISTS: OnceLock<[HashSet<&'static str>; 3]> = OnceLock::new();
    let lists = LISTS.get_or_init(|| [list(Lang::Nl), list(Lang::En), list(Lang::Other)]);
    let short = lang != Lang::Other && word.chars().count() < 2;
    short || lists[lang as usize].contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_end_where_people_turn_to_something_else() {
        let found = clauses("Mooie bomen maar te veel lawaai. Auto’s ook; 👍\nklaar", Lang::Nl);
        let words: Vec<String> = found.iter().map(|c| c.join(" ")).collect();
        assert_eq!(words, ["mooie bomen", "maar te veel lawaai", "auto's ook", "klaar"]);
    }

    #[test]
    fn stems_bring_forms_together() {
        assert_eq!(stem("bomen", Lang::Nl), stem("boom", Lang::Nl));
        assert_eq!(stem("auto's", Lang::Nl), stem("auto", Lang::Nl));
        assert_eq!(stem("trees", Lang::En), "tree");
        assert_eq!(stem("ağaçlar", Lang::Other), "ağaçlar");
    }

    #[test]
    fn only_the_start_of_a_huge_text_is_read() {
        let huge = "é".repeat(100_000);
        assert!(clauses(&huge, Lang::Nl).is_empty());
        assert_eq!(head(&huge).len(), LONGEST_READ);
    }
}
