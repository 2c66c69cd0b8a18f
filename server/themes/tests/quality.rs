//! How good the proposals are on the labelled set: `cargo test -p themes --test quality -- --nocapture`.

mod measures;
use measures::measure;

fn show(part: &str) -> measures::Figures {
    let (figures, found, rows) = measure(part);
    println!("\n{part}: {} answers", rows.len());
    for proposal in &found {
        println!("  {:3} {} ({})", proposal.members.len(), proposal.label, proposal.terms.join(", "));
    }
    println!(
        "{} themes; best match, macro: precision {:.3}, recall {:.3}, F1 {:.3}; pairwise F1 {:.3}; ARI {:.3}",
        figures.themes, figures.precision, figures.recall, figures.f1, figures.pairwise, figures.ari
    );
    figures
}

#[test]
fn the_part_to_tune_on() {
    show("tune");
    if std::env::var("THEMES_ERRORS").is_err() {
        return;
    }
    let (_, found, rows) = measure("tune");
    for (at, row) in rows.iter().enumerate() {
        let main: Vec<String> = found
            .iter()
            .filter_map(|p| p.members.iter().find(|m| m.id as usize == at).map(|m| (p, m)))
            .map(|(p, m)| format!("{}{} {:.2}", if m.main { "*" } else { "" }, p.label, m.strength))
            .collect();
        println!("{:22} | {:40} | {}", row.labels.join(";"), main.join("; "), row.text);
    }
}
