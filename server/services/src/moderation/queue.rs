//! The queue of a desk, page by page.

use crate::ActError;
use domain::access::{Actor, Role, Scope};
use domain::initiative::{FOR_KINDS, State};
use store::initiatives::{self as rows, Initiative, Queue};
use store::{Conn, places};

/// Rows of one page.
const PAGE: i64 = 40;
/// Beyond this a count says 'more than'.
const COUNTED: i64 = 500;

/// Whose turn it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Desk {
    /// Waits for an answer.
    #[default]
    ToDo,
    /// Waits for who handed it in.
    Waiting,
    /// Answered.
    Done,
}

/// What is asked of a queue.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Which.
    pub desk: Desk,
    /// One buurt (id).
    pub buurt: Option<i64>,
    /// One programme (id).
    pub programme: Option<i64>,
    /// One of `FOR_KINDS`.
    pub for_kind: Option<String>,
    /// Only plans that wait for somebody who thinks along.
    pub wants_help: bool,
    /// From 1.
    pub page: i64,
}

/// A page of it.
#[derive(Clone, Debug)]
pub struct Found {
    /// Oldest due first; answered ones newest first.
    pub plans: Vec<Initiative>,
    /// How many wait for an answer and for who handed them in, at most [`COUNTED`].
    pub counts: [i64; 2],
    /// There are more after these.
    pub more: bool,
    /// Buurten of this desk.
    pub buurten: Vec<places::Buurt>,
}

/// Buurten that the actor's grants of these roles reach.
fn reached(actor: &Actor, all: &[places::Buurt], role: impl Fn(Role) -> bool) -> Vec<places::Buurt> {
    let reaches = |b: &&places::Buurt| {
        actor.grants.iter().any(|g| {
            role(g.role)
                && match g.scope {
                    Scope::City => true,
                    Scope::Buurt(id) => id == b.id,
                    Scope::Stadsdeel(id) => id == b.stadsdeel_id,
                }
        })
    };
    all.iter().filter(reaches).cloned().collect()
}

/// As queries take them: `,1,2,`.
fn listed(buurten: &[i64]) -> String {
    format!(",{},", buurten.iter().map(i64::to_string).collect::<Vec<_>>().join(","))
}

/// Buurten (as `,1,2,`) that the actor reaches in any of these roles, so that a query finds what is theirs however much there is
/// elsewhere; the table of rights still decides about each row. `None`: the whole city.
///
/// # Errors
/// The store's.
pub async fn places_of(c: &mut Conn, actor: &Actor, roles: &[Role]) -> Result<Option<String>, ActError> {
    let all = places::buurten(c).await?;
    let buurten: Vec<i64> = reached(actor, &all, |role| roles.contains(&role)).iter().map(|b| b.id).collect();
    Ok((buurten.len() < all.len()).then(|| listed(&buurten)))
}

/// The plans at the reader's desk: of the buurten they moderate, or (`staff`) those that were handed over to their stadsdeel.
///
/// # Errors
/// The store's.
pub async fn find(c: &mut Conn, actor: &Actor, asked: &Asked, staff: bool) -> Result<Found, ActError> {
    let all = places::buurten(c).await?;
    let buurten = reached(actor, &all, |role| if staff { role == Role::Staff } else { role != Role::Staff });
    let whole_city = buurten.len() == all.len();
    let chosen: Vec<i64> = buurten.iter().map(|b| b.id).filter(|id| asked.buurt.is_none_or(|one| one == *id)).collect();
    let listed = listed(&chosen);
    let mut queue = Queue {
        state: match asked.desk {
            Desk::ToDo => Some(State::Submitted),
            Desk::Waiting => Some(State::Returned),
            Desk::Done => None,
        },
        buurten: (!whole_city || asked.buurt.is_some()).then_some(listed),
        by_staff: staff,
        programme: asked.programme,
        for_kind: asked.for_kind.clone().filter(|kind| FOR_KINDS.contains(&kind.as_str())),
        wants_help: asked.wants_help,
        limit: PAGE + 1,
        offset: (asked.page.max(1) - 1) * PAGE,
    };
    let mut plans = rows::queue(c, &queue).await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = plans.len() > page;
    plans.truncate(page);
    let mut counts = [0; 2];
    for (count, state) in counts.iter_mut().zip([State::Submitted, State::Returned]) {
        queue.state = Some(state);
        *count = rows::count_queue(c, &queue, COUNTED).await?;
    }
    Ok(Found { plans, counts, more, buurten })
}
