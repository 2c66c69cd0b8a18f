//! The picture that goes along when a result is shared: who won, large enough to read as a thumbnail.

use super::ResultView;
use crate::Ctx;
use domain::money::Cents;
use domain::round::Verdict;
use std::fmt::Write as _;

/// Width and height, in pixels: what apps for messages show whole.
pub const SIZE: (u32, u32) = (1200, 630);
/// Winners that fit.
const MOST: usize = 4;

/// Text of an SVG: no control characters, which XML cannot hold, and cut where it would not fit.
fn text(words: &str, most: usize) -> String {
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words = words.trim();
    let cut = if words.chars().count() > most {
        format!("{}…", words.chars().take(most - 1).collect::<String>().trim_end())
    } else {
        words.to_owned()
    };
    html_escape::encode_text(&cut).into_owned()
}

/// Words in lines of at most so many characters, the last cut.
fn lines(words: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    // A space that holds an amount together is no place to break.
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        let (last, left) = (lines.len() - 1, lines.len() < most);
        if left && !lines[last].is_empty() && lines[last].chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
            continue;
        }
        if !lines[last].is_empty() {
            lines[last].push(' ');
        }
        lines[last].push_str(word);
    }
    lines.iter().map(|line| text(line, width + 2)).collect()
}

/// As an SVG, its letters DejaVu Sans.
pub fn picture(ctx: &Ctx, data: &ResultView) -> String {
    let won: Vec<_> = data.steps.iter().filter(|s| s.verdict == Verdict::Funded).collect();
    let spent: Cents = won.iter().map(|s| s.granted).sum();
    let (width, height) = SIZE;
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="DejaVu Sans"><rect width="{width}" height="{height}" fill="#0b5d4a"/><circle cx="1090" cy="100" r="56" fill="#ffc43d"/>"##
    );
    let mut put = |x: u32, y: usize, style: &str, words: &str| {
        // Writing to a string does not fail.
        let _ = write!(svg, r#"<text x="{x}" y="{y}" {style}>{words}</text>"#);
    };
    put(70, 100, r##"font-size="34" font-weight="bold" fill="#ffc43d""##, &text(&ctx.t("site-name"), 30));
    let (buurt, title) = (&data.card.buurt, &data.card.title);
    let kicker = if title.contains(buurt) { title.clone() } else { format!("{buurt} · {title}") };
    put(70, 165, r##"font-size="32" fill="#e2f0ea""##, &text(&kicker, 46));
    let title = ctx.ta("result-title", &[("count", won.len().into()), ("amount", ctx.money(spent).into())]);
    let title = lines(&title, 28, 2);
    for (n, line) in title.iter().enumerate() {
        put(70, 240 + n * 68, r##"font-size="58" font-weight="bold" fill="#ffffff""##, line);
    }
    let top = 244 + title.len() * 68;
    for (n, step) in won.iter().take(MOST).enumerate() {
        let y = top + n * 49;
        put(70, y, r##"font-size="34" fill="#ffffff""##, &text(&step.title, 36));
        let end = r##"font-size="34" fill="#ffc43d" text-anchor="end""##;
        put(1130, y, end, &text(&ctx.money(step.granted), 20));
    }
    if won.len() > MOST {
        let more = ctx.ta("result-more", &[("count", (won.len() - MOST).into())]);
        put(70, top + MOST * 49, r##"font-size="28" fill="#e2f0ea""##, &text(&more, 50));
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_and_hostile_ones_are_text() {
        assert_eq!(lines("een twee drie", 8, 2), ["een twee", "drie"]);
        assert_eq!(lines("samen €\u{a0}25.000", 10, 2), ["samen", "€\u{a0}25.000"]);
        assert_eq!(lines("een twee drie vier vijf", 8, 2), ["een twee", "drie vier…"]);
        assert_eq!(text("<script>\u{0}", 20), "&lt;script&gt;");
        assert_eq!(text("abcdef", 4), "abc…");
    }
}
