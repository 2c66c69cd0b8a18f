use crate::tally::pb::number::{Decimal, Fault, amount, plain};
use proptest::prelude::*;

fn read(text: &str) -> Result<String, Fault> {
    amount(text).map(|(number, _)| number.to_string())
}

#[test]
fn amounts_are_read_where_there_is_one_way_to_read_them() {
    for (text, expected) in [
        ("0", "0"),
        (" 007 ", "7"),
        ("4000.0", "4000"),
        ("740793.05", "740793.05"),
        ("7,5", "7.5"),
        ("7,50", "7.5"),
        ("7,5000", "7.5"),
        ("0,500", "0.5"),
        ("1234,567", "1234.567"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1,234.50", "1234.5"),
        ("1.234,567", "1234.567"),
        ("1 234 567", "1234567"),
        ("1\u{a0}234,50", "1234.5"),
        ("1'234'567.25", "1234567.25"),
        ("12 000", "12000"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1e+05", "100000"),
        ("1.5E3", "1500"),
        ("25e-1", "2.5"),
        ("-0", "0"),
        ("000000000000000000000000000001", "1"),
    ] {
        assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn amounts_are_refused_where_a_reader_would_guess() {
    for (text, expected) in [
        ("1,234", Fault::Ambiguous),
        ("123,456", Fault::Ambiguous),
        ("-1,234", Fault::Ambiguous),
        ("-5", Fault::Negative),
        ("\u{2212}5", Fault::Negative),
        ("", Fault::Unreadable),
        (".", Fault::Unreadable),
        ("free", Fault::Unreadable),
        ("€ 5", Fault::Unreadable),
        ("1 23", Fault::Unreadable),
        ("1,23.5", Fault::Unreadable),
        ("1 2345,6", Fault::Unreadable),
        ("1,23,456", Fault::Unreadable),
        ("0,123,456", Fault::Unreadable),
        ("1 234.567 890", Fault::Unreadable),
        ("1,234.567,8", Fault::Unreadable),
        ("1'234 567", Fault::Unreadable),
        ("5-", Fault::Unreadable),
        ("+5", Fault::Unreadable),
        ("1e", Fault::Unreadable),
        ("1,5e3", Fault::Unreadable),
        ("NaN", Fault::Unreadable),
        ("inf", Fault::Unreadable),
        ("٣", Fault::Unreadable),
        ("5\u{fffd}000", Fault::Unreadable),
        ("1234567890123456789", Fault::TooLong),
        ("0.1234567890123456789", Fault::TooLong),
        ("1e400", Fault::TooLong),
        ("1e-400", Fault::TooLong),
        ("1e99999999999", Fault::TooLong),
    ] {
        assert_eq!(read(text), Err(expected), "{text}");
    }
    assert_eq!(read(&"1".repeat(1_000_000)), Err(Fault::TooLong));
    assert_eq!(read(&"x".repeat(1_000_000)), Err(Fault::Unreadable));
}

#[test]
fn a_point_before_three_digits_is_decimal_and_told_apart() {
    assert_eq!(amount("1.234"), Ok((Decimal { digits: 1234, decimals: 3 }, true)));
    assert_eq!(amount("1234.567").map(|(_, doubt)| doubt), Ok(false));
    assert_eq!(amount("0.500").map(|(_, doubt)| doubt), Ok(false));
}

#[test]
fn scaling_is_exact_and_bounded() {
    let number = plain("12.34").expect("a number");
    assert_eq!(number.scaled(2, 2_000), Some(1_234));
    assert_eq!(number.scaled(4, 200_000), Some(123_400));
    assert_eq!(number.scaled(1, i64::MAX), None);
    assert_eq!(number.scaled(2, 1_233), None);
    assert_eq!(plain("999999999999999999").expect("a number").scaled(18, i64::MAX), None);
}

#[test]
fn an_amount_alone_is_read_in_the_unit_of_a_file() {
    assert_eq!(crate::tally::pb::amount("12,5", 2), Some(1_250));
    for (text, decimals) in [("12.5", 0), ("1,234", 3), ("1000000000000000", 1), ("-1", 0), ("", 0), ("0.5", u32::MAX)]
    {
        assert_eq!(crate::tally::pb::amount(text, decimals), None, "{text}");
    }
    assert_eq!(crate::tally::pb::amount("0", u32::MAX), Some(0));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[-0-9., 'eE+\u{a0}]{0,30}|.{0,70}") {
        let _ = plain(&text);
        if let Ok((number, _)) = amount(&text) {
            prop_assert_eq!(amount(&number.to_string()).map(|(again, _)| again), Ok(number));
        }
    }

    #[test]
    fn what_is_shown_is_what_was_meant(digits in 0..1_000_000_000_i128, decimals in 0..9_u32) {
        let number = Decimal { digits, decimals };
        let again = plain(&number.to_string()).expect("a number");
        prop_assert!(again.compare(number).is_eq());
        let more = Decimal { digits: digits + 1, decimals };
        prop_assert!(again.compare(more).is_lt() && more.compare(again).is_gt());
    }
}
