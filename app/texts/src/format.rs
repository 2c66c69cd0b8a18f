//! Amounts, numbers, dates and times as people read them. Times are UTC seconds, shown in Europe/Amsterdam.

use crate::Lang;
use domain::money::Cents;
use domain::time::Seconds;
use jiff::civil::DateTime;
use jiff::{Span, Timestamp, Zoned, tz::TimeZone};

/// Time zone of the city; the database of zones is embedded.
fn amsterdam() -> TimeZone {
    TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC)
}

fn local(at: Seconds) -> Zoned {
    Timestamp::from_second(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(amsterdam())
}

fn grouped(n: i64, mark: char) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::from(if n < 0 { "-" } else { "" });
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(c);
    }
    out
}

fn marks(lang: Lang) -> (char, char) {
    if lang == Lang::En { (',', '.') } else { ('.', ',') }
}

/// A whole number: 23.355.
pub fn number(lang: Lang, n: i64) -> String {
    grouped(n, marks(lang).0)
}

/// An amount without sign of currency, for input fields: 1500 or 1500,50.
pub fn money_plain(cents: Cents) -> String {
    let (euros, rest) = (cents.0 / 100, (cents.0 % 100).abs());
    if rest == 0 { euros.to_string() } else { format!("{euros},{rest:02}") }
}

/// An amount: € 6.500, or € 6.500,50 when there are cents. The space does not break.
pub fn money(lang: Lang, cents: Cents) -> String {
    let (group, point) = marks(lang);
    let whole = grouped(cents.0 / 100, group);
    let rest = (cents.0 % 100).abs();
    let gap = if lang == Lang::En { "" } else { "\u{A0}" };
    if rest == 0 { format!("€{gap}{whole}") } else { format!("€{gap}{whole}{point}{rest:02}") }
}

/// How amounts are written, for who writes them in the browser: what stands after the sign, and then the marks of thousands
/// and of cents.
pub fn money_marks(lang: Lang) -> String {
    let (group, point) = marks(lang);
    let gap = if lang == Lang::En { "" } else { "\u{A0}" };
    format!("{gap}{group}{point}")
}

/// Tenths as a decimal: 71 is 7,1.
pub fn decimal_tenths(lang: Lang, tenths: i64) -> String {
    format!("{}{}{}", tenths / 10, marks(lang).1, (tenths % 10).abs())
}

/// Tenths of a percent: 25 is 2,5 %.
pub fn percent_tenths(lang: Lang, permille: i64) -> String {
    let text = if permille % 10 == 0 { number(lang, permille / 10) } else { decimal_tenths(lang, permille) };
    if lang == Lang::En { format!("{text}%") } else { format!("{text}\u{A0}%") }
}

/// Key stems of the months, January first.
const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9", "month-10",
    "month-11", "month-12",
];

fn month(lang: Lang, when: &Zoned) -> String {
    let index = usize::try_from(when.month() - 1).unwrap_or(0);
    crate::t(if lang == Lang::Pseudo { Lang::Nl } else { lang }, MONTHS[index.min(11)])
}

/// Kept together in text that runs from right to left (as `<bdi>` would, where there is no markup).
fn isolated(lang: Lang, text: String) -> String {
    if lang.dir() == "rtl" { format!("\u{2068}{text}\u{2069}") } else { text }
}

fn plain_date(lang: Lang, at: Seconds) -> String {
    let when = local(at);
    format!("{} {} {}", when.day(), month(lang, &when), when.year())
}

/// 12 oktober 2026.
pub fn date(lang: Lang, at: Seconds) -> String {
    isolated(lang, plain_date(lang, at))
}

/// 12 oktober.
pub fn day_month(lang: Lang, at: Seconds) -> String {
    let when = local(at);
    isolated(lang, format!("{} {}", when.day(), month(lang, &when)))
}

/// 14:05.
pub fn clock_time(at: Seconds) -> String {
    let when = local(at);
    format!("{:02}:{:02}", when.hour(), when.minute())
}

/// 12 oktober 2026, 14:05.
pub fn date_time(lang: Lang, at: Seconds) -> String {
    isolated(lang, format!("{}, {}", plain_date(lang, at), clock_time(at)))
}

/// Key stems of the days, Monday first.
const WEEKDAYS: [&str; 7] = ["weekday-1", "weekday-2", "weekday-3", "weekday-4", "weekday-5", "weekday-6", "weekday-7"];

/// maandag 12 oktober 2026, 14:05.
pub fn weekday_time(lang: Lang, at: Seconds) -> String {
    let index = usize::try_from(local(at).weekday().to_monday_zero_offset()).unwrap_or(0);
    let day = crate::t(if lang == Lang::Pseudo { Lang::Nl } else { lang }, WEEKDAYS[index.min(6)]);
    isolated(lang, format!("{day} {}, {}", plain_date(lang, at), clock_time(at)))
}

/// The hour of the day, from 0 to 23.
pub fn hour(at: Seconds) -> i64 {
    i64::from(local(at).hour())
}

/// How often the day changes between two moments.
pub fn days_between(from: Seconds, to: Seconds) -> i64 {
    local(from).date().until(local(to).date()).map_or(0, |span| i64::from(span.get_days()))
}

fn seconds_of(civil: DateTime, or: Seconds) -> Seconds {
    amsterdam().to_zoned(civil).map_or(or, |zoned| zoned.timestamp().as_second())
}

/// So many days after the day of `start`, at this time of the day.
pub fn days_later(start: Seconds, days: i64, (hour, minute): (i8, i8)) -> Seconds {
    let day = Span::new().try_days(days).and_then(|span| local(start).date().checked_add(span));
    day.map_or(start, |day| seconds_of(day.at(hour, minute, 0, 0), start))
}

/// The time of the day, for [`days_later`].
pub fn time_of_day(at: Seconds) -> (i8, i8) {
    let when = local(at);
    (when.hour(), when.minute())
}

/// Nine o'clock on the first Monday that lies at least so many days ahead.
pub fn monday_morning(now: Seconds, days: i64) -> Seconds {
    let earliest = now + days * domain::time::DAY;
    let past = i64::from(local(earliest).weekday().to_monday_zero_offset());
    let monday = days_later(earliest, (7 - past) % 7, (9, 0));
    if monday < earliest { days_later(monday, 7, (9, 0)) } else { monday }
}

/// 2026-10-12, for machines.
pub fn rfc3339_day(at: Seconds) -> String {
    let when = local(at);
    format!("{:04}-{:02}-{:02}", when.year(), when.month(), when.day())
}

/// As machines read it, in UTC: 2026-10-12T12:05:00Z.
pub fn rfc3339(at: Seconds) -> String {
    Timestamp::from_second(at).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

/// For `<input type="datetime-local">`: 2026-10-12T14:05 in Amsterdam.
pub fn typed_local(at: Seconds) -> String {
    format!("{}T{}", rfc3339_day(at), clock_time(at))
}

/// Reads what [`typed_local`] writes, or a date as people write it (12-10-2026 14:00), as UTC seconds; an hour that the
/// clock skips or doubles takes the first that fits.
pub fn local_seconds(typed: &str) -> Option<Seconds> {
    let typed = typed.trim();
    let (day, time) = typed.split_once(['T', ' ']).unwrap_or((typed, ""));
    let parts: Vec<&str> = day.trim_end_matches(',').split('-').collect();
    let civil = match parts[..] {
        [d, m, year] if year.len() == 4 && d.len() <= 2 => format!("{year}-{m:0>2}-{d:0>2}T{}", time.trim()),
        _ => typed.to_owned(),
    };
    let civil: DateTime = civil.parse().ok()?;
    amsterdam().to_zoned(civil).ok().map(|z| z.timestamp().as_second())
}

/// Whole hours of a span in seconds, rounded down.
pub fn hours(span: Seconds) -> i64 {
    span / domain::time::HOUR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_write_it() {
        assert_eq!(money(Lang::Nl, Cents(491_300_000)), "€\u{A0}4.913.000");
        assert_eq!(money(Lang::Nl, Cents(650_050)), "€\u{A0}6.500,50");
        assert_eq!(money(Lang::En, Cents(650_050)), "€6,500.50");
        assert_eq!(percent_tenths(Lang::Nl, 25), "2,5\u{A0}%");
        assert_eq!(percent_tenths(Lang::En, 100), "10%");
    }

    #[test]
    fn mondays_and_days_over_a_change_of_the_clock() {
        let at = |typed| local_seconds(typed).unwrap();
        // 18 November 2026 is a Wednesday.
        assert_eq!(typed_local(monday_morning(at("2026-11-18T14:06"), 14)), "2026-12-07T09:00");
        assert_eq!(typed_local(monday_morning(at("2026-11-16T08:59"), 14)), "2026-11-30T09:00");
        assert_eq!(typed_local(monday_morning(at("2026-11-16T09:00"), 14)), "2026-11-30T09:00");
        assert_eq!(typed_local(monday_morning(at("2026-11-16T09:01"), 14)), "2026-12-07T09:00");
        // The clock goes back on 25 October 2026.
        let start = at("2026-10-19T09:00");
        assert_eq!(typed_local(days_later(start, 14, time_of_day(at("2026-01-01T20:30")))), "2026-11-02T20:30");
        assert_eq!(days_between(start, at("2026-11-02T00:00")), 14);
        assert_eq!(weekday_time(Lang::Nl, start), "maandag 19 oktober 2026, 09:00");
    }

    #[test]
    fn summer_and_winter_in_amsterdam() {
        // 2026-07-01T12:00Z is 14:00 there; 2026-12-01T12:00Z is 13:00.
        assert_eq!(clock_time(1_782_907_200), "14:00");
        assert_eq!(clock_time(1_796_126_400), "13:00");
        assert_eq!(local_seconds("2026-07-01T14:00"), Some(1_782_907_200));
        assert_eq!(local_seconds(&typed_local(1_796_126_400)), Some(1_796_126_400));
        for dutch in ["1-7-2026 14:00", "01-07-2026, 14:00", "01-07-2026T14:00"] {
            assert_eq!(local_seconds(dutch), Some(1_782_907_200), "{dutch}");
        }
        assert_eq!(hour(1_796_126_400), 13);
        assert_eq!(days_between(1_782_907_200, 1_782_907_200 + 86_400), 1);
        for wrong in ["morgen", "", "1-7-2026", "32-7-2026 14:00", "1-7-26 14:00", "1-é-2026 14:00"] {
            assert_eq!(local_seconds(wrong), None, "{wrong}");
        }
    }
}
