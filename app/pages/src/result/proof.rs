//! 'Reken zelf na': the bundle, its digest, and how to count again.

use super::complaint::{ComplaintsTold, told};
use super::{ResultView, data_link};
use crate::admin::counting::{DisputeView, dispute};
use crate::{Ctx, kit};
use domain::urls;
use leptos::prelude::*;

/// The bundle of a result, and how the count went.
#[derive(Clone, Debug, Default)]
pub struct ProofView {
    /// Digest and length in bytes; `None` until a result of before has one.
    pub bundle: Option<(String, i64)>,
    /// What happened when: key of a text and moment, in order.
    pub moments: Vec<(&'static str, i64)>,
    /// Counts that were made again: when and why.
    pub again: Vec<(i64, String)>,
    /// What held the result back.
    pub disputes: Vec<DisputeView>,
    /// What came of complaints.
    pub complaints: ComplaintsTold,
    /// The rule needs whole ballots: whether they are published, and why above the limit.
    pub whole: Option<(bool, String)>,
}

impl ProofView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            bundle: Some(("ef56".repeat(16), 123_456)),
            moments: vec![("timeline-opened", 1_794_000_000), ("timeline-published", 1_795_000_000)],
            again: vec![(1_795_000_000, "Een plan trok zich terug.".into())],
            disputes: vec![DisputeView {
                at: 1_794_000_000,
                reason: "Een vel ontbreekt <i>.".into(),
                settled: Some((1_794_500_000, "Het lag onderop.".into())),
                own: false,
            }],
            complaints: ComplaintsTold {
                waiting: 1,
                answers: vec![(1_795_000_000, "wrong".into(), "Nagekeken.".into(), "De stem staat er wel <i>.".into())],
            },
            whole: Some((false, String::new())),
        }
    }
}

/// The section.
pub(super) fn proof(ctx: &Ctx, data: &ResultView) -> AnyView {
    let file = |name: String| ctx.url(&urls::DataFile { file: name });
    let proof = &data.proof;
    let bundle = proof.bundle.as_ref().map(|(digest, bytes)| {
        let size = ctx.ta("proof-size", &[("size", texts::number(ctx.lang, (bytes + 1023) / 1024).into())]);
        view! {
            <p class="fb-row"><a class="ams-button ams-button--primary" download href=file(format!("stemronde-{}.zip", data.card.slug))>{ctx.t("proof-file")}</a><span class="fb-meta">{size}</span></p>
            <h3 class="ams-heading ams-heading--4">{ctx.t("proof-digest")}</h3><p class="fb-meta fb-isolate" id="controlegetal">{digest.clone()}</p><p class="fb-meta">{ctx.t("proof-digest-text")}</p>
            <p class="ams-paragraph"><a class="ams-link" download href=file(format!("stemronde-{}.csv", data.card.slug))>{ctx.t("proof-table")}</a>" · "<a class="ams-link" href=file("narekenen.html".into())>{ctx.t("proof-manual-nl")}</a></p>
        }
    });
    let shares = data.rule.starts_with("equal-shares");
    let steps = (1..=4)
        .map(|n| if n == 3 && shares { "proof-how-3-shares".to_owned() } else { format!("proof-how-{n}") })
        .map(|key| view! { <li class="ams-ordered-list__item">{ctx.t(&key)}</li> })
        .collect_view();
    // The line to copy, with the round's own file and digest filled in.
    let command = proof.bundle.as_ref().map(|(digest, _)| {
        let line = format!("python3 verify.py stemronde-{}.zip --digest {digest}", data.card.slug);
        view! { <p class="ams-paragraph">{ctx.t("proof-command")}</p><p class="fb-meta fb-isolate" dir="ltr">{line}</p> }
    });
    let about = if data.receipts { "proof-text" } else { "proof-text-sums" };
    let link = |name: &str, key: &str| view! { <li class="ams-unordered-list__item"><a class="ams-link" href=file(name.into())>{ctx.t(key)}</a></li> };
    let again = proof.again.iter().map(|(at, reason)| {
        let date = texts::date_time(ctx.lang, *at);
        let told = ctx.ta("proof-count-again", &[("date", date.into()), ("reason", reason.as_str().into())]);
        view! { <p class="ams-paragraph" dir="auto">{told}</p> }
    });
    let whole = proof.whole.as_ref().map(|(out, reason)| {
        let told =
            if *out { ctx.ta("proof-whole", &[("reason", reason.as_str().into())]) } else { ctx.t("proof-not-whole") };
        view! { <p class="ams-paragraph" dir="auto">{told}</p> }
    });
    let moments = proof.moments.iter().map(|(key, at)| kit::fact(ctx.t(key), texts::date_time(ctx.lang, *at)));
    let moments = moments.collect_view();
    let (again, counts) = (again.collect_view(), proof.again.len() + 1);
    view! {
        <section class="fb-section fb-read" id="narekenen"><h2 class="ams-heading ams-heading--2">{ctx.t("proof-title")}</h2>
            <p class="ams-paragraph">{ctx.t(about)}</p>{bundle}
            <details class="fb-details"><summary class="fb-details__button">{ctx.t("proof-how")}</summary><div class="fb-stack"><ol class="ams-ordered-list">{steps}</ol>{command}
                <ul class="ams-unordered-list">{link("verify.html", "proof-manual")}{link("count.html", "proof-rules")}{link("verify.py", "proof-program")}</ul></div></details>
            <details class="fb-details"><summary class="fb-details__button">{ctx.t("timeline")}</summary><dl class="fb-facts">{moments}</dl></details>
            <p class="ams-paragraph">{ctx.ta("proof-counts", &[("count", counts.into())])}</p>{again}
            {proof.disputes.iter().map(|d| dispute(ctx, d)).collect_view()}
            {whole}{told(ctx, &proof.complaints)}
            <p class="ams-paragraph"><a class="ams-link" href=data_link(ctx, &data.card.slug)>{ctx.t("result-data")}</a></p></section>
    }
    .into_any()
}
