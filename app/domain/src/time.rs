//! Time as an argument.

/// Whole seconds since 1970 in UTC.
pub type Seconds = i64;
/// One hour in seconds.
pub const HOUR: Seconds = 3600;
/// One day in seconds.
pub const DAY: Seconds = 24 * HOUR;

/// Tells the time; tests and the demo city bring their own.
pub trait Clock: Send + Sync {
    /// Now, in whole UTC seconds.
    fn now(&self) -> Seconds;
}
