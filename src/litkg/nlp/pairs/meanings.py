"""What a corpus's label says in litkg's predicates: the one mapping table, `labels.tsv`.

Owns reading it. The model of pairs says by it what it has read, and `litkg evaluate` scores corpora by it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label says for ends of some kinds, whether litkg says it, and which other predicates say what the label says too."""

    predicate: str
    aspect: str | None
    said: bool
    also: frozenset[str] = frozenset()


@cache
def load_meanings() -> Mapping[tuple[str, str, str], Mapping[str, Meaning]]:
    """Return what labels say, by head and the kinds of subject and object, from labels.tsv."""
    lines = files("litkg.nlp.pairs").joinpath("labels.tsv").read_text(encoding="utf-8").splitlines()
    found: dict[tuple[str, str, str], dict[str, Meaning]] = {}
    for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
        for subject in row["subject"].split("|"):
            for object_ in row["object"].split("|"):
                meanings = found.setdefault((row["head"], subject, object_), {})
                meanings[row["label"]] = Meaning(row["predicate"], row["aspect"] or None, row["said"] == "yes", frozenset(filter(None, row["also"].split("|"))))
    return found
