//! Uploaded pictures: decoded within bounds and encoded anew, so that no place, name or hidden file comes along.

use crate::ActError;
use domain::form::{Errors, Problem};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits};
use std::io::Cursor;
use store::Unit;
use store::initiatives::{self as rows, Picture};
use tokio::sync::Semaphore;

/// Most bytes as sent.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;
/// Most pixels as sent.
const MOST_PIXELS: u64 = 24_000_000;
/// Most bytes that the pixels of one may take while it is read: 24 million of four bytes. Sixteen bits a colour are for smaller ones.
const MOST_MEMORY: u64 = 100_000_000;
/// Longest side as kept.
const LONGEST_SIDE: u32 = 1600;

/// Pictures read at once: a large one takes some 100 MB while it is read. Passwords have turns of their own.
static TURNS: Semaphore = Semaphore::const_new(2);
/// Pictures that may wait for a turn; each holds what was sent.
static WAITING: Semaphore = Semaphore::const_new(16);

/// A picture that was looked at and may be kept.
#[derive(Clone, Debug)]
pub struct Ready(Picture);

/// Reads a file as sent. `Ok(None)` for no file.
///
/// # Errors
/// [`Problem::BadPicture`] on field `picture`; [`ActError::TooMany`] while too many pictures wait.
pub async fn read(file: Option<Vec<u8>>) -> Result<Option<Ready>, ActError> {
    let Some(bytes) = file else { return Ok(None) };
    let broken = |e: &dyn std::fmt::Display| ActError::Broken(format!("a picture: {e}"));
    let waiting = WAITING.try_acquire().map_err(|_| ActError::TooMany)?;
    let turn = TURNS.acquire().await.map_err(|e| broken(&e))?;
    drop(waiting);
    // The turn goes along: who hangs up gives none back before the work is done.
    let work = move || {
        let read = encode_anew(&bytes);
        drop(turn);
        read
    };
    let read = tokio::task::spawn_blocking(work).await.map_err(|e| broken(&e))?;
    read.map(|p| Some(Ready(p))).ok_or_else(|| Errors::one("picture", Problem::BadPicture).into())
}

/// Keeps it in the act's unit.
///
/// # Errors
/// The store's.
pub async fn keep(u: &mut Unit, picture: Option<Ready>, now: i64) -> Result<Option<i64>, ActError> {
    match picture {
        Some(Ready(p)) => Ok(Some(rows::add_picture(u, &p, now).await?)),
        None => Ok(None),
    }
}

fn encode_anew(bytes: &[u8]) -> Option<Picture> {
    if bytes.len() > MOST_BYTES {
        return None;
    }
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(12_000);
    limits.max_image_height = Some(12_000);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    let too_large = u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY;
    if too_large || width == 0 || height == 0 {
        return None;
    }
    let turned = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    // Made small before it is turned: turning takes as much room again.
    if picture.width().max(picture.height()) > LONGEST_SIDE {
        picture = picture.thumbnail(LONGEST_SIDE, LONGEST_SIDE);
    }
    if let Some(turned) = turned {
        picture.apply_orientation(turned);
    }
    let plain = picture.to_rgb8();
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, 82).encode_image(&plain).ok()?;
    Some(Picture {
        mime: "image/jpeg".into(),
        width: i64::from(plain.width()),
        height: i64::from(plain.height()),
        bytes: out,
    })
}

/// Words that call for a drawing of `domain::initiative::DRAWINGS`, the first that fits wins.
const WORDS: &[(&str, &[&str])] = &[
    ("fiets", &["fiets", "bike", "cycl"]),
    ("licht", &["licht", "lamp", "donker", "light"]),
    ("groen", &["groen", "tuin", "boom", "bomen", "plant", "bloem", "gevel", "green", "garden", "tree"]),
    ("taal", &["taal", "lezen", "boek", "language", "book"]),
    ("eten", &["eten", "kook", "koken", "maaltijd", "cook", "meal", "food"]),
    ("muziek", &["muziek", "zang", "koor", "music", "choir"]),
    ("sport", &["sport", "voetbal", "basketbal", "football"]),
    ("spelen", &["spelen", "speel", "kinderen", "play", "children"]),
    ("zorg", &["zorg", "ouderen", "eenzaam", "care", "elderly"]),
    ("schoon", &["schoon", "afval", "vuil", "zwerf", "clean", "litter", "waste"]),
    ("kunst", &["kunst", "schilder", "mozaïek", "theater", "art "]),
    ("werk", &["werk", "stage", "baan", "winkel", "job", "work"]),
    ("ontmoeten", &["ontmoet", "samen", "feest", "buurthuis", "koffie", "meet", "party"]),
];

/// A drawing that fits the words of a plan.
pub fn drawing_for(text: &str) -> &'static str {
    let text = text.to_lowercase();
    WORDS.iter().find(|(_, words)| words.iter().any(|w| text.contains(w))).map_or("buurt", |(drawing, _)| drawing)
}

#[cfg(test)]
mod tests;
