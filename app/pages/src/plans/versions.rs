//! `/initiatieven/{id}/versies`: how the text of a public plan changed.

use super::difference::difference;
use crate::frame::{Frame, frame};
use crate::{Ctx, Sample};
use domain::dialogue::PlanText;
use domain::initiative::Idea;
use domain::time::Seconds;
use domain::urls;
use leptos::prelude::*;

/// A text that stood on the site.
#[derive(Clone, Debug)]
pub struct TextView {
    /// The words.
    pub text: PlanText,
    /// Since when.
    pub at: Seconds,
    /// Who read it for all.
    pub organisation: String,
}

/// A plan's texts.
#[derive(Clone, Debug)]
pub struct VersionsView {
    /// Plan.
    pub id: i64,
    /// Its title now.
    pub title: String,
    /// From the first.
    pub texts: Vec<TextView>,
}

/// For tests and previews: the same plan with other words.
pub(crate) fn sample_text(day: &str) -> PlanText {
    PlanText {
        idea: Idea {
            title: "Samen Spelen".into(),
            what: format!("Elke {day} spelen met begeleiding."),
            why: "De kinderen hebben na school niets te doen.".into(),
        },
        place: String::new(),
    }
}

impl VersionsView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let text = |day, at| TextView { text: sample_text(day), at, organisation: "Buurtwerk Noord".into() };
        Self {
            id: 7,
            title: "Samen Spelen".into(),
            texts: vec![text("woensdag", 1_794_000_000), text("vrijdag", 1_794_900_000)],
        }
    }
}

/// Every part of the words that differs, under its name.
pub(crate) fn parts(ctx: &Ctx, was: &PlanText, now: &PlanText) -> AnyView {
    let parts = [
        ("plans-new-title", &was.idea.title, &now.idea.title),
        ("plans-new-what", &was.idea.what, &now.idea.what),
        ("plans-new-why", &was.idea.why, &now.idea.why),
        ("plans-new-place", &was.place, &now.place),
    ];
    let drawn = parts
        .into_iter()
        .filter(|(_, was, now)| was != now)
        .map(|(key, was, now)| view! { <div class="fb-stack fb-stack--tight"><p class="fb-facts__term">{ctx.t(key)}</p>{difference(ctx, was, now)}</div> })
        .collect_view();
    view! { <div class="fb-stack">{drawn}</div> }.into_any()
}

/// The page, newest change first.
pub fn versions(ctx: &Ctx, data: &VersionsView) -> AnyView {
    let changes = data
        .texts
        .windows(2)
        .rev()
        .map(|pair| {
            let by = (!pair[1].organisation.is_empty()).then(|| ctx.ta("versions-read-by", &[("name", pair[1].organisation.as_str().into())]));
            view! {
                <li class="fb-card"><div class="fb-card__body fb-stack">
                    <h2 class="ams-heading ams-heading--3"><time datetime=texts::rfc3339_day(pair[1].at)>{texts::date_time(ctx.lang, pair[1].at)}</time></h2>
                    {parts(ctx, &pair[0].text, &pair[1].text)}
                    {by.map(|by| view! { <p class="fb-meta">{by}</p> })}
                </div></li>
            }
        })
        .collect_view();
    let none = (data.texts.len() < 2)
        .then(|| view! { <div class="fb-empty"><p class="ams-paragraph">{ctx.t("versions-none")}</p></div> });
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Initiative { id: data.id })><span dir="auto">{data.title.clone()}</span></a>
        <div class="fb-head"><h1 class="ams-heading ams-heading--1">{ctx.t("versions-title")}</h1><p class="ams-paragraph">{ctx.t("versions-lead")}</p></div>
        {none}
        <ol class="fb-cards">{changes}</ol>
    };
    frame(ctx, Frame::narrow(ctx.t("versions-title")), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "plans/versions", draw: |ctx| versions(ctx, &VersionsView::sample()) },
        Sample {
            name: "plans/versions-none",
            draw: |ctx| versions(ctx, &VersionsView { texts: Vec::new(), ..VersionsView::sample() }),
        },
    ]
}
