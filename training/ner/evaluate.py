"""Scores the shipped NER model on the dev part of every corpus with `litkg evaluate`: `python -m training.ner.evaluate --out training/ner/metrics.json`.

Owns which file is which corpus's dev part and what its headline counts. NLM-Gene has no dev part of its own: the held-out fifth is cut out of its file.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from training.ner.dataset import read_documents

GOLD = {
    "BC5CDR chemical + disease": ("BC5CDR/dev.pubtator", ""),
    "NCBI-disease": ("NCBI-disease/dev.pubtator", ""),
    "JNLPBA protein as Gene": ("JNLPBA/valid.tsv", "CLTP=,CLLN="),
    "BioRED gene + disease + chemical": ("BioRED/dev.pubtator", "OrganismTaxon=,SequenceVariant=,CellLine="),
    "GNormPlus gene": ("AIONER-gene/GNormPlus_test.pubtator", "FamilyName=,DomainMotif="),
    "GNormPlus gene and family": ("AIONER-gene/GNormPlus_test.pubtator", ""),
    "NLM-Gene gene": ("AIONER-gene/NLM-Gene_train.pubtator", ""),
}
"""Path below the folder of corpora, and what its types are scored as, by headline."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--data", type=Path, default=Path("training/build/ner"))
    parser.add_argument("--out", type=Path, default=Path("training/ner/metrics.json"))
    arguments = parser.parse_args()
    figures: dict[str, Any] = {}
    for name, (path, types) in GOLD.items():
        gold = arguments.corpora / path
        if name.startswith("NLM-Gene"):
            gold = held_out(
                gold, {document["id"] for document in read_documents(arguments.data / "nlmgene.dev.jsonl")}, arguments.data / "nlmgene.dev.pubtator"
            )
        command = [str(Path(sys.executable).parent / "litkg"), "evaluate", str(gold), "--task", "ner", "--json", *(["--types", types] if types else [])]
        report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        figures[name] = {"documents": report["documents"], "scores": report["scores"]}
        strict = next(score for score in report["scores"] if score["level"] == "strict" and score["type"] == "all")
        print(f"{name}: {strict}", flush=True)
    arguments.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def held_out(path: Path, ids: set[str], out: Path) -> Path:
    """Write the records of a PubTator file that have these ids; return where."""
    records = [record for record in path.read_text(encoding="utf-8").split("\n\n") if record.strip().split("|", 1)[0] in ids]
    out.write_text("\n\n".join(record.strip("\n") for record in records) + "\n\n", encoding="utf-8")
    return out


if __name__ == "__main__":
    main()
