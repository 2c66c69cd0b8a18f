//! Public plans for anyone to take along: what is asked and what became of it, without who handed it in. Amounts are cents, moments
//! UTC.

use crate::ActError;
use crate::table::Table;
use serde_json::{Value, json};
use store::Conn;
use store::initiatives::{Filter, Initiative, public};

/// Rows of one reading.
const PAGE: usize = 1_000;

/// Every public plan, newest first.
async fn all(c: &mut Conn) -> Result<Vec<Initiative>, ActError> {
    let mut plans: Vec<Initiative> = Vec::new();
    loop {
        let (limit, offset) = (PAGE as i64, i64::try_from(plans.len()).unwrap_or(i64::MAX));
        let page = public(c, &Filter { limit, offset, ..Filter::default() }).await?;
        let last = page.len() < PAGE;
        plans.extend(page);
        if last {
            return Ok(plans);
        }
    }
}

fn theme(programmes: &[store::places::Named], plan: &Initiative) -> Option<String> {
    programmes.iter().find(|named| Some(named.id) == plan.programme_id).map(|named| named.name.clone())
}

/// `plannen.json`; amounts are null where the cost is not known yet.
///
/// # Errors
/// The store's.
pub async fn to_json(c: &mut Conn) -> Result<Value, ActError> {
    let programmes = store::places::programmes(c).await?;
    let one = |plan: &Initiative| {
        json!({
            "plan": plan.id, "title": plan.title, "what": plan.what, "why": plan.why, "buurt": plan.buurt_slug,
            "theme": theme(&programmes, plan), "state": plan.state.key(), "for": plan.for_kind,
            "minimum_cents": plan.cost_known.then_some(plan.minimum.0),
            "desired_cents": plan.cost_known.then_some(plan.desired.0),
            "supports": plan.supports, "published_at": plan.published_at.map(texts::rfc3339),
        })
    };
    let plans: Vec<Value> = all(c).await?.iter().map(one).collect();
    Ok(json!({ "licence": proof::LICENCE, "plans": plans }))
}

/// `plannen.csv`: the same, without the long texts.
///
/// # Errors
/// The store's; [`ActError::Broken`] when the rows cannot be written.
pub async fn to_csv(c: &mut Conn) -> Result<Vec<u8>, ActError> {
    let programmes = store::places::programmes(c).await?;
    let mut out = Table::new(&[
        "plan",
        "title",
        "buurt",
        "theme",
        "state",
        "for",
        "minimum_cents",
        "desired_cents",
        "supports",
        "published_at",
        "licence",
    ])?;
    for plan in all(c).await? {
        let cents = |amount: i64| if plan.cost_known { amount.to_string() } else { String::new() };
        let cells = [
            plan.id.to_string(),
            plan.title.clone(),
            plan.buurt_slug.clone(),
            theme(&programmes, &plan).unwrap_or_default(),
            plan.state.key().to_owned(),
            plan.for_kind.clone(),
            cents(plan.minimum.0),
            cents(plan.desired.0),
            plan.supports.to_string(),
            plan.published_at.map(texts::rfc3339).unwrap_or_default(),
            proof::LICENCE.to_owned(),
        ];
        out.row(cells.iter().map(String::as_str))?;
    }
    out.bytes()
}
