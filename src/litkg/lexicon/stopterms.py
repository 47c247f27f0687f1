"""Words that are no names: the stop list of hand-made decisions and the common English words, read from `graph/lexicon/`."""

from __future__ import annotations

import csv
from functools import cache

from litkg.datafiles import data_path
from litkg.lexicon.normalise import match_key


@cache
def load_stop_terms() -> frozenset[str]:
    """Return the match keys of all terms in `graph/lexicon/stopterms.tsv`."""
    with data_path("graph/lexicon/stopterms.tsv").open(encoding="utf-8", newline="") as handle:
        return frozenset(match_key(row["term"]) for row in csv.DictReader(handle, delimiter="\t"))


@cache
def load_common_words() -> frozenset[str]:
    """Return the folded common words in `graph/lexicon/common_words.txt`; lines that open with # say how the list was made."""
    lines = data_path("graph/lexicon/common_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
