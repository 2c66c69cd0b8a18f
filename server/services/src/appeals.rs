//! Who does not agree with a rejection asks the stadsdeel, once, and gets an answer within a term of its own.

use crate::initiatives::{FormKey, move_on, plan, step, tell};
use crate::{ActError, World, audit, letter, notices};
use domain::access::{Act, Actor, Denied, Role, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{State, TEXT_MAX};
use domain::notice::Kind;
use domain::terms::{self, APPEAL_TERM};
use domain::urls;
use mail::Values;
use store::StoreError;
use store::accounts::roles;
use store::initiatives::{self as rows, Event};

/// Asks the stadsdeel to look at a rejection again; gives where to go. Fields: `appeal`.
///
/// # Errors
/// On `appeal`; [`ActError::Denied`] for another's plan, one that was not rejected, or a second time.
pub async fn appeal(world: &World, actor: &Actor, form: FormKey, id: i64, raw: &Raw) -> Result<String, ActError> {
    let words = raw.text("appeal", TEXT_MAX).map_err(|p| Errors::one("appeal", p))?;
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "appeal").await?;
                let p = plan(u, id).await?;
                decide(Act::Appeal, &actor, &p.subject())?;
                let due = terms::due(now, APPEAL_TERM, &crate::terms::closed(u).await?);
                rows::add_appeal(u, id, &words, now, due).await.map_err(|e| match e {
                    StoreError::Duplicate(_) => Denied::State.into(),
                    e => ActError::from(e),
                })?;
                let event = Event { words, ..step(now, "appealed", State::Rejected, "owner") };
                rows::add_event(u, id, actor.account, &event).await?;
                audit(u, now, actor.account, "appeal", ("initiative", id), "").await?;
                for (account, _) in roles::reaching(u, Role::Staff, (p.buurt_id, p.stadsdeel_id), now).await? {
                    let values = Values {
                        path: urls::DistrictCase { id }.to_string(),
                        title: p.title.clone(),
                        name: account.name.clone(),
                        ..Values::default()
                    };
                    letter(u, now, "appeal", &account.email, &account.lang, &values).await?;
                }
                let event = notices::event(u, id).await?;
                notices::tell_absent_staff(u, &p, Kind::Appealed, &event, now).await?;
                form.led_to(u, "appeal", &urls::Initiative { id }, "bewaard", now).await
            })
        })
        .await
}

/// Answers an appeal: right, and the stadsdeel answers the plan anew within the first reply's term; or the rejection stays.
/// Fields: `outcome` (`right`, `upheld`), `answer`.
///
/// # Errors
/// On each field; [`Denied::State`] when it was answered.
pub async fn answer(world: &World, actor: &Actor, form: FormKey, id: i64, raw: &Raw) -> Result<String, ActError> {
    let mut errors = Errors::default();
    let outcome = ["right", "upheld"].into_iter().find(|o| *o == raw.get("outcome")).ok_or(Problem::NotAChoice);
    let outcome = errors.take("outcome", outcome);
    let words = errors.take("answer", raw.text("answer", TEXT_MAX));
    errors.done()?;
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "answer_appeal").await?;
                let p = plan(u, id).await?;
                decide(Act::AnswerAppeal, &actor, &p.subject())?;
                if !rows::decide_appeal(u, id, outcome, &words, now).await? {
                    return Err(Denied::State.into());
                }
                let right = outcome == "right";
                if right {
                    move_on(u, &p, State::Submitted).await?;
                    let due = crate::terms::first_reply_due(u, now).await?;
                    rows::set_asked(u, id, now, due).await?;
                    rows::hand_over(u, id, None).await?;
                }
                let (act, state, mail) = if right {
                    ("appeal_right", State::Submitted, "appeal-right")
                } else {
                    ("appeal_upheld", State::Rejected, "appeal-upheld")
                };
                let account = actor.account.ok_or(Denied::SignIn)?;
                let organisation = roles::organisation(u, account, Role::Staff, p.buurt_id, p.stadsdeel_id).await?;
                let event = Event { words: words.clone(), organisation, ..step(now, act, state, "staff") };
                rows::add_event(u, id, actor.account, &event).await?;
                audit(u, now, actor.account, "answer_appeal", ("initiative", id), outcome).await?;
                let clause = if right { String::new() } else { crate::settings::bezwaar(u).await? };
                tell(u, &p, mail, |_| format!("{words}\n\n{clause}").trim_end().to_owned(), now).await?;
                form.led_to(u, "answer_appeal", &urls::District {}, "bewaard", now).await
            })
        })
        .await
}
