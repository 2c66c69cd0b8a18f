//! What makers of a finished plan tell the next buurt: asked once, reminded once, changeable, and theirs to take back.

use crate::initiatives::{FormKey, plan, tell_at};
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, Denied, Role, decide};
use domain::dialogue::comment_reason;
use domain::evaluation::{Evaluation, REMIND_AFTER};
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use store::accounts::roles;
use store::initiatives::{self as rows, Initiative, Recipe};
use store::{Conn, Unit};

/// Asks the makers of a plan that is completed in this unit; once, however often it is called.
///
/// # Errors
/// The store's.
pub async fn ask(u: &mut Unit, p: &Initiative, now: i64) -> Result<(), ActError> {
    if rows::ask_evaluation(u, p.id, now, now + REMIND_AFTER).await? {
        let path = urls::InitiativeEvaluation { id: p.id }.to_string();
        tell_at(u, p, "evaluate", &path, |_| String::new(), now).await?;
    }
    Ok(())
}

/// Reminds makers who did not answer, once. For the job. What goes wrong with one holds none of the others up.
///
/// # Errors
/// The first that something met.
pub async fn remind(world: &World) -> Result<(), ActError> {
    let now = world.now();
    let due = rows::to_remind(&mut world.db.read().await?, now).await?;
    let mut outcome = Ok(());
    for id in due {
        let done = world.db.write(move |u| Box::pin(async move { remind_of(u, id, now).await })).await;
        outcome = outcome.and(done);
    }
    outcome
}

async fn remind_of(u: &mut Unit, id: i64, now: i64) -> Result<(), ActError> {
    if !rows::reminded(u, id).await? {
        return Ok(());
    }
    let p = plan(u, id).await?;
    let path = urls::InitiativeEvaluation { id }.to_string();
    tell_at(u, &p, "evaluate-remind", &path, |_| String::new(), now).await?;
    audit(u, now, None, "remind_evaluation", ("initiative", id), "").await?;
    Ok(())
}

/// The plan with what was told, for who may tell.
///
/// # Errors
/// [`ActError::Denied`] for anybody else, and before the plan is done.
pub async fn own(c: &mut Conn, actor: &Actor, id: i64) -> Result<Recipe, ActError> {
    let found = rows::recipe(c, id).await?.ok_or(ActError::NotFound)?;
    decide(Act::Evaluate, actor, &found.plan.subject())?;
    Ok(found)
}

/// Keeps what the makers tell; gives where to go. Fields: those of [`Evaluation`], and `version` as it stood on the screen.
///
/// # Errors
/// Each field that is wrong; [`Problem::Changed`] when somebody changed it meanwhile.
pub async fn answer(world: &World, actor: &Actor, form: FormKey, id: i64, raw: &Raw) -> Result<String, ActError> {
    own(&mut world.db.read().await?, actor, id).await?;
    let told = Evaluation::parse(raw)?;
    let version = raw.get("version").parse().unwrap_or(0);
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "evaluate").await?;
                decide(Act::Evaluate, &actor, &plan(u, id).await?.subject())?;
                if !rows::put_evaluation(u, id, version, &told, now).await? {
                    return Err(Errors::one("worked", Problem::Changed).into());
                }
                audit(u, now, actor.account, "evaluate", ("initiative", id), told.again.key()).await?;
                form.led_to(u, "evaluate", &urls::Recipe { id }, "recept", now).await
            })
        })
        .await
}

/// Takes it back: the words are wiped. Gives where to go.
///
/// # Errors
/// [`Denied::State`] when there is nothing.
pub async fn take_back(world: &World, actor: &Actor, form: FormKey, id: i64) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "drop_evaluation").await?;
                decide(Act::Evaluate, &actor, &plan(u, id).await?.subject())?;
                if !rows::drop_evaluation(u, id).await? {
                    return Err(Denied::State.into());
                }
                audit(u, now, actor.account, "drop_evaluation", ("initiative", id), "").await?;
                form.led_to(u, "drop_evaluation", &urls::Initiative { id }, "recept-weg", now).await
            })
        })
        .await
}

/// A desk hides a recipe with a reason that its makers are mailed, or shows it again. Fields: `act` (`hide`, `stand`), `why`.
/// Gives where to go.
///
/// # Errors
/// On `why`; [`Denied::State`] when it stands so already.
pub async fn hide(world: &World, actor: &Actor, form: FormKey, id: i64, raw: &Raw) -> Result<String, ActError> {
    let found = rows::recipe(&mut world.db.read().await?, id).await?.ok_or(ActError::NotFound)?;
    decide(Act::HideRecipe, actor, &found.plan.subject())?;
    let why = if raw.get("act") == "stand" { "" } else { comment_reason(raw)? };
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "hide_recipe").await?;
                let p = plan(u, id).await?;
                decide(Act::HideRecipe, &actor, &p.subject())?;
                let account = actor.account.ok_or(Denied::SignIn)?;
                let moderates = decide(Act::SeeModeration, &actor, &p.subject()).is_ok() && actor.has(Role::Moderator);
                let role = if moderates { Role::Moderator } else { Role::Staff };
                let organisation = roles::organisation(u, account, role, p.buurt_id, p.stadsdeel_id).await?;
                if !rows::hide_evaluation(u, id, why, &organisation).await? {
                    return Err(Denied::State.into());
                }
                let act = if why.is_empty() { "show_recipe" } else { "hide_recipe" };
                audit(u, now, actor.account, act, ("initiative", id), why).await?;
                if !why.is_empty() {
                    let path = urls::Recipe { id }.to_string();
                    let reason = |lang| texts::t(lang, &format!("comment-why-{why}"));
                    tell_at(u, &p, "recipe-hidden", &path, reason, now).await?;
                }
                let done = if why.is_empty() { "recept-terug" } else { "recept-verborgen" };
                form.led_to(u, "hide_recipe", &urls::Recipe { id }, done, now).await
            })
        })
        .await
}

/// A recipe as this reader may see it: everybody one that is public, its makers and its desk also one that is hidden.
///
/// # Errors
/// [`ActError::NotFound`], as if there were none.
pub async fn visible(c: &mut Conn, actor: &Actor, id: i64) -> Result<Recipe, ActError> {
    let found = rows::recipe(c, id).await?.filter(|r| r.told.is_some()).ok_or(ActError::NotFound)?;
    let subject = found.plan.subject();
    let insider = [Act::Evaluate, Act::HideRecipe].into_iter().any(|act| decide(act, actor, &subject).is_ok());
    if found.is_public() || insider { Ok(found) } else { Err(ActError::NotFound) }
}

/// The plan that a form says it was taken from, where everybody may read what its makers tell; anything else credits nobody.
pub(crate) async fn credited(c: &mut Conn, source: Option<i64>) -> Result<Option<i64>, ActError> {
    let Some(id) = source else { return Ok(None) };
    Ok(rows::recipe(c, id).await?.filter(Recipe::is_public).map(|r| r.plan.id))
}
