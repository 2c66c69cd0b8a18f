//! Named steps at which a test can make the program end as if the power was cut. Nothing in a release build.

/// Ends the process here, without a word and without cleaning up, where `FAIL_AT` names this step.
pub(crate) fn at(step: &str) {
    if cfg!(debug_assertions) && std::env::var_os("FAIL_AT").is_some_and(|named| named == step) {
        std::process::abort();
    }
}
