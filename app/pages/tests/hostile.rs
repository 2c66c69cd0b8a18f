//! Hostile text in every kind of field: it comes back as text, to the letter, and never as markup.

use domain::form::{Errors, Raw};
use leptos::prelude::*;
use pages::Ctx;
use pages::plans::new::{NewView, idea, place, send};
use texts::Lang;

const HOSTILE: &str = "</textarea></title>\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;";

fn drawn(draw: impl Fn(&Ctx, &NewView) -> AnyView) -> String {
    let fields = ["title", "what", "why", "buurt", "place", "cost", "name", "email"];
    let data = NewView {
        typed: Raw::from_pairs(&fields.map(|name| (name, HOSTILE))),
        errors: Errors::default(),
        ..NewView::sample()
    };
    Owner::new().with(|| draw(&Ctx::sample(Lang::Nl), &data).to_html())
}

#[test]
fn a_title_is_text() {
    let plan = pages::plans::show::PlanView { title: HOSTILE.into(), ..pages::plans::show::PlanView::sample() };
    let page = Owner::new().with(|| pages::plans::show::show(&Ctx::sample(Lang::Nl), &plan).to_html());
    let title = page.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).unwrap().0;
    assert!(!title.contains('<'), "{title}");
    assert!(html_escape::decode_html_entities(title).starts_with(HOSTILE), "{title}");
}

#[test]
fn typed_text_never_becomes_markup() {
    for page in [drawn(idea), drawn(place), drawn(send)] {
        assert!(
            !page.contains("<script>alert") && !page.contains("<img src=x") && !page.contains("</textarea></title>")
        );
        assert!(page.contains("alert(1)"), "it is shown all the same");
    }
    // What a browser makes of a text area: character references are read back, and the first line break is dropped.
    let page = drawn(idea);
    let area = page.split_once("name=\"what\"").and_then(|(_, rest)| rest.split_once('>')).unwrap().1;
    let text = area.split_once("</textarea>").unwrap().0;
    assert_eq!(
        html_escape::decode_html_entities(text).strip_prefix('\n'),
        Some(HOSTILE),
        "typed text is kept to the letter"
    );
}

#[test]
fn what_is_typed_about_money_never_becomes_markup() {
    use pages::execution::RunView;
    use pages::execution::forms::{FormView, Screen, form};
    let fields =
        ["conditions", "contact", "partner", "payee", "purpose", "note", "what", "why", "reason", "words", "line_what"];
    let screens = [
        Screen::Agreement,
        Screen::InstalmentNew,
        Screen::Step(3),
        Screen::ChangeNew,
        Screen::Change(3),
        Screen::Stop,
        Screen::Account,
    ];
    for screen in screens {
        let mut run = RunView::sample();
        run.title = HOSTILE.into();
        for step in &mut run.steps {
            (step.title, step.note) = (HOSTILE.into(), HOSTILE.into());
        }
        for change in &mut run.changes {
            (change.what, change.why) = (HOSTILE.into(), HOSTILE.into());
        }
        let typed = Raw::from_pairs(&fields.map(|name| (name, HOSTILE)));
        let data = FormView { screen, run, staff: screen != Screen::Step(3), typed, errors: Errors::default() };
        let page = Owner::new().with(|| form(&Ctx::sample(Lang::Nl), &data).to_html());
        assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "{screen:?}");
        assert!(page.contains("alert(1)"), "{screen:?}: it is shown all the same");
    }
}
