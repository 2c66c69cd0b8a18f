//! Making a wave, and changing it until it opens.

use crate::{ActError, Actor, World, audit, boxkeys, budget, once, remember, rounds};
use domain::access::{Act, Denied, Subject, decide};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::TITLE_MAX;
use domain::survey::{Asked, Reach};
use store::waves::{self, NewWave, Wave};
use store::{Conn, StoreError, places};

/// What an administrator fills in for a wave.
#[derive(Clone, Debug)]
pub struct WaveForm {
    /// Title.
    pub title: String,
    /// Where it asks.
    pub reach: Reach,
    /// What it asks.
    pub asked: Asked,
    /// Who has the link or scans a poster may answer.
    pub open_link: bool,
    /// Opens.
    pub opens_at: i64,
    /// Closes.
    pub closes_at: i64,
}

impl WaveForm {
    /// Fields: `title`, `reach` (`city`, `wijk-3`, `buurt-5`), `opens`, `closes`, `open_link` (`1`), and those of
    /// [`Asked::parse`].
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let title = errors.take("title", raw.text("title", TITLE_MAX)).replace('\n', " ");
        let reach = Reach::from_key(raw.get("reach").trim()).unwrap_or_else(|| {
            errors.0.push(("reach", Problem::NotAChoice));
            Reach::City
        });
        let (opens_at, closes_at) = rounds::term(raw, &mut errors);
        let asked = Asked::parse(raw, &mut errors);
        errors.done()?;
        Ok(Self { title, reach, asked, open_link: raw.get("open_link") == "1", opens_at, closes_at })
    }

    fn row(&self) -> NewWave<'_> {
        NewWave {
            title: &self.title,
            reach: self.reach,
            asked: &self.asked,
            open_link: self.open_link,
            opens_at: self.opens_at,
            closes_at: self.closes_at,
        }
    }

    /// The place must be there, the end still ahead, and the name its own there; `own` is the wave that is changed.
    async fn check(&self, c: &mut Conn, now: i64, all: &[Wave], own: Option<i64>) -> Result<(), ActError> {
        let mut errors = Errors::default();
        let known = match self.reach {
            Reach::City => true,
            Reach::Wijk(id) => places::wijken(c).await?.iter().any(|w| w.id == id),
            Reach::Buurt(id) => places::buurt_by_id(c, id).await?.is_some(),
        };
        if !known {
            errors.0.push(("reach", Problem::NotAChoice));
        }
        let title = self.title.to_lowercase();
        if all.iter().any(|w| Some(w.id) != own && w.reach == self.reach && w.title.to_lowercase() == title) {
            errors.0.push(("title", Problem::AskedBefore));
        }
        if self.closes_at <= now {
            errors.0.push(("closes", Problem::NotLater));
        }
        Ok(errors.done()?)
    }
}

/// Makes a wave with its key. Gives its slug.
///
/// # Errors
/// [`Denied`]; a place that is not there; the store's.
pub async fn set_up(
    world: &World,
    actor: &Actor,
    form: WaveForm,
    key: String,
    key_actor: String,
) -> Result<String, ActError> {
    decide(Act::RunWave, actor, &Subject::default())?;
    // Two with one title at the same time: the second looks again, and takes another address.
    for _ in 0..TRIES {
        match try_set_up(world, actor.audited(), form.clone(), key.clone(), key_actor.clone()).await {
            Err(ActError::Store(StoreError::Duplicate(_))) => {}
            other => return other,
        }
    }
    Err(Errors::one("title", Problem::AskedBefore).into())
}

/// How often an address is looked for.
const TRIES: usize = 5;

async fn try_set_up(
    world: &World,
    who: Option<i64>,
    form: WaveForm,
    key: String,
    key_actor: String,
) -> Result<String, ActError> {
    let now = world.now();
    let mut c = world.db.read().await?;
    let taken = waves::all(&mut c).await?;
    let wanted = budget::slug(&form.title);
    let wanted = if wanted.is_empty() { "peiling".to_owned() } else { wanted };
    let slug = (1..)
        .map(|n| if n == 1 { wanted.clone() } else { format!("{wanted}-{n}") })
        .find(|s| !taken.iter().any(|w| w.slug == *s))
        .unwrap_or(wanted);
    let checked = form.check(&mut c, now, &taken, None).await;
    drop(c);
    if let Err(wrong) = checked {
        // A form that made a wave before is led to it.
        let again = world.db.write(move |u| Box::pin(async move { once(u, &key, "set_up_wave", &key_actor).await }));
        again.await?;
        return Err(wrong);
    }
    // The key is on disk before the unit that leans on it commits.
    let fingerprint = boxkeys::make(world, &boxkeys::wave_key(world, &slug))?;
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &key, "set_up_wave", &key_actor).await?;
                let id = waves::insert(u, &slug, &form.row(), &fingerprint, now).await?;
                audit(u, now, who, "set_up_wave", ("wave", id), "").await?;
                let to = domain::urls::AdminWave { wave: slug.clone() }.to_string();
                remember(u, &key, "set_up_wave", &key_actor, &to, now).await?;
                Ok(slug)
            })
        })
        .await
}

/// Changes a wave that did not open yet: from then on, what is asked stands.
///
/// # Errors
/// [`Denied::State`] once it opened; as [`set_up`].
pub async fn change(world: &World, actor: &Actor, wave: &Wave, form: WaveForm) -> Result<(), ActError> {
    decide(Act::RunWave, actor, &Subject::default())?;
    let (now, who, id) = (world.now(), actor.audited(), wave.id);
    let mut c = world.db.read().await?;
    let all = waves::all(&mut c).await?;
    form.check(&mut c, now, &all, Some(id)).await?;
    drop(c);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                if !waves::change(u, id, &form.row(), now).await? {
                    return Err(Denied::State.into());
                }
                Ok(audit(u, now, who, "change_wave", ("wave", id), "").await?)
            })
        })
        .await
}
