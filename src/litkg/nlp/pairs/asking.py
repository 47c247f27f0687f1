"""What the network of pairs is asked of a parsed sentence, in numbers.

Owns the numbers of tags, labels and sides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from litkg.nlp.cues.parsed import ParsedSentence
from litkg.nlp.pairs.arguments import Argument
from litkg.nlp.pairs.conventions import number_of
from litkg.nlp.pairs.network import Asked


def ask(
    parsed: ParsedSentence, arguments: Sequence[Argument], pairs: Sequence[tuple[int, int]], *, tags: Mapping[str, int], labels: Mapping[str, int]
) -> Asked:
    """Return what is asked of a sentence: `pairs` are numbers of subject and object among the arguments; `tags` and `labels` number the syntax model's
    names, and a name that they lack is 0."""
    syntax = np.zeros((len(parsed.words), 3), dtype=np.int64)
    syntax[:, 0] = [tags.get(tag, 0) for tag in parsed.tags]
    syntax[:, 1] = [labels.get(label, 0) for label in parsed.labels]
    for argument in arguments:
        syntax[argument.first : argument.last, 2] = 1 + number_of(argument.kind)
    ends = [(arguments[subject], arguments[object_]) for subject, object_ in pairs]
    places = np.asarray([(first.first, first.last, second.first, second.last) for first, second in ends], dtype=np.int64)
    return Asked(
        syntax=syntax,
        places=places,
        kinds=np.asarray([[number_of(first.kind), number_of(second.kind)] for first, second in ends], dtype=np.int64),
        classes=np.asarray([(*first.classes.bits, *second.classes.bits) for first, second in ends], dtype=np.bool_),
        sides=sides(np.asarray(parsed.heads), places),
    )


def sides(heads: npt.NDArray[Any], places: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return what each word is to each pair in the sentence's tree, of shape (pairs, words): 1 on the way from the subject up to where both ways meet, 2 from
    the object, 3 where they meet, 0 elsewhere."""
    found = np.zeros((len(places), len(heads)), dtype=np.int8)
    known: dict[tuple[int, int], list[int]] = {}
    for index, (s0, s1, o0, o1) in enumerate(places.tolist()):
        for end in ((s0, s1), (o0, o1)):
            if end not in known:
                known[end] = _upward(heads, *end)
        first, second = known[s0, s1], known[o0, o1]
        meeting = next((at for at in first if at in second), None)
        for code, way in ((1, first), (2, second)):
            for at in way:
                if at == meeting:
                    break
                found[index, at] = code
        if meeting is not None:
            found[index, meeting] = 3
    return found


def _upward(heads: npt.NDArray[Any], first: int, last: int) -> list[int]:
    """Return the words from a mention's own head up to the root."""
    at = next((word for word in range(first, last) if not first <= heads[word] < last), last - 1)
    way = [at]
    while heads[at] != at and len(way) <= len(heads):
        at = int(heads[at])
        way.append(at)
    return way
