//! Forms around an account.

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
    fn short_passwords_are_named() {
        let raw =
            Raw::from_pairs(&[("name", "Fatma"), ("email", "f@voorbeeld.test"), ("password", "kort"), ("buurt", "1")]);
        assert_eq!(SignUp::parse(&raw).err(), Some(Errors::one("password", Problem::TooShort(10))));
    }
}
