//! Wijken, buurten, stadsdelen and programmes.

use crate::{Conn, Row, StoreError, Unit, sql};

/// A buurt with where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buurt {
    /// Id.
    pub id: i64,
    /// For URLs.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Wijk.
    pub wijk_id: i64,
    /// Name of the wijk.
    pub wijk: String,
    /// Slug of the wijk.
    pub wijk_slug: String,
    /// Stadsdeel of 2007.
    pub stadsdeel_id: i64,
    /// Name of the stadsdeel.
    pub stadsdeel: String,
    /// One friendly line, Dutch.
    pub line_nl: String,
    /// One friendly line, English.
    pub line_en: String,
}

/// A wijk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wijk {
    /// Id.
    pub id: i64,
    /// For URLs.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Inhabitants in 2006.
    pub residents: Option<i64>,
}

/// An id with slug and name: programmes and stadsdelen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Id.
    pub id: i64,
    /// For URLs.
    pub slug: String,
    /// Name.
    pub name: String,
}

fn buurt(row: &Row) -> Result<Buurt, StoreError> {
    Ok(Buurt {
        id: row.int("id")?,
        slug: row.text("slug")?,
        name: row.text("name")?,
        wijk_id: row.int("wijk_id")?,
        wijk: row.text("wijk")?,
        wijk_slug: row.text("wijk_slug")?,
        stadsdeel_id: row.int("stadsdeel_id")?,
        stadsdeel: row.text("stadsdeel")?,
        line_nl: row.text("line_nl")?,
        line_en: row.text("line_en")?,
    })
}

/// All buurten, by wijk and name.
pub async fn buurten(c: &mut Conn) -> Result<Vec<Buurt>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT b.id, b.slug, b.name, b.wijk_id, w.name AS wijk, w.slug AS wijk_slug, b.stadsdeel_id, s.name AS stadsdeel, b.line_nl, b.line_en FROM buurt b JOIN wijk w ON w.id = b.wijk_id JOIN stadsdeel s ON s.id = b.stadsdeel_id ORDER BY w.name, b.name"),
            &[],
        )
        .await?;
    rows.iter().map(buurt).collect()
}

/// One buurt by id.
pub async fn buurt_by_id(c: &mut Conn, id: i64) -> Result<Option<Buurt>, StoreError> {
    Ok(buurten(c).await?.into_iter().find(|b| b.id == id))
}

/// One buurt by slug.
pub async fn buurt_by_slug(c: &mut Conn, slug: &str) -> Result<Option<Buurt>, StoreError> {
    Ok(buurten(c).await?.into_iter().find(|b| b.slug == slug))
}

/// All wijken by name.
pub async fn wijken(c: &mut Conn) -> Result<Vec<Wijk>, StoreError> {
    let rows = c.rows(sql!("SELECT id, slug, name, residents FROM wijk ORDER BY name"), &[]).await?;
    rows.iter()
        .map(|r| {
            Ok(Wijk {
                id: r.int("id")?,
                slug: r.text("slug")?,
                name: r.text("name")?,
                residents: r.opt_int("residents")?,
            })
        })
        .collect()
}

fn named(rows: &[Row]) -> Result<Vec<Named>, StoreError> {
    rows.iter().map(|r| Ok(Named { id: r.int("id")?, slug: r.text("slug")?, name: r.text("name")? })).collect()
}

/// All programmes, in the order of the printed table.
pub async fn programmes(c: &mut Conn) -> Result<Vec<Named>, StoreError> {
    named(&c.rows(sql!("SELECT id, slug, name FROM programme ORDER BY id"), &[]).await?)
}

/// All stadsdelen by name.
pub async fn stadsdelen(c: &mut Conn) -> Result<Vec<Named>, StoreError> {
    named(&c.rows(sql!("SELECT id, slug, name FROM stadsdeel ORDER BY name"), &[]).await?)
}

/// The stadsdeel of this name, made when it is not there yet.
pub async fn put_stadsdeel(u: &mut Unit, slug: &str, name: &str) -> Result<i64, StoreError> {
    u.one(sql!("INSERT INTO stadsdeel (slug, name) VALUES ($1, $2) ON CONFLICT (slug) DO UPDATE SET name = excluded.name RETURNING id"), &[slug.into(), name.into()]).await?.int("id")
}

/// The wijk of this name, made when it is not there yet.
pub async fn put_wijk(u: &mut Unit, slug: &str, name: &str, residents: Option<i64>) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO wijk (slug, name, residents) VALUES ($1, $2, $3) ON CONFLICT (slug) DO UPDATE SET name = excluded.name, residents = COALESCE(excluded.residents, wijk.residents) RETURNING id"),
        &[slug.into(), name.into(), residents.into()],
    )
    .await?
    .int("id")
}

/// The buurt of this name, made when it is not there yet.
pub async fn put_buurt(u: &mut Unit, slug: &str, name: &str, wijk: i64, stadsdeel: i64) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO buurt (slug, name, wijk_id, stadsdeel_id) VALUES ($1, $2, $3, $4) ON CONFLICT (slug) DO UPDATE SET name = excluded.name, wijk_id = excluded.wijk_id, stadsdeel_id = excluded.stadsdeel_id RETURNING id"),
        &[slug.into(), name.into(), wijk.into(), stadsdeel.into()],
    )
    .await?
    .int("id")
}

/// Sets a buurt's friendly lines.
pub async fn set_lines(u: &mut Unit, name: &str, nl: &str, en: &str) -> Result<u64, StoreError> {
    u.exec(sql!("UPDATE buurt SET line_nl = $2, line_en = $3 WHERE name = $1"), &[name.into(), nl.into(), en.into()])
        .await
}

/// The programme of this name, made when it is not there yet.
pub async fn put_programme(u: &mut Unit, slug: &str, name: &str, earmarked: bool) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO programme (slug, name, earmarked) VALUES ($1, $2, $3) ON CONFLICT (slug) DO UPDATE SET name = excluded.name RETURNING id"),
        &[slug.into(), name.into(), earmarked.into()],
    )
    .await?
    .int("id")
}
