//! Time as an argument.

/// Whole seconds since 1970 in UTC.
pub type Seconds = i64;
/// One minute in seconds.
pub const MINUTE: Seconds = 60;
/// One hour in seconds.
pub const HOUR: Seconds = 60 * MINUTE;
/// One day in seconds.
pub const DAY: Seconds = 24 * HOUR;

/// Tells the time; tests and the demo city bring their own.
pub trait Clock: Send + Sync {
    /// Now, in whole UTC seconds.
    fn now(&self) -> Seconds;

    /// Seconds by which `now` is ahead of the real time: more than 0 only in a demo city, whose clock can be moved.
    fn ahead(&self) -> Seconds {
        0
    }

    /// Sets [`Clock::ahead`]; clocks that cannot be moved ignore it.
    fn set_ahead(&self, _seconds: Seconds) {}
}
