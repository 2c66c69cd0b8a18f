//! The real program: killed in the middle of its work, and two of them side by side on one database.

mod backup;
mod city;
mod doctor;
mod fail_points;
mod kill;
mod kill_survey;
mod running;
mod tally;
mod two;
