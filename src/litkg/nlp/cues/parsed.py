"""A parsed sentence as the models of cues and scopes see it: words, lemmas, tags, labels, heads, and what follows from the tree.

Owns subtrees, their edges and ways through the tree; apart from `read_parsed` it knows nothing of spaCy, so that tests build sentences by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc


@dataclass(slots=True, kw_only=True)
class ParsedSentence:
    """A sentence of n words. `heads` are places in the sentence, a root's its own; `spans` are character offsets, `lemmas` in small letters."""

    words: Sequence[str]
    lemmas: Sequence[str]
    tags: Sequence[str]
    labels: Sequence[str]
    heads: Sequence[int]
    spans: Sequence[tuple[int, int]]
    lower: list[str] = field(init=False)
    children: list[list[int]] = field(init=False)
    depth: list[int] = field(init=False)
    """Steps to the root."""
    ending: list[int] = field(init=False)
    """For each word the highest one whose subtree ends there."""
    beginning: list[int] = field(init=False)
    """For each word the highest one whose subtree begins there."""

    def __post_init__(self) -> None:
        count = len(self.words)
        self.lower = [word.lower() for word in self.words]
        self.children = [[] for _ in range(count)]
        for place, head in enumerate(self.heads):
            if head != place:
                self.children[head].append(place)
        order = [place for place, head in enumerate(self.heads) if head == place]
        self.depth = [0] * count
        for place in order:
            for child in self.children[place]:
                self.depth[child] = self.depth[place] + 1
            order += self.children[place]
        first, last = list(range(count)), list(range(count))
        for place in reversed(order):
            head = self.heads[place]
            first[head], last[head] = min(first[head], first[place]), max(last[head], last[place])
        self.ending, self.beginning = list(range(count)), list(range(count))
        for place in reversed(order):
            # Nearer to the root comes later, and stays.
            self.ending[last[place]], self.beginning[first[place]] = place, place

    def ancestors(self, place: int) -> list[int]:
        """Return the word and what governs it, nearest first, up to the root."""
        chain = [place]
        while self.heads[chain[-1]] != chain[-1]:
            chain.append(self.heads[chain[-1]])
        return chain

    def way(self, chain: Sequence[int], place: int) -> tuple[int, str, str]:
        """Return how `place` is reached from the word whose ancestors are `chain`: steps up, the labels upward, the labels downward."""
        down: list[str] = []
        at = place
        while at not in chain and self.heads[at] != at:
            down.append(self.labels[at])
            at = self.heads[at]
        steps = chain.index(at) if at in chain else len(chain)
        return steps, ">".join(self.labels[node] for node in chain[:steps]), ">".join(reversed(down))

    def head_of(self, first: int, last: int) -> int:
        """Return the word of `[first, last]` that hangs on a word outside it, the first such; or that is a root."""
        inside = range(first, last + 1)
        return next((place for place in inside if self.heads[place] not in inside or self.heads[place] == place), first)

    def places(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and last word that the characters `[start, end)` touch, or None where they touch none."""
        touched = [place for place, (begin, stop) in enumerate(self.spans) if begin < end and stop > start]
        return (touched[0], touched[-1]) if touched else None


def read_parsed(doc: Doc) -> Iterator[ParsedSentence]:
    """Yield the sentences of a parsed document, in order, without white space that is a token of its own."""
    kept = [token for token in doc if not token.is_space]
    bounds = [at for at, token in enumerate(kept) if at == 0 or _starts(doc, kept[at - 1].i, token.i)]
    for low, high in zip(bounds, [*bounds[1:], len(kept)], strict=True):
        tokens = kept[low:high]
        at = {token.i: place for place, token in enumerate(tokens)}
        yield ParsedSentence(
            words=[token.text for token in tokens],
            lemmas=[token.lemma_.lower() for token in tokens],
            tags=[token.tag_ for token in tokens],
            labels=[token.dep_ for token in tokens],
            heads=[at.get(token.head.i, at[token.i]) for token in tokens],
            spans=[(token.idx, token.idx + len(token)) for token in tokens],
        )


def _starts(doc: Doc, before: int, place: int) -> bool:
    """Return whether a sentence starts at `place`, or on white space between it and the word before."""
    return any(doc[index].is_sent_start for index in range(before + 1, place + 1))
