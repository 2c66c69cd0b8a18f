//! Stories and promises of the whole site, each on both engines.

mod budget;
mod common;
mod storage;
