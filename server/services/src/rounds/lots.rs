//! The lot of a round: two administrators commit to secrets before opening and reveal them for the count.

use super::StepForm;
use crate::{ActError, Actor, World, audit, counting, hex, once, remember};
use domain::access::{Act, Denied, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::TEXT_MAX;
use domain::round::{Phase, SECRET_MAX, SECRET_MIN, lot_digest};
use domain::time::{DAY, Seconds};
use domain::urls;
use store::rounds::{self, Round};
use store::{Conn, Unit};

/// Administrators of one lot.
pub(crate) const PARTS: usize = 2;
/// How long after the close a colleague's secret can be given up.
const COLLEAGUE_AFTER: Seconds = 7 * DAY;
/// The yes that a colleague's secret is lost, kept under their account.
pub const LOST: &str = "lot";
/// Fewest different characters in a secret.
const SECRET_VARIETY: usize = 8;

/// A secret to propose to an administrator: 128 random bits in groups.
pub fn propose_secret(world: &World) -> String {
    let letters = hex(&world.random::<16>());
    letters.as_bytes().chunks(8).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

/// A secret from a form: one line, without the spaces around it.
fn secret(raw: &Raw) -> Result<String, Errors> {
    let wrong = |problem| Errors::one("secret", problem);
    let secret = raw.text("secret", SECRET_MAX).map_err(wrong)?.replace('\n', " ");
    if secret.chars().count() < SECRET_MIN { Err(wrong(Problem::TooShort(SECRET_MIN))) } else { Ok(secret) }
}

async fn find(c: &mut Conn, actor: &Actor, slug: &str) -> Result<(Round, i64), ActError> {
    let round = rounds::by_slug(c, slug).await?.ok_or(ActError::NotFound)?;
    decide(Act::DrawLot, actor, &round.subject())?;
    // Whoever works on the server itself is nobody whose name can stand beside a digest.
    let account = actor.audited().ok_or(Denied::NotYours)?;
    if round.lots { Ok((round, account)) } else { Err(Denied::State.into()) }
}

async fn end(u: &mut Unit, act: &'static str, round: &Round, form: &StepForm, detail: &str) -> Result<(), ActError> {
    audit(u, form.now, form.who, act, ("round", round.id), detail).await?;
    let location = urls::AdminRound { round: round.slug.clone() }.to_string();
    remember(u, &form.key, act, &form.key_actor, &location, form.now).await
}

/// Gives the digest of a secret before opening; an earlier one of the same administrator goes. The secret itself is not
/// kept. Fields: `secret`.
///
/// # Errors
/// On `secret`; [`Denied::State`] after opening, or when two others gave theirs.
pub async fn give_lot(world: &World, actor: &Actor, slug: &str, raw: &Raw, form: StepForm) -> Result<(), ActError> {
    let (round, account) = find(&mut world.db.read().await?, actor, slug).await?;
    let secret = secret(raw)?;
    // A secret of few different characters is guessed from its digest.
    if secret.chars().collect::<std::collections::HashSet<_>>().len() < SECRET_VARIETY {
        return Err(Errors::one("secret", Problem::WeakSecret).into());
    }
    let digest = lot_digest(&secret);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &form.key, "give_lot", &form.key_actor).await?;
                u.lock_exclusive(round.id).await?;
                let round = rounds::by_slug(u, &round.slug).await?.ok_or(ActError::NotFound)?;
                let lots = rounds::lots(u, round.id).await?;
                let others = lots.iter().filter(|lot| lot.account != account).count();
                if !matches!(round.phase, Phase::Setup | Phase::Published) || others >= PARTS {
                    return Err(Denied::State.into());
                }
                if lots.iter().any(|lot| lot.account != account && lot.share.digest == digest) {
                    // The same secret twice is one secret.
                    return Err(Errors::one("secret", Problem::WeakSecret).into());
                }
                rounds::give_lot(u, round.id, account, &digest, form.now).await?;
                end(u, "give_lot", &round, &form, &digest).await
            })
        })
        .await
}

/// Whether a colleague's secret can be given up now.
pub fn colleague_can_lose(round: &Round, now: Seconds) -> bool {
    now >= round.closes_at + COLLEAGUE_AFTER
}

/// Reveals one's secret after the close, when every sheet of paper is read, so that nobody reads sheets with the lot in mind.
/// Fields: `secret`.
///
/// # Errors
/// On `secret` when it is not the one whose digest was published, or sheets wait; [`Denied::State`] before the close or when it was settled.
pub async fn reveal_lot(world: &World, actor: &Actor, slug: &str, raw: &Raw, form: StepForm) -> Result<(), ActError> {
    let (round, account) = find(&mut world.db.read().await?, actor, slug).await?;
    let secret = secret(raw)?;
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &form.key, "reveal_lot", &form.key_actor).await?;
                let round = counting(u, round).await?;
                let own = of(u, &round, account).await?;
                if rounds::sheets(u, round.id).await?.iter().any(|sheet| sheet.picks.is_none()) {
                    return Err(Errors::one("secret", Problem::SheetsWaiting).into());
                }
                if own.share.digest != lot_digest(&secret) {
                    return Err(Errors::one("secret", Problem::NotRight).into());
                }
                if !rounds::settle_lot(u, round.id, account, Some(&secret), form.now).await? {
                    return Err(Denied::State.into());
                }
                end(u, "reveal_lot", &round, &form, "").await
            })
        })
        .await
}

/// Says that a secret is lost: its digest counts in its place, which everyone is told. Fields: `lost` (why), and `whose` for a
/// colleague who left, a week after the close. About a colleague's two say so, each for themselves: who knows the other secret
/// could choose between two outcomes.
///
/// # Errors
/// On `lost`, also for the same person twice; [`Denied::State`] before the close, within that week, or when it was settled.
pub async fn lose_lot(world: &World, actor: &Actor, slug: &str, raw: &Raw, form: StepForm) -> Result<(), ActError> {
    let (round, account) = find(&mut world.db.read().await?, actor, slug).await?;
    let reason = raw.text("lost", TEXT_MAX).map_err(|p| Errors::one("lost", p))?;
    let whose = raw.id("whose").unwrap_or(account);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &form.key, "lose_lot", &form.key_actor).await?;
                let round = counting(u, round).await?;
                of(u, &round, whose).await?;
                if whose != account {
                    if !colleague_can_lose(&round, form.now) {
                        return Err(Denied::State.into());
                    }
                    if !counting::both(u, &round, (whose, LOST, "lost"), (&reason, ""), &form).await? {
                        counting::tell_colleagues(u, &round, &form).await?;
                        return end(u, "lose_lot_first", &round, &form, &reason).await;
                    }
                }
                if !rounds::settle_lot(u, round.id, whose, None, form.now).await? {
                    return Err(Denied::State.into());
                }
                end(u, "lose_lot", &round, &form, &reason).await
            })
        })
        .await
}

/// The round under its lock, when its lot can be settled: after the close, before the first count.
async fn counting(u: &mut Unit, round: Round) -> Result<Round, ActError> {
    u.lock_exclusive(round.id).await?;
    let round = rounds::by_slug(u, &round.slug).await?.ok_or(ActError::NotFound)?;
    if round.phase != Phase::Counting || rounds::result(u, round.id).await?.is_some() {
        return Err(Denied::State.into());
    }
    Ok(round)
}

async fn of(u: &mut Unit, round: &Round, account: i64) -> Result<rounds::Lot, ActError> {
    let lots = rounds::lots(u, round.id).await?;
    Ok(lots.into_iter().find(|lot| lot.account == account).ok_or(Denied::NotYours)?)
}
