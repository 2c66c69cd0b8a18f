//! What is voted on.

use super::BallotForm;
use crate::money::Cents;
use crate::time::Seconds;
use serde::{Deserialize, Serialize};

/// [`Paper::ties`] of a paper that leaves them to the secrets of two administrators.
pub const TIES_BY_LOT: &str = "lot";

/// A plan on the ballot paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperPlan {
    /// Initiative id.
    pub id: i64,
    /// Frozen title.
    pub title: String,
    /// Frozen first lines.
    pub summary: String,
    /// Counts in the limits: one vote per plan, the minimum is the cost.
    pub minimum: Cents,
    /// What it would best have.
    pub desired: Cents,
    /// What it costs every year afterwards.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub running: Cents,
    /// Who bears that.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub borne_by: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_nothing(amount: &Cents) -> bool {
    *amount == Cents::ZERO
}

/// What is voted on; hashed and frozen at opening. Fields that came later are left out where a form has no use for them,
/// so that papers of before read as they were hashed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The round's slug.
    pub round: String,
    /// Its title.
    pub title: String,
    /// The money.
    pub pot: Cents,
    /// Budget year it comes from.
    pub year: i64,
    /// Name of the one theme that its plans are of; empty for all plans.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub theme: String,
    /// Key of the form of ballot ([`BallotForm::key`]).
    pub form: String,
    /// Most plans on one ballot (approval), or places (ranking).
    pub max_picks: usize,
    /// Points of one ballot together, where it gives points.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub points: u32,
    /// Most points for one plan.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub points_each: u32,
    /// How places of a ranking count: `borda`, or empty for other forms.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub weights: String,
    /// Preset of the rule ([`crate::tally::preset`]).
    pub rule: String,
    /// How equal votes are settled: `cost-votes-id`, or `lot` with the digests of two secrets.
    pub ties: String,
    /// Digests of the secrets that the lot is drawn from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<String>,
    /// Version of texts and dates, from 1; 0 on papers that held no dates.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub version: u32,
    /// What the round is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub intro: String,
    /// Voting opens, UTC seconds.
    #[serde(default, skip_serializing_if = "is_never")]
    pub opens_at: Seconds,
    /// Voting closes, UTC seconds: a vote before this moment counts.
    #[serde(default, skip_serializing_if = "is_never")]
    pub closes_at: Seconds,
    /// Plans in the order shown.
    pub plans: Vec<PaperPlan>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_never(moment: &Seconds) -> bool {
    *moment == 0
}

impl Paper {
    /// With its ties settled by this seed, where it leaves them to a lot.
    #[must_use]
    pub fn drawn(self, seed: &str) -> Self {
        if self.ties == TIES_BY_LOT { Self { ties: format!("{TIES_BY_LOT}:{seed}"), ..self } } else { self }
    }

    /// Its form of ballot; `None` when the paper names one that is not known.
    pub fn ballot_form(&self) -> Option<BallotForm> {
        BallotForm::of(&self.form, self.max_picks, self.points, self.points_each)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the first rounds were hashed.
    const FIRST: &str = r#"{"round":"r","title":"R","pot":500,"year":2008,"form":"approval","max_picks":2,"rule":"greedy","ties":"cost-votes-id","plans":[{"id":1,"title":"T","summary":"S","minimum":300,"desired":350}]}"#;
    /// As rounds with points were, before there were themes.
    const POINTS: &str = r#"{"round":"r","title":"R","pot":500,"year":2008,"form":"points","max_picks":1,"points":6,"points_each":4,"rule":"equal-shares/1","ties":"cost-votes-id","plans":[]}"#;
    /// With a theme.
    const THEME: &str = r#"{"round":"r","title":"R","pot":500,"year":2008,"theme":"Wonen","form":"ranking","max_picks":3,"weights":"borda","rule":"greedy/1","ties":"cost-votes-id","plans":[]}"#;
    /// With what a plan costs every year, and who bears it.
    const RUNNING: &str = r#"{"round":"r","title":"R","pot":500,"year":2008,"form":"approval","max_picks":2,"rule":"greedy/1","ties":"cost-votes-id","plans":[{"id":1,"title":"T","summary":"S","minimum":300,"desired":350},{"id":2,"title":"T","summary":"S","minimum":300,"desired":350,"running":20000,"borne_by":"Het stadsdeel"}]}"#;

    #[test]
    fn papers_of_before_read_back_byte_for_byte() {
        for (text, theme) in [(FIRST, ""), (POINTS, ""), (THEME, "Wonen"), (RUNNING, "")] {
            let paper: Paper = serde_json::from_str(text).unwrap();
            assert_eq!(paper.theme, theme);
            assert_eq!(serde_json::to_string(&paper).unwrap(), text);
        }
    }
}
