"""Learns which current concept an id that MeSH has withdrawn stands for: the one that all names which annotators gave the id are names of.

Corpora keep the ids of their time; MeSH has since made headings of many supplementary records and given them other ids. No table of that is free to ship.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from litkg.grounding.features import joining_id, label_fits
from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.records import NameKind
from litkg.model import GROUPS, Category
from training.grounding.examples import Abstract, defined

_RECORD = "MESH:C"
"""Supplementary records: headings (MESH:D) are hardly ever withdrawn, and the lexicon leaves out those of no kind that it has."""
_LEAST_SHARE = 0.8
"""Share of the mentions with a known name that must mean one concept."""


def learn_retired(abstracts: Iterable[Abstract], lexicon: Lexicon) -> dict[str, tuple[str, str]]:
    """Return by withdrawn id the current one and the commonest annotated name, sorted. `lexicon` must not know withdrawn ids."""
    votes: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for abstract in abstracts:
        for name in abstract.names:
            if len(name.ids) != 1:
                continue
            (curie,) = name.ids
            if not curie.startswith(_RECORD) or lexicon.concept(curie) is not None:
                continue
            text = defined(name.mention.text, abstract.abbreviations) or name.mention.text
            current = _current(text, name.mention.label, lexicon)
            votes[curie][current or "", text] += 1
    found = {}
    for curie, counted in sorted(votes.items()):
        known = Counter[str]()
        for (current, _), number in counted.items():
            if current:
                known[current] += number
        if known and (best := known.most_common(1)[0])[1] >= _LEAST_SHARE * known.total():
            names = Counter({text: number for (current, text), number in counted.items() if current == best[0]})
            found[curie] = best[0], min(names, key=lambda text: (-names[text], text))
    return found


def renewed(abstracts: Iterable[Abstract], retired: Mapping[str, tuple[str, str]]) -> list[Abstract]:
    """Return the abstracts with current ids for withdrawn ones."""
    return [
        replace(
            abstract,
            names=tuple(
                replace(name, ids=frozenset(retired[curie][0] if curie in retired else curie for curie in name.ids)) if name.ids & retired.keys() else name
                for name in abstract.names
            ),
        )
        for abstract in abstracts
    ]


def _current(text: str, label: Category, lexicon: Lexicon) -> str | None:
    """Return the MeSH id of the one concept that has the name as its own; None where there is none or there are several."""
    candidates = [item for item in lexicon.lookup(text) if item.kind <= NameKind.EXACT and item.exactness >= 0.89 and label_fits(label, item.categories)]
    preferred = [item for item in candidates if item.kind <= NameKind.PREFERRED]
    found = {joining_id(concept, GROUPS[label]) for item in preferred or candidates if (concept := lexicon.concept(item.concept)) is not None}
    found.discard(None)
    current = next(iter(found)) if len(found) == 1 else None
    return current if current is not None and current.startswith("MESH:") else None
