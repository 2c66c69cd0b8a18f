//! What fits, what is told, and hostile forms.

use super::*;
use crate::access::TABLE;

fn raw(fields: &[(&str, &str)]) -> Raw {
    Raw::from_pairs(fields)
}

const WHOLE: &[(&str, &str)] = &[
    ("words", "Twee uur in de week, een busje, Arabisch"),
    ("kind", "transport"),
    ("kind", "language"),
    ("time", "weekend_morning"),
    ("language", "ar"),
    ("hours", "2"),
    ("buurt", "3"),
    ("reach", "wijk"),
];

#[test]
fn an_offer_is_read_as_a_whole() {
    let offer = Offer::parse(&raw(WHOLE), Ok(Some(20_000)), 19_000).unwrap();
    assert_eq!(
        (offer.kinds.as_slice(), offer.reach, offer.hours),
        (&["transport", "language"][..], Reach::Wijk, Some(2))
    );
    assert_eq!(offer.until, Some(20_000));
    let past = Offer::parse(&raw(WHOLE), Ok(Some(18_999)), 19_000);
    assert_eq!(past, Err(Errors::one("until", Problem::NotAhead)));
    let nothing = Offer::parse(&Raw::default(), Err(Problem::NotADate), 0).unwrap_err();
    assert_eq!(
        nothing.0,
        [
            ("words", Problem::Missing),
            ("kind", Problem::Missing),
            ("buurt", Problem::Missing),
            ("reach", Problem::Missing),
            ("until", Problem::NotADate)
        ]
    );
}

#[test]
fn hostile_choices_are_refused() {
    let with = |name, value| {
        let mut fields = WHOLE.to_vec();
        fields.push((name, value));
        Offer::parse(&raw(&fields), Ok(None), 0)
    };
    for (name, value) in [("kind", "'; DROP"), ("time", "night"), ("language", "<b>")] {
        assert_eq!(with(name, value), Err(Errors::one(name, Problem::NotAChoice)), "{name}");
    }
    let mut many = WHOLE.to_vec();
    many.extend([("kind", "cooking"), ("kind", "music"), ("kind", "other")]);
    assert_eq!(Offer::parse(&raw(&many), Ok(None), 0), Err(Errors::one("kind", Problem::TooMany(MOST_KINDS))));
    assert_eq!(Need::parse(&raw(&[("kind", "cooking")])).unwrap().kinds, ["cooking"]);
}

#[test]
fn lists_come_back() {
    assert_eq!(stored(&[]), "");
    assert_eq!(listed(&stored(&["music", "cooking"]), KINDS), ["cooking", "music"]);
    assert_eq!(listed(",cook,music,x,", KINDS), ["music"]);
    for stand in Stand::ALL {
        assert_eq!(Stand::from_key(stand.key()), Some(*stand));
    }
    for reach in Reach::ALL {
        assert_eq!(Reach::from_key(reach.key()), Some(*reach));
    }
    for side in [Side::Plan, Side::Helper] {
        assert_eq!(Side::from_key(side.key()), Some(side));
        assert_eq!(side.other().other(), side);
    }
}

#[test]
fn kinds_come_before_place_and_place_before_the_rest() {
    let plan = Spot { buurt: 1, wijk: 1 };
    let need = Need { kinds: vec!["cooking", "music"], languages: vec!["ar"], ..Need::default() };
    let offer = |kinds: &[&'static str], reach, languages: &[&'static str]| Offer {
        kinds: kinds.to_vec(),
        reach,
        languages: languages.to_vec(),
        ..Offer::default()
    };
    let at = |offer: &Offer, buurt, wijk| fit(&need, plan, offer, Spot { buurt, wijk });
    let both = at(&offer(&["cooking", "music"], Reach::City, &[]), 9, 9).unwrap();
    let near = at(&offer(&["cooking"], Reach::Buurt, &[]), 1, 1).unwrap();
    let talks = at(&offer(&["cooking"], Reach::Wijk, &["ar"]), 2, 1).unwrap();
    let mute = at(&offer(&["cooking"], Reach::Wijk, &["nl"]), 2, 1).unwrap();
    assert!(both < near && near < talks && talks < mute);
    assert_eq!(at(&offer(&["children"], Reach::City, &[]), 1, 1), None, "another kind");
    assert_eq!(at(&offer(&["music"], Reach::Buurt, &[]), 2, 1), None, "too far");
    assert_eq!(at(&offer(&["music"], Reach::Wijk, &[]), 3, 2), None, "too far");
}

#[test]
fn a_small_number_is_not_told_and_does_not_follow() {
    let (some, exactly) = (Count::Some, Count::Exactly);
    assert_eq!(told(&[0, 0]), (Count::None, vec![Count::None; 2]));
    assert_eq!(told(&[2, 1, 0]), (some, vec![some; 3]), "two in the whole city");
    assert_eq!(told(&[3, 12, 40]), (exactly(55), vec![some, some, exactly(40)]));
    assert_eq!(told(&[12, 40]), (exactly(52), vec![exactly(12), exactly(40)]));
    let (all, parts) = told(&[3, 4, 40, 60]);
    assert_eq!((all, parts[3]), (exactly(107), exactly(60)));
    assert!(parts[..3].iter().all(|n| *n == some), "seven in two would tell that neither has eight: {parts:?}");
}

#[test]
fn both_sides_hold_the_same_rights() {
    for act in OF_BOTH {
        let rule = TABLE.iter().find(|rule| rule.act == *act).unwrap();
        assert_eq!(rule.who, [crate::access::Capacity::Owner, crate::access::Capacity::Together], "{act:?}");
    }
}
