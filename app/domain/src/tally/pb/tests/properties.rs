use super::{PLANS, file};
use crate::tally::ballots::RankWeights;
use crate::tally::pb::records::{Record, Records};
use crate::tally::pb::{Options, Pb, PbError, read, write};
use proptest::collection::vec;
use proptest::prelude::*;

/// What a file is made of, so that random ones are nearly right.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "META\n", "key;value\n", "budget;10\n", "vote_type;approval\n", "vote_type;cumulative\n", "vote_type;ordinal\n",
            "PROJECTS\n", "project_id;cost\n", "project_id;cost;name;votes\n", "a;5\n", "b;2,5;\"x;\ny\";1\n", "VOTES\n",
            "voter_id;vote\n", "voter_id;vote;points\n", "1;a\n", "2;a,b;1,2\n", "votes;b\n", ";", "\"", "\n", "\r", "\r\n", ",", " ",
            "none", "\u{feff}", "\u{2028}", "max_length;1\n",
        ]).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..4),
    ]
}

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

const KINDS: [(&str, &str); 5] = [
    ("approval", "1;a,b;\n2;;\n3;c;\n"),
    ("choose-1", "1;a;\n2;b;\n"),
    ("ordinal", "1;a,c,b;\n2;b;\n"),
    ("cumulative", "1;a,b;1,2\n2;c;3\n"),
    ("scoring", "1;a,b;0.5,10\n2;;\n"),
];

/// Right files, one for each type of vote.
fn right(kind: usize) -> String {
    let (vote_type, votes) = KINDS[kind % KINDS.len()];
    let meta = "num_votes;3\nmax_length;3\nmax_sum_cost;9.5\ndescription;\"A; \"\"B\"\"\nC\"\n";
    let projects = format!("{}d;1,50\n", PLANS.replace("cost\n", "cost\n\"e\";\"0\"\n"));
    file(meta, &projects, &format!("voter_id;vote;points\n{votes}")).replace("approval", vote_type)
}

/// Reads, counts, writes and reads again; nothing may panic, and both must be equal.
fn exercise(bytes: &[u8]) -> Result<(), TestCaseError> {
    let Ok(pb) = read(bytes) else { return Ok(()) };
    let mut written = Vec::new();
    write(&pb, &mut written).expect("a vector takes all");
    let again = read(written.as_slice());
    prop_assert_eq!(again.as_ref(), Ok(&pb), "{}", String::from_utf8_lossy(&written));
    for ranking in [RankWeights::Borda, RankWeights::Plurality] {
        let options = Options { ranking };
        let outcome = pb.election(&options);
        if let Err(error) = &outcome {
            prop_assert!(error.line > 0 && !error.to_string().is_empty());
        }
        let before = outcome.ok().map(|(election, _)| election);
        let after = again.as_ref().ok().and_then(|pb| pb.election(&options).ok()).map(|(election, _)| election);
        prop_assert_eq!(before, after);
    }
    Ok(())
}

/// Any text, also what looks like syntax; never only spaces, which a file cannot tell from nothing.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9 ;\"\n\r,\u{2028}\u{fffd}é😀']{0,12}",
        prop::sample::select(vec![
            "META",
            "projects",
            "VOTES",
            "key",
            "value",
            "project_id",
            "voter_id",
            "vote",
            "cost",
            "\"\"",
            ""
        ])
        .prop_map(String::from),
        any::<String>(),
    ]
}

fn name() -> impl Strategy<Value = String> {
    text().prop_map(|text| format!("{text}x"))
}

fn id() -> impl Strategy<Value = String> {
    text().prop_map(|text| format!("{}i", text.replace(',', "")))
}

fn pb() -> impl Strategy<Value = Pb> {
    (
        vec((name(), text()), 0..6),
        vec(name(), 0..3),
        vec((id(), text(), vec(text(), 0..3)), 0..8),
        vec(name(), 0..3),
        vec((id(), text(), vec(text(), 0..3)), 0..8),
    )
        .prop_map(|(meta, plan_columns, plans, vote_columns, votes)| {
            let columns = |first: [&str; 2], more: &[String]| -> Vec<String> {
                first.iter().map(ToString::to_string).chain(more.iter().map(|name| format!("{name}-"))).collect()
            };
            let mut pb = Pb {
                meta,
                project_columns: columns(["project_id", "cost"], &plan_columns),
                vote_columns: columns(["voter_id", "vote"], &vote_columns),
                ..Pb::default()
            };
            for (rows, from, more) in
                [(&mut pb.projects, &plans, plan_columns.len()), (&mut pb.votes, &votes, vote_columns.len())]
            {
                for (id, second, others) in from {
                    let others = others.iter().take(more).map(String::as_str);
                    rows.push([id.as_str(), second].into_iter().chain(others));
                }
            }
            pb
        })
}

/// All records with text, as `csv` and as we split them.
fn split_by_us(bytes: &[u8]) -> Result<Vec<Vec<Vec<u8>>>, PbError> {
    let mut records = Records::new(bytes, u64::MAX)?;
    let (mut record, mut all) = (Record::default(), Vec::new());
    while records.next(&mut record)? {
        all.push((0..record.len()).map(|at| record.field(at).to_vec()).collect::<Vec<_>>());
    }
    Ok(all)
}

fn split_by_csv(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').flexible(true).has_headers(false).from_reader(bytes);
    let records = reader.byte_records().map(|record| record.expect("any bytes are records"));
    records.map(|record| record.iter().map(<[u8]>::to_vec).collect()).collect()
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..200)) {
        exercise(&bytes)?;
    }

    #[test]
    fn nearly_right_files_are_read_or_refused(bytes in pieces()) {
        exercise(&bytes)?;
    }

    #[test]
    fn right_files_with_slips_are_read_or_refused(kind in 0..5_usize, slips in vec((any::<prop::sample::Index>(), 0..5_u8, piece()), 1..6)) {
        let mut bytes = right(kind).into_bytes();
        for (place, what, piece) in slips {
            let at = place.index(bytes.len() + 1);
            let line_end = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |end| at + end + 1);
            match what {
                0 => drop(bytes.splice(at..at, piece)),
                1 => drop(bytes.splice(at..(at + 1).min(bytes.len()), piece)),
                2 => drop(bytes.drain(at..line_end)),
                3 => bytes.extend_from_within(at..line_end),
                _ => bytes.truncate(at),
            }
        }
        exercise(&bytes)?;
    }

    #[test]
    fn what_is_written_is_read_again(pb in pb()) {
        let mut bytes = Vec::new();
        write(&pb, &mut bytes).expect("a vector takes all");
        let again = read(bytes.as_slice());
        prop_assert_eq!(again.as_ref(), Ok(&pb), "{}", String::from_utf8_lossy(&bytes));
        prop_assert_eq!(again.map(|pb| pb.warnings), Ok(Vec::new()));
    }

    #[test]
    fn records_are_those_of_the_csv_crate(bytes in prop_oneof![pieces(), vec(prop::sample::select(b"ab;\"\n\r ".to_vec()), 0..40)]) {
        // What we refuse (open quotes) `csv` reads somehow.
        if let Ok(ours) = split_by_us(&bytes) {
            let ours: Vec<_> = ours.into_iter().filter(|record| record.len() > 1 || !record[0].is_empty()).collect();
            let theirs: Vec<_> = split_by_csv(&bytes).into_iter().filter(|record| record.len() > 1 || !record[0].is_empty()).collect();
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn it_does_not_matter_in_what_pieces_bytes_come(bytes in prop_oneof![pieces(), (0..5_usize).prop_map(|kind| right(kind).replace('\n', "\r\n").into_bytes())], size in 1..9_usize) {
        let slow = std::io::BufReader::with_capacity(size, bytes.as_slice());
        let (whole, parts) = (read(bytes.as_slice()), read(slow));
        prop_assert_eq!(whole.as_ref().map(|pb| &pb.warnings), parts.as_ref().map(|pb| &pb.warnings));
        prop_assert_eq!(whole, parts);
    }
}

#[test]
fn the_right_files_are_right() {
    for kind in 0..KINDS.len() {
        let pb = read(right(kind).as_bytes()).expect("read");
        assert_eq!(pb.warnings, []);
        pb.election(&Options::default()).expect("counted");
    }
}
