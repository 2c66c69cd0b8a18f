//! Sample data.

use super::{AccountView, AgreementView, ChangeView, InstalmentView, PhotoView, RunMay, RunView, StepView};
use domain::execution::{InstalmentState, Purse, StepState};
use domain::initiative::State;
use domain::money::Cents;
use domain::time::DAY;

const NOW: i64 = 1_795_000_000;

impl InstalmentView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            id: 1,
            amount: Cents::euros(1500),
            payee: "Verfhandel De Kwast".into(),
            purpose: "Verf voor de <b>muur</b>".into(),
            state: InstalmentState::Prepared,
            at: NOW - DAY,
            reference: "FB-7-1".into(),
            step: Some("Twintig portretten op de muur".into()),
            waits: false,
            by_two: true,
            may_approve: true,
            own: false,
            reason: String::new(),
        }
    }
}

impl AgreementView {
    fn sample() -> Self {
        Self {
            amount: Cents::euros(8500),
            conditions: "De stoep blijft vrij.\nNiet na acht uur.".into(),
            contact: "Bel Karin van het stadsdeel, 14 020.".into(),
            responsible: "Buurtdirigent Oost".into(),
            partners: vec![("housing".into(), "Ymere".into()), ("school".into(), "Basisschool <i>De Kraal</i>".into())],
            ends_at: NOW + 90 * DAY,
            accepted_at: None,
            committed_at: None,
            first_signed: false,
            version: 1,
        }
    }
}

impl AccountView {
    fn sample() -> Self {
        Self {
            lines: vec![("Verf".into(), Cents(450_030)), ("Lampen & <b>snoeren</b>".into(), Cents(368_730))],
            receipts: vec![1, 2],
            words: "Alles is gelukt.\nDe buren zijn er blij mee.".into(),
            at: NOW - 2 * DAY,
            checked_at: Some(NOW - DAY),
            question: String::new(),
            may_check: true,
            back: Cents(31_240),
            owed: Cents::ZERO,
            to_pay: Cents::ZERO,
        }
    }
}

fn steps() -> Vec<StepView> {
    let step = |id, title: &str, days: i64, state, done: Option<i64>| StepView {
        id,
        title: title.into(),
        due_at: NOW + days * DAY,
        state,
        done_at: done.map(|days| NOW + days * DAY),
        note: String::new(),
        photos: Vec::new(),
        asked_for: None,
        money: None,
    };
    let photo = |id, before| PhotoView { id, before };
    vec![
        StepView {
            note: "Al lichter!\nHet lijkt wel een <b>omelet</b>.".into(),
            photos: vec![photo(2, false), photo(1, true)],
            ..step(1, "Witte grondlaag", -13, StepState::Confirmed, Some(-12))
        },
        StepView {
            photos: vec![photo(3, false)],
            money: Some(Cents::euros(1500)),
            ..step(2, "Lampen <i>gerepareerd</i>", -4, StepState::Done, Some(-3))
        },
        StepView { asked_for: Some(NOW + 9 * DAY), ..step(3, "Hek geplaatst", -2, StepState::Open, None) },
        step(4, "Twintig portretten op de muur", 21, StepState::Open, None),
    ]
}

fn change(id: i64) -> ChangeView {
    ChangeView {
        id,
        what: "Tien lampen in plaats van zes.".into(),
        why: "Het is er nog te donker.".into(),
        amount: Some(Cents::euros(9000)),
        ends_at: Some(NOW + 120 * DAY),
        step: Some(("Hek geplaatst".into(), NOW + 9 * DAY)),
        stop: false,
        at: NOW - DAY,
        by_makers: true,
        decided: None,
        reason: String::new(),
        may_decide: true,
    }
}

impl RunView {
    /// A plan in execution with something of everything.
    pub fn sample() -> Self {
        let paid =
            InstalmentView { id: 2, state: InstalmentState::Paid, may_approve: false, ..InstalmentView::sample() };
        Self {
            id: 7,
            title: "Onder het spoor mag het mooi zijn".into(),
            buurt: "Indische Buurt".into(),
            state: State::InExecution,
            purse: Purse {
                reserved: Cents::euros(500),
                committed: Cents::euros(4500),
                open: Cents::euros(1500),
                paid: Cents::euros(4000),
                returned: Cents::ZERO,
            },
            agreement: Some(AgreementView {
                accepted_at: Some(NOW - 30 * DAY),
                committed_at: Some(NOW - 29 * DAY),
                ..AgreementView::sample()
            }),
            steps: steps(),
            instalments: vec![
                paid.clone(),
                InstalmentView { id: 3, state: InstalmentState::Approved, waits: true, ..paid.clone() },
                InstalmentView { id: 4, own: true, may_approve: false, ..InstalmentView::sample() },
                InstalmentView::sample(),
                InstalmentView { id: 5, state: InstalmentState::Ordered, ..paid.clone() },
                InstalmentView {
                    id: 6,
                    state: InstalmentState::Refused,
                    reason: "De rekening ontbreekt.".into(),
                    ..paid.clone()
                },
                InstalmentView { id: 8, state: InstalmentState::Void, ..paid },
            ],
            changes: vec![
                change(3),
                ChangeView { decided: Some((NOW, true)), by_makers: false, stop: true, ..change(2) },
                ChangeView {
                    decided: Some((NOW, false)),
                    reason: "Dat is te veel.".into(),
                    amount: None,
                    ends_at: None,
                    step: None,
                    ..change(1)
                },
            ],
            account: None,
            thanks: (0, false),
            may: RunMay { staff: true, make: true, commit: true, thank: true },
        }
    }

    /// One that just got its money, with an agreement to say yes to.
    pub fn funded() -> Self {
        Self {
            state: State::Funded,
            purse: Purse { reserved: Cents::euros(9000), ..Purse::default() },
            agreement: Some(AgreementView::sample()),
            instalments: Vec::new(),
            changes: Vec::new(),
            ..Self::sample()
        }
    }

    /// One that is over, with money that went back.
    pub fn completed() -> Self {
        let run = Self::sample();
        Self {
            state: State::Completed,
            purse: Purse { paid: Cents(818_760), returned: Cents(31_240), ..Purse::default() },
            steps: run.steps.iter().take(2).cloned().collect(),
            instalments: run.instalments.iter().take(1).cloned().collect(),
            account: Some(AccountView::sample()),
            thanks: (12, false),
            ..run
        }
    }
}
