//! Survey waves: making them, inviting, answering, closing, and figures that never show a group under ten.

mod answering;
mod close;
mod count;
pub mod desk;
mod invite;
mod masked;
pub mod open_data;
pub mod publication;
mod read;
pub mod replies;
mod set_up;

pub use answering::{Entrance, Taken, answer, enter, entrance, own_answer};
pub use close::close_due;
pub use invite::{CODES_MOST, SurveyLetter, invite, issue_codes, remind};
pub use read::{propose, read_due, read_now};
pub use set_up::{WaveForm, change, set_up};

/// Keeps answers and the close of a wave apart; negative, so that it meets no round.
fn wave_lock(id: i64) -> i64 {
    -2_000_000_000 - id
}
