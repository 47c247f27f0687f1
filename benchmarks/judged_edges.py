"""Counts how many of the edges that litkg reads in twenty abstracts are right, by a hand's judgement: subject, predicate, object, direction, sign and negation.

    .venv/bin/python benchmarks/judged_edges.py                 # needs the sample of PubMed abstracts beside the checkout

The abstracts are the first twenty with an edge, by the SHA-256 of the PMID. `judged_edges.tsv` holds ids, spans and verdicts; spans count in
the title, two line breaks, the abstract.
An edge that has no verdict yet is printed with its sentence, to be judged and added.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from litkg.settings import settings_from_environment
from litkg.sources.registry import read_path
from litkg.workflow import Workflow

TABLE = Path(__file__).with_name("judged_edges.tsv")
COLUMNS = ("pmid", "start", "end", "subject", "predicate", "object", "aspect", "subject_aspect", "negated")
FEWEST_WORDS = 80
_LEFT_OUT = ("Author information", "Collaborators")


def abstracts(path: Path) -> Iterator[tuple[str, str]]:
    """Yield PMIDs and texts of a file in PubMed's abstract format, by the SHA-256 of the PMID."""
    records = {}
    for record in re.split(r"\n\n\n(?=\d+\. )", "\n\n\n" + path.read_text(encoding="utf-8")):
        found = re.search(r"PMID: (\d+)", record)
        if found:
            records[found[1]] = [re.sub(r"\s*\n\s*", " ", paragraph.strip()) for paragraph in re.split(r"\n\s*\n", record)]
    for pmid in sorted(records, key=lambda name: sha256(name.encode()).hexdigest()):
        paragraphs = records[pmid]
        body = " ".join(text for text in paragraphs[2:] if len(text.split()) > 60 and not text.startswith(_LEFT_OUT))
        if len(body.split()) >= FEWEST_WORDS:
            yield pmid, f"{paragraphs[1]}\n\n{body}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--abstracts", type=Path, default=Path("../shared/corpora/samples/il6_abstracts.txt"))
    parser.add_argument("--documents", type=int, default=20)
    arguments = parser.parse_args()
    with TABLE.open(encoding="utf-8", newline="") as handle:
        verdicts = {tuple(row[name] for name in COLUMNS): row["verdict"] for row in csv.DictReader(handle, delimiter="\t")}
    counts: Counter[str] = Counter()
    read = 0
    with tempfile.TemporaryDirectory() as folder, Workflow.open(settings_from_environment(os.environ)) as workflow:
        for pmid, text in abstracts(arguments.abstracts):
            path = Path(folder) / f"{pmid}.txt"
            path.write_text(text, encoding="utf-8")
            (raw,) = read_path(path)
            extraction = workflow.extract(raw)
            assertions = {assertion.id: assertion for assertion in extraction.assertions}
            for evidence in extraction.evidence:
                claim = assertions[evidence.assertion_id]
                cells = (pmid, evidence.start, evidence.end, claim.subject, claim.predicate, claim.object, claim.aspect, claim.subject_aspect, evidence.negated)
                row = tuple("" if cell is None else str(int(cell)) if isinstance(cell, bool) else str(cell) for cell in cells)
                counts[verdicts.get(row, "not judged")] += 1
                if row not in verdicts:
                    print("not judged", *row, " ".join(evidence.text.split()), sep="\t")
            read += bool(extraction.evidence)
            if read == arguments.documents:
                break
    judged = counts["right"] + counts["wrong"]
    share = f"{counts['right'] / judged:.3f}" if judged else "none"
    print(f"{read} abstracts, {judged} edges judged, right {share}; {counts['not judged']} not judged")


if __name__ == "__main__":
    main()
