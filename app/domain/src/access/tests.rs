//! The table, walked.

use super::Role::{Administrator, Moderator, Staff};
use super::*;

fn subject(state: State) -> Subject {
    Subject {
        buurt: Some(1),
        stadsdeel: Some(10),
        owner: Some(100),
        together: [101, 0, 0, 0],
        makers: [101, 103, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        state: Some(state),
        round: Some(3),
        desk: Desk::Own,
        open: false,
    }
}

fn holder(role: Role, scope: Scope) -> Actor {
    Actor {
        account: Some(7),
        confirmed: true,
        resident_of: None,
        grants: vec![Grant { role, scope }],
        second_factor: true,
        code: None,
    }
}

/// Walks every act x role x place x state against a second, independent reading of the rules.
#[test]
fn the_table_walked() {
    let mut allowed = 0;
    for rule in TABLE {
        assert_eq!(TABLE.iter().filter(|r| r.act == rule.act).count(), 1, "{:?} stands twice", rule.act);
        for &state in State::ALL {
            let here = subject(state);
            assert_eq!(decide(rule.act, &Actor::default(), &here), Err(Denied::SignIn));
            let in_state = rule.states.is_empty() || rule.states.contains(&state);
            for role in [Moderator, Staff, Administrator] {
                // Nothing was handed over here: the desk is that of the buurt's moderators.
                let named = rule.who.contains(&Holds(role)) || role == Moderator && rule.who.contains(&AtDesk);
                for (scope, near) in [
                    (Scope::City, true),
                    (Scope::Buurt(1), true),
                    (Scope::Buurt(2), false),
                    (Scope::Stadsdeel(10), true),
                    (Scope::Stadsdeel(11), false),
                ] {
                    let mut actor = holder(role, scope);
                    actor.confirmed = false;
                    let yes = named && near && in_state;
                    assert_eq!(
                        decide(rule.act, &actor, &here).is_ok(),
                        yes,
                        "{:?} {role:?} {scope:?} {state:?}",
                        rule.act
                    );
                    actor.second_factor = false;
                    assert_eq!(decide(rule.act, &actor, &here).is_ok(), yes && !rule.second_factor);
                    allowed += usize::from(yes);
                }
            }
            // Holding every role everywhere does not help with one's own plan, where money or an answer is at stake.
            let mut judge = holder(Moderator, Scope::City);
            judge.grants.extend([Staff, Administrator].map(|role| Grant { role, scope: Scope::City }));
            judge.account = Some(100);
            let answers = [
                Act::Publish,
                Act::Return,
                Act::Reject,
                Act::Refer,
                Act::AnswerAppeal,
                Act::Verdict,
                Act::SmallPlanModerator,
                Act::SmallPlanStaff,
                Act::AgreeChange,
                Act::AskMerge,
                Act::AskSplit,
                Act::ClaimCase,
                Act::HandOver,
                Act::DecideText,
                Act::HideComment,
                Act::WriteAgreement,
                Act::CommitMoney,
                Act::PreparePayment,
                Act::ApprovePayment,
                Act::OrderPayments,
                Act::ConfirmPayments,
                Act::ConfirmStep,
                Act::DecidePlanChange,
                Act::CheckAccount,
            ];
            assert!(!answers.contains(&rule.act) || decide(rule.act, &judge, &here).is_err(), "{:?}", rule.act);
            let mut owner = Actor { account: Some(100), second_factor: true, ..Actor::default() };
            assert_eq!(decide(rule.act, &owner, &here).is_ok(), rule.who.contains(&Owner) && in_state);
            owner.account = Some(101);
            assert_eq!(decide(rule.act, &owner, &here).is_ok(), rule.who.contains(&Together) && in_state);
            // Nor with what one works on, or worked on before.
            for maker in [101, 103] {
                judge.account = Some(maker);
                assert!(!answers.contains(&rule.act) || decide(rule.act, &judge, &here).is_err(), "{:?}", rule.act);
            }
            // An empty place among those who work on it is nobody, and no account with number 0.
            for stranger in [102, 0] {
                owner.account = Some(stranger);
                assert!(decide(rule.act, &owner, &here).is_err());
            }
            let resident = Actor {
                account: Some(5),
                confirmed: true,
                resident_of: Some(1),
                second_factor: true,
                ..Actor::default()
            };
            let plain = rule.who.contains(&Confirmed) || rule.who.contains(&ResidentThere);
            assert_eq!(decide(rule.act, &resident, &here).is_ok(), plain && in_state);
            for (round, there) in [(3, true), (4, false)] {
                let code = Some(HeldCode { round, hash: [1; 32], assisted: false });
                let holder = Actor { code, ..Actor::default() };
                let yes = there && rule.act == Act::VoteByCode;
                assert_eq!(decide(rule.act, &holder, &here).is_ok(), yes, "{:?} with a code", rule.act);
            }
            let elsewhere = Actor { resident_of: Some(2), ..resident };
            assert_eq!(decide(rule.act, &elsewhere, &here).is_ok(), rule.who.contains(&Confirmed) && in_state);
        }
    }
    assert!(allowed > 100, "the walk met too few open doors: {allowed}");
}

/// A plan that was handed over is answered where it lies, and nowhere else; its own moderators still see it.
#[test]
fn a_plan_is_answered_at_its_desk() {
    let at = |desk| Subject { desk, ..subject(State::Submitted) };
    let able = |act, role, scope, desk| decide(act, &holder(role, scope), &at(desk)).is_ok();
    for act in [Act::Publish, Act::Return, Act::Reject, Act::Refer, Act::ClaimCase, Act::HandOver, Act::UndoDecision] {
        for (role, scope, desk, yes) in [
            (Moderator, Scope::Buurt(1), Desk::Own, true),
            (Moderator, Scope::Buurt(2), Desk::Own, false),
            (Moderator, Scope::Buurt(1), Desk::Buurt(2), false),
            (Moderator, Scope::Buurt(2), Desk::Buurt(2), true),
            (Moderator, Scope::Buurt(1), Desk::Stadsdeel, false),
            (Moderator, Scope::City, Desk::Stadsdeel, false),
            (Staff, Scope::Stadsdeel(10), Desk::Stadsdeel, true),
            (Staff, Scope::Stadsdeel(11), Desk::Stadsdeel, false),
            (Staff, Scope::Stadsdeel(10), Desk::Own, false),
            (Staff, Scope::City, Desk::Buurt(2), false),
            (Administrator, Scope::City, Desk::Stadsdeel, false),
        ] {
            assert_eq!(able(act, role, scope, desk), yes, "{act:?} {role:?} {scope:?} {desk:?}");
        }
    }
    assert!(able(Act::SeeModeration, Moderator, Scope::Buurt(1), Desk::Stadsdeel));
    assert!(able(Act::SeeModeration, Staff, Scope::Stadsdeel(10), Desk::Stadsdeel));
    assert!(!able(Act::SeeModeration, Staff, Scope::Stadsdeel(10), Desk::Own));
}

#[test]
fn everything_with_money_or_phases_needs_the_second_factor() {
    for act in [
        Act::Verdict,
        Act::FundShare,
        Act::SetCeiling,
        Act::CorrectTransfer,
        Act::CloseYear,
        Act::SmallPlanModerator,
        Act::SmallPlanStaff,
        Act::SetUpRound,
        Act::RunRound,
        Act::CountRound,
        Act::GrantRole,
        Act::RunWave,
        Act::ImportRoll,
        Act::IssueCodes,
        Act::ReissueCode,
        Act::ProposeChange,
        Act::AgreeChange,
        Act::DrawLot,
        Act::AcceptPaper,
        Act::ReadSheets,
        Act::WriteAgreement,
        Act::CommitMoney,
        Act::PreparePayment,
        Act::ApprovePayment,
        Act::OrderPayments,
        Act::ConfirmPayments,
        Act::ConfirmStep,
        Act::DecidePlanChange,
        Act::CheckAccount,
    ] {
        assert!(TABLE.iter().any(|r| r.act == act && r.second_factor), "{act:?}");
    }
}

/// An open wave's link opens one act alone, to whoever has it; where nothing is open it opens none.
#[test]
fn a_link_opens_one_act() {
    for rule in TABLE {
        for (open, allowed) in [(true, rule.act == Act::AnswerByLink), (false, false)] {
            let subject = Subject { open, ..subject(State::Draft) };
            assert_eq!(decide(rule.act, &Actor::default(), &subject).is_ok(), allowed, "{:?} {open}", rule.act);
        }
    }
}
