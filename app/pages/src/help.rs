//! Help between neighbours: figures for all, one's own offers, what plans ask for, introductions, the moderators' desk.

pub mod ask;
pub mod desk;
pub mod form;
pub mod mine;
pub mod parts;
pub mod plan;
pub mod public;
pub mod thread;

use crate::Sample;

pub(crate) fn samples() -> Vec<Sample> {
    [
        public::samples(),
        form::samples(),
        mine::samples(),
        ask::samples(),
        thread::samples(),
        plan::samples(),
        desk::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
