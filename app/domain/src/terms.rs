//! The clock of the first reply: hours that pass, nights and weekends included, but not on days that were named beforehand
//! (DESIGN 9). Days are those of Europe/Amsterdam, which the caller turns into spans of UTC seconds: the day on which summer
//! time begins has 23 hours, the one on which it ends 25.

use crate::time::{DAY, HOUR, Seconds};

/// From, and up to but not including.
pub type Span = (Seconds, Seconds);

/// A case is shown to its moderators this long before it is due.
pub const WARN_MODERATORS: Seconds = 12 * HOUR;
/// To everyone of their organisation.
pub const WARN_ORGANISATION: Seconds = 4 * HOUR;
/// How long a moderator keeps a case to themselves.
pub const LEASE: Seconds = 2 * HOUR;
/// How long a decision can be undone.
pub const UNDO: Seconds = 600;
/// The stadsdeel answers an appeal within this term.
pub const APPEAL_TERM: Seconds = 14 * DAY;
/// The public clock looks back so far.
pub const LOOK_BACK: Seconds = 90 * DAY;
/// Fewer replies than this say more about people than about an organisation, and are not shown.
pub const LEAST_REPLIES: usize = 5;

/// Spans in order, those that touch or overlap as one, empty ones gone.
fn tidy(closed: &[Span]) -> Vec<Span> {
    let mut spans: Vec<Span> = closed.iter().copied().filter(|(from, to)| from < to).collect();
    spans.sort_unstable();
    let mut all: Vec<Span> = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        match all.last_mut().filter(|last| from <= last.1) {
            Some(last) => last.1 = last.1.max(to),
            None => all.push((from, to)),
        }
    }
    all
}

/// When a term of so many seconds that begins at `start` is over.
pub fn due(start: Seconds, term: Seconds, closed: &[Span]) -> Seconds {
    let mut at = start + term;
    for (from, to) in tidy(closed) {
        if from >= at {
            break;
        }
        at += (to - from.max(start)).max(0);
    }
    at
}

/// Seconds between two moments that count.
pub fn counted(start: Seconds, end: Seconds, closed: &[Span]) -> Seconds {
    let still: Seconds = tidy(closed).iter().map(|(from, to)| (end.min(*to) - start.max(*from)).max(0)).sum();
    (end - start - still).max(0)
}

/// The moment by which `part` of a term is over, when `left` of it is still to come: warnings come by it.
pub fn before(start: Seconds, term: Seconds, left: Seconds, closed: &[Span]) -> Seconds {
    due(start, (term - left).max(0), closed)
}

/// Median and 90th percentile (nearest rank) of these times; `None` for fewer than [`LEAST_REPLIES`].
pub fn spread(times: &mut [Seconds]) -> Option<(Seconds, Seconds)> {
    if times.len() < LEAST_REPLIES {
        return None;
    }
    times.sort_unstable();
    let rank = |percent: usize| times[(times.len() * percent).div_ceil(100).max(1) - 1];
    Some((rank(50), rank(90)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_that_do_not_count() {
        let day = |n: i64| (n * DAY, (n + 1) * DAY);
        assert_eq!(due(0, 48 * HOUR, &[]), 48 * HOUR);
        assert_eq!(due(0, 48 * HOUR, &[day(1)]), 72 * HOUR, "a holiday in its midst");
        assert_eq!(due(12 * HOUR, 48 * HOUR, &[day(0)]), DAY + 48 * HOUR, "handed in on a holiday");
        assert_eq!(due(0, 48 * HOUR, &[day(2)]), 48 * HOUR, "one that begins as the term ends");
        assert_eq!(due(0, 48 * HOUR, &[day(1), day(2), day(3)]), 5 * DAY, "the next ones come into it");
        assert_eq!(due(0, 48 * HOUR, &[day(2), day(1), day(1)]), 4 * DAY, "in any order, named twice");
        assert_eq!(counted(0, 72 * HOUR, &[day(1)]), 48 * HOUR);
        assert_eq!(counted(DAY + HOUR, DAY + 2 * HOUR, &[day(1)]), 0);
        assert_eq!(before(0, 48 * HOUR, 12 * HOUR, &[day(1)]), 60 * HOUR);
    }

    #[test]
    fn a_few_say_nothing() {
        assert_eq!(spread(&mut [1, 2, 3, 4]), None);
        assert_eq!(spread(&mut [5, 1, 4, 2, 3]), Some((3, 5)));
        assert_eq!(spread(&mut (1..=100).rev().collect::<Vec<_>>()), Some((50, 90)));
    }

    proptest! {
        #[test]
        fn what_is_due_was_counted(
            start in 0i64..100 * DAY, term in 1i64..10 * DAY,
            days in proptest::collection::vec(0i64..120, 0..12),
        ) {
            let closed: Vec<Span> = days.iter().map(|n| (n * DAY, (n + 1) * DAY)).collect();
            let at = due(start, term, &closed);
            prop_assert_eq!(counted(start, at, &closed), term);
            prop_assert!(at >= start + term);
        }
    }
}
