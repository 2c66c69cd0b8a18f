//! What changed between two texts, word by word.

use crate::Ctx;
use leptos::prelude::*;
use similar::{ChangeTag, TextDiff};

/// A stretch of text: taken out, put in, or the same.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Same(String),
    Gone(String),
    New(String),
}

/// Pieces in reading order; neighbours of one kind are one piece.
fn pieces(was: &str, now: &str) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    for change in TextDiff::from_words(was, now).iter_all_changes() {
        let text = change.value();
        match (change.tag(), found.last_mut()) {
            (ChangeTag::Equal, Some(Piece::Same(last)))
            | (ChangeTag::Delete, Some(Piece::Gone(last)))
            | (ChangeTag::Insert, Some(Piece::New(last))) => last.push_str(text),
            (ChangeTag::Equal, _) => found.push(Piece::Same(text.to_owned())),
            (ChangeTag::Delete, _) => found.push(Piece::Gone(text.to_owned())),
            (ChangeTag::Insert, _) => found.push(Piece::New(text.to_owned())),
        }
    }
    found
}

/// One text with what was taken out and put in, said too to who does not see it.
pub(crate) fn difference(ctx: &Ctx, was: &str, now: &str) -> AnyView {
    // Where little stayed the same, words one by one tell nothing: the old text, then the new one.
    if TextDiff::from_words(was, now).ratio() < 0.5 {
        let (gone, new) = (was.to_owned(), now.to_owned());
        return view! {
            <p class="ams-paragraph" dir="auto"><del><span class="ams-visually-hidden">{ctx.t("part-was")}" "</span>{gone}</del></p>
            <p class="ams-paragraph" dir="auto"><ins><span class="ams-visually-hidden">{ctx.t("part-now")}" "</span>{new}</ins></p>
        }
        .into_any();
    }
    let drawn = pieces(was, now)
        .into_iter()
        .map(|piece| match piece {
            Piece::Same(text) => view! { <span>{text}</span> }.into_any(),
            Piece::Gone(text) => {
                view! { <del><span class="ams-visually-hidden">{ctx.t("part-was")}" "</span>{text}</del>" " }.into_any()
            }
            Piece::New(text) => {
                view! { <ins><span class="ams-visually-hidden">{ctx.t("part-now")}" "</span>{text}</ins> }.into_any()
            }
        })
        .collect_view();
    view! { <p class="ams-paragraph fb-difference" dir="auto">{drawn}</p> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_marked() {
        assert_eq!(
            pieces("Elke woensdag spelen", "Elke vrijdag spelen"),
            [
                Piece::Same("Elke ".into()),
                Piece::Gone("woensdag".into()),
                Piece::New("vrijdag".into()),
                Piece::Same(" spelen".into())
            ]
        );
        assert_eq!(pieces("zelfde", "zelfde"), [Piece::Same("zelfde".into())]);
        assert_eq!(pieces("", "nieuw"), [Piece::New("nieuw".into())]);
    }
}
