"""What the relation benchmarks share: gold mentions without overlaps, and the relations of a text read sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import spacy
from scispacy.custom_tokenizer import combined_rule_tokenizer

from litkg.model import Grounding, Relation, SectionKind
from litkg.nlp.relations import find_relations
from litkg.nlp.sentences import split_paragraph


def without_overlaps(groundings: Iterable[Grounding]) -> tuple[Grounding, ...]:
    """Return the groundings in text order; of overlapping ones the first and longest stays."""
    chosen: list[Grounding] = []
    last = -1
    for item in sorted(groundings, key=lambda item: (item.mention.start, -item.mention.end)):
        if item.mention.start >= last:
            chosen.append(item)
            last = item.mention.end
    return tuple(chosen)


def relations_in(text: str, groundings: tuple[Grounding, ...], *, look_back: int) -> Iterator[Relation]:
    """Yield the relations of the text; an anaphor may look back over `look_back` sentences."""
    tokens = [(token.idx, token.idx + len(token)) for token in _tokenizer()(text) if not token.is_space]
    earlier: list[tuple[int, int]] = []
    for start, end in split_paragraph(text, 0, len(text)):
        inside = [span for span in tokens if start <= span[0] < end]
        before = earlier[-look_back:] if look_back else []
        yield from find_relations(text, (start, end), inside, groundings, before, SectionKind.ABSTRACT)
        earlier.append((start, end))


@cache
def _tokenizer() -> spacy.Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    return nlp
