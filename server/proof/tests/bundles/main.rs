//! The bundle of a round: right ones, frauds, both verifiers, pabutools, and what nobody can tell from it.

mod beside;
mod frauds;
mod made;
mod manual;
mod pabutools;
mod unlinkable;
mod verifier;

use made::Kind;

/// One of each form and rule.
fn all() -> Vec<(&'static str, Kind)> {
    let kind = |form, rule, lot| Kind { form, rule, lot, ..Kind::new() };
    vec![
        ("approval", kind("approval", "greedy/1", false)),
        ("lot", kind("approval", "greedy/1", true)),
        ("per-euro", kind("approval", "greedy-per-euro/1", false)),
        ("stop", kind("knapsack", "greedy-stop/1", false)),
        ("points", kind("points", "greedy/1", false)),
        ("ranking", kind("ranking", "greedy/1", false)),
        ("shares", kind("approval", "equal-shares/1", false)),
        ("shares-points", kind("points", "equal-shares/1", true)),
        ("shares-plain", kind("ranking", "equal-shares-plain/1", false)),
        ("shares-count", kind("knapsack", "equal-shares-count/1", false)),
        // Each point or place is 1: the form says that they are the utility, no number does.
        ("shares-one-point", Kind { most: 1, ..kind("points", "equal-shares/1", false) }),
        ("shares-one-place", Kind { most: 1, ..kind("ranking", "equal-shares/1", false) }),
        ("withdrawn", Kind { withdrawn: true, ..kind("ranking", "greedy/1", false) }),
        ("shares-withdrawn", Kind { withdrawn: true, ..kind("ranking", "equal-shares/1", false) }),
        ("shares-points-withdrawn", Kind { withdrawn: true, ..kind("points", "equal-shares/1", false) }),
        ("told", Kind { receipts: false, ..kind("approval", "greedy/1", false) }),
    ]
}
