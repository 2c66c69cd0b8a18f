//! Answering a wave: one question on a screen, all of them in one form.
//!
//! Without a script each button sends the form, and the server shows the next question with everything in it that was given so
//! far; nothing is kept. With one, [`StepsIsland`] turns the screens on the phone itself, and only the last button sends.

use super::screens::screen;
use super::{WaveCard, term};
use crate::frame::{Frame, frame};
use crate::{Ctx, Sample, kit};
use domain::form::{Errors, Problem, Raw};
use domain::survey::{Asked, Kind, Question, Texts, When};
use domain::urls;
use islands::{FormDraft, PatienceIsland, StepsIsland};
use leptos::prelude::*;

/// By which door the reader comes in, or why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Door {
    /// A resident, signed in.
    Resident,
    /// With the code of a letter.
    Letter,
    /// With the own code of an answer, to change it.
    Own,
    /// With the link alone: says in which of these buurten (id, name) they live; empty: the wave asks only one.
    Open(Vec<(String, String)>),
    /// An administrator looks at what residents will see; nothing can be sent.
    Preview,
    /// Not signed in.
    SignIn,
    /// Where they live was not shown yet.
    Residence,
    /// They live where this wave does not ask.
    Elsewhere,
}

impl Door {
    fn opens(&self) -> bool {
        !matches!(self, Self::SignIn | Self::Residence | Self::Elsewhere)
    }
}

/// A wave to answer.
#[derive(Clone, Debug)]
pub struct WaveView {
    /// The wave.
    pub card: WaveCard,
    /// What it asks.
    pub asked: Asked,
    /// How the reader stands to it.
    pub door: Door,
    /// Which screen, from 0.
    pub step: usize,
    /// What was typed.
    pub typed: Raw,
    /// What is wrong.
    pub errors: Errors,
}

/// One screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The mark.
    Mark,
    /// One of the three questions: its field.
    Words(&'static str),
    /// What it is about.
    Themes,
    /// An own question, by place.
    Own(usize),
    /// In which buurt.
    Buurt,
}

/// Fields of the own questions.
pub(super) const OWN: [&str; 3] = ["own_1", "own_2", "own_3"];

impl WaveView {
    /// For tests and previews.
    pub fn sample() -> Self {
        Self {
            card: WaveCard::sample(),
            asked: Asked::default(),
            door: Door::Resident,
            step: 0,
            typed: Raw::default(),
            errors: Errors::default(),
        }
    }

    /// Every kind of question, and the buurt.
    fn full(step: usize) -> Self {
        let both = |nl, en| Texts::of(&[("nl", nl), ("en", en)]);
        let question = |kind, text, options, when| Question { kind, text, options, when };
        let questions = vec![
            question(
                Kind::Choice,
                both("Kom je wel eens op het plein?", "Do you ever come to the square?"),
                vec![both("Ja", "Yes"), both("Nee", "No")],
                None,
            ),
            question(Kind::Open, both("Waarom niet?", "Why not?"), Vec::new(), Some(When { question: 0, option: 1 })),
            question(
                Kind::Scale,
                both("Voel je je er veilig?", "Do you feel safe there?"),
                vec![both("nooit", "never"), both("altijd", "always")],
                None,
            ),
        ];
        Self {
            asked: Asked { questions, themes: true, ..Asked::default() },
            door: Door::Open(vec![("1".into(), "Vogelbuurt".into()), ("2".into(), "IJplein".into())]),
            step,
            typed: Raw::from_pairs(&[
                ("mark", "7"),
                ("good", "De <b>markt</b> 🌳"),
                ("own_1", "1"),
                ("about", "green"),
            ]),
            ..Self::sample()
        }
    }

    /// The screens, in order.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = vec![Step::Mark, Step::Words("good"), Step::Words("better"), Step::Words("can_do")];
        if self.asked.themes {
            steps.push(Step::Themes);
        }
        steps.extend((0..self.asked.questions.len()).map(Step::Own));
        if matches!(&self.door, Door::Open(buurten) if !buurten.is_empty()) {
            steps.push(Step::Buurt);
        }
        steps
    }

    /// Whether a screen's question is asked, given what was answered before.
    fn asked(&self, step: Step) -> bool {
        let Step::Own(n) = step else { return true };
        let when = self.asked.questions.get(n).and_then(|q| q.when);
        when.is_none_or(|w| OWN.get(w.question).is_some_and(|field| self.typed.get(field) == w.option.to_string()))
    }

    /// The screen to show on the way to this one, past questions that are not asked.
    pub fn reach(&self, from: usize, to: usize) -> usize {
        let steps = self.steps();
        let asked = |n: &usize| steps.get(*n).is_some_and(|step| self.asked(*step));
        let last = steps.len().saturating_sub(1);
        if to < from {
            (0..=to.min(last)).rev().find(asked).unwrap_or(0)
        } else {
            (to.min(last)..=last).find(asked).unwrap_or(from.min(last))
        }
    }

    /// The screen of the first field that is wrong.
    pub fn wrong_step(&self) -> usize {
        let fields = |step: &Step| match *step {
            Step::Mark => "mark",
            Step::Words(field) => field,
            Step::Themes => "about",
            Step::Own(n) => OWN.get(n).copied().unwrap_or_default(),
            Step::Buurt => "buurt",
        };
        self.steps().iter().position(|step| self.errors.of(fields(step)).is_some()).unwrap_or(0)
    }
}

/// Name of the draft on the phone.
pub(crate) fn draft_key(slug: &str) -> String {
    ["survey-", slug].concat()
}

fn questions(ctx: &Ctx, data: &WaveView) -> AnyView {
    let steps = data.steps();
    let of = steps.len();
    let next = (data.step + 1).min(of.saturating_sub(1)).to_string();
    let screens = steps.into_iter().enumerate().map(|(n, step)| screen(ctx, data, n, step, of)).collect_view();
    let code = data.typed.get("code").to_owned();
    let typed = data.step > 0 || !data.errors.0.is_empty();
    let secret = match data.door {
        Door::Open(_) => "survey-secret-open",
        Door::Own => "survey-secret-own",
        Door::Preview => "survey-preview",
        _ => "survey-secret",
    };
    // The first island turns screens; those that keep and send the form come after it.
    view! {
        <div><StepsIsland/></div>
        <FormDraft form_id="peiling".to_owned() key=draft_key(&data.card.slug) notice=ctx.t("draft-back") discard=ctx.t("draft-discard") ballot=true/>
        <form class="fb-form" id="peiling" method="post" action=ctx.url(&urls::Wave { wave: data.card.slug.clone() }) novalidate data-steps="" data-patient="">
            {kit::hidden(ctx)}
            <input type="hidden" name="code" value=code/>
            <input type="text" name="step" value=typed.then(|| data.step.to_string()) hidden/>
            // What Enter presses.
            <button name="to" value=next data-default="" hidden></button>
            {screens}
        </form>
        <div><PatienceIsland/></div>
        <p class="fb-meta">{ctx.t(secret)}" "{term(ctx, &data.card)}"."</p>
    }
    .into_any()
}

/// What was typed, to read and copy, when it came too late.
fn too_late(ctx: &Ctx, data: &WaveView) -> AnyView {
    let texts: Vec<String> = ["good", "better", "can_do"]
        .iter()
        .map(|name| data.typed.get(name).trim().to_owned())
        .filter(|t| !t.is_empty())
        .collect();
    if texts.is_empty() {
        return ().into_any();
    }
    let texts = texts.into_iter().map(|text| view! { <p class="ams-paragraph" dir="auto">{text}</p> }).collect_view();
    view! { <section class="fb-section"><h2 class="ams-heading ams-heading--3">{ctx.t("survey-too-late")}</h2>{texts}<form method="post" action=ctx.url(&urls::NewInitiative {})>{kit::hidden(ctx)}<input type="hidden" name="what" value=data.typed.get("better").to_owned()/><button class="ams-button ams-button--secondary">{ctx.t("survey-to-plan")}</button></form></section> }
        .into_any()
}

/// The survey.
pub fn wave(ctx: &Ctx, data: &WaveView) -> AnyView {
    let here = ctx.url(&urls::Wave { wave: data.card.slug.clone() });
    let code = ctx.url(&urls::WaveCode { wave: data.card.slug.clone() });
    let notice = |title: &str, text: &str, link: Option<(String, &str)>| {
        let link =
            link.map(|(href, key)| view! { <a class="ams-button ams-button--primary" href=href>{ctx.t(key)}</a> });
        view! { <section class="fb-notice"><h2 class="ams-heading ams-heading--3">{ctx.t(title)}</h2><p class="ams-paragraph">{ctx.t(text)}</p>{link}</section> }.into_any()
    };
    let open = data.card.open && !data.card.result || data.door == Door::Preview;
    let answering = data.door.opens() && open;
    if answering {
        let labels = [
            ("mark", "survey-mark"),
            ("good", "survey-good"),
            ("better", "survey-better"),
            ("can_do", "survey-can-do"),
            ("own_1", "survey-own"),
            ("own_2", "survey-own"),
            ("own_3", "survey-own"),
            ("buurt", "survey-which-buurt"),
        ];
        let main = view! {
            {kit::error_summary(ctx, &data.errors, &labels)}
            <h1 class="fb-kicker">{data.card.title.clone()}</h1>
            {questions(ctx, data)}
        };
        let page = Frame::narrow(data.card.title.clone()).failed(!data.errors.0.is_empty()).with_islands();
        return frame(ctx, page, main);
    }
    let body = if data.card.result {
        let to = ctx.url(&urls::WaveResult { wave: data.card.slug.clone() });
        notice("survey-over", "survey-over-text", Some((to, "survey-to-result")))
    } else if !data.card.open {
        notice("survey-shut", "survey-shut-text", None)
    } else {
        match data.door {
            Door::SignIn => notice(
                "survey-sign-in",
                "survey-sign-in-text",
                Some((format!("{}?verder={here}", ctx.url(&urls::SignIn {})), "nav-sign-in")),
            ),
            Door::Residence => notice(
                "survey-residence",
                "survey-residence-text",
                Some((ctx.url(&urls::MineResidence {}), "ballot-residence-do")),
            ),
            _ => notice("survey-elsewhere", "survey-elsewhere-text", None),
        }
    };
    let by_code = data.card.open && !data.card.result;
    let main = view! {
        <a class="fb-back" href=ctx.url(&urls::Waves {})>{ctx.t("survey-title")}</a>
        <div class="fb-head"><p class="fb-kicker">{data.card.title.clone()}</p><h1 class="ams-heading ams-heading--1">{ctx.t("survey-question")}</h1><p class="fb-meta">{term(ctx, &data.card)}</p></div>
        {body}
        {by_code.then(|| view! { <p class="ams-paragraph"><a class="fb-more" href=code>{ctx.t("survey-have-code")}</a></p> })}
        {too_late(ctx, data)}
    };
    frame(ctx, Frame::narrow(data.card.title.clone()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "survey/form", draw: |ctx| wave(ctx, &WaveView::sample()) },
        Sample {
            name: "survey/errors",
            draw: |ctx| wave(ctx, &WaveView { errors: Errors::one("mark", Problem::Missing), ..WaveView::sample() }),
        },
        Sample { name: "survey/words", draw: |ctx| wave(ctx, &WaveView::full(1)) },
        Sample { name: "survey/themes", draw: |ctx| wave(ctx, &WaveView::full(4)) },
        Sample { name: "survey/choice", draw: |ctx| wave(ctx, &WaveView::full(5)) },
        Sample { name: "survey/scale", draw: |ctx| wave(ctx, &WaveView::full(7)) },
        Sample { name: "survey/buurt", draw: |ctx| wave(ctx, &WaveView::full(8)) },
        Sample { name: "survey/own-code", draw: |ctx| wave(ctx, &WaveView { door: Door::Own, ..WaveView::sample() }) },
        Sample {
            name: "survey/preview",
            draw: |ctx| wave(ctx, &WaveView { door: Door::Preview, ..WaveView::full(0) }),
        },
        Sample {
            name: "survey/sign-in",
            draw: |ctx| wave(ctx, &WaveView { door: Door::SignIn, ..WaveView::sample() }),
        },
        Sample {
            name: "survey/residence",
            draw: |ctx| wave(ctx, &WaveView { door: Door::Residence, ..WaveView::sample() }),
        },
        Sample {
            name: "survey/elsewhere",
            draw: |ctx| wave(ctx, &WaveView { door: Door::Elsewhere, ..WaveView::sample() }),
        },
        Sample {
            name: "survey/over",
            draw: |ctx| {
                let card = WaveCard { open: false, result: true, ..WaveCard::sample() };
                wave(ctx, &WaveView { card, ..WaveView::sample() })
            },
        },
        Sample {
            name: "survey/too-late",
            draw: |ctx| {
                let card = WaveCard { open: false, ..WaveCard::sample() };
                wave(ctx, &WaveView { card, ..WaveView::full(0) })
            },
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_of_some_is_passed_by_for_others() {
        let mut data = WaveView::full(5);
        assert_eq!(data.steps().len(), 9);
        assert_eq!(data.reach(5, 6), 6, "asked of who said no");
        data.typed.set("own_1", "0");
        assert_eq!(data.reach(5, 6), 7);
        assert_eq!(data.reach(7, 6), 5);
        assert_eq!(data.reach(8, 99), 8);
        data.errors = Errors::one("buurt", Problem::Missing);
        assert_eq!(data.wrong_step(), 8);
    }
}
