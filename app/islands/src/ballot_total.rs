//! The running total under a ballot: how many plans are ticked and what they cost together.

use crate::{dom, euro};
use leptos::prelude::*;
use std::rc::Rc;

/// Labels may hold `{n}` (plans ticked), `{sum}` (their cost), `{max}` (most plans) and `{pot}`.
///
/// * `form_id`: the ballot's form; its `input[name="plan"]` carry `data-cost` in cents.
/// * `max_picks`: the most plans a voter may tick; 0 where there is no such limit.
/// * `pot_cents`: what may be spent, where the ballot must stay within the pot; 0 where the sum is free.
#[island]
pub fn BallotTotal(
    form_id: String,
    max_picks: u32,
    pot_cents: i64,
    label_none: String,
    label_one: String,
    label_many: String,
    label_over: String,
) -> impl IntoView {
    let (line, set_line) = signal(label_none.clone());
    let (over, set_over) = signal(false);

    Effect::new(move |_| {
        let Some(form) = dom::form(&form_id) else { return };
        let labels = [label_none.clone(), label_one.clone(), label_many.clone(), label_over.clone()];
        let counted = form.clone();
        let count = Rc::new(move || {
            let (mut picks, mut sum) = (0_u32, 0_i64);
            for control in dom::controls(&counted) {
                if dom::text(&control, "name") == "plan" && dom::checked(&control) {
                    picks += 1;
                    sum += control.get_attribute("data-cost").and_then(|cost| cost.parse().ok()).unwrap_or(0);
                }
            }
            let too_many = is_over(picks, sum, max_picks, pot_cents);
            let [none, one, many, excess] = &labels;
            let label = match picks {
                _ if too_many => excess,
                0 => none,
                1 => one,
                _ => many,
            };
            set_line.set(fill(label, picks, sum, max_picks, pot_cents));
            set_over.set(too_many);
        });
        count();
        let on_change = Rc::clone(&count);
        dom::listen(&form, "change", move |_| on_change());
        // A browser that comes back to the page ticks the boxes by itself, with no `change`.
        if let Some(window) = dom::window() {
            dom::listen(&window, "pageshow", move |_| count());
        }
    });

    view! {
        <p class="fb-ballot-total" class:fb-ballot-total--over=over aria-live="polite">{line}</p>
    }
}

fn is_over(picks: u32, sum: i64, max_picks: u32, pot_cents: i64) -> bool {
    (max_picks > 0 && picks > max_picks) || (pot_cents > 0 && sum > pot_cents)
}

/// Searches for single characters only: the standard search for whole words weighs kilobytes in the module.
fn fill(label: &str, picks: u32, sum: i64, max_picks: u32, pot_cents: i64) -> String {
    let mut parts = label.split('{');
    let mut out = parts.next().map(String::from).unwrap_or_default();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or(("", part));
        match name {
            "n" => out.push_str(&picks.to_string()),
            "sum" => out.push_str(&euro(sum)),
            "max" => out.push_str(&max_picks.to_string()),
            "pot" => out.push_str(&euro(pot_cents)),
            _ => {}
        }
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{fill, is_over};

    #[test]
    fn limits_are_the_last_allowed_value_and_zero_is_no_limit() {
        assert!(!is_over(5, 0, 5, 0));
        assert!(is_over(6, 0, 5, 0));
        assert!(!is_over(600, i64::MAX, 0, 0));
        assert!(!is_over(1, 100, 0, 100));
        assert!(is_over(1, 101, 0, 100));
    }

    #[test]
    fn placeholders_may_come_in_any_order_or_not_at_all() {
        assert_eq!(fill("{sum} voor {n} van {max}", 2, 150_000, 5, 0), "€\u{a0}1.500 voor 2 van 5");
        assert_eq!(fill("Te veel", 9, 0, 5, 0), "Te veel");
    }
}
