//! Who may do what, where and in which state: one table, denied by default.
//!
//! Add a line to [`TABLE`] for each new act; [`decide`] reads nothing else.

use crate::dialogue::{CoAuthors, Makers};
use crate::initiative::State;

mod act;
pub mod log;
mod table;

pub use act::Act;
use act::NOT_OWN;
pub use table::TABLE;

/// A right that was granted to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A bewonersorganisatie's volunteer: answers plans of its buurten.
    Moderator,
    /// A civil servant of a stadsdeel.
    Staff,
    /// The gemeente.
    Administrator,
}

impl Role {
    /// As stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Moderator => "moderator",
            Self::Staff => "staff",
            Self::Administrator => "administrator",
        }
    }

    /// From storage or a form.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Moderator, Self::Staff, Self::Administrator].into_iter().find(|r| r.key() == key)
    }
}

/// Where a role holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole city.
    City,
    /// One buurt, by id.
    Buurt(i64),
    /// One stadsdeel, by id.
    Stadsdeel(i64),
}

/// One role at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Which role.
    pub role: Role,
    /// Where.
    pub scope: Scope,
}

/// Who acts, as far as rules care.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// Account id; `None` for someone who is not signed in.
    pub account: Option<i64>,
    /// The mail address was confirmed.
    pub confirmed: bool,
    /// Buurt (id) in which residence was shown.
    pub resident_of: Option<i64>,
    /// Roles that hold now.
    pub grants: Vec<Grant>,
    /// A second factor was shown in this session, recently enough.
    pub second_factor: bool,
    /// A vote code that this browser showed.
    pub code: Option<HeldCode>,
}

/// A vote code that a browser showed; whether it is good, the roll knows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct HeldCode {
    /// Round, by id.
    pub round: i64,
    /// HMAC of the code.
    pub hash: [u8; 32],
    /// Shown at a help desk.
    pub assisted: bool,
}

impl std::fmt::Debug for HeldCode {
    /// Without the hash, so that no log can join a vote's request to a code.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HeldCode(round {})", self.round)
    }
}

impl Actor {
    /// Who works on the server itself, by the command line: an administrator's rights, and no account. Its id is 0, which
    /// [`Actor::audited`] leaves out.
    pub fn operator() -> Self {
        Self {
            account: Some(0),
            confirmed: false,
            resident_of: None,
            grants: vec![Grant { role: Role::Administrator, scope: Scope::City }],
            second_factor: true,
            code: None,
        }
    }

    /// The account that stands in the audit line.
    pub fn audited(&self) -> Option<i64> {
        self.account.filter(|id| *id > 0)
    }

    fn holds(&self, role: Role, subject: &Subject) -> bool {
        self.grants.iter().any(|grant| grant.role == role && holds_at(grant.scope, subject))
    }

    /// Has this role anywhere.
    pub fn has(&self, role: Role) -> bool {
        self.grants.iter().any(|g| g.role == role)
    }
}

/// What is acted upon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Buurt id.
    pub buurt: Option<i64>,
    /// Stadsdeel id.
    pub stadsdeel: Option<i64>,
    /// Account id of who handed it in.
    pub owner: Option<i64>,
    /// Accounts that work on it beside them.
    pub together: CoAuthors,
    /// Accounts that ever did: nobody answers what they made.
    pub makers: Makers,
    /// State of the initiative.
    pub state: Option<State>,
    /// Round id.
    pub round: Option<i64>,
    /// Where a plan is answered.
    pub desk: Desk,
    /// Whoever has its link, or a code of it, may act: nobody has to sign in.
    pub open: bool,
}

/// Who answers a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Desk {
    /// The moderators of its buurt.
    #[default]
    Own,
    /// Those of another buurt (id): it was handed over to them.
    Buurt(i64),
    /// The stadsdeel: nobody answered in time, or all were away.
    Stadsdeel,
}

/// In what capacity someone may act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// Signed in with a confirmed address.
    Confirmed,
    /// Residence in the subject's buurt was shown.
    ResidentThere,
    /// Handed it in.
    Owner,
    /// Works on it beside who handed it in.
    Together,
    /// Showed a vote code of the subject's round.
    CodeHolder,
    /// Anyone, where the subject is open to who has its link or a code of it.
    Anyone,
    /// Holds the role at the subject's place.
    Holds(Role),
    /// Answers plans at the subject's desk: a moderator there, or staff once the stadsdeel took it over.
    AtDesk,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The act.
    pub act: Act,
    /// Any of these will do.
    pub who: &'static [Capacity],
    /// Needs a second factor in this session.
    pub second_factor: bool,
    /// States in which it may be done; empty: state plays no part.
    pub states: &'static [State],
}

impl Rule {
    /// Whether it is among what nobody does to their own.
    pub fn not_own(&self) -> bool {
        NOT_OWN.contains(&self.act)
    }
}

use Capacity::{Anyone, AtDesk, CodeHolder, Confirmed, Holds, Owner, ResidentThere, Together};

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Sign in first.
    #[error("not signed in")]
    SignIn,
    /// Not for this person, here.
    #[error("no such right at this place")]
    NotYours,
    /// Not any more, or not yet.
    #[error("not in this state")]
    State,
    /// Show the second factor first.
    #[error("second factor needed")]
    SecondFactor,
}

/// May this actor do this act to this subject? Denied when no line of [`TABLE`] says yes.
///
/// # Errors
/// [`Denied`], the first reason that holds.
pub fn decide(act: Act, actor: &Actor, subject: &Subject) -> Result<(), Denied> {
    let Some(rule) = TABLE.iter().find(|r| r.act == act) else { return Err(Denied::NotYours) };
    let by_code = rule.who.contains(&CodeHolder) && actor.code.is_some_and(|code| Some(code.round) == subject.round);
    let by_link = rule.who.contains(&Anyone) && subject.open;
    // A code alone is enough where it opens the act: nobody has to have an account.
    let account = match actor.account {
        Some(account) => account,
        None if by_code || by_link => 0,
        None => return Err(Denied::SignIn),
    };
    let works_on = |account| account > 0 && subject.together.contains(&account);
    let made = |account| works_on(account) || account > 0 && subject.makers.contains(&account);
    let able = rule.who.iter().any(|capacity| match *capacity {
        CodeHolder => by_code,
        Anyone => by_link,
        Confirmed => actor.confirmed,
        ResidentThere => actor.confirmed && actor.resident_of.is_some() && actor.resident_of == subject.buurt,
        Owner => subject.owner == Some(account),
        Together => works_on(account),
        Holds(role) => actor.holds(role, subject),
        AtDesk => match subject.desk {
            Desk::Own => actor.holds(Role::Moderator, subject),
            Desk::Buurt(buurt) => actor.holds(Role::Moderator, &Subject { buurt: Some(buurt), ..*subject }),
            Desk::Stadsdeel => actor.holds(Role::Staff, subject),
        },
    });
    if !able || (rule.not_own() && (subject.owner == Some(account) || made(account))) {
        return Err(Denied::NotYours);
    }
    if !rule.states.is_empty() && !subject.state.is_some_and(|state| rule.states.contains(&state)) {
        return Err(Denied::State);
    }
    if rule.second_factor && !actor.second_factor {
        return Err(Denied::SecondFactor);
    }
    Ok(())
}

/// A grant for a place reaches subjects there, and overviews that name no place.
fn holds_at(scope: Scope, subject: &Subject) -> bool {
    match scope {
        Scope::City => true,
        Scope::Buurt(buurt) => subject.buurt.map_or(subject.stadsdeel.is_none(), |b| b == buurt),
        Scope::Stadsdeel(stadsdeel) => subject.stadsdeel.map_or(subject.buurt.is_none(), |s| s == stadsdeel),
    }
}

#[cfg(test)]
mod tests;
