//! Sheets of what is late, of help between neighbours, and of the survey: as far as this reader may see them.

use super::Source;
use crate::ActError;
use domain::help::Count;
use domain::overview::{Figure, Head, Line, Sheet, Value};
use domain::urls;
use store::Conn;
use store::figures;

/// What is late: steps for everyone, first replies for a desk's own buurten.
pub(super) async fn late(c: &mut Conn, s: &Source<'_>, inside: &str) -> Result<Sheet, ActError> {
    let steps = figures::late_steps(c, s.asked.programme.as_ref().map(|p| p.id), s.now).await?;
    let replies = if inside.is_empty() { Vec::new() } else { figures::late_replies(c, s.now).await? };
    let many = |list: &[(i64, i64)], id: i64| list.iter().find(|(b, _)| *b == id).map_or(0, |(_, n)| *n);
    let wanted = s.all.buurten.iter().filter(|b| s.asked.takes(b));
    let lines = wanted
        .map(|b| {
            let of = [("buurt", b.slug.clone()), s.programme(), ("te-laat", "stap".to_owned())];
            let mut figures = vec![Figure::at(Value::Count(many(&steps, b.id)), s.plans(&of))];
            if !inside.is_empty() {
                let own = inside == "*" || inside.contains(&format!(",{},", b.id));
                let of = [("buurt", b.slug.clone()), ("te-laat", "antwoord".to_owned())];
                figures.push(if own {
                    Figure::at(Value::Count(many(&replies, b.id)), s.plans(&of))
                } else {
                    Figure::plain(Value::NotShown)
                });
            }
            Line { key: b.slug.clone(), head: Head::Name(b.name.clone()), behind: String::new(), figures, total: false }
        })
        .collect();
    let columns = if inside.is_empty() { vec!["late_steps"] } else { vec!["late_steps", "late_replies"] };
    Ok(Sheet { key: "late", columns, lines, plot: 0 })
}

/// Help between neighbours, as far as it is told to everyone.
pub(super) async fn help(c: &mut Conn, s: &Source<'_>) -> Result<Sheet, ActError> {
    let told = crate::help::figures(c, s.now).await?;
    let at = |count: Count| Figure::at(Value::Told(count), urls::Help {}.to_string());
    let here = |slug: &str| s.all.buurten.iter().any(|b| b.slug == slug && s.asked.takes(b));
    let mut lines: Vec<Line> = told
        .places
        .iter()
        .filter(|p| here(&p.slug))
        .map(|p| Line {
            key: p.slug.clone(),
            head: Head::Name(p.name.clone()),
            behind: String::new(),
            figures: vec![at(p.offers), at(Count::Exactly(p.needs)), at(p.agreed), at(p.helped)],
            total: false,
        })
        .collect();
    if s.asked.wijk.is_none() {
        let figures = vec![at(told.offers), at(Count::Exactly(told.needs)), at(told.agreed), at(told.helped)];
        lines.push(Line {
            key: "stad".into(),
            head: Head::Text("overview-city".into()),
            behind: String::new(),
            figures,
            total: true,
        });
    }
    Ok(Sheet { key: "help", columns: vec!["offers", "needs", "agreed", "helped"], lines, plot: 0 })
}

/// The last wave of which something is published: what stands in that document, and nothing else.
pub(super) async fn survey(c: &mut Conn, s: &Source<'_>) -> Result<Option<Sheet>, ActError> {
    let Some(doc) = store::results::published(c).await?.pop() else { return Ok(None) };
    let behind = urls::WaveResult { wave: doc.slug.clone() }.to_string();
    let here = |slug: &str| {
        let buurt = s.all.buurten.iter().find(|b| b.slug == slug).is_some_and(|b| s.asked.takes(b));
        s.asked.wijk.is_none()
            || buurt
            || s.asked.buurt.is_none() && s.asked.wijk.as_ref().is_some_and(|w| w.slug == slug)
    };
    let lines = doc
        .shown
        .areas
        .iter()
        .enumerate()
        .filter_map(|(n, shown)| {
            let area = doc.area(shown.id)?;
            let answers = shown.answers.and_then(|n| i64::try_from(n).ok()).map_or(Value::TooFew, Value::Count);
            let mean = shown.mean_tenths.map_or(Value::TooFew, Value::Tenths);
            let head =
                if area.name.is_empty() { Head::Text("overview-city".into()) } else { Head::Name(area.name.clone()) };
            let residents = area.residents.map_or(Value::Unknown, Value::Count);
            let figures =
                vec![Figure::at(answers, behind.clone()), Figure::at(mean, behind.clone()), Figure::plain(residents)];
            here(&area.slug).then(|| {
                // A wijk and a buurt may share a name.
                let key = format!("{:?}", shown.id).to_lowercase().replace(['(', ')'], "");
                Line { key, head, behind: String::new(), figures, total: n == 0 }
            })
        })
        .collect();
    Ok(Some(Sheet { key: "survey", columns: vec!["answers", "mean", "residents"], lines, plot: 0 }))
}
