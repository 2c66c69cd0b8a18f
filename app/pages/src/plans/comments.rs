//! What neighbours say about a plan, and the page of one comment: report it, take it away, hide it.

use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::dialogue::{COMMENT_REASONS, Voice};
use domain::form::{Errors, Problem, Raw};
use domain::time::Seconds;
use domain::urls;
use leptos::prelude::*;

/// A comment as shown.
#[derive(Clone, Debug)]
pub struct CommentView {
    /// Id.
    pub id: i64,
    /// Who speaks.
    pub voice: Voice,
    /// Number under which they speak about this plan.
    pub number: i64,
    /// In whose name, for a desk.
    pub organisation: String,
    /// What it says; empty when it was taken away.
    pub body: String,
    /// When.
    pub at: Seconds,
    /// Hidden: why, and in whose name.
    pub hidden: Option<(String, String)>,
    /// Taken away by who wrote it.
    pub removed: bool,
    /// The reader wrote it.
    pub own: bool,
    /// The reader may hide it.
    pub judge: bool,
    /// Reports that nobody looked at, for who may hide it.
    pub reports: i64,
}

impl CommentView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            id: 3,
            voice: Voice::Neighbour,
            number: 2,
            organisation: String::new(),
            body: "Mag het ook op zaterdag?\nDan kunnen wij helpen.".into(),
            at: 1_794_900_000,
            hidden: None,
            removed: false,
            own: false,
            judge: false,
            reports: 0,
        }
    }
}

/// A page of comments of one plan.
#[derive(Clone, Debug, Default)]
pub struct CommentsView {
    /// All of them.
    pub total: i64,
    /// Of those, hidden by a desk.
    pub hidden: i64,
    /// Newest first.
    pub list: Vec<CommentView>,
    /// From 1.
    pub page: i64,
    /// Older ones follow.
    pub more: bool,
    /// The plan is public, so it can be spoken about.
    pub open: bool,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl CommentsView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let one = CommentView::sample();
        Self {
            total: 40,
            hidden: 1,
            list: vec![
                CommentView { judge: true, reports: 2, ..one.clone() },
                CommentView { own: true, voice: Voice::Reader, ..one.clone() },
                CommentView { voice: Voice::Desk, organisation: "Buurtwerk Noord".into(), ..one.clone() },
                CommentView { voice: Voice::Author, ..one.clone() },
                CommentView { hidden: Some(("rude".into(), "Buurtwerk Noord".into())), ..one.clone() },
                CommentView { removed: true, body: String::new(), ..one },
            ],
            page: 2,
            more: true,
            open: true,
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }
}

/// 'Buur 2', 'Buurtwerk Noord'.
fn who(ctx: &Ctx, m: &CommentView) -> String {
    if m.voice == Voice::Desk && !m.organisation.is_empty() {
        return m.organisation.clone();
    }
    ctx.ta(&format!("comment-by-{}", m.voice.key()), &[("number", m.number.into())])
}

fn body(ctx: &Ctx, m: &CommentView) -> AnyView {
    match &m.hidden {
        _ if m.removed => view! { <p class="fb-meta">{ctx.t("comment-removed")}</p> }.into_any(),
        Some((why, by)) => {
            let reason = ctx.t(&format!("comment-why-{why}"));
            let by = if by.is_empty() {
                ctx.t("comment-hidden")
            } else {
                ctx.ta("comment-hidden-by", &[("name", by.as_str().into())])
            };
            view! { <p class="fb-meta">{by}" "{reason}</p> }.into_any()
        }
        None => kit::lines(&m.body),
    }
}

fn item(ctx: &Ctx, plan: i64, m: &CommentView) -> AnyView {
    let gone = m.removed || m.hidden.is_some();
    let key = match (m.own, m.judge) {
        (true, _) => "comment-do-remove",
        (_, true) => "comment-do-judge",
        _ => "comment-do-report",
    };
    let act = (!gone || m.judge && !m.removed).then(|| {
        let name = format!("{}, {}", who(ctx, m), texts::date_time(ctx.lang, m.at));
        view! { <a class="ams-link" href=ctx.url(&urls::InitiativeComment { id: plan, comment: m.id })>{ctx.t(key)}<span class="ams-visually-hidden">": "{name}</span></a> }
    });
    let reports = (m.judge && m.reports > 0)
        .then(|| view! { <p class="fb-meta"><b>{ctx.ta("comment-reports", &[("count", m.reports.into())])}</b></p> });
    view! {
        <li class="fb-card fb-card--flat" id=format!("reactie-{}", m.id)><div class="fb-card__body fb-stack fb-stack--tight">
            <p class="fb-meta"><b dir="auto">{who(ctx, m)}</b>" · "<time datetime=texts::rfc3339_day(m.at)>{texts::date_time(ctx.lang, m.at)}</time></p>
            {body(ctx, m)}
            {reports}
            <p class="fb-meta">{act}</p>
        </div></li>
    }
    .into_any()
}

/// The part of a plan's page.
pub(crate) fn comments(ctx: &Ctx, plan: i64, data: &CommentsView) -> AnyView {
    if !data.open && data.total == 0 {
        return ().into_any();
    }
    let area = Field {
        name: "comment",
        label: ctx.t("comment-yours"),
        hint: ctx.t("comment-hint"),
        kind: Kind::Area,
        heading: false,
        typed: &data.typed,
        errors: &data.errors,
    };
    let here = urls::encode(&ctx.local(&ctx.url(&urls::Initiative { id: plan })));
    let sign_in = (data.open && ctx.reader.is_none()).then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=format!("{}?verder={here}", ctx.url(&urls::SignIn {}))>{ctx.t("comment-sign-in")}</a></p> });
    let form = (data.open && ctx.reader.is_some()).then(|| {
        view! {
            <details class="fb-details" open=!data.errors.0.is_empty()><summary class="fb-details__button">{ctx.t("comment-write")}</summary>
                <form class="fb-form" method="post" action=ctx.url(&urls::InitiativeComments { id: plan }) novalidate>
                    {kit::hidden(ctx)}{kit::field(ctx, &area)}
                    <button class="ams-button ams-button--secondary">{ctx.t("comment-send")}</button></form></details>
        }
    });
    let hidden = (data.hidden > 0)
        .then(|| view! { <p class="fb-meta">{ctx.ta("comment-hidden-count", &[("count", data.hidden.into())])}</p> });
    let link = |page: i64, key: &str| {
        let href = format!("{}?reacties={page}#reacties", ctx.url(&urls::Initiative { id: plan }));
        view! { <a class="fb-more" href=href>{ctx.t(key)}</a> }
    };
    let newer = (data.page > 1).then(|| link(data.page - 1, "comment-newer"));
    let older = data.more.then(|| link(data.page + 1, "comment-older"));
    let list = data.list.iter().map(|m| item(ctx, plan, m)).collect_view();
    view! {
        <section class="fb-section" id="reacties">
            <h2 class="ams-heading ams-heading--2">{ctx.ta("comment-title", &[("count", data.total.into())])}</h2>
            {form}
            {sign_in}
            {hidden}
            <ol class="fb-cards fb-cards--dense">{list}</ol>
            <p class="fb-row">{newer}{older}</p>
        </section>
    }
    .into_any()
}

/// One comment's page.
#[derive(Clone, Debug)]
pub struct OneComment {
    /// Plan.
    pub plan: i64,
    /// Its title.
    pub title: String,
    /// The comment.
    pub comment: CommentView,
    /// What reports said, and how often, for who may hide it.
    pub reasons: Vec<(String, i64)>,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl OneComment {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            plan: 7,
            title: "Samen Spelen".into(),
            comment: CommentView::sample(),
            reasons: Vec::new(),
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }
}

/// Report a comment; its writer takes it away here, and a desk hides it or lets it stand.
pub fn one(ctx: &Ctx, data: &OneComment) -> AnyView {
    let m = &data.comment;
    let reasons: Vec<(String, String)> =
        COMMENT_REASONS.iter().map(|r| ((*r).to_owned(), ctx.t(&format!("comment-why-{r}")))).collect();
    let (id, comment) = (data.plan, m.id);
    let heading = match (m.own, m.judge) {
        (true, _) => "comment-remove-title",
        (_, true) => "comment-judge-title",
        _ => "comment-report-title",
    };
    let why = |label: &str| kit::radios(ctx, "why", &ctx.t(label), &reasons, &data.typed, &data.errors);
    let gone = m.removed || m.hidden.is_some() && !m.judge;
    let forms = if gone {
        ().into_any()
    } else if m.own {
        view! {
            <form class="fb-form" method="post" action=ctx.url(&urls::InitiativeCommentRemove { id, comment })>{kit::hidden(ctx)}
                <p class="ams-paragraph">{ctx.t("comment-remove-text")}</p>
                <div class="fb-bar"><button class="ams-button ams-button--secondary fb-button--danger">{ctx.t("comment-remove-yes")}</button></div></form>
        }
        .into_any()
    } else if m.judge {
        let action = ctx.url(&urls::InitiativeComment { id, comment });
        let said = data
            .reasons
            .iter()
            .map(|(why, count)| view! { <li>{ctx.ta("comment-reported-as", &[("why", ctx.t(&format!("comment-why-{why}")).into()), ("count", (*count).into())])}</li> })
            .collect_view();
        let hide = m.hidden.is_none().then(|| {
            view! {
                <form class="fb-form" method="post" action=action.clone() novalidate>{kit::hidden(ctx)}<input type="hidden" name="act" value="hide"/>
                    {why("comment-hide-why")}
                    <p class="fb-meta">{ctx.t("comment-hide-text")}</p>
                    <button class="ams-button ams-button--secondary fb-button--danger">{ctx.t("comment-hide-now")}</button></form>
            }
        });
        let stand = if m.hidden.is_some() { "comment-show-again" } else { "comment-let-stand" };
        view! {
            <ul class="fb-stack fb-stack--tight">{said}</ul>
            <form method="post" action=action.clone()>{kit::hidden(ctx)}<input type="hidden" name="act" value="stand"/><button class="ams-button ams-button--primary">{ctx.t(stand)}</button></form>
            {hide}
        }
        .into_any()
    } else {
        view! {
            <form class="fb-form" method="post" action=ctx.url(&urls::InitiativeCommentReport { id, comment }) novalidate>{kit::hidden(ctx)}
                {why("comment-report-why")}
                <p class="fb-meta">{ctx.t("comment-report-text")}</p>
                {kit::bar(ctx.t("comment-report-send"))}</form>
        }
        .into_any()
    };
    let hidden_text = (m.judge && m.hidden.is_some())
        .then(|| view! { <blockquote class="fb-quote">{kit::lines(&m.body)}</blockquote> });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Initiative { id })><span dir="auto">{data.title.clone()}</span></a>
        {kit::error_summary(ctx, &data.errors, &[("why", if m.judge { "comment-hide-why" } else { "comment-report-why" })])}
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{ctx.t(heading)}</h1>
            <p class="fb-meta"><b dir="auto">{who(ctx, m)}</b>" · "{texts::date_time(ctx.lang, m.at)}</p></div>
        <blockquote class="fb-quote">{body(ctx, m)}</blockquote>
        {hidden_text}
        {forms}
    };
    frame(ctx, Frame::narrow(ctx.t(heading)).failed(!data.errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample {
            name: "plans/comment-report",
            draw: |ctx| {
                one(ctx, &OneComment { errors: Errors::one("why", Problem::NotAChoice), ..OneComment::sample() })
            },
        },
        Sample {
            name: "plans/comment-own",
            draw: |ctx| {
                one(
                    ctx,
                    &OneComment { comment: CommentView { own: true, ..CommentView::sample() }, ..OneComment::sample() },
                )
            },
        },
        Sample {
            name: "plans/comment-judge",
            draw: |ctx| {
                let comment = CommentView { judge: true, reports: 2, ..CommentView::sample() };
                one(ctx, &OneComment { comment, reasons: vec![("rude".into(), 2)], ..OneComment::sample() })
            },
        },
        Sample {
            name: "plans/comment-judge-hidden",
            draw: |ctx| {
                let hidden = Some(("advert".to_owned(), "Buurtwerk Noord".to_owned()));
                let comment = CommentView { judge: true, hidden, ..CommentView::sample() };
                one(ctx, &OneComment { comment, ..OneComment::sample() })
            },
        },
    ]
}
