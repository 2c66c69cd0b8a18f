//! What is published of waves, for anyone to take along: as JSON, and as rows for a spreadsheet. From published documents alone.

use crate::ActError;
use crate::table::Table;
use domain::disclosure::AreaId;
use domain::survey::{Kind, Published, Theme};
use serde_json::{Value, json};
use texts::{decimal_tenths, rfc3339};

fn kind(id: AreaId) -> &'static str {
    match id {
        AreaId::City => "city",
        AreaId::Wijk(_) => "wijk",
        AreaId::Buurt(_) => "buurt",
    }
}

/// How a theme is named in files: stable from wave to wave.
fn theme_key(theme: &Theme) -> String {
    format!("{}:{}", theme.asked.key(), theme.title_nl)
}

fn place(doc: &Published, id: AreaId) -> Value {
    let slug = doc.area(id).map(|a| a.slug.as_str()).filter(|s| !s.is_empty());
    json!({ "kind": kind(id), "slug": slug })
}

fn one(doc: &Published) -> Value {
    let areas = doc.shown.areas.iter().map(|a| {
        let named = doc.area(a.id);
        let themes = doc.themes.iter().map(|t| json!({ "theme": theme_key(t), "answers": a.theme(t.id) }));
        json!({
            "area": place(doc, a.id),
            "name": named.map(|n| n.name.as_str()).filter(|n| !n.is_empty()),
            "residents": named.and_then(|n| n.residents),
            "answers": a.answers,
            "mean_tenths": a.mean_tenths,
            "interval_tenths": named.and_then(|n| n.interval).map(|(low, high)| [low, high]),
            "poster_answers": a.posters,
            "themes": themes.collect::<Vec<_>>(),
        })
    });
    let questions = doc.questions.iter().map(|q| {
        let shown = doc.shown.questions.iter().find(|s| s.id == q.id);
        json!({
            "kind": q.kind.key(),
            "text": q.text.0,
            "options": q.options.iter().map(|o| &o.0).collect::<Vec<_>>(),
            "answers": shown.map(|s| s.options.clone()).unwrap_or_default(),
        })
    });
    let quotes = doc.quotes.iter().map(|q| {
        let themes: Vec<String> = doc.themes.iter().filter(|t| q.themes.contains(&t.id)).map(theme_key).collect();
        json!({
            "words": q.words, "question": q.question, "area": place(doc, q.area), "poster": q.poster,
            "themes": themes,
        })
    });
    json!({
        "wave": doc.slug, "title": doc.title, "version": doc.version, "published": rfc3339(doc.at),
        "opened": rfc3339(doc.opens_at), "closed": rfc3339(doc.closes_at),
        "wording": doc.wording.0.as_ref().map(|w| json!({
            "mark": w.mark.0, "good": w.good.0, "better": w.better.0, "can_do": w.can_do.0,
        })),
        "themes": doc.themes.iter().map(|t| json!({
            "key": theme_key(t), "question": t.asked.key(), "nl": t.title_nl, "en": t.title_en,
        })).collect::<Vec<_>>(),
        "areas": areas.collect::<Vec<_>>(),
        "questions": questions.collect::<Vec<_>>(),
        "quotes": quotes.collect::<Vec<_>>(),
    })
}

/// Every published wave; `null` is what is hidden.
pub fn to_json(docs: &[Published]) -> Value {
    json!({ "smallest_group": domain::survey::SMALLEST_GROUP, "waves": docs.iter().map(one).collect::<Vec<_>>() })
}

/// The same numbers, a row each; an empty value is what is hidden.
///
/// # Errors
/// [`ActError::Broken`] when the rows cannot be written.
pub fn to_csv(docs: &[Published]) -> Result<Vec<u8>, ActError> {
    let mut out = Table::new(&["wave", "title", "closed", "version", "area_kind", "area", "what", "item", "value"])?;
    for doc in docs {
        let mut row = |area: AreaId, what: &str, item: &str, value: Option<String>| {
            let slug = doc.area(area).map(|a| a.slug.clone()).unwrap_or_default();
            let cells = [
                doc.slug.clone(),
                doc.title.clone(),
                rfc3339(doc.closes_at),
                doc.version.to_string(),
                kind(area).to_owned(),
                slug,
                what.to_owned(),
                item.to_owned(),
                value.unwrap_or_default(),
            ];
            out.row(cells.iter().map(String::as_str))
        };
        let count = |n: Option<usize>| n.map(|n| n.to_string());
        let tenths = |n: i64| decimal_tenths(texts::Lang::En, n);
        for a in &doc.shown.areas {
            row(a.id, "answers", "", count(a.answers))?;
            row(a.id, "mean", "", a.mean_tenths.map(tenths))?;
            if let Some((low, high)) = doc.area(a.id).and_then(|n| n.interval) {
                row(a.id, "mean_low", "", Some(tenths(low)))?;
                row(a.id, "mean_high", "", Some(tenths(high)))?;
            }
            row(a.id, "poster_answers", "", count(a.posters))?;
            for t in &doc.themes {
                row(a.id, &format!("theme_{}", t.asked.key()), &t.title_nl, count(a.theme(t.id)))?;
            }
        }
        let Some(scope) = doc.scope().map(|a| a.id) else { continue };
        for q in &doc.questions {
            let shown = doc.shown.questions.iter().find(|s| s.id == q.id);
            for (n, answers) in shown.map(|s| s.options.as_slice()).unwrap_or_default().iter().enumerate() {
                let last = shown.is_some_and(|s| n + 1 == s.options.len());
                let option = match (last, q.kind) {
                    (true, _) => "skipped".to_owned(),
                    (_, Kind::Scale) => (n + 1).to_string(),
                    _ => q.options.get(n).map(|o| o.in_lang("nl").to_owned()).unwrap_or_default(),
                };
                row(scope, "question", &format!("{}: {option}", q.text.in_lang("nl")), count(*answers))?;
            }
        }
    }
    out.bytes()
}
