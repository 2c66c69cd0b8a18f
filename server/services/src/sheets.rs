//! The paper box: sheets by number, each read by two people apart and compared; where they differ a third looks.
//!
//! Sheets are taken up once voting is over, so that no running count exists, and never more than codes were closed for
//! paper. No sheet is tied to a code: the numbers are given to the pile as it comes out of the paper box.

use crate::rounds::{StepForm, frozen};
use crate::{ActError, Actor, World, audit, ballots, counting, once, remember};
use domain::access::{Act, Denied, decide};
use domain::form::{Errors, Problem, Raw};
use domain::round::{Ballot, BallotForm, Paper, Phase, Receipt};
use domain::urls;
use store::rounds::{self, Round, Sheet};
use store::{Conn, Unit};

/// Most sheets of one batch: a pile that two people get through.
pub const BATCH_MAX: i64 = 200;

/// How a sheet stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetState {
    /// Nobody read it.
    Unread,
    /// One person read it.
    Once,
    /// Two read it and differ.
    Differs,
    /// Settled and valid.
    Valid,
    /// Settled: no valid ballot.
    Invalid,
}

/// How a sheet stands.
pub fn state(sheet: &Sheet) -> SheetState {
    match (&sheet.picks, &sheet.first, &sheet.second) {
        (Some(picks), ..) if picks.is_empty() => SheetState::Invalid,
        (Some(_), ..) => SheetState::Valid,
        (None, None, _) => SheetState::Unread,
        (None, Some(_), None) => SheetState::Once,
        (None, Some(_), Some(_)) => SheetState::Differs,
    }
}

/// Whether this account may read a sheet now: never twice the same eyes.
pub fn is_for(sheet: &Sheet, account: i64) -> bool {
    let read = |by: &Option<(i64, String)>| by.as_ref().is_some_and(|(by, _)| *by == account);
    sheet.picks.is_none() && !read(&sheet.first) && !read(&sheet.second)
}

/// The paper box of a round.
pub struct PaperBox {
    /// The round.
    pub round: Round,
    /// Codes that were closed for paper: the most sheets there can be.
    pub closed_codes: i64,
    /// Sheets by number.
    pub sheets: Vec<Sheet>,
    /// Sheets can be taken up and read now.
    pub open: bool,
}

fn is_open(round: &Round) -> bool {
    round.phase == Phase::Counting && round.paper_turnout.is_none()
}

/// The paper box, for who reads sheets.
///
/// # Errors
/// [`ActError::Denied`] without the right there; [`ActError::NotFound`] for no such round, or one without codes.
pub async fn paper_box(c: &mut Conn, actor: &Actor, slug: &str) -> Result<PaperBox, ActError> {
    let round = rounds::by_slug(c, slug).await?.ok_or(ActError::NotFound)?;
    decide(Act::ReadSheets, actor, &round.subject())?;
    if !crate::voters::by_code(&round) {
        return Err(ActError::NotFound);
    }
    let (closed_codes, sheets) = (rounds::roll_figures(c, round.id).await?.paper, rounds::sheets(c, round.id).await?);
    Ok(PaperBox { open: is_open(&round), round, closed_codes, sheets })
}

/// The round under its lock, while its paper box is open.
async fn locked(u: &mut Unit, round: i64, slug: &str) -> Result<Round, ActError> {
    u.lock_exclusive(round).await?;
    let round = rounds::by_slug(u, slug).await?.ok_or(ActError::NotFound)?;
    if is_open(&round) { Ok(round) } else { Err(Denied::State.into()) }
}

async fn end(u: &mut Unit, act: &'static str, round: &Round, form: &StepForm, detail: &str) -> Result<(), ActError> {
    audit(u, form.now, form.who, act, ("round", round.id), detail).await?;
    let location = urls::VoteDeskPaper { round: round.slug.clone() }.to_string();
    remember(u, &form.key, act, &form.key_actor, &location, form.now).await
}

/// Takes up a batch of so many sheets, numbered from 1. Fields: `count`.
///
/// # Errors
/// On `count`: no number, or more sheets than codes were closed for paper; [`Denied::State`] before voting is over and after
/// the first count.
pub async fn take_up(world: &World, actor: &Actor, slug: &str, raw: &Raw, form: StepForm) -> Result<(), ActError> {
    let round = rounds::by_slug(&mut world.db.read().await?, slug).await?.ok_or(ActError::NotFound)?;
    decide(Act::ReadSheets, actor, &round.subject())?;
    let count = raw.number("count", 1, BATCH_MAX).map_err(|p| Errors::one("count", p))?;
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &form.key, "take_up_sheets", &form.key_actor).await?;
                let round = locked(u, round.id, &round.slug).await?;
                let sheets = rounds::sheets(u, round.id).await?;
                let closed = rounds::roll_figures(u, round.id).await?.paper;
                let left = usize::try_from(closed).unwrap_or(0).saturating_sub(sheets.len());
                if usize::try_from(count).unwrap_or(usize::MAX) > left {
                    return Err(Errors::one("count", Problem::TooMany(left)).into());
                }
                let batch = sheets.last().map_or(1, |last| last.batch + 1);
                for sheet in 1..=count {
                    rounds::add_sheet(u, round.id, (batch, sheet)).await?;
                }
                end(u, "take_up_sheets", &round, &form, &format!("batch {batch}: {count}")).await
            })
        })
        .await
}

/// Removes the sheets of a batch that nobody read: more were taken up than the pile has.
///
/// # Errors
/// [`Denied::State`] when there are none, or the paper box is closed.
pub async fn put_back(world: &World, actor: &Actor, slug: &str, batch: i64, form: StepForm) -> Result<(), ActError> {
    let round = rounds::by_slug(&mut world.db.read().await?, slug).await?.ok_or(ActError::NotFound)?;
    decide(Act::ReadSheets, actor, &round.subject())?;
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &form.key, "put_back_sheets", &form.key_actor).await?;
                let round = locked(u, round.id, &round.slug).await?;
                let gone = rounds::remove_unread(u, round.id, batch).await?;
                if gone == 0 {
                    return Err(Denied::State.into());
                }
                end(u, "put_back_sheets", &round, &form, &format!("batch {batch}: {gone}")).await
            })
        })
        .await
}

/// What stands on a sheet, from the fields of a ballot of this form; empty where `ongeldig` is ticked.
///
/// # Errors
/// On `plan`, as [`Ballot::parse`].
fn read(raw: &Raw, form: BallotForm, paper: &Paper) -> Result<String, Errors> {
    if raw.get("ongeldig") == "1" {
        return Ok(String::new());
    }
    Ok(Ballot::parse(raw, form, &paper.plans, paper.pot)?.to_text())
}

/// Reads a sheet: the first and the second person each without the other's reading, the third with both.
///
/// # Errors
/// On `plan` for what no ballot can say; [`Denied::NotYours`] for who read it before; [`Denied::State`] when it is settled
/// or the paper box is closed; [`ActError::NotFound`] for no such sheet.
pub async fn enter(
    world: &World,
    actor: &Actor,
    slug: &str,
    (batch, number): (i64, i64),
    raw: &Raw,
    form: StepForm,
) -> Result<SheetState, ActError> {
    let round = rounds::by_slug(&mut world.db.read().await?, slug).await?.ok_or(ActError::NotFound)?;
    decide(Act::ReadSheets, actor, &round.subject())?;
    let account = actor.audited().ok_or(Denied::NotYours)?;
    let paper = frozen(&round)?;
    let picks = read(raw, ballots::form_of(&paper)?, &paper)?;
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &form.key, "read_sheet", &form.key_actor).await?;
                let round = locked(u, round.id, &round.slug).await?;
                let all = rounds::sheets(u, round.id).await?;
                let found = all.into_iter().find(|s| (s.batch, s.sheet) == (batch, number));
                let mut sheet = found.ok_or(ActError::NotFound)?;
                counting::in_office(u, &round, (account, true), "plan").await?;
                if !is_for(&sheet, account) {
                    let settled = sheet.picks.is_some();
                    return Err(if settled { Denied::State } else { Denied::NotYours }.into());
                }
                match (&sheet.first, &sheet.second) {
                    (None, _) => sheet.first = Some((account, picks)),
                    (Some((_, first)), None) => {
                        sheet.picks = (*first == picks).then(|| picks.clone());
                        sheet.second = Some((account, picks));
                    }
                    (Some(_), Some(_)) => {
                        sheet.third = Some(account);
                        sheet.picks = Some(picks);
                    }
                }
                rounds::set_sheet(u, round.id, &sheet).await?;
                // Who read which sheet stands in the paper box itself.
                end(u, "read_sheet", &round, &form, "").await?;
                Ok(state(&sheet))
            })
        })
        .await
}

/// The valid ballots of the paper box.
///
/// # Errors
/// [`ActError::Broken`] when one cannot be read.
pub(crate) async fn counted(c: &mut Conn, round: &Round) -> Result<Vec<Ballot>, ActError> {
    let sheets = rounds::sheets(c, round.id).await?;
    let valid = sheets.iter().filter_map(|sheet| sheet.picks.as_deref()).filter(|picks| !picks.is_empty());
    let broken = || ActError::Broken(format!("a sheet of round {} cannot be read", round.id));
    valid.map(|picks| Ballot::from_text(picks).ok_or_else(broken)).collect()
}

/// Whether the paper box can be closed; how many sheets are missing.
///
/// # Errors
/// On `step` when a sheet still waits; [`Problem::SheetsMissing`] when codes were closed for more votes on paper than there
/// are sheets, unless it is said that they will not come any more (`without`).
pub(crate) async fn ready(c: &mut Conn, round: &Round, without: bool) -> Result<usize, ActError> {
    if round.paper_turnout.is_some() {
        return Ok(0);
    }
    let sheets = rounds::sheets(c, round.id).await?;
    if sheets.iter().any(|sheet| sheet.picks.is_none()) {
        return Err(Errors::one("step", Problem::SheetsWaiting).into());
    }
    let closed = usize::try_from(rounds::roll_figures(c, round.id).await?.paper).unwrap_or(0);
    let missing = closed.saturating_sub(sheets.len());
    if missing > 0 && !without {
        return Err(Errors::one("step", Problem::SheetsMissing(missing)).into());
    }
    Ok(missing)
}

/// Closes the paper box at the first count: every sheet is settled, and each mark gets a token like any other, under a
/// receipt that nobody has, so that the published lists hold them all and show no sheet apart. `without`: by whose form sheets
/// that are missing will not come any more.
///
/// # Errors
/// As [`ready`].
pub(crate) async fn close(
    world: &World,
    u: &mut Unit,
    round: &Round,
    without: Option<&StepForm>,
) -> Result<(), ActError> {
    let missing = ready(u, round, without.is_some()).await?;
    if round.paper_turnout.is_some() {
        return Ok(());
    }
    if let Some(form) = without.filter(|_| missing > 0) {
        audit(u, form.now, form.who, "count_without_sheets", ("round", round.id), &missing.to_string()).await?;
    }
    let ballots = counted(u, round).await?;
    if round.receipts {
        for ballot in &ballots {
            let nobodys = Receipt::from_bytes(world.random::<16>());
            for token in ballots::tokens(nobodys, &round.slug, round.form, ballot) {
                rounds::add_token(u, round.id, &token).await?;
            }
        }
    }
    rounds::set_paper_turnout(u, round.id, ballots.len()).await?;
    Ok(())
}
