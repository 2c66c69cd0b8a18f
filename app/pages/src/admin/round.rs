//! `/beheer/stemrondes/{round}`: one round with its steps, and what two administrators decide together.

use super::counting::{self, CountingView};
use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::result::complaint::{ComplaintRow, desk};
use crate::rounds::changes::{VersionView, act, difference, notice, turnout};
use crate::rounds::{PlanCard, RoundCard, digest_note, phase_badge, term, theme_badge, titles};
use crate::{Ctx, Sample};
use domain::form::{Errors, Problem, Raw};
use domain::round::Phase;
use domain::urls;
use leptos::prelude::*;

/// A change that waits for a second administrator.
#[derive(Clone, Debug)]
pub struct ProposalView {
    /// Its version.
    pub version: i64,
    /// The reader proposed it: somebody else has to agree.
    pub own: bool,
    /// When, why and what.
    pub change: VersionView,
}

/// One administrator's part in the lot.
#[derive(Clone, Debug)]
pub struct LotView {
    /// Account.
    pub account: i64,
    /// Name.
    pub name: String,
    /// Digest of the secret.
    pub digest: String,
    /// The secret, once revealed.
    pub secret: Option<String>,
    /// Was revealed; shown once both are settled.
    pub revealed: bool,
    /// Nobody has it any more.
    pub lost: bool,
    /// The reader's own.
    pub own: bool,
    /// Somebody said that it is lost: who, why, and whether that was the reader.
    pub asked: Option<(String, String, bool)>,
}

/// The lot of a round.
#[derive(Clone, Debug)]
pub struct LotsView {
    /// Parts given.
    pub parts: Vec<LotView>,
    /// A secret to propose to the reader, who can give one now.
    pub give: Option<String>,
    /// Secrets can be revealed now.
    pub reveal: bool,
    /// A colleague's secret can be given up now.
    pub lose_colleague: bool,
}

/// One round at the desk.
#[derive(Clone, Debug)]
pub struct AdminRoundView {
    /// The round.
    pub card: RoundCard,
    /// Its plans.
    pub plans: Vec<PlanCard>,
    /// Keys of the steps that can be done now, the ordinary one first.
    pub steps: Vec<&'static str>,
    /// Digest of the frozen paper.
    pub digest: Option<String>,
    /// Voted on with codes: there is a roll to see to.
    pub by_code: bool,
    /// How many voted so far, and the roll.
    pub turnout: Option<(i64, i64)>,
    /// Turnout, sheets of paper and roll, after the close.
    pub counted: Option<(i64, Option<i64>, i64)>,
    /// Texts and dates can be changed.
    pub may_change: bool,
    /// The change that waits.
    pub proposal: Option<ProposalView>,
    /// Changes that hold.
    pub versions: Vec<VersionView>,
    /// Where equals are settled by lot.
    pub lots: Option<LotsView>,
    /// Counting by two.
    pub counting: CountingView,
    /// Complaints about the result.
    pub complaints: Vec<ComplaintRow>,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl AdminRoundView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let part = |account, name: &str, secret: Option<&str>| LotView {
            account,
            name: name.into(),
            digest: "cd34".repeat(16),
            secret: secret.map(str::to_owned),
            revealed: secret.is_some(),
            lost: false,
            own: account == 1,
            asked: None,
        };
        Self {
            card: RoundCard { phase: Phase::Counting, ..RoundCard::sample() },
            plans: PlanCard::samples(),
            steps: vec!["publish", "open", "close", "count", "result", "stop"],
            digest: Some("ab12".repeat(16)),
            by_code: true,
            turnout: Some((64, 410)),
            counted: Some((64, Some(3), 410)),
            may_change: true,
            proposal: Some(ProposalView { version: 2, own: false, change: VersionView::sample() }),
            versions: vec![VersionView::sample(), VersionView::sample()],
            lots: Some(LotsView {
                parts: vec![
                    part(1, "Ans <i>Visser</i>", None),
                    part(2, "Bram", Some("een lang geheim")),
                    LotView {
                        asked: Some(("Ans".into(), "Bram is <b>ziek</b>.".into(), false)),
                        ..part(3, "Bram", None)
                    },
                    LotView { asked: Some(("Jij".into(), "Weg.".into(), true)), ..part(4, "Cor", None) },
                ],
                give: None,
                reveal: true,
                lose_colleague: true,
            }),
            counting: CountingView::sample(),
            complaints: ComplaintRow::samples(),
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }
}

fn proposal(ctx: &Ctx, data: &AdminRoundView, proposal: &ProposalView) -> AnyView {
    let action = || ctx.url(&urls::AdminRoundDecide { round: data.card.slug.clone(), version: proposal.version });
    let (text, acts) = if proposal.own {
        ("change-own", act(ctx, action(), ("besluit", "nee"), "change-take-back", "ams-button ams-button--secondary"))
    } else {
        let yes = act(ctx, action(), ("besluit", "ja"), "change-agree", "ams-button ams-button--primary");
        let no = act(ctx, action(), ("besluit", "nee"), "change-refuse", "ams-button ams-button--secondary");
        ("change-other", view! { {yes}{no} }.into_any())
    };
    view! {
        <section class="fb-notice" id="voorstel"><h2 class="ams-heading ams-heading--3">{ctx.t("change-waits")}</h2>
            <p class="ams-paragraph" dir="auto">{proposal.change.reason.clone()}</p>
            {difference(ctx, &proposal.change.changes, &titles(&data.plans))}
            <p class="ams-paragraph">{ctx.t(text)}</p><div class="fb-row">{acts}</div></section>
    }
    .into_any()
}

/// One part: whose, its digest, and how it stands.
fn part(ctx: &Ctx, data: &AdminRoundView, lots: &LotsView, part: &LotView) -> AnyView {
    let action = || ctx.url(&urls::AdminRoundLot { round: data.card.slug.clone() });
    let state = match (&part.secret, part.revealed, part.lost) {
        (Some(secret), ..) => ctx.ta("lot-revealed", &[("secret", secret.as_str().into())]),
        (None, true, _) => ctx.t("lot-revealed-alone"),
        (None, _, true) => ctx.t("lot-lost"),
        (None, ..) => ctx.t("lot-kept"),
    };
    let asked = part.asked.as_ref().map(|(name, reason, own)| {
        let told = ctx.ta("lot-lose-first", &[("name", name.as_str().into()), ("reason", reason.as_str().into())]);
        let next = ctx.t(if *own { "counting-own" } else { "lot-lose-second" });
        view! { <p class="ams-paragraph" dir="auto">{told}</p><p class="ams-paragraph">{next}</p> }
    });
    let said = part.asked.as_ref().is_some_and(|(.., own)| *own);
    let open = lots.reveal && !part.revealed && !part.lost;
    let reveal = (open && part.own).then(|| {
        let secret = kit::field(ctx, &Field { name: "secret", label: ctx.t("lot-secret-own"), hint: String::new(), kind: Kind::Line, heading: false, typed: &data.typed, errors: &data.errors });
        view! { <form class="fb-form" method="post" action=action() novalidate>{kit::hidden(ctx)}<input type="hidden" name="doe" value="onthul"/>
            {secret}<button class="ams-button ams-button--primary">{ctx.t("lot-reveal")}</button></form> }
    });
    let sent = data.typed.get("doe") == "kwijt" && data.typed.get("whose") == part.account.to_string();
    let why = if sent { "lost".to_owned() } else { format!("lost-{}", part.account) };
    let lose = (open && !said && (part.own || lots.lose_colleague)).then(|| {
        // Escaped here: Leptos writes the text of a textarea as it is.
        let typed = if sent { format!("\n{}", html_escape::encode_text(data.typed.get("lost"))) } else { String::new() };
        let error = sent.then(|| kit::error_text(ctx, "lost", &data.errors));
        view! { <details class="fb-details" open=sent><summary class="fb-details__button">{ctx.t("lot-lose")}</summary>
            <form class="fb-form" method="post" action=action() novalidate>{kit::hidden(ctx)}<input type="hidden" name="doe" value="kwijt"/><input type="hidden" name="whose" value=part.account.to_string()/>
                <p class="ams-paragraph">{ctx.t(if part.own { "lot-lose-text" } else { "lot-lose-other" })}</p>
                <label class="ams-label" for=why.clone()>{ctx.t("lot-lose-reason")}</label>{error}<textarea class="ams-text-area" dir="auto" id=why name="lost" rows="3">{typed}</textarea>
                <button class="ams-button ams-button--secondary fb-button--danger">{ctx.t("lot-lose")}</button></form></details> }
    });
    view! { <li class="fb-card"><div class="fb-card__body fb-stack fb-stack--tight"><h3 class="ams-heading ams-heading--4" dir="auto">{part.name.clone()}</h3>
        <p class="ams-paragraph" dir="auto">{state}</p><p class="fb-meta fb-isolate">{part.digest.clone()}</p>{reveal}{asked}{lose}</div></li> }
    .into_any()
}

fn lots(ctx: &Ctx, data: &AdminRoundView, lots: &LotsView) -> AnyView {
    let parts = lots.parts.iter().map(|one| part(ctx, data, lots, one)).collect_view();
    let give = lots.give.as_ref().map(|proposed| {
        let mut typed = data.typed.clone();
        if typed.get("secret").is_empty() {
            typed.set("secret", proposed.clone());
        }
        let field = kit::field(ctx, &Field { name: "secret", label: ctx.t("lot-secret"), hint: ctx.t("lot-secret-hint"), kind: Kind::Line, heading: false, typed: &typed, errors: &data.errors });
        let form = view! { <form class="fb-form" method="post" action=ctx.url(&urls::AdminRoundLot { round: data.card.slug.clone() }) novalidate>{kit::hidden(ctx)}<input type="hidden" name="doe" value="geef"/>
            {field}<button class="ams-button ams-button--secondary">{ctx.t("lot-give")}</button></form> };
        if !lots.parts.iter().any(|one| one.own) {
            return form.into_any();
        }
        let open = !data.errors.0.is_empty() && data.typed.get("doe") == "geef";
        view! { <details class="fb-details" open=open><summary class="fb-details__button">{ctx.t("lot-replace")}</summary><p class="ams-paragraph">{ctx.t("lot-replace-text")}</p>{form}</details> }.into_any()
    });
    view! {
        <section class="fb-section" id="loting"><h2 class="ams-heading ams-heading--2">{ctx.t("lot-title")}</h2>
            <p class="ams-paragraph fb-read">{ctx.ta("lot-text", &[("count", lots.parts.len().into())])}</p>
            {(!lots.parts.is_empty()).then(|| view! { <ul class="fb-cards">{parts}</ul> })}{give}</section>
    }
    .into_any()
}

/// Its page.
pub fn round(ctx: &Ctx, data: &AdminRoundView) -> AnyView {
    let slug = || data.card.slug.clone();
    let steps = data.steps.iter().enumerate().map(|(at, key)| counting::step(ctx, data, at, key)).collect_view();
    let plans = data.plans.iter().map(|p| kit::fact(p.title.clone(), ctx.money(p.cost))).collect_view();
    let number = |n| texts::number(ctx.lang, n);
    let counted = data.counted.map(|(turnout, paper, roll)| {
        let paper = paper.map(|paper| kit::stat(ctx.t("admin-paper"), number(paper), String::new()));
        view! { <dl class="fb-stats">{kit::stat(ctx.t("admin-turnout"), number(turnout), String::new())}{paper}{kit::stat(ctx.t("admin-roll"), number(roll), String::new())}</dl> }
    });
    let link =
        |href: String, key: &str| view! { <p class="ams-paragraph"><a class="fb-more" href=href>{ctx.t(key)}</a></p> };
    let labels = [
        ("reason", "admin-stop-reason"),
        ("secret", "lot-secret"),
        ("lost", "lot-lose-reason"),
        ("recount", "counting-again-why"),
        ("whole", "counting-whole-why"),
        ("dispute", "counting-hold-why"),
        ("answer", "counting-settle-what"),
        ("finding", "complaint-finding"),
        ("outcome", "complaint-outcome"),
        ("reply", "complaint-reply"),
        ("step", "admin-round-steps"),
    ];
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::AdminRounds {})>{ctx.t("admin-rounds")}</a>
        {kit::error_summary(ctx, &data.errors, &labels)}
        <div class="fb-head"><p class="fb-kicker">{data.card.buurt.clone()}</p><h1 class="ams-heading ams-heading--1">{data.card.title.clone()}</h1>
            <p class="fb-row">{phase_badge(ctx, data.card.phase)}{theme_badge(ctx, &data.card)}<span class="fb-meta">{term(ctx, &data.card)}</span><span class="fb-money">{ctx.money(data.card.pot)}</span></p>
            {turnout(ctx, data.turnout)}</div>
        {data.proposal.as_ref().map(|p| proposal(ctx, data, p))}
        {link(ctx.url(&urls::Round { round: slug() }), "admin-round-public")}
        {data.by_code.then(|| link(ctx.url(&urls::AdminRoundRoll { round: slug() }), "admin-round-roll"))}
        {(data.by_code && data.card.phase == Phase::Counting).then(|| link(ctx.url(&urls::VoteDeskPaper { round: slug() }), "paper-title"))}
        {(data.may_change && data.proposal.is_none()).then(|| link(ctx.url(&urls::AdminRoundChange { round: slug() }), "change-title"))}
        <p class="ams-paragraph">{super::rounds::again(ctx, &data.card)}</p>
        {counted}
        {counting::preview(ctx, data)}
        <div class="fb-stack" id="step">{steps}</div>
        {counting::disputes(ctx, data)}
        {desk(ctx, &slug(), &data.complaints, &data.typed, &data.errors)}
        {data.lots.as_ref().map(|l| lots(ctx, data, l))}
        <section class="fb-section"><h2 class="ams-heading ams-heading--2">{ctx.t("rounds-paper")}</h2><dl class="fb-facts">{plans}</dl></section>
        {notice(ctx, &data.versions, &titles(&data.plans))}
        {digest_note(ctx, data.digest.as_deref())}
    };
    frame(ctx, Frame::narrow(data.card.title.clone()).failed(!data.errors.0.is_empty()), main)
}

/// Changing texts and dates.
#[derive(Clone, Debug)]
pub struct ChangeView {
    /// The round.
    pub card: RoundCard,
    /// Plans of the paper, with their texts as they are.
    pub plans: Vec<PlanCard>,
    /// Voting has begun: its opening stays.
    pub begun: bool,
    /// Names the paper that was read.
    pub basis: String,
    /// Nobody has read the paper yet: the change needs no second administrator.
    pub at_once: bool,
    /// What was typed, or how it is.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

impl ChangeView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: RoundCard::sample(),
            plans: PlanCard::samples(),
            begun: false,
            basis: "ab".into(),
            at_once: false,
            typed: Raw::from_pairs(&[
                ("title", "Buurtbudget"),
                ("opens", "2026-11-20T09:00"),
                ("title-1", "Samen Spelen"),
            ]),
            errors: Errors::default(),
        }
    }
}

/// A plan's texts. Their names hold its number, so they are no fields of the kit.
fn plan_texts(ctx: &Ctx, data: &ChangeView, plan: &PlanCard, first: bool) -> AnyView {
    let (title, text) = (format!("title-{}", plan.id), format!("text-{}", plan.id));
    // The error summary leads to the first.
    let id = if first { "plans".to_owned() } else { title.clone() };
    view! {
        <fieldset class="ams-field-set fb-stack fb-stack--tight"><legend class="ams-field-set__legend" dir="auto">{plan.title.clone()}</legend>
            <label class="ams-label" for=id.clone()>{ctx.t("part-plan-title")}</label><input class="ams-text-input" type="text" dir="auto" id=id name=title.clone() value=data.typed.get(&title).to_owned()/>
            <label class="ams-label" for=text.clone()>{ctx.t("part-plan-text")}</label><textarea class="ams-text-area" rows="4" dir="auto" id=text.clone() name=text.clone()>{data.typed.get(&text).to_owned()}</textarea></fieldset>
    }
    .into_any()
}

/// Its page.
pub fn change(ctx: &Ctx, data: &ChangeView) -> AnyView {
    let field = |name, key: &str, hint: &str, kind| {
        let hint = if hint.is_empty() { String::new() } else { ctx.t(hint) };
        kit::field(
            ctx,
            &Field { name, label: ctx.t(key), hint, kind, heading: false, typed: &data.typed, errors: &data.errors },
        )
    };
    let plans = data.plans.iter().enumerate().map(|(at, plan)| plan_texts(ctx, data, plan, at == 0)).collect_view();
    let labels = [
        ("title", "admin-round-title"),
        ("intro", "admin-round-intro"),
        ("opens", "admin-round-opens"),
        ("closes", "admin-round-closes"),
        ("plans", "rounds-paper"),
        ("reason", "change-reason"),
    ];
    let opens = if data.begun {
        view! { <input type="hidden" name="opens" value=data.typed.get("opens").to_owned()/> }.into_any()
    } else {
        field("opens", "admin-round-opens", "", Kind::DateTime)
    };
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::AdminRound { round: data.card.slug.clone() })>{data.card.title.clone()}</a>
        {kit::error_summary(ctx, &data.errors, &labels)}
        <h1 class="ams-heading ams-heading--1">{ctx.t("change-title")}</h1>
        <p class="ams-paragraph fb-read">{ctx.t(if data.at_once { "change-text-setup" } else { "change-text" })}</p>
        <form class="fb-form" method="post" action=ctx.url(&urls::AdminRoundChange { round: data.card.slug.clone() }) novalidate>{kit::hidden(ctx)}<input type="hidden" id="basis" name="basis" value=data.basis.clone()/>
            {field("title", "admin-round-title", "", Kind::Line)}{field("intro", "admin-round-intro", "", Kind::Area)}
            {opens}{field("closes", "admin-round-closes", "change-closes-hint", Kind::DateTime)}
            {kit::error_text(ctx, "plans", &data.errors)}{plans}
            {(!data.at_once).then(|| field("reason", "change-reason", "change-reason-hint", Kind::Area))}
            {kit::bar(ctx.t(if data.at_once { "change-do-setup" } else { "change-do" }))}</form>
    };
    frame(ctx, Frame::narrow(ctx.t("change-title")).failed(!data.errors.0.is_empty()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "admin/round", draw: |ctx| round(ctx, &AdminRoundView::sample()) },
        Sample {
            name: "admin/round-own",
            draw: |ctx| {
                let mut view = AdminRoundView::sample();
                if let Some(proposal) = &mut view.proposal {
                    proposal.own = true;
                }
                if let Some(lots) = &mut view.lots {
                    lots.parts[0].lost = true;
                    lots.parts[1].own = false;
                    lots.parts[1].secret = None;
                    lots.give = Some("0123abcd-4567efab".into());
                    lots.reveal = false;
                }
                view.errors = Errors::one("step", Problem::LotsMissing);
                round(ctx, &view)
            },
        },
        Sample { name: "admin/change", draw: |ctx| change(ctx, &ChangeView::sample()) },
        Sample {
            name: "admin/change-errors",
            draw: |ctx| {
                let errors = Errors(vec![("plans", Problem::TooLong(80)), ("reason", Problem::NothingNew)]);
                change(ctx, &ChangeView { begun: true, at_once: true, errors, ..ChangeView::sample() })
            },
        },
    ]
}
