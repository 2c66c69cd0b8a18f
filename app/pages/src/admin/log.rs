//! `/beheer/logboek`: the audit log in plain words, with numbers instead of names.

use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::access::log::{KEPT, KINDS};
use domain::form::{Errors, Problem, Raw};
use domain::time::Seconds;
use domain::urls;
use leptos::prelude::*;

/// A line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogLine {
    /// Number.
    pub id: i64,
    /// When, in UTC seconds.
    pub at: Seconds,
    /// Key of the act.
    pub act: String,
    /// Account of who did it.
    pub actor: Option<i64>,
    /// Name of that account, while it holds a role.
    pub name: Option<String>,
    /// Key of the role they did it in; empty on lines from before roles were kept.
    pub role: String,
    /// Name of the place they did it for; empty: none.
    pub place: String,
    /// Kind of what it was done to.
    pub kind: String,
    /// Number of that.
    pub subject: i64,
    /// Where that can be looked at (without language prefix).
    pub link: Option<String>,
    /// A reason key, a number or an amount.
    pub detail: String,
    /// A digest covers it.
    pub is_fixed: bool,
}

/// The page's data.
#[derive(Clone, Debug, Default)]
pub struct LogView {
    /// Filters as typed: `handeling`, `wie`, `soort`, `nummer`, `van`, `tot`, `voor`.
    pub typed: Raw,
    /// What is wrong with them.
    pub errors: Errors,
    /// Newest first.
    pub lines: Vec<LogLine>,
    /// Address of older lines.
    pub older: Option<String>,
    /// Up to which link, and since when, all is fixed.
    pub fixed: Option<(i64, Seconds)>,
}

/// Filters, in the order of the form.
pub const FILTERS: [&str; 6] = ["handeling", "wie", "soort", "nummer", "van", "tot"];

/// The text of a key of the catalogue, or the key where it has none.
fn named(ctx: &Ctx, is_known: bool, stem: String, raw: &str) -> String {
    if is_known { ctx.t(&stem) } else { raw.to_owned() }
}

fn act(ctx: &Ctx, key: &str) -> String {
    named(ctx, KEPT.iter().any(|(kept, _)| *kept == key), format!("log-act-{key}"), key)
}

fn kind(ctx: &Ctx, key: &str) -> String {
    named(ctx, KINDS.contains(&key), format!("log-kind-{key}"), key)
}

fn who(ctx: &Ctx, line: &LogLine) -> String {
    let Some(number) = line.actor else {
        return ctx.t(if line.role == "visitor" { "log-who-visitor" } else { "log-who-system" });
    };
    let name = line.name.clone().unwrap_or_default();
    let role = match line.role.as_str() {
        "moderator" => ctx.t("people-role-moderator"),
        "staff" => ctx.t("people-role-staff"),
        "administrator" => ctx.t("people-role-administrator"),
        _ => String::new(),
    };
    let key = match (line.name.is_some(), role.is_empty(), line.place.is_empty()) {
        (false, true, _) if line.role == "resident" => "log-who-resident",
        (false, true, _) => "log-who-account",
        (false, false, true) => "log-who-role",
        (false, false, false) => "log-who-role-place",
        (true, true, _) => "log-who-name",
        (true, false, true) => "log-who-name-role",
        (true, false, false) => "log-who-name-role-place",
    };
    let place = if line.place == "city" { ctx.t("log-city") } else { line.place.clone() };
    // Numbers here are names: nothing stands between their figures.
    let number = number.to_string();
    ctx.ta(
        key,
        &[
            ("number", number.as_str().into()),
            ("name", name.as_str().into()),
            ("role", role.as_str().into()),
            ("place", place.as_str().into()),
        ],
    )
}

fn filters(ctx: &Ctx, data: &LogView) -> AnyView {
    let mut acts: Vec<(String, String)> = KEPT.iter().map(|(key, _)| ((*key).to_owned(), act(ctx, key))).collect();
    acts.sort_by(|a, b| a.1.cmp(&b.1));
    let mut kinds: Vec<(String, String)> = KINDS.iter().map(|key| ((*key).to_owned(), kind(ctx, key))).collect();
    kinds.sort_by(|a, b| a.1.cmp(&b.1));
    let field = |name, key: &str, kind| {
        let (label, hint) = (ctx.t(key), String::new());
        kit::field(ctx, &Field { name, label, hint, kind, heading: false, typed: &data.typed, errors: &data.errors })
    };
    let set = FILTERS.iter().filter(|name| !data.typed.get(name).is_empty()).count();
    let count = (set > 0).then(|| view! { <span class="fb-filter__count">{set.to_string()}</span> });
    view! {
        <details class="fb-filter" open=!data.errors.0.is_empty()>
            <summary class="fb-filter__button">{ctx.t("log-filter")}" "{count}</summary>
            <form class="fb-filter__panel" method="get" action=ctx.url(&urls::AdminLog {})>
                {kit::select(ctx, "handeling", &ctx.t("log-act"), &ctx.t("log-all-acts"), &acts, &data.typed, &data.errors)}
                {field("wie", "log-who", Kind::Number)}
                {kit::select(ctx, "soort", &ctx.t("log-kind"), &ctx.t("log-all-kinds"), &kinds, &data.typed, &data.errors)}
                {field("nummer", "log-number", Kind::Number)}
                {field("van", "log-from", Kind::Date)}
                {field("tot", "log-to", Kind::Date)}
                <button class="ams-button ams-button--secondary">{ctx.t("log-show")}</button>
            </form>
        </details>
    }
    .into_any()
}

fn card(ctx: &Ctx, line: &LogLine) -> AnyView {
    let when = texts::date_time(ctx.lang, line.at);
    let id = line.id.to_string();
    let subject = line.subject.to_string();
    let what =
        ctx.ta("log-subject", &[("kind", kind(ctx, &line.kind).as_str().into()), ("number", subject.as_str().into())]);
    let what = match &line.link {
        Some(path) => view! { <a class="ams-link" href=format!("{}{path}", ctx.lang.prefix())>{what}</a> }.into_any(),
        None => view! { <span>{what}</span> }.into_any(),
    };
    let detail = (!line.detail.is_empty()).then(|| view! { <p class="fb-meta" dir="auto">{ctx.ta("log-detail", &[("detail", line.detail.as_str().into())])}</p> });
    let badge = if line.is_fixed {
        view! { <span class="ams-badge ams-badge--lime">{ctx.t("log-is-fixed")}</span> }.into_any()
    } else {
        view! { <span class="ams-badge">{ctx.t("log-is-young")}</span> }.into_any()
    };
    view! {
        <li class="fb-card"><div class="fb-card__body fb-stack fb-stack--tight">
            <h3 class="ams-heading ams-heading--4" dir="auto">{act(ctx, &line.act)}</h3>
            <p class="ams-paragraph" dir="auto">{who(ctx, line)}</p>
            <p class="ams-paragraph">{what}</p>
            {detail}
            <p class="fb-row fb-row--tight"><span class="fb-meta">{ctx.ta("log-line", &[("line", id.as_str().into()), ("time", when.as_str().into())])}</span>{badge}</p>
        </div></li>
    }
    .into_any()
}

/// The page.
pub fn log(ctx: &Ctx, data: &LogView) -> AnyView {
    let home = ctx.url(&urls::AdminLog {});
    let fixed = match data.fixed {
        Some((seq, at)) => {
            let (line, time) = (seq.to_string(), texts::date_time(ctx.lang, at));
            ctx.ta("log-fixed", &[("line", line.as_str().into()), ("time", time.as_str().into())])
        }
        None => ctx.t("log-not-fixed"),
    };
    let lines = if data.lines.is_empty() {
        view! { <div class="fb-empty"><h2 class="ams-heading ams-heading--3">{ctx.t("log-none")}</h2><p class="ams-paragraph">{ctx.t("log-none-how")}</p><a class="ams-link" href=home.clone()>{ctx.t("log-see-all")}</a></div> }.into_any()
    } else {
        view! { <h2 class="ams-visually-hidden">{ctx.t("log-lines")}</h2><ul class="fb-cards">{data.lines.iter().map(|line| card(ctx, line)).collect_view()}</ul> }.into_any()
    };
    let labels = [
        ("handeling", "log-act"),
        ("wie", "log-who"),
        ("soort", "log-kind"),
        ("nummer", "log-number"),
        ("van", "log-from"),
        ("tot", "log-to"),
    ];
    let later = !data.typed.get("voor").is_empty();
    let newest =
        later.then(|| view! { <a class="fb-pages__link fb-pages__link--prev" href=home>{ctx.t("log-newest")}</a> });
    let older = data.older.clone().map(
        |href| view! { <a class="fb-pages__link fb-pages__link--next" rel="next" href=href>{ctx.t("log-older")}</a> },
    );
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Admin {})>{ctx.t("admin-title")}</a>
        {kit::error_summary(ctx, &data.errors, &labels)}
        <h1 class="ams-heading ams-heading--1">{ctx.t("log-title")}</h1>
        <p class="ams-paragraph fb-read">{ctx.t("log-intro")}</p>
        <p class="ams-paragraph fb-read"><strong>{fixed}</strong>" "{ctx.t("log-fixed-how")}" "<a class="ams-link" href=ctx.url(&urls::DataFile { file: "logboek.json".into() })>{ctx.t("log-fixed-data")}</a></p>
        {filters(ctx, data)}
        {lines}
        {(later || data.older.is_some()).then(|| view! { <nav class="fb-pages" aria-label=ctx.t("log-lines")>{newest}{older}</nav> })}
    };
    frame(ctx, Frame::narrow(ctx.t("log-title")).failed(!data.errors.0.is_empty()), main)
}

fn sample() -> LogView {
    let line = LogLine {
        id: 41,
        at: 1_795_000_000,
        act: "publish".into(),
        actor: Some(7),
        name: Some("Fatma <b>".into()),
        role: "moderator".into(),
        place: "Vogelbuurt".into(),
        kind: "initiative".into(),
        subject: 12,
        link: Some("/initiatieven/12".into()),
        detail: String::new(),
        is_fixed: true,
    };
    let bare = LogLine { name: None, place: String::new(), link: None, ..line.clone() };
    let with = |actor, role: &str, act: &str| LogLine { actor, role: role.into(), act: act.into(), ..bare.clone() };
    let mut lines = vec![
        line.clone(),
        LogLine { place: "city".into(), role: "administrator".into(), ..line.clone() },
        LogLine { place: String::new(), role: "staff".into(), ..line.clone() },
        LogLine { role: "resident".into(), ..line.clone() },
        LogLine { name: None, is_fixed: false, ..line },
        with(Some(9), "staff", "verdict"),
        with(Some(9), "resident", "support"),
        with(Some(9), "", "support"),
        with(None, "visitor", "sign_up"),
        with(None, "system", "no_such_act"),
    ];
    lines.extend(KEPT.iter().map(|(act, _)| with(None, "system", act)));
    lines.extend(KINDS.iter().map(|kind| LogLine { kind: (*kind).into(), detail: "gevraagd".into(), ..bare.clone() }));
    let typed = Raw::from_pairs(&[("handeling", "publish"), ("voor", "99")]);
    LogView {
        typed,
        lines,
        older: Some("/beheer/logboek?voor=41".into()),
        fixed: Some((40, 1_795_000_000)),
        ..LogView::default()
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "admin/log", draw: |ctx| log(ctx, &sample()) },
        Sample {
            name: "admin/log-wrong",
            draw: |ctx| {
                let typed = Raw::from_pairs(&[("wie", "Fatma"), ("van", "gisteren")]);
                let errors = Errors(vec![("wie", Problem::NotAChoice), ("van", Problem::NotADate)]);
                log(ctx, &LogView { typed, errors, ..LogView::default() })
            },
        },
    ]
}
