//! Offers of help. Nothing here is finer than a day.

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::help::{KINDS, LANGUAGES, Offer, Reach, Spot, TIMES, listed, stored};

/// An offer with its place and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferRow {
    /// Id.
    pub id: i64,
    /// Who made it.
    pub account: i64,
    /// What it says.
    pub offer: Offer,
    /// Name of its buurt.
    pub buurt: String,
    /// Wijk of that buurt.
    pub wijk: i64,
    /// Stadsdeel of that buurt.
    pub stadsdeel: i64,
    /// Not shown for now.
    pub paused: bool,
    /// Day (UTC) on which it was made.
    pub made: i64,
    /// Day on which it was last changed, or said to hold still.
    pub changed: i64,
    /// Day on which its maker was asked whether it still holds.
    pub asked: Option<i64>,
    /// Hidden: why, and in whose name.
    pub hidden: Option<(String, String)>,
}

impl OfferRow {
    /// Where it is.
    pub fn spot(&self) -> Spot {
        Spot { buurt: self.offer.buurt, wijk: self.wijk }
    }

    /// As the table of rights looks at it.
    pub fn subject(&self) -> domain::access::Subject {
        domain::access::Subject {
            buurt: Some(self.offer.buurt),
            stadsdeel: Some(self.stadsdeel),
            owner: Some(self.account),
            ..domain::access::Subject::default()
        }
    }

    /// Others can find it on this day.
    pub fn is_open(&self, today: i64) -> bool {
        !self.paused && self.hidden.is_none() && self.offer.until.is_none_or(|day| day >= today)
    }
}

fn row(r: &Row) -> Result<OfferRow, StoreError> {
    let reach = Reach::from_key(&r.text("reach")?)
        .ok_or_else(|| StoreError::Corrupt { column: "reach".into(), source: None })?;
    let why = r.text("hidden_why")?;
    Ok(OfferRow {
        id: r.int("id")?,
        account: r.int("account_id")?,
        offer: Offer {
            kinds: listed(&r.text("kinds")?, KINDS),
            times: listed(&r.text("times")?, TIMES),
            hours: r.opt_int("hours")?,
            languages: listed(&r.text("languages")?, LANGUAGES),
            other_language: r.text("other_language")?,
            buurt: r.int("buurt_id")?,
            reach,
            words: r.text("words")?,
            until: r.opt_int("until_day")?,
        },
        buurt: r.text("buurt")?,
        wijk: r.int("wijk_id")?,
        stadsdeel: r.int("stadsdeel_id")?,
        paused: r.flag("paused")?,
        made: r.int("made_day")?,
        changed: r.int("changed_day")?,
        asked: r.opt_int("asked_day")?,
        hidden: if why.is_empty() { None } else { Some((why, r.text("hidden_for")?)) },
    })
}

fn all(rows: &[Row]) -> Result<Vec<OfferRow>, StoreError> {
    rows.iter().map(row).collect()
}

/// One offer.
pub async fn offer(c: &mut Conn, id: i64) -> Result<Option<OfferRow>, StoreError> {
    c.row(
        sql!("SELECT o.*, b.name AS buurt, b.wijk_id, b.stadsdeel_id FROM help_offer o JOIN buurt b ON b.id = o.buurt_id WHERE o.id = $1"),
        &[id.into()],
    )
    .await?
    .as_ref()
    .map(row)
    .transpose()
}

/// Everything an account offers, latest first.
pub async fn offers_of_account(c: &mut Conn, account: i64) -> Result<Vec<OfferRow>, StoreError> {
    all(&c
        .rows(
            sql!("SELECT o.*, b.name AS buurt, b.wijk_id, b.stadsdeel_id FROM help_offer o JOIN buurt b ON b.id = o.buurt_id WHERE o.account_id = $1 ORDER BY o.id DESC"),
            &[account.into()],
        )
        .await?)
}

/// Open offers that reach a place, the nearest first.
pub async fn candidates(c: &mut Conn, at: Spot, today: i64) -> Result<Vec<OfferRow>, StoreError> {
    all(&c
        .rows(
            sql!("SELECT o.*, b.name AS buurt, b.wijk_id, b.stadsdeel_id FROM help_offer o JOIN buurt b ON b.id = o.buurt_id WHERE o.paused = 0 AND o.hidden_why = '' AND (o.until_day IS NULL OR o.until_day >= $3) AND (o.buurt_id = $1 OR o.reach = 'city' OR o.reach = 'wijk' AND b.wijk_id = $2) ORDER BY CASE WHEN o.buurt_id = $1 THEN 0 WHEN b.wijk_id = $2 THEN 1 ELSE 2 END, o.id DESC LIMIT 2000"),
            &[at.buurt.into(), at.wijk.into(), today.into()],
        )
        .await?)
}

/// Offers of these buurten (`,1,2,`; `None`: everywhere) that stand open or were hidden, oldest first; and whether somebody was
/// ever asked to be introduced for each.
pub async fn offers_at_desk(
    c: &mut Conn,
    buurten: Option<&str>,
    today: i64,
) -> Result<Vec<(OfferRow, bool)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT o.*, b.name AS buurt, b.wijk_id, b.stadsdeel_id, CAST(CASE WHEN EXISTS (SELECT 1 FROM introduction x WHERE x.offer_id = o.id) THEN 1 ELSE 0 END AS BIGINT) AS matched FROM help_offer o JOIN buurt b ON b.id = o.buurt_id WHERE o.paused = 0 AND (o.until_day IS NULL OR o.until_day >= $2) AND (CAST($1 AS TEXT) IS NULL OR CAST($1 AS TEXT) LIKE '%,' || o.buurt_id || ',%') ORDER BY o.id LIMIT 500"),
            &[buurten.into(), today.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((row(r)?, r.flag("matched")?))).collect()
}

/// Adds one; gives its id.
pub async fn add_offer(u: &mut Unit, account: i64, o: &Offer, today: i64) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO help_offer (account_id, buurt_id, reach, kinds, times, hours, languages, other_language, words, until_day, made_day, changed_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) RETURNING id"),
        &[
            account.into(),
            o.buurt.into(),
            o.reach.key().into(),
            stored(&o.kinds).into(),
            stored(&o.times).into(),
            o.hours.into(),
            stored(&o.languages).into(),
            o.other_language.as_str().into(),
            o.words.as_str().into(),
            o.until.into(),
            today.into(),
        ],
    )
    .await?
    .int("id")
}

/// Writes it anew; it holds, from this day on.
pub async fn change_offer(u: &mut Unit, id: i64, o: &Offer, today: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE help_offer SET buurt_id = $2, reach = $3, kinds = $4, times = $5, hours = $6, languages = $7, other_language = $8, words = $9, until_day = $10, changed_day = $11, asked_day = NULL WHERE id = $1"),
        &[
            id.into(),
            o.buurt.into(),
            o.reach.key().into(),
            stored(&o.kinds).into(),
            stored(&o.times).into(),
            o.hours.into(),
            stored(&o.languages).into(),
            o.other_language.as_str().into(),
            o.words.as_str().into(),
            o.until.into(),
            today.into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Pauses it, or goes on with it: it holds, from this day on.
pub async fn set_paused(u: &mut Unit, id: i64, paused: bool, today: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE help_offer SET paused = $2, changed_day = $3, asked_day = NULL WHERE id = $1"),
        &[id.into(), paused.into(), today.into()],
    )
    .await
    .map(|_| ())
}

/// Takes it away for good: questions that wait for an answer about it lapse, introductions stay.
pub async fn withdraw_offer(u: &mut Unit, id: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE introduction SET state = 'lapsed' WHERE offer_id = $1 AND state = 'asked'"), &[id.into()])
        .await?;
    u.exec(sql!("UPDATE introduction SET offer_id = NULL WHERE offer_id = $1"), &[id.into()]).await?;
    u.exec(sql!("DELETE FROM help_offer WHERE id = $1"), &[id.into()]).await.map(|_| ())
}

/// Hides it; `false` when it was hidden.
pub async fn hide_offer(u: &mut Unit, id: i64, why: &str, by: &str) -> Result<bool, StoreError> {
    let hidden = u
        .exec(
            sql!("UPDATE help_offer SET hidden_why = $2, hidden_for = $3 WHERE id = $1 AND hidden_why = ''"),
            &[id.into(), why.into(), by.into()],
        )
        .await?;
    Ok(hidden == 1)
}

/// Shows it again.
pub async fn show_offer(u: &mut Unit, id: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE help_offer SET hidden_why = '', hidden_for = '' WHERE id = $1"), &[id.into()]).await.map(|_| ())
}

/// Offers that nobody touched since before a day, and whose makers were not asked yet.
pub async fn offers_to_ask(c: &mut Conn, before: i64) -> Result<Vec<i64>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT id FROM help_offer WHERE paused = 0 AND asked_day IS NULL AND changed_day <= $1 ORDER BY id LIMIT 200"),
            &[before.into()],
        )
        .await?;
    rows.iter().map(|r| r.int("id")).collect()
}

/// Notes that its maker was asked; `false` when they were, or it does not stand open.
pub async fn set_offer_asked(u: &mut Unit, id: i64, today: i64) -> Result<bool, StoreError> {
    let asked = u
        .exec(
            sql!("UPDATE help_offer SET asked_day = $2 WHERE id = $1 AND asked_day IS NULL AND paused = 0"),
            &[id.into(), today.into()],
        )
        .await?;
    Ok(asked == 1)
}

/// Open offers whose makers were asked on or before a day and did not answer, and those whose last day is over.
pub async fn lapsed_offers(c: &mut Conn, asked_before: i64, today: i64) -> Result<Vec<i64>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT id FROM help_offer WHERE paused = 0 AND (asked_day <= $1 OR until_day < $2) ORDER BY id LIMIT 200"),
            &[asked_before.into(), today.into()],
        )
        .await?;
    rows.iter().map(|r| r.int("id")).collect()
}
