#!/usr/bin/env python3
"""Checks the published bundle of a vote, and counts it again. Needs Python 3.9, nothing else.

    python3 verify.py ROUND.zip [--digest HEX] [--paper HEX] [--receipt TEXT] [--json]

Written from docs/verify.md and docs/count.md alone; it shares no code with the platform. For each thing that is wrong
it prints `wrong <code> <where>: <what>`, with the codes of the table in verify.md. Status 0: all is well. 1: something
is wrong. 2: the file is no bundle at all, or an option is wrong.
"""
import argparse, hashlib, heapq, hmac, itertools, json, math, mmap, re, struct, sys, zlib
from collections import Counter
from fractions import Fraction

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
HEX, NAME = re.compile("[0-9a-f]{64}"), re.compile("[a-z0-9_.-]+(/[a-z0-9_.-]+)?")
VOTE_TYPE = {"approval": "approval", "knapsack": "approval", "points": "cumulative", "ranking": "ordinal"}
GREEDY = ("greedy/1", "greedy-per-euro/1", "greedy-stop/1")
RULES = GREEDY + ("equal-shares/1", "equal-shares-plain/1", "equal-shares-count/1")
LOST = ("did_not_fit", "after_stop", "not_paid")
SHAPES = {  # what verify.md says of the fields: a type, a pattern, or some values; a `key?` may be missing or null
    "index.json": {"format": ("fijnebuurt-round/1",), "round": str,
                   "files": [{"name": str, "bytes": int, "sha256": HEX}]},
    "paper.json": {"round": str, "title": str, "pot": int, "form": tuple(VOTE_TYPE), "max_picks?": int, "points?": int,
                   "points_each?": int, "weights?": ("borda",), "rule": RULES, "ties": ("cost-votes-id", "lot"),
                   "version?": int, "lots?": [HEX],
                   "plans": [{"id": int, "title": str, "summary": str, "minimum": int, "desired": int}]},
    "round.json": {"round": str, "title": str, "paper_sha256": HEX, "papers?": [{"version": int, "paper_sha256": HEX}],
                   "roll": int, "turnout": int, "sheets": int, "paper_codes": int, "stray": int, "receipts": bool,
                   "withdrawn": [int], "lots?": [{"digest": HEX, "secret?": str}], "seed?": str,
                   "whole_ballots": {"published": bool, "unique": [int], "limit": [int], "reason?": str}},
    "result.json": {"rule": RULES, "turnout": int, "left": int, "steps": [{"id": int, "votes": int, "cost": int,
                    "granted": int, "verdict": ("funded", "no_votes", "above_budget", "withdrawn") + LOST}]}}

def sha256(data):
    return hashlib.sha256(data).hexdigest()

def misfits(value, shape, path):
    """The places in a JSON value that are not as described."""
    if type(shape) is dict and type(value) is dict:
        for key, inner in shape.items():
            if not (key.endswith("?") and value.get(key[:-1]) is None):
                yield from misfits(value.get(key.rstrip("?")), inner, f"{path}/{key}")
    elif type(shape) is list and type(value) is list:
        for place, item in enumerate(value):
            yield from misfits(item, shape[0], f"{path}/{place}")
    elif not (type(value) is int and 0 <= value <= 10 ** 15 if shape is int else value in shape if type(shape) is tuple
              else type(value) is str and shape.fullmatch(value) if shape is HEX else type(value) is shape):
        yield path

def read_json(data):
    """A JSON value; ValueError for a key that stands twice in an object, numbers without end, NaN and the like."""
    def refuse(what):
        raise ValueError(f"cannot be read: {what[:20]}")
    def once(pairs):
        return dict(pairs) if len(dict(pairs)) == len(pairs) else refuse("a key that stands twice")
    return json.loads(data.decode("utf-8") if len(data) < 2 ** 24 else refuse("too long"), parse_constant=refuse,
                      parse_int=lambda text: int(text) if len(text) < 20 else refuse(text), object_pairs_hook=once)

def greedy(order, cost, left, stop=False):
    """Those of `order` that fit one after the other in what is left."""
    won = []
    for plan in order:
        if cost[plan] <= left:
            won.append(plan)
            left -= cost[plan]
        elif stop:
            break
    return won

def equal_shares(cost, weight, supporters, times, rank, endowment, scale):
    """The plans that Equal Shares buys, in order, when each voter has endowment / scale cents.

    A group is all voters with equal ballots, times[group] of them. supporters[plan] holds (group, score); the utility
    of a score is weight[plan] times it. All money is whole, in cents / scale. A plan's price only rises while money
    goes, so an old price is a lower bound, and only the plan on top of the heap need be worked out anew.
    """
    money, won, size = [endowment] * len(times), [], {p: sum(s * times[g] for g, s in supporters[p]) for p in cost}
    scores = {p: {s for _, s in supporters[p]} for p in cost}
    heap = [(Fraction(cost[p], size[p] * weight[p]), rank[p], p, -1, 0, 0) for p in cost]
    heapq.heapify(heap)
    while heap:
        _, _, plan, known, due, sharing = heapq.heappop(heap)
        if known < len(won):  # its price is from before the last purchase
            due, sharing, rich, poor = cost[plan] * scale, size[plan], supporters[plan], True
            while poor and rich:  # each pays due / sharing for a point; who has less pays all, and the others more
                least = {s: -(-due * s // sharing) for s in scores[plan]}
                poor = [(g, s) for g, s in rich if money[g] < least[s]]
                if poor:
                    rich = [(g, s) for g, s in rich if money[g] >= least[s]]
                    due -= sum([money[g] * times[g] for g, _ in poor])
                    sharing -= sum([s * times[g] for g, s in poor])
            if rich:  # else its supporters will never have its cost
                price = Fraction(due, sharing * scale * weight[plan])
                heapq.heappush(heap, (price, rank[plan], plan, len(won), due, sharing))
        else:
            common = math.gcd(due, sharing)
            scale, money = scale * (sharing // common), [m * (sharing // common) for m in money]
            for g, s in supporters[plan]:
                money[g] = max(0, money[g] - due // common * s)
            won.append(plan)
    return won

class Bundle:
    """A bundle, and what was found about it. A check that returns True leaves nothing to read for those after it."""

    def __init__(self, data, args):
        self.data, self.args, self.wrong, self.files, self.docs, self.tokens = data, args, {}, {}, {}, {}
        self.slug, self.recounted, self.winners, self.left, self.picks = None, False, [], None, []
        self.count, self.whole = Counter(), None
        for check, where in ((self.layout, "zip"), (self.index, "index.json"), (self.token_lists, "tokens"),
                             (self.documents, "paper.json"), (self.papers, "papers"), (self.tallies, "result.json"),
                             (self.lots, "round.json"), (self.ballots, "ballots.pb"), (self.result, "result.json"),
                             (self.receipt, "receipt")):
            try:
                if check():
                    break
            except Exception as error:  # whatever stands in a bundle, nobody is to see a traceback
                self.must(False, "format", where, f"cannot be read: {type(error).__name__}: {str(error)[:99]}")

    def must(self, holds, code, where, what):
        if not holds:
            self.wrong[code, str(where), what] = None  # a dictionary: each finding once, in order
        return holds

    def layout(self):
        """Walks the entries from byte 0; what stands behind them must be the directory that belongs to them."""
        data, at, heads = self.data, 0, []
        self.must(self.args.digest in (None, sha256(data)), "digest", "bundle", "is not the file that has this digest")
        while data[at:at + 4] == b"PK\3\4" and len(data) >= at + 30 and len(heads) < 65535:
            head = data[at + 4:at + 30]
            needs, flags, method, time, date, crc, packed, size, n, extra = struct.unpack("<5H3I2H", head)
            raw, end = data[at + 30:at + 30 + n], at + 30 + n + extra + packed
            name, content = raw.decode("ascii", "replace"), memoryview(data)[end - packed:end]
            plain = (flags, method, time, date, packed, extra) == (0, 0, 0, 33, size, 0) and needs in (10, 20)
            self.must(plain and NAME.fullmatch(name), "zip", name, "is packed, dated, flagged, or oddly named")
            self.must(zlib.crc32(content) == crc, "zip", name, "its bytes do not fit its CRC")
            self.must(name not in self.files, "zip", name, "stands twice")
            self.files.setdefault(name, content if method == 0 else b"")
            heads.append(head + bytes(4) + struct.pack("<I", at) + raw)
            at = end
        first = at
        for head in heads:  # of the directory only the maker's version and the attributes are not laid down
            here = data[at:at + 12 + len(head)]
            self.must(here[:4] + here[6:36] + here[42:] == b"PK\1\2" + head, "zip", "directory", "not of these entries")
            at += len(here)
        last = b"PK\5\6" + struct.pack("<4H2IH", 0, 0, len(heads), len(heads), at - first, first, 0)
        self.must(data[at:at + 23] == last, "zip", "end", "is not that of a ZIP file, or bytes belong to no entry")
        return list(self.files)[:1] != ["index.json"]

    def index(self):
        """The files are those that index.json names; and the JSON files are read."""
        for name in filter(re.compile(r"(index|paper|round|result|papers/.*)\.json").fullmatch, self.files):
            try:
                doc = read_json(bytes(self.files[name]))
                bad = list(misfits(doc, SHAPES[re.sub("papers/.*", "paper.json", name)], ""))
            except (ValueError, RecursionError) as error:
                bad = [str(error)[:99]]
            for what in bad[:20]:
                self.must(False, "format", name, f"not as described: {what}")
            self.docs[name] = None if bad else doc
        names, doc = list(self.files)[1:], self.docs["index.json"] or {"files": [], "round": None}
        named, self.slug = {row["name"]: (row["bytes"], row["sha256"]) for row in doc["files"]}, doc["round"]
        for name in [*named, *names] if named else ():
            self.must(name in named, "file", name, "not named in index.json")
            if self.must(name in names, "file", name, "missing") and name in named:
                found = len(self.files[name]), sha256(self.files[name])
                self.must(found == named[name], "file", name, "has another length or digest than index.json names")
        self.must(len(named) == len(doc["files"]), "file", "index.json", "names a file twice")
        self.must(names == list(named) or set(names) != set(named), "zip", "index.json", "gives another order")
        return not named

    def token_lists(self):
        """Every line a token, ascending, and none twice in all lists together."""
        seen = set()
        for name in filter(re.compile("tokens/.*").fullmatch, self.files):
            data = bytes(self.files[name])
            n = self.count[name] = data.count(b"\n")
            rest = data.translate(None, b"0123456789abcdef")  # what is no digit
            right = len(data) == 65 * n and data[64::65] == rest == b"\n" * n
            self.must(right, "token", name, "a line is not 64 lower-case hexadecimal digits and LF")
            lines = data.split() if right else []
            self.must(lines == sorted(lines), "token", name, "the tokens are not in ascending order")
            self.tokens[name] = set(lines)
            twice = len(lines) - len(self.tokens[name]) + len(seen & self.tokens[name])
            self.must(not twice, "token", name, f"{twice} of its tokens stand twice, in it or also in a list before it")
            seen |= self.tokens[name]

    def documents(self):
        """What the paper lays down; all files of the bundle of such a round are there, and no other."""
        paper, doc, result = [self.docs.get(name) for name in ("paper.json", "round.json", "result.json")]
        needed = {"index.json", "readme.txt", "paper.json", "round.json", "result.json", "money.csv"}
        digests = [sha256(data) for name, data in self.files.items() if re.fullmatch(r"paper(|s/.*)\.json", name)]
        self.must(self.args.paper in [None] + digests, "paper", "paper.json", "no version of the paper has this digest")
        for name in needed - set(self.files):
            self.must(False, "file", name, "missing")
        if not (paper and doc and result):
            return True
        form, self.pot, self.plans = paper["form"], paper["pot"], {plan["id"]: plan for plan in paper["plans"]}
        self.cost = {p: plan["minimum"] for p, plan in self.plans.items()}
        self.each, max_picks = 1, paper.get("max_picks") or 0
        if form == "knapsack":
            self.most = len(greedy(sorted(self.cost, key=self.cost.get), self.cost, self.pot))
        elif form == "points":
            self.most = paper.get("points") or 0
            self.each = min(self.most, paper.get("points_each") or self.most)
        else:
            self.most = min(max_picks, len(self.plans))
        self.lists = {p: {f"tokens/{p}.txt": 1} for p in self.plans}
        if form == "ranking" and self.most * len(self.plans) < 10 ** 6:
            places = range(1, self.most + 1)
            self.lists = {p: {f"tokens/{p}-{i}.txt": max_picks + 1 - i for i in places} for p in self.plans}
        self.paper, self.round, self.told, self.form, self.withdrawn = paper, doc, result, form, set(doc["withdrawn"])
        self.n = doc["turnout"] + doc["sheets"]
        self.must(self.most or form == "knapsack" or not self.plans, "format", "paper.json", "allows no picks")
        self.must(len(self.plans) == len(paper["plans"]), "format", "paper.json", "a plan stands twice")
        self.must(self.withdrawn <= set(self.plans), "format", "round.json", "`withdrawn` is not all on the paper")
        self.must(self.slug == paper["round"] == doc["round"], "paper", "paper.json", "index, paper and round differ")
        needed |= {f"papers/{row['version']}.json" for row in (doc.get("papers") or [])[:-1]}
        needed |= {"ballots.pb"} if doc["whole_ballots"]["published"] else set()
        needed |= {name for lists in self.lists.values() for name in lists} if doc["receipts"] else set()
        for name in sorted(needed ^ (set(self.files) - {"explanation.json"})):
            self.must(name in self.files, "file", name, "missing")
            self.must(name in needed, "zip", name, "an entry too many in the bundle of this round")

    def papers(self):
        """All versions of the paper, in order, and that between them no more changed than texts and dates."""
        def core(paper):
            plans = [dict(plan, title="", summary="") for plan in paper["plans"]]
            free = dict(version=0, title="", intro="", opens_at=0, closes_at=0)
            return json.dumps(dict(paper, plans=plans, **free), sort_keys=True)
        digest, before = self.round["paper_sha256"], None
        rows = self.round.get("papers") or [{"version": self.paper.get("version"), "paper_sha256": digest}]
        self.must(rows[-1]["paper_sha256"] == digest, "paper", "round.json", "`papers` does not end in paper_sha256")
        for row in rows:
            name = "paper.json" if row is rows[-1] else f"papers/{row['version']}.json"
            doc, found = self.docs.get(name), sha256(self.files.get(name, b""))
            self.must(found == row["paper_sha256"], "paper", name, "has another digest than round.json says")
            self.must(not doc or doc.get("version") in (None, row["version"]), "paper", name, "is another version")
            same = not doc or not before or core(doc) == core(before)
            self.must(same, "paper-changed", name, "more than texts and dates differ from the version before")
            before = doc or before
        order = [row["version"] for row in rows]
        self.must(len(rows) == 1 or order == sorted(set(order)), "paper", "round.json", "versions out of order")

    def tallies(self):
        """The turnout; the steps of the result against the paper and the lists of tokens."""
        doc, n, steps, total, places = self.round, self.n, self.told["steps"], 0, Counter()
        self.must(n <= doc["roll"], "turnout", "round.json", f"{n} ballots, {doc['roll']} voters on the roll")
        self.must(doc["sheets"] <= doc["paper_codes"], "turnout", "round.json", "more sheets than paper codes")
        self.must(self.told["turnout"] == n, "turnout", "result.json", f"is not the {n} of box and paper together")
        self.must(self.told["rule"] == self.paper["rule"], "count", "result.json", "is not by the rule of the paper")
        right = sorted(self.plans) == sorted(step["id"] for step in steps)
        self.must(right, "count", "result.json", "does not hold every plan of the paper once")
        lost = [{"id": p, "votes": 0, "cost": 0, "granted": 0, "verdict": "missing"} for p in self.plans]
        self.steps = {}
        for step in steps + lost:
            self.steps.setdefault(step["id"], step)
        self.steps = {p: step for p, step in self.steps.items() if p in self.plans}
        self.votes = {p: step["votes"] for p, step in self.steps.items()}  # as told, until they are shown
        for p, lists in self.lists.items() if doc["receipts"] else ():
            tokens = sum(self.count[name] for name in lists)
            self.votes[p] = sum(self.count[name] * worth for name, worth in lists.items())
            places.update({worth if self.form == "ranking" else 0: self.count[name] for name, worth in lists.items()})
            said, total = self.steps[p]["votes"], total + tokens
            self.must(tokens <= self.each * n, "most-per-plan", f"plan-{p}", f"{tokens} tokens of {n} ballots")
            self.must(self.votes[p] == said, "votes", f"plan-{p}", f"{said} in the result, {self.votes[p]} in lists")
        most = max([total - self.most * n] + [k - n for k in places.values() if self.form == "ranking"])
        self.must(most <= 0, "most-per-ballot", "tokens", f"{most} more than {n} ballots can hold, or one place")

    def lots(self):
        """The lot was drawn from secrets whose digests stood on the paper."""
        rows, seed, where = self.round.get("lots") or [], self.round.get("seed"), "round.json"
        known = [row["secret"] for row in rows if row.get("secret") is not None]
        right = [row["digest"] for row in rows] == (self.paper.get("lots") or [])
        self.must(right, "lots", where, "are not of the digests that stand on the paper")
        self.must((seed is not None) == (self.paper["ties"] == "lot"), "lots", where, "`seed` is null, or should be")
        right = all(row.get("secret") is None or sha256(row["secret"].encode()) == row["digest"] for row in rows)
        self.must(right, "lots", where, "a secret does not have its digest")
        self.must(seed in (None, sha256("".join(known).encode())), "lots", where, "the seed is not that of the secrets")

    def ballots(self):
        """Whole ballots, where published: as many as the turnout, each fit for the form, and their sums the votes."""
        form, doc, name = self.form, self.round["whole_ballots"], "ballots.pb"
        (a, b), (c, d) = doc["unique"], doc["limit"]
        right = doc["published"] == (a * d <= c * b) or doc.get("reason") or b == 0
        self.must(right, "ballots", "round.json", "published, or not, against the limit and without a reason")
        self.must(b in (0, self.n), "ballots", "round.json", f"`unique` is of {b} ballots, not of the turnout")
        if name not in self.files or not self.must(len(self.files[name]) < 2 ** 27, "format", name, "too long"):
            return
        head, projects, votes = re.split("\nPROJECTS\n|\nVOTES\n", bytes(self.files[name]).decode("utf-8"))
        meta, (fields, *projects), (header, *lines) = head.split("\n"), projects.split("\n"), votes.split("\n")
        right = meta[:2] == ["META", "key;value"] and fields.startswith("project_id;cost") and lines.pop() == ""
        right = right and header == "voter_id;vote" + ";points" * (form == "points")
        self.must(right, "format", name, "its sections or fields are not those described")
        by_text = {str(p): p for p in self.plans if p not in self.withdrawn}
        expected = sorted([text, str(self.cost[p])] for text, p in by_text.items())
        right = sorted(row.split(";")[:2] for row in projects) == expected
        self.must(right, "ballots", name, "is not of the plans and costs of the paper, less the withdrawn")
        for line in (f"num_votes;{self.n}", f"budget;{self.pot}", f"vote_type;{VOTE_TYPE[form]}"):
            self.must(line in meta, "ballots", name, f"does not say {line}")
        right = len(lines) == self.n and all(line.startswith(f"{i};") for i, line in enumerate(lines, 1))
        self.must(right, "ballots", name, f"{len(lines)} ballots of a turnout of {self.n}, or not numbered from 1")
        groups = [(text, len(list(same))) for text, same in itertools.groupby(line.partition(";")[2] for line in lines)]
        self.must(len(groups) == len(dict(groups)), "ballots", name, "the ballots are not sorted")
        whole, sums = Counter(), Counter()
        for text, times in groups:
            ids, *points = [column.split(",") if column else [] for column in text.split(";")]
            plans = [by_text[i] for i in ids if i in by_text]
            scores, fits = [1] * len(plans), len(ids) <= self.most
            if form == "points":
                scores = [int(x) if x.isdecimal() and len(x) < 16 else 0 for x in points[0]]
                fits = sum(scores) <= self.most and all(0 < s <= self.each for s in scores)
            elif form == "ranking":
                scores = [max(0, self.paper["max_picks"] - place) for place in range(len(plans))]
            elif form == "knapsack":
                fits = sum(self.cost[p] for p in plans) <= self.pot
            fits = fits and len(set(plans)) == len(ids) == len(scores)
            self.must(fits, "ballots", name, f"`{text[:60]}` does not fit the form, or names another plan")
            picks = [(p, s) for p, s in sorted(zip(plans, scores)) if s]
            whole[tuple(picks)] += times
            for p, s in picks:
                sums[p] += s * times
        right = b == 0 or self.withdrawn or a == list(whole.values()).count(1)
        self.must(right, "ballots", "round.json", "`unique` is not how many ballots are like no other")
        if form == "ranking" and any(self.votes[p] for p in self.withdrawn):
            return  # without the plan that was withdrawn, those after it on a ballot stand a place too high
        for p in by_text.values():
            self.must(sums[p] == self.votes[p], "ballots", f"plan-{p}", f"{sums[p]} there, {self.votes[p]} counted")
        self.votes, self.whole = {p: sums[p] for p in self.plans}, whole

    def recount(self):
        """The winners in order, or None where public files do not tell."""
        rule, votes, pot, seed = self.paper["rule"], self.votes, self.pot, (self.round.get("seed") or "").encode()
        cost = {p: c for p, c in self.cost.items() if p not in self.withdrawn and votes[p] > 0 and c <= pot}
        lot = {p: sha256(seed + str(p).encode()) if self.paper["ties"] == "lot" else "" for p in cost}
        equals = sorted(cost, key=lambda p: (cost[p], -votes[p], lot[p], str(p)))
        order = sorted(equals, key=lambda p: -votes[p])
        if rule == "greedy-per-euro/1":
            order = sorted(equals, key=lambda p: (cost[p] > 0, Fraction(-votes[p], cost[p] or 1)))
        if rule in GREEDY or self.whole is None:
            return greedy(order, cost, pot, rule == "greedy-stop/1") if rule in GREEDY else None
        groups, rank, supporters, won = Counter(), {p: i for i, p in enumerate(equals)}, {p: [] for p in cost}, []
        for ballot, times in self.whole.items():
            groups[tuple(pick for pick in ballot if pick[0] in cost)] += times
        for group, ballot in enumerate(groups):
            for p, score in ballot:
                supporters[p].append((group, score))
        by_score, n = self.form in ("points", "ranking") or rule == "equal-shares-count/1", sum(groups.values())
        weight = {p: 1 if by_score else max(1, cost[p]) for p in cost}
        plain = rule == "equal-shares-plain/1"
        for euros in range(2_000_000):
            outcome = equal_shares(cost, weight, supporters, list(groups.values()), rank, pot + 100 * euros * n, n)
            over = sum(cost[p] for p in outcome) > pot
            won = won if over else outcome
            if over or plain or len(won) == len(cost):
                fill = [] if plain else [p for p in order if p not in won]
                return won + greedy(fill, cost, pot - sum(cost[p] for p in won))
        return None

    def result(self):
        """The verdicts, the amounts, what is left of the pot, and what the ledger moved."""
        again, told = self.recount(), [p for p, step in self.steps.items() if step["verdict"] == "funded"]
        self.recounted, self.winners, amounts = again is not None, told if again is None else again, {}
        left, said = self.pot - sum(self.cost[p] for p in self.winners), self.told["left"]
        for p in self.winners:
            amounts[p] = self.cost[p] + max(0, min(left, self.plans[p]["desired"] - self.cost[p]))
            left -= amounts[p] - self.cost[p]
        self.left, granted = left, {p: step["granted"] for p, step in self.steps.items()}
        self.must(told == self.winners, "count", "result.json", f"counted again, these win: {self.winners}, not {told}")
        self.must(said == left, "count", "result.json", f"counted again, {left} is left, not {said}")
        for p, step in self.steps.items():
            out = ["above_budget"] * (self.cost[p] > self.pot) + ["no_votes"] * (self.votes[p] == 0)
            right = ["withdrawn"] if p in self.withdrawn else out or (["funded"] if p in amounts else LOST)
            self.must(step["verdict"] in right, "count", f"plan-{p}", f"{step['verdict']}, not {' or '.join(right)}")
            self.must(step["cost"] == self.cost[p], "count", f"plan-{p}", f"costs {self.cost[p]} on the paper")
            self.must(granted[p] == amounts.get(p, 0), "count", f"plan-{p}", f"should get {amounts.get(p, 0)}")
        self.must(sum(granted.values()) + said == self.pot, "pot", "result.json", "granted and left are not the pot")
        rows = ["what,plan,cents", f"pot,,{self.pot}"] + [f"granted,{p},{granted[p]}" for p in told]
        right = self.files.get("money.csv", b"") == "\n".join(rows + [f"returned,,{said}", ""]).encode()
        self.must(right, "money", "money.csv", "is not what result.json says")

    def receipt(self):
        """The picks of a receipt."""
        letters = re.sub(r"[\s\u2010-\u2015-]", "", self.args.receipt or "").upper()
        letters = letters.translate(str.maketrans("OIL", "011"))
        right = self.args.receipt is None or re.fullmatch(f"[0-7][{LETTERS}]{{25}}", letters)
        if self.args.receipt is None or not self.must(right, "receipt", "receipt", "is not 26 letters and figures"):
            return
        key = int("".join(f"{LETTERS.index(letter):05b}" for letter in letters), 2).to_bytes(16, "big")
        for p, lists in self.lists.items():
            for place, name in enumerate(lists, 1):
                for i in [place] if self.form == "ranking" else range(1, min(self.each, self.count[name]) + 1):
                    token = hmac.new(key, f"{self.slug}\n{p}\n{i}".encode(), "sha256").hexdigest().encode()
                    if token in self.tokens.get(name, ()):
                        self.picks.append({"plan": p, "i": i})
        self.must(self.picks, "receipt", "receipt", "none of its picks is in the lists: mistyped, or of another round")

    def story(self):
        """What was looked at, in lines for people."""
        if self.left is None:
            return [f"Round {self.slug}: the bundle cannot be read far enough to count it again"]
        paper, doc, titles = self.paper, self.round, {p: f"'{plan['title']}' ({p})" for p, plan in self.plans.items()}
        shown = "whole ballots" if self.whole else "lists" if doc["receipts"] else "sums, which nothing shows"
        again = f"Counted again from the {shown}:" if self.recounted else "Not counted again: that needs whole ballots"
        return [f"Round {self.slug}: '{doc['title']}', {self.form}, rule {paper['rule']}",
                f"Roll: {doc['roll']} voters; ballots: {self.n}, {doc['sheets']} of them on paper",
                f"Plans: {len(self.plans)}, {len(self.withdrawn)} of them withdrawn; pot: {self.pot / 100:,.2f} euro",
                f"Tokens: {sum(self.count.values())} in {len(self.count)} lists", again,
                *(f"  {titles[p]}: {self.steps[p]['granted'] / 100:,.2f} euro" for p in self.winners),
                f"  left: {self.left / 100:,.2f} euro",
                *(f"Receipt: {titles[pick['plan']]}, {pick['i']}" for pick in self.picks)]

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", metavar="ROUND.zip")
    parser.add_argument("--json", action="store_true")
    for option in ("--digest", "--paper", "--receipt"):
        parser.add_argument(option)
    args = parser.parse_args()
    if not all(HEX.fullmatch(text) for text in (args.digest, args.paper) if text is not None):
        parser.error("a digest is 64 lower-case hexadecimal digits")
    try:
        with open(args.bundle, "rb") as file:
            size = file.seek(0, 2)
            if size > 2 ** 30:
                raise ValueError("a bundle is at most one GB")
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
    except (OSError, ValueError) as error:
        parser.error(str(error))
    b = Bundle(data, args)
    wrong = [{"code": code, "where": re.sub("[^!-~]", "?", where), "what": what} for code, where, what in b.wrong]
    lines = b.story() + ["wrong {code} {where}: {what}".format(**row) for row in wrong] + ["ok"] * (not wrong)
    if args.json:
        lines = [json.dumps({"round": b.slug, "ok": not wrong, "wrong": wrong, "recounted": b.recounted,
                             "winners": b.winners, "left": b.left, "picks": b.picks})]
    sys.stdout.reconfigure(errors="backslashreplace")
    print("\n".join("".join(c if c.isprintable() else "?" for c in line) for line in lines))
    return 2 if list(b.files)[:1] != ["index.json"] else 1 if wrong else 0

if __name__ == "__main__":
    sys.exit(main())
