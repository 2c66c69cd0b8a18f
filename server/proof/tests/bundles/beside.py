"""Runs docs/verify/verify.py over the cases of beside.rs: beside.py VERIFY.py FOLDER. Status 1 when one comes out otherwise."""
import contextlib, importlib.util, io, json, pathlib, random, sys

spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)
folder, bad = pathlib.Path(sys.argv[2]), []


def run(file, *options):
    """Status and JSON of the verifier; any traceback ends the test."""
    out = io.StringIO()
    sys.argv = ["verify.py", str(file), "--json", *options]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        try:
            status = verify.main()
        except SystemExit as end:
            status = end.code
    return status or 0, json.loads(out.getvalue() or "{}")


def codes(told):
    return {wrong["code"] for wrong in told.get("wrong", [])}


cases = json.loads((folder / "cases.json").read_text())
for case in cases:
    file, paper = folder / case["file"], ["--paper", case["paper"]]
    whole = run(file, "--digest", case["digest"], *paper)
    if "fraud" in case:
        inner = codes(run(file, *paper)[1])
        if "digest" not in codes(whole[1]) or (case["code"] not in inner if case["code"] else inner):
            bad.append(f"{case['fraud']}: expected {case['code']}, found {sorted(inner)}")
        continue
    if whole[0] or not whole[1].get("ok") or whole[1]["winners"] != case["winners"] or whole[1]["left"] != case["left"]:
        bad.append(f"{case['file']}: {whole}")
    if not case["receipt"]:
        continue
    found = run(file, "--receipt", case["receipt"])[1]
    if codes(found) or len({pick["plan"] for pick in found["picks"]}) != case["picks"]:
        bad.append(f"{case['file']}: receipt {found}")
dice, tried, inner = random.Random(7), 0, 0
right = [case for case in cases if "winners" in case]
changed = folder / "changed.zip"
for case in right:
    content = (folder / case["file"]).read_bytes()
    for _ in range(2000 // len(right)):
        at = dice.randrange(len(content))
        changed.write_bytes(content[:at] + bytes([content[at] ^ 1 << dice.randrange(8)]) + content[at + 1:])
        tried += 1
        if "digest" not in codes(run(changed, "--digest", case["digest"])[1]):
            bad.append(f"{case['file']}: byte {at} unseen")
        if tried % 10 == 0:
            inner += 1 if run(changed)[0] else 0
print(f"{len(right)} right bundles, {len(cases) - len(right)} frauds, {tried} changed bytes;",
      f"without the published digest {inner} of {tried // 10} seen")
print("\n".join(bad))
sys.exit(1 if bad else 0)
