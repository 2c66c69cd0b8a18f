//! Which acts leave a line in the log, and in which role somebody did them. A test finds every key that services write and
//! demands it here; another demands a text for each.

use super::Act as A;
use super::{Act, Capacity, Desk, Grant, Role, Scope, Subject, TABLE, holds_at};

/// Key of a line as stored, with the act of the table that lets somebody do it (`None`: whoever has an account, the program
/// itself, or a visitor).
#[rustfmt::skip]
pub const KEPT: &[(&str, Option<Act>)] = &[
    // Accounts and roles.
    ("sign_up", None), ("confirm", None), ("sign_in", None), ("sign_out", None), ("second_factor_set_up", None),
    ("second_factor", None), ("change_details", Some(A::ChangeAccount)), ("issue_residence_codes", Some(A::IssueResidenceCode)),
    ("show_residence", Some(A::ShowResidence)), ("invite", Some(A::GrantRole)), ("accept_role", None), ("grant", None),
    ("revoke_role", Some(A::GrantRole)), ("choose_notices", Some(A::ChooseNotices)), ("go_away", Some(A::GoAway)),
    ("come_back", Some(A::GoAway)),
    // Plans.
    ("leave_draft", None), ("submit_plan", Some(A::SubmitPlan)), ("edit_plan", Some(A::EditPlan)),
    ("complete_plan", Some(A::CompletePlan)), ("answer_question", Some(A::AnswerQuestion)),
    ("withdraw_plan", Some(A::WithdrawPlan)), ("support", Some(A::Support)), ("unsupport", Some(A::Support)),
    ("invite_co_author", Some(A::InviteCoAuthor)), ("join_plan", Some(A::JoinPlan)), ("decline_plan", Some(A::JoinPlan)),
    ("leave_plan", Some(A::LeavePlan)), ("propose_text", Some(A::ProposeText)), ("take_text_back", Some(A::ProposeText)),
    ("decide_text", Some(A::DecideText)), ("agree_merge", Some(A::AgreeMerge)), ("decline_merge", Some(A::AgreeMerge)),
    ("split_plan", Some(A::SplitPlan)), ("comment", Some(A::Comment)), ("report_comment", Some(A::ReportComment)),
    ("remove_comment", Some(A::RemoveComment)), ("hide_comment", Some(A::HideComment)),
    ("let_comment_stand", Some(A::HideComment)), ("appeal", Some(A::Appeal)),
    // The desk.
    ("publish", Some(A::Publish)), ("return", Some(A::Return)), ("reject", Some(A::Reject)), ("refer", Some(A::Refer)),
    ("merge", Some(A::AskMerge)), ("split", Some(A::AskSplit)), ("set_programme", Some(A::SetProgramme)),
    ("name_supporter", Some(A::NameSupporter)), ("undo_decision", Some(A::UndoDecision)), ("decision_lapsed", None),
    ("claim_case", Some(A::ClaimCase)), ("hand_over", Some(A::HandOver)), ("warn_case", None),
    ("sign_small_plan", Some(A::SmallPlanModerator)), ("fund_small_plan", Some(A::SmallPlanStaff)),
    // The stadsdeel.
    ("verdict", Some(A::Verdict)), ("ask_advice", Some(A::AskAdvice)), ("answer_advice", Some(A::AnswerAdvice)),
    ("remind_advice", None), ("answer_appeal", Some(A::AnswerAppeal)),
    // Plans that have money.
    ("write_agreement", Some(A::WriteAgreement)), ("accept_agreement", Some(A::AcceptAgreement)),
    ("sign_commitment", Some(A::CommitMoney)), ("commit_money", Some(A::CommitMoney)), ("give_back", Some(A::CommitMoney)),
    ("prepare_payment", Some(A::PreparePayment)), ("prepare_payment_again", Some(A::PreparePayment)),
    ("take_payment_back", Some(A::PreparePayment)), ("approve_payment", Some(A::ApprovePayment)),
    ("refuse_payment", Some(A::ApprovePayment)), ("order_payment", Some(A::OrderPayments)),
    ("confirm_payment", Some(A::ConfirmPayments)), ("payment_refused", Some(A::ConfirmPayments)),
    ("milestone_added", Some(A::PlanStep)), ("milestone_done", Some(A::TellStep)),
    ("milestone_confirmed", Some(A::ConfirmStep)), ("remind_step", None), ("ask_change", Some(A::AskPlanChange)),
    ("sign_change", Some(A::DecidePlanChange)), ("change_agreed", Some(A::DecidePlanChange)), ("change_refused", Some(A::DecidePlanChange)),
    ("stopped", Some(A::DecidePlanChange)), ("account_for_money", Some(A::AccountForMoney)),
    ("ask_account", Some(A::CheckAccount)), ("completed", Some(A::CheckAccount)), ("thank_makers", Some(A::ThankMakers)),
    ("evaluate", Some(A::Evaluate)), ("drop_evaluation", Some(A::Evaluate)), ("hide_recipe", Some(A::HideRecipe)),
    ("show_recipe", Some(A::HideRecipe)), ("remind_evaluation", None),
    // Money and settings.
    ("import_budget", Some(A::ImportBudget)), ("fund_share", Some(A::FundShare)), ("set_ceiling", Some(A::SetCeiling)),
    ("correct_share", Some(A::CorrectTransfer)), ("close_year", Some(A::CloseYear)),
    ("change_settings", Some(A::ChangeSettings)), ("add_holiday", Some(A::ChangeSettings)),
    ("remove_holiday", Some(A::ChangeSettings)), ("move_clock", Some(A::MoveDemoClock)),
    // Rounds.
    ("set_up_round", Some(A::SetUpRound)), ("round_publish", Some(A::RunRound)), ("round_open", Some(A::RunRound)),
    ("round_close", Some(A::RunRound)), ("round_count", Some(A::CountRound)), ("round_result", Some(A::CountRound)),
    ("round_stop", Some(A::RunRound)), ("round_count_first", Some(A::CountRound)), ("round_result_first", Some(A::CountRound)),
    ("round_stop_first", Some(A::RunRound)), ("round_hold_back", Some(A::CountRound)), ("round_settle", Some(A::CountRound)),
    ("propose_change", Some(A::ProposeChange)), ("agree_change", Some(A::AgreeChange)), ("refuse_change", Some(A::AgreeChange)),
    ("give_lot", Some(A::DrawLot)), ("reveal_lot", Some(A::DrawLot)), ("lose_lot_first", Some(A::DrawLot)),
    ("lose_lot", Some(A::DrawLot)), ("import_roll", Some(A::ImportRoll)), ("set_letters", Some(A::IssueCodes)),
    ("issue_vote_codes", Some(A::IssueCodes)), ("revoke_all_vote_codes", Some(A::IssueCodes)),
    ("reissue_vote_code", Some(A::ReissueCode)), ("accept_paper", Some(A::AcceptPaper)),
    ("refuse_code_request", Some(A::ReissueCode)), ("take_up_sheets", Some(A::ReadSheets)), ("put_back_sheets", Some(A::ReadSheets)),
    ("read_sheet", Some(A::ReadSheets)), ("count_without_sheets", Some(A::CountRound)), ("round_complain", None),
    ("complaint_look", Some(A::CountRound)), ("complaint_answer", Some(A::CountRound)),
    // Surveys.
    ("set_up_wave", Some(A::RunWave)), ("change_wave", Some(A::RunWave)), ("wave_close", None), ("read_wave", None),
    ("issue_survey_codes", Some(A::RunWave)), ("invite_to_wave", Some(A::RunWave)), ("remind_of_wave", Some(A::RunWave)),
    ("approve_theme", Some(A::NameThemes)), ("drop_theme", Some(A::NameThemes)), ("merge_theme", Some(A::NameThemes)),
    ("take_out_of_theme", Some(A::NameThemes)), ("release_quote", Some(A::ReleaseQuote)), ("refuse_quote", Some(A::ReleaseQuote)),
    ("publish_wave", Some(A::PublishWave)), ("answer_theme", Some(A::AnswerTheme)),
    // Help between neighbours.
    ("offer_help", Some(A::OfferHelp)), ("change_offer", Some(A::ChangeOffer)), ("step_offer", Some(A::ChangeOffer)),
    ("pause_offer", None), ("ask_offer", None), ("ask_for_help", Some(A::AskForHelp)), ("drop_need", Some(A::AskForHelp)),
    ("introduce", Some(A::Introduce)), ("answer_introduction", Some(A::AnswerIntroduction)), ("remind_introduction", None),
    ("tell_introduction", None), ("ask_outcome", None), ("write_message", Some(A::WriteMessage)),
    ("report_message", Some(A::ReportMessage)), ("stop_introduction", Some(A::StopIntroduction)),
    ("tell_outcome", Some(A::TellOutcome)), ("hide_offer", Some(A::HideOffer)), ("show_offer", Some(A::HideOffer)),
    ("hide_message", Some(A::HideMessage)), ("let_message_stand", Some(A::HideMessage)),
];

/// Kinds of what acts are done to, as stored.
pub const KINDS: &[&str] = &[
    "account",
    "budget_version",
    "buurt",
    "code_request",
    "comment",
    "help_message",
    "help_offer",
    "initiative",
    "initiative_draft",
    "introduction",
    "quote",
    "role_grant",
    "roll_entry",
    "round",
    "round_complaint",
    "setting",
    "theme_proposal",
    "theme_reply",
    "wave",
    "wijk",
];

/// Acts of people who are nobody to the platform yet.
const BY_VISITORS: &[&str] = &["sign_up", "leave_draft", "round_complain"];

/// Whether somebody without an account does this; otherwise a line without an account is of the program itself, or of whoever
/// works on the server.
pub fn by_visitor(key: &str) -> bool {
    BY_VISITORS.contains(&key)
}

/// In which role, and for which place, an act was done by somebody with these grants: the first that the table lets it be done
/// by. `None`: as anybody with an account. Of an act that asks for no role it is the highest that they hold. The place is left
/// out where they hold the role at several and the subject does not tell which.
pub fn acted_as(key: &str, grants: &[Grant], subject: &Subject) -> Option<(Role, Option<Scope>)> {
    let act = KEPT.iter().find(|(kept, _)| *kept == key).and_then(|(_, act)| *act);
    let any = [Role::Administrator, Role::Staff, Role::Moderator];
    let roles: Vec<Role> = match act.and_then(|act| TABLE.iter().find(|rule| rule.act == act)) {
        Some(rule) => {
            let named: Vec<Role> = rule.who.iter().filter_map(|capacity| role_of(*capacity, subject)).collect();
            // Some keys are of several acts, each for a role of its own (a text that is read late, the two who sign for a small
            // plan): where the table asks for a role, somebody acted in one.
            let others = if named.len() == rule.who.len() { &any[..] } else { &[] };
            named.iter().chain(others).copied().collect()
        }
        None => any.to_vec(),
    };
    let at = match subject.desk {
        Desk::Buurt(buurt) => Subject { buurt: Some(buurt), stadsdeel: None, ..*subject },
        Desk::Own | Desk::Stadsdeel => *subject,
    };
    let told = at.buurt.is_some() || at.stadsdeel.is_some();
    let held = |role: Role| grants.iter().filter(move |grant| grant.role == role);
    roles.into_iter().find_map(|role| {
        let there = held(role).find(|grant| holds_at(grant.scope, &at));
        let first = held(role).next()?;
        match there {
            Some(grant) if told || held(role).count() == 1 => Some((role, Some(grant.scope))),
            _ if held(role).count() == 1 => Some((role, Some(first.scope))),
            _ => Some((role, None)),
        }
    })
}

fn role_of(capacity: Capacity, subject: &Subject) -> Option<Role> {
    match capacity {
        Capacity::Holds(role) => Some(role),
        Capacity::AtDesk if subject.desk == Desk::Stadsdeel => Some(Role::Staff),
        Capacity::AtDesk => Some(Role::Moderator),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(role: Role, scope: Scope) -> Grant {
        Grant { role, scope }
    }

    #[test]
    fn the_role_is_the_one_that_the_table_asks_for() {
        let (admin, staff) = (grant(Role::Administrator, Scope::City), grant(Role::Staff, Scope::Stadsdeel(2)));
        let (here, there) = (grant(Role::Moderator, Scope::Buurt(3)), grant(Role::Moderator, Scope::Buurt(4)));
        let all = [admin, staff, here, there];
        let plan = Subject { buurt: Some(4), stadsdeel: Some(2), ..Subject::default() };
        assert_eq!(acted_as("publish", &all, &plan), Some((Role::Moderator, Some(Scope::Buurt(4)))));
        let late = Subject { desk: Desk::Stadsdeel, ..plan };
        assert_eq!(acted_as("publish", &all, &late), Some((Role::Staff, Some(Scope::Stadsdeel(2)))));
        assert_eq!(acted_as("verdict", &all, &plan), Some((Role::Staff, Some(Scope::Stadsdeel(2)))));
        assert_eq!(acted_as("set_up_round", &all, &plan), Some((Role::Administrator, Some(Scope::City))));
        // The second of two signatures, of whichever role.
        assert_eq!(acted_as("sign_small_plan", &[staff], &plan), Some((Role::Staff, Some(Scope::Stadsdeel(2)))));
        // As the one who made a plan, whatever roles they have.
        assert_eq!(acted_as("withdraw_plan", &all, &plan), None);
        // No role is asked: the highest held. Of two places nobody tells which.
        assert_eq!(acted_as("sign_in", &all, &Subject::default()), Some((Role::Administrator, Some(Scope::City))));
        assert_eq!(acted_as("sign_in", &[here, there], &Subject::default()), Some((Role::Moderator, None)));
        assert_eq!(acted_as("sign_in", &[], &Subject::default()), None);
    }

    #[test]
    fn every_key_stands_once_and_its_act_is_in_the_table() {
        let mut keys: Vec<_> = KEPT.iter().map(|(key, _)| *key).collect();
        keys.sort_unstable();
        let count = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), count);
        for (key, act) in KEPT {
            assert!(act.is_none_or(|act| TABLE.iter().any(|rule| rule.act == act)), "{key}");
        }
        assert!(BY_VISITORS.iter().all(|key| keys.contains(key)));
    }
}
