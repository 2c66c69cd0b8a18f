//! Two plans become one when both sides say yes; one becomes two when its submitter does so.

use crate::initiatives::{FormKey, NewPlan, move_on, plan, step, tell, tell_at};
use crate::limits::{PLANS, Turns};
use crate::{ActError, World, audit, notices};
use domain::access::{Act, Actor, Denied, decide};
use domain::dialogue::{MOST_CO_AUTHORS, PlanText};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{Idea, State, Whereabouts, plans_alike};
use domain::notice::Kind;
use domain::urls;
use store::initiatives::{self as rows, Event, Initiative, MergeQuestion};
use store::{Conn, Unit};

/// States in which a plan can take another in.
const OPEN: [State; 4] = [State::Submitted, State::Returned, State::Published, State::Feasible];

/// Keeps mergers of one stadsdeel apart; negative, so that it meets no round.
fn lock(stadsdeel: i64) -> i64 {
    -4_000_000_000 - stadsdeel
}

/// Whether `into` can take `from` in, as far as their states go. What everybody can read does not go on in what nobody read yet.
pub fn fits(from: &Initiative, into: &Initiative) -> bool {
    from.id != into.id
        && (into.state.is_public() || !from.state.is_public())
        && from.stadsdeel_id == into.stadsdeel_id
        && OPEN.contains(&into.state)
        && OPEN.contains(&from.state)
        && into.merged_into.is_none()
}

/// Plans of the same wijk that say much the same, most alike first, whatever became of them; at most five, and none that the actor
/// may not read.
///
/// # Errors
/// The store's.
pub async fn candidates(c: &mut Conn, actor: &Actor, p: &Initiative) -> Result<Vec<Initiative>, ActError> {
    let near = rows::latest_in_wijk(c, p.wijk_id).await?.into_iter().filter(|other| {
        let may = other.state.is_public() || decide(Act::SeeModeration, actor, &other.subject()).is_ok();
        may && other.id != p.id
    });
    let score = |other: &Initiative| plans_alike((&p.title, &p.what), (&other.title, &other.what));
    let mut scored: Vec<(usize, Initiative)> =
        near.map(|other| (score(&other), other)).filter(|(score, _)| *score > 0).collect();
    scored.sort_by_key(|(score, other)| (std::cmp::Reverse(*score), other.id));
    Ok(scored.into_iter().take(5).map(|(_, other)| other).collect())
}

/// Asks both sides, once a moderator's proposal takes effect; `false` when that has no sense any more.
pub(crate) async fn ask(
    u: &mut Unit,
    from: &Initiative,
    into: i64,
    words: &str,
    organisation: &str,
    now: i64,
) -> Result<bool, ActError> {
    let Some(into) = rows::get(u, into).await?.filter(|into| fits(from, into)) else { return Ok(false) };
    // The newest question takes the place of an older one.
    rows::end_merge(u, from.id).await?;
    let question = MergeQuestion {
        from: from.id,
        into: into.id,
        words: words.to_owned(),
        organisation: organisation.to_owned(),
        asked_at: now,
        from_agreed_at: None,
        into_agreed_at: None,
    };
    rows::ask_merge(u, &question).await?;
    if into.account_id != from.account_id {
        let path = urls::InitiativeMerge { id: from.id }.to_string();
        tell_at(u, &into, "merge-asked", &path, |_| words.to_owned(), now).await?;
    }
    Ok(true)
}

/// Which sides of the question this actor speaks for: of the plan that would end, of the one that would go on.
///
/// # Errors
/// [`ActError::NotFound`] for a stranger.
pub fn sides(actor: &Actor, from: &Initiative, into: &Initiative) -> Result<(bool, bool), ActError> {
    let of = |p: &Initiative| actor.account.is_some() && actor.account == Some(p.account_id);
    match (of(from), of(into)) {
        (false, false) => Err(ActError::NotFound),
        sides => Ok(sides),
    }
}

/// Says yes or no to going on as one plan; with the second yes it happens. Gives where to go. A question that has no sense any
/// more ends with any answer.
///
/// # Errors
/// [`ActError::NotFound`] for strangers, [`Denied::State`] when there is no such question.
pub async fn answer(world: &World, actor: &Actor, form: FormKey, id: i64, yes: bool) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "agree_merge").await?;
                let place = plan(u, id).await?.stadsdeel_id;
                u.lock_exclusive(lock(place)).await?;
                let question = rows::merge_question(u, id).await?.ok_or(Denied::State)?;
                alone_with(u, id, question.into).await?;
                let (from, into) = (plan(u, id).await?, plan(u, question.into).await?);
                let (one, other) = sides(&actor, &from, &into)?;
                let back = if one { id } else { into.id };
                if !yes || !fits(&from, &into) {
                    decline(u, &actor, (&from, &into), now).await?;
                    return form.led_to(u, "agree_merge", &urls::Initiative { id: back }, "apart", now).await;
                }
                for side in [one.then_some(&from), other.then_some(&into)].into_iter().flatten() {
                    decide(Act::AgreeMerge, &actor, &side.subject())?;
                }
                rows::agree_merge(u, id, (one, other), now).await?;
                audit(u, now, actor.account, "agree_merge", ("initiative", id), "").await?;
                let agreed = rows::merge_question(u, id).await?.ok_or(Denied::State)?;
                if agreed.from_agreed_at.is_some() && agreed.into_agreed_at.is_some() {
                    unite(u, &from, &into, now).await?;
                    return form.led_to(u, "agree_merge", &urls::Initiative { id: into.id }, "samengevoegd", now).await;
                }
                form.led_to(u, "agree_merge", &urls::Initiative { id: back }, "samen-ja", now).await
            })
        })
        .await
}

/// Nothing else happens to two plans until the unit is over: nobody joins them, comments on them, or moves them on. Locks are taken
/// in one order, so that no two acts wait for each other.
async fn alone_with(u: &mut Unit, one: i64, other: i64) -> Result<(), ActError> {
    let both = [one.min(other), one.max(other)];
    for plan in both {
        u.lock_exclusive(crate::co_authors::lock(plan)).await?;
    }
    for plan in both {
        u.lock_exclusive(crate::comments::lock(plan)).await?;
    }
    for plan in both {
        rows::hold(u, plan).await?;
    }
    Ok(())
}

/// A plan waits at its desk once more.
async fn tell_again(u: &mut Unit, id: i64, now: i64) -> Result<(), ActError> {
    let (event, p) = (notices::event(u, id).await?, plan(u, id).await?);
    notices::tell_desk(u, &p, Kind::Submitted, &event, now).await
}

/// They stay two plans; one that waited for this answer is at its desk again.
async fn decline(
    u: &mut Unit,
    actor: &Actor,
    (from, into): (&Initiative, &Initiative),
    now: i64,
) -> Result<(), ActError> {
    rows::end_merge(u, from.id).await?;
    let asked =
        rows::events(u, from.id).await?.into_iter().rev().find(|e| e.state != from.state || e.act == "merge_asked");
    let mut state = from.state;
    if from.state == State::Returned && asked.is_some_and(|e| e.act == "merge_asked") {
        move_on(u, from, State::Submitted).await?;
        let due = crate::terms::first_reply_due(u, now).await?;
        rows::set_asked(u, from.id, now, due).await?;
        state = State::Submitted;
    }
    rows::add_event(u, from.id, actor.account, &step(now, "merge_declined", state, "")).await?;
    tell(u, from, "merge-declined", |_| String::new(), now).await?;
    if into.account_id != from.account_id {
        tell(u, into, "merge-declined", |_| String::new(), now).await?;
    }
    if state != from.state {
        tell_again(u, from.id, now).await?;
    }
    audit(u, now, actor.account, "decline_merge", ("initiative", from.id), "").await.map_err(ActError::from)
}

/// The first plan ends in the second: supporters, comments and those who made it come along.
async fn unite(u: &mut Unit, from: &Initiative, into: &Initiative, now: i64) -> Result<(), ActError> {
    rows::end_merge(u, from.id).await?;
    move_on(u, from, State::Withdrawn).await?;
    rows::merge_into(u, from.id, into.id).await?;
    rows::move_comments(u, from.id, into.id).await?;
    // Whoever made the other plan comes before who has not answered yet.
    let there = rows::co_authors(u, into.id).await?;
    if there.len() >= MOST_CO_AUTHORS
        && let Some(asked) = there.iter().rev().find(|w| w.account.is_none())
    {
        rows::remove_co_author(u, into.id, asked.id).await?;
    }
    let mut room = MOST_CO_AUTHORS.saturating_sub(rows::co_authors(u, into.id).await?.len());
    for account in std::iter::once(from.account_id).chain(from.co_authors) {
        let there = account <= 0 || account == into.account_id || into.co_authors.contains(&account);
        if !there && room > 0 && rows::join(u, into.id, account, now).await? {
            room -= 1;
        }
    }
    let ended = Event { words: into.title.clone(), ..step(now, "merged", State::Withdrawn, "") };
    rows::add_event(u, from.id, None, &ended).await?;
    let grown = Event { words: from.title.clone(), ..step(now, "merged_in", into.state, "") };
    rows::add_event(u, into.id, None, &grown).await?;
    audit(u, now, None, "merge", ("initiative", from.id), &into.id.to_string()).await?;
    // Those of the plan that ended are told in its name, and find the other one; what joined hears it once.
    let path = urls::Initiative { id: into.id }.to_string();
    tell_at(u, from, "merged", &path, |_| into.title.clone(), now).await?;
    if into.account_id != from.account_id {
        tell(u, into, "merged-in", |_| from.title.clone(), now).await?;
    }
    Ok(())
}

/// The two plans that one becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// Words of the plan that stays.
    pub first: PlanText,
    /// Words of the new one.
    pub second: Idea,
    /// The version that was on the screen.
    pub version: i64,
}

impl Split {
    /// Fields: `title`, `what`, `why`, `place`, and `second_title`, `second_what`, `second_why`; `version`.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let first = PlanText::parse(raw).map_err(|e| errors.0.extend(e.0)).ok();
        let title = errors.take("second_title", raw.text("second_title", domain::initiative::TITLE_MAX));
        let what = errors.take("second_what", raw.text("second_what", domain::initiative::TEXT_MAX));
        let why = errors.take("second_why", raw.text("second_why", domain::initiative::TEXT_MAX));
        let Some(first) = first.filter(|_| errors.0.is_empty()) else { return Err(errors) };
        let second = Idea { title: title.replace('\n', " "), what, why };
        Ok(Self { first, second, version: raw.get("version").parse().unwrap_or(0) })
    }
}

/// Makes two plans of one that is not public yet; both wait for an answer. Gives where to go.
///
/// # Errors
/// On `title`: [`Problem::Changed`] when someone changed the plan meanwhile.
pub async fn split(world: &World, actor: &Actor, form: FormKey, id: i64, wanted: Split) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    let turns = Turns::of(world, &[(PLANS, &actor.account.unwrap_or_default().to_string())]);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "split_plan").await?;
                turns.take_in(u).await?;
                let p = plan(u, id).await?;
                decide(Act::SplitPlan, &actor, &p.subject())?;
                let (idea, place) = (&wanted.first.idea, &wanted.first.place);
                if !rows::edit(u, id, wanted.version, &idea.title, &idea.what, &idea.why, place).await? {
                    return Err(Errors::one("title", Problem::Changed).into());
                }
                if p.state == State::Returned {
                    move_on(u, &p, State::Submitted).await?;
                    let due = crate::terms::first_reply_due(u, now).await?;
                    rows::set_asked(u, id, now, due).await?;
                }
                let place = Whereabouts { buurt: p.buurt_id, place: p.place.clone(), cost: None };
                let new = NewPlan { idea: wanted.second.clone(), place, wants_supporter: false, source: None };
                let part = crate::initiatives::put_in(u, p.account_id, &new, None, now).await?;
                rows::set_split_from(u, part, id).await?;
                for account in p.co_authors.into_iter().filter(|account| *account > 0) {
                    rows::join(u, part, account, now).await?;
                }
                let event = Event { words: wanted.second.title, ..step(now, "split", State::Submitted, "owner") };
                rows::add_event(u, id, actor.account, &event).await?;
                if p.state == State::Returned {
                    tell_again(u, id, now).await?;
                }
                audit(u, now, actor.account, "split_plan", ("initiative", id), &part.to_string()).await?;
                form.led_to(u, "split_plan", &urls::Initiative { id }, "gesplitst", now).await
            })
        })
        .await
}
