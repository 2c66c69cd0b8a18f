//! `/stadsdeel/stemmen`: helping voters in the buurthuis, and new letters for who lost theirs.

pub mod paper;

use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::rounds::{RoundCard, phase_badge, term};
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::round::Phase;
use domain::urls;
use leptos::prelude::*;

/// Rounds by letter at the reader's place.
pub fn rounds(ctx: &Ctx, cards: &[RoundCard]) -> AnyView {
    let items = cards
        .iter()
        .map(|card| {
            // After the close only the paper box is left to do.
            let href = if card.phase == Phase::Counting {
                ctx.url(&urls::VoteDeskPaper { round: card.slug.clone() })
            } else {
                ctx.url(&urls::VoteDeskRound { round: card.slug.clone() })
            };
            view! { <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight"><p class="fb-row">{phase_badge(ctx, card.phase)}</p>
                <h2 class="ams-heading ams-heading--3"><a class="fb-card__link" href=href>{card.title.clone()}</a></h2><p class="fb-meta">{format!("{} · {}", card.buurt, term(ctx, card))}</p></div></li> }
        })
        .collect_view();
    let body = if cards.is_empty() {
        view! { <div class="fb-empty"><p class="ams-paragraph">{ctx.t("desk-none")}</p></div> }.into_any()
    } else {
        view! { <ul class="fb-cards">{items}</ul> }.into_any()
    };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::District {})>{ctx.t("nav-district")}</a>
        <h1 class="ams-heading ams-heading--1">{ctx.t("desk-title")}</h1>
        <p class="ams-paragraph ams-paragraph--large fb-read">{ctx.t("desk-lead")}</p>
        {body}
    };
    frame(ctx, Frame::wide(ctx.t("desk-title")), main)
}

/// An entry of the roll as staff see it.
#[derive(Clone, Debug)]
pub struct EntryRow {
    /// Roll entry.
    pub entry: i64,
    /// Lines of the address.
    pub address: String,
    /// Voter nth of so many at this address.
    pub nth: (i64, i64),
    /// It has a good code.
    pub has_code: bool,
    /// Its voter votes on paper.
    pub paper: bool,
}

/// A request for a new letter.
#[derive(Clone, Debug)]
pub struct RequestRow {
    /// Id.
    pub id: i64,
    /// Who asks.
    pub name: String,
    /// Where the letter should have gone.
    pub address: String,
    /// How to reach them.
    pub contact: String,
    /// When.
    pub filed_at: i64,
}

/// The desk of one round.
#[derive(Clone, Debug)]
pub struct DeskRoundView {
    /// The round.
    pub card: RoundCard,
    /// Votes are taken now.
    pub voting: bool,
    /// Requests that wait.
    pub requests: Vec<RequestRow>,
    /// What was searched for; empty: nothing.
    pub searched: String,
    /// The request that is being answered.
    pub request: Option<i64>,
    /// Entries found.
    pub found: Vec<EntryRow>,
    /// There are more than these.
    pub more: bool,
    /// Of the form for helping.
    pub typed: Raw,
    /// What is wrong with it.
    pub errors: Errors,
}

impl DeskRoundView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let entry = |entry, has_code, paper| EntryRow {
            entry,
            address: "Bewoners van\nMeeuwenlaan 1\n1021 AA Amsterdam".into(),
            nth: (entry - 6, 3),
            has_code,
            paper,
        };
        Self {
            card: RoundCard::sample(),
            voting: true,
            requests: vec![RequestRow {
                id: 4,
                name: "Emine <i>Kaplan</i>".into(),
                address: "Meeuwenlaan 1".into(),
                contact: "06 12345678".into(),
                filed_at: 1_795_000_000,
            }],
            searched: "meeuwenlaan 1".into(),
            request: Some(4),
            found: vec![entry(7, true, false), entry(8, false, false), entry(9, false, true)],
            more: true,
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }
}

fn request(ctx: &Ctx, slug: &str, r: &RequestRow) -> AnyView {
    let search = format!(
        "{}?adres={}&aanvraag={}",
        ctx.url(&urls::VoteDeskRound { round: slug.to_owned() }),
        urls::encode(&r.address),
        r.id
    );
    view! {
        <li class="fb-card"><div class="fb-card__body fb-stack fb-stack--tight">
            <p class="fb-meta">{texts::date_time(ctx.lang, r.filed_at)}</p>
            <h3 class="ams-heading ams-heading--4" dir="auto">{r.name.clone()}</h3>
            <p class="ams-paragraph" dir="auto">{r.address.clone()}</p>
            {(!r.contact.is_empty()).then(|| view! { <p class="fb-meta" dir="auto">{r.contact.clone()}</p> })}
            <div class="fb-row"><a class="ams-button ams-button--secondary" href=search>{ctx.t("desk-find")}</a>
                <form method="post" action=ctx.url(&urls::VoteDeskRequest { round: slug.to_owned(), id: r.id })>{kit::hidden(ctx)}<button class="ams-button ams-button--tertiary">{ctx.t("desk-refuse")}</button></form></div>
        </div></li>
    }
    .into_any()
}

fn entry(ctx: &Ctx, data: &DeskRoundView, e: &EntryRow) -> AnyView {
    let state = match (e.paper, e.has_code) {
        (true, _) => "desk-on-paper",
        (_, true) => "desk-has-code",
        _ => "desk-no-code",
    };
    let request = data.request.map(|id| view! { <input type="hidden" name="aanvraag" value=id.to_string()/> });
    let acts = (!e.paper).then(|| {
        view! {
            <details class="fb-details"><summary class="fb-details__button">{ctx.t("desk-anew")}</summary>
                <form class="fb-form" method="post" action=ctx.url(&urls::VoteDeskReissue { round: data.card.slug.clone() })>{kit::hidden(ctx)}{request}
                    <input type="hidden" name="kiezer" value=e.entry.to_string()/><p class="ams-paragraph">{ctx.t("desk-anew-text")}</p>
                    <div class="fb-row"><button class="ams-button ams-button--secondary" name="hoe" value="post">{ctx.t("desk-by-post")}</button>
                        <button class="ams-button ams-button--secondary" name="hoe" value="balie">{ctx.t("desk-at-desk")}</button></div></form></details>
            {data.voting.then(|| view! {
                <details class="fb-details" name="op-papier"><summary class="fb-details__button">{ctx.t("desk-accept-paper")}</summary>
                    <form class="fb-form" method="post" action=ctx.url(&urls::VoteDeskAcceptPaper { round: data.card.slug.clone() })>{kit::hidden(ctx)}
                        <input type="hidden" name="kiezer" value=e.entry.to_string()/><p class="ams-paragraph">{ctx.t("desk-accept-paper-text")}</p>
                        <button class="ams-button ams-button--secondary">{ctx.t("desk-accept-paper-do")}</button></form></details>
            })}
        }
    });
    let (nth, household) = e.nth;
    let voter = (household > 1).then(
        || view! { <b>{ctx.ta("letter-voter", &[("nth", nth.into()), ("household", household.into())])}</b>" · " },
    );
    view! { <li class="fb-card"><div class="fb-card__body fb-stack fb-stack--tight"><p class="ams-paragraph" dir="auto">{e.address.replace('\n', ", ")}</p><p class="fb-meta">{voter}{ctx.t(state)}</p>{acts}</div></li> }.into_any()
}

/// Its page.
pub fn round(ctx: &Ctx, data: &DeskRoundView) -> AnyView {
    let slug = || data.card.slug.clone();
    let requests = data.requests.iter().map(|r| request(ctx, &data.card.slug, r)).collect_view();
    let found = data.found.iter().map(|e| entry(ctx, data, e)).collect_view();
    let found = if data.searched.is_empty() {
        ().into_any()
    } else if data.found.is_empty() {
        view! { <p class="ams-paragraph" role="status">{ctx.t("desk-nobody")}</p> }.into_any()
    } else {
        view! { <p class="ams-paragraph fb-read">{ctx.t("desk-check")}</p><ul class="fb-cards">{found}</ul>{data.more.then(|| view! { <p class="ams-paragraph">{ctx.t("desk-more")}</p> })} }.into_any()
    };
    let searched = Raw::from_pairs(&[("adres", data.searched.as_str())]);
    let none = Errors::default();
    let help = data.voting.then(|| {
        view! {
            <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("desk-help")}</h2>
                <p class="ams-paragraph fb-read">{ctx.t("desk-help-text")}</p>
                <form class="fb-form" method="post" action=ctx.url(&urls::VoteDeskAssist { round: slug() }) novalidate>{kit::hidden(ctx)}
                    {kit::field(ctx, &Field { name: "code", label: ctx.t("code-label"), hint: ctx.t("code-hint"), kind: Kind::Code, heading: false, typed: &data.typed, errors: &data.errors })}
                    <button class="ams-button ams-button--primary">{ctx.t("desk-help-do")}</button></form></section>
        }
    });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::VoteDesk {})>{ctx.t("desk-title")}</a>
        {kit::error_summary(ctx, &data.errors, &[("code", "code-label")])}
        <div class="fb-head"><p class="fb-kicker">{data.card.buurt.clone()}</p><h1 class="ams-heading ams-heading--1">{data.card.title.clone()}</h1>
            <p class="fb-row">{phase_badge(ctx, data.card.phase)}<span class="fb-meta">{term(ctx, &data.card)}</span></p></div>
        {help}
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("desk-letters")}</h2>
            <p class="ams-paragraph fb-read">{ctx.t("desk-letters-text")}</p>
            <form class="fb-form" method="get" action=ctx.url(&urls::VoteDeskRound { round: slug() })>
                {data.request.map(|id| view! { <input type="hidden" name="aanvraag" value=id.to_string()/> })}
                {kit::field(ctx, &Field { name: "adres", label: ctx.t("desk-search"), hint: ctx.t("desk-search-hint"), kind: Kind::Line, heading: false, typed: &searched, errors: &none })}
                <button class="ams-button ams-button--secondary">{ctx.t("desk-search-do")}</button></form>
            {found}</section>
        {(!data.requests.is_empty()).then(|| view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("desk-requests")}</h2><ul class="fb-cards">{requests}</ul></section> })}
    };
    frame(ctx, Frame::narrow(data.card.title.clone()).failed(!data.errors.0.is_empty()), main)
}

/// A code that was just made at the desk: shown this once.
pub fn handed(ctx: &Ctx, card: &RoundCard, code: &str, address: &str) -> AnyView {
    let groups =
        code.split('-').map(|g| view! { <span class="fb-receipt__group">{g.to_owned()}</span>" " }).collect_view();
    let main = view! {
        <a class="fb-back fb-no-print" href=ctx.url(&urls::VoteDeskRound { round: card.slug.clone() })>{card.title.clone()}</a>
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{ctx.t("desk-handed")}</h1><p class="ams-paragraph fb-no-print">{ctx.t("desk-handed-text")}</p></div>
        <section class="fb-receipt fb-sheet"><h2 class="fb-receipt__title">{card.title.clone()}</h2><p class="fb-receipt__code">{groups}</p>
            <p class="ams-paragraph">{ctx.ta("desk-handed-how", &[("address", address.into())])}</p><p class="fb-meta">{term(ctx, card)}</p></section>
    };
    frame(ctx, Frame::narrow(ctx.t("desk-handed")), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    let mut all = vec![
        Sample {
            name: "desk/rounds",
            draw: |ctx| {
                rounds(ctx, &[RoundCard::sample(), RoundCard { phase: Phase::Counting, ..RoundCard::sample() }])
            },
        },
        Sample { name: "desk/none", draw: |ctx| rounds(ctx, &[]) },
        Sample { name: "desk/round", draw: |ctx| round(ctx, &DeskRoundView::sample()) },
        Sample {
            name: "desk/wrong",
            draw: |ctx| {
                let errors = Errors::one("code", Problem::NotRight);
                round(ctx, &DeskRoundView { errors, found: Vec::new(), ..DeskRoundView::sample() })
            },
        },
        Sample {
            name: "desk/handed",
            draw: |ctx| handed(ctx, &RoundCard::sample(), "7KQ2-M9XD-0A3F1", "https://buurt.test/stemmen/x/code"),
        },
    ];
    all.extend(paper::samples());
    all
}
