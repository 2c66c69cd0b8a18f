//! Numbers about help for everyone, without names.

use crate::ActError;
use domain::help::{Count, KINDS, day, told};
use store::help::{self as rows, Outcomes};
use store::{Conn, places};

/// Numbers of one buurt.
#[derive(Clone, Debug)]
pub struct Place {
    /// For URLs.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Open offers.
    pub offers: Count,
    /// What public plans ask for; each stands on its plan's page, so this is told as it is.
    pub needs: i64,
    /// Introductions that were agreed to.
    pub agreed: Count,
    /// Of those, the ones that helped.
    pub helped: Count,
    /// Kinds that public plans of this buurt ask for.
    pub asked: Vec<&'static str>,
}

/// All numbers.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Open offers of the whole city.
    pub offers: i64,
    /// What plans of the whole city ask for.
    pub needs: i64,
    /// What came of the introductions of the whole city.
    pub outcomes: Outcomes,
    /// Of each kind, in the whole city: offers, what plans ask for, introductions.
    pub kinds: Vec<(&'static str, [i64; 3])>,
    /// Of each buurt.
    pub places: Vec<Place>,
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The numbers as they stand.
///
/// # Errors
/// The store's.
pub async fn figures(c: &mut Conn, now: i64) -> Result<Figures, ActError> {
    let offers = rows::kinds_of_offers(c, day(now)).await?;
    let needs = rows::kinds_of_needs(c).await?;
    let agreed = rows::kinds_of_introductions(c).await?;
    let by_buurt = rows::introduced_by_buurt(c).await?;
    let buurten = places::buurten(c).await?;
    let of_kind =
        |list: &[(i64, Vec<&'static str>)], kind| count(list.iter().filter(|(_, k)| k.contains(kind)).count());
    let in_buurt = |list: &[(i64, Vec<&'static str>)], id| count(list.iter().filter(|(b, _)| *b == id).count());
    let outcome = |id: i64| by_buurt.iter().find(|(b, _)| *b == id).map(|(_, o)| *o).unwrap_or_default();
    let offered = told(&buurten.iter().map(|b| in_buurt(&offers, b.id)).collect::<Vec<_>>());
    let met = told(&buurten.iter().map(|b| outcome(b.id).agreed).collect::<Vec<_>>());
    let helped = told(&buurten.iter().map(|b| outcome(b.id).helped).collect::<Vec<_>>());
    let places = buurten
        .iter()
        .enumerate()
        .map(|(i, b)| Place {
            slug: b.slug.clone(),
            name: b.name.clone(),
            offers: offered[i],
            needs: in_buurt(&needs, b.id),
            agreed: met[i],
            helped: helped[i],
            asked: KINDS
                .iter()
                .copied()
                .filter(|kind| needs.iter().any(|(at, kinds)| *at == b.id && kinds.contains(kind)))
                .collect(),
        })
        .collect();
    Ok(Figures {
        offers: count(offers.len()),
        needs: count(needs.len()),
        outcomes: rows::outcomes(c).await?,
        kinds: KINDS
            .iter()
            .map(|kind| (*kind, [of_kind(&offers, kind), of_kind(&needs, kind), of_kind(&agreed, kind)]))
            .collect(),
        places,
    })
}
