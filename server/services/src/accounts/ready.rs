//! Accounts that are made ready: the first administrator, and the demo city's people.

use super::{Browser, enter};
use crate::passwords::{self, Cost};
use crate::{ActError, World, audit};
use domain::access::{Grant, Role, Scope};
use store::accounts::{self, NewAccount};
use store::system;

/// Makes an administrator of the whole city, confirmed, or makes one of an account that is there. For the command line.
///
/// # Errors
/// [`ActError::Form`] for a weak password, or the store's.
pub async fn make_administrator(world: &World, name: &str, email: &str, password: &str) -> Result<i64, ActError> {
    passwords::strong(world, password, &[name, email]).await?;
    let hash = passwords::hash(world, password, Cost::Role).await?;
    let (now, name, email) = (world.now(), name.to_owned(), email.to_owned());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                let id = match accounts::by_email(u, &email).await? {
                    Some(account) => {
                        accounts::set_password(u, account.id, Some(&hash)).await?;
                        accounts::confirm(u, account.id, now).await?;
                        account.id
                    }
                    None => {
                        accounts::create(
                            u,
                            &NewAccount {
                                email: &email,
                                name: &name,
                                password_hash: Some(hash),
                                lang: "nl",
                                buurt_id: None,
                                confirmed_at: Some(now),
                                at: now,
                            },
                        )
                        .await?
                    }
                };
                let grant = Grant { role: Role::Administrator, scope: Scope::City };
                if !accounts::grants(u, id).await?.contains(&grant) {
                    let grant_id = accounts::grant(u, id, grant, "", None, now).await?;
                    audit(u, now, None, "grant", ("role_grant", grant_id), "administrator").await?;
                }
                Ok::<_, ActError>(id)
            })
        })
        .await
}

/// Signs in as one of the demo city's people, second factor included; only where the setting `demo` is `1`.
///
/// # Errors
/// [`ActError::NotFound`] for other cities and unknown people.
pub async fn demo_sign_in(world: &World, email: &str, new_cookie: &str) -> Result<(), ActError> {
    let (now, w, email, new) = (world.now(), world.clone(), email.to_owned(), new_cookie.to_owned());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                if system::setting(u, "demo").await?.as_deref() != Some("1") {
                    return Err(ActError::NotFound);
                }
                let account = accounts::by_email(u, &email).await?.ok_or(ActError::NotFound)?;
                enter(u, &w, account.id, &Browser { new, ..Browser::default() }, "demo", Some(now), now).await
            })
        })
        .await
}

/// The demo city's ready sign-ins.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
pub struct DemoSignIn {
    /// `resident`, `neighbour`, `moderator`, `staff` or `administrator`.
    pub role: String,
    /// Name.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Who this is, in a line.
    pub line: String,
}

/// Who can be signed in as with one tap: from the setting `demo_signins`, empty outside the demo city.
///
/// # Errors
/// [`ActError::Broken`] when the setting cannot be read.
pub async fn demo_people(world: &World) -> Result<Vec<DemoSignIn>, ActError> {
    let mut c = world.db.read().await?;
    if system::setting(&mut c, "demo").await?.as_deref() != Some("1") {
        return Ok(Vec::new());
    }
    system::setting(&mut c, "demo_signins").await?.map_or(Ok(Vec::new()), |text| {
        serde_json::from_str(&text).map_err(|e| ActError::Broken(format!("setting demo_signins: {e}")))
    })
}
