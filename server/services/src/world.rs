//! What every act needs: database, clock, randomness, keys.

use crate::turnout::Turnout;
use crate::{ActError, Keys};
use domain::time::{Clock, Seconds};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use store::{Db, StoreError, Unit, outbox, system};
use tokio::sync::Semaphore;

/// The machine's clock, moved by the demo city's offset where there is one.
#[derive(Default)]
pub struct SystemClock {
    ahead: AtomicI64,
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Seconds {
        let real = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(i64::MAX));
        real + self.ahead()
    }

    fn ahead(&self) -> Seconds {
        self.ahead.load(Ordering::Relaxed)
    }

    fn set_ahead(&self, seconds: Seconds) {
        self.ahead.store(seconds, Ordering::Relaxed);
    }
}

/// Handed to every act.
#[derive(Clone)]
pub struct World {
    /// Database.
    pub db: Db,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Keys outside the database.
    pub keys: Arc<Keys>,
    /// Randomness; tests give a seeded one.
    pub rng: Arc<Mutex<StdRng>>,
    /// Folder for round keys and the like.
    pub data_dir: PathBuf,
    /// How many passwords are hashed at once, so that memory stays bounded (19 or 64 MiB each).
    pub hashing: Arc<Semaphore>,
    /// How long a moderator's decision can be undone, in seconds; 0: it takes effect with the tap.
    pub undo: Seconds,
    /// Turnout of rounds, as last taken; by round.
    pub turnouts: Arc<Mutex<HashMap<i64, Turnout>>>,
}

impl World {
    /// Puts a world together; `seed` only in tests and for the demo city.
    pub fn new(db: Db, clock: Arc<dyn Clock>, keys: Keys, data_dir: PathBuf, seed: Option<u64>) -> Self {
        let rng = seed.map_or_else(|| rand::make_rng(), StdRng::seed_from_u64);
        Self {
            db,
            clock,
            keys: Arc::new(keys),
            rng: Arc::new(Mutex::new(rng)),
            data_dir,
            hashing: Arc::new(Semaphore::new(2)),
            undo: domain::terms::UNDO,
            turnouts: Arc::default(),
        }
    }

    /// Now, in UTC seconds.
    pub fn now(&self) -> Seconds {
        self.clock.now()
    }

    /// Random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.rng.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    /// A secret for a link or cookie: 256 random bits as hexadecimal.
    pub fn secret(&self) -> String {
        hex(&self.random::<32>())
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Reads hexadecimal; `None` for anything else.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).ok()).collect()
}

/// Answers a repeated form: `Err(ActError::Done(location))` when the same key of the same actor was done before.
///
/// # Errors
/// [`ActError::Done`], or the store's.
pub async fn once(u: &mut Unit, key: &str, act: &str, actor: &str) -> Result<(), ActError> {
    let [a, b, c, d, e, f, g, h, ..] = crate::keys::digest(format!("{act}\0{actor}\0{key}").as_bytes());
    u.lock_form(i64::from_be_bytes([a, b, c, d, e, f, g, h])).await?;
    match system::answered(u, key, act, actor).await? {
        Some(location) => Err(ActError::Done(location)),
        None => Ok(()),
    }
}

/// Remembers where the form led, in the act's own unit.
///
/// # Errors
/// The store's; a duplicate means that the same form is being handled beside this one.
pub async fn remember(
    u: &mut Unit,
    key: &str,
    act: &str,
    actor: &str,
    location: &str,
    now: Seconds,
) -> Result<(), ActError> {
    Ok(system::remember_answer(u, key, act, actor, location, now).await?)
}

/// The act's audit line; in which role they did it is looked up in the same unit ([`crate::logbook`]).
///
/// # Errors
/// The store's.
pub async fn audit(
    u: &mut Unit,
    now: Seconds,
    actor: Option<i64>,
    act: &str,
    subject: (&str, i64),
    detail: &str,
) -> Result<(), StoreError> {
    crate::logbook::write(u, now, actor, act, subject, detail).await
}

/// Queues the act's mail. `values` as the mail crate takes them.
///
/// # Errors
/// The store's.
pub async fn letter(
    u: &mut Unit,
    now: Seconds,
    name: &str,
    address: &str,
    lang: &str,
    values: &mail::Values,
) -> Result<(), StoreError> {
    let payload = serde_json::json!({
        "path": values.path, "title": values.title, "words": values.words, "name": values.name, "lines": values.lines,
    })
    .to_string();
    outbox::post(u, name, address, lang, &payload, now).await
}
