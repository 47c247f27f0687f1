"""Measures the reader of null results on Evidence-Inference's abstracts: `python -m training.scope.nulls --corpora ../shared/corpora`.

An item is a span that annotators gave as evidence, with an outcome and a label (no difference, increased, decreased), where the span stands in the abstract. It
is read as null where a null result is about the clause that has the most words of the outcome. The rules were made on four fifths of the documents; the
fifth held out was looked at once. Writes training/scope/nulls.json.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from litkg.nlp.nulls import clauses, find_nulls
from training.split import held_out_fifth

METRICS = Path(__file__).resolve().parent / "nulls.json"
_COMMON = frozenset({
    "the", "of", "in", "and", "or", "a", "an", "to", "for", "with", "at", "after", "on", "by", "between", "from", "score", "scores", "level",
    "levels", "mean", "rate", "rates", "total", "number", "change", "changes",
})  # fmt: skip
_SHORTEST = 15


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    arguments = parser.parse_args()
    items = list(read_items(arguments.corpora / "Evidence-Inference"))
    held_out = held_out_fifth(document for document, *_ in items)
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for document, evidence, outcome, is_null in items:
        counts["held out" if document in held_out else "rest", is_null, is_read_as_null(evidence, outcome)] += 1
    report = {part: figures(counts, part) for part in ("rest", "held out")}
    print(json.dumps(report, indent=1))
    METRICS.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def read_items(folder: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Yield document, evidence, outcome and whether no difference was found, once each; evidence that annotators label both ways is left out."""
    csv.field_size_limit(sys.maxsize)
    abstracts: dict[str, str] = {}
    with tarfile.open(folder / "v2_abstracts.tar.gz") as tar:
        for member in tar:
            handle = tar.extractfile(member) if member.isfile() else None
            if handle is not None:
                abstracts[re.sub(r"\D", "", Path(member.name).stem)] = _plain(handle.read().decode("utf-8", "replace"))
    with (folder / "prompts_merged.csv").open(encoding="utf-8", newline="") as rows:
        outcomes = {row["PromptID"]: _plain(row["Outcome"]) for row in csv.DictReader(rows)}
    labels: dict[tuple[str, str, str], set[bool]] = defaultdict(set)
    with (folder / "v2_annotations.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            evidence = _plain(row["Annotations"])
            if len(evidence) >= _SHORTEST and evidence in abstracts.get(row["PMCID"], ""):
                labels[row["PMCID"], evidence, outcomes[row["PromptID"]]].add(row["Label"].startswith("no"))
    for (document, evidence, outcome), found in labels.items():
        if len(found) == 1:
            yield document, evidence, outcome, found.pop()


def is_read_as_null(evidence: str, outcome: str) -> bool:
    """Return whether a null result of the evidence is about the outcome."""
    nulls = find_nulls(evidence)
    wanted = _words(outcome)
    places = list(clauses(evidence))
    shared = [len(wanted & _words(evidence[start:end])) for start, end in places]
    if not nulls or not any(shared):
        return bool(nulls)
    start, end = places[shared.index(max(shared))]
    return any(null.start <= start and end <= null.end for null in nulls)


def figures(counts: Counter[tuple[str, bool, bool]], part: str) -> dict[str, float | int]:
    right, missed, wrong, rest = (counts[part, is_null, read] for is_null, read in ((True, True), (True, False), (False, True), (False, False)))
    return {
        "no difference": right + missed,
        "increased or decreased": wrong + rest,
        "precision": round(100 * right / (right + wrong), 1),
        "recall": round(100 * right / (right + missed), 1),
        "effects taken for null": round(100 * wrong / (wrong + rest), 1),
    }


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]{2,}", text.lower())) - _COMMON


if __name__ == "__main__":
    main()
