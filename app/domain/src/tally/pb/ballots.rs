//! The ballots.

use super::amounts::Amounts;
use super::bounds::{Bounds, Figures};
use super::error::clip;
use super::number::{self, Decimal, Fault};
use super::voters::Voters;
use super::{Pb, PbError, PbErrorKind, Row, VoteType, WarningKind, Warnings, column, required_column};
use crate::tally::ballots::RankWeights;
use crate::tally::{Limit, Profile, ProfileBuilder};

/// What a pick is worth.
#[derive(Clone, Copy)]
enum Worth {
    /// 1.
    One,
    /// By its place of `most`.
    Places { weights: RankWeights, most: usize },
    /// As `points` has it, in this column, times 10^`decimals`.
    Points { column: usize, decimals: u32 },
}

/// Counts up what is on the ballots.
struct Counting<'a, 'b> {
    amounts: &'b Amounts<'a>,
    vote_type: VoteType,
    worth: Worth,
    bounds: Bounds,
    /// A plan has the id `none`.
    none_is_a_plan: bool,
    /// By plan: the last ballot that named it.
    named: Vec<u64>,
    /// By plan: ballots that name it.
    votes: Vec<u64>,
    /// By plan: sum of scores.
    scores: Vec<u64>,
}

/// Reads all ballots. Written rules: a plan twice on a ballot counts once, as it stands first, and takes no second place; an
/// empty ballot and `none` count as a voter; a voter twice is two voters; 0 points are no pick.
pub(super) fn count(
    pb: &Pb,
    vote_type: VoteType,
    ranking: RankWeights,
    amounts: &Amounts<'_>,
    warnings: &mut Warnings,
) -> Result<Profile, PbError> {
    let header = pb.lines.votes;
    let vote = required_column(&pb.vote_columns, "vote", header)?;
    let voter = required_column(&pb.vote_columns, "voter_id", header)?;
    if pb.votes.len() as u64 > Limit::VOTERS {
        return Err(PbError::new(0, "VOTES", PbErrorKind::TooManyVoters));
    }
    let plans = amounts.plans.len();
    let mut counting = Counting {
        amounts,
        vote_type,
        worth: worth(pb, vote_type, ranking, plans)?,
        bounds: Bounds::of(pb, vote_type.has_points(), warnings)?,
        none_is_a_plan: amounts.plans.iter().any(|plan| is_none(&plan.id)),
        named: vec![0; plans],
        votes: vec![0; plans],
        scores: vec![0; plans],
    };
    count_rows(pb, "num_projects", plans, warnings)?;
    count_rows(pb, "num_votes", pb.votes.len(), warnings)?;
    let mut profile = ProfileBuilder::default();
    let mut picks = Vec::new();
    let mut voters = Voters::new(&pb.votes, voter);
    for (at, row) in pb.votes.iter().enumerate() {
        let id = row.get(voter).trim();
        if let Some(first) = voters.first_line(at, id) {
            warnings.add(row.line(), "voter_id", WarningKind::VoterTwice { id: clip(id), first });
        }
        picks.clear();
        counting.ballot(at as u64 + 1, &row, vote, &mut picks, warnings)?;
        profile.add(&mut picks);
    }
    counting.compare(pb, ranking, warnings)?;
    Ok(profile.finish())
}

impl Counting<'_, '_> {
    /// Reads one ballot, the `number`th from 1, into `picks`.
    fn ballot(
        &mut self,
        number: u64,
        row: &Row<'_>,
        vote: usize,
        picks: &mut Vec<(u32, u32)>,
        warnings: &mut Warnings,
    ) -> Result<(), PbError> {
        let fault = |field: &str, kind| PbError::new(row.line(), field, kind);
        let list = without_last_comma(row.get(vote));
        let is_empty = list.is_empty() || self.is_none_vote(list);
        if is_empty && !list.is_empty() {
            warnings.add(row.line(), "vote", WarningKind::NoneVote);
        }
        let mut points = match self.worth {
            Worth::Points { column, .. } => Some(points_of(row, column, list, is_empty)?),
            _ => None,
        };
        let mut figures = Figures::default();
        let parts = if is_empty { Parts(None) } else { Parts(Some(list)) };
        for part in parts {
            let id = part.trim();
            let given = points.as_mut().and_then(Iterator::next).unwrap_or_default();
            if id.is_empty() {
                if matches!(self.worth, Worth::One) {
                    continue;
                }
                return Err(fault("vote", PbErrorKind::EmptyPick));
            }
            let plan = *self.amounts.index.get(id).ok_or_else(|| fault("vote", PbErrorKind::UnknownPlan(clip(id))))?;
            if std::mem::replace(&mut self.named[plan as usize], number) == number {
                warnings.add(row.line(), "vote", WarningKind::PlanTwice(clip(id)));
                continue;
            }
            let score = match self.worth {
                Worth::One => 1,
                Worth::Places { weights, most } => weights.score(picks.len() + 1, most),
                Worth::Points { decimals, .. } => scaled_points(row.line(), given, decimals)?,
            };
            self.votes[plan as usize] += 1;
            self.scores[plan as usize] += u64::from(score);
            let points = i128::from(score);
            figures.fewest = if figures.plans == 0 { points } else { figures.fewest.min(points) };
            figures.most = figures.most.max(points);
            figures.points += points;
            figures.plans += 1;
            figures.cost += i128::from(self.amounts.plans[plan as usize].cost);
            picks.push((plan, score));
        }
        if self.vote_type == VoteType::ChooseOne && figures.plans > 1 {
            return Err(fault("vote", PbErrorKind::ChoseMore(picks.len())));
        }
        self.bounds.check(&figures, (self.amounts.decimals, self.point_decimals()), row.line(), warnings);
        Ok(())
    }

    /// Some programs write `none` for an empty ballot.
    fn is_none_vote(&self, list: &str) -> bool {
        is_none(list) && !self.none_is_a_plan
    }

    fn point_decimals(&self) -> u32 {
        match self.worth {
            Worth::Points { decimals, .. } => decimals,
            _ => 0,
        }
    }

    /// Compares what PROJECTS says of votes and scores with the ballots; the ballots count.
    fn compare(&self, pb: &Pb, ranking: RankWeights, warnings: &mut Warnings) -> Result<(), PbError> {
        let of = |name| column(&pb.project_columns, name, pb.lines.projects);
        let checked = [
            ("votes", of("votes")?, &self.votes, 0),
            // The sums in files of ordinal ballots are Borda's.
            ("score", of("score")?.filter(|_| ranking == RankWeights::Borda), &self.scores, self.point_decimals()),
        ];
        for (field, at, counted, decimals) in checked {
            let Some(at) = at else { continue };
            for ((row, plan), counted) in pb.projects.iter().zip(&self.amounts.plans).zip(counted) {
                let says = row.get(at).trim();
                let are = Decimal { digits: i128::from(*counted), decimals };
                let kind = match number::plain(says) {
                    _ if says.is_empty() => continue,
                    Ok(number) if number.compare(are).is_eq() => continue,
                    Ok(_) => WarningKind::SumDiffers { id: clip(&plan.id), says: clip(says), are: are.to_string() },
                    Err(_) => WarningKind::Unchecked(clip(says)),
                };
                warnings.add(row.line(), field, kind);
            }
        }
        Ok(())
    }
}

fn worth(pb: &Pb, vote_type: VoteType, ranking: RankWeights, plans: usize) -> Result<Worth, PbError> {
    match (vote_type, ranking) {
        (VoteType::Approval | VoteType::ChooseOne, _) => Ok(Worth::One),
        (VoteType::Ordinal, RankWeights::Plurality) => Ok(Worth::Places { weights: ranking, most: plans }),
        (VoteType::Ordinal, RankWeights::Borda) => {
            let Some(length) = pb.setting("max_length")? else {
                return Ok(Worth::Places { weights: ranking, most: plans });
            };
            let number = number::plain(length.text).ok().and_then(|n| n.scaled(0, i64::from(Limit::SCORE)));
            let most = number.and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 0);
            most.map(|most| Worth::Places { weights: ranking, most })
                .ok_or_else(|| PbError::new(length.line, "max_length", PbErrorKind::BadLength(clip(length.text))))
        }
        (VoteType::Cumulative | VoteType::Scoring, _) => {
            let column = required_column(&pb.vote_columns, "points", pb.lines.votes)?;
            let mut decimals = 0;
            for row in pb.votes.iter() {
                // What cannot be read is an error where its ballot is read.
                let numbers = row.get(column).split(',').filter_map(|text| number::plain(text).ok());
                decimals = numbers.map(|number| number.decimals).fold(decimals, u32::max);
            }
            Ok(Worth::Points { column, decimals })
        }
    }
}

/// The points of a ballot, as many as it names plans.
fn points_of<'a>(row: &Row<'a>, column: usize, list: &str, is_empty: bool) -> Result<Parts<'a>, PbError> {
    let text = without_last_comma(row.get(column));
    let is_zero = || number::plain(text).is_ok_and(|number| number.digits == 0);
    let plans = if is_empty { 0 } else { Parts(Some(list)).count() };
    let nothing = text.is_empty() || (is_empty && (is_none(text) || is_zero()));
    let points = if nothing { 0 } else { Parts(Some(text)).count() };
    if plans != points {
        return Err(PbError::new(row.line(), "points", PbErrorKind::PointsDiffer { plans, points }));
    }
    Ok(Parts(Some(text)))
}

/// What stands between commas. For ids of a few letters this takes half the time of `str::split`.
struct Parts<'a>(Option<&'a str>);

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.0.take()?;
        let Some(at) = rest.bytes().position(|b| b == b',') else { return Some(rest) };
        self.0 = Some(&rest[at + 1..]);
        Some(&rest[..at])
    }
}

fn scaled_points(line: u64, text: &str, decimals: u32) -> Result<u32, PbError> {
    let fault = |kind: fn(String) -> PbErrorKind| PbError::new(line, "points", kind(clip(text)));
    let number = number::plain(text).map_err(|why| match why {
        Fault::Negative => fault(PbErrorKind::NegativePoints),
        Fault::TooLong => fault(PbErrorKind::PointsTooLarge),
        Fault::Unreadable | Fault::Ambiguous => fault(PbErrorKind::NotANumber),
    })?;
    let scaled = number.scaled(decimals, i64::from(Limit::SCORE)).and_then(|points| u32::try_from(points).ok());
    scaled.ok_or_else(|| fault(PbErrorKind::PointsTooLarge))
}

/// Remarks where META gives another number of rows.
fn count_rows(pb: &Pb, key: &'static str, are: usize, warnings: &mut Warnings) -> Result<(), PbError> {
    if let Some(says) = pb.setting(key)? {
        let are = are as u64;
        let same = |number: Decimal| number.compare(Decimal { digits: i128::from(are), decimals: 0 }).is_eq();
        if !number::plain(says.text).is_ok_and(same) {
            warnings.add(says.line, key, WarningKind::CountDiffers { says: clip(says.text), are });
        }
    }
    Ok(())
}

/// A list may end with a comma.
fn without_last_comma(list: &str) -> &str {
    let list = list.trim();
    list.strip_suffix(',').map_or(list, str::trim_end)
}

fn is_none(text: &str) -> bool {
    text.eq_ignore_ascii_case("none")
}
