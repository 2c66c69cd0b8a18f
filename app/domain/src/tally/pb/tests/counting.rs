use super::{PLANS, ballots, counted, error, file, read_text};
use crate::tally::ballots::RankWeights;
use crate::tally::pb::{Options, Pb, PbErrorKind, Rows, VoteType, WarningKind};

fn typed(vote_type: &str, meta: &str, votes: &str) -> String {
    file(meta, PLANS, votes).replace("approval", vote_type)
}

#[test]
fn amounts_share_the_unit_that_the_finest_needs() {
    let projects = "project_id;cost;desired\na;2.50;\nb;7,5;8\nc;3;3.125\n";
    let (election, warnings) = counted(&file("", projects, "voter_id;vote\n1;a\n")).expect("counted");
    assert_eq!((election.budget, election.decimals, election.unit()), (10_000, 3, 1_000));
    let amounts: Vec<_> = election.plans.iter().map(|plan| (plan.cost, plan.desired)).collect();
    assert_eq!(amounts, [(2_500, 2_500), (7_500, 8_000), (3_000, 3_125)]);
    assert!(matches!(warnings[0].kind, WarningKind::ThreeDecimals(_)));
    let (zero, _) = counted(&file("", "project_id;cost\na;0\n", "voter_id;vote\n").replace("budget;10", "budget;0"))
        .expect("counted");
    assert_eq!((zero.budget, zero.decimals, zero.profile.voters()), (0, 0, 0));
}

#[test]
fn amounts_that_cannot_be_used_are_told_with_their_line() {
    for (cost, expected) in [
        ("-5", "line 7, cost: `-5` is below zero; write 0 or more"),
        ("", "line 7, cost: `` is not a number; write digits, with a point before the decimals"),
        (
            "1,234",
            "line 7, cost: `1,234` can mean thousands or three decimals; write it without the comma, or with a point before the decimals",
        ),
        ("0.1234567", "line 7, cost: `0.1234567` has more than six decimals; round it"),
        (
            "1000000000000001",
            "line 7, cost: `1000000000000001` is too large or too exact to be counted; amounts may have up to 15 digits, the decimals of all amounts included",
        ),
    ] {
        assert_eq!(error(&file("", &format!("project_id;cost\na;{cost}\n"), "voter_id;vote\n")).1, expected);
    }
    // Large alone, and too large in the unit that another plan needs.
    counted(&file("", "project_id;cost\na;1000000000000000\n", "voter_id;vote\n")).expect("just so");
    assert_eq!(error(&file("", "project_id;cost\na;1000000000000000\nb;0.5\n", "voter_id;vote\n")).0, 7);
    assert_eq!(error(&file("", "project_id;cost;desired\na;5;4\n", "voter_id;vote\n")).0, 7);
    let budget = |value: &str| error(&file("", PLANS, "voter_id;vote\n").replace("budget;10", value));
    assert_eq!(budget("budget;").1, "line 1, budget: META has no value for it; add a row with this key and its value");
    assert_eq!(budget("budget;ten").0, 3);
    assert_eq!(budget("budget;10\nbudget;11").1, "line 4, budget: line 3 gives it another value; keep the right one");
    counted(&file("budget;10\n", PLANS, "voter_id;vote\n")).expect("the same twice");
}

#[test]
fn plans_have_themes_places_and_may_be_withdrawn() {
    let projects = "project_id;cost;category;neighborhood;district;target;withdrawn\n\
        a;1;green, play ,green;x;North,South;children;1\nb;1;None;x;;;0\nc;1;;x;East;;yes\n";
    let (election, warnings) = counted(&file("", projects, "voter_id;vote\n1;a\n")).expect("counted");
    let [a, b, c] = election.plans.as_slice() else { panic!("three plans") };
    assert_eq!(
        (a.themes.as_slice(), a.places.as_slice()),
        (&["green".into(), "play".into()][..], &["North".into(), "South".into()][..])
    );
    assert!(b.themes.is_empty() && b.places.is_empty());
    assert_eq!((a.withdrawn, b.withdrawn, c.withdrawn), (true, false, false));
    assert_eq!(warnings.len(), 1);
    let near = "project_id;cost;neighborhood\na;1;x\n";
    assert_eq!(counted(&file("", near, "voter_id;vote\n")).expect("counted").0.plans[0].places, ["x"]);
}

#[test]
fn ids_are_given_once_and_can_be_named() {
    let twice = error(&file("", "project_id;cost\na;1\nb;1\n a ;1\n", "voter_id;vote\n"));
    assert_eq!(twice.1, "line 9, project_id: the plan on line 7 has the id `a` too; give each plan its own");
    assert_eq!(error(&file("", "project_id;cost\n;1\n", "voter_id;vote\n")).0, 7);
    assert_eq!(error(&file("", "project_id;cost\n\"a,b\";1\n", "voter_id;vote\n")).0, 7);
    let unknown = error(&file("", PLANS, "voter_id;vote\n1;a\n2;a,zz\n"));
    assert_eq!(unknown.1, "line 13, vote: no plan has the id `zz`; correct it, or add the plan to PROJECTS");
    assert_eq!(error(&file("", PLANS, "voter_id;vote\n1;A\n")).0, 12);
}

#[test]
fn approval_ballots_give_one_each() {
    let (groups, remarks) = ballots(&file("", PLANS, "voter_id;vote\n1;c, a\n2;a,c\n3;\n4;b,,b,\n5;NONE\n1;,\n"));
    assert_eq!(groups, [(2, vec![(0, 1), (2, 1)]), (3, vec![]), (1, vec![(1, 1)])]);
    assert_eq!(
        remarks,
        [
            "line 15, vote: plan `b` stands twice on this ballot; it counts once, as it stands first",
            "line 16, vote: `none` was taken for an empty ballot",
            "line 17, voter_id: voter `1` stands on line 12 too; both ballots count",
        ]
    );
}

#[test]
fn voters_that_stand_twice_are_found_in_any_order() {
    for (ids, twice) in [
        (&["1", "2", "10", "11"][..], &[][..]),
        (&["1", "2", "2", "3", "3"], &[(2, 1), (4, 3)]),
        (&["b", "", "c", "", "a", "c", "b", "d"], &[(5, 2), (6, 0)]),
        (&["10", "9", " 10 ", "9"], &[(2, 0), (3, 1)]),
    ] {
        let votes: String = ids.iter().map(|id| format!("{id};a\n")).collect();
        let (_, warnings) = counted(&file("", PLANS, &format!("voter_id;vote\n{votes}"))).expect("counted");
        let found: Vec<_> = warnings
            .iter()
            .map(|warning| match warning.kind {
                WarningKind::VoterTwice { first, .. } => (warning.line - 12, first - 12),
                _ => panic!("{warning}"),
            })
            .collect();
        assert_eq!(found, twice);
    }
}

#[test]
fn none_is_a_plan_where_a_plan_has_that_id() {
    let projects = "project_id;cost\nnone;1\n";
    assert_eq!(ballots(&file("", projects, "voter_id;vote\n1;none\n")).0, [(1, vec![(0, 1)])]);
    assert_eq!(error(&file("", projects, "voter_id;vote\n1;None\n")).0, 7 + 3);
    assert_eq!(error(&file("", PLANS, "voter_id;vote\n1;none,a\n")).0, 12);
}

#[test]
fn choose_one_is_one() {
    let (groups, remarks) = ballots(&typed("choose-1", "", "voter_id;vote\n1;a\n2;a,a\n3;\n"));
    assert_eq!((groups, remarks.len()), (vec![(2, vec![(0, 1)]), (1, vec![])], 1));
    let two = error(&typed("choose-1", "", "voter_id;vote\n1;a\n2;a,b\n"));
    assert_eq!(
        two.1,
        "line 13, vote: this ballot names 2 plans where vote_type is choose-1; keep one, or write approval as vote_type"
    );
}

#[test]
fn places_on_ordinal_ballots_are_worth_what_is_asked() {
    let votes = "voter_id;vote\n1;b,a\n2;c,c,b\n3;a\n";
    assert_eq!(
        ballots(&typed("ordinal", "", votes)).0,
        [(1, vec![(0, 2), (1, 3)]), (1, vec![(1, 2), (2, 3)]), (1, vec![(0, 3)])]
    );
    let five = ballots(&typed("ordinal", "max_length;5\n", votes)).0;
    assert_eq!(five[0], (1, vec![(0, 4), (1, 5)]));
    let (one, remarks) = ballots(&typed("ordinal", "max_length;1\n", votes));
    assert_eq!(one, [(1, vec![(1, 1)]), (1, vec![(2, 1)]), (1, vec![(0, 1)])]);
    assert_eq!(remarks[0], "line 13, vote: this ballot has 2 where max_length is 1; it counts as it is");
    let beyond = ballots(&typed("ordinal", "max_length;1\n", "voter_id;vote\n1;a,b,c\n")).0;
    assert_eq!(beyond, [(1, vec![(0, 1)])]);
    let pb = read_text(&typed("ordinal", "max_length;5\n", votes)).expect("read");
    let (first, _) = pb.election(&Options { ranking: RankWeights::Plurality }).expect("counted");
    let firsts: Vec<_> = first.profile.groups().map(|group| group.picks.to_vec()).collect();
    assert_eq!(firsts, [vec![(1, 1)], vec![(2, 1)], vec![(0, 1)]]);
    assert_eq!(error(&typed("ordinal", "", "voter_id;vote\n1;a,,b\n")).0, 12);
    for length in ["0", "x", "2.5", "1000001"] {
        assert_eq!(error(&typed("ordinal", &format!("max_length;{length}\n"), votes)).0, 5, "{length}");
    }
}

#[test]
fn points_are_scaled_together() {
    for kind in ["cumulative", "Scoring"] {
        let votes = "voter_id;vote;points\n1;a,b;1.5,2\n2;c,a;0,0.25\n3;;\n4;none;0\n5;b;1.50,\n";
        let (groups, remarks) = ballots(&typed(kind, "", votes));
        assert_eq!(groups, [(1, vec![(0, 150), (1, 200)]), (1, vec![(0, 25)]), (2, vec![]), (1, vec![(1, 150)])]);
        assert_eq!(remarks.len(), 1);
    }
    let at = |votes: &str| error(&typed("scoring", "", &format!("voter_id;vote;points\n{votes}")));
    assert_eq!(
        at("1;a,b;1\n").1,
        "line 12, points: this ballot names 2 plans and gives 1 numbers of points; write one for each plan"
    );
    assert_eq!(at("1;a;1,2\n").0, 12);
    assert_eq!(at("1;;1\n").0, 12);
    assert_eq!(at("1;none;1\n").0, 12);
    assert_eq!(at("1;a,,b;1,2,3\n").0, 12);
    assert_eq!(at("1;a;x\n").0, 12);
    assert!(at("1;a;-1\n").1.contains("negative points are not counted here"));
    assert_eq!(at("1;a;1000001\n").0, 12);
    assert_eq!(at("1;a;100001\n2;a;0.1\n").0, 12);
    assert_eq!(error(&typed("scoring", "", "voter_id;vote\n1;a\n")).0, 11);
    let default = error(&typed("scoring", "default_score;2\n", "voter_id;vote;points\n"));
    assert_eq!(default.0, 5);
    counted(&typed("scoring", "default_score;0\n", "voter_id;vote;points\n")).expect("0 is no score");
}

#[test]
fn a_plan_twice_takes_its_first_points() {
    let (groups, remarks) = ballots(&typed("cumulative", "", "voter_id;vote;points\n1;a,a,b;0,5,1\n"));
    assert_eq!((groups, remarks.len()), (vec![(1, vec![(1, 1)])], 1));
}

#[test]
fn an_unknown_vote_type_is_an_error() {
    assert_eq!(error(&typed("knapsack", "", "voter_id;vote\n")).0, 4);
    assert_eq!(error(&typed("", "", "voter_id;vote\n")).0, 1);
    for kind in [VoteType::Approval, VoteType::ChooseOne, VoteType::Ordinal, VoteType::Cumulative, VoteType::Scoring] {
        let pb = read_text(&typed(&format!(" {} ", kind.key().to_uppercase()), "", "voter_id;vote\n")).expect("read");
        assert_eq!(pb.vote_type(), Ok(kind));
    }
}

#[test]
fn ballots_against_the_bounds_count_and_are_remarked_on() {
    let meta = "min_length;1\nmax_length;2\nmax_sum_cost;10,5\nmin_sum_cost;-3\nmax_sum_points;x\n";
    let (groups, remarks) = ballots(&file(meta, PLANS, "voter_id;vote\n1;\n2;a,b,c\n3;a,c\n4;a,b\n"));
    assert_eq!(groups.len(), 4);
    assert_eq!(
        remarks,
        [
            "line 17, vote: this ballot has 0 where min_length is 1; it counts as it is",
            "line 18, vote: this ballot has 3 where max_length is 2; it counts as it is",
            "line 18, vote: this ballot has 15 where max_sum_cost is 10.5; it counts as it is",
            "line 20, vote: this ballot has 11 where max_sum_cost is 10.5; it counts as it is",
        ]
    );
    let meta = "max_sum_points;3\nmax_points;2\nmin_points;0.5\nmin_sum_points;x\n";
    let (_, remarks) =
        ballots(&typed("cumulative", meta, "voter_id;vote;points\n1;a,b;2.5,0.25\n2;a,b,c;2,1,0.5\n3;;\n"));
    let remarks: Vec<&str> = remarks.iter().map(|r| r.split_once(": ").expect("a place").1).collect();
    assert_eq!(
        remarks,
        [
            "`x` could not be read, so nothing was checked with it",
            "this ballot has 0.25 where min_points is 0.5; it counts as it is",
            "this ballot has 2.5 where max_points is 2; it counts as it is",
            "this ballot has 3.5 where max_sum_points is 3; it counts as it is",
        ]
    );
}

#[test]
fn numbers_that_differ_from_what_is_there_are_remarked_on() {
    let projects = "project_id;cost;votes;score\na;6;2;2\nb;5;1.0;x\nc;4;;0\n";
    let (_, remarks) = ballots(&file("num_projects;3\nnum_votes;7\n", projects, "voter_id;vote\n1;a\n2;b,a\n3;c\n"));
    assert_eq!(
        remarks,
        [
            "line 6, num_votes: it says 7, and there are 3",
            "line 10, score: `x` could not be read, so nothing was checked with it",
            "line 11, score: `0` stands here for plan `c`, and the ballots give 1; the ballots count",
        ]
    );
    let projects = "project_id;cost;votes;score\na;6;2;1.75\n";
    let text = file("", projects, "voter_id;vote;points\n1;a;1.5\n2;a;0.25\n").replace("approval", "scoring");
    assert_eq!(ballots(&text).1, [""; 0]);
}

#[test]
fn many_warnings_of_one_kind_end_in_one_line() {
    let votes: String = (0..50).map(|_| "1;a\n").collect();
    let (_, remarks) = ballots(&file("num_votes;1\n", PLANS, &format!("voter_id;vote\n{votes}")));
    assert_eq!(remarks.len(), 22);
    assert_eq!(remarks[21], "... and 29 more: voters twice");
}

#[test]
fn a_pb_made_by_hand_is_counted_too() {
    let mut pb = Pb { project_columns: vec!["project_id".into(), "cost".into()], ..Pb::default() };
    pb.vote_columns = vec!["voter_id".into(), "vote".into()];
    pb.set("budget", "12.50");
    pb.set("vote_type", "approval");
    pb.set("Budget", "12.5");
    pb.projects.push(["a", "5"]);
    pb.votes.push(["1", "a"]);
    pb.votes.push(["", ""]);
    assert_eq!((pb.meta.len(), pb.votes.len()), (2, 1));
    let (election, _) = pb.election(&Options::default()).expect("counted");
    assert_eq!((election.budget, election.plans[0].cost), (125, 50));
    pb.votes.push(["2", "b"]);
    let error = pb.election(&Options::default()).expect_err("no such plan");
    assert_eq!(error.to_string(), "vote: no plan has the id `b`; correct it, or add the plan to PROJECTS");
    assert_eq!(error.kind, PbErrorKind::UnknownPlan("b".into()));
    assert!(Rows::default().get(0).is_none() && Rows::default().is_empty());
}
