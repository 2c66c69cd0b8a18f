//! The table itself: a line for each act.

use super::{Act, Capacity, Role, Rule};
use crate::initiative::State;

use Capacity::{Anyone, AtDesk, CodeHolder, Confirmed, Holds, Owner, ResidentThere, Together};
use Role::{Administrator, Moderator, Staff};
use State as S;

const fn rule(act: Act, who: &'static [Capacity], second_factor: bool, states: &'static [State]) -> Rule {
    Rule { act, who, second_factor, states }
}

/// Plans that everyone may see.
const PUBLIC: &[State] = &[
    S::Published,
    S::Feasible,
    S::Infeasible,
    S::OnBallot,
    S::Funded,
    S::Reserve,
    S::NotFunded,
    S::InExecution,
    S::Completed,
    S::Cancelled,
];
/// Plans on which people still work.
const UNFINISHED: &[State] = &[
    S::Draft,
    S::Submitted,
    S::Returned,
    S::Published,
    S::Feasible,
    S::OnBallot,
    S::Funded,
    S::Reserve,
    S::NotFunded,
    S::InExecution,
];

/// Plans that may ask for help.
const ASKING: &[State] = &[
    S::Submitted,
    S::Returned,
    S::Published,
    S::Feasible,
    S::OnBallot,
    S::Funded,
    S::Reserve,
    S::NotFunded,
    S::InExecution,
];
/// Of those, the ones that everyone may see.
const INTRODUCING: &[State] =
    &[S::Published, S::Feasible, S::OnBallot, S::Funded, S::Reserve, S::NotFunded, S::InExecution];

/// Plans with money.
const RUNNING: &[State] = &[S::Funded, S::InExecution];
/// Those, and what became of them.
const EVER_RUNNING: &[State] = &[S::Funded, S::InExecution, S::Completed, S::Cancelled];

/// The one table. A role of the city holds everywhere.
pub const TABLE: &[Rule] = &[
    rule(Act::SubmitPlan, &[Confirmed], false, &[]),
    rule(Act::EditPlan, &[Owner, Together], false, &[S::Draft, S::Submitted, S::Returned]),
    // Not once it is public: what all can read was read by a moderator.
    rule(Act::CompletePlan, &[Owner, Together], false, &[S::Draft, S::Submitted, S::Returned]),
    rule(Act::AnswerQuestion, &[Owner, Together], false, &[S::Returned]),
    rule(Act::InviteCoAuthor, &[Owner], false, UNFINISHED),
    // Asked by mail: the act looks whether the question was for this address.
    rule(Act::JoinPlan, &[Confirmed], false, UNFINISHED),
    rule(Act::LeavePlan, &[Owner, Together], false, &[]),
    // A new text of a public plan waits for a moderator, as all that everybody can read was read by one. Once it stands on a
    // ballot its words are those of the paper.
    rule(Act::ProposeText, &[Owner, Together], false, &[S::Published, S::Feasible]),
    rule(Act::DecideText, &[AtDesk], false, &[S::Published, S::Feasible]),
    // Nobody read it in time: the stadsdeel does.
    rule(Act::DecideLateText, &[Holds(Staff)], false, &[S::Published, S::Feasible]),
    rule(Act::Comment, &[Confirmed], false, PUBLIC),
    rule(Act::ReportComment, &[Confirmed], false, PUBLIC),
    // The owner is who wrote the comment.
    rule(Act::RemoveComment, &[Owner], false, &[]),
    rule(Act::HideComment, &[AtDesk, Holds(Moderator), Holds(Staff)], false, PUBLIC),
    rule(Act::AskMerge, &[AtDesk], false, &[S::Submitted, S::Returned, S::Published]),
    rule(Act::AgreeMerge, &[Owner], false, &[S::Submitted, S::Returned, S::Published, S::Feasible]),
    rule(Act::AskSplit, &[AtDesk], false, &[S::Submitted]),
    rule(Act::SplitPlan, &[Owner, Together], false, &[S::Submitted, S::Returned]),
    rule(
        Act::WithdrawPlan,
        &[Owner],
        false,
        &[S::Draft, S::Submitted, S::Returned, S::Published, S::Feasible, S::OnBallot, S::Reserve],
    ),
    rule(Act::Support, &[Confirmed], false, &[S::Published, S::Feasible]),
    rule(
        Act::SeeUnpublished,
        &[Owner, Together, AtDesk, Holds(Moderator), Holds(Staff), Holds(Administrator)],
        false,
        &[],
    ),
    rule(Act::SeeModeration, &[Holds(Moderator), AtDesk, Holds(Administrator)], false, &[]),
    rule(Act::SeeWhatIf, &[Holds(Moderator), Holds(Staff), Holds(Administrator)], false, &[]),
    rule(Act::Publish, &[AtDesk], false, &[S::Submitted]),
    rule(Act::Return, &[AtDesk], false, &[S::Submitted]),
    rule(Act::Reject, &[AtDesk], false, &[S::Submitted, S::Returned]),
    rule(Act::Refer, &[AtDesk], false, &[S::Submitted, S::Returned]),
    rule(Act::UndoDecision, &[AtDesk], false, &[S::Submitted, S::Returned, S::Published]),
    rule(Act::ClaimCase, &[AtDesk], false, &[S::Submitted, S::Returned]),
    rule(Act::HandOver, &[AtDesk], false, &[S::Submitted, S::Returned]),
    rule(Act::GoAway, &[Holds(Moderator)], false, &[]),
    rule(Act::ChooseNotices, &[Holds(Moderator), Holds(Staff)], false, &[]),
    rule(Act::SetProgramme, &[AtDesk], false, &[S::Submitted, S::Returned, S::Published]),
    rule(Act::NameSupporter, &[AtDesk], false, &[S::Submitted, S::Returned, S::Published, S::Feasible]),
    rule(Act::SmallPlanModerator, &[Holds(Moderator)], true, &[S::Feasible]),
    rule(Act::SmallPlanStaff, &[Holds(Staff)], true, &[S::Feasible]),
    rule(Act::SeeDistrict, &[Holds(Staff), Holds(Administrator)], false, &[]),
    rule(Act::Verdict, &[Holds(Staff)], true, &[S::Published]),
    // Once it has money: makers never deal with their own, whatever else they are.
    rule(Act::WriteAgreement, &[Holds(Staff)], true, RUNNING),
    rule(Act::AcceptAgreement, &[Owner, Together], false, RUNNING),
    rule(Act::CommitMoney, &[Holds(Staff)], true, RUNNING),
    rule(Act::PreparePayment, &[Holds(Staff)], true, &[S::InExecution]),
    rule(Act::ApprovePayment, &[Holds(Staff)], true, &[S::InExecution]),
    rule(Act::OrderPayments, &[Holds(Staff)], true, &[S::InExecution]),
    rule(Act::ConfirmPayments, &[Holds(Staff)], true, &[S::InExecution]),
    // Of a plan that is over, the act itself says why not.
    rule(Act::PlanStep, &[Owner, Together, Holds(Staff)], false, EVER_RUNNING),
    rule(Act::TellStep, &[Owner, Together], false, EVER_RUNNING),
    rule(Act::ConfirmStep, &[Holds(Staff)], true, EVER_RUNNING),
    rule(Act::AskPlanChange, &[Owner, Together, Holds(Staff)], false, RUNNING),
    rule(Act::DecidePlanChange, &[Holds(Staff)], true, RUNNING),
    rule(Act::AccountForMoney, &[Owner, Together, Holds(Staff)], false, &[S::InExecution]),
    rule(Act::CheckAccount, &[Holds(Staff)], true, &[S::InExecution]),
    rule(Act::SeeReceipts, &[Owner, Together, Holds(Staff), Holds(Administrator)], false, &[]),
    // The act looks whether they live there, or supported it.
    rule(Act::ThankMakers, &[Confirmed], false, &[S::InExecution, S::Completed]),
    rule(Act::IssueResidenceCode, &[Holds(Staff), Holds(Administrator)], true, &[]),
    rule(Act::ShowResidence, &[Confirmed], false, &[]),
    rule(Act::ChangeAccount, &[Owner], false, &[]),
    rule(Act::SeeAdmin, &[Holds(Administrator)], false, &[]),
    // It tells what everyone did, though not who they are.
    rule(Act::SeeLog, &[Holds(Administrator)], true, &[]),
    rule(Act::GrantRole, &[Holds(Administrator)], true, &[]),
    rule(Act::FundShare, &[Holds(Administrator)], true, &[]),
    rule(Act::SetCeiling, &[Holds(Administrator)], true, &[]),
    rule(Act::CorrectTransfer, &[Holds(Administrator)], true, &[]),
    rule(Act::CloseYear, &[Holds(Administrator)], true, &[]),
    rule(Act::ImportBudget, &[Holds(Administrator)], true, &[]),
    rule(Act::SetUpRound, &[Holds(Administrator)], true, &[]),
    rule(Act::RunRound, &[Holds(Administrator)], true, &[]),
    rule(Act::CountRound, &[Holds(Administrator)], true, &[]),
    rule(Act::ProposeChange, &[Holds(Administrator)], true, &[]),
    // By two: the owner of a proposal is who made it.
    rule(Act::AgreeChange, &[Holds(Administrator)], true, &[]),
    rule(Act::DrawLot, &[Holds(Administrator)], true, &[]),
    rule(Act::Vote, &[ResidentThere], false, &[]),
    // The owner is the account that entered the code of its own letter before.
    rule(Act::VoteByCode, &[CodeHolder, Owner], false, &[]),
    rule(Act::ImportRoll, &[Holds(Administrator)], true, &[]),
    rule(Act::IssueCodes, &[Holds(Administrator)], true, &[]),
    rule(Act::SeeDesk, &[Holds(Staff), Holds(Administrator)], false, &[]),
    rule(Act::ReissueCode, &[Holds(Staff), Holds(Administrator)], true, &[]),
    rule(Act::AssistVote, &[Holds(Staff), Holds(Administrator)], false, &[]),
    rule(Act::AcceptPaper, &[Holds(Staff), Holds(Administrator)], true, &[]),
    rule(Act::ReadSheets, &[Holds(Staff), Holds(Administrator)], true, &[]),
    rule(Act::AnswerSurvey, &[ResidentThere], false, &[]),
    // By a letter's code, the answer's own code, or the link of a wave that is open to everyone.
    rule(Act::AnswerByLink, &[Anyone], false, &[]),
    rule(Act::RunWave, &[Holds(Administrator)], true, &[]),
    // Words of one answer at a time, masked, of one's own buurten.
    rule(Act::SeeAnswers, &[Holds(Moderator), Holds(Staff), Holds(Administrator)], false, &[]),
    rule(Act::ReleaseQuote, &[Holds(Moderator), Holds(Staff), Holds(Administrator)], false, &[]),
    rule(Act::NameThemes, &[Holds(Moderator), Holds(Staff), Holds(Administrator)], false, &[]),
    // Of a wave that asked more than one buurt.
    rule(Act::NameWideThemes, &[Holds(Staff), Holds(Administrator)], false, &[]),
    rule(Act::PublishWave, &[Holds(Administrator)], true, &[]),
    rule(Act::AnswerTheme, &[Holds(Moderator), Holds(Staff), Holds(Administrator)], false, &[]),
    rule(Act::AnswerWideTheme, &[Holds(Staff), Holds(Administrator)], false, &[]),
    rule(Act::FollowWave, &[Confirmed], false, &[]),
    rule(Act::FollowRound, &[Confirmed], false, &[]),
    rule(Act::Appeal, &[Owner], false, &[S::Rejected]),
    rule(Act::AnswerAppeal, &[Holds(Staff)], false, &[S::Rejected]),
    // Departments are asked before the verdict; what they say decides nothing by itself.
    rule(Act::AskAdvice, &[Holds(Staff)], false, &[S::Published]),
    rule(Act::AnswerAdvice, &[Holds(Staff)], false, &[S::Published]),
    rule(Act::ChangeSettings, &[Holds(Administrator)], true, &[]),
    rule(Act::MoveDemoClock, &[Holds(Administrator)], false, &[]),
    rule(Act::OfferHelp, &[Confirmed], false, &[]),
    rule(Act::ChangeOffer, &[Owner], false, &[]),
    rule(Act::AskForHelp, &[Owner, Together], false, ASKING),
    // About a plan that everybody may read: by whoever offers help, or by its makers, who must also be able to ask for it.
    rule(Act::Introduce, &[Confirmed], false, INTRODUCING),
    // The owner is who was asked: the helper, or those who make the plan.
    rule(Act::AnswerIntroduction, &[Owner, Together], false, &[]),
    rule(Act::SeeIntroduction, &[Owner, Together], false, &[]),
    rule(Act::WriteMessage, &[Owner, Together], false, &[]),
    rule(Act::ReportMessage, &[Owner, Together], false, &[]),
    rule(Act::StopIntroduction, &[Owner, Together], false, &[]),
    rule(Act::TellOutcome, &[Owner, Together], false, &[]),
    rule(Act::SeeHelpDesk, &[Holds(Moderator), Holds(Staff)], false, &[]),
    rule(Act::HideOffer, &[Holds(Moderator), Holds(Staff)], false, &[]),
    rule(Act::HideMessage, &[Holds(Moderator), Holds(Staff)], false, &[]),
    rule(Act::Evaluate, &[Owner, Together], false, &[S::Completed]),
    rule(Act::HideRecipe, &[AtDesk, Holds(Moderator), Holds(Staff)], false, &[S::Completed]),
    // Figures of plans that are not public, of one's own buurten; every other figure is for everyone.
    rule(Act::SeeFigures, &[Holds(Moderator), Holds(Staff), Holds(Administrator)], false, &[]),
];
