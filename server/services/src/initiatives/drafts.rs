//! Plans of people without an account: they wait until the mailed link is opened.

use super::{FormKey, NewPlan, plan, put_in};
use crate::limits::{self, Turns};
use crate::pictures::Ready;
use crate::{ActError, World, audit, keys, letter};
use domain::access::Denied;
use domain::form::{Errors, Problem};
use domain::initiative::{DRAFT_TERM, Sender};
use domain::urls;
use mail::Values;
use store::accounts::{self, Link, NewAccount};
use store::initiatives::{self as rows, Draft};
use store::{Unit, places};

/// Keeps a plan of someone without an account until the mailed link is opened; gives where to go. The mail says nothing that
/// was typed: anybody may type anything to anybody's address.
///
/// # Errors
/// [`ActError::TooMany`] beyond a few mails an hour from the browser, or with links from `network`; else the store's.
pub async fn leave_draft(
    world: &World,
    form: FormKey,
    new: NewPlan,
    sender: Sender,
    picture: Option<Ready>,
    network: &str,
) -> Result<String, ActError> {
    let (now, token) = (world.now(), world.secret());
    let browser = Turns::of(world, &[(limits::DRAFTS, &form.actor)]);
    let mails = limits::link_mail(world, &sender.email, network).await?;
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "leave_draft").await?;
                browser.take_in(u).await?;
                mails.take_in(u).await?;
                if places::buurt_by_id(u, new.place.buurt).await?.is_none() {
                    return Err(Errors::one("buurt", Problem::NotAChoice).into());
                }
                let picture = crate::pictures::keep(u, picture, now).await?;
                let payload = serde_json::to_string(&new).map_err(|e| ActError::Broken(e.to_string()))?;
                let lang = form.lang.code();
                let draft = Draft {
                    email: sender.email.clone(),
                    name: sender.name.clone(),
                    lang: lang.into(),
                    buurt_id: new.place.buurt,
                    payload,
                    picture_id: picture,
                    expires_at: now + DRAFT_TERM,
                    initiative_id: None,
                };
                let draft_id = rows::add_draft(u, &draft, now).await?;
                let link = Link { purpose: "draft".into(), account_id: None, draft_id: Some(draft_id), grant_id: None };
                accounts::add_link(u, &keys::digest(token.as_bytes()), &link, now, now + DRAFT_TERM).await?;
                let known = accounts::by_email(u, &sender.email).await?.filter(|a| a.confirmed_at.is_some());
                let values = Values {
                    path: urls::Confirm { token }.to_string(),
                    name: known.map(|a| a.name).unwrap_or_default(),
                    ..Values::default()
                };
                letter(u, now, "draft", &sender.email, lang, &values).await?;
                audit(u, now, None, "leave_draft", ("initiative_draft", draft_id), "").await?;
                form.led_to(u, "leave_draft", &urls::NewInitiativeSent {}, "", now).await
            })
        })
        .await
}

/// The mailed link was opened: makes the account where there is none and hands the plan in, within the caller's unit, which
/// goes on to [`crate::accounts::arrive`]: that confirms. Gives the account and the plan. Opened again it gives the same plan.
///
/// # Errors
/// [`ActError::NotFound`] when there is no such draft or its term is over; else the store's.
pub async fn hand_in_draft(u: &mut Unit, draft_id: i64, now: i64) -> Result<(i64, i64), ActError> {
    let draft = rows::draft(u, draft_id).await?.ok_or(ActError::NotFound)?;
    if let Some(id) = draft.initiative_id {
        return Ok((plan(u, id).await?.account_id, id));
    }
    if draft.expires_at <= now {
        return Err(ActError::NotFound);
    }
    let new: NewPlan = serde_json::from_str(&draft.payload)
        .map_err(|e| ActError::Broken(format!("draft {draft_id} cannot be read: {e}")))?;
    let account = match accounts::by_email(u, &draft.email).await? {
        Some(account) => {
            // Nobody had shown that the address is theirs: whatever name stands there, this one is.
            if account.confirmed_at.is_none() {
                accounts::set_details(u, account.id, &draft.name, &draft.lang).await?;
                accounts::set_buurt(u, account.id, draft.buurt_id).await?;
            }
            account.id
        }
        None => {
            let account = NewAccount {
                email: &draft.email,
                name: &draft.name,
                password_hash: None,
                lang: &draft.lang,
                buurt_id: Some(draft.buurt_id),
                confirmed_at: None,
                at: now,
            };
            accounts::create(u, &account).await?
        }
    };
    let id = put_in(u, account, &new, draft.picture_id, now).await?;
    if !rows::use_draft(u, draft_id, id).await? {
        return Err(Denied::State.into());
    }
    Ok((account, id))
}
