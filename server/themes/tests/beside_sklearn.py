"""TF-IDF and KMeans of scikit-learn on the same part, with the same measures as tests/quality.rs.

    python3 -m venv /somewhere && /somewhere/bin/pip install scikit-learn snowballstemmer
    /somewhere/bin/python server/themes/tests/beside_sklearn.py [kept|tune]
"""
import csv
import importlib.metadata
import pathlib
import re
import statistics
import sys

import sklearn
import snowballstemmer
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.cluster import pair_confusion_matrix
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import Normalizer

PART = sys.argv[1] if len(sys.argv) > 1 else "kept"
HERE = pathlib.Path(__file__).parent
# The Dutch stop words of Snowball (snowballstem.org/algorithms/dutch/stop.txt), as nltk has them.
STOP = """de en van ik te dat die in een hij het niet zijn is was op aan met als voor had er maar om hem dan zou of wat mijn men
dit zo door over ze zich bij ook tot je mij uit der daar haar naar heb hoe heeft hebben deze u want nog zal me zij nu ge geen
omdat iets worden toch al waren veel meer doen toen moet ben zonder kan hun dus alles onder ja eens hier wie werd altijd doch
wordt wezen kunnen ons zelf tegen na reeds wil kon niets uw iemand geweest andere""".split()

rows = [r for r in csv.DictReader(open(HERE / "labelled.csv", encoding="utf-8")) if r["part"] == PART]
texts = [r["text"] for r in rows]
labels = [[l for l in r["labels"].split(";") if l] for r in rows]
names = sorted({l for ls in labels for l in ls})
stemmer = snowballstemmer.stemmer("dutch")


def words(text):
    return [w for w in re.findall(r"(?u)\b\w\w+\b", text.lower()) if w not in STOP]


def stems(text):
    return stemmer.stemWords(words(text))


def measures(found):
    """Best-match macro precision, recall, F1; pairwise F1; adjusted Rand index."""
    sets = [{i for i, c in enumerate(found) if c == k} for k in set(found)]
    best = []
    for name in names:
        gold = {i for i, ls in enumerate(labels) if name in ls}
        scores = []
        for s in sets:
            both = len(s & gold)
            p, r = both / len(s), both / len(gold)
            scores.append((2 * p * r / (p + r) if both else 0.0, p, r))
        best.append(max(scores))
    main = [(ls[0], c) for ls, c in zip(labels, found) if ls]
    truth, guess = zip(*main)
    (_, fp), (fn, tp) = pair_confusion_matrix(truth, guess)
    mean = lambda at: statistics.mean(b[at] for b in best)
    return mean(1), mean(2), mean(0), 2 * tp / (2 * tp + fp + fn), adjusted_rand_score(truth, guess)


def run(analyzer, lsa, k, **settings):
    results = []
    for seed in range(10):
        vectors = TfidfVectorizer(analyzer=analyzer, **settings).fit_transform(texts)
        if lsa:
            vectors = make_pipeline(TruncatedSVD(lsa, random_state=seed), Normalizer(copy=False)).fit_transform(vectors)
        found = KMeans(n_clusters=k, n_init=10, random_state=seed).fit_predict(vectors)
        results.append(measures([int(c) for c in found]))
    return [statistics.mean(column) for column in zip(*results)]


snowball = importlib.metadata.version("snowballstemmer")
print(f"python {sys.version.split()[0]}, scikit-learn {sklearn.__version__}, snowballstemmer {snowball}")
print(f"part {PART}, {len(rows)} answers, mean of 10 seeds")
print(f"{'setting':44} precision recall f1    pairwise ari")
usual = [dict(), dict(sublinear_tf=True), dict(min_df=2), dict(min_df=2, max_df=0.5, sublinear_tf=True)]
for title, analyzer in (("words", words), ("stems", stems)):
    for lsa in (0, 20, 100):
        for settings in usual:
            size = len(TfidfVectorizer(analyzer=analyzer, **settings).fit(texts).vocabulary_)
            line = run(analyzer, min(lsa, size - 1, len(texts) - 1), 12, **settings)
            note = ",".join(f"{k}={v}" for k, v in settings.items())
            print(f"{title + ' lsa=' + str(lsa) + ' ' + note:44} " + "     ".join(f"{v:.3f}" for v in line), flush=True)
