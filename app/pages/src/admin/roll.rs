//! `/beheer/stemrondes/{round}/kiezers`: who may vote, and the codes of their letters.

use crate::frame::{Frame, frame};
use crate::rounds::RoundCard;
use crate::{Ctx, Sample, kit};
use domain::form::{Errors, Raw};
use domain::urls;
use leptos::prelude::*;

/// A list that was uploaded and looked through.
#[derive(Clone, Debug, Default)]
pub struct UploadView {
    /// Rows that are right.
    pub rows: usize,
    /// Voters they make.
    pub voters: usize,
    /// Wrong lines: number and key of what is wrong.
    pub wrong: Vec<(u64, &'static str)>,
    /// Wrong lines altogether.
    pub wrong_count: usize,
    /// The header lacks a column, or there is no file at all.
    pub no_header: bool,
    /// It can be put on the roll.
    pub right: bool,
    /// The first addresses.
    pub first: Vec<String>,
    /// Columns that mean nothing here.
    pub ignored: Vec<String>,
    /// Names the list, so that no other is put on the roll.
    pub digest: String,
    /// Why it was not put on the roll.
    pub errors: Errors,
}

/// The roll.
#[derive(Clone, Debug)]
pub struct RollView {
    /// The round.
    pub card: RoundCard,
    /// Entries, entries with a code, entries that vote on paper.
    pub figures: (i64, i64, i64),
    /// Codes made anew since the first letters.
    pub reissued: i64,
    /// The list may still change.
    pub may_import: bool,
    /// All codes may be made anew.
    pub may_renew: bool,
    /// Codes may be made.
    pub may_issue: bool,
    /// This server can make letters as a PDF.
    pub letters: bool,
    /// How its letters look, as a form: `size`, `language`, `sender`.
    pub look: Raw,
    /// What is wrong with that.
    pub look_errors: Errors,
    /// What was uploaded just now.
    pub upload: Option<UploadView>,
    /// Daily counters: kind and sum, for kinds that have a text.
    pub anomalies: Vec<(String, i64)>,
}

impl RollView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: RoundCard::sample(),
            figures: (412, 0, 0),
            reissued: 0,
            may_import: true,
            may_renew: false,
            may_issue: true,
            letters: true,
            look: Raw(vec![
                ("size".into(), "a5".into()),
                ("language".into(), "en".into()),
                ("sender".into(), "Gemeente Amsterdam, Postbus 202, 1000 AE Amsterdam".into()),
            ]),
            look_errors: Errors::default(),
            upload: Some(UploadView {
                rows: 210,
                voters: 412,
                right: true,
                ignored: vec!["straat".into()],
                first: vec!["Bewoners van\nMeeuwenlaan 1\n1021 AA Amsterdam".into()],
                ..UploadView::default()
            }),
            anomalies: vec![("wrong_codes".into(), 12)],
        }
    }
}

fn uploaded(ctx: &Ctx, card: &RoundCard, upload: &UploadView) -> AnyView {
    if upload.right {
        let first = upload
            .first
            .iter()
            .map(|address| view! { <li class="ams-unordered-list__item" dir="auto">{address.replace('\n', ", ")}</li> })
            .collect_view();
        return view! {
            {kit::error_summary(ctx, &upload.errors, &[])}
            <section class="fb-notice fb-notice--green" role="status" id="seen"><h2 class="ams-heading ams-heading--3">{ctx.t("roll-right")}</h2>
                <p class="ams-paragraph">{ctx.ta("roll-right-text", &[("rows", upload.rows.into()), ("voters", upload.voters.into())])}</p>
                <ul class="ams-unordered-list">{first}</ul>
                {(!upload.ignored.is_empty()).then(|| view! { <p class="ams-paragraph">{ctx.ta("roll-ignored", &[("columns", upload.ignored.join(", ").into())])}</p> })}
                <form method="post" action=ctx.url(&urls::AdminRoundRollAdd { round: card.slug.clone() })>{kit::hidden(ctx)}<input type="hidden" name="seen" value=upload.digest.clone()/>
                    <button class="ams-button ams-button--primary">{ctx.ta("roll-add", &[("voters", upload.voters.into())])}</button></form></section>
        }
        .into_any();
    }
    let lines = upload
        .wrong
        .iter()
        .map(|(line, why)| {
            view! { <li class="ams-unordered-list__item">{ctx.ta("roll-wrong-line", &[("line", i64::try_from(*line).unwrap_or(0).into())])}" "{ctx.t(&format!("roll-wrong-{why}"))}</li> }
        })
        .collect_view();
    let text = if upload.no_header {
        ctx.t("roll-no-header")
    } else if upload.wrong_count == 0 {
        ctx.t("roll-empty")
    } else {
        ctx.ta("roll-wrong-text", &[("count", upload.wrong_count.into())])
    };
    view! {
        <section class="fb-notice fb-notice--plain" role="alert"><h2 class="ams-heading ams-heading--3">{ctx.t("roll-wrong")}</h2>
            <p class="ams-paragraph">{text}</p><ul class="ams-unordered-list">{lines}</ul></section>
    }
    .into_any()
}

/// Paper, languages and sender of the letters.
fn look(ctx: &Ctx, data: &RollView) -> AnyView {
    let sizes: Vec<_> = ["a5", "c5-window"]
        .into_iter()
        .map(|size| {
            (size.to_owned(), ctx.t(&format!("letter-size-{size}")), ctx.t(&format!("letter-size-{size}-text")))
        })
        .collect();
    let chosen = data.look.all("language");
    let others = texts::Lang::ALL.iter().filter(|lang| !matches!(lang, texts::Lang::Nl | texts::Lang::Pseudo));
    let languages = others
        .map(|lang| {
            let code = lang.code();
            view! { <label class="fb-choice"><input class="fb-choice__input" type="checkbox" name="language" value=code checked=chosen.contains(&code)/><span class="fb-choice__text" lang=code>{lang.own_name()}</span></label> }
        })
        .collect_view();
    let labels = [("size", "letter-size"), ("sender", "letter-sender")];
    let sender = kit::Field {
        name: "sender",
        label: ctx.t("letter-sender"),
        hint: ctx.t("letter-sender-hint"),
        kind: kit::Kind::Line,
        heading: false,
        typed: &data.look,
        errors: &data.look_errors,
    };
    let proof = data.letters.then(|| view! { <button class="ams-button ams-button--secondary" name="proof" value="1">{ctx.t("letter-proof")}</button> });
    view! {
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("letter-look")}</h2>
            <form class="fb-form" method="post" novalidate action=ctx.url(&urls::AdminRoundLetters { round: data.card.slug.clone() })>{kit::hidden(ctx)}
                {kit::error_summary(ctx, &data.look_errors, &labels)}
                {kit::radios_told(ctx, "size", &ctx.t("letter-size"), &sizes, &data.look, &data.look_errors)}
                <fieldset class="ams-field-set"><legend class="ams-field-set__legend">{ctx.t("letter-languages")}</legend>
                    <p class="ams-hint">{ctx.t("letter-languages-hint")}</p><div class="fb-choices">{languages}</div></fieldset>
                {kit::field(ctx, &sender)}
                <div class="fb-row"><button class="ams-button ams-button--secondary">{ctx.t("letter-keep")}</button>{proof}</div></form></section>
    }
    .into_any()
}

/// Its page.
pub fn roll(ctx: &Ctx, data: &RollView) -> AnyView {
    let slug = || data.card.slug.clone();
    let (entries, coded, paper) = data.figures;
    let number = |n| texts::number(ctx.lang, n);
    let import = data.may_import.then(|| {
        view! {
            <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("roll-import")}</h2>
                <p class="ams-paragraph fb-read">{ctx.t("roll-import-text")}</p>
                <form class="fb-form" method="post" enctype="multipart/form-data" action=ctx.url(&urls::AdminRoundRoll { round: slug() })>{kit::hidden(ctx)}
                    <label class="ams-label" for="lijst">{ctx.t("roll-file")}</label>
                    <input class="ams-file-input" type="file" id="lijst" name="lijst" accept=".csv,text/csv"/>
                    <button class="ams-button ams-button--secondary">{ctx.t("roll-look")}</button></form></section>
        }
    });
    let waiting = entries - coded - paper;
    let issue = (data.may_issue && waiting > 0).then(|| {
        let letters = data.letters.then(|| view! { <button class="ams-button ams-button--primary" name="soort" value="pdf">{ctx.t("roll-issue-pdf")}</button> });
        view! {
            <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("roll-codes")}</h2>
                <p class="ams-paragraph fb-read">{ctx.ta("roll-codes-text", &[("count", waiting.into())])}</p>
                <form class="fb-form" method="post" action=ctx.url(&urls::AdminRoundCodes { round: slug() })>{kit::hidden(ctx)}
                    <div class="fb-row">{letters}<button class="ams-button ams-button--secondary" name="soort" value="csv">{ctx.t("roll-issue-csv")}</button></div></form></section>
        }
    });
    let anew = data.may_renew.then(|| {
        view! {
            <details class="fb-details"><summary class="fb-details__button">{ctx.t("roll-anew")}</summary>
                <form class="fb-form" method="post" action=ctx.url(&urls::AdminRoundCodes { round: slug() })>{kit::hidden(ctx)}
                    <p class="ams-paragraph">{ctx.t("roll-anew-text")}</p>
                    <button class="ams-button ams-button--secondary fb-button--danger" name="soort" value="opnieuw">{ctx.t("roll-anew")}</button></form></details>
        }
    });
    let counters = data
        .anomalies
        .iter()
        .map(|(kind, sum)| kit::fact(ctx.t(&format!("anomaly-{}", kind.replace('_', "-"))), number(*sum)))
        .collect_view();
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::AdminRound { round: slug() })>{data.card.title.clone()}</a>
        <h1 class="ams-heading ams-heading--1">{ctx.t("roll-title")}</h1>
        <dl class="fb-stats">
            {kit::stat(ctx.t("roll-entries"), number(entries), String::new())}
            {kit::stat(ctx.t("roll-coded"), number(coded), String::new())}
            {kit::stat(ctx.t("roll-reissued"), number(data.reissued), String::new())}
        </dl>
        {data.upload.as_ref().map(|upload| uploaded(ctx, &data.card, upload))}
        {import}
        {data.may_issue.then(|| look(ctx, data))}
        {issue}
        {anew}
        {(!data.anomalies.is_empty()).then(|| view! { <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("roll-anomalies")}</h2><dl class="fb-facts">{counters}</dl></section> })}
    };
    frame(ctx, Frame::narrow(ctx.t("roll-title")), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "admin/roll", draw: |ctx| roll(ctx, &RollView::sample()) },
        Sample {
            name: "admin/roll-wrong",
            draw: |ctx| {
                let upload = UploadView {
                    rows: 3,
                    wrong: vec![(4, "postcode"), (9, "twice")],
                    wrong_count: 2,
                    ..UploadView::default()
                };
                roll(
                    ctx,
                    &RollView { figures: (412, 412, 0), may_renew: true, upload: Some(upload), ..RollView::sample() },
                )
            },
        },
        Sample {
            name: "admin/roll-no-header",
            draw: |ctx| {
                let upload = UploadView { no_header: true, ..UploadView::default() };
                roll(ctx, &RollView { upload: Some(upload), letters: false, ..RollView::sample() })
            },
        },
    ]
}
