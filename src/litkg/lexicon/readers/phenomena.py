"""Says which of MeSH's phenomena and processes (tree G) are phenomena of a body: what organs, blood and cells do, and the measures of that.

Owns two rules: what `graph/lexicon/phenomena.tsv` says of a place holds for all below it until a lower place is named; heads that only gather others, and what
MeSH files among the lives of people too (sports, occupations, statistics), are none. Refuses to read MeSH itself, and to say what other trees are.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache

from litkg.datafiles import data_path
from litkg.errors import ResourceError

FILE = "graph/lexicon/phenomena.tsv"
_HEADS = (" Phenomena", " Processes", " Concepts")
_LIVES = ("B05", "I", "J", "L", "M", "N")
"""Trees of organism forms, human activities, technology, information, persons and health care."""


def is_phenomenon(name: str, trees: Sequence[str], *, places: Mapping[str, bool] | None = None) -> bool:
    """Tell whether a heading at `trees` is a phenomenon of a body; one place that is taken is enough. `places` are by default those that litkg ships.

    >>> is_phenomenon("Blood Viscosity", ("G09.188.370.124",)), is_phenomenon("Friction", ("G01.374.410",))
    (True, False)
    """
    if name.endswith(_HEADS) or " and " in name or any(tree.startswith(_LIVES) for tree in trees):
        return False
    known = load_places() if places is None else places
    return any(_is_taken(tree, known) for tree in trees)


@cache
def load_places() -> Mapping[str, bool]:
    """Return by tree number whether litkg takes what stands there and below.

    Raises: ResourceError for a row that says neither yes nor no.
    """
    places: dict[str, bool] = {}
    with data_path(FILE).open(encoding="utf-8", newline="") as handle:
        for line, row in enumerate(csv.DictReader(handle, delimiter="\t"), start=2):
            if row["taken"] not in ("yes", "no"):
                raise ResourceError(f"{FILE}:{line}: taken is {row['taken']!r}: write yes or no")
            places[row["tree"]] = row["taken"] == "yes"
    return places


def _is_taken(tree: str, places: Mapping[str, bool]) -> bool:
    """Return what the nearest place at or above `tree` says; False where none does."""
    while tree and tree not in places:
        tree = tree.rpartition(".")[0]
    return places.get(tree, False)
