#!/usr/bin/env python3
"""Checks the published bundle of a vote, and counts it again.

Written from docs/verify.md and docs/count.md alone; it shares no code with the platform. Needs Python 3.9, nothing else.

    python3 verify.py ROUND.zip [--digest HEX] [--paper HEX] [--receipt TEXT] [--json]

Each thing that is wrong is a line `wrong <code> <where>: <what>`; the codes are those of the table in verify.md.
Status 0: all is well. 1: something is wrong. 2: the file is no bundle at all, or an option is wrong.
"""
import argparse, hashlib, heapq, hmac, json, math, mmap, re, struct, sys, zlib
from collections import Counter
from fractions import Fraction

MOST, MOST_BUNDLE, MOST_JSON, MOST_STEPS = 10 ** 15, 2 ** 30, 2 ** 25, 2_000_000
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VOTE_TYPE = {"approval": "approval", "knapsack": "approval", "points": "cumulative", "ranking": "ordinal"}
RULES = ("greedy/1", "greedy-per-euro/1", "greedy-stop/1", "equal-shares/1", "equal-shares-plain/1", "equal-shares-count/1")
VERDICTS = ("funded", "did_not_fit", "after_stop", "not_paid", "no_votes", "above_budget", "withdrawn")
KINDS = {  # what a field may be, and what stands for it where it is not
    "a whole number": (lambda v: type(v) is int and 0 <= v <= MOST, 0),
    "text": (lambda v: type(v) is str, ""),
    "a list": (lambda v: type(v) is list, []),
    "an object": (lambda v: type(v) is dict, {}),
    "true or false": (lambda v: type(v) is bool, False),
    "a digest": (lambda v: type(v) is str and re.fullmatch("[0-9a-f]{64}", v) is not None, "")}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def euro(cents):
    return f"{cents // 100:,}.{cents % 100:02} euro"


def number(text):
    """A whole number in decimal digits; ValueError for anything else."""
    if not re.fullmatch("(0|[1-9][0-9]{0,15})", text):
        raise ValueError(f"`{text[:20]}` is no whole number")
    return int(text)


def read_json(data):
    """The value of a JSON text; ValueError for a key that stands twice, for numbers without end, NaN and the like."""
    def refuse(text):
        raise ValueError(f"{text[:20]} is no number here")

    def once(pairs):
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a key stands twice in one object")
        return dict(pairs)
    if len(data) > MOST_JSON:
        raise ValueError("it is too long")
    return json.loads(data.decode("utf-8"), parse_constant=refuse, object_pairs_hook=once,
                      parse_int=lambda text: int(text) if len(text) < 20 else refuse(text))


def receipt_key(text):
    """The 16 bytes of a receipt as somebody typed it, or None."""
    letters = re.sub(r"[\s-]", "", text).upper().translate(str.maketrans("OIL", "011"))
    if not re.fullmatch(f"[0-7][{CROCKFORD}]{{25}}", letters):
        return None
    value = 0
    for letter in letters:
        value = value * 32 + CROCKFORD.index(letter)
    return value.to_bytes(16, "big")


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

    A group is all voters with equal ballots, times[group] of them. supporters[plan] holds (group, score, money of the group
    per point ...): the utility of a score is weight[plan] times it. All money is whole, in cents / scale. A plan's price only
    rises while money goes, so an old price is a lower bound: only the plan on top of the heap is worked out anew.
    """
    money, won = [endowment] * len(times), []
    size = {p: sum(s * times[g] for g, s in supporters[p]) for p in cost}
    heap = [(Fraction(cost[p], size[p] * weight[p]), rank[p], p, None) for p in cost]
    heapq.heapify(heap)
    while heap:
        _, order, plan, known = heapq.heappop(heap)
        if known is None or known[0] < len(won):
            due, sharing, rich = cost[plan] * scale, size[plan], supporters[plan]
            if sum([money[g] * times[g] for g, _ in rich]) < due:
                continue  # its supporters will never have its cost
            while True:  # due / sharing for each point; who has less than that pays all, and the others more
                poor = [(g, s) for g, s in rich if money[g] * sharing < due * s]
                if not poor:
                    break
                rich = [(g, s) for g, s in rich if money[g] * sharing >= due * s]
                due -= sum(money[g] * times[g] for g, _ in poor)
                sharing -= sum(s * times[g] for g, s in poor)
            heapq.heappush(heap, (Fraction(due, sharing * scale * weight[plan]), order, plan, (len(won), due, sharing)))
            continue
        common = math.gcd(known[1], known[2])
        pay, finer = known[1] // common, known[2] // common
        money = [m * finer for m in money]
        scale *= finer
        for g, s in supporters[plan]:
            money[g] = max(0, money[g] - pay * s)
        won.append(plan)
    return won


class Bundle:
    """A bundle and what was found about it. Each check_... looks at one part, in the order of RUN."""

    def __init__(self, data):
        self.data, self.wrong, self.notes, self.files, self.lines = data, {}, [], {}, {}
        self.paper = self.round = self.result = None
        self.recounted, self.winners, self.left, self.picks, self.slug = False, [], 0, [], None

    def add(self, code, where, what):
        self.wrong[code, str(where), what] = None

    def field(self, doc, key, kind, where, optional=False):
        value = doc.get(key)
        if value is None and optional or KINDS[kind][0](value):
            return value
        self.add("format", where, f"`{key}` is not {kind}")
        return KINDS[kind][1]

    def rows(self, doc, key, where):
        rows = self.field(doc, key, "a list", where)
        if not all(type(row) is dict for row in rows):
            self.add("format", where, f"`{key}` holds something that is no object")
        return [row for row in rows if type(row) is dict]

    def content(self, name):
        start, end = self.files.get(name, (0, 0))
        return self.data[start:end]

    def text_lines(self, name):
        """The lines of a text file, one by one, without holding all of it."""
        at, end = self.files[name]
        while at < end:
            stop = self.data.find(b"\n", at, end)
            if stop < 0:
                raise ValueError("the last line is not ended by LF")
            yield self.data[at:stop].decode("utf-8")
            at = stop + 1

    def document(self, name):
        """A JSON file that holds an object, or None."""
        if name in self.files:
            try:
                doc = read_json(self.content(name))
                if type(doc) is dict:
                    return doc
                self.add("format", name, "it is no JSON object")
            except (ValueError, RecursionError) as error:
                self.add("format", name, f"cannot be read: {str(error)[:100]}")
        return None

    def check_zip(self):
        """Walks the entries from byte 0; what stands behind them must be the directory that belongs to them."""
        data, at, directory, count = self.data, 0, [], 0
        while data[at:at + 4] == b"PK\3\4" and count < 65535:
            head = data[at + 4:at + 30]
            if len(head) < 26:
                return self.add("zip", f"byte-{at}", "the file ends within an entry")
            needs, flags, method, time, date, crc, packed, size, n, extra = struct.unpack("<HHHHHIIIHH", head)
            raw, start = data[at + 30:at + 30 + n], at + 30 + n + extra
            name, end = raw.decode("ascii", "replace"), start + packed
            if end > len(data):
                return self.add("zip", f"byte-{at}", "the file ends within an entry")
            if flags or method or packed != size or extra or (time, date) != (0, 33) or needs not in (10, 20):
                self.add("zip", name, "the entry is packed, dated, has flags or an extra field")
            elif zlib.crc32(memoryview(data)[start:end]) != crc:
                self.add("zip", name, "its bytes do not fit its CRC")
            if not re.fullmatch(r"[a-z0-9_.-]+(/[a-z0-9_.-]+)?", name):
                self.add("zip", name, "no name of a file of a bundle")
            if name in self.files:
                self.add("zip", name, "the entry stands twice")
            elif method == 0:
                self.files[name] = (start, end)
            directory.append((head, raw, at))
            at, count = end, count + 1
        first = at
        for head, raw, offset in directory:  # version of the maker and attributes are not laid down, and may be anything
            made, inner, outer = data[at + 4:at + 6], data[at + 36:at + 38], data[at + 38:at + 42]
            expected = b"PK\1\2" + made + head + bytes(4) + inner + outer + struct.pack("<I", offset) + raw
            if data[at:at + len(expected)] != expected:
                return self.add("zip", f"byte-{at}", f"not the directory entry of {raw.decode('ascii', 'replace')}")
            at += len(expected)
        if data[at:] != b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, at - first, first, 0):
            self.add("zip", f"byte-{at}", "not the end of a ZIP file, or bytes that belong to no entry")

    def check_index(self):
        names, index = list(self.files), self.document("index.json") or {}
        if index.get("format") != "fijnebuurt-round/1":
            self.add("format", "index.json", "`format` is not fijnebuurt-round/1")
        self.slug, listed = self.field(index, "round", "text", "index.json"), []
        for row in self.rows(index, "files", "index.json"):
            name = self.field(row, "name", "text", "index.json")
            size, digest = self.field(row, "bytes", "a whole number", name), self.field(row, "sha256", "a digest", name)
            listed.append(name)
            if name not in self.files:
                self.add("file", name, "missing")
                continue
            start, end = self.files[name]
            if end - start != size:
                self.add("file", name, f"has {end - start} bytes, not {size}")
            if sha256(memoryview(self.data)[start:end]) != digest:
                self.add("file", name, "has another digest than index.json says")
        for name in set(names) - set(listed) - {"index.json"}:
            self.add("file", name, "not named in index.json")
        if len(set(listed)) < len(listed) or "index.json" in listed:
            self.add("file", "index.json", "names a file twice, or itself")
        if names[1:] != listed and set(names[1:]) == set(listed):
            self.add("zip", "index.json", "the entries stand in another order than it gives")

    def check_tokens(self):
        """Every line a token, ascending, and none twice: within a list, then over all by merging the lists."""
        def tokens(name, start, end):
            return ((self.data[at:at + 64], name) for at in range(start, end, 65))
        merged = []
        for name in [name for name in self.files if name.startswith("tokens/")]:
            data, (start, end) = self.content(name), self.files[name]
            n = self.lines[name] = data.count(b"\n") + (data[-1:] not in (b"", b"\n"))
            if len(data) != 65 * n or data[64::65] != b"\n" * n or data.translate(None, b"0123456789abcdef\n"):
                self.add("token", name, "a line is not 64 lower-case hexadecimal digits and LF")
                merged.append(iter(sorted((line, name) for line in data.split(b"\n") if line)))
            elif any(data[at - 65:at] > data[at:at + 65] for at in range(65, len(data), 65)):
                self.add("token", name, "the tokens are not in ascending order")
                merged.append(iter(sorted(tokens(name, start, end))))
            else:
                merged.append(tokens(name, start, end))
        last, last_name = None, None
        for token, name in heapq.merge(*merged):
            if token == last and len(self.wrong) < 1000:
                self.add("token", name, f"{token[:64].decode('ascii', 'replace')} stands twice, here and in {last_name}")
            last, last_name = token, name
