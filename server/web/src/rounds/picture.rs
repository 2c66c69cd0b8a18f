//! `/stemmen/{round}/uitslag.png`: the picture of a shared result.

use super::outcome::view;
use crate::address::Path;
use crate::answer::Answer;
use crate::{App, Fault, Visit};
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse as _;
use domain::urls;
use pages::result::picture::{SIZE, picture};
use resvg::{tiny_skia, usvg};
use services::ActError;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Pictures that are kept: drawing one takes a moment of a processor, and a link that is shared is asked for by many at once.
const KEPT: usize = 64;

type Drawn = Arc<Vec<u8>>;

fn kept() -> &'static Mutex<HashMap<String, Drawn>> {
    static KEPT: OnceLock<Mutex<HashMap<String, Drawn>>> = OnceLock::new();
    KEPT.get_or_init(Mutex::default)
}

fn options() -> &'static usvg::Options<'static> {
    static OPTIONS: OnceLock<usvg::Options<'static>> = OnceLock::new();
    OPTIONS.get_or_init(|| {
        let mut options = usvg::Options { font_family: "DejaVu Sans".into(), ..usvg::Options::default() };
        for font in [dejavu::sans::regular(), dejavu::sans::bold()] {
            options.fontdb_mut().load_font_data(font.to_vec());
        }
        options
    })
}

fn draw(svg: &str) -> Option<Vec<u8>> {
    let tree = usvg::Tree::from_str(svg, options()).ok()?;
    let mut map = tiny_skia::Pixmap::new(SIZE.0, SIZE.1)?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut map.as_mut());
    map.encode_png().ok()
}

pub(super) async fn show_picture(visit: Visit, State(app): State<App>, Path(path): Path<urls::RoundPicture>) -> Answer {
    let data = view(&app, &visit, &path.round).await?;
    let svg = picture(&visit.ctx, &data);
    let known = kept().lock().unwrap_or_else(PoisonError::into_inner).get(&svg).cloned();
    let png = match known {
        Some(png) => png,
        None => {
            // One at a time: a picture is drawn once, and who asks for many waits.
            static TURN: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(1);
            let _turn = TURN.acquire().await;
            let asked = svg.clone();
            let drawn = tokio::task::spawn_blocking(move || draw(&asked)).await.ok().flatten();
            let broken = || Fault::new(&visit, ActError::Broken("the picture of a result cannot be drawn".into()));
            let png = Arc::new(drawn.ok_or_else(broken)?);
            let mut all = kept().lock().unwrap_or_else(PoisonError::into_inner);
            if all.len() >= KEPT {
                all.clear();
            }
            all.insert(svg, Arc::clone(&png));
            png
        }
    };
    let head = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "public, max-age=3600")];
    Ok((head, png.to_vec()).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_drawn() {
        let svg = |words: &str| {
            format!(
                r##"<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" font-family="DejaVu Sans"><text x="10" y="90" font-size="60">{words}</text></svg>"##
            )
        };
        let (empty, full) = (draw(&svg("")).unwrap(), draw(&svg("Gewonnen")).unwrap());
        assert!(full.len() > empty.len() + 500, "{} {}", full.len(), empty.len());
        assert_eq!(draw("<svg"), None);
    }
}
