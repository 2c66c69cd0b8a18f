//! `fijnebuurt tally` as others script against it: a file or standard input, one JSON object, exit status 2 with the line.

use serde_json::Value;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

const ELECTION: &str = "META\nkey;value\nbudget;12\nvote_type;approval\ncurrency;EUR\nPROJECTS\nproject_id;cost;name;category\n\
a;6;Bankjes;groen\nb;5;Feest;samen\nc;1.50;Verf;samen\nVOTES\nvoter_id;vote\n1;a\n2;a\n3;a\n4;a,b\n5;b\n6;c\n";

/// Runs it with this text as standard input.
fn tally(input: &str, args: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fijnebuurt"))
        .arg("tally")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may refuse its arguments before it reads.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn json(input: &str, args: &[&str]) -> Value {
    let output = tally(input, args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn one_object_with_winners_cost_and_rule() {
    let greedy = json(ELECTION, &["-", "--rule", "greedy", "--json"]);
    assert_eq!(greedy["winners"], serde_json::json!(["a", "b"]));
    assert_eq!((&greedy["rule"], &greedy["cost"], &greedy["left"]), (&"greedy".into(), &"11".into(), &"1".into()));
    let shares =
        json(ELECTION, &["-", "--rule", "equal-shares", "--completion", "add1-exhaustive", "--ties", "id", "--json"]);
    // 2 each. Per unit of cost a takes 1/4 of its supporters, b 1/2, c 1: a, which leaves b's two 2 1/2 of 5; then c. The 4.50
    // that are left are not enough for b.
    assert_eq!(shares["rule"], "equal-shares");
    assert_eq!(shares["procedure"], "equal-shares cost add1-exhaustive ties=id");
    assert_eq!((&shares["endowment"], &shares["increments"]), (&"2".into(), &0.into()));
    assert_eq!((&shares["winners"], &shares["cost"]), (&serde_json::json!(["a", "c"]), &"7.5".into()));
    let preset = json(ELECTION, &["-", "--preset", "greedy/1", "--format", "json"]);
    assert_eq!(preset["procedure"], "greedy ties=cost-votes-id top-up");
    let minimum = json(ELECTION, &["-", "--rule", "greedy", "--minimum", "theme:samen=6,50", "--json"]);
    assert_eq!(minimum["winners"], serde_json::json!(["b", "c"]));
}

#[test]
fn explained_compared_and_as_a_table() {
    let explained = json(ELECTION, &["-", "--rule", "greedy", "--explain", "--json"]);
    let c = explained["plans"].as_array().unwrap().iter().find(|p| p["id"] == "c").unwrap();
    assert_eq!((&c["verdict"], &c["missing"]), (&"did_not_fit".into(), &"0.5".into()));
    assert_eq!(c["wins_at_cost"], serde_json::json!({ "at": "1", "least": true }));
    assert_eq!(c["wins_with_new_voters"], serde_json::json!({ "at": 1, "least": true }));
    assert_eq!(explained["measures"]["excluded"], "1/6");
    let compared = json(ELECTION, &["--compare", "-", "--format", "json"]);
    assert_eq!(compared["rules"].as_array().unwrap().len(), domain::tally::presets().len());
    let table = text(&tally(ELECTION, &["-", "--rule", "greedy"]).stdout);
    assert!(table.contains("greedy: 2 of 3 plans win, 11 of 12 is spent, 6 voters"), "{table}");
    assert!(table.contains("did not fit, 0.5 short"), "{table}");
    let csv = text(
        &tally(
            &ELECTION.replace("\nc;", "\n=c;").replace(";c\n", ";=c\n"),
            &["-", "--rule", "greedy", "--format", "csv"],
        )
        .stdout,
    );
    assert!(csv.starts_with("place,id,verdict,votes,supporters,cost,granted,missing\n1,a,funded,4,4,6,6,\n"), "{csv}");
    assert!(csv.contains("\n3,'=c,did not fit,"), "a spreadsheet takes no id for a formula: {csv}");
    for args in
        [&["-", "--rule", "equal-shares", "--explain"][..], &["-", "--compare"], &["-", "--compare", "--format", "csv"]]
    {
        let output = tally(ELECTION, args);
        assert!(output.status.success() && text(&output.stdout).lines().count() > 3, "{args:?}");
    }
}

#[test]
fn what_cannot_be_counted_is_told_with_its_line() {
    let wrong = tally(&ELECTION.replace("\n6;c", "\n6;zz"), &["-", "--rule", "greedy"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(wrong.stdout.is_empty());
    assert!(
        text(&wrong.stderr).contains("standard input: line 18, vote: no plan has the id `zz`"),
        "{}",
        text(&wrong.stderr)
    );
    let missing = tally("", &["/no/such/file.pb", "--rule", "greedy"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("/no/such/file.pb cannot be read"));
    for args in [
        &["-"][..],
        &["-", "--rule", "borda"],
        &["-", "--rule", "greedy", "--ties", "lot:"],
        &["-", "--rule", "greedy", "--minimum", "groen"],
        &["-", "--rule", "greedy", "--minimum", "theme:groen=13"],
        &["-", "--preset", "greedy/99"],
    ] {
        let output = tally(ELECTION, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{args:?}");
    }
    let warned = tally(&ELECTION.replace("\n6;c", "\n6;c,c"), &["-", "--rule", "greedy"]);
    assert!(warned.status.success() && text(&warned.stderr).contains("line 18"), "{}", text(&warned.stderr));
}
