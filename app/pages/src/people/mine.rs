//! `/mijn`: my buurt, my plans, my details.

use crate::frame::{Frame, frame};
use crate::kit;
use crate::{Ctx, Sample};
use domain::initiative::State;
use domain::urls;
use leptos::prelude::*;

/// My page.
#[derive(Clone, Debug)]
pub struct MineView {
    /// Name.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Where I say I live.
    pub buurt: Option<String>,
    /// Residence was shown.
    pub resident: bool,
    /// Asked to work on these plans: id and title.
    pub asked: Vec<(i64, String)>,
    /// Asked whether these plans go on as one with another: the plan that would end, and a title.
    pub merges: Vec<(i64, String)>,
    /// Plans: id, title, state.
    pub plans: Vec<(i64, String, State)>,
    /// Has a password.
    pub has_password: bool,
    /// Has a second factor.
    pub has_factor: bool,
    /// Has a role, so that a second factor is of use.
    pub has_role: bool,
}

impl MineView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            name: "Fatma".into(),
            email: "fatma@voorbeeld.test".into(),
            buurt: Some("Vogelbuurt".into()),
            resident: false,
            asked: vec![(3, "Een bank voor de bakker".into())],
            merges: vec![(7, "Samen Spelen op het pleintje".into())],
            plans: vec![(7, "Samen Spelen op het pleintje".into(), State::Published)],
            has_password: false,
            has_factor: false,
            has_role: true,
        }
    }
}

/// The one thing to do now.
fn to_do(ctx: &Ctx, data: &MineView) -> AnyView {
    let (title, text, href, link) = if data.has_role && !data.has_factor {
        (
            ctx.t("people-todo-factor"),
            ctx.t("people-todo-factor-text"),
            ctx.url(&urls::SecondFactorSetup {}),
            ctx.t("people-todo-factor-do"),
        )
    } else if !data.resident {
        let title = match &data.buurt {
            Some(buurt) => ctx.ta("people-todo-residence-in", &[("buurt", buurt.as_str().into())]),
            None => ctx.t("people-todo-residence"),
        };
        (
            title,
            ctx.t("people-todo-residence-text"),
            ctx.url(&urls::MineResidence {}),
            ctx.t("people-todo-residence-do"),
        )
    } else {
        return ().into_any();
    };
    view! {
        <section class="fb-notice">
            <h2 class="ams-heading ams-heading--3">{title}</h2>
            <p class="fb-meta">{text}</p>
            <a class="fb-more" href=href>{link}</a>
        </section>
    }
    .into_any()
}

fn plans(ctx: &Ctx, data: &MineView) -> AnyView {
    if data.plans.is_empty() {
        return view! {
            <div class="fb-empty"><h3 class="ams-heading ams-heading--3">{ctx.t("people-plans-none")}</h3><p class="ams-paragraph">{ctx.t("people-plans-none-text")}</p>
                <a class="ams-button ams-button--secondary" href=ctx.url(&urls::NewInitiative {})>{ctx.t("people-plans-new")}</a></div>
        }
        .into_any();
    }
    let cards = data
        .plans
        .iter()
        .map(|(id, title, state)| {
            view! {
                <li class="fb-card fb-card--link"><div class="fb-card__body">
                    <p class="fb-row fb-row--tight">{kit::state_badge(ctx, *state)}</p>
                    <h3 class="ams-heading ams-heading--3"><a class="fb-card__link" href=ctx.url(&urls::Initiative { id: *id })>{title.clone()}</a></h3>
                </div></li>
            }
        })
        .collect_view();
    view! { <ul class="fb-cards fb-cards--dense">{cards}</ul> }.into_any()
}

/// Questions of others that wait for an answer.
fn questions(ctx: &Ctx, data: &MineView) -> AnyView {
    let join = data.asked.iter().map(|(id, title)| {
        (
            ctx.url(&urls::InitiativeTogether { id: *id }),
            ctx.ta("people-asked-join", &[("title", title.as_str().into())]),
        )
    });
    let merge = data.merges.iter().map(|(id, title)| {
        (ctx.url(&urls::InitiativeMerge { id: *id }), ctx.ta("people-asked-merge", &[("title", title.as_str().into())]))
    });
    let items = join
        .chain(merge)
        .map(|(href, text)| view! { <li><a class="fb-more" href=href>{text}</a></li> })
        .collect::<Vec<_>>();
    if items.is_empty() {
        return ().into_any();
    }
    view! { <section class="fb-notice fb-notice--green"><h2 class="ams-heading ams-heading--3">{ctx.t("people-asked")}</h2><ul class="fb-stack fb-stack--tight">{items}</ul></section> }.into_any()
}

/// The page.
pub fn mine(ctx: &Ctx, data: &MineView) -> AnyView {
    let residence = match (&data.buurt, data.resident) {
        (Some(buurt), true) => ctx.ta("people-lives-shown", &[("buurt", buurt.as_str().into())]),
        (Some(buurt), false) => ctx.ta("people-lives-said", &[("buurt", buurt.as_str().into())]),
        (None, _) => ctx.t("people-lives-nowhere"),
    };
    let password = if data.has_password { ctx.t("people-password-set") } else { ctx.t("people-password-none") };
    let factor = if data.has_factor { ctx.t("people-factor-set") } else { ctx.t("people-factor-none") };
    let factor_link = (data.has_role || data.has_factor).then(
        || view! { <a class="fb-more" href=ctx.url(&urls::SecondFactorSetup {})>{ctx.t("people-factor-change")}</a> },
    );
    let moved = data
        .resident
        .then(|| view! { <a class="fb-more" href=ctx.url(&urls::MineResidence {})>{ctx.t("people-moved")}</a> });
    let main = view! {
        <div class="fb-head">
            <h1 class="ams-heading ams-heading--1">{ctx.ta("people-mine-title", &[("name", data.name.as_str().into())])}</h1>
            <p class="fb-meta">{residence}</p>
        </div>
        {questions(ctx, data)}
        {to_do(ctx, data)}
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("people-plans")}</h2>{plans(ctx, data)}</section>
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("offer-mine")}</h2>
            <a class="fb-more" href=ctx.url(&urls::HelpMine {})>{ctx.t("offer-mine-see")}</a></section>
        <section class="fb-section">
            <h2 class="ams-heading ams-heading--2">{ctx.t("people-details")}</h2>
            <dl class="fb-facts">
                <div class="fb-facts__row"><dt class="fb-facts__term">{ctx.t("people-email")}</dt><dd class="fb-facts__value">{data.email.clone()}</dd></div>
                <div class="fb-facts__row"><dt class="fb-facts__term">{ctx.t("people-password")}</dt><dd class="fb-facts__value">{password}</dd></div>
                <div class="fb-facts__row"><dt class="fb-facts__term">{ctx.t("people-factor")}</dt><dd class="fb-facts__value">{factor}</dd></div>
            </dl>
            <div class="fb-stack fb-stack--tight">
                <a class="fb-more" href=ctx.url(&urls::MineDetails {})>{ctx.t("people-details-change")}</a>
                {factor_link}
                {moved}
            </div>
            <form class="fb-row" method="post" action=ctx.url(&urls::SignOut {})>
                {kit::hidden(ctx)}
                <button class="ams-button ams-button--secondary">{ctx.t("nav-sign-out")}</button>
                <button class="ams-button ams-button--tertiary" name="overal" value="1">{ctx.t("people-sign-out-all")}</button>
            </form>
        </section>
    };
    frame(ctx, Frame::wide(ctx.t("nav-mine")), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "people/mine", draw: |ctx| mine(ctx, &MineView::sample()) },
        Sample {
            name: "people/mine-empty",
            draw: |ctx| mine(ctx, &MineView { plans: Vec::new(), buurt: None, has_role: false, ..MineView::sample() }),
        },
        Sample {
            name: "people/mine-resident",
            draw: |ctx| {
                mine(ctx, &MineView { resident: true, has_factor: true, has_password: true, ..MineView::sample() })
            },
        },
    ]
}
