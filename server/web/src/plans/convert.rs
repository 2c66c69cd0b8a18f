//! From rows to what pages show.

use crate::Visit;
use domain::access::{Act, decide};
use domain::budget::Share;
use domain::initiative::State;
use domain::money::Cents;
use pages::moderation::{QueueRow, Small};
use pages::plans::show::{Findings, May, PlanView, Step};
use pages::plans::{PlanCard, Take};
use services::{ActError, small_plans};
use std::collections::HashMap;
use store::Conn;
use store::initiatives::{self as rows, Initiative};

/// Desired amount, when known.
pub(crate) fn asked(p: &Initiative) -> Option<Cents> {
    p.cost_known.then_some(p.desired)
}

/// First sentence of what, short.
pub(crate) fn line(what: &str) -> String {
    let first = what.split_inclusive(['.', '!', '?']).next().unwrap_or("").lines().next().unwrap_or("").trim();
    if first.chars().count() > 110 {
        format!("{}…", first.chars().take(108).collect::<String>().trim_end())
    } else {
        first.to_owned()
    }
}

/// A plan in a list.
pub(crate) fn card(p: &Initiative) -> PlanCard {
    PlanCard {
        id: p.id,
        title: p.title.clone(),
        line: line(&p.what),
        buurt: p.buurt.clone(),
        state: p.state,
        supports: p.supports,
        asked: asked(p),
        picture: p.picture_id.is_some(),
        drawing: p.drawing.clone(),
    }
}

/// Shares of the wijken, each read once.
pub(crate) struct Shares {
    lines: Vec<store::budget::Line>,
    wijken: Vec<store::places::Wijk>,
    known: HashMap<i64, Option<(i64, Share)>>,
}

impl Shares {
    /// Reads the budget.
    pub(crate) async fn load(c: &mut Conn) -> Result<Self, ActError> {
        Ok(Self {
            lines: store::budget::lines(c).await?,
            wijken: store::places::wijken(c).await?,
            known: HashMap::new(),
        })
    }

    /// A wijk's name, and the ceiling of its share in this year; `None` before any budget.
    pub(crate) async fn ceiling(
        &self,
        c: &mut Conn,
        wijk: i64,
        year: i64,
    ) -> Result<Option<(String, Cents)>, ActError> {
        let share = services::budget::share_of(c, &self.lines, wijk, year).await?;
        let named = self.wijken.iter().find(|w| w.id == wijk).map(|w| w.name.clone());
        Ok(named.filter(|_| share.ceiling > Cents::ZERO).map(|name| (name, share.ceiling)))
    }

    /// What this much takes of the wijk's share; `None` before any budget.
    pub(crate) async fn take(
        &mut self,
        c: &mut Conn,
        wijk: i64,
        asked: Option<Cents>,
        counted: bool,
    ) -> Result<Option<Take>, ActError> {
        let found = match self.known.get(&wijk) {
            Some(found) => *found,
            None => {
                let found = small_plans::share_now(c, &self.lines, wijk).await?;
                self.known.insert(wijk, found);
                found
            }
        };
        let named = self.wijken.iter().find(|w| w.id == wijk);
        Ok(found.zip(named).map(|((year, share), w)| Take {
            wijk: w.name.clone(),
            wijk_slug: w.slug.clone(),
            year,
            asked,
            counted,
            share,
            others: None,
        }))
    }

    /// What a plan takes, without a look at others.
    async fn alone(&mut self, c: &mut Conn, p: &Initiative) -> Result<Option<Take>, ActError> {
        let counted = matches!(p.state, State::Funded | State::InExecution | State::Completed);
        self.take(c, p.wijk_id, asked(p), counted).await
    }

    /// What a plan takes, beside what others ask.
    pub(crate) async fn of(&mut self, c: &mut Conn, p: &Initiative) -> Result<Option<Take>, ActError> {
        let take = self.alone(c, p).await?;
        // What others in the same state speak for already.
        let (count, sum) = rows::asking(c, p.wijk_id, p.state).await?;
        let others = (count - 1, sum - asked(p).unwrap_or(Cents::ZERO));
        Ok(take.map(|take| Take { others: Some(others).filter(|(count, _)| *count > 0), ..take }))
    }

    /// A row of a queue.
    pub(crate) async fn row(
        &mut self,
        c: &mut Conn,
        p: &Initiative,
        href: String,
        due: bool,
    ) -> Result<QueueRow, ActError> {
        let due_at = p.due_at.filter(|_| due);
        Ok(QueueRow {
            id: p.id,
            claim: None,
            choose: None,
            wants_help: p.waits_for_supporter(),
            href,
            title: p.title.clone(),
            line: if p.for_name.is_empty() {
                format!("{} · {}", p.buurt, p.author)
            } else {
                format!("{} · {} · {}", p.buurt, p.author, p.for_name)
            },
            due_at,
            state: p.state,
            asked: asked(p),
            take: self.alone(c, p).await?,
        })
    }

    /// Signing for a small plan, where it is feasible and small enough.
    pub(crate) async fn small(
        &self,
        c: &mut Conn,
        p: &Initiative,
        action: String,
        act: Act,
        visit: &Visit,
    ) -> Result<Option<Small>, ActError> {
        if p.state != State::Feasible || p.desired <= Cents::ZERO || p.desired > small_plans::limit(c).await? {
            return Ok(None);
        }
        let (mut years, mut funded) = (Vec::new(), Vec::new());
        for year in small_plans::years(&self.lines) {
            years.push((year, store::ledger::balance(c, store::ledger::Kind::Share { wijk: p.wijk_id, year }).await?));
        }
        for (year, _) in &years {
            let (count, amount) = store::ledger::small_plans(c, p.wijk_id, *year).await?;
            funded.push((*year, count, amount));
        }
        // The year that holds most stands first, so that one tap is enough.
        years.sort_by_key(|(_, left)| std::cmp::Reverse(*left));
        let mut second = visit.actor.clone();
        second.second_factor = true;
        let signed = if act == Act::SmallPlanModerator { p.small_moderator_id } else { p.small_staff_id };
        let other = if act == Act::SmallPlanModerator { p.small_staff_id } else { p.small_moderator_id };
        let open = signed.is_none()
            && (other.is_none() || other != visit.actor.account)
            && decide(act, &second, &p.subject()).is_ok();
        let wijk = self.wijken.iter().find(|w| w.id == p.wijk_id).map(|w| w.name.clone()).unwrap_or_default();
        Ok(Some(Small {
            years,
            wijk,
            funded,
            fixed: small_plans::signed_year(c, p.id).await?,
            moderator: p.small_moderator_id.is_some(),
            staff: p.small_staff_id.is_some(),
            amount: p.desired,
            action,
            open,
        }))
    }
}

/// The plan, when this reader may see it; else as if it were not there.
pub(crate) async fn visible(c: &mut Conn, visit: &Visit, id: i64) -> Result<Initiative, ActError> {
    let p = rows::get(c, id).await?.ok_or(ActError::NotFound)?;
    if p.state.is_public() || decide(Act::SeeUnpublished, &visit.actor, &p.subject()).is_ok() {
        Ok(p)
    } else {
        Err(ActError::NotFound)
    }
}

/// The plan's page.
pub(crate) async fn view(c: &mut Conn, visit: &Visit, p: &Initiative) -> Result<PlanView, ActError> {
    let subject = p.subject();
    let may = |act| decide(act, &visit.actor, &subject).is_ok();
    let insider = may(Act::SeeUnpublished);
    let take = Shares::load(c).await?.of(c, p).await?;
    let programme = match p.programme_id {
        Some(id) => {
            store::places::programmes(c).await?.into_iter().find(|k| k.id == id).map(|k| k.name).unwrap_or_default()
        }
        None => String::new(),
    };
    let steps = rows::events(c, p.id).await?.into_iter().map(|e| {
        // What moderator and submitter wrote each other up to publishing stays between them.
        let private = matches!(
            e.act.as_str(),
            "returned"
                | "answered"
                | "published"
                | "handed_over"
                | "appealed"
                | "appeal_right"
                | "appeal_upheld"
                | "merge_asked"
                | "merged_in"
                | "split_asked"
                | "split"
                | "text_left"
        );
        let words = if insider || !private { e.words } else { String::new() };
        Step {
            at: e.at,
            act: e.act,
            reason: e.reason,
            words,
            state: e.state,
            amount: e.amount,
            organisation: e.organisation,
        }
    });
    let steps = steps.collect();
    let supported = match visit.actor.account {
        Some(account) => rows::has_support(c, p.id, account).await?,
        None => false,
    };
    let vote = store::rounds::voting_on(c, p.id)
        .await?
        .filter(|r| r.takes_votes(visit.ctx.now))
        .map(|r| (r.slug, r.closes_at));
    let waits = rows::change(c, p.id).await?.is_some();
    let merge = merge_asked(c, visit, p).await?;
    let found = rows::findings(c, p.id).await?.unwrap_or_default();
    Ok(PlanView {
        help: crate::help::on_plan(c, visit, p).await?,
        findings: Findings {
            running: found.running,
            borne_by: found.borne_by,
            permit: found.permit,
            ground: found.ground,
            department: found.department,
            responsible: found.responsible,
        },
        vote,
        changed: rows::has_kept_texts(c, p.id).await?,
        relatives: relatives(c, visit, p).await?,
        source: source(c, p).await?,
        recipe: rows::recipe(c, p.id).await?.is_some_and(|r| r.is_public()),
        comments: Default::default(),
        id: p.id,
        title: p.title.clone(),
        what: p.what.clone(),
        why: p.why.clone(),
        place: p.place.clone(),
        buurt: p.buurt.clone(),
        buurt_slug: p.buurt_slug.clone(),
        for_kind: p.for_kind.clone(),
        for_name: p.for_name.clone(),
        helpers: p.helpers.clone(),
        programme,
        supporter: p.supporter_name.clone(),
        asked_help: p.waits_for_supporter() && may(Act::InviteCoAuthor),
        conditions: p.conditions.clone(),
        at: p.submitted_at.unwrap_or(p.created_at),
        state: p.state,
        supports: p.supports,
        cost: p.cost_known.then_some((p.minimum, p.desired)),
        photo: p.picture_id.is_some(),
        drawing: p.drawing.clone(),
        take,
        steps,
        run: crate::execution::convert::run(c, visit, p).await?,
        supported,
        may: May {
            edit: may(Act::EditPlan),
            answer: may(Act::AnswerQuestion),
            complete: may(Act::CompletePlan),
            withdraw: may(Act::WithdrawPlan),
            support: matches!(p.state, State::Published | State::Feasible),
            moderate: may(Act::SeeModeration),
            judge: may(Act::SeeDistrict),
            appeal: may(Act::Appeal) && rows::appeal(c, p.id).await?.is_none(),
            propose: may(Act::ProposeText),
            keep_text: waits && may(Act::ProposeText),
            together: may(Act::InviteCoAuthor) || visit.actor.account.is_some_and(|a| p.co_authors.contains(&a)),
            split: may(Act::SplitPlan),
            evaluate: may(Act::Evaluate),
            merge,
        },
    })
}

/// The plan that would end, when somebody asks this reader whether two plans go on as one.
async fn merge_asked(c: &mut Conn, visit: &Visit, p: &Initiative) -> Result<Option<i64>, ActError> {
    if decide(Act::AgreeMerge, &visit.actor, &p.subject()).is_err() {
        return Ok(None);
    }
    for question in rows::merge_questions_about(c, p.id).await? {
        let (from, into) = (rows::get(c, question.from).await?, rows::get(c, question.into).await?);
        // One that has no sense any more is shown only to whom it still keeps waiting.
        let open = from.zip(into).is_some_and(|(from, into)| {
            services::merges::fits(&from, &into) || (from.id == p.id && from.state == State::Returned)
        });
        if open {
            return Ok(Some(question.from));
        }
    }
    Ok(None)
}

/// The finished plan from which the idea was taken, with its buurt.
async fn source(c: &mut Conn, p: &Initiative) -> Result<Option<(i64, String)>, ActError> {
    let Some(id) = p.source_id else { return Ok(None) };
    Ok(rows::get(c, id).await?.filter(|s| s.state.is_public()).map(|s| (s.id, s.buurt)))
}

/// Plans that this one came from, or that came from it, as far as the reader may see them.
async fn relatives(c: &mut Conn, visit: &Visit, p: &Initiative) -> Result<Vec<(&'static str, i64, String)>, ActError> {
    let mut near: Vec<(&str, i64)> = p.split_from.map(|id| ("plans-came-from", id)).into_iter().collect();
    near.extend(rows::split_off(c, p.id).await?.into_iter().map(|(id, _)| ("plans-went-to", id)));
    let mut found = Vec::new();
    for (key, id) in near {
        match visible(c, visit, id).await {
            Ok(other) => found.push((key, id, other.title)),
            Err(ActError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}
