//! What holds for any answers: no text makes it fail, order does not matter, approved themes come back by their id.

use proptest::prelude::*;
use themes::{Answer, LONGEST_READ, Lang, Profile, Proposal, propose};

fn lang(at: u32) -> Lang {
    [Lang::Nl, Lang::En, Lang::Other][at as usize % 3]
}

fn answers<'a>(texts: &'a [String], lang: impl Fn(u32) -> Lang) -> Vec<Answer<'a>> {
    (0..).zip(texts).map(|(id, text)| Answer { id, lang: lang(id), text }).collect()
}

fn labelled() -> Vec<String> {
    let mut reader = csv::Reader::from_reader(include_str!("labelled.csv").as_bytes());
    reader.records().map(|record| record.unwrap()[0].to_owned()).collect()
}

/// Texts of all scripts, pieces of real answers, and both mixed.
fn any_text() -> impl Strategy<Value = String> {
    let real = labelled();
    let piece = prop_oneof![
        any::<String>(),
        "\\PC{0,40}",
        "[a-zé’' .,;!?\\-\n]{0,60}",
        "[\\p{Arabic}\\p{Hebrew}\\p{Han}\\p{Thai}\\p{Emoji}\u{200d}\u{202e}\u{301} ]{0,40}",
        (0..real.len()).prop_map(move |at| real[at].clone()),
    ];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

fn sound(found: &[Proposal], count: u32) {
    for proposal in found {
        assert!(!proposal.members.is_empty() && !proposal.label.is_empty(), "{proposal:?}");
        assert!(proposal.members.iter().all(|m| m.id < count && m.strength > 0.0 && m.strength <= 1.0));
        let mut ids: Vec<u32> = proposal.members.iter().map(|m| m.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), proposal.members.len(), "an answer twice in one theme");
        assert!(proposal.quotes.len() >= proposal.members.len().min(3) && proposal.quotes.len() <= 5);
        assert!(proposal.quotes.iter().all(|quote| ids.contains(quote)));
    }
    for id in 0..count {
        let main = found.iter().flat_map(|p| &p.members).filter(|m| m.id == id && m.main).count();
        assert!(main <= 1, "two main themes for {id}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_sound_proposals_in_any_order(texts in prop::collection::vec(any_text(), 0..40), seed in any::<u64>()) {
        let given = answers(&texts, lang);
        let found = propose(&given, &[]);
        sound(&found, texts.len() as u32);
        let mut turned = given.clone();
        turned.sort_by_key(|answer| (u64::from(answer.id) + 1).wrapping_mul(seed | 1).rotate_left(17));
        prop_assert_eq!(&propose(&turned, &[]), &found);
        prop_assert_eq!(&propose(&given, &[]), &found);
    }

    #[test]
    fn a_profile_of_any_texts_can_be_kept_and_used(texts in prop::collection::vec(any_text(), 0..12), at in 0u32..3) {
        let all: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (members, others) = all.split_at(all.len() / 2);
        let profile = Profile::from_members(3, lang(at), "Naam", members, others);
        let kept = serde_json::to_string(&profile).unwrap();
        let read: Profile = serde_json::from_str(&kept).unwrap();
        prop_assert_eq!(&read, &profile);
        sound(&propose(&answers(&texts, |_| lang(at)), &[read, profile]), texts.len() as u32);
    }
}

#[test]
fn huge_and_odd_texts_are_read_in_bounds() {
    let huge =
        ["bomen ".repeat(20_000), "é".repeat(100_000), "👩‍👩‍👧‍👦".repeat(9_000), "שלום ".repeat(15_000), "a.".repeat(60_000)];
    let texts: Vec<String> =
        huge.into_iter().chain(["".into(), "\u{0}".into(), "\u{202e}مرحبا".into(), "!!!".into()]).collect();
    assert!(texts.iter().any(|text| text.len() > 4 * LONGEST_READ));
    for only in [Lang::Nl, Lang::En, Lang::Other] {
        sound(&propose(&answers(&texts, |_| only), &[]), texts.len() as u32);
    }
    assert!(propose(&[], &[]).is_empty());
}

#[test]
fn the_whole_labelled_set_is_the_same_backwards() {
    let texts = labelled();
    let mut given = answers(&texts, |_| Lang::Nl);
    let found = propose(&given, &[]);
    given.reverse();
    assert_eq!(propose(&given, &[]), found);
}

/// The texts of a proposal's members, and all others.
fn split<'a>(texts: &'a [String], proposals: &[&Proposal]) -> (Vec<&'a str>, Vec<&'a str>) {
    let inside = |at: usize| proposals.iter().any(|p| p.members.iter().any(|m| m.id as usize == at));
    let take = |inn: bool| (0..texts.len()).filter(|at| inside(*at) == inn).map(|at| texts[at].as_str()).collect();
    (take(true), take(false))
}

fn waves() -> (Vec<String>, Vec<String>) {
    // Two waves by turns, so that both speak of everything.
    let texts = labelled();
    let half = |odd: usize| texts.iter().skip(odd).step_by(2).cloned().collect();
    (half(0), half(1))
}

fn named<'a>(found: &'a [Proposal], label: &str) -> &'a Proposal {
    found.iter().find(|p| p.label.starts_with(label)).unwrap_or_else(|| panic!("no {label}"))
}

#[test]
fn approved_themes_keep_their_id_in_a_later_wave() {
    let (first, second) = waves();
    let found = propose(&answers(&first, |_| Lang::Nl), &[]);
    let profiles: Vec<Profile> = (100..)
        .zip(&found)
        .map(|(id, proposal)| {
            let (members, others) = split(&first, &[proposal]);
            Profile::from_members(id, Lang::Nl, &format!("Eigen naam {id}"), &members, &others)
        })
        .collect();
    let given = answers(&second, |_| Lang::Nl);
    let again = propose(&given, &profiles);
    let fresh = propose(&given, &[]);
    let (mut same, mut all) = (0, 0);
    for (profile, old) in profiles.iter().zip(&found) {
        let came = again.iter().find(|p| p.known == Some(profile.id));
        let Some(expected) = fresh.iter().find(|p| p.label == old.label) else { continue };
        let came = came.unwrap_or_else(|| panic!("{} did not come back", old.label));
        assert_eq!(came.label, profile.label);
        let ids: Vec<u32> = came.members.iter().map(|m| m.id).collect();
        same += expected.members.iter().filter(|m| ids.contains(&m.id)).count();
        all += expected.members.len();
        assert!(!again.iter().any(|p| p.known.is_none() && p.label == old.label), "{} proposed twice", old.label);
    }
    println!("of the answers a fresh look puts in a theme, {same} of {all} come to the approved one");
    assert!(same * 10 >= all * 8, "{same} of {all}");
}

#[test]
fn a_merged_theme_recognises_both_vocabularies() {
    let (first, second) = waves();
    let found = propose(&answers(&first, |_| Lang::Nl), &[]);
    let (members, others) = split(&first, &[named(&found, "Groen"), named(&found, "Sport")]);
    let merged = Profile::from_members(9, Lang::Nl, "Buiten", &members, &others);
    let again = propose(&answers(&second, |_| Lang::Nl), std::slice::from_ref(&merged));
    let buiten = again.iter().find(|p| p.known == Some(9)).expect("the merged theme");
    assert_eq!(buiten.label, "Buiten");
    assert!(!again.iter().any(|p| p.label.starts_with("Groen") || p.label.starts_with("Sport")));
    let fresh = propose(&answers(&second, |_| Lang::Nl), &[]);
    for label in ["Groen", "Sport"] {
        let expected: Vec<u32> = named(&fresh, label).members.iter().filter(|m| m.main).map(|m| m.id).collect();
        let came = expected.iter().filter(|id| buiten.members.iter().any(|m| m.id == **id)).count();
        assert!(came * 10 >= expected.len() * 8, "{label}: {came} of {}", expected.len());
    }
    // Without the other answers of the wave the profile is less sharp, but knows both as well.
    let alone = Profile::from_members(9, Lang::Nl, "Buiten", &members, &[]);
    let texts: Vec<String> = ["Plant meer bomen", "Een sporthal met een zwembad"].map(String::from).into();
    let both = propose(&answers(&texts, |_| Lang::Nl), &[alone]);
    assert_eq!(both[0].known, Some(9));
    assert_eq!(both[0].members.len(), 2);
}

#[test]
fn a_theme_that_emerged_is_recognised_by_its_own_words() {
    let nest = ["De ooievaar nestelt op de schoorsteen", "Die ooievaar in zijn nest", "Een nest met een ooievaar"];
    let profile = Profile::from_members(5, Lang::Nl, "Ooievaars", &nest, &[]);
    let texts: Vec<String> = ["Zijn de ooievaars terug?", "De tram is laat"].map(String::from).into();
    let found = propose(&answers(&texts, |_| Lang::Nl), &[profile]);
    assert_eq!((found[0].known, found[0].members[0].id, found[0].members.len()), (Some(5), 0, 1));
}

#[test]
fn each_language_has_its_own_themes() {
    let texts = [
        "More trees please",
        "Flowers in the park",
        "Plant a tree",
        "Ağaç istiyoruz",
        "Daha çok ağaç",
        "Her yere ağaç",
    ];
    let given: Vec<Answer> = (0..)
        .zip(texts)
        .map(|(id, text)| Answer { id, lang: if id < 3 { Lang::of("en-GB") } else { Lang::of("tr") }, text })
        .collect();
    let found = propose(&given, &[]);
    assert_eq!((found[0].lang, found[0].label.as_str(), found[0].members.len()), (Lang::En, "Greenery and nature", 3));
    assert_eq!((found[1].lang, found[1].terms[0].as_str(), found[1].members.len()), (Lang::Other, "ağaç", 3));
}
