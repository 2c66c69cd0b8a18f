//! What happens at the desk where a plan waits: publish, return with a question, reject with a reason, refer; programme and
//! supporter. A decision takes effect when its time to be undone is over.

mod bulk;
mod case;
mod clock;
mod effect;
mod queue;
mod warn;

pub use bulk::{MOST, Selection, Wanted, together};
pub use case::{Away, HandOver, claim, come_back, go_away, hand_over};
pub use clock::{Pace, paces};
pub(crate) use effect::changed;
pub use effect::{carry_out, undo};
pub use queue::{Asked, Desk, Found, find, places_of};
pub use warn::warn;

use crate::initiatives::{FormKey, plan, tell};
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, Denied, Role, decide};
use domain::dialogue::MOST_CO_AUTHORS;
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{NAME_MAX, REFERRALS, REJECT_REASONS, TEXT_MAX};
use domain::urls;
use serde::{Deserialize, Serialize};
use store::accounts::roles;
use store::initiatives::{self as rows, Initiative, Pending};
use store::{Conn, StoreError, places};

/// A moderator's answer to a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    /// For all to see; words for the submitter may be empty.
    Publish(String),
    /// A question, in own words.
    Return(String),
    /// A reason from the list and own words.
    Reject(String, String),
    /// To whom else (one of `REFERRALS`), their name, and own words.
    Refer(String, String, String),
    /// Into which plan this one could go, and why: both sides are asked.
    Merge(i64, String),
    /// Why this is better two plans: the submitter is asked to make them.
    Split(String),
    /// Sets the programme (`None`: no programme).
    Programme(Option<i64>),
    /// Names who helps the submitter; empty: nobody.
    Supporter(String),
}

impl Decision {
    /// Fields: `act` (`publish`, `return`, `reject`, `refer`, `programme`, `supporter`), and what each needs.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let decision = match raw.get("act") {
            "publish" => Self::Publish(errors.take("note", raw.optional_text("note", TEXT_MAX))),
            "return" => Self::Return(errors.take("question", raw.text("question", TEXT_MAX))),
            "reject" => {
                let reason =
                    REJECT_REASONS.iter().copied().find(|r| *r == raw.get("reason")).ok_or(Problem::NotAChoice);
                Self::Reject(
                    errors.take("reason", reason).to_owned(),
                    errors.take("words", raw.text("words", TEXT_MAX)),
                )
            }
            "refer" => {
                let to = REFERRALS.iter().copied().find(|r| *r == raw.get("to")).ok_or(Problem::NotAChoice);
                Self::Refer(
                    errors.take("to", to).to_owned(),
                    errors.take("whom", raw.text("whom", NAME_MAX)).replace('\n', " "),
                    errors.take("refer_words", raw.text("refer_words", TEXT_MAX)),
                )
            }
            "merge" => {
                // A number, or an address that ends with one.
                let typed = if raw.get("other").trim().is_empty() { raw.get("into") } else { raw.get("other") };
                let number = typed.trim().rsplit('/').next().unwrap_or("").parse().ok().filter(|id: &i64| *id > 0);
                let missing = if typed.trim().is_empty() { Problem::Missing } else { Problem::NotAChoice };
                Self::Merge(
                    errors.take("into", number.ok_or(missing)),
                    errors.take("merge_words", raw.text("merge_words", TEXT_MAX)),
                )
            }
            "split" => Self::Split(errors.take("split_words", raw.text("split_words", TEXT_MAX))),
            "programme" => Self::Programme(if raw.get("programme").is_empty() {
                None
            } else {
                Some(errors.take("programme", raw.id("programme")))
            }),
            "supporter" => {
                Self::Supporter(errors.take("supporter", raw.optional_text("supporter", NAME_MAX)).replace('\n', " "))
            }
            _ => return Err(Errors::one("act", Problem::NotAChoice)),
        };
        errors.done()?;
        Ok(decision)
    }

    fn act(&self) -> (Act, &'static str) {
        match self {
            Self::Publish(_) => (Act::Publish, "publish"),
            Self::Return(_) => (Act::Return, "return"),
            Self::Reject(..) => (Act::Reject, "reject"),
            Self::Refer(..) => (Act::Refer, "refer"),
            Self::Merge(..) => (Act::AskMerge, "merge"),
            Self::Split(_) => (Act::AskSplit, "split"),
            Self::Programme(_) => (Act::SetProgramme, "set_programme"),
            Self::Supporter(_) => (Act::NameSupporter, "name_supporter"),
        }
    }
}

/// In what capacity, and in whose name, somebody answers a plan.
pub(crate) async fn in_whose_name(c: &mut Conn, actor: &Actor, p: &Initiative) -> Result<(Role, String), ActError> {
    let role = if p.by_staff { Role::Staff } else { Role::Moderator };
    let account = actor.account.ok_or(Denied::SignIn)?;
    let buurt = p.handled_in.unwrap_or(p.buurt_id);
    Ok((role, roles::organisation(c, account, role, buurt, p.stadsdeel_id).await?))
}

/// Decides on the plan as it was read (`version`); gives where to go. It takes effect when it can be undone no more.
///
/// # Errors
/// [`ActError`]; on `act`: [`Problem::Changed`] when its submitter changed it meanwhile, [`Problem::Claimed`] while a
/// colleague is busy with it, [`Problem::Pending`] when it was decided on.
pub async fn answer(
    world: &World,
    actor: &Actor,
    form: FormKey,
    (id, version): (i64, i64),
    decision: Decision,
) -> Result<String, ActError> {
    let (actor, now, undo) = (actor.clone(), world.now(), world.undo);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                let (act, name) = decision.act();
                form.once(u, name).await?;
                rows::hold(u, id).await?;
                let p = plan(u, id).await?;
                decide(act, &actor, &p.subject())?;
                let account = actor.account.ok_or(Denied::SignIn)?;
                match &decision {
                    Decision::Programme(programme) => {
                        let known = places::programmes(u).await?;
                        if programme.is_some_and(|id| !known.iter().any(|k| k.id == id)) {
                            return Err(Errors::one("programme", Problem::NotAChoice).into());
                        }
                        rows::set_programme(u, id, *programme).await?;
                    }
                    Decision::Supporter(who) => {
                        // Told once: the same name again changes nothing.
                        if rows::set_supporter(u, id, who).await? && !who.is_empty() {
                            tell(u, &p, "supporter-named", |_| who.clone(), now).await?;
                        }
                    }
                    _ => {
                        let refused = |problem| ActError::from(Errors::one("act", problem));
                        // What is answered is what was read.
                        if p.version != version {
                            return Err(refused(Problem::Changed));
                        }
                        if p.claim.is_some_and(|(by, until)| by != account && until > now) {
                            return Err(refused(Problem::Claimed));
                        }
                        if let Decision::Merge(into, _) = &decision {
                            let other = rows::get(u, *into).await?.filter(|other| crate::merges::fits(&p, other));
                            let may = |other: &Initiative| {
                                other.state.is_public() || decide(Act::SeeModeration, &actor, &other.subject()).is_ok()
                            };
                            let Some(other) = other.filter(may) else {
                                return Err(Errors::one("into", Problem::NotAChoice).into());
                            };
                            let full = other.co_authors.iter().all(|account| *account > 0);
                            if full && other.account_id != p.account_id {
                                return Err(Errors::one("into", Problem::TooMany(MOST_CO_AUTHORS)).into());
                            }
                        }
                        let (role, organisation) = in_whose_name(u, &actor, &p).await?;
                        let pending = Pending {
                            initiative: id,
                            decision: serde_json::to_string(&decision).map_err(|e| ActError::Broken(e.to_string()))?,
                            act: name.into(),
                            version,
                            actor: account,
                            role: role.key().into(),
                            organisation,
                            tapped_at: now,
                            effective_at: now + undo,
                        };
                        rows::add_pending(u, &pending).await.map_err(|e| match e {
                            StoreError::Duplicate(_) => refused(Problem::Pending),
                            e => e.into(),
                        })?;
                        audit(u, now, actor.account, name, ("initiative", id), "").await?;
                        if undo == 0 {
                            effect::take(u, &pending, now).await?;
                        }
                        let done = if undo == 0 { name } else { "besloten" };
                        // Staff have no queue here: they stay at the plan.
                        if p.by_staff {
                            return form.led_to(u, name, &urls::ModerationCase { id }, done, now).await;
                        }
                        return form.led_to(u, name, &urls::Moderation {}, done, now).await;
                    }
                }
                audit(u, now, actor.account, name, ("initiative", id), "").await?;
                form.led_to(u, name, &urls::ModerationCase { id }, "bewaard", now).await
            })
        })
        .await
}
