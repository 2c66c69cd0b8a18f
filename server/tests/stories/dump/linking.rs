//! A program that is given everything but the round's key, and tries to join ballots to people.

use services::World;
use std::collections::{BTreeSet, HashMap, HashSet};

/// A table as a dump has it, its rows in the engine's own order, system columns (`sys_...`) in front.
#[derive(Clone, Debug)]
pub struct Table {
    pub name: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// What somebody got hold of.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    pub tables: Vec<Table>,
    /// Where a line comes from (log, mail, figures), and the line.
    pub lines: Vec<(&'static str, String)>,
}

/// What nobody else may read.
#[derive(Clone, Debug)]
pub struct Secret {
    pub what: &'static str,
    pub text: String,
    /// Columns (`table.column`) in which it stands all the same.
    pub stands_in: &'static [&'static str],
}

/// Tables in which secrets lie, and how they are built.
pub struct Boxes {
    /// With this their names begin.
    prefix: &'static str,
    /// Those that are emptied at the close.
    boxes: [&'static str; 2],
    /// The column that says to which round or wave a row belongs.
    of: &'static str,
    /// Columns that may say the same in several rows.
    open: &'static [&'static str],
}

/// Of votes.
pub const BALLOTS: Boxes =
    Boxes { prefix: "ballot_", boxes: ["ballot_box", "ballot_retry"], of: "round_id", open: &["pseudonym"] };
/// Of surveys. Where an answer counts, and whether it came by the link, stands open in the box: docs/secrecy.md says so.
pub const ANSWERS: Boxes = Boxes {
    prefix: "answer",
    boxes: ["answer_box", "answer_retry"],
    of: "wave_id",
    open: &["pseudonym", "buurt_id", "open"],
};

/// Every table and column that the engine's catalogue names, so that a new one is in by itself.
pub async fn dump(world: &World) -> Vec<Table> {
    let mut c = world.db.read().await.unwrap();
    let mut tables = Vec::new();
    for name in c.tables().await.unwrap() {
        let found = c.columns(&name).await.unwrap();
        let (system, order): (&[&str], &str) = match c.engine() {
            "postgres" => (&["sys_xmin", "sys_ctid"], "ctid"),
            _ => (&["sys_rowid"], "rowid"),
        };
        let with = match c.engine() {
            "postgres" => "CAST(t.xmin AS TEXT) AS sys_xmin, CAST(t.ctid AS TEXT) AS sys_ctid, ",
            _ => "CAST(rowid AS TEXT) AS sys_rowid, ",
        };
        let statement = |text: String| -> &'static store::Stmt {
            Box::leak(Box::new(store::Stmt { text: text.leak(), file: file!(), line: line!() }))
        };
        let in_order = statement(format!("SELECT {with}t.* FROM \"{name}\" t ORDER BY t.{order}"));
        // Tables without rowid lie in the order of their key.
        let (rows, system) = match c.rows(in_order, &[]).await {
            Ok(rows) => (rows, system),
            Err(_) => (c.rows(statement(format!("SELECT * FROM \"{name}\"")), &[]).await.unwrap(), &[][..]),
        };
        let cell = |row: &store::Row, column: &str, kind: &str| match kind {
            "int" => row.opt_int(column).unwrap().map(|n| n.to_string()),
            "blob" => row.opt_blob(column).unwrap().map(|b| services::hex(&b)),
            _ => row.opt_text(column).unwrap(),
        };
        let rows = rows.iter().map(|row| {
            let system = system.iter().map(|column| cell(row, column, "text"));
            system.chain(found.iter().map(|(n, kind, _)| cell(row, n, kind))).map(Option::unwrap_or_default).collect()
        });
        let rows = rows.collect();
        let columns = system.iter().map(|s| (*s).to_owned()).chain(found.iter().map(|f| f.0.clone())).collect();
        tables.push(Table { name, columns, rows });
    }
    tables
}

/// Letters and figures that stand together, as long as a value that could be joined by.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 8).map(str::to_lowercase)
}

impl Table {
    fn cells(&self) -> impl Iterator<Item = (String, &str)> {
        self.rows.iter().flat_map(move |row| {
            let named = self.columns.iter().zip(row);
            named.map(|(column, cell)| (format!("{}.{column}", self.name), cell.as_str()))
        })
    }

    fn is_of(&self, boxes: &Boxes) -> bool {
        self.name.starts_with(boxes.prefix)
    }
}

impl Evidence {
    fn places(&self) -> impl Iterator<Item = (String, &str)> {
        let lines = self.lines.iter().map(|(source, line)| ((*source).to_owned(), line.as_str()));
        self.tables.iter().flat_map(Table::cells).chain(lines)
    }
}

/// Secrets that stand where they should not: in either case, with or without hyphens and gaps, as text or its hexadecimal.
pub fn secrets_told(evidence: &Evidence, secrets: &[Secret]) -> BTreeSet<String> {
    let bare = |text: &str| -> Vec<u8> {
        text.bytes().filter(|b| !matches!(b, b'-' | b' ')).map(|b| b.to_ascii_lowercase()).collect()
    };
    let start = |text: &[u8]| text.first_chunk::<8>().copied().map(u64::from_be_bytes);
    let mut by_start: HashMap<u64, Vec<(Vec<u8>, &Secret)>> = HashMap::new();
    for secret in secrets {
        let text = bare(&secret.text);
        for needle in [services::hex(&text).into_bytes(), services::hex(secret.text.as_bytes()).into_bytes(), text] {
            by_start.entry(start(&needle).expect("a secret is long")).or_default().push((needle, secret));
        }
    }
    let mut told = BTreeSet::new();
    for (source, text) in evidence.places() {
        let text = bare(text);
        for at in 0..text.len().saturating_sub(7) {
            let here = &text[at..];
            for (needle, secret) in start(here).and_then(|s| by_start.get(&s)).into_iter().flatten() {
                if here.starts_with(needle) && !secret.stands_in.contains(&source.as_str()) {
                    told.insert(format!("{} in {source}", secret.what));
                }
            }
        }
    }
    told
}

/// Where these words came in between two dumps, or stand in a line.
pub fn words_that_came(before: &[Table], now: &Evidence, watched: &HashSet<String>) -> BTreeSet<String> {
    let mut left: HashMap<(String, &str), usize> = HashMap::new();
    for cell in before.iter().flat_map(Table::cells) {
        *left.entry(cell).or_default() += 1;
    }
    let mut told = BTreeSet::new();
    for (place, cell) in now.tables.iter().flat_map(Table::cells) {
        // A row that changed elsewhere has this cell once more, as before.
        match left.get_mut(&(place.clone(), cell)).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None if words(cell).any(|word| watched.contains(&word)) => _ = told.insert(place),
            None => {}
        }
    }
    let lines = now.lines.iter().filter(|(_, line)| words(line).any(|w| watched.contains(&w)));
    told.extend(lines.map(|(source, _)| (*source).to_owned()));
    told
}

/// Rows of the boxes that could be told to say the same: a value that stands twice, or another length.
pub fn alike(evidence: &Evidence, of: &Boxes) -> BTreeSet<String> {
    let mut told = BTreeSet::new();
    let mut seen = HashSet::new();
    let mut lengths: HashMap<(String, String), usize> = HashMap::new();
    for table in evidence.tables.iter().filter(|t| of.boxes.contains(&t.name.as_str())) {
        let round = table.columns.iter().position(|c| c == of.of).unwrap();
        for row in &table.rows {
            for (column, cell) in table.columns.iter().zip(row) {
                if column.starts_with("sys_") || column == of.of || of.open.contains(&column.as_str()) {
                    continue;
                }
                let place = format!("{}.{column}", table.name);
                // Empty in every row, or told by its length.
                if !cell.is_empty() && !seen.insert(cell.clone()) {
                    told.insert(format!("the same in {place}"));
                }
                if *lengths.entry((place.clone(), row[round].clone())).or_insert(cell.len()) != cell.len() {
                    told.insert(format!("lengths of {place}"));
                }
            }
        }
    }
    told
}

/// Values that these rows have in common with anything else, or with the SHA-256 of it, and moments in such rows.
/// `public`: names of the paper, which belong to no voter.
pub fn in_common(
    evidence: &Evidence,
    of: &Boxes,
    public: &HashSet<String>,
    moments: std::ops::Range<i64>,
) -> BTreeSet<String> {
    let mut others: HashMap<String, BTreeSet<String>> = HashMap::new();
    let mut add = |word: String, place: &str| {
        others.entry(word).or_default().insert(place.to_owned());
    };
    let digest = |bytes: &[u8]| services::hex(&services::keys::digest(bytes));
    for (place, cell) in evidence.tables.iter().filter(|t| !t.is_of(of)).flat_map(Table::cells) {
        words(cell).for_each(|word| add(word, &place));
        // What somebody would try who suspects that a name was only hashed.
        let number = cell.parse::<i64>().map(|n| digest(&n.to_be_bytes()));
        let bytes = services::unhex(cell).map(|bytes| digest(&bytes));
        let hashed = number.into_iter().chain(bytes).chain([digest(cell.as_bytes())]);
        hashed.for_each(|hash| add(hash, &format!("the hash of {place}")));
    }
    for (source, line) in &evidence.lines {
        words(line).for_each(|word| add(word, source));
    }
    let mut told = BTreeSet::new();
    for (place, cell) in evidence.tables.iter().filter(|t| t.is_of(of)).flat_map(Table::cells) {
        for word in words(cell).filter(|word| !public.contains(word)) {
            told.extend(others.get(&word).into_iter().flatten().map(|other| format!("{place} = {other}")));
            if word.parse().is_ok_and(|n| moments.contains(&n)) {
                told.insert(format!("{place} is a moment"));
            }
        }
    }
    told
}

/// Spearman's rank correlation of two orders of the same things, each thing once.
pub fn rank_correlation(pairs: &[(usize, usize)]) -> f64 {
    let ranks = |mut of: Vec<(usize, usize)>| {
        of.sort_unstable();
        let mut ranks = vec![0.0; of.len()];
        for (rank, (_, at)) in of.into_iter().enumerate() {
            ranks[at] = f64::from(u32::try_from(rank).unwrap());
        }
        ranks
    };
    let one = ranks(pairs.iter().enumerate().map(|(at, pair)| (pair.0, at)).collect());
    let other = ranks(pairs.iter().enumerate().map(|(at, pair)| (pair.1, at)).collect());
    let n = f64::from(u32::try_from(pairs.len()).unwrap());
    let apart: f64 = one.iter().zip(&other).map(|(a, b)| (a - b) * (a - b)).sum();
    1.0 - 6.0 * apart / (n * (n * n - 1.0))
}

/// Chance gives a correlation above this to twenty or more once in ten thousand runs, and to forty never.
const SURELY: f64 = 0.8;
const FEWEST: usize = 20;

/// Tables whose rows tell an order of voters that the attacker knows, by how they are stored or by a column. `owners`: what
/// stands in a row, and the place of its voter in that order.
pub fn order_told(evidence: &Evidence, owners: &HashMap<String, usize>) -> BTreeSet<String> {
    let mut told = BTreeSet::new();
    for table in &evidence.tables {
        let owner = |row: &[String]| {
            row.iter().find_map(|cell| {
                owners.get(cell).copied().or_else(|| words(cell).find_map(|word| owners.get(&word).copied()))
            })
        };
        let owned: Vec<(&Vec<String>, usize)> =
            table.rows.iter().filter_map(|row| owner(row).map(|voter| (row, voter))).collect();
        let by_column = table.columns.iter().enumerate().filter_map(|(at, column)| {
            let values: Option<Vec<i64>> = owned.iter().map(|(row, _)| row[at].parse().ok()).collect();
            let mut order: Vec<(i64, usize)> = values?.into_iter().zip(0..).collect();
            order.sort_unstable();
            // A column that hardly tells rows apart orders nothing.
            let distinct: HashSet<i64> = order.iter().map(|(value, _)| *value).collect();
            (distinct.len() >= FEWEST).then_some(())?;
            Some((column.as_str(), order.into_iter().map(|(_, at)| at).collect::<Vec<_>>()))
        });
        for (by, order) in by_column.chain([("as stored", (0..owned.len()).collect())]) {
            let mut seen = HashSet::new();
            let voters = order.iter().map(|at| owned[*at].1).filter(|voter| seen.insert(*voter));
            let pairs: Vec<(usize, usize)> = voters.enumerate().collect();
            if pairs.len() >= FEWEST && rank_correlation(&pairs).abs() > SURELY {
                told.insert(format!("{} {by}", table.name));
            }
        }
    }
    told
}
