//! Help that residents offer, what plans ask for, introductions and the messages of those who were introduced.

mod figures;
mod introductions;
mod messages;
mod needs;
mod offers;
mod own;

pub use figures::{Outcomes, introduced_by_buurt, kinds_of_introductions, kinds_of_needs, kinds_of_offers, outcomes};
pub use introductions::{
    Introduction, New, agree, decline, end, has_waiting, introduce, introduction, introduction_between,
    introductions_of_account, introductions_of_plan, is_stopped_between, lapse, outcome_due, set_outcome,
    set_outcome_asked, set_reminded, set_told, still_asked, unanswered,
};
pub use messages::{
    Message, NewMessage, add_message, forget_old, has_reported_message, hide_message, let_message_stand, message,
    messages, report_message, reported_messages,
};
pub use needs::{Asking, add_need, asking_plans, needs_of, remove_need};
pub use offers::{
    OfferRow, add_offer, candidates, change_offer, hide_offer, lapsed_offers, offer, offers_at_desk, offers_of_account,
    offers_to_ask, set_offer_asked, set_paused, show_offer, withdraw_offer,
};
pub use own::{forget_account, own_messages};
