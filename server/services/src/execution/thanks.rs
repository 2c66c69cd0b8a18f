//! Neighbours say thanks: once each, and only how many did is told.

use super::{hold, who};
use crate::initiatives::FormKey;
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, Denied, decide};
use domain::urls;
use store::execution as rows;

/// Says thanks, for who lives in the plan's buurt or supported it; gives where to go.
///
/// # Errors
/// [`ActError::Denied`].
pub async fn thank(world: &World, actor: &Actor, form: FormKey, id: i64) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "thank_makers").await?;
                let p = hold(u, id).await?;
                decide(Act::ThankMakers, &actor, &p.subject())?;
                let account = who(&actor)?;
                let near = actor.resident_of == Some(p.buurt_id);
                if !near && !store::initiatives::has_support(u, id, account).await? {
                    return Err(Denied::NotYours.into());
                }
                if rows::add_thanks(u, id, account).await? {
                    audit(u, now, Some(account), "thank_makers", ("initiative", id), "").await?;
                }
                form.led_to(u, "thank_makers", &urls::Initiative { id }, "bedankt", now).await
            })
        })
        .await
}
