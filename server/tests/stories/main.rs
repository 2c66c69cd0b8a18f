//! Stories and promises of the whole site, each on both engines.

mod browser;
mod budget;
mod clumsy;
mod codes;
mod common;
mod desks;
mod dialogue;
mod doctor;
mod dump;
mod grants;
mod ledger;
mod listen;
mod paper;
mod people;
mod plans;
mod races;
mod rounds;
mod secrecy;
mod setup;
mod statements;
mod storage;
mod strangers;
mod survey;
mod together;
mod traces;
mod walk;
