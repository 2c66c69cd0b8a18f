//! The ceiling of a wijk and year: 10 % of its cost, or lower by an administrator's decision.

use super::share_lock;
use crate::initiatives::FormKey;
use crate::{ActError, Actor, World, audit, budget};
use domain::access::{Act, Subject, decide};
use domain::budget::DEFAULT_BASIS_POINTS;
use domain::form::{Errors, Problem, Raw};
use domain::initiative::TEXT_MAX;

/// What an administrator fills in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CeilingForm {
    /// Wijk.
    pub wijk: i64,
    /// Budget year.
    pub year: i64,
    /// Hundredths of a percent of the wijk's cost, at most [`DEFAULT_BASIS_POINTS`].
    pub basis_points: i64,
    /// Why, for everyone to read.
    pub reason: String,
}

/// Reads a percentage with up to two decimals (`8`, `8,5`, `8.25 %`) as basis points.
fn percentage(typed: &str) -> Result<i64, Problem> {
    let text: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '%').collect();
    if text.is_empty() {
        return Err(Problem::Missing);
    }
    let (whole, decimals) = text.split_once([',', '.']).unwrap_or((&text, ""));
    let highest = DEFAULT_BASIS_POINTS / 100;
    let wrong = Problem::OutOfRange(0, highest);
    let digits = |s: &str| s.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
        return Err(wrong);
    }
    let points: i64 = format!("{whole}{decimals:0<2}").parse().map_err(|_| wrong)?;
    if points > DEFAULT_BASIS_POINTS { Err(wrong) } else { Ok(points) }
}

impl CeilingForm {
    /// Fields: `wijk`, `year`, `percent`, `reason`.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let wijk = errors.take("wijk", raw.id("wijk"));
        let year = errors.take("year", raw.number("year", 1900, 2999));
        let basis_points = errors.take("percent", percentage(raw.get("percent")));
        let reason = errors.take("reason", raw.text("reason", TEXT_MAX));
        errors.done()?;
        Ok(Self { wijk, year, basis_points, reason })
    }
}

/// Sets the ceiling; never below what is funded.
///
/// # Errors
/// [`Problem::BelowFunded`] on `percent`; [`ActError::Denied`].
pub async fn set_ceiling(world: &World, actor: &Actor, key: FormKey, form: CeilingForm) -> Result<String, ActError> {
    decide(Act::SetCeiling, actor, &Subject::default())?;
    let (now, who) = (world.now(), actor.account);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                key.once(u, "set_ceiling").await?;
                u.lock_exclusive(share_lock(form.wijk)).await?;
                let lines = store::budget::lines(u).await?;
                if !lines.iter().any(|l| l.wijk_id == Some(form.wijk) && l.year == form.year) {
                    return Err(Errors::one("wijk", Problem::NotAChoice).into());
                }
                let share = budget::share_of(u, &lines, form.wijk, form.year).await?;
                if share.cost.known.basis_points(form.basis_points) < share.funded {
                    return Err(Errors::one("percent", Problem::BelowFunded(share.funded)).into());
                }
                let was = store::budget::basis_points(u, form.wijk, form.year).await?;
                store::budget::set_basis_points(u, form.wijk, form.year, form.basis_points, &form.reason).await?;
                let detail = format!("{} {was} {}", form.year, form.basis_points);
                audit(u, now, who, "set_ceiling", ("wijk", form.wijk), &detail).await?;
                key.led_to_share(u, "set_ceiling", form.wijk, form.year, now).await
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_as_people_type_them() {
        for (typed, points) in [("10", 1000), ("8,5", 850), (" 8.25 % ", 825), ("0", 0), ("09,1", 910)] {
            assert_eq!(percentage(typed), Ok(points), "{typed}");
        }
        for typed in ["10,01", "11", "-1", "acht", "8,555", ",5", "1000000000000"] {
            assert_eq!(percentage(typed), Err(Problem::OutOfRange(0, 10)), "{typed}");
        }
        assert_eq!(percentage(" % "), Err(Problem::Missing));
    }
}
