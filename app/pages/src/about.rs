//! `/over` and `/data`: what this is, and the figures for anyone to take along.

use crate::frame::{Frame, frame};
use crate::{Ctx, Sample};
use domain::urls;
use leptos::prelude::*;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html};

/// What the site is, what it keeps, how accessible it is.
pub fn about(ctx: &Ctx) -> AnyView {
    let main = view! {
        <h1 class="ams-heading ams-heading--1">{ctx.t("about-title")}</h1>
        <p class="ams-paragraph ams-paragraph--large">{ctx.t("about-lead")}</p>
        <p class="ams-paragraph">{ctx.t("about-source")}</p>
        <h2 class="ams-heading ams-heading--2">{ctx.t("about-privacy-title")}</h2>
        <p class="ams-paragraph">{ctx.t("about-privacy-account")}</p>
        <p class="ams-paragraph">{ctx.t("about-privacy-vote")}</p>
        <h2 class="ams-heading ams-heading--2">{ctx.t("about-access-title")}</h2>
        <p class="ams-paragraph">{ctx.t("about-access-text")}</p>
    };
    frame(ctx, Frame::narrow(ctx.t("about-title")), main)
}

/// A round whose result can be taken along.
#[derive(Clone, Debug)]
pub struct DataRound {
    /// For the file's name.
    pub slug: String,
    /// Title.
    pub title: String,
}

/// Open data with its files.
pub fn data(ctx: &Ctx, rounds: &[DataRound]) -> AnyView {
    let link = |file: String, text: String| {
        view! { <li class="ams-unordered-list__item"><a class="ams-link" href=urls::DataFile { file }.to_string()>{text}</a></li> }
    };
    let results = rounds
        .iter()
        .map(|r| {
            let title = || ("title", r.title.as_str().into());
            let data = link(format!("stemronde-{}.json", r.slug), ctx.ta("data-round", &[title()]));
            let more = [("csv", "data-round-csv"), ("pb", "data-round-pb")];
            let more = more.map(|(kind, key)| link(format!("stemronde-{}.{kind}", r.slug), ctx.ta(key, &[title()])));
            view! { {data}{link(format!("stemronde-{}.zip", r.slug), ctx.ta("data-bundle", &[title()]))}{more.collect_view()} }
        })
        .collect_view();
    let main = view! {
        <h1 class="ams-heading ams-heading--1">{ctx.t("nav-data")}</h1>
        <p class="ams-paragraph">{ctx.t("data-lead")}</p>
        <ul class="ams-unordered-list">{link("begroting.json".into(), ctx.t("data-budget"))}{link("aandeel.json".into(), ctx.t("data-share"))}{link("antwoordtijden.json".into(), ctx.t("data-pace"))}{link("peilingen.json".into(), ctx.t("data-waves"))}{link("peilingen.csv".into(), ctx.t("data-waves-csv"))}{link("hulp.json".into(), ctx.t("offer-data"))}{link("plannen.json".into(), ctx.t("data-plans"))}{link("plannen.csv".into(), ctx.t("data-plans-csv"))}{link("stemrondes.json".into(), ctx.t("data-rounds"))}{link("stemrondes.csv".into(), ctx.t("data-rounds-csv"))}{results}</ul>
        <h2 class="ams-heading ams-heading--2">{ctx.t("proof-title")}</h2>
        <ul class="ams-unordered-list">{link("narekenen.html".into(), ctx.t("proof-manual-nl"))}{link("verify.html".into(), ctx.t("proof-manual"))}{link("count.html".into(), ctx.t("proof-rules"))}{link("verify.py".into(), ctx.t("proof-program"))}{link("index.json".into(), ctx.t("data-index"))}{link("logboek.json".into(), ctx.t("log-data"))}{link("logboek.html".into(), ctx.t("log-data-manual"))}</ul>
        <p class="fb-meta">{ctx.t("data-licence")}</p>
        <p class="fb-meta">{ctx.t("data-format")}</p>
        <p class="fb-meta">{ctx.t("data-rounds-format")}</p>
        <p class="fb-meta">{ctx.t("data-waves-format")}</p>
    };
    frame(ctx, Frame::narrow(ctx.t("nav-data")), main)
}

/// A manual of the project, in its own language (`lang`), as a page that a phone shows well; its links go to the other files of `/data`. The text
/// is ours: nothing that somebody typed comes here.
pub fn manual(ctx: &Ctx, lang: &'static str, markdown: &str) -> AnyView {
    let of_data = |to: CowStr<'_>| -> CowStr<'static> {
        let file = to.rsplit('/').next().unwrap_or_default().replace(".md", ".html");
        file.into()
    };
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).map(|event| match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: of_data(dest_url), title, id })
        }
        event => event,
    });
    let mut text = String::new();
    html::push_html(&mut text, events);
    // What is wider than the screen scrolls by itself, with the keyboard too.
    let text = text.replace("<pre>", "<pre tabindex=\"0\">").replace("<table>", "<table tabindex=\"0\">");
    let main = view! { <div class="fb-prose" lang=lang dir="ltr" inner_html=text></div> };
    frame(ctx, Frame::narrow(ctx.t("proof-title")), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "about", draw: about },
        Sample {
            name: "manual",
            draw: |ctx| {
                manual(
                    ctx,
                    "en",
                    "# Check\n\n[file](verify/verify.py)\n\n```\nsha256sum x\n```\n\n|a|b|\n|-|-|\n|1|2|\n",
                )
            },
        },
        Sample {
            name: "data",
            draw: |ctx| data(ctx, &[DataRound { slug: "voorjaar".into(), title: "Buurtbudget".into() }]),
        },
    ]
}
