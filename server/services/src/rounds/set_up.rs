//! Setting a round up: what there is to choose from, what is wrong so far, and the act itself.

use super::{RoundForm, move_plan};
use crate::{ActError, Actor, World, audit, budget, once, remember};
use domain::access::{Act, Subject, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::State;
use domain::money::Cents;
use domain::round::{PaperPlan, none_fits};
use store::ledger::{self, Kind, Transfer};
use store::places::{Buurt, Named};
use store::rounds::{self, Candidate, Round};
use store::{Conn, Unit};

/// Most characters of a plan on the paper.
pub(crate) const SUMMARY_MAX: usize = 200;
/// A round like another one opens so many days from now, or a little later: time enough for letters.
const DAYS_AHEAD: i64 = 14;

/// What a round in one buurt can be made of.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The buurt.
    pub buurt: Buurt,
    /// Each budget year, the oldest first, with what is left of the share of the buurt's wijk.
    pub shares: Vec<(i64, Cents)>,
    /// Feasible plans, as they would stand on the paper.
    pub candidates: Vec<Candidate>,
    /// Programmes of those plans, with how many there are of each.
    pub themes: Vec<(Named, usize)>,
}

impl Desk {
    /// What is left of the share in this year.
    pub fn left(&self, year: i64) -> Cents {
        self.shares.iter().find(|(y, _)| *y == year).map_or(Cents::ZERO, |(_, left)| *left)
    }

    /// The newest year that has money.
    pub fn year_with_money(&self) -> Option<i64> {
        self.shares.iter().rev().find(|(_, left)| *left > Cents::ZERO).map(|(year, _)| *year)
    }

    /// Plans of this theme; of none in particular: all of them.
    pub fn of_theme(&self, theme: Option<i64>) -> impl Iterator<Item = &PaperPlan> {
        self.candidates.iter().filter(move |c| is_of(c, theme)).map(|c| &c.plan)
    }
}

/// What there is for a round in this buurt.
pub async fn desk(c: &mut Conn, buurt: i64) -> Result<Option<Desk>, ActError> {
    let Some(buurt) = store::places::buurt_by_id(c, buurt).await? else { return Ok(None) };
    let mut shares = Vec::new();
    for year in crate::shares::years(c).await? {
        shares.push((year, ledger::balance(c, Kind::Share { wijk: buurt.wijk_id, year }).await?));
    }
    let mut candidates = rounds::feasible(c, buurt.id).await?;
    for candidate in &mut candidates {
        candidate.plan.summary = shorten(&candidate.plan.summary);
    }
    let programmes = store::places::programmes(c).await?.into_iter();
    let themes = programmes
        .map(|p| (candidates.iter().filter(|c| c.theme == Some(p.id)).count(), p))
        .filter_map(|(count, p)| (count > 0).then_some((p, count)))
        .collect();
    Ok(Some(Desk { buurt, shares, candidates, themes }))
}

fn is_of(candidate: &Candidate, theme: Option<i64>) -> bool {
    theme.is_none() || candidate.theme == theme
}

/// The plans that are asked for, when a paper of this theme and pot can hold them. `pot` is `None` while it is not known.
fn choose<'a>(
    candidates: &'a [Candidate],
    theme: Option<i64>,
    wanted: &[i64],
    pot: Option<Cents>,
) -> Result<Vec<&'a PaperPlan>, Problem> {
    if wanted.is_empty() {
        return Err(Problem::Missing);
    }
    let one = |id: &i64| candidates.iter().find(|c| c.plan.id == *id && is_of(c, theme)).map(|c| &c.plan);
    let plans = wanted.iter().map(one).collect::<Option<Vec<_>>>().ok_or(Problem::NotAChoice)?;
    match pot.and_then(|pot| none_fits(pot, plans.iter().map(|p| p.minimum))) {
        Some(cheapest) => Err(Problem::NoneFits(cheapest)),
        None => Ok(plans),
    }
}

/// Everything that is wrong with a form that is still being filled in, as [`set_up`] would find it. Writes nothing.
pub fn look(desk: Option<&Desk>, raw: &Raw, now: i64) -> Errors {
    let (form, mut errors) = RoundForm::read(raw);
    let Some(desk) = desk else {
        if errors.of("buurt").is_none() {
            errors.0.insert(0, ("buurt", Problem::NotAChoice));
        }
        return errors;
    };
    let right = |errors: &Errors, field| errors.of(field).is_none();
    if right(&errors, "theme") && form.theme.is_some_and(|id| !desk.themes.iter().any(|(t, _)| t.id == id)) {
        errors.0.push(("theme", Problem::NotAChoice));
    }
    let pot_is_known = right(&errors, "pot");
    if pot_is_known && right(&errors, "year") && form.pot > desk.left(form.year) {
        errors.0.push(("pot", Problem::NotEnough(desk.left(form.year))));
    }
    if right(&errors, "closes") && form.closes_at <= now {
        errors.0.push(("closes", Problem::NotLater));
    }
    if right(&errors, "plan") && right(&errors, "theme") {
        let pot = pot_is_known.then_some(form.pot);
        if let Err(problem) = choose(&desk.candidates, form.theme, &form.plans, pot) {
            errors.0.push(("plan", problem));
        }
    }
    errors
}

/// The form of one more round like this: with the plans that are feasible now, as much money as before if it is there, and
/// a term as long. What the buurt has not got any more stays in the form, and [`look`] says so.
pub fn again(desk: &Desk, round: &Round, now: i64) -> Raw {
    let year = desk.year_with_money();
    let pot = year.map_or(round.pot, |year| round.pot.min(desk.left(year)));
    let opens_at = texts::monday_morning(now, DAYS_AHEAD);
    let days = texts::days_between(round.opens_at, round.closes_at).max(1);
    RoundForm {
        buurt: round.buurt_id,
        theme: round.theme_id,
        title: round.title.clone(),
        intro: round.intro.clone(),
        year: year.unwrap_or(round.year),
        pot,
        form: round.form,
        preset: round.preset.clone(),
        by_code: crate::voters::by_code(round),
        opens_at,
        closes_at: texts::days_later(opens_at, days, texts::time_of_day(round.closes_at)),
        receipts: round.receipts,
        lots: round.lots,
        plans: desk.of_theme(round.theme_id).map(|p| p.id).collect(),
    }
    .fields()
}

/// Sets a round up: its pot comes out of the share and its plans go on the ballot, all or nothing. Gives its slug.
///
/// # Errors
/// On `pot`: more than is left of the share. On `plan`: one is not feasible in this buurt any more, is of another theme, or
/// not one of them fits into the pot. On `theme`: there is no such programme.
pub async fn set_up(
    world: &World,
    actor: &Actor,
    form: RoundForm,
    key: String,
    key_actor: String,
) -> Result<String, ActError> {
    decide(Act::SetUpRound, actor, &Subject::default())?;
    let (now, who) = (world.now(), actor.account);
    if form.closes_at <= now {
        return Err(Errors::one("closes", Problem::NotLater).into());
    }
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &key, "set_up_round", &key_actor).await?;
                let buurt = store::places::buurt_by_id(u, form.buurt)
                    .await?
                    .ok_or_else(|| Errors::one("buurt", Problem::NotAChoice))?;
                let known = store::places::programmes(u).await?;
                if form.theme.is_some_and(|id| !known.iter().any(|k| k.id == id)) {
                    return Err(Errors::one("theme", Problem::NotAChoice).into());
                }
                u.lock_exclusive(crate::shares::share_lock(buurt.wijk_id)).await?;
                crate::shares::not_closed(u, buurt.wijk_id, form.year, "year").await?;
                let share = Kind::Share { wijk: buurt.wijk_id, year: form.year };
                let left = ledger::balance(u, share).await?;
                if form.pot > left {
                    return Err(Errors::one("pot", Problem::NotEnough(left)).into());
                }
                let feasible = rounds::feasible(u, form.buurt).await?;
                let plans = choose(&feasible, form.theme, &form.plans, Some(form.pot))
                    .map_err(|problem| Errors::one("plan", problem))?;
                let slug = free_slug(u, &format!("{}-{}", budget::slug(&form.title), form.year)).await?;
                let new = new_round(&form, &slug);
                let id = rounds::insert(u, &new, now).await?;
                let transfer_key = format!("pot/{id}");
                ledger::transfer(
                    u,
                    &Transfer {
                        from: share,
                        to: Kind::Pot { round: id },
                        amount: form.pot,
                        reason: "pot",
                        reference: &slug,
                        note: "",
                        actor: who,
                        key: &transfer_key,
                        at: now,
                    },
                )
                .await?;
                for (position, plan) in plans.into_iter().enumerate() {
                    let plan = PaperPlan { summary: shorten(&plan.summary), ..plan.clone() };
                    rounds::add_plan(u, id, position, &plan).await?;
                    move_plan(u, plan.id, (State::Feasible, State::OnBallot), "on_ballot", (who, "", None), now)
                        .await?;
                }
                audit(u, now, who, "set_up_round", ("round", id), "").await?;
                let location = domain::urls::AdminRound { round: slug.clone() }.to_string();
                remember(u, &key, "set_up_round", &key_actor, &location, now).await?;
                Ok(slug)
            })
        })
        .await
}

fn new_round(form: &RoundForm, slug: &str) -> rounds::NewRound {
    rounds::NewRound {
        slug: slug.to_owned(),
        buurt_id: form.buurt,
        theme_id: form.theme,
        title: form.title.clone(),
        intro: form.intro.clone(),
        pot: form.pot,
        year: form.year,
        form: form.form,
        preset: form.preset.clone(),
        by_code: form.by_code,
        receipts: form.receipts,
        lots: form.lots,
        opens_at: form.opens_at,
        closes_at: form.closes_at,
    }
}

async fn free_slug(u: &mut Unit, wanted: &str) -> Result<String, ActError> {
    let mut slug = wanted.to_owned();
    let mut n = 1;
    while slug == "nieuw" || rounds::by_slug(u, &slug).await?.is_some() {
        n += 1;
        slug = format!("{wanted}-{n}");
    }
    Ok(slug)
}

/// First lines, cut at a word.
fn shorten(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= SUMMARY_MAX {
        return text;
    }
    let cut: String = text.chars().take(SUMMARY_MAX).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head))
}
