//! Passwords: strength, hashing and checking, away from the async threads and never more than a few at once.

use crate::{ActError, World};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::form::{Errors, Problem};

/// How dear a guess is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// 19 MiB, two passes.
    Resident,
    /// 64 MiB, three passes: for accounts with a role.
    Role,
}

impl Cost {
    fn memory(self) -> u32 {
        match self {
            Self::Resident => 19 * 1024,
            Self::Role => 64 * 1024,
        }
    }

    fn hasher(self) -> Result<Argon2<'static>, ActError> {
        let passes = if self == Self::Role { 3 } else { 2 };
        let params =
            Params::new(self.memory(), passes, 1, None).map_err(|e| ActError::Broken(format!("argon2: {e}")))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

/// Checked where there is no account or no password, so that every wrong answer takes the time that the dearest does: else
/// it would tell who has a role. No password leads to zeros.
const NOBODY: &str =
    "$argon2id$v=19$m=65536,t=3,p=1$bm9ib2R5bm9ib2R5bm9ibw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// What a wrong password for a cheaper hash is checked against besides: the rest of that time (memory times passes).
const REST: &str = "$argon2id$v=19$m=52565,t=3,p=1$bm9ib2R5bm9ib2R5bm9ibw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

async fn away<T: Send + 'static>(world: &World, work: impl FnOnce() -> T + Send + 'static) -> Result<T, ActError> {
    let broken = |e: &dyn std::fmt::Display| ActError::Broken(format!("hashing: {e}"));
    let permit = world.hashing.clone().acquire_owned().await.map_err(|e| broken(&e))?;
    tokio::task::spawn_blocking(move || {
        let done = work();
        drop(permit);
        done
    })
    .await
    .map_err(|e| broken(&e))
}

/// Refuses a new password that is easily guessed, also from the name or address (`known`).
///
/// # Errors
/// [`Problem::WeakPassword`] at the field `password`.
pub async fn strong(world: &World, password: &str, known: &[&str]) -> Result<(), ActError> {
    let password = password.to_owned();
    let known: Vec<String> = known.iter().map(|k| (*k).to_owned()).chain(["fijnebuurt".to_owned()]).collect();
    let score =
        away(world, move || zxcvbn::zxcvbn(&password, &known.iter().map(String::as_str).collect::<Vec<_>>()).score())
            .await?;
    if score >= zxcvbn::Score::Three { Ok(()) } else { Err(Errors::one("password", Problem::WeakPassword).into()) }
}

/// Hashes a password to a PHC string.
///
/// # Errors
/// [`ActError::Broken`].
pub async fn hash(world: &World, password: &str, cost: Cost) -> Result<String, ActError> {
    let (password, salt) = (password.to_owned(), world.random::<16>());
    let hasher = cost.hasher()?;
    away(world, move || hasher.hash_password_with_salt(password.as_bytes(), &salt).map(|h| h.to_string()))
        .await?
        .map_err(|e| ActError::Broken(format!("argon2: {e}")))
}

/// Whether this is the password; `None` takes as long and says no.
///
/// # Errors
/// [`ActError::Broken`] when the stored text is no hash.
pub async fn right(world: &World, password: &str, hash: Option<&str>) -> Result<bool, ActError> {
    let (password, known) = (password.to_owned(), hash.is_some());
    let hash = hash.unwrap_or(NOBODY).to_owned();
    let matches = away(world, move || {
        let fits = |hash: &str| {
            PasswordHash::new(hash)
                .map(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
        };
        let matches = fits(&hash)?;
        if !matches && too_cheap(&hash, Cost::Role) {
            fits(REST)?;
        }
        Ok::<_, argon2::password_hash::phc::Error>(matches)
    })
    .await?;
    matches.map(|m| m && known).map_err(|e| ActError::Broken(format!("a password hash cannot be read: {e}")))
}

/// Whether a hash was made cheaper than it now should be.
pub fn too_cheap(hash: &str, cost: Cost) -> bool {
    !hash.contains(&format!("m={},", Cost::Role.memory())) && cost == Cost::Role
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_password_costs_as_much() {
        let work = |hash: &str| {
            let params = Params::try_from(&PasswordHash::new(hash).unwrap()).unwrap();
            params.m_cost() * params.t_cost()
        };
        let made =
            |cost: Cost| cost.hasher().unwrap().hash_password_with_salt(b"x", b"nobodynobody1234").unwrap().to_string();
        let (resident, role) = (made(Cost::Resident), made(Cost::Role));
        assert_eq!(work(NOBODY), work(&role));
        assert!((work(&resident) + work(REST)).abs_diff(work(&role)) < 4);
        assert!(too_cheap(&resident, Cost::Role) && !too_cheap(NOBODY, Cost::Role));
        assert!(!too_cheap(&resident, Cost::Resident));
    }
}
