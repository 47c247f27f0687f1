"""Short forms that a document defines are what their long forms are: entities for all of them at once.

Owns the rule; which short forms are defined, `litkg.nlp.abbreviations` finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from litkg.nlp.entities.records import Entity

_SYMBOLS = frozenset({"Gene", "GeneFamily", "Domain"})


def settle_short_forms(text: str, entities: Iterable[Entity], short_forms: Mapping[str, str]) -> list[Entity]:
    """Return the entities, in order: short forms of a long form that ends with an entity are marked as that entity is, those of a long form without any entity
    are left out. A short form inside a longer entity stays as it is, and so does a gene's: symbols stand for more than descriptions ("bone morphogenetic")."""
    found = list(entities)
    for short, long in sorted(short_forms.items()):
        places = [match.span() for match in re.finditer(re.escape(long), text)]
        touching = [entity for entity in found for start, end in places if entity.start < end and start < entity.end]
        heads = [entity for entity in touching if any(entity.end == end for _, end in places)]
        if heads:
            model = max(heads, key=lambda entity: (entity.score, entity.end - entity.start))
            found = _mark(text, found, short, model)
        elif not touching:
            found = [entity for entity in found if entity.type in _SYMBOLS or text[entity.start : entity.end] != short]
    return sorted(found)


def _mark(text: str, entities: list[Entity], short: str, model: Entity) -> list[Entity]:
    found = list(entities)
    for match in re.finditer(rf"(?<![\w-]){re.escape(short)}(?!\w)", text):
        start, end = match.span()
        overlapping = [entity for entity in found if entity.start < end and start < entity.end]
        if all((entity.start, entity.end) == (start, end) for entity in overlapping):
            found = [entity for entity in found if entity not in overlapping or entity.type == model.type]
            if not any(entity.type == model.type for entity in overlapping):
                found.append(Entity(start, end, model.type, model.score))
    return found
