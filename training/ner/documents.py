"""The record that NER is trained on: a text with the names in it, none of which overlap."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MOST_MOVED = 10
"""Characters by which the offsets of an annotation may be wrong: a few documents count from before an entity reference was resolved."""

Entity = tuple[int, int, str]
"""Start and end, a half-open range of characters, and type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One annotated document. `pmid` is None where the corpus does not name it; `entities` are sorted and do not overlap.

    `dropped` counts by reason the annotations that became no entity, and those that were moved.
    """

    id: str
    corpus: str
    part: str
    text: str
    pmid: str | None
    entities: tuple[Entity, ...]
    dropped: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """Return the record as written: id, corpus, part, text, entities."""
        return {"id": self.id, "corpus": self.corpus, "part": self.part, "text": self.text, "entities": [list(entity) for entity in self.entities]}


def choose_entities(found: Iterable[Entity], types: Mapping[str, str], text: str, dropped: Counter[str]) -> tuple[Entity, ...]:
    """Return the entities under their new types; of those that overlap, the longest and then the first stays. `dropped` counts the others by reason.

    A type that `types` does not name is dropped; so is a span that is empty or reaches beyond the text. White space at the ends of a span is cut off.
    """
    named: set[Entity] = set()
    for start, end, kind in found:
        if kind not in types:
            dropped[f"type {kind}"] += 1
        elif not (0 <= start < end <= len(text)) or not text[start:end].strip():
            dropped["offsets outside the text"] += 1
        else:
            span = text[start:end]
            entity = (start + len(span) - len(span.lstrip()), end - len(span) + len(span.rstrip()), types[kind])
            if entity in named:
                dropped["given twice"] += 1
            named.add(entity)
    kept: list[Entity] = []
    for entity in sorted(named, key=lambda entity: (entity[0] - entity[1], entity)):
        if any(entity[0] < end and start < entity[1] for start, end, _ in kept):
            dropped["overlaps a longer one"] += 1
        else:
            kept.append(entity)
    return tuple(sorted(kept))


def place_name(text: str, start: int, end: int, name: str) -> tuple[int, int] | None:
    """Return where a name stands in a text, given where the annotation says: there, or at the nearest copy that starts at most `MOST_MOVED` away; else None.

    Case, and marks other than letters and digits, may differ in place.

    >>> place_name("binds IL-2 and TNF", 6, 10, "IL-2"), place_name("binds IL-2 and TNF", 16, 18, "TNF"), place_name("binds IL-2", 0, 5, "p53")
    ((6, 10), (15, 18), None)
    """
    if _letters(text[start:end]) == _letters(name) != "":
        return start, end
    copies = [match.start() for match in re.finditer(re.escape(name), text) if abs(match.start() - start) <= MOST_MOVED] if name.strip() else []
    if not copies:
        return None
    nearest = min(copies, key=lambda copy: (abs(copy - start), copy))
    return nearest, nearest + len(name)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
