//! The ballot looked over, and the answer to casting it.

use super::{draft_key, forget, worth};
use crate::frame::{Frame, frame};
use crate::rounds::{PlanCard, RoundCard, running};
use crate::{Ctx, kit};
use domain::money::Cents;
use domain::round::{Ballot, BallotForm};
use domain::urls;
use islands::{PatienceIsland, ReceiptIsland};
use leptos::prelude::*;

/// A QR code: its side in modules and the path of the dark ones.
#[derive(Clone, Debug)]
pub struct Qr {
    /// Modules on a side, without a margin.
    pub side: usize,
    /// For the `d` of an SVG path, a module of one by one.
    pub path: String,
}

/// A receipt with what proves it was drawn here.
#[derive(Clone, Debug)]
pub struct ReceiptView {
    /// In groups of four.
    pub groups: Vec<String>,
    /// Carried by the form.
    pub seal: String,
    /// Its letters as a picture, after casting.
    pub qr: Option<Qr>,
}

/// A ballot looked over, or cast.
#[derive(Clone, Debug)]
pub struct CastView {
    /// The round.
    pub card: RoundCard,
    /// Form of ballot.
    pub form: BallotForm,
    /// The choices.
    pub ballot: Ballot,
    /// Chosen plans, in the order of the ballot.
    pub picks: Vec<PlanCard>,
    /// Plan and first letters of each token, after casting.
    pub tokens: Vec<(i64, String)>,
    /// Digest of the paper that was read.
    pub digest: Option<String>,
    /// Where the round gives one.
    pub receipt: Option<ReceiptView>,
    /// The voter's browser had a hand in drawing the receipt.
    pub mixed: bool,
    /// As [`super::BallotView::code`].
    pub code: Option<bool>,
    /// An older form came again; a newer ballot counts.
    pub replaced: bool,
}

impl CastView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let qr = Qr { side: 25, path: "M0 0h7v1h-7zM9 3h2v1h-2z".into() };
        let receipt =
            ReceiptView { groups: vec!["7KQ2".into(), "M9XD".into(), "0A".into()], seal: "00".into(), qr: Some(qr) };
        Self {
            card: RoundCard::sample(),
            form: BallotForm::Approval { most: 2 },
            ballot: Ballot::of_plans([1, 2]),
            picks: PlanCard::samples().into_iter().take(2).collect(),
            tokens: vec![(1, "0a1b2c3d4e5f".into()), (2, "5f4e3d2c1b0a".into())],
            digest: Some("ab12".repeat(16)),
            receipt: Some(receipt),
            mixed: true,
            code: Some(false),
            replaced: false,
        }
    }
}

/// What was chosen: each plan with its cost, its points or its place, and what it comes to.
fn picks(ctx: &Ctx, view: &CastView) -> AnyView {
    let rows = view.picks.iter().map(|p| {
        let value = view.ballot.value(p.id);
        let place = matches!(view.form, BallotForm::Ranking { .. }).then(|| view! { <span class="fb-ranking__place"><span class="ams-visually-hidden">{worth(ctx, view.form, value)}</span><span aria-hidden="true">{value.to_string()}</span></span> });
        let cost = ctx.money(p.cost);
        let worth = match view.form {
            BallotForm::Points { .. } => view! { <span class="fb-picks__worth"><b class="fb-nowrap">{worth(ctx, view.form, value)}</b><span class="fb-meta fb-isolate">{cost}</span></span> }.into_any(),
            _ => view! { <span class="fb-money">{cost}</span> }.into_any(),
        };
        let yearly = running(ctx, p).map(|text| view! { <br/><span class="fb-meta" dir="auto">{text}</span> });
        view! { <li class="fb-picks__row">{place}<span class="fb-grow"><span dir="auto">{p.title.clone()}</span>{yearly}</span>{worth}</li> }
    });
    let cost = view.picks.iter().map(|p| p.cost).sum::<Cents>();
    let points = |count: i64| ctx.ta("ballot-points", &[("count", count.into())]);
    let sums = match view.form {
        BallotForm::Approval { .. } => vec![("ballot-together", ctx.money(cost))],
        BallotForm::Knapsack => vec![
            ("ballot-together", ctx.money(cost)),
            ("ballot-left-in-pot", ctx.money(Cents(view.card.pot.0 - cost.0))),
        ],
        BallotForm::Points { sum, .. } => {
            let given: i64 = view.ballot.0.iter().map(|(_, points)| i64::from(*points)).sum();
            let unused = i64::from(sum) - given;
            let mut sums = vec![("ballot-together", points(given))];
            sums.extend((unused > 0).then(|| ("ballot-unused", points(unused))));
            sums
        }
        BallotForm::Ranking { .. } => Vec::new(),
    };
    let sums = (!sums.is_empty()).then(|| {
        let rows = sums.into_iter().map(|(key, sum)| kit::fact(ctx.t(key), sum)).collect_view();
        view! { <dl class="fb-facts">{rows}</dl> }
    });
    view! { <div class="fb-card fb-card--flat"><div class="fb-card__body fb-stack fb-stack--tight"><ol class="fb-picks">{rows.collect_view()}</ol>{sums}</div></div> }.into_any()
}

fn code(receipt: &ReceiptView) -> AnyView {
    let groups =
        receipt.groups.iter().map(|g| view! { <span class="fb-receipt__group">{g.clone()}</span>" " }).collect_view();
    view! { <p class="fb-receipt__code">{groups}</p> }.into_any()
}

/// The receipt to keep: letters, a QR code, and with a script a picture or a copy.
fn kept_receipt(ctx: &Ctx, data: &CastView, receipt: &ReceiptView) -> AnyView {
    let card = &data.card;
    let keep =
        if data.mixed || data.tokens.is_empty() { "ballot-receipt-after" } else { "ballot-receipt-after-letters" };
    let qr = receipt.qr.clone().map(|qr| {
        view! { <svg class="fb-receipt__qr" viewBox=format!("0 0 {0} {0}", qr.side) shape-rendering="crispEdges" role="img" aria-label=ctx.t("ballot-receipt-qr")><path d=qr.path/></svg> }
    });
    let side = receipt.qr.as_ref().map(|qr| qr.side.to_string());
    view! {
        <section class="fb-receipt" data-title=ctx.t("ballot-receipt") data-of=card.title.clone() data-modules=side data-file=format!("stembewijs-{}.png", card.slug)>
            <h2 class="fb-receipt__title">{ctx.t("ballot-receipt")}</h2>
            {qr}{code(receipt)}
            <p class="fb-receipt__acts"><button type="button" class="ams-button ams-button--secondary fb-button--small" hidden data-do="save">{ctx.t("ballot-receipt-save")}</button>
                <button type="button" class="ams-button ams-button--secondary fb-button--small" hidden data-do="copy">{ctx.t("ballot-receipt-copy")}</button></p>
            <p class="fb-receipt__done" role="status" data-copied=ctx.t("ballot-receipt-copied")></p>
            <p class="fb-meta">{ctx.t(keep)}</p></section>
    }
    .into_any()
}

/// The review screen: nothing is cast yet.
pub fn review(ctx: &Ctx, data: &CastView) -> AnyView {
    let slug = || data.card.slug.clone();
    let hidden = data
        .ballot
        .fields(data.form)
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let carried = data.receipt.as_ref().map(|r| view! { <input type="hidden" name="receipt" value=r.groups.concat()/><input type="hidden" name="seal" value=r.seal.clone()/>{data.mixed.then(|| view! { <input type="hidden" name="mixed" value="1"/> })} });
    let receipt = data.receipt.as_ref().map(|r| view! { <section class="fb-receipt"><h2 class="fb-receipt__title">{ctx.t("ballot-receipt")}</h2>{code(r)}<p class="fb-meta">{ctx.t(if data.mixed { "ballot-receipt-mixed" } else { "ballot-receipt-before" })}</p></section> });
    let main = view! {
        <div class="fb-head"><p class="fb-kicker">{data.card.title.clone()}</p><h1 class="ams-heading ams-heading--1">{ctx.t("ballot-review")}</h1></div>
        <p class="ams-paragraph">{ctx.t("ballot-review-text")}<PatienceIsland/></p>
        <form class="fb-form" method="post" action=ctx.url(&urls::RoundCast { round: slug() }) data-patient="">
            {kit::hidden(ctx)}{hidden}{carried}<input type="hidden" name="biljet" value=data.digest.clone()/>
            {picks(ctx, data)}
            {receipt}
            <div class="fb-bar"><p class="fb-offline" role="status" data-text=ctx.t("ballot-offline-cast")></p><div class="fb-bar__acts">
                <button class="ams-button ams-button--secondary" name="terug" value="1" formaction=ctx.url(&urls::RoundReview { round: slug() })>{ctx.t("ballot-change")}</button>
                <button class="ams-button ams-button--primary">{ctx.t("ballot-cast")}</button>
            </div></div>
        </form>
    };
    frame(ctx, Frame::narrow(ctx.t("ballot-review")).with_islands(), main)
}

/// The answer to casting.
pub fn cast(ctx: &Ctx, data: &CastView) -> AnyView {
    let title = ctx.t(if data.replaced { "ballot-replaced" } else { "ballot-taken" });
    let tokens = (!data.tokens.is_empty()).then(|| {
        let title = |id: i64| data.picks.iter().find(|p| p.id == id).map(|p| p.title.clone());
        let rows = data.tokens.iter().map(|(plan, token)| view! { <div class="fb-facts__row"><dt class="fb-facts__term">{title(*plan)}</dt><dd class="fb-facts__value fb-isolate">{token.clone()}</dd></div> }).collect_view();
        // Without a script these letters are all there is to search with: they stand open.
        view! { <details class="fb-details" open=!data.mixed><summary class="fb-details__button">{ctx.t("ballot-tokens")}</summary><p class="fb-meta">{ctx.t("ballot-tokens-text")}</p><dl class="fb-facts">{rows}</dl></details> }
    });
    let text = if data.replaced {
        ctx.t("ballot-replaced-text")
    } else {
        ctx.ta("ballot-taken-text", &[("at", texts::date_time(ctx.lang, data.card.closes_at).into())])
    };
    let main = view! {
        <div class="fb-head"><p class="fb-kicker">{data.card.title.clone()}</p><h1 class="ams-heading ams-heading--1">{title.clone()}</h1></div>
        <p class="ams-paragraph" data-forget=draft_key(&data.card.slug)>{text}<ReceiptIsland/></p>
        {(!data.replaced).then(|| picks(ctx, data))}
        {data.receipt.as_ref().filter(|_| !data.replaced).map(|r| kept_receipt(ctx, data, r))}
        {tokens.filter(|_| !data.replaced)}
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::Round { round: data.card.slug.clone() })>{ctx.t("ballot-again")}</a></p>
        <p class="ams-paragraph"><a class="fb-more" href=ctx.url(&urls::Initiatives {})>{ctx.t("ballot-other-plans")}</a></p>
        {data.code.map(|assisted| forget(ctx, &data.card, assisted))}
    };
    frame(ctx, Frame::narrow(title).with_islands(), main)
}
