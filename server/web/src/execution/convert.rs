//! From rows to what pages show of a plan with money.

use crate::Visit;
use domain::access::{Act, decide};
use domain::execution::{StepState, settle};
use domain::initiative::State;
use domain::money::Cents;
use pages::execution::{AccountView, AgreementView, ChangeView, InstalmentView, PhotoView, RunMay, RunView, StepView};
use services::ActError;
use services::execution::read::{self, File};
use store::Conn;
use store::execution::{Account, Agreement, Change, Instalment, Step};
use store::initiatives::{self as rows, Initiative};

/// The plan's execution, once it ever had money; `None` before.
pub(crate) async fn run(c: &mut Conn, visit: &Visit, p: &Initiative) -> Result<Option<RunView>, ActError> {
    if !matches!(p.state, State::Funded | State::InExecution | State::Completed | State::Cancelled) {
        return Ok(None);
    }
    let file = read::file(c, p.id).await?;
    // One that was stopped before it had money.
    if p.state == State::Cancelled && file.agreement.is_none() && file.purse == Default::default() {
        return Ok(None);
    }
    let thanked = match visit.actor.account {
        Some(account) => read::thanked(c, p.id, account).await?,
        None => false,
    };
    let neighbour = match visit.actor.account {
        Some(account) => visit.actor.resident_of == Some(p.buurt_id) || rows::has_support(c, p.id, account).await?,
        None => false,
    };
    Ok(Some(view(visit, p, file, thanked, neighbour)))
}

fn view(visit: &Visit, p: &Initiative, file: File, thanked: bool, neighbour: bool) -> RunView {
    let eyes = Eyes::of(visit, p);
    let make = eyes.may(Act::TellStep);
    // What makers tell is for everyone once somebody of the stadsdeel looked at it.
    let inside = eyes.staff || make;
    let account = file.account.as_ref().filter(|a| inside || a.checked_at.is_some()).map(|a| eyes.account(a, &file));
    let agreed = file.agreement.as_ref();
    RunView {
        id: p.id,
        title: p.title.clone(),
        buurt: p.buurt.clone(),
        state: p.state,
        purse: file.purse,
        may: RunMay {
            staff: eyes.may(Act::WriteAgreement) && !make,
            make,
            commit: eyes.may(Act::CommitMoney) && agreed.is_none_or(|a| !eyes.is_me(a.first_by)),
            thank: neighbour && !make && eyes.may(Act::ThankMakers),
        },
        agreement: file.agreement.map(agreement),
        steps: file.steps.into_iter().map(|s| step(s, inside)).collect(),
        instalments: file.instalments.into_iter().map(|i| eyes.instalment(i)).collect(),
        changes: file
            .changes
            .into_iter()
            .filter(|x| inside || x.decided_at.is_some())
            .map(|x| eyes.change(x))
            .collect(),
        account,
        thanks: (file.thanks, thanked),
    }
}

/// Who reads, and which plan.
pub(super) struct Eyes<'a> {
    visit: &'a Visit,
    plan: &'a Initiative,
    /// Staff of the place: sees whom a payment goes to.
    staff: bool,
}

impl<'a> Eyes<'a> {
    /// Of this reader.
    pub(super) fn of(visit: &'a Visit, plan: &'a Initiative) -> Self {
        let staff = decide(Act::SeeDistrict, &visit.actor, &plan.subject()).is_ok();
        Self { visit, plan, staff }
    }

    /// Whether the reader may, once they showed their second factor.
    fn may(&self, act: Act) -> bool {
        let mut shown = self.visit.actor.clone();
        shown.second_factor = true;
        decide(act, &shown, &self.plan.subject()).is_ok()
    }

    fn is_me(&self, account: Option<i64>) -> bool {
        account.is_some() && account == self.visit.actor.account
    }

    /// An instalment as this reader may see it.
    pub(super) fn instalment(&self, i: Instalment) -> InstalmentView {
        use domain::execution::InstalmentState::Prepared;
        let own = self.is_me(Some(i.prepared_by));
        let hidden = |text: String| if self.staff { text } else { String::new() };
        InstalmentView {
            id: i.id,
            amount: i.amount,
            reference: hidden(i.reference()),
            payee: hidden(i.payee),
            purpose: hidden(i.purpose),
            reason: hidden(i.reason),
            may_approve: i.state == Prepared && !own && self.may(Act::ApprovePayment),
            waits: i.milestone.is_some() && !i.step_confirmed,
            by_two: i.two,
            state: i.state,
            at: i.at,
            step: i.step,
            own,
        }
    }

    fn change(&self, x: Change) -> ChangeView {
        ChangeView {
            id: x.id,
            what: x.what,
            why: x.why,
            amount: x.amount,
            ends_at: x.ends_at,
            step: x.step,
            stop: x.stop,
            at: x.at,
            by_makers: x.by_makers,
            decided: x.decided_at.map(|at| (at, x.agreed)),
            reason: x.reason,
            may_decide: x.decided_at.is_none()
                && !self.is_me(Some(x.proposed_by))
                && !self.is_me(x.first_by)
                && self.may(Act::DecidePlanChange),
        }
    }

    fn account(&self, a: &Account, file: &File) -> AccountView {
        let spent = a.spent();
        let settled = match a.checked_at {
            None => settle(file.purse.committed, file.purse.paid, spent),
            Some(_) => {
                let agreed = file.agreement.as_ref().map_or(spent, |g| g.amount);
                domain::execution::Settled {
                    back: (agreed - spent).max(Cents::ZERO),
                    owed: Cents::ZERO,
                    to_pay: Cents::ZERO,
                }
            }
        };
        let receipts = if self.may(Act::SeeReceipts) { a.receipts.clone() } else { Vec::new() };
        AccountView {
            lines: a.lines.clone(),
            receipts,
            words: a.words.clone(),
            at: a.at,
            checked_at: a.checked_at,
            question: a.question.clone(),
            may_check: a.checked_at.is_none()
                && a.question.is_empty()
                && !self.is_me(Some(a.entered_by))
                && self.may(Act::CheckAccount),
            back: settled.back,
            owed: settled.owed,
            to_pay: settled.to_pay,
        }
    }
}

fn agreement(a: Agreement) -> AgreementView {
    AgreementView {
        amount: a.amount,
        conditions: a.conditions,
        contact: a.contact,
        responsible: a.responsible,
        partners: a.partners,
        ends_at: a.ends_at,
        accepted_at: a.accepted_at,
        committed_at: a.committed_at,
        first_signed: a.first_by.is_some(),
        version: a.version,
    }
}

fn step(s: Step, inside: bool) -> StepView {
    let told = inside || s.state == StepState::Confirmed;
    StepView {
        id: s.id,
        title: s.title,
        due_at: s.due_at,
        state: s.state,
        done_at: s.done_at,
        note: if told { s.note } else { String::new() },
        photos: s.photos.into_iter().filter(|_| told).map(|p| PhotoView { id: p.id, before: p.before }).collect(),
        asked_for: s.asked_for,
        money: s.money,
    }
}
