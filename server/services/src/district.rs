//! What the stadsdeel does before a plan has money: judge whether it can be done and for how much.

use crate::initiatives::{FormKey, move_on, plan, step, tell};
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, Denied, Role, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{NAME_MAX, State, TEXT_MAX};
use domain::money::Cents;
use domain::urls;
use store::Conn;
use store::initiatives::{self as rows, Event, Findings, Initiative};

/// Whether it can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Yes, for this much, under these conditions (may be empty).
    Feasible {
        /// Least it can be done for.
        minimum: Cents,
        /// What it would best have.
        desired: Cents,
        /// Own words; with these it is 'feasible if'.
        conditions: String,
        /// What was found out.
        findings: Findings,
    },
    /// No, because.
    Infeasible(Findings),
}

impl Verdict {
    /// Fields: `verdict` (`feasible` or `infeasible`), `minimum`, `desired`, `conditions`, `why`; or `reason`; and for both
    /// `running`, `borne_by`, `permit`, `ground`, `department`, `responsible`, which may be empty.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let verdict = match raw.get("verdict") {
            "feasible" => {
                let above_zero =
                    |name| raw.amount(name).and_then(|a| a.filter(|c| *c > Cents::ZERO).ok_or(Problem::Missing));
                let minimum = errors.take("minimum", above_zero("minimum"));
                let desired = errors.take("desired", above_zero("desired"));
                if errors.0.is_empty() && desired < minimum {
                    errors.0.push(("desired", Problem::BelowMinimum));
                }
                Self::Feasible {
                    minimum,
                    desired,
                    conditions: errors.take("conditions", raw.optional_text("conditions", TEXT_MAX)),
                    findings: read_findings(raw, "why", &mut errors),
                }
            }
            "infeasible" => Self::Infeasible(read_findings(raw, "reason", &mut errors)),
            _ => return Err(Errors::one("verdict", Problem::NotAChoice)),
        };
        errors.done()?;
        Ok(verdict)
    }
}

/// What was found out, with the reason in the field of this name.
fn read_findings(raw: &Raw, reason: &'static str, errors: &mut Errors) -> Findings {
    let line = |name: &'static str, errors: &mut Errors| {
        errors.take(name, raw.optional_text(name, NAME_MAX)).replace('\n', " ")
    };
    let running = errors.take("running", raw.amount("running")).unwrap_or(Cents::ZERO);
    let borne_by = line("borne_by", errors);
    // A cost that comes back every year has somebody who bears it.
    if running > Cents::ZERO && borne_by.is_empty() && errors.of("borne_by").is_none() {
        errors.0.push(("borne_by", Problem::Missing));
    }
    let permit = match raw.get("permit") {
        known @ ("" | "no" | "yes") => known.to_owned(),
        _ => errors.take("permit", Err(Problem::NotAChoice)),
    };
    Findings {
        reason: errors.take(reason, raw.text(reason, TEXT_MAX)),
        running,
        borne_by,
        permit,
        ground: line("ground", errors),
        department: line("department", errors),
        responsible: line("responsible", errors),
    }
}

/// Gives the verdict; gives where to go.
///
/// # Errors
/// [`ActError`].
pub async fn judge(world: &World, actor: &Actor, form: FormKey, id: i64, verdict: Verdict) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "verdict").await?;
                let p = plan(u, id).await?;
                decide(Act::Verdict, &actor, &p.subject())?;
                let (to, name, words, amount) = match &verdict {
                    Verdict::Feasible { desired, conditions, findings, .. } => {
                        let words = format!("{}\n\n{conditions}", findings.reason).trim_end().to_owned();
                        (State::Feasible, "feasible", words, Some(*desired))
                    }
                    Verdict::Infeasible(findings) => (State::Infeasible, "infeasible", findings.reason.clone(), None),
                };
                move_on(u, &p, to).await?;
                if let Verdict::Feasible { minimum, desired, conditions, .. } = &verdict {
                    rows::set_verdict(u, id, *minimum, *desired, conditions).await?;
                }
                let (Verdict::Feasible { findings, .. } | Verdict::Infeasible(findings)) = &verdict;
                rows::put_findings(u, id, findings, now).await?;
                let account = actor.account.ok_or(Denied::SignIn)?;
                let organisation =
                    store::accounts::roles::organisation(u, account, Role::Staff, p.buurt_id, p.stadsdeel_id).await?;
                rows::add_event(
                    u,
                    id,
                    actor.account,
                    &Event { words: words.clone(), amount, organisation, ..step(now, name, to, "staff") },
                )
                .await?;
                audit(u, now, actor.account, "verdict", ("initiative", id), name).await?;
                // A verdict of the stadsdeel can be a besluit: how to object stands below it.
                let clause = if to == State::Infeasible { crate::settings::bezwaar(u).await? } else { String::new() };
                tell(u, &p, name, |_| format!("{words}\n\n{clause}").trim_end().to_owned(), now).await?;
                form.led_to(u, "verdict", &urls::DistrictCase { id }, name, now).await
            })
        })
        .await
}

/// Plans of the actor's stadsdeel in this state, those that ask no more than `most`.
///
/// # Errors
/// [`ActError`].
pub async fn desk(c: &mut Conn, actor: &Actor, state: State, most: Option<Cents>) -> Result<Vec<Initiative>, ActError> {
    let places = crate::moderation::places_of(c, actor, &[Role::Staff, Role::Administrator]).await?;
    Ok(rows::in_state(c, state, places.as_deref(), most)
        .await?
        .into_iter()
        .filter(|p| decide(Act::SeeDistrict, actor, &p.subject()).is_ok())
        .collect())
}
