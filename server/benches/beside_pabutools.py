"""The count beside the field's reference program, as ratios of CPU time within one run.

usage: beside_pabutools.py PROGRAM PABULIB_FOLDER
Needs pabutools 1.2.3 (a development tool only; `make bench` puts it into a virtual environment). Ours is the whole program
from start to end; theirs is reading the file and counting, without the start of Python. Ends with 1 where winners differ.
"""

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM, FOLDER = sys.argv[1], Path(sys.argv[2])
ADD1 = ["--rule", "equal-shares", "--completion", "add1-exhaustive", "--json"]


def ours(file, arguments=ADD1, times=5):
    """Median CPU seconds, peak memory in kB of all children so far, and the outcome."""
    seconds = []
    for _ in range(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([PROGRAM, "tally", str(file), *arguments], capture_output=True, check=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(seconds), after.ru_maxrss, json.loads(done.stdout)


def theirs(file):
    """CPU seconds and winners of the Method of Equal Shares with an increment of 1, exact fractions."""
    from pabutools.election import Cost_Sat, parse_pabulib
    from pabutools.rules import method_of_equal_shares
    from pabutools.tiebreaking import TieBreakingRule

    by_cost_votes_id = TieBreakingRule(lambda instance, profile, p: (p.cost, -profile.approval_score(p), str(p)))
    start = time.process_time()
    instance, profile = parse_pabulib(str(file))
    outcome = method_of_equal_shares(
        instance, profile.as_multiprofile(), sat_class=Cost_Sat, voter_budget_increment=1, tie_breaking=by_cost_votes_id
    )
    return time.process_time() - start, [p.name for p in outcome]


def write(file, budget, plans, ballots):
    with open(file, "w", encoding="utf-8") as out:
        out.write(f"META\nkey;value\nbudget;{budget}\nvote_type;approval\nnum_projects;{len(plans)}\nPROJECTS\nproject_id;cost\n")
        out.writelines(f"{name};{cost}\n" for name, cost in plans)
        out.write("VOTES\nvoter_id;vote\n")
        out.writelines(f"{n};{','.join(ballot)}\n" for n, ballot in enumerate(ballots))


def generated(folder):
    """Two elections that no city had: 200,000 voters x 300 plans, and one that needs more than 20,000 endowment steps."""
    rng = random.Random(1)
    plans = [(f"p{n}", rng.randrange(5_000, 200_000)) for n in range(300)]
    names = [name for name, _ in plans]
    weights = [1 / (n + 5) for n in range(300)]
    ballots = (set(rng.choices(names, weights, k=8)) for _ in range(200_000))
    large = folder / "large.pb"
    write(large, 8_000_000, plans, ballots)
    # Everybody's plans are cheap; the last is dear and has ten supporters, who need 30,000 each.
    plans = [(f"p{n}", rng.randrange(5_000, 25_000)) for n in range(40)] + [("dear", 300_000)]
    names = [name for name, _ in plans[:-1]]
    ballots = [set(rng.sample(names, 6)) | ({"dear"} if n < 10 else set()) for n in range(1_000)]
    long = folder / "long.pb"
    write(long, 1_000_000, plans, ballots)
    return large, long


def main():
    different = False
    print("\nEqual Shares, cost, add1: CPU seconds, whole run")
    # First, as a child's peak memory is at least that of this process when it starts, and pabutools makes that large.
    with tempfile.TemporaryDirectory() as folder:
        large, long = generated(Path(folder))
        # The smaller one first: the peak is that of all children so far.
        own, peak, outcome = ours(long, times=3)
        print(f"  generated, {outcome['increments']} endowment steps: {own:.2f} s")
        for completion in ["add1-exhaustive", "add1-overshoot"]:
            own, peak, outcome = ours(large, ["--rule", "equal-shares", "--completion", completion, "--json"], times=3)
            print(f"  generated, 200,000 voters x 300 plans, {completion}: {own:.2f} s, {peak / 1024:.0f} MB, {outcome['increments']} steps")
    for name in ["Netherlands_Amsterdam_309.pb", "Poland_Lodz_2022.pb"]:
        file = FOLDER / "elections" / name
        own, _, outcome = ours(file)
        their, winners = theirs(file)
        same = sorted(winners) == sorted(outcome["winners"])
        different |= not same
        print(f"  {name:<32} ours {own:8.3f}  pabutools {their:8.2f}  {their / own:7.0f} x   {len(winners)} winners, {'the same' if same else 'DIFFERENT'}")
    sys.exit(different)


main()
