use super::{PLANS, counted, error, file, read_text};
use crate::tally::pb::read::read_at_most;
use crate::tally::pb::{Pb, PbErrorKind, WarningKind, read, write};
use std::io::{BufReader, Read};

fn kind(text: &[u8]) -> (u64, PbErrorKind) {
    let error = read(text).expect_err("it cannot be read");
    (error.line, error.kind)
}

#[test]
fn what_is_no_pb_file_is_told() {
    assert_eq!(kind(b""), (0, PbErrorKind::Empty));
    assert_eq!(kind(b"\xef\xbb\xbf \r\n\n"), (0, PbErrorKind::Empty));
    assert_eq!(kind(b"\nname,cost\na,5\n"), (2, PbErrorKind::NoMeta));
    assert_eq!(kind(b"\xff\xfeM\0E\0"), (1, PbErrorKind::Utf16));
    let without_meta = format!("PROJECTS\n{PLANS}VOTES\nvoter_id;vote\n");
    assert_eq!(kind(without_meta.as_bytes()), (0, PbErrorKind::NoMeta));
    assert_eq!(kind(b"META\nkey;value\nbudget;1\n"), (4, PbErrorKind::MissingSection));
    assert_eq!(kind(b"META\n"), (1, PbErrorKind::MissingHeader));
    assert_eq!(kind(b"META\nbudget;1\n"), (2, PbErrorKind::MissingHeader));
}

#[test]
fn columns_that_count_must_be_there_once() {
    let votes = "voter_id;vote\n1;a\n";
    assert_eq!(kind(file("", "project_id;name\na;A\n", votes).as_bytes()), (6, PbErrorKind::MissingColumn));
    assert_eq!(kind(file("", "id;cost\na;5\n", votes).as_bytes()), (6, PbErrorKind::MissingColumn));
    assert_eq!(kind(file("", PLANS, "voter_id;votes\n1;a\n").as_bytes()), (11, PbErrorKind::MissingColumn));
    assert_eq!(kind(file("", PLANS, "vote\na\n").as_bytes()), (11, PbErrorKind::MissingColumn));
    assert_eq!(kind(file("", "project_id;cost;Cost\na;5;6\n", votes).as_bytes()), (6, PbErrorKind::ColumnTwice));
    let twice = error(&file("", "project_id;cost;desired;desired\na;5;6;7\n", votes));
    assert_eq!(twice.0, 6);
    counted(&file("", "project_id;cost;name;name\na;5;A;A\n", votes)).expect("names do not count");
}

#[test]
fn odd_files_read_like_plain_ones() {
    let plain = read_text(&file("", PLANS, "voter_id;vote\n1;a,b\n2;c\n")).expect("plain");
    for odd in [
        "\u{feff}META\r\nkey;value\r\nbudget;10\r\nvote_type;approval\r\nPROJECTS\r\nproject_id;cost\r\na;6\r\nb;5\r\nc;4\r\nVOTES\r\nvoter_id;vote\r\n1;a,b\r\n2;c\r\n",
        "\n\nmeta\nkey;value\n\nbudget;10\nvote_type;approval\n \n Projects \nproject_id;cost\na;6\n\nb;5\nc;4\nvotes\nvoter_id;vote\n1;a,b\n\n\n2;c",
        "META;\nkey;value;\nbudget;10;\nvote_type;approval;\nPROJECTS;\nproject_id;cost;\na;6;\nb;5;\nc;4;\n;;\nVOTES;;\nvoter_id;vote;;\n1;a,b;\n2;c;;",
        "META\rkey;value\rbudget;10\rvote_type;approval\rPROJECTS\rproject_id;cost\ra;6\rb;5\rc;4\rVOTES\rvoter_id;vote\r1;a,b\r2;c\r",
        "\"META\"\n\"key\";\"value\"\n\"budget\";\"10\"\n\"vote_type\";\"approval\"\n\"PROJECTS\"\n\"project_id\";\"cost\"\n\"a\";\"6\"\n\"b\";\"5\"\n\"c\";\"4\"\n\"VOTES\"\n\"voter_id\";\"vote\"\n\"1\";\"a,b\"\n\"2\";\"c\"\n",
        "VOTES\nvoter_id;vote\n1;a,b\n2;c\nMETA\nkey;value\nbudget;10\nvote_type;approval\nPROJECTS\nproject_id;cost\na;6\nb;5\nc;4\n",
    ] {
        let pb = read_text(odd).expect(odd);
        assert_eq!(pb, plain, "{odd}");
        assert_eq!(pb.warnings, [], "{odd}");
    }
    let spaced = "META\nkey; value\nbudget; 10\nvote_type; Approval\nPROJECTS\nproject_id; cost\n a;6\nb ; 5\nc;4\nVOTES\nvoter_id; vote\n1; a, b\n2;c ,\n";
    let election = counted(spaced).expect("spaces do not count");
    assert_eq!(election, counted(&file("", PLANS, "voter_id;vote\n1;a,b\n2;c\n")).expect("plain"));
}

#[test]
fn a_section_begins_where_its_name_stands_alone_and_its_header_follows() {
    let text = file(
        "projects;no\nVOTES;\n",
        "project_id;cost\nPROJECTS;1\n",
        "voter_id;vote\nvotes;PROJECTS\nMETA;\nVotes\n\"VOTES\"\n2;PROJECTS",
    );
    let pb = read_text(&text).expect("it is read");
    assert_eq!((pb.meta.len(), pb.projects.len(), pb.votes.len()), (4, 1, 5));
    assert_eq!(pb.value("votes"), Some(""));
    assert_eq!(counted(&text).expect("it is counted").0.profile.voters(), 5);
    let mut bytes = Vec::new();
    write(&pb, &mut bytes).expect("written");
    assert_eq!(read(bytes.as_slice()).expect("read again"), pb);
    let twice = file("", PLANS, "voter_id;vote\n1;a\nVOTES\nvoter_id;vote\n2;b\n");
    assert_eq!(kind(twice.as_bytes()), (13, PbErrorKind::SectionTwice { first: 11 }));
}

#[test]
fn what_looks_like_syntax_is_written_so_that_it_is_none() {
    let mut pb = Pb::default();
    for (key, value) in [("META", ""), ("key", "value"), ("PROJECTS", ""), ("project_id", "cost"), ("votes ", "")] {
        pb.meta.push((key.into(), value.into()));
    }
    pb.project_columns = vec!["project_id".into(), "cost".into()];
    pb.vote_columns = vec!["voter_id".into(), "vote".into()];
    for row in [["projects", ""], ["project_id", "cost"], ["VOTES", ""], ["voter_id", "vote"]] {
        pb.projects.push(row);
        pb.votes.push(row);
    }
    let mut bytes = Vec::new();
    write(&pb, &mut bytes).expect("a vector takes all");
    assert_eq!(read(bytes.as_slice()), Ok(pb));
}

#[test]
fn quoted_fields_hold_anything() {
    let projects = "project_id;cost;name\na;6;\"one; two\r\nthree \"\"four\"\"\nfive\"\nb;5;A \"nice\" plan\nc;4;\"\"\"Hey\"\"\"\n";
    let pb = read_text(&file("", projects, "voter_id;vote\n1;b\n2;x\n")).expect("it is read");
    let names: Vec<&str> = pb.projects.iter().map(|row| row.get(2)).collect();
    assert_eq!(names, ["one; two\r\nthree \"four\"\nfive", "A \"nice\" plan", "\"Hey\""]);
    let lines: Vec<u64> = pb.projects.iter().map(|row| row.line()).collect();
    assert_eq!(lines, [7, 10, 11]);
    assert_eq!(error(&file("", projects, "voter_id;vote\n1;b\n2;x\n")).0, 15);
}

#[test]
fn an_open_quote_is_an_error_where_it_begins() {
    let at_the_end = file("", "project_id;cost;name\na;6;\"nice plan\nb;5;B\n", "voter_id;vote\n1;a\n");
    assert_eq!(kind(at_the_end.as_bytes()), (7, PbErrorKind::UnclosedQuote("nice plan".into())));
    // The next quote would close it, and the plans between would be part of its name.
    let before_another = file("", "project_id;cost;name\na;6;\"nice plan\nb;5;B\nc;5;\"C\"\n", "voter_id;vote\n1;a\n");
    assert_eq!(kind(before_another.as_bytes()).0, 7);
    let many = format!("project_id;cost;name\na;6;\"nice{}plan\"\n", "\n".repeat(201));
    assert_eq!(kind(file("", &many, "voter_id;vote\n1;a\n").as_bytes()).0, 7);
    read_text(&file("", &many.replacen('\n', "", 2).replacen("name", "name\n", 1), "voter_id;vote\n1;a\n"))
        .expect("200 line breaks are taken");
    let many = format!("project_id;cost;name\na;6;\"nice plan\n{}", "x;1;y\n".repeat(300));
    assert_eq!(kind(file("", &many, "voter_id;vote\n1;\"a\"\n").as_bytes()).0, 7);
}

#[test]
fn text_behind_a_quote_is_kept_with_a_warning() {
    let pb = read_text(&file("", "project_id;cost;name\na;6;\"Nice\" plan\nb;5;\"B\" \n", "voter_id;vote\n1;a\n"))
        .expect("it is read");
    assert_eq!(pb.projects.get(0).expect("a row").get(2), "Nice plan");
    assert_eq!(pb.projects.get(1).expect("a row").get(2), "B ");
    let remarks: Vec<_> = pb.warnings.iter().map(|w| (w.line, &w.kind)).collect();
    assert_eq!(remarks, [(7, &WarningKind::TextAfterQuote)]);
}

#[test]
fn too_many_fields_are_an_error_and_too_few_a_warning() {
    let many = file("", PLANS, "voter_id;vote;age\n1;a;b;30\n");
    assert_eq!(kind(many.as_bytes()), (12, PbErrorKind::TooManyFields { fields: 4, columns: 3 }));
    let name =
        read_text(&file("", "project_id;cost;name;category\na;6;One; two;three;green\n", "voter_id;vote\n1;a\n"))
            .expect("a name with `;` moves nothing that decides");
    let row = name.projects.get(0).expect("a row");
    assert_eq!((row.get(2), row.get(3)), ("One; two;three", "green"));
    assert_eq!(name.warnings[0].kind, WarningKind::ValueJoined);
    // Here it is open which column the `;` belongs to.
    for row in [
        "project_id;cost;name;category\na;6;One; two;green;\n",
        "project_id;cost;name;desired\na;6;One;7;8\n",
        "project_id;cost;name;category;description\na;6;One;green;It is; nice\n",
        "project_id;name;cost\na;One;6;7\n",
    ] {
        let error = read_text(&file("", row, "voter_id;vote\n1;a\n")).expect_err(row);
        assert!(matches!(error.kind, PbErrorKind::TooManyFields { .. }) && error.line == 7, "{error}");
    }
    let few = read_text(&file("", PLANS, "voter_id;vote;age\n1;a\n2\n")).expect("it is read");
    assert_eq!(few.warnings.len(), 2);
    assert_eq!(few.warnings[1].kind, WarningKind::RowShort { fields: 1, columns: 3 });
    assert_eq!(few.votes.len(), 2);
    let empty = read_text(&file("", PLANS, "voter_id;vote\n1;a\n;\n;;;\n")).expect("it is read");
    assert_eq!(empty.votes.len(), 1);
    assert_eq!(empty.warnings.len(), 2);
    let meta = read_text(&file("description;one; two;;\n", PLANS, "voter_id;vote\n")).expect("it is read");
    assert_eq!(meta.value("Description"), Some("one; two"));
    assert_eq!((meta.warnings[0].line, &meta.warnings[0].kind), (5, &WarningKind::ValueJoined));
    assert_eq!(error(&file("", PLANS, "voter_id;vote\n").replace("budget;10", "budget;10;000")).0, 3);
}

#[test]
fn bytes_that_are_no_text_are_replaced_where_they_do_not_matter() {
    let latin = |text: &str| text.replace('~', "\u{e9}").chars().map(|c| c as u8).collect::<Vec<u8>>();
    let text = latin(&file("unit;Gen~ve\n", "project_id;cost;name\na;6;Caf~\n", "voter_id;vote;s~xe\n1;a;~\n"));
    let pb = read(text.as_slice()).expect("it is read");
    assert_eq!(pb.value("unit"), Some("Gen\u{fffd}ve"));
    assert_eq!(pb.projects.get(0).expect("a row").get(2), "Caf\u{fffd}");
    let remarks: Vec<_> = pb.warnings.iter().map(|w| (w.line, w.field.as_str())).collect();
    assert_eq!(remarks, [(5, "unit"), (8, "name"), (10, "VOTES"), (11, "s\u{fffd}xe")]);
    for (projects, votes, line) in [
        ("project_id;cost\n~;6\n", "voter_id;vote\n1;a\n", 7),
        (PLANS, "voter_id;vote\n~;a\n", 12),
        (PLANS, "voter_id;vote\n1;~\n", 12),
    ] {
        assert_eq!(kind(&latin(&file("", projects, votes))), (line, PbErrorKind::NotUtf8));
    }
    let (line, _) = error(&String::from_utf8_lossy(&latin(&file("", "project_id;cost\na;6~000\n", "voter_id;vote\n"))));
    assert_eq!(line, 7);
    // Two halves of one letter in two fields.
    let mut halves = file("", "project_id;cost;name;more\na;6;<;>\n", "voter_id;vote\n1;a\n").into_bytes();
    halves.iter_mut().for_each(|b| {
        *b = match *b {
            b'<' => 0xc3,
            b'>' => 0xa9,
            other => other,
        }
    });
    let pb = read(halves.as_slice()).expect("it is read");
    assert_eq!(pb.projects.get(0).expect("a row").get(2), "\u{fffd}");
    assert_eq!(pb.warnings.len(), 2);
}

#[test]
fn limits_end_what_would_not_end() {
    let text = file("", PLANS, "voter_id;vote\n1;a\n");
    read_at_most(text.as_bytes(), text.len() as u64).expect("exactly as large as allowed");
    let error = read_at_most(text.as_bytes(), text.len() as u64 - 1).expect_err("one byte too many");
    assert_eq!(error.kind, PbErrorKind::FileTooLarge(text.len() as u64 - 1));
    let endless = BufReader::new(std::io::repeat(b'x'));
    assert_eq!(read(endless).expect_err("one endless line").kind, PbErrorKind::RecordTooLong);
    let endless = BufReader::new(std::io::repeat(b';'));
    assert_eq!(read(endless).expect_err("one endless line").kind, PbErrorKind::RecordTooLong);
    let endless = BufReader::new(std::io::repeat(b'"'));
    assert_eq!(read(endless).expect_err("one endless field").kind, PbErrorKind::RecordTooLong);
    let long = format!("META\nkey;value\nbudget;\"{}\"\n", "x".repeat(5 << 20));
    assert_eq!(kind(long.as_bytes()), (3, PbErrorKind::RecordTooLong));
    assert_eq!(
        kind(format!("META\nkey;value\n{}", "a;b\n".repeat(10_001)).as_bytes()),
        (10_003, PbErrorKind::TooManyPairs)
    );
    let wide = file("", &format!("project_id;cost{}\n", ";x".repeat(999)), "voter_id;vote\n");
    assert_eq!(kind(wide.as_bytes()), (6, PbErrorKind::TooManyColumns));
    let plans: String = (0..=crate::tally::Limit::PLANS).map(|id| format!("{id};1\n")).collect();
    let many = file("", &format!("project_id;cost\n{plans}"), "voter_id;vote\n");
    assert_eq!(kind(many.as_bytes()), (7 + crate::tally::Limit::PLANS as u64, PbErrorKind::TooManyPlans));
}

#[test]
fn a_source_that_fails_is_told() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::ConnectionReset.into())
        }
    }
    let begin = "META\nkey;value\nbudget;10\n".as_bytes();
    let error = read(BufReader::new(begin.chain(Fails))).expect_err("it fails");
    assert_eq!((error.line, error.kind), (4, PbErrorKind::Source(std::io::ErrorKind::ConnectionReset)));
}

#[test]
fn separators_of_other_alphabets_are_no_line_ends() {
    let projects = "project_id;cost;name\na;6;A\u{2028}x\u{85}y\u{b}z\nb;5;B\n";
    let pb = read_text(&file("", projects, "voter_id;vote\n1;a\n")).expect("it is read");
    assert_eq!((pb.projects.len(), pb.projects.get(0).expect("a row").get(2)), (2, "A\u{2028}x\u{85}y\u{b}z"));
}

/// Found by mutated files: fields of many lines each, joined, were longer than a field may be.
#[test]
fn fields_that_run_over_lines_are_not_joined() {
    let lines = "x\n".repeat(150);
    let name = file("", &format!("project_id;cost;name\na;6;\"{lines}\";\"{lines}\";z\n"), "voter_id;vote\n1;a\n");
    assert!(matches!(kind(name.as_bytes()).1, PbErrorKind::TooManyFields { .. }));
    let meta = file(&format!("description;\"{lines}\";\"{lines}\"\n"), PLANS, "voter_id;vote\n1;a\n");
    assert!(matches!(kind(meta.as_bytes()).1, PbErrorKind::TooManyFields { .. }));
}
