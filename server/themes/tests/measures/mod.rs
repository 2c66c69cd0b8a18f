//! How well themes agree with labels.

use std::collections::{BTreeMap, BTreeSet};
use themes::{Answer, Lang, Proposal, propose};

/// A labelled answer.
pub struct Row {
    pub text: String,
    pub labels: Vec<String>,
    pub part: String,
}

pub fn rows() -> Vec<Row> {
    let file = include_str!("../labelled.csv");
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let row = |record: csv::StringRecord| Row {
        text: record[0].to_owned(),
        labels: record[1].split(';').filter(|l| !l.is_empty()).map(str::to_owned).collect(),
        part: record[2].to_owned(),
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// Percent-free figures, 0 to 1 (ARI: at most 1).
#[derive(Debug)]
pub struct Figures {
    /// Macro averages over the labels of the proposal that matches each best by F1: the class F-measure of Larsen and Aone,
    /// "Fast and effective text mining using linear-time document clustering", KDD 1999, with each label counting the same.
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
    /// F1 over pairs of answers: Manning, Raghavan, Schuetze, "Introduction to Information Retrieval", 2008, section 16.3.
    pub pairwise: f64,
    /// Adjusted Rand index: Hubert and Arabie, "Comparing partitions", Journal of Classification 2, 1985, main labels.
    pub ari: f64,
    pub themes: usize,
}

fn choose2(n: f64) -> f64 {
    n * (n - 1.0) / 2.0
}

/// `sets` holds the answers of each theme, `main` the theme of each answer (one more for all without any).
pub fn figures(labels: &[&[String]], sets: &[BTreeSet<usize>], main: &[usize]) -> Figures {
    let names: BTreeSet<&String> = labels.iter().flat_map(|l| l.iter()).collect();
    let (mut precision, mut recall, mut f1) = (0.0, 0.0, 0.0);
    for name in &names {
        let gold: BTreeSet<usize> = (0..labels.len()).filter(|at| labels[*at].contains(*name)).collect();
        let best = sets.iter().map(|set| {
            let both = set.intersection(&gold).count() as f64;
            let (p, r) = (both / (set.len() as f64).max(1.0), both / gold.len() as f64);
            (if both > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }, p, r)
        });
        let best = best.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default();
        (f1, precision, recall) = (f1 + best.0, precision + best.1, recall + best.2);
    }
    // Partitions: the answers that have a label.
    let mut cells: BTreeMap<(&str, usize), f64> = BTreeMap::new();
    let (mut rows, mut columns): (BTreeMap<&str, f64>, BTreeMap<usize, f64>) = Default::default();
    let mut n = 0.0;
    for (at, list) in labels.iter().enumerate().filter(|(_, list)| !list.is_empty()) {
        *cells.entry((&list[0], main[at])).or_default() += 1.0;
        *rows.entry(&list[0]).or_default() += 1.0;
        *columns.entry(main[at]).or_default() += 1.0;
        n += 1.0;
    }
    let index: f64 = cells.values().map(|n| choose2(*n)).sum();
    let (a, b): (f64, f64) = (rows.values().map(|n| choose2(*n)).sum(), columns.values().map(|n| choose2(*n)).sum());
    let expected = a * b / choose2(n);
    let (p, r) = (index / b.max(1.0), index / a.max(1.0));
    let count = names.len() as f64;
    Figures {
        precision: precision / count,
        recall: recall / count,
        f1: f1 / count,
        pairwise: if index > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 },
        ari: (index - expected) / ((a + b) / 2.0 - expected),
        themes: sets.len(),
    }
}

/// Proposes themes for the rows of one part as one wave.
pub fn measure(part: &str) -> (Figures, Vec<Proposal>, Vec<Row>) {
    let rows: Vec<Row> = rows().into_iter().filter(|row| row.part == part).collect();
    let answers: Vec<Answer> =
        (0..).zip(&rows).map(|(id, row)| Answer { id, lang: Lang::Nl, text: &row.text }).collect();
    let found = propose(&answers, &[]);
    let sets: Vec<BTreeSet<usize>> = found.iter().map(|p| p.members.iter().map(|m| m.id as usize).collect()).collect();
    let mut main = vec![found.len(); rows.len()];
    for (at, proposal) in found.iter().enumerate() {
        proposal.members.iter().filter(|m| m.main).for_each(|m| main[m.id as usize] = at);
    }
    let labels: Vec<&[String]> = rows.iter().map(|row| row.labels.as_slice()).collect();
    (figures(&labels, &sets, &main), found, rows)
}
