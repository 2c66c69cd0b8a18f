//! Initiatives, their road and support.

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::access::Desk;
use domain::dialogue::{CoAuthors, Makers};
use domain::initiative::State;
use domain::money::Cents;

mod advice;
mod asks;
mod cases;
mod co_authors;
mod comments;
mod list;
mod merges;
mod parts;
mod recipes;
mod texts;
mod verdict;
mod write;

pub use advice::{
    Advice, Answer, NewAdvice, add_advice, advice, advice_counts, answer_advice, hold, late_advice, one_advice,
    warn_advice,
};
pub use asks::asking_by_state;
pub use cases::{
    Appeal, Asked, Pending, Queue, add_appeal, add_pending, appeal, asked_now, away, back, claim, count_queue,
    decide_appeal, due_pending, go_away, hand_over, holidays, open_appeals, pending, pending_of, put_holiday, queue,
    remove_holiday, remove_pending, replies, set_asked, set_warned, taken_over, to_warn,
};
pub use co_authors::{CoAuthor, ask_to_join, asked_to_join, co_authors, join, question_to_join, remove_co_author};
pub use comments::{
    Comment, add_comment, comments, count_comments, has_reported, hide, let_stand, move_comments, one_comment, report,
    report_reasons, reported, take_away, voice_number,
};
pub use list::{Filter, HomeRound, asking, count_public, home_round, home_wave, in_state, of_account, public};
pub use merges::{
    MergeQuestion, agree_merge, ask_merge, end_merge, latest_in_wijk, merge_into, merge_question,
    merge_questions_about, set_split_from, split_off,
};
pub use parts::{
    Draft, Picture, add_draft, add_picture, add_support, draft, events, has_support, picture, remove_support, use_draft,
};
pub use recipes::{
    Recipe, RecipeFilter, ask_evaluation, count_recipes, drop_evaluation, hide_evaluation, put_evaluation, recipe,
    recipes, reminded, to_remind,
};
pub use texts::{
    Change, KeptText, change, drop_change, has_kept_texts, kept_texts, put_change, put_text, remove_change,
    with_change, words_before,
};
pub use verdict::{Findings, findings, put_findings};
pub use write::{
    New, complete, create, edit, set_picture, set_programme, set_published, set_replied, set_supporter, set_verdict,
    sign_small_moderator, sign_small_staff, withdraw_from_papers,
};

/// An initiative with its place.
#[derive(Clone, Debug)]
pub struct Initiative {
    /// Id.
    pub id: i64,
    /// Buurt.
    pub buurt_id: i64,
    /// Stadsdeel of that buurt.
    pub stadsdeel_id: i64,
    /// Wijk of that buurt.
    pub wijk_id: i64,
    /// Buurt's name.
    pub buurt: String,
    /// Buurt's slug.
    pub buurt_slug: String,
    /// Who handed it in.
    pub account_id: i64,
    /// Their name.
    pub author: String,
    /// Title.
    pub title: String,
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
    /// Street or building.
    pub place: String,
    /// The cost is known; else minimum and desired are zero.
    pub cost_known: bool,
    /// Least it can be done for.
    pub minimum: Cents,
    /// What it would best have.
    pub desired: Cents,
    /// One of `FOR_KINDS`.
    pub for_kind: String,
    /// Name of group, organisation or shop.
    pub for_name: String,
    /// Who helps.
    pub helpers: String,
    /// Programme.
    pub programme_id: Option<i64>,
    /// Named supporter of the submitter.
    pub supporter_name: String,
    /// Who handed it in would like somebody who thinks along.
    pub wants_supporter: bool,
    /// Uploaded picture.
    pub picture_id: Option<i64>,
    /// Drawing instead.
    pub drawing: String,
    /// State.
    pub state: State,
    /// Staff's conditions.
    pub conditions: String,
    /// Number of supporters.
    pub supports: i64,
    /// Counts changes.
    pub version: i64,
    /// UTC seconds.
    pub created_at: i64,
    /// UTC seconds.
    pub submitted_at: Option<i64>,
    /// UTC seconds.
    pub published_at: Option<i64>,
    /// First reply due.
    pub due_at: Option<i64>,
    /// First reply given.
    pub replied_at: Option<i64>,
    /// Since when somebody waits for a reply.
    pub asked_at: Option<i64>,
    /// Another buurt whose moderators answer.
    pub handled_in: Option<i64>,
    /// The stadsdeel answers.
    pub by_staff: bool,
    /// Who is busy with it, and until when.
    pub claim: Option<(i64, i64)>,
    /// How many warnings were sent.
    pub warned: i64,
    /// Moderator who signed for a small plan.
    pub small_moderator_id: Option<i64>,
    /// Staff member who signed for a small plan.
    pub small_staff_id: Option<i64>,
    /// Who works on it beside who handed it in.
    pub co_authors: CoAuthors,
    /// Who ever did.
    pub makers: Makers,
    /// The plan in which it goes on.
    pub merged_into: Option<i64>,
    /// The plan of which it was a part.
    pub split_from: Option<i64>,
    /// The finished plan from which the idea was taken.
    pub source_id: Option<i64>,
}

impl Initiative {
    /// Somebody was asked for who thinks along, and nobody was named yet.
    pub fn waits_for_supporter(&self) -> bool {
        self.wants_supporter && self.supporter_name.is_empty()
    }

    /// For the access table.
    pub fn subject(&self) -> domain::access::Subject {
        domain::access::Subject {
            buurt: Some(self.buurt_id),
            stadsdeel: Some(self.stadsdeel_id),
            owner: Some(self.account_id),
            together: self.co_authors,
            makers: self.makers,
            state: Some(self.state),
            round: None,
            open: false,
            desk: match (self.by_staff, self.handled_in) {
                (true, _) => Desk::Stadsdeel,
                (_, Some(buurt)) => Desk::Buurt(buurt),
                _ => Desk::Own,
            },
        }
    }
}

fn initiative(r: &Row) -> Result<Initiative, StoreError> {
    Ok(Initiative {
        id: r.int("id")?,
        buurt_id: r.int("buurt_id")?,
        stadsdeel_id: r.int("stadsdeel_id")?,
        wijk_id: r.int("wijk_id")?,
        buurt: r.text("buurt")?,
        buurt_slug: r.text("buurt_slug")?,
        account_id: r.int("account_id")?,
        author: r.text("author")?,
        title: r.text("title")?,
        what: r.text("what")?,
        why: r.text("why")?,
        place: r.text("place")?,
        cost_known: r.flag("cost_known")?,
        minimum: r.cents("minimum")?,
        desired: r.cents("desired")?,
        for_kind: r.text("for_kind")?,
        for_name: r.text("for_name")?,
        helpers: r.text("helpers")?,
        programme_id: r.opt_int("programme_id")?,
        supporter_name: r.text("supporter_name")?,
        wants_supporter: r.flag("wants_supporter")?,
        picture_id: r.opt_int("picture_id")?,
        drawing: r.text("drawing")?,
        state: State::from_key(&r.text("state")?)
            .ok_or_else(|| StoreError::Corrupt { column: "state".into(), source: None })?,
        conditions: r.text("conditions")?,
        supports: r.int("supports")?,
        version: r.int("version")?,
        created_at: r.int("created_at")?,
        submitted_at: r.opt_int("submitted_at")?,
        published_at: r.opt_int("published_at")?,
        due_at: r.opt_int("due_at")?,
        replied_at: r.opt_int("replied_at")?,
        asked_at: r.opt_int("asked_at")?,
        handled_in: r.opt_int("handled_in")?,
        by_staff: r.flag("by_staff")?,
        claim: r.opt_int("claimed_by")?.zip(r.opt_int("claimed_until")?),
        warned: r.int("warned")?,
        small_moderator_id: r.opt_int("small_moderator_id")?,
        small_staff_id: r.opt_int("small_staff_id")?,
        co_authors: domain::dialogue::co_authors(&r.text("co_authors")?),
        makers: domain::dialogue::makers(&r.text("makers")?),
        merged_into: r.opt_int("merged_into")?,
        split_from: r.opt_int("split_from")?,
        source_id: r.opt_int("source_id")?,
    })
}

/// One initiative.
pub async fn get(c: &mut Conn, id: i64) -> Result<Option<Initiative>, StoreError> {
    c.row(sql!("SELECT i.*, b.name AS buurt, b.slug AS buurt_slug, b.stadsdeel_id, b.wijk_id, a.name AS author FROM initiative i JOIN buurt b ON b.id = i.buurt_id JOIN account a ON a.id = i.account_id WHERE i.id = $1"), &[id.into()])
        .await?
        .as_ref()
        .map(initiative)
        .transpose()
}

/// Moves a plan on, only when it still stands where it was read; `false` when somebody was first. A new text that waited goes
/// where the plan's words can change no more.
pub async fn set_state(u: &mut Unit, id: i64, from: State, to: State) -> Result<bool, StoreError> {
    let moved = u
        .exec(
            sql!("UPDATE initiative SET state = $3, version = version + 1 WHERE id = $1 AND state = $2"),
            &[id.into(), from.key().into(), to.key().into()],
        )
        .await?
        == 1;
    if moved && from.is_public() && !matches!(to, State::Published | State::Feasible) {
        texts::drop_change(u, id).await?;
    }
    Ok(moved)
}

/// A step of a plan's road.
#[derive(Clone, Debug)]
pub struct Event {
    /// UTC seconds.
    pub at: i64,
    /// What was done; text is `event-<act>`.
    pub act: String,
    /// State it led to.
    pub state: State,
    /// Capacity of who did it: `owner`, `moderator`, `staff`, `administrator` or empty.
    pub actor_role: String,
    /// Reason from a list, or empty.
    pub reason: String,
    /// Own words.
    pub words: String,
    /// Amount, where there is one.
    pub amount: Option<Cents>,
    /// The organisation in whose name it was done; may be empty.
    pub organisation: String,
}

/// Adds a step.
pub async fn add_event(u: &mut Unit, id: i64, actor: Option<i64>, e: &Event) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO initiative_event (initiative_id, at, act, state, actor_id, actor_role, reason, words, amount, organisation) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
        &[id.into(), e.at.into(), e.act.as_str().into(), e.state.key().into(), actor.into(), e.actor_role.as_str().into(), e.reason.as_str().into(), e.words.as_str().into(), e.amount.map(|a| a.0).into(), e.organisation.as_str().into()],
    )
    .await
    .map(|_| ())
}
