//! `/moderatie/hulp`: what moderators see of help in their buurten. A reported message stands by itself.

use super::parts::{OfferCard, offer};
use crate::frame::{Frame, frame};
use crate::kit;
use crate::{Ctx, Sample};
use domain::dialogue::COMMENT_REASONS;
use domain::form::{Errors, Problem, Raw};
use domain::help::Side;
use domain::time::Seconds;
use domain::urls;
use leptos::prelude::*;

/// An offer at the desk.
#[derive(Clone, Debug)]
pub struct DeskOffer {
    /// What it says.
    pub card: OfferCard,
    /// Nobody was asked about it for two weeks.
    pub late: bool,
    /// Hidden: why, and in whose name.
    pub hidden: Option<(String, String)>,
    /// The reader may hide it, or show it again.
    pub judge: bool,
}

/// The page's data.
#[derive(Clone, Debug)]
pub struct HelpDeskView {
    /// Offers.
    pub offers: Vec<DeskOffer>,
    /// Questions that wait: plan, title, who must answer, since when.
    pub waiting: Vec<(i64, String, Side, Seconds)>,
    /// Reported messages: id, title of the plan, what it says, why it was reported.
    pub reported: Vec<(i64, String, String, String)>,
    /// What was sent, and what is wrong with it.
    pub wrong: (Raw, Errors),
}

impl HelpDeskView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let one = DeskOffer { card: OfferCard::sample(), late: true, hidden: None, judge: true };
        Self {
            offers: vec![
                one.clone(),
                DeskOffer { late: false, hidden: Some(("advert".into(), "Buurtwerk Noord".into())), ..one.clone() },
                DeskOffer { late: false, judge: false, ..one },
            ],
            waiting: vec![(7, "Samen Spelen".into(), Side::Helper, 1_794_500_000)],
            reported: vec![(3, "Samen Spelen".into(), "Lelijke woorden".into(), "rude".into())],
            wrong: (Raw::default(), Errors::default()),
        }
    }
}

/// A button for each reason to hide something.
fn hide(ctx: &Ctx, action: String) -> AnyView {
    let reasons = COMMENT_REASONS
        .iter()
        .map(|why| view! { <button class="ams-button ams-button--tertiary" name="why" value=*why>{ctx.t(&format!("comment-why-{why}"))}</button> })
        .collect_view();
    view! {
        <details class="fb-details"><summary class="fb-details__button">{ctx.t("help-desk-hide")}</summary>
            <form class="fb-stack fb-stack--tight" method="post" action=action>{kit::hidden(ctx)}<input type="hidden" name="act" value="hide"/>
                <p class="ams-paragraph">{ctx.t("help-desk-hide-why")}</p>{reasons}</form></details>
    }
    .into_any()
}

fn stand(ctx: &Ctx, action: String, key: &str) -> AnyView {
    view! { <form method="post" action=action>{kit::hidden(ctx)}<input type="hidden" name="act" value="stand"/><button class="ams-button ams-button--secondary">{ctx.t(key)}</button></form> }.into_any()
}

fn one(ctx: &Ctx, o: &DeskOffer) -> AnyView {
    let action = ctx.url(&urls::ModerationHelpOffer { offer: o.card.id });
    let late = o.late.then(|| view! { <p class="fb-meta"><b>{ctx.t("help-desk-late")}</b></p> });
    let hidden = o.hidden.as_ref().map(|(why, by)| {
        let by = if by.is_empty() {
            ctx.t("comment-hidden")
        } else {
            ctx.ta("comment-hidden-by", &[("name", by.as_str().into())])
        };
        view! { <p class="fb-meta">{by}" "{ctx.t(&format!("comment-why-{why}"))}</p> }
    });
    let act =
        o.judge.then(|| if o.hidden.is_some() { stand(ctx, action, "comment-show-again") } else { hide(ctx, action) });
    view! { <li class="fb-card fb-card--flat"><div class="fb-card__body fb-stack fb-stack--tight">{late}{hidden}{offer(ctx, &o.card)}{act}</div></li> }.into_any()
}

/// The page.
pub fn desk(ctx: &Ctx, data: &HelpDeskView) -> AnyView {
    let reported = data
        .reported
        .iter()
        .map(|(id, title, body, why)| {
            let action = ctx.url(&urls::ModerationHelpMessage { message: *id });
            view! {
                <li class="fb-card fb-card--flat"><div class="fb-card__body fb-stack fb-stack--tight">
                    <h3 class="ams-heading ams-heading--3" dir="auto">{title.clone()}</h3>
                    <p class="fb-meta">{ctx.t("help-desk-reported-why")}" "{ctx.t(&format!("comment-why-{why}"))}</p>
                    <blockquote class="fb-quote">{kit::lines(body)}</blockquote>
                    {stand(ctx, action.clone(), "comment-let-stand")}
                    {hide(ctx, action)}
                </div></li>
            }
        })
        .collect_view();
    let waiting = data
        .waiting
        .iter()
        .map(|(id, title, on, at)| {
            let on = ctx.t(if *on == Side::Helper { "help-desk-waits-helper" } else { "help-desk-waits-plan" });
            view! {
                <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight">
                    <h3 class="ams-heading ams-heading--3"><a class="fb-card__link" dir="auto" href=ctx.url(&urls::Initiative { id: *id })>{title.clone()}</a></h3>
                    <p class="fb-meta">{on}" · "{texts::day_month(ctx.lang, *at)}</p></div></li>
            }
        })
        .collect_view();
    let part = |key: &str, list: AnyView, empty: bool| {
        let none =
            empty.then(|| view! { <div class="fb-empty"><p class="ams-paragraph">{ctx.t("help-desk-none")}</p></div> });
        view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t(key)}</h2>{none}<ul class="fb-cards fb-cards--dense">{list}</ul></section> }
    };
    let offers = data.offers.iter().map(|o| one(ctx, o)).collect_view().into_any();
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Moderation {})>{ctx.t("nav-moderation")}</a>
        {kit::error_summary(ctx, &data.wrong.1, &[("why", "help-desk-hide-why"), ("act", "help-desk-hide")])}
        <div class="fb-head" id="why"><h1 class="ams-heading ams-heading--1">{ctx.t("help-desk-title")}</h1>
            <p class="ams-paragraph">{ctx.t("help-desk-lead")}</p></div>
        {part("help-desk-reported", reported.into_any(), data.reported.is_empty())}
        {part("help-desk-waiting", waiting.into_any(), data.waiting.is_empty())}
        {part("offer-open", offers, data.offers.is_empty())}
    };
    frame(ctx, Frame::narrow(ctx.t("help-desk-title")).failed(!data.wrong.1.0.is_empty()), main)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "help/desk", draw: |ctx| desk(ctx, &HelpDeskView::sample()) },
        Sample {
            name: "help/desk-empty",
            draw: |ctx| {
                let wrong = (Raw::default(), Errors::one("why", Problem::NotAChoice));
                desk(ctx, &HelpDeskView { offers: Vec::new(), waiting: Vec::new(), reported: Vec::new(), wrong })
            },
        },
    ]
}
