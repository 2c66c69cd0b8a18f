//! Forms around an account.

use crate::access::{Grant, Role, Scope};
use crate::form::{Errors, Problem, Raw};
use crate::initiative::NAME_MAX;

/// Shortest password in characters (NIST SP 800-63B-4 asks 15 where it is the only factor, 8 beside another; 10 with a strength check here).
pub const PASSWORD_MIN: usize = 10;
/// Longest password in characters, so that hashing stays bounded.
pub const PASSWORD_MAX: usize = 200;

/// The key under which a mail address is unique: lower case.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Making an account.
#[derive(Clone, PartialEq, Eq)]
pub struct SignUp {
    /// How neighbours and moderators see you.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Empty: signs in with mailed links only.
    pub password: String,
    /// Buurt id.
    pub buurt: i64,
}

impl SignUp {
    /// Fields: `name`, `email`, `password` (may be empty), `buurt`.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let name = errors.take("name", raw.text("name", NAME_MAX)).replace('\n', " ");
        let email = errors.take("email", raw.email("email"));
        let password = errors.take("password", optional_password(raw));
        let buurt = errors.take("buurt", raw.id("buurt"));
        errors.done()?;
        Ok(Self { name, email, password, buurt })
    }
}

/// A new password, or empty; strength is judged by the server.
///
/// # Errors
/// [`Problem::TooShort`] or [`Problem::TooLong`].
pub fn optional_password(raw: &Raw) -> Result<String, Problem> {
    let password = raw.get("password");
    match password.chars().count() {
        0 => Ok(String::new()),
        n if n < PASSWORD_MIN => Err(Problem::TooShort(PASSWORD_MIN)),
        n if n > PASSWORD_MAX => Err(Problem::TooLong(PASSWORD_MAX)),
        _ => Ok(password.to_owned()),
    }
}

/// Signing in.
#[derive(Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Mail address.
    pub email: String,
    /// Password as typed.
    pub password: String,
}

impl SignIn {
    /// Fields: `email`, `password`.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let email = errors.take("email", raw.email("email"));
        let password = raw.get("password").to_owned();
        if password.is_empty() {
            errors.0.push(("password", Problem::Missing));
        } else if password.chars().count() > PASSWORD_MAX {
            errors.0.push(("password", Problem::NotRight));
        }
        errors.done()?;
        Ok(Self { email, password })
    }
}

/// Changing one's own account.
#[derive(Clone, PartialEq, Eq)]
pub struct Details {
    /// As shown.
    pub name: String,
    /// Language code.
    pub lang: String,
    /// Buurt id; `None`: stays.
    pub buurt: Option<i64>,
    /// New password; empty: stays.
    pub password: String,
    /// Present password, asked for a new one.
    pub current: String,
}

impl Details {
    /// Fields: `name`, `lang` (one of `langs`), `buurt` (may be left out), `password`, `current`.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw, langs: &[&str]) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let name = errors.take("name", raw.text("name", NAME_MAX)).replace('\n', " ");
        let lang = errors.take(
            "lang",
            Some(raw.get("lang")).filter(|l| langs.contains(l)).map(str::to_owned).ok_or(Problem::NotAChoice),
        );
        let buurt = if raw.get("buurt").is_empty() { None } else { errors.take("buurt", raw.id("buurt").map(Some)) };
        let password = errors.take("password", optional_password(raw));
        let current: String = raw.get("current").chars().take(PASSWORD_MAX + 1).collect();
        errors.done()?;
        Ok(Self { name, lang, buurt, password, current })
    }
}

/// Asking someone to take a role.
#[derive(Clone, PartialEq, Eq)]
pub struct Invite {
    /// Whom.
    pub email: String,
    /// What and where.
    pub grant: Grant,
    /// For which organisation; may be empty.
    pub organisation: String,
}

impl Invite {
    /// Fields: `email`, `role`, `place` (`city`, `buurt-ID` or `stadsdeel-ID`), `organisation`. Administrators are the whole city's.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let email = errors.take("email", raw.email("email"));
        let role = Role::from_key(raw.get("role"));
        if role.is_none() {
            errors.0.push(("role", Problem::NotAChoice));
        }
        let id = |text: &str| text.parse::<i64>().ok().filter(|id| *id > 0);
        let scope = match raw.get("place").split_once('-') {
            Some(("buurt", n)) => id(n).map(Scope::Buurt),
            Some(("stadsdeel", n)) => id(n).map(Scope::Stadsdeel),
            None if raw.get("place") == "city" => Some(Scope::City),
            _ => None,
        }
        .filter(|scope| role != Some(Role::Administrator) || *scope == Scope::City);
        if scope.is_none() {
            errors.0.push(("place", Problem::NotAChoice));
        }
        let organisation = errors.take("organisation", raw.optional_text("organisation", NAME_MAX)).replace('\n', " ");
        errors.done()?;
        let (Some(role), Some(scope)) = (role, scope) else { return Err(Errors::one("role", Problem::NotAChoice)) };
        Ok(Self { email, grant: Grant { role, scope }, organisation })
    }
}

/// Letters and digits of typed codes: upper case, no look-alikes (I, L, O, U left out; Crockford's base 32).
pub const CODE_ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code as typed, made uniform: upper case, look-alikes mapped, spaces and dashes dropped.
/// `None` when a character can be no part of a code, or more than 32 are left.
pub fn normal_code(typed: &str) -> Option<String> {
    let mut out = String::new();
    for c in typed.chars().filter(|c| !c.is_whitespace() && *c != '-' && *c != '.') {
        let c = match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        };
        if !c.is_ascii() || !CODE_ALPHABET.contains(&(c as u8)) || out.len() >= 32 {
            return None;
        }
        out.push(c);
    }
    (!out.is_empty()).then_some(out)
}

/// A code as it is printed: dashes after every four characters.
pub fn grouped(code: &str) -> String {
    let chars: Vec<char> = code.chars().collect();
    chars.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_forgive() {
        assert_eq!(normal_code("abcd-ef0o il12"), Some("ABCDEF001112".into()));
        assert_eq!(normal_code("u2"), None);
        assert_eq!(normal_code(""), None);
        assert_eq!(normal_code(&"A".repeat(33)), None);
    }

    #[test]
    fn administrators_are_of_the_city() {
        let raw = |role, place| Raw::from_pairs(&[("email", "a@b.test"), ("role", role), ("place", place)]);
        assert!(Invite::parse(&raw("administrator", "city")).is_ok());
        assert_eq!(
            Invite::parse(&raw("administrator", "buurt-1")).err(),
            Some(Errors::one("place", Problem::NotAChoice))
        );
        assert!(Invite::parse(&raw("moderator", "stadsdeel-2")).is_ok_and(|i| i.grant.scope == Scope::Stadsdeel(2)));
        assert!(Invite::parse(&raw("boss", "buurt--1")).is_err());
    }

    #[test]
    fn short_passwords_are_named() {
        let raw =
            Raw::from_pairs(&[("name", "Fatma"), ("email", "f@voorbeeld.test"), ("password", "kort"), ("buurt", "1")]);
        assert_eq!(SignUp::parse(&raw).err(), Some(Errors::one("password", Problem::TooShort(10))));
    }
}
