//! Numbers about help for everyone, without names.

use crate::ActError;
use domain::help::{Count, KINDS, day, told};
use store::help as rows;
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
    pub offers: Count,
    /// What plans of the whole city ask for.
    pub needs: i64,
    /// Introductions of the whole city that were agreed to.
    pub agreed: Count,
    /// Of those, the ones that helped.
    pub helped: Count,
    /// Of those, the ones of which nothing came.
    pub nothing: Count,
    /// Of each kind, in the whole city: offers, what plans ask for, introductions.
    pub kinds: Vec<(&'static str, [Count; 3])>,
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
    let (all_offers, offered) = told(&buurten.iter().map(|b| in_buurt(&offers, b.id)).collect::<Vec<_>>());
    let (all_met, met) = told(&buurten.iter().map(|b| outcome(b.id).agreed).collect::<Vec<_>>());
    let (all_helped, helped) = told(&buurten.iter().map(|b| outcome(b.id).helped).collect::<Vec<_>>());
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
    let some = |n: i64| if n == 0 { Count::None } else { Count::alone(n) };
    Ok(Figures {
        offers: all_offers,
        needs: count(needs.len()),
        agreed: all_met,
        helped: all_helped,
        nothing: some(rows::outcomes(c).await?.nothing),
        kinds: KINDS
            .iter()
            .map(|kind| {
                let asked = Count::Exactly(of_kind(&needs, kind));
                (*kind, [Count::alone(of_kind(&offers, kind)), asked, Count::alone(of_kind(&agreed, kind))])
            })
            .collect(),
        places,
    })
}
