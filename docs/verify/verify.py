#!/usr/bin/env python3
"""Checks the published bundle of a vote, and counts it again: see docs/verify.md. Needs Python 3.9, nothing else.
Written from docs/verify.md and docs/count.md alone. Status 1: something is wrong; 2: no bundle, or a wrong option."""
import argparse, collections, fractions, hashlib, heapq, hmac, itertools, json, math, re, struct, sys, zlib

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VOTE_TYPE = {"approval": "approval", "knapsack": "approval", "points": "cumulative", "ranking": "ordinal"}
GREEDY = ("greedy/1", "greedy-per-euro/1", "greedy-stop/1")
RULES = GREEDY + ("equal-shares/1", "equal-shares-plain/1", "equal-shares-count/1")
CODES = {"bundle": "zip", "receipt": "receipt"}  # of files that cannot be read, the others being `format`
LOST = ["did_not_fit", "after_stop", "not_paid"]
NUMBERS = set("bytes cost desired granted id minimum paper_codes pot roll sheets turnout votes".split())

def sha256(data):
    return hashlib.sha256(data).hexdigest()

def number(text):
    if not abs(float(text)) <= 10 ** 15:
        raise ValueError(f"{text[:20]} is too large")
    return int(text) if text.lstrip("-").isdigit() else text  # no field that is used holds a fraction

def fields(pairs):
    found = dict(pairs)
    if len(found) < len(pairs) or any(type(found.get(key, 0)) is not int or found.get(key, 0) < 0 for key in NUMBERS):
        raise ValueError("a key stands twice, or what counts is no whole number")
    return found

def greedy(order, cost, left, stop=False):  # those of `order` that fit one after the other in what is left
    won = []
    for plan in order:
        if cost[plan] <= left:
            won, left = won + [plan], left - cost[plan]
        elif stop:
            break
    return won

def equal_shares(cost, weight, supporters, times, rank, endowment, scale):
    """The plans that Equal Shares buys, in order, when each voter has endowment / scale cents; all money is whole.
    A group is all voters with equal ballots, times[group] of them. supporters[plan] holds (group, score); the utility
    of a score is weight[plan] times it. A plan's price only rises while money goes, so an old price is a lower bound,
    and only the plan on top of the heap need be worked out anew."""
    money, won, size = [endowment] * len(times), [], {p: sum(s * times[g] for g, s in supporters[p]) for p in cost}
    scores = {p: {s for _, s in supporters[p]} for p in cost}
    heap = sorted((fractions.Fraction(cost[p], size[p] * weight[p]), rank[p], p, -1, 0, 0) for p in cost)
    while heap:
        _, _, plan, known, due, sharing = heapq.heappop(heap)
        if known == len(won):  # nothing was bought since its price was worked out
            common = math.gcd(due, sharing)
            scale, money = scale * (sharing // common), [m * (sharing // common) for m in money]
            for g, s in supporters[plan]:
                money[g] = max(0, money[g] - due // common * s)
            won.append(plan)
            continue
        due, sharing, rich, poor = cost[plan] * scale, size[plan], supporters[plan], True
        while poor and rich:  # each pays due / sharing for a point; who has less pays all, and the others more
            least = {s: -(-due * s // sharing) for s in scores[plan]}
            poor = [(g, s) for g, s in rich if money[g] < least[s]]
            rich = [(g, s) for g, s in rich if money[g] >= least[s]]
            due -= sum([money[g] * times[g] for g, _ in poor])
            sharing -= sum([s * times[g] for g, s in poor])
        if rich:  # else its supporters will never have its cost
            price = fractions.Fraction(due, sharing * scale * weight[plan])
            heapq.heappush(heap, (price, rank[plan], plan, len(won), due, sharing))
    return won

class Bundle:
    def __init__(self, data, args):
        self.args, self.wrong, self.files, self.lists, self.count = args, {}, {}, {}, collections.Counter()
        self.slug, self.winners, self.left, self.picks, self.whole, self.told = None, [], None, [], None, []
        self.must(args.digest in (None, sha256(data)), "digest", "bundle", "is not the file that has this digest")
        self.attempt("bundle", self.unpack, data)
        self.attempt("index.json", self.index)
        self.attempt("tokens", self.token_lists)
        docs = [self.attempt(name, self.read, name) for name in ("paper.json", "round.json", "result.json")]
        if None not in docs and self.attempt("paper.json", self.documents, *docs):
            for name, row in self.papers.items():
                self.attempt(name, self.version, name, row)
            for where, check in (("round.json", self.tallies), ("round.json", self.lots), ("ballots.pb", self.ballots),
                    ("result.json", self.outcome), *[("receipt", self.receipt)] * (args.receipt is not None)):
                self.attempt(where, check)
        self.must(self.left is not None, "format", "bundle", "cannot be read far enough to count it again")
    def must(self, holds, code, where, what):
        if not holds:
            self.wrong[code, where, what] = None  # a dictionary: each finding once, in order
    def attempt(self, where, check, *args):  # whatever stands in a bundle, nobody is to see a traceback
        try:
            return check(*args)
        except Exception as error:
            self.must(False, CODES.get(where, "format"), where, f"cannot be read: {type(error).__name__}: {error}"[:99])

    def unpack(self, data):  # walks the entries from byte 0, and makes the one ZIP file that such entries can have
        at, rows = 0, []
        while data[at:at + 4] == b"PK\3\4":
            size, _, length, extra = struct.unpack("<2I2H", data[at + 18:at + 30])
            start = at + 30 + length + extra
            name, content = data[at + 30:at + 30 + length].decode("ascii"), data[start:start + size]
            head = struct.pack("<5H3I2H", 10, 0, 0, 0, 33, zlib.crc32(content), size, size, length, 0) + name.encode()
            right = data[at:start + size] == b"PK\3\4" + head + content and name not in self.files
            self.must(right, "zip", name, "is not stored as described, or twice")
            rows.append(b"PK\1\2\x0a\3" + head[:26] + struct.pack("<3H2I", 0, 0, 0, 0x81A40000, at) + head[26:])
            self.files[name], at = content, start + size
        end = struct.pack("<4H2IH", 0, 0, len(rows), len(rows), sum(map(len, rows)), at, 0)
        self.must(data[at:] == b"".join(rows) + b"PK\5\6" + end, "zip", "directory", "is another, or more follows")
    def read(self, name):
        self.must(name in self.files, "file", name, "missing")
        text = self.files.get(name, b"null").decode("utf-8")
        return json.loads(text, object_pairs_hook=fields, parse_int=number, parse_float=number, parse_constant=number)
    def index(self):  # the files are those that index.json names, in its order
        doc, found = self.read("index.json"), [(name, len(data), sha256(data)) for name, data in self.files.items()]
        self.slug, named = doc["round"], [(row["name"], row["bytes"], row["sha256"]) for row in doc["files"]]
        self.must(doc["format"] == "fijnebuurt-round/1", "format", "index.json", "is of another format")
        self.must(found.pop(0)[0] == "index.json", "zip", "index.json", "is not the first entry")
        for name in sorted({row[0] for row in set(named) ^ set(found)}):
            self.must(False, "file", name, "missing, not named, or not of the length and digest in index.json")
        self.must(named == found or set(named) != set(found), "zip", "index.json", "has another order, or a file twice")
    def token_lists(self):  # every line a token, ascending, and none twice in all lists together
        seen = set()
        for name in filter(re.compile("tokens/.*").fullmatch, self.files):
            data = self.files[name]
            n = self.count[name] = data.count(b"\n")
            lines, rest = data.split(), data.translate(None, b"0123456789abcdef")  # what is no digit
            right = len(data) == 65 * n and data[64::65] == rest == b"\n" * n and lines == sorted(set(lines) - seen)
            self.must(right, "token", name, "a line is no token, out of order, or stands twice, also in other lists")
            seen.update(lines)

    def documents(self, paper, doc, result):  # what the paper lays down; all files of such a round are there, no other
        self.paper, self.round, self.result, self.form, self.rule = paper, doc, result, paper["form"], paper["rule"]
        self.plans, self.withdrawn = {plan["id"]: plan for plan in paper["plans"]}, set(doc["withdrawn"])
        self.cost, self.pot = {p: plan["minimum"] for p, plan in self.plans.items()}, paper["pot"]
        self.n = doc["turnout"] + doc["sheets"]
        points, places = paper.get("points") or 0, paper.get("max_picks") or 0
        fit = len(greedy(sorted(self.plans, key=self.cost.get), self.cost, self.pot))
        self.most = {"knapsack": fit, "points": points}.get(self.form, min(places, len(self.plans)))
        self.each = min(points, paper.get("points_each") or points) if self.form == "points" else 1
        depth = min(self.most, 65535 // max(1, len(self.plans)))  # no ZIP file holds more lists
        worth = {f"-{i}": places + 1 - i for i in range(1, depth + 1)} if self.form == "ranking" else {"": 1}
        self.lists = {p: {f"tokens/{p}{i}.txt": s for i, s in worth.items()} for p in self.plans if doc["receipts"]}
        rows = doc.get("papers") or [{"version": paper.get("version"), "paper_sha256": doc["paper_sha256"]}]
        self.papers = {**{f"papers/{row['version']}.json": row for row in rows[:-1]}, "paper.json": rows[-1]}
        needed = {"index.json", "readme.txt", "round.json", "result.json", "money.csv", *self.papers}
        needed.update(*self.lists.values(), ["ballots.pb"] * doc["whole_ballots"]["published"])
        for name in sorted(needed ^ set(self.files) - {"explanation.json"}):
            self.must(False, "file" if name in needed else "zip", name, "missing, or too many, in such a bundle")
        versions, digests = [row["version"] for row in rows], [row["paper_sha256"] for row in rows]
        right = versions == sorted(set(versions)) and digests[-1] == doc["paper_sha256"]
        right = right and self.slug == paper["round"] == doc["round"]
        self.must(right, "paper", "round.json", "`papers` is out of order or ends in another, or the round is another")
        self.must(self.args.paper in (None, digests[0]), "paper", list(self.papers)[0], "has not the published digest")
        right = self.form in VOTE_TYPE and self.rule in RULES and paper["ties"] in ("cost-votes-id", "lot")
        right = right and len(self.plans) == len(paper["plans"]) and self.withdrawn <= set(self.plans)
        right = right and paper.get("weights") in (None, "borda")
        self.must(right, "format", "paper.json", "its form, rule, ties, weights or plans, or those withdrawn")
        right = sorted(self.plans) == sorted(step["id"] for step in result["steps"]) and result["rule"] == self.rule
        self.must(right, "count", "result.json", "is not by the rule of the paper, or not of every plan once")
        return True
    def version(self, name, row):  # it is that of round.json, and no more than texts and dates changed after it
        self.must(sha256(self.files.get(name, b"")) == row["paper_sha256"], "paper", name, "is not that of round.json")
        doc = self.read(name)
        free = dict(version=0, title="", intro="", opens_at=0, closes_at=0)
        docs = [dict(d, plans=[dict(p, title="", summary="") for p in d["plans"]], **free) for d in (doc, self.paper)]
        self.must(docs[0] == docs[1], "paper-changed", name, "more than texts and dates changed after it")
        if name == list(self.papers)[0]:
            titles = [(plan["title"], self.plans.get(plan["id"], plan)["title"]) for plan in doc["plans"]]
            self.told += [f"changed title: {old} -> {new}" for old, new in titles if old != new]
    def tallies(self):  # the turnout; the votes of the result against the lists of tokens
        n, doc, places = self.n, self.round, collections.Counter()
        said = {step["id"]: step["votes"] for step in self.result["steps"]}
        self.votes = {p: said.get(p, 0) for p in self.plans}  # as told, until they are shown
        right = self.result["turnout"] == n <= doc["roll"] and doc["sheets"] <= doc["paper_codes"]
        self.must(right, "turnout", "round.json", "more ballots than voters, sheets than codes, or not both together")
        self.told.append(f"round {self.slug}: {n} ballots of {doc['roll']} voters, {sum(self.count.values())} tokens")
        for p, lists in self.lists.items():
            tokens = {worth: self.count[name] for name, worth in lists.items()}
            self.votes[p] = sum(worth * k for worth, k in tokens.items())
            places.update(tokens)
            self.must(self.votes[p] == said.get(p), "votes", f"plan-{p}", f"{said.get(p)}, not {self.votes[p]} listed")
            self.must(sum(tokens.values()) <= self.each * n, "most-per-plan", f"plan-{p}", f"too many for {n} ballots")
        most = n if self.form == "ranking" else self.most * n  # for rankings, of each place
        self.must(max(places.values(), default=0) <= most, "most-per-ballot", "tokens", f"too many for {n} ballots")
    def lots(self):  # the lot was drawn from secrets whose digests stood on the paper
        rows, lot = self.round.get("lots") or [], self.paper["ties"] == "lot"
        shown = [row["digest"] if row["secret"] is None else row["secret"] for row in rows]
        right = [row["digest"] for row in rows] == sorted(self.paper.get("lots") or []) and len(rows) == 2 * lot
        right = right and all(row["digest"] in (text, sha256(text.encode())) for text, row in zip(shown, rows))
        right = right and self.round.get("seed") == (sha256("\n".join(shown).encode()) if lot else None)
        self.must(right, "lots", "round.json", "the seed, the secrets and the digests on the paper do not fit")
    def ballots(self):  # where whole ballots are published, as many as the turnout, fit for the form, and adding up
        name, form, n, doc = "ballots.pb", self.form, self.n, self.round["whole_ballots"]
        (a, b), (c, d), out, reason = doc["unique"], doc["limit"], doc["published"], doc.get("reason")
        most, each, points = self.pot if form == "knapsack" else self.most, self.each, ";points" * (form == "points")
        right = b == n and (out == (a * d <= c * b) or reason) or self.rule in GREEDY and not any((a, b, c, d, out))
        self.must(right, "ballots", "round.json", "published, or not, against the limit, or not of the turnout")
        if name not in self.files:
            return
        shape = f"META\nkey;value\n(.*)\nPROJECTS\nproject_id;cost[^\n]*(|\n.*)\nVOTES\nvoter_id;vote{points}(|\n.*)\n"
        parts = re.fullmatch(shape, self.files[name].decode("utf-8"), re.DOTALL).groups()
        meta, projects, lines = [part.split("\n") for part in parts]
        by_text, costs = {str(p): p for p in self.plans}, {str(p): str(c) for p, c in self.cost.items()}
        texts = [line.partition(";")[2] for line in lines[1:]]
        right = {f"num_votes;{n}", f"budget;{self.pot}", f"vote_type;{VOTE_TYPE[form]}"} <= set(meta)
        right = right and len(projects) - 1 == len(costs) and dict(row.split(";")[:2] for row in projects[1:]) == costs
        right = right and len(texts) == n and all(line.startswith(f"{i};") for i, line in enumerate(lines) if i)
        right = right and len(list(itertools.groupby(texts))) == len(set(texts))
        self.must(right, "ballots", name, "is not of this turnout, pot, form and plans, or not numbered and sorted")
        worth = range(self.paper["max_picks"], 0, -1) if form == "ranking" else itertools.repeat(1)
        self.whole, self.sums = collections.Counter(), collections.Counter()
        for text, times in collections.Counter(texts).items():
            ids, *given = [column.split(",") if column else [] for column in text.split(";")]
            plans = [by_text[i] for i in ids if i in by_text]
            scores = [s for s in map(int, given[0]) if 0 < s <= each] if points else [s for _, s in zip(plans, worth)]
            size = {"knapsack": sum(self.cost[p] for p in plans), "points": sum(scores)}.get(form, len(plans))
            fits = size <= most and len(set(plans)) == len(plans) == len(scores)
            fits = fits and text == ",".join(map(str, plans)) + (";" + ",".join(map(str, scores))) * bool(points)
            self.must(fits, "ballots", name, f"`{text[:60]}` does not fit the form, or names another plan")
            self.whole[tuple(sorted(zip(plans, scores)))] += times
            self.sums.update({p: s * times for p, s in zip(plans, scores)})
        self.must(a == list(self.whole.values()).count(1), "ballots", "round.json", "`unique` is another number")
        for p in self.plans:
            self.must(self.sums[p] == self.votes[p], "ballots", f"plan-{p}", f"{self.sums[p]} votes of {self.votes[p]}")

    def recount(self):  # the winners in order
        rule, pot, votes = self.rule, self.pot, self.votes if self.rule in GREEDY else self.sums
        cost = {p: c for p, c in self.cost.items() if p not in self.withdrawn and votes[p] > 0 and c <= pot}
        drawn = {p: sha256(f"{self.round['seed']}{p}".encode()) if self.paper["ties"] == "lot" else "" for p in cost}
        equals = sorted(cost, key=lambda p: (cost[p], -votes[p], drawn[p], str(p)))
        price = {p: (c > 0, fractions.Fraction(-votes[p], c or 1)) for p, c in cost.items()}
        order = sorted(equals, key=price.get if rule == "greedy-per-euro/1" else lambda p: -votes[p])
        if rule in GREEDY:
            return greedy(order, cost, pot, rule == "greedy-stop/1")
        supporters, rank, won = {p: [] for p in self.plans}, {p: i for i, p in enumerate(equals)}, []
        for group, ballot in enumerate(self.whole):
            for p, score in ballot:
                supporters[p].append((group, score))
        plain, by_score = rule == "equal-shares-plain/1", self.form in ("points", "ranking") or "count" in rule
        weight, times = {p: 1 if by_score else max(1, cost[p]) for p in cost}, list(self.whole.values())
        for euros in range(500_000):
            outcome = equal_shares(cost, weight, supporters, times, rank, pot + 100 * euros * self.n, self.n)
            over = sum(cost[p] for p in outcome) > pot
            won = won if over else outcome
            if over or plain or len(won) == len(cost):
                fill = [] if plain else [p for p in order if p not in won]
                return won + greedy(fill, cost, pot - sum(cost[p] for p in won))
    def outcome(self):  # the verdicts, the amounts, what is left of the pot, and what the ledger moved
        steps, left, amounts = self.result["steps"], self.result["left"], {}
        told = [step["id"] for step in steps if step["verdict"] == "funded"]
        known = self.rule in GREEDY or self.whole is not None
        self.winners = self.recount() if known else told
        self.left = self.pot - sum(self.cost[p] for p in self.winners)
        for p in self.winners:
            more = max(0, min(self.left, self.plans[p]["desired"] - self.cost[p]))
            amounts[p], self.left = self.cost[p] + more, self.left - more
        right = (told, left) == (self.winners, self.left)
        self.must(right, "count", "result.json", f"counted again, these win: {self.winners}, and {self.left} is left")
        for step in [step for step in steps if step["id"] in self.plans]:
            p, cost = step["id"], self.cost[step["id"]]
            lost = ["above_budget"] * (cost > self.pot) + ["no_votes"] * (self.votes[p] == 0) or LOST
            verdicts = ["withdrawn"] if p in self.withdrawn else ["funded"] if p in amounts else lost
            right = step["verdict"] in verdicts and (step["cost"], step["granted"]) == (cost, amounts.get(p, 0))
            self.must(right, "count", f"plan-{p}", f"should be {verdicts[0]}, cost {cost}, get {amounts.get(p, 0)}")
        self.must(sum(step["granted"] for step in steps) + left == self.pot, "pot", "result.json", "is not that given")
        rows = [f"granted,{step['id']},{step['granted']}" for step in steps if step["id"] in told]
        text = "\n".join(["what,plan,cents", f"pot,,{self.pot}", *rows, f"returned,,{left}", ""])
        self.must(self.files.get("money.csv") == text.encode(), "money", "money.csv", "is not what result.json says")
        by = "counted again, these win:" if self.lists else "no lists: by the votes as told, these win:"
        gets = [f"  {self.plans[p]['title']}: {amounts[p] / 100:.2f}" for p in self.winners]
        self.told += [by if known else "not counted without whole ballots:", *gets, f"  left: {self.left / 100:.2f}"]
    def receipt(self):
        letters = re.sub(r"[\s\u2010-\u2015-]", "", self.args.receipt).upper().translate(str.maketrans("OIL", "011"))
        key = sum(LETTERS.find(letter) % 32 << 5 * place for place, letter in enumerate(letters[:26][::-1])) % 2**128
        for p, lists in self.lists.items():
            for place, name in enumerate(lists, 1):
                for i in [place] if self.form == "ranking" else range(1, min(self.each, self.count[name]) + 1):
                    token = hmac.new(key.to_bytes(16, "big"), f"{self.slug}\n{p}\n{i}".encode(), "sha256").hexdigest().encode()
                    self.picks += [{"plan": p, "i": i}] * (token in self.files.get(name, b""))
        self.told += [f"receipt: {self.plans[pick['plan']]['title']}, {pick['i']}" for pick in self.picks]
        self.must(self.picks and len(letters) == 26, "receipt", "receipt", "no picks: mistyped, or of another round")

def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("bundle", type=argparse.FileType("rb"))
    parser.add_argument("--json", action="store_true")
    for option, kind in (("--digest", str.lower), ("--paper", str.lower), ("--receipt", str)):
        parser.add_argument(option, type=kind)
    args = parser.parse_args()
    if not all(re.fullmatch("[0-9a-f]{64}", text) for text in (args.digest, args.paper) if text is not None):
        parser.error("a digest is 64 letters a to f and figures")
    bundle = Bundle(args.bundle.read(), args)
    none = [("zip", "bundle", "is no file of a vote: download it again")] * (not bundle.files)
    rows = [row for row in bundle.wrong if bundle.files or row[0] == "digest"] + none
    wrong = [dict(zip(("code", "where", "what"), row)) for row in rows]
    bundle.told += ["not compared with a published digest: give --digest"] * (args.digest is None)
    lines = bundle.told + ["wrong {code} {where}: {what}".format(**row) for row in wrong] + ["ok"] * (not wrong)
    found = dict(ok=not wrong, wrong=wrong, winners=bundle.winners, left=bundle.left, picks=bundle.picks)
    for line in [json.dumps(found)] if args.json else lines:
        print("".join(c if c.isprintable() else "?" for c in line))
    return 2 if not bundle.files else 1 if wrong else 0
if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
