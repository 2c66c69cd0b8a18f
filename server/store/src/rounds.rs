//! Rounds: set-up, paper, roll, box until the close, counted ballots, results.

mod ballots;
mod lots;
mod proof;
mod results;
mod roll;
mod sheets;
mod versions;

pub use ballots::*;
pub use lots::*;
pub use proof::*;
pub use results::*;
pub use roll::*;
pub use sheets::*;
pub use versions::*;

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::access::Subject;
use domain::money::Cents;
use domain::round::{BallotForm, Phase};
use domain::time::Seconds;

/// A round with its place.
#[derive(Clone, Debug)]
pub struct Round {
    /// Id.
    pub id: i64,
    /// For URLs.
    pub slug: String,
    /// Buurt.
    pub buurt_id: i64,
    /// Buurt's name.
    pub buurt: String,
    /// Wijk of that buurt: its share filled the pot.
    pub wijk_id: i64,
    /// Stadsdeel of that buurt.
    pub stadsdeel_id: i64,
    /// Programme that all of its plans are of; `None`: any plan of the buurt.
    pub theme_id: Option<i64>,
    /// Its name; empty without one.
    pub theme: String,
    /// Title.
    pub title: String,
    /// What it is about.
    pub intro: String,
    /// The money.
    pub pot: Cents,
    /// Budget year it comes from.
    pub year: i64,
    /// Form of ballot with its limits.
    pub form: BallotForm,
    /// Most plans on a ballot, as kept; means something for approval and ranking.
    pub max_picks: usize,
    /// Preset of the rule.
    pub preset: String,
    /// Languages of the letters, with commas.
    pub letters_in: String,
    /// Their paper: `a5`, or `c5-window` for A4 behind the window of an envelope.
    pub letter_size: String,
    /// The line of who sends them; empty: none.
    pub letter_sender: String,
    /// Vote codes made anew since the first letters.
    pub codes_reissued: i64,
    /// `accounts` or `codes`.
    pub source: String,
    /// Voters get a receipt.
    pub receipts: bool,
    /// Stored phase; the clock decides on voting.
    pub phase: Phase,
    /// Votes are taken from here.
    pub opens_at: Seconds,
    /// Until, and not including, here.
    pub closes_at: Seconds,
    /// Frozen paper as canonical JSON.
    pub paper: Option<String>,
    /// Its SHA-256.
    pub paper_digest: Option<String>,
    /// SHA-256 of the round key.
    pub key_fingerprint: Option<String>,
    /// When the paper was frozen.
    pub opened_at: Option<Seconds>,
    /// When the box was emptied.
    pub closed_at: Option<Seconds>,
    /// Equals are settled by lot.
    pub lots: bool,
    /// Ballots of the box that are counted.
    pub turnout: Option<i64>,
    /// Valid sheets of paper that are counted along, from the first count on.
    pub paper_turnout: Option<i64>,
    /// Entries of the roll at the close.
    pub roll_size: Option<i64>,
    /// Ballots without a roll entry: must be 0.
    pub stray: Option<i64>,
    /// Why it was stopped.
    pub stop_reason: String,
    /// When it was stopped.
    pub stopped_at: Option<Seconds>,
}

impl Round {
    /// For the access table.
    pub fn subject(&self) -> Subject {
        Subject {
            buurt: Some(self.buurt_id),
            stadsdeel: Some(self.stadsdeel_id),
            round: Some(self.id),
            ..Subject::default()
        }
    }

    /// Whether a ballot cast now counts.
    pub fn takes_votes(&self, now: Seconds) -> bool {
        domain::round::takes_votes(self.phase, self.opens_at, self.closes_at, now)
    }
}

fn round(r: &Row) -> Result<Round, StoreError> {
    let corrupt = |column: &str| StoreError::Corrupt { column: column.into(), source: None };
    let max_picks = usize::try_from(r.int("max_picks")?).map_err(|_| corrupt("max_picks"))?;
    let points = |column| u32::try_from(r.int(column)?).map_err(|_| corrupt(column));
    let form = BallotForm::of(&r.text("ballot_form")?, max_picks, points("points")?, points("points_each")?);
    Ok(Round {
        id: r.int("id")?,
        slug: r.text("slug")?,
        buurt_id: r.int("buurt_id")?,
        buurt: r.text("buurt")?,
        wijk_id: r.int("wijk_id")?,
        stadsdeel_id: r.int("stadsdeel_id")?,
        theme_id: r.opt_int("programme_id")?,
        theme: r.opt_text("theme")?.unwrap_or_default(),
        title: r.text("title")?,
        intro: r.text("intro")?,
        pot: r.cents("pot")?,
        year: r.int("year")?,
        form: form.ok_or_else(|| corrupt("ballot_form"))?,
        max_picks,
        preset: r.text("preset")?,
        letters_in: r.text("letters_in")?,
        letter_size: r.text("letter_size")?,
        letter_sender: r.text("letter_sender")?,
        codes_reissued: r.int("codes_reissued")?,
        source: r.text("source")?,
        receipts: r.flag("receipts")?,
        phase: Phase::from_key(&r.text("phase")?).ok_or_else(|| corrupt("phase"))?,
        opens_at: r.int("voting_opens_at")?,
        closes_at: r.int("voting_closes_at")?,
        paper: r.opt_text("paper")?,
        paper_digest: r.opt_text("paper_digest")?,
        key_fingerprint: r.opt_text("key_fingerprint")?,
        opened_at: r.opt_int("opened_at")?,
        closed_at: r.opt_int("closed_at")?,
        lots: r.flag("lots")?,
        turnout: r.opt_int("turnout")?,
        paper_turnout: r.opt_int("paper_turnout")?,
        roll_size: r.opt_int("roll_size")?,
        stray: r.opt_int("stray")?,
        stop_reason: r.text("stop_reason")?,
        stopped_at: r.opt_int("stopped_at")?,
    })
}

/// One round.
pub async fn by_slug(c: &mut Conn, slug: &str) -> Result<Option<Round>, StoreError> {
    c.row(sql!("SELECT r.*, b.name AS buurt, b.wijk_id, b.stadsdeel_id, t.name AS theme FROM round r JOIN buurt b ON b.id = r.buurt_id LEFT JOIN programme t ON t.id = r.programme_id WHERE r.slug = $1"), &[slug.into()]).await?.as_ref().map(round).transpose()
}

/// Every round, the newest first.
pub async fn all(c: &mut Conn) -> Result<Vec<Round>, StoreError> {
    let rows = c.rows(sql!("SELECT r.*, b.name AS buurt, b.wijk_id, b.stadsdeel_id, t.name AS theme FROM round r JOIN buurt b ON b.id = r.buurt_id LEFT JOIN programme t ON t.id = r.programme_id ORDER BY r.voting_closes_at DESC, r.id DESC"), &[]).await?;
    rows.iter().map(round).collect()
}

/// The round that votes on this plan, if there is one.
pub async fn voting_on(c: &mut Conn, plan: i64) -> Result<Option<Round>, StoreError> {
    c.row(sql!("SELECT r.*, b.name AS buurt, b.wijk_id, b.stadsdeel_id, t.name AS theme FROM round r JOIN buurt b ON b.id = r.buurt_id LEFT JOIN programme t ON t.id = r.programme_id JOIN paper_plan p ON p.round_id = r.id WHERE p.initiative_id = $1 AND p.withdrawn_at IS NULL AND r.phase = 'voting' ORDER BY r.id DESC LIMIT 1"), &[plan.into()]).await?.as_ref().map(round).transpose()
}

/// What a new round is made of.
#[derive(Clone, Debug)]
pub struct NewRound {
    /// For URLs.
    pub slug: String,
    /// Buurt.
    pub buurt_id: i64,
    /// Programme that all of its plans are of; `None`: any plan of the buurt.
    pub theme_id: Option<i64>,
    /// Title.
    pub title: String,
    /// What it is about.
    pub intro: String,
    /// The money.
    pub pot: Cents,
    /// Budget year it comes from.
    pub year: i64,
    /// Form of ballot with its limits.
    pub form: BallotForm,
    /// Preset of the rule.
    pub preset: String,
    /// Voted on with codes of an imported roll, or else by confirmed accounts of the buurt.
    pub by_code: bool,
    /// Voters get a receipt.
    pub receipts: bool,
    /// Equals are settled by lot.
    pub lots: bool,
    /// Votes are taken from here.
    pub opens_at: Seconds,
    /// Until here.
    pub closes_at: Seconds,
}

/// Makes a round in set-up; gives its id.
pub async fn insert(u: &mut Unit, n: &NewRound, now: Seconds) -> Result<i64, StoreError> {
    let (most, points, each) = match n.form {
        BallotForm::Approval { most } | BallotForm::Ranking { most } => (most, 0, 0),
        BallotForm::Knapsack => (1, 0, 0),
        BallotForm::Points { sum, each } => (1, sum, each),
    };
    let source = if n.by_code { "codes" } else { "accounts" };
    u.one(
        sql!("INSERT INTO round (slug, buurt_id, title, intro, pot, year, ballot_form, max_picks, points, points_each, preset, source, receipts, lots, phase, voting_opens_at, voting_closes_at, created_at, programme_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'setup', $15, $16, $17, $18) RETURNING id"),
        &[n.slug.as_str().into(), n.buurt_id.into(), n.title.as_str().into(), n.intro.as_str().into(), n.pot.into(), n.year.into(), n.form.key().into(), most.into(), i64::from(points).into(), i64::from(each).into(), n.preset.as_str().into(), source.into(), n.receipts.into(), n.lots.into(), n.opens_at.into(), n.closes_at.into(), now.into(), n.theme_id.into()],
    )
    .await?
    .int("id")
}

/// A plan on the paper, with how it stands now.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Initiative.
    pub id: i64,
    /// Frozen title.
    pub title: String,
    /// Frozen first lines.
    pub summary: String,
    /// Its cost in the limits.
    pub minimum: Cents,
    /// What it would best have.
    pub desired: Cents,
    /// What it costs every year afterwards.
    pub running: Cents,
    /// Who bears that.
    pub borne_by: String,
    /// It was withdrawn after it came on the paper.
    pub withdrawn: bool,
}

/// Puts a plan on the paper.
pub async fn add_plan(
    u: &mut Unit,
    round: i64,
    position: usize,
    plan: &domain::round::PaperPlan,
) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO paper_plan (round_id, initiative_id, position, title, summary, minimum, desired, running, borne_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
        &[round.into(), plan.id.into(), position.into(), plan.title.as_str().into(), plan.summary.as_str().into(), plan.minimum.into(), plan.desired.into(), plan.running.into(), plan.borne_by.as_str().into()],
    )
    .await
    .map(|_| ())
}

/// Plans on the paper, in its order.
pub async fn plans(c: &mut Conn, round: i64) -> Result<Vec<Plan>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT p.initiative_id, p.title, p.summary, p.minimum, p.desired, p.running, p.borne_by, CASE WHEN p.withdrawn_at IS NOT NULL OR i.state = 'withdrawn' THEN 1 ELSE 0 END AS gone FROM paper_plan p JOIN initiative i ON i.id = p.initiative_id WHERE p.round_id = $1 ORDER BY p.position"),
            &[round.into()],
        )
        .await?;
    rows.iter()
        .map(|r| {
            Ok(Plan {
                id: r.int("initiative_id")?,
                title: r.text("title")?,
                summary: r.text("summary")?,
                minimum: r.cents("minimum")?,
                desired: r.cents("desired")?,
                running: r.cents("running")?,
                borne_by: r.text("borne_by")?,
                withdrawn: r.opt_int("gone")? == Some(1),
            })
        })
        .collect()
}

/// A plan that can go on a paper.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// As it would stand there; its summary is all that was told.
    pub plan: domain::round::PaperPlan,
    /// Its programme.
    pub theme: Option<i64>,
}

/// How many plans of each buurt can go on a paper, by the buurt's id.
pub async fn feasible_counts(c: &mut Conn) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = c.rows(sql!("SELECT buurt_id, COUNT(*) AS n FROM initiative WHERE state = 'feasible' AND minimum > 0 GROUP BY buurt_id ORDER BY buurt_id"), &[]).await?;
    rows.iter().map(|r| Ok((r.int("buurt_id")?, r.int("n")?))).collect()
}

/// Feasible plans of a buurt that can go on a paper.
pub async fn feasible(c: &mut Conn, buurt: i64) -> Result<Vec<Candidate>, StoreError> {
    let rows = c.rows(sql!("SELECT i.id, i.title, i.what, i.minimum, i.desired, i.programme_id, v.running_cost, v.borne_by FROM initiative i LEFT JOIN verdict v ON v.initiative_id = i.id WHERE i.buurt_id = $1 AND i.state = 'feasible' AND i.minimum > 0 ORDER BY i.id"), &[buurt.into()]).await?;
    rows.iter()
        .map(|r| {
            Ok(Candidate {
                plan: domain::round::PaperPlan {
                    id: r.int("id")?,
                    title: r.text("title")?,
                    summary: r.text("what")?,
                    minimum: r.cents("minimum")?,
                    desired: r.cents("desired")?,
                    running: r.opt_int("running_cost")?.map_or(Cents::ZERO, Cents),
                    borne_by: r.opt_text("borne_by")?.unwrap_or_default(),
                },
                theme: r.opt_int("programme_id")?,
            })
        })
        .collect()
}

/// Moves a round on, only when it still stands where it was read.
pub async fn set_phase(u: &mut Unit, id: i64, from: Phase, to: Phase) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE round SET phase = $3 WHERE id = $1 AND phase = $2"),
        &[id.into(), from.key().into(), to.key().into()],
    )
    .await?
        == 1)
}

/// Freezes the paper and begins voting; `false` when somebody was first.
pub async fn open(
    u: &mut Unit,
    id: i64,
    paper: &str,
    digest: &str,
    fingerprint: &str,
    now: Seconds,
) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE round SET phase = 'voting', paper = $2, paper_digest = $3, key_fingerprint = $4, opened_at = $5 WHERE id = $1 AND phase = 'published' AND key_fingerprint IS NULL"),
        &[id.into(), paper.into(), digest.into(), fingerprint.into(), now.into()],
    )
    .await?
        == 1)
}

/// Ends voting with its figures.
pub async fn close(
    u: &mut Unit,
    id: i64,
    turnout: usize,
    roll: i64,
    stray: usize,
    now: Seconds,
) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE round SET phase = 'counting', closed_at = $2, turnout = $3, roll_size = $4, stray = $5 WHERE id = $1 AND phase = 'voting'"),
        &[id.into(), now.into(), turnout.into(), roll.into(), stray.into()],
    )
    .await?
        == 1)
}

/// Stops a round publicly.
pub async fn stop(u: &mut Unit, id: i64, from: Phase, reason: &str, now: Seconds) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE round SET phase = 'stopped', stop_reason = $3, stopped_at = $4 WHERE id = $1 AND phase = $2"),
        &[id.into(), from.key().into(), reason.into(), now.into()],
    )
    .await?
        == 1)
}

/// Figures for the administrator's desk: accounts with shown residence, plans seen by all, rounds taking votes, open waves.
pub async fn desk_figures(c: &mut Conn) -> Result<[i64; 4], StoreError> {
    let row = c
        .one(
            sql!("SELECT (SELECT COUNT(*) FROM account WHERE residence_at IS NOT NULL AND closed_at IS NULL) AS residents, (SELECT COUNT(*) FROM initiative WHERE state NOT IN ('draft', 'submitted', 'returned', 'withdrawn', 'rejected')) AS plans, (SELECT COUNT(*) FROM round WHERE phase = 'voting') AS rounds, (SELECT COUNT(*) FROM wave WHERE phase = 'open') AS waves"),
            &[],
        )
        .await?;
    let figure = |column: &str| row.opt_int(column).map(|n| n.unwrap_or(0));
    Ok([figure("residents")?, figure("plans")?, figure("rounds")?, figure("waves")?])
}
