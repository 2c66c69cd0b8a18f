//! What an administrator sets for the whole city: the largest small plan, above what money goes out by two, how many ballots may be
//! like no other where whole ballots are published, and the clause under a decision that is a besluit.

use crate::initiatives::FormKey;
use crate::{ActError, Actor, World, audit};
use domain::access::{Act, Subject, decide};
use domain::execution::MOST_PAYMENT_LIMIT;
use domain::form::{Errors, Problem, Raw};
use domain::initiative::TEXT_MAX;
use domain::money::Cents;
use store::{Conn, Unit, system};

const BEZWAAR: &str = "bezwaar_clause";

/// How to object to a decision of the stadsdeel (Awb 6:7: within six weeks), as the operator wrote it; empty: not set.
///
/// # Errors
/// The store's.
pub async fn bezwaar(c: &mut Conn) -> Result<String, ActError> {
    Ok(system::setting(c, BEZWAAR).await?.unwrap_or_default())
}

const UNIQUE: &str = "unique_ballots_percent";

fn unique_key(round: i64) -> String {
    format!("{UNIQUE}/{round}")
}

/// Whole ballots of a round are published where at most this part of them is like no other, as numerator and denominator: as it
/// was set when voting opened, so that nobody moves it once ballots are there; `None`: for rounds to come. 5 in 100 where nobody
/// ever set it.
///
/// # Errors
/// The store's.
pub async fn unique_limit(c: &mut Conn, round: Option<i64>) -> Result<[u64; 2], ActError> {
    let kept = match round {
        Some(round) => system::setting(c, &unique_key(round)).await?,
        None => None,
    };
    let set = if kept.is_some() { kept } else { system::setting(c, UNIQUE).await? };
    Ok(set.and_then(|v| v.parse().ok()).map_or(proof::LIMIT, |percent| [percent, 100]))
}

/// Keeps the limit of a round that opens.
///
/// # Errors
/// The store's.
pub(crate) async fn keep_unique_limit(u: &mut Unit, round: i64) -> Result<(), ActError> {
    let set = system::setting(u, UNIQUE).await?.unwrap_or_else(|| proof::LIMIT[0].to_string());
    Ok(system::set_setting(u, &unique_key(round), &set).await?)
}

/// What an administrator fills in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsForm {
    /// Largest plan that needs no round.
    pub small_plan: Cents,
    /// Above this money goes out by two; `None`: as it is.
    pub payment_limit: Option<Cents>,
    /// Percentage of ballots that may be like no other.
    pub unique: i64,
    /// How to object; empty: as the mail says it itself.
    pub bezwaar: String,
}

impl SettingsForm {
    /// Fields: `small_plan`, `payment_limit` (may be left out), `unique` (0 to 50), `bezwaar` (may be empty).
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let small_plan = errors.take("small_plan", raw.amount("small_plan").and_then(|a| a.ok_or(Problem::Missing)));
        let asked = raw.0.iter().any(|(name, _)| name == "payment_limit");
        let payment_limit = raw.amount("payment_limit").and_then(|a| match a {
            None if asked => Err(Problem::Missing),
            Some(limit) if limit > MOST_PAYMENT_LIMIT => Err(Problem::OutOfRange(0, MOST_PAYMENT_LIMIT.0 / 100)),
            limit => Ok(limit),
        });
        let payment_limit = errors.take("payment_limit", payment_limit);
        let unique = errors.take("unique", raw.number("unique", 0, 50));
        let bezwaar = errors.take("bezwaar", raw.optional_text("bezwaar", TEXT_MAX));
        errors.done()?;
        Ok(Self { small_plan, payment_limit, unique, bezwaar })
    }
}

/// Keeps them.
///
/// # Errors
/// [`ActError::Denied`].
pub async fn change(world: &World, actor: &Actor, key: FormKey, form: SettingsForm) -> Result<String, ActError> {
    decide(Act::ChangeSettings, actor, &Subject::default())?;
    let (now, who) = (world.now(), actor.account);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                key.once(u, "change_settings").await?;
                system::set_setting(u, "small_plan_limit", &form.small_plan.0.to_string()).await?;
                if let Some(limit) = form.payment_limit {
                    system::set_setting(u, "payment_limit", &limit.0.to_string()).await?;
                }
                system::set_setting(u, UNIQUE, &form.unique.to_string()).await?;
                system::set_setting(u, BEZWAAR, &form.bezwaar).await?;
                let limit = form.payment_limit.map_or_else(String::new, |l| format!(" {}", l.0));
                let kept = format!("{} {}{limit}", form.small_plan.0, form.unique);
                audit(u, now, who, "change_settings", ("setting", 0), &kept).await?;
                key.led_to(u, "change_settings", &domain::urls::AdminSettings {}, "bewaard", now).await
            })
        })
        .await
}
