//! The ballot paper: as it stands, as it was frozen, and with its lot drawn.

use crate::{ActError, hex, keys};
use domain::access::Denied;
use domain::round::{BallotForm, Paper, PaperPlan, TIES_BY_LOT, lot_seed};
use store::rounds::{self, Round};
use store::{Conn, StoreError};

/// How equal votes are settled where no lot is drawn.
const TIES: &str = "cost-votes-id";

/// The paper as it would be frozen now, with no number of its version yet. Plans that were withdrawn before stand on it no more.
pub(crate) async fn current(c: &mut Conn, round: &Round) -> Result<Paper, StoreError> {
    let (points, points_each) = match round.form {
        BallotForm::Points { sum, each } => (sum, each),
        _ => (0, 0),
    };
    let lots = if round.lots { rounds::lots(c, round.id).await? } else { Vec::new() };
    let mut lots: Vec<String> = lots.into_iter().map(|lot| lot.share.digest).collect();
    lots.sort_unstable();
    let plan = |p: rounds::Plan| PaperPlan {
        id: p.id,
        title: p.title,
        summary: p.summary,
        minimum: p.minimum,
        desired: p.desired,
        running: p.running,
        borne_by: p.borne_by,
    };
    Ok(Paper {
        round: round.slug.clone(),
        title: round.title.clone(),
        pot: round.pot,
        year: round.year,
        theme: round.theme.clone(),
        form: round.form.key().into(),
        max_picks: round.max_picks,
        points,
        points_each,
        weights: if matches!(round.form, BallotForm::Ranking { .. }) { "borda".into() } else { String::new() },
        rule: round.preset.clone(),
        ties: if round.lots { TIES_BY_LOT } else { TIES }.into(),
        lots,
        version: 0,
        intro: round.intro.clone(),
        opens_at: round.opens_at,
        closes_at: round.closes_at,
        plans: rounds::plans(c, round.id).await?.into_iter().filter(|p| !p.withdrawn).map(plan).collect(),
    })
}

/// A paper as canonical JSON, with its SHA-256.
///
/// # Errors
/// [`ActError::Broken`], which a paper of ours never gives.
pub(crate) fn freeze(paper: &Paper) -> Result<(String, String), ActError> {
    let text = serde_json::to_string(paper).map_err(|e| ActError::Broken(e.to_string()))?;
    let digest = hex(&keys::digest(text.as_bytes()));
    Ok((text, digest))
}

/// The frozen paper of an opened round.
///
/// # Errors
/// [`ActError::Broken`] when the row holds no paper, or another than was hashed.
pub fn frozen(round: &Round) -> Result<Paper, ActError> {
    let text = round.paper.as_deref().ok_or(Denied::State)?;
    let digest = hex(&keys::digest(text.as_bytes()));
    if round.paper_digest.as_deref() != Some(digest.as_str()) {
        return Err(ActError::Broken(format!("the paper of round {} is not the one that was hashed", round.id)));
    }
    serde_json::from_str(text)
        .map_err(|e| ActError::Broken(format!("the paper of round {} cannot be read: {e}", round.id)))
}

/// The frozen paper as it is counted: with the seed of its lot, where it has one.
///
/// # Errors
/// As [`frozen`]; [`ActError::Broken`] when the secrets are not those whose digests stand on the paper.
pub(crate) async fn seeded(c: &mut Conn, round: &Round) -> Result<Paper, ActError> {
    let paper = frozen(round)?;
    if paper.ties != TIES_BY_LOT {
        return Ok(paper);
    }
    let lots = rounds::lots(c, round.id).await?;
    let mut digests: Vec<&str> = lots.iter().map(|lot| lot.share.digest.as_str()).collect();
    digests.sort_unstable();
    if digests != paper.lots || !lots.iter().all(rounds::Lot::is_settled) {
        return Err(ActError::Broken(format!("the lot of round {} cannot be drawn from these secrets", round.id)));
    }
    let shares: Vec<_> = lots.into_iter().map(|lot| lot.share).collect();
    Ok(paper.drawn(&lot_seed(&shares)))
}
