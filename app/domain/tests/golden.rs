//! Elections worked by hand: those of `tests/golden/*.txt`, and the worked examples of `docs/count.md`, read from that page so
//! that it stays true. Where the textbook program can count them, it must agree too.
//!
//! An election is lines: `budget 10`, `plan ID COST [desired AMOUNT] [theme NAME] [place NAME] [withdrawn]`, ballots
//! (`3: a b` approves, `2: a=3 b=1` gives points, `1: b > a` ranks with Borda weights out of all plans or of `places N`, `1: b >` alone too), and
//! `PROCEDURE -> winners in order`, where `a(7)` also says what a gets and `!` at the end that a tie mattered.

mod textbook;

use domain::tally::ballots::RankWeights;
use domain::tally::{Election, Plan, Procedure, ProfileBuilder, count};
use textbook::Slow;

struct Golden {
    place: String,
    election: Election,
    expected: Vec<Expected>,
}

/// A procedure, its winners with what they get where that is said, and whether a tie mattered.
type Expected = (Procedure, Vec<(String, Option<i64>)>, bool);

fn ballot(election: &Election, text: &str, places: Option<usize>) -> Vec<(u32, u32)> {
    let plan =
        |id: &str| election.plans.iter().position(|p| p.id == id).unwrap_or_else(|| panic!("no plan {id}")) as u32;
    if text.contains('>') {
        let most = places.unwrap_or(election.plans.len());
        return text
            .split('>')
            .filter(|id| !id.trim().is_empty())
            .zip(1..)
            .map(|(id, at)| (plan(id.trim()), RankWeights::Borda.score(at, most)))
            .collect();
    }
    let pick = |word: &str| match word.split_once('=') {
        Some((id, points)) => (plan(id), points.parse().unwrap()),
        None => (plan(word), 1),
    };
    text.split_whitespace().map(pick).collect()
}

fn read(place: &str, text: &str) -> Golden {
    let (mut election, mut expected, mut places) = (Election::default(), Vec::new(), None);
    let mut ballots = ProfileBuilder::default();
    for line in text.lines().map(|line| line.split('#').next().unwrap().trim()).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let Some((procedure, winners)) = line.split_once("->") {
            let mattered = winners.contains('!');
            let winner = |word: &str| match word.trim_end_matches(')').split_once('(') {
                Some((id, granted)) => (id.to_owned(), Some(granted.parse().unwrap())),
                None => (word.to_owned(), None),
            };
            let winners = winners.trim().trim_end_matches('!').split_whitespace().map(winner).collect();
            expected.push((procedure.trim().parse().unwrap_or_else(|e| panic!("{place}: {e}")), winners, mattered));
        } else if words[0] == "budget" {
            election.budget = words[1].parse().unwrap();
        } else if words[0] == "places" {
            places = Some(words[1].parse().unwrap());
        } else if words[0] == "plan" {
            let mut plan = Plan::new(words[1], words[2].parse().unwrap());
            let mut rest = words[3..].iter();
            while let Some(word) = rest.next() {
                match *word {
                    "desired" => plan.desired = rest.next().unwrap().parse().unwrap(),
                    "theme" => plan.themes.push((*rest.next().unwrap()).into()),
                    "place" => plan.places.push((*rest.next().unwrap()).into()),
                    "withdrawn" => plan.withdrawn = true,
                    other => panic!("{place}: {other}"),
                }
            }
            election.plans.push(plan);
        } else {
            let (voters, picks) = line.split_once(':').unwrap_or_else(|| panic!("{place}: {line}"));
            for _ in 0..voters.trim().parse::<u32>().unwrap() {
                ballots.add(&mut ballot(&election, picks, places));
            }
        }
    }
    election.profile = ballots.finish();
    Golden { place: place.into(), election, expected }
}

/// Elections of the text files: parted by lines of `==`, which name them.
fn files() -> Vec<Golden> {
    let text = include_str!("golden/elections.txt");
    let parts = text.split("\n== ").skip(1);
    parts.map(|part| part.split_once('\n').unwrap()).map(|(name, text)| read(name, text)).collect()
}

/// Worked examples of the page: its blocks marked `election`.
fn examples() -> Vec<Golden> {
    let page = include_str!("../../../docs/count.md");
    page.split("```election\n")
        .skip(1)
        .zip(1..)
        .map(|(block, n)| read(&format!("docs/count.md, example {n}"), block.split("```").next().unwrap()))
        .collect()
}

/// What is not as expected.
fn faults(golden: &Golden) -> Vec<String> {
    let mut faults = Vec::new();
    for (procedure, expected, mattered) in &golden.expected {
        let place = format!("{}: {}", golden.place, procedure.describe());
        let outcome = count(&golden.election, procedure, true).unwrap_or_else(|e| panic!("{place}: {e}"));
        let id = |plan: u32| golden.election.plans[plan as usize].id.as_str();
        let winners: Vec<&str> = outcome.winners.iter().map(|w| id(*w)).collect();
        if winners != expected.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>() {
            faults.push(format!("{place}: {winners:?} won"));
        }
        for decision in &outcome.decisions {
            let granted =
                expected.iter().find(|(known, _)| known == id(decision.plan)).and_then(|(_, granted)| *granted);
            if granted.is_some_and(|granted| granted != decision.granted) {
                faults.push(format!("{place}: {} gets {}", id(decision.plan), decision.granted));
            }
        }
        if outcome.ties.iter().any(|tie| tie.mattered) != *mattered {
            faults.push(format!("{place}: ties {:?}", outcome.ties));
        }
        let slow = Slow::new(&golden.election).count(procedure);
        if outcome.winners.iter().map(|plan| *plan as usize).ne(slow) {
            faults.push(format!("{place}: the textbook program counts otherwise"));
        }
    }
    faults
}

fn check(all: &[Golden]) {
    let faults: Vec<String> = all.iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn elections_worked_by_hand() {
    let all = files();
    assert!(all.len() >= 30, "{} elections", all.len());
    check(&all);
}

#[test]
fn worked_examples_of_the_page() {
    let all = examples();
    let scored = all.iter().filter(|golden| golden.election.profile.has_scores()).count();
    assert!(scored >= 10, "{scored} examples with points or rankings");
    check(&all);
}

#[test]
fn procedures_are_read_as_they_are_written() {
    for (name, procedure) in domain::tally::presets() {
        assert_eq!(procedure.describe().parse::<Procedure>(), Ok(procedure.clone()), "{name}");
        assert_eq!(domain::tally::preset(name), Ok(procedure));
    }
    let text = "equal-shares cardinality add1-overshoot fill ties=lot:zon theme:groen=50 place:Vogelbuurt=7 top-up";
    assert_eq!(text.parse::<Procedure>().unwrap().describe(), text);
    for wrong in
        ["", "borda", "greedy cost", "equal-shares often", "greedy theme:groen", "greedy ties=lot:", "greedy house:x=1"]
    {
        assert!(wrong.parse::<Procedure>().is_err(), "{wrong}");
    }
}
