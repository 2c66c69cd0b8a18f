//! `/moderatie/peilingen`: what residents wrote in a closed wave. Themes get their names, quotes are released or not. Every text
//! here is masked, and stands by itself: nothing tells what else its writer answered.

mod reply;

pub use reply::{ReplyForm, reply};

use crate::frame::{Frame, frame};
use crate::kit;
use crate::survey::WaveCard;
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use leptos::prelude::*;

/// A closed wave in the list.
#[derive(Clone, Debug)]
pub struct WaitingView {
    /// The wave.
    pub card: WaveCard,
    /// Its answers were read by the machine.
    pub read: bool,
    /// Proposals that wait.
    pub proposals: usize,
    /// Quotes that wait.
    pub quotes: i64,
}

/// Closed waves.
pub fn waves(ctx: &Ctx, all: &[WaitingView]) -> AnyView {
    let rows = all
        .iter()
        .map(|w| {
            let line = if w.read {
                ctx.ta("wave-desk-waits", &[("themes", w.proposals.into()), ("quotes", w.quotes.into())])
            } else {
                ctx.t("wave-desk-unread")
            };
            let href = ctx.url(&urls::ModerationWave { wave: w.card.slug.clone() });
            view! { <li class="fb-card fb-card--link"><div class="fb-card__body fb-stack fb-stack--tight"><h2 class="ams-heading ams-heading--3"><a class="fb-card__link" href=href>{w.card.title.clone()}</a></h2><p class="fb-meta">{line}</p></div></li> }
        })
        .collect_view();
    let none = all
        .is_empty()
        .then(|| view! { <div class="fb-empty"><p class="ams-paragraph">{ctx.t("wave-desk-none")}</p></div> });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Moderation {})>{ctx.t("moderation-title")}</a>
        <h1 class="ams-heading ams-heading--1">{ctx.t("wave-desk")}</h1>
        <p class="ams-paragraph fb-read">{ctx.t("wave-desk-lead")}</p>
        {none}<ul class="fb-cards">{rows}</ul>
    };
    frame(ctx, Frame::narrow(ctx.t("wave-desk")), main)
}

/// Masked words.
#[derive(Clone, Debug)]
pub struct QuoteView {
    /// Id.
    pub id: i64,
    /// `good`, `better`, `own_1` and so on.
    pub question: String,
    /// Where they count.
    pub buurt: String,
    /// The words.
    pub words: String,
}

/// A theme that was found.
#[derive(Clone, Debug)]
pub struct ProposalView {
    /// Id.
    pub id: i64,
    /// `good` or `better`.
    pub question: String,
    /// Language.
    pub lang: String,
    /// A name to begin with, or the one it has: Dutch and English.
    pub titles: (String, String),
    /// Its words.
    pub terms: Vec<String>,
    /// How many answers.
    pub answers: i64,
    /// Its theme was approved in an earlier wave.
    pub known: bool,
    /// Approved here.
    pub approved: bool,
    /// No theme.
    pub dropped: bool,
    /// Some of it.
    pub quotes: Vec<QuoteView>,
}

/// One wave at the desk.
#[derive(Clone, Debug)]
pub struct DeskView {
    /// The wave.
    pub card: WaveCard,
    /// Its answers were read by the machine.
    pub read: bool,
    /// It is published: themes are settled.
    pub published: bool,
    /// The reader names themes.
    pub names: bool,
    /// Found themes that are not part of another.
    pub proposals: Vec<ProposalView>,
    /// Quotes: waiting, released, refused.
    pub counts: [i64; 3],
    /// Which are shown: `waiting`, `released`, `refused`.
    pub state: String,
    /// Of which proposal.
    pub proposal: Option<i64>,
    /// Which page of them.
    pub page: i64,
    /// There are more.
    pub more: bool,
    /// A page of them.
    pub quotes: Vec<QuoteView>,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl DeskView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let quote = |id, words: &str| QuoteView {
            id,
            question: "better".into(),
            buurt: "Vogelbuurt".into(),
            words: words.into(),
        };
        let proposal = ProposalView {
            id: 4,
            question: "better".into(),
            lang: "nl".into(),
            titles: ("Verkeer".into(), String::new()),
            terms: vec!["auto".into(), "hard".into(), "drempel".into()],
            answers: 23,
            known: true,
            approved: false,
            dropped: false,
            quotes: vec![quote(1, "Er rijden <b>te hard</b> auto's door de Meeuwenlaan.")],
        };
        Self {
            card: WaveCard { open: false, result: true, ..WaveCard::sample() },
            read: true,
            published: false,
            names: true,
            proposals: vec![
                proposal.clone(),
                ProposalView { id: 5, known: false, approved: true, ..proposal.clone() },
                ProposalView { id: 6, question: "good".into(), lang: "en".into(), dropped: true, ..proposal },
            ],
            counts: [2, 1, 0],
            state: "waiting".into(),
            proposal: None,
            page: 1,
            more: true,
            quotes: vec![quote(1, "Vraag het aan ▮▮▮ van de kiosk."), quote(2, "Meer licht.")],
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }
}

/// The question that words answer.
fn question(ctx: &Ctx, key: &str) -> String {
    ctx.t(match key {
        "good" => "results-good",
        "better" => "results-better",
        _ => "results-own",
    })
}

fn small(ctx: &Ctx, action: &str, hidden: &[(&'static str, String)], label: &str, primary: bool) -> AnyView {
    let fields = hidden
        .iter()
        .map(|(name, value)| view! { <input type="hidden" name=*name value=value.clone()/> })
        .collect_view();
    let class = if primary { "ams-button ams-button--primary" } else { "ams-button ams-button--secondary" };
    view! { <form method="post" action=action.to_owned()>{kit::hidden(ctx)}{fields}<button class=class>{ctx.t(label)}</button></form> }.into_any()
}

fn proposal(ctx: &Ctx, data: &DeskView, p: &ProposalView) -> AnyView {
    let action = ctx.url(&urls::ModerationWaveTheme { wave: data.card.slug.clone() });
    let id = || ("proposal", p.id.to_string());
    let mine = data.typed.get("proposal") == p.id.to_string();
    // Ids of fields are one of a kind on the page, and a form that came back keeps what was typed.
    let title = |name: &'static str, key: &str, value: &String| {
        let typed = if mine { data.typed.get(name).to_owned() } else { value.clone() };
        let field_id = if mine { name.to_owned() } else { format!("{name}-{}", p.id) };
        let error = mine.then(|| kit::error_text(ctx, name, &data.errors));
        view! { <div class="ams-field"><label class="ams-label" for=field_id.clone()>{ctx.t(key)}</label>{error}<input class="ams-text-input" dir="auto" id=field_id name=name value=typed/></div> }
    };
    let quotes = p
        .quotes
        .iter()
        .map(|q| {
            let take = (!data.published).then(|| small(ctx, &action, &[id(), ("act", "take".into()), ("quote", q.id.to_string())], "wave-desk-take", false));
            view! { <blockquote class="fb-quote"><p class="ams-paragraph" dir="auto">{q.words.clone()}</p><footer class="fb-meta">{q.buurt.clone()}</footer></blockquote>{take} }
        })
        .collect_view();
    let others = data
        .proposals
        .iter()
        .filter(|o| o.id != p.id && o.question == p.question && !o.dropped)
        .map(|o| view! { <option value=o.id.to_string()>{o.titles.0.clone()}" ("{o.answers}")"</option> })
        .collect_view();
    let forms = (!data.published).then(|| {
        let into = format!("into-{}", p.id);
        view! {
            <form class="fb-form" method="post" action=action.clone() novalidate>{kit::hidden(ctx)}<input type="hidden" name="act" value="approve"/><input type="hidden" name="proposal" value=p.id.to_string()/>
                {title("title_nl", "wave-desk-title-nl", &p.titles.0)}{title("title_en", "wave-desk-title-en", &p.titles.1)}
                <button class="ams-button ams-button--primary">{ctx.t("wave-desk-approve")}</button></form>
            <details class="fb-details"><summary class="fb-details__button">{ctx.t("wave-desk-otherwise")}</summary>
                <form class="fb-form" method="post" action=action.clone()>{kit::hidden(ctx)}<input type="hidden" name="act" value="merge"/><input type="hidden" name="proposal" value=p.id.to_string()/>
                    <div class="ams-field"><label class="ams-label" for=into.clone()>{ctx.t("wave-desk-into")}</label><select class="ams-select" id=into name="into">{others}</select></div>
                    <button class="ams-button ams-button--secondary">{ctx.t("wave-desk-merge")}</button></form>
                {small(ctx, &action, &[id(), ("act", "drop".into())], "wave-desk-drop", false)}
            </details>
        }
    });
    let badges = [
        (p.known, "ams-badge ams-badge--azure", "wave-desk-known"),
        (p.approved, "ams-badge ams-badge--lime", "wave-desk-approved"),
        (p.dropped, "ams-badge", "wave-desk-dropped"),
    ]
    .into_iter()
    .filter(|(on, ..)| *on)
    .map(|(_, class, key)| view! { <span class=class>{ctx.t(key)}</span> })
    .collect_view();
    let all = format!("{}?voorstel={}", ctx.url(&urls::ModerationWave { wave: data.card.slug.clone() }), p.id);
    view! {
        <article class="fb-card" id=format!("voorstel-{}", p.id)><div class="fb-card__body fb-stack">
            <p class="fb-row fb-row--tight">{badges}</p>
            <h3 class="ams-heading ams-heading--3" dir="auto">{p.titles.0.clone()}</h3>
            <p class="fb-meta">{ctx.ta("wave-desk-proposal", &[("question", question(ctx, &p.question).into()), ("count", p.answers.into()), ("lang", p.lang.as_str().into())])}</p>
            <p class="fb-meta" dir="auto">{p.terms.join(", ")}</p>
            {quotes}<p><a class="ams-link" href=all>{ctx.t("wave-desk-all-quotes")}</a></p>{forms}</div></article>
    }
    .into_any()
}

fn quote(ctx: &Ctx, data: &DeskView, q: &QuoteView) -> AnyView {
    let action = ctx.url(&urls::ModerationWaveQuote { wave: data.card.slug.clone() });
    let mine = data.typed.get("quote") == q.id.to_string();
    let typed = if mine { data.typed.get("masked").to_owned() } else { q.words.clone() };
    let field_id = if mine { "masked".to_owned() } else { format!("masked-{}", q.id) };
    let error = mine.then(|| kit::error_text(ctx, "masked", &data.errors));
    // Leptos writes the text of a textarea as it is, so it is escaped here; a first line break is the parser's own.
    let value = format!("\n{}", html_escape::encode_text(&typed));
    // Where the reader goes on: at the quote that stands next.
    let at = data.quotes.iter().position(|other| other.id == q.id);
    let next = at.and_then(|at| data.quotes.get(at + 1).or_else(|| data.quotes.get(at.checked_sub(1)?)));
    let mut place = vec![("quote", q.id.to_string()), ("stand", data.state.clone())];
    place.extend(data.proposal.map(|id| ("voorstel", id.to_string())));
    place.extend((data.page > 1).then(|| ("bladzij", data.page.to_string())));
    place.extend(next.map(|next| ("next", next.id.to_string())));
    let fields = |act: &str| [place.as_slice(), &[("act", act.to_owned())]].concat();
    let release =
        (data.state != "released" || mine).then(|| small(ctx, &action, &fields("release"), "wave-desk-release", true));
    let refuse = (data.state != "refused").then(|| small(ctx, &action, &fields("refuse"), "wave-desk-refuse", false));
    let hidden = fields("release")
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <li class="fb-card" id=format!("citaat-{}", q.id)><div class="fb-card__body fb-stack">
            <p class="fb-meta">{question(ctx, &q.question)}" · "{q.buurt.clone()}</p>
            {kit::lines(&q.words)}
            <div class="fb-row">{release}{refuse}</div>
            <details class="fb-details" open=mine><summary class="fb-details__button">{ctx.t("wave-desk-mask")}</summary>
                <form class="fb-form" method="post" action=action.clone() novalidate>{kit::hidden(ctx)}{hidden}
                    <div class="ams-field"><label class="ams-label" for=field_id.clone()>{ctx.t("wave-desk-mask-label")}</label><p class="ams-hint">{ctx.t("wave-desk-mask-hint")}</p>{error}
                        <textarea class="ams-text-area" dir="auto" id=field_id name="masked" rows="4">{value}</textarea></div>
                    <button class="ams-button ams-button--secondary">{ctx.t("wave-desk-release-masked")}</button></form></details>
        </div></li>
    }
    .into_any()
}

/// The desk.
pub fn desk(ctx: &Ctx, data: &DeskView) -> AnyView {
    let here = ctx.url(&urls::ModerationWave { wave: data.card.slug.clone() });
    let tabs = [("waiting", "wave-desk-waiting"), ("released", "wave-desk-released"), ("refused", "wave-desk-refused")]
        .into_iter()
        .zip(data.counts)
        .map(|((state, key), n)| view! { <li><a class="fb-chip" href=format!("{here}?stand={state}#citaten") aria-current=(state == data.state).then_some("true")>{ctx.t(key)}" ("{n}")"</a></li> })
        .collect_view();
    let quotes = data.quotes.iter().map(|q| quote(ctx, data, q)).collect_view();
    let none = data
        .quotes
        .is_empty()
        .then(|| view! { <div class="fb-empty"><p class="ams-paragraph">{ctx.t("wave-desk-no-quotes")}</p></div> });
    let of = data.proposal.map(|id| format!("&voorstel={id}")).unwrap_or_default();
    let page = |n: i64| format!("{here}?stand={}&bladzij={n}{of}#citaten", data.state);
    let pages = (data.page > 1 || data.more).then(|| {
        let back = (data.page > 1)
            .then(|| view! { <a class="ams-link" href=page(data.page - 1)>{ctx.t("wave-desk-previous")}</a> });
        let on =
            data.more.then(|| view! { <a class="ams-link" href=page(data.page + 1)>{ctx.t("wave-desk-next")}</a> });
        view! { <p class="fb-row">{back}{on}</p> }
    });
    let proposals = data.names.then(|| {
        let cards = data.proposals.iter().map(|p| proposal(ctx, data, p)).collect_view();
        let text = ctx.t(if data.published { "wave-desk-settled" } else { "wave-desk-themes-text" });
        view! { <section class="fb-section" id="themas"><h2 class="ams-heading ams-heading--2">{ctx.t("wave-desk-themes")}</h2><p class="ams-paragraph fb-read">{text}</p>{cards}</section> }
    });
    let unread = (!data.read).then(|| view! { <p class="fb-notice fb-notice--plain">{ctx.t("wave-desk-unread")}</p> });
    let answers = data.published.then(|| view! { <p><a class="fb-more" href=ctx.url(&urls::WaveResult { wave: data.card.slug.clone() })>{ctx.t("survey-to-result")}</a></p> });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::ModerationWaves {})>{ctx.t("wave-desk")}</a>
        {kit::error_summary(ctx, &data.errors, &[("title_nl", "wave-desk-title-nl"), ("title_en", "wave-desk-title-en"), ("into", "wave-desk-into"), ("masked", "wave-desk-mask-label")])}
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{data.card.title.clone()}</h1><p class="fb-meta">{ctx.t("wave-desk-masked")}</p></div>
        {unread}{answers}
        <section class="fb-section" id="citaten"><h2 class="ams-heading ams-heading--2">{ctx.t("wave-desk-quotes")}</h2>
            <p class="ams-paragraph fb-read">{ctx.t("wave-desk-quotes-text")}</p>
            <ul class="fb-chips">{tabs}</ul>{none}<ul class="fb-cards">{quotes}</ul>{pages}</section>
        {proposals}
    };
    frame(ctx, Frame::narrow(data.card.title.clone()).failed(!data.errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    let mut all = vec![
        Sample {
            name: "moderation/waves",
            draw: |ctx| {
                let one = WaitingView { card: DeskView::sample().card, read: true, proposals: 4, quotes: 31 };
                waves(ctx, &[one.clone(), WaitingView { read: false, ..one }])
            },
        },
        Sample { name: "moderation/waves-none", draw: |ctx| waves(ctx, &[]) },
        Sample { name: "moderation/wave", draw: |ctx| desk(ctx, &DeskView::sample()) },
        Sample {
            name: "moderation/wave-wrong",
            draw: |ctx| {
                let typed = Raw::from_pairs(&[("quote", "2"), ("masked", "Iets anders.")]);
                let errors = Errors::one("masked", Problem::NotAChoice);
                desk(ctx, &DeskView { typed, errors, ..DeskView::sample() })
            },
        },
        Sample {
            name: "moderation/wave-title",
            draw: |ctx| {
                let typed = Raw::from_pairs(&[("proposal", "4"), ("title_nl", "Verkeer")]);
                let errors = Errors::one("title_en", Problem::Missing);
                desk(ctx, &DeskView { typed, errors, ..DeskView::sample() })
            },
        },
        Sample {
            name: "moderation/wave-settled",
            draw: |ctx| {
                let none = DeskView { published: true, quotes: Vec::new(), page: 2, ..DeskView::sample() };
                desk(ctx, &none)
            },
        },
        Sample {
            name: "moderation/wave-unread",
            draw: |ctx| {
                let unread = DeskView { read: false, names: false, proposals: Vec::new(), ..DeskView::sample() };
                desk(ctx, &unread)
            },
        },
    ];
    all.extend(reply::samples());
    all
}
