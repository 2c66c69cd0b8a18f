//! The ballot: the sum in the bar, − and + for points, a list of one's own for an order, finding plans among many.
//!
//! The plain controls stay what is sent; everything here reads and sets them. `form[data-ballot]` says which form of ballot
//! it is (`approval`, `knapsack`, `points`, `ranking`) and its limits; controls carry `data-cost` in cents, buttons what they
//! do (`data-do`) and to which plan (`data-of`).

mod points;
mod ranking;
mod sift;

use crate::{dom, euro};
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{Element, Event, HtmlFormElement};

/// Brings the page's ballot to life.
#[island]
pub fn BallotIsland() -> impl IntoView {
    wake();
    view! { <span hidden></span> }
}

fn wake() -> Option<()> {
    let page = dom::page()?;
    let form = dom::form(&page, "form[data-ballot]")?;
    let paper = Rc::new(Paper {
        kind: match dom::attribute(&form, "data-ballot").as_str() {
            "knapsack" => Kind::Knapsack,
            "points" => Kind::Points,
            "ranking" => Kind::Ranking,
            _ => Kind::Approval,
        },
        most: number(&dom::attribute(&form, "data-most")),
        each: number(&dom::attribute(&form, "data-each")),
        status: dom::find(&form, "[data-some]")?,
        spoken: dom::find(&form, "[data-spoken]")?,
        gauge: dom::find(&form, ".fb-gauge__fill")?,
        form,
    });
    for plain in dom::all(&paper.form, "[data-plain]") {
        dom::hide(&plain, true);
    }
    for extra in dom::all(&paper.form, "[data-extra]") {
        dom::hide(&extra, false);
    }
    if paper.kind == Kind::Ranking {
        ranking::name_targets(&paper);
    }
    mix_in(&paper.form);
    paper.refresh();
    sift::wake(&page, &paper);
    let pressed = Rc::clone(&paper);
    dom::listen(&paper.form, "click", move |event| {
        if let Some(button) = dom::origin(&event, "[data-do]") {
            pressed.act(&button);
        }
    });
    let form = paper.form.clone();
    let changed = Rc::clone(&paper);
    let changes = move |_: Event| changed.refresh();
    dom::listen(&form, "change", changes.clone());
    dom::listen(&form, "input", changes);
    // A browser that comes back to the page fills the form by itself, with no `change`.
    let window = dom::window()?;
    dom::listen(&window, "pageshow", move |_| paper.refresh());
    Some(())
}

/// What this browser draws for the receipt, so that the server alone does not decide on it.
fn mix_in(form: &HtmlFormElement) -> Option<()> {
    let field = dom::find(form, "input[name=toeval]")?;
    let mut bytes = [0_u8; 16];
    dom::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    let mut own = String::with_capacity(32);
    for byte in bytes {
        for half in [byte >> 4, byte & 15] {
            own.push(char::from(b"0123456789abcdef"[usize::from(half)]));
        }
    }
    dom::set(&field, "value", &JsValue::from_str(&own));
    Some(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Approval,
    Knapsack,
    Points,
    Ranking,
}

struct Paper {
    kind: Kind,
    form: HtmlFormElement,
    /// Plans, cents, points or places that a ballot may hold.
    most: i64,
    /// Points for one plan.
    each: i64,
    status: Element,
    spoken: Element,
    gauge: Element,
}

/// What the voter gives to one plan.
struct Choice {
    control: Element,
    /// 1 where ticked, points, or the place; 0 for nothing.
    value: i64,
}

impl Choice {
    /// The plan's id: the value of a box, the end of the name of the others.
    fn plan(&self) -> String {
        let name = dom::text(&self.control, "name");
        name.split_once('-').map_or_else(|| dom::text(&self.control, "value"), |(_, id)| id.to_owned())
    }
}

fn number(text: &str) -> i64 {
    text.parse().unwrap_or(0)
}

impl Paper {
    fn choices(&self) -> Vec<Choice> {
        dom::controls(&self.form)
            .filter(|control| control.has_attribute("data-cost"))
            .map(|control| {
                let value = if dom::text(&control, "type") == "checkbox" {
                    i64::from(dom::checked(&control))
                } else {
                    number(&dom::text(&control, "value")).max(0)
                };
                Choice { control, value }
            })
            .collect()
    }

    /// The title of a plan, as it stands on its card.
    fn title(&self, plan: &str) -> String {
        let card = dom::find(&self.form, &["[data-plan=\"", plan, "\"] .fb-plan__title"].concat());
        card.and_then(|title| title.text_content()).unwrap_or_default()
    }

    fn say(&self, word: &str, plan: &str, n: i64) {
        let text = dom::fill(&dom::attribute(&self.spoken, word), |name| match name {
            "PLAN" => self.title(plan),
            _ => n.to_string(),
        });
        dom::write(&self.spoken, &text);
    }

    fn act(&self, button: &Element) {
        let (what, plan) = (dom::attribute(button, "data-do"), dom::attribute(button, "data-of"));
        match self.kind {
            Kind::Points => points::act(self, button, &what, &plan),
            Kind::Ranking => ranking::act(self, button, &what, &plan),
            Kind::Approval | Kind::Knapsack => {}
        }
    }

    /// Shows the controls' state: the line in the bar, the gauge, and the buttons.
    fn refresh(&self) {
        let choices = self.choices();
        let chosen: Vec<&Choice> = choices.iter().filter(|choice| choice.value > 0).collect();
        let plans = chosen.len() as i64;
        let cents: i64 = chosen.iter().map(|choice| number(&dom::attribute(&choice.control, "data-cost"))).sum();
        let used = match self.kind {
            Kind::Approval | Kind::Ranking => plans,
            Kind::Knapsack => cents,
            Kind::Points => chosen.iter().map(|choice| choice.value).sum(),
        };
        let marks = dom::attribute(&self.status, "data-marks");
        let unit = |n: i64| if self.kind == Kind::Knapsack { euro(n, &marks) } else { n.to_string() };
        let line = dom::fill(&dom::attribute(&self.status, word(used, self.most)), |name| match name {
            "USED" => unit(used),
            "LEFT" => unit(self.most - used),
            "OVER" => unit(used - self.most),
            "MOST" => unit(self.most),
            "SUM" => euro(cents, &marks),
            _ => plans.to_string(),
        });
        // Written again, a line would be read out again.
        if self.status.text_content().as_deref() != Some(&line) {
            dom::write(&self.status, &line);
        }
        let over = if used > self.most { "true" } else { "false" };
        dom::set_attribute(&self.form, "data-over", over);
        dom::set_attribute(&self.gauge, "width", &[&share(used, self.most).to_string(), "%"].concat());
        match self.kind {
            Kind::Points => points::refresh(self, &choices, self.most - used),
            Kind::Ranking => ranking::refresh(self, &choices),
            Kind::Approval | Kind::Knapsack => {}
        }
    }
}

/// Which of the line's words fits.
fn word(used: i64, most: i64) -> &'static str {
    match used {
        used if used > most => "data-over",
        0 => "data-none",
        used if used == most => "data-full",
        _ => "data-some",
    }
}

/// Whole percents, never above 100; what is there is at least 1.
fn share(used: i64, most: i64) -> i64 {
    if used <= 0 { 0 } else { (used.saturating_mul(100) / most.max(1)).clamp(1, 100) }
}

#[cfg(test)]
mod tests {
    use super::{share, word};

    #[test]
    fn limits_are_the_last_allowed_value() {
        assert_eq!(
            [word(0, 5), word(4, 5), word(5, 5), word(6, 5)],
            ["data-none", "data-some", "data-full", "data-over"]
        );
    }

    #[test]
    fn a_gauge_shows_the_least_and_never_runs_over() {
        assert_eq!([share(0, 5), share(1, 1000), share(2, 5), share(9, 5), share(1, 0)], [0, 1, 40, 100, 100]);
        assert_eq!(share(i64::MAX, 1), 100);
    }
}
