//! Sends queued mail: once, with later tries when the mail server does not take it.

use crate::{Mailer, leased};
use mail::{MailError, Values};
use services::{ActError, World};
use store::outbox;
use texts::Lang;

/// Waits before each next try, in seconds; after the last the mail has failed.
const WAITS: [i64; 7] = [30, 120, 600, 3600, 4 * 3600, 12 * 3600, 24 * 3600];

/// One round.
///
/// # Errors
/// The store's.
pub async fn run(world: &World, mailer: &Mailer, holder: &str) -> Result<(), ActError> {
    if !leased(world, "post", holder).await? {
        return Ok(());
    }
    let due = outbox::due(&mut world.db.read().await?, world.now()).await?;
    for letter in due {
        let values = read_values(&letter.payload);
        let outcome = match mail::render(&letter.template, Lang::from_code(&letter.lang), &mailer.base_url, &values) {
            Ok(rendered) => mailer.post.send(&mailer.from, &letter.address, &rendered).await,
            Err(error) => Err(error),
        };
        let (now, id) = (world.now(), letter.id);
        let next = match &outcome {
            Ok(()) => None,
            Err(MailError::NotTaken(_)) => {
                usize::try_from(letter.tries).ok().and_then(|i| WAITS.get(i)).map(|wait| now + wait)
            }
            Err(_) => None,
        };
        if let Err(error) = &outcome {
            tracing::warn!(
                mail.id = id,
                mail.template = letter.template,
                error = error as &dyn std::error::Error,
                "a mail was not sent"
            );
        }
        let sent = outcome.is_ok();
        world
            .db
            .write(move |u| {
                Box::pin(async move {
                    if sent { outbox::sent(u, id, now).await } else { outbox::not_sent(u, id, next, now).await }?;
                    Ok::<_, ActError>(())
                })
            })
            .await?;
    }
    Ok(())
}

fn read_values(payload: &str) -> Values {
    let json: serde_json::Value = serde_json::from_str(payload).unwrap_or_default();
    let text = |name: &str| json.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let lines = json.get("lines").and_then(|lines| serde_json::from_value(lines.clone()).ok()).unwrap_or_default();
    Values { path: text("path"), title: text("title"), words: text("words"), name: text("name"), lines }
}
