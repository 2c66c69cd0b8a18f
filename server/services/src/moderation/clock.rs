//! How fast people get their first reply: for everyone to see, by organisation and by stadsdeel, never by person.

use crate::ActError;
use domain::initiative::FIRST_REPLY_TERM;
use domain::terms::{self, LOOK_BACK};
use domain::time::Seconds;
use std::collections::BTreeMap;
use store::initiatives as rows;
use store::{Conn, places};

/// First replies of the last 90 days in one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Organisation, or name of the stadsdeel.
    pub name: String,
    /// It is a stadsdeel with all its organisations.
    pub stadsdeel: bool,
    /// How many.
    pub replies: usize,
    /// Half were given within this many counted seconds.
    pub median: Seconds,
    /// Nine in ten were.
    pub ninetieth: Seconds,
    /// In time, in tenths of a percent.
    pub in_time: i64,
}

/// Organisations and stadsdelen with enough replies in the last 90 days to show, by name; stadsdelen last.
///
/// # Errors
/// The store's.
pub async fn paces(c: &mut Conn, now: Seconds) -> Result<Vec<Pace>, ActError> {
    let closed = crate::terms::closed(c).await?;
    let stadsdelen: BTreeMap<i64, String> = places::stadsdelen(c).await?.into_iter().map(|s| (s.id, s.name)).collect();
    let mut times: BTreeMap<(bool, String), Vec<Seconds>> = BTreeMap::new();
    for (organisation, stadsdeel, asked, replied) in rows::replies(c, now - LOOK_BACK).await? {
        let took = terms::counted(asked, replied, &closed);
        if !organisation.is_empty() {
            times.entry((false, organisation)).or_default().push(took);
        }
        if let Some(name) = stadsdelen.get(&stadsdeel) {
            times.entry((true, name.clone())).or_default().push(took);
        }
    }
    Ok(times
        .into_iter()
        .filter_map(|((stadsdeel, name), mut took)| {
            let (median, ninetieth) = terms::spread(&mut took)?;
            let in_time = took.iter().filter(|t| **t <= FIRST_REPLY_TERM).count();
            let in_time = i64::try_from((in_time * 2000 + took.len()) / (took.len() * 2)).unwrap_or(0);
            Some(Pace { name, stadsdeel, replies: took.len(), median, ninetieth, in_time })
        })
        .collect())
}
