//! What the stadsdeel found out, as facts of a plan.

use crate::{Ctx, kit};
use domain::money::Cents;
use leptos::prelude::*;

/// What the stadsdeel found out about a plan; all of it may be empty.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Every year.
    pub running: Cents,
    /// Who bears that.
    pub borne_by: String,
    /// `yes`, `no` or empty.
    pub permit: String,
    /// Whose ground or room it is.
    pub ground: String,
    /// Who answers for it.
    pub department: String,
    /// The role of who does; never a name.
    pub responsible: String,
}

/// Yearly costs with who bears them, and whether a permit is needed; nothing that is not known.
pub(super) fn facts(ctx: &Ctx, f: &Findings) -> AnyView {
    let running = (f.running > Cents::ZERO).then(|| {
        let words = ctx.ta("plans-running-by", &[("amount", ctx.money(f.running).into()), ("by", f.borne_by.as_str().into())]);
        view! { <div class="fb-facts__row"><dt class="fb-facts__term">{ctx.t("district-yearly")}</dt><dd class="fb-facts__value" dir="auto">{words}</dd></div> }
    });
    let permit =
        (!f.permit.is_empty()).then(|| kit::fact(ctx.t("district-permit"), ctx.t(&format!("permit-{}", f.permit))));
    view! { {running}{permit} }.into_any()
}
