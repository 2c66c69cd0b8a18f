//! The forms about a running plan: one decision on a screen, each with its own address, all drawn the same way.
//!
//! Add one: a variant of [`Screen`], its texts `run-form-<key>-title`, `-text`, `-do`, and its fields in [`Screen::fields`].

use super::parts;
use super::{RunView, StepView};
use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::execution::{PARTNER_KINDS, StepState};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use leptos::prelude::*;

mod extra;

/// Which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Staff write the agreement.
    Agreement,
    /// Staff give back what stays reserved.
    GiveBack,
    /// Staff prepare an instalment.
    InstalmentNew,
    /// Staff approve an instalment, refuse it, try it again or take it back.
    Instalment(i64),
    /// A step is planned.
    StepNew,
    /// Makers tell that a step was set; staff see that it was.
    Step(i64),
    /// Makers ask for a later day.
    StepLater(i64),
    /// Somebody proposes a change.
    ChangeNew,
    /// Staff decide on a change.
    Change(i64),
    /// Staff stop the plan.
    Stop,
    /// What was spent.
    Account,
    /// Staff check what was spent.
    Check,
}

/// A form with its plan.
#[derive(Clone, Debug)]
pub struct FormView {
    /// Which.
    pub screen: Screen,
    /// The plan.
    pub run: RunView,
    /// At the stadsdeel's desk; else for the makers.
    pub staff: bool,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

/// Name, key of the label, key of the hint (may be empty), kind.
type Line = (&'static str, &'static str, &'static str, Kind);

impl Screen {
    /// Its name in the keys of its texts.
    fn key(self, staff: bool) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::GiveBack => "give-back",
            Self::InstalmentNew => "pay",
            Self::Instalment(_) => "instalment",
            Self::StepNew => "step",
            Self::Step(_) if staff => "seen",
            Self::Step(_) => "done",
            Self::StepLater(_) => "later",
            Self::ChangeNew => "change",
            Self::Change(_) => "decide",
            Self::Stop => "stop",
            Self::Account => "account",
            Self::Check => "check",
        }
    }

    /// Where it is sent.
    fn action(self, ctx: &Ctx, id: i64, staff: bool) -> String {
        match (self, staff) {
            (Self::Agreement, _) => ctx.url(&urls::DistrictAgreement { id }),
            (Self::GiveBack, _) => ctx.url(&urls::DistrictGiveBack { id }),
            (Self::InstalmentNew, _) => ctx.url(&urls::DistrictInstalmentNew { id }),
            (Self::Instalment(instalment), _) => ctx.url(&urls::DistrictInstalment { id, instalment }),
            (Self::StepNew, true) => ctx.url(&urls::DistrictStepNew { id }),
            (Self::StepNew, false) => ctx.url(&urls::InitiativeStepNew { id }),
            (Self::Step(step), true) => ctx.url(&urls::DistrictStep { id, step }),
            (Self::Step(step), false) => ctx.url(&urls::InitiativeStep { id, step }),
            (Self::StepLater(step), _) => ctx.url(&urls::InitiativeStepLater { id, step }),
            (Self::ChangeNew, true) => ctx.url(&urls::DistrictChangeNew { id }),
            (Self::ChangeNew, false) => ctx.url(&urls::InitiativeChange { id }),
            (Self::Change(change), _) => ctx.url(&urls::DistrictChange { id, change }),
            (Self::Stop, _) => ctx.url(&urls::DistrictStop { id }),
            (Self::Account, true) => ctx.url(&urls::DistrictAccountNew { id }),
            (Self::Account, false) => ctx.url(&urls::InitiativeAccount { id }),
            (Self::Check, _) => ctx.url(&urls::DistrictAccount { id }),
        }
    }

    /// Its plain fields, in order.
    fn fields(self) -> &'static [Line] {
        match self {
            Self::Agreement => &[
                ("amount", "run-amount", "run-amount-hint", Kind::Money),
                ("conditions", "plans-conditions", "run-conditions-hint", Kind::Area),
                ("contact", "run-contact", "run-contact-hint", Kind::Line),
                ("responsible", "run-responsible", "run-responsible-hint", Kind::Line),
                ("ends", "run-until", "run-until-hint", Kind::Date),
            ],
            Self::InstalmentNew => &[
                ("amount", "run-amount", "run-pay-left", Kind::Money),
                ("payee", "run-payee", "run-payee-hint", Kind::Line),
                ("purpose", "run-purpose", "", Kind::Line),
            ],
            Self::StepNew => &[("title", "run-step-title", "", Kind::Line), ("date", "run-step-date", "", Kind::Date)],
            Self::Step(_) => &[("note", "run-note", "run-note-hint", Kind::Area)],
            Self::StepLater(_) => &[("date", "run-new-date", "", Kind::Date), ("why", "run-why-later", "", Kind::Area)],
            Self::ChangeNew => &[
                ("what", "run-change-what", "", Kind::Area),
                ("why", "run-why", "", Kind::Area),
                ("amount", "run-change-amount", "run-change-amount-hint", Kind::Money),
                ("ends", "run-change-until", "run-change-until-hint", Kind::Date),
            ],
            Self::Stop => &[("reason", "run-stop-why", "run-stop-why-hint", Kind::Area)],
            Self::Account => &[("words", "run-account-words", "run-account-words-hint", Kind::Area)],
            Self::GiveBack | Self::Instalment(_) | Self::Change(_) | Self::Check => &[],
        }
    }
}

/// Labels of what is not among the plain fields, for the error summary.
const LABELS: &[(&str, &str)] = &[
    ("partner", "run-partners"),
    ("milestone", "run-after-step"),
    ("milestone_date", "run-new-date"),
    ("photo", "run-photos"),
    ("agree", "run-agree"),
    ("reason", "run-reason"),
    ("line_what", "run-line-what"),
    ("line_amount", "run-amount"),
    ("receipt", "run-receipts"),
    ("check", "run-check"),
    ("question", "run-question"),
    ("repaid", "run-repaid"),
];

impl FormView {
    /// The step it is about.
    fn step(&self) -> Option<&StepView> {
        match self.screen {
            Screen::Step(id) | Screen::StepLater(id) => self.run.steps.iter().find(|s| s.id == id),
            _ => None,
        }
    }

    /// Steps that are not confirmed, to choose from.
    fn open_steps(&self) -> Vec<(String, String)> {
        let open = self.run.steps.iter().filter(|s| s.state != StepState::Confirmed);
        open.map(|s| (s.id.to_string(), s.title.clone())).collect()
    }
}

/// One of its fields.
fn field(ctx: &Ctx, data: &FormView, (name, label, hint, kind): Line) -> AnyView {
    let hint = match hint {
        "" => String::new(),
        "run-pay-left" => ctx.ta(hint, &[("left", ctx.money(data.run.purse.left()).into())]),
        "run-amount-hint" => ctx.ta(hint, &[("amount", ctx.money(data.run.purse.reserved).into())]),
        hint => ctx.t(hint),
    };
    let (typed, errors) = (&data.typed, &data.errors);
    kit::field(ctx, &Field { name, label: ctx.t(label), hint, kind, heading: false, typed, errors })
}

/// What the form is about, shown above its fields.
fn about(ctx: &Ctx, data: &FormView) -> AnyView {
    let run = &data.run;
    match data.screen {
        Screen::Step(_) | Screen::StepLater(_) => data.step().map(|s| parts::one_step(ctx, run.id, s)).into_any(),
        Screen::Change(id) => {
            let found = run.changes.iter().find(|c| c.id == id);
            found.map(|c| view! { <ul class="fb-cards">{parts::change(ctx, c, ().into_any())}</ul> }).into_any()
        }
        Screen::Instalment(id) => extra::instalment(ctx, run, id),
        Screen::Check => run.account.as_ref().map(|a| parts::account(ctx, run.id, a)).into_any(),
        Screen::GiveBack | Screen::Stop | Screen::Account => parts::purse(ctx, &run.purse),
        _ => ().into_any(),
    }
}

/// Fields that are more than a line.
fn special(ctx: &Ctx, data: &FormView) -> AnyView {
    let (typed, errors) = (&data.typed, &data.errors);
    match data.screen {
        Screen::Agreement => extra::partners(ctx, data, PARTNER_KINDS),
        Screen::InstalmentNew => {
            let steps = data.open_steps();
            (!steps.is_empty())
                .then(|| {
                    kit::select(
                        ctx,
                        "milestone",
                        &ctx.t("run-after-step"),
                        &ctx.t("run-no-step"),
                        &steps,
                        typed,
                        errors,
                    )
                })
                .into_any()
        }
        Screen::Step(_) => extra::photos(ctx, errors),
        Screen::ChangeNew => {
            let steps = data.open_steps();
            let day = ("milestone_date", "run-new-date", "", Kind::Date);
            (!steps.is_empty())
                .then(|| view! { {kit::select(ctx, "milestone", &ctx.t("run-move-step"), &ctx.t("run-no-step"), &steps, typed, errors)}{field(ctx, data, day)} })
                .into_any()
        }
        Screen::Change(_) => extra::decide(ctx, data),
        Screen::Account => extra::account(ctx, data),
        Screen::Check => extra::check(ctx, data),
        _ => ().into_any(),
    }
}

/// Its page.
pub fn form(ctx: &Ctx, data: &FormView) -> AnyView {
    let id = data.run.id;
    let key = data.screen.key(data.staff);
    let heading = ctx.t(&format!("run-form-{key}-title"));
    let back =
        if data.staff { ctx.url(&urls::DistrictExecution { id }) } else { ctx.url(&urls::InitiativeExecution { id }) };
    let own: Vec<(&str, &str)> = data.screen.fields().iter().map(|(name, label, ..)| (*name, *label)).collect();
    let labels = [own, LABELS.to_vec()].concat();
    let files = matches!(data.screen, Screen::Step(_) | Screen::Account).then_some("multipart/form-data");
    let fields = data.screen.fields().iter().map(|line| field(ctx, data, *line)).collect_view();
    let action = data.screen.action(ctx, id, data.staff);
    let inside = match data.screen {
        Screen::Instalment(instalment) => extra::instalment_forms(ctx, data, instalment, &action),
        _ => view! {
            <form class="fb-form" method="post" action=action enctype=files novalidate>{kit::hidden(ctx)}
                {extra::act(data)}{fields}{special(ctx, data)}
                {kit::bar(ctx.t(&format!("run-form-{key}-do")))}</form>
        }
        .into_any(),
    };
    let main = view! {
        <a class="fb-back" dir="auto" href=back>{data.run.title.clone()}</a>
        {kit::error_summary(ctx, &data.errors, &labels)}
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{heading.clone()}</h1>
            <p class="ams-paragraph">{ctx.t(&format!("run-form-{key}-text"))}</p></div>
        {about(ctx, data)}
        {inside}
    };
    frame(ctx, Frame::narrow(heading).failed(!data.errors.0.is_empty()), main)
}

fn sample(screen: Screen, staff: bool) -> FormView {
    FormView { screen, run: RunView::sample(), staff, typed: Raw::default(), errors: Errors::default() }
}

/// With everything wrong that can be.
fn wrong(screen: Screen, staff: bool, names: &[&'static str]) -> FormView {
    let errors = Errors(names.iter().map(|name| (*name, Problem::BankNumber)).collect());
    FormView { errors, ..sample(screen, staff) }
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample {
            name: "execution/agreement",
            draw: |ctx| form(ctx, &FormView { run: RunView::funded(), ..sample(Screen::Agreement, true) }),
        },
        Sample {
            name: "execution/agreement-wrong",
            draw: |ctx| {
                let typed =
                    Raw(vec![("partner_kind".into(), "school".into()), ("partner".into(), "De \"Kraal\"".into())]);
                let wrong = wrong(Screen::Agreement, true, &["amount", "conditions", "partner", "ends"]);
                form(ctx, &FormView { run: RunView::funded(), typed, ..wrong })
            },
        },
        Sample { name: "execution/give-back", draw: |ctx| form(ctx, &sample(Screen::GiveBack, true)) },
        Sample {
            name: "execution/instalment-new",
            draw: |ctx| form(ctx, &wrong(Screen::InstalmentNew, true, &["amount", "payee", "milestone"])),
        },
        Sample {
            name: "execution/instalment",
            draw: |ctx| form(ctx, &wrong(Screen::Instalment(1), true, &["reason"])),
        },
        Sample { name: "execution/instalment-own", draw: |ctx| form(ctx, &sample(Screen::Instalment(4), true)) },
        Sample { name: "execution/instalment-refused", draw: |ctx| form(ctx, &sample(Screen::Instalment(6), true)) },
        Sample { name: "execution/step-new", draw: |ctx| form(ctx, &sample(Screen::StepNew, false)) },
        Sample { name: "execution/step-new-staff", draw: |ctx| form(ctx, &sample(Screen::StepNew, true)) },
        Sample {
            name: "execution/step-done",
            draw: |ctx| form(ctx, &wrong(Screen::Step(3), false, &["note", "photo"])),
        },
        Sample { name: "execution/step-seen", draw: |ctx| form(ctx, &sample(Screen::Step(2), true)) },
        Sample { name: "execution/step-later", draw: |ctx| form(ctx, &sample(Screen::StepLater(3), false)) },
        Sample { name: "execution/change-new", draw: |ctx| form(ctx, &sample(Screen::ChangeNew, false)) },
        Sample { name: "execution/change-staff", draw: |ctx| form(ctx, &sample(Screen::ChangeNew, true)) },
        Sample {
            name: "execution/change",
            draw: |ctx| form(ctx, &wrong(Screen::Change(3), true, &["agree", "reason"])),
        },
        Sample { name: "execution/stop", draw: |ctx| form(ctx, &sample(Screen::Stop, true)) },
        Sample {
            name: "execution/account-new",
            draw: |ctx| form(ctx, &wrong(Screen::Account, false, &["line_what", "line_amount", "receipt"])),
        },
        Sample { name: "execution/account-staff", draw: |ctx| form(ctx, &sample(Screen::Account, true)) },
        Sample {
            name: "execution/account-check",
            draw: |ctx| {
                let mut data = wrong(Screen::Check, true, &["check", "question", "repaid"]);
                data.run.account = RunView::completed().account;
                if let Some(a) = &mut data.run.account {
                    (a.owed, a.to_pay) = (domain::money::Cents(500), domain::money::Cents(700));
                }
                form(ctx, &data)
            },
        },
    ]
}
