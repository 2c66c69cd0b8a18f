//! The survey 'Waarom is dit een fijne buurt?': what a wave asks, one answer, and when figures may be shown.

mod answer;
mod published;
mod quote;
mod wave;
mod wording;

pub use answer::{Answer, Own};
pub use published::{Area, Asked as AskedIn, Published, Question as PublishedQuestion, Quote, Stance, Theme};
pub use quote::masked_further;
pub use wave::{Asked, Kind, OPTIONS_MAX, OWN_QUESTIONS, Question, Reach, SCALE, THEMES, When};
pub use wording::{Texts, WORDS_MAX, Wording, Words};

/// Groups smaller than this are never shown (DESIGN 8).
pub const SMALLEST_GROUP: usize = 10;
