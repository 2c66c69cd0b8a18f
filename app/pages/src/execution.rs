//! Plans that have money: how it goes, for everyone, for their makers, and for the stadsdeel.
//!
//! One view for all readers ([`RunView`]); what only some may see is left out by whoever fills it. In the submodules the
//! pages: [`file`](mod@file) and [`desk`] for staff, [`makers`], [`payments`], [`forms`], and the part of a plan's own page.

pub mod desk;
pub mod file;
pub mod forms;
pub mod makers;
mod parts;
pub mod payments;
pub(crate) mod public;
mod sample;

use crate::Sample;
use domain::execution::{InstalmentState, Purse, StepState};
use domain::initiative::State;
use domain::money::Cents;
use domain::time::Seconds;

/// What was agreed.
#[derive(Clone, Debug)]
pub struct AgreementView {
    /// How much.
    pub amount: Cents,
    /// Under these conditions; may be empty.
    pub conditions: String,
    /// How the makers reach the stadsdeel.
    pub contact: String,
    /// Who answers for it at the stadsdeel.
    pub responsible: String,
    /// Key of the kind (`run-partner-<kind>`), and name.
    pub partners: Vec<(String, String)>,
    /// The last day.
    pub ends_at: Seconds,
    /// A maker said yes.
    pub accepted_at: Option<Seconds>,
    /// The money was committed.
    pub committed_at: Option<Seconds>,
    /// Somebody signed for the commitment, and a colleague signs too.
    pub first_signed: bool,
    /// Goes along with a yes, so that nobody agrees to other words than were read.
    pub version: i64,
}

/// A photo of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhotoView {
    /// Id.
    pub id: i64,
    /// Shows how it was before.
    pub before: bool,
}

/// A step (milestone).
#[derive(Clone, Debug)]
pub struct StepView {
    /// Id.
    pub id: i64,
    /// What.
    pub title: String,
    /// Planned.
    pub due_at: Seconds,
    /// Open, done, confirmed.
    pub state: StepState,
    /// Done.
    pub done_at: Option<Seconds>,
    /// Own words of who did it.
    pub note: String,
    /// Photos.
    pub photos: Vec<PhotoView>,
    /// Another day was asked for it.
    pub asked_for: Option<Seconds>,
    /// An instalment waits for it.
    pub money: Option<Cents>,
}

impl StepView {
    /// Planned before now, and not done.
    pub fn late(&self, now: Seconds) -> bool {
        self.state == StepState::Open && self.due_at < now
    }
}

/// An instalment.
#[derive(Clone, Debug)]
pub struct InstalmentView {
    /// Id.
    pub id: i64,
    /// How much.
    pub amount: Cents,
    /// To whom, in words; empty for who may not read it.
    pub payee: String,
    /// What for; empty for who may not read it.
    pub purpose: String,
    /// Where it stands.
    pub state: InstalmentState,
    /// When it got there.
    pub at: Seconds,
    /// Our reference; empty for who may not read it.
    pub reference: String,
    /// The step that must be confirmed first, by its title.
    pub step: Option<String>,
    /// That step was not confirmed yet.
    pub waits: bool,
    /// It takes a second person.
    pub by_two: bool,
    /// The reader may approve it.
    pub may_approve: bool,
    /// The reader prepared it, so somebody else has to approve.
    pub own: bool,
    /// Why it was refused; empty for who may not read it.
    pub reason: String,
}

/// A change of what was agreed.
#[derive(Clone, Debug)]
pub struct ChangeView {
    /// Id.
    pub id: i64,
    /// What would change.
    pub what: String,
    /// Why.
    pub why: String,
    /// The amount it would become.
    pub amount: Option<Cents>,
    /// The last day it would become.
    pub ends_at: Option<Seconds>,
    /// A step that would move: its title and its new day.
    pub step: Option<(String, Seconds)>,
    /// The plan would stop.
    pub stop: bool,
    /// When it was proposed.
    pub at: Seconds,
    /// The makers proposed it; else the stadsdeel.
    pub by_makers: bool,
    /// When it was decided, and whether it was agreed to.
    pub decided: Option<(Seconds, bool)>,
    /// The reason; may be empty.
    pub reason: String,
    /// The reader may decide.
    pub may_decide: bool,
}

/// The final account.
#[derive(Clone, Debug)]
pub struct AccountView {
    /// What it was spent on, and how much.
    pub lines: Vec<(String, Cents)>,
    /// Pictures of receipts, for who may see them.
    pub receipts: Vec<i64>,
    /// Own words.
    pub words: String,
    /// When it was sent.
    pub at: Seconds,
    /// When it was checked.
    pub checked_at: Option<Seconds>,
    /// Sent back with this question.
    pub question: String,
    /// The reader may check it.
    pub may_check: bool,
    /// Goes back to the share out of what was promised.
    pub back: Cents,
    /// Paid beyond what was spent: the makers give this back first.
    pub owed: Cents,
    /// Spent beyond what was paid: an instalment of this much comes first.
    pub to_pay: Cents,
}

impl AccountView {
    /// What was spent altogether.
    pub fn spent(&self) -> Cents {
        self.lines.iter().map(|(_, amount)| *amount).sum()
    }
}

/// What the reader may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunMay {
    /// Write the agreement, prepare instalments, confirm steps, stop.
    pub staff: bool,
    /// Say yes, tell that a step was set, account for the money.
    pub make: bool,
    /// Sign for the commitment.
    pub commit: bool,
    /// Say thanks.
    pub thank: bool,
}

/// A plan with money.
#[derive(Clone, Debug)]
pub struct RunView {
    /// Id of the plan.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Its buurt.
    pub buurt: String,
    /// Its state.
    pub state: State,
    /// Its money.
    pub purse: Purse,
    /// What was agreed.
    pub agreement: Option<AgreementView>,
    /// Steps, first planned first.
    pub steps: Vec<StepView>,
    /// Instalments, oldest first.
    pub instalments: Vec<InstalmentView>,
    /// Changes, newest first.
    pub changes: Vec<ChangeView>,
    /// The final account.
    pub account: Option<AccountView>,
    /// How many neighbours said thanks, and whether the reader did.
    pub thanks: (i64, bool),
    /// What the reader may do.
    pub may: RunMay,
}

impl RunView {
    /// What was promised altogether: paid or not.
    pub fn agreed(&self) -> Cents {
        self.purse.committed + self.purse.paid
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    [desk::samples(), file::samples(), forms::samples(), makers::samples(), payments::samples(), public::samples()]
        .into_iter()
        .flatten()
        .collect()
}
